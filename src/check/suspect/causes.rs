//! One-cause repairs of any size: shifted cells, totals not filled, totals stale.
//!
//! Each is built from what the broken lines look like and offered only after it
//! was applied to the whole table and mended all of it.
//!
//! **Never:** searches; offers what leaves a line broken or a value below 0.
//! Next: `rank` puts these beside the repairs of `search`.

use super::bits;
use super::forced::Filled;
use super::reading::Slip;
use super::search::Gaps;
use super::system::{Cell, RowClass, Tallies, Verdict};

/// Changed cells with their new values and the one cause that explains them.
#[derive(Clone, Debug)]
pub(super) struct Cause {
    /// In the order of the cells.
    pub(super) changes: Vec<(usize, i64)>,
    pub(super) slip: Slip,
    /// The cell that is right, where the others are to follow it.
    pub(super) right: Option<usize>,
    pub(super) bits: f64,
}

/// All one-cause repairs of the table; `single` are its one-cell repairs.
pub(super) fn all(
    filled: &Filled<'_>,
    before: &Tallies,
    gaps: &Gaps,
    single: &[(usize, i64)],
    edited: &[Cell],
) -> Vec<Cause> {
    let mut causes = Vec::new();
    shifted_down_a_column(filled, gaps, &mut causes);
    shifted_along_a_row(filled, gaps, &mut causes);
    totals_anew(filled, &mut causes);
    for &(index, to) in single {
        stale_totals(filled, index, to, edited, &mut causes);
    }
    causes.retain(|cause| mends(filled, before, gaps, &cause.changes));
    causes
}

/// Whether the changes make every line whole (or leave it open) and no value below 0.
pub(super) fn mends(
    filled: &Filled<'_>,
    before: &Tallies,
    gaps: &Gaps,
    changes: &[(usize, i64)],
) -> bool {
    let layout = filled.layout();
    let mut gaps = gaps.clone();
    for &(index, to) in changes {
        let Some(from) = filled.values[index].filter(|_| to >= 0) else {
            return false;
        };
        gaps.change(layout, index, from, to);
    }
    gaps.is_whole() && (!filled.has_unknown() || opens_nothing(filled, before, changes))
}

/// Whether the lines with unknown cells can be mended as well as before.
fn opens_nothing(filled: &Filled<'_>, before: &Tallies, changes: &[(usize, i64)]) -> bool {
    let mut values = filled.values.clone();
    for &(index, to) in changes {
        values[index] = Some(to);
    }
    let after = filled.layout().tally(&values);
    before
        .iter()
        .zip(after.iter())
        .all(|((_, before), (_, after))| match after.verdict() {
            Verdict::Holds | Verdict::Open { .. } => true,
            Verdict::Broken { by } => after.missing() > 0 && by == before.left - before.right,
        })
}

/// Repairs under which the cells of a stretch stood one place off, as a ring.
fn rotated(filled: &Filled<'_>, cells: &[usize], slip: Slip, causes: &mut Vec<Cause>) {
    let Some(values) = cells
        .iter()
        .map(|&cell| filled.values[cell])
        .collect::<Option<Vec<_>>>()
    else {
        return;
    };
    for by in [1, values.len() - 1] {
        let mut truth = values.clone();
        truth.rotate_left(by);
        let changes: Vec<_> = (cells.iter().zip(&values).zip(&truth))
            .filter(|((_, from), to)| from != to)
            .map(|((&cell, _), &to)| (cell, to))
            .collect();
        causes.push(Cause {
            changes,
            slip,
            bits: bits::SHIFT,
            right: None,
        });
    }
}

fn shifted_down_a_column(filled: &Filled<'_>, gaps: &Gaps, causes: &mut Vec<Cause>) {
    let layout = filled.layout();
    let broken: Vec<_> = gaps.broken_rows().collect();
    let items_only = broken
        .iter()
        .all(|&row| layout.rows()[row] == RowClass::Item);
    let (Some(&first), Some(&last)) = (broken.first(), broken.last()) else {
        return;
    };
    if broken.len() < 3 || !items_only || gaps.broken_cols().count() > 1 {
        return;
    }
    for col in 0..layout.cols().len() {
        let cells: Vec<_> = (first..=last)
            .filter(|&row| layout.rows()[row] == RowClass::Item)
            .map(|row| layout.index((row, col)))
            .collect();
        rotated(filled, &cells, Slip::Shifted, causes);
    }
}

fn shifted_along_a_row(filled: &Filled<'_>, gaps: &Gaps, causes: &mut Vec<Cause>) {
    let layout = filled.layout();
    let mut columns = gaps.broken_cols();
    let (Some(first), Some(last)) = (columns.next(), columns.last()) else {
        return;
    };
    let broken: Vec<_> = gaps.broken_rows().collect();
    if last - first < 2 || broken.len() > 1 {
        return;
    }
    for row in 0..layout.rows().len() {
        if broken.first().is_none_or(|&only| only == row) {
            let cells: Vec<_> = (first..=last).map(|col| layout.index((row, col))).collect();
            rotated(filled, &cells, Slip::Shifted, causes);
        }
    }
}

/// The total row and the total column computed from the parts.
fn totals_anew(filled: &Filled<'_>, causes: &mut Vec<Cause>) {
    let layout = filled.layout();
    let Some(total_row) = layout.total_row() else {
        return;
    };
    let mut values = filled.values.clone();
    let mut recompute = |total: Cell, parts: &mut dyn Iterator<Item = Cell>| {
        let mut sum = 0i128;
        for part in parts {
            sum += i128::from(values[layout.index(part)]?);
        }
        values[layout.index(total)]?;
        values[layout.index(total)] = Some(i64::try_from(sum).ok()?);
        Some(())
    };
    let done = layout
        .kinds()
        .try_for_each(|col| {
            let mut items = layout.rows_of(RowClass::Item).map(|row| (row, col));
            recompute((total_row, col), &mut items)
        })
        .and_then(|()| {
            (0..layout.rows().len()).try_for_each(|row| {
                let mut kinds = layout.kinds().map(|col| (row, col));
                recompute((row, layout.total_col()), &mut kinds)
            })
        });
    if done.is_none() {
        return;
    }
    let mut changes = Vec::new();
    let mut from_zero = true;
    for (index, (from, to)) in filled.values.iter().zip(&values).enumerate() {
        if let (Some(from), Some(to)) = (*from, *to)
            && from != to
        {
            changes.push((index, to));
            from_zero &= from == 0;
        }
    }
    if changes.len() >= 3 {
        let (slip, bits) = if from_zero {
            (Slip::TotalsNotFilled, bits::TOTALS_NEVER)
        } else {
            (Slip::TotalsStale, bits::TOTALS + bits::count(changes.len()))
        };
        causes.push(Cause {
            changes,
            slip,
            bits,
            right: None,
        });
    }
}

/// The cell is right, and what depends on it did not follow.
fn stale_totals(
    filled: &Filled<'_>,
    index: usize,
    restored: i64,
    edited: &[Cell],
    causes: &mut Vec<Cause>,
) {
    let layout = filled.layout();
    let cell = layout.cell(index);
    let (Some(total_row), Some(now)) = (layout.total_row(), filled.values[index]) else {
        return;
    };
    if layout.is_total(cell) || now < 0 || filled.is_fill(index) {
        return;
    }
    let by = i128::from(now) - i128::from(restored);
    let surprise = 2.0 * bits::number(1 + by.abs()).log2();
    let base = if edited.contains(&cell) {
        (bits::STALE_SEEN + surprise).min(bits::STALE_SEEN_MOST)
    } else {
        bits::STALE + surprise
    };
    let is_item = layout.rows()[cell.0] == RowClass::Item;
    for (stock, by_stock, extra) in stocks(filled, cell, by) {
        let mut follow = vec![(cell.0, layout.total_col(), by)];
        if is_item {
            follow.extend([(total_row, cell.1, by), (total_row, layout.total_col(), by)]);
        }
        follow.extend([
            (stock, cell.1, by_stock),
            (stock, layout.total_col(), by_stock),
        ]);
        if let Some(changes) = moved(filled, follow) {
            causes.push(Cause {
                changes,
                slip: Slip::TotalsStale,
                right: Some(index),
                bits: base + if is_item { extra } else { extra + 2.0 },
            });
        }
    }
}

/// The rows of what came in and of what stays that may follow a cell that is `by`
/// more: each with how much it moves, and the bits that this costs.
fn stocks(filled: &Filled<'_>, (row, _): Cell, by: i128) -> Vec<(usize, i128, f64)> {
    let layout = filled.layout();
    let class = layout.rows()[row];
    let came_in = layout.rows_of(RowClass::In).zip([0.0, 3.0]);
    let came_in = came_in.filter_map(|(stock, bits)| match class {
        // A request more came in, or stays, and no outcome can have changed.
        RowClass::Item | RowClass::Out => Some((stock, by, bits)),
        _ => None,
    });
    let stays = layout.rows_of(RowClass::Out);
    let stays = stays.filter_map(|stock| match class {
        RowClass::Item => Some((stock, -by, 2.0)),
        RowClass::In => Some((stock, by, 2.0)),
        _ => None,
    });
    came_in.chain(stays).collect()
}

/// The new values of cells that move by this much, in the order of the cells; None
/// where one is unknown or falls below 0.
fn moved(filled: &Filled<'_>, moves: Vec<(usize, usize, i128)>) -> Option<Vec<(usize, i64)>> {
    let layout = filled.layout();
    let changes = moves.into_iter().map(|(row, col, by)| {
        let index = layout.index((row, col));
        let to = i64::try_from(i128::from(filled.values[index]?) + by).ok()?;
        (to >= 0).then_some((index, to))
    });
    let mut changes = changes.collect::<Option<Vec<_>>>()?;
    changes.sort_unstable();
    Some(changes)
}
