//! Shares that sentences state, computed anew.
//!
//! **Never:** calls a share wrong that is right of another total.
//! Next: `sums`, which calls it.

use crate::base::number::Decimal;

use super::fact::Name;
use super::prose::What;
use super::prose::bound::Target;
use super::prose::number::{Number, Unit};
use super::prose::phrase::is_filler;
use super::sums::{Facts, Text};

impl Text<'_> {
    /// Whether a number is said to be what follows is a part of: "56件申请中，".
    fn is_whole(&self, token: usize) -> bool {
        let tokens = &self.paragraph.tokens;
        let after = tokens[token].after;
        let next = tokens[token + 1..]
            .iter()
            .find(|token| matches!(token.what, What::Number(_) | What::Stop(_)));
        let end = next.map_or(self.paragraph.normalized.len(), |token| token.start);
        let words = &self.paragraph.normalized[after..end.max(after)];
        words.ends_with(&['中']) && !words.ends_with(&['其', '中'])
            || matches!(next.map(|token| token.what), Some(What::Number(_)))
                && words.contains(&'中')
    }

    /// "n件，占x%": N18.
    pub(super) fn shares(&self, facts: &mut Facts) {
        for (at, (token, percent)) in self.numbers.iter().enumerate().skip(1) {
            if percent.unit != Unit::Percent || percent.approximate {
                continue;
            }
            let (part_token, part) = self.numbers[at - 1];
            let (Some(part_value), false) = (part.whole(), part.approximate) else {
                continue;
            };
            if part.unit == Unit::Percent || !self.is_share_of(part_token, *token) {
                continue;
            }
            let is_base = |total: i64| total > 0 && is_part(part_value, total, percent.value);
            let named = self.named_whole(at - 1);
            let nearest = self.nearest_total(part_token, &part);
            let fits = self
                .totals(at - 1)
                .into_iter()
                .find(|total| is_base(*total));
            let (total, agrees) = match (named.or(nearest), fits) {
                // Right of another total than the named one: neither right nor wrong.
                (Some(total), fits) if named.is_some() => match is_base(total) {
                    false if fits.is_some() => continue,
                    right => (total, right),
                },
                (_, Some(total)) => (total, true),
                (Some(total), None) => (total, false),
                (None, None) => continue,
            };
            let mut fact = self.fact("N18", *token, Name::Share(part_value, total), 0, agrees);
            if let Some(reading) = &mut fact.reading {
                reading.value = share_of(part_value, total, percent.value.places);
            }
            let end = self.paragraph.tokens[*token].after;
            let phrase = self.paragraph.lead(part_token)..end;
            fact.phrase = self.paragraph.bytes(phrase);
            Self::tie(facts, *token, fact);
        }
    }

    /// Whether words or brackets say that a per cent is the share of the number before.
    fn is_share_of(&self, part: usize, percent: usize) -> bool {
        let (tokens, text) = (&self.paragraph.tokens, &self.paragraph.normalized);
        let between = &text[tokens[part].after..tokens[percent].start];
        let is_inside = *between == ['('] && text.get(tokens[percent].after) == Some(&')');
        let share = super::prose::find(between, "占");
        is_inside || share.is_some_and(|at| at <= 2 && is_share(&between[at + 1..]))
    }

    /// "在办结的120件申请中" says of what the shares are.
    fn named_whole(&self, part: usize) -> Option<i64> {
        let (_, number) = self.numbers[part];
        let mut before = self.numbers[..part].iter().rev();
        let whole = before.find(|(token, whole)| {
            counts_alike(whole, &number) && whole.whole() >= number.whole() && self.is_whole(*token)
        });
        whole.and_then(|(_, whole)| whole.whole())
    }

    /// The total of requests that was stated last before a number, if the number can
    /// be a part of it.
    fn nearest_total(&self, part: usize, number: &Number) -> Option<i64> {
        let totals = self.bound_by(&["N1", "N3"]);
        let nearest = totals.iter().rev().find(|(total, _)| *total < part);
        let nearest = nearest.map(|(_, total)| *total);
        nearest.filter(|total| Some(*total) >= number.whole() && number.counts_cases())
    }

    /// All that a share may be of: numbers before its part, then cells.
    fn totals(&self, part: usize) -> Vec<i64> {
        let (_, number) = &self.numbers[part];
        let stated = self.numbers[..part].iter();
        let stated = stated.filter(|(_, other)| counts_alike(other, number) && !other.approximate);
        let stated = stated.filter_map(|(_, other)| other.whole());
        let held = [Target::Processed, Target::New, Target::Received];
        let held = held.iter().filter(|_| self.paragraph.gate);
        let held = held.filter_map(|target| {
            let (reading, written) = self.tables.reading(target)?;
            reading.value.to_whole().filter(|_| written)
        });
        stated.chain(held).collect()
    }
}

/// Whether a total can count what a part of it counts.
fn counts_alike(total: &Number, part: &Number) -> bool {
    total.unit == part.unit || part.unit == Unit::Bare
}

fn is_share(words: &[char]) -> bool {
    const WORDS: &[&str] = &[
        "受理总数",
        "申请总数",
        "答复总数",
        "办结总数",
        "申请总量",
        "受理总量",
        "办理总数",
        "总申请量",
        "申请量",
        "总数",
        "总量",
        "总",
        "比例",
        "比重",
        "比",
        "约",
        "为",
        "的",
        "全部",
        "申请",
        "答复",
        "办结",
        "受理",
        "数",
        "达",
        "当年",
        "本年度",
        "全年",
        "了",
    ];
    let mut rest = words;
    while !rest.is_empty() {
        let Some(word) = WORDS
            .iter()
            .find(|word| super::prose::number::starts(rest, 0, word))
        else {
            return is_filler(rest) && rest.len() <= 4;
        };
        rest = &rest[word.chars().count()..];
    }
    true
}

/// The share in per cent with so many places, rounded.
fn share_of(part: i64, total: i64, places: u8) -> Decimal {
    let scale = 10_i128.pow(u32::from(places) + 2);
    let (part, total) = (i128::from(part) * scale, i128::from(total));
    let units = i64::try_from((part * 2 + total) / (total * 2)).unwrap_or(i64::MAX);
    Decimal { units, places }
}

/// Whether a share is the rounded or the cut one.
fn is_part(part: i64, total: i64, said: Decimal) -> bool {
    let scale = 10_i128.pow(u32::from(said.places) + 2);
    let cut = i128::from(part) * scale / i128::from(total);
    i128::from(said.units) == cut || share_of(part, total, said.places).units == said.units
}
