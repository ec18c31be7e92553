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
use crate::store::Saved;

use super::source::shown_path;
use super::{Io, edit};

/// Where a report goes: `-` is the output.
pub(super) struct Target<'a> {
    path: &'a Path,
    format: &'static Format,
    force: bool,
    how: Writing,
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

    /// Writes the report.
    ///
    /// # Errors
    /// Where the file could not be written; what was there stands.
    pub(super) fn write(&self, report: &Report, io: &mut Io) -> Result<(), Failure> {
        let bytes = format::write(report, self.format, &self.how)?;
        if self.path.as_os_str() == "-" {
            io.print(&bytes);
            return Ok(());
        }
        let store = edit::store();
        let saved = if self.force {
            store.save(self.path, &bytes, None)
        } else {
            store.save_new(self.path, &bytes)
        };
        match saved {
            Ok(Saved { doubts, .. }) => doubts.into_iter().next().map_or(Ok(()), Err),
            Err(refused) => Err(refused.failure().clone()),
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
