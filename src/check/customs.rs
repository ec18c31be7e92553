//! Cells that the form allows and experience doubts.
//!
//! **Never:** an error; whoever knows better explains it.
//! Next: `rules` for the words.

use crate::base::spelling::simplified;
use crate::form::{CellId, Form};

use super::context::Check;
use super::problem::{Problem, Site};
use super::rule::{About, CORNER, CUSTOM, Rule, Severity};
use crate::base::words::words;

pub(super) static X_NORMDOC_MIN: Rule = Rule {
    code: "X-NORMDOC-MIN",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("现行有效少于制发", "fewer in force than made"),
    says: &[words(
        "【{kind}】本年制发 {i}、废止 {r}，现行有效却写 {now}",
        "{kind}: issued {i}, repealed {r}, in force only {now}",
    )],
    next: words("补现行有效件数", "correct the number in force"),
    doc: words(
        "当年制发的没有废止就仍然有效：现行有效加废止不会少于制发。",
        "What was made and not repealed is in force: in force and repealed are not less than made.",
    ),
    about: About::Report,
};

pub(super) static C_RULES: Rule = Rule {
    code: "C-RULES",
    severity: Severity::Info,
    source: CUSTOM,
    title: words("规章不该有数", "rules of a body that makes none"),
    says: &[words(
        "规章写了 {n} 件：县区部门和乡镇一般没有规章制定权，是不是填错行",
        "{n} rules: this kind of body normally makes none",
    )],
    next: words(
        "改填行政规范性文件或写说明",
        "move it to normative documents, or explain",
    ),
    doc: words(
        "规章由部委、省级和设区的市政府制定。",
        "Rules are made by ministries, provinces and cities with districts.",
    ),
    about: About::Report,
};

pub(super) static C_ZERO: Rule = Rule {
    code: "C-ZERO",
    severity: Severity::Warning,
    source: CORNER,
    title: words("没有申请却有结果", "results without requests"),
    says: &[words(
        "全年没有申请，{col}列却有 {n} 件结果",
        "No requests, yet {n} results under {col}",
    )],
    next: words("先核对新收和结转", "check received and carried over first"),
    doc: words(
        "新收和上年结转都是 0，办理结果也应是 0。",
        "Where nothing came in and nothing was carried in, there are no results.",
    ),
    about: About::Report,
};

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

/// Whether a body is of a place and no government that may make rules: those of
/// provinces, prefectures and cities with districts. Ministries, 署 and banks may too.
fn is_local(body: &str) -> bool {
    const PLACES: &[char] = &['省', '市', '州', '盟', '区', '县', '旗', '镇', '乡'];
    const BELOW: &[char] = &['区', '县', '旗', '镇', '乡'];
    let body = body.replace("自治区", "自治省");
    let of_place = body.contains(PLACES) || body.contains("街道");
    let government = body.contains("人民政府") && !body.contains(BELOW);
    of_place && !government
}

/// A body that makes no rules has some.
pub(super) fn rules(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    if !is_local(&simplified(&*check.report.head().body)) {
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
