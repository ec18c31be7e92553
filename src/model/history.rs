//! Done and undone steps, and the position that was saved.
//!
//! Modified is a comparison of positions, not a flag: undoing back to the
//! saved position makes a report unmodified again. Steps are kept as long as
//! they fit into [`MOST_BYTES`]; then the oldest go, and a saved position among
//! them can't be reached any more.
//!
//! **Never:** applies an op; `document` does.
//! Next: `document`.

use crate::base::words::Message;

use super::Op;

/// Most bytes of steps that are kept, the last step aside.
///
/// A day of typing takes less than one MiB. What takes more is replacing all of a
/// section of 1 MiB: some thirty times fit, and the program stays below 256 MiB.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Most bytes of steps that are kept behind a save, for the next session: 4 MiB.
pub const MOST_KEPT: usize = 4 * 1024 * 1024;

/// One undo step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is called.
    pub label: Message,
    /// Its ops in the order they were applied.
    pub ops: Vec<Op>,
}

impl Step {
    fn bytes(&self) -> usize {
        size_of::<Step>() + self.ops.iter().map(Op::bytes).sum::<usize>()
    }
}

/// A line of steps with a place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Number of steps done at the last save; None once it can't be reached.
    saved: Option<usize>,
    /// Bytes of all steps.
    bytes: usize,
    /// Steps that went because they were too many.
    forgotten: usize,
}

impl History {
    pub(super) fn new() -> Self {
        History {
            saved: Some(0),
            ..History::default()
        }
    }

    /// Adds a step, or joins it to the last one unless that one was saved.
    pub(super) fn push(&mut self, step: Step, joins: bool) {
        let saved_here = self.saved == Some(self.done.len());
        if self.saved.is_some_and(|saved| saved > self.done.len()) {
            self.saved = None;
        }
        self.drop_undone();
        self.bytes += step.bytes();
        match self.done.last_mut() {
            Some(last) if joins && !saved_here => {
                self.bytes -= size_of::<Step>();
                last.ops.extend(step.ops);
            }
            _ => self.done.push(step),
        }
        self.forget_oldest();
    }

    fn drop_undone(&mut self) {
        self.bytes -= self.undone.iter().map(Step::bytes).sum::<usize>();
        self.undone.clear();
    }

    /// Lets the oldest steps go where all are too many; the last one stays.
    fn forget_oldest(&mut self) {
        let mut gone = 0;
        while self.bytes > MOST_BYTES && gone + 1 < self.done.len() {
            self.bytes -= self.done[gone].bytes();
            gone += 1;
        }
        self.done.drain(..gone);
        self.forgotten += gone;
        self.saved = self.saved.and_then(|saved| saved.checked_sub(gone));
    }

    pub(super) fn undo(&mut self) -> Option<&Step> {
        let step = self.done.pop()?;
        self.undone.push(step);
        self.undone.last()
    }

    pub(super) fn redo(&mut self) -> Option<&Step> {
        let step = self.undone.pop()?;
        self.done.push(step);
        self.done.last()
    }

    /// Takes the last step out for good, as if it had never been done.
    ///
    /// Undone steps were built on it and go with it.
    pub(super) fn take_back(&mut self) -> Option<Step> {
        let step = self.done.pop()?;
        self.bytes -= step.bytes();
        self.drop_undone();
        if self.saved.is_some_and(|saved| saved > self.done.len()) {
            self.saved = None;
        }
        Some(step)
    }

    /// Puts steps of an earlier session before all others, where none of these went.
    pub(super) fn deepen(&mut self, earlier: Vec<Step>) {
        self.bytes += earlier.iter().map(Step::bytes).sum::<usize>();
        self.saved = self.saved.map(|saved| saved + earlier.len());
        self.done.splice(..0, earlier);
    }

    /// The latest steps done that take no more than so many bytes, the oldest first.
    pub(super) fn latest(&self, most: usize) -> &[Step] {
        let mut left = most;
        let fits = |step: &&Step| match left.checked_sub(step.bytes()) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        };
        let count = self.done.iter().rev().take_while(fits).count();
        &self.done[self.done.len() - count..]
    }

    /// Steps to undo from here to the saved position, or to do again where it lies ahead.
    pub(super) fn to_saved(&self) -> Option<(usize, bool)> {
        let saved = self.saved?;
        Some((saved.abs_diff(self.done.len()), saved > self.done.len()))
    }

    pub(super) fn mark_saved(&mut self) {
        self.saved = Some(self.done.len());
    }

    pub(super) fn forget_saved(&mut self) {
        self.saved = None;
    }

    pub(super) fn is_modified(&self) -> bool {
        self.saved != Some(self.done.len())
    }

    /// Steps between the saved position and this one, where it can be reached.
    pub(super) fn since_saved(&self) -> usize {
        match self.saved {
            Some(saved) => saved.abs_diff(self.done.len()),
            None => self.done.len(),
        }
    }

    pub(super) fn forgotten(&self) -> usize {
        self.forgotten
    }

    pub(super) fn done(&self) -> &[Step] {
        &self.done
    }

    pub(super) fn undone(&self) -> &[Step] {
        &self.undone
    }
}
