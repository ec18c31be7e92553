//! Everything that is not a matrix: the start page, texts, lists, prompts.
//!
//! **Never:** decides what a list holds; `update` and the tables do.
//! Next: `update::overlays` for what a choice does.

use crate::base::width::shown;
use crate::base::words::{Lang, Words, words};
use crate::check::Problem;
use crate::tui::app::{App, Offer, Overlay, Start};
use crate::tui::canvas::Canvas;
use crate::tui::problem_list::{self, Row};
use crate::tui::report::ReportScreen;
use crate::tui::report::layout::{BESIDE, WITH_LIST};
use crate::tui::theme::Role;
use crate::tui::update::{StartLine, start_lines};

/// Draws what covers the whole screen; answers with the place of the cursor.
pub(super) fn overlay(app: &App, canvas: &mut Canvas) -> (u16, u16) {
    match &app.overlay {
        Some(Overlay::Problems { chosen }) => problems(app, *chosen, canvas),
        Some(Overlay::Fixes { fixes, chosen, .. }) => fix_list(app, fixes, *chosen, canvas),
        Some(Overlay::Export(export)) => super::export::screen(app, export, canvas),
        Some(Overlay::Find(find)) => super::find::panel(app, find, canvas),
        Some(Overlay::Paste(preview)) => match app.report() {
            Some(report) => super::paste::preview(app, report, preview, canvas),
            None => (0, 0),
        },
        Some(panel) => panel
            .drawn()
            .map_or((0, 0), |panel| panel.draw(app.report(), canvas)),
        None => (0, 0),
    }
}

/// What mends problems: fixes and readings under their headings.
fn fix_list(app: &App, fixes: &[Offer], chosen: usize, canvas: &mut Canvas) -> (u16, u16) {
    /// Blanks before the second and later lines of a fix.
    const INDENT: usize = 9;
    let cols = usize::from(canvas.cols()).saturating_sub(1);
    let title = words("修复建议", "Fixes and suggestions").get(app.look.lang);
    canvas.text(0, 0, title, Role::Title);
    let said = words(
        "空格 预览  回车 采用（可撤销）  F9 记为待核实  Esc 不改",
        "Space previews  Enter applies (can be undone)  F9 keeps a question  Esc leaves",
    );
    let foot = foot_line(app, canvas, said);
    let room = usize::from(foot.saturating_sub(2)).max(1);
    // Each line with its role; the chosen one is kept in view.
    let mut lines: Vec<(String, Role)> = Vec::new();
    let mut at = 0;
    for (index, offer) in fixes.iter().enumerate() {
        for heading in &offer.heading {
            let text = heading.text(app.look.lang);
            for range in canvas.ruler().wrap(&text, cols) {
                lines.push((text[range].to_owned(), Role::HeadHere));
            }
        }
        let text = format!("{:>3}  {}", index + 1, offer.fix.title.text(app.look.lang));
        let wrapped = canvas
            .ruler()
            .wrap(&text, cols.saturating_sub(INDENT).max(8));
        for (part, range) in wrapped.into_iter().enumerate() {
            let here = index == chosen;
            if here && part == 0 {
                at = lines.len();
            }
            let sign = match (here, part) {
                (true, 0) => "> ".to_owned(),
                (_, 0) => "  ".to_owned(),
                _ => " ".repeat(INDENT),
            };
            let role = if here { Role::Selected } else { Role::Plain };
            lines.push((format!("{sign}{}", &text[range]), role));
        }
    }
    let first = (at + 2).saturating_sub(room);
    for (y, (line, role)) in (1..).zip(lines.iter().skip(first).take(room)) {
        canvas.text(0, y, line, *role);
    }
    (0, 1 + u16::try_from(at - first.min(at)).unwrap_or(0))
}

/// Draws lines from row `top`, the chosen one visible and marked.
pub(super) fn scrolled(canvas: &mut Canvas, top: u16, lines: &[String], chosen: usize) {
    let room = usize::from(canvas.rows().saturating_sub(top + 2)).max(1);
    let first = (chosen + 1).saturating_sub(room);
    for (offset, line) in lines.iter().skip(first).take(room).enumerate() {
        let y = top + u16::try_from(offset).unwrap_or(0);
        let here = first + offset == chosen;
        let role = if here { Role::Selected } else { Role::Plain };
        let sign = if here { "> " } else { "  " };
        canvas.text(0, y, &format!("{sign}{line}"), role);
    }
}

/// The notice and the line that says what keys do; answers with its row.
pub(super) fn foot_line(app: &App, canvas: &mut Canvas, foot: Words) -> u16 {
    let y = canvas.rows().saturating_sub(1);
    if let Some(notice) = &app.notice {
        canvas.text(
            0,
            y.saturating_sub(1),
            &notice.text(app.look.lang),
            Role::Message,
        );
    }
    canvas.text(0, y, foot.get(app.look.lang), Role::Dim);
    y
}

/// One problem as a line of the list; its code is dropped where it does not fit.
fn problem_line(app: &App, problem: &Problem, cols: usize) -> String {
    let indent = if problem.implied { "    " } else { "" };
    let sign = problem.severity().sign();
    let text = problem.message().text(app.look.lang);
    let line = format!("{sign} {indent}{text}");
    let coded = format!("{line}  ({})", problem.rule.code);
    if app.look.ruler.width(&coded) <= cols {
        coded
    } else {
        line
    }
}

fn problems(app: &App, chosen: usize, canvas: &mut Canvas) -> (u16, u16) {
    let Some(report) = app.report() else {
        return (0, 0);
    };
    let counts = report.findings.counts();
    let head = report.report().head();
    // The counts stand whole; a long name gives way to them.
    let title = words(
        "全审  {body} {year}  {form}",
        "Check  {body} {year}  {form}",
    )
    .with(vec![
        ("body", shown(&head.body).as_ref().into()),
        (
            "year",
            head.year.map(|y| y.to_string()).unwrap_or_default().into(),
        ),
        ("form", report.form().name.into()),
    ]);
    let found = words(
        "错误 {e}  提醒 {w}  提示 {i}{apart}",
        "errors {e}  warnings {w}  infos {i}{apart}",
    )
    .with(vec![
        ("e", counts.errors.into()),
        ("w", counts.warnings.into()),
        ("i", counts.infos.into()),
        ("apart", counts.apart(Words::same("  ")).into()),
    ])
    .text(app.look.lang);
    let room = usize::from(canvas.cols()).saturating_sub(app.look.ruler.width(&found) + 3);
    let title = title.text(app.look.lang);
    let title = app.look.ruler.cut(&title, room);
    canvas.text(0, 0, &format!("{title}  {found}"), Role::Title);
    let lines = problem_lines(app, report, chosen, usize::from(canvas.cols()));
    let room = usize::from(canvas.rows().saturating_sub(3)).max(1);
    let last = lines.iter().rposition(|line| line.row == Some(chosen));
    let first = last.map_or(0, |last| (last + 1).saturating_sub(room));
    let begin = lines.iter().position(|line| line.row == Some(chosen));
    let first = first.min(begin.unwrap_or(first));
    let mut cursor = (0, 1);
    for (offset, line) in lines.iter().skip(first).take(room).enumerate() {
        let y = 1 + u16::try_from(offset).unwrap_or(0);
        if line.begins && line.row == Some(chosen) {
            cursor = (0, y);
        }
        canvas.text(0, y, &line.text, line.role);
    }
    let foot = words(
        "回车 到那里   F4 依据   F6 修复   F7 说明   F9 退回   上下键 移动   Esc 关闭",
        "Enter goes there   F4 basis   F6 fix   F7 explain   F9 return   Esc closes",
    );
    foot_line(app, canvas, foot);
    cursor
}

/// A line of the list as drawn; the row of the list it belongs to.
struct Drawn {
    text: String,
    role: Role,
    row: Option<usize>,
    begins: bool,
}

/// The list wrapped to the screen, with headings and reasons in their places.
fn problem_lines(app: &App, report: &ReportScreen, chosen: usize, cols: usize) -> Vec<Drawn> {
    let rows = problem_list::rows(app, report);
    let mut lines = Vec::new();
    if report.findings.problems.is_empty() {
        lines.push(Drawn {
            text: if report.findings.counts().is_clean() {
                words(" 没有发现问题", " nothing found")
            } else {
                words(" 还没有填完", " not finished")
            }
            .get(app.look.lang)
            .to_owned(),
            role: Role::Plain,
            row: None,
            begins: false,
        });
    }
    for (at, row) in rows.iter().enumerate() {
        if let Some(heading) = problem_list::heading(report, &rows, at) {
            lines.push(Drawn {
                text: format!(" {}", heading.get(app.look.lang)),
                role: Role::Dim,
                row: None,
                begins: false,
            });
        }
        let (text, under, role) = match row {
            Row::Problem(index) => {
                let problem = &report.findings.problems[*index];
                (
                    problem_line(app, problem, cols.saturating_sub(4)),
                    problem_list::reason(app, report, problem),
                    Role::Plain,
                )
            }
            Row::Silenced(index) => {
                let problem = &report.findings.silenced[*index];
                (
                    format!(
                        "- {}  ({})",
                        problem.message().text(app.look.lang),
                        problem.rule.code
                    ),
                    problem_list::silence(app, problem),
                    Role::Dim,
                )
            }
            Row::Unsure(index) => {
                let text = report.unsure()[*index].words().text(app.look.lang);
                (format!("? {text}"), None, Role::Plain)
            }
            Row::Text(text) => (text.clone(), None, Role::Dim),
        };
        let here = at == chosen;
        let pieces = [Some((text, 0)), under.map(|under| (under, 6))];
        let mut begins = true;
        for (text, indent) in pieces.into_iter().flatten() {
            let text = shown(&text).into_owned();
            let room = cols.saturating_sub(2 + indent + 2).max(8);
            for (number, range) in app.look.ruler.wrap(&text, room).into_iter().enumerate() {
                let sign = if here && begins { ">" } else { " " };
                let indent = " ".repeat(indent + if number == 0 { 0 } else { 2 });
                lines.push(Drawn {
                    text: format!("{sign}{indent}{}", &text[range]),
                    role: if here { Role::Selected } else { role },
                    row: Some(at),
                    begins,
                });
                begins = false;
            }
        }
    }
    lines
}

/// The problem list beside the grid, on wide screens.
pub(super) fn beside(app: &App, report: &ReportScreen, canvas: &mut Canvas) {
    let x = u16::try_from(BESIDE).unwrap_or(0);
    let cols = usize::from(canvas.cols()).saturating_sub(BESIDE + 2);
    debug_assert!(usize::from(canvas.cols()) >= WITH_LIST);
    let here = report.problem_here();
    let mut rows = canvas.rows().saturating_sub(7);
    // The last lines are the source's: the place, and the row the cell stood in.
    if let Some((cell, origin)) = report
        .cursor()
        .and_then(|cell| Some((cell, report.origin_words(cell)?)))
    {
        rows = rows.saturating_sub(3);
        let row = report.source_row(cell).unwrap_or_default();
        for (y, text) in (rows + 2..).zip([origin.text(app.look.lang), row]) {
            let text = canvas.ruler().cut(&text, cols).to_owned();
            canvas.text(x, y, &format!("| {text}"), Role::Plain);
        }
    }
    let all = &report.findings.problems;
    let mut y = 1;
    for at in problem_list::by_severity(all) {
        let line = problem_line(app, &all[at], cols * 2);
        let role = if here == Some(&all[at]) {
            Role::HeadHere
        } else {
            Role::Plain
        };
        for (index, range) in canvas.ruler().wrap(&line, cols).into_iter().enumerate() {
            if y > rows {
                return;
            }
            let indent = if index == 0 { "| " } else { "|   " };
            canvas.text(x, y, &format!("{indent}{}", &line[range]), role);
            y += 1;
        }
    }
}

/// The start page.
pub(super) fn start(app: &App, start: &Start, canvas: &mut Canvas) -> (u16, u16) {
    let lang = app.look.lang;
    let title = words(
        "gouji 勾稽  政府信息公开工作年度报告",
        "gouji  annual reports on open government information",
    );
    canvas.text(0, 0, title.get(lang), Role::Title);
    let mut cursor = (0, 2);
    let mut y = 2;
    for (index, line) in start_lines(&start.facts).iter().enumerate() {
        let here = index == start.chosen;
        let text = start_line(lang, start, line);
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
    let rows = canvas.rows();
    if let Some(notice) = &app.notice {
        canvas.text(0, rows.saturating_sub(3), &notice.text(lang), Role::Message);
    }
    canvas.rule(rows.saturating_sub(2));
    let foot = if app.menu {
        words("1 帮助   0 更多   Esc 关闭", "1 help   0 more   Esc closes")
    } else {
        words(
            "数字或上下键选，回车确定    F1 或 Esc 1 帮助    0 退出",
            "a digit or the arrows, then Enter    F1 or Esc 1 help    0 quits",
        )
    };
    canvas.text(0, rows.saturating_sub(1), foot.get(lang), Role::Dim);
    cursor
}

fn start_line(lang: Lang, start: &Start, line: &StartLine) -> String {
    let name = |path: &std::path::Path| {
        shown(&path.file_name().unwrap_or_default().to_string_lossy()).into_owned()
    };
    match line {
        StartLine::Pending(index) => {
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
        StartLine::New => words("空白新建（{form}）", "new and empty ({form})")
            .with(vec![("form", crate::form::current().name.into())])
            .text(lang),
        StartLine::Open => words("打开或检查一份", "open or check a report")
            .get(lang)
            .to_owned(),
        StartLine::Sample => words(
            "练习：样例报告，里面有 2 处不平，跟着改一遍",
            "practise: a sample report with 2 broken sums",
        )
        .get(lang)
        .to_owned(),
        StartLine::Recent(index) => words("最近：{file}", "lately: {file}")
            .with(vec![("file", name(&start.facts.recent[*index]).into())])
            .text(lang),
    }
}
