//! Everything that is not a matrix: the start page, texts, lists, prompts.
//!
//! **Never:** decides what a list holds; `update` and the tables do.
//! Next: `update::overlays` for what a choice does.

use crate::base::facts::ReadOnly;
use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::width::shown;
use crate::base::words::{Lang, Message, Words, words};
use crate::check::Problem;
use crate::tui::app::{App, Offer, Overlay, Prompt, Purpose, Question, Start};
use crate::tui::canvas::Canvas;
use crate::tui::input::{Recovery, Standing, counted};
use crate::tui::keymap::shown_key;
use crate::tui::panels::changes::unsaved;
use crate::tui::problem_list::{self, Row};
use crate::tui::report::ReportScreen;
use crate::tui::report::layout::{BESIDE, WITH_LIST};
use crate::tui::theme::Role;
use crate::tui::update::{StartLine, answers, matching, recovery_answers, start_lines};

/// Draws what covers the whole screen; answers with the place of the cursor.
pub(super) fn overlay(app: &App, canvas: &mut Canvas) -> (u16, u16) {
    match &app.overlay {
        Some(Overlay::Palette { filter, chosen }) => palette(app, filter, *chosen, canvas),
        Some(Overlay::Problems { chosen }) => problems(app, *chosen, canvas),
        Some(Overlay::Fixes { fixes, chosen, .. }) => fix_list(app, fixes, *chosen, canvas),
        Some(Overlay::Ask { question, chosen }) => ask(app, question, *chosen, canvas),
        Some(Overlay::Recover {
            recovery,
            chosen,
            scroll,
        }) => recover(app, recovery, (*chosen, *scroll), canvas),
        Some(Overlay::Failed(failure)) => failed(app, failure, canvas),
        Some(Overlay::Export(export)) => super::export::screen(app, export, canvas),
        Some(Overlay::Find(find)) => super::find::panel(app, find, canvas),
        Some(Overlay::Paste(preview)) => match app.report() {
            Some(report) => super::paste::preview(app, report, preview, canvas),
            None => (0, 0),
        },
        Some(panel) => panel
            .drawn()
            .map_or((0, 0), |panel| panel.draw(app.report(), canvas)),
        None => (0, 0),
    }
}

/// What mends problems: fixes and readings under their headings.
fn fix_list(app: &App, fixes: &[Offer], chosen: usize, canvas: &mut Canvas) -> (u16, u16) {
    /// Blanks before the second and later lines of a fix.
    const INDENT: usize = 9;
    let cols = usize::from(canvas.cols()).saturating_sub(1);
    let title = words("修复建议", "Fixes and suggestions").get(app.look.lang);
    canvas.text(0, 0, title, Role::Title);
    let said = words(
        "空格 预览  回车 采用（可撤销）  F9 记为待核实  Esc 不改",
        "Space previews  Enter applies (can be undone)  F9 keeps a question  Esc leaves",
    );
    let foot = foot_line(app, canvas, said);
    let room = usize::from(foot.saturating_sub(2)).max(1);
    // Each line with its role; the chosen one is kept in view.
    let mut lines: Vec<(String, Role)> = Vec::new();
    let mut at = 0;
    for (index, offer) in fixes.iter().enumerate() {
        for heading in &offer.heading {
            let text = heading.text(app.look.lang);
            for range in canvas.ruler().wrap(&text, cols) {
                lines.push((text[range].to_owned(), Role::HeadHere));
            }
        }
        let text = format!("{:>3}  {}", index + 1, offer.fix.title.text(app.look.lang));
        let wrapped = canvas
            .ruler()
            .wrap(&text, cols.saturating_sub(INDENT).max(8));
        for (part, range) in wrapped.into_iter().enumerate() {
            let here = index == chosen;
            if here && part == 0 {
                at = lines.len();
            }
            let sign = match (here, part) {
                (true, 0) => "> ".to_owned(),
                (_, 0) => "  ".to_owned(),
                _ => " ".repeat(INDENT),
            };
            let role = if here { Role::Selected } else { Role::Plain };
            lines.push((format!("{sign}{}", &text[range]), role));
        }
    }
    let first = (at + 2).saturating_sub(room);
    for (y, (line, role)) in (1..).zip(lines.iter().skip(first).take(room)) {
        canvas.text(0, y, line, *role);
    }
    (0, 1 + u16::try_from(at - first.min(at)).unwrap_or(0))
}

/// A titled list with a chosen line, scrolled to it.
fn list(
    app: &App,
    canvas: &mut Canvas,
    title: &str,
    lines: &[String],
    chosen: usize,
    foot: Words,
) -> (u16, u16) {
    // The list begins in the third row: a long title has two.
    let cols = usize::from(canvas.cols()).saturating_sub(1);
    let rows = canvas.ruler().wrap(title, cols);
    for (y, range) in (0..2).zip(rows) {
        canvas.text(0, y, &title[range], Role::Title);
    }
    scrolled(canvas, 2, lines, chosen);
    let at = foot_line(app, canvas, foot);
    let room = usize::from(canvas.rows().saturating_sub(4)).max(1);
    let first = (chosen + 1).saturating_sub(room);
    let y = 2 + u16::try_from(chosen - first.min(chosen)).unwrap_or(0);
    (0, if lines.is_empty() { at } else { y })
}

/// Draws lines from row `top`, the chosen one visible and marked.
pub(super) fn scrolled(canvas: &mut Canvas, top: u16, lines: &[String], chosen: usize) {
    let room = usize::from(canvas.rows().saturating_sub(top + 2)).max(1);
    let first = (chosen + 1).saturating_sub(room);
    for (offset, line) in lines.iter().skip(first).take(room).enumerate() {
        let y = top + u16::try_from(offset).unwrap_or(0);
        let here = first + offset == chosen;
        let role = if here { Role::Selected } else { Role::Plain };
        let sign = if here { "> " } else { "  " };
        canvas.text(0, y, &format!("{sign}{line}"), role);
    }
}

/// The notice and the line that says what keys do; answers with its row.
pub(super) fn foot_line(app: &App, canvas: &mut Canvas, foot: Words) -> u16 {
    let y = canvas.rows().saturating_sub(1);
    if let Some(notice) = &app.notice {
        canvas.text(
            0,
            y.saturating_sub(1),
            &notice.text(app.look.lang),
            Role::Message,
        );
    }
    canvas.text(0, y, foot.get(app.look.lang), Role::Dim);
    y
}

fn palette(
    app: &App,
    filter: &crate::tui::line_edit::LineEdit,
    chosen: usize,
    canvas: &mut Canvas,
) -> (u16, u16) {
    const TITLE: usize = 48;
    let title = words("更多。输入文字筛选：", "More. Type to filter: ").get(app.look.lang);
    let x = canvas.text(0, 0, title, Role::Title);
    let caret = canvas.line_edit((x, 0), filter);
    let lines: Vec<String> = matching(app, filter.text())
        .iter()
        .map(|info| {
            let digit = info.digit.unwrap_or(' ');
            let keymap = &app.prefs.keymap;
            let keys: Vec<String> = keymap
                .keys_of(info.command)
                .into_iter()
                .take(2)
                .map(shown_key)
                .collect();
            let title = app.look.ruler.fit(info.title.get(app.look.lang), TITLE);
            format!("{digit} {title} {}", keys.join("  "))
        })
        .collect();
    scrolled(canvas, 2, &lines, chosen);
    let foot = words(
        "数字或回车 选定    上下键 移动    Esc 关闭",
        "a digit or Enter chooses    arrows move    Esc closes",
    );
    foot_line(app, canvas, foot);
    (caret, 0)
}

/// One problem as a line of the list; its code is dropped where it does not fit.
fn problem_line(app: &App, problem: &Problem, cols: usize) -> String {
    let indent = if problem.implied { "    " } else { "" };
    let sign = problem.severity().sign();
    let text = problem.message().text(app.look.lang);
    let line = format!("{sign} {indent}{text}");
    let coded = format!("{line}  ({})", problem.rule.code);
    if app.look.ruler.width(&coded) <= cols {
        coded
    } else {
        line
    }
}

fn problems(app: &App, chosen: usize, canvas: &mut Canvas) -> (u16, u16) {
    let Some(report) = app.report() else {
        return (0, 0);
    };
    let counts = report.findings.counts();
    let head = report.report().head();
    // The counts stand whole; a long name gives way to them.
    let title = words(
        "全审  {body} {year}  {form}",
        "Check  {body} {year}  {form}",
    )
    .with(vec![
        ("body", shown(&head.body).as_ref().into()),
        (
            "year",
            head.year.map(|y| y.to_string()).unwrap_or_default().into(),
        ),
        ("form", report.form().name.into()),
    ]);
    let found = words(
        "错误 {e}  提醒 {w}  提示 {i}{apart}",
        "errors {e}  warnings {w}  infos {i}{apart}",
    )
    .with(vec![
        ("e", counts.errors.into()),
        ("w", counts.warnings.into()),
        ("i", counts.infos.into()),
        ("apart", counts.apart(Words::same("  ")).into()),
    ])
    .text(app.look.lang);
    let room = usize::from(canvas.cols()).saturating_sub(app.look.ruler.width(&found) + 3);
    let title = title.text(app.look.lang);
    let title = app.look.ruler.cut(&title, room);
    canvas.text(0, 0, &format!("{title}  {found}"), Role::Title);
    let lines = problem_lines(app, report, chosen, usize::from(canvas.cols()));
    let room = usize::from(canvas.rows().saturating_sub(3)).max(1);
    let last = lines.iter().rposition(|line| line.row == Some(chosen));
    let first = last.map_or(0, |last| (last + 1).saturating_sub(room));
    let begin = lines.iter().position(|line| line.row == Some(chosen));
    let first = first.min(begin.unwrap_or(first));
    let mut cursor = (0, 1);
    for (offset, line) in lines.iter().skip(first).take(room).enumerate() {
        let y = 1 + u16::try_from(offset).unwrap_or(0);
        if line.begins && line.row == Some(chosen) {
            cursor = (0, y);
        }
        canvas.text(0, y, &line.text, line.role);
    }
    let foot = words(
        "回车 到那里   F4 依据   F6 修复   F7 说明   F9 退回   上下键 移动   Esc 关闭",
        "Enter goes there   F4 basis   F6 fix   F7 explain   F9 return   Esc closes",
    );
    foot_line(app, canvas, foot);
    cursor
}

/// A line of the list as drawn; the row of the list it belongs to.
struct Drawn {
    text: String,
    role: Role,
    row: Option<usize>,
    begins: bool,
}

/// The list wrapped to the screen, with headings and reasons in their places.
fn problem_lines(app: &App, report: &ReportScreen, chosen: usize, cols: usize) -> Vec<Drawn> {
    let rows = problem_list::rows(app, report);
    let mut lines = Vec::new();
    if report.findings.problems.is_empty() {
        lines.push(Drawn {
            text: words(" 没有发现问题", " nothing found")
                .get(app.look.lang)
                .to_owned(),
            role: Role::Plain,
            row: None,
            begins: false,
        });
    }
    for (at, row) in rows.iter().enumerate() {
        if let Some(heading) = problem_list::heading(report, &rows, at) {
            lines.push(Drawn {
                text: format!(" {}", heading.get(app.look.lang)),
                role: Role::Dim,
                row: None,
                begins: false,
            });
        }
        let (text, under, role) = match row {
            Row::Problem(index) => {
                let problem = &report.findings.problems[*index];
                (
                    problem_line(app, problem, cols.saturating_sub(4)),
                    problem_list::reason(app, report, problem),
                    Role::Plain,
                )
            }
            Row::Silenced(index) => {
                let problem = &report.findings.silenced[*index];
                (
                    format!(
                        "- {}  ({})",
                        problem.message().text(app.look.lang),
                        problem.rule.code
                    ),
                    problem_list::silence(app, problem),
                    Role::Dim,
                )
            }
            Row::Unsure(index) => {
                let text = report.unsure()[*index].words().text(app.look.lang);
                (format!("? {text}"), None, Role::Plain)
            }
            Row::Text(text) => (text.clone(), None, Role::Dim),
        };
        let here = at == chosen;
        let pieces = [Some((text, 0)), under.map(|under| (under, 6))];
        let mut begins = true;
        for (text, indent) in pieces.into_iter().flatten() {
            let text = shown(&text).into_owned();
            let room = cols.saturating_sub(2 + indent + 2).max(8);
            for (number, range) in app.look.ruler.wrap(&text, room).into_iter().enumerate() {
                let sign = if here && begins { ">" } else { " " };
                let indent = " ".repeat(indent + if number == 0 { 0 } else { 2 });
                lines.push(Drawn {
                    text: format!("{sign}{indent}{}", &text[range]),
                    role: if here { Role::Selected } else { role },
                    row: Some(at),
                    begins,
                });
                begins = false;
            }
        }
    }
    lines
}

/// The problem list beside the grid, on wide screens.
pub(super) fn beside(app: &App, report: &ReportScreen, canvas: &mut Canvas) {
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
    for at in problem_list::by_severity(all) {
        let line = problem_line(app, &all[at], cols * 2);
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

fn ask(app: &App, question: &Question, chosen: usize, canvas: &mut Canvas) -> (u16, u16) {
    let title = match question {
        Question::Unsaved(_) => {
            let unsaved = app.report().map(|report| unsaved(&report.document));
            words("没有保存：{changes}", "not saved: {changes}").with(vec![(
                "changes",
                unsaved.unwrap_or_else(|| counted(0, 0, 0)).into(),
            )])
        }
        Question::Exists(file) => {
            words("已经有这个文件：{path}", "the file exists already: {path}")
                .with(vec![("path", shown_path(file).into())])
        }
        Question::ZeroTable(filled) => words(
            "整表填 0：这张表已有 {n} 格填了",
            "Whole table 0: {n} cells of this table are filled",
        )
        .with(vec![("n", (*filled).into())]),
        Question::LeaveTotals(differ) => words(
            "核对总计：打的总计有 {n} 个与算出来的不同",
            "Totals: {n} of those typed differ from what was computed",
        )
        .with(vec![("n", (*differ).into())]),
        Question::Report { said, .. } => said.clone(),
        Question::ChangedOutside(file) => words(
            "这个文件在别处被改过了：{path}",
            "the file was changed by somebody else: {path}",
        )
        .with(vec![("path", shown_path(file).into())]),
        Question::Vanished(file) => words(
            "这个文件不见了，可能被移走或删掉了：{path}",
            "the file is gone, moved or removed: {path}",
        )
        .with(vec![("path", shown_path(file).into())]),
        Question::NoFolder(file) => {
            let folder = file.parent().unwrap_or(file);
            words("没有这个文件夹：{path}", "there is no such folder: {path}")
                .with(vec![("path", shown_path(folder).into())])
        }
        Question::TakeOver(_) => take_over(app),
    };
    let lines: Vec<String> = answers(question)
        .iter()
        .enumerate()
        .map(|(index, answer)| format!("{}  {}", index + 1, answer.get(app.look.lang)))
        .collect();
    let foot = words(
        "数字或回车 选定    Esc 返回",
        "a digit or Enter chooses    Esc goes back",
    );
    list(
        app,
        canvas,
        &title.text(app.look.lang),
        &lines,
        chosen,
        foot,
    )
}

/// Who had the report open, and what is known of that.
fn take_over(app: &App) -> Message {
    let reason = app
        .report()
        .and_then(|report| report.file.read_only.as_ref());
    let (said, by, since) = match reason {
        Some(ReadOnly::Claimed { by, since }) => (
            words(
                "{by} 从 {since} 起打开着它；从这台机器看不出他还在不在",
                "{by} has had it open since {since}; from here it can't be seen whether that is still so",
            ),
            by.as_str(),
            since.as_str(),
        ),
        Some(ReadOnly::Locked { by, since }) if !by.is_empty() => (
            words(
                "{by} 不再编辑它了（{since} 起的），可以接管",
                "{by} (since {since}) does not edit it any more; it can be taken over",
            ),
            by.as_str(),
            since.as_str(),
        ),
        _ => (
            words(
                "现在没有别人在编辑它了，可以接管",
                "nobody else edits it any more; it can be taken over",
            ),
            "",
            "",
        ),
    };
    said.with(vec![
        ("by", shown(by).as_ref().into()),
        ("since", shown(since).as_ref().into()),
    ])
}

fn recover(
    app: &App,
    recovery: &Recovery,
    (chosen, scroll): (usize, usize),
    canvas: &mut Canvas,
) -> (u16, u16) {
    let lang = app.look.lang;
    let title = if recovery.is_version {
        words("这份报告打不开", "This report cannot be opened")
    } else if recovery.left {
        words(
            "上次留着以后继续的改动",
            "Found changes that were left for later",
        )
    } else {
        words(
            "发现上次没有正常结束的编辑",
            "Found changes of a session that did not end well",
        )
    };
    let end = canvas.text(0, 0, title.get(lang), Role::Title);
    let file = recovery
        .file
        .path
        .as_ref()
        .or(recovery.file.source.as_ref());
    if let Some(name) = file.and_then(|path| path.file_name()) {
        let name = format!("  {}", shown(&name.to_string_lossy()));
        canvas.text(end, 0, &name, Role::Title);
    }
    let facts = if recovery.is_version {
        words(
            "  留有一份旧版：{since} 保存之前的内容",
            "  A version of it was kept: what it held before the save of {since}",
        )
    } else {
        words(
            "  没有保存：{changes}；上次保存或读入 {since}",
            "  not saved: {changes}; last saved or read {since}",
        )
    }
    .with(vec![
        ("since", shown(&recovery.since).as_ref().into()),
        ("changes", recovery.counted().into()),
    ]);
    canvas.text(0, 2, &facts.text(lang), Role::Plain);
    let (ruler, room) = (
        canvas.ruler(),
        usize::from(canvas.cols()).saturating_sub(16),
    );
    let remarks = recovery_remarks(recovery, |path| ruler.cut_front(path, room));
    for (y, (remark, role)) in (3..).zip(&remarks) {
        let text = remark.text(lang);
        canvas.text(0, y, &text, *role);
    }
    let answers_at = answers_at(recovery);
    let mut y = answers_at;
    for (index, answer) in recovery_answers(recovery).iter().enumerate() {
        let here = index == chosen;
        let role = if here { Role::Selected } else { Role::Plain };
        let sign = if here { "  > " } else { "    " };
        let line = format!("{sign}{}  {}", index + 1, answer.words(recovery).get(lang));
        canvas.text(0, y, &line, role);
        y += 1;
    }
    y += 1;
    let room = recovery_room(recovery, canvas.rows());
    let changes = recovery_lines(recovery, lang);
    for line in changes.iter().skip(scroll).take(room) {
        canvas.text(0, y, line, Role::Dim);
        y += 1;
    }
    let foot = if changes.len() <= room {
        words("数字或回车 选定", "a digit or Enter chooses")
    } else {
        words(
            "数字或回车 选定    PgUp PgDn 翻看改动",
            "a digit or Enter chooses    PgUp PgDn show more changes",
        )
    };
    foot_line(app, canvas, foot);
    (0, answers_at + u16::try_from(chosen).unwrap_or(0))
}

/// What is said below the counts, a row each.
fn recovery_remarks(recovery: &Recovery, fitted: impl Fn(&str) -> String) -> Vec<(Message, Role)> {
    let mut rows = Vec::new();
    if !recovery.by.is_empty() {
        let by = words("  改的人 {by}", "  made by {by}");
        let by = by.with(vec![("by", shown(&recovery.by).as_ref().into())]);
        rows.push((by, Role::Plain));
    }
    if let Some(said) = standing_words(&recovery.standing) {
        rows.push((said, Role::Warning));
        if let Standing::Unread(why) = &recovery.standing {
            let why = vec![("why", why.clone().into())];
            let row = words("  原因    {why}", "  why           {why}").with(why);
            rows.push((row, Role::Plain));
        }
        let file = recovery.file.path.as_ref();
        let file = file.or(recovery.file.source.as_ref());
        let paths = [
            (words("  文件    {path}", "  file          {path}"), file),
            (
                words("  留的旧版 {path}", "  version kept  {path}"),
                recovery.kept.as_ref(),
            ),
        ];
        for (label, path) in paths {
            let Some(path) = path else { continue };
            let path = shown(&path.to_string_lossy()).into_owned();
            let path = fitted(&path).into();
            rows.push((label.with(vec![("path", path)]), Role::Plain));
        }
    }
    if recovery.cut_short {
        let said = words(
            "  注意：恢复日志后面有一段读不出来",
            "  Caution: the end of the journal cannot be read",
        );
        rows.push((said.into(), Role::Warning));
    }
    rows
}

/// What became of the file, in one sentence; None where it is as it was.
fn standing_words(standing: &Standing) -> Option<Message> {
    Some(match standing {
        Standing::AsItWas => return None,
        Standing::Unread(_) => words(
            "  注意：这个文件现在打不开；恢复不需要它",
            "  Caution: the file cannot be opened now; what comes back does not need it",
        )
        .into(),
        Standing::Another => words(
            "  注意：文件现在是另一份报告，恢复的是原来那一份",
            "  Caution: the file is another report now; what comes back is the one before",
        )
        .into(),
        Standing::Differs { cells: 0, texts: 0 } => words(
            "  注意：文件后来又被改过，标题或说明不同了；恢复的内容里没有那些改动",
            "  Caution: headings or notes of the file changed afterwards; that is left out",
        )
        .into(),
        Standing::Differs { cells, texts } => words(
            "  注意：文件后来又被改过 {cells} 格、{texts} 段文字；恢复的内容里没有那些改动",
            "  Caution: the file changed afterwards ({cells} cells, {texts} texts); that is left out",
        )
        .with(vec![("cells", (*cells).into()), ("texts", (*texts).into())]),
    })
}

/// Row of the first answer on the page of what would come back.
fn answers_at(recovery: &Recovery) -> u16 {
    let remarks = recovery_remarks(recovery, str::to_owned).len();
    4 + u16::try_from(remarks).unwrap_or(0)
}

/// How many changes fit on that page, below the answers and above the two lines at
/// the foot.
pub(crate) fn recovery_room(recovery: &Recovery, rows: u16) -> usize {
    let above = usize::from(answers_at(recovery)) + recovery_answers(recovery).len() + 1;
    usize::from(rows).saturating_sub(above + 2).max(1)
}

/// What would come back, a line a cell or text.
fn recovery_lines(recovery: &Recovery, lang: Lang) -> Vec<String> {
    let form = recovery.document.report().form();
    let or_blank = |text: &str| match text {
        "" => words("(空)", "(blank)").get(lang).to_owned(),
        text => shown(text).into_owned(),
    };
    let cells = recovery.cells.iter().map(|(cell, saved, recovered)| {
        let cell = crate::check::problem::cell_words(form, *cell).text(lang);
        format!("  {cell}  {} -> {}", or_blank(saved), or_blank(recovered))
    });
    let texts = recovery.texts.iter().filter_map(|key| {
        let name = form.section(form.text(key)?).name.get(lang);
        let changed = words("文字有改动", "text changed").get(lang);
        Some(format!("  {name}  {changed}"))
    });
    cells.chain(texts).collect()
}

fn failed(app: &App, failure: &Failure, canvas: &mut Canvas) -> (u16, u16) {
    let mut y = 0;
    let cols = usize::from(canvas.cols()).saturating_sub(1);
    for (index, line) in failure.text(app.look.lang).lines().enumerate() {
        let role = if index == 0 { Role::Title } else { Role::Plain };
        for range in canvas.ruler().wrap(line, cols) {
            canvas.text(0, y, &line[range], role);
            y += 1;
        }
    }
    let foot = words("Esc 或回车 关闭", "Esc or Enter closes");
    (0, foot_line(app, canvas, foot))
}

/// The start page.
pub(super) fn start(app: &App, start: &Start, canvas: &mut Canvas) -> (u16, u16) {
    let lang = app.look.lang;
    let title = words(
        "gouji 勾稽  政府信息公开工作年度报告",
        "gouji  annual reports on open government information",
    );
    canvas.text(0, 0, title.get(lang), Role::Title);
    let mut cursor = (0, 2);
    let mut y = 2;
    for (index, line) in start_lines(&start.facts).iter().enumerate() {
        let here = index == start.chosen;
        let text = start_line(lang, start, line);
        let sign = if here { "  > " } else { "    " };
        let role = if here { Role::Selected } else { Role::Plain };
        canvas.text(0, y, &format!("{sign}{}  {text}", index + 1), role);
        if here {
            cursor = (2, y);
        }
        y += 1;
    }
    let test = words(
        "  这一行应当对齐、不是乱码：|一二三|123456|“二”|   不对请按 9",
        "  Aligned and readable? |一二三|123456|“二”|   if not, press 9",
    );
    canvas.text(0, y + 1, test.get(lang), Role::Plain);
    let rows = canvas.rows();
    if let Some(notice) = &app.notice {
        canvas.text(0, rows.saturating_sub(3), &notice.text(lang), Role::Message);
    }
    canvas.rule(rows.saturating_sub(2));
    let foot = if app.menu {
        words("1 帮助   0 更多   Esc 关闭", "1 help   0 more   Esc closes")
    } else {
        words(
            "数字或上下键选，回车确定    F1 或 Esc 1 帮助    0 退出",
            "a digit or the arrows, then Enter    F1 or Esc 1 help    0 quits",
        )
    };
    canvas.text(0, rows.saturating_sub(1), foot.get(lang), Role::Dim);
    cursor
}

fn start_line(lang: Lang, start: &Start, line: &StartLine) -> String {
    let name = |path: &std::path::Path| {
        shown(&path.file_name().unwrap_or_default().to_string_lossy()).into_owned()
    };
    match line {
        StartLine::Pending(index) => {
            let pending = &start.facts.pending[*index];
            let file = match &pending.path {
                Some(path) => name(path),
                None => shown(&pending.name).into_owned(),
            };
            words(
                "继续上次：{file}    {when}   未保存 {n} 步",
                "go on with {file}    {when}   steps unsaved: {n}",
            )
            .with(vec![
                ("file", file.into()),
                ("when", pending.when.as_str().into()),
                ("n", pending.steps.into()),
            ])
            .text(lang)
        }
        StartLine::New => words("空白新建（{form}）", "new and empty ({form})")
            .with(vec![("form", crate::form::current().name.into())])
            .text(lang),
        StartLine::Open => words("打开或检查一份", "open or check a report")
            .get(lang)
            .to_owned(),
        StartLine::Sample => words(
            "练习：样例报告，里面有 2 处不平，跟着改一遍",
            "practise: a sample report with 2 broken sums",
        )
        .get(lang)
        .to_owned(),
        StartLine::Recent(index) => words("最近：{file}", "lately: {file}")
            .with(vec![("file", name(&start.facts.recent[*index]).into())])
            .text(lang),
    }
}

/// A file being read, over the message line.
pub(super) fn reading(app: &App, name: &str, seconds: u64, canvas: &mut Canvas) -> (u16, u16) {
    let y = canvas.rows().saturating_sub(3);
    let cols = usize::from(canvas.cols()).saturating_sub(1);
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    let text = words(
        "正在读取（{n} 秒），Esc 停止：{file}",
        "reading ({n} s), Esc stops: {file}",
    )
    .with(vec![("n", seconds.into()), ("file", name.into())])
    .text(app.look.lang);
    let style = canvas.theme().style(Role::Warning);
    canvas.fitted(0, y, &text, cols, style);
    (0, y)
}

/// A line being typed, over the message line.
pub(super) fn prompt(app: &App, prompt: &Prompt, canvas: &mut Canvas) -> (u16, u16) {
    let lang = app.look.lang;
    let rows = canvas.rows();
    let y = rows.saturating_sub(3);
    let label = match prompt.purpose {
        Purpose::Cell(cell) => {
            let form = app.report().map(ReportScreen::form);
            form.map_or_else(String::new, |form| {
                crate::check::problem::cell_words(form, cell).text(lang)
            })
        }
        Purpose::Head(field) => crate::tui::update::name_of(field).get(lang).to_owned(),
        Purpose::Remark(_) => words("说明", "Reason").get(lang).to_owned(),
        Purpose::SaveAs => words("另存为", "Save as").get(lang).to_owned(),
        Purpose::Open => words("打开", "Open").get(lang).to_owned(),
    };
    let cols = usize::from(canvas.cols());
    for line in y..rows {
        canvas.fitted(
            0,
            line,
            "",
            cols.saturating_sub(1),
            canvas.theme().style(Role::Plain),
        );
    }
    let x = canvas.text(0, y, &format!("{label}: "), Role::Key);
    let caret = canvas.line_edit((x, y), &prompt.line);
    let names: Vec<String> = prompt
        .completions
        .iter()
        .map(|path| {
            shown(
                path.rsplit_once('/')
                    .map_or(path.as_str(), |(_, name)| name),
            )
            .into_owned()
        })
        .collect();
    let hint = match prompt.purpose {
        Purpose::Remark(index) => app
            .report()
            .and_then(|report| report.findings.problems.get(index))
            .map_or_else(String::new, |problem| problem.message().text(lang)),
        _ => names.join("  "),
    };
    canvas.text(0, y + 1, &hint, Role::Dim);
    let foot = match prompt.purpose {
        Purpose::Cell(_) | Purpose::Head(_) => words(
            "回车 记下    Esc 不改",
            "Enter keeps it    Esc changes nothing",
        ),
        Purpose::Remark(_) => words(
            "写为什么可以这样。回车 记下，清空就是删去    Esc 不改",
            "Say why it may stand. Enter keeps it, empty removes it    Esc changes nothing",
        ),
        _ => words(
            "回车 确定    Tab 补全    Esc 返回",
            "Enter accepts    Tab completes    Esc goes back",
        ),
    };
    let text = app
        .notice
        .as_ref()
        .map_or_else(|| foot.get(lang).to_owned(), |notice| notice.text(lang));
    canvas.text(0, y + 2, &text, Role::Dim);
    (caret, y)
}
