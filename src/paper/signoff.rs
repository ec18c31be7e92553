//! 核验单, the check sheet: a page for the signature of a unit and for its file.
//!
//! What was held against what and how much of it holds, what is open, what is
//! explained and why, which numbers of the prose rest on which cells.
//!
//! **Never:** asks a clock or who is at work: names, dates and the seal are
//! written by hand, so equal reports give equal sheets.
//! Next: `format::write_sheet` for the documents made of it.

use std::cmp::Reverse;

use crate::base::sheet::{Block, Sheet};
use crate::base::words::{Lang, Message, Words, words};
use crate::check::problem::table_words;
use crate::check::{Problem, Severity, Verdict};
use crate::form::{Along, Form, Part, Side, Sum, Table};

use super::{Checked, blanks, counted, row};

/// Name of the sheet, in its title and in names of files.
pub const NAME: Words = words("核验单", "check sheet");

/// Rows of all lists together: more would not leave it one page.
const ROWS: usize = 14;
/// Most rows of the open and of the explained problems among them.
const OPEN: usize = 8;
const EXPLAINED: usize = 4;

/// The check sheet of a report.
#[must_use]
pub fn sheet(checked: &Checked, lang: Lang) -> Sheet {
    let mut blocks = vec![
        Block::Paragraph(whose(checked).text(lang)),
        Block::Paragraph(counts(checked).text(lang)),
        heading(words("勾稽关系", "Sums"), lang),
        Block::Table(sums(checked, lang)),
    ];
    let mut room = ROWS;
    let mut list = |title: Words, most: usize, rows: Vec<Vec<String>>| {
        let count = rows.len() - 1;
        if count == 0 {
            let none = words("{title}：没有。", "{title}: none.");
            let none = none.with(vec![("title", title.into())]);
            return blocks.push(Block::Paragraph(none.text(lang)));
        }
        let shown = count.min(most).min(room);
        room -= shown;
        blocks.push(heading(title, lang));
        blocks.push(Block::Table(rows.into_iter().take(1 + shown).collect()));
        if count > shown {
            let more = words(
                "另有 {n} 处没有列在这一页上，gouji check 列出全部。",
                "{n} more are not on this page; gouji check lists all.",
            );
            let more = more.with(vec![("n", (count - shown).into())]);
            blocks.push(Block::Paragraph(more.text(lang)));
        }
    };
    list(
        words("没有解决的问题", "Open problems"),
        OPEN,
        open(checked, lang),
    );
    list(
        words("已经说明的", "Explained"),
        EXPLAINED,
        explained(checked, lang),
    );
    list(
        words(
            "正文里的数和对应的格",
            "Numbers in the prose and their cells",
        ),
        ROWS,
        numbers(checked, lang),
    );
    blocks.push(heading(
        words("签名、单位盖章", "Signatures and seal"),
        lang,
    ));
    blocks.extend(SIGNED.map(|line| Block::Paragraph(line.get(lang).to_owned())));
    Sheet {
        title: words(
            "政府信息公开工作年度报告核验单",
            "Check sheet of an annual report",
        )
        .get(lang)
        .to_owned(),
        blocks,
    }
}

fn heading(title: Words, lang: Lang) -> Block {
    Block::Heading(title.get(lang).to_owned())
}

/// Who signs, by hand.
const SIGNED: [Words; 3] = [
    words(
        "填报人 ____________________    日期 ________ 年 ____ 月 ____ 日",
        "Filled in by ____________________    Date ______________",
    ),
    words(
        "核对人 ____________________    日期 ________ 年 ____ 月 ____ 日",
        "Checked by   ____________________    Date ______________",
    ),
    words(
        "负责人 ____________________    日期 ________ 年 ____ 月 ____ 日",
        "Approved by  ____________________    Date ______________",
    ),
];

/// Whose report it is.
fn whose(checked: &Checked) -> Message {
    let head = checked.report.head();
    let none = || words("（没有写）", "(not stated)").into();
    let body = match head.body.as_str() {
        "" => none(),
        body => body.into(),
    };
    let year = head.year.map_or_else(none, |year| i64::from(year).into());
    words(
        "机关：{body}    年度：{year}    格式：{form}",
        "Body: {body}    Year: {year}    Form: {form}",
    )
    .with(vec![
        ("body", body),
        ("year", year),
        ("form", checked.report.form().name.into()),
    ])
}

/// How many problems and blanks it has.
fn counts(checked: &Checked) -> Message {
    words(
        "{counts}；空白格 {blanks}",
        "{counts}; {blanks} blank cells",
    )
    .with(vec![
        ("counts", counted(checked).into()),
        ("blanks", blanks(checked.report).into()),
    ])
}

/// Every family of identities with how many hold.
fn sums(checked: &Checked, lang: Lang) -> Vec<Vec<String>> {
    let form = checked.report.form();
    let judged = &checked.findings.judged;
    let mut rows = vec![row([
        words("关系", "Sum").get(lang),
        words("规则", "Rule").get(lang),
        words("共", "Of").get(lang),
        words("平", "Hold").get(lang),
        words("不平", "Broken").get(lang),
        words("未定", "Open").get(lang),
    ])];
    for (index, table) in form.tables.iter().enumerate() {
        for sum in table.sums {
            let verdicts: Vec<Verdict> = judged
                .identities()
                .all()
                .iter()
                .zip(judged.verdicts())
                .filter(|(identity, _)| identity.table == index && identity.rule == sum.rule)
                .map(|(_, verdict)| *verdict)
                .collect();
            let count = |test: fn(&Verdict) -> bool| {
                verdicts.iter().filter(|v| test(v)).count().to_string()
            };
            rows.push(row([
                family(form, table, sum).text(lang),
                sum.rule.to_owned(),
                verdicts.len().to_string(),
                count(|verdict| *verdict == Verdict::Holds),
                count(|verdict| matches!(verdict, Verdict::Broken { .. })),
                count(|verdict| matches!(verdict, Verdict::Open { .. })),
            ]));
        }
    }
    rows
}

/// A family in words: 表三每列：各项之和 = （七）总计.
fn family(form: &'static Form, table: &Table, sum: &Sum) -> Message {
    let (lines, across) = match sum.along {
        Along::Columns => (table.rows, words("每列", "each column")),
        Along::Rows => (table.cols, words("每行", "each row")),
    };
    let side = match sum.total {
        Some(Side::Left) => sum.left,
        Some(Side::Right) => sum.right,
        None => &[],
    };
    let total = side.iter().find_map(|part| match part {
        Part::Line(key) => lines.iter().find(|line| line.key == *key),
        Part::Class(_) => None,
    });
    let equal = total.map_or(Words::same("0"), |line| line.name);
    words(
        "{table}{across}：{sum} = {equal}",
        "{table}, {across}: {sum} = {equal}",
    )
    .with(vec![
        ("table", table_words(form, table.prefix).into()),
        ("across", across.into()),
        ("sum", sum.running.into()),
        ("equal", equal.into()),
    ])
}

/// Some of the problems, gravest first.
fn listed<'a>(checked: &Checked<'a>, which: impl Fn(&Problem) -> bool) -> Vec<&'a Problem> {
    let problems = &checked.findings.problems;
    let mut some: Vec<&Problem> = problems.iter().filter(|problem| which(problem)).collect();
    some.sort_by_key(|problem| Reverse(problem.severity()));
    some
}

/// A problem as its sentence, the code last.
fn said(problem: &Problem, lang: Lang) -> String {
    format!("{} ({})", problem.message().text(lang), problem.rule.code)
}

/// The problems that nobody has explained, under their heads.
fn open(checked: &Checked, lang: Lang) -> Vec<Vec<String>> {
    let mut rows = vec![row([
        words("级别", "Level").get(lang),
        words("问题", "Problem").get(lang),
    ])];
    let problems = listed(checked, |problem| !problem.is_explained());
    rows.extend(problems.into_iter().map(|problem| {
        row([
            problem.severity().name().get(lang).to_owned(),
            said(problem, lang),
        ])
    }));
    rows
}

/// The explained ones with their reasons; an error is still one.
fn explained(checked: &Checked, lang: Lang) -> Vec<Vec<String>> {
    let mut rows = vec![row([
        words("级别", "Level").get(lang),
        words("问题", "Problem").get(lang),
        words("说明", "Reason").get(lang),
        words("说明人", "By").get(lang),
    ])];
    let problems = listed(checked, Problem::is_explained);
    rows.extend(problems.into_iter().map(|problem| {
        let remark = problem.remark(checked.report);
        let level = match problem.severity() {
            Severity::Error => words("错误（仍算）", "error (counts)"),
            level => level.name(),
        };
        row([
            level.get(lang).to_owned(),
            said(problem, lang),
            remark.map_or(String::new(), |remark| remark.text.clone()),
            remark.map_or(String::new(), |remark| remark.by.clone()),
        ])
    }));
    rows
}

/// The numbers of the prose that rest on cells; what is said twice stands once.
fn numbers(checked: &Checked, lang: Lang) -> Vec<Vec<String>> {
    let mut rows = vec![row([
        words("正文", "Prose").get(lang),
        words("对应的格", "Cells").get(lang),
        words("表中", "There").get(lang),
        words("结果", "Result").get(lang),
    ])];
    for fact in &checked.findings.facts {
        let Some(reading) = fact.reading.as_ref().filter(|r| !r.cells.is_empty()) else {
            continue;
        };
        let result = match fact.agrees {
            Some(true) => words("一致", "equal"),
            Some(false) => words("不符", "differs"),
            None => words("未对照", "not compared"),
        };
        let row = row([
            fact.entry(checked.report).text,
            reading.words(checked.report.form()).text(lang),
            reading.value.to_string(),
            result.get(lang).to_owned(),
        ]);
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}
