//! Explanations (出错说明): writing, changing and removing why a problem may stand.
//!
//! **Never:** writes into a read-only report; drops an explanation unasked.
//! Next: `check::problem` for what becomes of it.

use super::ReportScreen;
use crate::base::words::words;
use crate::check::{Problem, ProblemId};
use crate::model::{Change, Remark, Transaction};
use crate::tui::line_edit::LineEdit;
use crate::tui::turn::{Cx, Next, Purpose};

/// Most characters of an explanation.
const LONGEST: usize = 1000;

/// Asks why a problem may stand: one that was named, else the one here.
pub(in crate::tui) fn ask(
    report: &mut ReportScreen,
    cx: &mut Cx<'_>,
    named: Option<usize>,
) -> Next {
    let here = || report.place_meant();
    let Some(index) = named.or_else(here) else {
        return nothing(cx);
    };
    if report.refuses(cx) {
        return Next::Stay;
    }
    report.leave_cell();
    let problem = &report.findings.problems[index];
    let text = problem
        .remark(report.report())
        .map_or(String::new(), |remark| remark.text.clone());
    Next::Type(Purpose::Remark(index), LineEdit::new(&text))
}

/// Says that there is nothing to explain.
pub(in crate::tui) fn nothing(cx: &mut Cx<'_>) -> Next {
    cx.say(words(
        "这里没有要说明的问题；F8 到下一处，F5 看全部",
        "no problem here to explain; F8 goes to the next, F5 lists all",
    ));
    Next::Stay
}

/// Keeps what was typed; nothing typed removes the explanation. False if it can't be
/// taken as it is.
pub(in crate::tui) fn keep(
    report: &mut ReportScreen,
    cx: &mut Cx<'_>,
    index: usize,
    text: &str,
) -> bool {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        cx.say(
            words(
                "说明太长：最多 {n} 个字",
                "too long: at most {n} characters",
            )
            .with(vec![("n", LONGEST.into())]),
        );
        return false;
    }
    // Who types numbers may not have seen that a reason is asked for.
    if !text.is_empty() && !text.chars().any(char::is_alphabetic) {
        cx.say(words(
            "这里写理由，不是数；不写按 Esc 回到表里",
            "a reason is asked for, no number; Esc goes back without one",
        ));
        return false;
    }
    let by = cx.prefs.user.clone();
    let Some(problem) = report.findings.problems.get(index).cloned() else {
        return true;
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
        return true;
    }
    let said = match (&new, problem.severity()) {
        (None, _) => words(
            "说明删去了，这一处重新算问题",
            "the explanation was removed; the problem counts again",
        ),
        (Some(_), crate::check::Severity::Error) => words(
            "说明记下了；错误仍然算错误，随文件一起走",
            "explained; an error still counts, but the reason travels with the file",
        ),
        (Some(_), _) => words(
            "说明记下了，这一处不再算提醒；数一变就重新提醒",
            "explained: it no longer counts until one of its numbers changes",
        ),
    };
    let at = problem
        .explanation
        .as_ref()
        .map_or(report.report().remarks().len(), |found| found.at);
    let label =
        words("说明 {code}", "explain {code}").with(vec![("code", problem.rule.code.into())]);
    let follows = report.follows_carried(&problem);
    let follows = follows.filter(|_| old.is_none() && new.is_some());
    let mut step = Transaction::new(label).remark(at, old, new);
    if let Some(total) = follows {
        let remark = ProblemId::of(report.report(), &total).explained(text, &by);
        step = step.remark(at + 1, None, Some(remark));
    }
    report.change(Change::Apply(step), cx.effects);
    cx.say(said);
    true
}

/// Takes out explanations whose problems are gone, as one undo step.
pub(in crate::tui) fn drop_unused(report: &mut ReportScreen, cx: &mut Cx<'_>) {
    if report.refuses(cx) {
        return;
    }
    let label = words("删去用不着的说明", "remove unused explanations");
    let mut step = Transaction::new(label);
    let remarks = report.report().remarks();
    for at in report.unused_remarks().into_iter().rev() {
        step = step.remark(at, Some(remarks[at].clone()), None);
    }
    let count = step.ops.len();
    report.change(Change::Apply(step), cx.effects);
    cx.say(words("删去了 {n} 条说明", "{n} explanations removed").with(vec![("n", count.into())]));
}

impl ReportScreen {
    /// Places of the explanations whose problems are gone.
    pub(in crate::tui) fn unused_remarks(&self) -> Vec<usize> {
        let problems = self.findings.problems.iter();
        let used: Vec<usize> = problems
            .filter_map(|problem| Some(problem.explanation.as_ref()?.at))
            .collect();
        let all = 0..self.report().remarks().len();
        all.filter(|at| !used.contains(at)).collect()
    }

    /// The place among the findings of the problem that a person means.
    #[must_use]
    pub(in crate::tui) fn place_meant(&self) -> Option<usize> {
        let problem = self.problem_meant()?;
        self.findings.problems.iter().position(|p| p == problem)
    }

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
