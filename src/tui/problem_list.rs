//! What the list of problems holds: problems, explained ones apart, what the
//! profile silences, what was held against what, notes of the reader.
//!
//! **Never:** draws; hides a problem.
//! Next: `view::lists`, which draws it; `update::overlays`, which walks it.

use crate::base::words::{Words, words};
use crate::check::problem::table_words;
use crate::check::{Problem, Site, Verdict};
use crate::form::CellId;
use crate::paper::unplaced_lines;
use crate::tui::app::App;
use crate::tui::report::ReportScreen;

/// A line of the list that a cursor can stand on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A problem by its place among the findings.
    Problem(usize),
    /// A silenced problem by its place among the silenced.
    Silenced(usize),
    /// Something unsure in what was read or pasted, by its place among all of it.
    Unsure(usize),
    /// Something to read.
    Text(String),
}

/// The lines of the list, from top to bottom.
pub(super) fn rows(app: &App, report: &ReportScreen) -> Vec<Row> {
    let findings = &report.findings;
    let problems = by_severity(&findings.problems)
        .into_iter()
        .map(Row::Problem);
    let silenced = (0..findings.silenced.len()).map(Row::Silenced);
    let banner = report.banner().map(|banner| banner.text(app.look.lang));
    let banner = banner.into_iter().map(Row::Text);
    let unsure = (0..report.unsure().len()).map(Row::Unsure);
    let texts = tail(app, report).into_iter().map(Row::Text);
    let read = banner.chain(unsure);
    problems.chain(silenced).chain(read).chain(texts).collect()
}

/// The problem on a line of the list.
pub(super) fn problem_at<'a>(
    app: &App,
    report: &'a ReportScreen,
    at: usize,
) -> Option<&'a Problem> {
    match rows(app, report).get(at)? {
        Row::Problem(index) => report.findings.problems.get(*index),
        Row::Silenced(index) => report.findings.silenced.get(*index),
        Row::Unsure(_) | Row::Text(_) => None,
    }
}

/// The cell that a line of the list speaks of without a problem.
pub(super) fn cell_at(app: &App, report: &ReportScreen, at: usize) -> Option<CellId> {
    match rows(app, report).get(at)? {
        Row::Unsure(index) => report.unsure().get(*index)?.cell,
        _ => None,
    }
}

/// What stands over a line of the list, where a new kind of lines begins.
pub(super) fn heading(report: &ReportScreen, rows: &[Row], at: usize) -> Option<Words> {
    let kind = |row: &Row| match row {
        Row::Problem(index) => u8::from(report.findings.problems[*index].is_settled()),
        Row::Silenced(_) => 2,
        Row::Unsure(_) | Row::Text(_) => 3,
    };
    let here = kind(&rows[at]);
    let before = at.checked_sub(1).map(|before| kind(&rows[before]));
    if before == Some(here) {
        return None;
    }
    match here {
        1 => Some(words("已说明：", "explained:")),
        2 => Some(words("按配置不再提醒：", "silenced by the profile:")),
        _ => None,
    }
}

/// What stands under a problem: the reason why it may stand, or all that it is about.
pub(super) fn reason(app: &App, report: &ReportScreen, problem: &Problem) -> Option<String> {
    let lang = app.look.lang;
    if let Some(remark) = problem.remark(report.report()) {
        let said = if problem.is_explained() {
            words("说明：{text}（{by}）", "explained: {text} ({by})")
        } else {
            words(
                "原说明（数变了，请再看）：{text}（{by}）",
                "explained before its numbers changed: {text} ({by})",
            )
        };
        let args = vec![
            ("text", remark.text.as_str().into()),
            ("by", remark.by.as_str().into()),
        ];
        return Some(said.with(args).text(lang));
    }
    if matches!(problem.site, Site::Source(_)) {
        let pieces = unplaced_lines(report.report(), lang);
        return Some(pieces.join(words("；", "; ").get(lang)));
    }
    None
}

/// The reason the profile gives for silencing a problem.
pub(super) fn silence(app: &App, problem: &Problem) -> Option<String> {
    let level = app.prefs.profile.level(problem.rule)?;
    Some(format!("{}  {}", level.since, level.reason))
}

/// What can be read under the problems.
fn tail(app: &App, report: &ReportScreen) -> Vec<String> {
    let mut lines = checked(app, report);
    let used: Vec<usize> = report
        .findings
        .problems
        .iter()
        .filter_map(|problem| Some(problem.explanation.as_ref()?.at))
        .collect();
    let unused = report.report().remarks().len() - used.len();
    if unused > 0 {
        let said = words(
            "有 {n} 条说明，所说的问题已经没有了",
            "{n} explanations speak of problems that are gone",
        );
        lines.push(said.with(vec![("n", unused.into())]).text(app.look.lang));
    }
    lines.extend(app.prefs.notes.iter().map(|note| note.text(app.look.lang)));
    lines
}

/// What was checked: sums of each table that hold, numbers of the prose that
/// agree; and what was not.
fn checked(app: &App, report: &ReportScreen) -> Vec<String> {
    let facts = &report.findings.facts;
    let count = |agrees| facts.iter().filter(|fact| fact.agrees == agrees).count();
    let prose = words(
        "已核对：正文数字 {n} 处，对上 {m}，不符 {k}，没有可对照的 {o}",
        "checked: {n} numbers in sentences, {m} agree, {k} differ, {o} not compared",
    )
    .with(vec![
        ("n", facts.len().into()),
        ("m", count(Some(true)).into()),
        ("k", count(Some(false)).into()),
        ("o", count(None).into()),
    ]);
    let last_year = words(
        "未核对：没有去年的报告",
        "not checked: no report of last year",
    );
    let mut lines = tables(app, report);
    lines.extend((!facts.is_empty()).then(|| prose.text(app.look.lang)));
    lines.push(last_year.get(app.look.lang).to_owned());
    lines
}

/// Sums of each table that hold.
fn tables(app: &App, report: &ReportScreen) -> Vec<String> {
    let form = report.form();
    let judged = &report.findings.judged;
    form.prefixes()
        .into_iter()
        .filter_map(|prefix| {
            let verdicts: Vec<Verdict> = judged
                .identities()
                .all()
                .iter()
                .zip(judged.verdicts())
                .filter(|(identity, _)| form.tables[identity.table].prefix == prefix)
                .map(|(_, verdict)| *verdict)
                .collect();
            if verdicts.is_empty() {
                return None;
            }
            let hold = verdicts.iter().filter(|v| **v == Verdict::Holds).count();
            let open = verdicts
                .iter()
                .filter(|v| matches!(v, Verdict::Open { .. }))
                .count();
            Some(
                words(
                    "已核对：{table}勾稽 {n} 项，平 {m} 项，未定 {k} 项",
                    "checked: {table} has {n} sums, {m} hold, {k} open",
                )
                .with(vec![
                    ("table", table_words(form, prefix).into()),
                    ("n", verdicts.len().into()),
                    ("m", hold.into()),
                    ("k", open.into()),
                ])
                .text(app.look.lang),
            )
        })
        .collect()
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
