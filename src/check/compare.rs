//! What sentences say of last year, held against last year's report.
//!
//! **Never:** compares with a report that is not there; then it only says what that
//! should hold.
//! Next: `beside` for the cells of two years.

use crate::base::number::Decimal;

use super::fact::{Name, Reading, Tables};
use super::prose::bound::Target;
use super::prose::number::{Number, Unit};
use super::prose::phrase::Key;
use super::prose::{Paragraph, What, says};

impl Tables<'_> {
    /// Requests received: new ones, and with those carried in.
    fn received(&self) -> Option<[i64; 2]> {
        let held = |target| {
            let (reading, written): (Reading, bool) = self.reading(&target)?;
            reading.value.to_whole().filter(|_| written)
        };
        Some([held(Target::Received)?, held(Target::New)?])
    }

    /// Whether these tables of last year hold what a sentence says of that year. The
    /// reading takes the value that was compared.
    pub(super) fn agrees_with(&self, reading: &mut Reading) -> Option<bool> {
        let Name::LastYear(now, change) = &reading.name else {
            return None;
        };
        let then = self.received()?;
        let agrees = now.iter().zip(then).any(|(now, then)| now - change == then);
        reading.value = Decimal::whole(then[1]);
        Some(agrees)
    }
}

/// "受理47件，同比增长27.03%": the share by which requests grew.
pub(super) fn growth(
    tables: &Tables,
    last: Option<&Tables>,
    paragraph: &Paragraph,
    index: usize,
    number: &Number,
) -> Option<(Reading, bool)> {
    if number.unit != Unit::Percent || number.approximate || number.name != "%" {
        return None;
    }
    let grows = said_to_grow(paragraph, index)?;
    let (now, then) = (tables.received()?, last?.received()?);
    let now_said = grows.count.whole()?;
    let mut years = now.into_iter().zip(then);
    let year = years.find(|(now, _)| *now == now_said);
    let (_, was) = year.filter(|(_, was)| *was != 0)?;
    let share = Share::of(now_said - was, was, number.value.places)?;
    let is_right = share.is_up == grows.is_up || now_said == was;
    let units = number.value.units;
    let agrees = is_right && (units == share.rounded || units == share.cut);
    let reading = Reading {
        cells: Vec::new(),
        value: Decimal {
            units: share.rounded,
            places: number.value.places,
        },
        name: Name::LastYear([now_said, now_said], now_said - was),
    };
    Some((reading, agrees))
}

/// A number of requests that is said to have grown or shrunk.
struct Growth {
    count: Number,
    is_up: bool,
}

/// The number right before a percentage, and the direction that the words between
/// them give it; None where that number does not count requests.
fn said_to_grow(paragraph: &Paragraph, index: usize) -> Option<Growth> {
    let tokens = &paragraph.tokens;
    let is_number = |at: &usize| matches!(tokens[*at].what, What::Number(_));
    let is_sign = |at: &usize| matches!(tokens[*at].what, What::Number(_) | What::Stop(_));
    let before = (0..index).rev().find(is_sign)?;
    let counted = (0..=before).rev().find(is_number)?;
    let words = &paragraph.normalized[tokens[before].after..tokens[index].start];
    let lead = &paragraph.normalized[..tokens[counted].start];
    let lead = &lead[lead.len().saturating_sub(16)..];
    let after = tokens[counted].after;
    let is_next = tokens[before].start.max(after) - after <= 1;
    let is_of_requests = says(lead, &["公开申请", "依申请公开"]);
    let compares = says(words, &["同比", "上年", "去年"]);
    let (up, down) = (says(words, &["增", "升"]), says(words, &["减", "降"]));
    let What::Number(count) = tokens[counted].what else {
        return None;
    };
    (is_next && is_of_requests && compares && up != down).then_some(Growth { count, is_up: up })
}

/// A change as a percentage of last year's number, without its sign: 27.03% with two places is 2703.
struct Share {
    is_up: bool,
    rounded: i64,
    cut: i64,
}

impl Share {
    /// None where it does not fit.
    fn of(change: i64, was: i64, places: u8) -> Option<Self> {
        let scale = 10_i64.checked_pow(u32::from(places) + 2)?;
        let share = change.checked_mul(scale)?.unsigned_abs();
        let was = was.unsigned_abs();
        Some(Share {
            is_up: change >= 0,
            rounded: i64::try_from((share * 2 + was) / (was * 2)).ok()?,
            cut: i64::try_from(share / was).ok()?,
        })
    }
}

/// "受理59件（新收47件），比上年多42件": what last year's number was by either reading.
pub(super) fn last_year(
    tables: &Tables,
    paragraph: &Paragraph,
    index: usize,
    number: &Number,
) -> Option<Reading> {
    let change = number.whole().filter(|_| !number.approximate)?;
    if !paragraph.gate || number.unit != Unit::Case {
        return None;
    }
    let before = |wanted: fn(What) -> bool| {
        (0..index)
            .rev()
            .take_while(|at| !matches!(paragraph.tokens[*at].what, What::Number(_) | What::Stop(_)))
            .any(|at| wanted(paragraph.tokens[at].what))
    };
    let compares = before(|what| what == What::Key(Key::Change));
    let other = before(|what| match what {
        What::Key(key) => !matches!(key, Key::Change | Key::LastYear | Key::Request(_)),
        _ => false,
    });
    if !compares || other {
        return None;
    }
    let start = paragraph.tokens[index].start;
    let near = &paragraph.normalized[start.saturating_sub(4)..start];
    let change = if says(near, &["多", "增", "升"]) {
        change
    } else if says(near, &["少", "减", "降"]) {
        -change
    } else {
        return None;
    };
    let held = |target| {
        let (reading, written) = tables.reading(&target)?;
        reading.value.to_whole().filter(|_| written)
    };
    let held = [held(Target::Received)?, held(Target::New)?];
    let is_possible = held.iter().all(|now| now - change >= 0);
    let (reading, _) = tables.reading(&Target::Received)?;
    is_possible.then(|| Reading {
        value: Decimal::whole(held[0] - change),
        cells: reading.cells,
        name: Name::LastYear(held, change),
    })
}
