//! Whole runs of the program in a home of their own.

#![allow(
    clippy::disallowed_methods,
    reason = "a test of whole runs touches the world"
)]

#[path = "support/county.rs"]
mod county;
#[path = "support/home.rs"]
mod home;
#[path = "support/reports.rs"]
mod reports;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gouji::base::width::is_unsafe;
use gouji::base::words::Lang;
use gouji::check::{RULES, Severity};
use gouji::cli::options::is_hidden;
use gouji::cli::{EDITOR, Exit, Io, SUBCOMMANDS};
use gouji::form::{FORMS, current};
use gouji::format::{self, FORMATS, TEXT};
use gouji::model::Report;
use gouji::paper::OUTPUTS;
use home::{Home, Ran, answer, home, run_of};
use reports::{changed, clean, native};
use serde_json::Value;

fn clean_file() -> Vec<u8> {
    native(clean().report())
}

fn broken_file() -> Vec<u8> {
    native(changed(&["t4.review.upheld=1"]).report())
}

/// A run in this process, as on a terminal.
fn on_terminal(arguments: &[&str], env: &[(&str, &str)]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let variable = |name: &str| {
        let found = env.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let mut io = Io {
        stdin: &mut std::io::empty(),
        stdout: &mut out,
        stderr: &mut err,
        env: &variable,
        is_terminal: true,
        is_watched: false,
        interrupts: &std::sync::Arc::default,
        trouble: None,
    };
    let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
    let code = gouji::cli::run(&arguments, &mut io);
    Ran {
        code: i32::from(code),
        out: String::from_utf8(out).expect("UTF-8"),
        err: String::from_utf8(err).expect("UTF-8"),
    }
}

#[test]
fn ctrl_c_ends_a_run_with_what_is_done_printed() {
    let home = home();
    for number in 0..4 {
        let sample = native(&format::sample());
        home.put(format!("{number}.json"), sample);
    }
    let folder = home.0.path().to_string_lossy().into_owned();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let stopped = || std::sync::Arc::new(true.into());
    let mut io = Io {
        stdin: &mut std::io::empty(),
        stdout: &mut out,
        stderr: &mut err,
        env: &|_| None,
        is_terminal: false,
        is_watched: false,
        interrupts: &stopped,
        trouble: None,
    };
    let arguments = ["check", &folder, "--lang", "zh"].map(OsString::from);
    let code = gouji::cli::run(&arguments, &mut io);
    let (out, err) = (String::from_utf8_lossy(&out), String::from_utf8_lossy(&err));
    assert_eq!(code, 130, "{out}{err}");
    assert!(out.contains("0.json: error T3-COLSUM"), "{out}");
    assert!(err.contains("停止了（Ctrl+C）：看了 "), "{err}");
}

#[test]
fn a_report_on_the_form_of_2019_is_carried_over_whatever_it_was_read_from() {
    let home = home();
    let new = [
        "new",
        "blank.json",
        "--form",
        "2019",
        "--year",
        "2019",
        "--body",
        "某市某局",
    ];
    home.run(&new).expect_code(Exit::Clean);
    let rows = [
        ("rules", "[1,2,3]"),
        ("licensing", "[5,-1,7]"),
        ("other_all", "[4,0,0,0,0,0,4]"),
    ];
    let mut text = home.read("blank.json");
    for (row, values) in rows {
        let at = text.find(&format!("\"{row}\":[")).expect("a row");
        let open = at + row.len() + 3;
        let close = open + text[open..].find(']').expect("its end") + 1;
        text.replace_range(open..close, values);
    }
    home.put("old.json", &text);
    let wanted = [
        "\"rules\":[null,null,null]",
        "\"licensing\":[7]",
        "\"other_misc\":[4,0,0,0,0,0,4]",
    ];
    for file in ["old.json", "old.docx", "old.html", "old.xlsx", "old.txt"] {
        if file != "old.json" {
            home.run(&["convert", "old.json", file])
                .expect_code(Exit::Clean);
        }
        let ran = home.run(&["convert", file, "-", "--to", "json", "--form", "2021"]);
        let ran = ran.expect_code(Exit::Clean);
        for row in wanted {
            assert!(ran.out.contains(row), "{file} {row}\n{}", ran.out);
        }
        for left in [
            "t2.rules.public_total",
            "t2.licensing.prev_items",
            "t3.other_all",
        ] {
            assert!(ran.err.contains(left), "{file} {left}\n{}", ran.err);
        }
    }
}

const SAMPLE: [&str; 5] = [
    "info S-ITEMS s1: 总体情况缺【平台建设、监督保障】，有【公众参与、教育培训】",
    "warning S-HEADING s2: 第二部分标题少了序号【二、】",
    "error T3-COLSUM t3.natural_person: 表三 自然人列：各项结果相加 8，（七）总计写 7，少写 1",
    "error T3-COLSUM t3.org_business: 表三 商业企业列：各项结果相加 0，（七）总计写 1，多写 1",
    "info T3-MISCLASS t3.natural_person: 可能有 1 件归错了列：自然人多 1，商业企业少 1，疑在 6 行之一",
];

#[test]
fn the_sample_has_two_errors_and_a_warning() {
    let ran = home()
        .run(&["check", "--sample"])
        .expect(Exit::Problems, 5)
        .quietly();
    assert_eq!(
        ran.out.lines().collect::<Vec<_>>(),
        SAMPLE.map(|line| format!("sample: {line}"))
    );
}

#[test]
fn json_has_exactly_its_keys_in_their_order() {
    let home = home();
    let ran = home
        .run(&["check", "--sample", "--output", "json"])
        .expect(Exit::Problems, 1);
    let file: Value = serde_json::from_str(&ran.out).expect("JSON");
    let keys = |value: &Value| {
        value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(
        keys(&file),
        [
            "file",
            "format",
            "form",
            "body",
            "year",
            "problems",
            "suspects",
            "fills",
            "notes",
            "explained",
            "silenced",
            "facts",
            "counts"
        ]
    );
    assert_eq!(file["file"], "sample");
    assert_eq!(file["format"], "json");
    assert_eq!(file["form"], "2021");
    assert_eq!(file["body"], "北京市西城区民政局");
    assert_eq!(file["year"], 2024);
    for list in ["fills", "notes"] {
        assert_eq!(file[list], Value::Array(Vec::new()), "{list}");
    }
    let problems = file["problems"].as_array().expect("a list");
    assert_eq!(problems.len(), 5);
    let suspects = file["suspects"].as_array().expect("a list");
    assert_eq!(suspects.len(), 6);
    for suspect in suspects {
        assert_eq!(keys(suspect), ["slip", "bits", "edits", "clears", "text"]);
        for edit in suspect["edits"].as_array().expect("a list") {
            assert_eq!(keys(edit), ["cell", "from", "to"]);
        }
    }
    for problem in problems {
        assert_eq!(
            keys(problem),
            [
                "code", "severity", "site", "message", "left", "right", "gap", "numbers"
            ]
        );
    }
    let (heading, person) = (&problems[1], &problems[2]);
    assert_eq!(
        (&heading["left"], &heading["gap"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(person["code"], "T3-COLSUM");
    assert_eq!(person["severity"], "error");
    assert_eq!(person["site"], "t3.natural_person");
    assert_eq!(
        (&person["left"], &person["right"], &person["gap"]),
        (&8.into(), &7.into(), &1.into())
    );
    assert_eq!(person["numbers"], serde_json::json!(["8", "7"]));

    let facts = file["facts"].as_array().expect("a list");
    let named = ["rule", "text", "value", "site", "agrees"];
    assert!(facts.iter().all(|fact| keys(fact) == named));
    let tied = facts.iter().find(|fact| fact["rule"] == "N1").expect("N1");
    assert_eq!(tied["value"], 9);
    assert_eq!(tied["site"], "t3.new_received.total");
    assert_eq!(tied["agrees"], true);
    let open = facts.iter().find(|fact| fact["agrees"].is_null());
    let open = open.expect("a number that nothing ties");
    assert!(open["rule"].is_null() && open["site"].is_null());
    assert!(open["value"].is_number());

    home.put("empty.json", native(&Report::new(current())));
    let ran = home
        .run(&["check", "empty.json", "--output", "json"])
        .expect(Exit::Clean, 1);
    let file: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((&file["body"], &file["year"]), (&Value::Null, &Value::Null));
}

#[test]
fn notes_of_a_reader_are_json_and_asides() {
    let home = home();
    let text = String::from_utf8(clean_file()).expect("text");
    home.put(
        "noted.json",
        text.replacen("\"t4\"", "\"later\":1,\n\"t4\"", 1),
    );
    let ran = home
        .run(&["check", "noted.json", "--output", "json"])
        .expect(Exit::Clean, 1)
        .quietly();
    let file: Value = serde_json::from_str(&ran.out).expect("JSON");
    let note = file["notes"][0].as_object().expect("a note");
    assert_eq!(note.keys().collect::<Vec<_>>(), ["place", "message"]);
    home.run(&["check", "noted.json"])
        .expect(Exit::Clean, 0)
        .says("noted.json: ");
    let ran = home.run(&["check", "noted.json", "--output", "full"]);
    assert!(ran.out.contains("读入时不确定的 1 处"), "{ran:?}");
}

#[test]
fn the_full_output_explains_and_ends_with_a_verdict() {
    let home = home();
    let ran = home.run(&["check", "--sample", "--output", "full"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    for part in [
        "下一步",
        "依据",
        "左 8，右 7，差 1",
        "表三 39 项，平 37，不平 2，未定 0",
    ] {
        assert!(ran.out.contains(part), "{part} is not in {}", ran.out);
    }
    assert_eq!(lines.last(), Some(&" 结论：错误 2，提醒 1，提示 2"));
    home.put("clean.json", clean_file());
    let ran = home.run(&["check", "clean.json", "--output", "full", "--lang", "en"]);
    assert_eq!(ran.out.lines().last(), Some(" verdict: no problem found"));
    // Everything that found no place, not only the first.
    let text = String::from_utf8(clean_file()).expect("text");
    let pieces = r#""unplaced":[{"place":"line 84","text":"first"},{"place":"line 91","text":"\u001b[31msecond"}]"#;
    home.put("loose.json", text.replacen("\"unplaced\":[]", pieces, 1));
    let ran = home.run(&["check", "loose.json", "--output", "full"]);
    for part in ["第 84 行: first", "第 91 行: "] {
        assert!(ran.out.contains(part), "{part} is not in {}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'), "{}", ran.out);
}

#[test]
fn what_stood_in_a_table_that_was_not_read_is_told_once_with_the_table() {
    let home = home();
    let torn = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/torn/miner.txt");
    home.put("torn.txt", fs::read(torn).expect("a fixture"));
    // Its own file keeps it too.
    home.run(&["convert", "torn.txt", "torn.json"])
        .expect_code(Exit::Clean);
    for name in ["torn.txt", "torn.json"] {
        let ran = home.run(&["check", name, "--output", "full"]);
        let lines: Vec<&str> = ran.out.lines().collect();
        let of = |table: &str| {
            let is_head = |line: &str| line.contains("IN-TABLE") && line.contains(table);
            let from = lines.iter().position(|line| is_head(line)).expect(table);
            let pieces = lines[from + 1..].iter();
            pieces
                .take_while(|line| line.starts_with("     "))
                .collect()
        };
        let three: Vec<&&str> = of("表三");
        let two: Vec<&&str> = of("表二");
        let has = |lines: &[&&str], text: &str| lines.iter().any(|line| line.contains(text));
        assert!(has(&two, "规章") && !has(&two, "自然人"), "{two:?}");
        assert!(has(&three, "自然人") && !has(&three, "规章"), "{three:?}");
        assert!(!ran.out.contains("IN-UNPLACED"), "{}", ran.out);
        let ran = home.run(&["check", name, "--output", "json"]);
        let answer: Value = serde_json::from_str(&ran.out).expect("json");
        let problems = answer["problems"].as_array().expect("problems");
        let count = |code: &str| problems.iter().filter(|one| one["code"] == code).count();
        assert_eq!((count("IN-TABLE"), count("IN-UNPLACED")), (3, 0), "{name}");
    }
}

#[test]
fn dependent_problems_stand_under_their_cause() {
    let home = home();
    let changes = ["t3.new_received.org_other=1", "t3.new_received.total=1"];
    home.put("a.json", native(changed(&changes).report()));
    let ran = home.run(&["check", "a.json", "--output", "full"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    let at = |text: &str| {
        lines
            .iter()
            .position(|line| line.contains(text))
            .expect(text)
    };
    assert!(at("T3-BALANCE t3.org_other") < at("由上面几处带出"));
    assert_eq!(at("由上面几处带出") + 1, at("T3-BALANCE t3.total"));
    assert!(lines[at("T3-BALANCE t3.total")].starts_with("     "));
}

#[test]
fn severity_code_and_site_are_the_same_in_both_languages() {
    let home = home();
    let start = |line: &str| line.splitn(5, ' ').take(4).collect::<Vec<_>>().join(" ");
    let starts = |ran: &Ran| ran.out.lines().map(start).collect::<Vec<_>>();
    let (zh, en) = (
        home.run(&["check", "--sample"]),
        home.run(&["check", "--sample", "--lang", "en"]),
    );
    assert_eq!(starts(&zh), starts(&en));
    assert!(
        en.out
            .contains("results add to 8, (7) says 7, 1 too little")
    );
    assert!(en.out.is_ascii() || en.out.contains("二"));
}

#[test]
fn the_language_follows_the_option_then_the_locale() {
    let home = home();
    let says = |pairs: &[(&str, &str)], more: &[&str]| {
        let mut command = home.command(&["check", "--sample"]);
        run_of(command.args(more).envs(pairs.iter().copied()))
            .out
            .contains("says")
    };
    assert!(!says(&[], &[]));
    assert!(says(&[("LANG", "en_US.UTF-8")], &[]));
    assert!(!says(&[("LANG", "C.UTF-8")], &[]));
    assert!(!says(
        &[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_CN.UTF-8")],
        &[]
    ));
    assert!(says(
        &[("LC_ALL", ""), ("LC_MESSAGES", "en_GB"), ("LANG", "zh_CN")],
        &[]
    ));
    assert!(!says(&[("LC_ALL", "en_US.UTF-8")], &["--lang=zh"]));
    assert!(says(&[("LC_ALL", "zh_CN.UTF-8")], &["--lang", "en"]));
}

#[test]
fn the_exit_code_follows_fail_on_and_the_worst_file() {
    let home = home();
    home.put("clean.json", clean_file());
    home.put("broken.json", broken_file());
    home.put(
        "warned.json",
        native(changed(&["t4.review.upheld="]).report()),
    );
    home.put(
        "told.json",
        native(changed(&["t4.review.upheld=/"]).report()),
    );
    home.run(&["check", "clean.json"])
        .expect(Exit::Clean, 0)
        .quietly();
    home.run(&["check", "broken.json"])
        .expect(Exit::Problems, 1)
        .quietly();
    let levels: [(&str, [Exit; 3]); 4] = [
        ("error", [Exit::Problems, Exit::Clean, Exit::Clean]),
        ("warning", [Exit::Problems, Exit::Problems, Exit::Clean]),
        ("info", [Exit::Problems; 3]),
        ("never", [Exit::Clean; 3]),
    ];
    for (level, exits) in levels {
        for (file, exit) in ["broken.json", "warned.json", "told.json"]
            .into_iter()
            .zip(exits)
        {
            home.run(&["check", file, "--fail-on", level])
                .expect(exit, 1);
        }
    }
    let all = home.run(&[
        "check",
        "clean.json",
        "missing.json",
        "broken.json",
        "warned.json",
    ]);
    let all = all.expect(Exit::Failed, 2).says("打不开：missing.json");
    assert!(all.out.starts_with("broken.json: error T4-SUM t4.review: "));
}

#[test]
fn without_a_terminal_the_editor_says_so_and_checks() {
    let home = home();
    home.put("broken.json", broken_file());
    let ran = home
        .run(&["broken.json"])
        .expect(Exit::Problems, 1)
        .says("不是终端");
    assert_eq!(ran.err.lines().count(), 1);
    assert_eq!(ran.out, home.run(&["check", "broken.json"]).out);
    let ran = home
        .run(&["--sample"])
        .expect(Exit::Problems, 5)
        .says("不是终端");
    assert_eq!(ran.err.lines().count(), 1);
    let ran = home
        .run(&[])
        .expect(Exit::Failed, 0)
        .says("不是终端")
        .says("用法：gouji");
    assert_eq!(ran.err.lines().count(), 2);
}

#[test]
fn a_dash_is_standard_input() {
    let home = home();
    let ran = home
        .pipe(&["check", "-"], &broken_file())
        .expect(Exit::Problems, 1)
        .quietly();
    assert!(ran.out.starts_with("-: error T4-SUM t4.review: "));
    home.pipe(&["check", "-"], b"")
        .expect(Exit::Failed, 0)
        .says("读不了：-");
    let ran = home.pipe(&["convert", "-", "-", "--to", "json"], &broken_file());
    assert_eq!(
        ran.expect(Exit::Clean, lines(&broken_file()))
            .out
            .as_bytes(),
        broken_file()
    );
}

fn lines(bytes: &[u8]) -> usize {
    String::from_utf8_lossy(bytes).lines().count()
}

#[test]
fn folders_are_walked_in_order_and_strangers_are_told() {
    let home = home();
    home.put("all/b.json", broken_file());
    home.put("all/a/z.json", broken_file());
    home.put("all/a/y.json", clean_file());
    home.put("all/c.txt", "买菜清单：白菜、豆腐\n");
    home.put("all/d.png", b"\x89PNG\r\n\x1a\n");
    home.put("all/.hidden.json", broken_file());
    home.put("all/.git/config", "x");
    symlink(home.path("all"), home.path("all/a/loop")).expect("a link");
    symlink(home.path("nowhere"), home.path("all/e.json")).expect("a link");
    symlink(home.path("all/b.json"), home.path("all/f.json")).expect("a link");
    let ran = home.run(&["check", "all"]).expect(Exit::Problems, 4);
    let files: Vec<&str> = ran
        .out
        .lines()
        .take(3)
        .filter_map(|line| line.split(':').next())
        .collect();
    assert_eq!(files, ["all/a/z.json", "all/b.json", "all/f.json"]);
    let asides: Vec<&str> = ran.err.lines().collect();
    assert_eq!(asides.len(), 4, "{asides:?}");
    for (aside, file) in asides
        .iter()
        .zip(["all/a/loop", "all/c.txt", "all/d.png", "all/e.json"])
    {
        assert!(aside.starts_with(file), "{aside}");
    }
    home.put("good/a.json", clean_file());
    home.put("good/c.txt", "买菜清单\n");
    home.run(&["check", "good"])
        .expect(Exit::Clean, 1)
        .says("good/c.txt");
    // Named outright it is a failure, and so is a damaged file of our own.
    home.run(&["check", "good/c.txt"])
        .expect(Exit::Failed, 0)
        .says("good/c.txt");
    home.put("good/damaged.json", &clean_file()[..400]);
    home.run(&["check", "good"])
        .expect(Exit::Failed, 1)
        .says("good/damaged.json");
}

#[test]
fn a_folder_with_nothing_in_it_is_told() {
    let home = home();
    fs::create_dir_all(home.path("bare/below")).expect("made");
    home.put("bare/.hidden.json", broken_file());
    home.put("full/a.json", clean_file());
    for folders in [
        &["check", "bare"][..],
        &["check", "full", "bare"],
        &["check", "bare", "full"],
        &["check", "bare", "full/a.json"],
    ] {
        let ran = home.run(folders).expect(Exit::Clean, 1);
        let asides: Vec<&str> = ran.err.lines().collect();
        assert_eq!(asides.len(), 1, "{folders:?}: {asides:?}");
        assert!(asides[0].starts_with("bare："), "{folders:?}: {asides:?}");
    }
    home.put("full/empty.log", "");
    let ran = home.run(&["check", "full"]).expect(Exit::Clean, 1);
    assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    ran.says("full/empty.log：略过，文件是空的");
    let ran = home.run(&["check", "bare", "bare"]).expect(Exit::Clean, 1);
    assert_eq!(ran.err.lines().count(), 2, "{ran:?}");
}

#[test]
fn what_is_no_count_is_a_problem_and_no_note() {
    let home = home();
    let text = String::from_utf8(clean_file()).expect("text");
    let start = text.find("\"granted_full\":[").expect("a row");
    let end = start + text[start..].find(']').expect("its end");
    let odd = r#""granted_full":[1.5,-1,true,{"a":
1},1e3,1234567890123,0"#;
    home.put("odd.json", [&text[..start], odd, &text[end..]].concat());
    let ran = home
        .run(&["check", "odd.json", "--output", "json"])
        .expect_code(Exit::Problems)
        .quietly();
    let file: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(file["notes"].as_array().map(Vec::len), Some(0), "{file}");
    let problems = file["problems"].as_array().expect("a list");
    let of_cells: Vec<&str> = problems
        .iter()
        .filter_map(|problem| problem["code"].as_str())
        .filter(|code| code.starts_with("CELL-"))
        .collect();
    let raw = ["CELL-RAW"; 4];
    assert_eq!(of_cells[..2], ["CELL-FRACTION", "CELL-NEGATIVE"]);
    assert_eq!(of_cells[2..], raw, "{file}");
    // A line feed inside a value makes no second line.
    let printed = home.run(&["check", "odd.json"]).expect_code(Exit::Problems);
    assert!(
        printed
            .out
            .lines()
            .all(|line| line.starts_with("odd.json: "))
    );
}

#[test]
fn many_files_are_printed_in_the_order_of_their_names() {
    let home = home();
    for number in 0..500 {
        home.put(format!("all/{number:03}.json"), broken_file());
    }
    let ran = home
        .run(&["check", "all"])
        .expect(Exit::Problems, 501)
        .quietly();
    for (number, line) in ran.out.lines().take(500).enumerate() {
        assert!(
            line.starts_with(&format!("all/{number:03}.json: ")),
            "{line}"
        );
    }
}

#[test]
fn bad_files_are_named_with_a_reason_and_a_way_out() {
    let home = home();
    fs::create_dir(home.path("folder")).expect("made");
    home.put("empty.json", "");
    home.put("space.txt", " \n\t");
    home.put("binary.json", [0_u8, 159, 146, 150, 255, 0, 1, 2]);
    home.put("deep.json", "[".repeat(100_000));
    home.put(
        "deeper.json",
        format!("{{\"gouji\":1,\"head\":{}", "{\"a\":".repeat(100_000)),
    );
    home.put("half.json", &clean_file()[..300]);
    home.put("newer.json", "{\"gouji\":99}");
    home.put("other.json", "{\"name\":\"x\"}");
    let huge = fs::File::create(home.path("huge.json")).expect("made");
    huge.set_len(1 << 30).expect("sparse");
    let files = [
        "missing.json",
        "empty.json",
        "space.txt",
        "binary.json",
        "deep.json",
        "deeper.json",
        "half.json",
        "newer.json",
        "other.json",
        "huge.json",
    ];
    for lang in ["zh", "en"] {
        for file in files {
            let ran = home
                .run(&["check", file, "--lang", lang])
                .expect(Exit::Failed, 0)
                .says(file);
            assert!(ran.err.lines().count() >= 2, "{file}: no reason in {ran:?}");
            home.run(&["convert", file, "out.txt", "--lang", lang])
                .expect(Exit::Failed, 0)
                .says(file);
            assert!(!home.path("out.txt").exists());
        }
    }
    home.put("list.json", "[1,2]");
    for (file, reason) in [
        ("half.json", "就断了"),
        ("list.json", "这个 .json 不是本程序存的报告"),
        ("other.json", "这个 .json 不是本程序存的报告"),
        ("huge.json", "1024 MiB"),
    ] {
        home.run(&["check", file])
            .expect(Exit::Failed, 0)
            .says(reason);
    }
    home.run(&["convert", "folder", "out.txt"])
        .expect(Exit::Failed, 0)
        .says("文件夹");
    fs::set_permissions(home.path("half.json"), fs::Permissions::from_mode(0o000)).expect("closed");
    if fs::read(home.path("half.json")).is_err() {
        home.run(&["check", "half.json"])
            .expect(Exit::Failed, 0)
            .says("没有权限");
        fs::set_permissions(home.path("folder"), fs::Permissions::from_mode(0o000))
            .expect("closed");
        home.run(&["check", "folder"])
            .expect(Exit::Failed, 0)
            .says("没有权限");
        fs::set_permissions(home.path("folder"), fs::Permissions::from_mode(0o700)).expect("open");
    }
}

#[test]
fn a_lone_surrogate_is_refused_with_its_place_and_a_pair_is_read() {
    let home = home();
    let clean = String::from_utf8(clean_file()).expect("JSON is text");
    let key = "\"s1\":\"";
    let at = clean.find(key).expect("section 1") + key.len();
    let line = clean[..at].lines().count();
    for lone in ["\\ud800", "\\udc00", "\\ud83d字", "\\ud800\\ud800"] {
        home.put(
            "lone.json",
            format!("{}{lone}{}", &clean[..at], &clean[at..]),
        );
        home.run(&["check", "lone.json"])
            .expect(Exit::Failed, 0)
            .says(&format!("第 {line} 行"));
    }
    home.put(
        "pair.json",
        format!("{}\\ud83d\\ude00{}", &clean[..at], &clean[at..]),
    );
    home.run(&["convert", "pair.json", "out.json"]);
    let written = fs::read_to_string(home.path("out.json")).expect("written");
    assert!(written.contains("\"s1\":\"\u{1f600}"), "{written}");
}

#[test]
fn invariant_no_control_character_of_a_file_reaches_the_terminal() {
    let home = home();
    let dirty = "\u{1b}[31m红\u{202e}\u{9b}\u{7}";
    let draft = {
        let mut draft = changed(&[&format!("t4.review.other={dirty}")]);
        draft.set_head(gouji::model::HeadField::Body, dirty);
        draft.push_unplaced(format!("line {dirty}"), dirty);
        draft
    };
    let name = "报告\u{1b}]0;x\u{7}.json";
    home.put(name, native(draft.report()));
    home.put("bad\u{1b}[2J.txt", "不是年报");
    for output in OUTPUTS {
        let ran = home.run(&["check", ".", "--output", output.key]);
        assert!(ran.out.contains("CELL-RAW"), "{ran:?}");
        for line in ran.out.lines().chain(ran.err.lines()) {
            assert!(!line.contains(is_unsafe), "{line:?}");
        }
    }
    let ran = home.run(&["check", name, "--output", "json"]);
    let file: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(file["body"], dirty);
    let arguments = ["check", "--\u{1b}[2J", "x"];
    assert!(
        !home
            .run(&arguments)
            .expect(Exit::Failed, 0)
            .err
            .contains('\u{1b}')
    );
}

#[test]
fn a_terminal_gets_no_control_character_of_a_converted_file() {
    let home = home();
    let text = String::from_utf8(clean_file()).expect("text");
    let steered = text.replacen("\"title\":\"", "\"title\":\"\\u001b[31m\\u009b\\u202e", 1);
    home.put("a.json", steered);
    let path = home.path("a.json");
    let path = path.to_str().expect("text");
    for format in ["json", "text", "html", "csv"] {
        let ran = on_terminal(&["convert", path, "-", "--to", format], &[]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let unsafe_at = ran.out.lines().find(|line| line.contains(is_unsafe));
        assert_eq!(unsafe_at, None, "{format}");
    }
    let refused = on_terminal(&["convert", path, "-", "--to", "docx"], &[]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{refused:?}");
    refused.says("终端");
    // What no terminal would obey is left out of every text, counted and said.
    for to in ["b.txt", "b.csv", "b.html", "b.docx"] {
        let ran = home
            .run(&["convert", "a.json", to])
            .expect_code(Exit::Clean);
        ran.says("去掉了 3 个控制字符");
        let written = fs::read(home.path(to)).expect("written");
        let text = String::from_utf8_lossy(&written);
        assert!(
            to.ends_with("docx") || !text.replace(['\n', '\r'], "").contains(is_unsafe),
            "{to}"
        );
    }
    // Our own file keeps every character, as an escape.
    let piped = home.run(&["convert", "a.json", "-", "--to", "json"]);
    home.run(&["convert", "a.json", "b.json"])
        .expect_code(Exit::Clean);
    let written = fs::read_to_string(home.path("b.json")).expect("written");
    assert_eq!(piped.out, written);
}

#[test]
fn what_a_format_does_not_take_along_is_told_and_nothing_unknown_is_written_over() {
    let home = home();
    let text = String::from_utf8(clean_file()).expect("text");
    let remark = r#""remarks":[{"rule":"S-HEADING","site":"s2","numbers":[],"text":"x","by":"w"}]"#;
    home.put("a.json", text.replacen("\"remarks\":[]", remark, 1));
    home.run(&["convert", "a.json", "a.txt"])
        .expect(Exit::Clean, 0)
        .says("说明 1 处");
    home.run(&["convert", "a.json", "b.json"])
        .expect(Exit::Clean, 0)
        .quietly();
    let newer = text.replacen("\"t4\"", "\"later\":1,\n\"t4\"", 1);
    home.put("newer.json", &newer);
    home.run(&["convert", "newer.json", "./newer.json", "--force"])
        .expect(Exit::Failed, 0)
        .says("写到另一个文件");
    let there = fs::read_to_string(home.path("newer.json")).expect("there");
    assert_eq!(there, newer);
    home.run(&["convert", "newer.json", "older.json"])
        .expect(Exit::Clean, 0)
        .says("later");
}

#[test]
fn names_that_are_not_text_are_read_and_shown() {
    let home = home();
    let name = OsStr::from_bytes(b"all/\xb1\xa8\xb8\xe6.json");
    home.put(name, broken_file());
    let ran = home
        .run(&["check", "all"])
        .expect(Exit::Problems, 2)
        .quietly();
    assert!(ran.out.starts_with("all/\u{fffd}"), "{ran:?}");
    let mut command = home.command(&["check"]);
    ran_expect(&mut command, name);
    let mut convert = home.command(&["convert"]);
    let out = OsStr::from_bytes(b"\xb1\xa8.json");
    run_of(convert.arg(name).arg(out))
        .expect(Exit::Clean, 0)
        .quietly();
    assert_eq!(fs::read(home.path(out)).expect("written"), broken_file());
}

fn ran_expect(command: &mut Command, name: &OsStr) -> Ran {
    run_of(command.arg(name)).expect(Exit::Problems, 1)
}

#[test]
fn a_reader_that_goes_away_is_no_error_and_a_full_disk_is() {
    let home = home();
    home.put("broken.json", broken_file());
    let many = vec!["broken.json"; 2000];
    let mut command = home.command(&["check", "--output", "json"]);
    command
        .args(many)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    drop(child.stdout.take());
    let ran = answer(&child.wait_with_output().expect("the program ends"));
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));

    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("a full device");
    let mut command = home.command(&["schema"]);
    command.stdout(full).stderr(Stdio::piped());
    ran_to_end(&mut command).says("写不出去");
}

fn ran_to_end(command: &mut Command) -> Ran {
    let child = command.spawn().expect("the program runs");
    answer(&child.wait_with_output().expect("the program ends")).expect(Exit::Failed, 0)
}

#[test]
fn a_new_report_is_empty_titled_and_never_written_over() {
    let home = home();
    let new = ["new", "a.json", "--year", "2024", "--body", "某县民政局"];
    home.run(&new).expect(Exit::Clean, 0).quietly();
    let text = home.read("a.json");
    assert!(
        text.starts_with("{\"gouji\":1,\"form\":\"2021\","),
        "{text}"
    );
    assert!(text.contains("\"title\":\"某县民政局2024年政府信息公开工作年度报告\""));
    home.run(&new).expect(Exit::Failed, 0).says("a.json");
    assert_eq!(home.read("a.json"), text);
    // It is keyed, as on the screen: what is missing is counted, and is no finding.
    let check = home.run(&["check", "a.json"]).expect(Exit::Clean, 0);
    check.says("a.json: 还没有填完，缺 166 格");
    home.run(&["check", "--fail-on", "warning", "a.json"])
        .expect(Exit::Problems, 0);
    let ran = home.run(&["new", "-", "--form", "2021"]);
    assert!(ran.out.contains("\"title\":\"\""), "{ran:?}");
    home.run(&["new", "b.json", "--year", "24"])
        .expect(Exit::Failed, 0)
        .says("24");
    home.run(&["new", "no/such/folder.json"])
        .expect(Exit::Failed, 0)
        .says("folder.json");
    home.run(&["new", "b.json", "--form", "1999"])
        .expect(Exit::Failed, 0)
        .says("2021");
    // The ending decides; without one it is the editor's own file.
    home.run(&["new", "c"])
        .expect(Exit::Clean, 0)
        .says("c.json");
    assert!(home.read("c.json").starts_with("{\"gouji\":1,"));
    home.run(&["new", "d.docx"]).expect(Exit::Clean, 0);
    let packed = fs::read(home.path("d.docx")).expect("written");
    assert!(packed.starts_with(b"PK"), "a document, no JSON");
    for name in ["e.xyz", "e.pdf", "e.docm"] {
        home.run(&["new", name])
            .expect(Exit::Failed, 0)
            .says("e.json");
        assert!(!home.path(name).exists());
    }
}

/// Somebody who has a file open in an editor.
fn holder(home: &Home, name: &str) -> gouji::store::Lock {
    let who = gouji::store::Who {
        user: "li".into(),
        host: "office".into(),
        pid: 7,
    };
    let codec = gouji::store::Codec {
        write: format::native,
        read: |_| None,
    };
    let store = gouji::store::Store::new(gouji::store::Places::default(), who, codec);
    match store.lock(&home.path(name)) {
        gouji::store::Locking::Taken(lock) => lock,
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn nothing_is_written_over_a_file_that_an_editor_holds() {
    let home = home();
    home.put("in.json", clean_file());
    for (name, content) in [("a.json", "old"), ("t.csv", "old"), ("s.txt", "old")] {
        home.put(name, content);
        let lock = holder(&home, name);
        let run = |home: &Home| match name {
            "s.txt" => home.run(&["check", "in.json", "--signoff", name, "--force"]),
            _ => home.run(&["convert", "in.json", name, "--force"]),
        };
        run(&home).expect_code(Exit::Failed).says("li@office");
        assert_eq!(home.read(name), "old");
        drop(lock);
        run(&home).expect_code(Exit::Clean);
        assert_ne!(home.read(name), "old");
        assert!(!home.path(format!("{name}.lock")).exists());
    }
}

#[test]
fn a_version_that_cannot_be_kept_is_told_and_fails_nothing() {
    let home = home();
    home.put("in.json", clean_file());
    home.put("out.docx", "old");
    home.put("closed", "no folder");
    let mut command = home.command(&["convert", "in.json", "out.docx", "--force"]);
    command.env("GOUJI_STATE_DIR", home.path("closed"));
    run_of(&mut command)
        .expect(Exit::Clean, 0)
        .says("旧版没有留下")
        .says("新的内容已经写好");
    let packed = fs::read(home.path("out.docx")).expect("written");
    assert!(packed.starts_with(b"PK"));
}

#[test]
fn every_format_converts_both_ways_and_nothing_is_written_over_unasked() {
    let home = home();
    home.put("a.json", clean_file());
    home.run(&["convert", "a.json", "a.txt"])
        .expect(Exit::Clean, 0)
        .quietly();
    let text = home.read("a.txt");
    home.run(&["convert", "a.txt", "b.json"])
        .expect(Exit::Clean, 0)
        .quietly();
    assert_eq!(home.read("b.json").as_bytes(), clean_file());
    home.put("a.txt", "mine");
    home.run(&["convert", "a.json", "a.txt"])
        .expect(Exit::Failed, 0)
        .says("--force");
    assert_eq!(home.read("a.txt"), "mine");
    home.run(&["convert", "a.json", "a.txt", "--force"])
        .expect(Exit::Clean, 0)
        .quietly();
    assert_eq!(home.read("a.txt"), text);
    let ran = home.run(&["convert", "a.json", "-", "--to", TEXT.key]);
    assert_eq!(ran.out, text);
    for native in ["native", "json"] {
        let ran = home.run(&["convert", "a.txt", "-", "--to", native]);
        assert_eq!(ran.out.as_bytes(), clean_file());
    }
    home.run(&["convert", "a.json", "a.xyz"])
        .expect(Exit::Failed, 0)
        .says("--to");
    home.run(&["convert", "a.json", "a.odt"])
        .expect(Exit::Failed, 0)
        .says("--to");
    home.run(&["convert", "a.json", "-"])
        .expect(Exit::Failed, 0)
        .says("--to");
    home.run(&["convert", "a.json", "a.xyz", "--to", "text"])
        .expect(Exit::Clean, 0)
        .quietly();
    fs::create_dir(home.path("folder.json")).expect("made");
    for more in [&[][..], &["--force"]] {
        let arguments = [&["convert", "a.json", "folder.json"], more].concat();
        home.run(&arguments)
            .expect(Exit::Failed, 0)
            .says("folder.json");
    }
    let left: Vec<_> = fs::read_dir(home.path(""))
        .expect("listed")
        .flatten()
        .map(|e| e.file_name())
        .collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().ends_with(".tmp")),
        "{left:?}"
    );
}

#[test]
fn the_schema_holds_every_cell_and_identity() {
    let home = home();
    for arguments in [&["schema"][..], &["schema", "2021"]] {
        let ran = home.run(arguments);
        let schema: Value = serde_json::from_str(&ran.out).expect("JSON");
        assert_eq!(schema["form"], "2021");
        assert_eq!(
            schema["cells"].as_array().map(Vec::len),
            Some(current().len())
        );
        let identities = schema["identities"].as_array().expect("a list");
        assert_eq!(identities.len(), 42);
        assert_eq!(identities[0]["rule"], "T3-COLSUM");
        assert_eq!(identities[0]["site"], "t3.natural_person");
        assert_eq!(identities[0]["left"].as_array().map(Vec::len), Some(21));
        assert_eq!(
            identities[0]["right"][0],
            "t3.processed_total.natural_person"
        );
        let totals = schema["cells"].as_array().expect("a list").iter();
        assert_eq!(totals.filter(|cell| cell["role"] == "total").count(), 34);
        assert_eq!(schema["sections"].as_array().map(Vec::len), Some(7));
        assert_eq!(schema["tables"].as_array().map(Vec::len), Some(6));
    }
    let known = FORMS[0].key;
    home.run(&["schema", "2O21"])
        .expect(Exit::Failed, 0)
        .says(known);
}

#[test]
fn rules_are_listed_and_explained_in_both_languages() {
    let home = home();
    let ran = home.run(&["rules"]).expect(Exit::Clean, RULES.len());
    for (line, rule) in ran.out.lines().zip(RULES) {
        assert!(
            line.starts_with(rule.code) && line.contains(rule.title.zh),
            "{line}"
        );
    }
    for rule in RULES {
        for lang in Lang::ALL {
            let ran = home.run(&["rules", &rule.code.to_lowercase(), "--lang", lang.key()]);
            for part in [rule.title, rule.next, rule.doc, rule.says[0]] {
                assert!(ran.out.contains(part.get(lang)), "{ran:?}");
            }
            assert!(ran.out.contains(rule.source) && ran.out.contains(rule.severity.key()));
        }
    }
    let ran = home.run(&["rules", "--output", "json"]);
    let list: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(RULES.len()));
    let ran = home.run(&["rules", "T4-SUM", "--output", "json"]);
    let rule: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(rule["code"], "T4-SUM");
    for key in ["title", "next", "doc"] {
        assert!(
            rule[key]["zh"].is_string() && rule[key]["en"].is_string(),
            "{key}"
        );
    }
    home.run(&["rules", "T3-COLSUMS"])
        .expect(Exit::Failed, 0)
        .says("是不是 T3-COLSUM");
    home.run(&["rules", "X"])
        .expect(Exit::Failed, 0)
        .says("没有规则 X");
}

#[test]
fn help_shows_the_manual_and_the_licences_in_the_language_asked_for() {
    let home = home();
    for (lang, first, other) in [
        ("zh", "勾稽（gouji）使用手册", "The gouji"),
        ("en", "The gouji manual", "使用手册"),
    ] {
        let ran = home
            .run(&["help", "manual", "--lang", lang])
            .expect_code(Exit::Clean);
        assert!(ran.out.starts_with(first), "{}", ran.out);
        assert!(!ran.out.contains(other) && !ran.out.contains("<!--"));
        for mark in ["T3-COLSUM", "--fail-on LEVEL", "problem.next"] {
            assert!(ran.out.contains(mark), "{mark}");
        }
    }
    let ran = home.run(&["help", "licences"]).expect_code(Exit::Clean);
    for text in [
        "The gouji authors",
        "Version 2.0, January 2004",
        "\nserde ",
        "\nratatui ",
    ] {
        assert!(ran.out.contains(text), "{text}");
    }
    let near = home.run(&["help", "license"]).expect_code(Exit::Failed);
    near.says("licences");
}

#[test]
fn what_packages_need_is_made_of_the_same_tables() {
    let home = home();
    for subcommand in SUBCOMMANDS {
        let ran = home.run(&["help", subcommand.name, "--man", "--lang", "en"]);
        let ran = ran.expect_code(Exit::Clean);
        let title = format!(".TH gouji-{} 1", subcommand.name);
        assert!(ran.out.contains(&title), "{}", ran.out);
        let plain = ran.out.replace('\\', "");
        for opt in subcommand.options {
            let is_there = plain.contains(&format!("--{}", opt.name));
            assert_eq!(is_there, !is_hidden(opt), "{}", opt.name);
        }
    }
    let ran = home
        .run(&["help", "--man", "--lang", "zh"])
        .expect_code(Exit::Clean);
    assert!(ran.out.contains(".SH \"退出状态\""), "{}", ran.out);
    for shell in ["bash", "zsh", "fish"] {
        let ran = home
            .run(&["help", "--completions", shell])
            .expect_code(Exit::Clean);
        for word in ["check", "fail-on", "rules"] {
            assert!(ran.out.contains(word), "{word} in {shell}");
        }
    }
}

#[test]
fn bash_completes_subcommands_options_and_their_values() {
    let home = home();
    let script = home.run(&["help", "--completions", "bash"]).out;
    home.put("gouji.bash", script);
    let complete = |words: &[&str]| {
        let line = format!(
            "source gouji.bash; COMP_WORDS=({}); COMP_CWORD={}; \
             _gouji gouji '{}' '{}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len() - 1,
            words[words.len() - 1],
            words[words.len() - 2],
        );
        let ran = Command::new("bash")
            .args(["-c", &line])
            .current_dir(home.0.path())
            .output()
            .expect("bash");
        let said = String::from_utf8_lossy(&ran.stdout);
        said.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(complete(&["gouji", "che"]), ["check"]);
    assert_eq!(complete(&["gouji", "check", "--fail"]), ["--fail-on"]);
    assert!(complete(&["gouji", "check", "--output", "js"]).contains(&"json".to_owned()));
}

#[test]
fn help_names_every_operand_and_option_in_both_languages() {
    let home = home();
    for lang in Lang::ALL {
        let ran = home.run(&["--help", "--lang", lang.key()]);
        for subcommand in SUBCOMMANDS {
            assert!(
                ran.out.contains(subcommand.about.get(lang)),
                "{}",
                subcommand.name
            );
        }
        for exit in Exit::ALL {
            assert!(ran.out.contains(exit.meaning().get(lang)));
        }
        assert_eq!(ran.out, home.run(&["help", "--lang", lang.key()]).out);
        for subcommand in SUBCOMMANDS.iter().chain([&EDITOR]) {
            let arguments = [subcommand.name, "--help", "--lang", lang.key()];
            let ran = home.run(&arguments[usize::from(subcommand.name.is_empty())..]);
            let help: String = ran.out.split_whitespace().collect();
            let has = |text: &str| help.contains(&text.split_whitespace().collect::<String>());
            for operand in subcommand.operands {
                assert!(
                    has(operand.about.get(lang)),
                    "{} in {}",
                    operand.key,
                    subcommand.name
                );
            }
            for opt in subcommand.options {
                if is_hidden(opt) {
                    assert!(!has(&format!("--{}", opt.name)));
                    continue;
                }
                assert!(
                    has(opt.about.get(lang)),
                    "{} in {}",
                    opt.name,
                    subcommand.name
                );
                assert!(has(&format!("--{}", opt.name)));
            }
            let other = if lang == Lang::Zh { "Usage" } else { "用法" };
            assert!(!ran.out.contains(other), "{}", ran.out);
            for word in ["[OPTIONS]", "Print help", "possible values"] {
                assert!(!ran.out.contains(word), "{word} in {}", ran.out);
            }
        }
    }
    assert_eq!(
        home.run(&["help", "check"]).out,
        home.run(&["check", "--help"]).out
    );
    home.run(&["help", "chekc"])
        .expect(Exit::Failed, 0)
        .says("是不是 check");
    let version = format!("gouji {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(home.run(&["--version"]).expect(Exit::Clean, 1).out, version);
}

#[test]
fn wrong_usage_is_said_in_our_words_with_a_way_out() {
    let home = home();
    let cases: &[(&[&str], &str, &str)] = &[
        (
            &["chek", "x"],
            "没有子命令 chek",
            "there is no subcommand chek",
        ),
        (&["chek"], "是不是 check", "did you mean check"),
        (
            &["check"],
            "没有写要核对的文件",
            "no file to check is named",
        ),
        (
            &["check", "--outptu", "json"],
            "是不是 --output",
            "did you mean --output",
        ),
        (
            &["check", "--sample", "--output", "yaml"],
            "lines full json",
            "lines full json",
        ),
        (
            &["check", "--sample", "--output"],
            "后面要有一个值",
            "needs a value",
        ),
        (
            &["check", "--sample", "--sample"],
            "只能写一次",
            "only once",
        ),
        (&["check", "--sample=yes"], "不带值", "takes no value"),
        (
            &["check", "--sample", "--fail-on", "fatal"],
            "error warning info never",
            "error warning info never",
        ),
        (&["check", "--sample", "--lang", "fr"], "zh en", "zh en"),
        (&["convert", "a.json"], "还缺", "is missing"),
        (&["new"], "还缺", "is missing"),
        (
            &["new", "a.json", "b.json"],
            "不认识 b.json",
            "b.json is not known",
        ),
    ];
    for (arguments, zh, en) in cases {
        home.run(arguments).expect(Exit::Failed, 0).says(zh);
        let mut command = home.command(arguments);
        let ran = run_of(command.env("LANG", "en_US.UTF-8"))
            .expect(Exit::Failed, 0)
            .says(en);
        assert!(
            !ran.err.contains("error:") && !ran.err.contains("Usage:"),
            "{ran:?}"
        );
    }
    home.put("b.json", broken_file());
    home.run(&["check", "b.json", "--encoding", "klingon"])
        .expect(Exit::Failed, 0)
        .says("klingon");
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let term = ("TERM", "xterm");
    let red = "\u{1b}[1;31merror\u{1b}[0m";
    assert!(
        on_terminal(&["check", "--sample"], &[term])
            .out
            .contains(red)
    );
    for env in [&[term, ("NO_COLOR", "1")][..], &[("TERM", "dumb")]] {
        assert!(
            !on_terminal(&["check", "--sample"], env)
                .out
                .contains('\u{1b}')
        );
    }
    assert!(
        !on_terminal(&["check", "--sample", "--output", "json"], &[term])
            .out
            .contains('\u{1b}')
    );
    assert!(!home().run(&["check", "--sample"]).out.contains('\u{1b}'));
    for severity in Severity::ALL {
        assert!(severity.key().is_ascii());
    }
}

#[test]
fn every_format_is_named_where_formats_are() {
    let ran = home().run(&["convert", "--help"]);
    for format in FORMATS.iter().filter(|format| format.can_write()) {
        assert!(ran.out.contains(format.key), "{}", format.key);
    }
}

/// The sample with its heading explained, and its first error.
fn explained_file() -> Vec<u8> {
    let mut document = gouji::model::Document::new(format::sample());
    for code in ["S-HEADING", "T3-COLSUM"] {
        let findings = gouji::check::alone(document.report(), gouji::check::Blanks::ZERO);
        let problem = findings
            .problems
            .iter()
            .find(|problem| problem.rule.code == code)
            .expect("the sample has it");
        let report = document.report();
        let remark = gouji::check::ProblemId::of(report, problem).explained("原稿如此", "wang");
        let at = report.remarks().len();
        let step = gouji::model::Transaction::new(gouji::base::words::Words::same("x")).remark(
            at,
            None,
            Some(remark),
        );
        document.apply(step).expect("fits");
    }
    native(document.report())
}

#[test]
fn explained_problems_are_listed_apart_and_fail_only_as_errors() {
    let home = home();
    home.put("a.json", explained_file());
    let ran = home.run(&["check", "a.json", "--lang", "zh"]);
    let marked: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.ends_with(" [已说明]"))
        .collect();
    assert_eq!(marked.len(), 2, "{ran:?}");
    assert!(marked[0].contains("warning S-HEADING s2: "), "{ran:?}");
    assert_eq!(ran.code, 1, "an explained error is an error");
    let json = home.run(&["check", "a.json", "--output", "json"]);
    let file: Value = serde_json::from_str(&json.out).expect("JSON");
    let explained = file["explained"].as_array().expect("a list");
    assert_eq!(explained.len(), 2);
    let keys: Vec<&String> = explained[0]
        .as_object()
        .expect("an object")
        .keys()
        .collect();
    assert_eq!(keys, ["code", "site", "text", "by"]);
    assert_eq!(
        (
            &explained[0]["code"],
            &explained[0]["text"],
            &explained[0]["by"]
        ),
        (&"S-HEADING".into(), &"原稿如此".into(), &"wang".into())
    );
    let codes: Vec<&Value> = file["problems"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|problem| &problem["code"])
        .collect();
    assert!(codes.contains(&&"S-HEADING".into()), "it stays listed");
    let full = home
        .run(&["check", "a.json", "--output", "full", "--lang", "zh"])
        .out;
    let apart = full.find("已说明：").expect("a block");
    assert!(full[apart..].contains("S-HEADING s2"), "{full}");
    assert!(full.contains("另有 1 处已说明"), "{full}");

    let mut document = gouji::model::Document::new(clean().into_report());
    let findings = |report: &Report| gouji::check::alone(report, gouji::check::Blanks::ZERO);
    let heading = gouji::model::Heading {
        section: current().text("s2"),
        text: "主动公开".into(),
    };
    let at = document
        .report()
        .headings()
        .iter()
        .position(|found| found.section == heading.section)
        .expect("a heading");
    let old = document.report().headings()[at].clone();
    let same = gouji::base::words::Words::same("x");
    let step = gouji::model::Transaction::new(same).heading(at, Some(old), Some(heading));
    document.apply(step).expect("fits");
    home.put("open.json", native(document.report()));
    home.run(&["check", "open.json", "--fail-on", "warning"])
        .expect(Exit::Problems, 1);
    let problem = findings(document.report()).problems.remove(0);
    let remark = gouji::check::ProblemId::of(document.report(), &problem).explained("如此", "wang");
    let step = gouji::model::Transaction::new(same).remark(0, None, Some(remark));
    document.apply(step).expect("fits");
    home.put("told.json", native(document.report()));
    home.run(&["check", "told.json", "--fail-on", "warning"])
        .expect(Exit::Clean, 1);
    home.run(&["check", "told.json", "--fail-on", "warning", "--no-remarks"])
        .expect(Exit::Problems, 1);
}

#[test]
fn a_profile_changes_severities_and_what_it_silences_is_listed() {
    let home = home();
    let profile = r#"{"rules":{
        "S-HEADING":{"level":"off","since":"2025-01-01","reason":"市里统一"},
        "T3-COLSUM":{"level":"warning","since":"2025-01-01","reason":"试行"},
        "T9-NONE":{"level":"off","since":"2025-01-01","reason":"x"},
        "T3-BLANK":{"level":"off","reason":"x"},
        "T2-BLANK":{"level":"loud","since":"2025-01-01","reason":"x"}},
        "limits":{"overview_length":{"value":-1,"since":"2025-01-01","reason":"x"}},
        "more":1}"#;
    home.put(".config/gouji/profile.json", profile);
    let ran = home.run(&["check", "--sample", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        !ran.out.contains("S-HEADING") && ran.out.contains("warning T3-COLSUM"),
        "{ran:?}"
    );
    for said in ["T9-NONE", "T3-BLANK", "loud", "-1", "more"] {
        assert!(ran.err.contains(said), "{said}: {ran:?}");
    }
    let json = home.run(&["check", "--sample", "--output", "json"]);
    let file: Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(file["silenced"][0]["code"], "S-HEADING");
    assert_eq!(file["silenced"][0]["since"], "2025-01-01");
    let full = home
        .run(&["check", "--sample", "--output", "full", "--lang", "en"])
        .out;
    assert!(full.contains("silenced by the profile"), "{full}");
    assert!(
        full.contains("error taken as warning since 2025-01-01"),
        "{full}"
    );

    home.put("other.json", r#"{"rules":{}}"#);
    home.run(&[
        "check",
        "--sample",
        "--profile",
        "other.json",
        "--output",
        "full",
    ])
    .expect_code(Exit::Problems);
    home.run(&["check", "--sample", "--profile", "none.json"])
        .expect(Exit::Failed, 0)
        .says("none.json");
    home.put("broken.json", "{");
    home.run(&["check", "--sample", "--profile", "broken.json"])
        .expect(Exit::Failed, 0);
    home.put(".config/gouji/profile.json", "{");
    home.run(&["check", "--sample"]).says("profile.json");
}

#[test]
fn the_configuration_stands_between_the_option_and_the_locale() {
    let home = home();
    home.put(
        ".config/gouji/config.json",
        r#"{"language":"en","theme":"light","wide_ambiguous":true,
            "keys":{"everywhere":{"problem.next":"F11","app.quit":"F8"},"matrix":{"x":"F1"}},
            "colour":"red","language2":1}"#,
    );
    let said = |more: &[&str], env: &[(&str, &str)]| {
        let mut command = home.command(&["check", "--sample"]);
        run_of(command.args(more).envs(env.iter().copied())).out
    };
    assert!(said(&[], &[("LANG", "zh_CN.UTF-8")]).contains("results add to"));
    assert!(said(&["--lang", "zh"], &[]).contains("各项结果相加"));
    let ran = home.run(&["schema", "--config"]);
    let config: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(config["language"], "en");
    assert_eq!(config["wide_ambiguous"], true);
    assert_eq!(config["theme"], "light");
    let keys = &config["keys"]["everywhere"];
    assert_eq!(keys["problem.next"], "F11");
    assert_eq!(keys["app.quit"], "F8");
    let notes = config["notes"].as_array().expect("a list").len();
    assert_eq!(notes, 3, "{config}");
    assert_eq!(config["profile"]["rules"]["T3-COLSUM"]["level"], "error");
    assert_eq!(
        config["profile"]["limits"]["overview_length"]["value"],
        1000
    );
}

#[test]
fn cells_that_were_changed_turn_the_order_of_suspects() {
    let home = home();
    let stale = changed(&[
        "t3.new_received.natural_person=7",
        "t3.new_received.total=7",
        "t3.granted_full.natural_person=8",
        "t3.granted_full.total=7",
        "t3.processed_total.natural_person=7",
        "t3.processed_total.total=7",
    ]);
    home.put("a.json", native(stale.report()));
    let first = |args: &[&str]| {
        let ran = home.run(&[&["check", "a.json", "--output", "json"], args].concat());
        let file: Value = serde_json::from_str(&ran.out).expect("JSON");
        file["suspects"][0]["slip"]
            .as_str()
            .expect("a slip")
            .to_owned()
    };
    assert_eq!(first(&[]), "keying");
    let edited = first(&["--edited", "t3.granted_full.natural_person"]);
    assert_eq!(edited, "totals_stale");
    let ran = home.run(&["check", "a.json", "--edited", "t3.nowhere.total"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

/// A clean report of a body and a year, as a file of our own.
fn of_year(body: &str, year: &str, changes: &[&str]) -> String {
    let (body, year) = (format!("head.body={body}"), format!("head.year={year}"));
    let all = [&[body.as_str(), year.as_str()], changes].concat();
    format::native(changed(&all).report())
}

#[test]
fn last_year_is_compared_and_found_in_a_folder_by_the_body() {
    let home = home();
    let path = |name: &str| home.0.path().join(name);
    fs::create_dir(path("last")).expect("a folder");
    let carried = ["t3.carried_out.total=2", "t3.carried_out.natural_person=2"];
    let now = of_year("甲市乙县民政局", "2024", &[]);
    fs::write(path("now.json"), now).expect("written");
    let last = of_year("乙县民政局", "2023", &carried);
    fs::write(path("last/one.json"), &last).expect("written");
    let other = of_year("甲市乙县财政局", "2023", &[]);
    fs::write(path("last/other.json"), other).expect("written");
    for named in ["last", "last/one.json"] {
        let ran = home.run(&["check", "--last", named, "now.json"]);
        assert!(ran.out.contains("X-CARRY t3.carried_in.total"), "{ran:?}");
    }
    let full = home.run(&["check", "--last", "last", "--output", "full", "now.json"]);
    assert!(full.out.contains("另与去年不符 2 处"), "{full:?}");
    fs::write(path("last/two.json"), last).expect("written");
    let ran = home.run(&["check", "--last", "last", "now.json"]);
    let ran = ran.expect_code(Exit::Failed);
    assert!(
        ran.err.contains("one.json") && ran.err.contains("two.json"),
        "{ran:?}"
    );
}

/// A file of two years of one body, whose figures were published.
fn year_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/years")
        .join(name)
}

/// Codes and places of what differs from last year.
fn beside_last(ran: &Ran) -> Vec<String> {
    let mut found = Vec::new();
    for line in ran.out.lines() {
        let mut words = line
            .split_whitespace()
            .skip_while(|word| !word.starts_with("X-"));
        if let (Some(code), Some(site)) = (words.next(), words.next()) {
            found.push(format!("{code} {}", site.trim_end_matches(':')));
        }
    }
    found
}

#[test]
fn two_published_years_of_one_body_are_compared() {
    let home = home();
    let (last, now) = (
        year_file("district-2023.json"),
        year_file("district-2024.json"),
    );
    let (last, now) = (last.to_str().expect("text"), now.to_str().expect("text"));
    let ran = home.run(&["check", "--last", last, now]);
    // Nothing was carried, and 5 + 3 - 0 = 8 documents are in force: silence.
    assert_eq!(
        beside_last(&ran),
        [
            "X-JUMP t2.licensing.decisions",
            "X-JUMP t3.granted_full.natural_person",
        ],
        "{ran:?}"
    );
    // In a folder it is found by its body, which lacks the name of the city there.
    fs::create_dir(home.0.path().join("last")).expect("a folder");
    for name in ["district-2023.json", "office-2020.json"] {
        fs::copy(year_file(name), home.0.path().join("last").join(name)).expect("copied");
    }
    let ran = home.run(&["check", "--last", "last", "--output", "full", now]);
    assert!(ran.out.contains("另与去年不符 2 处"), "{ran:?}");
}

#[test]
fn the_editor_takes_last_year_s_report_and_without_a_terminal_checks_beside_it() {
    let home = home();
    for name in ["district-2023.json", "district-2024.json"] {
        fs::copy(year_file(name), home.0.path().join(name)).expect("copied");
    }
    let (last, now) = ("district-2023.json", "district-2024.json");
    let ran = home.run(&[now, "--last", last]).says("不是终端");
    let checked = home.run(&["check", now, "--last", last, "--output", "full"]);
    assert!(checked.out.contains("另与去年不符 2 处"), "{checked:?}");
    assert_eq!(
        beside_last(&ran),
        beside_last(&home.run(&["check", now, "--last", last]))
    );
    home.run(&[now, "--last", "no.json"]).says("没有这个文件");
    home.run(&["--last", last]).expect_code(Exit::Failed);
    let help = home.run(&["--help"]);
    assert!(help.out.contains("--last"), "{help:?}");
}

#[test]
fn the_form_of_2019_is_compared_beside_that_of_2021() {
    let home = home();
    let (last, now) = (year_file("office-2020.json"), year_file("office-2021.json"));
    let (last, now) = (last.to_str().expect("text"), now.to_str().expect("text"));
    let ran = home.run(&["check", "--last", last, now]);
    assert_eq!(
        beside_last(&ran),
        [
            "X-CARRY t3.carried_in.natural_person",
            "X-CARRY t3.carried_in.total",
            "X-T4-PENDING t4.review.total",
        ],
        "{ran:?}"
    );
    // What has no partner is named, and what is in force is not compared with it.
    assert!(
        ran.err.contains("2019") && ran.err.contains("集中采购"),
        "{ran:?}"
    );
}

/// A folder of the county's first round.
fn county() -> (Home, String) {
    let home = home();
    let folder = home.0.path().join("报送");
    fs::create_dir(&folder).expect("made");
    county::first_round(&folder);
    let name = folder.to_string_lossy().into_owned();
    (home, name)
}

#[test]
fn check_of_a_folder_ends_with_a_line_of_totals() {
    let (home, folder) = county();
    let ran = home.run(&["check", &folder, "--lang", "zh"]);
    let last = ran.out.lines().last().expect("a line");
    assert_eq!(ran.code, 1);
    for said in ["合计：核对 ", "有错 ", "读不了 0", "错误 "] {
        assert!(last.starts_with("合计：") && last.contains(said), "{last}");
    }
    let ran = home.run(&["check", &folder, "--output", "json"]);
    assert!(
        ran.out.lines().all(|line| line.starts_with('{')),
        "no totals among objects"
    );
    let objects: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let scan = objects.iter().find(|one| {
        one["file"]
            .as_str()
            .is_some_and(|file| file.contains("审计局"))
    });
    let scan = scan.expect("a file that could not be read has an object");
    assert!(
        scan["failed"].as_str().is_some_and(|said| !said.is_empty()),
        "{scan}"
    );
    // A single file has no totals.
    home.put("one.json", clean_file());
    home.run(&["check", "one.json"]).expect(Exit::Clean, 0);
}

#[test]
fn json_has_an_object_for_a_named_file_that_could_not_be_read() {
    let home = home();
    home.put("bad.json", "{\"gouji\":");
    let ran = home
        .run(&["check", "bad.json", "missing.json", "--output", "json"])
        .expect(Exit::Failed, 2);
    for (line, file) in ran.out.lines().zip(["bad.json", "missing.json"]) {
        let object: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(object["file"], file);
        assert!(object["failed"].is_string() && object["hints"].is_array());
    }
}

#[test]
fn list_prints_the_units_of_a_folder() {
    let (home, folder) = county();
    let before: Vec<_> = fs::read_dir(&folder)
        .expect("listed")
        .flatten()
        .map(|e| e.file_name())
        .collect();
    let ran = home.run(&["list", &folder, "--output", "json"]);
    let rows: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(rows.len(), county::UNITS.len());
    let row = |unit: &str| rows.iter().find(|row| row["unit"] == unit).expect("a unit");
    assert_eq!(row("档案局")["state"], "missing");
    assert_eq!(row("审计局")["state"], "unread");
    assert_eq!(row("公安局")["files"].as_array().map(Vec::len), Some(2));
    assert!(row("公安局")["file"].is_null());
    assert_eq!(row("教育局")["state"], "to_return");
    assert_eq!(row("教育局")["sums"], "表四 1项");
    assert_eq!(rows[0]["sign"], "!");
    assert_eq!(rows[rows.len() - 1]["sign"], ".");
    let ran = home.run(&["list", &folder, "--output", "csv"]);
    let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
    assert_eq!(&reader.headers().expect("a head")[0], "unit");
    assert_eq!(reader.records().filter_map(Result::ok).count(), rows.len());
    let ran = home.run(&["list", &folder, "--lang", "zh"]);
    assert!(
        ran.out.lines().last().expect("totals").starts_with("49 家"),
        "{}",
        ran.out
    );
    // Another roster is named; whatever it is, nothing is written.
    home.put("few.txt", "民政局\n档案局\n");
    let few = home.run(&["list", &folder, "--roster", "few.txt", "--output", "json"]);
    assert!(few.out.contains("\"expected\":false"));
    let after: Vec<_> = fs::read_dir(&folder)
        .expect("listed")
        .flatten()
        .map(|e| e.file_name())
        .collect();
    assert_eq!(before, after);
    home.run(&["list", "few.txt"]).expect_code(Exit::Failed);
    home.run(&["list", &folder, "--roster", "none.csv"])
        .expect_code(Exit::Failed);
}

#[test]
fn watch_judges_a_file_again_when_it_changes() {
    use std::io::{BufRead as _, BufReader};
    let home = home();
    let folder = home.0.path().join("in");
    fs::create_dir(&folder).expect("made");
    fs::write(folder.join("a.json"), clean_file()).expect("written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["check", "--watch", "--lang", "zh"])
        .arg(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut told = BufReader::new(child.stderr.take().expect("piped"))
        .lines()
        .map_while(Result::ok);
    assert!(told.any(|line| line.contains("等文件变化")));
    fs::write(folder.join("a.json"), broken_file()).expect("written");
    let mut printed = BufReader::new(child.stdout.take().expect("piped"))
        .lines()
        .map_while(Result::ok);
    assert!(
        printed.any(|line| line.contains("T4-SUM")),
        "the change is judged"
    );
    fs::remove_file(folder.join("a.json")).expect("removed");
    assert!(told.any(|line| line.contains("a.json：不见了")));
    child.kill().expect("ended");
    child.wait().expect("ended");
    home.run(&["check", "--watch", "-"])
        .expect_code(Exit::Failed);
}
