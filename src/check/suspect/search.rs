//! Exact search: every smallest set of cells that, changed, mends all lines.
//!
//! A changed cell is an edge between its row and its column. A set of at most
//! three edges has no cycle, so some broken line holds exactly one of them, and
//! that line dictates its value: peel it off, search on with one cell less.
//! Sets of four may form a rectangle; those can be slid along it to three cells
//! unless a value would fall below 0, so four are searched in the same way and
//! only when there is no other explanation.
//!
//! **Never:** ranks, puts a value below 0, changes an unknown cell, or takes a
//! line with unknown cells for evidence.
//! Next: `causes` for repairs of any size, `rank` for the order.

use super::forced::Filled;
use super::system::{Layout, RowClass, Tallies};

/// The most cells a searched repair changes.
pub(super) const MOST: usize = 4;

/// Cells by index with their new values, in the order of the cells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Repair {
    changes: [(usize, i64); MOST],
    len: usize,
}

impl Repair {
    const EMPTY: Self = Self {
        changes: [(usize::MAX, 0); MOST],
        len: 0,
    };

    pub(super) fn changes(&self) -> &[(usize, i64)] {
        &self.changes[..self.len]
    }

    fn sorted(mut self) -> Self {
        self.changes[..self.len].sort_unstable();
        self
    }
}

/// What a search came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    /// All repairs of the smallest size, without duplicates.
    pub(super) repairs: Vec<Repair>,
    /// Whether the node limit ended the search early.
    pub(super) gave_up: bool,
}

/// The gaps of the lines with nothing missing; others stay at 0.
#[derive(Clone, Debug)]
pub(super) struct Gaps {
    rows: Vec<(i128, bool)>,
    cols: Vec<ColumnGap>,
    broken_rows: usize,
    broken_cols: usize,
    negatives: usize,
}

#[derive(Clone, Copy, Default, Debug)]
struct ColumnGap {
    balance: i128,
    items: i128,
    sees_balance: bool,
    sees_items: bool,
}

impl ColumnGap {
    const fn is_broken(&self) -> bool {
        self.balance != 0 || self.items != 0
    }

    /// The one excess in a row of this class that explains the whole gap.
    fn excess(&self, class: RowClass) -> Option<i128> {
        let (balance, items) = class.weights();
        let mut excess = None;
        for (gap, weight, seen) in [
            (self.balance, balance, self.sees_balance),
            (self.items, items, self.sees_items),
        ] {
            match (seen, weight, excess) {
                (false, ..) => {}
                (true, 0, _) if gap == 0 => {}
                (true, 0, _) => return None,
                (true, _, None) => excess = Some(gap * weight),
                (true, _, Some(same)) if same == gap * weight => {}
                (true, _, Some(_)) => return None,
            }
        }
        excess
    }
}

impl Gaps {
    pub(super) fn new(filled: &Filled<'_>, tallies: &Tallies) -> Self {
        let rows: Vec<_> = tallies
            .rows
            .iter()
            .map(|sums| (sums.gap().unwrap_or(0), sums.missing() == 0))
            .collect();
        let mut cols = vec![ColumnGap::default(); filled.layout().cols().len()];
        for (col, sums) in cols.iter_mut().zip(&tallies.balances) {
            col.balance = sums.gap().unwrap_or(0);
            col.sees_balance = sums.missing() == 0;
        }
        for (col, sums) in cols.iter_mut().zip(&tallies.items) {
            col.items = sums.gap().unwrap_or(0);
            col.sees_items = sums.missing() == 0;
        }
        Self {
            broken_rows: rows.iter().filter(|(gap, _)| *gap != 0).count(),
            broken_cols: cols.iter().filter(|col| col.is_broken()).count(),
            negatives: filled
                .values
                .iter()
                .flatten()
                .filter(|&&value| value < 0)
                .count(),
            rows,
            cols,
        }
    }

    pub(super) const fn is_whole(&self) -> bool {
        self.broken_rows == 0 && self.broken_cols == 0 && self.negatives == 0
    }

    /// Whether so few cells can touch every broken line.
    const fn within(&self, cells: usize) -> bool {
        self.broken_rows <= cells && self.broken_cols <= cells && self.negatives <= cells
    }

    /// The gaps of a column: balance and items.
    pub(super) fn col(&self, col: usize) -> (i128, i128) {
        (self.cols[col].balance, self.cols[col].items)
    }

    pub(super) fn broken_rows(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.rows.len()).filter(|&row| self.rows[row].0 != 0)
    }

    pub(super) fn broken_cols(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.cols.len()).filter(|&col| self.cols[col].is_broken())
    }

    /// Puts another value into a cell.
    pub(super) fn change(&mut self, layout: &Layout, index: usize, from: i64, to: i64) {
        self.take(layout, index, i128::from(from) - i128::from(to));
        self.negatives -= usize::from(from < 0 && to >= 0);
    }

    /// Takes an excess out of a cell.
    fn take(&mut self, layout: &Layout, index: usize, excess: i128) {
        let (row, col) = layout.cell(index);
        if let (gap, true) = &mut self.rows[row] {
            let before = *gap != 0;
            *gap -= excess * layout.sign(col);
            self.broken_rows = count(self.broken_rows, before, *gap != 0);
        }
        let (balance, items) = layout.rows()[row].weights();
        let gaps = &mut self.cols[col];
        let before = gaps.is_broken();
        if gaps.sees_balance {
            gaps.balance -= excess * balance;
        }
        if gaps.sees_items {
            gaps.items -= excess * items;
        }
        self.broken_cols = count(self.broken_cols, before, gaps.is_broken());
    }
}

const fn count(broken: usize, before: bool, now: bool) -> usize {
    match (before, now) {
        (true, false) => broken - 1,
        (false, true) => broken + 1,
        _ => broken,
    }
}

/// Finds all repairs of the smallest size between `least` and `most` cells.
pub(super) fn smallest(
    filled: &Filled<'_>,
    gaps: &Gaps,
    sizes: std::ops::RangeInclusive<usize>,
    node_limit: usize,
) -> Found {
    let mut search = Search {
        filled,
        gaps: gaps.clone(),
        chosen: Repair::EMPTY,
        found: Vec::new(),
        nodes_left: node_limit,
    };
    for size in sizes {
        if gaps.within(size) {
            search.peel(size);
        }
        if !search.found.is_empty() || search.nodes_left == 0 {
            break;
        }
    }
    search.found.sort_unstable();
    search.found.dedup();
    Found {
        repairs: search.found,
        gave_up: search.nodes_left == 0,
    }
}

struct Search<'a> {
    filled: &'a Filled<'a>,
    gaps: Gaps,
    chosen: Repair,
    found: Vec<Repair>,
    nodes_left: usize,
}

impl Search<'_> {
    /// Tries every line that may hold exactly one of the cells still to choose.
    fn peel(&mut self, cells_left: usize) {
        if cells_left == 0 {
            if self.gaps.is_whole() {
                self.found.push(self.chosen.sorted());
            }
            return;
        }
        // As many broken rows as cells: each of them holds exactly one, so the
        // first alone leads to every repair. The same for columns.
        if self.gaps.broken_rows == cells_left {
            let first = self.gaps.broken_rows().next();
            if let Some(row) = first {
                self.peel_row(row, cells_left);
            }
            return;
        }
        if self.gaps.broken_cols == cells_left {
            let first = self.gaps.broken_cols().next();
            if let Some(col) = first {
                self.peel_col(col, cells_left);
            }
            return;
        }
        for row in 0..self.gaps.rows.len() {
            if self.gaps.rows[row].0 != 0 {
                self.peel_row(row, cells_left);
            }
        }
        for col in 0..self.gaps.cols.len() {
            if self.gaps.cols[col].is_broken() {
                self.peel_col(col, cells_left);
            }
        }
    }

    fn peel_row(&mut self, row: usize, cells_left: usize) {
        let gap = self.gaps.rows[row].0;
        let layout = self.filled.layout();
        for col in 0..layout.cols().len() {
            self.choose(layout.index((row, col)), gap * layout.sign(col), cells_left);
        }
    }

    fn peel_col(&mut self, col: usize, cells_left: usize) {
        let gap = self.gaps.cols[col];
        let layout = self.filled.layout();
        let excess = |class| gap.excess(class).filter(|&excess| excess != 0);
        let [into, item, total, out] =
            [RowClass::In, RowClass::Item, RowClass::Total, RowClass::Out].map(excess);
        for (row, class) in layout.rows().iter().enumerate() {
            let excess = match class {
                RowClass::In => into,
                RowClass::Item => item,
                RowClass::Total => total,
                RowClass::Out => out,
                RowClass::Alone => None,
            };
            if let Some(excess) = excess {
                self.choose(layout.index((row, col)), excess, cells_left);
            }
        }
    }

    /// Takes the excess out of the cell and searches on with one cell less.
    fn choose(&mut self, index: usize, excess: i128, cells_left: usize) {
        let Some(from) = self.filled.values[index] else {
            return;
        };
        let Some(to) = i64::try_from(i128::from(from) - excess)
            .ok()
            .filter(|&to| to >= 0)
        else {
            return;
        };
        if self.chosen.changes().iter().any(|&(used, _)| used == index) || self.nodes_left == 0 {
            return;
        }
        self.nodes_left -= 1;
        let layout = self.filled.layout();
        self.gaps.take(layout, index, excess);
        self.gaps.negatives -= usize::from(from < 0);
        if self.gaps.within(cells_left - 1) {
            self.chosen.changes[self.chosen.len] = (index, to);
            self.chosen.len += 1;
            self.peel(cells_left - 1);
            self.chosen.len -= 1;
            self.chosen.changes[self.chosen.len] = (usize::MAX, 0);
        }
        self.gaps.negatives += usize::from(from < 0);
        self.gaps.take(layout, index, -excess);
    }
}

#[cfg(test)]
mod tests {
    use super::super::system::{ColClass, Layout, System, Value};
    use super::{Filled, Gaps, RowClass, smallest};

    /// Two kinds and five rows, with a unit too many in an item and too few in another.
    fn broken() -> System {
        let rows = [
            RowClass::In,
            RowClass::Item,
            RowClass::Item,
            RowClass::Total,
            RowClass::Out,
        ];
        let cols = vec![ColClass::Kind, ColClass::Kind, ColClass::Total];
        let counts = [4, 4, 8, 3, 1, 3, 2, 2, 4, 4, 4, 8, 0, 0, 0];
        System::new(
            Layout::new(rows.to_vec(), cols).expect("a layout and as many values"),
            &counts.map(Value::Count),
        )
        .expect("a layout and as many values")
    }

    fn search(node_limit: usize) -> (usize, bool) {
        let system = broken();
        let filled = Filled::new(&system);
        let gaps = Gaps::new(&filled, &system.layout().tally(&filled.values));
        let found = smallest(&filled, &gaps, 1..=3, node_limit);
        (found.repairs.len(), found.gave_up)
    }

    #[test]
    fn the_search_gives_up_at_its_limit_and_says_so() {
        assert_eq!(search(1), (0, true));
        let (repairs, gave_up) = search(10_000);
        assert!(repairs > 0 && !gave_up);
    }
}
