//! A report of ours that is changed without the editor: read, held, written back.
//!
//! The rules of the editor hold: a file that somebody edits, or of which unsaved changes
//! are kept, is left alone; a version of what was there is kept.
//!
//! **Never:** changes a report but by a transaction; writes another format.
//! Next: `set` and `fix`, which change it.

use std::path::{Path, PathBuf};

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Lang, words};
use crate::format::{self, NATIVE, Writing};
use crate::model::{Document, Report, Transaction};
use crate::store::file::Seen;
use crate::store::import::{How, import};
use crate::store::lock::Lock;
use crate::store::{Name, Over, Store};

use super::Io;
use super::target::ended;

/// A report that nobody else changes for as long as this lives.
pub(super) struct Held {
    path: PathBuf,
    store: Store,
    document: Document,
    seen: Option<Seen>,
    _lock: Option<Lock>,
}

impl Held {
    /// Takes a file.
    ///
    /// # Errors
    /// It can't be read or written, is no file of ours, is being edited, or unsaved changes
    /// to it are kept.
    pub(super) fn take(path: &Path, how: &How) -> Result<Self, Failure> {
        let store = Store::here();
        let lock = store.claim(path).map_err(|held| held.failure().clone())?;
        let read = import(path, how)?;
        let shown = || vec![("file", shown_path(path).into())];
        if read.format != &NATIVE {
            let what = words(
                "{file} 不是勾稽自己的 .json，没有改动",
                "{file} is not one of gouji's own .json files; it was not changed",
            );
            let hint = words(
                "先换成 .json 再改：gouji convert 原文件 新文件.json",
                "make a .json of it first: gouji convert OLD NEW.json",
            );
            return Err(Failure::user(what.with(shown())).hint(hint));
        }
        if read.draft.unknown_keys {
            let what = words(
                "没有写：{file} 里有这个版本不认识的内容，写了会丢",
                "not written: {file} holds what this version does not know and would lose",
            );
            let hint = words("用新版 gouji 改", "change it with a newer gouji");
            return Err(Failure::file(what.with(shown())).hint(hint));
        }
        let report = read.draft.into_report();
        let left = store.recover(&Name::of(path), Some(&report))?;
        if left.is_some_and(|left| left.unsaved > 0 && left.document.report() != &report) {
            let what = words(
                "{file} 还有没有保存的改动，没有动它",
                "unsaved changes to {file} are kept; it was left alone",
            );
            let hint = words(
                "先用 gouji 打开它，保存或放弃那些改动",
                "open it in gouji first and save or discard them",
            );
            return Err(Failure::user(what.with(shown())).hint(hint));
        }
        Ok(Held {
            path: path.to_owned(),
            seen: read.facts.stamp.map(|stamp| Seen {
                stamp,
                content: read.content,
            }),
            store,
            document: Document::new(report),
            _lock: lock,
        })
    }

    /// The report as it is now.
    pub(super) fn report(&self) -> &Report {
        self.document.report()
    }

    /// Whether anything was changed.
    pub(super) fn is_changed(&self) -> bool {
        self.document.is_modified()
    }

    /// Changes it.
    pub(super) fn apply(&mut self, step: Transaction) {
        self.document.apply(step).expect("made for this report");
    }

    /// Writes it over its file.
    ///
    /// # Errors
    /// Where the file could not be written; what was there is as it was.
    pub(super) fn write(self, io: &mut Io, lang: Lang) -> Result<(), Failure> {
        let bytes = format::write(self.report(), &NATIVE, &Writing::default())?;
        let over = self.seen.map_or(Over::Report, Over::Seen);
        ended(self.store.save(&self.path, &bytes, over), io, lang)
    }
}
