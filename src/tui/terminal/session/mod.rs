//! The report that is open: its file, its lock, its journal.
//!
//! **Never:** draws, or changes a report.
//! Next: `open` for what is opened, `last` for last year's, `recover` for what comes back
//! after a crash, `save` for what is written; `shell`, which hands effects over.

use std::path::{Path, PathBuf};

use crate::base::facts::{ReadOnly, Stamp};
use crate::base::failure::Failure;
use crate::base::words::words;
use crate::form::Form;
use crate::store::file::{Seen, Since, since};
use crate::store::machine;
use crate::store::places::Recent as Known;
use crate::store::{self, Found, Journal, Lock, Locking, Name, Store};
use crate::tui::input::{Effect, Recent, Reply, StartFacts, Target};
use crate::tui::prefs::Choice;

mod folder;
mod history;
mod last;
mod open;
mod others;
mod paths;
mod recover;
mod save;
#[cfg(test)]
mod tests;

pub(super) use folder::{is_folder, whole};
pub use open::import;
pub(super) use open::to_begin_from;
pub(super) use paths::listing;

/// What is open, on the side of the disk.
pub(super) struct Session {
    store: Store,
    form: Option<&'static Form>,
    encoding: Option<String>,
    /// Reports are only looked at: no lock is taken, nothing comes back.
    is_reader: bool,
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
    /// Where the steps of the report's file are kept.
    history: Option<Kept>,
    recovery: Option<store::Recovery>,
}

/// Where the steps that led to a file are kept.
struct Kept {
    /// By what name.
    name: Name,
    /// What the file held.
    content: u128,
    /// So many of the last ones are this session's own.
    own: usize,
}

impl Session {
    pub(super) fn new(store: Store, form: Option<&'static Form>, encoding: Option<String>) -> Self {
        Session {
            store,
            form,
            encoding,
            is_reader: false,
            open: None,
        }
    }

    /// The same, for reports that are only looked at.
    pub(super) fn reading_only(self, is_reader: bool) -> Self {
        Session { is_reader, ..self }
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

    /// What the start page offers. No report's file is looked at: it may be on a disk
    /// that does not answer, and the first frame waits for this.
    pub(super) fn start_facts(&self) -> StartFacts {
        self.facts(self.store.pending())
    }

    /// The same where a report is opened anyway: without what is not saved, whose
    /// journals would be read.
    pub(super) fn known_facts(&self) -> StartFacts {
        self.facts(Vec::new())
    }

    fn facts(&self, pending: Vec<store::Pending>) -> StartFacts {
        let known = self.store.recent();
        let [year, ..] = machine::now().date();
        let bodies = known.iter().filter_map(|known| known.left.as_ref());
        let body = bodies
            .map(|left| left.body.as_str())
            .find(|b| !b.is_empty());
        let body = body.unwrap_or_default().to_owned();
        let mut recent = Vec::new();
        for pending in pending {
            let target = match pending.name {
                Name::Path(path) => Target::File(path),
                Name::Unnamed(id) => Target::Unnamed(id),
            };
            // How it was left says nothing of changes after it.
            let is_of = |known: &&Known| target == Target::File(known.path.clone());
            let left = known.iter().find(is_of).filter(|_| pending.left);
            recent.push(Recent {
                left: left.and_then(|known| known.left.clone()),
                target,
                name: pending.label,
                when: pending.when.short(),
                unsaved: Some(pending.places),
            });
        }
        for known in known {
            let target = Target::File(known.path.clone());
            if recent.iter().all(|one| one.target != target) {
                let name = known.path.file_name().unwrap_or_default();
                recent.push(Recent {
                    target,
                    name: name.to_string_lossy().into_owned(),
                    when: known.when.short(),
                    left: known.left,
                    unsaved: None,
                });
            }
        }
        StartFacts {
            recent,
            year: Some(year - 1),
            body,
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
                last,
                make_folder,
            } => Some(match last.filter(|last| save::is_over(last, &path)) {
                Some(_) => save::over_last(&path),
                None => self.save(&path, source.as_deref(), &report, replacing, make_folder),
            }),
            Effect::ReadTheirs(path) => Some(self.theirs(&path)),
            Effect::Follow { path, stamp } => self.follow(&path, stamp),
            Effect::Adopted(content) => {
                self.adopted(content);
                None
            }
            Effect::AskToLetGo(path) => Some(self.ask_to_let_go(&path)),
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
            Effect::Open { target, keep } => Some(self.go_to(&target, keep)),
            Effect::Remember { path, left } => {
                // The list of lately opened files is a convenience.
                let _ = self.store.remember_as(&path, Some(left));
                None
            }
            Effect::List(typed) => Some(Reply::Listed(paths::listing(typed))),
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
            Effect::KeepLast(last) => {
                let open = self.open.as_ref()?;
                let failed = self.keep_last(open.journal.name(), last).err()?;
                Some(Reply::NotKept(failed))
            }
            Effect::Keep { file, choice } => self.keep_choice(file.as_deref(), choice),
            Effect::Recovered => {
                self.resume();
                None
            }
            Effect::DropRecovery => {
                let recovery = self.open.as_mut()?.recovery.take()?;
                Some(self.keep_elsewhere(&recovery))
            }
            Effect::CheckStamp { path, stamp } => self.changed_outside(&path, stamp),
            Effect::Versions => Some(Reply::Versions(self.versions())),
            Effect::Earlier => Some(Reply::Earlier(self.earlier().unwrap_or_default())),
            Effect::KeepHistory { steps, goes_on } => {
                self.keep_history(steps, goes_on);
                None
            }
            Effect::Folder(work) => Some(Reply::Folder(self.keep_list(work)?)),
            Effect::Quit { .. }
            | Effect::Redraw
            | Effect::AskBackground
            | Effect::Mouse(_)
            | Effect::Suspend
            | Effect::ReadFrom(_)
            | Effect::ReadLast { .. }
            | Effect::FindLast { .. }
            | Effect::Beside(_)
            | Effect::StopReading => None,
        }
    }

    /// Opens something in place of what is open, which stays where that fails.
    fn go_to(&mut self, target: &Target, keep: bool) -> Reply {
        if keep && let Err(failure) = self.keep_changes() {
            return Reply::Failed(failure);
        }
        let before = self.open.take();
        match self.open(target) {
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
        }
    }

    /// Goes on with the journal of the changes that came back.
    fn resume(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some(recovery) = open.recovery.take() else {
            return;
        };
        if recovery.found != Found::Same {
            // What was read is not what the changes were made to.
            open.content = None;
            open.history = None;
        }
        open.journal = self.store.resume(&recovery);
    }

    /// Says what became of a file since it was last read or written, if anything did.
    fn changed_outside(&self, path: &Path, stamp: Stamp) -> Option<Reply> {
        let said = match since(path, self.seen(stamp)) {
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
