//! Readings: what would mend a table, why, and how sure we are.
//!
//! A reading tells its events, so that a sentence can say them, and its edits,
//! so that one key can make them. Readings that agree on the lines and differ in
//! where along them form a group: there only the lines are certain.
//!
//! **Never:** puts readings in order, or applies one.
//! Next: `rank` for where they come from and how they are ordered.

use super::bits::Mistake;
use super::system::{Cell, Line};

/// Two readings closer than this are tied.
pub(super) const TIE: f64 = 0.75;
/// A lead from which the first reading is right in 97 of 100.
const SURE: f64 = 10.0;
/// What people do to numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slip {
    /// One number was typed wrong.
    Keying,
    /// Two values changed places.
    Exchanged,
    /// Units stand in the cell beside the one they belong to.
    Misfiled,
    /// A stretch of cells stands one place off.
    Shifted,
    /// Totals stand at 0 beside their parts.
    TotalsNotFilled,
    /// Parts were changed and the totals were not.
    TotalsStale,
    /// One number of two digits stands in two cells.
    Split,
    /// One number in a block of table 四 is wrong.
    Table4,
    /// More than one of these.
    Several,
}

/// One change of a reading.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Edit {
    /// The cell.
    pub cell: Cell,
    /// What stands there; `None` for a blank.
    pub from: Option<i64>,
    /// What would mend the table.
    pub to: i64,
}

/// One thing that happened, within a reading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// What it was.
    pub slip: Slip,
    /// How the number was mistyped, if one was.
    pub mistake: Option<Mistake>,
    /// The cells it concerns; where totals are stale, the one that is right comes first.
    pub cells: Vec<Cell>,
}

/// Cells that, changed, would mend what is broken, and the story why.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// The story in one word.
    pub slip: Slip,
    /// The changes, in the order of the cells.
    pub edits: Vec<Edit>,
    /// The story, event by event.
    pub events: Vec<Event>,
    /// How surprising the story is; differences are log-odds.
    pub bits: f64,
    /// The broken lines that it makes whole.
    pub clears: Vec<Line>,
}

/// How sure the first reading is, by its lead over the second.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Certainty {
    /// 几乎确定: no other story comes near.
    NearlyCertain,
    /// 可能: ahead, but others are possible.
    Likely,
    /// 以下之一: the first readings are tied.
    OneOf,
}

impl Certainty {
    /// Judges readings that are in their order.
    #[must_use]
    pub fn of(readings: &[Reading]) -> Self {
        match readings {
            [first, second, ..] if second.bits - first.bits <= TIE => Self::OneOf,
            [first, second, ..] if second.bits - first.bits < SURE => Self::Likely,
            _ => Self::NearlyCertain,
        }
    }
}

/// What the readings of a group share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shared {
    /// Units belong to another column, in one of several rows.
    Columns,
    /// Units belong to another row, in one of several columns.
    Rows,
}

/// Readings that agree on the lines and differ in where along them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Whether `from` and `to` are columns or rows.
    pub shared: Shared,
    /// The line that holds the units now.
    pub from: usize,
    /// The line they belong to.
    pub to: usize,
    /// How many units.
    pub units: i64,
    /// The rows (or columns) it may have happened in, one for each reading.
    pub places: Vec<usize>,
    /// The readings, as positions in the list.
    pub readings: Vec<usize>,
}

/// Finds the readings that differ only in the row or only in the column.
pub(super) fn groups(readings: &[Reading]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (position, reading) in readings.iter().enumerate() {
        let Some((shared, from, to, units, place)) = move_of(&reading.edits) else {
            continue;
        };
        let same = groups
            .iter_mut()
            .find(|g| (g.shared, g.from, g.to, g.units) == (shared, from, to, units));
        if let Some(group) = same {
            group.places.push(place);
            group.readings.push(position);
        } else {
            let (places, readings) = (vec![place], vec![position]);
            groups.push(Group {
                shared,
                from,
                to,
                units,
                places,
                readings,
            });
        }
    }
    groups.retain(|group| group.readings.len() > 1);
    groups
}

/// A reading that only moves units between two cells of one line.
fn move_of(edits: &[Edit]) -> Option<(Shared, usize, usize, i64, usize)> {
    let &[first, second] = edits else { return None };
    let gain = first.to.checked_sub(first.from?)?;
    if second.to.checked_sub(second.from?)? != gain.checked_neg()? {
        return None;
    }
    let (less, more) = if gain < 0 {
        (first, second)
    } else {
        (second, first)
    };
    let units = gain.checked_abs()?;
    if less.cell.0 == more.cell.0 {
        Some((
            Shared::Columns,
            less.cell.1,
            more.cell.1,
            units,
            less.cell.0,
        ))
    } else if less.cell.1 == more.cell.1 {
        Some((Shared::Rows, less.cell.0, more.cell.0, units, less.cell.1))
    } else {
        None
    }
}
