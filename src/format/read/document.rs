//! A document as its format nests it, flattened into an outline.
//!
//! Tables that only lay out a page are opened, tables of figures become
//! rectangles, and what a web site prints around a report is left out.
//!
//! ```text
//! site menu           dropped: before the title
//! title               head
//! date, font size     dropped: a line about the page (its date is kept)
//! preamble, sections  outline
//! footer              dropped: outside the smallest box with all headings
//! ```
//!
//! **Never:** knows a format; decides which cell a box is.
//! Next: `outline` for headings, `matcher` for cells.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::failure::Failure;
use crate::base::number;
use crate::base::place::Place;
use crate::format::labels::{Labels, Sure};
use crate::format::outline::{self, Found, Piece, What};
use crate::format::read::text;
use crate::format::read::tree::{
    Child, Field, Line, MAX_NODES, Node, Role, holds, is_field, lines_of, rows_of, text_of,
};
use crate::format::rectangle::{Rectangle, Row, Slot};
use crate::format::{Options, assemble, head, matcher, own};
use crate::model::{Draft, HeadField, Note, Seen};

/// What a reader knows of a document beside its content.
#[derive(Default)]
pub(super) struct About {
    pub(super) notes: Vec<Note>,
    /// A title that stands nowhere in the text, such as a page's.
    pub(super) title: String,
}

/// Makes a draft of a document.
pub(super) fn draft(root: &Node, about: About, options: &Options) -> Result<Draft, Failure> {
    let (draft, page) = page_of(root, about, options);
    let labels = page.labels;
    let (pieces, title) = page.pieces();
    let notes = draft.notes.clone();
    let read = assemble::of_pieces(draft, &pieces, Some(title), labels);
    let has_cells = |draft: &Draft| draft.origins.iter().any(Option::is_some);
    let lines = page.items.iter().filter_map(Item::line);
    let labelled = lines.filter(|line| labels.is_label(line)).count();
    if labelled >= LEAST_LABELS && !read.as_ref().is_ok_and(has_cells) {
        // Tables drawn with lines of text: the reader of text knows those.
        let told = Options {
            form: Some(labels.form),
            ..*options
        };
        return text::read_text(&page.text(), notes, &told);
    }
    read
}

/// Where the boxes of a document's tables begin in its source, by their places.
pub(super) fn boxes(root: &Node, options: &Options) -> BTreeMap<Place, usize> {
    let (_, page) = page_of(root, About::default(), options);
    let mut tables = Vec::new();
    let mut boxes = BTreeMap::new();
    for item in &page.items {
        if let Kind::Rows(no, rows) = &item.what {
            let table = numbered(&mut tables, *no);
            for row in rows {
                let fields = row.fields.iter();
                boxes.extend(fields.map(|field| (place(table, row.no, field), field.at)));
            }
        }
    }
    boxes
}

/// A document without what stands around the report, and the draft that it begins.
fn page_of(root: &Node, about: About, options: &Options) -> (Draft, Page<'static>) {
    let mut texts = Vec::new();
    fields_of(root, &mut texts);
    let labels = Labels::told(options, texts.iter().map(String::as_str));
    let mut draft = Draft::new(labels.form);
    draft.notes = about.notes;
    let mut page = Page::of(root, labels);
    page.title(&mut draft, &about.title);
    page.trim(&mut draft);
    (draft, page)
}

/// Labels that make lines of text a table.
const LEAST_LABELS: usize = 5;
/// Longest text of a box that may be a label.
const LONGEST_LABEL: usize = 80;
/// Shortest text that is prose by its length.
const PROSE: usize = 40;

/// The short texts of all boxes, for telling the form.
fn fields_of(node: &Node, texts: &mut Vec<String>) {
    if is_field(node.role) {
        let text = text_of(node);
        if text.chars().count() <= LONGEST_LABEL {
            texts.push(text);
            return;
        }
    }
    for child in &node.children {
        match child {
            Child::Node(node) => fields_of(node, texts),
            Child::Line(line) if texts.len() < MAX_NODES => texts.push(line.clone()),
            Child::Line(_) | Child::Object(_) => {}
        }
    }
}

/// Whether a table only lays out a page: no labels of the form in boxes of its
/// own, and tables, headings or prose in them.
fn is_layout(table: &Node, labels: &Labels) -> bool {
    const LEAST: usize = 2;
    let is_table =
        |child: &Child| matches!(child, Child::Node(node) if holds(node, |r| r == Role::Table));
    let mut labelled = 0;
    let mut layout = false;
    for field in rows_of(table).into_iter().flat_map(|(row, _)| row) {
        let nested = field.children.iter().any(is_table);
        layout |= nested;
        if nested {
            continue;
        }
        let text = text_of(field);
        let long = text.chars().count() > LONGEST_LABEL;
        labelled += usize::from(!long && labels.is_label(&text));
        layout |= long && (has_heading(field, labels) || text.matches('。').count() > 2);
        if labelled >= LEAST {
            return false;
        }
    }
    layout
}

fn has_heading(node: &Node, labels: &Labels) -> bool {
    node.children.iter().any(|child| match child {
        Child::Line(line) => labels.section(line).is_some(),
        Child::Node(node) => has_heading(node, labels),
        Child::Object(_) => false,
    })
}

/// A piece of a flattened document.
struct Item {
    /// The innermost part of the page it stands in.
    within: usize,
    what: Kind,
}

enum Kind {
    Line(String),
    /// Rows of a table, and its number.
    Rows(usize, Vec<Line>),
    Object(Seen),
}

impl Item {
    fn line(&self) -> Option<&str> {
        match &self.what {
            Kind::Line(line) => Some(line),
            Kind::Rows(..) | Kind::Object(_) => None,
        }
    }
}

/// A flattened document.
struct Page<'a> {
    labels: &'a Labels,
    items: Vec<Item>,
    /// The part that each part of the page stands in; the first is the whole.
    parts: Vec<usize>,
    tables: usize,
    headings: Vec<Found>,
    /// The items of the title.
    title: Range<usize>,
}

/// Words of lines about the page, not of the report.
const ABOUT_PAGE: [&str; 22] = [
    "字号",
    "字体",
    "打印",
    "浏览",
    "点击",
    "阅读次数",
    "访问量",
    "分享",
    "来源：",
    "来源:",
    "发布机构",
    "发布单位",
    "发布日期",
    "发布时间",
    "公开日期",
    "生成日期",
    "成文日期",
    "发文日期",
    "索引号",
    "主题分类",
    "当前位置",
    "责任编辑",
];
/// What stands before the date of publication.
const PUBLISHED: [&str; 4] = ["发布日期", "发布时间", "公开日期", "发文日期"];
/// Words of lines at the foot of a page: it ends there.
const FOOT: [&str; 13] = [
    "ICP备",
    "网站标识码",
    "公网安备",
    "版权所有",
    "上一篇",
    "下一篇",
    "网站地图",
    "打印本页",
    "关闭窗口",
    "关闭本页",
    "主办单位：",
    "相关链接",
    "扫一扫在手机",
];

impl<'a> Page<'a> {
    fn of(root: &Node, labels: &'a Labels) -> Self {
        let mut page = Page {
            labels,
            items: Vec::new(),
            parts: vec![0],
            tables: 0,
            headings: Vec::new(),
            title: 0..0,
        };
        page.flatten(root, 0);
        page.find_headings();
        page
    }

    fn find_headings(&mut self) {
        let lines: Vec<&str> = self
            .items
            .iter()
            .map(|item| item.line().unwrap_or_default())
            .collect();
        self.headings = outline::headings(&lines, self.labels);
    }

    fn flatten(&mut self, node: &Node, within: usize) {
        for child in &node.children {
            match child {
                Child::Line(line) => self.push(within, Kind::Line(line.clone())),
                Child::Node(node) => self.node(node, within),
                Child::Object(seen) => self.push(within, Kind::Object(*seen)),
            }
        }
    }

    fn node(&mut self, node: &Node, within: usize) {
        if matches!(node.role, Role::Unseen | Role::Covered { .. }) {
            return;
        }
        if node.role != Role::Table {
            self.parts.push(within);
            let part = self.parts.len() - 1;
            self.flatten(node, part);
        } else if is_layout(node, self.labels) {
            for field in rows_of(node).into_iter().flat_map(|(row, _)| row) {
                self.node(field, within);
            }
        } else {
            self.table(lines_of(node), within);
            self.objects(node, within);
        }
    }

    /// What stands in the boxes of a table and is no text.
    fn objects(&mut self, node: &Node, within: usize) {
        for child in &node.children {
            match child {
                Child::Node(node) if node.role != Role::Unseen => self.objects(node, within),
                Child::Object(seen) => self.push(within, Kind::Object(*seen)),
                Child::Node(_) | Child::Line(_) => {}
            }
        }
    }

    /// A table, cut where a row of it is a heading or prose.
    fn table(&mut self, lines: Vec<Line>, within: usize) {
        self.tables += 1;
        let no = self.tables;
        let opens = |line: &Line| {
            let first = line.written().next();
            first.is_some_and(|text| self.labels.section(text).is_some())
        };
        // Some offices write the whole report as one table.
        let whole = lines.iter().any(opens);
        let mut pieces: Vec<Kind> = Vec::new();
        for line in lines {
            let written: Vec<&str> = line.written().collect();
            let prose = match written[..] {
                _ if opens(&line) => true,
                [text] if !self.labels.is_printed(text) => {
                    let long = text.chars().count() > PROSE && text.contains('。');
                    long || whole && !matcher::is_value(text)
                }
                _ => false,
            };
            if prose {
                pieces.extend(written.iter().map(|text| Kind::Line((*text).to_owned())));
            } else if let Some(Kind::Rows(_, rows)) = pieces.last_mut() {
                rows.push(line);
            } else {
                pieces.push(Kind::Rows(no, vec![line]));
            }
        }
        for piece in pieces {
            self.push(within, piece);
        }
    }

    fn push(&mut self, within: usize, what: Kind) {
        self.items.push(Item { within, what });
    }

    /// Whether an item is a table of the form.
    fn is_official(&self, item: &Item) -> bool {
        let Kind::Rows(_, rows) = &item.what else {
            return false;
        };
        let mut written = rows.iter().flat_map(Line::written);
        written.any(|text| self.labels.is_label(text))
    }

    /// Index of the first heading or table of the form.
    fn start(&self) -> usize {
        let heading = self.headings.first().map(|found| found.at);
        let table = self.items.iter().position(|item| self.is_official(item));
        let start = heading.into_iter().chain(table).min();
        start.unwrap_or(self.items.len())
    }

    /// Takes the title: the last whole one before the report begins.
    fn title(&mut self, draft: &mut Draft, other: &str) {
        const MOST_LINES: usize = 3;
        let lines: Vec<&str> = self.items[..self.start()]
            .iter()
            .map(|item| item.line().unwrap_or_default())
            .collect();
        let whole = (0..lines.len()).rev().find_map(|at| {
            let end = (at + MOST_LINES).min(lines.len());
            let title = head::find(&lines[at..end]).filter(|title| title.at == 0)?;
            let (body, year) = head::says(&title.text);
            (!body.is_empty() && year.is_some()).then_some((at, title))
        });
        let found = whole.or_else(|| head::find(&lines).map(|title| (title.at, title)));
        if let Some((at, title)) = found {
            self.title = at..at + title.count;
            assemble::titled(draft, &title.text);
            return;
        }
        // A page's own title carries the names of the site behind it.
        let pieces: Vec<&str> = other
            .split(['_', '|', '-', '—', '–'])
            .map(str::trim)
            .collect();
        let cells: Vec<&str> = self.items[..self.start()]
            .iter()
            .filter_map(|item| match &item.what {
                Kind::Rows(_, rows) => Some(rows),
                Kind::Line(_) | Kind::Object(_) => None,
            })
            .flat_map(|rows| rows.iter().flat_map(Line::written))
            .collect();
        for texts in [cells, pieces] {
            if let Some(title) = head::find(&texts).filter(|title| title.count == 1) {
                assemble::titled(draft, &title.text);
                return;
            }
        }
    }

    /// Drops what a site prints around the report.
    fn trim(&mut self, draft: &mut Draft) {
        let start = self.start();
        let (title, headings) = (self.title.clone(), &self.headings);
        let last = headings.last().map(|found| found.at);
        let last = last.max(self.items.iter().rposition(|item| self.is_official(item)));
        let home = self.home();
        let mut keep = vec![true; self.items.len()];
        let mut ended = false;
        for (at, item) in self.items.iter().enumerate() {
            let prose = item
                .line()
                .is_some_and(|line| line.chars().count() > PROSE && line.contains('。'));
            if at < start {
                if let Some(date) = published(item) {
                    draft.set_head(HeadField::Published, &date);
                }
                let stated = at >= title.end && item.line().is_some_and(|line| states(draft, line));
                let before = title.is_empty() && home.is_some_and(|home| !self.is_in(item, home));
                keep[at] = title.contains(&at)
                    || !stated && (prose || !(at < title.start || before || is_about_page(item)));
            } else if last.is_some_and(|last| at > last) {
                let out = home.is_some_and(|home| !self.is_in(item, home));
                let foot = item.line().is_some_and(|line| {
                    line.chars().count() <= 2 * PROSE
                        && !line.contains('。')
                        && FOOT.iter().any(|word| line.contains(word))
                });
                ended |= foot;
                keep[at] = !(out || ended);
            }
        }
        let dropped = |at: usize| keep[..at].iter().filter(|keep| !**keep).count();
        self.title = title.start - dropped(title.start)..title.end - dropped(title.end);
        for found in &mut self.headings {
            found.at -= keep[..found.at].iter().filter(|keep| !**keep).count();
        }
        let mut kept = keep.iter();
        self.items.retain(|_| *kept.next().unwrap_or(&true));
    }

    /// The smallest part of the page that holds all headings and tables; None
    /// where there are too few of them to tell.
    fn home(&self) -> Option<usize> {
        const LEAST: usize = 3;
        let headings = self.headings.iter().map(|found| &self.items[found.at]);
        let tables = self.items.iter().filter(|item| self.is_official(item));
        let marks: Vec<usize> = headings.chain(tables).map(|item| item.within).collect();
        let common = |a: usize, b: usize| {
            let above: Vec<usize> = self.parts_above(a).collect();
            let mut parts = self.parts_above(b);
            parts.find(|part| above.contains(part)).unwrap_or(0)
        };
        let enough = marks.len() >= LEAST;
        marks.into_iter().reduce(common).filter(|_| enough)
    }

    /// A part of the page and those it stands in.
    fn parts_above(&self, part: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(part), |part| (*part > 0).then(|| self.parts[*part]))
    }

    fn is_in(&self, item: &Item, part: usize) -> bool {
        self.parts_above(item.within).any(|above| above == part)
    }

    /// The items with their places, and which of them are the title.
    fn pieces(&self) -> (Vec<Piece>, Range<usize>) {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut title = 0..0;
        let mut tables: Vec<usize> = Vec::new();
        let mut paragraph = 0;
        for (at, item) in self.items.iter().enumerate() {
            paragraph += usize::from(item.line().is_some());
            let what = match &item.what {
                Kind::Line(line) => What::Text(line.clone()),
                Kind::Object(seen) => What::Object(*seen),
                Kind::Rows(no, rows) => {
                    let mut table = rectangle(numbered(&mut tables, *no), rows);
                    if let Some(above) = pieces.last()
                        && self.captions(above, &mut table)
                    {
                        pieces.pop();
                    }
                    What::Table(table)
                }
            };
            if at == self.title.start {
                title.start = pieces.len();
            }
            let place = Place::Paragraph(paragraph);
            pieces.push(Piece { place, what });
            if at + 1 == self.title.end {
                title.end = pieces.len();
            }
        }
        (pieces, title)
    }

    /// Sets the line above a table before its only row of values, if that line
    /// is the label which the row lacks (`行政复议` over five numbers).
    fn captions(&self, above: &Piece, table: &mut Rectangle) -> bool {
        let What::Text(text) = &above.what else {
            return false;
        };
        let Some((at, Sure::Label)) = self.labels.row(text) else {
            return false;
        };
        let cols = self.labels.form.tables[at.table].cols.len();
        let is_values = |row: &&mut Row| {
            let filled = |slot: &Slot| slot.text.is_empty() || matcher::is_value(&slot.text);
            row.slots.len() == cols && row.slots.iter().all(filled)
        };
        let mut rows = table.rows.iter_mut().filter(is_values);
        let (Some(row), None) = (rows.next(), rows.next()) else {
            return false;
        };
        for slot in &mut row.slots {
            slot.col += 1;
        }
        let label = Slot {
            col: 0,
            span: 1,
            text: text.clone(),
            place: above.place.clone(),
        };
        row.slots.insert(0, label);
        true
    }

    /// The document as lines of text, boxes of a row kept apart by tabs.
    fn text(&self) -> String {
        let mut text = String::new();
        for item in &self.items {
            match &item.what {
                Kind::Object(_) => continue,
                Kind::Line(line) => text.push_str(line),
                Kind::Rows(_, rows) => {
                    for row in rows {
                        let fields: Vec<&str> =
                            row.fields.iter().map(|field| field.text.as_str()).collect();
                        text.push_str(&fields.join("\t"));
                        text.push('\n');
                    }
                }
            }
            text.push('\n');
        }
        text
    }
}

/// The number of a table among those that are kept.
fn numbered(tables: &mut Vec<usize>, no: usize) -> usize {
    if !tables.contains(&no) {
        tables.push(no);
    }
    tables.len()
}

fn place(table: usize, row: usize, field: &Field) -> Place {
    Place::Cell {
        table,
        row,
        col: field.col + 1,
    }
}

/// Rows of a table with their places.
fn rectangle(table: usize, rows: &[Line]) -> Rectangle {
    let slot = |no: usize, field: &Field| Slot {
        col: field.col,
        span: field.span,
        text: field.text.clone(),
        place: place(table, no, field),
    };
    let row = |row: &Line| Row {
        slots: row.fields.iter().map(|field| slot(row.no, field)).collect(),
    };
    Rectangle {
        rows: rows.iter().map(row).collect(),
    }
}

/// Whether an item tells of the page, not of the report.
fn is_about_page(item: &Item) -> bool {
    let tells =
        |text: &str| !text.contains('。') && ABOUT_PAGE.iter().any(|word| text.contains(word));
    match &item.what {
        Kind::Object(_) => false,
        Kind::Line(line) => line.chars().count() <= 2 * PROSE && tells(line),
        Kind::Rows(_, rows) => rows.iter().flat_map(Line::written).any(tells),
    }
}

/// Writes the field of the head that a line below the title states.
fn states(draft: &mut Draft, line: &str) -> bool {
    let stated = own::text::states(line);
    let stated = stated.filter(|(field, text)| {
        *field != HeadField::Year || text.is_empty() || text.parse::<u16>().is_ok()
    });
    if let Some((field, text)) = stated {
        draft.set_head(field, text.trim_matches(number::is_space));
    }
    stated.is_some()
}

/// The date of publication that an item names.
fn published(item: &Item) -> Option<String> {
    let text = match &item.what {
        Kind::Object(_) => return None,
        Kind::Line(line) => line.clone(),
        Kind::Rows(_, rows) => {
            let written: Vec<&str> = rows.iter().flat_map(Line::written).collect();
            written.join(" ")
        }
    };
    let at = PUBLISHED
        .iter()
        .find_map(|word| text.find(word).map(|at| at + word.len()))?;
    let date: String = text[at..]
        .trim_start_matches(|c: char| number::is_space(c) || matches!(c, ':' | '：'))
        .chars()
        .map(number::narrow)
        .take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '年' | '月' | '日'))
        .collect();
    let dated = date.len() >= 8 && date.bytes().take(4).all(|b| b.is_ascii_digit());
    dated.then_some(date)
}
