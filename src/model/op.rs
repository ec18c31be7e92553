//! One reversible change of a report.
//!
//! **Never:** a change whose inverse is not made by swapping its two sides.
//! Next: `transaction` for what bundles them.

use crate::form::{CellId, TextId};

use super::Cell;
use super::report::{HeadField, Heading, Question, Remark, Report};

/// A change that names both sides, so that it can be undone and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// The content of a cell.
    SetCell {
        /// The cell.
        cell: CellId,
        /// What it holds before.
        from: Cell,
        /// What it holds after.
        to: Cell,
    },
    /// A piece of a text is replaced.
    SpliceText {
        /// The text.
        text: TextId,
        /// Byte offset, on a character boundary.
        at: usize,
        /// What stands there before.
        removed: String,
        /// What stands there after.
        inserted: String,
    },
    /// A field of the head.
    SetHead {
        /// The field.
        field: HeadField,
        /// Its text before.
        from: String,
        /// Its text after.
        to: String,
    },
    /// A heading is changed, added (no `from`) or taken out (no `to`).
    SetHeading {
        /// Its place among the headings.
        at: usize,
        /// The heading before.
        from: Option<Heading>,
        /// The heading after.
        to: Option<Heading>,
    },
    /// An explanation is changed, added or taken out.
    SetRemark {
        /// Its place among the explanations.
        at: usize,
        /// The explanation before.
        from: Option<Remark>,
        /// The explanation after.
        to: Option<Remark>,
    },
    /// A question is changed, added or taken out.
    SetQuestion {
        /// Its place among the questions.
        at: usize,
        /// The question before.
        from: Option<Question>,
        /// The question after.
        to: Option<Question>,
    },
}

impl Op {
    /// The op that undoes this one.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Op::SetCell { cell, from, to } => Op::SetCell {
                cell,
                from: to,
                to: from,
            },
            Op::SpliceText {
                text,
                at,
                removed,
                inserted,
            } => Op::SpliceText {
                text,
                at,
                removed: inserted,
                inserted: removed,
            },
            Op::SetHead { field, from, to } => Op::SetHead {
                field,
                from: to,
                to: from,
            },
            Op::SetHeading { at, from, to } => Op::SetHeading {
                at,
                from: to,
                to: from,
            },
            Op::SetRemark { at, from, to } => Op::SetRemark {
                at,
                from: to,
                to: from,
            },
            Op::SetQuestion { at, from, to } => Op::SetQuestion {
                at,
                from: to,
                to: from,
            },
        }
    }

    /// Bytes of memory that it takes, near enough to bound what is kept.
    pub(super) fn bytes(&self) -> usize {
        let heading = |heading: &Heading| heading.text.len();
        let all = |numbers: &[String]| numbers.iter().map(String::len).sum::<usize>();
        let remark = |remark: &Remark| {
            let words = remark.rule.len() + remark.site.len() + remark.by.len();
            remark.text.len() + words + all(&remark.numbers)
        };
        let question = |question: &Question| {
            let fault = question.fault.as_ref();
            let fault = fault.map_or(0, |fault| fault.rule.len() + all(&fault.numbers));
            question.site.len() + question.text.len() + fault
        };
        let heap = match self {
            Op::SetCell { from, to, .. } => from.text().len() + to.text().len(),
            Op::SpliceText {
                removed, inserted, ..
            } => removed.len() + inserted.len(),
            Op::SetHead { from, to, .. } => from.len() + to.len(),
            Op::SetHeading { from, to, .. } => from.iter().chain(to).map(heading).sum(),
            Op::SetRemark { from, to, .. } => from.iter().chain(to).map(remark).sum(),
            Op::SetQuestion { from, to, .. } => from.iter().chain(to).map(question).sum(),
        };
        size_of::<Op>() + heap
    }

    /// Whether the report holds what the op expects to replace.
    #[must_use]
    pub(super) fn fits(&self, report: &Report) -> bool {
        fn slot<T: PartialEq>(items: &[T], at: usize, from: Option<&T>) -> bool {
            match from {
                Some(from) => items.get(at) == Some(from),
                None => at <= items.len(),
            }
        }
        match self {
            Op::SetCell { cell, from, .. } => {
                cell.index() < report.cells().len() && report.cell(*cell) == from
            }
            Op::SpliceText {
                text, at, removed, ..
            } => {
                let text = report.text(*text);
                at.checked_add(removed.len())
                    .is_some_and(|end| text.get(*at..end) == Some(removed))
            }
            Op::SetHead { field, from, .. } => report.head().get(*field) == *from,
            Op::SetHeading { at, from, .. } => slot(report.headings(), *at, from.as_ref()),
            Op::SetRemark { at, from, .. } => slot(report.remarks(), *at, from.as_ref()),
            Op::SetQuestion { at, from, .. } => slot(report.questions(), *at, from.as_ref()),
        }
    }

    /// Changes the report.
    pub(super) fn run(&self, report: &mut Report) {
        fn slot<T: Clone>(items: &mut Vec<T>, at: usize, from: Option<&T>, to: Option<&T>) {
            match (from, to) {
                (Some(_), Some(to)) => items[at] = to.clone(),
                (Some(_), None) => {
                    items.remove(at);
                }
                (None, Some(to)) => items.insert(at, to.clone()),
                (None, None) => {}
            }
        }
        match self {
            Op::SetCell { cell, to, .. } => *report.cell_mut(*cell) = to.clone(),
            Op::SpliceText {
                text,
                at,
                removed,
                inserted,
            } => report
                .text_mut(*text)
                .replace_range(*at..*at + removed.len(), inserted),
            Op::SetHead { field, to, .. } => report.head_mut().set(*field, to),
            Op::SetHeading { at, from, to } => {
                slot(report.headings_mut(), *at, from.as_ref(), to.as_ref());
            }
            Op::SetRemark { at, from, to } => {
                slot(report.remarks_mut(), *at, from.as_ref(), to.as_ref());
            }
            Op::SetQuestion { at, from, to } => {
                slot(report.questions_mut(), *at, from.as_ref(), to.as_ref());
            }
        }
    }
}
