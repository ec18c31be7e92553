//! The check sheet, the return note and how a report goes out.

#![allow(
    clippy::disallowed_methods,
    reason = "a test of whole runs touches the world"
)]

#[path = "support/reports.rs"]
mod reports;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use gouji::base::sheet::{Block, Sheet};
use gouji::base::width::{Ruler, is_unsafe};
use gouji::base::words::Lang;
use gouji::check::readings::{Hints, suspects};
use gouji::check::{Blanks, Findings, ProblemId, Profile, alone};
use gouji::cli::Exit;
use gouji::form::{self, current};
use gouji::format::{self, TEXT, Writing, sample, write_sheet};
use gouji::model::{Cell, Document, HeadField, Report, Transaction};
use gouji::paper::{Checked, problems, return_note, signoff, zeroed};
use reports::{changed, clean};
use tempfile::TempDir;

// ---- sheets

fn with<T>(report: &Report, make: impl Fn(&Checked) -> T) -> T {
    let findings: Findings = alone(report, Blanks::ZERO);
    let hints = Hints::of(&findings, Vec::new());
    make(&Checked {
        file: "/home/wang/secret.json",
        format: "json",
        report,
        origins: &[],
        findings: &findings,
        suspects: &suspects(report, &hints),
        notes: &[],
        profile: &Profile::default(),
    })
}

fn sheet(report: &Report, lang: Lang) -> Sheet {
    with(report, |checked| signoff::sheet(checked, lang))
}

fn note(report: &Report, lang: Lang) -> String {
    with(report, |checked| return_note::note(checked, lang))
}

fn text(sheet: &Sheet) -> String {
    let bytes = write_sheet(sheet, &TEXT).expect("sheets are written as text");
    String::from_utf8(bytes).expect("UTF-8")
}

/// The sheet as text: no line too wide, nothing that steers a terminal.
fn page(report: &Report, lang: Lang) -> String {
    let page = text(&sheet(report, lang));
    for line in page.lines() {
        assert!(Ruler::default().width(line) < 80, "{line}");
        assert!(!line.contains(is_unsafe), "{line}");
        assert!(!line.contains('{'), "{line}");
    }
    assert!(!page.contains("secret"), "no path: {page}");
    page
}

fn says(text: &str, said: &[&str]) {
    for said in said {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
}

/// A report in which the first problem of each rule is explained.
fn explained(report: &Report, codes: &[&str]) -> Report {
    let findings = alone(report, Blanks::ZERO);
    let mut document = Document::new(report.clone());
    for code in codes {
        let problem = findings.problems.iter().find(|p| p.rule.code == *code);
        let problem = problem.expect("the rule finds something");
        let written = ProblemId::of(report, problem).explained("原稿如此，明年改", "wang");
        let at = document.report().remarks().len();
        let label = gouji::base::words::words("说明", "explain");
        let step = Transaction::new(label).remark(at, None, Some(written));
        document.apply(step).expect("made for this report");
    }
    document.report().clone()
}

#[test]
fn the_sheet_of_the_sample_is_one_page_with_everything_that_is_signed_for() {
    let page_zh = page(&sample(), Lang::Zh);
    says(
        &page_zh,
        &[
            "核验单",
            "机关：北京市西城区民政局    年度：2024    格式：2021年格式",
            "错误 2，提醒 1，提示 2；空白格 0",
            "表三每列：各项之和 = (七)总计 | T3-COLSUM  | 7    | 5    | 2    | 0 ",
            "表三每列：一+二-(七)-四 = 0   | T3-BALANCE | 7    | 7    | 0    | 0 ",
            "表三每行：相加 = 总计         | T3-ROWSUM  | 25   | 25   | 0    | 0 ",
            "表四每行：相加 = 总计         | T4-SUM     | 3    | 3    | 0    | 0 ",
            "错误 | 表三 自然人列：各项结果相加 8，（七）总计写 7，少写 1",
            "受理政府信息公开申请9件 | 表三【一 本年新收】      | 9    | 一致",
            "填报人 ____",
            "核对人 ____",
            "负责人 ____",
            "单位盖章",
            "少写 1 (T3-COLSUM)",
            "已经说明的：没有。",
        ],
    );
    assert!(page_zh.lines().count() <= 60, "one page: {page_zh}");
    let page_en = page(&sample(), Lang::En);
    says(
        &page_en,
        &[
            "Check sheet",
            "Table 3, each row: Sum = Total ",
            "Signatures",
            "Approved by",
        ],
    );
    assert!(page_en.lines().count() <= 60, "one page: {page_en}");
    assert_eq!(page_zh, page(&sample(), Lang::Zh), "no clock, no user");
}

#[test]
fn a_clean_report_has_nothing_open_and_every_sum_holds() {
    let report = clean().into_report();
    let page = page(&report, Lang::Zh);
    says(
        &page,
        &[
            "错误 0，提醒 0，提示 0",
            "没有解决的问题：没有。",
            "已经说明的：没有。",
        ],
    );
    for family in [
        "T3-COLSUM  | 7    | 7",
        "T3-ROWSUM  | 25   | 25",
        "T4-SUM     | 3    | 3",
    ] {
        says(&page, &[family]);
    }
}

#[test]
fn explained_problems_stand_apart_with_their_reasons_and_errors_still_count() {
    let report = explained(&sample(), &["T3-COLSUM", "S-HEADING"]);
    let page = page(&report, Lang::Zh);
    let (open, explained) = page.split_once("【已经说明的】").expect("a part for them");
    says(open, &["错误 2，提醒 0，提示 2；另有 1 处已说明"]);
    assert!(!open.contains("自然人列"), "{open}");
    says(
        explained,
        &[
            "错误（仍算）",
            "自然人列",
            "第二部分标题少了序号",
            "原稿如此，明年改",
            "wang",
        ],
    );
}

#[test]
fn the_form_of_2019_has_its_own_families() {
    let form = form::by_key("2019").expect("a form of 2019");
    let page = page(&Report::new(form), Lang::Zh);
    says(&page, &["2019", "T3-COLSUM", "T4-SUM", "（没有写）"]);
}

#[test]
fn a_page_stays_bounded_and_says_what_it_leaves_out() {
    let worst: Vec<String> = current()
        .cells()
        .map(|cell| format!("{}=x", current().path(cell)))
        .collect();
    let worst: Vec<&str> = worst.iter().map(String::as_str).collect();
    let report = changed(&worst).into_report();
    let page = page(&report, Lang::Zh);
    says(&page, &["处没有列在这一页上"]);
    assert!(page.lines().count() <= 70, "{page}");
    let note = note(&report, Lang::Zh);
    says(&note, &["处没有列出。"]);
    assert!(
        note.lines().count() <= 50,
        "short enough for a chat: {note}"
    );
}

#[test]
fn texts_of_a_file_never_steer_a_sheet_or_a_note() {
    let dirty = "局\u{202e}\u{1b}]0;x\u{7}\u{200b}\n甲";
    let mut draft = clean();
    draft.set_head(HeadField::Body, dirty);
    draft.push_question(gouji::model::Question {
        site: "t3".to_owned(),
        fault: None,
        text: format!("核实{dirty}"),
    });
    let report = draft.into_report();
    for lang in Lang::ALL {
        page(&report, lang);
        let note = note(&report, lang);
        assert!(!note.replace('\n', "").contains(is_unsafe), "{note:?}");
        let tab = with(&report, |checked| problems::sheet(checked, lang));
        assert!(!text(&tab).replace('\n', "").contains(is_unsafe));
    }
}

// ---- the return note

#[test]
fn the_note_numbers_faults_in_words_and_says_what_to_do() {
    assert_eq!(
        note(&sample(), Lang::Zh),
        "退回意见：北京市西城区民政局 2024 年度报告\n\
         错误 2 处，提醒 1 处，请改后重报。\n\
         \n\
         1. 错误：表三 自然人列：各项结果相加 8，（七）总计写 7，少写 1\n   \
         怎么改：核对本列各项结果或（七）\n\
         2. 错误：表三 商业企业列：各项结果相加 0，（七）总计写 1，多写 1\n   \
         怎么改：核对本列各项结果或（七）\n\
         3. 提醒：第二部分标题少了序号【二、】\n\
         \n\
         可能的原因，请对照台账：\n\
         - 有 1 件应记商业企业、误记自然人，在下列 6 行之一：(一)予以公开、(二)部分公开、(三)8 行政查询事项、(五)5 确认或重新出具、(三)5 三类内部事务、(四)1 本机关不掌握\n"
    );
    says(
        &note(&sample(), Lang::En),
        &[
            "Return note: 北京市西城区民政局, annual report 2024",
            "2. error: Table 3 Business",
            "Next: check",
        ],
    );
}

#[test]
fn the_note_on_a_clean_report_says_so_and_still_asks_what_was_kept() {
    let mut draft = clean();
    draft.push_question(gouji::model::Question {
        site: "t3".to_owned(),
        fault: None,
        text: "许可件数与台账核对过吗".to_owned(),
    });
    let note = note(&draft.into_report(), Lang::Zh);
    says(
        &note,
        &[
            "没有发现要退回改的问题",
            "请核实：\n1. 许可件数与台账核对过吗",
        ],
    );
}

#[test]
fn what_is_explained_is_not_sent_back_unless_it_is_an_error() {
    let report = explained(&sample(), &["T3-COLSUM", "S-HEADING"]);
    let note = note(&report, Lang::Zh);
    says(&note, &["错误 2 处，提醒 0 处", "自然人列"]);
    assert!(
        !note.contains("第二部分") && !note.contains("wang"),
        "{note}"
    );
}

#[test]
fn a_question_that_is_a_fault_is_not_asked_twice() {
    let mut document = Document::new(sample());
    let fault = "Table 3 Natural person: results add to 8, (7) says 7, 1 too little";
    let question = gouji::model::Question {
        site: "t3.natural_person".to_owned(),
        fault: None,
        text: fault.to_owned(),
    };
    let label = gouji::base::words::words("问", "ask");
    let step = Transaction::new(label).question(0, None, Some(question));
    document.apply(step).expect("made for this report");
    assert!(!note(document.report(), Lang::Zh).contains("请核实"));
}

#[test]
fn a_question_is_about_its_problem_until_the_numbers_change() {
    let mut document = Document::new(sample());
    let path = "t3.natural_person";
    let problems = gouji::check::alone(document.report(), Blanks::ZERO).problems;
    let broken = problems.iter().find(|problem| {
        problem.rule.code == "T3-COLSUM" && problem.site.path(document.report().form()) == path
    });
    let id = ProblemId::of(document.report(), broken.expect("the sample's fault"));
    let label = gouji::base::words::words("问", "ask");
    let worded = "这一列以前的版本这样说：8 对 7".to_owned();
    let step = Transaction::new(label).question(0, None, Some(id.asked(worded.clone())));
    document.apply(step).expect("made for this report");
    for lang in Lang::ALL {
        let note = note(document.report(), lang);
        assert!(!note.contains(&worded), "{lang:?}: {note}");
    }
    // Other numbers are another problem: both are in the note.
    let total = document
        .report()
        .form()
        .cell("t3.processed_total.natural_person");
    let step = Transaction::new(label).cell(
        document.report(),
        total.expect("a cell"),
        Cell::read("6", gouji::form::Kind::Count),
    );
    document.apply(step).expect("made for this report");
    let note = note(document.report(), Lang::Zh);
    says(
        &note,
        &["（七）总计写 6，少写 2", &format!("请核实：\n1. {worded}")],
    );
}

// ---- what goes into a workbook, and blanks

#[test]
fn the_sheet_of_problems_holds_no_reason_and_no_name() {
    let report = explained(&sample(), &["T3-COLSUM", "S-HEADING"]);
    let tab = with(&report, |checked| problems::sheet(checked, Lang::Zh));
    assert_eq!(tab.title, "问题");
    let Some(Block::Table(rows)) = tab.blocks.last() else {
        unreachable!("{tab:?}")
    };
    assert_eq!(rows.len(), 1 + 5, "a head and a row for each problem");
    assert!(
        rows.iter()
            .any(|row| row[1] == "T3-COLSUM" && row[2] == "t3.natural_person")
    );
    let text = text(&tab);
    assert!(!text.contains("wang") && !text.contains("明年改"), "{text}");
}

#[test]
fn rows_that_were_not_found_in_the_source_are_no_zeros() {
    let report = changed(&[
        "t3.granted_full.*=",
        "t3.granted_partial.natural_person=",
        "lost=t3.granted_full",
    ])
    .into_report();
    let form = current();
    let (filled, count) = zeroed(&report);
    let text = |path: &str| {
        filled
            .cell(form.cell(path).expect("path"))
            .text()
            .into_owned()
    };
    assert_eq!(text("t3.granted_full.natural_person"), "");
    assert_eq!(text("t3.granted_full.total"), "");
    assert_eq!(text("t3.granted_partial.natural_person"), "0");
    assert_eq!(count, 1);
    let blanks = gouji::check::Blanks::ZERO;
    let findings = gouji::check::alone(&report, blanks);
    let fixes: Vec<_> = findings
        .problems
        .iter()
        .filter(|problem| problem.rule.code == "T3-BLANK")
        .flat_map(|problem| problem.fixes(&report, blanks))
        .collect();
    assert_eq!(fixes.len(), 1);
    assert_eq!(fixes[0].transaction.ops.len(), 1, "the row is unknown");
}

#[test]
fn blanks_become_what_they_count_as_and_nothing_else_changes() {
    let report = changed(&[
        "t2.rules.issued=",
        "t2.admin_fees.amount_wan_yuan=",
        "t3.new_received.natural_person=3",
        "t3.new_received.org_other=",
        "t3.new_received.total=",
        "t3.carried_in.natural_person=x",
        "t3.carried_in.total=",
        "t4.review.total=/",
    ])
    .into_report();
    let (filled, count) = zeroed(&report);
    let cell = |report: &Report, path: &str| {
        report
            .cell(current().cell(path).expect("path"))
            .text()
            .into_owned()
    };
    assert_eq!(count, 4);
    assert_eq!(cell(&filled, "t2.rules.issued"), "0");
    assert_eq!(cell(&filled, "t2.admin_fees.amount_wan_yuan"), "0");
    assert_eq!(cell(&filled, "t3.new_received.org_other"), "0");
    assert_eq!(
        cell(&filled, "t3.new_received.total"),
        "3",
        "the sum of its parts"
    );
    assert_eq!(
        cell(&filled, "t3.carried_in.total"),
        "",
        "a part is unreadable"
    );
    assert_eq!(cell(&filled, "t4.review.total"), "/", "Nil is not blank");
    let other = |report: &Report| (report.head().clone(), report.headings().to_vec());
    assert_eq!(other(&filled), other(&report));
    let errors = |report: &Report| alone(report, Blanks::ZERO).counts().errors;
    assert_eq!(errors(&filled), errors(&report), "no error comes or goes");
}

#[test]
fn a_draft_as_text_is_marked_and_reads_back_without_the_mark() {
    let how = Writing {
        is_draft: true,
        ..Writing::default()
    };
    let marked = format::write(&sample(), &TEXT, &how).expect("written");
    let shown = String::from_utf8(marked.clone()).expect("UTF-8");
    assert!(shown.starts_with("〔送审稿〕\n"), "{shown}");
    let fair = format::write(&sample(), &TEXT, &Writing::default()).expect("written");
    let read = |bytes: &[u8]| {
        let draft = format::read(bytes, None, &format::Options::default());
        draft.expect("a report").into_report()
    };
    assert_eq!(read(&marked), read(&fair));
    // A title that looks like the mark is none.
    let mut document = Document::new(sample());
    let label = gouji::base::words::words("改", "change");
    let step = Transaction::new(label).head(document.report(), HeadField::Title, "〔送审稿〕");
    document.apply(step).expect("made for this report");
    let bytes = format::write(document.report(), &TEXT, &how).expect("written");
    assert_eq!(read(&bytes).head().title, "〔送审稿〕");
}

// ---- whole runs

struct Home(TempDir);

#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn code(self, exit: Exit) -> Self {
        assert_eq!(self.code, i32::from(exit.code()), "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        self
    }

    fn says(self, said: &str) -> Self {
        assert!(self.err.contains(said), "{said:?} is not in {self:?}");
        self
    }
}

impl Home {
    fn new() -> Self {
        let home = Home(TempDir::new().expect("a folder"));
        home.put("sample.json", format::native(&sample()));
        home.put("clean.json", format::native(clean().report()));
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).expect("written");
    }

    fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path(name)).ok()
    }

    fn run(&self, arguments: &str) -> Ran {
        let program = env!("CARGO_BIN_EXE_gouji");
        self.shell(&format!("exec {program} {arguments}"))
    }

    fn shell(&self, line: &str) -> Ran {
        let output = Command::new("/bin/sh")
            .args(["-c", line])
            .env_clear()
            .env("HOME", self.0.path())
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .output()
            .expect("a shell");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Ran {
            code: output.status.code().expect("an exit code"),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }
}

#[test]
fn a_check_sheet_is_written_beside_the_usual_lines_and_never_over_a_file() {
    let home = Home::new();
    let ran = home
        .run("check sample.json --signoff 核验单.txt")
        .code(Exit::Problems)
        .says("核验单写到 核验单.txt");
    assert_eq!(ran.out.lines().count(), 5, "the lines for scripts stand");
    let written = home.read("核验单.txt").expect("written");
    assert_eq!(written, page(&sample(), Lang::Zh));
    home.put("核验单.txt", "mine");
    home.run("check sample.json --signoff 核验单.txt")
        .code(Exit::Failed)
        .says("--force");
    assert_eq!(home.read("核验单.txt").as_deref(), Some("mine"));
    home.run("check sample.json --signoff 核验单.txt --force")
        .code(Exit::Problems);
    assert_eq!(home.read("核验单.txt"), Some(written));
}

#[test]
fn a_check_sheet_on_the_output_stands_alone() {
    let home = Home::new();
    let ran = home.run("check clean.json --signoff -").code(Exit::Clean);
    assert_eq!(ran.out, page(clean().report(), Lang::Zh));
    let ran = home
        .run("check --sample --signoff - --lang en")
        .code(Exit::Problems);
    assert_eq!(ran.out, page(&sample(), Lang::En));
}

#[test]
fn a_check_sheet_is_for_one_report_in_a_format_that_sheets_have() {
    let home = Home::new();
    home.run("check sample.json clean.json --signoff a.txt")
        .code(Exit::Failed)
        .says("一次写一份报告");
    assert_eq!(home.read("a.txt"), None);
    home.run("check sample.json --signoff a.pdf")
        .code(Exit::Failed)
        .says(".txt");
    home.run("check nothing.json --signoff a.txt")
        .code(Exit::Failed)
        .says("没有这个文件");
    assert_eq!(home.read("a.txt"), None);
}

#[test]
fn every_report_has_its_return_note() {
    let home = Home::new();
    let ran = home
        .run("check sample.json clean.json missing.json --return -")
        .code(Exit::Failed)
        .says("missing.json");
    let notes: Vec<&str> = ran
        .out
        .split("\n--------------------------------\n\n")
        .collect();
    assert_eq!(
        notes,
        [note(&sample(), Lang::Zh), note(clean().report(), Lang::Zh)]
    );
    home.run("check sample.json --return 意见.txt")
        .code(Exit::Problems)
        .says("意见.txt");
    assert_eq!(home.read("意见.txt"), Some(note(&sample(), Lang::Zh)));
    home.run("check sample.json --return 意见.txt")
        .code(Exit::Failed)
        .says("--force");
}

#[test]
fn where_nothing_can_be_written_nothing_is() {
    let home = Home::new();
    fs::create_dir(home.path("folder.txt")).expect("made");
    symlink("nowhere/a.txt", home.path("link.txt")).expect("linked");
    for call in [
        "check sample.json --signoff",
        "check sample.json --return",
        "convert sample.json",
    ] {
        home.run(&format!("{call} folder.txt"))
            .code(Exit::Failed)
            .says("文件夹");
        home.run(&format!("{call} folder.txt --force"))
            .code(Exit::Failed)
            .says("文件夹");
        home.run(&format!("{call} link.txt"))
            .code(Exit::Failed)
            .says("--force");
        home.run(&format!("{call} link.txt --force"))
            .code(Exit::Failed);
        home.run(&format!("{call} no/such/folder.txt"))
            .code(Exit::Failed)
            .says("没有这个文件或文件夹");
        // A limit on the size of files stands for a disk without room.
        let program = env!("CARGO_BIN_EXE_gouji");
        home.shell(&format!(
            "trap '' XFSZ; ulimit -f 1; exec {program} {call} full.txt"
        ))
        .code(Exit::Failed)
        .says("没有保存");
        let mut left: Vec<String> = fs::read_dir(home.0.path())
            .expect("a folder")
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        left.retain(|name| !name.starts_with(".local"));
        left.sort();
        assert_eq!(
            left,
            ["clean.json", "folder.txt", "link.txt", "sample.json"],
            "{call}"
        );
    }
}

#[test]
fn a_report_with_errors_goes_out_as_a_draft_and_says_so() {
    let home = Home::new();
    home.run("convert sample.json draft.txt")
        .code(Exit::Clean)
        .says("有 2 处错误，文件标为【送审稿】");
    assert!(
        home.read("draft.txt")
            .expect("written")
            .starts_with("〔送审稿〕")
    );
    let ran = home.run("convert clean.json fair.txt").code(Exit::Clean);
    assert_eq!(ran.err, "");
    assert!(!home.read("fair.txt").expect("written").contains("送审稿"));
    // The editor's own file carries no mark, so none is spoken of.
    let ran = home.run("convert sample.json copy.json").code(Exit::Clean);
    assert_eq!(ran.err, "");
    assert_eq!(home.read("copy.json"), home.read("sample.json"));
}

#[test]
fn blanks_stay_blank_unless_zeros_are_asked_for() {
    let home = Home::new();
    let report = changed(&["t2.rules.issued=", "t3.new_received.total="]).into_report();
    home.put("blank.json", format::native(&report));
    let cells = |name: &str| {
        let text = home.read(name).expect("written");
        let draft = format::read(text.as_bytes(), Some(name), &format::Options::default());
        let cell = |path| {
            let report = draft.as_ref().expect("a report").report();
            report.cell(current().cell(path).expect("path")).clone()
        };
        (cell("t2.rules.issued"), cell("t3.new_received.total"))
    };
    home.run("convert blank.json kept.txt").code(Exit::Clean);
    assert_eq!(cells("kept.txt"), (Cell::Blank, Cell::Blank));
    home.run("convert blank.json zeros.txt --zeros")
        .code(Exit::Clean)
        .says("2 个空白格按 0 写了");
    assert_eq!(cells("zeros.txt"), (Cell::Count(0), Cell::Count(0)));
}

#[test]
fn a_fragment_is_asked_for_of_web_pages_only() {
    let home = Home::new();
    home.run("convert clean.json a.txt --fragment")
        .code(Exit::Failed)
        .says("--fragment");
    assert_eq!(home.read("a.txt"), None);
}
