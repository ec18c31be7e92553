//! Opening: a file, pasted text, an unnamed report, a new one.
//!
//! **Never:** closes what is open before the other one can be read.
//! Next: `recover` for changes that come back with a file.

use std::path::{Path, PathBuf};

use crate::base::facts::{FileFacts, ReadOnly};
use crate::base::failure::Failure;
use crate::base::place::Place;
use crate::base::words::words;
use crate::form::{self, Form};
use crate::format::{self, NATIVE, Options, TEXT};
use crate::model::{Document, Note, Report};
use crate::store::import::{How, Imported};
use crate::store::{self, Found, Locking, Name};
use crate::tui::input::{Last, LastRead, Opened, Reply, Standing, Target};
use crate::tui::report::from_last;

use super::paths::absolute;
use super::recover::{Left, shown};
use super::{Open, Session};

/// Reads a file, whatever its format, by the name that a user wrote. May take seconds.
///
/// # Errors
/// A [`Failure`] that names the file, the reason and a way out.
pub fn import(
    path: &Path,
    form: Option<&'static Form>,
    encoding: Option<&str>,
) -> Result<Imported, Failure> {
    let how = How {
        form,
        encoding: encoding.map(str::to_owned),
        carries_over: false,
    };
    store::import::import(&absolute(path), &how)
}

/// Last year's report as it was read, to make a new one from.
pub(in crate::tui::terminal) fn last(read: Result<Imported, Failure>) -> Reply {
    let Imported {
        path,
        format,
        mut draft,
        ..
    } = match read {
        Ok(read) => read,
        Err(failure) => return Reply::Failed(failure),
    };
    let notes = std::mem::take(&mut draft.notes);
    let report = draft.into_report();
    Reply::LastRead(Box::new(LastRead {
        last: Last { path, report },
        notes,
        native: format == &NATIVE,
    }))
}

/// What there is to open under a name.
enum There {
    File(Box<Imported>),
    Left(Box<Left>),
}

impl Session {
    /// Opens something in place of what is open.
    pub(in crate::tui::terminal) fn open(&mut self, target: &Target) -> Result<Opened, Failure> {
        match target {
            Target::File(path) | Target::Folder(path) => self.open_file(path),
            Target::Unnamed(id) => self.open_unnamed(id),
            Target::Sample => Ok(self.open_new(format::sample(), false)),
            Target::Practice => Ok(Opened {
                practises: true,
                ..self.open_new(format::sample(), false)
            }),
            Target::Pasted(text) => self.open_pasted(text),
            Target::New(head) => {
                let form = self.form.unwrap_or_else(form::current);
                Ok(self.begin(Opened::empty(form, head)))
            }
            Target::After(after) => Ok(self.begin(from_last::begun(after, self.form))),
        }
    }

    /// Opens a report that is made just now.
    fn begin(&mut self, begun: Opened) -> Opened {
        let report = begun.document.report().clone();
        Opened {
            begins: begun.begins,
            notes: begun.notes,
            last: begun.last,
            ..self.open_new(report, true)
        }
    }

    fn open_new(&mut self, report: Report, native: bool) -> Opened {
        let file = FileFacts::default();
        self.open = Some(Open {
            read: None,
            journal: self.store.journal(&file, &report),
            lock: None,
            locked: None,
            content: None,
            recovery: None,
        });
        Opened::of(Document::unsaved(report), file, native)
    }

    fn open_pasted(&mut self, text: &str) -> Result<Opened, Failure> {
        let options = Options {
            form: self.form,
            encoding: Some("utf-8"),
            format: Some(&TEXT),
        };
        let mut draft = format::read(text.as_bytes(), None, &options)?;
        let (notes, origins) = (
            std::mem::take(&mut draft.notes),
            std::mem::take(&mut draft.origins),
        );
        Ok(Opened {
            notes,
            origins,
            format: Some(&TEXT),
            ..self.open_new(draft.into_report(), false)
        })
    }

    fn open_unnamed(&mut self, id: &str) -> Result<Opened, Failure> {
        let name = Name::Unnamed(id.to_owned());
        let Some(recovery) = self.store.recover(&name, None)? else {
            let what = words("这份改动已经不在了", "these changes are gone");
            return Err(Failure::file(what.into()));
        };
        let keying = self.store.modes(&name);
        let mut opened = self.open_new(recovery.saved.clone(), true);
        opened.keying = keying;
        opened.recovery = Some(shown(&recovery, Standing::AsItWas, None));
        self.hold(recovery);
        Ok(opened)
    }

    fn hold(&mut self, recovery: store::Recovery) {
        if let Some(open) = &mut self.open {
            open.recovery = Some(recovery);
        }
    }

    fn open_file(&mut self, path: &Path) -> Result<Opened, Failure> {
        let read = self.reader(path.to_owned())();
        self.take(path, read)
    }

    /// Opens a file that was read, or what is left of a report whose file can't be.
    ///
    /// # Errors
    /// The [`Failure`] of reading, where nothing is left.
    pub(in crate::tui::terminal) fn take(
        &mut self,
        path: &Path,
        read: Result<Imported, Failure>,
    ) -> Result<Opened, Failure> {
        let there = self.there(path, read)?;
        Ok(self.adopt(there))
    }

    fn there(&self, path: &Path, read: Result<Imported, Failure>) -> Result<There, Failure> {
        match read {
            Ok(read) => Ok(There::File(Box::new(read))),
            Err(failure) => {
                let left = self.left(&absolute(path), failure)?;
                Ok(There::Left(Box::new(left)))
            }
        }
    }

    /// The work of reading a file: it needs nothing of what is open.
    pub(in crate::tui::terminal) fn reader(
        &self,
        path: PathBuf,
    ) -> impl FnOnce() -> Result<Imported, Failure> + Send + use<> {
        let (form, encoding) = (self.form, self.encoding.clone());
        move || import(&path, form, encoding.as_deref())
    }

    /// The same for last year's report, which has a form of its own.
    pub(in crate::tui::terminal) fn reader_of_last(
        &self,
        path: PathBuf,
    ) -> impl FnOnce() -> Result<Imported, Failure> + Send + use<> {
        let encoding = self.encoding.clone();
        move || import(&path, None, encoding.as_deref())
    }

    /// Puts a file that was read in the place of what is open.
    pub(in crate::tui::terminal) fn finish(
        &mut self,
        path: &Path,
        read: Result<Imported, Failure>,
        keep: bool,
    ) -> Reply {
        let there = match self.there(path, read) {
            Ok(there) => there,
            Err(failure) => return Reply::Failed(failure),
        };
        // It may be the very file that is open: its lock and its journal are given
        // back first.
        if let Err(failure) = self.close(keep) {
            return Reply::Failed(failure);
        }
        let opened = self.adopt(there);
        self.settle();
        Reply::Opened(Box::new(opened))
    }

    fn adopt(&mut self, there: There) -> Opened {
        match there {
            There::File(read) => self.adopt_file(*read),
            There::Left(left) => self.rescue(*left),
        }
    }

    /// Opens a file that was read.
    fn adopt_file(&mut self, read: Imported) -> Opened {
        let Imported {
            path,
            facts,
            format,
            draft,
            content,
            ..
        } = read;
        let path = &path;
        let is_native = format == &NATIVE;
        let mut file = facts;
        let mut lock = None;
        if is_native {
            if draft.unknown_keys {
                file.read_only = Some(ReadOnly::UnknownKeys);
            }
            match self.store.lock(path) {
                Locking::Taken(taken) => lock = Some(taken),
                Locking::Held(by) => file.read_only = Some(by),
                // Editing goes on; a save compares the file first.
                Locking::Unknown(_) => {}
            }
        } else {
            file.source = file.path.take();
            file.stamp = None;
            file.read_only = None;
        }
        let name = Name::of(path);
        let free = !file.is_held();
        let mut said = None;
        let recovery = if free {
            let recovery = self.store.recover(&name, Some(draft.report()));
            recovery.unwrap_or_else(|failure| {
                said = Some(failure.what);
                None
            })
        } else {
            None
        };
        let mut recovery = recovery.filter(|recovery| {
            recovery.unsaved > 0 && recovery.document.report() != draft.report()
        });
        let kept = recovery.as_mut().and_then(|recovery| {
            if recovery.found == Found::Same {
                // The changes go on with the file as it was read, whatever its stamp was.
                recovery.facts.stamp = file.stamp;
                return None;
            }
            self.store.kept(&name).map(|kept| kept.path)
        });
        let keying = self.store.modes(&name);
        let mut notes = draft.notes.clone();
        notes.extend(said.map(|message| Note {
            place: Place::Nowhere,
            message,
        }));
        let origins = if is_native {
            Vec::new()
        } else {
            draft.origins.clone()
        };
        let report = draft.into_report();
        self.open = Some(Open {
            journal: self.store.journal(&file, &report),
            locked: lock.is_some().then(|| path.clone()),
            lock,
            content,
            read: Some(path.clone()),
            recovery: None,
        });
        let opened = Opened {
            document: if is_native {
                Document::new(report)
            } else {
                Document::unsaved(report)
            },
            file,
            notes,
            origins,
            format: (!is_native).then_some(format),
            keying,
            recovery: recovery
                .as_ref()
                .map(|recovery| shown(recovery, Standing::of(&recovery.found), kept)),
            native: is_native,
            begins: None,
            practises: false,
            last: None,
        };
        if let Some(recovery) = recovery {
            self.hold(recovery);
        }
        opened
    }
}
