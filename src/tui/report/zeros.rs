//! Filling a table with 0.
//!
//! **Never:** writes over a number unasked.

use super::ReportScreen;
use crate::base::words::words;
use crate::check::problem::table_words;
use crate::model::{Cell, Change, Transaction};
use crate::tui::turn::{Cx, Next, Question};

/// Fills the tables shown with 0; asks first if something stands in them.
pub(in crate::tui) fn zero_table(report: &mut ReportScreen, cx: &mut Cx<'_>) -> Next {
    if report.refuses(cx) {
        return Next::Stay;
    }
    report.leave_cell();
    let Some((_, prefix)) = report.matrix() else {
        return Next::Stay;
    };
    let form = report.form();
    let filled = form
        .tables_of(prefix)
        .flat_map(|table| form.tables[table].cells())
        .filter(|cell| !report.report().cell(*cell).is_blank())
        .count();
    if filled > 0 {
        return Next::Ask(Question::ZeroTable(filled));
    }
    write_zeros(report, cx, true);
    Next::Stay
}

/// Writes 0 into the blank cells of the tables shown, or into all.
///
/// Blank totals become the sums of their parts in keying mode and where the whole
/// table becomes 0; elsewhere they are the paper's to say.
pub(in crate::tui) fn write_zeros(report: &mut ReportScreen, cx: &mut Cx<'_>, all: bool) {
    let Some((_, prefix)) = report.matrix() else {
        return;
    };
    let form = report.form();
    let label = words("{table}填 0", "fill {table} with 0")
        .with(vec![("table", table_words(form, prefix).into())]);
    let mut cells = report.report().cells().to_vec();
    let inside = || {
        form.tables_of(prefix)
            .flat_map(|table| form.tables[table].cells())
    };
    let is_zero = |cell: &Cell| cell.count() == Some(0);
    for cell in inside() {
        let blank = cells[cell.index()].is_blank() && !form.is_total(cell);
        if all && !is_zero(&cells[cell.index()]) || blank {
            cells[cell.index()] = Cell::of(0, form.kind(cell));
        }
    }
    let identities = form.identities();
    for total in identities.totals() {
        if report.is_keying() && cells[total.cell.index()].is_blank() {
            let parts = identities.parts(&identities.all()[total.identity]);
            let sum: Option<i64> = parts.iter().map(|part| cells[part.index()].count()).sum();
            cells[total.cell.index()] = sum.map_or(Cell::Blank, Cell::Count);
        }
    }
    let step = inside().fold(Transaction::new(label), |step, cell| {
        step.cell(report.report(), cell, cells[cell.index()].clone())
    });
    let count = step.ops.len();
    report.change(Change::Apply(step), cx.effects);
    cx.say(
        words(
            "填了 {n} 格；Ctrl+Z 撤销",
            "{n} cells filled; Ctrl+Z undoes",
        )
        .with(vec![("n", count.into())]),
    );
}
