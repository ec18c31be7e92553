//! Our readable text: for chat, mail and screen readers; reads back the same.
//!
//! ```text
//! 某市民政局2024年政府信息公开工作年度报告
//!
//! 　　根据……
//!
//! 一、总体情况
//! 　　……
//!
//! 二、主动公开政府信息情况
//!
//! 第二十条第（一）项 |
//!                    | 本年制发件数 | 本年废止件数 | 现行有效件数
//! 规章               |            0 |           空 |            /
//! 〔勾稽文本第1版·2021〕
//! ```
//! Paragraphs begin with two wide spaces, tables have bars, anything else is a
//! heading. A mark 〔s2〕 behind a heading says which section it opens where
//! its words do not; by itself it opens a section that has no heading. The last
//! line names the form and says that the text is ours.
//!
//! **Never:** writes a blank box as nothing: 空 is blank, 0 is zero, / is Nil.
//! Next: `read::text`, which hands over what bears the last line.

use crate::base::place::Place;
use crate::base::width::Ruler;
use crate::form::{self, Form, Table, TextId};
use crate::format::labels::Labels;
use crate::format::marks::{BLANK, clean};
use crate::format::outline::{Outline, Piece, What};
use crate::format::rectangle::{Rectangle, Row};
use crate::format::{head, matcher};
use crate::model::{Draft, Head, HeadField, Report};

const INDENT: &str = "　　";
const SIGNATURE: (&str, &str) = ("〔勾稽文本第1版·", "〕");
/// What parts the boxes of a row: ours, and what an input method makes of it.
const BARS: [char; 2] = ['|', '｜'];
const UNTITLED: &str = "〔无标题〕";
/// Stands above the title of a text that is not final.
const DRAFT: &str = "〔送审稿〕";
const NO_SECTION: &str = "-";
/// Labels wider than this do not push the numbers further to the right.
const LABEL_WIDTH: usize = 40;
/// Fields of the head below the title; body and year only where it lacks them.
const FIELDS: [(HeadField, &str); 6] = [
    (HeadField::Body, "机关："),
    (HeadField::Year, "年度："),
    (HeadField::Period, "统计期限："),
    (HeadField::Basis, "依据："),
    (HeadField::Contact, "联系方式："),
    (HeadField::Published, "公布日期："),
];

const RULER: Ruler = Ruler {
    wide_ambiguous: false,
};

// ---- writing

/// The text of a report, marked where it is a draft.
pub(in crate::format) fn write(report: &Report, is_draft: bool) -> String {
    let form = report.form();
    let labels = Labels::of(form);
    let mut out = String::new();
    if is_draft {
        line(&mut out, &[DRAFT]);
    }
    title(&mut out, report);
    let mut told = vec![false; form.sections.len()];
    let preamble = form.texts().next();
    if let Some(preamble) = preamble {
        section(&mut out, report, preamble);
        told[preamble.index()] = true;
    }
    for heading in report.headings() {
        out.push('\n');
        out.push_str(&escape(&heading.text));
        if labels.section(&heading.text) != heading.section || heading.text.is_empty() {
            out.push_str(&mark(form, heading.section));
        }
        out.push('\n');
        if let Some(opens) = heading.section
            && !std::mem::replace(&mut told[opens.index()], true)
        {
            section(&mut out, report, opens);
        }
    }
    for opens in form.texts().filter(|text| !told[text.index()]) {
        out.push('\n');
        out.push_str(&mark(form, Some(opens)));
        out.push('\n');
        section(&mut out, report, opens);
    }
    out + "\n" + SIGNATURE.0 + form.key + SIGNATURE.1 + "\n"
}

fn mark(form: &Form, section: Option<TextId>) -> String {
    let key = section.map_or(NO_SECTION, |id| form.section(id).key);
    format!("〔{key}〕")
}

fn title(out: &mut String, report: &Report) {
    let head = report.head();
    let title = escape(&head.title);
    out.push_str(if title.is_empty() { UNTITLED } else { &title });
    out.push('\n');
    for (name, value) in stated(head) {
        line(out, &[name, &escape(&value)]);
    }
    out.push('\n');
}

/// The fields that stand below the title, with their names.
pub(in crate::format) fn stated(head: &Head) -> impl Iterator<Item = (&'static str, String)> {
    let (body, year) = head::says(&head.title);
    let fields = FIELDS.into_iter().filter(move |(field, _)| match field {
        HeadField::Body => head.body != body,
        HeadField::Year => head.year != year,
        _ => !head.get(*field).is_empty(),
    });
    fields.map(|(field, name)| (name, head.get(field)))
}

/// The field that a line below the title states.
pub(in crate::format) fn states(line: &str) -> Option<(HeadField, &str)> {
    let mut fields = FIELDS.iter();
    fields.find_map(|(field, name)| Some((*field, line.strip_prefix(name)?)))
}

/// The text of a section and its tables.
fn section(out: &mut String, report: &Report, id: TextId) {
    let form = report.form();
    for paragraph in report.text(id).lines().filter(|line| !line.is_empty()) {
        line(out, &[INDENT, paragraph]);
    }
    for index in form.tables_of(form.section(id).tables) {
        table(out, report, &form.tables[index]);
    }
}

fn table(out: &mut String, report: &Report, table: &Table) {
    out.push('\n');
    if !table.title.is_empty() {
        line(out, &[table.title, " |"]);
    }
    let text = |row: usize, col: usize| {
        let text = report.cell(table.cell(row, col)).text().into_owned();
        match text.as_str() {
            "" => BLANK.to_owned(),
            BLANK => format!("\\{BLANK}"),
            text => escape(text),
        }
    };
    let labels = table.rows.iter().map(|row| RULER.width(row.label));
    let first = labels.filter(|width| *width <= LABEL_WIDTH).max();
    let first = first.unwrap_or(LABEL_WIDTH);
    let widths: Vec<usize> = (0..table.cols.len())
        .map(|col| {
            let values = (0..table.rows.len()).map(|row| RULER.width(&text(row, col)));
            values
                .max()
                .unwrap_or(0)
                .max(RULER.width(table.cols[col].label))
        })
        .collect();
    let row_of = |label: &str, value: &dyn Fn(usize) -> String| {
        let mut line = label.to_owned();
        line.extend(std::iter::repeat_n(
            ' ',
            first.saturating_sub(RULER.width(label)),
        ));
        for (col, width) in widths.iter().enumerate() {
            let value = value(col);
            line.push_str(" | ");
            line.extend(std::iter::repeat_n(' ', width - RULER.width(&value)));
            line.push_str(&value);
        }
        line
    };
    let mut lines = vec![row_of("", &|col| table.cols[col].label.to_owned())];
    let mut group = "";
    for (row, data) in table.rows.iter().enumerate() {
        let label = table.groups.iter().find(|group| group.key == data.group);
        let label = label.map_or("", |group| group.label);
        if label != group && !label.is_empty() {
            group = label;
            lines.push(format!("{label} |"));
        }
        lines.push(row_of(data.label, &|col| text(row, col)));
    }
    for text in lines {
        line(out, &[&text]);
    }
}

fn line(out: &mut String, pieces: &[&str]) {
    out.extend(pieces.iter().copied());
    out.push('\n');
}

/// Text on one line, without what has a meaning in this layout.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '|' => out.push_str("\\p"),
            '｜' => out.push_str("\\w"),
            '〔' => out.push_str("\\("),
            c => out.push(c),
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('p') => out.push('|'),
                Some('w') => out.push('｜'),
                Some('(') => out.push('〔'),
                Some(c) => out.push(c),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

// ---- reading

/// The form that the last line names, if it is ours.
pub(in crate::format) fn form(text: &str) -> Option<&'static Form> {
    let last = text.trim_end().lines().last()?.trim();
    let key = last.strip_prefix(SIGNATURE.0)?.strip_suffix(SIGNATURE.1)?;
    form::by_key(key)
}

/// Reads our own text into a draft.
pub(in crate::format) fn read(draft: &mut Draft, text: &str, labels: &Labels) {
    let mut outline = Outline {
        says_prose: true,
        ..Outline::default()
    };
    let mut titled = false;
    let mut in_head = true;
    for (index, line) in text.trim_end().lines().enumerate() {
        let here = Place::Line(index + 1);
        if let Some(paragraph) = line.strip_prefix(INDENT) {
            in_head = false;
            push(
                &mut outline,
                here,
                What::Text(clean(paragraph).into_owned()),
            );
            continue;
        }
        let line = clean(line);
        if line.is_empty() {
            in_head = in_head && !titled;
        } else if line == DRAFT && !titled {
        } else if !titled {
            titled = true;
            head_line(draft, &line);
        } else if in_head && field(draft, &line) || line.starts_with(SIGNATURE.0) {
        } else if line.contains(BARS) {
            let row = row(&line, &here);
            match outline.pieces.last_mut().map(|piece| &mut piece.what) {
                Some(What::Table(rectangle)) => rectangle.rows.push(row),
                _ => push(
                    &mut outline,
                    here,
                    What::Table(Rectangle { rows: vec![row] }),
                ),
            }
        } else {
            in_head = false;
            push(&mut outline, here, heading(&line, labels));
        }
    }
    matcher::fill(draft, &outline, labels);
}

fn push(outline: &mut Outline, place: Place, what: What) {
    outline.pieces.push(Piece { place, what });
}

fn head_line(draft: &mut Draft, line: &str) {
    if line != UNTITLED {
        let title = unescape(line);
        let (body, year) = head::says(&title);
        draft.set_head(HeadField::Title, &title);
        draft.set_head(HeadField::Body, &body);
        let year = year.map_or_else(String::new, |year| year.to_string());
        draft.set_head(HeadField::Year, &year);
    }
}

fn field(draft: &mut Draft, line: &str) -> bool {
    let found = states(line);
    if let Some((field, value)) = found {
        draft.set_head(field, &unescape(value));
    }
    found.is_some()
}

fn heading(line: &str, labels: &Labels) -> What {
    let marked = line
        .strip_suffix('〕')
        .and_then(|line| line.rsplit_once('〔'));
    let Some((text, key)) = marked else {
        let text = unescape(line);
        return What::Heading(labels.section(&text), text);
    };
    match labels.form.text(key) {
        Some(section) if text.is_empty() => What::Opens(section),
        section => What::Heading(section, unescape(text)),
    }
}

fn row(line: &str, place: &Place) -> Row {
    let mut row = Row::default();
    for text in line.split(BARS) {
        let text = text.trim();
        let text = if text == BLANK {
            String::new()
        } else {
            unescape(text)
        };
        row.push(text, place.clone());
    }
    row
}
