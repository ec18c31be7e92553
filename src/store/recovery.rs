//! What a session that did not end well left behind.
//!
//! Needs neither the report's file nor the reader that made it: line 1 of the
//! journal is the report, the other lines are replayed on it. Replay stops at
//! the first line that does not fit, says so, and deletes nothing. What the file
//! holds now is only compared with line 1: content decides, never a clock.
//!
//! Where there is no journal either, the version kept before the last save is
//! still a whole report.
//!
//! **Never:** changes a file, or trusts the size, the paths or the names in one.
//! Next: `journal`, which continues it.

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::base::facts::{FileFacts, Stamp};
use crate::base::failure::Failure;
use crate::base::moment::Moment;
use crate::base::path::shown_path;
use crate::base::words::words;
use crate::form::{self, CellId, TextId};
use crate::model::{Cell, Change, Document, HeadField, Report, Transaction};

use super::failure::{failure, reason};
use super::journal::{Header, LIMIT, VERSION};
use super::name::PathText;
use super::versions::versions;
use super::{Name, Store, change, disk, file, machine, plain};

/// Most journals listed at the start.
pub const PENDING: usize = 10;

/// What would come back.
#[derive(Clone, Debug)]
pub struct Recovery {
    /// What the journal is named by.
    pub name: Name,
    /// Its file.
    pub journal: PathBuf,
    /// Where the report is saved, where it came from, its stamp at line 1: what
    /// the session is to go on with, so that a save finds a file changed outside.
    pub facts: FileFacts,
    /// The report at the last save or import.
    pub saved: Report,
    /// The report after all changes, with their steps to undo.
    pub document: Document,
    /// Steps that are not saved.
    pub unsaved: usize,
    /// Where the two differ.
    pub differences: Differences,
    /// What the report's file holds now, beside line 1.
    pub found: Found,
    /// Who made the changes: `user@host`.
    pub by: String,
    /// When line 1 was written.
    pub saved_at: Moment,
    /// When the last change was written.
    pub changed_at: Moment,
    /// Why not all lines came back.
    pub stopped: Option<Stopped>,
    /// The last line was cut off while it was written.
    pub torn: bool,
    /// The session ended as it should and left its changes for later.
    pub left: bool,
    /// The lines that were replayed, line 1 included.
    pub(super) text: Vec<u8>,
}

/// What a report's file holds now, beside what it held when the changes began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The same report.
    Same,
    /// Another one, which differs so.
    Differs(Differences),
    /// Nothing that could be read.
    Nothing,
}

/// The version of a report that was kept before its last save.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its file.
    pub path: PathBuf,
    /// The report in it.
    pub report: Report,
    /// When it was kept.
    pub at: Moment,
}

/// A line where replay stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It says nothing that this version knows.
    Unreadable {
        /// Its number, from 1.
        line: usize,
    },
    /// It changes something else than the report holds.
    Misfit {
        /// Its number, from 1.
        line: usize,
    },
}

/// Where two reports differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// They are under different forms; then cells and texts are not compared.
    pub form: bool,
    /// Cells, in the form's order.
    pub cells: Vec<CellDifference>,
    /// Texts.
    pub texts: Vec<TextId>,
    /// Fields of the head.
    pub head: Vec<HeadField>,
    /// The headings.
    pub headings: bool,
    /// The explanations or the questions.
    pub remarks: bool,
}

/// A cell that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellDifference {
    /// The cell.
    pub cell: CellId,
    /// What was saved.
    pub saved: Cell,
    /// What would come back.
    pub recovered: Cell,
}

impl Differences {
    /// How many places differ: cells, texts, fields of the head; headings and notes
    /// count as one each.
    #[must_use]
    pub fn places(&self) -> usize {
        let others = usize::from(self.headings) + usize::from(self.remarks);
        self.cells.len() + self.texts.len() + self.head.len() + others
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Differences::default()
    }
}

/// A report with unsaved changes, for the start page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// What to recover it by.
    pub name: Name,
    /// Its file's name, or the body it is on, or empty.
    pub label: String,
    /// When it was last changed.
    pub when: Moment,
    /// Steps that are not saved.
    pub unsaved: usize,
    /// Places that differ from what was saved or read.
    pub places: usize,
    /// It was left for later, not by a session that did not end well.
    pub left: bool,
}

/// Where two reports differ.
#[must_use]
pub fn differences(saved: &Report, recovered: &Report) -> Differences {
    let form = recovered.form();
    let same_form = saved.form() == form;
    let cell = |cell: CellId| {
        let (old, new) = (saved.cell(cell), recovered.cell(cell));
        // 2.0 and 2.00 are equal, but not written the same.
        (old != new || old.text() != new.text()).then(|| CellDifference {
            cell,
            saved: old.clone(),
            recovered: new.clone(),
        })
    };
    let head = |field: &HeadField| saved.head().get(*field) != recovered.head().get(*field);
    Differences {
        form: !same_form,
        cells: form
            .cells()
            .filter(|_| same_form)
            .filter_map(cell)
            .collect(),
        texts: form
            .texts()
            .filter(|text| same_form && saved.text(*text) != recovered.text(*text))
            .collect(),
        head: HeadField::ALL.into_iter().filter(head).collect(),
        headings: saved.headings() != recovered.headings(),
        remarks: saved.remarks() != recovered.remarks()
            || saved.questions() != recovered.questions(),
    }
}

/// A journal read from the disk, line 1 understood.
struct Loaded {
    path: PathBuf,
    header: Header,
    /// Bytes of line 1.
    first: usize,
    bytes: Vec<u8>,
    changed: i64,
}

impl Store {
    /// What would come back of a report; None where nothing was left behind, or
    /// where a living session still writes it.
    ///
    /// `now` is what the report's file holds now; None where it can't be read.
    /// Unless that is line 1, the recovered report counts as saved nowhere.
    ///
    /// # Errors
    /// A [`Failure`] if there is a journal that can't be read; it stays.
    pub fn recover(&self, name: &Name, now: Option<&Report>) -> Result<Option<Recovery>, Failure> {
        let mut best: Option<Recovery> = None;
        let mut refused = None;
        for path in self.places.journal_of(name) {
            let found = self.load(&path).and_then(|loaded| {
                let replayed = loaded.map(|loaded| self.replay(name, loaded, now));
                replayed.transpose()
            });
            match found {
                Ok(Some(recovery)) => {
                    // One that began with what the file holds belongs to it. A journal
                    // that moved in mid-session left a shorter one.
                    let fits = |one: &Recovery| {
                        let is_same = one.found == Found::Same;
                        (is_same, one.saved_at.seconds, one.text.len())
                    };
                    if best
                        .as_ref()
                        .is_none_or(|best| fits(best) < fits(&recovery))
                    {
                        best = Some(recovery);
                    }
                }
                Ok(None) => {}
                Err(failure) => refused = Some(failure),
            }
        }
        match (best, refused) {
            (None, Some(failure)) => Err(failure),
            (best, _) => Ok(best),
        }
    }

    /// The latest version kept of a report that can be read.
    #[must_use]
    pub fn kept(&self, name: &Name) -> Option<Kept> {
        let folder = self.places.versions_of(name)?;
        let kept = |path: PathBuf| {
            let bytes = self.small(&path, file::LIMIT).ok()?;
            let at = std::fs::metadata(&path).ok()?.mtime();
            Some(Kept {
                report: (self.codec.read)(std::str::from_utf8(&bytes).ok()?)?,
                at: machine::local(at),
                path,
            })
        };
        let names = versions(&folder).into_iter().rev();
        names.map(|name| folder.join(name)).find_map(kept)
    }

    /// Reports with unsaved changes, the last changed first.
    #[must_use]
    pub fn pending(&self) -> Vec<Pending> {
        let entries = self.places.journals().map(std::fs::read_dir);
        let mut journals: Vec<(i64, PathBuf)> = entries
            .into_iter()
            .flatten()
            .flatten()
            .flatten()
            .filter(|entry| entry.path().extension().is_some_and(|end| end == "jsonl"))
            .filter_map(|entry| Some((entry.metadata().ok()?.mtime(), entry.path())))
            .collect();
        journals.sort_by(|one, other| other.cmp(one));
        let pending = journals.into_iter().filter_map(|(_, path)| {
            let loaded = self.load(&path).ok()??;
            let name = loaded.header.name()?;
            // A journal is replayed only under the name it is found by.
            let named = path.file_stem()?.to_str()? == name.digest();
            let recovery = self.replay(&name, loaded, None).ok().filter(|_| named)?;
            let worth = recovery.unsaved > 0 || recovery.facts.stamp.is_none();
            worth.then(|| recovery.pending())
        });
        pending.take(PENDING).collect()
    }

    /// Removes a journal whose changes are not wanted.
    ///
    /// # Errors
    /// A [`Failure`] if it can't be removed.
    pub fn forget(&self, recovery: &Recovery) -> Result<(), Failure> {
        disk::remove(self.disk(), &recovery.journal)
            .map_err(|error| unreadable(&recovery.journal, &error))
    }

    /// The lines of a journal with all changes made one, which says where they led.
    pub(super) fn shortened(&self, name: &Name, text: &[u8]) -> Option<Vec<u8>> {
        let first = text.iter().position(|byte| *byte == b'\n')? + 1;
        let loaded = Loaded {
            path: PathBuf::new(),
            header: serde_json::from_slice(&text[..first]).ok()?,
            first,
            bytes: text.to_vec(),
            changed: 0,
        };
        let Recovery {
            saved,
            document,
            stopped: None,
            ..
        } = self.replay(name, loaded, None).ok()?
        else {
            return None;
        };
        let now = document.report();
        let label = words("之前的全部改动", "all earlier changes");
        let step = Transaction::new(label).becoming(&saved, now);
        let mut short = text[..first].to_vec();
        short.extend(change::write(saved.form(), &Change::Apply(step), &[]));
        Some(short)
    }

    fn load(&self, path: &Path) -> Result<Option<Loaded>, Failure> {
        let fail = |error: &io::Error| unreadable(path, error);
        // A pipe or device under this name was not put there by us.
        match std::fs::symlink_metadata(path) {
            Ok(meta) if meta.is_file() => {}
            Ok(_) => return Err(fail(&ErrorKind::InvalidInput.into())),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fail(&error)),
        }
        let file = disk::open(self.disk(), path).map_err(|error| fail(&error))?;
        if let Err(TryLockError::WouldBlock) = file.try_lock_shared() {
            return Ok(None);
        }
        let changed = file.metadata().map_or(0, |meta| meta.mtime());
        let bytes = whole(file).map_err(|error| fail(&error))?;
        let torn = || fail(&ErrorKind::InvalidData.into());
        let first = bytes
            .iter()
            .position(|byte| *byte == b'\n')
            .ok_or_else(torn)?
            + 1;
        let header: Header = serde_json::from_slice(&bytes[..first]).map_err(|_| torn())?;
        if header.gouji_journal > VERSION {
            return Err(fail(&ErrorKind::Unsupported.into()));
        }
        Ok(Some(Loaded {
            path: path.to_path_buf(),
            header,
            first,
            bytes,
            changed,
        }))
    }

    fn replay(
        &self,
        name: &Name,
        loaded: Loaded,
        now: Option<&Report>,
    ) -> Result<Recovery, Failure> {
        let Loaded {
            path,
            header,
            first,
            mut bytes,
            changed,
        } = loaded;
        let saved = (self.codec.read)(&header.report)
            .filter(|report| form::by_key(&header.form) == Some(report.form()))
            .ok_or_else(|| unreadable(&path, &ErrorKind::InvalidData.into()))?;
        let facts = header.facts(name);
        let mut document = match facts.stamp {
            Some(_) => Document::new(saved.clone()),
            None => Document::unsaved(saved.clone()),
        };
        let mut good = first;
        let mut stopped = None;
        let mut left = false;
        for (index, line) in bytes[first..]
            .split_inclusive(|byte| *byte == b'\n')
            .enumerate()
        {
            let number = index + 2;
            if line.last() != Some(&b'\n') {
                break;
            }
            left = line == change::LEFT;
            if left {
                good += line.len();
                continue;
            }
            let Some(record) = change::read(saved.form(), line) else {
                stopped = Some(Stopped::Unreadable { line: number });
                break;
            };
            if !change::replay(&mut document, record) {
                stopped = Some(Stopped::Misfit { line: number });
                break;
            }
            good += line.len();
        }
        let torn = stopped.is_none() && good < bytes.len();
        bytes.truncate(good);
        let unsaved = document.unsaved_steps();
        let found = Found::of(&saved, now);
        if found != Found::Same {
            document.forget_saved();
        }
        Ok(Recovery {
            name: name.clone(),
            journal: path,
            unsaved,
            differences: differences(&saved, document.report()),
            found,
            facts,
            saved,
            document,
            by: plain(&header.by, 128),
            saved_at: machine::local(header.at),
            changed_at: machine::local(changed),
            stopped,
            torn,
            left,
            text: bytes,
        })
    }
}

impl Found {
    fn of(saved: &Report, now: Option<&Report>) -> Self {
        match now.map(|now| differences(saved, now)) {
            None => Found::Nothing,
            Some(none) if none.is_empty() => Found::Same,
            Some(differences) => Found::Differs(differences),
        }
    }
}

impl Recovery {
    fn pending(&self) -> Pending {
        let file = self.facts.path.as_ref().or(self.facts.source.as_ref());
        let label = match file.and_then(|path| path.file_name()) {
            Some(name) => shown_path(Path::new(name)),
            None => plain(&self.document.report().head().body, 64),
        };
        Pending {
            name: self.name.clone(),
            label,
            when: self.changed_at,
            unsaved: self.unsaved,
            places: self.differences.places(),
            left: self.left,
        }
    }
}

impl Header {
    /// What the journal says it is named by.
    fn name(&self) -> Option<Name> {
        match self.path.as_ref().or(self.source.as_ref()) {
            Some(path) => Some(Name::Path(path.clone().path())),
            None => Some(Name::Unnamed(self.id.clone()?)),
        }
    }

    /// Where the report is, for the session that goes on; a journal beside a
    /// report that was moved is one of the report where it is now.
    fn facts(&self, name: &Name) -> FileFacts {
        let asked = |told: Option<&PathText>, known: bool| match name {
            Name::Path(path) if known => Some(path.clone()),
            _ => told.cloned().map(PathText::path),
        };
        FileFacts {
            path: asked(self.path.as_ref(), self.path.is_some()),
            source: asked(
                self.source.as_ref(),
                self.path.is_none() && self.source.is_some(),
            ),
            stamp: self.stamp.map(|(size, seconds, nanos, inode)| Stamp {
                size,
                seconds,
                nanos,
                inode,
            }),
            read_only: None,
        }
    }
}

/// All bytes of a journal, unless it is larger than one may be.
fn whole(file: File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let why = match error.kind() {
        ErrorKind::InvalidData => words("里面的内容不完整。", "Its content is incomplete.").into(),
        ErrorKind::Unsupported => words(
            "它是更新的版本写的。",
            "A newer version of the program wrote it.",
        )
        .into(),
        _ => reason(error),
    };
    let what = words(
        "恢复日志读不出来：{file}",
        "the recovery journal can't be read: {file}",
    );
    failure(what, path, why).hint(words(
        "它留在原处，没有被改动；可以照常打开报告。",
        "It stays as it is; the report can be opened all the same.",
    ))
}
