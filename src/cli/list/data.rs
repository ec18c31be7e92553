//! `gouji schema --to`: the columns of the tidy table, and a query that judges it.
//!
//! The query is made from the same identities as every verdict here. It reads
//! the table once, sets the cells of a report side by side, lets blank totals
//! stand for their parts, and compares both sides of each identity:
//!
//! ```text
//! cells -> counted -> wide -> filled_1, filled_2 -> sides -> broken identities
//! ```
//! An unreadable cell is null there, so its sums are null and never unequal:
//! open, as `check::judge` says.
//!
//! **Never:** names a row or column; words that only one database knows.
//! Next: `format::own::csv` for the table, `form::identity` for the sums.

use std::fmt::Write as _;

use serde::Serialize;

use super::Both;
use crate::check::Site;
use crate::form::{CellId, FORMS, Form, Identities, Identity};
use crate::format::own::csv::{COLUMNS, STATES};

/// The name of the table in the query.
const TABLE: &str = "cells";

#[derive(Serialize)]
pub(super) struct Columns {
    table: &'static str,
    columns: Vec<ColumnEntry>,
}

#[derive(Serialize)]
struct ColumnEntry {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    about: Both,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<ValueEntry>,
}

#[derive(Serialize)]
struct ValueEntry {
    value: &'static str,
    about: Both,
}

/// What every column of the tidy table says.
pub(super) fn columns() -> Columns {
    let forms = || FORMS.iter().map(|form| (form.key, form.name));
    let entry = |(value, about): (&'static str, _)| ValueEntry {
        value,
        about: Both::from(about),
    };
    let columns = COLUMNS.iter().map(|column| ColumnEntry {
        name: column.name,
        kind: column.kind,
        about: column.about.into(),
        values: match column.name {
            "state" => STATES.into_iter().map(entry).collect(),
            "form" => forms().map(entry).collect(),
            _ => Vec::new(),
        },
    });
    Columns {
        table: TABLE,
        columns: columns.collect(),
    }
}

/// The broken identities of a form in the tidy table, as a query.
pub(super) fn sql(form: &'static Form) -> String {
    Query {
        form,
        identities: form.identities(),
        out: String::new(),
    }
    .write()
}

struct Query {
    form: &'static Form,
    identities: &'static Identities,
    out: String,
}

impl Query {
    fn write(mut self) -> String {
        let (key, count) = (self.form.key, self.form.len());
        self.line(&format!(
            "-- {key} 年格式的勾稽：列出不平的；有格读不出的不判。"
        ));
        self.line(&format!(
            "-- Identities of the form {key} that are broken in the table {TABLE}, made by: gouji convert IN... {TABLE}.csv"
        ));
        self.line(&format!(
            "-- DuckDB: CREATE VIEW {TABLE} AS SELECT * FROM read_csv('{TABLE}.csv', all_varchar = true);"
        ));
        self.line("-- Spark: SET spark.sql.ansi.enabled = true; SET spark.sql.ansi.doubleQuotedIdentifiers = true;");
        self.line(&format!(
            "-- ROWS: a report with other than {count} rows (cut, or twice in the table) is not judged."
        ));
        self.line("WITH counted AS (");
        self.line("  SELECT body, year, \"table\", \"row\", \"column\", state,");
        self.line("    CASE WHEN state IN ('blank', 'nil') THEN 0 WHEN state IN ('raw', 'lost') THEN NULL ELSE CAST(value AS DECIMAL(18, 6)) END AS number");
        self.line(&format!("  FROM {TABLE} WHERE form = '{key}'"));
        self.line("), whole AS (");
        self.line("  SELECT body, year, \"table\", \"row\", \"column\", state,");
        self.line(
            "    CASE WHEN number = CAST(number AS BIGINT) THEN CAST(number AS BIGINT) END AS n",
        );
        self.line("  FROM counted");
        self.line("), wide AS (");
        self.line("  SELECT body, year, COUNT(*) AS found");
        self.wide();
        self.line("  FROM whole GROUP BY body, year");
        let last = self.filled();
        self.line("), identities (id, code, site) AS (VALUES");
        self.names();
        self.line("), sides AS (");
        self.line("  SELECT body, year, code, site,");
        self.line("    CASE id");
        self.side("l", Identities::left);
        self.line("    CASE id");
        self.side("r", Identities::right);
        self.line(&format!(
            "  FROM {last} CROSS JOIN identities WHERE found = {count}"
        ));
        self.line(")");
        self.line("SELECT body, year, code, site, l AS \"left\", r AS \"right\", l - r AS gap FROM sides WHERE l <> r");
        self.line("UNION ALL");
        self.line(&format!(
            "SELECT body, year, 'ROWS', '{key}', found, {count}, found - {count} FROM wide WHERE found <> {count}"
        ));
        self.line("ORDER BY 1, 2, 3, 4;");
        self.out
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn name(&self, cell: CellId) -> String {
        self.form.path(cell).replace('.', "_")
    }

    fn is_total(&self, cell: CellId) -> bool {
        self.identities.total_of(cell).is_some()
    }

    /// A column for each cell of an identity, and whether a total is blank.
    fn wide(&mut self) {
        let (form, identities) = (self.form, self.identities);
        let mut terms: Vec<CellId> = identities
            .all()
            .iter()
            .flat_map(|identity| [identities.left(identity), identities.right(identity)].concat())
            .collect();
        terms.sort_unstable();
        terms.dedup();
        for cell in terms {
            let (row, col) = form.lines(cell);
            let place = format!(
                "\"table\" = '{}' AND \"row\" = '{}' AND \"column\" = '{}'",
                form.tables[form.spot(cell).table].prefix,
                row.key,
                col.key
            );
            let name = self.name(cell);
            self.line(&format!(
                "    , MAX(CASE WHEN {place} THEN n END) AS {name}"
            ));
            if self.is_total(cell) {
                self.line(&format!(
                    "    , MAX(CASE WHEN {place} AND state = 'blank' THEN 1 ELSE 0 END) AS {name}_blank"
                ));
            }
        }
    }

    /// What the cells are read as, totals included, added up.
    fn sum(&self, cells: &[CellId]) -> String {
        let read = |cell: &CellId| {
            let name = self.name(*cell);
            if self.is_total(*cell) {
                name + "_read"
            } else {
                name
            }
        };
        cells.iter().map(read).collect::<Vec<_>>().join(" + ")
    }

    /// Totals as they are read, step by step: parts before what is made of them.
    fn filled(&mut self) -> String {
        let identities = self.identities;
        let parts = |cell: CellId| {
            let identity = identities.total_of(cell);
            identity.map_or(&[][..], |identity| identities.parts(identity))
        };
        let mut waiting: Vec<CellId> = identities.totals().iter().map(|total| total.cell).collect();
        let (mut from, mut step) = ("wide".to_owned(), 0);
        while !waiting.is_empty() {
            let waits = |cell: &CellId| parts(*cell).iter().any(|part| waiting.contains(part));
            let (later, now): (Vec<CellId>, Vec<CellId>) = waiting.iter().copied().partition(waits);
            if now.is_empty() {
                break;
            }
            step += 1;
            self.line(&format!("), filled_{step} AS ("));
            self.line(&format!("  SELECT {from}.*"));
            for cell in now {
                let (name, sum) = (self.name(cell), self.sum(parts(cell)));
                self.line(&format!(
                    "    , CASE WHEN {name}_blank = 1 THEN {sum} ELSE {name} END AS {name}_read"
                ));
            }
            self.line(&format!("  FROM {from}"));
            from = format!("filled_{step}");
            waiting = later;
        }
        from
    }

    fn names(&mut self) {
        let all = self.identities.all();
        for (at, identity) in all.iter().enumerate() {
            let site = Site::of(identity).path(self.form);
            let comma = if at + 1 < all.len() { "," } else { "" };
            self.line(&format!(
                "  ({}, '{}', '{site}'){comma}",
                at + 1,
                identity.rule
            ));
        }
    }

    fn side(&mut self, name: &str, of: for<'a> fn(&'a Identities, &Identity) -> &'a [CellId]) {
        for (at, identity) in self.identities.all().iter().enumerate() {
            let sum = self.sum(of(self.identities, identity));
            writeln!(self.out, "      WHEN {} THEN {sum}", at + 1).expect("a string takes all");
        }
        let comma = if name == "l" { "," } else { "" };
        self.line(&format!("    END AS {name}{comma}"));
    }
}
