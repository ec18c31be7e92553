//! The export screen: a checklist, what can be written, where it goes, and then
//! what was written.
//!
//! ```text
//! 导出  西城区民政局 2024
//!  ! 错误 2（其中已说明 0）：给人看的文件标【送审稿】
//!  ? 提醒 1  提示 2  已说明 0
//!  = 没有空格
//!
//!       0  文件夹  /home/wang
//! > [x] 1  Word 文档    西城区民政局2024.docx
//!   [ ] 2  网页         西城区民政局2024.html
//! ```
//!
//! **Never:** decides what is written; `export` does.
//! Next: `export`.

use std::path::Path;

use ratatui::layout::Rect;

use super::{Done, Export, Stage};
use crate::base::path::shown_path;
use crate::base::width::shown;
use crate::base::words::{Words, words};
use crate::check::Counts;
use crate::tui::canvas::Canvas;
use crate::tui::input::Outcome;
use crate::tui::picker::page;
use crate::tui::report::ReportScreen;
use crate::tui::theme::Role;
use crate::tui::turn::Look;

/// Columns of a name below which only its ending is told.
const LEAST_NAME: usize = 24;

/// A line under the title: its text, its look, the place of the cursor it is.
type Line = (String, Role, Option<usize>);

/// Draws the screen; answers with the place of the cursor.
pub(super) fn draw(
    export: &Export,
    report: Option<&ReportScreen>,
    canvas: &mut Canvas<'_>,
) -> (u16, u16) {
    let look = canvas.look();
    canvas.heading(&title(look, export, report), "");
    let lines = lines(look, export);
    let room = page(look.size.1);
    let first = if matches!(export.stage, Stage::Done) {
        export.chosen().min(lines.len().saturating_sub(room))
    } else {
        let here = |line: &Line| line.2 == Some(export.chosen());
        let last = lines.iter().rposition(here).unwrap_or(0);
        // What stands below the chosen line is seen as far as there is room.
        (last + 3).min(lines.len()).saturating_sub(room).min(last)
    };
    let mut cursor = (0, 1);
    let chosen = export.chosen();
    canvas.note_list(chosen, export.len(look));
    for (y, (text, role, at)) in (1..).zip(lines.iter().skip(first).take(room)) {
        if let Some(at) = at {
            canvas.note_line(y, *at, chosen);
        }
        let here = *at == Some(chosen);
        if here {
            cursor = (0, y);
            let style = canvas.style(Role::Selected);
            canvas.fitted(0, y, "", usize::from(canvas.cols()), style);
        }
        canvas.text(0, y, text, if here { Role::Selected } else { *role });
    }
    let foot = match export.stage {
        Stage::Choose => words(
            "空格键 勾选  数字 勾选  回车 写出  0 换文件夹  上下键 移动  Esc 不写",
            "Space marks  digit marks  Enter writes  0 folder  arrows move  Esc leaves",
        ),
        Stage::Folder(_) => words(
            "回车 确定  上下键 选文件夹  Tab 补全  Ctrl+U 清空  Esc 返回",
            "Enter accepts  arrows choose a folder  Tab completes  Ctrl+U clears  Esc goes back",
        ),
        Stage::Blanks | Stage::Untouched | Stage::Exists => words(
            "数字 选定  回车 选定  Esc 返回",
            "digit chooses  Enter chooses  Esc goes back",
        ),
        Stage::Done => words(
            "上下键 翻看  回车 关闭  Esc 关闭",
            "arrows scroll  Enter closes  Esc closes",
        ),
    };
    canvas.foot(foot);
    let Stage::Folder(line) = &export.stage else {
        return cursor;
    };
    // Under the checklist where there is room for the list as well.
    let below = u16::try_from(lines.len() + 1).unwrap_or(1);
    let top = if canvas.rows() >= below + 6 { below } else { 1 };
    let area = canvas.area();
    let mut rest = canvas.within(Rect {
        y: area.y + top,
        height: area.height.saturating_sub(top),
        ..area
    });
    rest.clear(Role::Plain);
    let label = words("文件夹", "Folder").get(look.lang);
    let (x, y) = line.draw(label, 0, &mut rest);
    (x, y + top)
}

/// How many places the cursor has where what was written is read.
#[must_use]
pub(super) fn positions(look: Look, export: &Export) -> usize {
    crate::tui::picker::positions(lines(look, export).len(), look)
}

fn title(look: Look, export: &Export, report: Option<&ReportScreen>) -> String {
    let head = report.map(|report| report.report().head());
    let body = head.map_or("", |head| head.body.as_str());
    let year = head.and_then(|head| head.year).map(|year| year.to_string());
    let said = match export.stage {
        Stage::Choose | Stage::Folder(_) => words("导出  {body} {year}", "Export  {body} {year}"),
        Stage::Blanks => words("导出：有 {n} 个空白格", "Export: {n} cells are blank"),
        Stage::Untouched => words(
            "导出：正文有 {k} 句还是去年的",
            "Export: {k} of last year's sentences still stand",
        ),
        Stage::Exists => words("导出：有些文件已经有了", "Export: some files exist already"),
        Stage::Done => words("导出的结果", "What was written"),
    };
    let said = said.with(vec![
        ("body", shown(body).as_ref().into()),
        ("year", year.unwrap_or_default().into()),
        ("n", export.state.blanks.into()),
        ("k", export.state.untouched.into()),
    ]);
    said.text(look.lang)
}

fn lines(look: Look, export: &Export) -> Vec<Line> {
    match export.stage {
        Stage::Folder(_) => {
            let mut lines = checklist(look, export);
            lines.push((String::new(), Role::Plain, None));
            lines
        }
        Stage::Choose => {
            let mut lines = checklist(look, export);
            lines.push((String::new(), Role::Plain, None));
            lines.extend(choices(look, export));
            lines
        }
        Stage::Blanks | Stage::Untouched => answers(look, export, Vec::new()),
        Stage::Exists => {
            let exists = |done: &&Done| done.outcome == Some(Outcome::Exists);
            let done: Vec<&Done> = export.done.iter().filter(exists).collect();
            let (folder, names) = under_folder(&done);
            let files = folder.into_iter().chain(names);
            answers(look, export, files.collect())
        }
        Stage::Done => told(look, export),
    }
}

/// What one should know before anything is written.
fn checklist(look: Look, export: &Export) -> Vec<Line> {
    let counts = export.state.counts;
    let errors = counts.errors;
    // What is explained is counted here with its errors.
    let unsettled = Counts {
        settled: 0,
        ..counts
    };
    let said = if errors == 0 {
        words("= 没有错误", "= no errors").into()
    } else {
        words(
            "! 错误 {n} 处：给人看的文件标【送审稿】",
            "! errors {n}: files for readers will be marked as a draft (送审稿)",
        )
        .with(vec![("n", errors.into())])
    };
    let others = words(
        "? 提醒 {w} 处，提示 {i} 处，已说明 {s} 处{apart}",
        "? warnings {w}, infos {i}, explained {s}{apart}",
    )
    .with(vec![
        ("w", counts.warnings.into()),
        ("i", counts.infos.into()),
        ("s", export.state.explained.into()),
        ("apart", unsettled.apart(words("；", "; ")).into()),
    ]);
    let blanks = match (export.state.blanks, export.zeros) {
        (0, _) => words("= 没有空白格", "= no blank cells").into(),
        (n, _) => words(
            "? 空白格 {n} 处：写出前会问留空还是写 0",
            "? blank cells {n}: you are asked whether they become 0",
        )
        .with(vec![("n", n.into())]),
    };
    let role = if errors == 0 {
        Role::Plain
    } else {
        Role::ReminderText
    };
    let line = |text: String, role| (format!(" {text}"), role, None);
    let mut lines = vec![
        line(said.text(look.lang), role),
        line(others.text(look.lang), Role::Plain),
        line(blanks.text(look.lang), Role::Plain),
    ];
    let untouched = export.state.untouched;
    if untouched > 0 {
        let said = words(
            "? 正文 {k} 句还是去年的，没有重写：给人看的文件标【送审稿】",
            "? last year's sentences that still stand: {k}; files for readers are marked as a draft",
        );
        let said = said.with(vec![("k", untouched.into())]);
        lines.push(line(said.text(look.lang), Role::ReminderText));
    }
    lines
}

/// The folder, and under it what can be written with the names that it would get there.
fn choices(look: Look, export: &Export) -> Vec<Line> {
    let lang = look.lang;
    let sign = |at: usize| if at == export.chosen() { ">" } else { " " };
    let cols = usize::from(look.size.0).saturating_sub(1);
    let fitted = |text: String| look.ruler.cut(&text, cols).to_owned();
    let at = export.items.len();
    let here = words(
        "  （程序启动时的文件夹）",
        "  (where the program was started)",
    );
    let here = if export.folder == "." {
        here.get(lang)
    } else {
        ""
    };
    let label = format!(
        "{}     0  {}  ",
        sign(at),
        words("文件夹", "folder").get(lang)
    );
    let room = cols.saturating_sub(look.ruler.width(&label));
    let fits = look.ruler.width(here) < room;
    let here = if fits { here } else { "" };
    let room = room.saturating_sub(look.ruler.width(here));
    let folder = look.ruler.cut_front(&shown(&export.folder), room);
    let folder = fitted(format!("{label}{folder}{here}"));
    let mut lines: Vec<Line> = vec![(folder, Role::Here, Some(at))];
    let names: Vec<String> = export
        .items
        .iter()
        .map(|item| item.what.name().text(lang))
        .collect();
    let widest = names.iter().map(|name| look.ruler.width(name)).max();
    let widest = widest.unwrap_or(0);
    for (at, (item, name)) in export.items.iter().zip(&names).enumerate() {
        let mark = if item.is_wanted { "[x]" } else { "[ ]" };
        let digit = at + 1;
        let digit = if digit < 10 {
            digit.to_string()
        } else {
            " ".to_owned()
        };
        let text = format!(
            "{} {mark} {digit}  {}  ",
            sign(at),
            look.ruler.fit(name, widest)
        );
        let room = cols.saturating_sub(look.ruler.width(&text));
        let ending = item.what.ending(lang);
        let file = shown(&format!("{}{ending}", export.stem)).into_owned();
        // What is left of a name that is cut says nothing.
        let file = if room < LEAST_NAME && look.ruler.width(&file) > room {
            ending
        } else {
            look.ruler.cut_front(&file, room)
        };
        lines.push((fitted(format!("{text}{file}")), Role::Plain, Some(at)));
    }
    lines
}

/// The answers of a question, under what it is about.
fn answers(look: Look, export: &Export, about: Vec<String>) -> Vec<Line> {
    let mut lines = wrapped(look, about.into_iter().map(|text| (text, Role::Plain)));
    lines.push((String::new(), Role::Plain, None));
    for (at, answer) in export.answers().iter().enumerate() {
        let sign = if at == export.chosen() { ">" } else { " " };
        let text = format!("{sign} {}  {}", at + 1, answer.get(look.lang));
        lines.push((text, Role::Plain, Some(at)));
    }
    lines
}

/// What was written with its size, and what was not and why.
fn told(look: Look, export: &Export) -> Vec<Line> {
    let lang = look.lang;
    let say = |words: Words, args| words.with(args).text(lang);
    let mut said = Vec::new();
    if export.state.counts.errors > 0 {
        let draft = words(
            "有错误：给人看的文件标了【送审稿】",
            "there are errors: files for readers are marked as a draft (送审稿)",
        );
        said.push((draft.get(lang).to_owned(), Role::ReminderText));
    }
    if export.state.untouched > 0 {
        let (sentence, role) = if export.is_untouched() {
            let marked = words(
                "正文 {k} 句还是去年的，没有重写：给人看的文件标了【送审稿】",
                "last year's sentences that still stand: {k}; files for readers are marked as a draft (送审稿)",
            );
            (marked, Role::ReminderText)
        } else {
            let looked_at = words(
                "正文 {k} 句和去年一样，看过了，没有标",
                "last year's sentences that still stand: {k}, all looked at, no mark",
            );
            (looked_at, Role::Plain)
        };
        said.push((
            say(sentence, vec![("k", export.state.untouched.into())]),
            role,
        ));
    }
    let filled = match export.zeros {
        Some(true) => Some(words(
            "{n} 个空白格按 0 写了，空总计按各项之和",
            "{n} blank cells are written as 0, blank totals as their sums",
        )),
        Some(false) => Some(words("{b} 个空白格留空", "{b} blank cells stay blank")),
        None => None,
    };
    let args = vec![
        ("n", export.filled.into()),
        ("b", export.state.blanks.into()),
    ];
    said.extend(filled.map(|words| (say(words, args), Role::Plain)));
    let done: Vec<&Done> = export.done.iter().collect();
    let (folder, names) = under_folder(&done);
    said.extend(folder.map(|folder| (folder, Role::Here)));
    for (done, path) in done.into_iter().zip(names) {
        match &done.outcome {
            Some(Outcome::Written { size, doubts }) => {
                let args = vec![("path", path.into()), ("size", (*size).into())];
                let line = words("{size} 字节  {path}", "{size} bytes  {path}");
                said.push((say(line, args), Role::Plain));
                let doubts = doubts.iter().map(|doubt| doubt.text(lang));
                said.extend(doubts.map(|doubt| (doubt, Role::ReminderText)));
            }
            Some(Outcome::Exists) => {
                let line = words("没有写，已经有了：{path}", "not written, it exists: {path}");
                said.push((say(line, vec![("path", path.into())]), Role::ReminderText));
            }
            Some(Outcome::Failed(failure)) => {
                let line = words("没有写：{path}", "not written: {path}");
                said.push((say(line, vec![("path", path.into())]), Role::ReminderText));
                // The store names the file as well; its reason is what is new.
                let text = failure.text(lang);
                let skipped = usize::from(failure.why.is_some());
                let lines = text.lines().skip(skipped).map(str::to_owned);
                said.extend(lines.map(|line| (line, Role::Plain)));
            }
            None => {}
        }
    }
    if let Some(path) = &export.copied {
        let path = shown_path(path);
        let line = words(
            "退回意见复制了，也存在 {path}",
            "return note copied, also kept in {path}",
        );
        said.push((say(line, vec![("path", path.into())]), Role::Plain));
    }
    wrapped(look, said.into_iter())
}

/// The folder of all the files with their names in it; their paths where they have not
/// the same one.
fn under_folder(done: &[&Done]) -> (Option<String>, Vec<String>) {
    let folder = done.first().and_then(|done| done.path.parent());
    let folder = folder.filter(|folder| {
        let is_same = |done: &&Done| done.path.parent() == Some(*folder);
        !folder.as_os_str().is_empty() && done.iter().all(is_same)
    });
    let name = |done: &&Done| match done.path.file_name().filter(|_| folder.is_some()) {
        Some(name) => shown_path(Path::new(name)),
        None => shown_path(&done.path),
    };
    (folder.map(shown_path), done.iter().map(name).collect())
}

fn wrapped(look: Look, lines: impl Iterator<Item = (String, Role)>) -> Vec<Line> {
    let cols = usize::from(look.size.0).saturating_sub(3).max(8);
    let mut out = Vec::new();
    for (text, role) in lines {
        for line in text.lines() {
            let line = shown(line);
            for (part, range) in look.ruler.wrap(&line, cols).into_iter().enumerate() {
                let indent = if part == 0 { " " } else { "   " };
                out.push((format!("{indent}{}", &line[range]), role, None));
            }
        }
    }
    out
}
