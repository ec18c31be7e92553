//! Every rule, hit and missed: a small change to a clean report and what is found.

#[path = "support/reports.rs"]
mod reports;

use std::collections::BTreeSet;

use gouji::base::words::Lang;
use gouji::check::{Blanks, Findings, RULES, check};
use reports::changed;

/// A change to the clean report, and all that is found then.
struct Row {
    /// The rule it is about.
    code: &'static str,
    changes: &'static [&'static str],
    finds: &'static [&'static str],
}

const fn row(
    code: &'static str,
    changes: &'static [&'static str],
    finds: &'static [&'static str],
) -> Row {
    Row {
        code,
        changes,
        finds,
    }
}

const HEADINGS_WITHOUT_TWO: &str = "headings=s1 一、总体情况;s3 三、收到和处理政府信息公开申请情况;s4 四、政府信息公开行政复议、行政诉讼情况;s5 五、存在的主要问题及改进情况;s6 六、其他需要报告的事项";
const HEADINGS_SWAPPED: &str = "headings=s2 二、主动公开政府信息情况;s1 一、总体情况;s3 三、收到和处理政府信息公开申请情况;s4 四、政府信息公开行政复议、行政诉讼情况;s5 五、存在的主要问题及改进情况;s6 六、其他需要报告的事项";
const HEADING_BARE: &str = "headings=s1 一、总体情况;s2 主动公开政府信息情况;s3 三、收到和处理政府信息公开申请情况;s4 四、政府信息公开行政复议、行政诉讼情况;s5 五、存在的主要问题及改进情况;s6 六、其他需要报告的事项";
const HEADING_RENUMBERED: &str = "headings=s1 一、总体情况;s2 二、主动公开政府信息情况;s3 四、收到和处理政府信息公开申请情况;s4 四、政府信息公开行政复议、行政诉讼情况;s5 五、存在的主要问题及改进情况;s6 六、其他需要报告的事项";
const HEADINGS_OTHER_WORDS: &str = "headings=s1 一、总体概况;s2 第二部分 主动公开情况;s3 三、收到和处理政府信息公开申请情况;s4 四、政府信息公开行政复议、行政诉讼情况;s5 五、整改措施;s6 六、其他需要报告的事项;- 七、附件";

static ROWS: &[Row] = &[
    row("H-YEAR", &["head.year="], &["H-YEAR head.year"]),
    row(
        "H-YEAR",
        &["head.period=2023年1月1日至2023年12月31日"],
        &["H-YEAR head.year"],
    ),
    row("H-YEAR", &["head.year=2023"], &["H-YEAR head.year"]),
    row("H-YEAR", &["head.period=2024年1月1日至2024年12月31日"], &[]),
    row("H-BODY", &["head.body="], &["H-BODY head.body"]),
    row("H-BODY", &["head.body=某县"], &[]),
    row(
        "H-FORM",
        &["head.year=2020"],
        &["H-YEAR head.year", "H-FORM head.year"],
    ),
    row(
        "H-FORM",
        &["t3.other_not_corrected.*=", "t3.other_fee_unpaid.*="],
        &["H-FORM t3.other_misc", "T3-BLANK t3", "T3-TOTALS t3"],
    ),
    row("H-FORM", &["head.title=", "head.year=2021"], &[]),
    row("S-MISSING", &[HEADINGS_WITHOUT_TWO], &["S-MISSING s2"]),
    row("S-MISSING", &[HEADINGS_OTHER_WORDS], &[]),
    row("S-ORDER", &[HEADINGS_SWAPPED], &["S-ORDER s1"]),
    row("S-ORDER", &[HEADINGS_OTHER_WORDS], &[]),
    row("S-HEADING", &[HEADING_BARE], &["S-HEADING s2"]),
    row("S-HEADING", &[HEADING_RENUMBERED], &["S-HEADING s3"]),
    row("S-HEADING", &[HEADINGS_OTHER_WORDS], &[]),
    row("T2-BLANK", &["t2.rules.issued="], &["T2-BLANK t2"]),
    row("T2-BLANK", &["t2.rules.issued=3"], &[]),
    row("T2-EMPTY", &["t2.*="], &["T2-EMPTY t2"]),
    row(
        "T2-EMPTY",
        &["t2.*=", "t2.licensing.decisions=0"],
        &["T2-BLANK t2"],
    ),
    row(
        "T3-COLSUM",
        &[
            "t3.new_received.natural_person=7",
            "t3.new_received.total=7",
            "t3.granted_full.natural_person=8",
            "t3.granted_full.total=8",
            "t3.processed_total.natural_person=7",
            "t3.processed_total.total=7",
        ],
        &["T3-COLSUM t3.natural_person", "T3-COLSUM t3.total"],
    ),
    row(
        "T3-COLSUM",
        &[
            "t3.new_received.natural_person=7",
            "t3.new_received.total=7",
            "t3.granted_full.natural_person=7",
            "t3.granted_full.total=7",
            "t3.processed_total.natural_person=7",
            "t3.processed_total.total=7",
        ],
        &[],
    ),
    row(
        "T3-BALANCE",
        &["t3.new_received.org_other=1", "t3.new_received.total=1"],
        &["T3-BALANCE t3.org_other", "T3-BALANCE t3.total"],
    ),
    row(
        "T3-BALANCE",
        &[
            "t3.new_received.org_other=1",
            "t3.new_received.total=1",
            "t3.carried_out.org_other=1",
            "t3.carried_out.total=1",
        ],
        &[],
    ),
    row(
        "T3-ROWSUM",
        &[
            "t3.new_received.natural_person=1",
            "t3.carried_out.natural_person=1",
            "t3.carried_out.total=1",
        ],
        &["T3-ROWSUM t3.new_received", "T3-BALANCE t3.total"],
    ),
    row(
        "T3-ROWSUM",
        &[
            "t3.granted_full.total=9件",
            "t3.granted_full.natural_person=9",
            "t3.processed_total.natural_person=9",
            "t3.processed_total.total=9",
            "t3.new_received.natural_person=9",
            "t3.new_received.total=9",
        ],
        &["CELL-WORDS t3.granted_full.total"],
    ),
    row(
        "T3-MISCLASS",
        &[
            "t3.new_received.org_other=2",
            "t3.new_received.total=2",
            "t3.granted_full.natural_person=2",
            "t3.granted_full.total=2",
            "t3.processed_total.org_other=2",
            "t3.processed_total.total=2",
        ],
        &[
            "T3-COLSUM t3.natural_person",
            "T3-COLSUM t3.org_other",
            "T3-MISCLASS t3.natural_person",
        ],
    ),
    row(
        "T3-MISCLASS",
        &[
            "t3.new_received.org_other=3",
            "t3.new_received.total=3",
            "t3.granted_full.natural_person=2",
            "t3.granted_full.total=2",
            "t3.processed_total.org_other=3",
            "t3.processed_total.total=3",
        ],
        &[
            "T3-COLSUM t3.natural_person",
            "T3-COLSUM t3.org_other",
            "T3-COLSUM t3.total",
        ],
    ),
    row("T3-TOTALS", &["t3.granted_full.total="], &["T3-TOTALS t3"]),
    row(
        "T3-TOTALS",
        &["t3.granted_full.natural_person="],
        &["T3-BLANK t3"],
    ),
    row(
        "T3-BLANK",
        &["t3.granted_full.natural_person="],
        &["T3-BLANK t3"],
    ),
    row(
        "T3-BLANK",
        &["t3.processed_total.natural_person="],
        &["T3-TOTALS t3"],
    ),
    row("T3-EMPTY", &["t3.*="], &["T3-EMPTY t3"]),
    row(
        "T3-EMPTY",
        &["t3.*=", "t3.new_received.total=0"],
        &["T3-BLANK t3", "T3-TOTALS t3"],
    ),
    row("T4-SUM", &["t4.review.upheld=1"], &["T4-SUM t4.review"]),
    row("T4-SUM", &["t4.review.upheld=1", "t4.review.total=1"], &[]),
    row("T4-TOTALS", &["t4.suit_direct.total="], &["T4-TOTALS t4"]),
    row("T4-TOTALS", &["t4.suit_direct.pending="], &["T4-BLANK t4"]),
    row("T4-BLANK", &["t4.suit_direct.pending="], &["T4-BLANK t4"]),
    row("T4-BLANK", &["t4.suit_direct.total="], &["T4-TOTALS t4"]),
    row("T4-EMPTY", &["t4.*="], &["T4-EMPTY t4"]),
    row("T4-EMPTY", &["t4.*=/"], FIFTEEN_NILS),
    row(
        "CELL-RAW",
        &["t4.review.other=见附件"],
        &["CELL-RAW t4.review.other"],
    ),
    row("CELL-RAW", &["t4.review.other=0"], &[]),
    row(
        "CELL-NEGATIVE",
        &["t2.rules.issued=-1"],
        &["CELL-NEGATIVE t2.rules.issued"],
    ),
    row(
        "CELL-NEGATIVE",
        &["t2.rules.issued=-"],
        &["CELL-NIL t2.rules.issued"],
    ),
    row(
        "CELL-FRACTION",
        &["t2.penalty.decisions=1.5"],
        &["CELL-FRACTION t2.penalty.decisions"],
    ),
    row("CELL-FRACTION", &["t2.admin_fees.amount_wan_yuan=1.5"], &[]),
    row(
        "CELL-WORDS",
        &["t2.normative_documents.in_force=22（其中修订 16 件）"],
        &["CELL-WORDS t2.normative_documents.in_force"],
    ),
    row(
        "CELL-WORDS",
        &["t2.normative_documents.in_force=2,200"],
        &[],
    ),
    row(
        "CELL-LETTER",
        &["t2.licensing.decisions=1O"],
        &["CELL-LETTER t2.licensing.decisions"],
    ),
    row("CELL-LETTER", &["t2.licensing.decisions=１０"], &[]),
    row(
        "CELL-NIL",
        &["t2.rules.repealed=/"],
        &["CELL-NIL t2.rules.repealed"],
    ),
    row("CELL-NIL", &["t2.rules.repealed="], &["T2-BLANK t2"]),
    row(
        "IN-UNPLACED",
        &["unplaced=line 84:合计 3"],
        &["IN-UNPLACED source:84"],
    ),
    row("IN-UNPLACED", &[], &[]),
];

const FIFTEEN_NILS: &[&str] = &[
    "CELL-NIL t4.review.upheld",
    "CELL-NIL t4.review.corrected",
    "CELL-NIL t4.review.other",
    "CELL-NIL t4.review.pending",
    "CELL-NIL t4.review.total",
    "CELL-NIL t4.suit_direct.upheld",
    "CELL-NIL t4.suit_direct.corrected",
    "CELL-NIL t4.suit_direct.other",
    "CELL-NIL t4.suit_direct.pending",
    "CELL-NIL t4.suit_direct.total",
    "CELL-NIL t4.suit_after_review.upheld",
    "CELL-NIL t4.suit_after_review.corrected",
    "CELL-NIL t4.suit_after_review.other",
    "CELL-NIL t4.suit_after_review.pending",
    "CELL-NIL t4.suit_after_review.total",
];

fn judge(row: &Row) -> Findings {
    check(changed(row.changes).report(), Blanks::ZERO, None)
}

fn found(findings: &Findings) -> Vec<String> {
    let form = gouji::form::current();
    let line = |problem: &gouji::check::Problem| {
        format!("{} {}", problem.rule.code, problem.site.path(form))
    };
    findings.problems.iter().map(line).collect()
}

#[test]
fn every_row_finds_exactly_what_it_lists() {
    for row in ROWS {
        assert_eq!(
            found(&judge(row)),
            row.finds,
            "{} {:?}",
            row.code,
            row.changes
        );
    }
}

#[test]
fn every_rule_has_a_hit_and_a_miss() {
    for rule in RULES {
        let hits = |row: &Row| {
            row.finds
                .iter()
                .any(|line| line.split(' ').next() == Some(rule.code))
        };
        let rows: Vec<&Row> = ROWS.iter().filter(|row| row.code == rule.code).collect();
        assert!(rows.iter().any(|row| hits(row)), "{} has no hit", rule.code);
        assert!(
            rows.iter().any(|row| !hits(row)),
            "{} has no miss",
            rule.code
        );
    }
    for row in ROWS {
        assert!(
            RULES.iter().any(|rule| rule.code == row.code),
            "{} is no rule",
            row.code
        );
    }
}

#[test]
fn every_sentence_of_a_rule_is_said_with_all_its_placeholders() {
    let mut said = BTreeSet::new();
    for problem in ROWS.iter().flat_map(|row| judge(row).problems) {
        said.insert((problem.rule.code, problem.says));
        for lang in Lang::ALL {
            let text = problem.message().text(lang);
            assert!(!text.contains(['{', '}']), "{}: {text}", problem.rule.code);
        }
    }
    for rule in RULES {
        for says in 0..rule.says.len() {
            assert!(
                said.contains(&(rule.code, says)),
                "{} says {says} is never said",
                rule.code
            );
        }
    }
}

#[test]
fn every_fix_mends_its_problem_and_can_be_undone() {
    for row in ROWS {
        let report = changed(row.changes).into_report();
        for problem in check(&report, Blanks::ZERO, None).problems {
            for fix in problem.fixes(&report) {
                let mut document = gouji::model::Document::new(report.clone());
                document
                    .apply(fix.transaction)
                    .expect("a fix fits the report it was made for");
                let after = check(document.report(), Blanks::ZERO, None).problems;
                let stands = after
                    .iter()
                    .any(|p| p.rule.code == problem.rule.code && p.site == problem.site);
                assert!(!stands, "{} still stands after its fix", problem.rule.code);
                document.undo();
                assert_eq!(document.report(), &report);
            }
        }
    }
}
