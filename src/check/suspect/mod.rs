//! Suspects: which cell is wrong, and what should it say.
//!
//! A plain call from a table's numbers to ranked readings:
//!
//! ```text
//! System ──forced──> Filled ──search──> repairs of up to 3 cells ──┐
//!   rows, columns,     │                 (4 when all else fails)    ├──rank──> Findings
//!   values             └────causes───> repairs of one cause ───────┘
//! ```
//!
//! Blanks are unknown here whatever the mode of the table: a line with unknown
//! cells is no evidence against another cell, and a blank that the identities
//! leave no choice about is a fill, unless the best reading says otherwise.
//!
//! **Never:** changes a value by itself, knows a form or a language, panics or
//! overflows whatever the numbers, or claims that a table is correct.
//! Next: `system` for the constraints, `search` for the theory, `bits` for the
//! prices, `rank` for the order, `reading` for the result, `table4` for section 四.

mod bits;
mod causes;
mod evidence;
mod forced;
mod rank;
mod reading;
mod search;
mod system;
mod table4;

pub use bits::Mistake;
pub use evidence::{Evidence, Stated};
pub use forced::Fill;
pub use reading::{Certainty, Edit, Event, Group, Reading, Shared, Slip};
pub use system::{Cell, ColClass, Layout, Line, RowClass, System, Value, Verdict};

use evidence::Familiar;
use forced::Filled;
use rank::Teller;
use search::{Gaps, MOST, Repair};
use system::{Tallies, Tally};

/// How many cells a repair by exact search changes, unless nothing else is found.
const FEW: usize = 3;
/// Steps of the search to three cells, and then to four.
const NODES: usize = 20_000;

/// How a search for readings ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Every smallest repair and every one-cause repair is listed.
    Complete,
    /// More cells are wrong than can be searched, from no cause we know.
    TooMany,
    /// The broken lines lack cells: no number there could mend them, and there
    /// is too little to say which of the others is wrong.
    Incomplete,
    /// The search gave up at its limit; what is listed is not all.
    GaveUp,
}

impl Reach {
    /// `seen`: at least one broken line has all its cells.
    const fn of(readings: &[Reading], gave_up: bool, seen: bool) -> Self {
        match (gave_up, readings, seen) {
            (true, ..) => Self::GaveUp,
            (false, [_, ..], _) => Self::Complete,
            (false, [], true) => Self::TooMany,
            (false, [], false) => Self::Incomplete,
        }
    }
}

/// Broken lines that belong together, and what would mend them.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// The broken lines: rows, then balances, then item sums.
    pub broken: Vec<Line>,
    /// What would mend them, most likely first, 64 at most.
    pub readings: Vec<Reading>,
    /// How sure the first reading is.
    pub certainty: Certainty,
    /// Readings that agree on the lines and differ in where along them.
    pub groups: Vec<Group>,
    /// A reading of four cells, worth a sentence but not a place in the list.
    pub aside: Option<Reading>,
    /// Whether these are all.
    pub reach: Reach,
}

/// All there is to say about a table.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Findings {
    /// Blank cells with the only value they can have.
    pub fills: Vec<Fill>,
    /// One for a table of section 三; one for each broken block of section 四.
    pub findings: Vec<Finding>,
}

/// Finds forced blanks, and the readings of what is broken.
#[must_use]
pub fn find(system: &System, evidence: &Evidence) -> Findings {
    let filled = Filled::new(system);
    let tallies = system.layout().tally(&filled.values);
    let broken = tallies.broken();
    let mut findings = Vec::new();
    if !broken.is_empty() {
        if system.layout().total_row().is_some() {
            findings.push(joined_rows(&filled, &tallies, broken, evidence));
        } else {
            let rows = tallies.rows.iter().enumerate();
            findings.extend(rows.filter_map(|(row, sums)| block(&filled, row, sums, evidence)));
        }
    }
    // Where the best reading puts another number, the blank is no longer forced.
    let doubted = |fill: &Fill| {
        let mut first = findings
            .iter()
            .filter_map(|finding| finding.readings.first());
        first.any(|reading| reading.edits.iter().any(|edit| edit.cell == fill.cell))
    };
    Findings {
        fills: filled
            .fills
            .iter()
            .copied()
            .filter(|fill| !doubted(fill))
            .collect(),
        findings,
    }
}

/// The finding of a table whose columns join its rows.
fn joined_rows(
    filled: &Filled<'_>,
    tallies: &Tallies,
    broken: Vec<Line>,
    evidence: &Evidence,
) -> Finding {
    let gaps = Gaps::new(filled, tallies);
    let mends = |repair: &Repair| causes::mends(filled, tallies, &gaps, repair.changes());
    let mut found = search::smallest(filled, &gaps, 1..=FEW, NODES);
    if filled.has_unknown() {
        found.repairs.retain(mends);
    }
    let single: Vec<_> = found
        .repairs
        .iter()
        .filter_map(|repair| <[_; 1]>::try_from(repair.changes()).ok())
        .flatten()
        .collect();
    let causes = causes::all(filled, tallies, &gaps, &single, &evidence.edited);
    if found.repairs.is_empty() && causes.is_empty() && !found.gave_up {
        found = search::smallest(filled, &gaps, MOST..=MOST, NODES);
        if filled.has_unknown() {
            found.repairs.retain(mends);
        }
    }
    // A line that blanks could not mend stays broken under every reading.
    let clears: Vec<_> = tallies
        .iter()
        .filter(|(_, sums)| sums.gap().is_some_and(|gap| gap != 0))
        .map(|(line, _)| line)
        .collect();
    let teller = Teller::new(filled, &evidence.edited);
    let mut stories: Vec<_> = found
        .repairs
        .iter()
        .map(|repair| teller.tell(repair.changes()))
        .collect();
    stories.extend(causes.into_iter().map(rank::Story::from));
    let familiar = Familiar::new(evidence);
    for story in &mut stories {
        story.weigh(filled, evidence, &familiar);
    }
    let readings: Vec<_> = rank::order(stories)
        .into_iter()
        .map(|story| story.into_reading(filled, &clears))
        .collect();
    let aside = totals_instead(filled, tallies, &gaps)
        .filter(|changes| {
            readings
                .first()
                .is_some_and(|first| first.edits.len() < changes.len())
        })
        .map(|changes| teller.tell(&changes).into_reading(filled, &clears));
    let reach = Reach::of(&readings, found.gave_up, !clears.is_empty());
    finding(broken, readings, aside, reach)
}

/// The finding of a row that stands alone, if it is broken.
fn block(filled: &Filled<'_>, row: usize, sums: &Tally, evidence: &Evidence) -> Option<Finding> {
    let Verdict::Broken { by } = sums.verdict() else {
        return None;
    };
    // With a cell missing, whatever stands there makes the others unsure.
    let complete = sums.missing() == 0;
    let mut stories = if complete {
        table4::stories(filled, row, by)
    } else {
        Vec::new()
    };
    let familiar = Familiar::new(evidence);
    for story in &mut stories {
        story.weigh(filled, evidence, &familiar);
    }
    let broken = vec![Line::Row(row)];
    let stories = rank::order(stories).into_iter();
    let readings: Vec<_> = stories
        .map(|story| story.into_reading(filled, &broken))
        .collect();
    let reach = Reach::of(&readings, false, complete);
    Some(finding(broken, readings, None, reach))
}

fn finding(
    broken: Vec<Line>,
    readings: Vec<Reading>,
    aside: Option<Reading>,
    reach: Reach,
) -> Finding {
    let certainty = Certainty::of(&readings);
    let groups = reading::groups(&readings);
    Finding {
        broken,
        readings,
        certainty,
        groups,
        aside,
        reach,
    }
}

/// When two columns lack and have the same in their items and all else holds:
/// the items are right, and 一 and （七） of both columns are wrong.
fn totals_instead(
    filled: &Filled<'_>,
    tallies: &Tallies,
    gaps: &Gaps,
) -> Option<Vec<(usize, i64)>> {
    let layout = filled.layout();
    let cols: Vec<_> = gaps.broken_cols().collect();
    let &[first, second] = &cols[..] else {
        return None;
    };
    if gaps.broken_rows().next().is_some() || gaps.col(first).0 != 0 || gaps.col(second).0 != 0 {
        return None;
    }
    let received = layout.rows_of(RowClass::In).next()?;
    let mut changes = Vec::new();
    for row in [received, layout.total_row()?] {
        for col in [first, second] {
            let index = layout.index((row, col));
            let to = i128::from(filled.values[index]?) + gaps.col(col).1;
            changes.push((index, i64::try_from(to).ok()?));
        }
    }
    changes.sort_unstable();
    causes::mends(filled, tallies, gaps, &changes).then_some(changes)
}
