//! Problems of the head and of the headings.
//!
//! **Never:** moves a text from one section to another.
//! Next: `rules` for the words.

use crate::base::ordinal::{MarkKind, mark, numeral};
use crate::base::words::{Arg, Words, words};
use crate::form::{self, Form, Section, TextId};
use crate::model::{HeadField, Heading, Report, Transaction};

use super::context::{Check, Written};
use super::judge::Blanks;
use super::problem::{Fix, Problem, Site, Sure};

use super::rule::{About, CUSTOM, FORM, Rule, STATUTE, Severity};

pub(super) static H_YEAR: Rule = Rule {
    code: "H-YEAR",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("年份缺失或不一致", "year missing or contradicted"),
    says: &[
        words(
            "标题写 {a} 年，统计期限写 {b} 年",
            "The title says {a}, the period says {b}",
        ),
        words("没有找到年份", "No year found"),
        words(
            "标题写 {a} 年，报告年度是 {b} 年",
            "The title says {a}, the report is for {b}",
        ),
    ],
    next: words("改标题或年份", "correct the title or the year"),
    doc: words(
        "标题、统计期限和报告年度应当是同一年；沿用旧稿时最容易漏改。",
        "Title, period and year must agree; a copied report often keeps an old one.",
    ),
    about: About::Report,
};

pub(super) static H_BODY: Rule = Rule {
    code: "H-BODY",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("没有机关名称", "no name of the body"),
    says: &[words("没有找到机关名称", "No name of the body found")],
    next: words("在表头填写", "fill it in"),
    doc: words(
        "标题一般是【机关名称 + 年份 + 政府信息公开工作年度报告】。",
        "A title is usually the body, the year and the words for annual report.",
    ),
    about: About::Report,
};

pub(super) static H_FORM: Rule = Rule {
    code: "H-FORM",
    severity: Severity::Warning,
    source: FORM,
    title: words("格式不是当年的", "not the form in force"),
    says: &[
        words(
            "{year} 年应当用 {due}，这份用的是 {used}",
            "Reports for {year} use the {due}; this one uses the {used}",
        ),
        words(
            "表三的【{group}】只有一行有数，像是按旧格式印成了一行",
            "Only one row of \"{group}\" holds numbers, as if it were still printed as one row",
        ),
    ],
    next: words(
        "按当年的格式重报；gouji convert --form 换格式",
        "report on the form in force; gouji convert --form changes it",
    ),
    doc: words(
        "2019、2020 年用 2019 年格式，2021 年起用 2021 年格式，其中（六）其他处理分三行填。",
        "2019 and 2020 use the form of 2019, later years that of 2021, which has three rows in (6).",
    ),
    about: About::Report,
};

pub(super) static S_MISSING: Rule = Rule {
    code: "S-MISSING",
    severity: Severity::Warning,
    source: STATUTE,
    title: words("缺少一个部分", "section missing"),
    says: &[words(
        "没有第{k}部分【{title}】",
        "Section {k} is missing: \"{title}\"",
    )],
    next: words(
        "F6 补上标题，再写内容",
        "F6 adds the heading; then write it",
    ),
    doc: words(
        "格式规定年度报告由六个部分组成，次序固定。",
        "The form has six sections in a fixed order.",
    ),
    about: About::Report,
};

pub(super) static S_ORDER: Rule = Rule {
    code: "S-ORDER",
    severity: Severity::Warning,
    source: FORM,
    title: words("部分次序不对", "sections out of order"),
    says: &[words("第{k}部分的位置不对", "Section {k} is out of order")],
    next: words("按一到六的顺序排", "put the sections in order, 1 to 6"),
    doc: words(
        "六个部分的次序由格式规定；同一部分出现两次也算。",
        "The form fixes the order of the six sections; a section found twice counts too.",
    ),
    about: About::Report,
};

pub(super) static S_HEADING: Rule = Rule {
    code: "S-HEADING",
    severity: Severity::Warning,
    source: FORM,
    title: words("标题序号缺失或不对", "heading without its number"),
    says: &[words(
        "第{k}部分标题{fault}【{no}】",
        "Heading {k} {fault} \"{no}\"",
    )],
    next: words("F6 补上", "F6 fills it in"),
    doc: words(
        "标题保持原样读入，序号丢了或重新起算都会提醒。",
        "Headings are kept as found; a lost or restarted number is a warning.",
    ),
    about: About::Report,
};

/// Four digits that are a year of this century, wherever they stand.
fn years_in(text: &str) -> Vec<u16> {
    let digits: Vec<char> = text.chars().map(crate::base::number::narrow).collect();
    let mut years = Vec::new();
    let mut at = 0;
    while at < digits.len() {
        let run = digits[at..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        if run == 4 {
            let year: String = digits[at..at + 4].iter().collect();
            years.extend(
                year.parse::<u16>()
                    .ok()
                    .filter(|year| (1990..2100).contains(year)),
            );
        }
        at += run.max(1);
    }
    years
}

/// No year, or two that differ.
pub(super) fn year(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let head = written.head();
    let site = Site::Head(HeadField::Year);
    let Some(year) = head.year else {
        problems.push(Problem::new(rule, site, Vec::new()).said(1));
        return;
    };
    let title = years_in(&head.title).first().copied();
    let period = head.period.as_deref().map(years_in).unwrap_or_default();
    let differs = |a: u16, b: u16| vec![("a", i64::from(a).into()), ("b", i64::from(b).into())];
    let own = title.unwrap_or(year);
    if let Some(other) = period.iter().find(|found| **found != own) {
        problems.push(Problem::new(rule, site, differs(own, *other)));
    } else if own != year {
        problems.push(Problem::new(rule, site, differs(own, year)).said(2));
    }
}

/// No name of the body.
pub(super) fn body(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    if written.head().body.trim().is_empty() {
        problems.push(Problem::new(rule, Site::Head(HeadField::Body), Vec::new()));
    }
}

/// A form that is not the one in force, or a group printed as one row like before.
pub(super) fn form(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let used = check.report.form();
    let year = check.report.head().year;
    let due = year.and_then(|year| Some((year, form::by_year(year)?)));
    if let Some((year, due)) = due.filter(|(_, due)| *due != used) {
        let args = vec![
            ("year", i64::from(year).into()),
            ("due", due.name.into()),
            ("used", used.name.into()),
        ];
        problems.push(Problem::new(rule, Site::Head(HeadField::Year), args));
    }
    for (index, table) in used.tables.iter().enumerate() {
        let is_blank = |row: usize| {
            (0..table.cols.len()).all(|col| check.report.cell(table.cell(row, col)).is_blank())
        };
        for group in table.groups.iter().filter(|group| !group.whole.is_empty()) {
            // Blank rows say nothing where zeros are left blank all over.
            let as_one = table.rows.iter().enumerate().all(|(row, line)| {
                is_blank(row) == (line.group == group.key && line.key != group.whole)
            });
            let row = table.rows.iter().position(|line| line.key == group.whole);
            if let Some(row) = row.filter(|_| as_one) {
                let args = vec![("group", group.name.into())];
                let site = Site::Row { table: index, row };
                problems.push(Problem::new(rule, site, args).said(1));
            }
        }
    }
}

/// The sections that have a number, with it.
fn numbered(form: &'static Form) -> impl Iterator<Item = (usize, TextId, &'static Section)> {
    form.texts()
        .map(|text| (text, form.section(text)))
        .filter(|(_, section)| !section.ordinal.is_empty())
        .enumerate()
        .map(|(index, (text, section))| (index + 1, text, section))
}

fn number_of(form: &'static Form, text: TextId) -> usize {
    numbered(form)
        .find(|(_, candidate, _)| *candidate == text)
        .map_or(0, |(number, ..)| number)
}

fn number_words(number: usize) -> Arg {
    words("{zh}", "{en}")
        .with(vec![("zh", numeral(number).into()), ("en", number.into())])
        .into()
}

/// A section without a heading.
pub(super) fn missing(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    for (number, text, section) in numbered(written.form()) {
        let found = written
            .headings()
            .iter()
            .any(|heading| heading.section == Some(text));
        if !found {
            problems.push(Problem::new(
                rule,
                Site::Section(text),
                vec![("k", number_words(number)), ("title", section.title.into())],
            ));
        }
    }
}

/// The fewest sections that, moved, put the others in order.
pub(super) fn order(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let sections: Vec<TextId> = written
        .headings()
        .iter()
        .filter_map(|h| h.section)
        .collect();
    // How many stand in order from each one on, itself included.
    let mut longest: Vec<(TextId, usize)> = Vec::new();
    let mut from_here = vec![1; sections.len()];
    for (at, text) in sections.iter().enumerate().rev() {
        let behind = longest.iter().filter(|(later, _)| later > text);
        from_here[at] += behind.map(|(_, length)| *length).max().unwrap_or(0);
        match longest.iter_mut().find(|(known, _)| known == text) {
            Some((_, length)) => *length = from_here[at].max(*length),
            None => longest.push((*text, from_here[at])),
        }
    }
    let mut left = from_here.iter().copied().max().unwrap_or(0);
    let mut last = None;
    for (text, from_here) in sections.into_iter().zip(from_here) {
        if from_here == left && last.is_none_or(|last| text > last) {
            (left, last) = (left - 1, Some(text));
        } else {
            let k = number_words(number_of(written.form(), text));
            problems.push(Problem::new(rule, Site::Section(text), vec![("k", k)]));
        }
    }
}

/// A heading without its number, or with another one.
pub(super) fn heading(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    for heading in written.headings() {
        let Some(text) = heading.section else {
            continue;
        };
        let number = number_of(written.form(), text);
        let section = written.form().section(text);
        let fault: Words = match mark(&heading.text) {
            Some(found)
                if found.number == number
                    && matches!(found.kind, MarkKind::Han | MarkKind::Part) =>
            {
                continue;
            }
            Some(_) => words("的序号应当是", "should have the number"),
            None => words("少了序号", "lost its number"),
        };
        problems.push(Problem::new(
            rule,
            Site::Section(text),
            vec![
                ("k", number_words(number)),
                ("fault", fault.into()),
                ("no", format!("{}、", section.ordinal).into()),
            ],
        ));
    }
}

/// Puts the number before a heading.
pub(super) fn number_heading(report: &Report, problem: &Problem, _: Blanks) -> Option<Fix> {
    let Site::Section(text) = problem.site else {
        return None;
    };
    let section = report.form().section(text);
    let at = report
        .headings()
        .iter()
        .position(|heading| heading.section == Some(text))?;
    let old = report.headings()[at].clone();
    let rest = mark(&old.text).map_or(old.text.trim(), |found| found.rest);
    let new = Heading {
        section: Some(text),
        text: format!("{}、{rest}", section.ordinal),
    };
    let title = words("标题改成【{text}】", "make the heading \"{text}\"")
        .with(vec![("text", new.text.as_str().into())]);
    let transaction = Transaction::new(words("补标题序号", "number the heading")).heading(
        at,
        Some(old),
        Some(new),
    );
    Some(Fix {
        title,
        sure: Sure::Certain,
        transaction,
    })
}

/// Puts the official heading of a missing section in its place.
pub(super) fn add_heading(report: &Report, problem: &Problem, _: Blanks) -> Option<Fix> {
    let Site::Section(text) = problem.site else {
        return None;
    };
    let at = report
        .headings()
        .iter()
        .position(|heading| heading.section.is_some_and(|other| other > text))
        .unwrap_or(report.headings().len());
    let new = Heading {
        section: Some(text),
        text: report.form().section(text).heading(),
    };
    let title = words("加上标题【{text}】", "add the heading \"{text}\"")
        .with(vec![("text", new.text.as_str().into())]);
    let transaction =
        Transaction::new(words("加标题", "add the heading")).heading(at, None, Some(new));
    Some(Fix {
        title,
        sure: Sure::Certain,
        transaction,
    })
}

#[cfg(test)]
mod tests {
    use super::years_in;

    #[test]
    fn years_are_runs_of_exactly_four_digits() {
        assert_eq!(years_in("西城区２０２４年度报告（第12345号）"), [2024]);
        assert_eq!(years_in("2023年1月1日至2023年12月31日"), [2023, 2023]);
        assert!(years_in("0999年 3000").is_empty());
    }
}
