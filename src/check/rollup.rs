//! Many reports summed into one, each cell with its sources.
//!
//! A unit is counted once, with the numbers that it states or that its blanks stand
//! for. What is not counted is listed with the reason, and so is every cell that a
//! counted unit does not state. An identity of the result that is broken names the
//! units whose numbers break it: their gaps add up to its gap.
//!
//! **Never:** counts a report with errors without a written reason; makes up a number.
//! Next: `folder::Summed` for which files are counted, `paper::rollup` for what is printed.

use std::borrow::Cow;

use crate::base::number::Decimal;
use crate::base::words::{Arg, Lang, Message, Words, words};
use crate::form::{self, CellId, Form, Identity};
use crate::model::{Cell, Document, HeadField, Note, Origin, Remapped, Report, Transaction};

use super::beside::{Numbers, decimal};
use super::judge::{Blanks, Judged, Verdict};
use super::problem::cell_words;

/// A report that could be counted.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// What its unit is called.
    pub name: String,
    /// Its file, as it is shown.
    pub file: String,
    /// The report, under whatever form.
    pub report: &'a Report,
    /// Where each cell came from, by its index; empty where nothing is known.
    pub origins: &'a [Option<Origin>],
    /// Errors that no explanation settles.
    pub errors: usize,
    /// Cells that are not filled in yet.
    pub missing: usize,
    /// Why it is counted although it has errors; empty: it is not.
    pub reason: String,
    /// Its state in the review, if one is known.
    pub state: Option<Message>,
}

impl Candidate<'_> {
    /// Whether it may be counted without a reason.
    fn is_fit(&self) -> bool {
        self.errors == 0 && self.missing == 0 && !self.is_partial()
    }

    /// Whether a part of the source was not read.
    fn is_partial(&self) -> bool {
        self.report.lost().next().is_some() || self.report.unread().next().is_some()
    }

    /// Why it is not counted.
    fn unfit(&self, year: Option<u16>) -> Option<Why> {
        let other = self.report.head().year.filter(|own| Some(*own) != year);
        if let Some(other) = other.filter(|_| year.is_some()) {
            return Some(Why::OtherYear(other));
        }
        if self.is_fit() || !self.reason.trim().is_empty() {
            return None;
        }
        Some(if self.errors > 0 {
            Why::Errors(self.errors)
        } else if self.missing > 0 {
            Why::Unfinished(self.missing)
        } else {
            Why::Partial
        })
    }
}

/// Where 现行有效 and 规章 come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// All units add up, as everywhere else.
    #[default]
    Sum,
    /// The government's own report states them: what its offices issue for it they
    /// would count again.
    Own,
}

impl Policy {
    /// All of them, the usual one first.
    pub const ALL: [Policy; 2] = [Policy::Sum, Policy::Own];

    /// Its name on the command line and in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Policy::Sum => "sum",
            Policy::Own => "own",
        }
    }

    /// The policy of this name.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.key() == key)
    }

    /// What it says.
    #[must_use]
    pub const fn said(self) -> Words {
        match self {
            Policy::Sum => words(
                "规章和现行有效件数是各单位相加",
                "rules and documents in force are the sum of all units",
            ),
            Policy::Own => words(
                "规章和现行有效件数取自本级报告",
                "rules and documents in force are those of the government's own report",
            ),
        }
    }

    /// Whether the numbers of a unit count in a cell.
    fn counts(self, form: &Form, cell: CellId, is_own: bool) -> bool {
        if self == Policy::Sum || is_own {
            return true;
        }
        let (row, col) = form.lines(cell);
        row.key != "rules" && col.key != "in_force"
    }
}

/// A line that is added to the sum of a cell, or taken off it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// Path of the cell.
    pub cell: String,
    /// What is added: below zero 冲减, above it 补计.
    pub by: i64,
    /// Why.
    pub reason: String,
    /// Who wrote it.
    pub author: String,
}

impl Adjustment {
    /// What such a line is called.
    #[must_use]
    pub const fn name(&self) -> Words {
        if self.by < 0 {
            words("冲减", "taken off")
        } else {
            words("补计", "added")
        }
    }
}

/// What is asked of a roll-up beside its units.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// The body whose report it becomes.
    pub body: String,
    /// The year.
    pub year: Option<u16>,
    /// The form; else that of the year.
    pub form: Option<&'static Form>,
    /// Where 现行有效 and 规章 come from.
    pub policy: Policy,
    /// Units that the roster expects and that have no file.
    pub expected: Vec<String>,
    /// Files that are not to be counted, whatever they hold.
    pub left_out: Vec<LeftOut>,
    /// What is added and taken off.
    pub adjustments: Vec<Adjustment>,
}

/// Why a file is not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is no report that can be read.
    NotRead(Message),
    /// It is on another year.
    OtherYear(u16),
    /// The roster knows no such unit.
    Stranger,
    /// It may be of one of these units: nobody said of which.
    Unsure(Vec<String>),
    /// Another file of the unit, which is counted, says the same.
    Copy(String),
    /// Another file of the unit came for it.
    Earlier(String),
    /// Other files of the unit hold other numbers: none of them is counted.
    Doubled(Vec<String>),
    /// It has errors, and nobody wrote why it should be counted.
    Errors(usize),
    /// It is not filled in.
    Unfinished(usize),
    /// A part of its source was not read.
    Partial,
}

impl Why {
    /// The reason in words.
    #[must_use]
    pub fn said(&self) -> Message {
        match self {
            Why::NotRead(why) => why.clone(),
            Why::OtherYear(year) => words("是 {year} 年的报告", "the report is for {year}")
                .with(vec![("year", year.to_string().into())]),
            Why::Stranger => words("名单上没有这个单位", "no such unit on the roster").into(),
            Why::Unsure(names) => words(
                "不知道是哪个单位的，可能是 {names}",
                "nobody said whose it is; it may be of {names}",
            )
            .with(vec![("names", listed(names))]),
            Why::Earlier(file) => words(
                "后来另有一份 {file}，计那一份",
                "{file} came for it and is counted",
            )
            .with(vec![("file", file.as_str().into())]),
            Why::Copy(file) => words(
                "重复：与 {file} 相同，只计那一份",
                "doubled: the same as {file}, which is counted",
            )
            .with(vec![("file", file.as_str().into())]),
            Why::Doubled(files) => words(
                "重复：与 {files} 不同，分不出用哪一份，都没有计入",
                "doubled: differs from {files}; none of them is counted",
            )
            .with(vec![("files", listed(files))]),
            Why::Errors(n) => words(
                "有 {n} 处错误，没有写计入的理由",
                "{n} errors and no written reason to count it",
            )
            .with(vec![("n", (*n).into())]),
            Why::Unfinished(n) => words("还没有填完，缺 {n} 格", "not finished, {n} cells missing")
                .with(vec![("n", (*n).into())]),
            Why::Partial => words(
                "没有读全，没有写计入的理由",
                "not wholly read, and no written reason to count it",
            )
            .into(),
        }
    }
}

fn listed(names: &[String]) -> Arg {
    let names = names.iter().map(|name| name.as_str().into());
    Arg::List(words("、", ", "), names.collect())
}

/// A file that is not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What its unit is called.
    pub name: String,
    /// The file.
    pub file: String,
    /// Why.
    pub why: Why,
}

impl LeftOut {
    /// The file and why it is not counted.
    #[must_use]
    pub fn said(&self) -> Message {
        let said = words("没有计入：{name}，{why}", "not counted: {name}, {why}");
        let name = format!("{} {}", self.name, self.file);
        said.with(vec![
            ("name", name.trim().into()),
            ("why", self.why.said().into()),
        ])
    }
}

/// A unit that is counted.
#[derive(Clone, Debug)]
pub struct Unit {
    /// What it is called.
    pub name: String,
    /// Its file, as it is shown.
    pub file: String,
    /// It is the government's own report.
    pub is_own: bool,
    /// Its errors.
    pub errors: usize,
    /// Why it is counted although it is not fit; empty where it is fit.
    pub reason: String,
    /// Its state in the review, if one is known.
    pub state: Option<Message>,
    /// What has no place in the form of the result.
    pub placeless: Vec<Note>,
    /// What each cell counts, by its index; None where the unit does not say it.
    values: Vec<Option<Decimal>>,
    /// Where each cell came from, by its index.
    origins: Vec<Option<Origin>>,
}

impl Unit {
    fn of(candidate: Candidate, is_own: bool, form: &'static Form) -> Self {
        let is_fit = candidate.is_fit();
        let mut origins = candidate.origins.to_vec();
        origins.resize(candidate.report.form().len(), None);
        let mut placeless = Vec::new();
        let there = under(candidate.report, form, |remapped| {
            placeless.clone_from(&remapped.notes);
            let mut there = vec![None; form.len()];
            for (from, to) in &remapped.moved {
                there[to.index()] = origins[from.index()].take();
            }
            origins = there;
        });
        let numbers = Numbers::of(&there);
        Unit {
            name: candidate.name,
            file: candidate.file,
            is_own,
            errors: candidate.errors,
            reason: if is_fit {
                String::new()
            } else {
                candidate.reason
            },
            state: candidate.state,
            placeless,
            values: form.cells().map(|cell| numbers.value(cell)).collect(),
            origins,
        }
    }

    /// What it counts in a cell; None where it does not say.
    #[must_use]
    pub fn value(&self, cell: CellId) -> Option<Decimal> {
        self.values[cell.index()]
    }

    /// Where its number of a cell stands in its file.
    #[must_use]
    pub fn origin(&self, cell: CellId) -> Option<&Origin> {
        self.origins[cell.index()].as_ref()
    }

    /// Cells that it does not state.
    pub fn unknown<'a>(&'a self, form: &'static Form) -> impl Iterator<Item = CellId> + 'a {
        form.cells().filter(|cell| self.value(*cell).is_none())
    }
}

/// A part of the sum of a cell.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// A unit, with what it counts; None where it does not say.
    Unit(&'a Unit, Option<Decimal>),
    /// A line of adjustment.
    Adjustment(&'a Adjustment),
}

/// An identity of the result that does not hold.
#[derive(Clone, Debug)]
pub struct Broken {
    /// Its number among the identities of the form.
    pub identity: usize,
    /// Left minus right.
    pub by: i64,
    /// Those that break it, each with its own gap: they add up to the whole one.
    pub breakers: Vec<(Message, i64)>,
}

/// Many reports summed into one.
#[derive(Clone, Debug)]
pub struct Rollup {
    /// An ordinary report: the sums, the head, what was counted in words.
    pub report: Report,
    /// The units that are counted, the own report first.
    pub units: Vec<Unit>,
    /// The files that are not, in the order they came.
    pub left_out: Vec<LeftOut>,
    /// Units of the roster without a file.
    pub missing: Vec<String>,
    /// What was added and taken off.
    pub adjustments: Vec<Adjustment>,
    /// Adjustments of cells that the form does not have.
    pub misplaced: Vec<Adjustment>,
    /// Where 现行有效 and 规章 come from.
    pub policy: Policy,
}

/// A report under a form; `moved` hears what a report under another one becomes.
fn under<'a>(
    report: &'a Report,
    form: &'static Form,
    moved: impl FnOnce(&Remapped),
) -> Cow<'a, Report> {
    if report.form() == form {
        return Cow::Borrowed(report);
    }
    let remapped = report.remapped(form);
    moved(&remapped);
    Cow::Owned(remapped.into_compared(report.form()))
}

/// A report as a part of another one, under its form.
#[must_use]
pub fn part<'a>(report: &'a Report, form: &'static Form) -> Cow<'a, Report> {
    under(report, form, |_| {})
}

impl Rollup {
    /// Sums what can be counted of the candidates and the own report.
    #[must_use]
    pub fn of(ask: Ask, own: Option<Candidate<'_>>, candidates: Vec<Candidate<'_>>) -> Self {
        let year = ask.year;
        let of_year = || year.and_then(form::by_year);
        let form = ask.form.or_else(of_year).unwrap_or_else(form::current);
        let has_cell = |line: &Adjustment| form.cell(&line.cell).is_some();
        let (adjustments, misplaced) = ask.adjustments.into_iter().partition(has_cell);
        let mut this = Rollup {
            report: Report::new(form),
            units: Vec::new(),
            left_out: ask.left_out,
            missing: ask.expected,
            adjustments,
            misplaced,
            policy: ask.policy,
        };
        let own = own.into_iter().map(|own| (own, true));
        let candidates = candidates.into_iter().map(|other| (other, false));
        for (candidate, is_own) in own.chain(candidates) {
            match candidate.unfit(year) {
                None => this.units.push(Unit::of(candidate, is_own, form)),
                Some(why) => {
                    let Candidate { name, file, .. } = candidate;
                    this.left_out.push(LeftOut { name, file, why });
                }
            }
        }
        this.sum_up(&ask.body, year);
        this
    }

    /// Writes sums, head and what was counted into the report.
    fn sum_up(&mut self, body: &str, year: Option<u16>) {
        let form = self.report.form();
        let mut step = Transaction::new(words("汇总", "rolled up"));
        for cell in form.cells() {
            let sum = decimal(self.sum(cell));
            step = step.cell(
                &self.report,
                cell,
                Cell::read(&sum.to_string(), form.kind(cell)),
            );
        }
        let year = year.map(|year| year.to_string()).unwrap_or_default();
        let title = match (body, year.as_str()) {
            ("", _) => String::new(),
            (body, "") => format!("{body}政府信息公开工作年度报告"),
            (body, year) => format!("{body}{year}年政府信息公开工作年度报告"),
        };
        step = step
            .head(&self.report, HeadField::Title, &title)
            .head(&self.report, HeadField::Body, body)
            .head(&self.report, HeadField::Year, &year);
        if let Some(text) = form.text("s6") {
            let said: Vec<String> = self
                .statement()
                .iter()
                .map(|said| said.text(Lang::Zh))
                .collect();
            step = step.splice(&self.report, text, 0..0, &said.join("\n"));
        }
        let mut document = Document::new(self.report.clone());
        document.apply(step).expect("made for this report");
        self.report = document.report().clone();
    }

    /// The sum of a cell in millionths.
    fn sum(&self, cell: CellId) -> i128 {
        let units = self.units.iter().filter(|unit| self.counts(unit, cell));
        let units = units.filter_map(|unit| unit.value(cell));
        let path = self.report.form().path(cell);
        let lines = self.adjustments.iter().filter(|line| line.cell == path);
        units.map(Decimal::millionths).sum::<i128>()
            + lines
                .map(|line| i128::from(line.by) * 1_000_000)
                .sum::<i128>()
    }

    fn counts(&self, unit: &Unit, cell: CellId) -> bool {
        self.policy.counts(self.report.form(), cell, unit.is_own)
    }

    /// What a cell is made of, largest first; what counts nothing in it is left out.
    #[must_use]
    pub fn sources(&self, cell: CellId) -> Vec<Source<'_>> {
        let path = self.report.form().path(cell);
        let units = self.units.iter().filter(|unit| self.counts(unit, cell));
        let units = units.map(|unit| Source::Unit(unit, unit.value(cell)));
        let lines = self.adjustments.iter().filter(|line| line.cell == path);
        let mut sources: Vec<Source> = units.chain(lines.map(Source::Adjustment)).collect();
        // Those that do not say what they count come last.
        sources.sort_by_key(|source| std::cmp::Reverse(source.size()));
        sources.retain(|source| source.size() != Some(0));
        sources
    }

    /// Identities of the result that do not hold, each with those who break it.
    #[must_use]
    pub fn broken(&self) -> Vec<Broken> {
        let judged = Judged::of(&self.report, Blanks::FILLED);
        let identities = judged.identities();
        let broken = identities.all().iter().zip(judged.verdicts()).enumerate();
        let broken = broken.filter_map(|(at, (identity, verdict))| match verdict {
            Verdict::Broken { by } => Some((at, identity, *by)),
            _ => None,
        });
        broken
            .map(|(at, identity, by)| Broken {
                identity: at,
                by,
                breakers: self.breakers(identity),
            })
            .collect()
    }

    fn breakers(&self, identity: &Identity) -> Vec<(Message, i64)> {
        let form = self.report.form();
        let identities = form.identities();
        let (left, right) = (identities.left(identity), identities.right(identity));
        let gap = |value: &dyn Fn(CellId) -> i128| {
            let side = |cells: &[CellId]| cells.iter().map(|cell| value(*cell)).sum::<i128>();
            decimal(side(left) - side(right)).to_whole().unwrap_or(0)
        };
        let of_unit = self.units.iter().map(|unit| {
            let value = |cell: CellId| {
                let counted = unit.value(cell).filter(|_| self.counts(unit, cell));
                counted.map_or(0, Decimal::millionths)
            };
            let name = words("{unit}", "{unit}").with(vec![("unit", unit.name.as_str().into())]);
            (name, gap(&value))
        });
        let of_line = self.adjustments.iter().map(|line| {
            let at = form.cell(&line.cell);
            let value = |cell: CellId| {
                let by = i128::from(line.by) * 1_000_000;
                if at == Some(cell) { by } else { 0 }
            };
            let said = words("{line}（{reason}）", "{line} ({reason})").with(vec![
                ("line", line.name().into()),
                ("reason", line.reason.as_str().into()),
            ]);
            (said, gap(&value))
        });
        let mut found: Vec<(Message, i64)> = of_unit.chain(of_line).collect();
        found.retain(|(_, by)| *by != 0);
        found.sort_by_key(|(_, by)| std::cmp::Reverse(by.abs()));
        found
    }

    /// Cells that differ from those of an earlier roll-up.
    #[must_use]
    pub fn changed_since(&self, before: &Report) -> Vec<CellId> {
        let form = self.report.form();
        if before.form() != form {
            return form.cells().collect();
        }
        let differs = |cell: &CellId| {
            let (one, other) = (self.report.cell(*cell), before.cell(*cell));
            one.value() != other.value() || one.value().is_none() && one != other
        };
        form.cells().filter(differs).collect()
    }

    /// What was counted, what was not and why, a line each: it stands in the report.
    #[must_use]
    pub fn statement(&self) -> Vec<Message> {
        let form = self.report.form();
        let counted = words(
            "本报告的数据由{n}份报告汇总而成，{policy}。",
            "The figures are the sum of {n} reports; {policy}.",
        );
        let mut said = vec![counted.with(vec![
            ("n", self.units.len().into()),
            ("policy", self.policy.said().into()),
        ])];
        let list = |items: Vec<Arg>| Arg::List(words("、", ", "), items);
        if !self.missing.is_empty() {
            let names = self.missing.iter().map(|name| name.as_str().into());
            let missing = words(
                "未报送、没有计入的单位：{names}。",
                "No report, not counted: {names}.",
            );
            said.push(missing.with(vec![("names", list(names.collect()))]));
        }
        if !self.left_out.is_empty() {
            let items = self.left_out.iter().map(|one| {
                let item = words("{name}（{why}）", "{name} ({why})").with(vec![
                    ("name", one.name.as_str().into()),
                    ("why", one.why.said().into()),
                ]);
                item.into()
            });
            let out = words(
                "收到、没有计入的报告：{items}。",
                "Received, not counted: {items}.",
            );
            said.push(out.with(vec![("items", list(items.collect()))]));
        }
        let with_reason = self.units.iter().filter(|unit| !unit.reason.is_empty());
        let with_reason: Vec<Arg> = with_reason
            .map(|unit| {
                let item = words("{name}（{why}）", "{name} ({why})").with(vec![
                    ("name", unit.name.as_str().into()),
                    ("why", unit.reason.as_str().into()),
                ]);
                item.into()
            })
            .collect();
        if !with_reason.is_empty() {
            let counted = words(
                "有错误仍然计入的单位：{items}。",
                "Counted in spite of errors: {items}.",
            );
            said.push(counted.with(vec![("items", list(with_reason))]));
        }
        if !self.adjustments.is_empty() {
            let items = self.adjustments.iter().filter_map(|line| {
                let cell = cell_words(form, form.cell(&line.cell)?);
                let item =
                    words("{cell}{line}{by}（{why}）", "{cell} {line} {by} ({why})").with(vec![
                        ("cell", cell.into()),
                        ("line", line.name().into()),
                        ("by", line.by.saturating_abs().into()),
                        ("why", line.reason.as_str().into()),
                    ]);
                Some(item.into())
            });
            let lines = words("调整：{items}。", "Adjusted: {items}.");
            said.push(lines.with(vec![("items", list(items.collect()))]));
        }
        said
    }
}

impl Source<'_> {
    /// How much it counts, whatever its sign; None where that is not known.
    fn size(&self) -> Option<i128> {
        match self {
            Source::Unit(_, value) => value.map(|value| value.millionths().abs()),
            Source::Adjustment(line) => Some(i128::from(line.by).abs() * 1_000_000),
        }
    }
}
