//! What happens: an input changes the app and answers with effects.
//!
//! **Never:** I/O, or a clock.
//! Next: `report` for typing and moving, `follow` for what comes after a turn,
//! `files` for opening, saving and leaving.

mod compare;
mod files;
mod follow;
mod last;
mod mouse;
mod others;
mod paste;
mod rolled;
mod unmarked;

pub use unmarked::takes_points;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::app::{App, Overlay, Screen};
use super::areas;
use super::command::Command;
use super::folder::FolderPage;
use super::input::{Effect, Input, Target};
use super::keymap::Context;
use super::panels::against::Choices;
use super::panels::basis::Basis;
use super::panels::changes::Changes;
use super::panels::export::{self, Export};
use super::panels::find::Find;
use super::panels::fixes::Fixes;
use super::panels::help::Help;
use super::panels::note::Note;
use super::panels::palette::Palette;
use super::panels::problems::Problems;
use super::panels::rewrite::Rewrite;
use super::panels::themes::Themes;
use super::prefs::Choice;
use super::report::{Page, from_last, matrix, recount, text};
use super::start::Chosen;
use super::turn::{Cx, Next};
use crate::base::facts::FileFacts;
use crate::base::words::{Lang, words};
use follow::{asked, follow, on_report};

/// Takes one input; answers with the work it asks for.
pub fn update(app: &mut App, input: Input) -> Vec<Effect> {
    let mut effects = Vec::new();
    let before = choices(app);
    match input {
        Input::Key(key) if key.kind != KeyEventKind::Release => on_key(app, key, &mut effects),
        Input::Key(_) => {}
        Input::Mouse(event) => mouse::on_mouse(app, event, &mut effects),
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
        Input::Resize(cols, rows) => {
            app.look.size = (cols, rows);
            app.look.has_side = areas::is_wide((cols, rows));
        }
        Input::WideAmbiguous(wide) => {
            let wide = app.prefs.wide_ambiguous.unwrap_or(wide);
            app.look.ruler.wide_ambiguous = wide;
            // Box drawing characters are ambiguous too.
            app.look.has_lines = !wide && !app.prefs.ascii;
        }
        Input::Background(seen) => app.look.theme.seen = seen,
        Input::Look => others::look(app, &mut effects),
        Input::Focus if app.report().is_some_and(|report| report.file.is_followed()) => {
            others::look(app, &mut effects);
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
            last::look_again(app, &mut effects);
        }
        Input::Reply(reply) => files::on_reply(app, reply, &mut effects),
    }
    ask_why(app, &mut effects);
    last::take(app, &mut effects);
    keep_choices(app, before, &mut effects);
    drop_preview(app);
    say_forgotten(app);
    let look = app.look.within(app.areas().body);
    if let Some(report) = app.report_mut() {
        report.keep_in_view(look);
    }
    effects
}

/// What is chosen on the screen and kept.
fn choices(app: &App) -> [Choice; 3] {
    [
        Choice::Language(app.look.lang),
        Choice::Theme(app.look.theme.background),
        Choice::Mouse(app.prefs.mouse),
    ]
}

/// Asks for what was chosen just now to be kept.
fn keep_choices(app: &App, before: [Choice; 3], effects: &mut Vec<Effect>) {
    let now = choices(app).into_iter().zip(before);
    effects.extend(
        now.filter(|(now, before)| now != before)
            .map(|(choice, _)| {
                let file = app.prefs.config.clone();
                Effect::Keep { file, choice }
            }),
    );
}

/// Asks why a number carried over from last year was changed, where it was just left.
fn ask_why(app: &mut App, effects: &mut Vec<Effect>) {
    if app.overlay.is_some() {
        return;
    }
    let (Some(report), mut cx) = app.turn(effects) else {
        return;
    };
    if let Some(next) = from_last::ask_why(report, &mut cx) {
        follow(app, next, None, effects);
    }
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
    app.knows_esc |= matches!(key.code, KeyCode::F(_) | KeyCode::Esc);
    let key = match menu_digit(app, key) {
        Digit::Menu(number) => {
            app.menu = false;
            KeyEvent::new(KeyCode::F(number), KeyModifiers::NONE)
        }
        Digit::None => key,
    };
    let context = app.context();
    // Where text is typed a bare sign is text, whatever it was bound to.
    let types = match (key.code, context) {
        _ if !(key.modifiers - KeyModifiers::SHIFT).is_empty() => false,
        (KeyCode::Char(_), Context::Text | Context::Head | Context::Prompt) => true,
        (KeyCode::Char(c), Context::Matrix) => {
            app.report().is_some_and(|report| matrix::takes(report, c))
        }
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
            // In a report that a folder opened, Esc in the menu is the way back.
            if let (Some(folder), Some(_)) = (&app.folder, app.report()) {
                let path = folder.path.clone();
                files::leave_for(app, Some(Target::Folder(path)), effects);
            }
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

/// Whether what is typed goes into a line over the page.
fn types_a_line(app: &App) -> bool {
    let overlay = app.overlay.as_ref();
    overlay.is_some_and(|overlay| overlay.drawn().has_line())
}

/// Runs a command.
pub fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) {
    match command {
        Command::Redraw => return effects.push(Effect::Redraw),
        Command::Suspend => return effects.push(Effect::Suspend),
        _ => {}
    }
    if let Some(report) = app.report_mut() {
        text::before_command(report, command);
    }
    let takes = app
        .overlay
        .as_ref()
        .map(|overlay| overlay.drawn().takes(command));
    let is_asked = takes == Some(true)
        && asked(app, effects, |panel, report, cx| {
            panel.command(command, report, cx)
        });
    if is_asked || in_recount(app, command, effects) {
        return;
    }
    match command {
        Command::SwitchTheme => app.show(|app| Some(Overlay::Themes(Themes::new(app.look.theme)))),
        Command::SwitchLanguage => {
            app.look.lang = match app.look.lang {
                Lang::Zh => Lang::En,
                Lang::En => Lang::Zh,
            };
        }
        Command::Mouse => mouse::switch(app, effects),
        Command::Help => app.show(|_| Some(Overlay::Help(Help::new()))),
        Command::Palette => app.show(|_| Some(Overlay::Palette(Palette::new()))),
        Command::Quit
        | Command::Open
        | Command::New
        | Command::NewFrom
        | Command::Folder
        | Command::Sample
        | Command::Save
        | Command::SaveAs => files::run(app, command, effects),
        _ => match &mut app.screen {
            Screen::Start(start) => {
                let chosen = start.command(command, &app.start);
                at_start(app, chosen, effects);
            }
            Screen::Folder(_) => in_folder(app, effects, |page, cx| page.command(command, cx)),
            Screen::Report(_) => in_report(app, command, effects),
        },
    }
}

/// A turn of the folder page, while it is on the screen.
fn in_folder(
    app: &mut App,
    effects: &mut Vec<Effect>,
    turn: impl FnOnce(&mut FolderPage, &mut Cx<'_>) -> Next,
) {
    let Screen::Folder(page) = &mut app.screen else {
        return;
    };
    let mut cx = Cx {
        look: app.look,
        prefs: &app.prefs,
        notice: &mut app.notice,
        clipboard: &mut app.clipboard,
        effects,
    };
    let next = turn(page, &mut cx);
    follow(app, next, None, effects);
}

/// A command for the pass over the totals, while there is one; false if it is not.
fn in_recount(app: &mut App, command: Command, effects: &mut Vec<Effect>) -> bool {
    let (Some(report), mut cx) = app.turn(effects) else {
        return false;
    };
    let next = recount::run(report, &mut cx, command);
    let is_meant = next.is_some();
    if let Some(next) = next {
        follow(app, next, None, effects);
    }
    is_meant
}

/// A command where a report is on the screen: what opens a panel over it, else its own.
fn in_report(app: &mut App, command: Command, effects: &mut Vec<Effect>) {
    if rolled::run(app, command, effects) {
        return;
    }
    match command {
        Command::CheckAll => app.show(|_| Some(Overlay::Problems(Problems::default()))),
        Command::Fix => {
            let (Some(report), mut cx) = app.turn(effects) else {
                return;
            };
            report.leave_cell();
            if let Some(fixes) = Fixes::of(report, &mut cx) {
                app.overlay = Some(Overlay::Fixes(fixes));
            }
        }
        Command::Rewrite => app.show(|app| {
            let report = app.report().filter(|report| report.last.is_some())?;
            Some(Overlay::Rewrite(Rewrite::of(report)))
        }),
        Command::Basis => app.show(|app| Some(Overlay::Basis(Basis::here(app.report()?)))),
        Command::LastYear => last::choose(app, effects),
        Command::Changes => app.show(|app| {
            let document = &app.report()?.document;
            Some(Overlay::Changes(Changes::of(document)))
        }),
        Command::Compare => app.show(|app| Some(Overlay::Against(Choices::of(app.report()?)))),
        Command::Versions => compare::ask_versions(app, effects),
        Command::Close if compare::back(app) => {}
        Command::Export | Command::CheckSheet => app.show(|app| {
            let export = Export::for_command(app.report()?, command);
            Some(Overlay::Export(Box::new(export)))
        }),
        Command::ReturnNote => {
            let mut note = None;
            app.show(|app| {
                note = Some(export::note(app.report()?, app.look.lang));
                Some(Overlay::Note(Note::new(note.clone()?)))
            });
            effects.extend(note.map(Effect::Copy));
        }
        Command::LetGo => {
            let report = app.report().filter(|report| report.file.is_held());
            let path = report.and_then(|report| report.file.path.clone());
            effects.extend(path.map(Effect::AskToLetGo));
        }
        Command::Find => app.show(|_| Some(Overlay::Find(Find::new()))),
        command => on_report(app, effects, |report, cx| report.run(cx, command)),
    }
}

/// Does what was chosen on the start page.
fn at_start(app: &mut App, chosen: Chosen, effects: &mut Vec<Effect>) {
    match chosen {
        Chosen::Target(target) => files::go(app, Some(target), false, effects),
        Chosen::Run(command) => run(app, command, effects),
        Chosen::Menu => app.menu = true,
        Chosen::Nothing => {}
    }
}

/// Whether a panel has the keys; without one, or where it only tells, the page has them.
fn panel_has_keys(app: &App) -> bool {
    let overlay = app.overlay.as_ref();
    overlay.is_some_and(|overlay| overlay.drawn().has_keys())
}

fn on_char(app: &mut App, c: char, effects: &mut Vec<Effect>) {
    if panel_has_keys(app) && asked(app, effects, |panel, report, cx| panel.typed(c, report, cx)) {
        return;
    }
    match &mut app.screen {
        Screen::Start(start) => {
            let chosen = start.typed(c, &app.start, &mut app.look);
            at_start(app, chosen, effects);
        }
        Screen::Folder(page) => page.type_in(c.encode_utf8(&mut [0; 4])),
        Screen::Report(_) => on_report(app, effects, |report, cx| report.typed(cx, c)),
    }
}

fn on_paste(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    let is_asked = panel_has_keys(app)
        && asked(app, effects, |panel, report, cx| {
            panel.pasted(text, report, cx)
        });
    if is_asked {
        return;
    }
    if let Screen::Folder(page) = &mut app.screen {
        return page.type_in(text.lines().next().unwrap_or_default());
    }
    match app.report().map(|report| report.page) {
        Some(Page::Matrix(_)) => paste::paste(app, text, effects),
        Some(Page::Text(_)) => on_report(app, effects, |report, cx| {
            text::paste(report, cx, text);
            Next::Stay
        }),
        Some(Page::Head) => {}
        None => paste::at_start(app, text, effects),
    }
}
