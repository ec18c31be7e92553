//! 核对总计: the pass over the totals after keying, what was computed put aside.
//!
//! Totals that follow what is typed can't show a slip. In the pass they stand
//! blank; the clerk types those of the paper, and where one differs from the sum
//! of its parts the table is broken there, as after any other typing.
//!
//! Putting aside is one undo step, each total typed is one, leaving is one.
//!
//! **Never:** forgets what was computed; leaves a total blank that was not; lets a total
//! follow.
//! Next: `matrix` for typing.

use super::{Page, ReportScreen};
use crate::base::words::{Message, Words, words};
use crate::form::CellId;
use crate::model::{Cell, Change, Transaction};
use crate::tui::command::Command;
use crate::tui::turn::{Cx, Next, Question};

const LABEL: Words = words("核对总计", "check the totals");

/// A pass over the totals of the tables under a prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recount {
    /// The tables.
    pub prefix: &'static str,
    /// Totals in reading order, with what they held before the pass.
    pub cells: Vec<(CellId, Cell)>,
    /// Steps in the history once the totals were put aside.
    pub steps: usize,
}

/// How far a pass has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Totals to type.
    pub all: usize,
    /// Totals typed.
    pub typed: usize,
    /// Of them, those that differ from what was there before.
    pub differ: usize,
}

impl ReportScreen {
    /// The pass on the matrix shown.
    #[must_use]
    pub fn recount_here(&self) -> Option<&Recount> {
        self.recount
            .as_ref()
            .filter(|recount| self.page == Page::Matrix(recount.prefix))
    }

    /// Whether a cell is a total that is still to be typed in the pass.
    #[must_use]
    pub fn is_put_aside(&self, cell: CellId) -> bool {
        self.recount_here().is_some_and(|recount| {
            self.report().cell(cell).is_blank() && recount.cells.iter().any(|(at, _)| *at == cell)
        })
    }

    /// How far the pass has come.
    #[must_use]
    pub fn progress(&self, recount: &Recount) -> Progress {
        let mut progress = Progress {
            all: recount.cells.len(),
            ..Progress::default()
        };
        for (cell, before) in &recount.cells {
            let now = self.report().cell(*cell);
            if !now.is_blank() {
                progress.typed += 1;
                progress.differ += usize::from(now.count() != before.count());
            }
        }
        progress
    }
}

/// Begins a pass on the matrix shown.
pub(in crate::tui) fn start(report: &mut ReportScreen, cx: &mut Cx<'_>) {
    if report.refuses(cx) {
        return;
    }
    let Some((_, prefix)) = report.matrix() else {
        return;
    };
    report.leave_cell();
    report.anchor = None;
    let form = report.form();
    let cells: Vec<(CellId, Cell)> = form
        .tables_of(prefix)
        .flat_map(|table| form.tables[table].cells())
        .filter(|cell| form.is_total(*cell))
        .map(|cell| (cell, report.report().cell(cell).clone()))
        .collect();
    let Some((first, _)) = cells.first() else {
        cx.say(words("这张表没有总计", "this table has no totals"));
        return;
    };
    let first = *first;
    let all: Vec<CellId> = cells.iter().map(|(cell, _)| *cell).collect();
    let step = Transaction::fill(
        words("核对总计：先空出来", "check the totals: blank them first"),
        report.report(),
        &all,
        &Cell::Blank,
    );
    report.change(Change::Apply(step), cx.effects);
    report.recount = Some(Recount {
        prefix,
        cells,
        steps: report.document.done().len(),
    });
    report.go_to(first);
    cx.say(
        words(
            "核对总计：照原稿打 {n} 个总计，回车到下一个；Esc 离开，算出来的都记着",
            "type the {n} totals of the paper, Enter for the next; Esc leaves, nothing is lost",
        )
        .with(vec![("n", all.len().into())]),
    );
}

/// A command while a pass is on the screen; None if it is not for the pass.
pub(in crate::tui) fn run(
    report: &mut ReportScreen,
    cx: &mut Cx<'_>,
    command: Command,
) -> Option<Next> {
    use Command as C;
    // From whatever page: what goes out never has the totals put aside.
    let goes_out = matches!(
        command,
        C::Save
            | C::SaveAs
            | C::Open
            | C::New
            | C::Sample
            | C::Quit
            | C::Export
            | C::CheckSheet
            | C::ReturnNote
    );
    if goes_out {
        finish(report, cx, true);
        return None;
    }
    report.recount_here()?;
    match command {
        C::Close if report.typing.is_none() && report.anchor.is_none() => {
            return Some(leave(report, cx));
        }
        C::CheckTotals => return Some(leave(report, cx)),
        C::Commit | C::NextEntry => walk(report, cx, true),
        C::PreviousEntry => walk(report, cx, false),
        C::FillRow | C::ToggleKeying | C::Paste | C::Cut | C::ZeroTable => refuse(cx),
        C::EditCell | C::Clear | C::Backspace if !report.on_total() => refuse(cx),
        _ => return None,
    }
    Some(Next::Stay)
}

/// A character typed in a pass; true if it is not for the cell.
pub(in crate::tui) fn refuses_typing(report: &ReportScreen, cx: &mut Cx<'_>) -> bool {
    let refused = report.recount_here().is_some() && !report.on_total();
    if refused {
        refuse(cx);
    }
    refused
}

/// The totals put aside came back by undo: the pass is over.
pub(in crate::tui) fn after_undo(report: &mut ReportScreen, cx: &mut Cx<'_>) {
    let over = report
        .recount
        .as_ref()
        .is_some_and(|recount| report.document.done().len() < recount.steps);
    if over {
        report.recount = None;
        cx.say(words(
            "核对总计撤销了，总计都在原处",
            "the pass over the totals was undone; all totals are back",
        ));
    }
}

pub(in crate::tui) fn refuse(cx: &mut Cx<'_>) {
    cx.say(words(
        "正在核对总计，只打总计；改别的先按 Esc 离开",
        "checking the totals: only totals are typed; Esc leaves",
    ));
}

/// To the next or the previous total; at the end says what came of it.
fn walk(report: &mut ReportScreen, cx: &mut Cx<'_>, forward: bool) {
    report.leave_cell();
    report.anchor = None;
    let (Some(recount), Some(cursor)) = (report.recount.clone(), report.cursor()) else {
        return;
    };
    let cells = recount.cells.iter().map(|(cell, _)| *cell);
    let next = if forward {
        cells.into_iter().find(|cell| *cell > cursor)
    } else {
        cells.rev().find(|cell| *cell < cursor)
    };
    match next {
        Some(cell) => report.go_to(cell),
        None if forward => cx.say(said(report.progress(&recount), false)),
        None => {}
    }
}

fn said(progress: Progress, left: bool) -> Message {
    let args = vec![
        ("n", progress.all.into()),
        ("k", progress.differ.into()),
        ("m", (progress.all - progress.typed).into()),
    ];
    let said = match (left, progress.typed == progress.all, progress.differ) {
        (true, true, 0) => words(
            "核对总计：{n} 个总计都与算出来的相同",
            "totals checked: all {n} equal what was computed",
        ),
        (true, false, 0) => words(
            "核对总计：打过的都相同，{m} 个没有打的恢复了算出来的数",
            "totals checked: those typed are equal; {m} not typed are as computed",
        ),
        (true, ..) => words(
            "核对总计：{k} 个与算出来的不同，留着打的数；F8 逐处看",
            "totals checked: {k} differ and stay as typed; F8 walks through",
        ),
        (false, true, 0) => words(
            "最后一个总计。{n} 个都与算出来的相同；Esc 离开",
            "the last total: all {n} equal what was computed; Esc leaves",
        ),
        (false, ..) => words(
            "最后一个总计。{k} 个不同，{m} 个没有打；F8 逐处看，Esc 离开",
            "the last total: {k} differ, {m} not typed; F8 walks through, Esc leaves",
        ),
    };
    said.with(args)
}

/// Leaves the pass; asks where typed totals differ from what was computed.
fn leave(report: &mut ReportScreen, cx: &mut Cx<'_>) -> Next {
    let Some(recount) = &report.recount else {
        return Next::Stay;
    };
    let progress = report.progress(recount);
    if progress.differ > 0 {
        return Next::Ask(Question::LeaveTotals(progress.differ));
    }
    finish(report, cx, true);
    Next::Stay
}

/// Ends the pass: totals not typed get back what they held, typed ones too
/// unless they are kept. One undo step.
pub(in crate::tui) fn finish(report: &mut ReportScreen, cx: &mut Cx<'_>, keep: bool) {
    let Some(recount) = report.recount.take() else {
        return;
    };
    report.leave_cell();
    let progress = report.progress(&recount);
    let back = recount
        .cells
        .iter()
        .filter(|(cell, _)| !keep || report.report().cell(*cell).is_blank());
    let step = back.fold(Transaction::new(LABEL), |step, (cell, before)| {
        step.cell(report.report(), *cell, before.clone())
    });
    report.change(Change::Apply(step), cx.effects);
    cx.say(if keep {
        said(progress, true)
    } else {
        words(
            "恢复了算出来的 {n} 个总计；Ctrl+Z 找回打的数",
            "the {n} computed totals are back; Ctrl+Z brings the typed ones back",
        )
        .with(vec![("n", progress.all.into())])
    });
}

impl ReportScreen {
    fn on_total(&self) -> bool {
        self.cursor().is_some_and(|cell| self.form().is_total(cell))
    }
}
