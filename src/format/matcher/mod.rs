//! An outline against a form: which box of which table is which cell.
//!
//! All readers of foreign documents end here. Rows are known by their labels;
//! where labels are lost, by their order if the count fits, and that is said.
//! Values stand right behind the label or in fixed columns: the rows that are
//! whole tell which.
//!
//! **Never:** puts a value into a cell because it is likely: a row with a value
//! too many or too few is kept as unplaced, with a note.
//! Next: `labels` for what the form prints, `text_in` for a reader.

mod by_heads;
pub(super) mod columns;
mod side_by_side;

use std::borrow::Cow;
use std::collections::BTreeMap;

use self::by_heads::note_other_column;
use self::columns::LeftOut;
use super::labels::{Labels, RowRef, Sure};
use super::outline::{Outline, What};
use super::rectangle::{Rectangle, Row, Slot};
use crate::base::number::{self, Typed};
use crate::base::ordinal;
use crate::base::spelling::letters;
use crate::base::words::{Arg, Words, words};
use crate::form::TextId;
use crate::form::printed::{Content, PrintedBox};
use crate::model::{Cell, Draft, Origin, Seen, Unread};

pub(super) const BY_ORDER: Words = words(
    "{table}有 {count} 行没有行名，行数合得上，按顺序放入【{first}】到【{last}】，请核对",
    "{table}: {count} rows without labels, taken in order as \"{first}\" to \"{last}\": please check",
);
pub(super) const ALL_BY_ORDER: Words = words(
    "没有行名的 {count} 个数，个数正好是{table}，按顺序放入，请核对",
    "{count} numbers without labels are as many as {table} has cells; taken in order: please check",
);
const NO_ORDER: Words = words(
    "有 {count} 行没有行名，行数和格式对不上，没有放入",
    "{count} rows without labels do not fit the form by their count; not placed",
);
const NEAR: Words = words(
    "行名写的是【{label}】，当作【{row}】",
    "the label \"{label}\" was taken for \"{row}\"",
);
const STARTS: Words = words(
    "{table}有 {count} 行的行名被拆断，按开头认出",
    "{table}: {count} labels are broken over lines; rows were known by their beginnings",
);
const WHOLE_GROUP: Words = words(
    "{table}的【{group}】只印了一行，数放在【{row}】，其余两行留空，请核对",
    "{table} prints \"{group}\" as one row; its numbers are in \"{row}\", please check",
);
const COUNT: Words = words(
    "{table}【{row}】有 {found} 个数，应有 {wanted} 个，分不清是哪一格多了或少了，没有放入",
    "{table} \"{row}\" has {found} values instead of {wanted}; which is too many or missing is not clear: not placed",
);
const CUT_SHORT: Words = words(
    "{table}【{row}】只有 {found} 格，应有 {wanted} 格，按列的位置放入，请核对",
    "{table} \"{row}\" has {found} of {wanted} boxes; placed by their columns: please check",
);
const EXTRA_COLUMN: Words = words(
    "{table}在第 {at} 个数的位置多出一个空列，已略过（{count} 行）",
    "{table} has an extra blank column at value {at}, left out ({count} rows)",
);
const SHIFTED: Words = words(
    "{table}【{row}】第一格空着，后面各格都有数，可能整行右移了一格，请核对",
    "{table} \"{row}\" begins with a blank box and is full behind it; perhaps it slipped by one column: please check",
);
const MOVED_COLUMNS: Words = words(
    "{table}的列不是官方顺序，按列名放入",
    "the columns of {table} stand in another order; placed by their heads",
);
const FEWER_COLUMNS: Words = words(
    "{table}缺了列【{cols}】，其余按列名放入",
    "{table} lacks the columns {cols}; the others were placed by their heads",
);
const ODD_HEADS: Words = words(
    "{table}的列名不认识（如【{head}】），按官方顺序放入，请核对",
    "heads of {table} are not known (such as \"{head}\"); columns taken in the form's order: please check",
);
const NO_HEADS: Words = words(
    "{table}有的列没有列名，按官方顺序放入，请核对",
    "some columns of {table} have no heads; taken in the form's order: please check",
);
const LOST_HEADS: Words = words(
    "{table}的列不是官方顺序，有的列又没有列名，分不清是哪一列，没有放入",
    "the columns of {table} stand in another order and some have no heads; which is which is not clear: nothing was placed",
);
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
pub(super) const MISSING_ROWS: Words = words(
    "{table}没有找到 {count} 行：{rows}，留空",
    "{table}: {count} rows not found, left blank: {rows}",
);
const TURNED: Words = words(
    "{table}的行和列是倒过来的，按行名和列名放入",
    "{table} stands on its side; placed by its labels and heads",
);
const AND_SO: Words = words(
    "{first}（这样的共 {count} 处）",
    "{first} ({count} of this kind)",
);
const NO_TABLE: Words = words("没有找到{table}的数", "no numbers of {table} found");
const BY_NUMBER: Words = words(
    "标题【{heading}】按序号当作第{no}部分",
    "the heading \"{heading}\" was taken for section {no} by its number",
);
const COMMA: Words = words("、", ", ");

/// Fills a draft with an outline whose headings are marked.
pub(super) fn fill(draft: &mut Draft, outline: &Outline, labels: &Labels) {
    let mut filler = Filler {
        labels,
        draft,
        seen: labels
            .form
            .tables
            .iter()
            .map(|table| vec![None; table.rows.len()])
            .collect(),
        last: vec![None; labels.form.tables.len()],
        touched: vec![None; labels.form.tables.len()],
        nameless: Vec::new(),
        whole_groups: Vec::new(),
        left_out: Vec::new(),
        stands: Vec::new(),
    };
    let mut section = labels.form.texts().next();
    for piece in &outline.pieces {
        match &piece.what {
            What::Text(text) => {
                if !outline.says_prose {
                    filler.unread_row(&piece.place, text, section);
                }
                if let Some(section) = section.filter(|_| !labels.is_placeholder(text)) {
                    filler.draft.push_text(section, text);
                }
            }
            What::Heading(opens, text) => {
                filler.draft.push_heading(*opens, text);
                section = opens.or(section);
            }
            What::Opens(opens) => section = Some(*opens),
            What::Table(rectangle) => filler.table(rectangle, section),
            What::Object(seen) => filler.object(*seen, &piece.place, section),
        }
    }
    filler.finish();
}

/// Notes that a column of the source, of whatever table, was left out.
pub(super) fn note_left_out(draft: &mut Draft, other: &LeftOut) {
    let source = words("原文", "the source");
    note_other_column(draft, source.into(), &other.head, other.count);
}

/// Notes a heading that only its number ties to a section.
pub(super) fn note_by_number(draft: &mut Draft, place: &str, heading: &str, section: TextId) {
    let no = draft.report().form().section(section).ordinal;
    let args = vec![("heading", heading.into()), ("no", no.into())];
    draft.note(place, BY_NUMBER.with(args));
}

/// Whether a box can only be a value: no words, or words beside a number.
pub(super) fn is_value(text: &str) -> bool {
    // Nearly all letters here are Han: they need no table.
    let is_letter = |c| matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphabetic();
    !text.chars().any(is_letter)
        || number::read(text) != Typed::Raw
        || number::in_yuan(text).is_some()
}

struct Filler<'a> {
    labels: &'a Labels,
    draft: &'a mut Draft,
    /// Where each row was found.
    seen: Vec<Vec<Option<String>>>,
    /// The lowest row found so far in each table.
    last: Vec<Option<usize>>,
    /// Where each table was first met.
    touched: Vec<Option<String>>,
    /// Tables in which rows without a label found no place.
    nameless: Vec<usize>,
    /// Table and group of rows that are printed as one.
    whole_groups: Vec<(usize, &'static str)>,
    /// Places of heads over columns that were left out and named.
    left_out: Vec<String>,
    /// What stands in the place of each table, and where, by its prefix.
    stands: Vec<(&'static str, Seen, String)>,
}

/// A row of a rectangle that holds values.
struct Data<'a> {
    row: &'a Row,
    /// The row of the form, once it is known.
    at: Option<RowRef>,
    /// Index of the label's box; none if the row is known by its order.
    label: Option<usize>,
    /// How many heads stand above it.
    above: usize,
}

impl Data<'_> {
    /// Index of the first box behind the label.
    fn behind(&self) -> usize {
        self.label.map_or(0, |label| label + 1)
    }

    /// The text of the label's box.
    fn label_text(&self) -> Option<&str> {
        let slot = self.row.slots.get(self.label?)?;
        Some(&slot.text)
    }
}

/// Heads of a rectangle, in the order of reading.
#[derive(Default)]
struct Heads<'a> {
    slots: Vec<&'a Slot>,
    /// The row that each stands in.
    rows: Vec<usize>,
}

/// Where the values of a table's rows begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// Right behind the label.
    Behind,
    /// In this column of the rectangle.
    Column(usize),
    /// All whole rows agree with both; the length of a row must decide.
    Either(usize),
}

impl Filler<'_> {
    fn table_name(&self, table: usize) -> Arg {
        let form = self.labels.form;
        let section = form.section_of(form.tables[table].prefix);
        let no = section.map_or("", |id| form.section(id).ordinal);
        let number = ordinal::small(no).unwrap_or_default();
        words("表{no}", "table {number}")
            .with(vec![("no", no.into()), ("number", number.into())])
            .into()
    }

    fn row_name(&self, at: RowRef) -> Arg {
        self.labels.form.tables[at.table].rows[at.row].name.into()
    }

    /// Takes a table that stands box by box as the form prints it, if there are
    /// words in its cells: elsewhere those pass for labels.
    fn as_printed(&mut self, rectangle: &Rectangle) -> bool {
        let is_same = |(of, slot): (&PrintedBox, &Slot)| {
            of.at == slot.col
                && match of.content {
                    Content::Cell(_) => true,
                    Content::Title(text) | Content::Head(text) | Content::Label(text) => {
                        letters(text) == letters(&slot.text)
                    }
                }
        };
        let layout = self.labels.layouts().iter().find(|layout| {
            let mut rows = layout.rows.iter().zip(&rectangle.rows);
            layout.rows.len() == rectangle.rows.len()
                && rows.all(|(boxes, row)| {
                    boxes.len() == row.slots.len() && boxes.iter().zip(&row.slots).all(is_same)
                })
        });
        let Some(layout) = layout else { return false };
        let form = self.labels.form;
        let mut lines: BTreeMap<(usize, usize), Vec<&Slot>> = BTreeMap::new();
        for (of, slot) in layout
            .rows
            .iter()
            .flatten()
            .zip(rectangle.rows.iter().flat_map(|row| &row.slots))
        {
            if let Content::Cell(cell) = of.content {
                let spot = form.spot(cell);
                lines.entry((spot.table, spot.row)).or_default().push(slot);
            }
        }
        if lines.values().flatten().all(|slot| is_value(&slot.text)) {
            return false;
        }
        for ((table, row), slots) in lines {
            let columns: Vec<usize> = (0..slots.len()).collect();
            self.write(RowRef { table, row }, &slots, &columns, &slots[0].place);
        }
        true
    }

    fn table(&mut self, rectangle: &Rectangle, section: Option<TextId>) {
        if self.as_printed(rectangle) {
            return;
        }
        if let Some((table, turned)) = columns::turned(rectangle, self.labels) {
            let place = rectangle.rows.iter().find(|row| !row.is_blank());
            let args = vec![("table", self.table_name(table))];
            let place = place.map(Row::place).unwrap_or_default();
            self.draft.note(place, TURNED.with(args));
            self.table_upright(&turned, section);
            return;
        }
        match columns::cleared(rectangle, self.labels) {
            Some((cleared, others)) => {
                let table = self.table_of(&cleared, section);
                for LeftOut { head, count } in others {
                    note_other_column(self.draft, table.clone(), &head, count);
                }
                self.table_upright(&cleared, section);
            }
            None => self.table_upright(rectangle, section),
        }
    }

    /// The name of the table that a rectangle holds, as far as its labels tell.
    fn table_of(&self, rectangle: &Rectangle, section: Option<TextId>) -> Arg {
        let form = self.labels.form;
        let mut rows = rectangle.texts().filter_map(|text| self.labels.whole(text));
        let prefix = section.map_or("", |id| form.section(id).tables);
        let table = rows.next().map(|at| at.table);
        match table.or_else(|| form.tables_of(prefix).next()) {
            Some(table) => self.table_name(table),
            None => words("原文", "the source").into(),
        }
    }

    /// A table whose rows are the form's.
    fn table_upright(&mut self, rectangle: &Rectangle, section: Option<TextId>) {
        let mut heads = Heads::default();
        let mut data: Vec<Data> = Vec::new();
        let mut groups: Vec<usize> = Vec::new();
        let mut unknown = 0;
        let form = self.labels.form;
        let prefix_here = section.map_or("", |id| form.section(id).tables);
        let is_number = |slot: &Slot| !slot.text.is_empty() && is_value(&slot.text);
        let rows = self.one_by_one(rectangle);
        for (index, row) in rows.iter().enumerate() {
            match self.classify(row) {
                Class::Blank => {}
                Class::Heads => {
                    let written = row.slots.iter().filter(|slot| !slot.text.is_empty());
                    heads.slots.extend(written);
                    heads.rows.resize(heads.slots.len(), index);
                }
                Class::Data(label) => data.push(Data {
                    row,
                    at: label.map(|(at, _)| at),
                    label: label.map(|(_, label)| label),
                    above: heads.slots.len(),
                }),
                Class::Group(at, label) => {
                    groups.push(data.len());
                    data.push(Data {
                        row,
                        at: Some(at),
                        label: Some(label),
                        above: heads.slots.len(),
                    });
                }
                Class::Unknown => {
                    unknown += 1;
                    self.draft.push_unplaced(row.place(), row.text());
                    if row.slots.iter().any(is_number) {
                        self.stand(prefix_here, &row.place());
                    }
                }
            }
        }
        let strange = unknown > 0
            || heads
                .slots
                .iter()
                .any(|head| !self.labels.is_printed(&head.text));
        if strange {
            self.drop_strangers(&mut data);
        }
        unknown += self.drop_heads(&mut data);
        if unknown > 0 {
            // Any row that is missing here may be the one that is not known.
            let tables = data.iter().filter_map(|data| Some(data.at?.table));
            self.nameless.extend(tables);
        }
        self.touch(&heads.slots, section);
        for data in &data {
            let prefix = data
                .at
                .map_or(prefix_here, |at| form.tables[at.table].prefix);
            if data.row.slots.iter().skip(data.behind()).any(is_number) {
                self.stand(prefix, &data.row.place());
            }
        }
        for index in groups.into_iter().rev() {
            self.group_row(&mut data, index);
        }
        self.whole_tables(&mut data, &heads, section);
        self.by_order(&mut data, section);
        self.note_starts(&data);
        for table in 0..self.labels.form.tables.len() {
            let of_table: Vec<&Data> = data
                .iter()
                .filter(|data| data.at.is_some_and(|at| at.table == table))
                .collect();
            if !of_table.is_empty() {
                self.rows(table, &of_table, &heads);
            }
        }
        for head in heads.slots {
            if !self.labels.is_printed(&head.text) && !self.left_out.contains(&head.place) {
                self.draft.push_unplaced(&head.place, &head.text);
            }
        }
    }

    /// The rows of a rectangle; a row that holds the values of several, one behind
    /// the other, is as many, of which only the first has a label.
    fn one_by_one<'b>(&self, rectangle: &'b Rectangle) -> Vec<Cow<'b, Row>> {
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
            self.draft.push_unplaced(data.row.place(), data.row.text());
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
            self.draft.push_unplaced(data.row.place(), data.row.text());
            self.nameless.extend(data.at.map(|at| at.table));
        }
        let mut all = heads.iter();
        data.retain(|_| !all.next().is_some_and(|head| *head));
        heads.iter().filter(|head| **head).count()
    }

    /// Keeps a line that begins with the label of a row and goes on with numbers:
    /// a row that could not be read. Until it is, what is missing there is open.
    /// A sentence is none.
    fn unread_row(&mut self, place: &str, text: &str, section: Option<TextId>) {
        let form = self.labels.form;
        let prefix = section.map_or("", |id| form.section(id).tables);
        if prefix.is_empty() || text.contains(['。', '，', '；']) {
            return;
        }
        let row = self.labels.begins(text);
        if let Some(at) = row.filter(|at| form.tables[at.table].prefix == prefix) {
            self.draft.push_unplaced(place, text);
            self.nameless.push(at.table);
        }
    }

    fn classify(&mut self, row: &Row) -> Class {
        if row.is_blank() {
            return Class::Blank;
        }
        let slots = &row.slots;
        let value = slots
            .iter()
            .position(|slot| !slot.text.is_empty() && is_value(&slot.text));
        let texts = &slots[..value.unwrap_or(slots.len())];
        // The label nearest to the values; group labels stand before it.
        let whole = texts.iter().enumerate().rev().find_map(|(index, slot)| {
            let (at, sure) = self.labels.row(&slot.text)?;
            (sure == Sure::Label).then_some((at, index))
        });
        // Numbers that people write beside heads do not make them values.
        let is_head = |slot: &&Slot| {
            let tables = 0..self.labels.form.tables.len();
            let mut tables = tables.filter(|table| self.labels.col(&slot.text, *table).is_some());
            tables.next().is_some()
        };
        let heads = slots.iter().filter(is_head).count();
        let is_number = |slot: &&Slot| !slot.text.is_empty() && is_value(&slot.text);
        let numbers = slots.iter().filter(is_number).count();
        if value.is_none() || heads > 2 && numbers * 3 <= heads && whole.is_none() {
            // Words only: a row of heads, or a labelled row of blank or odd boxes.
            let data = whole.filter(|(at, index)| {
                let behind = &slots[index + 1..];
                let cols = self.labels.form.tables[at.table].cols.len();
                !behind.is_empty()
                    && (!self.labels.is_one_row(at.table) || *index == 0 && behind.len() == cols)
                    && !behind
                        .iter()
                        .any(|slot| !slot.text.is_empty() && self.labels.is_printed(&slot.text))
            });
            return data.map_or(Class::Heads, |label| Class::Data(Some(label)));
        }
        if whole.is_some() {
            return Class::Data(whole);
        }
        let Some((index, last)) = texts
            .iter()
            .enumerate()
            .rev()
            .find(|(_, slot)| !slot.text.is_empty())
        else {
            return Class::Data(None);
        };
        if let Some((table, group)) = self.labels.group(&last.text) {
            let table_rows = self.labels.form.tables[table].rows;
            let whole = self.labels.form.tables[table].groups[group].whole;
            return match table_rows.iter().position(|line| line.key == whole) {
                Some(row) => Class::Group(RowRef { table, row }, index),
                // The row's own label is lost.
                None => Class::Data(None),
            };
        }
        match self.labels.row(&last.text) {
            Some((at, sure)) => {
                if sure == Sure::Near {
                    let args = vec![
                        ("label", last.text.as_str().into()),
                        ("row", self.row_name(at)),
                    ];
                    self.draft.note(last.place.clone(), NEAR.with(args));
                }
                Class::Data(Some((at, index)))
            }
            None => Class::Unknown,
        }
    }

    /// Keeps the numbers of a group printed as one row, unless its rows are there too.
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
            self.draft.push_unplaced(data.row.place(), data.row.text());
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

    /// Remembers what stands in a section of tables and is none.
    fn object(&mut self, seen: Seen, place: &str, section: Option<TextId>) {
        let prefix = section.map_or("", |id| self.labels.form.section(id).tables);
        if !prefix.is_empty() {
            self.stands.push((prefix, seen, place.to_owned()));
        }
    }

    /// Remembers that numbers stand in the place of a table.
    fn stand(&mut self, prefix: &'static str, place: &str) {
        let mut stands = self.stands.iter();
        let known = stands.any(|(of, seen, _)| *of == prefix && *seen == Seen::Rows);
        if !prefix.is_empty() && !known {
            self.stands.push((prefix, Seen::Rows, place.to_owned()));
        }
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

    /// Remembers where tables begin whose heads are there even if no number is.
    fn touch(&mut self, heads: &[&Slot], section: Option<TextId>) {
        let form = self.labels.form;
        let prefix = section.map_or("", |id| form.section(id).tables);
        if let (Some(table), Some(head)) = (form.tables_of(prefix).next(), heads.first()) {
            self.touched[table].get_or_insert_with(|| head.place.clone());
        }
    }

    /// Rows without a label that hold all the values of one table.
    fn whole_tables(&mut self, data: &mut Vec<Data>, heads: &Heads, section: Option<TextId>) {
        let form = self.labels.form;
        let prefix = section.map_or("", |id| form.section(id).tables);
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
    fn by_order(&mut self, data: &mut Vec<Data>, section: Option<TextId>) {
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
            let first = self.gap(
                before,
                after,
                &data[start..end],
                section,
                self.is_aligned(
                    &data[start..end],
                    data.get(start.wrapping_sub(1)).or(data.get(end)),
                ),
            );
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
                for data in &data[start..end] {
                    self.draft.push_unplaced(data.row.place(), data.row.text());
                }
                let near = before.or(after).map(|at| at.table);
                self.nameless.extend(near);
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
        section: Option<TextId>,
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
                let prefix = section.map_or("", |id| form.section(id).tables);
                let mut tables = (0..form.tables.len()).filter_map(|table| {
                    let data = &form.tables[table];
                    let here = prefix.is_empty() || data.prefix == prefix;
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

    /// One note a table for labels that were known by their beginnings only.
    fn note_starts(&mut self, data: &[Data]) {
        for table in 0..self.labels.form.tables.len() {
            let broken: Vec<&Data> = data
                .iter()
                .filter(|data| {
                    let found = data.label_text().and_then(|text| self.labels.row(text));
                    data.at.is_some_and(|at| at.table == table)
                        && found.is_some_and(|(_, sure)| sure == Sure::Start)
                })
                .collect();
            if let Some(first) = broken.first() {
                let args = vec![
                    ("table", self.table_name(table)),
                    ("count", broken.len().into()),
                ];
                self.draft.note(first.row.place(), STARTS.with(args));
            }
        }
    }

    /// The rows of one table in one rectangle.
    fn rows<'b>(&mut self, table: usize, data: &[&Data<'b>], heads: &Heads<'b>) {
        if self.by_heads(table, data, heads) {
            return;
        }
        let heads = heads.slots.as_slice();
        let wanted = self.labels.form.tables[table].cols.len();
        // Heads on lines of their own stand in no columns.
        let in_columns = !are_scattered(heads);
        let start = self.start(table, data, if in_columns { heads } else { &[] });
        let mut rows: Vec<(&Data, Vec<Slot>)> = data
            .iter()
            .map(|data| {
                let printed = data.at.and_then(|at| self.labels.first_cell(at));
                (*data, values(data, start, wanted, printed))
            })
            .collect();
        self.drop_extra_column(table, &mut rows);
        let Some(columns) = self.columns(table, &rows, heads) else {
            for data in data {
                self.lose(data);
            }
            return;
        };
        let fixed = matches!(start, Start::Column(_));
        let is_full = |slots: &[Slot]| slots.iter().all(|slot| !slot.text.is_empty());
        let full = rows.iter().filter(|(_, slots)| is_full(slots)).count();
        let is_short = |slots: &[Slot]| slots.len() != columns.len();
        let short = rows.iter().filter(|(_, slots)| is_short(slots)).count();
        // Where many rows of boxes on lines of their own have too few or too many
        // values, the others have theirs by chance.
        let by_chance = |slots: &[&Slot]| short * 4 > rows.len() && are_scattered(slots);
        for (data, slots) in &rows {
            let at = data.at.expect("rows of a table are known");
            let slots: Vec<&Slot> = slots.iter().collect();
            let blank = slots.iter().all(|slot| slot.text.is_empty());
            let fits = (slots.len() == columns.len() || blank && slots.len() < columns.len())
                && !by_chance(&slots);
            // Where other boxes stand between label and values, the columns are
            // fixed, and an editor may have cut blank boxes at the end of a line.
            let apart = slots.first().is_some_and(|slot| {
                let next = data.label.and_then(|label| data.row.slots.get(label + 1));
                next.is_some_and(|next| next.col < slot.col)
            });
            let even = slots.windows(2).all(|pair| pair[1].col == pair[0].col + 1);
            let on_lines = slots.len() > 1 && are_scattered(&slots);
            let cut = slots.len() < columns.len() && apart && even && fixed && !on_lines;
            if !fits {
                let args = vec![
                    ("table", self.table_name(table)),
                    ("row", self.row_name(at)),
                    ("found", slots.len().into()),
                    ("wanted", columns.len().into()),
                ];
                let words = if cut { CUT_SHORT } else { COUNT };
                self.draft.note(data.row.place(), words.with(args));
            }
            let slipped =
                full * 2 > rows.len() && slots.len() == columns.len() && is_slipped(&slots);
            if slipped {
                let args = vec![
                    ("table", self.table_name(table)),
                    ("row", self.row_name(at)),
                ];
                self.draft.note(data.row.place(), SHIFTED.with(args));
            }
            if fits || cut {
                self.write(at, &slots, &columns, &data.row.place());
            } else {
                self.lose(data);
            }
        }
    }

    /// Where the values begin, told by the rows that are whole and by the heads.
    fn start(&self, table: usize, data: &[&Data], heads: &[&Slot]) -> Start {
        let wanted = self.labels.form.tables[table].cols.len();
        let labels = || {
            data.iter()
                .filter_map(|data| data.label.map(|label| (data, label)))
        };
        // Of each whole row: the column of its first value, and whether that
        // stands right behind the label.
        let whole: Vec<(usize, bool)> = labels()
            .filter_map(|(data, label)| {
                let slots = trimmed(&data.row.slots, label + 1);
                let full = slots.len() == wanted && slots.iter().all(|slot| !slot.text.is_empty());
                let first = slots.first().filter(|_| full)?.col;
                Some((first, data.row.slots[label + 1].col == first))
            })
            .collect();
        let head = heads
            .iter()
            .find(|head| self.labels.col(&head.text, table) == Some(0))
            .map(|head| head.col)
            .filter(|col| labels().all(|(data, label)| data.row.slots[label].col < *col));
        let Some((first, _)) = whole.first().copied() else {
            return head.map_or(Start::Behind, Start::Column);
        };
        let same = whole.iter().filter(|(col, _)| *col == first).count();
        let behind = whole.iter().filter(|(_, behind)| *behind).count();
        if same == whole.len() && (behind < same || head == Some(first)) {
            Start::Column(first)
        } else if same == whole.len() {
            Start::Either(first)
        } else if same * 2 <= whole.len() {
            Start::Behind
        } else if behind * 2 < whole.len() {
            Start::Column(first)
        } else {
            Start::Either(first)
        }
    }

    /// Takes out a column that is blank in every row that has one value too many.
    fn drop_extra_column(&mut self, table: usize, rows: &mut [(&Data, Vec<Slot>)]) {
        let wanted = self.labels.form.tables[table].cols.len();
        let long: Vec<usize> = (0..rows.len())
            .filter(|row| rows[*row].1.len() == wanted + 1)
            .collect();
        if long.len() < 2 {
            return;
        }
        let blank: Vec<usize> = (0..=wanted)
            .filter(|col| long.iter().all(|row| rows[*row].1[*col].text.is_empty()))
            .collect();
        // Of blank columns side by side any may be the one too many.
        let beside = blank.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let Some(col) = blank.last().copied().filter(|_| beside) else {
            return;
        };
        let args = vec![
            ("table", self.table_name(table)),
            ("at", (col + 1).into()),
            ("count", long.len().into()),
        ];
        self.draft
            .note(rows[long[0]].0.row.place(), EXTRA_COLUMN.with(args));
        for row in long {
            rows[row].1.remove(col);
        }
    }

    /// The columns of the form in the order of the values.
    fn columns(
        &mut self,
        table: usize,
        rows: &[(&Data, Vec<Slot>)],
        heads: &[&Slot],
    ) -> Option<Vec<usize>> {
        let cols = self.labels.form.tables[table].cols;
        let official: Vec<usize> = (0..cols.len()).collect();
        let mut named: Vec<(usize, usize)> = Vec::new();
        for head in heads {
            let col = self.labels.col(&head.text, table);
            let new = col.filter(|col| named.iter().all(|(_, known)| known != col));
            named.extend(new.map(|col| (head.col, col)));
        }
        // Where the columns of heads and values are known and the same, they tell.
        let mut places: Vec<usize> = named.iter().map(|(place, _)| *place).collect();
        places.sort_unstable();
        let under = rows.iter().filter(|(_, slots)| {
            let cols = slots.iter().map(|slot| slot.col);
            cols.eq(places.iter().copied())
        });
        if under.count() * 2 > rows.len() && !are_scattered(heads) {
            named.sort_by_key(|(place, _)| *place);
        } else {
            // The total is printed on the right, although its head may come early.
            named.sort_by_key(|(_, col)| cols[*col].class == "total");
        }
        let found: Vec<usize> = named.iter().map(|(_, col)| *col).collect();
        let Some((first, _)) = rows.first() else {
            return Some(official);
        };
        let place = first.row.place();
        let name = self.table_name(table);
        if found.len() == cols.len() {
            if found != official {
                self.draft
                    .note(place, MOVED_COLUMNS.with(vec![("table", name)]));
            }
            return Some(found);
        }
        let as_many = rows.iter().all(|(_, slots)| slots.len() == found.len());
        // A few rows with as many values may lack them by chance.
        let many = rows.len() * 2 >= self.labels.form.tables[table].rows.len();
        if found.len() > 1 && as_many && many {
            let lacking = official
                .iter()
                .filter(|col| !found.contains(col))
                .map(|col| cols[*col].name.into())
                .collect();
            let args = vec![("table", name), ("cols", Arg::List(COMMA, lacking))];
            self.draft.note(place, FEWER_COLUMNS.with(args));
            return Some(found);
        }
        // Heads that are known must stand where the form's order has them.
        let whole = rows.iter().filter(|(_, slots)| slots.len() == cols.len());
        let stands = |place: usize, slots: &[Slot]| slots.iter().position(|slot| slot.col == place);
        let over: Vec<(usize, usize)> = whole
            .flat_map(|(_, slots)| {
                let over = |(place, col): &(usize, usize)| Some((stands(*place, slots)?, *col));
                named.iter().filter_map(over).collect::<Vec<_>>()
            })
            .collect();
        let is_moved = over.iter().filter(|(at, col)| at != col).count() * 2 > over.len();
        let in_columns = heads.iter().any(|head| head.place.contains("column"));
        if cols.len() > 1 && in_columns && found.len() > 1 {
            let all_over = over.len() == named.len() * rows.len();
            if is_moved && all_over {
                self.draft
                    .note(place, LOST_HEADS.with(vec![("table", name)]));
                return None;
            }
        }
        let odd = heads
            .iter()
            .find(|head| !self.labels.is_printed(&head.text))
            .filter(|_| cols.len() > 1 && !found.is_empty());
        if let Some(head) = odd {
            let args = vec![("table", name), ("head", head.text.as_str().into())];
            self.draft.note(head.place.clone(), ODD_HEADS.with(args));
        } else if in_columns && found.len() > 1 && over.len() == named.len() * rows.len() {
            self.draft.note(place, NO_HEADS.with(vec![("table", name)]));
        }
        Some(official)
    }

    /// Notes that a row was met; false if it was met before.
    fn found(&mut self, at: RowRef, place: &str) -> bool {
        self.touched[at.table].get_or_insert_with(|| place.to_owned());
        let last = &mut self.last[at.table];
        let out_of_order = last.is_some_and(|last| at.row < last);
        *last = Some(last.map_or(at.row, |last| last.max(at.row)));
        let seen = &mut self.seen[at.table][at.row];
        let first = seen.is_none();
        seen.get_or_insert_with(|| place.to_owned());
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
    fn write(&mut self, at: RowRef, slots: &[&Slot], columns: &[usize], place: &str) {
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
            self.draft.push_unplaced(place, texts.join(" "));
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

    /// Says which rows and tables were not there.
    fn finish(&mut self) {
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

/// What a row of a rectangle is.
enum Class {
    Blank,
    Heads,
    Data(Option<(RowRef, usize)>),
    /// A group's label with values: the row that may take them.
    Group(RowRef, usize),
    Unknown,
}

/// Whether boxes stand on lines of their own, blank ones left out.
fn are_scattered(slots: &[&Slot]) -> bool {
    let on_line = |slot: &&Slot| !slot.place.contains("column") && !slot.text.is_empty();
    slots.iter().all(on_line) && slots.windows(2).all(|pair| pair[0].place != pair[1].place)
}

/// Whether only the first of some boxes is blank.
fn is_slipped(slots: &[&Slot]) -> bool {
    let mut blank = slots.iter().map(|slot| slot.text.is_empty());
    slots.len() > 2 && blank.next() == Some(true) && blank.all(|blank| !blank)
}

/// The boxes from an index on, without blank ones at both ends.
fn trimmed(slots: &[Slot], from: usize) -> &[Slot] {
    let slots = &slots[from.min(slots.len())..];
    let written = |slot: &Slot| !slot.text.is_empty();
    match (
        slots.iter().position(written),
        slots.iter().rposition(written),
    ) {
        (Some(first), Some(last)) => &slots[first..=last],
        _ => &[],
    }
}

/// The values of a row, without blank boxes behind the wanted number; the form
/// prints the first one `printed` columns behind the label.
fn values(data: &Data, start: Start, wanted: usize, printed: Option<usize>) -> Vec<Slot> {
    let slots = &data.row.slots;
    let behind = data.behind();
    let column = |col: usize| slots.partition_point(|slot| slot.col < col).max(behind);
    // A row that moved as a whole: as many values as there are columns, as far
    // from the label as they are printed, and nothing else.
    let written = trimmed(slots, behind);
    let whole = written.len() == wanted && written.iter().all(|slot| !slot.text.is_empty());
    let far = written.first().zip(data.label);
    let far = far.map(|(first, label)| first.col - slots[label].col);
    if whole && far.is_some() && far == printed {
        return written.to_vec();
    }
    let from = match start {
        // A value left of the columns: not to be dropped, so the count will not fit.
        Start::Column(col)
            if slots[behind..column(col)]
                .iter()
                .any(|slot| !slot.text.is_empty() && (behind > 0 || is_value(&slot.text))) =>
        {
            behind
        }
        Start::Column(col) => column(col),
        // Without a label, boxes without a value are its place and its group's.
        _ if data.label.is_none() => {
            let is_free = |slot: &&Slot| slot.text.is_empty() || !is_value(&slot.text);
            let leading = slots.iter().take_while(is_free);
            leading.count().min(slots.len().saturating_sub(wanted))
        }
        Start::Either(col)
            if slots.len() - behind != wanted && slots.len() - column(col) == wanted =>
        {
            column(col)
        }
        _ => behind,
    };
    let mut values = slots[from..].to_vec();
    while values.len() > wanted && values.last().is_some_and(|slot| slot.text.is_empty()) {
        values.pop();
    }
    values
}
