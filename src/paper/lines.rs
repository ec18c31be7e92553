//! One problem a line: `FILE: severity CODE site: message`, and behind the
//! message a mark where it is explained.
//!
//! **Never:** changes the order of the parts; scripts depend on it.
//! Next: `json` for everything, `full` for people.

use crate::base::width::shown;
use crate::base::words::words;

use super::{Checked, Style, painted, push_line};

/// Appends a line for each problem; nothing for a clean report.
pub(super) fn write(checked: &Checked, style: Style, out: &mut String) {
    let form = checked.report.form();
    for problem in &checked.findings.problems {
        let severity = problem.severity();
        out.push_str(&shown(checked.file));
        out.push_str(": ");
        out.push_str(&painted(severity, severity.key(), style));
        let site = problem.site.path(form);
        let message = problem.message().text(style.lang);
        let mark = if problem.is_explained() {
            words(" [已说明]", " [explained]").get(style.lang)
        } else {
            ""
        };
        let code = problem.rule.code;
        push_line(out, &format!(" {code} {site}: {message}{mark}"));
    }
}
