//! Separated values to an outline: comma, semicolon or tab, with quotes.
//!
//! **Never:** takes prose with commas in it for rows.
//! Next: `assemble`.

use crate::base::failure::Failure;
use crate::base::place::Place;
use crate::base::words::words;
use crate::format::marks::boxed;
use crate::format::rectangle::{MAX_BOXES, Rectangle, Row, Slot, too_many};
use crate::format::{
    Format, MAX_BYTES, Options, assemble, decode, encoding, foreign_document, no_report, own,
};
use crate::model::Draft;

/// Least rows and fields that make lines a table.
const LEAST_ROWS: usize = 3;
const LEAST_FIELDS: usize = 4;
/// Least separators in them.
const LEAST: usize = LEAST_ROWS * (LEAST_FIELDS - 1);
/// Least share of rows, in percent, that have so many fields.
const ALIKE: usize = 60;
/// What may stand between fields; the first that does is taken.
const SEPARATORS: [u8; 3] = *b",;\t";
/// Most fields of a row.
const MAX_FIELDS: usize = 256;
/// How far into a file its separator is looked for.
const SNIFFED: usize = 64 << 10;
/// Most rows that are read.
const MAX_ROWS: usize = 5000;

/// Values kept apart by commas, semicolons or tabs.
pub static CSV: Format = Format {
    carries: words(
        "表格的数、机关和年度，一格一行",
        "cells, body and year, one row per cell",
    ),
    is_text: true,
    write: Some(|report, how| Ok(own::csv::write(report, how))),
    ..foreign_document(
        "csv",
        words("CSV 表格", "separated values"),
        &["csv", "tsv"],
        MAX_BYTES,
        read,
    )
};

/// Reads separated values.
fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    let decoded = decode(bytes, options)?;
    let mut separators = SEPARATORS.into_iter();
    let separator = separators.find(|separator| separates(&decoded.text, *separator, |_| true));
    let separator = separator.unwrap_or(b',');
    let mut lines = records(&decoded.text, separator);
    let first = lines.next().map(|(_, names)| names).unwrap_or_default();
    if let Some(columns) = own::csv::columns(&first) {
        return own::csv::read(lines, columns, decoded.notes);
    }
    let mut rows = Vec::new();
    let mut boxes = 0;
    for (line, fields) in records(&decoded.text, separator) {
        boxes += fields.len();
        if boxes > MAX_BOXES || rows.len() == MAX_ROWS || fields.len() > MAX_FIELDS {
            return Err(too_many());
        }
        let slots = fields.iter().enumerate();
        rows.push(Row {
            slots: slots
                .map(|(col, text)| Slot {
                    col,
                    span: 1,
                    text: boxed(text),
                    place: Place::Field { line, col: col + 1 },
                })
                .collect(),
        });
    }
    if rows.iter().all(Row::is_blank) {
        return Err(no_report());
    }
    assemble::of_tables(vec![Rectangle { rows }], decoded.notes, options)
}

/// Whether bytes are separated values.
///
/// Text with tabs may also be a page that was copied: then `named` must say so,
/// or quotes, which nothing but a program writes around a field. Text with
/// commas may be sentences: unless `named`, a row has no full stop.
pub(in crate::format) fn is_separated(bytes: &[u8], named: bool) -> bool {
    let start = &bytes[..bytes.len().min(SNIFFED)];
    let quotes = named || start.contains(&b'"');
    // Whatever the encoding, that many of these bytes must be there.
    let enough = |separator: u8| {
        let mut places = start.iter().filter(|byte| **byte == separator);
        places.nth(LEAST - 1).is_some()
    };
    let separators = SEPARATORS.into_iter();
    let may_be = |separator: &u8| (*separator != b'\t' || quotes) && enough(*separator);
    let mut separators = separators.filter(may_be).peekable();
    if separators.peek().is_none() {
        return false;
    }
    let text = encoding::decode(start, None).text;
    let tabs = || named || text.contains("\t\"") || text.starts_with('"');
    let is_row = |fields: &[String]| named || !fields.iter().any(|field| field.contains('。'));
    separators
        .any(|separator| (separator != b'\t' || tabs()) && separates(&text, separator, is_row))
}

/// Whether the lines of a text are mostly rows of as many fields.
fn separates(text: &str, separator: u8, is_row: impl Fn(&[String]) -> bool) -> bool {
    if !may_separate(text, separator) {
        return false;
    }
    let mut lines = 0;
    let mut rows = 0;
    for (_, fields) in records(text, separator).take(MAX_ROWS) {
        if fields.iter().any(|field| !field.trim().is_empty()) {
            lines += 1;
            rows += usize::from(fields.len() >= LEAST_FIELDS && is_row(&fields));
        }
    }
    rows >= LEAST_ROWS && rows * 100 >= lines * ALIKE
}

/// Whether enough lines could be rows; within quotes a row may have several lines.
fn may_separate(text: &str, separator: u8) -> bool {
    let has = |text: &str, least: usize| {
        let mut places = text.matches(char::from(separator));
        places.nth(least - 1).is_some()
    };
    let lines = text.split(['\n', '\r']);
    let mut rows = lines.filter(|line| has(line, LEAST_FIELDS - 1));
    has(text, LEAST) && (text.contains('"') || rows.nth(LEAST_ROWS - 1).is_some())
}

/// Records with the line each begins on.
pub(in crate::format) fn records(
    text: &str,
    separator: u8,
) -> impl Iterator<Item = (usize, Vec<String>)> + '_ {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let (mut seen, mut line) = (0, 1);
    reader
        .into_records()
        .map_while(Result::ok)
        .map(move |record| {
            // A record is said to begin at the ends of lines before it.
            let at = record.position().map_or(0, csv::Position::byte);
            let at = usize::try_from(at).unwrap_or(text.len()).min(text.len());
            let ends = text.as_bytes()[at..].iter();
            let ends = ends.take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let start = at + ends.count();
            line += text[seen..start].matches('\n').count();
            seen = start;
            let fields = record.iter().take(MAX_FIELDS + 1);
            (line, fields.map(str::to_owned).collect())
        })
}
