//! Cells that the form allows and experience doubts.
//!
//! **Never:** an error; whoever knows better explains it.
//! Next: `rules` for the words.

use crate::base::spelling::simplified;
use crate::form::{CellId, Form};

use super::Check;
use super::problem::{Problem, Site};
use super::rules::Rule;

/// The rows of table 二 with these columns, as cells in their order.
fn stocks<const N: usize>(
    form: &'static Form,
    cols: [&str; N],
) -> Vec<(usize, usize, [CellId; N])> {
    let mut all = Vec::new();
    for (table, content) in form.tables.iter().enumerate() {
        let places = cols.map(|key| content.cols.iter().position(|col| col.key == key));
        if content.prefix != "t2" || places.contains(&None) {
            continue;
        }
        for row in 0..content.rows.len() {
            let cells = places.map(|col| content.cell(row, col.unwrap_or_default()));
            all.push((table, row, cells));
        }
    }
    all
}

/// Fewer documents in force than were made, and repealed ones don't explain it.
pub(super) fn stock(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    for (table, row, cells) in stocks(form, ["issued", "repealed", "in_force"]) {
        let counts = cells.map(|cell| check.report.cell(cell).count());
        let [Some(issued), Some(repealed), Some(in_force)] = counts else {
            continue;
        };
        if issued > 0 && in_force + repealed < issued {
            let args = vec![
                ("kind", form.tables[table].rows[row].name.into()),
                ("i", issued.into()),
                ("r", repealed.into()),
                ("now", in_force.into()),
            ];
            let mut problem = Problem::new(rule, Site::Row { table, row }, args);
            problem.cell = Some(cells[2]);
            problems.push(problem);
        }
    }
}

/// A body that makes no rules has some.
pub(super) fn rules(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let body = simplified(&*check.report.head().body);
    let makes = body.is_empty()
        || body.ends_with('部')
        || body.starts_with("国家")
        || body.contains("省人民政府")
        || body.contains("人民政府") && !body.contains(['县', '区', '镇', '乡'])
        || body.contains("自治区人民政府")
        || body.contains("委员会") && body.contains("国");
    if makes {
        return;
    }
    let form = check.report.form();
    let Some((table, row)) = form.row("t2", "rules") else {
        return;
    };
    let content = &form.tables[table];
    let cells = (0..content.cols.len()).map(|col| content.cell(row, col));
    let most = cells
        .filter_map(|cell| Some((check.report.cell(cell).count()?, cell)))
        .max_by_key(|(count, cell)| (*count, std::cmp::Reverse(*cell)));
    if let Some((count, cell)) = most.filter(|(count, _)| *count > 0) {
        let mut problem = Problem::new(rule, Site::Row { table, row }, vec![("n", count.into())]);
        problem.cell = Some(cell);
        problems.push(problem);
    }
}

/// Results without any request.
pub(super) fn results(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    let rows = ["new_received", "carried_in", "processed_total"].map(|key| form.row("t3", key));
    let [Some((table, new)), Some((_, carried)), Some((_, closed))] = rows else {
        return;
    };
    let content = &form.tables[table];
    let count = |row: usize, col: usize| check.judged.value(content.cell(row, col));
    let Some(total) = content.cols.iter().position(|col| col.class == "total") else {
        return;
    };
    let stated = !check.report.cell(content.cell(new, total)).is_blank();
    if !stated || count(new, total) != Some(0) || count(carried, total) != Some(0) {
        return;
    }
    for (col, line) in content.cols.iter().enumerate() {
        let items = (0..content.rows.len()).filter(|row| content.rows[*row].class == "item");
        let sum: i64 = items.filter_map(|row| count(row, col)).sum();
        let n = sum.max(count(closed, col).unwrap_or(0));
        if n > 0 && count(new, col) == Some(0) && count(carried, col) == Some(0) {
            let args = vec![("col", line.name.into()), ("n", n.into())];
            let mut problem = Problem::new(rule, Site::Column { table, col }, args);
            problem.cell = Some(content.cell(closed, col));
            problem.implied = true;
            problems.push(problem);
        }
    }
}
