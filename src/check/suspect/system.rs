//! The constraint system of one table: row classes, columns, values, lines.
//!
//! A table of section 三 is a product code: each row has a parity (its kinds
//! sum to its total), each column has two (balance, items). A table of section
//! 四 has rows that stand alone. Everything is built from classes, never from a
//! fixed number of rows, because the 2019 form has 23 of them and some reports
//! of the 2021 form too.
//!
//! **Never:** knows a form, a label or a report; overflows (sums are 128 bits wide).
//! Next: `forced` for blanks, `search` for what would mend the broken lines.

/// A box of the table: (row, column), both from 0.
pub type Cell = (usize, usize);

/// What a row does in the two checks of each column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowClass {
    /// Comes in: 一 (new) first, then 二 (carried in).
    In,
    /// One of the outcomes, summed in the total row.
    Item,
    /// The sum of the items: （七）.
    Total,
    /// Goes on to next year: 四.
    Out,
    /// A block with its own total and no column check: table 四.
    Alone,
}

impl RowClass {
    /// What one more unit in this row adds to (balance, items) of its column.
    pub(super) const fn weights(self) -> (i128, i128) {
        match self {
            Self::In => (1, 0),
            Self::Item => (0, 1),
            Self::Total => (-1, -1),
            Self::Out => (-1, 0),
            Self::Alone => (0, 0),
        }
    }
}

/// What a column does in the sum of each row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColClass {
    /// One of the parts.
    Kind,
    /// The sum of the parts: 总计.
    Total,
}

/// What stands in a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value {
    /// A number, as it was read; below 0 only by mistake.
    Count(i64),
    /// Nothing: unknown, and at least 0.
    Blank,
    /// Text that is no number: unknown, and never filled in.
    Unreadable,
}

/// One identity of the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Line {
    /// The kinds of this row sum to its total.
    Row(usize),
    /// In this column, what came in is processed or carried out.
    Balance(usize),
    /// In this column, the items sum to the total row.
    Items(usize),
}

/// What can be said of a line while blanks are unknown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Left equals right.
    Holds,
    /// Left minus right; also when no filling of the blanks could mend it.
    Broken {
        /// Left minus right of what is known.
        by: i128,
    },
    /// Cells are missing, and some filling may mend it.
    Open {
        /// How many cells are missing.
        missing: usize,
    },
}

/// The shape of a table: classes of its rows and columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layout {
    rows: Vec<RowClass>,
    cols: Vec<ColClass>,
    total_row: Option<usize>,
    total_col: usize,
    balanced: bool,
    itemized: bool,
}

impl Layout {
    /// Describes a table; `None` unless it has exactly one total column, and
    /// either one total row or only rows that stand alone.
    #[must_use]
    pub fn new(rows: Vec<RowClass>, cols: Vec<ColClass>) -> Option<Self> {
        let total_col = only(&cols, &ColClass::Total)?;
        let alone = rows.iter().all(|&r| r == RowClass::Alone);
        let total_row = only(&rows, &RowClass::Total);
        let mixed = rows.contains(&RowClass::Alone);
        if !alone && (total_row.is_none() || mixed) {
            return None;
        }
        Some(Self {
            balanced: rows.contains(&RowClass::In),
            itemized: rows.contains(&RowClass::Item),
            rows,
            cols,
            total_row,
            total_col,
        })
    }

    /// The classes of the rows, top down.
    #[must_use]
    pub fn rows(&self) -> &[RowClass] {
        &self.rows
    }

    /// The classes of the columns, left to right.
    #[must_use]
    pub fn cols(&self) -> &[ColClass] {
        &self.cols
    }

    /// The row of sums, unless the rows stand alone.
    #[must_use]
    pub const fn total_row(&self) -> Option<usize> {
        self.total_row
    }

    /// The column of sums.
    #[must_use]
    pub const fn total_col(&self) -> usize {
        self.total_col
    }

    /// Every line of the table: rows, then balances, then item sums.
    pub fn lines(&self) -> impl Iterator<Item = Line> + use<> {
        let (rows, cols) = (self.rows.len(), self.cols.len());
        let balances = if self.balanced { cols } else { 0 };
        let items = if self.itemized { cols } else { 0 };
        (0..rows)
            .map(Line::Row)
            .chain((0..balances).map(Line::Balance))
            .chain((0..items).map(Line::Items))
    }

    /// The rows of one class, top down.
    pub(super) fn rows_of(&self, class: RowClass) -> impl Iterator<Item = usize> + Clone + '_ {
        (0..self.rows.len()).filter(move |&row| self.rows[row] == class)
    }

    /// The columns that are parts, left to right.
    pub(super) fn kinds(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        (0..self.cols.len()).filter(|&col| col != self.total_col)
    }

    pub(super) const fn index(&self, (row, col): Cell) -> usize {
        row * self.cols.len() + col
    }

    pub(super) const fn cell(&self, index: usize) -> Cell {
        (index / self.cols.len(), index % self.cols.len())
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len() * self.cols.len()
    }

    /// What one more unit in this column adds to its row's left minus right.
    pub(super) const fn sign(&self, col: usize) -> i128 {
        if col == self.total_col { -1 } else { 1 }
    }

    /// Whether the cell is the printed sum of others.
    pub(super) fn is_total(&self, (row, col): Cell) -> bool {
        col == self.total_col || self.total_row == Some(row)
    }

    /// Whether the cell is an outcome of one kind of applicant.
    pub(super) fn is_item_part(&self, (row, col): Cell) -> bool {
        col != self.total_col && self.rows[row] == RowClass::Item
    }

    /// Whether the line exists and which side of it the cell is on.
    pub(super) fn side(&self, line: Line, (row, col): Cell) -> Option<Side> {
        let weight = match line {
            Line::Row(at) if at == row => self.sign(col),
            Line::Balance(at) if at == col => self.rows[row].weights().0,
            Line::Items(at) if at == col => self.rows[row].weights().1,
            _ => 0,
        };
        match weight {
            0 => None,
            1 => Some(Side::Left),
            _ => Some(Side::Right),
        }
    }

    /// The cells of a line with their sides.
    pub(super) fn cells_of(&self, line: Line) -> impl Iterator<Item = (Cell, Side)> + '_ {
        let (rows, cols) = match line {
            Line::Row(row) => (row..row + 1, 0..self.cols.len()),
            Line::Balance(col) | Line::Items(col) => (0..self.rows.len(), col..col + 1),
        };
        rows.flat_map(move |row| cols.clone().map(move |col| (row, col)))
            .filter_map(move |cell| self.side(line, cell).map(|side| (cell, side)))
    }

    /// Sums both sides of every line; `values` are the cells row by row.
    pub(super) fn tally(&self, values: &[Option<i64>]) -> Tallies {
        let mut tallies = Tallies {
            rows: vec![Tally::default(); self.rows.len()],
            balances: vec![Tally::default(); if self.balanced { self.cols.len() } else { 0 }],
            items: vec![Tally::default(); if self.itemized { self.cols.len() } else { 0 }],
        };
        for ((class, line), cells) in (self.rows.iter())
            .zip(&mut tallies.rows)
            .zip(values.chunks_exact(self.cols.len()))
        {
            for (col, &value) in cells.iter().enumerate() {
                line.add(
                    if col == self.total_col {
                        Side::Right
                    } else {
                        Side::Left
                    },
                    value,
                );
            }
            let (balance, items) = class.weights();
            tally_columns(&mut tallies.balances, balance, cells);
            tally_columns(&mut tallies.items, items, cells);
        }
        tallies
    }
}

fn tally_columns(lines: &mut [Tally], weight: i128, cells: &[Option<i64>]) {
    let side = match weight {
        0 => return,
        1 => Side::Left,
        _ => Side::Right,
    };
    for (line, &value) in lines.iter_mut().zip(cells) {
        line.add(side, value);
    }
}

fn only<T: PartialEq>(all: &[T], wanted: &T) -> Option<usize> {
    let mut found = (0..all.len()).filter(|&at| all[at] == *wanted);
    found.next().filter(|_| found.next().is_none())
}

/// A side of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Left,
    Right,
}

/// Both sides of one line: known sums and how many cells are unknown.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Tally {
    pub(super) left: i128,
    pub(super) right: i128,
    pub(super) missing_left: usize,
    pub(super) missing_right: usize,
}

impl Tally {
    fn add(&mut self, side: Side, value: Option<i64>) {
        match (side, value) {
            (Side::Left, Some(value)) => self.left += i128::from(value),
            (Side::Right, Some(value)) => self.right += i128::from(value),
            (Side::Left, None) => self.missing_left += 1,
            (Side::Right, None) => self.missing_right += 1,
        }
    }

    pub(super) const fn missing(&self) -> usize {
        self.missing_left + self.missing_right
    }

    /// Left minus right, when nothing is missing.
    pub(super) const fn gap(&self) -> Option<i128> {
        if self.missing() == 0 {
            Some(self.left - self.right)
        } else {
            None
        }
    }

    pub(super) const fn verdict(&self) -> Verdict {
        let by = self.left - self.right;
        match (self.missing_left, self.missing_right) {
            (0, 0) if by == 0 => Verdict::Holds,
            (0, 0) => Verdict::Broken { by },
            (0, _) if by < 0 => Verdict::Broken { by },
            (_, 0) if by > 0 => Verdict::Broken { by },
            _ => Verdict::Open {
                missing: self.missing(),
            },
        }
    }
}

/// The sums of all lines.
#[derive(Clone, Debug)]
pub(super) struct Tallies {
    pub(super) rows: Vec<Tally>,
    pub(super) balances: Vec<Tally>,
    pub(super) items: Vec<Tally>,
}

impl Tallies {
    /// Every line with its sums, rows first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Line, &Tally)> {
        let rows = self
            .rows
            .iter()
            .enumerate()
            .map(|(at, sums)| (Line::Row(at), sums));
        let balances = self
            .balances
            .iter()
            .enumerate()
            .map(|(at, sums)| (Line::Balance(at), sums));
        let items = self
            .items
            .iter()
            .enumerate()
            .map(|(at, sums)| (Line::Items(at), sums));
        rows.chain(balances).chain(items)
    }

    /// The lines that are broken, rows first.
    pub(super) fn broken(&self) -> Vec<Line> {
        self.iter()
            .filter(|(_, sums)| matches!(sums.verdict(), Verdict::Broken { .. }))
            .map(|(line, _)| line)
            .collect()
    }
}

/// A table with its values: what is searched for suspects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct System {
    layout: Layout,
    values: Vec<Option<i64>>,
    unreadable: Vec<bool>,
}

impl System {
    /// Puts values, row by row, into a layout; `None` if their number differs.
    #[must_use]
    pub fn new(layout: Layout, values: &[Value]) -> Option<Self> {
        if values.len() != layout.len() {
            return None;
        }
        let known = values.iter().map(|&value| match value {
            Value::Count(count) => Some(count),
            Value::Blank | Value::Unreadable => None,
        });
        Some(Self {
            values: known.collect(),
            unreadable: values
                .iter()
                .map(|&value| value == Value::Unreadable)
                .collect(),
            layout,
        })
    }

    /// The shape of the table.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What stands in the cell; `None` outside the table.
    #[must_use]
    pub fn value(&self, cell: Cell) -> Option<Value> {
        if cell.0 >= self.layout.rows.len() || cell.1 >= self.layout.cols.len() {
            return None;
        }
        let index = self.layout.index(cell);
        Some(match self.values[index] {
            Some(count) => Value::Count(count),
            None if self.unreadable[index] => Value::Unreadable,
            None => Value::Blank,
        })
    }

    /// Puts a value into a cell; outside the table nothing happens.
    pub fn set(&mut self, cell: Cell, value: Value) {
        if cell.0 < self.layout.rows.len() && cell.1 < self.layout.cols.len() {
            let index = self.layout.index(cell);
            self.unreadable[index] = value == Value::Unreadable;
            self.values[index] = match value {
                Value::Count(count) => Some(count),
                Value::Blank | Value::Unreadable => None,
            };
        }
    }

    /// Judges every line: rows, then balances, then item sums.
    #[must_use]
    pub fn judge(&self) -> Vec<(Line, Verdict)> {
        let tallies = self.layout.tally(&self.values);
        tallies
            .iter()
            .map(|(line, sums)| (line, sums.verdict()))
            .collect()
    }

    /// The broken lines; blanks count as unknown.
    #[must_use]
    pub fn broken(&self) -> Vec<Line> {
        self.layout.tally(&self.values).broken()
    }

    pub(super) fn values(&self) -> &[Option<i64>] {
        &self.values
    }

    pub(super) fn is_unreadable(&self, index: usize) -> bool {
        self.unreadable[index]
    }
}
