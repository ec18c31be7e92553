//! The event source: one `poll` waits for keys, signals and tasks.
//!
//! The `poll` has no time limit unless a part of a sequence or of a paste is held. It
//! notices at once that the terminal is closed, with or without a signal. No thread
//! reads the keyboard, so a key wakes only the thread that answers it.
//!
//! Slow work runs on a thread of its own instead, and this thread goes on reading keys:
//! keys that pile up behind a slow disk would look like a paste.
//!
//! Never: drops a byte that it read, or writes to the terminal.
//! Next: `parser` for what bytes mean, `unmarked_paste` for pastes, `shell` who asks.

use std::collections::VecDeque;
use std::io::{self, PipeReader, PipeWriter, Read as _, Write as _, pipe};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use super::parser::{Event, Parser};
use super::unmarked_paste::{Destination, UnmarkedPastes};

/// Most bytes of one read, as terminals hand them over.
const READ: usize = 4096;

/// Why the program woke up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake {
    /// An event of the terminal.
    Event(Event),
    /// One of the signals that are waited for.
    Signal(i32),
    /// A task ended, with or without a result.
    TaskDone,
}

/// Where events come from: a terminal, signals, tasks.
pub struct EventSource<I> {
    input: I,
    parser: Parser,
    pastes: UnmarkedPastes,
    start: Instant,
    signals: SignalDelivery<UnixStream, SignalOnly>,
    /// The end of a pipe that wakers write to.
    woken: PipeReader,
    waker: PipeWriter,
    queue: VecDeque<Wake>,
    is_closed: bool,
}

/// Work for a thread. The event source wakes when it is done, and when it is dropped.
pub struct Task<R> {
    // Fields are dropped in order: the channel is closed before the waker writes, so
    // whoever wakes finds a result, or that there will be none.
    result: Sender<R>,
    _waker: Waker,
}

/// Work for a thread that gives many results. The event source wakes at each of them and
/// when it is dropped.
pub struct Stream<R> {
    results: Sender<R>,
    waker: Waker,
}

impl<R> Stream<R> {
    /// Hands over a result; false if nobody waits any more.
    pub fn give(&self, result: R) -> bool {
        let is_taken = self.results.send(result).is_ok();
        self.waker.wake();
        is_taken
    }
}

/// Wakes the event source when it is dropped.
struct Waker(PipeWriter);

impl Waker {
    fn wake(&self) {
        let _ = (&self.0).write_all(&[0]);
    }
}

impl<R> Task<R> {
    /// Hands over the result, as the last act of the thread.
    pub fn done(self, result: R) {
        // The receiver is gone if nobody waits any more.
        let _ = self.result.send(result);
    }
}

impl Drop for Waker {
    fn drop(&mut self) {
        self.wake();
    }
}

impl<I: AsFd> EventSource<I> {
    /// An event source for `input` and `signals`; `pastes` joins unmarked pastes.
    ///
    /// # Errors
    /// The system has no more descriptors, or refuses a signal.
    pub fn new(
        input: I,
        parser: Parser,
        pastes: UnmarkedPastes,
        signals: &[i32],
    ) -> io::Result<Self> {
        let (read, write) = UnixStream::pair()?;
        let (woken, waker) = pipe()?;
        Ok(EventSource {
            input,
            parser,
            pastes,
            start: Instant::now(),
            signals: SignalDelivery::with_pipe(read, write, SignalOnly, signals)?,
            woken,
            waker,
            queue: VecDeque::new(),
            is_closed: false,
        })
    }

    /// Announces that the terminal is asked for its background now.
    pub fn expect_background(&mut self) {
        self.parser.expect_background(self.start.elapsed());
    }

    /// Sets what characters are typed into from now on.
    pub fn types_into(&mut self, destination: Destination) {
        self.pastes.destination = destination;
    }

    /// The next event within this time, None if there is none; without a limit it waits.
    pub fn next(&mut self, limit: Option<Duration>) -> Option<Wake> {
        let until = limit.map(|limit| self.start.elapsed() + limit);
        loop {
            if let Some(wake) = self.queue.pop_front() {
                return Some(wake);
            }
            let in_time = self.poll(until);
            if self.queue.is_empty() && !in_time {
                return None;
            }
        }
    }

    /// A task for a thread, and the receiver of its result.
    ///
    /// # Errors
    /// The system has no more descriptors.
    pub fn task<R>(&self) -> io::Result<(Task<R>, Receiver<R>)> {
        let (sender, result) = channel();
        let task = Task {
            result: sender,
            _waker: Waker(self.waker.try_clone()?),
        };
        Ok((task, result))
    }

    /// A stream for a thread, and the receiver of its results.
    ///
    /// # Errors
    /// The system has no more descriptors.
    pub fn stream<R>(&self) -> io::Result<(Stream<R>, Receiver<R>)> {
        let (results, received) = channel();
        let waker = Waker(self.waker.try_clone()?);
        Ok((Stream { results, waker }, received))
    }

    /// Does slow work on a thread and returns its result; keys are read meanwhile.
    pub fn run<R: Send>(&mut self, work: impl FnOnce() -> R + Send) -> R {
        let Ok((task, result)) = self.task() else {
            return work();
        };
        thread::scope(|scope| {
            let worker = scope.spawn(move || task.done(work()));
            self.wait_for(&result, None).unwrap_or_else(|_| {
                resume_unwind(worker.join().expect_err("it ended without a result"))
            })
        })
    }

    /// Waits for the result of a task; events that come before it are queued.
    ///
    /// # Errors
    /// `Empty` if the time is over, `Disconnected` if there will never be a result.
    pub fn wait_for<R>(
        &mut self,
        result: &Receiver<R>,
        limit: Option<Duration>,
    ) -> Result<R, TryRecvError> {
        let until = limit.map(|limit| self.start.elapsed() + limit);
        loop {
            match result.try_recv() {
                Err(TryRecvError::Empty) if self.poll(until) => {}
                received => return received,
            }
        }
    }

    /// Queues the events of one `poll`; returns whether the moment `until` is to come.
    fn poll(&mut self, until: Option<Duration>) -> bool {
        let deadlines = [self.parser.deadline(), self.pastes.deadline(), until];
        let limit = deadlines
            .into_iter()
            .flatten()
            .min()
            .map(|at| at.saturating_sub(self.start.elapsed()))
            .and_then(|limit| Timespec::try_from(limit).ok());
        let mut polled = [
            PollFd::new(&self.woken, PollFlags::IN),
            PollFd::new(self.signals.get_read(), PollFlags::IN),
            PollFd::new(&self.input, PollFlags::IN),
        ];
        // A closed terminal is ready for ever; one event tells it.
        let open = if self.is_closed { 2 } else { 3 };
        let answer = poll(&mut polled[..open], limit.as_ref());
        let [woken, signalled, typed] = polled.map(|one| one.revents());
        match answer {
            Ok(_) | Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => self.close(),
        }
        if !woken.is_empty() {
            // One event for several tasks is enough: each result is looked for anyway.
            let _ = self.woken.read(&mut [0; 64]);
            self.queue.push_back(Wake::TaskDone);
        }
        if !signalled.is_empty() {
            let signals = self.signals.pending().map(Wake::Signal);
            self.queue.extend(signals);
        }
        if !self.is_closed {
            self.read(typed);
        }
        until.is_none_or(|until| self.start.elapsed() < until)
    }

    /// Reads what the terminal has, or gives up waiting for the rest of a sequence.
    fn read(&mut self, typed: PollFlags) {
        let mut buffer = [0; READ];
        // After a hang-up the bytes sent before it can still be read.
        let read = if typed.contains(PollFlags::IN) {
            rustix::io::read(&self.input, &mut buffer)
        } else if typed.is_empty() {
            Err(Errno::AGAIN)
        } else {
            Ok(0)
        };
        let now = self.start.elapsed();
        // Bytes that arrived win over a deadline that passed while we were not running.
        match read {
            Ok(0) => return self.close(),
            Ok(count) => self.parser.feed(&buffer[..count], now),
            Err(Errno::INTR | Errno::AGAIN) => self.parser.flush_timeout(now),
            Err(_) => return self.close(),
        }
        let events = self.pastes.join(self.parser.take(), now);
        self.queue.extend(events.into_iter().map(Wake::Event));
    }

    /// Queues what was held, then that the terminal is gone.
    fn close(&mut self) {
        self.is_closed = true;
        let mut events = self.pastes.join(self.parser.take(), Duration::MAX);
        events.extend(self.pastes.flush(Duration::MAX));
        events.push(Event::Closed);
        self.queue.extend(events.into_iter().map(Wake::Event));
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    use portable_pty::{PtySize, native_pty_system};
    use rustix::fs::{Mode, OFlags};
    use rustix::process::{Signal, getpid, kill_process};

    use super::super::parser::HOLD;
    use super::super::unmarked_paste::GAP;
    use super::*;

    fn key(code: KeyCode) -> Wake {
        Wake::Event(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
    }

    fn events<I: AsFd>(input: I) -> EventSource<I> {
        EventSource::new(input, Parser::new(HOLD), UnmarkedPastes::default(), &[])
            .expect("descriptors")
    }

    /// The next thing, which must come.
    fn next(events: &mut EventSource<impl AsFd>) -> Wake {
        events.next(None).expect("without a limit something comes")
    }

    #[test]
    fn keys_come_through_and_a_closed_end_is_noticed() {
        let (input, mut keyboard) = io::pipe().expect("a pipe");
        let mut events = events(input);
        keyboard.write_all(b"\x1b[A").expect("room in the pipe");
        assert_eq!(next(&mut events), key(KeyCode::Up));
        keyboard.write_all(b"\x1b").expect("room in the pipe");
        assert_eq!(next(&mut events), key(KeyCode::Esc));
        keyboard.write_all(b"1\r2").expect("room in the pipe");
        drop(keyboard);
        let text = "1\r2".to_owned();
        let pasted = Event::Unmarked { text, given: 0 };
        assert_eq!(next(&mut events), Wake::Event(pasted));
        assert_eq!(next(&mut events), Wake::Event(Event::Closed));
        assert_eq!(
            events.next(Some(Duration::ZERO)),
            None,
            "it is told of once"
        );
    }

    #[test]
    fn with_nothing_to_read_the_limit_ends_the_wait() {
        let (input, _keyboard) = io::pipe().expect("a pipe");
        let mut events = events(input);
        let limit = Duration::from_millis(20);
        let before = Instant::now();
        assert_eq!(events.next(Some(limit)), None);
        assert!(before.elapsed() >= limit);
    }

    #[test]
    fn a_terminal_closed_without_a_signal_is_noticed() {
        let pair = native_pty_system()
            .openpty(PtySize::default())
            .expect("a terminal");
        let name = pair.master.tty_name().expect("it has a name");
        let flags = OFlags::RDWR | OFlags::NOCTTY;
        let slave = rustix::fs::open(name, flags, Mode::empty()).expect("it opens");
        drop(pair.slave);
        let mut events = events(slave);
        drop(pair.master);
        assert_eq!(next(&mut events), Wake::Event(Event::Closed));
    }

    #[test]
    fn a_signal_arrives() {
        let (input, _keyboard) = io::pipe().expect("a pipe");
        let winch = signal_hook::consts::SIGWINCH;
        let mut events = EventSource::new(
            input,
            Parser::new(HOLD),
            UnmarkedPastes::default(),
            &[winch],
        )
        .expect("descriptors");
        kill_process(getpid(), Signal::WINCH).expect("it is ours");
        assert_eq!(next(&mut events), Wake::Signal(winch));
    }

    #[test]
    fn a_task_is_heard_of_when_it_is_done_and_when_it_never_will_be() {
        let (input, _keyboard) = io::pipe().expect("a pipe");
        let mut events = events(input);
        let (task, result) = events.task().expect("descriptors");
        thread::spawn(move || task.done(7));
        assert_eq!(next(&mut events), Wake::TaskDone);
        assert_eq!(result.try_recv(), Ok(7));
        let (task, result) = events.task::<i32>().expect("descriptors");
        thread::spawn(move || drop(task));
        assert_eq!(next(&mut events), Wake::TaskDone);
        assert_eq!(result.try_recv(), Err(TryRecvError::Disconnected));
    }

    #[test]
    fn keys_typed_while_a_disk_is_slow_are_no_paste() {
        let (input, mut keyboard) = io::pipe().expect("a pipe");
        let unread = input.try_clone().expect("descriptors");
        let is_read = || rustix::io::ioctl_fionread(&unread).is_ok_and(|bytes| bytes == 0);
        let mut events = events(input);
        let typed = [KeyCode::Char('7'), KeyCode::Enter, KeyCode::Char('1')];
        let done = events.run(move || {
            for letter in [b"7", b"\r", b"1"] {
                keyboard.write_all(letter).expect("room in the pipe");
                // It is read while the work goes on; without that this gives up.
                let tries = (0..1000).take_while(|_| !is_read());
                tries.for_each(|_| thread::sleep(Duration::from_millis(1)));
                thread::sleep(GAP);
            }
            keyboard
        });
        let came: Vec<Wake> = std::iter::from_fn(|| events.next(Some(Duration::ZERO)))
            .filter(|wake| *wake != Wake::TaskDone)
            .collect();
        assert_eq!(came, typed.map(key));
        drop(done);
    }

    #[test]
    #[should_panic(expected = "the disk is gone")]
    fn a_panic_of_slow_work_is_not_swallowed() {
        let (input, _keyboard) = io::pipe().expect("a pipe");
        events(input).run(|| unreachable!("the disk is gone"));
    }
}
