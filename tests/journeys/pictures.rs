//! The pictures that README and manual show: what the screen draws, as SVG.
//!
//! `GOUJI_BLESS=1 cargo test --test journeys pictures` draws them anew;
//! `GOUJI_PICTURES=DIR` draws every screen into a folder, to be looked at.

use std::fs;
use std::path::{Path, PathBuf};

use gouji::base::words::Lang;
use gouji::tui::input::{Input, Reply, StartFacts};
use gouji::tui::theme::{Background, Theme};

use super::from_last::{begun, last_with, nearly_done, read};
use crate::support::journey::Journey;
use crate::support::picture::svg;

/// A screen of a size on a background, after keys.
fn screen(mut journey: Journey, size: (u16, u16), background: Background, keys: &str) -> Journey {
    journey.app.look.theme = Theme {
        background,
        is_many: true,
        ..Theme::default()
    };
    journey.input(Input::WideAmbiguous(false));
    journey.input(Input::Resize(size.0, size.1));
    journey.keys(keys);
    journey
}

fn drawn(journey: &Journey) -> String {
    let (buffer, cursor) = journey.frame();
    svg(&buffer, cursor, journey.app.look.theme.background)
}

#[test]
fn the_pictures_show_what_the_screen_draws() {
    let mut keying = screen(Journey::new_report(), (80, 23), Background::Dark, "");
    keying.typed("7⏎1⏎⏎⏎⏎1++");
    let pictures = [
        (
            "matrix-dark",
            screen(Journey::sample(), (80, 23), Background::Dark, "F8"),
        ),
        (
            "matrix-light",
            screen(Journey::sample(), (80, 23), Background::Light, "F8"),
        ),
        (
            "fix-dark",
            screen(Journey::sample(), (120, 30), Background::Dark, "F8 F6"),
        ),
        ("keying-dark", keying),
        (
            "text-dark",
            screen(Journey::sample(), (120, 30), Background::Dark, "F3 1 Enter"),
        ),
    ];
    for (name, journey) in pictures {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data/pictures")
            .join(format!("{name}.svg"));
        let picture = drawn(&journey);
        if std::env::var_os("GOUJI_BLESS").is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(&path, &picture).expect("a picture is written");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(picture == expected, "{name}: GOUJI_BLESS=1 draws it anew");
    }
}

/// How a screen is made that keys alone do not reach.
type Made = fn() -> Journey;

/// Screens that keys alone do not reach.
const MADE: &[(&str, Made)] = &[
    ("start-recent", || Journey::start(super::start::facts())),
    ("open-list", || {
        let mut journey = Journey::start(super::start::facts());
        journey.keys("5");
        journey.reply(super::files::listed(
            "",
            &[
                "归档/",
                "北京市西城区民政局2024年政府信息公开工作年度报告.docx",
                "水务局.json",
            ],
        ));
        journey.keys("Down");
        journey
    }),
    ("last-begun", || begun(last_with(&[]))),
    ("last-asked", || read(last_with(&[]))),
    ("last-broken", || {
        read(last_with(&["t3.carried_out.natural_person=1"]))
    }),
    ("last-reason", || {
        let mut journey = begun(last_with(&[]));
        journey.keys("Down 5 Enter");
        journey
    }),
    ("last-due", || {
        let mut journey = begun(last_with(&[]));
        journey.keys("C-PageUp Down 2 Enter 1 Enter");
        journey
    }),
    ("last-rewrite", || {
        let mut journey = begun(last_with(&[]));
        journey.keys("F10 ycxdjz Enter Down Down Enter");
        journey.typed("去");
        journey.keys("F10 ycxdjz Enter");
        journey
    }),
    ("last-export", || {
        let mut journey = nearly_done();
        journey.keys("F12");
        journey
    }),
    ("last-export-asks", || {
        let mut journey = nearly_done();
        journey.keys("F12 Enter");
        journey
    }),
    ("save-list", || {
        let mut journey = Journey::sample();
        journey.keys("C-s");
        journey.reply(super::files::listed(
            "",
            &["归档/", "水务局.json", "民政局.txt"],
        ));
        journey
    }),
    ("new", || {
        let mut journey = Journey::start(super::start::facts());
        journey.keys("3");
        journey
    }),
    ("exists", || {
        let mut journey = Journey::sample();
        journey.reply(Reply::Exists(
            "/home/wang/报告/北京市西城区民政局2024.json".into(),
        ));
        journey
    }),
    ("changed", || {
        let mut journey = Journey::sample();
        journey.reply(Reply::ChangedOutside(
            "/home/wang/报告/北京市西城区民政局2024.json".into(),
        ));
        journey
    }),
    ("vanished", || {
        let mut journey = Journey::sample();
        journey.reply(Reply::Vanished(
            "/home/wang/报告/北京市西城区民政局2024.json".into(),
        ));
        journey
    }),
    ("unsaved", || {
        let mut journey = Journey::sample();
        journey.keys("5 C-q");
        journey
    }),
    ("recover", || {
        let mut journey = Journey::sample();
        super::files::killed(&mut journey);
        journey
    }),
    ("practice-1", super::start::practice),
    ("practice-2", || {
        let mut journey = super::start::practice();
        journey.keys("F8");
        journey
    }),
    ("practice-3", || {
        let mut journey = super::start::practice();
        journey.keys("F8 F6");
        journey
    }),
    ("last-f8", || {
        let mut journey = super::last::beside();
        journey.keys("F8");
        journey
    }),
    ("last-f6", || {
        let mut journey = super::last::beside();
        journey.keys("F8 F6");
        journey
    }),
    ("last-list", || {
        let mut journey = super::last::beside();
        journey.keys("F5");
        journey
    }),
    ("last-choose", || {
        let mut journey = super::last::beside();
        journey.keys("F10");
        journey.paste("report.last_year");
        journey.keys("Enter");
        journey.reply(super::last::proposals());
        journey
    }),
    ("compare", super::compare::page),
    ("versions", || {
        let mut journey = Journey::sample();
        super::versions::list(&mut journey);
        journey
    }),
    ("compare-with", || {
        let mut journey = super::compare::two_years();
        journey.keys("F10");
        journey.paste("file.compare");
        journey.keys("Enter");
        journey
    }),
    ("compare-all", || {
        let mut journey = super::compare::page();
        journey.keys("Space");
        journey
    }),
    ("compare-texts", || {
        let mut journey = super::compare::page();
        journey.keys("F3 F3 F3 F3");
        journey
    }),
    ("folder", || super::folder::Desk::doubtful().journey),
    ("rollup", || {
        let mut desk = super::rollup::small();
        desk.keys("F6");
        desk.journey
    }),
    ("rollup-list", || {
        let mut desk = super::rollup::small();
        desk.keys("F6 F5");
        desk.journey
    }),
    ("merge", || {
        let mut journey = Journey::sample();
        super::two_people::clash(&mut journey);
        journey
    }),
    ("folder-note", || {
        let mut journey = super::folder::Desk::few().journey;
        journey.typed("教育局");
        journey.keys("F9");
        journey
    }),
    ("folder-asks", || {
        let mut journey = super::folder::Desk::few().journey;
        journey.typed("财务局");
        journey.keys("Enter");
        journey
    }),
    ("export", || {
        let mut journey = Journey::sample();
        journey.keys("F12");
        journey
    }),
    ("export-folder", || {
        let mut journey = Journey::sample();
        journey.keys("F12 0");
        journey.reply(super::files::listed("./", &["上报/", "归档/"]));
        journey
    }),
    ("export-done", || {
        let mut journey = Journey::sample();
        journey.keys("F12 Enter");
        super::export::answer(&mut journey);
        journey
    }),
];

/// The screens of files and of the first minutes, as text and as pictures.
#[test]
#[ignore = "draws pictures to be looked at"]
fn made() {
    let Some(folder) = std::env::var_os("GOUJI_PICTURES") else {
        return;
    };
    let folder = Path::new(&folder);
    fs::create_dir_all(folder).expect("a folder");
    for (cols, rows) in [(80, 23), (120, 30), (160, 50), (60, 20), (40, 12), (20, 5)] {
        for (name, made) in MADE {
            for lang in Lang::ALL {
                let mut journey = screen(made(), (cols, rows), Background::Dark, "");
                journey.app.look.lang = lang;
                let path = |end| folder.join(format!("{name}-{cols}-{}.{end}", lang.key()));
                fs::write(path("svg"), drawn(&journey)).expect("a picture is written");
                for (ground, end) in [
                    (Background::Light, "light.svg"),
                    (Background::None, "none.svg"),
                ] {
                    journey.app.look.theme.background = ground;
                    fs::write(path(end), drawn(&journey)).expect("a picture is written");
                }
                journey.app.look.theme.background = Background::Dark;
                let text = journey.rows().join("\n");
                fs::write(path("txt"), text).expect("a text is written");
            }
        }
    }
}

/// Draws screens into a folder, for eyes.
#[test]
#[ignore = "draws pictures to be looked at"]
fn all() {
    let Some(folder) = std::env::var_os("GOUJI_PICTURES") else {
        return;
    };
    let folder = Path::new(&folder);
    fs::create_dir_all(folder).expect("a folder");
    let keys = [
        ("open", ""),
        ("f8", "F8"),
        ("f6", "F8 F6"),
        ("f6-7", "F8 F6 7"),
        ("f5", "F8 F5"),
        ("f4", "F8 F4"),
        ("f7", "F8 F7"),
        ("f10", "F10"),
        ("f12", "F12"),
        ("f1", "F1"),
        ("f3", "F3"),
        ("text", "F3 1 Enter"),
        ("head", "F3 0 Enter"),
        ("t2", "F3 2 Enter"),
        ("t4", "F3 4 Enter"),
        ("quit", "5 C-q"),
        ("open-file", "C-o"),
        ("menu", "Esc"),
    ];
    // The theme, whether it has 256 colours, and what the terminal's background is.
    let looks = [
        ("dark", Background::Dark, true, Background::Dark),
        ("light", Background::Light, true, Background::Light),
        ("none", Background::None, false, Background::Dark),
        ("auto-dark", Background::Auto, true, Background::Dark),
        ("auto-light", Background::Auto, true, Background::Light),
        ("dark16", Background::Dark, false, Background::Dark),
        ("light16", Background::Light, false, Background::Light),
        ("auto16-dark", Background::Auto, false, Background::Dark),
        ("auto16-light", Background::Auto, false, Background::Light),
    ];
    for (size, name) in [((80, 23), "80"), ((120, 30), "120"), ((160, 50), "160")] {
        for (of, background, is_many, ground) in looks {
            let draw = |step: &str, mut journey: Journey| {
                journey.app.look.theme.is_many = is_many;
                let (buffer, cursor) = journey.frame();
                let path = folder.join(format!("{step}-{name}-{of}.svg"));
                fs::write(path, svg(&buffer, cursor, ground)).expect("a picture is written");
            };
            for (step, keys) in keys {
                draw(step, screen(Journey::sample(), size, background, keys));
            }
            let begun = || Journey::start(StartFacts::default());
            draw("start", screen(begun(), size, background, ""));
            let mut english = screen(begun(), size, background, "");
            english.app.look.lang = Lang::En;
            draw("start-en", english);
        }
    }
}
