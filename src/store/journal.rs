//! What was done to a report since its last save, a line a change.
//!
//! Line 1 is the whole report at the last save or import; each further line is
//! one change. A line is in the file before the screen shows the change, and on
//! the disk a moment later, when the shell calls [`Journal::sync`].
//!
//! The file gets its name at the first change, not before: opening a report leaves
//! folders at most. All lines are kept in memory as well, so that a journal that broke
//! can be written again whole. One that grew long is written again short: all changes
//! become one that says where they led.
//!
//! **Never:** syncs in [`Journal::append`] a file that only grew; shortens one
//! except to mend a torn end; replaces the journal of another session.
//! Next: `recovery`, which reads it, `change` for the lines.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use serde::{Deserialize, Serialize};

use crate::base::facts::{FileFacts, Stamp};
use crate::base::failure::Failure;
use crate::base::words::{Words, words};
use crate::form::Form;
use crate::model::{Change, Op, Report};

use super::disk::{self, Disk, Step};
use super::failure::{failure, reason};
use super::name::PathText;
use super::{Name, Recovery, Store, change, json_line};

/// Most bytes a journal may have.
pub const LIMIT: u64 = 64 * 1024 * 1024;
/// Bytes from which all changes become one: thirty times what a day of typing takes,
/// and little enough to be replayed beside the history.
const LONG: usize = 32 * 1024 * 1024;
pub(super) const VERSION: u32 = 1;

/// Line 1.
#[derive(Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) gouji_journal: u32,
    #[serde(default)]
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) path: Option<PathText>,
    #[serde(default)]
    pub(super) source: Option<PathText>,
    #[serde(default)]
    pub(super) stamp: Option<(u64, i64, u32, u64)>,
    pub(super) by: String,
    pub(super) at: i64,
    pub(super) form: String,
    /// As text, so that one step takes the native file out of it unchanged.
    pub(super) report: String,
}

/// The journal of an open report.
#[derive(Debug)]
pub struct Journal {
    name: Name,
    form: &'static Form,
    /// The report as it was opened, until line 1 is made of it.
    opened: Option<Box<(FileFacts, Report)>>,
    /// All lines, as the file is to hold them.
    text: Vec<u8>,
    /// Our file; None until the first change.
    path: Option<PathBuf>,
    file: Option<File>,
    /// The file lacks lines, or may end in a torn one.
    behind: bool,
    unsynced: Unsynced,
    /// Bytes from which all changes become one.
    long: usize,
    full: bool,
}

/// What a power cut would still take back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unsynced {
    Nothing,
    Lines,
    /// The file's name as well: the folder was not synced since it got it.
    NameAndLines,
}

const NO_JOURNAL: Words = words(
    "改动没有写进恢复日志：{file}",
    "changes are not in the recovery journal: {file}",
);

impl Store {
    /// The journal of a report as it was just opened, imported or made.
    ///
    /// Touches no disk: the file comes with the first change. [`Journal::begin`] makes
    /// line 1, after the screen is drawn.
    #[must_use]
    pub fn journal(&self, facts: &FileFacts, report: &Report) -> Journal {
        Journal {
            name: self.name(facts),
            opened: Some(Box::new((facts.clone(), report.clone()))),
            text: Vec::new(),
            form: report.form(),
            path: None,
            file: None,
            behind: false,
            unsynced: Unsynced::Nothing,
            long: LONG,
            full: false,
        }
    }

    /// The journal of a recovered report, continued.
    #[must_use]
    pub fn resume(&self, recovery: &Recovery) -> Journal {
        let mut journal = Journal {
            name: recovery.name.clone(),
            form: recovery.saved.form(),
            opened: None,
            text: recovery.text.clone(),
            path: None,
            file: None,
            behind: recovery.torn,
            unsynced: Unsynced::Nothing,
            long: LONG,
            full: false,
        };
        // Lines that did not fit are kept aside when the next change comes.
        if recovery.stopped.is_none() {
            let opened = disk::open(self.disk(), &recovery.journal)
                .and_then(|_| OpenOptions::new().append(true).open(&recovery.journal));
            if let Ok(file) = opened {
                let _ = file.try_lock();
                journal.path = Some(recovery.journal.clone());
                journal.file = Some(file);
            }
        }
        journal
    }

    /// What the journal of a report is named by: its file, the file it was made
    /// from, or a new name.
    fn name(&self, facts: &FileFacts) -> Name {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        match facts.path.as_ref().or(facts.source.as_ref()) {
            Some(path) => Name::of(path),
            None => Name::Unnamed(format!(
                "{}-{}-{}",
                self.now().compact(),
                self.who.pid,
                NEXT.fetch_add(1, Ordering::Relaxed)
            )),
        }
    }

    fn line_1(&self, name: &Name, facts: &FileFacts, report: &Report) -> Vec<u8> {
        let absolute = |path: &PathBuf| match Name::of(path) {
            Name::Path(path) => Some(PathText::of(&path)),
            Name::Unnamed(_) => None,
        };
        let header = Header {
            gouji_journal: VERSION,
            id: match name {
                Name::Unnamed(id) => Some(id.clone()),
                Name::Path(_) => None,
            },
            path: facts.path.as_ref().and_then(absolute),
            source: facts.source.as_ref().and_then(absolute),
            stamp: facts.stamp.map(
                |Stamp {
                     size,
                     seconds,
                     nanos,
                     inode,
                 }| (size, seconds, nanos, inode),
            ),
            by: self.who.address(),
            at: self.now().seconds,
            form: report.form().key.to_owned(),
            report: (self.codec.write)(report),
        };
        json_line(&header)
    }
}

/// Whether somebody tidied the folder up under us.
fn is_removed(file: &File) -> bool {
    file.metadata().is_ok_and(|meta| meta.nlink() == 0)
}

impl Journal {
    /// What it is named by; the modes of the report are kept under the same name.
    #[must_use]
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// The form of its report.
    #[must_use]
    pub fn form(&self) -> &'static Form {
        self.form
    }

    /// Its file, once there is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether [`Journal::sync`] has something to do.
    #[must_use]
    pub fn needs_sync(&self) -> bool {
        self.unsynced != Unsynced::Nothing || self.behind
    }

    /// Makes line 1, if it is not there yet. Touches no disk.
    ///
    /// The first change does so as well; done before, a key need not wait for it.
    pub fn begin(&mut self, store: &Store) {
        if let Some(opened) = self.opened.take() {
            self.text = store.line_1(&self.name, &opened.0, &opened.1);
        }
    }

    /// Adds a change that was applied, with the ops that ran.
    ///
    /// What survives a crash: after the answer, the change survives the end of
    /// the process; after the next [`Journal::sync`], a power cut.
    ///
    /// # Errors
    /// A [`Failure`] to be shown before the next change. The line is remembered:
    /// the next append or sync writes the journal again whole.
    pub fn append(&mut self, store: &Store, change: &Change, ran: &[Op]) -> Result<(), Failure> {
        self.begin(store);
        let line = change::write(self.form, change, ran);
        if !self.full && self.text.len() + line.len() > self.long {
            self.shorten(store);
        }
        self.full = self.full || (self.text.len() + line.len()) as u64 > LIMIT;
        if self.full {
            // A later line would not fit without this one.
            return Err(self.failure(store, &ErrorKind::FileTooLarge.into()));
        }
        self.text.extend_from_slice(&line);
        let appended = match (&self.file, &self.path) {
            (Some(file), Some(path)) if !self.behind => add(store.disk(), file, path, &line),
            _ => Err(ErrorKind::NotFound.into()),
        };
        if appended.is_ok() {
            if self.unsynced == Unsynced::Nothing {
                self.unsynced = Unsynced::Lines;
            }
            return Ok(());
        }
        self.behind = true;
        self.stand(store)
    }

    /// Makes one change of all those that took too much room: where they led.
    fn shorten(&mut self, store: &Store) {
        if let Some(short) = store.shortened(&self.name, &self.text) {
            self.text = short;
            self.behind = true;
        }
        // What can't be shortened by much is not tried at every key.
        self.long = LONG.max(2 * self.text.len());
    }

    /// Waits until everything appended is on the disk.
    ///
    /// What survives a power cut: everything appended before.
    ///
    /// # Errors
    /// A [`Failure`] to be shown; the next call tries again.
    pub fn sync(&mut self, store: &Store) -> Result<(), Failure> {
        if self.needs_sync() && self.file.as_ref().is_some_and(is_removed) {
            self.behind = true;
        }
        if self.behind {
            self.stand(store)?;
        }
        let (Some(file), Some(path)) = (&self.file, &self.path) else {
            return Ok(());
        };
        if self.unsynced == Unsynced::Nothing {
            return Ok(());
        }
        let synced = disk::sync(store.disk(), file, path).and_then(|()| {
            if self.unsynced == Unsynced::NameAndLines {
                disk::sync_folder(store.disk(), disk::folder_of(path))?;
            }
            Ok(())
        });
        if let Err(error) = synced {
            // What the system could not write it may have dropped.
            self.behind = true;
            return Err(self.failure(store, &error));
        }
        self.unsynced = Unsynced::Nothing;
        Ok(())
    }

    /// The report reached the disk as it is: the journal begins anew.
    ///
    /// The old file is removed; the new one comes with the next change. What
    /// survives a crash: the saved file, which was synced before this is called.
    ///
    /// # Errors
    /// A [`Failure`] if the old journal could not be removed; it is replaced by
    /// the next change.
    pub fn saved(
        &mut self,
        store: &Store,
        facts: &FileFacts,
        report: &Report,
    ) -> Result<(), Failure> {
        let removed = self.remove(store);
        let path = self.path.take().filter(|_| removed.is_err());
        *self = Journal {
            path,
            ..store.journal(facts, report)
        };
        removed
    }

    /// The report is closed and nothing of it is to be kept.
    ///
    /// # Errors
    /// A [`Failure`] if the file could not be removed.
    pub fn discard(mut self, store: &Store) -> Result<(), Failure> {
        self.remove(store)
    }

    /// The report is closed, its changes are kept for later.
    ///
    /// # Errors
    /// A [`Failure`] if they could not be written; then do not quit unasked.
    pub fn keep(&mut self, store: &Store) -> Result<(), Failure> {
        self.begin(store);
        self.behind = self.behind || self.file.as_ref().is_none_or(is_removed);
        if !self.text.ends_with(change::LEFT) {
            self.text.extend_from_slice(change::LEFT);
            if let (false, Some(file), Some(path)) = (self.behind, &self.file, &self.path) {
                self.behind = add(store.disk(), file, path, change::LEFT).is_err();
                if self.unsynced == Unsynced::Nothing {
                    self.unsynced = Unsynced::Lines;
                }
            }
        }
        self.sync(store)
    }

    fn remove(&mut self, store: &Store) -> Result<(), Failure> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let removed = disk::remove(store.disk(), path)
            .and_then(|()| disk::sync_folder(store.disk(), disk::folder_of(path)));
        // The lock ends only now, so that no session took the file for abandoned.
        self.file = None;
        removed.map_err(|error| {
            let what = words(
                "旧的恢复日志还在：{file}",
                "an old recovery journal remains: {file}",
            );
            failure(what, path, reason(&error)).hint(words(
                "可以删掉这个文件：改动都已保存。",
                "You may remove it: all changes are saved.",
            ))
        })
    }

    /// Writes the journal whole, in the first place that takes it.
    ///
    /// What survives a crash: the old or the new journal.
    fn stand(&mut self, store: &Store) -> Result<(), Failure> {
        self.begin(store);
        let mut refused: Option<io::Error> = None;
        for path in store.places.journal_of(&self.name) {
            match self.stand_at(store, &path) {
                Ok(file) => {
                    self.stands(store, file, path);
                    return Ok(());
                }
                Err(error) => {
                    refused.get_or_insert(error);
                }
            }
        }
        let error = refused.unwrap_or_else(|| ErrorKind::NotFound.into());
        Err(self.failure(store, &error))
    }

    /// It is whole in this file.
    fn stands(&mut self, store: &Store, file: File, path: PathBuf) {
        let old = self.path.replace(path);
        if let Some(old) = old.filter(|old| Some(old) != self.path.as_ref()) {
            // It ends earlier than this one; recovery prefers this one.
            let _ = disk::remove(store.disk(), &old);
        }
        self.file = Some(file);
        self.behind = false;
        self.unsynced = Unsynced::NameAndLines;
    }

    fn stand_at(&self, store: &Store, path: &Path) -> io::Result<File> {
        let (disk, folder) = (store.disk(), disk::folder_of(path));
        if store.places.journals().as_deref() == Some(folder) {
            disk::make_folder(disk, folder)?;
        }
        let there = std::fs::symlink_metadata(path).is_ok();
        if there && self.path.as_deref() != Some(path) {
            set_aside(store, path)?;
        }
        let temp = disk::create_temp(disk, folder, 0o600, true)?;
        disk::write(disk, Step::Write, temp.as_file(), path, &self.text)?;
        if there {
            // The old one may go only when the new one is safe.
            disk::sync(disk, temp.as_file(), path)?;
        }
        lock(temp.as_file());
        disk::rename(disk, temp, path).map_err(|refused| refused.error)
    }

    fn failure(&self, store: &Store, error: &io::Error) -> Failure {
        let path = match (&self.path, &self.name) {
            (Some(path), _) | (None, Name::Path(path)) => path.clone(),
            (None, Name::Unnamed(id)) => store.places.journals().unwrap_or_default().join(id),
        };
        failure(NO_JOURNAL, &path, reason(error)).hint(words(
            "现在就保存（Ctrl+S）：断线会丢掉没有保存的改动。",
            "Save now (Ctrl+S): a lost connection would lose what is not saved.",
        ))
    }
}

/// Tells others that a journal is not an abandoned one.
fn lock(file: &File) {
    let _ = file.try_lock();
}

/// Adds one line to a journal, in one write.
fn add(disk: &dyn Disk, mut file: &File, path: &Path, line: &[u8]) -> io::Result<()> {
    disk.step(Step::Append, path)?;
    let room = disk.room(Step::Append, path, line.len()).min(line.len());
    if file.write(&line[..room])? < line.len() {
        return Err(ErrorKind::StorageFull.into());
    }
    Ok(())
}

/// Makes way for a journal where an abandoned one lies.
///
/// One that holds changes, or can't be read, keeps a second name; it is never
/// deleted. One that a living session writes stays.
fn set_aside(store: &Store, path: &Path) -> io::Result<()> {
    let file = disk::open(store.disk(), path)?;
    if let Err(std::fs::TryLockError::WouldBlock) = file.try_lock_shared() {
        return Err(ErrorKind::ResourceBusy.into());
    }
    let lines = store
        .small(path, LIMIT)
        .map(|bytes| bytes.split_inclusive(|byte| *byte == b'\n').count());
    if lines.is_ok_and(|lines| lines <= 1) {
        return Ok(());
    }
    let kept = |number: u32| {
        let mut kept = path.as_os_str().to_owned();
        kept.push(format!(".kept-{}-{number}", store.now().compact()));
        PathBuf::from(kept)
    };
    store.disk().step(Step::Rename, path)?;
    for number in 0..100 {
        match std::fs::hard_link(path, kept(number)) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(_) => return std::fs::rename(path, kept(number)),
            Ok(()) => return Ok(()),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}
