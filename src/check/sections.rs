//! What the sections should hold: the items of 一, the parts announced, something
//! in 五 and 六.
//!
//! **Never:** judges how well it is said.
//! Next: `residue` for what should not be there.

use crate::base::ordinal::{MarkKind, mark, numeral};
use crate::base::words::{Arg, Words, words};
use crate::form::{Form, TextId};

use super::Check;
use super::problem::{Problem, Site, quoted};
use super::profile::OVERVIEW_LENGTH;
use super::prose::lexicon::{Lexicon, size};
use super::rules::Rule;
use super::texts::{Written, judged};

/// Characters below which a section says nothing.
pub(super) const SHORT: usize = 10;

/// The items of section 一 with words that their headings have.
const ITEMS: &[(Words, &str)] = &[
    (words("主动公开", "proactive"), "主动公开 信息发布"),
    (
        words("依申请公开", "on request"),
        "依申请 申请公开 公开申请",
    ),
    (
        words("政府信息管理", "management"),
        "信息管理 信息资源 规范管理 源头管理",
    ),
    (
        words("平台建设", "platforms"),
        "平台 网站建设 载体 渠道 新媒体",
    ),
    (words("监督保障", "supervision"), "监督 保障 考核"),
];

/// The characters of a text that take ink.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !crate::base::number::is_space(*c))
}

fn number_of(form: &Form, text: TextId) -> Arg {
    let before =
        |candidate: &TextId| *candidate <= text && !form.section(*candidate).ordinal.is_empty();
    let number = form.texts().filter(before).count();
    words("{zh}", "{en}")
        .with(vec![("zh", numeral(number).into()), ("en", number.into())])
        .into()
}

/// The words of the headings inside a text.
fn headings(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(mark)
        .filter(|found| {
            matches!(
                found.kind,
                MarkKind::HanBrackets | MarkKind::Han | MarkKind::Digit
            )
        })
        .map(|found| {
            let words = found.rest.chars().filter(|c| !c.is_whitespace()).take(24);
            words
                .take_while(|c| !matches!(c, '。' | '：' | ':' | '，' | '；'))
                .collect()
        })
        .collect()
}

/// The items that a text has words of, a bit for each.
fn items_in(text: &str) -> u8 {
    static LEXICON: Lexicon<Words, { size(ITEMS) }> = Lexicon::of(ITEMS);
    let letters: Vec<char> = letters(text).collect();
    let is = |said: Words| ITEMS.iter().position(|(item, _)| *item == said);
    let items = LEXICON.every(&letters).filter_map(is);
    items.fold(0, |all, item| all | 1 << item)
}

/// Section 一 lacks an item: by its headings, or without any by its words.
pub(super) fn items(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let form = written.form();
    let Some(one) = form.text("s1") else { return };
    let text = &*written.plain(one);
    if text.trim().is_empty() {
        return;
    }
    let said: Vec<u8> = headings(text)
        .iter()
        .map(|heading| items_in(heading))
        .collect();
    let there = match said.as_slice() {
        [] => items_in(text),
        said => said.iter().fold(0, |all, items| all | items),
    };
    let missing: Vec<Arg> = ITEMS
        .iter()
        .enumerate()
        .filter(|(item, _)| there >> item & 1 == 0)
        .map(|(_, (name, _))| (*name).into())
        .collect();
    if missing.is_empty() {
        return;
    }
    let headings = headings(written.text(one));
    let extra: Vec<Arg> = headings
        .iter()
        .zip(said)
        .filter(|(_, items)| *items == 0)
        .map(|(heading, _)| quoted(heading))
        .collect();
    let none = extra.is_empty();
    let args = vec![
        ("missing", Arg::List(words("、", ", "), missing)),
        ("extra", Arg::List(words("、", ", "), extra)),
    ];
    problems.push(Problem::new(rule, Site::Section(one), args).said(usize::from(none)));
}

/// "由六部分组成" against the list before it and the headings of the report.
pub(super) fn parts(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    const FARTHEST: usize = 160;
    let form = written.form();
    for text in form.texts().take(2) {
        let content = &*written.plain(text);
        for (end, announced) in announcements(content) {
            let lead = content[..end]
                .rsplit(['。', '；', '\n'])
                .next()
                .unwrap_or_default();
            let after = &content[end..];
            let list = lead
                .rfind(['由', '括', '含'])
                .map(|at| &lead[at + 3..])
                .filter(|list| list.contains('、') && list.chars().count() <= FARTHEST)
                .or_else(|| list_after(after));
            let listed = if let Some(list) = list {
                let open = list.trim_end().ends_with('等');
                let count = list.split('、').count();
                let joined = list.matches("复议、").count();
                let fits = announced == count || announced + joined == count;
                (!fits && (!open || count + 1 == announced)).then_some(count)
            } else {
                let headings = written.headings();
                let mut sections: Vec<_> =
                    headings.iter().filter_map(|found| found.section).collect();
                sections.dedup();
                (!sections.is_empty() && sections.len() != announced).then_some(sections.len())
            };
            if let Some(listed) = listed {
                let range = end..end + after.find("部分").map_or(0, |at| at + "部分".len());
                let args = vec![("n", announced.into()), ("m", listed.into())];
                problems.push(Problem::new(rule, Site::Text(text, range), args));
            }
        }
    }
}

/// "…六个部分：甲、乙、丙。"
fn list_after(after: &str) -> Option<&str> {
    let open = after.find("部分")? + "部分".len();
    let rest = after[open..]
        .trim_start_matches("组成")
        .trim_start_matches("内容");
    let list = rest.strip_prefix(['：', ':'])?;
    let end = list.find(['。', '\n']).unwrap_or(list.len());
    list[..end].contains('、').then_some(&list[..end])
}

/// Byte offsets of "n部分组成" and their numbers.
fn announcements(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("部分") {
        let near: String = text[at..].chars().take(8).collect();
        let lead = text[..at].trim_end();
        let lead = lead.strip_suffix('个').unwrap_or(lead).trim_end();
        let Some(last) = lead.chars().next_back() else {
            continue;
        };
        let number = match last {
            '0'..='9' | '０'..='９' => crate::base::number::narrow(last)
                .to_digit(10)
                .map(|n| n as usize),
            han => crate::base::ordinal::small(&han.to_string()),
        };
        let start = lead.len() - last.len_utf8();
        let is_clause = text[..start].ends_with('第');
        let composed = near.contains("组成")
            || near.contains("构成")
            || text[..start].trim_end().ends_with(['分', '共', '为', '括'])
                && near.contains(['：', ':']);
        if let Some(number) =
            number.filter(|number| (2..=9).contains(number) && composed && !is_clause)
        {
            found.push((start, number));
        }
    }
    found
}

/// A text is too long to be judged to its end.
pub(super) fn too_long(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    for text in written.form().texts() {
        let content = written.text(text);
        let read = judged(content);
        if read.len() < content.len() {
            let args = vec![("n", read.chars().count().into())];
            problems.push(Problem::new(rule, Site::Section(text), args));
        }
    }
}

/// 五 or 六 says next to nothing.
pub(super) fn empty(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let form = written.form();
    // A report without any prose is not written yet: that is said of its tables.
    if form
        .texts()
        .all(|text| written.text(text).trim().is_empty())
    {
        return;
    }
    for text in ["s5", "s6"].into_iter().filter_map(|key| form.text(key)) {
        let said: Vec<char> = letters(written.text(text)).take(SHORT).collect();
        let is_there = written
            .headings()
            .iter()
            .any(|heading| heading.section == Some(text));
        if said.len() < SHORT && (is_there || !said.is_empty()) {
            let said: String = said.into_iter().collect();
            let args = vec![("k", number_of(form, text)), ("text", quoted(&said))];
            let problem = Problem::new(rule, Site::Section(text), args);
            problems.push(problem.said(usize::from(said.is_empty())));
        }
    }
}

/// 一 is longer than asked for.
pub(super) fn length(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let Some(one) = check.report.form().text("s1") else {
        return;
    };
    let text = check.report.text(one);
    let max = check.limit(&OVERVIEW_LENGTH);
    let is_more = |count: usize| i64::try_from(count).is_ok_and(|count| count > max);
    if !is_more(text.chars().count()) {
        return;
    }
    let count = letters(text).count();
    if is_more(count) {
        let args = vec![("n", count.into()), ("max", max.into())];
        problems.push(Problem::new(rule, Site::Section(one), args));
    }
}

/// A unit without its number.
pub(super) fn gap(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    const VERBS: &[&str] = &["公开", "收到", "受理", "办理", "信息", "共", "共计", "申请"];
    for text in written.form().texts() {
        let content = &*written.plain(text);
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
