//! Which lines of text are rows of a table, and what stands whole on each.
//!
//! **Never:** takes a line for a row by its look alone: it holds numbers side by side,
//! or what the form prints.
//! Next: `by_text` for the columns of such rows.

use crate::format::labels::Labels;
use crate::format::matcher::is_value;
use crate::format::read::page::{Line, Part};

/// Numbers side by side that make a row without a label.
pub(in crate::format::read) const LEAST_VALUES: usize = 3;
/// Longest label, with that of its group.
const LONGEST_LABEL: usize = 80;
/// Most lines that a label is broken over, above and below its numbers.
const BROKEN: usize = 6;

/// Lines with their boxes cut apart, labels that are broken over lines whole beside
/// their numbers, and numbers that go on below put together.
pub(in crate::format::read) fn whole(mut lines: Vec<Line>, labels: &Labels) -> Vec<Line> {
    for line in &mut lines {
        let parts = line.parts.iter();
        line.parts = parts
            .flat_map(|part| part.cut(|text| is_box(text, labels)))
            .collect();
    }
    unbroken(labelled(&lines, labels))
}

/// The words of a line, and the values at its end.
pub(super) fn words_and_values(line: &Line) -> (&[Part], &[Part]) {
    let values = line.parts.iter().rev();
    let values = values.take_while(|part| is_value(&part.text)).count();
    line.parts.split_at(line.parts.len() - values)
}

/// Whether a piece of a line may be a box of a table: a value, or printed.
fn is_box(text: &str, labels: &Labels) -> bool {
    is_value(text) || text.chars().count() > 1 && labels.is_printed(text)
}

/// Which lines belong to tables: rows, heads, and pieces of labels beside them.
pub(in crate::format::read) fn of_tables(lines: &[Line], labels: &Labels) -> Vec<bool> {
    let mut of_table: Vec<bool> = lines
        .iter()
        .map(|line| is_row(line, labels) || is_heads(line, labels))
        .collect();
    let scrap: Vec<bool> = lines.iter().map(|line| is_scrap(line, labels)).collect();
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
pub(in crate::format::read) fn is_row(line: &Line, labels: &Labels) -> bool {
    let (words, values) = words_and_values(line);
    let is_short =
        |part: &Part| part.text.chars().count() <= LONGEST_LABEL && !part.text.contains('。');
    let known = words.last().is_some_and(|part| labels.is_label(&part.text));
    (values.len() >= LEAST_VALUES || !values.is_empty() && known)
        && words.len() <= 3
        && words.iter().all(is_short)
}

/// Whether a line is heads of columns side by side.
fn is_heads(line: &Line, labels: &Labels) -> bool {
    line.parts.len() > 1 && line.parts.iter().all(|part| labels.is_label(&part.text))
}

/// Lines in which labels broken over lines stand whole beside their numbers.
fn labelled(lines: &[Line], labels: &Labels) -> Vec<Line> {
    let mut used = vec![false; lines.len()];
    let mut out: Vec<Option<Line>> = lines.iter().cloned().map(Some).collect();
    for (at, line) in lines.iter().enumerate() {
        let (words, values) = words_and_values(line);
        let own = words.last();
        if values.is_empty() || own.is_some_and(|own| labels.is_label(&own.text)) {
            continue;
        }
        // A line beside it adds what stands over or under the label's own piece.
        let said = |index: usize| {
            let mut parts = lines[index].parts.iter().rev();
            let part = match own {
                Some(own) => parts.find(|part| part.left < own.right && own.left < part.right),
                None => parts.next(),
            };
            part.map_or("", |part| part.text.as_str())
        };
        let is_free = |index: &usize| {
            let other = &lines[*index];
            let has_values = !words_and_values(other).1.is_empty();
            other.page == line.page && !used[*index] && !has_values && other.parts.len() <= 3
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
        out[at] = Some(with_label(line, label));
    }
    out.into_iter().flatten().collect()
}

/// A line whose values have this label in front.
fn with_label(line: &Line, text: String) -> Line {
    let mut whole = line.clone();
    let (words, _) = words_and_values(line);
    if let Some(last) = words.len().checked_sub(1) {
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
fn unbroken(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for line in lines {
        let (words, below) = words_and_values(&line);
        let above = out.last_mut().filter(|above| {
            let (label, values) = words_and_values(above);
            above.page == line.page
                && above.no + 1 == line.no
                && values.len() > below.len()
                && !label.is_empty()
                && !below.is_empty()
                && words.is_empty()
        });
        let over = |part: &Part, above: &Line| {
            let meets = |over: &Part| over.left < part.right && part.left < over.right;
            let (label, _) = words_and_values(above);
            (label.len()..above.parts.len()).find(|at| meets(&above.parts[*at]))
        };
        match above {
            Some(above) if below.iter().all(|part| over(part, above).is_some()) => {
                for part in below {
                    if let Some(at) = over(part, above) {
                        above.parts[at].text.push_str("  ");
                        above.parts[at].text.push_str(&part.text);
                    }
                }
            }
            _ => out.push(line),
        }
    }
    out
}
