//! What texts of boxes and lines are: cleaned, without the marks that programs add.
//!
//! **Never:** knows a form or a format.
//! Next: `labels` for what a cleaned text means.

use std::borrow::Cow;

use crate::base::number;
use crate::base::width::is_unsafe;

/// What documents that are not final are marked with.
pub(super) const DRAFT_MARK: &str = "送审稿";

/// How our own layout writes a blank box, for eyes and for screen readers.
pub(super) const BLANK: &str = "空";

/// A line without control characters, with plain spaces, trimmed.
pub(super) fn clean(line: &str) -> Cow<'_, str> {
    let is_odd = |c: char| matches!(c, '\t' | '\u{A0}') || is_unsafe(c);
    let line = line.trim_matches(number::is_space);
    if !line.contains(is_odd) {
        return Cow::Borrowed(line);
    }
    let line: String = line
        .chars()
        .filter_map(|c| match c {
            '\t' | '\u{A0}' => Some(' '),
            c if is_unsafe(c) => None,
            c => Some(c),
        })
        .collect();
    Cow::Owned(line.trim_matches(number::is_space).to_owned())
}

/// A line without the marks that Markdown sets around headings and bold text.
pub(super) fn plain(line: &str) -> Cow<'_, str> {
    let text = clean(line);
    let inner = match text.trim_start_matches('#').strip_prefix(' ') {
        Some(heading) if text.starts_with('#') => heading.trim(),
        _ => &text,
    };
    let bold = inner
        .strip_prefix("**")
        .and_then(|inner| inner.strip_suffix("**"));
    let inner = bold.unwrap_or(inner);
    if inner.len() == text.len() {
        return text;
    }
    Cow::Owned(inner.to_owned())
}

/// The text of a box.
pub(super) fn boxed(text: &str) -> String {
    let text = plain(text);
    if text == BLANK || is_nan(&text) {
        String::new()
    } else {
        text.into_owned()
    }
}

/// Whether a program wrote this for a box without anything in it.
pub(super) fn is_nan(text: &str) -> bool {
    text.eq_ignore_ascii_case("nan") || text.eq_ignore_ascii_case("<na>")
}
