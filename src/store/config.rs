//! Files that a user writes for the program: settings and profiles.
//!
//! **Never:** knows what is in one; changes an entry that it was not asked to.
//! Next: `cli::settings`, which reads their content.

use std::fmt;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Message, Words, words};

use super::Store;
use super::disk::{self, Real};
use super::failure::reason;
use super::save::Over;

/// Longest file of settings that is read.
const LONGEST: u64 = 256 * 1024;

const UNREADABLE: Words = words(
    "这个文件读不懂，没有动它。",
    "It can't be read as settings; the file was not changed.",
);

/// The bytes of a file of settings; None where there is none.
///
/// # Errors
/// What the system says, or that the file is too large to be meant.
pub fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match disk::open(&Real, path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !file.metadata()?.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(Some(bytes))
}

impl Store {
    /// Sets one entry of a file of settings, which is made with its folder where there is
    /// none. All else in it stays as it is written.
    ///
    /// # Errors
    /// A [`Failure`] if the file can't be read or written; it is as it was.
    pub fn set(&self, path: &Path, key: &str, value: &serde_json::Value) -> Result<(), Failure> {
        let refused = |why: Message| {
            let what = words("没有记进 {file}：{why}", "not kept in {file}: {why}");
            Failure::file(what.with(vec![("file", shown_path(path).into()), ("why", why.into())]))
        };
        let old = read(path).map_err(|error| refused(reason(&error)))?;
        let new = match &old {
            Some(old) => with(old, key, value).ok_or_else(|| refused(UNREADABLE.into()))?,
            None => format!("{{{}:{value}}}\n", serde_json::Value::from(key)),
        };
        if old.as_deref() == Some(new.as_bytes()) {
            return Ok(());
        }
        let made = disk::make_folder(self.disk(), disk::folder_of(path));
        made.map_err(|error| refused(reason(&error)))?;
        let saved = self.save(path, new.as_bytes(), Over::Paper);
        saved.map(drop).map_err(|failure| {
            let failure = failure.failure().clone();
            refused(failure.why.map_or(failure.what, |why| *why))
        })
    }
}

/// A file of settings with one entry set; None if it is no JSON object.
fn with(old: &[u8], key: &str, value: &serde_json::Value) -> Option<String> {
    let old = str::from_utf8(old).ok()?;
    let entries = entries(old)?;
    // JSON takes the last of two entries with one key.
    let same = entries.iter().rev().find(|(name, _)| name == key);
    let (range, text) = if let Some((_, range)) = same {
        (range.clone(), value.to_string())
    } else {
        let key = serde_json::Value::from(key);
        let open = old.find('{')? + 1;
        match entries.last() {
            Some((_, last)) => {
                // A new entry stands as far in as the first one.
                let indent = old.get(open..)?.split('"').next()?;
                (last.end..last.end, format!(",{indent}{key}:{value}"))
            }
            None => (open..open, format!("{key}:{value}")),
        }
    };
    let mut new = old.to_owned();
    new.replace_range(range, &text);
    Some(new)
}

/// The entries of a JSON object, each with the place of its value in the text.
fn entries(text: &str) -> Option<Vec<(String, std::ops::Range<usize>)>> {
    struct Entries;
    impl<'de> Visitor<'de> for Entries {
        type Value = Vec<(String, &'de RawValue)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(entries)
        }
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let entries = reader.deserialize_map(Entries).ok()?;
    reader.end().ok()?;
    let place = |(key, value): (String, &RawValue)| {
        let start = value.get().as_ptr().addr() - text.as_ptr().addr();
        (key, start..start + value.get().len())
    };
    Some(entries.into_iter().map(place).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_entry_is_set_and_all_else_stays_as_it_is_written() {
        for (old, new) in [
            ("{}", "{\"theme\":\"dark\"}"),
            ("{\n}\n", "{\"theme\":\"dark\"\n}\n"),
            (
                "{ \"theme\" : \"light\", \"b\":1 }",
                "{ \"theme\" : \"dark\", \"b\":1 }",
            ),
            (
                "{\"z\":[1, 2],\"a\":null}",
                "{\"z\":[1, 2],\"a\":null,\"theme\":\"dark\"}",
            ),
            (
                "{\n  \"keys\": {\"theme\": \"x\"},\n  \"language\": \"zh\"\n}\n",
                "{\n  \"keys\": {\"theme\": \"x\"},\n  \"language\": \"zh\",\n  \"theme\":\"dark\"\n}\n",
            ),
            // Written twice: the one that counts.
            (
                "{\"theme\":\"light\",\"theme\":\"none\"}",
                "{\"theme\":\"light\",\"theme\":\"dark\"}",
            ),
        ] {
            let set = with(old.as_bytes(), "theme", &"dark".into());
            assert_eq!(set.as_deref(), Some(new), "{old}");
        }
        for broken in [
            "",
            "{",
            "[]",
            "{\"a\":1,}",
            "{} x",
            "// a\n{}",
            "\u{feff}{}",
        ] {
            assert_eq!(
                with(broken.as_bytes(), "theme", &1.into()),
                None,
                "{broken}"
            );
        }
        assert_eq!(with(b"{\"a\":\"\xff\"}", "theme", &1.into()), None);
    }
}
