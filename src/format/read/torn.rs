//! Whether text that stands one box a line still has the order of its tables.
//!
//! A program that takes the text out of a PDF may write the numbers of a column one
//! below the other and the labels elsewhere. Then nothing says whose a number is: a
//! label that lost its numbers stands beside numbers that lost their label, or the
//! heads of columns stand in no order that is printed.
//!
//! **Never:** doubts boxes that stand side by side on a line.
//! Next: `read::text`, `matcher`.

use crate::base::ordinal;
use crate::base::place::Place;
use crate::base::words::{Arg, Words, words};
use crate::form::TextId;
use crate::format::labels::{Labels, RowRef};
use crate::format::matcher::is_value;
use crate::format::outline::{Outline, What};
use crate::format::rectangle::{Rectangle, Row, Slot};
use crate::model::{Draft, Seen, Unread};

const LOST_ORDER: Words = words(
    "{tables}的文字被拆散，分不清哪个数是哪一格的，一个数也没有放入；请直接打开 PDF，或用 pdftotext -layout 转成文本再读",
    "the text of {tables} is torn apart and no longer says which number belongs where: none was placed; open the PDF itself, or the text that pdftotext -layout makes of it",
);

/// Takes the tables out of an outline whose order is lost: their rows become pieces
/// without a place, which one note tells.
pub(super) fn set_apart(draft: &mut Draft, outline: &mut Outline, labels: &Labels) {
    let form = labels.form;
    let sections = sections(outline, labels);
    let opened = outline.pieces.iter().filter_map(|piece| match piece.what {
        What::Heading(opens, _) => opens,
        _ => None,
    });
    let is_ordered = opened.is_sorted();
    let of = |section: Option<TextId>| section.map_or("", |id| form.section(id).tables);
    let found = |prefix: &'static str| {
        let tables = outline.pieces.iter().zip(&sections);
        let tables = tables.filter_map(|(piece, section)| match &piece.what {
            What::Table(table) => {
                let own = of(*section);
                (own.is_empty() || own == prefix).then_some(table)
            }
            _ => None,
        });
        let tables: Vec<&Rectangle> = tables.collect();
        let mut found = Found::of(&tables, prefix, labels);
        found.is_there |= sections.iter().any(|section| of(*section) == prefix);
        (prefix, found)
    };
    let prefixes = form.prefixes().into_iter();
    let mut all: Vec<(&str, Found)> = prefixes.map(found).collect();
    all.retain(|(_, found)| found.is_there);
    if !all.iter().any(|(_, found)| found.is_torn(is_ordered)) {
        return;
    }
    // What tore one table may have moved any number that stands alone on its line.
    all.retain(|(_, found)| found.alone > 0 || found.is_torn(is_ordered));
    let torn: Vec<&'static str> = all.into_iter().map(|(prefix, _)| prefix).collect();
    let mut place = None;
    let mut at = 0;
    outline.pieces.retain(|piece| {
        let section = sections[at];
        at += 1;
        let What::Table(table) = &piece.what else {
            return true;
        };
        let is_torn = of(section).is_empty() || torn.contains(&of(section));
        if is_torn {
            place.get_or_insert_with(|| piece.place.clone());
            let prefix = match torn.as_slice() {
                [only] => only,
                _ => of(section),
            };
            for row in table.rows.iter().filter(|row| !row.is_blank()) {
                draft.push_unplaced_of(prefix, row.place(), row.text());
            }
        }
        !is_torn
    });
    tell(draft, &torn, &place.unwrap_or_default(), labels);
}

/// The section in which each piece stands.
fn sections(outline: &Outline, labels: &Labels) -> Vec<Option<TextId>> {
    let mut section = labels.form.texts().next();
    let mut sections: Vec<Option<TextId>> = Vec::new();
    for piece in &outline.pieces {
        match piece.what {
            What::Heading(opens, _) => section = opens.or(section),
            What::Opens(opens) => section = Some(opens),
            What::Text(_) | What::Table(_) | What::Object(_) => {}
        }
        sections.push(section);
    }
    sections
}

/// Tells the tables whose order is lost: nothing of them is known.
fn tell(draft: &mut Draft, torn: &[&'static str], place: &Place, labels: &Labels) {
    let form = labels.form;
    let mut names: Vec<Arg> = Vec::new();
    for &prefix in torn {
        draft.push_unread(Unread {
            prefix,
            seen: Seen::Torn,
            place: place.clone(),
        });
        for table in form.tables_of(prefix) {
            let rows = 0..form.tables[table].rows.len();
            rows.for_each(|row| draft.push_lost(table, row));
        }
        let no = form
            .section_of(prefix)
            .map_or("", |id| form.section(id).ordinal);
        let number = ordinal::small(no).unwrap_or_default();
        let name = words("表{no}", "table {number}");
        names.push(
            name.with(vec![("no", no.into()), ("number", number.into())])
                .into(),
        );
    }
    let tables = Arg::List(words("、", ", "), names);
    draft.note(place.clone(), LOST_ORDER.with(vec![("tables", tables)]));
}

/// What the boxes of a table's text say of their order.
#[derive(Default)]
struct Found {
    /// Its section is there, or a label of its rows.
    is_there: bool,
    /// Values that stand alone on their lines.
    alone: usize,
    /// Labels of rows with fewer values behind them than they have columns.
    holes: usize,
    /// Values behind no label, or more than it has columns.
    surplus: usize,
    /// Heads of columns, or of blocks, stand in no order that is printed.
    has_odd_heads: bool,
}

impl Found {
    fn of(tables: &[&Rectangle], prefix: &'static str, labels: &Labels) -> Self {
        let mut found = Found::default();
        // Table and column of each head, and whether it stands alone.
        let mut heads: Vec<(usize, usize, bool)> = Vec::new();
        for row in tables.iter().flat_map(|table| &table.rows) {
            found.row(row, prefix, labels);
            for slot in &row.slots {
                let head = |table| {
                    let col = labels.col(&slot.text, table)?;
                    Some((table, col, is_alone(row, slot)))
                };
                heads.extend(labels.form.tables_of(prefix).filter_map(head));
            }
        }
        for table in labels.form.tables_of(prefix) {
            let cols = labels.form.tables[table].cols;
            let mut named: Vec<usize> = Vec::new();
            let mut alone = 0;
            for (of, col, is_alone) in &heads {
                // The total is printed last, but its box may begin further up.
                if *of == table && cols[*col].class != "total" && !named.contains(col) {
                    named.push(*col);
                    alone += usize::from(*is_alone);
                }
            }
            found.has_odd_heads |= cols.len() > 2 && alone > 1 && !named.is_sorted();
        }
        found
    }

    fn row(&mut self, row: &Row, prefix: &str, labels: &Labels) {
        let row_of = |slot: &Slot| {
            let text = &slot.text;
            let part = || labels.row(text).filter(|_| !labels.is_label(text));
            let at = labels.whole(text).or_else(|| part().map(|(at, _)| at));
            at.filter(|at| labels.form.tables[at.table].prefix == prefix)
        };
        let cols = |at: RowRef| labels.form.tables[at.table].cols.len();
        let mut last: Option<RowRef> = None;
        // All boxes behind the label, and those as far as the last written one.
        let (mut boxes, mut values) = (0, 0);
        let mut close = |last: Option<RowRef>, boxes: usize, values: usize, is_alone: bool| {
            let wanted = last.map_or(0, cols);
            self.holes += usize::from(is_alone && boxes < wanted);
            self.surplus += usize::from(is_alone && values > wanted);
        };
        let mut alone = false;
        for slot in &row.slots {
            let stands_alone = is_alone(row, slot);
            self.is_there |= row_of(slot).is_some();
            if slot.text.is_empty() || is_value(&slot.text) {
                boxes += 1;
                if !slot.text.is_empty() {
                    values = boxes;
                }
                alone |= stands_alone;
                self.alone += usize::from(stands_alone && !slot.text.is_empty());
            } else if let Some(at) = row_of(slot).filter(|at| !labels.is_one_row(at.table)) {
                close(last, boxes, values, last.is_some() && stands_alone || alone);
                (last, boxes, values, alone) = (Some(at), 0, 0, stands_alone);
            }
        }
        close(last, boxes, values, alone);
    }

    fn is_torn(&self, is_ordered: bool) -> bool {
        /// Fewer values alone on their lines say nothing.
        const LEAST: usize = 2;
        self.has_odd_heads
            || self.alone >= LEAST && (!is_ordered || self.holes > 0 && self.surplus > 0)
    }
}

/// Whether a box stands on a line of its own.
fn is_alone(row: &Row, slot: &Slot) -> bool {
    let mut beside = row.slots.iter();
    !beside.any(|other| other.col != slot.col && other.place == slot.place)
}
