//! Paragraphs and tables with their places, to a draft.
//!
//! Readers of sheets and of pages end here: they know where each row stands,
//! but not which rows are a table and which are text written into boxes.
//!
//! **Never:** decides which cell a box is; that is the matcher's.
//! Next: `matcher`; `outline` for headings.

use std::ops::Range;

use crate::base::failure::Failure;
use crate::base::ordinal::{self, MarkKind};
use crate::base::spelling::simplified;
use crate::base::words::{Words, words};
use crate::form::TextId;
use crate::format::labels::{self, Labels};
use crate::format::matcher::columns;
use crate::format::matcher::{self, is_value};
use crate::format::outline::{self, Found, Outline, Piece, What};
use crate::format::rectangle::{Rectangle, Row, Slot};
use crate::format::{Options, head, no_report};
use crate::model::{Draft, HeadField, Note, Report, Seen};

/// Least characters of a sentence in a box: it is text, not a box of a table.
const PROSE: usize = 40;

/// Lines at the start in which a title is looked for.
const TITLE_WITHIN: usize = 30;

/// What a report speaks of; a text without it is none.
const TOPICS: [&str; 2] = ["信息公开", "依申请公开"];

/// The section that a report may begin without a heading.
pub(super) const OVERVIEW: &str = "s1";

const NO_TABLES: Words = words(
    "原文里没有表格，只有文字，各表留空",
    "the source has no tables, only text; the tables are left blank",
);

/// Makes a draft of pieces in the order of reading; only texts and tables.
pub(super) fn draft(
    pieces: Vec<Piece>,
    notes: Vec<Note>,
    options: &Options,
) -> Result<Draft, Failure> {
    let form = options.form.unwrap_or_else(|| {
        labels::form_of(pieces.iter().flat_map(|piece| match &piece.what {
            What::Table(table) => table.texts().collect(),
            What::Text(text) | What::Heading(_, text) => vec![text.as_str()],
            What::Opens(_) | What::Object(_) => Vec::new(),
        }))
    });
    let labels = Labels::of(form);
    let mut draft = Draft::new(form);
    draft.notes = notes;
    // A column that numbers all rows would make rows of a table of all texts.
    let cleared = pieces.into_iter().map(|piece| match &piece.what {
        What::Table(table) => match columns::cleared(table, labels) {
            Some((table, others)) => {
                for other in &others {
                    matcher::note_left_out(&mut draft, other);
                }
                Piece::table(table)
            }
            None => piece,
        },
        _ => piece,
    });
    let pieces = tables_opened(cleared.collect(), labels);
    let lines: Vec<&str> = pieces.iter().map(Piece::line).collect();
    let headings = outline::headings(&lines, labels);
    let start = headings.first().map_or(lines.len(), |found| found.at);
    let title = title(&mut draft, &lines[..start]);
    let is_text = |at: &usize| !lines[*at].is_empty();
    let chrome: Vec<usize> = (0..start)
        .filter(|at| is_chrome(&lines[..start], *at, draft.report(), &title) && is_text(at))
        .collect();
    note_chrome(&mut draft, chrome.len());
    let opens = unheaded(&lines, &headings, labels);
    let named = headings.iter().any(|found| found.by_words);
    let mentioned = lines.iter().any(|line| mentions(line));
    let mut outline = Outline::default();
    let mut next = headings.iter().peekable();
    let mut section = form.texts().next();
    let mut at = 0;
    while at < pieces.len() {
        let place = pieces[at].place.clone();
        if let Some(found) = next.next_if(|found| found.at == at) {
            let text = lines[at..at + found.count].concat();
            if let (Some(opens), false) = (found.section, found.by_words) {
                matcher::note_by_number(&mut draft, &place, &text, opens);
            }
            section = found.section.or(section);
            let what = What::Heading(found.section, text);
            outline.pieces.push(Piece { place, what });
            at += found.count;
            continue;
        }
        if opens == Some(at) {
            draft.recognised += 1;
            outline.pieces.extend(overview(place.clone(), labels));
        }
        if !title.contains(&at) && !chrome.contains(&at) {
            outline.pieces.push(pieces[at].clone());
        }
        if let What::Object(seen) = pieces[at].what {
            let behind = next.peek().and_then(|found| found.section);
            let hidden = hidden(seen, &place, section, behind, labels);
            outline.pieces.extend(hidden);
        }
        at += 1;
    }
    matcher::fill(&mut draft, &outline, labels);
    finish(draft, named, mentioned)
}

/// The sections with tables that begin in something that is not read: those between
/// the headings before and behind it.
fn hidden(
    seen: Seen,
    place: &str,
    before: Option<TextId>,
    behind: Option<TextId>,
    labels: &Labels,
) -> Vec<Piece> {
    let piece = |what| Piece {
        place: place.to_owned(),
        what,
    };
    let between = labels.form.texts().filter(|text| {
        Some(*text) > before
            && behind.is_none_or(|behind| *text < behind)
            && !labels.form.section(*text).tables.is_empty()
    });
    between
        .flat_map(|text| [piece(What::Opens(text)), piece(What::Object(seen))])
        .collect()
}

/// Whether a text speaks of what a report speaks of.
pub(super) fn mentions(text: &str) -> bool {
    let text = simplified(text);
    TOPICS.iter().any(|topic| text.contains(topic))
}

/// A filled draft, if it holds anything of an annual report.
pub(super) fn finish(mut draft: Draft, named: bool, mentioned: bool) -> Result<Draft, Failure> {
    year_of_prose(&mut draft);
    let head = draft.report().head();
    draft.recognised += usize::from(!head.title.is_empty());
    let cells = draft.origins.iter().flatten().count();
    let report = draft.report();
    let has_rows = report.unread().count() + report.unplaced().len() > 0;
    if cells == 0 && !has_rows && draft.recognised > 0 {
        draft.note("", NO_TABLES);
    }
    if cells == 0 && head::is_of_school(&draft.report().head().title) {
        return Err(of_school());
    }
    if draft.recognised == 0
        || (cells == 0 && !mentioned)
        || (cells == 0 && !named && draft.recognised < 2)
    {
        return Err(no_report());
    }
    Ok(draft)
}

/// A report by the year of school, which has other sections and no tables.
fn of_school() -> Failure {
    Failure::file(
        words(
            "这是学校按学年写的信息公开报告，是另一种格式，没有要核对的表格",
            "this is a school's report on open information by the year of school: another form, without the tables that are checked here",
        )
        .into(),
    )
    .hint(words(
        "要核对的是按日历年写的政府信息公开工作年度报告",
        "what is checked are annual reports on open government information, by the calendar year",
    ))
}

/// Takes the title from the paragraphs before the first heading: the lines it is
/// broken over, none where a sentence says it.
pub(super) fn title(draft: &mut Draft, before: &[&str]) -> Range<usize> {
    const SAID: Words = words(
        "没有单独成行的标题，按正文里的【{title}】",
        "no line is the title; \"{title}\" was taken from the text",
    );
    if let Some(title) = head::find(&before[..before.len().min(TITLE_WITHIN)]) {
        titled(draft, &title.text);
        return title.at..title.at + title.count;
    }
    let mut said = before.iter().take(TITLE_WITHIN);
    if let Some(title) = said.find_map(|text| head::said_in(text)) {
        titled(draft, &title);
        let args = vec![("title", title.into())];
        draft.note("head.title", SAID.with(args));
    }
    0..0
}

/// Whether a paragraph before the first heading is no content: what a site prints above
/// the title, or the title once more.
pub(super) fn is_chrome(before: &[&str], at: usize, report: &Report, title: &Range<usize>) -> bool {
    /// Least characters of a sentence that is content wherever it stands.
    const PROSE: usize = 40;
    let text = before[at];
    let is_prose = text.chars().count() >= PROSE && text.contains('。');
    at < title.start && !is_prose
        || at >= title.end && !title.is_empty() && text == report.head().title
}

/// Notes how many lines were no content.
pub(super) fn note_chrome(draft: &mut Draft, count: usize) {
    if count > 0 {
        let note = words(
            "标题前后有 {count} 行不是年报的内容（网页的导航、说明或重复的标题），没有读入",
            "{count} lines around the title are no content (of the page, or the title once more) and were left out",
        );
        draft.note("head.title", note.with(vec![("count", count.into())]));
    }
}

/// Where section 一 begins without a heading: with the paragraphs before its first item,
/// （一）, that do not tell of the report itself.
pub(super) fn unheaded(paragraphs: &[&str], headings: &[Found], labels: &Labels) -> Option<usize> {
    let one = labels.form.text(OVERVIEW)?;
    if headings.iter().any(|found| found.section == Some(one)) {
        return None;
    }
    let end = headings.first().map_or(paragraphs.len(), |found| found.at);
    let is_item = |text: &&str| {
        let mark = ordinal::mark(text);
        let is_first =
            |mark: &ordinal::Mark| mark.kind == MarkKind::HanBrackets && mark.number == 1;
        mark.as_ref().is_some_and(is_first) && !labels.is_printed(text)
    };
    let item = paragraphs[..end].iter().position(is_item)?;
    let is_of_report = |text: &&&str| simplified(**text).contains("报告");
    let above = paragraphs[..item].iter().rev();
    let count = above
        .take_while(|text| !text.is_empty() && !is_of_report(text))
        .count();
    Some(item - count)
}

/// The piece that opens section 一.
pub(super) fn overview(place: String, labels: &Labels) -> Option<Piece> {
    let what = What::Opens(labels.form.text(OVERVIEW)?);
    Some(Piece { place, what })
}

/// Writes a title, and the body and year that it says.
pub(super) fn titled(draft: &mut Draft, title: &str) {
    let (body, year) = head::says(title);
    draft.set_head(HeadField::Title, title);
    draft.set_head(HeadField::Body, &body);
    let year = year.map_or_else(String::new, |year| year.to_string());
    draft.set_head(HeadField::Year, &year);
}

/// The year of the first paragraphs, where the title says none.
fn year_of_prose(draft: &mut Draft) {
    let report = draft.report();
    if report.head().year.is_some() {
        return;
    }
    let mut texts = report.form().texts().map(|text| report.text(text));
    let year = texts.find_map(|text| text.lines().take(3).find_map(head::year_in));
    if let Some((_, _, year)) = year {
        let year = year.to_string();
        draft.set_head(HeadField::Year, &year);
        let note = words(
            "标题没有写年度，按正文当作 {year} 年",
            "the title names no year; {year} was taken from the text",
        );
        draft.note("head.year", note.with(vec![("year", year.into())]));
    }
}

impl Piece {
    /// A paragraph.
    pub(super) fn text(place: impl Into<String>, text: impl Into<String>) -> Self {
        Piece {
            place: place.into(),
            what: What::Text(text.into()),
        }
    }

    /// A table, at the place of its first row.
    pub(super) fn table(table: Rectangle) -> Self {
        Piece {
            place: table.rows.first().map(Row::place).unwrap_or_default(),
            what: What::Table(table),
        }
    }

    /// Goes on with a paragraph.
    pub(super) fn join(&mut self, more: &str) {
        if let What::Text(text) = &mut self.what {
            let letters = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if letters(text.chars().next_back()) && letters(more.chars().next()) {
                text.push(' ');
            }
            text.push_str(more);
        }
    }

    fn line(&self) -> &str {
        match &self.what {
            What::Text(text) => text,
            _ => "",
        }
    }
}

/// What a row of boxes is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    Blank,
    /// A row of a table.
    Figures,
    /// A heading, or sentences.
    Prose,
    /// Words that are text only where no table goes on around them.
    Words,
}

fn is(row: &Row, labels: &Labels) -> Is {
    let written = || row.slots.iter().filter(|slot| !slot.text.is_empty());
    if row.is_blank() {
        return Is::Blank;
    }
    let figures = |slot: &Slot| {
        is_value(&slot.text)
            || labels.is_printed(&slot.text) && labels.section(&slot.text).is_none()
    };
    if written().any(figures) {
        return Is::Figures;
    }
    let prose = |slot: &Slot| {
        labels.section(&slot.text).is_some()
            || slot.text.chars().count() >= PROSE && slot.text.contains(['。', '；'])
    };
    match (written().any(prose), written().count()) {
        (true, _) => Is::Prose,
        (false, 1) => Is::Words,
        (false, _) => Is::Figures,
    }
}

/// The pieces with their tables opened where rows of them are text.
fn tables_opened(pieces: Vec<Piece>, labels: &Labels) -> Vec<Piece> {
    let mut out = Vec::new();
    for piece in pieces {
        let What::Table(table) = piece.what else {
            out.push(piece);
            continue;
        };
        let mut rows = Vec::new();
        let kinds: Vec<Is> = table.rows.iter().map(|row| is(row, labels)).collect();
        for (at, row) in table.rows.into_iter().enumerate() {
            let goes_on = !rows.is_empty()
                && kinds[at..]
                    .iter()
                    .find(|kind| matches!(kind, Is::Figures | Is::Prose))
                    .is_some_and(|kind| *kind == Is::Figures);
            match kinds[at] {
                Is::Blank => {}
                Is::Words if goes_on => rows.push(row),
                Is::Figures => rows.push(row),
                Is::Prose | Is::Words => {
                    close(&mut out, &mut rows);
                    let written = row.slots.into_iter().filter(|slot| !slot.text.is_empty());
                    out.extend(written.flat_map(|slot| {
                        let lines: Vec<Piece> = slot
                            .text
                            .split('\n')
                            .map(|line| Piece::text(slot.place.as_str(), line.trim()))
                            .collect();
                        lines
                    }));
                }
            }
        }
        close(&mut out, &mut rows);
    }
    out
}

fn close(out: &mut Vec<Piece>, rows: &mut Vec<Row>) {
    if !rows.is_empty() {
        let rows = std::mem::take(rows);
        out.push(Piece::table(Rectangle { rows }));
    }
}
