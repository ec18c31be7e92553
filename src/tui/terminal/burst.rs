//! Pastes of terminals that do not mark them: characters and newlines in one burst.
//!
//! A newline of a paste must never act as Enter, so a run of characters with a newline
//! between them counts as a paste when it came in one read, however it was made. That
//! takes `7⏎1⏎` for a paste too if a slow line delivers the four keys at once; SCREEN
//! wants it so, and a paste of two numbers cannot be told from it. A newline at either
//! end proves nothing: `4242⏎` is typing. Keys that come one read each are typing
//! however fast they follow each other.
//!
//! What is a paste, or too long to be typed, waits 30 ms for its continuation, because a
//! terminal hands over long texts in pieces. Everything else passes at once.
//!
//! Never: delays a key, or looks at a clock.
//! Next: `inbox` for who calls it.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::keys::Event;

/// Pieces of one paste follow each other within this time.
pub const GAP: Duration = Duration::from_millis(30);
/// So many characters in one read were not typed, even without a newline so far.
const LONG: usize = 32;

/// Joins bursts of characters and newlines into pastes.
#[derive(Debug, Default)]
pub struct Bursts {
    /// Enter as `\r`, Ctrl+J as `\n`, so that it can turn back into keys.
    held: String,
    since: Duration,
}

impl Bursts {
    /// Takes the events of one read that ended at `now`; gives back what is settled.
    pub fn join(&mut self, batch: Vec<Event>, now: Duration) -> Vec<Event> {
        let mut settled = self.flush(now);
        for event in batch {
            if let Some(letter) = letter(&event) {
                self.held.push(letter);
            } else {
                self.settle(&mut settled);
                settled.push(event);
            }
            self.since = now;
        }
        if !is_paste(&self.held) && self.held.chars().count() < LONG {
            self.settle(&mut settled);
        }
        settled
    }

    /// Says when `flush` has something to give; None is never.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        (!self.held.is_empty()).then(|| self.since + GAP)
    }

    /// Gives out what waited until `now` for a continuation that did not come.
    pub fn flush(&mut self, now: Duration) -> Vec<Event> {
        let mut settled = Vec::new();
        if self.deadline().is_some_and(|deadline| now >= deadline) {
            self.settle(&mut settled);
        }
        settled
    }

    fn settle(&mut self, settled: &mut Vec<Event>) {
        let held = std::mem::take(&mut self.held);
        if is_paste(&held) {
            let text = held.replace("\r\n", "\n").replace('\r', "\n");
            settled.push(Event::Paste(text));
        } else {
            settled.extend(held.chars().map(key));
        }
    }
}

/// Content on both sides of a newline.
fn is_paste(text: &str) -> bool {
    let lines = text.split(['\r', '\n']);
    lines.filter(|line| !line.is_empty()).nth(1).is_some()
}

fn letter(event: &Event) -> Option<char> {
    let Event::Key(key) = event else { return None };
    match (key.code, key.modifiers) {
        (KeyCode::Char(letter), KeyModifiers::NONE) => Some(letter),
        (KeyCode::Tab, KeyModifiers::NONE) => Some('\t'),
        (KeyCode::Enter, KeyModifiers::NONE) => Some('\r'),
        (KeyCode::Char('j'), KeyModifiers::CONTROL) => Some('\n'),
        _ => None,
    }
}

fn key(letter: char) -> Event {
    let (code, modifiers) = match letter {
        '\t' => (KeyCode::Tab, KeyModifiers::NONE),
        '\r' => (KeyCode::Enter, KeyModifiers::NONE),
        '\n' => (KeyCode::Char('j'), KeyModifiers::CONTROL),
        letter => (KeyCode::Char(letter), KeyModifiers::NONE),
    };
    Event::Key(KeyEvent::new(code, modifiers))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Vec<Event> {
        text.chars().map(key).collect()
    }

    fn ms(time: u64) -> Duration {
        Duration::from_millis(time)
    }

    fn paste(text: &str) -> Vec<Event> {
        vec![Event::Paste(text.to_owned())]
    }

    #[test]
    fn a_key_is_given_out_at_once() {
        let mut bursts = Bursts::default();
        for (time, text) in [(0, "7"), (2, "\r"), (4, "1"), (6, "\r"), (8, "\r")] {
            assert_eq!(bursts.join(typed(text), ms(time)), typed(text));
            assert_eq!(bursts.deadline(), None);
        }
    }

    #[test]
    fn a_newline_at_either_end_is_typing() {
        for text in ["4242\r", "\r42", "\r\r\r1", "1\r\r\r", "\t\t7\r", "中文\n"] {
            assert_eq!(Bursts::default().join(typed(text), ms(0)), typed(text));
        }
    }

    #[test]
    fn content_on_both_sides_of_a_newline_is_a_paste_30_ms_later() {
        for (text, pasted) in [
            ("7\r1\r", "7\n1\n"),
            ("1\t2\r\n3\t4", "1\t2\n3\t4"),
            ("一\n二", "一\n二"),
        ] {
            let mut bursts = Bursts::default();
            assert_eq!(bursts.join(typed(text), ms(5)), []);
            assert_eq!(bursts.deadline(), Some(ms(35)));
            assert_eq!(bursts.flush(ms(34)), []);
            assert_eq!(bursts.flush(ms(35)), paste(pasted));
            assert_eq!(bursts.deadline(), None);
        }
    }

    #[test]
    fn pieces_within_30_ms_are_one_paste() {
        let mut bursts = Bursts::default();
        assert_eq!(bursts.join(typed("1\t2\r"), ms(0)), typed("1\t2\r"));
        assert_eq!(bursts.join(typed("3\r4"), ms(10)), []);
        assert_eq!(bursts.join(typed("5\r"), ms(39)), []);
        assert_eq!(bursts.join(typed("6"), ms(68)), []);
        let mut settled = paste("3\n45\n6");
        settled.extend(typed("7"));
        assert_eq!(bursts.join(typed("7"), ms(98)), settled);
    }

    #[test]
    fn a_long_first_line_waits_for_its_newline() {
        let line = "9".repeat(LONG);
        let mut bursts = Bursts::default();
        assert_eq!(bursts.join(typed(&line), ms(0)), []);
        assert_eq!(bursts.join(typed("\r8"), ms(1)), []);
        assert_eq!(bursts.flush(ms(31)), paste(&format!("{line}\n8")));
        assert_eq!(bursts.join(typed(&line), ms(40)), []);
        assert_eq!(bursts.flush(ms(70)), typed(&line));
    }

    #[test]
    fn another_key_ends_a_burst() {
        let left = Event::Key(KeyEvent::new(KeyCode::Left, KeyModifiers::NONE));
        let mut batch = typed("1\r2");
        batch.push(left.clone());
        batch.extend(typed("3\r"));
        let mut expected = paste("1\n2");
        expected.push(left);
        expected.extend(typed("3\r"));
        assert_eq!(Bursts::default().join(batch, ms(0)), expected);
    }
}
