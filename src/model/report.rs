//! The content of one annual report under one form.
//!
//! **Never:** a setter that anything outside `model` can call.
//! Next: `draft` for readers, `document` for editors.

use std::borrow::Cow;

use crate::base::place::Place;
use crate::base::width::is_unsafe;
use crate::form::{CellId, Form, TextId};

use super::Cell;

/// A report. Read-only outside this module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    form: &'static Form,
    head: Head,
    headings: Vec<Heading>,
    cells: Box<[Cell]>,
    texts: Box<[String]>,
    remarks: Vec<Remark>,
    questions: Vec<Question>,
    unplaced: Vec<Unplaced>,
    lost: Vec<(usize, usize)>,
    unread: Vec<Unread>,
    keying: Keying,
}

/// Prefixes of the tables that are still being keyed. How a report is worked on is
/// none of its content: reports that differ in it alone are equal.
#[derive(Clone, Debug, Default)]
struct Keying(Vec<&'static str>);

impl PartialEq for Keying {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Keying {}

/// What stands around the sections of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The title as printed.
    pub title: String,
    /// The body that reports.
    pub body: String,
    /// The year reported on.
    pub year: Option<u16>,
    /// The statistical period, if stated.
    pub period: Option<String>,
    /// The legal basis, if kept apart from the preamble.
    pub basis: Option<String>,
    /// How to reach the body.
    pub contact: Option<String>,
    /// When it was published.
    pub published: Option<String>,
}

/// A field of the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeadField {
    /// [`Head::title`]
    Title,
    /// [`Head::body`]
    Body,
    /// [`Head::year`]
    Year,
    /// [`Head::period`]
    Period,
    /// [`Head::basis`]
    Basis,
    /// [`Head::contact`]
    Contact,
    /// [`Head::published`]
    Published,
}

impl HeadField {
    /// All fields, in the order of the native file.
    pub const ALL: [HeadField; 7] = [
        HeadField::Title,
        HeadField::Body,
        HeadField::Year,
        HeadField::Period,
        HeadField::Basis,
        HeadField::Contact,
        HeadField::Published,
    ];

    /// Its name in files and sites.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            HeadField::Title => "title",
            HeadField::Body => "body",
            HeadField::Year => "year",
            HeadField::Period => "period",
            HeadField::Basis => "basis",
            HeadField::Contact => "contact",
            HeadField::Published => "published",
        }
    }

    /// The field with this name.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }
}

impl Head {
    /// A field as text; empty where it is not stated.
    #[must_use]
    pub fn get(&self, field: HeadField) -> String {
        let stated = |text: &Option<String>| text.clone().unwrap_or_default();
        match field {
            HeadField::Title => self.title.clone(),
            HeadField::Body => self.body.clone(),
            HeadField::Year => self.year.map(|year| year.to_string()).unwrap_or_default(),
            HeadField::Period => stated(&self.period),
            HeadField::Basis => stated(&self.basis),
            HeadField::Contact => stated(&self.contact),
            HeadField::Published => stated(&self.published),
        }
    }

    /// Writes a field; a year that is no number of four digits becomes none.
    pub fn set(&mut self, field: HeadField, text: &str) {
        let stated = || (!text.is_empty()).then(|| text.to_owned());
        match field {
            HeadField::Title => text.clone_into(&mut self.title),
            HeadField::Body => text.clone_into(&mut self.body),
            HeadField::Year => {
                self.year = text
                    .parse()
                    .ok()
                    .filter(|year| (1000..=9999).contains(year));
            }
            HeadField::Period => self.period = stated(),
            HeadField::Basis => self.basis = stated(),
            HeadField::Contact => self.contact = stated(),
            HeadField::Published => self.published = stated(),
        }
    }
}

/// A heading as found in the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The section it opens; None for a heading the form does not know.
    pub section: Option<TextId>,
    /// Its text as printed.
    pub text: String,
}

/// The written reason why a problem may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Code of the rule.
    pub rule: String,
    /// Path of the place.
    pub site: String,
    /// The numbers it was written for, as printed.
    pub numbers: Vec<String>,
    /// The reason.
    pub text: String,
    /// Who wrote it.
    pub by: String,
}

/// A problem or a suggestion kept for the return note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Path of the place.
    pub site: String,
    /// The problem asked about; None for a suggestion, and where a file does not say.
    pub fault: Option<Fault>,
    /// The question.
    pub text: String,
}

/// What a problem is beside its place: the words for it may change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// Code of the rule.
    pub rule: String,
    /// The numbers it was found with, as printed.
    pub numbers: Vec<String>,
}

/// A piece of a source's tables that found no cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// Where it stands in the source, such as `line 84`.
    pub place: Place,
    /// Its text.
    pub text: String,
    /// The prefix of the tables that it stood among, if that is known.
    pub table: Option<&'static str>,
}

/// A table that stands in the source and of which nothing was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The prefix of its cells' paths.
    pub prefix: &'static str,
    /// What stands in its place.
    pub seen: Seen,
    /// Where it stands in the source, such as `paragraph 12`.
    pub place: Place,
}

/// What stands in the place of a table that was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A picture of the table.
    Picture,
    /// Another file within the document, such as a workbook.
    Embedded,
    /// A frame that shows another page.
    Frame,
    /// A link to a file.
    Attachment,
    /// Rows with numbers, none of which found its cell.
    Rows,
    /// Numbers whose order is lost: the text is torn apart.
    Torn,
}

impl Seen {
    /// All of them.
    pub const ALL: [Seen; 6] = [
        Seen::Picture,
        Seen::Embedded,
        Seen::Frame,
        Seen::Attachment,
        Seen::Rows,
        Seen::Torn,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Seen::Picture => "picture",
            Seen::Embedded => "embedded",
            Seen::Frame => "frame",
            Seen::Attachment => "attachment",
            Seen::Rows => "rows",
            Seen::Torn => "torn",
        }
    }

    /// What has this name.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|seen| seen.key() == key)
    }
}

impl Report {
    /// An empty report under a form: official headings, blank cells, no text.
    #[must_use]
    pub fn new(form: &'static Form) -> Self {
        let numbered = |text: &TextId| !form.section(*text).ordinal.is_empty();
        let headings = form.texts().filter(numbered).map(|text| Heading {
            section: Some(text),
            text: form.section(text).heading(),
        });
        Report {
            headings: headings.collect(),
            ..Report::without_headings(form)
        }
    }

    /// The same without any heading.
    pub(super) fn without_headings(form: &'static Form) -> Self {
        Report {
            form,
            head: Head::default(),
            headings: Vec::new(),
            cells: vec![Cell::Blank; form.len()].into(),
            texts: vec![String::new(); form.sections.len()].into(),
            remarks: Vec::new(),
            questions: Vec::new(),
            unplaced: Vec::new(),
            lost: Vec::new(),
            unread: Vec::new(),
            keying: Keying::default(),
        }
    }

    /// The form it is written under.
    #[must_use]
    pub fn form(&self) -> &'static Form {
        self.form
    }

    /// Title, body, year and the like.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The headings as found, in order.
    #[must_use]
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// One cell.
    #[must_use]
    pub fn cell(&self, id: CellId) -> &Cell {
        &self.cells[id.index()]
    }

    /// All cells in the form's order.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// One text.
    #[must_use]
    pub fn text(&self, id: TextId) -> &str {
        &self.texts[id.index()]
    }

    /// The explanations, in the order written.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// The questions kept for the return note.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Pieces of the source that found no cell.
    #[must_use]
    pub fn unplaced(&self) -> &[Unplaced] {
        &self.unplaced
    }

    /// Pieces that stood among the tables of a prefix.
    pub fn unplaced_of(&self, prefix: &str) -> impl Iterator<Item = &Unplaced> {
        let pieces = self.unplaced.iter();
        pieces.filter(move |piece| piece.table == Some(prefix))
    }

    /// Pieces that stood in no table that was not read at all: nothing else tells them.
    pub fn unplaced_besides(&self) -> impl Iterator<Item = &Unplaced> {
        let of_unread = |piece: &Unplaced| {
            let mut unread = self.unread();
            unread.any(|unread| piece.table == Some(unread.prefix))
        };
        self.unplaced.iter().filter(move |piece| !of_unread(piece))
    }

    /// Table and row of rows that the source lacks, or whose numbers found no cell:
    /// blank there is unknown, not zero. A row of which a cell was filled is none.
    pub fn lost(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let form = self.form;
        self.lost.iter().copied().filter(move |(table, row)| {
            let table = &form.tables[*table];
            (0..table.cols.len()).all(|col| self.cell(table.cell(*row, col)).is_blank())
        })
    }

    /// Tables that stand in the source and were not read. A table of which a cell
    /// was filled is none.
    pub fn unread(&self) -> impl Iterator<Item = &Unread> + '_ {
        let unread = self.unread.iter();
        unread.filter(|unread| self.is_unfilled(unread.prefix))
    }

    /// Prefixes of the tables that are still being keyed: blank there is not yet
    /// written, not zero.
    #[must_use]
    pub fn keying(&self) -> &[&'static str] {
        &self.keying.0
    }

    /// Prefixes of the sections whose tables hold nothing at all.
    #[must_use]
    pub fn unfilled(&self) -> Vec<&'static str> {
        let mut prefixes = self.form.prefixes();
        prefixes.retain(|prefix| self.is_unfilled(prefix));
        prefixes
    }

    /// Whether the tables of a prefix hold nothing at all.
    #[must_use]
    pub fn is_unfilled(&self, prefix: &str) -> bool {
        let mut tables = self
            .form
            .tables
            .iter()
            .filter(|table| table.prefix == prefix);
        tables.all(|table| {
            let first = usize::from(table.first);
            self.cells[first..first + table.len()]
                .iter()
                .all(Cell::is_blank)
        })
    }

    pub(super) fn keying_mut(&mut self) -> &mut Vec<&'static str> {
        &mut self.keying.0
    }

    pub(super) fn lost_mut(&mut self) -> &mut Vec<(usize, usize)> {
        &mut self.lost
    }

    pub(super) fn unread_mut(&mut self) -> &mut Vec<Unread> {
        &mut self.unread
    }

    /// The report without characters that would steer a terminal, and how many of
    /// them there were in what is printed: head, headings, cells and texts.
    #[must_use]
    pub fn printable(&self) -> (Cow<'_, Report>, usize) {
        let mut count = 0;
        let mut kept = |text: &str| -> Option<String> {
            let steers = |c: char| !matches!(c, '\n' | '\r' | '\t') && is_unsafe(c);
            let found = text.chars().filter(|c| steers(*c)).count();
            count += found;
            (found > 0).then(|| text.chars().filter(|c| !steers(*c)).collect())
        };
        let mut report = Cow::Borrowed(self);
        for field in HeadField::ALL {
            if let Some(text) = kept(&self.head.get(field)) {
                report.to_mut().head.set(field, &text);
            }
        }
        for (at, heading) in self.headings.iter().enumerate() {
            if let Some(text) = kept(&heading.text) {
                report.to_mut().headings[at].text = text;
            }
        }
        for (at, cell) in self.cells.iter().enumerate() {
            let (Cell::Raw(raw) | Cell::Noted { raw, .. }) = cell else {
                continue;
            };
            if let (Some(text), Cell::Raw(raw) | Cell::Noted { raw, .. }) =
                (kept(raw), &mut report.to_mut().cells[at])
            {
                *raw = text.into();
            }
        }
        for (at, text) in self.texts.iter().enumerate() {
            if let Some(text) = kept(text) {
                report.to_mut().texts[at] = text;
            }
        }
        (report, count)
    }

    pub(super) fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    pub(super) fn headings_mut(&mut self) -> &mut Vec<Heading> {
        &mut self.headings
    }

    pub(super) fn cell_mut(&mut self, id: CellId) -> &mut Cell {
        &mut self.cells[id.index()]
    }

    pub(super) fn text_mut(&mut self, id: TextId) -> &mut String {
        &mut self.texts[id.index()]
    }

    pub(super) fn remarks_mut(&mut self) -> &mut Vec<Remark> {
        &mut self.remarks
    }

    pub(super) fn questions_mut(&mut self) -> &mut Vec<Question> {
        &mut self.questions
    }

    pub(super) fn unplaced_mut(&mut self) -> &mut Vec<Unplaced> {
        &mut self.unplaced
    }
}
