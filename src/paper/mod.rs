//! Floor 4: what is printed about one file that was read and judged.
//!
//! **Never:** does I/O, decides a severity, or lets a control or direction
//! character of a file through.
//! Next: `cli::check`, which makes a [`Checked`] and prints it; `signoff` and
//! `return_note` for what goes to people.

use std::borrow::Cow;

use crate::base::failure::Failure;
use crate::base::place::{self, Place};
use crate::base::width::{Ruler, shown};
use crate::base::words::{Lang, Message, Words, words};
use crate::check::readings::{Group, Suspects};
use crate::check::{self, Findings, Problem, Profile, Rule, Severity};
use crate::model::{Note, Origin, Report, Unplaced};

mod comments;
pub mod diff;
mod full;
mod json;
pub mod judged;
mod lines;
pub mod listing;
pub mod problems;
mod publish;
pub mod return_note;
pub mod rollup;
pub mod signoff;

pub use comments::comments;
pub use json::{one_line, schema};
pub use publish::{blanks, zeroed};

/// One file, read and judged.
pub struct Checked<'a> {
    /// Its name as the user knows it.
    pub file: &'a str,
    /// Key of the format it was read as.
    pub format: &'static str,
    /// The report in it.
    pub report: &'a Report,
    /// Where each cell came from, by its index; empty where nothing was read.
    pub origins: &'a [Option<Origin>],
    /// What was found.
    pub findings: &'a Findings,
    /// What could mend its tables; empty where the output does not say it.
    pub suspects: &'a Suspects,
    /// What its reader was unsure of and no problem says.
    pub notes: &'a [Note],
    /// What it was judged under.
    pub profile: &'a Profile,
}

/// How to print.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// The language of messages.
    pub lang: Lang,
    /// Severities may be coloured.
    pub colour: bool,
}

/// A way to print a [`Checked`].
pub struct Output {
    /// Its name on the command line.
    pub key: &'static str,
    /// What it is for.
    pub about: Words,
    /// Whether it carries suspects, fills and the notes of the reader.
    pub is_whole: bool,
    /// Appends the text, every line ended.
    pub write: fn(&Checked, Style, &mut String),
    /// Appends what stands for a file that could not be read; None: nothing does.
    pub failed: Option<fn(&str, &Failure, Style, &mut String)>,
    /// A line of totals ends the output of a folder.
    pub has_totals: bool,
}

/// All ways to print, the default first.
pub static OUTPUTS: &[Output] = &[
    Output {
        key: "lines",
        about: words("每处问题一行", "one problem per line"),
        is_whole: false,
        write: lines::write,
        failed: None,
        has_totals: true,
    },
    Output {
        key: "full",
        about: words("逐处解释，最后一行是结论", "explained, with a verdict last"),
        is_whole: true,
        write: full::write,
        failed: None,
        has_totals: true,
    },
    Output {
        key: "json",
        about: words("每份一行 JSON", "one JSON object per file, a line each"),
        is_whole: true,
        write: json::write,
        failed: Some(json::failed),
        has_totals: false,
    },
];

/// The output with this name.
#[must_use]
pub fn output(key: &str) -> Option<&'static Output> {
    OUTPUTS.iter().find(|output| output.key == key)
}

/// A note of a reader, as one line.
#[must_use]
pub fn note_line(note: &Note, lang: Lang) -> String {
    let message = note.message.text(lang);
    if note.place.is_empty() {
        return message;
    }
    format!("{}: {message}", place(&note.place, lang))
}

/// The pieces of the source that a problem tells of, each with where it stood; long ones
/// are cut.
#[must_use]
pub fn piece_lines(problem: &Problem, report: &Report, lang: Lang) -> Vec<String> {
    const MOST: usize = 40;
    const COLUMNS: usize = 120;
    let pieces = check::pieces(problem, report);
    let line = |piece: &&Unplaced| {
        let text = Ruler::default().cut(&piece.text, COLUMNS).to_owned();
        format!("{}: {text}", place(&piece.place, lang))
    };
    let mut lines: Vec<String> = pieces.iter().take(MOST).map(line).collect();
    if pieces.len() > MOST {
        let more = words("还有 {n} 处", "{n} more");
        let args = vec![("n", (pieces.len() - MOST).into())];
        lines.push(more.with(args).text(lang));
    }
    lines
}

/// A place in a source as people say it; such as 第 84 行.
fn place(place: &Place, lang: Lang) -> String {
    let said = words("{place}", "{place}");
    said.with(vec![("place", place::said(place))]).text(lang)
}

/// How many of each severity, and how many of the reminders are explained.
fn counted(checked: &Checked) -> Message {
    let counts = checked.findings.counts();
    let said = words(
        "错误 {e}，提醒 {w}，提示 {i}{apart}",
        "{e} errors, {w} warnings, {i} infos{apart}",
    );
    said.with(vec![
        ("e", counts.errors.into()),
        ("w", counts.warnings.into()),
        ("i", counts.infos.into()),
        ("apart", counts.apart(words("；", "; ")).into()),
    ])
}

/// What only somebody with the program understands.
const OURS: [&str; 3] = ["F6", "Ctrl", "gouji"];

/// What to do next, for somebody without the program: clauses that speak of its
/// keys or commands are left out.
fn next_step(rule: &Rule, lang: Lang) -> Option<String> {
    let between = words("；", "; ").get(lang);
    let ours = |clause: &&str| OURS.iter().any(|word| clause.contains(word));
    let clauses = rule.next.get(lang).split(between);
    let clauses: Vec<&str> = clauses.filter(|clause| !ours(clause)).collect();
    (!clauses.is_empty()).then(|| clauses.join(between))
}

/// What somebody should mend, in the order of the report: neither what is only worth
/// knowing, nor what is explained or follows from something else.
fn faults<'a>(checked: &Checked<'a>) -> impl Iterator<Item = &'a Problem> {
    let problems = checked.findings.problems.iter();
    problems
        .filter(|problem| problem.severity() > Severity::Info)
        .filter(|problem| !problem.is_settled() && !problem.implied)
}

/// A problem for somebody without the program, and what to do, unless that is said.
fn said(problem: &Problem, lang: Lang) -> (String, Option<String>) {
    let said = words("{level}：{what}", "{level}: {what}").with(vec![
        ("level", problem.severity().name().into()),
        ("what", problem.message().into()),
    ]);
    let said = said.text(lang);
    let next = next_step(problem.rule, lang).filter(|next| !said.contains(next));
    let next = next.map(|next| {
        let next = words("怎么改：{next}", "Next: {next}").with(vec![("next", next.into())]);
        next.text(lang)
    });
    (said, next)
}

/// Above what could have happened.
const LIKELY: Words = words(
    "可能的原因，请对照台账：",
    "What may have happened; look it up:",
);

/// What could have happened: the best reading of everything that is broken.
fn likely(checked: &Checked, lang: Lang) -> Vec<String> {
    let likely = checked.suspects.findings.iter().filter_map(|broken| {
        let said = broken.groups.first().map(Group::whole);
        said.or_else(|| broken.suspects.first().map(|suspect| suspect.text.clone()))
    });
    likely.map(|said| said.text(lang)).collect()
}

/// A row of a table.
fn row<const N: usize, T: Into<String>>(cells: [T; N]) -> Vec<String> {
    cells.map(Into::into).to_vec()
}

/// One line of text, safe to print.
fn push_line(out: &mut String, line: &str) {
    out.push_str(&shown(line));
    out.push('\n');
}

/// A severity word, coloured where that is wanted.
fn painted(severity: Severity, word: &'static str, style: Style) -> Cow<'static, str> {
    if !style.colour {
        return Cow::Borrowed(word);
    }
    let code = match severity {
        Severity::Error => "1;31",
        Severity::Warning => "33",
        Severity::Info => "36",
    };
    Cow::Owned(format!("\u{1b}[{code}m{word}\u{1b}[0m"))
}
