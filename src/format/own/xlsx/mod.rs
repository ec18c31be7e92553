//! A workbook: head and texts, the tables as the form prints them, their sums live.
//!
//! ```text
//! 表头和正文   项目 | 内容, a row a field, heading or paragraph
//! 表三        the printed table | 相加 | 差     formulas beside each row
//!             各项之和, 差, 一+二-(七)-四          and under each column
//! ```
//! A total that its parts add up to is a formula, so it follows them. Any other
//! total keeps what the report says, blank included; the difference beside it
//! is live all the same and red while it is not 0. Formulas count as `check`
//! does: a mark or a blank box is 0, a blank total is the sum of its parts, a
//! number with words is its number, an unreadable box leaves its sums unsaid.
//!
//! The last row of the first sheet says that the workbook is ours; then it is
//! read box by box while every label stands where it was written.
//!
//! **Never:** a text as a formula; a user, a path or a time.
//! Next: `form::printed` for the boxes, `read::workbook`, which hands over what is ours.

mod looks;
mod read;
mod table;
mod write;

use std::collections::BTreeMap;

pub(in crate::format) use self::read::read;
pub(in crate::format) use self::write::write;
use crate::form::printed::{Content, Printed};
use crate::form::{CellId, Form};
use crate::model::HeadField;

/// The sheet of head and texts.
const TEXTS: &str = "表头和正文";
const SIGNATURE: (&str, &str) = ("〔勾稽工作簿第1版·", "〕");
/// Fields of the head in the first column.
const FIELDS: [(HeadField, &str); 7] = [
    (HeadField::Title, "报告标题"),
    (HeadField::Body, "机关"),
    (HeadField::Year, "年度"),
    (HeadField::Period, "统计期限"),
    (HeadField::Basis, "依据"),
    (HeadField::Contact, "联系方式"),
    (HeadField::Published, "公布日期"),
];
/// Before the number of a section; without one, a heading of no section.
const HEADING: &str = "标题";
/// Before the number of a section; the text without one is the preamble.
const TEXT: &str = "正文";
const PREAMBLE: &str = "前言";
/// What is in this row goes on with the row above.
const GOES_ON: &str = "接上行";
const GAP: &str = "差";
const NOTE: &str = "总计与各项相加一致的是公式，改了各项会跟着变；不一致或空着的照报告原样。差是活的，不是 0 就变红。";

/// The name of a printed table's sheet, as people call the table.
fn tab(form: &Form, table: &Printed) -> String {
    let section = form.section_of(table.prefix);
    format!("表{}", section.map_or("", |id| form.section(id).ordinal))
}

/// Where the cells of a printed table stand: row and column of the sheet.
fn places(table: &Printed) -> BTreeMap<CellId, (usize, usize)> {
    let rows = table.rows.iter().enumerate();
    rows.flat_map(|(row, boxes)| {
        boxes.iter().filter_map(move |one| match one.content {
            Content::Cell(cell) => Some((cell, (row, one.at))),
            _ => None,
        })
    })
    .collect()
}
