//! A reader of strangers' bytes on a thread of its own: a parser that panics or
//! never ends costs one file, not the program.
//!
//! **Never:** trusts a parser crate to answer.
//! Next: `archive` for what is refused before it is unpacked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::base::failure::Failure;
use crate::base::words::{Words, words};
use crate::model::Draft;

/// Stack of the thread: parsers recurse where documents are deep.
const STACK: usize = 8 << 20;
/// Name of the thread: what panics on it is answered for and needs no report.
pub const READER: &str = "reader";
/// Longest time a file may take.
const LIMIT: Duration = Duration::from_secs(8);

/// What to try with a file that its reader could not finish.
pub(super) const ASK_AGAIN: Words = words(
    "请重新取得这个文件，或用原来的程序打开，另存一份再试",
    "get the file once more, or open it in its own program and save it anew",
);

/// Runs a reader; what it panics at or is too slow for becomes a failure.
///
/// A reader out of time is left alone: its limits end it sooner or later.
pub(super) fn contained(
    read: impl FnOnce() -> Result<Draft, Failure> + Send + 'static,
) -> Result<Draft, Failure> {
    let (answer, result) = channel();
    let thread = thread::Builder::new()
        .name(READER.to_owned())
        .stack_size(STACK)
        .spawn(move || {
            let read = catch_unwind(AssertUnwindSafe(read));
            // Nobody waits any more for a reader out of time.
            let _ = answer.send(read);
        });
    let failed = |what: Words| Err(Failure::file(what.into()).hint(ASK_AGAIN));
    if thread.is_err() {
        return failed(words(
            "系统资源不足，读不了这个文件",
            "the system has no room for reading this file",
        ));
    }
    match result.recv_timeout(LIMIT) {
        Ok(Ok(read)) => read,
        Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => failed(words(
            "文件已损坏，读不下去",
            "the file is damaged and cannot be read",
        )),
        Err(RecvTimeoutError::Timeout) => failed(words(
            "文件太复杂，没有在限定时间内读完",
            "the file is too complex to be read in time",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::words::Lang;
    use crate::form;

    #[test]
    fn a_panic_of_a_parser_is_a_damaged_file() {
        assert!(contained(|| Ok(Draft::new(form::current()))).is_ok());
        let failure = contained(|| {
            let empty: [u8; 0] = [];
            let at = std::hint::black_box(3);
            let _ = std::hint::black_box(empty[at]);
            Ok(Draft::new(form::current()))
        })
        .expect_err("a panic");
        assert!(failure.text(Lang::En).contains("damaged"));
    }
}
