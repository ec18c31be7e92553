//! 出错说明: writing, changing and removing why a problem may stand; and filling
//! a table with 0.
//!
//! **Never:** writes into a read-only report; drops an explanation unasked.
//! Next: `check::remark` for what becomes of it.

use crate::base::words::words;
use crate::check::problem::table_words;
use crate::check::{Problem, ProblemId};
use crate::model::{Cell, Change, Remark, Transaction};
use crate::tui::app::{App, Overlay};
use crate::tui::input::Effect;
use crate::tui::line_edit::LineEdit;
use crate::tui::panels::ask::Ask;
use crate::tui::problem_list;
use crate::tui::prompt::Prompt;
use crate::tui::report::ReportScreen;
use crate::tui::turn::{Purpose, Question};

/// Most characters of an explanation.
const LONGEST: usize = 1000;

/// Asks why the problem here, or the one chosen in the list, may stand.
pub(super) fn ask(app: &mut App) {
    let Some(index) = problem_meant(app) else {
        app.notice = Some(
            words(
                "这里没有要说明的问题；F8 到下一处，F5 看全部",
                "no problem here to explain; F8 goes to the next, F5 lists all",
            )
            .into(),
        );
        return;
    };
    if super::refuse_read_only(app) {
        return;
    }
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    let problem = &report.findings.problems[index];
    let text = problem
        .remark(report.report())
        .map_or(String::new(), |remark| remark.text.clone());
    app.overlay = Some(Overlay::Prompt(Prompt::new(
        Purpose::Remark(index),
        LineEdit::new(&text),
    )));
}

/// The problem a person means: chosen in the list, last gone to, or here.
pub(super) fn problem_meant(app: &App) -> Option<usize> {
    let report = app.report()?;
    let problem = match &app.overlay {
        Some(Overlay::Problems { chosen }) => problem_list::problem_at(app, report, *chosen)?,
        _ => report.problem_meant()?,
    };
    report.findings.problems.iter().position(|p| p == problem)
}

/// Keeps what was typed; nothing typed removes the explanation.
pub(super) fn keep(app: &mut App, index: usize, text: &str, effects: &mut Vec<Effect>) {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        app.notice = Some(
            words(
                "说明太长：最多 {n} 个字",
                "too long: at most {n} characters",
            )
            .with(vec![("n", LONGEST.into())]),
        );
        return;
    }
    app.overlay = None;
    let by = app.prefs.user.clone();
    let Some(report) = app.report_mut() else {
        return;
    };
    let Some(problem) = report.findings.problems.get(index).cloned() else {
        return;
    };
    let old = problem.remark(report.report()).cloned();
    let new =
        (!text.is_empty()).then(|| ProblemId::of(report.report(), &problem).explained(text, &by));
    let same = |a: &Remark, b: &Remark| a.text == b.text && a.numbers == b.numbers;
    let unchanged = match (&old, &new) {
        (None, None) => true,
        (Some(old), Some(new)) => same(old, new),
        _ => false,
    };
    if unchanged {
        return;
    }
    let said = match (&new, problem.severity()) {
        (None, _) => words(
            "说明删去了，这一处重新算问题",
            "the explanation is removed; the problem counts again",
        ),
        (Some(_), crate::check::Severity::Error) => words(
            "说明记下了；错误仍然算错误，随文件一起走",
            "explained; an error still counts, the reason travels with the file",
        ),
        (Some(_), _) => words(
            "说明记下了，这一处不再算提醒；数一变就重新提醒",
            "explained: it counts no more until one of its numbers changes",
        ),
    };
    let at = problem
        .explanation
        .as_ref()
        .map_or(report.report().remarks().len(), |found| found.at);
    let label =
        words("说明 {code}", "explain {code}").with(vec![("code", problem.rule.code.into())]);
    let step = Transaction::new(label).remark(at, old, new);
    report.change(Change::Apply(step), effects);
    app.notice = Some(said.into());
}

/// Takes out explanations whose problems are gone, as one undo step.
pub(super) fn drop_unused(app: &mut App, effects: &mut Vec<Effect>) {
    if super::refuse_read_only(app) {
        return;
    }
    let Some(report) = app.report_mut() else {
        return;
    };
    let used: Vec<usize> = report
        .findings
        .problems
        .iter()
        .filter_map(|problem| Some(problem.explanation.as_ref()?.at))
        .collect();
    let label = words("删去用不着的说明", "remove unused explanations");
    let mut step = Transaction::new(label);
    let remarks = report.report().remarks();
    for (at, remark) in remarks.iter().enumerate().rev() {
        if !used.contains(&at) {
            step = step.remark(at, Some(remark.clone()), None);
        }
    }
    let count = step.ops.len();
    report.change(Change::Apply(step), effects);
    app.notice = Some(
        words("删去了 {n} 条说明", "{n} explanations removed").with(vec![("n", count.into())]),
    );
}

/// Fills the tables shown with 0; asks first if something stands in them.
pub(super) fn zero_table(app: &mut App, effects: &mut Vec<Effect>) {
    if super::refuse_read_only(app) {
        return;
    }
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    let Some((_, prefix)) = report.matrix() else {
        return;
    };
    let form = report.form();
    let filled = form
        .tables_of(prefix)
        .flat_map(|table| form.tables[table].cells())
        .filter(|cell| !report.report().cell(*cell).is_blank())
        .count();
    if filled == 0 {
        write_zeros(app, true, effects);
    } else {
        app.overlay = Some(Overlay::Ask(Ask::new(Question::ZeroTable(filled))));
    }
}

/// Writes 0 into the blank cells of the tables shown, or into all.
///
/// Blank totals become the sums of their parts in keying mode and where the whole
/// table becomes 0; elsewhere they are the paper's to say.
pub(super) fn write_zeros(app: &mut App, all: bool, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let Some((_, prefix)) = report.matrix() else {
        return;
    };
    let form = report.form();
    let label = words("{table}填 0", "fill {table} with 0")
        .with(vec![("table", table_words(form, prefix).into())]);
    let mut cells = report.report().cells().to_vec();
    let inside = || {
        form.tables_of(prefix)
            .flat_map(|table| form.tables[table].cells())
    };
    let is_zero = |cell: &Cell| cell.count() == Some(0);
    for cell in inside() {
        let blank = cells[cell.index()].is_blank() && !form.is_total(cell);
        if all && !is_zero(&cells[cell.index()]) || blank {
            cells[cell.index()] = Cell::of(0, form.kind(cell));
        }
    }
    let identities = form.identities();
    for total in identities.totals() {
        if report.is_keying() && cells[total.cell.index()].is_blank() {
            let parts = identities.parts(&identities.all()[total.identity]);
            let sum: Option<i64> = parts.iter().map(|part| cells[part.index()].count()).sum();
            cells[total.cell.index()] = sum.map_or(Cell::Blank, Cell::Count);
        }
    }
    let step = inside().fold(Transaction::new(label), |step, cell| {
        step.cell(report.report(), cell, cells[cell.index()].clone())
    });
    let count = step.ops.len();
    report.change(Change::Apply(step), effects);
    app.notice = Some(
        words(
            "填了 {n} 格；Ctrl+Z 撤销",
            "{n} cells filled; Ctrl+Z undoes",
        )
        .with(vec![("n", count.into())]),
    );
}

impl ReportScreen {
    /// The problem to explain: the one last gone to if the cursor is still
    /// there, else the one here.
    #[must_use]
    pub(in crate::tui) fn problem_meant(&self) -> Option<&Problem> {
        let visited = self.visited.as_ref().and_then(|(code, site)| {
            self.findings
                .problems
                .iter()
                .find(|problem| problem.rule.code == *code && problem.site == *site)
        });
        let is_here = |problem: &&Problem| match problem.cell {
            Some(cell) => self.cursor() == Some(cell),
            None => problem
                .site
                .section(self.form())
                .is_none_or(|text| text == self.section()),
        };
        visited.filter(is_here).or_else(|| self.problem_here())
    }
}
