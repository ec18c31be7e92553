//! What a rule is: its code, its words, what it rests on.
//!
//! The literal of a rule stands beside the function that tests it; `rules` pairs the
//! two.
//!
//! **Never:** knows a report, a problem or a function.
//! Next: `problem`, which is made of a rule, a place and arguments.

use crate::base::words::{Words, words};

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// A person should look at it; an explanation settles it.
    Warning,
    /// The form itself forbids it.
    Error,
}

impl Severity {
    /// All of them, gravest first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

    /// Its name in output and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }

    /// Its name on the screen.
    #[must_use]
    pub const fn name(self) -> Words {
        match self {
            Severity::Error => words("错误", "error"),
            Severity::Warning => words("提醒", "warning"),
            Severity::Info => words("提示", "info"),
        }
    }

    /// The sign that carries it without colour.
    #[must_use]
    pub const fn sign(self) -> char {
        match self {
            Severity::Error => '!',
            Severity::Warning => '?',
            Severity::Info => 'i',
        }
    }

    /// The severity with this name.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.key() == key)
    }
}

/// What the problems of a rule are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The report.
    Report,
    /// A sum that the form itself prints.
    Identity,
    /// The tables under a prefix.
    Table(&'static str),
    /// Another report, such as last year's: counted apart.
    Other,
}

/// A declared check.
pub struct Rule {
    /// Its identifier.
    pub code: &'static str,
    /// How grave its problems are.
    pub severity: Severity,
    /// What it rests on.
    pub source: &'static str,
    /// The flaw it names.
    pub title: Words,
    /// Its sentences; most rules have one.
    pub says: &'static [Words],
    /// What to do next.
    pub next: Words,
    /// Why it is checked, and how.
    pub doc: Words,
    /// What its problems are about.
    pub about: About,
}

impl Rule {
    /// A rule on a report that rests on custom.
    pub(super) const fn of_custom(
        code: &'static str,
        severity: Severity,
        title: Words,
        says: &'static [Words],
        next: Words,
        doc: Words,
    ) -> Self {
        Rule {
            code,
            severity,
            source: CUSTOM,
            title,
            says,
            next,
            doc,
            about: About::Report,
        }
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rule({})", self.code)
    }
}

pub(super) const FORM: &str = "国办公开办函〔2021〕30号";
pub(super) const CORNER: &str = "国办公开办函〔2021〕30号 表三注：本列数据的勾稽关系";
pub(super) const STATUTE: &str = "政府信息公开条例第五十条";
pub(super) const CUSTOM: &str = "通行做法";
pub(super) const FEES: &str = "国办函〔2020〕109号";
