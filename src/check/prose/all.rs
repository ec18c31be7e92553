//! What a sentence says of all without a number: all closed, all upheld, all zero.
//!
//! **Never:** takes what was done in time for what was closed.
//! Next: `claim` for what is said not to be there.

use std::ops::Range;

use super::bound::{Bound, Target, claim, dispute, dispute_rule, kinds, rule_of};
use super::clause::Gate;
use super::number::{Number, Unit};
use super::phrase::{Key, is_filler};
use super::{Paragraph, What, says};

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
pub(super) fn zeros(
    paragraph: &Paragraph,
    gate: &Gate,
    clause: &Range<usize>,
    bound: &[Bound],
    claims: &mut Vec<Bound>,
) {
    let tokens = &paragraph.tokens;
    for (piece, is_none) in pieces(paragraph, clause) {
        let zero = only_zero(paragraph, &piece);
        let none = is_none || ends_with_none(paragraph, &piece);
        if zero.is_none() && !none {
            continue;
        }
        let Some(first) = piece.clone().next() else {
            continue;
        };
        let standing = gate.at(zero.unwrap_or(first));
        if !standing.known {
            continue;
        }
        let Some(named) = named(paragraph, piece.start..zero.unwrap_or(piece.end)) else {
            continue;
        };
        let end = zero.map_or(paragraph.covered(&piece).end, |at| tokens[at].after);
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

/// The pieces of a clause between signs, and whether each ends with a lone 无:
/// "行政诉讼：无" is one piece.
fn pieces(paragraph: &Paragraph, clause: &Range<usize>) -> Vec<(Range<usize>, bool)> {
    let tokens = &paragraph.tokens;
    let is_sign =
        |at: &usize| !tokens[*at].aside && matches!(tokens[*at].what, What::Stop(c) if c != '、');
    let mut pieces = Vec::new();
    let mut from = clause.start;
    while from <= clause.end {
        let end = (from..clause.end).find(is_sign).unwrap_or(clause.end);
        let mut start = from;
        let is_none = paragraph.normalized[paragraph.covered(&(from..end))] == ['无'];
        if is_none && from > clause.start && tokens[from - 1].what == What::Stop(':') {
            let before = (clause.start..from - 1).rev().find(is_sign);
            start = before.map_or(clause.start, |at| at + 1);
        }
        pieces.push((start..end, is_none));
        from = end + 1;
    }
    pieces
}

/// The number of a piece that holds no other, where it is 0.
fn only_zero(paragraph: &Paragraph, piece: &Range<usize>) -> Option<usize> {
    let mut numbers = numbers(paragraph, piece);
    let (at, number) = numbers.next()?;
    let is_zero = numbers.next().is_none() && number.whole() == Some(0);
    is_zero.then_some(at)
}

/// Whether a piece without a number ends with words that say none of all.
fn ends_with_none(paragraph: &Paragraph, piece: &Range<usize>) -> bool {
    let text = &paragraph.normalized[paragraph.covered(piece)];
    let has_number = numbers(paragraph, piece).next().is_some();
    !has_number && ALL_NONE.iter().any(|words| ends(text, words))
}

fn numbers<'a>(
    paragraph: &'a Paragraph,
    piece: &Range<usize>,
) -> impl Iterator<Item = (usize, Number)> + use<'a> {
    piece
        .clone()
        .filter_map(|at| match paragraph.tokens[at].what {
            What::Number(number) => Some((at, number)),
            _ => None,
        })
}

/// Whether a text ends with a word, or with it and 件 or 情况.
fn ends(text: &[char], word: &str) -> bool {
    let plain = |text: &[char]| {
        let mut rest = text.iter().rev();
        word.chars().rev().all(|c| rest.next() == Some(&c))
    };
    let more: [&[char]; 2] = [&['情', '况'], &['件']];
    let mut shorter = more.into_iter().filter_map(|more| text.strip_suffix(more));
    plain(text) || shorter.any(plain)
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
            let joins = paragraph.normalized[paragraph.tokens[at].after..next.start].iter();
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
pub(super) fn all_alike(
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
        let own = || (start..end).filter(|at| !tokens[*at].aside);
        let has = |wanted: fn(Key) -> bool, end: usize| {
            let mut own = own().filter(|at| *at < end);
            own.any(|at| matches!(tokens[at].what, What::Key(key) if wanted(key)))
        };
        let is_plain = own().all(|at| at == index || is_plain_word(tokens[at].what));
        if !is_plain || !gate.at(index).requests {
            continue;
        }
        let all =
            paragraph.normalized[tokens[index].start] == '全' || has(|key| key == Key::All, end);
        // The number before is the total that all are of.
        let mut before = (sentence.start..start).rev();
        let before = before.find(|at| matches!(tokens[*at].what, What::Number(_)));
        let value = before.and_then(|token| total_at(token, bound));
        let asks = has(|key| matches!(key, Key::Request(_)), index);
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

/// A word that may stand beside an outcome of all.
fn is_plain_word(what: What) -> bool {
    matches!(
        what,
        What::Key(Key::All | Key::Request(_) | Key::Done | Key::Receive | Key::Nothing)
    )
}

/// The number at a token, where it is for certain what came in or was closed.
fn total_at(token: usize, bound: &[Bound]) -> Option<i64> {
    let mut totals = bound.iter().filter(|bound| bound.token == Some(token));
    let total = totals.find(|bound| {
        bound.sure
            && bound.scope.is_none()
            && matches!(bound.rule, "N1" | "N3")
            && !bound.number.approximate
    })?;
    total.number.whole()
}

/// "7件，均获维持", "2件，均尚未审结", "1件，结果维持".
pub(super) fn outcomes(
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
        let disputes = disputes_before(index, clause, bound);
        let all = own(|what| what == What::Key(Key::All));
        let words = &paragraph.normalized
            [tokens[start].start.min(tokens[index].start)..tokens[index].start];
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

/// The totals of disputes that a clause states before a token.
fn disputes_before<'a>(index: usize, clause: &Range<usize>, bound: &'a [Bound]) -> Vec<&'a Bound> {
    let is_before = |token: usize| clause.contains(&token) && token < index;
    let is_total = |bound: &&Bound| {
        bound.token.is_some_and(is_before)
            && matches!(bound.targets.first(), Some(Target::Dispute(_, "total")))
    };
    bound.iter().filter(is_total).collect()
}

/// "均为自然人": the kind has all there are.
pub(super) fn all_of_a_kind(paragraph: &Paragraph, clause: &Range<usize>, claims: &mut Vec<Bound>) {
    let tokens = &paragraph.tokens;
    for index in clause.clone().skip(1) {
        let (What::Key(Key::All), What::Key(Key::Kind(kind))) =
            (tokens[index - 1].what, tokens[index].what)
        else {
            continue;
        };
        let between = &paragraph.normalized[tokens[index - 1].after..tokens[index].start];
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

/// "办结率100%": nothing is carried over.
pub(super) fn all_of_the_rate(
    paragraph: &Paragraph,
    gate: &Gate,
    clause: &Range<usize>,
    claims: &mut Vec<Bound>,
) {
    let tokens = &paragraph.tokens;
    // Where it is told how many were closed, the rate is of those that were due; one
    // that rose or fell is some other rate.
    let other = tokens[clause.clone()].iter().any(|token| {
        matches!(
            token.what,
            What::Key(Key::Done | Key::Change | Key::LastYear)
        )
    });
    if other {
        return;
    }
    for index in clause.clone() {
        let rate = &tokens[index];
        let is_rate = paragraph.normalized[rate.start..rate.end] == ['办', '结', '率'];
        let next = tokens.get(index + 1).filter(|_| index + 1 < clause.end);
        let Some(next) = next.filter(|_| is_rate) else {
            continue;
        };
        let whole = match next.what {
            What::Number(number) => {
                number.unit == Unit::Percent && number.whole() == Some(100) && !number.approximate
            }
            _ => false,
        };
        let ends = !tokens[index + 2..clause.end]
            .iter()
            .any(|token| matches!(token.what, What::Number(_)));
        // 按时办结率 is of those that were due.
        let due = rate.start.saturating_sub(6)..rate.start;
        let plain = is_filler(&paragraph.normalized[rate.after..next.start])
            && !says(&paragraph.normalized[due], &["时", "期", "限", "率"]);
        if whole && plain && ends {
            let sure = gate.at(index + 1).requests;
            let range = rate.start..next.after;
            let mut found = claim("N22", 0, range, vec![Target::CarriedOut], sure);
            found.number.unit = Unit::Percent;
            claims.push(found);
        }
    }
}

/// "全部办结", "均已办结": nothing is carried over.
pub(super) fn all_closed(
    paragraph: &Paragraph,
    gate: &Gate,
    sentence: &Range<usize>,
    bound: &[Bound],
    claims: &mut Vec<Bound>,
) {
    let tokens = &paragraph.tokens;
    for index in sentence.clone().skip(1) {
        if tokens[index].what != What::Key(Key::Done) {
            continue;
        }
        let Some(all) = closes_all(paragraph, sentence, index) else {
            continue;
        };
        let near =
            &paragraph.normalized[tokens[all].after.min(tokens[index].start)..tokens[index].start];
        // "除3件结转外，其余均已办结".
        let before_all =
            &paragraph.normalized[paragraph.covered(sentence).start..tokens[all].start];
        if says(before_all, &["除", "其余", "剩余"]) || in_time(paragraph, all, index) {
            continue;
        }
        let before = sentence.start..index;
        let asks = |at: usize| matches!(tokens[at].what, What::Key(Key::Request(_)));
        let said = || {
            let inside = |token: Option<usize>| token.is_some_and(|token| before.contains(&token));
            bound.iter().filter(move |bound| inside(bound.token))
        };
        let about = before.clone().any(asks)
            || all == index && gate.at(index).requests
            || said().any(|bound| bound.rule == "N1");
        if !about || before.clone().any(|at| is_of_other(tokens[at].what)) {
            continue;
        }
        let scoped = said().any(|bound| bound.scope.is_some()) || !gate.at(index).requests;
        let word: String = paragraph.normalized[tokens[index].start..tokens[index].end]
            .iter()
            .collect();
        let closing = ["办结", "办理完", "处理完"]
            .iter()
            .any(|done| word.contains(done));
        let close = near.len() <= 2
            && near
                .iter()
                .all(|c| matches!(c, '现' | '已' | '予' | '以' | '按' | '获' | '得'));
        // 答复 alone need not close a case; 已全部答复 does.
        let lead = tokens[all]
            .start
            .checked_sub(1)
            .map(|at| paragraph.normalized[at]);
        let already = (near.contains(&'已') || lead == Some('已')) && word == "答复";
        let sure = close && !scoped && (closing || already);
        let range = tokens[all].start..tokens[index].after;
        claims.push(claim("N22", 0, range, vec![Target::CarriedOut], sure));
    }
}

/// The token that says that the closing at `index` is of all: 均, 现已, or 全部 behind.
fn closes_all(paragraph: &Paragraph, sentence: &Range<usize>, index: usize) -> Option<usize> {
    let tokens = &paragraph.tokens;
    let is_all = |at: usize| tokens[at].what == What::Key(Key::All);
    let all = (sentence.start..index)
        .rev()
        .find(|at| is_all(*at) && tokens[*at].after + 8 >= tokens[index].start);
    // "收到9件，现已办结".
    let now = || {
        let start = tokens[index].start;
        let lead = &paragraph.normalized[start.saturating_sub(2)..start];
        let stop = index
            .checked_sub(1)
            .filter(|at| matches!(tokens[*at].what, What::Stop(_)));
        stop.filter(|_| lead == ['现', '已'])
    };
    // "现已办结全部申请".
    let behind = || {
        let next = index + 1;
        let all = next < sentence.end && is_all(next);
        (all && tokens[next].start == tokens[index].after).then_some(index)
    };
    all.or_else(now).or_else(behind)
}

/// Whether the words around say that all was done in time, not that all is done.
fn in_time(paragraph: &Paragraph, all: usize, index: usize) -> bool {
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
    let start = tokens[all].start.saturating_sub(10);
    let end = (tokens[index].after + 4).min(paragraph.normalized.len());
    says(&paragraph.normalized[start..end], IN_TIME)
}

/// Whether a phrase makes what follows a part, or something else.
fn is_of_other(what: What) -> bool {
    matches!(
        what,
        What::Key(
            Key::Alien | Key::LastYear | Key::Carry | Key::Kind(_) | Key::Channel | Key::Dispute(_)
        )
    )
}
