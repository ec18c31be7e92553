//! What the prose says in numbers, held against the tables.
//!
//! A number that can be tied to cells agrees or differs; one that cannot is
//! silence, never an alarm.
//!
//! **Never:** changes a number; believes a reading that the words leave open.
//! Next: `prose` for the reading, `sums` for numbers that add up in the text,
//! `differing` for the sentences.

use std::ops::Range;

use crate::base::number::Decimal;
use crate::base::spelling::simplified;
use crate::form::CellId;
use crate::model::Report;

use super::compare::{growth, last_year};
use super::fact::{Fact, Reading, Tables, blank, in_wan_yuan};
use super::judge::{Blanks, Judged};
use super::prose::bound::{Bound, Scope, Target};
use super::prose::number::Unit;
use super::prose::{Paragraph, What};
use super::texts::Texts;
use super::{fees, sums};

/// The numbers of every text of a report, in the order of reading.
pub(super) fn of(
    texts: &Texts,
    report: &Report,
    judged: &Judged,
    last: Option<&Report>,
) -> Vec<Fact> {
    let tables = Tables { report, judged };
    let last = last.map(|last| (last, Judged::of(last, Blanks::of(last, false))));
    let last = last
        .as_ref()
        .map(|(report, judged)| Tables { report, judged });
    let mut all = Vec::new();
    for passage in texts.passages() {
        let (paragraph, said) = (&passage.paragraph, &passage.said);
        if said.is_empty() && passage.fees.is_empty() && !paragraph.has_numbers() {
            continue;
        }
        let mut verdicts: Vec<Fact> = said
            .iter()
            .map(|bound| tables.verdict(paragraph, bound))
            .collect();
        tolerate(said, &mut verdicts);
        let tokens = said.iter().map(|bound| bound.token);
        let mut facts: Vec<(Option<usize>, Fact)> = tokens
            .zip(verdicts)
            .filter(|(token, fact)| token.is_some() || fact.agrees.is_some())
            .collect();
        fees::facts(&tables, paragraph, &passage.fees, &mut facts);
        sums::facts(&tables, paragraph, said, &mut facts);
        untied(&tables, last.as_ref(), paragraph, &mut facts);
        facts.sort_by_key(|(_, fact)| (fact.range.start, fact.range.end));
        all.extend(facts.into_iter().map(|(_, fact)| fact));
    }
    all
}

impl Tables<'_> {
    /// The verdict on a number. A number that is not tied for certain gets none.
    fn verdict(&self, paragraph: &Paragraph, bound: &Bound) -> Fact {
        let mut fact = blank(paragraph, bound);
        let mut value = bound.number.value;
        if bound.number.name == "all" {
            // "均为自然人": as many as the row's total.
            let Some((new, true)) = self.reading(&Target::New) else {
                return fact;
            };
            value = new.value;
            fact.value = value;
        }
        if bound.number.unit == Unit::Yuan {
            value = in_wan_yuan(value);
        }
        if !bound.sure || matches!(bound.scope, Some((Scope::Part, _))) && bound.rule != "N1" {
            return fact;
        }
        let Some((reading, agrees)) = self.compared(bound, value) else {
            return fact;
        };
        if agrees {
            fact.rule = Some(bound.rule);
            fact.reading = Some(reading);
            fact.agrees = Some(true);
            return fact;
        }
        if self.may_stand(bound, value, reading.value) {
            return fact;
        }
        let subject = self.subject_of(bound, value, reading.value);
        fact.subject = subject.map(|words| paragraph.bytes(words));
        fact.rule = match &fact.subject {
            None => Some(bound.rule),
            Some(_) if bound.rule == "N1" => Some("N1-SCOPE"),
            Some(_) => return fact,
        };
        fact.equals_also = self.equals_also(bound, value);
        fact.reading = Some(reading);
        fact.agrees = Some(false);
        fact
    }

    /// Whether another reading of the words excuses a number that differs.
    fn may_stand(&self, bound: &Bound, value: Decimal, held: Decimal) -> bool {
        let said = value.millionths();
        let targets = bound.excuses.iter();
        let mut excuses = targets.filter_map(|target| self.reading(target));
        let is_excused = excuses.any(|(reading, _)| {
            reading.value == value || bound.at_most && said <= reading.value.millionths()
        });
        is_excused
            || bound.at_most && said < held.millionths()
            || bound.number.approximate
            || bound.number.unit == Unit::Yuan
            || self.is_of_this_year(bound, value)
    }

    /// The words that say whom a number is about, where that explains why it differs.
    fn subject_of(&self, bound: &Bound, value: Decimal, held: Decimal) -> Option<Range<usize>> {
        let is_less = value.millionths() < held.millionths();
        let (scope, words) = bound.scope.as_ref()?;
        let explains = match scope {
            Scope::Part => is_less,
            // A department's report need not count all of its place.
            Scope::Whole => !is_less && !self.is_government(),
        };
        explains.then(|| words.clone())
    }

    /// The reading that a number equals, or else the first that it is held against.
    fn compared(&self, bound: &Bound, value: Decimal) -> Option<(Reading, bool)> {
        let mut first = None;
        for target in &bound.targets {
            let Some((reading, written)) = self.reading(target) else {
                continue;
            };
            let prefix = self.form().tables[self.form().spot(reading.cells[0]).table].prefix;
            if !written && (value != reading.value || !self.is_begun(prefix)) {
                continue;
            }
            if equals(value, reading.value, bound.number.approximate) {
                return Some((reading, true));
            }
            first.get_or_insert(reading);
        }
        Some((first?, false))
    }

    /// "收到47件，办结44件": closed of this year's own, those carried in left out.
    fn is_of_this_year(&self, bound: &Bound, value: Decimal) -> bool {
        let held = |target| {
            let (reading, written): (Reading, bool) = self.reading(&target)?;
            reading.value.to_whole().filter(|_| written)
        };
        let own = || Some(held(Target::Processed)? - held(Target::CarriedIn)?);
        bound.rule == "N3" && held(Target::CarriedIn) > Some(0) && value.to_whole() == own()
    }

    /// A single row of the named group that the number equals.
    fn equals_also(&self, bound: &Bound, value: Decimal) -> Option<Reading> {
        let Some(Target::Items(lines)) = bound.targets.first() else {
            return None;
        };
        let table = self
            .form()
            .tables
            .iter()
            .find(|table| table.prefix == "t3")?;
        table
            .rows
            .iter()
            .filter(|row| lines.contains(&row.group) && value.units > 0)
            .filter_map(|row| self.reading(&Target::Items(vec![row.key])))
            .find(|(reading, written)| *written && reading.value == value)
            .map(|(reading, _)| reading)
    }

    fn is_government(&self) -> bool {
        let body = simplified(&*self.report.head().body);
        body.is_empty()
            || ["人民政府", "街道", "管委会", "管理委员会"]
                .iter()
                .any(|kind| body.contains(kind))
    }
}

fn equals(said: Decimal, held: Decimal, approximate: bool) -> bool {
    if !approximate {
        return said == held;
    }
    // 70余 is 70 to 79, 1200余 is 1200 to 1299.
    let (Some(said), Some(held)) = (said.to_whole(), held.to_whole()) else {
        return false;
    };
    let mut step = 1_i64;
    while said != 0 && step < said && said % (step * 10) == 0 {
        step *= 10;
    }
    (said..said.saturating_add(step)).contains(&held)
}

/// Takes back contradictions that are about parts. A paragraph that states a cell
/// rightly may state a part of it as well. A paragraph that states a cell twice, with
/// different numbers, speaks of parts both times.
fn tolerate(said: &[Bound], facts: &mut [Fact]) {
    const TOTALS: [&str; 7] = ["N1", "N1-SCOPE", "N2", "N3", "N4", "N11", "N12"];
    let tied: Vec<(bool, Vec<CellId>, Decimal)> = said
        .iter()
        .zip(&*facts)
        .filter(|(bound, _)| bound.token.is_some())
        .filter_map(|(_, fact)| {
            let cells = fact.reading.as_ref()?.cells.clone();
            Some((fact.agrees?, cells, fact.value))
        })
        .collect();
    for (bound, fact) in said.iter().zip(facts) {
        let is_total = fact.rule.is_some_and(|rule| TOTALS.contains(&rule));
        if fact.agrees != Some(false) || bound.token.is_none() || !is_total {
            continue;
        }
        let Some(reading) = &fact.reading else {
            continue;
        };
        // 新收 is no part of 受理, which counts what was carried in as well.
        let only = bound.targets == [Target::New];
        let excused = tied.iter().any(|(agrees, cells, value)| {
            let same = *cells == reading.cells;
            let part = !only && cells.starts_with(&reading.cells);
            if *agrees {
                same || part
            } else {
                same && *value != fact.value
            }
        });
        if excused {
            fact.rule = None;
            fact.reading = None;
            fact.agrees = None;
            fact.subject = None;
        }
    }
}

/// The numbers that nothing tied.
fn untied(
    tables: &Tables,
    last: Option<&Tables>,
    paragraph: &Paragraph,
    facts: &mut Vec<(Option<usize>, Fact)>,
) {
    for (index, token) in paragraph.tokens.iter().enumerate() {
        let What::Number(number) = token.what else {
            continue;
        };
        let known = facts.iter().any(|(token, _)| *token == Some(index));
        if known || matches!(number.unit, Unit::Bare | Unit::Other) {
            continue;
        }
        let range = token.start..token.after;
        let bound = Bound {
            rule: "",
            number,
            token: Some(index),
            range: range.clone(),
            phrase: paragraph.lead(index)..range.end,
            targets: Vec::new(),
            excuses: Vec::new(),
            at_most: false,
            sure: false,
            scope: None,
        };
        let mut fact = blank(paragraph, &bound);
        fact.reading = last_year(tables, paragraph, index, &number);
        if let (Some(reading), Some(last)) = (&mut fact.reading, last) {
            fact.agrees = last.agrees_with(reading);
            fact.rule = fact.agrees.map(|_| "X-TEXT");
        } else if let Some((reading, agrees)) = growth(tables, last, paragraph, index, &number) {
            fact.reading = Some(reading);
            fact.agrees = Some(agrees);
            fact.rule = Some("X-TEXT");
        }
        facts.push((Some(index), fact));
    }
}
