//! Text in, drafts out: torn tables, traditional characters, narratives, titles.
//!
//! Fixtures of our own lie in `tests/data`; `torn/numbers.json` says what the
//! texts beside it show. Where the project's shared samples are beside the crate,
//! those that nobody here wrote are read too; nothing fails without them.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read fixtures and samples from the disk"
)]

use std::path::{Path, PathBuf};

use gouji::base::place::Place;
use gouji::base::words::Lang;
use gouji::check::{self, Blanks};
use gouji::form;
use gouji::format::{self, Options};
use gouji::model::{Cell, Draft, Report, Seen};
use serde_json::Value;

fn data(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    std::fs::read(path.join(name)).expect("a fixture")
}

fn read(bytes: &[u8]) -> Draft {
    format::read(bytes, None, &Options::default()).expect("a report")
}

fn refusal(bytes: &[u8]) -> String {
    let failure = format::read(bytes, None, &Options::default()).expect_err("no report");
    assert!(!failure.hints.is_empty());
    failure.text(Lang::Zh)
}

fn notes(draft: &Draft) -> Vec<String> {
    let notes = draft.notes.iter();
    notes.map(|note| note.message.text(Lang::Zh)).collect()
}

fn codes(report: &Report) -> Vec<&'static str> {
    let problems = check::alone(report, Blanks::ZERO).problems;
    problems.iter().map(|problem| problem.rule.code).collect()
}

/// Numbers that stand in a cell in which another one should.
fn misplaced(read: &Report, truth: &Report) -> Vec<String> {
    let cells = read.cells().iter().zip(truth.cells());
    let paths = read.form().cells().map(|id| read.form().path(id));
    let wrong = paths
        .zip(cells)
        .filter(|(_, (read, truth))| !matches!(read, Cell::Blank | Cell::Raw(_)) && read != truth);
    wrong
        .map(|(path, (read, truth))| format!("{path} {read:?} {truth:?}"))
        .collect()
}

fn filled(report: &Report) -> usize {
    let cells = report.cells().iter();
    cells.filter(|cell| !cell.is_blank()).count()
}

const TORN: &str = "被拆散";

// ---- torn tables

#[test]
fn numbers_of_a_torn_table_are_not_placed_and_one_sentence_says_so() {
    let truth = read(&data("torn/numbers.json"));
    for name in ["miner", "miner-rows", "miner-wide", "poppler", "raw"] {
        let draft = read(&data(&format!("torn/{name}.txt")));
        assert_eq!(
            misplaced(draft.report(), truth.report()),
            [""; 0],
            "{name}: a number in another's cell"
        );
        let said: Vec<String> = notes(&draft);
        let said: Vec<&String> = said.iter().filter(|note| note.contains(TORN)).collect();
        assert_eq!(said.len(), 1, "{name}: {said:?}");
        assert!(said[0].contains("pdftotext -layout"), "{name}");
        let unread: Vec<&str> = draft.report().unread().map(|table| table.prefix).collect();
        assert!(unread.contains(&"t3"), "{name}: {unread:?}");
        // Its numbers are there to be looked up, and no sum over it is judged.
        let unplaced = draft.report().unplaced();
        assert!(
            unplaced.iter().any(|piece| piece.text.contains("150")),
            "{name}"
        );
        let found = codes(draft.report());
        assert!(found.contains(&"IN-TABLE"), "{name}: {found:?}");
        assert!(
            !found.iter().any(|code| code.starts_with("T3-")),
            "{name}: {found:?}"
        );
    }
}

#[test]
fn a_torn_table_by_itself_is_said_to_be_torn_and_keeps_its_pieces() {
    let text = String::from_utf8(data("torn/miner.txt")).expect("text");
    let three = text
        .split_once("三、收到和处理政府信息公开申请情况")
        .expect("三")
        .1;
    let three = three.split_once("四、政府信息公开行政复议").expect("四").0;
    for title in ["某市民政局2024年政府信息公开工作年度报告\n", ""] {
        let draft = read(format!("{title}{three}").as_bytes());
        let found = codes(draft.report());
        assert!(found.contains(&"IN-TABLE"), "{title}: {found:?}");
        assert!(!found.contains(&"IN-UNPLACED"), "{title}: {found:?}");
        let pieces = draft.report().unplaced_of("t3");
        assert!(pieces.count() > 0, "{title}");
    }
}

#[test]
fn text_that_kept_its_order_is_read_as_it_stands() {
    let truth = read(&data("torn/numbers.json"));
    let draft = read(&data("torn/layout.txt"));
    assert_eq!(draft.report().cells(), truth.report().cells());
    let draft = read(&data("torn/mupdf-blocks.txt"));
    assert_eq!(misplaced(draft.report(), truth.report()), [""; 0]);
    assert_eq!(filled(draft.report()), 185);
    assert!(!notes(&draft).iter().any(|note| note.contains(TORN)));
}

/// A small generator of numbers; the same seed gives the same ones.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

/// The boxes of the third section one a line: heads, then labels with their values.
fn boxes(report: &Report) -> (Vec<String>, Vec<Vec<String>>) {
    let form = report.form();
    let table = form.tables_of("t3").next().expect("the table");
    let table = &form.tables[table];
    let heads = table.cols.iter().map(|col| col.label.to_owned()).collect();
    let rows = table.rows.iter().enumerate().map(|(row, line)| {
        let cells = (0..table.cols.len()).map(|col| report.cell(table.cell(row, col)));
        let values = cells.map(|cell| cell.text().into_owned());
        std::iter::once(line.label.to_owned())
            .chain(values)
            .collect()
    });
    (heads, rows.collect())
}

#[test]
fn however_a_table_is_torn_no_number_lands_in_anothers_cell() {
    let truth = read(&data("torn/numbers.json"));
    let (heads, rows) = boxes(truth.report());
    let mut torn = 0;
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let mut heads = heads.clone();
        let mut lines: Vec<Vec<String>> = rows.clone();
        for _ in 0..=dice.below(3) {
            let at = dice.below(lines.len() - 5);
            let count = 2 + dice.below(4);
            match dice.below(6) {
                // Labels first, then the values row by row.
                0 => {
                    let part: Vec<Vec<String>> = lines.splice(at..at + count, []).collect();
                    let labels = part.iter().map(|row| row[0].clone());
                    let values = part.iter().flat_map(|row| row[1..].to_vec());
                    lines.insert(at, labels.chain(values).collect());
                }
                // Labels first, then the values column by column.
                1 => {
                    let part: Vec<Vec<String>> = lines.splice(at..at + count, []).collect();
                    let labels = part.iter().map(|row| row[0].clone());
                    let longest = part.iter().map(Vec::len).max().unwrap_or(0);
                    let column =
                        |col: usize| part.iter().filter_map(move |row| row.get(col).cloned());
                    let values = (1..longest).flat_map(column);
                    lines.insert(at, labels.chain(values).collect());
                }
                // A label stands further down.
                2 => {
                    let label = lines[at].remove(0);
                    let to = at + count;
                    lines.insert(to, vec![label]);
                }
                // Values stand further up.
                3 => {
                    let values: Vec<String> = lines[at + count].drain(1..).collect();
                    lines.insert(at, values);
                }
                // The heads are in another order.
                4 => {
                    let (one, other) = (dice.below(5), 1 + dice.below(4));
                    heads.swap(one, (one + other) % 6);
                    heads.swap(dice.below(2), 2 + dice.below(3));
                }
                // A whole row stands elsewhere: it keeps its label.
                _ => {
                    let row = lines.remove(at);
                    lines.insert(at + count, row);
                }
            }
        }
        let text = format!(
            "某局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{}\n{}\n",
            heads.join("\n"),
            lines.concat().join("\n"),
        );
        let draft = read(text.as_bytes());
        let wrong = misplaced(draft.report(), truth.report());
        assert_eq!(wrong, [""; 0], "seed {seed}:\n{text}\n{:?}", notes(&draft));
        torn += usize::from(notes(&draft).iter().any(|note| note.contains(TORN)));
    }
    // The rest was only put in another order, each row with its label.
    assert!(torn > 200, "{torn}");
}

#[test]
fn a_row_that_lost_values_tears_nothing() {
    let truth = read(&data("torn/numbers.json"));
    let (heads, mut rows) = boxes(truth.report());
    rows[3].truncate(4);
    rows[9].truncate(1);
    let text = format!(
        "某局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{}\n{}\n",
        heads.join("\n"),
        rows.concat().join("\n"),
    );
    let draft = read(text.as_bytes());
    assert_eq!(misplaced(draft.report(), truth.report()), [""; 0]);
    assert_eq!(filled(draft.report()), 7 * (rows.len() - 2));
}

// ---- traditional characters

#[test]
fn traditional_characters_are_read_and_judged_as_simplified_ones_and_kept() {
    let simplified = read(&data("readers/closed-by-bars.txt"));
    let text = String::from_utf8(data("readers/traditional.txt")).expect("UTF-8");
    let traditional = read(text.as_bytes());
    let (plain, report) = (simplified.report(), traditional.report());
    assert_eq!(report.cells(), plain.cells());
    assert_eq!(notes(&traditional), notes(&simplified));
    assert_eq!(report.unplaced(), []);
    assert_eq!(codes(report), codes(plain));
    assert_eq!(report.head().year, Some(2024));
    assert_eq!(report.head().body, "北京市西城區民政局");
    let sections = |report: &Report| -> Vec<_> {
        let headings = report.headings().iter();
        headings.map(|heading| heading.section).collect()
    };
    assert_eq!(sections(report), sections(plain));
    assert_eq!(report.headings()[0].text, "一、總體情況");
    let one = report.form().text("s1").expect("section 一");
    assert!(report.text(one).contains("公衆參與"));
    // A number that contradicts the table is found in either writing.
    let wrong = read(text.replace("申請9件", "申請8件").as_bytes());
    assert!(
        codes(wrong.report()).contains(&"N1"),
        "{:?}",
        codes(wrong.report())
    );
    assert!(!codes(report).contains(&"N1"));
}

// ---- narratives and titles

const REST: &str =
    "一、总体情况\n（一）主动公开。全年公开信息12条。\n（二）依申请公开。没有收到申请。\n";

#[test]
fn what_a_page_prints_above_the_title_is_no_content() {
    let title = "某县政府办2022年度政府信息公开工作年度报告";
    let pages = [
        format!(
            "今天是：\n简体 | 繁体\n当前位置： 首页 > 年报 > 正文\n标   题 {title}\n发布机构 县政府办公室 公文时效 有效\n{title}\n{REST}"
        ),
        format!(
            "索 引 号 | 000/2023-1 | 分 类 | 报告 |\n标 题 | {title} | ||\n文 号 | 无〔〕号 |\n{title}\n{REST}"
        ),
        format!("{title}\n{title}\n{REST}"),
    ];
    for page in pages {
        let draft = read(page.as_bytes());
        let report = draft.report();
        assert_eq!(report.head().title, title);
        assert_eq!(report.head().body, "某县政府办");
        assert_eq!(report.head().year, Some(2022));
        let preamble = report.form().texts().next().expect("a text");
        assert_eq!(report.text(preamble), "", "{page}");
        assert_eq!(report.unplaced(), [], "{page}");
        assert!(notes(&draft).iter().any(|note| note.contains("标题前后")));
    }
}

#[test]
fn a_narrative_without_headings_or_tables_is_read_as_far_as_it_is_there() {
    let text = "依照条例，现公布某省人民政府办公厅2023年政府信息公开工作年度报告。全文由六部分组成。\n\
        2023年，办公厅把公开放在各项工作里。\n\
        （一）主动公开。全年公开信息120条。\n\
        （二）依申请公开。全年收到公开申请14件。\n";
    let draft = read(text.as_bytes());
    let report = draft.report();
    assert_eq!(report.head().body, "某省人民政府办公厅");
    assert_eq!(report.head().year, Some(2023));
    let one = report.form().text("s1").expect("section 一");
    assert!(
        report.text(one).starts_with("2023年，办公厅"),
        "{}",
        report.text(one)
    );
    assert!(report.text(one).contains("14件"));
    let said = notes(&draft);
    assert!(
        said.iter().any(|note| note.contains("没有表格")),
        "{said:?}"
    );
    assert!(codes(report).contains(&"S-MISSING"));
    // A notice about reports is none.
    let notice =
        "各单位：\n现将做好2023年政府信息公开工作年度报告编制的事通知如下。\n（一）按时报送。\n";
    assert!(refusal(notice.as_bytes()).contains("没有政府信息公开"));
}

#[test]
fn a_report_by_the_year_of_school_is_named_as_another_form() {
    let text = format!(
        "某某大学\n2022-2023学年度信息公开工作报告\n{}",
        REST.replace("总体情况", "概述")
    );
    assert!(refusal(text.as_bytes()).contains("学年"));
}

#[test]
fn a_bar_on_a_line_below_only_ends_its_box() {
    let text = "某局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n\
        第二十条第（一）项\n|\n|||||\n信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n||\n\
        规章\n|\n0\n|\n1\n|\n2\n|\n||\n行政规范性文件\n|\n3\n|\n|\n5\n|\n||\n";
    let draft = read(text.as_bytes());
    let report = draft.report();
    let row = |key: &str| -> Vec<String> {
        let (table, row) = report.form().row("t2", key).expect("a row");
        let table = &report.form().tables[table];
        let cells = (0..3).map(|col| report.cell(table.cell(row, col)));
        cells.map(|cell| cell.text().into_owned()).collect()
    };
    assert_eq!(row("rules"), ["0", "1", "2"]);
    assert_eq!(row("normative_documents"), ["3", "", "5"]);
}

#[test]
fn a_heading_of_a_page_is_part_of_no_paragraph_however_short() {
    let draft = read(&data("sheets/short-sections.pdf"));
    let report = draft.report();
    let headings: Vec<&str> = report
        .headings()
        .iter()
        .map(|heading| heading.text.as_str())
        .collect();
    assert_eq!(
        headings,
        [
            "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况",
            "六、其他需要报告的事项",
        ]
    );
    let text = |key| report.text(report.form().text(key).expect("a text"));
    assert_eq!(text("s5"), "培训办得还不够勤，下一年按季度办。");
    assert_eq!(text("s6"), "没有其他需要报告的事项，也没有收取信息处理费。");
}

#[test]
fn tables_on_a_page_that_is_a_picture_are_said_to_be_unread() {
    let draft = read(&data("sheets/picture-between.pdf"));
    let report = draft.report();
    let unread: Vec<(&str, Seen, Place)> = report
        .unread()
        .map(|table| (table.prefix, table.seen, table.place.clone()))
        .collect();
    let picture = Seen::Picture;
    assert_eq!(
        unread,
        [
            ("t3", picture, Place::Page(2)),
            ("t4", picture, Place::Page(2))
        ]
    );
    let found = codes(report);
    assert!(found.contains(&"IN-TABLE"), "{found:?}");
    assert!(
        !found.contains(&"T3-EMPTY") && !found.contains(&"T4-EMPTY"),
        "{found:?}"
    );
    let five = report.form().text("s5").expect("a text");
    assert_eq!(report.text(five), "培训办得还不够勤，下一年按季度办。");
}

// ---- what nobody here wrote

/// The number that a truth names, or what else is right there.
fn is_right(cell: &Cell, path: &str, value: &Value, truth: &Value) -> bool {
    let is = |value: &Value| match value {
        Value::Null => matches!(cell, Cell::Blank | Cell::Nil(_)),
        Value::String(text) => {
            cell.text() == text.as_str() || text.as_str() == "0" && cell.count() == Some(0)
        }
        value => cell.count() == value.as_i64(),
    };
    let also = truth.get("also_right").and_then(|also| also.get(path));
    let also = also.and_then(Value::as_array);
    is(value) || also.is_some_and(|also| also.iter().any(is))
}

#[test]
fn texts_and_pages_of_others_hold_what_a_person_reads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/untried");
    let Ok(files) = std::fs::read_dir(&root) else {
        return;
    };
    let mut seen = 0;
    for path in files.map(|file| file.expect("a file").path()) {
        let is_ours = |ending: &std::ffi::OsStr| ending == "txt" || ending == "pdf";
        if !path.extension().is_some_and(is_ours) {
            continue;
        }
        let truth = std::fs::read(path.with_extension("truth.json")).expect("a truth");
        let truth: Value = serde_json::from_slice(&truth).expect("JSON");
        let bytes = std::fs::read(&path).expect("a sample");
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        seen += 1;
        let form = truth
            .get("form")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if form.starts_with("none") {
            assert!(refusal(&bytes).contains("另一种格式"), "{name}");
            continue;
        }
        let draft = read(&bytes);
        let report = draft.report();
        if let Some(year) = truth.get("year").and_then(Value::as_u64) {
            assert_eq!(report.head().year.map(u64::from), Some(year), "{name}");
        }
        if let Some(body) = truth.get("body").and_then(Value::as_str) {
            // A title may shorten the name; nothing else stands in it.
            let own = &report.head().body;
            assert!(
                body.ends_with(own.as_str()) || body.contains("人民政府办公室"),
                "{name} {own}"
            );
            assert!(!own.is_empty() && !own.contains("标题"), "{name} {own}");
        }
        if !form.is_empty() {
            assert!(form.starts_with(report.form().key), "{name}");
        }
        let cells = truth.get("cells").and_then(Value::as_object);
        for (path, value) in cells.into_iter().flatten() {
            let cell = report.form().cell(path).expect("a cell of the form");
            let cell = report.cell(cell);
            assert!(
                is_right(cell, path, value, &truth),
                "{name} {path} {cell:?} {value}"
            );
        }
    }
    assert!(seen > 15, "{seen}");
    assert_eq!(form::FORMS.len(), 2);
}
