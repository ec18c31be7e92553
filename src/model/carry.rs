//! A new report made from last year's of the same body.
//!
//! Of the numbers only those are taken that are this year's as well: what was carried out
//! is what is carried in. The texts come along as drafts; in them the year moves where a
//! phrase is the same in every report, and what has to be written anew is listed.
//!
//! **Never:** copies another number; moves a year that may be another's.
//! Next: `base::year` for the phrases, `remap` for a report on an older form.

use super::Cell;
use super::draft::Note;
use super::remap::LOST;
use super::report::{HeadField, Report};
use crate::base::sentence::{Stale, sentences, stale};
use crate::base::words::{Words, words};
use crate::base::year::{advanced, names, replaced};
use crate::form::{CellId, Form, TextId};

const UNREAD: Words = words(
    "去年结转下年的【{col}】是 {text}，不是整数，没有带入",
    "last year's \"{col}\" carried out is {text}, no whole number: not carried in",
);
const UNKNOWN: Words = words(
    "去年的结转下年没有读出来，没有带入",
    "last year's row of what was carried out was not read: nothing is carried in",
);
const PERIOD: Words = words(
    "去年的统计期限是【{text}】，不知道怎样改，留空",
    "last year's period is \"{text}\"; how it moves is not known: left blank",
);

/// A new report, and what its author has to know of it.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The report.
    pub report: Report,
    /// The cells that hold last year's numbers.
    pub cells: Vec<CellId>,
    /// The sentences of its texts that have to be written anew, in order.
    pub rewrite: Vec<Rewrite>,
    /// What was not taken over, with last year's paths as places.
    pub notes: Vec<Note>,
}

/// A sentence that has to be written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// Its text.
    pub text: TextId,
    /// The byte at which it begins in the new report.
    pub at: usize,
    /// As it stands there.
    pub sentence: String,
    /// Why.
    pub why: Vec<Stale>,
}

impl Report {
    /// The report on a year, made from this one on the year `from`.
    ///
    /// `body` is how the body is called there; empty: as here.
    #[must_use]
    pub fn carried_into(
        &self,
        form: &'static Form,
        (from, year): (u16, u16),
        body: &str,
    ) -> Carried {
        let remapped = self.remapped(form);
        let lost = remapped.notes.into_iter();
        let mut this = Carried {
            report: Report::new(form),
            cells: Vec::new(),
            rewrite: Vec::new(),
            notes: lost.filter(|note| note.message.words == LOST).collect(),
        };
        this.head(self, (from, year), body);
        this.texts(&remapped.report, (from, year));
        this.numbers(&remapped.report);
        this
    }
}

impl Rewrite {
    /// Whether the sentence still stands in a report as it came from last year.
    #[must_use]
    pub fn stands_in(&self, report: &Report) -> bool {
        sentences(report.text(self.text)).any(|(_, sentence)| sentence == self.sentence)
    }
}

impl Carried {
    /// Whether a cell of a report on the same form still holds what was carried into it.
    #[must_use]
    pub fn holds_in(&self, report: &Report, cell: CellId) -> bool {
        self.cells.contains(&cell) && report.cell(cell) == self.report.cell(cell)
    }

    fn head(&mut self, last: &Report, (from, year): (u16, u16), body: &str) {
        let old = last.head();
        let body = if body.is_empty() { &old.body } else { body }.to_owned();
        let title = if names(&old.title, from) {
            let title = replaced(&old.title, from, year);
            // The longer name may stand in the title already.
            let is_there = body.len() > old.body.len() && title.contains(body.as_str());
            if old.body.is_empty() || is_there {
                title
            } else {
                title.replacen(&old.body, &body, 1)
            }
        } else {
            format!("{body}{year}年政府信息公开工作年度报告")
        };
        let period = old.period.as_deref().unwrap_or_default();
        let moved = advanced(period, from, year);
        let is_moved = moved != period && !names(&moved, from);
        if !period.is_empty() && !is_moved {
            self.notes.push(Note {
                place: "head.period".into(),
                message: PERIOD.with(vec![("text", period.into())]),
            });
        }
        let head = self.report.head_mut();
        head.set(HeadField::Title, &title);
        head.set(HeadField::Body, &body);
        head.set(HeadField::Year, &year.to_string());
        head.set(HeadField::Period, if is_moved { &moved } else { "" });
        head.basis.clone_from(&old.basis);
        head.contact.clone_from(&old.contact);
    }

    /// The preamble and the sections without a table, as drafts.
    fn texts(&mut self, last: &Report, (from, year): (u16, u16)) {
        let form = self.report.form();
        for id in form
            .texts()
            .filter(|id| form.section(*id).tables.is_empty())
        {
            let text = advanced(last.text(id), from, year);
            let again = sentences(&text).filter_map(|(at, sentence)| {
                let why = stale(sentence);
                (!why.is_empty()).then(|| Rewrite {
                    text: id,
                    at,
                    sentence: sentence.to_owned(),
                    why,
                })
            });
            self.rewrite.extend(again);
            *self.report.text_mut(id) = text;
        }
    }

    /// What was carried out, as carried in: column by column.
    fn numbers(&mut self, last: &Report) {
        let form = self.report.form();
        let rows = ["carried_out", "carried_in"].map(|key| form.row("t3", key));
        let [Some((table, out)), Some((_, into))] = rows else {
            return;
        };
        let is_unread = last.unread().any(|unread| unread.prefix == "t3");
        if is_unread || last.lost().any(|row| row == (table, out)) {
            self.notes.push(Note {
                place: "t3.carried_out".into(),
                message: UNKNOWN.into(),
            });
            return;
        }
        let content = &form.tables[table];
        for (col, line) in content.cols.iter().enumerate() {
            let (old, new) = (content.cell(out, col), content.cell(into, col));
            let cell = last.cell(old);
            let Some(count) = cell.count() else {
                if !cell.is_blank() {
                    let args = vec![
                        ("col", line.name.into()),
                        ("text", cell.text().into_owned().into()),
                    ];
                    self.notes.push(Note {
                        place: form.path(old).as_str().into(),
                        message: UNREAD.with(args),
                    });
                }
                continue;
            };
            *self.report.cell_mut(new) = Cell::of(count, form.kind(new));
            self.cells.push(new);
        }
    }
}
