//! One editor a report: a lock file that says who holds it.
//!
//! The lock is the system's own on the open file, so it ends with the process
//! whatever ends it; the file is only where it hangs and what it says. It is
//! removed on release, while still held; whoever waited for the removed file
//! notices that the name leads elsewhere and starts again.
//!
//! **Never:** takes a file that is not a lock of ours, or decides that a holder
//! is dead.
//! Next: `journal`, which only the holder writes.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Seek as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};

use crate::base::facts::ReadOnly;
use crate::base::failure::Failure;
use crate::base::words::words;

use super::disk::{self, Step};
use super::{Name, Store, file, here, json_line, places, plain};

const LONGEST: u64 = 4096;

/// A lock that is held; dropping it gives it back.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed before it is let go: nobody can take it in between.
        if leads_to(&self.path, &self.file) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// What came of asking for a lock.
#[derive(Debug)]
pub enum Locking {
    /// It is ours now.
    Taken(Lock),
    /// Somebody else has it: the report is read-only.
    Held(ReadOnly),
    /// It could not be found out; editing goes on without one.
    Unknown(Failure),
}

#[derive(Serialize, Deserialize)]
struct Holder {
    user: String,
    host: String,
    pid: u32,
    since: i64,
}

/// What came of one place for the lock file.
enum Place {
    Taken(Lock),
    Held(ReadOnly),
    /// No lock can be kept here.
    NotHere(io::Error),
}

impl Store {
    /// Asks for the lock of a report, without waiting.
    #[must_use]
    pub fn lock(&self, path: &Path) -> Locking {
        let name = Name::of(path);
        let target = places::follow(path);
        let mut beside = target.file_name().unwrap_or_default().to_owned();
        beside.push(".lock");
        let mut error = match self.lock_at(&target.with_file_name(beside)) {
            Place::Taken(lock) => return Locking::Taken(lock),
            Place::Held(holder) => return Locking::Held(holder),
            Place::NotHere(error) => error,
        };
        if let Some(path) = self.places.lock_of(&name) {
            let made = disk::make_folder(self.disk(), disk::folder_of(&path));
            match made.map_or_else(Place::NotHere, |()| self.lock_at(&path)) {
                Place::Taken(lock) => return Locking::Taken(lock),
                Place::Held(holder) => return Locking::Held(holder),
                Place::NotHere(other) => error = other,
            }
        }
        let what = words("没有加锁：{file}", "not locked: {file}");
        Locking::Unknown(file::failure(what, path, file::reason(&error)).hint(words(
            "可以编辑，但别人同时编辑时看不出来；保存前会比对文件。",
            "You can edit, but not see others doing so; the file is compared before a save.",
        )))
    }

    fn lock_at(&self, path: &Path) -> Place {
        // Each turn somebody else has just given it back.
        for _ in 0..100 {
            match self.try_lock_at(path) {
                Ok(Some(place)) => return place,
                Ok(None) => {}
                Err(error) => return Place::NotHere(error),
            }
        }
        Place::NotHere(ErrorKind::ResourceBusy.into())
    }

    fn try_lock_at(&self, path: &Path) -> io::Result<Option<Place>> {
        let mut reading = OpenOptions::new();
        reading.read(true).custom_flags(disk::flags(
            OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY,
        ));
        // Others are to see who has it, and whether anybody still has.
        let opened = reading
            .clone()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o644)
            .open(path);
        let (mut file, is_ours) = match opened {
            Ok(file) => (file, true),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                let Ok(meta) = std::fs::symlink_metadata(path) else {
                    return Err(error);
                };
                // Of another user, who may be gone without giving it back.
                let Ok(file) = reading.open(path) else {
                    // What can't be looked into counts as held.
                    return Ok(Some(Place::Held(ReadOnly::Locked {
                        by: format!("uid {}", meta.uid()),
                        since: here::local(meta.mtime()).short(),
                    })));
                };
                (file, false)
            }
            Err(error) => return Err(error),
        };
        let meta = file.metadata()?;
        if !meta.is_file() || meta.len() > LONGEST {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let asked = self
            .disk()
            .step(Step::Lock, path)
            .map_err(TryLockError::Error);
        let locked = match asked.and_then(|()| file.try_lock()) {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(error)) => {
                if meta.len() == 0 {
                    // Nothing can be locked here: leave nothing lying about.
                    let _ = std::fs::remove_file(path);
                }
                return Err(error);
            }
        };
        // Its holder gave it back, and removed it, since it was opened.
        if locked && !leads_to(path, &file) {
            return Ok(None);
        }
        let mut text = String::new();
        (&file).take(LONGEST).read_to_string(&mut text)?;
        let holder: Option<Holder> = serde_json::from_str(&text).ok();
        if !locked {
            let (by, since) = holder.map_or((String::new(), String::new()), |holder| {
                let (user, host) = (plain(&holder.user, 64), plain(&holder.host, 64));
                (format!("{user}@{host}"), here::local(holder.since).short())
            });
            return Ok(Some(Place::Held(ReadOnly::Locked { by, since })));
        }
        if !text.is_empty() && holder.is_none() {
            // Somebody's own file that happens to have this name.
            return Err(ErrorKind::AlreadyExists.into());
        }
        if !is_ours && holder.is_some() && std::fs::remove_file(path).is_ok() {
            return Ok(None);
        }
        let holder = Holder {
            user: self.who.user.clone(),
            host: self.who.host.clone(),
            pid: self.who.pid,
            since: self.now().seconds,
        };
        let line = json_line(&holder);
        file.rewind()?;
        // A full disk leaves a lock that does not say whose it is.
        let _ = file
            .set_len(0)
            .and_then(|()| disk::write(self.disk(), Step::Write, &file, path, &line));
        Ok(Some(Place::Taken(Lock {
            file,
            path: path.to_path_buf(),
        })))
    }
}

/// Whether the name still leads to this open file.
fn leads_to(path: &Path, file: &File) -> bool {
    let named = std::fs::symlink_metadata(path).map(|meta| (meta.dev(), meta.ino()));
    let open = file.metadata().map(|meta| (meta.dev(), meta.ino()));
    matches!((named, open), (Ok(named), Ok(open)) if named == open)
}
