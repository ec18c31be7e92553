//! Sentences of problems: no two of one report are alike, and each names its outcome.

#![allow(clippy::disallowed_methods, reason = "reads its own fixtures")]

#[path = "support/reports.rs"]
mod reports;
#[path = "support/sentences.rs"]
mod sentences;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use gouji::base::words::Lang;
use gouji::check::{Blanks, alone};
use gouji::format::{self, Options};
use gouji::model::Report;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

/// Every report that a fixture holds.
fn fixtures(folder: &Path, into: &mut Vec<(String, Report)>) {
    let entries = std::fs::read_dir(folder).expect("a folder of fixtures");
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            fixtures(&path, into);
            continue;
        }
        let bytes = std::fs::read(&path).expect("a fixture");
        let name = path.file_name().expect("a name").to_string_lossy();
        if let Ok(draft) = format::read(&bytes, Some(&name), &Options::default()) {
            into.push((path.display().to_string(), draft.into_report()));
        }
    }
}

/// The sentences said of a report.
fn said(report: &Report, lang: Lang) -> Vec<String> {
    let problems = alone(report, Blanks::ZERO).problems;
    let said = problems.iter().map(|problem| problem.message().text(lang));
    said.collect()
}

#[test]
fn no_two_sentences_of_one_report_are_alike() {
    let mut all = Vec::new();
    for folder in ["readers", "sheets", "torn", "years", "b4573b6"] {
        fixtures(&data(folder), &mut all);
    }
    assert!(all.len() > 80, "{}", all.len());
    for name in ["prose-kinds", "prose-unseen", "prose-unseen-2"] {
        let lines = std::fs::read_to_string(data(name).with_extension("jsonl"));
        let held = sentences::read(&lines.expect("a fixture"));
        all.extend(held.into_iter().map(|held| (held.id, held.report)));
    }
    for (name, report) in all {
        for lang in Lang::ALL {
            let said = said(&report, lang);
            let different: HashSet<&String> = said.iter().collect();
            assert_eq!(different.len(), said.len(), "{name}: {said:#?}");
        }
    }
}

#[test]
fn a_fault_that_the_text_repeats_is_said_with_its_number() {
    let text = "text.s1=全年办结政府信息公开申请8件。\\XX件。\\XX件，办结政府信息公开申请8件。";
    let report = reports::changed(&[text]).into_report();
    let said = said(&report, Lang::Zh);
    let places = |what: &str| said.iter().filter(|said| said.contains(what)).count();
    assert_eq!(
        (places("申请 8 件"), places("【XX件】")),
        (2, 2),
        "{said:#?}"
    );
    let second = "【XX件】像是没有填的模板（第 2 处）".to_owned();
    assert!(said.contains(&second), "{said:#?}");
    assert_eq!(places("（第 2 处）"), 2, "{said:#?}");
}

#[test]
fn each_outcome_of_a_dispute_is_named() {
    for (text, named) in [
        ("因政府信息公开被申请行政复议0件，其中维持1件。", "维持"),
        ("因政府信息公开被申请行政复议0件，其他结果1件。", "其他结果"),
        (
            "政府信息公开行政复议2件，其中结果纠正1件、其他结果1件。",
            "结果纠正",
        ),
        (
            "政府信息公开行政复议2件，其中结果纠正1件、其他结果1件。",
            "其他结果",
        ),
        (
            "政府信息公开行政诉讼2件，其中结果维持1件、尚未审结1件。",
            "尚未审结",
        ),
        ("政府信息公开行政诉讼2件，1件为其他结果。", "其他结果"),
    ] {
        let report = reports::changed(&[&format!("text.s1={text}")]).into_report();
        let said = said(&report, Lang::Zh);
        let found = said.iter().filter(|said| said.contains("表四"));
        let found: Vec<&String> = found.collect();
        assert!(
            found.iter().any(|said| said.contains(named)),
            "{text} {named}: {said:#?}"
        );
    }
}
