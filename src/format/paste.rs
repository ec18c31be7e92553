//! What was pasted into a table: one number, a block of cells, a whole report.
//!
//! A block is cut into boxes by its tabs, bars, commas or spaces, or one a line,
//! and held against the form by the matcher of all readers: by labels, else by
//! order. What has neither goes in by position, from the cursor's cell on.
//!
//! **Never:** decides what a doubtful number means: that is asked; writes a cell.
//! Next: `matcher`; `tui::update::paste` for the preview.

use std::collections::BTreeMap;

use crate::base::number::{self, Typed, is_space};
use crate::base::spelling::letters;
use crate::form::{CellId, Form, Kind, Spot};
use crate::format::labels::Labels;
use crate::format::marks::boxed;
use crate::format::matcher::{self, is_value};
use crate::format::outline::{Outline, Piece, What};
use crate::format::read::text;
use crate::format::rectangle::{Rectangle, Row};
use crate::format::{Options, TEXT, encoding};
use crate::model::{Cell, Draft, Note, Origin};

/// Most bytes of a paste: a report has some tens of thousands.
pub const MAX_PASTE: usize = 256 << 10;
/// Most pieces of one line; a form has seven columns.
const MAX_PIECES: usize = 256;
/// Most lines that are looked at.
const MAX_LINES: usize = 5000;
/// Marks the place of a box that was cut out of another.
const HALF: char = '\0';

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

/// How the rows of a block found theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By their labels.
    Labels,
    /// Without labels, by the form's order: their number fits.
    Order,
    /// Without labels, from the cursor's cell on.
    Place,
}

/// Cells pasted together.
#[derive(Clone, Debug)]
pub struct Block {
    /// Rows and columns received, heads and labels included.
    pub size: (usize, usize),
    /// How its rows found theirs.
    pub by: By,
    /// Numbers one a line could lie the other way: along a row, or down.
    pub turns: bool,
    /// Numbers one a line lie along a row.
    pub across: bool,
    /// What goes where, in the form's order.
    pub rows: Vec<BlockRow>,
    /// Rows of the tables met that it does not hold, if it holds most of them.
    pub missing: Vec<(usize, usize)>,
    /// What the matcher was unsure of.
    pub notes: Vec<Note>,
    /// Pieces with numbers that found no cell.
    pub unplaced: Vec<(String, String)>,
}

/// A row of a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockRow {
    /// The table of the form.
    pub table: usize,
    /// Its row there.
    pub row: usize,
    /// Its values, in the form's order.
    pub values: Vec<Value>,
    /// What must be asked before they are written.
    pub doubts: Vec<Doubt>,
}

/// A value for a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The cell.
    pub cell: CellId,
    /// Its text as pasted.
    pub text: String,
    /// The line it stood on.
    pub place: String,
}

/// A text that may be read in several ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The first of the values it is about.
    pub at: usize,
    /// Its text as pasted.
    pub text: String,
    /// The values it may stand for, one list a reading.
    pub readings: Vec<Vec<String>>,
}

/// What a person chose of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Whether each row is taken.
    pub taken: Vec<bool>,
    /// The reading of each doubt of each row; one past the last leaves the
    /// cells as they are.
    pub answers: Vec<Vec<Option<usize>>>,
    /// Blank boxes are written as 0.
    pub zeros: bool,
}

impl Choice {
    /// Everything taken, nothing in doubt decided.
    #[must_use]
    pub fn of(block: &Block) -> Self {
        Choice {
            taken: vec![true; block.rows.len()],
            answers: block
                .rows
                .iter()
                .map(|row| vec![None; row.doubts.len()])
                .collect(),
            zeros: false,
        }
    }

    /// The first doubt of a row that is taken and not decided.
    #[must_use]
    pub fn open(&self) -> Option<(usize, usize)> {
        let rows = self.answers.iter().enumerate();
        let mut rows = rows.filter(|(row, _)| self.taken[*row]);
        rows.find_map(|(row, answers)| Some((row, answers.iter().position(Option::is_none)?)))
    }

    /// How many doubts are not decided.
    #[must_use]
    pub fn open_count(&self) -> usize {
        let rows = self.answers.iter().zip(&self.taken);
        let open = rows.filter(|(_, taken)| **taken).map(|(answers, _)| {
            let open = answers.iter().filter(|answer| answer.is_none());
            open.count()
        });
        open.sum()
    }
}

impl Block {
    /// The text that each value of a row would be written as; None leaves the
    /// cell as it is.
    #[must_use]
    pub fn texts(&self, row: usize, choice: &Choice) -> Vec<Option<String>> {
        let values = &self.rows[row].values;
        let mut texts: Vec<Option<String>> = values
            .iter()
            .map(|value| Some(value.text.clone()))
            .collect();
        for (doubt, answer) in self.rows[row].doubts.iter().zip(&choice.answers[row]) {
            let reading = answer.and_then(|at| doubt.readings.get(at));
            let len = doubt.readings.first().map_or(1, Vec::len);
            for offset in 0..len {
                texts[doubt.at + offset] = reading.map(|reading| reading[offset].clone());
            }
        }
        if choice.zeros {
            for text in texts.iter_mut().flatten().filter(|text| text.is_empty()) {
                "0".clone_into(text);
            }
        }
        texts
    }

    /// What a choice writes, with where each cell came from.
    #[must_use]
    pub fn cells(&self, form: &'static Form, choice: &Choice) -> Vec<(CellId, Cell, Origin)> {
        let rows = (0..self.rows.len()).filter(|row| choice.taken[*row]);
        let cells = rows.flat_map(|row| {
            let values = self.rows[row].values.iter();
            values
                .zip(self.texts(row, choice))
                .filter_map(|(value, text)| {
                    let origin = Origin {
                        place: value.place.clone(),
                        raw: value.text.as_str().into(),
                    };
                    let cell = Cell::read(&text?, form.kind(value.cell));
                    Some((value.cell, cell, origin))
                })
        });
        cells.collect()
    }

    /// The tables met, each with the number of its rows found.
    #[must_use]
    pub fn found(&self) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for row in &self.rows {
            match found.last_mut().filter(|(table, _)| *table == row.table) {
                Some((_, count)) => *count += 1,
                None => found.push((row.table, 1)),
            }
        }
        found
    }
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

/// Boxes of each written line with its number.
type Boxes = Vec<(usize, Vec<String>)>;

/// Cuts a text into boxes.
fn boxes(text: &str, labels: &Labels) -> Boxes {
    let names = Names::of(labels.form);
    let lines = || {
        let lines = text.split('\n').enumerate().take(MAX_LINES);
        lines.map(|(index, line)| (index + 1, line.trim_end_matches('\r')))
    };
    let mut boxes: Boxes = if text.contains('\t') {
        fields(text, '\t')
    } else if lines().filter(|(_, line)| line.contains('|')).count() * 2 > lines().count() {
        lines().map(|(no, line)| (no, barred(line))).collect()
    } else if let Some(comma) = comma(text) {
        fields(text, comma)
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

/// Boxes between bars; none of a line that only rules.
fn barred(line: &str) -> Vec<String> {
    let line = line.trim_matches(is_space);
    if line
        .chars()
        .all(|c| matches!(c, '|' | '-' | ':' | '+' | ' '))
    {
        return Vec::new();
    }
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.split('|').map(str::to_owned).collect()
}

/// The comma that keeps the boxes of most lines apart, if one does.
fn comma(text: &str) -> Option<char> {
    const LEAST: usize = 3;
    [',', ';', '，'].into_iter().find(|comma| {
        let rows = fields(text, *comma);
        let rows: Vec<_> = rows
            .iter()
            .filter(|(_, row)| row.iter().any(|piece| !piece.trim().is_empty()))
            .collect();
        // `1,2 0 3,4 0` is spaced: a value with a space in it says so.
        let torn = |piece: &String| {
            let piece = piece.trim_matches(is_space);
            piece.contains(is_space) && is_value(piece)
        };
        let many = rows.iter().filter(|(_, row)| row.len() >= LEAST).count();
        many * 2 > rows.len() && !rows.iter().any(|(_, row)| row.iter().any(torn))
    })
}

/// Fields of a text with separators; a quoted one may hold them and newlines.
fn fields(text: &str, separator: char) -> Boxes {
    let mut rows = vec![(1, vec![String::new()])];
    let mut line = 1;
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
        }
        let (_, fields) = rows.last_mut().expect("there is always a row");
        let field = fields.last_mut().expect("there is always a field");
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
            '"' if quoted => quoted = false,
            '"' if field.is_empty() && closes(chars.clone(), separator) => quoted = true,
            c if c == separator && !quoted => fields.push(String::new()),
            '\n' if !quoted => {
                if rows.len() >= MAX_LINES {
                    break;
                }
                rows.push((line, vec![String::new()]));
            }
            // A label over two lines is one label.
            '\n' => {}
            c => field.push(c),
        }
    }
    rows
}

/// Whether a quote that opens here is closed at the end of a field.
fn closes(chars: impl Iterator<Item = char>, separator: char) -> bool {
    const FARTHEST: usize = 400;
    let mut chars = chars.take(FARTHEST).peekable();
    while let Some(c) = chars.next() {
        if c == '"' && chars.next_if_eq(&'"').is_none() {
            return chars.peek().is_none_or(|c| *c == separator || *c == '\n');
        }
    }
    false
}

/// Boxes kept apart by spaces: values at the end, before them what names them.
fn spaced(line: &str, labels: &Labels, names: &Names) -> Vec<String> {
    let line = line.trim_matches(is_space);
    let wide: Vec<&str> = line
        .split("  ")
        .flat_map(|piece| piece.split('\u{3000}'))
        .map(|piece| piece.trim_matches(is_space))
        .filter(|piece| !piece.is_empty())
        .collect();
    let known =
        |piece: &str| is_value(piece) || labels.row(&names.official(piece, labels)).is_some();
    if wide.len() > 1 && wide.iter().all(|piece| known(piece)) {
        // `13 612` between wide gaps is one number, `1 0 0` is three.
        let pieces = wide.into_iter().flat_map(|piece| {
            if number::read(piece) == Typed::Raw && is_value(piece) {
                piece.split(is_space).collect()
            } else {
                vec![piece]
            }
        });
        return pieces.map(str::to_owned).collect();
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
    unplaced: Vec<(String, String)>,
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
        let place = String::new();
        let what = What::Table(rectangle);
        let pieces = vec![Piece { place, what }];
        Found::of(pieces, labels, at, true)
    };
    let found = filled(rectangle(&[]));
    let lost = |line: &usize| {
        let place = encoding::place(*line);
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
    let place = encoding::place(line);
    for piece in pieces {
        match number::halves(piece).filter(|_| halved) {
            Some((left, right)) => {
                let place = format!("{place}{HALF}{piece}");
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
    Found::of(pieces, labels, at, false)
}

impl Found {
    fn of(pieces: Vec<Piece>, labels: &Labels, at: CellId, one_rectangle: bool) -> Self {
        let form = labels.form;
        let mut draft = Draft::new(form);
        let prefix = form.tables[form.spot(at).table].prefix;
        let here = form.section_of(prefix).map(|section| Piece {
            place: String::new(),
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
                asked(table, row, values.collect(), form)
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
            one_rectangle,
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

/// A row with what must be asked about its values.
fn asked(table: usize, row: usize, mut values: Vec<Value>, form: &Form) -> BlockRow {
    let mut doubted = Vec::new();
    let mut at = 0;
    while at < values.len() {
        let (place, whole) = match values[at].place.split_once(HALF) {
            Some((place, whole)) => (place.to_owned(), Some(whole.to_owned())),
            None => (values[at].place.clone(), None),
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

fn size(boxes: &Boxes) -> (usize, usize) {
    let cols = boxes.iter().map(|(_, pieces)| pieces.len()).max();
    (boxes.len(), cols.unwrap_or(0))
}

/// Boxes that no label and no order placed: by position from a cell on.
fn block(boxes: Boxes, form: &'static Form, at: CellId, across: Option<bool>) -> Pasted {
    let received = size(&boxes);
    let Spot { table, row, col } = form.spot(at);
    let data = &form.tables[table];
    let mut rows: Boxes = boxes;
    // Heads above and names at the left are words; the numbers begin behind them.
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
        let values: Vec<(usize, String)> = rows
            .into_iter()
            .filter_map(|(line, row)| Some((line, row.into_iter().next()?)))
            .collect();
        rows = values
            .chunks(whole)
            .map(|chunk| {
                (
                    chunk[0].0,
                    chunk.iter().map(|(_, text)| text.clone()).collect(),
                )
            })
            .collect();
    }
    let mut found: Vec<BlockRow> = Vec::new();
    let mut unplaced = Vec::new();
    let mut numbers = 0;
    for (down, (line, pieces)) in rows.iter().enumerate() {
        let place = encoding::place(*line);
        let mut values = Vec::new();
        for (right, piece) in pieces.iter().enumerate() {
            let is_number =
                number::read(piece) != Typed::Raw || !doubts(piece, Kind::Count).is_empty();
            numbers += usize::from(is_number && !piece.is_empty());
            if row + down < data.rows.len() && col + right < data.cols.len() {
                values.push(Value {
                    cell: data.cell(row + down, col + right),
                    text: piece.clone(),
                    place: place.clone(),
                });
            } else if !piece.is_empty() {
                unplaced.push((place.clone(), piece.clone()));
            }
        }
        if !values.is_empty() {
            found.push(asked(table, row + down, values, form));
        }
    }
    if numbers == 0 || found.is_empty() {
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
mod tests {
    use super::*;
    use crate::form::current;

    fn cell(path: &str) -> CellId {
        current().cell(path).expect("path of the form")
    }

    fn pasted(text: &str, at: &str) -> Block {
        match read(text, current(), cell(at), None) {
            Pasted::Block(block) => block,
            other => unreachable!("a block, not {other:?}"),
        }
    }

    /// What a block writes with nothing in doubt decided: `row.col=text`.
    fn written(block: &Block) -> Vec<String> {
        written_as(block, &Choice::of(block))
    }

    fn written_as(block: &Block, choice: &Choice) -> Vec<String> {
        let cells = block.cells(current(), choice);
        let cells = cells.iter().map(|(cell, content, _)| {
            let path = current().path(*cell);
            let (_, path) = path.split_once('.').expect("a prefix");
            format!("{path}={}", content.text())
        });
        cells.collect()
    }

    const FIRST: &str = "t3.new_received.natural_person";

    #[test]
    fn every_separator_gives_the_same_labelled_rows() {
        let rows = [
            ("1.属于国家秘密", "1 2 3 4 5 6 21"),
            ("2.其他法律行政法规禁止公开", "0 0 0 0 0 1 1"),
        ];
        let text = |separator: &str| {
            let lines = rows.iter().map(|(label, values)| {
                format!("{label}{separator}{}", values.replace(' ', separator))
            });
            lines.collect::<Vec<_>>().join("\n")
        };
        let one_a_line = text("\n");
        let shown = "(三)1 国家秘密              1      2      3      4      5      6     21\n\
                     (三)2 法律法规禁止          0      0      0      0      0      1      1";
        let layouts = [
            text("\t"),
            text(" | "),
            format!("|{}|", text("|").replace('\n', "|\n|")),
            text(","),
            text(", "),
            text("，"),
            text(" "),
            text("   "),
            text("\u{3000}"),
            text("\t").replace('\n', "\r\n"),
            one_a_line,
            shown.to_owned(),
            // Heads above, blank boxes of merged cells at the left.
            format!(
                "\t\t自然人\t商业企业\n\t\t\t\n\t（三）不予公开\t{}",
                text("\t")
            ),
        ];
        let expected = [
            "denied_state_secret.natural_person=1",
            "denied_state_secret.org_business=2",
            "denied_state_secret.org_research=3",
            "denied_state_secret.org_public_welfare=4",
            "denied_state_secret.org_legal_service=5",
            "denied_state_secret.org_other=6",
            "denied_state_secret.total=21",
            "denied_other_law.natural_person=0",
        ];
        for text in layouts {
            let block = pasted(&text, "t3.carried_out.total");
            assert_eq!(block.by, By::Labels, "{text}");
            assert_eq!(written(&block)[..8], expected, "{text}");
            assert_eq!(written(&block).len(), 14, "{text}");
        }
    }

    #[test]
    fn rows_without_labels_go_by_order_if_they_are_all_and_else_by_place() {
        let all = vec!["1\t0\t0\t0\t0\t0\t1"; 25].join("\n");
        let block = pasted(&all, "t3.granted_full.total");
        assert_eq!(
            (block.by, block.rows.len(), block.size),
            (By::Order, 25, (25, 7))
        );
        let some = pasted("1\t2\n3\t4", "t3.granted_full.org_business");
        assert_eq!(some.by, By::Place);
        assert_eq!(
            written(&some),
            [
                "granted_full.org_business=1",
                "granted_full.org_research=2",
                "granted_partial.org_business=3",
                "granted_partial.org_research=4",
            ]
        );
        // Unknown names at the left and heads above are no numbers.
        let named = pasted("单位\t甲\t乙\n某某\t1\t2", FIRST);
        assert_eq!(
            written(&named),
            [
                "new_received.natural_person=1",
                "new_received.org_business=2"
            ]
        );
        let outside = pasted("1\t2\t3", "t3.carried_out.org_other");
        assert_eq!(outside.unplaced, [("line 1".to_owned(), "3".to_owned())]);
    }

    #[test]
    fn tables_of_other_shapes_find_their_cells() {
        let fifteen = "1 0 0 0 1 2 0 0 0 2 3 0 0 0 3";
        for text in [fifteen.to_owned(), fifteen.replace(' ', "\t")] {
            let block = pasted(&text, "t4.review.upheld");
            assert_eq!((block.by, block.rows.len()), (By::Order, 3), "{text}");
            assert_eq!(written(&block)[14], "suit_after_review.total=3");
        }
        let block = pasted(
            "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n行政规范性文件\t5\t1\t30",
            "t2.rules.issued",
        );
        assert_eq!(
            written(&block),
            [
                "normative_documents.issued=5",
                "normative_documents.repealed=1",
                "normative_documents.in_force=30"
            ]
        );
        // A table pasted while another one is shown goes where its labels say.
        let block = pasted("1.属于国家秘密\t1\t0\t0\t0\t0\t0\t1", "t2.rules.issued");
        assert_eq!(written(&block)[0], "denied_state_secret.natural_person=1");
    }

    #[test]
    fn numbers_one_a_line_go_down_or_along_a_row_that_they_fill() {
        let seven = pasted("1\n2\n3\n4\n5\n6\n21", FIRST);
        assert!(seven.turns && seven.across);
        assert_eq!(written(&seven)[6], "new_received.total=21");
        let Pasted::Block(down) = read("1\n2\n3\n4\n5\n6\n21", current(), cell(FIRST), Some(false))
        else {
            unreachable!("a block")
        };
        assert_eq!(written(&down)[1], "carried_in.natural_person=2");
        let three = pasted("1\n2\n3", FIRST);
        assert!(!three.turns);
        assert_eq!(written(&three)[2], "granted_full.natural_person=3");
    }

    #[test]
    fn missing_rows_and_pieces_without_a_cell_are_named() {
        let keys = current().tables[current().spot(cell(FIRST)).table].rows;
        let lines = keys.iter().filter(|line| line.key != "other_misc");
        let text: Vec<String> = lines
            .map(|line| format!("{}\t0\t0\t0\t0\t0\t0\t0", line.label))
            .chain(["某项别的\t5\t5\t5\t5\t5\t5\t5".to_owned()])
            .collect();
        let block = pasted(&text.join("\n"), FIRST);
        let missing: Vec<&str> = block
            .missing
            .iter()
            .map(|(_, row)| keys[*row].key)
            .collect();
        assert_eq!(missing, ["other_misc"]);
        assert_eq!(block.unplaced.len(), 1);
        assert_eq!(block.rows.len(), 24);
    }

    #[test]
    fn doubtful_numbers_are_asked_and_written_only_as_chosen() {
        let block = pasted("1.属于国家秘密\t1,2\t0\t0\t0\t0\t1.234\t0", FIRST);
        let doubts = &block.rows[0].doubts;
        let texts: Vec<&str> = doubts.iter().map(|doubt| &doubt.text[..]).collect();
        assert_eq!(texts, ["1,2", "1.234"]);
        assert_eq!(doubts[0].readings.concat(), ["1200", "12", "1.2"]);
        let mut choice = Choice::of(&block);
        assert_eq!((choice.open(), choice.open_count()), (Some((0, 0)), 2));
        assert_eq!(written(&block).len(), 5, "what is open is not written");
        choice.answers[0] = vec![Some(1), Some(2)];
        assert_eq!(choice.open(), None);
        let written = written_as(&block, &choice);
        assert_eq!(written[0], "denied_state_secret.natural_person=12");
        assert_eq!(
            written.len(),
            6,
            "one past the last reading leaves the cell"
        );
        choice.taken[0] = false;
        assert_eq!(written_as(&block, &choice), [""; 0]);
        // A single cell is asked about too.
        let single = pasted("1,2", FIRST);
        assert_eq!(single.rows[0].doubts.len(), 1);
    }

    #[test]
    fn a_number_that_may_be_two_cells_is_asked_where_the_count_then_fits() {
        let block = pasted(
            "（五）1.信访举报投诉类申请 1,2 0 0 0 0 3\n2.重复申请 0 0 0 0 0 0 0",
            FIRST,
        );
        let doubt = &block.rows[0].doubts[0];
        assert_eq!(doubt.text, "1,2");
        assert_eq!(doubt.readings, [vec!["1".to_owned(), "2".to_owned()]]);
        let mut choice = Choice::of(&block);
        choice.answers[0][0] = Some(0);
        let written = written_as(&block, &choice);
        assert_eq!(
            written[..3],
            [
                "unprocessed_petition.natural_person=1",
                "unprocessed_petition.org_business=2",
                "unprocessed_petition.org_research=0"
            ]
        );
    }

    #[test]
    fn blanks_stay_blank_or_become_zeros() {
        let block = pasted("1.属于国家秘密\t1\t\t\t\t\t\t1", FIRST);
        let mut choice = Choice::of(&block);
        assert_eq!(written(&block)[1], "denied_state_secret.org_business=");
        choice.zeros = true;
        assert_eq!(
            written_as(&block, &choice)[1],
            "denied_state_secret.org_business=0"
        );
    }

    #[test]
    fn one_number_is_one_and_a_report_is_a_report() {
        let at = cell(FIRST);
        for text in ["7", " 1,234\n", "１２", "/", "9件", "\t3\n"] {
            let read = read(text, current(), at, None);
            assert!(matches!(read, Pasted::One(_)), "{text}: {read:?}");
        }
        for text in [
            "",
            "\n\n",
            "没有数",
            "一段话，没有什么。\n又一段。",
            "-----|----",
        ] {
            let read = read(text, current(), at, None);
            assert!(matches!(read, Pasted::Nothing), "{text}: {read:?}");
        }
        let report = include_str!("../../tests/data/browser.txt");
        assert!(matches!(
            read(report, current(), at, None),
            Pasted::Report(_)
        ));
        let long = "1\n".repeat(MAX_PASTE);
        assert!(matches!(read(&long, current(), at, None), Pasted::TooLong));
        let odd = [
            "\t".repeat(100_000),
            "1,".repeat(100_000),
            "\"".repeat(100_000),
        ];
        for text in odd {
            let _ = read(&text, current(), at, None);
        }
    }
}
