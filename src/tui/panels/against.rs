//! What the report is to be held against: a short list.
//!
//! **Never:** reads anything.
//! Next: `compare`, the page that comes of it.

use std::path::PathBuf;

use crate::base::path::shown_path;
use crate::base::words::{Message, words};
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::{Against, Effect};
use crate::tui::panel::{Panel, outside};
use crate::tui::picker::{Line, Picked, Picker, Row, wrapped};
use crate::tui::report::ReportScreen;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next, Purpose};

/// What a report can be held against.
#[derive(Clone, Debug)]
pub struct Choices {
    choices: Vec<Choice>,
    picker: Picker,
}

#[derive(Clone, Debug)]
enum Choice {
    Last(PathBuf),
    Disk(PathBuf),
    Versions,
    Other { last_too: bool },
}

impl Choices {
    /// For a report.
    pub(crate) fn of(report: &ReportScreen) -> Self {
        let file = &report.file;
        let last = report.last.as_ref().map(|last| last.path.clone());
        let own = file.path.as_ref().filter(|_| file.stamp.is_some());
        let disk = own.or(file.source.as_ref()).cloned();
        let other = Choice::Other {
            last_too: last.is_none(),
        };
        let choices = [
            last.map(Choice::Last),
            disk.map(Choice::Disk),
            own.map(|_| Choice::Versions),
            Some(other),
        ];
        Choices {
            choices: choices.into_iter().flatten().collect(),
            picker: Picker::default(),
        }
    }

    fn rows(&self, look: Look) -> Vec<Row> {
        let choices = self.choices.iter().enumerate();
        let line = |(at, choice): (usize, &Choice)| {
            Line::new("", format!("{}  {}", at + 1, choice.said().text(look.lang)))
        };
        wrapped(choices.map(line).collect(), 0, 2, look)
    }

    fn picked(&self, picked: Picked, cx: &mut Cx<'_>) -> Next {
        let Picked::Chosen(at) = picked else {
            return Next::Stay;
        };
        let against = match self.choices.get(at) {
            Some(Choice::Last(path)) => Against::Last(path.clone()),
            Some(Choice::Disk(path)) => Against::Disk(path.clone()),
            Some(Choice::Versions) => return Next::Run(Command::Versions),
            Some(Choice::Other { .. }) => return Next::Name(Purpose::Compare),
            None => return Next::Stay,
        };
        cx.effects.push(Effect::Beside(against));
        Next::Close
    }
}

impl Choice {
    fn said(&self) -> Message {
        let file = |path: &PathBuf| vec![("file", shown_path(path).into())];
        match self {
            Choice::Last(path) => {
                words("去年的报告：{file}", "last year's report: {file}").with(file(path))
            }
            Choice::Disk(path) => words(
                "磁盘上的文件，现在的样子：{file}",
                "the file on the disk as it is now: {file}",
            )
            .with(file(path)),
            Choice::Versions => words(
                "以前的版本：每次保存换下来的",
                "an earlier version: what a save replaced",
            )
            .into(),
            Choice::Other { last_too: true } => words(
                "选一个文件：去年的报告，或别的一份",
                "choose a file: last year's report, or any other",
            )
            .into(),
            Choice::Other { last_too: false } => {
                words("选别的一个文件", "choose another file").into()
            }
        }
    }
}

impl Panel for Choices {
    fn place(&self, _: Option<&ReportScreen>, look: Look) -> Place {
        const WIDTH: u16 = 64;
        let inside = Look {
            size: (WIDTH.min(look.size.0), look.size.1),
            ..look
        };
        let rows = 2 + self.rows(inside).len();
        Place::Window(WIDTH, u16::try_from(rows).unwrap_or(u16::MAX))
    }

    fn command(&mut self, command: Command, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        match self.picker.command(command, self.choices.len(), cx.look) {
            Picked::No => outside(command),
            picked => self.picked(picked, cx),
        }
    }

    fn typed(&mut self, c: char, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        self.picked(self.picker.typed(c, self.choices.len()), cx)
    }

    fn draw(&self, _: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let look = canvas.look();
        let title = words("与什么对比", "Compare with what");
        canvas.text(0, 0, title.get(look.lang), Role::Here);
        canvas.foot(words(
            "数字 选定  回车 选定  Esc 返回",
            "digit chooses  Enter chooses  Esc goes back",
        ));
        let rows = self.rows(look);
        self.picker
            .draw_rows(2.min(canvas.rows() - 1), &rows, 0, canvas)
    }
}
