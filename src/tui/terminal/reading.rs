//! A file that is being read on a thread of its own, so that Esc can give it up.
//!
//! **Never:** ends a thread: one that was given up goes on, and its result is dropped.
//! Next: `shell`, which starts one, `events` for tasks.

use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

use super::events::EventSource;
use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::READER;
use crate::store::failure::cannot_open;
use crate::store::import::Imported;
use crate::tui::input::{Against, Reply};

/// A file read within this time is opened without a word about it.
const AT_ONCE: Duration = Duration::from_millis(150);

/// What reading a file gives.
pub(super) type Read = Result<Imported, Failure>;

/// What a file is read for.
pub(super) enum Then {
    /// To be opened; unsaved changes of what is open are kept for the next time.
    Open { keep: bool },
    /// To make a new report from it.
    From,
    /// To be held against what is open.
    Compare(Against),
}

/// A file that is being read.
pub(super) struct Reading {
    pub(super) path: PathBuf,
    /// What it is read for.
    pub(super) then: Then,
    result: Receiver<Read>,
    since: Instant,
    /// Seconds shown so far.
    shown: u64,
}

impl Reading {
    /// Starts `work` on a thread that wakes `events` at its end.
    ///
    /// # Errors
    /// The system has no thread or no descriptor for it.
    pub(super) fn start(
        path: PathBuf,
        then: Then,
        work: impl FnOnce() -> Read + Send + 'static,
        events: &EventSource<impl AsFd>,
    ) -> Result<Self, Failure> {
        let since = Instant::now();
        let started = events.task().and_then(|(task, result)| {
            let thread = thread::Builder::new().name(READER.to_owned());
            thread.spawn(move || task.done(work()))?;
            Ok(result)
        });
        let Ok(result) = started else {
            return Err(lost(&path));
        };
        Ok(Reading {
            path,
            then,
            result,
            since,
            shown: 0,
        })
    }

    /// Waits a moment for the result: most files are small.
    pub(super) fn at_once(&self, events: &mut EventSource<impl AsFd>) -> Option<Read> {
        self.received(events.wait_for(&self.result, Some(AT_ONCE)))
    }

    /// The result, if it is there.
    pub(super) fn result(&self) -> Option<Read> {
        self.received(self.result.try_recv())
    }

    fn received(&self, result: Result<Read, TryRecvError>) -> Option<Read> {
        match result {
            Ok(read) => Some(read),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(lost(&self.path))),
        }
    }

    /// When another second is to be shown.
    pub(super) fn next_second(&self) -> Instant {
        self.since + Duration::from_secs(self.shown + 1)
    }

    /// Counts the seconds up to now, for the next [`Reading::reply`].
    pub(super) fn count(&mut self) {
        self.shown = self.since.elapsed().as_secs();
    }

    /// What the screen shows meanwhile.
    pub(super) fn reply(&self) -> Reply {
        Reply::Reading {
            path: self.path.clone(),
            seconds: self.shown,
        }
    }
}

/// The thread that read a file is gone without a result.
fn lost(path: &Path) -> Failure {
    let why = words(
        "文件已损坏，读不下去",
        "the file is damaged and cannot be read",
    );
    cannot_open(path, Failure::file(why.into()))
}
