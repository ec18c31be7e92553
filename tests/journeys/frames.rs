//! Whole frames, with a line of style marks under rows that have any.
//!
//! `GOUJI_BLESS=1 cargo test` writes them anew.

use std::fs;
use std::path::PathBuf;

use gouji::base::words::Lang;
use gouji::tui::input::{Input, StartFacts};
use gouji::tui::theme::Theme;
use unicode_width::UnicodeWidthStr;

use crate::support::frame::marked;
use crate::support::journey::Journey;

fn same(name: &str, journey: &Journey) {
    let (buffer, cursor) = journey.frame();
    let frame = format!("{}cursor {},{}\n", marked(&buffer), cursor.0, cursor.1);
    let last = journey.rows().pop().unwrap_or_default();
    assert!(
        last.width() < usize::from(buffer.area.width),
        "the last row is one column shorter"
    );
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/frames")
        .join(format!("{name}.txt"));
    if std::env::var_os("GOUJI_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, &frame).expect("a frame is written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(frame, expected, "{name}: GOUJI_BLESS=1 writes it anew");
}

fn sized(mut journey: Journey, cols: u16, rows: u16, lang: Lang) -> Journey {
    journey.app.look.lang = lang;
    journey.input(Input::Resize(cols, rows));
    journey
}

#[test]
fn frames_stand_as_they_were_looked_at() {
    for lang in Lang::ALL {
        let key = lang.key();
        same(
            &format!("matrix-80x23-{key}"),
            &sized(Journey::sample(), 80, 23, lang),
        );
        same(
            &format!("matrix-120x40-{key}"),
            &sized(Journey::sample(), 125, 40, lang),
        );
        let mut problem = sized(Journey::sample(), 80, 23, lang);
        problem.keys("F8");
        same(&format!("problem-80x23-{key}"), &problem);
        problem.keys("F5");
        same(&format!("list-80x23-{key}"), &problem);
        let mut paste = sized(Journey::sample(), 80, 23, lang);
        paste.paste(super::paste::BLOCK);
        same(&format!("paste-80x23-{key}"), &paste);
        problem.keys("Esc F10");
        same(&format!("palette-80x23-{key}"), &problem);
        let mut export = sized(Journey::sample(), 80, 23, lang);
        export.keys("Delete Tab F12");
        export.app.look.theme = Theme::NONE;
        same(&format!("export-80x23-{key}"), &export);
        export.keys("Enter");
        same(&format!("export-blanks-80x23-{key}"), &export);
        export.keys("2");
        super::export::answer(&mut export);
        same(&format!("export-done-80x23-{key}"), &export);
        export.keys("Enter");
        export.keys("F10");
        export.paste("problem.return_note");
        export.keys("Enter");
        same(&format!("note-80x23-{key}"), &export);
        let mut last = sized(super::last::beside(), 80, 23, lang);
        last.keys("F8");
        same(&format!("last-80x23-{key}"), &last);
        last.keys("F6");
        same(&format!("last-fix-80x23-{key}"), &last);
        last.keys("Esc F10");
        last.paste("report.last_year");
        last.keys("Enter");
        last.reply(super::last::proposals());
        same(&format!("last-choose-80x23-{key}"), &last);
        last.keys("Esc End");
        same(&format!("last-130x30-{key}"), &sized(last, 130, 30, lang));
        let mut prose = sized(Journey::sample(), 80, 23, lang);
        super::prose::contradict(&mut prose);
        prose.keys("S-Left S-Left");
        same(&format!("prose-80x23-{key}"), &prose);
        prose.keys("Tab");
        prose.app.look.theme = Theme::NONE;
        same(&format!("prose-mono-80x23-{key}"), &prose);
        let mut find = sized(Journey::sample(), 80, 23, lang);
        find.keys("F3 1 Enter F3");
        find.typed("公开");
        same(&format!("find-80x23-{key}"), &find);
        find.keys("Tab");
        find.typed("开放");
        same(&format!("replace-80x23-{key}"), &find);
        let mut head = sized(Journey::sample(), 80, 23, lang);
        head.keys("F3 0 Enter Down");
        same(&format!("head-80x23-{key}"), &head);
        let mut compare = sized(super::compare::page(), 80, 23, lang);
        compare.keys("F8 F8");
        same(&format!("compare-80x23-{key}"), &compare);
        compare.keys("F3 F3 F3 F3");
        same(&format!("compare-texts-80x23-{key}"), &compare);
        let mut versions = sized(Journey::sample(), 80, 23, lang);
        super::versions::list(&mut versions);
        same(&format!("versions-80x23-{key}"), &versions);
        same(
            &format!("start-80x23-{key}"),
            &sized(Journey::start(StartFacts::default()), 80, 23, lang),
        );
    }
    let mut mono = Journey::sample();
    mono.app.look.theme = Theme::NONE;
    mono.keys("F8");
    same("mono-80x23-zh", &mono);
    let mut four = Journey::sample();
    four.keys("C-PageDown");
    same("table4-80x23-zh", &four);
    four.keys("C-PageUp C-PageUp");
    same("table2-80x23-zh", &four);
    four.keys("C-PageUp");
    same("text-80x23-zh", &four);
    let mut keying = Journey::new_report();
    keying.typed("7⏎1");
    same("keying-80x23-zh", &keying);
    same(
        "narrow-40x12-zh",
        &sized(Journey::sample(), 40, 12, Lang::Zh),
    );
    same(
        "wide-150x40-zh",
        &sized(Journey::sample(), 150, 40, Lang::Zh),
    );
}

#[test]
fn monochrome_says_the_same_without_colour() {
    let mut journey = Journey::sample();
    journey.app.look.theme = Theme::NONE;
    let (buffer, _) = journey.frame();
    for cell in buffer.content() {
        assert_eq!(cell.fg, ratatui::style::Color::Reset);
        assert_eq!(cell.bg, ratatui::style::Color::Reset);
    }
    let row = &journey.rows()[16];
    assert!(row.contains("7!") && row.contains("1!"), "{row}");
}

#[test]
fn the_cursor_stands_in_the_cell() {
    let mut journey = Journey::sample();
    let (buffer, (x, y)) = journey.frame();
    assert_eq!(buffer[(x, y)].symbol(), "7");
    journey.keys("12");
    let (buffer, (x, y)) = journey.frame();
    assert_eq!(buffer[(x - 1, y)].symbol(), "2", "behind what was typed");
}
