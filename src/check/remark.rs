//! What makes a problem the same one: for its explanation and for the questions asked
//! about it.
//!
//! An explanation belongs to a rule and a site, and was written for numbers; a question
//! of the return note is kept with the same three. The numbers of a problem are, by its
//! site:
//!
//! ```text
//! an identity's row or column   both sides of the identity
//! another row or column         its cells, as written
//! a cell                        the cell as written, then the counts of the sentence
//! a whole table                 the counts of the sentence
//! a field of the head           the field as written, then the counts
//! a section                     its headings as found, then the counts
//! bytes of a text               those bytes, then counts and quotations
//! a place in the source         counts and quotations
//! ```
//! While they are the same the explanation stands; once one differs the problem
//! is open again. Where in its text a sentence begins is none of its numbers.
//!
//! **Never:** silences an error; changes or drops an explanation or a question.
//! Next: `problem` for what carries the result.

use crate::base::words::{Arg, Lang};
use crate::model::{Fault, Question, Remark, Report};

use super::problem::{Explanation, Problem, Site};
use super::rule::About;

/// The identity of a problem: its rule, its place, its numbers. It stays the same after
/// an edit, in a file and in another language.
///
/// The offset in a text is no part of it, because it moves as the text is edited.
#[derive(Clone, Debug)]
pub struct ProblemId {
    /// Code of the rule.
    pub rule: String,
    /// Path of the place.
    pub site: String,
    /// The numbers, as printed.
    pub numbers: Vec<String>,
}

impl PartialEq for ProblemId {
    fn eq(&self, other: &Self) -> bool {
        self.is_at(other) && self.numbers == other.numbers
    }
}

impl Eq for ProblemId {}

impl ProblemId {
    /// The identity of a problem of a report.
    #[must_use]
    pub fn of(report: &Report, problem: &Problem) -> Self {
        ProblemId {
            rule: problem.rule.code.to_owned(),
            site: problem.site.path(report.form()),
            numbers: numbers(report, problem),
        }
    }

    /// The identity of the problem that an explanation was written for.
    #[must_use]
    pub fn of_remark(remark: &Remark) -> Self {
        ProblemId {
            rule: remark.rule.clone(),
            site: remark.site.clone(),
            numbers: remark.numbers.clone(),
        }
    }

    /// The same rule at the same place, whatever the numbers.
    #[must_use]
    pub fn is_at(&self, other: &Self) -> bool {
        self.rule == other.rule && anchor(&self.site) == anchor(&other.site)
    }

    /// How far apart two stand in the same text.
    fn distance(&self, other: &Self) -> usize {
        start(&self.site).abs_diff(start(&other.site))
    }

    /// A question about it, ready to be kept.
    #[must_use]
    pub fn asked(self, text: String) -> Question {
        Question {
            site: self.site,
            fault: Some(Fault {
                rule: self.rule,
                numbers: self.numbers,
            }),
            text,
        }
    }

    /// Its explanation, ready to be kept.
    #[must_use]
    pub fn explained(self, text: &str, by: &str) -> Remark {
        Remark {
            rule: self.rule,
            site: self.site,
            numbers: self.numbers,
            text: text.to_owned(),
            by: by.to_owned(),
        }
    }
}

/// The numbers of a problem, as printed.
fn numbers(report: &Report, problem: &Problem) -> Vec<String> {
    let form = report.form();
    let cell = |cell| report.cell(cell).text().into_owned();
    let line = |table: usize, cells: &mut dyn Iterator<Item = (usize, usize)>| {
        cells
            .map(|(row, col)| cell(form.tables[table].cell(row, col)))
            .collect()
    };
    let mut numbers: Vec<String> = match &problem.site {
        Site::Row { .. } | Site::Column { .. } if is_identity(problem) => {
            let sides = problem.sides.map(|(left, right)| [left, right]);
            let sides = sides.iter().flatten();
            return sides.map(i64::to_string).collect();
        }
        Site::Row { table, row } => {
            let cols = form.tables[*table].cols.len();
            return line(*table, &mut (0..cols).map(|col| (*row, col)));
        }
        Site::Column { table, col } => {
            let rows = form.tables[*table].rows.len();
            return line(*table, &mut (0..rows).map(|row| (row, *col)));
        }
        Site::Cell(at) => vec![cell(*at)],
        Site::Table(_) | Site::Source(_) => Vec::new(),
        Site::Head(field) => vec![report.head().get(*field)],
        Site::Section(text) => report
            .headings()
            .iter()
            .filter(|heading| heading.section == Some(*text))
            .map(|heading| heading.text.clone())
            .collect(),
        Site::Text(text, range) => {
            let written = report.text(*text).get(range.clone());
            vec![written.unwrap_or_default().to_owned()]
        }
    };
    let quotes = matches!(problem.site, Site::Text(..) | Site::Source(_));
    for (_, arg) in &problem.args {
        counts(arg, quotes, &mut numbers);
    }
    numbers
}

fn is_identity(problem: &Problem) -> bool {
    problem.rule.about == About::Identity
}

/// Counts of an argument; words and places say the same in every language and
/// are no numbers.
fn counts(arg: &Arg, quotes: bool, numbers: &mut Vec<String>) {
    match arg {
        Arg::Number(number) => numbers.push(number.to_string()),
        Arg::Text(text) if quotes => numbers.push(text.to_string()),
        Arg::List(_, items) => {
            for item in items {
                counts(item, quotes, numbers);
            }
        }
        Arg::Text(_) | Arg::Words(_) | Arg::Message(_) => {}
    }
}

/// The path of a site without what moves as a text is edited.
fn anchor(path: &str) -> &str {
    match path.split_once(':') {
        Some(("source", _)) | None => path,
        Some((text, _)) => text,
    }
}

/// Where in its text a site begins, from its path.
fn start(path: &str) -> usize {
    path.split_once(':')
        .and_then(|(_, range)| range.split('-').next()?.parse().ok())
        .unwrap_or(0)
}

/// What is still to be matched with the problems of a report.
struct Open {
    ids: Vec<ProblemId>,
    is_taken: Vec<bool>,
}

impl Open {
    fn of(report: &Report, problems: &[Problem]) -> Self {
        let ids = problems
            .iter()
            .map(|problem| ProblemId::of(report, problem));
        Open {
            ids: ids.collect(),
            is_taken: vec![false; problems.len()],
        }
    }

    /// Takes the nearest problem that suits.
    fn take(
        &mut self,
        near: &ProblemId,
        suits: impl Fn(usize, &ProblemId) -> bool,
    ) -> Option<usize> {
        let open = self.ids.iter().enumerate().filter(|(at, id)| {
            let is_open = !self.is_taken[*at];
            is_open && suits(*at, id)
        });
        let (found, _) = open.min_by_key(|(_, id)| id.distance(near))?;
        self.is_taken[found] = true;
        Some(found)
    }
}

/// Gives every explanation to the problem it was written for.
///
/// Those whose numbers agree choose first, then the rest; in a text the nearest
/// place takes it. One explanation serves one problem.
pub(super) fn attach(report: &Report, problems: &mut [Problem]) {
    if report.remarks().is_empty() {
        return;
    }
    let mut open = Open::of(report, problems);
    let mut is_attached = vec![false; report.remarks().len()];
    for stands in [true, false] {
        for (at, remark) in report.remarks().iter().enumerate() {
            if is_attached[at] {
                continue;
            }
            let wanted = ProblemId::of_remark(remark);
            let found = open.take(&wanted, |_, id| {
                if stands {
                    *id == wanted
                } else {
                    id.is_at(&wanted)
                }
            });
            if let Some(found) = found {
                is_attached[at] = true;
                problems[found].explanation = Some(Explanation { at, stands });
            }
        }
    }
}

/// The problem that each question of a report is about, as its place among the problems.
///
/// A question is about the problem that it names, whatever the language or the words.
/// One that names none, as in files of the first version, is about the problem whose
/// sentence it is. None where that problem is gone, or has other numbers now.
#[must_use]
pub fn asked(report: &Report, problems: &[Problem]) -> Vec<Option<usize>> {
    if report.questions().is_empty() {
        return Vec::new();
    }
    let mut open = Open::of(report, problems);
    let questions = report.questions().iter();
    questions
        .map(|question| {
            let Fault { rule, numbers } = question.fault.clone().unwrap_or_default();
            let wanted = ProblemId {
                rule,
                site: question.site.clone(),
                numbers,
            };
            open.take(&wanted, |at, id| {
                if question.fault.is_some() {
                    *id == wanted
                } else {
                    is_said(&problems[at], &question.text)
                }
            })
        })
        .collect()
}

/// Whether a text is what is said of a problem, in any language.
fn is_said(problem: &Problem, text: &str) -> bool {
    let mut langs = Lang::ALL.into_iter();
    langs.any(|lang| problem.message().text(lang) == text)
}
