//! What the keys of a native file say.
//!
//! **Never:** drops what it does not understand: that becomes a note, and the file
//! read-only.
//! Next: `values` for how they are taken apart.

use super::VERSION;
use super::values::{Key, MAX_NAMED, Object, Pair, Path, Reader, damaged, short};
use crate::base::failure::Failure;
use crate::base::number::MAX_DIGITS;
use crate::base::words::{Words, words};
use crate::form::{self, Form, Kind};
use crate::format::{Options, decode};
use crate::model::{Cell, Draft, Fault, HeadField, Question, Remark, Seen, Unread};

const MORE_UNKNOWN: Words = words("还有 {n} 个不认识的键", "{n} more unknown keys");
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
        "这个 .json 不是本程序存的报告",
        "this .json is not a report that this program saved",
    );
    Failure::file(what.into()).hint(words("请确认选对了文件", "is it the right file?"))
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
                    None if *key == "numbers" && ["remarks", "questions"].contains(&list) => {}
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
            ["place", "text", "table"],
            raw,
            |this, [place, text, table], _| {
                let prefix = this.prefix(&table);
                if prefix.is_none() && !table.is_empty() {
                    this.unknown(&"unplaced.table", raw);
                }
                let prefix = prefix.unwrap_or_default();
                this.draft.push_unplaced_of(prefix, place, text);
                Ok(())
            },
        )
    }

    /// The prefix of this name.
    fn prefix(&self, name: &str) -> Option<&'static str> {
        let mut prefixes = self.draft.report().form().prefixes().into_iter();
        prefixes.find(|prefix| *prefix == name)
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
        for (index, raw) in self.array(&"keying", raw)?.into_iter().enumerate() {
            let path = format_args!("keying.{index}");
            let Some(name) = self.string(&path, raw)? else {
                continue;
            };
            match self.prefix(&name) {
                Some(prefix) => self.draft.push_keying(prefix),
                None => self.unknown(&path, raw),
            }
        }
        Ok(())
    }

    fn unread(&mut self, raw: &'a str) -> Result<(), Failure> {
        let fields = ["table", "seen", "place"];
        self.entries("unread", fields, raw, |this, [table, seen, place], _| {
            match this.prefix(&table).zip(Seen::by_key(&seen)) {
                Some((prefix, seen)) => this.draft.push_unread(Unread {
                    prefix,
                    seen,
                    place: place.into(),
                }),
                None => this.unknown(&"unread", raw),
            }
            Ok(())
        })
    }

    fn questions(&mut self, raw: &'a str) -> Result<(), Failure> {
        let fields = ["rule", "site", "text"];
        self.entries(
            "questions",
            fields,
            raw,
            |this, [rule, site, text], pairs| {
                let numbers = this.numbers(&"questions.numbers", pairs)?;
                let fault = (!rule.is_empty()).then_some(Fault { rule, numbers });
                let stray = pairs.iter().find(|(key, _)| *key == "numbers");
                if let (None, Some((_, raw))) = (&fault, stray) {
                    this.unknown(&"questions.numbers", raw);
                }
                this.draft.push_question(Question { site, fault, text });
                Ok(())
            },
        )
    }

    /// The numbers of a problem among the pairs of an entry.
    fn numbers(&mut self, path: Path, pairs: &[(&str, &'a str)]) -> Result<Vec<String>, Failure> {
        let mut numbers = Vec::new();
        if let Some((_, raw)) = pairs.iter().find(|(key, _)| *key == "numbers") {
            for raw in self.array(path, raw)? {
                if let Some(number) = self.string(path, raw)? {
                    numbers.push(number.into_owned());
                }
            }
        }
        Ok(numbers)
    }

    fn remarks(&mut self, raw: &'a str) -> Result<(), Failure> {
        let fields = ["rule", "site", "text", "by"];
        self.entries(
            "remarks",
            fields,
            raw,
            |this, [rule, site, text, by], pairs| {
                let numbers = this.numbers(&"remarks.numbers", pairs)?;
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
