//! 退回意见, the return note: a short text for a chat message to who sent it.
//!
//! ```text
//! 退回意见：西城区民政局 2024 年度报告
//! 错误 2 处，提醒 1 处，请改后重报。
//!
//! 1. 错误：表三 自然人列：各项结果相加 8，（七）总计写 7，少写 1
//!    怎么改：核对本列各项结果或（七）
//!
//! 可能的原因：
//! - 有 1 件归错了列，……
//!
//! 请核实：
//! 1. ……
//! ```
//! **Never:** names a file, a person, a key or a code: it is for somebody who
//! may not have the program.
//! Next: `full` for the whole account.

use std::cmp::Reverse;

use crate::base::words::{Lang, Message, Words, words};
use crate::check::{Problem, asked};
use crate::model::Question;

use super::{Checked, LIKELY, faults, likely, push_line, said};

/// Name of the note, in its title and in names of files.
pub const NAME: Words = words("退回意见", "return note");

/// Faults named in one note: a chat message is read to its end only if short.
const MOST: usize = 20;

/// The note on a report; every line is ended.
#[must_use]
pub fn note(checked: &Checked, lang: Lang) -> String {
    let mut out = String::new();
    push_line(&mut out, &title(checked).text(lang));
    let mut faults: Vec<&Problem> = faults(checked).collect();
    faults.sort_by_key(|problem| Reverse(problem.severity()));
    push_line(&mut out, &verdict(checked).text(lang));
    if !faults.is_empty() {
        out.push('\n');
    }
    for (index, problem) in faults.iter().take(MOST).enumerate() {
        fault(&mut out, index + 1, problem, lang);
    }
    if faults.len() > MOST {
        let more = words("另有 {n} 处没有列出。", "{n} more are not listed.");
        let more = more.with(vec![("n", (faults.len() - MOST).into())]);
        push_line(&mut out, &more.text(lang));
    }
    causes(&mut out, checked, lang);
    questions(&mut out, checked, &faults, lang);
    out
}

fn title(checked: &Checked) -> Message {
    let head = checked.report.head();
    let body = match head.body.as_str() {
        "" => words("（没有写机关名称）", "(body not named)").into(),
        body => body.into(),
    };
    let args = vec![("name", NAME.into()), ("body", body)];
    match head.year {
        Some(year) => words(
            "{name}：{body} {year} 年度报告",
            "Return note: {body}, annual report {year}",
        )
        .with([args, vec![("year", i64::from(year).into())]].concat()),
        None => words(
            "{name}：{body}年度报告",
            "Return note: {body}, annual report",
        )
        .with(args),
    }
}

fn verdict(checked: &Checked) -> Message {
    let counts = checked.findings.counts();
    let apart = counts.apart(words("；", "; "));
    if counts.errors + counts.warnings + counts.beside == 0 {
        return if counts.missing > 0 {
            words(
                "还没有填完，缺 {n} 格。",
                "It is not finished: {n} cells are missing.",
            )
            .with(vec![("n", counts.missing.into())])
        } else {
            words(
                "没有发现要退回改的问题{apart}。",
                "Nothing was found that needs correcting{apart}.",
            )
            .with(vec![("apart", apart.into())])
        };
    }
    words(
        "错误 {e} 处，提醒 {w} 处{apart}，请改后重报。",
        "Errors: {e}, warnings: {w}{apart}. Please correct them and send the report again.",
    )
    .with(vec![
        ("e", counts.errors.into()),
        ("w", counts.warnings.into()),
        ("apart", apart.into()),
    ])
}

fn fault(out: &mut String, number: usize, problem: &Problem, lang: Lang) {
    let (said, next) = said(problem, lang);
    push_line(out, &format!("{number}. {said}"));
    if let Some(next) = next {
        push_line(out, &format!("   {next}"));
    }
}

/// What could have happened: the best reading of everything that is broken.
fn causes(out: &mut String, checked: &Checked, lang: Lang) {
    let likely = likely(checked, lang);
    if likely.is_empty() {
        return;
    }
    out.push('\n');
    push_line(out, LIKELY.get(lang));
    for said in likely {
        push_line(out, &format!("- {said}"));
    }
}

/// The questions that were kept; one about a fault named above is not asked twice.
fn questions(out: &mut String, checked: &Checked, faults: &[&Problem], lang: Lang) {
    let problems = &checked.findings.problems;
    let is_named = |about: Option<usize>| {
        let mut named = faults.iter().take(MOST);
        about.is_some_and(|about| named.any(|fault| **fault == problems[about]))
    };
    let about = asked(checked.report, problems);
    let asked = checked.report.questions().iter().zip(about);
    let asked: Vec<&Question> = asked
        .filter(|(_, about)| !is_named(*about))
        .map(|(question, _)| question)
        .collect();
    if asked.is_empty() {
        return;
    }
    out.push('\n');
    push_line(out, words("请核实：", "Please look into:").get(lang));
    for (index, question) in asked.into_iter().enumerate() {
        push_line(out, &format!("{}. {}", index + 1, question.text));
    }
}

#[cfg(test)]
mod tests {
    use super::super::next_step;
    use super::*;
    use crate::check::RULES;

    #[test]
    fn what_to_do_next_names_no_key_and_no_command() {
        for lang in Lang::ALL {
            let steps = RULES.iter().filter_map(|rule| next_step(rule, lang));
            for step in steps {
                let speaks_of_us = step.contains("gouji")
                    || (1..=12).any(|number| step.contains(&format!("F{number}")))
                    || ["Esc", "Ctrl"].iter().any(|key| step.contains(key));
                assert!(!speaks_of_us, "{step}");
            }
        }
    }
}
