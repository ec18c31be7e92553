//! What went wrong, until a key is pressed.
//!
//! **Never:** hides the way out that the failure names.
//! Next: `base::failure`.

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::panel::{Panel, outside};
use crate::tui::report::ReportScreen;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Next};

/// A failure on the screen.
#[derive(Clone, Debug)]
pub struct Failed(pub Failure);

impl Panel for Failed {
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
        let mut y = 0;
        let cols = usize::from(canvas.cols()).saturating_sub(1);
        for (index, line) in self.0.text(canvas.lang()).lines().enumerate() {
            let role = if index == 0 { Role::Title } else { Role::Plain };
            for range in canvas.ruler().wrap(line, cols) {
                canvas.text(0, y, &line[range], role);
                y += 1;
            }
        }
        let foot = words("Esc 或回车 关闭", "Esc or Enter closes");
        (0, canvas.foot(foot))
    }
}
