//! What a new report is on: its body and its year, asked before its tables are shown.
//!
//! **Never:** makes the report; keeps anyone from going on without an answer.
//! Next: `update::files`, which opens it.

use std::path::Path;

use crate::base::path::shown_path;
use crate::base::words::{Message, Words, words};
use crate::model::{HeadField, NotLast};
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::{After, Last, StartFacts, Target};
use crate::tui::keymap::Context;
use crate::tui::line_edit::{LineEdit, first_line};
use crate::tui::panel::Panel;
use crate::tui::report::ReportScreen;
use crate::tui::report::head::{field_name, year_of};
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next};

/// The fields that are asked for, in their order.
const FIELDS: [HeadField; 2] = [HeadField::Body, HeadField::Year];

/// What a new report is on.
#[derive(Debug)]
pub struct Begin {
    /// Last year's report, where it is made from that.
    last: Option<Box<Last>>,
    lines: [LineEdit; FIELDS.len()],
    /// The field being typed.
    at: usize,
}

impl Begin {
    /// With the body that was worked on last and the year before this one proposed.
    pub(crate) fn new(facts: &StartFacts) -> Self {
        let year = facts.year.map(|year| year.to_string()).unwrap_or_default();
        Begin {
            last: None,
            lines: [LineEdit::suggested(&facts.body), LineEdit::suggested(&year)],
            at: 0,
        }
    }

    /// With the body of last year's report and the year behind its own proposed.
    pub(crate) fn after(last: Last, facts: &StartFacts) -> Self {
        let head = last.report.head();
        let year = head.year.map(|year| i64::from(year) + 1).or(facts.year);
        let year = year.map(|year| year.to_string()).unwrap_or_default();
        Begin {
            lines: [LineEdit::suggested(&head.body), LineEdit::suggested(&year)],
            last: Some(Box::new(last)),
            at: 0,
        }
    }

    /// What is opened with a body and a year.
    ///
    /// # Errors
    /// The sentence why it can't be made from last year's report.
    fn target(&self, body: String, year: String) -> Result<Target, Message> {
        let Some(last) = &self.last else {
            let head = FIELDS.into_iter().zip([body, year]);
            let head = head.filter(|(_, text)| !text.is_empty());
            return Ok(Target::New(head.collect()));
        };
        let years = last.report.years_into(year.parse().ok(), &body);
        let years = years.map_err(|why| refused(&why, last))?;
        let last = (**last).clone();
        Ok(Target::After(Box::new(After { last, years, body })))
    }

    /// Enter: the next field, and behind the last one the report.
    fn next(&mut self, cx: &mut Cx<'_>) -> Next {
        if self.at + 1 < FIELDS.len() {
            self.at += 1;
            return Next::Stay;
        }
        match year_of(self.lines[1].text()) {
            Ok(year) => {
                let body = self.lines[0].text().trim().to_owned();
                match self.target(body, year) {
                    Ok(target) => Next::Open(target),
                    Err(why) => {
                        cx.say(why);
                        Next::Stay
                    }
                }
            }
            Err(why) => {
                cx.say(why);
                Next::Stay
            }
        }
    }
}

impl Panel for Begin {
    fn context(&self) -> Context {
        Context::Prompt
    }

    fn place(&self, _: Option<&ReportScreen>, _: Look) -> Place {
        Place::Window(60, 5)
    }

    fn command(&mut self, command: Command, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        match command {
            Command::Close if self.last.is_some() => return Next::Close,
            Command::Close => return Next::Open(Target::New(Vec::new())),
            Command::Choose => return self.next(cx),
            Command::Up => self.at = self.at.saturating_sub(1),
            Command::Down | Command::Complete => self.at = (self.at + 1).min(FIELDS.len() - 1),
            command => cx.edit(&mut self.lines[self.at], command),
        }
        Next::Stay
    }

    fn typed(&mut self, c: char, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        cx.insert(&mut self.lines[self.at], c.encode_utf8(&mut [0; 4]));
        Next::Stay
    }

    fn pasted(&mut self, text: &str, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        cx.insert(&mut self.lines[self.at], first_line(text));
        Next::Stay
    }

    fn draw(&self, _: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        const HINTS: [Words; FIELDS.len()] = [
            words(
                "写全称：标题和导出的文件都用它",
                "the full name: title and files are made of it",
            ),
            words(
                "报告说的是哪一年，不是今年",
                "the year that is reported on, not this one",
            ),
        ];
        let lang = canvas.lang();
        match &self.last {
            None => canvas.heading(words("新建报告", "A new report").get(lang), ""),
            Some(last) => {
                let title = words("从去年的报告新建", "New from last year's report");
                let room = usize::from(canvas.cols()).saturating_sub(30);
                let name = last.path.file_name().map(Path::new).map(shown_path);
                let name = canvas.ruler().cut_front(&name.unwrap_or_default(), room);
                canvas.heading(title.get(lang), &name);
            }
        }
        let mut cursor = (0, 1);
        for (at, (field, line)) in FIELDS.into_iter().zip(&self.lines).enumerate() {
            let y = 1 + u16::try_from(at).unwrap_or(0);
            let label = format!("{}: ", field_name(field).get(lang));
            let role = if at == self.at {
                Role::Here
            } else {
                Role::Plain
            };
            let x = canvas.text(0, y, &label, role);
            if at == self.at {
                cursor = (canvas.line_edit((x, y), line), y);
            } else {
                canvas.text(x, y, line.text(), Role::Plain);
            }
        }
        canvas.text(0, 4, HINTS[self.at].get(lang), Role::Dim);
        canvas.foot(if self.last.is_some() {
            words(
                "回车 下一项  上下键 换一项  Ctrl+U 清空  Esc 不新建",
                "Enter goes on  arrows change the field  Ctrl+U clears  Esc makes none",
            )
        } else {
            words(
                "回车 下一项  上下键 换一项  Ctrl+U 清空  Esc 不填，先录入",
                "Enter goes on  arrows change the field  Ctrl+U clears  Esc fills in neither",
            )
        });
        cursor
    }
}

/// Why a report can't be made from last year's, and the way out.
fn refused(why: &NotLast, last: &Last) -> Message {
    let way = match why {
        NotLast::NoYear => words("写上年度", "name the year").into(),
        NotLast::Year { last, .. } => {
            let way = words(
                "年度写 {next}，或 Esc 换一份",
                "make the year {next}, or Esc and another file",
            );
            way.with(vec![("next", (i64::from(*last) + 1).into())])
        }
        NotLast::Body { .. } => words(
            "改了名的先留空，以后在报头改；或 Esc 换一份",
            "if it was renamed, leave it empty and change the head later; or Esc and another file",
        )
        .into(),
    };
    let name = last.path.file_name().map(Path::new).map(shown_path);
    words("{what}；{way}", "{what}; {way}").with(vec![
        ("what", why.what(&name.unwrap_or_default()).into()),
        ("way", Message::into(way)),
    ])
}
