//! Opening, saving, leaving; what came of effects.
//!
//! **Never:** loses a change without asking; writes over a source that is not
//! our own file.
//! Next: `terminal::shell`, which carries the effects out.

use std::path::{Path, PathBuf};

use super::{compare, follow, others, rolled};
use crate::base::facts::{FileFacts, LeftAs, ReadOnly};
use crate::base::failure::Failure;
use crate::base::path::{file_name, shown_path};
use crate::base::width::shown;
use crate::base::words::{Message, words};
use crate::check::{Blanks, Counts, Input as Judging, Texts, check};

use super::last;
use crate::format::{self, Format, NATIVE};
use crate::model::{Change, MOST_KEPT};
use crate::tui::app::{AfterSave, App, Overlay, Screen};
use crate::tui::command::Command;
use crate::tui::folder::FolderPage;
use crate::tui::input::{
    Effect, FolderReply, FromRead, Last, Opened, Outcome, Recent, Recovery, Replacing, Reply,
    Standing, Target,
};
use crate::tui::panels::ask::Ask;
use crate::tui::panels::begin::Begin;
use crate::tui::panels::export::Export;
use crate::tui::panels::failed::Failed;
use crate::tui::panels::note::Note;
use crate::tui::panels::reading::Reading;
use crate::tui::panels::recover::Recover;
use crate::tui::path_line::PathLine;
use crate::tui::prompt::Prompt;
use crate::tui::report::ReportScreen;
use crate::tui::report::matrix::KEYING;
use crate::tui::start::Start;
use crate::tui::turn::{Purpose, Question};

/// Runs a command on files.
pub(super) fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) {
    if let Some(report) = app.report_mut() {
        report.leave_cell();
    }
    match command {
        Command::Save => save(app, effects),
        Command::SaveAs => ask_name(app, effects),
        Command::Open => prompt(app, Purpose::Open, "", effects),
        Command::Folder => {
            let path = app.folder_mut().map(|page| page.path.display().to_string());
            prompt(app, Purpose::Folder, &path.unwrap_or_default(), effects);
        }
        Command::NewFrom => {
            // Whoever looks at last year's report goes on from it.
            let file = app.report().map(|report| &report.file);
            let path = file.and_then(|file| file.path.as_ref().or(file.source.as_ref()));
            let path = path.map(|path| path.display().to_string());
            prompt(app, Purpose::From, &path.unwrap_or_default(), effects);
        }
        Command::New => app.overlay = Some(Overlay::Begin(Begin::new(&app.start))),
        Command::Sample => leave_for(app, Some(Target::Practice), effects),
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
        app.overlay = Some(Overlay::Ask(Ask::new(Question::Unsaved(target))));
        return;
    }
    go(app, target, false, effects);
}

/// Leaves for good.
pub(super) fn go(app: &mut App, target: Option<Target>, keep: bool, effects: &mut Vec<Effect>) {
    app.overlay = None;
    effects.extend(app.report().and_then(|report| report.remembered(keep)));
    if let Some(report) = app.report().filter(|_| keep) {
        // Under its own name it is kept already; one that has none may be left so.
        effects.extend(report.link.at.clone().map(|at| Effect::KeepLast(Some(at))));
    }
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
            write(app, path, Replacing::Known(stamp), false, effects);
        }
        (Some(path), _) if report.file.is_held() => {
            // The name of a copy is asked for, unless the report is free by now.
            let path = path.clone();
            ask_name(app, effects);
            effects.push(Effect::AskLock(path));
        }
        _ => ask_name(app, effects),
    }
}

/// Writes the report to a path.
pub(super) fn write(
    app: &mut App,
    path: PathBuf,
    replacing: Replacing,
    make_folder: bool,
    effects: &mut Vec<Effect>,
) {
    let Some(report) = app.report() else { return };
    effects.push(Effect::Save {
        path,
        report: Box::new(report.report().clone()),
        replacing,
        source: report.file.source.clone(),
        last: report.last.as_ref().map(|last| last.path.clone()),
        make_folder,
    });
}

/// Asks for a name, proposing one beside the source.
fn ask_name(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(report) = app.report() else { return };
    let proposal = report.proposed_name();
    let imported = match (&report.file, report.format) {
        (
            FileFacts {
                path: None,
                source: Some(_),
                ..
            },
            format,
        ) => Some(format),
        _ => None,
    };
    prompt(app, Purpose::SaveAs, &proposal, effects);
    if let Some(format) = imported {
        let name = format.map_or(words("别的格式", "another format"), |format| {
            format.name
        });
        let said = words(
            "打开的是{format}，保存不会改写它：另存成 .json，回车 确定",
            "what was opened ({format}) is never written by saving: save a .json, Enter accepts",
        );
        app.notice = Some(said.with(vec![("format", name.into())]));
    }
}

pub(super) fn prompt(app: &mut App, purpose: Purpose, text: &str, effects: &mut Vec<Effect>) {
    let recent = match (purpose, &app.screen) {
        (Purpose::Open, Screen::Start(_)) => app.start.recent.clone(),
        // How they stood at the start may be no longer so.
        (Purpose::Open, Screen::Report(_) | Screen::Folder(_)) => {
            let recent = app.start.recent.iter();
            let files = recent.filter(|one| matches!(one.target, Target::File(_)));
            let plain = files.map(|one| Recent {
                left: None,
                unsaved: None,
                ..one.clone()
            });
            plain.collect()
        }
        _ => Vec::new(),
    };
    let mut line = match purpose {
        Purpose::Folder => PathLine::folder(text),
        _ => PathLine::file(text, recent),
    };
    line.ask(effects);
    app.overlay = Some(Overlay::Prompt(Prompt::of_path(purpose, line)));
}

/// What the name typed for a save asks for.
enum Asked {
    /// A file of the editor's own.
    Own(PathBuf),
    /// A file of another format: that one is exported.
    Export(&'static Format, PathBuf),
    /// Nothing that can be saved: why not, and what to propose instead.
    Refused(Message, PathBuf),
}

/// The ending decides: the editor's own file ends in .json.
fn asked(text: &str) -> Asked {
    const NAME: &str = "报告.json";
    let is_folder = text.ends_with('/') || matches!(text, "." | ".." | "~");
    // Some systems drop them, and `a.` is no ending.
    let text = text.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let path = PathBuf::from(text);
    let Some(name) = path.file_name().filter(|_| !is_folder) else {
        let said = words("只写了文件夹，没有写文件名", "a folder, and no file name");
        return Asked::Refused(said.into(), path.join(NAME));
    };
    let name = name.to_string_lossy().into_owned();
    let ending_alone = name.strip_prefix('.').and_then(format::by_extension);
    if ending_alone.is_some() {
        let said = words("只写了扩展名，没有写文件名", "an ending, and no file name");
        return Asked::Refused(said.into(), path.with_file_name(NAME));
    }
    let Some(ending) = path.extension().map(|ending| ending.to_string_lossy()) else {
        return Asked::Own(path.with_extension("json"));
    };
    match format::by_extension(&ending) {
        Some(format) if format == &NATIVE => Asked::Own(path),
        Some(format) if format.can_write() => Asked::Export(format, path),
        Some(format) => {
            let said = words(
                "{format}只能读，不能写：存成 .json，回车 确定",
                "{format}: read, never written; save a .json, Enter accepts",
            );
            let said = said.with(vec![("format", format.name.into())]);
            Asked::Refused(said, path.with_extension("json"))
        }
        None => {
            let said = words(
                "没有 .{ending} 这种格式：存成 .json，回车 确定",
                "no format ends in .{ending}; save a .json, Enter accepts",
            );
            let said = said.with(vec![("ending", shown(&ending).as_ref().into())]);
            // What follows a point may be part of the name: 民政局2024.1
            let is_ending = ending.starts_with(|c: char| c.is_ascii_alphabetic())
                && ending.chars().all(|c| c.is_ascii_alphanumeric());
            let proposal = if is_ending {
                path.with_extension("json")
            } else {
                path.with_file_name(name + ".json")
            };
            Asked::Refused(said, proposal)
        }
    }
}

/// Saves under the path a person typed, whose `~` is the shell's.
pub(super) fn named(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    let text = text.trim();
    if text.is_empty() {
        app.notice = Some(words("没有写文件名", "no file name").into());
        return;
    }
    let Some(report) = app.report_mut() else {
        return;
    };
    // A report of ours may have any name: under that it is saved as ever.
    let own = Path::new(text);
    let stamp = report
        .file
        .stamp
        .filter(|_| report.file.path.as_deref() == Some(own) && report.file.read_only.is_none());
    if let Some(stamp) = stamp {
        app.overlay = None;
        return write(app, own.to_owned(), Replacing::Known(stamp), false, effects);
    }
    match asked(text) {
        Asked::Own(path) => {
            report.typed_name = Some(path.display().to_string());
            app.overlay = None;
            write(app, path, Replacing::Nothing, false, effects);
        }
        Asked::Export(format, path) => {
            app.after_save = None;
            app.show(|app| {
                let export = Export::for_path(app.report()?, format, &path);
                Some(Overlay::Export(Box::new(export)))
            });
            let said = words("{format}请用导出：Enter", "{format}: export it with Enter");
            app.notice = Some(said.with(vec![("format", format.name.into())]));
        }
        Asked::Refused(said, proposal) => {
            prompt(
                app,
                Purpose::SaveAs,
                &proposal.display().to_string(),
                effects,
            );
            app.notice = Some(said);
        }
    }
}

/// What came of an effect.
pub(super) fn on_reply(app: &mut App, reply: Reply, effects: &mut Vec<Effect>) {
    match reply {
        Reply::Opened(opened) => opened_report(app, *opened, effects),
        Reply::FromRead(read) => from_read(app, *read),
        Reply::Reading { path, seconds } => {
            app.overlay = Some(Overlay::Reading(Reading {
                name: shown_path(&path),
                seconds,
            }));
        }
        Reply::Failed(failure) => {
            app.after_save = None;
            app.overlay = Some(Overlay::Failed(Failed(failure)));
        }
        Reply::Saved { file, doubts } => saved(app, file, doubts, effects),
        Reply::Said(message) => app.notice = Some(message),
        Reply::Exists(path) => ask(app, Question::Exists(path)),
        Reply::ChangedOutside(path) => ask(app, Question::ChangedOutside(path)),
        Reply::Theirs(theirs) => others::theirs(app, *theirs, effects),
        Reply::Asked { by, at } => others::asked(app, &by, &at),
        Reply::Vanished(path) => ask(app, Question::Vanished(path)),
        Reply::NoFolder(path) => ask(app, Question::NoFolder(path)),
        Reply::LockFree(path) => ask(app, Question::TakeOver(path)),
        Reply::NotKept(failure) => {
            // What was asked for is said first.
            app.notice = Some(match app.notice.take() {
                Some(said) => words("{said}；{what}", "{said}; {what}")
                    .with(vec![("said", said.into()), ("what", failure.what.into())]),
                None => failure.what,
            });
        }
        Reply::JournalFailed(failure) => app.journal_failure = Some(failure),
        Reply::Listed(listing) => match &mut app.overlay {
            Some(Overlay::Export(export)) => export.listed(listing, effects),
            Some(Overlay::Prompt(prompt)) => prompt.listed(listing, effects),
            _ => {}
        },
        Reply::LastRead { path, read } => last::was_read(app, &path, read),
        Reply::LastFound(found) => last::found(app, found),
        Reply::Copied(path) => match &mut app.overlay {
            Some(Overlay::Export(export)) => export.copied = Some(path),
            Some(Overlay::Note(_)) => app.notice = Some(Note::copied(&path)),
            _ => {
                if let (Some(report), mut cx) = app.turn(effects) {
                    report.copied(&mut cx, &path);
                }
            }
        },
        Reply::Earlier(steps) => {
            if let (Some(report), mut cx) = app.turn(effects) {
                report.earlier(&mut cx, steps);
            }
        }
        Reply::Beside(other) => compare::beside(app, *other),
        Reply::Versions(versions) => compare::versions(app, versions),
        Reply::Exported(outcomes) => {
            if let Some(Overlay::Export(export)) = &mut app.overlay {
                export.exported(outcomes);
                rolled::exported(app, effects);
            } else if let Some((path, outcome)) = outcomes.into_iter().next() {
                app.notice = Some(list_written(&path, outcome));
            }
        }
        Reply::Folder(FolderReply::Opened(path)) => opened_folder(app, path, effects),
        Reply::Folder(reply) => {
            let mut notice = app.notice.take();
            if let Some(page) = app.folder_mut() {
                page.reply(reply, &mut notice);
            }
            app.notice = notice;
            if !app.folder_mut().is_some_and(|page| page.is_reading()) {
                rolled::again(app);
            }
        }
    }
}

/// What became of the list of a folder that was to be written.
fn list_written(path: &Path, outcome: Outcome) -> Message {
    match outcome {
        Outcome::Failed(failure) => failure.what,
        Outcome::Written { .. } | Outcome::Exists => {
            words("清单写在 {path}", "the list is in {path}")
                .with(vec![("path", shown_path(path).into())])
        }
    }
}

/// A folder comes on the screen: the page that was left, or a new one. What changed since
/// is read.
fn opened_folder(app: &mut App, path: PathBuf, effects: &mut Vec<Effect>) {
    let before = match std::mem::replace(&mut app.screen, Screen::Start(Start::default())) {
        Screen::Folder(page) => Some(page),
        _ => app.folder.take(),
    };
    let before = before.filter(|page| page.path == path);
    let given = app.prefs.roster.clone();
    let mut page = before.unwrap_or_else(|| Box::new(FolderPage::new(path, given)));
    page.read(&app.prefs, effects);
    app.folder = None;
    app.overlay = None;
    app.screen = Screen::Folder(page);
    rolled::back(app);
}

fn saved(app: &mut App, file: FileFacts, doubts: Vec<Failure>, effects: &mut Vec<Effect>) {
    app.journal_failure = None;
    let Some(report) = app.report_mut() else {
        return;
    };
    report.document.mark_saved();
    report.base = report.report().clone();
    // A roll-up that was saved is still the sum of its units.
    let read_only = report.rolled.is_some().then_some(ReadOnly::Summed);
    report.file = FileFacts { read_only, ..file };
    report.typed_name = None;
    effects.push(report.history());
    effects.extend(report.remembered(true));
    effects.push(Effect::KeepLast(report.link.at.clone()));
    // Half filled in, it would open in checking.
    effects.push(Effect::KeepModes(report.keying.clone()));
    let path = report
        .file
        .path
        .as_deref()
        .map(shown_path)
        .unwrap_or_default();
    let said = words("已保存：{path}", "Saved: {path}").with(vec![("path", path.into())]);
    app.notice = Some(said.clone());
    if let Some(doubt) = doubts.into_iter().next() {
        app.after_save = None;
        // What was asked for is said first.
        app.overlay = Some(Overlay::Failed(Failed(Failure {
            what: words("{said}。但{what}", "{said}. But {what}")
                .with(vec![("said", said.into()), ("what", doubt.what.into())]),
            ..doubt
        })));
    }
    match app.after_save.take() {
        Some(AfterSave::Quit) => go(app, None, false, effects),
        Some(AfterSave::Open(target)) => go(app, Some(target), false, effects),
        None => {}
    }
}

fn ask(app: &mut App, question: Question) {
    app.overlay = Some(Overlay::Ask(Ask::new(question)));
}

fn opened_report(app: &mut App, mut opened: Opened, effects: &mut Vec<Effect>) {
    let recovery = opened.recovery.take();
    let begins = opened.begins.take();
    let is_after = begins.is_some() && opened.last.is_some();
    let practises = opened.practises;
    let locked = opened.file.read_only.clone();
    let claimed = match (&opened.file.path, &locked) {
        (Some(path), Some(ReadOnly::Claimed { .. })) => Some(path.clone()),
        _ => None,
    };
    let screen = ReportScreen::new(opened, app.prefs.profile.clone());
    let counts = screen.findings.counts();
    let is_begun = counts.errors == 0 && screen.is_keying();
    let found: Message = if is_begun
        && screen
            .matrix()
            .is_some_and(|(_, prefix)| screen.report().is_unfilled(prefix))
    {
        KEYING.into()
    } else if counts.errors + counts.warnings > 0 {
        words(
            "错误 {e} 提醒 {w}：F8 到第一处，F5 看全部",
            "errors {e}, warnings {w}: F8 goes to the first, F5 lists all",
        )
        .with(vec![
            ("e", counts.errors.into()),
            ("w", counts.warnings.into()),
        ])
    } else if counts.missing > 0 {
        words("还没有填完，缺 {n} 格", "not finished, {n} cells missing")
            .with(vec![("n", counts.missing.into())])
    } else {
        words("没有错误和提醒", "no errors, no warnings").into()
    };
    let found = if counts.beside > 0 {
        words("{found}；{differs}", "{found}; {differs}").with(vec![
            ("found", found.into()),
            ("differs", screen.last_differs().into()),
        ])
    } else {
        found
    };
    let said: Message = match (locked, screen.banner(), screen.notes.len()) {
        (Some(reason), ..) => crate::tui::report::read_only_words(&reason),
        (None, Some(banner), _) => words("{banner}。{found}", "{banner}. {found}")
            .with(vec![("banner", banner.into()), ("found", found.into())]),
        (None, None, 0) => found,
        (None, None, n) => words(
            "读入时有 {n} 处不确定；{found}",
            "notes from reading {n}; {found}",
        )
        .with(vec![("n", n.into()), ("found", found.into())]),
    };
    let is_faulty = counts.errors + counts.warnings > 0;
    rolled::left(app);
    let cell = rolled::cell_in(app, &screen);
    let before = std::mem::replace(&mut app.screen, Screen::Report(Box::new(screen)));
    app.overlay = None;
    app.aside = None;
    if let Screen::Folder(page) = before {
        app.folder = Some(page);
        if is_faulty && recovery.is_none() {
            follow::on_report(app, effects, |report, cx| {
                report.run(cx, Command::NextProblem)
            });
        }
    }
    if let (Some(cell), Some(report)) = (cell, app.report_mut()) {
        report.go_to(cell);
    }
    if let (Some(step), Some(report)) = (begins, app.report_mut()) {
        report.change(Change::Apply(step), effects);
    }
    let taken = app.report().filter(|_| is_after);
    // It has no file yet, and its last year has to come back with it after a crash.
    effects.extend(taken.map(|report| Effect::KeepLast(report.link.at.clone())));
    let said = taken.map_or(said, ReportScreen::taken_words);
    match recovery {
        // The lead says what to do, and the title what was found.
        None => app.notice = (!practises).then_some(said),
        // Whoever left it for later meant to go on with it.
        Some(left) if left.is_plainly_left() => recover(app, left, effects),
        // What was found stands for the saved report, not for the one that may come back.
        Some(recovery) => {
            app.notice = None;
            app.overlay = Some(Overlay::Recover(Recover::new(recovery)));
        }
    }
    if let Some(path) = claimed {
        ask(app, Question::TakeOver(path));
    }
    last::opened(app, effects);
}

/// What is wrong with last year's report is said before anything is taken from it.
fn from_read(app: &mut App, read: FromRead) {
    let report = &read.last.report;
    let texts = Texts::of(report);
    let findings = check(&Judging {
        blanks: Blanks::of(report, read.native),
        profile: &app.prefs.profile,
        ..Judging::of(report, &texts)
    });
    let Counts {
        errors, warnings, ..
    } = findings.counts();
    let counts = [errors, warnings, read.notes.len()];
    if counts == [0; 3] {
        return begin_after(app, read.last);
    }
    let last = Box::new(read.last);
    ask(app, Question::LastBroken { last, counts });
}

/// Asks for the body and the year of a report made from last year's.
pub(super) fn begin_after(app: &mut App, last: Last) {
    app.overlay = Some(Overlay::Begin(Begin::after(last, &app.start)));
}

/// Brings back changes that are not saved.
pub(super) fn recover(app: &mut App, recovery: Recovery, effects: &mut Vec<Effect>) {
    effects.push(Effect::Recovered);
    let counted = recovery.counted();
    let left = recovery.is_plainly_left();
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
            last: report.last.take(),
            ..Opened::of(recovery.document, file, false)
        };
        let link = std::mem::take(&mut report.link);
        *report = ReportScreen::new(opened, report.profile.clone());
        report.link = link;
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
        if left {
            words(
                "接着上次：{changes}，还没有保存；错误 {e} 提醒 {w}",
                "carrying on from last time: {changes}, not saved yet; errors {e}, warnings {w}",
            )
        } else {
            words(
                "恢复了 {changes}，还没有保存；错误 {e} 提醒 {w}",
                "brought back: {changes}, not saved yet; errors {e}, warnings {w}",
            )
        }
        .with(vec![
            ("changes", counted.into()),
            ("e", errors.into()),
            ("w", warnings.into()),
        ]),
    );
}

impl ReportScreen {
    /// Whether there is anything in it that a person put there, or took out of its file.
    fn holds_work(&self) -> bool {
        let went = self.document.forgotten() > 0;
        !self.document.done().is_empty() || went || self.file.stamp.is_some() || self.rescued
    }

    /// The steps that led to it as it was just saved, to be kept.
    fn history(&self) -> Effect {
        let document = &self.document;
        let steps = document.latest(MOST_KEPT).to_vec();
        let is_whole = steps.len() == document.done().len() && document.forgotten() == 0;
        Effect::KeepHistory {
            steps,
            goes_on: is_whole && !document.is_deepened(),
        }
    }

    /// How it stands, for the list of lately opened files; what is discarded says nothing.
    fn remembered(&self, keep: bool) -> Option<Effect> {
        let path = self.file.path.as_ref().or(self.file.source.as_ref())?;
        if !keep && self.document.is_modified() && self.holds_work() {
            return None;
        }
        let counts = self.findings.counts();
        let left = LeftAs {
            body: self.report().head().body.clone(),
            errors: counts.errors,
            missing: counts.missing,
        };
        let path = path.clone();
        Some(Effect::Remember { path, left })
    }

    /// The name a first save proposes.
    fn proposed_name(&self) -> String {
        if let Some(typed) = &self.typed_name {
            return typed.clone();
        }
        let beside = |path: &Path, added: &str| {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let name = file_name(&stem, &format!("{added}.json"));
            path.with_file_name(name).display().to_string()
        };
        match (&self.file.path, &self.file.source) {
            // What can't be written over is copied.
            (Some(path), _) if self.file.read_only.is_some() => return beside(path, "-副本"),
            (Some(path), _) => return path.display().to_string(),
            (None, Some(source)) if source.extension().is_some_and(|end| end == "json") => {
                return beside(source, "-1");
            }
            (None, Some(source)) => return beside(source, ""),
            (None, None) => {}
        }
        let head = self.report().head();
        let year = head.year.map(|year| year.to_string()).unwrap_or_default();
        let ending = format!("{year}.json");
        match file_name(&head.body, &ending) {
            name if name.is_empty() => format!("报告{ending}"),
            name => name,
        }
    }
}
