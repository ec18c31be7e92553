//! Data for others: tidy CSV, workbooks with live sums, and the identities as SQL.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "runs the program in folders of its own; a helper fails its test"
)]

#[path = "support/generated.rs"]
mod generated;
#[path = "support/sheet.rs"]
mod sheet;

use std::collections::HashMap;
use std::fs;
use std::io::{self, Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output};

use generated::{reports_of, tables_of};
use gouji::base::sheet::{Block, Sheet};
use gouji::check::{Blanks, Judged, Site, Verdict};
use gouji::form::printed::{Content, printed};
use gouji::form::{self, CellId, FORMS, Form};
use gouji::format::{self, CSV, Format, Options, Writing, XLSX, own};
use gouji::model::{Cell, Draft, HeadField, Report};
use gouji::store::{Codec, Disk, Over, Places, Step, Store, Who};
use proptest::prelude::*;
use sheet::{Grid, Held, grid};
use tempfile::TempDir;

fn written(report: &Report, format: &Format) -> Vec<u8> {
    format::write(report, format, &Writing::default()).expect("written")
}

fn read(bytes: &[u8]) -> Draft {
    format::read(bytes, None, &Options::default()).expect("a report")
}

fn is_same(back: &Draft, report: &Report, whole: bool) -> Result<(), TestCaseError> {
    prop_assert_eq!(back.notes.len(), 0, "{:?}", back.notes);
    let back = back.report();
    prop_assert_eq!(back.form(), report.form());
    for id in report.form().cells() {
        let path = report.form().path(id);
        prop_assert_eq!(back.cell(id), report.cell(id), "{}", path);
    }
    prop_assert_eq!(back.unplaced(), []);
    if !whole {
        prop_assert_eq!(&back.head().body, &report.head().body);
        prop_assert_eq!(back.head().year, report.head().year);
        return Ok(());
    }
    prop_assert_eq!(back.head(), report.head());
    prop_assert_eq!(back.headings(), report.headings());
    for text in report.form().texts() {
        prop_assert_eq!(back.text(text), report.text(text));
    }
    Ok(())
}

fn any_report() -> impl Strategy<Value = Report> {
    prop_oneof![reports_of(FORMS[0]), reports_of(FORMS[1])]
}

fn any_tables() -> impl Strategy<Value = Report> {
    prop_oneof![tables_of(FORMS[0]), tables_of(FORMS[1])]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn invariant_tidy_csv_reads_back_what_it_declares(report in any_report()) {
        let bytes = written(&report, &CSV);
        is_same(&read(&bytes), &report, false)?;
        prop_assert_eq!(&written(&report, &CSV), &bytes);
        let marked = Writing { bom: true, ..Writing::default() };
        let marked = format::write(&report, &CSV, &marked).expect("written");
        prop_assert_eq!(marked.strip_prefix(b"\xEF\xBB\xBF"), Some(&bytes[..]));
        is_same(&read(&marked), &report, false)?;
    }

    #[test]
    fn invariant_workbooks_read_back_what_they_declare(report in any_report()) {
        let bytes = written(&report, &XLSX);
        is_same(&read(&bytes), &report, true)?;
        prop_assert_eq!(written(&report, &XLSX), bytes);
    }

    #[test]
    fn invariant_the_query_judges_as_check_does(report in any_tables()) {
        let found = Query::of(report.form()).broken(&written(&report, &CSV));
        let judged = Judged::of(&report, Blanks::ZERO);
        let all = judged.identities().all().iter().zip(judged.verdicts());
        let wanted: Vec<Broken> = all
            .filter(|(_, verdict)| matches!(verdict, Verdict::Broken { .. }))
            .map(|(identity, _)| {
                let site = Site::of(identity).path(report.form());
                let (left, right) = judged.sides(identity);
                (identity.rule.to_owned(), site, left, right)
            })
            .collect();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn invariant_formulas_say_what_check_says_before_and_after_an_edit(
        report in any_tables(),
        at in any::<prop::sample::Index>(),
        typed in 0_i64..50,
    ) {
        let bytes = written(&report, &XLSX);
        is_same(&read(&bytes), &report, true)?;
        let form = report.form();
        let entries: Vec<CellId> = form
            .cells()
            .filter(|cell| !form.is_total(*cell) && form.path(*cell).starts_with("t3"))
            .collect();
        let edited = *at.get(&entries);
        let mut draft = Draft::new(form);
        for cell in form.cells() {
            draft.set_cell(cell, report.cell(cell).clone(), None);
        }
        for (table, name) in printed(form).iter().zip(["表二", "表三", "表四"]) {
            let mut grid = grid(&bytes, name);
            let places: HashMap<CellId, (u32, u32)> = places(table);
            for at in grid.formulas.keys() {
                prop_assert_eq!(Some(&grid.value(*at)), grid.values.get(at), "{:?}", at);
            }
            prop_assert_eq!(gaps(&grid), verdicts(&report, table.prefix));
            if let Some(at) = places.get(&edited) {
                grid.values.insert(*at, Held::Number(f64::from(i32::try_from(typed).expect("small"))));
                draft.set_cell(edited, Cell::Count(typed), None);
                for (cell, at) in &places {
                    if grid.formulas.contains_key(at) {
                        let Held::Number(total) = grid.value(*at) else { panic!("a total") };
                        let total = format!("{total}").parse().expect("whole");
                        draft.set_cell(*cell, Cell::Count(total), None);
                    }
                }
                prop_assert_eq!(gaps(&grid), verdicts(draft.report(), table.prefix));
            }
        }
    }
}

fn places(table: &form::printed::Printed) -> HashMap<CellId, (u32, u32)> {
    let short = |at: usize| u32::try_from(at).expect("small");
    let mut places = HashMap::new();
    for (row, boxes) in table.rows.iter().enumerate() {
        for one in boxes {
            if let Content::Cell(cell) = one.content {
                places.insert(cell, (short(row), short(one.at)));
            }
        }
    }
    places
}

/// What the formulas of differences give, sorted.
fn gaps(grid: &Grid) -> Vec<String> {
    let all = grid.formulas.iter();
    let gaps = all.filter(|(_, formula)| formula.contains("-(SUM"));
    let mut gaps: Vec<String> = gaps
        .map(|(at, _)| match grid.value(*at) {
            Held::Number(number) => number.to_string(),
            other => format!("{other:?}"),
        })
        .collect();
    gaps.sort();
    gaps
}

/// The same of the verdicts on a table.
fn verdicts(report: &Report, prefix: &str) -> Vec<String> {
    let judged = Judged::of(report, Blanks::ZERO);
    let all = judged.identities().all().iter().zip(judged.verdicts());
    let here = all.filter(|(identity, _)| report.form().tables[identity.table].prefix == prefix);
    let mut gaps: Vec<String> = here
        .map(|(_, verdict)| match verdict {
            Verdict::Holds => "0".to_owned(),
            Verdict::Broken { by } => by.to_string(),
            Verdict::Open { .. } => format!("{:?}", Held::Text("读不出".to_owned())),
        })
        .collect();
    gaps.sort();
    gaps
}

// ---- the query, evaluated

/// Code, site, left and right.
type Broken = (String, String, i64, i64);

/// What `gouji schema --to sql` prints, taken apart into what it computes.
#[derive(Default)]
struct Query {
    /// Names of the wide row, each with table, row and column.
    cells: Vec<(String, [String; 3])>,
    /// A total as it is read: its name, that of the total, its parts.
    filled: Vec<(String, String, Vec<String>)>,
    identities: Vec<(String, String)>,
    sides: Vec<Vec<String>>,
}

impl Query {
    fn of(form: &Form) -> Self {
        let mut this = Query::default();
        let sum = |text: &str| text.split(" + ").map(str::to_owned).collect();
        for line in sql(form).lines().map(str::trim) {
            let quoted: Vec<&str> = line.split('\'').skip(1).step_by(2).collect();
            if let Some(name) = line
                .strip_prefix(", MAX")
                .and_then(|line| line.split(" AS ").nth(1))
            {
                if !line.contains("'blank'") {
                    assert!(line.ends_with(&format!("THEN n END) AS {name}")), "{line}");
                    this.cells
                        .push((name.to_owned(), [0, 1, 2].map(|at| quoted[at].to_owned())));
                }
            } else if let Some(rest) = line.strip_prefix(", CASE WHEN ") {
                let (flag, rest) = rest.split_once("_blank = 1 THEN ").expect("a flag");
                let (parts, rest) = rest.split_once(" ELSE ").expect("a sum");
                let (total, name) = rest.split_once(" END AS ").expect("a name");
                assert_eq!(flag, total);
                this.filled
                    .push((name.to_owned(), total.to_owned(), sum(parts)));
            } else if line.starts_with('(') {
                this.identities
                    .push((quoted[0].to_owned(), quoted[1].to_owned()));
            } else if let Some(rest) = line.strip_prefix("WHEN ") {
                this.sides
                    .push(sum(rest.split_once(" THEN ").expect("a side").1));
            }
        }
        assert_eq!(this.sides.len(), 2 * this.identities.len());
        this
    }

    fn broken(&self, table: &[u8]) -> Vec<Broken> {
        let mut numbers: HashMap<[String; 3], (String, Option<i64>)> = HashMap::new();
        for record in csv::Reader::from_reader(table).records() {
            let record = record.expect("a row");
            let whole = |text: &str| {
                let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
                let value = whole.parse().ok();
                value.filter(|_| places.trim_end_matches('0').is_empty())
            };
            let number = match &record[9] {
                "blank" | "nil" => Some(0),
                "raw" | "lost" => None,
                _ => whole(&record[8]),
            };
            numbers.insert(
                [3, 4, 6].map(|at| record[at].to_owned()),
                (record[9].to_owned(), number),
            );
        }
        let mut row: HashMap<&str, Option<i64>> = HashMap::new();
        let mut blank: Vec<&str> = Vec::new();
        for (name, place) in &self.cells {
            let (state, number) = &numbers[place];
            row.insert(name, *number);
            blank.extend((state == "blank").then_some(name.as_str()));
        }
        let sum = |row: &HashMap<&str, Option<i64>>, parts: &[String]| -> Option<i64> {
            parts.iter().map(|part| row[part.as_str()]).sum()
        };
        for (name, total, parts) in &self.filled {
            let is_blank = blank.contains(&total.as_str());
            let read = if is_blank {
                sum(&row, parts)
            } else {
                row[total.as_str()]
            };
            row.insert(name, read);
        }
        let (left, right) = self.sides.split_at(self.identities.len());
        let all = self.identities.iter().zip(left.iter().zip(right));
        all.filter_map(|((code, site), (left, right))| {
            let (left, right) = (sum(&row, left)?, sum(&row, right)?);
            (left != right).then(|| (code.clone(), site.clone(), left, right))
        })
        .collect()
    }
}

fn sql(form: &Form) -> String {
    static TEXTS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    let all = TEXTS.get_or_init(|| {
        let home = Home::new();
        let print = |form: &&Form| home.out(&["schema", form.key, "--to", "sql"]);
        FORMS.iter().map(print).collect()
    });
    let at = FORMS.iter().position(|known| *known == form);
    all[at.expect("a form of ours")].clone()
}

#[test]
fn the_query_stands_as_it_was_run_in_duckdb_and_sqlite() {
    for form in FORMS {
        let path = format!(
            "{}/tests/data/export/{}.sql",
            env!("CARGO_MANIFEST_DIR"),
            form.key
        );
        if std::env::var_os("GOUJI_BLESS").is_some() {
            fs::create_dir_all(Path::new(&path).parent().expect("a folder")).expect("made");
            fs::write(&path, sql(form)).expect("written");
        }
        let golden = fs::read_to_string(&path).expect("a golden file");
        assert!(golden == sql(form), "{path}: GOUJI_BLESS=1 writes it anew");
    }
}

// ---- workbooks

fn noted(changes: &[(&str, &str)]) -> Report {
    let mut draft = Draft::new(form::current());
    let form = draft.report().form();
    for (path, text) in changes {
        if let Some(cell) = form.cell(path) {
            draft.set_cell(cell, Cell::read(text, form.kind(cell)), None);
        } else if let Some(id) = form.text(path) {
            draft.set_text(id, text);
        } else {
            draft.set_head(HeadField::by_key(path).expect("a path"), text);
        }
    }
    draft.into_report()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    let mut part = archive.by_name(name).expect(name);
    part.read_to_string(&mut text).expect("text");
    text
}

#[test]
fn long_and_odd_texts_survive_and_nothing_becomes_a_formula() {
    let long = "长".repeat(100_000);
    let formula = "=HYPERLINK(\"http://x\",\"点\")";
    let odd = "a<script>]]>&\u{202E}\u{1}b\u{7}_x0041_ \t尾";
    let report = noted(&[
        ("title", &"题".repeat(300)),
        ("body", formula),
        (
            "s1",
            &format!("{long}\n{formula}\n  {odd}\n**粗**\n# 空\n空"),
        ),
        ("t3.new_received.total", "=1+1"),
        ("t3.carried_in.total", "@SUM(1)"),
        ("t2.admin_fees.amount_wan_yuan", "123.456789"),
        ("t2.licensing.decisions", "999999999999"),
    ]);
    let bytes = written(&report, &XLSX);
    let back = read(&bytes);
    let back = back.report();
    assert_eq!(back.cells(), report.cells());
    assert_eq!(back.head(), report.head());
    let s1 = form::current().text("s1").expect("s1");
    let wanted = report
        .text(s1)
        .replace(['\u{202E}', '\u{1}', '\u{7}'], "")
        .replace('\t', " ");
    assert_eq!(back.text(s1), wanted);
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
    assert_eq!(grid(&bytes, "表三").formulas.get(&(3, 9)), None);

    let back = read(&written(&report, &CSV));
    assert_eq!(back.report().cells(), report.cells());
    assert_eq!(back.report().head().body, formula);
    let text = String::from_utf8(written(&report, &CSV)).expect("UTF-8");
    assert!(
        text.lines()
            .skip(1)
            .all(|line| !line.starts_with(['=', '@']) && !line.contains(",="))
    );
}

#[test]
fn a_total_follows_where_it_agrees_and_stands_where_it_does_not() {
    let sample = format::sample();
    let bytes = written(&sample, &XLSX);
    let mut grid = grid(&bytes, "表三");
    // 自然人 of （七） is written one too low, so it is no formula; 总计 is right.
    assert_eq!(grid.formulas.get(&(26, 3)), None);
    assert!(grid.formulas.contains_key(&(26, 9)));
    let red = |grid: &Grid| gaps(grid).iter().filter(|gap| *gap != "0").count();
    assert_eq!(red(&grid), 2);
    grid.values.insert((26, 3), Held::Number(8.0));
    assert_eq!(red(&grid), 4, "its row follows and its balance breaks");
    let sheet = part(&bytes, "xl/worksheets/sheet3.xml");
    assert_eq!(sheet.matches("<cfRule").count(), 7 + 7 + 25);
    assert!(sheet.contains("type=\"expression\""));
    assert!(sheet.contains("这里填整数"));
    assert!(sheet.contains("type=\"whole\""));
    for mark in [
        "paperSize=\"9\"",
        "orientation=\"landscape\"",
        "state=\"frozen\"",
        "fitToPage",
    ] {
        assert!(sheet.contains(mark), "{mark}");
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
}

#[test]
fn the_merges_of_a_workbook_are_those_of_the_form() {
    for form in FORMS {
        let bytes = written(&Report::new(form), &XLSX);
        for (at, table) in printed(form).iter().enumerate() {
            let boxes = table.rows.iter().flatten();
            let merged = boxes.filter(|one| (one.cols, one.rows) != (1, 1)).count();
            let mut book = sheet::open(&bytes);
            let name = ["表二", "表三", "表四"][at];
            let found = book.merge_cells_by_sheet_name(name).expect("a sheet");
            let inside = |span: &&calamine::Dimensions| {
                (span.start.0 as usize) < table.rows.len()
                    && (span.start.1 as usize) < table.grid.len()
            };
            assert_eq!(
                found.iter().filter(inside).count(),
                merged,
                "{form:?} {name}"
            );
        }
    }
}

#[test]
fn a_draft_says_so_and_no_workbook_says_who_where_or_when() {
    let sample = format::sample();
    let sheet = Sheet {
        title: "问题/清单".to_owned(),
        blocks: vec![
            Block::Heading("错误".to_owned()),
            Block::Paragraph("共 2 处".to_owned()),
            Block::Table(vec![
                vec!["级别".to_owned(), "说明".to_owned()],
                vec!["=1".to_owned(), "自然人列".to_owned()],
            ]),
        ],
    };
    let how = Writing {
        is_draft: true,
        sheets: vec![sheet.clone(), sheet],
        ..Writing::default()
    };
    let bytes = format::write(&sample, &XLSX, &how).expect("written");
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains("送审稿"));
    assert!(part(&bytes, "xl/worksheets/sheet3.xml").contains("送审稿"));
    let book = part(&bytes, "xl/workbook.xml");
    assert!(
        book.contains("\"问题清单\"") && book.contains("\"问题清单 2\""),
        "{book}"
    );
    let back = read(&bytes);
    assert_eq!(back.report(), &sample);
    let plain = format::write(&sample, &XLSX, &Writing::default()).expect("written");
    assert!(!part(&plain, "xl/sharedStrings.xml").contains("送审稿"));
    let core = part(&plain, "docProps/core.xml");
    assert!(core.contains("<dc:creator></dc:creator>"), "{core}");
    assert!(core.contains("2000-01-01T00:00:00Z"));
}

/// The workbook with a text of its strings changed.
fn altered(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").to_string();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("whole");
        if name == "xl/sharedStrings.xml" {
            let text = String::from_utf8(content).expect("UTF-8");
            assert!(text.contains(from), "{from}");
            content = text.replace(from, to).into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default();
        out.start_file(name, options).expect("begun");
        out.write_all(&content).expect("written");
    }
    out.finish().expect("whole").into_inner()
}

#[test]
fn a_workbook_that_was_rearranged_is_read_by_its_labels() {
    let sample = format::sample();
    let bytes = written(&sample, &XLSX);
    let renamed = altered(
        &bytes,
        "一、本年新收政府信息公开申请数量",
        "一、本年新收政府信息公开申请",
    );
    assert_eq!(read(&renamed).report(), &sample);
    let unknown = altered(&bytes, "商业企业", "某种企业");
    let back = read(&unknown);
    assert_eq!(back.report().cells(), sample.cells());
    assert_eq!(back.report().headings(), sample.headings());
    assert!(!back.notes.is_empty());
    let unsigned = altered(&bytes, "〔勾稽工作簿", "〔某工作簿");
    let back = read(&unsigned);
    let pairs = back.report().cells().iter().zip(sample.cells());
    let wrong = pairs.filter(|(cell, truth)| cell != truth && !cell.is_blank());
    assert_eq!(wrong.count(), 0, "what is not placed is left blank");
    let said = Options {
        form: form::by_key("2019"),
        ..Options::default()
    };
    let forced = format::read(&bytes, None, &said).expect("a report");
    assert_eq!(forced.report().form().key, "2019");
}

// ---- the command line

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Home(tempfile::tempdir().expect("a folder"))
    }

    fn put(&self, name: &str, report: &Report) {
        fs::write(self.0.path().join(name), format::native(report)).expect("written");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_gouji"))
            .env_clear()
            .env("HOME", self.0.path())
            .current_dir(self.0.path())
            .args(arguments)
            .output()
            .expect("it runs")
    }

    /// Results of a run that went well.
    fn out(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert!(ran.status.success(), "{ran:?}");
        String::from_utf8(ran.stdout).expect("UTF-8")
    }

    /// What a run that ended with this code said aside.
    fn err(&self, arguments: &[&str], code: i32) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.status.code(), Some(code), "{ran:?}");
        String::from_utf8(ran.stderr).expect("UTF-8")
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).expect("a text")
    }
}

fn of_body(body: &str) -> Report {
    noted(&[
        ("body", body),
        ("year", "2024"),
        ("t3.new_received.total", "7"),
    ])
}

#[test]
fn many_reports_become_one_table_in_the_order_of_the_arguments() {
    let home = Home::new();
    home.put("b.json", &of_body("乙局"));
    fs::create_dir(home.0.path().join("folder")).expect("made");
    for (name, body) in [("folder/1.json", "甲局"), ("folder/2.json", "丙局")] {
        home.put(name, &of_body(body));
    }
    fs::write(home.0.path().join("folder/note.txt"), "不是年报").expect("written");
    let err = home.err(&["convert", "b.json", "folder", "out.csv"], 0);
    assert!(
        err.contains("note.txt") && err.lines().count() == 1,
        "{err}"
    );
    let table = home.read("out.csv");
    assert_eq!(table.lines().count(), 1 + 3 * 200);
    let bodies: Vec<&str> = table
        .lines()
        .skip(1)
        .step_by(200)
        .map(|line| &line[..6])
        .collect();
    assert_eq!(bodies, ["乙局", "甲局", "丙局"]);
    let names: Vec<&str> = own::csv::COLUMNS.iter().map(|column| column.name).collect();
    assert_eq!(table.lines().next(), Some(names.join(",").as_str()));
    // Not over what is there, and never of itself.
    let err = home.err(&["convert", "b.json", "folder", "out.csv"], 2);
    assert!(err.contains("--force"), "{err}");
    fs::rename(
        home.0.path().join("out.csv"),
        home.0.path().join("folder/out.csv"),
    )
    .expect("moved");
    home.err(
        &[
            "convert",
            "b.json",
            "folder",
            "folder/out.csv",
            "--force",
            "--bom",
        ],
        0,
    );
    assert_eq!(home.read("folder/out.csv"), format!("\u{FEFF}{table}"));
    // A table of several is no report.
    let err = home.err(&["check", "folder/out.csv"], 2);
    assert!(err.contains("不止一份") && err.contains("202"), "{err}");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_written() {
    let home = Home::new();
    home.put("a.json", &of_body("甲局"));
    let err = home.err(&["convert", "a.json", "none.json", "a.json", "out.csv"], 2);
    assert!(err.contains("none.json") && err.contains("分不开"), "{err}");
    assert_eq!(home.read("out.csv").lines().count(), 401);
    home.err(&["convert", "none.json", "no.csv"], 2);
    fs::create_dir(home.0.path().join("empty")).expect("made");
    let err = home.err(&["convert", "empty", "no.csv"], 2);
    assert!(err.contains("没有一份报告"), "{err}");
    let names: Vec<_> = fs::read_dir(home.0.path())
        .expect("listed")
        .flatten()
        .collect();
    assert!(!names.iter().any(|entry| entry.file_name() == "no.csv"));
    let left = |name: &str| name.starts_with(".gouji-");
    assert!(
        !names
            .iter()
            .any(|entry| left(&entry.file_name().to_string_lossy()))
    );
    for (arguments, said) in [
        (&["convert", "a.json", "a.json", "b.txt"][..], "只有 csv"),
        (&["convert", "a.json", "b.txt", "--bom"], "--bom"),
        (&["convert", "a.json", "empty", "--to", "csv"], "empty"),
        (&["convert", "a.json", "no/such.csv"], "such.csv"),
    ] {
        let err = home.err(arguments, 2);
        assert!(err.contains(said), "{err}");
    }
    let one = home.out(&["convert", "a.json", "-", "--to", "csv"]);
    let alone = String::from_utf8(written(&of_body("甲局"), &CSV)).expect("UTF-8");
    assert_eq!(one, alone.replace(",,甲局\n", ",a.json,甲局\n"));
    assert!(one.ends_with(",a.json,甲局\n"), "{one}");
}

#[test]
fn the_schema_describes_every_column_in_both_languages() {
    let home = Home::new();
    let schema: serde_json::Value =
        serde_json::from_str(&home.out(&["schema", "--to", "json"])).expect("JSON");
    let columns = schema["columns"].as_array().expect("a list");
    let names: Vec<_> = columns
        .iter()
        .map(|column| column["name"].as_str())
        .collect();
    let wanted: Vec<_> = own::csv::COLUMNS
        .iter()
        .map(|column| Some(column.name))
        .collect();
    assert_eq!(names, wanted);
    for column in columns {
        for lang in ["zh", "en"] {
            assert!(
                column["about"][lang]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            );
        }
    }
    let states = columns[9]["values"].as_array().expect("states");
    assert_eq!(states.len(), own::csv::STATES.len());
}

#[test]
fn a_table_without_the_file_and_the_unit_is_read_as_ever() {
    let report = noted(&[("body", "某局"), ("t3.new_received.total", "9件")]);
    let text = String::from_utf8(written(&report, &CSV)).expect("UTF-8");
    let old = text.replace(",file,unit\n", "\n").replace(",,某局\n", "\n");
    assert!(!old.contains("unit") && old.len() < text.len());
    let back = read(old.as_bytes());
    assert_eq!(back.report().cells(), report.cells());
    assert!(back.notes.is_empty(), "{:?}", back.notes);
}

#[test]
fn a_value_changed_by_hand_counts_and_what_is_no_cell_is_kept() {
    let report = noted(&[("body", "某局"), ("t3.new_received.total", "9件")]);
    let text = String::from_utf8(written(&report, &CSV)).expect("UTF-8");
    assert!(text.contains(",9,noted:9件,"));
    let total = form::current()
        .cell("t3.new_received.total")
        .expect("a cell");
    let edited = text
        .replace(",9,noted:9件,", ",8,noted:9件,")
        .replace(",carried_in,", ",carried,");
    let back = read(edited.as_bytes());
    assert_eq!(back.report().cell(total), &Cell::Count(8));
    assert_eq!(back.report().unplaced().len(), 7);
    assert_eq!(back.notes.len(), 1);
    // A row that was not found is unknown, unlike a blank one.
    let mut draft = read(text.as_bytes());
    let carried_in = &draft.report().form().tables[4];
    for col in 0..carried_in.cols.len() {
        draft.set_cell(carried_in.cell(1, col), Cell::Blank, None);
    }
    draft.push_lost(4, 1);
    let lost = own::csv::rows(draft.report(), own::csv::From::default());
    let lost = [own::csv::header(false), lost].concat();
    assert_eq!(String::from_utf8_lossy(&lost).matches(",,lost,").count(), 7);
    let back = read(&lost);
    assert_eq!(back.report().lost().collect::<Vec<_>>(), [(4, 1)]);
    // As a spreadsheet saves it: other columns beside, another separator.
    let semicolons = text
        .replace(',', ";")
        .replace('\n', ";x\r\n")
        .replacen(";x", ";mine", 1);
    assert_eq!(read(semicolons.as_bytes()).report().cells(), report.cells());
}

// ---- a full disk

struct Small(usize);

impl Disk for Small {
    fn step(&self, _: Step, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn room(&self, _: Step, _: &Path, bytes: usize) -> usize {
        bytes.min(self.0)
    }
}

#[test]
fn a_full_disk_leaves_what_was_there() {
    let home = Home::new();
    let path = home.0.path().join("out.csv");
    fs::write(&path, "old").expect("written");
    let store = |room| {
        let places = Places {
            state: Some(home.0.path().join("state")),
            config: None,
        };
        let codec = Codec {
            write: format::native,
            read: |_| None,
        };
        let who = Who {
            user: "wang".to_owned(),
            host: "here".to_owned(),
            pid: 1,
        };
        Store::new(places, who, codec).on(Box::new(Small(room)))
    };
    let small = store(5);
    assert!(small.begin(&path, Over::Nothing).is_err(), "it exists");
    let mut saving = small.begin(&path, Over::Paper).expect("begun");
    small.add(&mut saving, b"12345").expect("room");
    small.add(&mut saving, b"123456").expect_err("no room");
    drop(saving);
    assert_eq!(home.read("out.csv"), "old");
    let large = store(1 << 20);
    let mut saving = large.begin(&path, Over::Paper).expect("begun");
    large.add(&mut saving, b"new ").expect("room");
    large.add(&mut saving, b"content").expect("room");
    assert_eq!(home.read("out.csv"), "old");
    let saved = large.end(saving).expect("saved");
    assert_eq!(
        saved.previous, None,
        "versions are of reports, not of tables"
    );
    assert_eq!(home.read("out.csv"), "new content");
    let hard = home.0.path().join("other.csv");
    fs::hard_link(&path, &hard).expect("linked");
    let mut saving = large.begin(&path, Over::Paper).expect("begun");
    large.add(&mut saving, b"both").expect("room");
    large.end(saving).expect("saved");
    assert_eq!(home.read("other.csv"), "both");
    let names: Vec<_> = fs::read_dir(home.0.path())
        .expect("listed")
        .flatten()
        .collect();
    assert_eq!(names.len(), 3, "{names:?}");
}
