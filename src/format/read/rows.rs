//! Boxes that stand one a line, cut into rows by their labels.
//!
//! **Never:** decides which cell a box is; that is the matcher's.
//! Next: `read::text`.

use crate::format::labels::Labels;
use crate::format::matcher::is_value;
use crate::format::rectangle::Row;

/// Cuts boxes that stand one a line into rows: a label behind values begins a
/// row. Labels broken over lines are joined.
pub(super) fn cut(row: Row, labels: &Labels) -> Vec<Row> {
    let mut rows = vec![Row::default()];
    // How many values the current row's label asks for, and how many it has.
    let mut wanted: Option<usize> = None;
    let mut values = 0;
    for slot in row.slots {
        let current = rows.last_mut().expect("there is always a row");
        if slot.text.is_empty() {
            // Behind heads stand the values of a row without a label.
            if wanted.is_none() && values == 0 && ends_heads(current, labels) {
                rows.push(Row::default());
            }
            values += usize::from(wanted.is_some());
            let current = rows.last_mut().expect("there is always a row");
            current.push(slot.text, slot.place);
            continue;
        }
        let is_odd = || {
            wanted.is_some_and(|wanted| values < wanted)
                && !labels.is_printed(&slot.text)
                && labels.row(&slot.text).is_none()
        };
        if is_value(&slot.text) || is_odd() && !joins(current, &slot.text, labels) {
            if values == 0 && ends_heads(current, labels) {
                rows.push(Row::default());
            }
            values += 1;
            let current = rows.last_mut().expect("there is always a row");
            current.push(slot.text, slot.place);
            continue;
        }
        if values == 0 && joins(current, &slot.text, labels) {
            let last = current.slots.last_mut().expect("a box to join");
            last.text.push_str(&slot.text);
        } else {
            if values > 0 || labels.whole(&slot.text).is_some() && ends_heads(current, labels) {
                rows.push(Row::default());
            }
            let current = rows.last_mut().expect("there is always a row");
            current.push(slot.text, slot.place);
        }
        values = 0;
        let current = rows.last().filter(|row| !ends_heads(row, labels));
        let label = current.and_then(|row| row.slots.last());
        let row = label.and_then(|label| labels.row(&label.text));
        wanted = row.map(|(at, _)| labels.form.tables[at.table].cols.len());
    }
    rows
}

/// Whether a row ends with heads of columns: values behind them have no label.
fn ends_heads(row: &Row, labels: &Labels) -> bool {
    let mut written = row.slots.iter().rev().filter(|slot| !slot.text.is_empty());
    let (Some(last), Some(before)) = (written.next(), written.next()) else {
        return false;
    };
    labels.are_cols(&last.text, &before.text)
}

/// Whether a piece goes on with a label that the last box began.
fn joins(row: &Row, text: &str, labels: &Labels) -> bool {
    row.slots.last().is_some_and(|last| {
        !last.text.is_empty()
            && !is_value(&last.text)
            && !labels.is_label(&last.text)
            && labels.is_printed(&[&last.text, text].concat())
    })
}
