//! The information-processing fee: section 六 against itself and the tables.
//!
//! **Never:** reads another charge; the words 信息处理费 or 收费通知 must be near.
//! Next: `sections` for what section 六 must say at all.

use std::cmp::Ordering;

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
    let written = |target: Target| {
        let reading = tables.reading(&target);
        reading.filter(|(_, written)| *written).map(|found| found.0)
    };
    let charges = written(Target::Proactive("admin_fees", "amount_wan_yuan"));
    let unpaid = written(Target::Items(vec!["other_fee_unpaid"]));
    let mut told: Vec<(Part, Option<usize>)> = Vec::new();
    for said in all {
        if told.contains(&(said.part, said.bound.token)) {
            continue;
        }
        told.push((said.part, said.bound.token));
        let is_zero = said.value.millionths() == 0;
        let is_zero_said = values(all, said.part).any(|other| other.millionths() == 0);
        let judged = contradiction(all, said)
            .filter(|_| !is_zero || !is_zero_said)
            .map(|reading| ("N17", reading, false))
            .or_else(|| against_tables(said, charges.as_ref(), unpaid.as_ref()));
        let mut fact = blank(paragraph, &said.bound);
        if let Some((rule, reading, agrees)) = judged {
            fact.rule = Some(rule);
            fact.reading = Some(reading);
            fact.agrees = Some(agrees);
        }
        facts.push((said.bound.token, fact));
    }
}

/// What the statements say of one part.
fn values(all: &[Statement], part: Part) -> impl Iterator<Item = Decimal> {
    let of_part = all.iter().filter(move |said| said.part == part);
    of_part.map(|said| said.value)
}

/// Another statement that this one can't stand beside.
fn contradiction(all: &[Statement], said: &Statement) -> Option<Reading> {
    let yuan = said.value.millionths();
    let (name, value) = match said.part {
        Part::Received => {
            let mut others = values(all, Part::Received);
            let other = others.find(|other| (other.millionths() == 0) != (yuan == 0));
            let asked = values(all, Part::Amount).max_by_key(|asked| asked.millionths());
            let less = asked.filter(|asked| yuan > asked.millionths());
            match other {
                Some(other) => (
                    words("另一处所写的收取金额", "the amount stated elsewhere"),
                    other,
                ),
                None => (words("收费通知总金额", "the amount asked"), less?),
            }
        }
        Part::Amount => {
            let mut notices =
                values(all, Part::Notices).filter(|notices| notices.millionths() == 0);
            let none = notices.next().filter(|_| yuan > 0);
            (words("收费通知件数", "the number of notices"), none?)
        }
        Part::Notices => return None,
    };
    Some(Reading {
        cells: Vec::new(),
        value,
        name: Name::Stated(name),
    })
}

/// The rule by which a statement is held against the tables, with what they hold and
/// whether it agrees: notices against requests closed for fees not paid, money against
/// the charges of table 二.
fn against_tables(
    said: &Statement,
    charges: Option<&Reading>,
    unpaid: Option<&Reading>,
) -> Option<(&'static str, Reading, bool)> {
    let value = said.value.millionths();
    let is_zero = value == 0;
    match said.part {
        Part::Notices => {
            let rows = unpaid?.value.millionths();
            let judged = match value.cmp(&rows) {
                Ordering::Less if is_zero => ("C-FEE-2", false),
                Ordering::Less => ("N17", false),
                Ordering::Equal => ("N17", true),
                Ordering::Greater => return None,
            };
            Some((judged.0, unpaid?.clone(), judged.1))
        }
        Part::Received => {
            let wan = in_wan_yuan(said.value).millionths();
            let is_enough = charges?.value.millionths() >= wan;
            let rule = if is_enough { "N17" } else { "C-FEE-1" };
            Some((rule, charges?.clone(), is_enough))
        }
        Part::Amount => {
            let none = charges.filter(|cell| is_zero && cell.value.units == 0)?;
            Some(("N17", none.clone(), true))
        }
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
