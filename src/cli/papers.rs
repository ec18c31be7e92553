//! What `check` writes for people: the check sheet of a report, return notes.
//!
//! **Never:** writes over a file without `--force`; mixes lines for scripts into
//! a sheet that goes to the output.
//! Next: `paper::signoff` and `paper::return_note` for what they say.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::base::failure::Failure;
use crate::base::sheet::Sheet;
use crate::base::words::{Lang, Words, words};
use crate::format::{self, Format};
use crate::paper::{Checked, return_note, signoff};

use super::target::{paper, put};
use super::{Exit, Given, Io, options};
use crate::base::path::shown_path;

/// What stands between the notes of two reports.
const BETWEEN: &str = "\n--------------------------------\n\n";

/// What was asked for, and where it goes.
pub(super) struct Papers {
    signoff: Option<(PathBuf, &'static Format)>,
    note: Option<PathBuf>,
}

/// What one report gave.
pub(super) struct Paper {
    sheet: Option<Sheet>,
    note: Option<String>,
}

impl Papers {
    /// What the arguments ask for.
    ///
    /// # Errors
    /// Where the name of the check sheet says no format that sheets have.
    pub(super) fn of(given: &Given) -> Result<Self, Failure> {
        let path = |opt| given.asked(opt).map(PathBuf::from);
        let format = |path: PathBuf| format_of(&path).map(|format| (path, format));
        Ok(Papers {
            signoff: path(&options::SIGNOFF).map(format).transpose()?,
            note: path(&options::RETURN),
        })
    }

    /// Whether what could mend the tables is wanted.
    pub(super) fn wants_suspects(&self) -> bool {
        self.note.is_some()
    }

    /// Whether the output is theirs, and nothing else goes there.
    pub(super) fn takes_output(&self) -> bool {
        let signoff = self.signoff.iter().map(|(path, _)| path);
        signoff.chain(&self.note).any(|path| is_output(path))
    }

    /// What one report gives, where anything was asked for.
    pub(super) fn made(&self, checked: &Checked, lang: Lang) -> Option<Paper> {
        let sheet = self.signoff.as_ref().map(|_| signoff::sheet(checked, lang));
        let note = self.note.as_ref().map(|_| return_note::note(checked, lang));
        (sheet.is_some() || note.is_some()).then_some(Paper { sheet, note })
    }

    /// Writes what all reports gave.
    pub(super) fn write(&self, papers: Vec<Paper>, given: &Given, io: &mut Io) -> Exit {
        let (mut sheets, mut notes) = (Vec::new(), Vec::new());
        for paper in papers {
            sheets.extend(paper.sheet);
            notes.extend(paper.note);
        }
        let signed = self.signoff.as_ref().filter(|_| !sheets.is_empty());
        let signed = signed.map(|(path, format)| {
            let bytes = one(&sheets).and_then(|sheet| format::write_sheet(sheet, format));
            (path, signoff::NAME, bytes)
        });
        let of_note = self.note.as_ref().filter(|_| !notes.is_empty());
        let of_note = of_note.map(|path| {
            let text = notes.join(BETWEEN);
            (path, return_note::NAME, Ok(text.into_bytes()))
        });
        let mut worst = Exit::Clean;
        for (path, name, bytes) in signed.into_iter().chain(of_note) {
            let over = paper(given.has(&options::FORCE));
            match bytes.and_then(|bytes| put(path, &bytes, over, io, given.lang)) {
                Ok(()) => told(path, name, given, io),
                Err(failure) => worst = io.fail(&failure, given.lang),
            }
        }
        worst
    }
}

fn told(path: &Path, name: Words, given: &Given, io: &mut Io) {
    if is_output(path) {
        return;
    }
    let said = words("{name}写到 {path}", "{name} written to {path}").with(vec![
        ("name", name.into()),
        ("path", shown_path(path).into()),
    ]);
    io.tell(&said.text(given.lang));
}

fn is_output(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The only sheet: one is signed for one report.
fn one(sheets: &[Sheet]) -> Result<&Sheet, Failure> {
    if let [sheet] = sheets {
        Ok(sheet)
    } else {
        let what = words(
            "核验单一次写一份报告的，这里有 {n} 份",
            "a check sheet is for one report, and here are {n}",
        );
        let hint = words("一份一份地写", "write them one by one");
        Err(Failure::user(what.with(vec![("n", sheets.len().into())])).hint(hint))
    }
}

/// The format that a sheet of this name has; text on the output.
fn format_of(path: &Path) -> Result<&'static Format, Failure> {
    let mut formats = format::of_sheets();
    if is_output(path) {
        return Ok(formats.next().expect("sheets are written as text"));
    }
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    let is_its = |format: &&Format| {
        let first = format.extensions.first();
        first.is_some_and(|first| first.eq_ignore_ascii_case(extension))
    };
    formats.find(is_its).ok_or_else(|| {
        let what = words(
            "核验单不能写成 {file}",
            "a check sheet is not written as {file}",
        );
        let hint = words("扩展名可以是：{endings}", "its ending may be: {endings}");
        let endings: Vec<String> = format::of_sheets()
            .filter_map(|format| format.extensions.first())
            .map(|ending| format!(".{ending}"))
            .collect();
        Failure::user(what.with(vec![("file", shown_path(path).into())]))
            .hint(hint.with(vec![("endings", endings.join(" ").into())]))
    })
}
