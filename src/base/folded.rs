//! Prose in one spelling, with the way back to the bytes it was made from.
//!
//! **Never:** loses a place: every character knows the bytes it stands for.
//! Next: `check::prose`, which reads it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::number::is_space;
use super::spelling::{settled, simple};

/// Simplified characters in compatibility form without the spaces between Han
/// characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    chars: Vec<char>,
    /// Counted from `at`.
    bytes: Vec<Range<u32>>,
    at: usize,
}

impl Folded {
    /// Folds `text`, which begins at byte `at` of something larger.
    ///
    /// Circled and other enclosed numbers are marks of lists: they become `·`.
    #[must_use]
    pub fn of(text: &str, at: usize) -> Self {
        let count = text.chars().count();
        let mut this = Folded {
            chars: Vec::with_capacity(count),
            bytes: Vec::with_capacity(count),
            at,
        };
        let mut gap = None;
        let mut end = 0_u32;
        for c in text.chars() {
            let start = end;
            if matches!(c, '\u{4E00}'..='\u{9FFF}') {
                end = start.saturating_add(3);
                // No space is kept before Han.
                gap = None;
                let before = this.chars.last().copied();
                this.push(simple(before, c), start..end);
            } else {
                end = start.saturating_add(c.len_utf8().try_into().unwrap_or(1));
                this.fold(c, start..end, &mut gap);
            }
        }
        this
    }

    /// Folds a character that is not Han; it may stand behind the bytes of a gap.
    fn fold(&mut self, c: char, bytes: Range<u32>, gap: &mut Option<Range<u32>>) {
        if is_space(c) || c.is_control() {
            gap.get_or_insert(bytes);
            return;
        }
        if let Some(gap) = gap.take() {
            let before = self.chars.last().copied();
            if before.is_some_and(|c| c.is_ascii_alphanumeric())
                && c.is_alphanumeric()
                && c.nfkc().next().is_some_and(|c| c.is_ascii_alphanumeric())
            {
                self.push(' ', gap);
            }
        }
        match (settled(c), c) {
            (Some(c), _) => self.push(c, bytes),
            (None, '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}') => self.push('·', bytes),
            (None, other) => other
                .nfkc()
                .filter(|c| !c.is_whitespace())
                .for_each(|c| self.push(c, bytes.clone())),
        }
    }

    fn push(&mut self, c: char, bytes: Range<u32>) {
        self.chars.push(c);
        self.bytes.push(bytes);
    }

    /// Says that the text begins at another byte of the larger one.
    pub fn move_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The characters.
    #[must_use]
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The bytes that a range of characters stands for; a range of none is empty.
    #[must_use]
    pub fn bytes(&self, chars: Range<usize>) -> Range<usize> {
        match self.bytes.get(chars) {
            Some([first, .., last]) => self.at + first.start as usize..self.at + last.end as usize,
            Some([only]) => self.at + only.start as usize..self.at + only.end as usize,
            _ => 0..0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(folded: &Folded) -> String {
        folded.chars().iter().collect()
    }

    #[test]
    fn spellings_become_one_and_places_are_kept() {
        let source = "受理 １２，３ 件（①）";
        let folded = Folded::of(source, 100);
        assert_eq!(text(&folded), "受理12,3件(·)");
        let at = folded.bytes(2..4);
        assert_eq!(&source[at.start - 100..at.end - 100], "１２");
    }

    #[test]
    fn traditional_characters_are_read_as_simplified_ones() {
        let source = "辦結44件";
        let folded = Folded::of(source, 0);
        assert_eq!(text(&folded), "办结44件");
        assert_eq!(&source[folded.bytes(0..2)], "辦結");
    }

    #[test]
    fn a_space_between_digits_still_parts_them() {
        assert_eq!(
            text(&Folded::of("2024 12 年\n第 1 条", 0)),
            "2024 12年第1条"
        );
    }
}
