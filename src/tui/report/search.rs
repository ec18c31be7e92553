//! Words of the texts: where they stand, and going from one place to the next.
//!
//! **Never:** cares for the width of a digit or the case of a letter.
//! Next: `panels::find`, which lists what is found.

use std::ops::Range;

use super::ReportScreen;
use super::prose::Hold;
use crate::base::number::narrow;
use crate::base::words::words;
use crate::form::TextId;
use crate::tui::command::Command;
use crate::tui::turn::{Cx, Next};

/// Goes to the next or the previous match of what was looked for last.
pub(in crate::tui) fn step(report: &mut ReportScreen, cx: &mut Cx<'_>, forward: bool) -> Next {
    report.leave_cell();
    match report.neighbour(forward) {
        Some((text, range)) => report.select(text, range),
        None if report.prose.sought.is_empty() => return Next::Run(Command::Find),
        None => cx.say(words("没有找到", "nothing found")),
    }
    Next::Stay
}

/// Letters small, digits and signs of full width as ASCII.
pub(in crate::tui) fn fold(text: &str) -> String {
    text.chars()
        .map(|c| narrow(c).to_ascii_lowercase())
        .collect()
}

/// The places of a text that read like the query, none overlapping.
pub(in crate::tui) fn matches(text: &str, query: &str) -> Vec<Range<usize>> {
    let wanted: Vec<char> = fold(query).chars().collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let letters: Vec<(usize, char)> = text
        .char_indices()
        .map(|(at, c)| (at, narrow(c).to_ascii_lowercase()))
        .collect();
    let end_of = |index: usize| letters.get(index).map_or(text.len(), |(at, _)| *at);
    let mut found = Vec::new();
    let mut at = 0;
    while at + wanted.len() <= letters.len() {
        let piece = letters[at..at + wanted.len()].iter().map(|(_, c)| c);
        if piece.eq(&wanted) {
            found.push(letters[at].0..end_of(at + wanted.len()));
            at += wanted.len();
        } else {
            at += 1;
        }
    }
    found
}

impl ReportScreen {
    /// The match of what was looked for last that follows or precedes the caret.
    pub(in crate::tui) fn neighbour(&self, forward: bool) -> Option<(TextId, Range<usize>)> {
        let all: Vec<(TextId, Range<usize>)> = self
            .form()
            .texts()
            .flat_map(|text| {
                matches(self.report().text(text), &self.prose.sought)
                    .into_iter()
                    .map(move |range| (text, range))
            })
            .collect();
        let section = self.section();
        let selected = self.text_shown().map_or(0..0, |text| self.selection(text));
        let found = if forward {
            all.iter()
                .find(|(text, range)| (*text, range.start) >= (section, selected.end))
                .or(all.first())
        } else {
            all.iter()
                .rev()
                .find(|(text, range)| (*text, range.end) <= (section, selected.start))
                .or(all.last())
        };
        found.cloned()
    }

    /// Selects a range of a text, the caret behind it.
    pub(in crate::tui) fn select(&mut self, text: TextId, range: Range<usize>) {
        self.go_to_text(text, range.end);
        self.prose.anchor = Some(Hold {
            at: range.start,
            is_sticky: false,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn matches_do_not_care_for_width_or_case_and_never_overlap() {
        let text = "受理９件，WeChat受理9件";
        assert_eq!(matches(text, "受理9件"), [0..12, 21..31]);
        assert_eq!(matches(text, "wechat").first(), Some(&(15..21)));
        assert_eq!(matches("aaa", "aa").len(), 1);
        assert!(matches(text, "").is_empty());
    }
}
