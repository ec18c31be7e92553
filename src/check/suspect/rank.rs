//! Ranking: which story costs the fewest bits, and how sure that makes us.
//!
//! A repair is told as events: single slips, or pairs of cells that one event
//! explains (exchanged, misfiled, split). The cheapest pairing counts. Stories
//! within three quarters of a bit are ties and are to be shown as such.
//!
//! **Never:** searches, or hides a reading because another is cheaper.
//! Next: `super::find` puts the pieces together.

use super::bits::{self, Mistake, Surprise};
use super::causes::Cause;
use super::evidence::{Evidence, Familiar};
use super::forced::Filled;
use super::reading::{Edit, Event, Reading, Slip, TIE};
use super::search::MOST;
use super::system::{Cell, Line, RowClass};

/// No more readings than this are listed.
const LISTED: usize = 64;

/// A repair with its story; not yet a reading.
#[derive(Clone, Debug)]
pub(super) struct Story {
    pub(super) changes: Vec<(usize, i64)>,
    pub(super) events: Vec<(Slip, Option<Mistake>, Vec<usize>)>,
    pub(super) bits: f64,
    /// Puts the more familiar outcome first among equals.
    pub(super) familiarity: f64,
}

impl From<Cause> for Story {
    fn from(cause: Cause) -> Self {
        let changed = cause.changes.iter().map(|&(index, _)| index);
        let cells = cause.right.into_iter().chain(changed).collect();
        Self {
            events: vec![(cause.slip, None, cells)],
            changes: cause.changes,
            bits: cause.bits,
            familiarity: 0.0,
        }
    }
}

impl Story {
    fn slip(&self) -> Slip {
        match self.events[..] {
            [(slip, ..)] => slip,
            _ => Slip::Several,
        }
    }

    /// Adds what is known beyond the identities.
    pub(super) fn weigh(&mut self, filled: &Filled<'_>, evidence: &Evidence, familiar: &Familiar) {
        self.bits += evidence.bits(filled, &self.changes);
        self.familiarity = familiar.gain(filled, &self.changes);
    }

    pub(super) fn into_reading(self, filled: &Filled<'_>, clears: &[Line]) -> Reading {
        let layout = filled.layout();
        let edit = |&(index, to): &(usize, i64)| {
            let from = filled.values[index].filter(|_| !filled.is_fill(index));
            Edit {
                cell: layout.cell(index),
                from,
                to,
            }
        };
        let slip = self.slip();
        let event = |(slip, mistake, cells): (Slip, Option<Mistake>, Vec<usize>)| {
            let cells = cells.into_iter().map(|index| layout.cell(index)).collect();
            Event {
                slip,
                mistake,
                cells,
            }
        };
        Reading {
            slip,
            edits: self.changes.iter().map(edit).collect(),
            events: self.events.into_iter().map(event).collect(),
            bits: self.bits,
            clears: clears.to_vec(),
        }
    }
}

/// Puts stories in order, cheapest first, each set of changes once.
///
/// Among ties the more familiar outcome comes first, and then at the price of
/// those it passed: the list never looks out of order.
pub(super) fn order(mut stories: Vec<Story>) -> Vec<Story> {
    stories.sort_by(|a, b| a.changes.cmp(&b.changes).then(a.bits.total_cmp(&b.bits)));
    stories.dedup_by(|later, first| later.changes == first.changes);
    // Equal sums of logarithms may differ in their last digits.
    let key = |story: &Story| {
        let familiar = (story.familiarity / 2.0).clamp(-TIE / 2.0, TIE / 2.0);
        ((story.bits - familiar) * 1e6).round()
    };
    stories.sort_by(|a, b| {
        key(a)
            .total_cmp(&key(b))
            .then_with(|| a.changes.cmp(&b.changes))
    });
    let mut cheapest = f64::INFINITY;
    for story in stories.iter_mut().rev() {
        cheapest = cheapest.min(story.bits);
        story.bits = cheapest;
    }
    stories.truncate(LISTED);
    stories
}

/// Tells repairs of a few cells as events.
pub(super) struct Teller<'a> {
    filled: &'a Filled<'a>,
    surprise: Surprise<'a>,
    edited: &'a [Cell],
    /// Requests that went through the table, for the share of a cell.
    requests: f64,
}

/// A change with both values at hand.
#[derive(Clone, Copy)]
struct Change {
    index: usize,
    cell: Cell,
    seen: i64,
    truth: i64,
}

impl<'a> Teller<'a> {
    pub(super) fn new(filled: &'a Filled<'a>, edited: &'a [Cell]) -> Self {
        Self {
            filled,
            surprise: Surprise::new(filled),
            edited,
            requests: requests(filled),
        }
    }

    /// The cheapest story of a repair of at most four cells.
    pub(super) fn tell(&self, changes: &[(usize, i64)]) -> Story {
        let layout = self.filled.layout();
        let change = |&(index, truth): &(usize, i64)| Change {
            index,
            cell: layout.cell(index),
            seen: self.filled.values[index].unwrap_or(0),
            truth,
        };
        let cells: Vec<Change> = changes.iter().take(MOST).map(change).collect();
        // best[set]: the cheapest story of these cells, and its last event.
        let mut best = [(0.0f64, 0usize, Slip::Keying, None); 1 << MOST];
        for set in 1..1usize << cells.len() {
            let first = set.trailing_zeros() as usize;
            let rest = set & (set - 1);
            let (mistake, cost) = self.mistyped(cells[first], cells.len() == 1);
            best[set] = (best[rest].0 + cost, 1 << first, Slip::Keying, mistake);
            for second in first + 1..cells.len() {
                if rest & (1 << second) == 0 {
                    continue;
                }
                let Some((slip, cost)) = self.pair(cells[first], cells[second]) else {
                    continue;
                };
                let cost = cost + best[rest & !(1 << second)].0;
                if cost < best[set].0 {
                    best[set] = (cost, 1 << first | 1 << second, slip, None);
                }
            }
        }
        let mut set = (1 << cells.len()) - 1;
        let bits = best[set].0;
        let mut events = Vec::new();
        while set != 0 {
            let (_, taken, slip, mistake) = best[set];
            let members = (0..cells.len()).filter(|at| taken & (1 << at) != 0);
            events.push((slip, mistake, members.map(|at| cells[at].index).collect()));
            set &= !taken;
        }
        Story {
            changes: changes.to_vec(),
            events,
            bits,
            familiarity: 0.0,
        }
    }

    /// The cost of one slip; `alone` when nothing else changes.
    fn mistyped(&self, change: Change, alone: bool) -> (Option<Mistake>, f64) {
        if self.filled.is_fill(change.index) {
            // A blank claims nothing, so nobody mistyped it.
            return (None, 0.0);
        }
        let is_total = self.filled.layout().is_total(change.cell);
        let (mistake, cost) = bits::mistyped(change.truth, change.seen, is_total);
        if alone && self.edited.contains(&change.cell) {
            return (Some(mistake), bits::JUST_TYPED);
        }
        let surprise = self.surprise.of(change.cell, change.truth, change.seen);
        (Some(mistake), bits::KEYING + cost + surprise)
    }

    /// The cheapest event that explains two cells at once.
    fn pair(&self, a: Change, b: Change) -> Option<(Slip, f64)> {
        let apart = match (a.cell.0 == b.cell.0, a.cell.1 == b.cell.1) {
            (true, false) => bits::distance(a.cell.1, b.cell.1),
            (false, true) => bits::distance(a.cell.0, b.cell.0),
            _ => return None,
        };
        let mut cheapest: Option<(Slip, f64)> = None;
        let mut consider = |slip, cost: f64| {
            if cheapest.is_none_or(|(_, before)| cost < before) {
                cheapest = Some((slip, cost));
            }
        };
        if a.truth == b.seen && b.truth == a.seen {
            let surprise = self.surprise.of(a.cell, a.truth, a.seen)
                + self.surprise.of(b.cell, b.truth, b.seen);
            consider(Slip::Exchanged, bits::EXCHANGE + apart + surprise);
        }
        let total_col = self.filled.layout().total_col();
        let gain = i128::from(a.truth) - i128::from(a.seen);
        let loss = i128::from(b.seen) - i128::from(b.truth);
        if gain == loss && a.cell.1 != total_col && b.cell.1 != total_col {
            let owner = if gain > 0 { a.truth } else { b.truth };
            let units = bits::number(gain.abs()).log2();
            let share = bits::number(i128::from(owner.max(1))).log2() - self.requests.log2();
            consider(Slip::Misfiled, bits::MISFILED + 2.0 * units - share + apart);
        }
        let (left, right) = if a.cell.1 < b.cell.1 { (a, b) } else { (b, a) };
        let is_digit = |value: i64| (0..=9).contains(&value);
        if a.cell.0 == b.cell.0
            && right.cell.1 - left.cell.1 == 1
            && is_digit(left.seen)
            && is_digit(right.seen)
            && left.seen > 0
        {
            let joined = left.seen * 10 + right.seen;
            if [(joined, 0), (0, joined)].contains(&(left.truth, right.truth)) {
                consider(Slip::Split, bits::SPLIT);
            }
        }
        cheapest
    }
}

/// 一 and 二 of the total column, guarded against a mistyped 二.
fn requests(filled: &Filled<'_>) -> f64 {
    let layout = filled.layout();
    let total = |row: Option<usize>| {
        let value = row.and_then(|row| filled.values[layout.index((row, layout.total_col()))]);
        bits::number(i128::from(value.unwrap_or(0).max(0)))
    };
    let mut stocks = layout.rows_of(RowClass::In);
    let (received, carried_in) = (total(stocks.next()), total(stocks.next()));
    let processed = total(layout.total_row());
    let cap = 4.0f64.mul_add(processed.max(received), 1.0);
    (received + carried_in).min(cap).max(1.0)
}
