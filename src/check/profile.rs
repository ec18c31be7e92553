//! What a body asks of its reports: severities and limits other than the usual.
//!
//! Every entry says since when and why. What a profile silences is still found
//! and listed, apart from the problems.
//!
//! **Never:** reads a file; changes what a rule looks for.
//! Next: `cli::settings`, which reads one from `profile.json`.

use crate::base::words::{Words, words};

use super::rule::{Rule, Severity};

/// Severities and limits of one body.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// One entry a rule at most.
    pub levels: Vec<Level>,
    /// One entry a limit at most.
    pub limits: Vec<Limit>,
}

/// How grave a body takes a rule.
#[derive(Clone, Debug)]
pub struct Level {
    /// The rule.
    pub rule: &'static Rule,
    /// Its severity; None silences it.
    pub severity: Option<Severity>,
    /// Since when, as written.
    pub since: String,
    /// Why, as written.
    pub reason: String,
}

/// A number that a rule compares with.
#[derive(Clone, Debug)]
pub struct Limit {
    /// Which one.
    pub threshold: &'static Threshold,
    /// Its value.
    pub value: i64,
    /// Since when, as written.
    pub since: String,
    /// Why, as written.
    pub reason: String,
}

/// A number that a profile may set.
#[derive(Debug)]
pub struct Threshold {
    /// Its name in `profile.json`.
    pub key: &'static str,
    /// Its value where no profile sets it.
    pub usual: i64,
    /// What it bounds.
    pub about: Words,
}

/// Characters that section 一 is asked to keep to.
pub static OVERVIEW_LENGTH: Threshold = Threshold {
    key: "overview_length",
    usual: 1000,
    about: words("总体情况的字数", "characters of section 1"),
};

/// How many times last year's number, or which part of it, is a jump.
pub static JUMP_TIMES: Threshold = Threshold {
    key: "jump_times",
    usual: 10,
    about: words(
        "与去年相差多少倍算变化大",
        "how many times last year's number is a jump",
    ),
};

/// How far apart the numbers of a jump are at least.
pub static JUMP_LEAST: Threshold = Threshold {
    key: "jump_least",
    usual: 20,
    about: words(
        "变化大至少相差多少",
        "how far apart the numbers of a jump are at least",
    ),
};

/// Everything as usual.
pub static USUAL: Profile = Profile {
    levels: Vec::new(),
    limits: Vec::new(),
};

/// All thresholds.
pub static THRESHOLDS: &[&Threshold] = &[&OVERVIEW_LENGTH, &JUMP_TIMES, &JUMP_LEAST];

/// The word that silences a rule.
pub const OFF: &str = "off";

impl Profile {
    /// The entry on a rule.
    #[must_use]
    pub fn level(&self, rule: &Rule) -> Option<&Level> {
        self.levels
            .iter()
            .find(|level| level.rule.code == rule.code)
    }

    /// The value of a threshold: the profile's, else the usual one.
    #[must_use]
    pub fn limit(&self, threshold: &Threshold) -> i64 {
        self.limits
            .iter()
            .find(|limit| limit.threshold.key == threshold.key)
            .map_or(threshold.usual, |limit| limit.value)
    }
}
