//! Sessions on a disk of their own: what is saved, refused, brought back.

use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::*;
use crate::base::facts::{LeftAs, ReadOnly};
use crate::base::words::Words;
use crate::form;
use crate::format::{self, TEXT};
use crate::model::{Cell, Change, Document, Report, Transaction};
use crate::store::file::look;
use crate::store::{Codec, Disk, Over, Places, Step, Store, Who};
use crate::tui::input::{Against, LastAt, Leaf, OfReport, Opened, Outcome, Replacing, Standing};

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
    let store = Store::new(places, who, Codec::NATIVE).on(Box::new(Full));
    Session::new(store, None, None)
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

/// A folder of its own with the sample in a file.
fn desk() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("a.json");
    std::fs::write(&path, format::native(&format::sample())).expect("written");
    (folder, path)
}

#[test]
fn the_start_page_is_told_what_was_kept_and_no_report_is_looked_at() {
    let (folder, path) = desk();
    let mut first = session(folder.path());
    let opened = first.open(&Target::File(path.clone())).expect("it opens");
    first.settle();
    at_work(&mut first, &opened);
    let left = LeftAs {
        body: "某局".to_owned(),
        errors: 3,
        missing: 0,
    };
    let remember = |path: &Path, left: &LeftAs| Effect::Remember {
        path: path.to_owned(),
        left: left.clone(),
    };
    first.carry_out(remember(&path, &left));
    first.close(true).expect("kept");
    // A file that is gone, in a folder that is gone: it would be missed by any look.
    let gone = folder.path().join("gone");
    std::fs::create_dir(&gone).expect("made");
    first.carry_out(remember(&gone.join("b.docx"), &LeftAs::default()));
    std::fs::remove_dir(&gone).expect("removed");
    std::fs::remove_file(&path).expect("removed");
    let facts = session(folder.path()).start_facts();
    assert_eq!(facts.body, "某局");
    assert!(facts.year.is_some_and(|year| year > 2000));
    let [kept, other] = &facts.recent[..] else {
        unreachable!("two, not {:?}", facts.recent);
    };
    assert_eq!(
        (kept.name.as_str(), kept.unsaved, &kept.left),
        ("a.json", Some(1), &Some(left))
    );
    assert_eq!(
        (other.name.as_str(), other.unsaved, &other.left),
        ("b.docx", None, &Some(LeftAs::default()))
    );
    let few = session(folder.path()).known_facts();
    let unsaved = few.recent.iter().filter(|one| one.unsaved.is_some());
    assert_eq!(
        (few.recent.len(), unsaved.count()),
        (2, 0),
        "journals are not read"
    );
}

#[test]
fn errors_kept_before_a_crash_are_not_told_of_what_came_after() {
    let (folder, path) = desk();
    let mut first = session(folder.path());
    first.carry_out(Effect::Remember {
        path: path.clone(),
        left: LeftAs::default(),
    });
    killed(first, &Target::File(path));
    let facts = session(folder.path()).start_facts();
    assert_eq!(
        (facts.recent[0].unsaved, &facts.recent[0].left),
        (Some(1), &None)
    );
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
            let unsaved = |one: Recent| one.unsaved.map(|_| one.target);
            let pending: Vec<_> = facts.recent.into_iter().filter_map(unsaved).collect();
            assert_eq!(
                pending,
                [Target::File(path.clone())],
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
    let (folder, path) = desk();
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
    let (folder, path) = desk();
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
fn last_years_report_is_read_beside_what_is_open_and_never_written() {
    let (folder, path) = desk();
    let mut session = session(folder.path());
    session.open(&Target::Sample).expect("the sample");
    let read = session.reader_of_last(path.clone())();
    let Reply::FromRead(read) = to_begin_from(read) else {
        unreachable!("it can be read");
    };
    assert!(read.native && read.last.path == path);
    let gone = session.reader_of_last(folder.path().join("none.json"))();
    assert!(matches!(to_begin_from(gone), Reply::Failed(_)));
    assert!(session.open.is_some(), "what was open stays");
    let after = crate::tui::input::After {
        years: read
            .last
            .report
            .years_into(None, "")
            .expect("it says its year"),
        last: read.last,
        body: String::new(),
    };
    let opened = session
        .open(&Target::After(Box::new(after)))
        .expect("a report");
    let begins = opened.begins.expect("its first change");
    assert!(begins.ops.len() > 7 && opened.last.is_some() && opened.native);
    let before = std::fs::read(&path).expect("a file");
    let dir = path.parent().expect("a folder");
    let same = dir.join(".").join(path.file_name().expect("a name"));
    let over = session.carry_out(Effect::Save {
        path: same,
        report: Box::new(opened.document.report().clone()),
        replacing: Replacing::Anything,
        source: None,
        last: Some(path.clone()),
        make_folder: false,
    });
    let Some(Reply::Failed(failure)) = over else {
        unreachable!("{over:?}");
    };
    assert!(
        failure
            .text(crate::base::words::Lang::Zh)
            .contains("这就是去年的报告")
    );
    assert_eq!(std::fs::read(&path).expect("a file"), before);
}

#[test]
fn a_report_that_another_session_edits_is_not_taken_from_it() {
    let (folder, path) = desk();
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
                last: None,
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
        let _ = dying.save(&path, other.as_bytes(), Over::Report);
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
        let unsaved = facts.recent.iter().filter(|one| one.unsaved.is_some());
        assert_eq!(unsaved.count(), 0, "looking leaves nothing");
    }
    assert!(torn > 0, "no torn file was met");
}

#[test]
fn the_file_that_is_open_can_be_opened_again() {
    let (folder, path) = desk();
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
        target: Target::New(Vec::new()),
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
    let opened = second.open(&Target::New(Vec::new())).expect("a new one");
    let save = |session: &mut Session| {
        let save = Effect::Save {
            path: path.clone(),
            report: Box::new(opened.document.report().clone()),
            replacing: Replacing::Anything,
            source: None,
            last: None,
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
        last: None,
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

/// Last year's report of the one in a file, as a thread would read it.
fn last(session: &Session, own: &Path, path: &Path, unless: Option<Stamp>) -> Reply {
    let read = import(own, None, None).expect("a report");
    let of = OfReport {
        report: read.draft.into_report(),
        own: vec![own.to_owned()],
    };
    session.last_reader(path.to_owned(), unless, of)()
}

fn refused(reply: Reply) -> String {
    let Reply::LastRead {
        read: Err(failure), ..
    } = reply
    else {
        unreachable!("refused, not {reply:?}");
    };
    failure.text(crate::base::words::Lang::Zh)
}

fn of_year(name: &str, folder: &Path, year: &str) -> PathBuf {
    let mut draft = crate::model::Draft::new(form::current());
    draft.set_head(crate::model::HeadField::Body, "某县民政局");
    draft.set_head(crate::model::HeadField::Year, year);
    let path = folder.join(name);
    std::fs::write(&path, format::native(draft.report())).expect("written");
    path
}

#[test]
fn last_year_s_report_is_read_unless_it_is_the_report_itself_or_none() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let at = folder.path();
    let session = session(at);
    let (now, before) = (of_year("a.json", at, "2024"), of_year("b.json", at, "2023"));
    let Reply::LastRead {
        read: Ok(Some(read)),
        path,
    } = last(&session, &now, &before, None)
    else {
        unreachable!("it is read");
    };
    assert_eq!((&path, &read.path), (&before, &before));
    assert_eq!(read.report.head().year, Some(2023));
    // It is not read again where it looks as it did.
    assert_eq!(read.stamp, look(&before));
    let again = last(&session, &now, &before, read.stamp);
    assert!(
        matches!(again, Reply::LastRead { read: Ok(None), .. }),
        "{again:?}"
    );
    of_year("b.json", at, "2022");
    let changed = last(&session, &now, &before, read.stamp);
    assert!(
        matches!(
            changed,
            Reply::LastRead {
                read: Ok(Some(_)),
                ..
            }
        ),
        "{changed:?}"
    );

    // The report itself, by whatever name; a text; nothing; a folder without one.
    symlink(&now, at.join("link.json")).expect("a link");
    for name in ["a.json", "./a.json", "link.json"] {
        let said = refused(last(&session, &now, &at.join(name), None));
        assert!(
            said.contains("这就是这一份报告自己") && said.contains("F10"),
            "{said}"
        );
    }
    std::fs::write(at.join("c.txt"), "不是报告").expect("written");
    for (name, why) in [
        ("c.txt", "c.txt"),
        ("no.json", "没有这个文件"),
        ("none", "没有找到【某县民政局】去年的报告"),
    ] {
        std::fs::create_dir_all(at.join("none")).expect("a folder");
        of_year("none/other.json", at, "2019");
        let said = refused(last(&session, &now, &at.join(name), None));
        assert!(said.contains(why), "{name}: {said}");
    }
    // A folder that was named: the one that fits is taken, of two none.
    of_year("none/one.json", at, "2023");
    let found = last(&session, &now, &at.join("none"), None);
    let Reply::LastRead {
        read: Ok(Some(found)),
        ..
    } = found
    else {
        unreachable!("one fits, not {found:?}");
    };
    assert_eq!(found.path, at.join("none/one.json"));
    of_year("none/two.json", at, "2023");
    let said = refused(last(&session, &now, &at.join("none"), None));
    assert!(said.contains("有 2 份对得上"), "{said}");
}

#[test]
fn where_last_year_s_report_is_is_known_when_its_report_is_opened_again() {
    let (folder, path) = desk();
    let mut first = session(folder.path());
    let opened = first.open(&Target::File(path.clone())).expect("it opens");
    assert_eq!(opened.last_at, None);
    let at = LastAt {
        path: "/mnt/gone/2023.json".into(),
        doubted: true,
    };
    assert!(
        first
            .carry_out(Effect::KeepLast(Some(at.clone())))
            .is_none()
    );
    let mut second = session(folder.path());
    let opened = second.open(&Target::File(path.clone())).expect("it opens");
    assert_eq!(
        opened.last_at,
        Some(at.clone()),
        "its file is not looked at"
    );
    // Saved under another name it is known there as well.
    let new = folder.path().join("b.json");
    let reply = save(&mut second, &new, None, Replacing::Nothing, false);
    assert!(matches!(reply, Reply::Saved { .. }), "{reply:?}");
    second.carry_out(Effect::KeepLast(Some(at.clone())));
    let mut third = session(folder.path());
    let opened = third.open(&Target::File(new)).expect("it opens");
    assert_eq!(opened.last_at, Some(at));
    // The report's own file knows nothing of it.
    let text = std::fs::read_to_string(&path).expect("read");
    assert!(!text.contains("/mnt/gone"));
    third.carry_out(Effect::KeepLast(None));
    let opened = third.open(&Target::File(folder.path().join("b.json")));
    assert_eq!(opened.expect("it opens").last_at, None);
}

#[test]
fn what_could_be_last_year_s_is_looked_for_in_the_folder() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let at = folder.path();
    let session = session(at);
    let now = of_year("a.json", at, "2024");
    of_year("b.json", at, "2023");
    let find = |folder: &Path| {
        let read = import(&now, None, None).expect("a report");
        let of = OfReport {
            report: read.draft.into_report(),
            own: vec![now.clone()],
        };
        let Reply::LastFound(found) = session.last_finder(folder.to_owned(), of)() else {
            unreachable!("an answer");
        };
        found
    };
    let found = find(at);
    let names: Vec<_> = found
        .found
        .iter()
        .map(|one| (&one.path, one.year))
        .collect();
    assert_eq!(names, [(&at.join("b.json"), Some(2023))]);
    assert!(find(&at.join("no")).failed.is_some());
}

// ---- versions, and steps behind a save

/// A cell of the report that a session changes, as the screen does.
fn set(session: &mut Session, document: &mut Document, path: &str, value: i64) {
    let cell = document.report().form().cell(path).expect("a path");
    let cell = (cell, Cell::Count(value));
    let step = Transaction::new(Words::same("x")).cell(document.report(), cell.0, cell.1);
    changed(session, document, Change::Apply(step));
}

fn changed(session: &mut Session, document: &mut Document, change: Change) {
    let ran = document.run(change.clone()).expect("it fits").ops;
    assert!(session.carry_out(Effect::Journal { change, ran }).is_none());
}

/// Saves as the screen does: the file, then the steps that led to it.
fn save_all(session: &mut Session, document: &mut Document, path: &Path) {
    let reply = session.carry_out(Effect::Save {
        path: path.to_owned(),
        report: Box::new(document.report().clone()),
        replacing: look(path).map_or(Replacing::Nothing, Replacing::Known),
        source: None,
        last: None,
        make_folder: false,
    });
    assert!(matches!(reply, Some(Reply::Saved { .. })), "{reply:?}");
    document.mark_saved();
    session.carry_out(Effect::KeepHistory {
        steps: document.latest(1 << 20).to_vec(),
        goes_on: !document.is_deepened(),
    });
}

fn earlier(session: &mut Session) -> Vec<crate::model::Step> {
    match session.carry_out(Effect::Earlier) {
        Some(Reply::Earlier(steps)) => steps,
        other => unreachable!("{other:?}"),
    }
}

const FIRST: &str = "t3.new_received.natural_person";
const OTHER: &str = "t3.new_received.org_business";

#[test]
fn undo_goes_behind_saves_and_openings_as_long_as_the_file_is_as_it_was_left() {
    let (folder, path) = desk();
    let first = format::sample();
    // Two sessions, the second with two saves.
    let (mut session, opened) = found(folder.path(), &path);
    let mut document = opened.document;
    set(&mut session, &mut document, FIRST, 11);
    save_all(&mut session, &mut document, &path);
    session.close(false).expect("closed");
    drop(session);
    let (mut session, opened) = found(folder.path(), &path);
    let mut document = opened.document;
    set(&mut session, &mut document, FIRST, 12);
    save_all(&mut session, &mut document, &path);
    set(&mut session, &mut document, OTHER, 13);
    save_all(&mut session, &mut document, &path);
    // What an earlier session left lies behind this one's own steps.
    let before = earlier(&mut session);
    assert_eq!(before.len(), 1);
    let saved = document.report().clone();
    let mut undone = document.clone();
    while undone.undo().is_some() {}
    assert!(undone.deepen(before));
    undone.undo().expect("a step");
    assert_eq!(undone.report(), &first);
    session.close(false).expect("closed");
    drop(session);
    // A third one finds them all.
    let (mut session, opened) = found(folder.path(), &path);
    let mut document = opened.document;
    assert!(
        document.done().is_empty(),
        "nothing is read before it is asked for"
    );
    assert!(document.deepen(earlier(&mut session)));
    assert_eq!(document.done().len(), 3);
    changed(&mut session, &mut document, Change::Undo);
    changed(&mut session, &mut document, Change::Undo);
    let shown = document.report().clone();
    // Killed there: the journal brings it back, and undo goes on behind it.
    drop(session);
    let (mut session, opened) = found(folder.path(), &path);
    let recovery = opened.recovery.expect("what was undone is a change");
    assert_eq!(recovery.document.report(), &shown);
    let mut document = recovery.document;
    assert!(session.carry_out(Effect::Recovered).is_none());
    while document.undo().is_some() {}
    assert_eq!(document.report(), &saved);
    assert!(document.deepen(earlier(&mut session)));
    while document.undo().is_some() {}
    assert_eq!(document.report(), &first);
    // Saved there, the rest of the way is kept.
    save_all(&mut session, &mut document, &path);
    session.close(false).expect("closed");
    drop(session);
    let (mut session, opened) = found(folder.path(), &path);
    assert_eq!(opened.document.report(), &first);
    assert!(earlier(&mut session).is_empty());
}

#[test]
fn steps_are_not_offered_once_the_file_was_changed_or_is_another() {
    let (folder, path) = desk();
    let (mut session, opened) = found(folder.path(), &path);
    let mut document = opened.document;
    set(&mut session, &mut document, FIRST, 11);
    save_all(&mut session, &mut document, &path);
    drop(session);
    let bytes = std::fs::read(&path).expect("read");
    // A copy is another file.
    let copy = folder.path().join("copy.json");
    std::fs::write(&copy, &bytes).expect("written");
    let (mut session, _) = found(folder.path(), &copy);
    assert!(earlier(&mut session).is_empty());
    drop(session);
    // Somebody changed it.
    std::fs::write(&path, [&bytes[..], b"\n"].concat()).expect("written");
    let (mut session, _) = found(folder.path(), &path);
    assert!(earlier(&mut session).is_empty());
    drop(session);
    // It is as it was left again.
    std::fs::write(&path, &bytes).expect("written");
    let (mut session, _) = found(folder.path(), &path);
    assert_eq!(earlier(&mut session).len(), 1);
    // A report of no file has none.
    session.open(&Target::Sample).expect("opened");
    assert!(earlier(&mut session).is_empty());
}

#[test]
fn a_report_saved_under_another_name_takes_its_steps_along() {
    let (folder, path) = desk();
    let (mut session, opened) = found(folder.path(), &path);
    let mut document = opened.document;
    set(&mut session, &mut document, FIRST, 11);
    save_all(&mut session, &mut document, &path);
    drop(session);
    let (mut session, opened) = found(folder.path(), &path);
    let mut document = opened.document;
    set(&mut session, &mut document, FIRST, 12);
    let other = folder.path().join("other.json");
    save_all(&mut session, &mut document, &other);
    drop(session);
    let (mut session, _) = found(folder.path(), &other);
    assert_eq!(earlier(&mut session).len(), 2);
    drop(session);
    let (mut session, _) = found(folder.path(), &path);
    assert_eq!(earlier(&mut session).len(), 1);
}

#[test]
fn versions_of_the_open_report_are_told_with_what_they_say() {
    let (folder, path) = desk();
    let (mut session, opened) = found(folder.path(), &path);
    let mut document = opened.document;
    set(&mut session, &mut document, FIRST, 11);
    save_all(&mut session, &mut document, &path);
    let Some(Reply::Versions(versions)) = session.carry_out(Effect::Versions) else {
        unreachable!("versions")
    };
    let [version] = &versions[..] else {
        unreachable!("one, not {versions:?}")
    };
    assert_eq!(version.by, "wang@office");
    assert_eq!(version.report, Some(format::sample()));
    assert_eq!(version.size, format::native(&format::sample()).len() as u64);
    assert!(!version.when.is_empty());
}

#[test]
fn what_the_report_is_held_against_is_told_to_have_changed() {
    let (folder, path) = desk();
    let (mut session, _) = found(folder.path(), &path);
    let beside = |session: &Session, against: Against| {
        let read = session.reader(path.clone())();
        match session.beside(against, read) {
            Reply::Beside(other) => *other,
            other => unreachable!("{other:?}"),
        }
    };
    let disk = || Against::Disk(path.clone());
    let other = beside(&session, disk());
    assert!(!other.is_changed);
    assert_eq!(other.read.expect("read"), format::sample());
    let form = form::by_key("2019").expect("a form");
    std::fs::write(&path, format::native(&Report::new(form))).expect("written");
    assert!(beside(&session, disk()).is_changed);
    assert!(!beside(&session, Against::File(path.clone())).is_changed);
    std::fs::remove_file(&path).expect("removed");
    assert!(beside(&session, disk()).read.is_err());
    session.close(false).expect("closed");
}

#[test]
fn two_people_see_each_others_saves_and_requests() {
    let (folder, path) = desk();
    let (mut first, mut second) = (session(folder.path()), session(folder.path()));
    first.open(&Target::File(path.clone())).expect("it opens");
    let read = second.open(&Target::File(path.clone())).expect("it opens");
    assert!(read.file.is_held());
    let stamp = read.file.stamp.expect("a stamp");
    let follow = |stamp| Effect::Follow {
        path: path.clone(),
        stamp,
    };
    assert!(second.carry_out(follow(stamp)).is_none(), "nothing changed");
    let cell = form::current()
        .cell("t2.licensing.decisions")
        .expect("a path");
    let save = |session: &mut Session, count: i64, replacing: Replacing| {
        let mut document = Document::new(format::sample());
        let step = Transaction::new(Words::same("x"));
        let step = step.cell(document.report(), cell, Cell::Count(count));
        document.apply(step).expect("fits");
        session.carry_out(Effect::Save {
            path: path.clone(),
            report: Box::new(document.report().clone()),
            replacing,
            source: None,
            last: None,
            make_folder: false,
        })
    };
    let saved = save(&mut first, 41, Replacing::Known(stamp));
    assert!(matches!(saved, Some(Reply::Saved { .. })), "{saved:?}");
    let Some(Reply::Theirs(theirs)) = second.carry_out(follow(stamp)) else {
        unreachable!("the other one saved");
    };
    assert_eq!(theirs.report.cell(cell), &Cell::Count(41));
    second.carry_out(Effect::Adopted(theirs.content));
    let now = theirs.file.stamp.expect("a stamp");
    assert!(second.carry_out(follow(now)).is_none(), "it is known");
    // Who waits asks; who holds it hears of it once.
    assert!(first.asked().is_none());
    let said = second.carry_out(Effect::AskToLetGo(path.clone()));
    assert!(matches!(said, Some(Reply::Said(_))), "{said:?}");
    assert!(matches!(first.asked(), Some(Reply::Asked { by, .. }) if by == "wang@office"));
    assert!(first.asked().is_none());
    // Somebody writes the file without asking for its lock.
    let other = format::native(&format::sample());
    std::fs::write(&path, other).expect("written");
    let refused = save(&mut first, 42, Replacing::Known(now));
    assert!(
        matches!(refused, Some(Reply::ChangedOutside(_))),
        "{refused:?}"
    );
    let Some(Reply::Theirs(theirs)) = first.carry_out(Effect::ReadTheirs(path.clone())) else {
        unreachable!("it can be read");
    };
    // What is not taken over is not written over.
    let again = save(&mut first, 42, Replacing::Known(now));
    assert!(matches!(again, Some(Reply::ChangedOutside(_))), "{again:?}");
    first.carry_out(Effect::Adopted(theirs.content));
    let stamp = theirs.file.stamp.expect("a stamp");
    let saved = save(&mut first, 42, Replacing::Known(stamp));
    assert!(matches!(saved, Some(Reply::Saved { .. })), "{saved:?}");
}
