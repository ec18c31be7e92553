//! One line of typed text with a caret.
//!
//! **Never:** keeps a history of its own, or a control character.
//! Next: `update::overlays`, which feeds it.

use ratatui_textarea::{CursorMove, TextArea};

use crate::base::width::is_unsafe;

/// A line being typed.
#[derive(Clone, Debug)]
pub struct LineEdit {
    area: TextArea<'static>,
}

impl LineEdit {
    /// A line that holds a text, with the caret at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::default();
        area.set_max_histories(0);
        let mut this = LineEdit { area };
        this.insert(text);
        this
    }

    /// Inserts text at the caret; line breaks become spaces, controls are dropped.
    pub fn insert(&mut self, text: &str) {
        let clean: String = text
            .chars()
            .map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c })
            .filter(|c| !is_unsafe(*c))
            .collect();
        self.area.insert_str(clean);
    }

    /// Removes the character before the caret.
    pub fn backspace(&mut self) {
        self.area.delete_char();
    }

    /// Removes the character after the caret.
    pub fn delete(&mut self) {
        self.area.delete_next_char();
    }

    /// Moves the caret.
    pub fn move_caret(&mut self, to: CursorMove) {
        self.area.move_cursor(to);
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
