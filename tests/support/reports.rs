//! Builders that the test targets share.
//!
//! **Never:** a judgement; what is right stands in the tests.

#![allow(dead_code, reason = "every target uses its own part")]

use std::path::{Path, PathBuf};

use gouji::form::{Form, current};
use gouji::model::{Cell, Draft, HeadField, Origin, Report, Seen, Unread};

/// A report as the bytes of a native file.
pub(crate) fn native(report: &Report) -> Vec<u8> {
    gouji::format::native(report).into_bytes()
}

/// A file of the fixtures of two years.
pub(crate) fn years(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/years")
        .join(name)
}

/// A report without any problem: every cell 0, every heading official.
pub(crate) fn clean() -> Draft {
    let mut draft = Draft::new(current());
    fill(&mut draft, "2024");
    draft
}

/// Every cell 0, every heading official, the texts of a clean report.
fn fill(draft: &mut Draft, year: &str) {
    let form = draft.report().form();
    for cell in form.cells() {
        draft.set_cell(cell, Cell::of(0, form.kind(cell)), None);
    }
    let title = format!("某县民政局{year}年政府信息公开工作年度报告");
    draft.set_head(HeadField::Title, &title);
    draft.set_head(HeadField::Body, "某县民政局");
    draft.set_head(HeadField::Year, year);
    for text in form.texts() {
        let section = form.section(text);
        if !section.ordinal.is_empty() {
            draft.push_heading(Some(text), &section.heading());
        }
    }
    for (key, text) in TEXTS {
        draft.set_text(form.text(key).expect("a text of the form"), text);
    }
}

/// Prose that says all a report must say, and no number but the fee's.
const TEXTS: [(&str, &str); 3] = [
    (
        "s1",
        "（一）主动公开。及时发布，定期核对。\n（二）依申请公开。每一份来件都依法办理。\n（三）政府信息管理。先审查后公开。\n（四）平台建设。维护网站和专栏。\n（五）监督保障。按季度自查。",
    ),
    ("s5", "公开的内容还不够细，明年加强学习，多听意见。"),
    ("s6", "收费通知的件数、总金额和实际收取的总金额均为0。"),
];

/// The clean report on the form of 2019, with changes.
pub(crate) fn old(changes: &[&str]) -> Draft {
    let form = gouji::form::by_key("2019").expect("a form");
    let mut draft = Draft::new(form);
    fill(&mut draft, "2019");
    for change in changes {
        let (path, text) = change.split_once('=').expect("path=text");
        apply(&mut draft, path, text);
    }
    draft
}

/// The clean report with changes of the shape `path=text`, one a line.
///
/// A path is a cell's; `row.*` or `prefix.*` for all cells of a row or table;
/// `text.KEY` for a text, `\` between its paragraphs; `text.KEY*N` for it N times;
/// `head.FIELD`; `headings` for all headings, by key and text, `;` between them;
/// `unplaced` for a piece at a place, `:` between them, `unplaced.PREFIX` for one of a
/// table; `lost` for a row, `unread` for
/// a table and what stands in its place, `:` between them.
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
    } else if let Some(key) = path.strip_prefix("text.") {
        let (key, times) = key.split_once('*').unwrap_or((key, "1"));
        let id = form.text(key).expect("a text of the form");
        let times = times.parse().expect("how many times");
        draft.set_text(id, &text.replace('\\', "\n").repeat(times));
    } else if path == "headings" {
        *draft = reheaded(draft.report(), text);
    } else if path == "unplaced" {
        let (place, text) = text.split_once(':').expect("place:text");
        draft.push_unplaced(place, text);
    } else if let Some(prefix) = path.strip_prefix("unplaced.") {
        let (place, text) = text.split_once(':').expect("place:text");
        let mut prefixes = form.prefixes().into_iter();
        let prefix = prefixes.find(|known| *known == prefix).expect("a table");
        draft.push_unplaced_of(prefix, place, text);
    } else if path == "lost" {
        let (prefix, key) = text.split_once('.').expect("prefix.row");
        let (table, row) = form.row(prefix, key).expect("a row of the form");
        draft.push_lost(table, row);
    } else if path == "unread" {
        let (prefix, seen) = text.split_once(':').expect("prefix:seen");
        let mut prefixes = form.prefixes().into_iter();
        draft.push_unread(Unread {
            prefix: prefixes.find(|known| *known == prefix).expect("a table"),
            seen: Seen::by_key(seen).expect("what is seen"),
            place: "paragraph 12".into(),
        });
    } else {
        let cells = cells(form, path);
        assert!(!cells.is_empty(), "{path} is no cell of the form");
        for cell in cells {
            let origin = Origin {
                place: "line 1".into(),
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
    for text in form.texts() {
        draft.set_text(text, report.text(text));
    }
    for heading in headings.split(';') {
        let (key, text) = heading.split_once(' ').expect("key text");
        draft.push_heading(form.text(key), text);
    }
    draft
}
