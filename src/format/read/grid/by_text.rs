//! Grids that no lines rule: the columns in which rows of text stand.
//!
//! The columns are those of the heads, else those in which whole rows stand.
//!
//! **Never:** gives a value to a column that it does not stand under.
//! Next: `text_rows`, which tells which lines are rows.

use std::collections::BTreeMap;

use super::text_rows::words_and_values;
use super::{Cell, Grid, Row, Source};
use crate::format::labels::Labels;
use crate::format::read::page::{Line, Part};

/// How far a value may stand beside the middle of its column.
const EDGE: f32 = 3.0;

/// The grid of lines that are rows of tables: columns stand where the rows of a page
/// have them.
pub(in crate::format::read) fn grid(lines: &[Line], source: Source, labels: &Labels) -> Grid {
    let mut finder = Finder {
        lines,
        source,
        labels,
        known: BTreeMap::new(),
    };
    let start = lines.iter().map(|line| line.parts.len()).max();
    let start = start.unwrap_or(0);
    let rows = (0..lines.len()).map(|at| finder.row(at, start));
    Grid {
        rows: rows.collect(),
    }
}

struct Finder<'a> {
    lines: &'a [Line],
    source: Source,
    labels: &'a Labels,
    /// The columns of a page for rows of so many, or for those of a table of one row.
    known: BTreeMap<(usize, Option<usize>), Vec<Span>>,
}

impl Finder<'_> {
    /// The boxes of a line; columns of values begin with `start`.
    fn row(&mut self, at: usize, start: usize) -> Row {
        let line = &self.lines[at];
        let (words, values) = words_and_values(line);
        let count = columns_of(words, self.labels);
        let is_row =
            (count.is_some() || words.is_empty()) && (!values.is_empty() || self.is_blank_row(at));
        let columns = is_row.then(|| self.columns_for(line.page, count));
        let columns = columns.filter(|columns| !columns.is_empty());
        let placed = columns.and_then(|columns| under(columns, values));
        let placed = placed.unwrap_or_else(|| values.iter().map(Some).collect());
        let cell = |(col, part): (usize, Option<&Part>)| Cell {
            col,
            line: line.no,
            text: part.map_or_else(String::new, |part| part.text.clone()),
        };
        let words = words.iter().map(Some).enumerate();
        let values = placed.into_iter().enumerate();
        let values = values.map(|(col, part)| (start + col, part));
        Row {
            page: line.page,
            cells: words.chain(values).map(cell).collect(),
        }
    }

    /// The columns for a row on a page.
    fn columns_for(&mut self, page: usize, count: Option<usize>) -> &[Span] {
        // Pages of a document have their columns in the same places.
        let is_text = self.source == Source::Text;
        let page = if is_text { page } else { 0 };
        let (lines, source, labels) = (self.lines, self.source, self.labels);
        self.known.entry((page, count)).or_insert_with(|| {
            let of_page = lines.iter().filter(|line| !is_text || line.page == page);
            let of_page: Vec<&Line> = of_page.collect();
            let lacking = lacking(lines, count, labels).filter(|_| is_text);
            columns(&of_page, count, lacking, source, labels)
        })
    }

    /// Whether a line is the label of a row and nothing else, and no numbers without
    /// a label stand beside it that may be its own.
    fn is_blank_row(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let last = line.parts.last();
        let is_label = last.is_some_and(|part| self.labels.whole(&part.text).is_some());
        let beside = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten();
        let mut beside = beside.filter_map(|at| self.lines.get(at));
        let nameless = |other: &Line| {
            let (words, values) = words_and_values(other);
            other.page == line.page && words.is_empty() && !values.is_empty()
        };
        is_label && !beside.any(nameless)
    }
}

/// How many columns the row has that the last of some words names.
fn columns_of(words: &[Part], labels: &Labels) -> Option<usize> {
    let label = words.last().filter(|part| labels.is_label(&part.text))?;
    let (at, _) = labels.row(&label.text)?;
    Some(labels.form.tables[at.table].cols.len())
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
    source: Source,
    labels: &Labels,
) -> Vec<Span> {
    let rows = lines.iter().map(|line| words_and_values(line));
    let rows = rows.filter(|(words, _)| {
        columns_of(words, labels) == count && (count.is_some() || words.is_empty())
    });
    let rows: Vec<&[Part]> = rows.map(|(_, values)| values).collect();
    // A program that lays out text moves heads away from what they stand over.
    let heads = match source {
        Source::Pages => heads(lines, count, labels),
        Source::Text => Vec::new(),
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
                let centres = centres(&rows, source);
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
fn lacking(lines: &[Line], count: Option<usize>, labels: &Labels) -> Option<usize> {
    let parts: Vec<&Part> = lines.iter().filter_map(only_words).flatten().collect();
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
    let parts = || lines.iter().filter_map(|line| only_words(line)).flatten();
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
fn centres(rows: &[&[Part]], source: Source) -> Vec<f32> {
    /// Least rows that show a column where no row is whole.
    const LEAST: usize = 2;
    let is_text = source == Source::Text;
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

/// The parts of a line that has no values.
fn only_words(line: &Line) -> Option<&[Part]> {
    let (words, values) = words_and_values(line);
    values.is_empty().then_some(words)
}
