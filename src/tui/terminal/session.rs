//! The report that is open: its file, its lock, its journal.
//!
//! **Never:** draws, or changes a report.
//! Next: `shell`, which hands effects over; `store` for what survives what.

use std::path::{Path, PathBuf};

use crate::base::facts::{FileFacts, ReadOnly};
use crate::base::failure::Failure;
use crate::base::words::words;
use crate::form::{self, Form};
use crate::format::{self, Format, MAX_FILE, NATIVE, Options, TEXT};
use crate::model::{Document, Draft, Note, Report};
use crate::store::file::look;
use crate::store::{self, Journal, Lock, Locking, Name, SaveFailure, Store};
use crate::tui::input::{
    Effect, Leaf, Opened, Outcome, Pending, Recovery, Replacing, Reply, StartFacts, Target,
};

/// Most paths offered to complete a name.
const COMPLETIONS: usize = 50;

/// A file that was read, before it takes the place of what is open.
#[derive(Debug)]
pub struct Imported {
    path: PathBuf,
    facts: FileFacts,
    format: &'static Format,
    draft: Draft,
}

/// Reads a file, whatever its format. May take seconds.
///
/// # Errors
/// A [`Failure`] that names the file, the reason and a way out.
pub fn import(
    path: &Path,
    form: Option<&'static Form>,
    encoding: Option<&str>,
) -> Result<Imported, Failure> {
    let path = std::path::absolute(at_home(path)).unwrap_or_else(|_| path.to_owned());
    let store::file::Opened { bytes, facts } = store::file::read(&path, MAX_FILE as u64)?;
    let name = path.file_name().map(|name| name.to_string_lossy());
    let cannot = |failure: Failure| store::file::cannot_open(&path, failure);
    let format = format::sniff(&bytes, name.as_deref()).map_err(cannot)?;
    let options = Options {
        form,
        encoding,
        format: Some(format),
    };
    let draft = format::read(&bytes, name.as_deref(), &options).map_err(cannot)?;
    Ok(Imported {
        path,
        facts,
        format,
        draft,
    })
}

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
    locked: Option<PathBuf>,
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

    /// Does what can wait until the report stands on the screen.
    pub(super) fn settle(&mut self) {
        let Some(open) = &mut self.open else {
            return;
        };
        open.journal.prepare(&self.store);
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

    /// Opens something in place of what is open.
    pub(super) fn open(&mut self, target: &Target) -> Result<Opened, Failure> {
        match target {
            Target::File(path) => self.open_file(path),
            Target::Unnamed(id) => self.open_unnamed(id),
            Target::Sample => Ok(self.open_new(format::sample(), false)),
            Target::Pasted(text) => self.open_pasted(text),
            Target::New => {
                Ok(self.open_new(Report::new(self.form.unwrap_or_else(form::current)), true))
            }
        }
    }

    fn open_new(&mut self, report: Report, native: bool) -> Opened {
        let file = FileFacts::default();
        self.open = Some(Open {
            read: None,
            journal: self.store.journal(&file, &report),
            lock: None,
            locked: None,
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
        let Some(recovery) = self.store.recover(&name)? else {
            let what = words("这份改动已经不在了", "these changes are gone");
            return Err(Failure::file(what.into()));
        };
        let keying = self.store.modes(&name);
        let mut opened = self.open_new(recovery.saved.clone(), true);
        opened.keying = keying;
        opened.recovery = Some(shown(&recovery));
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
        read.map(|read| self.adopt(read))
    }

    /// The work of reading a file: it needs nothing of what is open.
    pub(super) fn reader(
        &self,
        path: PathBuf,
    ) -> impl FnOnce() -> Result<Imported, Failure> + Send + use<> {
        let (form, encoding) = (self.form, self.encoding.clone());
        move || import(&path, form, encoding.as_deref())
    }

    /// Puts a file that was read in the place of what is open.
    pub(super) fn finish(&mut self, read: Result<Imported, Failure>, keep: bool) -> Reply {
        match read {
            Ok(read) => {
                // It may be the very file that is open: its lock and its journal are
                // given back first.
                if let Err(failure) = self.close(keep) {
                    return Reply::Failed(failure);
                }
                let opened = self.adopt(read);
                self.settle();
                Reply::Opened(Box::new(opened))
            }
            Err(failure) => Reply::Failed(failure),
        }
    }

    /// Opens a file that was read.
    pub(super) fn adopt(&mut self, read: Imported) -> Opened {
        let Imported {
            path,
            facts,
            format,
            draft,
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
        let free = !matches!(file.read_only, Some(ReadOnly::Locked { .. }));
        let mut said = None;
        let recovery = if free {
            self.store.recover(&name).unwrap_or_else(|failure| {
                said = Some(failure.what);
                None
            })
        } else {
            None
        };
        let recovery = recovery.filter(|recovery| {
            recovery.unsaved > 0 && recovery.document.report() != draft.report()
        });
        let keying = self.store.modes(&name);
        let mut notes = draft.notes.clone();
        notes.extend(said.map(|message| Note {
            place: String::new(),
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
            lock,
            locked: is_native.then(|| path.clone()),
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
            recovery: recovery.as_ref().map(shown),
            native: is_native,
        };
        if let Some(recovery) = recovery {
            self.hold(recovery);
        }
        opened
    }

    /// Carries out an effect on files; answers with what came of it.
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
            } => Some(self.save(path, &report, replacing)),
            Effect::Export { files, replace } => {
                let write = |leaf| self.export(leaf, replace);
                Some(Reply::Exported(files.into_iter().map(write).collect()))
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
            Effect::Complete(start) => Some(Reply::Completions(completions(&start))),
            Effect::Copy(text) => Some(match self.store.keep_copied(&text) {
                Ok(path) => Reply::Copied(path),
                Err(failure) => Reply::Said(failure.what),
            }),
            Effect::KeepModes(keying) => {
                let open = self.open.as_ref()?;
                let keying: Vec<String> = keying.into_iter().map(str::to_owned).collect();
                let failed = self.store.keep_modes(open.journal.name(), &keying).err()?;
                Some(Reply::Said(failed.what))
            }
            Effect::Recovered => {
                let open = self.open.as_mut()?;
                let recovery = open.recovery.take()?;
                open.journal = self.store.resume(&recovery);
                None
            }
            Effect::DropRecovery => {
                let recovery = self.open.as_mut()?.recovery.take()?;
                Some(self.keep_elsewhere(&recovery))
            }
            Effect::CheckStamp { path, stamp } => (look(&path)? != stamp).then(|| {
                Reply::Said(
                    words(
                        "这个文件在别处被改过了；保存时会先问",
                        "the file was changed by somebody else; saving will ask first",
                    )
                    .into(),
                )
            }),
            Effect::Quit { .. } | Effect::Redraw | Effect::Suspend | Effect::StopReading => None,
        }
    }

    /// Writes one exported file; what goes wrong stops no other.
    fn export(&self, leaf: Leaf, replace: bool) -> (PathBuf, Outcome) {
        let path = std::path::absolute(at_home(&leaf.path)).unwrap_or(leaf.path);
        let saved = if replace {
            self.store.save(&path, &leaf.bytes, None)
        } else {
            self.store.save_new(&path, &leaf.bytes)
        };
        let outcome = match saved {
            Ok(saved) => Outcome::Written {
                size: leaf.bytes.len(),
                doubts: saved.doubts,
            },
            Err(SaveFailure::Exists(_)) => Outcome::Exists,
            Err(refused) => Outcome::Failed(refused.failure().clone()),
        };
        (path, outcome)
    }

    fn save(&mut self, path: PathBuf, report: &Report, replacing: Replacing) -> Reply {
        let path = std::path::absolute(at_home(&path)).unwrap_or(path);
        let bytes = format::native(report).into_bytes();
        let held = self.open.as_ref().and_then(|open| open.locked.as_ref());
        let mut lock = None;
        if held.is_none_or(|held| Name::of(held) != Name::of(&path)) {
            match self.store.lock(&path) {
                Locking::Taken(taken) => lock = Some(taken),
                Locking::Held(by) => {
                    let why = words("{by}。", "{by}.")
                        .with(vec![("by", crate::tui::view::read_only_words(&by).into())]);
                    return Reply::Failed(store::file::not_saved(&path, why));
                }
                Locking::Unknown(_) => {}
            }
        }
        let saved = match replacing {
            Replacing::Nothing => self.store.save_new(&path, &bytes),
            Replacing::Known(stamp) => self.store.save(&path, &bytes, Some(stamp)),
            Replacing::Anything => self.store.save(&path, &bytes, None),
        };
        let saved = match saved {
            Ok(saved) => saved,
            Err(SaveFailure::Exists(_)) => return Reply::Exists(path),
            Err(SaveFailure::ChangedOutside(_)) => return Reply::ChangedOutside(path),
            Err(SaveFailure::Failed(failure)) => return Reply::Failed(failure),
        };
        let mut doubts = saved.doubts;
        let file = FileFacts {
            path: Some(path.clone()),
            source: None,
            stamp: Some(saved.stamp),
            read_only: None,
        };
        if let Some(open) = &mut self.open {
            // Unconfirmed, a power cut may still take the file back: the journal stays.
            if saved.confirmed {
                doubts.extend(open.journal.saved(&self.store, &file, report).err());
            }
            open.journal.prepare(&self.store);
            if lock.is_some() {
                open.lock = lock;
            }
            open.locked = Some(path.clone());
        }
        let _ = self.store.remember(&path);
        Reply::Saved { file, doubts }
    }

    /// Keeps changes that were not wanted back in a file of their own.
    fn keep_elsewhere(&mut self, recovery: &store::Recovery) -> Reply {
        let beside = recovery
            .facts
            .path
            .as_ref()
            .or(recovery.facts.source.as_ref());
        let stem = beside.and_then(|path| path.file_stem()).map_or_else(
            || "gouji".to_owned(),
            |stem| stem.to_string_lossy().into_owned(),
        );
        let name = format!("{stem}.恢复-{}.json", recovery.changed_at.compact());
        let path = beside.map_or_else(|| PathBuf::from(&name), |path| path.with_file_name(&name));
        let bytes = format::native(recovery.document.report()).into_bytes();
        // An earlier try may have written it and failed to remove the journal.
        let is_there =
            || store::file::bytes(&path, MAX_FILE as u64).is_ok_and(|there| there == bytes);
        match self.store.save_new(&path, &bytes) {
            Err(failure) if !(matches!(failure, SaveFailure::Exists(_)) && is_there()) => {
                Reply::Failed(failure.failure().clone())
            }
            _ => {
                if let Err(failure) = self.store.forget(recovery) {
                    return Reply::Failed(failure);
                }
                let shown = crate::base::width::shown(&path.display().to_string()).into_owned();
                Reply::Said(
                    words(
                        "没有恢复的改动另存在 {path}",
                        "the changes are kept in {path}",
                    )
                    .with(vec![("path", shown.into())]),
                )
            }
        }
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

    /// Sees to it that the changes can come back.
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

/// A recovery, as the screen shows it.
fn shown(recovery: &store::Recovery) -> Recovery {
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
        file_differs: recovery.changed_outside,
        cut_short: recovery.stopped.is_some(),
    }
}

/// `~` at the start of a path is the user's home.
fn at_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), directories::BaseDirs::new()) {
        (Ok(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => path.to_owned(),
    }
}

/// Paths that begin with a text, folders with a slash at their end.
fn completions(start: &str) -> Vec<String> {
    let (folder, name) = match start.rsplit_once('/') {
        Some((folder, name)) => (format!("{folder}/"), name),
        None => (String::new(), start),
    };
    let place = if folder.is_empty() {
        PathBuf::from(".")
    } else {
        at_home(Path::new(&folder))
    };
    let Ok(entries) = std::fs::read_dir(place) else {
        return Vec::new();
    };
    let mut found: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let file = entry.file_name().into_string().ok()?;
            let hidden = file.starts_with('.') && !name.starts_with('.');
            if hidden || !file.starts_with(name) {
                return None;
            }
            let slash = if entry.path().is_dir() { "/" } else { "" };
            Some(format!("{folder}{file}{slash}"))
        })
        .collect();
    found.sort();
    found.truncate(COMPLETIONS);
    found
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::base::words::Words;
    use crate::model::{Cell, Change, Draft, Transaction};
    use crate::store::{Codec, Disk, Places, Step, Who};

    /// A disk that is full for some files.
    struct Full;

    impl Disk for Full {
        fn step(&self, _: Step, _: &Path) -> io::Result<()> {
            Ok(())
        }

        fn room(&self, _: Step, path: &Path, bytes: usize) -> usize {
            let is_full = path.ends_with("full.txt");
            if is_full { bytes / 2 } else { bytes }
        }
    }

    fn session(folder: &Path) -> Session {
        let places = Places {
            state: Some(folder.join("state")),
            config: None,
        };
        let who = Who {
            user: "wang".into(),
            host: "office".into(),
            pid: 7,
        };
        let codec = Codec {
            write: format::native,
            read: |text| {
                let draft = format::read(text.as_bytes(), None, &Options::default());
                draft.ok().map(Draft::into_report)
            },
        };
        Session::new(
            Store::new(places, who, codec).on(Box::new(Full)),
            None,
            None,
        )
    }

    fn exported(session: &mut Session, paths: &[PathBuf], replace: bool) -> Vec<Outcome> {
        let leaf = |path: &PathBuf| Leaf {
            path: path.clone(),
            bytes: b"new content".to_vec(),
        };
        let files = paths.iter().map(leaf).collect();
        match session.carry_out(Effect::Export { files, replace }) {
            Some(Reply::Exported(outcomes)) => {
                assert_eq!(outcomes.len(), paths.len());
                outcomes.into_iter().map(|(_, outcome)| outcome).collect()
            }
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn what_goes_wrong_with_one_file_leaves_it_whole_and_stops_no_other() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("old.txt"), "old").expect("written");
        std::fs::create_dir(at("folder.txt")).expect("made");
        symlink("old.txt", at("link.txt")).expect("linked");
        let names = [
            "full.txt",
            "old.txt",
            "folder.txt",
            "link.txt",
            "no/such.txt",
            "new.txt",
        ];
        let paths = names.map(at);
        let mut session = session(folder.path());
        let first = exported(&mut session, &paths, false);
        let failed = |outcome: &Outcome, said: &str| match outcome {
            Outcome::Failed(failure) => {
                let text = failure.text(crate::base::words::Lang::Zh);
                assert!(text.contains(said), "{text}");
            }
            other => unreachable!("{other:?}"),
        };
        failed(&first[0], "磁盘满了");
        assert_eq!(first[1], Outcome::Exists);
        failed(&first[2], "文件夹");
        assert_eq!(first[3], Outcome::Exists);
        failed(&first[4], "没有这个文件或文件夹");
        assert!(
            matches!(first[5], Outcome::Written { size: 11, .. }),
            "{first:?}"
        );
        let read = |name: &str| std::fs::read_to_string(at(name)).ok();
        assert_eq!(read("full.txt"), None, "nothing half-written");
        assert_eq!(read("old.txt").as_deref(), Some("old"), "never unasked");
        assert_eq!(read("new.txt").as_deref(), Some("new content"));
        let again = exported(&mut session, &paths[1..4], true);
        assert!(matches!(again[0], Outcome::Written { .. }), "{again:?}");
        failed(&again[1], "文件夹");
        assert!(matches!(again[2], Outcome::Written { .. }), "{again:?}");
        assert_eq!(read("old.txt").as_deref(), Some("new content"));
        assert!(at("link.txt").is_symlink(), "a link stays one");
        let left = std::fs::read_dir(folder.path())
            .expect("a folder")
            .flatten();
        let left: Vec<String> = left
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        assert!(!left.iter().any(|name| name.contains(".tmp")), "{left:?}");
    }

    fn at_work(session: &mut Session, opened: &Opened) {
        let mut document = opened.document.clone();
        let cell = document.report().form().cell("t3.carried_in.total");
        let step = Transaction::new(Words::same("x")).cell(
            document.report(),
            cell.expect("a path"),
            Cell::Count(8),
        );
        let change = Change::Apply(step);
        let ran = document.run(change.clone()).expect("it fits").ops;
        assert!(session.carry_out(Effect::Journal { change, ran }).is_none());
    }

    #[test]
    fn the_file_that_is_open_can_be_opened_again() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("a.json");
        std::fs::write(&path, format::native(&format::sample())).expect("written");
        let mut session = session(folder.path());
        let opened = session.open(&Target::File(path.clone())).expect("a report");
        at_work(&mut session, &opened);
        let again = |session: &mut Session, keep| {
            let read = session.reader(path.clone())();
            match session.finish(read, keep) {
                Reply::Opened(opened) => opened,
                other => unreachable!("{other:?}"),
            }
        };
        let kept = again(&mut session, true);
        assert_eq!(kept.file.read_only, None, "the lock is ours");
        let recovery = kept.recovery.expect("what was kept comes back");
        assert_eq!(recovery.cells.len(), 1);
        assert!(session.carry_out(Effect::Recovered).is_none());
        let fresh = again(&mut session, false);
        assert_eq!(fresh.file.read_only, None);
        assert!(fresh.recovery.is_none(), "it was to be discarded");
    }

    #[test]
    fn what_cannot_be_kept_is_not_left() {
        let folder = tempfile::TempDir::new().expect("a folder");
        std::fs::write(folder.path().join("state"), "in the way").expect("written");
        let mut session = session(folder.path());
        session.open(&Target::Sample).expect("the sample");
        let failure = session.close(true).expect_err("there is no place for it");
        let text = failure.text(crate::base::words::Lang::Zh);
        assert!(text.contains("恢复日志"), "{text}");
        let open = Effect::Open {
            target: Target::New,
            keep: true,
        };
        assert!(matches!(session.carry_out(open), Some(Reply::Failed(_))));
        assert!(session.open.is_some(), "the report stays open");
        session.close(false).expect("nothing is asked for");
    }

    #[test]
    fn a_file_that_another_session_edits_is_not_written_over() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("a.json");
        let text = format::native(&format::sample());
        std::fs::write(&path, &text).expect("written");
        let mut first = session(folder.path());
        first.open(&Target::File(path.clone())).expect("a report");
        let mut second = session(folder.path());
        let opened = second.open(&Target::New).expect("a new one");
        let save = |session: &mut Session| {
            let save = Effect::Save {
                path: path.clone(),
                report: Box::new(opened.document.report().clone()),
                replacing: Replacing::Anything,
            };
            session.carry_out(save).expect("an answer")
        };
        let Reply::Failed(failure) = save(&mut second) else {
            unreachable!("it is held");
        };
        let said = failure.text(crate::base::words::Lang::Zh);
        assert!(said.contains("wang@office"), "{said}");
        assert_eq!(std::fs::read_to_string(&path).expect("there"), text);
        first.close(false).expect("closed");
        assert!(matches!(save(&mut second), Reply::Saved { .. }));
        let third = session(folder.path()).open(&Target::File(path.clone()));
        let held = third.expect("a report").file.read_only;
        assert!(matches!(held, Some(ReadOnly::Locked { .. })), "{held:?}");
    }
}
