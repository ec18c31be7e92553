//! One frame: the whole app as cells, and where the caret stands.
//!
//! **Never:** changes the app; draws a text of a file without `shown`; leaves
//! the cursor unset.
//! Next: `theme` for styles, `layout` for places.

mod beside;
mod grid;
mod head;
mod prose;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::canvas::Canvas;

use super::panel::{Cover, Panel};
use super::report::layout::{Shape, WITH_LIST, shape};
use super::start;
use super::theme::Role;
use super::update::context;
use crate::base::width::shown;
use crate::base::words::{Words, words};
use crate::check::Severity;
use crate::tui::app::{App, Overlay, Screen};
use crate::tui::report::Page;

/// Draws the app; answers with the column and row of the hardware cursor.
///
/// Invariant: the cursor is set in every frame.
pub fn view(app: &App, buffer: &mut Buffer) -> Position {
    let mut canvas = Canvas::new(buffer, app);
    let (cols, rows) = (canvas.cols(), canvas.rows());
    let panel = app.overlay.as_ref().map(Overlay::drawn);
    let cover = panel.map_or(Cover::Nothing, Panel::cover);
    let cursor = match (shape((cols, rows)), panel) {
        (Shape::Tiny, _) => {
            let small = words("窗口太小，至少 20x5", "needs at least 20x5");
            canvas.text(0, 0, small.get(app.look.lang), Role::Plain);
            (0, 0)
        }
        (_, Some(panel)) if cover == Cover::Page => panel.draw(app.report(), &mut canvas),
        (shape, panel) => {
            let under = page(app, shape, &mut canvas);
            match panel.filter(|_| cover == Cover::Rows) {
                Some(panel) => panel.draw(app.report(), &mut canvas),
                None => under,
            }
        }
    };
    Position {
        x: cursor.0.min(cols.saturating_sub(1)),
        y: cursor.1.min(rows.saturating_sub(1)),
    }
}

/// Draws what lies under the panels.
fn page(app: &App, shape: Shape, canvas: &mut Canvas) -> (u16, u16) {
    let report = match &app.screen {
        Screen::Start(start) => return start::draw(app, start, canvas),
        Screen::Report(report) => report,
    };
    match report.page {
        Page::Text(_) => prose::text_page(app, report, canvas),
        Page::Head => head::page(app, report, canvas),
        Page::Matrix(_) if shape == Shape::List => grid::list(app, report, canvas),
        Page::Matrix(_) => {
            let at = grid::matrix(app, report, canvas);
            if usize::from(canvas.cols()) >= WITH_LIST {
                beside::draw(app, report, canvas);
            }
            at
        }
    }
}

/// The message line: a notice, a warning that stays, or the problem here.
pub(super) fn message(app: &App) -> (String, Role) {
    if let (Some(notice), Some(_)) = (&app.notice, &app.journal_failure) {
        // The warning stands before whatever is said once, and stays in sight.
        let text = words("改动没有记进日志！{said}", "NOT IN THE JOURNAL! {said}")
            .with(vec![("said", notice.clone().into())]);
        return (text.text(app.look.lang), Role::Warning);
    }
    if let Some(notice) = &app.notice {
        return (notice.text(app.look.lang), Role::Message);
    }
    if let Some(failure) = &app.journal_failure {
        let why = failure.why.as_deref().unwrap_or(&failure.what);
        let text = words(
            "注意：改动没有记进恢复日志，请尽快保存（Ctrl+S）。{why}",
            "Caution: changes are not in the recovery journal; save soon (Ctrl+S). {why}",
        )
        .with(vec![("why", why.clone().into())]);
        return (text.text(app.look.lang), Role::Warning);
    }
    let Some(report) = app.report() else {
        return (String::new(), Role::Message);
    };
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
        return (text.text(app.look.lang), Role::Warning);
    }
    let Some(problem) = report.problem_here() else {
        let unsure = report.cursor().and_then(|cell| report.unsure_words(cell));
        let text = unsure.map(|unsure| unsure.text(app.look.lang));
        return (text.unwrap_or_default(), Role::Warning);
    };
    let whole = problem.message().text(app.look.lang);
    // The table is named in the title bar already.
    let form = report.form();
    let table = problem.cell.map(|cell| {
        let prefix = form.tables[form.spot(cell).table].prefix;
        crate::check::problem::table_words(form, prefix).text(app.look.lang)
    });
    let text = table
        .and_then(|table| whole.strip_prefix(&table))
        .map_or(whole.as_str(), str::trim_start)
        .to_owned();
    let mark = if problem.is_explained() {
        words("  已说明", "  explained").get(app.look.lang)
    } else if problem.is_reopened() {
        words("  原说明的数变了", "  explanation outdated").get(app.look.lang)
    } else {
        ""
    };
    // The code goes first where the line is full, then the end of the sentence.
    let room = usize::from(app.look.size.0).saturating_sub(1 + app.look.ruler.width(mark));
    let coded = format!("{text}  ({})", problem.rule.code);
    let said = if app.look.ruler.width(&coded) <= room {
        &coded
    } else if mark.is_empty() {
        &text
    } else {
        app.look.ruler.cut(&text, room)
    };
    let role = if problem.severity() == Severity::Error {
        Role::Message
    } else {
        Role::Warning
    };
    (format!("{said}{mark}"), role)
}

/// The key line: F-keys of what is possible here, or the menu's digits.
pub(super) fn key_line(app: &App) -> Vec<(String, &'static str)> {
    let mut keys = Vec::new();
    for number in 1..=10_u8 {
        let chord = format!("F{number}");
        let place = context(app);
        let Some(command) = app.prefs.keymap.command_at(place, &chord) else {
            continue;
        };
        if !app.is_possible(command) {
            continue;
        }
        let brief = super::command::command_info(command)
            .brief
            .get(app.look.lang);
        let name = if app.menu {
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
pub(super) fn fitting_keys(app: &App) -> (Vec<(String, &'static str)>, &'static str) {
    const DROPPED: [&str; 8] = ["F9", "F3", "F7", "F4", "F2", "F6", "F5", "F1"];
    let gap = usize::from(app.look.lang == crate::base::words::Lang::En);
    let room = usize::from(app.look.size.0).saturating_sub(1);
    let mut keys = key_line(app);
    let hints = if app.menu {
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
    let hints = hints.map(|hint| hint.get(app.look.lang));
    let shortest = hints.last().copied().unwrap_or_default();
    let width = |keys: &[(String, &str)], hint: &str| {
        let keys = keys
            .iter()
            .map(|(key, brief)| app.look.ruler.width(key) + gap + app.look.ruler.width(brief) + 1);
        keys.sum::<usize>() + app.look.ruler.width(hint)
    };
    let mut drop = DROPPED.iter();
    while width(&keys, shortest) > room {
        let Some(name) = drop.next() else { break };
        let digit = name.trim_start_matches('F');
        keys.retain(|(key, _)| key != name && !(app.menu && key == digit));
    }
    let hint = hints.iter().find(|hint| width(&keys, hint) <= room);
    (keys, hint.copied().unwrap_or(shortest))
}

/// The right part of the title bar: counts, mode, state of the file.
pub(super) fn title_state(app: &App) -> String {
    let Some(report) = app.report() else {
        return String::new();
    };
    let counts = report.findings.counts();
    let mut parts = vec![
        words("错{e} 提醒{w}{missing}", "err {e} warn {w}{missing}")
            .with(vec![
                ("e", counts.errors.into()),
                ("w", counts.warnings.into()),
                ("missing", missing_words(counts.missing)),
            ])
            .text(app.look.lang),
    ];
    if report.matrix().is_some() {
        parts.push(
            if report.is_keying() {
                words("录入", "keying")
            } else {
                words("核对", "checking")
            }
            .get(app.look.lang)
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
    parts.push(state.get(app.look.lang).to_owned());
    parts.join(" | ")
}

/// Blank cells of what is being keyed, where there are any.
fn missing_words(missing: usize) -> crate::base::words::Arg {
    if missing == 0 {
        return Words::default().into();
    }
    words(" 缺 {n} 格", " {n} missing")
        .with(vec![("n", missing.into())])
        .into()
}

/// The left part of the title bar: whose report, and which part of it.
pub(super) fn title_name(app: &App) -> String {
    let Some(report) = app.report() else {
        return words("gouji 勾稽", "gouji").get(app.look.lang).to_owned();
    };
    let head = report.report().head();
    let body = if head.body.is_empty() {
        words("(没有名称)", "(no name)").get(app.look.lang)
    } else {
        &head.body
    };
    let mut year = head.year.map(|year| format!(" {year}")).unwrap_or_default();
    // Only the form in force goes without saying.
    if report.form() != crate::form::current() {
        year = format!("{year} ({})", report.form().name.get(app.look.lang));
    }
    let section = report.form().section(report.section());
    let name = match report.page {
        Page::Head => words("报头", "Head").get(app.look.lang),
        _ => section.name.get(app.look.lang),
    };
    let part = match app.look.lang {
        crate::base::words::Lang::Zh if !section.ordinal.is_empty() => {
            format!("{} {name}", section.ordinal)
        }
        _ => match section.key.strip_prefix('s') {
            Some(number) => format!("{number} {name}"),
            None => name.to_owned(),
        },
    };
    format!("{}{year} | {part}", shown(body))
}
