//! `config.json` and `profile.json`: what a user or a body set for all runs.
//!
//! ```json
//! {"language":"zh","theme":"auto","wide_ambiguous":null,"mouse":false,
//!  "keys":{"everywhere":{"problem.next":"F8 C-g"},"matrix":{"row.fill":"+"}}}
//!
//! {"rules":{"S-HEADING":{"level":"off","since":"2025-01-01","reason":"..."}},
//!  "limits":{"overview_length":{"value":1500,"since":"2025-01-01","reason":"..."}}}
//! ```
//!
//! **Never:** stops for a wrong entry: it becomes a note and the rest counts.
//! Next: `tui::bindings` and `check::profile`, which say what entries mean.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::base::failure::Failure;
use crate::base::words::{Lang, Message, Words, words};
use crate::check::profile::{Level, Limit, OFF, THRESHOLDS};
use crate::check::{Profile, Severity, rule};
use crate::store::failure::reason;
use crate::store::{config, machine};
use crate::tui::bindings::{Entry, Keymap};
use crate::tui::theme::{Background, THEMES, Theme};

use super::{Io, locale};

/// Names the folder of `config.json` and `profile.json`, for tests and for
/// machines whose home is not usable.
pub const CONFIG_VARIABLE: &str = "GOUJI_CONFIG_DIR";
/// The file of settings, in the folder of configuration.
pub const CONFIG: &str = "config.json";
/// The file of severities and limits, in the same folder.
pub const PROFILE: &str = "profile.json";

/// What `config.json` says.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Where it would lie; None where the user has no home.
    pub folder: Option<PathBuf>,
    /// The language.
    pub lang: Option<Lang>,
    /// What the colours stand on.
    pub theme: Background,
    /// How wide characters of ambiguous width are.
    pub wide_ambiguous: Option<bool>,
    /// The mouse is the program's.
    pub mouse: bool,
    /// The keys.
    pub keymap: Keymap,
    /// What could not be used.
    pub notes: Vec<Message>,
}

/// Reads `config.json`, if there is one.
#[must_use]
pub fn read(io: &Io) -> Settings {
    let folder = (io.env)(CONFIG_VARIABLE)
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
        .or_else(|| machine::places().config);
    let mut settings = Settings {
        folder,
        ..Settings::default()
    };
    let Some(path) = settings.path(CONFIG) else {
        return settings;
    };
    match object(&path) {
        Ok(Some(entries)) => settings.take(&entries),
        Ok(None) => {}
        Err(why) => settings.notes.push(why),
    }
    for note in &mut settings.notes {
        *note = words("{file}：{what}", "{file}: {what}")
            .with(vec![("file", CONFIG.into()), ("what", note.clone().into())]);
    }
    settings
}

impl Settings {
    /// A file of the folder of configuration.
    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(name))
    }

    fn take(&mut self, entries: &Map<String, Value>) {
        for (key, value) in entries {
            let taken = match (key.as_str(), value) {
                (_, Value::Null) => true,
                ("language", Value::String(text)) => {
                    self.lang = Lang::ALL.into_iter().find(|lang| lang.key() == text);
                    self.lang.is_some()
                }
                ("theme", Value::String(text)) => match wanted(text) {
                    Some(theme) => {
                        self.theme = theme;
                        true
                    }
                    None => false,
                },
                ("wide_ambiguous", Value::Bool(wide)) => {
                    self.wide_ambiguous = Some(*wide);
                    true
                }
                ("mouse", Value::Bool(is_on)) => {
                    self.mouse = *is_on;
                    true
                }
                ("keys", Value::Object(contexts)) => {
                    self.bind(contexts);
                    true
                }
                ("language" | "theme" | "wide_ambiguous" | "mouse" | "keys", _) => false,
                _ => {
                    self.notes.push(unknown(key));
                    true
                }
            };
            if !taken {
                self.notes.push(unusable(key, value));
            }
        }
    }

    fn bind(&mut self, contexts: &Map<String, Value>) {
        let mut entries = Vec::new();
        for (context, commands) in contexts {
            let Value::Object(commands) = commands else {
                self.notes.push(unusable(context, commands));
                continue;
            };
            for (command, keys) in commands {
                let Value::String(keys) = keys else {
                    self.notes.push(unusable(command, keys));
                    continue;
                };
                entries.push(Entry {
                    context: context.clone(),
                    command: command.clone(),
                    keys: keys.clone(),
                });
            }
        }
        let (keymap, notes) = Keymap::with(&entries);
        self.keymap = keymap;
        self.notes.extend(notes);
    }

    /// The theme for this terminal.
    #[must_use]
    pub fn theme(&self, io: &Io) -> Theme {
        let depth = depth(io);
        if depth == Depth::None {
            return Theme::NONE;
        }
        Theme {
            background: self.theme,
            seen: background(io),
            is_many: depth == Depth::Many,
        }
    }
}

/// How many colours there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    None,
    Sixteen,
    Many,
}

/// The theme of this name. Names of before, such as `256-dark`, say their background too.
fn wanted(text: &str) -> Option<Background> {
    let key = text
        .rsplit_once('-')
        .map_or(text, |(_, background)| background);
    THEMES
        .iter()
        .find(|info| info.key == key)
        .map(|info| info.background)
}

/// How many colours the terminal says it has; `NO_COLOR` is obeyed first.
fn depth(io: &Io) -> Depth {
    let variable = |name| (io.env)(name).unwrap_or_default();
    let term = variable("TERM");
    let colours = variable("COLORTERM");
    let begins = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
    let plain = term == "dumb" || term.contains("mono") || term.ends_with("-m");
    let says_many = term.contains("256color") || term.ends_with("-direct");
    if plain || io.is_set("NO_COLOR") || begins(&["vt1", "vt2", "vt3", "vt5"]) {
        Depth::None
    } else if says_many
        || matches!(colours.as_str(), "truecolor" | "24bit")
        || begins(&["alacritty", "foot", "xterm-kitty"])
    {
        Depth::Many
    } else {
        Depth::Sixteen
    }
}

/// Whether the terminal may be asked for its background (OSC 11): one that does not know
/// the question would show it.
#[must_use]
pub fn tells_background(io: &Io) -> bool {
    let term = (io.env)("TERM").unwrap_or_default();
    let others = ["linux", "vt", "cons", "ansi", "eterm", "sun", "wy"];
    let is_other = term.is_empty() || others.iter().any(|name| term.starts_with(name));
    depth(io) != Depth::None && !is_other
}

/// Whether frames are to be drawn in ASCII whatever was measured: the fonts of the Linux
/// console need not have more.
#[must_use]
pub fn draws_ascii(io: &Io) -> bool {
    (io.env)("TERM").is_some_and(|term| term == "linux") || !is_utf8(io)
}

/// Whether the terminal is said to speak UTF-8, or nothing is said.
#[must_use]
pub fn is_utf8(io: &Io) -> bool {
    locale("LC_CTYPE", io).is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// The background that the terminal's environment tells of.
fn background(io: &Io) -> Background {
    let colours = (io.env)("COLORFGBG").unwrap_or_default();
    match colours.rsplit(';').next() {
        Some("7" | "15") => Background::Light,
        Some("0" | "8") => Background::Dark,
        _ => Background::Auto,
    }
}

/// Whether copied text may be handed to the terminal (OSC 52).
///
/// Only where it is known to work. tmux swallows what it does not allow, so it
/// may be asked; `screen` and `PuTTY` would show it or take it for something else.
#[must_use]
pub fn takes_copies(io: &Io) -> bool {
    let variable = |name| (io.env)(name).unwrap_or_default();
    let term = variable("TERM");
    if io.is_set("STY") || term == "dumb" {
        return false;
    }
    if io.is_set("TMUX") {
        return true;
    }
    let by_term = [
        "xterm-kitty",
        "foot",
        "alacritty",
        "wezterm",
        "xterm-ghostty",
        "contour",
    ];
    let by_program = ["WezTerm", "ghostty", "vscode"];
    by_term.iter().any(|name| term.starts_with(name))
        || by_program.contains(&variable("TERM_PROGRAM").as_str())
        || io.is_set("WT_SESSION")
}

/// The object in a file of settings; None where there is no file.
fn object(path: &Path) -> Result<Option<Map<String, Value>>, Message> {
    let bytes = match config::read(path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(None),
        Err(error) => return Err(reason(&error)),
    };
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(entries)) => Ok(Some(entries)),
        Ok(_) => Err(words("不是 JSON 对象", "this is no JSON object").into()),
        Err(error) => Err(words(
            "不是 JSON，第 {line} 行第 {col} 列读不下去",
            "this is no JSON: it ends at line {line}, column {col}",
        )
        .with(vec![
            ("line", error.line().into()),
            ("col", error.column().into()),
        ])),
    }
}

fn named(what: Words, key: &str) -> Message {
    let key = crate::base::width::shown(key).into_owned();
    what.with(vec![("key", key.into())])
}

fn unknown(key: &str) -> Message {
    named(words("不认识【{key}】", "\"{key}\" is not known"), key)
}

fn unusable(key: &str, value: &Value) -> Message {
    const LONG: usize = 40;
    let value: String = value.to_string().chars().take(LONG).collect();
    let key = crate::base::width::shown(key).into_owned();
    let value = crate::base::width::shown(&value).into_owned();
    words("【{key}】不能是 {value}", "\"{key}\" can't be {value}")
        .with(vec![("key", key.into()), ("value", value.into())])
}

/// A profile that was read, and where from.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The profile.
    pub profile: Profile,
    /// Its file, if there was one.
    pub file: Option<PathBuf>,
    /// What could not be used.
    pub notes: Vec<Message>,
}

impl Settings {
    /// The profile of a run: the one named, else the one of the folder.
    ///
    /// # Errors
    /// A [`Failure`] if a profile was named that can't be read at all.
    pub fn profile(&self, named: Option<&Path>) -> Result<Read, Failure> {
        let is_named = named.is_some();
        let Some(path) = named.map(PathBuf::from).or_else(|| self.path(PROFILE)) else {
            return Ok(Read::default());
        };
        let shown = crate::base::path::shown_path(&path);
        let entries = match object(&path) {
            Ok(Some(entries)) => entries,
            Ok(None) if !is_named => return Ok(Read::default()),
            Ok(None) => {
                let missing = words("没有这个文件。", "There is no such file.");
                return Err(cannot(&shown).because(missing));
            }
            Err(why) if is_named => return Err(cannot(&shown).because(why)),
            Err(why) => {
                let notes = vec![about(&shown, why)];
                return Ok(Read {
                    notes,
                    ..Read::default()
                });
            }
        };
        let mut notes = Vec::new();
        let profile = profile_of(&entries, &mut notes);
        Ok(Read {
            profile,
            file: Some(path),
            notes: notes.into_iter().map(|note| about(&shown, note)).collect(),
        })
    }
}

fn cannot(file: &str) -> Failure {
    Failure::file(
        words("读不了配置 {file}", "cannot read the profile {file}")
            .with(vec![("file", file.into())]),
    )
}

fn about(file: &str, what: Message) -> Message {
    words("{file}：{what}", "{file}: {what}")
        .with(vec![("file", file.into()), ("what", what.into())])
}

fn profile_of(entries: &Map<String, Value>, notes: &mut Vec<Message>) -> Profile {
    let mut profile = Profile::default();
    for (key, value) in entries {
        match (key.as_str(), value) {
            ("rules", Value::Object(rules)) => {
                for (code, entry) in rules {
                    match level_of(code, entry) {
                        Ok(level) => profile.levels.push(level),
                        Err(note) => notes.push(note),
                    }
                }
            }
            ("limits", Value::Object(limits)) => {
                for (key, entry) in limits {
                    match limit_of(key, entry) {
                        Ok(limit) => profile.limits.push(limit),
                        Err(note) => notes.push(note),
                    }
                }
            }
            ("rules" | "limits", _) => notes.push(unusable(key, value)),
            _ => notes.push(unknown(key)),
        }
    }
    profile
}

fn level_of(code: &str, entry: &Value) -> Result<Level, Message> {
    let rule = rule(code).ok_or_else(|| {
        named(
            words("没有规则【{key}】", "there is no rule \"{key}\""),
            code,
        )
    })?;
    let (since, reason) = dated(code, entry)?;
    let level = &entry["level"];
    let severity = match level.as_str() {
        Some(OFF) => None,
        Some(key) => Some(Severity::by_key(key).ok_or_else(|| unusable("level", level))?),
        None => return Err(unusable("level", level)),
    };
    Ok(Level {
        rule,
        severity,
        since,
        reason,
    })
}

fn limit_of(key: &str, entry: &Value) -> Result<Limit, Message> {
    let threshold = THRESHOLDS
        .iter()
        .find(|threshold| threshold.key == key)
        .ok_or_else(|| {
            named(
                words("没有限值【{key}】", "there is no limit \"{key}\""),
                key,
            )
        })?;
    let (since, reason) = dated(key, entry)?;
    let value = &entry["value"];
    let value = value
        .as_i64()
        .filter(|value| *value >= 0)
        .ok_or_else(|| unusable("value", value))?;
    Ok(Limit {
        threshold,
        value,
        since,
        reason,
    })
}

/// Since when and why; without both an entry does not count.
fn dated(key: &str, entry: &Value) -> Result<(String, String), Message> {
    let text = |name: &str| {
        let text = entry[name].as_str().map(str::trim).unwrap_or_default();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let since = text("since").filter(|since| is_date(since));
    match (since, text("reason")) {
        (Some(since), Some(reason)) => Ok((since, reason)),
        (None, _) => Err(named(
            words(
                "【{key}】没有写 since（从哪天起，如 2025-01-01），没有用上",
                "\"{key}\" has no since (a date such as 2025-01-01); it was left out",
            ),
            key,
        )),
        (_, None) => Err(named(
            words(
                "【{key}】没有写 reason（为什么），没有用上",
                "\"{key}\" has no reason; it was left out",
            ),
            key,
        )),
    }
}

/// Whether a text is a day as `2025-01-01`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |text: &str, digits: usize| {
        (text.len() == digits)
            .then(|| text.parse::<u32>().ok())
            .flatten()
    };
    let [year, month, day] = parts[..] else {
        return false;
    };
    number(year, 4).is_some()
        && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(env: &[(&str, &str)], see: impl Fn(&Io) -> T) -> T {
        let variable = |name: &str| {
            let found = env.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        see(&Io {
            stdin: &mut std::io::empty(),
            stdout: &mut std::io::sink(),
            stderr: &mut std::io::sink(),
            env: &variable,
            is_terminal: true,
            is_watched: false,
            interrupts: &std::sync::Arc::default,
            trouble: None,
        })
    }

    #[test]
    fn the_terminal_says_how_many_colours_it_has() {
        let many = |seen| Theme {
            seen,
            is_many: true,
            ..Theme::default()
        };
        let sixteen = |seen| Theme {
            seen,
            ..Theme::default()
        };
        let theme = |env: &[(&str, &str)]| with(env, |io| Settings::default().theme(io));
        for (env, wanted) in [
            (
                &[("TERM", "xterm-256color"), ("NO_COLOR", "1")][..],
                Theme::NONE,
            ),
            (&[("TERM", "vt100")], Theme::NONE),
            (&[("TERM", "dumb")], Theme::NONE),
            (&[("TERM", "linux")], sixteen(Background::Auto)),
            (&[("TERM", "screen")], sixteen(Background::Auto)),
            (&[("TERM", "xterm")], sixteen(Background::Auto)),
            (&[("TERM", "screen-256color")], many(Background::Auto)),
            (
                &[("TERM", "xterm-256color"), ("COLORFGBG", "15;0")],
                many(Background::Dark),
            ),
            (
                &[("TERM", "xterm"), ("COLORFGBG", "0;15")],
                sixteen(Background::Light),
            ),
            (&[], sixteen(Background::Auto)),
        ] {
            assert_eq!(theme(env), wanted, "{env:?}");
        }
        let dark = Settings {
            theme: Background::Dark,
            ..Settings::default()
        };
        assert_eq!(with(&[("NO_COLOR", "1")], |io| dark.theme(io)), Theme::NONE);
        assert_eq!(
            with(&[("TERM", "linux"), ("COLORFGBG", "0;15")], |io| dark
                .theme(io)
                .ground()),
            Background::Dark
        );
    }

    #[test]
    fn a_terminal_is_asked_for_its_background_where_it_would_not_show_the_question() {
        for (env, is_asked) in [
            (&[("TERM", "xterm-256color")][..], true),
            (&[("TERM", "xterm")], true),
            (&[("TERM", "tmux-256color")], true),
            (&[("TERM", "screen")], true),
            (&[("TERM", "putty")], true),
            (&[("TERM", "xterm"), ("NO_COLOR", "1")], false),
            (&[("TERM", "linux")], false),
            (&[("TERM", "vt220")], false),
            (&[("TERM", "cons25")], false),
            (&[("TERM", "dumb")], false),
            (&[], false),
        ] {
            assert_eq!(with(env, tells_background), is_asked, "{env:?}");
        }
    }

    #[test]
    fn frames_are_ascii_where_the_line_or_the_font_may_have_nothing_else() {
        for (env, is_ascii) in [
            (&[("TERM", "xterm"), ("LANG", "zh_CN.UTF-8")][..], false),
            (&[("TERM", "xterm"), ("LANG", "zh_CN.GBK")], true),
            (&[("TERM", "xterm"), ("LANG", "C")], true),
            (
                &[
                    ("TERM", "xterm"),
                    ("LANG", "zh_CN.GBK"),
                    ("LC_CTYPE", "zh_CN.utf8"),
                ],
                false,
            ),
            (
                &[
                    ("TERM", "xterm"),
                    ("LANG", "zh_CN.UTF-8"),
                    ("LC_ALL", "POSIX"),
                ],
                true,
            ),
            (&[("TERM", "linux"), ("LANG", "zh_CN.UTF-8")], true),
            (&[("TERM", "xterm")], false),
        ] {
            assert_eq!(with(env, draws_ascii), is_ascii, "{env:?}");
        }
    }

    #[test]
    fn names_of_themes_of_before_still_say_their_background() {
        for (name, background) in [
            ("dark", Some(Background::Dark)),
            ("256-light", Some(Background::Light)),
            ("none", Some(Background::None)),
            ("auto", Some(Background::Auto)),
            ("blue", None),
        ] {
            assert_eq!(wanted(name), background, "{name}");
        }
    }

    #[test]
    fn copies_go_only_where_they_are_known_to_arrive() {
        for (env, takes) in [
            (&[("TERM", "xterm-kitty")][..], true),
            (&[("TERM", "xterm-256color"), ("WT_SESSION", "1")], true),
            (&[("TERM", "screen"), ("TMUX", "/tmp/x")], true),
            (
                &[("TERM", "screen"), ("STY", "1.pts"), ("TMUX", "/tmp/x")],
                false,
            ),
            (&[("TERM", "screen")], false),
            (&[("TERM", "xterm")], false),
            (&[("TERM", "putty-256color")], false),
            (&[], false),
        ] {
            assert_eq!(with(env, takes_copies), takes, "{env:?}");
        }
    }

    #[test]
    fn a_day_is_written_in_one_way() {
        assert!(is_date("2025-01-31"));
        for wrong in [
            "",
            "2025",
            "2025-1-1",
            "2025-13-01",
            "01-01-2025",
            "2025-01-00",
        ] {
            assert!(!is_date(wrong), "{wrong}");
        }
    }
}
