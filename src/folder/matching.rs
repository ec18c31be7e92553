//! Whose file it is: names as people write them, held against a roster.
//!
//! A body is known by its name with or without its superiors', 委 for 委员会, 街道 for
//! 街道办事处. A roster of one county says 民政局 where a report says 某县民政局: that is
//! enough as long as no other unit and no other body fits as well.
//!
//! **Never:** decides between two units that both fit.
//! Next: `unit`, which asks what is not certain.

use std::collections::{BTreeSet, HashMap};

use super::{FileOf, Roster};
use crate::base::body::{self, known_by, same_body};

/// Whose file it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// It is of this unit.
    Sure(usize),
    /// It is of this unit, whose name is only the end of the body's.
    Likely(usize),
    /// It may be of one of these.
    Maybe(Vec<usize>),
    /// It is of none.
    Nobody,
}

/// How much alike two names are that may be one misspelt, of 1.
const ALIKE: f64 = 0.6;
/// Most units that are offered for one file.
const OFFERED: usize = 6;

/// A name without blanks, its endings shortened; a town stands for its government.
pub(super) fn short(name: &str) -> String {
    let name = body::short(name);
    match name.strip_suffix("人民政府") {
        Some(town) if town.ends_with(['镇', '乡']) || town.ends_with("街道") => town.to_owned(),
        _ => name,
    }
}

fn ends(name: &str) -> Vec<String> {
    body::ends(&short(name))
}

/// The names of a roster, ready to be found.
pub(super) struct Names<'a> {
    roster: &'a Roster,
    /// Every name that a unit is surely known by.
    known: HashMap<String, BTreeSet<usize>>,
    /// Every end of a unit's name that begins behind a place.
    ends: HashMap<String, BTreeSet<usize>>,
    /// The names themselves, shortened.
    short: Vec<(String, usize)>,
}

impl<'a> Names<'a> {
    pub(super) fn of(roster: &'a Roster) -> Self {
        let mut names = Names {
            roster,
            known: HashMap::new(),
            ends: HashMap::new(),
            short: Vec::new(),
        };
        for (at, entry) in roster.entries.iter().enumerate() {
            for name in entry.names() {
                for known in known_by(&short(name)) {
                    names.known.entry(known).or_default().insert(at);
                }
                for end in ends(name) {
                    names.ends.entry(end).or_default().insert(at);
                }
                names.short.push((short(name), at));
            }
        }
        names
    }

    /// Whose file it is, by what it says itself and by its name.
    pub(super) fn whose(&self, file: &FileOf) -> Whose {
        let by_name = self.within(&file.stem());
        let body = file.body();
        if body.is_empty() {
            let title = file
                .read()
                .map_or("", |read| read.report.head().title.as_str());
            let by_title = self.within(title);
            let found = if by_title.is_empty() {
                by_name
            } else {
                by_title
            };
            return match found[..] {
                [] => Whose::Nobody,
                [at] => Whose::Sure(at),
                _ => Whose::Maybe(found),
            };
        }
        let sure = self.known_as(body);
        if let [at] = sure[..] {
            return match by_name[..] {
                [] => Whose::Sure(at),
                _ if by_name.contains(&at) => Whose::Sure(at),
                // Its own name says something else than the name of its file.
                _ => Whose::Maybe([vec![at], by_name].concat()),
            };
        }
        let likely = if sure.is_empty() {
            self.ending(body)
        } else {
            sure
        };
        match likely[..] {
            [at] if by_name.is_empty() || by_name.contains(&at) => Whose::Likely(at),
            [] if by_name.is_empty() => match self.alike(body) {
                alike if alike.is_empty() => Whose::Nobody,
                alike => Whose::Maybe(alike),
            },
            _ => {
                let both: Vec<usize> = likely
                    .iter()
                    .copied()
                    .filter(|at| by_name.contains(at))
                    .collect();
                if let [at] = both[..] {
                    return Whose::Likely(at);
                }
                let mut all = likely;
                all.extend(by_name);
                all.dedup();
                all.truncate(OFFERED);
                Whose::Maybe(all)
            }
        }
    }

    fn known_as(&self, body: &str) -> Vec<usize> {
        let plain = short(body);
        let mut found: BTreeSet<usize> = self.known.get(&plain).cloned().unwrap_or_default();
        for name in known_by(&plain) {
            let units = self.known.get(&name).into_iter().flatten();
            let is_one = |at: &&usize| {
                let mut names = self.roster.entries[**at].names();
                names.any(|name| same_body(&short(name), &plain))
            };
            found.extend(units.filter(is_one));
        }
        // A name that is the very same goes before one that may be.
        let exact = |at: &usize| {
            self.roster.entries[*at]
                .names()
                .any(|name| short(name) == plain)
        };
        let same: Vec<usize> = found.iter().copied().filter(exact).collect();
        if same.is_empty() {
            found.into_iter().collect()
        } else {
            same
        }
    }

    /// The units whose name is the end of the body's, or the other way round.
    fn ending(&self, body: &str) -> Vec<usize> {
        let plain = short(body);
        let mut found: BTreeSet<usize> = self.ends.get(&plain).cloned().unwrap_or_default();
        for end in ends(body) {
            let here = self.short.iter().filter(|(name, _)| *name == end);
            found.extend(here.map(|(_, at)| *at));
        }
        found.into_iter().collect()
    }

    /// The units whose name stands in a text: the longest names only.
    fn within(&self, text: &str) -> Vec<usize> {
        let text = short(text);
        let here = self
            .short
            .iter()
            .filter(|(name, _)| name.chars().count() > 1 && text.contains(name.as_str()));
        let here: Vec<&(String, usize)> = here.collect();
        // 民政局 within 民政局机关服务中心 is not meant by itself.
        let is_meant = |(name, at): &&&(String, usize)| {
            !here
                .iter()
                .any(|(other, its)| its != at && other != name && other.contains(name.as_str()))
        };
        let found: BTreeSet<usize> = here.iter().filter(is_meant).map(|(_, at)| *at).collect();
        found.into_iter().take(OFFERED).collect()
    }

    fn alike(&self, body: &str) -> Vec<usize> {
        let plain = short(body);
        let mut near: Vec<(f64, usize)> = Vec::new();
        for (name, at) in &self.short {
            // The superior's name is in one of them only, so the ends are held together.
            let count = name.chars().count();
            let skip = plain.chars().count().saturating_sub(count);
            let end: String = plain.chars().skip(skip).collect();
            let alike = strsim::normalized_levenshtein(name, &end);
            if alike >= ALIKE && count > 2 {
                near.push((alike, *at));
            }
        }
        near.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut found = Vec::new();
        for (_, at) in near {
            if !found.contains(&at) && found.len() < OFFERED {
                found.push(at);
            }
        }
        found
    }
}
