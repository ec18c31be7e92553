//! The information-processing fee: section 六 against itself and the tables.
//!
//! **Never:** reads another charge; the words 信息处理费 or 收费通知 must be near.
//! Next: `sections` for what section 六 must say at all.

use crate::base::number::Decimal;
use crate::base::spelling::simplified;
use crate::base::words::{Words, words};

use super::context::{Check, Written};
use super::fact::{Fact, Name, Reading, Tables, blank, in_wan_yuan};
use super::problem::{Problem, Site};
use super::prose::bound::Target;
use super::prose::fee::{NO_NOTICE, NONE, PARTS, Part, Statement, is_about};
use super::prose::number::Unit;
use super::prose::{Paragraph, Topics, says};

use super::rule::{About, FEES, Rule, Severity};

pub(super) static C_YUAN: Rule = Rule {
    code: "C-YUAN",
    severity: Severity::Warning,
    source: FEES,
    title: words("收费像是按元填的", "charges look like yuan"),
    says: &[words(
        "行政事业性收费写 {wan} 万元，像是按元填的",
        "{wan} x10,000 yuan looks like yuan",
    )],
    next: words("核对单位", "check the unit"),
    doc: words(
        "表二的单位是万元；与第六部分写的元数相同，多半是没有换算。",
        "Table 2 is in units of 10,000 yuan; the same number as the yuan of section 6 was not converted.",
    ),
    about: About::Report,
};

pub(super) static S_FEE: Rule = Rule {
    code: "S-FEE",
    severity: Severity::Info,
    source: FEES,
    title: words("没有写全信息处理费", "fee not reported in full"),
    says: &[words(
        "六、没有写信息处理费的{missing}",
        "Section 6 does not state {missing}",
    )],
    next: words("没有收取的写 0", "write 0 where nothing was asked"),
    doc: words(
        "第六部分报告信息处理费：收费通知件数、总金额、实际收取的总金额。",
        "Section 6 reports the fee: notices, amount asked, amount received.",
    ),
    about: About::Report,
};

pub(super) static C_FEE_3: Rule = Rule {
    code: "C-FEE-3",
    severity: Severity::Info,
    source: FEES,
    title: words("没有写收费通知", "notices not mentioned"),
    says: &[words(
        "表三有 {n} 件逾期不缴费，六、没有写收费通知",
        "{n} closed for unpaid fees, section 6 says nothing of notices",
    )],
    next: words("写明收费通知件数", "state the number of notices"),
    doc: words(
        "逾期不缴费的，第六部分应写发出了多少件收费通知。",
        "Where fees were not paid, section 6 says how many notices were sent.",
    ),
    about: About::Report,
};

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
    let text: Vec<char> = simplified(check.report.text(six)).chars().collect();
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
        .plain(six)
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
