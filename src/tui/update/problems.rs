//! Problems: walking through them, listing them, mending what is certain.
//!
//! **Never:** applies a fix that was not chosen.
//! Next: `overlays` for the lists' keys.

use crate::base::words::{Arg, Message, words};
use crate::check::problem::{line_words, table_words};
use crate::check::readings::{certainty_words, fill_words};
use crate::check::{Fix, Input, Problem, Severity, Site, Sure, Texts, check};
use crate::form::CellId;
use crate::model::{Cell, Change, Document, HeadField, Op, Question, Transaction};
use crate::tui::app::{App, Offer, Overlay, Preview, Screen};
use crate::tui::command::Command;
use crate::tui::input::Effect;
use crate::tui::report::{Page, ReportScreen};

/// Runs a command on problems.
pub(super) fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    match command {
        Command::CheckAll => app.overlay = Some(Overlay::Problems { chosen: 0 }),
        Command::Fix => list_fixes(app),
        Command::Question => ask_here(app, effects),
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
    crate::tui::report::head::FIELDS
        .iter()
        .position(|(candidate, _)| *candidate == field)
        .map_or(0, |at| at + 1)
}

/// Something worth a stop on the way through the report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// A problem by its place among the findings.
    Problem(usize),
    /// A cell that a note of the reader or of a paste concerns.
    Unsure(CellId),
}

/// All stops in the order of the way: everything but infos, and what was unsure
/// when it was read or pasted.
fn stops(report: &ReportScreen) -> Vec<Stop> {
    let problems = &report.findings.problems;
    let worth = (0..problems.len())
        .filter(|at| problems[*at].severity() > Severity::Info && !problems[*at].is_settled());
    let mut stops: Vec<Stop> = worth.map(Stop::Problem).collect();
    let unsure = report.unsure();
    let unseen = unsure
        .iter()
        .any(|unsure| unsure.cell.is_some() && !report.seen.contains(unsure.note));
    // With nothing else left, what was looked at once is done with.
    if !stops.is_empty() || unseen {
        for cell in unsure.iter().filter_map(|unsure| unsure.cell) {
            if !stops.contains(&Stop::Unsure(cell)) {
                stops.push(Stop::Unsure(cell));
            }
        }
    }
    stops.sort_by_key(|stop| place_of(report, *stop));
    stops
}

fn place_of(report: &ReportScreen, stop: Stop) -> (usize, usize, usize) {
    match stop {
        Stop::Problem(at) => place(report, &report.findings.problems[at]),
        Stop::Unsure(cell) => {
            let form = report.form();
            let section = form.section_of(form.tables[form.spot(cell).table].prefix);
            let section = section.map_or(0, |text| 1 + text.index());
            (section, 1, 1 + cell.index())
        }
    }
}

/// What a stop says, to know it again.
fn said(report: &ReportScreen, stop: Stop) -> (&'static str, Site) {
    match stop {
        Stop::Problem(at) => {
            let problem = &report.findings.problems[at];
            (problem.rule.code, problem.site.clone())
        }
        Stop::Unsure(cell) => ("", Site::Cell(cell)),
    }
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
    let at = |stop: &Stop| place_of(report, *stop);
    // Several problems may stand in one place: go on from the one said last.
    let visited = stops
        .iter()
        .position(|stop| at(stop) == here && report.visited.as_ref() == Some(&said(report, *stop)));
    let next = match (visited, forward) {
        (Some(index), true) => stops.get(index + 1).or(stops.first()),
        (Some(index), false) => index
            .checked_sub(1)
            .map_or(stops.last(), |index| stops.get(index)),
        (None, true) => stops.iter().find(|stop| at(stop) > here).or(stops.first()),
        (None, false) => stops
            .iter()
            .rev()
            .find(|stop| at(stop) < here)
            .or(stops.last()),
    };
    match next.copied() {
        Some(Stop::Problem(index)) => go(app, index),
        Some(Stop::Unsure(cell)) => go_to_unsure(app, cell),
        None => {}
    }
}

/// Goes to a cell that something unsure concerns, and says it.
pub(super) fn go_to_unsure(app: &mut App, cell: CellId) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.go_to(cell);
    report.visited = Some(("", Site::Cell(cell)));
    let unsure = report.unsure();
    let here = unsure.iter().filter(|unsure| unsure.cell == Some(cell));
    let seen: Vec<_> = here.map(|unsure| unsure.note.clone()).collect();
    report.seen.extend(seen);
    app.notice = report.unsure_words(cell);
}

/// Goes to a problem by its place among the findings, and says it.
fn go(app: &mut App, index: usize) {
    let found = app
        .report()
        .and_then(|report| report.findings.problems.get(index).cloned());
    if let Some(problem) = found {
        go_to(app, &problem);
    }
}

/// Goes to a problem and says it.
pub(super) fn go_to(app: &mut App, problem: &Problem) {
    let Some(report) = app.report_mut() else {
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
        .is_some_and(|here| here == problem);
    if !stands_there {
        app.notice = Some(problem.message());
    }
}

fn list_fixes(app: &mut App) {
    let Some(report) = app.report_mut() else {
        return;
    };
    // On a broken sum its readings come first, elsewhere what is certain.
    let on_broken = report
        .problem_here()
        .is_some_and(|problem| problem.sides.is_some());
    let certain: Vec<Offer> = of_problems(report)
        .into_iter()
        .chain(fills(report))
        .collect();
    let offers = if on_broken {
        [readings(report), certain].concat()
    } else {
        [certain, readings(report)].concat()
    };
    let unknown = report
        .suspects()
        .findings
        .iter()
        .find(|broken| broken.suspects.is_empty())
        .and_then(|broken| broken.reach.clone());
    if offers.is_empty() {
        app.notice = Some(unknown.unwrap_or_else(|| {
            words(
                "没有可以修复的：没有空格、空总计，各项也都平",
                "nothing to fix: no blanks, and all sums hold",
            )
            .into()
        }));
        return;
    }
    app.notice = unknown;
    app.overlay = Some(Overlay::Fixes {
        fixes: offers,
        chosen: 0,
        preview: None,
    });
}

/// What the form itself settles, and numbers of the text that a cell contradicts;
/// for the problem under the cursor first.
fn of_problems(report: &ReportScreen) -> Vec<Offer> {
    let here = report.problem_here().map(|problem| problem.rule.code);
    let mut fixes: Vec<(bool, Offer)> = report
        .findings
        .problems
        .iter()
        .flat_map(|problem| {
            let site = problem.site.path(report.form());
            problem
                .fixes(report.report(), report.blanks())
                .into_iter()
                .map(move |fix| {
                    let offer = Offer {
                        heading: Vec::new(),
                        fix,
                        site: site.clone(),
                    };
                    (here != Some(problem.rule.code), offer)
                })
        })
        .collect();
    fixes.sort_by_key(|(later, _)| *later);
    let is_guess_first = fixes
        .first()
        .is_some_and(|(_, offer)| offer.fix.sure == Sure::Guess);
    let (guesses, settled): (Vec<Offer>, Vec<Offer>) = fixes
        .into_iter()
        .map(|(_, offer)| offer)
        .partition(|offer| offer.fix.sure == Sure::Guess);
    let settled = headed(
        settled,
        vec![words("按格式补上", "what the form itself settles").into()],
    );
    let guesses = headed(
        guesses,
        vec![
            words(
                "先定正文和表哪边对，再改",
                "decide first which side is right",
            )
            .into(),
        ],
    );
    let mut groups = [settled, guesses];
    if is_guess_first {
        groups.reverse();
    }
    groups.into_iter().flatten().collect()
}

/// Blanks that the identities force.
fn fills(report: &ReportScreen) -> Vec<Offer> {
    let fills = &report.suspects().fills;
    let offer = |title: Message, cells: &[(CellId, i64)]| {
        let label = words("补上能算出来的", "fill what the sums force");
        let transaction = cells
            .iter()
            .fold(Transaction::new(label), |step, (cell, to)| {
                step.cell(report.report(), *cell, Cell::Count(*to))
            });
        Offer {
            heading: Vec::new(),
            fix: Fix {
                title,
                sure: Sure::Certain,
                transaction,
            },
            site: cells
                .first()
                .map(|(cell, _)| report.form().path(*cell))
                .unwrap_or_default(),
        }
    };
    let mut offers = Vec::new();
    if fills.len() > 1 {
        let all = words(
            "能算出来的 {n} 个空格一次补上",
            "fill all {n} blanks that the sums force",
        )
        .with(vec![("n", fills.len().into())]);
        offers.push(offer(all, fills));
    }
    offers.extend(
        fills
            .iter()
            .map(|fill| offer(fill_words(report.form(), fill.0, fill.1), &[*fill])),
    );
    headed(
        offers,
        vec![
            words(
                "空格：勾稽只容得下一个数（确定）",
                "blanks with one possible number (certain)",
            )
            .into(),
        ],
    )
}

/// Readings of what is broken, under what is certain of them.
fn readings(report: &ReportScreen) -> Vec<Offer> {
    let form = report.form();
    let mut offers = Vec::new();
    for broken in &report.suspects().findings {
        let mut lines: Vec<Arg> = Vec::new();
        for (_, site) in &broken.lines {
            // A column may be broken in two ways.
            let line = line_words(form, site).into();
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        let mut heading = vec![
            words("{sure}：{table}，{lines}", "{sure}: {table}, {lines}").with(vec![
                ("sure", certainty_words(broken.certainty).into()),
                (
                    "table",
                    table_words(form, form.tables[broken.table].prefix).into(),
                ),
                ("lines", Arg::List(words("、", ", "), lines)),
            ]),
        ];
        heading.extend(broken.groups.first().map(|(said, _)| said.clone()));
        heading.extend(broken.aside.clone());
        heading.extend(broken.reach.clone());
        let site = broken
            .lines
            .first()
            .map(|(_, site)| site.path(form))
            .unwrap_or_default();
        let suspects = broken
            .suspects
            .iter()
            .map(|suspect| Offer {
                heading: Vec::new(),
                fix: Fix {
                    title: suspect.text.clone(),
                    sure: Sure::Guess,
                    transaction: suspect.transaction(report.report()),
                },
                site: site.clone(),
            })
            .collect();
        offers.extend(headed(suspects, heading));
    }
    offers
}

fn headed(mut offers: Vec<Offer>, heading: Vec<Message>) -> Vec<Offer> {
    if let Some(first) = offers.first_mut() {
        first.heading = heading;
    }
    offers
}

/// Shows the chosen fix in the matrix, or goes back to the list.
pub(super) fn preview(app: &mut App) {
    let Some(Overlay::Fixes {
        fixes,
        chosen,
        preview,
    }) = &mut app.overlay
    else {
        return;
    };
    let back = preview.take();
    let fix = fixes
        .get(*chosen)
        .map(|offer| offer.fix.transaction.clone());
    let Screen::Report(report) = &mut app.screen else {
        return;
    };
    if let Some(back) = back {
        if let Some(cell) = back.back {
            report.go_to(cell);
        }
        return;
    }
    let Some(step) = fix else { return };
    let cells: Vec<(CellId, String)> = step
        .ops
        .iter()
        .filter_map(|op| match op {
            Op::SetCell { cell, to, .. } => Some((*cell, to.text().into_owned())),
            _ => None,
        })
        .collect();
    let Some((first, _)) = cells.first() else {
        return;
    };
    let mut after = Document::new(report.report().clone());
    if after.apply(step).is_err() {
        return;
    }
    *preview = Some(Preview {
        errors: check(&Input {
            blanks: report.blanks(),
            profile: &report.profile,
            ..Input::of(after.report(), &Texts::of(after.report()))
        })
        .counts()
        .errors,
        back: report.cursor(),
        cells: cells.clone(),
    });
    report.go_to(*first);
}

/// Applies a fix as one undo step and says what became of the counts.
pub(super) fn apply(app: &mut App, chosen: usize, effects: &mut Vec<Effect>) {
    let Some(Overlay::Fixes { fixes, .. }) = app.overlay.take() else {
        return;
    };
    let Some(offer) = fixes.into_iter().nth(chosen) else {
        return;
    };
    let fix = offer.fix;
    if super::refuse_read_only(app) {
        return;
    }
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
            "错误 {a}->{b}，提醒 {c}->{d}。已改：{what}",
            "errors {a}->{b}, warnings {c}->{d}. Done: {what}",
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

/// Keeps the problem under the cursor as a question for the return note.
///
/// In the list it is the chosen one.
pub(super) fn ask_here(app: &mut App, effects: &mut Vec<Effect>) {
    let meant = super::explain::problem_meant(app);
    let Some(report) = app.report() else { return };
    let Some(problem) = meant.map(|at| &report.findings.problems[at]) else {
        app.notice = Some(
            words(
                "这里没有问题可以写进退回意见；F8 到下一处",
                "no problem here to ask about; F8 goes to the next",
            )
            .into(),
        );
        return;
    };
    let site = problem.site.path(report.form());
    let text = problem.message().text(app.look.lang);
    ask(app, site, text, effects);
}

/// Keeps the chosen reading as a question for the return note.
pub(super) fn ask_chosen(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(Overlay::Fixes { fixes, chosen, .. }) = &app.overlay else {
        return;
    };
    let Some(offer) = fixes.get(*chosen) else {
        return;
    };
    let (site, text) = (offer.site.clone(), offer.fix.title.text(app.look.lang));
    ask(app, site, text, effects);
}

/// A question asked twice is taken back.
fn ask(app: &mut App, site: String, text: String, effects: &mut Vec<Effect>) {
    if super::refuse_read_only(app) {
        return;
    }
    let Some(report) = app.report_mut() else {
        return;
    };
    let question = Question { site, text };
    let questions = report.report().questions();
    let asked = questions.iter().position(|known| *known == question);
    let (at, from, to) = match asked {
        Some(at) => (at, Some(question), None),
        None => (questions.len(), None, Some(question)),
    };
    let kept = to.is_some();
    let label = if kept {
        words("记为待核实", "keep a question")
    } else {
        words("去掉待核实", "drop a question")
    };
    let step = Transaction::new(label).question(at, from, to);
    report.change(Change::Apply(step), effects);
    app.notice = Some(if kept {
        words(
            "记为待核实，随文件保存，写进退回意见；再按 F9 去掉",
            "kept as a question, saved with the file; F9 again drops it",
        )
        .into()
    } else {
        words("不再待核实", "the question was dropped").into()
    });
}
