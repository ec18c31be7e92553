//! A folder that is being read on threads of its own: its files come in lots, so that the
//! screen answers meanwhile.
//!
//! **Never:** ends a thread: one that was given up notices at its next lot.
//! Next: `shell`, which starts one; `store::folder` for the reading.

use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

use super::events::{EventSource, Stream};
use crate::base::facts::Stamp;
use crate::base::failure::Failure;
use crate::base::words::words;
use crate::check::Profile;
use crate::folder::Day;
use crate::store::folder::{self, Found, Kept, Known};
use crate::store::import::How;
use crate::store::parallel::Turn;
use crate::tui::input::FolderReply;

/// How long files are gathered before they are shown.
const LOT: Duration = Duration::from_millis(60);

/// What of a folder is to be read.
pub(super) struct Wanted {
    pub(super) path: PathBuf,
    pub(super) roster: Option<PathBuf>,
    pub(super) known: Vec<(PathBuf, Stamp)>,
    pub(super) profile: Profile,
    pub(super) how: How,
    /// The list of the folder as it is now.
    pub(super) kept: Kept,
    pub(super) today: Day,
}

/// A folder that is being read.
pub(super) struct Reading {
    lots: Receiver<FolderReply>,
    has_ended: bool,
}

impl Reading {
    /// Starts a thread that reads it.
    ///
    /// # Errors
    /// The system has no thread or no descriptor for it.
    pub(super) fn start(wanted: Wanted, events: &EventSource<impl AsFd>) -> Result<Self, Failure> {
        let started = events.stream().and_then(|(stream, lots)| {
            thread::Builder::new().spawn(move || read(wanted, &stream))?;
            Ok(lots)
        });
        started
            .map(|lots| Reading {
                lots,
                has_ended: false,
            })
            .map_err(|_| {
                let what = words(
                    "系统资源不足，读不了这个文件夹",
                    "the system has no room for reading this folder",
                );
                Failure::file(what.into())
            })
    }

    /// What came since the last time.
    pub(super) fn next(&mut self) -> Option<FolderReply> {
        match self.lots.try_recv() {
            Ok(lot) => {
                self.has_ended |= matches!(lot, FolderReply::Files { ended: true, .. });
                Some(lot)
            }
            // The thread is gone: whatever it did not read is not known.
            Err(TryRecvError::Disconnected) if !self.has_ended => {
                self.has_ended = true;
                let said = words(
                    "读到一半停了，列出的不全；F5 再读",
                    "reading stopped half-way, the list is not whole; F5 reads again",
                );
                let mut lot = Lot::default();
                lot.said.push(said.into());
                Some(lot.ended())
            }
            Err(_) => None,
        }
    }

    /// Whether nothing more will come.
    pub(super) fn has_ended(&self) -> bool {
        self.has_ended
    }
}

#[derive(Default)]
struct Lot {
    files: Vec<crate::folder::FileOf>,
    same: Vec<PathBuf>,
    said: Vec<crate::base::words::Message>,
}

impl Lot {
    fn take(&mut self) -> FolderReply {
        let lot = std::mem::take(self);
        FolderReply::Files {
            files: lot.files,
            same: lot.same,
            said: lot.said,
            ended: false,
        }
    }

    fn ended(self) -> FolderReply {
        FolderReply::Files {
            files: self.files,
            same: self.same,
            said: self.said,
            ended: true,
        }
    }
}

fn read(wanted: Wanted, stream: &Stream<FolderReply>) {
    let Wanted {
        path,
        roster,
        known,
        profile,
        how,
        kept,
        today,
    } = wanted;
    let given = roster.as_deref();
    let is_there = stream.give(FolderReply::Begun {
        roster: folder::roster(&path, given),
        list: kept.list,
        said: kept
            .said
            .into_iter()
            .chain(too_many(&path, given))
            .collect(),
        today,
        count: folder::candidates(&path, given).count(),
    });
    if !is_there {
        return;
    }
    let known: Known = known
        .into_iter()
        .map(|(path, stamp)| (path, Some(stamp)))
        .collect();
    let mut lot = Lot::default();
    let mut since = Instant::now();
    let mut goes_on = true;
    folder::through(&path, given, &how, &profile, known, |turn| {
        match turn {
            Turn::Done(Found::File(file)) => lot.files.push(*file),
            Turn::Done(Found::Same(path)) => lot.same.push(path),
            Turn::Done(Found::Said(said)) => lot.said.push(said),
            Turn::Waiting => {}
        }
        let has_some = lot.files.len() + lot.same.len() + lot.said.len() > 0;
        if has_some && since.elapsed() >= LOT {
            goes_on = stream.give(lot.take());
            since = Instant::now();
        }
        goes_on
    });
    stream.give(lot.ended());
}

/// Says that there are more files than are read.
fn too_many(path: &Path, roster: Option<&Path>) -> Option<crate::base::words::Message> {
    let count = folder::candidates(path, roster).count();
    (count >= folder::MOST).then(|| {
        words(
            "文件太多，只读了前 {n} 个",
            "too many files: only the first {n} were read",
        )
        .with(vec![("n", folder::MOST.into())])
    })
}
