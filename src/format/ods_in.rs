//! Open spreadsheets to sheets, from their `content.xml`.
//!
//! **Never:** repeats a row or a cell as often as the file says without asking
//! whether anything is written in it.
//! Next: `sheet_in`.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::Options;
use super::archive::{Archive, damaged, locked, too_large};
use super::sheet_in::{self, MAX_COLS, MAX_ROWS, Room, Sheet, Span, text_of};
use crate::base::failure::Failure;
use crate::model::Draft;

/// Deepest nesting of elements; sheets have about ten.
const MAX_DEPTH: usize = 256;

/// Reads an open spreadsheet.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    let mut archive = Archive::open(bytes)?;
    let manifest = archive.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest
        .windows(15)
        .any(|piece| piece == b"encryption-data")
    {
        return Err(locked());
    }
    let content = archive.part("content.xml")?.ok_or_else(damaged)?;
    let sheets = sheets(&String::from_utf8_lossy(&content))?;
    sheet_in::draft(sheets, options)
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    repeated: usize,
    /// How many rows and columns it covers.
    span: (usize, usize),
    is_formula: bool,
    text: String,
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
    /// Styles of sheets that are not shown.
    style: String,
    hidden: Vec<String>,
}

fn sheets(xml: &str) -> Result<Vec<Sheet>, Failure> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut this = Reading::default();
    let mut depth: usize = 0;
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(tag) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(too_large());
                }
                this.begin(&tag);
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                this.end(tag.local_name().into_inner())?;
            }
            Event::Text(text) => this.text(&text.xml10_content()),
            Event::CData(text) => this.text(&text.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref().ok().flatten() {
                Some(char) => this.text(char.encode_utf8(&mut [0; 4])),
                None => this.text(resolve_predefined_entity(&name).unwrap_or("\u{FFFD}")),
            },
            Event::Eof if depth > 0 => return Err(damaged()),
            Event::Eof => return Ok(this.sheets),
            _ => {}
        }
    }
}

fn attr(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attrs = tag.attributes().flatten();
    let attr = attrs.find(|attr| attr.key.local_name().as_ref() == name)?;
    Some(
        attr.normalized_value(XmlVersion::Implicit1_0)
            .ok()?
            .into_owned(),
    )
}

fn count(tag: &BytesStart, name: &str) -> usize {
    let count = attr(tag, name).and_then(|count| count.parse().ok());
    count.unwrap_or(1).max(1)
}

impl Reading {
    fn begin(&mut self, tag: &BytesStart) {
        match tag.local_name().into_inner() {
            "style" => self.style = attr(tag, "name").unwrap_or_default(),
            "table-properties" if attr(tag, "display").as_deref() == Some("false") => {
                self.hidden.push(self.style.clone());
            }
            "table" => {
                let style = attr(tag, "style-name").unwrap_or_default();
                self.sheets.push(Sheet {
                    name: attr(tag, "name").unwrap_or_default(),
                    hidden: self.hidden.contains(&style),
                    ..Sheet::default()
                });
                self.row = 0;
            }
            "table-row" => {
                self.rows = count(tag, "number-rows-repeated");
                self.col = 0;
            }
            "table-cell" | "covered-table-cell" => {
                self.cell = Some(Open {
                    repeated: count(tag, "number-columns-repeated"),
                    span: (
                        count(tag, "number-rows-spanned"),
                        count(tag, "number-columns-spanned"),
                    ),
                    is_formula: attr(tag, "formula").is_some(),
                    text: String::new(),
                });
            }
            "annotation" | "frame" | "shapes" => self.aside += 1,
            "p" | "h" => {
                if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.text.is_empty()) {
                    cell.text.push('\n');
                }
            }
            "s" => self.text(" "),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|_| self.aside == 0) {
            cell.text.push_str(text);
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
            _ => {}
        }
        Ok(())
    }

    /// Keeps a cell as often as it and its row are repeated, if it says anything.
    fn cell(&mut self, cell: &Open) -> Result<(), Failure> {
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        let text = text_of(&cell.text);
        let lacks = text.is_empty() && cell.is_formula;
        let written = lacks || !text.is_empty();
        let repeated = self.rows.saturating_mul(cell.repeated);
        let inside = self.row < MAX_ROWS && self.col < MAX_COLS;
        if written && (!inside || self.rows > MAX_ROWS || cell.repeated > MAX_COLS) {
            return Err(too_large());
        }
        if repeated == 1 && cell.span != (1, 1) && inside {
            let last = |from: usize, count: usize| from.saturating_add(count - 1);
            sheet.spans.push(Span {
                rows: (self.row, last(self.row, cell.span.0)),
                cols: (self.col, last(self.col, cell.span.1)),
            });
        }
        if !written {
            return Ok(());
        }
        for row in self.row..self.row + self.rows {
            for col in self.col..self.col + cell.repeated {
                if lacks {
                    sheet.formulas.push((row, col));
                }
                let text = if lacks { "=" } else { &text };
                sheet.put(row, col, text.to_owned(), &mut self.room)?;
            }
        }
        Ok(())
    }
}
