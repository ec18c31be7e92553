//! Which phrase a number takes, and which cells it may be compared with.
//!
//! A number takes the last phrase of its own piece of the sentence; if that has
//! none, one that follows it ("3件予以公开"); if there is none either, the last
//! one after the number before. What is not plainly said so is compared, but
//! only agreement is believed ([`Bound::sure`]).
//!
//! **Never:** knows a value of a cell.
//! Next: `facts` for the verdicts, `claim` for what is said without a number.

use std::ops::Range;

use super::clause::{Gate, Own, is_known};
use super::number::{Number, Unit};
use super::phrase::{Key, is_filler};
use super::{Paragraph, Token, What, says};

/// What a number may be compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) enum Target {
    /// Received in the year.
    New,
    /// The same and what was carried in.
    Received,
    /// Closed.
    Processed,
    /// Carried in from last year.
    CarriedIn,
    /// Carried out to next year.
    CarriedOut,
    /// Lines or groups of the results, added.
    Items(Vec<&'static str>),
    /// Requests of a kind of applicant; carried ones too, or not.
    Kind(&'static str, bool),
    /// Disputes: rows, and the column of an outcome.
    Dispute(Vec<&'static str>, &'static str),
    /// A cell of table 二.
    Proactive(&'static str, &'static str),
}

/// A number with what it says.
#[derive(Clone, Debug)]
pub(in crate::check) struct Bound {
    /// Code of the rule.
    pub(in crate::check) rule: &'static str,
    /// The number.
    pub(in crate::check) number: Number,
    /// Its token; None where words say the number.
    pub(in crate::check) token: Option<usize>,
    /// Characters of the number and its unit, or of the words.
    pub(in crate::check) range: Range<usize>,
    /// Characters of the phrase, the number included.
    pub(in crate::check) phrase: Range<usize>,
    /// What it is held against; where several stand, each is as good.
    pub(in crate::check) targets: Vec<Target>,
    /// Readings under which it is not said to be wrong, nor to be right.
    pub(in crate::check) excuses: Vec<Target>,
    /// It counts a part of its target: only more than the target is wrong.
    pub(in crate::check) at_most: bool,
    /// It is tied for certain: only then it agrees or differs.
    pub(in crate::check) sure: bool,
    /// Words that say it is about a part of the body, or about more than it.
    pub(in crate::check) scope: Option<(Scope, Range<usize>)>,
}

/// Whom a number is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Scope {
    /// A part: the office, this level.
    Part,
    /// All of a place or of a system.
    Whole,
}

pub(super) const PART: &[&str] = &[
    "代表",
    "市政府",
    "县政府",
    "区政府",
    "镇政府",
    "乡政府",
    "省政府",
    "州政府",
    "本级",
    "局机关",
    "委机关",
    "厅机关",
    "机关本部",
    "政府办",
    "办公室",
    "办公厅",
    "市级部门",
    "区级部门",
    "县级部门",
    "直属",
    "下属",
    "镇街",
    "各镇",
    "各街道",
    "乡镇",
    "部门",
];
pub(super) const WHOLE: &[&str] = &["全市", "全区", "全县", "全省", "全州", "全系统", "系统"];

/// Words that make a dispute one that the body decides, or one of its roles in it.
const ORGAN: &[&str] = &[
    "办理",
    "办结",
    "审理",
    "审结",
    "结案",
    "承办",
    "代理",
    "化解",
    "为被申请人",
    "为被告",
    "为第三人",
];

/// Words that make a number of disputes those that were decided.
const DECIDED: &[&str] = &["审结", "结案", "判决", "裁定", "裁决", "决定", "办结"];

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

struct Clause<'a> {
    paragraph: &'a Paragraph,
    tokens: Range<usize>,
    year: Option<u16>,
    own: &'a Own,
    gate: &'a Gate,
}

/// Where the phrase of a number stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Own,
    Right,
    Far,
}

impl Clause<'_> {
    fn token(&self, index: usize) -> &Token {
        &self.paragraph.tokens[index]
    }

    fn key(&self, index: usize) -> Option<Key> {
        match self.token(index).what {
            What::Key(key) => Some(key),
            _ => None,
        }
    }

    fn is_stop(&self, index: usize) -> bool {
        !self.token(index).aside && matches!(self.token(index).what, What::Stop(_))
    }

    fn is_number(&self, index: usize) -> bool {
        matches!(self.token(index).what, What::Number(_))
    }

    /// The first token of the piece that ends before `index`.
    fn piece_start(&self, index: usize) -> usize {
        (self.tokens.start..index)
            .rev()
            .find(|at| self.is_stop(*at) || self.is_number(*at))
            .map_or(self.tokens.start, |at| at + 1)
    }

    /// Behind the piece that a number opens.
    fn piece_end(&self, index: usize) -> usize {
        (index + 1..self.tokens.end)
            .find(|at| self.is_stop(*at) || self.is_number(*at))
            .unwrap_or(self.tokens.end)
    }

    /// The first token behind the piece of the number before.
    fn far_start(&self, piece: usize) -> usize {
        let number = (self.tokens.start..piece)
            .rev()
            .find(|at| self.is_number(*at));
        number.map_or(self.tokens.start, |number| {
            self.piece_end(number).min(piece)
        })
    }

    fn keys(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = (usize, Key)> {
        range
            .filter(|at| !self.token(*at).aside)
            .filter_map(|at| Some((at, self.key(at)?)))
    }

    /// Characters between two tokens, or before the first of the clause.
    fn between(&self, from: usize, to: usize) -> &[char] {
        let start = self.token(from).after;
        let end = self.token(to).start.max(start);
        &self.paragraph.quiet[start..end]
    }

    fn before(&self, from: usize, to: usize) -> &[char] {
        let start = match from {
            0 => 0,
            from => self.token(from - 1).after,
        };
        &self.paragraph.quiet[start..self.token(to).start.max(start)]
    }

    /// The last dispute named before a token.
    fn dispute(&self, index: usize) -> Option<&'static [&'static str]> {
        self.keys(self.tokens.start..index)
            .rev()
            .find_map(|(_, key)| match key {
                Key::Dispute(rows) => Some(rows),
                _ => None,
            })
    }

    /// "甲、乙分别为3件、2件": numbers take the phrases before in their order.
    fn each(&self, index: usize) -> Option<Bound> {
        let each = (self.tokens.start..index)
            .rev()
            .take(16)
            .find(|at| self.key(*at) == Some(Key::Each))?;
        let numbers: Vec<usize> = (each..self.tokens.end)
            .filter(|at| self.is_number(*at))
            .take_while({
                let mut last = each;
                move |at| {
                    let plain = is_filler(self.between(last, *at))
                        && !self.keys(last + 1..*at).any(|(_, key)| is_target(key));
                    last = *at;
                    plain
                }
            })
            .collect();
        let place = numbers.iter().position(|at| *at == index)?;
        let from = self.far_start(self.piece_start(each));
        let mut keys: Vec<(usize, Key)> = Vec::new();
        for (at, key) in self.keys(from..each).filter(|(_, key)| is_target(*key)) {
            match key {
                Key::Dispute(rows) if rows.len() == 3 => {
                    keys.push((at, Key::Dispute(&["review"])));
                    keys.push((at, Key::Dispute(&["suit_direct", "suit_after_review"])));
                }
                Key::Request(_) | Key::Channel => {}
                _ => keys.push((at, key)),
            }
        }
        if keys.len() != numbers.len() || numbers.len() < 2 {
            return None;
        }
        let (at, key) = keys[place];
        let (rule, targets) = match key {
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
        };
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

    fn case(&self, index: usize) -> bool {
        matches!(self.token(index).what, What::Number(number) if number.counts_cases())
    }

    /// Whether the words around a number leave no doubt that a rule is about it.
    fn is_certain(&self, rule: &str, index: usize) -> bool {
        let standing = self.gate.at(index);
        match rule {
            "N11" | "N12" => standing.known && standing.disclosed,
            "N15" | "N16" => standing.known && !standing.after_other,
            "N1" | "N3" | "N9" => standing.requests,
            _ => standing.requests || standing.continues && self.paragraph.gate,
        }
    }

    /// Whether a dispute is about an act of the body: not one that it decides, or
    /// over a decision of another kind.
    fn is_own_dispute(&self, at: usize) -> bool {
        let from = self.piece_start(at);
        let words = self.before(from, at);
        let mut keys = self.keys(from..at);
        let taken = keys.any(|(_, key)| matches!(key, Key::Receive | Key::New | Key::Handle));
        let named = says(words, &["信息公开", "依申请"]);
        let other = self
            .keys(from..at)
            .any(|(_, key)| matches!(key, Key::Power(_) | Key::Document(_)));
        !says(words, ORGAN) && !other && (!taken || named)
    }

    /// Whether every word between two characters is known.
    fn is_known(&self, chars: Range<usize>) -> bool {
        is_known(self.paragraph, self.own, chars)
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

/// What a phrase says of its number.
struct Meaning {
    rule: &'static str,
    targets: Vec<Target>,
    excuses: Vec<Target>,
    at_most: bool,
    /// The words of the phrase leave no doubt.
    clear: bool,
}

impl Meaning {
    fn new(rule: &'static str, targets: Vec<Target>, clear: bool) -> Self {
        Meaning {
            rule,
            targets,
            excuses: Vec::new(),
            at_most: false,
            clear,
        }
    }

    /// The same, with readings that excuse it.
    fn or(mut self, excuses: Vec<Target>) -> Self {
        self.excuses = excuses;
        self
    }

    /// The same, of which only a part may be named.
    fn at_most(mut self) -> Self {
        self.at_most = true;
        self
    }
}

/// A number, and the phrase that it takes.
struct Place<'a> {
    clause: &'a Clause<'a>,
    number: &'a Number,
    index: usize,
    piece: usize,
    end: usize,
    far: usize,
    side: Side,
    at: usize,
}

impl Place<'_> {
    fn read(&self, key: Key) -> Option<Bound> {
        let c = self.clause;
        let own = || c.keys(self.piece..self.index);
        let carries = key == Key::Carry;
        let spoiled = own().any(|(_, key)| match key {
            Key::Change => true,
            Key::LastYear => !carries,
            _ => false,
        });
        let dated = (self.piece..self.index).any(|at| match c.token(at).what {
            What::Year(year) => c.year.is_some_and(|own| own != year) && !carries,
            _ => false,
        });
        let since = c.before(c.tokens.start, self.index);
        let since = &since[since.len().saturating_sub(80)..];
        if spoiled || dated || says(since, OTHER_TIME) || !carries && self.of_another_year() {
            return None;
        }
        let from = self.from();
        let request = self.request_after();
        let mut sure = self.plain(request.unwrap_or(self.at));
        // "办理市政府转来的申请6件": not all that came in.
        sure &= request
            .is_none_or(|request| c.is_known(c.token(self.at).after..c.token(request).start));
        let Meaning {
            rule,
            mut targets,
            mut excuses,
            at_most,
            clear,
        } = self.meaning(key)?;
        if !c.allowed(rule) {
            return None;
        }
        let range = if self.side == Side::Right {
            c.token(self.index).start..c.token(self.at).after
        } else {
            c.token(self.at).start..c.token(self.index).after
        };
        // Something with a topic of its own between the two, or right behind.
        let alien = |range: Range<usize>| c.keys(range).any(|(_, key)| key == Key::Alien);
        let (first, last) = (self.at.min(self.index), self.at.max(self.index));
        if alien(first..last) || self.side != Side::Right && alien(self.index + 1..self.end) {
            return None;
        }
        if alien(from..first) {
            sure = false;
        }
        sure &= clear && c.is_certain(rule, self.index);
        sure &= match self.number.unit {
            Unit::Bare => matches!(
                key,
                Key::Items(_) | Key::Outcome(_, true) | Key::Dispute(_) | Key::Request(true)
            ),
            Unit::WanYuan | Unit::Yuan => key == Key::Charges,
            Unit::Case => true,
            // 条 and 项 count publications and chores more often than requests.
            _ => self.number.counts_cases() && self.names_object(),
        };
        if matches!(self.number.unit, Unit::Percent)
            || matches!(self.number.unit, Unit::Yuan | Unit::WanYuan) != (key == Key::Charges)
            || self.number.unit == Unit::Piece && matches!(rule, "N15" | "N16")
        {
            return None;
        }
        if self.is_former() {
            return None;
        }
        // "收到网民留言56件，答复56件" is about letters, whatever the heading.
        let told = matches!(key, Key::Receive | Key::Done | Key::Handle);
        if told && !self.names_request() && alien(c.tokens.start..first) {
            return None;
        }
        // What brackets add to the phrase is one more reading.
        for at in from..self.end {
            if let (true, What::Key(key)) = (c.token(at).aside, c.token(at).what) {
                match key {
                    Key::Carry => targets.push(Target::Received),
                    Key::Items(lines) => {
                        excuses.push(Target::Items(lines.to_vec()));
                        excuses.push(Target::Items(vec!["granted"]));
                    }
                    _ => {}
                }
            }
        }
        let scope = self.scope(rule);
        Some(Bound {
            rule,
            number: *self.number,
            token: Some(self.index),
            range: c.token(self.index).start..c.token(self.index).after,
            phrase: range,
            targets,
            excuses,
            at_most,
            sure,
            scope,
        })
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
        let (from, to) = (self.at.min(self.index), self.at.max(self.index));
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
        let text = &c.paragraph.quiet;
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
        let text = &c.paragraph.quiet;
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

    /// The request named between the phrase and the number.
    fn request_after(&self) -> Option<usize> {
        let keys = self.clause.keys(self.at + 1..self.index.max(self.at + 1));
        keys.rev()
            .find(|(_, key)| matches!(key, Key::Request(_)))
            .map(|(at, _)| at)
    }

    /// Whether only filling words stand between a phrase and the number.
    fn plain(&self, at: usize) -> bool {
        let c = self.clause;
        match self.side {
            Side::Right => c.is_known(c.token(self.index).after..c.token(self.at).start),
            Side::Own | Side::Far => c.is_known(c.token(at).after..c.token(self.index).start),
        }
    }

    fn has(&self, range: Range<usize>, wanted: impl Fn(Key) -> bool) -> bool {
        self.clause.keys(range).any(|(_, key)| wanted(key))
    }

    /// "受理的47件中已办结44件": of those that the number before counts.
    fn is_among(&self) -> bool {
        let c = self.clause;
        let from = self.from();
        let Some(before) = from.checked_sub(1).filter(|at| *at >= c.tokens.start) else {
            return false;
        };
        let text = &c.paragraph.quiet;
        if c.is_number(before) {
            c.before(from, self.at.max(from)).starts_with(&['中'])
        } else {
            text[..c.token(before).start].ends_with(&['中'])
        }
    }

    /// Words before the phrase in the same piece that only fill or say when.
    fn bare_subject(&self) -> bool {
        let c = self.clause;
        let from = c.piece_start(self.at);
        let says_of = self.has(c.tokens.start..self.at, |key| key == Key::Of);
        !says_of || is_filler(c.before(from, self.at))
    }

    /// What the phrase says of the number.
    fn meaning(&self, key: Key) -> Option<Meaning> {
        let c = self.clause;
        match key {
            Key::New | Key::Receive | Key::Request(_) | Key::Done | Key::Handle => {
                Some(self.request(key))
            }
            // "行政复议5件（其中上年结转1件）" carries a dispute.
            Key::Carry | Key::Open if self.of_disputes() => None,
            Key::Carry => Some(self.carry()),
            Key::Open => {
                let targets = vec![Target::CarriedOut];
                Some(Meaning::new("N4", targets, self.is_left()))
            }
            Key::Items(lines) => Some(self.items(lines)),
            Key::Vague(["other"]) if c.dispute(self.index).is_some() => None,
            Key::Vague(lines) => {
                let targets = vec![Target::Items(lines.to_vec())];
                let clear = matches!(lines, ["other_misc"] | ["unable_not_held", ..]);
                let meaning = Meaning::new("N8", targets, clear).at_most();
                Some(if lines == ["unable_not_held", "unable_must_create"] {
                    meaning.or(vec![Target::Items(vec!["unable"])])
                } else {
                    meaning
                })
            }
            Key::Kind(kind) => {
                let received = self.has(self.from()..self.at, |key| key == Key::Receive);
                let clear = !received && self.side != Side::Far;
                let meaning = Meaning::new("N9", kinds(kind), clear);
                // 企业 is said of all organisations as well.
                Some(if c.chars_at(self.at).starts_with("企业") {
                    meaning.or(kinds(""))
                } else {
                    meaning
                })
            }
            Key::Dispute(rows) => {
                let from = c.piece_start(self.at);
                // "维持的行政复议3件、行政诉讼2件" counts an outcome.
                let list = (c.tokens.start..self.at)
                    .rev()
                    .find(|at| c.is_stop(*at) && c.token(*at).what != What::Stop('、'))
                    .map_or(c.tokens.start, |at| at + 1);
                let outcome = c.keys(list..self.at).rev().find_map(|(at, key)| match key {
                    Key::Outcome(col, clear) => {
                        let told = at >= from || c.paragraph.quiet[c.token(at).after] == '的';
                        told.then_some((col, clear))
                    }
                    _ => None,
                });
                if let Some((col, clear)) = outcome {
                    let targets = dispute(rows, col);
                    return Some(Meaning::new(dispute_rule(rows), targets, clear));
                }
                let clear = c.is_own_dispute(self.at)
                    && !self.of_others()
                    && !self.has(self.index + 1..c.tokens.end, |key| key == Key::Carry)
                    && self.side != Side::Right
                    && !says(c.between(self.at, self.index), DECIDED)
                    && !self.has(from..self.at, |key| matches!(key, Key::Vague(_)));
                // "行政复议、行政诉讼均为0" is said of each: `claim` does.
                if rows.len() > 1 && rows.contains(&"review") && self.number.whole() == Some(0) {
                    return None;
                }
                let targets = dispute(rows, "total");
                Some(Meaning::new(dispute_rule(rows), targets, clear))
            }
            Key::Outcome(col, clear) => {
                let rows = c.dispute(self.index)?;
                let (from, to) = (self.at.min(self.index), self.at.max(self.index));
                let mut named = c.keys(c.tokens.start..self.index).rev();
                let named = named.find(|(_, key)| matches!(key, Key::Dispute(_)));
                let clear = clear
                    && named.is_some_and(|(at, _)| c.is_own_dispute(at))
                    && is_filler(c.between(from, to));
                Some(Meaning::new(dispute_rule(rows), dispute(rows, col), clear))
            }
            Key::Document(_) | Key::Make(_) | Key::Power(_) | Key::Charges => self.proactive(key),
            _ => None,
        }
    }

    /// What is still open at the end of the year is carried over: 其余, 尚有, 年末.
    fn is_left(&self) -> bool {
        const LEFT: &[&str] = &[
            "其余",
            "剩余",
            "尚有",
            "年末",
            "年底",
            "仍有",
            "还有",
            "另有",
            "12月31日",
        ];
        let c = self.clause;
        let from = c.piece_start(self.at.min(self.index));
        let words = c.before(from, self.index);
        let closed = self.has(c.tokens.start..self.index, |key| key == Key::Done);
        let plain = says(
            &c.chars_at(self.at).chars().collect::<Vec<_>>(),
            &["未办结"],
        );
        let of_requests = self.has(from..self.index, |key| matches!(key, Key::Request(_)));
        closed || (plain || says(words, LEFT)) && (of_requests || self.request_behind())
    }

    /// The number counts requests that are named behind it: "2件政府信息公开申请".
    fn request_behind(&self) -> bool {
        let c = self.clause;
        c.keys(self.index + 1..self.end)
            .any(|(_, key)| matches!(key, Key::Request(_)))
    }

    /// Whether what is carried over is a dispute: nothing else is named before.
    fn of_disputes(&self) -> bool {
        let c = self.clause;
        c.dispute(self.index).is_some()
            && !self.has(c.tokens.start..self.index, |key| {
                matches!(key, Key::Request(_) | Key::New | Key::Receive)
            })
    }

    /// "复议86件，其中信息公开类5件": the number counts others as well.
    fn of_others(&self) -> bool {
        let c = self.clause;
        let text = &c.paragraph.quiet;
        let covered = c.paragraph.covered(&c.tokens);
        let number = c.token(self.index);
        let before = &text[covered.start.min(number.start)..number.start];
        let after = &text[number.after..covered.end.max(number.after)];
        let own = super::find(after, "信息公开").filter(|_| !says(before, &["信息公开"]));
        own.is_some_and(|own| says(&after[..own], &["其中", "涉及"]))
    }

    /// Where the words begin that the phrase was looked for in.
    fn from(&self) -> usize {
        if self.side == Side::Far {
            self.far
        } else {
            self.piece
        }
    }

    /// Requests received, closed, or either.
    fn request(&self, key: Key) -> Meaning {
        let c = self.clause;
        let from = self.from();
        let before = c.tokens.start..self.at.min(self.index);
        let parts = self.is_part(before);
        let part = |key| matches!(key, Key::Kind(_) | Key::Channel);
        let whole = !self.has(from..self.index, part);
        let all = [Target::New, Target::Received, Target::Processed];
        match key {
            Key::New => {
                let clear = self.names_request() && whole;
                Meaning::new("N1", vec![Target::New], clear)
            }
            Key::Receive | Key::Request(_) => {
                let done = self.has(from..self.index, |key| key == Key::Done);
                let clear = match key {
                    Key::Request(strong) => strong && self.side == Side::Own,
                    _ => self.names_request(),
                };
                let targets = all.into_iter().take(if done { 3 } else { 2 }).collect();
                let meaning = Meaning::new("N1", targets, clear && !parts && whole);
                match self.carried_in_beside() {
                    // "受理59件，上年结转12件" may count those as well.
                    Some(false) if !done => Meaning {
                        targets: vec![Target::New],
                        excuses: vec![Target::Received],
                        ..meaning
                    },
                    Some(true) if !done => Meaning {
                        targets: vec![Target::Received],
                        ..meaning
                    },
                    _ => meaning,
                }
            }
            Key::Handle => {
                let clear =
                    (self.request_after().is_some() || self.request_behind()) && !parts && whole;
                let [new, received, processed] = all;
                let targets = vec![processed, new, received];
                Meaning::new("N3", targets, clear && self.side == Side::Own)
            }
            _ => {
                if let Some(lines) = self.outcome_before() {
                    return Meaning::new(rule_of(lines), items(lines), true);
                }
                let received = self.has(from..self.at, |key| key == Key::Receive);
                let [new, all, processed] = all;
                let mut targets = vec![processed];
                if received {
                    targets.extend([new, all]);
                }
                let clear = (self.side != Side::Right || self.request_behind())
                    && self.names_request()
                    && self.bare_subject()
                    && !self.is_among();
                Meaning::new("N3", targets, clear && whole)
            }
        }
    }

    /// Whether 其中 and a number before it make this one a part.
    fn is_part(&self, before: Range<usize>) -> bool {
        let c = self.clause;
        let of = c.keys(before).rev().find(|(_, key)| *key == Key::Of);
        of.is_some_and(|(of, _)| {
            c.tokens.start == 0 && of > 0 && (0..of).any(|at| c.is_number(at))
                || (c.tokens.start..of).any(|at| c.is_number(at))
        })
    }

    /// Whether the sentence says how many were carried in, as a part of this number
    /// ("59件（含上年结转12件）") or beside it.
    fn carried_in_beside(&self) -> Option<bool> {
        let c = self.clause;
        let last = ["上年", "去年", "上一年", "往年"];
        let carry = (self.index + 1..c.tokens.end).find(|at| {
            c.key(*at) == Some(Key::Carry) && says(c.before(c.piece_start(*at), *at), &last)
        })?;
        let between: &[char] = c.between(self.index, carry);
        let numbers = (self.index + 1..carry).any(|at| c.is_number(at));
        let inside = says(between, &["含", "其中", "包括"]) && !says(between, &["不含"]);
        Some(!numbers && inside)
    }

    /// Results: a group, a row, or several joined.
    fn items(&self, lines: &'static [&'static str]) -> Meaning {
        let c = self.clause;
        if let Some((all, sure)) = self.joined(lines) {
            let meaning = Meaning::new(rule_of(lines), vec![Target::Items(all)], sure);
            return meaning.or(items(lines));
        }
        // What was public already is told in other words, and counts as granted.
        let told = ["granted_full"] == lines
            && says(
                &c.paragraph.quiet,
                &["主动公开范围", "已主动公开", "告知获取", "已公开"],
            );
        let clear = !told && c.dispute(self.index).is_none();
        if let Some(row) = self.reason(lines) {
            return Meaning::new("N8", vec![Target::Items(vec![row])], clear);
        }
        let meaning = Meaning::new(rule_of(lines), items(lines), clear);
        if lines != ["granted_full"] {
            return meaning;
        }
        // 予以公开 alone may mean both kinds.
        let partial = Key::Items(&["granted_partial"]);
        let all = c.paragraph.tokens.iter();
        if all
            .into_iter()
            .any(|token| token.what == What::Key(partial))
        {
            meaning
        } else {
            meaning.or(vec![Target::Items(vec!["granted"])])
        }
    }

    /// "因本机关不掌握无法提供62件": the row that the reason names, not the group.
    fn reason(&self, lines: &[&str]) -> Option<&'static str> {
        let c = self.clause;
        if !is_group(lines) {
            return None;
        }
        let from = c.piece_start(self.at);
        let rows: Vec<&'static str> = c
            .keys(from..self.at)
            .filter_map(|(_, key)| match key {
                Key::Items([row]) if row.starts_with(lines[0]) => Some(*row),
                _ => None,
            })
            .collect();
        let [row] = rows[..] else { return None };
        (!says(c.before(from, self.at), &["等"])).then_some(row)
    }

    /// Documents, decisions and charges of table 二.
    fn proactive(&self, key: Key) -> Option<Meaning> {
        pub(super) const PART: &[&str] = &[
            "公开", "公示", "发布", "公布", "信息", "重大", "简易", "不予", "免予", "首违", "听证",
            "上传", "归集", "推送", "其中", "申请", "受理", "立案",
        ];
        let c = self.clause;
        let (row, col) = match key {
            Key::Document(row) => (row, self.made(self.at)?.1),
            Key::Make(col) => {
                let mut keys = c.keys(c.tokens.start..self.index).rev();
                let row = keys.find_map(|(_, key)| match key {
                    Key::Document(row) => Some(row),
                    _ => None,
                })?;
                (row, col)
            }
            Key::Power(row) => (row, "decisions"),
            _ => ("admin_fees", "amount_wan_yuan"),
        };
        let target = vec![Target::Proactive(row, col)];
        Some(match key {
            Key::Document(_) | Key::Make(_) => {
                let words = c.before(c.piece_start(self.at), self.index);
                let own = !says(words, &["起草", "名义", "代拟", "提请", "报请"]);
                Meaning::new("N15", target, own && self.side == Side::Own)
            }
            Key::Power(_) => {
                let part = says(c.before(c.piece_start(self.at), self.index), PART);
                Meaning::new("N16", target, !part && self.side == Side::Own)
            }
            _ => Meaning::new("N16", target, self.side == Side::Own),
        })
    }

    /// "不予公开和无法提供30件": both; with 、 between them either both or the last.
    fn joined(&self, lines: &[&'static str]) -> Option<(Vec<&'static str>, bool)> {
        let c = self.clause;
        let mut all = lines.to_vec();
        let mut sure = true;
        let mut at = self.at;
        loop {
            let before = at.checked_sub(1).filter(|at| *at >= c.tokens.start)?;
            let comma = matches!(c.token(before).what, What::Stop('、'));
            let before = if comma {
                before.checked_sub(1)?
            } else {
                before
            };
            let between: String = c.between(before, at).iter().collect();
            let joins = matches!(between.as_str(), "、" | "和" | "及" | "与" | "以及" | "或");
            match c.key(before) {
                Some(Key::Items(more)) if joins && self.side != Side::Right => {
                    all.extend(more);
                    sure &= between != "、";
                    at = before;
                }
                // "撤回和重复申请5件": the words before may be any row.
                Some(Key::Vague(_)) if joins => {
                    sure = false;
                    all.push("other_misc");
                    break;
                }
                _ => break,
            }
        }
        (all.len() > lines.len()).then_some((all, sure))
    }

    /// A group of outcomes right before 答复: "予以公开答复966件".
    fn outcome_before(&self) -> Option<&'static [&'static str]> {
        let c = self.clause;
        let before = self.at.checked_sub(1).filter(|at| *at >= c.tokens.start)?;
        match c.key(before)? {
            Key::Items(lines) if c.between(before, self.at).len() <= 2 => Some(lines),
            _ => None,
        }
    }

    /// Whether a request is what is counted: named beside, or what the sentence
    /// or the heading is about.
    fn names_request(&self) -> bool {
        let c = self.clause;
        let is_request = |key| matches!(key, Key::Request(_));
        let behind = c
            .keys(self.index + 1..self.end)
            .next()
            .is_some_and(|(at, key)| is_request(key) && c.between(self.index, at).len() <= 6);
        if self.request_after().is_some() || behind {
            return true;
        }
        // "收到9件": nothing else may be what came in.
        self.plain(self.at) && self.side != Side::Right && c.gate.at(self.index).requests
    }

    /// Which way 结转 goes.
    fn carry(&self) -> Meaning {
        let c = self.clause;
        let key = c.token(self.at);
        let text = &c.paragraph.quiet;
        let left = c.before(c.piece_start(self.at), self.at);
        let left = &left[left.len().saturating_sub(8)..];
        let right = &text[key.after..text.len().min(key.after + 8)];
        let is_sign = |c: &char| matches!(c, ',' | '、' | ';' | ':' | '。' | '(' | ')');
        let right = &right[..right.iter().position(is_sign).unwrap_or(right.len())];
        let word = &text[key.start..key.after];
        let year_near = |offset: i32| {
            c.year
                .and_then(|year| u16::try_from(i32::from(year) + offset).ok())
        };
        let year_left = self
            .at
            .checked_sub(1)
            .and_then(|at| match c.token(at).what {
                What::Year(year) if c.token(at).after + 3 >= key.start => Some(year),
                _ => None,
            });
        let year_right = c
            .paragraph
            .tokens
            .get(self.at + 1)
            .and_then(|token| match token.what {
                What::Year(year) if token.start <= key.after + 3 => Some(year),
                _ => None,
            });
        let next = ["下", "次年", "明年"];
        let last = ["上年", "去年", "上一年", "往年", "上期", "前一年"];
        let out = says(word, &["下", "延"])
            || says(&right[..right.len().min(4)], &next)
            || year_right.is_some() && year_right == year_near(1);
        let into = says(left, &last)
            || says(&right[..right.len().min(5)], &last)
            || year_left.is_some() && year_left == year_near(-1)
            || year_right.is_some() && year_right == c.year;
        let odd = year_left.is_some() && c.year.is_none();
        let near = self.side != Side::Right || key.start <= c.token(self.index).after + 12;
        // 转入, 延期至 carry requests only into another year.
        let plain = !says(word, &["结转", "转结", "顺延", "下", "跨年"]);
        let clear = near && !odd && !(plain && !out && !into);
        if into && !(out && says(word, &["下", "延"])) {
            Meaning::new("N2", vec![Target::CarriedIn], clear)
        } else if out || year_left.is_some() {
            Meaning::new("N4", vec![Target::CarriedOut], clear)
        } else if self.has(c.tokens.start..self.index, |key| key == Key::Done) {
            Meaning::new("N4", vec![Target::CarriedOut], clear)
        } else {
            // "新收47件、结转12件": either way.
            Meaning::new("N4", vec![Target::CarriedOut], clear).or(vec![Target::CarriedIn])
        }
    }

    /// What was done with documents, said before their name.
    fn made(&self, at: usize) -> Option<(usize, &'static str)> {
        let c = self.clause;
        c.keys(c.piece_start(at)..at)
            .rev()
            .find_map(|(at, key)| match key {
                Key::Make(col) => Some((at, col)),
                _ => None,
            })
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
        let text = &c.paragraph.quiet[from..to];
        let at = |words: &[&str]| {
            let other = words.iter().filter(|word| !c.own.is_called(word));
            other.into_iter().find_map(|word| {
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

impl Clause<'_> {
    fn chars_at(&self, index: usize) -> String {
        let token = self.token(index);
        self.paragraph.quiet[token.start..token.end]
            .iter()
            .collect()
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

fn is_group(lines: &[&str]) -> bool {
    matches!(
        lines,
        ["granted" | "denied" | "unable" | "unprocessed" | "other"]
    )
}

/// The rule on a line or group of results.
pub(super) fn rule_of(lines: &[&str]) -> &'static str {
    match lines {
        [line, ..] if line.starts_with("granted") => "N5",
        ["denied", ..] => "N6",
        ["unable" | "unprocessed" | "other", ..] => "N7",
        _ => "N8",
    }
}

pub(super) fn dispute_rule(rows: &[&str]) -> &'static str {
    if rows.contains(&"review") {
        "N11"
    } else {
        "N12"
    }
}

/// Lines or groups of results, added.
fn items(lines: &[&'static str]) -> Vec<Target> {
    vec![Target::Items(lines.to_vec())]
}

/// Readings of a kind of applicant.
pub(super) fn kinds(kind: &'static str) -> Vec<Target> {
    vec![Target::Kind(kind, false), Target::Kind(kind, true)]
}

/// Disputes of one or several rows, added.
pub(super) fn dispute(rows: &[&'static str], col: &'static str) -> Vec<Target> {
    vec![Target::Dispute(rows.to_vec(), col)]
}
