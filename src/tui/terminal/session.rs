//! The report that is open: its file, its lock, its journal.
//!
//! **Never:** draws, or changes a report.
//! Next: `shell`, which hands effects over; `store` for what survives what.

use std::path::{Path, PathBuf};

use crate::base::facts::{FileFacts, ReadOnly, Stamp};
use crate::base::failure::Failure;
use crate::base::path::{file_name, shown_path};
use crate::base::place::Place;
use crate::base::words::words;
use crate::form::{self, Form};
use crate::format::{self, MAX_FILE, NATIVE, Options, TEXT};
use crate::model::{Document, HeadField, Note, Report};
use crate::store::file::{Seen, Since, is_same, missing_folder, since};
use crate::store::import::{How, Imported};
use crate::store::{self, Found, Journal, Lock, Locking, Name, SaveFailure, Store};
use crate::tui::input::{
    Effect, Leaf, Opened, Outcome, Pending, Recovery, Replacing, Reply, Standing, StartFacts,
    Target,
};

/// Most paths offered to complete a name.
const COMPLETIONS: usize = 50;

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

/// What there is to open under a name.
enum There {
    File(Box<Imported>),
    Left(Box<Left>),
}

/// What is left of a report whose file can't be read.
struct Left {
    path: PathBuf,
    report: Report,
    file: FileFacts,
    /// Nobody else may take it up meanwhile.
    lock: Option<Lock>,
    shown: Recovery,
    /// None where it is only the version kept before the last save.
    changes: Option<store::Recovery>,
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

    /// Does what can wait until the report stands on the screen.
    pub(super) fn settle(&mut self) {
        if let Some(path) = self.open.as_ref().and_then(|open| open.read.as_ref()) {
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
    pub(super) fn take(
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

    /// What is left of a report whose file can't be read: the changes in its journal,
    /// else the version kept before its last save.
    ///
    /// # Errors
    /// The failure given, where nothing is left or another session has it.
    fn left(&self, path: &Path, failure: Failure) -> Result<Left, Failure> {
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
    fn rescue(&mut self, left: Left) -> Opened {
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
            recovery: changes,
        });
        Opened {
            keying: self.store.modes(&Name::of(&path)),
            recovery: Some(shown),
            ..Opened::of(Document::unsaved(report), file, false)
        }
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
    pub(super) fn finish(
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
            Effect::Quit { .. } | Effect::Redraw | Effect::Suspend | Effect::StopReading => None,
        }
    }

    /// Writes one exported file; what goes wrong stops no other.
    fn export(&self, leaf: Leaf, replace: bool) -> (PathBuf, Outcome) {
        let path = std::path::absolute(at_home(&leaf.path)).unwrap_or(leaf.path);
        let saved = if replace {
            let held = self.store.claim(&path);
            held.and_then(|_lock| self.store.save(&path, &leaf.bytes, None))
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

    /// The file of the report as it was last read or written.
    fn seen(&self, stamp: Stamp) -> Seen {
        let content = self.open.as_ref().and_then(|open| open.content);
        Seen { stamp, content }
    }

    fn save(
        &mut self,
        path: &Path,
        source: Option<&Path>,
        report: &Report,
        replacing: Replacing,
        make_folder: bool,
    ) -> Reply {
        let path = std::path::absolute(at_home(path)).unwrap_or_else(|_| path.to_owned());
        if source.is_some_and(|source| is_same(source, &path)) {
            let why = words(
                "这就是读进来的原件，保存从不改写它。",
                "It is what was opened, and saving never writes that.",
            );
            return Reply::Failed(store::failure::not_saved(&path, why.into()));
        }
        if missing_folder(&path).is_some() {
            if !make_folder {
                return Reply::NoFolder(path);
            }
            if let Err(failure) = self.store.make_folder_of(&path) {
                return Reply::Failed(failure);
            }
        }
        if let Replacing::Known(stamp) = replacing
            && since(&path, self.seen(stamp)) == Since::Gone
        {
            return Reply::Vanished(path);
        }
        let bytes = format::native(report).into_bytes();
        let locked = self.open.as_ref().and_then(|open| open.locked.as_ref());
        let is_locked = locked.is_some_and(|locked| Name::of(locked) == Name::of(&path));
        let mut lock = None;
        if !is_locked {
            match self.store.lock(&path) {
                Locking::Taken(taken) => lock = Some(taken),
                Locking::Held(by) => return Reply::Failed(store::lock::held(&path, &by)),
                Locking::Unknown(_) => {}
            }
        }
        let saved = match replacing {
            Replacing::Nothing => self.store.save_new(&path, &bytes),
            Replacing::Known(stamp) => self.store.save_seen(&path, &bytes, self.seen(stamp)),
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
            source: source.map(Path::to_owned),
            stamp: Some(saved.stamp),
            read_only: None,
        };
        if let Some(open) = &mut self.open {
            // Unconfirmed, a power cut may still take the file back: the journal stays.
            if saved.confirmed {
                doubts.extend(open.journal.saved(&self.store, &file, report).err());
            }
            open.content = Some(store::file::digest(&bytes));
            if !is_locked {
                open.locked = lock.is_some().then(|| path.clone());
                open.lock = lock;
            }
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
        // Named whole: nobody looks for it in the folder the program began in.
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
        match self.store.save_new(&path, bytes) {
            Err(failure) if !(matches!(failure, SaveFailure::Exists(_)) && is_there()) => {
                Err(failure.failure().clone())
            }
            _ => Ok(path),
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

impl Standing {
    /// How a file that could be read stands to the changes.
    fn of(found: &Found) -> Self {
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
fn shown(recovery: &store::Recovery, standing: Standing, kept: Option<PathBuf>) -> Recovery {
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

/// A path as the user wrote it, from the root on.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(at_home(path)).unwrap_or_else(|_| path.to_owned())
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
    use crate::store::file::look;
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
            Cell::Count(8_888_888),
        );
        let change = Change::Apply(step);
        let ran = document.run(change.clone()).expect("it fits").ops;
        assert!(session.carry_out(Effect::Journal { change, ran }).is_none());
    }

    /// The report that a session showed last when it was killed.
    fn killed(mut session: Session, target: &Target) -> Report {
        let opened = session.open(target).expect("a report");
        at_work(&mut session, &opened);
        worked(&opened)
    }

    /// The report that `at_work` leaves.
    fn worked(opened: &Opened) -> Report {
        let mut document = opened.document.clone();
        let cell = document.report().form().cell("t3.carried_in.total");
        let step = Transaction::new(Words::same("x")).cell(
            document.report(),
            cell.expect("a path"),
            Cell::Count(8_888_888),
        );
        document.apply(step).expect("it fits");
        document.report().clone()
    }

    /// What a new session finds: the report, and how its file stands to it.
    fn found(folder: &Path, path: &Path) -> (Session, Opened) {
        let mut session = session(folder);
        let opened = session.open(&Target::File(path.to_owned()));
        let opened = opened.expect("it opens");
        (session, opened)
    }

    /// A file, and what becomes of it.
    type Fate = (&'static str, fn(&Path), fn(&Standing) -> bool);

    const FATES: &[Fate] = &[
        (
            "gone",
            |path| std::fs::remove_file(path).expect("removed"),
            |standing| matches!(standing, Standing::Unread(_)),
        ),
        (
            "its folder gone",
            |path| std::fs::remove_dir_all(path.parent().expect("a folder")).expect("removed"),
            |standing| matches!(standing, Standing::Unread(_)),
        ),
        (
            "its folder a file",
            |path| {
                let folder = path.parent().expect("a folder");
                std::fs::remove_dir_all(folder).expect("removed");
                std::fs::write(folder, "x").expect("written");
            },
            |standing| matches!(standing, Standing::Unread(_)),
        ),
        (
            "a folder",
            |path| {
                std::fs::remove_file(path).expect("removed");
                std::fs::create_dir(path).expect("made");
            },
            |standing| matches!(standing, Standing::Unread(_)),
        ),
        (
            "empty",
            |path| std::fs::write(path, "").expect("written"),
            |standing| matches!(standing, Standing::Unread(_)),
        ),
        (
            "a broken link",
            |path| {
                std::fs::remove_file(path).expect("removed");
                symlink("nowhere", path).expect("linked");
                std::fs::remove_file(path).expect("removed");
            },
            |standing| matches!(standing, Standing::Unread(_)),
        ),
        (
            "no report at all",
            |path| std::fs::write(path, b"{\"gouji\":1,\0\xff\xfe").expect("written"),
            |standing| matches!(standing, Standing::Unread(_)),
        ),
        (
            "torn",
            |path| {
                let file = std::fs::OpenOptions::new().write(true).open(path);
                let text = format::native(&format::sample());
                let file = file.expect("opened");
                std::fs::write(path, &text).expect("written");
                file.set_len(text.len() as u64 / 2).expect("cut");
            },
            |standing| matches!(standing, Standing::Unread(_)),
        ),
        (
            "another report",
            |path| {
                let form = form::by_key("2019").expect("a form");
                std::fs::write(path, format::native(&Report::new(form))).expect("written");
            },
            |standing| *standing == Standing::Another,
        ),
        (
            "changed by somebody",
            |path| {
                let mut document = Document::new(format::sample());
                let cell = document.report().form().cell("t3.carried_in.org_other");
                let step = Transaction::new(Words::same("x")).cell(
                    document.report(),
                    cell.expect("a path"),
                    Cell::Count(8),
                );
                document.apply(step).expect("it fits");
                std::fs::write(path, format::native(document.report())).expect("written");
            },
            |standing| *standing == Standing::Differs { cells: 1, texts: 0 },
        ),
        (
            "written again as it was, years ago",
            |path| {
                let bytes = std::fs::read(path).expect("read");
                std::fs::remove_file(path).expect("removed");
                std::fs::write(path, bytes).expect("written");
                let file = std::fs::File::options().write(true).open(path);
                let old = std::time::SystemTime::UNIX_EPOCH;
                file.expect("opened").set_modified(old).expect("set");
            },
            |standing| *standing == Standing::AsItWas,
        ),
    ];

    #[test]
    fn unsaved_changes_come_back_whatever_became_of_the_file() {
        let native = format::native(&format::sample());
        let text = format::write(&format::sample(), &TEXT, &format::Writing::default());
        let text = String::from_utf8(text.expect("written")).expect("UTF-8");
        for (name, content) in [("a.json", native), ("a.txt", text)] {
            for (fate, spoil, stands) in FATES {
                let folder = tempfile::TempDir::new().expect("a folder");
                std::fs::create_dir(folder.path().join("docs")).expect("made");
                let path = folder.path().join("docs").join(name);
                std::fs::write(&path, &content).expect("written");
                let shown = killed(session(folder.path()), &Target::File(path.clone()));
                spoil(&path);
                let facts = session(folder.path()).start_facts();
                let pending: Vec<_> = facts.pending.into_iter().map(|one| one.path).collect();
                assert_eq!(
                    pending,
                    [Some(path.clone())],
                    "{name} {fate}: the start page"
                );
                let (mut session, opened) = found(folder.path(), &path);
                let recovery = opened.recovery.expect("what was left comes back");
                assert!(
                    stands(&recovery.standing),
                    "{name} {fate}: {:?}",
                    recovery.standing
                );
                assert_eq!(recovery.document.report(), &shown, "{name} {fate}");
                assert_eq!(recovery.steps, 1, "{name} {fate}");
                let kept = (recovery.file.path, recovery.file.source);
                assert!(
                    [&kept.0, &kept.1].contains(&&Some(path.clone())),
                    "{kept:?}"
                );
                // It goes on in the same journal, and is left again.
                assert!(session.carry_out(Effect::Recovered).is_none());
                drop(session);
                let again = found(folder.path(), &path).1.recovery.expect("still there");
                assert_eq!(again.document.report(), &shown, "{name} {fate}");
            }
        }
    }

    #[test]
    fn a_journal_that_cannot_be_read_either_is_named() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("a.json");
        std::fs::write(&path, format::native(&format::sample())).expect("written");
        killed(session(folder.path()), &Target::File(path.clone()));
        std::fs::remove_file(&path).expect("removed");
        let journals = folder.path().join("state/journal");
        let journal = std::fs::read_dir(journals).expect("a folder").flatten();
        for entry in journal {
            std::fs::write(entry.path(), "damaged").expect("written");
        }
        let refused = session(folder.path()).open(&Target::File(path));
        let text = refused.expect_err("nothing is left");
        let text = text.text(crate::base::words::Lang::Zh);
        assert!(
            text.contains("没有这个文件") && text.contains("恢复日志"),
            "{text}"
        );
    }

    #[test]
    fn what_is_left_of_the_report_that_is_open_is_on_the_screen() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("a.json");
        std::fs::write(&path, format::native(&format::sample())).expect("written");
        let mut session = session(folder.path());
        let opened = session.open(&Target::File(path.clone())).expect("a report");
        at_work(&mut session, &opened);
        std::fs::remove_file(&path).expect("removed");
        let read = session.reader(path.clone())();
        assert!(matches!(
            session.finish(&path, read, true),
            Reply::Failed(_)
        ));
        assert!(session.open.is_some(), "it stays open");
    }

    #[test]
    fn a_report_that_another_session_edits_is_not_taken_from_it() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("a.json");
        std::fs::write(&path, format::native(&format::sample())).expect("written");
        let mut first = session(folder.path());
        let opened = first.open(&Target::File(path.clone())).expect("a report");
        at_work(&mut first, &opened);
        std::fs::remove_file(&path).expect("removed");
        let mut second = session(folder.path());
        second.open(&Target::Sample).expect("the sample");
        let read = second.reader(path.clone())();
        assert!(matches!(second.finish(&path, read, true), Reply::Failed(_)));
        assert!(second.open.is_some(), "its own stays open");
    }

    /// A disk that dies in the middle of a write.
    struct Dying {
        /// Steps until then, and how many bytes of that write are still written.
        after: std::sync::Mutex<usize>,
        room: usize,
    }

    impl Disk for Dying {
        fn step(&self, step: Step, _: &Path) -> io::Result<()> {
            let mut after = self.after.lock().expect("one thread");
            let writes = matches!(step, Step::Write | Step::WriteHead | Step::WriteTail);
            if *after == 0 || (*after == 1 && !writes) {
                *after = 0;
                return Err(io::ErrorKind::Other.into());
            }
            *after -= 1;
            Ok(())
        }

        fn room(&self, _: Step, _: &Path, bytes: usize) -> usize {
            match *self.after.lock().expect("one thread") {
                0 => self.room.min(bytes),
                _ => bytes,
            }
        }
    }

    fn linked(folder: &Path) -> PathBuf {
        let path = folder.join("a.json");
        std::fs::write(&path, format::native(&format::sample())).expect("written");
        std::fs::hard_link(&path, folder.join("b.json")).expect("a second name");
        path
    }

    #[test]
    fn a_kill_at_any_point_of_a_save_in_place_loses_nothing_that_was_shown() {
        let mut torn = 0;
        for after in 0..24 {
            for room in [0, 1, 500, 2000] {
                let folder = tempfile::TempDir::new().expect("a folder");
                let path = linked(folder.path());
                let mut session = session(folder.path());
                let opened = session.open(&Target::File(path.clone())).expect("a report");
                at_work(&mut session, &opened);
                let shown = worked(&opened);
                session.store = session.store.on(Box::new(Dying {
                    after: after.into(),
                    room,
                }));
                let _ = session.carry_out(Effect::Save {
                    path: path.clone(),
                    report: Box::new(shown.clone()),
                    replacing: Replacing::Known(look(&path).expect("there")),
                    source: None,
                    make_folder: false,
                });
                drop(session);
                let (_, opened) = found(folder.path(), &path);
                let here = format!("step {after}, {room} bytes");
                match opened.recovery {
                    None => assert_eq!(opened.document.report(), &shown, "{here}"),
                    Some(recovery) => {
                        assert_eq!(recovery.document.report(), &shown, "{here}");
                        if matches!(recovery.standing, Standing::Unread(_)) {
                            torn += 1;
                            let kept = recovery.kept.expect("a copy was kept");
                            let kept = std::fs::read_to_string(kept).expect("it is there");
                            assert_eq!(kept, format::native(&format::sample()), "{here}");
                        }
                    }
                }
            }
        }
        assert!(torn > 3, "a torn file was met {torn} times");
    }

    #[test]
    fn a_torn_file_without_a_journal_comes_back_as_the_version_kept() {
        let mut torn = 0;
        for after in 0..24 {
            let folder = tempfile::TempDir::new().expect("a folder");
            let path = linked(folder.path());
            let dying = Dying {
                after: after.into(),
                room: 700,
            };
            let dying = session(folder.path()).store.on(Box::new(dying));
            let form = form::by_key("2019").expect("a form");
            let other = format::native(&Report::new(form));
            let _ = dying.save(&path, other.as_bytes(), None);
            let (mut session, opened) = found(folder.path(), &path);
            let Some(recovery) = opened.recovery else {
                continue;
            };
            torn += 1;
            assert!(recovery.is_version);
            assert_eq!(recovery.document.report(), &format::sample());
            assert!(recovery.document.is_modified());
            assert_eq!(recovery.file.path, Some(path.clone()));
            assert!(session.carry_out(Effect::Recovered).is_none());
            session.close(false).expect("closed");
            let facts = self::session(folder.path()).start_facts();
            assert_eq!(facts.pending, [], "looking leaves nothing");
        }
        assert!(torn > 0, "no torn file was met");
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
            match session.finish(&path, read, keep) {
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
                source: None,
                make_folder: false,
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

    fn save(
        session: &mut Session,
        path: &Path,
        source: Option<&Path>,
        replacing: Replacing,
        make_folder: bool,
    ) -> Reply {
        let save = Effect::Save {
            path: path.to_owned(),
            report: Box::new(format::sample()),
            replacing,
            source: source.map(Path::to_owned),
            make_folder,
        };
        session.carry_out(save).expect("an answer")
    }

    #[test]
    fn what_was_opened_in_another_format_is_never_saved_over() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let source = at("a.txt");
        let text = format::write(&format::sample(), &TEXT, &format::Writing::default());
        std::fs::write(&source, text.expect("text")).expect("written");
        let before = std::fs::read(&source).expect("there");
        symlink("a.txt", at("link.json")).expect("linked");
        std::fs::hard_link(&source, at("hard.json")).expect("linked");
        let mut session = session(folder.path());
        let opened = session
            .open(&Target::File(source.clone()))
            .expect("a report");
        let read = opened.file.source.as_deref();
        for name in ["a.txt", "link.json", "hard.json", "./a.txt"] {
            let reply = save(&mut session, &at(name), read, Replacing::Anything, false);
            let Reply::Failed(failure) = reply else {
                unreachable!("{name}: {reply:?}");
            };
            let said = failure.text(crate::base::words::Lang::Zh);
            assert!(said.contains("原件"), "{said}");
            assert_eq!(std::fs::read(&source).expect("there"), before, "{name}");
        }
        let reply = save(&mut session, &at("a.json"), read, Replacing::Nothing, false);
        let Reply::Saved { file, .. } = reply else {
            unreachable!("{reply:?}");
        };
        assert_eq!(file.source, Some(source), "still not to be written");
    }

    #[test]
    fn a_read_only_session_replaces_nothing_while_the_lock_is_held() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("a.json");
        let text = format::native(&format::sample());
        std::fs::write(&path, &text).expect("written");
        let mut first = session(folder.path());
        first.open(&Target::File(path.clone())).expect("a report");
        let mut second = session(folder.path());
        let opened = second.open(&Target::File(path.clone())).expect("a report");
        assert!(opened.file.is_held());
        for replacing in [Replacing::Nothing, Replacing::Anything] {
            let reply = save(&mut second, &path, None, replacing, false);
            assert!(matches!(reply, Reply::Failed(_)), "{reply:?}");
        }
        let exported = exported(&mut second, std::slice::from_ref(&path), true);
        assert!(matches!(exported[0], Outcome::Failed(_)), "{exported:?}");
        assert_eq!(std::fs::read_to_string(&path).expect("there"), text);
        let ask = || Effect::AskLock(path.clone());
        assert!(second.carry_out(ask()).is_none());
        let take = || Effect::TakeOver(path.clone());
        assert!(matches!(second.carry_out(take()), Some(Reply::Failed(_))));
        first.close(false).expect("closed");
        assert!(matches!(second.carry_out(ask()), Some(Reply::LockFree(_))));
        let Some(Reply::Opened(opened)) = second.carry_out(take()) else {
            unreachable!("it is free");
        };
        assert_eq!(opened.file.read_only, None);
        let third = session(folder.path()).open(&Target::File(path.clone()));
        assert!(third.expect("a report").file.is_held(), "the lock is ours");
    }

    #[test]
    fn a_missing_folder_or_file_is_asked_about() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("new/a.json");
        let mut session = session(folder.path());
        session.open(&Target::Sample).expect("the sample");
        let reply = save(&mut session, &path, None, Replacing::Nothing, false);
        assert!(matches!(reply, Reply::NoFolder(_)), "{reply:?}");
        let reply = save(&mut session, &path, None, Replacing::Nothing, true);
        let Reply::Saved { file, .. } = reply else {
            unreachable!("{reply:?}");
        };
        let stamp = file.stamp.expect("written");
        std::fs::rename(&path, folder.path().join("moved.json")).expect("moved");
        let focus = Effect::CheckStamp {
            path: path.clone(),
            stamp,
        };
        let Some(Reply::Said(said)) = session.carry_out(focus) else {
            unreachable!("it is gone");
        };
        assert!(said.text(crate::base::words::Lang::Zh).contains("不见了"));
        let reply = save(&mut session, &path, None, Replacing::Known(stamp), false);
        assert!(matches!(reply, Reply::Vanished(_)), "{reply:?}");
        std::fs::create_dir(&path).expect("made");
        let reply = save(&mut session, &path, None, Replacing::Known(stamp), false);
        let Reply::Failed(failure) = reply else {
            unreachable!("{reply:?}");
        };
        let said = failure.text(crate::base::words::Lang::Zh);
        assert!(said.contains("这是一个文件夹"), "{said}");
    }

    #[test]
    fn a_copy_of_changes_fits_the_disk_and_is_named_whole() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join(format!("{}.json", "局".repeat(83)));
        std::fs::write(&path, format::native(&format::sample())).expect("written");
        let mut first = session(folder.path());
        let opened = first.open(&Target::File(path.clone())).expect("a report");
        at_work(&mut first, &opened);
        first.close(true).expect("kept");
        let opened = first.open(&Target::File(path)).expect("a report");
        assert!(
            opened.recovery.expect("left").left,
            "for later, by no crash"
        );
        let Some(Reply::Said(said)) = first.carry_out(Effect::DropRecovery) else {
            unreachable!("it is kept elsewhere");
        };
        let said = said.text(crate::base::words::Lang::Zh);
        let whole = folder.path().display().to_string();
        assert!(said.contains(&whole) && said.contains(".恢复-"), "{said}");
    }

    #[test]
    fn a_copy_of_changes_is_rescued_where_their_folder_is_gone() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("docs/a.json");
        std::fs::create_dir(path.with_file_name("")).expect("made");
        std::fs::write(&path, format::native(&format::sample())).expect("written");
        let mut session = session(folder.path());
        let opened = session.open(&Target::File(path.clone())).expect("a report");
        at_work(&mut session, &opened);
        session.close(true).expect("kept");
        session.open(&Target::File(path)).expect("a report");
        std::fs::remove_dir_all(folder.path().join("docs")).expect("removed");
        let Some(Reply::Said(said)) = session.carry_out(Effect::DropRecovery) else {
            unreachable!("it is kept");
        };
        let said = said.text(crate::base::words::Lang::Zh);
        let whole = folder.path().join("state/rescued/a.恢复-");
        assert!(said.contains(&whole.display().to_string()), "{said}");
    }
}
