//! Open spreadsheets to sheets, from their `content.xml`.
//!
//! **Never:** repeats a row or a cell as often as the file says without asking
//! whether anything is written in it.
//! Next: `read::workbook`.

use std::collections::HashMap;

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::archive::{self, too_large};
use crate::format::read::of_sheets;
use crate::format::read::sheet::{Font, MAX_COLS, MAX_ROWS, Room, Sheet, Span};
use crate::format::read::xml::{Step, Tag, walk};
use crate::format::{Format, MAX_PACKED, Options, foreign_document};
use crate::model::Draft;

/// Most styles.
const MAX_STYLES: usize = 70_000;

/// Open spreadsheets.
pub static ODS: Format = Format {
    marks: &[(b"PK\x03\x04", b"opendocument.spreadsheet")],
    ..foreign_document(
        "ods",
        words("OpenDocument 表格", "OpenDocument spreadsheet"),
        &["ods", "ots"],
        MAX_PACKED,
        read,
    )
};

/// Reads an open spreadsheet.
fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    of_sheets(workbook(bytes)?, options)
}

/// The sheets of a workbook.
pub(in crate::format) fn workbook(bytes: &[u8]) -> Result<Vec<Sheet>, Failure> {
    let content = archive::content(bytes)?;
    sheets(&String::from_utf8_lossy(&content))
}

/// What a style says of whether something is seen.
#[derive(Clone, Copy, Default)]
struct Look {
    /// A sheet with it is not shown.
    hidden: bool,
    font: Font,
    /// What is behind it is neither white nor nothing.
    dark: bool,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    repeated: usize,
    /// How many rows and columns it covers.
    span: (usize, usize),
    is_formula: bool,
    look: Look,
    /// Its text, in pieces of one font.
    runs: Vec<(String, Font)>,
}

#[derive(Default)]
struct Reading {
    sheets: Vec<Sheet>,
    room: Room,
    /// The row, and how often it stands there.
    row: usize,
    rows: usize,
    col: usize,
    cell: Option<Open>,
    /// Open notes and pictures: their text is not the cell's.
    aside: usize,
    /// Open pieces of text, and the font of each.
    pieces: Vec<Font>,
    /// The style that is being said, and all by their names.
    style: String,
    looks: HashMap<String, Look>,
    /// The columns that were said, and the looks of their cells.
    cols: usize,
    defaults: Vec<(usize, Look)>,
}

fn sheets(xml: &str) -> Result<Vec<Sheet>, Failure> {
    let mut this = Reading::default();
    walk(xml, |step| {
        match step {
            Step::Open(tag) => this.begin(tag)?,
            Step::Text(text) => this.text(text),
            Step::Close(name) => this.end(name)?,
        }
        Ok(())
    })?;
    Ok(this.sheets)
}

fn count(tag: &Tag, name: &str) -> usize {
    tag.count(name).max(1)
}

impl Reading {
    fn look(&self, tag: &Tag, name: &str) -> Option<Look> {
        let style = tag.attr(name)?;
        self.looks.get(&style).copied()
    }

    fn begin(&mut self, tag: &Tag) -> Result<(), Failure> {
        let is = |name: &str, value: &str| tag.attr(name).as_deref() == Some(value);
        match tag.name {
            "style" => self.style = tag.attr("name").unwrap_or_default(),
            "table-properties" if is("display", "false") => {
                self.styled(|look| look.hidden = true)?;
            }
            "text-properties" | "table-cell-properties" => self.describe(tag)?,
            "table" => {
                let look = self.look(tag, "style-name").unwrap_or_default();
                let name = tag.attr("name").unwrap_or_default();
                self.sheets.push(Sheet::new(&name, look.hidden));
                (self.row, self.cols) = (0, 0);
                self.defaults.clear();
            }
            "table-column" => self.column(tag),
            "table-row" => {
                self.rows = count(tag, "number-rows-repeated");
                self.col = 0;
                let sheet = self.sheets.last_mut();
                if let (Some(sheet), true) = (sheet, unseen(tag)) {
                    let end = self.row.saturating_add(self.rows).min(MAX_ROWS);
                    (self.row..end).for_each(|row| sheet.hide_row(row));
                }
            }
            "table-cell" | "covered-table-cell" => self.open(tag),
            "annotation" | "frame" | "shapes" => self.aside += 1,
            "p" | "h" if self.cell.as_ref().is_some_and(|cell| !cell.runs.is_empty()) => {
                self.text("\n");
            }
            "span" => {
                let look = self.look(tag, "style-name").unwrap_or_default();
                self.pieces.push(look.font);
            }
            "s" => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    /// Takes what a style says of its text and its ground.
    fn describe(&mut self, tag: &Tag) -> Result<(), Failure> {
        let is = |name: &str, value: &str| tag.attr(name).as_deref() == Some(value);
        match tag.name {
            "text-properties" => {
                let line = tag.attr("text-line-through-style");
                let line = line.or_else(|| tag.attr("text-line-through-type"));
                let struck = line.is_some_and(|line| line != "none");
                let tiny = is("font-size", "0pt") || is("font-size", "1pt");
                let white = is("color", "#ffffff") || is("display", "none") || tiny;
                self.styled(|look| {
                    look.font.struck |= struck;
                    look.font.white |= white;
                })
            }
            // White on another colour is seen.
            "table-cell-properties" => {
                let paper = tag.attr("background-color");
                let dark = paper.is_some_and(|paper| paper != "transparent" && paper != "#ffffff");
                self.styled(|look| look.dark = dark)
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, tag: &Tag) {
        let column = self.defaults.iter().find(|(end, _)| self.col < *end);
        let look = self
            .look(tag, "style-name")
            .or(column.map(|(_, look)| *look));
        self.cell = Some(Open {
            repeated: count(tag, "number-columns-repeated"),
            span: (
                count(tag, "number-rows-spanned"),
                count(tag, "number-columns-spanned"),
            ),
            is_formula: tag.attr("formula").is_some(),
            look: look.unwrap_or_default(),
            ..Open::default()
        });
    }

    /// Adds to what the style that is being said says.
    fn styled(&mut self, say: impl FnOnce(&mut Look)) -> Result<(), Failure> {
        if self.looks.len() == MAX_STYLES {
            return Err(too_large());
        }
        say(self.looks.entry(self.style.clone()).or_default());
        Ok(())
    }

    fn column(&mut self, tag: &Tag) {
        let end = self
            .cols
            .saturating_add(count(tag, "number-columns-repeated"));
        if let (Some(sheet), true) = (self.sheets.last_mut(), unseen(tag)) {
            sheet.hide_cols(self.cols, end);
        }
        let look = self.look(tag, "default-cell-style-name");
        if self.cols < MAX_COLS {
            self.defaults.push((end, look.unwrap_or_default()));
        }
        self.cols = end;
    }

    fn text(&mut self, text: &str) {
        let Some(cell) = self.cell.as_mut().filter(|_| self.aside == 0) else {
            return;
        };
        let within = [cell.look.font]
            .into_iter()
            .chain(self.pieces.iter().copied());
        let font = within.fold(Font::default(), |font, piece| Font {
            struck: font.struck || piece.struck,
            white: (font.white || piece.white) && !cell.look.dark,
        });
        match cell.runs.last_mut().filter(|(_, last)| *last == font) {
            Some((run, _)) => run.push_str(text),
            None => cell.runs.push((text.to_owned(), font)),
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Failure> {
        match name {
            "annotation" | "frame" | "shapes" => self.aside = self.aside.saturating_sub(1),
            "table-cell" | "covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    self.cell(&cell)?;
                    self.col = self.col.saturating_add(cell.repeated);
                }
            }
            "table-row" => self.row = self.row.saturating_add(self.rows),
            "span" => {
                self.pieces.pop();
            }
            _ => {}
        }
        Ok(())
    }

    /// Keeps a cell as often as it and its row are repeated, if it says anything.
    fn cell(&mut self, cell: &Open) -> Result<(), Failure> {
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        self.room.cell()?;
        let is_blank = cell.runs.iter().all(|(text, _)| text.trim().is_empty());
        let lacks = is_blank && cell.is_formula;
        let written = lacks || !is_blank;
        let repeated = self.rows.saturating_mul(cell.repeated);
        let inside = self.row < MAX_ROWS && self.col < MAX_COLS;
        if written && (!inside || self.rows > MAX_ROWS || cell.repeated > MAX_COLS) {
            return Err(too_large());
        }
        if repeated == 1 && cell.span != (1, 1) && inside {
            let last = |from: usize, count: usize| from.saturating_add(count - 1);
            let end = (last(self.row, cell.span.0), last(self.col, cell.span.1));
            sheet.span(Span::new((self.row, self.col), end), &mut self.room)?;
        }
        if !written {
            return Ok(());
        }
        for row in self.row..self.row + self.rows {
            for col in self.col..self.col + cell.repeated {
                self.room.cell()?;
                if lacks {
                    sheet.put_formula((row, col), &mut self.room)?;
                } else {
                    let runs = cell.runs.iter().map(|(text, font)| (text.as_str(), *font));
                    sheet.put_seen((row, col), runs, &mut self.room)?;
                }
            }
        }
        Ok(())
    }
}

/// Whether a row or columns are said not to be shown.
fn unseen(tag: &Tag) -> bool {
    let visibility = tag.attr("visibility");
    visibility.is_some_and(|visibility| matches!(visibility.as_str(), "collapse" | "filter"))
}
