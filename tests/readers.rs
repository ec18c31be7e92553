//! Documents of strangers in, drafts out: web pages, Word, ODT, Markdown.
//!
//! Fixtures of our own lie in `tests/data/readers`, made by `make.py` beside
//! them. Where the project's shared samples are beside the crate, they are read
//! too; nothing fails without them.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read fixtures and samples from the disk"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gouji::base::words::Lang;
use gouji::check::{self, Blanks};
use gouji::format::{self, Options};
use gouji::model::{Cell, Draft, Report};
use proptest::prelude::*;
use serde_json::Value;

fn notes(draft: &Draft) -> Vec<String> {
    draft
        .notes
        .iter()
        .map(|note| format!("{}: {}", note.place, note.message.text(Lang::En)))
        .collect()
}

/// How the cells of a report compare with the truth beside a file.
#[derive(Default)]
struct Compared {
    right: usize,
    /// Different, but blank or unreadable, or named by a note.
    open: usize,
    wrong: Vec<String>,
}

fn compare(report: &Report, truth: &Value) -> Compared {
    let form = report.form();
    let mut compared = Compared::default();
    for prefix in form.prefixes() {
        let Some(rows) = truth.get(prefix).and_then(Value::as_object) else {
            continue;
        };
        for (key, values) in rows {
            // A group printed as one row is read into its last.
            let key = if key == "other_all" && form.key == "2021" {
                "other_misc"
            } else {
                key
            };
            let (table, row) = form.row(prefix, key).expect("row of the truth");
            for (col, value) in values.as_array().expect("values").iter().enumerate() {
                let id = form.tables[table].cell(row, col);
                let cell = report.cell(id);
                let same = match value {
                    Value::Null => matches!(cell, Cell::Blank | Cell::Nil(_)),
                    Value::String(text) => *cell == Cell::read(text, form.kind(id)),
                    value => cell.count() == value.as_i64(),
                };
                if same {
                    compared.right += 1;
                } else if matches!(cell, Cell::Blank | Cell::Raw(_)) {
                    compared.open += 1;
                } else {
                    compared
                        .wrong
                        .push(format!("{} {cell:?} {value}", form.path(id)));
                }
            }
        }
    }
    compared
}

/// Rules that are sums: code and place of each that breaks.
fn breaks(report: &Report) -> BTreeSet<String> {
    let findings = check::alone(report, Blanks::ZERO);
    let sums = ["T3-COLSUM", "T3-BALANCE", "T3-ROWSUM", "T4-SUM"];
    findings
        .problems
        .iter()
        .filter(|problem| sums.contains(&problem.rule.code))
        .map(|problem| format!("{} {}", problem.rule.code, problem.site.path(report.form())))
        .collect()
}

fn true_breaks(truth: &Value) -> BTreeSet<String> {
    let list = truth["breaks"].as_array().expect("breaks");
    list.iter()
        .map(|pair| {
            let word = |at: usize| pair[at].as_str().expect("a word").to_owned();
            format!("{} {}", word(0), word(1))
        })
        .collect()
}

fn samples() -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let other = PathBuf::from("/work/shared/samples");
    [path, other].into_iter().find(|path| path.is_dir())
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a sample");
    serde_json::from_str(&text).expect("JSON")
}

/// All documents of the samples that are read here, with their truth.
fn documents(root: &Path) -> Vec<(PathBuf, Value)> {
    let sample = json(&root.join("real/xicheng-civil-affairs-2024.json"));
    let mut files: Vec<(PathBuf, Value)> = Vec::new();
    for name in [
        "cms-utf8.html",
        "cms-gb18030.html",
        "word-saved-utf8.htm",
        "official-layout.docx",
        "lo-from-html.docx",
        "report.md",
    ] {
        files.push((root.join("shapes").join(name), sample.clone()));
    }
    let mut blank = sample.clone();
    for prefix in ["t2", "t3", "t4"] {
        for (_, row) in blank[prefix].as_object_mut().expect("rows") {
            for value in row.as_array_mut().expect("values") {
                *value = Value::Null;
            }
        }
    }
    blank["breaks"] = Value::Array(Vec::new());
    files.push((root.join("shapes/official-blank-form-2021.docx"), blank));
    if gouji::form::by_key("2019").is_some() {
        let truth = json(&root.join("real/shanghai-office-2019.json"));
        files.push((root.join("real/shanghai-office-2019.html"), truth));
    }
    for damage in json(&root.join("damaged/truth.json"))
        .as_array()
        .expect("a list")
    {
        let mut truth = sample.clone();
        truth["breaks"] = damage["breaks"].clone();
        if let Some(t3) = damage.get("t3") {
            truth["t3"] = t3.clone();
        }
        for change in damage["changes"].as_array().expect("changes") {
            if change["table"] == "litigation" {
                let now = change["now"]
                    .as_str()
                    .and_then(|now| now.parse::<i64>().ok());
                truth["t4"]["review"][4] = now.map_or(Value::Null, Value::from);
            }
        }
        for ending in ["html", "docx"] {
            let name = damage["id"].as_str().expect("id");
            files.push((root.join(format!("damaged/{name}.{ending}")), truth.clone()));
        }
    }
    files
}

#[test]
fn shared_samples_are_read_without_a_silent_wrong_number() {
    let Some(root) = samples() else { return };
    let mut table: Vec<String> = Vec::new();
    let mut wrong = Vec::new();
    for (path, truth) in documents(&root) {
        let bytes = std::fs::read(&path).expect("a sample");
        let name = path.file_name().expect("a name").to_string_lossy();
        let draft = match format::read(&bytes, Some(&name), &Options::default()) {
            Ok(draft) => draft,
            Err(failure) => {
                wrong.push(format!("{name}: {}", failure.text(Lang::En)));
                continue;
            }
        };
        let report = draft.report();
        let compared = compare(report, &truth);
        let (found, wanted) = (breaks(report), true_breaks(&truth));
        table.push(format!(
            "{name}: {} right, {} open, {} wrong; breaks {}; {} notes, {} unplaced; {:?} {:?} {:?} {} headings",
            compared.right,
            compared.open,
            compared.wrong.len(),
            if found == wanted {
                format!("{} as in truth", wanted.len())
            } else {
                format!("{found:?} NOT {wanted:?}")
            },
            draft.notes.len(),
            report.unplaced().len(),
            report.head().body,
            report.head().year,
            report.head().published,
            report.headings().len(),
        ));
        if std::env::var_os("GOUJI_SHOW").is_some_and(|show| show == "all") {
            for note in notes(&draft) {
                table.push(format!("    {note}"));
            }
            for piece in report.unplaced() {
                table.push(format!("    unplaced {}: {}", piece.place, piece.text));
            }
            for text in report.form().texts() {
                let text_of = report.text(text);
                let start: String = text_of.chars().take(30).collect();
                let end: String = text_of
                    .chars()
                    .rev()
                    .take(20)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect();
                let key = report.form().section(text).key;
                table.push(format!(
                    "    {key}: {} {start:?} .. {end:?}",
                    text_of.chars().count()
                ));
            }
        }
        wrong.extend(
            compared
                .wrong
                .iter()
                .map(|wrong| format!("{name}: {wrong}")),
        );
        if found != wanted {
            wrong.push(format!("{name}: breaks {found:?} instead of {wanted:?}"));
        }
    }
    if std::env::var_os("GOUJI_SHOW").is_some() {
        let mut out = std::io::stdout();
        std::io::Write::write_all(&mut out, table.join("\n").as_bytes()).expect("stdout");
    }
    assert!(
        wrong.is_empty(),
        "{}\n{}",
        table.join("\n"),
        wrong.join("\n")
    );
}

// ---- fixtures of our own

/// A fixture, the cells in which it differs from the sample, the notes that
/// must be there (and no others), and the texts that found no cell.
struct Case {
    name: &'static str,
    cells: &'static [(&'static str, &'static str)],
    notes: &'static [&'static str],
    unplaced: &'static [&'static str],
}

const fn case(name: &'static str) -> Case {
    Case {
        name,
        cells: &[],
        notes: &[],
        unplaced: &[],
    }
}

/// Table 三 of the sample without its zeros.
const BLANK_ZEROS: &[(&str, &str)] = &[
    ("t3", ""),
    ("t3.new_received.natural_person", "7"),
    ("t3.new_received.org_business", "1"),
    ("t3.new_received.org_other", "1"),
    ("t3.new_received.total", "9"),
    ("t3.granted_full.natural_person", "1"),
    ("t3.granted_full.total", "1"),
    ("t3.granted_partial.natural_person", "1"),
    ("t3.granted_partial.total", "1"),
    ("t3.denied_other_law.org_other", "1"),
    ("t3.denied_other_law.total", "1"),
    ("t3.denied_internal_affairs.natural_person", "2"),
    ("t3.denied_internal_affairs.total", "2"),
    ("t3.denied_admin_query.natural_person", "1"),
    ("t3.denied_admin_query.total", "1"),
    ("t3.unable_not_held.natural_person", "2"),
    ("t3.unable_not_held.total", "2"),
    ("t3.unprocessed_reconfirm.natural_person", "1"),
    ("t3.unprocessed_reconfirm.total", "1"),
    ("t3.processed_total.natural_person", "7"),
    ("t3.processed_total.org_business", "1"),
    ("t3.processed_total.org_other", "1"),
    ("t3.processed_total.total", "9"),
];

/// A value belongs to the first of the columns that its box covers.
const MERGED: &[(&str, &str)] = &[
    ("t3.carried_in", ""),
    ("t3.carried_in.natural_person", "0"),
    ("t3.denied_other_law", ""),
    ("t3.denied_other_law.natural_person", "0"),
    ("t3.denied_other_law.org_other", "1"),
    ("t3.denied_other_law.total", "1"),
];

const CASES: &[Case] = &[
    case("chrome.html"),
    case("gbk-undeclared.html"),
    case("gbk-utf8-inside.html"),
    case("utf16.html"),
    case("one-table.html"),
    case("huge-spans.html"),
    case("unclosed.html"),
    Case {
        cells: &[("t4.review.upheld", "")],
        ..case("table4-16.html")
    },
    Case {
        notes: &["in another order"],
        ..case("total-first.html")
    },
    case("small-tables.docx"),
    Case {
        cells: &[
            ("t4.suit_after_review.pending", "4"),
            ("t4.suit_after_review.total", "4"),
        ],
        notes: &["in another order"],
        ..case("table4-moved.html")
    },
    Case {
        cells: &[
            ("t3.denied_internal_affairs", "0"),
            ("t3.denied_internal_affairs.natural_person", ""),
            ("t3.denied_internal_affairs.org_business", "2"),
        ],
        notes: &["slipped by one column"],
        ..case("slipped-row.html")
    },
    case("quoted.mht"),
    case("base64.mht"),
    case("word-97.doc"),
    case("plain.docx"),
    case("text-box.docx"),
    case("numbered.docx"),
    Case {
        notes: &["tracked changes"],
        ..case("plain.odt")
    },
    Case {
        notes: &["tracked changes"],
        ..case("flat.fodt")
    },
    Case {
        notes: &["tracked changes"],
        ..case("deleted-inside.fodt")
    },
    case("spread-columns.html"),
    Case {
        notes: &["15 numbers without labels"],
        ..case("laid-out.txt")
    },
    Case {
        cells: &[
            ("t3.unprocessed_petition.natural_person", "4"),
            ("t3.unprocessed_petition.org_public_welfare", "2"),
            ("t3.unprocessed_petition.org_other", "6"),
            ("t3.unprocessed_petition.total", ""),
        ],
        notes: &["15 numbers without labels"],
        ..case("laid-out-lacking.txt")
    },
    Case {
        cells: BLANK_ZEROS,
        notes: &["1 rows without labels"],
        ..case("blank-lines.txt")
    },
    Case {
        cells: &[
            ("t3.new_received", "0 件"),
            ("t3.new_received.natural_person", "7 件"),
            ("t3.new_received.org_business", "1 件"),
            ("t3.new_received.org_other", "1 件"),
            ("t3.new_received.total", "9 件"),
        ],
        ..case("reading-order.txt")
    },
    Case {
        cells: &[("t3.other_", "")],
        notes: &["3 rows not found"],
        unplaced: &[
            "发布信息 10 20 30 4 5 6 75",
            "其他 1 2 3 4 5 6 21",
            "一月",
            "二月",
            "三月",
            "四月",
            "五月",
            "六月",
        ],
        ..case("strangers.html")
    },
    Case {
        cells: &[("t3.carried_in", "-")],
        ..case("closed-by-bars.txt")
    },
    Case {
        cells: &[
            ("t3.unable_not_held", ""),
            ("t3.unable_not_held.natural_person", "2"),
            ("t3.unable_not_held.total", "2"),
        ],
        notes: &["1 rows without labels"],
        ..case("label-lost.html")
    },
    case("tables.md"),
    Case {
        cells: &[("t3.denied_admin_query", "")],
        notes: &["1 rows not found, left blank: (3)8"],
        ..case("dropped-row.html")
    },
    Case {
        cells: &[("t3.denied_admin_query", "")],
        notes: &["1 rows not found, left blank: (3)8"],
        ..case("dropped-row.docx")
    },
    Case {
        cells: &[("t3.denied_admin_query", "")],
        notes: &["1 rows not found, left blank: (3)8", "tracked changes"],
        ..case("dropped-row.odt")
    },
    Case {
        cells: &[("t3.*.total", "")],
        notes: &["lacks the columns Total"],
        ..case("no-totals.html")
    },
    Case {
        cells: &[
            ("t3.other_", ""),
            ("t3.other_misc", "0"),
            ("t3.other_misc.natural_person", "4"),
            ("t3.other_misc.org_other", "1"),
            ("t3.other_misc.total", "5"),
        ],
        notes: &["prints \"（六）其他处理\" as one row"],
        ..case("one-row-group.html")
    },
    Case {
        notes: &["in another order"],
        ..case("columns-swapped.html")
    },
    Case {
        notes: &["extra blank column at value 2"],
        ..case("extra-column.html")
    },
    Case {
        notes: &["25 rows without labels"],
        ..case("no-labels.html")
    },
    Case {
        cells: &[
            ("t3.new_received.natural_person", "１２"),
            ("t3.new_received.org_business", "9件"),
            ("t3.new_received.org_research", "1,234"),
            ("t3.new_received.org_public_welfare", "/"),
            ("t3.new_received.org_legal_service", ""),
            ("t3.new_received.org_other", "见附件"),
            ("t3.new_received.total", "2  3"),
        ],
        ..case("odd-values.html")
    },
    Case {
        cells: &[("t3.new_received.natural_person", "7（1）")],
        notes: &["struck out"],
        ..case("marked-values.html")
    },
    Case {
        cells: MERGED,
        notes: &["merged boxes", "merged boxes"],
        ..case("merged-values.html")
    },
    Case {
        cells: MERGED,
        notes: &["merged boxes", "merged boxes"],
        ..case("merged-values.docx")
    },
    Case {
        cells: &[("t3.new_received.org_research", "0（2）")],
        notes: &["tracked changes", "struck out"],
        ..case("tracked.docx")
    },
    Case {
        cells: &[("t2", ""), ("t4", "")],
        ..case("divs.html")
    },
    Case {
        cells: &[("t2", ""), ("t4", "")],
        ..case("fragment.html")
    },
    Case {
        cells: &[("t2", ""), ("t4", "")],
        notes: &["\"四、结束\" was taken for section 四"],
        ..case("text-around.txt")
    },
];

fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/readers");
    std::fs::read(path.join(name)).expect("a fixture; tests/make_readers.py makes them")
}

fn read(name: &str) -> Draft {
    format::read(&fixture(name), Some(name), &Options::default()).expect(name)
}

#[test]
fn fixtures_are_read_as_they_are_meant() {
    let sample = format::sample();
    let form = sample.form();
    let mut faults = Vec::new();
    for case in CASES {
        let draft = read(case.name);
        let report = draft.report();
        let mut cells = sample.cells().to_vec();
        for (path, text) in case.cells {
            for id in form.cells() {
                let of_all = |(start, end)| {
                    let own = form.path(id);
                    own.starts_with(start) && own.ends_with(end)
                };
                if of_all(path.split_once('*').unwrap_or((path, ""))) {
                    cells[id.index()] = Cell::read(text, form.kind(id));
                }
            }
        }
        for id in form.cells() {
            if report.cell(id) != &cells[id.index()] {
                let wanted = &cells[id.index()];
                faults.push(format!(
                    "{}: {} {:?} not {wanted:?}",
                    case.name,
                    form.path(id),
                    report.cell(id)
                ));
            }
        }
        let found = notes(&draft);
        let named = case
            .notes
            .iter()
            .all(|note| found.iter().any(|found| found.contains(note)));
        if !named || found.len() != case.notes.len() {
            faults.push(format!("{}: notes {found:#?}", case.name));
        }
        let unplaced: Vec<&str> = report
            .unplaced()
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        if unplaced != case.unplaced {
            faults.push(format!("{}: unplaced {unplaced:?}", case.name));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A table of text: labels of table 三 with their values, one box a line.
fn one_a_line(rows: &[(&str, &[&str])]) -> Draft {
    let mut text = "三、收到和处理政府信息公开申请情况\n".to_owned();
    for (label, values) in rows {
        text.extend([label, "\n", &values.join("\n"), "\n"]);
    }
    answer(text.as_bytes()).expect("a report")
}

#[test]
fn a_report_that_is_cut_breaks_no_sum_that_it_does_not_state() {
    let rows: [(&str, &[&str]); 3] = [
        (
            "一、本年新收政府信息公开申请数量",
            &["3", "0", "0", "0", "0", "0", "3"],
        ),
        (
            "二、上年结转政府信息公开申请数量",
            &["0", "0", "0", "0", "0", "0", "0"],
        ),
        ("（一）予以公开", &["1", "0", "0", "0", "0", "0", "2"]),
    ];
    let draft = one_a_line(&rows);
    let report = draft.report();
    let broken = |blanks| {
        let problems = check::alone(report, blanks).problems;
        let broken = problems.iter().filter(|problem| problem.sides.is_some());
        broken.map(|problem| problem.rule.code).collect::<Vec<_>>()
    };
    assert_eq!(report.lost().count(), 22);
    assert_eq!(broken(Blanks::ZERO), ["T3-ROWSUM"]);
}

#[test]
fn a_row_that_the_source_lacks_breaks_no_sum() {
    for name in ["dropped-row.html", "dropped-row.docx", "dropped-row.odt"] {
        let draft = read(name);
        let lost: Vec<_> = draft.report().lost().collect();
        assert_eq!(lost, [(4, 11)], "{name}");
        // The sample breaks in two columns by itself; one of them is open now.
        let found = breaks(draft.report());
        let whole = breaks(&format::sample());
        assert!(found.is_subset(&whole), "{name}: {found:?}");
        let csv = format::own::csv::rows(draft.report(), format::own::csv::From::default());
        let csv = String::from_utf8(csv).expect("text");
        assert_eq!(csv.matches(",,lost,").count(), 7, "{name}");
    }
    let group = read("one-row-group.html");
    assert_eq!(group.report().lost().count(), 0, "one row stands for three");
}

#[test]
fn rows_that_have_as_many_values_by_chance_are_not_placed() {
    let rows: [(&str, &[&str]); 4] = [
        ("1.属于国家秘密", &["3", "4"]),
        (
            "2.其他法律行政法规禁止公开",
            &["1", "2", "3", "4", "5", "6", "21"],
        ),
        ("4.保护第三方合法权益", &["1"]),
        ("5.属于三类内部事务信息", &["2", "2"]),
    ];
    let draft = one_a_line(&rows);
    assert!(draft.report().cells().iter().all(Cell::is_blank));
    assert_eq!(draft.report().unplaced().len(), 4);
}

#[test]
fn a_head_of_a_column_before_numbers_is_no_label_of_a_row() {
    const SEVEN: &[&str] = &["1", "0", "0", "0", "0", "0", "1"];
    let fee = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请";
    let stray = one_a_line(&[("其他", SEVEN), ("1.属于国家秘密", SEVEN)]);
    let in_place = one_a_line(&[(fee, SEVEN), ("其他", SEVEN)]);
    for (draft, cells, unplaced) in [(stray, 7, 1), (in_place, 14, 0)] {
        let written = draft.report().cells().iter();
        assert_eq!(written.filter(|cell| !cell.is_blank()).count(), cells);
        assert_eq!(draft.report().unplaced().len(), unplaced);
    }
}

/// A page with one element left out or doubled in turn.
fn damaged<'a>(page: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = String> + 'a {
    page.match_indices(open).flat_map(move |(at, _)| {
        let end = at + page[at..].find(close).expect("it is closed") + close.len();
        let twice = format!("{}{}", &page[..end], &page[at..]);
        [format!("{}{}", &page[..at], &page[end..]), twice]
    })
}

#[test]
fn invariant_a_box_or_row_lost_or_doubled_gives_no_wrong_number_unsaid() {
    let page = String::from_utf8(fixture("chrome.html")).expect("UTF-8");
    let sample = format::sample();
    let boxes = damaged(&page, "<td", "</td>");
    let rows = damaged(&page, "<tr", "</tr>");
    let mut silent = Vec::new();
    for text in boxes.chain(rows) {
        let draft = answer(text.as_bytes()).expect("a report");
        let pairs = draft.report().cells().iter().zip(sample.cells());
        let wrong = pairs
            .filter(|(cell, truth)| cell != truth && !matches!(cell, Cell::Raw(_)))
            .count();
        if wrong > 0 && draft.notes.is_empty() {
            let same = text
                .bytes()
                .zip(page.bytes())
                .take_while(|(a, b)| a == b)
                .count();
            let near =
                String::from_utf8_lossy(&page.as_bytes()[same.saturating_sub(80)..same + 40]);
            silent.push(format!("{wrong} wrong near {near}"));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

// ---- bad input

/// Reads hostile bytes: an answer, and a way out if it is a refusal.
fn answer(bytes: &[u8]) -> Result<Draft, String> {
    format::read(bytes, None, &Options::default()).map_err(|failure| {
        assert!(!failure.hints.is_empty(), "{failure:?}");
        failure.text(Lang::En)
    })
}

/// A zip of stored and deflated parts, made by hand as a stranger would.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).expect("a part");
        std::io::Write::write_all(&mut writer, bytes).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

fn docx(document: &str) -> Vec<u8> {
    zip(&[("word/document.xml", document.as_bytes())])
}

const WORD: &str =
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";

#[test]
fn pages_made_to_hang_are_refused_in_time() {
    let deep = |open: &str| format!("<html><body>{}", open.repeat(100_000));
    for (open, refused) in [
        ("<div>", true),
        ("<table><tr><td>", true),
        ("<table>", true),
        ("<span>", true),
        ("<b>", true),
        ("<svg>", true),
        ("<td>", false),
        ("<br>", false),
        ("<a><p>", false),
        ("<font color=red><p>", true),
        ("<select><option>", false),
        ("<template>", true),
    ] {
        let text = deep(open);
        match answer(text.as_bytes()) {
            Err(text) => assert!(
                text.contains("complex") || text.contains("nothing") || !refused,
                "{open}: {text}"
            ),
            Ok(_) => assert!(!refused, "{open}"),
        }
    }
    let row = "<td colspan=1000000000 rowspan=1000000000>7".repeat(500);
    let wide = format!("<table>{}</table>", format!("<tr>{row}</tr>").repeat(300));
    assert!(answer(wide.as_bytes()).is_err());
    let cells = "<td>7".repeat(1 << 20);
    assert!(answer(format!("<table><tr>{cells}").as_bytes()).is_err());
}

#[test]
fn office_files_made_to_hang_are_refused_in_time() {
    let word = |inner: &str| docx(&format!("{WORD}{inner}</w:body></w:document>"));
    let bomb = word(&" ".repeat(80 << 20));
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    assert!(answer(&bomb).expect_err("a bomb").contains("too large"));
    let many: Vec<(String, &[u8])> = (0..6000).map(|n| (format!("p{n}"), &b""[..])).collect();
    let mut parts: Vec<(&str, &[u8])> = vec![("word/document.xml", b"<a/>")];
    parts.extend(many.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
    assert!(
        answer(&zip(&parts))
            .expect_err("many")
            .contains("too large")
    );
    let deep = word(&"<w:tbl><w:tr><w:tc>".repeat(20_000));
    assert!(answer(&deep).is_err());
    let cells = word(&format!(
        "<w:tbl><w:tr>{}</w:tr></w:tbl>",
        "<w:tc/>".repeat(500_000)
    ));
    assert!(answer(&cells).is_err());
    // Half a document is none, wherever it was cut.
    let whole =
        format!("{WORD}<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p></w:body></w:document>");
    for cut in [WORD.len(), whole.len() - 20] {
        assert!(
            answer(&docx(&whole[..cut]))
                .expect_err("cut")
                .contains("damaged")
        );
    }
    assert!(answer(&zip(&[("word/document.xml.bak", b"<a/>")])).is_err());
}

#[test]
fn entities_of_strangers_are_never_expanded() {
    let mut text = String::from("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY e0 \"9\">");
    for level in 1..40 {
        let below = format!("&e{};", level - 1).repeat(10);
        text.extend(["<!ENTITY e", &level.to_string(), " \"", &below, "\">"]);
    }
    text += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]>";
    let rows = |value: &str| {
        format!(
            "<w:p><w:r><w:t>三、收到和处理政府信息公开申请情况</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>一、本年新收政府信息公开申请数量</w:t></w:r></w:p></w:tc>{}</w:tr></w:tbl>",
            format!("<w:tc><w:p><w:r><w:t>{value}</w:t></w:r></w:p></w:tc>").repeat(7)
        )
    };
    let body = format!(
        "{text}{WORD}{}</w:body></w:document>",
        rows("1&e39;&file;&amp;&#49;")
    );
    let draft = answer(&docx(&body)).expect("a report");
    let cell = draft.report().cells().iter().find(|cell| !cell.is_blank());
    assert_eq!(cell, Some(&Cell::Raw("1\u{FFFD}\u{FFFD}&1".into())));
}

#[test]
fn every_fixture_cut_anywhere_is_answered() {
    for case in CASES {
        let bytes = fixture(case.name);
        for part in 0..=12 {
            let cut = bytes.len() * part / 12;
            if let Ok(draft) = answer(&bytes[..cut]) {
                // A cut page shows less, never something else.
                let whole = read(case.name);
                for id in whole.report().form().cells() {
                    let (cell, of_whole) = (draft.report().cell(id), whole.report().cell(id));
                    let shorter =
                        of_whole.text().starts_with(&*cell.text()) || matches!(cell, Cell::Raw(_));
                    assert!(
                        cell.is_blank() || shorter,
                        "{} cut at {cut}: {} {cell:?} {:#?}",
                        case.name,
                        whole.report().form().path(id),
                        notes(&draft)
                    );
                }
            }
        }
    }
}

/// An open document, as strangers make them: its type first, and not packed.
fn open_document(kind: &str, inner: &str) -> Vec<u8> {
    let names = ["office", "text", "table"];
    let spaces =
        names.map(|n| format!(" xmlns:{n}=\"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0\""));
    let (entities, inner) = inner.split_once("]>").unwrap_or(("", inner));
    let entities = if entities.is_empty() {
        String::new()
    } else {
        format!("{entities}]>")
    };
    let content = format!(
        "<?xml version=\"1.0\"?>{entities}<office:document-content{}><office:body><office:{kind}>{inner}</office:{kind}></office:body></office:document-content>",
        spaces.concat()
    );
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let plain =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mime = format!("application/vnd.oasis.opendocument.{kind}");
    for (name, bytes, options) in [
        ("mimetype", mime.as_bytes(), plain),
        (
            "content.xml",
            content.as_bytes(),
            zip::write::SimpleFileOptions::default(),
        ),
    ] {
        writer.start_file(name, options).expect("a part");
        std::io::Write::write_all(&mut writer, bytes).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

#[test]
fn open_documents_made_to_hang_are_answered_in_time() {
    let cell = |attr: &str, text: &str| {
        format!("<table:table-cell {attr}><text:p>{text}</text:p></table:table-cell>")
    };
    let label = cell("", "一、本年新收政府信息公开申请数量");
    let table = |rows: &str| {
        format!(
            "<text:p>三、收到和处理政府信息公开申请情况</text:p><table:table table:name=\"a\">{rows}</table:table>"
        )
    };
    let row =
        |attr: &str, cells: &str| format!("<table:table-row {attr}>{cells}</table:table-row>");
    let many = "table:number-columns-repeated=\"1000000000\"";
    let numbers: String = (1..=7).map(|n| cell("", &n.to_string())).collect();
    let long = "7".repeat(1 << 20);
    let mut entities = String::from("<!DOCTYPE d [<!ENTITY e0 \"9\">");
    for level in 1..30 {
        let below = format!("&e{};", level - 1).repeat(10);
        entities.extend(["<!ENTITY e", &level.to_string(), " \"", &below, "\">"]);
    }
    entities += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]>";
    // What of it, whether a sheet and a text of it are refused, the first cells.
    let cases: [(&str, String, bool, bool, &[&str]); 8] = [
        ("bomb", " ".repeat(80 << 20), true, true, &[]),
        ("deep", "<table:table><table:table-row><table:table-cell>".repeat(20_000), true, true, &[]),
        ("number repeated", table(&row("", &(label.clone() + &cell(many, "7")))), true, false, &[]),
        (
            "blank repeated",
            table(&(row("", &(label.clone() + &numbers + &cell(many, "")))
                + &row("table:number-rows-repeated=\"1000000000\"", &cell(many, "")))),
            false,
            false,
            &["1", "2", "3"],
        ),
        (
            "text repeated",
            table(&row(
                "table:number-rows-repeated=\"4999\"",
                &cell("table:number-columns-repeated=\"250\"", &long),
            )),
            true,
            false,
            &[],
        ),
        (
            "spans",
            table(&row(
                "",
                &(label.clone()
                    + &cell("table:number-columns-spanned=\"1000000000\" table:number-rows-spanned=\"1000000000\"", "7").repeat(3000)),
            )),
            true,
            false,
            &[],
        ),
        (
            "entities",
            entities + &table(&row("", &(label.clone() + &cell("", "1&e29;&file;&#49;").repeat(7)))),
            false,
            false,
            &["1\u{FFFD}\u{FFFD}1"],
        ),
        (
            "spaces",
            table(&row("", &(label + &numbers))) + "<text:p>四、结束<text:s text:c=\"1000000000\"/></text:p>",
            false,
            false,
            &["1", "2"],
        ),
    ];
    for (what, inner, sheet, text, cells) in cases {
        for (kind, refused) in [("spreadsheet", sheet), ("text", text)] {
            let bytes = open_document(kind, &inner);
            assert!(
                answer(&bytes[..bytes.len() / 2]).is_err(),
                "{what} {kind} cut"
            );
            match answer(&bytes) {
                Err(said) => assert!(refused, "{what} {kind}: {said}"),
                Ok(draft) => {
                    assert!(!refused, "{what} {kind}");
                    let form = draft.report().form();
                    let first = form.cell("t3.new_received.natural_person").expect("a cell");
                    let found = draft.report().cells()[first.index()..].iter();
                    let found: Vec<String> = found.map(|cell| cell.text().to_string()).collect();
                    assert_eq!(found[..cells.len()], *cells, "{what} {kind}");
                }
            }
        }
    }
}

#[test]
fn a_named_encoding_is_taken_or_said_to_be_of_no_use() {
    let sheets = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/sheets");
    let bytes = |name: &str| {
        let file = std::fs::read(sheets.join(name));
        file.unwrap_or_else(|_| fixture(name))
    };
    // A file, the encoding named, and what is said: nothing, a note, or a refusal.
    let cases = [
        ("chrome.html", "utf-8", ""),
        ("chrome.html", "UTF8", ""),
        ("chrome.html", "gbk", "unreadable bytes"),
        ("gbk-undeclared.html", "gb2312", ""),
        ("utf16.html", "utf-16le", ""),
        ("laid-out.txt", "utf-8", ""),
        ("laid-out.txt", "gb18030", "unreadable bytes"),
        ("tables.md", "big5", "try again without it"),
        ("semicolon-gbk.csv", "gbk", ""),
        ("semicolon-gbk.csv", "utf-8", "unreadable bytes"),
        ("plain.docx", "gbk", "--encoding gbk was not used"),
        ("three.xlsx", "gbk", "--encoding gbk was not used"),
        ("three.xls", "gbk", "--encoding gbk was not used"),
        ("three.ods", "gbk", "--encoding gbk was not used"),
        ("plain.odt", "gbk", "--encoding gbk was not used"),
        ("ruled.pdf", "gbk", "--encoding gbk was not used"),
        ("chrome.html", "klingon", "unknown encoding \"klingon\""),
        ("plain.docx", "klingon", "unknown encoding \"klingon\""),
        ("three.xlsx", "", "unknown encoding"),
    ];
    for (name, encoding, said) in cases {
        let options = Options {
            encoding: Some(encoding),
            ..Options::default()
        };
        let (read, found) = match format::read(&bytes(name), Some(name), &options) {
            Ok(draft) => (true, notes(&draft).join("\n")),
            Err(failure) => (false, failure.text(Lang::En)),
        };
        let is_said = if said.is_empty() {
            read && !found.contains("encoding")
        } else {
            found.contains(said)
        };
        assert!(is_said, "{name} {encoding}: {found}");
    }
}

/// Every fixture of every format.
fn fixtures() -> Vec<PathBuf> {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut found = Vec::new();
    for folder in ["readers", "sheets"] {
        let files = std::fs::read_dir(data.join(folder)).expect("a folder");
        found.extend(files.map(|file| file.expect("a file").path()));
    }
    found.retain(|path| path.extension().is_none_or(|end| end != "py"));
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn invariant_damaged_documents_are_answered(
        path in prop::sample::select(fixtures()),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0_u32..8), 0..24),
        splice in prop::option::of((prop::sample::select(fixtures()), any::<[prop::sample::Index; 3]>())),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = std::fs::read(&path).expect("a fixture");
        if let Some((other, [at, from, end])) = splice {
            // A piece of another file, or of the same one, over what stands there.
            let other = std::fs::read(other).expect("a fixture");
            let (from, end) = (from.index(other.len()), end.index(other.len()));
            let piece = &other[from.min(end)..from.max(end)];
            let at = at.index(bytes.len());
            let over = at..bytes.len().min(at + piece.len() / 2);
            bytes.splice(over, piece.iter().copied());
        }
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        // By its own format, and by what it looks like.
        let name = path.file_name().and_then(|name| name.to_str());
        let own = path.extension().and_then(|end| format::by_extension(end.to_str()?));
        for format in [own, None] {
            let options = Options { format, ..Options::default() };
            if let Err(failure) = format::read(&bytes, name, &options) {
                prop_assert!(!failure.hints.is_empty(), "{failure:?}");
            }
        }
    }
}
