//! What the lines of a text show together: what keeps their boxes apart, whether empty
//! lines are blank boxes, at which width paragraphs are broken.
//!
//! **Never:** cuts a line.
//! Next: `read::text`.

use crate::base::number::is_space;
use crate::base::width::Ruler;
use crate::format::labels::Labels;
use crate::format::matcher::is_value;

/// Whether a line only counts pages: `- 2 -`, `第 2 页`.
pub(super) fn is_page_mark(line: &str) -> bool {
    const LONGEST: usize = 16;
    let dash = ['-', '—', '–', '－'];
    let start = line.trim_start_matches(is_space);
    if !start.starts_with(dash) && !start.starts_with('第') {
        return false;
    }
    let text: String = line
        .chars()
        .take(LONGEST + 1)
        .filter(|c| !is_space(*c))
        .collect();
    let number =
        |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let dashed = text
        .strip_prefix(dash)
        .and_then(|text| text.strip_suffix(dash));
    let said = text
        .strip_prefix('第')
        .and_then(|text| text.split_once('页'));
    let said = said.filter(|(_, rest)| rest.is_empty() || rest.starts_with(['共', '/', '，']));
    text.chars().count() < LONGEST
        && (dashed.is_some_and(number) || said.is_some_and(|(no, _)| number(no)))
}

pub(super) fn width(text: &str) -> usize {
    Ruler {
        wide_ambiguous: true,
    }
    .width(text)
}

/// Whether the boxes of rows stand one a line, and the blank ones are empty lines:
/// only then have the rows of a table all as many lines as it has columns.
pub(super) fn has_blanks(lines: &[&str], labels: &Labels) -> bool {
    /// Least rows that show it.
    const LEAST: usize = 4;
    let (mut rows, mut whole, mut blanks) = (0, 0, 0);
    let is_box = |text: &&&str| is_value(text);
    for (at, text) in lines.iter().enumerate() {
        // Most lines are values: no label is one.
        let row = Some(text).filter(|text| !is_value(text));
        let row = row.and_then(|text| labels.whole(text));
        let Some(of) = row.filter(|of| !labels.is_one_row(of.table)) else {
            continue;
        };
        let cols = labels.form.tables[of.table].cols.len();
        let boxes = lines[at + 1..].iter().take_while(is_box);
        if cols > 1 {
            rows += 1;
            whole += usize::from(boxes.clone().count() == cols);
            blanks += boxes.take(cols).filter(|text| text.is_empty()).count();
        }
    }
    rows >= LEAST && whole * 4 >= rows * 3 && blanks > 0
}

/// Whether something stands on a line, and no bar.
pub(super) fn is_bare(line: &str) -> bool {
    !line.contains('|') && !line.trim().is_empty()
}

/// Whether boxes stand one a line, each with a bar on a line below it.
pub(super) fn bars_part(lines: &[(usize, &str)]) -> bool {
    /// Least bars that show it.
    const LEAST: usize = 3;
    let is_alone = |pair: &&[(usize, &str)]| pair[1].1.trim() == "|";
    let (below, others): (Vec<_>, Vec<_>) = lines
        .windows(2)
        .filter(is_alone)
        .partition(|pair| is_bare(pair[0].1));
    below.len() >= LEAST && below.len() > others.len()
}

/// The least width of a full line, where paragraphs are broken at a width.
pub(super) fn wrap(lines: &[&str]) -> Option<usize> {
    const SLACK: usize = 6;
    const LEAST_FULL: usize = 3;
    const LEAST: usize = 40;
    // Nothing is wider than it has bytes.
    let long = lines.iter().filter(|line| line.len() >= LEAST - SLACK);
    let widths: Vec<usize> = long.map(|line| width(line)).collect();
    let longest = widths.iter().copied().max()?;
    let full = longest.saturating_sub(SLACK);
    let count = widths.iter().filter(|width| **width >= full).count();
    ((LEAST..=120).contains(&longest) && count >= LEAST_FULL).then_some(full)
}
