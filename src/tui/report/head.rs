//! The head of the report: a field a line, each edited as a line.
//!
//! **Never:** writes a year that is none.
//! Next: `head_view`, which draws it.

use super::{Page, ReportScreen};
use crate::base::number::narrow;
use crate::base::words::{Words, words};
use crate::check::{Problem, Site};
use crate::model::{Change, HeadField, Transaction};
use crate::tui::command::Command;
use crate::tui::line_edit::LineEdit;
use crate::tui::turn::{Cx, Next, Purpose};

/// The fields as the page lists them, with their names.
pub(in crate::tui) const FIELDS: [(HeadField, Words); 7] = [
    (HeadField::Body, words("机关名称", "Body")),
    (HeadField::Year, words("报告年度", "Year")),
    (HeadField::Title, words("标题", "Title")),
    (HeadField::Period, words("统计期限", "Period")),
    (HeadField::Contact, words("联系方式", "Contact")),
    (HeadField::Published, words("公布日期", "Published")),
    (HeadField::Basis, words("编写依据", "Legal basis")),
];

/// The name of a field.
pub(in crate::tui) fn field_name(field: HeadField) -> Words {
    FIELDS
        .iter()
        .find(|(candidate, _)| *candidate == field)
        .map_or(words("报头", "Head"), |(_, name)| *name)
}

/// Runs a command on the head.
pub(in crate::tui) fn run(report: &mut ReportScreen, cx: &mut Cx<'_>, command: Command) -> Next {
    use Command as C;
    let at = report.prose.field;
    let last = FIELDS.len() - 1;
    match command {
        C::Up | C::PreviousEntry => report.prose.field = at.saturating_sub(1),
        C::Down | C::NextEntry => report.prose.field = (at + 1).min(last),
        C::First => report.prose.field = 0,
        C::Last => report.prose.field = last,
        C::PageUp => report.turn(cx, false),
        C::PageDown => report.turn(cx, true),
        C::EditCell => return edit(report, cx, None),
        C::Clear if !report.refuses(cx) => write(report, cx, FIELDS[at].0, ""),
        _ => {}
    }
    Next::Stay
}

/// A character typed on the head replaces the field.
pub(in crate::tui) fn typed(report: &mut ReportScreen, cx: &mut Cx<'_>, c: char) -> Next {
    edit(report, cx, Some(c))
}

fn edit(report: &mut ReportScreen, cx: &mut Cx<'_>, typed: Option<char>) -> Next {
    if report.refuses(cx) {
        return Next::Stay;
    }
    let (field, _) = FIELDS[report.prose.field];
    let line = match typed {
        Some(c) => LineEdit::new(c.encode_utf8(&mut [0; 4])),
        None => LineEdit::new(&report.report().head().get(field)),
    };
    Next::Type(Purpose::Head(field), line)
}

/// Takes a line typed for a field; false for a year that is none, and that is said.
pub(in crate::tui) fn take(
    report: &mut ReportScreen,
    cx: &mut Cx<'_>,
    field: HeadField,
    text: &str,
) -> bool {
    let mut text = text.trim().to_owned();
    if field == HeadField::Year {
        match year_of(&text) {
            Ok(year) => text = year,
            Err(why) => {
                cx.say(why);
                return false;
            }
        }
    }
    write(report, cx, field, &text);
    true
}

/// The year that was typed, in ASCII digits, or nothing.
///
/// # Errors
/// Why it is none.
pub(in crate::tui) fn year_of(text: &str) -> Result<String, Words> {
    let year = text.trim().trim_end_matches('年');
    let digits: String = year.chars().map(narrow).collect();
    let is_year =
        digits.len() == 4 && digits.chars().all(|c| c.is_ascii_digit()) && !digits.starts_with('0');
    if text.trim().is_empty() || is_year {
        return Ok(digits);
    }
    Err(words(
        "年度是四位数字，如 2024；没有改",
        "a year has four digits, such as 2024; nothing was changed",
    ))
}

fn write(report: &mut ReportScreen, cx: &mut Cx<'_>, field: HeadField, text: &str) {
    let label =
        words("改{field}", "change {field}").with(vec![("field", field_name(field).into())]);
    let step = Transaction::new(label).head(report.report(), field, text);
    report.change(Change::Apply(step), cx.effects);
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
