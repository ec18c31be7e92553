//! Plain data that `store` fills and the screen shows.
//!
//! **Never:** does anything; these are values only.
//! Next: `store::file`, which reads them off the disk.

use std::path::PathBuf;

/// What a file looked like when it was last read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Seconds since 1970 of the last change.
    pub seconds: i64,
    /// Nanoseconds of the last change.
    pub nanos: u32,
    /// The file's number on its device, where the system has one.
    pub inode: u64,
}

/// The file behind a report on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileFacts {
    /// Where it is saved; None for an unnamed report.
    pub path: Option<PathBuf>,
    /// Where it was read from, if that is not where it is saved.
    pub source: Option<PathBuf>,
    /// State of the file at the last reading or writing.
    pub stamp: Option<Stamp>,
    /// Why it cannot be changed, if it cannot.
    pub read_only: Option<ReadOnly>,
}

impl FileFacts {
    /// Whether it is shown as others save it: somebody else has it open, or the user only
    /// wants to look.
    #[must_use]
    pub fn is_followed(&self) -> bool {
        self.is_held() || self.read_only == Some(ReadOnly::Asked)
    }

    /// Whether somebody else has it open, or is said to.
    #[must_use]
    pub fn is_held(&self) -> bool {
        matches!(
            self.read_only,
            Some(ReadOnly::Locked { .. } | ReadOnly::Claimed { .. })
        )
    }
}

/// How a report stood when it was last left or saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftAs {
    /// The body that it is on.
    pub body: String,
    /// Errors in it.
    pub errors: usize,
    /// Blank cells of tables in keying mode.
    pub missing: usize,
}

/// Why a report cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// The file may not be written; the report can be saved elsewhere.
    Permission,
    /// Somebody else has it open.
    Locked {
        /// user@host, if the lock says so.
        by: String,
        /// When it was taken, as text.
        since: String,
    },
    /// A lock file says that somebody on another machine has it open; whether
    /// that is so can't be seen from here.
    Claimed {
        /// user@host.
        by: String,
        /// When it was taken, as text.
        since: String,
    },
    /// The file holds something this version does not know.
    UnknownKeys,
    /// The user only wants to look at it.
    Asked,
    /// It is the sum of others.
    Summed,
}
