//! What of a report goes out: blanks as they are, or as what they count as.
//!
//! **Never:** writes over what is written; decides anything without being asked.
//! Next: `format::write` for the files.

use crate::base::words::words;
use crate::check::{Blanks, Judged};
use crate::model::{Cell, Document, Report, Transaction};

/// How many cells are blank, totals among them.
#[must_use]
pub fn blanks(report: &Report) -> usize {
    report.cells().iter().filter(|cell| cell.is_blank()).count()
}

/// The report with its blanks written out, and how many were: an entry is 0, a
/// total the sum of its parts, which is how both are judged.
///
/// Rows that were not found in the source stay blank, and so does a total with an
/// unreadable part.
#[must_use]
pub fn zeroed(report: &Report) -> (Report, usize) {
    let form = report.form();
    let judged = Judged::of(report, Blanks::FILLED);
    let label = words("空白格按 0 写", "write blanks as 0");
    let step = form
        .cells()
        .filter(|cell| report.cell(*cell).is_blank())
        .filter_map(|cell| Some((cell, judged.value(cell)?)))
        .fold(Transaction::new(label), |step, (cell, value)| {
            step.cell(report, cell, Cell::of(value, form.kind(cell)))
        });
    let written = step.ops.len();
    let mut document = Document::new(report.clone());
    document.apply(step).expect("made for this report");
    (document.report().clone(), written)
}
