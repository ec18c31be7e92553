//! The report that is open: its file, its lock, its journal.
//!
//! **Never:** draws, or changes a report.
//! Next: `open` for what is opened, `recover` for what comes back after a crash, `save`
//! for what is written; `shell`, which hands effects over.

use std::path::{Path, PathBuf};

use crate::base::facts::{ReadOnly, Stamp};
use crate::base::failure::Failure;
use crate::base::words::words;
use crate::form::Form;
use crate::store::file::{Seen, Since, since};
use crate::store::{self, Found, Journal, Lock, Locking, Name, Store};
use crate::tui::input::{Effect, Pending, Reply, StartFacts, Target};
use crate::tui::prefs::Choice;

mod open;
mod paths;
mod recover;
mod save;
#[cfg(test)]
mod tests;

pub use open::import;

/// What is open, on the side of the disk.
pub(super) struct Session {
    store: Store,
    form: Option<&'static Form>,
    encoding: Option<String>,
    open: Option<Open>,
}

struct Open {
    /// The file it was read from.
    read: Option<PathBuf>,
    journal: Journal,
    lock: Option<Lock>,
    /// The file of that lock.
    locked: Option<PathBuf>,
    /// What the bytes of the report's file were when last read or written.
    content: Option<u128>,
    recovery: Option<store::Recovery>,
}

impl Session {
    pub(super) fn new(store: Store, form: Option<&'static Form>, encoding: Option<String>) -> Self {
        Session {
            store,
            form,
            encoding,
            open: None,
        }
    }

    /// Does what can wait until the report is on the screen.
    pub(super) fn settle(&mut self) {
        let Some(open) = &mut self.open else { return };
        open.journal.begin(&self.store);
        if let Some(path) = &open.read {
            // The list of lately opened files is a convenience.
            let _ = self.store.remember(path);
        }
    }

    /// What the start page offers.
    pub(super) fn start_facts(&self) -> StartFacts {
        StartFacts {
            pending: self
                .store
                .pending()
                .into_iter()
                .map(|pending| {
                    let (path, id) = match pending.name {
                        Name::Path(path) => (Some(path), String::new()),
                        Name::Unnamed(id) => (None, id),
                    };
                    Pending {
                        path,
                        id,
                        name: pending.label,
                        when: pending.when.short(),
                        steps: pending.unsaved,
                    }
                })
                .collect(),
            recent: self
                .store
                .recent()
                .into_iter()
                .map(|recent| recent.path)
                .collect(),
        }
    }

    /// Carries out an effect on files and returns its result.
    pub(super) fn carry_out(&mut self, effect: Effect) -> Option<Reply> {
        match effect {
            Effect::Journal { change, ran } => {
                let open = self.open.as_mut()?;
                let failed = open.journal.append(&self.store, &change, &ran).err()?;
                Some(Reply::JournalFailed(failed))
            }
            Effect::Save {
                path,
                report,
                replacing,
                source,
                make_folder,
            } => Some(self.save(&path, source.as_deref(), &report, replacing, make_folder)),
            Effect::AskLock(path) => match self.store.lock(&path) {
                Locking::Taken(_free) => Some(Reply::LockFree(path)),
                Locking::Held(ReadOnly::Claimed { .. }) => Some(Reply::LockFree(path)),
                Locking::Held(_) | Locking::Unknown(_) => None,
            },
            Effect::TakeOver(path) => match self.store.take_over(&path) {
                Ok(()) => self.carry_out(Effect::Open {
                    target: Target::File(path),
                    keep: false,
                }),
                Err(failure) => Some(Reply::Failed(failure)),
            },
            Effect::Export { files, replace } => {
                let write = |leaf| self.export(leaf, replace);
                Some(Reply::Exported(files.iter().map(write).collect()))
            }
            Effect::Open { target, keep } => {
                if keep && let Err(failure) = self.keep_changes() {
                    return Some(Reply::Failed(failure));
                }
                let before = self.open.take();
                Some(match self.open(&target) {
                    Ok(opened) => {
                        if let Some(before) = before {
                            self.close_one(before, keep);
                        }
                        Reply::Opened(Box::new(opened))
                    }
                    Err(failure) => {
                        self.open = before;
                        Reply::Failed(failure)
                    }
                })
            }
            Effect::Complete(start) => Some(Reply::Completions(paths::completions(&start))),
            Effect::Copy(text) => Some(match self.store.keep_copied(&text) {
                Ok(path) => Reply::Copied(path),
                // What was asked for is said first.
                Err(failure) => Reply::Said(
                    words("复制了；{what}", "copied; {what}")
                        .with(vec![("what", failure.what.into())]),
                ),
            }),
            Effect::KeepModes(keying) => {
                let open = self.open.as_ref()?;
                let keying: Vec<String> = keying.into_iter().map(str::to_owned).collect();
                let failed = self.store.keep_modes(open.journal.name(), &keying).err()?;
                Some(Reply::NotKept(failed))
            }
            Effect::Keep { file, choice } => self.keep_choice(file.as_deref(), choice),
            Effect::Recovered => {
                let open = self.open.as_mut()?;
                let recovery = open.recovery.take()?;
                if recovery.found != Found::Same {
                    // What was read is not what the changes were made to.
                    open.content = None;
                }
                open.journal = self.store.resume(&recovery);
                None
            }
            Effect::DropRecovery => {
                let recovery = self.open.as_mut()?.recovery.take()?;
                Some(self.keep_elsewhere(&recovery))
            }
            Effect::CheckStamp { path, stamp } => {
                let said = match since(&path, self.seen(stamp)) {
                    Since::Same => return None,
                    Since::Other => words(
                        "这个文件在别处被改过了；保存时会先问",
                        "the file was changed by somebody else; saving will ask first",
                    ),
                    Since::Gone => words(
                        "这个文件不见了，可能被移走或删掉了；保存时会先问",
                        "the file is gone, moved or removed; saving will ask first",
                    ),
                    Since::NoFile => words(
                        "这个名字现在是一个文件夹，不是文件了；请另存",
                        "there is a folder under this name now, and no file; save elsewhere",
                    ),
                };
                Some(Reply::Said(said.into()))
            }
            Effect::Quit { .. }
            | Effect::Redraw
            | Effect::AskBackground
            | Effect::Mouse(_)
            | Effect::Suspend
            | Effect::StopReading => None,
        }
    }

    /// Keeps a choice in the file of settings; the answer says what went wrong.
    fn keep_choice(&self, file: Option<&Path>, choice: Choice) -> Option<Reply> {
        let (key, value) = choice.entry();
        let kept = match file {
            Some(file) => self.store.set(file, key, &value),
            None => Err(Failure::file(
                words(
                    "没有记下：找不到存放设置的文件夹",
                    "not kept: there is no folder for settings",
                )
                .into(),
            )),
        };
        Some(Reply::NotKept(kept.err()?))
    }

    /// The file of the report as it was last read or written.
    fn seen(&self, stamp: Stamp) -> Seen {
        let content = self.open.as_ref().and_then(|open| open.content);
        Seen { stamp, content }
    }

    pub(super) fn needs_sync(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| open.journal.needs_sync())
    }

    /// Waits until everything journalled is on the disk.
    pub(super) fn sync(&mut self) -> Result<(), Failure> {
        match &mut self.open {
            Some(open) => open.journal.sync(&self.store),
            None => Ok(()),
        }
    }

    /// The program ends unasked: everything stays for the next time.
    pub(super) fn keep(&mut self) {
        let _ = self.sync();
    }

    /// The user leaves.
    ///
    /// # Errors
    /// A [`Failure`] if the changes are to be kept and can't be: the report stays open.
    pub(super) fn close(&mut self, keep: bool) -> Result<(), Failure> {
        if keep {
            self.keep_changes()?;
        }
        if let Some(open) = self.open.take() {
            self.close_one(open, keep);
        }
        Ok(())
    }

    /// Writes down the changes so that they can come back.
    fn keep_changes(&mut self) -> Result<(), Failure> {
        match &mut self.open {
            // Changes that were not answered for stay where they are.
            Some(open) if open.recovery.is_none() => open.journal.keep(&self.store),
            _ => Ok(()),
        }
    }

    fn close_one(&self, open: Open, keep: bool) {
        if !keep && open.recovery.is_none() {
            let _ = open.journal.discard(&self.store);
        }
    }
}
