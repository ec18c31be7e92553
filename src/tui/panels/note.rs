//! The return note: to be read, and copied already.
//!
//! **Never:** makes the note; `export` does.
//! Next: `paper::return_note`.

use std::path::Path;

use crate::base::path::shown_path;
use crate::base::words::{Message, words};
use crate::paper::return_note;
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::panel::{Panel, reads, reads_character};
use crate::tui::picker::{Line, Picker, Row, wrapped};
use crate::tui::report::ReportScreen;
use crate::tui::turn::{Cx, Look, Next, Question};

/// The return note on the screen.
#[derive(Clone, Debug)]
pub struct Note {
    text: String,
    picker: Picker,
    /// The unit of a folder that it is for, and how often it was sent back then.
    unit: Option<(String, usize)>,
}

impl Note {
    /// From its first line.
    pub(crate) fn new(text: String) -> Self {
        Note::of(text, None)
    }

    /// The note of a unit of a folder: Enter asks whether it was sent.
    pub(crate) fn of(text: String, unit: Option<(String, usize)>) -> Self {
        let picker = Picker::default();
        Note { text, picker, unit }
    }

    /// Enter closes it, and asks first whether it is sent.
    fn leave(&self, next: Next) -> Next {
        match (next, &self.unit) {
            (Next::Close, Some((unit, times))) => Next::Ask(Question::SendBack {
                unit: unit.clone(),
                times: *times,
            }),
            (next, _) => next,
        }
    }

    /// Says where a copied note is kept.
    pub(crate) fn copied(path: &Path) -> Message {
        let said = words(
            "{name}复制了，也存在 {path}",
            "{name} copied, also kept in {path}",
        );
        said.with(vec![
            ("name", return_note::NAME.into()),
            ("path", shown_path(path).into()),
        ])
    }

    fn rows(&self, look: Look) -> Vec<Row> {
        let lines = self.text.lines().map(|line| Line::new("", line)).collect();
        wrapped(lines, 0, 0, look)
    }
}

impl Panel for Note {
    fn place(&self, _: Option<&ReportScreen>, _: Look) -> Place {
        Place::Side
    }

    fn command(&mut self, command: Command, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let rows = self.rows(cx.look).len();
        let next = reads(&mut self.picker, command, rows, cx.look);
        if command == Command::Choose {
            return self.leave(next);
        }
        next
    }

    fn typed(&mut self, c: char, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let rows = self.rows(cx.look).len();
        reads_character(self.picker, c, rows, cx.look)
    }

    fn draw(&self, _: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let title = words(
            "退回意见：发给报送的人",
            "Return note: for the sender of the report",
        );
        let foot = match self.unit {
            Some(_) => words(
                "已复制，可以粘贴发出  回车 记为已退回  上下键 翻看  Esc 不记",
                "copied, ready to be sent  Enter notes it as returned  arrows scroll  Esc does not",
            ),
            None => words(
                "上下键 翻看  Esc 关闭  F12 存成文件",
                "arrows scroll  Esc closes  F12 writes it to a file",
            ),
        };
        let rows = self.rows(canvas.look());
        self.picker
            .draw_read((title.get(canvas.lang()), foot), &rows, 0, canvas);
        (0, 1)
    }
}
