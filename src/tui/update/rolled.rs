//! The roll-up page: opened from a folder, left for a unit and come back to, adjusted.
//!
//! **Never:** changes a unit's file; adjusts before the list of the folder has it.
//! Next: `report::rolled` for what is on it, `panels::sources` for what stands beside it.

use crate::base::words::{Message, words};
use crate::check::rollup::Policy;
use crate::form::CellId;
use crate::tui::app::{App, Overlay, Screen};
use crate::tui::command::Command;
use crate::tui::folder::FolderPage;
use crate::tui::input::Effect;
use crate::tui::line_edit::LineEdit;
use crate::tui::panels::sources::Sources;
use crate::tui::prompt::Prompt;
use crate::tui::report::rolled::Rolled;
use crate::tui::report::{Page, ReportScreen};
use crate::tui::start::Start;
use crate::tui::turn::{Cx, Purpose};

/// Shows the folder on the screen rolled up.
pub(super) fn show(app: &mut App) {
    let before = std::mem::replace(&mut app.screen, Screen::Start(Start::default()));
    let Screen::Folder(page) = before else {
        app.screen = before;
        return;
    };
    let rolled = page.rolled();
    app.folder = Some(page);
    put(app, rolled);
}

/// Puts a roll-up on the screen.
fn put(app: &mut App, rolled: Rolled) {
    app.notice = Some(found(&rolled));
    let screen = ReportScreen::rolled_up(rolled, app.prefs.profile.clone());
    app.screen = Screen::Report(Box::new(screen));
    app.overlay = Some(Overlay::Sources(Sources::default()));
}

/// What is to be said of a roll-up at once.
fn found(rolled: &Rolled) -> Message {
    let rollup = &rolled.rollup;
    let broken = rollup.broken().len();
    let said = if broken > 0 {
        words(
            "汇总不平 {broken} 处，来源里写着是哪些单位；未报送 {missing}，没有计入 {out}",
            "{broken} sums broken, the sources name the units; {missing} missing, {out} not counted",
        )
    } else {
        words(
            "汇总平衡；未报送 {missing}，没有计入 {out}",
            "all sums hold; {missing} missing, {out} not counted",
        )
    };
    said.with(vec![
        ("broken", broken.into()),
        ("missing", rollup.missing.len().into()),
        ("out", rollup.left_out.len().into()),
    ])
}

/// A command where a roll-up is on the screen; false if it is not the roll-up's.
pub(super) fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) -> bool {
    let Some(report) = app.report().filter(|report| report.rolled.is_some()) else {
        return false;
    };
    let cell = report.cursor();
    match command {
        Command::Commit | Command::EditCell if matches!(report.page, Page::Matrix(_)) => {
            app.overlay = Some(Overlay::Sources(Sources::choosing()));
        }
        Command::Commit | Command::EditCell if report.page == Page::Head => {
            let body = report.report().head().body.clone();
            let prompt = Prompt::new(Purpose::RollBody, LineEdit::new(&body));
            app.overlay = Some(Overlay::Prompt(prompt));
        }
        Command::Basis => app.overlay = Some(Overlay::Sources(Sources::default())),
        Command::Explain => {
            if let Some(cell) = cell {
                let prompt = Prompt::new(Purpose::Adjust(cell), LineEdit::new(""));
                app.overlay = Some(Overlay::Prompt(prompt));
            }
        }
        Command::RollPolicy => turn_policy(app, effects),
        Command::Undo => {
            let App {
                folder,
                look,
                prefs,
                notice,
                clipboard,
                ..
            } = app;
            let mut cx = Cx {
                look: *look,
                prefs,
                notice,
                clipboard,
                effects,
            };
            // What was done to the list of the folder; it opens nothing.
            if let Some(page) = folder.as_deref_mut() {
                page.command(Command::Undo, &mut cx);
            }
        }
        _ => return false,
    }
    true
}

/// Takes 规章 and 现行有效 from the other place.
fn turn_policy(app: &mut App, effects: &mut Vec<Effect>) {
    let rolled = app.report().and_then(|report| report.rolled.as_deref());
    let Some(mut rolling) = rolled.map(|rolled| rolled.rolling.clone()) else {
        return;
    };
    rolling.policy = match rolling.policy {
        Policy::Sum if rolling.own.is_empty() => {
            let said = words(
                "还没有本级的报告：先在文件夹页上选中它按 F7",
                "there is no report of the government's own: choose it on the folder page with F7",
            );
            app.notice = Some(said.into());
            return;
        }
        Policy::Sum => Policy::Own,
        Policy::Own => Policy::Sum,
    };
    let said = rolling.policy.said();
    if let Some(page) = app.folder_mut() {
        page.keep_rolling(rolling, said.into(), effects);
    }
}

/// What was typed to adjust a cell.
pub(super) fn adjust(app: &mut App, cell: CellId, text: &str, effects: &mut Vec<Effect>) {
    let rolled = app.report().and_then(|report| report.rolled.as_deref());
    let Some(rolled) = rolled else { return };
    match rolled.adjusted(cell, text) {
        Err(why) => app.notice = Some(why),
        Ok(rolling) => {
            app.overlay = Some(Overlay::Sources(Sources::default()));
            let said = words("调整行记下了", "the adjustment is kept").into();
            if let Some(page) = app.folder_mut() {
                page.keep_rolling(rolling, said, effects);
            }
        }
    }
}

/// What was typed as the body whose report the sum becomes.
pub(super) fn name(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    let rolled = app.report().and_then(|report| report.rolled.as_deref());
    let Some(mut rolling) = rolled.map(|rolled| rolled.rolling.clone()) else {
        return;
    };
    text.trim().clone_into(&mut rolling.body);
    app.overlay = Some(Overlay::Sources(Sources::default()));
    let said = words("汇总的机关记下了", "the body of the sum is kept");
    if let Some(page) = app.folder_mut() {
        page.keep_rolling(rolling, said.into(), effects);
    }
}

/// The numbers of the roll-up that was exported are those that were seen.
pub(super) fn exported(app: &mut App, effects: &mut Vec<Effect>) {
    let rolled = app.report().and_then(|report| report.rolled.as_deref());
    let Some(rolling) = rolled.map(Rolled::seen) else {
        return;
    };
    let said = words(
        "导出了；以后只标出再变的格",
        "exported; from now on only what changes is marked",
    );
    if let Some(page) = app.folder_mut() {
        page.keep_rolling(rolling, said.into(), effects);
    }
}

/// A report is being opened over a roll-up: the way back is kept.
pub(super) fn left(app: &mut App) {
    let report = app.report();
    let left = report.and_then(|report| Some((report.rolled.clone()?, report.cursor()?)));
    if left.is_some() {
        app.rolls = left;
    }
}

/// The cell of a report that was opened from the roll-up, under its own form.
pub(super) fn cell_in(app: &App, report: &ReportScreen) -> Option<CellId> {
    let (rolled, cell) = app.rolls.as_ref()?;
    let path = rolled.rollup.report.form().path(*cell);
    report.form().cell(&path)
}

/// The folder is on the screen again: so is the roll-up, if it was left for a unit.
pub(super) fn back(app: &mut App) {
    if let Some((before, cell)) = app.rolls.take() {
        show(app);
        marked(app, &before, cell);
    }
}

/// More of the folder is known: a roll-up on the screen is made anew.
pub(super) fn again(app: &mut App) {
    let report = app.report();
    let before =
        report.and_then(|report| Some((report.rolled.clone()?, report.cursor(), report.page)));
    let Some((before, cell, page)) = before else {
        return;
    };
    let Some(rolled) = app.folder.as_deref().map(FolderPage::rolled) else {
        return;
    };
    let (overlay, notice) = (app.overlay.take(), app.notice.take());
    put(app, rolled);
    app.overlay = overlay;
    app.notice = notice.or(app.notice.take());
    if let Some(cell) = cell {
        marked(app, &before, cell);
    }
    if let Some(report) = app.report_mut() {
        report.page = page;
    }
}

/// Marks what differs from the roll-up before, and goes to its cell.
fn marked(app: &mut App, before: &Rolled, cell: CellId) {
    let Some(report) = app.report_mut() else {
        return;
    };
    if let Some(rolled) = report.rolled.as_deref_mut() {
        rolled.since(before);
    }
    if before.rollup.report.form() == report.form() {
        report.go_to(cell);
    }
}
