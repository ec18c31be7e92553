//! Columns that mixed Chinese and Latin text takes on a terminal.
//!
//! **Never:** lets a control or direction character through to a terminal:
//! everything drawn or printed passes [`shown`] first.
//! Next: `tui` for who draws with it.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Measures text; terminals differ on characters of ambiguous width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ruler {
    /// The terminal draws ambiguous characters (curly quotes) two columns wide.
    pub wide_ambiguous: bool,
}

/// What a person takes for one character, with its place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// Its first byte in the text.
    pub at: usize,
    /// Its characters.
    pub text: &'a str,
    /// Columns it takes.
    pub columns: usize,
    /// Every terminal gives it those columns.
    pub is_plain: bool,
}

impl Ruler {
    /// Columns of a text.
    #[must_use]
    pub fn width(self, text: &str) -> usize {
        match plain_width(text) {
            Some(columns) => columns,
            None if self.wide_ambiguous => text.width_cjk(),
            None => text.width(),
        }
    }

    /// The glyphs of a text, in order.
    pub fn glyphs(self, text: &str) -> impl Iterator<Item = Glyph<'_>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = &text[at..];
            let mut letters = rest.chars();
            let first = letters.next()?;
            let is_alone = letters.next().is_none_or(|c| plain_columns(c).is_some());
            let plain = plain_columns(first).filter(|_| is_alone);
            let (len, columns) = if let Some(columns) = plain {
                (first.len_utf8(), columns)
            } else {
                let grapheme = rest.graphemes(true).next()?;
                (grapheme.len(), self.width(grapheme))
            };
            let glyph = Glyph {
                at,
                text: &rest[..len],
                columns,
                is_plain: plain.is_some(),
            };
            at += len;
            Some(glyph)
        })
    }

    /// The longest start of whole graphemes that fits into `columns`.
    #[must_use]
    pub fn cut(self, text: &str, columns: usize) -> &str {
        self.cut_measured(text, columns).0
    }

    /// The same, with the columns it takes.
    #[must_use]
    pub fn cut_measured(self, text: &str, columns: usize) -> (&str, usize) {
        if let Some(width) = plain_width(text).filter(|width| *width <= columns) {
            return (text, width);
        }
        let mut used = 0;
        let end = self.glyphs(text).find(|glyph| {
            used += glyph.columns;
            used > columns
        });
        let cut = end.map_or(text, |glyph| &text[..glyph.at]);
        (cut, self.width(cut))
    }

    /// The longest end of whole graphemes that fits, three dots before it where
    /// something is missing: of a path the name matters most.
    #[must_use]
    pub fn cut_front(self, text: &str, columns: usize) -> String {
        let mut left = self.width(text);
        if left <= columns {
            return text.to_owned();
        }
        let start = self.glyphs(text).find(|glyph| {
            let fits = left + 3 <= columns;
            left -= glyph.columns.min(left);
            fits
        });
        let end = start.map_or("", |glyph| &text[glyph.at..]);
        self.cut(&format!("...{end}"), columns).to_owned()
    }

    /// Exactly `columns` wide: cut, then filled with spaces on the right.
    #[must_use]
    pub fn fit(self, text: &str, columns: usize) -> String {
        let (cut, width) = self.cut_measured(text, columns);
        let mut out = String::from(cut);
        out.extend(std::iter::repeat_n(' ', columns - width));
        out
    }

    /// Exactly `columns` wide: cut, then filled with spaces on the left.
    #[must_use]
    pub fn fit_right(self, text: &str, columns: usize) -> String {
        let (cut, width) = self.cut_measured(text, columns);
        let mut out = " ".repeat(columns - width);
        out.push_str(cut);
        out
    }

    /// Columns of a glyph once it is made safe to draw.
    #[must_use]
    pub fn drawn_glyph(self, glyph: Glyph<'_>) -> usize {
        if glyph.is_plain {
            glyph.columns
        } else {
            self.drawn(glyph.text)
        }
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
        self.rows(paragraph, columns)
            .map(|row| row.start..row.end)
            .collect()
    }

    /// The rows of a text, one at least.
    pub fn rows(self, text: &str, columns: usize) -> impl Iterator<Item = Row> {
        let mut from = Some(0);
        std::iter::from_fn(move || {
            let row = self.next_row(text, from?, columns);
            from = (!row.is_last(text)).then_some(row.next);
            Some(row)
        })
    }

    /// The row of a text that begins at `from`, a place where a row may begin.
    fn next_row(self, text: &str, from: usize, columns: usize) -> Row {
        let columns = columns.max(2);
        let mut graphemes: Vec<(usize, &str)> = Vec::with_capacity(columns + 1);
        let mut used = 0;
        for glyph in self.glyphs(&text[from..]) {
            let (at, grapheme) = (from + glyph.at, glyph.text);
            if grapheme.ends_with('\n') {
                let next = at + grapheme.len();
                return Row {
                    start: from,
                    end: at,
                    next,
                    is_hard: true,
                };
            }
            used += self.drawn_glyph(glyph);
            graphemes.push((at, grapheme));
            let full = graphemes.len() - 1;
            if used > columns && full > 0 {
                let (end, _) = graphemes[break_before(&graphemes, 0, full)];
                return Row {
                    start: from,
                    end,
                    next: end,
                    is_hard: false,
                };
            }
        }
        Row {
            start: from,
            end: text.len(),
            next: text.len(),
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
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '>'))
    };
    let torn = |at: usize| {
        let (before, after) = (graphemes[at - 1].1, graphemes[at].1);
        NO_START.contains(after) || NO_END.contains(before) || (word(before) && word(after))
    };
    let lowest = full.saturating_sub(STEPS_BACK).max(first + 1);
    (lowest..=full).rev().find(|&at| !torn(at)).unwrap_or(full)
}

/// Columns of a character that is a glyph by itself between others of its kind,
/// and that every terminal draws alike: nearly all of what reports hold.
#[must_use]
pub fn plain_columns(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{4E00}'..='\u{9FFF}' | '\u{3001}'..='\u{3011}' | '\u{FF01}'..='\u{FF5E}' => Some(2),
        _ => None,
    }
}

/// Columns of a text of nothing but such characters.
#[must_use]
pub fn plain_width(text: &str) -> Option<usize> {
    text.chars()
        .try_fold(0, |used, c| Some(used + plain_columns(c)?))
}

/// Whether terminals disagree on the width of a character.
#[must_use]
pub fn is_ambiguous(c: char) -> bool {
    c.width() != c.width_cjk()
}

/// Whether a character must never reach a terminal as it is: the one list of them.
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

/// JSON without a character that a terminal would obey, each as its escape.
///
/// Such characters stand only inside its strings, but for the ends of lines.
#[must_use]
pub fn escaped(json: String) -> String {
    let steers = |c: char| c != '\n' && is_unsafe(c);
    if !json.contains(steers) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if steers(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
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
    fn plain_characters_are_one_glyph_and_as_wide_everywhere() {
        let plain: Vec<char> = ('\0'..='\u{FFFF}')
            .filter(|c| plain_columns(*c).is_some())
            .collect();
        for c in &plain {
            assert_eq!(plain_columns(*c), c.width(), "{c:?}");
            assert_eq!(plain_columns(*c), c.width_cjk(), "{c:?}");
        }
        let text: String = plain.iter().collect();
        assert_eq!(text.graphemes(true).count(), plain.len());
    }

    #[test]
    fn glyphs_are_graphemes_whatever_stands_beside() {
        let texts = [
            "a\u{301}中\u{301}“三”é1️⃣2",
            "👩‍👩‍👧中👍🏽a🇨🇳🇨",
            "\u{301}中e\u{FE0F}",
            "각 각한",
        ];
        for text in texts {
            let glyphs: Vec<(usize, &str)> = NARROW
                .glyphs(text)
                .map(|glyph| (glyph.at, glyph.text))
                .collect();
            let graphemes: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
            assert_eq!(glyphs, graphemes, "{text}");
            assert!(
                NARROW
                    .glyphs(text)
                    .all(|glyph| glyph.columns == NARROW.width(glyph.text))
            );
        }
    }

    #[test]
    fn invariant_no_control_character_is_shown() {
        let dirty = "a\u{1b}[31m\u{202e}b\tc\u{9b}";
        let clean = shown(dirty);
        assert!(!clean.contains(is_unsafe));
        assert_eq!(clean, "a\u{fffd}[31m\u{fffd}b c\u{fffd}");
    }
}
