//! A table as a reader found it: rows of strings, each with its place.
//!
//! **Never:** knows what a string means; that is the matcher's.
//! Next: `matcher`.

use crate::base::failure::Failure;
use crate::base::place::Place;
use crate::base::words::words;

/// Most boxes of all tables of a file together, blank ones between others included.
pub(super) const MAX_BOXES: usize = 200_000;

/// A table of strings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rectangle {
    pub(super) rows: Vec<Row>,
}

/// A row of a rectangle; boxes covered by a span of another are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) slots: Vec<Slot>,
}

/// A box of a rectangle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// The column it begins in, counted over spans.
    pub(super) col: usize,
    /// How many columns it covers.
    pub(super) span: usize,
    /// Its text, without control characters, trimmed.
    pub(super) text: String,
    /// Where it stands in the source.
    pub(super) place: Place,
}

impl Rectangle {
    /// All its texts, row by row.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> + Clone {
        let slots = self.rows.iter().flat_map(|row| &row.slots);
        slots.map(|slot| slot.text.as_str())
    }
}

impl Slot {
    /// Whether it stands in a column, or reaches over it.
    pub(super) fn covers(&self, col: usize) -> bool {
        (self.col..self.col + self.span).contains(&col)
    }
}

impl Row {
    /// Adds a box right of the last one.
    pub(super) fn push(&mut self, text: String, place: Place) {
        let col = self.slots.last().map_or(0, |slot| slot.col + slot.span);
        self.slots.push(Slot {
            col,
            span: 1,
            text,
            place,
        });
    }

    /// Whether nothing is written in it.
    pub(super) fn is_blank(&self) -> bool {
        self.slots.iter().all(|slot| slot.text.is_empty())
    }

    /// Where it stands in the source: its first written box.
    pub(super) fn place(&self) -> Place {
        let written = self.slots.iter().find(|slot| !slot.text.is_empty());
        let slot = written.or(self.slots.first());
        slot.map(|slot| slot.place.clone()).unwrap_or_default()
    }

    /// Its written boxes side by side.
    pub(super) fn text(&self) -> String {
        let written: Vec<&str> = self
            .slots
            .iter()
            .map(|slot| slot.text.as_str())
            .filter(|text| !text.is_empty())
            .collect();
        written.join(" ")
    }
}

/// The failure of a table that has more boxes than a report ever has.
pub(super) fn too_many() -> Failure {
    let what = words(
        "表格太大（超过 {max} 格），不像一份年报",
        "the table is too large for an annual report (over {max} cells)",
    );
    Failure::file(what.with(vec![("max", MAX_BOXES.into())]))
        .hint(words("请确认选对了文件", "is it the right file?"))
}
