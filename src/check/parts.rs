//! Numbers of the prose that are parts of a total in it: N-PARTS, and N-SUM where the
//! parts are said to be all.
//!
//! **Never:** takes 其中含, 余, 约 or a second topic of a sentence for parts.
//! Next: `sums`, which calls it once a paragraph.

use super::fact::Name;
use super::prose::bound::Target;
use super::prose::number::Unit;
use super::prose::phrase::Key;
use super::prose::{What, says};
use super::sums::{Facts, Text};

impl Text<'_> {
    /// Totals with their parts: N-PARTS, and N-SUM where the parts are said to be all.
    pub(super) fn parts(&self, facts: &mut Facts) {
        if self.numbers.len() < 2 {
            return;
        }
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
        let words = &self.paragraph.normalized[self.paragraph.lead(token)..start];
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
        let stop = stop.unwrap_or(self.paragraph.normalized.len());
        // A list that ends with a comma was cut there.
        let cut = self.paragraph.normalized[last..stop].contains(&'、');
        let sum: i64 = parts.iter().sum();
        if parts.len() < 2 || sum == total.value || !closed || cut || stop.saturating_sub(last) > 1
        {
            return None;
        }
        let words = &self.paragraph.normalized[tokens[of].start..last];
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
                    let words = &self.paragraph.normalized[before..token.start];
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

    /// Whether the words behind a total bring in its parts.
    fn has_parts(&self, total: usize, first: usize) -> bool {
        let tokens = &self.paragraph.tokens;
        let words = &self.paragraph.normalized[tokens[total].after..tokens[first].start];
        says(
            words,
            &["其中", "包括", "分别", "含", "中,", "中:", "(", ":", "依次"],
        )
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
