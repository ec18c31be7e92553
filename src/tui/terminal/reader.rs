//! The thread that reads the keyboard.
//!
//! It sleeps in `poll` without a time limit unless a sequence or a paste is held, and it
//! notices a closed terminal at once, with or without a signal.
//!
//! Never: reads a byte it does not hand on, or writes to the terminal.
//! Next: `keys` for what bytes mean, `burst` for unmarked pastes.

use std::io;
use std::os::fd::AsFd;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::burst::Bursts;
use super::keys::{Decoder, Event};

/// What a terminal hands over in one read at most.
const READ: usize = 4096;

/// Starts reading `input`; ends after `Closed`, or when `send` answers false.
///
/// # Errors
/// The system refuses another thread.
pub fn spawn<I, S>(input: I, decoder: Decoder, send: S) -> io::Result<JoinHandle<()>>
where
    I: AsFd + Send + 'static,
    S: FnMut(Event) -> bool + Send + 'static,
{
    thread::Builder::new()
        .name("keyboard".to_owned())
        .spawn(move || run(&input, decoder, send))
}

fn run(input: &impl AsFd, mut decoder: Decoder, mut send: impl FnMut(Event) -> bool) {
    let start = Instant::now();
    let mut bursts = Bursts::default();
    let mut buffer = [0; READ];
    loop {
        let deadlines = [decoder.deadline(), bursts.deadline()];
        let deadline = deadlines.into_iter().flatten().min();
        let arrived = wait(
            input,
            deadline.map(|at| at.saturating_sub(start.elapsed())),
            &mut buffer,
        );
        let now = start.elapsed();
        // Bytes that arrived win over a deadline that passed while we were not running.
        match arrived {
            Arrived::Bytes(count) => decoder.feed(&buffer[..count], now),
            Arrived::Nothing => decoder.flush_timeout(now),
            Arrived::Closed => {}
        }
        let mut events = bursts.join(decoder.take(), now);
        if matches!(arrived, Arrived::Closed) {
            events.extend(bursts.flush(Duration::MAX));
            events.push(Event::Closed);
        }
        for event in events {
            let is_last = event == Event::Closed;
            if !send(event) || is_last {
                return;
            }
        }
    }
}

enum Arrived {
    Bytes(usize),
    Nothing,
    Closed,
}

fn wait(input: &impl AsFd, limit: Option<Duration>, buffer: &mut [u8]) -> Arrived {
    let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
    let mut polled = [PollFd::new(input, PollFlags::IN)];
    match poll(&mut polled, limit.as_ref()) {
        Ok(0) | Err(Errno::INTR | Errno::AGAIN) => return Arrived::Nothing,
        Ok(_) => {}
        Err(_) => return Arrived::Closed,
    }
    // A hang-up with bytes before it still has them to read.
    if !polled[0].revents().contains(PollFlags::IN) {
        return Arrived::Closed;
    }
    match rustix::io::read(input, buffer) {
        Ok(0) => Arrived::Closed,
        Ok(count) => Arrived::Bytes(count),
        Err(Errno::INTR | Errno::AGAIN) => Arrived::Nothing,
        Err(_) => Arrived::Closed,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::mpsc;

    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    use portable_pty::{PtySize, native_pty_system};
    use rustix::fs::{Mode, OFlags};

    use super::super::keys::HOLD;
    use super::*;

    fn key(code: KeyCode) -> Event {
        Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    #[test]
    fn keys_come_through_and_a_closed_end_is_noticed() {
        let (input, mut keyboard) = io::pipe().expect("a pipe");
        let (sender, events) = mpsc::channel();
        let thread = spawn(input, Decoder::new(HOLD), move |event| {
            sender.send(event).is_ok()
        })
        .expect("a thread");
        keyboard.write_all(b"\x1b[A").expect("room in the pipe");
        assert_eq!(events.recv(), Ok(key(KeyCode::Up)));
        keyboard.write_all(b"\x1b").expect("room in the pipe");
        assert_eq!(events.recv(), Ok(key(KeyCode::Esc)));
        keyboard.write_all(b"1\r2").expect("room in the pipe");
        drop(keyboard);
        assert_eq!(events.recv(), Ok(Event::Paste("1\n2".to_owned())));
        assert_eq!(events.recv(), Ok(Event::Closed));
        thread.join().expect("the thread ends by itself");
    }

    #[test]
    fn a_receiver_that_went_away_ends_the_thread() {
        let (input, mut keyboard) = io::pipe().expect("a pipe");
        let thread = spawn(input, Decoder::new(HOLD), |_| false).expect("a thread");
        keyboard.write_all(b"x").expect("room in the pipe");
        thread.join().expect("the thread ends by itself");
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
        let (sender, events) = mpsc::channel();
        let thread = spawn(slave, Decoder::new(HOLD), move |event| {
            sender.send(event).is_ok()
        })
        .expect("a thread");
        drop(pair.master);
        assert_eq!(events.recv(), Ok(Event::Closed));
        thread.join().expect("the thread ends by itself");
    }
}
