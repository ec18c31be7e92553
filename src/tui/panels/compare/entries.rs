//! What two reports tell when they stand side by side: made once, in the order of reading.
//!
//! Tables come first, row by row, then the head, the texts sentence by sentence, and what
//! is left. What is equal is among it, and shown where everything is.
//!
//! **Never:** lays anything out.
//! Next: `lines`, which does; `check::diff`, which compares.

use std::cell::OnceCell;
use std::ops::Range;

use crate::base::body::same_body;
use crate::base::width::shown;
use crate::base::words::{Message, words};
use crate::check::diff::{Changed, Diff, Place, aligned, inside, is_known, on_one_form};
use crate::check::{Beside, Blanks, Input, Profile, Severity, Site, Texts, check};
use crate::form::{CellId, Form, TextId};
use crate::model::{HeadField, Report};

/// Something that the page tells.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) what: What,
    /// It differs, or something is to be said of it.
    pub(super) is_changed: bool,
}

/// What an entry tells of.
#[derive(Debug)]
pub(super) enum What {
    /// Both, as a whole.
    Sum,
    /// A part of the report, which heads what follows.
    Part(Part),
    /// A row of a table.
    Row(usize, usize),
    /// A sentence of a text, by the byte at which it begins now.
    Sentence(TextId, usize, Wordings),
    /// Anything else: where, and both wordings.
    Other(Place, Wordings),
    /// What was not compared.
    Alone(Message),
}

/// A part of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Tables.
    Tables(TextId),
    /// The head.
    Head,
    /// A text.
    Text(TextId),
    /// Headings, explanations, questions.
    Others,
    /// What was not compared.
    Alone,
}

/// What stood there and what stands there now, as it is shown.
#[derive(Debug)]
pub(super) struct Wordings {
    pub(super) old: String,
    pub(super) new: String,
    inside: OnceCell<[Vec<Range<usize>>; 2]>,
}

impl Wordings {
    fn of(old: &str, new: &str) -> Self {
        Wordings {
            old: shown(old).into_owned(),
            new: shown(new).into_owned(),
            inside: OnceCell::new(),
        }
    }

    pub(super) fn is_same(&self) -> bool {
        self.old == self.new
    }

    /// What changed inside both; looked at once it is drawn.
    pub(super) fn inside(&self) -> &[Vec<Range<usize>>; 2] {
        self.inside.get_or_init(|| inside(&self.old, &self.new))
    }
}

/// What is said of a cell beside its two numbers.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) cell: Option<CellId>,
    /// The table it is about.
    pub(super) table: Option<usize>,
    pub(super) severity: Severity,
    pub(super) is_settled: bool,
    pub(super) code: &'static str,
    pub(super) message: Message,
}

/// Two reports side by side.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) old: Report,
    pub(super) new: Report,
    pub(super) diff: Diff,
    /// What the rules of two years say.
    pub(super) notes: Vec<Note>,
    pub(super) entries: Vec<Entry>,
    /// The first is the report of the year before, of the same body as far as is known.
    pub(super) is_year_before: bool,
    /// Cells that differ, in their order, with the places of their changes.
    changed: Vec<(CellId, usize)>,
}

impl Pair {
    /// Of two reports, judged under a profile.
    pub(super) fn of(old: &Report, new: &Report, profile: &Profile) -> Self {
        let diff = Diff::of(old, new, profile);
        let year = |report: &Report| report.head().year;
        let [body, other] = [old, new].map(|report| report.head().body.as_str());
        let is_one = body.is_empty() || other.is_empty() || same_body(body, other);
        let is_year_before = match (year(old), year(new)) {
            (Some(old), Some(new)) => is_one && old.checked_add(1) == Some(new),
            _ => false,
        };
        let mut alone = Vec::new();
        let [before, now] = on_one_form(old, new, &mut alone).map(std::borrow::Cow::into_owned);
        let notes = if is_year_before {
            notes(&before, &now, profile)
        } else {
            Vec::new()
        };
        let all = diff.changes.iter().enumerate();
        let cells = all.filter_map(|(at, changed)| match changed.place {
            Place::Cell(cell) => Some((cell, at)),
            _ => None,
        });
        let mut changed: Vec<(CellId, usize)> = cells.collect();
        changed.sort();
        let mut pair = Pair {
            entries: Vec::new(),
            old: before,
            new: now,
            is_year_before,
            changed,
            diff,
            notes,
        };
        pair.entries = pair.told();
        pair
    }

    pub(super) fn form(&self) -> &'static Form {
        self.diff.form
    }

    /// Whether a cell differs.
    pub(super) fn is_changed(&self, cell: CellId) -> bool {
        self.change(cell).is_some()
    }

    /// Whether a cell is worth a stop: it differs, or something is said of it.
    pub(super) fn is_stop(&self, cell: CellId) -> bool {
        self.is_changed(cell) || self.notes.iter().any(|note| note.cell == Some(cell))
    }

    /// What is said of a row of a table.
    pub(super) fn notes_of(&self, table: usize, row: usize) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(move |note| match note.cell {
            Some(cell) => {
                let spot = self.form().spot(cell);
                (spot.table, spot.row) == (table, row)
            }
            None => note.table == Some(table) && row == 0,
        })
    }

    /// The change of a cell, if it differs.
    pub(super) fn change(&self, cell: CellId) -> Option<&Changed> {
        let found = self.changed.binary_search_by_key(&cell, |(cell, _)| *cell);
        self.diff.changes.get(self.changed[found.ok()?].1)
    }

    /// Whether both reports say something of a cell.
    pub(super) fn knows(&self, cell: CellId) -> [bool; 2] {
        [&self.old, &self.new].map(|report| is_known(report, cell))
    }

    fn told(&self) -> Vec<Entry> {
        let form = self.form();
        let mut entries = vec![always(What::Sum)];
        for prefix in form.prefixes() {
            let Some(section) = form.section_of(prefix) else {
                continue;
            };
            entries.push(always(What::Part(Part::Tables(section))));
            for table in form.tables_of(prefix) {
                for row in 0..form.tables[table].rows.len() {
                    let cols = 0..form.tables[table].cols.len();
                    let mut cells = cols.map(|col| form.tables[table].cell(row, col));
                    let is_changed = cells.any(|cell| self.is_changed(cell))
                        || self.notes_of(table, row).next().is_some();
                    let what = What::Row(table, row);
                    entries.push(Entry { what, is_changed });
                }
            }
        }
        self.tell_head(&mut entries);
        for text in form.texts() {
            self.tell_text(text, &mut entries);
        }
        self.tell_others(&mut entries);
        entries
    }

    fn tell_head(&self, entries: &mut Vec<Entry>) {
        entries.push(part(Part::Head, self.is_head_changed()));
        for field in HeadField::ALL {
            let [old, new] = [&self.old, &self.new].map(|report| report.head().get(field));
            if !(old.is_empty() && new.is_empty()) {
                let words = Wordings::of(&old, &new);
                entries.push(Entry {
                    is_changed: old != new,
                    what: What::Other(Place::Head(field), words),
                });
            }
        }
    }

    fn is_head_changed(&self) -> bool {
        let mut changes = self.diff.changes.iter();
        changes.any(|changed| matches!(changed.place, Place::Head(_)))
    }

    fn tell_text(&self, text: TextId, entries: &mut Vec<Entry>) {
        let (old, new) = (self.old.text(text), self.new.text(text));
        if old.is_empty() && new.is_empty() {
            return;
        }
        entries.push(always(What::Part(Part::Text(text))));
        for (at, was, is) in aligned(old, new) {
            entries.push(Entry {
                is_changed: was != is,
                what: What::Sentence(text, at, Wordings::of(was, is)),
            });
        }
    }

    /// Headings, explanations, questions, and what was not compared.
    fn tell_others(&self, entries: &mut Vec<Entry>) {
        let is_other =
            |place: &Place| !matches!(place, Place::Cell(_) | Place::Text(..) | Place::Head(_));
        let changes = self.diff.changes.iter();
        let mut others = changes
            .filter(|changed| is_other(&changed.place))
            .peekable();
        if others.peek().is_some() {
            entries.push(part(Part::Others, true));
        }
        for changed in others {
            let words = Wordings::of(&changed.old, &changed.new);
            entries.push(always(What::Other(changed.place.clone(), words)));
        }
        if !self.diff.alone.is_empty() {
            entries.push(part(Part::Alone, true));
        }
        for alone in &self.diff.alone {
            let side = match alone.side {
                crate::check::diff::Side::Old => words("（前一份）{said}", "(the first) {said}"),
                crate::check::diff::Side::New => words("（后一份）{said}", "(the second) {said}"),
            };
            let said = side.with(vec![("said", alone.message.clone().into())]);
            entries.push(always(What::Alone(said)));
        }
    }
}

fn always(what: What) -> Entry {
    Entry {
        what,
        is_changed: true,
    }
}

fn part(part: Part, is_changed: bool) -> Entry {
    Entry {
        what: What::Part(part),
        is_changed,
    }
}

/// What the rules of two years find, where the first is the report of the year before.
fn notes(old: &Report, new: &Report, profile: &Profile) -> Vec<Note> {
    let form = new.form();
    let texts = Texts::of(new);
    let findings = check(&Input {
        blanks: Blanks::keyed(form, new.keying().iter().copied()),
        beside: Beside {
            last: Some(old),
            parts: &[],
        },
        profile,
        ..Input::of(new, &texts)
    });
    let is_told = |code: &str| code.starts_with("X-") && code != "X-JUMP";
    let problems = findings.problems.into_iter();
    problems
        .filter(|problem| is_told(problem.rule.code))
        .filter(|problem| problem.cell.is_some() || matches!(problem.site, Site::Table(_)))
        .map(|problem| Note {
            cell: problem.cell,
            table: match &problem.site {
                Site::Table(prefix) => form.tables_of(prefix).next(),
                _ => None,
            },
            severity: problem.severity(),
            is_settled: problem.is_settled(),
            code: problem.rule.code,
            message: problem.message(),
        })
        .collect()
}
