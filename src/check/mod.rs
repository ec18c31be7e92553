//! Floor 3: judging. A report goes in, problems come out, all of it each time.
//!
//! **Never:** changes a report (a fix only *builds* a transaction), does I/O, or
//! keeps anything between two calls.
//! Next: `rules` for what is declared, `judge` for identities against cells.

mod cells;
mod head;
pub mod judge;
pub mod problem;
pub mod readings;
pub mod rules;
pub mod suspect;
mod tables;

pub use judge::{Blanks, Judged, Typing, Verdict};
pub use problem::{Counts, Fix, Problem, Site, Sure};
pub use rules::{RULES, Rule, Severity, rule};

use crate::model::Report;

/// What was found in a report, and the verdicts behind it.
#[derive(Debug)]
pub struct Findings {
    /// The problems in the form's order, causes before consequences.
    pub problems: Vec<Problem>,
    /// Every identity judged.
    pub judged: Judged,
}

impl Findings {
    /// How many of each severity.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(&self.problems)
    }
}

/// What a rule's code may look at.
pub struct Check<'a> {
    report: &'a Report,
    judged: &'a Judged,
    blanks: Blanks,
}

/// Judges a report by all rules.
///
/// `typing` names the cell whose number is not finished yet: identities that
/// its next digits may still fulfil are left open.
#[must_use]
pub fn check(report: &Report, blanks: Blanks, typing: Option<&Typing>) -> Findings {
    let mut judged = Judged::of(report, blanks);
    if let Some(typing) = typing {
        judged.leave_open(report, typing);
    }
    let context = Check {
        report,
        judged: &judged,
        blanks,
    };
    let mut problems = Vec::new();
    tables::identities(&context, &mut problems);
    for rule in RULES {
        if let rules::Test::Code(test) = rule.test {
            test(&context, rule, &mut problems);
        }
    }
    problem::sort(report.form(), &mut problems);
    Findings { problems, judged }
}
