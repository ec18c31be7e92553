//! The preview of a paste: what was received, where it would go, what would
//! change, what must be asked first.
//!
//! **Never:** changes a report; decides what is asked.
//! Next: `format::paste` for how a text finds its cells, `update::paste` for the
//! keys, `view::paste` for the picture.

use crate::base::words::words;
use crate::check::{Input, Texts, check};
use crate::form::CellId;
use crate::format::paste::{Block, Choice};
use crate::model::{Document, Op, Origin, Transaction};
use crate::tui::report::{ReportScreen, TypedCell};

/// A run that was taken for a paste, so that it can still be typed.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its keys: Enter as `\r`, Ctrl+J as `\n`.
    pub keys: String,
    /// What was being typed where it began.
    pub typing: Option<TypedCell>,
}

/// A paste that is shown and not written yet.
#[derive(Debug)]
pub struct Preview {
    /// What was pasted: a slow line may bring the rest of it later.
    pub text: String,
    /// The cell it was pasted at.
    pub at: CellId,
    /// What was made of it.
    pub block: Block,
    /// What was chosen.
    pub choice: Choice,
    /// The chosen line.
    pub chosen: usize,
    /// No key was pressed since.
    pub untouched: bool,
    /// Nobody asked for it: its keys, which may have been typed.
    pub run: Option<Run>,
    /// Errors before and after.
    pub errors: (usize, usize),
    /// Cells that would change in each row.
    pub changes: Vec<usize>,
    /// Cells of the tables met that would stay.
    pub kept: usize,
}

/// A line of the preview that a cursor can stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A row of the block.
    Row(usize),
    /// A doubt of a row.
    Doubt(usize, usize),
    /// A piece that found no cell.
    Unplaced(usize),
}

impl Preview {
    /// A preview on its first open question, or its first row.
    #[must_use]
    pub fn new(report: &ReportScreen, text: String, at: CellId, block: Block) -> Self {
        let choice = Choice::of(&block);
        let mut this = Preview {
            text,
            at,
            block,
            choice,
            chosen: 0,
            untouched: true,
            run: None,
            errors: (0, 0),
            changes: Vec::new(),
            kept: 0,
        };
        this.seek_open();
        this.weigh(report);
        this
    }

    /// Its lines, from top to bottom.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let rows = self.block.rows.iter().enumerate().flat_map(|(row, found)| {
            let doubts = (0..found.doubts.len()).map(move |doubt| Line::Doubt(row, doubt));
            std::iter::once(Line::Row(row)).chain(doubts)
        });
        let unplaced = (0..self.block.unplaced.len()).map(Line::Unplaced);
        rows.chain(unplaced).collect()
    }

    /// The chosen line.
    #[must_use]
    pub fn line(&self) -> Option<Line> {
        self.lines().get(self.chosen).copied()
    }

    /// Puts the cursor on the first question that is open; false without one.
    pub fn seek_open(&mut self) -> bool {
        let Some((row, doubt)) = self.choice.open() else {
            return false;
        };
        let lines = self.lines();
        let at = lines
            .iter()
            .position(|line| *line == Line::Doubt(row, doubt));
        self.chosen = at.unwrap_or(0);
        true
    }

    /// The step that it is, and where each of its cells came from.
    #[must_use]
    pub fn step(&self, report: &ReportScreen) -> (Transaction, Vec<(CellId, Origin)>) {
        let mut step = Transaction::new(words("粘贴", "paste"));
        let mut origins = Vec::new();
        for (cell, content, origin) in self.block.cells(report.form(), &self.choice) {
            step = step.cell(report.report(), cell, content);
            origins.push((cell, origin));
        }
        (step, origins)
    }

    /// Counts what would change and what would break.
    pub fn weigh(&mut self, report: &ReportScreen) {
        let form = report.form();
        let (step, _) = self.step(report);
        let written = step.ops.iter().filter_map(|op| match op {
            Op::SetCell { cell, .. } => Some(*cell),
            _ => None,
        });
        let changed: Vec<CellId> = written.collect();
        let of_row = |row: &crate::format::paste::BlockRow| {
            let cells = row.values.iter();
            cells.filter(|value| changed.contains(&value.cell)).count()
        };
        let rows = self.block.rows.iter().enumerate();
        self.changes = rows
            .map(|(index, row)| {
                if self.choice.taken[index] {
                    of_row(row)
                } else {
                    0
                }
            })
            .collect();
        let tables = self.block.found();
        let cells: usize = tables
            .iter()
            .map(|(table, _)| form.tables[*table].len())
            .sum();
        self.kept = cells.saturating_sub(changed.len());
        let mut after = Document::new(report.report().clone());
        let fits = after.apply(step).is_ok();
        debug_assert!(fits, "a step made from the report fits it");
        let after = check(&Input {
            blanks: report.blanks(),
            profile: &report.profile,
            ..Input::of(after.report(), &Texts::of(after.report()))
        });
        self.errors = (report.findings.counts().errors, after.counts().errors);
    }

    /// Cells that would change.
    #[must_use]
    pub fn changed(&self) -> usize {
        self.changes.iter().sum()
    }
}
