//! The bars of a page: title, message, keys.
//!
//! **Never:** a key that does nothing here; a notice that hides a warning which stays.
//! Next: `grid`, `text_view`, `head_view`, which stand between them.

use crate::base::width::shown;
use crate::base::words::{Arg, Lang, Words, words};
use crate::check::Severity;
use crate::tui::canvas::{Canvas, Frame};
use crate::tui::command::command_info;
use crate::tui::theme::Role;

use super::{Page, ReportScreen, is_possible};

/// The title bar.
pub(super) fn title(report: &ReportScreen, canvas: &mut Canvas<'_>) {
    let state = title_state(canvas.frame(), report);
    let cols = usize::from(canvas.cols());
    let width = canvas.ruler().width(&state);
    let name = title_name(canvas.frame(), report);
    let room = cols.saturating_sub(width + 3);
    let cut = canvas.ruler().cut(&name, room).to_owned();
    canvas.text(0, 0, &cut, Role::Title);
    let x = u16::try_from(cols.saturating_sub(width + 1)).unwrap_or(0);
    canvas.text(x, 0, &state, Role::Title);
}

/// Message and key lines.
pub(super) fn foot(report: &ReportScreen, canvas: &mut Canvas<'_>) {
    let rows = canvas.rows();
    let (text, role) = message(canvas.frame(), report);
    canvas.text(0, rows.saturating_sub(3), &text, role);
    keys(report, canvas, rows.saturating_sub(2));
}

/// The key line, or the menu.
pub(super) fn keys(report: &ReportScreen, canvas: &mut Canvas<'_>, y: u16) {
    let mut x = 0;
    let (keys, hint) = fitting_keys(canvas.frame(), report);
    for (key, brief) in keys {
        x = canvas.text(x, y, &key, Role::Key);
        if canvas.lang() == Lang::En {
            x += 1;
        }
        x = canvas.text(x, y, brief, Role::Plain) + 1;
    }
    canvas.text(x, y, hint, Role::Dim);
}

/// The message line: a notice, a warning that stays, or the problem here.
pub(super) fn message(frame: Frame<'_>, report: &ReportScreen) -> (String, Role) {
    if let (Some(notice), Some(_)) = (frame.notice, frame.journal_failure) {
        // The warning stands before whatever is said once, and stays in sight.
        let text = words("改动没有记进日志！{said}", "NOT IN THE JOURNAL! {said}")
            .with(vec![("said", notice.clone().into())]);
        return (text.text(frame.look.lang), Role::Warning);
    }
    if let Some(notice) = frame.notice {
        return (notice.text(frame.look.lang), Role::Message);
    }
    if let Some(failure) = frame.journal_failure {
        let why = failure.why.as_deref().unwrap_or(&failure.what);
        let text = words(
            "注意：改动没有记进恢复日志，请尽快保存（Ctrl+S）。{why}",
            "Caution: changes are not in the recovery journal; save soon (Ctrl+S). {why}",
        )
        .with(vec![("why", why.clone().into())]);
        return (text.text(frame.look.lang), Role::Warning);
    }
    if let Some(preview) = &report.preview {
        let text = words(
            "预览：改了 {n} 格，错误 {a} -> {b}。回车 采用，空格或 Esc 回到列表",
            "preview: {n} cells, errors {a} -> {b}. Enter applies; Space or Esc goes back",
        )
        .with(vec![
            ("n", preview.cells.len().into()),
            ("a", report.findings.counts().errors.into()),
            ("b", preview.errors.into()),
        ]);
        return (text.text(frame.look.lang), Role::Warning);
    }
    let Some(problem) = report.problem_here() else {
        let unsure = report.cursor().and_then(|cell| report.unsure_words(cell));
        let text = unsure.map(|unsure| unsure.text(frame.look.lang));
        return (text.unwrap_or_default(), Role::Warning);
    };
    let whole = problem.message().text(frame.look.lang);
    // The table is named in the title bar already.
    let form = report.form();
    let table = problem.cell.map(|cell| {
        let prefix = form.tables[form.spot(cell).table].prefix;
        crate::check::problem::table_words(form, prefix).text(frame.look.lang)
    });
    let text = table
        .and_then(|table| whole.strip_prefix(&table))
        .map_or(whole.as_str(), str::trim_start)
        .to_owned();
    let mark = if problem.is_explained() {
        words("  已说明", "  explained").get(frame.look.lang)
    } else if problem.is_reopened() {
        words("  原说明的数变了", "  explanation outdated").get(frame.look.lang)
    } else {
        ""
    };
    // The code goes first where the line is full, then the end of the sentence.
    let room = usize::from(frame.look.size.0).saturating_sub(1 + frame.look.ruler.width(mark));
    let coded = format!("{text}  ({})", problem.rule.code);
    let said = if frame.look.ruler.width(&coded) <= room {
        &coded
    } else if mark.is_empty() {
        &text
    } else {
        frame.look.ruler.cut(&text, room)
    };
    let role = if problem.severity() == Severity::Error {
        Role::Message
    } else {
        Role::Warning
    };
    (format!("{said}{mark}"), role)
}

/// The key line: F-keys of what is possible here, or the menu's digits.
fn key_line(frame: Frame<'_>, report: &ReportScreen) -> Vec<(String, &'static str)> {
    let mut keys = Vec::new();
    for number in 1..=10_u8 {
        let chord = format!("F{number}");
        let Some(command) = frame.prefs.keymap.command_at(frame.context, &chord) else {
            continue;
        };
        if !is_possible(command, Some(report), frame.has_copied) {
            continue;
        }
        let brief = command_info(command).brief.get(frame.look.lang);
        let name = if frame.menu {
            (number % 10).to_string()
        } else {
            chord
        };
        keys.push((name, brief));
    }
    keys
}

/// The keys and the hint that fit on one line: the hint is shortened first, then
/// keys that stand in the palette too go, the palette's own last.
fn fitting_keys(
    frame: Frame<'_>,
    report: &ReportScreen,
) -> (Vec<(String, &'static str)>, &'static str) {
    const DROPPED: [&str; 8] = ["F9", "F3", "F7", "F4", "F2", "F6", "F5", "F1"];
    let gap = usize::from(frame.look.lang == Lang::En);
    let room = usize::from(frame.look.size.0).saturating_sub(1);
    let mut keys = key_line(frame, report);
    let hints = if frame.menu {
        [
            words("按数字选，Esc 关闭", "press a digit, Esc closes"),
            words("Esc 关闭", "or Esc"),
        ]
    } else {
        [
            words("没有F键按Esc", "no F-keys? press Esc"),
            words("无F键按Esc", "or Esc"),
        ]
    };
    let hints = hints.map(|hint| hint.get(frame.look.lang));
    let shortest = hints.last().copied().unwrap_or_default();
    let width = |keys: &[(String, &str)], hint: &str| {
        let keys = keys.iter().map(|(key, brief)| {
            frame.look.ruler.width(key) + gap + frame.look.ruler.width(brief) + 1
        });
        keys.sum::<usize>() + frame.look.ruler.width(hint)
    };
    let mut drop = DROPPED.iter();
    while width(&keys, shortest) > room {
        let Some(name) = drop.next() else { break };
        let digit = name.trim_start_matches('F');
        keys.retain(|(key, _)| key != name && !(frame.menu && key == digit));
    }
    let hint = hints.iter().find(|hint| width(&keys, hint) <= room);
    (keys, hint.copied().unwrap_or(shortest))
}

/// The right part of the title bar: counts, mode, state of the file.
fn title_state(frame: Frame<'_>, report: &ReportScreen) -> String {
    let counts = report.findings.counts();
    let mut parts = vec![
        words("错{e} 提醒{w}{missing}", "err {e} warn {w}{missing}")
            .with(vec![
                ("e", counts.errors.into()),
                ("w", counts.warnings.into()),
                ("missing", missing_words(counts.missing)),
            ])
            .text(frame.look.lang),
    ];
    if report.matrix().is_some() {
        parts.push(
            if report.is_keying() {
                words("录入", "keying")
            } else {
                words("核对", "checking")
            }
            .get(frame.look.lang)
            .to_owned(),
        );
    }
    let state = if report.file.read_only.is_some() {
        words("只读", "read-only")
    } else if report.document.is_modified() {
        words("未保存", "unsaved")
    } else {
        words("已保存", "saved")
    };
    parts.push(state.get(frame.look.lang).to_owned());
    parts.join(" | ")
}

/// Blank cells of what is being keyed, where there are any.
fn missing_words(missing: usize) -> Arg {
    if missing == 0 {
        return Words::default().into();
    }
    words(" 缺 {n} 格", " {n} missing")
        .with(vec![("n", missing.into())])
        .into()
}

/// The left part of the title bar: whose report, and which part of it.
fn title_name(frame: Frame<'_>, report: &ReportScreen) -> String {
    let head = report.report().head();
    let body = if head.body.is_empty() {
        words("(没有名称)", "(no name)").get(frame.look.lang)
    } else {
        &head.body
    };
    let mut year = head.year.map(|year| format!(" {year}")).unwrap_or_default();
    // Only the form in force goes without saying.
    if report.form() != crate::form::current() {
        year = format!("{year} ({})", report.form().name.get(frame.look.lang));
    }
    let section = report.form().section(report.section());
    let name = match report.page {
        Page::Head => words("报头", "Head").get(frame.look.lang),
        _ => section.name.get(frame.look.lang),
    };
    let part = match frame.look.lang {
        Lang::Zh if !section.ordinal.is_empty() => {
            format!("{} {name}", section.ordinal)
        }
        _ => match section.key.strip_prefix('s') {
            Some(number) => format!("{number} {name}"),
            None => name.to_owned(),
        },
    };
    format!("{}{year} | {part}", shown(body))
}
