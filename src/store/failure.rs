//! What the disk refuses, in words: the file, the reason, a way out.
//!
//! **Never:** touches a file.
//! Next: `file` and `save`, most of whose failures are made here.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Message, Words, words};

pub(super) const CANNOT_OPEN: Words = words("打不开：{file}", "cannot open: {file}");
pub(super) const NOT_SAVED: Words = words("没有保存：{file}", "not saved: {file}");
pub(super) const IS_FOLDER: Words =
    words("这是一个文件夹，不是文件。", "It is a folder, not a file.");
pub(super) const IS_SPECIAL: Words = words(
    "这是设备或管道，不是普通文件。",
    "It is a device or a pipe, not a regular file.",
);
pub(super) const ELSEWHERE: Words = words("另存到别处。", "Save it somewhere else.");

/// Why a file was not written, with the way out.
#[must_use]
pub fn not_saved(path: &Path, why: Message) -> Failure {
    failure(NOT_SAVED, path, untouched(why)).hint(ELSEWHERE)
}

/// What a reader made of the bytes of a file, as a failure of that file.
#[must_use]
pub fn cannot_open(path: &Path, failure: Failure) -> Failure {
    Failure {
        what: CANNOT_OPEN.with(vec![("file", shown_path(path).into())]),
        ..failure
    }
    .because(untouched(
        words("{why}。", "{why}.").with(vec![("why", failure.what.into())]),
    ))
}

/// A failure of a named file with its reason.
pub(super) fn failure(what: Words, path: &Path, why: Message) -> Failure {
    Failure::file(what.with(vec![("file", shown_path(path).into())])).because(why)
}

/// A reason, and that nothing was changed.
pub(super) fn untouched(why: Message) -> Message {
    words("{why}文件没有被改动。", "{why} The file is unchanged.").with(vec![("why", why.into())])
}

/// What the system answered, in words.
#[must_use]
pub fn reason(error: &io::Error) -> Message {
    let said = match error.kind() {
        ErrorKind::NotFound => words("没有这个文件或文件夹。", "There is no such file or folder."),
        ErrorKind::PermissionDenied => words("没有权限。", "There is no permission."),
        ErrorKind::StorageFull => words("磁盘满了。", "The disk is full."),
        ErrorKind::QuotaExceeded => words("用完了分配的空间。", "The disk quota is used up."),
        ErrorKind::ReadOnlyFilesystem => words("磁盘是只读的。", "The disk is read-only."),
        ErrorKind::IsADirectory => IS_FOLDER,
        ErrorKind::NotADirectory => words(
            "路径中有一段不是文件夹。",
            "A part of the path is not a folder.",
        ),
        ErrorKind::FileTooLarge => words("文件太大。", "The file is too large."),
        ErrorKind::InvalidFilename => words("文件名太长。", "The name is too long."),
        ErrorKind::ResourceBusy => words("别的程序正在用它。", "Another program is using it."),
        ErrorKind::AlreadyExists => {
            words("已经有这个文件。", "A file of that name exists already.")
        }
        _ => {
            return words("系统答复：{error}。", "The system says: {error}.")
                .with(vec![("error", error.to_string().into())]);
        }
    };
    said.into()
}
