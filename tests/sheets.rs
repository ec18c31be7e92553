//! Sheets, separated values and PDFs in, drafts out.
//!
//! Fixtures of our own lie in `tests/data/sheets`, made by `make.py` there.
//! Where the project's shared samples are beside the crate, they are read too;
//! nothing fails without them.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read fixtures and samples from the disk"
)]

use std::path::{Path, PathBuf};

use gouji::base::place::Place;
use gouji::base::words::Lang;
use gouji::check::{Blanks, alone};
use gouji::format::{self, Options};
use gouji::model::{Cell, Draft};
use serde_json::Value;

fn notes(draft: &Draft) -> Vec<String> {
    let notes = draft.notes.iter();
    notes
        .map(|note| format!("{}: {}", note.place, note.message.text(Lang::Zh)))
        .collect()
}

/// What became of the cells that a truth names.
#[derive(Debug, Default, PartialEq, Eq)]
struct Score {
    right: usize,
    /// Blank or unreadable where the truth has a value.
    uncertain: usize,
    wrong: Vec<String>,
}

fn score(draft: &Draft, truth: &Value) -> Score {
    let report = draft.report();
    let form = report.form();
    let mut score = Score::default();
    for prefix in form.prefixes() {
        let Some(rows) = truth.get(prefix).and_then(Value::as_object) else {
            continue;
        };
        for (key, values) in rows {
            let known = form.row(prefix, key);
            let (table, row) = known
                .or_else(|| form.row(prefix, &key.replace("other_all", "other_misc")))
                .expect("a row of the form");
            for (col, value) in values.as_array().expect("columns").iter().enumerate() {
                let id = form.tables[table].cell(row, col);
                let text = match value {
                    Value::String(text) => text.clone(),
                    Value::Null => String::new(),
                    number => number.to_string(),
                };
                let wanted = Cell::read(&text, form.kind(id));
                let cell = report.cell(id);
                let same = cell.value() == wanted.value() && cell.is_blank() == wanted.is_blank();
                let blank = wanted.is_blank() && matches!(cell, Cell::Nil(_) | Cell::Blank);
                if same || blank {
                    score.right += 1;
                } else if cell.is_blank() || matches!(cell, Cell::Raw(_)) {
                    score.uncertain += 1;
                } else {
                    score
                        .wrong
                        .push(format!("{} {:?} not {text}", form.path(id), cell.text()));
                }
            }
        }
    }
    score
}

/// The broken identities, as code and site.
fn breaks(draft: &Draft) -> Vec<(String, String)> {
    let report = draft.report();
    let findings = alone(report, Blanks::ZERO);
    let problems = findings
        .problems
        .iter()
        .filter(|problem| problem.sides.is_some());
    let mut breaks: Vec<(String, String)> = problems
        .map(|problem| {
            (
                problem.rule.code.to_owned(),
                problem.site.path(report.form()),
            )
        })
        .collect();
    breaks.sort();
    breaks
}

fn breaks_of(truth: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let breaks = truth["breaks"].as_array().into_iter().flatten();
    let mut breaks: Vec<(String, String)> = breaks.map(|b| (text(&b[0]), text(&b[1]))).collect();
    breaks.sort();
    breaks
}

fn samples() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    root.is_dir().then_some(root)
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a readable file");
    serde_json::from_str(&text).expect("JSON")
}

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/sheets")
}

#[test]
fn every_fixture_is_read_as_its_script_says() {
    let mut bad = Vec::new();
    let expected = json(&fixtures().join("expected.json"));
    for (name, wanted) in expected.as_object().expect("files") {
        let bytes = std::fs::read(fixtures().join(name)).expect("a readable file");
        let draft = match format::read(&bytes, Some(name), &Options::default()) {
            Ok(draft) => draft,
            Err(failure) => {
                let text = failure.text(Lang::Zh);
                let said = wanted["refused"]
                    .as_str()
                    .is_some_and(|words| text.contains(words));
                if !said || failure.hints.is_empty() {
                    bad.push(format!("{name}: {text}"));
                }
                continue;
            }
        };
        let report = draft.report();
        let found = score(&draft, wanted);
        let said = notes(&draft);
        let wanted_notes = wanted["notes"].as_array();
        let is_said = wanted_notes.is_none_or(|wanted| {
            let words = wanted.iter().filter_map(Value::as_str);
            let mut missing = words.filter(|words| !said.iter().any(|note| note.contains(words)));
            missing.next().is_none() && wanted.len() == said.len()
        });
        let title = wanted["title"]
            .as_str()
            .is_none_or(|title| report.head().title == title);
        if wanted["refused"].is_string()
            || report.form().key != wanted["form"]
            || !found.wrong.is_empty()
            || found.uncertain != wanted["uncertain"]
            || report.unplaced().len() != wanted["unplaced"]
            || !is_said
            || !title
        {
            let unplaced = report.unplaced();
            bad.push(format!(
                "{name}: {report_form:?} {found:?}\n  {said:#?}\n  {unplaced:?} {title}",
                report_form = report.form()
            ));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn every_box_knows_its_place() {
    for (name, path, place) in [
        (
            "three.xlsx",
            "t3.new_received.natural_person",
            "sheet 表三 row 4 column D",
        ),
        (
            "three.xls",
            "t3.carried_out.total",
            "sheet 表三 row 28 column J",
        ),
        (
            "three.ods",
            "t4.suit_after_review.total",
            "sheet 表四 row 4 column O",
        ),
        ("whole.csv", "t2.licensing.decisions", "line 12 column B"),
    ] {
        let bytes = std::fs::read(fixtures().join(name)).expect("a readable file");
        let draft = format::read(&bytes, Some(name), &Options::default()).expect("a report");
        let id = draft.report().form().cell(path).expect("path of the form");
        let origin = draft.origins[id.index()].as_ref().expect("an origin");
        assert_eq!(origin.place, place, "{name}");
    }
    let bytes = std::fs::read(fixtures().join("ruled.pdf")).expect("a readable file");
    let draft = format::read(&bytes, None, &Options::default()).expect("a report");
    let form = draft.report().form();
    for id in form.cells() {
        let origin = draft.origins[id.index()].as_ref().expect("an origin");
        let place = &origin.place;
        assert!(matches!(place, Place::PageBox { .. }), "{place}");
    }
}

#[test]
fn formats_are_told_from_bytes_not_from_names() {
    for (file, name, key) in [
        ("three.xlsx", "report.xls", "xlsx"),
        ("three.xls", "report.docx", "xls"),
        ("three.ods", "report", "ods"),
        ("ruled.pdf", "report.txt", "pdf"),
        ("whole.csv", "report.txt", "csv"),
        ("semicolon-gbk.csv", "report.xls", "csv"),
        ("quotes.tsv", "report.xls", "csv"),
    ] {
        let bytes = std::fs::read(fixtures().join(file)).expect("a readable file");
        let format = format::sniff(&bytes, Some(name)).expect("a format");
        assert_eq!(format.key, key, "{file} as {name}");
    }
}

#[test]
fn sentences_with_ascii_commas_are_no_separated_values() {
    let prose = "一、总体情况\n2023年,我局认真贯彻条例,全面推进公开,较好完成任务。\n\
        (一)主动公开。共公开信息7篇,其中动态4篇,公告2篇,其他1篇。\n\
        (二)依申请公开。共受理申请12件,上年结转2件,办结13件,结转1件。\n";
    let format = format::sniff(prose.as_bytes(), Some("report.txt")).expect("a format");
    assert_eq!(format.key, "text");
    let named = format::sniff(prose.as_bytes(), Some("report.csv")).expect("a format");
    assert_eq!(named.key, "csv", "who names it so is believed");
}

/// The same bytes each time for a seed.
fn scramble(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    usize::try_from(*seed >> 33).expect("31 bits")
}

#[test]
fn damaged_files_give_a_message_and_never_a_silent_wrong_number() {
    const ROUNDS: usize = 12;
    let names = [
        "three.xlsx",
        "three.xls",
        "three.ods",
        "whole.csv",
        "ruled.pdf",
        "form-2019.pdf",
    ];
    let expected = json(&fixtures().join("expected.json"));
    let mut seed = 7;
    for name in names {
        let whole = std::fs::read(fixtures().join(name)).expect("a readable file");
        let format = format::sniff(&whole, Some(name)).expect("a format");
        for round in 0..ROUNDS {
            let mut bytes = whole.clone();
            let cut = round % 2 == 0;
            if cut {
                bytes.truncate(scramble(&mut seed) % bytes.len());
            } else {
                for _ in 0..=round {
                    let at = scramble(&mut seed) % bytes.len();
                    bytes[at] ^= 1 << (scramble(&mut seed) % 8);
                }
            }
            let options = Options {
                format: Some(format),
                ..Options::default()
            };
            let read = format::read(&bytes, Some(name), &options);
            match read {
                Err(failure) => assert!(!failure.hints.is_empty(), "{name} {failure:?}"),
                // A flipped bit in bare text is another text; a cut one is shorter.
                Ok(draft) if cut && draft.report().form().key == expected[name]["form"] => {
                    let found = score(&draft, &expected[name]);
                    assert!(found.wrong.len() <= 1, "{name} round {round}: {found:?}");
                }
                Ok(_) => {}
            }
        }
    }
}

/// A zip with these parts, and those of another that are not among them.
fn zipped(base: &str, parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let bytes = std::fs::read(fixtures().join(base)).expect("a readable file");
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for index in 0..old.len() {
        let mut part = old.by_index(index).expect("a part");
        let name = part.name().expect("a name").to_string();
        let mut data = Vec::new();
        part.read_to_end(&mut data).expect("a part");
        let other = parts.iter().find(|(other, _)| *other == name);
        new.start_file(name, options).expect("a part");
        new.write_all(other.map_or(&data, |(_, data)| data))
            .expect("a part");
    }
    new.finish().expect("a zip").into_inner()
}

#[test]
fn hostile_files_are_refused() {
    const SHEET: &str = "xl/worksheets/sheet2.xml";
    let rows = |rows: &str| {
        format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>").into_bytes()
    };
    let table = |cells: &str| {
        format!("<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"a\">{cells}</table:table></office:spreadsheet></office:body></office:document-content>").into_bytes()
    };
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let deep = "<table:table-cell>".repeat(100_000);
    let files = [
        ("far", zipped("three.xlsx", &[(SHEET, rows(far))])),
        (
            "bomb",
            zipped("three.xlsx", &[(SHEET, vec![b' '; 70 << 20])]),
        ),
        (
            "blank",
            zipped("three.xlsx", &[(SHEET, rows(&"<c/>".repeat(3_000_000)))]),
        ),
        (
            "repeated",
            zipped(
                "three.ods",
                &[(
                    "content.xml",
                    table(
                        "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"><text:p>1</text:p></table:table-cell></table:table-row>",
                    ),
                )],
            ),
        ),
        (
            "deep",
            zipped("three.ods", &[("content.xml", table(&deep))]),
        ),
        (
            "cut",
            zipped("three.ods", &[("content.xml", b"<a><b>".to_vec())]),
        ),
    ];
    for (name, bytes) in files {
        let failure = format::read(&bytes, None, &Options::default()).expect_err(name);
        assert!(!failure.hints.is_empty(), "{name}");
    }
}

#[test]
fn shared_samples_are_read_right() {
    let Some(root) = samples() else { return };
    let sample = json(&root.join("real/xicheng-civil-affairs-2024.json"));
    let matrix = |truth: &Value| serde_json::json!({"t3": truth["t3"], "breaks": truth["breaks"]});
    let files = [
        ("shapes/report.xlsx", sample.clone()),
        ("shapes/lo-from-xlsx.xls", sample.clone()),
        ("shapes/matrix-labelled-gbk.csv", matrix(&sample)),
        ("shapes/matrix-nolabels.tsv", matrix(&sample)),
        ("shapes/matrix-wps-paste.tsv", matrix(&sample)),
        ("shapes/lo-from-docx.pdf", sample.clone()),
        (
            "real/hongze-district-2024.pdf",
            json(&root.join("real/hongze-district-2024.json")),
        ),
        (
            "real/huaian-city-2024.pdf",
            json(&root.join("real/huaian-city-2024.json")),
        ),
    ];
    let mut bad = Vec::new();
    for (name, truth) in files {
        let path = root.join(name);
        let bytes = std::fs::read(&path).expect("a readable file");
        let draft = match format::read(&bytes, path.to_str(), &Options::default()) {
            Ok(draft) => draft,
            Err(failure) => {
                bad.push(format!("{name}: {}", failure.text(Lang::En)));
                continue;
            }
        };
        let score = score(&draft, &truth);
        let breaks = breaks(&draft);
        if !score.wrong.is_empty() || score.uncertain > 0 || breaks != breaks_of(&truth) {
            bad.push(format!("{name}: {score:?} {breaks:?}"));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// A part of a fixture, changed.
fn part_of(base: &str, part: &str, changes: &[(&str, &str)]) -> (String, Vec<u8>) {
    use std::io::{Cursor, Read};
    let bytes = std::fs::read(fixtures().join(base)).expect("a readable file");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    let mut found = zip.by_name(part).expect("a part");
    found.read_to_string(&mut text).expect("text");
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    (part.to_owned(), text.into_bytes())
}

/// What is read of table 三 after changes to its sheet and to the styles.
fn read_changed(sheet: &[(&str, &str)], styles: &[(&str, &str)]) -> Draft {
    let sheet = part_of("three.xlsx", "xl/worksheets/sheet2.xml", sheet);
    let styles = part_of("three.xlsx", "xl/styles.xml", styles);
    let parts = [(sheet.0.as_str(), sheet.1), (styles.0.as_str(), styles.1)];
    let bytes = zipped("three.xlsx", &parts);
    format::read(&bytes, None, &Options::default()).expect("a report")
}

fn cells(draft: &Draft, row: &str) -> Vec<String> {
    let report = draft.report();
    let form = report.form();
    let (table, row) = form.row("t3", row).expect("a row");
    let cols = 0..form.tables[table].cols.len();
    cols.map(|col| {
        report
            .cell(form.tables[table].cell(row, col))
            .text()
            .into_owned()
    })
    .collect()
}

const ROW_4: &str = "<c r=\"D4\" t=\"n\"><v>7</v></c><c r=\"E4\" t=\"n\"><v>1</v></c><c r=\"F4\" t=\"n\"><v>0</v></c><c r=\"G4\" t=\"n\"><v>0</v></c><c r=\"H4\" t=\"n\"><v>0</v></c>";
const LOOK: &str = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" pivotButton=\"0\" quotePrefix=\"0\" xfId=\"0\" />";

/// The styles with one more look, number 1.
fn look(font: &str, code: &str) -> Vec<(String, String)> {
    let old = "<fonts count=\"1\"><font><name val=\"Calibri\" /><family val=\"2\" /><color theme=\"1\" /><sz val=\"11\" /><scheme val=\"minor\" /></font></fonts>";
    let more = old.replace("</fonts>", &format!("<font>{font}</font></fonts>"));
    let codes = format!("<numFmts><numFmt numFmtId=\"200\" formatCode=\"{code}\"/></numFmts>");
    vec![
        (old.to_owned(), more),
        ("<numFmts count=\"0\" />".to_owned(), codes),
        (
            format!("{LOOK}</cellXfs>"),
            format!("{LOOK}<xf numFmtId=\"200\" fontId=\"1\" fillId=\"0\"/></cellXfs>"),
        ),
    ]
}

fn read_looking(sheet: &[(&str, &str)], font: &str, code: &str) -> Draft {
    let styles = look(font, code);
    let styles: Vec<(&str, &str)> = styles
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    read_changed(sheet, &styles)
}

#[test]
fn numbers_in_merged_cells_stay_in_their_column() {
    const MERGES: &str = "<mergeCells count=\"16\">";
    let merged = |at: &str| format!("{MERGES}<mergeCell ref=\"{at}\" />");
    // 科研 and 公益 are one box; what lay under it is not seen.
    let draft = read_changed(&[(MERGES, &merged("F4:G4"))], &[]);
    assert_eq!(
        cells(&draft, "new_received"),
        ["7", "1", "0", "", "0", "1", "9"]
    );
    let said = notes(&draft).join("\n");
    assert!(
        said.contains("合并的") && said.contains("合并单元格下面有 1 格"),
        "{said}"
    );
    // The five organizations are one box, as the head above them is.
    let draft = read_changed(&[(MERGES, &merged("E4:I4"))], &[]);
    assert_eq!(
        cells(&draft, "new_received"),
        ["7", "1", "", "", "", "", "9"]
    );
    // Two rows are one box.
    let draft = read_changed(&[(MERGES, &merged("I4:I5"))], &[]);
    assert_eq!(
        cells(&draft, "new_received"),
        ["7", "1", "0", "0", "0", "1", "9"]
    );
    assert_eq!(
        cells(&draft, "carried_in"),
        ["0", "0", "0", "0", "0", "", "0"]
    );
}

#[test]
fn what_is_hidden_on_a_sheet_is_not_read_and_said_once() {
    // A helper right of all, and a column of the table that is hidden to save space.
    let helper = "<c r=\"J27\" t=\"n\"><v>9</v></c><c r=\"L27\"><v>5</v></c>";
    let draft = read_changed(
        &[
            (
                "<sheetData>",
                "<cols><col min=\"12\" max=\"12\" hidden=\"1\"/><col min=\"6\" max=\"6\" hidden=\"1\"/></cols><sheetData>",
            ),
            ("<c r=\"J27\" t=\"n\"><v>9</v></c>", helper),
        ],
        &[],
    );
    assert_eq!(
        cells(&draft, "new_received"),
        ["7", "1", "0", "0", "0", "1", "9"]
    );
    assert_eq!(
        cells(&draft, "processed_total"),
        ["7", "1", "0", "0", "0", "1", "9"]
    );
    let said = notes(&draft).join("\n");
    assert_eq!(said.matches("列是隐藏的").count(), 1, "{said}");
    let draft = read_changed(&[("<row r=\"4\">", "<row r=\"4\" hidden=\"1\">")], &[]);
    assert_eq!(cells(&draft, "new_received"), [""; 7]);
    assert!(notes(&draft).join("\n").contains("1 行是隐藏的"));
}

#[test]
fn struck_white_and_tiny_text_is_not_seen() {
    for (font, word) in [
        ("<strike/>", "划掉"),
        ("<color rgb=\"FFFFFFFF\"/>", "看不见"),
        ("<sz val=\"1\"/>", "看不见"),
    ] {
        let draft = read_looking(&[("<c r=\"D4\"", "<c r=\"D4\" s=\"1\"")], font, "0");
        assert_eq!(cells(&draft, "new_received")[0], "", "{font}");
        let said = notes(&draft).join("\n");
        assert!(said.contains(word), "{font}: {said}");
    }
    let rich = "<c r=\"D4\" t=\"inlineStr\"><is><r><rPr><strike/></rPr><t>9</t></r><r><t>7</t></r></is></c>";
    let draft = read_changed(&[("<c r=\"D4\" t=\"n\"><v>7</v></c>", rich)], &[]);
    assert_eq!(cells(&draft, "new_received")[0], "7");
    assert!(notes(&draft).join("\n").contains("划掉了一部分"));
    let white = rich.replace("<strike/>", "<color rgb=\"FFFFFFFF\"/>");
    let changes = [("<c r=\"D4\" t=\"n\"><v>7</v></c>", white.as_str())];
    let draft = read_changed(&changes, &[]);
    assert_eq!(cells(&draft, "new_received")[0], "7");
    assert!(notes(&draft).join("\n").contains("看不见"));
}

#[test]
fn numbers_are_read_as_they_are_shown() {
    for (stored, code, shown) in [
        ("125000", "0!.0,&quot;万件&quot;", "12.5万件"),
        ("7", "0&quot;件&quot;", "7"),
        ("6.9999999999999996", "0", "7"),
        ("6.6", "0", "7"),
        ("0", "0;-0;;@", "0"),
    ] {
        let new = format!("<c r=\"D4\" s=\"1\"><v>{stored}</v></c>");
        let draft = read_looking(
            &[("<c r=\"D4\" t=\"n\"><v>7</v></c>", new.as_str())],
            "<sz val=\"11\"/>",
            code,
        );
        assert_eq!(cells(&draft, "new_received")[0], shown, "{stored} {code}");
        let rounded = notes(&draft).join("\n").contains("位数多");
        assert_eq!(rounded, stored == "6.6", "{stored} {code}");
    }
}

#[test]
fn formulas_without_a_result_are_blank_and_never_zero() {
    let lacking = ROW_4.replace("<v>7</v>", "<f>A1</f>");
    let draft = read_changed(
        &[
            (ROW_4, lacking.as_str()),
            (
                "<c r=\"J5\" t=\"n\"><v>0</v></c>",
                "<c r=\"J5\"><f>SUM(D5:I5)</f></c>",
            ),
        ],
        &[],
    );
    // A part that is not known is no number, which leaves its sums open; a total is
    // told by its parts.
    assert_eq!(cells(&draft, "new_received")[0], "=?");
    assert_eq!(cells(&draft, "carried_in")[6], "");
    let said = notes(&draft).join("\n");
    assert_eq!(said.matches("公式").count(), 1, "{said}");
    assert!(said.contains("共 2 格"), "{said}");
}

#[test]
fn of_two_years_on_two_sheets_one_is_read() {
    let title = |year: u16| {
        format!(
            "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>某市民政局{year}年政府信息公开工作年度报告</t></is></c></row>"
        )
    };
    let sheet = |year: u16, first: &str| {
        let (_, old) = part_of(
            "three.xlsx",
            "xl/worksheets/sheet2.xml",
            &[("<v>7</v>", first)],
        );
        let old = String::from_utf8(old).expect("text");
        // Everything moves down by a row, below the title.
        let mut out = String::new();
        let rows = old.split_once("<sheetData>").expect("rows").1;
        let rows = rows.split_once("</sheetData>").expect("rows").0;
        for row in rows.split_inclusive("</row>") {
            let number: usize = row.split('"').nth(1).expect("r").parse().expect("a number");
            let moved = row.replace(&format!("r=\"{number}\""), &format!("r=\"{}\"", number + 1));
            let letters = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];
            out.push_str(&letters.iter().fold(moved, |row, letter| {
                row.replace(
                    &format!("\"{letter}{number}\""),
                    &format!("\"{letter}{}\"", number + 1),
                )
            }));
        }
        format!("<worksheet>{}{out}</sheetData></worksheet>", title(year)).into_bytes()
    };
    let parts = [
        ("xl/worksheets/sheet1.xml", sheet(2023, "<v>3</v>")),
        ("xl/worksheets/sheet2.xml", sheet(2024, "<v>7</v>")),
    ];
    let bytes = zipped("three.xlsx", &parts);
    let draft = format::read(&bytes, None, &Options::default()).expect("a report");
    assert_eq!(draft.report().head().year, Some(2024));
    assert_eq!(cells(&draft, "new_received")[0], "7");
    assert_eq!(cells(&draft, "processed_total")[0], "7");
    let said = notes(&draft).join("\n");
    assert!(
        said.contains("只读了【表三】【表四】，没有读【表二】"),
        "{said}"
    );
}

#[test]
fn open_spreadsheets_hide_and_strike_as_others_do() {
    let content = |rows: &str| {
        let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
        let head: String = [
            "自然人",
            "商业企业",
            "科研机构",
            "社会公益组织",
            "法律服务机构",
            "其他",
            "总计",
        ]
        .map(|text| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>"))
        .concat();
        let head = row(&format!("<table:table-cell/>{head}"));
        let styles = "<office:automatic-styles><style:style style:name=\"gone\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style></office:automatic-styles>";
        format!("<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\">{styles}<office:body><office:spreadsheet><table:table table:name=\"表三\">{head}{rows}</table:table></office:spreadsheet></office:body></office:document-content>").into_bytes()
    };
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |attr: &str, label: &str, values: &[String]| {
        format!(
            "<table:table-row {attr}>{}{}</table:table-row>",
            cell(label),
            values.concat()
        )
    };
    let plain = |values: [&str; 7]| values.map(cell).to_vec();
    let mut struck = plain(["8", "1", "0", "0", "0", "1", "10"]);
    struck[0] = cell("<text:span text:style-name=\"gone\">9</text:span>8");
    let mut merged = plain(["4", "0", "", "0", "0", "0", "4"]);
    merged[1] = "<table:table-cell table:number-columns-spanned=\"2\"><text:p>0</text:p></table:table-cell>".to_owned();
    merged[2] = "<table:covered-table-cell/>".to_owned();
    let rows = [
        row(
            "table:visibility=\"collapse\"",
            "一、本年新收政府信息公开申请数量",
            &plain(["1"; 7]),
        ),
        row("", "一、本年新收政府信息公开申请数量", &struck),
        row("", "二、上年结转政府信息公开申请数量", &merged),
        row(
            "",
            "（一）予以公开",
            &plain(["12", "1", "0", "0", "0", "1", "14"]),
        ),
    ]
    .concat();
    let bytes = zipped("three.ods", &[("content.xml", content(&rows))]);
    let options = Options {
        format: format::by_key("ods"),
        ..Options::default()
    };
    let draft = format::read(&bytes, None, &options).expect("a report");
    assert_eq!(
        cells(&draft, "new_received"),
        ["8", "1", "0", "0", "0", "1", "10"]
    );
    assert_eq!(
        cells(&draft, "carried_in"),
        ["4", "0", "", "0", "0", "0", "4"]
    );
    let said = notes(&draft).join("\n");
    for word in ["行是隐藏的", "划掉了一部分", "合并的"] {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn old_workbooks_hide_strike_and_merge_as_others_do() {
    let whole = std::fs::read(fixtures().join("three.xls")).expect("a readable file");
    let at = |kind: u16, start: &[u8]| {
        let starts = start.to_vec();
        let is_it = move |record: &[u8]| {
            record[..2] == kind.to_le_bytes() && record[4..].starts_with(&starts)
        };
        let mut from = 512;
        let whole = whole.clone();
        move || {
            let found = (from..whole.len() - 64).find(|at| is_it(&whole[*at..]));
            from = found.expect("the record") + 4;
            from
        }
    };
    let read = |changes: &[(usize, &[u8])]| {
        let mut bytes = whole.clone();
        for (at, new) in changes {
            bytes[*at..*at + new.len()].copy_from_slice(new);
        }
        format::read(&bytes, None, &Options::default()).expect("a report")
    };
    // The box D4 begins the numbers of its row; its look is number 17.
    let numbers = at(0x00BD, &[3, 0, 3, 0, 17, 0])();
    let mut fonts = at(0x0031, &[200, 0]);
    let sixth = (0..6).map(|_| fonts()).last().expect("six fonts");
    let draft = read(&[(numbers + 4, &[16, 0]), (sixth + 2, &[8, 0])]);
    assert_eq!(
        cells(&draft, "new_received"),
        ["", "1", "0", "0", "0", "1", "9"]
    );
    assert!(notes(&draft).join("\n").contains("1 格整格划掉了"));
    let row = at(0x0208, &[4, 0, 0, 0, 10, 0])();
    let draft = read(&[(row + 12, &[0x20])]);
    assert_eq!(cells(&draft, "carried_in"), [""; 7]);
    assert_eq!(cells(&draft, "new_received")[0], "7");
    assert!(notes(&draft).join("\n").contains("1 行是隐藏的"));
    // The first of its merged cells is moved to F4 and G4.
    let merged = at(0x00E5, &[16, 0])();
    let draft = read(&[(merged + 2, &[3, 0, 3, 0, 5, 0, 6, 0])]);
    assert_eq!(
        cells(&draft, "new_received"),
        ["7", "1", "0", "", "0", "1", "9"]
    );
    let code = at(0x041E, &[164, 0])();
    let draft = read(&[(code + 5, b"0,\"abc\"")]);
    assert!(notes(&draft).join("\n").contains("位数多"));
}

#[test]
fn shared_inputs_that_nobody_here_wrote_are_read_right() {
    let Some(root) = samples().map(|root| root.join("untried")) else {
        return;
    };
    let names = [
        "x01-formula-no-value",
        "x02-hidden-column",
        "x03-hidden-row",
        "x04b-two-visible-sheets",
        "x05-number-formats",
        "x08b-rich-strike",
        "x09b-values-merged",
        "x17-two-merged",
        "x26-vertical-merge",
    ];
    let mut bad = Vec::new();
    for name in names {
        let bytes = std::fs::read(root.join(name).with_extension("xlsx")).expect("a sample");
        let truth = json(&root.join(format!("{name}.truth.json")));
        let draft = format::read(&bytes, None, &Options::default()).expect("a report");
        let report = draft.report();
        let form = report.form();
        for (path, value) in truth["cells"].as_object().expect("cells") {
            let id = form.cell(path).expect("a cell of the form");
            let is = |value: &Value| {
                let text = match value {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    number => number.to_string(),
                };
                let wanted = Cell::read(&text, form.kind(id));
                let cell = report.cell(id);
                cell.is_blank() == wanted.is_blank() && cell.value() == wanted.value()
            };
            let also = truth["also_right"][path].as_array();
            if !is(value) && !also.is_some_and(|also| also.iter().any(is)) {
                bad.push(format!("{name} {path}: {:?} not {value}", report.cell(id)));
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
