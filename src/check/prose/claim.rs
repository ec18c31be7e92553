//! What a sentence says without a number: none, all closed, all upheld.
//!
//! **Never:** takes a wish, a rule or a row's label for a statement.
//! Next: `bind` for numbers.

use std::ops::Range;

use crate::base::number::Decimal;

use super::bind::{Bound, Target, dispute, dispute_rule, kinds, rule_of};
use super::clause::Gate;
use super::number::{Number, Unit, starts};
use super::phrase::{Key, is_filler};
use super::{Paragraph, What, says};

/// A claim: a number in words.
fn claim(
    rule: &'static str,
    value: i64,
    range: Range<usize>,
    targets: Vec<Target>,
    sure: bool,
) -> Bound {
    Bound {
        rule,
        number: Number {
            value: Decimal::whole(value),
            unit: Unit::Case,
            name: "",
            approximate: false,
        },
        token: None,
        phrase: range.clone(),
        range,
        targets,
        excuses: Vec::new(),
        at_most: false,
        sure,
        scope: None,
    }
}

/// Everything a paragraph claims; `bound` is what its numbers say.
pub(in crate::check) fn claims(paragraph: &Paragraph, gate: &Gate, bound: &[Bound]) -> Vec<Bound> {
    let mut claims = Vec::new();
    if paragraph.is_heading {
        return claims;
    }
    for clause in paragraph.clauses() {
        let covered = paragraph.covered(&clause);
        none(paragraph, gate, &clause, covered.clone(), &mut claims);
        zeros(paragraph, gate, &clause, bound, &mut claims);
        if paragraph.disclosure {
            outcomes(paragraph, gate, &clause, bound, &mut claims);
        }
        if paragraph.gate {
            all_of_a_kind(paragraph, &clause, &mut claims);
        }
    }
    if paragraph.gate {
        for sentence in paragraph.sentences() {
            all_closed(paragraph, gate, &sentence, bound, &mut claims);
            all_alike(paragraph, gate, &sentence, bound, &mut claims);
        }
    }
    claims
}

/// Verbs behind 未, which says nothing without one.
const HAPPENED: &[&str] = &[
    "发生过",
    "发生",
    "出现",
    "收到过",
    "收到",
    "接到",
    "产生",
    "引发",
    "受理",
    "接收",
    "被",
    "涉及",
    "提起",
    "存在",
    "新增",
    "接获",
    "因",
    "制发",
    "制定",
    "印发",
    "出台",
    "废止",
    "收悉",
    "有",
];

/// Whether a negation may begin with this character.
const fn is_negative(c: char) -> bool {
    matches!(c, '未' | '没' | '无' | '零')
}

/// Where a statement of none begins: behind the negation and its verb.
fn negation(text: &[char], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map_or('\0', |at| text[at]);
    let open = match text[at] {
        '未' if before != '尚' || at > 0 => {
            let verb = HAPPENED.iter().find(|verb| starts(text, at + 1, verb))?;
            // 未有效, 未被告知, 未收到答复: the verb must take what follows as it is.
            return Some(at + 1 + verb.chars().count());
        }
        '零' => at + 1,
        '没' if starts(text, at, "没有") => at + 2,
        '没' if starts(text, at, "没") => at + 1,
        '无' if !matches!(before, '有' | '并' | '绝' | '全') || before == '并' => at + 1,
        _ => return None,
    };
    let next = text.get(open).copied().unwrap_or('\0');
    if text[at] == '无' && "法正线障论关需偿效缝人处不纸从愧端数损害条形缘故".contains(next)
    {
        return None;
    }
    let verb = HAPPENED.iter().find(|verb| starts(text, open, verb));
    Some(open + verb.map_or(0, |verb| verb.chars().count()))
}

/// "未发生行政复议、行政诉讼", "没有收到申请", "无结转".
fn none(
    paragraph: &Paragraph,
    gate: &Gate,
    clause: &Range<usize>,
    covered: Range<usize>,
    claims: &mut Vec<Bound>,
) {
    const FARTHEST: usize = 60;
    let text = &paragraph.quiet;
    let mut from = covered.start;
    while let Some(at) = (from..covered.end).find(|at| is_negative(text[*at])) {
        let inside = || {
            let mut tokens = paragraph.tokens[clause.clone()].iter();
            tokens.any(|token| {
                token.start < at && at < token.end && matches!(token.what, What::Key(_))
            })
        };
        let Some(open) = negation(text, at).filter(|_| !inside()) else {
            from = at + 1;
            continue;
        };
        let reach: Vec<usize> = clause
            .clone()
            .skip_while(|index| paragraph.tokens[*index].start < open)
            .take_while(|index| {
                let token = &paragraph.tokens[*index];
                token.after <= open + FARTHEST
                    && (token.aside || !matches!(token.what, What::Stop(',' | ':' | '(' | ')')))
            })
            .collect();
        let end = reach
            .last()
            .map_or(open, |index| paragraph.tokens[*index].after);
        // 零 denies only what stands right behind it.
        let zero = text[at] == '零';
        if !zero
            || reach
                .first()
                .is_some_and(|first| paragraph.tokens[*first].start == open)
        {
            let reach = if zero { &reach[..1] } else { &reach[..] };
            span(paragraph, gate, (at, open), reach, clause, claims);
        }
        from = end.max(open);
    }
}

/// What is said not to be there.
struct Span<'a> {
    paragraph: &'a Paragraph,
    gate: &'a Gate,
    clause: &'a Range<usize>,
    /// Its first character, and the one behind the verb.
    at: usize,
    open: usize,
    keys: Vec<(usize, Key)>,
}

fn span(
    paragraph: &Paragraph,
    gate: &Gate,
    (at, open): (usize, usize),
    reach: &[usize],
    clause: &Range<usize>,
    claims: &mut Vec<Bound>,
) {
    let tokens = &paragraph.tokens;
    // A number says it itself, and with a number nothing is none.
    if reach
        .iter()
        .any(|index| matches!(tokens[*index].what, What::Number(_)))
    {
        return;
    }
    let keys = reach
        .iter()
        .filter(|index| !tokens[**index].aside)
        .filter_map(|index| match tokens[*index].what {
            What::Key(key) => Some((*index, key)),
            _ => None,
        })
        .collect();
    let span = Span {
        paragraph,
        gate,
        clause,
        at,
        open,
        keys,
    };
    if span.disputes(claims) || span.documents(claims) {
        return;
    }
    if paragraph.gate && !span.results(claims) {
        span.requests(claims);
    }
}

impl Span<'_> {
    /// The rest of the piece behind a token.
    fn rest(&self, index: usize) -> &[char] {
        let behind = &self.paragraph.quiet[self.paragraph.tokens[index].after..];
        let is_sign = |c: &char| matches!(c, ',' | '、' | ':' | ';' | '。' | '(' | ')' | '!');
        &behind[..behind.iter().position(is_sign).unwrap_or(behind.len())]
    }

    fn words(&self, index: usize) -> Range<usize> {
        self.at..self.paragraph.tokens[index].after
    }

    fn has(&self, wanted: impl Fn(Key) -> bool) -> bool {
        self.keys.iter().any(|(_, key)| wanted(*key))
    }

    fn is_spoiled(&self) -> bool {
        self.has(|key| {
            matches!(
                key,
                Key::Outcome(..) | Key::Items(_) | Key::Done | Key::Change | Key::Channel
            )
        })
    }

    /// "未发生行政复议、行政诉讼案件".
    fn disputes(&self, claims: &mut Vec<Bound>) -> bool {
        const ON: &[&str] = &[
            "和", "及", "以及", "或", "与", "等", "的", "案", "事", "情", "件", "申请", "纠纷",
            "现象", "引",
        ];
        const ELSE: &[&str] = &[
            "败诉", "纠正", "纠错", "撤销", "违法", "超期", "逾期", "变更", "风险", "反馈", "渠道",
            "规定", "不满", "差错",
        ];
        if self.is_spoiled() || self.has(|key| key == Key::LastYear) {
            return false;
        }
        let mut found = false;
        for (index, key) in &self.keys {
            let Key::Dispute(rows) = key else { continue };
            let rest = self.rest(*index);
            let goes_on = ON.iter().any(|word| starts(rest, 0, word)) || is_filler(rest);
            let start = self.paragraph.tokens[*index].start.max(self.open);
            let before = &self.paragraph.quiet[self.open..start];
            if !goes_on || says(rest, ELSE) || says(before, ELSE) {
                continue;
            }
            found = true;
            let parts: Vec<&'static [&'static str]> = match rows.len() {
                3 => vec![&["review"], &["suit_direct", "suit_after_review"]],
                _ => vec![rows],
            };
            for rows in parts {
                let target = Target::Dispute(rows.to_vec(), "total");
                let sure = self.gate.at(*index).disclosed;
                claims.push(claim("N13", 0, self.words(*index), vec![target], sure));
            }
        }
        found
    }

    /// "未制发规范性文件", "无废止".
    fn documents(&self, claims: &mut Vec<Bound>) -> bool {
        let row = self.keys.iter().find_map(|(at, key)| match key {
            Key::Document(row) => Some((*at, *row)),
            _ => None,
        });
        let Some((last, row)) = row else { return false };
        let made = self.keys.iter().find_map(|(_, key)| match key {
            Key::Make(col) => Some(*col),
            _ => None,
        });
        let after = &self.paragraph.quiet[self.at + 1..];
        let verb = &after[..after.len().min(4)];
        let made =
            made.or_else(|| says(verb, &["制发", "制定", "印发", "出台"]).then_some("issued"));
        let made = made.or_else(|| says(verb, &["废止"]).then_some("repealed"));
        let own = |key| matches!(key, Key::Document(_) | Key::Make(_) | Key::Nothing);
        if let (Some(col), true) = (made, self.keys.iter().all(|(_, key)| own(*key))) {
            let sure = self.gate.at(last).known && is_filler(self.rest(last));
            let target = Target::Proactive(row, col);
            claims.push(claim("N15", 0, self.words(last), vec![target], sure));
        }
        true
    }

    /// "没有不予公开的情形".
    fn results(&self, claims: &mut Vec<Bound>) -> bool {
        let mut found = false;
        let plain = |key| matches!(key, Key::Items(_) | Key::Request(_) | Key::Nothing);
        let all = self.keys.iter().all(|(_, key)| plain(*key));
        for (index, key) in &self.keys {
            let Key::Items(lines) = key else { continue };
            found = true;
            if all && self.gate.at(*index).requests {
                let target = Target::Items(lines.to_vec());
                let rule = rule_of(lines);
                claims.push(claim(rule, 0, self.words(*index), vec![target], true));
            }
        }
        found
    }

    /// "没有收到政府信息公开申请", "无结转".
    fn requests(&self, claims: &mut Vec<Bound>) {
        let Some((last, key)) = self.keys.last().copied() else {
            return;
        };
        let last_year = self.has(|key| key == Key::LastYear);
        // "无上年结转政府信息公开申请" is about what was carried in.
        let carried = last_year && self.has(|key| key == Key::Carry);
        let key = if carried { Key::Carry } else { key };
        let direct = self.paragraph.tokens[last].start <= self.open + 6;
        let whole = is_filler(self.rest(last));
        match key {
            Key::Carry if direct || last_year => {
                let (rule, target) = if last_year {
                    ("N2", Target::CarriedIn)
                } else {
                    ("N4", Target::CarriedOut)
                };
                let own = |key| {
                    matches!(
                        key,
                        Key::Carry | Key::LastYear | Key::Request(_) | Key::Handle
                    )
                };
                if self.keys.iter().all(|(_, key)| own(*key)) {
                    let sure = whole && self.gate.at(last).continues;
                    claims.push(claim(rule, 0, self.words(last), vec![target], sure));
                }
            }
            Key::Request(strong) if !self.is_spoiled() && !last_year => {
                let own = |key| {
                    matches!(
                        key,
                        Key::Request(_) | Key::Receive | Key::Nothing | Key::Alien
                    )
                };
                let verb = self.open > self.at + 2 || self.paragraph.quiet[self.at] == '未';
                let between = &self.paragraph.quiet[self.open..self.paragraph.tokens[last].start];
                let whole = whole && !says(between, SOME);
                if whole && (strong || verb) && self.keys.iter().all(|(_, key)| own(*key)) {
                    let standing = self.gate.at(last);
                    let sure = standing.known
                        && (strong || standing.requests)
                        && !has_scope(self.paragraph, self.clause, self.at);
                    let target = vec![Target::New];
                    claims.push(claim("N14", 0, self.words(last), target, sure));
                }
            }
            _ => {}
        }
    }
}

/// Words that make the requests that there were none of a few among others.
const SOME: &[&str] = &[
    "处理费",
    "收取",
    "收费",
    "缴费",
    "补正",
    "延期",
    "延长",
    "超期",
    "逾期",
    "不服",
    "不满",
    "撤回",
    "重复",
    "不予",
    "不属于",
    "无法",
];

fn has_scope(paragraph: &Paragraph, clause: &Range<usize>, at: usize) -> bool {
    let start = paragraph.covered(clause).start;
    let words = &paragraph.quiet[start.min(at)..at];
    // 12月31日 is a day of all the year; 5月 is a part of it.
    let month = |at: usize| !words.get(at + 1).is_some_and(char::is_ascii_digit);
    let mut places = words.iter().enumerate();
    places.any(|(at, c)| *c == '月' && month(at))
        || says(
            words,
            &[
                "部分", "本级", "街道", "乡镇", "季度", "代表", "上年", "去年",
            ],
        )
}

/// Words at the end of a piece that say none of all that it names.
const ALL_NONE: &[&str] = &[
    "均为零",
    "为零",
    "均无",
    "均未发生",
    "均未收到",
    "均没有",
    "均未产生",
    "均为零件",
    "皆为零",
    "都为零",
    "都没有",
    "零发生",
];

/// "申请、复议、诉讼均为0": said of each.
fn zeros(
    paragraph: &Paragraph,
    gate: &Gate,
    clause: &Range<usize>,
    bound: &[Bound],
    claims: &mut Vec<Bound>,
) {
    let tokens = &paragraph.tokens;
    let is_sign =
        |at: usize| !tokens[at].aside && matches!(tokens[at].what, What::Stop(c) if c != '、');
    let mut from = clause.start;
    while from <= clause.end {
        let end = (from..clause.end)
            .find(|at| is_sign(*at))
            .unwrap_or(clause.end);
        let mut piece = from..end;
        from = end + 1;
        let chars = paragraph.covered(&piece);
        // "行政诉讼：无".
        let bare = paragraph.quiet[chars] == ['无'];
        if bare && piece.start > clause.start && tokens[piece.start - 1].what == What::Stop(':') {
            let start = (clause.start..piece.start - 1)
                .rev()
                .find(|at| is_sign(*at));
            piece.start = start.map_or(clause.start, |at| at + 1);
        }
        let numbers: Vec<usize> = piece
            .clone()
            .filter(|at| matches!(tokens[*at].what, What::Number(_)))
            .collect();
        let chars = paragraph.covered(&piece);
        let zero = match numbers[..] {
            [only] => match tokens[only].what {
                What::Number(number) if number.whole() == Some(0) => Some(only),
                _ => None,
            },
            _ => None,
        };
        let text = &paragraph.quiet[chars.clone()];
        let none = bare || numbers.is_empty() && ALL_NONE.iter().any(|words| ends(text, words));
        if zero.is_none() && !none {
            continue;
        }
        let last = zero.unwrap_or(piece.end);
        let Some(first) = piece.clone().next() else {
            continue;
        };
        let standing = gate.at(zero.unwrap_or(first));
        if !standing.known {
            continue;
        }
        let Some(named) = named(paragraph, piece.start..last) else {
            continue;
        };
        let end = zero.map_or(chars.end, |at| tokens[at].after);
        for (index, rule, target) in &named {
            let is_bound = bound.iter().any(|bound| {
                bound.token == zero && zero.is_some() && bound.targets.contains(target)
            });
            let sure = match rule {
                &"N13" => standing.disclosed,
                _ => standing.requests,
            };
            if !is_bound && (none || named.len() > 1) {
                let range = tokens[*index].start..end;
                let mut found = claim(rule, 0, range, vec![target.clone()], sure);
                found.token = zero;
                claims.push(found);
            }
        }
    }
}

/// Whether a text ends with a word, or with it and 件 or 情况.
fn ends(text: &[char], word: &str) -> bool {
    let tail: Vec<char> = word.chars().collect();
    let plain = |tail: &[char]| text.ends_with(tail);
    plain(&tail)
        || plain(&[&tail[..], &['情', '况']].concat())
        || plain(&[&tail[..], &['件']].concat())
}

/// What a list names, each with its rule and its total; None where it names more.
fn named(
    paragraph: &Paragraph,
    tokens: Range<usize>,
) -> Option<Vec<(usize, &'static str, Target)>> {
    let mut named: Vec<(usize, &'static str, Target)> = Vec::new();
    for at in tokens {
        if paragraph.tokens[at].aside {
            continue;
        }
        let What::Key(key) = paragraph.tokens[at].what else {
            continue;
        };
        let mut add = |rule, target: Target| {
            if !named.iter().any(|(_, _, known)| *known == target) {
                named.push((at, rule, target));
            }
        };
        // "因依申请公开引起的行政复议": the request is only the cause.
        let next = paragraph.tokens.get(at + 1).filter(|next| {
            let joins = paragraph.quiet[paragraph.tokens[at].after..next.start].iter();
            joins
                .clone()
                .any(|c| !matches!(c, '、' | '和' | '及' | '与' | '或' | '以'))
        });
        let causes = matches!(next.map(|next| next.what), Some(What::Key(Key::Dispute(_))));
        match key {
            Key::Request(_) if causes => {}
            Key::Request(_) | Key::Receive | Key::New => add("N14", Target::New),
            Key::Done => add("N3", Target::Processed),
            Key::Items(lines) => add(rule_of(lines), Target::Items(lines.to_vec())),
            Key::Dispute(rows) => {
                let total = |rows: &[&'static str]| Target::Dispute(rows.to_vec(), "total");
                if rows.len() == 3 {
                    add("N13", total(&["review"]));
                    add("N13", total(&["suit_direct", "suit_after_review"]));
                } else {
                    add("N13", total(rows));
                }
            }
            Key::All | Key::Each | Key::Handle => {}
            _ => return None,
        }
    }
    Some(named)
}

/// "9件，均予以公开"; "1件，部分公开": all that came in has one result.
fn all_alike(
    paragraph: &Paragraph,
    gate: &Gate,
    sentence: &Range<usize>,
    bound: &[Bound],
    claims: &mut Vec<Bound>,
) {
    let tokens = &paragraph.tokens;
    let is_sign = |at: usize| !tokens[at].aside && matches!(tokens[at].what, What::Stop(_));
    for index in sentence.clone() {
        let What::Key(Key::Items(lines)) = tokens[index].what else {
            continue;
        };
        let start = (sentence.start..index).rev().find(|at| is_sign(*at));
        let start = start.map_or(sentence.start, |at| at + 1);
        let end = (index..sentence.end)
            .find(|at| is_sign(*at))
            .unwrap_or(sentence.end);
        let number = |at: &usize| matches!(tokens[*at].what, What::Number(_));
        let own = || (start..end).filter(|at| !tokens[*at].aside);
        let plain = own().all(|at| match tokens[at].what {
            What::Key(key) => {
                at == index
                    || matches!(
                        key,
                        Key::All | Key::Request(_) | Key::Done | Key::Receive | Key::Nothing
                    )
            }
            _ => false,
        });
        if !plain || !gate.at(index).requests {
            continue;
        }
        let word: String = paragraph.quiet[tokens[index].start..tokens[index].end]
            .iter()
            .collect();
        let all = word.starts_with('全') || own().any(|at| tokens[at].what == What::Key(Key::All));
        // The number before is the total that all are of.
        let before = (sentence.start..start).rev().find(number);
        let total = before.and_then(|token| {
            let mut totals = bound.iter().filter(|bound| bound.token == Some(token));
            totals.find(|bound| {
                bound.sure
                    && bound.scope.is_none()
                    && matches!(bound.rule, "N1" | "N3")
                    && !bound.number.approximate
            })
        });
        let value = total.and_then(|bound| bound.number.whole());
        let asks =
            own().any(|at| at < index && matches!(tokens[at].what, What::Key(Key::Request(_))));
        let rule = rule_of(lines);
        let targets = vec![Target::Items(lines.to_vec())];
        let range = tokens[start].start..tokens[index].after;
        let mut found = match (value, before) {
            (Some(value), _) if all || value == 1 => claim(rule, value, range, targets, true),
            (None, None) if all && asks => {
                let mut found = claim(rule, 0, range, targets, true);
                found.number.name = "all";
                found
            }
            _ => continue,
        };
        found.at_most = true;
        claims.push(found);
    }
}

/// "7件，均获维持", "2件，均尚未审结", "1件，结果维持".
fn outcomes(
    paragraph: &Paragraph,
    gate: &Gate,
    clause: &Range<usize>,
    bound: &[Bound],
    claims: &mut Vec<Bound>,
) {
    let tokens = &paragraph.tokens;
    for index in clause.clone() {
        let What::Key(Key::Outcome(col, clear)) = tokens[index].what else {
            continue;
        };
        let is_stop = |at: &usize| matches!(tokens[*at].what, What::Stop(_) | What::Number(_));
        let start = (clause.start..index)
            .rev()
            .find(is_stop)
            .map_or(clause.start, |at| at + 1);
        let end = (index..clause.end).find(is_stop).unwrap_or(clause.end);
        let own = |wanted: fn(What) -> bool| (start..end).any(|at| wanted(tokens[at].what));
        if own(|what| matches!(what, What::Number(_))) {
            continue;
        }
        let disputes: Vec<&Bound> = bound
            .iter()
            .filter(|bound| {
                bound
                    .token
                    .is_some_and(|token| clause.contains(&token) && token < index)
                    && matches!(bound.targets.first(), Some(Target::Dispute(_, "total")))
            })
            .collect();
        let all = own(|what| what == What::Key(Key::All));
        let words =
            &paragraph.quiet[tokens[start].start.min(tokens[index].start)..tokens[index].start];
        if says(words, &["未", "无", "没"]) {
            continue;
        }
        let last = disputes.last().and_then(|bound| bound.token);
        let follows = last.is_some_and(|token| {
            (token + 1..start).all(|at| matches!(tokens[at].what, What::Stop(',' | '(')))
        });
        if !follows {
            continue;
        }
        for dispute_bound in disputes {
            let Some(Target::Dispute(rows, _)) = dispute_bound.targets.first() else {
                continue;
            };
            let one = dispute_bound.number.whole() == Some(1);
            let mine = dispute_bound.token == last;
            if !(all || one && mine) {
                continue;
            }
            let range = dispute_bound.phrase.start..tokens[index].after;
            let mut found = claim(
                dispute_rule(rows),
                dispute_bound.number.whole().unwrap_or(0),
                tokens[index].start..tokens[index].after,
                dispute(rows, col),
                dispute_bound.sure && gate.at(index).known && (clear || all),
            );
            found.phrase = range;
            claims.push(found);
        }
    }
}

/// "均为自然人": the kind has all there are.
fn all_of_a_kind(paragraph: &Paragraph, clause: &Range<usize>, claims: &mut Vec<Bound>) {
    let tokens = &paragraph.tokens;
    for index in clause.clone().skip(1) {
        let (What::Key(Key::All), What::Key(Key::Kind(kind))) =
            (tokens[index - 1].what, tokens[index].what)
        else {
            continue;
        };
        let between = &paragraph.quiet[tokens[index - 1].after..tokens[index].start];
        let words: String = between.iter().collect();
        let numbered = paragraph.tokens[index + 1..clause.end]
            .iter()
            .take(2)
            .any(|token| matches!(token.what, What::Number(_)));
        if clause.contains(&(index - 1))
            && matches!(words.as_str(), "" | "为" | "是" | "系" | "由")
            && !numbered
        {
            let range = tokens[index - 1].start..tokens[index].after;
            let mut found = claim("N9", 0, range, kinds(kind), true);
            // The number is what the row holds: `facts` knows it.
            found.number.name = "all";
            claims.push(found);
        }
    }
}

/// "全部办结", "均已办结": nothing is carried over.
fn all_closed(
    paragraph: &Paragraph,
    gate: &Gate,
    sentence: &Range<usize>,
    bound: &[Bound],
    claims: &mut Vec<Bound>,
) {
    const IN_TIME: &[&str] = &[
        "期限",
        "时限",
        "按时",
        "按期",
        "及时",
        "法定",
        "规定时间",
        "时间内",
        "应答复",
    ];
    let tokens = &paragraph.tokens;
    for index in sentence.clone().skip(1) {
        let What::Key(Key::Done) = tokens[index].what else {
            continue;
        };
        let word: String = paragraph.quiet[tokens[index].start..tokens[index].end]
            .iter()
            .collect();
        let closing = ["办结", "办理完", "处理完"]
            .iter()
            .any(|done| word.contains(done));
        let all = (sentence.start..index).rev().find(|at| {
            matches!(tokens[*at].what, What::Key(Key::All))
                && tokens[*at].after + 8 >= tokens[index].start
        });
        // "收到9件，现已办结".
        let now = || {
            let start = tokens[index].start;
            let lead = &paragraph.quiet[start.saturating_sub(2)..start];
            let stop = index
                .checked_sub(1)
                .filter(|at| matches!(tokens[*at].what, What::Stop(_)));
            stop.filter(|_| lead == ['现', '已'])
        };
        // "现已办结全部申请".
        let behind = || {
            let next = index + 1;
            let all = next < sentence.end && tokens[next].what == What::Key(Key::All);
            (all && tokens[next].start == tokens[index].after).then_some(index)
        };
        let Some(all) = all.or_else(now).or_else(behind) else {
            continue;
        };
        let near =
            &paragraph.quiet[tokens[all].after.min(tokens[index].start)..tokens[index].start];
        let start = tokens[all].start.saturating_sub(10);
        let around = &paragraph.quiet[start..(tokens[index].after + 4).min(paragraph.quiet.len())];
        // "除3件结转外，其余均已办结".
        let before_all = &paragraph.quiet[paragraph.covered(sentence).start..tokens[all].start];
        if says(before_all, &["除", "其余", "剩余"]) {
            continue;
        }
        if says(around, IN_TIME) || says(&word.chars().collect::<Vec<_>>(), IN_TIME) {
            continue;
        }
        let before = sentence.start..index;
        let about = before
            .clone()
            .any(|at| matches!(tokens[at].what, What::Key(Key::Request(_))))
            || all == index && gate.at(index).requests
            || bound.iter().any(|bound| {
                bound.token.is_some_and(|token| before.contains(&token)) && bound.rule == "N1"
            });
        let other = before.clone().any(|at| {
            matches!(
                tokens[at].what,
                What::Key(
                    Key::Alien
                        | Key::LastYear
                        | Key::Carry
                        | Key::Kind(_)
                        | Key::Channel
                        | Key::Dispute(_)
                )
            )
        });
        let scoped = bound.iter().any(|bound| {
            bound.token.is_some_and(|token| before.contains(&token)) && bound.scope.is_some()
        });
        if !about || other {
            continue;
        }
        let close = near.len() <= 2
            && near
                .iter()
                .all(|c| matches!(c, '已' | '予' | '以' | '按' | '获' | '得'));
        let scoped = scoped || !gate.at(index).requests;
        let sure = close && closing && !scoped;
        let sure = sure || close && !scoped && near.contains(&'已') && word == "答复";
        let range = tokens[all].start..tokens[index].after;
        claims.push(claim("N22", 0, range, vec![Target::CarriedOut], sure));
    }
}
