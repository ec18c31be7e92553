//! Problems as comments in a copy of the sender's own file.
//!
//! Own files come from the program's writers, foreign ones from `tests/data`; what Word and
//! Excel want of the parts is checked on the parts.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read fixtures from the disk"
)]

#[path = "support/home.rs"]
mod home;
#[path = "support/reports.rs"]
mod reports;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use gouji::base::comment::{About, Comment};
use gouji::cli::Exit;
use gouji::format::{self, DOCX, Format, Options, Writing, XLSX, annotate};
use gouji::model::Draft;
use home::{Home, home};
use quick_xml::Reader;
use quick_xml::events::Event;
use reports::{changed, clean};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const SENTENCE: &str = "本年收到政府信息公开申请12件。";
const MESSAGE: &str = "各项结果相加";

/// A report with a broken column in 表三 and a sentence that says another number.
fn broken() -> Draft {
    let mut draft = changed(&["t3.processed_total.natural_person=1"]);
    let form = draft.report().form();
    let s1 = form.text("s1").expect("a text of the form");
    let text = draft.report().text(s1).replace(
        "（二）依申请公开。",
        &format!("（二）依申请公开。欢迎来信。{SENTENCE}"),
    );
    draft.set_text(s1, &text);
    draft
}

fn written(draft: &Draft, format: &Format) -> Vec<u8> {
    format::write(draft.report(), format, &Writing::default()).expect("written")
}

fn note(about: About, text: &str) -> Comment {
    Comment {
        about,
        text: text.to_owned(),
    }
}

fn of_text(text: &str, nth: usize) -> About {
    About::Text {
        text: text.to_owned(),
        nth,
    }
}

fn with_notes(bytes: &[u8], format: &'static Format, comments: &[Comment]) -> Vec<u8> {
    let made = annotate(bytes, format, &Options::default(), comments);
    made.expect("it takes comments").bytes
}

// ---- zips

fn names(bytes: &[u8]) -> Vec<String> {
    let zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    zip.file_names()
        .map(|name| name.expect("a name").to_string())
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    let mut part = zip.by_name(name).expect("the part");
    part.read_to_string(&mut text).expect("text");
    text
}

/// Every part as it is packed.
fn packed(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    (0..zip.len())
        .map(|index| {
            let mut part = zip.by_index_raw(index).expect("a part");
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("its bytes");
            (part.name().expect("a name").to_string(), bytes)
        })
        .collect()
}

/// The same zip with a part changed, or added.
fn changed_part(bytes: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut all = names(bytes);
    if !all.iter().any(|known| known == name) {
        all.push(name.to_owned());
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for known in all {
        let old = || part(bytes, &known);
        let text = match names(bytes).contains(&known) {
            true if known == name => change(old()),
            true => old(),
            false => change(String::new()),
        };
        zip.start_file(known, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

// ---- markup

/// What happens in markup: names that open, with their attributes, and text.
#[derive(Debug)]
enum Seen {
    Open(String, BTreeMap<String, String>),
    Text(String),
}

fn seen(xml: &str) -> Vec<Seen> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = true;
    let mut all = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => {
                let attrs = start.attributes().map(|attr| {
                    let attr = attr.expect("an attribute, each once");
                    let value = attr.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                    let name = attr.key.as_ref().to_owned();
                    (name, value.expect("a value").into_owned())
                });
                all.push(Seen::Open(
                    start.name().as_ref().to_owned(),
                    attrs.collect(),
                ));
            }
            Event::Text(text) => all.push(Seen::Text(text.xml10_content().into_owned())),
            Event::GeneralRef(name) => {
                let known = quick_xml::escape::resolve_predefined_entity(&name);
                all.push(Seen::Text(known.expect("a known entity").to_owned()));
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

/// The comments of a Word document: number, author, text, and what they stand at.
fn of_document(bytes: &[u8]) -> BTreeMap<String, (String, String, String)> {
    let mut all = BTreeMap::new();
    let mut open = String::new();
    for step in seen(&part(bytes, "word/comments.xml")) {
        match step {
            Seen::Open(name, attrs) if name == "w:comment" => {
                open.clone_from(&attrs["w:id"]);
                let author = attrs["w:author"].clone();
                let old = all.insert(open.clone(), (author, String::new(), String::new()));
                assert!(old.is_none(), "two comments of the number {open}");
            }
            Seen::Text(text) if !text.trim().is_empty() => {
                all.get_mut(&open).expect("in a comment").1.push_str(&text);
            }
            _ => {}
        }
    }
    let mut within: Vec<String> = Vec::new();
    let mut referred = Vec::new();
    for step in seen(&part(bytes, "word/document.xml")) {
        match step {
            Seen::Open(name, attrs) if name == "w:commentRangeStart" => {
                within.push(attrs["w:id"].clone());
            }
            Seen::Open(name, attrs) if name == "w:commentRangeEnd" => {
                within.retain(|id| *id != attrs["w:id"]);
            }
            Seen::Open(name, attrs) if name == "w:commentReference" => {
                referred.push(attrs["w:id"].clone());
            }
            Seen::Text(text) => {
                for id in &within {
                    all.get_mut(id).expect("a comment").2.push_str(&text);
                }
            }
            Seen::Open(..) => {}
        }
    }
    assert!(within.is_empty(), "every range ends");
    referred.sort();
    assert_eq!(referred, all.keys().cloned().collect::<Vec<_>>());
    all
}

/// The comments of a worksheet's part of comments, by their cells.
fn of_cells(xml: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut open = String::new();
    for step in seen(xml) {
        match step {
            Seen::Open(name, attrs) if name.ends_with("comment") => {
                open.clone_from(&attrs["ref"]);
                let old = all.insert(open.clone(), String::new());
                assert!(old.is_none(), "two comments at {open}");
            }
            Seen::Text(text) if !open.is_empty() => {
                all.get_mut(&open).expect("in a comment").push_str(&text);
            }
            _ => {}
        }
    }
    all
}

fn run(home: &Home, name: &str, bytes: &[u8], out: &str) -> Vec<u8> {
    home.put(name, bytes);
    home.run(&["annotate", name, out]).expect(Exit::Clean, 0);
    std::fs::read(home.path(out)).expect("the copy")
}

// ---- what the sender sees

#[test]
fn a_document_has_its_problems_at_the_boxes_and_sentences_they_are_about() {
    let made = run(&home(), "a.docx", &written(&broken(), &DOCX), "b.docx");
    let comments = of_document(&made);
    let of = |text: &str| {
        let found = comments.values().find(|(_, said, _)| said.contains(text));
        assert!(found.is_some(), "{text} is in none of {comments:?}");
        found.expect("just asked")
    };
    let (author, said, at) = of(MESSAGE);
    assert_eq!(author, "gouji 勾稽");
    assert!(said.starts_with("错误：表三 自然人列："), "{said}");
    assert!(said.contains("怎么改："), "{said}");
    assert_eq!(at, "1");
    assert_eq!(of("12").2, SENTENCE);
    // What could have happened is about no one place: the last paragraph bears it.
    assert!(of("可能的原因").2.starts_with("收费通知的件数"));
}

#[test]
fn a_workbook_has_its_problems_at_its_cells() {
    let made = run(&home(), "a.xlsx", &written(&broken(), &XLSX), "b.xlsx");
    let texts = of_cells(&part(&made, "xl/comments1.xml"));
    let table = of_cells(&part(&made, "xl/comments2.xml"));
    assert!(table["D27"].contains(MESSAGE), "{table:?}");
    assert!(texts["A1"].contains("可能的原因"), "{texts:?}");
    let sentence = texts.values().any(|said| said.contains("12"));
    assert!(sentence, "{texts:?}");
    // A box for each, known by the sheet that shows it.
    for (number, sheet, cells) in [(1, 1, &texts), (2, 3, &table)] {
        let boxes = part(&made, &format!("xl/drawings/vmlDrawing{number}.vml"));
        assert_eq!(boxes.matches("ObjectType=\"Note\"").count(), cells.len());
        let relations = part(&made, &format!("xl/worksheets/_rels/sheet{sheet}.xml.rels"));
        assert!(relations.contains(&format!("\"../comments{number}.xml\"")));
        let sheet = part(&made, &format!("xl/worksheets/sheet{sheet}.xml"));
        assert_eq!(sheet.matches("<legacyDrawing ").count(), 1);
    }
    // A box is as wide as its lines, also over a column as wide as a page.
    let boxes = part(&made, "xl/drawings/vmlDrawing1.vml");
    assert!(boxes.contains("<x:Anchor>1, 15, 0, 0, 1, 271, "), "{boxes}");
    let types = part(&made, "[Content_Types].xml");
    assert_eq!(types.matches("Extension=\"vml\"").count(), 1);
    assert!(types.contains("PartName=\"/xl/comments2.xml\""));
}

#[test]
fn a_sentence_is_marked_wherever_its_runs_are_cut() {
    const NUMBERED: &str = "tests/data/readers/numbered.docx";
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(NUMBERED)).expect("it");
    let whole = changed_part(&bytes, "word/document.xml", |document| {
        document.replacen(
            "<w:sectPr",
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>前句甲&amp;乙。中句一</w:t></w:r><w:r><w:t>二。后句。</w:t></w:r></w:p><w:p/><w:sectPr",
            1,
        )
    });
    let document = part(&whole, "word/document.xml");
    assert!(document.contains("中句一"), "the fixture has sections");
    let made = with_notes(
        &whole,
        &DOCX,
        &[
            note(of_text("中句一二。", 0), "中"),
            note(of_text("前句甲&乙。", 0), "前"),
            note(of_text("后句。", 0), "后"),
            note(of_text("没有这一句", 0), "末"),
        ],
    );
    let at: BTreeMap<String, String> = of_document(&made)
        .into_values()
        .map(|(_, said, at)| (said, at))
        .collect();
    assert_eq!(at["中"], "中句一二。");
    assert_eq!(at["前"], "前句甲&乙。");
    assert_eq!(at["后"], "后句。");
    assert_eq!(at["末"], "", "the last paragraph is empty");
    let document = part(&made, "word/document.xml");
    assert!(
        document.contains("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">中句一</w:t>")
    );
}

#[test]
fn of_equal_sentences_the_right_one_is_marked() {
    let mut draft = clean();
    let s5 = draft.report().form().text("s5").expect("a text");
    draft.set_text(s5, "同一句。又同一句。\n同一句。");
    let bytes = written(&draft, &DOCX);
    for (nth, before) in [(0, 0), (2, 1)] {
        let made = with_notes(&bytes, &DOCX, &[note(of_text("同一句。", nth), "甲")]);
        let document = part(&made, "word/document.xml");
        let mark = document.find("commentRangeStart").expect("a mark");
        let paragraphs = document[..mark].matches("又同一句").count();
        assert_eq!(paragraphs, before, "{nth}");
    }
}

// ---- what stays

#[test]
fn a_copy_reads_as_the_file_and_what_need_not_change_is_packed_as_it_was() {
    for (format, name, touched) in [
        (
            &DOCX,
            "a.docx",
            &["word/document.xml", "word/_rels/document.xml.rels"][..],
        ),
        (
            &XLSX,
            "a.xlsx",
            &["xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"][..],
        ),
    ] {
        let home = home();
        let bytes = written(&broken(), format);
        let copy = format!("copy-{name}");
        let made = run(&home, name, &bytes, &copy);
        let (before, after) = (packed(&bytes), packed(&made));
        for (part, bytes) in &before {
            let is_touched = touched.contains(&part.as_str()) || part == "[Content_Types].xml";
            assert_eq!(after[part] == *bytes, !is_touched, "{part}");
        }
        assert_eq!(std::fs::read(home.path(name)).expect("it"), bytes);
        let json = |file: &str| {
            let told = home.run(&["check", file, "--output", "json"]).out;
            told.replace(file, "")
        };
        assert_eq!(json(name), json(&copy));
        home.run(&["annotate", name, &copy, "--force"])
            .expect(Exit::Clean, 0);
        let again = std::fs::read(home.path(&copy)).expect("it");
        assert!(again == made, "equal input gives equal bytes");
    }
}

#[test]
fn files_of_others_take_comments_and_read_as_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["readers", "sheets"] {
        let entries = std::fs::read_dir(root.join(folder)).expect("a folder");
        files.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    files.retain(|file| file.extension().is_some_and(|e| e == "docx" || e == "xlsx"));
    assert!(files.len() > 15, "{files:?}");
    let mut all = 0;
    for file in files {
        let bytes = std::fs::read(&file).expect("it");
        let name = file.file_name().expect("a name").to_str().expect("UTF-8");
        let out = format!("out-{name}");
        let home = home();
        if !names(&bytes)
            .iter()
            .any(|part| part == "[Content_Types].xml")
        {
            // A reader is content with less than Word and Excel want.
            home.put(name, &bytes);
            home.run(&["annotate", name, &out]).expect(Exit::Failed, 0);
            continue;
        }
        let made = run(&home, name, &bytes, &out);
        if name.ends_with("docx") && made != bytes {
            all += of_document(&made).len();
        }
        let json = |file: &str| {
            let told = home.run(&["check", file, "--output", "json"]).out;
            told.replace(file, "")
        };
        assert_eq!(json(name), json(&out), "{name}");
    }
    assert!(all > 10, "{all}");
}

#[test]
fn comments_that_are_there_stay() {
    let home = home();
    let first = written(&broken(), &DOCX);
    let once = run(&home, "a.docx", &first, "b.docx");
    let named = changed_part(&once, "word/comments.xml", |text| {
        text.replace("gouji 勾稽", "复核员")
    });
    let twice = of_document(&run(&home, "c.docx", &named, "d.docx"));
    let authors: Vec<&str> = twice.values().map(|(author, ..)| author.as_str()).collect();
    let count = |name: &str| authors.iter().filter(|author| **author == name).count();
    assert_eq!((count("复核员"), count("gouji 勾稽")), (4, 4));

    let book = run(&home, "a.xlsx", &written(&broken(), &XLSX), "b.xlsx");
    let named = changed_part(&book, "xl/comments2.xml", |text| {
        let text = text.replace("gouji 勾稽", "复核员");
        text.replace("错误：", "请看：").replace("D27", "B2")
    });
    let moved = changed_part(&named, "xl/drawings/vmlDrawing2.vml", |text| {
        text.replace(
            "<x:Row>26</x:Row><x:Column>3</x:Column>",
            "<x:Row>1</x:Row><x:Column>1</x:Column>",
        )
    });
    let twice = run(&home, "c.xlsx", &moved, "d.xlsx");
    let table = of_cells(&part(&twice, "xl/comments2.xml"));
    assert!(table["B2"].contains("请看："), "{table:?}");
    assert!(table["D27"].contains("错误："), "{table:?}");
    let texts = of_cells(&part(&twice, "xl/comments1.xml"));
    assert_eq!(texts["A1"].matches("可能的原因").count(), 2, "{texts:?}");
    let boxes = part(&twice, "xl/drawings/vmlDrawing2.vml");
    assert_eq!(boxes.matches("ObjectType=\"Note\"").count(), table.len());
    let mut ids: Vec<&str> = boxes.split("<v:shape id=\"").skip(1).collect();
    ids = ids
        .iter()
        .map(|id| id.split('"').next().expect("an id"))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), table.len(), "{ids:?}");
}

#[test]
fn a_cell_with_answers_under_its_comment_leaves_ours_to_the_first_cell() {
    let home = home();
    let book = run(&home, "a.xlsx", &written(&broken(), &XLSX), "b.xlsx");
    let answered = changed_part(&book, "xl/comments2.xml", |text| {
        text.replace("gouji 勾稽", "tc={00000000-0000-0000-0000-000000000001}")
    });
    let made = run(&home, "c.xlsx", &answered, "d.xlsx");
    let table = of_cells(&part(&made, "xl/comments2.xml"));
    assert_eq!(table["D27"].matches(MESSAGE).count(), 1, "{table:?}");
    let texts = of_cells(&part(&made, "xl/comments1.xml"));
    assert!(texts["A1"].contains(MESSAGE), "{texts:?}");
}

#[test]
fn a_report_without_a_problem_is_copied_as_it_is() {
    for (format, name, out) in [(&DOCX, "a.docx", "b.docx"), (&XLSX, "a.xlsx", "b.xlsx")] {
        let bytes = written(&clean(), format);
        assert!(run(&home(), name, &bytes, out) == bytes, "{name}");
    }
}

// ---- what is refused

fn refused(name: &str, bytes: &[u8], out: &str, says: &str) {
    let home = home();
    home.put(name, bytes);
    let ran = home.run(&["annotate", name, out]);
    ran.expect(Exit::Failed, 0).says(says);
    assert!(!home.path(out).exists(), "{out} was not written");
}

#[test]
fn a_file_that_may_not_or_can_not_take_comments_is_refused_in_a_sentence() {
    let document = written(&broken(), &DOCX);
    let book = written(&broken(), &XLSX);
    let page = written(&broken(), &format::HTML);
    refused("a.html", &page, "b.html", "写不进批注");
    refused("a.html", &page, "b.docx", "退回意见");
    let signed = |bytes: &[u8]| {
        changed_part(bytes, "_xmlsignatures/sig1.xml", |_| {
            "<Signature/>".to_owned()
        })
    };
    refused("a.docx", &signed(&document), "b.docx", "数字签名");
    refused("a.xlsx", &signed(&book), "b.xlsx", "数字签名");
    let strict = changed_part(&document, "word/document.xml", |text| {
        text.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
    });
    refused("a.docx", &strict, "b.docx", "严格");
    let strict = changed_part(&book, "xl/workbook.xml", |text| {
        text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
    });
    refused("a.xlsx", &strict, "b.xlsx", "严格");
}

#[test]
fn a_protection_that_forbids_comments_is_kept() {
    let document = written(&broken(), &DOCX);
    let settings = |element: &str| {
        changed_part(&document, "word/settings.xml", |text| {
            let at = text.find("<w:evenAndOddHeaders").expect("the settings");
            [&text[..at], element, &text[at..]].concat()
        })
    };
    let read_only = settings("<w:documentProtection w:edit=\"readOnly\" w:enforcement=\"1\"/>");
    refused("a.docx", &read_only, "b.docx", "保护");
    let password = settings("<w:writeProtection w:hashValue=\"AAAA\"/>");
    refused("a.docx", &password, "b.docx", "保护");
    for harmless in [
        "<w:writeProtection w:recommended=\"1\"/>",
        "<w:documentProtection w:edit=\"comments\" w:enforcement=\"1\"/>",
        "<w:documentProtection w:edit=\"readOnly\" w:enforcement=\"0\"/>",
    ] {
        run(&home(), "a.docx", &settings(harmless), "b.docx");
    }
    let book = written(&broken(), &XLSX);
    let sheet = |element: &str| {
        changed_part(&book, "xl/worksheets/sheet3.xml", |text| {
            text.replacen("</sheetData>", &format!("</sheetData>{element}"), 1)
        })
    };
    let shut = sheet("<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\"/>");
    refused("a.xlsx", &shut, "b.xlsx", "保护");
    run(
        &home(),
        "a.xlsx",
        &sheet("<sheetProtection sheet=\"1\"/>"),
        "b.xlsx",
    );
    let shared = |attrs: &str| {
        changed_part(&book, "xl/workbook.xml", |text| {
            let at = text.find("<workbookPr").expect("the properties");
            [&text[..at], &format!("<fileSharing {attrs}/>"), &text[at..]].concat()
        })
    };
    refused(
        "a.xlsx",
        &shared("reservationPassword=\"CC1A\""),
        "b.xlsx",
        "保护",
    );
    run(
        &home(),
        "a.xlsx",
        &shared("readOnlyRecommended=\"1\""),
        "b.xlsx",
    );
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let home = home();
    let bytes = written(&broken(), &DOCX);
    home.put("a.docx", &bytes);
    home.put("b.docx", "mine");
    home.run(&["annotate", "a.docx", "b.docx"])
        .expect(Exit::Failed, 0);
    assert_eq!(home.read("b.docx"), "mine");
    home.run(&["annotate", "a.docx", "a.docx", "--force"])
        .expect(Exit::Failed, 0)
        .says("送来的文件本身");
    assert!(std::fs::read(home.path("a.docx")).expect("it") == bytes);
    home.run(&["annotate", "a.docx", "c.xlsx"])
        .expect(Exit::Failed, 0)
        .says(".docx");
    home.run(&["annotate", "a.docx", "b.docx", "--force"])
        .expect(Exit::Clean, 0);
    assert_eq!(
        of_document(&std::fs::read(home.path("b.docx")).expect("it")).len(),
        4
    );
}

#[test]
fn whoever_wants_a_pdf_is_told_how_it_comes_about() {
    let home = home();
    home.put("a.docx", written(&clean(), &DOCX));
    home.run(&["convert", "a.docx", "a.pdf"])
        .expect(Exit::Failed, 0)
        .says("soffice --headless --convert-to pdf");
}
