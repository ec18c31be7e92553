//! Holding the report against another one: what is told before, and the page that comes.
//!
//! **Never:** compares with what has changed unsaid.
//! Next: `panels::compare` for the page, `panels::versions` for what saving kept.

use crate::model::Report;
use crate::tui::app::{App, Overlay};
use crate::tui::input::{Against, Effect, Other, Version};
use crate::tui::panels::ask::Ask;
use crate::tui::panels::compare::Compare;
use crate::tui::panels::failed::Failed;
use crate::tui::panels::versions::Versions;
use crate::tui::turn::Question;

/// Takes what was read to be compared with; says first what is not as it was known.
pub(super) fn beside(app: &mut App, other: Other) {
    app.overlay = None;
    let Some(report) = app.report() else { return };
    let Other {
        against,
        read,
        is_changed,
    } = other;
    let last = report.last.as_ref();
    let last = last.filter(|last| against == Against::Last(last.path.clone()));
    let path = against.path().clone();
    let question = match (&read, last) {
        (Err(failure), Some(_)) => {
            let why = failure.why.as_deref().unwrap_or(&failure.what).clone();
            Some(Question::LastUnread(path, why))
        }
        (Ok(now), Some(last)) if *now != last.report => Some(Question::LastChanged(path)),
        (Ok(_), _) if is_changed => Some(Question::DiskChanged(path)),
        _ => None,
    };
    match (read, question) {
        (Err(failure), None) => app.overlay = Some(Overlay::Failed(Failed(failure))),
        (read, question) => {
            if let Ok(other) = read {
                show(app, against, other);
            }
            let Some(question) = question else { return };
            // The page waits until it was told.
            if let Some(Overlay::Compare(page)) = app.overlay.take() {
                app.aside = Some(page);
            }
            app.notice = None;
            app.overlay = Some(Overlay::Ask(Ask::new(question)));
        }
    }
}

/// Shows the page of the report beside another one.
pub(super) fn show(app: &mut App, against: Against, other: Report) {
    if let Some(report) = app.report_mut() {
        report.leave_cell();
    }
    let Some(report) = app.report() else { return };
    let compare = Compare::of(report, against, other);
    app.notice = compare.caution();
    app.aside = None;
    app.overlay = Some(Overlay::Compare(Box::new(compare)));
}

/// Shows it beside last year's report as it was read when that became known.
pub(super) fn as_read(app: &mut App) {
    let last = app.report().and_then(|report| report.last.clone());
    if let Some(last) = last {
        show(app, Against::Last(last.path), last.report);
    }
}

/// Brings back the page that stands aside; false if there is none, or if Esc has something
/// else to close first.
pub(super) fn back(app: &mut App) -> bool {
    let is_free = app.report().is_some_and(|report| {
        let prose = &report.prose;
        let is_selected = report.anchor.is_some() || prose.anchor.is_some();
        let is_within = prose.fact.is_some() || report.recount.is_some();
        !(report.typing.is_some() || is_selected || is_within)
    });
    if !is_free || app.overlay.is_some() {
        return false;
    }
    let page = app.aside.take();
    let is_there = page.is_some();
    if let (Some(page), Some(report)) = (page, app.report()) {
        app.overlay = Some(Overlay::Compare(Box::new(page.again(report))));
    }
    is_there
}

/// Lists the versions that were kept.
pub(super) fn versions(app: &mut App, versions: Vec<Version>) {
    app.overlay = app
        .report()
        .map(|_| Overlay::Versions(Versions::of(versions)));
}

/// Asks for them.
pub(super) fn ask_versions(app: &mut App, effects: &mut Vec<Effect>) {
    if let Some(report) = app.report_mut() {
        report.leave_cell();
    }
    effects.push(Effect::Versions);
}
