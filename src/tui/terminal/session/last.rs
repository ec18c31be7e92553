//! Last year's report: read, looked for, kept for the next opening.
//!
//! **Never:** takes one; keeps the first frame waiting: all of it is work for a thread.
//! Next: `store::last`, which reads; `update::last`, which decides.

use std::path::{Path, PathBuf};

use crate::base::facts::Stamp;
use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Words, words};
use crate::store::file::{is_same, look};
use crate::store::import::How;
use crate::store::last::{Proposed, none_of, propose};
use crate::store::{self, Name, failure::reason, parallel::guarded};
use crate::tui::input::{Last, LastAt, LastFound, OfReport, ProposedLast, Reply};

use super::Session;
use super::paths::absolute;

impl Session {
    /// Where last year's report is, as it was kept; its file is not looked at.
    pub(super) fn kept_last(&self, name: &Name) -> Option<LastAt> {
        let store::places::LastAt { path, doubted } = self.store.last(name)?;
        Some(LastAt { path, doubted })
    }

    pub(super) fn keep_last(&self, name: &Name, last: Option<LastAt>) -> Result<(), Failure> {
        let last = last.map(|LastAt { path, doubted }| store::places::LastAt { path, doubted });
        self.store.keep_last(name, last.as_ref())
    }

    /// The work of reading last year's report of another.
    pub(in crate::tui::terminal) fn last_reader(
        &self,
        path: PathBuf,
        unless: Option<Stamp>,
        of: OfReport,
    ) -> impl FnOnce() -> Reply + Send + use<> {
        let how = self.how();
        move || {
            let work = || read(&absolute(&path), unless, &of, &how);
            let read = guarded(&shown_path(&path), work).and_then(|read| read);
            Reply::LastRead { path, read }
        }
    }

    /// The work of finding what could be last year's report of another in a folder.
    pub(in crate::tui::terminal) fn last_finder(
        &self,
        folder: PathBuf,
        of: OfReport,
    ) -> impl FnOnce() -> Reply + Send + use<> {
        let how = self.how();
        move || {
            let found = propose(&absolute(&folder), &of.report, &of.own, &how);
            let (Proposed { found, is_cut }, failed) = match found {
                Ok(found) => (found, None),
                Err(error) => (Proposed::default(), Some(reason(&error))),
            };
            let found = found.into_iter().map(|known| ProposedLast {
                path: known.path,
                body: known.report.head().body.clone(),
                year: known.report.head().year,
            });
            Reply::LastFound(LastFound {
                folder,
                found: found.collect(),
                is_cut,
                failed,
            })
        }
    }

    fn how(&self) -> How {
        How {
            form: self.form,
            encoding: self.encoding.clone(),
            carries_over: false,
        }
    }
}

/// Reads last year's report; None where its file looks as it did.
fn read(
    path: &Path,
    unless: Option<Stamp>,
    of: &OfReport,
    how: &How,
) -> Result<Option<Box<Last>>, Failure> {
    if unless.is_some() && look(path) == unless {
        return Ok(None);
    }
    if of.own.iter().any(|own| is_same(own, path)) {
        let what = words(
            "这就是这一份报告自己，不是去年的：{file}",
            "this is the report itself, not last year's: {file}",
        );
        let what = what.with(vec![("file", shown_path(path).into())]);
        return Err(Failure::user(what).hint(OTHER));
    }
    let last = store::last::Last::read(path, how)?;
    let Some(known) = last.into_one(&of.report)? else {
        return Err(Failure::user(none_of(&of.report)).hint(OTHER));
    };
    Ok(Some(Box::new(Last {
        path: known.path,
        stamp: known.stamp,
        report: known.report,
    })))
}

const OTHER: Words = words(
    "F10 里【去年的报告】可以另选一份。",
    "\"last year's report\" in F10 chooses another one.",
);
