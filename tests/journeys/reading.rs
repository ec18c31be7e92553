//! U6: a colleague's file is opened, and every cell says where it came from.

use std::path::PathBuf;

use gouji::base::facts::FileFacts;
use gouji::base::words::Lang;
use gouji::format::{self, Options};
use gouji::model::Document;
use gouji::tui::app::Overlay;
use gouji::tui::input::{Effect, Input, Opened, Reply, StartFacts};
use gouji::tui::terminal::import;

use crate::support::journey::Journey;

/// A foreign file as the shell opens it.
fn opened(name: &str, bytes: &[u8]) -> Reply {
    let format = format::sniff(bytes, Some(name)).expect("a known format");
    let mut draft = format::read(bytes, Some(name), &Options::default()).expect("a report");
    let (notes, origins) = (
        std::mem::take(&mut draft.notes),
        std::mem::take(&mut draft.origins),
    );
    Reply::Opened(Box::new(Opened {
        document: Document::unsaved(draft.into_report()),
        file: FileFacts {
            source: Some(PathBuf::from("/tmp").join(name)),
            ..FileFacts::default()
        },
        notes,
        origins,
        format: Some(format),
        keying: Vec::new(),
        recovery: None,
        native: false,
        begins: None,
        practises: false,
        last: None,
        last_at: None,
        last_named: None,
    }))
}

fn reading(name: &str, bytes: &[u8]) -> Journey {
    let mut journey = Journey::start(StartFacts::default());
    journey.reply(opened(name, bytes));
    journey
}

fn has(journey: &Journey, text: &str) {
    let rows = journey.rows();
    assert!(
        rows.iter().any(|row| row.contains(text)),
        "{text}: {rows:#?}"
    );
}

#[test]
fn u6_a_file_without_a_doubt_says_so_and_shows_the_source_of_each_cell() {
    let mut journey = reading("plain.docx", include_bytes!("../data/readers/plain.docx"));
    has(&journey, "读取自 DOCX，25/25 行，0 处不确定。错误 2");
    journey.keys("Right Left");
    has(&journey, "原文第");
    has(&journey, "列   行 1/25");
    journey.keys("8 Right Left");
    has(&journey, "列：7");
    journey.keys("C-z F4");
    has(&journey, "[7] | 1 | 0");
    journey.keys("Esc C-s");
    has(&journey, "/tmp/plain.json");
    assert!(
        !journey
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Save { .. })),
        "the source is never written"
    );
    journey.keys("Esc");
    journey.app.look.lang = Lang::En;
    journey.reply(opened(
        "plain.docx",
        include_bytes!("../data/readers/plain.docx"),
    ));
    has(&journey, "read from DOCX, 25/25 rows, 0 unsure. errors 2");
}

#[test]
fn u6_what_was_unsure_is_reached_by_f8_and_listed_by_f5() {
    let bytes = include_bytes!("../data/readers/slipped-row.html");
    let mut journey = reading("slipped-row.html", bytes);
    has(&journey, "读取自 HTML，25/25 行，1 处不确定 (F8)");
    let cell = journey.screen().unsure()[0]
        .cell
        .expect("it concerns a row");
    let path = journey.screen().form().path(cell);
    let stops = (0..40).find(|_| {
        journey.keys("F8");
        journey.notice().contains("右移了一格")
    });
    assert!(stops.is_some(), "F8 comes by");
    assert_eq!(journey.cursor(), path);
    journey.keys("F4");
    has(&journey, "右移了一格");
    journey.keys("Esc F5");
    has(&journey, "读取自 HTML");
    has(&journey, "? 读入 第");
    // Enter on its line goes there.
    let at = journey.rows().iter().position(|row| row.contains("? 读入"));
    assert!(at.is_some());
    journey.keys("C-Home");
    journey.keys("Esc C-Home F5");
    let line = (0..40).find(|_| {
        let here = journey
            .rows()
            .iter()
            .any(|row| row.starts_with('>') && row.contains("? 读入"));
        if !here {
            journey.keys("Down");
        }
        here
    });
    assert!(line.is_some());
    journey.keys("Enter");
    assert!(journey.app.overlay.is_none());
    assert_eq!(journey.cursor(), path);
}

#[test]
fn u6_a_row_that_is_not_there_is_counted_and_named() {
    let bytes = include_bytes!("../data/readers/dropped-row.html");
    let journey = reading("dropped-row.html", bytes);
    has(&journey, "24/25 行，");
    has(&journey, "处不确定 (F8)");
}

#[test]
fn what_cannot_be_read_says_why_and_the_way_out_on_one_screen() {
    let old = |mark: &str| {
        let mark = mark.encode_utf16().flat_map(u16::to_le_bytes);
        let head = *b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
        let bytes: Vec<u8> = head.into_iter().chain([0; 600]).chain(mark).collect();
        bytes
    };
    // A package with nothing in it: what ends one is all there is.
    let zip = [
        b"PK\x03\x04xx".to_vec(),
        b"PK\x05\x06".to_vec(),
        vec![0; 18],
    ]
    .concat();
    let large = [b"%PDF-1.4\n".to_vec(), vec![b'0'; 33 << 20]].concat();
    let scan = include_bytes!("../data/sheets/scan.pdf").to_vec();
    let locked = include_bytes!("../data/sheets/locked.pdf").to_vec();
    let cases: [(&str, Vec<u8>, &str, &str); 15] = [
        ("局.doc", old("WordDocument"), "旧版 Word", "另存为 docx"),
        ("局.wps", old("WordDocument"), "WPS", "粘贴到 gouji"),
        ("局.et", old("Workbook"), "损坏", "另存"),
        ("局.rtf", b"{\\rtf1 x}".to_vec(), "RTF", "另存为 docx"),
        ("局.zip", zip, "压缩包", "先解压"),
        ("断.docx", b"PK\x03\x04xx".to_vec(), "不完整", "重新"),
        ("局.rar", b"Rar!\x1a\x07".to_vec(), "压缩包", "先解压"),
        ("局.docx", old("EncryptedPackage"), "密码", "取消密码"),
        ("局.pdf", scan, "扫描", "对照着录入"),
        ("锁.pdf", locked, "密码", "取消密码"),
        (
            "局.png",
            b"\x89PNG\r\n\x1a\n".to_vec(),
            "图片",
            "对照着录入",
        ),
        ("空.txt", Vec::new(), "空的", "gouji new"),
        ("大.pdf", large, "最多读 32 MiB", "选对了文件"),
        (
            "别的.txt",
            "今天天气好。".into(),
            "没有政府信息公开",
            "选对了文件",
        ),
        ("二进制.txt", b"a\0b\0\0".to_vec(), "", "选对了文件"),
    ];
    let home = tempfile::tempdir().expect("a folder");
    let mut paths = Vec::new();
    for (name, bytes, why, way) in cases {
        let path = home.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        paths.push((path, why, way));
    }
    paths.push((home.path().to_owned(), "文件夹", "gouji check"));
    paths.push((home.path().join("没有.docx"), "没有这个文件", "gouji new"));
    for (path, why, way) in paths {
        let failure = import(&path, None, None).expect_err("it cannot be read");
        for lang in Lang::ALL {
            let mut journey = Journey::sample();
            journey.app.look.lang = lang;
            journey.input(Input::Resize(80, 24));
            journey.reply(Reply::Failed(failure.clone()));
            let rows = journey.rows();
            let whole = rows.concat().replace(' ', "");
            let opened = if lang == Lang::Zh {
                "打不开"
            } else {
                "cannot"
            };
            assert!(whole.contains(opened), "{rows:#?}");
            if lang == Lang::Zh {
                for said in ["打不开：", " 原因  ", " 办法  ", why, way] {
                    assert!(whole.contains(&said.replace(' ', "")), "{said}: {rows:#?}");
                }
            } else {
                assert!(whole.contains("Why") && whole.contains("Try"), "{rows:#?}");
                let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
                let window = rows[3..].iter().filter(|row| row.contains("| "));
                let named = |row: &&String| row.contains("cannot open");
                let mut said = window.filter(|row| !named(row));
                assert!(!said.any(|row| row.contains(han)), "{rows:#?}");
            }
            journey.keys("Esc");
            assert!(journey.app.overlay.is_none(), "the old screen is back");
        }
    }
}

#[test]
fn a_long_reading_is_shown_and_escape_keeps_the_old_screen() {
    let mut journey = Journey::sample();
    let before = journey.rows();
    journey.reply(Reply::Reading {
        path: PathBuf::from("/tmp/大文件.pdf"),
        seconds: 0,
    });
    has(&journey, "正在读取（0 秒），Esc 停止：/tmp/大文件.pdf");
    has(&journey, "(三)1 国家秘密");
    journey.keys("5 Enter Space F8").paste("1\n2");
    assert!(journey.screen().document.done().is_empty(), "keys wait");
    assert!(matches!(journey.app.overlay, Some(Overlay::Reading(..))));
    journey.reply(Reply::Reading {
        path: PathBuf::from("/tmp/大文件.pdf"),
        seconds: 3,
    });
    has(&journey, "正在读取（3 秒）");
    journey.keys("Esc");
    assert!(matches!(journey.effects.last(), Some(Effect::StopReading)));
    has(&journey, "停止了，没有打开 /tmp/大文件.pdf");
    assert_eq!(journey.rows()[..15], before[..15]);
}

#[test]
fn everything_without_a_place_is_listed() {
    let text = String::from_utf8(gouji::format::native(&gouji::format::sample()).into_bytes());
    let pieces = r#""unplaced":[{"place":"line 84","text":"9.多出来的一行 0 0"},{"place":"line 91","text":"\u001b[31m又一行 3 3"}]"#;
    let text = text.expect("text").replacen("\"unplaced\":[]", pieces, 1);
    let mut journey = reading("loose.json", text.as_bytes());
    journey.keys("F5");
    has(&journey, "第 84 行: 9.多出来的一行 0 0；第 91 行: ");
    assert!(!journey.rows().join("").contains('\u{1b}'));
}

#[test]
fn what_stood_in_a_table_that_was_not_read_is_listed_with_the_table() {
    let torn = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/torn/miner.txt");
    let mut journey = reading("torn.txt", &std::fs::read(torn).expect("a fixture"));
    journey.keys("F5");
    for _ in 0..9 {
        if journey.rows().join("").contains("信息内容 规章") {
            break;
        }
        journey.keys("Down");
    }
    has(&journey, "第 43 行: 信息内容 规章");
}
