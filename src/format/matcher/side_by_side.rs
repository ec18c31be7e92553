//! A table that is printed as one row: its rows stand side by side as blocks, each
//! under its own head, and each block has the same heads of columns.
//!
//! **Never:** takes the order of the form where heads say another, or say nothing
//! that can be followed.
//! Next: `by_heads` for tables with a row of print for each of theirs.

use std::collections::BTreeMap;

use super::by_order::ALL_BY_ORDER;
use super::fit::{MOVED_COLUMNS, are_scattered, trimmed};
use super::{Data, Filler, Heads};
use crate::base::spelling::letters;
use crate::base::words::{Words, words};
use crate::format::labels::{RowRef, Sure};
use crate::format::rectangle::Slot;

const UNCLEAR: Words = words(
    "{table}的表头和官方的顺序不同，看不出哪个数在哪一栏，{count} 个数没有放入",
    "the heads of {table} stand in another order and do not tell which number is whose; {count} numbers were not placed",
);

/// The boxes of a block by where they stand, each with its column of the form.
type Block<'a> = BTreeMap<usize, (usize, &'a Slot)>;

impl Filler<'_> {
    /// Places the values of a row without a label under the heads of a table that is
    /// printed as one row; false if the row is none of its.
    pub(super) fn side_by_side(&mut self, table: usize, data: &Data, heads: &Heads) -> bool {
        let form = &self.labels.form.tables[table];
        let place = data.row.place();
        let placed = self.under(table, data, heads);
        let len = form.len();
        let boxes = [trimmed(&data.row.slots, 0), &data.row.slots];
        let written = boxes.into_iter().find(|slots| slots.len() == len);
        let written = written.map(|slots| slots.iter().collect::<Vec<&Slot>>());
        if let Some(rows) = placed {
            let mut official = true;
            let mut before = None;
            for (row, slots) in rows {
                let (columns, slots): (Vec<usize>, Vec<&Slot>) = slots.into_values().unzip();
                official &= columns.is_sorted() && before < slots.first().map(|slot| slot.col);
                before = slots.last().map(|slot| slot.col);
                self.write(RowRef { table, row }, &slots, &columns, &place);
            }
            if !official {
                let args = vec![("table", self.table_name(table))];
                self.draft.note(place, MOVED_COLUMNS.with(args));
            }
            return true;
        }
        let Some(slots) = written else { return false };
        let blocks = self.blocks(table, heads);
        if !self.agree(table, &slots, &blocks, heads) {
            let args = vec![
                ("table", self.table_name(table)),
                ("count", slots.len().into()),
            ];
            self.draft.note(&place, UNCLEAR.with(args));
            self.unplace_row(Some(RowRef { table, row: 0 }), data.row);
            self.nameless.push(table);
            return true;
        }
        if (0..form.rows.len()).any(|row| blocks.iter().all(|(of, _)| *of != row)) {
            let args = vec![("count", len.into()), ("table", self.table_name(table))];
            self.draft.note(&place, ALL_BY_ORDER.with(args));
        }
        let all: Vec<usize> = (0..form.cols.len()).collect();
        for (row, slots) in slots.chunks(all.len()).enumerate() {
            self.write(RowRef { table, row }, slots, &all, &place);
        }
        true
    }

    /// The boxes of a row by the heads of their block and their column: of each row
    /// of the form its boxes, by where they stand. None if a value is under no head,
    /// a cell has two, or a block is not whole.
    fn under<'b>(
        &self,
        table: usize,
        data: &Data<'b>,
        heads: &Heads,
    ) -> Option<BTreeMap<usize, Block<'b>>> {
        if are_scattered(&heads.slots) {
            return None;
        }
        let mut rows: BTreeMap<usize, Block> = BTreeMap::new();
        for slot in &data.row.slots {
            let of = self.block_at(table, slot.col, data.above, heads);
            let of = of.zip(self.column_at(table, slot.col, data.above, heads));
            let Some((row, col)) = of else {
                let other = self.is_other(slot.col, data.above, heads);
                if slot.text.is_empty() || other {
                    continue;
                }
                return None;
            };
            let cells = rows.entry(row).or_default();
            if cells.values().any(|(other, _)| *other == col) {
                return None;
            }
            cells.insert(slot.col, (col, slot));
        }
        let cols = self.labels.form.tables[table].cols.len();
        let whole = rows.values().all(|cells| cells.len() == cols);
        (whole && !rows.is_empty()).then_some(rows)
    }

    /// The row of the form whose head goes over a column.
    ///
    /// A head goes over what it spans; if the source has no spans, over the blank
    /// boxes right of it.
    fn block_at(&self, table: usize, col: usize, above: usize, heads: &Heads) -> Option<usize> {
        let mut from = above;
        while from > 0 {
            let line = heads.rows[from - 1];
            let first = heads.rows[..from].partition_point(|row| *row < line);
            let on_line = &heads.slots[first..from];
            from = first;
            let head = on_line.iter().rev().find(|head| head.col <= col);
            let Some(head) = head else { continue };
            if head.span > 1 && !head.covers(col) {
                continue;
            }
            if let Some((at, Sure::Label)) = self.labels.row(&head.text)
                && at.table == table
            {
                return Some(at.row);
            }
            if head.covers(col) && self.labels.col(&head.text, table).is_none() {
                // A head over several blocks: none of them.
                return None;
            }
        }
        None
    }

    /// The column of the form whose head is the lowest in a column.
    fn column_at(&self, table: usize, col: usize, above: usize, heads: &Heads) -> Option<usize> {
        let mut nearest = heads.slots[..above].iter().rev();
        nearest
            .find(|head| head.col == col && self.labels.col(&head.text, table).is_some())
            .and_then(|head| self.labels.col(&head.text, table))
    }

    /// Whether the lowest head in a column is one that no form prints.
    fn is_other(&self, col: usize, above: usize, heads: &Heads) -> bool {
        let mut nearest = heads.slots[..above].iter().rev();
        let head = nearest.find(|head| head.col == col);
        head.is_some_and(|head| !self.labels.is_printed(&head.text))
    }

    /// The heads of blocks in the order of reading, and where each stands.
    fn blocks(&self, table: usize, heads: &Heads) -> Vec<(usize, usize)> {
        let row = |head: &&Slot| {
            let (at, sure) = self.labels.row(&head.text)?;
            let is_its = at.table == table && sure == Sure::Label;
            is_its.then_some((at.row, head.col))
        };
        heads.slots.iter().filter_map(row).collect()
    }

    /// Whether nothing that the heads say speaks against the order of the form.
    fn agree(
        &self,
        table: usize,
        slots: &[&Slot],
        blocks: &[(usize, usize)],
        heads: &Heads,
    ) -> bool {
        let form = &self.labels.form.tables[table];
        let cols = form.cols.len();
        let named = heads.slots.iter();
        let named: Vec<(usize, usize)> = named
            .filter_map(|head| Some((self.labels.col(&head.text, table)?, head.col)))
            .collect();
        let at = |col: usize| slots.iter().position(|slot| slot.col == col);
        let over_values = named.iter().filter(|(_, col)| at(*col).is_some()).count();
        let in_columns = heads.slots.iter().any(|head| head.place.has_column());
        if over_values * 2 > named.len() && in_columns {
            // Each head stands where its block or column begins.
            let is_block = |(row, col): &(usize, usize)| at(*col) == Some(row * cols);
            let is_column =
                |(of, col): &(usize, usize)| at(*col).is_some_and(|at| at % cols == *of);
            return blocks.iter().all(is_block) && named.iter().all(is_column);
        }
        // Lines of heads have an order only; what stands over several blocks stands
        // behind the first.
        let is_over = |head: &&&Slot| {
            let mut over = form.printed.iter();
            over.any(|over| letters(over) == letters(&head.text))
        };
        let mut lines = heads.slots.iter();
        let over = lines.position(|head| is_over(&head));
        let first = heads.slots.iter().position(|head| {
            let row = self.labels.row(&head.text);
            row.is_some_and(|(at, _)| at.table == table)
        });
        blocks.is_sorted()
            && over.is_none_or(|over| first.is_none_or(|first| first < over))
            && is_in_order(&named, form.len(), cols)
    }
}

/// Whether columns follow each other as in blocks side by side; some heads may not
/// have been known.
fn is_in_order(named: &[(usize, usize)], len: usize, cols: usize) -> bool {
    let mut official = (0..len).map(|at| at % cols);
    named.iter().all(|(col, _)| official.any(|of| of == *col))
}
