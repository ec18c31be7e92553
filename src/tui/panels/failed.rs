//! What went wrong, until a key is pressed.
//!
//! **Never:** hides the way out that the failure names.
//! Next: `base::failure`.

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::panel::{Panel, outside};
use crate::tui::report::ReportScreen;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next};

/// A failure on the screen.
#[derive(Clone, Debug)]
pub struct Failed(pub Failure);

impl Failed {
    /// What went wrong, wrapped to so many columns.
    fn rows(&self, look: Look, cols: u16) -> Vec<(String, Role)> {
        let text = self.0.text(look.lang);
        let cols = usize::from(cols.min(look.size.0)).saturating_sub(1).max(8);
        let mut rows = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let role = if index == 0 { Role::Here } else { Role::Plain };
            let wrapped = look.ruler.wrap(line, cols).into_iter();
            rows.extend(wrapped.map(|range| (line[range].to_owned(), role)));
        }
        rows
    }
}

impl Panel for Failed {
    fn place(&self, _: Option<&ReportScreen>, look: Look) -> Place {
        Place::Window(72, u16::try_from(self.rows(look, 72).len()).unwrap_or(1))
    }

    fn command(&mut self, command: Command, _: Option<&mut ReportScreen>, _: &mut Cx<'_>) -> Next {
        match command {
            Command::Choose => Next::Close,
            _ => outside(command),
        }
    }

    fn typed(&mut self, _: char, _: Option<&mut ReportScreen>, _: &mut Cx<'_>) -> Next {
        Next::Close
    }

    fn draw(&self, _: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let rows = self.rows(canvas.look(), canvas.cols());
        for (y, (text, role)) in (0..).zip(rows) {
            canvas.text(0, y, &text, role);
        }
        canvas.foot(words("Esc 关闭  回车 关闭", "Esc closes  Enter closes"));
        (0, 0)
    }
}
