//! Numbers of the prose that add up among themselves, and their shares.
//!
//! Agreement is looked for widely; a sum that fails is only said where the text
//! itself says that its parts are all.
//!
//! **Never:** takes 其中含, 余, 约 or a second topic of a sentence for parts.
//! Next: `parts` for totals with their parts, `shares` for per cents; `facts` calls it
//! once a paragraph.

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

/// Groups of results that a text names.
const GROUPS: [&str; 6] = [
    "granted_full",
    "granted_partial",
    "denied",
    "unable",
    "unprocessed",
    "other",
];

/// Results that a text names, with their numbers.
struct Results {
    named: Vec<&'static str>,
    parts: Vec<i64>,
    /// The token of the first.
    first: usize,
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
            equals_also: None,
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
        let Some(Results {
            named,
            parts,
            first,
        }) = self.results()
        else {
            return;
        };
        let sum: i64 = parts.iter().sum();
        let answered = self.bound_by(&["N3"]);
        let received = self.bound_by(&["N1"]);
        let mut totals = answered.iter().chain(&received);
        if let Some((token, _)) = totals.find(|(_, total)| *total == sum) {
            let fact = self.fact("N-SUM", *token, Name::Parts(parts), sum, true);
            Self::tie(facts, *token, fact);
            return;
        }
        let last = answered.iter().rev().find(|(token, _)| *token < first);
        let Some((token, total)) = last.copied() else {
            return;
        };
        // Behind 其中 some may be left out; a list of all results leaves out none.
        let tokens = &self.paragraph.tokens;
        let words = &self.paragraph.normalized[tokens[token].after..tokens[first].start];
        let is_list = says(words, &["结果为", "分别为", "分别是", "结果是", "结果分别"])
            && !says(words, &["其中"]);
        if sum != total && (is_list || self.left_out(&named) == Some(0)) {
            let fact = self.fact("N-SUM", token, Name::Parts(parts), sum, false);
            Self::tie(facts, token, fact);
        }
    }

    /// The results that the paragraph names, if there are two and none is named twice.
    fn results(&self) -> Option<Results> {
        let mut results = Results {
            named: Vec::new(),
            parts: Vec::new(),
            first: 0,
        };
        for bound in self.said {
            let (Some(token), Some(Target::Items(lines))) = (bound.token, bound.targets.first())
            else {
                continue;
            };
            let lines: &[&str] = if lines == &["granted"] {
                &GROUPS[..2]
            } else {
                lines
            };
            if !lines.iter().all(|line| GROUPS.contains(line)) {
                continue;
            }
            let value = bound.number.whole().filter(|_| !bound.number.approximate)?;
            if lines.iter().any(|line| results.named.contains(line)) {
                return None;
            }
            if results.parts.is_empty() {
                results.first = token;
            }
            results.named.extend(lines);
            results.parts.push(value);
        }
        (results.parts.len() >= 2).then_some(results)
    }

    /// What the tables hold of the results that the text does not name.
    fn left_out(&self, named: &[&str]) -> Option<i64> {
        let mut sum = 0;
        for group in GROUPS.iter().filter(|group| !named.contains(group)) {
            let target = Target::Items(vec![group]);
            let (reading, _) = self.tables.reading(&target)?;
            let value = reading.value.to_whole();
            sum += value.filter(|_| self.tables.is_begun("t3"))?;
        }
        Some(sum)
    }

    /// Received and carried in equal closed and carried over, whichever way received
    /// is meant. Each may agree with a cell under its own reading while none fits all.
    fn balance(&self, facts: &mut Facts) {
        if self.said.len() < 4 {
            return;
        }
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
            let of_requests = self.names_requests(sentence);
            let mine = self.by_channel(sentence);
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

    /// The counts of a sentence: whether each is of a way requests came in, and how many.
    fn by_channel(&self, sentence: &Range<usize>) -> Vec<(usize, bool, Option<i64>)> {
        let tokens = &self.paragraph.tokens;
        let inside = |token: &usize| sentence.contains(token);
        self.numbers
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
                let whole = number.whole().filter(|_| !number.approximate);
                (*token, channel, whole)
            })
            .collect()
    }

    fn names_requests(&self, sentence: &Range<usize>) -> bool {
        sentence
            .clone()
            .any(|at| matches!(self.paragraph.tokens[at].what, What::Key(Key::Request(_))))
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
                    let lead = &self.paragraph.normalized
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

    pub(super) fn is_bound(&self, token: usize, wanted: impl Fn(&Target) -> bool) -> bool {
        let mut bound = self.said.iter().filter(|bound| bound.token == Some(token));
        bound.any(|bound| bound.targets.first().is_some_and(&wanted))
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        matches!(self.paragraph.tokens[at].what, What::Number(_))
    }
}
