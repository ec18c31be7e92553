//! Where things stand on a page of a given size.
//!
//! ```text
//! title                                              counts | mode | saved
//!        heads   ......
//! pinned rows
//! scrolled rows
//! pinned rows
//! -------------------------------------------------------------------------
//! running lines (two)
//! message
//! keys
//! status
//! ```
//!
//! **Never:** draws, or changes a scroll position.
//! Next: `grid`, which draws it; `matrix`, which moves the cursor in it.

use crate::form::{Along, Form, Sum, Table};

use crate::tui::report::ReportScreen;

/// Columns a mark needs behind a number.
const MARK: usize = 1;
/// Lines of a matrix page that are not rows of the matrix.
const CHROME: usize = 7;
/// Width from which the problem list stands beside the grid.
pub(in crate::tui) const WITH_LIST: usize = 140;
/// Column at which it begins there.
pub(in crate::tui) const BESIDE: usize = 80;

/// A line of a matrix page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum SheetLine {
    /// Column heads of a table.
    Heads(usize),
    /// A row of a table.
    Row(usize, usize),
}

/// The shape of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Shape {
    /// Nothing fits.
    Tiny,
    /// One row of the table at a time, as a list.
    List,
    /// The matrix.
    Grid,
}

/// The shape that fits a size.
pub(in crate::tui) fn shape((cols, rows): (u16, u16)) -> Shape {
    if cols < 20 || rows < 5 {
        Shape::Tiny
    } else if cols < 60 || rows < 16 {
        Shape::List
    } else {
        Shape::Grid
    }
}

/// Lines of a matrix, split into what stays and what scrolls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Sheet {
    /// Lines that stay at the top.
    pub top: Vec<SheetLine>,
    /// Lines that scroll.
    pub middle: Vec<SheetLine>,
    /// Lines that stay at the bottom.
    pub bottom: Vec<SheetLine>,
    /// How many of the middle lines are visible.
    pub visible: usize,
}

impl Sheet {
    /// The sheet of the tables under a prefix on a screen of so many rows.
    pub(in crate::tui) fn of(form: &'static Form, prefix: &'static str, rows: usize) -> Self {
        let tables: Vec<usize> = form.tables_of(prefix).collect();
        let lines = |table: &usize| {
            let count = form.tables[*table].rows.len();
            std::iter::once(SheetLine::Heads(*table))
                .chain((0..count).map(|row| SheetLine::Row(*table, row)))
                .collect::<Vec<_>>()
        };
        let all: Vec<SheetLine> = tables.iter().flat_map(lines).collect();
        let room = rows.saturating_sub(CHROME);
        let mut this = Sheet {
            top: Vec::new(),
            middle: all,
            bottom: Vec::new(),
            visible: 0,
        };
        if let ([table], true) = (&tables[..], this.middle.len() > room) {
            this.pin(&form.tables[*table]);
        }
        this.visible = room
            .saturating_sub(this.top.len() + this.bottom.len())
            .clamp(1, this.middle.len().max(1));
        this
    }

    /// Keeps the heads and the rows before and after the items in place.
    fn pin(&mut self, table: &Table) {
        let is_item = |line: &SheetLine| match line {
            SheetLine::Heads(_) => false,
            SheetLine::Row(_, row) => table.rows[*row].class == "item",
        };
        let Some(first) = self.middle.iter().position(is_item) else {
            return;
        };
        let last = self.middle.iter().rposition(is_item).unwrap_or(first);
        self.bottom = self.middle.split_off(last + 1);
        self.top = self.middle.drain(..first).collect();
    }

    /// All rows a cursor can stand on, in order.
    pub(in crate::tui) fn rows(&self) -> Vec<(usize, usize)> {
        self.top
            .iter()
            .chain(&self.middle)
            .chain(&self.bottom)
            .filter_map(|line| match line {
                SheetLine::Row(table, row) => Some((*table, *row)),
                SheetLine::Heads(_) => None,
            })
            .collect()
    }

    /// The scroll position nearest to `scroll` that shows a row.
    pub(in crate::tui) fn scroll_to(&self, scroll: usize, table: usize, row: usize) -> usize {
        let most = self.middle.len().saturating_sub(self.visible);
        let line = SheetLine::Row(table, row);
        let scroll = scroll.min(most);
        match self.middle.iter().position(|candidate| *candidate == line) {
            // The heads over a first row come into view with it.
            Some(at) if at < scroll => {
                if at > 0 && matches!(self.middle[at - 1], SheetLine::Heads(_)) {
                    at - 1
                } else {
                    at
                }
            }
            Some(at) if at >= scroll + self.visible => at + 1 - self.visible,
            _ => scroll,
        }
    }

    /// The lines shown, from top to bottom.
    pub(in crate::tui) fn shown(&self, scroll: usize) -> impl Iterator<Item = SheetLine> + '_ {
        let middle = self.middle.iter().skip(scroll).take(self.visible);
        self.top.iter().chain(middle).chain(&self.bottom).copied()
    }
}

/// Widths of the columns of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Widths {
    /// Columns of the row labels.
    pub label: usize,
    /// Columns of one number with its mark.
    pub col: usize,
    /// Official labels instead of short ones.
    pub official: bool,
}

impl Widths {
    /// Widths of a table on a screen of so many columns.
    ///
    /// Official labels are up to 72 wide: beside seven columns of seven they
    /// need 121. From 140 the list takes what is beyond the short labels. Numbers are
    /// never cut off: on a narrow screen labels are.
    pub(in crate::tui) fn of(table: &Table, cols: usize) -> Self {
        const SHORT: usize = 29;
        const OFFICIAL: usize = 72;
        const LEAST: usize = 8;
        let count = table.cols.len() + usize::from(row_sums(table).is_some());
        let cols = if cols < WITH_LIST { cols } else { BESIDE };
        let room = cols.saturating_sub(1);
        let col = if table.cols.len() > 5 || SHORT + count * 11 > room {
            7
        } else {
            11
        };
        let needed = count * col;
        let official = OFFICIAL + needed <= cols;
        let label = if official { OFFICIAL } else { SHORT };
        Widths {
            label: label.min(room.saturating_sub(needed)).max(LEAST),
            col,
            official,
        }
    }

    /// Column of the screen at which a table's column begins.
    pub(in crate::tui) fn start(&self, col: usize) -> usize {
        self.label + col * self.col
    }

    /// Digits that fit beside the mark.
    pub(in crate::tui) fn digits(&self) -> usize {
        self.col - MARK
    }
}

/// Row sums have a column of their own where no line under the matrix shows sums.
pub(in crate::tui) fn row_sums(table: &Table) -> Option<&'static Sum> {
    let columns = table.sums.iter().any(|sum| sum.along == Along::Columns);
    table
        .sums
        .iter()
        .find(|sum| sum.along == Along::Rows && !columns)
}

/// The sums shown live under a matrix.
pub(in crate::tui) fn running(
    form: &'static Form,
    prefix: &'static str,
) -> Vec<(usize, &'static Sum)> {
    form.tables_of(prefix)
        .flat_map(|table| {
            form.tables[table]
                .sums
                .iter()
                .filter(|sum| sum.along == Along::Columns)
                .map(move |sum| (table, sum))
        })
        .collect()
}

/// The sheet of the matrix shown.
pub(in crate::tui) fn sheet(screen: &ReportScreen, rows: u16) -> Option<Sheet> {
    let (_, prefix) = screen.matrix()?;
    Some(Sheet::of(screen.form(), prefix, usize::from(rows)))
}
