//! What the sections should hold: the items of 一, the parts announced, something
//! in 五 and 六.
//!
//! **Never:** judges how well it is said.
//! Next: `residue` for what should not be there.

use crate::base::ordinal::{MarkKind, mark, numeral};
use crate::base::words::{Arg, Words, words};
use crate::form::{Form, TextId};

use super::context::{Check, Written};
use super::problem::{Problem, Site, quoted};
use super::profile::OVERVIEW_LENGTH;
use super::prose::lexicon::Lexicon;

use super::rule::{About, CUSTOM, FORM, Rule, Severity};
use super::texts::judged;

pub(super) static S_ITEMS: Rule = Rule {
    code: "S-ITEMS",
    severity: Severity::Info,
    source: FORM,
    title: words("总体情况缺项", "items missing in section 1"),
    says: &[
        words(
            "总体情况缺【{missing}】，有【{extra}】",
            "Section 1 lacks {missing}, has {extra}",
        ),
        words("总体情况缺【{missing}】", "Section 1 lacks {missing}"),
    ],
    next: words("按五项写", "write the five items"),
    doc: words(
        "总体情况写主动公开、依申请公开、政府信息管理、平台建设、监督保障五项；有小标题的看小标题，没有的看正文。",
        "Section 1 covers five items; they are looked for in its headings, or in its words if it has none.",
    ),
    about: About::Report,
};

pub(super) static S_PARTS: Rule = Rule {
    code: "S-PARTS",
    severity: Severity::Info,
    source: CUSTOM,
    title: words("部分数与所列不符", "parts announced and listed differ"),
    says: &[words(
        "前言说由 {n} 部分组成，列出 {m} 个",
        "{n} parts announced, {m} listed",
    )],
    next: words("改前言", "correct the preamble"),
    doc: words(
        "前言说的部分数应与列出的名称一致；没有列出的，与各部分标题一致。",
        "The number of parts announced equals the names listed, or the headings where none are listed.",
    ),
    about: About::Report,
};

pub(super) static S_LENGTH: Rule = Rule {
    code: "S-LENGTH",
    severity: Severity::Info,
    source: CUSTOM,
    title: words("总体情况过长", "section 1 too long"),
    says: &[words(
        "总体情况 {n} 字，通行要求不超过 {max} 字",
        "Section 1 has {n} characters, at most {max} are usual",
    )],
    next: words("删减", "shorten it"),
    doc: words(
        "格式没有规定字数；不少地方要求总体情况在 1000 字以内，不计空白。2019 年格式的报告不看。",
        "The form sets no length; many places ask for at most 1,000 characters, spaces not counted. Reports on the form of 2019 are left alone.",
    ),
    about: About::Report,
};

pub(super) static S_LONG: Rule = Rule {
    code: "S-LONG",
    severity: Severity::Warning,
    source: FORM,
    title: words("正文太长，没有全部核对", "text too long to be checked"),
    says: &[words(
        "只核对了前 {n} 字，后面的没有核对",
        "Only the first {n} characters were checked",
    )],
    next: words(
        "看看后面是不是不属于年报的内容",
        "see whether the rest belongs to the report",
    ),
    doc: words(
        "一个部分的正文超过几万字，多半混进了别的内容；后面的不核对，也不算核对过。",
        "A section of tens of thousands of characters usually holds something else; its end is not checked.",
    ),
    about: About::Report,
};

pub(super) static S_EMPTY: Rule = Rule {
    code: "S-EMPTY",
    severity: Severity::Warning,
    source: FORM,
    title: words("部分没有内容", "section next to empty"),
    says: &[
        words(
            "第{k}部分只写了【{text}】",
            "Section {k} says only \"{text}\"",
        ),
        words("第{k}部分没有内容", "Section {k} is empty"),
    ],
    next: words("写实际情况", "write what was the case"),
    doc: words(
        "第一、五、六部分没有内容，或只写【无】【略】，等于没有报告；五、六只是提示，还在录入的报告不说。",
        "Sections 1, 5 and 6 without text, or with next to nothing, report nothing; 5 and 6 are an info, and a report being keyed is left alone.",
    ),
    about: About::Report,
};

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
    static LEXICON: Lexicon<Words> = Lexicon::of(ITEMS);
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
                .filter(|list| names_in(list) >= 2 && list.chars().count() <= FARTHEST)
                .or_else(|| list_after(after));
            let listed = if let Some(list) = list {
                let open = list.trim_end().ends_with('等');
                let count = names_in(list);
                // 行政复议 and 行政诉讼 are one section, or two parts.
                let joined = DISPUTES.iter().any(|words| list.contains(words));
                let fits = announced == count || joined && announced == count + 1;
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

/// How the section of disputes is called in a list.
const DISPUTES: &[&str] = &[
    "复议、行政诉讼",
    "复议、诉讼",
    "复议和行政诉讼",
    "复议和诉讼",
    "复议及行政诉讼",
    "复议与行政诉讼",
];

/// How many names a list holds: signs part them, and so does 和 before the last.
fn names_in(list: &str) -> usize {
    /// Words of the form's own titles that join no two names.
    const ONE: &[&str] = &[
        "收到和处理",
        "收到及处理",
        "问题和改进",
        "问题及改进",
        "问题与改进",
        "问题以及改进",
    ];
    let mut plain = list.to_owned();
    for words in ONE.iter().chain(DISPUTES) {
        plain = plain.replace(words, "某");
    }
    let signs = ['、', '，', ',', '；', ';'];
    let names = plain
        .split(signs)
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let names: Vec<&str> = names.collect();
    let Some(tail) = names.last() else { return 0 };
    // "，以及其他" opens its own name; "甲和乙" are two.
    let tail = tail.trim_start_matches(['以', '及', '和', '与']);
    let joins = ["和", "以及", "及", "与"].iter();
    let joined = joins.clone().any(|word| {
        let sides = tail.split_once(word);
        sides.is_some_and(|(one, other)| !one.is_empty() && !other.is_empty())
    });
    names.len() + usize::from(joined)
}

/// "…六个部分：甲、乙、丙。"
fn list_after(after: &str) -> Option<&str> {
    let open = after.find("部分")? + "部分".len();
    let rest = after[open..]
        .trim_start_matches("组成")
        .trim_start_matches("内容");
    let list = rest.strip_prefix(['：', ':'])?;
    let end = list.find(['。', '\n']).unwrap_or(list.len());
    (names_in(&list[..end]) >= 2).then_some(&list[..end])
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

/// Words that say nothing where they stand alone.
const NOTHING: &[&str] = &[
    "略",
    "无",
    "同上",
    "暂无",
    "没有",
    "见上",
    "详见附件",
    "见附件",
];

/// 一, 五 or 六 says next to nothing; while a table is being keyed the texts are not
/// written yet either.
pub(super) fn empty(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    if (0..form.tables.len()).any(|table| check.blanks.are_unknown(table)) {
        return;
    }
    for key in ["s1", "s5", "s6"] {
        let Some(text) = form.text(key) else { continue };
        let said: Vec<char> = letters(check.report.text(text)).take(SHORT).collect();
        let mut headings = check.report.headings().iter();
        let is_there = headings.any(|heading| heading.section == Some(text));
        let words: String = said.iter().collect();
        let words = words.trim_matches(|c: char| !c.is_alphanumeric());
        let nothing = said.is_empty() || NOTHING.contains(&words);
        if (nothing || said.len() < SHORT) && (is_there || !said.is_empty()) {
            let said: String = said.into_iter().collect();
            let args = vec![("k", number_of(form, text)), ("text", quoted(&said))];
            let mut problem = Problem::new(rule, Site::Section(text), args);
            if key != "s1" {
                problem.severity = Severity::Info;
            }
            problems.push(problem.said(usize::from(said.is_empty())));
        }
    }
}

/// 一 is longer than asked for.
pub(super) fn length(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    // The custom is one of the form in force.
    let form = check.report.form();
    let Some(one) = form.text("s1").filter(|_| form.years.0 >= 2021) else {
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
