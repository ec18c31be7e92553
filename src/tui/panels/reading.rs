//! A file being read: how long already, and that Esc gives it up.
//!
//! **Never:** lets a key through to what lies below.
//! Next: `terminal::session`, which reads.

use crate::base::words::words;
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::Effect;
use crate::tui::panel::Panel;
use crate::tui::report::ReportScreen;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next};

/// A file being read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its name.
    pub name: String,
    /// For how long.
    pub seconds: u64,
}

impl Panel for Reading {
    fn place(&self, _: Option<&ReportScreen>, _: Look) -> Place {
        Place::Foot
    }

    fn command(&mut self, command: Command, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        if command != Command::Close {
            return Next::Stay;
        }
        let said = words("停止了，没有打开 {file}", "stopped; {file} was not opened");
        cx.say(said.with(vec![("file", self.name.as_str().into())]));
        cx.effects.push(Effect::StopReading);
        Next::Close
    }

    fn typed(&mut self, _: char, _: Option<&mut ReportScreen>, _: &mut Cx<'_>) -> Next {
        Next::Stay
    }

    /// Over the message line.
    fn draw(&self, _: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let cols = usize::from(canvas.cols()).saturating_sub(1);
        let seconds = i64::try_from(self.seconds).unwrap_or(i64::MAX);
        let text = words(
            "正在读取（{n} 秒），Esc 停止：{file}",
            "reading ({n} s), Esc stops: {file}",
        )
        .with(vec![
            ("n", seconds.into()),
            ("file", self.name.as_str().into()),
        ])
        .text(canvas.lang());
        let style = canvas.style(Role::Message);
        canvas.fitted(0, 0, &text, cols, style);
        canvas.foot(words("Esc 停止", "Esc stops"));
        (0, 0)
    }
}
