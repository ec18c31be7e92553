//! What is printed of a roll-up: its lists as lines, its sources as sheets of a workbook.
//!
//! **Never:** leaves out a unit that is missing or not counted.
//! Next: `check::rollup`, which sums.

use crate::base::place::Place;
use crate::base::sheet::{Block, Sheet};
use crate::base::width::shown;
use crate::base::words::{Arg, Lang, Message, Words, words};
use crate::check::problem::cell_words;
use crate::check::rollup::{Broken, LeftOut, Rollup, Source, Unit};
use crate::check::rule;
use crate::form::{Along, CellId};
use crate::model::Report;

use super::{place, row};

/// Most rows that a sheet of sources holds: a workbook takes little more.
const MOST_ROWS: usize = 1_000_000;

/// How a unit stands: the reason why it is counted first.
#[must_use]
pub fn state(unit: &Unit) -> Message {
    if !unit.reason.is_empty() {
        let said = words("带理由计入：{why}", "counted for a reason: {why}");
        return said.with(vec![("why", unit.reason.as_str().into())]);
    }
    let unreviewed = || words("没有错误", "no error").into();
    unit.state.clone().unwrap_or_else(unreviewed)
}

/// Where the number of a unit stands in its file: by the cell itself where the file is the
/// editor's own.
fn place_of(rollup: &Rollup, unit: &Unit, cell: CellId) -> Place {
    let origin = unit.origin(cell).map(|origin| origin.place.clone());
    origin.unwrap_or_else(|| rollup.report.form().path(cell).into())
}

/// Units that do not state some cells, each with how many.
fn unsaid(rollup: &Rollup) -> impl Iterator<Item = (&Unit, Vec<CellId>)> {
    let form = rollup.report.form();
    let units = rollup.units.iter();
    let unsaid = units.map(move |unit| (unit, unit.unknown(form).collect::<Vec<_>>()));
    unsaid.filter(|(_, cells)| !cells.is_empty())
}

/// Most units that are named where a sum breaks; the largest gaps come first.
const MOST_NAMED: usize = 10;

/// A broken identity: its name, its gap, who breaks it.
#[must_use]
pub fn broken_words(rollup: &Rollup, broken: &Broken) -> Message {
    let form = rollup.report.form();
    let identity = &form.identities().all()[broken.identity];
    let table = &form.tables[identity.table];
    let (line, along) = match identity.along {
        Along::Columns => (
            &table.cols[identity.line],
            words("{line}列", "column {line}"),
        ),
        Along::Rows => (&table.rows[identity.line], words("{line}行", "row {line}")),
    };
    let line = along.with(vec![("line", line.name.into())]);
    let items = broken.breakers.iter().take(MOST_NAMED).map(|(name, by)| {
        let item = words("{name} {by}", "{name} {by}");
        let by = signed(*by);
        item.with(vec![("name", name.clone().into()), ("by", by.into())])
            .into()
    });
    let mut items: Vec<Arg> = items.collect();
    let others = broken.breakers.len().saturating_sub(MOST_NAMED);
    if others > 0 {
        let said = words("其余 {n} 个单位", "{n} other units");
        items.push(said.with(vec![("n", others.into())]).into());
    }
    let said = words(
        "不平：{line}，{title}，差 {by}；来自 {units}",
        "broken: {line}, {title}, off by {by}; from {units}",
    );
    said.with(vec![
        ("line", line.into()),
        (
            "title",
            rule(identity.rule)
                .map_or(Words::same(identity.rule), |rule| rule.title)
                .into(),
        ),
        ("by", signed(broken.by).into()),
        ("units", Arg::List(words("、", ", "), items)),
    ])
}

fn signed(by: i64) -> String {
    format!("{by:+}")
}

/// What is to be told of a roll-up, a line each.
#[must_use]
pub fn lists(rollup: &Rollup) -> Vec<Message> {
    let form = rollup.report.form();
    let named =
        |what: Words, name: &str, more: Arg| what.with(vec![("name", name.into()), ("more", more)]);
    let counted = words("计入 {n} 份，{policy}", "{n} reports counted; {policy}");
    let mut lines = vec![counted.with(vec![
        ("n", rollup.units.len().into()),
        ("policy", rollup.policy.said().into()),
    ])];
    let missing = rollup.missing.iter();
    lines.extend(missing.map(|name| {
        named(
            words("未报送：{name}", "no report: {name}"),
            name,
            "".into(),
        )
    }));
    lines.extend(rollup.left_out.iter().map(LeftOut::said));
    let units = rollup.units.iter();
    lines.extend(units.filter(|unit| !unit.reason.is_empty()).map(|unit| {
        let what = words(
            "有错误仍计入：{name}，理由：{more}",
            "counted in spite of errors: {name}, because: {more}",
        );
        named(what, &unit.name, unit.reason.as_str().into())
    }));
    lines.extend(unsaid(rollup).map(|(unit, cells)| {
        let more = words("{n} 格，如 {cell}", "{n} cells, such as {cell}").with(vec![
            ("n", cells.len().into()),
            ("cell", cell_words(form, cells[0]).into()),
        ]);
        let what = words(
            "没有写出的格没有加上：{name}，{more}",
            "not stated and not added: {name}, {more}",
        );
        named(what, &unit.name, more.into())
    }));
    for unit in &rollup.units {
        lines.extend(unit.placeless.iter().map(|note| {
            let what = words("格式不同：{name}，{more}", "other form: {name}, {more}");
            named(what, &unit.name, note.message.clone().into())
        }));
    }
    for line in &rollup.adjustments {
        let cell = form.cell(&line.cell).map(|cell| cell_words(form, cell));
        let what = words(
            "调整：{cell} {line} {by}，理由：{why}（{author}）",
            "adjusted: {cell} {line} {by}, because: {why} ({author})",
        );
        lines.push(what.with(vec![
            (
                "cell",
                cell.map_or_else(|| line.cell.as_str().into(), Arg::from),
            ),
            ("line", line.name().into()),
            ("by", line.by.saturating_abs().into()),
            ("why", line.reason.as_str().into()),
            ("author", line.author.as_str().into()),
        ]));
    }
    lines.extend(rollup.misplaced.iter().map(|line| {
        let what = words(
            "没有这一格，没有调整：{name}，{more}",
            "no such cell, not adjusted: {name}, {more}",
        );
        named(what, &line.cell, line.reason.as_str().into())
    }));
    lines.extend(
        rollup
            .broken()
            .iter()
            .map(|broken| broken_words(rollup, broken)),
    );
    lines
}

/// Cells that differ from an earlier roll-up, a line each.
#[must_use]
pub fn changes(rollup: &Rollup, before: &Report) -> Vec<Message> {
    let form = rollup.report.form();
    let said = words(
        "变了：{cell} {old} -> {new}",
        "changed: {cell} {old} -> {new}",
    );
    let old = |cell: CellId| {
        let is_same = before.form() == form;
        if is_same {
            before.cell(cell).text().into_owned()
        } else {
            String::new()
        }
    };
    let cells = rollup.changed_since(before).into_iter();
    cells
        .map(|cell| {
            said.with(vec![
                ("cell", cell_words(form, cell).into()),
                ("old", old(cell).into()),
                ("new", rollup.report.cell(cell).text().into_owned().into()),
            ])
        })
        .collect()
}

/// The sheets that come with a roll-up: where every cell came from, and the units.
#[must_use]
pub fn sheets(rollup: &Rollup, lang: Lang) -> Vec<Sheet> {
    vec![sources(rollup, lang), units(rollup, lang)]
}

fn text(words: Words, lang: Lang) -> String {
    words.get(lang).to_owned()
}

/// A row a cell and unit; what counts 0 has none.
fn sources(rollup: &Rollup, lang: Lang) -> Sheet {
    let form = rollup.report.form();
    let mut rows = vec![
        [
            words("单元格", "Cell"),
            words("路径", "Path"),
            words("单位", "Unit"),
            words("数", "Number"),
            words("文件", "File"),
            words("位置", "Place"),
            words("状态", "State"),
        ]
        .map(|head| text(head, lang))
        .to_vec(),
    ];
    'cells: for cell in form.cells() {
        let (path, name) = (form.path(cell), cell_words(form, cell).text(lang));
        for source in rollup.sources(cell) {
            if rows.len() > MOST_ROWS {
                break 'cells;
            }
            rows.push(match source {
                Source::Unit(unit, value) => {
                    let unsaid = || text(words("没有写出", "not stated"), lang);
                    row([
                        name.clone(),
                        path.clone(),
                        shown(&unit.name).into_owned(),
                        value.map_or_else(unsaid, |value| value.to_string()),
                        shown(&unit.file).into_owned(),
                        place(&place_of(rollup, unit, cell), lang),
                        shown(&state(unit).text(lang)).into_owned(),
                    ])
                }
                Source::Adjustment(line) => row([
                    name.clone(),
                    path.clone(),
                    text(words("调整", "Adjustment"), lang),
                    line.by.to_string(),
                    String::new(),
                    String::new(),
                    shown(&format!("{} {}", line.reason, line.author)).into_owned(),
                ]),
            });
        }
    }
    let said = words(
        "一格一个单位一行，从大到小；是 0 的不列。",
        "A row a cell and unit, largest first; those that count 0 are left out.",
    );
    let cut = words("还有更多，这里放不下。", "There are more than fit here.");
    let mut blocks = vec![Block::Paragraph(text(said, lang))];
    if rows.len() > MOST_ROWS {
        blocks.push(Block::Paragraph(text(cut, lang)));
    }
    blocks.push(Block::Table(rows));
    Sheet {
        title: text(words("来源", "Sources"), lang),
        blocks,
    }
}

/// The units that are counted, those that are not, what else is to be told.
fn units(rollup: &Rollup, lang: Lang) -> Sheet {
    let mut rows = vec![
        [
            words("单位", "Unit"),
            words("文件", "File"),
            words("计入", "Counted"),
            words("错误", "Errors"),
            words("说明", "Note"),
        ]
        .map(|head| text(head, lang))
        .to_vec(),
    ];
    let yes = || text(words("是", "yes"), lang);
    let no = || text(words("否", "no"), lang);
    let safe = |text: &str| shown(text).into_owned();
    for unit in &rollup.units {
        let said = state(unit).text(lang);
        rows.push(row([
            safe(&unit.name),
            safe(&unit.file),
            yes(),
            unit.errors.to_string(),
            safe(&said),
        ]));
    }
    for name in &rollup.missing {
        let said = text(words("未报送", "no report"), lang);
        rows.push(row([safe(name), String::new(), no(), String::new(), said]));
    }
    for one in &rollup.left_out {
        let said = one.why.said().text(lang);
        rows.push(row([
            safe(&one.name),
            safe(&one.file),
            no(),
            String::new(),
            safe(&said),
        ]));
    }
    let mut blocks = vec![Block::Table(rows)];
    let lines = lists(rollup).into_iter();
    blocks.extend(lines.map(|line| Block::Paragraph(safe(&line.text(lang)))));
    Sheet {
        title: text(words("单位", "Units"), lang),
        blocks,
    }
}
