//! Floor 3: judging. A report goes in, problems come out, all of it each time.
//!
//! **Never:** changes a report (a fix only *builds* a transaction), does I/O, or
//! keeps anything between two calls but what the caller holds ([`Texts`]).
//! Next: `rules` for what is declared, `judge` for identities against cells.

mod cells;
mod customs;
mod facts;
mod fees;
mod head;
pub mod judge;
pub mod problem;
pub mod profile;
mod prose;
pub mod readings;
pub mod remark;
mod residue;
pub mod rules;
mod sections;
mod sums;
pub mod suspect;
mod tables;
mod texts;

pub use facts::{Entry, Fact, Reading};
pub use judge::{Blanks, Judged, Typing, Verdict};
pub use problem::{Counts, Fix, Problem, Site, Sure};
pub use profile::Profile;
pub use prose::number::Unit;
pub use rules::{RULES, Rule, Severity, rule};
pub use texts::Texts;

use rules::Test;

use crate::model::Report;

/// What was found in a report, and the verdicts behind it.
#[derive(Debug)]
pub struct Findings {
    /// The problems in the form's order, causes before consequences.
    pub problems: Vec<Problem>,
    /// Every identity judged.
    pub judged: Judged,
    /// The numbers of the prose, in the order of reading.
    pub facts: Vec<Fact>,
    /// What the profile silences, in the same order.
    pub silenced: Vec<Problem>,
}

impl Findings {
    /// How many of each severity.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(&self.problems)
    }

    /// Takes all explanations off the problems.
    pub fn ignore_remarks(&mut self) {
        for problem in &mut self.problems {
            problem.explanation = None;
        }
    }
}

/// What a rule's code may look at.
pub struct Check<'a> {
    report: &'a Report,
    judged: &'a Judged,
    blanks: Blanks,
    facts: &'a [Fact],
    profile: &'a Profile,
}

impl Check<'_> {
    /// The value of a threshold.
    fn limit(&self, threshold: &profile::Threshold) -> i64 {
        self.profile.limit(threshold)
    }
}

/// Judges a report by all rules at their usual severities.
#[must_use]
pub fn check(report: &Report, blanks: Blanks, typing: Option<&Typing>) -> Findings {
    check_under(report, blanks, typing, &Profile::default())
}

/// Judges a report by all rules, as grave as a profile takes them.
#[must_use]
pub fn check_under(
    report: &Report,
    blanks: Blanks,
    typing: Option<&Typing>,
    profile: &Profile,
) -> Findings {
    check_read(report, &Texts::of(report), blanks, typing, profile)
}

/// The same, where the texts of the report have been read before.
///
/// `typing` names the cell whose number is not finished yet: identities that
/// its next digits may still fulfil are left open.
#[must_use]
pub fn check_read(
    report: &Report,
    texts: &Texts,
    blanks: Blanks,
    typing: Option<&Typing>,
    profile: &Profile,
) -> Findings {
    let mut judged = Judged::of(report, blanks);
    if let Some(typing) = typing {
        judged.leave_open(report, typing);
    }
    let facts = facts::of(texts, report, &judged);
    let context = Check {
        report,
        judged: &judged,
        blanks,
        facts: &facts,
        profile,
    };
    let mut problems = Vec::new();
    tables::identities(&context, &mut problems);
    let mut written = texts.problems(report).iter().peekable();
    for rule in RULES {
        match rule.test {
            Test::Identities => {}
            Test::Words(_) => problems.extend(
                std::iter::from_fn(|| written.next_if(|problem| problem.rule.code == rule.code))
                    .cloned(),
            ),
            Test::Code(test) => test(&context, rule, &mut problems),
        }
    }
    problem::sort(report.form(), &mut problems);
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
    remark::attach(report, &mut problems);
    Findings {
        problems,
        judged,
        facts,
        silenced,
    }
}
