//! The reports of a folder as units of a whole.
//!
//! **Never:** decides which of them counts.
//! Next: `check::rollup`, which does.

use std::ffi::OsStr;
use std::path::Path;

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::check::rollup::{Candidate, Read};
use crate::check::{Blanks, Input as Judging, Profile, Texts, check};
use crate::format::NATIVE;
use crate::store::file::is_same;
use crate::store::import::How;
use crate::store::parallel;
use crate::store::walk::{Input, Walk};

use super::progress::through;
use super::source::{self, Source, Trouble};
use super::{Given, Io};

/// Files of a folder that speak of its units and are none.
const BESIDE: [&str; 4] = ["勾稽审核.json", "名单.csv", "名单.xlsx", "名单.txt"];

/// What a folder holds.
pub(super) struct Units {
    /// Its files, in the order of names.
    pub(super) found: Vec<Candidate>,
    /// Ctrl+C ended the reading.
    pub(super) is_stopped: bool,
}

/// Reads and judges all files of a folder but some.
///
/// # Errors
/// The folder can't be listed, or there is none.
pub(super) fn read(
    folder: &OsStr,
    others: &[&Path],
    profile: &Profile,
    given: &Given,
    io: &mut Io,
) -> Result<Units, Failure> {
    let path = Path::new(folder);
    if !path.is_dir() {
        let what = words("不是文件夹：{path}", "no folder: {path}");
        let args = vec![("path", crate::base::path::shown_path(path).into())];
        return Err(Failure::user(what.with(args)));
    }
    let is_other = |input: &Input| {
        let Input::Found(path) = input else {
            return false;
        };
        let name = path.file_name().map(OsStr::to_string_lossy);
        name.is_some_and(|name| BESIDE.contains(&&*name))
            || others.iter().any(|other| is_same(path, other))
    };
    let how = How {
        form: None,
        ..given.how()
    };
    let profile = profile.clone();
    let mut found = Vec::new();
    let mut closed = None;
    let inputs = Walk::over(false, std::iter::once(folder));
    let stopped = through(
        inputs.filter(|input| !is_other(input) && !matches!(input, Input::Bare(_))),
        move |input| {
            let is_folder = matches!(&input, Input::Closed(at, _) if at.is_dir());
            let name = input.name();
            let read = parallel::guarded(&name, || one(input, &how, &profile));
            (
                name.clone(),
                is_folder,
                read.unwrap_or_else(|failure| unread(&name, failure)),
            )
        },
        io,
        given.lang,
        |(name, is_folder, candidate), _| {
            if is_folder && Path::new(&name) == path {
                closed = candidate.read.as_ref().err().cloned();
            }
            found.push(candidate);
            true
        },
    );
    if let Some(what) = closed {
        return Err(Failure::file(what));
    }
    Ok(Units {
        found,
        is_stopped: stopped.is_some(),
    })
}

/// One file that was named.
///
/// # Errors
/// What keeps it from being read.
pub(super) fn named(path: &Path, how: &How, profile: &Profile) -> Result<Candidate, Failure> {
    let name = crate::base::path::shown_path(path);
    let source = source::of_file(path, name, how).map_err(Trouble::into_failure)?;
    Ok(judged(source, profile))
}

fn one(input: Input, how: &How, profile: &Profile) -> Candidate {
    let name = input.name();
    match source::of_input(input, None, how) {
        Ok(source) => judged(source, profile),
        Err(Trouble::Stranger(_, failure) | Trouble::Failure(failure)) => unread(&name, failure),
    }
}

/// The name of a file without its folders and its ending.
fn stem(file: &str) -> String {
    let stem = Path::new(file).file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

fn unread(file: &str, failure: Failure) -> Candidate {
    let why = failure.why.map_or(failure.what, |why| *why);
    Candidate {
        name: stem(file),
        file: file.to_owned(),
        read: Err(why),
        is_stranger: false,
        reason: String::new(),
        state: None,
    }
}

fn judged(source: Source, profile: &Profile) -> Candidate {
    let report = &source.report;
    let counts = check(&Judging {
        blanks: Blanks::of(report, source.format == &NATIVE),
        profile,
        ..Judging::of(report, &Texts::of(report))
    })
    .counts();
    let body = report.head().body.trim();
    Candidate {
        name: if body.is_empty() {
            stem(&source.name)
        } else {
            body.to_owned()
        },
        file: source.name,
        read: Ok(Read {
            report: source.report,
            origins: source.origins,
            errors: counts.errors,
            missing: counts.missing,
        }),
        is_stranger: false,
        reason: String::new(),
        state: None,
    }
}
