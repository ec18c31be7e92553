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

use ratatui::style::{Modifier, Style};

use super::status;
use crate::base::words::words;
use crate::check::{FactCounts, Severity};
use crate::form::TextId;
use crate::tui::canvas::Canvas;
use crate::tui::report::ReportScreen;
use crate::tui::report::prose::{MARGIN, Marked, characters, split};
use crate::tui::theme::Role;

const TOP: u16 = 2;

/// Draws a text page; answers with the place of the caret.
pub(in crate::tui) fn text_page(report: &ReportScreen, canvas: &mut Canvas<'_>) -> (u16, u16) {
    let Some(text) = report.text_shown() else {
        return (0, 0);
    };
    status::title(report, canvas);
    heading(report, text, canvas);
    let facts = report.fact_lines(text);
    let (room, pane) = split((canvas.cols(), canvas.rows()), facts.len());
    let layout = &report.prose.layout;
    let body = layout.text();
    let marks = report.marks(text);
    let selection = report.selection(text);
    let theme = canvas.theme();
    for (y, row) in (TOP..).zip(layout.rows().iter().skip(report.text_scroll).take(room)) {
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
    status::foot(report, canvas);
    place(report, text, canvas);
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
    canvas.text(0, 1, words, Role::HeadHere);
}

fn sign_role(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Broken,
        _ => Role::Warning,
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
        Some(severity) => {
            let role = theme.style(Role::Warning);
            let role = if severity == Severity::Error {
                Style::new().fg(theme.style(Role::Broken).fg.unwrap_or_default())
            } else {
                role.remove_modifier(Modifier::BOLD)
            };
            role.add_modifier(Modifier::UNDERLINED)
        }
    }
}

/// The fact list; answers with the row of the chosen line, if one is.
fn fact_list(
    report: &ReportScreen,
    text: TextId,
    canvas: &mut Canvas,
    first: u16,
    room: usize,
) -> Option<u16> {
    canvas.rule(first);
    let facts = report.fact_lines(text);
    let numbers = report.findings.facts.iter();
    let FactCounts {
        agree,
        differ,
        open,
    } = FactCounts::of(numbers.filter(|fact| fact.text == text));
    let title = match report.prose.fact {
        Some(_) => words(
            " 一致{agree} 不符{differ} 未对照{open}：回车 去改表，F6 改文字，Tab 回文字 ",
            " {agree} agree, {differ} differ, {open} open: Enter to the cell, F6 fixes, Tab back ",
        ),
        None => words(
            " 文中数字 一致{agree} 不符{differ} 未对照{open}：Tab 到这里 ",
            " numbers in the text: {agree} agree, {differ} differ, {open} open; Tab comes here ",
        ),
    };
    let title = title.with(vec![
        ("agree", agree.into()),
        ("differ", differ.into()),
        ("open", open.into()),
    ]);
    canvas.text(2, first, &title.text(canvas.lang()), Role::Dim);
    let chosen = report.prose.fact.map(|at| at.min(facts.len() - 1));
    let from = chosen.map_or(0, |at| (at + 1).saturating_sub(room));
    let mut caret = None;
    for (y, (index, fact)) in (first + 1..).zip(facts.iter().enumerate().skip(from).take(room)) {
        let here = chosen == Some(index);
        let role = if here { Role::Selected } else { Role::Plain };
        let said = fact.said(report.report()).text(canvas.lang());
        canvas.text(0, y, &format!("{} {said}", fact.sign()), role);
        if here {
            caret = Some(y);
        }
    }
    caret
}

fn place(report: &ReportScreen, text: TextId, canvas: &mut Canvas<'_>) {
    const SUGGESTED: usize = 1000;
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
    canvas.text(0, canvas.rows().saturating_sub(1), &line, Role::Dim);
}
