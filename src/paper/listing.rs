//! The units of a folder as a list: a table for people, csv and JSON for programs.
//!
//! **Never:** renames, drops or reorders a column; a new one goes to the end.
//! Next: `folder` for how the units stand; `cli::units` and the folder page, who show it.

use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use super::one_line;
use crate::base::schema::{count, document, list, maybe, object, one_of, text, whole};
use crate::base::width::{Ruler, shown};
use crate::base::words::{Lang, words};
use crate::folder::{Standing, State, Units, named, remarks, sums};
use crate::form::FORMS;

/// The kinds of list, the default first.
pub const KINDS: [&str; 3] = ["lines", "csv", "json"];

/// The JSON Schema of a line.
#[must_use]
pub fn schema() -> Value {
    let texts = || list(&text());
    let number = || maybe(&count());
    let state = one_of(State::ALL.map(State::key));
    let row = object(vec![
        ("unit", text()),
        ("sign", one_of(["!", "?", ":", "=", "."])),
        ("state", state),
        ("returns", count()),
        ("year", number()),
        ("form", maybe(&one_of(FORMS.iter().map(|form| form.key)))),
        ("errors", number()),
        ("warnings", number()),
        ("missing", number()),
        ("sums", text()),
        ("file", maybe(&text())),
        ("files", texts()),
        ("days_left", maybe(&whole())),
        ("mended", number()),
        ("open", number()),
        ("new", number()),
        ("expected", json!({"type": ["boolean", "null"]})),
        ("contact", text()),
        ("remarks", texts()),
    ]);
    document(
        "gouji list --output json",
        "One object for each unit, on a line of its own.",
        &row,
    )
}

/// The units of a folder with how each stands, in the order of a list: faulty ones first.
pub struct Listing<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// The units and their year.
    pub units: &'a Units,
    /// How each stands, in the same order.
    pub standings: &'a [Standing],
    /// A roster is known.
    pub has_roster: bool,
}

/// A line of the list.
#[derive(Serialize)]
struct Row {
    unit: String,
    sign: char,
    state: &'static str,
    returns: usize,
    year: Option<u16>,
    form: Option<&'static str>,
    errors: Option<usize>,
    warnings: Option<usize>,
    missing: Option<usize>,
    sums: String,
    file: Option<String>,
    files: Vec<String>,
    days_left: Option<i64>,
    mended: Option<usize>,
    open: Option<usize>,
    new: Option<usize>,
    expected: Option<bool>,
    contact: String,
    remarks: Vec<String>,
}

/// The order of a list: faulty units first, those with most errors before, missing ones
/// last; equal ones as they are.
#[must_use]
pub fn order(units: &Units, standings: &[Standing]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..units.units.len()).collect();
    order.sort_by_key(|at| {
        let (unit, standing) = (&units.units[*at], &standings[*at]);
        let counts = unit
            .shown()
            .and_then(|file| file.counts())
            .unwrap_or_default();
        let sign = match standing.sign(unit) {
            '!' => 0,
            '?' => 1,
            ':' => 3,
            '=' if standing.state == State::ToReview => 2,
            '=' => 4,
            _ => 5,
        };
        (
            sign,
            std::cmp::Reverse(counts.errors),
            std::cmp::Reverse(counts.warnings),
        )
    });
    order
}

impl Listing<'_> {
    fn rows(&self, lang: Lang) -> impl Iterator<Item = Row> + '_ {
        order(self.units, self.standings)
            .into_iter()
            .map(move |at| self.row(at, lang))
    }

    fn row(&self, at: usize, lang: Lang) -> Row {
        let (unit, standing) = (&self.units.units[at], &self.standings[at]);
        let file = unit.shown();
        let counts = file.and_then(|file| file.counts());
        let name = |path: &Path| shown(&named(self.folder, path)).into_owned();
        let said = remarks(unit, standing, self.units, self.has_roster);
        Row {
            unit: unit.name.clone(),
            sign: standing.sign(unit),
            state: standing.state.key(),
            returns: standing.returns,
            year: file.and_then(|file| file.year()),
            form: file
                .and_then(|file| file.read())
                .map(|read| read.report.form().key),
            errors: counts.map(|counts| counts.errors),
            warnings: counts.map(|counts| counts.warnings),
            missing: counts.map(|counts| counts.missing),
            sums: sums(unit).text(lang),
            file: unit.file().map(|file| name(&file.path)),
            files: unit
                .files
                .iter()
                .map(|filed| name(&filed.file.path))
                .collect(),
            days_left: standing.left,
            mended: standing.since.map(|since| since.mended),
            open: standing.since.map(|since| since.open),
            new: standing.since.map(|since| since.new),
            expected: self.has_roster.then_some(unit.entry.is_some()),
            contact: unit
                .entry
                .as_ref()
                .map_or_else(String::new, |entry| entry.contact.clone()),
            remarks: said
                .iter()
                .map(|said| shown(&said.text(lang)).into_owned())
                .collect(),
        }
    }

    /// One JSON object a unit and line.
    #[must_use]
    pub fn json(&self, lang: Lang) -> String {
        let line = |row: Row| one_line(&row) + "\n";
        self.rows(lang).map(line).collect()
    }

    /// A table of separated values, its first line names the columns.
    #[must_use]
    pub fn csv(&self, lang: Lang) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let number = |number: Option<usize>| number.map_or_else(String::new, |n| n.to_string());
        let head = [
            "unit",
            "sign",
            "state",
            "returns",
            "year",
            "form",
            "errors",
            "warnings",
            "missing",
            "sums",
            "file",
            "files",
            "days_left",
            "mended",
            "open",
            "new",
            "expected",
            "contact",
            "remarks",
        ];
        // Writing into memory can't fail.
        let _ = writer.write_record(head);
        for row in self.rows(lang) {
            let fields = [
                row.unit,
                row.sign.to_string(),
                row.state.to_owned(),
                row.returns.to_string(),
                row.year.map_or_else(String::new, |year| year.to_string()),
                row.form.unwrap_or_default().to_owned(),
                number(row.errors),
                number(row.warnings),
                number(row.missing),
                row.sums,
                row.file.unwrap_or_default(),
                row.files.join("; "),
                row.days_left
                    .map_or_else(String::new, |days| days.to_string()),
                number(row.mended),
                number(row.open),
                number(row.new),
                row.expected.map_or_else(String::new, |is| is.to_string()),
                row.contact,
                row.remarks.join("; "),
            ];
            let _ = writer.write_record(fields.map(|field| unformulated(&field)));
        }
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// A table for people.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> String {
        let ruler = Ruler::default();
        let rows: Vec<Row> = self.rows(lang).collect();
        let wide = rows
            .iter()
            .map(|row| ruler.width(&row.unit))
            .max()
            .unwrap_or(0)
            .clamp(8, 40);
        let mut out = String::new();
        let head = [
            words("单位", "unit"),
            words("年度", "year"),
            words("错误", "errors"),
            words("提醒", "warn."),
            words("各项之和", "sums"),
            words("状态", "state"),
        ]
        .map(|head| head.get(lang));
        let mut line = |cells: [&str; 7]| {
            let [sign, unit, year, errors, warnings, sums, rest] = cells;
            let text = format!(
                "{sign} {} {} {} {} {} {rest}",
                ruler.fit(ruler.cut(unit, wide), wide),
                ruler.fit(year, 5),
                ruler.fit(errors, 6),
                ruler.fit(warnings, 5),
                ruler.fit(ruler.cut(sums, 26), 26),
            );
            out.push_str(&shown(text.trim_end()));
            out.push('\n');
        };
        line([" ", head[0], head[1], head[2], head[3], head[4], head[5]]);
        let count = |n: Option<usize>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
        let order = order(self.units, self.standings);
        for (row, at) in rows.iter().zip(order) {
            let state = self.standings[at].said().text(lang);
            let remarks = row
                .remarks
                .first()
                .map(|said| format!("  {said}"))
                .unwrap_or_default();
            line([
                &row.sign.to_string(),
                &row.unit,
                &row.year
                    .map_or_else(|| "-".to_owned(), |year| year.to_string()),
                &count(row.errors),
                &count(row.warnings),
                &row.sums,
                &format!("{state}{remarks}"),
            ]);
        }
        out
    }
}

/// A text that no spreadsheet takes for a formula.
fn unformulated(text: &str) -> String {
    // The sign of a unit is `=` by itself, which is none.
    let is_formula = text.len() > 1 && text.starts_with(['=', '+', '@', '\t']);
    let is_negative = text.starts_with('-') && text.parse::<i64>().is_err();
    if is_formula || is_negative {
        return format!("'{text}");
    }
    text.to_owned()
}
