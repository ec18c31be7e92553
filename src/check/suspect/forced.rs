//! Forced blanks: the values that the identities leave no choice about.
//!
//! A side that already reaches the other, complete one leaves 0 for its blanks;
//! a single blank must carry the difference. Repeated until nothing new follows.
//!
//! **Never:** fills an unreadable cell, or a cell that two lines would fill
//! differently; reasons from a line that is broken or holds a value below 0.
//! Next: `search` looks for wrong cells in the table so completed.

use super::system::{Cell, Layout, Line, Side, System, Tally};

/// A blank cell and the only value that the identities allow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fill {
    /// The blank cell.
    pub cell: Cell,
    /// Its value.
    pub to: i64,
}

/// A table whose forced blanks are filled.
#[derive(Clone, Debug)]
pub(super) struct Filled<'a> {
    pub(super) system: &'a System,
    /// The cells row by row; `None` is still unknown.
    pub(super) values: Vec<Option<i64>>,
    /// In the order of the cells.
    pub(super) fills: Vec<Fill>,
}

impl<'a> Filled<'a> {
    /// Fills what is forced, to a fixpoint.
    pub(super) fn new(system: &'a System) -> Self {
        let mut filled = Self {
            system,
            values: system.values().to_vec(),
            fills: Vec::new(),
        };
        if filled.values.iter().all(Option::is_some) {
            return filled;
        }
        let mut wanted = vec![Wanted::Nothing; filled.values.len()];
        while filled.round(&mut wanted) {}
        filled.fills.sort_unstable();
        filled
    }

    pub(super) const fn layout(&self) -> &'a Layout {
        self.system.layout()
    }

    /// Whether the value was forced rather than read.
    pub(super) fn is_fill(&self, index: usize) -> bool {
        self.values[index].is_some() && self.system.values()[index].is_none()
    }

    /// Whether any cell is unknown even so.
    pub(super) fn has_unknown(&self) -> bool {
        self.values.contains(&None)
    }

    /// Judges all lines once; false when nothing new was forced.
    fn round(&mut self, wanted: &mut [Wanted]) -> bool {
        let layout = self.layout();
        for (line, sums) in layout.tally(&self.values).iter() {
            let Some((side, to)) = forces(sums) else {
                continue;
            };
            if self.has_negative(line) {
                continue;
            }
            for (cell, at) in layout.cells_of(line) {
                let index = layout.index(cell);
                if at != side || self.values[index].is_some() {
                    continue;
                }
                wanted[index] = match wanted[index] {
                    Wanted::Nothing => Wanted::Only(to),
                    Wanted::Only(before) if before == to => Wanted::Only(to),
                    _ => Wanted::Disputed,
                };
            }
        }
        let mut any = false;
        for (index, wanted) in wanted.iter().enumerate() {
            let &Wanted::Only(to) = wanted else { continue };
            if self.values[index].is_none() && !self.system.is_unreadable(index) {
                self.values[index] = Some(to);
                self.fills.push(Fill {
                    cell: layout.cell(index),
                    to,
                });
                any = true;
            }
        }
        any
    }

    fn has_negative(&self, line: Line) -> bool {
        let layout = self.layout();
        layout
            .cells_of(line)
            .any(|(cell, _)| self.values[layout.index(cell)].is_some_and(|v| v < 0))
    }
}

/// What the lines want a blank to be.
#[derive(Clone, Copy)]
enum Wanted {
    Nothing,
    Only(i64),
    /// Two lines want different values, now and for good.
    Disputed,
}

/// The side whose blanks are all forced, and to what.
fn forces(sums: &Tally) -> Option<(Side, i64)> {
    let (side, missing, lacking) = match (sums.missing_left, sums.missing_right) {
        (0, missing @ 1..) => (Side::Right, missing, sums.left - sums.right),
        (missing @ 1.., 0) => (Side::Left, missing, sums.right - sums.left),
        _ => return None,
    };
    let forced = lacking == 0 || (missing == 1 && lacking > 0);
    let to = i64::try_from(lacking).ok().filter(|_| forced)?;
    Some((side, to))
}

#[cfg(test)]
mod tests {
    use super::super::system::{ColClass, Layout, RowClass, System, Value};
    use super::{Fill, Filled};

    fn fills(row: [Value; 4]) -> Vec<Fill> {
        let mut cols = vec![ColClass::Kind; 3];
        cols.push(ColClass::Total);
        let layout = Layout::new(vec![RowClass::Alone], cols).expect("a layout and as many values");
        let system = System::new(layout, &row).expect("a layout and as many values");
        Filled::new(&system).fills
    }

    #[test]
    fn a_blank_is_forced_only_without_choice() {
        use Value::{Blank, Count, Unreadable};
        let fill = |col, to| Fill { cell: (0, col), to };
        assert_eq!(fills([Count(2), Count(1), Count(0), Blank]), [fill(3, 3)]);
        assert_eq!(fills([Count(2), Blank, Count(0), Count(5)]), [fill(1, 3)]);
        assert_eq!(
            fills([Count(2), Blank, Blank, Count(2)]),
            [fill(1, 0), fill(2, 0)]
        );
        assert_eq!(fills([Count(2), Blank, Unreadable, Count(2)]), [fill(1, 0)]);
        for open in [
            [Count(2), Blank, Blank, Count(3)],
            [Count(2), Blank, Count(0), Blank],
            [Count(2), Blank, Count(0), Count(1)],
            [Count(-2), Blank, Count(0), Count(3)],
            [Count(i64::MAX), Count(i64::MAX), Count(0), Blank],
            [Count(2), Unreadable, Count(0), Count(3)],
        ] {
            assert_eq!(fills(open), [], "{open:?}");
        }
    }

    #[test]
    fn two_lines_that_disagree_fill_nothing() {
        // The row wants 1 and the column 0.
        let rows = vec![RowClass::Item, RowClass::Item, RowClass::Total];
        let layout = Layout::new(rows, vec![ColClass::Kind, ColClass::Kind, ColClass::Total])
            .expect("a layout and as many values");
        let mut values = [3, 0, 4, 1, 0, 1, 4, 0, 4].map(Value::Count);
        values[1] = Value::Blank;
        let system = System::new(layout, &values).expect("a layout and as many values");
        assert_eq!(Filled::new(&system).fills, []);
    }
}
