//! What was held against what: sums table by table, then the numbers of the prose.
//!
//! **Never:** counts in another way than the check sheet and `--output json`.
//! Next: `full` and the list of problems on the screen, which say it.

use crate::base::words::{Arg, Lang, Message, Words, words};
use crate::check::problem::table_words;
use crate::check::{FactCounts, Findings, Verdict};
use crate::form::Form;

const LABEL: Words = words("已核对：{each}", "checked: {each}");
const BETWEEN: Words = words("；", "; ");

/// The sums of every table that has any; 已核对：表三 39 项，平 37，不平 2，未定 0.
#[must_use]
pub fn sums(form: &'static Form, findings: &Findings) -> Message {
    said(each_sum(form, findings))
}

/// The numbers of the prose; None where there are none.
#[must_use]
pub fn numbers(findings: &Findings) -> Option<Message> {
    each_number(findings).map(|numbers| said(vec![numbers]))
}

/// All of it on one line.
pub(super) fn line(form: &'static Form, findings: &Findings, lang: Lang) -> String {
    let mut each = each_sum(form, findings);
    each.extend(each_number(findings));
    said(each).text(lang)
}

fn said(each: Vec<Message>) -> Message {
    let each = each.into_iter().map(Arg::from).collect();
    LABEL.with(vec![("each", Arg::List(BETWEEN, each))])
}

fn each_sum(form: &'static Form, findings: &Findings) -> Vec<Message> {
    let prefixes = form.prefixes().into_iter();
    let tables = prefixes.map(|prefix| (prefix, findings.judged.verdicts_of(form, prefix)));
    let tables = tables.filter(|(_, verdicts)| !verdicts.is_empty());
    let sums = tables.map(|(prefix, verdicts)| {
        let count =
            |is_one: fn(&Verdict) -> bool| Arg::from(verdicts.iter().filter(|v| is_one(v)).count());
        words(
            "{table} {n} 项，平 {hold}，不平 {broken}，未定 {open}",
            "{table}: {n} sums, {hold} hold, {broken} broken, {open} open",
        )
        .with(vec![
            ("table", table_words(form, prefix).into()),
            ("n", verdicts.len().into()),
            ("hold", count(|verdict| *verdict == Verdict::Holds)),
            (
                "broken",
                count(|verdict| matches!(verdict, Verdict::Broken { .. })),
            ),
            (
                "open",
                count(|verdict| matches!(verdict, Verdict::Open { .. })),
            ),
        ])
    });
    sums.collect()
}

fn each_number(findings: &Findings) -> Option<Message> {
    let FactCounts {
        agree,
        differ,
        open,
    } = FactCounts::of(&findings.facts);
    let said = words(
        "正文 {n} 处，一致 {agree}，不符 {differ}，未对照 {open}",
        "prose: {n} numbers, {agree} agree, {differ} differ, {open} not compared",
    );
    (!findings.facts.is_empty()).then(|| {
        said.with(vec![
            ("n", findings.facts.len().into()),
            ("agree", agree.into()),
            ("differ", differ.into()),
            ("open", open.into()),
        ])
    })
}
