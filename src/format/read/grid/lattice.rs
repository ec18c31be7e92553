//! Boxes between ruling lines.
//!
//! ```text
//! xs   0     1     2        lines that touch are one grid; between
//!   ys ┌─────┬─────┐        neighbours without a line between them the box
//!   0  │ a   │ b   │        goes on: d spans both columns
//!   1  ├─────┴─────┤
//!      │ d         │
//!      └───────────┘
//! ```
//!
//! **Never:** makes a box that no lines close.
//! Next: `by_lines`, which puts characters into them.

use crate::format::read::page::Rule;

/// How far lines may miss each other and still touch.
const TOUCH: f32 = 2.5;
/// How near to each other two lines are one.
const SAME: f32 = 1.8;
/// Most lines of a page, and most boxes of a grid before spans.
const MAX_RULES: usize = 6000;
const MAX_BOXES: usize = 40_000;

/// A grid of boxes.
#[derive(Debug)]
pub(super) struct Lattice {
    /// Edges of columns from the left.
    xs: Vec<f32>,
    /// Edges of rows from the top.
    ys: Vec<f32>,
    /// The box of each place, row by row.
    of: Vec<usize>,
    /// The first place of each box.
    corners: Vec<(usize, usize)>,
}

impl Lattice {
    pub(super) fn boxes(&self) -> usize {
        self.corners.len()
    }

    pub(super) fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    fn cols(&self) -> usize {
        self.xs.len() - 1
    }

    /// Row and column in which a box begins.
    pub(super) fn corner(&self, at: usize) -> (usize, usize) {
        self.corners[at]
    }

    pub(super) fn top(&self) -> f32 {
        self.ys[0]
    }

    pub(super) fn left(&self, col: usize) -> f32 {
        self.xs[col]
    }

    pub(super) fn edges(&self) -> &[f32] {
        &self.xs
    }

    /// The height of the middle of a row.
    pub(super) fn middle(&self, row: usize) -> f32 {
        f32::midpoint(self.ys[row], self.ys[row + 1])
    }

    /// The box at a point.
    pub(super) fn box_at(&self, x: f32, y: f32) -> Option<usize> {
        let col = self.xs.partition_point(|edge| *edge <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|edge| *edge >= y).checked_sub(1)?;
        (col < self.cols() && row < self.rows()).then(|| self.of[row * self.cols() + col])
    }
}

/// The grids of a page.
pub(super) fn lattices(rules: &[Rule]) -> Vec<Lattice> {
    let rules = &rules[..rules.len().min(MAX_RULES)];
    let mut sets = Sets::new(rules.len());
    for (a, rule) in rules.iter().enumerate() {
        for (b, other) in rules.iter().enumerate().skip(a + 1) {
            if touch(rule, other) {
                sets.join(a, b);
            }
        }
    }
    let mut groups: Vec<Vec<Rule>> = vec![Vec::new(); rules.len()];
    for (at, rule) in rules.iter().enumerate() {
        groups[sets.root(at)].push(*rule);
    }
    let mut grids: Vec<Lattice> = groups.iter().filter_map(|group| lattice(group)).collect();
    // A frame around the page holds other grids, not text.
    grids.sort_by_key(Lattice::boxes);
    grids.reverse();
    grids
}

fn touch(a: &Rule, b: &Rule) -> bool {
    let within = |at: f32, rule: &Rule| rule.from - TOUCH <= at && at <= rule.to + TOUCH;
    if a.is_across == b.is_across {
        let along = a.from <= b.to + TOUCH && b.from <= a.to + TOUCH;
        return along && (a.at - b.at).abs() <= TOUCH;
    }
    within(a.at, b) && within(b.at, a)
}

fn lattice(rules: &[Rule]) -> Option<Lattice> {
    let places = |across: bool| {
        let at = rules.iter().filter(|rule| rule.is_across == across);
        snapped(at.map(|rule| rule.at).collect())
    };
    let (xs, mut ys) = (places(false), places(true));
    ys.reverse();
    let (cols, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    // A frame around text, or lines between rows only, make no boxes.
    if cols < 2 || rows < 1 || cols * rows > MAX_BOXES {
        return None;
    }
    let mut sets = Sets::new(rows * cols);
    let is_ruled = |across: bool, at: f32, along: f32| {
        rules.iter().any(|rule| {
            rule.is_across == across
                && (rule.at - at).abs() <= SAME
                && rule.from - SAME <= along
                && along <= rule.to + SAME
        })
    };
    for row in 0..rows {
        for col in 0..cols {
            let here = row * cols + col;
            let y = f32::midpoint(ys[row], ys[row + 1]);
            if col + 1 < cols && !is_ruled(false, xs[col + 1], y) {
                sets.join(here, here + 1);
            }
            let x = f32::midpoint(xs[col], xs[col + 1]);
            if row + 1 < rows && !is_ruled(true, ys[row + 1], x) {
                sets.join(here, here + cols);
            }
        }
    }
    let mut corners = Vec::new();
    let mut of = vec![usize::MAX; rows * cols];
    for place in 0..rows * cols {
        let root = sets.root(place);
        if of[root] == usize::MAX {
            of[root] = corners.len();
            corners.push((place / cols, place % cols));
        }
        of[place] = of[root];
    }
    (corners.len() > 1).then_some(Lattice {
        xs,
        ys,
        of,
        corners,
    })
}

/// Positions from the smallest, those that are nearly the same as one.
pub(super) fn snapped(mut at: Vec<f32>) -> Vec<f32> {
    at.retain(|at| at.is_finite());
    at.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for at in at {
        match out.last() {
            Some(last) if at - last <= SAME => {}
            _ => out.push(at),
        }
    }
    out
}

/// Sets of things that belong together.
struct Sets(Vec<usize>);

impl Sets {
    fn new(len: usize) -> Self {
        Sets((0..len).collect())
    }

    /// The smallest member of a set.
    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(at: f32, from: f32, to: f32) -> Rule {
        Rule {
            is_across: true,
            at,
            from,
            to,
        }
    }

    fn down(at: f32, from: f32, to: f32) -> Rule {
        Rule {
            is_across: false,
            ..across(at, from, to)
        }
    }

    #[test]
    fn boxes_go_on_where_no_line_parts_them() {
        let rules = [
            across(100.0, 0.0, 50.0),
            across(80.0, 0.4, 50.3),
            across(60.0, 0.0, 50.0),
            down(0.0, 60.0, 100.0),
            down(25.0, 80.0, 100.0),
            down(50.0, 60.0, 100.0),
            // A line under a word far away is no table.
            across(300.0, 0.0, 40.0),
        ];
        let grids = lattices(&rules);
        assert_eq!(grids.len(), 1);
        let grid = &grids[0];
        assert_eq!((grid.rows(), grid.boxes()), (2, 3));
        assert_eq!(grid.box_at(10.0, 90.0), Some(0));
        assert_eq!(grid.box_at(30.0, 90.0), Some(1));
        assert_eq!(grid.box_at(10.0, 70.0), grid.box_at(40.0, 70.0));
        assert_eq!(grid.box_at(60.0, 70.0), None);
        assert_eq!(grid.corner(2), (1, 0));
    }
}
