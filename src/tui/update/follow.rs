//! What comes after a turn of a panel or of the report: the next panel, a command, what
//! was typed or answered for whom it was asked.
//!
//! **Never:** discards anything on Esc.
//! Next: `files` for opening, saving and leaving.

use super::{compare, files, last, paste, rolled, run, unmarked};
use crate::base::words::words;
use crate::tui::app::{AfterSave, App, Overlay};
use crate::tui::command::Command;
use crate::tui::input::{Against, Effect, Replacing, Target, WhyLast};
use crate::tui::panel::Panel;
use crate::tui::panels::ask::Ask;
use crate::tui::panels::basis::Basis;
use crate::tui::panels::note::Note;
use crate::tui::prompt::Prompt;
use crate::tui::report::{ReportScreen, explain, head, matrix, pasting, recount, zeros};
use crate::tui::theme::Background;
use crate::tui::turn::{Cx, Next, Purpose, Question};

/// Offers a turn to the panel over the page; false without one.
pub(super) fn asked(
    app: &mut App,
    effects: &mut Vec<Effect>,
    turn: impl FnOnce(&mut dyn Panel, Option<&mut ReportScreen>, &mut Cx<'_>) -> Next,
) -> bool {
    let area = app.areas().panel;
    let Some((mut overlay, area)) = app.overlay.take().zip(area) else {
        return false;
    };
    let (report, mut cx) = app.turn_in(area, effects);
    let next = turn(overlay.panel(), report, &mut cx);
    follow(app, next, Some(overlay), effects);
    true
}

/// Does what a turn of the report wants next.
pub(super) fn on_report(
    app: &mut App,
    effects: &mut Vec<Effect>,
    turn: impl FnOnce(&mut ReportScreen, &mut Cx<'_>) -> Next,
) {
    let (Some(report), mut cx) = app.turn(effects) else {
        return;
    };
    let next = turn(report, &mut cx);
    follow(app, next, None, effects);
}

/// Does what a turn wants next; `overlay` is the panel that had it.
pub(super) fn follow(
    app: &mut App,
    next: Next,
    overlay: Option<Overlay>,
    effects: &mut Vec<Effect>,
) {
    match next {
        // Without a panel of its own, what stands over the page stays.
        Next::Stay => app.overlay = overlay.or(app.overlay.take()),
        Next::Close => {}
        Next::Theme(theme) => {
            app.look.theme = theme;
            if theme.ground() == Background::Auto {
                effects.push(Effect::AskBackground);
            }
        }
        Next::Menu => app.menu = true,
        Next::Paste(text) => paste::paste(app, &text, effects),
        Next::Open(target) => files::leave_for(app, Some(target), effects),
        Next::LastYear(choice) => last::chosen(app, choice, effects),
        Next::Note(text, unit) => app.overlay = Some(Overlay::Note(Note::of(text, unit))),
        Next::RollUp => rolled::show(app),
        Next::Untyped => app.after_save = None,
        Next::Run(command) => run(app, command, effects),
        Next::About(Command::Explain, problem) => {
            let (Some(report), mut cx) = app.turn(effects) else {
                return;
            };
            let mut problems = report.findings.problems.iter();
            let named = problems.position(|other| *other == *problem);
            let next = explain::ask(report, &mut cx, named);
            follow(app, next, overlay, effects);
        }
        Next::About(_, problem) => app.show(|app| {
            let report = app.report()?;
            Some(Overlay::Basis(Basis::of(report, &problem)))
        }),
        Next::Type(purpose, line) => {
            app.overlay = Some(Overlay::Prompt(Prompt::new(purpose, line)));
        }
        Next::Name(purpose) => files::prompt(app, purpose, "", effects),
        Next::Compare(against, other) => compare::show(app, against, *other),
        Next::Aside(command) => {
            if let Some(Overlay::Compare(page)) = overlay {
                app.aside = Some(page);
            }
            if let Some(command) = command {
                run(app, command, effects);
            }
        }
        Next::Ask(question) => app.overlay = Some(Overlay::Ask(Ask::new(question))),
        Next::Answered(question, at) => answer(app, &question, at, effects),
        Next::Typed(purpose, text) => {
            app.overlay = overlay;
            typed(app, purpose, &text, effects);
        }
        Next::Play(keys) => unmarked::on_typed(app, &keys, effects),
        Next::Pasted(text) => {
            let (Some(report), mut cx) = app.turn(effects) else {
                return;
            };
            let more = pasting::more_of_report(report, &mut cx, text);
            app.overlay = more.map_or(overlay, |more| Some(Overlay::Ask(Ask::new(more))));
        }
        Next::Merged(merged) => {
            let (merge, sides, theirs) = *merged;
            if let Some(report) = app.report_mut() {
                app.notice = Some(report.take_merge(&merge, &sides, theirs, effects));
            }
        }
        Next::Recovered(recovery) => files::recover(app, *recovery, effects),
    }
}

/// Enter in a prompt.
pub(super) fn typed(app: &mut App, purpose: Purpose, text: &str, effects: &mut Vec<Effect>) {
    match purpose {
        Purpose::Cell(cell) => taken(app, effects, |report, cx| {
            matrix::write_line(report, cx, cell, text);
            true
        }),
        Purpose::Head(field) => taken(app, effects, |report, cx| {
            head::take(report, cx, field, text)
        }),
        Purpose::Remark(index) => taken(app, effects, |report, cx| {
            explain::keep(report, cx, index, text)
        }),
        Purpose::RollBody => rolled::name(app, text, effects),
        Purpose::Adjust(cell) => rolled::adjust(app, cell, text, effects),
        Purpose::PassReason => {
            let reason = text.trim();
            if !reason.chars().any(char::is_alphabetic) {
                app.notice = Some(words("没有写理由，没有判合格", "no reason: not passed").into());
                return;
            }
            app.overlay = None;
            if let Some(page) = app.folder_mut() {
                page.pass_with(reason.to_owned(), effects);
            }
        }
        Purpose::Folder => {
            let path = text.trim();
            if path.is_empty() {
                app.notice = Some(words("没有写文件夹", "no folder").into());
                return;
            }
            app.overlay = None;
            files::leave_for(app, Some(Target::Folder(path.into())), effects);
        }
        Purpose::SaveAs => files::named(app, text, effects),
        Purpose::Compare => {
            let path = text.trim();
            if path.is_empty() {
                app.notice = Some(words("没有写文件名", "no file name").into());
                return;
            }
            app.overlay = None;
            effects.push(Effect::Beside(Against::File(path.into())));
        }
        Purpose::Open | Purpose::From | Purpose::LastYear => {
            let path = text.trim();
            if path.is_empty() {
                app.notice = Some(words("没有写文件名", "no file name").into());
                return;
            }
            app.overlay = None;
            match purpose {
                Purpose::From => effects.push(Effect::ReadFrom(path.into())),
                Purpose::LastYear => last::want(app, path.into(), WhyLast::Named, effects),
                _ => files::leave_for(app, Some(Target::File(path.into())), effects),
            }
        }
    }
}

/// Closes the prompt if the report takes what was typed.
fn taken(
    app: &mut App,
    effects: &mut Vec<Effect>,
    take: impl FnOnce(&mut ReportScreen, &mut Cx<'_>) -> bool,
) {
    if let (Some(report), mut cx) = app.turn(effects)
        && take(report, &mut cx)
    {
        app.overlay = None;
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
        if let Question::LastChanged(_) | Question::DiskChanged(_) = question {
            app.aside = None;
        }
        return;
    };
    if let Question::Report { text, fits, .. } = question {
        match at + usize::from(!fits) {
            0 => on_report(app, effects, |report, cx| {
                pasting::replace(report, cx, text);
                Next::Stay
            }),
            1 => files::leave_for(app, Some(Target::Pasted(text.clone())), effects),
            _ => {}
        }
        return;
    }
    if let Question::Whose { .. } | Question::Which { .. } | Question::SendBack { .. } = question {
        return answer_folder(app, question, at, effects);
    }
    match (question, at) {
        (Question::Unsaved(target), 0) => {
            app.after_save = Some(match target {
                None => AfterSave::Quit,
                Some(target) => AfterSave::Open(target.clone()),
            });
            files::save(app, effects);
        }
        (Question::LastBroken { last, .. }, 0) => files::begin_after(app, (**last).clone()),
        (Question::LastBroken { last, .. }, 1) => {
            files::leave_for(app, Some(Target::File(last.path.clone())), effects);
        }
        (Question::Unsaved(target), 1 | 2) => files::go(app, target.clone(), at == 1, effects),
        (Question::LastChanged(_) | Question::DiskChanged(_), 0) => _ = compare::back(app),
        (Question::LastChanged(_), 1) | (Question::LastUnread(..), 0) => compare::as_read(app),
        (Question::LastChanged(_) | Question::DiskChanged(_), _) => app.aside = None,
        (Question::ZeroTable(_), 0 | 1) => on_report(app, effects, |report, cx| {
            zeros::write_zeros(report, cx, at == 1);
            Next::Stay
        }),
        (Question::LeaveTotals(_), 0 | 1) => on_report(app, effects, |report, cx| {
            recount::finish(report, cx, at == 0);
            Next::Stay
        }),
        (Question::ChangedOutside(path), 0) => effects.push(Effect::ReadTheirs(path.clone())),
        (Question::Exists(_), 0)
        | (Question::ChangedOutside(_) | Question::Vanished(_) | Question::NoFolder(_), 1)
        | (Question::TakeOver(_), 2) => files::run(app, Command::SaveAs, effects),
        (Question::Vanished(path), 0) => {
            files::write(app, path.clone(), Replacing::Nothing, false, effects);
        }
        (Question::NoFolder(path), 0) => {
            files::write(app, path.clone(), Replacing::Nothing, true, effects);
        }
        (Question::LastYear { path, .. }, 1) => {
            last::want(app, path.clone(), WhyLast::Doubted, effects);
        }
        (Question::TakeOver(path), 1) => effects.push(Effect::TakeOver(path.clone())),
        (Question::Exists(path), 1) => {
            files::leave_for(app, Some(Target::File(path.clone())), effects);
        }
        (Question::Exists(path) | Question::ChangedOutside(path), 2) => {
            files::write(app, path.clone(), Replacing::Anything, false, effects);
        }
        _ => app.after_save = None,
    }
}

/// What was answered about a unit of the folder.
fn answer_folder(app: &mut App, question: &Question, at: usize, effects: &mut Vec<Effect>) {
    let Some(page) = app.folder_mut() else { return };
    match question {
        Question::Whose { file, units, .. } => match units.get(at) {
            Some(unit) => page.assign(file, unit, effects),
            None if at == units.len() => page.assign(file, "", effects),
            None if at == units.len() + 1 => {
                let path = page.file(file);
                files::leave_for(app, Some(Target::File(path)), effects);
            }
            None => {}
        },
        Question::Which { unit, files } => {
            if let Some(file) = files.get(at) {
                page.choose_file(unit, file, effects);
            } else if let Some(file) = files.get(at - files.len()) {
                let path = page.file(file);
                super::files::leave_for(app, Some(Target::File(path)), effects);
            }
        }
        Question::SendBack { unit, .. } if at == 0 => page.send_back(unit, effects),
        _ => {}
    }
}
