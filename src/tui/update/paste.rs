//! Pasting: one number goes straight in, more is shown first.
//!
//! **Never:** writes what was not confirmed; reads a doubtful number in a way that
//! nobody chose.
//! Next: `panels::paste` for the preview, `report::pasting` for what is written.

use super::files;
use crate::base::words::words;
use crate::format::paste::{self, Pasted as Read};
use crate::tui::app::{App, Overlay};
use crate::tui::input::{Effect, Target};
use crate::tui::panels::ask::Ask;
use crate::tui::panels::paste::Preview;
use crate::tui::report::pasting::{Run, pasted, question, too_long, write_one};
use crate::tui::report::recount;

/// Text pasted into the matrix shown.
pub(super) fn paste(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    place(app, text, None, effects);
}

/// A run of keys in the matrix shown that looks pasted; it comes back if there is no
/// number in it, for then it was typed.
pub(super) fn unmarked(app: &mut App, run: Run, effects: &mut Vec<Effect>) -> Option<Run> {
    let text = pasted(&run.keys);
    place(app, &text, Some(run), effects)
}

fn place(app: &mut App, text: &str, run: Option<Run>, effects: &mut Vec<Effect>) -> Option<Run> {
    let (Some(report), mut cx) = app.turn(effects) else {
        return None;
    };
    if report.refuses(&mut cx) {
        return None;
    }
    report.leave_cell();
    let at = report.selected().first()?.first().copied()?;
    report.anchor = None;
    let put_aside = report.recount_here().is_some();
    match (paste::read(text, report.form(), at, None), run) {
        (Read::Nothing, Some(run)) => return Some(run),
        (Read::Nothing, None) => cx.say(words(
            "粘贴的内容里没有数，什么都没有改",
            "no number in what was pasted; nothing was changed",
        )),
        (Read::TooLong, _) => cx.say(too_long()),
        // The pass over the totals takes one total at a time.
        (Read::One(_), _) if put_aside && !report.form().is_total(at) => recount::refuse(&mut cx),
        (Read::Block(_) | Read::Report(_), _) if put_aside => recount::refuse(&mut cx),
        (Read::One(value), _) => write_one(report, &mut cx, at, &value),
        (Read::Block(found), run) => {
            let mut preview = Preview::new(report, text.to_owned(), at, found);
            preview.run = run;
            app.overlay = Some(Overlay::Paste(Box::new(preview)));
        }
        (Read::Report(draft), _) => {
            let question = question(report, text.to_owned(), &draft);
            app.overlay = Some(Overlay::Ask(Ask::new(question)));
        }
    }
    None
}

/// Text pasted on the start page: a whole report opens.
pub(super) fn at_start(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    let form = crate::form::current();
    let at = form.cells().next();
    match at.map(|at| paste::read(text, form, at, None)) {
        Some(Read::Report(_)) => {
            files::go(app, Some(Target::Pasted(text.to_owned())), false, effects);
        }
        Some(Read::TooLong) => app.notice = Some(too_long()),
        _ => {
            app.notice = Some(
                words(
                    "粘贴的不是整份年度报告；只有一张表时，先新建或打开一份再粘贴",
                    "not a whole report; to paste a table, start or open a report first",
                )
                .into(),
            );
        }
    }
}
