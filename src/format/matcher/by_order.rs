//! Rows whose labels are lost, taken by their order if the count fits.
//!
//! **Never:** takes a row by its order without a note.
//! Next: `fit` for the rows that are known then.

use super::fit::trimmed;
use super::{Data, Filler, Heads, is_value};
use crate::base::words::{Words, words};
use crate::format::labels::{RowRef, Sure};
use crate::format::rectangle::{Row, Slot};

pub(in crate::format) const BY_ORDER: Words = words(
    "{table}有 {count} 行没有行名，行数合得上，按顺序放入【{first}】到【{last}】，请核对",
    "{table}: {count} rows without labels, taken in order as \"{first}\" to \"{last}\": please check",
);
pub(in crate::format) const ALL_BY_ORDER: Words = words(
    "没有行名的 {count} 个数，个数正好是{table}，按顺序放入，请核对",
    "{count} numbers without labels are as many as {table} has cells; taken in order: please check",
);
const NO_ORDER: Words = words(
    "有 {count} 行没有行名，行数和格式对不上，没有放入",
    "{count} rows without labels do not fit the form by their count; not placed",
);

impl Filler<'_> {
    /// Rows without a label that hold all the values of one table.
    pub(super) fn whole_tables(&mut self, data: &mut Vec<Data>, heads: &Heads) {
        let form = self.labels.form;
        let prefix = self.here;
        data.retain(|data| {
            if data.at.is_some() {
                return true;
            }
            let headed = |table: usize| {
                heads.slots.iter().any(|head| {
                    self.labels
                        .row(&head.text)
                        .is_some_and(|(at, sure)| at.table == table && sure == Sure::Label)
                })
            };
            let here: Vec<usize> = (0..form.tables.len())
                .filter(|table| {
                    let data = &form.tables[*table];
                    let here = data.prefix == prefix || prefix.is_empty() || headed(*table);
                    here && data.rows.len() > 1 && data.cols.len() > 1
                })
                .collect();
            let mut one_row = here.iter().filter(|table| self.labels.is_one_row(**table));
            if let Some(table) = one_row.next().copied()
                && self.side_by_side(table, data, heads)
            {
                return false;
            }
            let slots = match trimmed(&data.row.slots, 0) {
                written if form.tables.iter().any(|table| table.len() == written.len()) => written,
                _ => data.row.slots.as_slice(),
            };
            let slots: Vec<&Slot> = slots.iter().collect();
            let whole = here.into_iter().find(|table| {
                form.tables[*table].len() == slots.len() && !self.labels.is_one_row(*table)
            });
            let Some(table) = whole else { return true };
            let data_table = &form.tables[table];
            let args = vec![
                ("count", data_table.len().into()),
                ("table", self.table_name(table)),
            ];
            self.draft.note(data.row.place(), ALL_BY_ORDER.with(args));
            let all: Vec<usize> = (0..data_table.cols.len()).collect();
            for (row, slots) in slots.chunks(all.len()).enumerate() {
                self.write(RowRef { table, row }, slots, &all, &data.row.place());
            }
            false
        });
    }

    /// Gives rows without a label the rows of the form between their neighbours.
    pub(super) fn by_order(&mut self, data: &mut Vec<Data>) {
        let mut lost = Vec::new();
        let mut start = 0;
        while start < data.len() {
            if data[start].at.is_some() {
                start += 1;
                continue;
            }
            let run = data[start..]
                .iter()
                .take_while(|data| data.at.is_none())
                .count();
            let end = start + run;
            let before = start.checked_sub(1).and_then(|at| data[at].at);
            let after = data.get(end).and_then(|data| data.at);
            let place = data[start].row.place();
            let beside = data.get(start.wrapping_sub(1)).or(data.get(end));
            let rows = &data[start..end];
            let aligned = self.is_aligned(rows, beside);
            let first = self.gap(before, after, rows, aligned);
            if let Some(RowRef { table, row }) = first {
                for (offset, data) in data[start..end].iter_mut().enumerate() {
                    data.at = Some(RowRef {
                        table,
                        row: row + offset,
                    });
                }
                let end = RowRef {
                    table,
                    row: row + run - 1,
                };
                let args = vec![
                    ("table", self.table_name(table)),
                    ("count", run.into()),
                    ("first", self.row_name(RowRef { table, row })),
                    ("last", self.row_name(end)),
                ];
                self.draft.note(place, BY_ORDER.with(args));
            } else {
                self.draft
                    .note(place, NO_ORDER.with(vec![("count", run.into())]));
                let near = before.or(after);
                for data in &data[start..end] {
                    self.unplace_row(near, data.row);
                }
                self.nameless.extend(near.map(|at| at.table));
                lost.extend(start..end);
            }
            start = end;
        }
        let mut index = 0;
        data.retain(|_| {
            index += 1;
            !lost.contains(&(index - 1))
        });
    }

    /// Whether rows without a label end in the column in which their neighbour
    /// ends, with a box for each of its values.
    fn is_aligned(&self, run: &[Data], beside: Option<&Data>) -> bool {
        let Some((data, at)) = beside.and_then(|data| Some((data, data.at?))) else {
            return false;
        };
        let cols = self.labels.form.tables[at.table].cols.len();
        let of_neighbour = data.row.slots.len().checked_sub(data.behind());
        let end = |row: &Row| row.slots.last().map(|slot| slot.col);
        of_neighbour == Some(cols)
            && run.iter().all(|data| {
                let slots = &data.row.slots;
                end(data.row) == end(beside.map_or(data.row, |data| data.row))
                    && slots.len() > cols
                    && slots[..slots.len() - cols]
                        .iter()
                        .all(|slot| slot.text.is_empty() || !is_value(&slot.text))
            })
    }

    /// The first row of the gap that a run of rows without labels fills exactly.
    fn gap(
        &self,
        before: Option<RowRef>,
        after: Option<RowRef>,
        run: &[Data],
        aligned: bool,
    ) -> Option<RowRef> {
        let form = self.labels.form;
        let words = |data: &Data| {
            let slots = data.row.slots.iter();
            slots
                .take_while(|slot| slot.text.is_empty() || !is_value(&slot.text))
                .count()
        };
        let fits = |table: usize| {
            let cols = form.tables[table].cols.len();
            let mut counts = run
                .iter()
                .map(|data| trimmed(&data.row.slots, words(data)).len());
            counts.clone().all(|count| count <= cols)
                && (counts.any(|count| count == cols) || aligned)
        };
        let free = |table: usize, rows: std::ops::Range<usize>| {
            let first = RowRef {
                table,
                row: rows.start,
            };
            (rows.len() == run.len()
                && fits(table)
                && self.seen[table][rows].iter().all(Option::is_none))
            .then_some(first)
        };
        match (before, after) {
            (Some(a), Some(b)) if a.table == b.table => {
                free(a.table, a.row + 1..b.row.max(a.row + 1))
            }
            (Some(a), _) => free(a.table, a.row + 1..form.tables[a.table].rows.len()),
            (None, Some(b)) => free(b.table, 0..b.row),
            (None, None) => {
                let mut tables = (0..form.tables.len()).filter_map(|table| {
                    let data = &form.tables[table];
                    let here = self.here.is_empty() || data.prefix == self.here;
                    // One row by itself says too little.
                    (here && data.rows.len() > 1)
                        .then(|| free(table, 0..data.rows.len()))
                        .flatten()
                });
                let first = tables.next()?;
                tables.next().is_none().then_some(first)
            }
        }
    }
}
