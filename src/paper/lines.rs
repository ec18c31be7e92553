//! One problem a line: `FILE: severity CODE site: message`, and behind the
//! message a mark where it is explained.
//!
//! **Never:** changes the order of the parts; scripts depend on it.
//! Next: `json` for everything, `full` for people.

use crate::base::width::shown;
use crate::base::words::words;

use super::{Checked, Style, painted, push_line};

/// Bytes that a line seldom exceeds.
const LINE: usize = 512;

/// Appends a line for each problem; nothing for a clean report.
pub(super) fn write(checked: &Checked, style: Style, out: &mut String) {
    let form = checked.report.form();
    for problem in &checked.findings.problems {
        let severity = problem.severity();
        out.push_str(&shown(checked.file));
        out.push_str(": ");
        out.push_str(&painted(severity, severity.key(), style));
        let mut line = String::with_capacity(LINE);
        for piece in [" ", problem.rule.code, " ", &problem.site.path(form), ": "] {
            line.push_str(piece);
        }
        problem.say(style.lang, &mut line);
        if problem.is_explained() {
            line.push_str(words(" [已说明]", " [explained]").get(style.lang));
        }
        push_line(out, &line);
    }
}
