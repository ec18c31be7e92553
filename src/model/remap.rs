//! A report under one form, carried over to another.
//!
//! Cells with the same path mean the same in both forms. A row that stands for
//! a whole group goes where the new form says such rows belong. All else is
//! listed: 对外公开总数量 of 2019 is not 现行有效件数 of 2021.
//!
//! **Never:** makes two numbers one, or one two; drops a number without a word.
//! Next: `form` for what is declared, `cli::convert` for who asks.

use super::draft::Note;
use super::report::{Report, Unplaced, Unread};
use crate::base::words::{Message, Words, words};
use crate::form::{CellId, Form};

const WHOLE: Words = words(
    "【{from}】在新格式里分成几行，数放在【{to}】，请按台账分开",
    "\"{from}\" is several rows in the new form; its numbers are in \"{to}\": split them by your records",
);
pub(super) const LOST: Words = words(
    "【{row}·{col}】是 {text}，新格式里没有这一格，没有放入",
    "\"{row} - {col}\" is {text}; the new form has no such cell: not placed",
);
const MARKED: Words = words(
    "写在 {site} 的说明或疑问在新格式里没有位置，没有带过去：{text}",
    "what was written about {site} has no place in the new form and was left behind: {text}",
);

/// A report under another form.
#[derive(Clone, Debug)]
pub struct Remapped {
    /// The report; what found no cell is among its unplaced pieces too.
    pub report: Report,
    /// What was moved or did not map, with the old paths as places.
    pub notes: Vec<Note>,
    /// Every cell that was filled, after the cell of the source that filled it.
    pub moved: Vec<(CellId, CellId)>,
}

impl Report {
    /// The report under another form.
    ///
    /// Invariant: a cell of the result is blank or equal to one of the source.
    #[must_use]
    pub fn remapped(&self, form: &'static Form) -> Remapped {
        let mut this = Remapped {
            report: Report::new(form),
            notes: Vec::new(),
            moved: Vec::new(),
        };
        this.head_and_texts(self);
        this.unknown(self);
        let mut moved = None;
        for id in self.form().cells().filter(|id| !self.cell(*id).is_blank()) {
            let path = self.form().path(id);
            let (row, col) = self.form().lines(id);
            let whole = || whole_row(self.form(), id, form);
            if let Some(to) = form.cell(&path).or_else(whole) {
                *this.report.cell_mut(to) = self.cell(id).clone();
                this.moved.push((id, to));
                let there = form.lines(to).0;
                if there.key != row.key && moved.replace(row.key) != Some(row.key) {
                    let args = vec![("from", row.name.into()), ("to", there.name.into())];
                    this.note(path, WHOLE.with(args));
                }
            } else {
                let text = self.cell(id).text().into_owned();
                this.report.unplaced_mut().push(Unplaced {
                    place: path.as_str().into(),
                    text: format!("{} {}: {text}", row.label, col.label),
                    table: Some(self.form().tables[self.form().spot(id).table].prefix),
                });
                let args = vec![
                    ("row", row.name.into()),
                    ("col", col.name.into()),
                    ("text", text.into()),
                ];
                this.note(path, LOST.with(args));
            }
        }
        this
    }
}

/// The cell for one of a row that stands for a whole group.
fn whole_row(from: &'static Form, id: CellId, to: &'static Form) -> Option<CellId> {
    let (row, col) = from.lines(id);
    let spot = from.spot(id);
    let prefix = from.tables[spot.table].prefix;
    let alone = from.tables[spot.table].rows.iter();
    let alone = alone.filter(|line| line.group == row.group).count() == 1;
    let mut groups = to.tables.iter().flat_map(|table| table.groups);
    let group = groups.find(|group| alone && group.key == row.group && !group.whole.is_empty())?;
    to.cell(&format!("{prefix}.{}.{}", group.whole, col.key))
}

impl Remapped {
    /// The report to compare with: rows that the form of its source does not have are
    /// unknown in it, not blank.
    #[must_use]
    pub fn into_compared(mut self, source: &'static Form) -> Report {
        let form = self.report.form();
        for (index, table) in form.tables.iter().enumerate() {
            let old = || {
                source
                    .tables
                    .iter()
                    .filter(|old| old.prefix == table.prefix)
            };
            for (at, row) in table.rows.iter().enumerate() {
                let mut cols = table.cols.iter();
                let has_partner =
                    cols.any(|col| source.cell_in(table.prefix, row.key, col.key).is_some());
                // One row of the source may stand for the whole group.
                let mut rows = old().flat_map(|old| old.rows);
                let in_group = !row.group.is_empty() && rows.any(|old| old.group == row.group);
                if !has_partner && !in_group {
                    self.report.lost_mut().push((index, at));
                }
            }
        }
        self.report
    }

    /// Rows and tables of which the source says nothing.
    fn unknown(&mut self, from: &Report) {
        let form = self.report.form();
        let row = |(table, row): (usize, usize)| {
            let table = &from.form().tables[table];
            form.row(table.prefix, table.rows[row].key)
        };
        self.report.lost_mut().extend(from.lost().filter_map(row));
        let has = |unread: &&Unread| form.prefixes().contains(&unread.prefix);
        let unread = from.unread().filter(has).cloned();
        self.report.unread_mut().extend(unread);
    }

    fn note(&mut self, place: String, message: Message) {
        self.notes.push(Note {
            place: place.into(),
            message,
        });
    }

    fn head_and_texts(&mut self, from: &Report) {
        let form = self.report.form();
        let same = |id| form.text(from.form().section(id).key);
        self.report.head_mut().clone_from(from.head());
        *self.report.unplaced_mut() = from.unplaced().to_vec();
        for id in from.form().texts() {
            if let Some(to) = same(id) {
                from.text(id).clone_into(self.report.text_mut(to));
            }
        }
        let headings = from.headings().iter().cloned().map(|mut heading| {
            heading.section = heading.section.and_then(same);
            heading
        });
        *self.report.headings_mut() = headings.collect();
        // A site is a path of one or two parts of a table, a text or the head.
        let stays = |site: &str| {
            let parts: Vec<&str> = site.split('.').collect();
            match parts[..] {
                [prefix, _, _] if form.prefixes().contains(&prefix) => form.cell(site).is_some(),
                [prefix, line] if form.prefixes().contains(&prefix) => {
                    let mut tables = form.tables.iter().filter(|table| table.prefix == prefix);
                    tables.any(|table| {
                        let mut lines = table.rows.iter().chain(table.cols);
                        lines.any(|known| known.key == line)
                    })
                }
                _ => true,
            }
        };
        for remark in from.remarks() {
            if stays(&remark.site) {
                self.report.remarks_mut().push(remark.clone());
            } else {
                self.marked(&remark.site, &remark.text);
            }
        }
        for question in from.questions() {
            if stays(&question.site) {
                self.report.questions_mut().push(question.clone());
            } else {
                self.marked(&question.site, &question.text);
            }
        }
    }

    fn marked(&mut self, site: &str, text: &str) {
        let args = vec![("site", site.into()), ("text", text.into())];
        self.note(site.to_owned(), MARKED.with(args));
    }
}
