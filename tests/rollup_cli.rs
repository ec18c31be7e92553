//! `gouji rollup` and `gouji check --parts`, as they are called.

#![allow(
    clippy::disallowed_methods,
    reason = "runs the program in folders of its own"
)]

#[path = "support/home.rs"]
mod home;
#[path = "support/reports.rs"]
mod reports;

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use gouji::cli::Exit;
use gouji::form::current;
use gouji::format::{self, DOCX, Options, Writing};
use gouji::model::Report;
use home::{Home, home};
use reports::{changed, native};

const ONE: [&str; 6] = [
    "t3.new_received.natural_person=1",
    "t3.new_received.total=1",
    "t3.granted_full.natural_person=1",
    "t3.granted_full.total=1",
    "t3.processed_total.natural_person=1",
    "t3.processed_total.total=1",
];

fn of(body: &str, changes: &[&str]) -> Report {
    let body = format!("head.body={body}");
    let mut all = vec![body.as_str()];
    all.extend(changes);
    changed(&all).into_report()
}

/// A county: a file of Word, one of ours, one with an error, one of last year, one that is
/// no report, one twice.
fn county() -> Home {
    let home = home();
    let word = format::write(&of("某县甲局", &ONE), &DOCX, &Writing::default());
    home.put("units/甲局.docx", word.expect("written"));
    home.put(
        "units/乙局.json",
        native(&of("某县乙局", &["t2.licensing.decisions=7"])),
    );
    home.put(
        "units/丙局.json",
        native(&of("某县丙局", &["t3.new_received.total=9"])),
    );
    home.put(
        "units/丁局.json",
        native(&of("某县丁局", &["head.year=2023"])),
    );
    home.put("units/戊局.txt", "通知：请于月底前报送。");
    home.put(
        "units/乙局副本.json",
        native(&of("某县乙局", &["t2.licensing.decisions=7"])),
    );
    home
}

fn cell(report: &Report, path: &str) -> String {
    let cell = current().cell(path).expect("a path of the form");
    report.cell(cell).text().into_owned()
}

fn report(home: &Home, name: &str) -> Report {
    let bytes = std::fs::read(home.path(name)).expect("written");
    let draft = format::read(&bytes, Some(name), &Options::default());
    draft.expect("a report").into_report()
}

#[test]
fn a_folder_becomes_one_report_and_every_unit_left_out_is_said() {
    let home = county();
    let ran = home.run(&[
        "rollup",
        "units",
        "sum.json",
        "--body",
        "某县人民政府",
        "--lang",
        "zh",
    ]);
    let ran = ran.expect_code(Exit::Problems).says("汇总写到 sum.json");
    for said in [
        "计入 2 份，规章和现行有效件数是各单位相加",
        "没有计入：某县丙局 丙局.json，有",
        "没有计入：某县丁局 丁局.json，是 2023 年的报告",
        "没有计入：戊局 戊局.txt，",
        "没有计入：某县乙局 乙局副本.json，重复：与 乙局.json 相同，只计那一份",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    let sum = report(&home, "sum.json");
    assert_eq!(cell(&sum, "t3.new_received.total"), "1");
    assert_eq!(cell(&sum, "t2.licensing.decisions"), "7");
    assert_eq!(
        sum.head().title,
        "某县人民政府2024年政府信息公开工作年度报告"
    );
    let text = sum.text(current().text("s6").expect("a text"));
    assert!(text.contains("某县丁局（是 2023 年的报告）"), "{text}");
}

#[test]
fn the_workbook_holds_the_report_where_each_number_came_from_and_the_units() {
    let home = county();
    home.put(
        "own.json",
        native(&of("某县政府办", &["t2.normative_documents.in_force=3"])),
    );
    let ran = home.run(&[
        "rollup",
        "units",
        "sum.xlsx",
        "--own",
        "own.json",
        "--policy",
        "own",
        "--with-errors",
        "月底前必须上报",
        "--lang",
        "zh",
    ]);
    let ran = ran.expect_code(Exit::Problems);
    assert!(
        ran.out
            .contains("有错误仍计入：某县丙局，理由：月底前必须上报"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("不平：") && ran.out.contains("来自 某县丙局 +"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("取自本级报告"), "{}", ran.out);
    let sum = report(&home, "sum.xlsx");
    assert_eq!(cell(&sum, "t3.new_received.total"), "10");
    assert_eq!(cell(&sum, "t2.normative_documents.in_force"), "3");
    let bytes = std::fs::read(home.path("sum.xlsx")).expect("written");
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let rows = |book: &mut Xlsx<_>, name: &str| -> Vec<Vec<String>> {
        let range = book.worksheet_range(name).expect("a sheet");
        let text = |one: &Data| one.to_string();
        range
            .rows()
            .map(|row| row.iter().map(text).collect())
            .collect()
    };
    let sources = rows(&mut book, "来源");
    let of_path = |path: &str| -> Vec<String> {
        let of_cell = sources
            .iter()
            .filter(|row| row.get(1).is_some_and(|own| own == path));
        of_cell.map(|row| row[2..].join("|")).collect()
    };
    assert_eq!(
        of_path("t3.new_received.total"),
        [
            "某县丙局|9|丙局.json|t3.new_received.total|带理由计入：月底前必须上报",
            "某县甲局|1|甲局.docx|第2张表第4行第10列|待复核",
        ]
    );
    let units = rows(&mut book, "单位");
    assert!(
        units
            .iter()
            .any(|row| row[0] == "某县丁局" && row[2] == "否" && row[4].contains("2023"))
    );
}

#[test]
fn a_second_run_says_only_the_cells_that_changed() {
    let home = county();
    home.run(&["rollup", "units", "sum.json", "--lang", "zh"])
        .expect_code(Exit::Problems);
    home.put("units/甲局.docx", "");
    home.put(
        "units/甲局.json",
        native(&of("某县甲局", &["t2.licensing.decisions=2"])),
    );
    home.run(&["rollup", "units", "sum.json", "--lang", "zh"])
        .expect_code(Exit::Failed);
    let ran = home.run(&["rollup", "units", "sum.json", "--force", "--lang", "zh"]);
    let changed: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.starts_with("变了："))
        .collect();
    assert_eq!(changed.len(), 7, "{changed:?}");
    assert!(changed[0].ends_with("7 -> 9"), "{changed:?}");
}

#[test]
fn what_cannot_be_summed_is_no_sum() {
    let home = county();
    for (arguments, said) in [
        (&["rollup", "none", "sum.json"][..], "不是文件夹"),
        (&["rollup", "units", "sum.json", "--policy", "own"], "--own"),
        (
            &["rollup", "units", "sum.json", "--year", "2019"],
            "没有一份报告可以计入",
        ),
        (&["rollup", "units", "sum.xyz"], "看不出"),
    ] {
        let mut all = arguments.to_vec();
        all.extend(["--lang", "zh"]);
        home.run(&all).expect_code(Exit::Failed).says(said);
    }
    assert!(!home.path("sum.json").exists());
}

#[test]
fn a_published_report_is_held_against_the_sum_of_its_units() {
    let home = county();
    let right = ["t2.licensing.decisions=7", "t3.new_received.total=10"];
    let mut changes: Vec<&str> = ONE.to_vec();
    changes.extend(right);
    home.put("units/0县.json", native(&of("某县人民政府", &changes)));
    let check = |file: &str| {
        home.run(&[
            "check",
            file,
            "--parts",
            "units",
            "--fail-on",
            "never",
            "--lang",
            "zh",
        ])
    };
    let sums = |out: &str| {
        out.lines()
            .filter(|line| line.contains("H-SUM"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let ran = check("units/0县.json")
        .says("没有计入：某县丁局")
        .says("没有计入：戊局");
    assert_eq!(sums(&ran.out), Vec::<String>::new());
    changes.push("t2.licensing.decisions=8");
    home.put("县.json", native(&of("某县人民政府", &changes)));
    std::fs::remove_file(home.path("units/0县.json")).expect("gone");
    let found = sums(&check("县.json").out);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("3 份相加 7，本报告写 8，差 1"),
        "{found:?}"
    );
}

#[test]
fn the_roster_says_who_is_missing_and_the_list_which_of_two_counts() {
    let home = county();
    home.put(
        "units/名单.txt",
        "某县甲局\n某县乙局\n某县丙局\n某县档案局\n",
    );
    home.put(
        "units/乙局副本.json",
        native(&of("某县乙局", &["t2.licensing.decisions=8"])),
    );
    home.put("units/庚.json", native(&of("某县交通运输局", &ONE)));
    let run = || home.run(&["rollup", "units", "sum.json", "--force", "--lang", "zh"]);
    let ran = run();
    for said in [
        "未报送：某县档案局",
        "没有计入：某县乙局 乙局.json，重复：与 乙局副本.json 不同，分不出用哪一份，都没有计入",
        "没有计入：某县乙局 乙局副本.json，重复：与 乙局.json 不同",
        "没有计入：某县交通运输局 庚.json，名单上没有这个单位",
        "计入 1 份",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    home.put(
        "units/勾稽审核.json",
        r#"{"勾稽审核":1,"units":{"某县乙局":{"file":"乙局副本.json"}},"rollup":{"reasons":{"某县丙局":"县长批示"},
        "adjustments":[{"cell":"t2.licensing.decisions","by":-1,"reason":"重复登记","author":"张某"}]}}"#,
    );
    let ran = run();
    for said in [
        "计入 3 份",
        "没有计入：某县乙局 乙局.json，后来另有一份 乙局副本.json，计那一份",
        "有错误仍计入：某县丙局，理由：县长批示",
        "理由：重复登记（张某）",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    assert_eq!(
        cell(&report(&home, "sum.json"), "t2.licensing.decisions"),
        "7"
    );
    assert!(
        home.read("units/勾稽审核.json").contains("县长批示"),
        "only read"
    );
    // What was chosen on the screen counts here too.
    home.put(
        "units/勾稽审核.json",
        r#"{"勾稽审核":1,"rollup":{"policy":"own","own":"甲局.docx","body":"某县人民政府"}}"#,
    );
    let ran = run();
    assert!(ran.out.contains("取自本级报告"), "{}", ran.out);
    assert_eq!(report(&home, "sum.json").head().body, "某县人民政府");
}

#[test]
fn a_workbook_of_a_sum_that_is_whole_says_its_sources_too_and_is_no_draft() {
    let home = home();
    for name in ["甲", "乙"] {
        let body = format!("某县{name}局");
        home.put(format!("units/{name}.json"), native(&of(&body, &ONE)));
    }
    home.run(&["rollup", "units", "sum.xlsx", "--lang", "zh"])
        .expect_code(Exit::Clean);
    let bytes = std::fs::read(home.path("sum.xlsx")).expect("written");
    let book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    for wanted in ["来源", "单位"] {
        assert!(names.iter().any(|name| name == wanted), "{names:?}");
    }
    assert!(!names.iter().any(|name| name == "问题"), "{names:?}");
}

#[test]
fn where_a_sum_breaks_ten_units_are_named_and_the_others_counted() {
    let home = home();
    for number in 10..24 {
        let body = format!("某县第{number}局");
        let broken = of(&body, &["t3.new_received.total=9"]);
        home.put(format!("units/{number}.json"), native(&broken));
    }
    let ran = home.run(&[
        "rollup",
        "units",
        "sum.json",
        "--with-errors",
        "试",
        "--lang",
        "zh",
    ]);
    let ran = ran.expect_code(Exit::Problems);
    assert!(ran.out.contains("其余 4 个单位"), "{}", ran.out);
}
