//! Files in, drafts out: every layout of pasted text, our own two formats, and
//! bytes that are no report at all.
//!
//! Fixtures of our own lie in `tests/data`. Where the project's shared samples
//! are beside the crate, they are read too; nothing fails without them.

#![allow(
    clippy::disallowed_methods,
    reason = "reads the shared samples where they are present"
)]

#[path = "support/generated.rs"]
mod generated;

use std::path::PathBuf;

use generated::{cells, reports, texts};
use gouji::base::place::Place;
use gouji::base::words::Lang;
use gouji::form;
use gouji::format::{self, Options, Writing};
use gouji::model::{Cell, Document, Draft, Report, Seen, Transaction, Unread};
use proptest::prelude::*;
use serde_json::Value;

fn read(bytes: &[u8]) -> Draft {
    format::read(bytes, None, &Options::default()).expect("a report")
}

fn read_text(text: &str) -> Draft {
    read(text.as_bytes())
}

fn refused(bytes: &[u8]) -> String {
    let failure = format::read(bytes, None, &Options::default()).expect_err("no report");
    assert!(!failure.hints.is_empty(), "{failure:?}");
    for lang in Lang::ALL {
        assert!(!failure.text(lang).contains('{'), "{}", failure.text(lang));
    }
    failure.text(Lang::En)
}

fn notes(draft: &Draft) -> Vec<String> {
    draft
        .notes
        .iter()
        .map(|note| format!("{}: {}", note.place, note.message.text(Lang::Zh)))
        .collect()
}

fn cell(draft: &Draft, path: &str) -> Cell {
    let id = draft
        .report()
        .form()
        .cell(path)
        .expect("a cell of the form");
    draft.report().cell(id).clone()
}

fn is_noted(draft: &Draft, place: &str, words: &str) -> bool {
    notes(draft)
        .iter()
        .any(|note| note.starts_with(place) && note.contains(words))
}

/// The browser paste of the fixtures with its lines changed.
fn browser(change: impl FnOnce(&mut Vec<&str>)) -> Draft {
    let mut lines: Vec<&str> = BROWSER.lines().collect();
    change(&mut lines);
    read_text(&lines.join("\n"))
}

fn line_of(lines: &[&str], text: &str) -> usize {
    lines
        .iter()
        .position(|line| line.contains(text))
        .expect("a line of the fixture")
}

/// The rows of table 三 as bare numbers.
fn numbers(rows: usize) -> String {
    let row = |row| format!("{row}\t0\t0\t0\t0\t0\t{row}");
    (0..rows).map(row).collect::<Vec<_>>().join("\n")
}

const BROWSER: &str = include_str!("data/browser.txt");
const WORD: &str = include_str!("data/word-tabs.txt");
const WORD_GBK: &[u8] = include_bytes!("data/word-tabs-gbk.txt");

// ---- pasted text

#[test]
fn every_pasted_layout_gives_the_sample() {
    let sample = format::sample();
    let (body, year) = ("北京市西城区民政局", Some(2024));
    for (name, bytes) in [
        ("browser", BROWSER.as_bytes()),
        ("word", WORD.as_bytes()),
        ("gbk", WORD_GBK),
        ("naked", BROWSER.replace(['\t', '\u{a0}'], "").as_bytes()),
        ("barred", BROWSER.replace('\t', "| ").as_bytes()),
    ] {
        let draft = read(bytes);
        let report = draft.report();
        assert_eq!(report.cells(), sample.cells(), "{name}");
        assert_eq!(notes(&draft), [""; 0], "{name}");
        assert_eq!(report.unplaced(), [], "{name}");
        assert_eq!(report.head(), sample.head(), "{name}");
        assert_eq!(
            (report.head().body.as_str(), report.head().year),
            (body, year)
        );
        assert_eq!(draft.origins.iter().flatten().count(), 200, "{name}");
        let form = report.form();
        for text in form.texts() {
            assert_eq!(report.text(text), sample.text(text), "{name} {text:?}");
        }
        let headings: Vec<_> = report
            .headings()
            .iter()
            .map(|heading| heading.section)
            .collect();
        let wanted: Vec<_> = sample
            .headings()
            .iter()
            .map(|heading| heading.section)
            .collect();
        assert_eq!(headings, wanted, "{name}");
    }
    assert_eq!(read_text(BROWSER).report().headings(), sample.headings());
}

#[test]
fn every_cell_knows_its_line() {
    let draft = read_text(BROWSER);
    let form = draft.report().form();
    let id = form.cell("t3.new_received.natural_person").expect("a cell");
    let origin = draft.origins[id.index()].as_ref().expect("an origin");
    let lines: Vec<&str> = BROWSER.lines().collect();
    let at = line_of(&lines, "一、本年新收") + 2;
    assert_eq!((&origin.place, &*origin.raw), (&Place::Line(at), "7"));
}

#[test]
fn damage_is_named_and_nothing_shifts() {
    let dropped = browser(|lines| {
        let at = line_of(lines, "8.属于行政查询事项") - 2;
        lines.drain(at..at + 11);
    });
    assert!(
        is_noted(&dropped, "line", "没有找到 1 行：(三)8 行政查询事项"),
        "{:?}",
        notes(&dropped)
    );
    assert_eq!(cell(&dropped, "t3.denied_admin_query.total"), Cell::Blank);
    assert_eq!(
        cell(&dropped, "t3.unable_not_held.natural_person"),
        Cell::Count(2)
    );

    let doubled = browser(|lines| {
        let at = line_of(lines, "8.属于行政查询事项") - 2;
        let row: Vec<&str> = lines[at..at + 11].to_vec();
        lines.splice(at..at, row);
    });
    assert!(
        is_noted(&doubled, "line", "出现两次，数相同"),
        "{:?}",
        notes(&doubled)
    );
    assert_eq!(doubled.report().cells(), format::sample().cells());

    let swapped = browser(|lines| {
        let (a, b) = (line_of(lines, "5.属于三类"), line_of(lines, "6.属于四类"));
        lines.swap(a, b);
    });
    assert!(
        is_noted(&swapped, "line", "不在官方的位置"),
        "{:?}",
        notes(&swapped)
    );
    assert_eq!(
        cell(&swapped, "t3.denied_deliberative.total"),
        Cell::Count(2)
    );

    let shifted = browser(|lines| {
        let at = line_of(lines, "5.属于三类");
        lines.insert(at + 1, "\t");
        lines.remove(at + 8);
    });
    assert_eq!(
        cell(&shifted, "t3.denied_internal_affairs.natural_person"),
        Cell::Blank
    );
    assert_eq!(
        cell(&shifted, "t3.denied_internal_affairs.org_business"),
        Cell::Count(2)
    );

    let lacking = browser(|lines| {
        let at = line_of(lines, "5.属于三类");
        lines.remove(at + 3);
    });
    assert!(
        is_noted(&lacking, "line", "有 6 个数，应有 7 个"),
        "{:?}",
        notes(&lacking)
    );
    assert_eq!(
        cell(&lacking, "t3.denied_internal_affairs.total"),
        Cell::Blank
    );
    assert_eq!(lacking.report().unplaced().len(), 1);
}

/// What differs from the sample and is neither blank nor unreadable, in a report read from damaged text.
fn wrong_cells(text: &str, what: &str) -> String {
    let (draft, sample) = (read_text(text), format::sample());
    let pairs = draft.report().cells().iter().zip(sample.cells());
    let differ =
        pairs.filter(|(cell, truth)| cell != truth && !matches!(cell, Cell::Blank | Cell::Raw(_)));
    match differ.count() {
        0 => String::new(),
        count => format!("{what}: {count} {:?}\n", notes(&draft)),
    }
}

/// Each piece of a text left out or doubled in turn.
fn damaged<'a>(source: &'a str, between: &'a str) -> impl Iterator<Item = (String, String)> + 'a {
    let pieces: Vec<&str> = source.split(between).collect();
    (0..pieces.len() * 2).map(move |index| {
        let (at, double) = (index / 2, index % 2);
        let kept = [&pieces[..at + double], &pieces[at + 1 - double..]].concat();
        let around = pieces[at.saturating_sub(1)..pieces.len().min(at + 2)].join("¦");
        (kept.join(between), format!("{double} {around}"))
    })
}

#[test]
fn invariant_a_line_lost_or_doubled_gives_no_wrong_number() {
    let naked = BROWSER.replace(['\t', '\u{a0}'], "");
    let mut wrong = String::new();
    for source in [BROWSER, &naked, WORD] {
        for (text, what) in damaged(source, "\n") {
            wrong += &wrong_cells(&text, &what);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn invariant_a_box_lost_or_doubled_gives_no_wrong_number_unsaid() {
    let mut silent = String::new();
    for (text, what) in damaged(WORD, "\t") {
        if notes(&read_text(&text)).is_empty() {
            silent += &wrong_cells(&text, &what);
        }
    }
    assert!(silent.is_empty(), "{silent}");
}

#[test]
fn an_extra_blank_column_is_left_out_and_said() {
    let draft = read_text(
        &WORD
            .lines()
            .map(|line| {
                let fields: Vec<&str> = line.split('\t').collect();
                match fields.len() {
                    10 => [&fields[..4], &[""], &fields[4..]].concat().join("\t"),
                    _ => line.to_owned(),
                }
            })
            .collect::<Vec<_>>()
            .join("\n"),
    );
    assert!(
        is_noted(&draft, "line", "第 2 个数的位置多出一个空列"),
        "{:?}",
        notes(&draft)
    );
    assert_eq!(draft.report().cells(), format::sample().cells());
}

#[test]
fn a_matrix_without_labels_is_placed_only_if_the_count_fits() {
    let draft = read_text(&numbers(25));
    assert_eq!(cell(&draft, "t3.carried_out.total"), Cell::Count(24));
    assert!(is_noted(&draft, "line 1", "25 行没有行名"));
    for rows in [24, 26] {
        let text = format!("三、收到和处理政府信息公开申请情况\n{}", numbers(rows));
        let draft = read_text(&text);
        assert!(draft.report().cells().iter().all(Cell::is_blank));
        assert_eq!(draft.report().unplaced().len(), rows);
        assert!(is_noted(&draft, "line 2", "对不上"), "{:?}", notes(&draft));
    }
    // Of some rows only the label is lost.
    let draft = browser(|lines| {
        let at = line_of(lines, "6.属于四类");
        lines[at] = "\t";
    });
    assert!(
        is_noted(&draft, "line", "1 行没有行名"),
        "{:?}",
        notes(&draft)
    );
    assert_eq!(draft.report().cells(), format::sample().cells());
}

#[test]
fn a_group_printed_as_one_row_goes_where_the_form_says() {
    let draft = read_text(
        &WORD
            .lines()
            .filter(|line| !line.contains("缴纳费用") && !line.contains("\t3.其他"))
            .map(|line| match line.find("1.申请人无正当理由逾期") {
                Some(_) => "\t（六）其他处理\t\t5\t0\t0\t0\t0\t0\t5",
                None => line,
            })
            .collect::<Vec<_>>()
            .join("\n"),
    );
    assert_eq!(cell(&draft, "t3.other_misc.total"), Cell::Count(5));
    assert_eq!(cell(&draft, "t3.other_fee_unpaid.total"), Cell::Blank);
    assert!(
        is_noted(&draft, "line", "只印了一行"),
        "{:?}",
        notes(&draft)
    );
}

#[test]
fn columns_in_another_order_are_placed_by_their_heads() {
    let draft = read_text(&WORD.replace("商业企业\t科研机构", "科研机构\t商业企业"));
    assert_eq!(cell(&draft, "t3.new_received.org_research"), Cell::Count(1));
    assert!(is_noted(&draft, "line", "按列名放入"));
    let draft = read_text(&WORD.replace("科研机构", "事业单位"));
    assert_eq!(draft.report().cells(), format::sample().cells());
    assert!(is_noted(&draft, "line", "事业单位"), "{:?}", notes(&draft));
}

#[test]
fn values_are_kept_as_they_were_typed() {
    for (typed, wanted) in [
        ("１２", Cell::Count(12)),
        ("1,234", Cell::Count(1234)),
        ("-2", Cell::Count(-2)),
        ("/", Cell::Nil('/')),
        ("1234567890123", Cell::Raw("1234567890123".into())),
        ("见附件", Cell::Raw("见附件".into())),
    ] {
        for text in [BROWSER, WORD] {
            let changed = text.replacen(
                "一、本年新收政府信息公开申请数量\n\t7",
                &format!("一、本年新收政府信息公开申请数量\n\t{typed}"),
                1,
            );
            let changed = changed.replacen("数量\t\t\t7", &format!("数量\t\t\t{typed}"), 1);
            let draft = read_text(&changed);
            assert_eq!(
                cell(&draft, "t3.new_received.natural_person"),
                wanted,
                "{typed}"
            );
            assert_eq!(
                cell(&draft, "t3.new_received.total"),
                Cell::Count(9),
                "{typed}"
            );
        }
    }
    let draft = read_text(&WORD.replace("\t0\t0\t0\t0\t0\t0\t0", "\tO\t0件\t \t0\t0\t0\t0"));
    assert_eq!(cell(&draft, "t3.carried_in.natural_person").text(), "O");
    assert_eq!(cell(&draft, "t3.carried_in.org_business").count(), Some(0));
    assert_eq!(cell(&draft, "t3.carried_in.org_research"), Cell::Blank);
}

#[test]
fn placeholders_of_the_blank_form_are_no_text() {
    let draft = read_text(
        "政府信息公开工作年度报告格式模板\n一、总体情况\n（文字描述）\n二、主动公开政府信息情况\n五、存在的主要问题及改进情况\n（文字描述）\n六、其他需要报告的事项\n（文字描述，收取信息处理费情况在此处报告。）\n",
    );
    let report = draft.report();
    assert!(
        report
            .form()
            .texts()
            .all(|text| report.text(text).is_empty())
    );
    assert_eq!(report.head().title, "");
}

#[test]
fn escape_sequences_do_not_reach_the_report() {
    let draft = read_text(&BROWSER.replace(
        "一、总体情况",
        "一、总体情况\n\u{1b}[31m红\u{202e}字\u{7}\t尾",
    ));
    let report = draft.report();
    let text = report.text(report.form().text("s1").expect("s1"));
    assert!(text.starts_with("[31m红字 尾\n"), "{text}");
}

// ---- our own text

#[test]
fn our_text_of_the_sample_reads_back() {
    let sample = format::sample();
    let text =
        format::write(&sample, &format::TEXT, &Writing::default()).expect("text can be written");
    let draft = read(&text);
    assert_eq!(draft.report(), &sample);
    assert_eq!(notes(&draft), [""; 0]);
    // What a chat does to it: no last line, no wide spaces.
    let text = String::from_utf8(text)
        .expect("UTF-8")
        .replace('\u{3000}', "");
    let cut = text
        .lines()
        .filter(|line| !line.starts_with('〔'))
        .collect::<Vec<_>>()
        .join("\n");
    let draft = read_text(&cut);
    assert_eq!(draft.report().cells(), sample.cells());
    assert_eq!(draft.report().headings(), sample.headings());
}

#[test]
fn our_text_is_read_when_something_else_stands_for_its_bars() {
    let sample = format::sample();
    let text =
        format::write(&sample, &format::TEXT, &Writing::default()).expect("text can be written");
    let text = String::from_utf8(text).expect("UTF-8");
    let tabs: Vec<String> = text
        .lines()
        .map(|line| {
            let boxes: Vec<&str> = line.split('|').map(str::trim_end).collect();
            boxes.join("\t")
        })
        .collect();
    let one_row = text
        .lines()
        .map(|line| {
            if line.starts_with("8.属于") {
                line.replace('|', "｜")
            } else {
                line.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join("\n");
    for changed in [text.replace('|', "｜"), tabs.join("\n"), one_row] {
        let draft = read_text(&changed);
        assert_eq!(draft.report().cells(), sample.cells(), "{changed}");
    }
    // A heading with such a bar is still a heading.
    let heading = "一、总体情况｜2024";
    let native = format::native(&sample).replace("一、总体情况", heading);
    let report = read(native.as_bytes()).into_report();
    let text =
        format::write(&report, &format::TEXT, &Writing::default()).expect("text can be written");
    assert_eq!(read(&text).report(), &report);
}

#[test]
fn traditional_characters_in_labels_are_read() {
    let text = BROWSER
        .replace("申请", "申請")
        .replace("总计", "總計")
        .replace("处理", "處理");
    let draft = read_text(&text);
    assert_eq!(draft.report().cells(), read_text(BROWSER).report().cells());
    assert!(draft.report().unplaced().is_empty(), "{:?}", notes(&draft));
}

// ---- native

fn native(change: impl FnOnce(String) -> String) -> Draft {
    let text = format::native(&format::sample());
    read(change(text).as_bytes())
}

#[test]
fn odd_native_files_lose_nothing_and_say_so() {
    let draft =
        native(|text| text.replace("\"rules\":[0,0,0]", "\"rules\":[1.5,true,1234567890123]"));
    assert_eq!(cell(&draft, "t2.rules.issued").text(), "1.5");
    assert_eq!(cell(&draft, "t2.rules.repealed"), Cell::Raw("true".into()));
    assert_eq!(
        cell(&draft, "t2.rules.in_force"),
        Cell::Raw("1234567890123".into())
    );
    // The rules say it of the cells.
    assert_eq!(notes(&draft), [""; 0]);

    let draft = native(|text| {
        text.replace("\"rules\":[0,0,0]", "\"rules\":[1,2,3,4,\"x\"]")
            .replace("[2,3,18]", "[2]")
    });
    assert_eq!(draft.report().unplaced()[0].text, "4, \"x\"");
    assert_eq!(draft.report().unplaced()[0].place, "line 5");
    assert_eq!(cell(&draft, "t2.normative_documents.repealed"), Cell::Blank);
    assert!(
        is_noted(&draft, "t2.normative_documents", "只有 1 格"),
        "{:?}",
        notes(&draft)
    );
    assert!(!draft.unknown_keys);

    let draft =
        native(|text| text.replace("\"t3\":{", "\"t3\":{\"new_row\":[1],\"carried_in\":[9],"));
    assert!(draft.unknown_keys);
    assert!(
        is_noted(&draft, "t3.new_row (line 11)", "只读"),
        "{:?}",
        notes(&draft)
    );
    assert!(
        is_noted(&draft, "t3.carried_in", "写了两次"),
        "{:?}",
        notes(&draft)
    );

    let draft = native(|text| {
        text.replace(
            "\"questions\":[]",
            "\"questions\":7,\"later\":{\"a\":[[[1]]]}",
        )
    });
    assert!(draft.unknown_keys);
    assert_eq!(draft.report().unplaced().len(), 1);

    // A question of the first version names no problem; numbers without a rule are strangers.
    let asked = |question: &str| {
        let question = format!("\"questions\":[{question}]");
        native(move |text| text.replace("\"questions\":[]", &question))
    };
    let draft = asked("{\"site\":\"t3\",\"text\":\"问\"}");
    assert_eq!(draft.report().questions()[0].fault, None);
    assert!(!draft.unknown_keys, "{:?}", notes(&draft));
    let draft = asked("{\"site\":\"t3\",\"numbers\":[\"8\"],\"text\":\"问\"}");
    assert_eq!(draft.report().questions()[0].fault, None);
    assert!(draft.unknown_keys);

    let draft = read_text("{\"gouji\":1,\"form\":\"2021\"}");
    assert_eq!(draft.notes.len(), 3, "{:?}", notes(&draft));
}

#[test]
fn rows_and_tables_that_were_not_found_stay_unknown_in_the_native_file() {
    let form = form::current();
    let mut draft = Draft::new(form);
    draft.push_lost(4, 11);
    draft.push_unread(Unread {
        prefix: "t4",
        seen: Seen::Picture,
        place: "paragraph 12".into(),
    });
    let report = draft.into_report();
    let text = format::native(&report);
    assert!(
        text.contains("\"lost\":[\"t3.denied_admin_query\"]"),
        "{text}"
    );
    let read = |text: &str| {
        let draft = format::read(text.as_bytes(), None, &Options::default());
        let draft = draft.expect("a native file");
        assert_eq!((draft.notes.len(), draft.unknown_keys), (0, false));
        draft.into_report()
    };
    let back = read(&text);
    assert_eq!(back.lost().collect::<Vec<_>>(), [(4, 11)]);
    assert_eq!(back.unread().count(), 1);
    // They go when one of their cells is typed, and come back when that is undone.
    let mut document = Document::new(back);
    for path in ["t3.denied_admin_query.total", "t4.review.other"] {
        let label = gouji::base::words::Words::same("x");
        let cell = form.cell(path).expect("a cell of the form");
        let step = Transaction::new(label).cell(document.report(), cell, Cell::Count(0));
        document.apply(step).expect("made for this report");
    }
    let typed = format::native(document.report());
    assert!(
        !typed.contains("lost") && !typed.contains("unread"),
        "{typed}"
    );
    assert_eq!(read(&typed).lost().count(), 0);
    document.undo();
    document.undo();
    assert_eq!(format::native(document.report()), text);
    // What a newer version may write is not dropped.
    let odd = text.replace("t3.denied_admin_query", "t3.new");
    let odd = format::read(odd.as_bytes(), None, &Options::default());
    assert!(odd.expect("a native file").unknown_keys);
}

#[test]
fn a_native_file_is_read_in_every_encoding_of_text() {
    let text = format::native(&format::sample());
    let wide: Vec<u16> = "\u{FEFF}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .collect();
    let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for bytes in [little, big, marked] {
        assert_eq!(read(&bytes).report(), &format::sample());
    }
}

#[test]
fn broken_native_files_are_refused_with_their_place() {
    assert!(refused(b"{\"gouji\":2,\"form\":\"2021\"}").contains("version 2"));
    assert!(refused(b"{\"gouji\":1,\"form\":\"2031\"}").contains("2031"));
    assert!(refused(b"{\"a\":1}").contains("not a report that this program saved"));
    assert!(refused(b"{\"gouji\":1,\n\"form\":\"2021\",").contains("line 2, column"));
    let lone = "{\"gouji\":1,\"form\":\"2021\",\n\"texts\":{\"s1\":\"\\ud800\"}}";
    assert!(
        refused(lone.as_bytes()).contains("line 2, column"),
        "{}",
        refused(lone.as_bytes())
    );
    let deep = format!(
        "{{\"gouji\":1,\"form\":\"2021\",\"t3\":{}",
        "[".repeat(100_000)
    );
    assert!(refused(deep.as_bytes()).contains("line 1, column"));
    let deep = format!(
        "{{\"gouji\":1,\"form\":\"2021\",\"t3\":{}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(!read(deep.as_bytes()).notes.is_empty());
    assert!(refused("[".repeat(100_000).as_bytes()).contains("nothing of an annual report"));
}

// ---- no report at all

#[test]
fn what_is_no_report_is_refused_with_a_way_out() {
    assert!(refused(b"").contains("empty"));
    assert!(refused(b" \r\n\t").contains("empty"));
    assert!(refused(b"\x7fELF\x02\0\0\0").contains("binary"));
    assert!(refused(b"{\\rtf1").contains("RTF"));
    assert!(
        refused("今天天气很好。\n一、吃饭\n二、睡觉\n".as_bytes())
            .contains("nothing of an annual report")
    );
    assert!(refused(&vec![b'a'; format::MAX_BYTES + 1]).contains("MiB"));
    let options = Options {
        encoding: Some("klingon"),
        ..Options::default()
    };
    assert!(format::read(WORD_GBK, None, &options).is_err());
}

#[test]
fn a_paragraph_of_our_text_stays_one_though_it_looks_like_a_row() {
    let mut draft = Draft::new(form::current());
    let two = form::current().text("s2").expect("a section of the form");
    draft.push_text(two, "规章|7");
    let report = draft.into_report();
    let bytes = format::write(&report, &format::TEXT, &Writing::default()).expect("written");
    let back = read(&bytes);
    assert_eq!(back.report().text(two), "规章|7");
    assert_eq!(back.report().unplaced(), []);
}

// ---- properties

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn invariant_native_files_read_back_wholly(report in reports()) {
        let bytes = format::native(&report).into_bytes();
        let draft = read(&bytes);
        prop_assert_eq!(notes(&draft), [""; 0]);
        prop_assert_eq!(format::native(draft.report()).into_bytes(), bytes);
        prop_assert_eq!(draft.report(), &report);
    }

    #[test]
    fn invariant_our_text_reads_back_what_it_declares(report in reports()) {
        let bytes = format::write(&report, &format::TEXT, &Writing::default()).expect("written");
        let draft = read(&bytes);
        let back = draft.report();
        prop_assert_eq!(back.cells(), report.cells());
        prop_assert_eq!(back.head(), report.head());
        prop_assert_eq!(back.headings(), report.headings());
        for text in report.form().texts() {
            prop_assert_eq!(back.text(text), report.text(text));
        }
        prop_assert_eq!(back.unplaced(), []);
    }

    #[test]
    fn invariant_any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400), at in 0_usize..6000, cut in 0_usize..6000) {
        let _ = format::read(&bytes, None, &Options::default());
        for source in [BROWSER.as_bytes(), WORD.as_bytes(), WORD_GBK] {
            let mut mutated = source.to_vec();
            let at = at.min(mutated.len());
            mutated.splice(at..at, bytes.iter().copied().take(9));
            mutated.truncate(mutated.len().max(cut) - cut / 2);
            let _ = format::read(&mutated, None, &Options::default());
        }
        let mut json = format::native(&format::sample()).into_bytes();
        let at = at.min(json.len());
        json.splice(at..at, bytes.iter().copied().take(5));
        let _ = format::read(&json, None, &Options::default());
    }

    #[test]
    fn invariant_any_lines_are_answered(lines in prop::collection::vec(prop_oneof![texts(), cells(), Just("\t".to_owned()), Just("\t7".to_owned()), Just("| 7 |".to_owned()), Just("1 2 3 4 5 6 7".to_owned())], 0..60)) {
        let _ = format::read(lines.join("\n").as_bytes(), None, &Options::default());
    }
}

// ---- shared samples

fn samples() -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    path.is_dir().then_some(path)
}

/// Cells that agree with the truth, that differ but stay blank or unreadable, that are wrong.
fn compare(report: &Report, truth: &Value) -> (usize, usize, Vec<String>) {
    let form = report.form();
    let (mut right, mut open, mut wrong) = (0, 0, Vec::new());
    for prefix in form.prefixes() {
        let Some(rows) = truth.get(prefix).and_then(Value::as_object) else {
            continue;
        };
        for (row, values) in rows {
            let (table, row) = form.row(prefix, row).expect("row of the truth");
            for (col, value) in values.as_array().expect("values").iter().enumerate() {
                let id = form.tables[table].cell(row, col);
                let cell = report.cell(id);
                let same = match value {
                    Value::Null => matches!(cell, Cell::Blank | Cell::Nil(_)),
                    value => cell.count() == value.as_i64(),
                };
                if same {
                    right += 1;
                } else if matches!(cell, Cell::Blank | Cell::Raw(_)) {
                    open += 1;
                } else {
                    wrong.push(format!("{} {cell:?} {value}", form.path(id)));
                }
            }
        }
    }
    (right, open, wrong)
}

fn json(path: &std::path::Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a sample");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn shared_samples_are_read_without_a_silent_wrong_number() {
    let Some(root) = samples() else { return };
    let sample = json(&root.join("real/xicheng-civil-affairs-2024.json"));
    let mut files: Vec<(PathBuf, Value)> = Vec::new();
    for name in [
        "real/xicheng-civil-affairs-2024.txt",
        "shapes/paste-browser.txt",
        "shapes/paste-browser-gbk.txt",
        "shapes/paste-word-tabs.txt",
        "shapes/pdf-layout.txt",
        "shapes/report.md",
    ] {
        files.push((root.join(name), sample.clone()));
    }
    let t3 = serde_json::json!({ "t3": sample["t3"] });
    for name in [
        "shapes/matrix-nolabels.tsv",
        "shapes/matrix-wps-paste.tsv",
        "shapes/matrix-labelled-gbk.csv",
    ] {
        files.push((root.join(name), t3.clone()));
    }
    for damage in json(&root.join("damaged/truth.json"))
        .as_array()
        .expect("list")
    {
        let name = damage["id"].as_str().expect("id");
        let mut truth = sample.clone();
        if damage.get("t3").is_some() {
            truth["t3"] = damage["t3"].clone();
        }
        for change in damage["changes"].as_array().expect("changes") {
            if change["table"] == "litigation" {
                truth["t4"]["review"][4] = change["now"]
                    .as_str()
                    .and_then(|now| now.parse().ok())
                    .map_or(Value::Null, |now: i64| now.into());
            }
        }
        files.push((root.join(format!("damaged/{name}.txt")), truth));
    }
    let prose = std::fs::read_dir(root.join("prose")).expect("a folder");
    for entry in prose.flatten().map(|entry| entry.path()) {
        if entry
            .extension()
            .is_some_and(|extension| extension == "txt")
        {
            files.push((entry.clone(), json(&entry.with_extension("json"))));
        }
    }
    let mut report = Vec::new();
    let mut all_wrong = Vec::new();
    for (path, truth) in files {
        let bytes = std::fs::read(&path).expect("a sample");
        let name = path.file_name().expect("a name").to_string_lossy();
        let draft = match format::read(&bytes, Some(&name), &Options::default()) {
            Ok(draft) => draft,
            Err(failure) => {
                all_wrong.push(format!("{name}: {}", failure.text(Lang::En)));
                continue;
            }
        };
        let (right, open, wrong) = compare(draft.report(), &truth);
        let head = draft.report().head();
        let unplaced = draft.report().unplaced();
        report.push(format!(
            "{name}: {right} right, {open} open, {} wrong; {} headings, {:?} {:?}; {} unplaced",
            wrong.len(),
            draft.report().headings().len(),
            head.body,
            head.year,
            unplaced.len(),
        ));
        report.extend(notes(&draft).iter().map(|note| format!("    {note}")));
        report.extend(
            unplaced
                .iter()
                .map(|piece| format!("    unplaced {}: {}", piece.place, piece.text)),
        );
        all_wrong.extend(wrong.into_iter().map(|wrong| format!("{name}: {wrong}")));
    }
    let report = report.join("\n");
    assert!(all_wrong.is_empty(), "{report}\n{}", all_wrong.join("\n"));
    // GOUJI_SHOW=1 cargo test --test formats shared -- --nocapture
    if std::env::var_os("GOUJI_SHOW").is_some() {
        let mut out = std::io::stdout();
        std::io::Write::write_all(&mut out, report.as_bytes()).expect("stdout");
    }
}

#[test]
fn no_format_holds_a_character_that_steers_a_terminal() {
    use gouji::base::width::is_unsafe;
    use gouji::format::{FORMATS, Writing, write};
    let dirty = "甲\u{1b}[31m\u{9b}2J\u{202e}乙\u{e0041}";
    let mut draft = gouji::model::Draft::new(gouji::form::current());
    let form = draft.report().form();
    for field in gouji::model::HeadField::ALL {
        draft.set_head(field, dirty);
    }
    draft.push_heading(form.text("s1"), dirty);
    draft.set_text(form.text("s1").expect("a text"), dirty);
    let id = form.cells().next().expect("a cell");
    draft.set_cell(id, gouji::model::Cell::read(dirty, form.kind(id)), None);
    let report = draft.into_report();
    let (clean, count) = report.printable();
    assert!(count > 20 && clean.printable().1 == 0);
    for format in FORMATS.iter().filter(|format| format.can_write()) {
        let bytes = write(&report, format, &Writing::default()).expect("it can be written");
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        let steers = |c: char| is_unsafe(c) && !matches!(c, '\n' | '\r' | '\t' | '\u{feff}');
        assert!(!text.contains(steers), "{format:?}");
    }
    let native = gouji::format::native(&report);
    let back = gouji::format::read(native.as_bytes(), None, &gouji::format::Options::default());
    assert_eq!(
        back.expect("ours").report(),
        &report,
        "our own file loses nothing"
    );
}
