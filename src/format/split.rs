//! Text cut into boxes: by bars, by separators, by spaces.
//!
//! Files and pastes are cut by the same rules; which of them a text needs, and whether
//! a line is a row at all, is for the caller to decide.
//!
//! **Never:** knows a form.
//! Next: `read::text` and `paste`, which cut with it; `read::csv` for files that are
//! separated values for certain.

use crate::base::number::{self, is_space};
use crate::format::marks::boxed;
use crate::format::matcher::is_value;

/// Most rows of separated fields that are looked at.
pub(super) const MAX_LINES: usize = 5000;

/// Boxes of each line with its number.
pub(super) type Boxes = Vec<(usize, Vec<String>)>;

/// Boxes between bars: `| a | b |`, `a | b`; None of a line that only rules a table.
/// A dash with spaces around it is a value.
pub(super) fn barred(line: &str) -> Option<Vec<&str>> {
    let line = line.trim_matches(is_space);
    let is_dash = |field: &str| field.trim() == "-" && field != "-";
    let is_ruled = line
        .chars()
        .all(|c| matches!(c, '|' | '-' | ':' | '+' | ' '));
    if is_ruled && !line.split('|').any(is_dash) {
        return None;
    }
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    Some(inner.split('|').collect())
}

/// Boxes kept apart by wide gaps, or by single spaces where no gap is wide. What stands
/// between gaps is cut at its spaces unless it is whole.
pub(super) fn at_gaps(line: &str, is_whole: impl Fn(&str) -> bool) -> Vec<String> {
    let is_wide = line.contains("  ") || line.contains('\u{3000}');
    let pieces: Vec<&str> = if is_wide {
        let pieces = line.split("  ");
        pieces.flat_map(|piece| piece.split('\u{3000}')).collect()
    } else {
        line.split(' ').collect()
    };
    let pieces = pieces.into_iter().map(|piece| piece.trim_matches(is_space));
    let boxes = pieces.flat_map(|piece| {
        if is_whole(piece) {
            vec![piece]
        } else {
            piece.split_whitespace().collect()
        }
    });
    let boxes = boxes.filter(|piece| !piece.is_empty());
    boxes.map(str::to_owned).collect()
}

/// Boxes in which a bracket, or a number and its unit, that a space had cut are
/// whole again.
pub(super) fn unbroken(boxes: Vec<String>) -> Vec<String> {
    let opens = |text: &str| text.matches(['（', '(']).count() > text.matches(['）', ')']).count();
    let mut out: Vec<String> = Vec::new();
    for text in boxes {
        let last = out.last_mut();
        let unit =
            |last: &str| number::is_unit(&text) && last.ends_with(|c: char| c.is_ascii_digit());
        match last.filter(|last| opens(last) || unit(last)) {
            Some(last) => {
                last.push(' ');
                last.push_str(&text);
            }
            None => out.push(text),
        }
    }
    out
}

/// The separator that keeps the boxes of most lines apart, if one does in so many
/// lines. A line with a full stop is a sentence with commas.
pub(super) fn comma<'a>(lines: impl Iterator<Item = &'a str>, least: usize) -> Option<char> {
    const LEAST_BOXES: usize = 3;
    let written: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).collect();
    [',', ';', '，'].into_iter().find(|comma| {
        let is_row =
            |line: &&&str| line.contains(*comma) && !line.contains('。') && !is_endless(line);
        let rows = written
            .iter()
            .filter(is_row)
            .map(|line| separated(line, *comma));
        let rows: Vec<_> = rows.filter(|row| row.len() >= LEAST_BOXES).collect();
        // `1,2 0 3,4 0` is spaced: a value with a space in it says so.
        let is_torn = |piece: &String| piece.contains(is_space) && is_value(piece);
        rows.len() >= least && rows.len() * 2 > written.len() && !rows.iter().flatten().any(is_torn)
    })
}

/// Whether a line is longer than a row of any table: it is text.
pub(super) fn is_endless(line: &str) -> bool {
    const LONGEST: usize = 16 << 10;
    line.len() > LONGEST
}

/// The boxes of a line with separators.
pub(super) fn separated(line: &str, comma: char) -> Vec<String> {
    let (_, fields) = fields(line, comma).swap_remove(0);
    fields.iter().map(|field| boxed(field)).collect()
}

/// Fields of a text with separators; a quoted one may hold them and newlines. A quote
/// that is never closed is a character: a `csv::Reader` would read all that follows as
/// one field.
pub(super) fn fields(text: &str, separator: char) -> Boxes {
    let mut rows = vec![(1, vec![String::new()])];
    let mut line = 1;
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
        }
        let (_, fields) = rows.last_mut().expect("there is always a row");
        let field = fields.last_mut().expect("there is always a field");
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
            '"' if quoted => quoted = false,
            '"' if field.is_empty() && closes(chars.clone(), separator) => quoted = true,
            c if c == separator && !quoted => fields.push(String::new()),
            '\n' if !quoted => {
                if rows.len() >= MAX_LINES {
                    break;
                }
                rows.push((line, vec![String::new()]));
            }
            // A label over two lines is one label.
            '\n' => {}
            c => field.push(c),
        }
    }
    rows
}

/// Whether a quote that opens here is closed at the end of a field.
fn closes(chars: impl Iterator<Item = char>, separator: char) -> bool {
    const FARTHEST: usize = 400;
    let mut chars = chars.take(FARTHEST).peekable();
    while let Some(c) = chars.next() {
        if c == '"' && chars.next_if_eq(&'"').is_none() {
            return chars.peek().is_none_or(|c| *c == separator || *c == '\n');
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_keeps_boxes_apart_where_it_does_in_most_lines() {
        let comma = |text: &str| comma(text.lines(), 2);
        assert_eq!(comma("甲,1,2\n乙,3,4"), Some(','));
        assert_eq!(comma("甲;1;2\n乙;3;4"), Some(';'));
        assert_eq!(comma("甲，1，2\n乙，3，4"), Some('，'));
        // Too few rows, too few boxes, or mostly text around them.
        assert_eq!(comma("甲,1,2"), None);
        assert_eq!(comma("甲,1\n乙,3"), None);
        assert_eq!(comma("甲,1,2\n乙,3,4\n\n文\n字"), None);
        // Sentences, and thousands in lines that spaces keep apart.
        assert_eq!(comma("一,二,三。\n四,五,六。"), None);
        assert_eq!(comma("1,234,567 0 12,345\n1,234,567 0 3"), None);
        assert_eq!(separated("甲,\"1,234\",/", ','), ["甲", "1,234", "/"]);
    }

    #[test]
    fn a_line_of_dashes_rules_a_table_but_a_dash_between_spaces_is_a_value() {
        assert_eq!(barred("|---|:-:|"), None);
        assert_eq!(barred("+---+---+"), None);
        assert_eq!(barred("| 甲 | - |"), Some(vec![" 甲 ", " - "]));
        assert_eq!(barred("| - | - |"), Some(vec![" - ", " - "]));
    }

    #[test]
    fn an_ideographic_space_is_a_wide_gap() {
        let boxes = |line: &str| at_gaps(line, |text| !text.contains('甲'));
        assert_eq!(boxes("1 2\u{3000}3"), ["1 2", "3"]);
        assert_eq!(boxes("1 2  3"), ["1 2", "3"]);
        assert_eq!(boxes("1 2 3"), ["1", "2", "3"]);
        assert_eq!(boxes("甲 乙\u{3000}\u{3000}3"), ["甲", "乙", "3"]);
    }
}
