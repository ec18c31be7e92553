//! Columns that are no form's, and tables that stand on their side.
//!
//! People number the rows of a table, and programs do (`行次`, an index); some print
//! the labels once more on the right; some give each kind of applicant a row.
//!
//! **Never:** asks how many values a row has.
//! Next: `matcher`, which places what is left.

use crate::base::spelling::letters;
use crate::format::labels::{Labels, Sure};
use crate::format::rectangle::{Rectangle, Row, Slot};

/// Heads over columns that number the rows.
const COUNTING: [&str; 7] = ["序号", "行次", "编号", "序", "行号", "代码", "栏次"];
/// Least boxes that count 1, 2, 3 and make a column one of numbers without its head.
const LEAST_COUNTED: usize = 5;
/// So many boxes may begin to count anywhere.
const LONG_COUNT: usize = 12;
/// Least labels that stand once more on their row.
const LEAST_REPEATED: usize = 3;
/// What a program writes over columns that have no name.
const UNNAMED: &str = "Unnamed:";

/// A column that was left out.
pub(in crate::format) struct LeftOut {
    /// Its head, or its first box.
    pub(in crate::format) head: Slot,
    /// Boxes with something in them.
    pub(in crate::format) count: usize,
}

/// A rectangle without columns that number its rows or repeat its labels, and what
/// was left out; None if there are none.
pub(in crate::format) fn cleared(
    table: &Rectangle,
    labels: &Labels,
) -> Option<(Rectangle, Vec<LeftOut>)> {
    let columns = columns(table);
    let counted: Vec<Option<Sure>> = columns
        .iter()
        .map(|(_, boxes)| counts(boxes, labels))
        .collect();
    // Where several seem to count, they are the values of a table without heads.
    let near = counted.iter().filter(|sure| **sure == Some(Sure::Near));
    let several = near.count() > 1;
    let mut out = Vec::new();
    let mut gone = Vec::new();
    for ((col, boxes), counted) in columns.iter().zip(&counted) {
        let counts = counted.is_some_and(|sure| sure == Sure::Label || !several);
        if counts || repeats(table, boxes, *col, labels) {
            gone.push(*col);
            out.push(LeftOut {
                head: boxes[0].1.clone(),
                count: boxes.len(),
            });
        }
    }
    let mut slots = table.rows.iter().flat_map(|row| &row.slots);
    let named = !slots.any(is_unnamed);
    (!out.is_empty() || !named).then(|| (without(table, &gone), out))
}

/// The written boxes of each column, with their rows; none of a column without any.
fn columns(table: &Rectangle) -> Vec<(usize, Vec<(usize, &Slot)>)> {
    let width = table.rows.iter().flat_map(|row| &row.slots);
    let width = width.map(|slot| slot.col + 1).max().unwrap_or(0);
    let boxes_of = |col: usize| {
        let rows = table.rows.iter().enumerate();
        let boxes = rows.filter_map(|(row, of)| {
            let slot = of.slots.iter().find(|slot| slot.col == col)?;
            (!slot.text.is_empty()).then_some((row, slot))
        });
        boxes.collect::<Vec<(usize, &Slot)>>()
    };
    let columns = (0..width).map(|col| (col, boxes_of(col)));
    columns.filter(|(_, boxes)| !boxes.is_empty()).collect()
}

/// Whether a program wrote a box over a column that has no name.
fn is_unnamed(slot: &Slot) -> bool {
    slot.text.starts_with(UNNAMED)
}

/// A rectangle without some columns, and without what programs write for no name.
fn without(table: &Rectangle, gone: &[usize]) -> Rectangle {
    let kept = |slot: &Slot| {
        let mut slot = slot.clone();
        if is_unnamed(&slot) {
            slot.text.clear();
        }
        slot
    };
    let rows = table.rows.iter().map(|row| {
        let slots = row.slots.iter().filter(|slot| !gone.contains(&slot.col));
        Row {
            slots: slots.map(kept).collect(),
        }
    });
    Rectangle {
        rows: rows.collect(),
    }
}

/// How sure it is that the boxes of a column count the rows: by their head or by
/// themselves. None under a head of the form's.
fn counts(boxes: &[(usize, &Slot)], labels: &Labels) -> Option<Sure> {
    let digits = |slot: &Slot| {
        let is_number = (1..=4).contains(&slot.text.len());
        let digits = is_number && slot.text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| slot.text.parse::<usize>().ok()).flatten()
    };
    let heads = boxes.iter().take_while(|(_, slot)| digits(slot).is_none());
    let heads: Vec<&Slot> = heads.map(|(_, slot)| *slot).collect();
    let numbers: Option<Vec<usize>> = boxes[heads.len()..]
        .iter()
        .map(|(_, slot)| digits(slot))
        .collect();
    let numbers = numbers?;
    let of_form = |head: &&Slot| {
        let tables = 0..labels.form.tables.len();
        let mut tables = tables.filter(|table| labels.col(&head.text, *table).is_some());
        tables.next().is_some() || labels.whole(&head.text).is_some()
    };
    let is_counting = |head: &&Slot| COUNTING.contains(&&*letters(&head.text));
    let called = heads.iter().any(is_counting);
    let least = if called { 2 } else { LEAST_COUNTED };
    // Nothing that is counted in a report goes on like this row by row.
    let starts = numbers.first().is_some_and(|first| *first <= 1) || numbers.len() >= LONG_COUNT;
    let steps = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let is = !heads.iter().any(of_form)
        && numbers.len() >= least
        && (starts && steps || called && numbers.is_sorted());
    is.then_some(if called { Sure::Label } else { Sure::Near })
}

/// Whether the boxes of a column are labels that stand further left on their rows.
fn repeats(table: &Rectangle, boxes: &[(usize, &Slot)], col: usize, labels: &Labels) -> bool {
    let is_repeated = |(row, slot): &&(usize, &Slot)| {
        let mut before = table.rows[*row].slots.iter();
        let same =
            before.any(|other| other.col < col && letters(&other.text) == letters(&slot.text));
        same && labels.whole(&slot.text).is_some()
    };
    let repeated = boxes.iter().filter(is_repeated).count();
    repeated >= LEAST_REPEATED && repeated + 1 >= boxes.len()
}

/// A table whose columns are the form's rows, turned back; and which table it is.
pub(in crate::format) fn turned(table: &Rectangle, labels: &Labels) -> Option<(usize, Rectangle)> {
    (0..labels.form.tables.len()).find_map(|of| Some((of, turned_as(table, labels, of)?)))
}

fn turned_as(table: &Rectangle, labels: &Labels, of: usize) -> Option<Rectangle> {
    let form = &labels.form.tables[of];
    if form.rows.len() < 2 || form.cols.len() < 2 {
        return None;
    }
    let row_of = |text: &str| {
        let found = labels.row(text).filter(|(at, _)| at.table == of);
        found.filter(|(_, sure)| *sure != Sure::Near)
    };
    let heads_of = |row: &Row| {
        let named = row.slots.iter().filter(|slot| row_of(&slot.text).is_some());
        named.count()
    };
    // The row of heads that names most rows of the form; others stand above it.
    let (at, count) = table
        .rows
        .iter()
        .map(heads_of)
        .enumerate()
        .max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at)))?;
    if count < 2 || count * 2 < form.rows.len() {
        return None;
    }
    let (heads, below) = table.rows.split_at(at + 1);
    let label = |row: &Row| {
        let mut words = row.slots.iter().filter(|slot| !slot.text.is_empty());
        let slot = words.find(|slot| labels.col(&slot.text, of).is_some())?;
        Some(slot.clone())
    };
    let lines: Vec<(Slot, &Row)> = below
        .iter()
        .filter_map(|row| Some((label(row)?, row)))
        .collect();
    if lines.len() < 2 || lines.len() * 2 < form.cols.len() {
        return None;
    }
    let first = lines.iter().map(|(slot, _)| slot.col).max()?;
    Some(upright(table, heads, &lines, first + 1))
}

/// A table whose columns, from one on, are rows under the labels of some lines.
fn upright(table: &Rectangle, heads: &[Row], lines: &[(Slot, &Row)], from: usize) -> Rectangle {
    let moved = |slot: &Slot, col: usize| Slot {
        col,
        span: 1,
        ..slot.clone()
    };
    let names = lines.iter().enumerate();
    let mut rows = vec![Row {
        slots: names
            .map(|(line, (slot, _))| moved(slot, line + 1))
            .collect(),
    }];
    let ends = table.rows.iter().flat_map(|row| &row.slots);
    let end = ends.map(|slot| slot.col + slot.span).max().unwrap_or(0);
    for col in from..end {
        let over = |row: &Row| row.slots.iter().find(|slot| slot.covers(col)).cloned();
        // The lowest head names the column, be it a row of the form or not.
        let mut lowest = heads.iter().rev().filter_map(over);
        let Some(head) = lowest.find(|head| !head.text.is_empty()) else {
            continue;
        };
        let values = lines.iter().enumerate().filter_map(|(line, (_, row))| {
            let slot = row.slots.iter().find(|slot| slot.col == col)?;
            Some(moved(slot, line + 1))
        });
        rows.push(Row {
            slots: std::iter::once(moved(&head, 0)).chain(values).collect(),
        });
    }
    Rectangle { rows }
}
