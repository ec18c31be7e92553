//! Where the cells of a report came from: the file it was read from, and what
//! was pasted into it; and what was unsure on the way.
//!
//! What a paste brought counts only while its step stands: undo takes it back,
//! redo brings it again.
//!
//! **Never:** changes a report; writes a place into a file.
//! Next: `base::place` for how places are said.

use crate::base::place::{self, Place};
use crate::base::words::{Arg, Message, words};
use crate::form::{CellId, Form};
use crate::format::TEXT;
use crate::model::{Note, Op, Origin};
use crate::tui::report::ReportScreen;

/// What a paste brought beside its cells.
#[derive(Clone, Debug)]
pub struct Pasted {
    /// Its step in the history.
    pub at: usize,
    /// What the step did: another one in its place is not it.
    pub ops: Vec<Op>,
    /// Where each cell came from.
    pub origins: Vec<(CellId, Origin)>,
    /// What the matcher was unsure of.
    pub notes: Vec<Note>,
}

/// Something unsure, and the cell it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsure<'a> {
    /// What was unsure.
    pub note: &'a Note,
    /// The cell, where it is one.
    pub cell: Option<CellId>,
    /// It came with a paste, not from the file.
    pub pasted: bool,
}

impl ReportScreen {
    fn standing(&self) -> impl Iterator<Item = &Pasted> {
        self.pasted.iter().filter(|pasted| {
            let step = self.document.done().get(pasted.at);
            step.is_some_and(|step| step.ops == pasted.ops)
        })
    }

    /// Where a cell came from, and whether from a paste; the last one counts.
    #[must_use]
    pub fn origin(&self, cell: CellId) -> Option<(&Origin, bool)> {
        let pasted = self.standing().flat_map(|pasted| &pasted.origins);
        let last = pasted.filter(|(at, _)| *at == cell).last();
        let read = || self.origins.get(cell.index()).and_then(Option::as_ref);
        last.map(|(_, origin)| (origin, true))
            .or_else(|| read().map(|origin| (origin, false)))
    }

    /// Where a cell came from, in short: the text that stood there only where the
    /// cell says something else now, and not while it is being typed.
    #[must_use]
    pub fn origin_brief(&self, cell: CellId) -> Option<Message> {
        let (origin, pasted) = self.origin(cell)?;
        let is_same = raw(origin).trim() == self.report().cell(cell).text();
        if !is_same && self.typing.is_none() {
            return self.origin_words(cell);
        }
        let said = if pasted {
            words("粘贴的{place}", "pasted {place}")
        } else {
            words("原文{place}", "from {place}")
        };
        Some(said.with(vec![("place", place::said(&origin.place))]))
    }

    /// Where a cell came from, in words: the place and the text that stood there.
    #[must_use]
    pub fn origin_words(&self, cell: CellId) -> Option<Message> {
        let (origin, pasted) = self.origin(cell)?;
        let said = if pasted {
            words("粘贴的{place}：{raw}", "pasted {place}: {raw}")
        } else {
            words("原文{place}：{raw}", "from {place}: {raw}")
        };
        Some(said.with(vec![
            ("place", place::said(&origin.place)),
            ("raw", raw(origin).into()),
        ]))
    }

    /// The row of the source that a cell stood in, the cell's own box in
    /// brackets; None where it stood by itself.
    #[must_use]
    pub fn source_row(&self, cell: CellId) -> Option<String> {
        let form = self.form();
        let here = self.origin(cell)?;
        let spot = form.spot(cell);
        let table = &form.tables[spot.table];
        let boxes: Vec<String> = (0..table.cols.len())
            .map(|col| table.cell(spot.row, col))
            .filter_map(|other| Some((other, self.origin(other)?)))
            .filter(|(_, origin)| {
                origin.1 == here.1 && place::row_of(&origin.0.place) == place::row_of(&here.0.place)
            })
            .map(|(other, (origin, _))| {
                if other == cell {
                    format!("[{}]", raw(origin))
                } else {
                    raw(origin)
                }
            })
            .collect();
        (boxes.len() > 1).then(|| boxes.join(" | "))
    }

    /// All that was unsure, in the order it was met.
    #[must_use]
    pub fn unsure(&self) -> Vec<Unsure<'_>> {
        let form = self.form();
        let read = self.notes.iter().map(|note| {
            let places = self.origins.iter().zip(form.cells());
            let places = places.filter_map(|(origin, cell)| Some((cell, origin.as_ref()?)));
            Unsure {
                note,
                cell: concerned(note, places),
                pasted: false,
            }
        });
        let pasted = self.standing().flat_map(|pasted| {
            let places = || pasted.origins.iter().map(|(cell, origin)| (*cell, origin));
            pasted.notes.iter().map(move |note| Unsure {
                note,
                cell: concerned(note, places()),
                pasted: true,
            })
        });
        read.chain(pasted).collect()
    }

    /// What was unsure at a cell, as one sentence.
    #[must_use]
    pub fn unsure_words(&self, cell: CellId) -> Option<Message> {
        let unsure = self.unsure();
        let mut here = unsure.iter().filter(|unsure| unsure.cell == Some(cell));
        let first = here.next()?;
        let more = here.count();
        let what = first.words();
        if more == 0 {
            return Some(what);
        }
        let said = words("{what}（另 {n} 条见 F5）", "{what} ({n} more: F5)");
        Some(said.with(vec![("what", what.into()), ("n", more.into())]))
    }

    /// What was read and how much of it is unsure; None where nothing was read.
    #[must_use]
    pub fn banner(&self) -> Option<Message> {
        let format = self.format?;
        let form = self.form();
        let rows = largest(form).map_or(0, |table| form.tables[table].rows.len());
        let has = |table: usize, row: usize| {
            let mut cols = 0..form.tables[table].cols.len();
            cols.any(|col| {
                let cell = form.tables[table].cell(row, col);
                self.origins.get(cell.index()).is_some_and(Option::is_some)
            })
        };
        let found =
            largest(form).map_or(0, |table| (0..rows).filter(|row| has(table, *row)).count());
        let unsure = self.unsure();
        let unplaced = self.report().unplaced().iter();
        let unplaced = unplaced.filter(|piece| {
            let mut notes = self.notes.iter();
            !notes.any(|note| note.place == piece.place)
        });
        let doubts = unsure.iter().filter(|unsure| !unsure.pasted).count() + unplaced.count();
        let way = match unsure.iter().any(|unsure| unsure.cell.is_some()) {
            _ if doubts == 0 => words("", ""),
            true => words(" (F8)", " (F8)"),
            false => words(" (F5)", " (F5)"),
        };
        let said = words(
            "读取自 {format}，{found}/{rows} 行，{n} 处不确定{way}",
            "read from {format}, {found}/{rows} rows, {n} unsure{way}",
        );
        let name = if format == &TEXT {
            Arg::from(format.name)
        } else {
            format.key.to_uppercase().into()
        };
        Some(said.with(vec![
            ("format", name),
            ("found", found.into()),
            ("rows", rows.into()),
            ("n", doubts.into()),
            ("way", way.into()),
        ]))
    }
}

impl Unsure<'_> {
    /// It in words, with its place.
    #[must_use]
    pub fn words(&self) -> Message {
        let said = if self.pasted {
            words("粘贴 {place}：{what}", "pasted, {place}: {what}")
        } else if self.note.place.is_empty() {
            words("读入：{what}", "reading: {what}")
        } else {
            words("读入 {place}：{what}", "reading, {place}: {what}")
        };
        said.with(vec![
            ("place", place::said(&self.note.place)),
            ("what", self.note.message.clone().into()),
        ])
    }
}

/// The table with most rows: the one that a report opens on.
fn largest(form: &Form) -> Option<usize> {
    (0..form.tables.len()).max_by_key(|table| form.tables[*table].len())
}

/// The text of a place on one line.
fn raw(origin: &Origin) -> String {
    crate::base::width::shown(&origin.raw).into_owned()
}

/// The cell that a note speaks of: one from its box, else the first of its row,
/// else, where boxes stand one a line, the first from the lines behind it.
fn concerned<'a>(
    note: &Note,
    places: impl Iterator<Item = (CellId, &'a Origin)>,
) -> Option<CellId> {
    const BEHIND: usize = 3;
    let line = |place: &Place| match place {
        Place::Line(line) => Some(*line),
        _ => None,
    };
    let wanted = line(&note.place);
    places
        .filter_map(|(cell, origin)| {
            let far = if origin.place == note.place {
                0
            } else if place::row_of(&origin.place) == place::row_of(&note.place) {
                1
            } else {
                let behind = line(&origin.place)?.checked_sub(wanted?)?;
                (behind <= BEHIND).then_some(1 + behind)?
            };
            Some((far, cell))
        })
        .min()
        .map(|(_, cell)| cell)
}
