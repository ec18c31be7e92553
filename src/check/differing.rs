//! Problems of numbers in sentences: the rules, and the fix that changes a number.
//!
//! **Never:** offers to change a number that agrees with its cell.
//! Next: `facts`, which found that they differ.

use std::ops::Range;

use crate::base::number::{Decimal, narrow};
use crate::base::words::{Arg, Words, words};
use crate::model::{Report, Transaction};

use super::context::Check;
use super::fact::{Fact, Name, Reading, number};
use super::judge::Blanks;
use super::problem::{Fix, Problem, Site, Sure, quoted, quoted_end};
use super::prose::bound::Target;
use super::prose::number::Unit;
use super::rule::{About, CUSTOM, Rule, Severity};

const NEXT_EITHER: Words = words(
    "先定哪边对，再改一边；F6 改正文",
    "decide which side is right; F6 changes the text",
);

const TEXT_SAYS: Words = words(
    "正文写{phrase}{count}，{with}是 {v}，差 {d}",
    "Text: {phrase}{count}, {with} is {v}, off by {d}",
);

/// The number of a statement; words that say it themselves have none.
const COUNT: Words = words(" {n} 件", " {n}");

const TEXT_SAYS_ROW: Words = words(
    "正文写{phrase} {n} 件，{k} 行合计 {v}，{n} 只是【{row}】",
    "Text says {phrase} {n}, {k} rows add to {v}; {n} is only \"{row}\"",
);

const SAID_BESIDE: Words = words(
    "正文写【{said}】，{with}是 {v}",
    "Text says \"{said}\", {with} is {v}",
);

pub(super) static N1: Rule = Rule::of_custom(
    "N1",
    Severity::Warning,
    words("受理数对不上", "received differs from the table"),
    &[words(
        "正文写受理申请 {n} 件，表三新收 {a}、新收加结转 {b}，都对不上",
        "Text says {n} received, table {a} or {b}",
    )],
    NEXT_EITHER,
    words(
        "受理、收到的件数应等于表三新收，或新收加上年结转；两种口径都认。",
        "Received equals item 1 of table 3, or items 1 and 2; both readings are accepted.",
    ),
);

pub(super) static N1_SCOPE: Rule = Rule::of_custom(
    "N1-SCOPE",
    Severity::Info,
    words("受理数口径不同", "received of another scope"),
    &[words(
        "正文写{subject} {n} 件，表三新收 {a}，口径是否不同",
        "Text says {subject} {n}, table {a}: another scope?",
    )],
    words("写明口径", "say what is counted"),
    words(
        "正文只说其中一部分单位，件数比表三少；写明口径，读的人才不会误会。",
        "The text speaks of a part of the body only; say so.",
    ),
);

pub(super) static N2: Rule = Rule::of_custom(
    "N2",
    Severity::Warning,
    words("上年结转对不上", "carried in differs from the table"),
    &[TEXT_SAYS],
    NEXT_EITHER,
    words(
        "上年结转的件数应等于表三第二项。",
        "What was carried in equals item 2 of table 3.",
    ),
);

pub(super) static N3: Rule = Rule::of_custom(
    "N3",
    Severity::Warning,
    words("办结数对不上", "closed differs from the table"),
    &[TEXT_SAYS],
    NEXT_EITHER,
    words(
        "答复、办结的件数应等于表三（七）总计。",
        "What was answered or closed equals (7) of table 3.",
    ),
);

pub(super) static N4: Rule = Rule::of_custom(
    "N4",
    Severity::Warning,
    words("结转下年对不上", "carried out differs from the table"),
    &[TEXT_SAYS],
    NEXT_EITHER,
    words(
        "结转、顺延的件数应等于表三第四项。",
        "What is carried over equals item 4 of table 3.",
    ),
);

pub(super) static N5: Rule = Rule::of_custom(
    "N5",
    Severity::Warning,
    words(
        "予以公开、部分公开对不上",
        "granted: differs from the table",
    ),
    &[TEXT_SAYS, TEXT_SAYS_ROW],
    words(
        "是否只写了其中一行；F6 改正文",
        "only one of the rows? F6 changes the text",
    ),
    words(
        "正文的小计应等于表三这几行相加。",
        "A subtotal of the text equals the sum of its rows in table 3.",
    ),
);

pub(super) static N6: Rule = Rule::of_custom(
    "N6",
    Severity::Warning,
    words("不予公开对不上", "refused: differs from the table"),
    &[TEXT_SAYS, TEXT_SAYS_ROW],
    words(
        "是否只写了其中一行；F6 改正文",
        "only one of the rows? F6 changes the text",
    ),
    words(
        "正文的小计应等于表三这几行相加。",
        "A subtotal of the text equals the sum of its rows in table 3.",
    ),
);

pub(super) static N7: Rule = Rule::of_custom(
    "N7",
    Severity::Warning,
    words(
        "无法提供、不予处理、其他处理对不上",
        "unable, not processed, otherwise closed: differs from the table",
    ),
    &[TEXT_SAYS, TEXT_SAYS_ROW],
    words(
        "是否只写了其中一行；F6 改正文",
        "only one of the rows? F6 changes the text",
    ),
    words(
        "正文的小计应等于表三这几行相加。",
        "A subtotal of the text equals the sum of its rows in table 3.",
    ),
);

pub(super) static N8: Rule = Rule::of_custom(
    "N8",
    Severity::Warning,
    words("单项结果对不上", "a single outcome differs from the table"),
    &[TEXT_SAYS],
    NEXT_EITHER,
    words(
        "正文写到某一项结果的，应等于表三那一行。",
        "An outcome named in the text equals its row of table 3.",
    ),
);

pub(super) static N9: Rule = Rule::of_custom(
    "N9",
    Severity::Warning,
    words(
        "申请人类别对不上",
        "kind of applicant differs from the table",
    ),
    &[TEXT_SAYS],
    NEXT_EITHER,
    words(
        "自然人、法人或其他组织的件数应等于表三第一项相应的列，含结转的也认。",
        "Kinds of applicants equal their columns of item 1, with or without what was carried in.",
    ),
);

pub(super) static N10: Rule = Rule::of_custom(
    "N10",
    Severity::Info,
    words("渠道相加对不上", "channels do not add up"),
    &[words(
        "正文各渠道相加 {n}，表三新收 {a}、办结 {p}",
        "Channels add to {n}, table {a} received, {p} closed",
    )],
    words("看是否漏了渠道", "was a channel left out?"),
    words(
        "网上、信函、当面等相加，应等于收到的或答复的。",
        "The ways requests came in add up to what came in or was answered.",
    ),
);

pub(super) static N11: Rule = Rule::of_custom(
    "N11",
    Severity::Warning,
    words("行政复议对不上", "reviews differ from the table"),
    &[SAID_BESIDE],
    words(
        "核对复议决定；F6 改正文",
        "check the decisions; F6 changes the text",
    ),
    words(
        "行政复议及其结果应等于表四；【均维持】是说都维持。",
        "Reviews and their outcomes equal table 4; 均维持 means all of them.",
    ),
);

pub(super) static N12: Rule = Rule::of_custom(
    "N12",
    Severity::Warning,
    words("行政诉讼对不上", "suits differ from the table"),
    &[SAID_BESIDE],
    words(
        "核对判决；F6 改正文",
        "check the judgments; F6 changes the text",
    ),
    words(
        "行政诉讼等于表四两类之和，也认其中一类。",
        "Suits equal both kinds of table 4 together, or one of them.",
    ),
);

pub(super) static N13: Rule = Rule::of_custom(
    "N13",
    Severity::Warning,
    words("正文写没有复议诉讼", "text says no disputes"),
    &[SAID_BESIDE],
    words("核对复议、诉讼台账", "check the register of disputes"),
    words(
        "写没有发生行政复议、行政诉讼的，表四应是 0。",
        "Where the text says there were none, table 4 holds 0.",
    ),
);

pub(super) static N14: Rule = Rule::of_custom(
    "N14",
    Severity::Warning,
    words("正文写没有申请", "text says no requests"),
    &[words(
        "正文写没有收到申请，表三新收 {v} 件",
        "Text says no requests, table {v}",
    )],
    words("先定哪边对，再改一边", "decide which side is right"),
    words(
        "写没有收到申请的，表三新收应是 0。",
        "Where the text says none came in, item 1 of table 3 is 0.",
    ),
);

pub(super) static N15: Rule = Rule::of_custom(
    "N15",
    Severity::Info,
    words("规范性文件对不上", "documents differ from the table"),
    &[words(
        "正文写{phrase} {n}，{with}是 {v}",
        "Text says {phrase} {n}, {with} is {v}",
    )],
    words(
        "口径不同的写说明；F6 改正文",
        "explain another scope; F6 changes the text",
    ),
    words(
        "制发、废止、现行有效的件数与表二比较；刊登、解读、备案的不算。",
        "Documents made, repealed, in force equal table 2; published or interpreted ones don't count.",
    ),
);

pub(super) static N16: Rule = Rule::of_custom(
    "N16",
    Severity::Info,
    words(
        "许可、处罚、收费对不上",
        "decisions or charges differ from the table",
    ),
    &[words(
        "正文写{phrase} {n}，{with}是 {v}",
        "Text says {phrase} {n}, {with} is {v}",
    )],
    words(
        "口径不同的写说明；F6 改正文",
        "explain another scope; F6 changes the text",
    ),
    words(
        "行政许可、行政处罚、行政强制、行政事业性收费与表二比较。",
        "Licences, penalties, coercion and charges equal table 2.",
    ),
);

pub(super) static N18: Rule = Rule::of_custom(
    "N18",
    Severity::Info,
    words("百分比不对", "wrong percentage"),
    &[words(
        "正文写占 {n}%，{with} 算出来是 {v}%",
        "Text says {n}%, {with} makes {v}%",
    )],
    words(
        "改百分比或件数；F6 改正文",
        "correct the share or the number; F6 changes the text",
    ),
    words(
        "件数后面的百分比按最近的总数重算，四舍五入和截尾都认。",
        "A share is computed anew from the nearest total; rounded and cut are both accepted.",
    ),
);

pub(super) static N_SUM: Rule = Rule::of_custom(
    "N-SUM",
    Severity::Warning,
    words("各项结果与总数不符", "outcomes do not add up in the text"),
    &[
        words(
            "正文各项结果相加 {v}，前面写{phrase} {n}，差 {d}",
            "Outcomes named add to {v}, stated {phrase} {n}, off by {d}",
        ),
        words(
            "正文收到加上年结转 {with} = {v}，办结加结转下年是 {n}，差 {d}",
            "Text: received and carried in {with} = {v}, closed and carried over {n}, off by {d}",
        ),
    ],
    words("看是否漏写一项", "was one left out?"),
    words(
        "正文自己列全的各项，相加应等于前面写的总数。",
        "Parts that the text lists in full add up to the total it states.",
    ),
);

pub(super) static N_PARTS: Rule = Rule::of_custom(
    "N-PARTS",
    Severity::Info,
    words("分项与总数不符", "parts do not add up in the text"),
    &[words(
        "正文分项相加 {v}，前面写{phrase} {n}，差 {d}",
        "Parts add to {v}, stated {phrase} {n}, off by {d}",
    )],
    words("改分项或改总数", "correct a part or the total"),
    words(
        "【其中】后面的分项相加应等于总数；约数和【其中含】不算。",
        "Parts after 其中 add up to their total; rough numbers don't count.",
    ),
);

pub(super) static N22: Rule = Rule::of_custom(
    "N22",
    Severity::Warning,
    words("写全部办结却有结转", "all closed, yet some carried over"),
    &[words(
        "正文写【{said}】，表三却有 {v} 件结转下年",
        "Text says \"{said}\", {v} carried over",
    )],
    words("改正文", "correct the text"),
    words(
        "写全部办结的，表三第四项应是 0；【办结率100%】只提示，【均在法定期限内答复】不算。",
        "Where all are said to be closed, item 4 is 0; a rate of 100% is an info, answered in time another thing.",
    ),
);

pub(super) static X_TEXT: Rule = Rule {
    code: "X-TEXT",
    severity: Severity::Info,
    source: CUSTOM,
    title: words(
        "与上年的比较对不上",
        "the comparison with last year differs",
    ),
    says: &[words(
        "正文写{phrase} {n}，{with}，去年的报告是 {v}",
        "Text: {phrase} {n}, {with}; last year's report has {v}",
    )],
    next: words("核对去年的数", "check last year's number"),
    doc: words(
        "正文里的比上年多几件、同比增长百分之几，按去年的报告重算；两种受理口径都认。",
        "More or fewer than last year, computed anew from its report; either way of counting is accepted.",
    ),
    about: About::Other,
};

pub(super) static N17: Rule = Rule::of_custom(
    "N17",
    Severity::Warning,
    words("信息处理费自相矛盾", "fee contradicts itself"),
    &[words(
        "六、写信息处理费【{said}】，{with}是 {v}",
        "Section 6 says \"{said}\", against {with} {v}",
    )],
    words("核对收费通知", "check the notices"),
    words(
        "通知件数、通知金额、实际收取要说得通：没有通知就没有金额，收到的不超过通知的。",
        "Notices, amount asked and amount received must fit together.",
    ),
);

pub(super) static C_FEE_1: Rule = Rule::of_custom(
    "C-FEE-1",
    Severity::Warning,
    words("收费少于信息处理费", "charges below the fee"),
    &[words(
        "六、写收取信息处理费 {n} 元，表二收费 {v} 万元，比它少",
        "Section 6 collects {n} yuan, table 2 shows {v} x10,000",
    )],
    words("看单位是元还是万元", "yuan or 10,000 yuan?"),
    words(
        "信息处理费是行政事业性收费，计入表二。",
        "The fee is an administrative charge and counts in table 2.",
    ),
);

pub(super) static C_FEE_2: Rule = Rule::of_custom(
    "C-FEE-2",
    Severity::Warning,
    words("有逾期不缴费却没有通知", "fee unpaid without any notice"),
    &[words(
        "表三有 {v} 件逾期不缴费，六、却写收费通知 0 件",
        "{v} closed for unpaid fees, but section 6 says 0 notices",
    )],
    words("核对收费通知", "check the notices"),
    words(
        "逾期不缴费的，先要有收费通知。",
        "An unpaid fee must have been asked for by a notice.",
    ),
);

/// The number of the text made what the tables hold; never the other way.
pub(super) fn correct(report: &Report, problem: &Problem, _: Blanks) -> Option<Fix> {
    let Site::Text(text, range) = &problem.site else {
        return None;
    };
    let value = problem.correction?;
    let content = report.text(*text).get(range.clone())?;
    let is_digit = |c: char| narrow(c).is_ascii_digit() || matches!(c, ',' | '.' | '，' | '．');
    let digits: usize = content
        .chars()
        .take_while(|c| is_digit(*c))
        .map(char::len_utf8)
        .sum();
    let old = content[..digits].trim_end_matches([',', '.', '，', '．']);
    if old.is_empty() {
        return None;
    }
    let new = value.to_string();
    let title = words(
        "把正文里的 {old} 改成 {new}",
        "change {old} in the text to {new}",
    )
    .with(vec![("old", old.into()), ("new", new.as_str().into())]);
    Some(Fix {
        title,
        sure: Sure::Guess,
        transaction: Transaction::new(words("改正文里的数", "change a number of the text")).splice(
            report,
            *text,
            range.start..range.start + old.len(),
            &new,
        ),
    })
}

/// A number of the prose that a cell contradicts.
pub(super) fn differing(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    each_differing(check, rule, &[], problems);
}

/// The same of requests received, which are said with both ways to count them.
pub(super) fn of_received(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let (new, all) = check.received();
    each_differing(check, rule, &[("a", new), ("b", all)], problems);
}

/// The same of the ways that requests came in, said with those received and closed.
pub(super) fn of_channels(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let said = [("a", check.received().0), ("p", check.processed())];
    each_differing(check, rule, &said, problems);
}

/// A problem for every number that differs; `more` are counts of the sentence beside
/// those of the number itself. An explanation stands while they are all the same.
fn each_differing(
    check: &Check,
    rule: &'static Rule,
    more: &[(&'static str, i64)],
    problems: &mut Vec<Problem>,
) {
    let form = check.report.form();
    let wrong = |fact: &&Fact| fact.rule == Some(rule.code) && fact.agrees == Some(false);
    for fact in check.facts.iter().filter(wrong) {
        let mut args = arguments(check.report, fact);
        args.extend(more.iter().map(|(name, count)| (*name, Arg::from(*count))));
        let site = Site::Text(fact.text, fact.range.clone());
        let mut problem = Problem::new(rule, site, args);
        if let Some(equals_also) = &fact.equals_also {
            let row = equals_also
                .cells
                .first()
                .map(|cell| form.lines(*cell).0.name);
            problem = problem.said(rule.says.len() - 1);
            problem.args.push(("row", row.unwrap_or_default().into()));
        }
        let name = fact.reading.as_ref().map(|reading| &reading.name);
        if matches!(name, Some(Name::CarriedAlong(..))) {
            problem = problem.said(rule.says.len() - 1);
        }
        // A rate may be of fewer than all: of those that were due.
        if fact.unit == Unit::Percent {
            problem.severity = problem.severity.min(Severity::Info);
        }
        problem.cell = fact.cell();
        problem.correction = fact
            .reading
            .as_ref()
            .filter(|_| !fact.stands)
            .map(|reading| reading.value);
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
}

/// What a number says, and what it was compared with, as arguments of a sentence.
fn arguments(report: &Report, fact: &Fact) -> Vec<(&'static str, Arg)> {
    let text = report.text(fact.text);
    let slice = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let (phrase, own) = (slice(&fact.phrase), slice(&fact.range));
    let lead = match phrase
        .strip_suffix(own)
        .or_else(|| phrase.strip_prefix(own))
    {
        Some("") | None => phrase,
        Some(lead) => lead,
    };
    let trim = |text: &str| {
        let sign = |c: char| c.is_whitespace() || "“”，。；,;".contains(c);
        text.trim_matches(sign).to_owned()
    };
    let n = match fact.unit {
        Unit::Percent => fact.value.to_string().into(),
        _ => number(fact.value),
    };
    // "没有不予公开" says its 0 itself.
    let in_words = fact.range == fact.phrase && fact.value == Decimal::whole(0);
    let count = if in_words {
        "".into()
    } else {
        COUNT.with(vec![("n", n.clone())]).into()
    };
    let mut args = vec![
        ("phrase", quoted(&trim(lead))),
        ("said", quoted_end(&trim(phrase))),
        ("n", n),
        ("count", count),
    ];
    if let Some(subject) = &fact.subject {
        args.push(("subject", quoted(slice(subject))));
    }
    if let Some(reading) = &fact.reading {
        let gap = (fact.value.millionths() - reading.value.millionths()).unsigned_abs();
        let gap = Decimal {
            units: i64::try_from(gap).unwrap_or(i64::MAX),
            places: 6,
        };
        let value = match reading.name {
            Name::Share(..) => reading.value.to_string().into(),
            _ => number(reading.value),
        };
        args.push(("d", number(gap)));
        args.push(("v", value));
        args.push(("with", reading.words(report.form()).into()));
        args.push(("k", reading.cells.len().into()));
    }
    args
}

impl Check<'_> {
    /// New requests, and the same with those carried in.
    fn received(&self) -> (i64, i64) {
        let tables = self.tables();
        let whole = |target| {
            let reading: Option<(Reading, bool)> = tables.reading(&target);
            reading
                .and_then(|(reading, _)| reading.value.to_whole())
                .unwrap_or(0)
        };
        (whole(Target::New), whole(Target::Received))
    }

    fn processed(&self) -> i64 {
        let reading = self.tables().reading(&Target::Processed);
        reading
            .and_then(|(reading, _)| reading.value.to_whole())
            .unwrap_or(0)
    }
}
