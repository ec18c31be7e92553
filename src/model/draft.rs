//! What a reader got out of foreign bytes, and what it was unsure of.
//!
//! **Never:** an answer of "failed": a reader always returns a draft.
//! Next: `format`, whose readers fill one.

use crate::base::place::Place;
use crate::base::words::Message;
use crate::form::{CellId, Form, TextId};

use super::Cell;
use super::report::{HeadField, Heading, Question, Remark, Report, Unplaced, Unread};

/// A report in the making.
#[derive(Clone, Debug)]
pub struct Draft {
    report: Report,
    /// Where each cell came from; kept for the session of the import.
    pub origins: Vec<Option<Origin>>,
    /// What the reader was unsure of.
    pub notes: Vec<Note>,
    /// The source holds something that would be lost by writing it back.
    pub unknown_keys: bool,
    /// How many pieces of an annual report were recognised; 0: it is none.
    pub recognised: usize,
}

/// Something a reader was unsure of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where in the source, as exact as the format allows, such as `line 84`.
    pub place: Place,
    /// What is unsure.
    pub message: Message,
}

/// Where a cell came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Where in the source, such as `line 84`.
    pub place: Place,
    /// The text that stood there.
    pub raw: Box<str>,
}

impl Draft {
    /// An empty draft under a form, without any heading.
    #[must_use]
    pub fn new(form: &'static Form) -> Self {
        Draft {
            report: Report::without_headings(form),
            origins: vec![None; form.len()],
            notes: Vec::new(),
            unknown_keys: false,
            recognised: 0,
        }
    }

    /// The report as read so far.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The report, with origins and notes dropped.
    #[must_use]
    pub fn into_report(self) -> Report {
        self.report
    }

    /// Writes a cell and where it came from.
    pub fn set_cell(&mut self, id: CellId, cell: Cell, origin: Option<Origin>) {
        *self.report.cell_mut(id) = cell;
        self.origins[id.index()] = origin;
        self.recognised += 1;
    }

    /// Writes a field of the head.
    pub fn set_head(&mut self, field: HeadField, text: &str) {
        self.report.head_mut().set(field, text);
    }

    /// Adds a heading as found.
    pub fn push_heading(&mut self, section: Option<TextId>, text: &str) {
        self.recognised += usize::from(section.is_some());
        self.report.headings_mut().push(Heading {
            section,
            text: text.to_owned(),
        });
    }

    /// Adds a paragraph to a text.
    pub fn push_text(&mut self, id: TextId, paragraph: &str) {
        let text = self.report.text_mut(id);
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(paragraph);
    }

    /// Writes a whole text.
    pub fn set_text(&mut self, id: TextId, text: &str) {
        text.clone_into(self.report.text_mut(id));
    }

    /// Adds an explanation that came with the file.
    pub fn push_remark(&mut self, remark: Remark) {
        self.report.remarks_mut().push(remark);
    }

    /// Adds a question that came with the file.
    pub fn push_question(&mut self, question: Question) {
        self.report.questions_mut().push(question);
    }

    /// Adds a piece that found no cell.
    pub fn push_unplaced(&mut self, place: impl Into<Place>, text: impl Into<String>) {
        self.push_unplaced_of("", place, text);
    }

    /// Adds a piece that stood among the tables of a prefix, which is empty where it is
    /// not known, and found no cell.
    pub fn push_unplaced_of(
        &mut self,
        prefix: &'static str,
        place: impl Into<Place>,
        text: impl Into<String>,
    ) {
        self.report.unplaced_mut().push(Unplaced {
            place: place.into(),
            text: text.into(),
            table: (!prefix.is_empty()).then_some(prefix),
        });
    }

    /// Adds a row that the source lacks or whose numbers found no cell.
    pub fn push_lost(&mut self, table: usize, row: usize) {
        let lost = self.report.lost_mut();
        if !lost.contains(&(table, row)) {
            lost.push((table, row));
        }
    }

    /// Says that the tables of a prefix are still being keyed.
    pub fn push_keying(&mut self, prefix: &'static str) {
        let keying = self.report.keying_mut();
        if !keying.contains(&prefix) {
            keying.push(prefix);
        }
    }

    /// Adds a table that stands in the source and was not read.
    pub fn push_unread(&mut self, unread: Unread) {
        self.report.unread_mut().push(unread);
    }

    /// Adds something the reader was unsure of.
    pub fn note(&mut self, place: impl Into<Place>, message: impl Into<Message>) {
        self.notes.push(Note {
            place: place.into(),
            message: message.into(),
        });
    }
}
