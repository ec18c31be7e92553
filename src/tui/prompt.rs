//! A line being typed for something, over the message line.
//!
//! **Never:** says what becomes of what was typed.
//! Next: `line_edit` for the line, `turn::Purpose` for what it is for.

use crate::base::width::shown;
use crate::base::words::{Message, Words, words};
use crate::check::problem::cell_words;
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::Effect;
use crate::tui::keymap::Context;
use crate::tui::line_edit::{LineEdit, first_line};
use crate::tui::panel::Panel;
use crate::tui::report::ReportScreen;
use crate::tui::report::head::field_name;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next, Purpose};

/// A line being typed, and what it is for.
#[derive(Debug)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    /// The line.
    pub line: LineEdit,
    /// Paths that complete it.
    pub completions: Vec<String>,
}

impl Prompt {
    /// For something, from a line.
    pub(crate) fn new(purpose: Purpose, line: LineEdit) -> Self {
        Prompt {
            purpose,
            line,
            completions: Vec::new(),
        }
    }

    /// Takes the paths that complete it, as far as they begin alike.
    pub(crate) fn complete(&mut self, paths: Vec<String>) {
        if let Some(common) = common_start(&paths)
            && common.len() > self.line.text().len()
        {
            self.line = LineEdit::new(&common);
        }
        self.completions = paths;
    }

    fn insert(&mut self, text: &str, cx: &mut Cx<'_>) -> Next {
        cx.insert(&mut self.line, text);
        self.completions.clear();
        Next::Stay
    }

    fn label(&self, report: Option<&ReportScreen>) -> Message {
        match self.purpose {
            Purpose::Cell(cell) => report.map_or_else(
                || Words::default().into(),
                |report| cell_words(report.form(), cell),
            ),
            Purpose::Head(field) => field_name(field).into(),
            Purpose::Remark(_) => words("理由", "Reason").into(),
            Purpose::SaveAs => words("另存为", "Save as").into(),
            Purpose::Open => words("打开", "Open").into(),
        }
    }
}

/// What paths have in common at their start.
pub(crate) fn common_start(paths: &[String]) -> Option<String> {
    let first = paths.first()?;
    let mut common = first.as_str();
    for path in &paths[1..] {
        while !path.starts_with(common) {
            let end = common.char_indices().next_back().map_or(0, |(at, _)| at);
            common = &common[..end];
        }
    }
    Some(common.to_owned())
}

impl Panel for Prompt {
    fn context(&self) -> Context {
        Context::Prompt
    }

    fn place(&self, _: Option<&ReportScreen>, _: Look) -> Place {
        match self.purpose {
            Purpose::Cell(_) | Purpose::Head(_) => Place::Foot,
            Purpose::Remark(_) => Place::Side,
            Purpose::Open | Purpose::SaveAs => Place::Window(74, 14),
        }
    }

    fn command(&mut self, command: Command, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let completes = matches!(self.purpose, Purpose::Open | Purpose::SaveAs);
        match command {
            Command::Close => return Next::Untyped,
            Command::Choose => {
                return Next::Typed(self.purpose, self.line.text().to_owned());
            }
            Command::Paste => {
                if let Some(text) = cx.copied() {
                    return self.insert(first_line(&text), cx);
                }
            }
            Command::Complete if completes => {
                let typed = self.line.text().to_owned();
                cx.effects.push(Effect::Complete(typed));
            }
            command => cx.edit(&mut self.line, command),
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
        let x = canvas.text(0, 0, &format!("{label}: "), Role::Here);
        let caret = canvas.line_edit((x, 0), &self.line);
        let name = |path: &String| {
            let name = path
                .rsplit_once('/')
                .map_or(path.as_str(), |(_, name)| name);
            shown(name).into_owned()
        };
        let hint = if let Purpose::Remark(index) = self.purpose {
            report
                .and_then(|report| report.findings.problems.get(index))
                .map_or_else(String::new, |problem| problem.message().text(lang))
        } else {
            let names: Vec<String> = self.completions.iter().map(name).collect();
            names.join("  ")
        };
        let cols = usize::from(canvas.cols()).saturating_sub(1);
        for (y, range) in (1..).zip(canvas.ruler().wrap(&hint, cols)) {
            canvas.text(0, y, &hint[range], Role::Dim);
        }
        canvas.foot(match self.purpose {
            Purpose::Cell(_) | Purpose::Head(_) => {
                words("回车 记下  Esc 不改", "Enter keeps it  Esc changes nothing")
            }
            Purpose::Remark(_) => words(
                "回车 记下，清空就是删去  Esc 不改",
                "Enter keeps it, empty removes it  Esc changes nothing",
            ),
            _ => words(
                "回车 确定  Tab 补全  Esc 返回",
                "Enter accepts  Tab completes  Esc goes back",
            ),
        });
        (caret, 0)
    }
}
