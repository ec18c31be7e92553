//! The program `gouji`: hands its arguments to the library and exits with its code.

#![expect(
    clippy::disallowed_methods,
    reason = "arguments, environment and streams of the process begin here"
)]

use std::ffi::OsString;
use std::io::{BufWriter, IsTerminal as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use gouji::cli::{Io, run};
use gouji::format::READER;
use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// Bytes of results that are written at once.
const WRITTEN: usize = 64 << 10;

fn main() -> ExitCode {
    quiet_readers();
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let stdout = std::io::stdout();
    let is_terminal = stdout.is_terminal();
    let mut io = Io {
        stdin: &mut std::io::stdin(),
        stdout: &mut BufWriter::with_capacity(WRITTEN, stdout),
        stderr: &mut std::io::stderr(),
        env: &|name| std::env::var(name).ok(),
        is_terminal,
        is_watched: std::io::stderr().is_terminal(),
        interrupts: &interrupts,
        trouble: None,
    };
    ExitCode::from(run(&arguments, &mut io))
}

/// A parser that panics costs its file: what is said about that is enough.
fn quiet_readers() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(READER) {
            before(info);
        }
    }));
}

/// The first Ctrl+C sets the answer, a second one ends the program as usual.
fn interrupts() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    // Where neither can be had, Ctrl+C ends the program as it did before.
    let _ = flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(&flag));
    let _ = flag::register(SIGINT, Arc::clone(&flag));
    flag
}
