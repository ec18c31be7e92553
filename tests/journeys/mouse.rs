//! The mouse, and what is chosen on the screen and kept.

use std::path::PathBuf;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use gouji::base::words::Lang;
use gouji::model::{Document, Report};
use gouji::tui::app::Overlay;
use gouji::tui::input::{Effect, Input, StartFacts};
use gouji::tui::prefs::Choice;
use gouji::tui::report::Page;
use gouji::tui::theme::{Background, Theme};
use unicode_width::UnicodeWidthStr as _;

use crate::support::journey::Journey;

const CLICK: MouseEventKind = MouseEventKind::Down(MouseButton::Left);

fn mouse(journey: &mut Journey, kind: MouseEventKind, (column, row): (u16, u16)) {
    journey.input(Input::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    }));
}

/// Where words stand on the screen: the column of their first character, and the row.
fn place(journey: &Journey, row: usize, words: &str) -> (u16, u16) {
    let rows = journey.rows();
    let at = rows[row].find(words).expect("the words are in the row");
    let x = rows[row][..at].width();
    (
        u16::try_from(x).expect("a column"),
        u16::try_from(row).expect("a row"),
    )
}

fn row_of(journey: &Journey, words: &str) -> usize {
    let rows = journey.rows();
    let row = rows.iter().position(|row| row.contains(words));
    assert!(row.is_some(), "{words}: {rows:#?}");
    row.expect("it is shown")
}

fn click(journey: &mut Journey, row_with: &str, words: &str) {
    let row = row_of(journey, row_with);
    let at = place(journey, row, words);
    mouse(journey, CLICK, at);
}

fn with_mouse(mut journey: Journey, size: (u16, u16)) -> Journey {
    journey.app.prefs.mouse = true;
    journey.input(Input::Resize(size.0, size.1));
    journey
}

#[test]
fn the_mouse_is_the_terminals_until_the_palette_turns_it_on() {
    let mut journey = Journey::sample();
    journey.app.prefs.config = Some(PathBuf::from("config.json"));
    let before = journey.cursor();
    mouse(&mut journey, CLICK, (34, 5));
    assert_eq!(journey.cursor(), before);
    journey.keys("F10").typed("dkhgbsb");
    journey.keys("Enter");
    assert!(journey.notice().contains("Shift"), "{}", journey.notice());
    assert!(matches!(
        journey.effects[..],
        [
            Effect::Mouse(true),
            Effect::Keep {
                choice: Choice::Mouse(true),
                ..
            }
        ]
    ));
    mouse(&mut journey, CLICK, (34, 5));
    assert_ne!(journey.cursor(), before);
    // With Shift it is still the terminal's.
    let there = journey.cursor();
    journey.input(Input::Mouse(MouseEvent {
        kind: CLICK,
        column: 34,
        row: 8,
        modifiers: KeyModifiers::SHIFT,
    }));
    assert_eq!(journey.cursor(), there);
    journey.keys("F10").typed("dkhgbsb");
    journey.keys("Enter");
    mouse(&mut journey, CLICK, (34, 8));
    assert_eq!(journey.cursor(), there);
}

#[test]
fn a_click_puts_the_cursor_into_the_cell_that_stands_there() {
    for size in [(160, 50), (80, 23), (60, 16), (40, 12)] {
        for page in ["", "F3 2 Enter", "F3 4 Enter"] {
            let mut journey = with_mouse(Journey::sample(), size);
            journey.keys(page);
            let mut hit = Vec::new();
            // Below the sections, left of what stands beside the table.
            for y in 2..size.1 {
                for x in (0..size.0.min(99)).step_by(5) {
                    let before = journey.frame().0;
                    let was = journey.cursor();
                    mouse(&mut journey, CLICK, (x, y));
                    if journey.cursor() == was {
                        continue;
                    }
                    let (after, cursor) = journey.frame();
                    hit.push(journey.cursor());
                    // A message of two rows may take one from the smallest table.
                    let moved = y.abs_diff(cursor.1);
                    assert!(moved <= u16::from(size.0 == 60), "{size:?} {page} {x},{y}");
                    assert!(
                        size.0 < 60 || cursor.0.abs_diff(x) < 11,
                        "{size:?} {page} {x},{y}"
                    );
                    // No number jumped away.
                    let symbol = |(of, at): (&ratatui::buffer::Buffer, (u16, u16))| {
                        of[at].symbol().to_owned()
                    };
                    let [was, is] = [(&before, (cursor.0, y)), (&after, cursor)].map(symbol);
                    assert_eq!(was, is, "{size:?} {x},{y}");
                }
            }
            hit.sort();
            hit.dedup();
            let least = if size.0 < 60 { 1 } else { 8 };
            assert!(hit.len() > least, "{size:?} {page}: {hit:?}");
        }
    }
}

#[test]
fn a_click_keeps_what_is_being_typed_as_arrows_do() {
    let mut journey = with_mouse(
        Journey::on(Document::unsaved(Report::new(gouji::form::current())), true),
        (80, 23),
    );
    journey.typed("42");
    let row = row_of(&journey, "二 上年结转");
    mouse(
        &mut journey,
        CLICK,
        (33, u16::try_from(row).expect("a row")),
    );
    assert_eq!(journey.cursor(), "t3.carried_in.natural_person");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "42");
    journey.typed("7");
    assert_eq!(journey.cell("t3.carried_in.natural_person"), "7");
    journey.keys("C-z C-z");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "");
}

#[test]
fn a_click_on_a_section_goes_there_at_every_width() {
    for (cols, lang) in [
        (160, Lang::Zh),
        (80, Lang::Zh),
        (60, Lang::Zh),
        (80, Lang::En),
    ] {
        let mut journey = Journey::sample();
        journey.app.look.lang = lang;
        let mut journey = with_mouse(journey, (cols, 23));
        let mut keys = ["s1", "s2", "s3", "s4", "s5", "s6"].into_iter();
        // Both ends of each piece are that piece.
        let line = journey.rows()[1].clone();
        let mut x = 0;
        for piece in line.trim_end().split(['|', '│']) {
            let key = keys.next().expect("six sections");
            let end = x + piece.width();
            for at in [x, (end - 1).min(usize::from(cols) - 1)] {
                journey.keys("C-Home");
                mouse(
                    &mut journey,
                    CLICK,
                    (u16::try_from(at).expect("a column"), 1),
                );
                let screen = journey.screen();
                assert_eq!(
                    screen.form().section(screen.section()).key,
                    key,
                    "{cols} {at}: {line}"
                );
            }
            x = end + 1;
        }
        assert_eq!(keys.next(), None, "{line}");
    }
}

#[test]
fn a_click_on_a_line_chooses_it_and_a_second_one_does_no_more() {
    let mut journey = with_mouse(Journey::sample(), (80, 23));
    journey.keys("F8 F6");
    click(&mut journey, " 3 ", " 3 ");
    assert!(journey.rows()[row_of(&journey, "> 3")].contains("> 3"));
    let cursor = journey.cursor();
    click(&mut journey, "> 3", "3");
    assert!(
        matches!(journey.app.overlay, Some(Overlay::Fixes(_))),
        "choosing is not taking"
    );
    assert_eq!(journey.cursor(), cursor);
    assert!(!journey.screen().document.is_modified() || journey.effects.is_empty());
    // Behind the list nothing is hit.
    let row = row_of(&journey, "一 本年新收");
    mouse(
        &mut journey,
        CLICK,
        (33, u16::try_from(row).expect("a row")),
    );
    assert_eq!(journey.cursor(), cursor);
    journey.keys("Esc F10");
    click(&mut journey, "全审：列出", "全审");
    assert!(journey.rows()[row_of(&journey, "全审：列出")].contains('>'));
    journey.keys("Enter");
    assert!(matches!(journey.app.overlay, Some(Overlay::Problems(_))));
    click(&mut journey, "? 第二部分", "第二");
    journey.keys("Enter");
    assert!(matches!(journey.screen().page, Page::Matrix("t2")));
}

#[test]
fn a_click_on_the_list_beside_the_table_goes_into_it_there() {
    let mut journey = with_mouse(Journey::sample(), (120, 30));
    click(&mut journey, "商业企业列", "商业企业列");
    assert!(matches!(journey.app.overlay, Some(Overlay::Problems(_))));
    journey.keys("Enter");
    assert_eq!(journey.cursor(), "t3.processed_total.org_business");
}

#[test]
fn a_click_on_a_number_of_a_text_chooses_it() {
    for size in [(80, 23), (120, 30)] {
        let mut journey = with_mouse(Journey::sample(), size);
        journey.keys("F3 1 Enter");
        let facts = row_of(&journey, "文中数字");
        let first = u16::try_from(facts + 1).expect("a row");
        let x = if size.0 > 100 { 90 } else { 10 };
        mouse(&mut journey, CLICK, (x, first + 1));
        let chosen = journey.screen().prose.fact;
        assert!(chosen.is_some(), "{size:?}: {:#?}", journey.rows());
        mouse(&mut journey, MouseEventKind::ScrollDown, (x, first));
        assert!(journey.screen().prose.fact > chosen);
    }
}

#[test]
fn a_click_into_a_text_puts_the_caret_there() {
    for size in [(80, 23), (120, 30)] {
        let mut journey = with_mouse(Journey::sample(), size);
        journey.keys("F3 1 Enter C-Home");
        click(&mut journey, "区民政局依照", "依照");
        journey.typed("甲");
        assert!(journey.shows("甲依照"), "{:#?}", journey.rows());
        // Behind the end of a row it stands at the end.
        let row = row_of(&journey, "（一）主动公开");
        let y = u16::try_from(row).expect("a row");
        mouse(&mut journey, CLICK, (60, y));
        journey.typed("乙");
        assert!(journey.shows("主动公开乙"), "{:#?}", journey.rows());
    }
}

#[test]
fn the_start_page_and_the_export_take_clicks_and_the_wheel() {
    let mut journey = with_mouse(Journey::start(StartFacts::default()), (80, 23));
    click(&mut journey, "练习", "练习");
    let chosen = |journey: &Journey| journey.rows()[row_of(journey, " > ")].clone();
    assert!(chosen(&journey).contains("练习"), "{:#?}", journey.rows());
    mouse(&mut journey, MouseEventKind::ScrollUp, (40, 9));
    assert!(!chosen(&journey).contains("练习"), "{:#?}", journey.rows());
    mouse(&mut journey, MouseEventKind::ScrollDown, (40, 9));
    mouse(&mut journey, MouseEventKind::ScrollDown, (40, 9));
    journey.keys("Enter");
    assert!(
        matches!(journey.effects[..], [Effect::Open { .. }]),
        "{:?}",
        journey.effects
    );

    let mut journey = with_mouse(Journey::sample(), (80, 23));
    journey.keys("F12");
    click(&mut journey, "核验单", "核验单");
    let row = journey.rows()[row_of(&journey, "> ")].clone();
    assert!(row.contains("核验单"), "{row}");
}

#[test]
fn the_wheel_scrolls_the_table_and_takes_the_cursor_along_only_when_it_must() {
    let mut journey = with_mouse(Journey::sample(), (80, 23));
    journey.keys("Down Down Down Down Down Down");
    let before = journey.cursor();
    let first = |journey: &Journey| journey.rows()[5].clone();
    assert!(first(&journey).contains("予以公开"), "{}", first(&journey));
    mouse(&mut journey, MouseEventKind::ScrollDown, (40, 9));
    assert!(!first(&journey).contains("予以公开"), "{}", first(&journey));
    assert_eq!(journey.cursor(), before);
    for _ in 0..9 {
        mouse(&mut journey, MouseEventKind::ScrollDown, (40, 9));
    }
    assert!(journey.shows("(六)3 其他"), "{:#?}", journey.rows());
    assert_ne!(journey.cursor(), before, "it stays in sight");
    for _ in 0..9 {
        mouse(&mut journey, MouseEventKind::ScrollUp, (40, 9));
    }
    assert!(first(&journey).contains("予以公开"), "{}", first(&journey));
    // What stays in place keeps the cursor.
    journey.keys("C-Home");
    mouse(&mut journey, MouseEventKind::ScrollDown, (40, 9));
    assert_eq!(journey.cursor(), "t3.new_received.natural_person");
}

#[test]
fn the_wheel_scrolls_texts_and_lists_and_stops_at_their_ends() {
    let mut journey = with_mouse(Journey::sample(), (80, 23));
    journey.keys("F3 1 Enter");
    journey.paste(&"一段文字。\n".repeat(60)).keys("C-Home");
    let top = journey.rows();
    mouse(&mut journey, MouseEventKind::ScrollDown, (10, 9));
    assert_eq!(journey.screen().text_scroll, 3);
    for _ in 0..40 {
        mouse(&mut journey, MouseEventKind::ScrollDown, (10, 9));
    }
    let (rows, most) = (journey.rows(), journey.screen().text_scroll);
    mouse(&mut journey, MouseEventKind::ScrollDown, (10, 9));
    assert_eq!((journey.rows(), journey.screen().text_scroll), (rows, most));
    for _ in 0..40 {
        mouse(&mut journey, MouseEventKind::ScrollUp, (10, 9));
    }
    assert_eq!(journey.screen().text_scroll, 0);
    assert_eq!(journey.rows()[3], top[3]);
    journey.keys("F10");
    let first = journey.rows()[row_of(&journey, ">")].clone();
    mouse(&mut journey, MouseEventKind::ScrollUp, (40, 9));
    assert_eq!(
        journey.rows()[row_of(&journey, ">")],
        first,
        "it stops at the top"
    );
    for _ in 0..40 {
        mouse(&mut journey, MouseEventKind::ScrollDown, (40, 9));
    }
    let last = journey.rows()[row_of(&journey, ">")].clone();
    mouse(&mut journey, MouseEventKind::ScrollDown, (40, 9));
    assert_eq!(journey.rows()[row_of(&journey, ">")], last);
    assert_ne!(first, last);
    journey.keys("Esc F1");
    let top = journey.rows();
    mouse(&mut journey, MouseEventKind::ScrollDown, (40, 9));
    assert_ne!(journey.rows(), top);
    mouse(&mut journey, MouseEventKind::ScrollUp, (40, 9));
    assert_eq!(journey.rows(), top);
}

#[test]
fn what_is_chosen_on_the_screen_is_kept() {
    let kept = |journey: &Journey| -> Vec<(String, Choice)> {
        let kept = journey.effects.iter().filter_map(|effect| match effect {
            Effect::Keep { file, choice } => {
                let file = file
                    .as_ref()
                    .map(|file| file.to_string_lossy().into_owned());
                Some((file.unwrap_or_default(), *choice))
            }
            _ => None,
        });
        kept.collect()
    };
    let mut journey = Journey::sample();
    journey.app.prefs.config = Some(PathBuf::from("/c/config.json"));
    let file = "/c/config.json".to_owned();
    journey.keys("F8 F5 Esc C-PageDown");
    journey.input(Input::Background(Background::Light));
    assert_eq!(kept(&journey), [], "nothing was chosen");
    journey.keys("F10").typed("hcywjm");
    journey.keys("Enter");
    assert_eq!(journey.app.look.lang, Lang::En);
    journey.keys("F10").typed("app.theme");
    journey.keys("Enter");
    assert!(
        journey.shows("your choice is kept"),
        "{:#?}",
        journey.rows()
    );
    journey.keys("3");
    let light = Choice::Theme(Background::Light);
    let expected = [(file.clone(), Choice::Language(Lang::En)), (file, light)];
    assert_eq!(kept(&journey), expected);
    assert_eq!(light.entry(), ("theme", "light".into()));
}

#[test]
fn only_the_automatic_theme_takes_the_background_of_the_terminal() {
    let style = |journey: &Journey| journey.frame().0[(2, 0)].style();
    let mut journey = Journey::start(StartFacts::default());
    journey.app.look.theme = Theme {
        is_many: true,
        ..Theme::default()
    };
    let unknown = style(&journey);
    journey.input(Input::Background(Background::Light));
    let light = style(&journey);
    assert_ne!(unknown, light);
    assert_eq!(journey.app.look.theme.background, Background::Auto);
    journey.app.look.theme.background = Background::Dark;
    let dark = style(&journey);
    assert_ne!(dark, light);
    journey.input(Input::Background(Background::Dark));
    journey.input(Input::Background(Background::Light));
    assert_eq!(style(&journey), dark);
    // Chosen again, it knows what it was told.
    journey.keys("F10").typed("app.theme");
    journey.keys("Enter 1");
    assert_eq!(style(&journey), light);
    assert!(
        !journey
            .effects
            .iter()
            .any(|e| matches!(e, Effect::AskBackground))
    );
    journey.app.look.theme = Theme::NONE;
    let none = style(&journey);
    journey.input(Input::Background(Background::Dark));
    assert_eq!(style(&journey), none);
    // A terminal that was never asked is asked now.
    journey.keys("F10").typed("app.theme");
    journey.app.look.theme.seen = Background::Auto;
    journey.keys("Enter 1");
    assert!(
        journey
            .effects
            .iter()
            .any(|e| matches!(e, Effect::AskBackground))
    );
}
