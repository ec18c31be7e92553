//! A named bundle of ops: one undo step.
//!
//! **Never:** ops that depend on anything but the report they were built on.
//! Next: `document`, which applies it.

use crate::base::words::{Message, Words};
use crate::form::{CellId, TextId};

use super::report::{HeadField, Heading, Question, Remark, Report};
use super::{Cell, Op};

/// Changes that are done and undone together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// What the step is called in the status line.
    pub label: Message,
    /// Its ops, in the order they are applied.
    pub ops: Vec<Op>,
    /// It continues the step before it, if that step's last change is its own.
    pub joins: bool,
}

/// Something done to a document; what the journal keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A transaction was applied.
    Apply(Transaction),
    /// The last step was undone.
    Undo,
    /// The last undone step was done again.
    Redo,
    /// The last step was taken back for good.
    TakeBack,
}

impl Transaction {
    /// An empty step with a name.
    #[must_use]
    pub fn new(label: impl Into<Message>) -> Self {
        Transaction {
            label: label.into(),
            ops: Vec::new(),
            joins: false,
        }
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    /// The same step, continuing the one before.
    #[must_use]
    pub fn joining(mut self, joins: bool) -> Self {
        self.joins = joins;
        self
    }

    /// Writes a cell; nothing happens where it holds the same already.
    ///
    /// A cell may be written twice: the second write goes on from the first.
    #[must_use]
    pub fn cell(mut self, report: &Report, cell: CellId, to: Cell) -> Self {
        let from = self
            .ops
            .iter()
            .rev()
            .find_map(|op| match op {
                Op::SetCell { cell: at, to, .. } if *at == cell => Some(to.clone()),
                _ => None,
            })
            .unwrap_or_else(|| report.cell(cell).clone());
        // Amounts are equal by value; their places are what is written.
        if from != to || from.text() != to.text() {
            self.ops.push(Op::SetCell { cell, from, to });
        }
        self
    }

    /// Writes a field of the head, as the field takes it: a year that is none
    /// becomes empty.
    #[must_use]
    pub fn head(mut self, report: &Report, field: HeadField, to: &str) -> Self {
        let from = report.head().get(field);
        // The op says what will be held, or its inverse would not fit.
        let mut head = report.head().clone();
        head.set(field, to);
        let to = head.get(field);
        if from != to {
            self.ops.push(Op::SetHead { field, from, to });
        }
        self
    }

    /// Replaces bytes of a text.
    #[must_use]
    pub fn splice(
        mut self,
        report: &Report,
        text: TextId,
        range: std::ops::Range<usize>,
        inserted: &str,
    ) -> Self {
        let removed = report.text(text)[range.clone()].to_owned();
        if removed != inserted {
            self.ops.push(Op::SpliceText {
                text,
                at: range.start,
                removed,
                inserted: inserted.to_owned(),
            });
        }
        self
    }

    /// Replaces several ranges of a text, in ascending order, by the same words.
    ///
    /// Ranges with little between them are one op: it costs more than those bytes.
    #[must_use]
    pub fn replace(
        self,
        report: &Report,
        text: TextId,
        ranges: &[std::ops::Range<usize>],
        with: &str,
    ) -> Self {
        const LITTLE: usize = size_of::<Op>();
        let old = report.text(text);
        let groups = ranges.chunk_by(|one, next| next.start - one.end <= LITTLE);
        // From the last to the first, so that earlier places stay where they are.
        groups.rev().fold(self, |step, group| {
            let start = group.first().map_or(0, |first| first.start);
            let (mut end, mut inserted) = (start, String::new());
            for range in group {
                inserted.push_str(&old[end..range.start]);
                inserted.push_str(with);
                end = range.end;
            }
            step.splice(report, text, start..end, &inserted)
        })
    }

    /// Turns cells, texts, headings and head of one report into those of another of
    /// the same form.
    #[must_use]
    pub fn turning(mut self, from: &Report, to: &Report) -> Self {
        let form = from.form();
        // The cursor goes back to the first cell: the cells come first.
        for cell in form.cells() {
            self = self.cell(from, cell, to.cell(cell).clone());
        }
        for text in form.texts() {
            self = self.splice(from, text, 0..from.text(text).len(), to.text(text));
        }
        if from.headings() != to.headings() {
            for (at, heading) in from.headings().iter().enumerate().rev() {
                self = self.heading(at, Some(heading.clone()), None);
            }
            for (at, heading) in to.headings().iter().enumerate() {
                self = self.heading(at, None, Some(heading.clone()));
            }
        }
        for field in HeadField::ALL {
            self = self.head(from, field, &to.head().get(field));
        }
        self
    }

    /// Turns all of one report into another of the same form: explanations and questions
    /// as well.
    #[must_use]
    pub fn becoming(self, from: &Report, to: &Report) -> Self {
        let mut step = self.turning(from, to);
        if from.remarks() != to.remarks() {
            for (at, remark) in from.remarks().iter().enumerate().rev() {
                step = step.remark(at, Some(remark.clone()), None);
            }
            for (at, remark) in to.remarks().iter().enumerate() {
                step = step.remark(at, None, Some(remark.clone()));
            }
        }
        if from.questions() != to.questions() {
            for (at, question) in from.questions().iter().enumerate().rev() {
                step = step.question(at, Some(question.clone()), None);
            }
            for (at, question) in to.questions().iter().enumerate() {
                step = step.question(at, None, Some(question.clone()));
            }
        }
        step
    }

    /// Changes, adds or takes out a heading.
    #[must_use]
    pub fn heading(mut self, at: usize, from: Option<Heading>, to: Option<Heading>) -> Self {
        self.ops.push(Op::SetHeading { at, from, to });
        self
    }

    /// Changes, adds or takes out an explanation.
    #[must_use]
    pub fn remark(mut self, at: usize, from: Option<Remark>, to: Option<Remark>) -> Self {
        self.ops.push(Op::SetRemark { at, from, to });
        self
    }

    /// Changes, adds or takes out a question.
    #[must_use]
    pub fn question(mut self, at: usize, from: Option<Question>, to: Option<Question>) -> Self {
        self.ops.push(Op::SetQuestion { at, from, to });
        self
    }

    /// A step that writes the same cell into many places.
    #[must_use]
    pub fn fill(label: Words, report: &Report, cells: &[CellId], to: &Cell) -> Self {
        cells.iter().fold(Transaction::new(label), |step, cell| {
            step.cell(report, *cell, to.clone())
        })
    }
}
