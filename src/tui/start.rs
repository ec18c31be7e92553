//! The start page: what can be gone on with, made new or opened.
//!
//! **Never:** opens anything itself.
//! Next: `app`, which does what is chosen.

use crate::base::number::narrow;
use crate::base::width::shown;
use crate::base::words::{Lang, words};

use super::canvas::Canvas;
use super::command::Command;
use super::input::{StartFacts, Target};
use super::theme::Role;
use super::turn::Look;

/// The start page.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// What it offers besides its fixed lines.
    pub facts: StartFacts,
    /// The chosen line.
    pub chosen: usize,
}
/// What is chosen on the start page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// Something to open.
    Target(Target),
    /// A file, whose name is asked for.
    Open,
    /// Leaving.
    Quit,
    /// The menu.
    Menu,
    /// Nothing yet.
    Nothing,
}

impl Start {
    /// A command.
    pub(crate) fn command(&mut self, command: Command) -> Chosen {
        let len = lines(&self.facts).len();
        match command {
            Command::Up => self.chosen = self.chosen.checked_sub(1).unwrap_or(len - 1),
            Command::Down => self.chosen = (self.chosen + 1) % len,
            Command::Choose => return self.choose(self.chosen),
            Command::Close => return Chosen::Menu,
            _ => {}
        }
        Chosen::Nothing
    }

    /// A character that is no command.
    pub(crate) fn typed(&mut self, c: char, look: &mut Look) -> Chosen {
        match narrow(c).to_digit(10) {
            Some(0) => return Chosen::Quit,
            Some(9) => look.ruler.wide_ambiguous = !look.ruler.wide_ambiguous,
            Some(number) => return self.choose(number as usize - 1),
            None => {}
        }
        Chosen::Nothing
    }

    fn choose(&mut self, at: usize) -> Chosen {
        let lines = lines(&self.facts);
        let Some(line) = lines.get(at) else {
            return Chosen::Nothing;
        };
        self.chosen = at;
        Chosen::Target(match line {
            Line::Pending(index) => {
                let pending = &self.facts.pending[*index];
                match &pending.path {
                    Some(path) => Target::File(path.clone()),
                    None => Target::Unnamed(pending.id.clone()),
                }
            }
            Line::Recent(index) => Target::File(self.facts.recent[*index].clone()),
            Line::New => Target::New,
            Line::Sample => Target::Sample,
            Line::Open => return Chosen::Open,
        })
    }
}

/// A line of the start page.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    /// Unsaved changes to go on with.
    Pending(usize),
    /// An empty report.
    New,
    /// A file.
    Open,
    /// The sample.
    Sample,
    /// A file opened lately.
    Recent(usize),
}

/// The lines of the start page.
fn lines(facts: &StartFacts) -> Vec<Line> {
    const MOST: usize = 3;
    let pending = (0..facts.pending.len().min(MOST)).map(Line::Pending);
    let recent = (0..facts.recent.len().min(MOST)).map(Line::Recent);
    pending
        .chain([Line::New, Line::Open, Line::Sample])
        .chain(recent)
        .take(8)
        .collect()
}

/// Draws the page; answers with the place of the cursor.
pub(super) fn draw(start: &Start, canvas: &mut Canvas<'_>) -> (u16, u16) {
    let lang = canvas.lang();
    let title = words(
        "gouji 勾稽  政府信息公开工作年度报告",
        "gouji  annual reports on open government information",
    );
    canvas.heading(title.get(lang), "");
    let mut cursor = (0, 2);
    let mut y = 2;
    for (index, line) in lines(&start.facts).iter().enumerate() {
        let here = index == start.chosen;
        let text = said(lang, start, line);
        let sign = if here { "  > " } else { "    " };
        let role = if here { Role::Selected } else { Role::Plain };
        canvas.text(0, y, &format!("{sign}{}  {text}", index + 1), role);
        if here {
            cursor = (2, y);
        }
        y += 1;
    }
    let test = words(
        "  这一行应当对齐、不是乱码：|一二三|123456|“二”|   不对请按 9",
        "  Aligned and readable? |一二三|123456|“二”|   if not, press 9",
    );
    canvas.text(0, y + 1, test.get(lang), Role::Plain);
    canvas.foot(if canvas.frame().menu {
        words("1 帮助  0 更多  Esc 关闭", "1 help  0 more  Esc closes")
    } else {
        words(
            "上下键或数字 选  回车 确定  0 退出  没有F键按Esc  F1 帮助",
            "arrows or digit choose  Enter takes it  0 quits  F1 help",
        )
    });
    cursor
}

fn said(lang: Lang, start: &Start, line: &Line) -> String {
    let name = |path: &std::path::Path| {
        shown(&path.file_name().unwrap_or_default().to_string_lossy()).into_owned()
    };
    match line {
        Line::Pending(index) => {
            let pending = &start.facts.pending[*index];
            let file = match &pending.path {
                Some(path) => name(path),
                None => shown(&pending.name).into_owned(),
            };
            words(
                "继续上次：{file}    {when}   未保存 {n} 步",
                "go on with {file}    {when}   steps unsaved: {n}",
            )
            .with(vec![
                ("file", file.into()),
                ("when", pending.when.as_str().into()),
                ("n", pending.steps.into()),
            ])
            .text(lang)
        }
        Line::New => words("空白新建（{form}）", "new and empty ({form})")
            .with(vec![("form", crate::form::current().name.into())])
            .text(lang),
        Line::Open => words("打开或检查一份", "open or check a report")
            .get(lang)
            .to_owned(),
        Line::Sample => words(
            "练习：样例报告，里面有 2 处不平，跟着改一遍",
            "practise: a sample report with 2 broken sums",
        )
        .get(lang)
        .to_owned(),
        Line::Recent(index) => words("最近：{file}", "lately: {file}")
            .with(vec![("file", name(&start.facts.recent[*index]).into())])
            .text(lang),
    }
}
