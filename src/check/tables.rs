//! Problems of tables: broken identities, blank cells, blank totals.
//!
//! **Never:** names a row or column key; what adds up is the form's to say.
//! Next: `judge` for the verdicts, `rules` for the words.

use crate::base::words::{Arg, Words, words};
use crate::form::{Along, CellId, Form, Identity, Side};
use crate::model::{Cell, Report, Transaction};

use super::context::Check;
use super::judge::{Blanks, Judged, Verdict};
use super::problem::{Fix, Problem, Site, Sure, table_words};
use super::rule::{About, CORNER, CUSTOM, FORM, Rule, STATUTE, Severity};

const NEXT_BLANK: Words = words(
    "没有发生的填 0，不适用的填 /；F6 补上",
    "write 0 for nothing and / for not applicable; F6 fills them",
);

const NEXT_TOTALS: Words = words("F6 按相加填上", "F6 writes the sums");

const NEXT_EMPTY: Words = words(
    "全年没有发生的，各格填 0；用录入方式（Ctrl+U）按 + 一行一行补 0",
    "if nothing happened all year, write 0s: keying mode (Ctrl+U) and + fill a row at a time",
);

const BLANK_SAYS: &[Words] = &[words(
    "{table}有 {n} 格空着：没有发生的填 0，不适用的填 /",
    "{n} blank cells in {table}: 0 for nothing, / for not applicable",
)];

const BLANK_DOC: Words = words(
    "空白格不等于 0：读的人分不清是没有发生还是漏填。核对时按 0 计。",
    "A blank is not a zero: readers can't tell none from forgotten. It is judged as 0.",
);

const EMPTY_SAYS: &[Words] = &[words("{table}还没有填", "{table} is not filled in yet")];

const EMPTY_DOC: Words = words(
    "整张表一个数也没有；填了任何一格，就改按逐格检查。",
    "The table holds no number at all; once one cell is filled, its cells are checked one by one.",
);

const TOTALS_DOC: Words = words(
    "印出来的总计空着就等于没有声明总数；相关的勾稽按各格相加核对。",
    "A blank total claims nothing; identities read it as the sum of its parts.",
);

pub(super) static T2_BLANK: Rule = Rule {
    code: "T2-BLANK",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("表二有空白格", "blank cells in table 2"),
    says: BLANK_SAYS,
    next: NEXT_BLANK,
    doc: BLANK_DOC,
    about: About::Table("t2"),
};

pub(super) static T2_EMPTY: Rule = Rule {
    code: "T2-EMPTY",
    severity: Severity::Warning,
    source: STATUTE,
    title: words("表二没有填", "table 2 not filled in"),
    says: EMPTY_SAYS,
    next: NEXT_EMPTY,
    doc: EMPTY_DOC,
    about: About::Table("t2"),
};

pub(super) static T3_COLSUM: Rule = Rule {
    code: "T3-COLSUM",
    severity: Severity::Error,
    source: FORM,
    title: words("各项结果与总计不符", "results do not add up to the total"),
    says: &[words(
        "{table} {line}列：各项结果相加 {sum}，（七）总计写 {total}，{off} {d}",
        "{table} {line}: results add to {sum}, (7) says {total}, {d} {off}",
    )],
    next: words(
        "核对本列各项结果或（七）；F6 看建议",
        "check the results of this column, or (7); F6 suggests",
    ),
    doc: words(
        "每一列里，（一）到（六）各项结果相加应等于（七）总计。一列多、一列少同样的数，多半是一件归错了申请人类别。",
        "In every column the results (1) to (6) add up to (7). Equal and opposite gaps in two columns mostly mean a case counted under the wrong kind of applicant.",
    ),
    about: About::Identity,
};

pub(super) static T3_BALANCE: Rule = Rule {
    code: "T3-BALANCE",
    severity: Severity::Error,
    source: CORNER,
    title: words("收办不平", "received and closed do not balance"),
    says: &[words(
        "{table} {line}列不平：一+二 = {left}，（七）+四 = {right}，差 {d}",
        "{table} {line}: 1+2 = {left} but (7)+4 = {right}, off by {d}",
    )],
    next: words(
        "先对新收、结转，再对总计",
        "check received and carried over first, then the total",
    ),
    doc: words(
        "表三印着的勾稽关系：第一项加第二项之和，等于第三项加第四项之和，每一列都要平。",
        "The identity printed in the form: items 1 and 2 equal items 3 and 4, in every column.",
    ),
    about: About::Identity,
};

pub(super) static T3_ROWSUM: Rule = Rule {
    code: "T3-ROWSUM",
    severity: Severity::Error,
    source: FORM,
    title: words(
        "六类申请人与总计不符",
        "applicants do not add up to the total",
    ),
    says: &[words(
        "{table}【{line}】行：六类申请人相加 {sum}，总计写 {total}，{off} {d}",
        "{table} row {line}: six kinds add to {sum}, total says {total}, {d} {off}",
    )],
    next: words("改一类或改总计", "correct one kind, or the total"),
    doc: words(
        "每一行里，自然人加五类法人或其他组织应等于总计。",
        "In every row natural persons and the five kinds of organisations add up to the total.",
    ),
    about: About::Identity,
};

pub(super) static T3_MISCLASS: Rule = Rule {
    code: "T3-MISCLASS",
    severity: Severity::Info,
    source: FORM,
    title: words(
        "可能归错了申请人类别",
        "maybe under the wrong kind of applicant",
    ),
    says: &[words(
        "可能有 {k} 件归错了列：{over}多 {k}，{under}少 {k}，疑在 {n} 行之一",
        "perhaps {k} under the wrong kind: {over} {k} too many, {under} {k} too few; one of {n} rows",
    )],
    next: words(
        "查台账中申请人是哪一类，程序判断不了",
        "look up the applicant's kind: the program can't tell",
    ),
    doc: words(
        "两列的各项结果一多一少、数目相同，而每一行都平，是一件归错类别的样子；和这两列的问题合看。",
        "Equal and opposite gaps in two columns while all rows hold look like cases under the wrong kind; read the two columns together.",
    ),
    about: About::Table("t3"),
};

pub(super) static T3_TOTALS: Rule = Rule {
    code: "T3-TOTALS",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("表三总计空着", "blank totals in table 3"),
    says: &[words(
        "{table}有 {n} 个总计格空着，对应的勾稽按相加核对",
        "{n} totals of {table} are blank; their sums are used",
    )],
    next: NEXT_TOTALS,
    doc: TOTALS_DOC,
    about: About::Table("t3"),
};

pub(super) static T3_BLANK: Rule = Rule {
    code: "T3-BLANK",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("表三有空白格", "blank cells in table 3"),
    says: BLANK_SAYS,
    next: NEXT_BLANK,
    doc: BLANK_DOC,
    about: About::Table("t3"),
};

pub(super) static T3_EMPTY: Rule = Rule {
    code: "T3-EMPTY",
    severity: Severity::Warning,
    source: STATUTE,
    title: words("表三没有填", "table 3 not filled in"),
    says: EMPTY_SAYS,
    next: NEXT_EMPTY,
    doc: EMPTY_DOC,
    about: About::Table("t3"),
};

pub(super) static T4_SUM: Rule = Rule {
    code: "T4-SUM",
    severity: Severity::Error,
    source: FORM,
    title: words("四种结果与总计不符", "outcomes do not add up to the total"),
    says: &[words(
        "{table} {line}：四种结果相加 {sum}，总计写 {total}，{off} {d}",
        "{table} {line}: four outcomes add to {sum}, total says {total}, {d} {off}",
    )],
    next: words(
        "当年未审结的计入尚未审结",
        "cases not decided in the year count as pending",
    ),
    doc: words(
        "维持、纠正、其他结果、尚未审结四种相加应等于总计。",
        "Upheld, corrected, other and pending add up to the total.",
    ),
    about: About::Identity,
};

pub(super) static T4_TOTALS: Rule = Rule {
    code: "T4-TOTALS",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("表四总计空着", "blank totals in table 4"),
    says: &[words(
        "{table}有 {n} 个总计格空着",
        "{n} totals of {table} are blank",
    )],
    next: NEXT_TOTALS,
    doc: TOTALS_DOC,
    about: About::Table("t4"),
};

pub(super) static T4_BLANK: Rule = Rule {
    code: "T4-BLANK",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("表四有空白格", "blank cells in table 4"),
    says: BLANK_SAYS,
    next: NEXT_BLANK,
    doc: BLANK_DOC,
    about: About::Table("t4"),
};

pub(super) static T4_EMPTY: Rule = Rule {
    code: "T4-EMPTY",
    severity: Severity::Warning,
    source: STATUTE,
    title: words("表四没有填", "table 4 not filled in"),
    says: EMPTY_SAYS,
    next: NEXT_EMPTY,
    doc: EMPTY_DOC,
    about: About::Table("t4"),
};

/// The rules that the sums of a form name.
const IDENTITIES: [&Rule; 4] = [&T3_COLSUM, &T3_BALANCE, &T3_ROWSUM, &T4_SUM];

/// Adds a problem for every broken identity.
pub(super) fn identities(check: &Check, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    let identities = check.judged.identities();
    for (identity, verdict) in identities.all().iter().zip(check.judged.verdicts()) {
        let Verdict::Broken { .. } = verdict else {
            continue;
        };
        let rule = IDENTITIES.iter().find(|rule| rule.code == identity.rule);
        let rule = rule.expect("every sum of a form names a rule");
        let sides = check.judged.sides(identity);
        let mut problem = Problem::new(rule, Site::of(identity), sentence(form, identity, sides));
        problem.cell = Some(identities.anchor(identity));
        problem.sides = Some(sides);
        problem.implied = identity.dependent;
        problems.push(problem);
    }
    // A dependent identity without a broken cause cannot be; should a table of
    // unreadable cells show one alone, it stands for itself.
    let caused: Vec<bool> = problems
        .iter()
        .map(|p| {
            problems
                .iter()
                .any(|q| !q.implied && table_of(&q.site) == table_of(&p.site))
        })
        .collect();
    for (problem, caused) in problems.iter_mut().zip(caused) {
        problem.implied &= caused;
    }
}

fn table_of(site: &Site) -> Option<usize> {
    match site {
        Site::Column { table, .. } | Site::Row { table, .. } => Some(*table),
        _ => None,
    }
}

/// The arguments of an identity's sentence.
fn sentence(
    form: &'static Form,
    identity: &Identity,
    (left, right): (i64, i64),
) -> Vec<(&'static str, Arg)> {
    let table = &form.tables[identity.table];
    let line = match Site::of(identity) {
        Site::Row { row, .. } => table.rows[row].name,
        Site::Column { col, .. } => table.cols[col].name,
        _ => unreachable!("an identity holds in a row or a column"),
    };
    let (sum, total) = match identity.total {
        Some(Side::Left) => (right, left),
        Some(Side::Right) | None => (left, right),
    };
    vec![
        ("table", table_words(form, table.prefix).into()),
        ("line", line.into()),
        ("sum", sum.into()),
        ("total", total.into()),
        ("left", left.into()),
        ("right", right.into()),
        ("off", off(total > sum).into()),
        ("d", (left - right).abs().into()),
    ]
}

/// Whether the written number is too large or too small.
fn off(over: bool) -> Words {
    if over {
        words("多写", "too much")
    } else {
        words("少写", "too little")
    }
}

/// Equal and opposite gaps in two columns while all rows hold.
pub(super) fn misclass(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    let identities = check.judged.identities();
    let broken: Vec<(&Identity, i64)> = identities
        .all()
        .iter()
        .zip(check.judged.verdicts())
        .filter_map(|(identity, verdict)| match verdict {
            Verdict::Broken { by }
                if rule.about == About::Table(form.tables[identity.table].prefix) =>
            {
                Some((identity, *by))
            }
            _ => None,
        })
        .collect();
    let [(one, by), (other, against)] = broken[..] else {
        return;
    };
    let pair = one.rule == other.rule
        && one.total.is_some()
        && one.along == Along::Columns
        && by.checked_add(against) == Some(0);
    if !pair {
        return;
    }
    let (over, under) = if by > 0 { (one, other) } else { (other, one) };
    let k = by.abs();
    let rows = identities
        .parts(over)
        .iter()
        .filter(|cell| check.report.cell(**cell).count() >= Some(k))
        .count();
    let table = &form.tables[one.table];
    let mut problem = Problem::new(
        rule,
        Site::of(over),
        vec![
            ("k", k.into()),
            ("over", table.cols[over.line].name.into()),
            ("under", table.cols[under.line].name.into()),
            ("n", rows.into()),
        ],
    );
    problem.cell = Some(identities.anchor(over.max_line(under)));
    problems.push(problem);
}

/// The cells of a section's tables.
fn cells_of<'a>(
    report: &'a Report,
    prefix: &'static str,
) -> impl Iterator<Item = (CellId, &'a Cell)> {
    let form = report.form();
    form.tables_of(prefix).flat_map(move |table| {
        let table = &form.tables[table];
        let first = usize::from(table.first);
        table
            .cells()
            .zip(&report.cells()[first..first + table.len()])
    })
}

/// Whether a section's tables are judged as filled in.
fn is_finished(check: &Check, prefix: &'static str) -> bool {
    let mut tables = check.report.form().tables_of(prefix);
    let mut unread = check.report.unread();
    tables.all(|table| !check.blanks.are_unknown(table))
        && unread.all(|unread| unread.prefix != prefix)
}

fn is_empty(report: &Report, prefix: &'static str) -> bool {
    cells_of(report, prefix).all(|(_, content)| content.is_blank())
}

fn blanks_of(report: &Report, prefix: &'static str, totals: bool) -> Vec<CellId> {
    let form = report.form();
    cells_of(report, prefix)
        .filter(|(cell, content)| content.is_blank() && form.is_total(*cell) == totals)
        .map(|(cell, _)| cell)
        .collect()
}

/// Blank entry cells of tables that are still being keyed.
pub(super) fn missing(report: &Report, blanks: Blanks) -> usize {
    let form = report.form();
    let keyed = |cell: &CellId| blanks.are_unknown(form.spot(*cell).table);
    let cells = form.cells().zip(report.cells());
    cells
        .filter(|(cell, content)| content.is_blank() && !form.is_total(*cell) && keyed(cell))
        .count()
}

/// Blank entry cells, one finding a table.
pub(super) fn blank(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    gaps(check, rule, false, problems);
}

/// Blank totals, one finding a table.
pub(super) fn totals(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    gaps(check, rule, true, problems);
}

fn gaps(check: &Check, rule: &'static Rule, totals: bool, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    let About::Table(prefix) = rule.about else {
        return;
    };
    if !is_finished(check, prefix) || is_empty(check.report, prefix) {
        return;
    }
    let cells = blanks_of(check.report, prefix, totals);
    let Some(first) = cells.first() else { return };
    let mut problem = Problem::new(
        rule,
        Site::Table(prefix),
        vec![
            ("table", table_words(form, prefix).into()),
            ("n", cells.len().into()),
        ],
    );
    problem.cell = Some(*first);
    problems.push(problem);
}

/// A table that is not filled in yet.
pub(super) fn empty(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    let About::Table(prefix) = rule.about else {
        return;
    };
    // While it is being keyed, its blanks are counted instead.
    if !is_finished(check, prefix) || !is_empty(check.report, prefix) {
        return;
    }
    let mut problem = Problem::new(
        rule,
        Site::Table(prefix),
        vec![("table", table_words(form, prefix).into())],
    );
    problem.cell = cells_of(check.report, prefix).next().map(|(cell, _)| cell);
    problems.push(problem);
}

/// Writes 0 into the blank entry cells of a table that count as 0.
pub(super) fn fill_zeros(report: &Report, problem: &Problem, blanks: Blanks) -> Option<Fix> {
    let Site::Table(prefix) = problem.site else {
        return None;
    };
    let form = report.form();
    let label = words("空白格补 0", "fill blanks with 0");
    let judged = Judged::of(report, blanks);
    let mut cells = blanks_of(report, prefix, false);
    cells.retain(|cell| judged.value(*cell).is_some());
    let transaction = cells.iter().fold(Transaction::new(label), |step, cell| {
        step.cell(report, *cell, Cell::of(0, form.kind(*cell)))
    });
    (!transaction.is_empty()).then(|| Fix {
        title: words(
            "{table}的 {n} 个空白格补 0",
            "write 0 into {n} blank cells of {table}",
        )
        .with(vec![
            ("table", table_words(form, prefix).into()),
            ("n", cells.len().into()),
        ]),
        sure: Sure::Certain,
        transaction,
    })
}

/// Writes the sums into the blank totals of a table.
///
/// A total whose parts cannot all be read stays blank.
pub(super) fn write_totals(report: &Report, problem: &Problem, blanks: Blanks) -> Option<Fix> {
    let Site::Table(prefix) = problem.site else {
        return None;
    };
    let form = report.form();
    let judged = Judged::of(report, blanks);
    let label = words("写总计", "write totals");
    let transaction =
        blanks_of(report, prefix, true)
            .into_iter()
            .fold(Transaction::new(label), |step, cell| {
                match judged.value(cell) {
                    Some(sum) => step.cell(report, cell, Cell::Count(sum)),
                    None => step,
                }
            });
    (!transaction.is_empty()).then(|| Fix {
        title: words(
            "{table}的 {n} 个总计按相加填上",
            "write {n} totals of {table}",
        )
        .with(vec![
            ("table", table_words(form, prefix).into()),
            ("n", transaction.ops.len().into()),
        ]),
        sure: Sure::Certain,
        transaction,
    })
}
