//! The keys in effect: the keymap with what a user changed in it.
//!
//! An entry of the user takes the place of all keys that the keymap gives the
//! same command in the same context; an empty one takes them away.
//!
//! **Never:** a key twice in one context; Esc or the palette out of reach.
//! Next: `keymap` for the table, `cli::settings` for where entries come from.

use crossterm::event::KeyEvent;

use super::command::{COMMANDS, Command};
use super::keymap::{Context, KEYMAP, chord, key};
use crate::base::words::{Message, Words, words};

/// Keys of this session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bound: Vec<Bound>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Bound {
    context: Context,
    chord: String,
    command: Command,
}

/// What a user wrote: the keys of a command in a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Name of the context.
    pub context: String,
    /// Name of the command.
    pub command: String,
    /// Keys, separated by spaces.
    pub keys: String,
}

impl Default for Keymap {
    fn default() -> Self {
        let bound = KEYMAP.iter().flat_map(|binding| {
            binding.keys.split(' ').map(|chord| Bound {
                context: binding.context,
                chord: chord.to_owned(),
                command: binding.command,
            })
        });
        Keymap {
            bound: bound.collect(),
        }
    }
}

impl Keymap {
    /// The keymap with a user's entries in it, and what was wrong with them.
    #[must_use]
    pub fn with(entries: &[Entry]) -> (Self, Vec<Message>) {
        let mut this = Keymap::default();
        let mut notes = Vec::new();
        let mut wanted = Vec::new();
        for entry in entries {
            let context = Context::ALL
                .into_iter()
                .find(|context| context.key() == entry.context);
            let command = COMMANDS.iter().find(|info| info.name == entry.command);
            match (context, command) {
                (Some(context), Some(info)) => {
                    this.bound
                        .retain(|bound| (bound.context, bound.command) != (context, info.command));
                    wanted.push((context, info.command, entry));
                }
                (None, _) => notes.push(note(
                    words("没有按键范围 {name}", "there is no context {name}"),
                    &entry.context,
                )),
                (_, None) => notes.push(note(
                    words("没有命令 {name}", "there is no command {name}"),
                    &entry.command,
                )),
            }
        }
        for (context, command, entry) in wanted {
            for written in entry.keys.split_whitespace() {
                if let Err(refused) = this.bind(context, written, command) {
                    notes.push(note(refused, written));
                }
            }
        }
        for (command, usual) in [(Command::Close, "Esc"), (Command::Palette, "F10")] {
            if this.keys_in(Context::Everywhere, command).next().is_none() {
                this.bound
                    .retain(|bound| (bound.context, &*bound.chord) != (Context::Everywhere, usual));
                let _ = this.bind(Context::Everywhere, usual, command);
                notes.push(note(
                    words(
                        "{name} 留给原来的命令，否则有的命令就够不到了",
                        "{name} keeps its command, or others would be out of reach",
                    ),
                    usual,
                ));
            }
        }
        (this, notes)
    }

    fn bind(&mut self, context: Context, written: &str, command: Command) -> Result<(), Words> {
        let Some(known) = key(written).and_then(chord) else {
            return Err(words("没有按键 {name}", "there is no key {name}"));
        };
        let types = known.chars().count() == 1 && known.chars().all(char::is_alphanumeric);
        if types || known == "Space" && context == Context::Prompt {
            return Err(words(
                "{name} 是打字用的，不能给命令",
                "{name} types text and can't be bound",
            ));
        }
        if known == "Esc" && command != Command::Close {
            return Err(words(
                "{name} 只能用来关闭和打开菜单",
                "{name} closes and opens the menu, nothing else",
            ));
        }
        let taken = |bound: &Bound| (bound.context, &bound.chord) == (context, &known);
        if self.bound.iter().any(taken) {
            return Err(words(
                "{name} 已经给了别的命令，这一处没有用上",
                "{name} is bound already; this one was left out",
            ));
        }
        self.bound.push(Bound {
            context,
            chord: known,
            command,
        });
        Ok(())
    }

    /// The command of a key in a context.
    #[must_use]
    pub fn command_of(&self, context: Context, key: KeyEvent) -> Option<Command> {
        self.command_at(context, &chord(key)?)
    }

    /// The command of a key as it is written, in a context or everywhere.
    #[must_use]
    pub fn command_at(&self, context: Context, chord: &str) -> Option<Command> {
        let bound = |context: Context| {
            self.bound
                .iter()
                .find(|bound| bound.context == context && bound.chord == chord)
                .map(|bound| bound.command)
        };
        bound(context).or_else(|| bound(Context::Everywhere))
    }

    /// The keys of a command in any context, each once.
    #[must_use]
    pub fn keys_of(&self, command: Command) -> Vec<&str> {
        let mut keys: Vec<&str> = Vec::new();
        for bound in self.bound.iter().filter(|bound| bound.command == command) {
            if !keys.contains(&bound.chord.as_str()) {
                keys.push(&bound.chord);
            }
        }
        keys
    }

    /// The keys of a command in one context.
    pub fn keys_in(&self, context: Context, command: Command) -> impl Iterator<Item = &str> {
        self.bound
            .iter()
            .filter(move |bound| (bound.context, bound.command) == (context, command))
            .map(|bound| bound.chord.as_str())
    }
}

fn note(what: Words, name: &str) -> Message {
    let name = crate::base::width::shown(name).into_owned();
    words("按键：{what}", "keys: {what}").with(vec![(
        "what",
        what.with(vec![("name", name.into())]).into(),
    )])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::words::Lang;

    fn entry(context: &str, command: &str, keys: &str) -> Entry {
        Entry {
            context: context.into(),
            command: command.into(),
            keys: keys.into(),
        }
    }

    fn at(keymap: &Keymap, chord: &str) -> Option<Command> {
        keymap.command_of(Context::Matrix, key(chord).expect("a key"))
    }

    #[test]
    fn an_entry_replaces_the_keys_of_its_command_in_its_context() {
        let (keymap, notes) = Keymap::with(&[entry("everywhere", "problem.next", "F11 C-r")]);
        assert!(notes.is_empty(), "{notes:?}");
        assert_eq!(at(&keymap, "F11"), Some(Command::NextProblem));
        assert_eq!(at(&keymap, "F8"), None);
        assert_eq!(keymap.keys_of(Command::NextProblem), ["F11", "C-r"]);
    }

    #[test]
    fn two_commands_may_change_places() {
        let (keymap, notes) = Keymap::with(&[
            entry("everywhere", "problem.next", "F5"),
            entry("everywhere", "problem.list", "F8"),
        ]);
        assert!(notes.is_empty(), "{notes:?}");
        assert_eq!(at(&keymap, "F5"), Some(Command::NextProblem));
        assert_eq!(at(&keymap, "F8"), Some(Command::CheckAll));
    }

    #[test]
    fn wrong_entries_become_notes_and_change_nothing() {
        let (keymap, notes) = Keymap::with(&[
            entry("nowhere", "problem.next", "F8"),
            entry("everywhere", "problem.dance", "F8"),
            entry("matrix", "edit.undo", "5"),
            entry("matrix", "edit.redo", "Tab"),
            entry("everywhere", "app.quit", "Esc"),
            entry("everywhere", "app.palette", ""),
        ]);
        let said: Vec<String> = notes.iter().map(|note| note.text(Lang::En)).collect();
        assert_eq!(said.len(), 6, "{said:?}");
        assert_eq!(at(&keymap, "F8"), Some(Command::NextProblem));
        assert_eq!(at(&keymap, "Tab"), Some(Command::NextEntry));
        assert_eq!(at(&keymap, "Esc"), Some(Command::Close));
        assert_eq!(at(&keymap, "F10"), Some(Command::Palette));
    }
}
