//! The versions of a report that saving kept: when each was replaced and by whom, its
//! errors, its size.
//!
//! **Never:** changes a version, or a file: what comes back is a step like any other.
//! Next: `store::versions`, which keeps them; `compare`, which shows one beside the report.

use crate::base::width::shown;
use crate::base::words::{Message, words};
use crate::check::{Blanks, Counts, alone};
use crate::model::{Change, Transaction};
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::{Against, Version};
use crate::tui::keymap::Context;
use crate::tui::panel::{Panel, outside};
use crate::tui::picker::{Line, Picked, Picker, Row, wrapped};
use crate::tui::report::ReportScreen;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next};

/// The versions of a report, the latest first.
#[derive(Clone, Debug)]
pub struct Versions {
    versions: Vec<Judged>,
    picker: Picker,
}

#[derive(Clone, Debug)]
struct Judged {
    version: Version,
    /// None where it can't be read.
    counts: Option<Counts>,
}

impl Versions {
    /// These, each judged by itself.
    pub(crate) fn of(versions: Vec<Version>) -> Self {
        let judged = versions.into_iter().map(|version| Judged {
            counts: version.report.as_ref().map(|report| {
                let blanks = Blanks::keyed(report.form(), report.keying().iter().copied());
                alone(report, blanks).counts()
            }),
            version,
        });
        Versions {
            versions: judged.collect(),
            picker: Picker::default(),
        }
    }

    fn rows(&self, look: Look) -> Vec<Row> {
        let lines = if self.versions.is_empty() {
            let none = words(
                "还没有：每次保存会留下换下来的那一份",
                "none yet: each save keeps what it replaced",
            );
            vec![Line::new("", none.get(look.lang))]
        } else {
            let versions = self.versions.iter().enumerate();
            versions
                .map(|(at, version)| version.line(at, look))
                .collect()
        };
        wrapped(lines, 0, 2, look)
    }

    /// What a version says; where it can't be read that is said.
    fn readable(&self, at: usize, cx: &mut Cx<'_>) -> Option<&Version> {
        let version = &self.versions.get(at)?.version;
        if version.report.is_none() {
            cx.say(words(
                "这个版本读不出来，可能已损坏；选别的一份",
                "this version can't be read and may be damaged; choose another",
            ));
            return None;
        }
        Some(version)
    }

    fn picked(&self, picked: Picked, cx: &mut Cx<'_>) -> Next {
        let Picked::Chosen(at) = picked else {
            return Next::Stay;
        };
        let version = self.readable(at, cx);
        match version.and_then(|version| Some((version, version.report.clone()?))) {
            Some((version, report)) => {
                let against = Against::Version(version.path.clone(), version.when.clone());
                Next::Compare(against, Box::new(report))
            }
            None if self.versions.is_empty() => Next::Close,
            None => Next::Stay,
        }
    }

    /// Makes the report what the chosen version says, as one step.
    fn bring_back(&self, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let (Some(report), Some(version)) = (report, self.readable(self.picker.chosen, cx)) else {
            return Next::Stay;
        };
        if report.refuses(cx) {
            return Next::Stay;
        }
        let Some(to) = &version.report else {
            return Next::Stay;
        };
        if to.form() != report.form() {
            cx.say(words(
                "这个版本用的是另一年的格式，不能取回；回车 对比",
                "this version is on another form and can't come back; Enter compares",
            ));
            return Next::Stay;
        }
        let when = || vec![("when", shown(&version.when).as_ref().into())];
        let label = words("取回 {when} 换下的版本", "bring back the version of {when}");
        let step = Transaction::new(label.with(when())).becoming(report.report(), to);
        if step.is_empty() {
            cx.say(words(
                "这个版本和现在的一样，什么都没有改",
                "this version says the same; nothing was changed",
            ));
            return Next::Close;
        }
        report.change(Change::Apply(step), cx.effects);
        let said = words(
            "取回了 {when} 换下的版本，还没有写进文件：Ctrl+S 保存，Ctrl+Z 撤销",
            "the version of {when} is back, not written yet: Ctrl+S saves, Ctrl+Z undoes",
        );
        cx.say(said.with(when()));
        Next::Close
    }
}

impl Judged {
    fn line(&self, at: usize, look: Look) -> Line {
        let version = &self.version;
        let by = match version.by.as_str() {
            "" => words("不知道是谁", "by unknown").into(),
            by => words("{by}", "by {by}").with(vec![("by", shown(by).as_ref().into())]),
        };
        let state: Message = match &self.counts {
            None => words("读不出来", "can't be read").into(),
            Some(counts) if counts.errors + counts.warnings == 0 && counts.missing == 0 => {
                words("没有错误和提醒", "no errors, no warnings").into()
            }
            Some(counts) => words("错误 {e} 提醒 {w}", "errors {e}, warnings {w}").with(vec![
                ("e", counts.errors.into()),
                ("w", counts.warnings.into()),
            ]),
        };
        let said = words(
            "{n}  {when} 换下  {by}  {state}  {size} KB",
            "{n}  replaced {when}  {by}  {state}  {size} KB",
        );
        let size = i64::try_from(version.size.div_ceil(1024)).unwrap_or(i64::MAX);
        let said = said.with(vec![
            ("n", (at + 1).into()),
            ("when", shown(&version.when).as_ref().into()),
            ("by", by.into()),
            ("state", state.into()),
            ("size", size.into()),
        ]);
        Line {
            role: if self.counts.is_none() {
                Role::ReminderText
            } else {
                Role::Plain
            },
            ..Line::new("", said.text(look.lang))
        }
    }
}

impl Panel for Versions {
    fn context(&self) -> Context {
        Context::Page
    }

    fn place(&self, _: Option<&ReportScreen>, look: Look) -> Place {
        const WIDTH: u16 = 74;
        let inside = Look {
            size: (WIDTH.min(look.size.0), look.size.1),
            ..look
        };
        let rows = 2 + self.rows(inside).len();
        Place::Window(WIDTH, u16::try_from(rows).unwrap_or(u16::MAX))
    }

    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        if command == Command::Fix {
            return self.bring_back(report, cx);
        }
        let len = self.versions.len().max(1);
        match self.picker.command(command, len, cx.look) {
            Picked::No => outside(command),
            picked => self.picked(picked, cx),
        }
    }

    fn typed(&mut self, c: char, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        self.picked(self.picker.typed(c, self.versions.len()), cx)
    }

    fn draw(&self, _: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let look = canvas.look();
        let title = words(
            "以前的版本：保存时换下来的",
            "Earlier versions: what saves replaced",
        );
        canvas.text(0, 0, title.get(look.lang), Role::Here);
        canvas.foot(words(
            "回车 对比  F6 取回这一版  上下键 移动  Esc 关闭",
            "Enter compares  F6 restores  arrows move  Esc closes",
        ));
        let rows = self.rows(look);
        self.picker
            .draw_rows(2.min(canvas.rows() - 1), &rows, 0, canvas)
    }
}
