//! A report beside others: last year's of the same body, and the parts that it sums.
//!
//! Nothing of the others is judged; all of it is compared, cell by cell. What one of
//! them does not say (a row that was not found, a table not filled in, a number that
//! is none) is compared with nothing.
//!
//! **Never:** changes a number of the report by itself; counts what it finds among
//! the report's own problems.
//! Next: `facts`, which ties the comparisons that sentences make.

use crate::base::number::Decimal;
use crate::base::words::{Arg, Message, words};
use crate::form::{CellId, Form};
use crate::model::{Cell, Report, Transaction};

use super::context::{Beside, Check};
use super::judge::{Blanks, Judged};
use super::problem::{Fix, Problem, Site, Sure, cell_words};
use super::profile::{JUMP_LEAST, JUMP_TIMES, Profile};
use super::rule::{About, CUSTOM, Rule, Severity};

pub(super) static X_CARRY: Rule = Rule {
    code: "X-CARRY",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words(
        "上年结转与去年的报告不符",
        "carried in differs from last year",
    ),
    says: &[words(
        "上年结转 {col}写 {v}，去年报告的结转下年是 {w}，差 {d}",
        "{col}: carried in {v}, last year carried out {w}, off by {d}",
    )],
    next: words(
        "F6 改成去年的数；去年更正过的写说明",
        "F6 takes last year's number; explain a correction",
    ),
    doc: words(
        "今年的上年结转就是去年的结转下年，七列都应相同。",
        "What was carried in is what last year carried out, in all seven columns.",
    ),
    about: About::Other,
};

pub(super) static X_NORMDOC: Rule = Rule {
    code: "X-NORMDOC",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words(
        "现行有效与去年接不上",
        "in force does not follow from last year",
    ),
    says: &[words(
        "【{kind}】去年有效 {p} + 制发 {i} - 废止 {r} = {e}，今年写 {now}，差 {d}",
        "{kind}: {p}+{i}-{r} = {e}, report says {now}, off by {d}",
    )],
    next: words("清理、移交的写说明", "explain a review or a transfer"),
    doc: words(
        "去年现行有效，加上今年制发，减去今年废止，就是今年现行有效；清理、移交会不同。",
        "Last year's number in force, what was issued and what was repealed make this year's; reviews and transfers differ.",
    ),
    about: About::Other,
};

pub(super) static X_COPY: Rule = Rule {
    code: "X-COPY",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("与去年完全相同", "the same as last year"),
    says: &[words(
        "表三、表四的 {n} 个非零数与去年完全相同，请核对",
        "All {n} non-zero figures equal last year's",
    )],
    next: words("确属相同的写说明", "explain it if it is so"),
    doc: words(
        "两年的申请和复议诉讼一个数也不差，多半是沿用了去年的表。",
        "Two years without any difference usually mean a copied table.",
    ),
    about: About::Other,
};

pub(super) static X_JUMP: Rule = Rule {
    code: "X-JUMP",
    severity: Severity::Info,
    source: CUSTOM,
    title: words("与去年相差很大", "far from last year"),
    says: &[words(
        "{cell}：去年 {p}，今年 {now}，变化大，请确认",
        "{cell}: {p} -> {now}",
    )],
    next: words("按台账确认", "confirm it by the records"),
    doc: words(
        "十倍以上或十分之一以下，而且相差 20 以上的格（两个数可在 profile.json 里改）；总计随着其中一格变的不另说。",
        "Cells ten times or a tenth of last year's, and 20 or more apart (a profile may set both); totals that follow a cell are not said again.",
    ),
    about: About::Other,
};

pub(super) static X_T4_PENDING: Rule = Rule {
    code: "X-T4-PENDING",
    severity: Severity::Info,
    source: CUSTOM,
    title: words(
        "去年未审结的没有计入",
        "last year's pending cases are missing",
    ),
    says: &[words(
        "表四 {line}：去年尚未审结 {p} 件，今年总计只有 {now} 件",
        "Table 4 {line}: {p} pending last year, only {now} in all this year",
    )],
    next: words(
        "核对去年未审结的案件今年的结果",
        "look up what became of them",
    ),
    doc: words(
        "上年的案件今年审结的也计入今年；口径不同的写说明。",
        "Last year's cases that were decided this year count too.",
    ),
    about: About::Other,
};

pub(super) static H_SUM: Rule = Rule {
    code: "H-SUM",
    severity: Severity::Info,
    source: CUSTOM,
    title: words("与各部分相加不符", "differs from the sum of its parts"),
    says: &[words(
        "{cell}：{n} 份相加 {sum}，本报告写 {now}，差 {d}",
        "{cell}: the {n} parts add to {sum}, the report says {now}, off by {d}",
    )],
    next: words(
        "看是否漏了单位，或重复计算",
        "is a part missing, or counted twice?",
    ),
    doc: words(
        "汇总的报告每一格等于各单位相加；总计随着其中一格差的不另说。",
        "Every cell of a report that sums others is their sum; totals that follow a cell are not said again.",
    ),
    about: About::Other,
};

/// Last year's report under this year's form, where it stands under another; what
/// finds no partner there is named.
pub(super) fn last_in(
    form: &'static Form,
    last: Option<&Report>,
    asides: &mut Vec<Message>,
) -> Option<Report> {
    let last = last.filter(|last| last.form() != form)?;
    let remapped = last.remapped(form);
    let mut rows: Vec<&str> = Vec::new();
    for piece in remapped.report.unplaced() {
        let row = last.form().cell(&piece.place.to_string());
        let name = row.map(|cell| last.form().lines(cell).0.name.zh);
        if let Some(name) = name.filter(|name| !rows.contains(name)) {
            rows.push(name);
        }
    }
    if !rows.is_empty() {
        let said = words(
            "去年的报告用的是 {form}，这些行今年没有对应，没有比：{rows}",
            "Last year's report is on the {form}; these rows have no partner and were not compared: {rows}",
        );
        asides.push(said.with(vec![
            ("form", last.form().name.into()),
            ("rows", rows.join("、").into()),
        ]));
    }
    Some(remapped.into_compared(last.form()))
}

/// What the cells of a form count in last year's report, by their places; None where it
/// does not say, or has no such cell.
#[must_use]
pub fn last_values(form: &'static Form, last: &Report) -> Vec<Option<Decimal>> {
    let remapped = last_in(form, Some(last), &mut Vec::new());
    let numbers = Numbers::of(remapped.as_ref().unwrap_or(last));
    form.cells().map(|cell| numbers.value(cell)).collect()
}

/// A report's numbers, as they are compared.
pub(super) struct Numbers<'a> {
    report: &'a Report,
    judged: Judged,
}

impl<'a> Numbers<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        Numbers {
            report,
            judged: Judged::of(report, Blanks::of(report, false)),
        }
    }

    /// What a cell counts; None where it says nothing.
    pub(super) fn value(&self, cell: CellId) -> Option<Decimal> {
        match self.report.cell(cell) {
            Cell::Blank => Some(Decimal::whole(self.judged.value(cell)?)),
            content => content.value(),
        }
    }

    fn whole(&self, cell: CellId) -> Option<i64> {
        self.value(cell)?.to_whole()
    }
}

fn number(value: Decimal) -> Arg {
    match value.to_whole() {
        Some(whole) => whole.into(),
        None => value.to_string().into(),
    }
}

/// This year's and last year's numbers; None without last year's report.
fn years<'a>(check: &'a Check, beside: &Beside<'a>) -> Option<(Numbers<'a>, Numbers<'a>)> {
    let now = Numbers {
        report: check.report,
        judged: check.judged.clone(),
    };
    Some((now, Numbers::of(beside.last?)))
}

/// Carried in is what last year carried out, in every column.
pub(super) fn carry(
    check: &Check,
    beside: &Beside,
    rule: &'static Rule,
    problems: &mut Vec<Problem>,
) {
    let Some((now, last)) = years(check, beside) else {
        return;
    };
    let form = check.report.form();
    let rows = ["carried_in", "carried_out"].map(|key| form.row("t3", key));
    let [Some((table, carried_in)), Some((_, carried_out))] = rows else {
        return;
    };
    for (col, line) in form.tables[table].cols.iter().enumerate() {
        let cell = form.tables[table].cell(carried_in, col);
        let before = form.tables[table].cell(carried_out, col);
        let (Some(v), Some(w)) = (now.whole(cell), last.whole(before)) else {
            continue;
        };
        if v != w {
            let args = vec![
                ("col", line.name.into()),
                ("v", v.into()),
                ("w", w.into()),
                ("d", (v - w).abs().into()),
            ];
            problems.push(Problem::new(rule, Site::Cell(cell), args));
        }
    }
}

/// What last year carried out, written as carried in.
pub(super) fn take(report: &Report, problem: &Problem, _: Blanks) -> Option<Fix> {
    let Site::Cell(cell) = problem.site else {
        return None;
    };
    let w = problem.number("w")?;
    let title = words(
        "按上年结转改：{cell} 改成 {w}",
        "as last year carried out: make {cell} {w}",
    )
    .with(vec![
        ("cell", cell_words(report.form(), cell).into()),
        ("w", w.into()),
    ]);
    let label = words("按上年结转改", "take what last year carried out");
    Some(Fix {
        title,
        sure: Sure::Guess,
        transaction: Transaction::new(label).cell(
            report,
            cell,
            Cell::of(w, report.form().kind(cell)),
        ),
    })
}

/// How many documents of a kind are due to be in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The cell of those in force.
    pub cell: CellId,
    /// Those in force last year.
    pub before: i64,
    /// Those issued this year, where it is known.
    pub issued: Option<i64>,
    /// Those repealed this year, where it is known.
    pub repealed: Option<i64>,
}

impl Due {
    /// How many, as far as it is known.
    #[must_use]
    pub fn count(&self) -> i64 {
        let issued = self.before.saturating_add(self.issued.unwrap_or(0));
        issued.saturating_sub(self.repealed.unwrap_or(0))
    }

    /// In each kind of document of which last year's number is known.
    fn all(now: &Numbers, last: &Numbers) -> Vec<Self> {
        let form = now.report.form();
        let of = |key: &&str| {
            let cells = ["issued", "repealed", "in_force"].map(|col| form.cell_in("t2", key, col));
            let [Some(issued), Some(repealed), Some(cell)] = cells else {
                return None;
            };
            Some(Due {
                cell,
                before: last.whole(cell)?,
                issued: now.whole(issued),
                repealed: now.whole(repealed),
            })
        };
        let kinds = ["rules", "normative_documents"];
        kinds.iter().filter_map(of).collect()
    }
}

/// The documents that are due in a report whose last year is known.
#[must_use]
pub fn due(report: &Report, blanks: Blanks, last: &Report) -> Vec<Due> {
    let remapped = last_in(report.form(), Some(last), &mut Vec::new());
    let now = Numbers {
        report,
        judged: Judged::of(report, blanks),
    };
    Due::all(&now, &Numbers::of(remapped.as_ref().unwrap_or(last)))
}

/// In force are those of last year and the issued without the repealed.
pub(super) fn documents(
    check: &Check,
    beside: &Beside,
    rule: &'static Rule,
    problems: &mut Vec<Problem>,
) {
    let Some((now, last)) = years(check, beside) else {
        return;
    };
    let form = check.report.form();
    for found in Due::all(&now, &last) {
        let (Some(i), Some(r), Some(stated)) =
            (found.issued, found.repealed, now.whole(found.cell))
        else {
            continue;
        };
        let due = found.count();
        if due != stated {
            let kind = form.lines(found.cell).0.name;
            let args = vec![
                ("kind", kind.into()),
                ("p", found.before.into()),
                ("i", i.into()),
                ("r", r.into()),
                ("e", due.into()),
                ("now", stated.into()),
                ("d", (due - stated).abs().into()),
            ];
            problems.push(Problem::new(rule, Site::Cell(found.cell), args));
        }
    }
}

/// The cells of tables 三 and 四.
fn requests_and_disputes(form: &'static Form) -> impl Iterator<Item = CellId> {
    form.cells().filter(|cell| {
        let prefix = form.tables[form.spot(*cell).table].prefix;
        matches!(prefix, "t3" | "t4")
    })
}

/// Every number of tables 三 and 四 is last year's.
pub(super) fn copy(
    check: &Check,
    beside: &Beside,
    rule: &'static Rule,
    problems: &mut Vec<Problem>,
) {
    let Some((now, last)) = years(check, beside) else {
        return;
    };
    let form = check.report.form();
    let mut count = 0_usize;
    let mut first = None;
    for cell in requests_and_disputes(form) {
        let (one, other) = (now.value(cell), last.value(cell));
        if one != other {
            return;
        }
        if one.is_some_and(|value| value.units != 0) {
            count += 1;
            first.get_or_insert(cell);
        }
    }
    if let Some(cell) = first {
        let mut problem = Problem::new(rule, Site::Table("t3"), vec![("n", count.into())]);
        problem.cell = Some(cell);
        problems.push(problem);
    }
}

/// A number many times last year's, or a small part of it.
pub(super) fn jump(
    check: &Check,
    beside: &Beside,
    rule: &'static Rule,
    problems: &mut Vec<Problem>,
) {
    let Some((now, last)) = years(check, beside) else {
        return;
    };
    let form = check.report.form();
    for (cell, (one, other)) in jumps(&now, &last, check.profile) {
        let args = vec![
            ("cell", cell_words(form, cell).into()),
            ("p", number(other)),
            ("now", number(one)),
        ];
        problems.push(Problem::new(rule, Site::Cell(cell), args));
    }
}

/// The cells of a report that are far from those of another on its form; a total that
/// follows such a cell is none.
pub(super) fn far_cells(now: &Report, last: &Report, profile: &Profile) -> Vec<CellId> {
    let (now, last) = (Numbers::of(now), Numbers::of(last));
    jumps(&now, &last, profile).map(|(cell, _)| cell).collect()
}

/// Cells with this year's and last year's number, which are far apart by the limits of a
/// profile.
fn jumps(
    now: &Numbers,
    last: &Numbers,
    profile: &Profile,
) -> impl Iterator<Item = (CellId, (Decimal, Decimal))> {
    let times = i128::from(profile.limit(&JUMP_TIMES));
    let apart = i128::from(profile.limit(&JUMP_LEAST)) * 1_000_000;
    by_themselves(now.report.form(), move |cell: CellId| {
        let (one, other) = (now.value(cell)?, last.value(cell)?);
        let (n, p) = (one.millionths(), other.millionths());
        let far = n >= p.saturating_mul(times) || n.saturating_mul(times) <= p;
        (far && n != p && (n - p).abs() >= apart).then_some((one, other))
    })
}

/// Cells of which something is found; a total that follows one of its parts says
/// nothing new.
fn by_themselves<T>(
    form: &'static Form,
    found: impl Fn(CellId) -> Option<T>,
) -> impl Iterator<Item = (CellId, T)> {
    let identities = form.identities();
    form.cells().filter_map(move |cell| {
        let what = found(cell)?;
        let parts = identities
            .total_of(cell)
            .map_or(&[][..], |total| identities.parts(total));
        let follows = parts.iter().any(|part| found(*part).is_some());
        (!follows).then_some((cell, what))
    })
}

/// Disputes that were pending last year belong to this year's.
pub(super) fn pending(
    check: &Check,
    beside: &Beside,
    rule: &'static Rule,
    problems: &mut Vec<Problem>,
) {
    let Some((now, last)) = years(check, beside) else {
        return;
    };
    let form = check.report.form();
    for key in ["review", "suit_direct", "suit_after_review"] {
        let cells = ["pending", "total"].map(|col| form.cell_in("t4", key, col));
        let [Some(pending), Some(total)] = cells else {
            continue;
        };
        let (Some(p), Some(n)) = (last.whole(pending), now.whole(total)) else {
            continue;
        };
        if p > 0 && n < p {
            let args = vec![
                ("line", form.lines(total).0.name.into()),
                ("p", p.into()),
                ("now", n.into()),
            ];
            problems.push(Problem::new(rule, Site::Cell(total), args));
        }
    }
}

/// A report that sums others holds their sums.
pub(super) fn sums(
    check: &Check,
    beside: &Beside,
    rule: &'static Rule,
    problems: &mut Vec<Problem>,
) {
    if beside.parts.is_empty() {
        return;
    }
    let form = check.report.form();
    let of_form = beside
        .parts
        .iter()
        .filter(|part| part.report.form() == form);
    let parts: Vec<Numbers> = of_form.map(|part| Numbers::of(part.report)).collect();
    if parts.len() != beside.parts.len() {
        return;
    }
    let differs = |cell: CellId| {
        let stated = match check.report.cell(cell) {
            Cell::Blank => Decimal::whole(check.judged.value(cell)?),
            content => content.value()?,
        };
        let sum = parts.iter().try_fold(0_i128, |sum, part| {
            sum.checked_add(part.value(cell)?.millionths())
        })?;
        (sum != stated.millionths()).then_some((sum, stated))
    };
    for (cell, (sum, stated)) in by_themselves(form, differs) {
        let gap = (sum - stated.millionths()).abs();
        let args = vec![
            ("cell", cell_words(form, cell).into()),
            ("n", beside.parts.len().into()),
            ("sum", number(decimal(sum))),
            ("now", number(stated)),
            ("d", number(decimal(gap))),
        ];
        problems.push(Problem::new(rule, Site::Cell(cell), args));
    }
}

/// Millionths as a decimal with no more places than they need.
pub(super) fn decimal(millionths: i128) -> Decimal {
    let (mut units, mut places) = (millionths, 6);
    while places > 0 && units % 10 == 0 {
        units /= 10;
        places -= 1;
    }
    let most = if units < 0 { i64::MIN } else { i64::MAX };
    Decimal {
        units: i64::try_from(units).unwrap_or(most),
        places,
    }
}
