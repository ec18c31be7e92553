//! Texts looked for in a document that may lay them out otherwise.
//!
//! **Never:** takes a text for one that differs in a character that is seen.
//! Next: `docx`, `xlsx`, which ask.

use std::ops::Range;

use crate::base::number::is_space;
use crate::base::ordinal;
use crate::base::width::is_unsafe;

/// Whether a character counts: what programs lay out lines with does not.
pub(super) fn counts(c: char) -> bool {
    !is_space(c) && !is_unsafe(c)
}

/// Where a text stands in pages, each of characters that count: the page, and which of
/// its characters. Of equal ones `nth` is meant, counted from 0.
///
/// Without its number a text is looked for too: programs number paragraphs themselves.
pub(super) fn find(pages: &[String], text: &str, nth: usize) -> Option<(usize, Range<usize>)> {
    let without_number = ordinal::mark(text).map(|mark| mark.rest);
    let texts = [Some(text), without_number].into_iter().flatten();
    texts.into_iter().find_map(|text| {
        let text: String = text.chars().filter(|c| counts(*c)).collect();
        if text.is_empty() {
            return None;
        }
        let mut last = None;
        let mut found = pages
            .iter()
            .enumerate()
            .flat_map(|(page, all)| all.match_indices(&text).map(move |(at, _)| (page, at)));
        for _ in 0..=nth {
            match found.next() {
                Some(next) => last = Some(next),
                None => break,
            }
        }
        let (page, at) = last?;
        let from = pages[page][..at].chars().count();
        Some((page, from..from + text.chars().count()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_whatever_lies_between_its_characters() {
        let pages = ["一、收到3件。又收到3件。", "收到3件。"].map(str::to_owned);
        assert_eq!(find(&pages, "收到 3 件。", 0), Some((0, 2..7)));
        assert_eq!(find(&pages, "收到3件", 1), Some((0, 8..12)));
        assert_eq!(find(&pages, "收到3件。", 9), Some((1, 0..5)));
        assert_eq!(find(&pages, "二、收到3件", 2), Some((1, 0..4)));
        assert_eq!(find(&pages, "收到4件", 0), None);
        assert_eq!(find(&pages, " ", 0), None);
    }
}
