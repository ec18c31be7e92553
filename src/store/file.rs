//! Reading whole files, and what became of a file since.
//!
//! **Never:** waits for a pipe or device; writes.
//! Next: `save` for writing, `disk` for the steps.

use std::fs::Metadata;
use std::io::{self, ErrorKind, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use rustix::fs::Access;

use crate::base::facts::{FileFacts, ReadOnly, Stamp};
use crate::base::failure::Failure;
use crate::base::words::{Message, Words, words};

use super::Name;
use super::disk::{self, Disk, Real, Step};
use super::failure::{CANNOT_OPEN, IS_FOLDER, IS_SPECIAL, failure, reason, untouched};
use super::name::fnv;

/// Largest file of text or JSON that is read.
pub const LIMIT: u64 = 8 * 1024 * 1024;
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

/// Reads a whole file through a disk.
///
/// # Errors
/// The same as of [`read`].
pub fn read_on(disk: &dyn Disk, path: &Path, limit: u64) -> Result<Opened, Failure> {
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
                "It is {size}; the most that is read is {limit}.",
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

/// Whether a file may be written, without writing it.
pub(super) fn permit(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    disk.step(Step::Permit, path)?;
    Ok(rustix::fs::access(path, Access::WRITE_OK)?)
}

/// How a file looks.
pub(super) fn stamp(meta: &Metadata) -> Stamp {
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
