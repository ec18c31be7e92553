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
    /// The report as it was opened, once steps of an earlier session lie before it.
    opened: Option<Box<Report>>,
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
            opened: None,
        }
    }

    /// A report that exists in no file yet; modified from the start.
    #[must_use]
    pub fn unsaved(report: Report) -> Self {
        let mut this = Document::new(report);
        this.forget_saved();
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

    /// No file holds the report as it was at any of its steps.
    pub fn forget_saved(&mut self) {
        self.history.forget_saved();
    }

    /// Puts the steps of an earlier session, which led to the report as it was opened,
    /// before all that was done since; false, and nothing is changed, where they do not
    /// lead there, or where the report stands at another step than its first.
    pub fn deepen(&mut self, earlier: Vec<Step>) -> bool {
        let is_first = self.done().is_empty() && self.forgotten() == 0;
        if !is_first || self.opened.is_some() {
            return false;
        }
        let mut before = self.report.clone();
        for step in earlier.iter().rev() {
            for op in step.ops.iter().rev() {
                let back = op.clone().inverse();
                if !back.fits(&before) {
                    return false;
                }
                back.run(&mut before);
            }
        }
        // What is undone must be done again to the very same: ops may not hide a thing.
        for op in earlier.iter().flat_map(|step| &step.ops) {
            if !op.fits(&before) {
                return false;
            }
            op.run(&mut before);
        }
        if before != self.report {
            return false;
        }
        self.opened = Some(Box::new(before));
        self.history.deepen(earlier);
        true
    }

    /// Whether steps of an earlier session lie before those of this one.
    #[must_use]
    pub fn is_deepened(&self) -> bool {
        self.opened.is_some()
    }

    /// The report as it was opened.
    #[must_use]
    pub fn opened(&self) -> Report {
        if let Some(opened) = &self.opened {
            return (**opened).clone();
        }
        let mut first = self.clone();
        while first.undo().is_some() {}
        first.report
    }

    /// The report as it was saved last, as far as the history goes; else as it was
    /// opened.
    #[must_use]
    pub fn saved(&self) -> Report {
        let Some((steps, is_ahead)) = self.history.to_saved() else {
            return self.opened();
        };
        let mut saved = self.clone();
        for _ in 0..steps {
            if is_ahead {
                saved.redo();
            } else {
                saved.undo();
            }
        }
        saved.report
    }

    /// The latest steps done that take no more than so many bytes, the oldest first.
    #[must_use]
    pub fn latest(&self, most_bytes: usize) -> &[Step] {
        self.history.latest(most_bytes)
    }

    /// How many of the oldest steps went because all took more than
    /// [`MOST_BYTES`](super::MOST_BYTES): they can't be undone any more.
    #[must_use]
    pub fn forgotten(&self) -> usize {
        self.history.forgotten()
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

    /// A step that takes so many MiB, as `at` tells the steps apart.
    fn long(document: &mut Document, at: usize, mib: usize) {
        let text = current().texts().next().expect("a text");
        let old = document.report().text(text).len();
        let words = char::from(b'a' + u8::try_from(at % 26).expect("a letter"));
        let words = words.to_string().repeat(mib << 20);
        let step = Transaction::new(LABEL);
        let step = step.splice(document.report(), text, 0..old, &words);
        document.apply(step).expect("fits");
    }

    #[test]
    fn the_oldest_steps_go_when_all_are_too_many_and_nothing_lies_about_it() {
        let mut document = Document::new(Report::new(current()));
        let mut states = vec![document.report().clone()];
        // Each holds what was before as well: 1, 3, 5, 7, 9, 11 and 13 MiB.
        for at in 0..7 {
            long(&mut document, at, at + 1);
            states.push(document.report().clone());
        }
        document.mark_saved();
        long(&mut document, 7, 7);
        assert_eq!(document.forgotten(), 0, "63 MiB and what the steps cost");
        long(&mut document, 8, 7);
        assert_eq!(document.forgotten(), 4, "those of 1, 3, 5 and 7 MiB");
        assert_eq!((document.done().len(), document.unsaved_steps()), (5, 2));
        document.undo();
        document.undo();
        assert!(!document.is_modified(), "the saved position moved along");
        assert_eq!(document.report(), &states[7]);
        for state in states[4..7].iter().rev() {
            document.undo();
            assert!(document.is_modified());
            assert_eq!(document.report(), state);
        }
        assert!(document.undo().is_none(), "the rest is gone");
        while document.redo().is_some() {}
        assert_eq!(document.done().len(), 5);
    }

    #[test]
    fn a_saved_position_that_went_is_never_met_again() {
        let mut document = Document::new(Report::new(current()));
        long(&mut document, 0, 1);
        document.mark_saved();
        for at in 1..20 {
            long(&mut document, at, 3);
        }
        assert!(document.forgotten() > 1);
        while document.undo().is_some() {
            assert!(document.is_modified());
        }
        assert!(document.is_modified(), "what was saved lies before");
    }

    #[test]
    fn replacing_everything_takes_no_more_than_the_text_twice() {
        let mut document = Document::new(Report::new(current()));
        let text = current().texts().next().expect("a text");
        let far = "-".repeat(1000);
        let old = format!("{}{far}1,1", "1,".repeat(5000));
        let step = Transaction::new(LABEL).splice(document.report(), text, 0..0, &old);
        document.apply(step).expect("fits");
        let ranges = old.match_indices('1').map(|(at, it)| at..at + it.len());
        let ranges: Vec<_> = ranges.collect();
        let step = Transaction::new(LABEL).replace(document.report(), text, &ranges, "22");
        assert_eq!(step.ops.len(), 2, "what is far away is an op of its own");
        document.apply(step).expect("fits");
        assert_eq!(document.report().text(text), old.replace('1', "22"));
        document.undo();
        assert_eq!(document.report().text(text), old);
    }

    #[test]
    fn one_step_can_always_be_undone() {
        let mut document = Document::new(Report::new(current()));
        long(&mut document, 0, 70);
        long(&mut document, 1, 1);
        assert_eq!((document.done().len(), document.forgotten()), (1, 1));
        document.take_back();
        long(&mut document, 2, 20);
        long(&mut document, 3, 20);
        long(&mut document, 4, 1);
        assert_eq!(document.forgotten(), 2, "what was taken back takes no room");
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
