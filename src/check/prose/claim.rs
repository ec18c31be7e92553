//! What a sentence says not to be there: no requests, no disputes, nothing carried over.
//!
//! **Never:** takes a wish, a rule or a row's label for a statement.
//! Next: `all` for what is said of all, `bind` for numbers.

use std::ops::Range;

use super::all::{all_alike, all_closed, all_of_a_kind, all_of_the_rate, outcomes, zeros};
use super::bound::{Bound, Target, claim, rule_of};
use super::clause::Gate;
use super::number::starts;
use super::phrase::{Key, is_filler};
use super::{Paragraph, What, says};

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
            all_of_the_rate(paragraph, gate, &clause, &mut claims);
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
    let text = &paragraph.normalized;
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
        let behind = &self.paragraph.normalized[self.paragraph.tokens[index].after..];
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
            let before = &self.paragraph.normalized[self.open..start];
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
        let after = &self.paragraph.normalized[self.at + 1..];
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
                let verb = self.open > self.at + 2 || self.paragraph.normalized[self.at] == '未';
                let between =
                    &self.paragraph.normalized[self.open..self.paragraph.tokens[last].start];
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
    let words = &paragraph.normalized[start.min(at)..at];
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
