//! Pastes that a terminal does not mark: characters, tabs and newlines in a run.
//!
//! A newline of a paste must never act as Enter, nor a tab as Tab. Once a terminal has
//! shown that it marks its pastes, everything unmarked is keys, however many come at
//! once: a stalled line delivers `7⏎1` in one read. Until then a run, each piece within
//! 30 ms of the one before, is a paste if what it holds is not typed by hand
//! (`UnmarkedPastes::is_paste` has the rule).
//!
//! A key is handed on at once all the same. If a run turns out to be a paste after some
//! of its keys were handed on, the event says how many, and they are taken back. A paste,
//! or a run too long to be typed, waits 30 ms for its continuation, because a terminal
//! hands over long texts in pieces.
//!
//! Never: delays a key, or looks at a clock.
//! Next: `events` for who calls it, `update::unmarked` for what becomes of a run.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::parser::{Event, PASTE_MAX, TerminalReport};
use crate::base::number::{is_space, narrow};
use crate::tui::input::{MOST_TRAIL, key_of};

/// Pieces of one paste follow each other within this time.
pub const GAP: Duration = Duration::from_millis(30);
/// Characters of one read from which on they were not typed, even without a newline.
const LONG: usize = 32;

/// What characters are typed into, as far as a paste looks different there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Destination {
    /// Cells of a table.
    Cells {
        /// One of them takes a number with a point.
        points: bool,
    },
    /// A text, a prompt, a list.
    #[default]
    Elsewhere,
}

/// Joins characters, tabs and newlines into pastes.
#[derive(Debug, Default)]
pub struct UnmarkedPastes {
    /// What characters are typed into now.
    pub destination: Destination,
    /// The terminal marks its pastes: what is not marked is keys.
    marks: bool,
    /// tmux or screen runs between the program and the terminal: its answers prove nothing.
    relayed: bool,
    /// The run so far. Enter as `\r`, Ctrl+J as `\n`, so that it can turn back into keys.
    run: String,
    /// Bytes of the run that were handed on as keys.
    given: usize,
    since: Duration,
}

impl UnmarkedPastes {
    /// Joins what comes from a terminal; `relayed` if tmux or screen runs between the
    /// program and the terminal, for they answer for themselves.
    #[must_use]
    pub fn new(relayed: bool) -> Self {
        UnmarkedPastes {
            relayed,
            ..UnmarkedPastes::default()
        }
    }

    /// Takes the events of one read that ended at `now`; returns those that are certain.
    pub fn join(&mut self, batch: Vec<Event>, now: Duration) -> Vec<Event> {
        let mut settled = self.flush(now);
        for event in batch {
            if let Some(letter) = letter(&event) {
                self.run.push(letter);
                self.since = now;
                continue;
            }
            self.settle(&mut settled);
            self.marks |= match event {
                Event::Paste(_) => true,
                Event::Report(TerminalReport::MarksPastes) => !self.relayed,
                _ => false,
            };
            settled.push(event);
        }
        if self.run.len() >= PASTE_MAX {
            self.settle(&mut settled);
        } else if !self.waits() {
            self.give(&mut settled);
        }
        settled
    }

    /// When `flush` has something to return; None is never.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        (self.given < self.run.len()).then(|| self.since.saturating_add(GAP))
    }

    /// Ends a run whose continuation did not come until `now`.
    pub fn flush(&mut self, now: Duration) -> Vec<Event> {
        let mut settled = Vec::new();
        if !self.run.is_empty() && now >= self.since.saturating_add(GAP) {
            self.settle(&mut settled);
        }
        settled
    }

    /// Whether more of the run is waited for.
    fn waits(&self) -> bool {
        self.run[self.given..].chars().nth(LONG - 1).is_some() || self.is_paste()
    }

    /// Hands on the keys of the run; the run goes on.
    fn give(&mut self, settled: &mut Vec<Event>) {
        let keys = self.run[self.given..].chars().map(key_of).map(Event::Key);
        settled.extend(keys);
        self.given = self.run.len();
        // So many could not be taken back: a key that is held down begins a new run.
        if self.given > MOST_TRAIL {
            self.run.clear();
            self.given = 0;
        }
    }

    fn settle(&mut self, settled: &mut Vec<Event>) {
        let rest = &self.run[self.given..];
        if rest.is_empty() {
        } else if self.is_paste() {
            settled.push(Event::Unmarked {
                text: self.run.clone(),
                given: self.run[..self.given].chars().count(),
            });
        } else if rest.chars().nth(LONG - 1).is_some() {
            settled.push(Event::Typed(rest.to_owned()));
        } else {
            self.give(settled);
        }
        self.run.clear();
        self.given = 0;
    }

    /// Whether the run was pasted: a tab or a newline between contents, or in cells two
    /// numbers apart by blanks, or a number with a point or comma that no cell here takes.
    fn is_paste(&self) -> bool {
        if self.marks {
            return false;
        }
        let lines = self.run.split(['\r', '\n', '\t']);
        let between = lines.filter(|line| !line.trim_matches(is_space).is_empty());
        if between.count() > 1 {
            return true;
        }
        let Destination::Cells { points } = self.destination else {
            return false;
        };
        let text: Vec<char> = self.run.chars().map(narrow).collect();
        let words = text.split(|c| is_space(*c));
        let numbers = words.filter(|word| word.iter().any(char::is_ascii_digit));
        let numbers = numbers.filter(|word| word.iter().all(|c| is_of_number(*c)));
        numbers.count() > 1
            || text.windows(3).any(|three| {
                let [before, mark, after] = *three else {
                    return false;
                };
                let parts = mark == ',' || (mark == '.' && !points);
                parts && before.is_ascii_digit() && after.is_ascii_digit()
            })
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+')
}

fn letter(event: &Event) -> Option<char> {
    let Event::Key(key) = event else { return None };
    letter_of(*key)
}

/// The letter of a run that a key is.
fn letter_of(key: KeyEvent) -> Option<char> {
    match (key.code, key.modifiers) {
        (KeyCode::Char(letter), KeyModifiers::NONE) => Some(letter),
        (KeyCode::Tab, KeyModifiers::NONE) => Some('\t'),
        (KeyCode::Enter, KeyModifiers::NONE) => Some('\r'),
        (KeyCode::Char('j'), KeyModifiers::CONTROL) => Some('\n'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: Destination = Destination::Cells { points: false };

    fn typed(text: &str) -> Vec<Event> {
        text.chars().map(key_of).map(Event::Key).collect()
    }

    fn ms(time: u64) -> Duration {
        Duration::from_millis(time)
    }

    fn in_cells() -> UnmarkedPastes {
        UnmarkedPastes {
            destination: CELLS,
            ..UnmarkedPastes::new(false)
        }
    }

    fn unmarked(text: &str, given: usize) -> Vec<Event> {
        let text = text.to_owned();
        vec![Event::Unmarked { text, given }]
    }

    #[test]
    fn a_key_is_given_out_at_once() {
        let mut pastes = in_cells();
        for (time, text) in [(0, "7"), (30, "\r"), (60, "1"), (90, "\r"), (120, "\r")] {
            assert_eq!(pastes.join(typed(text), ms(time)), typed(text));
            assert_eq!(pastes.deadline(), None);
        }
    }

    #[test]
    fn what_may_be_typed_is_typing() {
        for text in [
            "4242\r",
            "\r42",
            "\r\r\r1",
            "1\r\r\r",
            "\t\t7\r",
            "中文\n",
            "7+",
            "++++",
            "1 ",
            "5.",
            ".5",
            "7/",
            "国家 秘密",
            "3号 4号",
        ] {
            assert_eq!(in_cells().join(typed(text), ms(0)), typed(text), "{text:?}");
        }
        let amounts = Destination::Cells { points: true };
        for (place, text) in [
            (amounts, "1.5"),
            (Destination::Elsewhere, "1.5"),
            (Destination::Elsewhere, "7 1"),
        ] {
            let mut pastes = in_cells();
            pastes.destination = place;
            assert_eq!(pastes.join(typed(text), ms(0)), typed(text), "{text:?}");
        }
    }

    #[test]
    fn what_nobody_types_is_a_paste_30_ms_later() {
        for text in [
            "7\r1\r",
            "1\t2\r\n3\t4",
            "一\n二",
            "7 1 0",
            "7\u{3000}1",
            "７ １",
            "1.234",
            "1,234",
            "1，2",
            "一 本年新收\t7",
        ] {
            let mut pastes = in_cells();
            assert_eq!(pastes.join(typed(text), ms(5)), [], "{text:?}");
            assert_eq!(pastes.deadline(), Some(ms(35)));
            assert_eq!(pastes.flush(ms(34)), []);
            assert_eq!(pastes.flush(ms(35)), unmarked(text, 0));
            assert_eq!(pastes.deadline(), None);
        }
    }

    #[test]
    fn pieces_within_30_ms_are_one_paste_and_keys_given_out_are_counted() {
        let mut pastes = in_cells();
        assert_eq!(pastes.join(typed("1"), ms(0)), typed("1"));
        assert_eq!(pastes.join(typed("\t"), ms(29)), typed("\t"));
        assert_eq!(pastes.join(typed("3\r4"), ms(58)), []);
        assert_eq!(pastes.join(typed("5\r"), ms(87)), []);
        let mut settled = unmarked("1\t3\r45\r", 2);
        settled.extend(typed("7"));
        assert_eq!(pastes.join(typed("7"), ms(117)), settled);
    }

    #[test]
    fn a_terminal_that_marks_its_pastes_types_everything_else() {
        let marked = Event::Paste("x".to_owned());
        let answer = Event::Report(TerminalReport::MarksPastes);
        for (relayed, shown, is_typed) in [
            (false, &marked, true),
            (true, &marked, true),
            (false, &answer, true),
            (true, &answer, false),
        ] {
            let mut pastes = UnmarkedPastes::new(relayed);
            let came = pastes.join(vec![shown.clone()], ms(0));
            assert_eq!(came, std::slice::from_ref(shown));
            let came = pastes.join(typed("7\r1"), ms(1));
            assert_eq!(came == typed("7\r1"), is_typed, "{relayed} {shown:?}");
        }
    }

    #[test]
    fn a_long_run_waits_and_comes_as_one() {
        let line = "9".repeat(LONG);
        let mut pastes = in_cells();
        assert_eq!(pastes.join(typed(&line), ms(0)), []);
        assert_eq!(pastes.join(typed("\r8"), ms(1)), []);
        assert_eq!(pastes.flush(ms(31)), unmarked(&format!("{line}\r8"), 0));
        assert_eq!(pastes.join(typed(&line), ms(40)), []);
        assert_eq!(pastes.join(typed("8"), ms(69)), []);
        assert_eq!(pastes.flush(ms(99)), [Event::Typed(format!("{line}8"))]);
        pastes.marks = true;
        assert_eq!(pastes.join(typed(&line), ms(200)), []);
        assert_eq!(pastes.join(typed("\r8"), ms(201)), []);
        assert_eq!(pastes.flush(ms(231)), [Event::Typed(format!("{line}\r8"))]);
    }

    #[test]
    fn a_key_that_is_held_down_is_never_a_paste() {
        let mut pastes = in_cells();
        for time in 0..500 {
            assert_eq!(pastes.join(typed("7"), ms(time * 20)), typed("7"));
        }
    }

    #[test]
    fn another_key_ends_a_run() {
        let left = Event::Key(KeyEvent::new(KeyCode::Left, KeyModifiers::NONE));
        let mut batch = typed("1\r2");
        batch.push(left.clone());
        batch.extend(typed("3\r"));
        let mut expected = unmarked("1\r2", 0);
        expected.push(left);
        expected.extend(typed("3\r"));
        assert_eq!(in_cells().join(batch, ms(0)), expected);
    }
}
