//! Numbers of the prose that add up among themselves, and their shares.
//!
//! Agreement is looked for widely; a sum that fails is only said where the text
//! itself says that its parts are all.
//!
//! **Never:** takes 其中含, 余, 约 or a second topic of a sentence for parts.
//! Next: `facts`, which calls it once a paragraph.

use std::ops::Range;

use crate::base::number::Decimal;

use super::fact::{Fact, Name, Reading, Tables};
use super::prose::bound::{Bound, Target};
use super::prose::number::{Number, Unit};
use super::prose::phrase::Key;
use super::prose::{Paragraph, What, says};

pub(super) type Facts = Vec<(Option<usize>, Fact)>;

/// Ties what the cells left open, and finds sums and shares that fail.
pub(super) fn facts(tables: &Tables, paragraph: &Paragraph, said: &[Bound], facts: &mut Facts) {
    let numbers: Vec<(usize, Number)> = paragraph
        .tokens
        .iter()
        .enumerate()
        .filter_map(|(index, token)| match token.what {
            What::Number(number) => Some((index, number)),
            _ => None,
        })
        .collect();
    if numbers.is_empty() {
        return;
    }
    let text = Text {
        tables,
        paragraph,
        said,
        numbers,
        sentences: paragraph.sentences(),
        clauses: paragraph.clauses(),
    };
    text.outcomes(facts);
    text.balance(facts);
    text.channels(facts);
    text.parts(facts);
    text.periods(facts);
    text.shares(facts);
}

pub(super) struct Text<'a> {
    pub(super) tables: &'a Tables<'a>,
    pub(super) paragraph: &'a Paragraph,
    pub(super) said: &'a [Bound],
    pub(super) numbers: Vec<(usize, Number)>,
    pub(super) sentences: Vec<Range<usize>>,
    pub(super) clauses: Vec<Range<usize>>,
}

impl Text<'_> {
    pub(super) fn fact(
        &self,
        rule: &'static str,
        token: usize,
        name: Name,
        value: i64,
        agrees: bool,
    ) -> Fact {
        let place = &self.paragraph.tokens[token];
        let What::Number(number) = place.what else {
            unreachable!("a number's token holds a number");
        };
        let range = place.start..place.after;
        let phrase = self
            .said
            .iter()
            .find(|bound| bound.token == Some(token))
            .map_or(self.paragraph.lead(token)..range.end, |bound| {
                bound.phrase.clone()
            });
        Fact {
            rule: Some(rule),
            text: self.paragraph.text,
            range: self.paragraph.bytes(range),
            phrase: self.paragraph.bytes(phrase),
            value: number.value,
            unit: number.unit,
            approximate: number.approximate,
            reading: Some(Reading {
                cells: Vec::new(),
                value: Decimal::whole(value),
                name,
            }),
            agrees: Some(agrees),
            besides: None,
            stands: false,
            subject: None,
        }
    }

    /// Puts a fact in the place of what was not tied.
    pub(super) fn tie(facts: &mut Facts, token: usize, mut fact: Fact) {
        let open = facts.iter_mut().find(|(known, _)| *known == Some(token));
        match open {
            Some((_, known)) if known.agrees.is_none() => *known = fact,
            Some(_) if fact.agrees == Some(true) => {}
            known => {
                // What agrees with its cell is not the wrong one of the two.
                fact.stands = known.is_some_and(|(_, known)| known.agrees == Some(true));
                facts.push((Some(token), fact));
            }
        }
    }

    pub(super) fn bound_by(&self, rules: &[&str]) -> Vec<(usize, i64)> {
        self.said
            .iter()
            .filter(|bound| rules.contains(&bound.rule) && !bound.number.approximate)
            .filter_map(|bound| Some((bound.token?, bound.number.whole()?)))
            .collect()
    }

    /// Results named against what was answered: N-SUM.
    fn outcomes(&self, facts: &mut Facts) {
        const GROUPS: [&str; 6] = [
            "granted_full",
            "granted_partial",
            "denied",
            "unable",
            "unprocessed",
            "other",
        ];
        let mut named: Vec<&str> = Vec::new();
        let mut parts: Vec<i64> = Vec::new();
        let mut first = None;
        for bound in self.said {
            let (Some(token), Some(Target::Items(lines))) = (bound.token, bound.targets.first())
            else {
                continue;
            };
            let whole = bound.number.whole().filter(|_| !bound.number.approximate);
            let lines: &[&str] = if lines == &["granted"] {
                &GROUPS[..2]
            } else {
                lines
            };
            if !lines.iter().all(|line| GROUPS.contains(line)) {
                continue;
            }
            let Some(value) = whole else { return };
            if lines.iter().any(|line| named.contains(line)) {
                return;
            }
            named.extend(lines);
            parts.push(value);
            first.get_or_insert(token);
        }
        let Some(first) = first.filter(|_| parts.len() >= 2) else {
            return;
        };
        let sum: i64 = parts.iter().sum();
        let answered = self.bound_by(&["N3"]);
        let received = self.bound_by(&["N1"]);
        let totals = answered.iter().chain(&received);
        for (token, total) in totals.clone() {
            if *total == sum {
                let fact = self.fact("N-SUM", *token, Name::Parts(parts.clone()), sum, true);
                Self::tie(facts, *token, fact);
                return;
            }
        }
        let last = answered.iter().rev().find(|(token, _)| *token < first);
        let Some((token, total)) = last.copied() else {
            return;
        };
        // Behind 其中 some may be left out; a list of all results leaves out none.
        let tokens = &self.paragraph.tokens;
        let words = &self.paragraph.quiet[tokens[token].after..tokens[first].start];
        if says(words, &["结果为", "分别为", "分别是", "结果是", "结果分别"])
            && !says(words, &["其中"])
            && sum != total
        {
            let fact = self.fact("N-SUM", token, Name::Parts(parts), sum, false);
            Self::tie(facts, token, fact);
            return;
        }
        // What the text leaves out may be what the tables hold.
        let mut left_out = 0;
        for group in GROUPS.iter().filter(|group| !named.contains(group)) {
            let target = Target::Items(vec![group]);
            let value = self
                .tables
                .reading(&target)
                .and_then(|(reading, _)| reading.value.to_whole());
            match value {
                Some(value) if self.tables.is_begun("t3") => left_out += value,
                _ => return,
            }
        }
        if left_out == 0 && sum != total {
            let fact = self.fact("N-SUM", token, Name::Parts(parts), sum, false);
            Self::tie(facts, token, fact);
        }
    }

    /// Received and carried in equal closed and carried over, whichever way received
    /// is meant. Each may agree with a cell under its own reading while none fits all.
    fn balance(&self, facts: &mut Facts) {
        let one = |rule: &str| {
            let mut mine = self.said.iter().filter(|bound| bound.rule == rule);
            let bound = mine
                .next()
                .filter(|bound| bound.sure && bound.scope.is_none())?;
            let value = bound.number.whole().filter(|_| !bound.number.approximate)?;
            let alone = mine.next().is_none();
            bound.token.filter(|_| alone).map(|token| (token, value))
        };
        let all = [one("N1"), one("N2"), one("N3"), one("N4")];
        let [Some(received), Some(carried), Some(closed), Some(left)] = all else {
            return;
        };
        let tokens = [received.0, carried.0, closed.0, left.0];
        let mut sentences = self.sentences.iter();
        let inside = |sentence: &Range<usize>| tokens.iter().all(|at| sentence.contains(at));
        let differs = |(token, fact): &(Option<usize>, Fact)| {
            fact.agrees == Some(false) && token.is_some_and(|token| tokens.contains(&token))
        };
        if !sentences.any(inside) || facts.iter().any(differs) {
            return;
        }
        let (came, went) = (received.1 + carried.1, closed.1 + left.1);
        if came == went || received.1 == went {
            return;
        }
        let name = Name::CarriedAlong(received.1, carried.1);
        let mut fact = self.fact("N-SUM", closed.0, name, came, false);
        fact.value = Decimal::whole(went);
        fact.stands = true;
        facts.push((None, fact));
    }

    /// Ways requests came in, against what came in or was answered: N10.
    fn channels(&self, facts: &mut Facts) {
        if !self.paragraph.gate {
            return;
        }
        let tokens = &self.paragraph.tokens;
        for sentence in &self.sentences {
            let inside = |token: &usize| sentence.contains(token);
            let of_requests = self.names_requests(sentence);
            let mine: Vec<(usize, bool, Option<i64>)> = self
                .numbers
                .iter()
                .filter(|(token, number)| inside(token) && number.unit == Unit::Case)
                .map(|(token, number)| {
                    let start = (sentence.start..*token)
                        .rev()
                        .find(|at| matches!(tokens[*at].what, What::Stop(_) | What::Number(_)))
                        .map_or(sentence.start, |at| at + 1);
                    let has = |wanted: fn(Key) -> bool| {
                        (start..*token)
                            .any(|at| matches!(tokens[at].what, What::Key(key) if wanted(key)))
                    };
                    let channel = has(|key| key == Key::Channel)
                        && !has(|key| matches!(key, Key::Alien | Key::Change | Key::LastYear));
                    (
                        *token,
                        channel,
                        number.whole().filter(|_| !number.approximate),
                    )
                })
                .collect();
            let Some(from) = mine.iter().position(|(_, channel, _)| *channel) else {
                continue;
            };
            let list: Vec<_> = mine[from..]
                .iter()
                .take_while(|(_, channel, _)| *channel)
                .collect();
            let parts: Option<Vec<i64>> = list.iter().map(|(_, _, value)| *value).collect();
            let (Some(parts), true) = (parts, list.len() >= 2 && of_requests) else {
                continue;
            };
            let sum: i64 = parts.iter().sum();
            let held = [Target::New, Target::Received, Target::Processed].map(|target| {
                let (reading, written) = self.tables.reading(&target)?;
                written.then_some(reading)
            });
            let stated = self.bound_by(&["N1", "N3"]);
            let equal = held
                .iter()
                .flatten()
                .find(|reading| reading.value == Decimal::whole(sum));
            let token = list[0].0;
            let end = tokens[list[list.len() - 1].0].after;
            // A number before that nothing names may be another way.
            let opens = from.checked_sub(1).is_none_or(|before| {
                let before = mine[before].0;
                stated.iter().any(|(total, _)| *total == before)
            });
            let rest_is_pure = opens && mine[from..].len() == list.len();
            let reading = match (equal, stated.iter().find(|(_, total)| *total == sum)) {
                (Some(reading), _) => reading.clone(),
                (None, Some((total, _))) => {
                    let fact = self.fact("N-PARTS", *total, Name::Parts(parts), sum, true);
                    Self::tie(facts, *total, fact);
                    continue;
                }
                (None, None) => match held.into_iter().flatten().next() {
                    Some(reading) if rest_is_pure => reading,
                    _ => continue,
                },
            };
            let agrees = reading.value == Decimal::whole(sum);
            let mut fact = self.fact("N10", token, Name::Parts(parts), sum, agrees);
            let range = tokens[token].start..end;
            fact.range = self.paragraph.bytes(range);
            fact.phrase = self.paragraph.bytes(self.paragraph.lead(token)..end);
            fact.value = Decimal::whole(sum);
            fact.reading = Some(reading);
            facts.push((None, fact));
        }
    }

    fn names_requests(&self, sentence: &Range<usize>) -> bool {
        sentence
            .clone()
            .any(|at| matches!(self.paragraph.tokens[at].what, What::Key(Key::Request(_))))
    }

    /// Totals with their parts: N-PARTS, and N-SUM where the parts are said to be all.
    fn parts(&self, facts: &mut Facts) {
        let tied = |facts: &Facts, token: usize| {
            facts
                .iter()
                .any(|(known, fact)| *known == Some(token) && fact.agrees.is_some())
        };
        let counts = self.counts();
        for (at, count) in counts.iter().enumerate() {
            let Count {
                token, value, name, ..
            } = *count;
            if value < 2 || name.is_empty() || tied(facts, token) {
                continue;
            }
            let of_requests = self.is_bound(token, |target| !matches!(target, Target::Dispute(..)));
            // A total of its own is no part, but 新收 of 受理 is.
            let after = &counts[at + 1..];
            let end = after.iter().position(|part| {
                self.is_bound(part.token, |target| match target {
                    Target::Dispute(rows, col) => {
                        *col == "total" && (rows.len() > 1 || rows.contains(&"review"))
                    }
                    Target::New | Target::Received | Target::Processed => !of_requests,
                    _ => false,
                })
            });
            let after = &after[..end.unwrap_or(after.len())];
            let run = equal_run(after, value, name)
                .filter(|_| self.has_parts(token, after[0].token))
                .or_else(|| self.run_before(count, &counts[..at]));
            if let Some(parts) = run {
                let fact = self.fact("N-PARTS", token, Name::Parts(parts), value, true);
                Self::tie(facts, token, fact);
            } else if let Some((rule, parts)) = self.failing(count, facts) {
                let sum = parts.iter().sum();
                let fact = self.fact(rule, token, Name::Parts(parts), sum, false);
                Self::tie(facts, token, fact);
            }
        }
    }

    /// The exact numbers that may be parts or a total.
    fn counts(&self) -> Vec<Count> {
        let mut counts = Vec::with_capacity(self.numbers.len());
        let mut depth = 0_usize;
        let mut at = 0;
        for (token, number) in &self.numbers {
            for before in &self.paragraph.tokens[at..*token] {
                match before.what {
                    What::Stop('(') => depth += 1,
                    What::Stop(')') => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            at = *token;
            let plain = !matches!(number.unit, Unit::Percent | Unit::Yuan | Unit::WanYuan);
            if let (true, false, Some(value)) = (plain, number.approximate, number.whole()) {
                counts.push(Count {
                    token: *token,
                    value,
                    name: number.name,
                    depth,
                });
            }
        }
        counts
    }

    /// "甲3件、乙4件，共计7件": the numbers right before a total that add up to it.
    fn run_before(&self, total: &Count, before: &[Count]) -> Option<Vec<i64>> {
        let token = total.token;
        let start = self.paragraph.tokens[token].start;
        let words = &self.paragraph.quiet[self.paragraph.lead(token)..start];
        if !says(words, &["共", "合计", "总计"]) {
            return None;
        }
        let mut sentences = self.sentences.iter();
        let sentence = sentences.find(|sentence| sentence.contains(&token))?;
        let mut parts = Vec::new();
        let mut sum = 0_i64;
        for part in before.iter().rev() {
            if !sentence.contains(&part.token) || part.name != total.name || sum >= total.value {
                break;
            }
            sum = sum.checked_add(part.value)?;
            parts.push(part.value);
        }
        parts.reverse();
        (sum == total.value && parts.len() >= 2).then_some(parts)
    }

    /// Parts that are plainly all of a total and do not add up to it.
    fn failing(&self, total: &Count, facts: &Facts) -> Option<(&'static str, Vec<i64>)> {
        let tokens = &self.paragraph.tokens;
        let (of, end) = self.list(total.token)?;
        let is_among = |at: usize| tokens[at].what == What::Key(Key::Among);
        if matches!(total.name, "次" | "人次") || (of..end).any(is_among) {
            return None;
        }
        let (parts, last) = self.listed(total, of, end, facts)?;
        let closed = match tokens.get(end) {
            // Behind a semicolon the list may go on.
            Some(stop) if stop.what == What::Stop(';') => !self.goes_on(end, total.name),
            _ => true,
        };
        let stop = tokens.get(end).map(|stop| stop.start);
        let stop = stop.unwrap_or(self.paragraph.quiet.len());
        let sum: i64 = parts.iter().sum();
        if parts.len() < 2 || sum == total.value || !closed || stop.saturating_sub(last) > 1 {
            return None;
        }
        let words = &self.paragraph.quiet[tokens[of].start..last];
        let all = says(
            words,
            &["分别为", "分别是", "具体包括", "具体为", "其他", "其余"],
        );
        let near = (sum - total.value).abs() <= (total.value / 20).max(1);
        if all {
            Some(("N-SUM", parts))
        } else if near || sum > total.value {
            Some(("N-PARTS", parts))
        } else {
            None
        }
    }

    /// Where the parts of a total are listed: behind 其中, before any other number, or
    /// in the next sentence if that begins with it.
    fn list(&self, token: usize) -> Option<(usize, usize)> {
        let tokens = &self.paragraph.tokens;
        let clause_of = |token| self.clauses.iter().find(|clause| clause.contains(&token));
        let clause = clause_of(token)?;
        let rest = token + 1..clause.end;
        let opens = |at: usize| matches!(tokens[at].what, What::Key(Key::Of | Key::Each));
        let mut first = rest.clone().take_while(|at| !self.is_number(*at));
        if let Some(of) = first.find(|at| opens(*at)) {
            return Some((of, clause.end));
        }
        let mut sentences = self.sentences.iter();
        let next = sentences.find(|sentence| sentence.start > token)?;
        let last = !rest.clone().any(|at| self.is_number(at));
        (last && opens(next.start)).then_some((next.start, clause_of(next.start)?.end))
    }

    /// The numbers of a list, and where its last one ends; None where one of them may
    /// count something else.
    fn listed(
        &self,
        total: &Count,
        of: usize,
        end: usize,
        facts: &Facts,
    ) -> Option<(Vec<i64>, usize)> {
        let tokens = &self.paragraph.tokens;
        let mut parts = Vec::new();
        let mut before = tokens[of].after;
        for (at, token) in tokens.iter().enumerate().take(end).skip(of + 1) {
            match token.what {
                What::Key(Key::Of | Key::Change | Key::LastYear) => return None,
                What::Number(number) => {
                    let words = &self.paragraph.quiet[before..token.start];
                    let odd = words.len() > 18
                        || says(
                            words,
                            &[
                                "共", "全年", "此外", "同时", "另外", "累计", "开展", "组织", "(",
                            ],
                        );
                    let known = facts
                        .iter()
                        .any(|(known, fact)| *known == Some(at) && fact.agrees.is_some());
                    if number.unit == Unit::Percent {
                        before = token.after;
                        continue;
                    }
                    if odd || known || number.approximate || number.name != total.name {
                        return None;
                    }
                    parts.push(number.whole()?);
                    before = token.after;
                }
                _ => {}
            }
        }
        Some((parts, before))
    }

    /// Whether more of the same unit is counted in the rest of the sentence.
    fn goes_on(&self, stop: usize, name: &str) -> bool {
        let mut sentences = self.sentences.iter();
        let end = sentences.find(|sentence| sentence.contains(&stop));
        let end = end.map_or(stop, |sentence| sentence.end);
        let mut rest = self.paragraph.tokens[stop..end].iter();
        rest.any(|token| matches!(token.what, What::Number(number) if number.name == name))
    }

    /// Quarters and halves of the year against the total before them.
    fn periods(&self, facts: &mut Facts) {
        const PERIODS: [&[&str]; 2] = [
            &["一季度", "二季度", "三季度", "四季度"],
            &["上半年", "下半年"],
        ];
        let totals = self.bound_by(&["N1", "N3"]);
        for sentence in &self.sentences {
            for names in PERIODS {
                let mut parts: Vec<(usize, i64)> = Vec::new();
                for (token, number) in &self.numbers {
                    let Some(name) = names.get(parts.len()) else {
                        break;
                    };
                    let lead = &self.paragraph.quiet
                        [self.paragraph.lead(*token)..self.paragraph.tokens[*token].start];
                    let value = number
                        .whole()
                        .filter(|_| !number.approximate && number.counts_cases());
                    if let (true, true, Some(value)) =
                        (sentence.contains(token), says(lead, &[name]), value)
                    {
                        parts.push((*token, value));
                    }
                }
                let Some((first, _)) = parts.first().filter(|_| parts.len() == names.len()) else {
                    continue;
                };
                let total = totals
                    .iter()
                    .rev()
                    .find(|(token, _)| token < first && sentence.contains(token));
                let Some((token, total)) = total else {
                    continue;
                };
                let parts: Vec<i64> = parts.iter().map(|(_, value)| *value).collect();
                let sum = parts.iter().sum();
                let fact = self.fact("N-PARTS", *token, Name::Parts(parts), sum, sum == *total);
                Self::tie(facts, *token, fact);
            }
        }
    }

    /// Whether the words behind a total bring in its parts.
    fn has_parts(&self, total: usize, first: usize) -> bool {
        let tokens = &self.paragraph.tokens;
        let words = &self.paragraph.quiet[tokens[total].after..tokens[first].start];
        says(
            words,
            &["其中", "包括", "分别", "含", "中,", "中:", "(", ":", "依次"],
        )
    }

    fn is_bound(&self, token: usize, wanted: impl Fn(&Target) -> bool) -> bool {
        let mut bound = self.said.iter().filter(|bound| bound.token == Some(token));
        bound.any(|bound| bound.targets.first().is_some_and(&wanted))
    }

    fn is_number(&self, at: usize) -> bool {
        matches!(self.paragraph.tokens[at].what, What::Number(_))
    }
}

/// A number that may be a part or a total.
struct Count {
    token: usize,
    value: i64,
    /// Its unit as it is written.
    name: &'static str,
    /// How many brackets are open around it.
    depth: usize,
}

/// Numbers right after a total, or after one or two others, that add up to it.
fn equal_run(after: &[Count], total: i64, name: &str) -> Option<Vec<i64>> {
    const SKIPPED: usize = 2;
    const LONGEST: usize = 24;
    (0..=SKIPPED.min(after.len())).find_map(|from| {
        let mut sum = 0_i64;
        let mut parts = Vec::new();
        let depth = after.get(from)?.depth;
        // "报告2条(中英文各1条)": what brackets say of a part is none.
        let run = after[from..].iter().filter(|part| part.depth <= depth);
        for part in run.take(LONGEST) {
            if part.name != name && !part.name.is_empty() {
                break;
            }
            sum = sum.checked_add(part.value)?;
            parts.push(part.value);
            if sum > total {
                break;
            }
            let real = parts.iter().filter(|part| **part > 0).count() >= 2;
            if sum == total && real {
                // Zeros that follow are parts as well; they change nothing.
                return Some(parts);
            }
        }
        None
    })
}
