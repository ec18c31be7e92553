//! One report to the outside: a new file, a file written over, or a stream.
//!
//! **Never:** writes over a file unless asked; leaves half a file.
//! Next: `store::file` for how it is written whole.

use std::ffi::OsStr;
use std::path::Path;

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::{self, Format, Writing};
use crate::model::Report;
use crate::store::{Growing, SaveFailure, Saved, Store};

use super::{Io, edit};
use crate::base::path::shown_path;

/// Where a report goes: `-` is the output.
pub(super) struct Target<'a> {
    path: &'a Path,
    format: &'static Format,
    force: bool,
    how: Writing,
}

/// A target that is written piece by piece.
pub(super) enum Stream {
    Output,
    File(Box<(Store, Growing)>),
}

impl<'a> Target<'a> {
    /// A target in the format asked for, else in that of its extension.
    ///
    /// # Errors
    /// Where neither says one that can be written.
    pub(super) fn of(
        path: &'a OsStr,
        asked: Option<&'static Format>,
        force: bool,
    ) -> Result<Self, Failure> {
        let path = Path::new(path);
        let extension = path.extension().and_then(OsStr::to_str);
        let format = asked.or_else(|| extension.and_then(written_as));
        let Some(format) = format.filter(|format| format.can_write()) else {
            let what = words(
                "看不出 {file} 要什么格式",
                "what format {file} shall have is not said",
            );
            let hint = words("用 --to 指定：{names}", "name one with --to: {names}");
            return Err(
                Failure::user(what.with(vec![("file", shown_path(path).into())]))
                    .hint(hint.with(vec![("names", writable().join(" ").into())])),
            );
        };
        Ok(Target {
            path,
            format,
            force,
            how: Writing::default(),
        })
    }

    /// Whether many reports can go there: one table holds them all.
    pub(super) fn takes_many(&self) -> bool {
        self.format == &format::CSV
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.path
    }

    /// Begins to write what comes in pieces; nothing is there before its end.
    ///
    /// # Errors
    /// Where there is no place for it.
    pub(super) fn begin(&self) -> Result<Stream, Failure> {
        if self.path.as_os_str() == "-" {
            return Ok(Stream::Output);
        }
        let store = edit::store();
        let begun = store.begin(self.path, self.force);
        let begun = begun.map_err(|refused| refused.failure().clone())?;
        Ok(Stream::File(Box::new((store, begun))))
    }

    /// Writes the report.
    ///
    /// # Errors
    /// Where the file could not be written; what was there stands.
    pub(super) fn write(&self, report: &Report, io: &mut Io) -> Result<(), Failure> {
        let bytes = format::write(report, self.format, &self.how)?;
        put(self.path, &bytes, self.force, io)
    }

    /// The same target, written so.
    pub(super) fn written(self, how: Writing) -> Self {
        Target { how, ..self }
    }

    /// What it is written as.
    pub(super) fn format(&self) -> &'static Format {
        self.format
    }
}

/// Writes bytes to a file, over another one only where `force` says so; `-` is
/// the output.
///
/// # Errors
/// Where the file could not be written; what was there stands.
pub(super) fn put(path: &Path, bytes: &[u8], force: bool, io: &mut Io) -> Result<(), Failure> {
    if path.as_os_str() == "-" {
        return io.print_file(bytes);
    }
    let store = edit::store();
    let saved = if force {
        store.save(path, bytes, None)
    } else {
        store.save_new(path, bytes)
    };
    ended(saved)
}

fn ended(saved: Result<Saved, SaveFailure>) -> Result<(), Failure> {
    match saved {
        Ok(Saved { doubts, .. }) => doubts.into_iter().next().map_or(Ok(()), Err),
        Err(refused) => Err(refused.failure().clone()),
    }
}

impl Stream {
    /// Writes one piece more.
    ///
    /// # Errors
    /// Where the disk refused; what was there stands.
    pub(super) fn add(&mut self, bytes: &[u8], io: &mut Io) -> Result<(), Failure> {
        match self {
            Stream::Output => io.print_file(bytes),
            Stream::File(file) => {
                let (store, growing) = file.as_ref();
                let added = store.add(growing, bytes);
                added.map_err(|refused| refused.failure().clone())
            }
        }
    }

    /// Gives the whole its name.
    ///
    /// # Errors
    /// Where the file could not be written; what was there stands.
    pub(super) fn end(self) -> Result<(), Failure> {
        match self {
            Stream::Output => Ok(()),
            Stream::File(file) => {
                let (store, growing) = *file;
                ended(store.end(growing))
            }
        }
    }
}

/// The format that new files with this ending get: an ending that a format
/// only reads promises something else to whoever opens the file.
fn written_as(extension: &str) -> Option<&'static Format> {
    let is_first = |format: &&&Format| {
        let first = format.extensions.first();
        first.is_some_and(|first| first.eq_ignore_ascii_case(extension))
    };
    format::FORMATS.iter().find(is_first).copied()
}

/// Keys of the formats that can be written.
pub(super) fn writable() -> Vec<&'static str> {
    let written = format::FORMATS.iter().filter(|format| format.can_write());
    written.map(|format| format.key).collect()
}
