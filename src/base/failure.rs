//! An operation of the outside world that did not work.
//!
//! **Never:** prints itself or chooses an exit code.
//! Next: `store` and `cli`, which make them; `tui` and `cli`, which show them.

use super::words::{Lang, Message};

/// Who can do something about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The command was not usable as typed.
    User,
    /// A file or folder is not as it should be.
    File,
    /// The program itself.
    Bug,
}

/// What did not work, why, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Who can do something about it.
    pub blame: Blame,
    /// What happened, naming the file.
    pub what: Message,
    /// Ways out, in the order to try them.
    pub hints: Vec<Message>,
}

impl Failure {
    /// A failure of a file, without hints yet.
    #[must_use]
    pub fn file(what: Message) -> Self {
        Failure {
            blame: Blame::File,
            what,
            hints: Vec::new(),
        }
    }

    /// A failure of usage, without hints yet.
    #[must_use]
    pub fn user(what: Message) -> Self {
        Failure {
            blame: Blame::User,
            what,
            hints: Vec::new(),
        }
    }

    /// The same failure with one more way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Message>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The whole failure, one sentence a line.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut lines = vec![self.what.text(lang)];
        lines.extend(
            self.hints
                .iter()
                .map(|hint| format!("  {}", hint.text(lang))),
        );
        lines.join("\n")
    }
}
