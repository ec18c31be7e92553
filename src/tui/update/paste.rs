//! Pasting: one number goes straight in, more is shown first.
//!
//! **Never:** writes what was not confirmed; reads a doubtful number in a way that
//! nobody chose.
//! Next: `panels::paste` for the preview, `report::pasting` for what is written.

use super::files;
use super::unmarked::play;
use crate::base::words::words;
use crate::form::CellId;
use crate::format::paste::{self, Block, Pasted as Read};
use crate::tui::app::{App, Overlay};
use crate::tui::input::{Effect, Target};
use crate::tui::panels::ask::Ask;
use crate::tui::panels::paste::Preview;
use crate::tui::report::pasting::{Run, pasted, question, too_long, write_one};
use crate::tui::report::recount;
use crate::tui::turn::Next;

/// Text pasted into the matrix shown.
pub(super) fn paste(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    place(app, text, None, effects);
}

/// A run of keys in the matrix shown that looks pasted.
pub(super) fn unmarked(app: &mut App, run: Run, effects: &mut Vec<Effect>) {
    let text = pasted(&run.keys);
    place(app, &text, Some(run), effects);
}

fn place(app: &mut App, text: &str, run: Option<Run>, effects: &mut Vec<Effect>) {
    let (Some(report), mut cx) = app.turn(effects) else {
        return;
    };
    if report.refuses(&mut cx) {
        return;
    }
    report.leave_cell();
    let Some(at) = report
        .selected()
        .first()
        .and_then(|row| row.first().copied())
    else {
        return;
    };
    report.anchor = None;
    let put_aside = report.recount_here().is_some();
    match (paste::read(text, report.form(), at, None), run) {
        (Read::Nothing, Some(run)) => play(app, run, effects),
        (Read::Nothing, None) => {
            app.notice = Some(
                words(
                    "粘贴的内容里没有数，什么都没有改",
                    "no number in what was pasted; nothing was changed",
                )
                .into(),
            );
        }
        (Read::TooLong, _) => app.notice = Some(too_long()),
        // The pass over the totals takes one total at a time.
        (Read::One(_), _) if put_aside && !report.form().is_total(at) => {
            recount::refuse(&mut app.turn(effects).1)
        }
        (Read::Block(_) | Read::Report(_), _) if put_aside => {
            recount::refuse(&mut app.turn(effects).1)
        }
        (Read::One(value), _) => super::follow::on_report(app, effects, |report, cx| {
            write_one(report, cx, at, &value);
            Next::Stay
        }),
        (Read::Block(found), run) => show(app, text.to_owned(), at, found, run),
        (Read::Report(draft), _) => {
            let question = question(report, text.to_owned(), &draft);
            app.overlay = Some(Overlay::Ask(Ask::new(question)));
        }
    }
}

fn show(app: &mut App, text: String, at: CellId, found: Block, run: Option<Run>) {
    if let Some(report) = app.report() {
        let mut preview = Preview::new(report, text, at, found);
        preview.run = run;
        app.overlay = Some(Overlay::Paste(Box::new(preview)));
    }
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
