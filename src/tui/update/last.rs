//! Last year's report: chosen, read, taken or not.
//!
//! **Never:** takes one whose body or year makes it doubtful without asking; changes the
//! report.
//! Next: `panels::last_year` for the choice, `report::last` for what is known of it.

use std::path::{Path, PathBuf};

use crate::base::failure::Failure;
use crate::base::words::{Message, words};
use crate::tui::app::{App, Overlay};
use crate::tui::input::{Effect, Last, LastAt, LastFound, WantedLast, WhyLast};
use crate::tui::panels::ask::Ask;
use crate::tui::panels::failed::Failed;
use crate::tui::panels::last_year::LastYear;
use crate::tui::path_line::PathLine;
use crate::tui::prompt::Prompt;
use crate::tui::report::last::{Link, name_of};
use crate::tui::turn::{LastChoice, Purpose, Question};

/// Shows which report is last year's and what else it could be.
pub(super) fn choose(app: &mut App, effects: &mut Vec<Effect>) {
    app.show(|app| {
        let report = app.report()?;
        let folder = report.folder();
        effects.push(Effect::FindLast {
            folder: folder.clone(),
            of: report.as_asked(),
        });
        Some(Overlay::LastYear(LastYear::new(folder)))
    });
}

/// Shows what was found in the folder.
pub(super) fn found(app: &mut App, found: LastFound) {
    if let Some(Overlay::LastYear(panel)) = &mut app.overlay {
        panel.found(found);
    }
}

/// Does what was chosen.
pub(super) fn chosen(app: &mut App, choice: LastChoice, effects: &mut Vec<Effect>) {
    match choice {
        LastChoice::Take(path) => want(app, path, WhyLast::Named, effects),
        LastChoice::Another => {
            let Some(report) = app.report() else { return };
            let folder = report.folder().join("").display().to_string();
            let mut line = PathLine::file(&folder, Vec::new());
            line.ask(effects);
            app.overlay = Some(Overlay::Prompt(Prompt::of_path(Purpose::LastYear, line)));
        }
        LastChoice::None => forget(app, effects),
    }
}

/// Takes last year's report away, for the next opening too.
fn forget(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.link = Link::default();
    report.set_last(None);
    effects.push(Effect::KeepLast(None));
    app.notice = Some(words("不和去年比了", "not compared with last year any more").into());
}

/// Asks for last year's report to be read.
pub(super) fn want(app: &mut App, path: PathBuf, why: WhyLast, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let known = report.last.as_ref().filter(|last| last.path == path);
    effects.push(Effect::ReadLast {
        path: path.clone(),
        unless: known
            .and_then(|last| last.stamp)
            .filter(|_| why == WhyLast::Again),
        of: report.as_asked(),
    });
    report.link.wanted = Some(WantedLast { path, why });
}

/// Asks for what was kept or named as the report was opened.
pub(super) fn opened(app: &mut App, effects: &mut Vec<Effect>) {
    let wanted = app.report().and_then(|report| report.link.wanted.clone());
    if let Some(WantedLast { path, why }) = wanted {
        want(app, path, why, effects);
    }
}

/// Looks whether last year's file was changed, unless an answer is still to come: its
/// disk may be gone.
pub(super) fn look_again(app: &mut App, effects: &mut Vec<Effect>) {
    let is_quiet = |link: &Link| link.wanted.is_none() && link.arrived.is_none();
    let Some(report) = app.report().filter(|report| is_quiet(&report.link)) else {
        return;
    };
    let known = report.last.as_ref().filter(|last| last.stamp.is_some());
    if let Some(path) = known.map(|last| last.path.clone()) {
        want(app, path, WhyLast::Again, effects);
    }
}

/// Last year's report was read, or can't be: that waits until nothing lies over the page.
pub(super) fn was_read(app: &mut App, path: &Path, read: Result<Option<Box<Last>>, Failure>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    // Something else was asked for meanwhile, or another report was opened.
    let Some(wanted) = report.link.wanted.take_if(|wanted| wanted.path == path) else {
        return;
    };
    if let Some(read) = read.transpose() {
        report.link.arrived = Some((wanted.why, read));
    }
}

/// Takes what was read, or asks about it, once nothing lies over the page.
pub(super) fn take(app: &mut App, effects: &mut Vec<Effect>) {
    let overlay = app.overlay.as_ref();
    let is_covered = overlay.is_some_and(|overlay| overlay.drawn().has_keys());
    let Some(report) = app.report_mut().filter(|_| !is_covered) else {
        return;
    };
    match report.link.arrived.take() {
        Some((why, Ok(last))) => arrived(app, why, last, effects),
        Some((why, Err(failure))) => not_read(app, why, failure),
        None => {}
    }
}

/// Last year's report can't be read.
fn not_read(app: &mut App, why: WhyLast, failure: Failure) {
    let said = match why {
        WhyLast::Named | WhyLast::Doubted => {
            app.overlay = Some(Overlay::Failed(Failed(failure)));
            return;
        }
        WhyLast::Kept { .. } => words(
            "去年的报告没有读到，没有和去年比：{what}",
            "last year's report was not read, nothing is compared with it: {what}",
        ),
        WhyLast::Again => {
            // It is not asked for again with every glance at the window.
            if let Some(last) = app.report_mut().and_then(|report| report.last.as_mut()) {
                last.stamp = None;
            }
            words(
                "去年的报告现在读不了，比的还是先前读到的：{what}",
                "last year's report can't be read now, it is compared as it was read before: {what}",
            )
        }
    };
    say(app, said.with(vec![("what", failure.what.into())]));
}

/// Last year's report is there: it is taken, unless it is doubtful.
fn arrived(app: &mut App, why: WhyLast, last: Box<Last>, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let is_known = report.link.at.as_ref().is_some_and(|at| at.doubted);
    let accepted = match why {
        WhyLast::Doubted => true,
        WhyLast::Kept { doubted } => doubted,
        WhyLast::Again => is_known,
        WhyLast::Named => false,
    };
    let doubt = report.report().doubt_of(&last.report);
    let is_doubted = doubt.is_some();
    if let Some(doubt) = doubt.filter(|_| !accepted) {
        if matches!(why, WhyLast::Kept { .. }) {
            let said = words(
                "没有和去年比：{doubt}；F10 里选【去年的报告】",
                "not compared with last year: {doubt}; choose its report in F10",
            );
            say(app, said.with(vec![("doubt", doubt.into())]));
        } else {
            let path = last.path;
            let question = Question::LastYear { path, said: doubt };
            app.overlay = Some(Overlay::Ask(Ask::new(question)));
        }
        return;
    }
    let name = name_of(&last);
    let at = LastAt {
        path: last.path.clone(),
        doubted: is_doubted,
    };
    // One that has no name yet is kept with the first save, or when it is left.
    let is_named = report.file.path.is_some() || report.file.source.is_some();
    if is_named && report.link.at.as_ref() != Some(&at) {
        effects.push(Effect::KeepLast(Some(at.clone())));
    }
    report.link.at = Some(at);
    report.set_last(Some(*last));
    let differs = report.last_differs();
    let count = report.findings.counts().beside;
    let said = match why {
        WhyLast::Kept { .. } if count == 0 => return,
        WhyLast::Kept { .. } => differs,
        WhyLast::Again => words(
            "去年的报告在别处被改过了，重新读了：{differs}",
            "last year's report was changed by somebody else and is read again: {differs}",
        )
        .with(vec![("differs", differs.into())]),
        WhyLast::Named | WhyLast::Doubted => {
            words("去年：{name}，{differs}", "last year: {name}, {differs}")
                .with(vec![("name", name.into()), ("differs", differs.into())])
        }
    };
    say(app, said);
}

/// Says something beside what was said already.
fn say(app: &mut App, what: impl Into<Message>) {
    let what = what.into();
    app.notice = Some(match app.notice.take() {
        Some(said) => words("{said}；{what}", "{said}; {what}")
            .with(vec![("said", said.into()), ("what", what.into())]),
        None => what,
    });
}
