//! Text that a program laid out as a page is: columns kept apart by spaces.
//!
//! Such text comes out of PDFs. What stands on its lines is put back where it
//! stood, in columns of characters, and read as a page is.
//!
//! **Never:** reads text in which no rows of numbers stand side by side.
//! Next: `read::flow` for rows and paragraphs.

use crate::base::failure::Failure;
use crate::base::number::{self, is_space};
use crate::format::assemble;
use crate::format::labels::Labels;
use crate::format::read::flow;
use crate::format::read::grid::text_rows::LEAST_VALUES;
use crate::format::read::grid::{Block, Source};
use crate::format::read::page::{Line, Part};
use crate::model::{Draft, Note};

/// Width of a character; a page's measures of nearness fit it.
const CHAR: f32 = 3.0;
/// Least lines that stand in columns.
const LEAST_LINES: usize = 5;

/// Whether a text stands in columns that spaces keep apart.
pub(super) fn is_laid_out(text: &str) -> bool {
    let in_columns = |line: &&str| {
        let gaps = || line.trim().split("  ").filter(|piece| !piece.is_empty());
        !line.contains(['\t', '|']) && gaps().count() > LEAST_VALUES
    };
    text.lines().filter(in_columns).count() >= LEAST_LINES
}

/// Reads laid-out text.
pub(super) fn read(text: &str, notes: Vec<Note>, labels: &Labels) -> Result<Draft, Failure> {
    let mut no = 0;
    let pages = text.split('\u{C}').enumerate().map(|(page, text)| {
        let lines = text.split('\n').map(|text| {
            no += 1;
            Block::Line(line(page + 1, no, text))
        });
        let blocks = lines.collect();
        // A page ends within a line.
        no -= 1;
        blocks
    });
    let pieces = flow::pieces(pages.collect(), Source::Text, labels);
    assemble::draft(pieces, notes, labels)
}

/// A line with what stands on it, cut at its spaces.
fn line(page: usize, no: usize, text: &str) -> Line {
    let mut line = Line {
        page,
        no,
        size: CHAR,
        ..Line::default()
    };
    let mut at = 0.0;
    let mut gap = 0;
    for c in text.chars() {
        let left = at;
        at += CHAR;
        if is_space(c) {
            gap += 1;
            continue;
        }
        let last = line.parts.last_mut();
        // One space between digits may keep thousands apart.
        let joins = |part: &Part| {
            let digits = part.text.ends_with(|c: char| c.is_ascii_digit()) && c.is_ascii_digit();
            let bracketed =
                part.text.matches(['（', '(']).count() > part.text.matches(['）', ')']).count();
            // So may one before a unit.
            let unit = part.text.ends_with(|c: char| c.is_ascii_digit())
                && number::is_unit(&c.to_string());
            // And one behind the number of a label.
            let numbers = part.text.len() <= 2
                && part.text.bytes().all(|b| b.is_ascii_digit())
                && c.is_alphabetic()
                && !c.is_ascii();
            gap == 0 || gap == 1 && (digits || bracketed || unit || numbers)
        };
        match last.filter(|part| joins(part)) {
            Some(part) => {
                if gap > 0 {
                    part.text.push(' ');
                }
                part.text.push(c);
                part.right = at;
            }
            None => line.parts.push(Part {
                left,
                right: at,
                text: c.to_string(),
                gaps: Vec::new(),
            }),
        }
        gap = 0;
    }
    line.parts = line.parts.into_iter().flat_map(apart).collect();
    line.left = line.parts.first().map_or(0.0, |part| part.left);
    line.right = at;
    line
}

/// The numbers of a part between which one space stands, unless it keeps
/// thousands apart.
fn apart(part: Part) -> Vec<Part> {
    if !number::are_several(&part.text) {
        return vec![part];
    }
    let mut left = part.left;
    let pieces = part.text.split(' ').map(|text| {
        let width: f32 = text.chars().map(|_| CHAR).sum();
        let piece = Part {
            left,
            right: left + width,
            text: text.to_owned(),
            gaps: Vec::new(),
        };
        left += width + CHAR;
        piece
    });
    pieces.collect()
}
