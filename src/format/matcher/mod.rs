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
mod by_order;
mod classify;
pub(super) mod columns;
mod fit;
mod side_by_side;
mod write;

use std::collections::BTreeMap;

use self::by_heads::note_other_column;
pub(super) use self::by_order::{ALL_BY_ORDER, BY_ORDER};
use self::columns::LeftOut;
pub(super) use self::write::MISSING_ROWS;
use super::labels::{Labels, RowRef, Sure};
use super::outline::{Outline, What};
use super::rectangle::{Rectangle, Row, Slot};
use crate::base::number::{self, Typed};
use crate::base::ordinal;
use crate::base::place::Place;
use crate::base::spelling::letters;
use crate::base::words::{Arg, Words, words};
use crate::form::TextId;
use crate::form::printed::{Content, PrintedBox};
use crate::model::{Draft, Seen};

const STARTS: Words = words(
    "{table}有 {count} 行的行名被拆断，按开头认出",
    "{table}: {count} labels are broken over lines; rows were known by their beginnings",
);
const TURNED: Words = words(
    "{table}的行和列是倒过来的，按行名和列名放入",
    "{table} stands on its side; placed by its labels and heads",
);
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
        here: "",
    };
    let mut section = labels.form.texts().next();
    for piece in &outline.pieces {
        filler.here = section.map_or("", |id| labels.form.section(id).tables);
        match &piece.what {
            What::Text(text) => {
                if !outline.says_prose {
                    filler.unread_row(&piece.place, text);
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
            What::Table(rectangle) => filler.table(rectangle),
            What::Object(seen) => filler.object(*seen, &piece.place),
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
pub(super) fn note_by_number(draft: &mut Draft, place: &Place, heading: &str, section: TextId) {
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

/// Whether a box holds a value.
fn is_number(slot: &Slot) -> bool {
    !slot.text.is_empty() && is_value(&slot.text)
}

struct Filler<'a> {
    labels: &'a Labels,
    draft: &'a mut Draft,
    /// Where each row was found.
    seen: Vec<Vec<Option<Place>>>,
    /// The lowest row found so far in each table.
    last: Vec<Option<usize>>,
    /// Where each table was first met.
    touched: Vec<Option<Place>>,
    /// Tables in which rows without a label found no place.
    nameless: Vec<usize>,
    /// Table and group of rows that are printed as one.
    whole_groups: Vec<(usize, &'static str)>,
    /// Places of heads over columns that were left out and named.
    left_out: Vec<Place>,
    /// What stands in the place of each table, and where, by its prefix.
    stands: Vec<(&'static str, Seen, Place)>,
    /// The prefix of the tables of the section that is open; empty where it has none.
    here: &'static str,
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
    /// Its label is that of a group, whose rows it stands for.
    is_group: bool,
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

    fn table(&mut self, rectangle: &Rectangle) {
        if self.as_printed(rectangle) {
            return;
        }
        if let Some((table, turned)) = columns::turned(rectangle, self.labels) {
            let place = rectangle.rows.iter().find(|row| !row.is_blank());
            let args = vec![("table", self.table_name(table))];
            let place = place.map(Row::place).unwrap_or_default();
            self.draft.note(place, TURNED.with(args));
            self.table_upright(&turned);
            return;
        }
        match columns::cleared(rectangle, self.labels) {
            Some((cleared, others)) => {
                let table = self.table_of(&cleared);
                for LeftOut { head, count } in others {
                    note_other_column(self.draft, table.clone(), &head, count);
                }
                self.table_upright(&cleared);
            }
            None => self.table_upright(rectangle),
        }
    }

    /// The name of the table that a rectangle holds, as far as its labels tell.
    fn table_of(&self, rectangle: &Rectangle) -> Arg {
        let form = self.labels.form;
        let mut rows = rectangle.texts().filter_map(|text| self.labels.whole(text));
        let table = rows.next().map(|at| at.table);
        match table.or_else(|| form.tables_of(self.here).next()) {
            Some(table) => self.table_name(table),
            None => words("原文", "the source").into(),
        }
    }

    /// A table whose rows are the form's.
    fn table_upright(&mut self, rectangle: &Rectangle) {
        let rows = self.one_by_one(rectangle);
        let (mut data, heads) = self.sorted(&rows);
        self.touch(&heads.slots);
        self.stand_rows(&data);
        self.group_rows(&mut data);
        self.whole_tables(&mut data, &heads);
        self.by_order(&mut data);
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
                self.unplace(None, &head.place, &head.text);
            }
        }
    }

    /// Keeps a line that begins with the label of a row and goes on with numbers:
    /// a row that could not be read. Until it is, what is missing there is open.
    /// A sentence is none.
    fn unread_row(&mut self, place: &Place, text: &str) {
        let form = self.labels.form;
        if self.here.is_empty() || text.contains(['。', '，', '；']) {
            return;
        }
        let row = self.labels.begins(text);
        if let Some(at) = row.filter(|at| form.tables[at.table].prefix == self.here) {
            self.unplace(Some(at), place, text);
            self.nameless.push(at.table);
        }
    }

    /// Keeps what found no cell: of the table of a row, else of the section that is open.
    fn unplace(&mut self, at: Option<RowRef>, place: &Place, text: impl Into<String>) {
        let prefix = at.map_or(self.here, |at| self.labels.form.tables[at.table].prefix);
        self.draft.push_unplaced_of(prefix, place, text);
    }

    fn unplace_row(&mut self, at: Option<RowRef>, row: &Row) {
        self.unplace(at, &row.place(), row.text());
    }

    /// Remembers what stands in a section of tables and is none.
    fn object(&mut self, seen: Seen, place: &Place) {
        if !self.here.is_empty() {
            self.stands.push((self.here, seen, place.clone()));
        }
    }

    /// Remembers that numbers stand in the place of a table.
    fn stand(&mut self, prefix: &'static str, place: &Place) {
        let mut stands = self.stands.iter();
        let known = stands.any(|(of, seen, _)| *of == prefix && *seen == Seen::Rows);
        if !prefix.is_empty() && !known {
            self.stands.push((prefix, Seen::Rows, place.clone()));
        }
    }

    /// Remembers in the place of which tables rows with numbers stand.
    fn stand_rows(&mut self, data: &[Data]) {
        for data in data {
            let at = data.at.map(|at| self.labels.form.tables[at.table].prefix);
            if data.row.slots.iter().skip(data.behind()).any(is_number) {
                self.stand(at.unwrap_or(self.here), &data.row.place());
            }
        }
    }

    /// Remembers where tables begin whose heads are there even if no number is.
    fn touch(&mut self, heads: &[&Slot]) {
        let mut tables = self.labels.form.tables_of(self.here);
        if let (Some(table), Some(head)) = (tables.next(), heads.first()) {
            self.touched[table].get_or_insert_with(|| head.place.clone());
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
}
