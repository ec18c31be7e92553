//! What was found is written into the draft, and what was not is said.
//!
//! **Never:** lets a row that is not there count as zero.
//! Next: `model::Draft`.

use super::{COMMA, Data, Filler};
use crate::base::place::Place;
use crate::base::words::{Arg, Words, words};
use crate::format::labels::RowRef;
use crate::format::rectangle::Slot;
use crate::model::{Cell, Origin, Seen, Unread};

const TWICE: Words = words(
    "{table}【{row}】出现两次，数相同",
    "{table} \"{row}\" stands twice, with equal numbers",
);
const TWICE_OTHER: Words = words(
    "{table}【{row}】出现两次，数不同：取第一次，第二次没有放入",
    "{table} \"{row}\" stands twice with different numbers; the first was taken, the second not placed",
);
const OUT_OF_ORDER: Words = words(
    "{table}【{row}】不在官方的位置，按行名放入",
    "{table} \"{row}\" is not in its official place; placed by its label",
);
pub(in crate::format) const MISSING_ROWS: Words = words(
    "{table}没有找到 {count} 行：{rows}，留空",
    "{table}: {count} rows not found, left blank: {rows}",
);
const AND_SO: Words = words(
    "{first}（这样的共 {count} 处）",
    "{first} ({count} of this kind)",
);
const NO_TABLE: Words = words("没有找到{table}的数", "no numbers of {table} found");

impl Filler<'_> {
    /// Notes that a row was met; false if it was met before.
    fn found(&mut self, at: RowRef, place: &Place) -> bool {
        self.touched[at.table].get_or_insert_with(|| place.clone());
        let last = &mut self.last[at.table];
        let out_of_order = last.is_some_and(|last| at.row < last);
        *last = Some(last.map_or(at.row, |last| last.max(at.row)));
        let seen = &mut self.seen[at.table][at.row];
        let first = seen.is_none();
        seen.get_or_insert_with(|| place.clone());
        if first && out_of_order {
            let args = vec![
                ("table", self.table_name(at.table)),
                ("row", self.row_name(at)),
            ];
            self.draft.note(place, OUT_OF_ORDER.with(args));
        }
        first
    }

    /// Writes the values of a row into its cells.
    pub(super) fn write(&mut self, at: RowRef, slots: &[&Slot], columns: &[usize], place: &Place) {
        let form = self.labels.form;
        let table = &form.tables[at.table];
        let cells: Vec<_> = slots
            .iter()
            .zip(columns)
            .map(|(slot, col)| {
                let id = table.cell(at.row, *col);
                (id, Cell::read(&slot.text, form.kind(id)), *slot)
            })
            .collect();
        if self.found(at, place) {
            for (id, cell, slot) in cells {
                let origin = Origin {
                    place: slot.place.clone(),
                    raw: slot.text.as_str().into(),
                };
                self.draft.set_cell(id, cell, Some(origin));
            }
            return;
        }
        let same = cells
            .iter()
            .all(|(id, cell, _)| self.draft.report().cell(*id) == cell);
        let args = vec![
            ("table", self.table_name(at.table)),
            ("row", self.row_name(at)),
        ];
        if same {
            self.draft.note(place, TWICE.with(args));
        } else {
            self.draft.note(place, TWICE_OTHER.with(args));
            let texts: Vec<&str> = slots.iter().map(|slot| slot.text.as_str()).collect();
            self.unplace(Some(at), place, texts.join(" "));
        }
    }

    /// Keeps a row that is there, but whose numbers found no cell.
    pub(super) fn lose(&mut self, data: &Data) {
        let at = data.at.expect("rows of a table are known");
        self.unplace_row(Some(at), data.row);
        if self.found(at, &data.row.place()) {
            self.draft.push_lost(at.table, at.row);
        }
    }

    /// Rows that the source lacks: of a table of which any row is there, those that
    /// are not are unknown. What one row of a whole group stands for is there.
    fn lose_rows(&mut self) {
        let form = self.labels.form;
        for prefix in form.prefixes() {
            let mut tables = form.tables_of(prefix);
            let is_touched = |table: usize| {
                self.nameless.contains(&table) || self.seen[table].iter().any(Option::is_some)
            };
            if !tables.any(is_touched) {
                continue;
            }
            for table in form.tables_of(prefix) {
                for row in 0..form.tables[table].rows.len() {
                    if !self.is_there(RowRef { table, row }) {
                        self.draft.push_lost(table, row);
                    }
                }
            }
        }
    }

    /// Whether a row was met, or stands in the one row of its whole group.
    fn is_there(&self, at: RowRef) -> bool {
        let group = self.labels.form.tables[at.table].rows[at.row].group;
        self.seen[at.table][at.row].is_some() || self.whole_groups.contains(&(at.table, group))
    }

    /// Keeps what stands in the place of a table of which nothing was read.
    fn unread(&mut self) {
        let form = self.labels.form;
        for prefix in form.prefixes() {
            let blank = |table: usize| {
                let mut cells = form.tables[table].cells();
                cells.all(|cell| self.draft.report().cell(cell).is_blank())
            };
            // Numbers that were there say more than a picture beside them.
            let mut stands = self.stands.iter().filter(|(of, ..)| *of == prefix);
            let rows = stands.clone().find(|(_, seen, _)| *seen == Seen::Rows);
            let Some((_, seen, place)) = rows.or_else(|| stands.next()) else {
                continue;
            };
            if form.tables_of(prefix).all(blank) {
                self.draft.push_unread(Unread {
                    prefix,
                    seen: *seen,
                    place: place.clone(),
                });
            }
        }
    }

    /// Says once, and how often, what was to be said more than a few times.
    fn gather_notes(&mut self) {
        /// Most notes of a kind that are said one by one.
        const MOST: usize = 3;
        let notes = &mut self.draft.notes;
        let count = |words: Words| {
            notes
                .iter()
                .filter(|note| note.message.words == words)
                .count()
        };
        let counts: Vec<usize> = notes.iter().map(|note| count(note.message.words)).collect();
        let mut said: Vec<Words> = Vec::new();
        let mut counts = counts.into_iter();
        notes.retain_mut(|note| {
            let count = counts.next().unwrap_or(1);
            let words = note.message.words;
            if count <= MOST {
                return true;
            }
            if said.contains(&words) {
                return false;
            }
            said.push(words);
            let first = Box::new(note.message.clone());
            let args = vec![("first", Arg::Message(first)), ("count", count.into())];
            note.message = AND_SO.with(args);
            true
        });
    }

    /// Says which rows and tables were not there.
    pub(super) fn finish(&mut self) {
        self.lose_rows();
        self.unread();
        let form = self.labels.form;
        for prefix in form.prefixes() {
            let tables: Vec<usize> = (0..form.tables.len())
                .filter(|table| form.tables[*table].prefix == prefix)
                .collect();
            let mut place = tables.iter().find_map(|table| self.touched[*table].clone());
            let name = self.table_name(tables[0]);
            let mut missing: Vec<Arg> = Vec::new();
            let mut any = false;
            for table in &tables {
                for (row, seen) in self.seen[*table].iter().enumerate() {
                    any |= seen.is_some();
                    if missing.is_empty() && seen.is_some() {
                        // The first one missing should stand behind this one.
                        place.clone_from(seen);
                    }
                    let at = RowRef { table: *table, row };
                    if !self.is_there(at) {
                        missing.push(self.row_name(at));
                    }
                }
            }
            if any && !missing.is_empty() {
                let args = vec![
                    ("table", name),
                    ("count", missing.len().into()),
                    ("rows", Arg::List(COMMA, missing)),
                ];
                self.draft
                    .note(place.unwrap_or_default(), MISSING_ROWS.with(args));
            } else if let (false, Some(place)) = (any, place) {
                self.draft.note(place, NO_TABLE.with(vec![("table", name)]));
            }
        }
        self.gather_notes();
    }
}
