//! The whole state of the screen.
//!
//! **Never:** a second place that knows what is shown; a widget with state.
//! Next: `update` for what changes it, `view` for what draws it.

use std::cell::OnceCell;
use std::path::PathBuf;

use crate::base::facts::FileFacts;
use crate::base::failure::Failure;
use crate::base::width::Ruler;
use crate::base::words::{Lang, Message};
use crate::check::readings::{Hints, Suspects, suspects};
use crate::check::{
    Blanks, Findings, Fix, Input as Judging, Problem, Profile, Site, Texts, Typing, Verdict, check,
};
use crate::form::{CellId, Form, TextId};
use crate::format::Format;
use crate::model::{Document, HeadField, Note, Origin, Report};

use super::command::Command;
use super::export::Export;
use super::input::{Opened, Recovery, StartFacts, Target};
use super::line_edit::LineEdit;
use super::origins::Pasted;
use super::panel::Panel;
use super::paste;
use super::prefs::Prefs;
use super::prose::{Caret, Prose};
use super::recount::Recount;
use super::theme::Theme;
use super::turn::Look;

/// Everything the screen shows.
#[derive(Debug)]
pub struct App {
    /// How it looks on this terminal.
    pub look: Look,
    /// What is on the screen.
    pub screen: Screen,
    /// What stands over it.
    pub overlay: Option<Overlay>,
    /// The menu of digits is in the key line.
    pub menu: bool,
    /// Said once, in the message line.
    pub notice: Option<Message>,
    /// The journal can't be written: said before every edit.
    pub journal_failure: Option<Failure>,
    /// Copied cells.
    pub clipboard: Option<String>,
    /// What waits for a save to succeed.
    pub after_save: Option<AfterSave>,
    /// What the user set.
    pub prefs: Prefs,
    /// How the matrix stood before each of the last keys that may have been pasted.
    pub trail: Vec<Before>,
}

/// What goes on once a report is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterSave {
    /// Leaving.
    Quit,
    /// Opening something else.
    Open(Target),
}

/// What is on the screen.
#[derive(Debug)]
pub enum Screen {
    /// The start page.
    Start(Start),
    /// A report.
    Report(Box<ReportScreen>),
}

/// The start page.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// What it offers besides its fixed lines.
    pub facts: StartFacts,
    /// The chosen line.
    pub chosen: usize,
}

/// A report on the screen.
#[derive(Debug)]
pub struct ReportScreen {
    /// The report and its history.
    pub document: Document,
    /// Its texts as they were read.
    pub texts: Texts,
    /// What was found in it.
    pub findings: Findings,
    /// What could mend its tables, once it was asked for.
    mending: OnceCell<Suspects>,
    /// Cells changed by hand since their table was last whole.
    pub edited: Vec<CellId>,
    /// Its file.
    pub file: FileFacts,
    /// It came back where its file could not be read: no file holds it.
    pub rescued: bool,
    /// It was said that the oldest changes can't be undone any more.
    pub said_forgotten: bool,
    /// What the reader was unsure of.
    pub notes: Vec<Note>,
    /// Where each cell came from, if it was imported.
    pub origins: Vec<Option<Origin>>,
    /// The format it was read as, if it was imported.
    pub format: Option<&'static Format>,
    /// What was pasted into it, oldest first.
    pub pasted: Vec<Pasted>,
    /// Notes that were gone to.
    pub seen: Vec<Note>,
    /// The page shown.
    pub page: Page,
    /// The cursor of each table part, in the order of the form's prefixes.
    pub cursors: Vec<CellId>,
    /// First scrolled line of each matrix.
    pub scrolls: Vec<usize>,
    /// First row of the text page shown.
    pub text_scroll: usize,
    /// Carets, selection and rows of the texts; the chosen field of the head.
    pub prose: Prose,
    /// Prefixes of tables in keying mode.
    pub keying: Vec<&'static str>,
    /// The number being typed.
    pub typing: Option<TypedCell>,
    /// The other corner of the selection.
    pub anchor: Option<Anchor>,
    /// The problem last gone to: rule and site.
    pub visited: Option<(&'static str, Site)>,
    /// What it is judged under.
    pub profile: Profile,
    /// The pass over the totals, while it lasts.
    pub recount: Option<Recount>,
    /// The name that was typed for a save that did not come about.
    pub typed_name: Option<String>,
}

/// One of the pages of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The head of the report.
    Head,
    /// The prose of a section.
    Text(TextId),
    /// The tables under a prefix.
    Matrix(&'static str),
}

/// How a matrix stood before a key that may turn out to be pasted.
#[derive(Clone, Debug)]
pub struct Before {
    /// The cell under the cursor.
    pub cursor: CellId,
    /// The number being typed.
    pub typing: Option<TypedCell>,
    /// Steps in the history.
    pub steps: usize,
    /// Tables in keying mode.
    pub keying: Vec<&'static str>,
}

/// A number being typed.
#[derive(Clone, Debug)]
pub struct TypedCell {
    /// Cell and totals that follow it.
    pub typing: Typing,
    /// What was typed so far.
    pub text: String,
    /// Steps in the history before the first key.
    pub steps_before: usize,
}

/// The fixed corner of a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Its cell.
    pub cell: CellId,
    /// Plain arrows extend the selection too.
    pub sticky: bool,
}

/// What stands over the screen.
#[derive(Debug)]
pub enum Overlay {
    /// All keys.
    Help {
        /// First line shown.
        scroll: usize,
    },
    /// All commands.
    Palette {
        /// What was typed to filter it.
        filter: LineEdit,
        /// The chosen line.
        chosen: usize,
    },
    /// All problems.
    Problems {
        /// The chosen line.
        chosen: usize,
    },
    /// What mends problems.
    Fixes {
        /// The fixes.
        fixes: Vec<Offer>,
        /// The chosen line.
        chosen: usize,
        /// The chosen one is shown in the matrix.
        preview: Option<Preview>,
    },
    /// What is exported, where to, and what came of it.
    Export(Box<Export>),
    /// What is looked for.
    Find(Box<super::update::find::Find>),
    /// A line being typed.
    Prompt(Prompt),
    /// A question with a few answers.
    Ask {
        /// What is asked.
        question: Question,
        /// The chosen answer.
        chosen: usize,
    },
    /// Unsaved changes that can come back.
    Recover {
        /// The changes.
        recovery: Box<Recovery>,
        /// The chosen answer.
        chosen: usize,
        /// First change shown.
        scroll: usize,
    },
    /// Something to read or to choose from.
    Panel(Panel),
    /// A file is being read: its name, and for how many seconds.
    Reading(String, u64),
    /// A paste that is not written yet.
    Paste(Box<paste::Preview>),
    /// What went wrong, until a key is pressed.
    Failed(Failure),
}

/// A fix that is offered, under the heading it belongs to.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What the lines from here on are, where something new begins.
    pub heading: Vec<Message>,
    /// The fix.
    pub fix: Fix,
    /// Where a question about it would be asked.
    pub site: String,
}

/// A fix shown in the matrix, not applied.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Cells with the text they would hold.
    pub cells: Vec<(CellId, String)>,
    /// Errors there would be.
    pub errors: usize,
    /// Where the cursor was before.
    pub back: Option<CellId>,
}

/// A line being typed, and what it is for.
#[derive(Debug)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    /// The line.
    pub line: LineEdit,
    /// Paths that complete it.
    pub completions: Vec<String>,
}

/// What a prompt is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A cell's content.
    Cell(CellId),
    /// A field of the head.
    Head(HeadField),
    /// The file to save to.
    SaveAs,
    /// The file to open.
    Open,
    /// Why a problem may stand, by its place among the findings.
    Remark(usize),
}

/// A question with a few answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Unsaved changes stand in the way of leaving or of opening this.
    Unsaved(Option<Target>),
    /// The file to save to exists.
    Exists(PathBuf),
    /// The file was changed by somebody else.
    ChangedOutside(PathBuf),
    /// The file is not there any more.
    Vanished(PathBuf),
    /// The folder of the file to save to is not there.
    NoFolder(PathBuf),
    /// Somebody else had the report open and may be gone.
    TakeOver(PathBuf),
    /// So many cells of the table to fill with 0 are filled.
    ZeroTable(usize),
    /// So many totals typed differ from what was computed.
    LeaveTotals(usize),
    /// A whole report was pasted.
    Report {
        /// Its text.
        text: String,
        /// Whose it is and how much of it was read.
        said: Message,
        /// It is of the same form as the one on the screen.
        fits: bool,
    },
}

impl App {
    /// A screen with the start page.
    #[must_use]
    pub fn new(lang: Lang, theme: Theme, facts: StartFacts) -> Self {
        App {
            look: Look {
                lang,
                ruler: Ruler::default(),
                theme,
                size: (80, 24),
            },
            screen: Screen::Start(Start { facts, chosen: 0 }),
            overlay: None,
            menu: false,
            notice: None,
            journal_failure: None,
            clipboard: None,
            after_save: None,
            prefs: Prefs::default(),
            trail: Vec::new(),
        }
    }

    /// The report on the screen.
    #[must_use]
    pub fn report(&self) -> Option<&ReportScreen> {
        match &self.screen {
            Screen::Report(report) => Some(report),
            Screen::Start(_) => None,
        }
    }

    /// The report on the screen, to change it.
    pub fn report_mut(&mut self) -> Option<&mut ReportScreen> {
        match &mut self.screen {
            Screen::Report(report) => Some(report),
            Screen::Start(_) => None,
        }
    }

    /// Whether a command can be used now.
    #[must_use]
    pub fn is_possible(&self, command: Command) -> bool {
        use Command as C;
        let report = self.report();
        match command {
            C::Undo => report.is_some_and(|report| !report.document.done().is_empty()),
            C::Redo => report.is_some_and(|report| !report.document.undone().is_empty()),
            C::Question
            | C::Save
            | C::SaveAs
            | C::Export
            | C::CheckSheet
            | C::ReturnNote
            | C::CheckAll
            | C::Basis
            | C::Changes
            | C::Fix
            | C::NextProblem
            | C::PreviousProblem
            | C::NextSection
            | C::PreviousSection
            | C::Find
            | C::FindNext
            | C::FindPrevious
            | C::HeadForm
            | C::Clear
            | C::First
            | C::Last => report.is_some(),
            C::OtherPart => report.is_some_and(|report| {
                report.text_shown().is_none()
                    || !report.form().section(report.section()).tables.is_empty()
            }),
            C::OtherPane | C::Paragraph => {
                report.is_some_and(|report| report.text_shown().is_some())
            }
            C::EditCell => report.is_some_and(|report| report.text_shown().is_none()),
            C::Anchor | C::Copy | C::Cut => report.is_some_and(|report| report.page != Page::Head),
            C::FillRow | C::ToggleKeying | C::ZeroTable | C::NextEntry | C::PreviousEntry => {
                report.is_some_and(|report| report.matrix().is_some())
            }
            C::Explain => report.is_some_and(|report| !report.findings.problems.is_empty()),
            C::DropRemarks => report.is_some_and(|report| !report.report().remarks().is_empty()),
            C::CheckTotals => report.is_some_and(ReportScreen::has_totals),
            C::Paste => {
                self.clipboard.is_some() && report.is_some_and(|report| report.page != Page::Head)
            }
            C::PasteBlanks | C::PasteTurn => matches!(self.overlay, Some(Overlay::Paste(_))),
            _ => true,
        }
    }
}

impl ReportScreen {
    /// A report as it was opened, judged under a profile: on the matrix, cursor in
    /// the first entry cell.
    #[must_use]
    pub fn new(opened: Opened, profile: Profile) -> Self {
        let Opened {
            mut document,
            file,
            notes,
            origins,
            format,
            keying,
            native,
            ..
        } = opened;
        let form = document.report().form();
        let prefixes = form.prefixes();
        let keying: Vec<_> = prefixes
            .iter()
            .copied()
            .filter(|prefix| {
                keying.iter().any(|key| key == prefix)
                    || document.report().keying().contains(prefix)
                    || (native && document.report().is_unfilled(prefix))
            })
            .collect();
        document.set_keying(&keying);
        let cursors = prefixes
            .iter()
            .map(|prefix| {
                let table = form.tables_of(prefix).next().expect("a prefix has a table");
                form.tables[table].cell(0, 0)
            })
            .collect();
        let page = prefixes
            .iter()
            .max_by_key(|prefix| {
                form.tables_of(prefix)
                    .map(|table| form.tables[table].len())
                    .sum::<usize>()
            })
            .map_or(
                Page::Text(form.texts().next().expect("a form has texts")),
                |prefix| Page::Matrix(prefix),
            );
        let texts = Texts::of(document.report());
        let report = document.report();
        let blanks = Blanks::keyed(form, keying.iter().copied());
        let findings = check(&Judging {
            blanks,
            profile: &profile,
            ..Judging::of(report, &texts)
        });
        ReportScreen {
            rescued: false,
            said_forgotten: false,
            scrolls: vec![0; prefixes.len()],
            document,
            texts,
            findings,
            mending: OnceCell::new(),
            edited: Vec::new(),
            file,
            notes,
            origins,
            format,
            pasted: Vec::new(),
            seen: Vec::new(),
            page,
            cursors,
            text_scroll: 0,
            prose: Prose {
                carets: vec![Caret::default(); form.sections.len()],
                ..Prose::default()
            },
            keying,
            typing: None,
            anchor: None,
            visited: None,
            profile,
            recount: None,
            typed_name: None,
        }
    }

    /// The report.
    #[must_use]
    pub fn report(&self) -> &Report {
        self.document.report()
    }

    /// Its form.
    #[must_use]
    pub fn form(&self) -> &'static Form {
        self.report().form()
    }

    /// Judges everything again.
    pub fn judge(&mut self) {
        let typing = self.typing.as_ref().map(|typed| &typed.typing);
        let report = self.document.report();
        self.texts.follow(report);
        self.findings = check(&Judging {
            blanks: self.blanks(),
            typing,
            profile: &self.profile,
            ..Judging::of(report, &self.texts)
        });
        let form = self.form();
        let judged = &self.findings.judged;
        let is_whole =
            |cell: &CellId| {
                let table = form.spot(*cell).table;
                judged.identities().all().iter().zip(judged.verdicts()).all(
                    |(identity, verdict)| identity.table != table || *verdict == Verdict::Holds,
                )
            };
        self.edited.retain(|cell| !is_whole(cell));
        self.mending.take();
    }

    /// What could mend its tables: looked for when first asked for after a change,
    /// as nothing of it is shown while a number is being typed.
    pub fn suspects(&self) -> &Suspects {
        self.mending.get_or_init(|| {
            let hints = Hints::of(&self.findings, self.edited.clone());
            suspects(self.document.report(), &hints)
        })
    }

    /// Cells of the best reading of each finding: of all its tied readings where
    /// only the line is certain. None while a number is being typed.
    #[must_use]
    pub fn suspect_cells(&self) -> Vec<CellId> {
        if self.typing.is_some() {
            return Vec::new();
        }
        let mut cells = Vec::new();
        for broken in &self.suspects().findings {
            let group = broken
                .groups
                .iter()
                .find(|(_, readings)| readings.contains(&0));
            let readings = group.map_or_else(|| vec![0], |(_, readings)| readings.clone());
            for suspect in readings.iter().filter_map(|at| broken.suspects.get(*at)) {
                cells.extend(suspect.edits.iter().map(|(cell, ..)| *cell));
            }
        }
        cells
    }

    /// In which tables blank cells are unknown.
    #[must_use]
    pub fn blanks(&self) -> Blanks {
        Blanks::keyed(self.form(), self.keying.iter().copied())
    }

    /// The prefix of the matrix shown, with its place among the prefixes.
    #[must_use]
    pub fn matrix(&self) -> Option<(usize, &'static str)> {
        match self.page {
            Page::Matrix(prefix) => self
                .form()
                .prefixes()
                .iter()
                .position(|candidate| *candidate == prefix)
                .map(|index| (index, prefix)),
            Page::Text(_) | Page::Head => None,
        }
    }

    /// The cell under the cursor.
    #[must_use]
    pub fn cursor(&self) -> Option<CellId> {
        self.matrix().map(|(index, _)| self.cursors[index])
    }

    /// Whether the matrix shown is in keying mode.
    #[must_use]
    pub fn is_keying(&self) -> bool {
        self.matrix()
            .is_some_and(|(_, prefix)| self.keying.contains(&prefix))
    }

    /// Whether the matrix shown has totals.
    #[must_use]
    pub fn has_totals(&self) -> bool {
        let form = self.form();
        self.matrix().is_some_and(|(_, prefix)| {
            form.tables_of(prefix)
                .flat_map(|table| form.tables[table].cells())
                .any(|cell| form.is_total(cell))
        })
    }

    /// All pages in order: the head, then each section's prose if it has any
    /// place for it, then its tables.
    #[must_use]
    pub fn pages(&self) -> Vec<Page> {
        let form = self.form();
        let mut pages = vec![Page::Head];
        for text in form.texts() {
            let section = form.section(text);
            let written = !self.report().text(text).is_empty();
            let prose = section.tables.is_empty() && !section.ordinal.is_empty();
            if prose || written || self.page == Page::Text(text) {
                pages.push(Page::Text(text));
            }
            if !section.tables.is_empty() {
                pages.push(Page::Matrix(section.tables));
            }
        }
        pages
    }

    /// The section of the page shown.
    #[must_use]
    pub fn section(&self) -> TextId {
        let form = self.form();
        match self.page {
            Page::Head => form.texts().next().expect("a form has texts"),
            Page::Text(text) => text,
            Page::Matrix(prefix) => form
                .section_of(prefix)
                .expect("every table is printed in a section"),
        }
    }

    /// The problem to speak of at the cursor: its own, else that of its lines.
    #[must_use]
    pub fn problem_here(&self) -> Option<&Problem> {
        let problems = &self.findings.problems;
        match (self.page, self.cursor()) {
            (_, Some(cursor)) => {
                // Its own before those of its lines, errors before the others.
                let own = |problem: &&Problem| problem.cell == Some(cursor);
                let touching = |problem: &&Problem| problem.touches(self.form(), cursor);
                let gravest = |problem: &&Problem| std::cmp::Reverse(problem.severity());
                problems
                    .iter()
                    .filter(own)
                    .min_by_key(gravest)
                    .or_else(|| problems.iter().filter(touching).min_by_key(gravest))
            }
            (Page::Text(text), None) => self.problem_in_text(text),
            (Page::Head, None) => self.problem_in_head(),
            (Page::Matrix(_), None) => None,
        }
    }

    /// The selected cells as a rectangle in one table: the cursor's alone
    /// without a selection.
    #[must_use]
    pub fn selected(&self) -> Vec<Vec<CellId>> {
        let Some(cursor) = self.cursor() else {
            return Vec::new();
        };
        let form = self.form();
        let here = form.spot(cursor);
        let there = self
            .anchor
            .map(|anchor| form.spot(anchor.cell))
            .filter(|spot| spot.table == here.table)
            .unwrap_or(here);
        let table = &form.tables[here.table];
        let rows = here.row.min(there.row)..=here.row.max(there.row);
        rows.map(|row| {
            (here.col.min(there.col)..=here.col.max(there.col))
                .map(|col| table.cell(row, col))
                .collect()
        })
        .collect()
    }
}
