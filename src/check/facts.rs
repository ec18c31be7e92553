//! What the prose says in numbers, held against the tables.
//!
//! A number that can be tied to cells agrees or differs; one that cannot is
//! silence, never an alarm.
//!
//! **Never:** changes a number; believes a reading that the words leave open.
//! Next: `prose` for the reading, `sums` for numbers that add up in the text,
//! `rules` for the sentences.

use std::ops::Range;

use crate::base::number::{Decimal, narrow};
use crate::base::words::{Arg, Message, Words, words};
use crate::form::{CellId, Form, TextId};
use crate::model::{Cell, Report, Transaction};

use super::judge::{Blanks, Judged};
use super::problem::{Fix, Problem, Site, Sure, quoted, table_words};
use super::prose::bind::{Bound, Scope, Target};
use super::prose::number::{Number, Unit};
use super::prose::phrase::Key;
use super::prose::{Paragraph, What, says};
use super::rules::Rule;
use super::texts::Texts;
use super::{Check, fees, sums};

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
    pub(super) besides: Option<Reading>,
    /// The number agrees with its cell; what differs is something else said of it.
    pub(super) stands: bool,
    /// Words that say whom the number is about.
    pub(super) subject: Option<Range<usize>>,
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
            (Name::Parts(_), _) => "sum".to_owned(),
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
                let name = match target {
                    Target::Items(lines) => {
                        let groups = form.tables.iter().flat_map(|table| table.groups);
                        groups
                            .into_iter()
                            .find(|group| lines.contains(&group.key))
                            .map_or_else(|| words("各项", "the rows"), |group| group.name)
                            .into()
                    }
                    Target::Kind("", _) => words("法人或其他组织", "organisations").into(),
                    Target::Kind(..) => words("本类申请人", "this kind").into(),
                    Target::Dispute(rows, _) if rows.contains(&"review") => {
                        words("复议和诉讼", "reviews and suits").into()
                    }
                    Target::Dispute(..) => words("行政诉讼", "suits").into(),
                    _ => words("新收加结转", "received and carried in").into(),
                };
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
        let besides = self
            .besides
            .as_ref()
            .map(|other| other.words(report.form()));
        let said = match (self.agrees, besides) {
            (Some(true), _) => words(
                "{phrase}：与{with} = {v} 一致",
                "{phrase}: equals {with} = {v}",
            ),
            (_, Some(besides)) => {
                args.push(("besides", besides.into()));
                words(
                    "{phrase}：{with} = {v}，不一致；与{besides}相同",
                    "{phrase}: {with} = {v} differs; it equals {besides}",
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

fn number(value: Decimal) -> Arg {
    match value.to_whole() {
        Some(whole) => whole.into(),
        None => value.to_string().into(),
    }
}

/// The numbers of every text of a report, in the order of reading.
pub(super) fn of(
    texts: &Texts,
    report: &Report,
    judged: &Judged,
    last: Option<&Report>,
) -> Vec<Fact> {
    let tables = Tables { report, judged };
    let last = last.map(|last| (last, Judged::of(last, Blanks::of(last, false))));
    let last = last
        .as_ref()
        .map(|(report, judged)| Tables { report, judged });
    let mut all = Vec::new();
    for passage in texts.passages() {
        let (paragraph, said) = (&passage.paragraph, &passage.said);
        if said.is_empty() && passage.fees.is_empty() && !paragraph.has_numbers() {
            continue;
        }
        let mut verdicts: Vec<Fact> = said
            .iter()
            .map(|bound| tables.verdict(paragraph, bound))
            .collect();
        forgive(said, &mut verdicts);
        let tokens = said.iter().map(|bound| bound.token);
        let mut facts: Vec<(Option<usize>, Fact)> = tokens
            .zip(verdicts)
            .filter(|(token, fact)| token.is_some() || fact.agrees.is_some())
            .collect();
        fees::facts(&tables, paragraph, &passage.fees, &mut facts);
        sums::facts(&tables, paragraph, said, &mut facts);
        loose(&tables, last.as_ref(), paragraph, &mut facts);
        facts.sort_by_key(|(_, fact)| (fact.range.start, fact.range.end));
        all.extend(facts.into_iter().map(|(_, fact)| fact));
    }
    all
}

/// What the cells of a report hold for prose.
pub(super) struct Tables<'a> {
    pub(super) report: &'a Report,
    judged: &'a Judged,
}

impl Tables<'_> {
    fn form(&self) -> &'static Form {
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

    fn verdict(&self, paragraph: &Paragraph, bound: &Bound) -> Fact {
        let mut fact = blank(paragraph, bound);
        let mut value = bound.number.value;
        if bound.number.name == "all" {
            // "均为自然人": as many as the row's total.
            let Some((new, true)) = self.reading(&Target::New) else {
                return fact;
            };
            value = new.value;
            fact.value = value;
        }
        if bound.number.unit == Unit::Yuan {
            value = in_wan_yuan(value);
        }
        // Neither agreement nor contradiction is said of what is not tied for certain.
        if !bound.sure || matches!(bound.scope, Some((Scope::Part, _))) && bound.rule != "N1" {
            return fact;
        }
        let mut first = None;
        for target in &bound.targets {
            let Some((reading, written)) = self.reading(target) else {
                continue;
            };
            let prefix = self.form().tables[self.form().spot(reading.cells[0]).table].prefix;
            if !written && (value != reading.value || !self.is_begun(prefix)) {
                continue;
            }
            if equals(value, reading.value, bound.number.approximate) {
                fact.rule = Some(bound.rule);
                fact.reading = Some(reading);
                fact.agrees = Some(true);
                return fact;
            }
            if first.is_none() {
                first = Some(reading);
            }
        }
        let Some(reading) = first else {
            return fact;
        };
        let mut excuses = bound
            .excuses
            .iter()
            .filter_map(|target| self.reading(target));
        let excused = excuses.any(|(reading, _)| {
            reading.value == value
                || bound.at_most && value.millionths() <= reading.value.millionths()
        });
        let (said, held) = (value.millionths(), reading.value.millionths());
        if excused || bound.at_most && said < held || bound.number.approximate {
            return fact;
        }
        if bound.number.unit == Unit::Yuan || self.is_of_this_year(bound, value) {
            return fact;
        }
        let less = value.millionths() < reading.value.millionths();
        match &bound.scope {
            Some((Scope::Part, words)) if less => {
                fact.subject = Some(paragraph.bytes(words.clone()));
            }
            // A department's report need not count all of its place.
            Some((Scope::Whole, words)) if !less && !self.is_government() => {
                fact.subject = Some(paragraph.bytes(words.clone()));
            }
            _ => {}
        }
        fact.rule = Some(bound.rule);
        if fact.subject.is_some() {
            if bound.rule != "N1" {
                fact.rule = None;
                return fact;
            }
            fact.rule = Some("N1-SCOPE");
        }
        fact.besides = self.besides(bound, value);
        fact.reading = Some(reading);
        fact.agrees = Some(false);
        fact
    }

    /// "收到47件，办结44件": closed of this year's own, those carried in left out.
    fn is_of_this_year(&self, bound: &Bound, value: Decimal) -> bool {
        let held = |target| {
            let (reading, written): (Reading, bool) = self.reading(&target)?;
            reading.value.to_whole().filter(|_| written)
        };
        let own = || Some(held(Target::Processed)? - held(Target::CarriedIn)?);
        bound.rule == "N3" && held(Target::CarriedIn) > Some(0) && value.to_whole() == own()
    }

    /// A single row of the named group that the number equals.
    fn besides(&self, bound: &Bound, value: Decimal) -> Option<Reading> {
        let Some(Target::Items(lines)) = bound.targets.first() else {
            return None;
        };
        let table = self
            .form()
            .tables
            .iter()
            .find(|table| table.prefix == "t3")?;
        table
            .rows
            .iter()
            .filter(|row| lines.contains(&row.group) && value.units > 0)
            .filter_map(|row| self.reading(&Target::Items(vec![row.key])))
            .find(|(reading, written)| *written && reading.value == value)
            .map(|(reading, _)| reading)
    }

    fn is_government(&self) -> bool {
        let body = &self.report.head().body;
        body.is_empty()
            || ["人民政府", "街道", "管委会", "管理委员会"]
                .iter()
                .any(|kind| body.contains(kind))
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

fn equals(said: Decimal, held: Decimal, approximate: bool) -> bool {
    if !approximate {
        return said == held;
    }
    // 70余 is 70 to 79, 1200余 is 1200 to 1299.
    let (Some(said), Some(held)) = (said.to_whole(), held.to_whole()) else {
        return false;
    };
    let mut step = 1_i64;
    while said != 0 && step < said && said % (step * 10) == 0 {
        step *= 10;
    }
    (said..said.saturating_add(step)).contains(&held)
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
        besides: None,
        stands: false,
        subject: None,
    }
}

/// A paragraph that states a cell rightly may state a part of it beside; one that
/// states it twice, differently, speaks of parts.
fn forgive(said: &[Bound], facts: &mut [Fact]) {
    const TOTALS: [&str; 7] = ["N1", "N1-SCOPE", "N2", "N3", "N4", "N11", "N12"];
    let tied: Vec<(bool, Vec<CellId>, Decimal)> = said
        .iter()
        .zip(&*facts)
        .filter(|(bound, _)| bound.token.is_some())
        .filter_map(|(_, fact)| {
            let cells = fact.reading.as_ref()?.cells.clone();
            Some((fact.agrees?, cells, fact.value))
        })
        .collect();
    for (bound, fact) in said.iter().zip(facts) {
        let is_total = fact.rule.is_some_and(|rule| TOTALS.contains(&rule));
        if fact.agrees != Some(false) || bound.token.is_none() || !is_total {
            continue;
        }
        let Some(reading) = &fact.reading else {
            continue;
        };
        // 新收 is no part of 受理, which counts what was carried in as well.
        let only = bound.targets == [Target::New];
        let excused = tied.iter().any(|(agrees, cells, value)| {
            let same = *cells == reading.cells;
            let part = !only && cells.starts_with(&reading.cells);
            if *agrees {
                same || part
            } else {
                same && *value != fact.value
            }
        });
        if excused {
            fact.rule = None;
            fact.reading = None;
            fact.agrees = None;
            fact.subject = None;
        }
    }
}

/// The numbers that nothing tied.
fn loose(
    tables: &Tables,
    last: Option<&Tables>,
    paragraph: &Paragraph,
    facts: &mut Vec<(Option<usize>, Fact)>,
) {
    for (index, token) in paragraph.tokens.iter().enumerate() {
        let What::Number(number) = token.what else {
            continue;
        };
        let known = facts.iter().any(|(token, _)| *token == Some(index));
        if known || matches!(number.unit, Unit::Bare | Unit::Other) {
            continue;
        }
        let range = token.start..token.after;
        let bound = Bound {
            rule: "",
            number,
            token: Some(index),
            range: range.clone(),
            phrase: paragraph.lead(index)..range.end,
            targets: Vec::new(),
            excuses: Vec::new(),
            at_most: false,
            sure: false,
            scope: None,
        };
        let mut fact = blank(paragraph, &bound);
        fact.reading = last_year(tables, paragraph, index, &number);
        if let (Some(reading), Some(last)) = (&mut fact.reading, last) {
            fact.agrees = last.agrees_with(reading);
            fact.rule = fact.agrees.map(|_| "X-TEXT");
        } else if let Some((reading, agrees)) = growth(tables, last, paragraph, index, &number) {
            fact.reading = Some(reading);
            fact.agrees = Some(agrees);
            fact.rule = Some("X-TEXT");
        }
        facts.push((Some(index), fact));
    }
}

impl Tables<'_> {
    /// Requests received: new ones, and with those carried in.
    fn received(&self) -> Option<[i64; 2]> {
        let held = |target| {
            let (reading, written): (Reading, bool) = self.reading(&target)?;
            reading.value.to_whole().filter(|_| written)
        };
        Some([held(Target::Received)?, held(Target::New)?])
    }

    /// Whether last year's numbers, which these are, are what a sentence says they
    /// were; the reading then holds the one that was compared.
    fn agrees_with(&self, reading: &mut Reading) -> Option<bool> {
        let Name::LastYear(now, change) = &reading.name else {
            return None;
        };
        let then = self.received()?;
        let agrees = now.iter().zip(then).any(|(now, then)| now - change == then);
        reading.value = Decimal::whole(then[1]);
        Some(agrees)
    }
}

/// "受理47件，同比增长27.03%": the share by which requests grew.
fn growth(
    tables: &Tables,
    last: Option<&Tables>,
    paragraph: &Paragraph,
    index: usize,
    number: &Number,
) -> Option<(Reading, bool)> {
    if number.unit != Unit::Percent || number.approximate || number.name != "%" {
        return None;
    }
    let start = paragraph.tokens[index].start;
    let stop = |at: &usize| matches!(paragraph.tokens[*at].what, What::Number(_) | What::Stop(_));
    let before = (0..index).rev().find(stop)?;
    // Right behind the number of requests, and of nothing else.
    let counted = (0..=before)
        .rev()
        .find(|at| matches!(paragraph.tokens[*at].what, What::Number(_)))?;
    let words = &paragraph.quiet[paragraph.tokens[before].after..start];
    let lead = &paragraph.quiet[..paragraph.tokens[counted].start];
    let lead = &lead[lead.len().saturating_sub(16)..];
    let after = paragraph.tokens[counted].after;
    let between = after..paragraph.tokens[before].start.max(after);
    let plain = paragraph.quiet[between].len() <= 1;
    if !plain || !says(lead, &["公开申请", "依申请公开"]) || !says(words, &["同比", "上年", "去年"])
    {
        return None;
    }
    let up = says(words, &["增", "升"]);
    let down = says(words, &["减", "降"]);
    if up == down {
        return None;
    }
    let What::Number(said) = paragraph.tokens[counted].what else {
        return None;
    };
    let (now, then) = (tables.received()?, last?.received()?);
    let now_said = said.whole()?;
    let (_, was) = now
        .into_iter()
        .zip(then)
        .find(|(now, _)| *now == now_said)?;
    if was == 0 {
        return None;
    }
    let scale = 10_i64.checked_pow(u32::from(number.value.places) + 2)?;
    let grown = (now_said - was).checked_mul(scale)?;
    let share = grown.unsigned_abs();
    let was_abs = was.unsigned_abs();
    let units = i64::try_from((share * 2 + was_abs) / (was_abs * 2)).ok()?;
    let cut = i64::try_from(share / was_abs).ok()?;
    let right = (grown >= 0) == up || grown == 0;
    let agrees = right && (number.value.units == units || number.value.units == cut);
    let value = Decimal {
        units,
        places: number.value.places,
    };
    let name = Name::LastYear([now_said, now_said], now_said - was);
    Some((
        Reading {
            cells: Vec::new(),
            value,
            name,
        },
        agrees,
    ))
}

/// "受理59件（新收47件），比上年多42件": what last year's number was by either reading.
fn last_year(
    tables: &Tables,
    paragraph: &Paragraph,
    index: usize,
    number: &Number,
) -> Option<Reading> {
    let change = number.whole().filter(|_| !number.approximate)?;
    if !paragraph.gate || number.unit != Unit::Case {
        return None;
    }
    let before = |wanted: fn(What) -> bool| {
        (0..index)
            .rev()
            .take_while(|at| !matches!(paragraph.tokens[*at].what, What::Number(_) | What::Stop(_)))
            .any(|at| wanted(paragraph.tokens[at].what))
    };
    let compares = before(|what| what == What::Key(Key::Change));
    let other = before(|what| match what {
        What::Key(key) => !matches!(key, Key::Change | Key::LastYear | Key::Request(_)),
        _ => false,
    });
    if !compares || other {
        return None;
    }
    let start = paragraph.tokens[index].start;
    let near = &paragraph.quiet[start.saturating_sub(4)..start];
    let change = if says(near, &["多", "增", "升"]) {
        change
    } else if says(near, &["少", "减", "降"]) {
        -change
    } else {
        return None;
    };
    let held = |target| {
        let (reading, written) = tables.reading(&target)?;
        reading.value.to_whole().filter(|_| written)
    };
    let held = [held(Target::Received)?, held(Target::New)?];
    let is_possible = held.iter().all(|now| now - change >= 0);
    let (reading, _) = tables.reading(&Target::Received)?;
    is_possible.then(|| Reading {
        value: Decimal::whole(held[0] - change),
        cells: reading.cells,
        name: Name::LastYear(held, change),
    })
}

/// The number of the text made what the tables hold; never the other way.
pub(super) fn correct(report: &Report, problem: &Problem, _: Blanks) -> Option<Fix> {
    let Site::Text(text, range) = &problem.site else {
        return None;
    };
    let value = problem.correction?;
    let content = report.text(*text).get(range.clone())?;
    let is_digit = |c: char| narrow(c).is_ascii_digit() || matches!(c, ',' | '.' | '，' | '．');
    let digits: usize = content
        .chars()
        .take_while(|c| is_digit(*c))
        .map(char::len_utf8)
        .sum();
    let old = content[..digits].trim_end_matches([',', '.', '，', '．']);
    if old.is_empty() {
        return None;
    }
    let new = value.to_string();
    let title = words(
        "把正文里的 {old} 改成 {new}",
        "change {old} in the text to {new}",
    )
    .with(vec![("old", old.into()), ("new", new.as_str().into())]);
    Some(Fix {
        title,
        sure: Sure::Guess,
        transaction: Transaction::new(words("改正文里的数", "change a number of the text")).splice(
            report,
            *text,
            range.start..range.start + old.len(),
            &new,
        ),
    })
}

/// A number of the prose that a cell contradicts.
pub(super) fn differing(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    each_differing(check, rule, &[], problems);
}

/// The same of requests received, which are said with both ways to count them.
pub(super) fn of_received(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let (new, all) = check.received();
    each_differing(check, rule, &[("a", new), ("b", all)], problems);
}

/// The same of the ways that requests came in, said with those received and closed.
pub(super) fn of_channels(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let said = [("a", check.received().0), ("p", check.processed())];
    each_differing(check, rule, &said, problems);
}

/// A problem for every number that differs; `more` are counts of the sentence beside
/// those of the number itself. An explanation stands while they are all the same.
fn each_differing(
    check: &Check,
    rule: &'static Rule,
    more: &[(&'static str, i64)],
    problems: &mut Vec<Problem>,
) {
    let form = check.report.form();
    let wrong = |fact: &&Fact| fact.rule == Some(rule.code) && fact.agrees == Some(false);
    for fact in check.facts.iter().filter(wrong) {
        let text = check.report.text(fact.text);
        let slice = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        let phrase = slice(&(fact.phrase.start..fact.phrase.end));
        let own = slice(&fact.range);
        let lead = match phrase
            .strip_suffix(own)
            .or_else(|| phrase.strip_prefix(own))
        {
            Some("") | None => phrase,
            Some(lead) => lead,
        };
        let mut args = vec![
            (
                "phrase",
                quoted(lead.trim_matches(|c: char| c.is_whitespace() || "“”".contains(c))),
            ),
            ("said", quoted(phrase)),
            (
                "n",
                match fact.unit {
                    Unit::Percent => fact.value.to_string().into(),
                    _ => number(fact.value),
                },
            ),
        ];
        if let Some(subject) = &fact.subject {
            args.push(("subject", quoted(slice(subject))));
        }
        if let Some(reading) = &fact.reading {
            let gap = (fact.value.millionths() - reading.value.millionths()).unsigned_abs();
            let gap = Decimal {
                units: i64::try_from(gap).unwrap_or(i64::MAX),
                places: 6,
            };
            args.push(("d", number(gap)));
            let value = match reading.name {
                Name::Share(..) => reading.value.to_string().into(),
                _ => number(reading.value),
            };
            args.push(("v", value));
            args.push(("with", reading.words(form).into()));
            args.push(("k", reading.cells.len().into()));
        }
        args.extend(more.iter().map(|(name, count)| (*name, Arg::from(*count))));
        let site = Site::Text(fact.text, fact.range.clone());
        let mut problem = Problem::new(rule, site, args);
        if let Some(besides) = &fact.besides {
            let row = besides.cells.first().map(|cell| form.lines(*cell).0.name);
            problem = problem.said(rule.says.len() - 1);
            problem.args.push(("row", row.unwrap_or_default().into()));
        }
        problem.cell = fact.cell();
        problem.correction = fact
            .reading
            .as_ref()
            .filter(|_| !fact.stands)
            .map(|reading| reading.value);
        problems.push(problem);
    }
}

impl Check<'_> {
    /// New requests, and the same with those carried in.
    fn received(&self) -> (i64, i64) {
        let tables = self.tables();
        let whole = |target| {
            let reading: Option<(Reading, bool)> = tables.reading(&target);
            reading
                .and_then(|(reading, _)| reading.value.to_whole())
                .unwrap_or(0)
        };
        (whole(Target::New), whole(Target::Received))
    }

    fn processed(&self) -> i64 {
        let reading = self.tables().reading(&Target::Processed);
        reading
            .and_then(|(reading, _)| reading.value.to_whole())
            .unwrap_or(0)
    }

    pub(super) fn tables(&self) -> Tables<'_> {
        Tables {
            report: self.report,
            judged: self.judged,
        }
    }
}
