//! Last year's reports, named by `--last`: one file, or a folder of them.
//!
//! **Never:** guesses between two that fit; judges what it reads.
//! Next: `check`, which compares with them.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;
use std::path::Path;

use crate::base::body::{known_by, same_body};
use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Message, words};
use crate::model::Report;
use crate::store::import::How;
use crate::store::walk::Walk;

use super::source::{self, Source};

/// What `--last` named.
pub(super) enum Last {
    /// One report, whatever it is.
    One(Box<Source>),
    /// All reports of a folder, to choose from by body and year.
    Folder(Folder),
}

/// Reports to choose from: thousands, for as many others.
pub(super) struct Folder {
    all: Vec<Source>,
    /// Their places by each name that their bodies are known by.
    by_name: HashMap<String, Vec<usize>>,
    /// Their places by their whole names.
    by_whole: HashMap<String, Vec<usize>>,
}

impl Folder {
    fn of(all: Vec<Source>) -> Self {
        let (mut by_name, mut by_whole) = (HashMap::new(), HashMap::new());
        for (at, source) in all.iter().enumerate() {
            let names = known_by(&source.report.head().body);
            if let Some(whole) = names.first() {
                let known: &mut Vec<usize> = by_whole.entry(whole.clone()).or_default();
                known.push(at);
            }
            for name in names {
                let known: &mut Vec<usize> = by_name.entry(name).or_default();
                known.push(at);
            }
        }
        Folder {
            all,
            by_name,
            by_whole,
        }
    }

    /// Those that can be last year's of a report, in the order of the folder.
    fn fits(&self, report: &Report) -> Vec<&Source> {
        let names = known_by(&report.head().body);
        let longer = names.first().and_then(|whole| self.by_name.get(whole));
        let others = names.iter().filter_map(|name| self.by_whole.get(name));
        let places: BTreeSet<usize> = longer
            .into_iter()
            .chain(others)
            .flatten()
            .copied()
            .collect();
        let sources = places.into_iter().map(|at| &self.all[at]);
        sources
            .filter(|one| is_year_before(report, &one.report))
            .collect()
    }
}

impl Last {
    /// Reads what is named.
    ///
    /// # Errors
    /// The failure of a file that was named; of a folder, if nothing in it is a report.
    pub(super) fn read(path: &OsStr, how: &How) -> Result<Self, Failure> {
        let is_folder = Path::new(path).is_dir();
        let mut found = Vec::new();
        for input in Walk::over(false, std::iter::once(path)) {
            match source::of_input(input, None, how) {
                Ok(source) if is_folder => found.push(source),
                Ok(source) => return Ok(Last::One(Box::new(source))),
                // Other files of a folder are passed over.
                Err(_) if is_folder => {}
                Err(trouble) => return Err(trouble.into_failure()),
            }
        }
        if found.is_empty() {
            let what = words(
                "文件夹里没有去年的报告：{path}",
                "no report of last year in the folder {path}",
            );
            let path = shown_path(Path::new(path));
            return Err(Failure::file(what.with(vec![("path", path.into())])));
        }
        Ok(Last::Folder(Folder::of(found)))
    }

    /// Last year's report of the body of a report, and what is to be said of it.
    ///
    /// # Errors
    /// Two reports fit; they are named.
    pub(super) fn of(
        &self,
        report: &Report,
    ) -> Result<(Option<&Report>, Option<Message>), Failure> {
        match self {
            Last::One(source) => Ok((Some(&source.report), doubt(report, &source.report))),
            Last::Folder(folder) => {
                let fits = folder.fits(report);
                match fits[..] {
                    [] => {
                        let body = report.head().body.as_str();
                        let said = words(
                            "没有找到【{body}】去年的报告，没有和去年比",
                            "no report of last year of \"{body}\" was found; nothing was compared",
                        );
                        Ok((None, Some(said.with(vec![("body", body.into())]))))
                    }
                    [one] => Ok((Some(&one.report), None)),
                    _ => {
                        let names: Vec<&str> = fits.iter().map(|one| one.name.as_str()).collect();
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

/// Whether a report is on the year before that of another, as far as both say it.
fn is_year_before(report: &Report, last: &Report) -> bool {
    let year = report.head().year.and_then(|year| year.checked_sub(1));
    year.is_none() || last.head().year.is_none() || last.head().year == year
}

/// What makes it doubtful that a report is last year's of another.
fn doubt(report: &Report, last: &Report) -> Option<Message> {
    let (own, other) = (report.head(), last.head());
    if !own.body.is_empty() && !other.body.is_empty() && !same_body(&own.body, &other.body) {
        let said = words(
            "去年的报告是【{last}】的，这一份是【{own}】的",
            "last year's report is of \"{last}\", this one of \"{own}\"",
        );
        return Some(said.with(vec![
            ("last", other.body.as_str().into()),
            ("own", own.body.as_str().into()),
        ]));
    }
    let (year, before) = (own.year?, other.year?);
    (before.checked_add(1) != Some(year)).then(|| {
        let said = words(
            "去年的报告是 {last} 年的，这一份是 {own} 年的",
            "last year's report is for {last}, this one for {own}",
        );
        said.with(vec![
            ("last", i64::from(before).into()),
            ("own", i64::from(year).into()),
        ])
    })
}
