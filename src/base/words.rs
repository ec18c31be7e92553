//! Texts in both languages, with named arguments.
//!
//! **Never:** a text in one language only, or a choice of language made here.
//! Next: `failure` and the tables (rules, commands) that hold `Words`.

use std::fmt::Write as _;

/// A language of the screen and of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// Simplified Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both languages, in the order of the fields of [`Words`].
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The name used by `--lang` and in configuration.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// Reads `zh`, `en`, `zh_CN.UTF-8`, `en-US`; None for anything else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let head: String = text
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .collect::<String>()
            .to_ascii_lowercase();
        match head.as_str() {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
}

/// One text in both languages; placeholders are written `{name}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Words {
    /// Simplified Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// Shorthand for a `Words` literal in tables.
#[must_use]
pub const fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

impl Words {
    /// The same text for both languages, such as a key or a number.
    #[must_use]
    pub const fn same(text: &'static str) -> Self {
        Words { zh: text, en: text }
    }

    /// The text in one language.
    #[must_use]
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// Names of the placeholders of one language, in order of appearance.
    #[must_use]
    pub fn placeholders(self, lang: Lang) -> Vec<&'static str> {
        let mut rest = self.get(lang);
        let mut names = Vec::new();
        while let Some(open) = rest.find('{') {
            let tail = &rest[open + 1..];
            let Some(close) = tail.find('}') else { break };
            names.push(&tail[..close]);
            rest = &tail[close + 1..];
        }
        names
    }

    /// Appends the text in one language; a placeholder without a value stays as
    /// written.
    pub fn fill(self, args: &[(&'static str, Arg)], lang: Lang, out: &mut String) {
        let mut rest = self.get(lang);
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let tail = &rest[open + 1..];
            let Some(close) = tail.find('}') else {
                out.push_str(&rest[open..]);
                return;
            };
            let name = &tail[..close];
            match args.iter().find(|(key, _)| *key == name) {
                Some((_, arg)) => arg.write(lang, out),
                None => out.push_str(&rest[open..=open + close + 1]),
            }
            rest = &tail[close + 1..];
        }
        out.push_str(rest);
    }

    /// A message of these words with its arguments.
    #[must_use]
    pub fn with(self, args: Vec<(&'static str, Arg)>) -> Message {
        Message { words: self, args }
    }
}

/// An argument of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Text that is the same in both languages.
    Text(Box<str>),
    /// A whole number.
    Number(i64),
    /// Words that follow the language.
    Words(Words),
    /// A message inside the message.
    Message(Box<Message>),
    /// Several arguments side by side, with words between them.
    List(Words, Vec<Arg>),
}

impl Arg {
    fn write(&self, lang: Lang, out: &mut String) {
        match self {
            Arg::Text(text) => out.push_str(text),
            Arg::Number(number) => {
                let _ = write!(out, "{number}");
            }
            Arg::Words(words) => out.push_str(words.get(lang)),
            Arg::Message(message) => message.write(lang, out),
            Arg::List(between, items) => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push_str(between.get(lang));
                    }
                    item.write(lang, out);
                }
            }
        }
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.into())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text.into())
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Words> for Arg {
    fn from(words: Words) -> Self {
        Arg::Words(words)
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Arg::Message(Box::new(message))
    }
}

/// Words with arguments; becomes text when it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The words with their placeholders.
    pub words: Words,
    /// Values of the placeholders by name.
    pub args: Vec<(&'static str, Arg)>,
}

impl From<Words> for Message {
    fn from(words: Words) -> Self {
        Message {
            words,
            args: Vec::new(),
        }
    }
}

impl Message {
    /// The text in one language; a placeholder without a value stays as written.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut out = String::new();
        self.write(lang, &mut out);
        out
    }

    fn write(&self, lang: Lang, out: &mut String) {
        self.words.fill(&self.args, lang, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_fills_its_placeholders_by_name_in_each_language() {
        let inner = words("第{n}行", "line {n}").with(vec![("n", 3_i64.into())]);
        let message = words("{who}：{what}", "{what} by {who}")
            .with(vec![("who", "甲".into()), ("what", inner.into())]);
        assert_eq!(message.text(Lang::Zh), "甲：第3行");
        assert_eq!(message.text(Lang::En), "line 3 by 甲");
        assert_eq!(message.words.placeholders(Lang::En), ["what", "who"]);
    }

    #[test]
    fn an_unknown_placeholder_stays_visible() {
        assert_eq!(
            Message::from(Words::same("a{b}c{")).text(Lang::Zh),
            "a{b}c{"
        );
    }

    #[test]
    fn languages_are_read_from_locale_names() {
        assert_eq!(Lang::read("zh_CN.UTF-8"), Some(Lang::Zh));
        assert_eq!(Lang::read("en-GB"), Some(Lang::En));
        assert_eq!(Lang::read("C"), None);
        assert_eq!(Lang::read("english"), None);
    }
}
