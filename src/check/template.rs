//! What a template left in a text: marks where a number should stand, sentences that
//! ask to be replaced, units without their number.
//!
//! **Never:** asks whether the number would be right.
//! Next: `residue` for what an older report left.

use std::ops::Range;

use crate::base::words::words;

use super::context::Written;
use super::problem::{Problem, Site, quoted};
use super::rule::{About, CUSTOM, Rule, Severity};

pub(super) static R_BLANK: Rule = Rule {
    code: "R-BLANK",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("没有填的模板", "a template left unfilled"),
    says: &[words(
        "【{found}】像是没有填的模板",
        "\"{found}\" looks like a template left unfilled",
    )],
    next: words("填上数字，或删去", "fill in the number, or take it out"),
    doc: words(
        "模板里要人填的地方还在：XX件、____件、（ ）件、请根据实际情况填写。",
        "A place of the template that was to be filled in still stands there.",
    ),
    about: About::Report,
};

pub(super) static R_GAP: Rule = Rule {
    code: "R-GAP",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("漏写数字", "number left out"),
    says: &[words(
        "【{found}】前面少了数字",
        "A number is missing before \"{found}\"",
    )],
    next: words("补上数字", "fill in the number"),
    doc: words(
        "模板里留空的地方没有填：【公开条】【收到件】。",
        "A gap of the template was not filled in.",
    ),
    about: About::Report,
};

/// Units that a number is left out before.
const UNITS: &[&str] = &[
    "件", "条", "份", "次", "人", "个", "项", "篇", "元", "万元", "年", "月", "日", "宗", "起",
    "%", "期", "场", "家", "类", "部",
];

/// Sentences that a template asks its reader to replace.
const ASKED: &[&str] = &[
    "请根据实际情况填写",
    "请根据实际填写",
    "根据实际情况填写",
    "请填写",
    "此处填写",
    "在此填写",
    "待填写",
    "待补充",
    "请在此处",
    "（填写",
    "(填写",
];

/// A leftover of a template: XX件, ____件, （ ）件, 请根据实际情况填写.
pub(super) fn leftovers(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    for text in written.form().texts() {
        let content = written.text(text);
        for range in gaps(content) {
            let args = vec![("found", quoted(&content[range.clone()]))];
            problems.push(Problem::new(rule, Site::Text(text, range), args));
        }
        for (at, asked) in ASKED.iter().flat_map(|asked| content.match_indices(asked)) {
            let range = at..at + asked.len();
            let within = |problem: &Problem| match &problem.site {
                Site::Text(of, other) => {
                    *of == text && other.start < range.end && range.start < other.end
                }
                _ => false,
            };
            if !problems.iter().any(within) {
                let args = vec![("found", quoted(asked))];
                problems.push(Problem::new(rule, Site::Text(text, range.clone()), args));
            }
        }
    }
}

/// Bytes of marks that stand where a number or a name should, with what they stand
/// before.
fn gaps(content: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = content.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let (len, least) = mark(&chars, start);
        at = start + len.max(1);
        if len >= least {
            found.extend(gap_of(content, &chars, start..at));
        }
    }
    found
}

/// How many characters of a mark stand at a place, and how many make it one.
fn mark(chars: &[(usize, char)], start: usize) -> (usize, usize) {
    let get = |at: usize| chars.get(at).map_or('\0', |(_, c)| *c);
    let c = get(start);
    let same = |c: char| (start..chars.len()).take_while(|at| get(*at) == c).count();
    match c {
        'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '✕' | '*' | '＊' => (same(c), 1),
        '_' | '＿' | '○' | '〇' | '□' | '…' => (same(c), 2),
        '(' | '（' | '[' | '［' | '【' => {
            let inner = (start + 1..chars.len())
                .take_while(|at| get(*at).is_whitespace() || matches!(get(*at), '_' | '＿'))
                .count();
            let closed = matches!(get(start + 1 + inner), ')' | '）' | ']' | '］' | '】');
            (if closed { inner + 2 } else { 0 }, 2)
        }
        ' ' | '\u{a0}' | '\u{3000}' | '\t' if start > 0 && !get(start - 1).is_ascii() => {
            let blank = |at: &usize| get(*at).is_whitespace() && get(*at) != '\n';
            ((start..chars.len()).take_while(blank).count(), 2)
        }
        _ => (0, 1),
    }
}

/// Kinds of bodies whose name a template leaves open: XX县, ○○局.
const BODIES: &[&str] = &[
    "省", "市", "区", "县", "镇", "乡", "街道", "局", "委", "办", "单位", "部门", "学校", "医院",
];

/// The bytes of a mark and its unit, where a number or a name is missing there.
fn gap_of(content: &str, chars: &[(usize, char)], marked: Range<usize>) -> Option<Range<usize>> {
    let get = |at: usize| chars.get(at).map_or('\0', |(_, c)| *c);
    let byte = |at: usize| chars.get(at).map_or(content.len(), |(byte, _)| *byte);
    let (start, at) = (marked.start, marked.end);
    let c = get(start);
    let rest = &content[byte(at)..];
    let rest_plain = rest.trim_start();
    let unit = UNITS
        .iter()
        .filter(|unit| rest_plain.starts_with(**unit))
        .map(|unit| unit.len())
        .max();
    let before = start.checked_sub(1).map_or('\0', get);
    // 5×8, X光, 2X: part of a word or of a sum.
    let joined = before.is_ascii_alphanumeric() || get(at).is_ascii_alphanumeric();
    let name = marked.len() >= 2
        && matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '○' | '〇' | '*' | '＊')
        && BODIES.iter().any(|kind| rest.starts_with(kind));
    let line = matches!(c, '_' | '＿') && marked.len() >= 3;
    if joined || !(unit.is_some() || name || line) {
        return None;
    }
    // Blanks before a unit are a gap only where nothing goes on behind it.
    let start = if c.is_whitespace() {
        let after = &rest[unit?..];
        let sign = |c: char| "，。；、,;）)\n".contains(c);
        let ends = after.chars().next().is_none_or(sign);
        let words = chars[start.saturating_sub(4)..start].iter().rev();
        let word = words.take_while(|(_, c)| c.is_alphabetic()).count();
        if !ends || word == 0 {
            return None;
        }
        start - word
    } else {
        start
    };
    let end = match unit {
        Some(len) => byte(at) + (rest.len() - rest_plain.len()) + len,
        None => byte(at),
    };
    Some(byte(start)..end)
}

/// What a number belongs to, where it stands as a clause of its own.
const IN_FORCE: [&str; 4] = [
    "现行有效的规范性文件",
    "现行有效规范性文件",
    "现行有效的行政规范性文件",
    "现行有效行政规范性文件",
];

/// A unit without its number.
pub(super) fn gap(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    const VERBS: &[&str] = &["公开", "收到", "受理", "办理", "信息", "共", "共计", "申请"];
    for text in written.form().texts() {
        let content = &*written.plain(text);
        for (at, named) in IN_FORCE
            .iter()
            .flat_map(|named| content.match_indices(named))
        {
            let opens = content[..at].ends_with(['，', '。', '；', '、', ',', ';']);
            let ends = content[at + named.len()..].starts_with(['，', '。', '；', ',', ';']);
            if opens && ends {
                let range = at..at + named.len();
                let args = vec![("found", quoted(named))];
                problems.push(Problem::new(rule, Site::Text(text, range), args));
            }
        }
        for (at, unit) in content.match_indices(['条', '件', '篇']) {
            let lead = content[..at].trim_end_matches(crate::base::number::is_space);
            let Some(verb) = VERBS.iter().find(|verb| lead.ends_with(**verb)) else {
                continue;
            };
            let rest = &content[at + unit.len()..];
            let next = rest
                .trim_start_matches(crate::base::number::is_space)
                .chars()
                .next();
            let ends = next.is_none_or(|c| "，。；、,;）)".contains(c));
            let goes_on = matches!(*verb, "收到" | "受理")
                && unit == "件"
                && ["政府信息", "信息公开", "依申请"]
                    .iter()
                    .any(|word| rest.starts_with(word));
            // 申请件, 信息件, 受理件 are words; 公开条， is not.
            let is_word = unit == "件"
                && matches!(*verb, "申请" | "信息" | "公开" | "受理" | "办理")
                && next != Some('，')
                || *verb == "申请" && unit == "件";
            if goes_on || ends && !is_word {
                let start = at - (content[..at].len() - lead.len()) - verb.len();
                let range = start..at + unit.len();
                let args = vec![("found", quoted(&written.text(text)[range.clone()]))];
                problems.push(Problem::new(rule, Site::Text(text, range), args));
            }
        }
    }
}
