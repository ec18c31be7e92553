//! What this terminal is asked: how wide it shows characters of ambiguous width, whether
//! it marks its pastes, and what its background is.
//!
//! The questions are written once before the first frame and not waited for: the screen
//! is drawn with one column and once more if the answers say two.
//!
//! Never: reads or waits; an unanswered question means one column, and unmarked pastes.
//! Next: `parser` for how the answers arrive, `writer` for glyphs of unknown width.

use super::parser::TerminalReport;
use crate::tui::theme::Background;

/// Each glyph at the start of row 2, then where the cursor went; then whether pastes are
/// marked; then a blank row, for there are terminals that print the last question's `p`.
///
/// Row 2, because `ESC[1;2R` from row 1 is also Shift+F3.
pub const QUESTION: &str = concat!(
    "\x1b[2;1H“\x1b[6n",
    "\x1b[2;1H…\x1b[6n",
    "\x1b[2;1H①\x1b[6n",
    "\x1b[2;1H·\x1b[6n",
    "\x1b[?2004$p",
    "\x1b[2;1H\x1b[K",
);
/// What the background is, where that matters and the question would not be shown.
pub const BACKGROUND: &str = "\x1b]11;?\x1b\\";
/// The positions that are answered.
pub const QUESTIONS: usize = 4;

/// Collects the answers.
#[derive(Debug, Default)]
pub struct WidthProbe {
    columns: Vec<u16>,
}

impl WidthProbe {
    /// Takes a report; returns the width once, with the last answer, where the terminal
    /// shows one character for each.
    pub fn answer(&mut self, report: TerminalReport) -> Option<u16> {
        let TerminalReport::Cursor { row: 2, col } = report else {
            return None;
        };
        self.columns.push(col.saturating_sub(1));
        if self.columns.len() != QUESTIONS {
            return None;
        }
        ambiguous_width(&self.columns)
    }
}

/// The width to count with, 1 or 2, from the widths seen; None where one is neither,
/// for such a terminal does not read UTF-8.
///
/// A single wide glyph decides: a gap is better than a covered neighbour.
#[must_use]
pub fn ambiguous_width(seen: &[u16]) -> Option<u16> {
    if seen.contains(&2) {
        Some(2)
    } else {
        seen.iter().all(|columns| *columns == 1).then_some(1)
    }
}

/// What a background of this colour is; `Auto` for one between dark and light, where
/// neither's colours are sure to be read.
#[must_use]
pub fn background([red, green, blue]: [u8; 3]) -> Background {
    let light = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    match light / 1000 {
        0..=95 => Background::Dark,
        160.. => Background::Light,
        _ => Background::Auto,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wide_glyph_decides() {
        for (seen, width) in [
            (&[1, 1, 1, 1][..], Some(1)),
            (&[1, 2, 1, 1], Some(2)),
            (&[2, 2, 2, 2], Some(2)),
            // Its bytes shown one by one: GBK.
            (&[3, 3, 3, 2], Some(2)),
            (&[3, 3, 3, 4], None),
            (&[0, 1, 1, 1], None),
        ] {
            assert_eq!(ambiguous_width(seen), width);
        }
    }

    #[test]
    fn backgrounds_of_usual_terminals() {
        for (colour, wanted) in [
            ([0, 0, 0], Background::Dark),
            ([0xff, 0xff, 0xff], Background::Light),
            // Solarized dark and light, Ubuntu, PowerShell.
            ([0, 0x2b, 0x36], Background::Dark),
            ([0xfd, 0xf6, 0xe3], Background::Light),
            ([0x30, 0x0a, 0x24], Background::Dark),
            ([1, 0x24, 0x56], Background::Dark),
            ([0x80, 0x80, 0x80], Background::Auto),
        ] {
            assert_eq!(background(colour), wanted, "{colour:?}");
        }
    }

    #[test]
    fn the_width_is_known_with_the_last_answer() {
        assert_eq!(QUESTION.matches("\x1b[6n").count(), QUESTIONS);
        let mut probe = WidthProbe::default();
        assert_eq!(probe.answer(TerminalReport::Other), None);
        assert_eq!(
            probe.answer(TerminalReport::Cursor { row: 1, col: 2 }),
            None
        );
        for _ in 1..QUESTIONS {
            assert_eq!(
                probe.answer(TerminalReport::Cursor { row: 2, col: 3 }),
                None
            );
        }
        assert_eq!(
            probe.answer(TerminalReport::Cursor { row: 2, col: 3 }),
            Some(2)
        );
        assert_eq!(
            probe.answer(TerminalReport::Cursor { row: 2, col: 3 }),
            None
        );
    }
}
