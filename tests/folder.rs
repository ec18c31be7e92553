//! A county's reports as units: whose file it is, how each unit stands, what is kept.

#![allow(clippy::disallowed_methods, reason = "tests touch the world")]

#[path = "support/county.rs"]
mod county;
#[path = "support/reports.rs"]
mod reports;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use county::{
    COUNTY, DOUBLED, FAULTY, LATE_YEAR, MISSING, OLD_FORM, SCANNED, UNITS, bytes, first_round,
    report,
};
use gouji::base::moment::Moment;
use gouji::base::words::Lang;
use gouji::check::Profile;
use gouji::folder::{Day, LIST, List, Pass, Return, Role, Since, Standing, State, Unit, broken};
use gouji::store::folder::Folder;
use gouji::store::import::How;
use gouji::store::{Codec, Disk, Places, Step, Store, Who};
use tempfile::TempDir;

/// 2025-02-01, so that a deadline of January is over.
fn clock() -> Moment {
    Moment {
        seconds: 1_738_368_000,
        offset: 28_800,
    }
}

fn store(state: &Path) -> Store {
    let places = Places {
        state: Some(state.to_owned()),
        config: None,
    };
    let who = Who {
        user: "li".to_owned(),
        host: "here".to_owned(),
        pid: 1,
    };
    Store::new(places, who, Codec::NATIVE).at(clock)
}

struct County {
    folder: TempDir,
    state: TempDir,
}

impl County {
    fn new() -> Self {
        County {
            folder: TempDir::new().expect("a folder"),
            state: TempDir::new().expect("a folder"),
        }
    }

    fn whole() -> Self {
        let county = County::new();
        first_round(county.path());
        county
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), bytes).expect("written");
    }

    fn store(&self) -> Store {
        store(self.state.path())
    }

    fn read(&self) -> Folder {
        self.store()
            .folder(self.path(), None, &How::default(), &Profile::default())
            .expect("a roster")
    }

    fn keep(&self, change: impl FnOnce(&mut List)) {
        let store = self.store();
        let base = store.list(self.path()).list;
        let mut list = base.clone();
        change(&mut list);
        store.keep_list(self.path(), &base, &list).expect("kept");
    }
}

fn unit<'a>(units: &'a [Unit], name: &str) -> &'a Unit {
    units
        .iter()
        .find(|unit| unit.name == name)
        .unwrap_or_else(|| {
            unreachable!(
                "{name}: {:?}",
                units.iter().map(|u| &u.name).collect::<Vec<_>>()
            )
        })
}

fn standing(folder: &Folder, unit: &Unit) -> Standing {
    Standing::of(unit, &folder.path, &folder.list, Some(Day::of(clock())))
}

fn returned(unit: &Unit, folder: &Folder) -> Return {
    let file = unit.shown().expect("a file");
    Return {
        at: "2025-02-01 08:00:00".to_owned(),
        by: "li".to_owned(),
        file: gouji::folder::named(&folder.path, &file.path),
        content: file.mark.clone(),
        problems: file
            .read()
            .map(gouji::folder::Content::fault_ids)
            .unwrap_or_default(),
    }
}

#[test]
fn a_county_is_49_units_each_with_its_state() {
    let county = County::whole();
    let folder = county.read();
    let all = folder.units();
    let units = &all.units;
    assert_eq!(all.year, Some(2024));
    let names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(
        names, UNITS,
        "no file of nobody's, none that is asked about"
    );
    for unit in units {
        let name = unit.name.as_str();
        let standing = standing(&folder, unit);
        let state = match name {
            _ if MISSING.contains(&name) => State::Missing,
            SCANNED => State::Unread,
            DOUBLED | LATE_YEAR => State::ToReturn,
            _ if FAULTY.iter().any(|(faulty, _)| *faulty == name) => State::ToReturn,
            _ => State::ToReview,
        };
        let errors = unit.content().map(|read| {
            read.problems
                .iter()
                .map(|problem| problem.message().text(Lang::Zh))
                .collect::<Vec<_>>()
        });
        assert_eq!(standing.state, state, "{name}: {errors:?}");
    }
    assert!(unit(units, DOUBLED).is_doubled());
    assert!(unit(units, LATE_YEAR).is_of_other_year());
    assert_eq!(
        unit(units, OLD_FORM)
            .content()
            .expect("read")
            .report
            .form()
            .key,
        "2019"
    );
    // Who is late, and how many days are left.
    assert_eq!(standing(&folder, unit(units, MISSING[0])).left, Some(-1));
    assert_eq!(standing(&folder, unit(units, MISSING[1])).left, Some(9));
    let said = |name: &str| {
        broken(unit(units, name).content().expect("read")).map(|said| said.text(Lang::Zh))
    };
    assert!(said("民政局").expect("broken").contains("列"));
    assert_eq!(said("教育局").as_deref(), Some("表四 1项"));
    assert_eq!(said("商务局"), None);
}

#[test]
fn names_are_matched_as_people_write_them() {
    let county = County::new();
    let roster = "民政局\n发展和改革委\n前川街道办事处\n城关镇\n财政局 财税局\n";
    county.put("名单.txt", roster);
    let named = |body: &str| {
        reports::native(
            reports::changed(&[
                &format!("head.body={body}"),
                &format!("head.title={body}2024年政府信息公开工作年度报告"),
            ])
            .report(),
        )
    };
    county.put("a.json", named("清河县民政局"));
    county.put("b.json", named("清河县发展和改革委员会"));
    county.put("c.json", named("前川街道"));
    county.put("d.json", named("清河县城关镇人民政府"));
    // No body: the title says it.
    let bare = reports::changed(&[
        "head.body=",
        "head.title=财税局2024年政府信息公开工作年度报告",
    ]);
    county.put("e.json", reports::native(bare.report()));
    let folder = county.read();
    let units = folder.units().units;
    for (name, file) in [
        ("民政局", "a.json"),
        ("发展和改革委", "b.json"),
        ("前川街道办事处", "c.json"),
        ("城关镇", "d.json"),
        ("财政局", "e.json"),
    ] {
        let found = unit(&units, name)
            .file()
            .unwrap_or_else(|| unreachable!("{name} has a file"));
        assert_eq!(found.path.file_name().expect("a name"), file, "{name}");
    }
    assert_eq!(units.len(), 5);
}

#[test]
fn what_is_not_certain_is_asked_and_remembered_and_never_merged() {
    let county = County::new();
    county.put("名单.csv", "民政局\n财政局\n");
    let named = |body: &str| {
        reports::native(
            reports::changed(&[
                &format!("head.body={body}"),
                &format!("head.title={body}2024年政府信息公开工作年度报告"),
            ])
            .report(),
        )
    };
    // Two bodies whose names end alike, one that is misspelt, one of a name that
    // its file contradicts, one of nobody's.
    county.put("1.json", named("东山县民政局"));
    county.put("2.json", named("西山县民政局"));
    county.put("3.json", named("清河县财务局"));
    county.put("档案馆.json", named("清河县档案馆"));
    let folder = county.read();
    let units = folder.units().units;
    assert!(unit(&units, "民政局").files.is_empty());
    assert!(unit(&units, "财政局").files.is_empty());
    assert_eq!(unit(&units, "东山县民政局").maybe, ["民政局"]);
    assert_eq!(unit(&units, "西山县民政局").maybe, ["民政局"]);
    let stranger = unit(&units, "清河县档案馆");
    assert!(stranger.maybe.is_empty() && stranger.is_unexpected(folder.roster.as_ref()));
    county.keep(|list| {
        list.assign("1.json", "民政局");
        list.assign("2.json", "");
        list.assign("3.json", "财政局");
    });
    let folder = county.read();
    let units = folder.units().units;
    let file = |name: &str| unit(&units, name).file().expect("a file").path.clone();
    assert!(file("民政局").ends_with("1.json"));
    assert!(file("财政局").ends_with("3.json"));
    assert!(units.iter().all(|unit| unit.maybe.is_empty()));
    assert!(unit(&units, "西山县民政局").is_unexpected(folder.roster.as_ref()));
}

#[test]
fn a_second_round_says_what_became_of_each_fault_not_how_many_there_are() {
    let county = County::new();
    let put = |changes: &[&str]| {
        county.put(
            "民政局.json",
            bytes(&report("民政局", 2024, changes), "json"),
        );
    };
    put(&["t4.review.upheld=1", "t3.granted_full.natural_person=1"]);
    let folder = county.read();
    let units = folder.units().units;
    let name = units[0].name.clone();
    let first = returned(&units[0], &folder);
    let faults = first.problems.len();
    county.keep(|list| list.push_return(&name, &first));
    let folder = county.read();
    let stands = standing(&folder, &folder.units().units[0]);
    assert_eq!(
        (stands.state, stands.returns, stands.since),
        (State::Returned, 1, None)
    );
    assert_eq!(stands.said().text(Lang::Zh), "已退回 1 次");
    // Table 3 is mended, table 4 is not, and another row of it is wrong now.
    put(&["t4.review.upheld=1", "t4.suit_direct.upheld=1"]);
    let folder = county.read();
    let stands = standing(&folder, &folder.units().units[0]);
    let since = stands.since.expect("another file came");
    assert_eq!(since.mended + since.open, faults);
    assert!(
        since.open >= 1 && since.new >= 1 && since.mended >= 1,
        "{since:?}"
    );
    assert_eq!(stands.state, State::ToReturn);
    let said = since.said().text(Lang::Zh);
    assert!(said.starts_with("比上次退回：已改"), "{said}");
    // All mended: it is to be looked at, not passed by itself.
    put(&[]);
    let folder = county.read();
    let stands = standing(&folder, &folder.units().units[0]);
    assert_eq!(stands.state, State::ToReview);
    assert_eq!(
        stands.since,
        Some(Since {
            mended: faults,
            open: 0,
            new: 0
        })
    );
}

#[test]
fn a_new_file_beside_the_returned_one_takes_its_place() {
    let county = County::new();
    county.put("名单.csv", "民政局\n");
    county.put(
        "民政局.json",
        bytes(&report("民政局", 2024, &["t4.review.upheld=1"]), "json"),
    );
    let folder = county.read();
    let first = returned(&folder.units().units[0], &folder);
    county.keep(|list| list.push_return("民政局", &first));
    county.put(
        "民政局(改).docx",
        bytes(&report("民政局", 2024, &[]), "docx"),
    );
    let folder = county.read();
    let units = folder.units().units;
    let roles: Vec<(Role, bool)> = units[0]
        .files
        .iter()
        .map(|filed| (filed.role, filed.file.path.ends_with("民政局(改).docx")))
        .collect();
    assert_eq!(roles, [(Role::Counts, true), (Role::Earlier, false)]);
    let stands = standing(&folder, &units[0]);
    assert_eq!(stands.state, State::ToReview);
    assert_eq!(
        stands.since.map(|since| (since.open, since.new)),
        Some((0, 0))
    );
}

#[test]
fn a_pass_is_of_one_content_and_two_files_that_say_the_same_are_no_question() {
    let county = County::new();
    let good = report("民政局", 2024, &[]);
    county.put("民政局.json", bytes(&good, "json"));
    let folder = county.read();
    let units = folder.units().units;
    let name = units[0].name.clone();
    let mark = units[0].file().expect("a file").mark.clone();
    county.keep(|list| {
        list.set_pass(
            &name,
            Some(&Pass {
                at: "2025".to_owned(),
                by: "li".to_owned(),
                file: "民政局.json".to_owned(),
                content: mark,
                reason: String::new(),
            }),
        );
    });
    let folder = county.read();
    assert_eq!(
        standing(&folder, &folder.units().units[0]).state,
        State::Passed
    );
    county.put(
        "民政局.json",
        bytes(&report("民政局", 2024, &["t2.rules.issued=1"]), "json"),
    );
    let folder = county.read();
    let stands = standing(&folder, &folder.units().units[0]);
    assert!(
        stands.state == State::ToReview && stands.changed,
        "{stands:?}"
    );
    county.put("民政局.json", bytes(&good, "json"));
    county.put("民政局-副本.json", bytes(&good, "json"));
    let folder = county.read();
    let units = folder.units().units;
    assert!(!units[0].is_doubled());
    assert_eq!(units[0].files[1].role, Role::Same);
}

#[test]
fn two_people_keep_one_list_and_unknown_keys_stay() {
    let county = County::new();
    county.put(
        LIST,
        r#"{"勾稽审核":1,"rollup":{"adjust":[1]},"units":{"甲":{"colour":"red"}}}"#,
    );
    let store = county.store();
    let base = store.list(county.path()).list;
    let (mut one, mut other) = (base.clone(), base.clone());
    one.assign("a.docx", "甲");
    other.assign("b.docx", "乙");
    store.keep_list(county.path(), &base, &one).expect("kept");
    let kept = store.keep_list(county.path(), &base, &other).expect("kept");
    assert_eq!(kept.list.owner("a.docx"), Some("甲"));
    assert_eq!(kept.list.owner("b.docx"), Some("乙"));
    let text = fs::read_to_string(county.path().join(LIST)).expect("written");
    for kept in ["rollup", "adjust", "colour"] {
        assert!(text.contains(kept), "{text}");
    }
    let left: Vec<_> = fs::read_dir(county.path())
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(left, [LIST], "neither lock nor temporary file is left");
}

#[test]
fn a_damaged_list_is_said_kept_aside_and_begun_anew() {
    let county = County::new();
    county.put(LIST, "{\"勾稽审核\":1,");
    let store = county.store();
    let kept = store.list(county.path());
    assert!(kept.list.is_empty());
    assert!(
        kept.said
            .expect("it is said")
            .text(Lang::Zh)
            .contains("坏了")
    );
    let mut list = List::default();
    list.assign("a.docx", "甲");
    let kept = store
        .keep_list(county.path(), &List::default(), &list)
        .expect("kept");
    let said = kept.said.expect("it is said where it is").text(Lang::Zh);
    let aside = fs::read_dir(county.path())
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .find(|name| name.contains("坏"))
        .expect("it is kept aside");
    assert!(said.contains(&aside), "{said}");
    assert_eq!(
        fs::read_to_string(county.path().join(&aside)).expect("whole"),
        "{\"勾稽审核\":1,"
    );
    assert_eq!(store.list(county.path()).list.owner("a.docx"), Some("甲"));
    // It is no unit's file.
    assert!(county.read().files.is_empty());
}

/// A disk without room.
struct Full;

impl Disk for Full {
    fn step(&self, step: Step, _: &Path) -> io::Result<()> {
        match step {
            Step::Write => Err(ErrorKind::StorageFull.into()),
            _ => Ok(()),
        }
    }
}

#[test]
fn on_a_full_disk_the_old_list_stays_and_it_is_said() {
    let county = County::new();
    let old = "{\"勾稽审核\":1}\n";
    county.put(LIST, old);
    let store = county.store().on(Box::new(Full));
    let base = store.list(county.path()).list;
    let mut list = base.clone();
    list.assign("a.docx", "甲");
    let failure = store
        .keep_list(county.path(), &base, &list)
        .expect_err("no room");
    assert!(failure.text(Lang::Zh).contains(LIST), "{failure:?}");
    assert_eq!(
        fs::read_to_string(county.path().join(LIST)).expect("whole"),
        old
    );
}

#[test]
fn a_folder_of_strangers_says_what_is_wrong_with_which_file() {
    let county = County::new();
    county.put(
        "half.docx",
        &bytes(&report("民政局", 2024, &[]), "docx")[..900],
    );
    county.put("空.txt", "");
    county.put("通知.txt", "请各单位抓紧报送。");
    county.put("~$民政局.docx", "lock");
    county.put("民政局.json.lock", "{}");
    std::os::unix::fs::symlink(county.path(), county.path().join("again")).expect("a link");
    let gbk = std::ffi::OsString::from(
        <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"\xc3\xf1\xd5\xfe.json"),
    );
    fs::write(
        county.path().join(gbk),
        bytes(&report("民政局", 2024, &[]), "json"),
    )
    .expect("written");
    let folder = county.read();
    assert_eq!(folder.files.len(), 4);
    assert!(
        folder
            .said
            .iter()
            .any(|said| said.text(Lang::Zh).contains("again"))
    );
    let failures: Vec<String> = folder
        .files
        .iter()
        .filter_map(|file| file.content.as_ref().err())
        .map(|failure| failure.text(Lang::Zh))
        .collect();
    assert_eq!(failures.len(), 3, "{failures:?}");
    assert!(failures.iter().any(|said| said.contains("half.docx")));
    let units = folder.units().units;
    assert!(
        units
            .iter()
            .any(|unit| unit.name == format!("{COUNTY}民政局"))
    );
    let bad = county.path().join("名单.xlsx");
    fs::write(&bad, &bytes(&report("民政局", 2024, &[]), "xlsx")[..500]).expect("written");
    let failure = gouji::store::folder::roster(county.path(), None).expect_err("damaged");
    assert!(failure.text(Lang::Zh).contains("名单读不了"));
}
