//! A page with 190 numbers and more, all different, changed at random as people and
//! programs change tables: a number lands in its own cell or nowhere, or it is said.
//!
//! Rows, columns and blocks are exchanged, labels and heads are lost, columns are
//! added with and without heads, blank or doubled, boxes are merged or lost; as a web
//! page, whose boxes have spans, and as separated values, which have none.

use std::fmt::Write as _;

use gouji::base::words::Lang;
use gouji::form::printed::{Content, printed};
use gouji::form::{CellId, Form, current};
use gouji::format::{self, Options};
use gouji::model::{Cell, Draft};

/// How many pages are tried in each shape.
const TRIES: u64 = 400;

/// Numbers in an order that the seed decides.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Head,
    Label,
    Value,
}

#[derive(Clone)]
struct Slot {
    at: usize,
    cols: usize,
    rows: usize,
    kind: Kind,
    text: String,
}

type Table = Vec<Vec<Slot>>;

/// The number of a cell: no two are equal.
fn number(id: CellId) -> usize {
    100_000 + id.index() * 37
}

fn tables(form: &'static Form) -> Vec<Table> {
    let slot = |of: &gouji::form::printed::PrintedBox| {
        let (kind, text) = match of.content {
            Content::Title(text) | Content::Head(text) => (Kind::Head, text.to_owned()),
            Content::Label(text) => (Kind::Label, text.to_owned()),
            Content::Cell(id) => (Kind::Value, number(id).to_string()),
        };
        Slot {
            at: of.at,
            cols: of.cols,
            rows: of.rows,
            kind,
            text,
        }
    };
    let rows = |row: &Vec<_>| row.iter().map(slot).collect();
    let tables = printed(form);
    tables
        .iter()
        .map(|table| table.rows.iter().map(rows).collect())
        .collect()
}

/// Lets the columns of a table stand in another order: box by box from `a` and `b`.
fn exchange(table: &mut Table, a: std::ops::Range<usize>, b: std::ops::Range<usize>) {
    let width = table
        .iter()
        .flatten()
        .map(|slot| slot.at + slot.cols)
        .max()
        .unwrap_or(0);
    let order: Vec<usize> = (0..a.start)
        .chain(b.clone())
        .chain(a.end..b.start)
        .chain(a)
        .chain(b.end..width)
        .collect();
    for row in table {
        for slot in row.iter_mut() {
            let to = order.iter().position(|from| *from == slot.at);
            slot.at = to.expect("every column has its place");
        }
        row.sort_by_key(|slot| slot.at);
    }
}

/// Adds a column; what reaches over its place reaches further.
fn insert(table: &mut Table, at: usize, mut text: impl FnMut(usize, bool) -> String) {
    let mut rows_above: Vec<(usize, usize)> = Vec::new();
    for (index, row) in table.iter_mut().enumerate() {
        let has_values = row.iter().any(|slot| slot.kind == Kind::Value);
        let mut covered = rows_above.iter().any(|(end, _)| index < *end);
        for slot in row.iter_mut() {
            if slot.at >= at {
                slot.at += 1;
            } else if slot.at + slot.cols > at {
                slot.cols += 1;
                covered = true;
                rows_above.push((index + slot.rows, at));
            }
        }
        if !covered {
            row.push(Slot {
                at,
                cols: 1,
                rows: 1,
                kind: Kind::Head,
                text: text(index, has_values),
            });
            row.sort_by_key(|slot| slot.at);
        }
    }
}

fn width(table: &Table) -> usize {
    table
        .iter()
        .flatten()
        .map(|slot| slot.at + slot.cols)
        .max()
        .unwrap_or(0)
}

/// Rows that hold values.
fn data(table: &Table) -> Vec<usize> {
    let has = |row: &Vec<Slot>| row.iter().any(|slot| slot.kind == Kind::Value);
    (0..table.len()).filter(|row| has(&table[*row])).collect()
}

/// Changes a table in one way; answers with what was done.
#[allow(clippy::too_many_lines, reason = "an arm for each way")]
fn change(tables: &mut [Table], dice: &mut Dice) -> &'static str {
    let at = dice.roll(3);
    let table = &mut tables[at];
    let rows = data(table);
    let Some(&row) = rows.get(dice.roll(rows.len())) else {
        return "nothing";
    };
    let first = table[row]
        .iter()
        .find(|slot| slot.kind == Kind::Value)
        .map_or(0, |slot| slot.at);
    let mut strange = 700_000 + dice.roll(90_000);
    match dice.roll(14) {
        0 if at < 2 => {
            let other = rows[dice.roll(rows.len())];
            let content = |row: &[Slot]| {
                let values: Vec<String> = row
                    .iter()
                    .filter(|slot| slot.kind == Kind::Value)
                    .map(|slot| slot.text.clone())
                    .collect();
                let label = row.iter().rposition(|slot| slot.kind == Kind::Label);
                (label.map(|at| row[at].text.clone()), values)
            };
            let (one, two) = (content(&table[row]), content(&table[other]));
            if one.1.len() == two.1.len() {
                for (row, (label, values)) in [(row, two), (other, one)] {
                    let mut values = values.into_iter();
                    let last = table[row].iter().rposition(|slot| slot.kind == Kind::Label);
                    for (at, slot) in table[row].iter_mut().enumerate() {
                        if slot.kind == Kind::Value {
                            slot.text = values.next().unwrap_or_default();
                        } else if Some(at) == last {
                            slot.text = label.clone().unwrap_or_default();
                        }
                    }
                }
            }
            "rows exchanged"
        }
        1 => {
            let last = table[row].iter_mut().rfind(|slot| slot.kind == Kind::Label);
            if let Some(slot) = last {
                slot.text.clear();
            }
            "label lost"
        }
        2 | 3 => {
            let head = ["校验", "备注", "上年总计", "合计数"][dice.roll(4)];
            let end = width(table);
            insert(table, end, |index, has_values| {
                strange += 11;
                match (index, has_values) {
                    (0, _) => head.to_owned(),
                    (_, true) => strange.to_string(),
                    _ => String::new(),
                }
            });
            "column added on the right"
        }
        4 => {
            let end = width(table);
            insert(table, end, |_, has_values| {
                strange += 11;
                if has_values {
                    strange.to_string()
                } else {
                    String::new()
                }
            });
            "column added without head"
        }
        5 => {
            let mut count = 0;
            let place = if dice.roll(2) == 0 { 0 } else { first };
            insert(table, place, |_, has_values| {
                count += usize::from(has_values);
                if has_values {
                    count.to_string()
                } else {
                    String::new()
                }
            });
            "rows counted"
        }
        6 => {
            let end = width(table);
            let place = first + dice.roll(end - first);
            insert(table, place, |_, _| String::new());
            "blank column added"
        }
        7 if at == 1 => {
            // One more column under a head of the form's, with other numbers.
            let end = width(table);
            insert(table, end, |index, has_values| {
                strange += 11;
                match (index, has_values) {
                    (1, _) => "总计".to_owned(),
                    (_, true) => strange.to_string(),
                    _ => String::new(),
                }
            });
            "column doubled"
        }
        8 if at == 1 => {
            let a = first + 1 + dice.roll(3);
            let b = a + 1;
            if b + 1 < width(table) {
                exchange(table, a..a + 1, b..b + 1);
            }
            "columns exchanged"
        }
        9 => {
            let table = &mut tables[2];
            if width(table) == 15 {
                match dice.roll(2) {
                    0 => exchange(table, 0..5, 5..15),
                    _ => exchange(table, 5..10, 10..15),
                }
            }
            "blocks exchanged"
        }
        10 => {
            table[row].retain(|slot| slot.kind != Kind::Value);
            "values of a row lost"
        }
        11 => {
            let values = table[row]
                .iter_mut()
                .filter(|slot| slot.kind == Kind::Value);
            let mut values: Vec<&mut Slot> = values.collect();
            if values.len() > 2 && at == 1 {
                let which = dice.roll(values.len() - 1);
                values[which].cols += 1;
                let gone = values[which + 1].at;
                table[row].retain(|slot| slot.at != gone);
            }
            "boxes merged"
        }
        12 => {
            // A head of a block or a column is not there.
            let heads: Vec<(usize, usize)> = table
                .iter()
                .enumerate()
                .flat_map(|(row, slots)| (0..slots.len()).map(move |at| (row, at)))
                .filter(|(row, at)| table[*row][*at].kind == Kind::Head)
                .collect();
            let (row, at) = heads[dice.roll(heads.len())];
            table[row][at].text.clear();
            "head lost"
        }
        _ => {
            let mut of = table[row].clone();
            for slot in of.iter_mut().filter(|slot| slot.kind == Kind::Value) {
                strange += 11;
                slot.text = strange.to_string();
            }
            if of.first().is_some_and(|slot| slot.rows == 1) && at == 1 {
                table.insert(row + 1, of);
            }
            "row doubled with other numbers"
        }
    }
}

const PROSE: [&str; 2] = ["某市某局2024年政府信息公开工作年度报告", "一、总体情况"];
const HEADINGS: [&str; 3] = [
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
];

fn page(tables: &[Table]) -> String {
    let mut out = "<html><body>".to_owned();
    for text in PROSE {
        let _ = write!(out, "<p>{text}</p>");
    }
    for (heading, table) in HEADINGS.iter().zip(tables) {
        let _ = write!(out, "<p>{heading}</p><table>");
        for row in table {
            out.push_str("<tr>");
            for slot in row {
                let _ = write!(
                    out,
                    "<td colspan={} rowspan={}>{}</td>",
                    slot.cols, slot.rows, slot.text
                );
            }
            out.push_str("</tr>");
        }
        out.push_str("</table>");
    }
    out + "</body></html>"
}

fn separated(tables: &[Table]) -> String {
    let mut out = String::new();
    let all = tables.iter().map(width).max().unwrap_or(0);
    let line = |texts: Vec<&str>| format!("{}{}\n", texts.join(","), ",".repeat(all - texts.len()));
    for text in PROSE {
        out += &line(vec![text]);
    }
    for (heading, table) in HEADINGS.iter().zip(tables) {
        out += &line(vec![heading]);
        for row in table {
            let mut texts = vec![""; width(table)];
            for slot in row {
                texts[slot.at] = &slot.text;
            }
            out += &line(texts);
        }
    }
    out
}

/// Numbers in cells that are not theirs, if nobody is asked to check them.
fn silently_wrong(draft: &Draft) -> Vec<String> {
    let report = draft.report();
    let form = report.form();
    let says = |note: &gouji::model::Note| note.message.text(Lang::En).contains("please check");
    if draft.notes.iter().any(says) {
        return Vec::new();
    }
    let wrong = form.cells().filter_map(|id| {
        let text = report.cell(id).text().into_owned();
        let own = number(id).to_string();
        let is_wrong = !matches!(report.cell(id), Cell::Blank) && text != own;
        is_wrong.then(|| format!("{} {text} instead of {own}", form.path(id)))
    });
    wrong.collect()
}

fn right(draft: &Draft) -> usize {
    let report = draft.report();
    let cells = report.form().cells();
    cells
        .filter(|id| report.cell(*id).text() == number(*id).to_string())
        .count()
}

#[test]
fn no_number_lands_silently_in_a_cell_that_is_not_its_own() {
    let form = current();
    let whole = tables(form);
    for text in [page(&whole), separated(&whole)] {
        let draft = format::read(text.as_bytes(), None, &Options::default()).expect("a report");
        assert_eq!(right(&draft), form.len(), "{:?}", draft.notes);
        assert!(draft.notes.is_empty(), "{:?}", draft.notes);
    }
    let mut faults = Vec::new();
    let mut placed = 0;
    for seed in 0..TRIES {
        let mut dice = Dice(seed * 7919 + 88_172_645_463_325_252);
        let mut tables = whole.clone();
        let done: Vec<&str> = (0..=dice.roll(3))
            .map(|_| change(&mut tables, &mut dice))
            .collect();
        for text in [page(&tables), separated(&tables)] {
            let Ok(draft) = format::read(text.as_bytes(), None, &Options::default()) else {
                continue;
            };
            placed += right(&draft);
            let wrong = silently_wrong(&draft);
            if !wrong.is_empty() {
                let shape = if text.starts_with('<') {
                    "page"
                } else {
                    "separated"
                };
                faults.push(format!(
                    "{seed} {shape} {done:?}: {} {:?}",
                    wrong.len(),
                    &wrong[..wrong.len().min(3)]
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
    // Refusing everything would be no answer either.
    let all = usize::try_from(TRIES).expect("few") * 2 * form.len();
    assert!(placed * 10 > all * 7, "{placed} of {all}");
}
