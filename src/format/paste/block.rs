//! Cells pasted together, what must be asked of them, and what a person chose.
//!
//! **Never:** reads a text.
//! Next: `paste`, which makes a block; `tui::panels::paste` for its preview.

use crate::base::place::Place;
use crate::form::{CellId, Form};
use crate::model::{Cell, Note, Origin};

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
    pub unplaced: Vec<(Place, String)>,
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
    pub place: Place,
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
