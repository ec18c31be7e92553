//! Pasted text to an outline: one box a line, rows with tabs or bars, columns
//! kept apart by spaces.
//!
//! A line belongs to a table if a bar or a tab says so or if the form prints
//! what stands on it; within the sections that hold tables a number by itself
//! does too. Boxes that stand one a line are cut into rows by their labels; an
//! empty line ends a row only where each box begins with a tab.
//!
//! **Never:** decides which cell a box is; that is the matcher's.
//! Next: `matcher`; `own::text` for the layout that we write ourselves.

use std::borrow::Cow;

use crate::base::failure::Failure;
use crate::base::number::{self, Typed};
use crate::base::ordinal;
use crate::base::place::Place;
use crate::base::words::words;
use crate::format::assemble::{Assembly, Is, mentions};
use crate::format::labels::Labels;
use crate::format::marks::{BLANK, boxed, clean, plain};
use crate::format::matcher::is_value;
use crate::format::outline::{Outline, Piece, What};
use crate::format::read::rows::cut;
use crate::format::read::signs::{bars_part, has_blanks, is_bare, is_page_mark, width, wrap};
use crate::format::read::surer::surer;
use crate::format::read::{layout, torn};
use crate::format::rectangle::{MAX_BOXES, Rectangle, Row, too_many};
use crate::format::{Format, MAX_BYTES, Options, decode, own, split};
use crate::model::{Draft, Note};

/// Most lines that are read.
const MAX_LINES: usize = 20_000;
/// Most characters of a line that may be a row with spaces between its boxes.
const LONGEST_ROW: usize = 200;

/// Text: what people paste, and our readable layout.
pub static TEXT: Format = Format {
    key: "text",
    name: words("纯文本", "plain text"),
    extensions: &["txt", "text"],
    carries: words(
        "表格、标题、机关、年度等表头、各部分标题和正文；不含说明、疑问和未放入的内容；正文中的空段落和控制字符不保留",
        "cells, head, headings and texts; no explanations, questions or unplaced pieces; empty paragraphs and control characters are dropped",
    ),
    limit: MAX_BYTES,
    contained: false,
    is_text: true,
    marks: &[],
    read: Some(read),
    write: Some(|report, how| Ok(own::text::write(report, how.is_draft).into_bytes())),
    marks_drafts: true,
};

/// Reads text of any layout.
fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    let decoded = decode(bytes, options)?;
    let text: &str = &decoded.text;
    if text.contains('\0') {
        return Err(Failure::file(
            words(
                "这是二进制文件，不是文本",
                "this is a binary file, not text",
            )
            .into(),
        )
        .hint(words(
            "请确认选对了文件；办公文档请复制内容粘贴到文本文件",
            "is it the right file? Copy the content of an office document into a text file",
        )));
    }
    read_text(text, decoded.notes, options)
}

/// Reads decoded text of any layout.
pub(in crate::format) fn read_text(
    text: &str,
    notes: Vec<Note>,
    options: &Options,
) -> Result<Draft, Failure> {
    let lines = text.lines().count();
    if lines > MAX_LINES {
        let what = words(
            "文本有 {count} 行，最多读 {max} 行",
            "the text has {count} lines; at most {max} are read",
        );
        let what = what.with(vec![("count", lines.into()), ("max", MAX_LINES.into())]);
        return Err(Failure::file(what).hint(words(
            "一份年报只有几百行，请确认选对了文件",
            "an annual report has a few hundred lines: is it the right file?",
        )));
    }
    if boxes(text) > MAX_BOXES {
        return Err(too_many());
    }
    let own_form = own::text::form(text);
    let labels = match options.form.or(own_form) {
        Some(form) => Labels::of(form),
        None => Labels::told(options, text.split(['\n', '\t', '|', ','])),
    };
    let mut draft = Draft::new(labels.form);
    draft.notes = notes;
    if own_form.is_some() {
        let mut own = draft.clone();
        own::text::read(&mut own, text, labels);
        if own.origins.iter().all(Option::is_some) {
            return Ok(own);
        }
        // Its bars became something else on the way: it may read as a pasted text.
        let rest = text
            .trim_end()
            .rsplit_once('\n')
            .map_or("", |(rest, _)| rest);
        return match read_pasted(rest, draft, labels) {
            Ok(other) => Ok(surer(own, other)),
            Err(_) => Ok(own),
        };
    }
    read_pasted(text, draft, labels)
}

/// How many boxes a text may hold at most, however they are kept apart.
fn boxes(text: &str) -> usize {
    if text.len() <= MAX_BOXES {
        return 0;
    }
    let mut before = b' ';
    let ends = |byte: &u8| {
        let is_end = matches!(byte, b'\t' | b'|' | b',') || *byte == b' ' && before != b' ';
        before = *byte;
        is_end
    };
    text.as_bytes().iter().copied().filter(ends).count()
}

/// Reads text that is not of our own layout into a draft.
fn read_pasted(text: &str, draft: Draft, labels: &Labels) -> Result<Draft, Failure> {
    let laid_out = layout::is_laid_out(text).then(|| draft.notes.clone());
    let mut reading = Reading::of(text, draft, labels);
    reading.find_title();
    reading.run();
    let mut assembly = reading.assembly;
    torn::set_apart(&mut assembly.draft, &mut assembly.outline, labels);
    let read = assembly.finish(mentions(text));
    let Some(notes) = laid_out else { return read };
    // Columns of a page may say more than the words do.
    match (read, layout::read(text, notes, labels)) {
        (Ok(plain), Ok(other)) => Ok(surer(plain, other)),
        (Err(_), Ok(other)) => Ok(other),
        (read, _) => read,
    }
}

/// The outline of text copied out of a report, be it a table or a part of one.
pub(in crate::format) fn outline(text: &str, labels: &Labels) -> Outline {
    let mut reading = Reading::of(text, Draft::new(labels.form), labels);
    reading.run();
    reading.assembly.outline
}

/// What ends a line beside `\n`.
const BREAKS: [char; 5] = ['\r', '\u{B}', '\u{C}', '\u{2028}', '\u{2029}'];

/// What a line is.
enum Line {
    Gap,
    /// Boxes side by side.
    Row(Vec<String>),
    /// One box.
    Box(String),
    /// The end of a row and nothing else.
    End,
    Text(String),
}

struct Reading<'a> {
    labels: &'a Labels,
    assembly: Assembly<'a>,
    /// Number and text of each line.
    lines: Vec<(usize, &'a str)>,
    /// The lines as paragraphs; empty where a line is a row.
    paragraphs: Vec<Cow<'a, str>>,
    has_headings: bool,
    comma: Option<char>,
    /// An empty line is a blank box.
    has_blanks: bool,
    /// A bar by itself only ends the box above it.
    bars_part: bool,
    /// Columns of the longest line, where paragraphs are broken at a width.
    wrap: Option<usize>,
    table: Option<Rectangle>,
    row: Row,
}

impl<'a> Reading<'a> {
    fn of(text: &'a str, draft: Draft, labels: &'a Labels) -> Self {
        let has_breaks = text.contains(BREAKS);
        let mut lines: Vec<(usize, &str)> = Vec::new();
        for (index, line) in text.split('\n').enumerate() {
            let line = line.trim_end_matches('\r');
            if has_breaks {
                lines.extend(line.split(BREAKS).map(|line| (index + 1, line)));
            } else {
                lines.push((index + 1, line));
            }
        }
        lines.retain(|(_, line)| !is_page_mark(line));
        // Full-width commas are punctuation.
        let comma = split::comma(lines.iter().map(|(_, line)| *line), 3);
        let comma = comma.filter(char::is_ascii);
        let paragraphs: Vec<Cow<str>> = lines
            .iter()
            .map(|(_, line)| {
                let single = line.trim_matches(['\t', '|', ' ']);
                let is_row =
                    single.contains(['\t', '|']) || comma.is_some_and(|c| single.contains(c));
                if is_row {
                    Cow::default()
                } else {
                    plain(single)
                }
            })
            .collect();
        let texts: Vec<&str> = paragraphs.iter().map(|text| &**text).collect();
        let assembly = Assembly::of(draft, &texts, labels);
        Reading {
            has_headings: assembly.has_headings(),
            assembly,
            wrap: wrap(&texts),
            has_blanks: has_blanks(&texts, labels),
            bars_part: bars_part(&lines),
            labels,
            lines,
            paragraphs,
            comma,
            table: None,
            row: Row::default(),
        }
    }

    /// Takes the title from the lines before the first heading.
    fn find_title(&mut self) {
        let texts: Vec<&str> = self.paragraphs.iter().map(|text| &**text).collect();
        self.assembly.find_title(&texts, |at| {
            let line = self.lines[at].1;
            let mut boxes = line.split(['\t', '|']);
            line.trim().is_empty() || boxes.any(|text| self.labels.is_label(text))
        });
    }

    fn run(&mut self) {
        let mut at = 0;
        let mut before: Option<usize> = None;
        while at < self.lines.len() {
            let here = Place::Line(self.lines[at].0);
            if self.assembly.opens(at) {
                self.close();
            }
            let line = match self.assembly.at(at, &here, &self.paragraphs) {
                Is::Heading(count) => {
                    at += count;
                    before = None;
                    continue;
                }
                Is::LeftOut => Line::End,
                Is::Content => self.line(at),
            };
            let last = before.take();
            match line {
                Line::Gap => {}
                Line::End => self.end_row(),
                Line::Row(boxes) => self.add_row(boxes, &here),
                Line::Box(text) => {
                    self.table.get_or_insert_default();
                    self.row.push(text, here);
                }
                Line::Text(text) => {
                    self.close();
                    let is_full =
                        last.is_some_and(|last| self.wrap.is_some_and(|wrap| last >= wrap));
                    before = Some(width(&text));
                    let above = self.assembly.outline.pieces.last_mut();
                    let goes_on = |above: &&mut Piece| {
                        is_full && matches!(&above.what, What::Text(above) if goes_on(above, &text))
                    };
                    match above.filter(goes_on) {
                        Some(above) => above.join(&text),
                        _ => self.assembly.push(&here, What::Text(text)),
                    }
                }
            }
            at += 1;
        }
        self.close();
    }

    /// Adds boxes that stand side by side on a line.
    fn add_row(&mut self, boxes: Vec<String>, here: &Place) {
        if !self.waits_for(&boxes) {
            self.end_row();
        }
        let is_alone = self.row.slots.is_empty();
        for text in boxes {
            self.row.push(text, here.clone());
        }
        if is_alone {
            let row = std::mem::take(&mut self.row);
            self.table.get_or_insert_default().rows.push(row);
        } else {
            self.end_row();
        }
    }

    /// Whether some values belong to a label that stands on the lines above.
    fn waits_for(&self, boxes: &[String]) -> bool {
        let mut slots = self.row.slots.iter();
        let is_free = slots.all(|slot| !slot.text.is_empty() && !is_value(&slot.text));
        let values = boxes.iter().all(|text| is_value(text));
        if self.row.slots.is_empty() || !is_free || !values {
            return false;
        }
        let rows = cut(self.row.clone(), self.labels);
        let label = rows.last().and_then(|row| row.slots.last());
        let row = label.and_then(|label| self.labels.whole(&label.text));
        row.is_some_and(|at| !self.labels.is_one_row(at.table))
    }

    /// Ends the row of boxes that stand one a line, cut where its labels say so.
    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if !row.slots.is_empty() {
            let rows = cut(row, self.labels);
            self.table.get_or_insert_default().rows.extend(rows);
        }
    }

    fn close(&mut self) {
        self.end_row();
        if let Some(table) = self.table.take() {
            self.assembly.outline.pieces.push(Piece::table(table));
        }
    }

    fn line(&self, at: usize) -> Line {
        let raw = self.lines[at].1;
        let section = self.assembly.section;
        let zone = !self.has_headings
            || section.is_some_and(|id| !self.labels.form.section(id).tables.is_empty());
        let open = self.table.is_some();
        if let Some(comma) = self
            .comma
            .filter(|comma| raw.contains(*comma) && !split::is_endless(raw))
        {
            return Line::Row(split::separated(raw, comma));
        }
        let trimmed = raw.trim_matches(number::is_space);
        let is_bare = |at: usize| is_bare(self.lines[at].1);
        if trimmed == "|" && self.bars_part && at.checked_sub(1).is_some_and(is_bare) {
            return Line::Gap;
        }
        if trimmed.contains('|') {
            return self.barred(trimmed, zone, open);
        }
        if raw.contains('\t') {
            return self.tabbed(raw, zone, open);
        }
        let text = self.paragraphs[at].clone().into_owned();
        if text.is_empty() {
            // Where each box begins with a tab, an empty line ends the row.
            let tabbed = at > 0 && self.lines[at - 1].1.starts_with('\t');
            return match (tabbed, self.has_blanks && open) {
                (true, _) => Line::End,
                (false, true) => Line::Box(String::new()),
                (false, false) => Line::Gap,
            };
        }
        self.naked(at, text, zone, open)
    }

    /// A line with bars: `| a | b |`, `a |`, or `|` for one blank box.
    fn barred(&self, line: &str, zone: bool, open: bool) -> Line {
        let Some(boxes) = split::barred(line) else {
            return match line {
                "|" if open => Line::Box(String::new()),
                _ => Line::End,
            };
        };
        let mut boxes: Vec<String> = boxes.into_iter().map(boxed).collect();
        let of_table = |text: &String| {
            !text.is_empty() && (is_value(text) || self.labels.is_printed(text) || open)
        };
        if !boxes.iter().any(of_table) && !zone {
            return Line::Text(clean(line).into_owned());
        }
        match boxes.len() {
            1 => Line::Box(boxes.remove(0)),
            _ => Line::Row(boxes),
        }
    }

    /// A line with tabs: boxes side by side, or one box that a tab opens.
    fn tabbed(&self, line: &str, zone: bool, open: bool) -> Line {
        let only = line.strip_prefix('\t').filter(|line| !line.contains('\t'));
        let Some(only) = only else {
            let boxes: Vec<String> = line.split('\t').map(boxed).collect();
            let of_table = |text: &String| {
                !text.is_empty() && ((zone || open) && is_value(text) || self.labels.is_label(text))
            };
            let blank = boxes.iter().all(String::is_empty);
            return if blank && !open {
                Line::Gap
            } else if blank || boxes.iter().any(of_table) {
                Line::Row(boxes)
            } else {
                Line::Text(clean(line).into_owned())
            };
        };
        let text = boxed(only);
        let of_table = if text.is_empty() {
            zone || open
        } else {
            (zone || open) && (is_value(&text) || self.labels.is_printed(&text))
                || open && is_caption(&text)
                || self.labels.is_label(&text)
        };
        match (of_table, text.is_empty()) {
            (true, _) => Line::Box(text),
            (false, true) => Line::Gap,
            (false, false) => Line::Text(plain(&text).into_owned()),
        }
    }

    /// A line without bars and tabs.
    fn naked(&self, at: usize, text: String, zone: bool, open: bool) -> Line {
        let one = Line::Box;
        let here = zone || open;
        if is_value(&text) {
            // 无 by itself is a sentence until a table has begun.
            let word = text.chars().any(char::is_alphabetic) && !open;
            let whole = !text.contains(' ') || number::read(&text) != Typed::Raw;
            if here && !word && whole {
                return one(boxed(&text));
            }
        }
        let chars = text.chars().count();
        if chars > LONGEST_ROW {
            return Line::Text(text);
        }
        let printed = self.labels.is_printed(&text);
        if printed && (open || zone && chars >= 4) || zone && self.labels.is_label(&text) {
            // A space within what is printed as one is none between boxes.
            let has_value = |boxes: &Vec<String>| boxes.iter().any(|text| is_value(text));
            let boxes = self.spaced(&text);
            let boxes = boxes.filter(|boxes| !printed || has_value(boxes));
            return boxes.map_or_else(|| one(text), Line::Row);
        }
        if self.labels.is_label(&text) && self.before_numbers(at) {
            return one(text);
        }
        match self.spaced(&text).filter(|_| here) {
            Some(boxes) => Line::Row(boxes),
            None if open && text == BLANK => one(String::new()),
            None if open && self.is_odd_value(&text) => one(text),
            None => Line::Text(text),
        }
    }

    /// Whether the next written line is a number or another label.
    fn before_numbers(&self, at: usize) -> bool {
        let mut next = self.paragraphs[at + 1..].iter();
        next.find(|text| !text.is_empty())
            .is_some_and(|text| text.chars().any(|c| c.is_ascii_digit()) && is_value(text))
    }

    /// Words where the row still lacks values: an unreadable value, not prose.
    fn is_odd_value(&self, text: &str) -> bool {
        let Some((at, label)) = self
            .row
            .slots
            .iter()
            .enumerate()
            .rev()
            .find_map(|(index, slot)| Some((self.labels.row(&slot.text)?.0, index)))
        else {
            return false;
        };
        let wanted = self.labels.form.tables[at.table].cols.len();
        is_caption(text) && self.row.slots.len() - (label + 1) < wanted
    }

    /// Boxes kept apart by spaces, if that is what a line holds.
    fn spaced(&self, text: &str) -> Option<Vec<String>> {
        let is_whole = |piece: &str| is_value(piece) && !number::are_several(piece);
        let boxes = split::unbroken(split::at_gaps(text, is_whole));
        if boxes.len() < 2 {
            return None;
        }
        let values = boxes.iter().rev().take_while(|text| is_value(text)).count();
        let words = &boxes[..boxes.len() - values];
        let known = |text: &String| self.labels.is_printed(text) || self.labels.row(text).is_some();
        // Behind a label, as many boxes as it has columns are its values.
        let labelled = boxes.iter().enumerate().any(|(at, text)| {
            self.labels.whole(text).is_some_and(|row| {
                let cols = self.labels.form.tables[row.table].cols.len();
                cols > 1 && boxes.len() - at - 1 == cols
            })
        });
        if labelled && values > 0 {
            return Some(boxes);
        }
        (words.iter().all(known) && (values != 2 || !words.is_empty())).then_some(boxes)
    }
}

/// A short run of words without a sentence in it.
fn is_caption(text: &str) -> bool {
    text.chars().count() <= 12 && !text.contains(['。', '；', '，'])
}

/// Whether a broken line goes on with the next one.
fn goes_on(above: &str, next: &str) -> bool {
    !above.ends_with(['。', '：', '；', '！', '？']) && ordinal::mark(next).is_none()
}
