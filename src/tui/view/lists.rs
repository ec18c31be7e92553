//! Everything that is not a matrix: the start page, texts, lists, prompts.
//!
//! **Never:** decides what a list holds; `update` and the tables do.
//! Next: `update::overlays` for what a choice does.

use crate::base::width::shown;
use crate::base::words::{Lang, Words, words};
use crate::tui::app::{App, Overlay, Start};
use crate::tui::canvas::Canvas;
use crate::tui::panels::problems::{by_severity, problem_line};
use crate::tui::report::ReportScreen;
use crate::tui::report::layout::{BESIDE, WITH_LIST};
use crate::tui::theme::Role;
use crate::tui::update::{StartLine, start_lines};

/// Draws what covers the whole screen; answers with the place of the cursor.
pub(super) fn overlay(app: &App, canvas: &mut Canvas) -> (u16, u16) {
    match &app.overlay {
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
    for at in by_severity(all) {
        let line = problem_line(&app.look, &all[at], cols * 2);
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
