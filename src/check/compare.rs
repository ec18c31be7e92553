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

    /// Whether last year's numbers, which these are, are what a sentence says they
    /// were; the reading then holds the one that was compared.
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
    let start = paragraph.tokens[index].start;
    let stop = |at: &usize| matches!(paragraph.tokens[*at].what, What::Number(_) | What::Stop(_));
    let before = (0..index).rev().find(stop)?;
    // Right behind the number of requests, and of nothing else.
    let counted = (0..=before)
        .rev()
        .find(|at| matches!(paragraph.tokens[*at].what, What::Number(_)))?;
    let words = &paragraph.quiet[paragraph.tokens[before].after..start];
    let lead = &paragraph.quiet[..paragraph.tokens[counted].start];
    let lead = &lead[lead.len().saturating_sub(16)..];
    let after = paragraph.tokens[counted].after;
    let between = after..paragraph.tokens[before].start.max(after);
    let plain = paragraph.quiet[between].len() <= 1;
    if !plain || !says(lead, &["公开申请", "依申请公开"]) || !says(words, &["同比", "上年", "去年"])
    {
        return None;
    }
    let up = says(words, &["增", "升"]);
    let down = says(words, &["减", "降"]);
    if up == down {
        return None;
    }
    let What::Number(said) = paragraph.tokens[counted].what else {
        return None;
    };
    let (now, then) = (tables.received()?, last?.received()?);
    let now_said = said.whole()?;
    let (_, was) = now
        .into_iter()
        .zip(then)
        .find(|(now, _)| *now == now_said)?;
    if was == 0 {
        return None;
    }
    let scale = 10_i64.checked_pow(u32::from(number.value.places) + 2)?;
    let grown = (now_said - was).checked_mul(scale)?;
    let share = grown.unsigned_abs();
    let was_abs = was.unsigned_abs();
    let units = i64::try_from((share * 2 + was_abs) / (was_abs * 2)).ok()?;
    let cut = i64::try_from(share / was_abs).ok()?;
    let right = (grown >= 0) == up || grown == 0;
    let agrees = right && (number.value.units == units || number.value.units == cut);
    let value = Decimal {
        units,
        places: number.value.places,
    };
    let name = Name::LastYear([now_said, now_said], now_said - was);
    Some((
        Reading {
            cells: Vec::new(),
            value,
            name,
        },
        agrees,
    ))
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
    let near = &paragraph.quiet[start.saturating_sub(4)..start];
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
