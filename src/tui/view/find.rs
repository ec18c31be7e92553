//! The panel that finds and replaces.
//!
//! **Never:** decides what is found; `update::find` does.
//! Next: `update::find`.

use std::ops::Range;

use super::lists::{foot_line, scrolled};
use crate::base::words::{Lang, words};
use crate::check::problem::cell_words;
use crate::form::TextId;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::line_edit::LineEdit;
use crate::tui::report::head::field_name;
use crate::tui::report::{Page, ReportScreen};
use crate::tui::theme::Role;
use crate::tui::update::find::{Find, Found, found};

/// Draws the panel; answers with the place of the caret.
pub(super) fn panel(app: &App, find: &Find, canvas: &mut Canvas) -> (u16, u16) {
    let Some(report) = app.report() else {
        return (0, 0);
    };
    let mut caret = line(
        canvas,
        0,
        words("查找：", "Find: ").get(app.look.lang),
        &find.line,
    );
    if let Some(with) = &find.with {
        let label = words("换成：", "Replace with: ").get(app.look.lang);
        let at = line(canvas, 1, label, with);
        if find.is_replacing {
            caret = at;
        }
    }
    let all = found(app);
    let lines: Vec<String> = all.iter().map(|found| said(app, report, found)).collect();
    let chosen = find.chosen.min(lines.len().saturating_sub(1));
    scrolled(canvas, 3, &lines, chosen);
    if lines.is_empty() {
        let none = words("  没有找到", "  nothing found").get(app.look.lang);
        canvas.text(0, 3, none, Role::Dim);
    }
    let foot = if find.is_replacing {
        words(
            "回车 照选的做    上下键 选    Tab 改要找的    Esc 关闭",
            "Enter does what is chosen    arrows choose    Tab: what to find    Esc closes",
        )
    } else if report.text_shown().is_some() {
        words(
            "1-6 部分、行名、格（行 列）、文字    回车 去    Tab 替换    Esc 关闭",
            "1-6: section; row; row column; text    Enter goes    Tab replaces    Esc closes",
        )
    } else {
        words(
            "1-6 部分、行名、格（行 列）、文字    回车 去    Esc 关闭",
            "1-6: section; row; row column; text    Enter goes    Esc closes",
        )
    };
    foot_line(app, canvas, foot);
    caret
}

/// A line being typed; answers with the place of its caret.
fn line(canvas: &mut Canvas, y: u16, label: &str, typed: &LineEdit) -> (u16, u16) {
    let x = canvas.text(0, y, label, Role::Title);
    (canvas.line_edit((x, y), typed), y)
}

fn said(app: &App, report: &ReportScreen, found: &Found) -> String {
    let lang = app.look.lang;
    let form = report.form();
    match found {
        Found::Page(Page::Head) => words("报头", "Head of the report").get(lang).to_owned(),
        Found::Page(Page::Text(text)) => {
            let section = form.section(*text);
            let prose = if section.tables.is_empty() || section.ordinal.is_empty() {
                ""
            } else {
                words("：表前文字", ": text before the tables").get(lang)
            };
            format!("{}{prose}", section_said(lang, report, *text))
        }
        Found::Page(Page::Matrix(prefix)) => form
            .section_of(prefix)
            .map_or_else(String::new, |text| section_said(lang, report, text)),
        Found::Field(field) => {
            let name = field_name(*field).get(lang);
            let value = report.report().head().get(*field);
            words("报头 {name}：{value}", "Head, {name}: {value}")
                .with(vec![("name", name.into()), ("value", value.into())])
                .text(lang)
        }
        Found::Cell(cell) => {
            let value = report.report().cell(*cell).text();
            format!("{} = {value}", cell_words(form, *cell).text(lang))
        }
        Found::Text(text, range) => excerpt(app, report, *text, range),
        Found::Again(text, range) => {
            let again = words("下一处  ", "next  ").get(lang);
            format!("{again}{}", excerpt(app, report, *text, range))
        }
        Found::One(text, range) => {
            let one = words("换这一处  ", "replace  ").get(lang);
            format!("{one}{}", excerpt(app, report, *text, range))
        }
        Found::Skip(..) => words("不换，到下一处", "leave it, go to the next")
            .get(lang)
            .to_owned(),
        Found::All(_, count) => words(
            "这一部分全部换（{n} 处）",
            "replace all in this section ({n})",
        )
        .with(vec![("n", (*count).into())])
        .text(lang),
    }
}

fn section_said(lang: Lang, report: &ReportScreen, text: TextId) -> String {
    let section = report.form().section(text);
    let name = section.name.get(lang);
    match (lang, section.key.strip_prefix('s')) {
        (Lang::Zh, Some(_)) => format!("{} {name}", section.ordinal),
        (Lang::En, Some(number)) => format!("{number} {name}"),
        (_, None) => name.to_owned(),
    }
}

/// The words around a match, on one line.
fn excerpt(app: &App, report: &ReportScreen, text: TextId, range: &Range<usize>) -> String {
    const BEFORE: usize = 12;
    const AFTER: usize = 40;
    let body = report.report().text(text);
    let start = body[..range.start]
        .char_indices()
        .rev()
        .take(BEFORE)
        .take_while(|(_, c)| *c != '\n')
        .last()
        .map_or(range.start, |(at, _)| at);
    let after: String = body[range.end..]
        .chars()
        .take(AFTER)
        .take_while(|c| *c != '\n')
        .collect();
    let section = report.form().section(text);
    let mark = match (app.look.lang, section.key.strip_prefix('s')) {
        (Lang::Zh, Some(_)) => section.ordinal,
        (Lang::En, Some(number)) => number,
        (_, None) => section.name.get(app.look.lang),
    };
    format!(
        "{mark}  {}【{}】{after}",
        &body[start..range.start],
        &body[range.clone()]
    )
}
