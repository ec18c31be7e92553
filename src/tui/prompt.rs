//! A line being typed for something, over the message line.
//!
//! **Never:** says what becomes of what was typed.
//! Next: `line_edit` for the line, `turn::Purpose` for what it is for.

use crate::base::words::{Message, Words, words};
use crate::check::problem::cell_words;
use crate::model::HeadField;
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::{Effect, Listing};
use crate::tui::keymap::Context;
use crate::tui::line_edit::{LineEdit, first_line};
use crate::tui::panel::Panel;
use crate::tui::path_line::{Meant, PathLine};
use crate::tui::report::ReportScreen;
use crate::tui::report::head::field_name;
use crate::tui::report::status::role_of;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next, Purpose};

/// A line being typed, and what it is for.
#[derive(Debug)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    line: Line,
}

/// What is typed.
#[derive(Debug)]
enum Line {
    /// Words.
    Words(LineEdit),
    /// A path, with the list of its folder.
    Path(Box<PathLine>),
}

impl Prompt {
    /// For something, from a line.
    pub(crate) fn new(purpose: Purpose, line: LineEdit) -> Self {
        let line = Line::Words(line);
        Prompt { purpose, line }
    }

    /// For a file.
    pub(crate) fn of_path(purpose: Purpose, line: PathLine) -> Self {
        let line = Line::Path(Box::new(line));
        Prompt { purpose, line }
    }

    /// Takes the list of a folder.
    pub(crate) fn listed(&mut self, listing: Listing, effects: &mut Vec<Effect>) {
        if let Line::Path(line) = &mut self.line {
            line.listed(listing, effects);
        }
    }

    fn insert(&mut self, text: &str, cx: &mut Cx<'_>) -> Next {
        match &mut self.line {
            Line::Words(line) => cx.insert(line, text),
            Line::Path(line) => line.insert(text, cx),
        }
        Next::Stay
    }

    fn label(&self, report: Option<&ReportScreen>) -> Message {
        match self.purpose {
            Purpose::Cell(cell) => report.map_or_else(
                || Words::default().into(),
                |report| cell_words(report.form(), cell),
            ),
            Purpose::Head(field) => field_name(field).into(),
            Purpose::RollBody => field_name(HeadField::Body).into(),
            Purpose::Adjust(cell) => report.map_or_else(
                || Words::default().into(),
                |report| {
                    words("调整 {cell}", "Adjust {cell}")
                        .with(vec![("cell", cell_words(report.form(), cell).into())])
                },
            ),
            Purpose::Remark(_) => words("理由", "Reason").into(),
            Purpose::SaveAs => words("另存为", "Save as").into(),
            Purpose::PassReason => {
                words("有错误，通过的理由", "It has errors; pass it because").into()
            }
            Purpose::Folder => words("文件夹", "Folder").into(),
            Purpose::Open => words("打开", "Open").into(),
            Purpose::From | Purpose::LastYear => words("去年的报告", "Last year's report").into(),
            Purpose::Compare => words("与它对比", "Compare with").into(),
        }
    }
}

impl Panel for Prompt {
    fn context(&self) -> Context {
        Context::Prompt
    }

    fn place(&self, _: Option<&ReportScreen>, _: Look) -> Place {
        match self.purpose {
            Purpose::Cell(_)
            | Purpose::Head(_)
            | Purpose::RollBody
            | Purpose::Adjust(_)
            | Purpose::PassReason => Place::Foot,
            Purpose::Remark(_) => Place::Side,
            Purpose::Folder
            | Purpose::Open
            | Purpose::From
            | Purpose::SaveAs
            | Purpose::LastYear
            | Purpose::Compare => Place::Window(74, 14),
        }
    }

    fn command(&mut self, command: Command, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        if command == Command::Close {
            return Next::Untyped;
        }
        match &mut self.line {
            Line::Words(line) if command == Command::Choose => {
                return Next::Typed(self.purpose, line.text().to_owned());
            }
            Line::Words(line) => cx.edit(line, command),
            Line::Path(line) => match line.command(command, cx) {
                Meant::Path(path) => return Next::Typed(self.purpose, path),
                Meant::Target(target) => return Next::Open(target),
                Meant::Stay | Meant::Other => {}
            },
        }
        Next::Stay
    }

    fn typed(&mut self, c: char, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        self.insert(c.encode_utf8(&mut [0; 4]), cx)
    }

    fn pasted(&mut self, text: &str, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        self.insert(first_line(text), cx)
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let lang = canvas.lang();
        let label = self.label(report).text(lang);
        let line = match &self.line {
            Line::Words(line) => line,
            Line::Path(line) => {
                canvas.foot(words(
                    "回车 确定  上下键 选文件  Tab 补全  Ctrl+U 清空  Esc 返回",
                    "Enter accepts  arrows choose a file  Tab completes  Ctrl+U clears  Esc goes back",
                ));
                return line.draw(&label, 0, canvas);
            }
        };
        let y = match self.purpose {
            Purpose::Remark(index) => explained(report, index, canvas),
            _ => 0,
        };
        let x = canvas.text(0, y, &format!("{label}: "), Role::Here);
        let caret = canvas.line_edit((x, y), line);
        canvas.foot(match self.purpose {
            Purpose::Cell(_) | Purpose::Head(_) | Purpose::RollBody => {
                words("回车 记下  Esc 不改", "Enter keeps it  Esc changes nothing")
            }
            Purpose::Adjust(_) => words(
                "先写数再写理由，如 -1 重复受理；0 删去  回车 记下  Esc 不改",
                "a number and the reason, as -1 counted twice; 0 removes  Enter keeps  Esc leaves",
            ),
            Purpose::Remark(_) => words(
                "回车 记下，清空就是删去  Esc 不改",
                "Enter keeps it, empty removes it  Esc changes nothing",
            ),
            Purpose::PassReason => words("回车 判合格  Esc 不判", "Enter passes it  Esc does not"),
            Purpose::Folder
            | Purpose::Open
            | Purpose::From
            | Purpose::SaveAs
            | Purpose::LastYear
            | Purpose::Compare => Words::default(),
        });
        (caret, y)
    }
}

/// What an explanation is of, above its line; answers with the row of the line.
fn explained(report: Option<&ReportScreen>, index: usize, canvas: &mut Canvas<'_>) -> u16 {
    let lang = canvas.lang();
    let title = words("出错说明：为什么可以这样", "Explain why it is right");
    canvas.heading(title.get(lang), "");
    let Some(problem) = report.and_then(|report| report.findings.problems.get(index)) else {
        return 1;
    };
    let sign = problem.severity().sign();
    let said = format!("{sign} {}", problem.message().text(lang));
    let cols = usize::from(canvas.cols()).saturating_sub(1);
    // The line being typed stays in sight, however long the sentence is.
    let most = usize::from(canvas.rows().saturating_sub(2));
    let mut y = 1;
    for range in canvas.ruler().wrap(&said, cols).into_iter().take(most) {
        canvas.text(0, y, &said[range], role_of(problem.severity()));
        y += 1;
    }
    y
}
