//! Floor 1: the official forms as data.
//!
//! A form is tables of lines, the sums that must hold, and text sections. All
//! of it is constant; identities, paths and totals are derived here once.
//!
//! **Never:** knows a report or a file; holds a rule's severity or words.
//! Next: `y2021` for the form in force, `identity` for what the sums become.

use std::sync::OnceLock;

use crate::base::words::Words;

pub mod identity;
mod letters;
pub mod printed;
mod y2019;
mod y2021;

pub use identity::{Identities, Identity};

/// All forms, newest first.
pub static FORMS: &[&Form] = &[&y2021::FORM, &y2019::FORM];

/// The form in force now, for new reports.
#[must_use]
pub fn current() -> &'static Form {
    FORMS[0]
}

/// The form with this key.
#[must_use]
pub fn by_key(key: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.key == key).copied()
}

/// The form in force for reports on this year.
#[must_use]
pub fn by_year(year: u16) -> Option<&'static Form> {
    FORMS
        .iter()
        .find(|form| form.years.0 <= year && year <= form.years.1)
        .copied()
}

/// An official layout of the annual report.
pub struct Form {
    /// Short name, such as `2021`.
    pub key: &'static str,
    /// Its name for people.
    pub name: Words,
    /// The notice that issued it.
    pub source: &'static str,
    /// First and last year of reports it is for.
    pub years: (u16, u16),
    /// Its tables, in the order of print.
    pub tables: &'static [Table],
    /// Its texts: the preamble, then the sections in order.
    pub sections: &'static [Section],
    /// The title line of the blank form, which is no report's title.
    pub blank_title: &'static str,
    letters: OnceLock<String>,
    derived: OnceLock<Identities>,
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Form({})", self.key)
    }
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Form {}

/// A rectangle of cells.
///
/// The part of the report that prints one table may hold several of these
/// under one path prefix: section 二 of 2021 is four.
pub struct Table {
    /// First part of its cells' paths and its site: `t2`, `t3`, `t4`.
    pub prefix: &'static str,
    /// The block heading printed over it, if there is one.
    pub title: &'static str,
    /// The note printed in its corner, if there is one.
    pub corner: &'static str,
    /// Its rows.
    pub rows: &'static [Line],
    /// Its columns.
    pub cols: &'static [Line],
    /// Its groups of rows, for subtotals that prose names.
    pub groups: &'static [Group],
    /// How it is printed.
    pub layout: Layout,
    /// What the form prints in it beside the labels of lines and groups.
    pub printed: &'static [&'static str],
    /// Widths of the printed table's grid, in twips; the same for all tables
    /// of a prefix, which are printed as one.
    pub grid: &'static [u16],
    /// Sums that must hold in it.
    pub sums: &'static [Sum],
    /// Number of its first cell.
    pub first: u16,
}

/// How a table is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Part of a printed table: its title, its heads, a row of print for each
    /// row. Holds how many columns of the grid the labels and each column take.
    Block(&'static [u8]),
    /// A row of print for each row, the groups of rows and columns beside them.
    Matrix,
    /// One row of print: the rows stand side by side, their labels as heads.
    OneRow,
}

impl Table {
    /// What the form prints over a row besides its label: `行政诉讼` over both kinds of
    /// suit; mostly nothing.
    #[must_use]
    pub fn over(&self, row: usize) -> &'static str {
        match (self.layout, self.printed) {
            (Layout::OneRow, [over, ..]) if row > 0 => over,
            _ => "",
        }
    }

    /// How many cells it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len() * self.cols.len()
    }

    /// Whether it has no cell at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cell in a row and a column.
    ///
    /// # Panics
    /// If the row or column is not one of the table's.
    #[must_use]
    pub fn cell(&self, row: usize, col: usize) -> CellId {
        assert!(row < self.rows.len() && col < self.cols.len());
        let offset = row * self.cols.len() + col;
        CellId(self.first + u16::try_from(offset).expect("a form has a few hundred cells"))
    }

    /// What a cell counts.
    #[must_use]
    pub fn kind(&self, row: usize, col: usize) -> Kind {
        match self.cols[col].kind {
            Kind::Count => self.rows[row].kind,
            other => other,
        }
    }

    /// All its cells in reading order.
    pub fn cells(&self) -> impl Iterator<Item = CellId> + use<> {
        let first = self.first;
        (0..self.len()).map(move |offset| {
            CellId(first + u16::try_from(offset).expect("a form has a few hundred cells"))
        })
    }
}

/// A row or a column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Part of the paths of its cells.
    pub key: &'static str,
    /// The official label, byte for byte.
    pub label: &'static str,
    /// Its name in messages.
    pub name: Words,
    /// Its name where columns are seven wide; for rows the same as `name`.
    pub short: Words,
    /// What the sums call lines like it.
    pub class: &'static str,
    /// Key of the group it belongs to, or empty.
    pub group: &'static str,
    /// What its cells count.
    pub kind: Kind,
    /// How common the outcome is in published tables, in ten-thousandths of all
    /// results: it parts readings that are tied. 0 where that says nothing.
    pub usual: u32,
    /// The counting rule that the form or a notice gives, or empty.
    pub counting: Words,
    /// Other spellings met in published reports.
    pub also: &'static [&'static str],
}

impl Line {
    const fn new(
        key: &'static str,
        label: &'static str,
        class: &'static str,
        name: Words,
        short: Words,
    ) -> Self {
        Line {
            key,
            label,
            name,
            short,
            class,
            group: "",
            kind: Kind::Count,
            usual: 0,
            counting: Words { zh: "", en: "" },
            also: &[],
        }
    }

    const fn group(self, group: &'static str) -> Self {
        Line { group, ..self }
    }

    const fn kind(self, kind: Kind) -> Self {
        Line { kind, ..self }
    }

    const fn usual(self, usual: u32) -> Self {
        Line { usual, ..self }
    }

    const fn also(self, also: &'static [&'static str]) -> Self {
        Line { also, ..self }
    }

    const fn counting(self, zh: &'static str, en: &'static str) -> Self {
        Line {
            counting: Words { zh, en },
            ..self
        }
    }
}

/// What a cell counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of things, zero or more.
    Count,
    /// A change, with its sign.
    Signed,
    /// Money in 万元, with its decimal places.
    Amount,
    /// Money in whatever unit stands beside it.
    Money,
}

impl Kind {
    /// Whether decimal places are its own.
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(self, Kind::Amount | Kind::Money)
    }
}

/// Rows that prose adds up under one name.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Name in `Line::group`.
    pub key: &'static str,
    /// The official label.
    pub label: &'static str,
    /// Its name in messages.
    pub name: Words,
    /// Other spellings met.
    pub also: &'static [&'static str],
    /// Key of the row that takes the numbers of a report which prints the
    /// whole group as one row; empty where they can go nowhere.
    pub whole: &'static str,
}

/// The direction in which a sum repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// One identity for every column, over rows.
    Columns,
    /// One identity for every row, over columns.
    Rows,
}

/// Lines on one side of a sum.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// One line by its key.
    Line(&'static str),
    /// All lines of a class.
    Class(&'static str),
}

/// A side of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

/// "In every column (or row): the left lines add up to the right lines."
#[derive(Debug)]
pub struct Sum {
    /// Code of the rule it belongs to.
    pub rule: &'static str,
    /// Whether it holds in columns or in rows.
    pub along: Along,
    /// Lines on the left.
    pub left: &'static [Part],
    /// Lines on the right.
    pub right: &'static [Part],
    /// The side that is one printed total of the other.
    pub total: Option<Side>,
    /// What the line under a matrix is called that shows its result live: the
    /// sum of the parts, or left minus right where no side is a total.
    pub running: Words,
}

/// A text of the report, and the table printed after it if there is one.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Key in files and sites: `preamble`, `s1` to `s6`.
    pub key: &'static str,
    /// Its number as printed, such as `二`; empty for the preamble.
    pub ordinal: &'static str,
    /// The official heading without its number.
    pub title: &'static str,
    /// Its name on the screen.
    pub name: Words,
    /// The same where there is little room.
    pub short: Words,
    /// Prefix of the tables printed in it, or empty.
    pub tables: &'static str,
    /// What the blank form prints where the text belongs.
    pub placeholder: &'static str,
    /// Other headings met in published reports.
    pub also: &'static [&'static str],
}

impl Section {
    /// The official heading with its number.
    #[must_use]
    pub fn heading(&self) -> String {
        if self.ordinal.is_empty() {
            self.title.to_owned()
        } else {
            format!("{}、{}", self.ordinal, self.title)
        }
    }

    /// What stands over its table on a page, such as `表二　主动公开政府信息情况`;
    /// empty where it has none.
    #[must_use]
    pub fn caption(&self) -> String {
        if self.tables.is_empty() {
            return String::new();
        }
        format!("表{}　{}", self.ordinal, self.title)
    }
}

/// A cell of a form; made only by a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId(u16);

impl CellId {
    /// Its place in arrays that hold one value a cell.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A text of a form; made only by a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(u8);

impl TextId {
    /// Its place in the form's sections.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where a cell stands in its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Index of the table.
    pub table: usize,
    /// Index of the row in the table.
    pub row: usize,
    /// Index of the column in the table.
    pub col: usize,
}

impl Form {
    /// How many cells it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tables.iter().map(Table::len).sum()
    }

    /// Whether it has no cell at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// All cells in the form's order.
    pub fn cells(&self) -> impl Iterator<Item = CellId> + use<> {
        (0..u16::try_from(self.len()).expect("a form has a few hundred cells")).map(CellId)
    }

    /// The table, row and column of a cell.
    #[must_use]
    pub fn spot(&self, cell: CellId) -> Spot {
        let table = self
            .tables
            .iter()
            .rposition(|table| table.first <= cell.0)
            .expect("the first table begins at cell 0");
        let offset = usize::from(cell.0 - self.tables[table].first);
        let cols = self.tables[table].cols.len();
        Spot {
            table,
            row: offset / cols,
            col: offset % cols,
        }
    }

    /// The cell at a spot.
    #[must_use]
    pub fn at(&self, spot: Spot) -> CellId {
        self.tables[spot.table].cell(spot.row, spot.col)
    }

    /// The row and the column of a cell.
    #[must_use]
    pub fn lines(&self, cell: CellId) -> (&'static Line, &'static Line) {
        let spot = self.spot(cell);
        let table = &self.tables[spot.table];
        (&table.rows[spot.row], &table.cols[spot.col])
    }

    /// What a cell counts.
    #[must_use]
    pub fn kind(&self, cell: CellId) -> Kind {
        let spot = self.spot(cell);
        self.tables[spot.table].kind(spot.row, spot.col)
    }

    /// The path of a cell, such as `t3.granted_full.total`.
    #[must_use]
    pub fn path(&self, cell: CellId) -> String {
        let (row, col) = self.lines(cell);
        let prefix = self.tables[self.spot(cell).table].prefix;
        format!("{prefix}.{}.{}", row.key, col.key)
    }

    /// The cell with this path.
    #[must_use]
    pub fn cell(&self, path: &str) -> Option<CellId> {
        let mut parts = path.split('.');
        let (prefix, row, col) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        self.cell_in(prefix, row, col)
    }

    /// The cell under a prefix with these keys of row and column.
    #[must_use]
    pub fn cell_in(&self, prefix: &str, row: &str, col: &str) -> Option<CellId> {
        let (table, row) = self.row(prefix, row)?;
        let table = &self.tables[table];
        let col = table.cols.iter().position(|line| line.key == col)?;
        Some(table.cell(row, col))
    }

    /// The table and row with this prefix and key.
    #[must_use]
    pub fn row(&self, prefix: &str, key: &str) -> Option<(usize, usize)> {
        let tables = self.tables.iter().enumerate();
        tables
            .filter(|(_, table)| table.prefix == prefix)
            .find_map(|(index, table)| {
                let row = table.rows.iter().position(|line| line.key == key)?;
                Some((index, row))
            })
    }

    /// The text with this key.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<TextId> {
        let index = self
            .sections
            .iter()
            .position(|section| section.key == key)?;
        Some(TextId(
            u8::try_from(index).expect("a form has few sections"),
        ))
    }

    /// All texts in order.
    pub fn texts(&self) -> impl Iterator<Item = TextId> + use<> {
        (0..u8::try_from(self.sections.len()).expect("a form has few sections")).map(TextId)
    }

    /// The section a text belongs to.
    #[must_use]
    pub fn section(&self, text: TextId) -> &'static Section {
        &self.sections[text.index()]
    }

    /// Indices of the tables printed in a section.
    pub fn tables_of(&'static self, prefix: &'static str) -> impl Iterator<Item = usize> {
        self.tables
            .iter()
            .enumerate()
            .filter(move |(_, table)| table.prefix == prefix)
            .map(|(index, _)| index)
    }

    /// Prefixes of its tables, in order, each once.
    #[must_use]
    pub fn prefixes(&self) -> Vec<&'static str> {
        let mut prefixes: Vec<_> = self.tables.iter().map(|table| table.prefix).collect();
        prefixes.dedup();
        prefixes
    }

    /// The section that prints the tables of a prefix.
    #[must_use]
    pub fn section_of(&self, prefix: &str) -> Option<TextId> {
        self.texts()
            .find(|text| !prefix.is_empty() && self.section(*text).tables == prefix)
    }

    /// The letters of what its tables print, a line each, with a line's end before the
    /// first: what a text without its signs is looked up in.
    #[must_use]
    pub fn letters(&self) -> &str {
        self.letters.get_or_init(|| letters::of(self.tables))
    }

    /// Its sums, expanded to identities over cells.
    #[must_use]
    pub fn identities(&'static self) -> &'static Identities {
        self.derived.get_or_init(|| Identities::of(self))
    }

    /// Whether a cell is a total of others.
    #[must_use]
    pub fn is_total(&'static self, cell: CellId) -> bool {
        self.identities().total_of(cell).is_some()
    }
}
