//! Files in, drafts out: every layout of pasted text, our own two formats, and
//! bytes that are no report at all.
//!
//! Fixtures of our own lie in `tests/data`. Where the project's shared samples
//! are beside the crate, they are read too; nothing fails without them.

use std::path::PathBuf;

use gouji::base::words::Lang;
use gouji::format::{self, Options};
use gouji::model::{Cell, Draft, Report};
use serde_json::Value;

fn read(bytes: &[u8]) -> Draft {
    format::read(bytes, None, &Options::default()).expect("a report")
}

fn notes(draft: &Draft) -> Vec<String> {
    draft
        .notes
        .iter()
        .map(|note| format!("{}: {}", note.place, note.message.text(Lang::Zh)))
        .collect()
}

// ---- shared samples

fn samples() -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    path.is_dir().then_some(path)
}

/// Cells that agree with the truth, that differ but stay blank or unreadable, that are wrong.
fn compare(report: &Report, truth: &Value) -> (usize, usize, Vec<String>) {
    let form = report.form();
    let (mut right, mut open, mut wrong) = (0, 0, Vec::new());
    for prefix in form.prefixes() {
        let Some(rows) = truth.get(prefix).and_then(Value::as_object) else {
            continue;
        };
        for (row, values) in rows {
            let (table, row) = form.row(prefix, row).expect("row of the truth");
            for (col, value) in values.as_array().expect("values").iter().enumerate() {
                let id = form.tables[table].cell(row, col);
                let cell = report.cell(id);
                let same = match value {
                    Value::Null => matches!(cell, Cell::Blank | Cell::Nil(_)),
                    value => cell.count() == value.as_i64(),
                };
                if same {
                    right += 1;
                } else if matches!(cell, Cell::Blank | Cell::Raw(_)) {
                    open += 1;
                } else {
                    wrong.push(format!("{} {cell:?} {value}", form.path(id)));
                }
            }
        }
    }
    (right, open, wrong)
}

fn json(path: &std::path::Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a sample");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn shared_samples_are_read_without_a_silent_wrong_number() {
    let Some(root) = samples() else { return };
    let sample = json(&root.join("real/xicheng-civil-affairs-2024.json"));
    let mut files: Vec<(PathBuf, Value)> = Vec::new();
    for name in [
        "real/xicheng-civil-affairs-2024.txt",
        "shapes/paste-browser.txt",
        "shapes/paste-browser-gbk.txt",
        "shapes/paste-word-tabs.txt",
        "shapes/pdf-layout.txt",
        "shapes/report.md",
    ] {
        files.push((root.join(name), sample.clone()));
    }
    let t3 = serde_json::json!({ "t3": sample["t3"] });
    for name in [
        "shapes/matrix-nolabels.tsv",
        "shapes/matrix-wps-paste.tsv",
        "shapes/matrix-labelled-gbk.csv",
    ] {
        files.push((root.join(name), t3.clone()));
    }
    for damage in json(&root.join("damaged/truth.json"))
        .as_array()
        .expect("list")
    {
        let name = damage["id"].as_str().expect("id");
        let mut truth = sample.clone();
        if damage.get("t3").is_some() {
            truth["t3"] = damage["t3"].clone();
        }
        for change in damage["changes"].as_array().expect("changes") {
            if change["table"] == "litigation" {
                truth["t4"]["review"][4] = change["now"]
                    .as_str()
                    .and_then(|now| now.parse().ok())
                    .map_or(Value::Null, |now: i64| now.into());
            }
        }
        files.push((root.join(format!("damaged/{name}.txt")), truth));
    }
    let prose = std::fs::read_dir(root.join("prose")).expect("a folder");
    for entry in prose.flatten().map(|entry| entry.path()) {
        if entry
            .extension()
            .is_some_and(|extension| extension == "txt")
        {
            files.push((entry.clone(), json(&entry.with_extension("json"))));
        }
    }
    let mut report = String::new();
    let mut all_wrong = Vec::new();
    for (path, truth) in files {
        let bytes = std::fs::read(&path).expect("a sample");
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let draft = match format::read(&bytes, Some(&name), &Options::default()) {
            Ok(draft) => draft,
            Err(failure) => {
                all_wrong.push(format!("{name}: {}", failure.text(Lang::En)));
                continue;
            }
        };
        let (right, open, wrong) = compare(draft.report(), &truth);
        let head = draft.report().head();
        report += &format!(
            "{name}: {right} right, {open} open, {} wrong; {} headings, {:?} {:?}; {} unplaced\n",
            wrong.len(),
            draft.report().headings().len(),
            head.body,
            head.year,
            draft.report().unplaced().len(),
        );
        for note in notes(&draft) {
            report += &format!("    {note}\n");
        }
        for piece in draft.report().unplaced() {
            report += &format!("    unplaced {}: {}\n", piece.place, piece.text);
        }
        for text in draft.report().form().texts() {
            report += &format!(
                "    {}: {} ",
                draft.report().form().section(text).key,
                draft.report().text(text).chars().count()
            );
        }
        report += "\n";
        all_wrong.extend(wrong.into_iter().map(|wrong| format!("{name}: {wrong}")));
    }
    assert!(all_wrong.is_empty(), "{report}{}", all_wrong.join("\n"));
    if std::env::var_os("GOUJI_SHOW").is_some() {
        let mut out = std::io::stdout();
        std::io::Write::write_all(&mut out, report.as_bytes()).expect("stdout");
    }
}
