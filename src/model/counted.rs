//! What cells count as in the sums of a form.
//!
//! A number counts as itself and Nil as 0; a blank total as the sum of its parts, with
//! what is unknown of them; any other blank as 0, or it is unknown; a text is unreadable.
//!
//! **Never:** decides whether a sum holds.
//! Next: `check::judge`, which does; `format::own::xlsx`, whose formulas count alike.

use super::{Cell, Report};
use crate::form::{CellId, Identities};

/// What every cell of a report counts as.
#[derive(Clone, Debug)]
pub struct Counted {
    identities: &'static Identities,
    cells: Vec<Tally>,
}

/// What is known of a cell, or of a sum of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The sum of what is known.
    pub sum: i64,
    /// Blank cells of which nobody knows what they stand for.
    pub unknown: u32,
    /// Cells that hold a text.
    pub unreadable: u32,
}

impl Tally {
    /// Whether nothing of it is unknown or unreadable.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.unknown == 0 && self.unreadable == 0
    }

    /// The number, where all of it is known.
    #[must_use]
    pub fn value(self) -> Option<i64> {
        self.is_known().then_some(self.sum)
    }

    fn of(cell: &Cell, is_unknown: bool) -> Self {
        let (sum, unknown, unreadable) = match cell {
            Cell::Blank => (0, u32::from(is_unknown), 0),
            cell => match cell.count() {
                Some(count) => (count, 0, 0),
                None => (0, 0, 1),
            },
        };
        Tally {
            sum,
            unknown,
            unreadable,
        }
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Tally::default(), |all, one| Tally {
            sum: all.sum + one.sum,
            unknown: all.unknown + one.unknown,
            unreadable: all.unreadable + one.unreadable,
        })
    }
}

impl Counted {
    /// Counts the cells of a report; `is_unknown` says in which table and row a blank
    /// cell is not 0.
    #[must_use]
    pub fn of(report: &Report, is_unknown: impl Fn(usize, usize) -> bool) -> Self {
        let form = report.form();
        let mut this = Counted {
            identities: form.identities(),
            cells: Vec::with_capacity(form.len()),
        };
        for (index, table) in form.tables.iter().enumerate() {
            let first = usize::from(table.first);
            let cells = &report.cells()[first..first + table.len()];
            for (row, cells) in cells.chunks(table.cols.len()).enumerate() {
                let is_unknown = is_unknown(index, row);
                let tallies = cells.iter().map(|cell| Tally::of(cell, is_unknown));
                this.cells.extend(tallies);
            }
        }
        for total in this.identities.totals() {
            if let Some(parts) = report.stands_for(total.cell) {
                this.cells[total.cell.index()] = this.sum(parts);
            }
        }
        this
    }

    /// What a cell counts as.
    #[must_use]
    pub fn cell(&self, cell: CellId) -> Tally {
        self.cells[cell.index()]
    }

    /// What cells add up to.
    #[must_use]
    pub fn sum(&self, cells: &[CellId]) -> Tally {
        cells.iter().map(|cell| self.cell(*cell)).sum()
    }
}

impl Report {
    /// The parts whose sum a blank total stands for.
    #[must_use]
    pub fn stands_for(&self, cell: CellId) -> Option<&'static [CellId]> {
        let identities = self.form().identities();
        let identity = identities.total_of(cell)?;
        self.cell(cell)
            .is_blank()
            .then(|| identities.parts(identity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::current;
    use crate::model::Draft;

    #[test]
    fn a_blank_a_mark_a_total_and_a_text_count_as_they_should() {
        let mut draft = Draft::new(current());
        let cell = |path| current().cell(path).expect("path of the form");
        for (path, text) in [
            ("t3.new_received.natural_person", "3"),
            ("t3.new_received.org_business", "/"),
            ("t3.new_received.org_research", "2件"),
            ("t3.carried_in.natural_person", "见附件"),
        ] {
            let id = cell(path);
            draft.set_cell(id, Cell::read(text, current().kind(id)), None);
        }
        let (received, carried) = (cell("t3.new_received.total"), cell("t3.carried_in.total"));
        let all = |sum, unknown, unreadable| Tally {
            sum,
            unknown,
            unreadable,
        };
        let zeros = Counted::of(draft.report(), |_, _| false);
        assert_eq!(zeros.cell(received), all(5, 0, 0));
        assert_eq!(zeros.cell(carried), all(0, 0, 1));
        assert_eq!(zeros.cell(carried).value(), None);
        // Where blanks are unknown, marks and numbers still count.
        let unknown = Counted::of(draft.report(), |_, _| true);
        assert_eq!(unknown.cell(received), all(5, 3, 0));
        assert_eq!(unknown.cell(received).value(), None);
        // A total that is written is no sum of its parts.
        draft.set_cell(received, Cell::Count(9), None);
        let written = Counted::of(draft.report(), |_, _| true);
        assert_eq!(written.cell(received).value(), Some(9));
        assert_eq!(draft.report().stands_for(received), None);
    }
}
