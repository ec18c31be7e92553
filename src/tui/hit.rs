//! What stands where on the screen: the frame notes it while it is drawn.
//!
//! **Never:** computes a place.
//! Next: `canvas`, which notes; `update::mouse`, which asks.

use ratatui::layout::{Position, Rect};

use crate::form::{CellId, TextId};

/// What a click at a place would mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hit {
    /// Nothing.
    Nothing,
    /// A cell of a table.
    Cell(CellId),
    /// A section in the line of the sections.
    Section(TextId),
    /// A list that has the keys: so many lines before and after the chosen one.
    List {
        /// Lines that one can go up.
        before: usize,
        /// Lines that one can go down.
        after: usize,
    },
    /// A line of it, so many lines under the chosen one.
    Line(isize),
    /// A row of a list that is only read, by its line.
    Row(usize),
    /// A row of a text, by its place among all of them, and the column of the screen where
    /// rows begin.
    Text {
        /// The row.
        row: usize,
        /// The column.
        left: u16,
    },
    /// A number of a text, by its place among them.
    Fact(usize),
    /// A line of the problem list that stands by itself.
    Problem(usize),
}

/// Everything that can be hit; what was drawn later lies over what was drawn before.
#[derive(Debug, Default)]
pub(crate) struct Hits(Vec<(Rect, Hit)>);

impl Hits {
    /// Notes what stands in an area.
    pub(crate) fn note(&mut self, area: Rect, hit: Hit) {
        self.0.push((area, hit));
    }

    /// Forgets everything: whatever is drawn from now on has the keys alone.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }

    /// How much is noted.
    pub(crate) fn mark(&self) -> usize {
        self.0.len()
    }

    /// The rows noted since a mark mean something else.
    pub(crate) fn rows_mean(&mut self, mark: usize, meaning: impl Fn(usize) -> Hit) {
        for (_, hit) in self.0.iter_mut().skip(mark) {
            if let Hit::Row(line) = *hit {
                *hit = meaning(line);
            }
        }
    }

    /// What stands at a column and row.
    pub(crate) fn at(&self, at: (u16, u16)) -> Hit {
        let mut noted = self.0.iter().rev();
        let found = noted.find(|(area, _)| area.contains(Position::from(at)));
        found.map_or(Hit::Nothing, |(_, hit)| *hit)
    }

    /// How far one can go up and down in the list drawn last.
    pub(crate) fn list(&self) -> (usize, usize) {
        let found = self.0.iter().rev().find_map(|(_, hit)| match *hit {
            Hit::List { before, after } => Some((before, after)),
            _ => None,
        });
        found.unwrap_or_default()
    }
}
