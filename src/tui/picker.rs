//! Lists: their keys, what of them is in view, how their lines are drawn.
//!
//! A list has a chosen line, or is only read and has a first line in view. A long
//! line goes on in further rows, which belong to it.
//!
//! **Never:** knows what its lines say.
//! Next: `panels`, which are made of it.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::command::Command;
use super::hit::Hit;
use super::theme::Role;
use super::turn::Look;
use crate::base::number::narrow;
use crate::base::width::shown;
use crate::base::words::Words;

/// A line before it is wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// What stands in the narrow column at the left.
    pub(crate) label: String,
    /// The text.
    pub(crate) text: String,
    /// How it looks.
    pub(crate) role: Role,
}

impl Line {
    /// An ordinary line.
    pub(crate) fn new(label: &str, text: impl Into<String>) -> Self {
        Line {
            label: label.to_owned(),
            text: text.into(),
            role: Role::Plain,
        }
    }

    /// A line that heads others.
    pub(crate) fn head(text: impl Into<String>) -> Self {
        Line {
            role: Role::Here,
            ..Line::new("", text)
        }
    }
}

/// A row of a line, as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// What stands at the left of the first row of a line.
    pub(crate) label: String,
    /// Its text.
    pub(crate) text: String,
    /// How it looks where it is not chosen.
    pub(crate) role: Role,
    /// The place of its line among those that can be chosen; None for a heading.
    pub(crate) line: Option<usize>,
}

impl Row {
    /// A row without a label.
    pub(crate) fn new(text: String, role: Role, line: Option<usize>) -> Self {
        Row {
            label: String::new(),
            text,
            role,
            line,
        }
    }
}

/// What a key did to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picked {
    /// Another line is chosen now, or the view has moved.
    Moved,
    /// This line was meant.
    Chosen(usize),
    /// It is no key of lists.
    No,
}

/// A list with its chosen line, or the first row in view of one that is only read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Picker {
    /// The chosen line.
    pub(crate) chosen: usize,
}

/// How many rows of a list are in view in a panel of so many: all but its title.
pub(crate) fn page(rows: u16) -> usize {
    usize::from(rows.saturating_sub(1)).max(1)
}

impl Picker {
    /// With one line chosen.
    pub(crate) fn at(chosen: usize) -> Self {
        Picker { chosen }
    }

    /// A command, to a list of so many lines.
    pub(crate) fn command(&mut self, command: Command, len: usize, look: Look) -> Picked {
        let (at, last, page) = (self.chosen, len.saturating_sub(1), page(look.size.1));
        self.chosen = match command {
            Command::Up => at.checked_sub(1).unwrap_or(last),
            Command::Down if at >= last => 0,
            Command::Down => at + 1,
            Command::PageUp => at.saturating_sub(page),
            Command::PageDown => (at + page).min(last),
            Command::First | Command::RowStart => 0,
            Command::Last | Command::RowEnd => last,
            Command::Choose => return Picked::Chosen(at),
            _ => return Picked::No,
        };
        Picked::Moved
    }

    /// A character: a digit means a line, a space the chosen one.
    pub(crate) fn typed(self, c: char, len: usize) -> Picked {
        match narrow(c) {
            ' ' | '\u{3000}' => Picked::Chosen(self.chosen),
            digit => match digit.to_digit(10) {
                Some(number @ 1..) if number as usize <= len => Picked::Chosen(number as usize - 1),
                _ => Picked::No,
            },
        }
    }

    /// Draws a list with a chosen line; answers with the place of the cursor.
    pub(crate) fn draw(
        self,
        (title, foot): (&str, Words),
        rows: &[Row],
        label: usize,
        canvas: &mut Canvas<'_>,
    ) -> (u16, u16) {
        self.heading(title, rows, canvas);
        canvas.foot(foot);
        self.draw_rows(1, rows, label, canvas)
    }

    /// The title, and which of the lines is chosen.
    fn heading(self, title: &str, rows: &[Row], canvas: &mut Canvas<'_>) {
        let lines = rows.iter().filter_map(|row| row.line).max();
        let right = lines.map(|last| format!("{}/{}", self.chosen + 1, last + 1));
        canvas.heading(title, &right.unwrap_or_default());
    }

    fn draw_signed(
        self,
        (top, signs): (u16, [&str; 2]),
        rows: &[Row],
        label: usize,
        canvas: &mut Canvas<'_>,
    ) -> (u16, u16) {
        let page = page((canvas.rows() + 1).saturating_sub(top));
        let here = |row: &Row| row.line == Some(self.chosen);
        // All rows of the chosen line, its first one where they are many.
        let last = rows.iter().rposition(here);
        let begin = rows.iter().position(here);
        let first = last.map_or(0, |last| (last + 1).saturating_sub(page));
        let first = first.min(begin.unwrap_or(first));
        let mut cursor = (0, top);
        let end = rows.iter().filter_map(|row| row.line).max();
        canvas.note_list(self.chosen, end.map_or(0, |end| end + 1));
        for (y, (at, row)) in (top..).zip(rows.iter().enumerate().skip(first).take(page)) {
            if begin == Some(at) {
                cursor = (0, y);
            }
            if let Some(line) = row.line {
                canvas.note_line(y, line, self.chosen);
            }
            // A heading begins at the edge.
            let sign = match row.line {
                None => "",
                Some(_) if begin == Some(at) => signs[0],
                Some(_) => signs[1],
            };
            let role = if here(row) { Role::Selected } else { row.role };
            if here(row) {
                let style = canvas.style(role);
                canvas.fitted(0, y, "", usize::from(canvas.cols()), style);
            }
            let mut inside = beside_bar(canvas);
            let x = inside.text(0, y, sign, role);
            draw_row(row, (x, y), label, role, &mut inside);
        }
        canvas.scroll_bar(usize::from(top), (rows.len(), first, page));
        cursor
    }

    /// Draws the rows of a list with a chosen line, from row `top` of the canvas to
    /// its foot; answers with the place of the cursor.
    pub(crate) fn draw_rows(
        self,
        top: u16,
        rows: &[Row],
        label: usize,
        canvas: &mut Canvas<'_>,
    ) -> (u16, u16) {
        self.draw_signed((top, ["> ", "  "]), rows, label, canvas)
    }

    /// Draws a list under a heading that is drawn already; the chosen line has no sign.
    pub(crate) fn draw_bare(self, rows: &[Row], canvas: &mut Canvas<'_>) -> (u16, u16) {
        self.draw_signed((1, ["", ""]), rows, 0, canvas)
    }

    /// Draws a list whose chosen line is marked by a narrow sign.
    pub(crate) fn draw_narrow(
        self,
        (title, foot): (&str, Words),
        rows: &[Row],
        canvas: &mut Canvas<'_>,
    ) -> (u16, u16) {
        self.heading(title, rows, canvas);
        canvas.foot(foot);
        self.draw_signed((1, [">", " "]), rows, 0, canvas)
    }

    /// Draws a list that is only read, from its first row in view.
    pub(crate) fn draw_read(
        self,
        (title, foot): (&str, Words),
        rows: &[Row],
        label: usize,
        canvas: &mut Canvas<'_>,
    ) {
        self.draw_lines(title, rows, label, canvas);
        canvas.foot(foot);
    }

    /// The same without a key line of its own.
    pub(crate) fn draw_lines(
        self,
        title: &str,
        rows: &[Row],
        label: usize,
        canvas: &mut Canvas<'_>,
    ) {
        let page = page(canvas.rows());
        let last = (self.chosen + page).min(rows.len());
        let right = if rows.len() > page {
            format!("{last}/{}", rows.len())
        } else {
            String::new()
        };
        canvas.heading(title, &right);
        self.draw_body(rows, label, canvas);
    }

    /// Draws the lines of a list that is only read, under a heading.
    pub(crate) fn draw_body(self, rows: &[Row], label: usize, canvas: &mut Canvas<'_>) {
        let page = page(canvas.rows());
        let first = self.chosen.min(rows.len().saturating_sub(page));
        canvas.note_all(Hit::List {
            before: first,
            after: rows.len().saturating_sub(first + page),
        });
        for (y, row) in (1..).zip(rows.iter().skip(first).take(page)) {
            if let Some(line) = row.line {
                canvas.note((0, y), canvas.cols(), Hit::Row(line));
            }
            draw_row(row, (0, y), label, row.role, &mut beside_bar(canvas));
        }
        canvas.scroll_bar(1, (rows.len(), first, page));
    }
}

/// The area without the column of the scroll bar.
fn beside_bar<'a>(canvas: &'a mut Canvas<'_>) -> Canvas<'a> {
    let area = canvas.area();
    canvas.within(Rect {
        width: area.width.saturating_sub(1),
        ..area
    })
}

fn draw_row(row: &Row, (x, y): (u16, u16), label: usize, role: Role, canvas: &mut Canvas<'_>) {
    let head = match role {
        Role::Selected => role,
        _ => Role::Head,
    };
    canvas.text(x, y, &row.label, head);
    let x = x + u16::try_from(label).unwrap_or(0);
    canvas.text(x, y, &row.text, role);
}

/// Lines that keep to one row each, cut off at the edge.
pub(crate) fn one_row(lines: impl Iterator<Item = Line>) -> Vec<Row> {
    let row = |(at, line): (usize, Line)| Row {
        label: line.label,
        text: line.text,
        role: line.role,
        line: Some(at),
    };
    lines.enumerate().map(row).collect()
}

/// How many places a list that is only read has: it scrolls no further than its end.
pub(crate) fn positions(rows: usize, look: Look) -> usize {
    rows.saturating_sub(page(look.size.1)) + 1
}

/// Lines wrapped to the screen, `label` columns kept for their labels and `sign`
/// for the mark of the chosen one.
pub(crate) fn wrapped(lines: Vec<Line>, label: usize, sign: usize, look: Look) -> Vec<Row> {
    // The scroll bar, and a blank before it.
    let cols = usize::from(look.size.0).saturating_sub(label + sign + 2);
    let mut rows = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        let text = shown(&line.text).into_owned();
        let row = |label: String, text: &str| Row {
            label,
            text: text.to_owned(),
            role: line.role,
            line: Some(at),
        };
        let mut head = line.label;
        if look.ruler.width(&head) >= label.max(1) && !head.is_empty() {
            rows.push(row(std::mem::take(&mut head), ""));
        }
        for range in look.ruler.wrap(&text, cols.max(8)) {
            rows.push(row(std::mem::take(&mut head), text[range].trim_start()));
        }
    }
    rows
}
