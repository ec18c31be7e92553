//! Workbooks to an outline: one table a sheet, boxes with their spans.
//!
//! **Never:** asks a parser for a whole sheet before its size is known; takes a
//! formula without a stored result for a number.
//! Next: `pieces`; `ods_in` for the open format.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{
    Data, DataRef, Dimensions, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};

use super::archive::{Archive, damaged, locked, too_large};
use super::compound::Compound;
use super::outline::Piece;
use super::rectangle::{Rectangle, Row, Slot};
use super::text_in::boxed;
use super::{Options, no_report, pieces, xlsx_out};
use crate::base::failure::Failure;
use crate::base::words::{Words, words};
use crate::model::{Draft, Note};

/// Rows and columns that are read; a cell with content beyond is no report's.
pub(super) const MAX_ROWS: usize = 5000;
pub(super) const MAX_COLS: usize = 256;
/// Most boxes of all sheets together, blank ones between others included.
const MAX_BOXES: usize = 200_000;
/// Most cells that are looked at in a sheet, blank ones included.
const MAX_CELLS: usize = 2_000_000;
const MAX_SHEETS: usize = 256;
/// Most bytes of the texts of all cells; a report has some ten thousand.
const MAX_TEXT: usize = 16 << 20;

pub(super) const NO_RESULT: Words = words(
    "单元格里是公式，文件没有存它的结果，没有读成数；用表格程序打开、保存一次再读",
    "the cell holds a formula without a stored result and was not read as a number; open and save the file in its program first",
);
const HIDDEN: Words = words(
    "工作表【{sheet}】是隐藏的，没有读",
    "the hidden sheet \"{sheet}\" was not read",
);

/// A sheet of a workbook.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Texts of written cells by row and column.
    pub(super) cells: BTreeMap<(usize, usize), String>,
    /// Texts that are more than their cells say: with spaces, marks, breaks.
    pub(super) raw: BTreeMap<(usize, usize), String>,
    pub(super) spans: Vec<Span>,
    /// Cells that hold a formula without its result.
    pub(super) formulas: Vec<(usize, usize)>,
}

/// Cells that are one box: first and last row and column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) rows: (usize, usize),
    pub(super) cols: (usize, usize),
}

/// The letters of a column: A, Z, AA.
pub(super) fn column_name(col: usize) -> String {
    let mut name = String::new();
    let mut left = col + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).expect("less than 26");
        name.insert(0, char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    name
}

/// How many bytes of text the sheets of a workbook may still have: a text that
/// stands there once may be said to stand in every cell.
pub(super) struct Room(usize);

impl Default for Room {
    fn default() -> Self {
        Room(MAX_TEXT)
    }
}

impl Room {
    fn take(&mut self, text: &str) -> Result<(), Failure> {
        self.0 = self.0.checked_sub(text.len()).ok_or_else(too_large)?;
        Ok(())
    }
}

impl Sheet {
    /// Keeps the text of a cell.
    pub(super) fn put(
        &mut self,
        row: usize,
        col: usize,
        text: String,
        room: &mut Room,
    ) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        if row >= MAX_ROWS || col >= MAX_COLS {
            return Err(too_large());
        }
        room.take(&text)?;
        self.cells.insert((row, col), text);
        Ok(())
    }

    /// The text of a cell to the letter; empty where nothing is written.
    pub(super) fn written(&self, row: usize, col: usize) -> &str {
        let text = self.raw.get(&(row, col)).or(self.cells.get(&(row, col)));
        text.map_or("", String::as_str)
    }

    pub(super) fn place(&self, row: usize, col: usize) -> String {
        let col = column_name(col);
        format!("sheet {} row {} column {col}", self.name, row + 1)
    }

    /// The sheet as a table: boxes that a span covers are left out, unless
    /// something is written in them.
    fn table(&self) -> Rectangle {
        let cols = self.cells.keys().map(|(_, col)| col + 1).max().unwrap_or(0);
        let mut numbers: Vec<usize> = self.cells.keys().map(|(row, _)| *row).collect();
        numbers.dedup();
        let rows = numbers.into_iter().map(|row| {
            let here = self
                .spans
                .iter()
                .filter(|span| span.rows.0 <= row && row <= span.rows.1);
            let mut covered = vec![false; cols];
            for span in here {
                let from = span.cols.0 + usize::from(span.rows.0 == row);
                let to = (span.cols.1 + 1).min(cols);
                covered[from.min(to)..to].fill(true);
            }
            let written = |col: usize| self.cells.get(&(row, col));
            let slots = (0..cols).filter(|col| !covered[*col] || written(*col).is_some());
            Row {
                slots: slots
                    .map(|col| Slot {
                        span: 1,
                        col,
                        text: written(col).cloned().unwrap_or_default(),
                        place: self.place(row, col),
                    })
                    .collect(),
            }
        });
        Rectangle {
            rows: rows.collect(),
        }
    }

    fn boxes(&self) -> usize {
        let rows = self.cells.keys().map(|(row, _)| *row);
        let cols = self.cells.keys().map(|(_, col)| col + 1).max();
        rows.collect::<std::collections::BTreeSet<_>>().len() * cols.unwrap_or(0)
    }
}

/// Makes a draft of sheets.
pub(super) fn draft(sheets: Vec<Sheet>, options: &Options) -> Result<Draft, Failure> {
    match xlsx_out::read(&sheets, options) {
        Some(draft) => Ok(draft),
        None => tables(sheets, options),
    }
}

/// Makes a draft of the tables on sheets.
pub(super) fn tables(sheets: Vec<Sheet>, options: &Options) -> Result<Draft, Failure> {
    let mut notes = Vec::new();
    let all_hidden = sheets.iter().all(|sheet| sheet.hidden);
    let mut parts = Vec::new();
    let mut boxes = 0;
    for sheet in sheets {
        if sheet.cells.is_empty() && sheet.formulas.is_empty() {
            continue;
        }
        let name = sheet.name.as_str();
        if sheet.hidden && !all_hidden {
            notes.push(Note {
                place: format!("sheet {name}"),
                message: HIDDEN.with(vec![("sheet", name.into())]),
            });
            continue;
        }
        for (row, col) in &sheet.formulas {
            notes.push(Note {
                place: sheet.place(*row, *col),
                message: NO_RESULT.into(),
            });
        }
        boxes += sheet.boxes();
        if boxes > MAX_BOXES {
            return Err(too_large());
        }
        parts.push(Piece::table(sheet.table()));
    }
    if parts.is_empty() {
        return Err(no_report());
    }
    pieces::draft(parts, notes, options)
}

/// The text of a number as a sheet shows it: 15 digits that count.
pub(super) fn number_text(value: f64) -> String {
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    format!("{rounded}")
}

fn data_text(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::Int(value) => value.to_string(),
        Data::Float(value) => number_text(*value),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text_of(text),
        // No date is a number of anything here: it stays a text.
        Data::DateTime(value) => {
            let (year, month, day, ..) = value.to_ymd_hms_milli();
            format!("{year}年{month}月{day}日")
        }
        Data::Bool(value) => value.to_string(),
        Data::Error(error) => error.to_string(),
    }
}

/// The lines of a cell, each without what may not be shown.
pub(super) fn text_of(text: &str) -> String {
    let text = text.replace("_x000D_", "");
    let lines: Vec<String> = text.lines().map(boxed).collect();
    let prose = lines
        .iter()
        .filter(|line| line.chars().count() > 20)
        .count()
        > 1;
    // A label broken over lines is one label; paragraphs stay apart.
    lines.join(if prose { "\n" } else { "" }).trim().to_owned()
}

fn place_of(row: u32, col: u32) -> (usize, usize) {
    (row as usize, col as usize)
}

fn spans(merged: Vec<Dimensions>) -> Vec<Span> {
    let inside = merged.into_iter().filter(|span| {
        let (row, col) = place_of(span.start.0, span.start.1);
        row < MAX_ROWS && col < MAX_COLS && span.start <= span.end
    });
    let span = |span: Dimensions| Span {
        rows: (span.start.0 as usize, span.end.0 as usize),
        cols: (span.start.1 as usize, span.end.1 as usize),
    };
    inside.take(MAX_ROWS).map(span).collect()
}

/// Reads a workbook of Office 2007 and later.
pub(super) fn read_xlsx(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    Archive::open(bytes)?.measure()?;
    draft(xlsx(bytes)?, options)
}

fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, Failure> {
    let failed = |error: XlsxError| match error {
        XlsxError::Password => locked(),
        _ => damaged(),
    };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
    let mut sheets = Vec::new();
    let mut room = Room::default();
    let metadata = book.sheets_metadata().to_vec();
    for about in metadata.into_iter().take(MAX_SHEETS) {
        if about.typ != SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet {
            hidden: about.visible != SheetVisible::Visible,
            spans: spans(
                book.merge_cells_by_sheet_name(&about.name)
                    .map_err(failed)?,
            ),
            name: about.name,
            ..Sheet::default()
        };
        let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(failed)?;
        let mut count = 0;
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(failed)? {
            count += 1;
            if count > MAX_CELLS {
                return Err(too_large());
            }
            let (row, col) = place_of(cell.pos.0, cell.pos.1);
            let text = match cell.value {
                DataRef::SharedString(text) => {
                    let said = text_of(text);
                    if said != text && row < MAX_ROWS && col < MAX_COLS {
                        room.take(text)?;
                        sheet.raw.insert((row, col), text.to_owned());
                    }
                    said
                }
                value => data_text(&value.into()),
            };
            if text.is_empty() && cell.formula.is_some() && row < MAX_ROWS && col < MAX_COLS {
                sheet.formulas.push((row, col));
                sheet.put(row, col, "=".to_owned(), &mut room)?;
            }
            sheet.put(row, col, text, &mut room)?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Reads a workbook of the years before.
pub(super) fn read_xls(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    measure_xls(bytes)?;
    draft(xls(bytes)?, options)
}

/// Refuses a workbook with cells so far out that a parser needs all memory.
fn measure_xls(bytes: &[u8]) -> Result<(), Failure> {
    /// Records of one cell or several: row and column come first.
    const CELLS: [u16; 9] = [0x06, 0xBD, 0xBE, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E];
    const SHEET_BEGINS: u16 = 0x809;
    let book = Compound::open(bytes);
    let stream = book.and_then(|book| book.stream("Workbook").or_else(|| book.stream("Book")));
    let stream = stream.ok_or_else(damaged)?;
    let mut rest = stream.as_slice();
    let (mut rows, mut cols, mut boxes) = (0, 0, 0);
    while let [kind_0, kind_1, len_0, len_1, data @ ..] = rest {
        let kind = u16::from_le_bytes([*kind_0, *kind_1]);
        let len = usize::from(u16::from_le_bytes([*len_0, *len_1]));
        match data {
            [row_0, row_1, col_0, col_1, ..] if CELLS.contains(&kind) => {
                rows = rows.max(usize::from(u16::from_le_bytes([*row_0, *row_1])) + 1);
                cols = cols.max(usize::from(u16::from_le_bytes([*col_0, *col_1])) + 1);
            }
            _ if kind == SHEET_BEGINS => {
                boxes += rows * cols;
                (rows, cols) = (0, 0);
            }
            _ => {}
        }
        if boxes + rows * cols > MAX_CELLS {
            return Err(too_large());
        }
        rest = data.get(len..).unwrap_or_default();
    }
    Ok(())
}

fn xls(bytes: &[u8]) -> Result<Vec<Sheet>, Failure> {
    let failed = |error: XlsError| match error {
        XlsError::Password => locked(),
        _ => damaged(),
    };
    let mut book = Xls::new(Cursor::new(bytes)).map_err(failed)?;
    let mut sheets = Vec::new();
    let mut room = Room::default();
    let metadata = book.sheets_metadata().to_vec();
    for about in metadata.into_iter().take(MAX_SHEETS) {
        if about.typ != SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet {
            hidden: about.visible != SheetVisible::Visible,
            spans: spans(
                book.merge_cells_by_sheet_name(&about.name)
                    .map_err(failed)?,
            ),
            name: about.name,
            ..Sheet::default()
        };
        let range = book.worksheet_range(&sheet.name).map_err(failed)?;
        let (top, left) = range
            .start()
            .map_or((0, 0), |(row, col)| place_of(row, col));
        for (row, col, data) in range.used_cells() {
            sheet.put(top + row, left + col, data_text(data), &mut room)?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_sheets_name_them() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702].map(column_name).to_vec();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn numbers_are_those_that_a_sheet_shows() {
        let texts = [0.1 + 0.2, 7.0, 2.02, -1.0, 1e-7, 123_456_789.25].map(number_text);
        assert_eq!(
            texts,
            ["0.3", "7", "2.02", "-1", "0.0000001", "123456789.25"]
        );
    }

    #[test]
    fn labels_over_lines_are_joined_and_paragraphs_are_not() {
        assert_eq!(text_of("商业\n企业"), "商业企业");
        let long = "这是很长很长很长很长很长很长很长很长的一段话。";
        assert_eq!(
            text_of(&format!("{long}\r\n{long}")),
            format!("{long}\n{long}")
        );
    }
}
