//! What a piece of the screen is given for one turn, and what it answers with.
//!
//! **Never:** names a piece of the screen: whatever stands on it lies above.
//! Next: `panel` for what lies over the page, `app` for who runs the turn.

use std::path::PathBuf;

use ratatui::layout::Rect;

use crate::base::width::Ruler;
use crate::base::words::{Lang, Message, words};
use crate::check::Problem;
use crate::form::CellId;
use crate::model::merge::{Merge, Side};
use crate::model::{HeadField, Report};

use super::command::Command;
use super::input::{Against, Effect, Last, Recovery, Target, Theirs};
use super::line_edit::{self, LineEdit};
use super::prefs::Prefs;
use super::theme::Theme;

/// How the screen looks on this terminal.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Language of everything on the screen.
    pub lang: Lang,
    /// How wide characters are on this terminal.
    pub ruler: Ruler,
    /// How many colours it has.
    pub theme: Theme,
    /// Box drawing characters are one cell wide here.
    pub has_lines: bool,
    /// The screen is so wide that a panel stands beside the page.
    pub has_side: bool,
    /// Columns and rows of the piece of the screen that is meant.
    pub size: (u16, u16),
}

impl Look {
    /// For a piece of the screen.
    pub(crate) fn within(self, area: Rect) -> Self {
        Look {
            size: (area.width, area.height),
            ..self
        }
    }
}

/// All that a turn may use and change besides the report.
pub(crate) struct Cx<'a> {
    /// How the screen looks.
    pub(crate) look: Look,
    /// What the user set.
    pub(crate) prefs: &'a Prefs,
    /// What the message line says once.
    pub(crate) notice: &'a mut Option<Message>,
    /// Copied cells.
    pub(crate) clipboard: &'a mut Option<String>,
    /// Work for the shell.
    pub(crate) effects: &'a mut Vec<Effect>,
}

impl Cx<'_> {
    /// Says something once, in the message line.
    pub(crate) fn say(&mut self, what: impl Into<Message>) {
        *self.notice = Some(what.into());
    }

    /// Types into a line; what does not fit is said and left out.
    pub(crate) fn insert(&mut self, line: &mut LineEdit, text: &str) {
        if line.insert(text) {
            return;
        }
        let said = words(
            "一行最多 {n} KB，多的没有收",
            "a line holds {n} KB; the rest was not taken",
        );
        self.say(said.with(vec![("n", (line_edit::MOST >> 10).into())]));
    }

    /// A key that edits a line or moves its caret; both ends of it are those of the line.
    pub(crate) fn edit(&mut self, line: &mut LineEdit, command: Command) {
        match command {
            Command::First => _ = line.edit(Command::RowStart),
            Command::Last => _ = line.edit(Command::RowEnd),
            Command::Paste => {
                if let Some(text) = self.copied() {
                    self.insert(line, line_edit::first_line(&text));
                }
            }
            command => _ = line.edit(command),
        }
    }

    /// What was copied last, for a line; where nothing was, that is said.
    pub(crate) fn copied(&mut self) -> Option<String> {
        if self.clipboard.is_none() {
            self.say(words("还没有复制过", "nothing has been copied yet"));
        }
        self.clipboard.clone()
    }
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
    /// Last year's report, to make a new one from.
    From,
    /// Last year's report.
    LastYear,
    /// The folder of reports to look through.
    Folder,
    /// The body of a roll-up.
    RollBody,
    /// A line that adjusts a cell of a roll-up: a number and the reason.
    Adjust(CellId),
    /// Why a problem may stand, by its place among the findings.
    Remark(usize),
    /// The file to compare with.
    Compare,
    /// Why a unit's report is passed although there are errors in it.
    PassReason,
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
    /// Something is wrong in last year's report, from which a new one is to be made.
    LastBroken {
        /// The report.
        last: Box<Last>,
        /// Its errors, its reminders, and of how many places its reader was unsure.
        counts: [usize; 3],
    },
    /// A report is to be last year's although its body or its year makes that doubtful.
    LastYear {
        /// Its file.
        path: PathBuf,
        /// The doubt.
        said: Message,
    },
    /// So many cells of the table to fill with 0 are filled.
    ZeroTable(usize),
    /// Whose a file of a folder is.
    Whose {
        /// The file, below the folder.
        file: String,
        /// The body that it names.
        body: String,
        /// Units that it may be of.
        units: Vec<String>,
    },
    /// Which of its files counts for a unit.
    Which {
        /// The unit.
        unit: String,
        /// The files, below the folder.
        files: Vec<String>,
    },
    /// The note of a unit was shown: was it sent?
    SendBack {
        /// The unit.
        unit: String,
        /// How often it was sent back then.
        times: usize,
    },
    /// So many totals typed differ from what was computed.
    LeaveTotals(usize),
    /// Last year's report is not as it was when it was read.
    LastChanged(PathBuf),
    /// Last year's report can't be read any more, for this reason.
    LastUnread(PathBuf, Message),
    /// The file of the report is not as it was when it was last read or written.
    DiskChanged(PathBuf),
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

/// What is to be last year's report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LastChoice {
    /// This file.
    Take(PathBuf),
    /// One whose path is to be typed.
    Another,
    /// None any more.
    None,
}

/// What comes after a turn.
#[derive(Debug)]
pub(crate) enum Next {
    /// It stays as it is.
    Stay,
    /// It closes.
    Close,
    /// It closes, and this is the theme from now on.
    Theme(Theme),
    /// The menu of digits is to be shown.
    Menu,
    /// This was copied, and is to be pasted.
    Paste(String),
    /// It closes, and the command is run.
    Run(Command),
    /// It closes, and the command is run about this problem.
    About(Command, Box<Problem>),
    /// It closes: a line is to be typed.
    Type(Purpose, LineEdit),
    /// It closes: the path of a file is to be typed.
    Name(Purpose),
    /// It closes: the report is to be shown beside this one.
    Compare(Against, Box<Report>),
    /// It stands aside until Esc; the command is run.
    Aside(Option<Command>),
    /// It closes: this is to be asked.
    Ask(Question),
    /// It closes: the question was answered; None is "back".
    Answered(Question, Option<usize>),
    /// It closes: this is to be opened.
    Open(Target),
    /// It closes: this is to be last year's report.
    LastYear(LastChoice),
    /// This note is to be shown; of a unit, with how often it was sent back once it is.
    Note(String, Option<(String, usize)>),
    /// The folder on the screen is to be rolled up.
    RollUp,
    /// It closes: nothing was typed after all.
    Untyped,
    /// This was typed; it stays until that is taken.
    Typed(Purpose, String),
    /// It closes: these keys were typed, not pasted.
    Play(String),
    /// It stays, or is asked anew: this is all of a pasted report that came so far.
    Pasted(String),
    /// It closes: the report is merged with what somebody else wrote, with a side for each
    /// conflict.
    Merged(Box<(Merge, Vec<Side>, Theirs)>),
    /// It closes: the changes come back.
    Recovered(Box<Recovery>),
}
