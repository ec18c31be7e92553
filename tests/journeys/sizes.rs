//! U14: every overlay at every size, in both languages, with and without colour.

use std::path::PathBuf;

use gouji::base::facts::FileFacts;
use gouji::base::failure::Failure;
use gouji::base::words::{Lang, words};
use gouji::model::Document;
use gouji::tui::app::Overlay;
use gouji::tui::command::Command;
use gouji::tui::input::{Effect, Input, Opened, Outcome, Recovery, Reply, Standing};
use gouji::tui::panels::fixes::Fixes;
use gouji::tui::theme::{THEMES, Theme};
use gouji::tui::update::run;
use unicode_width::UnicodeWidthStr;

use crate::support::journey::Journey;

/// How an overlay is opened, and whether its lines are wrapped to the screen.
struct Opener {
    name: &'static str,
    open: fn(&mut Journey),
    wraps: bool,
}

const fn by_keys(name: &'static str, open: fn(&mut Journey), wraps: bool) -> Opener {
    Opener { name, open, wraps }
}

const OPENERS: &[Opener] = &[
    by_keys("help", |j| _ = j.keys("F1"), false),
    by_keys("palette", |j| _ = j.keys("F10"), false),
    by_keys("problems", |j| _ = j.keys("F5"), true),
    by_keys("fixes", |j| _ = j.keys("F6"), true),
    by_keys("basis", |j| _ = j.keys("F8 F4"), true),
    by_keys("explain", |j| _ = j.keys("F8 F7"), false),
    by_keys("cell", |j| _ = j.keys("F2"), false),
    by_keys("save as", |j| _ = j.keys("C-s"), false),
    by_keys(
        "open",
        |j| {
            j.keys("C-o");
            let names: Vec<String> = (0..40).map(|at| format!("某局{at}.json")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            j.reply(super::files::listed("", &names));
        },
        false,
    ),
    by_keys("new", |j| command(j, "file.new"), false),
    by_keys("new from", |j| command(j, "file.new_from"), false),
    by_keys(
        "new after",
        |j| *j = super::from_last::read(super::from_last::last_with(&[])),
        false,
    ),
    by_keys(
        "last broken",
        |j| {
            let wrong = super::from_last::last_with(&["t3.carried_out.natural_person=1"]);
            *j = super::from_last::read(wrong);
        },
        false,
    ),
    by_keys(
        "rewrite",
        |j| {
            *j = super::from_last::begun(super::from_last::last_with(&[]));
            command(j, "text.rewrite");
        },
        true,
    ),
    by_keys(
        "export untouched",
        |j| {
            *j = super::from_last::nearly_done();
            j.keys("F12 Enter");
        },
        false,
    ),
    by_keys(
        "vanished",
        |j| j.reply(Reply::Vanished(PathBuf::from("/tmp/x.json"))),
        false,
    ),
    by_keys(
        "no folder",
        |j| j.reply(Reply::NoFolder(PathBuf::from("/tmp/no/x.json"))),
        false,
    ),
    by_keys("unsaved", |j| _ = j.keys("5 C-q"), false),
    by_keys(
        "exists",
        |j| j.reply(Reply::Exists(PathBuf::from("/tmp/x.json"))),
        false,
    ),
    by_keys(
        "outside",
        |j| j.reply(Reply::ChangedOutside(PathBuf::from("/tmp/x.json"))),
        false,
    ),
    by_keys("export", |j| _ = j.keys("F12"), true),
    by_keys(
        "export folder",
        |j| {
            j.keys("F12 0");
            j.reply(super::files::listed("./", &["上报/", "归档/"]));
        },
        true,
    ),
    by_keys("export done", |j| _ = exported(j), true),
    by_keys(
        "export blanks",
        |j| {
            j.keys("Delete Tab F12 Enter");
        },
        false,
    ),
    by_keys(
        "export exists",
        |j| {
            let path = exported(j);
            j.keys("Esc F12 Enter");
            j.reply(Reply::Exported(vec![(path, Outcome::Exists)]));
        },
        true,
    ),
    by_keys(
        "last year",
        |j| {
            command(j, "report.last_year");
            j.reply(super::last::many());
        },
        false,
    ),
    by_keys("last year doubted", super::last::doubted, true),
    by_keys("note", |j| command(j, "problem.return_note"), true),
    by_keys("themes", |j| command(j, "app.theme"), false),
    by_keys(
        "changes",
        |j| {
            j.keys("5 Tab 6 Tab");
            command(j, "edit.changes");
        },
        true,
    ),
    by_keys("compare with", |j| command(j, "file.compare"), true),
    by_keys("compare", |j| *j = super::compare::beside(j), true),
    by_keys(
        "compare all",
        |j| {
            *j = super::compare::beside(j);
            j.keys("Space");
        },
        true,
    ),
    by_keys("versions", super::versions::list, true),
    by_keys("zero", |j| command(j, "table.zero"), false),
    by_keys(
        "totals",
        |j| {
            command(j, "table.recount");
            j.keys("8 Tab Esc");
        },
        false,
    ),
    by_keys(
        "failed",
        |j| {
            let what = words("打不开：水务局.doc", "cannot open: water.doc");
            j.reply(Reply::Failed(Failure::file(what.into()).because(words(
                "旧版 Word 文件（.doc），本程序不读。文件没有被改动。",
                "A Word file of the old kind (.doc) is not read. It was not changed.",
            ))));
        },
        true,
    ),
    by_keys("recover", recover, false),
    by_keys("find", |j| _ = j.keys("F3"), false),
    by_keys("replace", |j| _ = j.keys("F3 5 Enter F3 5 Tab 6"), false),
    by_keys("paste", |j| _ = j.paste(super::paste::BLOCK), true),
    by_keys(
        "unmarked paste",
        |j| {
            j.input(Input::Unmarked {
                text: "7\t1\r2\t3".to_owned(),
                given: 0,
            });
        },
        true,
    ),
    by_keys(
        "reading",
        |j| {
            j.reply(Reply::Reading {
                path: PathBuf::from("/tmp/慢.pdf"),
                seconds: 3,
            });
        },
        false,
    ),
    by_keys("folder's question", |j| asked(j, "财务局", "Enter"), false),
    by_keys("folder's doubled", |j| asked(j, "公安局", "Enter"), false),
    by_keys("folder's note", |j| asked(j, "教育局", "F9"), true),
    by_keys("folder's return", |j| asked(j, "教育局", "F9 Enter"), false),
    by_keys("folder's reason", |j| asked(j, "教育局", "F2"), false),
    by_keys("sources", |j| rolled(j, "F6"), true),
    by_keys("sources' list", |j| rolled(j, "F6 Enter"), true),
    by_keys("adjust", |j| rolled(j, "F6 F7"), false),
    by_keys("merge", super::two_people::clash, true),
    by_keys(
        "pasted report",
        |j| _ = j.paste(include_str!("../data/browser.txt")),
        true,
    ),
];

#[test]
fn a_question_longer_than_the_screen_is_told_whole() {
    let mut journey = Journey::sample();
    journey.app.look.lang = Lang::En;
    journey.paste(include_str!("../data/browser.txt"));
    assert!(
        journey.shows("a whole report was pasted") && journey.shows("unsure"),
        "{:#?}",
        journey.rows()
    );
}

/// It stands in the matrix, whose own tests say what fits there.
const FIX_PREVIEW: Opener = by_keys("fix preview", |j| _ = j.keys("F6 Space"), false);

fn command(journey: &mut Journey, name: &str) {
    journey.keys("F10");
    journey.paste(name);
    journey.keys("Enter");
}

/// What the folder page asks about a unit.
fn asked(journey: &mut Journey, unit: &str, keys: &str) {
    let (lang, size) = (journey.app.look.lang, journey.app.look.size);
    *journey = super::folder::Desk::few().journey;
    journey.app.look.lang = lang;
    journey.input(Input::Resize(size.0, size.1));
    journey.typed(unit);
    journey.keys(keys);
}

/// A folder rolled up.
fn rolled(journey: &mut Journey, keys: &str) {
    let (lang, size) = (journey.app.look.lang, journey.app.look.size);
    *journey = super::rollup::small().journey;
    journey.app.look.lang = lang;
    journey.input(Input::Resize(size.0, size.1));
    journey.keys(keys);
}

fn exported(journey: &mut Journey) -> PathBuf {
    journey.keys("F12 Enter");
    let path = PathBuf::from(format!("/tmp/{}/民政局2024.txt", "很深的文件夹/".repeat(9)));
    let written = Outcome::Written {
        size: 12345,
        doubts: Vec::new(),
    };
    journey.reply(Reply::Exported(vec![(path.clone(), written)]));
    path
}

fn recover(journey: &mut Journey) {
    let document = Document::new(gouji::format::sample());
    journey.reply(Reply::Opened(Box::new(Opened {
        recovery: Some(Recovery {
            document: document.clone(),
            file: FileFacts::default(),
            steps: 1,
            cells: Vec::new(),
            texts: Vec::new(),
            since: "01-24 16:02".into(),
            by: "wang@office".into(),
            standing: Standing::Differs { cells: 1, texts: 0 },
            kept: Some("/tmp/state/versions/a.json".into()),
            cut_short: true,
            left: false,
            is_version: false,
        }),
        ..Opened::of(document, FileFacts::default(), true)
    })));
}

fn opened(opener: &Opener, lang: Lang, (cols, rows): (u16, u16)) -> Journey {
    let mut journey = Journey::sample();
    journey.app.look.lang = lang;
    journey.input(Input::Resize(cols, rows));
    (opener.open)(&mut journey);
    // It may have opened another report.
    journey.app.look.lang = lang;
    journey.input(Input::Resize(cols, rows));
    assert!(
        journey.app.overlay.is_some(),
        "{} opens at {cols}x{rows}",
        opener.name
    );
    journey
}

#[test]
fn invariant_every_overlay_stands_at_every_size() {
    for opener in OPENERS {
        for lang in Lang::ALL {
            for size in [
                (160, 50),
                (120, 30),
                (100, 30),
                (80, 23),
                (60, 20),
                (60, 16),
                (59, 15),
                (40, 12),
                (20, 5),
                (19, 4),
                (1, 1),
            ] {
                let mut journey = opened(opener, lang, size);
                for keys in ["Down", "PageDown", "End", "Up", "Home"] {
                    let (buffer, (x, y)) = journey.frame();
                    assert!(
                        x < size.0 && y < size.1,
                        "{} at {size:?}: the cursor stands at {x},{y}",
                        opener.name
                    );
                    let rows = crate::support::frame::rows(&buffer);
                    let last = rows.last().map_or(0, |row| row.width());
                    assert!(
                        last < usize::from(size.0).max(2),
                        "{} {size:?}",
                        opener.name
                    );
                    assert!(
                        rows.iter().all(|row| row.width() <= usize::from(size.0)),
                        "{} {size:?}",
                        opener.name
                    );
                    journey.keys(keys);
                }
            }
        }
    }
}

#[test]
fn the_cell_that_a_panel_speaks_of_stays_in_sight() {
    let panels = ["F5", "F6", "F4", "F7", "F4 F4", "F3", "F10 dkyldgd Enter"];
    for size in [
        (160, 50),
        (120, 30),
        (100, 30),
        (80, 23),
        (60, 20),
        (60, 16),
    ] {
        for (keys, lang) in panels
            .iter()
            .flat_map(|keys| Lang::ALL.map(|lang| (keys, lang)))
        {
            let mut journey = Journey::sample();
            journey.app.look.lang = lang;
            journey.input(Input::Resize(size.0, size.1));
            journey.keys("F8").keys(keys);
            assert!(journey.app.overlay.is_some(), "{keys} at {size:?}");
            let screen = journey.screen();
            let (row, _) = screen.form().lines(screen.cursor().expect("a matrix"));
            // The short label or the official one.
            let label: String = row.name.get(lang).chars().skip(1).take(1).collect();
            let rows = journey.rows();
            let seen = rows.iter().take(usize::from(size.1) - 1);
            let seen = seen
                .filter(|row| row.trim_start_matches(['(', '（']).starts_with(&label))
                .count();
            assert!(seen > 0, "{keys} at {size:?}: {label}: {rows:#?}");
        }
    }
}

#[test]
fn a_panel_that_tells_follows_the_cursor_and_leaves_the_keys_to_the_table() {
    let mut journey = Journey::sample();
    journey.keys("F4");
    assert!(journey.shows("本年新收政府信息公开申请数量"));
    journey.keys("Down 5");
    assert_eq!(journey.cell("t3.carried_in.natural_person"), "5");
    assert!(journey.shows("二 上年结转】行：六类申请人相加 5"));
    journey.keys("Esc");
    assert!(journey.app.overlay.is_none());
    assert_eq!(
        journey.cell("t3.carried_in.natural_person"),
        "5",
        "Esc closed it alone"
    );
}

#[test]
fn opening_and_closing_a_panel_moves_no_number_on_a_wide_screen() {
    for size in [(120, 30), (140, 40), (160, 50)] {
        let mut journey = Journey::sample();
        journey.input(Input::Resize(size.0, size.1));
        journey.keys("F8");
        let table = |journey: &Journey| -> Vec<String> {
            let rows = journey.rows().into_iter().skip(3).take(20);
            rows.map(|row| {
                row.chars()
                    .take(60)
                    .collect::<String>()
                    .replace(['*', '!'], " ")
            })
            .collect()
        };
        let before = table(&journey);
        for keys in ["F5", "Esc F4", "Esc F3", "Esc"] {
            journey.keys(keys);
            assert_eq!(table(&journey), before, "{keys} at {size:?}");
        }
    }
}

#[test]
fn drawing_anew_and_a_pause_keep_every_overlay_as_it_is() {
    for opener in OPENERS.iter().chain([&FIX_PREVIEW]) {
        let mut journey = opened(opener, Lang::Zh, (80, 23));
        journey.keys("Down");
        let frame = journey.frame();
        let state =
            |journey: &Journey| format!("{:?} {:?}", journey.app.overlay, journey.app.notice);
        let before = state(&journey);
        let effects = journey.effects.len();
        journey.keys("C-l");
        assert!(
            matches!(journey.effects[effects..], [Effect::Redraw]),
            "{}",
            opener.name
        );
        let mut suspended = Vec::new();
        run(&mut journey.app, Command::Suspend, &mut suspended);
        assert!(
            matches!(suspended[..], [Effect::Suspend]),
            "{}",
            opener.name
        );
        assert_eq!(state(&journey), before, "{}", opener.name);
        assert_eq!(journey.frame(), frame, "{}", opener.name);
    }
}

#[test]
fn nothing_of_an_overlay_is_cut_at_the_design_size() {
    for opener in OPENERS {
        for lang in Lang::ALL {
            // Drawn wider, a line that would be cut at 80 shows its whole length.
            let rows = opened(opener, lang, (118, 23)).rows();
            for (y, row) in rows.iter().enumerate() {
                // A long question has two rows of its own.
                let fixed = (y == 0 && opener.name != "pasted report") || y == 22;
                if fixed || !opener.wraps {
                    // Only what stands in place of the page is drawn wider.
                    let is_page = opener.name.starts_with("export")
                        || matches!(opener.name, "help" | "recover" | "paste");
                    let covered = !is_page;
                    // What stands at both ends of a row has a gap that shrinks.
                    let pieces = row.split("   ").map(str::trim);
                    let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
                    // The sections and the keys leave pieces out by themselves.
                    let fits = pieces.join("  ").width() <= 79 || covered || matches!(y, 1 | 22);
                    assert!(fits, "{} in {}: {row:?}", opener.name, lang.key());
                }
            }
        }
    }
}

#[test]
fn a_window_too_small_says_so() {
    for lang in Lang::ALL {
        for size in [(19, 4), (80, 4), (19, 23)] {
            let mut journey = Journey::sample();
            journey.app.look.lang = lang;
            journey.input(Input::Resize(size.0, size.1));
            let said = if lang == Lang::Zh {
                "窗口太小"
            } else {
                "too small"
            };
            assert!(journey.shows(said), "{size:?}");
        }
    }
}

#[test]
fn a_long_fix_is_wrapped_and_loses_nothing() {
    for lang in Lang::ALL {
        for cols in [80, 60] {
            let mut journey = Journey::sample();
            journey.app.look.lang = lang;
            journey.input(Input::Resize(cols, 60));
            journey.keys("End 7 F6");
            let shown: String = journey.rows().concat();
            let bare = |text: &str| text.replace(char::is_whitespace, "");
            let shown = bare(&shown);
            let Some(Overlay::Fixes(Fixes { offers: fixes, .. })) = &journey.app.overlay else {
                unreachable!("fixes are offered");
            };
            assert!(fixes.len() > 2);
            for offer in fixes {
                let title = offer.said.text(lang);
                assert!(shown.contains(&bare(&title)), "{title}: {shown}");
            }
        }
    }
}

#[test]
fn a_list_keeps_its_chosen_line_in_sight() {
    for opener in OPENERS
        .iter()
        .filter(|o| matches!(o.name, "palette" | "problems" | "themes"))
    {
        for size in [(80, 23), (60, 16), (40, 12), (20, 5)] {
            let mut journey = opened(opener, Lang::Zh, size);
            for _ in 0..12 {
                let rows = journey.rows();
                assert!(
                    rows.iter().any(|row| row.contains('>')),
                    "{} at {size:?}: {rows:?}",
                    opener.name
                );
                journey.keys("Down");
            }
        }
    }
}

#[test]
fn every_theme_draws_the_same_words() {
    let mut journey = Journey::sample();
    journey.keys("F8");
    let plain = journey.rows();
    for info in THEMES {
        for is_many in [false, true] {
            journey.app.look.theme = Theme {
                background: info.background,
                is_many,
                ..Theme::default()
            };
            assert_eq!(journey.rows(), plain, "{}", info.key);
        }
    }
    journey.app.look.theme = Theme::NONE;
    let (buffer, _) = journey.frame();
    for cell in buffer.content() {
        assert_eq!(cell.fg, ratatui::style::Color::Reset);
    }
}

#[test]
fn the_whole_of_u14_is_done_from_a_black_and_white_screen() {
    let mut journey = Journey::sample();
    journey.app.look.theme = Theme::NONE;
    journey.input(Input::Resize(80, 24));
    let page = journey.rows();
    assert!(page[0].contains("错误 2  提醒 1"), "{}", page[0]);
    assert!(page.iter().any(|row| row.contains("7!")), "{page:?}");
    // Without an F-row: Esc and digits reach the problem, its basis, its reason.
    journey.keys("Esc 8 Esc 4");
    assert!(journey.shows("依据"), "{}", journey.rows()[0]);
    journey.keys("Esc Esc 7");
    journey.typed("已核");
    journey.keys("Enter");
    assert!(
        journey.notice().contains("说明记下了"),
        "{}",
        journey.notice()
    );
    journey.keys("Esc 5");
    assert!(matches!(journey.app.overlay, Some(Overlay::Problems(_))));
    assert!(journey.rows().join("\n").contains("说明：已核"));
}

#[test]
fn the_key_line_fits_and_keeps_the_way_to_everything() {
    for lang in Lang::ALL {
        for cols in [60, 70, 80, 100] {
            let mut journey = Journey::sample();
            journey.app.look.lang = lang;
            journey.input(Input::Resize(cols, 23));
            let rows = journey.rows();
            let keys = &rows[22];
            assert!(keys.width() < usize::from(cols), "{keys}");
            assert!(keys.contains("F1") && keys.contains("Esc"), "{keys}");
            assert!(keys.contains("F8") && keys.contains("F6"), "{keys}");
        }
    }
}

#[test]
fn no_number_is_hidden_or_cut_on_a_narrow_screen() {
    for (cols, rows) in [(60, 16), (72, 20), (80, 23), (120, 40), (141, 40)] {
        for pages in ["", "C-PageUp", "C-PageDown"] {
            for lang in [Lang::Zh, Lang::En] {
                let mut journey = Journey::sample();
                journey.app.look.lang = lang;
                journey.input(Input::Resize(cols, rows));
                journey.keys(pages);
                journey.keys("C-Home End");
                let screen = journey.screen();
                let cell = screen.cursor().expect("in a matrix");
                let text = screen.report().cell(cell).text().into_owned();
                let (buffer, (x, y)) = journey.frame();
                assert!(x < cols - 1, "{cols}x{rows} {pages:?}: the cursor at {x}");
                let shown = buffer[(x, y)].symbol().to_owned();
                assert_eq!(shown, text, "{cols}x{rows} {pages:?}");
                let heads = journey.rows()[2].clone();
                let last = if lang == Lang::Zh { "总计" } else { "Total" };
                let is_summed = screen.report().form().is_total(cell);
                assert!(!is_summed || heads.contains(last), "{cols}: {heads}");
            }
        }
    }
}

#[test]
fn a_number_too_long_for_its_column_is_never_cut() {
    let mut journey = Journey::sample();
    journey.keys("512345678901 Down");
    let page = journey.rows();
    let row = |name: &str| page.iter().find(|row| row.contains(name)).expect("a row");
    assert!(row("一 本年新收").contains("######"), "{page:#?}");
    assert!(row("一+二").contains("######!"), "{page:#?}");
    assert!(!page[..20].join("\n").contains("512345"), "{page:#?}");
}

#[test]
fn the_menu_stands_on_the_smallest_screens_too() {
    for (cols, rows) in [(59, 23), (40, 12), (80, 15)] {
        let mut journey = Journey::sample();
        journey.input(Input::Resize(cols, rows));
        journey.keys("Esc");
        let page = journey.rows();
        let last = page.last().expect("a line");
        assert!(
            last.contains("8 下一处") && last.contains("6 修复"),
            "{page:#?}"
        );
        journey.keys("8");
        assert!(!journey.app.menu);
    }
}

#[test]
fn a_hint_in_the_key_line_is_not_drawn_as_a_key() {
    for lang in Lang::ALL {
        let mut journey = Journey::sample();
        journey.app.look.lang = lang;
        journey.input(Input::Resize(100, 30));
        journey.keys("F4");
        let (buffer, _) = journey.frame();
        let row = crate::support::frame::rows(&buffer)[29].clone();
        let at = row.find(['(', '（']).expect("the hint");
        let x = u16::try_from(row[..at].width()).expect("a column");
        let is_bold = |x: u16| {
            buffer[(x, 29)]
                .modifier
                .contains(ratatui::style::Modifier::BOLD)
        };
        assert!(is_bold(0) && !is_bold(x) && !is_bold(x + 6), "{row}");
    }
}
