//! Costs in bits: how surprising it is that a true value became what we read.
//!
//! Differences of costs are log-odds. The numbers are those of the
//! specification, section 4.3; they were set there on made-up slips around
//! published tables, and the events matter far more than the digits.
//!
//! **Never:** decides whether a repair mends the table; sees more than values.
//! Next: `rank` adds them up.

use super::forced::Filled;
use super::system::{Cell, RowClass};

/// One cell of a row or column typed wrong: which of 175 it is.
pub(super) const KEYING: f64 = 7.5;
/// Two neighbouring values exchanged.
pub(super) const EXCHANGE: f64 = 11.3;
/// Units counted in the cell beside.
pub(super) const MISFILED: f64 = 12.0;
/// One number split over two cells.
pub(super) const SPLIT: f64 = 12.0;
/// A stretch of cells moved by one.
pub(super) const SHIFT: f64 = 14.0;
/// Totals computed anew, before the count of cells.
pub(super) const TOTALS: f64 = 16.0;
/// Totals computed for the first time: whatever their number, one oversight.
pub(super) const TOTALS_NEVER: f64 = 14.0;
/// A part changed and its totals did not follow.
pub(super) const STALE: f64 = 27.0;
/// The same when we saw the part being changed.
pub(super) const STALE_SEEN: f64 = 9.0;
/// Whoever changes a part means it, by however much: below `JUST_TYPED`.
pub(super) const STALE_SEEN_MOST: f64 = 20.0;
/// The cell just typed is wrong, against `STALE_SEEN`.
pub(super) const JUST_TYPED: f64 = 21.0;
/// A sentence of the report that a reading makes true, or untrue.
pub(super) const STATED: f64 = 10.0;

/// How a number was mistyped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistake {
    /// A total was never computed and stands at 0.
    TotalLeftAtZero,
    /// A minus sign stands before the number.
    Sign,
    /// Two neighbouring digits changed places.
    Transposed,
    /// A digit is missing.
    Dropped,
    /// A digit stands twice.
    Doubled,
    /// A digit too many.
    Inserted,
    /// A neighbouring key was hit.
    NeighbourKey,
    /// One digit was read for another that looks alike.
    LookAlike,
    /// One digit is another.
    OtherDigit,
    /// The cell was left at 0.
    LeftAtZero,
    /// Off by one, two or three.
    Miscounted,
    /// Nothing that we have a name for.
    Other,
}

/// The cheapest way to mistype `truth` as `seen`, with its cost.
pub(super) fn mistyped(truth: i64, seen: i64, is_total: bool) -> (Mistake, f64) {
    if seen < 0 {
        let bits = if seen.checked_neg() == Some(truth) {
            2.0
        } else {
            16.0
        };
        return (
            if bits < 3.0 {
                Mistake::Sign
            } else {
                Mistake::Other
            },
            bits,
        );
    }
    if is_total && seen == 0 && truth > 0 {
        return (Mistake::TotalLeftAtZero, 1.5);
    }
    let (truth_digits, seen_digits) = (Digits::new(truth), Digits::new(seen));
    let length_gap = truth_digits.len.abs_diff(seen_digits.len);
    let mut best = (Mistake::Other, 14.0 + 2.0 * count(length_gap));
    let mut consider = |mistake, bits| {
        if bits < best.1 {
            best = (mistake, bits);
        }
    };
    if seen == 0 {
        consider(Mistake::LeftAtZero, 3.5);
    }
    let off = truth.abs_diff(seen);
    if off <= 3 {
        consider(
            Mistake::Miscounted,
            5.0 + f64::from(u32::try_from(off).unwrap_or(3)),
        );
    }
    if let Some((mistake, bits)) = truth_digits.slip_to(&seen_digits) {
        consider(mistake, bits);
    }
    best
}

/// The decimal digits of a number, first digit first.
struct Digits {
    all: [u8; 20],
    len: usize,
}

impl Digits {
    fn new(number: i64) -> Self {
        let mut digits = Self {
            all: [0; 20],
            len: 0,
        };
        let mut rest = number.unsigned_abs();
        loop {
            digits.all[digits.len] = u8::try_from(rest % 10).unwrap_or(0);
            digits.len += 1;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        digits.all[..digits.len].reverse();
        digits
    }

    fn digits(&self) -> &[u8] {
        &self.all[..self.len]
    }

    /// The cheapest slip of one digit or two that turns these into `seen`.
    fn slip_to(&self, seen: &Self) -> Option<(Mistake, f64)> {
        let (truth, seen) = (self.digits(), seen.digits());
        let places = count(truth.len()).log2();
        if truth.len() == seen.len() + 1 {
            if dropped_one(truth, seen) {
                return Some((Mistake::Dropped, 3.0 + places));
            }
        } else if truth.len() + 1 == seen.len() && dropped_one(seen, truth) {
            let doubled =
                (1..seen.len()).any(|at| seen[at] == seen[at - 1] && dropped_at(seen, truth, at));
            return Some(if doubled {
                (Mistake::Doubled, 3.5 + places)
            } else {
                (Mistake::Inserted, 6.5 + places)
            });
        }
        if truth.len() < seen.len() {
            return None;
        }
        // Leading zeros vanish: 105 without its 1 reads 5.
        let mut padded = [0; 20];
        let zeros = truth.len() - seen.len();
        padded[zeros..truth.len()].copy_from_slice(seen);
        let padded = &padded[..truth.len()];
        if zeros > 0 && padded[1..] == truth[1..] {
            return Some((Mistake::Dropped, 3.0 + places));
        }
        let mut differ = (0..truth.len()).filter(|&at| truth[at] != padded[at]);
        let (first, second, third) = (differ.next()?, differ.next(), differ.next());
        match (second, third) {
            (None, _) => Some(replaced(truth[first], padded[first], places)),
            (Some(second), None)
                if second == first + 1
                    && truth[first] == padded[second]
                    && truth[second] == padded[first] =>
            {
                Some((Mistake::Transposed, 3.0 + count(truth.len() - 1).log2()))
            }
            _ => None,
        }
    }
}

fn dropped_one(long: &[u8], short: &[u8]) -> bool {
    let same = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    long[same + 1..] == short[same..]
}

fn dropped_at(long: &[u8], short: &[u8], at: usize) -> bool {
    long[..at] == short[..at] && long[at + 1..] == short[at..]
}

fn replaced(truth: u8, seen: u8, places: f64) -> (Mistake, f64) {
    const ALIKE: [(u8, u8); 7] = [(1, 7), (0, 6), (3, 8), (5, 6), (6, 8), (0, 8), (4, 9)];
    const PAD: [(u8, u8); 8] = [
        (1, 4),
        (4, 7),
        (2, 5),
        (5, 8),
        (3, 6),
        (6, 9),
        (0, 1),
        (0, 2),
    ];
    let pair = (truth.min(seen), truth.max(seen));
    // The digit row ends in 9 0.
    let in_row = pair.1 - pair.0 == 1 && pair != (0, 1) || pair == (0, 9);
    if in_row || PAD.contains(&pair) {
        (Mistake::NeighbourKey, 3.5 + places)
    } else if ALIKE.contains(&pair) {
        (Mistake::LookAlike, 4.5 + places)
    } else {
        (Mistake::OtherDigit, 6.0 + places)
    }
}

/// How expected each value is: from how often its row and column are non-zero.
pub(super) struct Surprise<'a> {
    filled: &'a Filled<'a>,
    rows: Vec<u32>,
    cols: Vec<u32>,
    all: u32,
    items: u32,
    kinds: u32,
}

impl<'a> Surprise<'a> {
    pub(super) fn new(filled: &'a Filled<'a>) -> Self {
        let layout = filled.layout();
        let mut rows = vec![0; layout.rows().len()];
        let mut cols = vec![0; layout.cols().len()];
        let mut all = 0;
        for row in layout.rows_of(RowClass::Item) {
            for col in layout.kinds() {
                if filled.values[layout.index((row, col))].is_some_and(|value| value != 0) {
                    rows[row] += 1;
                    cols[col] += 1;
                    all += 1;
                }
            }
        }
        let items = u32::try_from(layout.rows_of(RowClass::Item).count()).unwrap_or(u32::MAX);
        let kinds = u32::try_from(layout.kinds().count()).unwrap_or(u32::MAX);
        Self {
            filled,
            rows,
            cols,
            all,
            items,
            kinds,
        }
    }

    /// What it costs to hold that `truth` stands in the cell, and not `seen`.
    ///
    /// Nothing outside the items: sums and stocks have no such pattern.
    pub(super) fn of(&self, cell: Cell, truth: i64, seen: i64) -> f64 {
        let layout = self.filled.layout();
        if !layout.is_item_part(cell) {
            return 0.0;
        }
        let itself = u32::from(self.filled.values[layout.index(cell)].is_some_and(|v| v != 0));
        let odds = |nonzero: u32, of: u32| {
            let nonzero = f64::from(nonzero - itself);
            (nonzero + 0.3) / (f64::from(of.saturating_sub(1)) - nonzero + 0.3)
        };
        let odds = odds(self.rows[cell.0], self.kinds) * odds(self.cols[cell.1], self.items)
            / odds(self.all, self.items.saturating_mul(self.kinds));
        let p = (odds / (1.0 + odds)).clamp(0.001, 0.97);
        let bits = |value: i64| match value {
            ..=0 => -(1.0 - p).log2(),
            _ => number(i128::from(value) + 1).log2() - p.log2(),
        };
        bits(truth) - bits(seen)
    }
}

/// How far apart two lines of an exchange or a misfiling may be: neighbours cost nothing.
pub(super) fn distance(from: usize, to: usize) -> f64 {
    match from.abs_diff(to) {
        0 | 1 => 0.0,
        apart => 2.0 + count(apart).log2(),
    }
}

/// As a float; exact where it matters (below 2^53).
#[expect(
    clippy::cast_precision_loss,
    reason = "a logarithm does not see the last digits"
)]
pub(super) const fn number(number: i128) -> f64 {
    number as f64
}

/// A small count as a float.
pub(super) fn count(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::{Mistake, mistyped};

    #[track_caller]
    fn slip(truth: i64, seen: i64, mistake: Mistake, bits: f64) {
        let (found, cost) = mistyped(truth, seen, false);
        assert_eq!(
            (found, (cost * 1000.0).round()),
            (mistake, (bits * 1000.0).round()),
            "{truth} read as {seen}"
        );
    }

    #[test]
    fn each_mistake_has_its_price() {
        slip(2, 22, Mistake::Doubled, 3.5);
        slip(5345, 5435, Mistake::Transposed, 3.0 + 3f64.log2());
        slip(105, 5, Mistake::Dropped, 3.0 + 3f64.log2());
        slip(123, 13, Mistake::Dropped, 3.0 + 3f64.log2());
        slip(12, 152, Mistake::Inserted, 7.5);
        slip(1, 2, Mistake::NeighbourKey, 3.5);
        slip(19, 10, Mistake::NeighbourKey, 4.5);
        slip(31, 37, Mistake::LookAlike, 5.5);
        slip(32, 37, Mistake::OtherDigit, 7.0);
        slip(0, 5, Mistake::OtherDigit, 6.0);
        slip(77, 0, Mistake::LeftAtZero, 3.5);
        slip(40, 38, Mistake::Miscounted, 7.0);
        slip(12, 98_765, Mistake::Other, 20.0);
        slip(2, -2, Mistake::Sign, 2.0);
        slip(3, i64::MIN, Mistake::Other, 16.0);
        assert_eq!(mistyped(11, 0, true), (Mistake::TotalLeftAtZero, 1.5));
        assert!(mistyped(i64::MAX, i64::MAX - 1, false).1 <= 6.0);
    }
}
