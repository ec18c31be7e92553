//! The outside as a subcommand sees it.
//!
//! **Never:** lets a text of a file reach an output unfiltered: what comes in
//! here was made safe by `paper` or `base::width::shown`.
//! Next: `main`, which makes the real one; `tests/cli.rs`, which makes others.

use std::io::{ErrorKind, Read, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::base::failure::Failure;
use crate::base::width::shown;
use crate::base::words::{Lang, words};

use super::Exit;

/// Streams and environment of a run.
pub struct Io<'a> {
    /// What is piped in.
    pub stdin: &'a mut dyn Read,
    /// Where results go.
    pub stdout: &'a mut dyn Write,
    /// Where everything else goes.
    pub stderr: &'a mut (dyn Write + Send),
    /// Looks up a variable of the environment.
    pub env: &'a dyn Fn(&str) -> Option<String>,
    /// Results go to a terminal.
    pub is_terminal: bool,
    /// Everything else goes to a terminal: long work may be seen there.
    pub is_watched: bool,
    /// Makes Ctrl+C set the flag that this returns, instead of ending the program.
    pub interrupts: &'a dyn Fn() -> Arc<AtomicBool>,
    /// What kept a result from being written.
    pub trouble: Option<std::io::Error>,
}

impl Io<'_> {
    /// Writes results.
    pub fn print(&mut self, bytes: impl AsRef<[u8]>) {
        if self.trouble.is_none() {
            self.trouble = self.stdout.write_all(bytes.as_ref()).err();
        }
    }

    /// Writes the content of a file: a terminal gets no character that steers it.
    ///
    /// # Errors
    /// Where it is no text and goes to a terminal.
    pub fn print_file(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if !self.is_terminal {
            self.print(bytes);
            return Ok(());
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            let what = words(
                "这个格式不是文字，不写到终端上",
                "this format is no text: it is not written to a terminal",
            );
            return Err(Failure::user(what.into()).hint(words(
                "写出文件名，或用 > 写进文件",
                "name a file, or redirect it into one with >",
            )));
        };
        for line in text.split_inclusive('\n') {
            let (line, end) = line
                .strip_suffix('\n')
                .map_or((line, ""), |line| (line, "\n"));
            self.print(shown(line).as_bytes());
            self.print(end);
        }
        Ok(())
    }

    /// Writes a long text: on a terminal by the pager that its user has, page by page.
    ///
    /// `PAGER` names it, else it is `less`; empty or `cat`, or where there is none, the
    /// text is written as any other.
    pub fn page(&mut self, text: &[u8]) {
        let pager = (self.env)("PAGER").unwrap_or_else(|| "less".to_owned());
        if !self.is_terminal || matches!(pager.trim(), "" | "cat") || !self.paged(&pager, text) {
            self.print(text);
        }
    }

    /// Whether a pager took the text.
    fn paged(&self, pager: &str, text: &[u8]) -> bool {
        // As the shell reads it: a pager may come with options.
        let mut command = Command::new("sh");
        command.args(["-c", pager]).stdin(Stdio::piped());
        for (name, value) in [("LESS", "FX"), ("LESSCHARSET", "utf-8")] {
            if !self.is_set(name) {
                command.env(name, value);
            }
        }
        let Ok(mut child) = command.spawn() else {
            return false;
        };
        if let Some(mut pipe) = child.stdin.take() {
            // A reader that leaves early has read enough.
            let _ = pipe.write_all(text);
        }
        // The shell answers so for a program that is not there or can't be started.
        let missing = |code| matches!(code, 126 | 127);
        child
            .wait()
            .is_ok_and(|status| !status.code().is_some_and(missing))
    }

    /// Shows what was written so far.
    pub fn flush(&mut self) {
        if self.trouble.is_none() {
            self.trouble = self.stdout.flush().err();
        }
    }

    /// Whether writing more results is of no use.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.trouble.is_some()
    }

    /// Writes a line that is no result.
    ///
    /// A closed stream is no reason to stop.
    pub fn tell(&mut self, line: &str) {
        let _ = writeln!(self.stderr, "{}", shown(line));
    }

    /// Tells a failure, one sentence a line.
    pub fn fail(&mut self, failure: &Failure, lang: Lang) -> Exit {
        for line in failure.text(lang).lines() {
            self.tell(line);
        }
        Exit::Failed
    }

    /// Whether a variable of the environment says something.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        (self.env)(name).is_some_and(|value| !value.is_empty())
    }

    /// Whether results may be coloured.
    #[must_use]
    pub fn colour(&self) -> bool {
        let is_dumb = (self.env)("TERM").is_some_and(|term| term == "dumb");
        self.is_terminal && !self.is_set("NO_COLOR") && !is_dumb
    }

    /// Hands everything on, and says how the run ended.
    pub(super) fn close(&mut self, exit: Exit, lang: Lang) -> Exit {
        self.flush();
        let Some(trouble) = self.trouble.take() else {
            return exit;
        };
        if trouble.kind() == ErrorKind::BrokenPipe {
            return exit;
        }
        let what = words(
            "结果写不出去：{why}",
            "the results could not be written: {why}",
        );
        self.fail(
            &Failure::file(what.with(vec![("why", trouble.to_string().into())])),
            lang,
        )
    }
}
