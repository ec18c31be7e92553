//! Pastes of terminals that do not mark them, however their bytes are cut.

use std::time::Duration;

use gouji::tui::app::Overlay;
use gouji::tui::input::{Effect, Input};
use gouji::tui::terminal::parser::{Event, HOLD, Parser};
use gouji::tui::terminal::unmarked_paste::{Destination, UnmarkedPastes};
use gouji::tui::update::takes_points;
use proptest::prelude::*;

use crate::support::journey::Journey;

/// A terminal at a report, as the shell reads it.
struct Line {
    journey: Journey,
    parser: Parser,
    pastes: UnmarkedPastes,
    now: Duration,
}

impl Line {
    fn on(journey: Journey) -> Self {
        Line {
            journey,
            parser: Parser::new(HOLD),
            pastes: UnmarkedPastes::new(false),
            now: Duration::ZERO,
        }
    }

    /// Bytes in one read, so many milliseconds after the last.
    fn read(&mut self, bytes: &[u8], after: u64) -> &mut Self {
        self.now += Duration::from_millis(after);
        let points = takes_points(&self.journey.app);
        self.pastes.destination = points.map_or(Destination::Elsewhere, |points| {
            Destination::Cells { points }
        });
        self.parser.feed(bytes, self.now);
        let events = self.pastes.join(self.parser.take(), self.now);
        self.take(events)
    }

    /// Nothing more comes.
    fn silence(&mut self) -> &mut Self {
        self.now += Duration::from_secs(1);
        let events = self.pastes.flush(self.now);
        self.take(events)
    }

    fn take(&mut self, events: Vec<Event>) -> &mut Self {
        for event in events {
            match event {
                Event::Key(key) => self.journey.input(Input::Key(key)),
                Event::Paste(text) => self.journey.input(Input::Paste(text)),
                Event::Unmarked { text, given } => {
                    self.journey.input(Input::Unmarked { text, given });
                }
                Event::Typed(text) => self.journey.input(Input::Typed(text)),
                _ => {}
            }
        }
        self
    }

    fn is_previewed(&self) -> bool {
        matches!(self.journey.app.overlay, Some(Overlay::Paste(_)))
    }
}

fn keying() -> Journey {
    let mut journey = Journey::new_report();
    assert!(journey.screen().is_keying());
    journey.keys("Down Right");
    journey
}

fn checking() -> Journey {
    let mut journey = Journey::sample();
    journey.keys("Down Right");
    journey
}

const MODES: [fn() -> Journey; 2] = [keying, checking];

/// One row in its dialects; what a cursor keeps and total and labels must not move.
const ROWS: &[&str] = &[
    "7\t1\t0\t0\t0\t1\t9",
    "7\t1\t0\t0\t0\t1\t9\n",
    "7 1 0 0 0 1 9",
    "\t7\t1\t0\t0\t0\t1\t9",
    "（一）予以公开\t7\t1\t0\t0\t0\t1\t9",
    "一 本年新收  7 1 0 0 0 1 9",
    "7\t\t\t\t\t1\t8",
    "1.234",
    "1,234",
    "5\t6",
    "7\t1\t0\t0\t0\t1\t9\n2\t0\t0\t0\t0\t0\t2\n",
];

/// The report once a paste was taken as it is offered.
fn accepted(mut line: Line) -> Vec<String> {
    line.silence();
    if let Some(Overlay::Paste(preview)) = &line.journey.app.overlay {
        if preview.run.is_some() {
            line.read(b" ", 100);
        }
        line.read(b"\r", 100).silence();
        // A number in doubt is asked about, and not written.
        line.read(b"\x1b[B", 100).read(b"\x1b", 100);
        line.parser.flush_timeout(line.now + Duration::from_secs(1));
        let events = line.parser.take();
        line.take(events);
    }
    let screen = line.journey.screen();
    let form = screen.form();
    let cells = form.cells();
    let texts = cells.map(|cell| screen.report().cell(cell).text().into_owned());
    texts.collect()
}

fn marked(mode: fn() -> Journey, row: &str) -> Vec<String> {
    let mut line = Line::on(mode());
    line.read(format!("\x1b[200~{row}\x1b[201~").as_bytes(), 0);
    accepted(line)
}

fn unmarked(mode: fn() -> Journey, row: &str, cuts: &[usize]) -> Vec<String> {
    let bytes = row.replace('\n', "\r").into_bytes();
    let mut line = Line::on(mode());
    let mut from = 0;
    for cut in cuts.iter().copied().chain([bytes.len()]) {
        if from < cut {
            line.read(&bytes[from..cut], 7);
            from = cut;
        }
    }
    accepted(line)
}

#[test]
fn one_row_without_marks_lands_as_with_them_wherever_it_is_cut() {
    for mode in MODES {
        for row in ROWS {
            let expected = marked(mode, row);
            let len = row.len();
            let every: Vec<usize> = (1..len).collect();
            assert_eq!(
                unmarked(mode, row, &every),
                expected,
                "{row:?}, byte by byte"
            );
            for cut in 0..len {
                assert_eq!(unmarked(mode, row, &[cut]), expected, "{row:?} at {cut}");
            }
        }
    }
}

#[test]
fn the_longest_label_is_one_however_slowly_it_comes() {
    let form = gouji::form::current();
    let lines = form.tables.iter().flat_map(|table| table.rows);
    let longest = lines.max_by_key(|line| line.label.len()).expect("a line");
    let row = format!("{}\t7\t1\t0", longest.label);
    let every: Vec<usize> = (1..row.len()).collect();
    for mode in MODES {
        assert_eq!(unmarked(mode, &row, &every), marked(mode, &row));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn invariant_the_cuts_of_an_unmarked_paste_say_nothing(
        row in prop::sample::select(ROWS),
        is_keying in any::<bool>(),
        cuts in prop::collection::btree_set(1..40_usize, 0..8),
    ) {
        let mode: fn() -> Journey = if is_keying { keying } else { checking };
        let cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut < row.len()).collect();
        prop_assert_eq!(unmarked(mode, row, &cuts), marked(mode, row));
    }
}

#[test]
fn a_row_lands_in_its_own_columns_with_its_total() {
    let row = ["7", "1", "0", "0", "0", "1", "9"];
    let of = |journey: &Journey, key: &str| -> Vec<String> {
        let form = gouji::form::current();
        let table = form.tables.iter().find(|table| table.prefix == "t3");
        let cols = table.expect("table 3").cols;
        cols.iter()
            .map(|col| journey.cell(&format!("t3.{key}.{}", col.key)))
            .collect()
    };
    for mode in MODES {
        for (text, key) in [
            ("7\t1\t0\t0\t0\t1\t9", "carried_in"),
            ("7 1 0 0 0 1 9", "carried_in"),
            ("\t7\t1\t0\t0\t0\t1\t9", "carried_in"),
            ("\t\t7\t1\t0\t0\t0\t1\t9", "carried_in"),
            ("某某\t7\t1\t0\t0\t0\t1\t9", "carried_in"),
            (
                "一、本年新收政府信息公开申请数量\t7\t1\t0\t0\t0\t1\t9",
                "new_received",
            ),
            (
                "(一)予以公开      7      1      0      0      0      1      9",
                "granted_full",
            ),
        ] {
            let mut line = Line::on(mode());
            line.read(text.as_bytes(), 0);
            let before = line.journey.screen().report().clone();
            line.silence();
            assert!(line.is_previewed(), "{text:?}");
            let screen = line.journey.screen();
            assert_eq!(screen.report(), &before, "nothing is written yet");
            line.read(b" ", 100).read(b"\r", 100);
            assert_eq!(of(&line.journey, key), row, "{text:?}");
            let changed = line.journey.screen().report();
            let others = gouji::form::current()
                .cells()
                .filter(|cell| changed.cell(*cell) != before.cell(*cell));
            assert!(
                others.count() <= row.len(),
                "{text:?}: nothing beside the row"
            );
        }
    }
}

#[test]
fn keys_of_a_stalled_line_are_keys_once_the_terminal_marked_a_paste_or_said_so() {
    for shown in ["\x1b[200~\x1b[201~", "\x1b[?2004;1$y"] {
        for mode in MODES {
            let mut line = Line::on(mode());
            line.read(shown.as_bytes(), 0);
            line.read(b"7\r1\t2 3\r5.1", 100).silence();
            let mut typed = mode();
            typed.typed("7⏎1");
            typed.keys("Tab");
            typed.typed("2 3⏎5.1");
            assert!(!line.is_previewed());
            assert_eq!(line.journey.screen().report(), typed.screen().report());
        }
    }
}

#[test]
fn what_nobody_asked_for_answers_three_keys_and_enter_is_none_of_them() {
    for mode in MODES {
        let stalled = || {
            let mut line = Line::on(mode());
            line.read(b"4", 0).read(b"7\r1", 5).silence();
            assert!(line.is_previewed());
            let page = line.journey.rows().join("\n");
            assert!(page.contains("像是粘贴来的"), "{page}");
            line
        };
        let before = mode().screen().report().clone();
        let mut line = stalled();
        line.read(b"\r", 100);
        assert!(line.is_previewed(), "Enter accepts nothing");
        assert_eq!(line.journey.screen().report(), &before);
        // More typing goes on with it, and plus plays all of it back as keys.
        line.read(b"6", 100).read(b"+", 100);
        let mut typed = mode();
        typed.typed("47⏎1⏎6");
        assert!(!line.is_previewed());
        assert_eq!(line.journey.screen().report(), typed.screen().report());
        assert_eq!(line.journey.cursor(), typed.cursor());
        let mut line = stalled();
        line.journey.keys("Esc");
        assert!(!line.is_previewed());
        assert_eq!(line.journey.screen().report(), &before);
        assert!(line.journey.notice().contains("没有粘贴"));
        let mut line = stalled();
        line.journey.keys("Space");
        assert!(!line.journey.rows().join("\n").contains("像是粘贴来的"));
        line.journey.keys("Enter");
        assert!(!line.is_previewed());
        assert_ne!(line.journey.screen().report(), &before);
    }
}

#[test]
fn keys_that_went_out_before_a_run_showed_what_it_is_are_taken_back_whatever_they_did() {
    // Full row, back, other mode, a number that was being typed, cells filled by Enter.
    for (mode, first) in [
        (keying as fn() -> Journey, ""),
        (keying, "12"),
        (checking, "12"),
    ] {
        for given in ["+", "-", "*", "/", ".", "3", "\r", "\t", "9\r", "国"] {
            let mut line = Line::on(mode());
            for digit in first.bytes() {
                line.read(&[digit], 100);
            }
            let (report, cursor) = (
                line.journey.screen().report().clone(),
                line.journey.cursor(),
            );
            let modes = line.journey.screen().keying.clone();
            line.silence();
            for byte in given.chars() {
                line.read(byte.to_string().as_bytes(), 5);
            }
            line.read(b"7\t1", 5).silence();
            assert!(line.is_previewed(), "{given:?}");
            let screen = line.journey.screen();
            assert_eq!(screen.report(), &report, "{given:?} after {first:?}");
            assert_eq!(screen.keying, modes, "{given:?}");
            assert_eq!(line.journey.cursor(), cursor, "{given:?}");
        }
    }
}

#[test]
fn a_long_burst_into_a_text_is_one_insert_and_one_line_of_the_journal() {
    for shown in ["", "\x1b[200~\x1b[201~"] {
        let mut line = Line::on(Journey::sample());
        line.journey.keys("F3 5 Enter C-End");
        line.read(shown.as_bytes(), 0);
        let text = "全年共收到申请，逐件答复。".repeat(300);
        let before = line.journey.effects.len();
        let steps = line.journey.screen().document.done().len();
        for piece in text.as_bytes().chunks(4096) {
            line.read(piece, 3);
        }
        line.silence();
        let report = line.journey.screen().report();
        let section = line.journey.screen().text_shown().expect("a text");
        assert!(report.text(section).ends_with(&text));
        let journaled = line.journey.effects[before..]
            .iter()
            .filter(|effect| matches!(effect, Effect::Journal { .. }));
        assert_eq!(journaled.count(), 1);
        assert_eq!(line.journey.screen().document.done().len(), steps + 1);
        line.journey.keys("C-z");
        assert!(!line.journey.screen().report().text(section).contains(&text));
    }
}

#[test]
fn megabytes_into_a_line_fill_it_and_are_said_once() {
    for keys in ["F3", "F2", "C-s", "C-o", "F12 0", "F10"] {
        let mut line = Line::on(Journey::sample());
        line.journey.keys(keys);
        let letters = vec![b'x'; 1 << 20];
        for piece in letters.chunks(4096) {
            line.read(piece, 1);
        }
        line.silence();
        assert!(
            line.journey.notice().contains("4 KB"),
            "{keys}: {}",
            line.journey.notice()
        );
        let page = line.journey.rows().join("\n");
        assert!(page.contains("xxx"), "{keys}: {page}");
        line.journey.paste(&"y".repeat(5 << 20)).keys("Left");
        assert!(!line.journey.rows().join("\n").contains('y'), "{keys}");
    }
}
