//! The terminal layer from outside: every row of the table of keys.

#![allow(clippy::disallowed_methods, reason = "tests touch the world")]

mod support;

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use gouji::tui::terminal::parser::{Event, HOLD, HOLD_REMOTE, PASTE_MAX, Parser, TerminalReport};
use portable_pty::CommandBuilder;
use proptest::prelude::*;
use rustix::process::Signal;

use support::pty::{Pty, Shown};

const NONE: KeyModifiers = KeyModifiers::NONE;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const ALT: KeyModifiers = KeyModifiers::ALT;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;

fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

fn letter(letter: char) -> Event {
    key(KeyCode::Char(letter), NONE)
}

fn mouse(kind: MouseEventKind, (column, row): (u16, u16), modifiers: KeyModifiers) -> Event {
    Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers,
    })
}

fn other() -> Event {
    Event::Report(TerminalReport::Other)
}

fn ms(time: u64) -> Duration {
    Duration::from_millis(time)
}

/// All events of the bytes, given in one piece, with the last one waited for.
fn decode(bytes: &[u8]) -> Vec<Event> {
    let mut parser = Parser::new(HOLD);
    parser.feed(bytes, Duration::ZERO);
    parser.flush_timeout(Duration::from_mins(1));
    parser.take()
}

/// Keys of one press: dialect, bytes, code, modifiers.
#[rustfmt::skip]
const KEYS: &[(&str, &[u8], KeyCode, KeyModifiers)] = &[
    ("keypad 0", b"\x1bOp", KeyCode::Char('0'), NONE),
    ("keypad 1", b"\x1bOq", KeyCode::Char('1'), NONE),
    ("keypad 2", b"\x1bOr", KeyCode::Char('2'), NONE),
    ("keypad 3", b"\x1bOs", KeyCode::Char('3'), NONE),
    ("keypad 4", b"\x1bOt", KeyCode::Char('4'), NONE),
    ("keypad 5", b"\x1bOu", KeyCode::Char('5'), NONE),
    ("keypad 6", b"\x1bOv", KeyCode::Char('6'), NONE),
    ("keypad 7", b"\x1bOw", KeyCode::Char('7'), NONE),
    ("keypad 8", b"\x1bOx", KeyCode::Char('8'), NONE),
    ("keypad 9", b"\x1bOy", KeyCode::Char('9'), NONE),
    ("keypad .", b"\x1bOn", KeyCode::Char('.'), NONE),
    ("keypad + PuTTY", b"\x1bOl", KeyCode::Char('+'), NONE),
    ("keypad + xterm", b"\x1bOk", KeyCode::Char('+'), NONE),
    ("keypad -", b"\x1bOm", KeyCode::Char('-'), NONE),
    ("keypad *", b"\x1bOj", KeyCode::Char('*'), NONE),
    ("keypad /", b"\x1bOo", KeyCode::Char('/'), NONE),
    ("keypad =", b"\x1bOX", KeyCode::Char('='), NONE),
    ("keypad Enter", b"\x1bOM", KeyCode::Enter, NONE),
    ("keypad NumLock PuTTY", b"\x1bOP", KeyCode::F(1), NONE),
    ("keypad / PuTTY", b"\x1bOQ", KeyCode::F(2), NONE),
    ("keypad * PuTTY", b"\x1bOR", KeyCode::F(3), NONE),
    ("keypad - PuTTY", b"\x1bOS", KeyCode::F(4), NONE),
    ("F1 xterm", b"\x1bOP", KeyCode::F(1), NONE),
    ("F2 xterm", b"\x1bOQ", KeyCode::F(2), NONE),
    ("F3 xterm", b"\x1bOR", KeyCode::F(3), NONE),
    ("F4 xterm", b"\x1bOS", KeyCode::F(4), NONE),
    ("F1 CSI", b"\x1b[P", KeyCode::F(1), NONE),
    ("F3 CSI", b"\x1b[R", KeyCode::F(3), NONE),
    ("F1 PuTTY", b"\x1b[11~", KeyCode::F(1), NONE),
    ("F2 PuTTY", b"\x1b[12~", KeyCode::F(2), NONE),
    ("F3 PuTTY", b"\x1b[13~", KeyCode::F(3), NONE),
    ("F4 PuTTY", b"\x1b[14~", KeyCode::F(4), NONE),
    ("F1 console", b"\x1b[[A", KeyCode::F(1), NONE),
    ("F2 console", b"\x1b[[B", KeyCode::F(2), NONE),
    ("F3 console", b"\x1b[[C", KeyCode::F(3), NONE),
    ("F4 console", b"\x1b[[D", KeyCode::F(4), NONE),
    ("F5 console", b"\x1b[[E", KeyCode::F(5), NONE),
    ("F5", b"\x1b[15~", KeyCode::F(5), NONE),
    ("F6", b"\x1b[17~", KeyCode::F(6), NONE),
    ("F7", b"\x1b[18~", KeyCode::F(7), NONE),
    ("F8", b"\x1b[19~", KeyCode::F(8), NONE),
    ("F9", b"\x1b[20~", KeyCode::F(9), NONE),
    ("F10", b"\x1b[21~", KeyCode::F(10), NONE),
    ("F11, Shift+F1 PuTTY", b"\x1b[23~", KeyCode::F(11), NONE),
    ("F12", b"\x1b[24~", KeyCode::F(12), NONE),
    ("Shift+F1 xterm", b"\x1b[1;2P", KeyCode::F(1), SHIFT),
    ("Shift+F3 xterm", b"\x1b[1;2R", KeyCode::F(3), SHIFT),
    ("Shift+F8 xterm", b"\x1b[19;2~", KeyCode::F(8), SHIFT),
    ("F13, Shift+F1 console", b"\x1b[25~", KeyCode::F(13), NONE),
    ("F14", b"\x1b[26~", KeyCode::F(14), NONE),
    ("F15", b"\x1b[28~", KeyCode::F(15), NONE),
    ("F16", b"\x1b[29~", KeyCode::F(16), NONE),
    ("F17", b"\x1b[31~", KeyCode::F(17), NONE),
    ("F18", b"\x1b[32~", KeyCode::F(18), NONE),
    ("F19", b"\x1b[33~", KeyCode::F(19), NONE),
    ("F20", b"\x1b[34~", KeyCode::F(20), NONE),
    ("Up", b"\x1b[A", KeyCode::Up, NONE),
    ("Down application", b"\x1bOB", KeyCode::Down, NONE),
    ("Ctrl+Right xterm", b"\x1b[1;5C", KeyCode::Right, CTRL),
    ("Ctrl+Right PuTTY", b"\x1bOC", KeyCode::Right, NONE),
    ("Ctrl+Right old xterm", b"\x1b[5C", KeyCode::Right, CTRL),
    ("Ctrl+Right rxvt", b"\x1bOc", KeyCode::Right, CTRL),
    ("Shift+Left", b"\x1b[1;2D", KeyCode::Left, SHIFT),
    ("Shift+Left rxvt", b"\x1b[d", KeyCode::Left, SHIFT),
    ("Ctrl+Shift+Up", b"\x1b[1;6A", KeyCode::Up, CTRL.union(SHIFT)),
    ("Alt+Down", b"\x1b[1;3B", KeyCode::Down, ALT),
    ("Shift+Tab", b"\x1b[Z", KeyCode::BackTab, NONE),
    ("Shift+Tab console", b"\x1b\t", KeyCode::BackTab, NONE),
    ("Home xterm", b"\x1b[H", KeyCode::Home, NONE),
    ("Home application", b"\x1bOH", KeyCode::Home, NONE),
    ("Home PuTTY", b"\x1b[1~", KeyCode::Home, NONE),
    ("Home rxvt", b"\x1b[7~", KeyCode::Home, NONE),
    ("End xterm", b"\x1b[F", KeyCode::End, NONE),
    ("End application", b"\x1bOF", KeyCode::End, NONE),
    ("End PuTTY", b"\x1b[4~", KeyCode::End, NONE),
    ("End rxvt", b"\x1b[8~", KeyCode::End, NONE),
    ("Shift+End rxvt", b"\x1b[8$", KeyCode::End, SHIFT),
    ("Ctrl+Home", b"\x1b[1;5H", KeyCode::Home, CTRL),
    ("Insert", b"\x1b[2~", KeyCode::Insert, NONE),
    ("Delete", b"\x1b[3~", KeyCode::Delete, NONE),
    ("PageUp", b"\x1b[5~", KeyCode::PageUp, NONE),
    ("PageDown", b"\x1b[6~", KeyCode::PageDown, NONE),
    ("Ctrl+PageDown", b"\x1b[6;5~", KeyCode::PageDown, CTRL),
    ("Enter, Ctrl+Enter xterm", b"\r", KeyCode::Enter, NONE),
    ("Ctrl+Enter Windows Terminal", b"\n", KeyCode::Char('j'), CTRL),
    ("Shift+Enter Windows Terminal", b"\x1b\r", KeyCode::Enter, ALT),
    ("Ctrl+Enter modifyOtherKeys", b"\x1b[27;5;13~", KeyCode::Enter, CTRL),
    ("Ctrl+Enter CSI-u", b"\x1b[13;5u", KeyCode::Enter, CTRL),
    ("Shift+Enter CSI-u", b"\x1b[13;2u", KeyCode::Enter, SHIFT),
    ("Shift+Tab modifyOtherKeys", b"\x1b[27;2;9~", KeyCode::BackTab, NONE),
    ("a CSI-u", b"\x1b[97u", KeyCode::Char('a'), NONE),
    ("Shift+a CSI-u", b"\x1b[97:65;2u", KeyCode::Char('A'), NONE),
    ("Alt+A CSI-u", b"\x1b[65;3u", KeyCode::Char('A'), ALT),
    ("Esc CSI-u", b"\x1b[27u", KeyCode::Esc, NONE),
    ("Alt+1", b"\x1b1", KeyCode::Char('1'), ALT),
    ("Alt+8", b"\x1b8", KeyCode::Char('8'), ALT),
    ("Alt+x", b"\x1bx", KeyCode::Char('x'), ALT),
    ("Alt+A", b"\x1bA", KeyCode::Char('A'), ALT),
    ("Alt+Chinese", "\x1b中".as_bytes(), KeyCode::Char('中'), ALT),
    ("Alt+[", b"\x1b[", KeyCode::Char('['), ALT),
    ("Alt+O", b"\x1bO", KeyCode::Char('O'), ALT),
    ("Alt+]", b"\x1b]", KeyCode::Char(']'), ALT),
    ("Alt+P", b"\x1bP", KeyCode::Char('P'), ALT),
    ("Alt+Backspace", b"\x1b\x7f", KeyCode::Backspace, ALT),
    ("Alt+Ctrl+a", b"\x1b\x01", KeyCode::Char('a'), CTRL.union(ALT)),
    ("Ctrl+Z, Ctrl+Shift+Z", b"\x1a", KeyCode::Char('z'), CTRL),
    ("Ctrl+Shift+Z CSI-u", b"\x1b[122;6u", KeyCode::Char('z'), CTRL.union(SHIFT)),
    ("Ctrl+Shift+Z modifyOtherKeys", b"\x1b[27;6;90~", KeyCode::Char('z'), CTRL.union(SHIFT)),
    ("Ctrl+a", b"\x01", KeyCode::Char('a'), CTRL),
    ("Ctrl+\\", b"\x1c", KeyCode::Char('\\'), CTRL),
    ("Ctrl+]", b"\x1d", KeyCode::Char(']'), CTRL),
    ("Ctrl+^", b"\x1e", KeyCode::Char('^'), CTRL),
    ("Ctrl+/", b"\x1f", KeyCode::Char('/'), CTRL),
    ("Ctrl+Space", b"\0", KeyCode::Char(' '), CTRL),
    ("Backspace", b"\x7f", KeyCode::Backspace, NONE),
    ("Backspace, Ctrl+Backspace", b"\x08", KeyCode::Backspace, NONE),
    ("Tab", b"\t", KeyCode::Tab, NONE),
    ("Esc", b"\x1b", KeyCode::Esc, NONE),
    ("Chinese", "表".as_bytes(), KeyCode::Char('表'), NONE),
    ("full-width digit", "７".as_bytes(), KeyCode::Char('７'), NONE),
    ("capital", b"A", KeyCode::Char('A'), NONE),
];

#[test]
fn every_key_of_every_dialect() {
    for (dialect, bytes, code, modifiers) in KEYS {
        let events = decode(bytes);
        let [Event::Key(event)] = events[..] else {
            assert_eq!(events, [key(*code, *modifiers)], "{dialect}");
            continue;
        };
        // KeyEvent's own comparison is blind to some differences of case and shift.
        assert_eq!(
            (event.code, event.modifiers),
            (*code, *modifiers),
            "{dialect}"
        );
    }
}

/// What is no key, or more than one: what, bytes, events.
#[rustfmt::skip]
fn others() -> Vec<(&'static str, &'static [u8], Vec<Event>)> {
    vec![
        ("focus", b"\x1b[I\x1b[O", vec![Event::Focus(true), Event::Focus(false)]),
        ("OSC with BEL", b"\x1b]11;rgb:0/0/0\x07x", vec![other(), letter('x')]),
        ("OSC with ST", b"\x1b]11;rgb:0/0/0\x1b\\x", vec![other(), letter('x')]),
        ("DCS", b"\x1bP>|tmux 3.3a\x1b\\x", vec![other(), letter('x')]),
        ("APC", b"\x1b_Gi=1;OK\x1b\\x", vec![other(), letter('x')]),
        ("OSC cut off by a key", b"\x1b]11;r\rx", vec![other(), key(KeyCode::Enter, NONE), letter('x')]),
        ("Alt+] held down", b"\x1b]\x1b]x\x07", vec![key(KeyCode::Char(']'), ALT), other()]),
        ("device attributes", b"\x1b[?62;1;6cx", vec![other(), letter('x')]),
        ("secondary attributes", b"\x1b[>1;10;0cx", vec![other(), letter('x')]),
        ("mode report", b"\x1b[?2026;2$yx", vec![other(), letter('x')]),
        ("pastes are marked", b"\x1b[?2004;1$yx", vec![Event::Report(TerminalReport::MarksPastes), letter('x')]),
        ("pastes are not marked", b"\x1b[?2004;0$y\x1b[?2004;2$yx", vec![other(), other(), letter('x')]),
        ("click", b"\x1b[<0;3;4M\x1b[<0;3;4mx", vec![
            mouse(MouseEventKind::Down(MouseButton::Left), (2, 3), NONE),
            mouse(MouseEventKind::Up(MouseButton::Left), (2, 3), NONE),
            letter('x'),
        ]),
        ("wheel", b"\x1b[<64;200;100M\x1b[<69;1;1M", vec![
            mouse(MouseEventKind::ScrollUp, (199, 99), NONE),
            mouse(MouseEventKind::ScrollDown, (0, 0), SHIFT),
        ]),
        ("drag", b"\x1b[<34;3;4M\x1b[<35;3;4M", vec![
            mouse(MouseEventKind::Drag(MouseButton::Right), (2, 3), NONE),
            mouse(MouseEventKind::Moved, (2, 3), NONE),
        ]),
        ("click outside", b"\x1b[<0;0;4Mx", vec![other(), letter('x')]),
        ("click of old terminals", b"\x1b[M #%\x1b[M##%x", vec![
            mouse(MouseEventKind::Down(MouseButton::Left), (2, 4), NONE),
            mouse(MouseEventKind::Up(MouseButton::Right), (2, 4), NONE),
            letter('x'),
        ]),
        ("unknown number", b"\x1b[99~x", vec![other(), letter('x')]),
        ("key let go", b"\x1b[97;1:3ux", vec![other(), letter('x')]),
        ("Caps Lock", b"\x1b[57358ux", vec![other(), letter('x')]),
        ("end of a paste that did not begin", b"\x1b[201~x", vec![other(), letter('x')]),
        ("late position", b"\x1b[24;80Rx", vec![Event::Report(TerminalReport::Cursor { row: 24, col: 80 }), letter('x')]),
        ("GBK bytes", b"\xd6\xd0\xce\xc4x", vec![letter('x')]),
        ("broken UTF-8", b"\xe4\xb8x\xe4\xffy", vec![letter('x'), letter('y')]),
        ("C1, 8 bits", b"\x9bAx", vec![letter('A'), letter('x')]),
        ("C1 in UTF-8", b"\xc2\x9bAx", vec![letter('A'), letter('x')]),
        ("Esc Esc", b"\x1b\x1b", vec![key(KeyCode::Esc, NONE), key(KeyCode::Esc, NONE)]),
        ("Esc Up", b"\x1b\x1b[A", vec![key(KeyCode::Esc, NONE), key(KeyCode::Up, NONE)]),
        ("Esc, GBK", b"\x1b\xffx", vec![key(KeyCode::Esc, NONE), letter('x')]),
        ("sequence cut off by a key", b"\x1b[1;\x1b[Bx", vec![other(), key(KeyCode::Down, NONE), letter('x')]),
        ("console sequence cut off", b"\x1b[[\r", vec![other(), key(KeyCode::Enter, NONE)]),
        ("Alt+[ and Enter", b"\x1b[\r", vec![key(KeyCode::Char('['), ALT), key(KeyCode::Enter, NONE)]),
        ("half a sequence", b"\x1b[1;5", vec![other()]),
        ("two keys", "7\r中".as_bytes(), vec![letter('7'), key(KeyCode::Enter, NONE), letter('中')]),
    ]
}

#[test]
fn what_is_no_key() {
    for (what, bytes, events) in others() {
        assert_eq!(decode(bytes), events, "{what}");
    }
}

#[test]
fn a_position_is_a_report_only_while_one_is_expected() {
    let mut parser = Parser::new(HOLD);
    parser.expect_reports(1);
    parser.feed(b"\x1b[1;2R\x1b[1;2R", ms(0));
    let report = Event::Report(TerminalReport::Cursor { row: 1, col: 2 });
    assert_eq!(parser.take(), [report, key(KeyCode::F(3), SHIFT)]);
}

const ANSWERS: [(&[u8], [u8; 3]); 4] = [
    (b"\x1b]11;rgb:ffff/8080/0000\x1b\\", [0xff, 0x80, 0]),
    (b"\x1b]11;rgb:ffff/8080/0000\x07", [0xff, 0x80, 0]),
    (b"\x1b]11;rgb:ff/80/0\x07", [0xff, 0x80, 0]),
    (b"\x1b]11;rgba:ffff/8080/0000/ffff\x07", [0xff, 0x80, 0]),
];

#[test]
fn the_background_is_a_report_once_it_was_asked_for() {
    for (bytes, colour) in ANSWERS {
        let mut parser = Parser::new(HOLD);
        parser.expect_background(ms(0));
        parser.feed(&[bytes, b"x"].concat(), ms(5));
        let told = Event::Report(TerminalReport::Background(colour));
        assert_eq!(parser.take(), [told, letter('x')]);
        parser.feed(bytes, ms(10));
        assert_eq!(parser.take(), [other()], "nobody asked again");
    }
    for junk in [
        &b"\x1b]11;\x07"[..],
        b"\x1b]11;rgb:fffff/0/0\x07",
        b"\x1b]11;rgb:/0/0\x07",
        b"\x1b]11;rgb:zz/00/00\x07",
        b"\x1b]11;?\x1b\\",
        b"\x1b]\x07",
        b"\x1b]10;rgb:0/0/0\x07",
    ] {
        let mut parser = Parser::new(HOLD);
        parser.expect_background(ms(0));
        parser.feed(&[junk, b"x"].concat(), ms(5));
        assert_eq!(parser.take(), [other(), letter('x')], "{junk:?}");
    }
}

#[test]
fn no_piece_of_a_late_answer_is_typed() {
    for (bytes, colour) in ANSWERS {
        let told = Event::Report(TerminalReport::Background(colour));
        for asked in [0, 60_000] {
            for pause in [20, 150, 700, 4_000] {
                for at in 1..bytes.len() {
                    for more in at..bytes.len() {
                        let mut parser = Parser::new(HOLD);
                        parser.expect_background(ms(0));
                        let mut now = asked + 10;
                        for piece in [&bytes[..at], &bytes[at..more], &bytes[more..]] {
                            parser.feed(piece, ms(now));
                            now += pause;
                            parser.flush_timeout(ms(now));
                        }
                        // Nothing but an Esc that nobody could tell from a key, and the
                        // same with the bracket behind it.
                        let esc = key(KeyCode::Esc, NONE);
                        let bracket = key(KeyCode::Char(']'), ALT);
                        let mut events = parser.take();
                        events.retain(|event| ![&esc, &bracket, &other()].contains(&event));
                        assert_eq!(
                            events,
                            std::slice::from_ref(&told),
                            "{at} {more} {pause} {asked}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn keys_go_on_where_no_answer_comes() {
    let mut parser = Parser::new(HOLD);
    parser.expect_background(ms(0));
    parser.feed(b"\x1b", ms(5_000));
    parser.flush_timeout(ms(5_050));
    parser.feed(b"1", ms(5_060));
    assert_eq!(parser.take(), [key(KeyCode::Esc, NONE), letter('1')]);
    parser.feed(b"\x1b]", ms(6_000));
    parser.flush_timeout(ms(6_050));
    parser.feed(b"21", ms(6_060));
    let bracket = key(KeyCode::Char(']'), ALT);
    assert_eq!(parser.take(), [bracket, letter('2'), letter('1')]);
}

#[test]
fn a_split_sequence_is_held() {
    for (hold, early, late) in [(HOLD, 49, 50), (HOLD_REMOTE, 99, 100)] {
        let mut parser = Parser::new(hold);
        parser.feed(b"\x1b", ms(1000));
        assert_eq!(parser.deadline(), Some(ms(1000 + late)));
        parser.flush_timeout(ms(1000 + early));
        assert_eq!(parser.take(), []);
        parser.feed(b"[A", ms(1000 + early));
        assert_eq!(parser.take(), [key(KeyCode::Up, NONE)]);
        assert_eq!(parser.deadline(), None);
        parser.feed(b"\x1b", ms(2000));
        parser.flush_timeout(ms(2000 + late));
        assert_eq!(parser.take(), [key(KeyCode::Esc, NONE)]);
        parser.feed(b"8", ms(2100));
        assert_eq!(parser.take(), [letter('8')]);
    }
}

#[test]
fn digits_of_a_late_sequence_are_not_typed() {
    let mut parser = Parser::new(HOLD);
    parser.feed(b"\x1b[1;", ms(0));
    parser.flush_timeout(ms(300));
    parser.feed(b"5C", ms(301));
    assert_eq!(parser.take(), [key(KeyCode::Right, CTRL)]);
}

#[test]
fn half_a_character_waits_for_ever() {
    let mut parser = Parser::new(HOLD);
    parser.feed(b"\xe4", ms(0));
    assert_eq!(parser.deadline(), None);
    parser.flush_timeout(ms(9_999_999));
    parser.feed(b"\xb8\xad", ms(10_000_000));
    assert_eq!(parser.take(), [letter('中')]);
}

#[test]
fn pastes() {
    let rows: &[(&[u8], &str)] = &[
        (b"x\r\ny\rz\n", "x\ny\nz\n"),
        (b"1\t2\x1b[31m\x00\x07\x7f", "1\t2[31m"),
        ("一二\u{9b}三".as_bytes(), "一二三"),
        (b"\x1b[200~a\x1b[20", "[200~a[20"),
        (b"1\xff2", "1\u{fffd}2"),
        (b"", ""),
    ];
    for (inside, text) in rows {
        let bytes = [b"\x1b[200~", *inside, b"\x1b[201~q"].concat();
        let pasted = Event::Paste((*text).to_owned());
        assert_eq!(decode(&bytes), [pasted, letter('q')]);
    }
}

#[test]
fn a_paste_is_cut_at_its_limit_and_says_so() {
    let mut parser = Parser::new(HOLD);
    parser.feed(b"\x1b[200~", ms(0));
    let line = [b'7'; 4096];
    for _ in 0..=PASTE_MAX / line.len() {
        parser.feed(&line, ms(0));
    }
    parser.feed(b"\x1b[201~x", ms(0));
    let events = parser.take();
    let [Event::Paste(text), Event::PasteCut, last] = &events[..] else {
        assert_eq!(events.len(), 3);
        return;
    };
    assert_eq!((text.len(), last), (PASTE_MAX, &letter('x')));
}

#[test]
fn a_paste_without_an_end_ends_by_silence() {
    let mut parser = Parser::new(HOLD);
    parser.feed(b"\x1b[200~12\x1b[2", ms(0));
    parser.flush_timeout(ms(9_999));
    assert_eq!(parser.take(), []);
    parser.flush_timeout(ms(10_000));
    parser.feed(b"x", ms(10_001));
    assert_eq!(parser.take(), [Event::Paste("12".to_owned()), letter('x')]);
}

#[test]
fn a_paste_without_an_end_is_left_by_escape_and_ctrl_q_after_a_second() {
    let ctrl_q = key(KeyCode::Char('q'), CTRL);
    let pasted = |text: &str| Event::Paste(text.to_owned());
    // Keys keep coming: they are the paste's, but for these two.
    let begun = || {
        let mut parser = Parser::new(HOLD);
        parser.feed(b"\x1b[200~12", ms(0));
        for time in 1..12 {
            parser.feed(b"7", ms(time * 100));
            assert_eq!(parser.take(), []);
        }
        parser
    };
    let mut parser = begun();
    parser.feed(b"\x11", ms(1200));
    assert_eq!(parser.take(), [pasted("1277777777777"), ctrl_q]);
    let mut parser = begun();
    parser.feed(b"\x1b", ms(1200));
    assert_eq!(parser.deadline(), Some(ms(1200) + HOLD));
    parser.flush_timeout(ms(1200) + HOLD);
    parser.feed(b"x", ms(1300));
    assert_eq!(parser.take(), [pasted("1277777777777"), letter('x')]);
    // An end mark that comes in pieces is one, and both are text within the second.
    let mut parser = begun();
    parser.feed(b"\x1b", ms(1200));
    parser.feed(b"[201~x", ms(1210));
    assert_eq!(parser.take(), [pasted("1277777777777"), letter('x')]);
    let mut parser = Parser::new(HOLD);
    parser.feed(b"\x1b[200~12", ms(0));
    parser.feed(b"\x11", ms(900));
    parser.feed(b"\x1b", ms(910));
    parser.flush_timeout(ms(990));
    parser.feed(b"3\x1b[201~", ms(995));
    assert_eq!(parser.take(), [pasted("123")]);
    // Inside a read that holds more they are what they always were: dropped.
    let mut parser = begun();
    parser.feed(b"a\x11b\x1bc", ms(1200));
    parser.feed(b"\x1b[201~", ms(1300));
    assert_eq!(parser.take(), [pasted("1277777777777abc")]);
}

/// Bytes that look like input: pieces of sequences, texts, and anything.
fn input() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"\x1b".to_vec()),
        Just(b"\x1b[".to_vec()),
        Just(b"\x1bO".to_vec()),
        Just(b"\x1b]".to_vec()),
        Just(b"\x1bP1".to_vec()),
        Just(b"\x1b\\".to_vec()),
        Just(b"\x1b[200~".to_vec()),
        Just(b"\x1b[201~".to_vec()),
        Just(vec![b'1'; 130]),
        "[0-9;:~A-Za-z$?]{1,4}".prop_map(String::into_bytes),
        "[一-龥，\r\n\t]{1,3}".prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 1..6),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn invariant_any_cut_of_the_same_bytes_gives_the_same_events(
        bytes in input(),
        cuts in proptest::collection::vec(1_usize..7, 0..80),
    ) {
        let mut parser = Parser::new(HOLD);
        let mut rest = bytes.as_slice();
        for cut in cuts {
            let (piece, more) = rest.split_at(cut.min(rest.len()));
            parser.feed(piece, Duration::ZERO);
            rest = more;
        }
        parser.feed(rest, Duration::ZERO);
        parser.flush_timeout(Duration::from_mins(1));
        prop_assert_eq!(parser.take(), decode(&bytes));
    }

    #[test]
    fn no_control_character_comes_out_as_a_letter(bytes in input()) {
        for event in decode(&bytes) {
            match event {
                Event::Key(KeyEvent { code: KeyCode::Char(letter), .. }) => {
                    prop_assert!(!letter.is_control());
                }
                Event::Paste(text) => {
                    let is_clean = |letter: char| !letter.is_control() || "\n\t".contains(letter);
                    prop_assert!(text.chars().all(is_clean));
                }
                _ => {}
            }
        }
    }
}

fn shell(script: &str) -> Pty {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", script]);
    Pty::start(command, 40, 6)
}

#[test]
fn pty_shows_wide_characters_and_ends() {
    let mut pty = shell("printf '表格：收到 0'; read line; echo \"got $line\"; exit 3");
    pty.wait_for("表格：收到 0");
    assert_eq!(pty.now().rows()[0], "表格：收到 0");
    pty.send("中\r");
    pty.wait_for("got 中");
    let (status, bytes) = pty.end();
    assert_eq!(status.exit_code(), 3);
    assert!(String::from_utf8_lossy(&bytes).ends_with("got 中\r\n"));
}

#[test]
fn pty_resizes_and_sends_signals() {
    let script = "trap 'stty size' WINCH; trap 'echo bye; exit 7' TERM; echo ready
        while :; do read line; done";
    let mut pty = shell(script);
    pty.wait_for("ready");
    pty.resize(50, 9);
    // Some shells run a trap only when the line they read is done.
    pty.send("\r");
    pty.wait_for("9 50");
    pty.signal(Signal::TERM);
    pty.send("\r");
    assert_eq!(pty.end().0.exit_code(), 7);
}

#[test]
fn pty_hangs_up() {
    let mut pty = shell("stty raw; echo ready; exec cat");
    pty.wait_for("ready");
    pty.hang_up();
    assert!(!pty.end().0.success());
}

/// The editor on the sample, in a home of its own; `env` comes on top.
fn editor(home: &std::path::Path, env: &[(&str, &str)]) -> Pty {
    let mut command = CommandBuilder::new("env");
    command.env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HOME", home);
    command.env("LANG", "zh_CN.UTF-8");
    // What the terminal is called is set by `Pty`; what stands here comes last.
    for (name, value) in env {
        command.arg(format!("{name}={value}"));
    }
    command.args([env!("CARGO_BIN_EXE_gouji"), "--sample"]);
    Pty::start(command, 80, 24)
}

const ASKED: &str = "\x1b]11;?\x1b\\";
const ONE_CELL: &str = "\x1b[2;2R\x1b[2;2R\x1b[2;2R\x1b[2;2R";
const MOUSE: [&str; 2] = ["\x1b[?1000h\x1b[?1006h", "\x1b[?1006l\x1b[?1000l"];

fn ended(mut pty: Pty) -> String {
    pty.send("\x11");
    let (status, bytes) = pty.end();
    assert!(status.success());
    String::from_utf8_lossy(&bytes).into_owned()
}

fn has_title_on(shown: &Shown, background: u8) -> bool {
    let cell = shown.vt.screen().cell(0, 1).expect("a cell");
    cell.bgcolor() == vt100::Color::Idx(background)
}

#[test]
fn the_background_is_asked_for_and_its_late_answer_changes_the_colours_alone() {
    let home = tempfile::TempDir::new().expect("a folder");
    let mut pty = editor(home.path(), &[]);
    pty.wait_for("错误 2  提醒 1");
    pty.wait_until("a title", |shown| has_title_on(shown, 24));
    for piece in ["\x1b]11;rg", "b:ffff/ffff", "/ffff\x1b", "\\"] {
        pty.send(piece);
    }
    pty.wait_until("a title on light", |shown| has_title_on(shown, 25));
    assert!(pty.now().has("错误 2  提醒 1"), "nothing was typed");
    assert!(ended(pty).contains(ASKED));
    let dark = "{\"theme\":\"dark\"}";
    std::fs::create_dir_all(home.path().join(".config/gouji")).expect("a folder");
    for (env, config) in [
        (&[("NO_COLOR", "1")][..], "{}"),
        (&[("TERM", "linux")], "{}"),
        (&[("TERM", "vt220")], "{}"),
        (&[], dark),
        (&[], "{\"theme\":\"none\"}"),
    ] {
        std::fs::write(home.path().join(".config/gouji/config.json"), config).expect("a file");
        let pty = editor(home.path(), env);
        pty.wait_for("错误 2  提醒 1");
        assert!(!ended(pty).contains("\x1b]"), "{env:?} {config}");
    }
}

#[test]
fn frames_are_drawn_with_lines_only_where_all_of_it_is_known_to_work() {
    for (env, answer, has_lines) in [
        (&[][..], ONE_CELL, true),
        (&[], "\x1b[2;3R\x1b[2;2R\x1b[2;2R\x1b[2;2R", false),
        (&[], "\x1b[2;4R\x1b[2;4R\x1b[2;4R\x1b[2;4R", false),
        (&[("LANG", "zh_CN.GBK")], ONE_CELL, false),
        (&[("LC_ALL", "C")], ONE_CELL, false),
        (
            &[("LC_CTYPE", "zh_CN.UTF-8"), ("LANG", "C")],
            ONE_CELL,
            true,
        ),
        (&[("TERM", "linux")], ONE_CELL, false),
    ] {
        let home = tempfile::TempDir::new().expect("a folder");
        let mut pty = editor(home.path(), env);
        pty.wait_for("错误 2  提醒 1");
        pty.send(answer);
        // What comes after the answer shows that it was taken.
        pty.send("9");
        pty.wait_for("未保存");
        pty.send("\x1a");
        pty.wait_until("the frame", |shown| {
            shown.has("│") == has_lines && !shown.has("错误 4")
        });
        ended(pty);
    }
    let home = tempfile::TempDir::new().expect("a folder");
    let folder = home.path().join(".config/gouji");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("config.json"), "{\"wide_ambiguous\":true}").expect("a file");
    let mut pty = editor(home.path(), &[]);
    pty.wait_for("错误 2  提醒 1");
    pty.send(ONE_CELL);
    pty.send("9");
    pty.wait_for("错误 4");
    pty.send("\x1a");
    pty.wait_for("错误 2  提醒 1");
    assert!(!pty.now().has("│"));
    ended(pty);
}

#[test]
fn the_mouse_is_taken_while_it_is_on_and_kept_for_the_next_time() {
    let home = tempfile::TempDir::new().expect("a folder");
    let mut pty = editor(home.path(), &[]);
    pty.wait_for("错误 2  提醒 1");
    assert!(!String::from_utf8_lossy(&pty.now().bytes).contains("\x1b[?1000"));
    pty.send("\x1b[21~");
    pty.wait_for("更多");
    pty.send("dkhgbsb\r");
    pty.wait_for("鼠标打开了");
    pty.send("\x1b[<0;36;5M\x1b[<0;36;5m");
    pty.wait_for("自然人 / 二、上年结转");
    let bytes = ended(pty);
    let count = |bytes: &str| MOUSE.map(|mode| bytes.matches(mode).count());
    assert_eq!(count(&bytes), [1, 1]);
    let config = home.path().join(".config/gouji/config.json");
    let kept = std::fs::read_to_string(config).expect("a file");
    assert_eq!(kept, "{\"mouse\":true}\n");
    // Taken from the start, given back and taken again around a stop, and given back to
    // the terminal when the palette turns it off.
    let mut pty = editor(home.path(), &[]);
    pty.wait_for("错误 2  提醒 1");
    pty.signal(Signal::STOP);
    pty.signal(Signal::CONT);
    pty.wait_until("the mouse again", |shown| {
        count(&String::from_utf8_lossy(&shown.bytes)) == [2, 0]
    });
    pty.send("\x1b[21~");
    pty.wait_for("更多");
    pty.send("dkhgbsb\r");
    pty.wait_for("鼠标关了");
    assert_eq!(count(&ended(pty)), [2, 1]);
    let mut pty = editor(home.path(), &[]);
    pty.wait_for("错误 2  提醒 1");
    pty.signal(Signal::TERM);
    let (_, bytes) = pty.end();
    assert!(
        !String::from_utf8_lossy(&bytes).contains(MOUSE[0]),
        "it was turned off"
    );
}
