//! One editor a report: a lock file that says who holds it.
//!
//! The lock is the system's own on the open file, so it ends with the process
//! whatever ends it; the file is only where it hangs and what it says. It is
//! removed on release, while still held; whoever waited for the removed file
//! notices that the name leads elsewhere and starts again.
//!
//! Left behind by a process of this machine it is free: the system knows that
//! process to be gone. Left behind by another machine it only says so, and then
//! a person decides ([`Store::take_over`]).
//!
//! **Never:** takes a file that is not a lock of ours, or decides that a holder
//! on another machine is dead.
//! Next: `journal`, which only the holder writes.

use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Seek as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};

use crate::base::facts::ReadOnly;
use crate::base::failure::Failure;
use crate::base::words::words;

use super::disk::{self, Step};
use super::failure::{failure, not_saved, reason};
use super::name::follow;
use super::{Name, SaveFailure, Store, json_line, machine, plain};

const LONGEST: u64 = 4096;

/// A lock that is held; dropping it gives it back.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(request_of(&self.path));
        // The file is removed before the lock ends, so that no other takes it in between.
        if leads_to(&self.path, &self.file) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Somebody who asked for a report to be let go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asker {
    /// user@host.
    pub by: String,
    /// When, as text.
    pub at: String,
}

/// The result of asking for a lock.
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

/// The result of asking at one place for the lock file.
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
        self.ask(path, false)
    }

    /// The lock of a file that is to be written over, for as long as that lasts;
    /// None where there is no file, or no lock can be kept.
    ///
    /// # Errors
    /// [`SaveFailure::Failed`] while somebody else edits it.
    pub fn claim(&self, path: &Path) -> Result<Option<Lock>, SaveFailure> {
        if !path.is_file() {
            return Ok(None);
        }
        match self.lock(path) {
            Locking::Taken(lock) => Ok(Some(lock)),
            Locking::Held(by) => Err(SaveFailure::Failed(held(path, &by))),
            Locking::Unknown(_) => Ok(None),
        }
    }

    /// Ends what a lock file says of somebody who is gone: the file is kept as a
    /// version, then the lock is free.
    ///
    /// # Errors
    /// A [`Failure`] if somebody holds the lock, or no version could be kept.
    pub fn take_over(&self, path: &Path) -> Result<(), Failure> {
        match self.ask(path, true) {
            Locking::Taken(_lock) => {
                self.keep_copy(path, &follow(path))
                    .map(drop)
                    .map_err(|failure| {
                        failure.hint(words(
                            "没有接管；让状态文件夹可以写，再试。",
                            "It was not taken over; make the state folder writable and try again.",
                        ))
                    })
            }
            Locking::Held(by) => Err(held(path, &by)),
            Locking::Unknown(failure) => Err(failure),
        }
    }

    /// Leaves a request beside the lock of a report: who holds it is to let it go.
    ///
    /// # Errors
    /// A [`Failure`] if nobody holds it, or the request can't be written.
    pub fn ask_to_let_go(&self, path: &Path) -> Result<(), Failure> {
        let (name, target) = (Name::of(path), follow(path));
        let beside = beside(&target);
        let elsewhere = self.places.lock_of(&name);
        let mut locks = std::iter::once(beside).chain(elsewhere);
        let what = words("没有留下话：{file}", "no request was left: {file}");
        let Some(lock) = locks.find(|lock| lock.is_file()) else {
            let why = words("现在没有人在编辑它。", "Nobody is editing it now.");
            return Err(failure(what, path, why.into()));
        };
        let request = request_of(&lock);
        let holder = Holder {
            user: self.who.user.clone(),
            host: self.who.host.clone(),
            pid: self.who.pid,
            since: self.now().seconds,
        };
        let opened = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o644)
            .custom_flags(disk::flags(OFlags::NOFOLLOW | OFlags::NONBLOCK))
            .open(&request);
        opened
            .and_then(|file| {
                disk::write(
                    self.disk(),
                    Step::Write,
                    &file,
                    &request,
                    &json_line(&holder),
                )
            })
            .map_err(|error| {
                failure(what, path, reason(&error)).hint(words(
                    "打电话请他关掉，或另存副本再合并。",
                    "Call, or save a copy and merge it later.",
                ))
            })
    }

    /// Who asked for the report of a lock to be let go; the request is taken away.
    #[must_use]
    pub fn asked(&self, lock: &Lock) -> Option<Asker> {
        let path = request_of(&lock.path);
        // A link there is none of ours.
        if std::fs::symlink_metadata(&path).ok()?.is_symlink() {
            return None;
        }
        let text = self.small(&path, LONGEST).ok()?;
        let _ = disk::remove(self.disk(), &path);
        let asker: Holder = serde_json::from_slice(&text).ok()?;
        let (user, host) = (plain(&asker.user, 64), plain(&asker.host, 64));
        Some(Asker {
            by: format!("{user}@{host}"),
            at: machine::local(asker.since).short(),
        })
    }

    /// Asks for the lock; `anyway` also where a lock file of another machine says
    /// that it is taken.
    fn ask(&self, path: &Path, anyway: bool) -> Locking {
        let name = Name::of(path);
        let target = follow(path);
        let mut error = match self.lock_at(&beside(&target), anyway) {
            Place::Taken(lock) => return Locking::Taken(lock),
            Place::Held(holder) => return Locking::Held(holder),
            Place::NotHere(error) => error,
        };
        if let Some(path) = self.places.lock_of(&name) {
            let made = disk::make_folder(self.disk(), disk::folder_of(&path));
            match made.map_or_else(Place::NotHere, |()| self.lock_at(&path, anyway)) {
                Place::Taken(lock) => return Locking::Taken(lock),
                Place::Held(holder) => return Locking::Held(holder),
                Place::NotHere(other) => error = other,
            }
        }
        let what = words("没有加锁：{file}", "not locked: {file}");
        Locking::Unknown(failure(what, path, reason(&error)).hint(words(
            "可以编辑，但别人同时编辑时看不出来；保存前会比对文件。",
            "You can edit, but can't see whether others do; the file is compared before a save.",
        )))
    }

    fn lock_at(&self, path: &Path, anyway: bool) -> Place {
        // Each turn somebody else has just given it back.
        for _ in 0..100 {
            match self.try_lock_at(path, anyway) {
                Ok(Some(place)) => return place,
                Ok(None) => {}
                Err(error) => return Place::NotHere(error),
            }
        }
        Place::NotHere(ErrorKind::ResourceBusy.into())
    }

    fn try_lock_at(&self, path: &Path, anyway: bool) -> io::Result<Option<Place>> {
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
            Err(error) => {
                let meta = match std::fs::symlink_metadata(path) {
                    Ok(meta) if meta.is_file() => meta,
                    _ => return Err(error),
                };
                // Of another user, who may be gone without giving it back.
                match reading.open(path) {
                    Ok(file) => (file, false),
                    Err(_) => return Ok(Some(unreadable(&meta))),
                }
            }
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
        let mut text = Vec::new();
        let read = self.disk().step(Step::Open, path);
        if let Err(error) = read.and_then(|()| (&file).take(LONGEST).read_to_end(&mut text)) {
            return match error.kind() {
                ErrorKind::NotFound => Err(error),
                _ => Ok(Some(unreadable(&meta))),
            };
        }
        let holder: Option<Holder> = serde_json::from_slice(&text).ok();
        let said = holder.as_ref().map(|holder| {
            let (user, host) = (plain(&holder.user, 64), plain(&holder.host, 64));
            (
                format!("{user}@{host}"),
                machine::local(holder.since).short(),
            )
        });
        if !locked {
            let (by, since) = said.unwrap_or_default();
            return Ok(Some(Place::Held(ReadOnly::Locked { by, since })));
        }
        // Free here; on a shared disk the other machine may hold it all the same.
        let is_elsewhere = |holder: &Holder| holder.host != self.who.host;
        if let (false, Some((by, since))) = (anyway, said)
            && holder.as_ref().is_some_and(is_elsewhere)
        {
            return Ok(Some(Place::Held(ReadOnly::Claimed { by, since })));
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

/// The lock file beside a report.
fn beside(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    target.with_file_name(name)
}

/// The request beside a lock file; no list of a folder shows it.
fn request_of(lock: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(lock.file_name().unwrap_or_default());
    name.push(".ask");
    lock.with_file_name(name)
}

/// What can't be looked into counts as held.
fn unreadable(meta: &Metadata) -> Place {
    Place::Held(ReadOnly::Locked {
        by: format!("uid {}", meta.uid()),
        since: machine::local(meta.mtime()).short(),
    })
}

/// A file that is not written because somebody else edits it.
#[must_use]
pub fn held(path: &Path, by: &ReadOnly) -> Failure {
    let (why, by, since) = match by {
        ReadOnly::Claimed { by, since } => (
            words(
                "锁文件说 {by} 从 {since} 起在编辑它，从这台机器看不出他还在不在。",
                "Its lock file says that {by} has been editing it since {since}; whether that is still so can't be seen from here.",
            ),
            by.as_str(),
            since.as_str(),
        ),
        ReadOnly::Locked { by, since } if !by.is_empty() => (
            words(
                "{by} 从 {since} 起正在编辑它。",
                "{by} has been editing it since {since}.",
            ),
            by.as_str(),
            since.as_str(),
        ),
        _ => (
            words("别人正在编辑它。", "Somebody else is editing it."),
            "",
            "",
        ),
    };
    let failure = not_saved(
        path,
        why.with(vec![("by", by.into()), ("since", since.into())]),
    );
    failure.hint(words(
        "或者等他关掉它；他确实不在了，就用 gouji 打开它，选“接管”。",
        "Or wait until it is closed; if nobody is there any more, open it in gouji and take it over.",
    ))
}

/// Whether the name still leads to this open file.
fn leads_to(path: &Path, file: &File) -> bool {
    let named = std::fs::symlink_metadata(path).map(|meta| (meta.dev(), meta.ino()));
    let open = file.metadata().map(|meta| (meta.dev(), meta.ino()));
    matches!((named, open), (Ok(named), Ok(open)) if named == open)
}
