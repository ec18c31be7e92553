//! Which files of a folder a roll-up counts, and why the others are left out.
//!
//! **Never:** chooses between two files of a unit; counts one of which nobody knows whose
//! it is.
//! Next: `check::rollup`, which sums.

use std::path::Path;
use std::sync::Arc;

use super::{Content, FileOf, List, Role, Roster, Standing, State, Unit, named, units};
use crate::base::words::Message;
use crate::check::rollup::{Adjustment, Ask, Candidate, LeftOut, Why};

/// What is known of a folder whose units are to be summed.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// Its files.
    pub files: &'a [Arc<FileOf>],
    /// The units that are expected.
    pub roster: Option<&'a Roster>,
    /// What is remembered of them.
    pub list: &'a List,
    /// The year; None: that of most files.
    pub year: Option<u16>,
    /// Why units with errors are counted; empty: only those with a reason of their own.
    pub reason: &'a str,
    /// The government's own report is none of the units.
    pub own: Option<&'a Path>,
}

/// The files of a folder that may be counted, and those that are left out.
#[derive(Debug, Default)]
pub struct Summed {
    /// The year.
    pub year: Option<u16>,
    /// Units of the roster without a file.
    pub expected: Vec<String>,
    /// Files that are left out.
    pub left_out: Vec<LeftOut>,
    files: Vec<(Unit, Arc<FileOf>, String, Message)>,
    folder: std::path::PathBuf,
}

impl Summed {
    /// Sorts the files of a folder.
    #[must_use]
    pub fn of(asked: &Asked) -> Self {
        let Asked {
            folder,
            roster,
            list,
            ..
        } = *asked;
        let mut this = Summed {
            folder: folder.to_owned(),
            ..Summed::default()
        };
        let mut files = asked.files.to_vec();
        files.retain(|file| asked.own != Some(&*file.path));
        // Asked for one year, those of all others are none of its files.
        if let Some(year) = asked.year {
            files.retain(|file| match file.year().filter(|own| *own != year) {
                Some(own) => {
                    this.leave_out(&name(file), file, Why::OtherYear(own));
                    false
                }
                None => true,
            });
        }
        let all = units(folder, &files, roster, list);
        this.year = asked.year.or(all.year);
        let reasons = list.rolling().reasons;
        for unit in all.units {
            if unit.files.is_empty() {
                this.expected.push(unit.name);
                continue;
            }
            let is_stranger = unit.maybe.is_empty() && unit.is_unexpected(roster);
            let shown = |file: &Arc<FileOf>| named(folder, &file.path);
            for filed in &unit.files {
                let why = match filed.role {
                    _ if !unit.maybe.is_empty() => Why::Unsure(unit.maybe.clone()),
                    _ if is_stranger => Why::Stranger,
                    Role::Counts => continue,
                    Role::OtherYear => Why::OtherYear(filed.file.year().unwrap_or_default()),
                    Role::Doubled => {
                        let others = unit.files.iter().filter(|other| {
                            other.role == Role::Doubled && !Arc::ptr_eq(&other.file, &filed.file)
                        });
                        Why::Doubled(others.map(|other| shown(&other.file)).collect())
                    }
                    role => {
                        let counts = unit.file().map(&shown).unwrap_or_default();
                        if role == Role::Same {
                            Why::Copy(counts)
                        } else {
                            Why::Earlier(counts)
                        }
                    }
                };
                this.leave_out(&unit.name, &filed.file, why);
            }
            if is_stranger || !unit.maybe.is_empty() {
                continue;
            }
            let Some(file) = unit.file().cloned() else {
                continue;
            };
            if let Err(failure) = &file.content {
                let why = failure.why.as_deref().unwrap_or(&failure.what);
                this.leave_out(&unit.name, &file, Why::NotRead(why.clone()));
                continue;
            }
            let standing = Standing::of(&unit, folder, list, None);
            let passed = Some(&standing).filter(|standing| standing.state == State::Passed);
            let own = reasons.get(&unit.name).filter(|reason| !reason.is_empty());
            let passed = passed
                .map(|standing| &standing.reason)
                .filter(|reason| !reason.is_empty());
            let reason = own
                .or(passed)
                .map_or(asked.reason, String::as_str)
                .to_owned();
            this.files.push((unit, file, reason, standing.said()));
        }
        this
    }

    fn leave_out(&mut self, name: &str, file: &FileOf, why: Why) {
        self.left_out.push(LeftOut {
            name: name.to_owned(),
            file: named(&self.folder, &file.path),
            why,
        });
    }

    /// What is asked of their roll-up: of the first body that is named, with these lines.
    #[must_use]
    pub fn ask(&self, bodies: [&str; 3], adjustments: Vec<Adjustment>) -> Ask {
        let body = bodies
            .into_iter()
            .map(str::trim)
            .find(|body| !body.is_empty());
        Ask {
            body: body.unwrap_or_default().to_owned(),
            year: self.year,
            expected: self.expected.clone(),
            left_out: self.left_out.clone(),
            adjustments,
            ..Ask::default()
        }
    }

    /// What may be counted, in the order of the units.
    #[must_use]
    pub fn candidates(&self) -> Vec<Candidate<'_>> {
        let all = self.files.iter().filter_map(|(unit, file, reason, state)| {
            let candidate = candidate(file.read()?, &unit.name, named(&self.folder, &file.path));
            Some(Candidate {
                reason: reason.clone(),
                state: Some(state.clone()),
                ..candidate
            })
        });
        all.collect()
    }

    /// The file of a unit that may be counted.
    #[must_use]
    pub fn file(&self, unit: &str) -> Option<&Arc<FileOf>> {
        let mut files = self.files.iter();
        files.find(|one| one.0.name == unit).map(|one| &one.1)
    }
}

/// What a file is called that no unit is known for.
fn name(file: &FileOf) -> String {
    match file.body() {
        "" => file.stem(),
        body => crate::base::width::shown(body).into_owned(),
    }
}

impl FileOf {
    /// The report as one to be counted, for a reason; None where nothing was read.
    #[must_use]
    pub fn candidate(&self, folder: &Path, reason: &str) -> Option<Candidate<'_>> {
        let candidate = candidate(self.read()?, &name(self), named(folder, &self.path));
        Some(Candidate {
            reason: reason.to_owned(),
            ..candidate
        })
    }
}

fn candidate<'a>(read: &'a Content, name: &str, file: String) -> Candidate<'a> {
    Candidate {
        name: name.to_owned(),
        file,
        report: &read.report,
        origins: &read.origins,
        errors: read.counts.errors,
        missing: read.counts.missing,
        reason: String::new(),
        state: None,
    }
}
