//! A text page: rows, marks, selection, caret, and the fact list under it.
//!
//! ```text
//! title                                              counts | saved
//! heading
//! ! text, a mark in the margin of rows with something wrong
//! --------------------------------------------------------------------
//! fact list
//! message
//! keys
//! paragraph, selection, characters
//! ```
//!
//! **Never:** draws a row anywhere but where `prose` counts its columns.
//! Next: `prose` for the rows.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::status;
use crate::base::words::{Lang, words};
use crate::check::{FactCounts, Severity};
use crate::form::TextId;
use crate::tui::canvas::Canvas;
use crate::tui::hit::Hit;
use crate::tui::picker::{self, Picker, Row};
use crate::tui::report::ReportScreen;
use crate::tui::report::prose::{FactLine, MARGIN, Marked, characters, split};
use crate::tui::theme::Role;
use crate::tui::turn::Look;

const TOP: u16 = 1;

/// Draws a text page; answers with the place of the caret.
pub(in crate::tui) fn text_page(report: &ReportScreen, canvas: &mut Canvas<'_>) -> (u16, u16) {
    let Some(text) = report.text_shown() else {
        return (0, 0);
    };
    heading(report, text, canvas);
    let facts = report.fact_lines(text);
    let (room, pane) = split(canvas.look(), facts.len());
    let layout = &report.prose.layout;
    let body = layout.text();
    let marks = report.marks(text);
    let selection = report.selection(text);
    let theme = canvas.theme();
    let left = canvas.area().x + MARGIN;
    let rows = layout.rows().iter().enumerate();
    for (y, (at, row)) in (TOP..).zip(rows.skip(report.text_scroll).take(room)) {
        canvas.note((0, y), canvas.cols(), Hit::Text { row: at, left });
        let inside = |range: &Range<usize>| {
            range.start < row.end.max(row.start + 1) && row.start < range.end.max(range.start + 1)
        };
        let worst = marks
            .iter()
            .filter(|mark| inside(&mark.range))
            .max_by_key(|mark| mark.severity);
        if let Some(mark) = worst {
            let sign = mark.sign.to_string();
            canvas.text(0, y, &sign, sign_role(mark.severity));
        }
        let mut x = MARGIN;
        for glyph in canvas.ruler().glyphs(&body[row.start..row.end]) {
            let at = row.start + glyph.at;
            let style = style_at(canvas, &marks, at);
            let style = if selection.contains(&at) {
                style.patch(theme.style(Role::Selected))
            } else {
                style
            };
            canvas.styled(x, y, glyph.text, style);
            x += u16::try_from(canvas.ruler().drawn_glyph(glyph)).unwrap_or(0);
        }
        // A selected line break shows as a selected blank.
        if row.is_hard && selection.contains(&row.end) {
            canvas.styled(x, y, " ", theme.style(Role::Selected));
        }
    }
    if body.is_empty() {
        let none = words(
            "（这一部分还没有文字，直接打字）",
            "(no text yet: just type)",
        );
        canvas.text(MARGIN, TOP, none.get(canvas.lang()), Role::Dim);
    }
    let (row, column) = layout.place(report.caret(text));
    let y = TOP + u16::try_from(row.saturating_sub(report.text_scroll)).unwrap_or(0);
    // Behind a full row the caret stays in the last column.
    let x = (MARGIN + u16::try_from(column).unwrap_or(u16::MAX - MARGIN))
        .min(canvas.cols().saturating_sub(1));
    let mut caret = (x, y);
    if pane > 0 {
        let first = TOP + u16::try_from(room).unwrap_or(0);
        if let Some(line) = fact_list(report, text, canvas, first, pane - 1) {
            caret = (0, line);
        }
    }
    caret
}

fn heading(report: &ReportScreen, text: TextId, canvas: &mut Canvas<'_>) {
    let found = report
        .report()
        .headings()
        .iter()
        .find(|heading| heading.section == Some(text));
    let official = report.form().section(text);
    let name = if official.ordinal.is_empty() {
        official.name.get(canvas.lang())
    } else {
        ""
    };
    let words = found.map_or(name, |heading| heading.text.as_str());
    canvas.text(0, 0, words, Role::Here);
}

fn sign_role(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Error,
        severity => status::role_of(severity),
    }
}

fn style_at(canvas: &Canvas, marks: &[Marked], at: usize) -> Style {
    let worst = marks
        .iter()
        .filter(|mark| mark.range.contains(&at))
        .map(|mark| mark.severity)
        .max();
    let theme = canvas.theme();
    match worst {
        None => theme.style(Role::Plain),
        // What is only said beside is read as well as the rest.
        Some(Severity::Info) => theme.style(Role::Plain).add_modifier(Modifier::UNDERLINED),
        Some(severity) => theme
            .style(status::role_of(severity))
            .remove_modifier(Modifier::BOLD)
            .add_modifier(Modifier::UNDERLINED),
    }
}

/// The fact list under the text; answers with the row of the chosen line, if one is.
fn fact_list(
    report: &ReportScreen,
    text: TextId,
    canvas: &mut Canvas,
    first: u16,
    room: usize,
) -> Option<u16> {
    let area = canvas.area();
    let title = facts_title(report, text, canvas.lang());
    let rows = u16::try_from(room + 1).unwrap_or(u16::MAX);
    let mut list = canvas.within(Rect {
        y: area.y + first,
        height: rows.min(area.height.saturating_sub(first)),
        ..area
    });
    list.heading(&title, "");
    let facts = facts_rows(report, text, list.look(), false);
    let chosen = draw_facts(report, &facts, &mut list);
    chosen.map(|y| first + y)
}

/// The facts of a text beside it.
pub(in crate::tui) fn facts_beside(report: &ReportScreen, text: TextId, canvas: &mut Canvas<'_>) {
    let title = facts_title(report, text, canvas.lang());
    canvas.heading(&title, "");
    let facts = facts_rows(report, text, canvas.look(), true);
    draw_facts(report, &facts, canvas);
}

fn facts_title(report: &ReportScreen, text: TextId, lang: Lang) -> String {
    let numbers = report.findings.facts.iter();
    let FactCounts {
        agree,
        differ,
        open,
    } = FactCounts::of(numbers.filter(|fact| fact.text == text));
    let title = words(
        "文中数字  一致{agree} 不符{differ} 未对照{open}",
        "numbers: {agree} agree, {differ} differ, {open} open",
    );
    title
        .with(vec![
            ("agree", agree.into()),
            ("differ", differ.into()),
            ("open", open.into()),
        ])
        .text(lang)
}

/// The facts, each a row or wrapped.
fn facts_rows(report: &ReportScreen, text: TextId, look: Look, wraps: bool) -> Vec<Row> {
    let line = |fact: &FactLine| {
        let said = fact.said(report.report()).text(look.lang);
        let role = match fact.sign() {
            '!' => Role::ErrorText,
            '?' => Role::ReminderText,
            '-' => Role::Dim,
            _ => Role::Plain,
        };
        picker::Line {
            role,
            ..picker::Line::new("", format!("{} {said}", fact.sign()))
        }
    };
    let lines = report.fact_lines(text);
    let lines = lines.iter().map(line);
    if wraps {
        picker::wrapped(lines.collect(), 0, 0, look)
    } else {
        picker::one_row(lines)
    }
}

/// Draws the facts under a heading; answers with the row of the chosen one.
fn draw_facts(report: &ReportScreen, facts: &[Row], canvas: &mut Canvas<'_>) -> Option<u16> {
    let last = facts.iter().filter_map(|row| row.line).max()?;
    let mark = canvas.hits().mark();
    if let Some(at) = report.prose.fact {
        let (_, y) = Picker::at(at.min(last)).draw_bare(facts, canvas);
        return Some(y);
    }
    Picker::default().draw_body(facts, 0, canvas);
    canvas.hits().rows_mean(mark, Hit::Fact);
    None
}

/// The line of the caret: its paragraph, how many characters there are.
pub(in crate::tui) fn caret_line(report: &ReportScreen, canvas: &mut Canvas<'_>) {
    const SUGGESTED: usize = 1000;
    let Some(text) = report.text_shown() else {
        return;
    };
    let body = report.report().text(text);
    let at = report.caret(text).at;
    let paragraph = 1 + body[..at].matches('\n').count();
    let count = characters(body);
    let of_most = report.form().section(text).key == "s1";
    let said = if of_most {
        words(
            "第 {p} 段    {n}/{most} 字",
            "paragraph {p}    {n} of {most} characters",
        )
    } else {
        words("第 {p} 段    {n} 字", "paragraph {p}    {n} characters")
    };
    let mut line = said
        .with(vec![
            ("p", paragraph.into()),
            ("n", count.into()),
            ("most", SUGGESTED.into()),
        ])
        .text(canvas.lang());
    let selection = report.selection(text);
    if !selection.is_empty() {
        let selected = words("    选中 {n} 字", "    {n} selected")
            .with(vec![("n", characters(&body[selection]).into())]);
        line.push_str(&selected.text(canvas.lang()));
    }
    canvas.text(1, 0, &line, Role::Plain);
}
