//! Sheets, separated values and PDFs in, drafts out.
//!
//! Fixtures of our own lie in `tests/data/sheets`, made by `make.py` there.
//! Where the project's shared samples are beside the crate, they are read too;
//! nothing fails without them.

use std::path::PathBuf;

use gouji::base::words::Lang;
use gouji::check::{Blanks, check};
use gouji::format::{self, Options};
use gouji::model::{Cell, Draft};
use serde_json::Value;

fn read(path: &std::path::Path) -> Draft {
    let bytes = std::fs::read(path).expect("a readable file");
    let name = path.file_name().and_then(|name| name.to_str());
    format::read(&bytes, name, &Options::default())
        .unwrap_or_else(|failure| panic!("{}: {}", path.display(), failure.text(Lang::En)))
}

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
                .unwrap_or_else(|| panic!("no row {key}"));
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
    let findings = check(report, Blanks::ZERO, None);
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
    let root = std::env::var_os("GOUJI_SAMPLES").map_or(root, PathBuf::from);
    root.is_dir().then_some(root)
}

fn json(path: &std::path::Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a readable file");
    serde_json::from_str(&text).expect("JSON")
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
        let start = std::time::Instant::now();
        let bytes = std::fs::read(&path).expect("a readable file");
        let draft = match format::read(&bytes, path.to_str(), &Options::default()) {
            Ok(draft) => draft,
            Err(failure) => {
                bad.push(format!("{name}: {}", failure.text(Lang::En)));
                continue;
            }
        };
        let took = start.elapsed();
        let score = score(&draft, &truth);
        let breaks = breaks(&draft);
        println!(
            "{name}: {} right, {} uncertain, {} wrong, breaks {}, {} notes, {} unplaced, {took:?}",
            score.right,
            score.uncertain,
            score.wrong.len(),
            if breaks == breaks_of(&truth) {
                "as truth"
            } else {
                "DIFFER"
            },
            draft.notes.len(),
            draft.report().unplaced().len(),
        );
        for note in notes(&draft) {
            println!("    {note}");
        }
        for piece in draft.report().unplaced() {
            println!("    unplaced {}: {}", piece.place, piece.text);
        }
        if std::env::var_os("GOUJI_TEXTS").is_some() {
            let report = draft.report();
            println!("    {:?}", report.head());
            for heading in report.headings() {
                println!("    # {heading:?}");
            }
            for id in report.form().texts() {
                println!(
                    "    {}: {:?}",
                    report.form().section(id).key,
                    report.text(id)
                );
            }
        }
        if !score.wrong.is_empty() || score.uncertain > 0 || breaks != breaks_of(&truth) {
            bad.push(format!("{name}: {score:?} {breaks:?}"));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
