//! Opening, saving, leaving; what came of effects.
//!
//! **Never:** loses a change without asking; writes over a source that is not
//! our own file.
//! Next: `terminal::shell`, which carries the effects out.

use std::path::{Path, PathBuf};

use crate::base::facts::FileFacts;
use crate::base::failure::Failure;
use crate::base::words::{Message, words};
use crate::check::Counts;
use crate::tui::app::{
    AfterSave, App, Overlay, Prompt, Purpose, Question, ReportScreen, Screen, Start,
};
use crate::tui::command::Command;
use crate::tui::input::{Effect, Opened, Replacing, Reply, Standing, Target};
use crate::tui::line_edit::LineEdit;

/// Runs a command on files.
pub(super) fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) {
    if let Some(report) = app.report_mut() {
        report.leave_cell();
    }
    match command {
        Command::Save => save(app, effects),
        Command::SaveAs => ask_name(app, effects),
        Command::Open => prompt(app, Purpose::Open, "", effects),
        Command::New => leave_for(app, Some(Target::New), effects),
        Command::Sample => leave_for(app, Some(Target::Sample), effects),
        Command::Quit => leave_for(app, None, effects),
        _ => {}
    }
}

/// Opens something, or leaves; asks first if changes are unsaved.
pub(super) fn leave_for(app: &mut App, target: Option<Target>, effects: &mut Vec<Effect>) {
    let unsaved = app
        .report()
        .is_some_and(|report| report.document.is_modified() && report.holds_work());
    if unsaved {
        app.overlay = Some(Overlay::Ask {
            question: Question::Unsaved(target),
            chosen: 0,
        });
        return;
    }
    go(app, target, false, effects);
}

/// Leaves for good.
pub(super) fn go(app: &mut App, target: Option<Target>, keep: bool, effects: &mut Vec<Effect>) {
    app.overlay = None;
    effects.push(match target {
        None => Effect::Quit { keep },
        Some(target) => Effect::Open { target, keep },
    });
}

/// Saves under its own name; an unnamed report asks for one.
pub(super) fn save(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(report) = app.report() else {
        app.notice = Some(words("没有打开的报告", "no report is open").into());
        return;
    };
    let refused = report.file.read_only.is_some();
    match (&report.file.path, report.file.stamp) {
        (Some(path), Some(stamp)) if !refused => {
            let path = path.clone();
            write(app, path, Replacing::Known(stamp), effects);
        }
        _ => ask_name(app, effects),
    }
}

/// Writes the report to a path.
pub(super) fn write(app: &mut App, path: PathBuf, replacing: Replacing, effects: &mut Vec<Effect>) {
    let Some(report) = app.report() else { return };
    effects.push(Effect::Save {
        path,
        report: Box::new(report.report().clone()),
        replacing,
    });
}

/// Asks for a name, proposing one beside the source.
fn ask_name(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(report) = app.report() else { return };
    let proposal = report.proposed_name();
    prompt(app, Purpose::SaveAs, &proposal, effects);
}

fn prompt(app: &mut App, purpose: Purpose, text: &str, effects: &mut Vec<Effect>) {
    app.overlay = Some(Overlay::Prompt(Prompt {
        purpose,
        line: LineEdit::new(text),
        completions: Vec::new(),
    }));
    if purpose == Purpose::Open {
        effects.push(Effect::Complete(text.to_owned()));
    }
}

/// The path a person typed: `~` and a missing extension are the shell's.
pub(super) fn named(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    let text = text.trim();
    if text.is_empty() {
        app.notice = Some(words("没有写文件名", "no file name").into());
        return;
    }
    let mut path = PathBuf::from(text);
    if path.extension().is_none() {
        path.set_extension("json");
    }
    app.overlay = None;
    let own = app.report().and_then(|report| {
        let same = report.file.path.as_deref() == Some(path.as_path());
        report
            .file
            .stamp
            .filter(|_| same && report.file.read_only.is_none())
    });
    let replacing = own.map_or(Replacing::Nothing, Replacing::Known);
    write(app, path, replacing, effects);
}

/// What came of an effect.
pub(super) fn on_reply(app: &mut App, reply: Reply, effects: &mut Vec<Effect>) {
    match reply {
        Reply::Opened(opened) => opened_report(app, *opened),
        Reply::Reading { path, seconds } => {
            app.overlay = Some(Overlay::Reading(shown_path(&path), seconds));
        }
        Reply::Failed(failure) => {
            app.after_save = None;
            app.overlay = Some(Overlay::Failed(failure));
        }
        Reply::Saved { file, doubts } => saved(app, file, doubts, effects),
        Reply::Said(message) => app.notice = Some(message),
        Reply::Exists(path) => ask(app, Question::Exists(path)),
        Reply::ChangedOutside(path) => ask(app, Question::ChangedOutside(path)),
        Reply::JournalFailed(failure) => app.journal_failure = Some(failure),
        Reply::Completions(paths) => {
            if matches!(app.overlay, Some(Overlay::Export(_))) {
                return super::export::completed(app, paths);
            }
            if let Some(Overlay::Prompt(prompt)) = &mut app.overlay {
                if let Some(common) = common_start(&paths)
                    && common.len() > prompt.line.text().len()
                {
                    prompt.line = LineEdit::new(&common);
                }
                prompt.completions = paths;
            }
        }
        Reply::Copied(path) if super::export::copied(app, &path) => {}
        Reply::Copied(path) => super::matrix::copied(app, &path),
        Reply::Exported(outcomes) => super::export::exported(app, outcomes),
        Reply::Start(facts) => {
            app.overlay = None;
            app.screen = Screen::Start(Start { facts, chosen: 0 });
        }
    }
}

fn saved(app: &mut App, file: FileFacts, doubts: Vec<Failure>, effects: &mut Vec<Effect>) {
    app.journal_failure = None;
    let Some(report) = app.report_mut() else {
        return;
    };
    report.document.mark_saved();
    report.file = file;
    // Half filled in, it would open in checking.
    effects.push(Effect::KeepModes(report.keying.clone()));
    let path = report
        .file
        .path
        .as_deref()
        .map(shown_path)
        .unwrap_or_default();
    app.notice = Some(words("已保存：{path}", "Saved: {path}").with(vec![("path", path.into())]));
    if let Some(doubt) = doubts.into_iter().next() {
        app.after_save = None;
        app.overlay = Some(Overlay::Failed(doubt));
    }
    match app.after_save.take() {
        Some(AfterSave::Quit) => go(app, None, false, effects),
        Some(AfterSave::Open(target)) => go(app, Some(target), false, effects),
        None => {}
    }
}

fn ask(app: &mut App, question: Question) {
    app.overlay = Some(Overlay::Ask {
        question,
        chosen: 0,
    });
}

fn opened_report(app: &mut App, mut opened: Opened) {
    let recovery = opened.recovery.take();
    let locked = opened.file.read_only.clone();
    let screen = ReportScreen::new(opened, app.prefs.profile.clone());
    let Counts {
        errors, warnings, ..
    } = screen.findings.counts();
    let counts = vec![("e", errors.into()), ("w", warnings.into())];
    let found: Message = if errors + warnings == 0 {
        words("没有错误和提醒", "no errors, no warnings").into()
    } else {
        words(
            "错误 {e} 提醒 {w}：F8 到第一处，F5 看全部",
            "errors {e}, warnings {w}: F8 goes to the first, F5 lists all",
        )
        .with(counts)
    };
    let said: Message = match (locked, screen.banner(), screen.notes.len()) {
        (Some(reason), ..) => crate::tui::view::read_only_words(&reason),
        (None, Some(banner), _) => words("{banner}。{found}", "{banner}. {found}")
            .with(vec![("banner", banner.into()), ("found", found.into())]),
        (None, None, 0) => found,
        (None, None, n) => words(
            "读入时有 {n} 处不确定；{found}",
            "notes from reading {n}; {found}",
        )
        .with(vec![("n", n.into()), ("found", found.into())]),
    };
    app.screen = Screen::Report(Box::new(screen));
    // What was found stands for the saved report, not for the one that may come back.
    app.notice = recovery.is_none().then_some(said);
    app.overlay = recovery.map(|recovery| Overlay::Recover {
        recovery: Box::new(recovery),
        chosen: 0,
        scroll: 0,
    });
}

/// What comes back after a session that did not end well.
pub(super) fn recover(app: &mut App, effects: &mut Vec<Effect>) {
    effects.push(Effect::Recovered);
    let Some(Overlay::Recover { recovery, .. }) = app.overlay.take() else {
        return;
    };
    let Some(report) = app.report_mut() else {
        return;
    };
    let file = FileFacts {
        read_only: report.file.read_only.take(),
        ..recovery.file
    };
    if recovery.standing == Standing::AsItWas {
        report.document = recovery.document;
        report.file = file;
        report.judge();
    } else {
        // What was read, if anything was, is another report: nothing of its screen fits.
        let keying = report.keying.iter().map(|&table| table.to_owned());
        let opened = Opened {
            keying: keying.collect(),
            ..Opened::of(recovery.document, file, false)
        };
        *report = ReportScreen::new(opened, report.profile.clone());
        report.rescued = true;
    }
    if recovery.is_version {
        app.notice = Some(
            words(
                "这是留的旧版，还没有保存；Ctrl+S 保存",
                "this is the version kept before; it is not saved yet: Ctrl+S saves it",
            )
            .into(),
        );
        return;
    }
    let last = report
        .document
        .done()
        .last()
        .and_then(|step| step.ops.first().cloned());
    report.go_to_op(last.as_ref());
    let Counts {
        errors, warnings, ..
    } = report.findings.counts();
    app.notice = Some(
        words(
            "恢复了 {n} 处改动；错误 {e} 提醒 {w}",
            "{n} changes came back; errors {e}, warnings {w}",
        )
        .with(vec![
            ("n", recovery.steps.into()),
            ("e", errors.into()),
            ("w", warnings.into()),
        ]),
    );
}

pub(super) fn common_start(paths: &[String]) -> Option<String> {
    let first = paths.first()?;
    let mut common = first.as_str();
    for path in &paths[1..] {
        while !path.starts_with(common) {
            let end = common.char_indices().next_back().map_or(0, |(at, _)| at);
            common = &common[..end];
        }
    }
    Some(common.to_owned())
}

/// A path for the screen, without control characters.
pub(crate) fn shown_path(path: &Path) -> String {
    crate::base::width::shown(&path.display().to_string()).into_owned()
}

impl ReportScreen {
    /// Whether there is anything in it that a person put there, or took out of its file.
    fn holds_work(&self) -> bool {
        let went = self.document.forgotten() > 0;
        !self.document.done().is_empty() || went || self.file.stamp.is_some() || self.rescued
    }

    /// The name a first save proposes.
    fn proposed_name(&self) -> String {
        if let Some(path) = &self.file.path {
            return path.display().to_string();
        }
        if let Some(source) = &self.file.source {
            return source.with_extension("json").display().to_string();
        }
        let head = self.report().head();
        let body = if head.body.is_empty() {
            "报告"
        } else {
            &head.body
        };
        let clean: String = body
            .chars()
            .filter(|c| !c.is_control() && !matches!(c, '/' | '\\' | ':'))
            .collect();
        match head.year {
            Some(year) => format!("{clean}{year}.json"),
            None => format!("{clean}.json"),
        }
    }
}
