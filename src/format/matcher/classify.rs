//! What each row of a rectangle is: heads, values of a row that is known, or neither.
//!
//! **Never:** places a value.
//! Next: `by_heads` and `fit`, which do.

use std::borrow::Cow;

use super::{Data, Filler, Heads, is_number, is_value};
use crate::base::words::{Words, words};
use crate::format::labels::{RowRef, Sure};
use crate::format::rectangle::{Rectangle, Row, Slot};

const NEAR: Words = words(
    "行名写的是【{label}】，当作【{row}】",
    "the label \"{label}\" was taken for \"{row}\"",
);
const WHOLE_GROUP: Words = words(
    "{table}的【{group}】只印了一行，数放在【{row}】，其余两行留空，请核对",
    "{table} prints \"{group}\" as one row; its numbers are in \"{row}\", please check",
);

/// What a row of a rectangle is.
enum Class {
    Blank,
    Heads,
    Data(Option<(RowRef, usize)>),
    /// A group's label with values: the row that may take them.
    Group(RowRef, usize),
    Unknown,
}

/// The boxes of a row, as far as they tell what it is.
struct Looks<'a> {
    slots: &'a [Slot],
    /// The boxes before the first value.
    words: &'a [Slot],
    /// The whole label nearest to the values; group labels stand before it.
    label: Option<(RowRef, usize)>,
}

impl Filler<'_> {
    /// The rows of a rectangle that hold values, and the heads above them. What is
    /// neither is kept as unplaced.
    pub(super) fn sorted<'b>(&mut self, rows: &'b [Cow<Row>]) -> (Vec<Data<'b>>, Heads<'b>) {
        let mut heads = Heads::default();
        let mut data: Vec<Data> = Vec::new();
        let mut unknown = 0;
        for (index, row) in rows.iter().enumerate() {
            let (label, is_group) = match self.classify(row) {
                Class::Blank => continue,
                Class::Heads => {
                    let written = row.slots.iter().filter(|slot| !slot.text.is_empty());
                    heads.slots.extend(written);
                    heads.rows.resize(heads.slots.len(), index);
                    continue;
                }
                Class::Unknown => {
                    unknown += 1;
                    self.unplace_row(None, row);
                    if row.slots.iter().any(is_number) {
                        self.stand(self.here, &row.place());
                    }
                    continue;
                }
                Class::Data(label) => (label, false),
                Class::Group(at, label) => (Some((at, label)), true),
            };
            data.push(Data {
                row,
                at: label.map(|(at, _)| at),
                label: label.map(|(_, label)| label),
                above: heads.slots.len(),
                is_group,
            });
        }
        let mut words = heads.slots.iter();
        if unknown > 0 || words.any(|head| !self.labels.is_printed(&head.text)) {
            self.drop_strangers(&mut data);
        }
        unknown += self.drop_heads(&mut data);
        if unknown > 0 {
            // Any row that is missing here may be the one that is not known.
            let tables = data.iter().filter_map(|data| Some(data.at?.table));
            self.nameless.extend(tables);
        }
        (data, heads)
    }

    fn classify(&mut self, row: &Row) -> Class {
        if row.is_blank() {
            return Class::Blank;
        }
        let looks = self.looks(row);
        if self.has_words_only(&looks) {
            return match looks.label.filter(|label| self.is_labelled(*label, &looks)) {
                Some(label) => Class::Data(Some(label)),
                None => Class::Heads,
            };
        }
        if looks.label.is_some() {
            return Class::Data(looks.label);
        }
        let written = looks.words.iter().rposition(|slot| !slot.text.is_empty());
        match written {
            Some(index) => self.by_last_word(&looks.words[index], index),
            None => Class::Data(None),
        }
    }

    fn looks<'b>(&self, row: &'b Row) -> Looks<'b> {
        let slots = row.slots.as_slice();
        let value = slots.iter().position(is_number);
        let words = &slots[..value.unwrap_or(slots.len())];
        let label = words.iter().enumerate().rev().find_map(|(index, slot)| {
            let (at, sure) = self.labels.row(&slot.text)?;
            (sure == Sure::Label).then_some((at, index))
        });
        Looks {
            slots,
            words,
            label,
        }
    }

    /// Whether a row holds no values. Numbers that people write beside heads do not
    /// make them values.
    fn has_words_only(&self, looks: &Looks) -> bool {
        let is_head = |slot: &&Slot| {
            let mut tables = 0..self.labels.form.tables.len();
            tables.any(|table| self.labels.col(&slot.text, table).is_some())
        };
        let heads = looks.slots.iter().filter(is_head).count();
        let numbers = looks.slots.iter().filter(|slot| is_number(slot)).count();
        numbers == 0 || heads > 2 && numbers * 3 <= heads && looks.label.is_none()
    }

    /// Whether words behind a label are blank or odd boxes of its row, not heads.
    fn is_labelled(&self, (at, index): (RowRef, usize), looks: &Looks) -> bool {
        let behind = &looks.slots[index + 1..];
        let cols = self.labels.form.tables[at.table].cols.len();
        let is_printed = |slot: &Slot| !slot.text.is_empty() && self.labels.is_printed(&slot.text);
        !behind.is_empty()
            && (!self.labels.is_one_row(at.table) || index == 0 && behind.len() == cols)
            && !behind.iter().any(is_printed)
    }

    /// What a row without a whole label is by the word nearest to its values.
    fn by_last_word(&mut self, last: &Slot, index: usize) -> Class {
        if let Some((table, group)) = self.labels.group(&last.text) {
            let table_rows = self.labels.form.tables[table].rows;
            let whole = self.labels.form.tables[table].groups[group].whole;
            return match table_rows.iter().position(|line| line.key == whole) {
                Some(row) => Class::Group(RowRef { table, row }, index),
                // The row's own label is lost.
                None => Class::Data(None),
            };
        }
        let Some((at, sure)) = self.labels.row(&last.text) else {
            return Class::Unknown;
        };
        if sure == Sure::Near {
            let args = vec![
                ("label", last.text.as_str().into()),
                ("row", self.row_name(at)),
            ];
            self.draft.note(last.place.clone(), NEAR.with(args));
        }
        Class::Data(Some((at, index)))
    }

    /// The rows of a rectangle; a row that holds the values of several, one behind
    /// the other, is as many, of which only the first has a label.
    pub(super) fn one_by_one<'b>(&self, rectangle: &'b Rectangle) -> Vec<Cow<'b, Row>> {
        // Where the next row begins behind a label: at once, or at a blank box.
        let several = |row: &Row| {
            let is_label = |slot: &Slot| !slot.text.is_empty() && !is_value(&slot.text);
            let label = row.slots.iter().rposition(is_label)?;
            let at = self.labels.whole(&row.slots[label].text)?;
            let cols = self.labels.form.tables[at.table].cols.len();
            let boxes = &row.slots[label + 1..];
            let is = cols > 1 && !self.labels.is_one_row(at.table);
            let goes_on = is && boxes.len() > cols;
            let at_once =
                boxes.len().is_multiple_of(cols) && boxes.iter().all(|slot| !slot.text.is_empty());
            let mut rows = boxes[cols.min(boxes.len())..].chunks(cols + 1);
            let at_blanks = rows.all(|row| row.len() == cols + 1 && row[0].text.is_empty());
            let step = if at_once { cols } else { cols + 1 };
            (goes_on && (at_once || at_blanks)).then_some((label + 1 + cols, step))
        };
        let rows = rectangle.rows.iter().flat_map(|row| {
            let Some((first, step)) = several(row) else {
                return vec![Cow::Borrowed(row)];
            };
            let (first, others) = row.slots.split_at(first);
            let rows = std::iter::once(first).chain(others.chunks(step));
            let rows = rows.map(|slots| Row {
                slots: slots.to_vec(),
            });
            rows.map(Cow::Owned).collect()
        });
        rows.collect()
    }

    /// Takes out the rows of tables of which no label stands there whole: what is
    /// around them is not the form's, so they are not either.
    fn drop_strangers(&mut self, data: &mut Vec<Data>) {
        let is_bare = |data: &Data| {
            let found = data.label_text().and_then(|text| self.labels.row(text));
            found.is_some_and(|(_, sure)| sure == Sure::Bare)
        };
        let whole = data.iter().filter(|data| !is_bare(data));
        let known: Vec<usize> = whole.filter_map(|data| Some(data.at?.table)).collect();
        let is_stranger = |data: &Data| data.at.is_some_and(|at| !known.contains(&at.table));
        for data in data.iter().filter(|data| is_stranger(data)) {
            self.unplace_row(data.at, data.row);
        }
        data.retain(|data| !is_stranger(data));
    }

    /// Takes out rows whose label is also a column's head, unless they stand where
    /// the form has them: the head of a column may have come before any numbers.
    fn drop_heads(&mut self, data: &mut Vec<Data>) -> usize {
        let at = |index: usize| data.get(index).and_then(|data: &Data| data.at);
        let is_head = |index: usize| {
            let Some((of, text)) = data[index].at.zip(data[index].label_text()) else {
                return false;
            };
            let beside = |other: Option<RowRef>, row: Option<usize>| {
                other.is_some_and(|other| other.table == of.table && Some(other.row) == row)
            };
            self.labels.col(text, of.table).is_some()
                && self.labels.whole(text) != Some(of)
                && !beside(index.checked_sub(1).and_then(at), of.row.checked_sub(1))
                && !beside(at(index + 1), Some(of.row + 1))
        };
        let heads: Vec<bool> = (0..data.len()).map(is_head).collect();
        for (data, _) in data.iter().zip(&heads).filter(|(_, head)| **head) {
            self.unplace_row(data.at, data.row);
            self.nameless.extend(data.at.map(|at| at.table));
        }
        let mut all = heads.iter();
        data.retain(|_| !all.next().is_some_and(|head| *head));
        heads.iter().filter(|head| **head).count()
    }

    /// Keeps the numbers of groups printed as one row, unless their rows are there too.
    pub(super) fn group_rows(&mut self, data: &mut Vec<Data>) {
        for index in (0..data.len()).rev() {
            if data[index].is_group {
                self.group_row(data, index);
            }
        }
    }

    fn group_row(&mut self, data: &mut Vec<Data>, index: usize) {
        let at = data[index].at.expect("a group's row has a label");
        let table = &self.labels.form.tables[at.table];
        let name = table.rows[at.row].group;
        let in_group =
            |other: RowRef| other.table == at.table && table.rows[other.row].group == name;
        let mut others = data.iter().enumerate().filter(|(other, _)| *other != index);
        let here = others.any(|(_, data)| data.at.is_some_and(in_group));
        let mut rows = table.rows.iter().zip(&self.seen[at.table]);
        if here || rows.any(|(line, seen)| line.group == name && seen.is_some()) {
            let data = data.remove(index);
            self.unplace_row(data.at, data.row);
            return;
        }
        let args = vec![
            ("table", self.table_name(at.table)),
            ("group", data[index].label_text().unwrap_or_default().into()),
            ("row", self.row_name(at)),
        ];
        self.draft
            .note(data[index].row.place(), WHOLE_GROUP.with(args));
        self.whole_groups.push((at.table, name));
    }
}
