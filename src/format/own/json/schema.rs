//! The JSON Schema of the file of a report.
//!
//! **Never:** differs from what `write` writes; a test holds both together.
//! Next: `write`.

use serde_json::{Value, json};

use super::VERSION;
use crate::base::schema::{document, list, maybe, object, object_and, one_of, row, text, whole};
use crate::form::{FORMS, Form};
use crate::model::{HeadField, Seen};

/// The schema of the file, for all forms.
#[must_use]
pub fn schema() -> Value {
    let shapes: Vec<Value> = FORMS.iter().map(|form| file(form)).collect();
    document(
        "gouji report",
        "What gouji writes. It also reads files that lack keys or hold others, and says so.",
        &json!({"anyOf": shapes}),
    )
}

fn file(form: &'static Form) -> Value {
    let heads = HeadField::ALL.map(|head| {
        let shape = match head {
            HeadField::Title | HeadField::Body => text(),
            HeadField::Year => maybe(&whole()),
            _ => maybe(&text()),
        };
        (head.key(), shape)
    });
    let sections = || one_of(form.texts().map(|text| form.section(text).key));
    let texts = form
        .texts()
        .map(|section| (form.section(section).key, text()));
    let numbers = || list(&text());
    let mut keys = vec![
        ("gouji", json!({"const": VERSION})),
        ("form", json!({"const": form.key})),
        ("head", object(heads.to_vec())),
        ("headings", list(&row(&[maybe(&sections()), text()]))),
    ];
    keys.extend(
        form.prefixes()
            .into_iter()
            .map(|prefix| (prefix, rows(form, prefix))),
    );
    let unplaced = object_and(
        vec![("place", text()), ("text", text())],
        vec![("table", one_of(form.prefixes()))],
    );
    let remark = object(vec![
        ("rule", text()),
        ("site", text()),
        ("numbers", numbers()),
        ("text", text()),
        ("by", text()),
    ]);
    let question = object_and(
        vec![("site", text()), ("text", text())],
        vec![("rule", text()), ("numbers", numbers())],
    );
    keys.extend([
        ("texts", object(texts.collect())),
        ("unplaced", list(&unplaced)),
        ("remarks", list(&remark)),
        ("questions", list(&question)),
    ]);
    let unread = object(vec![
        ("table", one_of(form.prefixes())),
        ("seen", one_of(Seen::ALL.map(Seen::key))),
        ("place", text()),
    ]);
    let others = vec![
        ("lost", list(&text())),
        ("unread", list(&unread)),
        ("keying", list(&one_of(form.prefixes()))),
    ];
    object_and(keys, others)
}

/// The rows of the tables with this prefix: null is blank, a number a count, a text
/// anything else.
fn rows(form: &'static Form, prefix: &'static str) -> Value {
    let cell = json!({"type": ["null", "integer", "string"]});
    let tables = form.tables_of(prefix).map(|table| &form.tables[table]);
    let rows = tables.flat_map(|table| {
        let shape = row(&vec![cell.clone(); table.cols.len()]);
        table.rows.iter().map(move |line| (line.key, shape.clone()))
    });
    object(rows.collect())
}
