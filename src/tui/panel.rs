//! What lies over the page: asked first for every key, drawn last.
//!
//! A panel changes its own state; the report only through the report's own
//! methods. It names no other panel: what it wants next is a [`Next`].
//!
//! **Never:** calls up to who asked it.
//! Next: `panels` for all of them, `picker` for their lists.

use super::areas::Place;
use super::canvas::Canvas;
use super::command::Command;
use super::keymap::Context;
use super::picker::{Picked, Picker, positions};
use super::report::ReportScreen;
use super::turn::{Cx, Look, Next};

/// Something over the page.
pub(crate) trait Panel {
    /// Where its keys are looked up.
    fn context(&self) -> Context {
        Context::List
    }

    /// Where it stands.
    fn place(&self, _report: Option<&ReportScreen>, _look: Look) -> Place {
        Place::Page
    }

    /// Whether it has the keys; a panel that only tells leaves them to the page.
    fn has_keys(&self) -> bool {
        true
    }

    /// Whether a command is for it.
    fn takes(&self, command: Command) -> bool {
        self.has_keys() || command == Command::Close
    }

    /// Whether what is typed goes into a line of it.
    fn has_line(&self) -> bool {
        self.context() == Context::Prompt
    }

    /// A command.
    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next;

    /// A character that is no command.
    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next;

    /// Pasted text.
    fn pasted(
        &mut self,
        _text: &str,
        _report: Option<&mut ReportScreen>,
        _cx: &mut Cx<'_>,
    ) -> Next {
        Next::Stay
    }

    /// Draws it into its area, and its keys; answers with the place of the cursor.
    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16);
}

/// The answer of a list that is only read, of so many rows, to a command.
pub(crate) fn reads(picker: &mut Picker, command: Command, rows: usize, look: Look) -> Next {
    match picker.command(command, positions(rows, look), look) {
        Picked::Moved => Next::Stay,
        Picked::Chosen(_) => Next::Close,
        Picked::No => outside(command),
    }
}

/// Its answer to a character.
pub(crate) fn reads_character(picker: Picker, c: char, rows: usize, look: Look) -> Next {
    match picker.typed(c, positions(rows, look)) {
        Picked::Chosen(_) => Next::Close,
        Picked::Moved | Picked::No => Next::Stay,
    }
}

/// The answer of a list to a command that is none of its own: some take its place,
/// everything else waits until it is closed.
pub(crate) fn outside(command: Command) -> Next {
    match command {
        Command::Close => Next::Close,
        Command::Help
        | Command::Palette
        | Command::CheckAll
        | Command::Fix
        | Command::Basis
        | Command::Explain
        | Command::NextProblem
        | Command::PreviousProblem
        | Command::Save
        | Command::Export
        | Command::Quit => Next::Run(command),
        _ => Next::Stay,
    }
}
