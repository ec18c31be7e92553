//! A workbook of ours, read box by box while every label stands where it was written.
//!
//! **Never:** takes a formula without a result for a number.
//! Next: `read::workbook`, which hands over what is ours.

use super::{FIELDS, GAP, GOES_ON, HEADING, NOTE, PREAMBLE, SIGNATURE, TEXT, TEXTS, places, tab};
use crate::base::place::Place;
use crate::base::words::{Words, words};
use crate::form::printed::{Content, Printed, printed};
use crate::form::{self, Form, TextId};
use crate::format::Options;
use crate::format::read::sheet::Why;
use crate::format::read::workbook;
use crate::model::{Cell, Draft, HeadField, Origin};

const NO_TABLES: Words = words(
    "没有找到表格，只读了表头和正文",
    "no table was found; only head and texts were read",
);

/// The report in a workbook of ours; None where it is none.
///
/// Tables that were rearranged are read by their labels, without our own sums.
pub(in crate::format) fn read(sheets: &[workbook::Sheet], options: &Options) -> Option<Draft> {
    let (texts, form) = sheets
        .iter()
        .find_map(|sheet| Some((sheet, signed(sheet)?)))?;
    let form = options.form.unwrap_or(form);
    let mut draft = Draft::new(form);
    let whole = printed(form).iter().all(|table| {
        let name = tab(form, table);
        let sheet = sheets.iter().find(|sheet| sheet.name == name);
        sheet.is_some_and(|sheet| cells(sheet, table, &mut draft).is_some())
    });
    if !whole {
        draft = rearranged(sheets, form);
    }
    read_texts(texts, form, &mut draft);
    Some(draft)
}

/// What the labels of our tables say, wherever they stand now.
fn rearranged(sheets: &[workbook::Sheet], form: &'static Form) -> Draft {
    let tables: Vec<workbook::Sheet> = printed(form)
        .iter()
        .filter_map(|table| {
            let name = tab(form, table);
            let sheet = sheets.iter().find(|sheet| sheet.name == name)?;
            Some(without_checks(sheet.clone(), form, table))
        })
        .collect();
    let options = Options {
        form: Some(form),
        ..Options::default()
    };
    let mut draft = workbook::tables(tables, &options).unwrap_or_else(|_| Draft::new(form));
    for text in form.texts() {
        draft.set_text(text, "");
    }
    if draft.origins.iter().all(Option::is_none) {
        draft.note(Place::Sheet(TEXTS.to_owned()), NO_TABLES);
    }
    draft
}

/// A table's sheet without the lines of sums and differences that we set beside it.
fn without_checks(
    mut sheet: workbook::Sheet,
    form: &'static Form,
    table: &Printed,
) -> workbook::Sheet {
    let tables = form.tables_of(table.prefix);
    let sums = tables.flat_map(|index| form.tables[index].sums);
    let mut ours: Vec<&str> = sums.map(|sum| sum.running.zh).collect();
    ours.extend([GAP, NOTE]);
    let mut beside = Vec::new();
    let mut below = Vec::new();
    for ((row, col), text) in &sheet.cells {
        if ours.contains(&text.as_str()) && *row < table.heads {
            beside.push(*col);
        } else if ours.contains(&text.as_str()) {
            below.push(*row);
        }
    }
    let is_ours = |(row, col): &(usize, usize)| beside.contains(col) || below.contains(row);
    sheet.cells.retain(|at, _| !is_ours(at));
    sheet.formulas.retain(|at| !is_ours(at));
    sheet
}

/// The form that the last row of our first sheet names.
fn signed(sheet: &workbook::Sheet) -> Option<&'static Form> {
    let column = sheet.cells.iter().rev().filter(|((_, col), _)| *col == 0);
    let last = column.map(|(_, text)| text).next()?;
    let key = last.strip_prefix(SIGNATURE.0)?.strip_suffix(SIGNATURE.1)?;
    form::by_key(key)
}

/// The cells of a table whose labels all stand where they were written.
fn cells(sheet: &workbook::Sheet, table: &Printed, draft: &mut Draft) -> Option<()> {
    for (row, boxes) in table.rows.iter().enumerate() {
        for one in boxes {
            let found = sheet.written(row, one.at);
            if let Content::Title(text) | Content::Head(text) | Content::Label(text) = one.content
                && found != text
            {
                return None;
            }
        }
    }
    let form = draft.report().form();
    draft.notes.extend(sheet.notes());
    let mut lacking: Option<(Place, usize)> = None;
    for (cell, (row, col)) in places(table) {
        if sheet.formulas.contains(&(row, col)) {
            lacking.get_or_insert_with(|| (sheet.place(row, col), 0)).1 += 1;
            continue;
        }
        let text = sheet.written(row, col);
        let origin = Origin {
            place: sheet.place(row, col),
            raw: text.into(),
        };
        draft.set_cell(cell, Cell::read(text, form.kind(cell)), Some(origin));
    }
    let lacking = lacking.map(|(place, count)| Why::NoResult.note(place, count));
    draft.notes.extend(lacking);
    Some(())
}

/// What a row of the first sheet holds.
#[derive(Clone, Copy)]
enum Holds {
    Field(HeadField),
    Heading(Option<TextId>),
    Text(TextId),
}

fn read_texts(sheet: &workbook::Sheet, form: &'static Form, draft: &mut Draft) {
    let marks = form.texts().flat_map(|id| {
        let ordinal = form.section(id).ordinal;
        let (text, behind) = match ordinal {
            "" => (PREAMBLE.to_owned(), PREAMBLE),
            ordinal => (format!("{TEXT}{ordinal}"), ordinal),
        };
        [
            (text, Holds::Text(id)),
            (format!("{HEADING}{behind}"), Holds::Heading(Some(id))),
        ]
    });
    let fields = FIELDS.map(|(field, name)| (name.to_owned(), Holds::Field(field)));
    let other = (HEADING.to_owned(), Holds::Heading(None));
    let marks: Vec<(String, Holds)> = marks.chain(fields).chain([other]).collect();
    let mut found: Vec<(Holds, String)> = Vec::new();
    let last = sheet.cells.keys().last().map_or(0, |(row, _)| *row);
    for row in 0..=last {
        let (mark, text) = (sheet.written(row, 0).trim(), sheet.written(row, 1));
        match (mark, found.last_mut()) {
            (GOES_ON, Some((_, before))) => before.push_str(text),
            ("", Some((Holds::Text(id), _))) if !text.is_empty() => {
                let holds = Holds::Text(*id);
                found.push((holds, text.to_owned()));
            }
            _ => {
                let holds = marks.iter().find(|(name, _)| name == mark);
                found.extend(holds.map(|(_, holds)| (*holds, text.to_owned())));
            }
        }
    }
    for (holds, text) in found {
        match holds {
            Holds::Field(field) => draft.set_head(field, &text),
            Holds::Heading(section) => draft.push_heading(section, &text),
            Holds::Text(_) if text.is_empty() => {}
            Holds::Text(id) => draft.push_text(id, &text),
        }
    }
}
