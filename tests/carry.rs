//! `gouji new OUT --from LAST`: the new report made from last year's.

#![allow(
    clippy::disallowed_methods,
    reason = "a test of whole runs touches the world"
)]

#[path = "support/home.rs"]
mod home;
#[path = "support/reports.rs"]
mod reports;

use std::path::Path;

use gouji::base::sentence::Stale;
use gouji::base::words::words;
use gouji::cli::Exit;
use gouji::form::{by_key, current};
use gouji::format::{self, Options};
use gouji::model::{Cell, Document, HeadField, Report, Transaction};
use home::{Home, home};
use reports::{changed, native, old, years};

/// The report in a file of the home.
fn read(home: &Home, name: &str) -> Report {
    let text = home.read(name);
    let read = format::read(text.as_bytes(), Some(name), &Options::default());
    read.expect("a report").into_report()
}

/// Last year's report of 2023: two cases go on, and prose of every kind.
const LAST: &[&str] = &[
    "head.year=2023",
    "head.title=某县民政局2023年政府信息公开工作年度报告",
    "head.period=2023年1月1日至2023年12月31日",
    "head.contact=电话 000",
    "head.published=2024-01-20",
    "t2.normative_documents.in_force=5",
    "t3.new_received.natural_person=3",
    "t3.new_received.total=3",
    "t3.granted_full.natural_person=1",
    "t3.granted_full.total=1",
    "t3.processed_total.natural_person=1",
    "t3.processed_total.total=1",
    "t3.carried_out.natural_person=2",
    "t3.carried_out.total=2",
    "text.preamble=现公布2023年度政府信息公开工作年度报告。数据统计期限自2023年1月1日起至2023年12月31日止。",
    "text.s1=2023年，我局认真贯彻党的二十届三中全会精神，公开信息12条。\\严格审核，先审后发。2023年全局受理申请3件，比2022年多1件。7月召开局务会议。\\2022年，制定制度。",
    "text.s2=表前说明。",
    "text.s5=2023年，工作取得成效。下一步，2024年我们将加强学习。",
    "text.s6=收取信息处理费0元。",
];

fn with_last(changes: &[&str]) -> Home {
    let home = home();
    let all: Vec<&str> = LAST.iter().chain(changes).copied().collect();
    home.put("last.json", native(changed(&all).report()));
    home
}

#[test]
fn seven_cells_are_carried_and_no_other_number() {
    let home = with_last(&[]);
    let ran = home.run(&["new", "2024.json", "--from", "last.json"]);
    let ran = ran.expect_code(Exit::Clean);
    assert!(
        ran.err.contains("带入上年结转 7 格；别的数没有带入"),
        "{ran:?}"
    );
    let (last, new) = (read(&home, "last.json"), read(&home, "2024.json"));
    let form = new.form();
    let mut carried = 0;
    for cell in form.cells() {
        let path = form.path(cell);
        match path.strip_prefix("t3.carried_in.") {
            Some(col) => {
                let before = form.cell(&format!("t3.carried_out.{col}")).expect("a cell");
                assert_eq!(new.cell(cell), last.cell(before), "{path}");
                carried += 1;
            }
            None => assert!(new.cell(cell).is_blank(), "{path}"),
        }
    }
    assert_eq!(carried, 7);
    assert_eq!(
        new.cell(form.cell("t3.carried_in.total").expect("a cell"))
            .count(),
        Some(2)
    );
    assert!(new.remarks().is_empty() && new.questions().is_empty());
    // It keeps X-CARRY, whose fix has nothing to do.
    let check = home.run(&[
        "check",
        "2024.json",
        "--last",
        "last.json",
        "--fail-on",
        "never",
    ]);
    assert!(!check.out.contains("X-CARRY"), "{check:?}");
}

#[test]
fn the_year_moves_in_the_head_and_in_phrases_of_every_year_only() {
    let home = with_last(&[]);
    home.run(&["new", "2024.json", "--from", "last.json"])
        .expect_code(Exit::Clean);
    let new = read(&home, "2024.json");
    let head = |field| new.head().get(field);
    assert_eq!(
        head(HeadField::Title),
        "某县民政局2024年政府信息公开工作年度报告"
    );
    assert_eq!(head(HeadField::Body), "某县民政局");
    assert_eq!(head(HeadField::Year), "2024");
    assert_eq!(head(HeadField::Period), "2024年1月1日至2024年12月31日");
    assert_eq!(head(HeadField::Contact), "电话 000");
    // The day of publication is last year's alone.
    assert_eq!(head(HeadField::Published), "");
    let text = |key: &str| new.text(new.form().text(key).expect("a text"));
    assert_eq!(
        text("preamble"),
        "现公布2024年度政府信息公开工作年度报告。数据统计期限自2024年1月1日起至2024年12月31日止。"
    );
    assert_eq!(
        text("s1"),
        "2024年，我局认真贯彻党的二十届三中全会精神，公开信息12条。\n严格审核，先审后发。2023年全局受理申请3件，比2022年多1件。7月召开局务会议。\n2022年，制定制度。"
    );
    assert_eq!(
        text("s5"),
        "2024年，工作取得成效。下一步，2024年我们将加强学习。"
    );
    assert_eq!(text("s2"), "");
}

#[test]
fn sentences_with_a_number_a_date_a_meeting_or_a_year_are_listed() {
    let home = with_last(&[]);
    let ran = home.run(&["new", "2024.json", "--from", "last.json"]);
    let list = "要重写的句子 9 句：
preamble [年份] 现公布2024年度政府信息公开工作年度报告。
preamble [年份 日期 数] 数据统计期限自2024年1月1日起至2024年12月31日止。
s1 [年份 会议 数] 2024年，我局认真贯彻党的二十届三中全会精神，公开信息12条。
s1 [年份 数] 2023年全局受理申请3件，比2022年多1件。
s1 [日期 会议 数] 7月召开局务会议。
s1 [年份 数] 2022年，制定制度。
s5 [年份 数] 2024年，工作取得成效。
s5 [年份 数] 下一步，2024年我们将加强学习。
s6 [数] 收取信息处理费0元。
";
    let list = list.replace("[年份] 现", "[年份 数] 现");
    assert_eq!(ran.expect_code(Exit::Clean).out, list);
    let en = home.run(&["new", "en.json", "--from", "last.json", "--lang", "en"]);
    assert!(
        en.out
            .starts_with("9 sentences to write anew:\npreamble [year number] "),
        "{en:?}"
    );
    // Piped, the report is the result and the list goes aside.
    let piped = home
        .run(&["new", "-", "--from", "last.json"])
        .expect_code(Exit::Clean);
    assert!(piped.out.starts_with("{\"gouji\":1"), "{piped:?}");
    assert!(piped.err.contains("要重写的句子 9 句"), "{piped:?}");
}

#[test]
fn the_places_of_the_list_are_those_of_the_new_text() {
    let last = changed(LAST);
    let carried = last.report().carried_into(current(), (2023, 2024), "");
    assert_eq!(carried.rewrite.len(), 9);
    for again in &carried.rewrite {
        let text = carried.report.text(again.text);
        assert!(text[again.at..].starts_with(&again.sentence), "{again:?}");
    }
    assert_eq!(
        carried.rewrite[4].why,
        [Stale::Date, Stale::Meeting, Stale::Number]
    );
    assert_eq!(carried.cells.len(), 7);
}

#[test]
fn what_moved_by_itself_is_not_open() {
    let last = changed(LAST);
    let carried = last.report().carried_into(current(), (2023, 2024), "");
    let moved = carried.rewrite.iter().filter(|again| again.is_moved);
    let moved: Vec<&str> = moved.map(|again| again.sentence.as_str()).collect();
    assert_eq!(
        moved,
        [
            "现公布2024年度政府信息公开工作年度报告。",
            "数据统计期限自2024年1月1日起至2024年12月31日止。",
            "2024年，工作取得成效。",
        ]
    );
    let open = |again: &&gouji::model::Rewrite| again.is_open_in(&carried.report);
    assert_eq!(carried.rewrite.iter().filter(open).count(), 6);
}

#[test]
fn what_was_changed_since_is_carried_and_a_draft_no_more() {
    let last = changed(LAST);
    let carried = last.report().carried_into(current(), (2023, 2024), "");
    let form = current();
    let (total, person) = ("t3.carried_in.total", "t3.carried_in.natural_person");
    let [total, person, new] =
        [total, person, "t3.new_received.total"].map(|path| form.cell(path).expect("a cell"));
    let s6 = form.text("s6").expect("a text");
    let change = Transaction::new(words("改", "change"))
        .cell(&carried.report, total, Cell::Count(3))
        .splice(&carried.report, s6, 0.."收取".len(), "共收");
    let mut document = Document::new(carried.report.clone());
    assert!(
        carried
            .rewrite
            .iter()
            .all(|again| again.stands_in(document.report()))
    );
    document.apply(change).expect("made for this report");
    let report = document.report();
    let holds = [total, person, new].map(|cell| carried.holds_in(report, cell));
    assert_eq!(holds, [false, true, false]);
    let gone = carried
        .rewrite
        .iter()
        .filter(|again| !again.stands_in(report));
    assert_eq!(gone.map(|again| again.text).collect::<Vec<_>>(), [s6]);
    document.undo();
    assert!(carried.holds_in(document.report(), total));
}

#[test]
fn what_is_wrong_with_last_year_is_said_before() {
    let home = with_last(&["t3.carried_out.natural_person=1"]);
    let ran = home.run(&["new", "2024.json", "--from", "last.json"]);
    let ran = ran.expect_code(Exit::Clean);
    let said = ran.err.find("去年的报告有 2 处错误").expect("it is said");
    let taken = ran.err.find("带入上年结转").expect("it is taken");
    assert!(said < taken, "{ran:?}");
    assert!(
        ran.err
            .contains("last.json: error T3-BALANCE t3.natural_person:"),
        "{ran:?}"
    );
    // Nothing wrong, nothing said.
    let quiet = with_last(&[
        "text.preamble=",
        "text.s1=（一）主动公开。及时。\\（二）依申请公开。依法。\\（三）政府信息管理。审查。\\（四）平台建设。维护。\\（五）监督保障。自查。",
        "text.s5=还不够细，要加强学习。",
    ]);
    let ran = quiet.run(&["new", "2024.json", "--from", "last.json"]);
    assert!(!ran.expect_code(Exit::Clean).err.contains("去年的报告有"));
}

#[test]
fn a_report_on_the_form_of_2019_is_remapped_and_the_rest_is_listed() {
    let home = home();
    let last = years("office-2020.json");
    let last = last.to_string_lossy();
    let ran = home
        .run(&["new", "2021", "--from", &last])
        .expect_code(Exit::Clean);
    assert!(ran.err.contains("t2.rules.public_total"), "{ran:?}");
    assert!(ran.err.contains("251000元"), "{ran:?}");
    assert!(ran.err.contains("写到 2021.json"), "{ran:?}");
    let new = read(&home, "2021.json");
    assert_eq!(new.form(), by_key("2021").expect("a form"));
    let filled = new
        .form()
        .cells()
        .filter(|cell| !new.cell(*cell).is_blank());
    let filled: Vec<String> = filled.map(|cell| new.form().path(cell)).collect();
    assert_eq!(
        filled,
        ["t3.carried_in.natural_person", "t3.carried_in.total"]
    );
    // A year of the old form keeps it.
    home.put(
        "2019.json",
        native(old(&["t3.carried_out.total=4"]).report()),
    );
    home.run(&["new", "2020", "--from", "2019.json"])
        .expect_code(Exit::Clean);
    let new = read(&home, "2020.json");
    assert_eq!(new.form().key, "2019");
    assert_eq!(new.head().title, "某县民政局2020年政府信息公开工作年度报告");
}

#[test]
fn any_format_is_last_year_and_any_format_is_new() {
    let home = with_last(&[]);
    home.run(&["new", "whole.json", "--from", "last.json"])
        .expect_code(Exit::Clean);
    for name in ["last.docx", "last.html", "last.xlsx", "last.txt"] {
        home.run(&["convert", "last.json", name, "--lang", "en"])
            .expect_code(Exit::Clean);
        let out = format!("of-{name}.json");
        home.run(&["new", &out, "--from", name])
            .expect_code(Exit::Clean);
        let (new, whole) = (read(&home, &out), read(&home, "whole.json"));
        assert_eq!(new.cells(), whole.cells(), "{name}");
        assert_eq!(new.head().title, whole.head().title, "{name}");
        assert_eq!(
            new.form()
                .texts()
                .map(|text| new.text(text))
                .collect::<Vec<_>>(),
            whole
                .form()
                .texts()
                .map(|text| whole.text(text))
                .collect::<Vec<_>>(),
            "{name}"
        );
    }
    home.run(&["new", "2024.docx", "--from", "last.json"])
        .expect_code(Exit::Clean);
    assert!(home.path("2024.docx").is_file());
    let ran = home.pipe(
        &["new", "-", "--from", "-"],
        home.read("last.json").as_bytes(),
    );
    assert!(ran.expect_code(Exit::Clean).out.contains("\"year\":2024"));
}

#[test]
fn the_name_of_the_body_may_be_given_as_people_write_it() {
    let home = with_last(&[
        "head.body=临河区民政局",
        "head.title=临河区民政局2023年政府信息公开工作年度报告",
    ]);
    home.run(&[
        "new",
        "a.json",
        "--from",
        "last.json",
        "--body",
        "永安市临河区民政局",
        "--year",
        "2024",
    ])
    .expect_code(Exit::Clean);
    let new = read(&home, "a.json");
    assert_eq!(new.head().body, "永安市临河区民政局");
    assert_eq!(
        new.head().title,
        "永安市临河区民政局2024年政府信息公开工作年度报告"
    );
}

#[test]
fn bad_input_is_one_sentence_and_the_way_out_and_nothing_is_written() {
    let home = with_last(&[]);
    home.put("there.json", "kept");
    home.put("junk.pdf", b"%PDF-1.4 junk");
    home.put(
        "noyear.json",
        native(changed(&["head.year=", "head.title=年度报告"]).report()),
    );
    for (arguments, said) in [
        (
            &["--from", "last.json", "--body", "某市财政局"][..],
            "去年的报告是【某县民政局】的，不是【某市财政局】的，没有带入\n 办法",
        ),
        (
            &["--from", "last.json", "--year", "2025"],
            "是 2023 年的报告，不是 2025 年的上一年，没有带入\n 办法  换 2024 年的报告，或写 --year 2024",
        ),
        (&["--from", "last.json", "--year", "2023"], "写 --year 2024"),
        (&["--from", "none.json"], "none.json"),
        (&["--from", "junk.pdf"], "junk.pdf"),
        (
            &["--from", "noyear.json"],
            "没有写是哪一年的，不知道新报告的年度\n 办法  写上新报告的年度",
        ),
    ] {
        let all: Vec<&str> = ["new", "2024.json"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        home.run(&all).expect(Exit::Failed, 0).says(said);
        assert!(!home.path("2024.json").exists(), "{arguments:?}");
    }
    let same = home.run(&["new", "last.json", "--from", "last.json"]);
    same.expect(Exit::Failed, 0)
        .says("不能写到去年的报告上：last.json\n 办法");
    home.run(&["new", "there.json", "--from", "last.json"])
        .expect(Exit::Failed, 0)
        .says("there.json");
    assert_eq!(home.read("there.json"), "kept");
    home.run(&[
        "new",
        "2024.json",
        "--from",
        "noyear.json",
        "--year",
        "2024",
    ])
    .expect_code(Exit::Clean);
}

#[test]
fn a_row_that_was_not_read_is_said_and_carries_nothing() {
    for (changes, said) in [
        (
            &["lost=t3.carried_out", "t3.carried_out.*="][..],
            "t3.carried_out: 去年的结转下年没有读出来，没有带入",
        ),
        (
            &["unread=t3:picture", "t3.*="],
            "去年的结转下年没有读出来，没有带入",
        ),
        (
            &["t3.carried_out.total=见附件"],
            "t3.carried_out.total: 去年结转下年的【总计】是 见附件，不是整数，没有带入",
        ),
    ] {
        let home = with_last(changes);
        home.run(&["new", "2024.json", "--from", "last.json"])
            .expect_code(Exit::Clean)
            .says(said);
        let new = read(&home, "2024.json");
        assert!(
            new.cell(new.form().cell("t3.carried_in.total").expect("a cell"))
                .is_blank()
        );
    }
}

#[test]
fn what_was_not_written_anew_makes_a_draft() {
    let home = with_last(&[]);
    home.run(&["new", "2024.json", "--from", "last.json"])
        .expect_code(Exit::Clean);
    let ran = home.run(&["convert", "2024.json", "draft.txt", "--last", "last.json"]);
    ran.expect_code(Exit::Clean)
        .says("正文有 6 句还是去年的，没有重写，文件标为【送审稿】");
    // A folder of last year's is chosen from; what was written anew counts no more.
    std::fs::create_dir(home.path("before")).expect("a folder");
    std::fs::rename(home.path("last.json"), home.path("before/last.json")).expect("it moves");
    home.put(
        "mine.json",
        native(changed(&["text.s6=收取信息处理费0元。"]).report()),
    );
    home.run(&["convert", "mine.json", "plain.html"])
        .expect_code(Exit::Clean);
    assert!(!home.read("plain.html").contains("送审稿"));
    home.run(&["convert", "mine.json", "mine.html", "--last", "before"])
        .expect_code(Exit::Clean)
        .says("正文有 1 句还是去年的");
    assert!(home.read("mine.html").contains("送审稿"));
    home.put("ours.json", native(changed(&[]).report()));
    home.run(&["convert", "ours.json", "ours.html", "--last", "before"])
        .expect_code(Exit::Clean);
    assert!(!home.read("ours.html").contains("送审稿"));
    home.run(&["convert", "mine.json", "mine.csv", "--last", "before"])
        .expect(Exit::Failed, 0)
        .says("--last 只用于给人看的文件");
}

/// Where the two years of the samples are present.
#[test]
fn the_sample_of_2023_becomes_the_report_of_2024() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/years");
    if !folder.is_dir() {
        return;
    }
    let home = home();
    let last = folder.join("hongze-district-2023.json");
    let ran = home.run(&["new", "2024", "--from", &last.to_string_lossy()]);
    // The law that it cites and its telephone are the same every year.
    let ran = ran.expect(Exit::Clean, 7);
    assert!(ran.err.contains("error T4-SUM t4.review"), "{ran:?}");
    let new = read(&home, "2024.json");
    assert_eq!(
        new.head().title,
        "洪泽区人民政府2024年政府信息公开工作年度报告"
    );
    let preamble = new.text(new.form().text("preamble").expect("a text"));
    assert!(
        preamble.contains("自2024年1月1日起至2024年12月31日止"),
        "{preamble}"
    );
    assert_eq!(
        new.cells()
            .iter()
            .filter(|cell| cell.count() == Some(0))
            .count(),
        7
    );
    assert_eq!(
        new.cells().iter().filter(|cell| !cell.is_blank()).count(),
        7
    );
}
