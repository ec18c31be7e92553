//! A sheet of a workbook: boxes with their spans, as they are seen.
//!
//! What nobody sees on a sheet is not read, and named once with how many: hidden
//! rows and columns, struck or white text, values under a merged cell.
//!
//! **Never:** holds more than a workbook of a report ever has.
//! Next: `read::workbook` for what its sheets say together.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::failure::Failure;
use crate::base::place::Place;
use crate::base::words::{Words, words};
use crate::format::archive::too_large;
use crate::format::marks::boxed;
use crate::format::matcher::is_value;
use crate::format::read::number_format::Shown;
use crate::format::rectangle::{Rectangle, Row, Slot};
use crate::model::Note;

/// Rows and columns that are read; a cell with content beyond is no report's.
pub(in crate::format) const MAX_ROWS: usize = 5000;
pub(in crate::format) const MAX_COLS: usize = 256;
/// Sheets that are read.
pub(in crate::format) const MAX_SHEETS: usize = 256;

/// Most cells that are looked at in all sheets, blank ones included.
const MAX_CELLS: usize = 2_000_000;
/// Most merged cells of all sheets.
const MAX_SPANS: usize = 20_000;
/// Most bytes of the texts of all cells; a report has some ten thousand.
const MAX_TEXT: usize = 16 << 20;
/// Most characters of a sheet's name that are kept; programs allow 31.
const MAX_NAME: usize = 64;

/// Why a cell is read in another way than its content says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::format) enum Why {
    /// It is a formula, and the file does not hold its result.
    NoResult,
    HiddenRow,
    HiddenColumn,
    /// All of it is struck through.
    Struck,
    /// Some of its characters are.
    StruckPart,
    /// White on white, of no size, or of a code that shows nothing.
    Faint,
    /// A merged cell lies on it.
    Covered,
    /// A number stands in a merged cell.
    Merged,
    /// It is shown with fewer digits than it has.
    Rounded,
}

impl Why {
    /// What is said of so many cells, of which the first stands at a place.
    pub(in crate::format) fn note(self, place: Place, count: usize) -> Note {
        Note {
            place,
            message: self.words().with(vec![("n", count.into())]),
        }
    }

    const fn words(self) -> Words {
        match self {
            Why::NoResult => words(
                "单元格里是公式，文件没有存它的结果，没有读成数（共 {n} 格）；用表格程序打开、保存一次再读",
                "the cell holds a formula without a stored result and was not read as a number ({n} such cells); open and save the file in its program first",
            ),
            Why::HiddenRow => words(
                "有 {n} 行是隐藏的，没有读；要读，取消隐藏后保存",
                "{n} hidden rows were not read; show them and save to have them read",
            ),
            Why::HiddenColumn => words(
                "有 {n} 列是隐藏的，没有读；要读，取消隐藏后保存",
                "{n} hidden columns were not read; show them and save to have them read",
            ),
            Why::Struck => words(
                "有 {n} 格整格划掉了，没有读",
                "{n} cells that are struck through were not read",
            ),
            Why::StruckPart => words(
                "有 {n} 格里划掉了一部分，划掉的没有读",
                "in {n} cells a part is struck through and was not read",
            ),
            Why::Faint => words(
                "有 {n} 格的内容看不见（白色、极小的字或不显示的格式），没有读",
                "{n} cells whose content can't be seen (white, tiny or formatted away) were not read",
            ),
            Why::Covered => words(
                "合并单元格下面有 {n} 格看不见的内容，没有读",
                "{n} cells that a merged cell covers were not read",
            ),
            Why::Merged => words(
                "有 {n} 处数所在的单元格是合并的：数放在第一格，其余的格空着",
                "{n} numbers stand in merged cells: each is in the first one, the others are blank",
            ),
            Why::Rounded => words(
                "有 {n} 格存的数比显示的位数多，读的是显示的数",
                "{n} cells hold more digits than they show: the number shown was read",
            ),
        }
    }
}

/// A sheet of a workbook.
#[derive(Clone, Debug, Default)]
pub(in crate::format) struct Sheet {
    pub(in crate::format) name: String,
    pub(in crate::format) hidden: bool,
    /// Texts of written cells by row and column.
    pub(in crate::format) cells: BTreeMap<(usize, usize), String>,
    /// Texts that are more than their cells say: with spaces, marks, breaks.
    raw: BTreeMap<(usize, usize), String>,
    spans: Vec<Span>,
    /// Cells that hold a formula without its result.
    pub(in crate::format) formulas: BTreeSet<(usize, usize)>,
    hidden_rows: BTreeSet<usize>,
    hidden_cols: BTreeSet<usize>,
    /// How many cells are read otherwise, and the first of them.
    pub(super) asides: BTreeMap<Why, (usize, (usize, usize))>,
}

/// What a font says of whether its text is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::format) struct Font {
    pub(in crate::format) struck: bool,
    /// White on white, or of no size.
    pub(in crate::format) white: bool,
}

/// Cells that are one box: first and last row and column.
#[derive(Clone, Copy, Debug)]
pub(in crate::format) struct Span {
    rows: (usize, usize),
    cols: (usize, usize),
}

impl Span {
    /// The box from one place to another, by row and column.
    pub(in crate::format) fn new(first: (usize, usize), last: (usize, usize)) -> Self {
        Span {
            rows: (first.0, last.0),
            cols: (first.1, last.1),
        }
    }

    fn holds(&self, row: usize, col: usize) -> bool {
        (self.rows.0..=self.rows.1).contains(&row) && (self.cols.0..=self.cols.1).contains(&col)
    }
}

/// Which boxes of a span are boxes of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opens {
    None,
    /// Those below the first one: the head is as wide as the span.
    Down,
    All,
}

/// What the sheets of a workbook may still hold: a text that stands there once may
/// be said to stand in every cell.
pub(in crate::format) struct Room {
    text: usize,
    cells: usize,
    spans: usize,
}

impl Default for Room {
    fn default() -> Self {
        Room {
            text: MAX_TEXT,
            cells: MAX_CELLS,
            spans: MAX_SPANS,
        }
    }
}

impl Room {
    /// Takes bytes of texts.
    pub(in crate::format) fn bytes(&mut self, count: usize) -> Result<(), Failure> {
        self.text = self.text.checked_sub(count).ok_or_else(too_large)?;
        Ok(())
    }

    /// Takes a cell that is looked at, whether something is written in it or not.
    pub(in crate::format) fn cell(&mut self) -> Result<(), Failure> {
        self.cells = self.cells.checked_sub(1).ok_or_else(too_large)?;
        Ok(())
    }
}

impl Sheet {
    pub(in crate::format) fn new(name: &str, hidden: bool) -> Self {
        Sheet {
            name: name.chars().take(MAX_NAME).collect(),
            hidden,
            ..Sheet::default()
        }
    }

    /// Keeps the text of a cell.
    pub(in crate::format) fn put(
        &mut self,
        (row, col): (usize, usize),
        written: &str,
        room: &mut Room,
    ) -> Result<(), Failure> {
        let text = text_of(written);
        let is_more = text != written;
        if text.is_empty() && written.trim().is_empty() {
            return Ok(());
        }
        if row >= MAX_ROWS || col >= MAX_COLS {
            return Err(too_large());
        }
        room.bytes(written.len())?;
        if is_more {
            room.bytes(text.len())?;
            self.raw.insert((row, col), written.to_owned());
        }
        if !text.is_empty() {
            self.cells.insert((row, col), text);
        }
        Ok(())
    }

    /// Keeps the text of a cell as far as it is seen: its runs, each with its font.
    pub(in crate::format) fn put_seen<'a>(
        &mut self,
        at: (usize, usize),
        runs: impl IntoIterator<Item = (&'a str, Font)>,
        room: &mut Room,
    ) -> Result<(), Failure> {
        let mut seen = String::new();
        let (mut struck, mut faint) = (false, false);
        for (text, font) in runs {
            let is_written = !text.trim().is_empty();
            match font {
                Font { struck: true, .. } => struck |= is_written,
                Font { white: true, .. } => faint |= is_written,
                _ => {
                    seen.push_str(text);
                    continue;
                }
            }
            room.bytes(text.len())?;
        }
        if struck {
            let is_all = seen.trim().is_empty();
            self.aside(if is_all { Why::Struck } else { Why::StruckPart }, at);
        }
        if faint {
            self.aside(Why::Faint, at);
        }
        self.put(at, &seen, room)
    }

    /// Keeps a number as it is shown.
    pub(in crate::format) fn put_shown(
        &mut self,
        at: (usize, usize),
        shown: &Shown,
        font: Font,
        room: &mut Room,
    ) -> Result<(), Failure> {
        if shown.text.is_empty() {
            self.aside(Why::Faint, at);
        } else if shown.is_rounded {
            self.aside(Why::Rounded, at);
        }
        self.put_seen(at, [(shown.text.as_str(), font)], room)
    }

    /// Keeps that a formula without its result stands in a cell.
    pub(in crate::format) fn put_formula(
        &mut self,
        at: (usize, usize),
        room: &mut Room,
    ) -> Result<(), Failure> {
        self.put(at, "=", room)?;
        self.formulas.insert(at);
        Ok(())
    }

    /// Counts a cell that is read otherwise.
    pub(in crate::format) fn aside(&mut self, why: Why, at: (usize, usize)) {
        self.asides.entry(why).or_insert((0, at)).0 += 1;
    }

    /// Makes cells one box.
    pub(in crate::format) fn span(&mut self, span: Span, room: &mut Room) -> Result<(), Failure> {
        let inside = span.rows.0 < MAX_ROWS && span.cols.0 < MAX_COLS;
        if inside && span.rows.0 <= span.rows.1 && span.cols.0 <= span.cols.1 {
            room.spans = room.spans.checked_sub(1).ok_or_else(too_large)?;
            self.spans.push(span);
        }
        Ok(())
    }

    pub(in crate::format) fn hide_row(&mut self, row: usize) {
        if row < MAX_ROWS {
            self.hidden_rows.insert(row);
        }
    }

    /// Hides columns from one to another that is not among them.
    pub(in crate::format) fn hide_cols(&mut self, from: usize, to: usize) {
        self.hidden_cols.extend(from..to.min(MAX_COLS));
    }

    /// The text of a cell to the letter; empty where nothing is written.
    pub(in crate::format) fn written(&self, row: usize, col: usize) -> &str {
        let text = self.raw.get(&(row, col)).or(self.cells.get(&(row, col)));
        text.map_or("", String::as_str)
    }

    pub(in crate::format) fn place(&self, row: usize, col: usize) -> Place {
        Place::SheetCell {
            sheet: self.name.clone(),
            row: row + 1,
            col: col + 1,
        }
    }

    /// What is read otherwise than it stands there, each thing once.
    pub(in crate::format) fn notes(&self) -> impl Iterator<Item = Note> + '_ {
        let asides = self.asides.iter();
        asides.map(|(why, (count, (row, col)))| why.note(self.place(*row, *col), *count))
    }

    /// Leaves out what lies in hidden rows and columns, and under merged cells.
    pub(super) fn leave_unseen(&mut self) {
        // The text of a merged cell is seen as long as a part of it is.
        for span in self.spans.clone() {
            let at = (span.rows.0, span.cols.0);
            let row = (span.rows.0..=span.rows.1).find(|row| !self.hidden_rows.contains(row));
            let col = (span.cols.0..=span.cols.1).find(|col| !self.hidden_cols.contains(col));
            if let (Some(row), Some(col)) = (row, col)
                && (row, col) != at
                && let Some(text) = self.cells.remove(&at)
            {
                self.cells.insert((row, col), text);
            }
        }
        let helpers = self.helpers();
        let rows = &self.hidden_rows;
        let unseen = |at: &(usize, usize)| rows.contains(&at.0) || helpers.contains(at);
        let (mut hidden_rows, mut hidden_cols) = (BTreeMap::new(), BTreeMap::new());
        for (row, col) in self.cells.keys().filter(|at| unseen(at)) {
            if rows.contains(row) {
                hidden_rows.entry(*row).or_insert((*row, *col));
            } else {
                hidden_cols.entry(*col).or_insert((*row, *col));
            }
        }
        self.cells.retain(|at, _| !unseen(at));
        self.formulas.retain(|at| !unseen(at));
        for at in hidden_rows.into_values() {
            self.aside(Why::HiddenRow, at);
        }
        for at in hidden_cols.into_values() {
            self.aside(Why::HiddenColumn, at);
        }
        let formulas = self.formulas.clone();
        for at in formulas {
            self.aside(Why::NoResult, at);
        }
    }

    /// Cells of hidden columns at an end of their table: helpers of who made it.
    ///
    /// A hidden column in the middle of a table is one of its columns: it is read.
    fn helpers(&self) -> BTreeSet<(usize, usize)> {
        let mut helpers = BTreeSet::new();
        let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (row, col) in self.cells.keys() {
            rows.entry(*row).or_default().push(*col);
        }
        let rows: Vec<(usize, Vec<usize>)> = rows.into_iter().collect();
        // A table ends where a row is blank or holds a single box.
        let goes_on = |a: &(usize, Vec<usize>), b: &(usize, Vec<usize>)| {
            b.0 == a.0 + 1 && a.1.len() > 1 && b.1.len() > 1
        };
        for table in rows.chunk_by(goes_on) {
            let cols = || table.iter().flat_map(|(_, cols)| cols);
            let shown = || cols().filter(|col| !self.hidden_cols.contains(col));
            let (first, last) = (shown().min().copied(), shown().max().copied());
            for (row, cols) in table {
                let outside = |col: &&usize| {
                    self.hidden_cols.contains(col)
                        && (first.is_none_or(|first| **col < first)
                            || last.is_none_or(|last| **col > last))
                };
                helpers.extend(cols.iter().filter(outside).map(|col| (*row, *col)));
            }
        }
        helpers
    }

    /// The sheet as a table: boxes that a span covers are left out.
    ///
    /// A number in a span belongs to its first column, and boxes of the others are
    /// blank, unless the head above it spans the same columns.
    pub(super) fn table(&mut self) -> Rectangle {
        self.leave_unseen();
        let cols = self.cells.keys().map(|(_, col)| col + 1).max().unwrap_or(0);
        let mut numbers: Vec<usize> = self.cells.keys().map(|(row, _)| *row).collect();
        numbers.dedup();
        let mut spans = std::mem::take(&mut self.spans);
        spans.sort_by_key(|span| (span.rows.0, span.cols.0));
        let opened: Vec<Opens> = spans.iter().map(|span| self.opens(span, &spans)).collect();
        let mut rows = Vec::new();
        for row in numbers {
            // What becomes of the box of a column, if it is not as any other.
            let mut covered: Vec<Option<bool>> = vec![None; cols];
            let mut widths: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            for (span, opened) in spans.iter().zip(&opened) {
                if row < span.rows.0 || span.rows.1 < row {
                    continue;
                }
                let anchor = (span.rows.0..=span.rows.1)
                    .find(|row| !self.hidden_rows.contains(row))
                    .zip((span.cols.0..=span.cols.1).find(|c| !self.hidden_cols.contains(c)));
                let as_wide = matches!(opened, Opens::Down);
                if let (Some(anchor), Opens::None) = (anchor, opened) {
                    widths.insert(anchor, span.cols.1 + 1 - span.cols.0);
                }
                let cols = covered.iter_mut().enumerate();
                let inside = span.cols.1.saturating_add(1) - span.cols.0;
                for (col, state) in cols.skip(span.cols.0).take(inside) {
                    if anchor != Some((row, col)) {
                        let below = as_wide && row > span.rows.0 && col == span.cols.0;
                        *state = Some(below || matches!(opened, Opens::All));
                    }
                }
            }
            let mut slots = Vec::new();
            for (col, covered) in covered.into_iter().enumerate() {
                let text = self.cells.get(&(row, col));
                if self.hidden_cols.contains(&col) && text.is_none() {
                    continue;
                }
                if covered.is_some() && text.is_some() {
                    self.asides.entry(Why::Covered).or_insert((0, (row, col))).0 += 1;
                }
                let text = match covered {
                    Some(false) => continue,
                    Some(true) => String::new(),
                    None => text.cloned().unwrap_or_default(),
                };
                let place = self.place(row, col);
                let span = widths.get(&(row, col)).copied().unwrap_or(1);
                slots.push(Slot {
                    col,
                    span,
                    text,
                    place,
                });
            }
            rows.push(Row { slots });
        }
        Rectangle { rows }
    }

    /// Which boxes of a span stand each for itself: a number is in its first.
    fn opens(&mut self, span: &Span, spans: &[Span]) -> Opens {
        let (row, col) = (span.rows.0, span.cols.0);
        let text = self.cells.get(&(row, col)).map_or("", String::as_str);
        let is_blank = text.is_empty() && span.rows.0 == span.rows.1;
        if !is_blank && !is_value(text) {
            return Opens::None;
        }
        let heads = (0..row).rev().map(|above| {
            let span = spans.iter().find(|span| span.holds(above, col));
            let at = span.map_or((above, col), |span| (span.rows.0, span.cols.0));
            (span, self.cells.get(&at))
        });
        let head = heads
            .filter_map(|(span, text)| text.map(|text| (span, text)))
            .find(|(_, text)| !is_value(text));
        let as_wide =
            head.is_some_and(|(head, _)| head.map_or((col, col), |head| head.cols) == span.cols);
        let opens = match (as_wide, span.rows.0 < span.rows.1) {
            (false, _) => Opens::All,
            (true, true) => Opens::Down,
            (true, false) => Opens::None,
        };
        if opens != Opens::None && !text.is_empty() {
            self.aside(Why::Merged, (row, col));
        }
        opens
    }

    pub(super) fn boxes(&self) -> usize {
        let rows: BTreeSet<usize> = self.cells.keys().map(|(row, _)| *row).collect();
        let cols = self.cells.keys().map(|(_, col)| col + 1).max();
        rows.len() * cols.unwrap_or(0)
    }
}

/// The lines of a cell, each without what may not be shown.
pub(in crate::format) fn text_of(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(boxed).collect();
    let prose = lines
        .iter()
        .filter(|line| line.chars().count() > 20)
        .count()
        > 1;
    // A label broken over lines is one label; paragraphs stay apart.
    lines.join(if prose { "\n" } else { "" }).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

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
