//! Runs that change a file of ours without the editor, and what the editor's own command
//! line answers.

#![allow(clippy::disallowed_methods, reason = "whole runs touch the world")]

#[path = "support/home.rs"]
mod home;
#[path = "support/reports.rs"]
mod reports;

use gouji::cli::Exit;
use gouji::format::{self, TEXT, Writing};
use gouji::model::{Change, Report};
use gouji::store::{Codec, Locking, Places, Store, Who};
use home::{Home, home};
use reports::{changed, native};

fn sample(home: &Home) {
    home.put("a.json", native(&format::sample()));
}

fn report(home: &Home) -> Report {
    let bytes = std::fs::read(home.path("a.json")).expect("a file");
    let draft = format::read(&bytes, Some("a.json"), &format::Options::default());
    draft.expect("a report").into_report()
}

/// The store that runs in this home have.
fn store(home: &Home) -> Store {
    let places = Places {
        state: Some(home.path(".local/state/gouji")),
        config: None,
    };
    let who = Who {
        user: "li".into(),
        host: "b".into(),
        pid: 7,
    };
    Store::new(places, who, Codec::NATIVE)
}

#[test]
fn set_writes_cells_and_the_head_and_says_what_became_of_the_problems() {
    let home = home();
    sample(&home);
    let set = [
        "set",
        "a.json",
        "t3.processed_total.natural_person=8",
        "t3.granted_full.org_business=",
        "head.contact=010-1",
        "--lang",
        "zh",
    ];
    let ran = home.run(&set).expect(Exit::Clean, 3);
    assert!(ran.out.contains("表三 (七)总计/自然人  7 -> 8"), "{ran:?}");
    assert!(ran.out.contains("0 -> (空)"), "{ran:?}");
    ran.says("错误 2 -> 3");
    let after = report(&home);
    let cell = |path| after.cell(after.form().cell(path).expect("a path")).text();
    assert_eq!(cell("t3.processed_total.natural_person"), "8");
    assert_eq!(cell("t3.granted_full.org_business"), "");
    assert_eq!(after.head().contact.as_deref(), Some("010-1"));
}

#[test]
fn set_writes_all_of_it_or_nothing() {
    let home = home();
    sample(&home);
    let before = report(&home);
    for (wrong, said) in [
        ("t3.nothing=8", "没有这一格：t3.nothing"),
        ("t3.new_received.natural_person=许多", "不是这一格能填的数"),
        ("t3.new_received.natural_person", "没有等号"),
        ("head.year=24", "年份不能是 24"),
    ] {
        let good = "t3.new_received.natural_person=9";
        let ran = home.run(&["set", "a.json", good, wrong, "--lang", "zh"]);
        ran.expect(Exit::Failed, 0).says(said);
        assert_eq!(report(&home), before);
    }
    let text = format::write(&before, &TEXT, &Writing::default()).expect("written");
    home.put("a.txt", text);
    let ran = home.run(&["set", "a.txt", "head.year=2024", "--lang", "zh"]);
    ran.expect(Exit::Failed, 0).says("gouji convert");
}

#[test]
fn a_file_that_is_edited_or_has_unsaved_changes_is_left_alone() {
    let home = home();
    sample(&home);
    let path = home.path("a.json");
    let set = ["set", "a.json", "head.year=2023", "--lang", "zh"];
    let fix = ["check", "--fix", "a.json", "--lang", "zh"];
    let store = store(&home);
    let Locking::Taken(lock) = store.lock(&path) else {
        unreachable!("nobody has it");
    };
    for call in [&set[..], &fix] {
        home.run(call).expect_code(Exit::Failed).says("正在编辑");
    }
    drop(lock);
    // Changes that a crash left.
    let facts = gouji::store::file::read(&path, 1 << 20)
        .expect("read")
        .facts;
    let saved = report(&home);
    let mut journal = store.journal(&facts, &saved);
    let mut document = gouji::model::Document::new(saved.clone());
    let cell = saved.form().cells().next().expect("a cell");
    let label = gouji::base::words::words("x", "x");
    let step =
        gouji::model::Transaction::new(label).cell(&saved, cell, gouji::model::Cell::Count(77));
    let change = Change::Apply(step);
    let ran = document.run(change.clone()).expect("it fits").ops;
    journal.append(&store, &change, &ran).expect("kept");
    drop(journal);
    for call in [&set[..], &fix] {
        home.run(call)
            .expect_code(Exit::Failed)
            .says("没有保存的改动");
    }
    assert_eq!(report(&home), saved);
}

#[test]
fn fix_mends_what_is_certain_and_never_makes_a_blank_0() {
    let home = home();
    let broken = changed(&["t3.granted_full.org_business=", "t3.carried_in.total="]);
    home.put("a.json", native(broken.report()));
    let before = report(&home);
    let diff = ["check", "--diff", "a.json", "--lang", "zh"];
    home.run(&diff).expect_code(Exit::Problems).says("没有写");
    assert_eq!(report(&home), before);
    let fix = ["check", "--fix", "a.json", "--lang", "zh"];
    home.run(&fix).expect_code(Exit::Clean);
    let after = report(&home);
    let cell = |path| after.cell(after.form().cell(path).expect("a path")).text();
    assert_eq!(cell("t3.granted_full.org_business"), "", "a blank stays");
    assert_eq!(cell("t3.carried_in.total"), "0", "a total is a sum");
    home.run(&diff)
        .expect(Exit::Clean, 0)
        .says("没有一定该改的");
    // A heading whose number was lost.
    sample(&home);
    let ran = home.run(&fix).expect(Exit::Clean, 1);
    assert!(ran.out.contains("标题改成【二、"), "{ran:?}");
    assert!(
        report(&home)
            .headings()
            .iter()
            .any(|it| it.text.starts_with("二、"))
    );
    home.put("b.txt", "x");
    home.run(&["check", "--fix", "b.txt", "--lang", "zh"])
        .expect_code(Exit::Failed);
}

#[test]
fn the_editor_answers_what_is_wrong_with_its_arguments() {
    let home = home();
    sample(&home);
    home.run(&["a.json", "b.json", "--lang", "zh"])
        .expect_code(Exit::Failed)
        .says("一次打开一份报告，多了 b.json");
    home.run(&["a.json", "--typo", "--lang", "zh"])
        .expect_code(Exit::Failed)
        .says("不认识 --typo");
    home.run(&["chekc", "a.json", "--lang", "zh"])
        .expect_code(Exit::Failed)
        .says("没有子命令 chekc");
}

#[test]
fn a_damaged_config_is_told_by_check_too() {
    let home = home();
    sample(&home);
    home.put(".config/gouji/config.json", "{broken");
    home.run(&["check", "a.json", "--lang", "zh"])
        .says("config.json");
}

#[test]
fn new_writes_over_a_file_only_where_that_is_asked_for() {
    let home = home();
    let new = ["new", "n.json", "--year", "2025", "--lang", "zh"];
    home.run(&new).expect_code(Exit::Clean);
    home.run(&new).expect_code(Exit::Failed).says("--force");
    home.run(&[&new[..], &["--force"]].concat())
        .expect_code(Exit::Clean);
}

#[test]
fn help_names_the_variables() {
    let ran = home().run(&["--help", "--lang", "en"]);
    for (name, _) in gouji::cli::VARIABLES {
        assert!(ran.out.contains(name), "{name}: {}", ran.out);
    }
}

#[test]
fn what_scripts_expect_of_check() {
    let home = home();
    for name in ["d/a.json", "d/b-copy.json", "d/old/c.json"] {
        home.put(name, native(&format::sample()));
    }
    home.put("d/x.txt", "nothing");
    let check = |more: &[&str]| home.run(&[&["check", "d", "--lang", "en"], more].concat());
    let all = check(&[]).expect_code(Exit::Problems);
    assert!(all.out.contains("b-copy.json") && all.out.contains("old/c.json"));
    let some = check(&["--exclude", "*copy*,old/*"]);
    assert!(some.out.contains("a.json"), "{some:?}");
    assert!(
        !some.out.contains("copy") && !some.out.contains("old/"),
        "{some:?}"
    );
    check(&["--exclude", "["])
        .expect(Exit::Failed, 0)
        .says("no pattern: [");
    // A line a rule, the most frequent first.
    let counted = check(&["--statistics"]).expect_code(Exit::Problems);
    let first = counted.out.lines().next().expect("a line");
    let fields: Vec<&str> = first.split_whitespace().collect();
    assert_eq!(fields[..4], ["6", "3", "files", "T3-COLSUM"], "{counted:?}");
    // Nothing beside the problems.
    assert!(!all.err.is_empty());
    check(&["-q"]).expect_code(Exit::Problems).quietly();
    let failed = home.run(&["check", "none.json", "--quiet", "--lang", "en"]);
    failed.expect_code(Exit::Failed).says("none.json");
    assert!(!all.out.contains('\u{1b}'));
    assert!(check(&["--color", "always"]).out.contains('\u{1b}'));
    assert!(!check(&["--color", "never"]).out.contains('\u{1b}'));
    let named = home.pipe(
        &["check", "-", "--stdin-name", "民政局.json"],
        &native(&format::sample()),
    );
    assert!(named.out.contains("民政局.json: "), "{named:?}");
}

#[test]
fn a_workbook_that_is_published_bears_no_problems() {
    let home = home();
    let sheets = |name: &str| {
        let bytes = std::fs::read(home.path(name)).expect("written");
        let book: calamine::Xlsx<_> =
            calamine::Reader::new(std::io::Cursor::new(bytes)).expect("a workbook");
        calamine::Reader::sheet_names(&book)
    };
    // A warning, but no error: nobody outside needs to know.
    home.put(
        "a.json",
        native(changed(&["t3.granted_full.org_business="]).report()),
    );
    home.run(&["convert", "a.json", "a.xlsx"])
        .expect_code(Exit::Clean);
    assert!(!sheets("a.xlsx").iter().any(|name| name == "问题"));
    home.put("b.json", native(&format::sample()));
    home.run(&["convert", "b.json", "b.xlsx", "--lang", "zh"])
        .says("送审稿");
    assert!(
        sheets("b.xlsx").iter().any(|name| name == "问题"),
        "{:?}",
        sheets("b.xlsx")
    );
}

#[test]
fn fix_mends_all_that_is_certain_however_much_and_leaves_out_what_is_excluded() {
    let home = home();
    let form = gouji::form::current();
    let items = form.tables[form.tables_of("t3").next().expect("a table")]
        .rows
        .iter();
    let items: Vec<&str> = items
        .filter(|row| row.class == "item")
        .map(|row| row.key)
        .collect();
    let mut changes = Vec::new();
    for row in &items[..10] {
        changes.push(format!("t3.{row}.natural_person="));
        changes.push(format!("t3.{row}.total=1"));
    }
    for row in ["new_received", "processed_total"] {
        changes.push(format!("t3.{row}.natural_person=10"));
        changes.push(format!("t3.{row}.total=10"));
    }
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    for name in ["d/a.json", "d/b-copy.json"] {
        home.put(name, native(changed(&changes).report()));
    }
    let before = home.read("d/b-copy.json");
    let fix = ["check", "--fix", "d", "--exclude", "*copy*", "--lang", "zh"];
    home.run(&fix).expect(Exit::Clean, 10).says("改了 10 处");
    home.run(&["check", "d/a.json"]).expect(Exit::Clean, 0);
    assert_eq!(home.read("d/b-copy.json"), before);
}
