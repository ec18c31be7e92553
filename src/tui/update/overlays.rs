//! Lists, prompts and questions: choosing, filtering, closing.
//!
//! **Never:** discards anything on Esc.
//! Next: `files` and `problems` for what a choice does.

use super::{explain, export, files, line, matrix, paste, problems, recount};
use crate::base::words::{Words, words};
use crate::tui::app::{AfterSave, App, Overlay, Purpose, Question, Screen};
use crate::tui::command::{COMMANDS, Command, CommandInfo};
use crate::tui::input::{Effect, Recovery, Replacing, Standing, StartFacts, Target};
use crate::tui::line_edit::LineEdit;
use crate::tui::panels::basis::Basis;
use crate::tui::panels::help::Help;
use crate::tui::problem_list;

/// Opens a panel, if there is something to show in it; what was being typed is committed.
pub(super) fn show(app: &mut App, panel: impl FnOnce(&App) -> Option<Overlay>) {
    if let Some(report) = app.report_mut() {
        report.leave_cell();
    }
    if let Some(panel) = panel(app) {
        app.overlay = Some(panel);
    }
}

/// Opens the help or the palette.
pub(super) fn open(app: &mut App, command: Command) {
    show(app, |_| {
        Some(match command {
            Command::Help => Overlay::Help(Help::default()),
            _ => Overlay::Palette {
                filter: LineEdit::new(""),
                chosen: 0,
            },
        })
    });
}

/// A command that only the list of fixes has; false if it is no such.
fn in_fixes(app: &mut App, command: Command, effects: &mut Vec<Effect>) -> bool {
    let Some(Overlay::Fixes { preview, .. }) = &app.overlay else {
        return false;
    };
    match command {
        Command::Question => problems::ask_chosen(app, effects),
        Command::Close if preview.is_some() => problems::preview(app),
        Command::Choose => return false,
        _ => return preview.is_some(),
    }
    true
}

/// A command while something stands over the screen; false if it is not for it.
pub(super) fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) -> bool {
    if in_fixes(app, command, effects) {
        return true;
    }
    if let Some(Overlay::Export(_)) = app.overlay
        && export::run(app, command, effects)
    {
        return true;
    }
    if let Some(Overlay::Reading(name, _)) = &app.overlay {
        if command == Command::Close {
            let said = words("停止了，没有打开 {file}", "stopped; {file} was not opened");
            app.notice = Some(said.with(vec![("file", name.as_str().into())]));
            app.overlay = None;
            effects.push(Effect::StopReading);
        }
        return true;
    }
    if let Some(Overlay::Paste(_)) = app.overlay {
        paste::run(app, command, effects);
        return true;
    }
    if command == Command::Close {
        close(app);
        return true;
    }
    if let Some(Overlay::Find(_)) = app.overlay {
        return super::find::run(app, command, effects);
    }
    if let Some(Overlay::Prompt(_)) = app.overlay {
        in_prompt(app, command, effects);
        return true;
    }
    if on_problem(app, command, effects) || in_recovery(app, command) {
        return true;
    }
    let len = len(app);
    let rows = usize::from(app.look.size.1.saturating_sub(4)).max(1);
    let Some(at) = chosen(app) else { return false };
    let moved = match command {
        Command::Up => at.checked_sub(1).unwrap_or(len.saturating_sub(1)),
        Command::Down if at + 1 >= len => 0,
        Command::Down => at + 1,
        Command::PageUp => at.saturating_sub(rows),
        Command::PageDown => (at + rows).min(len.saturating_sub(1)),
        Command::First | Command::RowStart => 0,
        Command::Last | Command::RowEnd => len.saturating_sub(1),
        Command::Choose => {
            choose(app, at, effects);
            return true;
        }
        Command::Backspace | Command::ClearLine => {
            if let Some(Overlay::Palette { filter, chosen }) = &mut app.overlay {
                filter.edit(command);
                *chosen = 0;
            }
            return true;
        }
        // Another panel takes the place of this one; everything else waits.
        Command::Help
        | Command::Palette
        | Command::CheckAll
        | Command::Fix
        | Command::Basis
        | Command::Explain
        | Command::NextProblem
        | Command::PreviousProblem
        | Command::Save
        | Command::Export
        | Command::Quit
            if !is_question(app) =>
        {
            app.overlay = None;
            return false;
        }
        _ => return true,
    };
    set_chosen(app, moved);
    true
}

/// What is asked for the problem chosen in the list, not for what is under it.
fn on_problem(app: &mut App, command: Command, effects: &mut Vec<Effect>) -> bool {
    let is_listed = matches!(app.overlay, Some(Overlay::Problems { .. }));
    match command {
        Command::Explain if is_listed => explain::ask(app),
        Command::Question if is_listed => problems::ask_here(app, effects),
        Command::Basis if is_listed => show(app, |app| {
            let report = app.report()?;
            let Some(Overlay::Problems { chosen }) = app.overlay else {
                return None;
            };
            let problem = problem_list::problem_at(app, report, chosen);
            Some(Overlay::Basis(problem.map_or_else(
                || Basis::here(report),
                |problem| Basis::of(report, problem),
            )))
        }),
        _ => return false,
    }
    true
}

/// The pages of what would come back; the arrows are for the answers.
fn in_recovery(app: &mut App, command: Command) -> bool {
    let rows = app.look.size.1;
    let Some(Overlay::Recover {
        recovery, scroll, ..
    }) = &mut app.overlay
    else {
        return false;
    };
    let room = crate::tui::view::recovery_room(recovery, rows);
    *scroll = match command {
        Command::PageDown => (*scroll + room).min(recovery.changes().saturating_sub(room)),
        Command::PageUp => scroll.saturating_sub(room),
        _ => return false,
    };
    true
}

fn is_question(app: &App) -> bool {
    matches!(
        app.overlay,
        Some(Overlay::Ask { .. } | Overlay::Recover { .. })
    )
}

/// Esc: a question is answered with "back", everything else closes.
fn close(app: &mut App) {
    match app.overlay.take() {
        // What came back stays in its journal until it is answered.
        Some(recovery @ Overlay::Recover { .. }) => app.overlay = Some(recovery),
        Some(Overlay::Ask { .. } | Overlay::Prompt(_)) => app.after_save = None,
        _ => {}
    }
}

fn len(app: &App) -> usize {
    match &app.overlay {
        Some(Overlay::Palette { filter, .. }) => matching(app, filter.text()).len(),
        Some(Overlay::Problems { .. }) => app
            .report()
            .map_or(0, |report| problem_list::rows(app, report).len()),
        Some(Overlay::Export(export)) => export.len(app),
        Some(Overlay::Fixes { fixes, .. }) => fixes.len(),
        Some(Overlay::Ask { question, .. }) => answers(question).len(),
        Some(Overlay::Recover { recovery, .. }) => recovery_answers(recovery).len(),
        Some(
            Overlay::Prompt(_)
            | Overlay::Find(_)
            | Overlay::Failed(_)
            | Overlay::Paste(_)
            | Overlay::Reading(..)
            | Overlay::Help(_)
            | Overlay::Basis(_)
            | Overlay::Changes(_)
            | Overlay::Themes(_)
            | Overlay::Note(_),
        )
        | None => 0,
    }
}

fn chosen(app: &App) -> Option<usize> {
    match &app.overlay {
        Some(
            Overlay::Palette { chosen, .. }
            | Overlay::Problems { chosen }
            | Overlay::Fixes { chosen, .. }
            | Overlay::Ask { chosen, .. }
            | Overlay::Recover { chosen, .. },
        ) => Some(*chosen),
        Some(Overlay::Export(export)) => Some(export.chosen),
        Some(Overlay::Failed(_)) => Some(0),
        _ => None,
    }
}

fn set_chosen(app: &mut App, to: usize) {
    if let Some(Overlay::Export(export)) = &mut app.overlay {
        export.chosen = to;
    } else if let Some(
        Overlay::Palette { chosen, .. }
        | Overlay::Problems { chosen }
        | Overlay::Fixes { chosen, .. }
        | Overlay::Ask { chosen, .. }
        | Overlay::Recover { chosen, .. },
    ) = &mut app.overlay
    {
        *chosen = to;
    }
}

fn choose(app: &mut App, at: usize, effects: &mut Vec<Effect>) {
    match &app.overlay {
        Some(Overlay::Palette { filter, .. }) => {
            let command = matching(app, filter.text())
                .get(at)
                .map(|info| info.command);
            app.overlay = None;
            if let Some(command) = command {
                super::run(app, command, effects);
            }
        }
        Some(Overlay::Problems { .. }) => {
            let problem = app
                .report()
                .and_then(|report| problem_list::problem_at(app, report, at).cloned());
            let cell = app
                .report()
                .and_then(|report| problem_list::cell_at(app, report, at));
            if let Some(problem) = problem {
                app.overlay = None;
                problems::go_to(app, &problem);
            } else if let Some(cell) = cell {
                app.overlay = None;
                problems::go_to_unsure(app, cell);
            }
        }
        Some(Overlay::Export(_)) => export::choose(app, at, effects),
        Some(Overlay::Fixes { .. }) => problems::apply(app, at, effects),
        Some(Overlay::Ask { question, .. }) => {
            let question = question.clone();
            answer(app, &question, at, effects);
        }
        Some(Overlay::Recover { .. }) => answer_recovery(app, at, effects),
        _ => app.overlay = None,
    }
}

/// The commands that a filter leaves, those that begin with it first.
#[must_use]
pub(crate) fn matching(app: &App, filter: &str) -> Vec<&'static CommandInfo> {
    let filter = filter.trim().to_lowercase();
    let mut found: Vec<(u8, &CommandInfo)> = COMMANDS
        .iter()
        .filter(|info| info.listed && app.is_possible(info.command))
        .filter_map(|info| {
            let rank = [info.initials, info.title.zh, info.title.en, info.name]
                .iter()
                .filter_map(|text| rank(&text.to_lowercase(), &filter))
                .min()?;
            Some((rank, info))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, info)| info).collect()
}

/// 0 begins with, 1 contains, 2 has the letters in order.
fn rank(text: &str, filter: &str) -> Option<u8> {
    if text.starts_with(filter) {
        return Some(0);
    }
    if text.contains(filter) {
        return Some(1);
    }
    let mut rest = text.chars();
    filter
        .chars()
        .all(|c| rest.any(|other| other == c))
        .then_some(2)
}

/// A character typed while something stands over the screen, or at the start.
pub(super) fn on_char(app: &mut App, c: char, effects: &mut Vec<Effect>) {
    let digit = crate::base::number::narrow(c);
    if app.overlay.is_none() {
        match digit.to_digit(10) {
            Some(0) => super::run(app, Command::Quit, effects),
            Some(9) => app.look.ruler.wide_ambiguous = !app.look.ruler.wide_ambiguous,
            Some(number) => choose_start(app, number as usize - 1, effects),
            None => {}
        }
        return;
    }
    match &mut app.overlay {
        Some(Overlay::Prompt(_) | Overlay::Find(_)) => {
            line::insert(app, c.encode_utf8(&mut [0; 4]));
        }
        Some(Overlay::Export(_)) => export::on_char(app, c, effects),
        Some(Overlay::Palette { filter, chosen }) => {
            let numbered = COMMANDS
                .iter()
                .find(|info| filter.text().is_empty() && info.digit == Some(digit));
            if let Some(command) = numbered.map(|info| info.command) {
                if app.is_possible(command) {
                    app.overlay = None;
                    super::run(app, command, effects);
                }
            } else {
                *chosen = 0;
                line::insert(app, c.encode_utf8(&mut [0; 4]));
            }
        }
        Some(Overlay::Reading(..)) | None => {}
        Some(Overlay::Failed(_)) => app.overlay = None,
        Some(Overlay::Paste(_)) => paste::on_char(app, c, effects),
        Some(Overlay::Fixes { .. }) if matches!(digit, ' ' | '\u{3000}') => problems::preview(app),
        Some(_) => {
            if let Some(number) = digit.to_digit(10)
                && number >= 1
                && (number as usize) <= len(app)
            {
                choose(app, number as usize - 1, effects);
            } else if digit == ' ' || digit == '\u{3000}' {
                choose(app, chosen(app).unwrap_or(0), effects);
            }
        }
    }
}

/// Text pasted while something stands over the screen.
pub(super) fn on_paste(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    match &app.overlay {
        Some(Overlay::Paste(_)) => paste::again(app, text, effects),
        Some(Overlay::Ask {
            question: Question::Report { .. },
            ..
        }) => paste::rest_of_report(app, text),
        _ => line::insert(app, line::first(text)),
    }
}

/// A command while a prompt stands over the screen: whatever it is, it is for the prompt.
fn in_prompt(app: &mut App, command: Command, effects: &mut Vec<Effect>) {
    let Some(Overlay::Prompt(prompt)) = &mut app.overlay else {
        return;
    };
    let command = match command {
        Command::First => Command::RowStart,
        Command::Last => Command::RowEnd,
        command => command,
    };
    match command {
        Command::Choose => typed(app, effects),
        Command::Paste => line::paste_copied(app),
        Command::Complete if matches!(prompt.purpose, Purpose::Open | Purpose::SaveAs) => {
            effects.push(Effect::Complete(prompt.line.text().to_owned()));
        }
        command => _ = prompt.line.edit(command),
    }
}

/// Enter in a prompt.
fn typed(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(Overlay::Prompt(prompt)) = &app.overlay else {
        return;
    };
    let text = prompt.line.text().to_owned();
    match prompt.purpose {
        Purpose::Cell(cell) => {
            app.overlay = None;
            matrix::write_line(app, cell, &text, effects);
        }
        Purpose::Head(field) => super::head::typed(app, field, &text, effects),
        Purpose::Remark(index) => explain::keep(app, index, &text, effects),
        Purpose::SaveAs => files::named(app, &text, effects),
        Purpose::Open => {
            let path = text.trim();
            if path.is_empty() {
                app.notice = Some(words("没有写文件名", "no file name").into());
                return;
            }
            app.overlay = None;
            files::leave_for(app, Some(Target::File(path.into())), effects);
        }
    }
}

/// What a question may be answered with.
#[must_use]
pub(crate) fn answers(question: &Question) -> &'static [Words] {
    const UNSAVED: &[Words] = &[
        words("保存", "save"),
        words(
            "留着下次继续，不写文件",
            "keep for later, without writing the file",
        ),
        words("不要这些改动", "discard these changes"),
        words("返回", "back"),
    ];
    const EXISTS: &[Words] = &[
        words("换一个名字", "choose another name"),
        words("打开它", "open it"),
        words("替换它", "replace it"),
        words("返回", "back"),
    ];
    const CHANGED: &[Words] = &[
        words("另存到别处", "save elsewhere"),
        words("用这里的替换它", "replace it with what is here"),
        words("返回", "back"),
    ];
    const VANISHED: &[Words] = &[
        words("再写一份到那里", "write it there again"),
        words("另存到别处", "save elsewhere"),
        words("返回", "back"),
    ];
    const FOLDER: &[Words] = &[
        words("建这个文件夹，存在里面", "make the folder and save there"),
        words("换一个地方", "save elsewhere"),
        words("返回", "back"),
    ];
    const TAKE_OVER: &[Words] = &[
        words("只看，不改", "only read it"),
        words(
            "他确实不在了：接管来编辑，现在的文件先留一份旧版",
            "nobody is there any more: take it over, keeping the file as a version first",
        ),
        words("另存为别的名字", "save under another name"),
    ];
    const ZERO: &[Words] = &[
        words("只给空格填 0", "write 0 into blank cells only"),
        words("全部改成 0", "make all of them 0"),
        words("返回", "back"),
    ];
    const TOTALS: &[Words] = &[
        words(
            "留着打的数：不平的地方标红，可以定位",
            "keep the typed totals: what breaks is marked",
        ),
        words(
            "恢复算出来的数（可以撤销）",
            "bring the computed ones back (undo reverts)",
        ),
        words("返回，接着核对", "back to the pass"),
    ];
    const REPORT: &[Words] = &[
        words(
            "换掉这一份的全部内容（Ctrl+Z 一次撤销）",
            "put it in the place of this one (one undo reverts)",
        ),
        words(
            "作为一份新的报告打开，这一份不动",
            "open it as a new report, leaving this one alone",
        ),
        words("返回，不粘贴", "back, paste nothing"),
    ];
    match question {
        Question::ZeroTable(_) => ZERO,
        Question::LeaveTotals(_) => TOTALS,
        Question::Report { fits: true, .. } => REPORT,
        Question::Report { fits: false, .. } => &REPORT[1..],
        Question::Unsaved(_) => UNSAVED,
        Question::Exists(_) => EXISTS,
        Question::ChangedOutside(_) => CHANGED,
        Question::Vanished(_) => VANISHED,
        Question::NoFolder(_) => FOLDER,
        Question::TakeOver(_) => TAKE_OVER,
    }
}

fn answer(app: &mut App, question: &Question, at: usize, effects: &mut Vec<Effect>) {
    app.overlay = None;
    if let Question::Report { text, fits, .. } = question {
        match at + usize::from(!fits) {
            0 => paste::replace(app, text, effects),
            1 => files::leave_for(app, Some(Target::Pasted(text.clone())), effects),
            _ => {}
        }
        return;
    }
    match (question, at) {
        (Question::Unsaved(target), 0) => {
            app.after_save = Some(match target {
                None => AfterSave::Quit,
                Some(target) => AfterSave::Open(target.clone()),
            });
            files::save(app, effects);
        }
        (Question::Unsaved(target), 1 | 2) => files::go(app, target.clone(), at == 1, effects),
        (Question::ZeroTable(_), 0 | 1) => explain::write_zeros(app, at == 1, effects),
        (Question::LeaveTotals(_), 0 | 1) => recount::finish(app, at == 0, effects),
        (Question::Exists(_) | Question::ChangedOutside(_), 0)
        | (Question::Vanished(_) | Question::NoFolder(_), 1)
        | (Question::TakeOver(_), 2) => files::run(app, Command::SaveAs, effects),
        (Question::Vanished(path), 0) => {
            files::write(app, path.clone(), Replacing::Nothing, false, effects);
        }
        (Question::NoFolder(path), 0) => {
            files::write(app, path.clone(), Replacing::Nothing, true, effects);
        }
        (Question::TakeOver(path), 1) => effects.push(Effect::TakeOver(path.clone())),
        (Question::Exists(path), 1) => {
            files::leave_for(app, Some(Target::File(path.clone())), effects);
        }
        (Question::Exists(path), 2) | (Question::ChangedOutside(path), 1) => {
            files::write(app, path.clone(), Replacing::Anything, false, effects);
        }
        _ => app.after_save = None,
    }
}

/// What can be done with what can come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecoveryAnswer {
    /// Bring it back and go on.
    Recover,
    /// Keep the changes in a file of their own and open what was saved.
    KeepElsewhere,
    /// Quit and leave everything as it is.
    Quit,
}

impl RecoveryAnswer {
    pub(crate) fn words(self, recovery: &Recovery) -> Words {
        match self {
            RecoveryAnswer::Recover if recovery.is_version => {
                words("打开留的旧版", "open the version kept")
            }
            RecoveryAnswer::Recover => words(
                "恢复全部并继续（推荐）",
                "bring them all back and go on (recommended)",
            ),
            RecoveryAnswer::KeepElsewhere => words(
                "不恢复：改动另存一份，打开已保存的",
                "keep them in a file of their own and open what was saved",
            ),
            RecoveryAnswer::Quit => words("退出，什么都不动", "quit and leave everything as it is"),
        }
    }
}

/// The answers there are: where the file can't be read, nothing else can be opened.
pub(crate) fn recovery_answers(recovery: &Recovery) -> &'static [RecoveryAnswer] {
    match recovery.standing {
        Standing::Unread(_) => &[RecoveryAnswer::Recover, RecoveryAnswer::Quit],
        _ => &[
            RecoveryAnswer::Recover,
            RecoveryAnswer::KeepElsewhere,
            RecoveryAnswer::Quit,
        ],
    }
}

fn answer_recovery(app: &mut App, at: usize, effects: &mut Vec<Effect>) {
    let Some(Overlay::Recover { recovery, .. }) = &app.overlay else {
        return;
    };
    // A kept version has no changes that could be kept.
    let keep = !recovery.is_version;
    match recovery_answers(recovery).get(at) {
        Some(RecoveryAnswer::Recover) => files::recover(app, effects),
        Some(RecoveryAnswer::KeepElsewhere) => {
            app.overlay = None;
            effects.push(Effect::DropRecovery);
        }
        Some(RecoveryAnswer::Quit) => {
            app.overlay = None;
            effects.push(Effect::Quit { keep });
        }
        None => {}
    }
}

/// A line of the start page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StartLine {
    /// Unsaved changes to go on with.
    Pending(usize),
    /// An empty report.
    New,
    /// A file.
    Open,
    /// The sample.
    Sample,
    /// A file opened lately.
    Recent(usize),
}

/// The lines of the start page.
pub(crate) fn start_lines(facts: &StartFacts) -> Vec<StartLine> {
    const MOST: usize = 3;
    let pending = (0..facts.pending.len().min(MOST)).map(StartLine::Pending);
    let recent = (0..facts.recent.len().min(MOST)).map(StartLine::Recent);
    pending
        .chain([StartLine::New, StartLine::Open, StartLine::Sample])
        .chain(recent)
        .take(8)
        .collect()
}

/// A command on the start page.
pub(super) fn on_start(app: &mut App, command: Command, effects: &mut Vec<Effect>) {
    let Screen::Start(start) = &mut app.screen else {
        return;
    };
    let len = start_lines(&start.facts).len();
    match command {
        Command::Up => start.chosen = start.chosen.checked_sub(1).unwrap_or(len - 1),
        Command::Down => start.chosen = (start.chosen + 1) % len,
        Command::Choose => {
            let chosen = start.chosen;
            choose_start(app, chosen, effects);
        }
        Command::Close => app.menu = true,
        _ => {}
    }
}

fn choose_start(app: &mut App, at: usize, effects: &mut Vec<Effect>) {
    let Screen::Start(start) = &mut app.screen else {
        return;
    };
    let lines = start_lines(&start.facts);
    let Some(line) = lines.get(at) else { return };
    start.chosen = at;
    let target = match line {
        StartLine::Pending(index) => {
            let pending = &start.facts.pending[*index];
            match &pending.path {
                Some(path) => Target::File(path.clone()),
                None => Target::Unnamed(pending.id.clone()),
            }
        }
        StartLine::Recent(index) => Target::File(start.facts.recent[*index].clone()),
        StartLine::New => Target::New,
        StartLine::Sample => Target::Sample,
        StartLine::Open => return files::run(app, Command::Open, effects),
    };
    files::go(app, Some(target), false, effects);
}
