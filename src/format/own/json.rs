//! The editor's own file: JSON, version 1.
//!
//! ```json
//! {"gouji":1,"form":"2021",
//! "head":{"title":"..","body":"..","year":2024,"period":null,"basis":null,"contact":null,"published":null},
//! "headings":[["s1","一、总体情况"],[null,"七、附件"]],
//! "t2":{
//! "rules":[0,0,null],
//! "admin_fees":["2.00"]},
//! "texts":{"preamble":"..","s1":".."},
//! "unplaced":[{"place":"line 84","text":".."}],
//! "lost":["t3.denied_admin_query"],
//! "unread":[{"table":"t3","seen":"picture","place":"paragraph 12"}],
//! "keying":["t3"],
//! "remarks":[{"rule":"..","site":"..","numbers":["2"],"text":"..","by":".."}],
//! "questions":[{"site":"..","text":".."}]}
//! ```
//! One row of a table a line, columns in the form's order; null is blank, a
//! number a count, a string anything else, read again by the cells' one codec.
//! `lost` and `unread`, rows and tables that were not found in the source, are
//! written only where there are any; so is `keying`, tables that are being keyed.
//!
//! Objects are taken apart into keys and raw slices first, so that a value of a
//! wrong type, a repeated or an unknown key is seen as it stands and costs
//! nothing where there is none.
//!
//! **Never:** drops what it does not understand: that becomes a note, and the
//! file read-only.
//! Next: `model::Draft`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::base::failure::Failure;
use crate::base::number::MAX_DIGITS;
use crate::base::width::escaped;
use crate::base::words::{Message, Words, words};
use crate::form::{self, Form, Kind};
use crate::format::encoding::place;
use crate::format::{Options, decode};
use crate::model::{Cell, Draft, HeadField, Question, Remark, Report, Seen, Unread};

const VERSION: u64 = 1;

// ---- writing

/// The file of a report.
pub(in crate::format) fn write(report: &Report) -> String {
    let form = report.form();
    let mut out = format!("{{\"gouji\":{VERSION}");
    field(&mut out, ",\"form\":", form.key);
    out.push_str(",\n\"head\":{");
    list(&mut out, ",", HeadField::ALL, |out, head| {
        string(out, head.key());
        out.push(':');
        let text = report.head().get(head);
        match head {
            HeadField::Title | HeadField::Body => string(out, &text),
            _ if text.is_empty() => out.push_str("null"),
            HeadField::Year => out.push_str(&text),
            _ => string(out, &text),
        }
    });
    out.push_str("},\n\"headings\":[");
    list(&mut out, ",", report.headings(), |out, heading| {
        match heading.section {
            Some(section) => field(out, "[", form.section(section).key),
            None => out.push_str("[null"),
        }
        field(out, ",", &heading.text);
        out.push(']');
    });
    out.push(']');
    for prefix in form.prefixes() {
        field(&mut out, ",\n", prefix);
        out.push_str(":{\n");
        let rows = form.tables_of(prefix).flat_map(|table| {
            let table = &form.tables[table];
            (0..table.rows.len()).map(move |row| (table, row))
        });
        list(&mut out, ",\n", rows, |out, (table, row)| {
            string(out, table.rows[row].key);
            out.push_str(":[");
            list(out, ",", 0..table.cols.len(), |out, col| {
                match report.cell(table.cell(row, col)) {
                    Cell::Blank => out.push_str("null"),
                    cell @ Cell::Count(_) => out.push_str(&cell.text()),
                    cell => string(out, &cell.text()),
                }
            });
            out.push(']');
        });
        out.push('}');
    }
    out.push_str(",\n\"texts\":{");
    list(&mut out, ",", form.texts(), |out, text| {
        field(out, "", form.section(text).key);
        field(out, ":", report.text(text));
    });
    out.push_str("},\n\"unplaced\":[");
    list(&mut out, ",\n", report.unplaced(), |out, piece| {
        field(out, "{\"place\":", &piece.place);
        field(out, ",\"text\":", &piece.text);
        out.push('}');
    });
    let lost: Vec<(usize, usize)> = report.lost().collect();
    if !lost.is_empty() {
        out.push_str("],\n\"lost\":[");
        list(&mut out, ",", lost, |out, (table, row)| {
            let table = &form.tables[table];
            string(out, &format!("{}.{}", table.prefix, table.rows[row].key));
        });
    }
    let unread: Vec<&Unread> = report.unread().collect();
    if !unread.is_empty() {
        out.push_str("],\n\"unread\":[");
        list(&mut out, ",\n", unread, |out, unread| {
            field(out, "{\"table\":", unread.prefix);
            field(out, ",\"seen\":", unread.seen.key());
            field(out, ",\"place\":", &unread.place);
            out.push('}');
        });
    }
    if !report.keying().is_empty() {
        out.push_str("],\n\"keying\":[");
        list(&mut out, ",", report.keying(), |out, prefix| {
            string(out, prefix);
        });
    }
    out.push_str("],\n\"remarks\":[");
    list(&mut out, ",\n", report.remarks(), |out, remark| {
        field(out, "{\"rule\":", &remark.rule);
        field(out, ",\"site\":", &remark.site);
        out.push_str(",\"numbers\":[");
        list(out, ",", &remark.numbers, |out, number| string(out, number));
        out.push(']');
        field(out, ",\"text\":", &remark.text);
        field(out, ",\"by\":", &remark.by);
        out.push('}');
    });
    out.push_str("],\n\"questions\":[");
    list(&mut out, ",\n", report.questions(), |out, question| {
        field(out, "{\"site\":", &question.site);
        field(out, ",\"text\":", &question.text);
        out.push('}');
    });
    out.push_str("]}\n");
    out
}

fn string(out: &mut String, text: &str) {
    let json = serde_json::to_string(text).expect("a string is always JSON");
    out.push_str(&escaped(json));
}

/// What stands before a string, and the string.
fn field(out: &mut String, before: &str, text: &str) {
    out.push_str(before);
    string(out, text);
}

fn list<T>(
    out: &mut String,
    between: &str,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut String, T),
) {
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        write(out, item);
    }
}

// ---- reading

/// How JSON begins that some editor wrote as UTF-16.
pub(in crate::format) const WIDE_STARTS: [&[u8]; 2] = [b"\xFF\xFE{\0", b"\xFE\xFF\0{"];
/// How the files begin that we write.
pub(in crate::format) const START: &[u8] = b"{\"gouji\":";

/// An object as pairs, in order, with repeated keys kept.
struct Object<'a>(Vec<Pair<'a>>);

/// A key, and its value as it stands in the source.
type Pair<'a> = (Cow<'a, str>, &'a str);

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
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// The sentences of the reader's notes.
const UNKNOWN: Words = words(
    "不认识的内容【{key}】，可能来自更新的版本；为了不丢失，本文件只读",
    "unknown key \"{key}\", perhaps of a newer version; the file is read-only so that it is not lost",
);
const MORE_UNKNOWN: Words = words("还有 {n} 个不认识的键", "{n} more unknown keys");
/// Most unknown keys that are named.
const MAX_NAMED: usize = 20;
const REPEATED: Words = words(
    "【{key}】写了两次，取第一次，第二次列入未放入",
    "\"{key}\" stands twice; the first is read, the second kept as unplaced",
);
const WRONG_TYPE: Words = words(
    "【{raw}】不是应有的类型，列入未放入",
    "{raw} is of the wrong type; kept as unplaced",
);
const SHORT: Words = words(
    "这一行应有 {wanted} 格，只有 {found} 格，缺的留空",
    "the row has {found} of {wanted} cells; the others stay blank",
);
const LONG: Words = words(
    "这一行应有 {wanted} 格，多出 {more} 格，列入未放入",
    "the row has {more} cells more than {wanted}; they are kept as unplaced",
);
const MISSING: Words = words("没有【{key}】，留空", "\"{key}\" is missing; left blank");
const NO_FORM: Words = words(
    "没有写明格式，按 {form} 读",
    "the form is not named; read as {form}",
);
const NOT_FIRST: Words = words(
    "【gouji】应当是第一个键",
    "\"gouji\" should be the first key",
);

/// The name of a place, put together only where a note needs it.
type Path<'p> = &'p dyn fmt::Display;

struct Reader<'a> {
    source: &'a str,
    draft: Draft,
    /// A place in the source, with the lines and columns before it.
    counted: std::cell::Cell<(usize, usize, usize)>,
    /// How many keys nobody knows.
    strangers: usize,
}

/// Reads a native file.
pub(in crate::format) fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    let decoded = decode(bytes, options)?;
    let source = &*decoded.text;
    let Object(top) = serde_json::from_str(source).map_err(|error| {
        if error.is_data() {
            not_ours()
        } else {
            damaged(&error, (0, 0))
        }
    })?;
    let find = |wanted: &str| top.iter().position(|(key, _)| key == wanted);
    let first = find("gouji").ok_or_else(not_ours)?;
    version(top[first].1)?;
    // What the file says of itself is no guess: only where it is silent, or says
    // what nobody knows, the caller knows better.
    let form = match find("form").map(|at| known_form(top[at].1)) {
        Some(Ok(form)) => Some(form),
        Some(Err(failure)) => Some(options.form.ok_or(failure)?),
        None => options.form,
    };
    let mut this = Reader {
        source,
        draft: Draft::new(form.unwrap_or_else(form::current)),
        counted: std::cell::Cell::default(),
        strangers: 0,
    };
    this.draft.notes = decoded.notes;
    this.draft.recognised = 1;
    if form.is_none() {
        let args = vec![("form", form::current().name.into())];
        this.draft.note("form", NO_FORM.with(args));
    }
    if first > 0 {
        this.draft.note("gouji", NOT_FIRST);
    }
    this.top(&top)?;
    if let Some(more) = this
        .strangers
        .checked_sub(MAX_NAMED)
        .filter(|more| *more > 0)
    {
        this.draft
            .note("", MORE_UNKNOWN.with(vec![("n", more.into())]));
    }
    Ok(this.draft)
}

fn not_ours() -> Failure {
    let what = words(
        "是 JSON，但不是勾稽的文件（第一个键应为 gouji）",
        "JSON, but not a file of gouji (its first key should be \"gouji\")",
    );
    Failure::file(what.into()).hint(words("请确认选对了文件", "is it the right file?"))
}

/// The failure of broken JSON; `from` is the line and column before the piece read.
fn damaged(error: &serde_json::Error, from: (usize, usize)) -> Failure {
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
        "mend it in a text editor, or go back to the version before it",
    ))
}

fn version(raw: &str) -> Result<(), Failure> {
    let found = raw;
    if found.parse::<u64>() == Ok(VERSION) {
        return Ok(());
    }
    let what = words(
        "文件是第 {found} 版，这个程序只认识第 {known} 版",
        "the file is of version {found}; this program knows version {known}",
    );
    let args = vec![
        ("found", short(found).into()),
        ("known", VERSION.to_string().into()),
    ];
    Err(Failure::file(what.with(args))
        .hint(words("用更新的 gouji 打开", "open it with a newer gouji")))
}

fn known_form(raw: &str) -> Result<&'static Form, Failure> {
    let key = serde_json::from_str::<Key>(raw).map(|key| key.0);
    let known = key.ok().and_then(|key| form::by_key(&key));
    known.ok_or_else(|| {
        let what = words("不认识格式【{form}】", "unknown form {form}");
        let args = vec![("form", short(raw).into())];
        Failure::file(what.with(args)).hint(words(
            "用更新的 gouji 打开，或用 --form 指定",
            "open it with a newer gouji, or name the form with --form",
        ))
    })
}

/// A raw value as it is quoted in a message.
fn short(raw: &str) -> String {
    let start: String = raw.chars().take(40).collect();
    if start.len() < raw.len() {
        format!("{start}…")
    } else {
        start
    }
}

impl<'a> Reader<'a> {
    fn top(&mut self, pairs: &[Pair<'a>]) -> Result<(), Failure> {
        let form = self.draft.report().form();
        let prefixes = form.prefixes();
        for (key, raw) in self.distinct(&"", pairs) {
            match key {
                "gouji" | "form" => {}
                "head" => self.head(raw)?,
                "headings" => self.headings(raw)?,
                "texts" => self.texts(raw)?,
                "unplaced" => self.unplaced(raw)?,
                "lost" => self.lost(raw)?,
                "unread" => self.unread(raw)?,
                "keying" => self.keying(raw)?,
                "remarks" => self.remarks(raw)?,
                "questions" => self.questions(raw)?,
                key => match prefixes.iter().find(|prefix| **prefix == key) {
                    Some(prefix) => self.tables(prefix, raw)?,
                    None => self.unknown(&key, raw),
                },
            }
        }
        for prefix in prefixes {
            if !pairs.iter().any(|(key, _)| key == prefix) {
                self.draft
                    .note(prefix, MISSING.with(vec![("key", prefix.into())]));
            }
        }
        Ok(())
    }

    /// The pairs with each key once; what is repeated is kept as unplaced, at a place
    /// that begins with `before`.
    fn distinct<'b>(&mut self, before: Path, pairs: &'b [Pair<'a>]) -> Vec<(&'b str, &'a str)> {
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

    fn object(&mut self, path: Path, raw: &'a str) -> Result<Vec<Pair<'a>>, Failure> {
        if raw.starts_with('{') {
            let object = serde_json::from_str(raw);
            return object
                .map(|Object(pairs)| pairs)
                .map_err(|error| damaged(&error, self.before(raw)));
        }
        self.mistyped(path, raw);
        Ok(Vec::new())
    }

    fn array(&mut self, path: Path, raw: &'a str) -> Result<Vec<&'a str>, Failure> {
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
    fn string(&mut self, path: Path, raw: &'a str) -> Result<Option<Cow<'a, str>>, Failure> {
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

    fn line(&self, raw: &str) -> String {
        place(self.before(raw).0 + 1)
    }

    fn place(&self, path: Path, raw: &str) -> String {
        format!("{path} ({})", self.line(raw))
    }

    /// Keeps a value that has no place, with a note that says why.
    fn misplaced(&mut self, path: Path, raw: &str, message: Message) {
        self.draft.push_unplaced(self.line(raw), raw);
        self.draft.note(self.place(path, raw), message);
    }

    fn mistyped(&mut self, path: Path, raw: &str) {
        let args = vec![("raw", short(raw).into())];
        self.misplaced(path, raw, WRONG_TYPE.with(args));
    }

    fn unknown(&mut self, path: Path, raw: &str) {
        self.draft.unknown_keys = true;
        self.strangers += 1;
        if self.strangers > MAX_NAMED {
            return;
        }
        let place = self.place(path, raw);
        self.draft
            .note(place, UNKNOWN.with(vec![("key", path.to_string().into())]));
    }

    fn head(&mut self, raw: &'a str) -> Result<(), Failure> {
        let pairs = self.object(&"head", raw)?;
        for (key, raw) in self.distinct(&"head.", &pairs) {
            let path = format_args!("head.{key}");
            let Some(field) = HeadField::by_key(key) else {
                self.unknown(&path, raw);
                continue;
            };
            match raw {
                "null" => {}
                year if field == HeadField::Year => {
                    self.draft.set_head(field, year);
                    if self.draft.report().head().year.is_none() {
                        self.mistyped(&path, raw);
                    }
                }
                _ => {
                    if let Some(text) = self.string(&path, raw)? {
                        self.draft.set_head(field, &text);
                    }
                }
            }
        }
        Ok(())
    }

    fn headings(&mut self, raw: &'a str) -> Result<(), Failure> {
        let form = self.draft.report().form();
        for (index, raw) in self.array(&"headings", raw)?.into_iter().enumerate() {
            let path = format_args!("headings.{index}");
            let pair = self.array(&path, raw)?;
            let &[section, text] = pair.as_slice() else {
                if raw.starts_with('[') {
                    self.mistyped(&path, raw);
                }
                continue;
            };
            let section = match section {
                "null" => None,
                _ => match self.string(&path, section)? {
                    Some(key) => {
                        let known = form.text(&key);
                        if known.is_none() {
                            self.unknown(&path, section);
                        }
                        known
                    }
                    None => None,
                },
            };
            if let Some(text) = self.string(&path, text)? {
                self.draft.push_heading(section, &text);
            }
        }
        Ok(())
    }

    fn tables(&mut self, prefix: &'static str, raw: &'a str) -> Result<(), Failure> {
        let form = self.draft.report().form();
        let pairs = self.object(&prefix, raw)?;
        let pairs = self.distinct(&format_args!("{prefix}."), &pairs);
        for (key, raw) in &pairs {
            match form.row(prefix, key) {
                Some((table, row)) => self.row(table, row, raw)?,
                None => self.unknown(&format_args!("{prefix}.{key}"), raw),
            }
        }
        for table in form.tables_of(prefix) {
            for line in form.tables[table].rows {
                if !pairs.iter().any(|(key, _)| *key == line.key) {
                    let path = format!("{prefix}.{}", line.key);
                    let args = vec![("key", path.as_str().into())];
                    self.draft.note(path, MISSING.with(args));
                }
            }
        }
        Ok(())
    }

    fn row(&mut self, table: usize, row: usize, raw: &'a str) -> Result<(), Failure> {
        let form = self.draft.report().form();
        let table = &form.tables[table];
        let path = format_args!("{}.{}", table.prefix, table.rows[row].key);
        let cells = self.array(&path, raw)?;
        let wanted = table.cols.len();
        for (col, raw) in cells.iter().take(wanted).enumerate() {
            let id = table.cell(row, col);
            let cell = self.cell(form.kind(id), raw)?;
            self.draft.set_cell(id, cell, None);
        }
        if cells.len() < wanted && raw.starts_with('[') {
            let args = vec![("wanted", wanted.into()), ("found", cells.len().into())];
            let place = self.place(&path, raw);
            self.draft.note(place, SHORT.with(args));
        }
        if cells.len() > wanted {
            let more = &cells[wanted..];
            self.draft.push_unplaced(self.line(raw), more.join(", "));
            let args = vec![("wanted", wanted.into()), ("more", more.len().into())];
            self.draft.note(self.place(&path, raw), LONG.with(args));
        }
        Ok(())
    }

    /// A cell; what is no number is kept as it stands, for the rules to say so.
    fn cell(&mut self, kind: Kind, raw: &'a str) -> Result<Cell, Failure> {
        Ok(match raw.as_bytes()[0] {
            b'n' => Cell::Blank,
            b'"' => {
                let text = self.string(&"", raw)?;
                Cell::read(&text.unwrap_or_default(), kind)
            }
            // Plain counts are nearly all of a file: no need for the codec.
            b'0'..=b'9' if raw.len() <= MAX_DIGITS && raw.parse::<i64>().is_ok() => {
                Cell::of(raw.parse().unwrap_or_default(), kind)
            }
            _ => Cell::read(raw, kind),
        })
    }

    fn texts(&mut self, raw: &'a str) -> Result<(), Failure> {
        let form = self.draft.report().form();
        let pairs = self.object(&"texts", raw)?;
        for (key, raw) in self.distinct(&"texts.", &pairs) {
            let path = format_args!("texts.{key}");
            match form.text(key) {
                Some(id) => {
                    if let Some(text) = self.string(&path, raw)? {
                        self.draft.set_text(id, &text);
                    }
                }
                None => self.unknown(&path, raw),
            }
        }
        Ok(())
    }

    /// The entries of a list of objects with these string fields.
    fn entries<const N: usize>(
        &mut self,
        list: &str,
        fields: [&str; N],
        raw: &'a str,
        mut take: impl FnMut(&mut Self, [String; N], &[(&str, &'a str)]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for (index, raw) in self.array(&list, raw)?.into_iter().enumerate() {
            let path = format_args!("{list}.{index}");
            if !raw.starts_with('{') {
                self.mistyped(&path, raw);
                continue;
            }
            let pairs = self.object(&path, raw)?;
            let pairs = self.distinct(&format_args!("{path}."), &pairs);
            let mut values = [const { String::new() }; N];
            for (key, raw) in &pairs {
                match fields.iter().position(|field| field == key) {
                    Some(at) => {
                        let text = self.string(&format_args!("{path}.{key}"), raw)?;
                        values[at] = text.unwrap_or_default().into_owned();
                    }
                    None if *key == "numbers" && list == "remarks" => {}
                    None => self.unknown(&format_args!("{path}.{key}"), raw),
                }
            }
            take(self, values, &pairs)?;
        }
        Ok(())
    }

    fn unplaced(&mut self, raw: &'a str) -> Result<(), Failure> {
        self.entries(
            "unplaced",
            ["place", "text"],
            raw,
            |this, [place, text], _| {
                this.draft.push_unplaced(place, text);
                Ok(())
            },
        )
    }

    fn lost(&mut self, raw: &'a str) -> Result<(), Failure> {
        let form = self.draft.report().form();
        for (index, raw) in self.array(&"lost", raw)?.into_iter().enumerate() {
            let path = format_args!("lost.{index}");
            let Some(row) = self.string(&path, raw)? else {
                continue;
            };
            let known = row.split_once('.');
            match known.and_then(|(prefix, key)| form.row(prefix, key)) {
                Some((table, row)) => self.draft.push_lost(table, row),
                None => self.unknown(&path, raw),
            }
        }
        Ok(())
    }

    fn keying(&mut self, raw: &'a str) -> Result<(), Failure> {
        let prefixes = self.draft.report().form().prefixes();
        for (index, raw) in self.array(&"keying", raw)?.into_iter().enumerate() {
            let path = format_args!("keying.{index}");
            let Some(name) = self.string(&path, raw)? else {
                continue;
            };
            match prefixes.iter().find(|prefix| **prefix == name) {
                Some(prefix) => self.draft.push_keying(prefix),
                None => self.unknown(&path, raw),
            }
        }
        Ok(())
    }

    fn unread(&mut self, raw: &'a str) -> Result<(), Failure> {
        let form = self.draft.report().form();
        let fields = ["table", "seen", "place"];
        self.entries("unread", fields, raw, |this, [table, seen, place], _| {
            let mut prefixes = form.prefixes().into_iter();
            let prefix = prefixes.find(|prefix| *prefix == table);
            match prefix.zip(Seen::by_key(&seen)) {
                Some((prefix, seen)) => this.draft.push_unread(Unread {
                    prefix,
                    seen,
                    place,
                }),
                None => this.unknown(&"unread", raw),
            }
            Ok(())
        })
    }

    fn questions(&mut self, raw: &'a str) -> Result<(), Failure> {
        self.entries(
            "questions",
            ["site", "text"],
            raw,
            |this, [site, text], _| {
                this.draft.push_question(Question { site, text });
                Ok(())
            },
        )
    }

    fn remarks(&mut self, raw: &'a str) -> Result<(), Failure> {
        let fields = ["rule", "site", "text", "by"];
        self.entries(
            "remarks",
            fields,
            raw,
            |this, [rule, site, text, by], pairs| {
                let mut numbers = Vec::new();
                if let Some((_, raw)) = pairs.iter().find(|(key, _)| *key == "numbers") {
                    for raw in this.array(&"remarks.numbers", raw)? {
                        if let Some(number) = this.string(&"remarks.numbers", raw)? {
                            numbers.push(number.into_owned());
                        }
                    }
                }
                this.draft.push_remark(Remark {
                    rule,
                    site,
                    numbers,
                    text,
                    by,
                });
                Ok(())
            },
        )
    }
}
