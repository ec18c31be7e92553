//! Blocks of pages to pieces in the order of reading.
//!
//! A table that goes on over a page is one; rows that the end of a page cut are
//! joined; lines become paragraphs, or rows of a table where numbers stand side by side.
//!
//! **Never:** reads a file.
//! Next: `read::page` for blocks, `read::aligned` for tables without lines, `assemble`.

use std::borrow::Cow;

use crate::base::ordinal;
use crate::base::place::Place;
use crate::format::labels::Labels;
use crate::format::marks::clean;
use crate::format::matcher::is_value;
use crate::format::outline::{Piece, What};
use crate::format::read::aligned::{self, values, values_of};
use crate::format::read::page::{Block, Cell, Line, Part, Table};
use crate::format::read::ruled::snapped;
use crate::format::rectangle::{Rectangle, Row, Slot};
use crate::model::Seen;

/// How far edges of a table that goes on may differ.
const EDGE: f32 = 3.0;

/// The texts of pages, by which the form is told: their lines and boxes in order, then
/// what stands side by side on a line.
pub(super) fn texts(pages: &[(usize, Vec<Block>)]) -> Vec<Cow<'_, str>> {
    let mut texts = Vec::new();
    let mut parts = Vec::new();
    for block in pages.iter().flat_map(|(_, blocks)| blocks) {
        match block {
            Block::Line(line) => match line.parts.as_slice() {
                [part] => texts.push(Cow::from(&part.text)),
                several => {
                    texts.push(line.text().into());
                    parts.extend(several.iter().map(|part| Cow::from(&part.text)));
                }
            },
            Block::Table(table) => {
                let cells = table.rows.iter().flatten();
                texts.extend(cells.map(|cell| Cow::from(&cell.text)));
            }
            Block::Picture => {}
        }
    }
    texts.append(&mut parts);
    texts
}

/// Blocks of pages to pieces in the order of reading.
pub(in crate::format) struct Flow<'a> {
    labels: &'a Labels,
    /// It is text laid out as pages: lines are counted from its beginning.
    is_text: bool,
    pieces: Vec<Piece>,
    /// The table that may go on, with its rows' pages.
    table: Option<(Table, Vec<usize>)>,
    /// Lines of text that may go on, with their page.
    lines: Vec<(usize, Line)>,
}

impl<'a> Flow<'a> {
    /// For pages.
    pub(super) fn of_pages(labels: &'a Labels) -> Self {
        Flow {
            labels,
            is_text: false,
            pieces: Vec::new(),
            table: None,
            lines: Vec::new(),
        }
    }

    /// For text that is laid out as pages are.
    pub(super) fn of_text(labels: &'a Labels) -> Self {
        Flow {
            is_text: true,
            ..Flow::of_pages(labels)
        }
    }

    pub(in crate::format) fn page(&mut self, no: usize, mut blocks: Vec<Block>) {
        blocks.retain(|block| !matches!(block, Block::Line(line) if line.parts.is_empty()));
        let is_number = |block: &Block| matches!(block, Block::Line(line) if is_page_number(line));
        if blocks.last().is_some_and(is_number) {
            blocks.pop();
        }
        if blocks.first().is_some_and(is_number) {
            blocks.remove(0);
        }
        for block in blocks {
            match block {
                Block::Line(line) => {
                    self.end_table();
                    self.lines.push((no, line));
                }
                Block::Table(table) => {
                    self.end_lines();
                    self.table(no, table);
                }
                Block::Picture => {
                    self.end_table();
                    self.end_lines();
                    self.pieces.push(Piece {
                        place: Place::Page(no),
                        what: What::Object(Seen::Picture),
                    });
                }
            }
        }
    }

    /// Joins a table to the one before if it stands in the same edges.
    fn table(&mut self, no: usize, mut table: Table) {
        let same = self.table.as_ref().is_some_and(|(last, pages)| {
            let ends = |a: Option<&f32>, b: Option<&f32>| {
                a.zip(b).is_some_and(|(a, b)| (a - b).abs() <= EDGE)
            };
            pages.last().is_some_and(|page| page + 1 == no)
                && ends(last.edges.first(), table.edges.first())
                && ends(last.edges.last(), table.edges.last())
        });
        if !same {
            self.end_table();
        }
        let (whole, pages) = self.table.get_or_insert_default();
        if let (Some(last), Some(first)) = (whole.rows.last_mut(), table.rows.first())
            && let Some(joined) = joined(last, first, self.labels)
        {
            *last = joined;
            table.rows.remove(0);
        }
        pages.extend(vec![no; table.rows.len()]);
        whole.rows.append(&mut table.rows);
        whole.edges.append(&mut table.edges);
    }

    fn end_table(&mut self) {
        let Some((table, pages)) = self.table.take() else {
            return;
        };
        let edges = snapped(table.edges);
        let rows = table.rows.into_iter().zip(pages).map(|(row, page)| {
            let slots = row.into_iter().map(|cell| {
                let col = edges.partition_point(|edge| *edge < cell.left - EDGE);
                Slot {
                    span: 1,
                    col,
                    place: Place::PageBox {
                        page,
                        line: cell.line,
                        col: col + 1,
                    },
                    text: clean(&cell.text).into_owned(),
                }
            });
            Row {
                slots: slots.collect(),
            }
        });
        let table = Rectangle {
            rows: rows.collect(),
        };
        self.pieces.push(Piece::table(table));
    }

    /// Makes paragraphs, and rows of numbers, of the lines so far.
    fn end_lines(&mut self) {
        let mut lines = std::mem::take(&mut self.lines);
        let labels = self.labels;
        for (_, line) in &mut lines {
            line.parts = line
                .parts
                .iter()
                .flat_map(|part| part.cut(|text| is_piece(text, labels)))
                .collect();
        }
        let lines = unbroken(labelled(&lines, labels));
        let full = margins(&lines, labels);
        let of_table = of_tables(&lines, labels);
        let mut rows: Vec<(usize, Line)> = Vec::new();
        let mut last: Option<Line> = None;
        for ((page, line), of_table) in lines.into_iter().zip(of_table) {
            if of_table {
                last = None;
                rows.push((page, line));
                continue;
            }
            self.end_rows(&mut rows);
            let text = clean(&line.text()).into_owned();
            let goes_on = last
                .as_ref()
                .is_some_and(|last| goes_on(last, &line, &text, full, labels));
            match self.pieces.last_mut() {
                Some(piece) if goes_on => piece.join(&text),
                _ => self.pieces.push(Piece::text(self.place(page, &line), text)),
            }
            last = Some(line);
        }
        self.end_rows(&mut rows);
    }

    /// Where a line stands.
    fn place(&self, page: usize, line: &Line) -> Place {
        if self.is_text {
            Place::Line(line.no)
        } else {
            Place::PageLine {
                page,
                line: line.no,
            }
        }
    }

    /// Makes a table of lines of numbers.
    fn end_rows(&mut self, lines: &mut Vec<(usize, Line)>) {
        let lines = std::mem::take(lines);
        if lines.is_empty() {
            return;
        }
        let is_text = self.is_text;
        let place = |page: usize, line: &Line, col: usize| {
            let line = line.no;
            if is_text {
                Place::LineBox { line, col }
            } else {
                Place::PageBox { page, line, col }
            }
        };
        let table = aligned::table(&lines, self.is_text, self.labels, place);
        self.pieces.push(Piece::table(table));
    }

    pub(in crate::format) fn finish(mut self) -> Vec<Piece> {
        self.end_table();
        self.end_lines();
        self.pieces
    }
}

/// Whether a line at the edge of a page only counts pages.
fn is_page_number(line: &Line) -> bool {
    let text: String = line.parts.iter().map(|part| part.text.as_str()).collect();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = text.trim_matches(|c: char| "-—–―─·•第页共/ofOF".contains(c));
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let other = bare
        .chars()
        .filter(|c| !c.is_ascii_digit() && !"/第页共，,".contains(*c))
        .count();
    (1..=6).contains(&digits) && other == 0
}

/// A row that the end of a page cut in two: together its pieces are a label.
fn joined(above: &[Cell], below: &[Cell], labels: &Labels) -> Option<Vec<Cell>> {
    let beside = |cell: &Cell| {
        let mut below = below.iter();
        below.find(|other| (other.left - cell.left).abs() <= EDGE)
    };
    let label = above.iter().position(|cell| {
        beside(cell).is_some_and(|other| {
            !cell.text.is_empty()
                && !other.text.is_empty()
                && !is_value(&cell.text)
                && !labels.is_label(&other.text)
                && labels.is_label(&[cell.text.as_str(), &other.text].concat())
        })
    })?;
    // No box behind the label may have something on both pages.
    let both = |cell: &Cell| {
        !cell.text.is_empty() && beside(cell).is_some_and(|other| !other.text.is_empty())
    };
    if above[label + 1..].iter().any(both) {
        return None;
    }
    let mut row = above.to_vec();
    for cell in &mut row {
        let other = beside(cell)
            .map(|other| other.text.as_str())
            .unwrap_or_default();
        cell.text.push_str(other);
    }
    Some(row)
}

/// Whether a piece of a line may be one of a table's: a value, or printed.
fn is_piece(text: &str, labels: &Labels) -> bool {
    is_value(text) || text.chars().count() > 1 && labels.is_printed(text)
}

/// Which lines belong to tables: rows, heads, and pieces of labels beside them.
fn of_tables(lines: &[(usize, Line)], labels: &Labels) -> Vec<bool> {
    let mut of_table: Vec<bool> = lines
        .iter()
        .map(|(_, line)| is_row(line, labels) || is_heads(line, labels))
        .collect();
    let scrap: Vec<bool> = lines
        .iter()
        .map(|(_, line)| is_scrap(line, labels))
        .collect();
    for at in 1..lines.len() {
        of_table[at] |= scrap[at] && of_table[at - 1];
    }
    for at in (1..lines.len()).rev() {
        of_table[at - 1] |= scrap[at - 1] && of_table[at];
    }
    of_table
}

/// Whether all that stands on a line are pieces of what the form prints.
fn is_scrap(line: &Line, labels: &Labels) -> bool {
    let printed =
        |part: &Part| labels.is_printed(&part.text) && labels.section(&part.text).is_none();
    !line.parts.is_empty() && line.parts.iter().all(printed)
}

/// Whether a line holds numbers side by side, or a label and its number.
fn is_row(line: &Line, labels: &Labels) -> bool {
    let values = values_of(line);
    let words = &line.parts[..line.parts.len() - values];
    let is_short =
        |part: &Part| part.text.chars().count() <= LONGEST_LABEL && !part.text.contains('。');
    let known = words.last().is_some_and(|part| labels.is_label(&part.text));
    (values >= LEAST_VALUES || values > 0 && known)
        && words.len() <= 3
        && words.iter().all(is_short)
}

/// Longest label, with that of its group.
const LONGEST_LABEL: usize = 80;
/// Whether a line is heads of columns side by side.
fn is_heads(line: &Line, labels: &Labels) -> bool {
    line.parts.len() > 1 && line.parts.iter().all(|part| labels.is_label(&part.text))
}

/// Numbers side by side that make a row without a label.
pub(in crate::format) const LEAST_VALUES: usize = 3;
/// Most lines that a label is broken over, above and below its numbers.
const BROKEN: usize = 6;

/// Lines in which labels broken over lines stand whole beside their numbers.
fn labelled(lines: &[(usize, Line)], labels: &Labels) -> Vec<(usize, Line)> {
    let mut used = vec![false; lines.len()];
    let mut out: Vec<Option<(usize, Line)>> = lines.iter().cloned().map(Some).collect();
    for at in 0..lines.len() {
        let (page, line) = &lines[at];
        let words = line.parts.len() - values_of(line);
        let own = words.checked_sub(1).map(|last| &line.parts[last]);
        if words == line.parts.len() || own.is_some_and(|own| labels.is_label(&own.text)) {
            continue;
        }
        // A line beside it adds what stands over or under the label's own piece.
        let said = |index: usize| {
            let mut parts = lines[index].1.parts.iter().rev();
            let part = match own {
                Some(own) => parts.find(|part| part.left < own.right && own.left < part.right),
                None => parts.next(),
            };
            part.map_or("", |part| part.text.as_str())
        };
        let is_free = |index: &usize| {
            let (other, line) = &lines[*index];
            other == page && !used[*index] && values_of(line) == 0 && line.parts.len() <= 3
        };
        let above = (0..at).rev().take(BROKEN).take_while(is_free).count();
        let below = (at + 1..lines.len())
            .take(BROKEN)
            .take_while(is_free)
            .count();
        let spans = (0..=above).flat_map(|above| (0..=below).map(move |below| (above, below)));
        let found = spans.map(|(above, below)| (at - above, at + below));
        let found = found.filter(|(from, to)| from < to).find_map(|(from, to)| {
            let pieces = (from..=to).map(|index| match own {
                _ if index != at => said(index),
                Some(own) => own.text.as_str(),
                None => "",
            });
            let label = pieces.collect::<Vec<_>>().concat();
            labels.is_label(&label).then_some((from, to, label))
        });
        let Some((from, to, label)) = found else {
            continue;
        };
        for index in (from..=to).filter(|index| *index != at) {
            used[index] = true;
            out[index] = None;
        }
        out[at] = Some((*page, with_label(line, label)));
    }
    out.into_iter().flatten().collect()
}

/// A line whose values have this label in front.
fn with_label(line: &Line, text: String) -> Line {
    let mut whole = line.clone();
    let labels = line.parts.len() - values_of(line);
    if let Some(last) = labels.checked_sub(1) {
        whole.parts[last].text = text;
    } else {
        let label = Part {
            text,
            ..Part::default()
        };
        whole.parts.insert(0, label);
    }
    whole
}

/// Lines in which a number that goes on below is read with what is there: as
/// none. Such a line has no label and fewer values than the row above it.
fn unbroken(lines: Vec<(usize, Line)>) -> Vec<(usize, Line)> {
    let mut out: Vec<(usize, Line)> = Vec::new();
    for (page, line) in lines {
        let below = values(&line);
        let above = out.last_mut().filter(|(other, above)| {
            *other == page
                && above.no + 1 == line.no
                && values_of(above) > below.len()
                && values_of(above) < above.parts.len()
                && !below.is_empty()
                && below.len() == line.parts.len()
        });
        let over = |part: &Part, above: &Line| {
            let meets = |over: &Part| over.left < part.right && part.left < over.right;
            (above.parts.len() - values_of(above)..above.parts.len())
                .find(|at| meets(&above.parts[*at]))
        };
        match above {
            Some((_, above)) if below.iter().all(|part| over(part, above).is_some()) => {
                for part in below {
                    if let Some(at) = over(part, above) {
                        above.parts[at].text.push_str("  ");
                        above.parts[at].text.push_str(&part.text);
                    }
                }
            }
            _ => out.push((page, line)),
        }
    }
    out
}

/// Left and right edge of the text that runs on.
fn margins(lines: &[(usize, Line)], labels: &Labels) -> (f32, f32) {
    const LONG: usize = 15;
    let is_text = |line: &Line| {
        line.parts
            .iter()
            .any(|part| part.text.chars().count() >= LONG)
    };
    let text = || {
        lines
            .iter()
            .map(|(_, line)| line)
            .filter(|line| is_text(line) && !is_row(line, labels))
    };
    (
        text().map(|line| line.left).fold(f32::MAX, f32::min),
        text().map(|line| line.right).fold(f32::MIN, f32::max),
    )
}

/// Whether a line goes on with the paragraph of the one before.
fn goes_on(
    last: &Line,
    line: &Line,
    text: &str,
    (left, right): (f32, f32),
    labels: &Labels,
) -> bool {
    let full = last.right >= right - 2.0 * last.size;
    let indented = line.left > left + 1.2 * line.size;
    let ended = last
        .parts
        .last()
        .is_some_and(|part| part.text.ends_with('。'));
    let is_heading = |text: &str| labels.section(text).is_some();
    let parted = ended && ordinal::mark(text).is_some()
        || is_heading(text)
        || is_heading(&clean(&last.text()));
    full && !indented && !parted
}
