//! Tidy data: one row per cell, the same columns for every report and form.
//!
//! ```text
//! body,year,form,table,row,row_label,column,column_label,value,state,file,unit
//! 某局,2024,2021,t3,new_received,一、本年新收…,total,总计,9,count,某局.docx,某局
//! 某局,2024,2021,t3,carried_in,二、上年结转…,total,总计,,blank,某局.docx,某局
//! 某局,2024,2021,t3,carried_out,四、结转下年度…,total,总计,2,noted:2件,某局.docx,某局
//! ```
//! A value of the states count, amount and noted is a plain number. What a
//! spreadsheet would take for a formula gets an apostrophe in front, which is
//! taken off again in reading; so does what begins with an apostrophe. The last two
//! columns say where a row came from; they may be absent, and are not read back.
//!
//! **Never:** a cell of several reports under one: a table of several is refused.
//! Next: `read::csv`, which hands over what has these columns.

use std::borrow::Cow;

use crate::base::failure::Failure;
use crate::base::place::Place;
use crate::base::width::is_unsafe;
use crate::base::words::{Words, words};
use crate::form::{self, CellId, Form};
use crate::format::Writing;
use crate::model::{Cell, Draft, HeadField, Note, Origin, Report};

/// A column of the table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the first line.
    pub name: &'static str,
    /// `string` or `integer`.
    pub kind: &'static str,
    /// What it says.
    pub about: Words,
}

const fn column(
    name: &'static str,
    kind: &'static str,
    zh: &'static str,
    en: &'static str,
) -> Column {
    Column {
        name,
        kind,
        about: words(zh, en),
    }
}

/// The columns, in order.
pub const COLUMNS: [Column; 12] = [
    column("body", "string", "机关", "the body that reports"),
    column(
        "year",
        "integer",
        "报告年度；没有写就空着",
        "the year reported on; empty where it is not stated",
    ),
    column(
        "form",
        "string",
        "格式，如 2021；body、year、form 合起来是一份报告",
        "the form, such as 2021; body, year and form together are one report",
    ),
    column(
        "table",
        "string",
        "表：t2、t3、t4 是表二、表三、表四",
        "the table: t2, t3, t4 are printed in sections 2, 3, 4",
    ),
    column(
        "row",
        "string",
        "行的代号，见 gouji schema",
        "key of the row, see gouji schema",
    ),
    column(
        "row_label",
        "string",
        "行的官方名称",
        "official label of the row",
    ),
    column(
        "column",
        "string",
        "列的代号，见 gouji schema",
        "key of the column, see gouji schema",
    ),
    column(
        "column_label",
        "string",
        "列的官方名称",
        "official label of the column",
    ),
    column(
        "value",
        "string",
        "格里的数；状态是 nil、raw 时是原文，blank 时空着",
        "the number of the cell; its text where the state is nil or raw, empty where it is blank",
    ),
    column("state", "string", "格的状态", "what the cell is"),
    column(
        "file",
        "string",
        "读自哪个文件；不是读来的空着",
        "the file it was read from; empty where there is none",
    ),
    column(
        "unit",
        "string",
        "哪个单位；报告没有写机关就是文件名",
        "the unit: the body, or the name of the file where it states none",
    ),
];

/// How many columns make a table ours: those that are read.
const READ: usize = 10;

/// Where a report came from.
#[derive(Clone, Copy, Debug, Default)]
pub struct From<'a> {
    /// The file, as it is shown; empty where there is none.
    pub file: &'a str,
    /// The unit.
    pub unit: &'a str,
}

/// What a cell can be, and what that means.
pub const STATES: [(&str, Words); 7] = [
    (
        "blank",
        words("空着：没有写；不是 0", "nothing is written; not zero"),
    ),
    ("count", words("整数", "a whole number")),
    (
        "amount",
        words(
            "带小数位的数，或金额",
            "a number with decimal places, or money",
        ),
    ),
    (
        "nil",
        words(
            "不适用的记号（/、-、—、_、无），按 0 计",
            "a mark for \"not applicable\" (/, -, —, _, 无), counts as 0",
        ),
    ),
    ("raw", words("不是数的文字", "a text that is no number")),
    (
        LOST,
        words(
            "原文里没有找到这一行：不知道是多少",
            "its row was not found in the source: not known",
        ),
    ),
    (
        "noted",
        words(
            "数旁边带着文字，写作 noted:原文；value 是它算作的数",
            "a number with words beside it, written as noted:TEXT; value is what it counts as",
        ),
    ),
];

const LOST: &str = "lost";
const NOTED: &str = "noted:";
const BOM: &str = "\u{FEFF}";
const APOSTROPHE: char = '\'';

// ---- writing

/// One report as a table.
pub(in crate::format) fn write(report: &Report, how: &Writing) -> Vec<u8> {
    let mut out = header(how.bom);
    let unit = &report.head().body;
    out.extend(rows(report, From { file: "", unit }));
    out
}

/// The line above all rows, with a byte order mark where Excel is to open it.
#[must_use]
pub fn header(bom: bool) -> Vec<u8> {
    let mark = if bom { BOM } else { "" };
    let names = COLUMNS.map(|column| column.name);
    format!("{mark}{}\n", names.join(",")).into_bytes()
}

/// The rows of one report, without the line above them.
#[must_use]
pub fn rows(report: &Report, from: From) -> Vec<u8> {
    let form = report.form();
    let lost: Vec<(usize, usize)> = report.lost().collect();
    let head = report.head();
    let body = guarded(&plain(&head.body)).into_owned();
    let year = head.get(HeadField::Year);
    let [file, unit] = [from.file, from.unit].map(|text| guarded(&plain(text)).into_owned());
    let mut out = csv::Writer::from_writer(Vec::with_capacity(form.len() * 128));
    for (id, cell) in form.cells().zip(report.cells()) {
        let (row, col) = form.lines(id);
        let spot = form.spot(id);
        let (value, state) = match cell {
            Cell::Blank if lost.contains(&(spot.table, spot.row)) => ("".into(), LOST.into()),
            cell => said(cell),
        };
        let record = [
            &body,
            &year,
            form.key,
            form.tables[spot.table].prefix,
            row.key,
            row.label,
            col.key,
            col.label,
            &value,
            &state,
            &file,
            &unit,
        ];
        out.write_record(record).expect("memory takes every record");
    }
    out.into_inner().expect("memory takes every record")
}

/// The value and the state of a cell.
fn said(cell: &Cell) -> (Cow<'_, str>, Cow<'_, str>) {
    let state = match cell {
        Cell::Blank => "blank",
        Cell::Count(_) => "count",
        Cell::Amount(_) => "amount",
        Cell::Nil(_) => "nil",
        Cell::Raw(_) => "raw",
        Cell::Noted { value, raw, .. } => {
            return (
                value.to_string().into(),
                format!("{NOTED}{}", plain(raw)).into(),
            );
        }
    };
    (
        guarded(&plain(&cell.text())).into_owned().into(),
        state.into(),
    )
}

/// Text of one line without control and direction characters.
fn plain(text: &str) -> String {
    let line = |c: char| if c.is_whitespace() { ' ' } else { c };
    let text = text.chars().map(line);
    text.filter(|c| !is_unsafe(*c)).collect()
}

fn is_guarded(text: &str) -> bool {
    let begins = [
        APOSTROPHE, '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠',
    ];
    let number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let negative = text.strip_prefix('-');
    text.starts_with(begins) && !negative.is_some_and(|rest| !rest.is_empty() && number(rest))
}

/// Text that no spreadsheet takes for a formula.
fn guarded(text: &str) -> Cow<'_, str> {
    if is_guarded(text) {
        format!("{APOSTROPHE}{text}").into()
    } else {
        text.into()
    }
}

/// What was written before it was guarded.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix(APOSTROPHE) {
        Some(rest) if is_guarded(rest) => rest,
        _ => text,
    }
}

// ---- reading

const SEVERAL: Words = words(
    "这张表里有不止一份报告：第 {line} 行是{other}",
    "this table holds more than one report: line {line} is of {other}",
);
const ONE_ONLY: Words = words(
    "按机关和年度筛出一份再打开；许多份一起核对用 gouji schema --to sql",
    "keep the rows of one body and year; to judge many at once see gouji schema --to sql",
);
const NO_FORM: Words = words(
    "第 {line} 行写的格式【{form}】不认识",
    "line {line}: unknown form \"{form}\"",
);
const MISSING: Words = words(
    "表里少了 {count} 格，留空",
    "{count} cells are not in the table and were left blank",
);

/// Where each of our columns stands in a line of names; None if one is missing.
pub(in crate::format) fn columns(names: &[String]) -> Option<[usize; READ]> {
    let mut at = [0; READ];
    for (column, at) in COLUMNS.iter().zip(&mut at) {
        *at = names.iter().position(|name| name.trim() == column.name)?;
    }
    Some(at)
}

/// Reads the rows of one report, each with its line.
pub(in crate::format) fn read(
    records: impl Iterator<Item = (usize, Vec<String>)>,
    columns: [usize; READ],
    notes: Vec<Note>,
) -> Result<Draft, Failure> {
    let mut reading: Option<Reading> = None;
    for (line, fields) in records {
        if fields.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        let fields = columns.map(|at| fields.get(at).map_or("", String::as_str));
        let this = match &mut reading {
            Some(this) => this,
            none => none.insert(Reading::begin(line, fields)?),
        };
        this.row(line, fields)?;
    }
    let Some(mut this) = reading else {
        return Err(crate::format::no_report());
    };
    let count = this.seen.iter().filter(|seen| !**seen).count();
    if count > 0 {
        this.draft
            .note(Place::Line(1), MISSING.with(vec![("count", count.into())]));
    }
    this.draft.notes.splice(0..0, notes);
    Ok(this.draft)
}

struct Reading {
    form: &'static Form,
    /// Body, year and form as written.
    report: [String; 3],
    draft: Draft,
    seen: Vec<bool>,
}

impl Reading {
    fn begin(line: usize, fields: [&str; READ]) -> Result<Self, Failure> {
        let [body, year, key, ..] = fields;
        let Some(form) = form::by_key(key.trim()) else {
            let args = vec![("line", line.into()), ("form", plain(key).into())];
            return Err(Failure::file(NO_FORM.with(args)).hint(words(
                "格式的代号见 gouji schema --to json",
                "gouji schema --to json lists the keys of forms",
            )));
        };
        let mut draft = Draft::new(form);
        draft.set_head(HeadField::Body, unguarded(&plain(body)));
        draft.set_head(HeadField::Year, year.trim());
        Ok(Reading {
            form,
            report: [body, year, key].map(str::to_owned),
            draft,
            seen: vec![false; form.len()],
        })
    }

    fn row(&mut self, line: usize, fields: [&str; READ]) -> Result<(), Failure> {
        let [body, year, key, table, line_key, _, col, _, value, state] = fields;
        let cell = self.form.cell_in(table.trim(), line_key.trim(), col.trim());
        let again = cell.is_some_and(|cell| self.seen[cell.index()]);
        if again || self.report != [body, year, key] {
            let other = plain(&[body, year, key].join(" "));
            let args = vec![("line", line.into()), ("other", other.into())];
            return Err(Failure::file(SEVERAL.with(args)).hint(ONE_ONLY));
        }
        let Some(cell) = cell else {
            self.draft
                .push_unplaced(Place::Line(line), plain(&fields.join(" ")));
            return Ok(());
        };
        self.seen[cell.index()] = true;
        let spot = self.form.spot(cell);
        if state == LOST && value.is_empty() {
            self.draft.push_lost(spot.table, spot.row);
        }
        let (content, raw) = content(self.form, cell, unguarded(value), state);
        let origin = Origin {
            place: Place::Line(line),
            raw: raw.into(),
        };
        self.draft.set_cell(cell, content, Some(origin));
        Ok(())
    }
}

/// What a row says, and the text that says it: the value decides, should
/// somebody have changed it without its state.
fn content<'a>(form: &Form, cell: CellId, value: &'a str, state: &'a str) -> (Cell, &'a str) {
    let kind = form.kind(cell);
    let read = Cell::read(value, kind);
    if let Some(text) = state.strip_prefix(NOTED) {
        let noted = Cell::read(text, kind);
        if noted.value() == read.value() {
            return (noted, text);
        }
    }
    (read, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_guarded_and_comes_back() {
        for text in [
            "=1+1", "+2", "-", "-a", "@x", "'5", "''", "\t7", "－3", "＝A1",
        ] {
            assert_eq!(guarded(text), format!("'{text}"));
            assert_eq!(unguarded(&guarded(text)), text);
        }
        for text in ["", "-3", "-2.50", "7", "见附件", "/", "a'b"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
        assert_eq!(unguarded("'abc"), "'abc");
    }
}
