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
use super::forced::Filled;
use super::search::MOST;
use super::system::{Cell, Line, RowClass};

/// Two readings closer than this are tied.
const TIE: f64 = 0.75;
/// A lead from which the first reading is right in 97 of 100.
const SURE: f64 = 10.0;
/// No more readings than this are listed.
const LISTED: usize = 64;

/// What people do to numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slip {
    /// One number was typed wrong.
    Keying,
    /// Two values changed places.
    Exchanged,
    /// Units stand in the cell beside the one they belong to.
    Misfiled,
    /// A stretch of cells stands one place off.
    Shifted,
    /// Totals stand at 0 beside their parts.
    TotalsNotFilled,
    /// Parts were changed and the totals were not.
    TotalsStale,
    /// One number of two digits stands in two cells.
    Split,
    /// One number in a block of table 四 is wrong.
    Table4,
    /// More than one of these.
    Several,
}

/// One change of a reading.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Edit {
    /// The cell.
    pub cell: Cell,
    /// What stands there; `None` for a blank.
    pub from: Option<i64>,
    /// What would mend the table.
    pub to: i64,
}

/// One thing that happened, within a reading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// What it was.
    pub slip: Slip,
    /// How the number was mistyped, if one was.
    pub mistake: Option<Mistake>,
    /// The cells it concerns.
    pub cells: Vec<Cell>,
}

/// Cells that, changed, would mend what is broken, and the story why.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// The story in one word.
    pub slip: Slip,
    /// The changes, in the order of the cells.
    pub edits: Vec<Edit>,
    /// The story, event by event.
    pub events: Vec<Event>,
    /// How surprising the story is; differences are log-odds.
    pub bits: f64,
    /// The broken lines that it makes whole.
    pub clears: Vec<Line>,
}

/// How sure the first reading is, by its lead over the second.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Certainty {
    /// 几乎确定: no other story comes near.
    NearlyCertain,
    /// 可能: ahead, but others are possible.
    Likely,
    /// 以下之一: the first readings are tied.
    OneOf,
}

impl Certainty {
    /// Judges readings that are in their order.
    #[must_use]
    pub fn of(readings: &[Reading]) -> Self {
        match readings {
            [first, second, ..] if second.bits - first.bits <= TIE => Self::OneOf,
            [first, second, ..] if second.bits - first.bits < SURE => Self::Likely,
            _ => Self::NearlyCertain,
        }
    }
}

/// What the readings of a group share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shared {
    /// Units belong to another column, in one of several rows.
    Columns,
    /// Units belong to another row, in one of several columns.
    Rows,
}

/// Readings that agree on the lines and differ in where along them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Whether `from` and `to` are columns or rows.
    pub shared: Shared,
    /// The line that holds the units now.
    pub from: usize,
    /// The line they belong to.
    pub to: usize,
    /// How many units.
    pub units: i64,
    /// The rows (or columns) it may have happened in, one for each reading.
    pub places: Vec<usize>,
    /// The readings, as positions in the list.
    pub readings: Vec<usize>,
}

/// Finds the readings that differ only in the row or only in the column.
pub(super) fn groups(readings: &[Reading]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (position, reading) in readings.iter().enumerate() {
        let Some((shared, from, to, units, place)) = move_of(&reading.edits) else {
            continue;
        };
        let same = groups
            .iter_mut()
            .find(|g| (g.shared, g.from, g.to, g.units) == (shared, from, to, units));
        if let Some(group) = same {
            group.places.push(place);
            group.readings.push(position);
        } else {
            let (places, readings) = (vec![place], vec![position]);
            groups.push(Group {
                shared,
                from,
                to,
                units,
                places,
                readings,
            });
        }
    }
    groups.retain(|group| group.readings.len() > 1);
    groups
}

/// A reading that only moves units between two cells of one line.
fn move_of(edits: &[Edit]) -> Option<(Shared, usize, usize, i64, usize)> {
    let &[first, second] = edits else { return None };
    let gain = first.to.checked_sub(first.from?)?;
    if second.to.checked_sub(second.from?)? != gain.checked_neg()? {
        return None;
    }
    let (less, more) = if gain < 0 {
        (first, second)
    } else {
        (second, first)
    };
    let units = gain.checked_abs()?;
    if less.cell.0 == more.cell.0 {
        Some((
            Shared::Columns,
            less.cell.1,
            more.cell.1,
            units,
            less.cell.0,
        ))
    } else if less.cell.1 == more.cell.1 {
        Some((Shared::Rows, less.cell.0, more.cell.0, units, less.cell.1))
    } else {
        None
    }
}

/// A sentence that states a number of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stated {
    /// The number.
    pub value: i64,
    /// What it may be the sum of; equal to any one of them is agreement.
    pub sums: Vec<Vec<Cell>>,
}

/// What is known beyond the identities.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// Cells changed by hand since the table was last whole.
    pub edited: Vec<Cell>,
    /// Numbers that the prose states.
    pub stated: Vec<Stated>,
    /// How common each outcome is in published tables, in any unit: the rows of
    /// section 三, the columns of section 四. It only orders readings that are
    /// tied otherwise. Empty when not known.
    pub usual: Vec<u32>,
}

impl Evidence {
    /// What the sentences add to a repair.
    pub(super) fn bits(&self, filled: &Filled<'_>, changes: &[(usize, i64)]) -> f64 {
        let layout = filled.layout();
        let sum = |cells: &[Cell], changes: &[(usize, i64)]| {
            cells.iter().try_fold(0i128, |sum, &cell| {
                if cell.0 >= layout.rows().len() || cell.1 >= layout.cols().len() {
                    return None;
                }
                let index = layout.index(cell);
                let new = changes.iter().find(|(at, _)| *at == index);
                let value = new.map_or(filled.values[index], |&(_, to)| Some(to))?;
                Some(sum + i128::from(value))
            })
        };
        let agrees = |stated: &Stated, changes: &[(usize, i64)]| {
            let value = i128::from(stated.value);
            stated
                .sums
                .iter()
                .any(|cells| sum(cells, changes) == Some(value))
        };
        let mut bits = 0.0;
        for stated in &self.stated {
            match (agrees(stated, &[]), agrees(stated, changes)) {
                (false, true) => bits -= bits::STATED,
                (true, false) => bits += bits::STATED,
                _ => {}
            }
        }
        bits
    }
}

/// How much more common than the middle each outcome is, in bits.
pub(super) struct Familiar(Vec<f64>);

impl Familiar {
    pub(super) fn new(evidence: &Evidence) -> Self {
        let bits = |&common: &u32| f64::from(common.max(1)).log2();
        let known = evidence.usual.iter().filter(|&&common| common > 0);
        let middle = known.clone().map(bits).sum::<f64>() / bits::count(known.count().max(1));
        Self(
            evidence
                .usual
                .iter()
                .map(|common| bits(common) - middle)
                .collect(),
        )
    }

    /// How far a repair moves units towards the outcomes that are common.
    pub(super) fn gain(&self, filled: &Filled<'_>, changes: &[(usize, i64)]) -> f64 {
        let layout = filled.layout();
        let gain = |&(index, to): &(usize, i64)| {
            let (row, col) = layout.cell(index);
            let outcome = match layout.rows()[row] {
                RowClass::Item => self.0.get(row),
                RowClass::Alone if col != layout.total_col() => self.0.get(col),
                _ => None,
            };
            let by = i128::from(to) - i128::from(filled.values[index].unwrap_or(to));
            outcome.map_or(0.0, |bits| bits::number(by) * bits)
        };
        changes.iter().map(gain).sum()
    }
}

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
        let cells = cause.changes.iter().map(|&(index, _)| index).collect();
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
