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
use crate::base::body::same_body;
use crate::base::sentence::{Stale, sentences, stale};
use crate::base::words::{Message, Words, words};
use crate::base::year::{advanced, besides_moved, names, replaced};
use crate::form::{CellId, Form, Line, TextId};

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
    /// All of it stands in a phrase of every report, whose year moved: nothing is left to
    /// do.
    pub is_moved: bool,
}

/// Why a report can't be last year's of a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotLast {
    /// Nobody says its year.
    NoYear,
    /// It is on a year that is not the one before.
    Year {
        /// Its year.
        last: u16,
        /// That of the new one.
        year: u16,
    },
    /// It is of another body.
    Body {
        /// Whose it is.
        last: String,
        /// Whose the new one is.
        body: String,
    },
}

impl NotLast {
    /// The sentence about the report of this name.
    #[must_use]
    pub fn what(&self, name: &str) -> Message {
        match self {
            NotLast::NoYear => words(
                "{file} 没有写是哪一年的，不知道新报告的年度",
                "{file} does not say its year: that of the new report is not known",
            )
            .with(vec![("file", name.into())]),
            NotLast::Year { last, year } => words(
                "{file} 是 {last} 年的报告，不是 {year} 年的上一年，没有带入",
                "{file} is the report on {last}, not on the year before {year}: nothing was taken over",
            )
            .with(vec![
                ("file", name.into()),
                ("last", i64::from(*last).into()),
                ("year", i64::from(*year).into()),
            ]),
            NotLast::Body { last, body } => words(
                "去年的报告是【{last}】的，不是【{body}】的，没有带入",
                "last year's report is of \"{last}\", not of \"{body}\": nothing was taken over",
            )
            .with(vec![
                ("last", last.as_str().into()),
                ("body", body.as_str().into()),
            ]),
        }
    }
}

impl Report {
    /// This report's year and that of the new one which follows it: the year asked for,
    /// else the next. `body` is the new one's; empty where it is this one's.
    ///
    /// # Errors
    /// Why this can't be last year's report of that one.
    pub fn years_into(&self, asked: Option<u16>, body: &str) -> Result<(u16, u16), NotLast> {
        let head = self.head();
        let years = match (head.year, asked) {
            (None, None) => return Err(NotLast::NoYear),
            (None, Some(year)) => (year.saturating_sub(1), year),
            (Some(last), asked) => {
                let year = asked.unwrap_or(last.saturating_add(1));
                if last.checked_add(1) != Some(year) || year > 9999 {
                    return Err(NotLast::Year { last, year });
                }
                (last, year)
            }
        };
        let is_other = !body.is_empty() && !head.body.is_empty() && !same_body(body, &head.body);
        if is_other {
            return Err(NotLast::Body {
                last: head.body.clone(),
                body: body.to_owned(),
            });
        }
        Ok(years)
    }

    /// The sentences that this report has to write anew where it was begun from last
    /// year's, those that are written anew among them; none where no year is known.
    #[must_use]
    pub fn rewrite_after(&self, last: &Report) -> Vec<Rewrite> {
        let before = self.head().year.and_then(|year| year.checked_sub(1));
        let Some(from) = last.head().year.or(before) else {
            return Vec::new();
        };
        let years = (from, from.saturating_add(1));
        last.carried_into(self.form(), years, "").rewrite
    }

    /// The cells of a report that follows this one under a form, with what was carried out
    /// here and is carried in there.
    #[must_use]
    pub fn carried_cells(&self, form: &'static Form) -> Vec<(CellId, Cell)> {
        let cells = |last: &Report| {
            let found = carried_out(last).into_iter().flatten();
            found.filter_map(Result::ok).collect()
        };
        if self.form() == form {
            cells(self)
        } else {
            cells(&self.remapped(form).report)
        }
    }
}

/// A number that was carried out, in the cell where it is carried in; or why it is not.
type CarriedOut = Result<(CellId, Cell), Note>;

/// What was carried out, column by column; None where nothing is known of it.
fn carried_out(last: &Report) -> Option<Vec<CarriedOut>> {
    let form = last.form();
    let (table, out) = form.row("t3", "carried_out")?;
    let (_, into) = form.row("t3", "carried_in")?;
    let is_unread = last.unread().any(|unread| unread.prefix == "t3");
    if is_unread || last.lost().any(|row| row == (table, out)) {
        return None;
    }
    let content = &form.tables[table];
    let of_column = |(col, line): (usize, &Line)| {
        let (old, new) = (content.cell(out, col), content.cell(into, col));
        let cell = last.cell(old);
        if let Some(count) = cell.count() {
            return Some(Ok((new, Cell::of(count, form.kind(new)))));
        }
        let args = vec![
            ("col", line.name.into()),
            ("text", cell.text().into_owned().into()),
        ];
        (!cell.is_blank()).then(|| {
            Err(Note {
                place: form.path(old).as_str().into(),
                message: UNREAD.with(args),
            })
        })
    };
    let columns = content.cols.iter().enumerate();
    Some(columns.filter_map(of_column).collect())
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
    /// Whether it is still to be written anew in a report.
    #[must_use]
    pub fn is_open_in(&self, report: &Report) -> bool {
        !self.is_moved && self.stands_in(report)
    }

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
            let rest = besides_moved(last.text(id), from);
            let both = sentences(&text).zip(sentences(&rest));
            let again = both.filter_map(|((at, sentence), (_, rest))| {
                let why = stale(sentence);
                (!why.is_empty()).then(|| Rewrite {
                    text: id,
                    at,
                    sentence: sentence.to_owned(),
                    why,
                    is_moved: stale(rest).is_empty(),
                })
            });
            self.rewrite.extend(again);
            *self.report.text_mut(id) = text;
        }
    }

    /// What was carried out, as carried in: column by column.
    fn numbers(&mut self, last: &Report) {
        let Some(found) = carried_out(last) else {
            self.notes.push(Note {
                place: "t3.carried_out".into(),
                message: UNKNOWN.into(),
            });
            return;
        };
        for found in found {
            match found {
                Ok((cell, content)) => {
                    *self.report.cell_mut(cell) = content;
                    self.cells.push(cell);
                }
                Err(note) => self.notes.push(note),
            }
        }
    }
}
