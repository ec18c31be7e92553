//! What happens: an input changes the app and answers with effects.
//!
//! **Never:** I/O, a clock, or drawing.
//! Next: `matrix` for typing and moving, `follow` for what comes after a turn,
//! `files` for opening, saving and leaving.

mod files;
mod follow;
mod head;
mod matrix;
mod paste;
mod prose;
mod recount;
mod unmarked;

pub use unmarked::takes_points;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::app::{App, Overlay, Screen};
use super::command::Command;
use super::input::{Effect, Input};
use super::keymap::Context;
use super::panels::basis::Basis;
use super::panels::changes::Changes;
use super::panels::export::{self, Export};
use super::panels::find::Find;
use super::panels::fixes::Fixes;
use super::panels::note::Note;
use super::panels::problems::Problems;
use super::panels::themes::Themes;
use super::report::layout;
use super::report::{explain, questions, search, way, zeros};
use super::start::Chosen;
use super::turn::Next;
use crate::base::facts::FileFacts;
use crate::base::words::{Lang, Words, words};
use crate::model::{Change, Op};
use crate::tui::report::{Page, ReportScreen};
use follow::{asked, on_report};

/// Takes one input; answers with the work it asks for.
pub fn update(app: &mut App, input: Input) -> Vec<Effect> {
    let mut effects = Vec::new();
    match input {
        Input::Key(key) if key.kind != KeyEventKind::Release => on_key(app, key, &mut effects),
        Input::Key(_) => {}
        Input::Paste(text) => {
            app.notice = None;
            app.menu = false;
            on_paste(app, &text, &mut effects);
        }
        Input::Unmarked { text, given } => {
            app.notice = None;
            app.menu = false;
            unmarked::on_unmarked(app, text, given, &mut effects);
        }
        Input::Typed(keys) => unmarked::on_typed(app, &keys, &mut effects),
        Input::Resize(cols, rows) => app.look.size = (cols, rows),
        Input::WideAmbiguous(wide) => {
            app.look.ruler.wide_ambiguous = app.prefs.wide_ambiguous.unwrap_or(wide);
        }
        Input::Focus => {
            let file = app.report().map(|report| &report.file);
            if let Some(FileFacts {
                path: Some(path),
                stamp: Some(stamp),
                ..
            }) = file
            {
                effects.push(Effect::CheckStamp {
                    path: path.clone(),
                    stamp: *stamp,
                });
            }
        }
        Input::Reply(reply) => files::on_reply(app, reply, &mut effects),
    }
    drop_preview(app);
    say_forgotten(app);
    keep_in_view(app);
    effects
}

/// A fix that is shown stands as long as its list.
fn drop_preview(app: &mut App) {
    let is_shown = matches!(app.overlay, Some(Overlay::Fixes(_)));
    if let Some(report) = app.report_mut().filter(|_| !is_shown) {
        report.preview = None;
    }
}

/// Says once that the oldest changes went out of the history.
fn say_forgotten(app: &mut App) {
    let Some(report) = app.report_mut() else {
        return;
    };
    if report.said_forgotten || report.document.forgotten() == 0 {
        return;
    }
    report.said_forgotten = true;
    let said = words(
        "改动太大，最早的已经不能撤销",
        "the changes are too large: the earliest can no longer be undone",
    );
    app.notice = Some(match app.notice.take() {
        Some(notice) => words("{notice}；{said}", "{notice}; {said}")
            .with(vec![("notice", notice.into()), ("said", said.into())]),
        None => said.into(),
    });
}

fn on_key(app: &mut App, key: KeyEvent, effects: &mut Vec<Effect>) {
    unmarked::remember(app, key);
    let typed = app.report().and_then(|report| report.typing.as_ref());
    let typed = typed.map(|typed| typed.text.clone());
    let command = press(app, key, effects);
    let is_sign = matches!(key.code, KeyCode::Char(_)) && key.modifiers.is_empty();
    if command.is_none() || is_sign {
        unmarked::end_if_refused(app, key, typed.as_deref());
    }
}

/// Does what a key means; the command that it was, if it was one.
fn press(app: &mut App, key: KeyEvent, effects: &mut Vec<Effect>) -> Option<Command> {
    let notice = app.notice.take();
    let key = match menu_digit(app, key) {
        Digit::Menu(number) => {
            app.menu = false;
            KeyEvent::new(KeyCode::F(number), KeyModifiers::NONE)
        }
        Digit::None => key,
    };
    let context = context(app);
    // Where text is typed a bare sign is text, whatever it was bound to.
    let types = match (key.code, context) {
        _ if !(key.modifiers - KeyModifiers::SHIFT).is_empty() => false,
        (KeyCode::Char(_), Context::Text | Context::Head | Context::Prompt) => true,
        (KeyCode::Char(c), Context::Matrix) => matrix::takes(app, c),
        _ => false,
    };
    let command = if types {
        None
    } else {
        app.prefs.keymap.command_of(context, key)
    };
    if let Some(Command::Redraw | Command::Suspend) = command {
        // They are about the terminal: whatever stands on the screen stays as it is.
        app.notice = notice;
    } else if app.menu {
        app.menu = false;
        if command == Some(Command::Close) {
            return command;
        }
    }
    match command {
        Some(command) => run(app, command, effects),
        None => {
            if let KeyCode::Char(c) = key.code
                && !key
                    .modifiers
                    .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
            {
                on_char(app, c, effects);
            }
        }
    }
    command
}

enum Digit {
    Menu(u8),
    None,
}

/// A digit in the menu is an F-key; so is Alt with a digit, everywhere.
fn menu_digit(app: &App, key: KeyEvent) -> Digit {
    let KeyCode::Char(c) = key.code else {
        return Digit::None;
    };
    let digit = crate::base::number::narrow(c).to_digit(10);
    let alt = key.modifiers == KeyModifiers::ALT;
    match digit.and_then(|digit| u8::try_from(digit).ok()) {
        Some(digit) if app.menu || alt => Digit::Menu(if digit == 0 { 10 } else { digit }),
        _ => Digit::None,
    }
}

/// Where a key is looked up first.
#[must_use]
pub fn context(app: &App) -> Context {
    match (&app.overlay, &app.screen) {
        (Some(overlay), _) => overlay.drawn().context(),
        (None, Screen::Start(_)) => Context::List,
        (None, Screen::Report(report)) => match report.page {
            Page::Matrix(_) => Context::Matrix,
            Page::Text(_) => Context::Text,
            Page::Head => Context::Head,
        },
    }
}

/// Whether what is typed goes into a line over the page.
fn types_a_line(app: &App) -> bool {
    let overlay = app.overlay.as_ref();
    overlay.is_some_and(|overlay| overlay.drawn().has_line())
}

/// Says why a report can't be changed; false if it can.
fn refuse_read_only(app: &mut App) -> bool {
    match app.turn(&mut Vec::new()) {
        (Some(report), mut cx) => report.refuses(&mut cx),
        (None, _) => true,
    }
}

/// Runs a command.
pub fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) {
    match command {
        Command::Redraw => return effects.push(Effect::Redraw),
        Command::Suspend => return effects.push(Effect::Suspend),
        _ => {}
    }
    prose::before_command(app, command);
    if asked(app, effects, |panel, report, cx| {
        panel.command(command, report, cx)
    }) {
        return;
    }
    if recount::run(app, command, effects) {
        return;
    }
    match command {
        Command::SwitchTheme => follow::show(app, |app| {
            Some(Overlay::Themes(Themes::new(app.look.theme)))
        }),
        Command::SwitchLanguage => {
            app.look.lang = match app.look.lang {
                Lang::Zh => Lang::En,
                Lang::En => Lang::Zh,
            };
        }
        Command::Help | Command::Palette => follow::open(app, command),
        Command::Quit
        | Command::Open
        | Command::New
        | Command::Sample
        | Command::Save
        | Command::SaveAs => files::run(app, command, effects),
        _ if matches!(app.screen, Screen::Start(_)) => {
            if let Screen::Start(start) = &mut app.screen {
                let chosen = start.command(command);
                at_start(app, chosen, effects);
            }
        }
        Command::CheckAll => {
            follow::show(app, |app| {
                app.report()?;
                Some(Overlay::Problems(Problems::default()))
            });
        }
        Command::Fix => {
            let (Some(report), mut cx) = app.turn(effects) else {
                return;
            };
            report.leave_cell();
            if let Some(fixes) = Fixes::of(report, &mut cx) {
                app.overlay = Some(Overlay::Fixes(fixes));
            }
        }
        Command::Question | Command::NextProblem | Command::PreviousProblem => {
            on_report(app, effects, |report, cx| {
                report.leave_cell();
                match command {
                    Command::Question => questions::ask_about(report, cx, None),
                    _ => way::step(report, cx, command == Command::NextProblem),
                }
                Next::Stay
            });
        }
        Command::Basis => follow::show(app, |app| {
            let report = app.report()?;
            Some(Overlay::Basis(Basis::here(report)))
        }),
        Command::Changes => follow::show(app, |app| {
            let report = app.report()?;
            Some(Overlay::Changes(Changes::of(&report.document)))
        }),
        Command::Export | Command::CheckSheet => follow::show(app, |app| {
            let export = Export::for_command(app.report()?, command);
            Some(Overlay::Export(Box::new(export)))
        }),
        Command::ReturnNote => {
            let mut note = None;
            follow::show(app, |app| {
                note = Some(export::note(app.report()?, app.look.lang));
                Some(Overlay::Note(Note::new(note.clone()?)))
            });
            effects.extend(note.map(Effect::Copy));
        }
        Command::Explain => on_report(app, effects, |report, cx| explain::ask(report, cx, None)),
        Command::DropRemarks => on_report(app, effects, |report, cx| {
            explain::drop_unused(report, cx);
            Next::Stay
        }),
        Command::ZeroTable => on_report(app, effects, zeros::zero_table),
        Command::CheckTotals => recount::start(app, effects),
        Command::Undo => {
            undo(app, Change::Undo, effects);
            recount::after_undo(app);
        }
        Command::Redo => undo(app, Change::Redo, effects),
        Command::NextSection | Command::PreviousSection if prose::back(app) => {}
        Command::NextSection | Command::PreviousSection => {
            turn(app, command == Command::NextSection);
        }
        Command::Find => follow::show(app, |app| {
            app.report()?;
            Some(Overlay::Find(Find::new()))
        }),
        Command::FindNext | Command::FindPrevious => on_report(app, effects, |report, cx| {
            search::step(report, cx, command == Command::FindNext)
        }),
        Command::HeadForm => {
            if let Some(report) = app.report_mut() {
                report.leave_cell();
                report.show(Page::Head);
            }
        }
        Command::OtherPart => prose::other_part(app),
        Command::Close => close(app, effects),
        _ => {
            let Some(report) = app.report() else { return };
            match report.page {
                Page::Matrix(_) => matrix::run(app, command, effects),
                Page::Text(_) => prose::run(app, command, effects),
                Page::Head => head::run(app, command, effects),
            }
        }
    }
}

/// Does what was chosen on the start page.
fn at_start(app: &mut App, chosen: Chosen, effects: &mut Vec<Effect>) {
    match chosen {
        Chosen::Target(target) => files::go(app, Some(target), false, effects),
        Chosen::Open => run(app, Command::Open, effects),
        Chosen::Quit => run(app, Command::Quit, effects),
        Chosen::Menu => app.menu = true,
        Chosen::Nothing => {}
    }
}

fn on_char(app: &mut App, c: char, effects: &mut Vec<Effect>) {
    if asked(app, effects, |panel, report, cx| panel.typed(c, report, cx)) {
        return;
    }
    if let Screen::Start(start) = &mut app.screen {
        let chosen = start.typed(c, &mut app.look);
        return at_start(app, chosen, effects);
    }
    match app.report().map(|report| report.page) {
        Some(Page::Matrix(_)) if recount::on_char(app) => {}
        Some(Page::Matrix(_)) => matrix::on_char(app, c, effects),
        Some(Page::Text(_)) => prose::on_char(app, c, effects),
        Some(Page::Head) => head::on_char(app, c),
        None => {}
    }
}

fn on_paste(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    if asked(app, effects, |panel, report, cx| {
        panel.pasted(text, report, cx)
    }) {
        return;
    }
    if app.report().is_some_and(|report| report.matrix().is_some()) {
        paste::paste(app, text, effects);
    } else if app
        .report()
        .is_some_and(|report| report.text_shown().is_some())
    {
        prose::paste(app, text, effects);
    } else if matches!(app.screen, Screen::Start(_)) {
        paste::at_start(app, text, effects);
    }
}

/// Esc: leaves what is typed, drops the selection, then shows the menu.
fn close(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    if report.typing.is_some() {
        matrix::take_back(app, effects);
        app.menu = true;
    } else if report.prose.fact.take().is_some() || report.prose.anchor.take().is_some() {
        // The focus is back in the text, or its selection is dropped.
    } else if report.anchor.is_some() {
        report.anchor = None;
    } else {
        app.menu = true;
    }
}

/// Undo or redo: the cursor returns to the first cell changed by hand.
fn undo(app: &mut App, change: Change, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    let step = match change {
        Change::Redo => report.document.undone().last(),
        _ => report.document.done().last(),
    };
    let Some(step) = step.cloned() else {
        app.notice = Some(match change {
            Change::Redo => words("没有可以重做的了", "nothing to redo").into(),
            _ => words("没有可以撤销的了", "nothing to undo").into(),
        });
        return;
    };
    let said: Words = match change {
        Change::Redo => words("重做：{step}", "redone: {step}"),
        _ => words("撤销：{step}", "undone: {step}"),
    };
    let undone = matches!(change, Change::Undo);
    report.change(change, effects);
    report.go_to_step(&step.ops, undone);
    app.notice = Some(said.with(vec![("step", step.label.into())]));
}

/// The next or the previous page.
fn turn(app: &mut App, forward: bool) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    let pages = report.pages();
    let at = pages
        .iter()
        .position(|page| *page == report.page)
        .unwrap_or(0);
    let next = if forward {
        (at + 1).min(pages.len() - 1)
    } else {
        at.saturating_sub(1)
    };
    if next == at {
        app.notice = Some(if forward {
            words("已经是最后一部分", "this is the last section").into()
        } else {
            words("已经是第一部分", "this is the first section").into()
        });
        return;
    }
    report.show(pages[next]);
}

/// Scrolls so that the cursor is visible.
fn keep_in_view(app: &mut App) {
    let (_, rows) = app.look.size;
    let Some(report) = app.report_mut() else {
        return;
    };
    let Some((index, _)) = report.matrix() else {
        return prose::keep_in_view(app);
    };
    let Some(sheet) = layout::sheet(report, rows) else {
        return;
    };
    let spot = report.form().spot(report.cursors[index]);
    report.scrolls[index] = sheet.scroll_to(report.scrolls[index], spot.table, spot.row);
}

impl ReportScreen {
    /// Changes the document, journals the change, judges again.
    pub(super) fn change(&mut self, change: Change, effects: &mut Vec<Effect>) {
        let empty = matches!(&change, Change::Apply(step) if step.is_empty());
        // Commands refuse with a reason before; this holds for one that forgets to.
        let refused = self.file.read_only.is_some();
        if !empty
            && !refused
            && let Some(applied) = self.document.run(change.clone())
        {
            self.note_edited(&change, &applied.ops);
            effects.push(Effect::Journal {
                change,
                ran: applied.ops,
            });
        }
        self.judge();
    }

    /// Remembers which cells were changed by hand: a step's first one.
    fn note_edited(&mut self, change: &Change, ran: &[Op]) {
        let cell = |op: &Op| match op {
            Op::SetCell { cell, .. } => Some(*cell),
            _ => None,
        };
        let back = !matches!(change, Change::Apply(_) | Change::Redo);
        for cell in ran.iter().filter_map(cell) {
            self.edited.retain(|edited| *edited != cell);
        }
        if !back {
            self.edited.extend(ran.first().and_then(cell));
        }
    }

    /// Commits what is being typed: it is one step from now on.
    pub(super) fn leave_cell(&mut self) {
        if self.typing.take().is_some() {
            self.judge();
        }
    }

    /// Shows a page from its top.
    pub(super) fn show(&mut self, page: Page) {
        self.anchor = None;
        self.prose.anchor = None;
        self.prose.fact = None;
        self.prose.burst = None;
        self.text_scroll = 0;
        self.page = page;
    }

    /// Puts the cursor on a cell, on whatever page it is.
    pub(super) fn go_to(&mut self, cell: crate::form::CellId) {
        let form = self.form();
        let prefix = form.tables[form.spot(cell).table].prefix;
        if self.page != Page::Matrix(prefix) {
            self.show(Page::Matrix(prefix));
        }
        if let Some((index, _)) = self.matrix() {
            self.cursors[index] = cell;
        }
    }
}
