//! Opening files, and saving so that the old or the new file stands, whole.
//!
//! **Never:** waits for a pipe or device, follows a stamp it was not given, or
//! replaces a file that it may not write.
//! Next: `disk` for the steps, `journal` for what is not saved yet.

use std::fs::{File, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, Gid, OFlags, Uid, XattrFlags};
use tempfile::NamedTempFile;

use crate::base::facts::{FileFacts, ReadOnly, Stamp};
use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Message, Words, words};

use super::disk::{self, Disk, Real, Step};
use super::failure::{
    CANNOT_OPEN, ELSEWHERE, IS_FOLDER, IS_SPECIAL, NOT_SAVED, failure, not_saved, reason, untouched,
};
use super::name::{fnv, follow};
use super::{Lock, Name, Store, places};

/// Largest file of text or JSON that is read.
pub const LIMIT: u64 = 8 * 1024 * 1024;
/// Versions kept of a report that was saved over.
pub const VERSIONS: usize = 5;
const LARGEST_VERSION: u64 = 64 * 1024 * 1024;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its content.
    pub bytes: Vec<u8>,
    /// Where it is, its stamp, and whether it may be written.
    pub facts: FileFacts,
}

/// A file as this session last read or wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// How it looked.
    pub stamp: Stamp,
    /// The [`digest`] of its bytes, where that is known: it decides then, for two
    /// files may look the same, and one file may get another time.
    pub content: Option<u128>,
}

impl From<Stamp> for Seen {
    fn from(stamp: Stamp) -> Self {
        Seen {
            stamp,
            content: None,
        }
    }
}

/// What tells one content from another. No secret: it finds accidents.
#[must_use]
pub fn digest(bytes: &[u8]) -> u128 {
    fnv(bytes)
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

/// A save that did not happen; the old file stands.
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

/// Reads a whole file.
///
/// # Errors
/// A [`Failure`] that names the file, the reason and a way out.
pub fn read(path: &Path, limit: u64) -> Result<Opened, Failure> {
    read_on(&Real, path, limit)
}

/// The bytes of a whole file, for those who will not write it.
///
/// # Errors
/// The same as of [`read`].
pub fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let (bytes, _) = bytes_on(&Real, path, limit)?;
    Ok(bytes)
}

fn read_on(disk: &dyn Disk, path: &Path, limit: u64) -> Result<Opened, Failure> {
    let (bytes, meta) = bytes_on(disk, path, limit)?;
    let facts = FileFacts {
        path: Some(path.to_path_buf()),
        source: None,
        stamp: Some(stamp(&meta)),
        read_only: permit(disk, path).err().map(|_| ReadOnly::Permission),
    };
    Ok(Opened { bytes, facts })
}

fn bytes_on(disk: &dyn Disk, path: &Path, limit: u64) -> Result<(Vec<u8>, Metadata), Failure> {
    let refuse = |why: Message, way: Words| failure(CANNOT_OPEN, path, why).hint(way);
    let broken = |error: io::Error| {
        let way = match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => words(
                "检查名字和文件夹；新建一份用 gouji new。",
                "Check the name and the folder; gouji new makes an empty report.",
            ),
            ErrorKind::PermissionDenied => words(
                "请文件的主人给读的权限，或请他复制一份给你。",
                "Ask its owner for permission to read it, or for a copy.",
            ),
            _ => words(
                "复制到本机的文件夹再打开。",
                "Copy it to a local folder and open that.",
            ),
        };
        refuse(untouched(reason(&error)), way)
    };
    let regular = |meta: &Metadata| {
        if meta.is_dir() {
            return Err(refuse(
                IS_FOLDER.into(),
                words(
                    "写出里面文件的名字；gouji check 可以检查整个文件夹。",
                    "Name a file in it; gouji check takes whole folders.",
                ),
            ));
        }
        if !meta.is_file() {
            return Err(refuse(
                IS_SPECIAL.into(),
                words(
                    "先存成文件再打开；命令行可以用 - 读标准输入。",
                    "Save it to a file first; on the command line - reads standard input.",
                ),
            ));
        }
        if meta.len() > limit {
            let why = words(
                "文件有 {size}，最多读 {limit}。",
                "It has {size}; at most {limit} are read.",
            )
            .with(vec![
                ("size", size(meta.len()).into()),
                ("limit", size(limit).into()),
            ]);
            return Err(refuse(
                untouched(why),
                words(
                    "确认这是一份年度报告；只留报告本身再打开。",
                    "Make sure that it is one annual report, and keep only that.",
                ),
            ));
        }
        Ok(())
    };

    // Looked at before it is opened: opening a pipe already tells its writer.
    regular(&std::fs::metadata(path).map_err(broken)?)?;
    let file = disk::open(disk, path).map_err(broken)?;
    let meta = file.metadata().map_err(broken)?;
    regular(&meta)?;
    let size = usize::try_from(meta.len()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(size + 1);
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(broken)?;
    if bytes.len() as u64 > limit {
        return Err(broken(ErrorKind::FileTooLarge.into()));
    }
    if bytes.is_empty() {
        return Err(refuse(
            untouched(words("文件是空的（0 字节）。", "It is empty (0 bytes).").into()),
            words(
                "重新复制一份；新建空白报告用 gouji new。",
                "Copy it again; gouji new makes an empty report.",
            ),
        ));
    }
    Ok((bytes, meta))
}

/// What a file looks like now; None where there is none.
#[must_use]
pub fn look(path: &Path) -> Option<Stamp> {
    std::fs::metadata(path).ok().as_ref().map(stamp)
}

/// What became of a file since it was read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// It holds what it held.
    Same,
    /// It holds something else.
    Other,
    /// There is nothing under its name any more.
    Gone,
    /// There is a folder, or something else that is no file.
    NoFile,
}

/// What became of a file since it was seen so.
#[must_use]
pub fn since(path: &Path, seen: Seen) -> Since {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Since::Gone,
        // Who can't look can't say that it changed.
        Err(_) => Since::Same,
        Ok(meta) if !meta.is_file() => Since::NoFile,
        Ok(meta) if stamp(&meta) == seen.stamp => Since::Same,
        Ok(_) => match seen.content {
            Some(content) if bytes(path, LIMIT).is_ok_and(|now| digest(&now) == content) => {
                Since::Same
            }
            _ => Since::Other,
        },
    }
}

/// Whether two paths lead to one file, by whatever names and links; a file that
/// is gone is still known by its name.
#[must_use]
pub fn is_same(one: &Path, other: &Path) -> bool {
    let at = |path: &Path| {
        std::fs::metadata(path)
            .ok()
            .map(|meta| (meta.dev(), meta.ino()))
    };
    Name::of(one) == Name::of(other) || at(one).is_some_and(|one| at(other) == Some(one))
}

/// The folder that a new file would need and that is not there.
#[must_use]
pub fn missing_folder(path: &Path) -> Option<&Path> {
    let folder = disk::folder_of(path);
    let is_missing = |error: io::Error| error.kind() == ErrorKind::NotFound;
    std::fs::metadata(folder)
        .is_err_and(is_missing)
        .then_some(folder)
}

impl Store {
    /// Reads a whole file, through the disk of this store.
    ///
    /// # Errors
    /// A [`Failure`] that names the file, the reason and a way out.
    pub fn read(&self, path: &Path, limit: u64) -> Result<Opened, Failure> {
        read_on(self.disk(), path, limit)
    }

    /// Saves a file, over an old one if there is one; by `expected` only over that.
    ///
    /// The version before goes to the state folder. What survives a crash: the
    /// old or the new file, whole, and after the answer the new one. Only where
    /// the file has several names, or its folder can't be written, is it
    /// written in place, after a synced copy of the old one was kept; a crash in
    /// the middle of that leaves the copy and the journal.
    ///
    /// # Errors
    /// [`SaveFailure`]; the old file stands as it was.
    pub fn save(
        &self,
        path: &Path,
        bytes: &[u8],
        expected: Option<Stamp>,
    ) -> Result<Saved, SaveFailure> {
        self.save_over(path, bytes, expected.map(Seen::from), true)
    }

    /// Saves a file over the one that was seen so, if that is what stands there.
    ///
    /// # Errors
    /// The same as of [`Store::save`].
    pub fn save_seen(&self, path: &Path, bytes: &[u8], seen: Seen) -> Result<Saved, SaveFailure> {
        self.save_over(path, bytes, Some(seen), true)
    }

    /// Writes a file that is no report, over an old one if there is one, and keeps
    /// no version of that.
    ///
    /// # Errors
    /// The same as of [`Store::save`].
    pub fn overwrite(&self, path: &Path, bytes: &[u8]) -> Result<Saved, SaveFailure> {
        self.save_over(path, bytes, None, false)
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

    /// Keeps a file as it is now among its versions.
    pub(super) fn keep_version(&self, path: &Path) -> Result<(), Failure> {
        let target = follow(path);
        let save = self.pieces_of(path, &target);
        save.keep_previous(true).map(drop)
    }

    fn save_over(
        &self,
        path: &Path,
        bytes: &[u8],
        expected: Option<Seen>,
        versions: bool,
    ) -> Result<Saved, SaveFailure> {
        let target = follow(path);
        let save = Save {
            store: self,
            path,
            target: &target,
            bytes,
            expected,
            versions,
        };
        match save.existing()? {
            Some(old) if old.nlink() > 1 => save.in_place(&old),
            Some(old) => match save.replace(Some(&old)) {
                Err(Replace::NotHere(_)) => save.in_place(&old),
                Err(Replace::Failed(failure)) => Err(failure),
                Ok(saved) => Ok(saved),
            },
            None => save.replace(None).map_err(|error| match error {
                Replace::NotHere(error) => save.failed(&error),
                Replace::Failed(failure) => failure,
            }),
        }
    }

    /// Saves a file where there is none.
    ///
    /// What survives a crash: no file or the whole one.
    ///
    /// # Errors
    /// [`SaveFailure::Exists`] where the name is taken, were it by a broken link.
    pub fn save_new(&self, path: &Path, bytes: &[u8]) -> Result<Saved, SaveFailure> {
        let save = Save {
            store: self,
            path,
            target: path,
            bytes,
            expected: None,
            versions: true,
        };
        match std::fs::symlink_metadata(path) {
            Ok(meta) if meta.is_dir() => return Err(save.is_folder()),
            Ok(_) => return Err(save.exists()),
            Err(_) => {}
        }
        save.create().map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => save.exists(),
            _ => save.failed(&error),
        })
    }
}

/// A file on its way whose bytes come in pieces; dropped, it leaves nothing.
#[derive(Debug)]
pub struct Growing {
    /// As the user wrote it.
    path: PathBuf,
    /// What it leads to.
    target: PathBuf,
    temp: NamedTempFile,
    /// What stood there when it began.
    old: Option<Metadata>,
    /// The lock of what stood there.
    lock: Option<Lock>,
}

impl Store {
    /// Begins a file whose bytes come in pieces, so that memory stays flat.
    ///
    /// Over an old file only if `over` says so. The pieces stand beside it
    /// until [`Store::end`] gives the whole its name.
    ///
    /// # Errors
    /// [`SaveFailure`] where no file can be written there.
    pub fn begin(&self, path: &Path, over: bool) -> Result<Growing, SaveFailure> {
        let target = if over {
            follow(path)
        } else {
            path.to_path_buf()
        };
        let save = self.pieces_of(path, &target);
        let lock = if over { self.claim(path)? } else { None };
        let old = if over {
            save.existing()?
        } else if std::fs::symlink_metadata(path).is_ok() {
            return Err(save.exists());
        } else {
            None
        };
        let mode = if old.is_some() { 0o600 } else { 0o666 };
        let temp = disk::create_temp(self.disk(), disk::folder_of(&target), mode, false);
        let temp = temp.map_err(|error| save.failed(&error))?;
        if let Some(old) = &old {
            let carried = self.disk().step(Step::Mode, temp.path());
            let carried = carried.and_then(|()| like(temp.as_file(), old));
            carried.map_err(|error| save.failed(&error))?;
            carry_attributes(&target, temp.as_file());
        }
        Ok(Growing {
            lock,
            path: path.to_path_buf(),
            temp,
            old,
            target,
        })
    }

    /// Writes one piece more.
    ///
    /// # Errors
    /// [`SaveFailure`]; what stands under the name is as it was.
    pub fn add(&self, growing: &Growing, bytes: &[u8]) -> Result<(), SaveFailure> {
        let (file, target) = (growing.temp.as_file(), growing.target.as_path());
        let added = disk::write(self.disk(), Step::Write, file, target, bytes);
        added.map_err(|error| self.pieces_of(&growing.path, target).failed(&error))
    }

    /// Gives the whole its name. What survives a crash: the old or the new file.
    ///
    /// # Errors
    /// [`SaveFailure`]; what stands under the name is as it was.
    pub fn end(&self, growing: Growing) -> Result<Saved, SaveFailure> {
        let Growing {
            path,
            target,
            temp,
            old,
            lock: _lock,
        } = growing;
        let save = self.pieces_of(&path, &target);
        match old {
            // It has several names: only its bytes may change.
            Some(old) if old.nlink() > 1 => {
                let bytes = self.small(temp.path(), u64::MAX / 2);
                self.overwrite(&path, &bytes.map_err(|error| save.failed(&error))?)
            }
            Some(old) => save.settle(temp, Some(&old)).map_err(|error| match error {
                Replace::NotHere(error) => save.failed(&error),
                Replace::Failed(failure) => failure,
            }),
            None => save.settle_new(temp).map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => save.exists(),
                _ => save.failed(&error),
            }),
        }
    }

    fn pieces_of<'a>(&'a self, path: &'a Path, target: &'a Path) -> Save<'a> {
        Save {
            store: self,
            path,
            target,
            bytes: &[],
            expected: None,
            versions: false,
        }
    }
}

/// One save on its way.
struct Save<'a> {
    store: &'a Store,
    /// As the user wrote it.
    path: &'a Path,
    /// What it leads to.
    target: &'a Path,
    bytes: &'a [u8],
    expected: Option<Seen>,
    /// What stood there is kept: it may have been a report.
    versions: bool,
}

/// Why the file could not be replaced by another.
enum Replace {
    /// Its folder does not allow it; the file itself may.
    NotHere(io::Error),
    Failed(SaveFailure),
}

impl Save<'_> {
    fn disk(&self) -> &dyn Disk {
        self.store.disk()
    }

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
        SaveFailure::Failed(failure(NOT_SAVED, self.path, untouched(why)).hint(way))
    }

    fn exists(&self) -> SaveFailure {
        let why = words("已经有这个文件。", "There is such a file already.");
        SaveFailure::Exists(
            failure(NOT_SAVED, self.path, untouched(why.into())).hint(words(
                "换一个名字；gouji convert 可以加 --force 覆盖。",
                "Choose another name; --force overwrites on the command line.",
            )),
        )
    }

    fn is_folder(&self) -> SaveFailure {
        let way = words("换一个名字。", "Choose another name.");
        self.refused(IS_FOLDER.into(), way)
    }

    /// The file that stands there, if it is one that may be saved over.
    fn existing(&self) -> Result<Option<Metadata>, SaveFailure> {
        let meta = match std::fs::metadata(self.target) {
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
        self.unchanged(&meta)?;
        // Renaming over it would not ask: a read-only file stays as it is.
        permit(self.disk(), self.target).map_err(|error| self.failed(&error))?;
        Ok(Some(meta))
    }

    /// Whether the file holds what was last read or written, as far as is known.
    fn is_as_seen(&self, meta: &Metadata, seen: Seen) -> bool {
        match seen.content {
            Some(content) => {
                let now = self.store.small(self.target, LIMIT);
                now.is_ok_and(|now| digest(&now) == content)
            }
            None => stamp(meta) == seen.stamp,
        }
    }

    fn unchanged(&self, meta: &Metadata) -> Result<(), SaveFailure> {
        match self.expected {
            Some(seen) if !self.is_as_seen(meta, seen) => {
                let why = words(
                    "打开以后，文件被别的程序或别人改过。",
                    "It was changed by someone else since it was opened.",
                );
                let failure = failure(NOT_SAVED, self.path, untouched(why.into()))
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

    /// Writes another file beside it and lets that take its name.
    fn replace(&self, old: Option<&Metadata>) -> Result<Saved, Replace> {
        let folder = disk::folder_of(self.target);
        let fail = |error: io::Error| Replace::Failed(self.failed(&error));
        // Closed until its mode is known: the report may be confidential.
        let mode = if old.is_some() { 0o600 } else { 0o666 };
        let temp = disk::create_temp(self.disk(), folder, mode, false)
            .map_err(|error| self.not_here(error))?;
        if let Some(old) = old {
            self.disk().step(Step::Mode, temp.path()).map_err(fail)?;
            like(temp.as_file(), old).map_err(fail)?;
            carry_attributes(self.target, temp.as_file());
        }
        disk::write(
            self.disk(),
            Step::Write,
            temp.as_file(),
            self.target,
            self.bytes,
        )
        .map_err(fail)?;
        self.settle(temp, old)
    }

    /// Whether an error says no more than that nothing may be put in the folder.
    fn not_here(&self, error: io::Error) -> Replace {
        match error.kind() {
            ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::ResourceBusy => Replace::NotHere(error),
            _ => Replace::Failed(self.failed(&error)),
        }
    }

    /// Lets a written file beside it take its name.
    fn settle(&self, temp: NamedTempFile, old: Option<&Metadata>) -> Result<Saved, Replace> {
        let fail = |error: io::Error| Replace::Failed(self.failed(&error));
        disk::sync(self.disk(), temp.as_file(), self.target).map_err(fail)?;
        let mut doubts = Vec::new();
        let mut previous = None;
        if let Some(old) = old {
            match self.keep_previous(false) {
                Ok(kept) => previous = kept,
                Err(failure) => doubts.push(failure.hint(words(
                    "新的内容已经写好；要留旧版，请让状态文件夹可以写。",
                    "The new content is written; to keep versions, make the state folder writable.",
                ))),
            }
            // Once more, as late as can be.
            match std::fs::metadata(self.target) {
                Ok(meta) if stamp(&meta) != stamp(old) => {
                    self.unchanged(&meta).map_err(Replace::Failed)?;
                }
                _ => {}
            }
        }
        let file =
            disk::rename(self.disk(), temp, self.target).map_err(|error| self.not_here(error))?;
        self.saved(&file, previous, doubts).map_err(fail)
    }

    /// Writes a new file under a name that nothing has.
    fn create(&self) -> io::Result<Saved> {
        let folder = disk::folder_of(self.target);
        let temp = disk::create_temp(self.disk(), folder, 0o666, false)?;
        disk::write(
            self.disk(),
            Step::Write,
            temp.as_file(),
            self.target,
            self.bytes,
        )?;
        self.settle_new(temp)
    }

    /// Lets a written file beside it take a name that nothing has.
    fn settle_new(&self, temp: NamedTempFile) -> io::Result<Saved> {
        disk::sync(self.disk(), temp.as_file(), self.target)?;
        let file = disk::rename_new(self.disk(), temp, self.target)?;
        self.saved(&file, None, Vec::new())
    }

    /// The new file has its name; now its folder is to say so after a power cut.
    fn saved(
        &self,
        file: &File,
        previous: Option<PathBuf>,
        mut doubts: Vec<Failure>,
    ) -> io::Result<Saved> {
        let synced = disk::sync_folder(self.disk(), disk::folder_of(self.target));
        if let Err(error) = &synced {
            let what = words(
                "已保存，但磁盘没有确认：{file}",
                "saved, but the disk did not confirm it: {file}",
            );
            doubts.push(failure(what, self.path, reason(error)).hint(ELSEWHERE));
        }
        Ok(Saved {
            stamp: stamp(&file.metadata()?),
            previous,
            confirmed: synced.is_ok(),
            doubts,
        })
    }

    /// Writes over the file itself; its old content is kept before.
    ///
    /// What is longer than before comes first, so that a full disk is met while
    /// the old content still stands.
    fn in_place(&self, old: &Metadata) -> Result<Saved, SaveFailure> {
        let fail = |error: io::Error| self.failed(&error);
        let mut previous = self
            .keep_previous(true)
            .map_err(|failure| SaveFailure::Failed(failure.hint(ELSEWHERE)))?;
        self.disk()
            .step(Step::OpenInPlace, self.target)
            .map_err(fail)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(disk::flags(OFlags::NONBLOCK | OFlags::NOCTTY))
            .open(self.target)
            .map_err(fail)?;
        let meta = file.metadata().map_err(fail)?;
        if stamp(&meta) != stamp(old) {
            self.unchanged(&meta)?;
            return Err(fail(ErrorKind::ResourceBusy.into()));
        }
        if let Err(error) = self.write_over(&mut file, old.len()) {
            let restored = match &previous {
                Some(copy) => self.restore(&mut file, copy),
                None => Ok(()),
            };
            return Err(match (restored, previous) {
                (Err(_), Some(copy)) => SaveFailure::Failed(
                    failure(
                        words("只写了一半：{file}", "only half written: {file}"),
                        self.path,
                        reason(&error),
                    )
                    .hint(
                        words(
                            "原来的内容在 {copy}。",
                            "What was there before is in {copy}.",
                        )
                        .with(vec![("copy", shown_path(&copy).into())]),
                    )
                    .hint(ELSEWHERE),
                ),
                _ => fail(error),
            });
        }
        if !self.versions
            && let Some(copy) = previous.take()
        {
            // It was only there for a crash.
            let _ = disk::remove(self.disk(), &copy);
        }
        self.saved(&file, previous, Vec::new()).map_err(fail)
    }

    fn write_over(&self, file: &mut File, old: u64) -> io::Result<()> {
        let split = usize::try_from(old)
            .unwrap_or(usize::MAX)
            .min(self.bytes.len());
        let (head, tail) = self.bytes.split_at(split);
        if !tail.is_empty() {
            file.seek(SeekFrom::Start(old))?;
            disk::write(self.disk(), Step::WriteTail, file, self.target, tail)?;
            disk::sync(self.disk(), file, self.target)?;
        }
        file.rewind()?;
        disk::write(self.disk(), Step::WriteHead, file, self.target, head)?;
        self.disk().step(Step::Cut, self.target)?;
        file.set_len(self.bytes.len() as u64)?;
        disk::sync(self.disk(), file, self.target)
    }

    /// Writes the kept copy back over a half-written file.
    fn restore(&self, file: &mut File, copy: &Path) -> io::Result<()> {
        let old = self.store.small(copy, LARGEST_VERSION)?;
        file.rewind()?;
        disk::write(self.disk(), Step::WriteHead, file, self.target, &old)?;
        self.disk().step(Step::Cut, self.target)?;
        file.set_len(old.len() as u64)?;
        disk::sync(self.disk(), file, self.target)
    }

    /// Copies the file as it is to the state folder; None if it says the same.
    fn keep_previous(&self, synced: bool) -> Result<Option<PathBuf>, Failure> {
        if !self.versions && !synced {
            return Ok(None);
        }
        let name = Name::of(self.target);
        let folder = self.store.places.versions_of(&name);
        let folder = folder.ok_or_else(places::no_state)?;
        let (disk, store) = (self.disk(), self.store);
        let copy = || {
            let old = store.small(self.target, LARGEST_VERSION)?;
            if old == self.bytes && !synced {
                return Ok(None);
            }
            disk::make_folder(disk, &folder)?;
            let temp = disk::create_temp(disk, &folder, 0o600, false)?;
            disk::write(disk, Step::Write, temp.as_file(), &folder, &old)?;
            if synced {
                disk::sync(disk, temp.as_file(), &folder)?;
            }
            let version = free_name(&folder, self.target, &store.now().compact());
            disk::rename(disk, temp, &version)?;
            if synced {
                disk::sync_folder(disk, &folder)?;
            }
            prune(disk, &folder, &version);
            Ok(Some(version))
        };
        copy().map_err(|error: io::Error| {
            let what = words(
                "旧版没有留下：{file}",
                "the version before was not kept: {file}",
            );
            failure(what, self.path, reason(&error))
        })
    }
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

/// Whether a file may be written, without writing it.
fn permit(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    disk.step(Step::Permit, path)?;
    Ok(rustix::fs::access(path, Access::WRITE_OK)?)
}

fn stamp(meta: &Metadata) -> Stamp {
    Stamp {
        size: meta.len(),
        seconds: meta.mtime(),
        nanos: u32::try_from(meta.mtime_nsec()).unwrap_or(0),
        inode: meta.ino(),
    }
}

/// Bytes as people count them.
fn size(bytes: u64) -> Message {
    const MIB: u64 = 1 << 20;
    let (count, unit) = if bytes < MIB {
        (bytes, words("{count} 字节", "{count} bytes"))
    } else {
        (bytes.div_ceil(MIB), words("{count} MiB", "{count} MiB"))
    };
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    unit.with(vec![("count", count.into())])
}
