//! Evidence beyond the identities: sentences, edits, how common an outcome is.
//!
//! Last year's report and the sum of several reports belong here too, once they are read.
//!
//! **Never:** lets what is common outvote what is in the table; it only breaks ties.
//! Next: `rank` adds it to the stories.

use super::bits;
use super::forced::Filled;
use super::system::{Cell, RowClass};

/// A sentence that states a number of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stated {
    /// The number.
    pub value: i64,
    /// What it may be the sum of; equal to any one of them is agreement.
    pub sums: Vec<Vec<Cell>>,
}

/// What is known beyond the identities.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// Cells changed by hand since the table was last whole.
    pub edited: Vec<Cell>,
    /// Numbers that the prose states.
    pub stated: Vec<Stated>,
    /// How common each outcome is in published tables, in any unit: the rows of
    /// section 三, the columns of section 四. It only orders readings that are
    /// tied otherwise. Empty when not known.
    pub usual: Vec<u32>,
}

impl Evidence {
    /// What the sentences add to a repair.
    pub(super) fn bits(&self, filled: &Filled<'_>, changes: &[(usize, i64)]) -> f64 {
        let layout = filled.layout();
        let sum = |cells: &[Cell], changes: &[(usize, i64)]| {
            cells.iter().try_fold(0i128, |sum, &cell| {
                if cell.0 >= layout.rows().len() || cell.1 >= layout.cols().len() {
                    return None;
                }
                let index = layout.index(cell);
                let new = changes.iter().find(|(at, _)| *at == index);
                let value = new.map_or(filled.values[index], |&(_, to)| Some(to))?;
                Some(sum + i128::from(value))
            })
        };
        let agrees = |stated: &Stated, changes: &[(usize, i64)]| {
            let value = i128::from(stated.value);
            stated
                .sums
                .iter()
                .any(|cells| sum(cells, changes) == Some(value))
        };
        let mut bits = 0.0;
        for stated in &self.stated {
            match (agrees(stated, &[]), agrees(stated, changes)) {
                (false, true) => bits -= bits::STATED,
                (true, false) => bits += bits::STATED,
                _ => {}
            }
        }
        bits
    }
}

/// How much more common than the middle each outcome is, in bits.
pub(super) struct Familiar(Vec<f64>);

impl Familiar {
    pub(super) fn new(evidence: &Evidence) -> Self {
        let bits = |&common: &u32| f64::from(common.max(1)).log2();
        let known = evidence.usual.iter().filter(|&&common| common > 0);
        let middle = known.clone().map(bits).sum::<f64>() / bits::count(known.count().max(1));
        Self(
            evidence
                .usual
                .iter()
                .map(|common| bits(common) - middle)
                .collect(),
        )
    }

    /// How far a repair moves units towards the outcomes that are common.
    pub(super) fn gain(&self, filled: &Filled<'_>, changes: &[(usize, i64)]) -> f64 {
        let layout = filled.layout();
        let gain = |&(index, to): &(usize, i64)| {
            let (row, col) = layout.cell(index);
            let outcome = match layout.rows()[row] {
                RowClass::Item => self.0.get(row),
                RowClass::Alone if col != layout.total_col() => self.0.get(col),
                _ => None,
            };
            let by = i128::from(to) - i128::from(filled.values[index].unwrap_or(to));
            outcome.map_or(0.0, |bits| bits::number(by) * bits)
        };
        changes.iter().map(gain).sum()
    }
}
