//! The head of a report, a field a line.
//!
//! **Never:** decides which fields there are; `update::head` does.
//! Next: `update::head`.

use super::status;
use crate::base::words::words;
use crate::check::{Severity, Site};
use crate::tui::canvas::Canvas;
use crate::tui::report::ReportScreen;
use crate::tui::report::head::FIELDS;
use crate::tui::theme::Role;

/// Draws the head; answers with the place of the chosen field.
pub(in crate::tui) fn page(report: &ReportScreen, canvas: &mut Canvas<'_>) -> (u16, u16) {
    const NAME: usize = 12;
    const LEFT: u16 = 2;
    let title = words("报头", "Head of the report").get(canvas.lang());
    canvas.text(0, 0, title, Role::Here);
    let x = LEFT + u16::try_from(NAME).unwrap_or(0) + 1;
    let cols = usize::from(canvas.cols().saturating_sub(x + 1));
    let end = canvas.rows();
    let mut caret = (0, 1);
    let mut y = 2;
    for (index, (field, name)) in FIELDS.iter().enumerate() {
        if y >= end {
            break;
        }
        let here = report.prose.field == index;
        let worst = report
            .findings
            .problems
            .iter()
            .filter(|problem| problem.site == Site::Head(*field))
            .map(crate::check::Problem::severity)
            .max();
        if let Some(severity) = worst.filter(|severity| *severity > Severity::Info) {
            let role = status::role_of(severity);
            canvas.text(0, y, &severity.sign().to_string(), role);
        }
        let head = if here { Role::Here } else { Role::Head };
        canvas.text(LEFT, y, name.get(canvas.lang()), head);
        let value = report.report().head().get(*field);
        let value_role = if here { Role::Selected } else { Role::Plain };
        if here {
            caret = (x, y);
        }
        if value.is_empty() {
            let none = words("（空）", "(empty)").get(canvas.lang());
            let role = if here { Role::Selected } else { Role::Dim };
            canvas.text(x, y, none, role);
            y += 1;
            continue;
        }
        for range in canvas.ruler().wrap(&value, cols) {
            if y < end {
                canvas.text(x, y, &value[range], value_role);
                y += 1;
            }
        }
    }
    caret
}
