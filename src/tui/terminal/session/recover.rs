//! Changes of a session that did not end well, and what is left of a report whose file
//! can't be read.
//!
//! **Never:** deletes changes that are not kept elsewhere.
//! Next: `store::recovery`, which reads the journals.

use std::path::{Path, PathBuf};

use crate::base::facts::FileFacts;
use crate::base::failure::Failure;
use crate::base::path::{file_name, shown_path};
use crate::base::words::words;
use crate::format::{self, MAX_FILE};
use crate::model::{Document, HeadField, Report};
use crate::store::{self, Found, Lock, Locking, Name, Over, SaveFailure};
use crate::tui::input::{Opened, Recovery, Reply, Standing};

use super::{Open, Session};

/// What is left of a report whose file can't be read.
pub(super) struct Left {
    path: PathBuf,
    report: Report,
    file: FileFacts,
    /// Other sessions can't take the report up meanwhile.
    lock: Option<Lock>,
    shown: Recovery,
    /// None where it is only the version kept before the last save.
    changes: Option<store::Recovery>,
}

impl Session {
    /// What is left of a report whose file can't be read: the changes in its journal,
    /// else the version kept before its last save.
    ///
    /// # Errors
    /// The failure given, where nothing is left or another session has it.
    pub(super) fn left(&self, path: &Path, failure: Failure) -> Result<Left, Failure> {
        let name = Name::of(path);
        let open = self.open.as_ref().map(|open| open.journal.name());
        if open == Some(&name) {
            // Its changes are on the screen.
            return Err(failure);
        }
        let why = failure.why.clone().map_or(failure.what.clone(), |why| *why);
        let standing = Standing::Unread(why.clone());
        let kept = self.store.kept(&name);
        let (report, file, shown, changes) = match (self.store.recover(&name, None), kept) {
            (Ok(Some(changes)), kept) => {
                let (report, file) = (changes.saved.clone(), changes.facts.clone());
                let shown = shown(&changes, standing, kept.map(|kept| kept.path));
                (report, file, shown, Some(changes))
            }
            (_, Some(kept)) => {
                let file = FileFacts {
                    path: Some(path.to_owned()),
                    ..FileFacts::default()
                };
                let shown = version(&kept, &file, standing);
                (kept.report, file, shown, None)
            }
            (Err(journal), None) => {
                let both = words("{why}{journal}。", "{why} Also, {journal}.");
                let both = both.with(vec![("why", why.into()), ("journal", journal.what.into())]);
                return Err(failure.because(both));
            }
            (Ok(None), None) => return Err(failure),
        };
        let mut lock = None;
        if file.path.is_some() {
            match self.store.lock(path) {
                Locking::Taken(taken) => lock = Some(taken),
                Locking::Held(_) => return Err(failure),
                Locking::Unknown(_) => {}
            }
        }
        Ok(Left {
            path: path.to_owned(),
            report,
            file,
            lock,
            shown,
            changes,
        })
    }

    /// Opens what is left of a report; it is saved nowhere.
    pub(super) fn rescue(&mut self, left: Left) -> Opened {
        let Left {
            path,
            report,
            file,
            lock,
            shown,
            changes,
        } = left;
        self.open = Some(Open {
            read: None,
            journal: self.store.journal(&file, &report),
            locked: file.path.is_some().then(|| path.clone()),
            lock,
            content: None,
            history: None,
            recovery: changes,
        });
        Opened {
            keying: self.store.modes(&Name::of(&path)),
            last_at: self.kept_last(&Name::of(&path)),
            recovery: Some(shown),
            ..Opened::of(Document::unsaved(report), file, false)
        }
    }

    /// Keeps changes that were not wanted back in a file of their own.
    pub(super) fn keep_elsewhere(&mut self, recovery: &store::Recovery) -> Reply {
        let beside = recovery
            .facts
            .path
            .as_ref()
            .or(recovery.facts.source.as_ref());
        let stem = match beside.and_then(|path| path.file_stem()) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => recovery.document.report().head().body.clone(),
        };
        let ending = format!(".恢复-{}.json", recovery.changed_at.compact());
        let name = match file_name(&stem, &ending) {
            name if name.is_empty() => format!("gouji{ending}"),
            name => name,
        };
        let path = beside.map_or_else(|| PathBuf::from(&name), |path| path.with_file_name(&name));
        // The whole path: users don't know which folder the program was started in.
        let path = std::path::absolute(&path).unwrap_or(path);
        let bytes = format::native(recovery.document.report()).into_bytes();
        let rescued = self.store.places.rescued().map(|folder| folder.join(&name));
        let kept = self.keep_copy(path, &bytes).or_else(|failure| {
            // The folder of the report is gone or closed.
            let path = rescued.ok_or(failure)?;
            self.store.make_folder_of(&path)?;
            self.keep_copy(path, &bytes)
        });
        match kept.and_then(|path| self.store.forget(recovery).map(|()| path)) {
            Ok(path) => Reply::Said(
                words(
                    "没有恢复的改动另存在 {path}",
                    "the changes are kept in {path}",
                )
                .with(vec![("path", shown_path(&path).into())]),
            ),
            Err(failure) => Reply::Failed(failure),
        }
    }

    /// Writes a file of its own, unless an earlier try did and failed afterwards.
    fn keep_copy(&self, path: PathBuf, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let is_there =
            || store::file::bytes(&path, MAX_FILE as u64).is_ok_and(|there| there == bytes);
        match self.store.save(&path, bytes, Over::Nothing) {
            Err(failure) if !(matches!(failure, SaveFailure::Exists(_)) && is_there()) => {
                Err(failure.failure().clone())
            }
            _ => Ok(path),
        }
    }
}

impl Standing {
    /// What became of a file that could be read since the changes began.
    pub(super) fn of(found: &Found) -> Self {
        let Found::Differs(differences) = found else {
            return Standing::AsItWas;
        };
        let of_report = |field: &HeadField| matches!(field, HeadField::Body | HeadField::Year);
        if differences.form || differences.head.iter().any(of_report) {
            return Standing::Another;
        }
        Standing::Differs {
            cells: differences.cells.len(),
            texts: differences.texts.len(),
        }
    }
}

/// A recovery, as the screen shows it.
pub(super) fn shown(
    recovery: &store::Recovery,
    standing: Standing,
    kept: Option<PathBuf>,
) -> Recovery {
    let form = recovery.saved.form();
    Recovery {
        document: recovery.document.clone(),
        file: recovery.facts.clone(),
        steps: recovery.unsaved,
        cells: recovery
            .differences
            .cells
            .iter()
            .map(|cell| {
                (
                    cell.cell,
                    cell.saved.text().into_owned(),
                    cell.recovered.text().into_owned(),
                )
            })
            .collect(),
        texts: recovery
            .differences
            .texts
            .iter()
            .map(|text| form.section(*text).key)
            .collect(),
        since: recovery.saved_at.short(),
        by: recovery.by.clone(),
        standing,
        kept,
        cut_short: recovery.stopped.is_some(),
        left: recovery.left,
        is_version: false,
    }
}

/// A kept version, as the screen shows it.
fn version(kept: &store::Kept, file: &FileFacts, standing: Standing) -> Recovery {
    Recovery {
        document: Document::unsaved(kept.report.clone()),
        file: file.clone(),
        steps: 0,
        cells: Vec::new(),
        texts: Vec::new(),
        since: kept.at.short(),
        by: String::new(),
        standing,
        kept: Some(kept.path.clone()),
        cut_short: false,
        left: false,
        is_version: true,
    }
}
