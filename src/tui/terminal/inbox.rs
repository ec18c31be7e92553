//! Everything the program waits for, at one place: keys, signals, work done elsewhere.
//!
//! One `poll` sleeps without a time limit unless a sequence or a paste is held, and it
//! notices a closed terminal at once, with or without a signal. No thread hands keys
//! over, so a key wakes only who answers it.
//!
//! Never: reads a byte it does not hand on, or writes to the terminal.
//! Next: `keys` for what bytes mean, `burst` for unmarked pastes, `shell` who asks.

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

use super::burst::{Bursts, Place};
use super::keys::{Decoder, Event};

/// What a terminal hands over in one read at most.
const READ: usize = 4096;

/// Something the program was waiting for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// The terminal said something.
    Event(Event),
    /// A signal of those that are waited for.
    Signal(i32),
    /// A thread that runs an errand has come to its end.
    Done,
}

/// Keys of a terminal, signals, and the bell that errands ring.
pub struct Inbox<I> {
    input: I,
    decoder: Decoder,
    bursts: Bursts,
    start: Instant,
    signals: SignalDelivery<UnixStream, SignalOnly>,
    bell: PipeReader,
    ringer: PipeWriter,
    queue: VecDeque<Arrived>,
    is_closed: bool,
}

/// What a thread was sent for. The inbox wakes when it is done or given up.
pub struct Errand<R> {
    // Gone before the bell rings: who wakes finds an answer, or nobody who may give one.
    answer: Sender<R>,
    _bell: Bell,
}

struct Bell(PipeWriter);

impl<R> Errand<R> {
    /// The thread's last act.
    pub fn done(self, result: R) {
        // Nobody may wait any more.
        let _ = self.answer.send(result);
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        let _ = self.0.write_all(&[0]);
    }
}

impl<I: AsFd> Inbox<I> {
    /// Waits for `input` and for signals from now on; `bursts` joins unmarked pastes.
    ///
    /// # Errors
    /// The system has no more descriptors, or refuses a signal.
    pub fn new(input: I, decoder: Decoder, bursts: Bursts, signals: &[i32]) -> io::Result<Self> {
        let (read, write) = UnixStream::pair()?;
        let (bell, ringer) = pipe()?;
        Ok(Inbox {
            input,
            decoder,
            bursts,
            start: Instant::now(),
            signals: SignalDelivery::with_pipe(read, write, SignalOnly, signals)?,
            bell,
            ringer,
            queue: VecDeque::new(),
            is_closed: false,
        })
    }

    /// Says what characters would go into from now on.
    pub fn types_into(&mut self, place: Place) {
        self.bursts.place = place;
    }

    /// The next thing that arrives within this time; None waits without a limit.
    pub fn next(&mut self, limit: Option<Duration>) -> Option<Arrived> {
        let until = limit.map(|limit| self.start.elapsed() + limit);
        loop {
            if let Some(arrived) = self.queue.pop_front() {
                return Some(arrived);
            }
            let in_time = self.gather(until);
            if self.queue.is_empty() && !in_time {
                return None;
            }
        }
    }

    /// An errand to be taken by a thread, and where its result will be.
    ///
    /// # Errors
    /// The system has no more descriptors.
    pub fn errand<R>(&self) -> io::Result<(Errand<R>, Receiver<R>)> {
        let (answer, result) = channel();
        let errand = Errand {
            answer,
            _bell: Bell(self.ringer.try_clone()?),
        };
        Ok((errand, result))
    }

    /// Does slow work on a thread, while keys go on being read one by one as they are
    /// typed: keys that wait for a disk together would look like a paste (`burst`).
    pub fn meanwhile<R: Send>(&mut self, work: impl FnOnce() -> R + Send) -> R {
        let Ok((errand, result)) = self.errand() else {
            return work();
        };
        thread::scope(|scope| {
            let worker = scope.spawn(move || errand.done(work()));
            self.answer(&result, None).unwrap_or_else(|_| {
                resume_unwind(worker.join().expect_err("it ended without an answer"))
            })
        })
    }

    /// Waits for the result of an errand; what else arrives is kept for later.
    ///
    /// # Errors
    /// `Empty` if the time is over, `Disconnected` if there will never be one.
    pub fn answer<R>(
        &mut self,
        result: &Receiver<R>,
        limit: Option<Duration>,
    ) -> Result<R, TryRecvError> {
        let until = limit.map(|limit| self.start.elapsed() + limit);
        loop {
            match result.try_recv() {
                Err(TryRecvError::Empty) if self.gather(until) => {}
                answer => return answer,
            }
        }
    }

    /// Takes in what arrives next until a moment; false if that is past.
    fn gather(&mut self, until: Option<Duration>) -> bool {
        let held = [self.decoder.deadline(), self.bursts.deadline(), until];
        let limit = held
            .into_iter()
            .flatten()
            .min()
            .map(|at| at.saturating_sub(self.start.elapsed()))
            .and_then(|limit| Timespec::try_from(limit).ok());
        let mut polled = [
            PollFd::new(&self.bell, PollFlags::IN),
            PollFd::new(self.signals.get_read(), PollFlags::IN),
            PollFd::new(&self.input, PollFlags::IN),
        ];
        // A closed terminal is ready for ever; it is told of once.
        let open = if self.is_closed { 2 } else { 3 };
        let answer = poll(&mut polled[..open], limit.as_ref());
        let [rung, signalled, typed] = polled.map(|one| one.revents());
        match answer {
            Ok(_) | Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => self.close(),
        }
        if !rung.is_empty() {
            // As many as rang: each is looked after anyway.
            let _ = self.bell.read(&mut [0; 64]);
            self.queue.push_back(Arrived::Done);
        }
        if !signalled.is_empty() {
            let signals = self.signals.pending().map(Arrived::Signal);
            self.queue.extend(signals);
        }
        if !self.is_closed {
            self.listen(typed);
        }
        until.is_none_or(|until| self.start.elapsed() < until)
    }

    /// Reads what the terminal has, or gives up waiting for the rest of a sequence.
    fn listen(&mut self, typed: PollFlags) {
        let mut buffer = [0; READ];
        // A hang-up with bytes before it still has them to read.
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
            Ok(count) => self.decoder.feed(&buffer[..count], now),
            Err(Errno::INTR | Errno::AGAIN) => self.decoder.flush_timeout(now),
            Err(_) => return self.close(),
        }
        let events = self.bursts.join(self.decoder.take(), now);
        self.queue.extend(events.into_iter().map(Arrived::Event));
    }

    /// The terminal is gone; what was held comes before that.
    fn close(&mut self) {
        self.is_closed = true;
        let mut events = self.bursts.join(self.decoder.take(), Duration::MAX);
        events.extend(self.bursts.flush(Duration::MAX));
        events.push(Event::Closed);
        self.queue.extend(events.into_iter().map(Arrived::Event));
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    use portable_pty::{PtySize, native_pty_system};
    use rustix::fs::{Mode, OFlags};
    use rustix::process::{Signal, getpid, kill_process};

    use super::super::burst::GAP;
    use super::super::keys::HOLD;
    use super::*;

    fn key(code: KeyCode) -> Arrived {
        Arrived::Event(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
    }

    fn inbox<I: AsFd>(input: I) -> Inbox<I> {
        Inbox::new(input, Decoder::new(HOLD), Bursts::default(), &[]).expect("descriptors")
    }

    /// The next thing, which must come.
    fn next(inbox: &mut Inbox<impl AsFd>) -> Arrived {
        inbox.next(None).expect("without a limit something comes")
    }

    #[test]
    fn keys_come_through_and_a_closed_end_is_noticed() {
        let (input, mut keyboard) = io::pipe().expect("a pipe");
        let mut inbox = inbox(input);
        keyboard.write_all(b"\x1b[A").expect("room in the pipe");
        assert_eq!(next(&mut inbox), key(KeyCode::Up));
        keyboard.write_all(b"\x1b").expect("room in the pipe");
        assert_eq!(next(&mut inbox), key(KeyCode::Esc));
        keyboard.write_all(b"1\r2").expect("room in the pipe");
        drop(keyboard);
        let text = "1\r2".to_owned();
        let pasted = Event::Unmarked { text, given: 0 };
        assert_eq!(next(&mut inbox), Arrived::Event(pasted));
        assert_eq!(next(&mut inbox), Arrived::Event(Event::Closed));
        assert_eq!(inbox.next(Some(Duration::ZERO)), None, "it is told of once");
    }

    #[test]
    fn with_nothing_to_read_the_limit_ends_the_wait() {
        let (input, _keyboard) = io::pipe().expect("a pipe");
        let mut inbox = inbox(input);
        let limit = Duration::from_millis(20);
        let before = Instant::now();
        assert_eq!(inbox.next(Some(limit)), None);
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
        let mut inbox = inbox(slave);
        drop(pair.master);
        assert_eq!(next(&mut inbox), Arrived::Event(Event::Closed));
    }

    #[test]
    fn a_signal_arrives() {
        let (input, _keyboard) = io::pipe().expect("a pipe");
        let winch = signal_hook::consts::SIGWINCH;
        let mut inbox = Inbox::new(input, Decoder::new(HOLD), Bursts::default(), &[winch])
            .expect("descriptors");
        kill_process(getpid(), Signal::WINCH).expect("it is ours");
        assert_eq!(next(&mut inbox), Arrived::Signal(winch));
    }

    #[test]
    fn an_errand_is_heard_of_when_it_is_done_and_when_it_never_will_be() {
        let (input, _keyboard) = io::pipe().expect("a pipe");
        let mut inbox = inbox(input);
        let (errand, result) = inbox.errand().expect("descriptors");
        thread::spawn(move || errand.done(7));
        assert_eq!(next(&mut inbox), Arrived::Done);
        assert_eq!(result.try_recv(), Ok(7));
        let (errand, result) = inbox.errand::<i32>().expect("descriptors");
        thread::spawn(move || drop(errand));
        assert_eq!(next(&mut inbox), Arrived::Done);
        assert_eq!(result.try_recv(), Err(TryRecvError::Disconnected));
    }

    #[test]
    fn keys_typed_while_a_disk_is_slow_are_no_paste() {
        let (input, mut keyboard) = io::pipe().expect("a pipe");
        let unread = input.try_clone().expect("descriptors");
        let is_read = || rustix::io::ioctl_fionread(&unread).is_ok_and(|bytes| bytes == 0);
        let mut inbox = inbox(input);
        let typed = [KeyCode::Char('7'), KeyCode::Enter, KeyCode::Char('1')];
        let done = inbox.meanwhile(move || {
            for letter in [b"7", b"\r", b"1"] {
                keyboard.write_all(letter).expect("room in the pipe");
                // It is read while the work goes on; without that this gives up.
                let tries = (0..1000).take_while(|_| !is_read());
                tries.for_each(|_| thread::sleep(Duration::from_millis(1)));
                thread::sleep(GAP);
            }
            keyboard
        });
        let came: Vec<Arrived> = std::iter::from_fn(|| inbox.next(Some(Duration::ZERO)))
            .filter(|arrived| *arrived != Arrived::Done)
            .collect();
        assert_eq!(came, typed.map(key));
        drop(done);
    }

    #[test]
    #[should_panic(expected = "the disk is gone")]
    fn a_panic_of_slow_work_is_not_swallowed() {
        let (input, _keyboard) = io::pipe().expect("a pipe");
        inbox(input).meanwhile(|| unreachable!("the disk is gone"));
    }
}
