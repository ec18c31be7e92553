//! Paragraphs and tables with their places, to a draft.
//!
//! All readers of foreign files end here: `of_tables` takes the tables of sheets, `draft`
//! pieces of pages, `of_pieces` those of documents, and the reader of text adds line by
//! line. What is the same for all stands in `Assembly`: headings, title, what a site
//! prints around it, a section without a heading.
//!
//! **Never:** decides which cell a box is; that is the matcher's.
//! Next: `matcher`; `outline` for headings.

use std::ops::Range;

use crate::base::failure::Failure;
use crate::base::ordinal::{self, MarkKind};
use crate::base::place::Place;
use crate::base::spelling::simplified;
use crate::base::words::{Words, words};
use crate::form::TextId;
use crate::format::labels::Labels;
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
const OVERVIEW: &str = "s1";

const NO_TABLES: Words = words(
    "原文里没有表格，只有文字，各表留空",
    "the source has no tables, only text; the tables are left blank",
);

/// Makes a draft of the tables on sheets, which tell the form.
pub(super) fn of_tables(
    tables: Vec<Rectangle>,
    notes: Vec<Note>,
    options: &Options,
) -> Result<Draft, Failure> {
    let labels = Labels::told(options, tables.iter().flat_map(Rectangle::texts));
    draft(
        tables.into_iter().map(Piece::table).collect(),
        notes,
        labels,
    )
}

/// Makes a draft of what sheets or pages hold, in the order of reading; only texts
/// and tables.
pub(super) fn draft(
    pieces: Vec<Piece>,
    notes: Vec<Note>,
    labels: &Labels,
) -> Result<Draft, Failure> {
    let mut draft = Draft::new(labels.form);
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
    of_pieces(draft, &pieces, None, labels)
}

/// Makes a draft of pieces in the order of reading. `title` says which of them are
/// the title, where the reader has found it.
pub(super) fn of_pieces(
    draft: Draft,
    pieces: &[Piece],
    title: Option<Range<usize>>,
    labels: &Labels,
) -> Result<Draft, Failure> {
    let lines: Vec<&str> = pieces.iter().map(Piece::line).collect();
    let mut assembly = Assembly::of(draft, &lines, labels);
    // A page that is a picture hides its headings too; a document shows them beside it.
    let may_hide = title.is_none();
    match title {
        Some(title) => assembly.title = title,
        None => assembly.find_title(&lines, |at| lines[at].is_empty()),
    }
    let mut at = 0;
    while at < pieces.len() {
        let place = &pieces[at].place;
        match assembly.at(at, place, &lines) {
            Is::Heading(count) => at += count - 1,
            Is::LeftOut => {}
            Is::Content => assembly.outline.pieces.push(pieces[at].clone()),
        }
        if let (What::Object(seen), true) = (&pieces[at].what, may_hide) {
            assembly.hides(*seen, place);
        }
        at += 1;
    }
    let mentioned = lines.iter().any(|line| mentions(line));
    assembly.finish(mentioned)
}

/// What stands at a line of a document.
pub(super) enum Is {
    /// A heading that is broken over so many lines.
    Heading(usize),
    /// The title, or no content.
    LeftOut,
    Content,
}

/// A draft in the making: the outline of a document as far as it is put together.
pub(super) struct Assembly<'a> {
    labels: &'a Labels,
    pub(super) draft: Draft,
    pub(super) outline: Outline,
    headings: std::iter::Peekable<std::vec::IntoIter<Found>>,
    /// A heading names its section.
    named: bool,
    /// The line of the first heading.
    start: usize,
    /// The line with which section 一 begins without a heading.
    opens: Option<usize>,
    /// The lines of the title.
    title: Range<usize>,
    /// The lines around it that are no content.
    chrome: Vec<usize>,
    /// The section that is open.
    pub(super) section: Option<TextId>,
}

impl<'a> Assembly<'a> {
    /// Finds the headings among the lines of a document; an empty line stands for
    /// what is no paragraph.
    pub(super) fn of(draft: Draft, lines: &[&str], labels: &'a Labels) -> Self {
        let headings = outline::headings(lines, labels);
        Assembly {
            labels,
            draft,
            outline: Outline::default(),
            named: headings.iter().any(|found| found.by_words),
            start: headings.first().map_or(lines.len(), |found| found.at),
            opens: unheaded(lines, &headings, labels),
            headings: headings.into_iter().peekable(),
            title: 0..0,
            chrome: Vec::new(),
            section: labels.form.texts().next(),
        }
    }

    /// Whether headings are left.
    pub(super) fn has_headings(&self) -> bool {
        self.headings.len() > 0
    }

    /// Takes the title from the lines before the first heading. What a site prints
    /// around it is left out, but for lines that are kept.
    pub(super) fn find_title(&mut self, lines: &[&str], is_kept: impl Fn(usize) -> bool) {
        let before = &lines[..self.start];
        let title = title(&mut self.draft, before);
        let report = self.draft.report();
        self.chrome = (0..self.start)
            .filter(|at| is_chrome(before, *at, report, &title) && !is_kept(*at))
            .collect();
        self.title = title;
        note_chrome(&mut self.draft, self.chrome.len());
    }

    /// Whether a section begins at a line.
    pub(super) fn opens(&mut self, at: usize) -> bool {
        self.opens == Some(at) || self.headings.peek().is_some_and(|found| found.at == at)
    }

    /// Takes what begins at a line; content is for the caller to add.
    pub(super) fn at(&mut self, at: usize, place: &Place, lines: &[impl AsRef<str>]) -> Is {
        if let Some(found) = self.headings.next_if(|found| found.at == at) {
            let lines = lines[at..at + found.count].iter();
            let text: String = lines.map(AsRef::as_ref).collect();
            if let (Some(opens), false) = (found.section, found.by_words) {
                matcher::note_by_number(&mut self.draft, place, &text, opens);
            }
            self.section = found.section.or(self.section);
            self.push(place, What::Heading(found.section, text));
            return Is::Heading(found.count);
        }
        if self.opens == Some(at)
            && let Some(one) = self.labels.form.text(OVERVIEW)
        {
            self.draft.recognised += 1;
            self.section = Some(one);
            self.push(place, What::Opens(one));
        }
        if self.title.contains(&at) || self.chrome.contains(&at) {
            return Is::LeftOut;
        }
        Is::Content
    }

    /// Adds a piece.
    pub(super) fn push(&mut self, place: &Place, what: What) {
        let place = place.clone();
        self.outline.pieces.push(Piece { place, what });
    }

    /// Says of the sections with tables that begin in something that is not read: those
    /// between the headings before and behind it.
    fn hides(&mut self, seen: Seen, place: &Place) {
        let form = self.labels.form;
        let (before, behind) = (self.section, self.headings.peek());
        let behind = behind.and_then(|found| found.section);
        let between = form.texts().filter(|text| {
            Some(*text) > before
                && behind.is_none_or(|behind| *text < behind)
                && !form.section(*text).tables.is_empty()
        });
        for text in between {
            self.push(place, What::Opens(text));
            self.push(place, What::Object(seen));
        }
    }

    /// The draft, its cells filled, if it holds anything of an annual report.
    pub(super) fn finish(mut self, mentioned: bool) -> Result<Draft, Failure> {
        matcher::fill(&mut self.draft, &self.outline, self.labels);
        finish(self.draft, self.named, mentioned)
    }
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
    // A table that stands there says what the file is, even if nothing of it was read.
    let has_unread = report.unread().next().is_some();
    let has_rows = has_unread || !report.unplaced().is_empty();
    if cells == 0 && !has_rows && draft.recognised > 0 {
        draft.note("", NO_TABLES);
    }
    if cells == 0 && head::is_of_school(&draft.report().head().title) {
        return Err(of_school());
    }
    let is_told = has_unread || draft.recognised > 1 || named && draft.recognised > 0;
    if draft.recognised == 0 && !has_unread || cells == 0 && !(mentioned && is_told) {
        return Err(no_report());
    }
    Ok(draft)
}

/// A report by the year of school, which has other sections and no tables.
fn of_school() -> Failure {
    Failure::file(
        words(
            "这是学校按学年写的信息公开报告，是另一种格式，没有要核对的表格",
            "this is a school's report on open information for a school year: another form, without the tables that are checked here",
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
fn title(draft: &mut Draft, before: &[&str]) -> Range<usize> {
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
fn is_chrome(before: &[&str], at: usize, report: &Report, title: &Range<usize>) -> bool {
    /// Least characters of a sentence that is content wherever it stands.
    const PROSE: usize = 40;
    let text = before[at];
    let is_prose = text.chars().count() >= PROSE && text.contains('。');
    at < title.start && !is_prose
        || at >= title.end && !title.is_empty() && text == report.head().title
}

/// Notes how many lines were no content.
fn note_chrome(draft: &mut Draft, count: usize) {
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
fn unheaded(paragraphs: &[&str], headings: &[Found], labels: &Labels) -> Option<usize> {
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
    pub(super) fn text(place: impl Into<Place>, text: impl Into<String>) -> Self {
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
enum RowIs {
    Blank,
    /// A row of a table.
    Figures,
    /// A heading, or sentences.
    Prose,
    /// Words that are text only where no table goes on around them.
    Words,
}

fn is(row: &Row, labels: &Labels) -> RowIs {
    let written = || row.slots.iter().filter(|slot| !slot.text.is_empty());
    if row.is_blank() {
        return RowIs::Blank;
    }
    let figures = |slot: &Slot| {
        is_value(&slot.text)
            || labels.is_printed(&slot.text) && labels.section(&slot.text).is_none()
    };
    if written().any(figures) {
        return RowIs::Figures;
    }
    let prose = |slot: &Slot| {
        labels.section(&slot.text).is_some()
            || slot.text.chars().count() >= PROSE && slot.text.contains(['。', '；'])
    };
    match (written().any(prose), written().count()) {
        (true, _) => RowIs::Prose,
        (false, 1) => RowIs::Words,
        (false, _) => RowIs::Figures,
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
        let kinds: Vec<RowIs> = table.rows.iter().map(|row| is(row, labels)).collect();
        for (at, row) in table.rows.into_iter().enumerate() {
            let goes_on = !rows.is_empty()
                && kinds[at..]
                    .iter()
                    .find(|kind| matches!(kind, RowIs::Figures | RowIs::Prose))
                    .is_some_and(|kind| *kind == RowIs::Figures);
            match kinds[at] {
                RowIs::Blank => {}
                RowIs::Words if goes_on => rows.push(row),
                RowIs::Figures => rows.push(row),
                RowIs::Prose | RowIs::Words => {
                    close(&mut out, &mut rows);
                    let written = row.slots.into_iter().filter(|slot| !slot.text.is_empty());
                    out.extend(written.flat_map(|slot| {
                        let lines: Vec<Piece> = slot
                            .text
                            .split('\n')
                            .map(|line| Piece::text(&slot.place, line.trim()))
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
