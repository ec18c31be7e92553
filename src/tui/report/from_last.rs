//! What of last year's report stands in the one on the screen: what was carried in, how
//! many documents are due, which sentences are still last year's.
//!
//! All of it is told from last year's report itself and kept nowhere: it is there again
//! whenever that report is known.
//!
//! **Never:** changes a report; asks for a reason where nothing was changed.
//! Next: `model`'s `Carried` for what a new report takes along, `grid` for the marks.

use std::cell::OnceCell;

use super::{ReportScreen, explain};
use crate::base::facts::FileFacts;
use crate::base::words::{Message, words};
use crate::check::{Blanks, Due, Problem, Site, due};
use crate::form::{self, CellId, Form};
use crate::model::{Cell, Document, Note, Report, Rewrite, Transaction};
use crate::tui::input::{After, Last, Opened};
use crate::tui::turn::{Cx, Next};

/// The rule on what is carried in.
const CARRY: &str = "X-CARRY";

/// What last year's report says about this one.
#[derive(Debug)]
pub(super) struct FromLast {
    /// What is carried in.
    cells: Vec<(CellId, Cell)>,
    /// The documents in force that are due.
    due: Vec<Due>,
    /// The sentences to write anew, once they were asked for.
    rewrite: OnceCell<Vec<Rewrite>>,
}

impl FromLast {
    pub(super) fn of(report: &Report, blanks: Blanks, last: Option<&Last>) -> Self {
        let last = last.map(|last| &last.report);
        let cells = last.map(|last| last.carried_cells(report.form()));
        let due = last.map(|last| due(report, blanks, last));
        FromLast {
            cells: cells.unwrap_or_default(),
            due: due.unwrap_or_default(),
            rewrite: OnceCell::new(),
        }
    }
}

/// The form of a new report on a year.
fn form_of(named: Option<&'static Form>, year: u16) -> &'static Form {
    let of_year = || form::by_year(year).unwrap_or_else(form::current);
    named.unwrap_or_else(of_year)
}

/// A new report made from last year's, under a form that was named or that of its year.
///
/// It opens empty, and what comes from last year is its first change.
#[must_use]
pub fn begun(after: &After, named: Option<&'static Form>) -> Opened {
    let After { last, years, body } = after;
    let empty = Report::new(form_of(named, years.1));
    let carried = last.report.carried_into(empty.form(), *years, body);
    let label = words("从去年的报告新建", "a new report from last year's");
    let notes = carried.notes.into_iter().map(|note| Note {
        message: words("去年的报告：{what}", "last year's report: {what}")
            .with(vec![("what", note.message.into())]),
        ..note
    });
    Opened {
        begins: Some(Transaction::new(label).turning(&empty, &carried.report)),
        notes: notes.collect(),
        last: Some(last.clone()),
        ..Opened::of(Document::unsaved(empty), FileFacts::default(), true)
    }
}

/// Asks why a number that was carried over is another one now, once its cell was left.
pub(in crate::tui) fn ask_why(report: &mut ReportScreen, cx: &mut Cx<'_>) -> Option<Next> {
    let cell = report.asks_why?;
    let is_left = report.cursor() != Some(cell) && report.typing.is_none();
    if !is_left || report.recount.is_some() {
        return None;
    }
    report.asks_why = None;
    let mut problems = report.findings.problems.iter();
    let is_it = |problem: &Problem| {
        problem.rule.code == CARRY && problem.site == Site::Cell(cell) && !problem.is_settled()
    };
    let index = problems.position(is_it)?;
    Some(explain::ask(report, cx, Some(index)))
}

impl ReportScreen {
    fn said_by_last(&self) -> &FromLast {
        self.from_last
            .get_or_init(|| FromLast::of(self.document.report(), self.blanks(), self.last.as_ref()))
    }

    /// Whether a cell, as it is shown, holds what last year's report carried out.
    #[must_use]
    pub fn is_carried(&self, cell: CellId) -> bool {
        let mut carried = self.said_by_last().cells.iter();
        let seen = self.seen_report().cell(cell);
        carried.any(|(at, content)| *at == cell && content == seen)
    }

    /// How many documents are due in a cell that is blank.
    #[must_use]
    pub(in crate::tui) fn due(&self, cell: CellId) -> Option<&Due> {
        let is_blank = self.seen_report().cell(cell).is_blank();
        let mut all = self.said_by_last().due.iter();
        all.find(|due| due.cell == cell && is_blank)
    }

    /// The same in words.
    #[must_use]
    pub(in crate::tui) fn due_words(&self, cell: CellId) -> Option<Message> {
        let due = self.due(cell)?;
        let part = |count: Option<i64>| count.map_or("..".to_owned(), |count| count.to_string());
        let is_known = due.issued.is_some() && due.repealed.is_some();
        let said = if is_known {
            words(
                "应为 {e} = {p}+{i}-{r}（去年有效{p}）",
                "due {e} = {p}+{i}-{r} (last year {p})",
            )
        } else {
            words(
                "应为 {p}+{i}-{r}（去年有效{p}）",
                "due {p}+{i}-{r} (last year {p})",
            )
        };
        Some(said.with(vec![
            ("e", due.count().into()),
            ("p", due.before.into()),
            ("i", part(due.issued).into()),
            ("r", part(due.repealed).into()),
        ]))
    }

    /// The sentences to write anew, those that are written anew among them.
    #[must_use]
    pub fn rewrite(&self) -> &[Rewrite] {
        let last = self.last.as_ref();
        self.said_by_last().rewrite.get_or_init(|| {
            last.map(|last| self.report().rewrite_after(&last.report))
                .unwrap_or_default()
        })
    }

    /// How many of them are still last year's.
    #[must_use]
    pub fn untouched(&self) -> usize {
        let open = |again: &&Rewrite| again.is_open_in(self.report());
        self.rewrite().iter().filter(open).count()
    }

    /// What a new report took from last year's.
    #[must_use]
    pub(in crate::tui) fn taken_words(&self) -> Message {
        let carried = self.said_by_last().cells.iter();
        let carried = carried.filter(|(cell, _)| self.is_carried(*cell)).count();
        let said = match (self.untouched(), self.notes.len()) {
            (0, 0) => words(
                "带入上年结转 {n} 格（记号 <），别的数没有带入；没有要重写的句子",
                "cells carried in {n} (marked <), no other number; no sentence to write anew",
            ),
            (_, 0) => words(
                "带入上年结转 {n} 格（记号 <），别的数没有带入；要重写 {k} 句：Esc 0【要重写的句子】",
                "cells carried in {n} (marked <), no other number; to write anew {k}: Esc 0, \"sentences to write anew\"",
            ),
            _ => words(
                "带入上年结转 {n} 格（记号 <），有 {m} 处没有带入：F5；要重写 {k} 句：Esc 0【要重写的句子】",
                "cells carried in {n} (marked <), not carried {m}: F5; to write anew {k}: Esc 0, \"sentences to write anew\"",
            ),
        };
        said.with(vec![
            ("n", carried.into()),
            ("m", self.notes.len().into()),
            ("k", self.untouched().into()),
        ])
    }

    /// Remembers that a number which was carried over is being changed by hand.
    pub(super) fn changes_carried(&mut self, cell: CellId) {
        if self.is_carried(cell) {
            self.asks_why = Some(cell);
        }
    }

    /// The same problem of the total of its row, which is off because this one is: one
    /// reason is enough for both.
    pub(super) fn follows_carried(&self, problem: &Problem) -> Option<Problem> {
        let Site::Cell(cell) = problem.site else {
            return None;
        };
        let form = self.form();
        let here = form.spot(cell);
        let is_total = |other: CellId| {
            let there = form.spot(other);
            other != cell
                && form.is_total(other)
                && (there.table, there.row) == (here.table, here.row)
        };
        let mut problems = self.findings.problems.iter();
        let found = problems.find(|other| {
            let Site::Cell(at) = other.site else {
                return false;
            };
            [problem.rule.code, other.rule.code] == [CARRY; 2]
                && is_total(at)
                && !other.is_settled()
                && other.number("d") == problem.number("d")
        });
        found.cloned()
    }
}
