//! A report in the order of print: what documents and pages show of it.
//!
//! Headings stand as found, in the report's order; a section that none of them
//! opens comes under its official heading, before those that follow it.
//!
//! **Never:** knows a format; shows an explanation, a question, a user.
//! Next: `write::docx`, `write::html`.

use crate::base::ordinal::{self, MarkKind};
use crate::form::printed::{Content, Printed, PrintedBox, printed};
use crate::form::{Section, TextId};
use crate::format::marks::clean;
use crate::format::own;
use crate::model::Report;

/// Longest （一） that is a heading, and longest one that opens a paragraph.
const LONGEST: (usize, usize) = (40, 30);

/// A part of a printed report.
pub(super) enum Part {
    Title(String),
    /// A field of the head that the title does not say, with its name.
    Stated(String),
    Heading(String),
    Paragraph(String),
    /// A table and the section it stands in.
    Table(&'static Section, Printed),
}

/// All parts, in order; none of them is empty.
pub(super) fn parts(report: &Report) -> Vec<Part> {
    let form = report.form();
    let mut out = Out {
        report,
        tables: printed(form),
        told: vec![false; form.sections.len()],
        parts: Vec::new(),
    };
    let title = clean(&report.head().title).into_owned();
    if !title.is_empty() {
        out.parts.push(Part::Title(title));
    }
    let stated = own::text::stated(report.head());
    let stated = stated.filter(|(_, value)| !value.is_empty());
    let stated =
        stated.map(|(name, value)| Part::Stated(clean(&[name, &value].concat()).into_owned()));
    out.parts.extend(stated);
    form.texts()
        .take(1)
        .for_each(|preamble| out.section(preamble));
    let opened: Vec<TextId> = report.headings().iter().filter_map(|h| h.section).collect();
    let missing = |before: Option<TextId>| {
        let texts = form.texts().filter(|text| !opened.contains(text));
        texts.filter(move |text| before.is_none_or(|before| *text < before))
    };
    for heading in report.headings() {
        let Some(opens) = heading.section else {
            out.heading(&heading.text);
            continue;
        };
        missing(Some(opens)).for_each(|text| out.official(text));
        out.heading(&heading.text);
        out.section(opens);
    }
    missing(None).for_each(|text| out.official(text));
    out.parts
}

/// What a document calls itself, also where the report has no title.
pub(super) fn title(parts: &[Part]) -> &str {
    match parts.first() {
        Some(Part::Title(text)) => text,
        _ => "年报（没有标题）",
    }
}

struct Out<'a> {
    report: &'a Report,
    tables: Vec<Printed>,
    told: Vec<bool>,
    parts: Vec<Part>,
}

impl Out<'_> {
    fn heading(&mut self, text: &str) {
        let text = clean(text).into_owned();
        if !text.is_empty() {
            self.parts.push(Part::Heading(text));
        }
    }

    /// A section under its official heading, unless it was told before.
    fn official(&mut self, text: TextId) {
        if !self.told[text.index()] {
            self.heading(&self.report.form().section(text).heading());
            self.section(text);
        }
    }

    /// The text of a section and its table, once.
    fn section(&mut self, text: TextId) {
        if std::mem::replace(&mut self.told[text.index()], true) {
            return;
        }
        let paragraphs = self.report.text(text).lines().map(clean);
        let paragraphs = paragraphs.filter(|paragraph| !paragraph.is_empty());
        self.parts
            .extend(paragraphs.map(|text| Part::Paragraph(text.into_owned())));
        let section = self.report.form().section(text);
        let table = self
            .tables
            .iter()
            .find(|table| table.prefix == section.tables);
        let table = table.map(|table| Part::Table(section, table.clone()));
        self.parts.extend(table);
    }
}

/// The text in a box: what the form prints there, or the report's number.
pub(super) fn text_of(content: Content, report: &Report) -> String {
    match content {
        Content::Title(text) | Content::Head(text) | Content::Label(text) => text.to_owned(),
        Content::Cell(cell) => clean(&report.cell(cell).text()).into_owned(),
    }
}

/// What a paragraph is that begins with （一）.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A heading of its own.
    Heading,
    /// So many of its bytes are a heading, and what it is about follows.
    Opens(usize),
}

/// Whether a paragraph is an item, or opens with the heading of one.
pub(super) fn item(text: &str) -> Option<Item> {
    ordinal::mark(text).filter(|mark| mark.kind == MarkKind::HanBrackets)?;
    let stop = text.char_indices().find(|(_, c)| "。：；，,;".contains(*c));
    match stop {
        None => (text.chars().count() <= LONGEST.0).then_some(Item::Heading),
        Some((at, stop)) => {
            let opens = matches!(stop, '。' | '：') && text[..at].chars().count() <= LONGEST.1;
            opens.then_some(Item::Opens(at + stop.len_utf8()))
        }
    }
}

/// Whether the text of a box begins at the left: titles, and the labels beside
/// a table with heads.
pub(super) fn is_left(of: &PrintedBox, table: &Printed) -> bool {
    match of.content {
        Content::Title(_) => true,
        Content::Label(_) => of.rows == 1 && table.heads > 0,
        _ => false,
    }
}

/// The widths of a grid, scaled so that they add up to a total.
pub(super) fn scaled(grid: &[u16], total: usize) -> Vec<usize> {
    let whole: usize = grid.iter().copied().map(usize::from).sum();
    let mut sum = 0;
    let mut edge = 0;
    grid.iter()
        .map(|width| {
            sum += usize::from(*width);
            let next = (sum * total + whole / 2) / whole;
            next - std::mem::replace(&mut edge, next)
        })
        .collect()
}
