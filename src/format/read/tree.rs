//! A document as its format nests it, flattened into an outline.
//!
//! Readers of HTML, DOCX and ODT build the same small tree of groups, tables
//! and lines. Here tables that only lay out a page are opened, tables of
//! figures become rectangles, and what a web site prints around a report is
//! left out.
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

use std::ops::Range;

use crate::base::failure::Failure;
use crate::base::number;
use crate::base::words::words;
use crate::format::labels::{self, Labels, Sure};
use crate::format::marks::{self, clean};
use crate::format::outline::{self, Found, Piece, What};
use crate::format::read::text;
use crate::format::rectangle::{Rectangle, Row, Slot};
use crate::format::{Options, assemble, head, matcher, own};
use crate::model::{Draft, HeadField, Note, Seen};

/// Most nodes of a document; the longest reports have some ten thousand.
const MAX_NODES: usize = 400_000;
/// Most columns of a table that are told apart.
const MAX_COLS: usize = 256;
/// Most bytes of a text that stands as often as its box is repeated: numbers are short.
const MAX_REPEATED: usize = 1024;
/// Most columns or rows that one box spans.
pub(in crate::format) const MAX_SPAN: usize = 100;

/// What a node of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format) enum Role {
    /// A part of a page, or of a table.
    Group,
    Table,
    Row {
        /// Columns at its end that have no box.
        after: usize,
    },
    /// A box of a table and what it spans.
    Field {
        cols: usize,
        rows: usize,
    },
    /// Boxes side by side with the same content.
    Repeated {
        times: usize,
    },
    /// Columns that a box from above covers.
    Covered {
        cols: usize,
    },
    /// Nothing that is shown.
    Unseen,
}

/// A node of a document.
#[derive(Debug)]
pub(in crate::format) struct Node {
    role: Role,
    children: Vec<Child>,
}

#[derive(Debug)]
enum Child {
    Line(String),
    Node(Node),
    /// Something in which a table may be shown, but cannot be read.
    Object(Seen),
}

/// Builds a document from the events of a reader.
#[derive(Debug)]
pub(in crate::format) struct Builder {
    open: Vec<Node>,
    line: String,
    /// Space that waits for the next character; true if a line of the source ended.
    space: Option<bool>,
    nodes: usize,
    fields: usize,
    /// What stands within the line that is being read.
    objects: Vec<Seen>,
    /// Text that is struck out was met.
    pub(in crate::format) struck: bool,
    /// Numbers were met that nobody sees on the page: white, or of no size.
    pub(in crate::format) faint: bool,
    /// Text is deleted until further notice.
    pub(in crate::format) deleted: bool,
}

impl Builder {
    /// An empty document.
    pub(in crate::format) fn new() -> Self {
        Builder {
            open: vec![Node {
                role: Role::Group,
                children: Vec::new(),
            }],
            line: String::new(),
            space: None,
            nodes: 0,
            fields: 0,
            objects: Vec::new(),
            struck: false,
            faint: false,
            deleted: false,
        }
    }

    /// Whether it is larger than any report.
    pub(in crate::format) fn is_full(&self) -> bool {
        self.nodes > MAX_NODES
    }

    /// Whether text now goes into a box of a table.
    pub(in crate::format) fn in_field(&self) -> bool {
        self.fields > 0
    }

    /// Begins a node within the last one.
    pub(in crate::format) fn open(&mut self, role: Role) {
        self.end_line();
        self.nodes += 1;
        self.fields += usize::from(is_field(role));
        self.open.push(Node {
            role,
            children: Vec::new(),
        });
    }

    /// Ends the last node.
    pub(in crate::format) fn close(&mut self) {
        self.end_line();
        if self.open.len() > 1
            && let Some(node) = self.open.pop()
        {
            self.fields -= usize::from(is_field(node.role));
            // A group without anything in it is no group.
            let hollow = node.role == Role::Group && node.children.is_empty();
            if let Some(parent) = self.open.last_mut().filter(|_| !hollow) {
                parent.children.push(Child::Node(node));
            }
        }
    }

    /// Lets the box that was just opened span columns.
    pub(in crate::format) fn widen(&mut self, span: usize) {
        if let Some(Role::Field { cols, .. } | Role::Covered { cols }) =
            self.open.last_mut().map(|node| &mut node.role)
        {
            *cols = span;
        }
    }

    /// Says that columns at the end of the row just opened have no box.
    pub(in crate::format) fn ends_early(&mut self, cols: usize) {
        if let Some(Role::Row { after }) = self.open.last_mut().map(|node| &mut node.role) {
            *after = cols;
        }
    }

    /// Adds something in which a table may be shown; it stands behind its line.
    pub(in crate::format) fn object(&mut self, seen: Seen) {
        if self.objects.len() < MAX_COLS && !self.deleted {
            self.objects.push(seen);
        }
    }

    /// Says that the box just opened is covered from above.
    pub(in crate::format) fn cover(&mut self) {
        if let Some(node) = self.open.last_mut()
            && let Role::Field { cols, .. } = node.role
        {
            node.role = Role::Covered { cols };
            self.fields -= 1;
        }
    }

    /// Says that the row or box just opened is deleted.
    pub(in crate::format) fn unsee(&mut self) {
        if let Some(node) = self.open.last_mut().filter(|node| node.role != Role::Group) {
            self.fields -= usize::from(is_field(node.role));
            node.role = Role::Unseen;
        }
    }

    /// Adds text as it is.
    pub(in crate::format) fn text(&mut self, text: &str) {
        if !self.deleted {
            self.line.push_str(text);
        }
    }

    /// Adds text that nobody sees: words may stand on a ground that is not known,
    /// numbers are left out.
    pub(in crate::format) fn faintly(&mut self, text: &str) {
        let is_number =
            text.chars().any(|c| number::narrow(c).is_ascii_digit()) && !text.chars().any(is_han);
        self.faint |= is_number;
        if !is_number {
            self.flowing(text);
        }
    }

    /// Adds text in which any white space is one space, or none between Chinese
    /// characters where a line of the source ends.
    pub(in crate::format) fn flowing(&mut self, text: &str) {
        if self.deleted {
            return;
        }
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                let ended = self.space.unwrap_or(false) || matches!(c, '\n' | '\r');
                self.space = Some(ended);
                continue;
            }
            if let Some(ended) = self.space.take()
                && let Some(last) = self.line.chars().next_back()
                && !(ended && is_han(last) && is_han(c))
            {
                self.line.push(' ');
            }
            self.line.push(c);
        }
    }

    /// Ends a line.
    pub(in crate::format) fn end_line(&mut self) {
        self.space = None;
        let line = clean(&self.line).into_owned();
        self.line.clear();
        if let Some(node) = self.open.last_mut().filter(|_| !line.is_empty()) {
            self.nodes += 1;
            node.children.push(Child::Line(line));
        }
        if let Some(node) = self.open.last_mut().filter(|_| !self.objects.is_empty()) {
            self.nodes += self.objects.len();
            node.children
                .extend(self.objects.drain(..).map(Child::Object));
        }
    }

    /// The document.
    pub(in crate::format) fn finish(mut self) -> Node {
        while self.open.len() > 1 {
            self.close();
        }
        self.end_line();
        self.open.pop().unwrap_or(Node {
            role: Role::Group,
            children: Vec::new(),
        })
    }
}

fn is_field(role: Role) -> bool {
    matches!(role, Role::Field { .. } | Role::Repeated { .. })
}

/// Whether a character is written without spaces around it.
fn is_han(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '“' | '”')
}

/// What a reader knows of a document beside its content.
#[derive(Default)]
pub(in crate::format) struct About {
    pub(in crate::format) notes: Vec<Note>,
    /// A title that stands nowhere in the text, such as a page's.
    pub(in crate::format) title: String,
}

/// Makes a draft of a document.
pub(in crate::format) fn draft(
    root: &Node,
    about: About,
    options: &Options,
) -> Result<Draft, Failure> {
    let form = options.form.unwrap_or_else(|| {
        let mut texts = Vec::new();
        fields_of(root, &mut texts);
        labels::form_of(texts.iter().map(String::as_str))
    });
    let labels = Labels::of(form);
    let mut draft = Draft::new(form);
    draft.notes = about.notes;
    let mut page = Page::of(root, labels);
    page.title(&mut draft, &about.title);
    page.trim(&mut draft);
    let (pieces, title) = page.pieces();
    let notes = draft.notes.clone();
    let read = assemble::of_pieces(draft, pieces, Some(title), labels);
    let has_cells = |draft: &Draft| draft.origins.iter().any(Option::is_some);
    let lines = page.items.iter().filter_map(Item::line);
    let labelled = lines.filter(|line| labels.is_label(line)).count();
    if labelled >= LEAST_LABELS && !read.as_ref().is_ok_and(has_cells) {
        // Tables drawn with lines of text: the reader of text knows those.
        return text::read_text(&page.text(), notes, options);
    }
    read
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

/// All text within a node as one.
///
/// Two numbers on two lines stay two, and read as neither.
fn text_of(node: &Node) -> String {
    fn collect<'a>(node: &'a Node, lines: &mut Vec<&'a str>) {
        for child in &node.children {
            match child {
                Child::Line(line) => lines.push(line),
                Child::Node(node) if node.role != Role::Unseen => collect(node, lines),
                Child::Node(_) | Child::Object(_) => {}
            }
        }
    }
    let mut lines = Vec::new();
    collect(node, &mut lines);
    let mut text = String::new();
    for line in lines {
        let sides = (text.chars().next_back(), line.chars().next());
        if let (Some(last), Some(first)) = sides
            && !is_han(last)
            && !is_han(first)
        {
            text.push_str("  ");
        }
        text.push_str(line);
    }
    if marks::is_nan(&text) {
        text.clear();
    }
    text
}

/// A row of a table as it stands in the source.
#[derive(Debug)]
struct Line {
    /// Its number in the table.
    no: usize,
    fields: Vec<Field>,
}

/// A box of a table as it stands in the source.
#[derive(Debug)]
struct Field {
    /// Its first column, and how many it covers.
    col: usize,
    span: usize,
    text: String,
}

impl Line {
    fn written(&self) -> impl Iterator<Item = &str> {
        let texts = self.fields.iter().map(|field| field.text.as_str());
        texts.filter(|text| !text.is_empty())
    }
}

/// The boxes of a table that are its own, row by row, with the columns that have no
/// box at the end of the row.
fn rows_of(table: &Node) -> Vec<(Vec<&Node>, usize)> {
    fn children<'a>(node: &'a Node, role: fn(Role) -> bool, into: &mut Vec<&'a Node>) {
        for child in &node.children {
            match child {
                Child::Node(node) if role(node.role) => into.push(node),
                Child::Node(node) if node.role == Role::Group => children(node, role, into),
                _ => {}
            }
        }
    }
    let mut rows = Vec::new();
    children(table, |role| matches!(role, Role::Row { .. }), &mut rows);
    rows.into_iter()
        .map(|row| {
            let mut fields = Vec::new();
            let is_box = |role| is_field(role) || matches!(role, Role::Covered { .. });
            children(row, is_box, &mut fields);
            let after = match row.role {
                Role::Row { after } => after,
                _ => 0,
            };
            (fields, after)
        })
        .collect()
}

/// The rows of a table with the columns of their boxes.
fn lines_of(table: &Node) -> Vec<Line> {
    // For how many rows yet each column is covered from above, and whether any
    // box has begun there.
    let mut held = [0_usize; MAX_COLS];
    let mut begun = [false; MAX_COLS];
    let mut lines = Vec::new();
    for (index, (row, after)) in rows_of(table).into_iter().enumerate() {
        let mut line = Line {
            no: index + 1,
            fields: Vec::new(),
        };
        let mut col = 0;
        for field in row {
            let text = text_of(field);
            let (times, cols, rows) = match field.role {
                Role::Field { cols, rows } => (1, cols.clamp(1, MAX_SPAN), rows.clamp(1, MAX_SPAN)),
                Role::Repeated { times } => (times.clamp(1, MAX_SPAN), 1, 1),
                Role::Covered { cols } => {
                    let cols = cols.clamp(1, MAX_SPAN);
                    if text.is_empty() || begun.get(col).is_none_or(|begun| *begun) {
                        col += cols;
                        continue;
                    }
                    // Covered by nothing: it is a box of its own.
                    (1, cols, 1)
                }
                _ => continue,
            };
            for time in 0..times {
                while col < MAX_COLS && held[col] > 0 {
                    col += 1;
                }
                let stands = time == 0 || text.len() <= MAX_REPEATED;
                let text = if stands { text.as_str() } else { "" };
                line.fields.push(Field {
                    col,
                    span: cols,
                    text: text.to_owned(),
                });
                let end = (col + cols).min(MAX_COLS);
                if col < end {
                    held[col..end].fill(rows);
                    begun[col] = true;
                }
                col += cols;
            }
        }
        if after > 0 {
            line.fields.push(Field {
                col,
                span: after.min(MAX_SPAN),
                text: String::new(),
            });
        }
        for rows in &mut held {
            *rows = rows.saturating_sub(1);
        }
        lines.push(line);
    }
    lines
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

/// Whether a node or one within it has this role.
fn holds(node: &Node, role: fn(Role) -> bool) -> bool {
    role(node.role)
        || node
            .children
            .iter()
            .any(|child| matches!(child, Child::Node(node) if holds(node, role)))
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
                    if !tables.contains(no) {
                        tables.push(*no);
                    }
                    let mut table = rectangle(tables.len(), rows);
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
            let place = format!("paragraph {paragraph}");
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

/// Rows of a table with their places.
fn rectangle(table: usize, rows: &[Line]) -> Rectangle {
    let slot = |no: usize, field: &Field| Slot {
        col: field.col,
        span: field.span,
        text: field.text.clone(),
        place: format!("table {table} row {no} column {}", field.col + 1),
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

/// The note that struck-out text was left out.
pub(in crate::format) fn struck() -> Note {
    Note {
        place: String::new(),
        message: words(
            "有删除线的文字当作已删除，没有读入，请核对",
            "text that is struck out was taken as deleted: please check",
        )
        .into(),
    }
}

/// The note that numbers which nobody sees were left out.
pub(in crate::format) fn faint() -> Note {
    Note {
        place: String::new(),
        message: words(
            "有看不见的数（白色的字，或字号为 0），没有读入，请核对",
            "numbers that nobody sees (white, or of no size) were not read: please check",
        )
        .into(),
    }
}
