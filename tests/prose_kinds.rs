//! Every kind of sentence that the checking of prose was found wanting in, with a
//! sentence of our own for each; and the samples of others beside the project.
//!
//! **Never:** measures; `prose_unseen` does, on sentences that nobody tuned on.

#![allow(
    clippy::disallowed_methods,
    reason = "reads samples beside the project"
)]

#[path = "support/sentences.rs"]
mod sentences;

use std::path::{Path, PathBuf};

use gouji::base::words::Lang;
use gouji::check::{Blanks, Severity, alone};
use gouji::format::{self, Options};
use sentences::{Held, figures, read};
use serde_json::Value;

const KINDS: &str = include_str!("data/prose-kinds.jsonl");

#[test]
fn every_kind_of_false_alarm_is_silent_and_every_kind_of_miss_is_found() {
    let all = read(KINDS);
    let figures = figures(&all.iter().collect::<Vec<&Held>>(), true);
    assert_eq!((figures.alarms, figures.infos), (0, 0), "{figures:?}");
    assert_eq!(figures.found, figures.of_false, "{figures:?}");
}

/// The numbers of a text.
fn numbers(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|number| !number.is_empty())
        .collect()
}

/// Code and sentence of what the texts of a report themselves raise.
fn raised(file: &Path) -> Vec<String> {
    let bytes = std::fs::read(file).expect("a report");
    let name = file.file_name().expect("a name").to_string_lossy();
    let draft = format::read(&bytes, Some(&name), &Options::default());
    let report = draft.expect("a report").into_report();
    let problems = alone(&report, Blanks::ZERO).problems.into_iter();
    let of_text = problems.filter(|problem| {
        let code = problem.rule.code;
        code.starts_with('N') || code.starts_with("R-") || code.starts_with("C-FEE")
    });
    of_text
        .filter(|problem| problem.severity() > Severity::Info)
        .map(|problem| format!("{} {}", problem.rule.code, problem.message().text(Lang::Zh)))
        .collect()
}

#[test]
fn published_sentences_of_others_are_judged_as_a_careful_reader_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/untried");
    // The samples lie beside the project, not in it.
    let Ok(entries) = std::fs::read_dir(&folder) else {
        return;
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut tried = 0;
    for file in files {
        let name = file
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if !name.starts_with('s') || file.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        let truth = std::fs::read_to_string(file.with_extension("truth.json")).expect("a truth");
        let truth: Value = serde_json::from_str(&truth).expect("JSON");
        let expected = truth["expected_prose_problems"].as_array();
        let expected: Vec<&str> = expected
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let raised = raised(&file);
        // One problem for each contradiction, with both of its numbers.
        assert_eq!(raised.len(), expected.len(), "{name} {raised:#?}");
        for wanted in expected {
            let both = numbers(wanted);
            let named = |said: &String| {
                let found = numbers(said.split_once(' ').expect("a code").1);
                both.iter()
                    .all(|number| *number == "0" || found.contains(number))
            };
            assert!(raised.iter().any(named), "{name} {wanted} {raised:#?}");
        }
        tried += 1;
    }
    assert_eq!(tried, 8);
}

/// What the words of a published text of others raise, and nothing else.
const PUBLISHED: &[(&str, &[&str])] = &[
    // 3030, 1624 and 1317 stand where the text was cut: no sum. 县政府办 is the title's.
    ("fugu-office-2022.txt", &[]),
    // 2条(中英文各1条) is one part, and the text ends behind 结转下年度9件.
    ("guangdong-office-2023.txt", &[]),
    ("changshou-hr-2021-trad.txt", &[]),
    // -8 stands inside a remark of a head.
    ("huangpi-street-2020.txt", &[]),
    // Rows of metadata are no prose.
    ("lianyun-edu-2024.txt", &[]),
    ("lusong-transport-2025.txt", &["R-BLANK"]),
    ("fengshou-township-2022-oldform.txt", &[]),
    ("changan-stats-2023.txt", &[]),
    ("g01-traditional.txt", &[]),
    ("g03-traditional-wrong.txt", &["N1"]),
];

#[test]
fn traps_of_published_texts_raise_no_alarm() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/untried");
    if !folder.is_dir() {
        return;
    }
    for (name, wanted) in PUBLISHED {
        let raised = raised(&folder.join(name));
        let codes = raised.iter().filter_map(|said| said.split(' ').next());
        let mut codes: Vec<&str> = codes.collect();
        codes.dedup();
        assert_eq!(codes, *wanted, "{name} {raised:#?}");
    }
}

#[test]
fn a_school_year_is_no_year_of_a_report() {
    // 2022-2023学年度, and a list that was cut in the middle of its numbers.
    for text in [
        "2022-2023学年度，学校招生1,120人，毕业1,034人，信息公开工作有序。",
        "公开信息3030条，其中政策文件1624条、动态1317条、",
        "主动公开信息9条，其中年报2条（中英文各1条）、规划7条。",
    ] {
        let line = serde_json::json!({
            "id": text, "text": text, "section": "s1", "body": "某县水利局", "year": 2023,
            "table": {}, "expect": [],
        });
        let held = read(&line.to_string());
        assert!(held[0].raised().is_empty(), "{text} {:?}", held[0].raised());
    }
}
