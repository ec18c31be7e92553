//! The store: what survives crashes, full disks, torn lines and other people.
//!
//! Temporary folders only. Every step that touches the disk can be made to fail
//! once, or from there on (a crash), and the order of the steps is compared.

#![allow(clippy::disallowed_methods, reason = "tests touch the world")]

use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use gouji::base::facts::{FileFacts, LeftAs, ReadOnly, Stamp};
use gouji::base::failure::Failure;
use gouji::base::moment::Moment;
use gouji::base::words::{Lang, words};
use gouji::form;
use gouji::model::{
    Cell, Change, Document, Draft, Fault, HeadField, Heading, Op, Question, Remark, Report,
    Transaction,
};
use gouji::store::file::{
    LIMIT, Since, digest, is_same, look, missing_folder, read, read_on, since,
};
use gouji::store::history::{HISTORIES, HISTORY};
use gouji::store::import::How;
use gouji::store::last::{Known, MOST_FILES, propose};
use gouji::store::places::LastAt;
use gouji::store::versions::VERSIONS;
use gouji::store::{
    Codec, Disk, Found, Journal, Lock, Locking, Name, Over, Places, Recovery, SaveFailure, Seen,
    Step, Stopped, Store, Who,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

// ---- a stand-in for the native format

const CODEC: Codec = Codec {
    write: encode,
    read: decode,
};

fn encode(report: &Report) -> String {
    let form = report.form();
    let cells: Vec<String> = report
        .cells()
        .iter()
        .map(|cell| cell.text().into())
        .collect();
    let head: Vec<String> = HeadField::ALL.map(|field| report.head().get(field)).into();
    let texts: Vec<&str> = form.texts().map(|text| report.text(text)).collect();
    let headings: Vec<Value> = report
        .headings()
        .iter()
        .map(|heading| {
            json!([
                heading.section.map(|text| form.section(text).key),
                heading.text
            ])
        })
        .collect();
    let remarks: Vec<Value> = report
        .remarks()
        .iter()
        .map(|remark| {
            json!([
                remark.rule,
                remark.site,
                remark.numbers,
                remark.text,
                remark.by
            ])
        })
        .collect();
    let questions: Vec<Value> = report
        .questions()
        .iter()
        .map(|question| {
            let fault = question.fault.as_ref();
            let fault = fault.map(|fault| json!([fault.rule, fault.numbers]));
            json!([question.site, question.text, fault])
        })
        .collect();
    json!({"form": form.key, "cells": cells, "head": head, "texts": texts,
        "headings": headings, "remarks": remarks, "questions": questions})
    .to_string()
}

fn decode(text: &str) -> Option<Report> {
    let value: Value = serde_json::from_str(text).ok()?;
    let form = form::by_key(value["form"].as_str()?)?;
    let string = |value: &Value| value.as_str().map(str::to_owned);
    let mut draft = Draft::new(form);
    for (cell, text) in form.cells().zip(value["cells"].as_array()?) {
        draft.set_cell(cell, Cell::read(text.as_str()?, form.kind(cell)), None);
    }
    for (field, text) in HeadField::ALL.into_iter().zip(value["head"].as_array()?) {
        draft.set_head(field, text.as_str()?);
    }
    for (id, text) in form.texts().zip(value["texts"].as_array()?) {
        draft.set_text(id, text.as_str()?);
    }
    for heading in value["headings"].as_array()? {
        let section = heading[0].as_str().and_then(|key| form.text(key));
        draft.push_heading(section, heading[1].as_str()?);
    }
    for remark in value["remarks"].as_array()? {
        draft.push_remark(Remark {
            rule: string(&remark[0])?,
            site: string(&remark[1])?,
            numbers: remark[2].as_array()?.iter().filter_map(string).collect(),
            text: string(&remark[3])?,
            by: string(&remark[4])?,
        });
    }
    for question in value["questions"].as_array()? {
        draft.push_question(Question {
            site: string(&question[0])?,
            fault: string(&question[2][0]).map(|rule| Fault {
                rule,
                numbers: question[2][1]
                    .as_array()
                    .map_or_else(Vec::new, |all| all.iter().filter_map(string).collect()),
            }),
            text: string(&question[1])?,
        });
    }
    Some(draft.into_report())
}

// ---- a disk that fails as asked

#[derive(Default)]
struct Orders {
    log: Vec<(Step, PathBuf)>,
    fail: Vec<Fail>,
}

enum Fail {
    /// The n-th step from now, once.
    Once(usize, ErrorKind),
    /// All steps from the n-th on: the process is dead.
    Crash(usize),
    /// Every step of a kind whose path contains the text.
    Every(Step, &'static str, ErrorKind),
    /// Only so many bytes of each write find room.
    Room(usize),
}

#[derive(Clone, Default)]
struct Faulty(Arc<Mutex<Orders>>);

impl Faulty {
    fn fail(&self, fail: Fail) {
        self.0.lock().expect("one thread").fail.push(fail);
    }

    fn heal(&self) {
        self.0.lock().expect("one thread").fail.clear();
    }

    /// The steps since this was last asked.
    fn steps(&self) -> Vec<Step> {
        let log = std::mem::take(&mut self.0.lock().expect("one thread").log);
        log.into_iter().map(|(step, _)| step).collect()
    }
}

impl Disk for Faulty {
    fn step(&self, step: Step, path: &Path) -> io::Result<()> {
        let mut orders = self.0.lock().expect("one thread");
        let now = orders.log.len();
        orders.log.push((step, path.to_path_buf()));
        for fail in &orders.fail {
            match fail {
                Fail::Once(at, kind) if *at == now => return Err((*kind).into()),
                Fail::Crash(at) if *at <= now => return Err(ErrorKind::Other.into()),
                Fail::Every(kind, part, error)
                    if *kind == step && path.to_string_lossy().contains(part) =>
                {
                    return Err((*error).into());
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn room(&self, _: Step, _: &Path, bytes: usize) -> usize {
        let orders = self.0.lock().expect("one thread");
        let rooms = orders.fail.iter().filter_map(|fail| match fail {
            Fail::Room(room) => Some(*room),
            _ => None,
        });
        rooms.min().unwrap_or(bytes).min(bytes)
    }
}

// ---- a place to work in

struct Desk {
    folder: TempDir,
    faulty: Faulty,
    store: Store,
}

/// A report that is open, and its journal.
struct Session {
    document: Document,
    facts: FileFacts,
    journal: Journal,
}

fn clock() -> Moment {
    Moment {
        seconds: 1_706_085_067,
        offset: 28_800,
    }
}

fn who(user: &str) -> Who {
    Who {
        user: user.into(),
        host: "办公机3".into(),
        pid: 7,
    }
}

fn store_in(folder: &Path, user: &str) -> Store {
    let places = Places {
        state: Some(folder.join("state")),
        config: None,
    };
    Store::new(places, who(user), CODEC).at(clock)
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().expect("temporary folder");
        let faulty = Faulty::default();
        let store = store_in(folder.path(), "wang").on(Box::new(faulty.clone()));
        fs::create_dir(folder.path().join("docs")).expect("folder");
        Desk {
            folder,
            faulty,
            store,
        }
    }

    fn docs(&self) -> PathBuf {
        self.folder.path().join("docs")
    }

    /// A file among the user's documents.
    fn doc(&self, name: &str) -> PathBuf {
        self.docs().join(name)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.doc(name);
        fs::write(&path, text).expect("written");
        path
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// An empty report in a file, opened.
    fn open(&self, name: &str) -> Session {
        let report = Report::new(form::current());
        let path = self.file(name, &encode(&report));
        let facts = read(&path, LIMIT).expect("readable").facts;
        self.faulty.steps();
        Session {
            journal: self.store.journal(&facts, &report),
            document: Document::new(report),
            facts,
        }
    }

    fn recover(&self, name: &Name) -> Option<Recovery> {
        let Name::Path(path) = name else {
            return self.store.recover(name, None).expect("readable");
        };
        // What the file holds now, as far as it can be read.
        let now = fs::read_to_string(path).ok().and_then(|text| decode(&text));
        self.store.recover(name, now.as_ref()).expect("readable")
    }

    fn recovered(&self, name: &Name) -> Recovery {
        self.recover(name).expect("left behind")
    }
}

impl Session {
    /// Whether its journal lies beside the report: the state folder is not usable.
    fn is_beside(&self) -> bool {
        let path = self.journal.path().expect("it stands");
        path.to_string_lossy().ends_with(".gouji-journal")
    }

    fn act(&mut self, desk: &Desk, act: &Act) -> Result<(), Failure> {
        match change(&mut self.document, act) {
            Some((change, ran)) => self.journal.append(&desk.store, &change, &ran),
            None => Ok(()),
        }
    }

    fn acts(&mut self, desk: &Desk, acts: &[Act]) {
        for act in acts {
            self.act(desk, act).expect("appended");
        }
    }

    fn path(&self) -> PathBuf {
        self.journal.path().expect("written").to_owned()
    }

    /// The end without a goodbye.
    fn killed(self) -> (Name, Report) {
        (self.journal.name().clone(), self.document.report().clone())
    }
}

/// A save over the file as it is now.
fn as_it_is(path: &Path) -> Over {
    over(look(path))
}

fn over(stamp: Option<Stamp>) -> Over {
    stamp.map_or(Over::Report, |stamp| Over::Seen(stamp.into()))
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("readable")
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').count() - 1
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("there").mode() & 0o777
}

fn says(failure: &Failure, zh: &str) {
    let text = failure.text(Lang::Zh);
    assert!(text.contains(zh), "{text}");
    assert!(text.contains(" 原因 ") && text.contains(" 办法 "), "{text}");
    let english = failure.text(Lang::En);
    assert!(!english.contains('{') && !text.contains('{'), "{english}");
}

// ---- opening

#[test]
fn what_cannot_be_opened_is_named_with_reason_and_way_out() {
    let desk = Desk::new();
    let fails = |path: &Path, why: &str| {
        let failure = read_on(&desk.faulty, path, 100).expect_err("not readable");
        says(&failure, "打不开");
        says(&failure, &path.file_name().expect("name").to_string_lossy());
        says(&failure, why);
    };
    fails(&desk.doc("没有.json"), "没有这个文件");
    fails(&desk.docs(), "文件夹");
    fails(&desk.file("空.json", ""), "空的");
    fails(&desk.file("大.json", &"x".repeat(101)), "最多读 100 字节");
    fails(&desk.file("x.json", "x").join("y"), "不是文件夹");
    let pipe = desk.doc("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo runs").success());
    fails(&pipe, "管道");
    fails(Path::new("/dev/null"), "设备");
    let refused = Fail::Every(Step::Open, "x.json", ErrorKind::PermissionDenied);
    desk.faulty.fail(refused);
    fails(&desk.doc("x.json"), "没有权限");
    let steering = read(&desk.doc("a\u{1b}[2Jb"), 100).expect_err("missing");
    assert!(!steering.text(Lang::Zh).contains('\u{1b}'));
}

#[test]
fn a_file_is_read_with_its_facts_and_never_beyond_the_limit() {
    let desk = Desk::new();
    let path = desk.file("a.json", &"x".repeat(100));
    let opened = read_on(&desk.faulty, &path, 100).expect("readable");
    assert_eq!(opened.bytes.len(), 100);
    assert_eq!(opened.facts.path.as_ref(), Some(&path));
    assert_eq!(opened.facts.stamp, look(&path));
    assert_eq!(opened.facts.read_only, None);
    let refused = Fail::Every(Step::Permit, "a.json", ErrorKind::PermissionDenied);
    desk.faulty.fail(refused);
    let opened = read_on(&desk.faulty, &path, 100).expect("readable");
    assert_eq!(opened.facts.read_only, Some(ReadOnly::Permission));
    // Says that it is empty, and is not.
    says(
        &read(Path::new("/proc/self/mountinfo"), 1).expect_err("long"),
        "太大",
    );
}

// ---- saving

#[test]
fn a_save_writes_syncs_renames_and_syncs_the_folder_in_this_order() {
    let desk = Desk::new();
    let path = desk.file("a.json", "old");
    let saved = desk
        .store
        .save(&path, b"new", as_it_is(&path))
        .expect("saved");
    assert_eq!(
        desk.faulty.steps(),
        [
            Step::Permit,
            Step::CreateTemp,
            Step::Mode,
            Step::Write,
            Step::Sync,
            // the version before
            Step::Open,
            Step::MakeFolder,
            Step::CreateTemp,
            Step::Write,
            Step::Rename,
            // the file itself
            Step::Rename,
            Step::SyncFolder,
        ]
    );
    assert_eq!(text(&path), "new");
    assert_eq!(Some(saved.stamp), look(&path));
    assert!(saved.confirmed && saved.doubts.is_empty());
    assert_eq!(text(&saved.previous.expect("kept")), "old");
    assert_eq!(names(&desk.docs()), ["a.json"]);

    desk.store
        .save(&desk.doc("b.json"), b"b", Over::Nothing)
        .expect("new");
    assert_eq!(
        desk.faulty.steps(),
        [
            Step::CreateTemp,
            Step::Write,
            Step::Sync,
            Step::Rename,
            Step::SyncFolder
        ]
    );
}

/// Saves with each step failing, alone and as a crash, and on a disk that fills
/// up at each byte; the check gets the desk, the file, whether it was saved,
/// and whether it was a crash. Answers how many steps there are.
fn at_every_step(
    prepare: impl Fn(&Desk) -> PathBuf,
    check: impl Fn(&Desk, &Path, bool, bool),
) -> usize {
    let save = |desk: &Desk, path: &Path| {
        desk.store
            .save(path, b"the new file", as_it_is(path))
            .is_ok()
    };
    let whole = Desk::new();
    let path = prepare(&whole);
    assert!(save(&whole, &path));
    let steps = whole.faulty.steps().len();
    let once = (0..steps).map(|at| (Fail::Once(at, ErrorKind::StorageFull), false));
    let crashes = (0..steps).map(|at| (Fail::Crash(at), true));
    let full = (0..12).map(|room| (Fail::Room(room), false));
    for (fail, crash) in once.chain(crashes).chain(full) {
        let desk = Desk::new();
        let path = prepare(&desk);
        desk.faulty.fail(fail);
        let done = save(&desk, &path);
        check(&desk, &path, done, crash);
    }
    steps
}

#[test]
fn invariant_a_save_leaves_the_old_or_the_new_file() {
    let steps = at_every_step(
        |desk| desk.file("a.json", "old"),
        |_, path, done, _| {
            let now = text(path);
            assert!(now == "the new file" || (now == "old" && !done), "{now}");
        },
    );
    assert_eq!(steps, 12);
    at_every_step(
        |desk| desk.doc("fresh.json"),
        |_, path, done, _| {
            let now = fs::read_to_string(path).ok();
            assert!(now.as_deref() == Some("the new file") || (now.is_none() && !done));
        },
    );
}

#[test]
fn in_place_a_failure_leaves_the_old_file_and_a_crash_its_copy() {
    for old in ["old", "an old file that is longer", "the old file"] {
        at_every_step(
            |desk| {
                let path = desk.file("a.json", old);
                fs::hard_link(&path, desk.doc("b.json")).expect("second name");
                path
            },
            |desk, path, done, crash| {
                let now = text(path);
                let versions = desk.state().join("versions").join(Name::of(path).digest());
                let copied = names(&versions)
                    .iter()
                    .any(|name| text(&versions.join(name)) == old);
                let whole = now == "the new file" || (now == old && !done);
                assert!(whole || (crash && copied), "{now}");
                assert_eq!(now, text(&desk.doc("b.json")), "both names, one file");
            },
        );
    }
}

#[test]
fn a_folder_that_takes_no_new_file_is_written_in_place_after_a_copy() {
    for (step, part) in [(Step::CreateTemp, "docs"), (Step::Rename, "docs/a.json")] {
        let desk = Desk::new();
        let path = desk.file("a.json", "old");
        let inode = look(&path).expect("there").inode;
        desk.faulty
            .fail(Fail::Every(step, part, ErrorKind::PermissionDenied));
        let saved = desk
            .store
            .save(&path, b"newer", as_it_is(&path))
            .expect("saved");
        assert_eq!(text(&path), "newer");
        assert_eq!(saved.stamp.inode, inode);
        assert_eq!(text(&saved.previous.expect("kept")), "old");
        let order = desk.faulty.steps();
        let at = |step| order.iter().rposition(|one| *one == step).expect("done");
        assert!(at(Step::OpenInPlace) > at(Step::MakeFolder));
        assert!(at(Step::WriteTail) < at(Step::WriteHead));

        if step == Step::CreateTemp {
            let failure = desk.store.save(&desk.doc("b.json"), b"x", Over::Report);
            says(
                failure.expect_err("no place for a new file").failure(),
                "没有权限",
            );
        }
        // Without a copy nothing is written in place.
        let path = desk.file("a.json", "old");
        desk.faulty.fail(Fail::Every(
            Step::MakeFolder,
            "versions",
            ErrorKind::StorageFull,
        ));
        let failure = desk
            .store
            .save(&path, b"newest", Over::Report)
            .expect_err("no copy");
        says(failure.failure(), "旧版没有留下");
        assert_eq!(text(&path), "old");
    }
}

#[test]
fn a_version_that_cannot_be_kept_is_a_doubt_not_a_failure() {
    let desk = Desk::new();
    let path = desk.file("a.json", "old");
    desk.faulty.fail(Fail::Every(
        Step::MakeFolder,
        "versions",
        ErrorKind::StorageFull,
    ));
    desk.faulty
        .fail(Fail::Every(Step::SyncFolder, "docs", ErrorKind::Other));
    let saved = desk
        .store
        .save(&path, b"new", as_it_is(&path))
        .expect("saved");
    assert_eq!(text(&path), "new");
    assert_eq!(saved.previous, None);
    assert!(!saved.confirmed);
    assert_eq!(saved.doubts.len(), 2);
    says(&saved.doubts[0], "旧版没有留下");
    says(&saved.doubts[1], "磁盘没有确认");
}

#[test]
fn a_file_changed_outside_is_not_saved_over_unasked() {
    let desk = Desk::new();
    let path = desk.file("a.json", "old");
    let seen = as_it_is(&path);
    fs::write(&path, "somebody else's").expect("written");
    let failure = desk.store.save(&path, b"mine", seen).expect_err("changed");
    assert!(matches!(failure, SaveFailure::ChangedOutside(_)));
    says(failure.failure(), "被别的程序或别人改过");
    assert_eq!(text(&path), "somebody else's");
    let saved = desk
        .store
        .save(&path, b"mine", Over::Report)
        .expect("overwritten");
    assert_eq!(text(&saved.previous.expect("kept")), "somebody else's");
    // Gone altogether: nothing would be overwritten.
    fs::remove_file(&path).expect("removed");
    desk.store
        .save(&path, b"again", Over::Seen(saved.stamp.into()))
        .expect("saved");
    assert_eq!(text(&path), "again");
}

#[test]
fn mode_links_and_versions_are_kept() {
    let desk = Desk::new();
    let path = desk.file("a.json", "0");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("mode");
    let link = desk.doc("link.json");
    symlink("a.json", &link).expect("link");
    for round in 1..=8 {
        let bytes = round.to_string();
        desk.store
            .save(&link, bytes.as_bytes(), as_it_is(&link))
            .expect("saved");
    }
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert_eq!(text(&path), "8");
    assert_eq!(mode(&path), 0o640);
    let versions = desk.state().join("versions").join(Name::of(&path).digest());
    let kept: Vec<String> = names(&versions)
        .iter()
        .map(|name| text(&versions.join(name)))
        .collect();
    assert_eq!(kept.len(), VERSIONS);
    assert_eq!(kept, ["3", "4", "5", "6", "7"]);
    assert!(names(&versions)[0].starts_with("20240124-163107-"));
    assert_eq!(mode(&desk.state()), 0o700);
    assert_eq!(mode(&versions.join(&names(&versions)[0])), 0o600);

    // A new file has the mode that any new file has here.
    let usual = mode(&desk.file("usual", "x"));
    desk.store
        .save(&desk.doc("new.json"), b"x", Over::Report)
        .expect("saved");
    desk.store
        .save(&desk.doc("new2.json"), b"x", Over::Nothing)
        .expect("saved");
    assert_eq!(mode(&desk.doc("new.json")), usual);
    assert_eq!(mode(&desk.doc("new2.json")), usual);
}

#[test]
fn what_cannot_be_saved_says_why_and_stays() {
    let desk = Desk::new();
    let fails = |path: &Path, zh: &str| {
        let failure = desk
            .store
            .save(path, b"new", Over::Report)
            .expect_err("not saved");
        says(failure.failure(), "没有保存");
        says(failure.failure(), zh);
    };
    fails(&desk.docs(), "文件夹");
    fails(Path::new("/dev/null"), "设备");
    fails(&desk.doc("gone/a.json"), "没有这个文件或文件夹");
    fails(&desk.doc(&"长".repeat(100)), "文件名太长");
    let path = desk.file("a.json", "old");
    desk.faulty.fail(Fail::Every(
        Step::Permit,
        "a.json",
        ErrorKind::PermissionDenied,
    ));
    fails(&path, "没有权限");
    desk.faulty.heal();
    desk.faulty
        .fail(Fail::Every(Step::Write, "docs", ErrorKind::StorageFull));
    fails(&path, "磁盘满了");
    assert_eq!(text(&path), "old");
    assert_eq!(names(&desk.docs()), ["a.json"]);
}

#[test]
fn a_new_file_never_takes_a_name_that_is_taken() {
    let desk = Desk::new();
    let path = desk.file("a.json", "old");
    let link = desk.doc("broken.json");
    symlink("nowhere", &link).expect("link");
    let folder = desk
        .store
        .save(&desk.docs(), b"new", Over::Nothing)
        .expect_err("taken");
    assert!(matches!(folder, SaveFailure::Failed(_)));
    says(folder.failure(), "这是一个文件夹");
    for path in [&path, &link] {
        let failure = desk
            .store
            .save(path, b"new", Over::Nothing)
            .expect_err("taken");
        assert!(matches!(failure, SaveFailure::Exists(_)));
        says(failure.failure(), "--force");
    }
    assert_eq!(text(&path), "old");
    assert_eq!(names(&desk.docs()), ["a.json", "broken.json"]);
    for at in 0..5 {
        let desk = Desk::new();
        desk.faulty.fail(Fail::Crash(at));
        let done = desk.store.save(&desk.doc("n"), b"new", Over::Nothing);
        let now = fs::read_to_string(desk.doc("n")).ok();
        // Only the folder's sync comes after the name.
        assert_eq!(now.as_deref(), (at == 4).then_some("new"));
        assert_eq!(done.is_ok(), at == 4);
    }
}

#[test]
fn content_decides_whether_a_file_was_changed_outside() {
    let desk = Desk::new();
    let path = desk.file("a.json", "old");
    let seen = Seen {
        stamp: look(&path).expect("there"),
        content: Some(digest(b"old")),
    };
    let time = fs::metadata(&path)
        .and_then(|meta| meta.modified())
        .expect("a time");
    let dated = |text: &str, seconds: u64| {
        fs::write(&path, text).expect("written");
        let file = fs::File::options().write(true).open(&path).expect("there");
        file.set_modified(time - std::time::Duration::from_secs(seconds))
            .expect("set");
    };
    // The same size, time and number, and other content.
    dated("new", 0);
    assert_eq!(look(&path), Some(seen.stamp));
    let failure = desk
        .store
        .save(&path, b"mine", Over::Seen(seen))
        .expect_err("changed");
    assert!(matches!(failure, SaveFailure::ChangedOutside(_)));
    assert_eq!(text(&path), "new");
    // Another time, a clock set back, and the same content.
    dated("old", 90_000);
    assert_eq!(since(&path, seen), Since::Same);
    desk.store
        .save(&path, b"mine", Over::Seen(seen))
        .expect("saved");
    assert_eq!(text(&path), "mine");
    assert_eq!(since(&path, seen), Since::Other);
    fs::remove_file(&path).expect("removed");
    assert_eq!(since(&path, seen), Since::Gone);
    fs::create_dir(&path).expect("made");
    assert_eq!(since(&path, seen), Since::NoFile);
    let failure = desk
        .store
        .save(&path, b"mine", Over::Seen(seen))
        .expect_err("a folder");
    says(failure.failure(), "这是一个文件夹");
}

#[test]
fn one_file_is_known_by_all_its_names() {
    let desk = Desk::new();
    let path = desk.file("a.docx", "x");
    let other = desk.file("b.docx", "x");
    symlink("a.docx", desk.doc("link.json")).expect("link");
    fs::hard_link(&path, desk.doc("hard.json")).expect("second name");
    for name in [
        "a.docx",
        "link.json",
        "hard.json",
        "./a.docx",
        "../docs/a.docx",
    ] {
        assert!(is_same(&path, &desk.doc(name)), "{name}");
    }
    assert!(!is_same(&path, &other) && !is_same(&path, &desk.doc("none")));
    fs::remove_file(&path).expect("removed");
    assert!(is_same(&path, &desk.doc("./a.docx")), "known by its name");
}

#[test]
fn extended_attributes_are_carried_by_a_save() {
    // Not every file system has them.
    let desk = Desk::new();
    let path = desk.file("a.json", "old");
    let name = "user.gouji.test";
    let flags = rustix::fs::XattrFlags::empty();
    let can = rustix::fs::setxattr(&path, name, b"kept", flags).is_ok();
    desk.store
        .save(&path, b"new", as_it_is(&path))
        .expect("saved");
    let mut value = [0; 16];
    let len = rustix::fs::getxattr(&path, name, &mut value).unwrap_or(0);
    assert_eq!(&value[..len], if can { &b"kept"[..] } else { b"" });
    assert_eq!(text(&path), "new");
}

#[test]
fn left_overs_of_a_crash_are_removed_once_they_are_old_and_nobody_holds_them() {
    let desk = Desk::new();
    let path = desk.file("a.json", "old");
    let old = |name: &str| {
        let file = fs::File::create(desk.doc(name)).expect("made");
        let time = std::time::SystemTime::now() - std::time::Duration::from_hours(2);
        file.set_modified(time).expect("set");
        file
    };
    old(".gouji-aB3dE6.tmp");
    let held = old(".gouji-held00.tmp");
    held.try_lock().expect("held");
    old(".gouji-notes.tmp");
    old("gouji-aB3dE6.tmp");
    fs::write(desk.doc(".gouji-young0.tmp"), "x").expect("written");
    symlink("a.json", desk.doc(".gouji-link00.tmp")).expect("link");
    desk.store
        .save(&path, b"new", as_it_is(&path))
        .expect("saved");
    let left = [
        ".gouji-held00.tmp",
        ".gouji-link00.tmp",
        ".gouji-notes.tmp",
        ".gouji-young0.tmp",
        "a.json",
        "gouji-aB3dE6.tmp",
    ];
    assert_eq!(names(&desk.docs()), left);
}

#[test]
fn versions_are_kept_of_reports_only() {
    let desk = Desk::new();
    let path = desk.file("table.csv", "old");
    let versions = desk.state().join("versions").join(Name::of(&path).digest());
    desk.store
        .save(&path, b"new", Over::Paper)
        .expect("written");
    let mut saving = desk.store.begin(&path, Over::Paper);
    for piece in [&b"a"[..], b"b"] {
        desk.store
            .add(saving.as_mut().expect("begun"), piece)
            .expect("added");
    }
    assert!(
        matches!(desk.store.lock(&path), Locking::Held(_)),
        "while it is written"
    );
    desk.store.end(saving.expect("begun")).expect("written");
    assert_eq!(text(&path), "ab");
    assert_eq!(names(&versions), Vec::<String>::new());
    // In place the copy is there for a crash only.
    fs::hard_link(&path, desk.doc("b.csv")).expect("second name");
    desk.store
        .save(&path, b"newer", Over::Paper)
        .expect("written");
    assert_eq!(text(&desk.doc("b.csv")), "newer");
    assert_eq!(names(&versions), Vec::<String>::new());
    assert_eq!(names(&desk.docs()), ["b.csv", "table.csv"]);
}

#[test]
fn a_sync_that_failed_leaves_the_old_file_and_the_journal() {
    let desk = Desk::new();
    let mut session = desk.open("a.json");
    session.acts(&desk, &every_kind()[..1]);
    let path = session.facts.path.clone().expect("a file");
    let before = text(&path);
    desk.faulty
        .fail(Fail::Every(Step::Sync, "docs", ErrorKind::Other));
    let failure = desk
        .store
        .save(&path, b"new", over(session.facts.stamp))
        .expect_err("not saved");
    says(failure.failure(), "没有保存");
    assert_eq!(text(&path), before);
    assert_eq!(names(&desk.docs()), ["a.json"]);
    let (name, _) = session.killed();
    desk.faulty.heal();
    assert_eq!(desk.recovered(&name).unsaved, 1);
}

#[test]
fn a_folder_is_made_when_asked_for() {
    let desk = Desk::new();
    let path = desk.doc("new/deeper/a.json");
    assert_eq!(missing_folder(&path), path.parent());
    desk.store.make_folder_of(&path).expect("made");
    assert_eq!(missing_folder(&path), None);
    desk.store.save(&path, b"x", Over::Nothing).expect("saved");
    let failure = desk
        .store
        .make_folder_of(&path.join("x/b.json"))
        .expect_err("a file");
    says(&failure, "没有保存");
}

// ---- changes

/// Something a user does.
#[derive(Clone, Debug, PartialEq)]
enum Act {
    Cell(usize, String, bool),
    Row(usize, String),
    Text(usize, usize, usize, String),
    Head(usize, String),
    Heading(usize, Option<String>),
    Remark(usize, Option<String>),
    Question(usize, Option<String>),
    Undo,
    Redo,
    TakeBack,
    Save,
}

/// Does it, and says what a journal is told.
fn change(document: &mut Document, act: &Act) -> Option<(Change, Vec<Op>)> {
    let report = document.report();
    let form = report.form();
    let cell = |at: usize| form.cells().nth(at % form.len()).expect("a cell");
    let step = Transaction::new(words("改{n}处", "change {n}").with(vec![("n", 1_i64.into())]));
    let transaction = match act {
        Act::Cell(at, text, joins) => step
            .cell(report, cell(*at), Cell::read(text, form.kind(cell(*at))))
            .joining(*joins),
        Act::Row(at, text) => (0..3).fold(step, |step, next| {
            let cell = cell(at + next % 2);
            step.cell(report, cell, Cell::read(text, form.kind(cell)))
        }),
        Act::Text(text, at, len, inserted) => {
            let id = form
                .texts()
                .nth(text % form.sections.len())
                .expect("a text");
            let old = report.text(id);
            let places: Vec<usize> = (0..=old.len())
                .filter(|at| old.is_char_boundary(*at))
                .collect();
            let from = at % places.len();
            let to = (from + len).min(places.len() - 1);
            step.splice(report, id, places[from]..places[to], inserted)
        }
        Act::Head(field, text) => {
            step.head(report, HeadField::ALL[field % HeadField::ALL.len()], text)
        }
        Act::Heading(at, text) => {
            let at = at % (report.headings().len() + 1);
            let to = text.as_ref().map(|text| Heading {
                section: form.texts().nth(at).filter(|_| at < 3),
                text: text.clone(),
            });
            step.heading(at, report.headings().get(at).cloned(), to)
        }
        Act::Remark(at, text) => {
            let at = at % (report.remarks().len() + 1);
            let to = text.as_ref().map(|text| Remark {
                rule: "T3-BALANCE".into(),
                site: text.clone(),
                numbers: vec!["1".into(), text.clone()],
                text: "因为".into(),
                by: "wang".into(),
            });
            step.remark(at, report.remarks().get(at).cloned(), to)
        }
        Act::Question(at, text) => {
            let at = at % (report.questions().len() + 1);
            let to = text.as_ref().map(|text| Question {
                site: "t3.carried_in".into(),
                fault: at.is_multiple_of(2).then(|| Fault {
                    rule: "T3-BALANCE".into(),
                    numbers: vec!["1".into(), text.clone()],
                }),
                text: text.clone(),
            });
            step.question(at, report.questions().get(at).cloned(), to)
        }
        Act::Undo => return Some((Change::Undo, document.undo()?.ops)),
        Act::Redo => return Some((Change::Redo, document.redo()?.ops)),
        Act::TakeBack => return Some((Change::TakeBack, document.take_back()?.ops)),
        Act::Save => return None,
    };
    let change = Change::Apply(transaction.clone());
    Some((
        change,
        document.apply(transaction).expect("built on it").ops,
    ))
}

/// A session with every kind of op and change.
fn every_kind() -> Vec<Act> {
    let cell = |at, text: &str, joins| Act::Cell(at, text.into(), joins);
    let some = |text: &str| Some(text.to_owned());
    vec![
        cell(30, "1", false),
        cell(30, "12", true),
        cell(9, "2.00", false),
        cell(31, "/", false),
        cell(32, "22（其中修订 16 件）", false),
        Act::Undo,
        Act::Redo,
        Act::Row(40, "1O".into()),
        Act::Text(1, 0, 0, "本机关“2024”年\n\"\\\u{1}😀".into()),
        Act::Text(1, 3, 4, String::new()),
        Act::Head(2, "2024".into()),
        Act::Head(1, "西城区民政局".into()),
        Act::Heading(1, some("主动公开")),
        Act::Heading(6, some("七、附件")),
        Act::Heading(0, None),
        Act::Remark(0, some("t3.natural_person")),
        Act::Remark(0, some("t3")),
        Act::Question(0, some("问？")),
        Act::Undo,
        Act::Undo,
        cell(33, "见附件", false),
        Act::TakeBack,
        Act::Remark(0, None),
        cell(30, "", false),
    ]
}

// ---- the journal

#[test]
fn a_journal_begins_with_the_first_change_and_syncs_only_when_asked() {
    const BEGIN: [Step; 4] = [
        Step::MakeFolder,
        Step::CreateTemp,
        Step::Write,
        Step::Rename,
    ];
    let desk = Desk::new();
    let mut session = desk.open("a.json");
    let acts = every_kind();
    assert!(!session.journal.needs_sync());
    session.journal.begin(&desk.store);
    session.journal.sync(&desk.store).expect("nothing to do");
    assert_eq!(desk.faulty.steps(), []);
    assert!(!desk.state().exists(), "opening makes nothing");

    session.acts(&desk, &acts[..1]);
    assert_eq!(desk.faulty.steps(), BEGIN);
    session.acts(&desk, &acts[1..2]);
    assert_eq!(desk.faulty.steps(), [Step::Append]);
    assert!(session.journal.needs_sync());
    session.journal.sync(&desk.store).expect("synced");
    assert_eq!(desk.faulty.steps(), [Step::Sync, Step::SyncFolder]);
    assert!(!session.journal.needs_sync());
    session.acts(&desk, &acts[2..3]);
    session.journal.sync(&desk.store).expect("synced");
    assert_eq!(desk.faulty.steps(), [Step::Append, Step::Sync]);

    let path = session.path();
    assert_eq!(mode(&path), 0o600);
    let line_1 = text(&path).lines().next().expect("a line").to_owned();
    let line_1: Value = serde_json::from_str(&line_1).expect("JSON");
    assert_eq!(line_1["by"], "wang@办公机3");
    assert_eq!(line_1["report"], encode(&Report::new(form::current())));

    let report = session.document.report();
    session
        .journal
        .saved(&desk.store, &session.facts, report)
        .expect("saved");
    assert_eq!(desk.faulty.steps(), [Step::Remove, Step::SyncFolder]);
    assert!(!path.exists());
    session.acts(&desk, &acts[3..4]);
    assert_eq!(desk.faulty.steps(), BEGIN);
    session.journal.discard(&desk.store).expect("removed");
    assert!(!path.exists());
}

#[test]
fn invariant_a_journal_cut_at_any_byte_gives_a_prefix_with_every_whole_line() {
    let desk = Desk::new();
    let mut session = desk.open("a.json");
    let mut states = vec![session.document.report().clone()];
    for act in every_kind() {
        session.act(&desk, &act).expect("appended");
        states.push(session.document.report().clone());
    }
    let path = session.path();
    let bytes = fs::read(&path).expect("readable");
    let (name, _) = session.killed();
    assert_eq!(name, Name::of(&desk.doc("a.json")));
    let file = fs::OpenOptions::new()
        .write(true)
        .open(&path)
        .expect("open");
    for cut in (0..=bytes.len()).rev() {
        file.set_len(cut as u64).expect("cut");
        let lines = newlines(&bytes[..cut]);
        match desk.store.recover(&name, None) {
            Ok(recovery) => {
                let recovery = recovery.expect("left behind");
                assert_eq!(
                    recovery.document.report(),
                    &states[lines - 1],
                    "cut at {cut}"
                );
                assert_eq!(recovery.torn, bytes[..cut].last() != Some(&b'\n'));
                assert_eq!(recovery.stopped, None);
            }
            Err(failure) => {
                assert_eq!(lines, 0, "cut at {cut}");
                says(&failure, "恢复日志");
                assert!(path.exists());
            }
        }
    }
}

#[test]
fn recovery_says_what_who_when_and_where_it_differs() {
    let desk = Desk::new();
    let mut session = desk.open("a.json");
    session.acts(&desk, &every_kind()[..4]);
    let facts = session.facts.clone();
    let name = session.journal.name().clone();
    assert!(desk.recover(&name).is_none(), "a living session's journal");
    assert_eq!(desk.store.pending(), []);
    let (_, report) = session.killed();

    let recovery = desk.recovered(&name);
    assert_eq!(recovery.document.report(), &report);
    assert_eq!((recovery.unsaved, recovery.document.done().len()), (3, 3));
    assert_eq!(recovery.by, "wang@办公机3");
    assert_eq!(recovery.saved_at.seconds, clock().seconds);
    assert_eq!(recovery.facts, facts);
    assert_eq!(recovery.found, Found::Same);
    let cells: Vec<[String; 3]> = recovery
        .differences
        .cells
        .iter()
        .map(|one| {
            let path = form::current().path(one.cell);
            [path, one.saved.text().into(), one.recovered.text().into()]
        })
        .collect();
    assert_eq!(cells.len(), 3);
    assert_eq!(cells[0], ["t2.admin_fees.amount_wan_yuan", "", "2.00"]);
    let pending = desk.store.pending();
    assert_eq!(pending.len(), 1);
    assert_eq!(
        (pending[0].label.as_str(), pending[0].unsaved),
        ("a.json", 3)
    );
    assert_eq!(pending[0].name, name);

    // The file is replaced, then gone: the journal alone is enough.
    desk.file("a.json", "something else");
    assert_eq!(desk.recovered(&name).found, Found::Nothing);
    fs::remove_dir_all(desk.docs()).expect("gone");
    let recovery = desk.recovered(&name);
    assert_eq!(recovery.found, Found::Nothing);
    assert_eq!(recovery.unsaved, 3);
    let mut undone = recovery.document.clone();
    while undone.undo().is_some() {}
    assert!(undone.is_modified(), "no file holds what was saved");
    assert_eq!(recovery.document.report(), &report);
    desk.store.forget(&recovery).expect("removed");
    assert!(desk.recover(&name).is_none());
}

#[test]
fn an_unnamed_report_is_listed_and_recovered_unsaved() {
    let desk = Desk::new();
    let document = Document::unsaved(Report::new(form::current()));
    let journal = || desk.store.journal(&FileFacts::default(), document.report());
    let mut session = Session {
        journal: journal(),
        document: document.clone(),
        facts: FileFacts::default(),
    };
    assert_ne!(session.journal.name(), journal().name());
    session.acts(&desk, &[Act::Head(1, "水务局\u{1b}".into())]);
    let (name, _) = session.killed();
    let pending = desk.store.pending();
    assert_eq!(pending[0].label, "水务局\u{fffd}");
    assert_eq!(pending[0].name, name);
    let recovery = desk.recovered(&name);
    assert!(recovery.document.is_modified());
    assert_eq!(recovery.facts, FileFacts::default());

    // Kept for later without a change: still there.
    journal().keep(&desk.store).expect("kept");
    assert_eq!(desk.store.pending().len(), 2);
}

#[test]
fn what_was_left_for_later_is_told_from_what_a_crash_left() {
    let desk = Desk::new();
    let mut session = desk.open("a.json");
    session.acts(&desk, &every_kind()[..1]);
    session.journal.keep(&desk.store).expect("kept");
    session.journal.keep(&desk.store).expect("kept");
    let (name, report) = session.killed();
    let recovery = desk.recovered(&name);
    assert!(recovery.left && recovery.stopped.is_none() && !recovery.torn);
    assert_eq!(recovery.document.report(), &report);
    // It goes on, and now it is killed.
    let mut again = Session {
        document: recovery.document.clone(),
        facts: recovery.facts.clone(),
        journal: desk.store.resume(&recovery),
    };
    again.acts(&desk, &every_kind()[1..2]);
    let (name, report) = again.killed();
    let recovery = desk.recovered(&name);
    assert!(!recovery.left && recovery.stopped.is_none());
    assert_eq!(recovery.document.report(), &report);
}

#[test]
fn a_recovered_session_goes_on_in_the_same_journal() {
    for torn in [false, true] {
        let desk = Desk::new();
        let mut session = desk.open("a.json");
        session.acts(&desk, &every_kind()[..6]);
        let path = session.path();
        let (name, _) = session.killed();
        if torn {
            fs::write(&path, text(&path) + r#"{"do":{"zh":"#).expect("torn");
        }
        let recovery = desk.recovered(&name);
        assert_eq!(recovery.torn, torn);
        let mut session = Session {
            journal: desk.store.resume(&recovery),
            document: recovery.document,
            facts: recovery.facts,
        };
        assert!(desk.recover(&name).is_none(), "it lives again");
        session.acts(&desk, &every_kind()[6..]);
        let steps = session.document.done().to_vec();
        let (_, report) = session.killed();
        let recovery = desk.recovered(&name);
        assert_eq!(recovery.document.report(), &report);
        let ops = |steps: &[gouji::model::Step]| -> Vec<Vec<Op>> {
            steps.iter().map(|step| step.ops.clone()).collect()
        };
        assert_eq!(ops(recovery.document.done()), ops(&steps));
        assert_eq!((recovery.torn, recovery.stopped), (false, None));
        assert_eq!(names(&desk.state().join("journal")).len(), 1);
    }
}

#[test]
fn replay_stops_at_a_line_that_does_not_fit_and_deletes_nothing() {
    let misfit = Stopped::Misfit { line: 3 };
    let unreadable = Stopped::Unreadable { line: 3 };
    let lines = [
        (
            r#"{"do":{"zh":"","en":"","ops":[{"cell":["t3.new_received.total","9","8"]}]}}"#,
            misfit,
        ),
        (
            r#"{"do":{"zh":"","en":"","ops":[{"cell":["t9.x.y","",""]}]}}"#,
            unreadable,
        ),
        (r#"{"later":1}"#, unreadable),
        ("\u{0}\u{0}", unreadable),
        (r#"{"undo":[{"text":["s1",9,"","x"]}]}"#, misfit),
        (r#"{"redo":[{"heading":[99,null,[null,"x"]]}]}"#, misfit),
    ];
    for (line, why) in lines {
        let desk = Desk::new();
        let mut session = desk.open("a.json");
        session.acts(&desk, &every_kind()[..1]);
        let path = session.path();
        let (name, report) = session.killed();
        let whole = text(&path) + line + "\n{\"redo\":[]}\n";
        fs::write(&path, &whole).expect("written");
        let recovery = desk.recovered(&name);
        assert_eq!(recovery.stopped, Some(why), "{line}");
        assert_eq!(recovery.document.report(), &report);
        assert_eq!(text(&path), whole);

        // Going on keeps what did not fit under another name.
        let mut session = Session {
            journal: desk.store.resume(&recovery),
            document: recovery.document,
            facts: recovery.facts,
        };
        session.acts(&desk, &every_kind()[2..3]);
        let (_, report) = session.killed();
        assert_eq!(desk.recovered(&name).document.report(), &report);
        let journals = desk.state().join("journal");
        let aside: Vec<String> = names(&journals)
            .into_iter()
            .filter(|name| name.contains(".kept-"))
            .map(|name| text(&journals.join(name)))
            .collect();
        assert_eq!(aside, [whole]);
    }
}

#[test]
fn a_declined_journal_is_set_aside_and_a_living_one_respected() {
    let desk = Desk::new();
    let mut session = desk.open("a.json");
    session.acts(&desk, &every_kind()[..1]);
    let (path, first) = (session.path(), text(&session.path()));

    // A second session of the same user, without the lock: not its journal.
    let document = Document::new(Report::new(form::current()));
    let mut second = Session {
        journal: desk.store.journal(&session.facts, document.report()),
        document,
        facts: session.facts.clone(),
    };
    desk.faulty.fail(Fail::Every(
        Step::CreateTemp,
        "docs",
        ErrorKind::PermissionDenied,
    ));
    let failure = second.act(&desk, &every_kind()[0]).expect_err("held");
    says(&failure, "Ctrl+S");
    assert_eq!(text(&path), first);
    session.killed();
    second.journal.sync(&desk.store).expect("stands now");
    assert_eq!(names(&desk.state().join("journal")).len(), 2);
    second.journal.discard(&desk.store).expect("removed");
}

#[test]
fn a_strange_journal_is_refused_and_stays() {
    let desk = Desk::new();
    let mut session = desk.open("a.json");
    session.acts(&desk, &every_kind()[..1]);
    let (path, first) = (session.path(), text(&session.path()));
    let (name, _) = session.killed();
    let strange = [
        String::new(),
        "\n".into(),
        "{}\n".into(),
        first.replacen("\"gouji_journal\":1", "\"gouji_journal\":2", 1),
        first.replacen("\"2021\"", "\"1999\"", 1),
        format!("{}\n", "[".repeat(100_000)),
    ];
    for strange in strange {
        fs::write(&path, &strange).expect("written");
        let failure = desk.store.recover(&name, None).expect_err("not readable");
        says(&failure, "没有被改动");
        assert_eq!(text(&path), strange);
    }
    let file = fs::File::create(&path).expect("made");
    file.set_len(64 * 1024 * 1024 + 1).expect("sparse");
    says(
        &desk.store.recover(&name, None).expect_err("too large"),
        "太大",
    );
    fs::remove_file(&path).expect("removed");
    symlink("/dev/zero", &path).expect("link");
    assert!(desk.store.recover(&name, None).is_err());
    assert_eq!(desk.store.pending(), []);
}

#[test]
fn a_failed_append_is_told_and_the_next_one_writes_everything() {
    for room in [0, 1, 40] {
        let desk = Desk::new();
        let mut session = desk.open("a.json");
        let acts = every_kind();
        session.acts(&desk, &acts[..1]);
        desk.faulty.fail(Fail::Room(room));
        for act in &acts[1..3] {
            let before = fs::read(session.path()).expect("readable").len();
            let failure = session.act(&desk, act).expect_err("full");
            says(&failure, "磁盘满了");
            assert!(session.journal.needs_sync());
            let after = fs::read(session.path()).expect("readable").len();
            assert!(
                act == &acts[1] || after == before,
                "nothing behind a torn end"
            );
        }
        // A crash now: what was acknowledged is there.
        let lines = fs::read(session.path()).expect("readable");
        assert_eq!(newlines(&lines), 2);
        desk.faulty.heal();
        session.acts(&desk, &acts[3..4]);
        let (name, report) = session.killed();
        let recovery = desk.recovered(&name);
        assert_eq!(recovery.document.report(), &report);
        assert!(!recovery.torn);
        assert_eq!(names(&desk.state().join("journal")).len(), 1);
    }
}

#[test]
fn a_journal_survives_each_step_failing_once_and_each_crash() {
    // Answers all states, and how many changes were acknowledged.
    let work = |desk: &Desk, mut session: Session| {
        let mut acknowledged = 0;
        let mut states = vec![session.document.report().clone()];
        for (index, act) in every_kind().iter().take(8).enumerate() {
            let appended = session.act(desk, act).is_ok();
            let synced = index % 3 == 2 && session.journal.sync(&desk.store).is_ok();
            states.push(session.document.report().clone());
            if appended || synced {
                acknowledged = index + 1;
            }
        }
        (states, acknowledged, session.killed().0)
    };
    let whole = Desk::new();
    work(&whole, whole.open("a.json"));
    let steps = whole.faulty.steps().len();
    assert!(steps > 12);
    for (at, crash) in (0..steps).flat_map(|at| [(at, false), (at, true)]) {
        let desk = Desk::new();
        let session = desk.open("a.json");
        desk.faulty.fail(if crash {
            Fail::Crash(at)
        } else {
            Fail::Once(at, ErrorKind::StorageFull)
        });
        let (states, acknowledged, name) = work(&desk, session);
        desk.faulty.heal();
        let report = desk.recover(&name).map_or_else(
            || states[0].clone(),
            |recovery| recovery.document.report().clone(),
        );
        let reached = states.iter().rposition(|state| *state == report);
        let which = format!("step {at}, crash {crash}");
        assert!(reached.expect("a prefix") >= acknowledged, "{which}");
        assert!(crash || report == states[8], "{which}");
    }
}

#[test]
fn replacing_everything_again_and_again_comes_back_whole() {
    let desk = Desk::new();
    let mut session = desk.open("a.json");
    session.acts(&desk, &every_kind()[..18]);
    let id = form::current().texts().nth(1).expect("a text");
    let long = "1,".repeat(1 << 19);
    session.acts(&desk, &[Act::Text(1, 0, 0, long)]);
    for round in 0..33 {
        let (from, to) = if round % 2 == 0 {
            ("1", "2")
        } else {
            ("2", "1")
        };
        let report = session.document.report();
        let places = report.text(id).match_indices(from);
        let ranges: Vec<_> = places.map(|(at, it)| at..at + it.len()).collect();
        assert!(ranges.len() >= 1 << 19);
        let step = Transaction::new(words("替换", "replace"));
        let step = step.replace(report, id, &ranges, to);
        session.document.apply(step.clone()).expect("fits");
        let change = Change::Apply(step.clone());
        let appended = session.journal.append(&desk.store, &change, &step.ops);
        appended.expect("it always finds room");
    }
    assert!(session.document.forgotten() > 0);
    let undone = session.document.undo().expect("the last one").ops;
    let appended = session.journal.append(&desk.store, &Change::Undo, &undone);
    appended.expect("it always finds room");
    let held = fs::metadata(session.path()).expect("there").len();
    assert!(held <= gouji::store::journal::LIMIT, "{held}");
    let (name, report) = session.killed();
    let recovery = desk.recovered(&name);
    assert!(recovery.document.report() == &report);
    assert_eq!((recovery.stopped, recovery.torn), (None, false));
    assert!(recovery.document.is_modified());
    assert_eq!(recovery.found, Found::Same);
}

#[test]
fn content_decides_which_of_two_journals_comes_back_never_the_clock() {
    // A session in the state folder; then one beside the report, by a clock set back.
    let desk = Desk::new();
    let session = desk.open("a.json");
    let facts = session.facts.clone();
    let stale = {
        let mut document = Document::new(Report::new(form::current()));
        change(&mut document, &Act::Head(1, "以前的".into()));
        document.report().clone()
    };
    let later = store_in(desk.folder.path(), "wang").at(|| Moment {
        seconds: 1_900_000_000,
        ..clock()
    });
    let mut first = Session {
        journal: later.journal(&facts, &stale),
        document: Document::new(stale),
        facts: facts.clone(),
    };
    first.acts(&desk, &every_kind()[..4]);
    first.killed();
    fs::rename(desk.state(), desk.folder.path().join("away")).expect("moved");
    fs::write(desk.state(), "in the way").expect("written");
    let mut second = session;
    second.acts(&desk, &every_kind()[..1]);
    assert!(second.is_beside());
    fs::remove_file(desk.state()).expect("removed");
    fs::rename(desk.folder.path().join("away"), desk.state()).expect("moved");
    let (name, report) = second.killed();
    let recovery = desk.recovered(&name);
    assert_eq!(recovery.document.report(), &report);
    assert_eq!(recovery.found, Found::Same);
    // Once that is done with, the other one is still there.
    desk.store.forget(&recovery).expect("removed");
    assert!(matches!(desk.recovered(&name).found, Found::Differs(_)));
}

#[test]
fn the_latest_version_is_the_one_kept_last_were_the_clock_set_back() {
    let desk = Desk::new();
    let path = desk.doc("a.json");
    let report = |year: &str| {
        let mut document = Document::new(Report::new(form::current()));
        change(&mut document, &Act::Head(2, year.into()));
        document.report().clone()
    };
    let clocks: [fn() -> Moment; 3] = [clock, clock, || Moment {
        seconds: 5,
        ..clock()
    }];
    fs::write(&path, encode(&report("2020"))).expect("written");
    for (year, clock) in ["2021", "2022", "2023"].iter().zip(clocks) {
        let store = store_in(desk.folder.path(), "wang").at(clock);
        let bytes = encode(&report(year));
        store
            .save(&path, bytes.as_bytes(), Over::Report)
            .expect("saved");
    }
    let kept = desk.store.kept(&Name::of(&path)).expect("a version");
    assert_eq!(kept.report.head().get(HeadField::Year), "2022");
    // What can't be read is no version; the one before it is.
    fs::write(&kept.path, "damaged").expect("written");
    let kept = desk.store.kept(&Name::of(&path)).expect("a version");
    assert_eq!(kept.report.head().get(HeadField::Year), "2021");
}

#[test]
fn versions_are_listed_the_latest_first_with_who_replaced_them_old_names_too() {
    let desk = Desk::new();
    let path = desk.file("a.json", "damaged from the first");
    let name = Name::of(&path);
    assert!(desk.store.versions(&name).is_empty());
    let report = encode(&Report::new(form::current()));
    for (user, bytes) in [("wang", report.as_str()), ("li/../x", "2"), ("赵", "3")] {
        let store = store_in(desk.folder.path(), user);
        store
            .save(&path, bytes.as_bytes(), as_it_is(&path))
            .expect("saved");
    }
    let folder = desk.state().join("versions").join(name.digest());
    // As the first program named them.
    fs::write(folder.join("20200101-000000-0000.json"), &report).expect("written");
    let versions = desk.store.versions(&name);
    let by: Vec<&str> = versions.iter().map(|version| version.by.as_str()).collect();
    assert_eq!(by, ["赵@办公机3", "li_.._x@办公机3", "wang@办公机3", ""]);
    let read: Vec<bool> = versions
        .iter()
        .map(|version| version.report.is_some())
        .collect();
    assert_eq!(read, [false, true, false, true]);
    assert_eq!(versions[1].size, report.len() as u64);
    assert_eq!(versions[1].report, Some(Report::new(form::current())));
    // What is kept from now on pushes the oldest out, whatever it is called.
    for round in 0..4 {
        let bytes = format!("more {round}");
        desk.store
            .save(&path, bytes.as_bytes(), as_it_is(&path))
            .expect("saved");
    }
    assert_eq!(desk.store.versions(&name).len(), VERSIONS);
    assert!(names(&folder).iter().all(|name| name.starts_with("2024")));
}

// ---- steps behind a save

/// The steps of a session with every kind of op, and the report that they led to.
fn steps() -> (Vec<gouji::model::Step>, Document) {
    let mut document = Document::new(Report::new(form::current()));
    for act in every_kind() {
        change(&mut document, &act);
    }
    (document.done().to_vec(), document)
}

#[test]
fn steps_behind_a_save_come_back_exactly_and_are_nobody_elses_to_read() {
    let desk = Desk::new();
    let (steps, document) = steps();
    let path = desk.file("a.json", "x");
    let name = Name::of(&path);
    let form = form::current();
    assert_eq!(desk.store.history(&name, 7, form), None);
    desk.store
        .keep_history(&name, 7, form, &steps)
        .expect("kept");
    let kept = desk.store.history(&name, 7, form).expect("it is there");
    let ops = |steps: &[gouji::model::Step]| -> Vec<Vec<Op>> {
        steps.iter().map(|step| step.ops.clone()).collect()
    };
    assert_eq!(ops(&kept), ops(&steps));
    let zh = |steps: &[gouji::model::Step]| -> Vec<String> {
        steps.iter().map(|step| step.label.text(Lang::Zh)).collect()
    };
    assert_eq!(zh(&kept), zh(&steps));
    let folder = desk.state().join("history");
    let file = folder.join(&names(&folder)[0]);
    assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
    // Undone behind the save, step by step, and done again.
    let mut again = Document::new(document.report().clone());
    assert!(again.deepen(kept));
    assert!(!again.is_modified());
    let mut states = Document::new(Report::new(form));
    let mut before = vec![states.report().clone()];
    for act in every_kind() {
        change(&mut states, &act);
    }
    while states.undo().is_some() {
        before.insert(1, states.report().clone());
    }
    for _ in 0..steps.len() {
        again.undo().expect("a step");
        assert!(again.is_modified());
    }
    assert_eq!(again.report(), &before[0]);
    assert!(again.undo().is_none());
    while again.redo().is_some() {}
    assert_eq!(again.report(), document.report());
    assert!(!again.is_modified());
}

#[test]
fn a_history_of_other_bytes_another_form_or_damaged_anywhere_is_none() {
    let desk = Desk::new();
    let (steps, document) = steps();
    let name = Name::of(&desk.file("a.json", "x"));
    let form = form::current();
    desk.store
        .keep_history(&name, 7, form, &steps)
        .expect("kept");
    let old = form::by_key("2019").expect("a form");
    assert_eq!(desk.store.history(&name, 8, form), None, "other bytes");
    assert_eq!(desk.store.history(&name, 7, old), None, "another form");
    let folder = desk.state().join("history");
    let file = folder.join(&names(&folder)[0]);
    let whole = fs::read(&file).expect("read");
    for cut in (0..whole.len()).step_by(7) {
        fs::write(&file, &whole[..cut]).expect("written");
        harmless(&desk, &name, &document);
    }
    for at in (0..whole.len()).step_by(5) {
        let mut bytes = whole.clone();
        bytes[at] = bytes[at].wrapping_add(1);
        fs::write(&file, &bytes).expect("written");
        harmless(&desk, &name, &document);
    }
    fs::write(&file, vec![b'x'; 9 << 20]).expect("written");
    assert_eq!(desk.store.history(&name, 7, form), None, "too large");
    fs::remove_file(&file).expect("removed");
    symlink("/dev/zero", &file).expect("linked");
    assert_eq!(desk.store.history(&name, 7, form), None, "a device");
}

/// Whatever is read there, it changes nothing of the report and of what was saved.
fn harmless(desk: &Desk, name: &Name, document: &Document) {
    let steps = desk.store.history(name, 7, form::current());
    let mut opened = Document::new(document.report().clone());
    if let Some(steps) = steps
        && opened.deepen(steps)
    {
        while opened.undo().is_some() {}
        while opened.redo().is_some() {}
    }
    assert_eq!(opened.report(), document.report());
    assert!(!opened.is_modified());
}

#[test]
fn steps_do_not_go_before_those_of_a_report_that_stands_elsewhere() {
    let (steps, document) = steps();
    let mut other = Document::new(Report::new(form::current()));
    assert!(!other.deepen(steps.clone()), "they lead to another report");
    let mut begun = Document::new(document.report().clone());
    change(&mut begun, &Act::Head(1, "别的".into()));
    assert!(!begun.deepen(steps.clone()), "there is a step already");
    begun.undo();
    assert!(begun.deepen(steps.clone()));
    assert!(!begun.deepen(steps), "once");
    begun.redo();
    assert_eq!(begun.report().head().get(HeadField::Body), "别的");
    assert_eq!(&begun.opened(), document.report());
    assert_eq!(&begun.saved(), document.report());
}

#[test]
fn histories_are_capped_the_oldest_steps_and_files_first() {
    let desk = Desk::new();
    let form = form::current();
    let name = Name::of(&desk.file("a.json", "x"));
    let text = form.texts().next().expect("a text");
    let step = |at: usize| gouji::model::Step {
        label: words("x", "x").into(),
        ops: vec![Op::SpliceText {
            text,
            at,
            removed: String::new(),
            inserted: "x".repeat(1 << 20),
        }],
    };
    let steps: Vec<_> = (0..9).map(step).collect();
    desk.store
        .keep_history(&name, 7, form, &steps)
        .expect("kept");
    let kept = desk.store.history(&name, 7, form).expect("there");
    assert_eq!(kept.len(), HISTORY / (1 << 20) - 1);
    let latest = steps[9 - kept.len()..].iter();
    assert!(
        kept.iter()
            .map(|step| &step.ops)
            .eq(latest.map(|step| &step.ops))
    );
    let folder = desk.state().join("history");
    // Many reports: the oldest files go.
    let most = usize::try_from(HISTORIES).expect("a size") / HISTORY;
    for at in 0..most + 4 {
        let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(at as u64);
        let file = fs::File::create(folder.join(format!("{at:03}.jsonl"))).expect("made");
        file.set_len(HISTORY as u64).expect("its size");
        file.set_modified(old).expect("set");
    }
    desk.store
        .keep_history(&name, 8, form, &steps[..1])
        .expect("kept");
    let left = names(&folder);
    assert!(left.len() <= most + 1, "{left:?}");
    assert!(!left.contains(&"000.jsonl".to_owned()), "{left:?}");
    assert!(desk.store.history(&name, 8, form).is_some());
    // A folder that takes nothing is no harm.
    desk.faulty
        .fail(Fail::Every(Step::Rename, "history", ErrorKind::StorageFull));
    assert!(
        desk.store
            .keep_history(&name, 9, form, &steps[..1])
            .is_err()
    );
    assert!(desk.store.history(&name, 8, form).is_some());
}

#[test]
fn a_journal_whose_undo_went_behind_the_save_comes_back_after_a_kill() {
    let desk = Desk::new();
    let (steps, document) = steps();
    let mut session = desk.open("a.json");
    let path = session.facts.path.clone().expect("a file");
    fs::write(&path, encode(document.report())).expect("written");
    session.document = Document::new(document.report().clone());
    session.journal = desk.store.journal(&session.facts, document.report());
    assert!(session.document.deepen(steps));
    for acts in [
        vec![Act::Undo, Act::Undo],
        vec![Act::Redo],
        vec![Act::Undo, Act::Undo, Act::Undo, Act::Head(1, "新".into())],
        vec![Act::Undo, Act::Undo],
    ] {
        session.acts(&desk, &acts);
        let recovery = {
            // The session still holds its journal: read as if it were gone.
            let journal = fs::read(session.path()).expect("read");
            let copy = desk.folder.path().join("copy");
            let journals = copy.join("state/journal");
            fs::create_dir_all(&journals).expect("made");
            let name = session.path().file_name().expect("a name").to_owned();
            fs::write(journals.join(name), journal).expect("written");
            store_in(&copy, "li")
                .recover(&Name::of(&path), Some(document.report()))
                .expect("read")
                .expect("left behind")
        };
        assert_eq!(recovery.document.report(), session.document.report());
        assert_eq!(recovery.stopped, None);
    }
}

#[test]
fn a_report_has_the_same_name_when_its_folder_is_gone() {
    let desk = Desk::new();
    let path = desk.file("a.json", "x");
    let link = desk.folder.path().join("link");
    symlink("docs", &link).expect("link");
    fs::create_dir(desk.docs().join("sub")).expect("made");
    let inner = link.join("sub/b.json");
    let names = [Name::of(&path), Name::of(&inner)];
    assert_eq!(names[1], Name::of(&desk.doc("sub/b.json")));
    fs::remove_dir_all(desk.docs().join("sub")).expect("gone");
    assert_eq!(Name::of(&inner), names[1]);
    fs::remove_dir_all(desk.docs()).expect("gone");
    assert_eq!(Name::of(&path), names[0]);
}

#[test]
fn a_journal_comes_with_the_first_change_and_nobody_else_takes_it() {
    let desk = Desk::new();
    let acts = every_kind();
    let folder = desk.state().join("journal");
    let mut session = desk.open("a.json");
    assert!(!session.journal.needs_sync());
    session.acts(&desk, &acts[..1]);
    let path = session.path();
    assert_eq!(mode(&path), 0o600);
    desk.faulty.steps();
    session.acts(&desk, &acts[1..2]);
    session.journal.sync(&desk.store).expect("synced");
    let synced = [Step::Append, Step::Sync, Step::SyncFolder];
    assert_eq!(desk.faulty.steps(), synced);
    let other = store_in(desk.folder.path(), "zhang");
    assert_eq!(other.pending().len(), 0, "its writer lives");
    let (name, report) = session.killed();
    assert_eq!(desk.recovered(&name).document.report(), &report);

    // What lies under the name already stays, and so does a change without a folder.
    let mut session = desk.open("a.json");
    session.acts(&desk, &acts[2..3]);
    assert_eq!(names(&folder).len(), 2, "{:?}", names(&folder));
    session.journal.discard(&desk.store).expect("removed");
    let mut session = desk.open("b.json");
    fs::remove_dir_all(&folder).expect("tidied up by somebody");
    session.acts(&desk, &acts[..1]);
    let (name, report) = session.killed();
    assert_eq!(desk.recovered(&name).document.report(), &report);
}

#[test]
fn without_a_state_folder_the_journal_lies_beside_the_report() {
    let desk = Desk::new();
    fs::write(desk.state(), "in the way").expect("written");
    let mut session = desk.open("a.json");
    session.acts(&desk, &every_kind()[..1]);
    assert!(session.is_beside());
    assert_eq!(session.path(), desk.doc(".a.json.gouji-journal"));
    let facts = session.facts.clone();
    let (name, report) = session.killed();
    assert_eq!(desk.recovered(&name).document.report(), &report);

    // Moved together with its folder it is still the journal of the report.
    let moved = desk.folder.path().join("moved");
    fs::rename(desk.docs(), &moved).expect("moved");
    let recovery = desk.recovered(&Name::of(&moved.join("a.json")));
    assert_eq!(recovery.facts.path, Some(moved.join("a.json")));
    assert_eq!(recovery.found, Found::Same);

    // Neither place: told, and again at each change.
    desk.faulty.fail(Fail::Every(
        Step::CreateTemp,
        "",
        ErrorKind::ReadOnlyFilesystem,
    ));
    let mut document = Document::new(report);
    let mut journal = desk.store.journal(&facts, document.report());
    for act in &every_kind()[1..3] {
        let (change, ran) = change(&mut document, act).expect("a change");
        let failure = journal
            .append(&desk.store, &change, &ran)
            .expect_err("nowhere");
        says(&failure, "没有写进恢复日志");
    }
    let nowhere = Store::new(Places::default(), who("wang"), CODEC);
    let mut journal = nowhere.journal(&FileFacts::default(), document.report());
    assert!(journal.append(&nowhere, &Change::Undo, &[]).is_err());
}

#[test]
fn a_journal_that_is_removed_or_has_to_move_is_written_again() {
    let desk = Desk::new();
    let mut session = desk.open("a.json");
    let acts = every_kind();
    session.acts(&desk, &acts[..1]);
    let path = session.path();
    fs::remove_file(&path).expect("tidied up by somebody");
    session.acts(&desk, &acts[1..2]);
    session.journal.sync(&desk.store).expect("written again");
    assert!(path.exists());

    // The state folder is full: it goes on beside the report.
    for (step, error) in [
        (Step::Append, ErrorKind::StorageFull),
        (Step::CreateTemp, ErrorKind::StorageFull),
        (Step::Remove, ErrorKind::PermissionDenied),
    ] {
        desk.faulty.fail(Fail::Every(step, "state", error));
    }
    session.acts(&desk, &acts[2..3]);
    assert!(session.is_beside());
    assert!(path.exists(), "the old one could not be removed");
    let (name, report) = session.killed();
    let recovery = desk.recovered(&name);
    assert_eq!(recovery.document.report(), &report, "the longer one counts");
}

// ---- properties

fn acts(saves: bool) -> impl Strategy<Value = Vec<Act>> {
    let text = || {
        prop_oneof![
            Just(String::new()),
            "[0-9]{1,6}",
            "[0-9]{1,3}\\.[0-9]{1,3}",
            Just("/".to_owned()),
            Just("9件".to_owned()),
            Just("１２".to_owned()),
            "\\PC{0,8}",
            any::<String>().prop_map(|text| text.chars().take(6).collect()),
        ]
    };
    let maybe = move || proptest::option::of(text());
    let act = prop_oneof![
        6 => (0..12_usize, text(), any::<bool>())
            .prop_map(|(at, text, joins)| Act::Cell(at * 17, text, joins)),
        2 => (0..300_usize, text()).prop_map(|(at, text)| Act::Row(at, text)),
        3 => (0..7_usize, 0..9999_usize, 0..4_usize, text())
            .prop_map(|(text, at, len, inserted)| Act::Text(text, at, len, inserted)),
        1 => (0..7_usize, text()).prop_map(|(field, text)| Act::Head(field, text)),
        1 => (0..9_usize, maybe()).prop_map(|(at, text)| Act::Heading(at, text)),
        1 => (0..9_usize, maybe()).prop_map(|(at, text)| Act::Remark(at, text)),
        1 => (0..9_usize, maybe()).prop_map(|(at, text)| Act::Question(at, text)),
        5 => Just(Act::Undo),
        4 => Just(Act::Redo),
        2 => Just(Act::TakeBack),
        2 => Just(if saves { Act::Save } else { Act::Undo }),
    ];
    proptest::collection::vec(act, 1..60)
}

fn few() -> ProptestConfig {
    ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn invariant_replay_equals_the_document_history_included(acts in acts(false)) {
        let desk = Desk::new();
        let mut session = desk.open("a.json");
        session.acts(&desk, &acts);
        let document = session.document.clone();
        let (name, _) = session.killed();
        let Some(recovery) = desk.recover(&name) else {
            prop_assert!(!document.is_modified());
            return Ok(());
        };
        prop_assert_eq!(recovery.stopped, None);
        prop_assert_eq!(encode(recovery.document.report()), encode(document.report()));
        prop_assert_eq!(recovery.unsaved, document.unsaved_steps());
        prop_assert_eq!(recovery.document.is_modified(), document.is_modified());
        for (ours, theirs) in [
            (recovery.document.done(), document.done()),
            (recovery.document.undone(), document.undone()),
        ] {
            prop_assert_eq!(ours.len(), theirs.len());
            for (ours, theirs) in ours.iter().zip(theirs) {
                prop_assert_eq!(&ours.ops, &theirs.ops);
                for lang in Lang::ALL {
                    prop_assert_eq!(ours.label.text(lang), theirs.label.text(lang));
                }
            }
        }
    }

    #[test]
    fn invariant_replay_equals_the_document_over_saves_and_undo_behind_them(acts in acts(true)) {
        let desk = Desk::new();
        let mut session = desk.open("a.json");
        let path = desk.doc("a.json");
        let mut saved = session.document.report().clone();
        for act in &acts {
            session.act(&desk, act).expect("appended");
            if let Act::Save = act {
                saved = session.document.report().clone();
                let done = desk
                    .store
                    .save(&path, encode(&saved).as_bytes(), over(session.facts.stamp))
                    .expect("saved");
                session.facts.stamp = Some(done.stamp);
                session.document.mark_saved();
                session.journal.saved(&desk.store, &session.facts, &saved).expect("anew");
            }
        }
        let document = session.document.clone();
        let (name, _) = session.killed();
        let Some(recovery) = desk.recover(&name) else {
            prop_assert!(!document.is_modified());
            return Ok(());
        };
        prop_assert_eq!(recovery.stopped, None);
        prop_assert_eq!(recovery.found, Found::Same);
        prop_assert_eq!(encode(&recovery.saved), encode(&saved));
        prop_assert_eq!(encode(recovery.document.report()), encode(document.report()));
        prop_assert!(document.is_modified() || !recovery.document.is_modified());
        prop_assert!(recovery.document.is_modified() || recovery.differences.is_empty());
    }

    #[test]
    fn a_damaged_journal_never_panics(at in any::<usize>(), byte: u8, cut in any::<usize>()) {
        let desk = Desk::new();
        let mut session = desk.open("a.json");
        session.acts(&desk, &every_kind());
        let path = session.path();
        let (name, _) = session.killed();
        let mut bytes = fs::read(&path).expect("readable");
        let first = bytes.iter().position(|byte| *byte == b'\n').expect("line 1");
        let spot = first + at % (bytes.len() - first);
        bytes[spot] = byte;
        let end = spot + cut % (bytes.len() - spot);
        bytes.drain(spot..end);
        fs::write(&path, &bytes).expect("written");
        let _ = desk.store.recover(&name, None);
        let _ = desk.store.pending();
    }
}

// ---- locks

fn taken(locking: Locking) -> Lock {
    match locking {
        Locking::Taken(lock) => Some(lock),
        Locking::Held(_) | Locking::Unknown(_) => None,
    }
    .expect("nobody has it")
}

#[test]
fn a_lock_says_whose_it_is_and_ends_with_its_holder() {
    let desk = Desk::new();
    let path = desk.file("a.json", "x");
    let link = desk.doc("link.json");
    symlink("a.json", &link).expect("link");
    let lock = taken(desk.store.lock(&path));
    let file = desk.doc("a.json.lock");
    // Others may read it, as far as the umask lets them.
    assert_eq!(mode(&file) | 0o044, 0o644);
    let said: Value = serde_json::from_str(&text(&file)).expect("JSON");
    assert_eq!(said["user"], "wang");
    assert_eq!(said["pid"], 7);
    let li = store_in(desk.folder.path(), "li");
    for path in [&path, &link] {
        let Locking::Held(ReadOnly::Locked { by, since }) = li.lock(path) else {
            unreachable!("wang has it");
        };
        assert_eq!(by, "wang@办公机3");
        assert_eq!(since.len(), "01-24 16:31".len());
    }
    drop(lock);
    assert!(!file.exists());
    // Left behind by a kill: nobody holds it.
    fs::write(&file, said.to_string()).expect("written");
    let lock = taken(li.lock(&path));
    assert!(text(&file).contains("\"li\""));
    drop(lock);
    assert_eq!(names(&desk.docs()), ["a.json", "link.json"]);
}

#[test]
fn a_lock_that_cannot_lie_beside_the_report_lies_in_the_state_folder() {
    let desk = Desk::new();
    let path = desk.file("a.json", "x");
    let beside = desk.file("a.json.lock", "the user's own file");
    let locks = desk.state().join("lock");
    for _ in 0..2 {
        let lock = taken(desk.store.lock(&path));
        assert_eq!(names(&locks).len(), 1);
        assert!(matches!(desk.store.lock(&path), Locking::Held(_)));
        drop(lock);
        assert_eq!(names(&locks).len(), 0);
        // The second time it is a link to a file that must not be touched.
        fs::remove_file(&beside).expect("still there");
        symlink("a.json", &beside).expect("link");
    }
    assert_eq!(text(&path), "x");
    desk.faulty
        .fail(Fail::Every(Step::Lock, "", ErrorKind::Unsupported));
    let Locking::Unknown(failure) = desk.store.lock(&path) else {
        unreachable!("no lock can be asked for");
    };
    says(&failure, "没有加锁");
    assert_eq!(names(&locks).len(), 0);
}

#[test]
fn a_lock_of_another_machine_is_never_taken_for_dead() {
    let desk = Desk::new();
    let path = desk.file("a.json", "what he saved");
    let beside = desk.doc("a.json.lock");
    let line = r#"{"user":"li","host":"办公机9","pid":7,"since":1706085067}"#;
    fs::write(&beside, line).expect("written");
    for _ in 0..2 {
        let Locking::Held(ReadOnly::Claimed { by, since }) = desk.store.lock(&path) else {
            unreachable!("it may be held over there");
        };
        assert_eq!(
            (by.as_str(), since.len()),
            ("li@办公机9", "01-24 16:31".len())
        );
        let refused = desk.store.claim(&path).expect_err("not written over");
        says(refused.failure(), "li@办公机9");
        assert_eq!(text(&beside), line, "left as it is");
    }
    // A person says that he is gone: what he saved is kept.
    desk.store.take_over(&path).expect("taken over");
    let versions = desk.state().join("versions").join(Name::of(&path).digest());
    let kept = names(&versions);
    assert_eq!(kept.len(), 1);
    assert_eq!(text(&versions.join(&kept[0])), "what he saved");
    let lock = taken(desk.store.lock(&path));
    // A living one is not taken over.
    let li = store_in(desk.folder.path(), "li");
    says(&li.take_over(&path).expect_err("held"), "wang@办公机3");
    says(li.claim(&path).expect_err("held").failure(), "wang@办公机3");
    drop(lock);
    assert!(li.claim(&path).expect("free").is_some());
    assert!(li.claim(&desk.doc("none")).expect("free").is_none());
    // Without a version nothing is taken over.
    fs::write(&beside, line).expect("written");
    desk.faulty.fail(Fail::Every(
        Step::MakeFolder,
        "versions",
        ErrorKind::StorageFull,
    ));
    says(
        &desk.store.take_over(&path).expect_err("no version"),
        "旧版没有留下",
    );
}

#[test]
fn a_lock_file_that_cannot_be_read_counts_as_held() {
    let desk = Desk::new();
    let path = desk.file("a.json", "x");
    desk.file(
        "a.json.lock",
        r#"{"user":"li","host":"办公机3","pid":7,"since":1}"#,
    );
    desk.faulty
        .fail(Fail::Every(Step::Open, ".lock", ErrorKind::Other));
    let Locking::Held(ReadOnly::Locked { by, .. }) = desk.store.lock(&path) else {
        unreachable!("who can't be asked is not dead");
    };
    assert!(by.starts_with("uid "), "{by}");
}

#[test]
fn a_full_disk_at_lock_and_recent_list_stops_nobody() {
    let desk = Desk::new();
    let path = desk.file("a.json", "x");
    desk.store.remember(&path).expect("kept");
    desk.faulty.fail(Fail::Room(0));
    let lock = taken(desk.store.lock(&path));
    let Locking::Held(by) = store_in(desk.folder.path(), "li").lock(&path) else {
        unreachable!("held, although it does not say by whom");
    };
    says(&gouji::store::lock::held(&path, &by), "别人正在编辑它");
    says(
        &desk.store.remember(&desk.doc("b.json")).expect_err("full"),
        "磁盘满了",
    );
    assert_eq!(desk.store.recent()[0].path, path, "the old list is whole");
    drop(lock);
    assert_eq!(names(&desk.docs()), ["a.json"]);
}

/// Somebody takes the lock between our opening the file and asking for it.
struct Slower(Mutex<Option<Store>>, Mutex<Option<Lock>>);

impl Disk for Slower {
    fn step(&self, step: Step, path: &Path) -> io::Result<()> {
        if let (Step::Lock, Some(faster)) = (step, self.0.lock().expect("one thread").take()) {
            fs::remove_file(path).expect("given back");
            *self.1.lock().expect("one thread") =
                Some(taken(faster.lock(&path.with_extension(""))));
        }
        Ok(())
    }
}

#[test]
fn a_lock_file_that_was_given_back_meanwhile_is_no_lock() {
    let desk = Desk::new();
    let path = desk.file("a.json", "x");
    let faster = store_in(desk.folder.path(), "li");
    let slower = Slower(Mutex::new(Some(faster)), Mutex::new(None));
    let store = store_in(desk.folder.path(), "wang").on(Box::new(slower));
    assert!(matches!(store.lock(&path), Locking::Held(_)));
}

#[test]
fn a_lock_given_back_and_taken_by_many_has_one_holder_at_a_time() {
    let desk = Desk::new();
    let path = desk.file("a.json", "x");
    let (inside, turns) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for user in 0..4 {
            let (folder, path) = (desk.folder.path(), &path);
            let (inside, turns) = (&inside, &turns);
            scope.spawn(move || {
                let store = store_in(folder, &user.to_string());
                for _ in 0..300 {
                    if let Locking::Taken(lock) = store.lock(path) {
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        turns.fetch_add(1, Ordering::SeqCst);
                        // Long enough for another to come in if it could.
                        for _ in 0..20 {
                            std::thread::yield_now();
                        }
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(lock);
                    }
                }
            });
        }
    });
    assert!(turns.load(Ordering::SeqCst) > 0);
    assert_eq!(names(&desk.docs()), ["a.json"]);
}

// ---- small state

#[test]
fn how_a_report_was_left_is_kept_with_it_and_lists_of_old_versions_are_read() {
    let desk = Desk::new();
    let (old, new) = (desk.doc("old.json"), desk.doc("new.json"));
    fs::create_dir_all(desk.state()).expect("made");
    let line = format!(r#"[{{"path":{old:?},"when":1796023288}}]"#);
    fs::write(desk.state().join("recent.json"), line).expect("written");
    let [known] = &desk.store.recent()[..] else {
        unreachable!("one");
    };
    assert_eq!((&known.path, &known.left), (&old, &None));
    let left = LeftAs {
        body: "民政局".to_owned(),
        errors: 2,
        missing: 5,
    };
    desk.store
        .remember_as(&new, Some(left.clone()))
        .expect("kept");
    desk.store.remember(&old).expect("kept");
    desk.store.remember(&new).expect("kept");
    let recent = desk.store.recent();
    assert_eq!(recent.len(), 2);
    assert_eq!(recent[0].path, new);
    assert_eq!(recent[0].left, Some(left), "opening it keeps what is known");
}

#[test]
fn where_last_year_s_report_is_is_kept_a_report() {
    let desk = Desk::new();
    let name = Name::of(&desk.doc("a.json"));
    assert_eq!(desk.store.last(&name), None);
    desk.store
        .keep_last(&name, None)
        .expect("nothing to remove");
    assert!(!desk.state().exists());
    // Its file need not be there, nor its name be text.
    let odd = std::ffi::OsStr::from_bytes(b"/mnt/gone/2023\xff.json");
    for path in [PathBuf::from("/mnt/gone/民政局2023.json"), odd.into()] {
        let doubted = path.to_str().is_none();
        let last = LastAt { path, doubted };
        desk.store.keep_last(&name, Some(&last)).expect("kept");
        assert_eq!(desk.store.last(&name), Some(last));
    }
    let kept = names(&desk.state().join("last"));
    assert_eq!(kept.len(), 1);
    let file = desk.state().join("last").join(&kept[0]);
    assert_eq!(mode(&file), 0o600);
    assert_eq!(desk.store.last(&Name::of(&desk.doc("b.json"))), None);
    desk.store.keep_last(&name, None).expect("removed");
    assert_eq!(desk.store.last(&name), None);
    // Damaged state is no state.
    fs::write(file, "{").expect("written");
    assert_eq!(desk.store.last(&name), None);
}

/// A report of a body and a year in a file.
fn report_of(desk: &Desk, name: &str, body: &str, year: &str) {
    let mut draft = Draft::new(form::current());
    draft.set_head(HeadField::Body, body);
    draft.set_head(HeadField::Year, year);
    desk.file(name, &gouji::format::native(draft.report()));
}

#[test]
fn what_could_be_last_year_s_is_found_by_body_and_year_within_bounds() {
    let desk = Desk::new();
    report_of(&desk, "2024.json", "淮安市洪泽区人民政府", "2024");
    report_of(&desk, "2023.json", "洪泽区人民政府", "2023");
    report_of(&desk, "旧.json", "洪泽区 人民政府", "2023");
    report_of(&desk, "2022.json", "洪泽区人民政府", "2022");
    report_of(&desk, "淮安2023.json", "淮安市人民政府", "2023");
    desk.file("2023.docx", "no document");
    desk.file(".2023.json", "{}");
    let own = desk.doc("2024.json");
    let read = |path: &Path| Known::read(path, &How::default()).expect("a report").report;
    let report = read(&own);
    let folder = own.parent().expect("a folder");
    symlink(&own, folder.join("link2023.json")).expect("a link");
    let found = |report: &Report| {
        let own = [own.clone()];
        let found = propose(folder, report, &own, &How::default()).expect("listed");
        let names = found.found.iter().map(|one| {
            let name = one.path.file_name().expect("a name");
            name.to_string_lossy().into_owned()
        });
        (names.collect::<Vec<String>>(), found.is_cut)
    };
    let both = vec!["2023.json".to_owned(), "旧.json".to_owned()];
    assert_eq!(found(&report), (both.clone(), false));
    // A body that is not named is nobody's.
    assert_eq!(found(&Report::new(form::current())), (Vec::new(), false));
    // Of many files those are read first whose names hold the year.
    for at in 0..MOST_FILES {
        report_of(&desk, &format!("b{at}.json"), "洪泽区人民政府", "2020");
    }
    assert_eq!(found(&report), (both[..1].to_vec(), true));
}

#[test]
fn modes_recent_files_and_copied_cells_are_kept_and_reading_makes_nothing() {
    let desk = Desk::new();
    let name = Name::of(&desk.doc("a.json"));
    assert_eq!(desk.store.modes(&name), Vec::<String>::new());
    assert_eq!(desk.store.recent(), []);
    assert_eq!(desk.store.pending(), []);
    assert!(desk.recover(&name).is_none());
    assert!(!desk.state().exists());

    let keying = ["t3".to_owned(), "t4".to_owned()];
    desk.store.keep_modes(&name, &keying).expect("kept");
    assert_eq!(desk.store.modes(&name), keying);
    desk.store.keep_modes(&name, &[]).expect("kept");
    assert_eq!(names(&desk.state().join("modes")), Vec::<String>::new());

    for file in 0..12 {
        let path = desk.file(&format!("{file}.json"), "x");
        desk.store.remember(&path).expect("kept");
    }
    desk.store.remember(&desk.doc("7.json")).expect("kept");
    let recent: Vec<String> = desk
        .store
        .recent()
        .iter()
        .map(|one| {
            one.path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into()
        })
        .collect();
    assert_eq!(recent.len(), 10);
    assert_eq!(recent[..3], ["7.json", "11.json", "10.json"]);

    let copied = desk.store.keep_copied("1\t2\n3\t4\n").expect("kept");
    assert_eq!(Some(&copied), desk.store.places.copied().as_ref());
    assert_eq!(mode(&copied), 0o600);
    assert_eq!(fs::read_to_string(&copied).expect("kept"), "1\t2\n3\t4\n");
    // Damaged state is no state.
    fs::write(desk.state().join("recent.json"), "{").expect("written");
    assert_eq!(desk.store.recent(), []);
    desk.faulty
        .fail(Fail::Every(Step::CreateTemp, "", ErrorKind::StorageFull));
    says(&desk.store.keep_copied("1").expect_err("full"), "磁盘满了");
    assert_eq!(fs::read_to_string(&copied).expect("kept"), "1\t2\n3\t4\n");
    let nowhere = Store::new(Places::default(), who("wang"), CODEC);
    assert!(nowhere.keep_copied("1").is_err());
    assert_eq!(nowhere.pending(), []);
}

#[test]
fn a_name_that_is_no_unicode_is_kept_as_it_is() {
    let desk = Desk::new();
    let path = desk
        .docs()
        .join(std::ffi::OsStr::from_bytes(b"\xcd\xf8.json"));
    let report = Report::new(form::current());
    fs::write(&path, encode(&report)).expect("written");
    let facts = read(&path, LIMIT).expect("readable").facts;
    let mut session = Session {
        journal: desk.store.journal(&facts, &report),
        document: Document::new(report),
        facts,
    };
    session.acts(&desk, &every_kind()[..1]);
    session.killed();
    desk.store.remember(&path).expect("kept");
    assert_eq!(desk.store.recent()[0].path, path);
    let pending = desk.store.pending();
    assert_eq!(desk.recovered(&pending[0].name).facts.path, Some(path));
}

#[test]
fn a_setting_is_kept_and_the_rest_of_its_file_stays() {
    let desk = Desk::new();
    let path = desk.doc("not/there/yet/config.json");
    let set = |path: &Path, key: &str, value: Value| desk.store.set(path, key, &value);
    set(&path, "theme", json!("dark")).expect("kept");
    assert_eq!(text(&path), "{\"theme\":\"dark\"}\n");
    set(&path, "mouse", json!(true)).expect("kept");
    assert_eq!(text(&path), "{\"theme\":\"dark\",\"mouse\":true}\n");
    let own = "{\n  \"z\": 1,\n  \"theme\": \"light\",\n  \"a\": [2]\n}\n";
    let path = desk.file("config.json", own);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
    let link = desk.doc("link.json");
    symlink(&path, &link).expect("a link");
    set(&link, "theme", json!("none")).expect("kept");
    assert_eq!(text(&path), own.replace("light", "none"));
    let meta = fs::symlink_metadata(&link).expect("a link");
    assert!(meta.is_symlink(), "the link stays one");
    assert_eq!(mode(&path), 0o640);
    for broken in ["{\"theme\":", "[1]", "// mine\n{}"] {
        fs::write(&path, broken).expect("a file");
        let failure = set(&path, "theme", json!("dark")).expect_err("no settings");
        let said = failure.what.text(Lang::Zh);
        assert!(
            said.contains("没有动它") && said.contains("config.json"),
            "{said}"
        );
        assert_eq!(text(&path), broken);
    }
}

#[test]
fn a_setting_that_the_disk_refuses_leaves_the_old_file() {
    let own = "{\"theme\":\"light\"}";
    for step in [
        Step::MakeFolder,
        Step::CreateTemp,
        Step::Write,
        Step::Rename,
    ] {
        let desk = Desk::new();
        let path = desk.file("config.json", own);
        desk.faulty
            .fail(Fail::Every(step, "", ErrorKind::StorageFull));
        let set = desk.store.set(&path, "theme", &json!("dark"));
        let said = set.expect_err("refused").what.text(Lang::Zh);
        assert!(said.contains("磁盘满了"), "{step:?}: {said}");
        assert_eq!(text(&path), own, "{step:?}");
    }
}

#[test]
fn who_holds_a_report_is_asked_once_to_let_it_go() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("a.json");
    fs::write(&path, "x").expect("written");
    let (wang, li) = (
        store_in(folder.path(), "wang"),
        store_in(folder.path(), "li"),
    );
    let nobody = li.ask_to_let_go(&path).expect_err("nobody holds it");
    assert!(nobody.text(Lang::Zh).contains("没有人在编辑"));
    let Locking::Taken(lock) = wang.lock(&path) else {
        unreachable!("it is free");
    };
    assert_eq!(wang.asked(&lock), None);
    li.ask_to_let_go(&path).expect("a word is left");
    let asker = wang.asked(&lock).expect("asked");
    assert!(asker.by.starts_with("li@"), "{asker:?}");
    assert_eq!(wang.asked(&lock), None, "told once");
    li.ask_to_let_go(&path).expect("a word is left");
    drop(lock);
    let left = fs::read_dir(folder.path()).expect("listed").flatten();
    let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().contains("ask")),
        "{left:?}"
    );
}

#[test]
fn a_request_that_is_no_request_is_passed_over() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("a.json");
    fs::write(&path, "x").expect("written");
    let wang = store_in(folder.path(), "wang");
    let Locking::Taken(lock) = wang.lock(&path) else {
        unreachable!("it is free");
    };
    let request = folder.path().join(".a.json.lock.ask");
    for content in ["", "no", "{}", &"x".repeat(9000)] {
        fs::write(&request, content).expect("written");
        assert_eq!(wang.asked(&lock), None, "{content}");
    }
    let _ = fs::remove_file(&request);
    std::os::unix::fs::symlink(&path, &request).expect("made");
    assert_eq!(wang.asked(&lock), None);
    assert_eq!(fs::read_to_string(&path).expect("there"), "x");
}
