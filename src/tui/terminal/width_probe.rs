//! What this terminal is asked: how wide it shows characters of ambiguous width, and
//! whether it marks its pastes.
//!
//! The questions are written once before the first frame and not waited for: the screen
//! is drawn with one column and once more if the answers say two.
//!
//! Never: reads or waits; an unanswered question means one column, and unmarked pastes.
//! Next: `parser` for how the answers arrive, `writer` for glyphs of unknown width.

use super::parser::TerminalReport;

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
/// The positions that are answered.
pub const QUESTIONS: usize = 4;

/// Collects the answers.
#[derive(Debug, Default)]
pub struct WidthProbe {
    columns: Vec<u16>,
}

impl WidthProbe {
    /// Takes a report; returns the width once, with the last answer.
    pub fn answer(&mut self, report: TerminalReport) -> Option<u16> {
        let TerminalReport::Cursor { row: 2, col } = report else {
            return None;
        };
        self.columns.push(col.saturating_sub(1));
        (self.columns.len() == QUESTIONS).then(|| ambiguous_width(&self.columns))
    }
}

/// The width to count with, 1 or 2, from the widths seen.
///
/// A single wide glyph decides: a gap is better than a covered neighbour.
#[must_use]
pub fn ambiguous_width(seen: &[u16]) -> u16 {
    if seen.contains(&2) { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wide_glyph_decides() {
        for (seen, width) in [
            (&[][..], 1),
            (&[1, 1, 1, 1], 1),
            (&[1, 2, 1, 1], 2),
            (&[2, 2, 2, 2], 2),
            (&[0, 9], 1),
        ] {
            assert_eq!(ambiguous_width(seen), width);
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
