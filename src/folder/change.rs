//! What a reviewer does with a unit, before it is written down.
//!
//! **Never:** knows when and by whom: whoever keeps the list does.
//! Next: `list`, which it changes.

use super::{List, Pass, Return, Rolling};
use crate::check::ProblemId;

/// A change of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A unit's report was sent back.
    Return {
        /// The unit.
        unit: String,
        /// Its file, below the folder.
        file: String,
        /// What its content is told by.
        content: String,
        /// What the note named.
        problems: Vec<ProblemId>,
    },
    /// A unit's report was passed.
    Pass {
        /// The unit.
        unit: String,
        /// Its file, below the folder.
        file: String,
        /// What its content is told by.
        content: String,
        /// Why, if there are errors in it.
        reason: String,
    },
    /// A unit's report was not passed after all.
    Unpass(String),
    /// This file of a unit counts.
    Choose {
        /// The unit.
        unit: String,
        /// The file, below the folder.
        file: String,
    },
    /// The file is of this unit; of none on the roster where it is empty.
    Assign {
        /// The file, below the folder.
        file: String,
        /// The unit.
        unit: String,
    },
    /// This was chosen for the roll-up.
    Roll(Rolling),
    /// What led from one list to another is taken back, and nothing else.
    Undo {
        /// The list before the change.
        before: Box<List>,
        /// The list with it.
        after: Box<List>,
    },
}

impl Change {
    /// The list with the change, done at a time by somebody.
    #[must_use]
    pub fn on(&self, list: &List, at: &str, by: &str) -> List {
        let (at, by) = (at.to_owned(), by.to_owned());
        let mut list = list.clone();
        match self.clone() {
            Change::Return {
                unit,
                file,
                content,
                problems,
            } => list.push_return(
                &unit,
                &Return {
                    at,
                    by,
                    file,
                    content,
                    problems,
                },
            ),
            Change::Pass {
                unit,
                file,
                content,
                reason,
            } => list.set_pass(
                &unit,
                Some(&Pass {
                    at,
                    by,
                    file,
                    content,
                    reason,
                }),
            ),
            Change::Unpass(unit) => list.set_pass(&unit, None),
            Change::Choose { unit, file } => list.choose(&unit, &file),
            Change::Assign { file, unit } => list.assign(&file, &unit),
            Change::Roll(mut rolling) => {
                let lines = rolling.adjustments.iter_mut();
                for line in lines.filter(|line| line.author.is_empty()) {
                    line.author = format!("{by} {at}");
                }
                list.keep_rolling(&rolling);
            }
            Change::Undo { before, after } => list = before.merged(&after, &list),
        }
        list
    }
}
