//! Numbers in sentences: what must be found, what must stay silent, what is tied.
//!
//! Sentences of our own. Where the project's shared samples are beside the
//! crate, they are measured too; nothing fails without them.

#[path = "support/reports.rs"]
mod reports;

use std::path::{Path, PathBuf};

use gouji::base::words::Lang;
use gouji::check::{Blanks, Fact, Findings, alone};
use gouji::form::current;
use gouji::format::{self, Options};
use gouji::model::Report;
use proptest::prelude::*;
use reports::changed;

/// A year of requests that balances: 47 new, 12 carried in, 56 closed, 3 carried
/// out; five reviews, three suits.
const YEAR: &[&str] = &[
    "t3.new_received=39 6 0 0 2 0 47",
    "t3.carried_in=12 0 0 0 0 0 12",
    "t3.granted_full=9 1 0 0 0 0 10",
    "t3.granted_partial=6 0 0 0 0 0 6",
    "t3.denied_third_party=0 1 0 0 0 0 1",
    "t3.denied_internal_affairs=3 0 0 0 0 0 3",
    "t3.denied_deliberative=2 0 0 0 0 0 2",
    "t3.denied_admin_query=4 0 0 0 0 0 4",
    "t3.unable_not_held=12 2 0 0 1 0 15",
    "t3.unable_must_create=4 0 0 0 0 0 4",
    "t3.unable_unclear=1 0 0 0 0 0 1",
    "t3.unprocessed_petition=3 0 0 0 0 0 3",
    "t3.unprocessed_duplicate=1 0 0 0 0 0 1",
    "t3.other_not_corrected=1 1 0 0 0 0 2",
    "t3.other_misc=2 1 0 0 1 0 4",
    "t3.processed_total=48 6 0 0 2 0 56",
    "t3.carried_out=3 0 0 0 0 0 3",
    "t4.review=3 1 0 1 5",
    "t4.suit_direct=1 0 0 1 2",
    "t4.suit_after_review=1 0 0 0 1",
    "t2.normative_documents=4 2 21",
    "t2.licensing=1180",
    "t2.penalty=37",
    "t2.coercion=2",
    "t2.admin_fees=12.5",
];

/// The clean report with whole rows, `prefix.row=values`, and one text.
fn report(rows: &[&str], key: &str, text: &str) -> Report {
    let form = current();
    let mut changes = vec![format!("text.{key}={text}")];
    for row in rows {
        let (path, values) = row.split_once('=').expect("row=values");
        let cells = form.cells().map(|cell| form.path(cell));
        let cells: Vec<_> = cells
            .filter(|cell| cell.starts_with(&format!("{path}.")))
            .collect();
        let values: Vec<&str> = values.split(' ').collect();
        assert_eq!(cells.len(), values.len(), "{row}");
        changes.extend(
            cells
                .iter()
                .zip(values)
                .map(|(cell, value)| format!("{cell}={value}")),
        );
    }
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    changed(&changes).into_report()
}

fn judge(report: &Report) -> Findings {
    alone(report, Blanks::ZERO)
}

/// Findings that need no sentence.
const ABOUT_CELLS: [&str; 2] = ["C-RULES", "C-ZERO"];

/// Findings that a sentence can cause.
fn alarms(findings: &Findings) -> Vec<String> {
    let of_text = |code: &str| {
        ["N", "R", "C"].contains(
            &code
                .split('-')
                .next()
                .unwrap_or("")
                .trim_end_matches(char::is_numeric),
        )
    };
    findings
        .problems
        .iter()
        .filter(|problem| of_text(problem.rule.code) && !ABOUT_CELLS.contains(&problem.rule.code))
        .map(|problem| format!("{} {}", problem.rule.code, problem.message().text(Lang::Zh)))
        .collect()
}

fn codes(findings: &Findings) -> Vec<String> {
    let first = |line: String| line.split(' ').next().unwrap_or("").to_owned();
    alarms(findings).into_iter().map(first).collect()
}

/// `rule value site agrees`, one a tied fact.
fn tied(findings: &Findings, report: &Report) -> Vec<String> {
    let line = |fact: &Fact| {
        let entry = fact.entry(report);
        let agrees = if entry.agrees? { "agrees" } else { "differs" };
        let site = entry.site.unwrap_or_default();
        Some(format!("{} {} {site} {agrees}", entry.rule?, entry.value))
    };
    findings.facts.iter().filter_map(line).collect()
}

/// A sentence under rows, the facts it must have, and the alarms it must raise.
type Sentence = (
    &'static [&'static str],
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

/// The sentences that the specification lists, in prose of our own.
const LISTED: &[Sentence] = &[
    (
        &[],
        "依照《中华人民共和国政府信息公开条例》，公开条例解读和各项公开条目。",
        &[],
        &[],
    ),
    (
        &["t3.denied_state_secret=6 0 0 0 0 0 6"],
        "政府信息公开申请中，不同意公开的6件。",
        &["N6 6 denied agrees"],
        &[],
    ),
    (
        &[
            "t3.granted_full=966 0 0 0 0 0 966",
            "t3.processed_total=1453 0 0 0 0 0 1453",
        ],
        "全年完成政府信息依申请公开答复1453件，其中予以公开答复966件。",
        &[
            "N3 1453 t3.processed_total.total agrees",
            "N5 966 t3.granted_full.total agrees",
        ],
        &[],
    ),
    (
        &[
            "t3.granted_full=269 3 0 0 0 0 272",
            "t3.granted_partial=3 0 0 0 0 0 3",
        ],
        "政府信息公开申请答复情况：予以公开及部分公开258件。",
        &["N5 258 granted differs"],
        &["N5"],
    ),
    (
        &[
            "t3.unable_not_held=265 0 0 0 0 0 265",
            "t3.unable_must_create=72 0 0 0 0 0 72",
        ],
        "政府信息公开申请答复情况：因本机关不掌握等原因无法提供265件。",
        &["N7 265 unable differs"],
        &["N7"],
    ),
    (
        &[],
        "依申请公开之外，门户网站全年发布图解、问答132条。",
        &[],
        &[],
    ),
    (
        &[
            "t4.suit_direct=20 4 0 0 24",
            "t4.suit_after_review=5 1 0 0 6",
        ],
        "政府信息公开行政诉讼30件，结果维持25件、纠正5件。",
        &[
            "N12 30 suits agrees",
            "N12 25 suits.upheld agrees",
            "N12 5 suits.corrected agrees",
        ],
        &[],
    ),
    (
        &["t3.new_received=3 0 0 0 0 0 3"],
        "依申请公开中，对无正当理由大量反复申请的，要求说明理由。",
        &[],
        &[],
    ),
    (
        &[],
        "政府信息公开申请答复之外，公报刊登规章、规范性文件112件。",
        &[],
        &[],
    ),
    (
        &[],
        "依申请公开平台好评率99.58%，信息合格率100%。",
        &[],
        &[],
    ),
    (
        &["t3.carried_out=103 0 0 0 0 0 103"],
        "收到的政府信息公开申请均在法定期限内予以答复。",
        &[],
        &[],
    ),
    (
        &[],
        "受理依申请公开0件；办理挖掘、占用道路申请件77件。",
        &["N1 0 t3.new_received.total agrees"],
        &[],
    ),
    (
        &["t4.suit_direct=8 0 0 1 9", "t4.review=5 0 0 2 7"],
        "信息公开类行政诉讼、行政复议分别为9件、7件，均获维持。",
        &[
            "N12 9 suits agrees",
            "N11 7 t4.review.total agrees",
            "N12 9 suits.upheld differs",
            "N11 7 t4.review.upheld differs",
        ],
        &["N11", "N12"],
    ),
    (
        &["t3.carried_out=72 0 0 0 0 0 72"],
        "政府信息公开申请方面，另有72件申请按照《条例》顺延。",
        &["N4 72 t3.carried_out.total agrees"],
        &[],
    ),
    (
        &["t3.new_received=12 0 0 0 0 0 12"],
        "全年办理依申请公开12件。\\依申请公开：本年申请数12件。",
        &[
            "N3 12 t3.new_received.total agrees",
            "N1 12 t3.new_received.total agrees",
        ],
        &[],
    ),
    (
        &["t3.new_received=112 0 0 0 0 0 112"],
        "其中本年度依申请公开申请数112件。",
        &["N1 112 t3.new_received.total agrees"],
        &[],
    ),
    (
        &[],
        "依申请公开和建议提案一起抓，35件建议提案均已按期办结，其中主办（单办）14件，会办21件。主办（单办）14件均为A类。",
        &["N-PARTS 35 sum agrees"],
        &[],
    ),
    (
        &[],
        "依申请公开之外，公开业务动态类92条（其中含重点领域65条）。",
        &[],
        &[],
    ),
    (
        &["t3.new_received=9 0 0 0 0 0 9"],
        "全年共受理政府信息公开申请9件，多涉及社会救助。",
        &["N1 9 t3.new_received.total agrees"],
        &[],
    ),
    (
        &[],
        "收费通知件数和总金额均为0，实际收取总金额为0。",
        &[
            "N17 0 t3.other_fee_unpaid.total agrees",
            "N17 0 t2.admin_fees.amount_wan_yuan agrees",
            "N17 0 t2.admin_fees.amount_wan_yuan agrees",
        ],
        &[],
    ),
];

#[test]
fn the_listed_sentences_are_found_or_stay_silent() {
    for (rows, text, facts, found) in LISTED {
        let key = if text.contains("收费通知") {
            "s6"
        } else {
            "s5"
        };
        let report = report(rows, key, text);
        let findings = judge(&report);
        let mut own = tied(&findings, &report);
        // The clean section 六 says that there was no fee.
        own.retain(|line| key == "s6" || !line.starts_with("N17"));
        assert_eq!(own, *facts, "{text}");
        assert_eq!(codes(&findings), *found, "{text} {:?}", alarms(&findings));
    }
}

#[test]
fn a_number_that_is_one_row_of_the_named_group_is_said_with_both() {
    let rows = [
        "t3.unable_not_held=265 0 0 0 0 0 265",
        "t3.unable_must_create=72 0 0 0 0 0 72",
    ];
    let text = "政府信息公开申请中，因本机关不掌握等原因无法提供265件。";
    let found = alarms(&judge(&report(&rows, "s5", text)));
    assert!(
        found[0].contains("337") && found[0].contains("本机关不掌握"),
        "{found:?}"
    );
}

/// Sentences as officials write them, all true of [`YEAR`].
const TRUE_OF_YEAR: &str = include_str!("data/prose-true.txt");
/// More styles of the same, with numbers that nothing can be held against.
const STYLES: &str = include_str!("data/prose-styles.txt");
/// The same for a year without anything.
const TRUE_OF_NOTHING: &str = include_str!("data/prose-nothing.txt");
/// Sentences that [`YEAR`] contradicts, and the rules that say so.
const FALSE_OF_YEAR: &str = include_str!("data/prose-false.txt");

/// `s3|text`, or a text of section 一.
fn keyed(line: &str) -> (&str, &str) {
    line.split_once('|').unwrap_or(("s1", line))
}

#[test]
fn true_sentences_raise_no_alarm_with_or_without_their_heading() {
    let heading = "（二）依申请公开\\";
    let all = [(YEAR, TRUE_OF_YEAR), (YEAR, STYLES), (&[], TRUE_OF_NOTHING)];
    for (rows, lines) in all {
        for line in lines.lines() {
            let (key, text) = keyed(line);
            for text in [text.to_owned(), format!("{heading}{text}")] {
                let found = alarms(&judge(&report(rows, key, &text)));
                assert!(found.is_empty(), "{text}: {found:?}");
            }
        }
    }
}

#[test]
fn most_numbers_of_true_sentences_are_tied() {
    let (mut known, mut all) = (0, 0);
    for line in TRUE_OF_YEAR.lines() {
        let (key, text) = keyed(line);
        let report = report(YEAR, key, text);
        let own = |fact: &&Fact| report.form().section(fact.text).key == key;
        let findings = judge(&report);
        all += findings.facts.iter().filter(own).count();
        known += findings
            .facts
            .iter()
            .filter(own)
            .filter(|fact| fact.agrees.is_some())
            .count();
    }
    // The rest are numbers of other things: pieces of news, proposals, changes.
    assert!(known * 100 >= all * 60, "{known} of {all}");
}

#[test]
fn false_sentences_are_found() {
    for line in FALSE_OF_YEAR.lines() {
        let (wanted, rest) = line.split_once(' ').expect("CODES text");
        let (key, text) = keyed(rest);
        let found = codes(&judge(&report(YEAR, key, text)));
        assert_eq!(found.join("+"), wanted, "{text}");
    }
}

#[test]
fn every_message_about_a_sentence_fits_a_line() {
    let ruler = gouji::base::width::Ruler::default();
    for line in FALSE_OF_YEAR.lines() {
        let (_, rest) = line.split_once(' ').expect("CODES text");
        let (key, text) = keyed(rest);
        for problem in judge(&report(YEAR, key, text)).problems {
            let text = problem.message().text(Lang::Zh);
            assert!(
                ruler.width(&text) <= 72,
                "{} columns: {text}",
                ruler.width(&text)
            );
        }
    }
}

#[test]
fn ranges_of_facts_are_the_numbers_of_the_text() {
    let text = "2024年，共受理 政府信息公开申请 ４７ 件（答复56件）。";
    let report = report(YEAR, "s1", text);
    let findings = judge(&report);
    let s1 = report.form().text("s1").expect("a text of the form");
    let own = findings.facts.iter().filter(|fact| fact.text == s1);
    let slices: Vec<&str> = own
        .map(|fact| &report.text(s1)[fact.range.clone()])
        .collect();
    assert_eq!(slices, ["４７ 件", "56件"]);
}

#[test]
fn the_samples_own_prose_raises_no_alarm_about_numbers() {
    let report = format::sample();
    let findings = judge(&report);
    assert_eq!(alarms(&findings), Vec::<String>::new());
    let outside: Vec<&str> = findings
        .problems
        .iter()
        .map(|problem| problem.rule.code)
        .filter(|code| !code.starts_with('T'))
        .collect();
    assert_eq!(outside, ["S-ITEMS", "S-HEADING"]);
    assert_eq!(
        tied(&findings, &report),
        [
            "N1 9 t3.new_received.total agrees",
            "N-PARTS 35 sum agrees",
            "N17 0 t2.admin_fees.amount_wan_yuan agrees",
            "N17 0 t3.other_fee_unpaid.total agrees",
            "N17 0 t2.admin_fees.amount_wan_yuan agrees",
            "N17 0 t2.admin_fees.amount_wan_yuan agrees",
        ]
    );
}

fn shared(folder: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/samples")
        .join(folder);
    let known = Path::new("/work/shared/samples").join(folder);
    #[allow(clippy::disallowed_methods, reason = "looks for the shared samples")]
    [beside, known].into_iter().find(|path| path.is_dir())
}

/// Every number in a listed fact, such as `答复805` or `受理121 = 新收112 + 结转9`:
/// the first one is the fact.
fn first_number(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    (!digits.is_empty()).then_some(digits)
}

/// The samples of a folder with what a careful reader found in each.
#[allow(clippy::disallowed_methods, reason = "reads the shared samples")]
fn samples(folder: &str) -> Vec<(PathBuf, serde_json::Value)> {
    let Some(folder) = shared(folder) else {
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending != "json"));
    paths.sort();
    let truth = |path: &PathBuf| {
        let text = std::fs::read_to_string(path.with_extension("json")).ok()?;
        serde_json::from_str(&text).ok()
    };
    paths
        .into_iter()
        .filter_map(|path| Some((path.clone(), truth(&path)?)))
        .collect()
}

/// Prints how the shared samples fare; asserts that every listed mismatch is
/// found, that no other number is called wrong, and that what can be is tied.
#[test]
#[allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "reads the shared samples and prints how they fare"
)]
fn shared_samples_are_measured() {
    let (mut all, mut known) = (0, 0);
    for (path, truth) in samples("prose").into_iter().chain(samples("real")) {
        let bytes = std::fs::read(&path).expect("a sample");
        let Ok(draft) = format::read(&bytes, None, &Options::default()) else {
            continue;
        };
        let report = draft.into_report();
        let findings = judge(&report);
        let list = |key: &str| truth[key].as_array().cloned().unwrap_or_default();
        let differs: Vec<&Fact> = findings
            .facts
            .iter()
            .filter(|fact| fact.agrees == Some(false))
            .collect();
        let tied = findings.facts.iter().filter(|fact| fact.agrees.is_some());
        let values: Vec<String> = tied.map(|fact| fact.value.to_string()).collect();
        let listed: Vec<String> = list("prose_facts")
            .iter()
            .filter_map(|fact| first_number(fact.as_str()?))
            .collect();
        let found = listed.iter().filter(|number| values.contains(number));
        let found = found.count();
        all += listed.len();
        known += found;
        println!(
            "{}: listed {}, tied {found}, agree {}, differ {}, alarms {:?}",
            path.file_stem().unwrap_or_default().to_string_lossy(),
            listed.len(),
            values.len() - differs.len(),
            differs.len(),
            alarms(&findings),
        );
        let wrong = list("prose_mismatches");
        for mismatch in &wrong {
            let number = mismatch["text_value"].to_string();
            let is_found = differs.iter().any(|fact| {
                let held = fact.reading.as_ref().map(|held| held.value.to_string());
                fact.value.to_string() == number || held.as_ref() == Some(&number)
            });
            assert!(is_found, "{}: {number} is not found", path.display());
        }
        for fact in differs {
            let number = fact.value.to_string();
            let is_listed = wrong.iter().any(|mismatch| {
                let said = |key: &str| mismatch[key].as_str().is_some_and(|s| s.contains(&number));
                said("text") || said("comment")
            });
            assert!(is_listed, "{}: {number} is no mismatch", path.display());
        }
    }
    assert!(known * 100 >= all * 80, "{known} of {all} are tied");
}

/// Words and signs that officials' sentences are made of, in any order.
fn sentence() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "2024年",
        "政府信息公开申请",
        "受理",
        "收到",
        "答复",
        "予以公开",
        "不予公开",
        "无法提供",
        "其他处理",
        "结转",
        "上年结转",
        "下年度",
        "行政复议",
        "行政诉讼",
        "均获维持",
        "分别为",
        "其中",
        "占",
        "9件",
        "12",
        "１,２３４件",
        "十二件",
        "3.5%",
        "万元",
        "96171.6万元",
        "未收到",
        "无",
        "，",
        "、",
        "；",
        "。",
        "（",
        "）",
        "《",
        "》",
        "“",
        "”",
        "\n",
        " ",
        "\u{3000}",
        "①",
        "㎡",
        "é",
        "👨‍👩‍👧",
        "\u{202e}",
        "均为",
        "自然人",
        "全部办结",
        "信息处理费",
        "收费通知",
        "由六部分组成",
        "公开条",
        "我镇",
        "东山县民政局",
        "9999999999999999件",
        "零",
        "万",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Invariant: any text is judged, and every range stands on characters.
    #[test]
    fn invariant_any_text_is_judged_and_ranges_stand_on_characters(
        text in prop_oneof![sentence(), any::<String>()],
    ) {
        let report = report(YEAR, "s1", &text);
        let findings = judge(&report);
        for fact in &findings.facts {
            prop_assert!(report.text(fact.text).get(fact.range.clone()).is_some());
            prop_assert!(report.text(fact.text).get(fact.phrase.clone()).is_some());
            prop_assert!(!fact.words(&report).text(Lang::Zh).is_empty());
        }
        for problem in &findings.problems {
            if let gouji::check::Site::Text(text, range) = &problem.site {
                prop_assert!(report.text(*text).get(range.clone()).is_some());
            }
            for fix in problem.fixes(&report, Blanks::ZERO) {
                let mut document = gouji::model::Document::new(report.clone());
                prop_assert!(document.apply(fix.transaction).is_ok());
            }
        }
    }
}
