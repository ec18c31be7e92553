//! One finder of grids on a page, with two strategies.
//!
//! ```text
//! lattice ─ by_lines    boxes that ruling lines close        ─┐
//! text_rows ─ by_text   rows of text that stand in columns   ─┴─ Grid ─ table
//! ```
//! What no line closes is text. `text_rows` tells which of its lines are rows of a
//! table, `by_text` in which columns their values stand. A [`Grid`] says the same
//! whichever way it was found.
//!
//! **Never:** knows what a box means; that is the matcher's.
//! Next: `by_lines` for the simpler one, `read::flow`, which asks both.

use self::by_lines::Ruled;
use crate::base::place::Place;
use crate::format::marks::clean;
use crate::format::read::page::Line;
use crate::format::rectangle::{Rectangle, Row as TableRow, Slot};

pub(super) mod by_lines;
pub(super) mod by_text;
mod lattice;
pub(super) mod text_rows;

/// What stands on a page.
#[derive(Debug)]
pub(super) enum Block {
    Line(Line),
    Grid(Ruled),
    /// The page of this number is a picture: what stands on it is not read.
    Picture(usize),
}

/// Rows of boxes on pages.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Row>,
}

/// A row of boxes, and its page.
#[derive(Debug)]
struct Row {
    page: usize,
    cells: Vec<Cell>,
}

/// A box.
#[derive(Debug)]
struct Cell {
    /// Its column, from 0.
    col: usize,
    /// The line it stands on.
    line: usize,
    text: String,
}

impl Grid {
    /// The grid as a table of a document.
    pub(super) fn table(self, source: Source) -> Rectangle {
        let rows = self.rows.into_iter().map(|row| {
            let slots = row.cells.into_iter().map(|cell| Slot {
                col: cell.col,
                span: 1,
                text: clean(&cell.text).into_owned(),
                place: source.cell(row.page, cell.line, cell.col + 1),
            });
            TableRow {
                slots: slots.collect(),
            }
        });
        Rectangle {
            rows: rows.collect(),
        }
    }
}

/// What the pages are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A printed document: lines are counted from the top of each page.
    Pages,
    /// Text that a program laid out as pages: lines are counted from its beginning, and
    /// what has no room in its column was moved.
    Text,
}

impl Source {
    /// Where a line stands.
    pub(super) fn line(self, page: usize, line: usize) -> Place {
        match self {
            Source::Pages => Place::PageLine { page, line },
            Source::Text => Place::Line(line),
        }
    }

    /// Where a box of a line stands.
    fn cell(self, page: usize, line: usize, col: usize) -> Place {
        match self {
            Source::Pages => Place::PageBox { page, line, col },
            Source::Text => Place::LineBox { line, col },
        }
    }
}
