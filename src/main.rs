//! The program `gouji`: hands its arguments to the library and exits with its code.

#![expect(
    clippy::disallowed_methods,
    reason = "arguments, environment and streams of the process begin here"
)]

use std::ffi::OsString;
use std::io::{BufWriter, IsTerminal as _};
use std::process::ExitCode;

use gouji::cli::{Io, run};

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let stdout = std::io::stdout();
    let is_terminal = stdout.is_terminal();
    let mut io = Io {
        stdin: &mut std::io::stdin(),
        stdout: &mut BufWriter::new(stdout),
        stderr: &mut std::io::stderr(),
        env: &|name| std::env::var(name).ok(),
        is_terminal,
        trouble: None,
    };
    ExitCode::from(run(&arguments, &mut io))
}
