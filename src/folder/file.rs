//! One file of a folder: its report, judged, or why there is none.
//!
//! **Never:** reads a disk.
//! Next: `unit` for whose file it is.

use std::path::{Path, PathBuf};

use crate::base::facts::Stamp;
use crate::base::failure::Failure;
use crate::check::{Blanks, Counts, Input, Problem, ProblemId, Profile, Severity, Texts, check};
use crate::format::{Format, NATIVE};
use crate::model::{Draft, Note, Origin, Report};

/// A file of a folder.
#[derive(Debug)]
pub struct FileOf {
    /// Where it is.
    pub path: PathBuf,
    /// How it looked when it was read.
    pub stamp: Option<Stamp>,
    /// What tells its content from another: a digest as hexadecimal digits. Empty where
    /// its bytes could not be had.
    pub mark: String,
    /// What was read, or why nothing was.
    pub content: Result<Content, Failure>,
}

/// A report that was read and judged.
#[derive(Debug)]
pub struct Content {
    /// What it was read as.
    pub format: &'static Format,
    /// The report.
    pub report: Report,
    /// Where each cell came from, by its index; empty in the editor's own files.
    pub origins: Vec<Option<Origin>>,
    /// What its reader was unsure of.
    pub notes: Vec<Note>,
    /// What was found in it, judged by itself.
    pub problems: Vec<Problem>,
    /// How many of each kind: the numbers that every face shows.
    pub counts: Counts,
}

impl Content {
    /// Judges a report that was read.
    #[must_use]
    pub fn of(format: &'static Format, mut draft: Draft, profile: &Profile) -> Self {
        let (notes, mut origins) = (
            std::mem::take(&mut draft.notes),
            std::mem::take(&mut draft.origins),
        );
        if format == &NATIVE {
            origins = Vec::new();
        }
        let report = draft.into_report();
        let findings = check(&Input {
            blanks: Blanks::of(&report, format == &NATIVE),
            profile,
            ..Input::of(&report, &Texts::of(&report))
        });
        Content {
            format,
            origins,
            notes,
            counts: findings.counts(),
            problems: findings.problems,
            report,
        }
    }

    /// The problems that a return note names.
    pub fn faults(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| {
            problem.severity() > Severity::Info && !problem.is_settled() && !problem.implied
        })
    }

    /// What makes each of them the same one after an edit.
    #[must_use]
    pub fn fault_ids(&self) -> Vec<ProblemId> {
        let id = |problem| ProblemId::of(&self.report, problem);
        self.faults().map(id).collect()
    }

    /// Whether tables or rows of the source were not read.
    #[must_use]
    pub fn is_torn(&self) -> bool {
        self.report.unread().next().is_some() || self.report.lost().next().is_some()
    }
}

impl FileOf {
    /// The report, if there is one.
    #[must_use]
    pub fn read(&self) -> Option<&Content> {
        self.content.as_ref().ok()
    }

    /// The year that it says it is of.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.read()?.report.head().year
    }

    /// The body that it says it is of; empty where it does not say.
    #[must_use]
    pub fn body(&self) -> &str {
        self.read()
            .map_or("", |read| read.report.head().body.as_str())
    }

    /// Errors and reminders, where it was read.
    #[must_use]
    pub fn counts(&self) -> Option<Counts> {
        self.read().map(|read| read.counts)
    }

    /// Its name without the ending.
    #[must_use]
    pub fn stem(&self) -> String {
        let stem = self.path.file_stem();
        stem.map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default()
    }
}

/// What a file of a folder is called in its list: its path below the folder.
#[must_use]
pub fn named(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder)
        .unwrap_or(path)
        .to_string_lossy()
        .into_owned()
}
