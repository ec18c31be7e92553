//! The bars of a page: title, sections, message, keys.
//!
//! **Never:** a key that does nothing here; a notice that hides a warning which stays.
//! Next: `grid`, `text_view`, `head_view`, which stand between them.

use crate::base::width::shown;
use crate::base::words::{Arg, Lang, Message, Words, words};
use crate::check::{Counts, Problem, Severity, Verdict};
use crate::form::TextId;
use crate::tui::canvas::{Canvas, Frame};
use crate::tui::command::{Command, command_info};
use crate::tui::hit::Hit;
use crate::tui::keymap::{Context, named_key};
use crate::tui::theme::Role;

use super::prose::characters;
use super::{Page, Preview, ReportScreen, is_possible};

/// The role of a severity in words.
pub(in crate::tui) fn role_of(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::ErrorText,
        Severity::Warning => Role::ReminderText,
        Severity::Info => Role::Dim,
    }
}

/// The title bar: whose report, how many problems, the mode, the state of the file.
pub(in crate::tui) fn title(report: &ReportScreen, canvas: &mut Canvas<'_>) {
    let bar = canvas.style(Role::Title);
    let cols = usize::from(canvas.cols());
    canvas.fitted(0, 0, "", cols, bar);
    let pieces = title_state(canvas.frame(), report);
    let width = |text: &str| u16::try_from(canvas.ruler().width(text)).unwrap_or(0);
    let total: u16 = pieces.iter().map(|(text, _)| width(text) + 2).sum();
    let mut x = canvas.cols().saturating_sub(total);
    let name = title_name(canvas.frame(), report);
    let name = canvas.ruler().cut(&name, usize::from(x.saturating_sub(2)));
    canvas.text(1, 0, name, Role::Title);
    for (text, role) in pieces {
        let style = match role {
            Role::Title => bar,
            role => bar.patch(canvas.style(role)),
        };
        x = canvas.styled(x, 0, &text, style) + 2;
    }
}

/// The right part of the title bar.
fn title_state(frame: Frame<'_>, report: &ReportScreen) -> Vec<(String, Role)> {
    let lang = frame.look.lang;
    let now = report.findings.counts();
    let then = report.seen_findings().counts();
    let count = |name: Words, now: usize, then: usize| {
        let said = if now == then {
            words("{name} {n}", "{name} {n}")
        } else {
            words("{name} {n} -> {m}", "{name} {n} -> {m}")
        };
        said.with(vec![
            ("name", name.into()),
            ("n", now.into()),
            ("m", then.into()),
        ])
        .text(lang)
    };
    let loud = |count: usize, role: Role| if count == 0 { Role::TitleState } else { role };
    let mut pieces = vec![
        (
            count(words("错误", "errors"), now.errors, then.errors),
            loud(then.errors, Role::Error),
        ),
        (
            count(words("提醒", "warnings"), now.warnings, then.warnings),
            loud(then.warnings, Role::Reminder),
        ),
    ];
    if then.missing > 0 {
        let said = words("缺 {n} 格", "{n} missing").with(vec![("n", then.missing.into())]);
        pieces.push((said.text(lang), Role::TitleState));
    }
    let mode = report.matrix().map(|_| {
        if report.is_keying() {
            words("录入", "keying")
        } else {
            words("核对", "checking")
        }
    });
    let state = if report.file.read_only.is_some() {
        words("只读", "read-only")
    } else if report.document.is_modified() {
        words("未保存", "unsaved")
    } else {
        words("已保存", "saved")
    };
    if report.asked.is_some() {
        let said = words("有人请您让出", "asked to let go");
        pieces.push((said.get(lang).to_owned(), Role::Reminder));
    }
    for said in mode.into_iter().chain([state]) {
        pieces.push((said.get(lang).to_owned(), Role::TitleState));
    }
    pieces
}

/// The left part of the title bar: whose report.
fn title_name(frame: Frame<'_>, report: &ReportScreen) -> String {
    let head = report.report().head();
    let body = if head.body.is_empty() {
        words("(没有名称)", "(no name)").get(frame.look.lang)
    } else {
        &head.body
    };
    let mut name = shown(body).into_owned();
    if let Some(year) = head.year {
        name = format!("{name} {year}");
    }
    if let Some(rolled) = report.rolled.as_deref() {
        let rollup = &rolled.rollup;
        if head.body.is_empty() {
            let folder = rolled.folder.file_name().unwrap_or_default();
            name = shown(&folder.to_string_lossy()).into_owned();
        }
        let said = words(
            "汇总 {name} | {n} 个单位  未报 {missing}  未计 {out}",
            "Roll-up {name} | {n} units, {missing} missing, {out} not counted",
        );
        let said = said.with(vec![
            ("name", name.as_str().into()),
            ("n", rollup.units.len().into()),
            ("missing", rollup.missing.len().into()),
            ("out", rollup.left_out.len().into()),
        ]);
        name = said.text(frame.look.lang);
    }
    // Only the form in force goes without saying.
    if report.form() != crate::form::current() {
        name = format!("{name} ({})", report.form().name.get(frame.look.lang));
    }
    name
}

/// The line of the six sections: each with its problems, else how far it is.
pub(in crate::tui) fn sections(report: &ReportScreen, canvas: &mut Canvas<'_>) {
    let bar = canvas.style(Role::Section);
    let cols = usize::from(canvas.cols());
    canvas.fitted(0, 0, "", cols, bar);
    let form = report.form();
    let mut all: Vec<Piece> = form
        .texts()
        .filter(|text| !form.section(*text).ordinal.is_empty())
        .map(|text| Piece::of(report, text, canvas.lang()))
        .collect();
    let level = fitting_level(&mut all, canvas);
    let mut x = 0;
    for (at, piece) in all.iter().enumerate() {
        if at > 0 {
            x = canvas.styled(x, 0, canvas.symbols().vertical, bar);
        }
        let here = report.page != Page::Head && report.section() == piece.section;
        let style = match () {
            () if here => bar.patch(canvas.style(Role::SectionHere)),
            () if piece.is_blank => canvas.style(Role::SectionBlank),
            () => bar,
        };
        let start = x;
        x = canvas.styled(x, 0, &format!(" {}", piece.name(level)), style);
        if let Some((text, role)) = piece.state.as_ref() {
            let signed = if here { style } else { canvas.style(*role) };
            x = canvas.styled(x, 0, " ", style);
            x = canvas.styled(x, 0, text, signed);
        }
        x = canvas.styled(x, 0, " ", style);
        canvas.note((start, 0), x - start, Hit::Section(piece.section));
    }
}

/// A section in the line of the sections.
struct Piece {
    section: TextId,
    ordinal: &'static str,
    name: &'static str,
    short: &'static str,
    state: Option<(String, Role)>,
    /// A problem: it stays where there is no room for how far a section is.
    is_problem: bool,
    is_blank: bool,
}

impl Piece {
    fn of(report: &ReportScreen, text: TextId, lang: Lang) -> Self {
        let section = report.form().section(text);
        let ordinal = match lang {
            Lang::Zh => section.ordinal,
            Lang::En => section.key.trim_start_matches('s'),
        };
        let (state, is_problem) = state_of(report, text, lang);
        let is_blank = if section.tables.is_empty() {
            report.report().text(text).is_empty()
        } else {
            report.report().is_unfilled(section.tables)
        };
        Piece {
            section: text,
            ordinal,
            name: section.name.get(lang),
            short: section.short.get(lang),
            state,
            is_problem,
            is_blank,
        }
    }

    /// Its name: long, short, the number alone.
    fn name(&self, level: usize) -> String {
        match level {
            0 => format!("{} {}", self.ordinal, self.name),
            1 => format!("{} {}", self.ordinal, self.short),
            _ => self.ordinal.to_owned(),
        }
    }
}

/// How short the names are to be; where even short names do not fit, how far sections
/// are goes, from the last one on, and then the names.
fn fitting_level(pieces: &mut [Piece], canvas: &Canvas<'_>) -> usize {
    let room = usize::from(canvas.cols());
    for level in [0, 1] {
        if width_of(pieces, level, canvas) < room {
            return level;
        }
    }
    for at in (0..pieces.len()).rev() {
        if !pieces[at].is_problem {
            pieces[at].state = None;
        }
        if width_of(pieces, 1, canvas) < room {
            return 1;
        }
    }
    2
}

fn width_of(pieces: &[Piece], level: usize, canvas: &Canvas<'_>) -> usize {
    let ruler = canvas.ruler();
    let width = |piece: &Piece| {
        let state = piece.state.as_ref();
        ruler.width(&piece.name(level)) + state.map_or(0, |(text, _)| 1 + ruler.width(text)) + 3
    };
    pieces.iter().map(width).sum::<usize>().saturating_sub(1)
}

/// What is said of a section: its gravest problems, else how far it is, else that its
/// sums hold; and whether that is a problem.
fn state_of(report: &ReportScreen, text: TextId, lang: Lang) -> (Option<(String, Role)>, bool) {
    let form = report.form();
    let seen = report.seen_findings();
    let of_section = |problem: &&Problem| problem.site.section(form) == Some(text);
    let counts = Counts::of(seen.problems.iter().filter(of_section));
    for (severity, count, role) in [
        (Severity::Error, counts.errors, Role::SectionError),
        (Severity::Warning, counts.warnings, Role::SectionReminder),
    ] {
        if count > 0 {
            let said = format!("{}{count}", severity.sign());
            return (Some((said, role)), true);
        }
    }
    let prefix = form.section(text).tables;
    if prefix.is_empty() {
        let count = characters(report.report().text(text));
        let said = words("{n}字", "{n} ch").with(vec![("n", count.into())]);
        return ((count > 0).then(|| (said.text(lang), Role::Section)), false);
    }
    if report.keying.contains(&prefix) {
        let entries: Vec<_> = form
            .tables_of(prefix)
            .flat_map(|table| form.tables[table].cells())
            .filter(|cell| !form.is_total(*cell))
            .collect();
        let is_filled = |cell: &&_| !report.report().cell(**cell).is_blank();
        let filled = entries.iter().filter(is_filled).count();
        let said = format!("{filled}/{}", entries.len());
        return (Some((said, Role::Section)), false);
    }
    let verdicts = seen.judged.verdicts_of(form, prefix);
    let holds = |verdict: &Verdict| *verdict == Verdict::Holds;
    let all = !verdicts.is_empty() && verdicts.iter().all(holds);
    (all.then(|| ("=".to_owned(), Role::SectionRight)), false)
}

/// What the message line says.
pub(in crate::tui) struct Said {
    /// The sentence with its sign.
    pub(in crate::tui) text: String,
    /// What helps next, where something does.
    pub(in crate::tui) next: String,
    /// The code of the rule.
    pub(in crate::tui) code: String,
    /// How it looks.
    pub(in crate::tui) role: Role,
    /// It has the lead of the practice in it.
    leads: bool,
}

impl Said {
    fn new(message: &Message, role: Role, lang: Lang) -> Self {
        Said {
            text: message.text(lang),
            next: String::new(),
            code: String::new(),
            role,
            leads: false,
        }
    }

    /// The rows it takes on a screen of so many columns, at most two and one for the lead
    /// of the practice; where even they are not enough the code goes, then what comes next.
    pub(in crate::tui) fn rows(&self, frame: Frame<'_>, cols: u16) -> Vec<(String, Role)> {
        let room = usize::from(cols).saturating_sub(1);
        let ruler = frame.look.ruler;
        let joined = |parts: &[&str]| {
            let parts = parts.iter().filter(|part| !part.is_empty());
            parts.copied().collect::<Vec<_>>().join("  ")
        };
        let wrapped = |said: &str, role: Role| -> Vec<(String, Role)> {
            let rows = ruler.wrap(said, room).into_iter();
            rows.map(|range| (said[range].to_owned(), role)).collect()
        };
        let whole = joined(&[&self.text, &self.next, &self.code]);
        let mut rows = if self.leads {
            // The lead stands for itself: nobody should have to look for it.
            let mut rows = wrapped(&self.text, self.role);
            rows.truncate(2);
            rows.extend(wrapped(&self.next, Role::Message));
            rows
        } else if ruler.width(&whole) <= room {
            wrapped(&whole, self.role)
        } else {
            wrapped(&joined(&[&self.text, &self.next]), self.role)
        };
        rows.truncate(if self.leads { 3 } else { 2 });
        if rows.is_empty() {
            rows.push((String::new(), self.role));
        }
        rows
    }
}

/// What is to be said, and what helps next: in the practice that is its lead.
pub(in crate::tui) fn said(frame: Frame<'_>, report: &ReportScreen) -> Said {
    let said = besides_lead(frame, report);
    let Some(lead) = report.lead() else {
        return said;
    };
    let lead = lead.get(frame.look.lang).to_owned();
    if said.text.is_empty() || (report.preview.is_some() && frame.notice.is_none()) {
        // The title says what a fix on show would do.
        return Said {
            next: said.text,
            text: lead,
            code: String::new(),
            role: Role::Message,
            leads: true,
        };
    }
    Said {
        next: lead,
        code: String::new(),
        leads: true,
        ..said
    }
}

/// A notice, a warning that stays, or the problem here.
fn besides_lead(frame: Frame<'_>, report: &ReportScreen) -> Said {
    let lang = frame.look.lang;
    if let (Some(notice), Some(_)) = (frame.notice, frame.journal_failure) {
        // The warning stands before whatever is said once, and stays in sight.
        let text = words("改动没有记进日志！{said}", "NOT IN THE JOURNAL! {said}")
            .with(vec![("said", notice.clone().into())]);
        return Said::new(&text, Role::ErrorText, lang);
    }
    if let Some(notice) = frame.notice {
        return Said::new(notice, Role::Message, lang);
    }
    if let Some(failure) = frame.journal_failure {
        let why = failure.why.as_deref().unwrap_or(&failure.what);
        let text = words(
            "注意：改动没有记进恢复日志，请尽快保存（Ctrl+S）。{why}",
            "Caution: changes are not in the recovery journal; save soon (Ctrl+S). {why}",
        )
        .with(vec![("why", why.clone().into())]);
        return Said::new(&text, Role::ErrorText, lang);
    }
    if let Some(preview) = &report.preview {
        return of_preview(lang, report, preview);
    }
    if let Some(problem) = report.problem_here() {
        return of_problem(lang, report, problem);
    }
    let unsure = report.cursor().and_then(|cell| report.unsure_words(cell));
    let unsure = unsure.unwrap_or_else(|| Words::default().into());
    Said::new(&unsure, Role::ReminderText, lang)
}

/// What a fix on show would make better or worse.
fn of_preview(lang: Lang, report: &ReportScreen, preview: &Preview) -> Said {
    let (before, after) = (report.findings.counts(), preview.findings.counts());
    let change = |name: Words, a: usize, b: usize| {
        let said = words("{name} {a} -> {b}", "{name} {a} -> {b}");
        said.with(vec![
            ("name", name.into()),
            ("a", a.into()),
            ("b", b.into()),
        ])
    };
    let mut changes = vec![change(words("错误", "errors"), before.errors, after.errors)];
    if before.warnings != after.warnings {
        changes.push(change(
            words("提醒", "warnings"),
            before.warnings,
            after.warnings,
        ));
    }
    if before.beside != after.beside {
        let name = words("与去年不符", "unlike last year");
        changes.push(change(name, before.beside, after.beside));
    }
    let changes = changes.into_iter().map(Arg::from).collect();
    let said = if preview.title.text(lang).is_empty() {
        words("= 改后 {changes}", "= then {changes}")
    } else {
        words("= {why}：改后 {changes}", "= {why}: then {changes}")
    };
    let said = said.with(vec![
        ("why", preview.title.clone().into()),
        ("changes", Arg::List(words("，", ", "), changes)),
    ]);
    let role = if after.errors > before.errors {
        Role::ErrorText
    } else {
        Role::Right
    };
    Said::new(&said, role, lang)
}

/// A problem with its sign, what helps, and its code.
fn of_problem(lang: Lang, report: &ReportScreen, problem: &Problem) -> Said {
    let whole = problem.message().text(lang);
    // The table is open: its name goes without saying.
    let form = report.form();
    let table = problem.cell.map(|cell| {
        let prefix = form.tables[form.spot(cell).table].prefix;
        crate::check::problem::table_words(form, prefix).text(lang)
    });
    let text = table
        .and_then(|table| whole.strip_prefix(&table))
        .map_or(whole.as_str(), str::trim_start);
    let next = if problem.is_explained() {
        words("已说明", "explained")
    } else if problem.is_reopened() {
        words("原说明的数变了", "explanation outdated")
    } else if report.typing.is_some() {
        words("", "")
    } else if report.can_fix(problem) {
        words("F6 看建议", "F6 suggests")
    } else {
        words("F4 看依据", "F4 why")
    };
    Said {
        text: format!("{} {text}", problem.severity().sign()),
        next: next.get(lang).to_owned(),
        code: format!("({})", problem.rule.code),
        role: role_of(problem.severity()),
        leads: false,
    }
}

/// Keys that are shown in a mode: the command, the key that is preferred, what it does.
type Keys = &'static [(Command, &'static str, Words)];

static KEYING: Keys = &[
    (Command::Commit, "Enter", words("下一格", "next cell")),
    (Command::FillRow, "+", words("余下补0", "fill with 0")),
    (Command::Save, "C-s", words("保存", "save")),
    (Command::Quit, "C-q", words("退出", "quit")),
    (Command::PageDown, "PageDown", words("下一表", "next table")),
    (Command::PreviousEntry, "-", words("退回", "back")),
];

static CHECKING: Keys = &[
    (Command::NextProblem, "F8", words("下一处", "next")),
    (Command::Fix, "F6", words("修复", "fix")),
    (Command::EditCell, "F2", words("改格", "edit")),
    (Command::Save, "C-s", words("保存", "save")),
    (Command::Quit, "C-q", words("退出", "quit")),
    (Command::Basis, "F4", words("依据", "basis")),
    (Command::CheckAll, "F5", words("全审", "list")),
    (Command::Undo, "C-z", words("撤销", "undo")),
    (Command::Question, "F9", words("存疑", "question")),
    (Command::Export, "F12", words("导出", "export")),
];

static ROLLED: Keys = &[
    (Command::Commit, "Enter", words("选单位", "units")),
    (Command::Explain, "F7", words("加调整行", "adjust")),
    (Command::NextProblem, "F8", words("下一处", "next")),
    (Command::Export, "F12", words("导出", "export")),
    (Command::Basis, "F4", words("来源", "sources")),
    (Command::CheckAll, "F5", words("全审", "list")),
    (Command::Quit, "C-q", words("退出", "quit")),
];

static TEXT: Keys = &[
    (Command::NextProblem, "F8", words("下一处", "next")),
    (Command::Fix, "F6", words("修复", "fix")),
    (Command::OtherPane, "Tab", words("数字对照", "numbers")),
    (Command::Save, "C-s", words("保存", "save")),
    (Command::Quit, "C-q", words("退出", "quit")),
    (Command::Find, "F3", words("查找", "find")),
    (Command::Undo, "C-z", words("撤销", "undo")),
    (Command::Export, "F12", words("导出", "export")),
];

static FACTS: Keys = &[
    (
        Command::Paragraph,
        "Enter",
        words("去那一格", "to the cell"),
    ),
    (Command::Fix, "F6", words("改文字", "fix the text")),
    (
        Command::OtherPane,
        "Tab",
        words("回文字", "back to the text"),
    ),
    (Command::Save, "C-s", words("保存", "save")),
];

static HEAD: Keys = &[
    (Command::EditCell, "Enter", words("改这一项", "edit")),
    (Command::Clear, "Delete", words("清空", "empty it")),
    (Command::PageDown, "PageDown", words("下一部分", "go on")),
    (Command::NextProblem, "F8", words("下一处", "next")),
    (Command::Save, "C-s", words("保存", "save")),
    (Command::Quit, "C-q", words("退出", "quit")),
];

/// The key line by place and mode, or the digits of the menu.
pub(in crate::tui) fn keys(report: &ReportScreen, canvas: &mut Canvas<'_>) {
    let frame = canvas.frame();
    let pieces = if frame.menu {
        menu(frame, report)
    } else {
        of_mode(frame, report)
    };
    let pieces: Vec<(&str, &str)> = pieces
        .iter()
        .map(|(key, what)| (key.as_str(), *what))
        .collect();
    // The way out of a missing F-row stays, and so does the help.
    let fixed = if frame.hints_at_esc && !frame.menu {
        2
    } else {
        1
    };
    canvas.keys(&pieces, fixed);
}

fn of_mode(frame: Frame<'_>, report: &ReportScreen) -> Vec<(String, &'static str)> {
    let lang = frame.look.lang;
    let keys = match report.page {
        Page::Matrix(_) if report.rolled.is_some() => ROLLED,
        Page::Matrix(_) if report.is_keying() => KEYING,
        Page::Matrix(_) => CHECKING,
        Page::Text(_) if report.prose.fact.is_some() => FACTS,
        Page::Text(_) => TEXT,
        Page::Head => HEAD,
    };
    let mut pieces: Vec<(String, &'static str)> = keys
        .iter()
        .filter(|(command, ..)| is_possible(*command, Some(report), frame.has_copied))
        .filter_map(|(command, wanted, what)| {
            let key = key_of(frame, *command, wanted)?;
            Some((named_key(&key, lang), what.get(lang)))
        })
        .collect();
    let help = key_of(frame, Command::Help, "F1");
    let help = help.map(|key| named_key(&key, lang)).unwrap_or_default();
    let end = (help, words("帮助", "help").get(lang));
    if frame.hints_at_esc {
        let hint = words("没有F键按Esc", "no F-keys? Esc").get(lang);
        pieces.push((hint.to_owned(), ""));
    }
    pieces.push(end);
    pieces
}

/// The key of a command here: the one that is wanted, if it is still bound to it.
fn key_of(frame: Frame<'_>, command: Command, wanted: &str) -> Option<String> {
    let keymap = &frame.prefs.keymap;
    if keymap.command_at(frame.context, wanted) == Some(command) {
        return Some(wanted.to_owned());
    }
    let mut keys = keymap
        .keys_in(frame.context, command)
        .chain(keymap.keys_in(Context::Everywhere, command));
    keys.next().map(str::to_owned)
}

/// The menu: the digits that stand for F-keys.
fn menu(frame: Frame<'_>, report: &ReportScreen) -> Vec<(String, &'static str)> {
    /// What is asked for most stands first: a narrow screen drops the others.
    const ORDER: [u8; 10] = [8, 6, 5, 2, 4, 10, 3, 7, 9, 1];
    let lang = frame.look.lang;
    let mut pieces: Vec<(String, &'static str)> = ORDER
        .iter()
        .filter_map(|number| {
            let chord = format!("F{number}");
            let command = frame.prefs.keymap.command_at(frame.context, &chord)?;
            let is_possible = is_possible(command, Some(report), frame.has_copied);
            let brief = command_info(command).brief.get(lang);
            is_possible.then(|| ((number % 10).to_string(), brief))
        })
        .collect();
    let leaves = if frame.goes_back {
        words("回文件夹", "to the folder")
    } else {
        words("关闭", "closes")
    };
    pieces.push(("Esc".to_owned(), leaves.get(lang)));
    pieces
}
