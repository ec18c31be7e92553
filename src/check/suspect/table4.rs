//! Table 四: each block is one sum, so any of its cells may be the wrong one.
//!
//! Five candidates a block, none unique in principle; only how numbers are
//! mistyped and what the prose states tells them apart.
//!
//! **Never:** looks across blocks; they share no line.
//! Next: `bits` for the prices.

use super::bits::{self, Mistake};
use super::forced::Filled;
use super::rank::Story;
use super::reading::Slip;

/// The stories of one block with this gap (parts minus total).
pub(super) fn stories(filled: &Filled<'_>, row: usize, gap: i128) -> Vec<Story> {
    let layout = filled.layout();
    let cells = 0..layout.cols().len();
    let value = |col: usize| filled.values[layout.index((row, col))];
    let negatives = cells
        .clone()
        .filter(|&col| value(col).is_some_and(|v| v < 0))
        .count();
    let story = |col: usize| {
        let seen = value(col)?;
        let truth = i128::from(seen) - gap * layout.sign(col);
        let truth = i64::try_from(truth).ok().filter(|&truth| truth >= 0)?;
        if negatives > usize::from(seen < 0) {
            return None;
        }
        let index = layout.index((row, col));
        let (mistake, bits) = price(truth, seen, col == layout.total_col());
        let events = vec![(Slip::Table4, Some(mistake), vec![index])];
        Some(Story {
            changes: vec![(index, truth)],
            events,
            bits,
            familiarity: 0.0,
        })
    };
    cells.filter_map(story).collect()
}

fn price(truth: i64, seen: i64, is_total: bool) -> (Mistake, f64) {
    let (mistake, keyed) = bits::mistyped(truth, seen, is_total);
    let surprise = |value: i64| match value {
        ..=0 => 0.6,
        _ => 1.3 + bits::number(i128::from(value) + 1).log2(),
    };
    let prior = if is_total {
        0.0
    } else {
        surprise(truth) - surprise(seen)
    };
    (mistake, keyed + prior)
}
