//! Whole runs of the program in a home of their own.

#![allow(dead_code, reason = "every target uses its own part")]

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use gouji::cli::Exit;
use tempfile::TempDir;

/// A folder that is home, working folder and state of every run in it.
pub(crate) struct Home(pub(crate) TempDir);

/// What a run answered.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// It ended so, and printed so many lines as results.
    pub(crate) fn expect(self, exit: Exit, lines: usize) -> Self {
        assert_eq!(self.code, i32::from(exit.code()), "{self:?}");
        assert_eq!(self.out.lines().count(), lines, "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        self
    }

    /// It ended so.
    pub(crate) fn expect_code(self, exit: Exit) -> Self {
        assert_eq!(self.code, i32::from(exit.code()), "{self:?}");
        self
    }

    /// It said this aside.
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.err.contains(text), "{text:?} is not in {self:?}");
        self
    }

    /// It said nothing aside.
    pub(crate) fn quietly(self) -> Self {
        assert_eq!(self.err, "");
        self
    }
}

pub(crate) fn home() -> Home {
    Home(tempfile::tempdir().expect("a folder for a test"))
}

impl Home {
    pub(crate) fn path(&self, name: impl AsRef<OsStr>) -> PathBuf {
        self.0.path().join(name.as_ref())
    }

    pub(crate) fn put(&self, name: impl AsRef<OsStr>, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file in the home")).expect("made");
        fs::write(path, content).expect("written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a text")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
        command
            .env_clear()
            .env("HOME", self.0.path())
            .current_dir(self.0.path());
        command.args(arguments).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        run_of(&mut self.command(arguments))
    }

    pub(crate) fn pipe(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        // It may stop reading early; then the rest is of no interest.
        let _ = child.stdin.take().expect("piped").write_all(input);
        answer(&child.wait_with_output().expect("the program ends"))
    }
}

pub(crate) fn run_of(command: &mut Command) -> Ran {
    answer(&command.output().expect("the program runs"))
}

pub(crate) fn answer(output: &std::process::Output) -> Ran {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    Ran {
        code: output.status.code().expect("an exit code"),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}
