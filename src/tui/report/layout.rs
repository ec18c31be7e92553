//! Where the lines and columns of a matrix stand in the body of a page.
//!
//! ```text
//!        heads   ......
//! pinned rows
//! scrolled rows                     #
//! pinned rows
//! running sums (two)
//! ```
//!
//! **Never:** draws, or changes a scroll position.
//! Next: `grid`, which draws it; `matrix`, which moves the cursor in it.

use crate::base::words::Lang;
use crate::form::{Along, Form, Sum, Table};
use crate::tui::turn::Look;

use crate::tui::report::ReportScreen;

/// Columns of a table with short labels, a blank and the rule beside it.
pub(in crate::tui) const TABLE: u16 = 80;
/// Columns of last year's numbers behind the table, where a panel stands beside it: what
/// a window is wider than it must be is theirs first, and they stand there once it is
/// whole. So nothing jumps as it grows.
pub(in crate::tui) const LAST_YEAR: u16 = 10;
/// Columns a mark needs behind a number.
const MARK: usize = 1;
/// Columns behind the numbers: a blank and the scroll bar.
const EDGE: usize = 2;
/// Rows of the body from which groups have lines of their own.
const WITH_GROUPS: usize = 32;

/// A line of a matrix page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum SheetLine {
    /// Column heads of a table.
    Heads(usize),
    /// A group of a table with its subtotals, by its place among the groups.
    Group(usize, usize),
    /// A row of a table.
    Row(usize, usize),
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
    /// How many running sums stand under them.
    pub sums: usize,
}

impl Sheet {
    /// The sheet of the tables under a prefix in a body of so many rows.
    pub(in crate::tui) fn of(form: &'static Form, prefix: &'static str, rows: usize) -> Self {
        let tables: Vec<usize> = form.tables_of(prefix).collect();
        let sums = running(form, prefix).len();
        let all = |with_groups: bool| -> Vec<SheetLine> {
            let lines = tables.iter();
            lines
                .flat_map(|table| lines_of(form, *table, with_groups))
                .collect()
        };
        let mut this = Sheet {
            top: Vec::new(),
            middle: all(rows >= WITH_GROUPS),
            bottom: Vec::new(),
            visible: 0,
            sums,
        };
        if let ([table], true) = (&tables[..], this.middle.len() + sums > rows) {
            let whole = this.middle.clone();
            this.pin(&form.tables[*table]);
            // Where little room is left the sums go first, then what is pinned.
            if this.top.len() + this.bottom.len() + sums >= rows {
                this.sums = 0;
            }
            if this.top.len() + this.bottom.len() >= rows {
                (this.top, this.middle, this.bottom) = (Vec::new(), whole, Vec::new());
            }
        }
        this.visible = rows
            .saturating_sub(this.top.len() + this.bottom.len() + this.sums)
            .clamp(1, this.middle.len().max(1));
        this
    }

    /// Keeps the heads and the rows before and after the items in place.
    fn pin(&mut self, table: &Table) {
        let is_item = |line: &SheetLine| match line {
            SheetLine::Heads(_) | SheetLine::Group(..) => false,
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
                SheetLine::Heads(_) | SheetLine::Group(..) => None,
            })
            .collect()
    }

    /// The scroll position nearest to `scroll` that shows a row.
    pub(in crate::tui) fn scroll_to(&self, scroll: usize, table: usize, row: usize) -> usize {
        let most = self.middle.len().saturating_sub(self.visible);
        let line = SheetLine::Row(table, row);
        let scroll = scroll.min(most);
        match self.middle.iter().position(|candidate| *candidate == line) {
            // What stands over a first row comes into view with it.
            Some(at) if at < scroll => {
                if at > 0 && !matches!(self.middle[at - 1], SheetLine::Row(..)) {
                    at - 1
                } else {
                    at
                }
            }
            Some(at) if at >= scroll + self.visible => at + 1 - self.visible,
            _ => scroll,
        }
    }

    /// The scroll position so many lines further down, or up.
    pub(in crate::tui) fn scrolled(&self, scroll: usize, by: usize, down: bool) -> usize {
        let most = self.middle.len().saturating_sub(self.visible);
        let to = if down {
            scroll.saturating_add(by)
        } else {
            scroll.saturating_sub(by)
        };
        to.min(most)
    }

    /// The row in view that is nearest to one that is scrolled out of it; None if it is
    /// in view.
    pub(in crate::tui) fn nearest(
        &self,
        scroll: usize,
        table: usize,
        row: usize,
    ) -> Option<(usize, usize)> {
        let line = SheetLine::Row(table, row);
        let at = self.middle.iter().position(|other| *other == line)?;
        let seen = scroll..scroll + self.visible;
        if seen.contains(&at) {
            return None;
        }
        let mut rows = seen.filter_map(|at| match self.middle.get(at) {
            Some(SheetLine::Row(table, row)) => Some((*table, *row)),
            _ => None,
        });
        if at < scroll {
            rows.next()
        } else {
            rows.next_back()
        }
    }

    /// The lines shown, from top to bottom.
    pub(in crate::tui) fn shown(&self, scroll: usize) -> impl Iterator<Item = SheetLine> + '_ {
        let middle = self.middle.iter().skip(scroll).take(self.visible);
        self.top.iter().chain(middle).chain(&self.bottom).copied()
    }
}

/// The lines of a table: its heads, its rows, before each group the group where they
/// have lines of their own.
fn lines_of(form: &'static Form, index: usize, with_groups: bool) -> Vec<SheetLine> {
    let table = &form.tables[index];
    let mut lines = vec![SheetLine::Heads(index)];
    let mut before = "";
    for (row, line) in table.rows.iter().enumerate() {
        let group = table.groups.iter().position(|group| {
            group.key == line.group && line.group != before && !group.label.is_empty()
        });
        before = line.group;
        if let Some(group) = group.filter(|_| with_groups) {
            lines.push(SheetLine::Group(index, group));
        }
        lines.push(SheetLine::Row(index, row));
    }
    lines
}

/// Widths of the columns of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Widths {
    /// Columns of the row labels.
    pub label: usize,
    /// Columns of one number with its mark.
    pub col: usize,
    /// Columns kept for last year's numbers.
    pub last: usize,
}

impl Widths {
    /// Widths of a table in a body of so many columns, whose longest number has so many
    /// characters.
    ///
    /// Numbers are never cut off: on a narrow screen labels are. Official labels are up to
    /// 72 wide. Where last year is known, what a page beside a panel is wider than it
    /// must be is first of all the column of last year's.
    pub(in crate::tui) fn of(table: &Table, look: Look, longest: usize, knows_last: bool) -> Self {
        const OFFICIAL: usize = 72;
        const LEAST: usize = 8;
        const NARROW: usize = 72;
        let cols = usize::from(look.size.0);
        let last = if knows_last && look.has_side {
            cols.saturating_sub(usize::from(TABLE))
                .min(usize::from(LAST_YEAR))
        } else {
            0
        };
        let room = cols.saturating_sub(EDGE + last);
        let count = table.cols.len() + usize::from(row_sums(table).is_some());
        let col = if table.cols.len() > 5 {
            // Heads are 4 wide in Chinese, 5 in English.
            match look.lang {
                Lang::Zh if cols < NARROW && longest < 5 => 5,
                Lang::En if cols < NARROW && longest < 6 => 6,
                _ => 7,
            }
        } else {
            // As wide as the labels leave it.
            let label = |row: usize| look.ruler.width(&label(table, row, look, usize::MAX)) + 2;
            let label = (0..table.rows.len()).map(label).max().unwrap_or(0);
            (room.saturating_sub(label) / count).clamp(7, 11)
        };
        let label = room.saturating_sub(count * col).clamp(LEAST, OFFICIAL);
        Widths { label, col, last }
    }

    /// Column of the screen at which last year's numbers begin, behind those of a table;
    /// None where there is no room for them.
    pub(in crate::tui) fn last(&self, table: &Table) -> Option<usize> {
        let count = table.cols.len() + usize::from(row_sums(table).is_some());
        (self.last == usize::from(LAST_YEAR)).then(|| self.start(count))
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

/// The sheet of the matrix shown, in a body of so many rows.
pub(in crate::tui) fn sheet(screen: &ReportScreen, rows: u16) -> Option<Sheet> {
    let (_, prefix) = screen.matrix()?;
    Some(Sheet::of(screen.form(), prefix, usize::from(rows)))
}

/// The label of a row: the official one with its group where it fits, else the short one.
pub(in crate::tui) fn label(table: &Table, row: usize, look: Look, columns: usize) -> String {
    /// Columns from which official labels stand among short ones.
    const OFFICIAL: usize = 40;
    let line = &table.rows[row];
    let short = line.name.get(look.lang);
    if look.lang == Lang::En {
        return short.to_owned();
    }
    let over = table.over(row);
    let whole = format!("{over} {short}");
    if !over.is_empty() && look.ruler.width(&whole) <= columns {
        return whole;
    }
    if columns < OFFICIAL {
        return short.to_owned();
    }
    let group = table.groups.iter().find(|group| group.key == line.group);
    let mark = group.and_then(|group| Some(group.label.split_once('）')?.0));
    let official = match mark.filter(|mark| !mark.is_empty()) {
        Some(mark) => format!("{mark}）{}", line.label),
        None => line.label.to_owned(),
    };
    // Without what stands in brackets or behind a comma, where the whole does not fit.
    let width = |text: &str| look.ruler.width(text);
    let cuts = official.match_indices(['（', '、']);
    let heads = cuts.map(|(at, _)| &official[..at]);
    let heads = heads.filter(|head| width(head) >= width(short));
    let all = heads.chain([official.as_str()]);
    let mut fits = all.rev().filter(|text| width(text) <= columns);
    fits.next().unwrap_or(short).to_owned()
}
