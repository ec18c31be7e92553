//! What the phrase of a number says: a rule, and what the number is held against.
//!
//! Each phrase is compared with the one sum that it names. Another reading under which
//! the number would be right excuses it: then no problem is reported.
//!
//! **Never:** looks at a cell.
//! Next: `bind`, which asks for every number.

use std::ops::Range;

use super::bound::{Target, dispute, dispute_rule, is_group, items, kinds, rule_of};
use super::phrase::{Key, is_filler};
use super::place::{Place, Side};
use super::{What, says};

/// Words that make a number of disputes those that were decided.
const DECIDED: &[&str] = &["审结", "结案", "判决", "裁定", "裁决", "决定", "办结"];

/// What a phrase says of its number.
pub(super) struct Meaning {
    pub(super) rule: &'static str,
    pub(super) targets: Vec<Target>,
    pub(super) excuses: Vec<Target>,
    pub(super) at_most: bool,
    /// The words of the phrase leave no doubt.
    pub(super) clear: bool,
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

/// Words that may mean a part of several rows.
fn vague(lines: &[&'static str]) -> Meaning {
    let targets = vec![Target::Items(lines.to_vec())];
    let clear = matches!(lines, ["other_misc"] | ["unable_not_held", ..]);
    let meaning = Meaning::new("N8", targets, clear).at_most();
    if lines == ["unable_not_held", "unable_must_create"] {
        meaning.or(vec![Target::Items(vec!["unable"])])
    } else {
        meaning
    }
}

impl Place<'_> {
    /// What the phrase says of the number.
    pub(super) fn meaning(&self, key: Key) -> Option<Meaning> {
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
            Key::Vague(lines) => Some(vague(lines)),
            Key::Kind(kind) => Some(self.kind(kind)),
            Key::Dispute(rows) => self.disputes(rows),
            Key::Outcome(col, clear) => self.outcome(col, clear),
            Key::Document(_) | Key::Make(_) | Key::Power(_) | Key::Charges => self.proactive(key),
            _ => None,
        }
    }

    /// Requests of one kind of applicant.
    fn kind(&self, kind: &'static str) -> Meaning {
        let received = self.has(self.from()..self.at, |key| key == Key::Receive);
        let clear = !received && self.side != Side::Far;
        let meaning = Meaning::new("N9", kinds(kind), clear);
        // 企业 is said of all organisations as well.
        if self.clause.chars_at(self.at).starts_with("企业") {
            meaning.or(kinds(""))
        } else {
            meaning
        }
    }

    /// Disputes, or one outcome of them.
    fn disputes(&self, rows: &'static [&'static str]) -> Option<Meaning> {
        let c = self.clause;
        let rule = dispute_rule(rows);
        if let Some((col, clear)) = self.outcome_of_list() {
            return Some(Meaning::new(rule, dispute(rows, col), clear));
        }
        // "行政复议、行政诉讼均为0" is said of each: `claim` does.
        if rows.len() > 1 && rows.contains(&"review") && self.number.whole() == Some(0) {
            return None;
        }
        let from = c.piece_start(self.at);
        let clear = c.is_own_dispute(self.at)
            && !self.of_others()
            && !self.has(self.index + 1..c.tokens.end, |key| key == Key::Carry)
            && self.side != Side::Right
            && !says(c.between(self.at, self.index), DECIDED)
            && !self.has(from..self.at, |key| matches!(key, Key::Vague(_)));
        Some(Meaning::new(rule, dispute(rows, "total"), clear))
    }

    /// The outcome before the disputes: "维持的行政复议3件、行政诉讼2件" counts one.
    fn outcome_of_list(&self) -> Option<(&'static str, bool)> {
        let c = self.clause;
        let from = c.piece_start(self.at);
        let list = (c.tokens.start..self.at)
            .rev()
            .find(|at| c.is_stop(*at) && c.token(*at).what != What::Stop('、'))
            .map_or(c.tokens.start, |at| at + 1);
        c.keys(list..self.at).rev().find_map(|(at, key)| match key {
            Key::Outcome(col, clear) => {
                let told = at >= from || c.paragraph.normalized[c.token(at).after] == '的';
                told.then_some((col, clear))
            }
            _ => None,
        })
    }

    /// An outcome of the disputes that the clause is about.
    fn outcome(&self, col: &'static str, clear: bool) -> Option<Meaning> {
        let c = self.clause;
        let rows = c.dispute(self.index)?;
        let (from, to) = (self.at.min(self.index), self.at.max(self.index));
        let mut named = c.keys(c.tokens.start..self.index).rev();
        let named = named.find(|(_, key)| matches!(key, Key::Dispute(_)));
        let clear = clear
            && named.is_some_and(|(at, _)| c.is_own_dispute(at))
            && is_filler(c.between(from, to));
        Some(Meaning::new(dispute_rule(rows), dispute(rows, col), clear))
    }

    /// "受理的47件中已办结44件": of those that the number before counts.
    fn is_among(&self) -> bool {
        let c = self.clause;
        let from = self.from();
        let Some(before) = from.checked_sub(1).filter(|at| *at >= c.tokens.start) else {
            return false;
        };
        let text = &c.paragraph.normalized;
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
        let text = &c.paragraph.normalized;
        let covered = c.paragraph.covered(&c.tokens);
        let number = c.token(self.index);
        let before = &text[covered.start.min(number.start)..number.start];
        let after = &text[number.after..covered.end.max(number.after)];
        let own = super::find(after, "信息公开").filter(|_| !says(before, &["信息公开"]));
        own.is_some_and(|own| says(&after[..own], &["其中", "涉及"]))
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
                &c.paragraph.normalized,
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

    /// Which way 结转 goes.
    fn carry(&self) -> Meaning {
        let c = self.clause;
        let key = c.token(self.at);
        let text = &c.paragraph.normalized;
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
        } else if out
            || year_left.is_some()
            || self.has(c.tokens.start..self.index, |key| key == Key::Done)
        {
            Meaning::new("N4", vec![Target::CarriedOut], clear)
        } else {
            // "新收47件、结转12件": what came beside the new ones, though it need not be.
            Meaning::new("N2", vec![Target::CarriedIn], clear).or(vec![Target::CarriedOut])
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
}
