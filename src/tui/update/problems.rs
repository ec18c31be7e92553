//! Problems: walking through them, listing them, mending what is certain.
//!
//! **Never:** applies a fix that was not chosen.
//! Next: `overlays` for the lists' keys.

use crate::base::words::words;
use crate::check::{Problem, Severity};
use crate::form::CellId;
use crate::model::{Change, Op};
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
fn place(report: &ReportScreen, problem: &Problem) -> (usize, usize) {
    let form = report.form();
    let section = problem.site.section(form);
    let first = || {
        let tables = form.section(section?).tables;
        let table = form.tables_of(tables).next()?;
        form.tables[table].cells().next()
    };
    (
        section.map_or(0, |text| 1 + text.index()),
        problem
            .cell
            .or_else(first)
            .map_or(0, |cell| 1 + cell.index()),
    )
}

fn here(report: &ReportScreen) -> (usize, usize) {
    (
        1 + report.section().index(),
        report.cursor().map_or(0, |cell| 1 + cell.index()),
    )
}

/// Problems worth a stop: everything but infos, in the order of the way.
fn stops(report: &ReportScreen) -> Vec<usize> {
    let problems = &report.findings.problems;
    let mut stops: Vec<usize> = (0..problems.len())
        .filter(|at| problems[*at].severity() > Severity::Info && !problems[*at].is_settled())
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

/// Goes to a problem by its place among the findings, and says it.
fn go(app: &mut App, index: usize) {
    let found = app
        .report()
        .and_then(|report| report.findings.problems.get(index).cloned());
    if let Some(problem) = found {
        go_to(app, problem);
    }
}

/// Goes to a problem and says it.
pub(super) fn go_to(app: &mut App, problem: Problem) {
    let Some(report) = app.report_mut() else {
        return;
    };
    match (problem.cell, problem.site.section(report.form())) {
        (Some(cell), _) => report.go_to(cell),
        (None, Some(text)) => {
            let tables = report.form().section(text).tables;
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

/// The order of the list: errors first, each severity in the form's order,
/// explained reminders last.
pub(crate) fn by_severity(problems: &[Problem]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..problems.len()).collect();
    order.sort_by_key(|at| {
        let problem = &problems[*at];
        (problem.is_settled(), std::cmp::Reverse(problem.severity()))
    });
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
    let first: Option<CellId> = fix.transaction.ops.iter().find_map(|op| match op {
        Op::SetCell { cell, .. } => Some(*cell),
        _ => None,
    });
    report.change(Change::Apply(fix.transaction), effects);
    if let Some(cell) = first {
        report.go_to(cell);
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
