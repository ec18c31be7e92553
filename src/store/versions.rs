//! Versions: what a save replaced, a few of each report, in the state folder.
//!
//! A version is called `<time>-<number>-<user@host><ending>`, by whom it was replaced and
//! when; earlier programs left out by whom.
//!
//! **Never:** removes the version that was just kept.
//! Next: `save`, which keeps them; `recovery`, which reads them.

use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::base::failure::Failure;
use crate::base::moment::Moment;
use crate::base::words::words;
use crate::model::Report;

use super::disk::{self, Disk, Step};
use super::failure::{failure, reason};
use super::file::{self, digest};
use super::{Name, Store, machine, places, plain};

/// Versions kept of a report that was saved over.
pub const VERSIONS: usize = 5;
/// Largest file of which a version is kept, in bytes.
pub(super) const LARGEST: u64 = 64 * 1024 * 1024;
/// Most bytes of the name of who replaced a version.
const MOST_BY: usize = 120;

/// A version that was kept of a report.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its file.
    pub path: PathBuf,
    /// When it was replaced.
    pub at: Moment,
    /// Who replaced it, `user@host`; empty where that is not known.
    pub by: String,
    /// Its bytes.
    pub size: u64,
    /// The report in it; None where it can't be read.
    pub report: Option<Report>,
}

impl Store {
    /// Keeps a file as it is among its versions, unless the new one, with this digest,
    /// says the same. Failures name it by `path`.
    pub(super) fn keep_version(
        &self,
        path: &Path,
        target: &Path,
        new: u128,
    ) -> Result<Option<PathBuf>, Failure> {
        let folder = self.folder_of_versions(target)?;
        let copy = || {
            let old = self.small(target, LARGEST)?;
            if digest(&old) == new {
                return Ok(None);
            }
            self.copy(&folder, target, &old, false).map(Some)
        };
        copy().map_err(|error| not_kept(path, &error))
    }

    /// Keeps a file as it is among its versions, on the disk when this returns: the file
    /// itself is to be changed.
    pub(super) fn keep_copy(&self, path: &Path, target: &Path) -> Result<PathBuf, Failure> {
        let folder = self.folder_of_versions(target)?;
        let old = self.small(target, LARGEST);
        let copied = old.and_then(|old| self.copy(&folder, target, &old, true));
        copied.map_err(|error| not_kept(path, &error))
    }

    /// All versions kept of a report, the latest first.
    #[must_use]
    pub fn versions(&self, name: &Name) -> Vec<Version> {
        let Some(folder) = self.places.versions_of(name) else {
            return Vec::new();
        };
        let version = |name: String| {
            let path = folder.join(&name);
            let meta = std::fs::metadata(&path).ok()?;
            let bytes = self.small(&path, file::LIMIT);
            let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
            Some(Version {
                at: machine::local(meta.mtime()),
                by: by_whom(&name),
                size: meta.len(),
                report: text.and_then(|text| (self.codec.read)(&text)),
                path,
            })
        };
        versions(&folder)
            .into_iter()
            .rev()
            .filter_map(version)
            .collect()
    }

    fn folder_of_versions(&self, target: &Path) -> Result<PathBuf, Failure> {
        let folder = self.places.versions_of(&Name::of(target));
        folder.ok_or_else(places::no_state)
    }

    fn copy(&self, folder: &Path, target: &Path, old: &[u8], synced: bool) -> io::Result<PathBuf> {
        let disk = self.disk();
        disk::make_folder(disk, folder)?;
        let temp = disk::create_temp(disk, folder, 0o600, false)?;
        disk::write(disk, Step::Write, temp.as_file(), folder, old)?;
        if synced {
            disk::sync(disk, temp.as_file(), folder)?;
        }
        let version = free_name(folder, target, &self.now().compact(), &self.who.address());
        disk::rename(disk, temp, &version).map_err(|refused| refused.error)?;
        if synced {
            disk::sync_folder(disk, folder)?;
        }
        prune(disk, folder, &version);
        Ok(version)
    }
}

fn not_kept(path: &Path, error: &io::Error) -> Failure {
    let what = words(
        "旧版没有留下：{file}",
        "the version before was not kept: {file}",
    );
    failure(what, path, reason(error))
}

/// Versions in a folder, the oldest first.
pub(super) fn versions(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    names.sort();
    names
}

/// A name after all that are there: names sort by age, were the clock set back.
fn free_name(folder: &Path, target: &Path, time: &str, by: &str) -> PathBuf {
    let ending = target.extension().map_or(String::new(), |ending| {
        format!(".{}", ending.to_string_lossy())
    });
    let parts = |name: &String| -> Option<(String, u32)> {
        let (time, rest) = (name.get(..time.len())?, name.get(time.len()..)?);
        let number = rest.strip_prefix('-')?.get(..4)?.parse().ok()?;
        Some((time.to_owned(), number))
    };
    let (time, next) = match versions(folder).iter().filter_map(parts).max() {
        Some((last, number)) if last.as_str() >= time => (last, number + 1),
        _ => (time.to_owned(), 0),
    };
    let by: String = by
        .chars()
        .map(|c| if is_of_name(c) { c } else { '_' })
        .collect();
    let by = &by[..by.floor_char_boundary(MOST_BY)];
    folder.join(format!("{time}-{next:04}-{by}{ending}"))
}

/// Whether a character of a user or a machine stands in the name of a file as it is.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '@' | '.' | '-' | '_')
}

/// Who replaced a version, by its name: what stands between its time, which has two parts,
/// its number, and its ending.
fn by_whom(name: &str) -> String {
    let by = name.splitn(4, '-').nth(3).unwrap_or_default();
    let by = by.rsplit_once('.').map_or(by, |(by, _)| by);
    plain(by, MOST_BY)
}

/// Removes all but the latest versions, and never the one just kept, were the
/// clock set back.
fn prune(disk: &dyn Disk, folder: &Path, kept: &Path) {
    let others: Vec<PathBuf> = versions(folder)
        .iter()
        .map(|name| folder.join(name))
        .filter(|path| path != kept)
        .collect();
    for version in &others[..(others.len() + 1).saturating_sub(VERSIONS)] {
        // A version too many is no harm.
        let _ = disk::remove(disk, version);
    }
}
