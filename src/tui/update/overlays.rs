//! Lists, prompts and questions: choosing, filtering, closing.
//!
//! **Never:** discards anything on Esc.
//! Next: `files` and `problems` for what a choice does.

use super::{files, matrix, paste, recount};
use crate::base::words::words;
use crate::tui::app::{AfterSave, App, Overlay, Screen};
use crate::tui::command::Command;
use crate::tui::input::{Effect, Replacing, StartFacts, Target};
use crate::tui::panels::help::Help;
use crate::tui::panels::palette::Palette;
use crate::tui::report::{explain, zeros};
use crate::tui::turn::{Next, Purpose, Question};

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
            _ => Overlay::Palette(Palette::new()),
        })
    });
}

/// A command while something stands over the screen.
pub(super) fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) {
    paste::run(app, command, effects);
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
    paste::on_char(app, c, effects);
}

/// Text pasted while something stands over the screen.
pub(super) fn on_paste(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    paste::again(app, text, effects);
}

/// Enter in a prompt.
pub(super) fn typed(app: &mut App, purpose: Purpose, text: &str, effects: &mut Vec<Effect>) {
    match purpose {
        Purpose::Cell(cell) => {
            app.overlay = None;
            matrix::write_line(app, cell, text, effects);
        }
        Purpose::Head(field) => super::head::typed(app, field, text, effects),
        Purpose::Remark(index) => {
            let (Some(report), mut cx) = app.turn(effects) else {
                return;
            };
            if explain::keep(report, &mut cx, index, text) {
                app.overlay = None;
            }
        }
        Purpose::SaveAs => files::named(app, text, effects),
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

/// What was answered; None is "back".
pub(super) fn answer(
    app: &mut App,
    question: &Question,
    at: Option<usize>,
    effects: &mut Vec<Effect>,
) {
    let Some(at) = at else {
        app.after_save = None;
        return;
    };
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
        (Question::ZeroTable(_), 0 | 1) => super::on_report(app, effects, |report, cx| {
            zeros::write_zeros(report, cx, at == 1);
            Next::Stay
        }),
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
