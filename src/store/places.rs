//! Where state lies, and the small things kept there: modes, last year's reports, recent
//! files, copied cells.
//!
//! ```text
//! STATE/journal/<digest>.jsonl      what was done since the last save
//!       versions/<digest>/<time>..  what a save replaced, a few
//!       history/<digest>.jsonl      steps that led to what a file holds
//!       modes/<digest>.json         tables left in keying mode
//!       last/<digest>.json          where its last year's report is
//!       lock/<digest>.lock          locks of reports in folders not writable
//!       rescued/<name>.json         changes not wanted back, their folder being closed
//!       recent.json  copied.tsv
//! ```
//!
//! **Never:** makes a folder for mere reading; fails because something small is damaged.
//! Next: `machine` for how the folders are found.

use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::facts::LeftAs;
use crate::base::failure::Failure;
use crate::base::moment::Moment;
use crate::base::words::{Words, words};

use super::disk::{self, Step};
use super::failure::{failure, reason};
use super::name::PathText;
use super::{Name, Store, json_line, machine, plain};

/// Most recently opened files kept.
pub const RECENT: usize = 10;
const SMALL: u64 = 256 * 1024;

/// The folders of a user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Journals, versions, modes; None where the user has no home.
    pub state: Option<PathBuf>,
    /// Configuration.
    pub config: Option<PathBuf>,
}

impl Places {
    pub(super) fn journals(&self) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join("journal"))
    }

    /// Where the journal of a report lies best.
    pub(super) fn journal_in_state(&self, name: &Name) -> Option<PathBuf> {
        let folder = self.journals()?;
        Some(folder.join(format!("{}.jsonl", name.digest())))
    }

    /// Where the journal of a report may lie, best place first.
    pub(super) fn journal_of(&self, name: &Name) -> Vec<PathBuf> {
        let in_state = self.journal_in_state(name);
        let beside = match name {
            Name::Path(path) => path.file_name().map(|file| {
                let mut hidden = std::ffi::OsString::from(".");
                hidden.push(file);
                hidden.push(".gouji-journal");
                disk::folder_of(path).join(hidden)
            }),
            Name::Unnamed(_) => None,
        };
        in_state.into_iter().chain(beside).collect()
    }

    pub(super) fn versions_of(&self, name: &Name) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join("versions").join(name.digest()))
    }

    pub(super) fn history_of(&self, name: &Name) -> Option<PathBuf> {
        let folder = self.state.as_ref()?.join("history");
        Some(folder.join(format!("{}.jsonl", name.digest())))
    }

    pub(super) fn lock_of(&self, name: &Name) -> Option<PathBuf> {
        let folder = self.state.as_ref()?.join("lock");
        Some(folder.join(format!("{}.lock", name.digest())))
    }

    fn modes_of(&self, name: &Name) -> Option<PathBuf> {
        let folder = self.state.as_ref()?.join("modes");
        Some(folder.join(format!("{}.json", name.digest())))
    }

    fn last_of(&self, name: &Name) -> Option<PathBuf> {
        let folder = self.state.as_ref()?.join("last");
        Some(folder.join(format!("{}.json", name.digest())))
    }

    /// The file of copied cells, to be shown to the user.
    #[must_use]
    pub fn copied(&self) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join("copied.tsv"))
    }

    /// Where changes are kept whose own folder takes no file.
    #[must_use]
    pub fn rescued(&self) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join("rescued"))
    }

    fn recent(&self) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join("recent.json"))
    }
}

/// A file that was open not long ago.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// The file.
    pub path: PathBuf,
    /// When it was last opened, saved or left.
    pub when: Moment,
    /// How it stood then; None where it was opened and no more.
    pub left: Option<LeftAs>,
}

#[derive(Serialize, Deserialize)]
struct RecentLine {
    path: PathText,
    when: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left: Option<LeftLine>,
}

#[derive(Serialize, Deserialize)]
struct LeftLine {
    body: String,
    errors: usize,
    #[serde(default)]
    missing: usize,
}

#[derive(Serialize, Deserialize)]
struct Modes {
    keying: Vec<String>,
}

/// Where last year's report of a report is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastAt {
    /// Its file.
    pub path: PathBuf,
    /// Its body or its year made it doubtful, and it was taken all the same.
    pub doubted: bool,
}

#[derive(Serialize, Deserialize)]
struct LastLine {
    path: PathText,
    #[serde(default)]
    doubted: bool,
}

impl Store {
    /// Files opened lately, the last one first. Touches no file but the list itself.
    #[must_use]
    pub fn recent(&self) -> Vec<Recent> {
        let lines: Vec<RecentLine> = self
            .places
            .recent()
            .and_then(|path| self.small(&path, SMALL).ok())
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        let recent = lines.into_iter().map(|line| Recent {
            path: line.path.path(),
            when: machine::local(line.when),
            left: line.left.map(|left| LeftAs {
                body: plain(&left.body, 64),
                errors: left.errors,
                missing: left.missing,
            }),
        });
        recent.take(RECENT).collect()
    }

    /// Puts a file first among those opened lately.
    ///
    /// # Errors
    /// A [`Failure`] if the state folder can't be written; nothing is lost by it.
    pub fn remember(&self, path: &Path) -> Result<(), Failure> {
        self.remember_as(path, None)
    }

    /// The same of a file that is left or saved, with how it stands; None keeps what is
    /// known of that.
    ///
    /// # Errors
    /// A [`Failure`] if the state folder can't be written; nothing is lost by it.
    pub fn remember_as(&self, path: &Path, left: Option<LeftAs>) -> Result<(), Failure> {
        let Name::Path(path) = Name::of(path) else {
            return Ok(());
        };
        let mut recent = self.recent();
        let known = recent.iter().position(|known| known.path == path);
        let known = known.map(|at| recent.remove(at));
        recent.insert(
            0,
            Recent {
                path,
                when: self.now(),
                left: left.or(known.and_then(|known| known.left)),
            },
        );
        let lines: Vec<RecentLine> = recent
            .iter()
            .take(RECENT)
            .map(|known| RecentLine {
                path: PathText::of(&known.path),
                when: known.when.seconds,
                left: known.left.as_ref().map(|left| LeftLine {
                    body: left.body.clone(),
                    errors: left.errors,
                    missing: left.missing,
                }),
            })
            .collect();
        self.put(self.places.recent(), &json_line(&lines)).map(drop)
    }

    /// Keys of the tables that were left in keying mode.
    #[must_use]
    pub fn modes(&self, name: &Name) -> Vec<String> {
        let modes: Option<Modes> = self
            .places
            .modes_of(name)
            .and_then(|path| self.small(&path, SMALL).ok())
            .and_then(|bytes| serde_json::from_slice(&bytes).ok());
        modes.map(|modes| modes.keying).unwrap_or_default()
    }

    /// Keeps which tables are in keying mode; none removes the record.
    ///
    /// # Errors
    /// A [`Failure`] if the state folder can't be written.
    pub fn keep_modes(&self, name: &Name, keying: &[String]) -> Result<(), Failure> {
        let path = self.places.modes_of(name);
        if let (true, Some(path)) = (keying.is_empty(), &path) {
            return disk::remove(self.disk(), path).map_err(|error| kept(path, &error));
        }
        let modes = Modes {
            keying: keying.to_vec(),
        };
        self.put(path, &json_line(&modes)).map(drop)
    }

    /// Where last year's report of a report is, if that was kept. Its file is not
    /// looked at.
    #[must_use]
    pub fn last(&self, name: &Name) -> Option<LastAt> {
        let bytes = self.small(&self.places.last_of(name)?, SMALL).ok()?;
        let line: LastLine = serde_json::from_slice(&bytes).ok()?;
        Some(LastAt {
            path: line.path.path(),
            doubted: line.doubted,
        })
    }

    /// Keeps where last year's report of a report is; None removes the record.
    ///
    /// # Errors
    /// A [`Failure`] if the state folder can't be written.
    pub fn keep_last(&self, name: &Name, last: Option<&LastAt>) -> Result<(), Failure> {
        let path = self.places.last_of(name);
        let Some(last) = last else {
            let Some(path) = path else { return Ok(()) };
            return disk::remove(self.disk(), &path).map_err(|error| kept(&path, &error));
        };
        let line = LastLine {
            path: PathText::of(&last.path),
            doubted: last.doubted,
        };
        self.put(path, &json_line(&line)).map(drop)
    }

    /// Keeps copied cells in a file of tab-separated lines and says where.
    ///
    /// # Errors
    /// A [`Failure`] if the state folder can't be written.
    pub fn keep_copied(&self, text: &str) -> Result<PathBuf, Failure> {
        self.put(self.places.copied(), text.as_bytes())
    }

    /// A small file of ours, unless it is larger than we write it.
    pub(super) fn small(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let file = disk::open(self.disk(), path)?;
        if !file.metadata()?.is_file() {
            return Err(ErrorKind::InvalidInput.into());
        }
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    /// Writes a small file of the state folder.
    ///
    /// A crash leaves the old or the new one; a power cut may leave it empty.
    pub(super) fn put(&self, path: Option<PathBuf>, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let path = path.ok_or_else(no_state)?;
        let write = || {
            let folder = disk::folder_of(&path);
            disk::make_folder(self.disk(), folder)?;
            let temp = disk::create_temp(self.disk(), folder, 0o600, false)?;
            disk::write(self.disk(), Step::Write, temp.as_file(), &path, bytes)?;
            let named = disk::rename(self.disk(), temp, &path);
            named.map(drop).map_err(|refused| refused.error)
        };
        match write() {
            Ok(()) => Ok(path),
            Err(error) => Err(kept(&path, &error)),
        }
    }
}

const KEPT: Words = words("没有记下：{file}", "not kept: {file}");
const SET_STATE: Words = words(
    "把环境变量 GOUJI_STATE_DIR 设成一个能写的文件夹。",
    "Set the variable GOUJI_STATE_DIR to a folder you can write.",
);

fn kept(path: &Path, error: &io::Error) -> Failure {
    failure(KEPT, path, reason(error)).hint(SET_STATE)
}

/// The user has no folder for state at all.
pub(super) fn no_state() -> Failure {
    Failure::file(words("没有存放状态的文件夹", "no folder for state").into())
        .because(words(
            "找不到用户的主目录。",
            "The home folder of the user is not known.",
        ))
        .hint(SET_STATE)
}
