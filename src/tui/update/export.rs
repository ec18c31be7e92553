//! The export screen: choosing, typing the folder, answering, reading what came
//! of it; and the return note, which is shown and copied.
//!
//! **Never:** writes over a file without asking; writes the editor's own file.
//! Next: `tui::export` for what is made.

use std::path::{Path, PathBuf};

use super::line;
use crate::base::path::shown_path;
use crate::base::words::words;
use crate::format::{DOCX, Format, HTML, TEXT};
use crate::paper::return_note;
use crate::tui::app::{App, Overlay};
use crate::tui::command::Command;
use crate::tui::export::{self, Export, Stage, What};
use crate::tui::input::{Effect, Outcome};
use crate::tui::line_edit::LineEdit;
use crate::tui::panels::note::Note;
use crate::tui::prompt::common_start;
use crate::tui::view::export_len;

/// Opens the screen; for the check sheet nothing else is chosen.
pub(super) fn open(app: &mut App, command: Command) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    // What a unit hands in and what it posts; plain text while neither is written.
    let documents = [&DOCX, &HTML]
        .into_iter()
        .filter(|format| format.can_write());
    let documents: Vec<_> = documents.collect();
    let export = Export::new(report, |what| match (command, what) {
        (Command::CheckSheet, What::Sheet(_)) => true,
        (Command::CheckSheet, _) => false,
        (_, What::Report(format)) if documents.is_empty() => format == &TEXT,
        (_, What::Report(format)) => documents.contains(&format),
        _ => false,
    });
    app.overlay = Some(Overlay::Export(Box::new(export)));
}

/// Opens the screen on one format, and on the path that was typed for it.
pub(super) fn open_for(app: &mut App, format: &'static Format, path: &Path) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    let mut export = Export::new(report, |what| what == What::Report(format));
    export.name(path);
    app.overlay = Some(Overlay::Export(Box::new(export)));
}

/// Shows the return note and copies it.
pub(super) fn show_note(app: &mut App, effects: &mut Vec<Effect>) {
    if let Some(report) = app.report_mut() {
        report.leave_cell();
    }
    let Some(note) = export::note(app) else {
        return;
    };
    effects.push(Effect::Copy(note.clone()));
    app.overlay = Some(Overlay::Note(Note::new(note)));
}

/// Says where a copied note is kept; false if no note was copied.
pub(super) fn copied(app: &mut App, path: &Path) -> bool {
    match &mut app.overlay {
        Some(Overlay::Export(export)) => export.copied = Some(path.to_owned()),
        Some(Overlay::Note(_)) => {
            let said = words(
                "{name}复制了，也存在 {path}",
                "{name} copied, also kept in {path}",
            );
            app.notice = Some(said.with(vec![
                ("name", return_note::NAME.into()),
                ("path", shown_path(path).into()),
            ]));
        }
        _ => return false,
    }
    true
}

fn screen(app: &mut App) -> Option<&mut Export> {
    match &mut app.overlay {
        Some(Overlay::Export(export)) => Some(export),
        _ => None,
    }
}

/// A command on the export screen; false if lists in general know what to do.
pub(super) fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) -> bool {
    let Some(export) = screen(app) else {
        return false;
    };
    let moves = matches!(
        command,
        Command::Choose
            | Command::Up
            | Command::Down
            | Command::PageUp
            | Command::PageDown
            | Command::First
            | Command::Last
            | Command::RowStart
            | Command::RowEnd
    );
    match &mut export.stage {
        Stage::Choose | Stage::Done => return false,
        Stage::Folder(line) => match command {
            Command::Choose => {
                let folder = line.text().trim().to_owned();
                if !folder.is_empty() {
                    export.folder = folder;
                }
                // On to the formats: the next Enter writes.
                at_first(export, Stage::Choose);
            }
            Command::Close => export.stage = Stage::Choose,
            Command::First => _ = line.edit(Command::RowStart),
            Command::Last => _ = line.edit(Command::RowEnd),
            Command::Complete => effects.push(Effect::Complete(line.text().to_owned())),
            Command::Paste => line::paste_copied(app),
            command => _ = line.edit(command),
        },
        Stage::Blanks | Stage::Exists if moves => return false,
        Stage::Blanks if command == Command::Close => at_first(export, Stage::Choose),
        Stage::Exists if command == Command::Close => at_first(export, Stage::Done),
        Stage::Blanks | Stage::Exists => {}
    }
    true
}

fn at_first(export: &mut Export, stage: Stage) {
    export.stage = stage;
    export.chosen = 0;
}

/// Folders that complete what was typed.
pub(super) fn completed(app: &mut App, paths: Vec<String>) {
    let Some(Stage::Folder(line)) = screen(app).map(|export| &mut export.stage) else {
        return;
    };
    let folders: Vec<String> = paths
        .into_iter()
        .filter(|path| path.ends_with('/'))
        .collect();
    if let Some(common) = common_start(&folders)
        && common.len() > line.text().len()
    {
        **line = LineEdit::new(&common);
    }
}

/// Enter, or the digit of an answer.
pub(super) fn choose(app: &mut App, at: usize, effects: &mut Vec<Effect>) {
    let Some(export) = screen(app) else { return };
    match (&export.stage, at) {
        (Stage::Choose, at) if at == export.items.len() => type_folder(export),
        (Stage::Choose, _) => start(app, effects),
        (Stage::Blanks, 0 | 1) => {
            export.zeros = Some(at == 1);
            start(app, effects);
        }
        (Stage::Blanks, _) => at_first(export, Stage::Choose),
        (Stage::Exists, 0) => {
            let files = export.waiting_for(|done| done.outcome == Some(Outcome::Exists));
            at_first(export, Stage::Done);
            effects.push(Effect::Export {
                files,
                replace: true,
            });
        }
        (Stage::Exists, _) => at_first(export, Stage::Done),
        (Stage::Folder(_), _) => {}
        (Stage::Done, _) => app.overlay = None,
    }
}

fn type_folder(export: &mut Export) {
    export.chosen = export.items.len();
    export.stage = Stage::Folder(Box::new(LineEdit::suggested(&export.folder)));
}

/// A character typed on the export screen.
pub(super) fn on_char(app: &mut App, c: char, effects: &mut Vec<Effect>) {
    let Some(export) = screen(app) else { return };
    let digit = crate::base::number::narrow(c);
    let number = digit.to_digit(10).and_then(|n| usize::try_from(n).ok());
    let is_space = matches!(c, ' ' | '\u{3000}');
    match &mut export.stage {
        Stage::Folder(_) => line::insert(app, c.encode_utf8(&mut [0; 4])),
        Stage::Choose => {
            let folder = export.items.len();
            match number {
                Some(0) => type_folder(export),
                None if is_space && export.chosen == folder => type_folder(export),
                _ => {
                    let chosen = is_space.then_some(export.chosen);
                    let at = number.map(|number| number - 1).or(chosen);
                    if let Some((at, item)) =
                        at.and_then(|at| Some((at, export.items.get_mut(at)?)))
                    {
                        item.is_wanted = !item.is_wanted;
                        export.chosen = at;
                    }
                }
            }
        }
        Stage::Blanks | Stage::Exists => {
            if let Some(number) = number.filter(|number| *number > 0) {
                choose(app, number - 1, effects);
            }
        }
        Stage::Done => {}
    }
}

/// Writes what is wanted; asks first what becomes of blanks.
fn start(app: &mut App, effects: &mut Vec<Effect>) {
    let lang = app.look.lang;
    let Some(Overlay::Export(mut export)) = app.overlay.take() else {
        return;
    };
    if !export.items.iter().any(|item| item.is_wanted) {
        app.notice = Some(words("还没有勾选要写的", "nothing is chosen yet").into());
    } else if export.must_ask() {
        at_first(&mut export, Stage::Blanks);
    } else if let Some(report) = app.report() {
        let files = export.make(report, lang);
        let noted = |what| {
            export
                .items
                .iter()
                .any(|item| item.is_wanted && item.what == what)
        };
        if noted(What::Note)
            && let Some(note) = export::note(app)
        {
            effects.push(Effect::Copy(note));
        }
        effects.push(Effect::Export {
            files,
            replace: false,
        });
        at_first(&mut export, Stage::Done);
    }
    app.overlay = Some(Overlay::Export(export));
}

/// What became of the files; asks once for all that exist already.
pub(super) fn exported(app: &mut App, outcomes: Vec<(PathBuf, Outcome)>) {
    let Some(export) = screen(app) else { return };
    let waiting = std::mem::take(&mut export.waiting);
    for (at, (path, outcome)) in waiting.into_iter().zip(outcomes) {
        let done = &mut export.done[at];
        done.path = path;
        done.outcome = Some(outcome);
    }
    let exists = |done: &export::Done| done.outcome == Some(Outcome::Exists);
    let stage = if export.done.iter().any(exists) {
        Stage::Exists
    } else {
        Stage::Done
    };
    at_first(export, stage);
}

impl Export {
    /// How many places the cursor of this stage has.
    #[must_use]
    pub(super) fn len(&self, app: &App) -> usize {
        match self.stage {
            Stage::Choose | Stage::Folder(_) => self.items.len() + 1,
            Stage::Blanks | Stage::Exists => self.answers().len(),
            Stage::Done => export_len(app, self),
        }
    }
}
