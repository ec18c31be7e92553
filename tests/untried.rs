//! Inputs that nobody here wrote, against what a person reads in them.
//!
//! They lie beside the project, in `../shared/samples/untried`; without that folder
//! nothing is tried. Every cell that the truth names must be right, or blank or
//! unreadable where a note, a piece without a place, a lost row or a table that was
//! not read says so. Never silently another number.

#![allow(
    clippy::disallowed_methods,
    reason = "reads samples where they are present"
)]

use std::path::{Path, PathBuf};

use gouji::format::{self, Options};
use gouji::model::{Cell, Draft};
use serde_json::Value;

fn folder() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/untried");
    path.is_dir().then_some(path)
}

/// The report beside a truth.
fn report(truth: &Path) -> Option<PathBuf> {
    let name = truth.file_name()?.to_string_lossy().into_owned();
    let stem = name.strip_suffix(".truth.json")?;
    let endings = ["html", "docx", "csv", "txt", "pdf", "xlsx"];
    let mut files = endings
        .map(|ending| truth.with_file_name(format!("{stem}.{ending}")))
        .into_iter();
    files.find(|file| file.is_file())
}

fn is(cell: &Cell, wanted: &Value, kind: gouji::form::Kind) -> bool {
    match wanted {
        Value::Null => matches!(cell, Cell::Blank | Cell::Nil(_)),
        Value::String(text) => *cell == Cell::read(text, kind),
        Value::Number(number) => cell.count() == number.as_i64(),
        _ => false,
    }
}

/// Whether something in a draft names what may be wrong.
fn is_flagged(draft: &Draft) -> bool {
    let report = draft.report();
    !draft.notes.is_empty()
        || !report.unplaced().is_empty()
        || report.lost().next().is_some()
        || report.unread().next().is_some()
}

/// The cells that are not as a truth has them.
fn wrong(draft: &Draft, truth: &Value) -> Vec<String> {
    let report = draft.report();
    let form = report.form();
    let mut wrong = Vec::new();
    for (path, wanted) in truth["cells"].as_object().into_iter().flatten() {
        let Some(id) = form.cell(path) else {
            wrong.push(format!("{path} is no cell of form {}", form.key));
            continue;
        };
        let cell = report.cell(id);
        let also = &truth["also_right"];
        let others = also[path].as_array().or_else(|| also["*"].as_array());
        let mut others = others.into_iter().flatten();
        let kind = form.kind(id);
        let is_also = others.any(|other| {
            is(cell, other, kind) || other == "flag" && cell.is_blank() && is_flagged(draft)
        });
        if !is(cell, wanted, kind) && !is_also {
            wrong.push(format!("{path} {cell:?} instead of {wanted}"));
        }
    }
    wrong
}

/// Kinds whose cells are read as they should.
fn all_right(begins: &[&str]) {
    let Some(folder) = folder() else { return };
    let mut truths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".truth.json"))
        .collect();
    truths.sort();
    let mut faults = Vec::new();
    for truth in truths {
        let name = truth
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if !begins.iter().any(|begin| name.starts_with(begin)) {
            continue;
        }
        let file = report(&truth).expect("a report beside its truth");
        let text = std::fs::read_to_string(&truth).expect("a truth");
        let truth: Value = serde_json::from_str(&text).expect("JSON");
        let bytes = std::fs::read(&file).expect("a report");
        let named = file
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        match format::read(&bytes, Some(&named), &Options::default()) {
            Ok(draft) => {
                let wrong = wrong(&draft, &truth);
                if !wrong.is_empty() {
                    faults.push(format!("{named}: {wrong:#?}"));
                }
                let says = truth["right"].as_str().unwrap_or_default();
                if says.contains("the reader is told") && draft.report().unread().count() != 1 {
                    faults.push(format!("{named}: nobody is told"));
                }
            }
            Err(failure)
                if truth["cells"]
                    .as_object()
                    .is_some_and(|cells| !cells.is_empty()) =>
            {
                faults.push(format!("{named}: {failure:?}"));
            }
            Err(_) => {}
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pages_documents_and_values_of_others_are_read_right() {
    all_right(&["c1", "changan", "h", "w", "s", "g", "x18", "x19", "x22"]);
}
