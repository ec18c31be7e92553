//! Floor 3: judging. A report goes in, problems come out, all of it each time.
//!
//! **Never:** changes a report (a fix only *builds* a transaction), does I/O, or
//! keeps anything between two calls but what the caller holds ([`Texts`]).
//! Next: `rules` for what is declared, `judge` for identities against cells.

mod beside;
mod cells;
mod compare;
mod context;
mod customs;
pub mod diff;
mod differing;
mod fact;
mod facts;
mod fees;
mod head;
pub mod judge;
mod parts;
pub mod problem;
pub mod profile;
mod prose;
pub mod readings;
mod remark;
mod residue;
pub mod rollup;
pub mod rule;
pub mod rules;
mod sections;
mod shares;
mod sums;
pub mod suspect;
mod tables;
mod template;
mod texts;

pub use beside::{Due, due, last_values};
pub use cells::pieces;
pub use context::{Beside, Check, Input, Part, Written};
pub use fact::{Entry, Fact, FactCounts, Reading};
pub use judge::{Blanks, Judged, Typing, Verdict};
pub use problem::{Counts, Fix, Problem, Site, Sure};
pub use profile::Profile;
pub use prose::number::Unit;
pub use remark::{ProblemId, asked};
pub use rule::{About, Rule, Severity};
pub use rules::{RULES, rule};
pub use texts::Texts;

use rules::Test;

use crate::base::words::Message;
use crate::model::Report;

/// What was found in a report, and the verdicts behind it.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The problems in the form's order, causes before consequences.
    pub problems: Vec<Problem>,
    /// Every identity judged.
    pub judged: Judged,
    /// The numbers of the prose, in the order of reading.
    pub facts: Vec<Fact>,
    /// What the profile silences, in the same order.
    pub silenced: Vec<Problem>,
    /// Blank entry cells of tables that are still being keyed.
    pub missing: usize,
    /// What of last year's report has no partner in this one, and the like.
    pub asides: Vec<Message>,
}

impl Findings {
    /// How many of each kind: the same for every face that shows them.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts {
            missing: self.missing,
            ..Counts::of(&self.problems)
        }
    }

    /// Takes all explanations off the problems.
    pub fn ignore_remarks(&mut self) {
        for problem in &mut self.problems {
            problem.explanation = None;
        }
    }
}

/// Judges a report by itself, by all rules at their usual severities.
#[must_use]
pub fn alone(report: &Report, blanks: Blanks) -> Findings {
    check(&Input {
        blanks,
        ..Input::of(report, &Texts::of(report))
    })
}

/// What the rules of words find, in the order of the rules.
fn of_words<'a>(report: &Report, texts: &'a Texts) -> &'a [Problem] {
    texts.problems(|| {
        let written = Written { report, texts };
        let mut problems = Vec::new();
        for entry in RULES {
            if let Test::Words(test) = entry.test {
                test(&written, entry.rule, &mut problems);
            }
        }
        problems
    })
}

/// Gives problems the severities of a profile, and takes out what it silences.
fn silence(profile: &Profile, problems: &mut Vec<Problem>) -> Vec<Problem> {
    let mut silenced = Vec::new();
    if !profile.levels.is_empty() {
        problems.retain_mut(|problem| match profile.level(problem.rule) {
            None => true,
            Some(level) => {
                if let Some(severity) = level.severity {
                    problem.severity = severity;
                } else {
                    silenced.push(problem.clone());
                }
                level.severity.is_some()
            }
        });
    }
    silenced
}

/// Judges a report by all rules.
#[must_use]
pub fn check(input: &Input) -> Findings {
    let &Input {
        report,
        texts,
        blanks,
        typing,
        beside,
        profile,
    } = input;
    let mut judged = Judged::of(report, blanks);
    if let Some(typing) = typing {
        judged.leave_open(report, typing);
    }
    let mut asides = Vec::new();
    let remapped = beside::last_in(report.form(), beside.last, &mut asides);
    let last = remapped.as_ref().or(beside.last);
    let facts = facts::of(texts, report, &judged, last);
    let context = Check {
        report,
        judged: &judged,
        blanks,
        facts: &facts,
        profile,
    };
    let beside = Beside { last, ..beside };
    let mut problems = Vec::new();
    tables::identities(&context, &mut problems);
    let mut written = of_words(report, texts).iter().peekable();
    for entry in RULES {
        let rule = entry.rule;
        match entry.test {
            Test::Identities => {}
            Test::Words(_) => problems.extend(
                std::iter::from_fn(|| written.next_if(|problem| problem.rule.code == rule.code))
                    .cloned(),
            ),
            Test::Code(test) => test(&context, rule, &mut problems),
            Test::Beside(test) => test(&context, &beside, rule, &mut problems),
        }
    }
    problem::sort(report.form(), &mut problems);
    let silenced = silence(profile, &mut problems);
    problem::tell_apart(&mut problems);
    remark::attach(report, &mut problems);
    Findings {
        problems,
        missing: tables::missing(report, blanks),
        judged,
        facts,
        silenced,
        asides,
    }
}
