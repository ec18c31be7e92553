//! One report from outside: a file, a stream, or the sample.
//!
//! **Never:** judges what it read; guesses a format that `format` does not.
//! Next: `store::file` for the disk, `format` for the bytes.

use std::io::Read;
use std::path::Path;

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Lang, Message, Words, words};
use crate::form::Form;
use crate::format::{self, Format, MAX_FILE, NATIVE};
use crate::model::{Draft, Note, Origin, Report};
use crate::paper::note_line;
use crate::store::failure::{cannot_open, reason};
use crate::store::file;
use crate::store::import::How;
use crate::store::walk::Input;

const CANNOT_READ: Words = words("读不了：{file}", "cannot read: {file}");

/// A report that was read.
pub(super) struct Source {
    /// Its name in output.
    pub(super) name: String,
    /// The format it was read as.
    pub(super) format: &'static Format,
    /// The report.
    pub(super) report: Report,
    /// Where each cell came from; empty where nothing was read.
    pub(super) origins: Vec<Option<Origin>>,
    /// What the reader was unsure of.
    pub(super) notes: Vec<Note>,
    /// It holds what this version does not know, and would lose.
    pub(super) is_newer: bool,
}

impl Source {
    /// The same report under another form: what maps, and notes on what does not.
    fn carried_over(self, form: &'static Form) -> Self {
        let from = self.report.form();
        if from == form {
            return self;
        }
        let remapped = self.report.remapped(form);
        let mut notes = self.notes;
        notes.extend(remapped.notes);
        Source {
            report: remapped.report,
            origins: Vec::new(),
            notes,
            ..self
        }
    }

    fn of(name: String, format: &'static Format, mut draft: Draft) -> Self {
        Source {
            name,
            format,
            origins: std::mem::take(&mut draft.origins),
            notes: std::mem::take(&mut draft.notes),
            is_newer: draft.unknown_keys,
            report: draft.into_report(),
        }
    }

    /// What the reader was unsure of, one line each.
    pub(super) fn note_lines(&self, lang: Lang) -> Vec<String> {
        let line = |note| format!("{}: {}", self.name, note_line(note, lang));
        self.notes.iter().map(line).collect()
    }
}

/// Why there is no [`Source`].
pub(super) enum Trouble {
    /// The outside world did not give its bytes, or they are a damaged report.
    Failure(Failure),
    /// The bytes of this name are no annual report.
    Stranger(String, Failure),
}

impl Trouble {
    pub(super) fn into_failure(self) -> Failure {
        match self {
            Trouble::Failure(failure) => failure,
            Trouble::Stranger(name, failure) => about(&name, failure),
        }
    }
}

/// The report in the program.
pub(super) fn sample() -> Source {
    Source {
        name: "sample".to_owned(),
        format: &NATIVE,
        report: format::sample(),
        origins: Vec::new(),
        notes: Vec::new(),
        is_newer: false,
    }
}

/// The report in a file.
pub(super) fn of_file(path: &Path, name: String, how: &How) -> Result<Source, Trouble> {
    let limit = MAX_FILE as u64;
    let bytes = file::bytes(path, limit).map_err(Trouble::Failure)?;
    of_bytes(&bytes, name, how)
}

/// The report behind an argument, or found in a folder.
///
/// # Errors
/// [`Trouble::Stranger`] only for folders and what was found in them: a file that is
/// named must be a report.
pub(super) fn of_input(
    input: Input,
    piped: Option<&Result<Vec<u8>, Failure>>,
    how: &How,
) -> Result<Source, Trouble> {
    let name = input.name();
    let named = |trouble: Trouble| Trouble::Failure(trouble.into_failure());
    match input {
        Input::Sample => Ok(sample()),
        Input::Stdin => match piped.expect("read before the walk began") {
            Ok(bytes) => of_bytes(bytes, name, how).map_err(named),
            Err(failure) => Err(Trouble::Failure(failure.clone())),
        },
        Input::Named(path) => of_file(&path, name, how).map_err(named),
        Input::Found(path) => of_file(&path, name, how).map_err(|trouble| {
            if std::fs::metadata(&path).is_ok_and(|meta| meta.len() == 0) {
                let why = words("文件是空的", "the file is empty");
                return Trouble::Stranger(shown_path(&path), Failure::file(why.into()));
            }
            trouble
        }),
        Input::Stranger(_) => {
            let why = words(
                "不是文件，或是文件夹的链接",
                "no file, or a link to a folder",
            );
            Err(Trouble::Stranger(name, Failure::file(why.into())))
        }
        Input::Bare(_) => {
            let why = words("文件夹里没有文件", "there is no file in the folder");
            Err(Trouble::Stranger(name, Failure::file(why.into())))
        }
        Input::Closed(path, error) => Err(Trouble::Failure(closed(&path, &error))),
    }
}

/// The line on something in a folder that is no report.
pub(super) fn left_out(name: &str, why: Failure) -> Message {
    words("{file}：略过，{why}", "{file}: left out, {why}")
        .with(vec![("file", name.into()), ("why", why.what.into())])
}

/// The report in bytes.
pub(super) fn of_bytes(bytes: &[u8], name: String, how: &How) -> Result<Source, Trouble> {
    match how.read(bytes, Some(&name)) {
        Ok((format, draft)) => {
            let source = Source::of(name, format, draft);
            Ok(match how.form {
                Some(form) if how.carries_over => source.carried_over(form),
                _ => source,
            })
        }
        Err(failure) => Err(if is_ours(bytes) {
            Trouble::Failure(about(&name, failure))
        } else {
            Trouble::Stranger(name, failure)
        }),
    }
}

/// Whether bytes that could not be read were meant to be a native file.
fn is_ours(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"\"gouji\"";
    bytes.windows(KEY.len()).take(64).any(|piece| piece == KEY)
}

/// A failure of bytes, under the name of their file.
fn about(name: &str, failure: Failure) -> Failure {
    if name != "-" {
        return cannot_open(Path::new(name), failure);
    }
    let what = CANNOT_READ.with(vec![("file", name.into())]);
    Failure {
        why: Some(Box::new(failure.what)),
        what,
        ..failure
    }
}

/// All that is piped in, up to the limit of a file.
pub(super) fn read_stream(stream: &mut dyn Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = MAX_FILE as u64 + 1;
    match stream.take(limit).read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(closed(Path::new("-"), &error)),
    }
}

/// A folder or stream that the system would not read.
pub(super) fn closed(path: &Path, error: &std::io::Error) -> Failure {
    let what = CANNOT_READ.with(vec![("file", shown_path(path).into())]);
    Failure::file(what).because(reason(error))
}
