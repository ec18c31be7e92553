//! A document as its format nests it: groups, tables and lines.
//!
//! Readers of HTML, DOCX and ODT build the same small tree from their events.
//!
//! **Never:** knows a format, or what a line means.
//! Next: `read::document`, which makes a draft of it.

use crate::base::number;
use crate::base::place::Place;
use crate::base::words::words;
use crate::format::marks::{self, clean};
use crate::model::{Note, Seen};

/// Most nodes of a document; the longest reports have some ten thousand.
pub(super) const MAX_NODES: usize = 400_000;
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
    pub(super) role: Role,
    pub(super) children: Vec<Child>,
    /// The byte of the source at which it begins, where its reader says so.
    pub(super) at: usize,
}

#[derive(Debug)]
pub(super) enum Child {
    Line(String),
    Node(Node),
    /// Something in which a table may be shown, but cannot be read.
    Object(Seen),
}

/// Builds a document from the events of a reader.
#[derive(Debug)]
pub(in crate::format) struct Builder {
    open: Vec<Node>,
    /// The byte of the source that is being read, where the reader says so.
    pub(super) at: usize,
    line: String,
    /// Space that waits for the next character; true if a line of the source ended.
    space: Option<bool>,
    nodes: usize,
    pub(super) fields: usize,
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
                at: 0,
            }],
            at: 0,
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
            at: self.at,
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
            at: 0,
        })
    }
}

pub(super) fn is_field(role: Role) -> bool {
    matches!(role, Role::Field { .. } | Role::Repeated { .. })
}

/// Whether a character is written without spaces around it.
fn is_han(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '“' | '”')
}

/// All text within a node as one.
///
/// Two numbers on two lines stay two, and read as neither.
pub(super) fn text_of(node: &Node) -> String {
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
pub(super) struct Line {
    /// Its number in the table.
    pub(super) no: usize,
    pub(super) fields: Vec<Field>,
}

/// A box of a table as it stands in the source.
#[derive(Debug)]
pub(super) struct Field {
    /// Its first column, and how many it covers.
    pub(super) col: usize,
    pub(super) span: usize,
    pub(super) text: String,
    /// The byte of the source at which it begins, where its reader says so.
    pub(super) at: usize,
}

impl Line {
    pub(super) fn written(&self) -> impl Iterator<Item = &str> {
        let texts = self.fields.iter().map(|field| field.text.as_str());
        texts.filter(|text| !text.is_empty())
    }
}

/// The boxes of a table that are its own, row by row, with the columns that have no
/// box at the end of the row.
pub(super) fn rows_of(table: &Node) -> Vec<(Vec<&Node>, usize)> {
    pub(super) fn children<'a>(node: &'a Node, role: fn(Role) -> bool, into: &mut Vec<&'a Node>) {
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
pub(super) fn lines_of(table: &Node) -> Vec<Line> {
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
            let Some((times, cols, rows)) = measured(field.role) else {
                continue;
            };
            let is_covered = matches!(field.role, Role::Covered { .. });
            // Covered by nothing, it is a box of its own.
            if is_covered && (text.is_empty() || begun.get(col).is_none_or(|begun| *begun)) {
                col += cols;
                continue;
            }
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
                    at: field.at,
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
                at: 0,
            });
        }
        for rows in &mut held {
            *rows = rows.saturating_sub(1);
        }
        lines.push(line);
    }
    lines
}

/// How often a box stands there, over how many columns and rows.
fn measured(role: Role) -> Option<(usize, usize, usize)> {
    let within = |count: usize| count.clamp(1, MAX_SPAN);
    match role {
        Role::Field { cols, rows } => Some((1, within(cols), within(rows))),
        Role::Repeated { times } => Some((within(times), 1, 1)),
        Role::Covered { cols } => Some((1, within(cols), 1)),
        _ => None,
    }
}

/// Whether a node or one within it has this role.
pub(super) fn holds(node: &Node, role: fn(Role) -> bool) -> bool {
    role(node.role)
        || node
            .children
            .iter()
            .any(|child| matches!(child, Child::Node(node) if holds(node, role)))
}

/// The note that struck-out text was left out.
pub(in crate::format) fn struck() -> Note {
    Note {
        place: Place::Nowhere,
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
        place: Place::Nowhere,
        message: words(
            "有看不见的数（白色的字，或字号为 0），没有读入，请核对",
            "numbers that nobody sees (white, or of no size) were not read: please check",
        )
        .into(),
    }
}
