//! One line of typed text with a caret.
//!
//! **Never:** keeps a history of its own, or a control character; grows past 4 KiB by
//! what is typed or pasted.
//! Next: `prompt` and the panels, which feed it; `canvas`, which draws it.

use ratatui_textarea::{CursorMove, TextArea};

use super::command::Command;
use crate::base::width::is_unsafe;

/// Bytes that a line takes.
pub(super) const MOST: usize = 4 << 10;

/// A line being typed.
#[derive(Clone, Debug)]
pub struct LineEdit {
    area: Box<TextArea<'static>>,
    /// It is a suggestion, selected: the first character replaces it.
    is_selected: bool,
}

impl LineEdit {
    /// A line that holds a text, however long, with the caret at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut area = Box::<TextArea>::default();
        area.set_max_histories(0);
        area.insert_str(clean(text).collect::<String>());
        LineEdit {
            area,
            is_selected: false,
        }
    }

    /// A line with a suggestion that is selected: what is typed replaces it, a key that
    /// moves the caret keeps it.
    #[must_use]
    pub fn suggested(text: &str) -> Self {
        let mut this = LineEdit::new(text);
        this.is_selected = !this.text().is_empty();
        this
    }

    /// Inserts text at the caret; line breaks become spaces, controls are dropped. False
    /// if the line is full: then what had no room is left out.
    pub fn insert(&mut self, text: &str) -> bool {
        let mut clean = clean(text).peekable();
        if clean.peek().is_none() {
            return true;
        }
        if self.is_selected {
            self.clear();
        }
        let mut room = MOST.saturating_sub(self.text().len());
        let mut taken = String::new();
        while let Some(c) = clean.next_if(|c| c.len_utf8() <= room) {
            room -= c.len_utf8();
            taken.push(c);
        }
        self.area.insert_str(taken);
        clean.peek().is_none()
    }

    /// A key that edits the line or moves its caret; false if it is none.
    pub fn edit(&mut self, command: Command) -> bool {
        let was_selected = std::mem::take(&mut self.is_selected);
        match command {
            Command::Backspace | Command::Clear if was_selected => self.clear(),
            Command::Backspace => _ = self.area.delete_char(),
            Command::Clear => _ = self.area.delete_next_char(),
            Command::ClearLine => self.clear(),
            Command::Left => self.area.move_cursor(CursorMove::Back),
            Command::Right => self.area.move_cursor(CursorMove::Forward),
            Command::RowStart => self.area.move_cursor(CursorMove::Head),
            Command::RowEnd => self.area.move_cursor(CursorMove::End),
            _ => {
                self.is_selected = was_selected;
                return false;
            }
        }
        true
    }

    fn clear(&mut self) {
        *self = LineEdit::new("");
    }

    /// Whether all of it is a suggestion that the next character replaces.
    #[must_use]
    pub fn is_selected(&self) -> bool {
        self.is_selected
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// The text before the caret.
    #[must_use]
    pub fn before_caret(&self) -> &str {
        let text = self.text();
        let chars = self.area.cursor().1;
        let end = text
            .char_indices()
            .nth(chars)
            .map_or(text.len(), |(at, _)| at);
        &text[..end]
    }
}

/// What of a text may stand in a line.
fn clean(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c })
        .filter(|c| !is_unsafe(*c))
}

/// What of a text goes into a line: its first one that says something.
pub(super) fn first_line(text: &str) -> &str {
    let mut lines = text.lines();
    lines.find(|line| !line.trim().is_empty()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_is_replaced_by_a_character_and_kept_by_an_arrow() {
        for (command, kept) in [
            (Command::Left, "f.jsox"),
            (Command::RowStart, "x"),
            (Command::RowEnd, "f.json"),
        ] {
            let mut line = LineEdit::suggested("f.json");
            assert!(line.edit(command));
            assert!(!line.is_selected());
            line.insert("x");
            assert!(line.text().contains(kept), "{}", line.text());
            assert_eq!(line.text().len(), 7);
        }
        for command in [Command::Backspace, Command::Clear, Command::ClearLine] {
            let mut line = LineEdit::suggested("f.json");
            assert!(line.edit(command));
            assert_eq!(line.text(), "");
        }
        let mut line = LineEdit::suggested("f.json");
        assert!(!line.edit(Command::Up) && line.is_selected());
        assert!(
            line.insert("\u{1b}") && line.is_selected(),
            "nothing was typed"
        );
        line.insert("g");
        line.insert("h");
        assert_eq!(line.text(), "gh");
    }

    #[test]
    fn a_line_ends_at_4_kib_on_a_whole_character() {
        let mut line = LineEdit::new("a");
        assert!(!line.insert(&"字".repeat(1 << 20)));
        assert_eq!(line.text().len(), 1 + MOST / 3 * 3);
        assert!(!line.insert("x字"));
        // What a report holds already is never cut.
        assert_eq!(LineEdit::new(&"a".repeat(9999)).text().len(), 9999);
    }
}
