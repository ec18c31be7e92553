//! Columns that mixed Chinese and Latin text takes on a terminal.
//!
//! **Never:** lets a control or direction character through to a terminal:
//! everything drawn or printed passes [`shown`] first.
//! Next: `tui` for who draws with it.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Measures text; terminals differ on characters of ambiguous width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ruler {
    /// The terminal draws ambiguous characters (curly quotes) two columns wide.
    pub wide_ambiguous: bool,
}

impl Ruler {
    /// Columns of a text.
    #[must_use]
    pub fn width(self, text: &str) -> usize {
        if self.wide_ambiguous {
            text.width_cjk()
        } else {
            text.width()
        }
    }

    /// The longest start of whole graphemes that fits into `columns`.
    #[must_use]
    pub fn cut(self, text: &str, columns: usize) -> &str {
        let mut used = 0;
        for (at, grapheme) in text.grapheme_indices(true) {
            used += self.width(grapheme);
            if used > columns {
                return &text[..at];
            }
        }
        text
    }

    /// Exactly `columns` wide: cut, then filled with spaces on the right.
    #[must_use]
    pub fn fit(self, text: &str, columns: usize) -> String {
        let cut = self.cut(text, columns);
        let mut out = String::from(cut);
        out.extend(std::iter::repeat_n(' ', columns - self.width(cut)));
        out
    }

    /// Exactly `columns` wide: cut, then filled with spaces on the left.
    #[must_use]
    pub fn fit_right(self, text: &str, columns: usize) -> String {
        let cut = self.cut(text, columns);
        let mut out = " ".repeat(columns - self.width(cut));
        out.push_str(cut);
        out
    }

    /// Columns of a text once it is made safe to draw.
    #[must_use]
    pub fn drawn(self, text: &str) -> usize {
        self.width(&shown(text))
    }

    /// Byte ranges of the rows of a paragraph, each at most `columns` wide.
    ///
    /// A row does not begin with closing punctuation or end with an opening
    /// one where a break a few characters earlier avoids it, and a number or a
    /// Latin word is not torn unless it fills a row by itself.
    #[must_use]
    pub fn wrap(self, paragraph: &str, columns: usize) -> Vec<std::ops::Range<usize>> {
        let mut rows = Vec::new();
        let mut from = 0;
        loop {
            let row = self.next_row(paragraph, from, columns);
            rows.push(row.start..row.end);
            from = row.next;
            if row.is_last(paragraph) {
                return rows;
            }
        }
    }

    /// The row of a text that begins at `from`, a place where a row may begin.
    #[must_use]
    pub fn next_row(self, text: &str, from: usize, columns: usize) -> Row {
        let columns = columns.max(2);
        let mut graphemes: Vec<(usize, &str)> = Vec::with_capacity(columns + 1);
        let mut used = 0;
        for (offset, grapheme) in text[from..].grapheme_indices(true) {
            let at = from + offset;
            if grapheme.ends_with('\n') {
                let next = at + grapheme.len();
                return Row {
                    start: from,
                    end: at,
                    next,
                    seen: next,
                    is_hard: true,
                };
            }
            used += self.drawn(grapheme);
            graphemes.push((at, grapheme));
            let full = graphemes.len() - 1;
            if used > columns && full > 0 {
                let (end, _) = graphemes[break_before(&graphemes, 0, full)];
                return Row {
                    start: from,
                    end,
                    next: end,
                    seen: at + grapheme.len(),
                    is_hard: false,
                };
            }
        }
        Row {
            start: from,
            end: text.len(),
            next: text.len(),
            seen: text.len() + 1,
            is_hard: false,
        }
    }
}

/// A row of a wrapped text, in bytes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last one; a line break is not part of it.
    pub end: usize,
    /// Where the next row begins.
    pub next: usize,
    /// It is the same whatever stands from here on.
    pub seen: usize,
    /// It ends with a line break of the text.
    pub is_hard: bool,
}

impl Row {
    /// Whether the text ends with it.
    #[must_use]
    pub fn is_last(&self, text: &str) -> bool {
        !self.is_hard && self.next == text.len()
    }
}

const NO_START: &str = "，。、；：？！）》」』】〕％％,.;:?!)]}%”’…";
const NO_END: &str = "（《「『【〔([{“‘￥";
const STEPS_BACK: usize = 12;

fn break_before(graphemes: &[(usize, &str)], first: usize, full: usize) -> usize {
    let word = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == ',')
    };
    let torn = |at: usize| {
        let (before, after) = (graphemes[at - 1].1, graphemes[at].1);
        NO_START.contains(after) || NO_END.contains(before) || (word(before) && word(after))
    };
    let lowest = full.saturating_sub(STEPS_BACK).max(first + 1);
    (lowest..=full).rev().find(|&at| !torn(at)).unwrap_or(full)
}

/// Whether terminals disagree on the width of a character.
#[must_use]
pub fn is_ambiguous(c: char) -> bool {
    c.width() != c.width_cjk()
}

/// Whether a character must never reach a terminal as it is.
#[must_use]
#[inline]
pub fn is_unsafe(c: char) -> bool {
    // Han text and its signs first: most of what is asked about.
    if matches!(c, '\u{3000}'..='\u{FEFE}') {
        return false;
    }
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// The text as it may be drawn or printed on one line.
///
/// Invariant: no control or direction character of a file reaches the terminal.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| match c {
                '\t' | '\n' | '\r' => ' ',
                c if is_unsafe(c) => '\u{FFFD}',
                c => c,
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const NARROW: Ruler = Ruler {
        wide_ambiguous: false,
    };

    #[test]
    fn wide_characters_are_never_cut_in_half() {
        assert_eq!(NARROW.cut("年度报告", 5), "年度");
        assert_eq!(NARROW.fit("年度报告", 5), "年度 ");
        assert_eq!(NARROW.fit_right("12", 5), "   12");
    }

    #[test]
    fn curly_quotes_follow_the_terminal() {
        let wide = Ruler {
            wide_ambiguous: true,
        };
        assert_eq!(NARROW.width("危及“三安全”"), 12);
        assert_eq!(wide.width("危及“三安全”"), 14);
    }

    #[test]
    fn rows_of_a_paragraph_keep_punctuation_and_numbers_whole() {
        let text = "全年受理申请12345件，其中网上9件。";
        let rows: Vec<&str> = NARROW
            .wrap(text, 16)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(rows, ["全年受理申请", "12345件，其中网", "上9件。"]);
        assert_eq!(rows.concat(), text);
    }

    #[test]
    fn invariant_no_control_character_is_shown() {
        let dirty = "a\u{1b}[31m\u{202e}b\tc\u{9b}";
        let clean = shown(dirty);
        assert!(!clean.contains(is_unsafe));
        assert_eq!(clean, "a\u{fffd}[31m\u{fffd}b c\u{fffd}");
    }
}
