//! Numbers of sentences, and what they were compared with.
//!
//! **Never:** decides whether a number agrees.
//! Next: `facts`, which does; `differing` for the problems made of them.

use std::ops::Range;

use crate::base::number::Decimal;
use crate::base::words::{Arg, Message, Words, words};
use crate::form::{CellId, Form, TextId};
use crate::model::{Cell, Report};

use super::judge::Judged;
use super::problem::{quoted, table_words};
use super::prose::Paragraph;
use super::prose::bound::{Bound, Target};
use super::prose::number::Unit;

/// A number in a sentence and what became of it.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Code of the rule that ties it; None for a number that nothing ties.
    pub rule: Option<&'static str>,
    /// The text it stands in.
    pub text: TextId,
    /// Bytes of the number with its unit, or of the words that say it.
    pub range: Range<usize>,
    /// Bytes of the phrase it belongs to, the number included.
    pub phrase: Range<usize>,
    /// The number, in its unit.
    pub value: Decimal,
    /// What it counts.
    pub unit: Unit,
    /// Said with 余, 多, 约 and the like.
    pub approximate: bool,
    /// What it was compared with.
    pub reading: Option<Reading>,
    /// Whether the two are equal; None where they were not compared.
    pub agrees: Option<bool>,
    /// Another thing the same number equals, worth saying.
    pub(super) equals_also: Option<Reading>,
    /// The number agrees with its cell; what differs is something else said of it.
    pub(super) stands: bool,
    /// Words that say whom the number is about.
    pub(super) subject: Option<Range<usize>>,
}

/// Numbers of sentences, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactCounts {
    /// Those that equal what they were compared with.
    pub agree: usize,
    /// Those that do not.
    pub differ: usize,
    /// Those that were not compared.
    pub open: usize,
}

impl FactCounts {
    /// Counts facts.
    #[must_use]
    pub fn of<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> Self {
        let mut tally = FactCounts::default();
        for fact in facts {
            *match fact.agrees {
                Some(true) => &mut tally.agree,
                Some(false) => &mut tally.differ,
                None => &mut tally.open,
            } += 1;
        }
        tally
    }
}

/// What a number was compared with, and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The cells that were added up; empty for numbers of the text itself.
    pub cells: Vec<CellId>,
    /// Their sum.
    pub value: Decimal,
    pub(super) name: Name,
}

/// What a reading is called.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Name {
    /// Cells of the form.
    Target(Target),
    /// Numbers of the text that add up.
    Parts(Vec<i64>),
    /// Received and carried in, as the text has them.
    CarriedAlong(i64, i64),
    /// A part of a total, in per cent.
    Share(i64, i64),
    /// Another statement of section 六.
    Stated(Words),
    /// More or fewer than last year: the two numbers of this year that may be
    /// meant, and the change.
    LastYear([i64; 2], i64),
}

impl Reading {
    /// The path of its cell, or the name of the subtotal, or `sum`.
    #[must_use]
    pub fn site(&self, form: &'static Form) -> String {
        let plain = |lines: &[&str]| lines.join("+");
        match (&self.name, self.cells.as_slice()) {
            (Name::Target(_), [cell]) => form.path(*cell),
            (Name::Target(target), _) => match target {
                Target::Items(lines) => plain(lines),
                Target::Kind("", false) => "organisations".to_owned(),
                Target::Kind("", true) => "received.organisations".to_owned(),
                Target::Kind(kind, _) => format!("received.{kind}"),
                Target::Dispute(rows, col) => {
                    let name = if rows.contains(&"review") {
                        "disputes"
                    } else {
                        "suits"
                    };
                    match *col {
                        "total" => name.to_owned(),
                        col => format!("{name}.{col}"),
                    }
                }
                _ => "received".to_owned(),
            },
            (Name::Parts(_) | Name::CarriedAlong(..), _) => "sum".to_owned(),
            (Name::Share(..), _) => "share".to_owned(),
            (Name::Stated(_), _) => "s6".to_owned(),
            (Name::LastYear(..), _) => "last_year".to_owned(),
        }
    }

    /// What it is called for people: 表三【一 本年新收】, 表三不予公开8行合计.
    #[must_use]
    pub fn words(&self, form: &'static Form) -> Message {
        let table = |prefix: &str| Arg::from(table_words(form, prefix));
        let text = |words: Words, name: Arg, prefix: &str| {
            words.with(vec![("table", table(prefix)), ("name", name)])
        };
        match (&self.name, self.cells.as_slice()) {
            (Name::Parts(parts), _) => {
                let plus = parts.iter().map(|part| Arg::from(*part)).collect();
                words("{name}", "{name}").with(vec![("name", Arg::List(Words::same("+"), plus))])
            }
            (Name::CarriedAlong(received, carried), _) => words("{a}+{b}", "{a}+{b}")
                .with(vec![("a", (*received).into()), ("b", (*carried).into())]),
            (Name::Share(part, total), _) => words("{part}/{total}", "{part}/{total}")
                .with(vec![("part", (*part).into()), ("total", (*total).into())]),
            (Name::Stated(stated), _) => (*stated).into(),
            (Name::LastYear(held, change), _) => {
                let mut held = held.to_vec();
                held.dedup();
                let one = |now: i64| {
                    let sign = if *change < 0 { "+" } else { "-" };
                    words("{now}{sign}{d}={then}", "{now}{sign}{d}={then}")
                        .with(vec![
                            ("now", now.into()),
                            ("sign", sign.into()),
                            ("d", change.abs().into()),
                            ("then", (now - change).into()),
                        ])
                        .into()
                };
                let each = held.into_iter().map(one).collect();
                words("{each}", "{each}")
                    .with(vec![("each", Arg::List(words(" 或 ", " or "), each))])
            }
            (Name::Target(_), [cell]) => {
                let (row, col) = form.lines(*cell);
                let prefix = form.tables[form.spot(*cell).table].prefix;
                let name = if col.class == "total" {
                    row.name.into()
                } else {
                    words("{row}/{col}", "{row}/{col}")
                        .with(vec![("row", row.name.into()), ("col", col.name.into())])
                        .into()
                };
                text(words("{table}【{name}】", "{table} [{name}]"), name, prefix)
            }
            (Name::Target(target), cells) => {
                let prefix = cells
                    .first()
                    .map_or("t3", |cell| form.tables[form.spot(*cell).table].prefix);
                let name = sum_name(form, target, cells);
                let args = vec![
                    ("table", table(prefix)),
                    ("name", name),
                    ("k", cells.len().into()),
                ];
                words("{table}【{name}】{k} 格合计", "{table} [{name}]").with(args)
            }
        }
    }
}

/// What cells that are added up are called: rows or groups, disputes and an outcome.
fn sum_name(form: &Form, target: &Target, cells: &[CellId]) -> Arg {
    match target {
        Target::Items(lines) => {
            let names = lines.iter().filter_map(|line| line_name(form, line));
            Arg::List(words("、", ", "), names.map(Arg::from).collect())
        }
        Target::Kind("", _) => words("法人或其他组织", "organisations").into(),
        Target::Kind(..) => words("本类申请人", "this kind").into(),
        Target::Dispute(rows, col) => {
            let what = if rows.contains(&"review") {
                words("复议和诉讼", "reviews and suits")
            } else {
                words("行政诉讼", "suits")
            };
            let cols = cells.first().map(|cell| form.lines(*cell).1.name);
            match cols.filter(|_| *col != "total") {
                Some(outcome) => words("{what}/{outcome}", "{what}/{outcome}")
                    .with(vec![("what", what.into()), ("outcome", outcome.into())])
                    .into(),
                None => what.into(),
            }
        }
        _ => words("新收加结转", "received and carried in").into(),
    }
}

/// The name of a group or of a row of table 三.
fn line_name(form: &Form, key: &str) -> Option<Words> {
    let mut groups = form.tables.iter().flat_map(|table| table.groups);
    let group = groups.find(|group| group.key == key);
    let row = || {
        let (table, row) = form.row("t3", key)?;
        Some(form.tables[table].rows[row].name)
    };
    group.map(|group| group.name).or_else(row)
}

/// A fact in the shape of `gouji check --output json`.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Code of the rule; None for a number that nothing ties.
    pub rule: Option<&'static str>,
    /// The phrase as the text has it.
    pub text: String,
    /// The number as digits with a point.
    pub value: Decimal,
    /// Path of the cell or name of the subtotal.
    pub site: Option<String>,
    /// Equal, different, or not compared.
    pub agrees: Option<bool>,
}

impl Fact {
    /// Its entry in the output of `check`.
    #[must_use]
    pub fn entry(&self, report: &Report) -> Entry {
        let text = report
            .text(self.text)
            .get(self.phrase.clone())
            .unwrap_or_default();
        Entry {
            rule: self.rule,
            text: text.split_whitespace().collect(),
            value: self.value,
            site: self
                .reading
                .as_ref()
                .filter(|_| self.agrees.is_some())
                .map(|reading| reading.site(report.form())),
            agrees: self.agrees,
        }
    }

    /// One line of the fact list: what is said, with what it was compared.
    #[must_use]
    pub fn words(&self, report: &Report) -> Message {
        let text = report
            .text(self.text)
            .get(self.phrase.clone())
            .unwrap_or_default();
        let mut args = vec![("phrase", quoted(text))];
        let Some(reading) = &self.reading else {
            return words(
                "{phrase}：没有可对照的格",
                "{phrase}: nothing to compare with",
            )
            .with(args);
        };
        args.push(("with", reading.words(report.form()).into()));
        if self.agrees.is_none() {
            return words(
                "{phrase}：上年应是 {with}，没有去年的报告",
                "{phrase}: last year {with}; no report of it",
            )
            .with(args);
        }
        args.push(("v", number(reading.value)));
        let equals_also = self
            .equals_also
            .as_ref()
            .map(|other| other.words(report.form()));
        let said = match (self.agrees, equals_also) {
            (Some(true), _) => words(
                "{phrase}：与{with} = {v} 一致",
                "{phrase}: equals {with} = {v}",
            ),
            (_, Some(equals_also)) => {
                args.push(("also", equals_also.into()));
                words(
                    "{phrase}：{with} = {v}，不一致；与{also}相同",
                    "{phrase}: {with} = {v} differs; it equals {also}",
                )
            }
            _ => words(
                "{phrase}：{with} = {v}，不一致",
                "{phrase}: {with} = {v} differs",
            ),
        };
        said.with(args)
    }

    /// The cell to go to.
    #[must_use]
    pub fn cell(&self) -> Option<CellId> {
        self.reading.as_ref()?.cells.first().copied()
    }
}

pub(super) fn number(value: Decimal) -> Arg {
    match value.to_whole() {
        Some(whole) => whole.into(),
        None => value.to_string().into(),
    }
}

/// What the cells of a report hold for prose.
pub(super) struct Tables<'a> {
    pub(super) report: &'a Report,
    pub(super) judged: &'a Judged,
}

impl Tables<'_> {
    pub(super) fn form(&self) -> &'static Form {
        self.report.form()
    }

    /// What a cell counts, and whether it is written there at all.
    fn value(&self, cell: CellId) -> Option<(Decimal, bool)> {
        match self.report.cell(cell) {
            Cell::Blank => {
                let value = Decimal::whole(self.judged.value(cell)?);
                let identities = self.form().identities();
                let parts = identities
                    .total_of(cell)
                    .map_or(&[][..], |total| identities.parts(total));
                let written = parts.iter().any(|part| !self.report.cell(*part).is_blank());
                Some((value, written))
            }
            content => Some((content.value()?, true)),
        }
    }

    /// The cells of a target; None where the form has none such.
    fn cells(&self, target: &Target) -> Option<Vec<CellId>> {
        let form = self.form();
        let t3 = |row: &str, col: &str| form.cell_in("t3", row, col);
        match target {
            Target::New => Some(vec![t3("new_received", "total")?]),
            Target::Received => Some(vec![
                t3("new_received", "total")?,
                t3("carried_in", "total")?,
            ]),
            Target::Processed => Some(vec![t3("processed_total", "total")?]),
            Target::CarriedIn => Some(vec![t3("carried_in", "total")?]),
            Target::CarriedOut => Some(vec![t3("carried_out", "total")?]),
            Target::Items(lines) => {
                let mut cells = Vec::new();
                let table = form.tables.iter().find(|table| table.prefix == "t3")?;
                let total = table.cols.iter().position(|col| col.class == "total")?;
                for line in lines {
                    let before = cells.len();
                    for (index, row) in table.rows.iter().enumerate() {
                        if row.key == *line || row.group == *line {
                            cells.push(table.cell(index, total));
                        }
                    }
                    if cells.len() == before {
                        return None;
                    }
                }
                Some(cells)
            }
            Target::Kind(kind, carried) => {
                let table = form.tables.iter().find(|table| table.prefix == "t3")?;
                let kinds: Vec<&str> = table
                    .cols
                    .iter()
                    .filter(|col| col.class == "kind")
                    .map(|col| col.key)
                    .filter(|key| {
                        if kind.is_empty() {
                            *key != "natural_person"
                        } else {
                            key == kind
                        }
                    })
                    .collect();
                let rows: &[&str] = if *carried {
                    &["new_received", "carried_in"]
                } else {
                    &["new_received"]
                };
                rows.iter()
                    .flat_map(|row| kinds.iter().map(move |kind| t3(row, kind)))
                    .collect()
            }
            Target::Dispute(rows, col) => rows
                .iter()
                .map(|row| form.cell_in("t4", row, col))
                .collect(),
            Target::Proactive(row, col) => Some(vec![form.cell_in("t2", row, col)?]),
        }
    }

    /// The sum of a target's cells, and whether any of it is written.
    pub(super) fn reading(&self, target: &Target) -> Option<(Reading, bool)> {
        let cells = self.cells(target)?;
        let mut sum = Decimal::whole(0);
        let mut written = false;
        for cell in &cells {
            let (value, stated) = self.value(*cell)?;
            sum = if cells.len() == 1 {
                value
            } else {
                Decimal::whole(sum.to_whole()?.checked_add(value.to_whole()?)?)
            };
            written |= stated;
        }
        let reading = Reading {
            cells,
            value: sum,
            name: Name::Target(target.clone()),
        };
        Some((reading, written))
    }

    /// Whether anything is written in the tables of a prefix.
    pub(super) fn is_begun(&self, prefix: &'static str) -> bool {
        let form = self.form();
        form.tables_of(prefix)
            .flat_map(|table| form.tables[table].cells())
            .any(|cell| !self.report.cell(cell).is_blank())
    }
}

/// Yuan as 万元, with the places that takes.
pub(super) fn in_wan_yuan(yuan: Decimal) -> Decimal {
    let millionths = yuan.millionths() / 10_000;
    let units = i64::try_from(millionths).unwrap_or(i64::MAX);
    let mut value = Decimal { units, places: 6 };
    while value.places > 0 && value.units % 10 == 0 {
        value.units /= 10;
        value.places -= 1;
    }
    value
}

pub(super) fn blank(paragraph: &Paragraph, bound: &Bound) -> Fact {
    Fact {
        rule: None,
        text: paragraph.text,
        range: paragraph.bytes(bound.range.clone()),
        phrase: paragraph.bytes(bound.phrase.clone()),
        value: bound.number.value,
        unit: bound.number.unit,
        approximate: bound.number.approximate,
        reading: None,
        agrees: None,
        equals_also: None,
        stands: false,
        subject: None,
    }
}
