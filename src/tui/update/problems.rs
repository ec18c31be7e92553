//! Problems: walking through them, listing them, mending what is certain.
//!
//! **Never:** applies a fix that was not chosen.
//! Next: `overlays` for the lists' keys.

use crate::base::words::words;
use crate::check::{Problem, Severity, Site};
use crate::form::CellId;
use crate::model::{Change, HeadField, Op};
use crate::tui::app::{App, Overlay, Page, ReportScreen};
use crate::tui::command::Command;
use crate::tui::input::Effect;

/// Runs a command on problems.
pub(super) fn run(app: &mut App, command: Command) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    match command {
        Command::CheckAll => app.overlay = Some(Overlay::Problems { chosen: 0 }),
        Command::Fix => list_fixes(app),
        Command::NextProblem => step(app, true),
        Command::PreviousProblem => step(app, false),
        _ => {}
    }
}

/// Where a problem stands on the way through the report: section, then cell.
fn place(report: &ReportScreen, problem: &Problem) -> (usize, usize, usize) {
    let form = report.form();
    match &problem.site {
        Site::Text(text, range) => return (1 + text.index(), 0, 1 + range.start),
        Site::Head(field) => return (0, 0, place_of_field(*field)),
        _ => {}
    }
    let section = problem.site.section(form);
    let first = || {
        let tables = form.section(section?).tables;
        let table = form.tables_of(tables).next()?;
        form.tables[table].cells().next()
    };
    (
        section.map_or(0, |text| 1 + text.index()),
        usize::from(problem.cell.or_else(first).is_some()),
        problem
            .cell
            .or_else(first)
            .map_or(0, |cell| 1 + cell.index()),
    )
}

fn here(report: &ReportScreen) -> (usize, usize, usize) {
    let section = 1 + report.section().index();
    match (report.page, report.cursor()) {
        (Page::Head, _) => (0, 0, 1 + report.prose.field),
        (Page::Text(text), _) => {
            // The start of a text is where problems of the whole section stand.
            let at = report.caret(text).at;
            let stands_whole = at == 0
                && report
                    .visited
                    .as_ref()
                    .is_some_and(|(_, site)| *site == Site::Section(text));
            (section, 0, if stands_whole { 0 } else { 1 + at })
        }
        (Page::Matrix(_), cursor) => (section, 1, cursor.map_or(0, |cell| 1 + cell.index())),
    }
}

fn place_of_field(field: HeadField) -> usize {
    super::head::FIELDS
        .iter()
        .position(|(candidate, _)| *candidate == field)
        .map_or(0, |at| at + 1)
}

/// Problems worth a stop: everything but infos, in the order of the way.
fn stops(report: &ReportScreen) -> Vec<usize> {
    let problems = &report.findings.problems;
    let mut stops: Vec<usize> = (0..problems.len())
        .filter(|at| problems[*at].severity() > Severity::Info)
        .collect();
    stops.sort_by_key(|at| place(report, &problems[*at]));
    stops
}

fn step(app: &mut App, forward: bool) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let stops = stops(report);
    if stops.is_empty() {
        app.notice = Some(words("没有错误和提醒了", "no errors or warnings left").into());
        return;
    }
    let here = here(report);
    let problems = &report.findings.problems;
    let at = |stop: usize| place(report, &problems[stop]);
    // Several problems may stand in one place: go on from the one said last.
    let visited = stops.iter().position(|stop| {
        let problem = &problems[*stop];
        let said = (problem.rule.code, problem.site.clone());
        at(*stop) == here && report.visited.as_ref() == Some(&said)
    });
    let next = match (visited, forward) {
        (Some(index), true) => stops.get(index + 1).or(stops.first()),
        (Some(index), false) => index
            .checked_sub(1)
            .map_or(stops.last(), |index| stops.get(index)),
        (None, true) => stops
            .iter()
            .find(|stop| at(**stop) > here)
            .or(stops.first()),
        (None, false) => stops
            .iter()
            .rev()
            .find(|stop| at(**stop) < here)
            .or(stops.last()),
    };
    if let Some(next) = next.copied() {
        go(app, next);
    }
}

/// Goes to a problem and says it.
pub(super) fn go(app: &mut App, index: usize) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let Some(problem) = report.findings.problems.get(index).cloned() else {
        return;
    };
    match (problem.cell, problem.site.section(report.form())) {
        _ if report.go_to_prose(&problem.site) => {}
        (Some(cell), _) => report.go_to(cell),
        (None, Some(text)) => {
            let tables = report.form().section(text).tables;
            report.put_caret(text, 0);
            report.show(if tables.is_empty() {
                Page::Text(text)
            } else {
                Page::Matrix(tables)
            });
        }
        (None, None) => {}
    }
    report.visited = Some((problem.rule.code, problem.site.clone()));
    let stands_there = app
        .report()
        .and_then(ReportScreen::problem_here)
        .is_some_and(|here| *here == problem);
    if !stands_there {
        app.notice = Some(problem.message());
    }
}

/// The order of the list: errors first, each severity in the form's order.
pub(crate) fn by_severity(problems: &[Problem]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..problems.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(problems[*at].severity()));
    order
}

fn list_fixes(app: &mut App) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let problems = &report.findings.problems;
    let here = report.problem_here().map(|problem| problem.rule.code);
    let mut fixes: Vec<_> = problems
        .iter()
        .flat_map(|problem| {
            let first = here == Some(problem.rule.code);
            problem
                .fixes(report.report())
                .into_iter()
                .map(move |fix| (!first, fix))
        })
        .collect();
    fixes.sort_by_key(|(later, _)| *later);
    if fixes.is_empty() {
        app.notice = Some(
            words(
                "没有能按格式补上的：数字对不上的，请核对原稿",
                "nothing the form itself settles: check the numbers against the paper",
            )
            .into(),
        );
        return;
    }
    app.overlay = Some(Overlay::Fixes {
        fixes: fixes.into_iter().map(|(_, fix)| fix).collect(),
        chosen: 0,
    });
}

/// Applies a fix as one undo step and says what became of the counts.
pub(super) fn apply(app: &mut App, chosen: usize, effects: &mut Vec<Effect>) {
    let Some(Overlay::Fixes { fixes, .. }) = app.overlay.take() else {
        return;
    };
    let Some(fix) = fixes.into_iter().nth(chosen) else {
        return;
    };
    let Some(report) = app.report_mut() else {
        return;
    };
    let before = report.findings.counts();
    let ops = fix.transaction.ops.clone();
    let first: Option<CellId> = fix.transaction.ops.iter().find_map(|op| match op {
        Op::SetCell { cell, .. } => Some(*cell),
        _ => None,
    });
    report.change(Change::Apply(fix.transaction), effects);
    if let Some(cell) = first {
        report.go_to(cell);
    } else if matches!(ops.last(), Some(Op::SpliceText { .. } | Op::SetHead { .. })) {
        report.go_to_step(&ops, false);
    }
    let after = report.findings.counts();
    app.notice = Some(
        words(
            "已修复：{what}。错误 {a}->{b}，提醒 {c}->{d}",
            "Done: {what}. Errors {a}->{b}, warnings {c}->{d}",
        )
        .with(vec![
            ("what", fix.title.into()),
            ("a", before.errors.into()),
            ("b", after.errors.into()),
            ("c", before.warnings.into()),
            ("d", after.warnings.into()),
        ]),
    );
}
