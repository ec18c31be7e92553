//! A real terminal with a program in it, for end-to-end tests.
//!
//! Never: sleeps; every wait is for a text, a state, or the end of the program.
#![allow(dead_code, reason = "each test target uses a part of it")]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// Longer than any wait on a loaded machine; reached only by a failing test.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program in a terminal; killed when dropped.
pub(crate) struct Pty {
    child: Box<dyn Child + Send + Sync>,
    line: Option<(Box<dyn MasterPty + Send>, Box<dyn Write + Send>)>,
    shared: Arc<Shared>,
}

struct Shared {
    shown: Mutex<Shown>,
    changed: Condvar,
}

/// What the program has written so far.
pub(crate) struct Shown {
    /// The terminal's picture of it.
    pub(crate) vt: vt100::Parser,
    /// The bytes themselves.
    pub(crate) bytes: Vec<u8>,
    is_closed: bool,
    hang_up: bool,
}

impl Shown {
    /// The rows as text, blanks at their ends cut off; a wide glyph is one character.
    pub(crate) fn rows(&self) -> Vec<String> {
        let screen = self.vt.screen();
        let (rows, cols) = screen.size();
        let row = |y| {
            let cells = (0..cols.get()).filter_map(|x| screen.cell(y, x));
            let heads = cells.filter(|cell| !cell.is_wide_continuation());
            let texts = heads.map(|cell| {
                if cell.has_contents() {
                    cell.contents()
                } else {
                    " "
                }
            });
            texts.collect::<String>().trim_end().to_owned()
        };
        (0..rows.get()).map(row).collect()
    }

    /// Whether a row contains the text.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.rows().iter().any(|row| row.contains(text))
    }
}

impl Shared {
    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn side(length: u16) -> NonZeroU16 {
    NonZeroU16::new(length).expect("a terminal has rows and columns")
}

fn measures(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        ..PtySize::default()
    }
}

impl Pty {
    /// Starts a command in a terminal of the given size.
    pub(crate) fn start(mut command: CommandBuilder, cols: u16, rows: u16) -> Self {
        let pair = native_pty_system()
            .openpty(measures(cols, rows))
            .expect("a terminal");
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).expect("a program");
        // An open slave of ours would keep the terminal alive after the program's end.
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let shared = Arc::new(Shared {
            shown: Mutex::new(Shown {
                vt: vt100::Parser::new(side(rows), side(cols), 0),
                bytes: Vec::new(),
                is_closed: false,
                hang_up: false,
            }),
            changed: Condvar::new(),
        });
        let behind = Arc::clone(&shared);
        thread::spawn(move || watch(reader, &behind));
        Self {
            child,
            line: Some((pair.master, writer)),
            shared,
        }
    }

    /// Types.
    pub(crate) fn send(&mut self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    /// Sends bytes, which may end inside a character.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let (_, writer) = self.line.as_mut().expect("not hung up");
        writer.write_all(bytes).expect("a terminal");
        writer.flush().expect("a terminal");
    }

    /// Gives the window another size; the kernel sends SIGWINCH.
    pub(crate) fn resize(&mut self, cols: u16, rows: u16) {
        let (master, _) = self.line.as_ref().expect("not hung up");
        let mut shown = self.shared.shown();
        shown.vt.screen_mut().set_size(side(rows), side(cols));
        master.resize(measures(cols, rows)).expect("a terminal");
    }

    /// Sends a signal to the program alone.
    pub(crate) fn signal(&self, signal: Signal) {
        let id = self
            .child
            .process_id()
            .and_then(|id| i32::try_from(id).ok());
        let id = id.and_then(Pid::from_raw).expect("a running program");
        kill_process(id, signal).expect("a running program");
    }

    /// Closes the terminal from its far end.
    ///
    /// The reading thread lets go of it with the next output, so the program gets a
    /// new size and a newline first and must answer to one of them.
    pub(crate) fn hang_up(&mut self) {
        self.shared.shown().hang_up = true;
        if let Some((master, writer)) = self.line.take() {
            let size = master.get_size().expect("a terminal");
            let _ = master.resize(measures(size.cols + 1, size.rows));
            // portable-pty writes a newline and Ctrl+D when a writer is dropped.
            drop(writer);
        }
    }

    /// What is shown now; the program goes on writing once this is dropped.
    pub(crate) fn now(&self) -> MutexGuard<'_, Shown> {
        self.shared.shown()
    }

    /// Waits until a row contains the text.
    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(text, |shown| shown.has(text));
    }

    /// Waits until the terminal shows what `is_so` asks for; `what` names it if it fails.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, is_so: impl Fn(&Shown) -> bool) {
        let end = Instant::now() + PATIENCE;
        let mut shown = self.shared.shown();
        while !is_so(&shown) {
            let left = end.saturating_duration_since(Instant::now());
            let rows = shown.rows().join("\n");
            assert!(
                !left.is_zero() && !shown.is_closed,
                "waited for {what:?}, closed: {}, screen:\n{rows}",
                shown.is_closed
            );
            let waited = self.shared.changed.wait_timeout(shown, left);
            shown = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits for the end; the status, and all bytes written.
    pub(crate) fn end(&mut self) -> (ExitStatus, Vec<u8>) {
        let status = self.child.wait().expect("a child of ours");
        let mut shown = self.shared.shown();
        while !shown.is_closed {
            let waited = self.shared.changed.wait(shown);
            shown = waited.unwrap_or_else(PoisonError::into_inner);
        }
        (status, shown.bytes.clone())
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn watch(mut reader: Box<dyn Read + Send>, shared: &Shared) {
    let mut buffer = [0; 4096];
    loop {
        let count = reader.read(&mut buffer).unwrap_or(0);
        let mut shown = shared.shown();
        shown.vt.process(&buffer[..count]);
        shown.bytes.extend_from_slice(&buffer[..count]);
        shown.is_closed = count == 0 || shown.hang_up;
        shared.changed.notify_all();
        if shown.is_closed {
            return;
        }
    }
}
