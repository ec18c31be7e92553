//! Saving so that the old or the new file stands, whole.
//!
//! A file is begun, gets its bytes in pieces, and is ended, which gives the whole its
//! name. A save of bytes that are there already is the same three steps.
//!
//! **Never:** waits for a pipe or device, follows a stamp it was not given, or
//! replaces a file that it may not write.
//! Next: `versions` for what was replaced, `disk` for the steps, `journal` for what is
//! not saved yet.

use std::fs::{File, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Seek as _, SeekFrom};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{Gid, OFlags, Uid, XattrFlags};
use tempfile::NamedTempFile;

use crate::base::facts::Stamp;
use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Message, Words, words};

use super::disk::{self, Step};
use super::failure::{
    ELSEWHERE, IS_FOLDER, IS_SPECIAL, NOT_SAVED, failure, not_saved, reason, untouched,
};
use super::file::{LIMIT, Seen, digest, permit, stamp};
use super::name::{fnv, fnv_after, follow};
use super::versions::LARGEST;
use super::{Lock, Store};

/// What a file may be written over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Nothing: the name must be free, were it of a broken link.
    Nothing,
    /// The report that was seen so, or nothing; a version of it is kept.
    Seen(Seen),
    /// Any report, or nothing; a version of it is kept.
    Report,
    /// Any file, or nothing: what is there can be made again, and no version of it
    /// is kept.
    Paper,
}

/// A save that reached the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The file as it is now.
    pub stamp: Stamp,
    /// Where the version before is kept, if there was another.
    pub previous: Option<PathBuf>,
    /// The disk has confirmed it: a power cut does not take it back.
    pub confirmed: bool,
    /// What did not work although the file is saved.
    pub doubts: Vec<Failure>,
}

/// A save that did not happen; the old file is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveFailure {
    /// The file is not the one that was read: save elsewhere, or overwrite it by
    /// saving again without a stamp.
    ChangedOutside(Failure),
    /// There is a file where a new one was asked for.
    Exists(Failure),
    /// The disk refused.
    Failed(Failure),
}

impl SaveFailure {
    /// What happened, in words.
    #[must_use]
    pub fn failure(&self) -> &Failure {
        match self {
            SaveFailure::ChangedOutside(failure)
            | SaveFailure::Exists(failure)
            | SaveFailure::Failed(failure) => failure,
        }
    }
}

/// A file that is being written; dropped, it leaves nothing.
#[derive(Debug)]
pub struct Saving {
    to: SavedAs,
    way: Way,
    /// The digest of what was written so far.
    content: u128,
    /// The lock of the old file.
    _lock: Option<Lock>,
}

/// What a file is saved as.
#[derive(Debug)]
struct SavedAs {
    /// As the user wrote it.
    path: PathBuf,
    /// What it leads to.
    target: PathBuf,
    over: Over,
}

/// How the bytes get there.
#[derive(Debug)]
enum Way {
    /// The file beside takes a new name.
    New(NamedTempFile),
    /// The file beside takes the name of the old one.
    Replacing(NamedTempFile, Metadata),
    /// They are collected and written over the old file itself: it has several names,
    /// or its folder takes no other file.
    InPlace(Vec<u8>, Metadata),
}

impl Store {
    /// Saves a file, over an old one if there is one and `over` allows it.
    ///
    /// The version before goes to the state folder. What survives a crash: the
    /// old or the new file, whole, and after the answer the new one. Only where
    /// the file has several names, or its folder can't be written, is it
    /// written in place, after a synced copy of the old one was kept; a crash in
    /// the middle of that leaves the copy and the journal.
    ///
    /// # Errors
    /// [`SaveFailure`]; the old file is as it was.
    pub fn save(&self, path: &Path, bytes: &[u8], over: Over) -> Result<Saved, SaveFailure> {
        let mut saving = self.start(path, over)?;
        self.add(&mut saving, bytes)?;
        self.end(saving)
    }

    /// Begins a file whose bytes come in pieces, so that memory stays flat. The lock of
    /// an old file is held until the end.
    ///
    /// # Errors
    /// [`SaveFailure`] where no file can be written there, or somebody edits it.
    pub fn begin(&self, path: &Path, over: Over) -> Result<Saving, SaveFailure> {
        let lock = match over {
            Over::Nothing => None,
            _ => self.claim(path)?,
        };
        let saving = self.start(path, over)?;
        Ok(Saving {
            _lock: lock,
            ..saving
        })
    }

    fn start(&self, path: &Path, over: Over) -> Result<Saving, SaveFailure> {
        let to = SavedAs {
            path: path.to_path_buf(),
            // A link is followed to what it replaces; a new file never takes its name.
            target: match over {
                Over::Nothing => path.to_path_buf(),
                _ => follow(path),
            },
            over,
        };
        let old = match over {
            Over::Nothing => to.free()?,
            _ => to.existing(self)?,
        };
        // Closed until its mode is known: the report may be confidential.
        let mode = if old.is_some() { 0o600 } else { 0o666 };
        let beside = || disk::create_temp(self.disk(), disk::folder_of(&to.target), mode, false);
        let way = match old {
            None => Way::New(beside().map_err(|error| to.failed(&error))?),
            Some(old) if old.nlink() > 1 => Way::InPlace(Vec::new(), old),
            Some(old) => match beside() {
                Err(error) if is_closed(&error) => Way::InPlace(Vec::new(), old),
                temp => {
                    let temp = temp.and_then(|temp| {
                        self.disk().step(Step::Mode, temp.path())?;
                        like(temp.as_file(), &old)?;
                        carry_attributes(&to.target, temp.as_file());
                        Ok(temp)
                    });
                    Way::Replacing(temp.map_err(|error| to.failed(&error))?, old)
                }
            },
        };
        Ok(Saving {
            to,
            way,
            content: fnv(b""),
            _lock: None,
        })
    }

    /// Writes one piece more.
    ///
    /// # Errors
    /// [`SaveFailure`]; what has the name is as it was.
    pub fn add(&self, saving: &mut Saving, bytes: &[u8]) -> Result<(), SaveFailure> {
        saving.content = fnv_after(saving.content, bytes);
        match &mut saving.way {
            Way::InPlace(pieces, _) => pieces.extend_from_slice(bytes),
            Way::New(temp) | Way::Replacing(temp, _) => {
                let (file, target) = (temp.as_file(), saving.to.target.as_path());
                let added = disk::write(self.disk(), Step::Write, file, target, bytes);
                added.map_err(|error| saving.to.failed(&error))?;
            }
        }
        Ok(())
    }

    /// Gives the whole its name. What survives a crash: the old or the new file.
    ///
    /// # Errors
    /// [`SaveFailure`]; what has the name is as it was.
    pub fn end(&self, saving: Saving) -> Result<Saved, SaveFailure> {
        let Saving {
            to,
            way,
            content,
            _lock,
        } = saving;
        match way {
            Way::New(temp) => to.create(self, temp),
            Way::Replacing(temp, old) => to.replace(self, temp, &old, content),
            Way::InPlace(bytes, old) => to.in_place(self, &old, &bytes),
        }
    }

    /// Makes the folder of a new file, and those above it, as any new folder is made.
    ///
    /// # Errors
    /// A [`Failure`] that names the file.
    pub fn make_folder_of(&self, path: &Path) -> Result<(), Failure> {
        let folder = disk::folder_of(path);
        let made = self.disk().step(Step::MakeFolder, folder);
        made.and_then(|()| std::fs::create_dir_all(folder))
            .map_err(|error| not_saved(path, reason(&error)))
    }
}

/// Whether an error says no more than that nothing may be put in a folder.
fn is_closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::ResourceBusy
    )
}

impl SavedAs {
    fn failed(&self, error: &io::Error) -> SaveFailure {
        let way = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => words(
                "腾出空间再保存，或另存到别的磁盘。",
                "Make room and save again, or save to another disk.",
            ),
            _ => ELSEWHERE,
        };
        self.refused(reason(error), way)
    }

    fn refused(&self, why: Message, way: Words) -> SaveFailure {
        SaveFailure::Failed(failure(NOT_SAVED, &self.path, untouched(why)).hint(way))
    }

    fn exists(&self) -> SaveFailure {
        let why = words("已经有这个文件。", "A file of that name exists already.");
        SaveFailure::Exists(
            failure(NOT_SAVED, &self.path, untouched(why.into())).hint(words(
                "换一个名字；命令行上加 --force 覆盖。",
                "Choose another name; --force overwrites on the command line.",
            )),
        )
    }

    fn is_folder(&self) -> SaveFailure {
        let way = words("换一个名字。", "Choose another name.");
        self.refused(IS_FOLDER.into(), way)
    }

    /// Fails unless the name is free.
    fn free(&self) -> Result<Option<Metadata>, SaveFailure> {
        match std::fs::symlink_metadata(&self.target) {
            Ok(meta) if meta.is_dir() => Err(self.is_folder()),
            Ok(_) => Err(self.exists()),
            Err(_) => Ok(None),
        }
    }

    /// The old file, if there is one and it may be saved over.
    fn existing(&self, store: &Store) -> Result<Option<Metadata>, SaveFailure> {
        let meta = match std::fs::metadata(&self.target) {
            Ok(meta) => meta,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed(&error)),
        };
        if meta.is_dir() {
            return Err(self.is_folder());
        }
        if !meta.is_file() {
            return Err(self.refused(
                IS_SPECIAL.into(),
                words("换一个名字。", "Choose another name."),
            ));
        }
        self.unchanged(store, &meta)?;
        // Renaming over it would not ask: a read-only file stays as it is.
        permit(store.disk(), &self.target).map_err(|error| self.failed(&error))?;
        Ok(Some(meta))
    }

    /// Whether the file holds what was last read or written, as far as is known.
    fn is_as_seen(&self, store: &Store, meta: &Metadata, seen: Seen) -> bool {
        match seen.content {
            Some(content) => {
                let now = store.small(&self.target, LIMIT);
                now.is_ok_and(|now| digest(&now) == content)
            }
            None => stamp(meta) == seen.stamp,
        }
    }

    fn unchanged(&self, store: &Store, meta: &Metadata) -> Result<(), SaveFailure> {
        match self.over {
            Over::Seen(seen) if !self.is_as_seen(store, meta, seen) => {
                let why = words(
                    "打开以后，文件被别的程序或别人改过。",
                    "It was changed by someone else since it was opened.",
                );
                let failure = failure(NOT_SAVED, &self.path, untouched(why.into()))
                    .hint(ELSEWHERE)
                    .hint(words(
                        "或者覆盖它：现在的内容会先留一份旧版。",
                        "Or overwrite it: what is there now is kept as a previous version.",
                    ));
                Err(SaveFailure::ChangedOutside(failure))
            }
            _ => Ok(()),
        }
    }

    /// Lets the file beside take the name of the old one.
    fn replace(
        &self,
        store: &Store,
        temp: NamedTempFile,
        old: &Metadata,
        content: u128,
    ) -> Result<Saved, SaveFailure> {
        let fail = |error: io::Error| self.failed(&error);
        disk::sync(store.disk(), temp.as_file(), &self.target).map_err(fail)?;
        let mut doubts = Vec::new();
        let mut previous = None;
        if self.over != Over::Paper {
            match store.keep_version(&self.path, &self.target, content) {
                Ok(kept) => previous = kept,
                Err(failure) => doubts.push(failure.hint(words(
                    "新的内容已经写好；要留旧版，请让状态文件夹可以写。",
                    "The new content is written; to keep versions, make the state folder writable.",
                ))),
            }
        }
        // Once more, as late as can be.
        match std::fs::metadata(&self.target) {
            Ok(meta) if stamp(&meta) != stamp(old) => self.unchanged(store, &meta)?,
            _ => {}
        }
        match disk::rename(store.disk(), temp, &self.target) {
            Ok(file) => self.saved(store, &file, previous, doubts),
            Err(refused) if is_closed(&refused.error) => {
                let bytes = store.small(refused.file.path(), u64::MAX / 2);
                self.in_place(store, old, &bytes.map_err(fail)?)
            }
            Err(refused) => Err(self.failed(&refused.error)),
        }
    }

    /// Lets the file beside take a name that nothing has.
    fn create(&self, store: &Store, temp: NamedTempFile) -> Result<Saved, SaveFailure> {
        let named = disk::sync(store.disk(), temp.as_file(), &self.target).and_then(|()| {
            if self.over == Over::Nothing {
                disk::rename_new(store.disk(), temp, &self.target)
            } else {
                disk::rename(store.disk(), temp, &self.target).map_err(|refused| refused.error)
            }
        });
        match named {
            Ok(file) => self.saved(store, &file, None, Vec::new()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(self.exists()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// The new file has its name; now its folder is to say so after a power cut.
    fn saved(
        &self,
        store: &Store,
        file: &File,
        previous: Option<PathBuf>,
        mut doubts: Vec<Failure>,
    ) -> Result<Saved, SaveFailure> {
        let synced = disk::sync_folder(store.disk(), disk::folder_of(&self.target));
        if let Err(error) = &synced {
            let what = words(
                "已保存，但磁盘没有确认：{file}",
                "saved, but the disk did not confirm it: {file}",
            );
            doubts.push(failure(what, &self.path, reason(error)).hint(ELSEWHERE));
        }
        let meta = file.metadata().map_err(|error| self.failed(&error))?;
        Ok(Saved {
            stamp: stamp(&meta),
            previous,
            confirmed: synced.is_ok(),
            doubts,
        })
    }

    /// Writes over the file itself; its old content is kept before.
    ///
    /// What is longer than before comes first, so that a full disk is met while
    /// the old content is still there.
    fn in_place(&self, store: &Store, old: &Metadata, bytes: &[u8]) -> Result<Saved, SaveFailure> {
        let fail = |error: io::Error| self.failed(&error);
        let copy = store
            .keep_copy(&self.path, &self.target)
            .map_err(|failure| SaveFailure::Failed(failure.hint(ELSEWHERE)))?;
        let opened = store.disk().step(Step::OpenInPlace, &self.target);
        opened.map_err(fail)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(disk::flags(OFlags::NONBLOCK | OFlags::NOCTTY))
            .open(&self.target)
            .map_err(fail)?;
        let meta = file.metadata().map_err(fail)?;
        if stamp(&meta) != stamp(old) {
            self.unchanged(store, &meta)?;
            return Err(fail(ErrorKind::ResourceBusy.into()));
        }
        if let Err(error) = self.write_over(store, &mut file, old.len(), bytes) {
            if self.restore(store, &mut file, &copy).is_ok() {
                return Err(fail(error));
            }
            let what = words("只写了一半：{file}", "only partly written: {file}");
            let before = words(
                "原来的内容在 {copy}。",
                "The previous content is in {copy}.",
            );
            let half = failure(what, &self.path, reason(&error))
                .hint(before.with(vec![("copy", shown_path(&copy).into())]))
                .hint(ELSEWHERE);
            return Err(SaveFailure::Failed(half));
        }
        let previous = if self.over == Over::Paper {
            // It was only there for a crash.
            let _ = disk::remove(store.disk(), &copy);
            None
        } else {
            Some(copy)
        };
        self.saved(store, &file, previous, Vec::new())
    }

    fn write_over(&self, store: &Store, file: &mut File, old: u64, bytes: &[u8]) -> io::Result<()> {
        let split = usize::try_from(old).unwrap_or(usize::MAX).min(bytes.len());
        let (head, tail) = bytes.split_at(split);
        if !tail.is_empty() {
            file.seek(SeekFrom::Start(old))?;
            disk::write(store.disk(), Step::WriteTail, file, &self.target, tail)?;
            disk::sync(store.disk(), file, &self.target)?;
        }
        file.rewind()?;
        disk::write(store.disk(), Step::WriteHead, file, &self.target, head)?;
        store.disk().step(Step::Cut, &self.target)?;
        file.set_len(bytes.len() as u64)?;
        disk::sync(store.disk(), file, &self.target)
    }

    /// Writes the kept copy back over a half-written file.
    fn restore(&self, store: &Store, file: &mut File, copy: &Path) -> io::Result<()> {
        let old = store.small(copy, LARGEST)?;
        file.rewind()?;
        disk::write(store.disk(), Step::WriteHead, file, &self.target, &old)?;
        store.disk().step(Step::Cut, &self.target)?;
        file.set_len(old.len() as u64)?;
        disk::sync(store.disk(), file, &self.target)
    }
}

/// Gives a file the owner, group and mode of another as far as that is allowed.
fn like(file: &File, old: &Metadata) -> io::Result<()> {
    let mut mode = old.mode() & 0o777;
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        let (user, group) = (Uid::from_raw(old.uid()), Gid::from_raw(old.gid()));
        let kept = rustix::fs::fchown(file, Some(user), Some(group))
            .or_else(|_| rustix::fs::fchown(file, None, Some(group)));
        if kept.is_err() && new.gid() != old.gid() {
            // Another group than before gets no more than everybody.
            mode &= 0o707 | (mode & 0o007) << 3;
        }
    }
    file.set_permissions(Permissions::from_mode(mode))
}

/// Most extended attributes of a file that are carried over, and most bytes of one.
const ATTRIBUTES: (usize, usize) = (64, 64 << 10);

/// Gives a file the extended attributes of another, access lists among them, where
/// the system lets: what it refuses is no reason not to save.
fn carry_attributes(from: &Path, to: &File) {
    let mut names = vec![0; ATTRIBUTES.1];
    let Ok(len) = rustix::fs::listxattr(from, &mut names) else {
        return;
    };
    let mut value = vec![0; ATTRIBUTES.1];
    let names = names[..len].split(|byte| *byte == 0);
    for name in names.filter(|name| !name.is_empty()).take(ATTRIBUTES.0) {
        if let Ok(len) = rustix::fs::getxattr(from, name, &mut value) {
            let _ = rustix::fs::fsetxattr(to, name, &value[..len], XattrFlags::empty());
        }
    }
}
