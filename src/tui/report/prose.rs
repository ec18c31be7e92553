//! The texts as they stand on the screen: rows, carets, selection, marks.
//!
//! The widget is our own. Measured with ratatui-textarea on 841 rows: one row
//! in seven began with a closing mark, a key in 20,000 characters took 3.2 ms,
//! and Left over a joined emoji stopped eight times; it has no way to mark a
//! range. A text here is the report's own string; what is kept beside it is
//! where its rows begin. ratatui-textarea stays for one-line prompts.
//!
//! **Never:** keeps a second text that can differ from the report's; puts a
//! caret inside a grapheme.
//! Next: `text` for keys, `text_view` for drawing.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::base::width::{Row, Ruler};
use crate::base::words::{Message, words};
use crate::check::{Fact, Problem, Severity, Site};
use crate::form::{CellId, TextId};
use crate::model::Report;
use crate::tui::turn::Look;

use crate::tui::report::ReportScreen;

/// Bytes that a section may hold.
pub(in crate::tui) const MOST: usize = 1 << 20;
/// Lines of the fact list that are shown at a time.
pub(in crate::tui) const FACTS: usize = 5;
/// Columns left of a text: a mark and a space.
pub(in crate::tui) const MARGIN: u16 = 2;

/// What the screen knows of the texts beside what they say.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// The caret of each text, in the order of the form.
    pub carets: Vec<Caret>,
    /// Where the selection begins.
    pub anchor: Option<Hold>,
    /// The column that Up and Down keep to.
    pub goal: Option<usize>,
    /// The chosen line of the fact list while the focus is there.
    pub fact: Option<usize>,
    /// The field of the head that is chosen.
    pub field: usize,
    /// The text that a jump to a cell came from.
    pub back: Option<TextId>,
    /// What was looked for last.
    pub sought: String,
    /// Rows of the text shown.
    pub layout: Layout,
    pub(in crate::tui) burst: Option<Burst>,
}

/// Where typing goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caret {
    /// Byte of the text.
    pub at: usize,
    /// Where two rows meet it stands behind the first one.
    pub is_behind: bool,
}

/// The fixed end of a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Byte of the text.
    pub at: usize,
    /// Plain arrows extend the selection too.
    pub is_sticky: bool,
}

/// Changes that are one undo step so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Burst {
    /// The text it is in.
    pub(in crate::tui) text: TextId,
    /// Steps in the history with it.
    pub(in crate::tui) steps: usize,
    /// What was typed so far; empty while characters are removed.
    pub(in crate::tui) from: usize,
    /// Where the next change goes on.
    pub(in crate::tui) to: usize,
    /// It removes.
    pub(in crate::tui) removes: bool,
}

/// A text wrapped into rows.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    text: String,
    ruler: Ruler,
    cols: usize,
    rows: Vec<Row>,
}

impl Layout {
    /// Wraps a text, unless it is the one that is wrapped already.
    pub fn lay(&mut self, text: &str, ruler: Ruler, cols: usize) {
        let stands = self.ruler == ruler && self.cols == cols && !self.rows.is_empty();
        if stands && self.text == text {
            return;
        }
        self.rows = ruler.rows(text, cols).collect();
        text.clone_into(&mut self.text);
        self.ruler = ruler;
        self.cols = cols;
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The text that was wrapped.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The row a caret stands in.
    #[must_use]
    pub fn row_of(&self, caret: Caret) -> usize {
        let row = self
            .rows
            .partition_point(|row| row.start <= caret.at)
            .saturating_sub(1);
        let behind = caret.is_behind
            && row > 0
            && self.rows[row].start == caret.at
            && !self.rows[row - 1].is_hard;
        if behind { row - 1 } else { row }
    }

    /// Row and column of a caret.
    #[must_use]
    pub fn place(&self, caret: Caret) -> (usize, usize) {
        let row = self.row_of(caret);
        let Some(Row { start, end, .. }) = self.rows.get(row) else {
            return (0, 0);
        };
        let to = caret.at.clamp(*start, *end);
        (row, self.columns(&self.text[*start..to]))
    }

    /// Columns of a piece of a row, grapheme by grapheme as it is drawn.
    #[must_use]
    pub fn columns(&self, piece: &str) -> usize {
        let glyphs = self.ruler.glyphs(piece);
        glyphs.map(|glyph| self.ruler.drawn_glyph(glyph)).sum()
    }

    /// The caret in a row that is nearest to a column without passing it.
    #[must_use]
    pub fn caret_at(&self, row: usize, column: usize) -> Caret {
        let Some(Row {
            start,
            end,
            is_hard,
            ..
        }) = self.rows.get(row).copied()
        else {
            return Caret::default();
        };
        let mut used = 0;
        for glyph in self.ruler.glyphs(&self.text[start..end]) {
            used += self.ruler.drawn_glyph(glyph);
            if used > column {
                return Caret {
                    at: start + glyph.at,
                    is_behind: false,
                };
            }
        }
        Caret {
            at: end,
            is_behind: !is_hard && end < self.text.len(),
        }
    }
}

/// The grapheme boundary before a place.
#[must_use]
pub(in crate::tui) fn before(text: &str, at: usize) -> usize {
    text[..at]
        .grapheme_indices(true)
        .next_back()
        .map_or(0, |(start, _)| start)
}

/// The grapheme boundary after a place.
#[must_use]
pub(in crate::tui) fn after(text: &str, at: usize) -> usize {
    at + text[at..].graphemes(true).next().map_or(0, str::len)
}

/// Characters that count: everything but spaces.
#[must_use]
pub(in crate::tui) fn characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Text as it may go into a report: no controls, one kind of line break.
#[must_use]
pub(in crate::tui) fn clean(text: &str) -> String {
    let breaks = text.replace("\r\n", "\n");
    breaks
        .chars()
        .map(|c| match c {
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\t' => ' ',
            c => c,
        })
        .filter(|c| *c == '\n' || !(c.is_control() || *c == '\u{feff}'))
        .collect()
}

/// A range of a text that is underlined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Marked {
    /// Its bytes.
    pub(in crate::tui) range: Range<usize>,
    /// How grave it is.
    pub(in crate::tui) severity: Severity,
    /// What stands in the margin of its rows.
    pub(in crate::tui) sign: char,
}

/// The sign of a problem beside a text: that of its severity, as everywhere.
fn sign(problem: &Problem) -> char {
    if problem.is_settled() {
        ':'
    } else {
        problem.severity().sign()
    }
}

/// A line of the fact list under a text.
#[derive(Clone, Copy, Debug)]
pub(in crate::tui) enum FactLine<'a> {
    /// Something wrong with a number or a word.
    Wrong(&'a Problem),
    /// A number of a sentence, and what became of it.
    Number(&'a Fact),
}

impl FactLine<'_> {
    /// That of a problem; of a number, `i` is to be looked at, `=` agrees, `-` was not
    /// compared.
    pub(in crate::tui) fn sign(self) -> char {
        match self {
            FactLine::Wrong(problem) => sign(problem),
            FactLine::Number(fact) => match fact.agrees {
                Some(true) => '=',
                Some(false) => 'i',
                None => '-',
            },
        }
    }

    /// What it says.
    pub(in crate::tui) fn said(self, report: &Report) -> Message {
        match self {
            FactLine::Wrong(problem) if problem.is_explained() => {
                words("{said}  已说明", "{said}  explained")
                    .with(vec![("said", problem.message().into())])
            }
            FactLine::Wrong(problem) => problem.message(),
            FactLine::Number(fact) => fact.words(report),
        }
    }

    /// Where it begins in the text.
    pub(in crate::tui) fn start(self) -> usize {
        match self {
            FactLine::Wrong(problem) => match &problem.site {
                Site::Text(_, range) => range.start,
                _ => 0,
            },
            FactLine::Number(fact) => fact.range.start,
        }
    }

    /// The cell it is about.
    pub(in crate::tui) fn cell(self) -> Option<CellId> {
        match self {
            FactLine::Wrong(problem) => problem.cell,
            FactLine::Number(fact) => fact.cell(),
        }
    }
}

impl ReportScreen {
    /// The text shown, where a text page is.
    #[must_use]
    pub fn text_shown(&self) -> Option<TextId> {
        match self.page {
            super::Page::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The caret of a text, on a boundary of the text as it is now.
    #[must_use]
    pub fn caret(&self, text: TextId) -> Caret {
        let body = self.report().text(text);
        let caret = self
            .prose
            .carets
            .get(text.index())
            .copied()
            .unwrap_or_default();
        let mut at = caret.at.min(body.len());
        while !body.is_char_boundary(at) {
            at -= 1;
        }
        Caret { at, ..caret }
    }

    /// The selected bytes of a text; empty at the caret without a selection.
    #[must_use]
    pub fn selection(&self, text: TextId) -> Range<usize> {
        let at = self.caret(text).at;
        let body = self.report().text(text);
        match self.prose.anchor {
            Some(hold) if body.is_char_boundary(hold.at) => hold.at.min(at)..hold.at.max(at),
            _ => at..at,
        }
    }

    /// Problems that stand in a text, with their bytes.
    pub(in crate::tui) fn problems_in(
        &self,
        text: TextId,
    ) -> impl Iterator<Item = (&Problem, Range<usize>)> {
        let body = self.report().text(text);
        self.findings
            .problems
            .iter()
            .filter_map(move |problem| match &problem.site {
                Site::Text(of, range) if *of == text && body.get(range.clone()).is_some() => {
                    Some((problem, range.clone()))
                }
                _ => None,
            })
    }

    /// The ranges of a text that are marked; what is explained is no more.
    pub(in crate::tui) fn marks(&self, text: TextId) -> Vec<Marked> {
        self.problems_in(text)
            .filter(|(problem, _)| !problem.is_settled())
            .map(|(problem, range)| Marked {
                range,
                severity: problem.severity(),
                sign: sign(problem),
            })
            .collect()
    }

    /// The fact list of a text: what is wrong, then what agrees, then what no
    /// cell or sum could be held against.
    pub(in crate::tui) fn fact_lines(&self, text: TextId) -> Vec<FactLine<'_>> {
        let mut wrong: Vec<_> = self.problems_in(text).collect();
        wrong.sort_by_key(|(problem, range)| {
            let severity = std::cmp::Reverse(problem.severity());
            (problem.is_settled(), severity, range.start)
        });
        // A contradiction without a problem is one that the profile silences.
        let is_said = |fact: &Fact| {
            wrong.iter().any(|(problem, range)| {
                *range == fact.range && Some(problem.rule.code) == fact.rule
            })
        };
        let mut numbers: Vec<&Fact> = self
            .findings
            .facts
            .iter()
            .filter(|fact| fact.text == text && !is_said(fact))
            .collect();
        numbers.sort_by_key(|fact| match fact.agrees {
            Some(agrees) => u8::from(agrees),
            None => 2,
        });
        let wrong = wrong.iter().map(|(problem, _)| FactLine::Wrong(problem));
        wrong
            .chain(numbers.into_iter().map(FactLine::Number))
            .collect()
    }

    /// The problem to speak of at the caret of a text: around it, in its
    /// paragraph, else one of the section as a whole.
    pub(in crate::tui) fn problem_in_text(&self, text: TextId) -> Option<&Problem> {
        let body = self.report().text(text);
        let at = self.caret(text).at;
        let start = body[..at].rfind('\n').map_or(0, |at| at + 1);
        let end = body[at..].find('\n').map_or(body.len(), |to| at + to);
        self.problems_in(text)
            .find(|(_, range)| range.start <= at && at <= range.end)
            .or_else(|| {
                self.problems_in(text)
                    .find(|(_, range)| range.start <= end && start <= range.end)
            })
            .map(|(problem, _)| problem)
            .or_else(|| {
                self.findings
                    .problems
                    .iter()
                    .find(|problem| problem.site == Site::Section(text))
            })
    }
}

/// How many rows of the body of a text page are text, and how many the fact list under
/// it takes; none where it stands beside the text.
pub(in crate::tui) fn split(look: Look, facts: usize) -> (usize, usize) {
    const HEADING: u16 = 1;
    let (cols, rows) = look.size;
    let room = usize::from(rows.saturating_sub(HEADING)).max(1);
    if facts == 0 || look.has_side || cols < 60 || rows < 11 {
        return (room, 0);
    }
    let pane = facts.min(FACTS) + 1;
    (room.saturating_sub(pane).max(1), pane)
}

/// Columns of a text in a body so wide: a margin, and a place for the caret behind a full
/// row. Longer rows than 80 are hard to read.
pub(in crate::tui) fn text_cols(cols: u16) -> usize {
    usize::from(cols.saturating_sub(MARGIN + 2)).clamp(2, 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(text: &str, cols: usize) -> Vec<Row> {
        let mut layout = Layout::default();
        layout.lay(text, Ruler::default(), cols);
        layout.rows
    }

    #[test]
    fn rows_never_begin_with_a_closing_mark_and_cover_the_text() {
        let text = "全年受理12件，办结9件。\n\n（一）收“函”3件";
        let rows = fresh(text, 9);
        let shown: Vec<&str> = rows.iter().map(|row| &text[row.start..row.end]).collect();
        assert_eq!(
            shown,
            ["全年受理", "12件，办", "结9件。", "", "（一）收", "“函”3件"]
        );
    }

    #[test]
    fn the_end_of_a_soft_row_and_the_start_of_the_next_are_two_places() {
        let mut layout = Layout::default();
        layout.lay("一二三四五六", Ruler::default(), 6);
        let start = Caret {
            at: 9,
            is_behind: false,
        };
        assert_eq!(layout.place(start), (1, 0));
        let end = Caret {
            at: 9,
            is_behind: true,
        };
        assert_eq!(layout.place(end), (0, 6));
        assert_eq!(layout.caret_at(0, 99), end);
        assert_eq!(layout.caret_at(0, 3).at, 3);
    }

    #[test]
    fn carets_move_by_what_a_person_takes_for_one_character() {
        let text = "e\u{301}👨\u{200d}👩\u{200d}👧中";
        let mut stops = vec![text.len()];
        while let Some(at) = stops.last().copied().filter(|at| *at > 0) {
            stops.push(before(text, at));
        }
        assert_eq!(stops.len(), 4, "three steps");
        assert_eq!(after(text, 0), 3);
    }

    #[test]
    fn a_paste_is_cleaned_of_controls_only() {
        assert_eq!(
            clean("a\r\nb\rc\u{1b}[31m\u{0}\t１（㎡）"),
            "a\nb\nc[31m １（㎡）"
        );
        assert_eq!(
            clean("👨\u{200d}👩 שלום e\u{301}"),
            "👨\u{200d}👩 שלום e\u{301}"
        );
    }
}
