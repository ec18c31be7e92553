//! A printed page: characters and ruling lines where they stand.
//!
//! What a PDF crate must answer is a [`Page`]; here it becomes lines of text and tables
//! of boxes.
//!
//! **Never:** guesses the column of a character; it stands in a box or between
//! the lines of text.
//! Next: `read::pdf` for the crate and the document, `read::ruled` for boxes.

use crate::base::number;
use crate::format::read::ruled::{self, Rule, Ruled};

/// A page as it is seen: x to the right, y upwards.
#[derive(Debug, Default)]
pub(in crate::format) struct Page {
    pub(in crate::format) glyphs: Vec<Glyph>,
    pub(in crate::format) rules: Vec<Rule>,
    /// Pictures stand on it.
    pub(in crate::format) has_pictures: bool,
    /// All of its text is invisible: what a machine made out of a picture.
    pub(in crate::format) is_recognised: bool,
    /// Content that could not be read.
    pub(in crate::format) lost: usize,
    /// Characters that stand in another direction, which are left out.
    pub(in crate::format) turned: usize,
}

/// A character.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::format) struct Glyph {
    pub(in crate::format) char: char,
    pub(in crate::format) left: f32,
    pub(in crate::format) right: f32,
    /// Its baseline.
    pub(in crate::format) y: f32,
    pub(in crate::format) size: f32,
}

impl Glyph {
    fn middle(&self) -> (f32, f32) {
        (
            f32::midpoint(self.left, self.right),
            self.y + 0.3 * self.size,
        )
    }
}

/// What stands on a page, from top to bottom.
#[derive(Debug)]
pub(in crate::format) enum Block {
    Line(Line),
    Table(Table),
    /// The page is a picture: what stands on it is not read.
    Picture,
}

/// A line of text.
#[derive(Clone, Debug, Default)]
pub(in crate::format) struct Line {
    /// Its number on the page.
    pub(in crate::format) no: usize,
    pub(in crate::format) left: f32,
    pub(in crate::format) right: f32,
    pub(in crate::format) size: f32,
    /// Its text, cut where wide gaps are.
    pub(in crate::format) parts: Vec<Part>,
}

/// A piece of a line.
#[derive(Clone, Debug, Default)]
pub(in crate::format) struct Part {
    pub(in crate::format) left: f32,
    pub(in crate::format) right: f32,
    pub(in crate::format) text: String,
    /// Its narrow gaps, that may or may not cut it.
    pub(in crate::format) gaps: Vec<Gap>,
}

/// A narrow gap within a piece of a line.
#[derive(Clone, Copy, Debug)]
pub(in crate::format) struct Gap {
    /// Where what stands behind it begins in the text.
    pub(in crate::format) at: usize,
    pub(in crate::format) left: f32,
    pub(in crate::format) right: f32,
}

/// A table with lines around its boxes.
#[derive(Debug, Default)]
pub(in crate::format) struct Table {
    /// The left edges of its columns, and its right edge.
    pub(in crate::format) edges: Vec<f32>,
    pub(in crate::format) rows: Vec<Vec<Cell>>,
}

/// A box: where it begins, and what stands in it.
#[derive(Clone, Debug, Default)]
pub(in crate::format) struct Cell {
    pub(in crate::format) left: f32,
    pub(in crate::format) text: String,
    /// The number of the line it stands on.
    pub(in crate::format) line: usize,
}

impl Part {
    /// Its pieces, cut at as few of its narrow gaps as make all of them fit.
    pub(in crate::format) fn cut(&self, fits: impl Fn(&str) -> bool) -> Vec<Part> {
        /// Most gaps that are tried: a row of a table has some dozen.
        const MOST: usize = 40;
        if self.gaps.is_empty() || self.gaps.len() > MOST || fits(&self.text) {
            return vec![self.clone()];
        }
        let edges: Vec<usize> = std::iter::once(0)
            .chain(self.gaps.iter().map(|gap| gap.at))
            .chain([self.text.len()])
            .collect();
        // Of each beginning: the fewest pieces, and where the last one begins.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; edges.len()];
        best[0] = Some((0, 0));
        for end in 1..edges.len() {
            best[end] = (0..end)
                .filter(|from| fits(self.text[edges[*from]..edges[end]].trim()))
                .filter_map(|from| Some((best[from]?.0 + 1, from)))
                .min();
        }
        let mut pieces = Vec::new();
        let mut end = edges.len() - 1;
        while let (Some((_, from)), true) = (best[end], end > 0) {
            let left = from
                .checked_sub(1)
                .map_or(self.left, |gap| self.gaps[gap].right);
            let right = self.gaps.get(end - 1).map_or(self.right, |gap| gap.left);
            pieces.push(Part {
                left,
                right,
                text: self.text[edges[from]..edges[end]].trim().to_owned(),
                gaps: Vec::new(),
            });
            end = from;
        }
        pieces.reverse();
        if pieces.is_empty() {
            vec![self.clone()]
        } else {
            pieces
        }
    }
}

impl Line {
    /// Its text as one.
    pub(in crate::format) fn text(&self) -> String {
        let parts: Vec<&str> = self.parts.iter().map(|part| part.text.as_str()).collect();
        parts.join(" ")
    }
}

impl Page {
    /// Its lines and tables from top to bottom.
    pub(in crate::format) fn blocks(mut self) -> Vec<Block> {
        drop_doubles(&mut self.glyphs);
        let grids = ruled::grids(&self.rules);
        let mut inside: Vec<Vec<Vec<Glyph>>> = grids
            .iter()
            .map(|grid| vec![Vec::new(); grid.boxes()])
            .collect();
        let mut outside = Vec::new();
        for glyph in &self.glyphs {
            let (x, y) = glyph.middle();
            let mut found = grids.iter().enumerate();
            match found.find_map(|(index, grid)| Some((index, grid.box_at(x, y)?))) {
                Some((grid, at)) => inside[grid][at].push(*glyph),
                None => outside.push(*glyph),
            }
        }
        let numbers = baselines(&self.glyphs);
        let mut blocks: Vec<(f32, Block)> = Vec::new();
        for glyphs in lines(outside) {
            let y = glyphs[0].y;
            blocks.push((y, Block::Line(line(&glyphs, number_of(&numbers, y)))));
        }
        for (grid, boxes) in grids.iter().zip(inside) {
            blocks.push((grid.top(), Block::Table(table(grid, boxes, &numbers))));
        }
        blocks.sort_by(|a, b| b.0.total_cmp(&a.0));
        blocks.into_iter().map(|(_, block)| block).collect()
    }
}

/// Drops characters that are drawn twice to look bold.
fn drop_doubles(glyphs: &mut Vec<Glyph>) {
    const NEAR: f32 = 0.15;
    /// How many characters before one its double may stand.
    const BACK: usize = 64;
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs.iter() {
        let near = glyph.size * NEAR;
        let mut before = kept.iter().rev().take(BACK);
        let double = before.any(|other| {
            other.char == glyph.char
                && (other.left - glyph.left).abs() < near
                && (other.y - glyph.y).abs() < near
        });
        if !double {
            kept.push(*glyph);
        }
    }
    *glyphs = kept;
}

/// Characters line by line from the top, each line from the left.
fn lines(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut() {
            Some(line) if line[0].y - glyph.y < 0.45 * line[0].size.max(glyph.size) => {
                line.push(glyph);
            }
            _ => lines.push(vec![glyph]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    lines
}

/// The baselines of a page from the top.
fn baselines(glyphs: &[Glyph]) -> Vec<f32> {
    lines(glyphs.to_vec())
        .iter()
        .map(|line| line[0].y)
        .collect()
}

/// The number of the line nearest to a height.
fn number_of(baselines: &[f32], y: f32) -> usize {
    let below = baselines.partition_point(|baseline| *baseline > y);
    let near = [below.wrapping_sub(1), below];
    let near = near.into_iter().filter(|at| *at < baselines.len());
    let best = near.min_by(|a, b| {
        (baselines[*a] - y)
            .abs()
            .total_cmp(&(baselines[*b] - y).abs())
    });
    best.map_or(1, |at| at + 1)
}

/// Widest gap, in sizes of the type, that does not cut a line.
const GAP: f32 = 1.2;
/// Least gap that is a space between letters and digits.
const SPACE: f32 = 0.25;

fn line(glyphs: &[Glyph], no: usize) -> Line {
    let mut line = Line {
        no,
        left: f32::MAX,
        right: f32::MIN,
        ..Line::default()
    };
    for glyph in glyphs.iter().filter(|glyph| !number::is_space(glyph.char)) {
        line.left = line.left.min(glyph.left);
        let gap = glyph.left - line.right;
        line.right = line.right.max(glyph.right);
        line.size = line.size.max(glyph.size);
        match line.parts.last_mut().filter(|_| gap <= GAP * glyph.size) {
            Some(part) => {
                add(&mut part.text, glyph, gap);
                if gap > SPACE * glyph.size {
                    part.gaps.push(Gap {
                        at: part.text.len() - glyph.char.len_utf8(),
                        left: part.right,
                        right: glyph.left,
                    });
                }
                part.right = glyph.right;
            }
            None => line.parts.push(Part {
                left: glyph.left,
                right: glyph.right,
                text: glyph.char.to_string(),
                gaps: Vec::new(),
            }),
        }
    }
    line
}

/// Adds a character to a text; a gap is a space only where no Chinese stands.
fn add(text: &mut String, glyph: &Glyph, gap: f32) {
    let last = text.chars().next_back();
    let narrow = |c: char| c.is_ascii_graphic() || c == '\u{FFFD}';
    if gap > SPACE * glyph.size && last.is_some_and(narrow) && narrow(glyph.char) {
        text.push(' ');
    }
    text.push(glyph.char);
}

/// The text of a box, and its first baseline.
fn text_of(glyphs: Vec<Glyph>) -> (String, Option<f32>) {
    let mut text = String::new();
    let mut first = None;
    for glyphs in lines(glyphs) {
        let line = line(&glyphs, 0);
        if line.parts.is_empty() {
            continue;
        }
        first.get_or_insert(glyphs[0].y);
        let said = line.text();
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if digit(text.chars().next_back()) && digit(said.chars().next()) {
            // Two numbers on two lines stay two, and are read as neither.
            text.push_str("  ");
        }
        text.push_str(&said);
    }
    (text, first)
}

fn table(grid: &Ruled, boxes: Vec<Vec<Glyph>>, numbers: &[f32]) -> Table {
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new(); grid.rows()];
    let mut texts: Vec<(usize, usize, String, Option<f32>)> = boxes
        .into_iter()
        .enumerate()
        .map(|(at, glyphs)| {
            let (row, col) = grid.corner(at);
            let (text, y) = text_of(glyphs);
            (row, col, text, y)
        })
        .collect();
    texts.sort_by_key(|(row, col, ..)| (*row, *col));
    // A box that spans rows has its text in their middle: a row's line is that
    // of its last box.
    let mut lines: Vec<Option<usize>> = vec![None; grid.rows()];
    for (row, _, _, y) in &texts {
        lines[*row] = y.map(|y| number_of(numbers, y)).or(lines[*row]);
    }
    for (row, col, text, y) in texts {
        let own = y.map(|y| number_of(numbers, y));
        let middle = number_of(numbers, grid.middle(row));
        rows[row].push(Cell {
            left: grid.left(col),
            text,
            line: own.or(lines[row]).unwrap_or(middle),
        });
    }
    rows.retain(|row| !row.is_empty());
    Table {
        edges: grid.edges().to_vec(),
        rows,
    }
}
