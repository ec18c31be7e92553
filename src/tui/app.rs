//! The whole state of the screen.
//!
//! **Never:** a second place that knows what is shown; a widget with state.
//! Next: `update` for what changes it, `view` for what draws it.

use ratatui::layout::Rect;

use crate::base::failure::Failure;
use crate::base::width::Ruler;
use crate::base::words::{Lang, Message};

use super::areas::{Areas, Place};
use super::canvas::Frame;
use super::folder::FolderPage;
use super::input::{Effect, StartFacts, Target};
use super::keymap::Context;
use super::panel::Panel;
use super::panels::against::Choices;
use super::panels::ask::Ask;
use super::panels::basis::Basis;
use super::panels::begin::Begin;
use super::panels::changes::Changes;
use super::panels::compare::Compare;
use super::panels::export::Export;
use super::panels::failed::Failed;
use super::panels::find::Find;
use super::panels::fixes::Fixes;
use super::panels::help::Help;
use super::panels::last_year::LastYear;
use super::panels::merge::Clash;
use super::panels::note::Note;
use super::panels::palette::Palette;
use super::panels::paste;
use super::panels::problems::Problems;
use super::panels::reading::Reading;
use super::panels::recover::Recover;
use super::panels::rewrite::Rewrite;
use super::panels::sources::Sources;
use super::panels::themes::Themes;
use super::panels::versions::Versions;
use super::prefs::Prefs;
use super::prompt::Prompt;
use super::report::rolled::Rolled;
use super::report::{Before, ReportScreen, status};
use super::start::Start;
use super::theme::{Role, Theme};
use super::turn::{Cx, Look};
use crate::form::CellId;

/// Everything the screen shows.
#[derive(Debug)]
pub struct App {
    /// How it looks on this terminal.
    pub look: Look,
    /// What was known at the start.
    pub start: StartFacts,
    /// What is on the screen.
    pub screen: Screen,
    /// The folder that the report on the screen was opened from: Esc goes back to it.
    pub folder: Option<Box<FolderPage>>,
    /// The roll-up that the report on the screen was opened from, with its cell: Esc goes
    /// back to it.
    pub rolls: Option<(Box<Rolled>, CellId)>,
    /// What stands over it.
    pub overlay: Option<Overlay>,
    /// The page of two reports while one is at a place of the report: Esc brings it back.
    pub aside: Option<Box<Compare>>,
    /// The menu of digits is in the key line.
    pub menu: bool,
    /// The user pressed an F-key or Esc: nobody need tell him of the other way.
    pub knows_esc: bool,
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
    /// A folder of reports.
    Folder(Box<FolderPage>),
    /// A report.
    Report(Box<ReportScreen>),
}

/// What stands over the screen.
#[derive(Debug)]
pub enum Overlay {
    /// All keys.
    Help(Help),
    /// All commands.
    Palette(Palette),
    /// All problems.
    Problems(Problems),
    /// What mends problems.
    Fixes(Fixes),
    /// What is exported, where to, and what came of it.
    Export(Box<Export>),
    /// What is looked for.
    Find(Find),
    /// A line being typed.
    Prompt(Prompt),
    /// A question with a few answers.
    Ask(Ask),
    /// What a new report is on.
    Begin(Begin),
    /// Which report is last year's.
    LastYear(LastYear),
    /// Unsaved changes that can come back.
    Recover(Recover),
    /// What a place means and rests on.
    Basis(Basis),
    /// What changed since the report was opened.
    Changes(Changes),
    /// The sentences to write anew.
    Rewrite(Rewrite),
    /// What the report may be held against.
    Against(Choices),
    /// The report beside another one.
    Compare(Box<Compare>),
    /// The versions that saving kept.
    Versions(Versions),
    /// Where a number of a roll-up comes from.
    Sources(Sources),
    /// All themes.
    Themes(Themes),
    /// What two people changed.
    Merge(Box<Clash>),
    /// The return note.
    Note(Note),
    /// A file is being read.
    Reading(Reading),
    /// A paste that is not written yet.
    Paste(Box<paste::Preview>),
    /// What went wrong, until a key is pressed.
    Failed(Failed),
}

/// The panel that an overlay is; `$unbox` opens the box of a large one.
macro_rules! panel {
    ($overlay:expr, $unbox:ident) => {
        match $overlay {
            Overlay::Help(panel) => panel,
            Overlay::Palette(panel) => panel,
            Overlay::Problems(panel) => panel,
            Overlay::Fixes(panel) => panel,
            Overlay::Find(panel) => panel,
            Overlay::Prompt(panel) => panel,
            Overlay::Ask(panel) => panel,
            Overlay::Begin(panel) => panel,
            Overlay::LastYear(panel) => panel,
            Overlay::Recover(panel) => panel,
            Overlay::Basis(panel) => panel,
            Overlay::Changes(panel) => panel,
            Overlay::Rewrite(panel) => panel,
            Overlay::Against(panel) => panel,
            Overlay::Versions(panel) => panel,
            Overlay::Sources(panel) => panel,
            Overlay::Themes(panel) => panel,
            Overlay::Note(panel) => panel,
            Overlay::Reading(panel) => panel,
            Overlay::Failed(panel) => panel,
            Overlay::Export(panel) => panel.$unbox(),
            Overlay::Compare(panel) => panel.$unbox(),
            Overlay::Merge(panel) => panel.$unbox(),
            Overlay::Paste(panel) => panel.$unbox(),
        }
    };
}

impl Overlay {
    /// The panel that it is.
    pub(crate) fn panel(&mut self) -> &mut dyn Panel {
        panel!(self, as_mut)
    }

    /// The same, to be drawn.
    pub(crate) fn drawn(&self) -> &dyn Panel {
        panel!(self, as_ref)
    }
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
                has_lines: false,
                has_side: false,
                size: (80, 24),
            },
            start: facts,
            screen: Screen::Start(Start::default()),
            folder: None,
            rolls: None,
            overlay: None,
            aside: None,
            menu: false,
            knows_esc: false,
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
            Screen::Start(_) | Screen::Folder(_) => None,
        }
    }

    /// The report on the screen, to change it.
    pub fn report_mut(&mut self) -> Option<&mut ReportScreen> {
        match &mut self.screen {
            Screen::Report(report) => Some(report),
            Screen::Start(_) | Screen::Folder(_) => None,
        }
    }

    /// The folder page, on the screen or behind the report.
    pub(crate) fn folder_mut(&mut self) -> Option<&mut FolderPage> {
        match &mut self.screen {
            Screen::Folder(page) => Some(page),
            _ => self.folder.as_deref_mut(),
        }
    }

    /// Opens a panel, if there is something to show in it; what was being typed is
    /// committed.
    pub(crate) fn show(&mut self, panel: impl FnOnce(&App) -> Option<Overlay>) {
        if let Some(report) = self.report_mut() {
            report.leave_cell();
        }
        if let Some(panel) = panel(self) {
            self.overlay = Some(panel);
        }
    }

    /// What a turn of the page is given: the report, and everything else that it may use.
    pub(crate) fn turn<'a>(
        &'a mut self,
        effects: &'a mut Vec<Effect>,
    ) -> (Option<&'a mut ReportScreen>, Cx<'a>) {
        self.turn_in(self.areas().body, effects)
    }

    /// The same for a piece of the screen in an area.
    pub(crate) fn turn_in<'a>(
        &'a mut self,
        area: Rect,
        effects: &'a mut Vec<Effect>,
    ) -> (Option<&'a mut ReportScreen>, Cx<'a>) {
        let look = self.look.within(area);
        let report = match &mut self.screen {
            Screen::Report(report) => Some(&mut **report),
            Screen::Start(_) | Screen::Folder(_) => None,
        };
        let cx = Cx {
            look,
            prefs: &self.prefs,
            notice: &mut self.notice,
            clipboard: &mut self.clipboard,
            effects,
        };
        (report, cx)
    }

    /// Where a key is looked up first.
    #[must_use]
    pub fn context(&self) -> Context {
        match (&self.overlay, &self.screen) {
            (Some(overlay), _) if overlay.drawn().has_keys() => overlay.drawn().context(),
            (_, Screen::Start(_)) => Context::List,
            (_, Screen::Folder(_)) => Context::Folder,
            (_, Screen::Report(report)) => report.context(),
        }
    }

    /// The rows of the message; none without a report.
    pub(crate) fn message(&self) -> Vec<(String, Role)> {
        let rows = |report| {
            let said = status::said(self.frame(), report);
            said.rows(self.frame(), self.look.size.0)
        };
        self.report().map(rows).unwrap_or_default()
    }

    /// Where the pieces of the screen stand.
    pub(crate) fn areas(&self) -> Areas {
        self.areas_with(self.message().len())
    }

    /// The same for a message of so many rows.
    pub(crate) fn areas_with(&self, message: usize) -> Areas {
        let place = self.overlay.as_ref();
        let place = place.map(|overlay| overlay.drawn().place(self.report(), self.look));
        let (place, message) = match (place, self.report()) {
            (Some(Place::Side), None) => (Some(Place::Page), 1),
            (Some(Place::Foot), _) | (_, None) => (place, 1),
            (_, Some(_)) => (place, u16::try_from(message).unwrap_or(1)),
        };
        let leads = self.report().is_some_and(|report| report.practises);
        let knows_last = self.report().is_some_and(|report| report.last.is_some());
        Areas::of(self.look.size, place, (message, leads), knows_last)
    }

    /// What is the same for a whole frame.
    pub(crate) fn frame(&self) -> Frame<'_> {
        Frame {
            look: self.look,
            prefs: &self.prefs,
            notice: self.notice.as_ref(),
            journal_failure: self.journal_failure.as_ref(),
            menu: self.menu,
            hints_at_esc: !self.knows_esc,
            has_copied: self.clipboard.is_some(),
            goes_back: self.folder.is_some(),
            context: self.context(),
        }
    }
}
