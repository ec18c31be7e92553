//! The steps of 核对总计: putting totals aside, walking them, leaving.
//!
//! Putting aside is one undo step, each total typed is one, leaving is one.
//!
//! **Never:** leaves a total blank that was not; lets a total follow.
//! Next: `tui::recount` for what a pass is.

use crate::base::words::{Message, Words, words};
use crate::form::CellId;
use crate::model::{Cell, Change, Transaction};
use crate::tui::app::{App, Overlay};
use crate::tui::command::Command;
use crate::tui::input::Effect;
use crate::tui::panels::ask::Ask;
use crate::tui::report::ReportScreen;
use crate::tui::report::recount::{Progress, Recount};
use crate::tui::turn::Question;

const LABEL: Words = words("核对总计", "check the totals");

/// Begins a pass on the matrix shown.
pub(super) fn start(app: &mut App, effects: &mut Vec<Effect>) {
    if super::refuse_read_only(app) {
        return;
    }
    let Some(report) = app.report_mut() else {
        return;
    };
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
        app.notice = Some(words("这张表没有总计", "this table has no totals").into());
        return;
    };
    let first = *first;
    let all: Vec<CellId> = cells.iter().map(|(cell, _)| *cell).collect();
    let step = Transaction::fill(
        words("核对总计：先空出来", "put the totals aside"),
        report.report(),
        &all,
        &Cell::Blank,
    );
    report.change(Change::Apply(step), effects);
    report.recount = Some(Recount {
        prefix,
        cells,
        steps: report.document.done().len(),
    });
    report.go_to(first);
    app.notice = Some(
        words(
            "核对总计：照原稿打 {n} 个总计，回车到下一个；Esc 离开，算出来的都记着",
            "type the {n} totals of the paper, Enter for the next; Esc leaves, nothing is lost",
        )
        .with(vec![("n", all.len().into())]),
    );
}

/// A command while a pass is on the screen; true if it was for the pass.
pub(super) fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) -> bool {
    use Command as C;
    if app.overlay.is_some() {
        return false;
    }
    let Some(report) = app.report() else {
        return false;
    };
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
        finish(app, true, effects);
        return false;
    }
    if report.recount_here().is_none() {
        return false;
    }
    match command {
        C::Close if report.typing.is_none() && report.anchor.is_none() => leave(app, effects),
        C::CheckTotals => leave(app, effects),
        C::Commit | C::NextEntry => walk(app, true),
        C::PreviousEntry => walk(app, false),
        C::FillRow | C::ToggleKeying | C::Paste | C::Cut | C::ZeroTable => refuse(app),
        C::EditCell | C::Clear | C::Backspace if !report.on_total() => refuse(app),
        _ => return false,
    }
    true
}

/// A character typed in a pass; true if it is not for the cell.
pub(super) fn on_char(app: &mut App) -> bool {
    let refused = app
        .report()
        .is_some_and(|report| report.recount_here().is_some() && !report.on_total());
    if refused {
        refuse(app);
    }
    refused
}

/// The totals put aside came back by undo: the pass is over.
pub(super) fn after_undo(app: &mut App) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let over = report
        .recount
        .as_ref()
        .is_some_and(|recount| report.document.done().len() < recount.steps);
    if over {
        report.recount = None;
        app.notice = Some(
            words(
                "核对总计撤销了，总计都在原处",
                "the pass over the totals was undone; all totals are back",
            )
            .into(),
        );
    }
}

pub(super) fn refuse(app: &mut App) {
    app.notice = Some(
        words(
            "正在核对总计，只打总计；改别的先按 Esc 离开",
            "checking the totals: only totals are typed; Esc leaves",
        )
        .into(),
    );
}

/// To the next or the previous total; at the end says what came of it.
fn walk(app: &mut App, forward: bool) {
    let Some(report) = app.report_mut() else {
        return;
    };
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
        None if forward => app.notice = Some(said(report.progress(&recount), false)),
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
fn leave(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(report) = app.report() else { return };
    let Some(recount) = &report.recount else {
        return;
    };
    let progress = report.progress(recount);
    if progress.differ > 0 {
        app.overlay = Some(Overlay::Ask(Ask::new(Question::LeaveTotals(
            progress.differ,
        ))));
    } else {
        finish(app, true, effects);
    }
}

/// Ends the pass: totals not typed get back what they held, typed ones too
/// unless they are kept. One undo step.
pub(super) fn finish(app: &mut App, keep: bool, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
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
    report.change(Change::Apply(step), effects);
    app.notice = Some(if keep {
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
