//! U6: a colleague's file is opened, and every cell says where it came from.

use std::path::PathBuf;

use gouji::base::facts::FileFacts;
use gouji::base::words::Lang;
use gouji::format::{self, Options};
use gouji::model::Document;
use gouji::tui::app::Overlay;
use gouji::tui::input::{Effect, Opened, Reply, StartFacts};

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
    has(&journey, "列：7");
    journey.keys("F4");
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
    journey.app.lang = Lang::En;
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
