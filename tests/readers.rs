//! Documents of strangers in, drafts out: web pages, Word, OpenDocument, Markdown.
//!
//! Fixtures of our own lie in `tests/data/readers`, made by `make.py` beside
//! them. Where the project's shared samples are beside the crate, they are read
//! too; nothing fails without them.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read fixtures and samples from the disk"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gouji::base::words::Lang;
use gouji::check::{self, Blanks};
use gouji::format::{self, Options};
use gouji::model::{Cell, Draft, Report};
use serde_json::Value;

fn notes(draft: &Draft) -> Vec<String> {
    draft
        .notes
        .iter()
        .map(|note| format!("{}: {}", note.place, note.message.text(Lang::En)))
        .collect()
}

/// How the cells of a report compare with the truth beside a file.
#[derive(Default)]
struct Compared {
    right: usize,
    /// Different, but blank or unreadable, or named by a note.
    open: usize,
    wrong: Vec<String>,
}

fn compare(report: &Report, truth: &Value) -> Compared {
    let form = report.form();
    let mut compared = Compared::default();
    for prefix in form.prefixes() {
        let Some(rows) = truth.get(prefix).and_then(Value::as_object) else {
            continue;
        };
        for (key, values) in rows {
            // A group printed as one row is read into its last.
            let key = if key == "other_all" && form.key == "2021" {
                "other_misc"
            } else {
                key
            };
            let (table, row) = form.row(prefix, key).expect("row of the truth");
            for (col, value) in values.as_array().expect("values").iter().enumerate() {
                let id = form.tables[table].cell(row, col);
                let cell = report.cell(id);
                let same = match value {
                    Value::Null => matches!(cell, Cell::Blank | Cell::Nil(_)),
                    Value::String(text) => *cell == Cell::read(text, form.kind(id)),
                    value => cell.count() == value.as_i64(),
                };
                if same {
                    compared.right += 1;
                } else if matches!(cell, Cell::Blank | Cell::Raw(_)) {
                    compared.open += 1;
                } else {
                    compared
                        .wrong
                        .push(format!("{} {cell:?} {value}", form.path(id)));
                }
            }
        }
    }
    compared
}

/// Rules that are sums: code and place of each that breaks.
fn breaks(report: &Report) -> BTreeSet<String> {
    let findings = check::check(report, Blanks::ZERO, None);
    let sums = ["T3-COLSUM", "T3-BALANCE", "T3-ROWSUM", "T4-SUM"];
    findings
        .problems
        .iter()
        .filter(|problem| sums.contains(&problem.rule.code))
        .map(|problem| format!("{} {}", problem.rule.code, problem.site.path(report.form())))
        .collect()
}

fn true_breaks(truth: &Value) -> BTreeSet<String> {
    let list = truth["breaks"].as_array().expect("breaks");
    list.iter()
        .map(|pair| {
            let word = |at: usize| pair[at].as_str().expect("a word").to_owned();
            format!("{} {}", word(0), word(1))
        })
        .collect()
}

fn samples() -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let other = PathBuf::from("/work/shared/samples");
    [path, other].into_iter().find(|path| path.is_dir())
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a sample");
    serde_json::from_str(&text).expect("JSON")
}

/// All documents of the samples that are read here, with their truth.
fn documents(root: &Path) -> Vec<(PathBuf, Value)> {
    let sample = json(&root.join("real/xicheng-civil-affairs-2024.json"));
    let mut files: Vec<(PathBuf, Value)> = Vec::new();
    for name in [
        "cms-utf8.html",
        "cms-gb18030.html",
        "word-saved-utf8.htm",
        "official-layout.docx",
        "lo-from-html.docx",
        "report.md",
    ] {
        files.push((root.join("shapes").join(name), sample.clone()));
    }
    let mut blank = sample.clone();
    for prefix in ["t2", "t3", "t4"] {
        for (_, row) in blank[prefix].as_object_mut().expect("rows") {
            for value in row.as_array_mut().expect("values") {
                *value = Value::Null;
            }
        }
    }
    blank["breaks"] = Value::Array(Vec::new());
    files.push((root.join("shapes/official-blank-form-2021.docx"), blank));
    if gouji::form::by_key("2019").is_some() {
        let truth = json(&root.join("real/shanghai-office-2019.json"));
        files.push((root.join("real/shanghai-office-2019.html"), truth));
    }
    for damage in json(&root.join("damaged/truth.json"))
        .as_array()
        .expect("a list")
    {
        let mut truth = sample.clone();
        truth["breaks"] = damage["breaks"].clone();
        if let Some(t3) = damage.get("t3") {
            truth["t3"] = t3.clone();
        }
        for change in damage["changes"].as_array().expect("changes") {
            if change["table"] == "litigation" {
                let now = change["now"]
                    .as_str()
                    .and_then(|now| now.parse::<i64>().ok());
                truth["t4"]["review"][4] = now.map_or(Value::Null, Value::from);
            }
        }
        for ending in ["html", "docx"] {
            let name = damage["id"].as_str().expect("id");
            files.push((root.join(format!("damaged/{name}.{ending}")), truth.clone()));
        }
    }
    files
}

#[test]
fn shared_samples_are_read_without_a_silent_wrong_number() {
    let Some(root) = samples() else { return };
    let mut table = String::new();
    let mut wrong = Vec::new();
    for (path, truth) in documents(&root) {
        let bytes = std::fs::read(&path).expect("a sample");
        let name = path.file_name().expect("a name").to_string_lossy();
        let draft = match format::read(&bytes, Some(&name), &Options::default()) {
            Ok(draft) => draft,
            Err(failure) => {
                wrong.push(format!("{name}: {}", failure.text(Lang::En)));
                continue;
            }
        };
        let report = draft.report();
        let compared = compare(report, &truth);
        let (found, wanted) = (breaks(report), true_breaks(&truth));
        table += &format!(
            "{name}: {} right, {} open, {} wrong; breaks {}; {} notes, {} unplaced; {:?} {:?} {:?} {} headings\n",
            compared.right,
            compared.open,
            compared.wrong.len(),
            if found == wanted {
                format!("{} as in truth", wanted.len())
            } else {
                format!("{found:?} NOT {wanted:?}")
            },
            draft.notes.len(),
            report.unplaced().len(),
            report.head().body,
            report.head().year,
            report.head().published,
            report.headings().len(),
        );
        if std::env::var_os("GOUJI_SHOW").is_some_and(|show| show == "all") {
            for note in notes(&draft) {
                table += &format!("    {note}\n");
            }
            for piece in report.unplaced() {
                table += &format!("    unplaced {}: {}\n", piece.place, piece.text);
            }
            for text in report.form().texts() {
                let text_of = report.text(text);
                let start: String = text_of.chars().take(30).collect();
                let end: String = text_of
                    .chars()
                    .rev()
                    .take(20)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect();
                let key = report.form().section(text).key;
                table += &format!(
                    "    {key}: {} {start:?} .. {end:?}\n",
                    text_of.chars().count()
                );
            }
        }
        wrong.extend(
            compared
                .wrong
                .iter()
                .map(|wrong| format!("{name}: {wrong}")),
        );
        if found != wanted {
            wrong.push(format!("{name}: breaks {found:?} instead of {wanted:?}"));
        }
    }
    if std::env::var_os("GOUJI_SHOW").is_some() {
        let mut out = std::io::stdout();
        std::io::Write::write_all(&mut out, table.as_bytes()).expect("stdout");
    }
    assert!(wrong.is_empty(), "{table}{}", wrong.join("\n"));
}
