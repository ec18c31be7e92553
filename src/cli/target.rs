//! One report to the outside: a new file, a file written over, or a stream.
//!
//! **Never:** writes over a file unless asked; leaves half a file.
//! Next: `store::save` for how it is written whole.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Lang, Words, words};
use crate::format::{self, Format, NATIVE, Writing};
use crate::model::Report;
use crate::store::{Over, SaveFailure, Saved, Saving, Store};

use super::Io;
use super::options::writable;

/// How a PDF comes about.
const PDF: Words = words(
    "要 PDF：先写成 docx，再用 LibreOffice 转：soffice --headless --convert-to pdf 报告.docx；也可以在 Word、WPS 里另存为 PDF",
    "for a PDF write docx first, and turn it with LibreOffice: soffice --headless --convert-to pdf report.docx; Word and WPS save as PDF too",
);

/// Where a report goes: `-` is the output.
pub(super) struct Target<'a> {
    path: Cow<'a, Path>,
    format: &'static Format,
    force: bool,
    how: Writing,
}

/// A target that is written piece by piece.
pub(super) enum Stream {
    Output,
    File(Box<(Store, Saving)>),
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
            let hint = words("用 --to 指定：{names}", "name one with --to: {names}");
            let failure =
                unknown(path).hint(hint.with(vec![("names", writable().join(" ").into())]));
            let is_pdf = extension.is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
            return Err(if is_pdf { failure.hint(PDF) } else { failure });
        };
        Ok(Target {
            path: Cow::Borrowed(path),
            format,
            force,
            how: Writing::default(),
        })
    }

    /// A new report: in the format of its extension; without one it is the
    /// editor's own file, and gets its ending.
    ///
    /// # Errors
    /// Where the extension is of no format that can be written.
    pub(super) fn of_new(path: &'a OsStr, force: bool) -> Result<Self, Failure> {
        let path = Path::new(path);
        let is_named = path.as_os_str() != "-" && path.extension().is_none();
        let named = if is_named {
            Cow::Owned(path.with_extension("json"))
        } else {
            Cow::Borrowed(path)
        };
        let extension = named.extension().and_then(OsStr::to_str);
        let format = match extension {
            Some(extension) => written_as(extension).filter(|format| format.can_write()),
            None => Some(&NATIVE),
        };
        let Some(format) = format else {
            let hint = words("写成 {file}", "write {file}");
            let hint = hint.with(vec![(
                "file",
                shown_path(&path.with_extension("json")).into(),
            )]);
            let endings = words("扩展名可以是：{endings}", "its ending may be: {endings}");
            let writable = format::FORMATS.iter().filter(|format| format.can_write());
            let first = writable.filter_map(|format| format.extensions.first());
            let first: Vec<String> = first.map(|ending| format!(".{ending}")).collect();
            return Err(unknown(path)
                .hint(hint)
                .hint(endings.with(vec![("endings", first.join(" ").into())])));
        };
        Ok(Target {
            path: named,
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
        &self.path
    }

    /// Begins to write what comes in pieces; nothing is there before its end.
    ///
    /// # Errors
    /// Where there is no place for it.
    pub(super) fn begin(&self) -> Result<Stream, Failure> {
        if self.path.as_os_str() == "-" {
            return Ok(Stream::Output);
        }
        let store = Store::here();
        let begun = store.begin(&self.path, paper(self.force));
        let begun = begun.map_err(|refused| refused.failure().clone())?;
        Ok(Stream::File(Box::new((store, begun))))
    }

    /// Writes the report.
    ///
    /// # Errors
    /// Where the file could not be written; what was there is as it was.
    pub(super) fn write(&self, report: &Report, io: &mut Io, lang: Lang) -> Result<(), Failure> {
        let bytes = format::write(report, self.format, &self.how)?;
        put(
            &self.path,
            &bytes,
            if self.force {
                Over::Report
            } else {
                Over::Nothing
            },
            io,
            lang,
        )
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

/// What a file that can be made again may be written over: a table, a check sheet, a
/// return note.
pub(super) fn paper(force: bool) -> Over {
    if force { Over::Paper } else { Over::Nothing }
}

/// Writes bytes to a file, over another one only where `over` says so and nobody
/// edits it; `-` is the output.
///
/// # Errors
/// Where the file could not be written; what was there is as it was.
pub(super) fn put(
    path: &Path,
    bytes: &[u8],
    over: Over,
    io: &mut Io,
    lang: Lang,
) -> Result<(), Failure> {
    if path.as_os_str() == "-" {
        return io.print_file(bytes);
    }
    let store = Store::here();
    let held = match over {
        Over::Nothing => Ok(None),
        _ => store.claim(path),
    };
    let saved = held.and_then(|_lock| store.save(path, bytes, over));
    ended(saved, io, lang)
}

/// The result of a save: a version that was not kept is a warning, a save that the disk
/// did not confirm is a failure.
pub(super) fn ended(
    saved: Result<Saved, SaveFailure>,
    io: &mut Io,
    lang: Lang,
) -> Result<(), Failure> {
    let mut saved = saved.map_err(|refused| refused.failure().clone())?;
    let unconfirmed = if saved.confirmed {
        None
    } else {
        saved.doubts.pop()
    };
    for doubt in saved.doubts {
        io.tell(&doubt.text(lang));
    }
    unconfirmed.map_or(Ok(()), Err)
}

impl Stream {
    /// Writes one piece more.
    ///
    /// # Errors
    /// Where the disk refused; what was there is as it was.
    pub(super) fn add(&mut self, bytes: &[u8], io: &mut Io) -> Result<(), Failure> {
        match self {
            Stream::Output => io.print_file(bytes),
            Stream::File(file) => {
                let (store, saving) = file.as_mut();
                let added = store.add(saving, bytes);
                added.map_err(|refused| refused.failure().clone())
            }
        }
    }

    /// Gives the whole its name.
    ///
    /// # Errors
    /// Where the file could not be written; what was there is as it was.
    pub(super) fn end(self, io: &mut Io, lang: Lang) -> Result<(), Failure> {
        match self {
            Stream::Output => Ok(()),
            Stream::File(file) => {
                let (store, saving) = *file;
                ended(store.end(saving), io, lang)
            }
        }
    }
}

fn unknown(path: &Path) -> Failure {
    let what = words(
        "看不出 {file} 要什么格式",
        "the format of {file} is not stated",
    );
    Failure::user(what.with(vec![("file", shown_path(path).into())]))
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
