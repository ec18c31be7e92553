//! Versions: what a save replaced, a few of each report, in the state folder.
//!
//! **Never:** removes the version that was just kept.
//! Next: `save`, which keeps them; `recovery`, which reads them.

use std::io;
use std::path::{Path, PathBuf};

use crate::base::failure::Failure;
use crate::base::words::words;

use super::disk::{self, Disk, Step};
use super::failure::{failure, reason};
use super::file::digest;
use super::{Name, Store, places};

/// Versions kept of a report that was saved over.
pub const VERSIONS: usize = 5;
/// Largest file of which a version is kept, in bytes.
pub(super) const LARGEST: u64 = 64 * 1024 * 1024;

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
        let version = free_name(folder, target, &self.now().compact());
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
fn free_name(folder: &Path, target: &Path, time: &str) -> PathBuf {
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
    folder.join(format!("{time}-{next:04}{ending}"))
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
