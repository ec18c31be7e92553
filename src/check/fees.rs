//! The information-processing fee: section 六 against itself and the tables.
//!
//! **Never:** reads another charge; the words 信息处理费 or 收费通知 must be near.
//! Next: `sections` for what section 六 must say at all.

use crate::base::number::Decimal;
use crate::base::words::{Words, words};

use super::Check;
use super::facts::{Fact, Name, Reading, Tables, blank, in_wan_yuan};
use super::problem::{Problem, Site};
use super::prose::bind::{Bound, Target};
use super::prose::number::{Number, Unit};
use super::prose::{Paragraph, Topics, What, find, says};
use super::rules::Rule;
use super::texts::Written;

/// What can be said of the fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Notices,
    Amount,
    Received,
}

const PARTS: [(Part, &[&str], Words); 3] = [
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

const NONE: &[&str] = &[
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
const NO_NOTICE: &[&str] = &[
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
pub(super) struct Statement {
    part: Part,
    value: Decimal,
    bound: Bound,
}

/// Whether a text is about the fee; in section 六 every charge is.
fn is_about(topics: Topics, in_six: bool) -> bool {
    topics.has(Topics::FEE) || in_six && topics.has(Topics::CHARGES)
}

/// Everything a paragraph says of the fee.
pub(super) fn statements(paragraph: &Paragraph, in_six: bool) -> Vec<Statement> {
    let mut all = Vec::new();
    if !is_about(paragraph.topics, in_six) {
        return all;
    }
    for sentence in paragraph.sentences() {
        let covered = paragraph.covered(&sentence);
        let text = &paragraph.quiet[covered.clone()];
        let near = is_about(Topics::of(text), in_six) || says(text, &["总金额", "实际收取"]);
        if !near {
            continue;
        }
        let said = |part, range: std::ops::Range<usize>, number: Number, token| {
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
        };
        let zero = Number {
            value: Decimal::whole(0),
            unit: Unit::Yuan,
            name: "",
            approximate: false,
        };
        for (words, parts) in [
            (NONE, &[Part::Received][..]),
            (NO_NOTICE, &[Part::Notices, Part::Amount][..]),
        ] {
            for word in words {
                if let Some(at) = find(text, word) {
                    let range = covered.start + at..covered.start + at + word.chars().count();
                    all.extend(
                        parts
                            .iter()
                            .map(|part| said(*part, range.clone(), zero, None)),
                    );
                    break;
                }
            }
        }
        let mut from = covered.start;
        let mut last = None;
        for index in sentence {
            let token = &paragraph.tokens[index];
            let What::Number(number) = token.what else {
                continue;
            };
            let lead = &paragraph.quiet[from..token.start];
            from = token.after;
            let money = matches!(number.unit, Unit::Yuan | Unit::WanYuan);
            if !(money || matches!(number.unit, Unit::Case | Unit::Bare)) || number.approximate {
                continue;
            }
            let mut named = parts_in(lead);
            if !says(lead, &["均", "都"]) && named.len() > 1 {
                named.drain(..named.len() - 1);
            }
            if named.is_empty() && money {
                named.extend(
                    last.filter(|part| *part == Part::Notices)
                        .map(|_| Part::Amount),
                );
            }
            last = named.last().copied().or(last);
            let fitting = named.into_iter().filter(|part| match number.unit {
                Unit::Case => *part == Part::Notices || number.value.units == 0,
                Unit::Bare => number.value.units == 0,
                _ => *part != Part::Notices || number.value.units == 0,
            });
            let range = token.start..token.after;
            all.extend(fitting.map(|part| said(part, range.clone(), number, Some(index))));
        }
    }
    all
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

/// Ties what a paragraph says of the fee.
pub(super) fn facts(
    tables: &Tables,
    paragraph: &Paragraph,
    all: &[Statement],
    facts: &mut Vec<(Option<usize>, Fact)>,
) {
    if all.is_empty() {
        return;
    }
    let value = |part: Part| {
        all.iter()
            .filter(move |said| said.part == part)
            .map(|said| said.value)
    };
    let written = |target: Target| tables.reading(&target).filter(|(_, written)| *written);
    let charges = written(Target::Proactive("admin_fees", "amount_wan_yuan"));
    let unpaid = written(Target::Items(vec!["other_fee_unpaid"]));
    let mut told: Vec<(Part, Option<usize>)> = Vec::new();
    for said in all {
        if told.contains(&(said.part, said.bound.token)) {
            continue;
        }
        told.push((said.part, said.bound.token));
        let mut fact = blank(paragraph, &said.bound);
        let mut judge = |rule, reading: Reading, agrees| {
            fact.rule = Some(rule);
            fact.reading = Some(reading);
            fact.agrees = Some(agrees);
        };
        let stated = |words: Words, value: Decimal| Reading {
            cells: Vec::new(),
            value,
            name: Name::Stated(words),
        };
        let yuan = said.value.millionths();
        let contradiction = match said.part {
            Part::Received => value(Part::Received)
                .find(|other| (other.millionths() == 0) != (yuan == 0))
                .map(|other| {
                    stated(
                        words("另一处所写的收取金额", "the amount stated elsewhere"),
                        other,
                    )
                })
                .or_else(|| {
                    let asked = value(Part::Amount).max_by_key(|asked| asked.millionths())?;
                    (yuan > asked.millionths())
                        .then(|| stated(words("收费通知总金额", "the amount asked"), asked))
                }),
            Part::Amount => value(Part::Notices)
                .find(|notices| (notices.millionths() == 0) && yuan > 0)
                .map(|notices| stated(words("收费通知件数", "the number of notices"), notices)),
            Part::Notices => None,
        };
        let zero_said = value(said.part).any(|other| other.millionths() == 0);
        if let Some(reading) = contradiction.filter(|_| yuan > 0 || !zero_said) {
            judge("N17", reading, false);
        } else {
            match (said.part, &charges, &unpaid) {
                (Part::Notices, _, Some((row, _))) => {
                    let rows = row.value.millionths();
                    if yuan == 0 && rows > 0 {
                        judge("C-FEE-2", row.clone(), false);
                    } else if yuan < rows {
                        judge("N17", row.clone(), false);
                    } else if yuan == rows {
                        judge("N17", row.clone(), true);
                    }
                }
                (Part::Received, Some((cell, _)), _) => {
                    let enough = cell.value.millionths() >= in_wan_yuan(said.value).millionths();
                    judge(if enough { "N17" } else { "C-FEE-1" }, cell.clone(), enough);
                }
                (Part::Amount, Some((cell, _)), _) if yuan == 0 && cell.value.units == 0 => {
                    judge("N17", cell.clone(), true);
                }
                _ => {}
            }
        }
        facts.push((said.bound.token, fact));
    }
}

/// Requests closed for fees not paid, and section 六 says nothing of notices.
pub(super) fn silent(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    let Some(six) = form.text("s6") else { return };
    let unpaid = check
        .tables()
        .reading(&Target::Items(vec!["other_fee_unpaid"]));
    let Some((reading, true)) = unpaid else {
        return;
    };
    let text: Vec<char> = check.report.text(six).chars().collect();
    let silent = !says(&text, PARTS[0].1);
    if reading.value.units > 0 && silent && !text.is_empty() {
        let args = vec![("n", reading.value.units.into())];
        let mut problem = Problem::new(rule, Site::Section(six), args);
        problem.cell = reading.cells.first().copied();
        problems.push(problem);
    }
}

/// The charges of table 二 are the yuan of section 六.
pub(super) fn yuan(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let target = Target::Proactive("admin_fees", "amount_wan_yuan");
    let Some((reading, true)) = check.tables().reading(&target) else {
        return;
    };
    let same = check.facts.iter().any(|fact| {
        fact.unit == Unit::Yuan
            && fact.value == reading.value
            && fact.cell() == reading.cells.first().copied()
    });
    if same && reading.value.millionths() > 0 {
        let site = Site::Cell(reading.cells[0]);
        problems.push(Problem::new(
            rule,
            site,
            vec![("wan", reading.value.to_string().into())],
        ));
    }
}

/// What of the fee section 六 leaves out.
pub(super) fn missing(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let form = written.form();
    let Some(six) = form.text("s6") else { return };
    let asked = form.section(six).placeholder.contains("信息处理费");
    let text: Vec<char> = written
        .text(six)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    if !asked || text.len() < super::sections::SHORT {
        return;
    }
    let no_notice = says(&text, NO_NOTICE);
    let missing: Vec<Words> = if is_about(Topics::of(&text), true) {
        PARTS
            .iter()
            .filter(|(part, said, _)| {
                let by_words = says(&text, said)
                    || *part == Part::Received && says(&text, NONE)
                    || *part == Part::Amount
                        && (no_notice || says(&text, &["金额", "元"]) && says(&text, PARTS[0].1));
                !by_words
            })
            .map(|(_, _, name)| *name)
            .collect()
    } else {
        PARTS.iter().map(|(_, _, name)| *name).collect()
    };
    if !missing.is_empty() {
        let list = missing.into_iter().map(Into::into).collect();
        let list = crate::base::words::Arg::List(words("、", ", "), list);
        problems.push(Problem::new(
            rule,
            Site::Section(six),
            vec![("missing", list)],
        ));
    }
}
