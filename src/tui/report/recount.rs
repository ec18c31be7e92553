//! 核对总计: the pass over the totals after keying, what was computed put aside.
//!
//! Totals that follow what is typed can't show a slip. In the pass they stand
//! blank; the clerk types those of the paper, and where one differs from the sum
//! of its parts the table is broken there, as after any other typing.
//!
//! **Never:** changes a report; forgets what was computed.
//! Next: `update::recount` for its steps.

use crate::form::CellId;
use crate::model::Cell;
use crate::tui::report::{Page, ReportScreen};

/// A pass over the totals of the tables under a prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recount {
    /// The tables.
    pub prefix: &'static str,
    /// Totals in reading order, with what they held before the pass.
    pub cells: Vec<(CellId, Cell)>,
    /// Steps in the history once the totals were put aside.
    pub steps: usize,
}

/// How far a pass has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Totals to type.
    pub all: usize,
    /// Totals typed.
    pub typed: usize,
    /// Of them, those that differ from what was there before.
    pub differ: usize,
}

impl ReportScreen {
    /// The pass on the matrix shown.
    #[must_use]
    pub fn recount_here(&self) -> Option<&Recount> {
        self.recount
            .as_ref()
            .filter(|recount| self.page == Page::Matrix(recount.prefix))
    }

    /// Whether a cell is a total that is still to be typed in the pass.
    #[must_use]
    pub fn is_put_aside(&self, cell: CellId) -> bool {
        self.recount_here().is_some_and(|recount| {
            self.report().cell(cell).is_blank() && recount.cells.iter().any(|(at, _)| *at == cell)
        })
    }

    /// How far the pass has come.
    #[must_use]
    pub fn progress(&self, recount: &Recount) -> Progress {
        let mut progress = Progress {
            all: recount.cells.len(),
            ..Progress::default()
        };
        for (cell, before) in &recount.cells {
            let now = self.report().cell(*cell);
            if !now.is_blank() {
                progress.typed += 1;
                progress.differ += usize::from(now.count() != before.count());
            }
        }
        progress
    }
}
