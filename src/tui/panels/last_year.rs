//! Which report is last year's: what fits in the folder, another file, or none.
//!
//! **Never:** takes one by itself; looks into the folder.
//! Next: `update::last`, which does what was chosen.

use std::path::PathBuf;

use crate::base::width::shown;
use crate::base::words::{Lang, Message, words};
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::{LastFound, ProposedLast};
use crate::tui::panel::{Panel, outside};
use crate::tui::picker::{Line, Picked, Picker, wrapped};
use crate::tui::report::ReportScreen;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, LastChoice, Look, Next};

/// Columns inside its frame.
const WIDTH: u16 = 74;

/// The choice of last year's report.
#[derive(Debug)]
pub struct LastYear {
    /// The folder that is looked in.
    folder: PathBuf,
    /// What was found there; None while it is looked for.
    found: Option<LastFound>,
    picker: Picker,
}

impl LastYear {
    /// Before anything is found.
    pub(crate) fn new(folder: PathBuf) -> Self {
        LastYear {
            folder,
            found: None,
            picker: Picker::default(),
        }
    }

    /// Takes what was found in a folder.
    pub(crate) fn found(&mut self, found: LastFound) {
        if found.folder == self.folder {
            // A line that was chosen meanwhile stays the chosen one.
            if self.picker.chosen > 0 {
                self.picker.chosen += found.found.len();
            }
            self.found = Some(found);
        }
    }

    fn proposed(&self) -> &[ProposedLast] {
        self.found.as_ref().map_or(&[], |found| &found.found)
    }

    fn choices(&self, report: Option<&ReportScreen>) -> Vec<LastChoice> {
        let proposed = self.proposed().iter();
        let mut choices: Vec<LastChoice> = proposed
            .map(|one| LastChoice::Take(one.path.clone()))
            .collect();
        choices.push(LastChoice::Another);
        if report.is_some_and(|report| report.link.at.is_some()) {
            choices.push(LastChoice::None);
        }
        choices
    }

    fn picked(&mut self, picked: Picked, report: Option<&ReportScreen>) -> Next {
        match picked {
            Picked::Chosen(at) => match self.choices(report).into_iter().nth(at) {
                Some(choice) => Next::LastYear(choice),
                None => Next::Stay,
            },
            Picked::Moved | Picked::No => Next::Stay,
        }
    }

    /// What is said above the list.
    fn state(&self, report: Option<&ReportScreen>) -> Message {
        let head = report.map(|report| report.report().head());
        let body = head.map(|head| head.body.as_str()).unwrap_or_default();
        let year = head.and_then(|head| head.year?.checked_sub(1));
        let year = year.map(|year| year.to_string()).unwrap_or_default();
        let said = match &self.found {
            None => words("正在同一个文件夹里找 ...", "looking in the same folder ..."),
            Some(LastFound {
                failed: Some(why), ..
            }) => return why.clone(),
            Some(_) if body.is_empty() => words(
                "报头没有写机关名称，不知道找谁的",
                "the head names no body: whose to look for is not known",
            ),
            Some(found) if found.found.is_empty() && year.is_empty() => words(
                "这个文件夹里没有找到【{body}】别的报告",
                "no other report of \"{body}\" was found in this folder",
            ),
            Some(found) if found.found.is_empty() => words(
                "这个文件夹里没有找到【{body}】{year} 年的报告",
                "no report of \"{body}\" for {year} was found in this folder",
            ),
            Some(found) if found.found.len() > 1 => words(
                "这个文件夹里有几份都对得上，请选对的那一份",
                "several in this folder fit: choose the right one",
            ),
            Some(_) => words("这个文件夹里找到的：", "found in this folder:"),
        };
        let said = said.with(vec![
            ("body", shown(body).as_ref().into()),
            ("year", year.into()),
        ]);
        if self.found.as_ref().is_some_and(|found| found.is_cut) {
            return words(
                "{said}（文件太多，只看了一部分）",
                "{said} (too many files, some were looked at)",
            )
            .with(vec![("said", said.into())]);
        }
        said
    }

    fn lines(&self, report: Option<&ReportScreen>, lang: Lang) -> Vec<Line> {
        let here = report.and_then(|report| report.last.as_ref());
        let mut lines = Vec::new();
        let number = |at: usize| (at + 1).to_string();
        for (at, one) in self.proposed().iter().enumerate() {
            let name = one.path.file_name().unwrap_or_default().to_string_lossy();
            let year = match one.year {
                Some(year) => year.to_string(),
                None => words("没有写年度", "no year").get(lang).to_owned(),
            };
            let used = if here.is_some_and(|last| last.path == one.path) {
                words("（正在比的）", " (compared now)").get(lang)
            } else {
                ""
            };
            let text = format!("{}  {year} {}{used}", shown(&name), shown(&one.body));
            lines.push(Line::new(&number(at), text));
        }
        let another = words("另一个文件 ...", "another file ...").get(lang);
        lines.push(Line::new(&number(lines.len()), another));
        if let Some(at) = report.and_then(|report| report.link.at.as_ref()) {
            let name = at.path.file_name().unwrap_or_default().to_string_lossy();
            let none = words(
                "不和去年比，忘掉 {file}",
                "compare with none, forget {file}",
            );
            let none = none.with(vec![("file", shown(&name).as_ref().into())]);
            lines.push(Line::new(&number(lines.len()), none.text(lang)));
        }
        lines
    }
}

impl Panel for LastYear {
    fn place(&self, report: Option<&ReportScreen>, look: Look) -> Place {
        let inside = Look {
            size: (WIDTH.min(look.size.0), look.size.1),
            ..look
        };
        let rows = wrapped(self.lines(report, look.lang), 2, 2, inside).len() + 3;
        // It does not grow as the first few are found.
        Place::Window(WIDTH, u16::try_from(rows.max(8)).unwrap_or(u16::MAX))
    }

    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        let report = report.as_deref();
        let len = self.choices(report).len();
        match self.picker.command(command, len, cx.look) {
            Picked::No => outside(command),
            picked => self.picked(picked, report),
        }
    }

    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, _: &mut Cx<'_>) -> Next {
        let report = report.as_deref();
        let picked = self.picker.typed(c, self.choices(report).len());
        self.picked(picked, report)
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let look = canvas.look();
        let title = words("去年的报告：和哪一份比", "Last year's report: which one");
        canvas.heading(title.get(look.lang), "");
        let said = self.state(report).text(look.lang);
        let cols = usize::from(canvas.cols()).saturating_sub(1);
        let mut y = 1;
        // On a small screen the list needs the rows more than what is said of it.
        let most = usize::from(canvas.rows()).saturating_sub(3).min(2);
        for range in look.ruler.wrap(&said, cols).into_iter().take(most) {
            canvas.text(0, y, &said[range], Role::Plain);
            y += 1;
        }
        canvas.foot(words(
            "数字 选定  回车 选定  上下键 移动  Esc 不改",
            "digit chooses  Enter chooses  arrows move  Esc changes nothing",
        ));
        let rows = wrapped(self.lines(report, look.lang), 2, 2, look);
        self.picker.draw_rows(y, &rows, 2, canvas)
    }
}
