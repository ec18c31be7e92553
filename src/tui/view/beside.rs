//! The problem list beside the grid, on wide screens.
//!
//! **Never:** more than the list itself says.
//! Next: `panels::problems`.

use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::panels::problems::{by_severity, problem_line};
use crate::tui::report::ReportScreen;
use crate::tui::report::layout::{BESIDE, WITH_LIST};
use crate::tui::theme::Role;

/// The problem list beside the grid, on wide screens.
pub(super) fn draw(app: &App, report: &ReportScreen, canvas: &mut Canvas) {
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
