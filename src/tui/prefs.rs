//! What a user set, and who it is: plain data that the command line fills in.
//!
//! **Never:** reads a file or the environment.
//! Next: `cli::settings`, which makes it.

use std::path::PathBuf;

use super::bindings::Keymap;
use super::theme::{Background, THEMES};
use crate::base::words::{Lang, Message};
use crate::check::Profile;

/// Settings of one session.
#[derive(Clone, Debug, Default)]
pub struct Prefs {
    /// The keys.
    pub keymap: Keymap,
    /// Severities and limits.
    pub profile: Profile,
    /// How wide characters of ambiguous width are, if the user says so.
    pub wide_ambiguous: Option<bool>,
    /// The roster of a folder that was named, if one was.
    pub roster: Option<PathBuf>,
    /// Name of the user, for explanations.
    pub user: String,
    /// The terminal is known to take copied text (OSC 52).
    pub clipboard: bool,
    /// Frames are ASCII, whatever the terminal draws: the line or the font may have
    /// nothing else.
    pub ascii: bool,
    /// The mouse is the program's, not the terminal's.
    pub mouse: bool,
    /// The file that keeps what is chosen on the screen; None where the user has no home.
    pub config: Option<PathBuf>,
    /// Entries of the settings that could not be used.
    pub notes: Vec<Message>,
}

/// Something that was chosen on the screen, to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The language.
    Language(Lang),
    /// What the colours stand on.
    Theme(Background),
    /// Whether the mouse is the program's.
    Mouse(bool),
}

impl Choice {
    /// Its entry in the settings: the key and the value.
    #[must_use]
    pub fn entry(self) -> (&'static str, serde_json::Value) {
        match self {
            Choice::Language(lang) => ("language", lang.key().into()),
            Choice::Theme(background) => {
                let mut themes = THEMES.iter();
                let info = themes.find(|info| info.background == background);
                ("theme", info.map(|info| info.key).into())
            }
            Choice::Mouse(is_on) => ("mouse", is_on.into()),
        }
    }
}
