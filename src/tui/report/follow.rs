//! Totals that follow what is typed, in keying mode.
//!
//! A total follows if it was blank, or all its parts were known and it agreed,
//! before the change: it becomes their sum when all parts are known, else blank.
//!
//! **Never:** runs for a fix, a paste, an undo, or in checking mode.
//! Next: `check::judge` for what a sum is.

use crate::base::words::Message;
use crate::form::{CellId, Form};
use crate::model::{Cell, Report, Transaction};
use crate::tui::report::ReportScreen;

/// Writes into a scratch copy of the cells, totals following.
pub(in crate::tui) struct Follow<'a> {
    report: &'a Report,
    form: &'static Form,
    cells: Vec<Cell>,
    written: Vec<CellId>,
    keying: bool,
}

impl<'a> Follow<'a> {
    pub(in crate::tui) fn of(screen: &'a ReportScreen) -> Self {
        Follow {
            report: screen.report(),
            form: screen.form(),
            cells: screen.report().cells().to_vec(),
            written: Vec::new(),
            keying: screen.is_keying(),
        }
    }

    /// Writes one entry; in keying mode the totals over it follow.
    pub(in crate::tui) fn write(self, cell: CellId, to: Cell) -> Self {
        let follows = if self.keying {
            self.followers(cell)
        } else {
            Vec::new()
        };
        self.write_with(cell, to, &follows)
    }

    /// Writes one entry and brings the totals named up to date.
    pub(in crate::tui) fn write_with(mut self, cell: CellId, to: Cell, follows: &[CellId]) -> Self {
        self.set(cell, to);
        for total in self.form.identities().totals() {
            if follows.contains(&total.cell) {
                let sum = self.sum(total.cell);
                self.set(total.cell, sum.map_or(Cell::Blank, Cell::Count));
            }
        }
        self
    }

    fn set(&mut self, cell: CellId, to: Cell) {
        self.cells[cell.index()] = to;
        if !self.written.contains(&cell) {
            self.written.push(cell);
        }
    }

    /// The sum of a total's parts; None while one of them is unknown.
    fn sum(&self, total: CellId) -> Option<i64> {
        let identities = self.form.identities();
        let identity = identities.total_of(total)?;
        identities
            .parts(identity)
            .iter()
            .map(|part| self.cells[part.index()].count())
            .sum()
    }

    /// The totals that follow a cell, parts before what is made of them.
    pub(in crate::tui) fn followers(&self, cell: CellId) -> Vec<CellId> {
        let identities = self.form.identities();
        let mut moved = vec![cell];
        let mut followers = Vec::new();
        for total in identities.totals() {
            let parts = identities.parts(&identities.all()[total.identity]);
            if total.cell == cell || !parts.iter().any(|part| moved.contains(part)) {
                continue;
            }
            let content = &self.cells[total.cell.index()];
            let agreed = self
                .sum(total.cell)
                .is_some_and(|sum| content.count() == Some(sum));
            if content.is_blank() || agreed {
                moved.push(total.cell);
                followers.push(total.cell);
            }
        }
        followers
    }

    /// The step that makes the report hold what was written.
    pub(in crate::tui) fn transaction(self, label: impl Into<Message>) -> Transaction {
        self.written
            .iter()
            .fold(Transaction::new(label), |step, cell| {
                step.cell(self.report, *cell, self.cells[cell.index()].clone())
            })
    }
}
