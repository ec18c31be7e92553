//! Which keys reach which command, and where.
//!
//! **Never:** a key twice in one context; a command reached only by a bare
//! letter or only by an F-key.
//! Next: `bindings` for the keys in effect; `panels::help`, which lists them.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::command::Command;
use crate::base::words::{Lang, words};

/// Where a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// A matrix.
    Matrix,
    /// A text section.
    Text,
    /// The head of the report.
    Head,
    /// A list: problems, fixes, the palette, the start page, a question.
    List,
    /// The folder page.
    Folder,
    /// A line being typed.
    Prompt,
    /// A page that is read and gone through: two reports, versions.
    Page,
    /// Every place, after its own context.
    Everywhere,
}

impl Context {
    /// All contexts.
    pub const ALL: [Context; 8] = [
        Context::Matrix,
        Context::Text,
        Context::Head,
        Context::List,
        Context::Folder,
        Context::Prompt,
        Context::Page,
        Context::Everywhere,
    ];

    /// Its name in the settings.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Context::Matrix => "matrix",
            Context::Text => "text",
            Context::Head => "head",
            Context::List => "list",
            Context::Folder => "folder",
            Context::Prompt => "prompt",
            Context::Page => "page",
            Context::Everywhere => "everywhere",
        }
    }
}

/// Keys that reach a command in a context.
#[derive(Debug)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// The keys, separated by spaces: `F8 C-g`.
    pub keys: &'static str,
    /// The command.
    pub command: Command,
}

const fn bind(context: Context, keys: &'static str, command: Command) -> Binding {
    Binding {
        context,
        keys,
        command,
    }
}

/// All bindings.
pub static KEYMAP: &[Binding] = &[
    bind(Context::Everywhere, "F1", Command::Help),
    bind(Context::Everywhere, "F3 C-f", Command::Find),
    bind(Context::Everywhere, "F4", Command::Basis),
    bind(Context::Everywhere, "F5", Command::CheckAll),
    bind(Context::Everywhere, "F6 C-k", Command::Fix),
    bind(Context::Everywhere, "F7", Command::Explain),
    bind(Context::Everywhere, "F8 C-g", Command::NextProblem),
    bind(
        Context::Everywhere,
        "C-p S-F8 F15 F17 F18 F20",
        Command::PreviousProblem,
    ),
    bind(Context::Everywhere, "F9", Command::Question),
    bind(Context::Everywhere, "F10", Command::Palette),
    bind(Context::Everywhere, "C-s", Command::Save),
    bind(Context::Everywhere, "F12 C-e", Command::Export),
    bind(Context::Everywhere, "C-o", Command::Open),
    bind(Context::Everywhere, "C-q", Command::Quit),
    bind(Context::Everywhere, "C-l", Command::Redraw),
    bind(Context::Everywhere, "C-z", Command::Undo),
    bind(Context::Everywhere, "C-y", Command::Redo),
    bind(Context::Everywhere, "C-PageDown", Command::NextSection),
    bind(Context::Everywhere, "C-PageUp", Command::PreviousSection),
    bind(Context::Everywhere, "Esc", Command::Close),
    bind(Context::Everywhere, "Up", Command::Up),
    bind(Context::Everywhere, "Down", Command::Down),
    bind(Context::Everywhere, "Left", Command::Left),
    bind(Context::Everywhere, "Right", Command::Right),
    bind(Context::Everywhere, "Home", Command::RowStart),
    bind(Context::Everywhere, "End", Command::RowEnd),
    bind(Context::Everywhere, "C-Home", Command::First),
    bind(Context::Everywhere, "C-End", Command::Last),
    bind(Context::Everywhere, "PageUp", Command::PageUp),
    bind(Context::Everywhere, "PageDown", Command::PageDown),
    bind(Context::Matrix, "F2", Command::EditCell),
    bind(Context::Matrix, "C-u *", Command::ToggleKeying),
    bind(Context::Matrix, "Enter C-j", Command::Commit),
    bind(Context::Matrix, "+ .", Command::FillRow),
    bind(Context::Matrix, "Tab", Command::NextEntry),
    bind(Context::Matrix, "S-Tab -", Command::PreviousEntry),
    bind(Context::Matrix, "Backspace", Command::Backspace),
    bind(Context::Matrix, "Delete", Command::Clear),
    bind(Context::Matrix, "Insert", Command::Anchor),
    bind(Context::Matrix, "C-c", Command::Copy),
    bind(Context::Matrix, "C-x", Command::Cut),
    bind(Context::Matrix, "C-v", Command::Paste),
    bind(Context::Matrix, "S-Up", Command::SelectUp),
    bind(Context::Matrix, "S-Down", Command::SelectDown),
    bind(Context::Matrix, "S-Left", Command::SelectLeft),
    bind(Context::Matrix, "S-Right", Command::SelectRight),
    bind(Context::Text, "Enter C-j", Command::Paragraph),
    bind(Context::Text, "Tab S-Tab", Command::OtherPane),
    bind(Context::Text, "Backspace", Command::Backspace),
    bind(Context::Text, "Delete", Command::Clear),
    bind(Context::Text, "Insert", Command::Anchor),
    bind(Context::Text, "C-c", Command::Copy),
    bind(Context::Text, "C-x", Command::Cut),
    bind(Context::Text, "C-v", Command::Paste),
    bind(Context::Text, "S-Up", Command::SelectUp),
    bind(Context::Text, "S-Down", Command::SelectDown),
    bind(Context::Text, "S-Left", Command::SelectLeft),
    bind(Context::Text, "S-Right", Command::SelectRight),
    bind(Context::Head, "F2 Enter C-j", Command::EditCell),
    bind(Context::Head, "Tab", Command::NextEntry),
    bind(Context::Head, "S-Tab", Command::PreviousEntry),
    bind(Context::Head, "Delete", Command::Clear),
    bind(Context::List, "Enter C-j", Command::Choose),
    bind(Context::List, "Backspace", Command::Backspace),
    bind(Context::List, "C-u", Command::ClearLine),
    bind(Context::List, "F3 C-f", Command::PasteBlanks),
    bind(Context::List, "Tab", Command::PasteTurn),
    bind(Context::Folder, "Enter C-j", Command::Choose),
    bind(Context::Folder, "F2", Command::PassUnit),
    bind(Context::Folder, "F6", Command::RollUp),
    bind(Context::Folder, "F7", Command::OwnReport),
    bind(Context::Folder, "Backspace", Command::Backspace),
    bind(Context::Folder, "C-u", Command::ClearLine),
    bind(Context::Prompt, "Enter C-j", Command::Choose),
    bind(Context::Page, "Enter C-j", Command::Choose),
    bind(Context::Prompt, "Tab", Command::Complete),
    bind(Context::Prompt, "Backspace", Command::Backspace),
    bind(Context::Prompt, "Delete", Command::Clear),
    bind(Context::Prompt, "C-v", Command::Paste),
    bind(Context::Prompt, "C-u", Command::ClearLine),
];

/// The key as the keymap writes it, full-width digits and signs as ASCII.
#[must_use]
pub fn chord(key: KeyEvent) -> Option<String> {
    let mut name = match key.code {
        KeyCode::Char(' ' | '\u{3000}') => "Space".to_owned(),
        KeyCode::Char(c) => crate::base::number::narrow(c).to_string(),
        KeyCode::F(number) => format!("F{number}"),
        KeyCode::Enter => "Enter".to_owned(),
        KeyCode::Esc => "Esc".to_owned(),
        KeyCode::Tab => "Tab".to_owned(),
        KeyCode::BackTab => "S-Tab".to_owned(),
        KeyCode::Backspace => "Backspace".to_owned(),
        KeyCode::Delete => "Delete".to_owned(),
        KeyCode::Insert => "Insert".to_owned(),
        KeyCode::Up => "Up".to_owned(),
        KeyCode::Down => "Down".to_owned(),
        KeyCode::Left => "Left".to_owned(),
        KeyCode::Right => "Right".to_owned(),
        KeyCode::Home => "Home".to_owned(),
        KeyCode::End => "End".to_owned(),
        KeyCode::PageUp => "PageUp".to_owned(),
        KeyCode::PageDown => "PageDown".to_owned(),
        _ => return None,
    };
    let typed = matches!(key.code, KeyCode::Char(_));
    if key.modifiers.contains(KeyModifiers::SHIFT) && !typed && key.code != KeyCode::BackTab {
        name.insert_str(0, "S-");
    }
    if key.modifiers.contains(KeyModifiers::ALT) {
        name.insert_str(0, "A-");
    }
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        let name_typed = if typed { name.to_lowercase() } else { name };
        name = format!("C-{name_typed}");
    }
    Some(name)
}

/// Reads keys as the keymap writes them; for tests and configuration.
#[must_use]
pub fn key(chord: &str) -> Option<KeyEvent> {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = chord;
    loop {
        let (modifier, tail) = match rest.as_bytes() {
            [b'C', b'-', _, ..] => (KeyModifiers::CONTROL, &rest[2..]),
            [b'A', b'-', _, ..] => (KeyModifiers::ALT, &rest[2..]),
            [b'S', b'-', _, ..] => (KeyModifiers::SHIFT, &rest[2..]),
            _ => break,
        };
        modifiers |= modifier;
        rest = tail;
    }
    let code = match rest {
        "Space" => KeyCode::Char(' '),
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        "Tab" => KeyCode::Tab,
        "Backspace" => KeyCode::Backspace,
        "Delete" => KeyCode::Delete,
        "Insert" => KeyCode::Insert,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PageUp" => KeyCode::PageUp,
        "PageDown" => KeyCode::PageDown,
        other => {
            let mut chars = other.chars();
            let first = chars.next()?;
            match other[first.len_utf8()..].parse() {
                Ok(number) if first == 'F' => KeyCode::F(number),
                _ if chars.next().is_none() => KeyCode::Char(first),
                _ => return None,
            }
        }
    };
    Some(KeyEvent::new(code, modifiers))
}

/// How a key is called on the screen: `C-s` is `Ctrl+S`.
#[must_use]
pub fn shown_key(chord: &str) -> String {
    let mut out = String::new();
    let mut rest = chord;
    loop {
        let (name, tail) = match rest.as_bytes() {
            [b'C', b'-', _, ..] => ("Ctrl+", &rest[2..]),
            [b'A', b'-', _, ..] => ("Alt+", &rest[2..]),
            [b'S', b'-', _, ..] => ("Shift+", &rest[2..]),
            _ => break,
        };
        out.push_str(name);
        rest = tail;
    }
    out.push_str(&match rest {
        "PageUp" => "PgUp".to_owned(),
        "PageDown" => "PgDn".to_owned(),
        "Insert" => "Ins".to_owned(),
        "Delete" => "Del".to_owned(),
        c if c.len() == 1 => c.to_uppercase(),
        other => other.to_owned(),
    });
    out
}

/// How a key is called in a sentence: in Chinese those with a name of their own have it.
#[must_use]
pub fn named_key(chord: &str, lang: Lang) -> String {
    let name = match chord {
        "Enter" => words("回车", "Enter"),
        "Backspace" => words("退格", "Backspace"),
        "Space" => words("空格键", "Space"),
        other => return shown_key(other),
    };
    name.get(lang).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn invariant_no_key_twice_in_one_context() {
        let mut seen = HashSet::new();
        for binding in KEYMAP {
            for chord in binding.keys.split(' ') {
                assert!(seen.insert((binding.context, chord)), "{chord}");
            }
        }
    }

    #[test]
    fn every_key_of_the_keymap_is_read_and_written_alike() {
        for binding in KEYMAP {
            for written in binding.keys.split(' ') {
                let event = key(written).expect(written);
                assert_eq!(chord(event).as_deref(), Some(written));
            }
        }
    }

    #[test]
    fn keys_that_get_lost_somewhere_are_never_bound() {
        let lost = [
            "C-a", "C-b", "C-d", "C-\\", "C-h", "C-w", "C-n", "C-t", "C-r", "C-Space", "C-.", "F11",
        ];
        for binding in KEYMAP {
            for chord in binding.keys.split(' ') {
                assert!(!lost.contains(&chord), "{chord}");
            }
        }
    }
}
