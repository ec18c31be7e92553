//! What a number of a sentence is tied to.
//!
//! **Never:** knows a value of a cell.
//! Next: `bind` for numbers, `claim` for what is said without one.

use std::ops::Range;

use crate::base::number::Decimal;

use super::number::{Number, Unit};

/// What a number may be compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) enum Target {
    /// Received in the year.
    New,
    /// The same and what was carried in.
    Received,
    /// Closed.
    Processed,
    /// Carried in from last year.
    CarriedIn,
    /// Carried out to next year.
    CarriedOut,
    /// Lines or groups of the results, added.
    Items(Vec<&'static str>),
    /// Requests of a kind of applicant; carried ones too, or not.
    Kind(&'static str, bool),
    /// Disputes: rows, and the column of an outcome.
    Dispute(Vec<&'static str>, &'static str),
    /// A cell of table 二.
    Proactive(&'static str, &'static str),
}

/// A number with what it says.
#[derive(Clone, Debug)]
pub(in crate::check) struct Bound {
    /// Code of the rule.
    pub(in crate::check) rule: &'static str,
    /// The number.
    pub(in crate::check) number: Number,
    /// Its token; None where words say the number.
    pub(in crate::check) token: Option<usize>,
    /// Characters of the number and its unit, or of the words.
    pub(in crate::check) range: Range<usize>,
    /// Characters of the phrase, the number included.
    pub(in crate::check) phrase: Range<usize>,
    /// What it is held against; where several stand, each is as good.
    pub(in crate::check) targets: Vec<Target>,
    /// Readings under which it is not said to be wrong, nor to be right.
    pub(in crate::check) excuses: Vec<Target>,
    /// It counts a part of its target: only more than the target is wrong.
    pub(in crate::check) at_most: bool,
    /// It is tied for certain: only then it agrees or differs.
    pub(in crate::check) sure: bool,
    /// Words that say it is about a part of the body, or about more than it.
    pub(in crate::check) scope: Option<(Scope, Range<usize>)>,
}

/// Whom a number is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Scope {
    /// A part: the office, this level.
    Part,
    /// All of a place or of a system.
    Whole,
}

pub(super) fn is_group(lines: &[&str]) -> bool {
    matches!(
        lines,
        ["granted" | "denied" | "unable" | "unprocessed" | "other"]
    )
}

/// The rule on a line or group of results.
pub(super) fn rule_of(lines: &[&str]) -> &'static str {
    match lines {
        [line, ..] if line.starts_with("granted") => "N5",
        ["denied", ..] => "N6",
        ["unable" | "unprocessed" | "other", ..] => "N7",
        _ => "N8",
    }
}

pub(super) fn dispute_rule(rows: &[&str]) -> &'static str {
    if rows.contains(&"review") {
        "N11"
    } else {
        "N12"
    }
}

/// Lines or groups of results, added.
pub(super) fn items(lines: &[&'static str]) -> Vec<Target> {
    vec![Target::Items(lines.to_vec())]
}

/// Readings of a kind of applicant.
pub(super) fn kinds(kind: &'static str) -> Vec<Target> {
    vec![Target::Kind(kind, false), Target::Kind(kind, true)]
}

/// Disputes of one or several rows, added.
pub(super) fn dispute(rows: &[&'static str], col: &'static str) -> Vec<Target> {
    vec![Target::Dispute(rows.to_vec(), col)]
}

/// A claim: a number in words.
pub(super) fn claim(
    rule: &'static str,
    value: i64,
    range: Range<usize>,
    targets: Vec<Target>,
    sure: bool,
) -> Bound {
    Bound {
        rule,
        number: Number {
            value: Decimal::whole(value),
            unit: Unit::Case,
            name: "",
            approximate: false,
        },
        token: None,
        phrase: range.clone(),
        range,
        targets,
        excuses: Vec::new(),
        at_most: false,
        sure,
        scope: None,
    }
}
