//! The event loop: keys and signals in, effects carried out, frames written.
//!
//! Files are opened before the terminal is taken. A change is in the journal
//! before the frame that shows it is written. With nothing to wait for the
//! program sleeps.
//!
//! **Never:** decides what `update` could decide; prints while the terminal is
//! taken.
//! Next: `session` for files and journal, `reading` for a file that takes long, `events`
//! for what is waited for, `modes` for the terminal.

use std::os::fd::BorrowedFd;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};

use super::clipboard;
use super::events::{EventSource, Wake};
use super::folder;
use super::modes::{self, Output};
use super::parser::{Event, Parser, TerminalReport};
use super::reading::{Read, Reading, Then};
use super::screen::Screen;
use super::session::{Session, is_folder, listing, to_begin_from, whole};
use super::unmarked_paste::{Destination, UnmarkedPastes};
use super::width_probe::{BACKGROUND, QUESTION, QUESTIONS, WidthProbe, background};
use crate::base::failure::Failure;
use crate::base::words::{Lang, words};
use crate::form::Form;
use crate::format::READER;
use crate::store::Store;
use crate::store::import::Imported;
use crate::tui::app::App;
use crate::tui::input::{Effect, FolderReply, FolderWork, Input, Listing, Reply, Target};
use crate::tui::prefs::Prefs;
use crate::tui::theme::{Background, Theme};
use crate::tui::update::{takes_points, update};
use crate::tui::view::view;

/// How long a change may be unsynced: a power cut takes back at most this.
const SYNC: Duration = Duration::from_millis(500);
/// How often a report that somebody else edits is looked at; a key after such a rest asks
/// whether somebody wants the report.
const LOOK: Duration = Duration::from_secs(2);
/// A folder listed within this time is shown without a frame before it.
const AT_ONCE: Duration = Duration::from_millis(50);
/// Signals that the loop handles; all others keep their default action.
const SIGNALS: [i32; 6] = [SIGHUP, SIGTERM, SIGINT, SIGTSTP, SIGCONT, SIGWINCH];

/// What the command line knows.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Setup {
    /// Language of the screen.
    pub lang: Lang,
    /// How many colours the terminal has.
    pub theme: Theme,
    /// What the user set.
    pub prefs: Prefs,
    /// The disk.
    pub store: Store,
    /// What to open; None shows the start page.
    pub target: Option<Target>,
    /// The file of the target, read already, or why it can't be.
    pub read: Option<Result<Imported, Failure>>,
    /// The form of imported files, if the user named one.
    pub form: Option<&'static Form>,
    /// The encoding of imported files, if the user named one.
    pub encoding: Option<String>,
    /// Last year's report, if the user named one.
    pub last: Option<PathBuf>,
    /// Reports are only looked at.
    pub read_only: bool,
    /// How long a lone Esc waits for the rest of its sequence.
    pub hold: Duration,
    /// tmux or screen runs between the program and the terminal.
    pub relayed: bool,
    /// The terminal's character encoding is UTF-8.
    pub utf8: bool,
    /// The terminal may be asked for its background.
    pub tells_background: bool,
}

/// Runs the editor; returns the exit code.
///
/// # Errors
/// A [`Failure`] if the report can't be opened or there is no terminal.
pub fn run(setup: Setup) -> Result<u8, Failure> {
    let mut session =
        Session::new(setup.store, setup.form, setup.encoding).reading_only(setup.read_only);
    let start = match setup.target {
        Some(_) => session.known_facts(),
        None => session.start_facts(),
    };
    let mut app = App::new(setup.lang, setup.theme, start);
    app.look.ruler.wide_ambiguous = setup.prefs.wide_ambiguous.unwrap_or(false);
    let wrong = setup.prefs.notes.first().cloned();
    app.prefs = setup.prefs;
    let mut waiting = Vec::new();
    let folder = match &setup.target {
        Some(Target::Folder(path)) => Some(whole(path)),
        _ => None,
    };
    if let Some(path) = folder {
        waiting = update(
            &mut app,
            Input::Reply(Reply::Folder(FolderReply::Opened(path))),
        );
    } else if let Some(target) = setup.target {
        let mut opened = match (setup.read, &target) {
            (Some(read), Target::File(path)) => session.take(path, read)?,
            _ => session.open(&target)?,
        };
        opened.last_named = setup.last;
        waiting = update(&mut app, Input::Reply(Reply::Opened(Box::new(opened))));
    }
    if wrong.is_some() {
        app.notice = wrong;
    }
    if !setup.utf8 {
        app.notice = Some(
            words(
                "终端的编码不是 UTF-8：汉字可能显示不对，请设 LANG=zh_CN.UTF-8",
                "the terminal is not set to UTF-8: Chinese may look wrong; set LANG=C.UTF-8",
            )
            .into(),
        );
    }
    let no_terminal = |error: std::io::Error| {
        Failure::user(
            words("终端用不了：{why}", "the terminal can't be used: {why}")
                .with(vec![("why", error.to_string().into())]),
        )
    };
    give_back_on_panic();
    let mut parser = Parser::new(setup.hold);
    parser.expect_reports(QUESTIONS);
    let pastes = UnmarkedPastes::new(setup.relayed);
    let events =
        EventSource::new(rustix::stdio::stdin(), parser, pastes, &SIGNALS).map_err(no_terminal)?;
    modes::enter().map_err(no_terminal)?;
    let size = modes::size();
    update(&mut app, Input::Resize(size.width, size.height));
    let mut screen = Screen::new(Output, size);
    let _ = modes::mouse(app.prefs.mouse);
    screen.writer().queue(modes::entering().as_bytes());
    let mut shell = Shell {
        app,
        session,
        screen,
        probe: WidthProbe::default(),
        unsynced_since: None,
        looked: Instant::now(),
        pressed: Instant::now(),
        events,
        reading: None,
        listing: None,
        errands: Vec::new(),
        folder: None,
        tells_background: setup.tells_background,
    };
    if shell.app.look.theme.background == Background::Auto {
        shell.ask_background();
    }
    // What a terminal shows of any question it wipes away with this one.
    shell.screen.writer().queue(QUESTION.as_bytes());
    let drawn = shell.draw();
    shell.session.settle();
    let end = waiting
        .into_iter()
        .find_map(|effect| shell.carry_out(effect));
    let code = match (drawn, end) {
        (Err(_), _) => End::HungUp,
        (_, Some(end)) => end,
        (Ok(()), None) => shell.turn(),
    };
    let code = match code {
        End::Quit => 0,
        End::HungUp => {
            shell.session.keep();
            129
        }
        End::Signal(signal) => {
            shell.session.keep();
            128 + u8::try_from(signal).unwrap_or(0)
        }
    };
    modes::leave();
    Ok(code)
}

/// The terminal is given back before a panic is printed.
fn give_back_on_panic() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        // A parser that panics costs its file, not the screen.
        if thread::current().name() == Some(READER) {
            return;
        }
        modes::leave();
        before(info);
    }));
}

/// Why the loop ended.
enum End {
    Quit,
    HungUp,
    Signal(i32),
}

struct Shell {
    app: App,
    session: Session,
    screen: Screen<Output>,
    probe: WidthProbe,
    unsynced_since: Option<Instant>,
    /// When the file of a report that somebody else edits was last looked at.
    looked: Instant,
    /// When the last key came.
    pressed: Instant,
    events: EventSource<BorrowedFd<'static>>,
    reading: Option<Reading>,
    /// The list of a folder that is waited for; a thread that hangs is left alone.
    listing: Option<Receiver<Listing>>,
    /// What else threads were sent for; one that hangs is left alone.
    errands: Vec<Receiver<Reply>>,
    /// The folder that is being read; given up, its threads are left alone.
    folder: Option<folder::Reading>,
    tells_background: bool,
}

impl Shell {
    /// Handles events until one of them ends the program.
    fn turn(&mut self) -> End {
        loop {
            let looked = self.looked;
            let mut next = self.wait();
            // Without an event there is a new frame only if the journal failed, if a file is
            // being read, whose seconds are shown, or if others were looked at.
            let draws = next.is_some()
                || self.app.journal_failure.is_some()
                || self.reading.is_some()
                || looked != self.looked;
            // Events that wait already are handled first: one frame shows them all.
            while let Some(wake) = next.take() {
                if let Some(end) = self.take(wake) {
                    return end;
                }
                next = self.next(Some(Duration::ZERO));
            }
            if draws && modes::is_entered() && self.draw().is_err() {
                return End::HungUp;
            }
        }
    }

    /// The next event within this time.
    fn next(&mut self, limit: Option<Duration>) -> Option<Wake> {
        let points = takes_points(&self.app);
        let destination = points.map_or(Destination::Elsewhere, |points| Destination::Cells {
            points,
        });
        self.events.types_into(destination);
        self.events.next(limit)
    }

    /// Sleeps until the next event, until the journal is to be synced, or until a file
    /// has been read for another second.
    fn wait(&mut self) -> Option<Wake> {
        let sync = self.unsynced_since.map(|since| since + SYNC);
        let second = self.reading.as_ref().map(Reading::next_second);
        // Nobody is waited for where the report is ours: then the program sleeps.
        let report = self.app.report();
        let is_followed = report.is_some_and(|report| report.file.is_followed());
        let look = is_followed.then(|| self.looked + LOOK);
        let deadline = sync.into_iter().chain(second).chain(look).min();
        let left = deadline.map(|at| at.saturating_duration_since(Instant::now()));
        let wake = self.next(left);
        let now = Instant::now();
        if sync.is_some_and(|sync| now >= sync) {
            self.sync();
            self.look_for_askers();
        }
        if look.is_some_and(|look| now >= look) {
            self.looked = now;
            for effect in update(&mut self.app, Input::Look) {
                // It ends nothing: a file is read.
                self.carry_out(effect);
            }
        }
        if let Some(reading) = self.reading.as_mut().filter(|r| now >= r.next_second()) {
            reading.count();
            let reply = reading.reply();
            update(&mut self.app, Input::Reply(reply));
        }
        wake
    }

    /// Tells whether somebody asks for the report to be let go.
    fn look_for_askers(&mut self) {
        if let Some(reply) = self.session.asked() {
            update(&mut self.app, Input::Reply(reply));
        }
    }

    /// Reads a file on a thread that can be given up.
    fn read(&mut self, path: PathBuf, then: Then) -> Reply {
        let started = match then {
            Then::Open { .. } | Then::Compare(_) => {
                let work = self.session.reader(path.clone());
                Reading::start(path, then, work, &self.events)
            }
            Then::From => {
                let work = self.session.reader_of_last(path.clone());
                Reading::start(path, then, work, &self.events)
            }
        };
        let reading = match started {
            Ok(reading) => reading,
            Err(failure) => return Reply::Failed(failure),
        };
        if let Some(read) = reading.at_once(&mut self.events) {
            return self.finish(reading, read);
        }
        let reply = reading.reply();
        self.reading = Some(reading);
        reply
    }

    /// The file that was being read, opened; None if that goes on or was given up.
    fn was_read(&mut self) -> Option<Reply> {
        let read = self.reading.as_ref()?.result()?;
        let reading = self.reading.take()?;
        Some(self.finish(reading, read))
    }

    /// Does what a file was read for.
    fn finish(&mut self, reading: Reading, read: Read) -> Reply {
        match reading.then {
            Then::Open { keep } => self.session.finish(&reading.path, read, keep),
            Then::From => to_begin_from(read),
            Then::Compare(against) => self.session.beside(against, read),
        }
    }

    /// Lists a folder on a thread: its disk may be slow, or never answer.
    fn list(&mut self, typed: String) -> Option<Reply> {
        let started = self.events.task().and_then(|(task, result)| {
            thread::Builder::new().spawn(move || task.done(listing(typed)))?;
            Ok(result)
        });
        let result = started.ok()?;
        let listed = self.events.wait_for(&result, Some(AT_ONCE)).ok();
        if listed.is_none() {
            self.listing = Some(result);
        }
        listed.map(Reply::Listed)
    }

    /// The list that was waited for.
    fn was_listed(&mut self) -> Option<Reply> {
        let listing = self.listing.as_ref()?.try_recv().ok()?;
        self.listing = None;
        Some(Reply::Listed(listing))
    }

    /// Sends a thread for something that nobody waits for.
    fn send(&mut self, work: impl FnOnce() -> Reply + Send + 'static) {
        let started = self.events.task().and_then(|(task, result)| {
            let thread = thread::Builder::new().name(READER.to_owned());
            thread.spawn(move || task.done(work()))?;
            Ok(result)
        });
        self.errands.extend(started.ok());
    }

    /// What threads came back with.
    fn came_back(&mut self) -> Vec<Reply> {
        let mut replies = Vec::new();
        self.errands.retain(|errand| match errand.try_recv() {
            Ok(reply) => {
                replies.push(reply);
                false
            }
            Err(error) => error == TryRecvError::Empty,
        });
        replies
    }

    /// What was read of a folder since the last time.
    fn lots(&mut self) -> Vec<Reply> {
        let Some(folder) = &mut self.folder else {
            return Vec::new();
        };
        let lots: Vec<Reply> = std::iter::from_fn(|| folder.next().map(Reply::Folder)).collect();
        if folder.has_ended() {
            self.folder = None;
        }
        lots
    }

    /// Reads a folder on threads that can be given up.
    fn read_folder(&mut self, work: FolderWork) -> Option<Reply> {
        let FolderWork::Read {
            path,
            roster,
            known,
            profile,
        } = work
        else {
            self.folder = None;
            return None;
        };
        let wanted = self.session.wanted(path, roster, known, *profile);
        match folder::Reading::start(wanted, &self.events) {
            Ok(reading) => {
                self.folder = Some(reading);
                None
            }
            Err(failure) => Some(Reply::Failed(failure)),
        }
    }

    fn sync(&mut self) {
        self.unsynced_since = None;
        let session = &mut self.session;
        self.app.journal_failure = self.events.run(|| session.sync()).err();
    }

    fn take(&mut self, wake: Wake) -> Option<End> {
        let input = match wake {
            Wake::Event(Event::Key(key)) => Input::Key(key),
            Wake::Event(Event::Paste(text)) => Input::Paste(text),
            Wake::Event(Event::Unmarked { text, given }) => Input::Unmarked { text, given },
            Wake::Event(Event::Typed(text)) => Input::Typed(text),
            Wake::Event(Event::PasteCut) => Input::Reply(Reply::Said(
                words(
                    "粘贴的内容太长，只收了前面一部分；Ctrl+Z 撤销",
                    "the paste was too long and was cut; Ctrl+Z undoes it",
                )
                .into(),
            )),
            Wake::Event(Event::Focus(true)) => Input::Focus,
            Wake::Event(Event::Report(TerminalReport::Background(colour))) => {
                Input::Background(background(colour))
            }
            Wake::Event(Event::Report(report)) => {
                Input::WideAmbiguous(self.probe.answer(report)? == 2)
            }
            Wake::Event(Event::Mouse(event)) => Input::Mouse(event),
            Wake::Event(Event::Focus(false)) => return None,
            Wake::Event(Event::Closed) | Wake::Signal(SIGHUP) => {
                return Some(End::HungUp);
            }
            Wake::Signal(SIGWINCH) => {
                let size = modes::size();
                self.screen.resize(size);
                Input::Resize(size.width, size.height)
            }
            Wake::TaskDone => {
                // One event may tell of several.
                let lots = self.lots();
                let replies = [self.was_listed(), self.was_read()].into_iter().flatten();
                let replies: Vec<Reply> = replies.chain(self.came_back()).chain(lots).collect();
                for reply in replies {
                    let effects = update(&mut self.app, Input::Reply(reply));
                    if let Some(end) = effects.into_iter().find_map(|one| self.carry_out(one)) {
                        return Some(end);
                    }
                }
                return None;
            }
            Wake::Signal(SIGTSTP) => return self.suspend(),
            Wake::Signal(SIGCONT) => return self.resume(),
            Wake::Signal(signal) => return Some(End::Signal(signal)),
        };
        let asks = match input {
            Input::Focus => true,
            Input::Key(_) => {
                let before = std::mem::replace(&mut self.pressed, Instant::now());
                before.elapsed() >= LOOK
            }
            _ => false,
        };
        for effect in update(&mut self.app, input) {
            if let Some(end) = self.carry_out(effect) {
                return Some(end);
            }
        }
        if asks {
            self.look_for_askers();
        }
        None
    }

    /// Carries out an effect; its reply may ask for more.
    fn carry_out(&mut self, effect: Effect) -> Option<End> {
        let reply = match effect {
            Effect::Quit { keep } => match self.session.close(keep) {
                Ok(()) => return Some(End::Quit),
                Err(failure) => Some(Reply::Failed(failure)),
            },
            Effect::Redraw => {
                self.redraw();
                None
            }
            Effect::Mouse(is_on) => {
                self.screen.writer().queue(modes::mouse(is_on).as_bytes());
                None
            }
            Effect::AskBackground => {
                self.ask_background();
                None
            }
            Effect::Suspend => return self.suspend(),
            Effect::Open {
                target: Target::File(path),
                keep,
            } if !is_folder(&path) => Some(self.read(path, Then::Open { keep })),
            Effect::Open {
                target: Target::File(path) | Target::Folder(path),
                keep,
            } => match self.session.close(keep) {
                Ok(()) => Some(Reply::Folder(FolderReply::Opened(whole(&path)))),
                Err(failure) => Some(Reply::Failed(failure)),
            },
            Effect::Folder(work @ (FolderWork::Read { .. } | FolderWork::Stop)) => {
                self.read_folder(work)
            }
            Effect::ReadFrom(path) => Some(self.read(path, Then::From)),
            Effect::Beside(against) => {
                Some(self.read(against.path().clone(), Then::Compare(against)))
            }
            Effect::List(typed) => self.list(typed),
            Effect::ReadLast { path, unless, of } => {
                self.send(self.session.last_reader(path, unless, *of));
                None
            }
            Effect::FindLast { folder, of } => {
                self.send(self.session.last_finder(folder, *of));
                None
            }
            Effect::StopReading => {
                self.reading = None;
                None
            }
            Effect::Copy(text) => {
                if let Some(bytes) = clipboard::sequence(&text).filter(|_| self.app.prefs.clipboard)
                {
                    self.screen.writer().queue(&bytes);
                }
                self.session.carry_out(Effect::Copy(text))
            }
            slow @ (Effect::Folder(_)
            | Effect::Save { .. }
            | Effect::ReadTheirs(_)
            | Effect::Follow { .. }
            | Effect::Export { .. }
            | Effect::Open { .. }
            | Effect::TakeOver(_)
            | Effect::Remember { .. }
            | Effect::KeepHistory { .. }
            | Effect::Versions
            | Effect::DropRecovery) => {
                let session = &mut self.session;
                self.events.run(|| session.carry_out(slow))
            }
            quick => self.session.carry_out(quick),
        };
        if self.session.needs_sync() && self.unsynced_since.is_none() {
            self.unsynced_since = Some(Instant::now());
        }
        let is_saved = matches!(reply, Some(Reply::Saved { .. }));
        let effects = reply.map(|reply| update(&mut self.app, Input::Reply(reply)));
        if is_saved {
            self.look_for_askers();
        }
        effects
            .into_iter()
            .flatten()
            .find_map(|effect| self.carry_out(effect))
    }

    fn suspend(&mut self) -> Option<End> {
        if !modes::can_suspend() {
            let said = words(
                "这个终端后面没有命令行，不能暂停",
                "there is no shell behind this terminal to suspend to",
            );
            self.app.notice = Some(said.into());
            return None;
        }
        self.sync();
        match modes::suspend() {
            Ok(()) => None,
            Err(_) => self.resume(),
        }
    }

    fn resume(&mut self) -> Option<End> {
        if modes::enter().is_err() {
            return Some(End::HungUp);
        }
        self.screen.writer().queue(modes::entering().as_bytes());
        let size = modes::size();
        self.screen.resize(size);
        update(&mut self.app, Input::Resize(size.width, size.height));
        self.redraw();
        None
    }

    fn ask_background(&mut self) {
        if self.tells_background {
            self.events.expect_background();
            self.screen.writer().queue(BACKGROUND.as_bytes());
        }
    }

    fn redraw(&mut self) {
        self.screen.forget();
    }

    fn draw(&mut self) -> std::io::Result<()> {
        let app = &self.app;
        self.screen.draw(|buffer| view(app, buffer))
    }
}
