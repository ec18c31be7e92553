//! What comes into the screen's state, and what it asks the shell to do.
//!
//! **Never:** does anything; these are values.
//! Next: `update`, which turns inputs into effects; `terminal::shell`, which
//! carries effects out.

use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseEvent};

use crate::base::facts::{FileFacts, LeftAs, Stamp};
use crate::base::failure::Failure;
use crate::base::words::{Message, Words, words};
use crate::check::Profile;
use crate::folder::{self, Day, FileOf, List, Roster};
use crate::form::{CellId, Form};
use crate::format::Format;
use crate::model::{Change, Document, HeadField, Note, Op, Origin, Report, Step, Transaction};
use crate::tui::prefs::Choice;
use crate::tui::theme::Background;

/// Most keys of a run that are given out before it shows what it is: more than the bytes
/// of the longest label.
pub const MOST_TRAIL: usize = 256;

/// The key that a character of a run stands for.
#[must_use]
pub fn key_of(letter: char) -> KeyEvent {
    let (code, modifiers) = match letter {
        '\t' => (KeyCode::Tab, KeyModifiers::NONE),
        '\r' => (KeyCode::Enter, KeyModifiers::NONE),
        '\n' => (KeyCode::Char('j'), KeyModifiers::CONTROL),
        letter => (KeyCode::Char(letter), KeyModifiers::NONE),
    };
    KeyEvent::new(code, modifiers)
}

/// Something that happened.
#[derive(Debug)]
pub enum Input {
    /// A key.
    Key(KeyEvent),
    /// A button or the wheel of the mouse.
    Mouse(MouseEvent),
    /// Text pasted by the terminal.
    Paste(String),
    /// Keys in a run that was not typed by hand, from a terminal that marks no pastes.
    Unmarked {
        /// All of them: Enter as `\r`, Ctrl+J as `\n`.
        text: String,
        /// How many at its start came as keys already.
        given: usize,
    },
    /// Many keys at once, as `Unmarked` has them.
    Typed(String),
    /// The terminal has another size now.
    Resize(u16, u16),
    /// The terminal told how wide it draws characters of ambiguous width.
    WideAmbiguous(bool),
    /// The terminal told what its background is.
    Background(Background),
    /// The terminal's window gained focus: its files may have changed.
    Focus,
    /// Two seconds went by on a report that somebody else edits.
    Look,
    /// The result of an effect.
    Reply(Reply),
}

/// Work for the shell.
#[derive(Debug)]
pub enum Effect {
    /// Appends a change to the journal, before the next frame is shown.
    Journal {
        /// What was done.
        change: Change,
        /// The ops that ran.
        ran: Vec<Op>,
    },
    /// Writes the report to a file.
    Save {
        /// Where to.
        path: PathBuf,
        /// What is written.
        report: Box<Report>,
        /// The state of the file that may be replaced; None: a new file only.
        replacing: Replacing,
        /// What it was read from, if that has another format: never written.
        source: Option<PathBuf>,
        /// Last year's report: never written either.
        last: Option<PathBuf>,
        /// A folder that is not there is made: the user said so.
        make_folder: bool,
    },
    /// Looks whether a report that somebody else holds is free by now.
    AskLock(PathBuf),
    /// Ends the lock of somebody who is gone, after keeping the file as a version,
    /// and opens the report to be changed.
    TakeOver(PathBuf),
    /// Reads the file of the report as somebody else left it, to merge with it.
    ReadTheirs(PathBuf),
    /// Reads it too, if it is not as it was when last read.
    Follow {
        /// The file.
        path: PathBuf,
        /// Its state when it was last read.
        stamp: Stamp,
    },
    /// What somebody else left in the file is known now: a save may write over it.
    Adopted(Option<u128>),
    /// Asks who edits a report to let it go.
    AskToLetGo(PathBuf),
    /// Writes files that are not the report itself, each whole.
    Export {
        /// The files.
        files: Vec<Leaf>,
        /// Old files may be replaced: the user said so.
        replace: bool,
    },
    /// Reads last year's report, to make a new one from; what is open stays.
    ReadFrom(PathBuf),
    /// Leaves the report on the screen for another one.
    Open {
        /// What to open.
        target: Target,
        /// Unsaved changes are kept for the next time.
        keep: bool,
    },
    /// Reads a report, to be held against the one on the screen.
    Beside(Against),
    /// Looks which versions of the report were kept.
    Versions,
    /// Looks for the steps of an earlier session that led to the report as it was opened.
    Earlier,
    /// Keeps the steps that led to the report as it was just saved.
    KeepHistory {
        /// The oldest first.
        steps: Vec<Step>,
        /// Those of an earlier session, which were not asked for, come before them.
        goes_on: bool,
    },
    /// Gives up the file that is being read.
    StopReading,
    /// Work on a folder of reports.
    Folder(FolderWork),
    /// Lists the folder of a path as it was typed; what stands behind its last slash is
    /// part of the names.
    List(String),
    /// Keeps copied cells in a file and hands them to the terminal's clipboard.
    Copy(String),
    /// Remembers how a report stood when it was saved or left.
    Remember {
        /// Its file, or what it was read from.
        path: PathBuf,
        /// How it stands.
        left: LeftAs,
    },
    /// Remembers which tables are in keying mode.
    KeepModes(Vec<&'static str>),
    /// The changes that could come back did: their journal goes on.
    Recovered,
    /// Drops the recovered changes, after keeping them in a file of their own.
    DropRecovery,
    /// Keeps what was chosen in the file of settings.
    Keep {
        /// The file; None where there is no place for one.
        file: Option<PathBuf>,
        /// What was chosen.
        choice: Choice,
    },
    /// Takes the mouse from the terminal, or gives it back.
    Mouse(bool),
    /// Asks the terminal for its background.
    AskBackground,
    /// Draws everything again.
    Redraw,
    /// Hands the terminal back to the shell until resumed.
    Suspend,
    /// Ends the program; the journal stays if there is something to keep.
    Quit {
        /// Unsaved changes are kept for the next time.
        keep: bool,
    },
    /// Reads last year's report on a thread: its disk may be slow, or never answer.
    ReadLast {
        /// Its file, or a folder that holds it.
        path: PathBuf,
        /// How its file looked when it was read; where it looks so still it is not read
        /// again.
        unless: Option<Stamp>,
        /// The report on the screen.
        of: Box<OfReport>,
    },
    /// Looks in a folder, on a thread, for what could be last year's report.
    FindLast {
        /// The folder.
        folder: PathBuf,
        /// The report on the screen.
        of: Box<OfReport>,
    },
    /// Keeps where last year's report is for the next opening; None forgets it.
    KeepLast(Option<LastAt>),
    /// Looks whether the file was changed by somebody else.
    CheckStamp {
        /// The file.
        path: PathBuf,
        /// Its state when it was last read or written.
        stamp: Stamp,
    },
}

/// What a report is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// Last year's report, as its file holds it now.
    Last(PathBuf),
    /// The report as its own file, or the one it was made from, holds it now.
    Disk(PathBuf),
    /// A version that was kept, replaced at this time.
    Version(PathBuf, String),
    /// Any other file.
    File(PathBuf),
}

impl Against {
    /// Its file.
    #[must_use]
    pub fn path(&self) -> &PathBuf {
        match self {
            Against::Last(path)
            | Against::Disk(path)
            | Against::Version(path, _)
            | Against::File(path) => path,
        }
    }
}

/// What was read, to be held against the report on the screen.
#[derive(Debug)]
pub struct Other {
    /// What it is.
    pub against: Against,
    /// Its report, or why it can't be read.
    pub read: Result<Report, Failure>,
    /// The file of the report on the screen holds something else than when it was last
    /// read or written.
    pub is_changed: bool,
}

/// A version that was kept of a report when it was saved over.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its file.
    pub path: PathBuf,
    /// When it was replaced, as text.
    pub when: String,
    /// Who replaced it; empty where that is not known.
    pub by: String,
    /// Its bytes.
    pub size: u64,
    /// What it says; None where it can't be read.
    pub report: Option<Report>,
}

/// Work on a folder of reports.
#[derive(Debug)]
pub enum FolderWork {
    /// Reads it, on threads; what was known and looks the same is not read again.
    Read {
        /// The folder.
        path: PathBuf,
        /// The roster that was named, if one was.
        roster: Option<PathBuf>,
        /// Files that were read, as they looked.
        known: Vec<(PathBuf, Stamp)>,
        /// What they are judged under.
        profile: Box<Profile>,
    },
    /// Gives up reading.
    Stop,
    /// Keeps a change in the list of the folder.
    Keep {
        /// The folder.
        path: PathBuf,
        /// The list as the page knows it.
        base: Box<List>,
        /// What is done.
        change: folder::Change,
    },
}

/// What came of it.
#[derive(Debug)]
pub enum FolderReply {
    /// Nothing else is open any more: this folder is to be shown.
    Opened(PathBuf),
    /// It is being read.
    Begun {
        /// The units that are expected, or why that can't be said.
        roster: Result<Option<Roster>, Failure>,
        /// What is remembered.
        list: List,
        /// What is to be said of it.
        said: Vec<Message>,
        /// Today.
        today: Day,
        /// How many files there are.
        count: usize,
    },
    /// These files were read since the last time.
    Files {
        /// Each with its report or why there is none.
        files: Vec<FileOf>,
        /// Those that look as they were known.
        same: Vec<PathBuf>,
        /// What is to be said of other things in it.
        said: Vec<Message>,
        /// There are no more.
        ended: bool,
    },
    /// The list with the change, or why it is as it was.
    Kept(Result<KeptList, Failure>),
}

/// A list that was kept.
#[derive(Debug)]
pub struct KeptList {
    /// As it is now, with what others did.
    pub list: List,
    /// As it would be without them.
    pub own: List,
    /// What is to be said of it.
    pub said: Option<Message>,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Where to.
    pub path: PathBuf,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The result of writing a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is written, whole.
    Written {
        /// Its bytes.
        size: usize,
        /// What did not work although it is written.
        doubts: Vec<Failure>,
    },
    /// There is a file of that name; it is as it was.
    Exists,
    /// It was not written; nothing was changed.
    Failed(Failure),
}

/// Something to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file.
    File(PathBuf),
    /// A folder of reports.
    Folder(PathBuf),
    /// An unnamed report, by its journal.
    Unnamed(String),
    /// The embedded sample.
    Sample,
    /// The same, with a lead through it.
    Practice,
    /// An empty report, with what was asked for of its head.
    New(Vec<(HeadField, String)>),
    /// A new report made from last year's.
    After(Box<After>),
    /// The text of a report that was pasted.
    Pasted(String),
}

/// What a new report is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// Last year's report.
    pub last: Last,
    /// Its year and that of the new one.
    pub years: (u16, u16),
    /// The body of the new one; empty where it is last year's.
    pub body: String,
}

/// What a save may replace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replacing {
    /// Nothing: the file must not exist.
    Nothing,
    /// The file as it was when last read or written.
    Known(Stamp),
    /// Any file: the user said so.
    Anything,
}

/// The result of an effect.
#[derive(Debug)]
pub enum Reply {
    /// A report was opened.
    Opened(Box<Opened>),
    /// Last year's report was read, to make a new one from.
    FromRead(Box<FromRead>),
    /// A file is being read, and has been for so many seconds.
    Reading {
        /// The file.
        path: PathBuf,
        /// Since it was begun.
        seconds: u64,
    },
    /// A file could not be opened or saved, or a copy not kept.
    Failed(Failure),
    /// The report was written.
    Saved {
        /// Its file.
        file: FileFacts,
        /// What did not work although the file is saved.
        doubts: Vec<Failure>,
    },
    /// The result of each exported file, in their order, under its full path.
    Exported(Vec<(PathBuf, Outcome)>),
    /// Something to say once.
    Said(Message),
    /// The target of a save exists already.
    Exists(PathBuf),
    /// The file was changed by somebody else since it was read.
    ChangedOutside(PathBuf),
    /// The file as somebody else left it.
    Theirs(Box<Theirs>),
    /// Somebody asks for the report to be let go.
    Asked {
        /// Who.
        by: String,
        /// When, as text.
        at: String,
    },
    /// The file is not there any more.
    Vanished(PathBuf),
    /// The folder of the file is not there.
    NoFolder(PathBuf),
    /// Who held the report does not hold it any more.
    LockFree(PathBuf),
    /// The report is saved, but something small beside it could not be kept.
    NotKept(Failure),
    /// The journal can't be written.
    JournalFailed(Failure),
    /// What came of work on a folder of reports.
    Folder(FolderReply),
    /// What a folder holds.
    Listed(Listing),
    /// Last year's report was read.
    LastRead {
        /// What was asked for.
        path: PathBuf,
        /// What it says, or why it can't be read; None: it looks as it did.
        read: Result<Option<Box<Last>>, Failure>,
    },
    /// What could be last year's report.
    LastFound(LastFound),
    /// Copied cells were kept in this file.
    Copied(PathBuf),
    /// What the report on the screen is held against.
    Beside(Box<Other>),
    /// The versions kept of the report, the latest first.
    Versions(Vec<Version>),
    /// The steps of an earlier session, the oldest first; none where none fit.
    Earlier(Vec<Step>),
}

/// What a folder holds: folders, and files that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The path that it was asked for by.
    pub typed: String,
    /// Folders first, each lot in the order of names.
    pub entries: Vec<Entry>,
    /// There are more than are listed.
    pub is_cut: bool,
    /// Why it can't be listed.
    pub failed: Option<Message>,
}

/// A folder, or a file that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
    /// When it was last changed, as text.
    pub when: String,
}

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A folder.
    Folder,
    /// A file of this format, by its name.
    File(&'static Format),
}

/// A report that was opened, and everything around it.
#[derive(Debug)]
pub struct Opened {
    /// The report, with its history if changes came back.
    pub document: Document,
    /// Its file.
    pub file: FileFacts,
    /// What the reader was unsure of.
    pub notes: Vec<Note>,
    /// Where each cell came from, if it was imported.
    pub origins: Vec<Option<Origin>>,
    /// The format it was read as, if it was imported.
    pub format: Option<&'static Format>,
    /// Tables that were left in keying mode.
    pub keying: Vec<String>,
    /// Changes of a session that did not end well.
    pub recovery: Option<Recovery>,
    /// It is a new report or a native file: a blank table starts in keying mode.
    pub native: bool,
    /// What a new report begins with: its first change.
    pub begins: Option<Transaction>,
    /// It is the sample, to be practised on.
    pub practises: bool,
    /// Last year's report, where it is known.
    pub last: Option<Last>,
    /// Where last year's report was when this one was left: it is read once this one is
    /// on the screen.
    pub last_at: Option<LastAt>,
    /// What the user named as last year's: it is read instead.
    pub last_named: Option<PathBuf>,
}

/// The file of the report as somebody else left it.
#[derive(Clone, Debug)]
pub struct Theirs {
    /// What it holds.
    pub report: Report,
    /// Its stamp.
    pub file: FileFacts,
    /// The digest of its bytes.
    pub content: Option<u128>,
}

/// Last year's report, and how sure its reader was.
#[derive(Debug)]
pub struct FromRead {
    /// The report.
    pub last: Last,
    /// What the reader was unsure of.
    pub notes: Vec<Note>,
    /// It is a native file, whose tables know whether they were filled.
    pub native: bool,
}

/// Last year's report of a body, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// Its file, which is never written.
    pub path: PathBuf,
    /// How the file looked, where that is known.
    pub stamp: Option<Stamp>,
    /// What it says.
    pub report: Report,
}

/// Where last year's report is, as it is kept for the next opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastAt {
    /// Its file.
    pub path: PathBuf,
    /// Its body or its year made it doubtful, and it was taken all the same.
    pub doubted: bool,
}

/// Last year's report that is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedLast {
    /// Its file, or a folder that holds it.
    pub path: PathBuf,
    /// Why.
    pub why: WhyLast,
}

/// Why last year's report is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyLast {
    /// It was known when the report was left.
    Kept {
        /// It was taken although that was doubtful.
        doubted: bool,
    },
    /// The user named it.
    Named,
    /// The user wants it although its body or its year makes that doubtful.
    Doubted,
    /// Its file may have been changed.
    Again,
}

/// A report on the screen, to whom last year's is looked for.
#[derive(Clone, Debug)]
pub struct OfReport {
    /// The report.
    pub report: Report,
    /// Its files, which are not last year's.
    pub own: Vec<PathBuf>,
}

/// What of a folder could be last year's report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastFound {
    /// The folder that was looked in.
    pub folder: PathBuf,
    /// What fits.
    pub found: Vec<ProposedLast>,
    /// There are more files than were read.
    pub is_cut: bool,
    /// Why it can't be listed.
    pub failed: Option<Message>,
}

/// A report that could be last year's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedLast {
    /// Its file.
    pub path: PathBuf,
    /// Its body.
    pub body: String,
    /// Its year, if it says one.
    pub year: Option<u16>,
}

impl Opened {
    /// An empty report, with what was asked for of its head as its first change.
    #[must_use]
    pub fn empty(form: &'static Form, head: &[(HeadField, String)]) -> Self {
        let report = Report::new(form);
        let step = Transaction::new(words("新建报告", "a new report"));
        let step = head
            .iter()
            .fold(step, |step, (field, text)| step.head(&report, *field, text));
        Opened {
            begins: (!step.is_empty()).then_some(step),
            ..Opened::of(Document::unsaved(report), FileFacts::default(), true)
        }
    }

    /// A report of which nothing else is to be said: no reader was unsure of it, and
    /// no session left anything behind.
    #[must_use]
    pub fn of(document: Document, file: FileFacts, native: bool) -> Self {
        Opened {
            document,
            file,
            notes: Vec::new(),
            origins: Vec::new(),
            format: None,
            keying: Vec::new(),
            recovery: None,
            native,
            begins: None,
            practises: false,
            last: None,
            last_at: None,
            last_named: None,
        }
    }
}

/// What became of a file since unsaved changes to it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It holds the same report.
    AsItWas,
    /// It holds the same report with other values: so many cells and texts.
    Differs {
        /// Cells that differ.
        cells: usize,
        /// Texts that differ.
        texts: usize,
    },
    /// It holds the report of another body, year or form.
    Another,
    /// It can't be read, for this reason.
    Unread(Message),
}

/// Unsaved changes that can come back, or a version kept of a report whose file
/// can't be read.
#[derive(Clone, Debug)]
pub struct Recovery {
    /// The report with the changes.
    pub document: Document,
    /// Its file as it was when the changes began.
    pub file: FileFacts,
    /// Unsaved steps.
    pub steps: usize,
    /// Cells that differ: the saved value and the recovered one.
    pub cells: Vec<(CellId, String, String)>,
    /// Texts that differ, by their keys.
    pub texts: Vec<&'static str>,
    /// When the last save or import was, as text.
    pub since: String,
    /// Who made the changes.
    pub by: String,
    /// What became of the file since the changes began.
    pub standing: Standing,
    /// The version kept before the last save, where the file is not as it was.
    pub kept: Option<PathBuf>,
    /// The journal could not be replayed to its end.
    pub cut_short: bool,
    /// They were left for later, not by a session that did not end well.
    pub left: bool,
    /// These are no changes but the version kept before the last save.
    pub is_version: bool,
}

impl Recovery {
    /// How much would come back, in words.
    #[must_use]
    pub fn counted(&self) -> Message {
        counted(self.cells.len(), self.texts.len(), self.steps)
    }

    /// Whether they were left for later, are whole, and belong to what the file holds:
    /// then nothing need be asked.
    #[must_use]
    pub fn is_plainly_left(&self) -> bool {
        self.left && !self.cut_short && self.standing == Standing::AsItWas
    }

    /// How many cells and texts differ.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.cells.len() + self.texts.len()
    }
}

/// What is known at the start, without looking at a report's file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartFacts {
    /// Reports to go on with: those with unsaved changes first, each lot newest first.
    pub recent: Vec<Recent>,
    /// The year to propose for a new report; None if the clock says none.
    pub year: Option<i64>,
    /// The body of the report that was left last, or empty.
    pub body: String,
}

/// A report to go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// What opens it.
    pub target: Target,
    /// The name of its file, or its body; empty where it has neither.
    pub name: String,
    /// When it was last changed, opened or left, as text.
    pub when: String,
    /// How it stood when it was left; None where that is not known.
    pub left: Option<LeftAs>,
    /// Places that are not saved; None where all is.
    pub unsaved: Option<usize>,
}

/// So many cells and texts that differ, and the steps that made it so: one paste is
/// one step and may change hundreds of cells.
#[must_use]
pub(crate) fn counted(cells: usize, texts: usize, steps: usize) -> Message {
    let many = |count: usize, one: Words, many: Words| -> Message {
        let said = if count == 1 { one } else { many };
        said.with(vec![("n", count.into())])
    };
    let said = match (cells, texts) {
        (0, 0) => words("{steps}改动", "{steps} of changes"),
        (_, 0) => words("{cells}改动（{steps}）", "{cells} changed ({steps})"),
        (0, _) => words("{texts}改动（{steps}）", "{texts} changed ({steps})"),
        _ => words(
            "{cells}、{texts}改动（{steps}）",
            "{cells} and {texts} changed ({steps})",
        ),
    };
    let cells = many(
        cells,
        words("{n} 格", "{n} cell"),
        words("{n} 格", "{n} cells"),
    );
    let texts = many(
        texts,
        words("{n} 段文字", "{n} text"),
        words("{n} 段文字", "{n} texts"),
    );
    let steps = many(
        steps,
        words("{n} 步", "{n} step"),
        words("{n} 步", "{n} steps"),
    );
    said.with(vec![
        ("cells", cells.into()),
        ("texts", texts.into()),
        ("steps", steps.into()),
    ])
}
