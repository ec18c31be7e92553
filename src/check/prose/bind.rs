//! Which phrase a number takes, and which cells it may be compared with.
//!
//! A number takes the last phrase of its own piece of the sentence. If the piece has
//! none before the number, it takes one that follows ("3件予以公开"). If there is none
//! either, it takes the last phrase after the previous number. A number whose clause
//! leaves a doubt is not [`Bound::sure`]: it is listed and not compared.
//!
//! **Never:** knows a value of a cell.
//! Next: `facts` for the verdicts, `claim` for what is said without a number.

use std::ops::Range;

use super::bound::{Bound, Scope, Target, dispute, dispute_rule, items, kinds, rule_of};
use super::clause::{Gate, Own, PART, WHOLE};
use super::meaning::Meaning;
use super::number::{Number, Unit};
use super::phrase::{Key, is_filler};
use super::place::{Clause, Place, Side};
use super::{Paragraph, What, says};

/// Words of time that put another period than the year into a number.
const OTHER_TIME: &[&str] = &["上半年", "下半年", "季度", "以来"];

/// Everything the numbers of a paragraph say, in order.
pub(in crate::check) fn bind(paragraph: &Paragraph, own: &Own, gate: &Gate) -> Vec<Bound> {
    let mut bound = Vec::new();
    if !paragraph.has_numbers() {
        return bound;
    }
    for clause in paragraph.clauses() {
        let reader = Clause {
            paragraph,
            tokens: clause.clone(),
            year: own.year,
            own,
            gate,
        };
        for index in clause {
            if let What::Number(number) = paragraph.tokens[index].what {
                bound.extend(reader.each(index).or_else(|| reader.one(index, &number)));
            }
        }
    }
    for sentence in paragraph.sentences() {
        complete(paragraph, &sentence, &mut bound);
    }
    bound
}

/// "答复4件，予以公开3件，1件因…无法提供": parts that add up to the total before them
/// are all there are, whatever reason a part names.
fn complete(paragraph: &Paragraph, sentence: &Range<usize>, bound: &mut [Bound]) {
    let total = bound.iter().rposition(|bound| {
        let inside = bound.token.is_some_and(|token| sentence.contains(&token));
        inside && bound.sure && bound.scope.is_none() && matches!(bound.rule, "N1" | "N3")
    });
    let Some(total) = total else { return };
    let (Some(first), Some(whole)) = (bound[total].token, bound[total].number.whole()) else {
        return;
    };
    let mut parts: Vec<usize> = Vec::new();
    let mut named: Vec<&Target> = Vec::new();
    let mut sum = 0_i64;
    for token in first + 1..sentence.end {
        let What::Number(number) = paragraph.tokens[token].what else {
            continue;
        };
        if number.unit == Unit::Percent {
            continue;
        }
        let part = bound.iter().position(|bound| bound.token == Some(token));
        let part = part.filter(|at| {
            let bound = &bound[*at];
            matches!(bound.rule, "N5" | "N6" | "N7") && bound.scope.is_none()
        });
        let (Some(part), Some(value)) = (part, number.whole()) else {
            return;
        };
        let Some(target) = bound[part].targets.first() else {
            return;
        };
        if named.contains(&target) {
            return;
        }
        named.push(target);
        sum = sum.saturating_add(value);
        parts.push(part);
    }
    if sum == whole && parts.len() >= 2 {
        for part in parts {
            bound[part].sure = true;
        }
    }
}

impl Clause<'_> {
    /// "甲、乙分别为3件、2件": numbers take the phrases before in their order.
    fn each(&self, index: usize) -> Option<Bound> {
        let each = (self.tokens.start..index)
            .rev()
            .take(16)
            .find(|at| self.key(*at) == Some(Key::Each))?;
        let numbers = self.listed_after(each);
        let phrases = self.listed_before(each);
        let place = numbers.iter().position(|at| *at == index)?;
        if phrases.len() != numbers.len() || numbers.len() < 2 {
            return None;
        }
        let (at, key) = phrases[place];
        let (rule, targets) = self.total_of(at, key)?;
        let What::Number(number) = self.token(index).what else {
            return None;
        };
        self.allowed(rule).then(|| Bound {
            rule,
            number,
            token: Some(index),
            range: self.token(index).start..self.token(index).after,
            phrase: self.token(at).start..self.token(index).after,
            targets,
            excuses: Vec::new(),
            at_most: false,
            sure: self.case(index) && self.is_certain(rule, index),
            scope: None,
        })
    }

    /// The numbers that 分别 hands out.
    fn listed_after(&self, each: usize) -> Vec<usize> {
        let mut last = each;
        (each..self.tokens.end)
            .filter(|at| self.is_number(*at))
            .take_while(|at| {
                let is_next = is_filler(self.between(last, *at))
                    && !self.keys(last + 1..*at).any(|(_, key)| is_target(key));
                last = *at;
                is_next
            })
            .collect()
    }

    /// The phrases that 分别 gives numbers to; 复议诉讼 are two.
    fn listed_before(&self, each: usize) -> Vec<(usize, Key)> {
        let from = self.far_start(self.piece_start(each));
        let mut phrases = Vec::new();
        for (at, key) in self.keys(from..each).filter(|(_, key)| is_target(*key)) {
            match key {
                Key::Dispute(rows) if rows.len() == 3 => {
                    phrases.push((at, Key::Dispute(&["review"])));
                    phrases.push((at, Key::Dispute(&["suit_direct", "suit_after_review"])));
                }
                Key::Request(_) | Key::Channel => {}
                _ => phrases.push((at, key)),
            }
        }
        phrases
    }

    /// The rule of a phrase and the total that it names.
    fn total_of(&self, at: usize, key: Key) -> Option<(&'static str, Vec<Target>)> {
        Some(match key {
            Key::Items(lines) => (rule_of(lines), items(lines)),
            Key::Dispute(rows) => (dispute_rule(rows), dispute(rows, "total")),
            Key::Kind(kind) => ("N9", kinds(kind)),
            Key::Outcome(col, _) => {
                let rows = self.dispute(at)?;
                (dispute_rule(rows), dispute(rows, col))
            }
            Key::Receive | Key::New => ("N1", vec![Target::New, Target::Received]),
            Key::Done => ("N3", vec![Target::Processed]),
            _ => return None,
        })
    }

    fn case(&self, index: usize) -> bool {
        matches!(self.token(index).what, What::Number(number) if number.counts_cases())
    }

    /// Whether the paragraph is about what the rule compares with.
    fn allowed(&self, rule: &str) -> bool {
        match rule {
            "N11" | "N12" => self.paragraph.disclosure,
            "N15" | "N16" => true,
            _ => self.paragraph.gate,
        }
    }

    fn one(&self, index: usize, number: &Number) -> Option<Bound> {
        let piece = self.piece_start(index);
        let end = self.piece_end(index);
        let far = self.far_start(piece);
        // The last phrase counts; 办理 gives way to any other, 答复 to 结转.
        let mine = |range: Range<usize>| {
            let mut keys = self
                .keys(range)
                .rev()
                .filter(|(_, key)| is_target(*key) && !matches!(key, Key::Request(_)));
            let last = keys.next()?;
            let other = keys.next();
            Some(match (last.1, other) {
                (Key::Handle, Some(other)) | (Key::Done, Some(other @ (_, Key::Carry))) => other,
                _ => last,
            })
        };
        let own = mine(piece..index);
        // Of what follows, carrying over says most, then a result.
        let weight = |key: Key| match key {
            Key::Carry => 3,
            Key::Items(_) => 2,
            _ => 1,
        };
        let right = self
            .keys(index + 1..end)
            .filter(|(_, key)| is_right(*key))
            .max_by_key(|(_, key)| weight(*key))
            .filter(|_| !(end < self.tokens.end && self.is_number(end)));
        let request = |range: Range<usize>| {
            self.keys(range)
                .rev()
                .find(|(_, key)| matches!(key, Key::Request(_)))
        };
        let (side, (at, key)) = if let Some(own) = own {
            (Side::Own, own)
        } else if let Some(right) = right {
            (Side::Right, right)
        } else if let Some(found) = mine(far..piece) {
            (Side::Far, found)
        } else {
            (Side::Own, request(far..index)?)
        };
        let place = Place {
            clause: self,
            number,
            index,
            piece,
            end,
            far,
            side,
            at,
        };
        place.read(key)
    }
}

impl Place<'_> {
    fn read(&self, key: Key) -> Option<Bound> {
        let c = self.clause;
        if self.is_of_another_time(key) {
            return None;
        }
        let Meaning {
            rule,
            mut targets,
            mut excuses,
            at_most,
            clear,
        } = self.meaning(key)?;
        let is_fit = c.allowed(rule) && self.fits_unit(key, rule);
        if !is_fit || self.has_another_topic(key) || self.is_former() {
            return None;
        }
        let is_certain = clear && c.is_certain(rule, self.index);
        let sure = is_certain && self.is_plainly_said() && self.counts_for_certain(key);
        self.add_asides(&mut targets, &mut excuses);
        Some(Bound {
            rule,
            number: *self.number,
            token: Some(self.index),
            range: c.token(self.index).start..c.token(self.index).after,
            phrase: self.phrase(),
            targets,
            excuses,
            at_most,
            sure,
            scope: self.scope(rule),
        })
    }

    /// The number is a change, or of another year than the report's.
    fn is_of_another_time(&self, key: Key) -> bool {
        let c = self.clause;
        let carries = key == Key::Carry;
        let is_compared = self.has(self.piece..self.index, |key| match key {
            Key::Change => true,
            Key::LastYear => !carries,
            _ => false,
        });
        let is_dated = (self.piece..self.index).any(|at| match c.token(at).what {
            What::Year(year) => c.year.is_some_and(|own| own != year) && !carries,
            _ => false,
        });
        let before = c.before(c.tokens.start, self.index);
        let before = &before[before.len().saturating_sub(80)..];
        let is_older = says(before, OTHER_TIME) || !carries && self.of_another_year();
        is_compared || is_dated || is_older
    }

    /// Something with a topic of its own stands between key and number, or right behind.
    fn has_another_topic(&self, key: Key) -> bool {
        let c = self.clause;
        let (first, last) = self.ends();
        let follows = self.side != Side::Right && self.has_alien(self.index + 1..self.end);
        // "收到网民留言56件，答复56件" is about letters, whatever the heading.
        let told = matches!(key, Key::Receive | Key::Done | Key::Handle);
        let is_of_letters = told && !self.names_request() && self.has_alien(c.tokens.start..first);
        self.has_alien(first..last) || follows || is_of_letters
    }

    /// The unit can count what the key names.
    fn fits_unit(&self, key: Key, rule: &str) -> bool {
        let is_money = matches!(self.number.unit, Unit::Yuan | Unit::WanYuan);
        match self.number.unit {
            Unit::Percent => false,
            Unit::Piece if matches!(rule, "N15" | "N16") => false,
            _ => is_money == (key == Key::Charges),
        }
    }

    /// The unit leaves no doubt that the number counts what the key names.
    fn counts_for_certain(&self, key: Key) -> bool {
        match self.number.unit {
            Unit::Bare => matches!(
                key,
                Key::Items(_) | Key::Outcome(_, true) | Key::Dispute(_) | Key::Request(true)
            ),
            Unit::WanYuan | Unit::Yuan => key == Key::Charges,
            Unit::Case => true,
            // 条 and 项 count publications and chores more often than requests.
            _ => self.number.counts_cases() && self.names_object(),
        }
    }

    /// Nothing but words that are known stands around the key.
    fn is_plainly_said(&self) -> bool {
        let c = self.clause;
        let request = self.request_after();
        // "办理市政府转来的申请6件": not all that came in.
        let is_direct = request
            .is_none_or(|request| c.is_known(c.token(self.at).after..c.token(request).start));
        let (first, _) = self.ends();
        is_direct && self.plain(request.unwrap_or(self.at)) && !self.has_alien(self.from()..first)
    }

    /// What brackets add to the phrase is one more reading.
    fn add_asides(&self, targets: &mut Vec<Target>, excuses: &mut Vec<Target>) {
        let c = self.clause;
        for at in self.from()..self.end {
            match (c.token(at).aside, c.token(at).what) {
                (true, What::Key(Key::Carry)) => targets.push(Target::Received),
                (true, What::Key(Key::Items(lines))) => {
                    excuses.push(Target::Items(lines.to_vec()));
                    excuses.push(Target::Items(vec!["granted"]));
                }
                _ => {}
            }
        }
    }

    /// The characters from the key to the number, or back.
    fn phrase(&self) -> Range<usize> {
        let c = self.clause;
        if self.side == Side::Right {
            c.token(self.index).start..c.token(self.at).after
        } else {
            c.token(self.at).start..c.token(self.index).after
        }
    }

    /// The tokens of key and number, in the order of the text.
    fn ends(&self) -> (usize, usize) {
        (self.at.min(self.index), self.at.max(self.index))
    }

    /// Whether tokens name something that the form does not count.
    fn has_alien(&self, tokens: Range<usize>) -> bool {
        self.has(tokens, |key| key == Key::Alien)
    }

    /// What is counted is named in the piece of the number itself.
    fn names_object(&self) -> bool {
        let c = self.clause;
        let mut own = c.keys(self.piece..self.end);
        let named = own.any(|(_, key)| {
            matches!(
                key,
                Key::Request(_) | Key::Dispute(_) | Key::Document(_) | Key::Power(_)
            )
        });
        let (from, to) = self.ends();
        let mut gaps = (from..to).map(|at| c.between(at, at + 1));
        let named = named && !gaps.any(|gap| says(gap, &["信息"]));
        named || self.same_unit_as_requests()
    }

    /// "收到申请4条，回复4条": counted like the requests before.
    fn same_unit_as_requests(&self) -> bool {
        let c = self.clause;
        (c.tokens.start..self.index).any(|at| {
            let same = match c.token(at).what {
                What::Number(number) => number.name == self.number.name,
                _ => false,
            };
            let mut own = c.keys(c.piece_start(at)..at);
            same && c.gate.at(at).requests && own.any(|(_, key)| matches!(key, Key::Request(_)))
        })
    }

    /// "由6件降为2件": what it was before.
    fn is_former(&self) -> bool {
        let c = self.clause;
        let text = &c.paragraph.normalized;
        let number = c.token(self.index);
        let lead = c.before(c.piece_start(self.index), self.index);
        let changes = ["降", "升", "增", "减", "下降", "上升", "下滑", "变"];
        let after = &text[number.after..];
        says(&lead[lead.len().saturating_sub(8)..], &["由", "从"])
            && changes
                .iter()
                .any(|word| super::number::starts(after, 0, word))
    }

    /// "2023年，共受理9件": the last time named, not in a comparison, is another.
    fn of_another_year(&self) -> bool {
        let c = self.clause;
        let text = &c.paragraph.normalized;
        let times = (c.tokens.start..self.index).rev().filter_map(|at| {
            let token = c.token(at);
            let other = match token.what {
                What::Year(year) => c.year.is_some_and(|own| own != year),
                What::Key(Key::LastYear) => !matches!(c.key(at + 1), Some(Key::Carry)),
                _ => return None,
            };
            let before = token.start.checked_sub(1).map_or(',', |at| text[at]);
            let opens = matches!(before, ',' | '。' | ';' | ':' | '在' | '自') || token.start == 0;
            opens.then_some(other)
        });
        times.into_iter().next().unwrap_or(false)
    }

    /// Words that say whom the number is about.
    fn scope(&self, rule: &str) -> Option<(Scope, Range<usize>)> {
        if matches!(rule, "N15" | "N16") {
            return None;
        }
        let c = self.clause;
        let from = match c.tokens.start {
            0 => 0,
            start => c.token(start - 1).after,
        };
        let to = c.token(self.at).start.max(from);
        let from = from.max(to.saturating_sub(30));
        let text = &c.paragraph.normalized[from..to];
        let at = |words: &str| {
            let mut other = words
                .split_whitespace()
                .filter(|word| !c.own.is_called(word));
            other.find_map(|word| {
                let at = from + super::find(text, word)?;
                Some(at..at + word.chars().count())
            })
        };
        match (at(PART), at(WHOLE)) {
            (Some(part), None) => {
                let sign = |c: &char| matches!(c, ',' | '、' | '(' | ')' | ':' | '年');
                let start = text[..part.start - from].iter().rposition(sign);
                let start = start.map_or(from, |at| from + at + 1);
                Some((Scope::Part, start..c.token(self.at).after))
            }
            (None, Some(whole)) => Some((Scope::Whole, whole)),
            (Some(_), Some(_)) | (None, None) => None,
        }
    }
}

/// Whether a phrase can say what a number counts.
fn is_target(key: Key) -> bool {
    !matches!(
        key,
        Key::Channel
            | Key::Change
            | Key::LastYear
            | Key::Of
            | Key::Among
            | Key::Each
            | Key::All
            | Key::Alien
            | Key::Nothing
    )
}

/// Whether a phrase can stand behind its number.
fn is_right(key: Key) -> bool {
    matches!(
        key,
        Key::Carry
            | Key::Open
            | Key::Items(_)
            | Key::Vague(_)
            | Key::Done
            | Key::Kind(_)
            | Key::Outcome(..)
    )
}
