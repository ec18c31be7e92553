//! The terminal on and off: raw mode, alternate screen, marked pastes, focus, mouse,
//! suspend.
//!
//! The state is global because the panic hook must be able to give the terminal back on
//! any thread, without holding anything. `leave` may be called twice, and after the
//! terminal is gone.
//!
//! `enter` writes nothing: the shell queues [`ENTER`], and the first frame goes out in
//! the same write, so that nobody sees a blank screen between them.
//!
//! Never: leaves the terminal changed, or lets a frame out after `leave`.
//! Next: `screen` for what is drawn, `width_probe` for the question asked at the start.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use rustix::stdio::{stdin, stdout};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

/// Alternate screen, blank; plain cursor keys and keypad; pastes and focus marked.
///
/// The Linux console has no alternate screen, so the screen is cleared as well.
pub const ENTER: &str = "\x1b[?1049h\x1b[?1l\x1b>\x1b[?2004h\x1b[?1004h\x1b[m\x1b[H\x1b[2J";

/// Buttons and wheel are reported, in numbers, after [`ENTER`] where the user wants it.
pub const MOUSE: &str = "\x1b[?1000h\x1b[?1006h";

/// They are the terminal's again.
pub const NO_MOUSE: &str = "\x1b[?1006l\x1b[?1000l";

/// Everything back, the cursor visible.
pub const LEAVE: &str = "\x1b[m\x1b[?1004l\x1b[?2004l\x1b[?1049l\x1b[?25h";

/// How long `leave` waits for a terminal that takes no bytes.
const STALLED: Duration = Duration::from_millis(200);

/// What one terminal was before we changed it.
struct Modes {
    /// None while the terminal is not taken.
    before: Mutex<Option<Termios>>,
    /// A frame went out, so that the screen is to be given back.
    is_drawn: AtomicBool,
    /// The mouse was taken, or is about to be.
    has_mouse: AtomicBool,
}

static MODES: Modes = Modes::new();

impl Modes {
    const fn new() -> Self {
        Self {
            before: Mutex::new(None),
            is_drawn: AtomicBool::new(false),
            has_mouse: AtomicBool::new(false),
        }
    }

    fn before(&self) -> MutexGuard<'_, Option<Termios>> {
        self.before.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, input: impl AsFd, output: impl AsFd) -> io::Result<()> {
        let mut before = self.before();
        let cooked = match before.take() {
            Some(cooked) => cooked,
            None => tcgetattr(&input)?,
        };
        let mut raw = cooked.clone();
        raw.make_raw();
        *before = Some(cooked);
        drop(before);
        let entered = tcsetattr(&input, OptionalActions::Now, &raw);
        if entered.is_err() {
            self.leave(input, output);
        }
        Ok(entered?)
    }

    fn is_entered(&self) -> bool {
        self.before().is_some()
    }

    /// Writes a frame, or a piece of one, while the terminal is taken.
    fn write(&self, output: impl AsFd, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_entered() {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.is_drawn.store(true, Ordering::SeqCst);
        write(output, bytes)
    }

    fn leave(&self, input: impl AsFd, output: impl AsFd) {
        // Held to the end: a second caller returns when the terminal is back, not before.
        let mut before = self.before();
        let Some(cooked) = before.take() else { return };
        let is_drawn = self.is_drawn.swap(false, Ordering::SeqCst);
        if is_drawn && is_writable(&output, Some(STALLED)) {
            if self.has_mouse.load(Ordering::SeqCst) {
                let _ = write_all(&output, NO_MOUSE.as_bytes());
            }
            let _ = write_all(&output, LEAVE.as_bytes());
        }
        let _ = tcsetattr(&input, OptionalActions::Now, &cooked);
    }
}

/// Takes the terminal, or takes it again after the shell had it (SIGCONT).
///
/// [`ENTER`] is to be written with the next frame. `leave` restores what the terminal
/// was before it was taken.
///
/// # Errors
/// Standard input is no terminal, or it is gone.
pub fn enter() -> io::Result<()> {
    MODES.enter(stdin(), stdout())
}

/// What is to be written once the terminal is taken.
#[must_use]
pub fn entering() -> String {
    let has_mouse = MODES.has_mouse.load(Ordering::SeqCst);
    let mouse = if has_mouse { MOUSE } else { "" };
    format!("{ENTER}{mouse}")
}

/// Takes the mouse, or gives it back, until told otherwise: what is to be written for it.
///
/// [`leave`] gives it back as well, and [`entering`] takes it again.
#[must_use]
pub fn mouse(is_on: bool) -> &'static str {
    match (MODES.has_mouse.swap(is_on, Ordering::SeqCst), is_on) {
        (false, true) => MOUSE,
        (true, false) => NO_MOUSE,
        _ => "",
    }
}

/// Gives the terminal back; does nothing if it is not taken.
///
/// Invariant: the terminal is restored before anything is printed.
pub fn leave() {
    MODES.leave(stdin(), stdout());
}

/// Whether the terminal is taken.
#[must_use]
pub fn is_entered() -> bool {
    MODES.is_entered()
}

/// Whether a shell runs behind us that can resume a stopped program.
///
/// A session leader (`ssh host gouji`, `xterm -e gouji`) would sleep for ever.
#[must_use]
pub fn can_suspend() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Gives the terminal back and stops, with all programs of the same job.
///
/// After SIGCONT call `enter` and draw everything anew; draw nothing before.
///
/// # Errors
/// The system refuses the signal; the terminal is given back all the same.
pub fn suspend() -> io::Result<()> {
    leave();
    // The whole group: a shell sees a job stopped only when its first process is, and
    // that may be a script or `cargo run`.
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Measures the terminal; 80 x 24 where it does not know its size.
#[must_use]
pub fn size() -> Size {
    let window = tcgetwinsize(stdout()).or_else(|_| tcgetwinsize(stdin()));
    match window {
        Ok(window) if window.ws_col > 0 && window.ws_row > 0 => {
            Size::new(window.ws_col, window.ws_row)
        }
        _ => Size::new(80, 24),
    }
}

/// Standard output for frames: unbuffered, and shut as soon as the terminal is left.
#[derive(Debug, Default)]
pub struct Output;

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        MODES.write(stdout(), bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One write; waits where another program made the terminal non-blocking.
fn write(output: impl AsFd, bytes: &[u8]) -> io::Result<usize> {
    loop {
        match rustix::io::write(&output, bytes) {
            Err(Errno::AGAIN) => _ = is_writable(&output, None),
            Err(Errno::INTR) => {}
            written => return Ok(written?),
        }
    }
}

fn write_all(output: impl AsFd, bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let written = write(&output, rest)?;
        rest = &rest[written..];
    }
    Ok(())
}

fn is_writable(output: impl AsFd, limit: Option<Duration>) -> bool {
    let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
    let mut polled = [PollFd::new(&output, PollFlags::OUT)];
    poll(&mut polled, limit.as_ref()).is_ok_and(|ready| ready > 0)
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::os::fd::OwnedFd;

    use portable_pty::{MasterPty, PtySize, native_pty_system};
    use rustix::fs::{Mode, OFlags};
    use rustix::termios::LocalModes;

    use super::*;

    fn terminal() -> (Box<dyn MasterPty + Send>, OwnedFd) {
        let pair = native_pty_system()
            .openpty(PtySize::default())
            .expect("a terminal");
        let name = pair.master.tty_name().expect("it has a name");
        let flags = OFlags::RDWR | OFlags::NOCTTY;
        let slave = rustix::fs::open(name, flags, Mode::empty()).expect("it opens");
        (pair.master, slave)
    }

    fn is_raw(terminal: &OwnedFd) -> bool {
        let now = tcgetattr(terminal).expect("a terminal");
        !now.local_modes
            .intersects(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    fn seen(master: &dyn MasterPty, text: &str) {
        let mut bytes = vec![0; text.len()];
        let mut reader = master.try_clone_reader().expect("a reader");
        reader.read_exact(&mut bytes).expect("bytes");
        assert_eq!(String::from_utf8_lossy(&bytes), text);
    }

    #[test]
    fn the_terminal_is_given_back_as_it_was_once() {
        let (master, slave) = terminal();
        let modes = Modes::new();
        let before = format!("{:?}", tcgetattr(&slave).expect("a terminal"));
        modes.leave(&slave, &slave);
        modes.enter(&slave, &slave).expect("a terminal");
        modes.write(&slave, b"one").expect("a terminal");
        modes.write(&slave, b"two").expect("a terminal");
        seen(&*master, "onetwo");
        assert!(is_raw(&slave));
        // As after SIGCONT: the shell made it cooked behind our back.
        let mut cooked = tcgetattr(&slave).expect("a terminal");
        cooked.local_modes |= LocalModes::ICANON | LocalModes::ECHO;
        tcsetattr(&slave, OptionalActions::Now, &cooked).expect("a terminal");
        modes.enter(&slave, &slave).expect("a terminal");
        modes.write(&slave, b"three").expect("a terminal");
        seen(&*master, "three");
        assert!(is_raw(&slave));
        modes.leave(&slave, &slave);
        modes.leave(&slave, &slave);
        write_all(&slave, b"end").expect("a terminal");
        seen(&*master, &format!("{LEAVE}end"));
        let after = format!("{:?}", tcgetattr(&slave).expect("a terminal"));
        assert_eq!(before, after);
    }

    #[test]
    fn the_mouse_is_given_back_with_the_terminal() {
        let (master, slave) = terminal();
        let modes = Modes::new();
        modes.has_mouse.store(true, Ordering::SeqCst);
        modes.enter(&slave, &slave).expect("a terminal");
        modes.write(&slave, b"frame").expect("a terminal");
        modes.leave(&slave, &slave);
        seen(&*master, &format!("frame{NO_MOUSE}{LEAVE}"));
    }

    #[test]
    fn a_screen_that_was_never_taken_is_not_given_back() {
        let (master, slave) = terminal();
        let modes = Modes::new();
        modes.enter(&slave, &slave).expect("a terminal");
        modes.leave(&slave, &slave);
        assert!(!is_raw(&slave));
        assert!(modes.write(&slave, b"late").is_err());
        write_all(&slave, b"end").expect("a terminal");
        seen(&*master, "end");
    }

    #[test]
    fn a_terminal_that_is_gone_is_left_without_a_word() {
        let (master, slave) = terminal();
        let modes = Modes::new();
        modes.enter(&slave, &slave).expect("a terminal");
        drop(master);
        modes.leave(&slave, &slave);
        assert!(modes.enter(&slave, &slave).is_err());
        assert!(!modes.is_entered());
    }

    #[test]
    fn what_is_no_terminal_is_refused() {
        let (reader, _writer) = io::pipe().expect("a pipe");
        assert!(Modes::new().enter(&reader, &reader).is_err());
    }

    #[test]
    fn no_frame_gets_out_unless_entered() {
        assert!(Output.write(b"x").is_err());
    }
}
