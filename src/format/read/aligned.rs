//! The grid of a table that no lines rule: boxes stand side by side, one row a line.
//!
//! Pages have two finders of grids. `read::ruled` follows ruling lines and knows no
//! form. Here the columns are those of the heads, else those in which whole rows stand.
//!
//! **Never:** gives a value to a column that it does not stand under.
//! Next: `read::flow`, which joins what is one table.

use std::collections::BTreeMap;

use crate::base::place::Place;
use crate::format::labels::Labels;
use crate::format::marks::clean;
use crate::format::matcher::is_value;
use crate::format::read::page::{Line, Part};
use crate::format::rectangle::{Rectangle, Row, Slot};

/// How far a value may stand beside the middle of its column.
const EDGE: f32 = 3.0;

/// The grid of lines of numbers: columns stand where the rows of a page have them.
/// `is_text` says that a program laid them out with spaces; `place` says where a column
/// of a line stands.
pub(super) fn table(
    lines: &[(usize, Line)],
    is_text: bool,
    labels: &Labels,
    place_of: impl Fn(usize, &Line, usize) -> Place,
) -> Rectangle {
    let start = lines.iter().map(|(_, line)| line.parts.len()).max();
    let start = start.unwrap_or(0);
    let mut known: BTreeMap<(usize, Option<usize>), Vec<Span>> = BTreeMap::new();
    let mut columns_in = |page: usize, count: Option<usize>| -> Vec<Span> {
        // Pages of a PDF have their columns in the same places.
        let page = if is_text { page } else { 0 };
        if let Some(columns) = known.get(&(page, count)) {
            return columns.clone();
        }
        let of_page: Vec<&Line> = lines
            .iter()
            .filter(|(other, _)| !is_text || *other == page)
            .map(|(_, line)| line)
            .collect();
        let lacking = lacking(lines, count, labels).filter(|_| is_text);
        let columns = columns(&of_page, count, lacking, is_text, labels);
        known.insert((page, count), columns.clone());
        columns
    };
    let rows = lines.iter().enumerate().map(|(at, (page, line))| {
        let place = |col: usize| place_of(*page, line, col + 1);
        let found = values(line);
        let words = &line.parts[..line.parts.len() - found.len()];
        let label = |(col, part): (usize, &Part)| Slot {
            span: 1,
            col,
            text: clean(&part.text).into_owned(),
            place: place(col),
        };
        let value = |(col, part): (usize, Option<&Part>)| Slot {
            span: 1,
            col: start + col,
            text: part
                .map(|part| clean(&part.text).into_owned())
                .unwrap_or_default(),
            place: place(start + col),
        };
        let mut slots: Vec<Slot> = words.iter().enumerate().map(label).collect();
        let count = columns_of(words, labels);
        let columns = (count.is_some() || words.is_empty())
            .then(|| columns_in(*page, count))
            .filter(|columns| !columns.is_empty())
            .filter(|_| !found.is_empty() || is_blank_row(lines, at, labels))
            .and_then(|columns| under(&columns, found));
        match columns {
            Some(columns) => slots.extend(columns.into_iter().enumerate().map(value)),
            None => slots.extend(found.iter().map(Some).enumerate().map(value)),
        }
        Row { slots }
    });
    Rectangle {
        rows: rows.collect(),
    }
}

/// The parts at the end of a line that are values.
pub(super) fn values(line: &Line) -> &[Part] {
    &line.parts[line.parts.len() - values_of(line)..]
}

/// How many columns the row has that the last of some words names.
fn columns_of(words: &[Part], labels: &Labels) -> Option<usize> {
    let label = words.last().filter(|part| labels.is_label(&part.text))?;
    let (at, _) = labels.row(&label.text)?;
    Some(labels.form.tables[at.table].cols.len())
}

/// Whether a line is the label of a row and nothing else, and no numbers without
/// a label stand beside it that may be its own.
fn is_blank_row(lines: &[(usize, Line)], at: usize, labels: &Labels) -> bool {
    let (page, line) = &lines[at];
    let last = line.parts.last();
    let is_label = last.is_some_and(|part| labels.whole(&part.text).is_some());
    let beside = [at.checked_sub(1), at.checked_add(1)];
    let mut beside = beside.into_iter().flatten().filter_map(|at| lines.get(at));
    let nameless = |(other, line): &(usize, Line)| {
        other == page && !line.parts.is_empty() && values_of(line) == line.parts.len()
    };
    is_label && !beside.any(nameless)
}

/// Where a column stands, from left to right; nowhere if its head is not there.
type Span = Option<(f32, f32)>;

/// A column that stands around a middle.
fn around(middle: f32) -> (f32, f32) {
    (middle - EDGE, middle + EDGE)
}

/// The values of a row under the columns, if each stands under one of its own.
fn under<'a>(columns: &[Span], row: &'a [Part]) -> Option<Vec<Option<&'a Part>>> {
    let mut placed = vec![None; columns.len()];
    let mut free = 0;
    for part in row {
        let over =
            |span: &Span| span.is_some_and(|(from, to)| part.left <= to && from <= part.right);
        let mut found = (0..columns.len()).filter(|col| over(&columns[*col]));
        let col = found.next().filter(|col| *col >= free)?;
        if found.next().is_some() {
            return None;
        }
        free = col + 1;
        placed[col] = Some(part);
    }
    Some(placed)
}

/// The columns of some lines: as many as the rows with such labels have, or as a
/// table of one row has. None where they are not known.
fn columns(
    lines: &[&Line],
    count: Option<usize>,
    lacking: Option<usize>,
    is_text: bool,
    labels: &Labels,
) -> Vec<Span> {
    let rows = lines.iter().filter(|line| {
        let words = &line.parts[..line.parts.len() - values_of(line)];
        columns_of(words, labels) == count && (count.is_some() || words.is_empty())
    });
    let rows: Vec<&[Part]> = rows.map(|line| values(line)).collect();
    // A program that lays out text moves heads away from what they stand over.
    let heads = if is_text {
        Vec::new()
    } else {
        heads(lines, count, labels)
    };
    let fits = |columns: &[Span]| {
        let mut rows = rows.iter();
        rows.all(|row| row.is_empty() || under(columns, row).is_some())
    };
    match count {
        _ if !heads.is_empty() && fits(&heads) => heads,
        Some(count) => {
            let mut spans = spans(&rows, count - usize::from(lacking.is_some()));
            if spans.is_empty() {
                let centres = centres(&rows, is_text);
                spans = centres.into_iter().map(around).map(Some).collect();
            }
            if let (Some(lacking), true) = (lacking, spans.len() + 1 == count) {
                spans.insert(lacking, None);
            }
            if spans.len() == count {
                spans
            } else {
                Vec::new()
            }
        }
        None => Vec::new(),
    }
}

/// The one column whose head is not there, if all others are.
fn lacking(lines: &[(usize, Line)], count: Option<usize>, labels: &Labels) -> Option<usize> {
    let lines = lines.iter().map(|(_, line)| line);
    let parts = lines
        .filter(|line| values_of(line) == 0)
        .flat_map(|line| &line.parts);
    let parts: Vec<&Part> = parts.collect();
    (0..labels.form.tables.len()).find_map(|table| {
        let cols = labels.form.tables[table].cols.len();
        if Some(cols) != count || cols <= 2 {
            return None;
        }
        let col = |part: &&Part| labels.begins_col(&part.text, table);
        let named: Vec<usize> = parts.iter().filter_map(col).collect();
        let mut unnamed = (0..cols).filter(|col| !named.contains(col));
        let one = unnamed.next()?;
        unnamed.next().is_none().then_some(one)
    })
}

/// The columns that whole rows show, if nearly all rows are whole and no value
/// stands over two of them.
fn spans(rows: &[&[Part]], count: usize) -> Vec<Span> {
    /// Least whole rows that show a column.
    const LEAST: usize = 3;
    let whole: Vec<&&[Part]> = rows.iter().filter(|row| row.len() == count).collect();
    let written = rows.iter().filter(|row| !row.is_empty()).count();
    if whole.len() < LEAST || whole.len() * 4 < written * 3 {
        return Vec::new();
    }
    let edge = |col: usize| {
        let parts = whole.iter().map(|row| &row[col]);
        let left = parts.clone().map(|part| part.left).fold(f32::MAX, f32::min);
        (left, parts.map(|part| part.right).fold(f32::MIN, f32::max))
    };
    let spans: Vec<(f32, f32)> = (0..count).map(edge).collect();
    let apart = spans.windows(2).all(|pair| pair[0].1 < pair[1].0);
    if !apart {
        return Vec::new();
    }
    spans.into_iter().map(Some).collect()
}

/// Where the heads of a table stand, if they stand there in order. One may lack.
fn heads(lines: &[&Line], count: Option<usize>, labels: &Labels) -> Vec<Span> {
    let parts = || {
        let lines = lines.iter().filter(|line| values_of(line) == 0);
        lines.flat_map(|line| &line.parts)
    };
    let middle = |part: &Part| f32::midpoint(part.left, part.right);
    let of_table = |table: usize| {
        let cols = labels.form.tables[table].cols.len();
        let wanted: Vec<usize> = match (count, labels.is_one_row(table)) {
            (Some(count), false) if count == cols => (0..cols).collect(),
            (None, true) => (0..labels.form.tables[table].len())
                .map(|at| at % cols)
                .collect(),
            _ => return None,
        };
        let mut found: Vec<(Span, f32, usize)> = parts()
            .filter_map(|part| {
                let at = middle(part);
                Some((Some(around(at)), at, labels.begins_col(&part.text, table)?))
            })
            .collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1));
        // The heads of another page stand in the same places.
        found.dedup_by(|a, b| a.2 == b.2 && (a.1 - b.1).abs() <= EDGE);
        if count.is_some() && found.len() + 1 == wanted.len() {
            let lacking = (0..found.len()).find(|at| found[*at].2 != wanted[*at]);
            let lacking = lacking.unwrap_or(found.len());
            found.insert(lacking, (None, 0.0, wanted[lacking]));
        }
        let cols = found.iter().map(|(.., col)| *col);
        cols.eq(wanted)
            .then(|| found.iter().map(|(span, ..)| *span).collect())
    };
    let mut tables = 0..labels.form.tables.len();
    tables.find_map(of_table).unwrap_or_default()
}

/// The middles of the columns in which the values of some rows stand: those of
/// whole rows, else of all rows. None where a value stands beside them all.
///
/// A program that lays out text moves what has no room: there whole rows must
/// tell, and every row must end where they end.
fn centres(rows: &[&[Part]], is_text: bool) -> Vec<f32> {
    /// Least rows that show a column where no row is whole.
    const LEAST: usize = 2;
    let middle = |part: &Part| f32::midpoint(part.left, part.right);
    let most = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let mut spans: Vec<(f32, f32)> = rows
        .iter()
        .flat_map(|row| row.iter().map(|part| (part.left, part.right)))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<(f32, f32, usize)> = Vec::new();
    for (left, right) in spans {
        match columns.last_mut() {
            Some(last) if left <= last.1 => {
                last.1 = last.1.max(right);
                last.2 += 1;
            }
            _ => columns.push((left, right, 1)),
        }
    }
    let shown = columns.iter().all(|(.., rows)| *rows >= LEAST);
    let centres: Vec<f32> = if columns.len() > most && shown && !is_text {
        let middle = |(left, right, _): &(f32, f32, usize)| f32::midpoint(*left, *right);
        columns.iter().map(middle).collect()
    } else {
        let whole: Vec<&&[Part]> = rows.iter().filter(|row| row.len() == most).collect();
        // Few rows on a page: the number is exact.
        #[expect(clippy::cast_precision_loss, reason = "some dozens of rows")]
        let count = whole.len() as f32;
        let sum = |col: usize| whole.iter().map(|row| middle(&row[col])).sum::<f32>();
        (0..most).map(|col| sum(col) / count).collect()
    };
    let ends = |columns: Vec<Option<&Part>>| !is_text || columns.last().is_none_or(Option::is_some);
    let columns: Vec<Span> = centres.iter().copied().map(around).map(Some).collect();
    let fits = rows
        .iter()
        .all(|row| row.is_empty() || under(&columns, row).is_some_and(ends));
    if fits { centres } else { Vec::new() }
}

/// How many parts at the end of a line are values.
pub(super) fn values_of(line: &Line) -> usize {
    line.parts
        .iter()
        .rev()
        .take_while(|part| is_value(&part.text))
        .count()
}
