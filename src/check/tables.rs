//! Problems of tables: broken identities, blank cells, blank totals.
//!
//! **Never:** names a row or column key; what adds up is the form's to say.
//! Next: `judge` for the verdicts, `rules` for the words.

use crate::base::words::{Arg, Words, words};
use crate::form::{Along, CellId, Form, Identity, Side};
use crate::model::{Cell, Report, Transaction};

use super::Check;
use super::judge::{Blanks, Judged, Verdict};
use super::problem::{Fix, Problem, Site, Sure, table_words};
use super::rules::{Rule, rule};

/// Adds a problem for every broken identity.
pub(super) fn identities(check: &Check, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    let identities = check.judged.identities();
    for (identity, verdict) in identities.all().iter().zip(check.judged.verdicts()) {
        let Verdict::Broken { .. } = verdict else {
            continue;
        };
        let rule = rule(identity.rule).expect("every sum of a form names a rule");
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
                if rule.code[..2].eq_ignore_ascii_case(form.tables[identity.table].prefix) =>
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

/// The prefix in a code such as `T3-BLANK`.
fn prefix_of(form: &'static Form, rule: &Rule) -> Option<&'static str> {
    form.prefixes()
        .into_iter()
        .find(|prefix| rule.code[..2].eq_ignore_ascii_case(prefix))
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
    let Some(prefix) = prefix_of(form, rule) else {
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
    let Some(prefix) = prefix_of(form, rule) else {
        return;
    };
    let unread = check.report.unread().any(|unread| unread.prefix == prefix);
    if unread || !is_empty(check.report, prefix) {
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
    let label = words("空格补 0", "fill blanks with 0");
    let judged = Judged::of(report, blanks);
    let mut cells = blanks_of(report, prefix, false);
    cells.retain(|cell| judged.value(*cell).is_some());
    let transaction = cells.iter().fold(Transaction::new(label), |step, cell| {
        step.cell(report, *cell, Cell::of(0, form.kind(*cell)))
    });
    (!transaction.is_empty()).then(|| Fix {
        title: words(
            "{table}的 {n} 个空格补 0",
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
