//! A report with its history: the only door for change.
//!
//! **Never:** changes a cell except by an op; keeps a modified flag.
//! Next: `tui::update`, which builds the transactions.

use crate::base::words::Message;

use super::history::{History, Step};
use super::{Change, Op, Report, Transaction};

/// A report that can be edited, undone and redone.
#[derive(Clone, Debug)]
pub struct Document {
    report: Report,
    history: History,
}

/// What a change did: its name and the ops that ran, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// What the step is called.
    pub label: Message,
    /// The ops that ran.
    pub ops: Vec<Op>,
}

/// A transaction did not fit the report it was given to; nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit;

impl Document {
    /// A report as it was opened; not modified.
    #[must_use]
    pub fn new(report: Report) -> Self {
        Document {
            report,
            history: History::new(),
        }
    }

    /// A report that exists in no file yet; modified from the start.
    #[must_use]
    pub fn unsaved(report: Report) -> Self {
        let mut this = Document::new(report);
        this.history.forget_saved();
        this
    }

    /// The report as it is now.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Says which tables are being keyed; no change of the report.
    pub fn set_keying(&mut self, prefixes: &[&'static str]) {
        prefixes.clone_into(self.report.keying_mut());
    }

    /// Applies a transaction: one undo step, or a part of the last one.
    ///
    /// Invariant: apply then undo restores the report exactly.
    ///
    /// # Errors
    /// [`Misfit`] if an op expects something else than the report holds; then
    /// nothing is changed.
    pub fn apply(&mut self, transaction: Transaction) -> Result<Applied, Misfit> {
        let Transaction { label, ops, joins } = transaction;
        for (index, op) in ops.iter().enumerate() {
            if !op.fits(&self.report) {
                for done in ops[..index].iter().rev() {
                    done.clone().inverse().run(&mut self.report);
                }
                return Err(Misfit);
            }
            op.run(&mut self.report);
        }
        if !ops.is_empty() {
            let step = Step {
                label: label.clone(),
                ops: ops.clone(),
            };
            self.history.push(step, joins);
        }
        Ok(Applied { label, ops })
    }

    /// Runs a change, as the journal replays it; None where it does not fit.
    pub fn run(&mut self, change: Change) -> Option<Applied> {
        match change {
            Change::Apply(transaction) => self.apply(transaction).ok(),
            Change::Undo => self.undo(),
            Change::Redo => self.redo(),
            Change::TakeBack => self.take_back(),
        }
    }

    /// Undoes the last step; None where there is none.
    pub fn undo(&mut self) -> Option<Applied> {
        let step = self.history.undo()?.clone();
        Some(self.revert(step))
    }

    /// Does the last undone step again; None where there is none.
    pub fn redo(&mut self) -> Option<Applied> {
        let step = self.history.redo()?.clone();
        for op in &step.ops {
            op.run(&mut self.report);
        }
        Some(Applied {
            label: step.label,
            ops: step.ops,
        })
    }

    /// Undoes the last step for good: it can't be redone.
    pub fn take_back(&mut self) -> Option<Applied> {
        let step = self.history.take_back()?;
        Some(self.revert(step))
    }

    fn revert(&mut self, step: Step) -> Applied {
        let ops: Vec<Op> = step.ops.into_iter().rev().map(Op::inverse).collect();
        for op in &ops {
            op.run(&mut self.report);
        }
        Applied {
            label: step.label,
            ops,
        }
    }

    /// Whether the report differs from what was last saved.
    #[must_use]
    pub fn is_modified(&self) -> bool {
        self.history.is_modified()
    }

    /// Steps since the last save.
    #[must_use]
    pub fn unsaved_steps(&self) -> usize {
        self.history.since_saved()
    }

    /// The report as it is now was saved.
    pub fn mark_saved(&mut self) {
        self.history.mark_saved();
    }

    /// The steps that undo would take back, oldest first.
    #[must_use]
    pub fn done(&self) -> &[Step] {
        self.history.done()
    }

    /// The steps that redo would do again, next one last.
    #[must_use]
    pub fn undone(&self) -> &[Step] {
        self.history.undone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::words::Words;
    use crate::form::{CellId, current};
    use crate::model::Cell;

    const LABEL: Words = Words::same("x");

    fn cell(path: &str) -> CellId {
        current().cell(path).expect("path of the form")
    }

    fn set(document: &Document, path: &str, value: i64) -> Transaction {
        Transaction::new(LABEL).cell(document.report(), cell(path), Cell::Count(value))
    }

    #[test]
    fn joined_keys_are_one_step_and_a_save_ends_it() {
        let mut document = Document::new(Report::new(current()));
        let path = "t3.new_received.total";
        document.apply(set(&document, path, 1)).expect("fits");
        document
            .apply(set(&document, path, 12).joining(true))
            .expect("fits");
        assert_eq!(document.done().len(), 1);
        document.mark_saved();
        document
            .apply(set(&document, path, 123).joining(true))
            .expect("fits");
        assert_eq!(document.done().len(), 2);
        assert!(document.is_modified());
        document.undo();
        assert!(!document.is_modified());
        assert_eq!(document.report().cell(cell(path)), &Cell::Count(12));
        document.undo();
        assert_eq!(document.report().cell(cell(path)), &Cell::Blank);
        assert!(document.is_modified());
    }

    #[test]
    fn a_transaction_that_does_not_fit_changes_nothing() {
        let mut document = Document::new(Report::new(current()));
        let stale = set(&document, "t3.carried_in.total", 5);
        let both = Transaction {
            ops: [
                set(&document, "t3.new_received.total", 1).ops,
                stale.ops.clone(),
            ]
            .concat(),
            ..Transaction::new(LABEL)
        };
        document.apply(stale).expect("fits");
        let before = document.report().clone();
        assert_eq!(document.apply(both), Err(Misfit));
        assert_eq!(document.report(), &before);
    }

    #[test]
    fn what_was_undone_before_a_step_is_taken_back_went_with_it() {
        let mut document = Document::new(Report::new(current()));
        let path = "t3.carried_in.total";
        document.apply(set(&document, path, 5)).expect("fits");
        document.apply(set(&document, path, 6)).expect("fits");
        document.undo();
        document.take_back();
        assert!(document.redo().is_none());
        assert_eq!(document.report(), &Report::new(current()));
    }

    #[test]
    fn a_step_taken_back_cannot_be_redone() {
        let mut document = Document::new(Report::new(current()));
        document
            .apply(set(&document, "t3.carried_in.total", 5))
            .expect("fits");
        document.take_back();
        assert_eq!(document.report(), &Report::new(current()));
        assert!(document.redo().is_none());
        assert!(!document.is_modified());
    }
}
