//! What keyboards send: every dialect met in the field is a row of a table.
//!
//! The dialects are those of xterm, `PuTTY`, tmux, the Linux console, Windows Terminal
//! over SSH and rxvt.
//!
//! Never: a row that shadows another.
//! Next: `parser`, which finds the sequences and asks here what key they are.

use crossterm::event::{KeyCode, KeyModifiers};

/// A key with its modifiers.
pub(super) type Chord = (KeyCode, KeyModifiers);

/// Final bytes that mean the same after `ESC [` and after `ESC O`.
pub(super) static LETTERS: &[(u8, KeyCode)] = &[
    (b'A', KeyCode::Up),
    (b'B', KeyCode::Down),
    (b'C', KeyCode::Right),
    (b'D', KeyCode::Left),
    (b'E', KeyCode::KeypadBegin),
    (b'F', KeyCode::End),
    (b'H', KeyCode::Home),
    (b'P', KeyCode::F(1)),
    (b'Q', KeyCode::F(2)),
    (b'R', KeyCode::F(3)),
    (b'S', KeyCode::F(4)),
];

/// The arrows of rxvt: Shift after `ESC [`, Ctrl after `ESC O`.
pub(super) static SMALL_ARROWS: &[(u8, KeyCode)] = &[
    (b'a', KeyCode::Up),
    (b'b', KeyCode::Down),
    (b'c', KeyCode::Right),
    (b'd', KeyCode::Left),
];

/// The keypad in application mode; `PuTTY` sends `l` where others send `k`.
pub(super) static KEYPAD: &[(u8, KeyCode)] = &[
    (b'p', KeyCode::Char('0')),
    (b'q', KeyCode::Char('1')),
    (b'r', KeyCode::Char('2')),
    (b's', KeyCode::Char('3')),
    (b't', KeyCode::Char('4')),
    (b'u', KeyCode::Char('5')),
    (b'v', KeyCode::Char('6')),
    (b'w', KeyCode::Char('7')),
    (b'x', KeyCode::Char('8')),
    (b'y', KeyCode::Char('9')),
    (b'n', KeyCode::Char('.')),
    (b'k', KeyCode::Char('+')),
    (b'l', KeyCode::Char('+')),
    (b'm', KeyCode::Char('-')),
    (b'j', KeyCode::Char('*')),
    (b'o', KeyCode::Char('/')),
    (b'X', KeyCode::Char('=')),
    (b' ', KeyCode::Char(' ')),
    (b'I', KeyCode::Tab),
    (b'M', KeyCode::Enter),
];

/// Numbers before `~`. F13 to F20 stay apart: Shift+F8 comes as 28, 31, 32 or 34.
pub(super) static NUMBERS: &[(u32, KeyCode)] = &[
    (1, KeyCode::Home),
    (2, KeyCode::Insert),
    (3, KeyCode::Delete),
    (4, KeyCode::End),
    (5, KeyCode::PageUp),
    (6, KeyCode::PageDown),
    (7, KeyCode::Home),
    (8, KeyCode::End),
    (11, KeyCode::F(1)),
    (12, KeyCode::F(2)),
    (13, KeyCode::F(3)),
    (14, KeyCode::F(4)),
    (15, KeyCode::F(5)),
    (17, KeyCode::F(6)),
    (18, KeyCode::F(7)),
    (19, KeyCode::F(8)),
    (20, KeyCode::F(9)),
    (21, KeyCode::F(10)),
    (23, KeyCode::F(11)),
    (24, KeyCode::F(12)),
    (25, KeyCode::F(13)),
    (26, KeyCode::F(14)),
    (28, KeyCode::F(15)),
    (29, KeyCode::F(16)),
    (31, KeyCode::F(17)),
    (32, KeyCode::F(18)),
    (33, KeyCode::F(19)),
    (34, KeyCode::F(20)),
];

/// The key of a row of a table.
pub(super) fn find<K: PartialEq + Copy>(table: &[(K, KeyCode)], key: K) -> Option<KeyCode> {
    table
        .iter()
        .find(|(known, _)| *known == key)
        .map(|(_, code)| *code)
}

/// The modifiers that a sequence names by number: 1 and the sum of their bits.
pub(super) fn modifiers(number: u32) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
        (16, KeyModifiers::HYPER),
        (32, KeyModifiers::META),
    ]
    .into_iter()
    .filter(|(bit, _)| bits & bit != 0)
    .fold(KeyModifiers::NONE, |all, (_, one)| all | one)
}

/// What a control byte is on a keyboard.
///
/// LF is Ctrl+J: that is what the keypad's Enter sends in `PuTTY` under tmux.
pub(super) fn control(byte: u8) -> Option<Chord> {
    let ctrl = |letter| Some((KeyCode::Char(letter), KeyModifiers::CONTROL));
    let plain = |code| Some((code, KeyModifiers::NONE));
    match byte {
        0x00 => ctrl(' '),
        0x08 | 0x7f => plain(KeyCode::Backspace),
        0x09 => plain(KeyCode::Tab),
        0x0d => plain(KeyCode::Enter),
        0x1b => plain(KeyCode::Esc),
        0x01..=0x1a => ctrl(char::from(byte + b'a' - 1)),
        0x1c => ctrl('\\'),
        0x1d => ctrl(']'),
        0x1e => ctrl('^'),
        0x1f => ctrl('/'),
        0x20.. => None,
    }
}

/// A key named by its character's number: `ESC[27;5;13~`, `ESC[13;5u`.
pub(super) fn coded(number: u32, modifiers: KeyModifiers) -> Option<Chord> {
    if let Some((code, own)) = u8::try_from(number).ok().and_then(control) {
        if code == KeyCode::Tab && modifiers.contains(KeyModifiers::SHIFT) {
            return Some((KeyCode::BackTab, modifiers - KeyModifiers::SHIFT));
        }
        return Some((code, own | modifiers));
    }
    // The private use area names keys such as Caps Lock, never a character.
    let letter = char::from_u32(number)
        .filter(|letter| !letter.is_control() && !('\u{e000}'..='\u{f8ff}').contains(letter))?;
    if modifiers == KeyModifiers::SHIFT {
        let upper = letter.to_uppercase().next().unwrap_or(letter);
        return Some((KeyCode::Char(upper), KeyModifiers::NONE));
    }
    if modifiers.contains(KeyModifiers::CONTROL) {
        return Some((KeyCode::Char(letter.to_ascii_lowercase()), modifiers));
    }
    Some((KeyCode::Char(letter), modifiers))
}
