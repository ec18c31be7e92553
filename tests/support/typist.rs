//! A journey whose frames are written to an 80x24 terminal, as the shell does.

use std::io::{Sink, sink};

use gouji::tui::input::Input;
use gouji::tui::terminal::screen::Screen;
use gouji::tui::view::view;
use ratatui::layout::Size;

use super::journey::Journey;

/// A user whose every key is followed by a frame.
pub(crate) struct Typist {
    journey: Journey,
    screen: Screen<Sink>,
}

impl Typist {
    /// At the screen of a journey, after some keys.
    pub(crate) fn on(mut journey: Journey, keys: &str) -> Self {
        let size = Size::new(80, 24);
        journey.input(Input::Resize(size.width, size.height));
        let screen = Screen::new(sink(), size);
        let mut this = Typist { journey, screen };
        keys.split_whitespace().for_each(|key| this.press(key));
        this
    }

    /// One key, and its frame.
    pub(crate) fn press(&mut self, key: &str) {
        self.journey.keys(key);
        self.journey.effects.clear();
        let app = &self.journey.app;
        let drawn = self.screen.draw(|buffer| view(app, buffer));
        drawn.expect("a sink takes everything");
    }
}
