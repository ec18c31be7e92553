//! The way through the report: from one thing worth a stop to the next.
//!
//! Stops are errors and warnings, and cells that a reader or a paste was unsure of.
//!
//! **Never:** stops at what was explained.
//! Next: `panels::problems`, which lists them.

use super::head::FIELDS;
use super::{Page, ReportScreen};
use crate::base::words::words;
use crate::check::diff::Place;
use crate::check::{Problem, Severity, Site};
use crate::form::CellId;
use crate::model::HeadField;
use crate::tui::turn::Cx;

impl ReportScreen {
    /// Goes to where something changed; false where that is nowhere.
    pub(in crate::tui) fn go_to_place(&mut self, place: &Place) -> bool {
        match place {
            Place::Cell(cell) => self.go_to(*cell),
            Place::Head(field) => self.go_to_field(*field),
            Place::Text(text, at) => self.go_to_text(*text, *at),
            Place::Heading(Some(text)) => {
                let tables = self.form().section(*text).tables;
                self.show(if tables.is_empty() {
                    Page::Text(*text)
                } else {
                    Page::Matrix(tables)
                });
            }
            Place::Heading(None) | Place::Remark(_) | Place::Question(_) => return false,
        }
        true
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
    FIELDS
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

pub(in crate::tui) fn step(report: &mut ReportScreen, cx: &mut Cx<'_>, forward: bool) {
    let stops = stops(report);
    if stops.is_empty() {
        cx.say(words("没有错误和提醒了", "no errors or warnings left"));
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
        Some(Stop::Problem(index)) => go(report, cx, index),
        Some(Stop::Unsure(cell)) => go_to_unsure(report, cx, cell),
        None => {}
    }
}

/// Goes to a cell that something unsure concerns, and says it.
pub(in crate::tui) fn go_to_unsure(report: &mut ReportScreen, cx: &mut Cx<'_>, cell: CellId) {
    report.go_to(cell);
    report.visited = Some(("", Site::Cell(cell)));
    let unsure = report.unsure();
    let here = unsure.iter().filter(|unsure| unsure.cell == Some(cell));
    let seen: Vec<_> = here.map(|unsure| unsure.note.clone()).collect();
    report.seen.extend(seen);
    *cx.notice = report.unsure_words(cell);
}

/// Goes to a problem by its place among the findings, and says it.
fn go(report: &mut ReportScreen, cx: &mut Cx<'_>, index: usize) {
    if let Some(problem) = report.findings.problems.get(index).cloned() {
        go_to(report, cx, &problem);
    }
}

/// Goes to a problem and says it.
pub(in crate::tui) fn go_to(report: &mut ReportScreen, cx: &mut Cx<'_>, problem: &Problem) {
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
    let stands_there = report.problem_here().is_some_and(|here| here == problem);
    if !stands_there {
        cx.say(problem.message());
    }
}
