//! Sheets, separated values and PDFs in, drafts out.
//!
//! Fixtures of our own lie in `tests/data/sheets`, made by `make.py` there.
//! Where the project's shared samples are beside the crate, they are read too;
//! nothing fails without them.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read fixtures and samples from the disk"
)]

use std::path::{Path, PathBuf};

use gouji::base::words::Lang;
use gouji::check::{Blanks, alone};
use gouji::format::{self, Options};
use gouji::model::{Cell, Draft};
use serde_json::Value;

fn notes(draft: &Draft) -> Vec<String> {
    let notes = draft.notes.iter();
    notes
        .map(|note| format!("{}: {}", note.place, note.message.text(Lang::Zh)))
        .collect()
}

/// What became of the cells that a truth names.
#[derive(Debug, Default, PartialEq, Eq)]
struct Score {
    right: usize,
    /// Blank or unreadable where the truth has a value.
    uncertain: usize,
    wrong: Vec<String>,
}

fn score(draft: &Draft, truth: &Value) -> Score {
    let report = draft.report();
    let form = report.form();
    let mut score = Score::default();
    for prefix in form.prefixes() {
        let Some(rows) = truth.get(prefix).and_then(Value::as_object) else {
            continue;
        };
        for (key, values) in rows {
            let known = form.row(prefix, key);
            let (table, row) = known
                .or_else(|| form.row(prefix, &key.replace("other_all", "other_misc")))
                .expect("a row of the form");
            for (col, value) in values.as_array().expect("columns").iter().enumerate() {
                let id = form.tables[table].cell(row, col);
                let text = match value {
                    Value::String(text) => text.clone(),
                    Value::Null => String::new(),
                    number => number.to_string(),
                };
                let wanted = Cell::read(&text, form.kind(id));
                let cell = report.cell(id);
                let same = cell.value() == wanted.value() && cell.is_blank() == wanted.is_blank();
                let blank = wanted.is_blank() && matches!(cell, Cell::Nil(_) | Cell::Blank);
                if same || blank {
                    score.right += 1;
                } else if cell.is_blank() || matches!(cell, Cell::Raw(_)) {
                    score.uncertain += 1;
                } else {
                    score
                        .wrong
                        .push(format!("{} {:?} not {text}", form.path(id), cell.text()));
                }
            }
        }
    }
    score
}

/// The broken identities, as code and site.
fn breaks(draft: &Draft) -> Vec<(String, String)> {
    let report = draft.report();
    let findings = alone(report, Blanks::ZERO);
    let problems = findings
        .problems
        .iter()
        .filter(|problem| problem.sides.is_some());
    let mut breaks: Vec<(String, String)> = problems
        .map(|problem| {
            (
                problem.rule.code.to_owned(),
                problem.site.path(report.form()),
            )
        })
        .collect();
    breaks.sort();
    breaks
}

fn breaks_of(truth: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let breaks = truth["breaks"].as_array().into_iter().flatten();
    let mut breaks: Vec<(String, String)> = breaks.map(|b| (text(&b[0]), text(&b[1]))).collect();
    breaks.sort();
    breaks
}

fn samples() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    root.is_dir().then_some(root)
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a readable file");
    serde_json::from_str(&text).expect("JSON")
}

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/sheets")
}

#[test]
fn every_fixture_is_read_as_its_script_says() {
    let mut bad = Vec::new();
    let expected = json(&fixtures().join("expected.json"));
    for (name, wanted) in expected.as_object().expect("files") {
        let bytes = std::fs::read(fixtures().join(name)).expect("a readable file");
        let draft = match format::read(&bytes, Some(name), &Options::default()) {
            Ok(draft) => draft,
            Err(failure) => {
                let text = failure.text(Lang::Zh);
                let said = wanted["refused"]
                    .as_str()
                    .is_some_and(|words| text.contains(words));
                if !said || failure.hints.is_empty() {
                    bad.push(format!("{name}: {text}"));
                }
                continue;
            }
        };
        let report = draft.report();
        let found = score(&draft, wanted);
        let said = notes(&draft);
        let wanted_notes = wanted["notes"].as_array();
        let is_said = wanted_notes.is_none_or(|wanted| {
            let words = wanted.iter().filter_map(Value::as_str);
            let mut missing = words.filter(|words| !said.iter().any(|note| note.contains(words)));
            missing.next().is_none() && wanted.len() == said.len()
        });
        let title = wanted["title"]
            .as_str()
            .is_none_or(|title| report.head().title == title);
        if wanted["refused"].is_string()
            || report.form().key != wanted["form"]
            || !found.wrong.is_empty()
            || found.uncertain != wanted["uncertain"]
            || report.unplaced().len() != wanted["unplaced"]
            || !is_said
            || !title
        {
            let unplaced = report.unplaced();
            bad.push(format!(
                "{name}: {report_form:?} {found:?}\n  {said:#?}\n  {unplaced:?} {title}",
                report_form = report.form()
            ));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn every_box_knows_its_place() {
    for (name, path, place) in [
        (
            "three.xlsx",
            "t3.new_received.natural_person",
            "sheet 表三 row 4 column D",
        ),
        (
            "three.xls",
            "t3.carried_out.total",
            "sheet 表三 row 28 column J",
        ),
        (
            "three.ods",
            "t4.suit_after_review.total",
            "sheet 表四 row 4 column O",
        ),
        ("whole.csv", "t2.licensing.decisions", "line 12 column B"),
    ] {
        let bytes = std::fs::read(fixtures().join(name)).expect("a readable file");
        let draft = format::read(&bytes, Some(name), &Options::default()).expect("a report");
        let id = draft.report().form().cell(path).expect("path of the form");
        let origin = draft.origins[id.index()].as_ref().expect("an origin");
        assert_eq!(origin.place, place, "{name}");
    }
    let bytes = std::fs::read(fixtures().join("ruled.pdf")).expect("a readable file");
    let draft = format::read(&bytes, None, &Options::default()).expect("a report");
    let form = draft.report().form();
    for id in form.cells() {
        let origin = draft.origins[id.index()].as_ref().expect("an origin");
        assert!(origin.place.starts_with("page "), "{}", origin.place);
        assert!(origin.place.contains(" line ") && origin.place.contains(" column "));
    }
}

#[test]
fn formats_are_told_from_bytes_not_from_names() {
    for (file, name, key) in [
        ("three.xlsx", "report.xls", "xlsx"),
        ("three.xls", "report.docx", "xls"),
        ("three.ods", "report", "ods"),
        ("ruled.pdf", "report.txt", "pdf"),
        ("whole.csv", "report.txt", "csv"),
        ("semicolon-gbk.csv", "report.xls", "csv"),
        ("quotes.tsv", "report.xls", "csv"),
    ] {
        let bytes = std::fs::read(fixtures().join(file)).expect("a readable file");
        let format = format::sniff(&bytes, Some(name)).expect("a format");
        assert_eq!(format.key, key, "{file} as {name}");
    }
}

#[test]
fn sentences_with_ascii_commas_are_no_separated_values() {
    let prose = "一、总体情况\n2023年,我局认真贯彻条例,全面推进公开,较好完成任务。\n\
        (一)主动公开。共公开信息7篇,其中动态4篇,公告2篇,其他1篇。\n\
        (二)依申请公开。共受理申请12件,上年结转2件,办结13件,结转1件。\n";
    let format = format::sniff(prose.as_bytes(), Some("report.txt")).expect("a format");
    assert_eq!(format.key, "text");
    let named = format::sniff(prose.as_bytes(), Some("report.csv")).expect("a format");
    assert_eq!(named.key, "csv", "who names it so is believed");
}

/// The same bytes each time for a seed.
fn scramble(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    usize::try_from(*seed >> 33).expect("31 bits")
}

#[test]
fn damaged_files_give_a_message_and_never_a_silent_wrong_number() {
    const ROUNDS: usize = 12;
    let names = [
        "three.xlsx",
        "three.xls",
        "three.ods",
        "whole.csv",
        "ruled.pdf",
        "form-2019.pdf",
    ];
    let expected = json(&fixtures().join("expected.json"));
    let mut seed = 7;
    for name in names {
        let whole = std::fs::read(fixtures().join(name)).expect("a readable file");
        let format = format::sniff(&whole, Some(name)).expect("a format");
        for round in 0..ROUNDS {
            let mut bytes = whole.clone();
            let cut = round % 2 == 0;
            if cut {
                bytes.truncate(scramble(&mut seed) % bytes.len());
            } else {
                for _ in 0..=round {
                    let at = scramble(&mut seed) % bytes.len();
                    bytes[at] ^= 1 << (scramble(&mut seed) % 8);
                }
            }
            let options = Options {
                format: Some(format),
                ..Options::default()
            };
            let read = format::read(&bytes, Some(name), &options);
            match read {
                Err(failure) => assert!(!failure.hints.is_empty(), "{name} {failure:?}"),
                // A flipped bit in bare text is another text; a cut one is shorter.
                Ok(draft) if cut && draft.report().form().key == expected[name]["form"] => {
                    let found = score(&draft, &expected[name]);
                    assert!(found.wrong.len() <= 1, "{name} round {round}: {found:?}");
                }
                Ok(_) => {}
            }
        }
    }
}

/// A zip with these parts, and those of another that are not among them.
fn zipped(base: &str, parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let bytes = std::fs::read(fixtures().join(base)).expect("a readable file");
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for index in 0..old.len() {
        let mut part = old.by_index(index).expect("a part");
        let name = part.name().expect("a name").to_string();
        let mut data = Vec::new();
        part.read_to_end(&mut data).expect("a part");
        let other = parts.iter().find(|(other, _)| *other == name);
        new.start_file(name, options).expect("a part");
        new.write_all(other.map_or(&data, |(_, data)| data))
            .expect("a part");
    }
    new.finish().expect("a zip").into_inner()
}

#[test]
fn hostile_files_are_refused() {
    const SHEET: &str = "xl/worksheets/sheet2.xml";
    let rows = |rows: &str| {
        format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>").into_bytes()
    };
    let table = |cells: &str| {
        format!("<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"a\">{cells}</table:table></office:spreadsheet></office:body></office:document-content>").into_bytes()
    };
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let deep = "<table:table-cell>".repeat(100_000);
    let files = [
        ("far", zipped("three.xlsx", &[(SHEET, rows(far))])),
        (
            "bomb",
            zipped("three.xlsx", &[(SHEET, vec![b' '; 70 << 20])]),
        ),
        (
            "blank",
            zipped("three.xlsx", &[(SHEET, rows(&"<c/>".repeat(3_000_000)))]),
        ),
        (
            "repeated",
            zipped(
                "three.ods",
                &[(
                    "content.xml",
                    table(
                        "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"><text:p>1</text:p></table:table-cell></table:table-row>",
                    ),
                )],
            ),
        ),
        (
            "deep",
            zipped("three.ods", &[("content.xml", table(&deep))]),
        ),
        (
            "cut",
            zipped("three.ods", &[("content.xml", b"<a><b>".to_vec())]),
        ),
    ];
    for (name, bytes) in files {
        let failure = format::read(&bytes, None, &Options::default()).expect_err(name);
        assert!(!failure.hints.is_empty(), "{name}");
    }
}

#[test]
fn shared_samples_are_read_right() {
    let Some(root) = samples() else { return };
    let sample = json(&root.join("real/xicheng-civil-affairs-2024.json"));
    let matrix = |truth: &Value| serde_json::json!({"t3": truth["t3"], "breaks": truth["breaks"]});
    let files = [
        ("shapes/report.xlsx", sample.clone()),
        ("shapes/lo-from-xlsx.xls", sample.clone()),
        ("shapes/matrix-labelled-gbk.csv", matrix(&sample)),
        ("shapes/matrix-nolabels.tsv", matrix(&sample)),
        ("shapes/matrix-wps-paste.tsv", matrix(&sample)),
        ("shapes/lo-from-docx.pdf", sample.clone()),
        (
            "real/hongze-district-2024.pdf",
            json(&root.join("real/hongze-district-2024.json")),
        ),
        (
            "real/huaian-city-2024.pdf",
            json(&root.join("real/huaian-city-2024.json")),
        ),
    ];
    let mut bad = Vec::new();
    for (name, truth) in files {
        let path = root.join(name);
        let bytes = std::fs::read(&path).expect("a readable file");
        let draft = match format::read(&bytes, path.to_str(), &Options::default()) {
            Ok(draft) => draft,
            Err(failure) => {
                bad.push(format!("{name}: {}", failure.text(Lang::En)));
                continue;
            }
        };
        let score = score(&draft, &truth);
        let breaks = breaks(&draft);
        if !score.wrong.is_empty() || score.uncertain > 0 || breaks != breaks_of(&truth) {
            bad.push(format!("{name}: {score:?} {breaks:?}"));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
