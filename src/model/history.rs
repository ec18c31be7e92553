//! Done and undone steps, and the position that was saved.
//!
//! Modified is a comparison of positions, not a flag: undoing back to the
//! saved position makes a report unmodified again.
//!
//! **Never:** applies an op; `document` does.
//! Next: `document`.

use crate::base::words::Message;

use super::Op;

/// One undo step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is called.
    pub label: Message,
    /// Its ops in the order they were applied.
    pub ops: Vec<Op>,
}

/// A line of steps with a place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Number of steps done at the last save; None once it can't be reached.
    saved: Option<usize>,
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
        self.undone.clear();
        match self.done.last_mut() {
            Some(last) if joins && !saved_here => last.ops.extend(step.ops),
            _ => self.done.push(step),
        }
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
        self.undone.clear();
        if self.saved.is_some_and(|saved| saved > self.done.len()) {
            self.saved = None;
        }
        Some(step)
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

    pub(super) fn done(&self) -> &[Step] {
        &self.done
    }

    pub(super) fn undone(&self) -> &[Step] {
        &self.undone
    }
}
