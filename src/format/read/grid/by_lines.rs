//! Grids that ruling lines close, with what stands in their boxes.
//!
//! A grid that goes on over a page is one; a row that the end of a page cut in two is
//! joined where its pieces are a label together.
//!
//! **Never:** puts a character into a box that it does not stand in.
//! Next: `lattice` for the boxes.

use super::lattice::{Lattice, lattices, snapped};
use super::{Block, Cell, Grid, Row};
use crate::format::labels::Labels;
use crate::format::matcher::is_value;
use crate::format::read::page::{
    Glyph, Page, baselines, drop_doubles, line, lines, number_of, text_of,
};

/// How far edges of a grid that goes on may differ.
const EDGE: f32 = 3.0;

/// A grid between ruling lines, which may go on over a page.
#[derive(Debug, Default)]
pub(in crate::format::read) struct Ruled {
    /// The left edges of its columns, and its right edge.
    edges: Vec<f32>,
    rows: Vec<RuledRow>,
}

/// A row of a grid, and its page.
#[derive(Debug)]
struct RuledRow {
    page: usize,
    boxes: Vec<RuledBox>,
}

/// A box: where it begins, and what stands in it.
#[derive(Clone, Debug)]
struct RuledBox {
    left: f32,
    text: String,
    /// The number of the line it stands on.
    line: usize,
}

/// The lines of text and the grids of a page from top to bottom.
pub(in crate::format::read) fn blocks(mut page: Page) -> Vec<Block> {
    drop_doubles(&mut page.glyphs);
    let lattices = lattices(&page.rules);
    let mut inside: Vec<Vec<Vec<Glyph>>> = lattices
        .iter()
        .map(|lattice| vec![Vec::new(); lattice.boxes()])
        .collect();
    let mut outside = Vec::new();
    for glyph in &page.glyphs {
        let (x, y) = glyph.middle();
        let mut found = lattices.iter().enumerate();
        match found.find_map(|(index, lattice)| Some((index, lattice.box_at(x, y)?))) {
            Some((lattice, at)) => inside[lattice][at].push(*glyph),
            None => outside.push(*glyph),
        }
    }
    let numbers = baselines(&page.glyphs);
    let mut blocks: Vec<(f32, Block)> = Vec::new();
    for glyphs in lines(outside) {
        let y = glyphs[0].y;
        let line = line(&glyphs, page.no, number_of(&numbers, y));
        blocks.push((y, Block::Line(line)));
    }
    for (lattice, boxes) in lattices.iter().zip(inside) {
        let grid = Ruled::of(lattice, boxes, page.no, &numbers);
        blocks.push((lattice.top(), Block::Grid(grid)));
    }
    blocks.sort_by(|a, b| b.0.total_cmp(&a.0));
    blocks.into_iter().map(|(_, block)| block).collect()
}

impl Ruled {
    /// The boxes of a lattice with the characters in each.
    fn of(lattice: &Lattice, boxes: Vec<Vec<Glyph>>, page: usize, numbers: &[f32]) -> Self {
        let mut rows: Vec<Vec<RuledBox>> = vec![Vec::new(); lattice.rows()];
        let mut texts: Vec<(usize, usize, String, Option<f32>)> = boxes
            .into_iter()
            .enumerate()
            .map(|(at, glyphs)| {
                let (row, col) = lattice.corner(at);
                let (text, y) = text_of(glyphs);
                (row, col, text, y)
            })
            .collect();
        texts.sort_by_key(|(row, col, ..)| (*row, *col));
        // A box that spans rows has its text in their middle: a row's line is that
        // of its last box.
        let mut lines: Vec<Option<usize>> = vec![None; lattice.rows()];
        for (row, _, _, y) in &texts {
            lines[*row] = y.map(|y| number_of(numbers, y)).or(lines[*row]);
        }
        for (row, col, text, y) in texts {
            let own = y.map(|y| number_of(numbers, y));
            let middle = number_of(numbers, lattice.middle(row));
            rows[row].push(RuledBox {
                left: lattice.left(col),
                text,
                line: own.or(lines[row]).unwrap_or(middle),
            });
        }
        rows.retain(|row| !row.is_empty());
        let rows = rows.into_iter().map(|boxes| RuledRow { page, boxes });
        Ruled {
            edges: lattice.edges().to_vec(),
            rows: rows.collect(),
        }
    }

    /// What stands in its boxes, row by row.
    pub(in crate::format::read) fn texts(&self) -> impl Iterator<Item = &str> {
        let boxes = self.rows.iter().flat_map(|row| &row.boxes);
        boxes.map(|one| one.text.as_str())
    }

    /// Whether another grid goes on with this one: at the same edges on the next page.
    pub(in crate::format::read) fn goes_on(&self, next: &Ruled) -> bool {
        let ends =
            |a: Option<&f32>, b: Option<&f32>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() <= EDGE);
        let last = self.rows.last().map(|row| row.page + 1);
        let first = next.rows.first().map(|row| row.page);
        last.is_some()
            && last == first
            && ends(self.edges.first(), next.edges.first())
            && ends(self.edges.last(), next.edges.last())
    }

    /// Adds what goes on on the next page.
    pub(in crate::format::read) fn join(&mut self, mut next: Ruled, labels: &Labels) {
        if let (Some(last), Some(first)) = (self.rows.last_mut(), next.rows.first())
            && let Some(joined) = joined(&last.boxes, &first.boxes, labels)
        {
            last.boxes = joined;
            next.rows.remove(0);
        }
        self.rows.append(&mut next.rows);
        self.edges.append(&mut next.edges);
    }

    /// Its boxes in columns.
    pub(in crate::format::read) fn grid(self) -> Grid {
        let edges = snapped(self.edges);
        let rows = self.rows.into_iter().map(|row| {
            let cells = row.boxes.into_iter().map(|one| Cell {
                col: edges.partition_point(|edge| *edge < one.left - EDGE),
                line: one.line,
                text: one.text,
            });
            Row {
                page: row.page,
                cells: cells.collect(),
            }
        });
        Grid {
            rows: rows.collect(),
        }
    }
}

/// A row that the end of a page cut in two: together its pieces are a label.
fn joined(above: &[RuledBox], below: &[RuledBox], labels: &Labels) -> Option<Vec<RuledBox>> {
    let beside = |one: &RuledBox| {
        let mut below = below.iter();
        below.find(|other| (other.left - one.left).abs() <= EDGE)
    };
    let label = above.iter().position(|one| {
        beside(one).is_some_and(|other| {
            !one.text.is_empty()
                && !other.text.is_empty()
                && !is_value(&one.text)
                && !labels.is_label(&other.text)
                && labels.is_label(&[one.text.as_str(), &other.text].concat())
        })
    })?;
    // No box behind the label may have something on both pages.
    let both = |one: &RuledBox| {
        !one.text.is_empty() && beside(one).is_some_and(|other| !other.text.is_empty())
    };
    if above[label + 1..].iter().any(both) {
        return None;
    }
    let mut row = above.to_vec();
    for one in &mut row {
        let other = beside(one)
            .map(|other| other.text.as_str())
            .unwrap_or_default();
        one.text.push_str(other);
    }
    Some(row)
}
