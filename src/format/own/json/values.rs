//! JSON taken apart into keys and raw slices, each with its place in the source.
//!
//! **Never:** lets a value of a wrong type, a repeated or an unknown key go by unsaid.
//! Next: `read` for what the keys mean.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::base::failure::Failure;
use crate::base::place::Place;
use crate::base::words::{Message, Words, words};
use crate::model::Draft;

const UNKNOWN: Words = words(
    "不认识的内容【{key}】，可能来自更新的版本；为了不丢失，本文件只读",
    "unknown key \"{key}\", perhaps of a newer version; the file is read-only so that it is not lost",
);
pub(super) const MAX_NAMED: usize = 20;
const REPEATED: Words = words(
    "【{key}】写了两次，取第一次，第二次列入未放入",
    "\"{key}\" stands twice; the first is read, the second kept as unplaced",
);
const WRONG_TYPE: Words = words(
    "【{raw}】不是应有的类型，列入未放入",
    "{raw} is of the wrong type; kept as unplaced",
);

/// An object as pairs, in order, with repeated keys kept.
pub(super) struct Object<'a>(pub(super) Vec<Pair<'a>>);

/// A key, and its value as it stands in the source.
pub(super) type Pair<'a> = (Cow<'a, str>, &'a str);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object<'de>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::with_capacity(32);
                while let Some(Key(key)) = map.next_key()? {
                    let value: &RawValue = map.next_value()?;
                    pairs.push((key, value.get()));
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// A key or string, borrowed from the source where it has no escapes.
#[derive(Deserialize)]
pub(super) struct Key<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// The name of a place, put together only where a note needs it.
pub(super) type Path<'p> = &'p dyn fmt::Display;

pub(super) struct Reader<'a> {
    pub(super) source: &'a str,
    pub(super) draft: Draft,
    /// A place in the source, with the lines and columns before it.
    pub(super) counted: std::cell::Cell<(usize, usize, usize)>,
    /// How many keys nobody knows.
    pub(super) strangers: usize,
}

/// The failure of broken JSON; `from` is the line and column before the piece read.
pub(super) fn damaged(error: &serde_json::Error, from: (usize, usize)) -> Failure {
    let what = if error.is_eof() {
        words(
            "第 {line} 行第 {column} 列：JSON 到这里就断了，后面的没有了",
            "line {line}, column {column}: the JSON ends here, unfinished",
        )
    } else {
        words(
            "第 {line} 行第 {column} 列：JSON 在这里写错了",
            "line {line}, column {column}: broken JSON here",
        )
    };
    let line = from.0 + error.line();
    let column = error.column().max(1) + if error.line() <= 1 { from.1 } else { 0 };
    let args = vec![("line", line.into()), ("column", column.into())];
    Failure::file(what.with(args)).hint(words(
        "用文本编辑器改正，或从保存前的版本恢复",
        "correct it in a text editor, or go back to the previous version",
    ))
}

/// A raw value as it is quoted in a message.
pub(super) fn short(raw: &str) -> String {
    let start: String = raw.chars().take(40).collect();
    if start.len() < raw.len() {
        format!("{start}…")
    } else {
        start
    }
}

impl<'a> Reader<'a> {
    /// The pairs with each key once; what is repeated is kept as unplaced, at a place
    /// that begins with `before`.
    pub(super) fn distinct<'b>(
        &mut self,
        before: Path,
        pairs: &'b [Pair<'a>],
    ) -> Vec<(&'b str, &'a str)> {
        let mut out: Vec<(&str, &str)> = Vec::with_capacity(pairs.len());
        let mut seen: HashSet<&str> = HashSet::with_capacity(pairs.len());
        for (key, raw) in pairs {
            if seen.insert(key) {
                out.push((key, *raw));
            } else {
                let message = REPEATED.with(vec![("key", (&**key).into())]);
                self.misplaced(&format_args!("{before}{key}"), raw, message);
            }
        }
        out
    }

    pub(super) fn object(&mut self, path: Path, raw: &'a str) -> Result<Vec<Pair<'a>>, Failure> {
        if raw.starts_with('{') {
            let object = serde_json::from_str(raw);
            return object
                .map(|Object(pairs)| pairs)
                .map_err(|error| damaged(&error, self.before(raw)));
        }
        self.mistyped(path, raw);
        Ok(Vec::new())
    }

    pub(super) fn array(&mut self, path: Path, raw: &'a str) -> Result<Vec<&'a str>, Failure> {
        if !raw.starts_with('[') {
            self.mistyped(path, raw);
            return Ok(Vec::new());
        }
        // Numbers and nulls were seen to be JSON with all the rest: commas part them.
        let inside = raw[1..raw.len() - 1].trim_ascii();
        if !inside
            .bytes()
            .any(|byte| matches!(byte, b'"' | b'[' | b'{'))
        {
            let mut values = Vec::with_capacity(8);
            values.extend(inside.split_terminator(',').map(str::trim_ascii));
            return Ok(values);
        }
        let values: Result<Vec<&RawValue>, _> = serde_json::from_str(raw);
        let values = values.map_err(|error| damaged(&error, self.before(raw)))?;
        Ok(values.into_iter().map(RawValue::get).collect())
    }

    /// A string; None, with a note, if it is none.
    pub(super) fn string(
        &mut self,
        path: Path,
        raw: &'a str,
    ) -> Result<Option<Cow<'a, str>>, Failure> {
        if raw.starts_with('"') {
            return serde_json::from_str(raw)
                .map(|Key(text)| Some(text))
                .map_err(|error| damaged(&error, self.before(raw)));
        }
        self.mistyped(path, raw);
        Ok(None)
    }

    /// Lines and columns of the source before a value in it.
    ///
    /// Values come in their order: counting goes on where it was.
    fn before(&self, raw: &str) -> (usize, usize) {
        let at = raw.as_ptr().addr() - self.source.as_ptr().addr();
        let at = at.min(self.source.len());
        let (from, line, column) = match self.counted.get() {
            counted if counted.0 <= at => counted,
            _ => (0, 0, 0),
        };
        let more = &self.source.as_bytes()[from..at];
        let lines = memchr::memchr_iter(b'\n', more).count();
        let last = memchr::memrchr(b'\n', more);
        let column = last.map_or(column + more.len(), |end| more.len() - end - 1);
        self.counted.set((at, line + lines, column));
        (line + lines, column)
    }

    pub(super) fn line(&self, raw: &str) -> Place {
        Place::Line(self.before(raw).0 + 1)
    }

    pub(super) fn place(&self, path: Path, raw: &str) -> Place {
        Place::Value {
            path: path.to_string(),
            line: self.before(raw).0 + 1,
        }
    }

    /// Keeps a value that has no place, with a note that says why.
    pub(super) fn misplaced(&mut self, path: Path, raw: &str, message: Message) {
        self.draft.push_unplaced(self.line(raw), raw);
        self.draft.note(self.place(path, raw), message);
    }

    pub(super) fn mistyped(&mut self, path: Path, raw: &str) {
        let args = vec![("raw", short(raw).into())];
        self.misplaced(path, raw, WRONG_TYPE.with(args));
    }

    pub(super) fn unknown(&mut self, path: Path, raw: &str) {
        self.draft.unknown_keys = true;
        self.strangers += 1;
        if self.strangers > MAX_NAMED {
            return;
        }
        let place = self.place(path, raw);
        self.draft
            .note(place, UNKNOWN.with(vec![("key", path.to_string().into())]));
    }
}
