//! What a user set, and who it is: plain data that the command line fills in.
//!
//! **Never:** reads a file or the environment.
//! Next: `cli::settings`, which makes it.

use super::bindings::Keymap;
use crate::base::words::Message;
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
    /// Name of the user, for explanations.
    pub user: String,
    /// The terminal is known to take copied text (OSC 52).
    pub clipboard: bool,
    /// Frames are ASCII, whatever the terminal draws: the line or the font may have
    /// nothing else.
    pub ascii: bool,
    /// Entries of the settings that could not be used.
    pub notes: Vec<Message>,
}
