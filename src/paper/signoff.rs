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

/// Lines of each list: more would not leave it one page.
const OPEN: usize = 10;
const EXPLAINED: usize = 6;
const NUMBERS: usize = 12;

/// The check sheet of a report.
#[must_use]
pub fn sheet(checked: &Checked, lang: Lang) -> Sheet {
    let mut blocks = vec![whose(checked, lang), counts(checked, lang)];
    let mut part = |title: Words, rows: Vec<Vec<String>>, none: Words, left: usize| {
        blocks.push(Block::Heading(title.get(lang).to_owned()));
        blocks.push(if rows.len() > 1 {
            Block::Table(rows)
        } else {
            Block::Paragraph(none.get(lang).to_owned())
        });
        if left > 0 {
            let more = words(
                "另有 {n} 处没有列在这一页上，gouji check 列出全部。",
                "{n} more are not on this page; gouji check lists all.",
            );
            let more = more.with(vec![("n", left.into())]);
            blocks.push(Block::Paragraph(more.text(lang)));
        }
    };
    part(
        words("勾稽关系", "Sums"),
        sums(checked, lang),
        words("没有勾稽关系。", "There are no sums."),
        0,
    );
    let (rows, left) = open(checked, lang);
    part(
        words("没有解决的问题", "Open problems"),
        rows,
        words("没有。", "None."),
        left,
    );
    let (rows, left) = explained(checked, lang);
    part(
        words("已经说明的", "Explained"),
        rows,
        words("没有。", "None."),
        left,
    );
    let (rows, left) = numbers(checked, lang);
    part(
        words(
            "正文里的数和对应的格",
            "Numbers in the prose and their cells",
        ),
        rows,
        words("没有。", "None."),
        left,
    );
    blocks.push(Block::Heading(
        words("签名", "Signatures").get(lang).to_owned(),
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

/// Who signs, by hand.
const SIGNED: [Words; 4] = [
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
    words("单位（盖章）", "Seal"),
];

/// Whose report it is.
fn whose(checked: &Checked, lang: Lang) -> Block {
    let head = checked.report.head();
    let or_none = |text: &str| match text {
        "" => words("（没有写）", "(not stated)").get(lang).to_owned(),
        text => text.to_owned(),
    };
    let year = head.year.map(|year| year.to_string()).unwrap_or_default();
    Block::Table(vec![
        row([
            words("机关", "Body").get(lang),
            words("年度", "Year").get(lang),
            words("格式", "Form").get(lang),
        ]),
        row([
            or_none(&head.body),
            or_none(&year),
            checked.report.form().name.get(lang).to_owned(),
        ]),
    ])
}

/// How many problems and blanks there are.
fn counts(checked: &Checked, lang: Lang) -> Block {
    let empty = words("空格 {n} 处。", "Blank cells: {n}.");
    let empty = empty.with(vec![("n", blanks(checked.report).into())]);
    let (said, between) = (counted(checked), words("。", ". "));
    Block::Paragraph(format!(
        "{}{}{}",
        said.text(lang),
        between.get(lang),
        empty.text(lang)
    ))
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

/// The first of some problems, gravest first, and how many more there are.
fn listed<'a>(
    checked: &Checked<'a>,
    most: usize,
    which: impl Fn(&Problem) -> bool,
) -> (Vec<&'a Problem>, usize) {
    let problems = &checked.findings.problems;
    let mut some: Vec<&Problem> = problems.iter().filter(|problem| which(problem)).collect();
    some.sort_by_key(|problem| Reverse(problem.severity()));
    let left = some.len().saturating_sub(most);
    some.truncate(most);
    (some, left)
}

/// The problems that nobody has explained.
fn open(checked: &Checked, lang: Lang) -> (Vec<Vec<String>>, usize) {
    let (problems, left) = listed(checked, OPEN, |problem| !problem.is_explained());
    let mut rows = vec![row([
        words("级别", "Level").get(lang),
        words("问题", "Problem").get(lang),
        words("规则", "Rule").get(lang),
    ])];
    rows.extend(problems.into_iter().map(|problem| {
        row([
            problem.severity().name().get(lang).to_owned(),
            problem.message().text(lang),
            problem.rule.code.to_owned(),
        ])
    }));
    (rows, left)
}

/// The explained ones with their reasons; an error is still one.
fn explained(checked: &Checked, lang: Lang) -> (Vec<Vec<String>>, usize) {
    let (problems, left) = listed(checked, EXPLAINED, Problem::is_explained);
    let mut rows = vec![row([
        words("级别", "Level").get(lang),
        words("问题", "Problem").get(lang),
        words("说明", "Reason").get(lang),
        words("说明人", "By").get(lang),
    ])];
    rows.extend(problems.into_iter().map(|problem| {
        let remark = problem.remark(checked.report);
        let level = match problem.severity() {
            Severity::Error => words("错误（仍算）", "error (counts)"),
            level => level.name(),
        };
        row([
            level.get(lang).to_owned(),
            problem.message().text(lang),
            remark.map_or(String::new(), |remark| remark.text.clone()),
            remark.map_or(String::new(), |remark| remark.by.clone()),
        ])
    }));
    (rows, left)
}

/// The numbers of the prose that rest on cells.
fn numbers(checked: &Checked, lang: Lang) -> (Vec<Vec<String>>, usize) {
    let mut rows = vec![row([
        words("正文", "Prose").get(lang),
        words("对应的格", "Cells").get(lang),
        words("表中", "There").get(lang),
        words("结果", "Result").get(lang),
    ])];
    let tied = checked.findings.facts.iter().filter_map(|fact| {
        let reading = fact.reading.as_ref()?;
        (!reading.cells.is_empty()).then_some((fact, reading))
    });
    let tied: Vec<_> = tied.collect();
    let left = tied.len().saturating_sub(NUMBERS);
    rows.extend(tied.into_iter().take(NUMBERS).map(|(fact, reading)| {
        let result = match fact.agrees {
            Some(true) => words("一致", "equal"),
            Some(false) => words("不一致", "differs"),
            None => words("没有比", "not compared"),
        };
        row([
            fact.entry(checked.report).text,
            reading.words(checked.report.form()).text(lang),
            reading.value.to_string(),
            result.get(lang).to_owned(),
        ])
    }));
    (rows, left)
}
