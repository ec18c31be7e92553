//! Builders that the test targets share.
//!
//! **Never:** a judgement; what is right stands in the tests.

#![allow(dead_code, reason = "every target uses its own part")]

use gouji::form::{Form, current};
use gouji::model::{Cell, Draft, HeadField, Origin, Report};

/// A report without any problem: every cell 0, every heading official.
pub(crate) fn clean() -> Draft {
    let form = current();
    let mut draft = Draft::new(form);
    for cell in form.cells() {
        draft.set_cell(cell, Cell::of(0, form.kind(cell)), None);
    }
    draft.set_head(HeadField::Title, "某县民政局2024年政府信息公开工作年度报告");
    draft.set_head(HeadField::Body, "某县民政局");
    draft.set_head(HeadField::Year, "2024");
    for text in form.texts() {
        let section = form.section(text);
        if !section.ordinal.is_empty() {
            draft.push_heading(Some(text), &section.heading());
        }
    }
    draft
}

/// The clean report with changes of the shape `path=text`, one a line.
///
/// A path is a cell's; `row.*` or `prefix.*` for all cells of a row or table;
/// `head.FIELD`; `headings` for all headings, by key and text, `;` between them;
/// `unplaced` for a piece at a place, `:` between them.
pub(crate) fn changed(changes: &[&str]) -> Draft {
    let mut draft = clean();
    for change in changes {
        let (path, text) = change.split_once('=').expect("path=text");
        apply(&mut draft, path, text);
    }
    draft
}

fn apply(draft: &mut Draft, path: &str, text: &str) {
    let form = draft.report().form();
    if let Some(field) = path.strip_prefix("head.") {
        draft.set_head(HeadField::by_key(field).expect("a field of the head"), text);
    } else if path == "headings" {
        *draft = reheaded(draft.report(), text);
    } else if path == "unplaced" {
        let (place, text) = text.split_once(':').expect("place:text");
        draft.push_unplaced(place, text);
    } else {
        let cells = cells(form, path);
        assert!(!cells.is_empty(), "{path} is no cell of the form");
        for cell in cells {
            let origin = Origin {
                place: "line 1".to_owned(),
                raw: text.into(),
            };
            draft.set_cell(cell, Cell::read(text, form.kind(cell)), Some(origin));
        }
    }
}

fn cells(form: &Form, path: &str) -> Vec<gouji::form::CellId> {
    match path.strip_suffix('*') {
        Some(start) => form
            .cells()
            .filter(|cell| form.path(*cell).starts_with(start))
            .collect(),
        None => form.cell(path).into_iter().collect(),
    }
}

/// The same report with other headings.
fn reheaded(report: &Report, headings: &str) -> Draft {
    let form = report.form();
    let mut draft = Draft::new(form);
    for (cell, content) in form.cells().zip(report.cells()) {
        draft.set_cell(cell, content.clone(), None);
    }
    for field in HeadField::ALL {
        draft.set_head(field, &report.head().get(field));
    }
    for heading in headings.split(';') {
        let (key, text) = heading.split_once(' ').expect("key text");
        draft.push_heading(form.text(key), text);
    }
    draft
}
