//! An operation of the outside world that did not work.
//!
//! **Never:** prints itself or chooses an exit code.
//! Next: `store` and `cli`, which make them; `tui` and `cli`, which show them.

use super::words::{Lang, Message, Words, words};

const WHY: Words = words("原因", "Why");
const WAY: Words = words("办法", "Try");

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
    /// Why it happened, where `what` does not say it.
    pub why: Option<Box<Message>>,
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
            why: None,
            hints: Vec::new(),
        }
    }

    /// A failure of usage, without hints yet.
    #[must_use]
    pub fn user(what: Message) -> Self {
        Failure {
            blame: Blame::User,
            what,
            why: None,
            hints: Vec::new(),
        }
    }

    /// The same failure with its reason.
    #[must_use]
    pub fn because(mut self, why: impl Into<Message>) -> Self {
        self.why = Some(Box::new(why.into()));
        self
    }

    /// The same failure with one more way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Message>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The whole failure, one sentence a line: what, why, ways out.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut lines = vec![self.what.text(lang)];
        let why = self.why.iter().map(|why| (WHY, why.as_ref()));
        let ways = self.hints.iter().map(|hint| (WAY, hint));
        for (head, message) in why.chain(ways) {
            lines.push(format!(" {}  {}", head.get(lang), message.text(lang)));
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_what_why_and_the_way_out() {
        let failure = Failure::file(words("打不开：甲", "cannot open: a").into())
            .because(words("没有。", "None."))
            .hint(words("再试。", "Again."));
        assert_eq!(
            failure.text(Lang::Zh),
            "打不开：甲\n 原因  没有。\n 办法  再试。"
        );
        assert_eq!(
            failure.text(Lang::En),
            "cannot open: a\n Why  None.\n Try  Again."
        );
    }
}
