//! The mouse: a click puts the cursor or chooses, the wheel scrolls.
//!
//! What stands at a place is what the frame notes while it is drawn, so that nothing is
//! laid out twice.
//!
//! **Never:** means more than keys do: what a click chooses waits for Enter.
//! Next: `hit` for what can be hit.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::follow::on_report;
use super::{panel_has_keys, run};
use crate::base::words::words;
use crate::tui::app::{App, Overlay, Screen};
use crate::tui::areas::{self, Shape};
use crate::tui::command::Command;
use crate::tui::hit::Hit;
use crate::tui::input::Effect;
use crate::tui::panels::problems::Problems;
use crate::tui::turn::Next;
use crate::tui::view::hits;

/// Rows that the wheel scrolls by.
const WHEEL: usize = 3;

/// Takes the mouse, or gives it back to the terminal.
pub(super) fn switch(app: &mut App, effects: &mut Vec<Effect>) {
    app.prefs.mouse = !app.prefs.mouse;
    app.notice = Some(if app.prefs.mouse {
        words(
            "鼠标打开了：点格、点部分、点列表，滚轮翻看；按住 Shift 是终端的选字和粘贴",
            "mouse on: click cells, sections, lists; Shift leaves it to the terminal",
        )
        .into()
    } else {
        words("鼠标关了，归终端用", "mouse off: the terminal has it").into()
    });
    effects.push(Effect::Mouse(app.prefs.mouse));
}

/// Does what a click or the wheel means.
pub(super) fn on_mouse(app: &mut App, event: MouseEvent, effects: &mut Vec<Effect>) {
    let is_ours = app.prefs.mouse && !event.modifiers.contains(KeyModifiers::SHIFT);
    let at = (event.column, event.row);
    match event.kind {
        _ if !is_ours => {}
        MouseEventKind::Down(MouseButton::Left) => click(app, at, effects),
        MouseEventKind::ScrollUp => wheel(app, false, effects),
        MouseEventKind::ScrollDown => wheel(app, true, effects),
        _ => {}
    }
}

fn click(app: &mut App, at: (u16, u16), effects: &mut Vec<Effect>) {
    app.notice = None;
    app.menu = false;
    match hits(app).at(at) {
        Hit::Nothing | Hit::List { .. } | Hit::Row(_) => {}
        Hit::Line(by) => arrows(app, by, effects),
        Hit::Cell(cell) => on_report(app, effects, |report, _| {
            report.leave_cell();
            report.anchor = None;
            report.go_to(cell);
            Next::Stay
        }),
        Hit::Section(text) => on_report(app, effects, |report, _| {
            report.show_section(text);
            Next::Stay
        }),
        Hit::Text { row, left } => on_report(app, effects, |report, _| {
            report.go_to_row(row, usize::from(at.0.saturating_sub(left)));
            Next::Stay
        }),
        Hit::Fact(at) => on_report(app, effects, |report, _| {
            report.choose_fact(at);
            Next::Stay
        }),
        Hit::Problem(at) => app.show(|_| Some(Overlay::Problems(Problems::at(at)))),
    }
}

/// So many arrows, down or up.
fn arrows(app: &mut App, by: isize, effects: &mut Vec<Effect>) {
    let command = if by < 0 { Command::Up } else { Command::Down };
    for _ in 0..by.unsigned_abs() {
        run(app, command, effects);
    }
}

fn wheel(app: &mut App, down: bool, effects: &mut Vec<Effect>) {
    let in_facts = app
        .report()
        .is_some_and(|report| report.prose.fact.is_some());
    if panel_has_keys(app) || in_facts || matches!(app.screen, Screen::Start(_) | Screen::Folder(_))
    {
        let (before, after) = hits(app).list();
        let room = if down { after } else { before };
        let by = isize::try_from(room.min(WHEEL)).unwrap_or(0);
        return arrows(app, if down { by } else { -by }, effects);
    }
    if areas::shape(app.look.size) == Shape::List
        && app.report().is_some_and(|it| it.matrix().is_some())
    {
        return arrows(app, if down { 1 } else { -1 }, effects);
    }
    on_report(app, effects, |report, cx| {
        report.leave_cell();
        report.scroll(cx.look, WHEEL, down);
        Next::Stay
    });
}
