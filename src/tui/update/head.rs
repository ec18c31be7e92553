//! The head of a report: a field a line, each edited as a line.
//!
//! **Never:** writes a year that is none.
//! Next: `view::head`, which draws it.

use crate::base::number::narrow;
use crate::base::words::words;
use crate::check::{Problem, Site};
use crate::model::{Change, HeadField, Transaction};
use crate::tui::app::{App, Overlay};
use crate::tui::command::Command;
use crate::tui::input::Effect;
use crate::tui::line_edit::LineEdit;
use crate::tui::prompt::Prompt;
use crate::tui::report::head::{FIELDS, field_name};
use crate::tui::report::{Page, ReportScreen};
use crate::tui::turn::Purpose;

/// Runs a command on the head.
pub(super) fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) {
    use Command as C;
    let Some(report) = app.report_mut() else {
        return;
    };
    let at = report.prose.field;
    let last = FIELDS.len() - 1;
    report.prose.field = match command {
        C::Up | C::PreviousEntry => at.saturating_sub(1),
        C::Down | C::NextEntry => (at + 1).min(last),
        C::First => 0,
        C::Last => last,
        C::PageUp => return super::turn(app, false),
        C::PageDown => return super::turn(app, true),
        C::EditCell => return edit(app, None),
        C::Clear => {
            if !super::refuse_read_only(app) {
                write(app, FIELDS[at].0, "", effects);
            }
            return;
        }
        _ => at,
    };
}

/// A character typed on the head replaces the field.
pub(super) fn on_char(app: &mut App, c: char) {
    edit(app, Some(c));
}

fn edit(app: &mut App, typed: Option<char>) {
    if super::refuse_read_only(app) {
        return;
    }
    let Some(report) = app.report() else {
        return;
    };
    let (field, _) = FIELDS[report.prose.field];
    let line = match typed {
        Some(c) => LineEdit::new(c.encode_utf8(&mut [0; 4])),
        None => LineEdit::new(&report.report().head().get(field)),
    };
    app.overlay = Some(Overlay::Prompt(Prompt {
        purpose: Purpose::Head(field),
        line,
        completions: Vec::new(),
    }));
}

/// Takes a line typed for a field; a year that is none is refused.
pub(super) fn typed(app: &mut App, field: HeadField, text: &str, effects: &mut Vec<Effect>) {
    let mut text = text.trim().to_owned();
    if field == HeadField::Year && !text.is_empty() {
        let digits: String = text.trim_end_matches('年').chars().map(narrow).collect();
        let is_year = digits.len() == 4
            && digits.chars().all(|c| c.is_ascii_digit())
            && !digits.starts_with('0');
        if !is_year {
            app.notice = Some(
                words(
                    "年度是四位数字，如 2024；没有改",
                    "a year has four digits, such as 2024; nothing was changed",
                )
                .into(),
            );
            return;
        }
        text = digits;
    }
    app.overlay = None;
    write(app, field, &text, effects);
}

fn write(app: &mut App, field: HeadField, text: &str, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let label =
        words("改{field}", "change {field}").with(vec![("field", field_name(field).into())]);
    let step = Transaction::new(label).head(report.report(), field, text);
    report.change(Change::Apply(step), effects);
    report.go_to_field(field);
}

impl ReportScreen {
    /// The problem to speak of in the head: that of the chosen field, else any.
    pub(crate) fn problem_in_head(&self) -> Option<&Problem> {
        let (chosen, _) = FIELDS[self.prose.field];
        let problems = &self.findings.problems;
        problems
            .iter()
            .find(|problem| problem.site == Site::Head(chosen))
            .or_else(|| {
                problems
                    .iter()
                    .find(|problem| matches!(problem.site, Site::Head(_)))
            })
    }

    /// Shows the head with a field chosen.
    pub(in crate::tui) fn go_to_field(&mut self, field: HeadField) {
        if self.page != Page::Head {
            self.show(Page::Head);
        }
        if let Some(at) = FIELDS.iter().position(|(candidate, _)| *candidate == field) {
            self.prose.field = at;
        }
    }
}
