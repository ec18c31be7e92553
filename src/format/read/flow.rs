//! Blocks of pages to pieces in the order of reading.
//!
//! A grid that goes on over a page is one; lines become paragraphs, or a grid where
//! numbers stand side by side.
//!
//! **Never:** reads a file.
//! Next: `read::grid` for blocks and grids, `assemble`.

use std::borrow::Cow;

use crate::base::ordinal;
use crate::base::place::Place;
use crate::format::labels::Labels;
use crate::format::marks::clean;
use crate::format::outline::{Piece, What};
use crate::format::read::grid::by_lines::Ruled;
use crate::format::read::grid::text_rows::{is_row, of_tables, whole};
use crate::format::read::grid::{Block, Source, by_text};
use crate::format::read::page::Line;
use crate::model::Seen;

/// The texts of pages, by which the form is told: their lines and boxes in order, then
/// what stands side by side on a line.
pub(super) fn texts(pages: &[Vec<Block>]) -> Vec<Cow<'_, str>> {
    let mut texts = Vec::new();
    let mut parts = Vec::new();
    for block in pages.iter().flatten() {
        match block {
            Block::Line(line) => match line.parts.as_slice() {
                [part] => texts.push(Cow::from(&part.text)),
                several => {
                    texts.push(line.text().into());
                    parts.extend(several.iter().map(|part| Cow::from(&part.text)));
                }
            },
            Block::Grid(grid) => texts.extend(grid.texts().map(Cow::from)),
            Block::Picture(_) => {}
        }
    }
    texts.append(&mut parts);
    texts
}

/// The pieces of a document of some pages.
pub(super) fn pieces(pages: Vec<Vec<Block>>, source: Source, labels: &Labels) -> Vec<Piece> {
    let mut flow = Flow {
        labels,
        source,
        pieces: Vec::new(),
        grid: None,
        lines: Vec::new(),
    };
    for blocks in pages {
        flow.page(blocks);
    }
    flow.end();
    flow.pieces
}

struct Flow<'a> {
    labels: &'a Labels,
    source: Source,
    pieces: Vec<Piece>,
    /// The grid between lines that may go on.
    grid: Option<Ruled>,
    /// Lines of text that may go on.
    lines: Vec<Line>,
}

impl Flow<'_> {
    fn page(&mut self, mut blocks: Vec<Block>) {
        blocks.retain(|block| !matches!(block, Block::Line(line) if line.parts.is_empty()));
        let is_number = |block: &Block| matches!(block, Block::Line(line) if is_page_number(line));
        if blocks.last().is_some_and(is_number) {
            blocks.pop();
        }
        if blocks.first().is_some_and(is_number) {
            blocks.remove(0);
        }
        for block in blocks {
            match block {
                Block::Line(line) => {
                    self.end_grid();
                    self.lines.push(line);
                }
                Block::Grid(grid) => {
                    self.end_lines();
                    match &mut self.grid {
                        Some(last) if last.goes_on(&grid) => last.join(grid, self.labels),
                        _ => {
                            self.end_grid();
                            self.grid = Some(grid);
                        }
                    }
                }
                Block::Picture(page) => {
                    self.end();
                    self.pieces.push(Piece {
                        place: Place::Page(page),
                        what: What::Object(Seen::Picture),
                    });
                }
            }
        }
    }

    fn end(&mut self) {
        self.end_grid();
        self.end_lines();
    }

    fn end_grid(&mut self) {
        if let Some(grid) = self.grid.take() {
            let table = grid.grid().table(self.source);
            self.pieces.push(Piece::table(table));
        }
    }

    /// Makes paragraphs, and grids of rows of numbers, of the lines so far.
    fn end_lines(&mut self) {
        let lines = whole(std::mem::take(&mut self.lines), self.labels);
        let full = margins(&lines, self.labels);
        let of_table = of_tables(&lines, self.labels);
        let mut rows: Vec<Line> = Vec::new();
        let mut last: Option<Line> = None;
        for (line, of_table) in lines.into_iter().zip(of_table) {
            if of_table {
                last = None;
                rows.push(line);
                continue;
            }
            self.end_rows(&mut rows);
            let text = clean(&line.text()).into_owned();
            let goes_on = last
                .as_ref()
                .is_some_and(|last| goes_on(last, &line, &text, full, self.labels));
            match self.pieces.last_mut() {
                Some(piece) if goes_on => piece.join(&text),
                _ => {
                    let place = self.source.line(line.page, line.no);
                    self.pieces.push(Piece::text(place, text));
                }
            }
            last = Some(line);
        }
        self.end_rows(&mut rows);
    }

    /// Makes a table of lines that are rows.
    fn end_rows(&mut self, lines: &mut Vec<Line>) {
        let lines = std::mem::take(lines);
        if !lines.is_empty() {
            let grid = by_text::grid(&lines, self.source, self.labels);
            self.pieces.push(Piece::table(grid.table(self.source)));
        }
    }
}

/// Whether a line at the edge of a page only counts pages.
fn is_page_number(line: &Line) -> bool {
    let text: String = line.parts.iter().map(|part| part.text.as_str()).collect();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = text.trim_matches(|c: char| "-—–―─·•第页共/ofOF".contains(c));
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let other = bare
        .chars()
        .filter(|c| !c.is_ascii_digit() && !"/第页共，,".contains(*c))
        .count();
    (1..=6).contains(&digits) && other == 0
}

/// Left and right edge of the text that runs on.
fn margins(lines: &[Line], labels: &Labels) -> (f32, f32) {
    const LONG: usize = 15;
    let is_text = |line: &Line| {
        line.parts
            .iter()
            .any(|part| part.text.chars().count() >= LONG)
    };
    let text = || {
        lines
            .iter()
            .filter(|line| is_text(line) && !is_row(line, labels))
    };
    (
        text().map(|line| line.left).fold(f32::MAX, f32::min),
        text().map(|line| line.right).fold(f32::MIN, f32::max),
    )
}

/// Whether a line goes on with the paragraph of the one before.
fn goes_on(
    last: &Line,
    line: &Line,
    text: &str,
    (left, right): (f32, f32),
    labels: &Labels,
) -> bool {
    let full = last.right >= right - 2.0 * last.size;
    let indented = line.left > left + 1.2 * line.size;
    let ended = last
        .parts
        .last()
        .is_some_and(|part| part.text.ends_with('。'));
    let is_heading = |text: &str| labels.section(text).is_some();
    let parted = ended && ordinal::mark(text).is_some()
        || is_heading(text)
        || is_heading(&clean(&last.text()));
    full && !indented && !parted
}
