//! Two people at one report: what the other one saved, and asks for.
//!
//! **Never:** takes over a place that both changed without asking.
//! Next: `report::merging`, which changes the report.

use crate::base::facts::FileFacts;
use crate::base::width::shown;
use crate::base::words::words;
use crate::tui::app::{App, Overlay};
use crate::tui::input::{Effect, Target, Theirs};
use crate::tui::panels::merge::Clash;

use super::files;

/// Looks whether who has the report saved it.
pub(super) fn look(app: &App, effects: &mut Vec<Effect>) {
    let file = app.report().map(|report| &report.file);
    let Some(FileFacts {
        path: Some(path),
        stamp: Some(stamp),
        ..
    }) = file.filter(|file| file.is_followed())
    else {
        return;
    };
    effects.push(Effect::Follow {
        path: path.clone(),
        stamp: *stamp,
    });
}

/// The file as somebody else left it: shown anew where it is only read, else merged.
pub(super) fn theirs(app: &mut App, theirs: Theirs, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let Some(path) = theirs.file.path.clone() else {
        return;
    };
    if report.file.path.as_ref() != Some(&path) {
        return;
    }
    report.leave_cell();
    if report.file.is_followed() {
        if report.form() == theirs.report.form() {
            app.notice = Some(report.refresh(theirs, effects));
        } else {
            files::go(app, Some(Target::File(path)), false, effects);
        }
        return;
    }
    match report.merge_with(&theirs) {
        None => {
            app.notice = Some(
                words(
                    "两边的格式不同，不能合并；另存到别处再对照",
                    "the two are on different forms and are not merged; save elsewhere and compare",
                )
                .into(),
            );
        }
        Some(merge) if merge.conflicts.is_empty() => {
            app.notice = Some(report.take_merge(&merge, &[], theirs, effects));
        }
        Some(merge) => app.overlay = Some(Overlay::Merge(Box::new(Clash::new(merge, theirs)))),
    }
}

/// Somebody asks for the report to be let go.
pub(super) fn asked(app: &mut App, by: &str, at: &str) {
    let by = shown(by).into_owned();
    let said = words(
        "{by} 在 {at} 请您让出这份报告：保存后关掉它，他就能编辑",
        "{by} asked at {at} for this report: save and close it to let it go",
    );
    app.notice = Some(said.with(vec![
        ("by", by.as_str().into()),
        ("at", shown(at).as_ref().into()),
    ]));
    if let Some(report) = app.report_mut() {
        report.asked = Some(by);
    }
}
