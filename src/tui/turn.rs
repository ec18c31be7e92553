//! What a piece of the screen is given for one turn, and what it answers with.
//!
//! **Never:** names a piece of the screen: whatever stands on it lies above.
//! Next: `panel` for what lies over the page, `app` for who runs the turn.

use crate::base::width::Ruler;
use crate::base::words::{Lang, Message};

use super::command::Command;
use super::input::Effect;
use super::prefs::Prefs;
use super::theme::Theme;

/// How the screen looks on this terminal.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Language of everything on the screen.
    pub lang: Lang,
    /// How wide characters are on this terminal.
    pub ruler: Ruler,
    /// How many colours it has.
    pub theme: Theme,
    /// Columns and rows.
    pub size: (u16, u16),
}

/// All that a turn may use and change besides the report.
pub(crate) struct Cx<'a> {
    /// How the screen looks.
    pub(crate) look: &'a mut Look,
    /// What the user set.
    pub(crate) prefs: &'a Prefs,
    /// What the message line says once.
    pub(crate) notice: &'a mut Option<Message>,
    /// Copied cells.
    pub(crate) clipboard: &'a mut Option<String>,
    /// Work for the shell.
    pub(crate) effects: &'a mut Vec<Effect>,
}

impl Cx<'_> {
    /// Says something once, in the message line.
    pub(crate) fn say(&mut self, what: impl Into<Message>) {
        *self.notice = Some(what.into());
    }
}

/// What comes after a turn.
#[derive(Debug)]
pub(crate) enum Next {
    /// It stays as it is.
    Stay,
    /// It closes.
    Close,
    /// It is not meant: whoever lies below answers.
    Pass,
    /// It closes, and the command is run.
    Run(Command),
}
