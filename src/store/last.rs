//! Last year's reports: one file, those of a folder, and which of them could be meant.
//!
//! **Never:** guesses between two that fit; judges what it reads.
//! Next: `import`, which reads a file; `model::Report::may_follow` for what fits.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};

use crate::base::body::known_by;
use crate::base::facts::Stamp;
use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Message, words};
use crate::format::NATIVE;
use crate::model::Report;

use super::file::is_same;
use super::import::{How, import};
use super::walk::{self, Walk};

/// A report of last year, as it was read.
#[derive(Debug)]
pub struct Known {
    /// Its file.
    pub path: PathBuf,
    /// How the file looked.
    pub stamp: Option<Stamp>,
    /// What it says.
    pub report: Report,
}

impl Known {
    /// Reads a file. May take seconds.
    ///
    /// # Errors
    /// A [`Failure`] that names the file, the reason and a way out.
    pub fn read(path: &Path, how: &How) -> Result<Self, Failure> {
        let read = import(path, how)?;
        Ok(Known {
            path: read.path,
            stamp: read.facts.stamp,
            report: read.draft.into_report(),
        })
    }
}

/// What was named as last year's.
#[derive(Debug)]
pub enum Last {
    /// One report, whatever it is.
    One(Box<Known>),
    /// All reports of a folder, to choose from by body and year.
    Folder(Folder),
}

/// Reports to choose from: thousands, for as many others.
#[derive(Debug)]
pub struct Folder {
    all: Vec<Known>,
    /// Their places by each name that their bodies are known by.
    by_name: HashMap<String, Vec<usize>>,
    /// Their places by their whole names.
    by_whole: HashMap<String, Vec<usize>>,
}

impl Folder {
    fn of(all: Vec<Known>) -> Self {
        let (mut by_name, mut by_whole) = (HashMap::new(), HashMap::new());
        for (at, known) in all.iter().enumerate() {
            let names = known_by(&known.report.head().body);
            if let Some(whole) = names.first() {
                let places: &mut Vec<usize> = by_whole.entry(whole.clone()).or_default();
                places.push(at);
            }
            for name in names {
                let places: &mut Vec<usize> = by_name.entry(name).or_default();
                places.push(at);
            }
        }
        Folder {
            all,
            by_name,
            by_whole,
        }
    }

    /// Those that can be last year's of a report, in the order of the folder.
    fn fits(&self, report: &Report) -> Vec<&Known> {
        let names = known_by(&report.head().body);
        let longer = names.first().and_then(|whole| self.by_name.get(whole));
        let others = names.iter().filter_map(|name| self.by_whole.get(name));
        let places: BTreeSet<usize> = longer
            .into_iter()
            .chain(others)
            .flatten()
            .copied()
            .collect();
        let known = places.into_iter().map(|at| &self.all[at]);
        known.filter(|one| report.may_follow(&one.report)).collect()
    }
}

impl Last {
    /// Reads what is named.
    ///
    /// # Errors
    /// The failure of a file that was named; of a folder, if nothing in it is a report.
    pub fn read(path: &Path, how: &How) -> Result<Self, Failure> {
        if !path.is_dir() {
            return Ok(Last::One(Box::new(Known::read(path, how)?)));
        }
        let inputs = Walk::over(false, std::iter::once(path.as_os_str()));
        let files = inputs.filter_map(|input| match input {
            walk::Input::Found(file) => Some(file),
            _ => None,
        });
        // Other files of a folder are passed over.
        let found: Vec<Known> = files
            .filter_map(|file| Known::read(&file, how).ok())
            .collect();
        if found.is_empty() {
            let what = words(
                "文件夹里没有去年的报告：{path}",
                "no report of last year in the folder {path}",
            );
            let path = shown_path(path);
            return Err(Failure::file(what.with(vec![("path", path.into())])));
        }
        Ok(Last::Folder(Folder::of(found)))
    }

    /// Last year's report of the body of a report, and what is to be said of it.
    ///
    /// # Errors
    /// Two reports fit; they are named.
    pub fn of(&self, report: &Report) -> Result<(Option<&Known>, Option<Message>), Failure> {
        match self {
            Last::One(known) => Ok((Some(known), report.doubt_of(&known.report))),
            Last::Folder(folder) => {
                let fits = folder.fits(report);
                match fits[..] {
                    [] => Ok((None, Some(none_of(report)))),
                    [one] => Ok((Some(one), None)),
                    _ => {
                        let names = fits.iter().map(|one| shown_path(&one.path));
                        let names: Vec<String> = names.collect();
                        let what = words(
                            "去年的报告有 {n} 份对得上，分不出是哪一份：{names}",
                            "{n} reports fit as last year's: {names}",
                        );
                        let args = vec![
                            ("n", names.len().into()),
                            ("names", names.join("、").into()),
                        ];
                        let hint = words("用 --last 写明是哪一份", "name one with --last");
                        Err(Failure::user(what.with(args)).hint(hint))
                    }
                }
            }
        }
    }
}

impl Last {
    /// The one that fits a report, as `of` finds it.
    ///
    /// # Errors
    /// Two reports fit; they are named.
    pub fn into_one(self, report: &Report) -> Result<Option<Known>, Failure> {
        let path = self.of(report)?.0.map(|known| known.path.clone());
        let all = match self {
            Last::One(known) => vec![*known],
            Last::Folder(folder) => folder.all,
        };
        Ok(all
            .into_iter()
            .find(|known| Some(&known.path) == path.as_ref()))
    }
}

/// In a folder nothing is last year's of a report.
#[must_use]
pub fn none_of(report: &Report) -> Message {
    let body = report.head().body.as_str();
    let said = words(
        "没有找到【{body}】去年的报告，没有和去年比",
        "no report of last year of \"{body}\" was found; nothing was compared",
    );
    said.with(vec![("body", body.into())])
}

/// Most files of a folder that are read to find last year's report.
pub const MOST_FILES: usize = 60;
/// Most bytes of them.
pub const MOST_BYTES: u64 = 64 << 20;

/// What of a folder could be last year's report.
#[derive(Debug, Default)]
pub struct Proposed {
    /// The reports that fit, in the order of names.
    pub found: Vec<Known>,
    /// There are more files than were read.
    pub is_cut: bool,
}

/// The reports in a folder itself that fit as last year's of a report, which is none of
/// the files `own`. Files whose names hold the year are read first, and our own before
/// others. May take seconds.
///
/// # Errors
/// The folder can't be listed.
pub fn propose(folder: &Path, report: &Report, own: &[PathBuf], how: &How) -> io::Result<Proposed> {
    let listed = walk::list(folder, "")?;
    let year = report.head().year.and_then(|year| year.checked_sub(1));
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    let mut files: Vec<_> = listed
        .entries
        .into_iter()
        .filter_map(|entry| Some((entry.name, entry.format?)))
        .filter(|(name, _)| !name.starts_with('.'))
        .collect();
    files.sort_by_key(|(name, format)| {
        let of_year = !year.is_empty() && name.contains(&year);
        (!of_year, *format != &NATIVE)
    });
    let mut proposed = Proposed {
        found: Vec::new(),
        is_cut: listed.is_cut || files.len() > MOST_FILES,
    };
    let mut room = MOST_BYTES;
    for (name, _) in files.into_iter().take(MOST_FILES) {
        let path = folder.join(name);
        let size = std::fs::metadata(&path).map_or(0, |meta| meta.len());
        let Some(left) = room.checked_sub(size) else {
            proposed.is_cut = true;
            continue;
        };
        room = left;
        if own.iter().any(|own| is_same(own, &path)) {
            continue;
        }
        let known = Known::read(&path, how).ok();
        proposed
            .found
            .extend(known.filter(|known| report.may_follow(&known.report)));
    }
    proposed
        .found
        .sort_by(|one, other| one.path.cmp(&other.path));
    Ok(proposed)
}
