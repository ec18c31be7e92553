//! Questions kept for the return note.
//!
//! **Never:** keeps one twice: asked again it is taken back.
//! Next: `paper::return_note`, which writes them.

use super::ReportScreen;
use crate::base::words::words;
use crate::check::{ProblemId, asked};
use crate::model::{Change, Question, Transaction};
use crate::tui::turn::Cx;

/// Keeps a problem as a question: one that was named, else the one here.
pub(in crate::tui) fn ask_about(report: &mut ReportScreen, cx: &mut Cx<'_>, named: Option<usize>) {
    let meant = named.or_else(|| report.place_meant());
    let Some(meant) = meant else {
        cx.say(words(
            "这里没有问题可以写进退回意见；F8 到下一处",
            "no problem here to ask about; F8 goes to the next",
        ));
        return;
    };
    let problems = &report.findings.problems;
    let known = asked(report.report(), problems);
    let known = known.iter().position(|about| *about == Some(meant));
    let problem = &problems[meant];
    let text = problem.message().text(cx.look.lang);
    let question = ProblemId::of(report.report(), problem).asked(text);
    toggle(report, cx, known, question);
}

/// Keeps a suggestion as a question.
pub(in crate::tui) fn ask(report: &mut ReportScreen, cx: &mut Cx<'_>, site: String, text: String) {
    let question = Question {
        site,
        fault: None,
        text,
    };
    let mut questions = report.report().questions().iter();
    let known = questions.position(|known| *known == question);
    toggle(report, cx, known, question);
}

/// A question asked twice is taken back: the known one, where there is one.
fn toggle(report: &mut ReportScreen, cx: &mut Cx<'_>, known: Option<usize>, question: Question) {
    if report.refuses(cx) {
        return;
    }
    let questions = report.report().questions();
    let (at, from, to) = match known {
        Some(at) => (at, Some(questions[at].clone()), None),
        None => (questions.len(), None, Some(question)),
    };
    let kept = to.is_some();
    let label = if kept {
        words("记为待核实", "keep a question")
    } else {
        words("去掉待核实", "drop a question")
    };
    let step = Transaction::new(label).question(at, from, to);
    report.change(Change::Apply(step), cx.effects);
    cx.say(if kept {
        words(
            "记为待核实，随文件保存，写进退回意见；再按 F9 去掉",
            "kept as a question, saved with the file; F9 again drops it",
        )
    } else {
        words("不再待核实", "the question was dropped")
    });
}
