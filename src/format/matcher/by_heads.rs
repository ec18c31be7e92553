//! Values placed by the heads that stand over their columns.
//!
//! **Never:** counts values to learn which is which: where the heads do not say,
//! the matcher goes on without them.
//! Next: `side_by_side` for a table that is printed as one row.

use std::collections::BTreeMap;

use super::fit::{
    COUNT, FEWER_COLUMNS, MOVED_COLUMNS, SHIFTED, are_scattered, is_slipped, trimmed,
};
use super::{COMMA, Data, Filler, Heads, is_value};
use crate::base::words::{Arg, Words, words};
use crate::format::rectangle::Slot;
use crate::model::Draft;

const BESIDE: Words = words(
    "{table}【{row}】的数没有对着列名，分不清是哪一格，没有放入",
    "the numbers of {table} \"{row}\" do not stand under the heads; which is which is not clear: not placed",
);
const OTHER_COLUMN: Words = words(
    "{table}有一列【{head}】不是格式里的列，没有读（{count} 格）",
    "{table} has a column \"{head}\" that is none of the form's; it was left out ({count} boxes)",
);
const MERGED: Words = words(
    "{table}【{row}】有合并的格，数放在合并的第一列，其余留空，请核对",
    "{table} \"{row}\" has merged boxes; the number is in the first column, the others are blank: please check",
);
const TWO_COLUMNS: Words = words(
    "{table}的列【{col}】出现两次，数不同，分不清是哪一列，都没有放入",
    "{table} has the column \"{col}\" twice with different numbers; which is meant is not clear: nothing was placed",
);

/// How the boxes of a row stand under the heads.
struct Fit<'a> {
    /// Columns of the form and their boxes.
    values: Vec<(usize, &'a Slot)>,
    /// A box reaches over several columns of the form.
    is_merged: bool,
    /// Written boxes under none of the heads.
    beside: Vec<&'a Slot>,
    /// Its label stands where values should, or a column has no box.
    is_off: bool,
}

impl<'a> Filler<'_> {
    /// Places the rows of a table by the heads above them; false where those do not
    /// tell.
    pub(super) fn by_heads(&mut self, table: usize, data: &[&Data<'a>], heads: &Heads<'a>) -> bool {
        if are_scattered(&heads.slots) {
            return false;
        }
        let form = &self.labels.form.tables[table];
        let places: Vec<Vec<(usize, usize)>> = data
            .iter()
            .map(|data| self.places(table, data.above, heads))
            .collect();
        let all = form.cols.len();
        let known = places.iter().map(Vec::len).min().unwrap_or(0);
        if known == 0 || known < all && places.iter().any(|of| *of != places[0]) {
            return false;
        }
        let fits: Vec<Fit<'a>> = data
            .iter()
            .zip(&places)
            .map(|(data, places)| fit(data, places))
            .collect();
        let others = self.other_columns(data, &fits, heads);
        let is_off = |fit: &Fit| {
            fit.is_off
                || fit
                    .beside
                    .iter()
                    .any(|slot| !others.contains_key(&slot.col))
        };
        let off = fits.iter().filter(|fit| is_off(fit)).count();
        let beside = fits.iter().any(|fit| !fit.beside.is_empty());
        let mut values = fits.iter().flat_map(|fit| &fit.values);
        let blank = values.all(|(_, slot)| slot.text.is_empty());
        if off * 2 > fits.len() || known < all && (beside || blank || off > 0) {
            return false;
        }
        if self.is_doubled(table, data, heads) {
            return true;
        }
        self.note_columns(table, data, &places[0], &others);
        self.left_out
            .extend(others.values().map(|(head, _)| head.place.clone()));
        let full = |fit: &&Fit| fit.values.iter().all(|(_, slot)| !slot.text.is_empty());
        let most_full = fits.iter().filter(full).count() * 2 > fits.len();
        for ((data, fit), places) in data.iter().zip(&fits).zip(&places) {
            if is_off(fit) {
                self.moved_row(data, places, all);
            } else {
                self.fitting_row(data, fit, most_full);
            }
        }
        true
    }

    /// A row whose boxes stand under the heads. `most_full` says that most rows of its
    /// table have no blank box.
    fn fitting_row(&mut self, data: &Data, fit: &Fit, most_full: bool) {
        let at = data.at.expect("rows of a table are known");
        let (columns, slots): (Vec<usize>, Vec<&Slot>) = fit.values.iter().copied().unzip();
        let place = data.row.place();
        let all = self.labels.form.tables[at.table].cols.len();
        if fit.is_merged || most_full && slots.len() == all && is_slipped(&slots) {
            let args = vec![
                ("table", self.table_name(at.table)),
                ("row", self.row_name(at)),
            ];
            let words = if fit.is_merged { MERGED } else { SHIFTED };
            self.draft.note(&place, words.with(args));
        }
        self.write(at, &slots, &columns, &place);
    }

    /// The columns of the form whose heads stand nearest above a row, and where.
    fn places(&self, table: usize, above: usize, heads: &Heads) -> Vec<(usize, usize)> {
        let heads = &heads.slots[..above];
        let place = |col: usize| {
            let mut nearest = heads.iter().rev();
            let head = nearest.find(|head| self.labels.col(&head.text, table) == Some(col))?;
            Some((col, head.col))
        };
        let cols = 0..self.labels.form.tables[table].cols.len();
        let mut places: Vec<(usize, usize)> = cols.filter_map(place).collect();
        places.sort_by_key(|(_, at)| *at);
        let apart = places.windows(2).all(|pair| pair[0].1 != pair[1].1);
        if apart { places } else { Vec::new() }
    }

    /// Columns that are none of the form's: each under a head that the form does not
    /// print; or without any, written in most rows while no column of the form is
    /// blank throughout.
    fn other_columns<'b>(
        &self,
        data: &[&Data],
        fits: &[Fit<'b>],
        heads: &Heads<'b>,
    ) -> BTreeMap<usize, (&'b Slot, usize)> {
        let mut found: BTreeMap<usize, (&Slot, usize)> = BTreeMap::new();
        for slot in fits.iter().flat_map(|fit| &fit.beside) {
            found.entry(slot.col).or_insert((slot, 0)).1 += 1;
        }
        let written = |col: usize| {
            let mut values = fits.iter().flat_map(|fit| &fit.values);
            values.any(|(of, slot)| *of == col && !slot.text.is_empty())
        };
        let mut cols = fits.iter().flat_map(|fit| &fit.values).map(|(col, _)| *col);
        let none_blank = cols.all(written);
        found.retain(|col, (first, count)| {
            let mut over = heads.slots.iter().rev();
            match over.find(|head| head.col == *col) {
                Some(head) if !self.labels.is_printed(&head.text) => {
                    *first = head;
                    true
                }
                Some(_) => false,
                None => none_blank && data.len() > 2 && *count * 2 >= data.len(),
            }
        });
        found
    }

    /// Whether a row of heads names a column twice over different numbers: nothing is
    /// placed then.
    fn is_doubled(&mut self, table: usize, data: &[&Data], heads: &Heads) -> bool {
        let named = |at: usize| self.labels.col(&heads.slots[at].text, table);
        let above = data.iter().map(|data| data.above).max().unwrap_or(0);
        let twin = (0..above).find_map(|at| {
            let col = named(at)?;
            let before = (0..at)
                .find(|other| heads.rows[*other] == heads.rows[at] && named(*other) == Some(col))?;
            let (one, other) = (heads.slots[before].col, heads.slots[at].col);
            let differs = data.iter().any(|data| {
                let text = |col: usize| {
                    let mut slots = data.row.slots.iter();
                    slots.find(|slot| slot.covers(col)).map(|slot| &slot.text)
                };
                text(one) != text(other)
            });
            differs.then_some((col, heads.slots[at]))
        });
        let Some((col, head)) = twin else {
            return false;
        };
        let args = vec![
            ("table", self.table_name(table)),
            ("col", self.labels.form.tables[table].cols[col].name.into()),
        ];
        self.draft.note(&head.place, TWO_COLUMNS.with(args));
        for data in data {
            self.lose(data);
        }
        true
    }

    /// Says how the columns differ from the form's.
    fn note_columns(
        &mut self,
        table: usize,
        data: &[&Data],
        places: &[(usize, usize)],
        others: &BTreeMap<usize, (&Slot, usize)>,
    ) {
        let cols = self.labels.form.tables[table].cols;
        let found: Vec<usize> = places.iter().map(|(col, _)| *col).collect();
        let place = data[0].row.place();
        let name = self.table_name(table);
        if found.len() < cols.len() {
            let lacking = (0..cols.len()).filter(|col| !found.contains(col));
            let lacking = lacking.map(|col| cols[col].name.into()).collect();
            let args = vec![("table", name), ("cols", Arg::List(COMMA, lacking))];
            self.draft.note(place, FEWER_COLUMNS.with(args));
        } else if !found.is_sorted() {
            let args = vec![("table", name)];
            self.draft.note(place, MOVED_COLUMNS.with(args));
        }
        for (head, count) in others.values() {
            note_other_column(self.draft, self.table_name(table), head, *count);
        }
        for data in data {
            let slots = data.row.slots.iter();
            let words = slots.filter(|slot| others.contains_key(&slot.col));
            for slot in words.filter(|slot| !slot.text.is_empty() && !is_value(&slot.text)) {
                self.unplace(data.at, &slot.place, &slot.text);
            }
        }
    }

    /// A row that does not stand under the heads: whole, it moved as it is; else
    /// which value is which is not known.
    fn moved_row(&mut self, data: &Data, places: &[(usize, usize)], all: usize) {
        let at = data.at.expect("rows of a table are known");
        let slots = trimmed(&data.row.slots, data.behind());
        let whole = slots.len() == all && slots.iter().all(|slot| !slot.text.is_empty());
        let far = slots.first().zip(data.label);
        let far = far.map(|(first, label)| first.col - data.row.slots[label].col);
        let even = slots.windows(2).all(|pair| pair[1].col == pair[0].col + 1);
        if whole && even && far.is_some() && far == self.labels.first_cell(at) {
            let columns: Vec<usize> = places.iter().map(|(col, _)| *col).collect();
            let slots: Vec<&Slot> = slots.iter().collect();
            self.write(at, &slots, &columns, &data.row.place());
            return;
        }
        let args = vec![
            ("table", self.table_name(at.table)),
            ("row", self.row_name(at)),
            ("found", slots.len().into()),
            ("wanted", all.into()),
        ];
        let words = if slots.len() == all { BESIDE } else { COUNT };
        self.draft.note(data.row.place(), words.with(args));
        self.lose(data);
    }
}

/// Says that a column was left out.
pub(super) fn note_other_column(draft: &mut Draft, table: Arg, head: &Slot, count: usize) {
    let args = vec![
        ("table", table),
        ("head", head.text.as_str().into()),
        ("count", count.into()),
    ];
    draft.note(&head.place, OTHER_COLUMN.with(args));
}

/// How a row stands under heads: columns of the form, and where they stand.
fn fit<'a>(data: &Data<'a>, places: &[(usize, usize)]) -> Fit<'a> {
    let slots = &data.row.slots;
    let behind = &slots[data.behind()..];
    let first = places.first().map_or(0, |(_, at)| *at);
    let mut fit = Fit {
        values: Vec::new(),
        is_merged: false,
        beside: Vec::new(),
        is_off: data
            .label
            .is_some_and(|label| slots[label].col + slots[label].span > first),
    };
    let mut used: Vec<usize> = Vec::new();
    for (col, at) in places {
        let Some(slot) = behind.iter().find(|slot| slot.covers(*at)) else {
            fit.is_off |= behind.iter().any(|slot| !slot.text.is_empty());
            continue;
        };
        if used.contains(&slot.col) {
            fit.is_merged |= !slot.text.is_empty();
        } else {
            used.push(slot.col);
            fit.values.push((*col, slot));
        }
    }
    // Without a label, words in front are those of groups.
    let counts = |slot: &&Slot| {
        let in_front = data.label.is_none() && slot.col < first && !is_value(&slot.text);
        !slot.text.is_empty() && !used.contains(&slot.col) && !in_front
    };
    fit.beside = behind.iter().filter(counts).collect();
    fit
}
