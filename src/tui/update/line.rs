//! The line of text that typing goes to: a prompt's, the search's, a filter.
//!
//! **Never:** says what Enter does with it.
//! Next: `line_edit` for the line, `overlays` for what lies over the screen.

use crate::base::words::words;
use crate::tui::app::{App, Overlay};
use crate::tui::export::Stage;
use crate::tui::line_edit::{self, LineEdit};

/// The line that typing goes to, if something with one stands over the screen.
fn open(app: &mut App) -> Option<&mut LineEdit> {
    match &mut app.overlay {
        Some(Overlay::Export(export)) => match &mut export.stage {
            Stage::Folder(line) => Some(line),
            _ => None,
        },
        _ => None,
    }
}

/// Types into the line; what does not fit is said and left out.
pub(super) fn insert(app: &mut App, text: &str) {
    let Some(line) = open(app) else { return };
    let fits = line.insert(text);
    match &mut app.overlay {
        _ => {}
    }
    if !fits {
        app.notice = Some(
            words(
                "一行最多 {n} KB，多的没有收",
                "a line holds {n} KB; the rest was not taken",
            )
            .with(vec![("n", (line_edit::MOST >> 10).into())]),
        );
    }
}

/// What of a text goes into a line: its first one that says something.
pub(super) fn first(text: &str) -> &str {
    let mut lines = text.lines();
    lines.find(|line| !line.trim().is_empty()).unwrap_or("")
}

/// Ctrl+V in a line.
pub(super) fn paste_copied(app: &mut App) {
    match app.clipboard.clone() {
        Some(text) => insert(app, first(&text)),
        None => app.notice = Some(words("还没有复制过", "nothing was copied yet").into()),
    }
}
