//! Workbooks of Office 2007 and later, to sheets.
//!
//! **Never:** believes a count that a part declares; takes a formula without a
//! stored result for a number.
//! Next: `read::workbook`, which makes a draft of sheets.

use std::collections::HashMap;

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::archive::{Archive, damaged, too_large};
use crate::format::read::number_format::{built_in, shown};
use crate::format::read::of_sheets;
use crate::format::read::sheet::{Font, MAX_SHEETS, Room, Sheet, Span};
use crate::format::read::xml::{Step, Tag, walk};
use crate::format::{Format, MAX_PACKED, Options, foreign_document, own};
use crate::model::Draft;

/// Most texts that cells share; a report has some hundred.
const MAX_STRINGS: usize = 200_000;
/// Bytes that a run takes beside its text.
const RUN: usize = 8;
/// Most fonts, fills, codes and styles, each.
const MAX_STYLES: usize = 70_000;

/// Workbooks of Excel and WPS.
pub static XLSX: Format = Format {
    marks: &[(b"PK\x03\x04", b"xl/workbook.xml")],
    carries: words(
        "表格、标题、机关、年度等表头、各部分标题和正文；不含说明、疑问和未放入的内容；空段落、控制字符和金额末尾的 0 不保留",
        "cells, head, headings and texts; no explanations, questions or unplaced pieces; empty paragraphs, control characters and trailing zeros of amounts are dropped",
    ),
    write: Some(own::xlsx::write),
    marks_drafts: true,
    ..foreign_document(
        "xlsx",
        words("Excel 工作簿", "Excel workbook"),
        &["xlsx", "xlsm", "xltx"],
        MAX_PACKED,
        read,
    )
};

/// Reads a workbook.
fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    of_sheets(workbook(bytes)?, options)
}

/// The sheets of a workbook.
pub(in crate::format) fn workbook(bytes: &[u8]) -> Result<Vec<Sheet>, Failure> {
    let mut archive = Archive::open(bytes)?;
    sheets(&mut archive)
}

/// Its worksheets.
pub(in crate::format) fn sheets(archive: &mut Archive) -> Result<Vec<Sheet>, Failure> {
    const BOOK: &str = "xl/workbook.xml";
    let book = Book::of(&text(archive, BOOK)?.ok_or_else(damaged)?)?;
    let relations = text(archive, "xl/_rels/workbook.xml.rels")?.ok_or_else(damaged)?;
    let relations = Relation::all(&relations)?;
    let kind = |kind: &str| relations.iter().find(|relation| relation.kind == kind);
    let mut part = |kind: Option<&Relation>| match kind {
        Some(relation) => text(archive, &relation.target),
        None => Ok(None),
    };
    let styles = part(kind("styles"))?.unwrap_or_default();
    let styles = Styles::of(&styles)?;
    let mut room = Room::default();
    let strings = part(kind("sharedStrings"))?.unwrap_or_default();
    let strings = strings_of(&strings, &mut room)?;
    let mut sheets = Vec::new();
    for entry in book.sheets {
        let relation = relations.iter().find(|relation| relation.id == entry.id);
        let relation = relation.ok_or_else(damaged)?;
        if relation.kind != "worksheet" {
            continue;
        }
        let mut reading = Reading {
            sheet: Sheet::new(&entry.name, entry.hidden),
            styles: &styles,
            strings: &strings,
            since_1904: book.since_1904,
            row: 0,
            col: 0,
            cell: None,
            inside: Inside::Nothing,
            run: Run::default(),
        };
        let content = text(archive, &relation.target)?.ok_or_else(damaged)?;
        walk(&content, |step| reading.step(&step, &mut room))?;
        sheets.push(reading.sheet);
    }
    Ok(sheets)
}

fn text(archive: &mut Archive, name: &str) -> Result<Option<String>, Failure> {
    let Some(bytes) = archive.part(name)? else {
        return Ok(None);
    };
    // A few write their parts in UTF-16; marks at the beginning are gone after it.
    let (text, ..) = encoding_rs::UTF_8.decode(&bytes);
    Ok(Some(text.into_owned()))
}

/// Whether an attribute says yes.
fn says(tag: &Tag, name: &str) -> bool {
    tag.attr(name)
        .is_some_and(|value| value == "1" || value == "true")
}

/// Whether an element that is there says yes: it does unless it says no.
fn is_on(tag: &Tag) -> bool {
    !tag.attr("val")
        .is_some_and(|value| value == "0" || value == "false")
}

/// A sheet as the workbook lists it.
struct Entry {
    name: String,
    id: String,
    hidden: bool,
}

#[derive(Default)]
struct Book {
    sheets: Vec<Entry>,
    since_1904: bool,
}

impl Book {
    fn of(xml: &str) -> Result<Self, Failure> {
        let mut book = Book::default();
        walk(xml, |step| {
            match step {
                Step::Open(tag) if tag.name == "sheet" && book.sheets.len() < MAX_SHEETS => {
                    book.sheets.push(Entry {
                        name: tag.attr("name").unwrap_or_default(),
                        id: tag.attr("id").unwrap_or_default(),
                        hidden: tag.attr("state").is_some_and(|state| state != "visible"),
                    });
                }
                Step::Open(tag) if tag.name == "workbookPr" => {
                    book.since_1904 = says(tag, "date1904");
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(book)
    }
}

/// What the workbook calls one of its parts.
struct Relation {
    id: String,
    /// The last word of its type: worksheet, styles.
    kind: String,
    target: String,
}

impl Relation {
    fn all(xml: &str) -> Result<Vec<Self>, Failure> {
        let mut all = Vec::new();
        walk(xml, |step| {
            let Step::Open(tag) = step else { return Ok(()) };
            if tag.name == "Relationship" && all.len() < MAX_STYLES {
                let kind = tag.attr("Type").unwrap_or_default();
                let target = tag.attr("Target").unwrap_or_default();
                all.push(Relation {
                    id: tag.attr("Id").unwrap_or_default(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: match target.strip_prefix('/') {
                        Some(whole) => whole.to_owned(),
                        None => format!("xl/{}", target.trim_start_matches("./")),
                    },
                });
            }
            Ok(())
        })?;
        Ok(all)
    }
}

/// The look of a cell.
#[derive(Clone, Default)]
struct Look {
    font: usize,
    fill: usize,
    code: u16,
}

/// The looks of all cells.
#[derive(Default)]
struct Styles {
    codes: HashMap<u16, String>,
    fonts: Vec<Font>,
    /// Whether what stands on it white is not seen.
    fills: Vec<bool>,
    looks: Vec<Look>,
}

/// Whether a colour is that of paper.
fn is_white(tag: &Tag) -> bool {
    let rgb = tag.attr("rgb").unwrap_or_default();
    let named = |name: &str| tag.attr(name).unwrap_or_default();
    let tint: f64 = named("tint").parse().unwrap_or(0.0);
    rgb.to_ascii_uppercase().ends_with("FFFFFF")
        || (named("theme") == "0" && tint > -0.01)
        || matches!(named("indexed").as_str(), "1" | "9")
}

impl Styles {
    fn of(xml: &str) -> Result<Self, Failure> {
        let mut styles = Styles::default();
        let mut open: Vec<String> = Vec::new();
        walk(xml, |step| {
            match step {
                Step::Open(tag) => {
                    styles.open(tag, &open);
                    open.push(tag.name.to_owned());
                }
                Step::Close(_) => {
                    open.pop();
                }
                Step::Text(_) => {}
            }
            let most = [
                styles.fonts.len(),
                styles.fills.len(),
                styles.looks.len(),
                styles.codes.len(),
            ];
            if most.into_iter().any(|count| count > MAX_STYLES) {
                return Err(too_large());
            }
            Ok(())
        })?;
        Ok(styles)
    }

    fn open(&mut self, tag: &Tag, open: &[String]) {
        let within = |at: usize| open.get(at).map_or("", String::as_str);
        let number = |name: &str| tag.attr(name).and_then(|value| value.parse().ok());
        match (within(1), within(2), tag.name) {
            ("numFmts", "", "numFmt") => {
                let code = tag.attr("formatCode").unwrap_or_default();
                let number = number("numFmtId").and_then(|number| u16::try_from(number).ok());
                self.codes.extend(number.map(|number| (number, code)));
            }
            ("fonts", "", "font") => self.fonts.push(Font::default()),
            ("fonts", "font", name) => {
                if let Some(font) = self.fonts.last_mut() {
                    say(font, name, tag);
                }
            }
            ("fills", "", "fill") => self.fills.push(true),
            ("fills", "fill", "patternFill") => {
                let pattern = tag.attr("patternType");
                let none = pattern.is_none_or(|pattern| pattern == "none");
                self.fills.pop();
                self.fills.push(none);
            }
            ("fills", "fill", "gradientFill") => {
                self.fills.pop();
                self.fills.push(false);
            }
            ("fills", "fill", "fgColor") if is_white(tag) => {
                self.fills.pop();
                self.fills.push(true);
            }
            ("cellXfs", "", "xf") => self.looks.push(Look {
                font: number("fontId").unwrap_or(0),
                fill: number("fillId").unwrap_or(0),
                code: number("numFmtId")
                    .and_then(|number| u16::try_from(number).ok())
                    .unwrap_or(0),
            }),
            _ => {}
        }
    }

    fn look(&self, index: usize) -> Look {
        self.looks.get(index).cloned().unwrap_or_default()
    }

    /// A font, the cell's unless it is one of its own, on the paper of the cell.
    fn font(&self, look: &Look, own: Option<Font>) -> Font {
        let font = own.or_else(|| self.fonts.get(look.font).copied());
        let font = font.unwrap_or_default();
        let paper = self.fills.get(look.fill).copied().unwrap_or(true);
        Font {
            white: font.white && paper,
            ..font
        }
    }

    fn code(&self, look: &Look) -> &str {
        let own = self.codes.get(&look.code);
        own.map_or_else(|| built_in(look.code), String::as_str)
    }
}

/// Takes in what a property of a font says.
fn say(font: &mut Font, name: &str, tag: &Tag) {
    match name {
        "strike" => font.struck = is_on(tag),
        "color" => font.white |= is_white(tag),
        "sz" => {
            let size = tag.attr("val").and_then(|size| size.parse().ok());
            font.white |= size.is_some_and(|size: f64| size <= 1.0);
        }
        _ => {}
    }
}

/// A text that cells share, or that stands in one: its runs, with a font of their own
/// if they have one.
type Rich = Vec<(String, Option<Font>)>;

/// A rich text that is being read.
#[derive(Default)]
struct Run {
    rich: Rich,
    font: Option<Font>,
    /// Open readings of characters: they are printed above the text.
    aside: usize,
    in_text: bool,
}

impl Run {
    fn open(&mut self, tag: &Tag) {
        match tag.name {
            "r" => self.font = None,
            "rPr" => self.font = Some(Font::default()),
            "rPh" => self.aside += 1,
            "t" => {
                self.in_text = true;
                if self.aside == 0 {
                    self.rich.push((String::new(), self.font));
                }
            }
            name => {
                if let Some(font) = self.font.as_mut() {
                    say(font, name, tag);
                }
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "r" => self.font = None,
            "rPh" => self.aside = self.aside.saturating_sub(1),
            "t" => self.in_text = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((run, _)) = self.rich.last_mut()
            && self.in_text
            && self.aside == 0
        {
            run.push_str(text);
        }
    }
}

fn strings_of(xml: &str, room: &mut Room) -> Result<Vec<Rich>, Failure> {
    let mut strings = Vec::new();
    let mut run = Run::default();
    walk(xml, |step| {
        match step {
            Step::Open(tag) if tag.name == "si" => run = Run::default(),
            Step::Open(tag) => run.open(tag),
            Step::Text(text) => run.text(text),
            Step::Close("si") => {
                if strings.len() == MAX_STRINGS {
                    return Err(too_large());
                }
                let rich = std::mem::take(&mut run.rich);
                let bytes = rich.iter().map(|(run, _)| run.len() + RUN);
                room.bytes(bytes.sum())?;
                strings.push(rich);
            }
            Step::Close(name) => run.close(name),
        }
        Ok(())
    })?;
    Ok(strings)
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    kind: String,
    look: Look,
    value: String,
    is_formula: bool,
    has_value: bool,
}

/// What text belongs to now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Value,
    Rich,
}

struct Reading<'a> {
    sheet: Sheet,
    styles: &'a Styles,
    strings: &'a [Rich],
    since_1904: bool,
    /// Where the next cell stands that does not say where.
    row: usize,
    col: usize,
    cell: Option<Cell>,
    inside: Inside,
    run: Run,
}

impl Reading<'_> {
    fn step(&mut self, step: &Step, room: &mut Room) -> Result<(), Failure> {
        match step {
            Step::Open(tag) if self.inside == Inside::Rich => self.run.open(tag),
            Step::Open(tag) => self.open(tag, room)?,
            Step::Text(text) => match self.inside {
                Inside::Nothing => {}
                Inside::Rich => self.run.text(text),
                Inside::Value => {
                    if let Some(cell) = self.cell.as_mut() {
                        cell.value.push_str(text);
                    }
                }
            },
            Step::Close("v" | "is") => self.inside = Inside::Nothing,
            Step::Close("c") => {
                if let Some(cell) = self.cell.take() {
                    self.put(&cell, room)?;
                    self.col = self.col.saturating_add(1);
                }
            }
            Step::Close("row") => self.row = self.row.saturating_add(1),
            Step::Close(name) if self.inside == Inside::Rich => self.run.close(name),
            Step::Close(_) => {}
        }
        Ok(())
    }

    fn open(&mut self, tag: &Tag, room: &mut Room) -> Result<(), Failure> {
        match tag.name {
            "row" => {
                let number = tag.attr("r").and_then(|number| number.parse().ok());
                if let Some(number) = number {
                    self.row = usize::saturating_sub(number, 1);
                }
                self.col = 0;
                if says(tag, "hidden") || is_nought(tag.attr("ht")) {
                    self.sheet.hide_row(self.row);
                }
            }
            "col" if says(tag, "hidden") || is_nought(tag.attr("width")) => {
                let number = |name: &str| tag.attr(name).and_then(|value| value.parse().ok());
                if let (Some(first), Some(last)) = (number("min"), number("max")) {
                    self.sheet.hide_cols(usize::saturating_sub(first, 1), last);
                }
            }
            "c" => {
                room.cell()?;
                if let Some((row, col)) = tag.attr("r").and_then(|name| place(&name)) {
                    (self.row, self.col) = (row, col);
                }
                let style = tag.attr("s").and_then(|style| style.parse().ok());
                self.cell = Some(Cell {
                    kind: tag.attr("t").unwrap_or_default(),
                    look: self.styles.look(style.unwrap_or(0)),
                    ..Cell::default()
                });
            }
            "f" => {
                if let Some(cell) = self.cell.as_mut() {
                    cell.is_formula = true;
                }
            }
            "v" => {
                self.inside = Inside::Value;
                if let Some(cell) = self.cell.as_mut() {
                    cell.has_value = true;
                }
            }
            "is" => {
                self.inside = Inside::Rich;
                self.run = Run::default();
            }
            "mergeCell" => {
                let name = tag.attr("ref").unwrap_or_default();
                if let Some((first, last)) = name.split_once(':')
                    && let (Some(first), Some(last)) = (place(first), place(last))
                {
                    self.sheet.span(Span::new(first, last), room)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Keeps a cell as it is seen.
    fn put(&mut self, cell: &Cell, room: &mut Room) -> Result<(), Failure> {
        let at = (self.row, self.col);
        let font = self.styles.font(&cell.look, None);
        let value = cell.value.trim();
        match cell.kind.as_str() {
            "s" if value.is_empty() => Ok(()),
            "s" => {
                let index: Option<usize> = value.parse().ok();
                let rich = index.and_then(|index| self.strings.get(index));
                // Which text stands here cannot be known.
                let rich = rich.ok_or_else(damaged)?;
                self.put_rich(at, rich, &cell.look, room)
            }
            "inlineStr" => {
                let rich = std::mem::take(&mut self.run.rich);
                self.put_rich(at, &rich, &cell.look, room)
            }
            "b" => {
                let truth = if value == "1" { "true" } else { "false" };
                self.sheet.put_seen(at, [(truth, font)], room)
            }
            "str" | "e" | "d" if cell.has_value => {
                let text = unescaped(&cell.value);
                self.sheet.put_seen(at, [(text.as_str(), font)], room)
            }
            _ if value.is_empty() && cell.is_formula => self.sheet.put_formula(at, room),
            _ => match value.parse::<f64>() {
                Ok(value) if value.is_finite() => {
                    let code = self.styles.code(&cell.look);
                    let shown = shown(value, code, self.since_1904);
                    self.sheet.put_shown(at, &shown, font, room)
                }
                _ => self.sheet.put_seen(at, [(value, font)], room),
            },
        }
    }

    fn put_rich(
        &mut self,
        at: (usize, usize),
        rich: &Rich,
        look: &Look,
        room: &mut Room,
    ) -> Result<(), Failure> {
        let runs: Vec<(String, Font)> = rich
            .iter()
            .map(|(run, own)| (unescaped(run), self.styles.font(look, *own)))
            .collect();
        let runs = runs.iter().map(|(run, font)| (run.as_str(), *font));
        self.sheet.put_seen(at, runs, room)
    }
}

/// Whether a size is nought.
fn is_nought(size: Option<String>) -> bool {
    let size = size.and_then(|size| size.parse::<f64>().ok());
    size.is_some_and(|size| size <= 0.0)
}

/// Row and column of a name such as `AB12`; None for one that is far out.
pub(in crate::format) fn place(name: &str) -> Option<(usize, usize)> {
    let name = name.trim().replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let mut col: usize = 0;
    for letter in letters.bytes() {
        let letter = usize::from(letter.to_ascii_uppercase().checked_sub(b'A')?);
        if letter > 25 {
            return None;
        }
        col = col.checked_mul(26)?.checked_add(letter + 1)?;
    }
    let row: usize = row.parse().ok()?;
    Some((row.checked_sub(1)?, col.checked_sub(1)?))
}

/// A text with the characters that `_x000A_` stands for.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|_| rest.get(6..7) == Some("_"));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        let Some(char) = code.and_then(char::from_u32) else {
            out.push_str("_x");
            rest = &rest[2..];
            continue;
        };
        out.push(char);
        rest = &rest[7..];
    }
    out.push_str(rest);
    out
}
