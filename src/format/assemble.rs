//! Paragraphs and tables with their places, to a draft.
//!
//! Readers of sheets and of pages end here: they know where each row stands,
//! but not which rows are a table and which are text written into boxes.
//!
//! **Never:** decides which cell a box is; that is the matcher's.
//! Next: `matcher`; `outline` for headings.

use crate::base::failure::Failure;
use crate::form::TextId;
use crate::format::Options;
use crate::format::labels::{self, Labels};
use crate::format::matcher::columns;
use crate::format::matcher::{self, is_value};
use crate::format::outline::{self, Outline, Piece, What};
use crate::format::read::text;
use crate::format::read::text::{is_chrome, unheaded};
use crate::format::rectangle::{Rectangle, Row, Slot};
use crate::model::{Draft, Note, Seen};

/// Least characters of a sentence in a box: it is text, not a box of a table.
const PROSE: usize = 40;

/// Makes a draft of pieces in the order of reading; only texts and tables.
pub(super) fn draft(
    pieces: Vec<Piece>,
    notes: Vec<Note>,
    options: &Options,
) -> Result<Draft, Failure> {
    let form = options.form.unwrap_or_else(|| {
        labels::form_of(pieces.iter().flat_map(|piece| match &piece.what {
            What::Table(table) => table.texts().collect(),
            What::Text(text) | What::Heading(_, text) => vec![text.as_str()],
            What::Opens(_) | What::Object(_) => Vec::new(),
        }))
    });
    let labels = Labels::of(form);
    let mut draft = Draft::new(form);
    draft.notes = notes;
    // A column that numbers all rows would make rows of a table of all texts.
    let cleared = pieces.into_iter().map(|piece| match &piece.what {
        What::Table(table) => match columns::cleared(table, labels) {
            Some((table, others)) => {
                for other in &others {
                    matcher::note_left_out(&mut draft, other);
                }
                Piece::table(table)
            }
            None => piece,
        },
        _ => piece,
    });
    let pieces = opened(cleared.collect(), labels);
    let lines: Vec<&str> = pieces.iter().map(Piece::line).collect();
    let headings = outline::headings(&lines, labels);
    let start = headings.first().map_or(lines.len(), |found| found.at);
    let title = text::title(&mut draft, &lines[..start]);
    let is_text = |at: &usize| !lines[*at].is_empty();
    let chrome: Vec<usize> = (0..start)
        .filter(|at| is_chrome(&lines[..start], *at, draft.report(), &title) && is_text(at))
        .collect();
    text::note_chrome(&mut draft, chrome.len());
    let opens = unheaded(&lines, &headings, labels);
    let named = headings.iter().any(|found| found.by_words);
    let mentioned = lines.iter().any(|line| text::mentions(line));
    let mut outline = Outline::default();
    let mut next = headings.iter().peekable();
    let mut section = form.texts().next();
    let mut at = 0;
    while at < pieces.len() {
        let place = pieces[at].place.clone();
        if let Some(found) = next.next_if(|found| found.at == at) {
            let text = lines[at..at + found.count].concat();
            if let (Some(opens), false) = (found.section, found.by_words) {
                matcher::note_by_number(&mut draft, &place, &text, opens);
            }
            section = found.section.or(section);
            let what = What::Heading(found.section, text);
            outline.pieces.push(Piece { place, what });
            at += found.count;
            continue;
        }
        if opens == Some(at) {
            draft.recognised += 1;
            outline.pieces.extend(text::opened(place.clone(), labels));
        }
        if !title.contains(&at) && !chrome.contains(&at) {
            outline.pieces.push(pieces[at].clone());
        }
        if let What::Object(seen) = pieces[at].what {
            let behind = next.peek().and_then(|found| found.section);
            let hidden = hidden(seen, &place, section, behind, labels);
            outline.pieces.extend(hidden);
        }
        at += 1;
    }
    matcher::fill(&mut draft, &outline, labels);
    text::finish(draft, named, mentioned)
}

/// The sections with tables that begin in something that is not read: those between
/// the headings before and behind it.
fn hidden(
    seen: Seen,
    place: &str,
    before: Option<TextId>,
    behind: Option<TextId>,
    labels: &Labels,
) -> Vec<Piece> {
    let piece = |what| Piece {
        place: place.to_owned(),
        what,
    };
    let between = labels.form.texts().filter(|text| {
        Some(*text) > before
            && behind.is_none_or(|behind| *text < behind)
            && !labels.form.section(*text).tables.is_empty()
    });
    between
        .flat_map(|text| [piece(What::Opens(text)), piece(What::Object(seen))])
        .collect()
}

impl Piece {
    /// A paragraph.
    pub(super) fn text(place: impl Into<String>, text: impl Into<String>) -> Self {
        Piece {
            place: place.into(),
            what: What::Text(text.into()),
        }
    }

    /// A table, at the place of its first row.
    pub(super) fn table(table: Rectangle) -> Self {
        Piece {
            place: table.rows.first().map(Row::place).unwrap_or_default(),
            what: What::Table(table),
        }
    }

    /// Goes on with a paragraph.
    pub(super) fn join(&mut self, more: &str) {
        if let What::Text(text) = &mut self.what {
            let letters = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if letters(text.chars().next_back()) && letters(more.chars().next()) {
                text.push(' ');
            }
            text.push_str(more);
        }
    }

    fn line(&self) -> &str {
        match &self.what {
            What::Text(text) => text,
            _ => "",
        }
    }
}

/// What a row of boxes is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    Blank,
    /// A row of a table.
    Figures,
    /// A heading, or sentences.
    Prose,
    /// Words that are text only where no table goes on around them.
    Words,
}

fn is(row: &Row, labels: &Labels) -> Is {
    let written = || row.slots.iter().filter(|slot| !slot.text.is_empty());
    if row.is_blank() {
        return Is::Blank;
    }
    let figures = |slot: &Slot| {
        is_value(&slot.text)
            || labels.is_printed(&slot.text) && labels.section(&slot.text).is_none()
    };
    if written().any(figures) {
        return Is::Figures;
    }
    let prose = |slot: &Slot| {
        labels.section(&slot.text).is_some()
            || slot.text.chars().count() >= PROSE && slot.text.contains(['。', '；'])
    };
    match (written().any(prose), written().count()) {
        (true, _) => Is::Prose,
        (false, 1) => Is::Words,
        (false, _) => Is::Figures,
    }
}

/// The pieces with their tables opened where rows of them are text.
fn opened(pieces: Vec<Piece>, labels: &Labels) -> Vec<Piece> {
    let mut out = Vec::new();
    for piece in pieces {
        let What::Table(table) = piece.what else {
            out.push(piece);
            continue;
        };
        let mut rows = Vec::new();
        let kinds: Vec<Is> = table.rows.iter().map(|row| is(row, labels)).collect();
        for (at, row) in table.rows.into_iter().enumerate() {
            let goes_on = !rows.is_empty()
                && kinds[at..]
                    .iter()
                    .find(|kind| matches!(kind, Is::Figures | Is::Prose))
                    .is_some_and(|kind| *kind == Is::Figures);
            match kinds[at] {
                Is::Blank => {}
                Is::Words if goes_on => rows.push(row),
                Is::Figures => rows.push(row),
                Is::Prose | Is::Words => {
                    close(&mut out, &mut rows);
                    let written = row.slots.into_iter().filter(|slot| !slot.text.is_empty());
                    out.extend(written.flat_map(|slot| {
                        let lines: Vec<Piece> = slot
                            .text
                            .split('\n')
                            .map(|line| Piece::text(slot.place.as_str(), line.trim()))
                            .collect();
                        lines
                    }));
                }
            }
        }
        close(&mut out, &mut rows);
    }
    out
}

fn close(out: &mut Vec<Piece>, rows: &mut Vec<Row>) {
    if !rows.is_empty() {
        let rows = std::mem::take(rows);
        out.push(Piece::table(Rectangle { rows }));
    }
}
