//! What came from the keyboard in a run: pastes that nobody marked, and long typing.
//!
//! Keys of a run are given out as they come. Once it shows that it was a paste, those
//! that went into cells are taken back, and the whole run is pasted where it began.
//!
//! **Never:** lets a key of a paste stand in a cell; loses a key that was typed.
//! Next: `terminal::unmarked_paste` for what a run is, `paste` for the preview.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{on_key, on_paste, paste};
use crate::base::number::narrow;
use crate::model::Change;
use crate::tui::app::App;
use crate::tui::input::{Effect, MOST_TRAIL, key_of};
use crate::tui::report::pasting::{Run, pasted};
use crate::tui::report::text;
use crate::tui::report::{Before, Page};

/// Whether a cell of the matrix shown takes a number with a point; None without one, or
/// where keys go elsewhere.
#[must_use]
pub fn takes_points(app: &App) -> Option<bool> {
    let report = app.report().filter(|_| app.overlay.is_none())?;
    let (_, prefix) = report.matrix()?;
    let form = report.form();
    let mut cells = form
        .tables_of(prefix)
        .flat_map(|table| form.tables[table].cells());
    Some(cells.any(|cell| form.kind(cell).is_money()))
}

/// Remembers how the matrix stands before a key of a run.
pub(super) fn remember(app: &mut App, key: KeyEvent) {
    let is_of_run = match key.code {
        KeyCode::Char('j') => key.modifiers == KeyModifiers::CONTROL || key.modifiers.is_empty(),
        KeyCode::Char(_) | KeyCode::Tab | KeyCode::Enter => key.modifiers.is_empty(),
        _ => false,
    };
    let report = app.report().filter(|_| app.overlay.is_none());
    let before = report.and_then(|report| {
        Some(Before {
            cursor: report.cursor()?,
            typing: report.typing.clone(),
            steps: report.document.done().len(),
            keying: report.keying.clone(),
        })
    });
    match before.filter(|_| is_of_run) {
        Some(before) => app.trail.push(before),
        None => app.trail.clear(),
    }
    // Far more than a run gives out; the older half goes at once.
    if app.trail.len() > 2 * MOST_TRAIL {
        app.trail.drain(..MOST_TRAIL);
    }
}

/// A run that was not typed by hand.
pub(super) fn on_unmarked(app: &mut App, text: String, given: usize, effects: &mut Vec<Effect>) {
    let in_cells = takes_points(app).is_some();
    if in_cells && rewind(app, given, effects) {
        let typing = app.report().and_then(|report| report.typing.clone());
        if let Some(run) = paste::unmarked(app, Run { keys: text, typing }, effects) {
            play(app, run, effects);
        }
        return;
    }
    // What went out of it is typed already, and stands before the rest.
    let rest: String = text.chars().skip(given).collect();
    on_paste(app, &pasted(&rest), effects);
}

/// Takes back so many keys that went into the matrix; false if they are not known.
fn rewind(app: &mut App, given: usize, effects: &mut Vec<Effect>) -> bool {
    if given == 0 {
        return true;
    }
    let at = app.trail.len().checked_sub(given);
    let Some(before) = at.and_then(|at| app.trail.get(at)).cloned() else {
        return false;
    };
    app.trail.clear();
    let Some(report) = app.report_mut() else {
        return false;
    };
    report.typing = None;
    report.anchor = None;
    let steps = before
        .typing
        .as_ref()
        .map_or(before.steps, |typed| typed.steps_before);
    for _ in steps..report.document.done().len() {
        report.change(Change::TakeBack, effects);
    }
    if report.keying != before.keying {
        report.keying = before.keying;
        effects.push(Effect::KeepModes(report.keying.clone()));
    }
    report.go_to(before.cursor);
    if let Some(typed) = before.typing {
        report.write_typed(before.cursor, typed.text, effects);
    }
    report.judge();
    true
}

/// Plays the keys of a run that was typed after all.
fn play(app: &mut App, run: Run, effects: &mut Vec<Effect>) {
    app.overlay = None;
    if let Some(report) = app.report_mut() {
        report.typing = run.typing;
    }
    on_typed(app, &run.keys, effects);
}

/// Many keys at once. What goes into a text or a line goes in as one piece.
pub(super) fn on_typed(app: &mut App, keys: &str, effects: &mut Vec<Effect>) {
    let mut rest = keys;
    while let Some(first) = rest.chars().next() {
        let on_text = app.overlay.is_none()
            && matches!(app.report().map(|report| report.page), Some(Page::Text(_)));
        if on_text && rest.len() > first.len_utf8() {
            app.notice = None;
            app.menu = false;
            if let (Some(report), mut cx) = app.turn(effects) {
                text::typed(report, &mut cx, rest);
            }
            return;
        }
        let plain = rest.find(['\r', '\n', '\t']).unwrap_or(rest.len());
        if plain > first.len_utf8() && !app.menu && super::types_a_line(app) {
            app.notice = None;
            super::on_paste(app, &rest[..plain], effects);
            rest = &rest[plain..];
            continue;
        }
        on_key(app, key_of(first), effects);
        rest = &rest[first.len_utf8()..];
    }
}

/// Ends what is being typed if a key was refused: what follows is another number, never
/// the rest of this one. `before` is what was typed before the key.
///
/// A digit too many is refused as every digit behind it is, so nothing can join.
pub(super) fn end_if_refused(app: &mut App, key: KeyEvent, before: Option<&str>) {
    if matches!(key.code, KeyCode::Char(c) if narrow(c).is_ascii_digit()) {
        return;
    }
    if let Some(report) = app.report_mut()
        && let Some(typed) = &report.typing
        && before == Some(typed.text.as_str())
    {
        report.leave_cell();
    }
}
