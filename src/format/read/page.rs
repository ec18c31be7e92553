//! A printed page: characters and ruling lines where they stand, and lines of text.
//!
//! What a PDF crate must answer is a [`Page`].
//!
//! **Never:** guesses the column of a character.
//! Next: `read::pdf` for the crate and the document, `read::grid` for boxes.

use crate::base::number;

/// A page as it is seen: x to the right, y upwards.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its number, from 1.
    pub(super) no: usize,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Pictures stand on it.
    pub(super) has_pictures: bool,
    /// All of its text is invisible: what a machine made out of a picture.
    pub(super) is_recognised: bool,
    /// Content that could not be read.
    pub(super) lost: usize,
    /// Characters that stand in another direction, which are left out.
    pub(super) turned: usize,
}

/// A line drawn across or down the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) is_across: bool,
    /// Where it stands: y of one across, x of one down.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// A character.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) char: char,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Its baseline.
    pub(super) y: f32,
    pub(super) size: f32,
}

impl Glyph {
    pub(super) fn middle(&self) -> (f32, f32) {
        (
            f32::midpoint(self.left, self.right),
            self.y + 0.3 * self.size,
        )
    }
}

/// A line of text.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) page: usize,
    /// Its number on the page.
    pub(super) no: usize,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) size: f32,
    /// Its text, cut where wide gaps are.
    pub(super) parts: Vec<Part>,
}

/// A piece of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) text: String,
    /// Its narrow gaps, that may or may not cut it.
    pub(super) gaps: Vec<Gap>,
}

/// A narrow gap within a piece of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap {
    /// Where what stands behind it begins in the text.
    pub(super) at: usize,
    pub(super) left: f32,
    pub(super) right: f32,
}

impl Part {
    /// Its pieces, cut at as few of its narrow gaps as make all of them fit.
    pub(super) fn cut(&self, fits: impl Fn(&str) -> bool) -> Vec<Part> {
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
    pub(super) fn text(&self) -> String {
        let parts: Vec<&str> = self.parts.iter().map(|part| part.text.as_str()).collect();
        parts.join(" ")
    }
}

/// Drops characters that are drawn twice to look bold.
pub(super) fn drop_doubles(glyphs: &mut Vec<Glyph>) {
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
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
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
pub(super) fn baselines(glyphs: &[Glyph]) -> Vec<f32> {
    lines(glyphs.to_vec())
        .iter()
        .map(|line| line[0].y)
        .collect()
}

/// The number of the line nearest to a height.
pub(super) fn number_of(baselines: &[f32], y: f32) -> usize {
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

/// The characters of a line on a page, cut where wide gaps are.
pub(super) fn line(glyphs: &[Glyph], page: usize, no: usize) -> Line {
    let mut line = Line {
        page,
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
pub(super) fn text_of(glyphs: Vec<Glyph>) -> (String, Option<f32>) {
    let mut text = String::new();
    let mut first = None;
    for glyphs in lines(glyphs) {
        let line = line(&glyphs, 0, 0);
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
