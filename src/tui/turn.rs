//! What a piece of the screen is given for one turn, and what it answers with.
//!
//! **Never:** names a piece of the screen: whatever stands on it lies above.
//! Next: `panel` for what lies over the page, `app` for who runs the turn.

use crate::base::width::Ruler;
use crate::base::words::Lang;

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
