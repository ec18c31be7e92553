//! Workbooks of Excel before 2007, to sheets: the few records that hold cells.
//!
//! Records of `[MS-XLS]`: a number, a length, bytes; what is longer goes on in
//! records of its own. Workbooks of 1995 hold their texts in a code page.
//!
//! Longer than 600 lines: a record is read where its kind is known, and the state that
//! they share (fonts, formats, texts, the sheet that is open) is one.
//!
//! **Never:** believes a count or a place that the file says before the bytes are
//! there.
//! Next: `read::workbook`, which makes a draft of sheets.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use encoding_rs::Encoding;

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::archive::{damaged, locked, too_large};
use crate::format::read::number_format::{Shown, built_in, number_text, shown};
use crate::format::read::of_sheets;
use crate::format::read::sheet::{Font, MAX_SHEETS, Room, Sheet, Span};
use crate::format::{Format, MAX_OLD, Options, foreign_document};
use crate::model::Draft;

/// Most texts that cells share; a report has some hundred.
const MAX_STRINGS: usize = 200_000;
/// A sheet or the workbook begins.
const BEGINS: u16 = 0x0809;
const ENDS: u16 = 0x000A;
const GOES_ON: u16 = 0x003C;
/// The version since which texts are Unicode.
const UNICODE: u16 = 0x0600;
/// White, fixed and as the palette begins.
const WHITE: [u16; 2] = [1, 9];

/// Workbooks of Excel before 2007, and of WPS.
pub static XLS: Format = Format {
    marks: &[
        (b"\xD0\xCF\x11\xE0", b"W\0o\0r\0k\0b\0o\0o\0k\0"),
        (b"\xD0\xCF\x11\xE0", b"B\0o\0o\0k\0"),
    ],
    ..foreign_document(
        "xls",
        words("旧版 Excel 工作簿", "old Excel workbook"),
        &["xls", "et", "xlt"],
        MAX_OLD,
        read,
    )
};

/// Reads a workbook.
fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    of_sheets(workbook(bytes)?, options)
}

/// The sheets of a workbook.
pub(in crate::format) fn workbook(bytes: &[u8]) -> Result<Vec<Sheet>, Failure> {
    let stream = stream(bytes).ok_or_else(damaged)?;
    sheets(&stream)
}

/// The stream of a workbook in its container.
fn stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name))?;
    let stream = file.open_stream(name).ok()?;
    let mut out = Vec::new();
    // No stream is longer than its file.
    let most = bytes.len().min(MAX_OLD) as u64;
    stream.take(most).read_to_end(&mut out).ok()?;
    Some(out)
}

/// A record, with those that go on with it.
struct Record<'a> {
    kind: u16,
    parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// The record at a place, and where the next one begins.
    fn at(stream: &'a [u8], at: usize) -> Option<(Self, usize)> {
        let (kind, data, mut next) = one(stream, at)?;
        let mut parts = vec![data];
        // What goes on behind a picture belongs to nothing that is read.
        while let Some((GOES_ON, more, after)) = one(stream, next) {
            parts.push(more);
            next = after;
        }
        Some((Record { kind, parts }, next))
    }

    fn data(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }

    /// Row, column and look of a cell.
    fn cell(&self) -> Option<((usize, usize), usize)> {
        let data = self.data();
        let number = |at| u16_at(data, at).map(usize::from);
        Some(((number(0)?, number(2)?), number(4)?))
    }
}

fn one(stream: &[u8], at: usize) -> Option<(u16, &[u8], usize)> {
    let kind = u16_at(stream, at)?;
    let start = at + 4;
    let end = start + usize::from(u16_at(stream, at + 2)?);
    // The last record of a file may be cut.
    let data = stream.get(start..end.min(stream.len()))?;
    Some((kind, data, end))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    let bytes = bytes.get(at..at.checked_add(8)?)?;
    Some(f64::from_le_bytes(bytes.try_into().ok()?))
}

/// A number in the four bytes that most are kept in.
fn packed(bits: u32) -> f64 {
    let value = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & !3) << 32)
    } else {
        f64::from(bits.cast_signed() >> 2)
    };
    if bits & 1 == 0 { value } else { value / 100.0 }
}

/// Bytes of a record and of those that go on with it.
struct Bytes<'a> {
    parts: &'a [&'a [u8]],
    at: usize,
}

impl<'a> Bytes<'a> {
    fn of(record: &'a Record, at: usize) -> Self {
        Bytes {
            parts: &record.parts,
            at,
        }
    }

    /// The next bytes of one record, at most so many; none where all are read.
    fn some(&mut self, most: usize) -> &'a [u8] {
        while let Some((part, rest)) = self.parts.split_first() {
            if self.at < part.len() {
                let end = self.at.saturating_add(most).min(part.len());
                let some = &part[self.at..end];
                self.at = end;
                return some;
            }
            self.at -= part.len();
            self.parts = rest;
        }
        &[]
    }

    fn byte(&mut self) -> Option<u8> {
        self.some(1).first().copied()
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from(self.byte()?) | u16::from(self.byte()?) << 8)
    }

    fn skip(&mut self, count: usize) {
        let mut left = count;
        while left > 0 {
            match self.some(left).len() {
                0 => return,
                skipped => left -= skipped,
            }
        }
    }

    /// Whether the next byte is the first of a record that goes on.
    fn is_at_joint(&self) -> bool {
        self.parts.first().is_some_and(|part| self.at >= part.len())
    }

    /// So many characters, each of one byte or two: a record that goes on says
    /// that anew.
    fn chars(&mut self, count: usize, mut wide: bool) -> Option<Vec<u16>> {
        let mut units = Vec::new();
        while units.len() < count {
            if self.is_at_joint() {
                wide = self.byte()? & 1 != 0;
            }
            let unit = if wide {
                self.short()?
            } else {
                u16::from(self.byte()?)
            };
            units.push(unit);
        }
        Some(units)
    }
}

/// The look of a cell: font, code, whether the paper is seen behind it.
#[derive(Clone, Copy, Default)]
struct Look {
    font: usize,
    code: u16,
    paper: bool,
}

/// What the workbook says of all its sheets.
#[derive(Default)]
struct Book {
    unicode: bool,
    encoding: Option<&'static Encoding>,
    since_1904: bool,
    /// Where each sheet begins, whether it is hidden, its name.
    sheets: Vec<(usize, bool, String)>,
    strings: Vec<Rich>,
    fonts: Vec<Font>,
    codes: HashMap<u16, String>,
    looks: Vec<Look>,
}

/// A text with the characters from which on another font counts.
#[derive(Clone, Default)]
struct Rich {
    units: Vec<u16>,
    runs: Vec<(usize, usize)>,
}

impl Book {
    fn of(stream: &[u8], room: &mut Room) -> Result<Self, Failure> {
        let mut book = Book::default();
        let (begin, mut at) = Record::at(stream, 0)
            .filter(|(record, _)| record.kind == BEGINS)
            .ok_or_else(damaged)?;
        book.unicode = u16_at(begin.data(), 0).is_some_and(|version| version >= UNICODE);
        while let Some((record, next)) = Record::at(stream, at) {
            at = next;
            if record.kind == ENDS {
                break;
            }
            book.take(&record, room)?;
        }
        Ok(book)
    }

    fn take(&mut self, record: &Record, room: &mut Room) -> Result<(), Failure> {
        let data = record.data();
        match record.kind {
            // A password.
            0x002F => return Err(locked()),
            0x0022 => self.since_1904 = u16_at(data, 0) == Some(1),
            0x0042 => self.encoding = u16_at(data, 0).and_then(code_page),
            0x0085 => {
                let (Some(start), Some(&hidden), Some(&kind)) =
                    (u32_at(data, 0), data.get(4), data.get(5))
                else {
                    return Err(damaged());
                };
                if kind == 0 && self.sheets.len() < MAX_SHEETS {
                    let start = usize::try_from(start).map_err(|_| damaged())?;
                    let name = self.short_text(&mut Bytes::of(record, 6));
                    self.sheets.push((start, hidden & 3 != 0, name));
                }
            }
            0x00FC => self.strings = shared(record, room)?,
            0x0031 | 0x0231 => self.fonts.push(Font {
                struck: u16_at(data, 2).is_some_and(|options| options & 8 != 0),
                white: u16_at(data, 4).is_some_and(|colour| WHITE.contains(&colour))
                    || u16_at(data, 0).is_some_and(|height| height <= 20),
            }),
            0x041E => {
                let mut bytes = Bytes::of(record, 2);
                let code = if self.unicode {
                    self.text(&mut bytes)
                } else {
                    self.short_text(&mut bytes)
                };
                self.codes
                    .extend(u16_at(data, 0).map(|number| (number, code)));
            }
            0x00E0 => self.looks.push(Look {
                font: u16_at(data, 0).map_or(0, usize::from),
                code: u16_at(data, 2).unwrap_or(0),
                // The pattern behind; 1995 kept it elsewhere.
                paper: self.unicode && u32_at(data, 14).is_none_or(|bits| bits >> 26 == 0),
            }),
            _ => {}
        }
        Ok(())
    }

    /// A text whose length is one byte.
    fn short_text(&self, bytes: &mut Bytes) -> String {
        let count = bytes.byte().map_or(0, usize::from);
        self.chars(bytes, count).unwrap_or_default()
    }

    /// A text whose length is two bytes.
    fn text(&self, bytes: &mut Bytes) -> String {
        let count = bytes.short().map_or(0, usize::from);
        self.chars(bytes, count).unwrap_or_default()
    }

    fn chars(&self, bytes: &mut Bytes, count: usize) -> Option<String> {
        if self.unicode {
            let wide = bytes.byte()? & 1 != 0;
            return Some(String::from_utf16_lossy(&bytes.chars(count, wide)?));
        }
        let mut raw = Vec::new();
        while raw.len() < count {
            let more = bytes.some(count - raw.len());
            if more.is_empty() {
                break;
            }
            raw.extend_from_slice(more);
        }
        let encoding = self.encoding.unwrap_or(encoding_rs::GBK);
        Some(encoding.decode_without_bom_handling(&raw).0.into_owned())
    }

    fn font(&self, index: usize) -> Font {
        // There is no font 4.
        let index = index - usize::from(index > 4);
        self.fonts.get(index).copied().unwrap_or_default()
    }

    fn look(&self, index: usize) -> Look {
        self.looks.get(index).copied().unwrap_or_default()
    }

    fn shown(&self, value: f64, look: usize) -> Shown {
        let code = self.look(look).code;
        let own = self.codes.get(&code);
        let code = own.map_or_else(|| built_in(code), String::as_str);
        shown(value, code, self.since_1904)
    }

    /// The runs of a rich text in a cell with a look, each with its font.
    fn runs(&self, rich: &Rich, look: Look) -> Vec<(String, Font)> {
        let count = rich.units.len();
        let begins = [(0, look.font)]
            .into_iter()
            .chain(rich.runs.iter().copied());
        let ends = rich.runs.iter().map(|(from, _)| *from).chain([count]);
        let runs = begins.zip(ends).map(|((from, font), end)| {
            let units = rich.units.get(from..end).unwrap_or_default();
            (String::from_utf16_lossy(units), self.seen(font, look))
        });
        runs.collect()
    }

    /// A font on the paper of a look.
    fn seen(&self, font: usize, look: Look) -> Font {
        let font = self.font(font);
        Font {
            white: font.white && look.paper,
            ..font
        }
    }
}

/// The texts that cells share.
fn shared(record: &Record, room: &mut Room) -> Result<Vec<Rich>, Failure> {
    let mut bytes = Bytes::of(record, 8);
    let count = u32_at(record.data(), 4).and_then(|count| usize::try_from(count).ok());
    let mut strings = Vec::new();
    while count.is_some_and(|count| strings.len() < count) {
        // Fewer than said: a cell that names one of the others is damaged.
        let Some(rich) = rich(&mut bytes) else { break };
        if strings.len() == MAX_STRINGS {
            return Err(too_large());
        }
        room.bytes(rich.units.len() * 2 + rich.runs.len() * 16)?;
        strings.push(rich);
    }
    Ok(strings)
}

/// A shared text; None where the bytes end.
fn rich(bytes: &mut Bytes) -> Option<Rich> {
    let count = usize::from(bytes.short()?);
    let options = bytes.byte()?;
    let runs = if options & 8 != 0 { bytes.short()? } else { 0 };
    let (low, high) = match options & 4 {
        0 => (0, 0),
        _ => (bytes.short()?, bytes.short()?),
    };
    let units = bytes.chars(count, options & 1 != 0)?;
    let runs = (0..runs).map(|_| Some((bytes.short()?.into(), bytes.short()?.into())));
    let runs: Option<Vec<(usize, usize)>> = runs.collect();
    let rich = Rich { units, runs: runs? };
    // How it is pronounced.
    bytes.skip(usize::from(low) | usize::from(high) << 16);
    Some(rich)
}

fn code_page(number: u16) -> Option<&'static Encoding> {
    Some(match number {
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1252 | 0x8001 => encoding_rs::WINDOWS_1252,
        54936 => encoding_rs::GB18030,
        _ => return None,
    })
}

/// What a sheet shows where it could not reckon.
fn error(code: Option<&u8>) -> &'static str {
    match code {
        Some(0x00) => "#NULL!",
        Some(0x07) => "#DIV/0!",
        Some(0x0F) => "#VALUE!",
        Some(0x17) => "#REF!",
        Some(0x1D) => "#NAME?",
        Some(0x24) => "#NUM!",
        _ => "#N/A",
    }
}

fn sheets(stream: &[u8]) -> Result<Vec<Sheet>, Failure> {
    let mut room = Room::default();
    let book = Book::of(stream, &mut room)?;
    let mut sheets = Vec::new();
    for (start, hidden, name) in &book.sheets {
        let begin = Record::at(stream, *start).filter(|(record, _)| record.kind == BEGINS);
        let (_, next) = begin.ok_or_else(damaged)?;
        let mut reading = Reading {
            book: &book,
            sheet: Sheet::new(name, *hidden),
            result: None,
        };
        reading.records(stream, next, &mut room)?;
        sheets.push(reading.sheet);
    }
    Ok(sheets)
}

struct Reading<'a> {
    book: &'a Book,
    sheet: Sheet,
    /// A formula whose result is the text that follows.
    result: Option<((usize, usize), usize)>,
}

impl Reading<'_> {
    fn records(&mut self, stream: &[u8], start: usize, room: &mut Room) -> Result<(), Failure> {
        let mut at = start;
        // Diagrams begin and end within their sheet.
        let mut within = 0_usize;
        while let Some((record, next)) = Record::at(stream, at) {
            at = next;
            match record.kind {
                BEGINS => within += 1,
                ENDS if within == 0 => return Ok(()),
                ENDS => within -= 1,
                _ if within == 0 => self.take(&record, room)?,
                _ => {}
            }
        }
        // Cut off in the middle: half a sheet must not pass for a whole one.
        Err(damaged())
    }

    fn take(&mut self, record: &Record, room: &mut Room) -> Result<(), Failure> {
        match record.kind {
            0x0208 | 0x007D | 0x00E5 => self.shape(record, room),
            _ => self.cell(record, room),
        }
    }

    /// Hidden rows and columns, and boxes set over others.
    fn shape(&mut self, record: &Record, room: &mut Room) -> Result<(), Failure> {
        let data = record.data();
        let short = |at| u16_at(data, at).map_or(0, usize::from);
        match record.kind {
            0x0208 if u16_at(data, 12).is_some_and(|options| options & 0x20 != 0) => {
                self.sheet.hide_row(short(0));
            }
            0x007D if short(8) & 1 != 0 || short(4) == 0 => {
                self.sheet.hide_cols(short(0), short(2) + 1);
            }
            0x00E5 => {
                for span in data.get(2..).unwrap_or_default().chunks_exact(8) {
                    let short = |at| u16_at(span, at).map_or(0, usize::from);
                    let span = Span::new((short(0), short(4)), (short(2), short(6)));
                    self.sheet.span(span, room)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What a box shows.
    fn cell(&mut self, record: &Record, room: &mut Room) -> Result<(), Failure> {
        let data = record.data();
        match (record.kind, record.cell()) {
            (0x0203, Some((at, look))) => {
                let value = f64_at(data, 6).ok_or_else(damaged)?;
                self.number(at, look, value, room)?;
            }
            (0x027E, Some((at, look))) => {
                let bits = u32_at(data, 6).ok_or_else(damaged)?;
                self.number(at, look, packed(bits), room)?;
            }
            (0x00BD, Some(((row, first), _))) => {
                let boxes = data.get(4..data.len() - 2).unwrap_or_default();
                for (index, one) in boxes.chunks_exact(6).enumerate() {
                    let bits = u32_at(one, 2).ok_or_else(damaged)?;
                    let look = u16_at(one, 0).map_or(0, usize::from);
                    self.number((row, first + index), look, packed(bits), room)?;
                }
            }
            (0x00FD, Some((at, look))) => {
                let index = u32_at(data, 6).and_then(|index| usize::try_from(index).ok());
                let strings = &self.book.strings;
                let rich = index
                    .and_then(|index| strings.get(index))
                    .ok_or_else(damaged)?;
                let runs = self.book.runs(rich, self.book.look(look));
                room.cell()?;
                let runs = runs.iter().map(|(run, font)| (run.as_str(), *font));
                self.sheet.put_seen(at, runs, room)?;
            }
            (0x0204 | 0x00D6, Some((at, look))) => {
                let mut bytes = Bytes::of(record, 6);
                let text = self.book.text(&mut bytes);
                self.put(at, look, &text, room)?;
            }
            (0x0205, Some((at, look))) if data.get(7) == Some(&0) => {
                let truth = if data.get(6) == Some(&0) {
                    "false"
                } else {
                    "true"
                };
                self.put(at, look, truth, room)?;
            }
            (0x0205, Some((at, look))) => self.put(at, look, error(data.get(6)), room)?,
            (0x0006 | 0x0206 | 0x0406, Some((at, look))) => {
                self.formula(at, look, data, room)?;
            }
            (0x0207, _) => {
                if let Some((at, look)) = self.result.take() {
                    let text = self.book.text(&mut Bytes::of(record, 0));
                    self.put(at, look, &text, room)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn formula(
        &mut self,
        at: (usize, usize),
        look: usize,
        data: &[u8],
        room: &mut Room,
    ) -> Result<(), Failure> {
        let result = data.get(6..14).ok_or_else(damaged)?;
        match (result, f64_at(result, 0)) {
            ([0, .., 0xFF, 0xFF], _) => self.result = Some((at, look)),
            ([1, _, 0, .., 0xFF, 0xFF], _) => self.put(at, look, "false", room)?,
            ([1, .., 0xFF, 0xFF], _) => self.put(at, look, "true", room)?,
            ([2, _, code, .., 0xFF, 0xFF], _) => {
                self.put(at, look, error(Some(code)), room)?;
            }
            ([.., 0xFF, 0xFF], _) => {}
            (_, Some(value)) => self.number(at, look, value, room)?,
            (_, None) => return Err(damaged()),
        }
        Ok(())
    }

    fn number(
        &mut self,
        at: (usize, usize),
        look: usize,
        value: f64,
        room: &mut Room,
    ) -> Result<(), Failure> {
        if !value.is_finite() {
            return self.put(at, look, &number_text(value), room);
        }
        room.cell()?;
        let shown = self.book.shown(value, look);
        let look = self.book.look(look);
        let font = self.book.seen(look.font, look);
        self.sheet.put_shown(at, &shown, font, room)
    }

    fn put(
        &mut self,
        at: (usize, usize),
        look: usize,
        text: &str,
        room: &mut Room,
    ) -> Result<(), Failure> {
        room.cell()?;
        let look = self.book.look(look);
        let font = self.book.seen(look.font, look);
        self.sheet.put_seen(at, [(text, font)], room)
    }
}
