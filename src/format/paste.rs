//! What was pasted into a table: one number, a block of cells, a whole report.
//!
//! A block is cut into boxes by its tabs, bars, commas or spaces, or one a line,
//! and held against the form by the matcher of all readers: by labels, else by
//! order. What has neither goes in by position, from the cursor's cell on.
//!
//! **Never:** decides what a doubtful number means: that is asked; writes a cell.
//! Next: `split` for the cutting, `matcher`; `tui::panels::paste` for the preview.

use std::collections::BTreeMap;

use crate::base::number::{self, Typed, is_space};
use crate::base::place::Place;
use crate::base::spelling::letters;
use crate::form::{CellId, Form, Kind, Spot};
use crate::format::labels::Labels;
use crate::format::marks::boxed;
use crate::format::matcher::{self, is_value};
use crate::format::outline::{Outline, Piece, What};
use crate::format::read::text;
use crate::format::rectangle::{Rectangle, Row};
use crate::format::split::{self, Boxes, MAX_LINES};
use crate::format::{Options, TEXT};
use crate::model::{Draft, Note};

mod block;

pub use block::{Block, BlockRow, By, Choice, Doubt, Value};

/// Most bytes of a paste: a report has some tens of thousands.
pub const MAX_PASTE: usize = 256 << 10;
/// Most pieces of one line; a form has seven columns.
const MAX_PIECES: usize = 256;

/// What a pasted text is.
#[derive(Debug)]
pub enum Pasted {
    /// Nothing that could stand in a table.
    Nothing,
    /// More than [`MAX_PASTE`].
    TooLong,
    /// One value for one cell.
    One(String),
    /// Several cells, or one that must be asked about.
    Block(Block),
    /// A report with its title or its sections.
    Report(Box<Draft>),
}

/// Reads a text pasted at a cell. `across` says which way numbers one a line
/// lie, where somebody chose.
#[must_use]
pub fn read(text: &str, form: &'static Form, at: CellId, across: Option<bool>) -> Pasted {
    if text.len() > MAX_PASTE {
        return Pasted::TooLong;
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let single = text.trim_matches(is_space);
    let is_one = !single.contains(['\n', '\t']) && number::read(single) != Typed::Raw;
    if is_one {
        return match number::read(single) {
            Typed::Blank => Pasted::Nothing,
            _ if doubts(single, form.kind(at)).is_empty() => Pasted::One(single.to_owned()),
            _ => block(vec![(1, vec![single.to_owned()])], form, at, across),
        };
    }
    if let Some(draft) = report(&text) {
        return Pasted::Report(Box::new(draft));
    }
    let labels = Labels::of(form);
    let boxes = boxes(&text, labels);
    let one_a_line = boxes.iter().all(|(_, pieces)| pieces.len() == 1);
    let own = if one_a_line {
        Vec::new()
    } else {
        matched(&boxes, labels, at)
    };
    let read = outlined(&text, labels, at);
    let best = own.into_iter().chain([read]);
    let best = best.max_by_key(|found| {
        // Where they place as much, the first one counts.
        (found.rows.len(), found.one_rectangle)
    });
    match best {
        Some(found) if !found.rows.is_empty() => Pasted::Block(found.block(labels, &boxes)),
        _ => block(boxes, form, at, across),
    }
}

/// A whole report, if the text is one: with a title or prose, and two sections.
fn report(text: &str) -> Option<Draft> {
    let options = Options {
        format: Some(&TEXT),
        ..Options::default()
    };
    let draft = text::read_text(text, Vec::new(), &options).ok()?;
    let report = draft.report();
    let sections = report.headings().iter();
    let sections = sections.filter(|heading| heading.section.is_some()).count();
    let form = report.form();
    let prose = form
        .texts()
        .any(|id| form.section(id).tables.is_empty() && !report.text(id).is_empty());
    let titled = !report.head().title.is_empty();
    (sections >= 2 && (titled || prose)).then_some(draft)
}

/// What a text may be taken for besides what it says.
fn doubts(text: &str, kind: Kind) -> Vec<String> {
    number::doubts(text, kind.is_money())
}

/// Cuts a text into boxes.
fn boxes(text: &str, labels: &Labels) -> Boxes {
    let names = Names::of(labels.form);
    let lines = || {
        let lines = text.split('\n').enumerate().take(MAX_LINES);
        lines.map(|(index, line)| (index + 1, line.trim_end_matches('\r')))
    };
    let mut boxes: Boxes = if text.contains('\t') {
        split::fields(text, '\t')
    } else if lines().filter(|(_, line)| line.contains('|')).count() * 2 > lines().count() {
        let barred = |line| split::barred(line).unwrap_or_default();
        let boxes = |line| barred(line).into_iter().map(str::to_owned).collect();
        lines().map(|(no, line)| (no, boxes(line))).collect()
    } else if let Some(comma) = split::comma(text.lines(), 1) {
        split::fields(text, comma)
    } else {
        lines()
            .map(|(no, line)| (no, spaced(line, labels, &names)))
            .collect()
    };
    for (_, pieces) in &mut boxes {
        pieces.truncate(MAX_PIECES);
        for piece in pieces {
            *piece = names.official(&boxed(piece), labels);
        }
    }
    boxes.retain(|(_, pieces)| pieces.iter().any(|piece| !piece.is_empty()));
    boxes
}

/// Boxes kept apart by spaces: values at the end, before them what names them.
fn spaced(line: &str, labels: &Labels, names: &Names) -> Vec<String> {
    let line = line.trim_matches(is_space);
    let known =
        |piece: &str| is_value(piece) || labels.row(&names.official(piece, labels)).is_some();
    // `13 612` between wide gaps is one number, `1 0 0` is three.
    let is_several = |piece: &str| is_value(piece) && number::read(piece) == Typed::Raw;
    let boxes = split::at_gaps(line, |piece| known(piece) && !is_several(piece));
    if boxes.len() > 1 && boxes.iter().all(|piece| known(piece)) {
        return boxes;
    }
    let pieces: Vec<&str> = line.split(is_space).filter(|p| !p.is_empty()).collect();
    let values = pieces.iter().rev().take_while(|piece| is_value(piece));
    let words = pieces.len() - values.count();
    let label = pieces[..words].join(" ");
    let heads = !label.is_empty() && words == pieces.len();
    if heads && words > 1 && labels.row(&label).is_none() {
        return pieces.into_iter().map(str::to_owned).collect();
    }
    let label = (!label.is_empty()).then_some(label);
    let values = pieces[words..].iter().map(|piece| (*piece).to_owned());
    label.into_iter().chain(values).collect()
}

/// The short names of our own screen, folded, with the official labels; none
/// that two rows share.
struct Names(BTreeMap<String, Option<&'static str>>);

impl Names {
    fn of(form: &Form) -> Self {
        let mut names: BTreeMap<String, Option<&'static str>> = BTreeMap::new();
        for line in form.tables.iter().flat_map(|table| table.rows) {
            for name in [line.name.zh, line.name.en] {
                let known = names
                    .entry(letters(name).into_owned())
                    .or_insert(Some(line.label));
                *known = known.filter(|label| *label == line.label);
            }
        }
        Names(names)
    }

    /// The official label where a short one stands.
    fn official(&self, piece: &str, labels: &Labels) -> String {
        let own = || self.0.get(&*letters(piece)).copied().flatten();
        let is_name = !piece.is_empty() && !is_value(piece) && !labels.is_label(piece);
        let label = if is_name { own() } else { None };
        label.unwrap_or(piece).to_owned()
    }
}

/// What the matcher made of a text.
struct Found {
    rows: Vec<BlockRow>,
    one_rectangle: bool,
    notes: Vec<Note>,
    unplaced: Vec<(Place, String)>,
    by: By,
}

/// Boxes as one table; where rows have a value too few, a second time with the
/// numbers halved that may be two.
fn matched(boxes: &Boxes, labels: &Labels, at: CellId) -> Vec<Found> {
    let rectangle = |halved: &[usize]| Rectangle {
        rows: boxes
            .iter()
            .map(|(line, pieces)| row(*line, pieces, halved.contains(line)))
            .collect(),
    };
    let filled = |rectangle| {
        let place = Place::Nowhere;
        let what = What::Table(rectangle);
        let pieces = vec![Piece { place, what }];
        Found::of(pieces, labels, at, Some(boxes))
    };
    let found = filled(rectangle(&[]));
    let lost = |line: &usize| {
        let place = Place::Line(*line);
        found.unplaced.iter().any(|(at, _)| *at == place)
    };
    let halves: Vec<usize> = boxes
        .iter()
        .filter(|(_, pieces)| {
            let halves = pieces
                .iter()
                .filter(|piece| number::halves(piece).is_some());
            halves.count() == 1
        })
        .map(|(line, _)| *line)
        .filter(lost)
        .collect();
    if halves.is_empty() {
        return vec![found];
    }
    let again = filled(rectangle(&halves));
    vec![again, found]
}

fn row(line: usize, pieces: &[String], halved: bool) -> Row {
    let mut row = Row::default();
    let place = Place::Line(line);
    for (at, piece) in pieces.iter().enumerate() {
        match number::halves(piece).filter(|_| halved) {
            Some((left, right)) => {
                // Both halves say which box they were cut out of.
                let place = Place::LineBox { line, col: at + 1 };
                row.push(left, place.clone());
                row.push(right, place);
            }
            None => row.push(piece.clone(), place.clone()),
        }
    }
    row
}

/// The text as the reader of pasted text takes it.
fn outlined(text: &str, labels: &Labels, at: CellId) -> Found {
    let pieces = text::outline(text, labels).pieces;
    Found::of(pieces, labels, at, None)
}

impl Found {
    /// What the matcher finds; `boxes` if the pieces are one table of those.
    fn of(pieces: Vec<Piece>, labels: &Labels, at: CellId, boxes: Option<&Boxes>) -> Self {
        let form = labels.form;
        let mut draft = Draft::new(form);
        let prefix = form.tables[form.spot(at).table].prefix;
        let here = form.section_of(prefix).map(|section| Piece {
            place: Place::Nowhere,
            what: What::Opens(section),
        });
        let outline = Outline {
            pieces: here.into_iter().chain(pieces).collect(),
            ..Outline::default()
        };
        matcher::fill(&mut draft, &outline, labels);
        let rows = form
            .tables
            .iter()
            .enumerate()
            .flat_map(|(table, data)| (0..data.rows.len()).map(move |row| (table, row)));
        let rows: Vec<BlockRow> = rows
            .map(|(table, row)| {
                let cols = 0..form.tables[table].cols.len();
                let values = cols.filter_map(|col| {
                    let cell = form.tables[table].cell(row, col);
                    let origin = draft.origins[cell.index()].as_ref()?;
                    Some(Value {
                        cell,
                        text: origin.raw.to_string(),
                        place: origin.place.clone(),
                    })
                });
                asked(table, row, values.collect(), form, boxes)
            })
            .filter(|row| !row.values.is_empty())
            .collect();
        let orders = [matcher::BY_ORDER, matcher::ALL_BY_ORDER];
        let ordered = draft.notes.iter();
        let by = match ordered
            .filter(|note| orders.contains(&note.message.words))
            .count()
        {
            0 => By::Labels,
            _ => By::Order,
        };
        let told = |note: &Note| note.message.words == matcher::MISSING_ROWS;
        draft.notes.retain(|note| !told(note));
        let unplaced = draft.report().unplaced().iter();
        let unplaced = unplaced
            .filter(|piece| piece.text.chars().any(narrow_digit))
            .map(|piece| (piece.place.clone(), piece.text.clone()))
            .collect();
        Found {
            rows,
            one_rectangle: boxes.is_some(),
            notes: draft.notes,
            unplaced,
            by,
        }
    }

    fn block(self, labels: &Labels, boxes: &Boxes) -> Block {
        let mut pieces = boxes.iter().flat_map(|(_, pieces)| pieces);
        let labelled = pieces.any(|piece| labels.row(piece).is_some());
        let mut block = Block {
            size: size(boxes),
            by: if labelled { self.by } else { By::Order },
            turns: false,
            across: false,
            rows: self.rows,
            missing: Vec::new(),
            notes: self.notes,
            unplaced: self.unplaced,
        };
        for (table, count) in block.found() {
            let all = labels.form.tables[table].rows.len();
            if count * 2 > all {
                let has = |row: &usize| {
                    let mut rows = block.rows.iter();
                    rows.any(|found| (found.table, found.row) == (table, *row))
                };
                let missing = (0..all).filter(|row| !has(row));
                block.missing.extend(missing.map(|row| (table, row)));
            }
        }
        block
    }
}

fn narrow_digit(c: char) -> bool {
    number::narrow(c).is_ascii_digit()
}

/// A row with what must be asked about its values; halves of one of the `boxes` are one
/// doubt.
fn asked(
    table: usize,
    row: usize,
    mut values: Vec<Value>,
    form: &Form,
    boxes: Option<&Boxes>,
) -> BlockRow {
    let mut doubted = Vec::new();
    let mut at = 0;
    while at < values.len() {
        let (place, whole) = match (&values[at].place, boxes) {
            (Place::LineBox { line, col }, Some(boxes)) => {
                (Place::Line(*line), box_of(boxes, *line, *col))
            }
            (place, _) => (place.clone(), None),
        };
        if let (Some(whole), true) = (whole, at + 1 < values.len()) {
            let reading = vec![values[at].text.clone(), values[at + 1].text.clone()];
            for value in &mut values[at..at + 2] {
                value.place.clone_from(&place);
                value.text.clone_from(&whole);
            }
            doubted.push(Doubt {
                at,
                text: whole,
                readings: vec![reading],
            });
            at += 2;
            continue;
        }
        let readings = doubts(&values[at].text, form.kind(values[at].cell));
        if !readings.is_empty() {
            doubted.push(Doubt {
                at,
                text: values[at].text.clone(),
                readings: readings.into_iter().map(|text| vec![text]).collect(),
            });
        }
        at += 1;
    }
    BlockRow {
        table,
        row,
        values,
        doubts: doubted,
    }
}

/// The text of a box of a line; both count from 1.
fn box_of(boxes: &Boxes, line: usize, col: usize) -> Option<String> {
    let at = boxes.binary_search_by_key(&line, |(no, _)| *no).ok()?;
    boxes[at].1.get(col.checked_sub(1)?).cloned()
}

fn size(boxes: &Boxes) -> (usize, usize) {
    let cols = boxes.iter().map(|(_, pieces)| pieces.len()).max();
    (boxes.len(), cols.unwrap_or(0))
}

/// The boxes without heads above and names at the left: those are words, the numbers
/// begin behind them.
fn numbers_of(mut rows: Boxes) -> Boxes {
    let is_words = |piece: &String| !piece.is_empty() && !is_value(piece);
    while rows
        .first()
        .is_some_and(|(_, row)| !row.iter().any(|p| !p.is_empty() && is_value(p)))
    {
        rows.remove(0);
    }
    let named = |rows: &Boxes| {
        let firsts = || rows.iter().filter_map(|(_, row)| row.first());
        rows.iter().any(|(_, row)| row.len() > 1)
            && firsts().any(is_words)
            && firsts().all(|piece| piece.is_empty() || is_words(piece))
    };
    while named(&rows) {
        for (_, row) in &mut rows {
            row.remove(0);
        }
        rows.retain(|(_, row)| !row.is_empty());
    }
    rows
}

/// Boxes one a line as rows of so many.
fn laid_across(rows: Boxes, whole: usize) -> Boxes {
    let values: Vec<(usize, String)> = rows
        .into_iter()
        .filter_map(|(line, row)| Some((line, row.into_iter().next()?)))
        .collect();
    let row = |chunk: &[(usize, String)]| {
        let texts = chunk.iter().map(|(_, text)| text.clone());
        (chunk[0].0, texts.collect())
    };
    values.chunks(whole).map(row).collect()
}

fn is_number(piece: &str) -> bool {
    let is_read = number::read(piece) != Typed::Raw || !doubts(piece, Kind::Count).is_empty();
    is_read && !piece.is_empty()
}

/// Rows from a cell on, and the boxes that stand beyond the table.
fn by_place(rows: &Boxes, form: &'static Form, from: Spot) -> (Vec<BlockRow>, Vec<Beyond>) {
    let Spot { table, row, col } = from;
    let data = &form.tables[table];
    let mut found: Vec<BlockRow> = Vec::new();
    let mut beyond = Vec::new();
    for (down, (line, pieces)) in rows.iter().enumerate() {
        let place = Place::Line(*line);
        let mut values = Vec::new();
        for (right, piece) in pieces.iter().enumerate() {
            if row + down < data.rows.len() && col + right < data.cols.len() {
                values.push(Value {
                    cell: data.cell(row + down, col + right),
                    text: piece.clone(),
                    place: place.clone(),
                });
            } else if !piece.is_empty() {
                beyond.push((place.clone(), piece.clone()));
            }
        }
        if !values.is_empty() {
            found.push(asked(table, row + down, values, form, None));
        }
    }
    (found, beyond)
}

/// A place and the text that stands there.
type Beyond = (Place, String);

/// Boxes that no label and no order placed: by position from a cell on.
fn block(boxes: Boxes, form: &'static Form, at: CellId, across: Option<bool>) -> Pasted {
    let received = size(&boxes);
    let Spot { table, row, col } = form.spot(at);
    let data = &form.tables[table];
    let mut rows = numbers_of(boxes);
    let one_a_line = rows.len() > 1 && rows.iter().all(|(_, row)| row.len() == 1);
    let whole = data.cols.len();
    // Boxes of labels that came without their words stand before a whole row.
    let is_longer = |(_, row): &(usize, Vec<String>)| {
        row.len() > whole && row.first().is_some_and(String::is_empty)
    };
    while !rows.is_empty() && rows.iter().all(is_longer) {
        for (_, row) in &mut rows {
            row.remove(0);
        }
    }
    // Rows that are as long as the table's begin where those begin.
    let is_whole = whole > 1 && rows.iter().all(|(_, row)| row.len() == whole);
    let col = if is_whole { 0 } else { col };
    let fits_down = row + rows.len() <= data.rows.len();
    let turns = one_a_line && whole > 1 && col == 0 && rows.len().is_multiple_of(whole);
    let across = turns && across.unwrap_or(rows.len() == whole || !fits_down);
    if across {
        rows = laid_across(rows, whole);
    }
    let holds_number = rows
        .iter()
        .flat_map(|(_, row)| row)
        .any(|piece| is_number(piece));
    let (found, unplaced) = by_place(&rows, form, Spot { table, row, col });
    if !holds_number || found.is_empty() {
        return Pasted::Nothing;
    }
    Pasted::Block(Block {
        size: received,
        by: By::Place,
        turns,
        across,
        rows: found,
        missing: Vec::new(),
        notes: Vec::new(),
        unplaced,
    })
}

#[cfg(test)]
mod tests;
