//! Paths for people, and names for new files.
//!
//! **Never:** asks a disk; gives a file a name that hides it, steers a terminal
//! or that some system refuses.
//! Next: `width` for what is unsafe to show.

use std::path::Path;

use unicode_segmentation::UnicodeSegmentation as _;

use super::width::{is_unsafe, shown};

/// Most bytes of a name that every file system takes.
const LONGEST: usize = 255;

/// A path for people: without characters that could steer a terminal.
#[must_use]
pub fn shown_path(path: &Path) -> String {
    shown(&path.to_string_lossy()).into_owned()
}

/// A name for a new file: what of a text may stand in one, then `ending` as it is.
///
/// The text is cut between two characters where both would be too long; empty if
/// nothing of it may stand in a name.
#[must_use]
pub fn file_name(text: &str, ending: &str) -> String {
    let stem = file_stem(text, LONGEST.saturating_sub(ending.len()));
    if stem.is_empty() {
        return stem;
    }
    stem + ending
}

/// What of a text may stand in the name of a file, in at most so many bytes.
///
/// No dot stands first, which would hide it, and none last, nor a blank: some
/// systems drop those.
#[must_use]
pub fn file_stem(text: &str, bytes: usize) -> String {
    let at_ends = |c: char| c == '.' || c.is_whitespace();
    let fits = |c: &char| !is_unsafe(*c) && !r#"/\:*?"<>|"#.contains(*c);
    let clean: String = text.chars().filter(fits).collect();
    let clean = clean.trim_matches(at_ends);
    let ends = clean
        .grapheme_indices(true)
        .map(|(at, piece)| at + piece.len());
    let end = ends.take_while(|end| *end <= bytes).last().unwrap_or(0);
    clean[..end].trim_end_matches(at_ends).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_nothing_that_hides_it_or_steers_a_terminal() {
        for (text, name) in [
            ("民政局2024", "民政局2024.json"),
            ("民政局\u{202E}gpj.\u{1b}[31m", "民政局gpj.[31m.json"),
            ("  ..a/b\\c:d*?\"<>|. ", "abcd.json"),
            ("\u{3000}甲\u{3000}", "甲.json"),
            ("...", ""),
            (" \u{200B}\n", ""),
        ] {
            assert_eq!(file_name(text, ".json"), name, "{text:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_between_two_characters() {
        let name = file_name(&"局".repeat(90), ".恢复-20240124-163107.json");
        assert!(
            name.len() <= LONGEST && name.len() > LONGEST - 3,
            "{}",
            name.len()
        );
        assert!(name.ends_with("局.恢复-20240124-163107.json"), "{name}");
        // A letter and its accent are one character.
        let accents = "e\u{301}".repeat(100);
        let name = file_name(&accents, "");
        assert!(name.ends_with('\u{301}') && name.len() <= LONGEST, "{name}");
        let dotted = format!("{}.b", "a".repeat(254));
        assert_eq!(file_name(&dotted, ""), "a".repeat(254));
    }
}
