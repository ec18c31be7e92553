//! A reader of strangers' bytes on a thread of its own: a parser that panics or
//! never ends costs one file, not the program.
//!
//! **Never:** trusts a parser crate to answer.
//! Next: `archive` for what is refused before it is unpacked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::base::failure::Failure;
use crate::base::words::{Words, words};

/// Stack of the thread: parsers recurse where documents are deep.
const STACK: usize = 8 << 20;
/// Name of the thread: what panics on it is answered for and needs no report.
pub const READER: &str = "reader";
/// Longest time a file may take.
const LIMIT: Duration = Duration::from_secs(8);

/// What to try with a file that its reader could not finish.
pub(super) const ASK_AGAIN: Words = words(
    "请重新取得这个文件，或用原来的程序打开，另存一份再试",
    "get the file again, or open it in its own program and save it again",
);

/// Most readers out of time that still run: each keeps a core and its memory.
const MOST_LEFT: usize = 4;
static LEFT: AtomicUsize = AtomicUsize::new(0);

/// Runs a reader; what it panics at or is too slow for becomes a failure.
///
/// A reader out of time is left alone: its limits end it sooner or later. While too
/// many of them run, no other begins.
pub(super) fn contained<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    within(LIMIT, &LEFT, read)
}

fn too_many_left() -> Failure {
    Failure::file(
        words(
            "前面有几个文件一直没有读完，还在占用系统，这个文件没有读",
            "earlier files are still being read and don't come to an end: this one was not read",
        )
        .into(),
    )
    .hint(words(
        "退出后重新运行，先不读那些没有读完的文件",
        "leave, and run it again without the files that could not be read",
    ))
}

/// Runs a reader for so long; `left` counts those that were left alone and still run.
fn within<T: Send + 'static>(
    limit: Duration,
    left: &'static AtomicUsize,
    read: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let failed = |what: Words| Err(Failure::file(what.into()).hint(ASK_AGAIN));
    if left.load(Ordering::SeqCst) >= MOST_LEFT {
        return Err(too_many_left());
    }
    // Whoever comes second, the reader or the one who waits, knows of the other.
    let one_is_done = Arc::new(AtomicBool::new(false));
    let is_second = {
        let one_is_done = Arc::clone(&one_is_done);
        move || one_is_done.swap(true, Ordering::SeqCst)
    };
    let (answer, result) = channel();
    let thread = thread::Builder::new()
        .name(READER.to_owned())
        .stack_size(STACK)
        .spawn(move || {
            let read = catch_unwind(AssertUnwindSafe(read));
            // Nobody waits any more for a reader out of time.
            let _ = answer.send(read);
            if is_second() {
                left.fetch_sub(1, Ordering::SeqCst);
            }
        });
    if thread.is_err() {
        return failed(words(
            "系统资源不足，读不了这个文件",
            "the system has no room for reading this file",
        ));
    }
    match result.recv_timeout(limit) {
        Ok(Ok(read)) => read,
        Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => failed(words(
            "文件已损坏，读不下去",
            "the file is damaged and cannot be read",
        )),
        Err(RecvTimeoutError::Timeout) => {
            left.fetch_add(1, Ordering::SeqCst);
            if one_is_done.swap(true, Ordering::SeqCst) {
                left.fetch_sub(1, Ordering::SeqCst);
            }
            failed(words(
                "文件太复杂，没有在限定时间内读完",
                "the file is too complex to be read in time",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::words::Lang;
    use crate::form;
    use crate::model::Draft;

    #[test]
    fn readers_that_were_left_alone_are_counted_and_past_four_a_file_is_refused() {
        static LEFT: AtomicUsize = AtomicUsize::new(0);
        let (end, waits) = std::sync::mpsc::channel::<()>();
        let waits = Arc::new(std::sync::Mutex::new(waits));
        let read = |waits: Arc<std::sync::Mutex<std::sync::mpsc::Receiver<()>>>| {
            within(Duration::from_millis(1), &LEFT, move || {
                // It ends once the other end of the channel is gone.
                let _ = waits.lock().map(|waits| waits.recv());
                Ok(Draft::new(form::current()))
            })
        };
        for _ in 0..MOST_LEFT {
            let failure = read(Arc::clone(&waits)).expect_err("it does not end");
            assert!(failure.text(Lang::En).contains("in time"));
        }
        let failure = read(Arc::clone(&waits)).expect_err("too many run");
        assert!(failure.text(Lang::En).contains("was not read"));
        drop(end);
        while LEFT.load(Ordering::SeqCst) > 0 {
            thread::yield_now();
        }
        let again = within(LIMIT, &LEFT, || Ok(Draft::new(form::current())));
        assert!(again.is_ok());
    }

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
