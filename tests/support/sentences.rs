//! Sentences with the tables that they are held against, one JSON object a line.
//!
//! A line without text is a table that others name by `base`.
//!
//! **Never:** decides what is right; that stands in the lines.

#![allow(dead_code, reason = "every target uses its own part")]
#![allow(clippy::print_stdout, reason = "prints how the sentences fare")]

use gouji::base::words::Lang;
use gouji::check::{Blanks, Severity, alone};
use gouji::form::{Form, current};
use gouji::model::{Cell, Draft, HeadField, Report};
use serde_json::{Map, Value};

/// A sentence and what is to be found in it.
pub(crate) struct Held {
    /// Its name.
    pub(crate) id: String,
    /// Which half it belongs to.
    pub(crate) half: String,
    /// The sentence.
    pub(crate) text: String,
    /// Rules and numbers of which one must be named; empty for silence.
    pub(crate) expect: Vec<(String, String)>,
    /// The report it stands in.
    pub(crate) report: Report,
}

/// Every sentence of a file.
pub(crate) fn read(lines: &str) -> Vec<Held> {
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
        .collect();
    let bases: Vec<&Value> = lines.iter().filter(|line| line["text"].is_null()).collect();
    let base = |line: &Value, key: &str| {
        if !line[key].is_null() {
            return line[key].clone();
        }
        let base = bases.iter().find(|base| base["base"] == line["base"]);
        base.map_or(Value::Null, |base| base[key].clone())
    };
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let sentences = lines.iter().filter(|line| !line["text"].is_null());
    sentences
        .map(|line| {
            let table = base(line, "table");
            let expect = line["expect"].as_array().cloned().unwrap_or_default();
            Held {
                id: word(&line["id"]),
                half: word(&line["half"]),
                text: word(&line["text"]),
                expect: expect
                    .iter()
                    .map(|one| (word(&one["code"]), word(&one["value"])))
                    .collect(),
                report: report(
                    table.as_object().expect("a table"),
                    &word(&base(line, "body")),
                    &base(line, "year").to_string(),
                    &word(&line["section"]),
                    &word(&line["text"]),
                ),
            }
        })
        .collect()
}

/// A report whose tables hold these numbers and fit, with one sentence more.
fn report(table: &Map<String, Value>, body: &str, year: &str, key: &str, text: &str) -> Report {
    let form = current();
    let mut draft = Draft::new(form);
    for cell in form.cells() {
        draft.set_cell(cell, Cell::of(0, form.kind(cell)), None);
    }
    draft.set_head(
        HeadField::Title,
        &format!("{body}{year}年政府信息公开工作年度报告"),
    );
    draft.set_head(HeadField::Body, body);
    draft.set_head(HeadField::Year, year);
    for id in form.texts() {
        let section = form.section(id);
        if !section.ordinal.is_empty() {
            draft.push_heading(Some(id), &section.heading());
        }
    }
    requests(&mut draft, form, table);
    for row in ["review", "suit_direct", "suit_after_review"] {
        let outcomes = list(table.get(row));
        let total = outcomes.iter().sum();
        let cols = ["upheld", "corrected", "other", "pending", "total"];
        for (col, value) in cols.iter().zip(outcomes.into_iter().chain([total])) {
            set(&mut draft, form, ("t4", row, col), value);
        }
    }
    for row in ["rules", "normative_documents"] {
        let cols = ["issued", "repealed", "in_force"];
        for (col, value) in cols.iter().zip(list(table.get(row))) {
            set(&mut draft, form, ("t2", row, col), value);
        }
    }
    for row in ["licensing", "penalty", "coercion"] {
        if let Some(value) = table.get(row).and_then(Value::as_i64) {
            set(&mut draft, form, ("t2", row, "decisions"), value);
        }
    }
    if let Some(fees) = table.get("admin_fees") {
        let cell = form.cell_in("t2", "admin_fees", "amount_wan_yuan");
        let cell = cell.expect("a cell of the form");
        let text = fees
            .as_str()
            .map_or_else(|| fees.to_string(), str::to_owned);
        draft.set_cell(cell, Cell::read(&text, form.kind(cell)), None);
    }
    draft.push_text(form.text(key).expect("a text of the form"), text);
    draft.into_report()
}

fn list(values: Option<&Value>) -> Vec<i64> {
    let values = values.and_then(Value::as_array);
    let values = values.map(|values| values.iter().filter_map(Value::as_i64).collect());
    values.unwrap_or_else(|| vec![0; 4])
}

fn set(draft: &mut Draft, form: &'static Form, (prefix, row, col): (&str, &str, &str), value: i64) {
    let cell = form.cell_in(prefix, row, col).expect("a cell of the form");
    draft.set_cell(cell, Cell::of(value, form.kind(cell)), None);
}

/// Table 三 from the totals of its rows; what `kinds` leaves is of natural persons.
fn requests(draft: &mut Draft, form: &'static Form, table: &Map<String, Value>) {
    let third = form.tables.iter().find(|table| table.prefix == "t3");
    let third = third.expect("a table of the form");
    let kinds = table.get("kinds").and_then(Value::as_object);
    let mut closed = vec![0; third.cols.len()];
    for row in third.rows {
        let total = table.get(row.key).and_then(Value::as_i64).unwrap_or(0);
        let mut values: Vec<i64> = third
            .cols
            .iter()
            .map(|col| {
                let of_kind = kinds.and_then(|kinds| kinds.get(col.key)?.get(row.key)?.as_i64());
                of_kind.unwrap_or(0)
            })
            .collect();
        values[0] = total - values.iter().sum::<i64>();
        *values.last_mut().expect("a total") = total;
        if row.key == "processed_total" {
            values.clone_from(&closed);
        } else if !["new_received", "carried_in", "carried_out"].contains(&row.key) {
            for (sum, value) in closed.iter_mut().zip(&values) {
                *sum += value;
            }
        }
        for (col, value) in third.cols.iter().zip(values) {
            set(draft, form, ("t3", row.key, col.key), value);
        }
    }
}

impl Held {
    /// Rule, severity and sentence of all that the text itself raises.
    pub(crate) fn raised(&self) -> Vec<(&'static str, Severity, String)> {
        let problems = alone(&self.report, Blanks::ZERO).problems;
        let of_text = problems.into_iter().filter(|problem| {
            ["N", "R", "C-FEE"]
                .iter()
                .any(|start| problem.rule.code.starts_with(start))
        });
        of_text
            .map(|problem| {
                let text = problem.message().text(Lang::Zh);
                (problem.rule.code, problem.severity(), text)
            })
            .collect()
    }
}

/// How many fare how.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) of_true: usize,
    pub(crate) alarms: usize,
    pub(crate) infos: usize,
    pub(crate) of_false: usize,
    pub(crate) found: usize,
}

/// The figures of some sentences; those that fare ill are printed if `shown`.
pub(crate) fn figures(all: &[&Held], shown: bool) -> Figures {
    let mut figures = Figures::default();
    for held in all {
        let raised = held.raised();
        let names = |(code, value): &(String, String)| {
            raised.iter().any(|(found, _, text)| {
                let mut numbers = text.split(|c: char| !c.is_ascii_digit() && c != '.');
                found == code && (value.is_empty() || numbers.any(|number| number == value))
            })
        };
        let said: Vec<String> = raised
            .iter()
            .map(|(code, _, text)| format!("{code} {text}"))
            .collect();
        if held.expect.is_empty() {
            figures.of_true += 1;
            let warns = raised
                .iter()
                .any(|(_, severity, _)| *severity > Severity::Info);
            figures.alarms += usize::from(warns);
            figures.infos += usize::from(!warns && !raised.is_empty());
            if shown && !raised.is_empty() {
                println!("ALARM {} {}\n    {said:?}", held.id, held.text);
            }
        } else {
            figures.of_false += 1;
            let found = held.expect.iter().any(names);
            figures.found += usize::from(found);
            if shown && !found {
                println!(
                    "MISS {} {}\n    {:?} {said:?}",
                    held.id, held.text, held.expect
                );
            }
        }
    }
    println!("{figures:?}");
    figures
}
