//! What sentences say of the information-processing fee.
//!
//! **Never:** reads another charge; the words 信息处理费 or 收费通知 must be near.
//! Next: `fees`, which holds it against the tables.

use std::ops::Range;

use crate::base::number::Decimal;
use crate::base::words::{Words, words};

use super::bound::Bound;
use super::number::{Number, Unit};
use super::{Paragraph, Topics, What, find, says};

/// What can be said of the fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Part {
    Notices,
    Amount,
    Received,
}

pub(in crate::check) const PARTS: [(Part, &[&str], Words); 3] = [
    (
        Part::Notices,
        &["收费通知", "缴费通知", "通知件数", "通知的件数", "通知书"],
        words("收费通知件数", "notices"),
    ),
    (
        Part::Amount,
        &["总金额", "通知金额", "应收"],
        words("收费总金额", "amount asked"),
    ),
    (
        Part::Received,
        &[
            "实际收取",
            "实收",
            "收取",
            "收缴",
            "征收",
            "到账",
            "实际收到",
            "实际收费",
        ],
        words("实际收取金额", "amount received"),
    ),
];

pub(in crate::check) const NONE: &[&str] = &[
    "未收取",
    "没有收取",
    "未产生",
    "未征收",
    "没有产生",
    "未发生",
    "无收取",
    "未收过",
    "不收取",
    "免收",
    "未收",
    "没有收到",
    "未涉及",
    "没有发生",
    "未有收取",
    "无信息处理费",
    "未曾收取",
    "无相关收费",
];
pub(in crate::check) const NO_NOTICE: &[&str] = &[
    "未发出",
    "未发送",
    "没有发出",
    "未开具",
    "未制发",
    "未下达",
    "没有发送",
    "未出具",
];

/// One statement: what is said, its value in yuan or notices, and where.
pub(in crate::check) struct Statement {
    pub(in crate::check) part: Part,
    pub(in crate::check) value: Decimal,
    pub(in crate::check) bound: Bound,
}

/// Whether a text is about the fee; in section 六 every charge is.
pub(in crate::check) fn is_about(topics: Topics, in_six: bool) -> bool {
    topics.has(Topics::FEE) || in_six && topics.has(Topics::CHARGES)
}

/// Everything a paragraph says of the fee.
pub(in crate::check) fn statements(paragraph: &Paragraph, in_six: bool) -> Vec<Statement> {
    let mut all = Vec::new();
    if !is_about(paragraph.topics, in_six) {
        return all;
    }
    for sentence in paragraph.sentences() {
        let covered = paragraph.covered(&sentence);
        let text = &paragraph.normalized[covered.clone()];
        let near = is_about(Topics::of(text), in_six) || says(text, &["总金额", "实际收取"]);
        if near {
            denials(paragraph, covered, &mut all);
            amounts(paragraph, sentence, &mut all);
        }
    }
    all
}

impl Statement {
    fn of(
        paragraph: &Paragraph,
        part: Part,
        range: Range<usize>,
        number: Number,
        token: Option<usize>,
    ) -> Self {
        let value = match number.unit {
            Unit::WanYuan => in_yuan(number.value),
            _ => number.value,
        };
        Statement {
            part,
            value,
            bound: Bound {
                rule: "N17",
                number,
                token,
                phrase: token.map_or(range.start, |token| paragraph.lead(token))..range.end,
                range,
                targets: Vec::new(),
                excuses: Vec::new(),
                at_most: false,
                sure: true,
                scope: None,
            },
        }
    }
}

/// 没有收取, 未发出收费通知: each is a zero.
fn denials(paragraph: &Paragraph, covered: Range<usize>, all: &mut Vec<Statement>) {
    let zero = Number {
        value: Decimal::whole(0),
        unit: Unit::Yuan,
        name: "",
        approximate: false,
    };
    let text = &paragraph.normalized[covered.clone()];
    for (words, parts) in [
        (NONE, &[Part::Received][..]),
        (NO_NOTICE, &[Part::Notices, Part::Amount][..]),
    ] {
        let mut found = words
            .iter()
            .filter_map(|word| Some((word, find(text, word)?)));
        if let Some((word, at)) = found.next() {
            let start = covered.start + at;
            let range = start..start + word.chars().count();
            let said = |part: &Part| Statement::of(paragraph, *part, range.clone(), zero, None);
            all.extend(parts.iter().map(said));
        }
    }
}

/// The numbers of a sentence that are notices or money of the fee.
fn amounts(paragraph: &Paragraph, sentence: Range<usize>, all: &mut Vec<Statement>) {
    let mut from = paragraph.covered(&sentence).start;
    let mut last = None;
    for index in sentence {
        let token = &paragraph.tokens[index];
        let What::Number(number) = token.what else {
            continue;
        };
        let lead = &paragraph.normalized[from..token.start];
        from = token.after;
        if !counts_fee(number.unit) || number.approximate {
            continue;
        }
        let named = parts_before(lead, number.unit, last);
        last = named.last().copied().or(last);
        let is_zero = number.value.units == 0;
        let fits = |part: &Part| match number.unit {
            Unit::Bare => is_zero,
            Unit::Case => *part == Part::Notices || is_zero,
            _ => *part != Part::Notices || is_zero,
        };
        let range = token.start..token.after;
        let said = |part| Statement::of(paragraph, part, range.clone(), number, Some(index));
        all.extend(named.into_iter().filter(fits).map(said));
    }
}

fn counts_fee(unit: Unit) -> bool {
    is_money(unit) || matches!(unit, Unit::Case | Unit::Bare)
}

fn is_money(unit: Unit) -> bool {
    matches!(unit, Unit::Yuan | Unit::WanYuan)
}

/// The parts of the fee that the words before a number name: the last one, or all
/// with 均; money behind a number of notices is their amount.
fn parts_before(lead: &[char], unit: Unit, last: Option<Part>) -> Vec<Part> {
    let mut named = parts_in(lead);
    if !says(lead, &["均", "都"]) && named.len() > 1 {
        named.drain(..named.len() - 1);
    }
    if named.is_empty() && is_money(unit) && last == Some(Part::Notices) {
        named.push(Part::Amount);
    }
    named
}

fn in_yuan(wan: Decimal) -> Decimal {
    let units = i64::try_from(wan.millionths() / 100).unwrap_or(i64::MAX);
    Decimal { units, places: 0 }
}

/// The parts named in a text, in order; 实际收取的总金额 is one.
fn parts_in(text: &[char]) -> Vec<Part> {
    let mut found: Vec<(usize, Part)> = Vec::new();
    for (part, words, _) in PARTS {
        for word in words {
            let mut from = 0;
            while let Some(at) = find(&text[from..], word) {
                found.push((from + at, part));
                from += at + 1;
            }
        }
    }
    found.sort_by_key(|(at, _)| *at);
    let mut parts: Vec<(usize, Part)> = Vec::new();
    for (at, part) in found {
        let joined = parts.last().is_some_and(|(before, last)| {
            *last == Part::Received && part == Part::Amount && at - before <= 8
        });
        let again = parts.iter().any(|(_, known)| *known == part);
        if joined {
            continue;
        }
        if again {
            parts.retain(|(_, known)| *known != part);
        }
        parts.push((at, part));
    }
    parts.into_iter().map(|(_, part)| part).collect()
}
