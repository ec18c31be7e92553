//! A line on a terminal that says how far long work has come.
//!
//! It is rewritten in place, only where standard error is a terminal, and only
//! once the work has lasted a while; it is gone before anything else is printed.
//!
//! **Never:** writes a byte unless a terminal shows it; writes a newline.
//! Next: `check` and `edit`, whose work is long.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fs::metadata;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::base::path::shown_path;
use crate::base::width::{Ruler, shown};
use crate::base::words::{Lang, Message, words};
use crate::store::parallel::{TICK, Turn, in_order};
use crate::store::walk::Input;

use super::Io;

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(300);
/// Bytes of a file that is read before a user could wait for it.
const SMALL: u64 = 64 * 1024;
/// Columns that fit on every terminal.
const COLUMNS: usize = 76;

/// The line, and what it says on the screen.
pub(super) struct Progress {
    since: Instant,
    said: String,
}

impl Progress {
    /// Work begins.
    pub(super) fn begin() -> Self {
        Progress {
            since: Instant::now(),
            said: String::new(),
        }
    }

    /// Says how far it has come.
    pub(super) fn say(&mut self, io: &mut Io, lang: Lang, how_far: impl FnOnce() -> Message) {
        if io.is_watched {
            self.write(io.stderr, lang, how_far);
        }
    }

    fn write(&mut self, stderr: &mut dyn Write, lang: Lang, how_far: impl FnOnce() -> Message) {
        if self.since.elapsed() < PATIENCE {
            return;
        }
        let text = how_far().text(lang);
        let text = Ruler::default().cut(&shown(&text), COLUMNS).to_owned();
        if text != self.said {
            let _ = write!(stderr, "\r{text}\x1b[K");
            let _ = stderr.flush();
            self.said = text;
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&mut self, stderr: &mut dyn Write) {
        if !self.said.is_empty() {
            let _ = write!(stderr, "\r\x1b[K");
            let _ = stderr.flush();
            self.said.clear();
        }
    }
}

/// Does work on a file while the seconds it takes are shown.
///
/// A small file has no thread: it costs a tenth of the time until the first frame, and
/// nobody could read a word about it.
pub(super) fn meanwhile<R>(io: &mut Io, lang: Lang, path: &Path, work: impl FnOnce() -> R) -> R {
    let is_small = metadata(path).is_ok_and(|file| file.is_file() && file.len() <= SMALL);
    if !io.is_watched || is_small {
        return work();
    }
    let name = &shown_path(path);
    let stderr = &mut *io.stderr;
    thread::scope(|scope| {
        let (ended, end) = channel::<()>();
        scope.spawn(move || {
            let mut progress = Progress::begin();
            while end.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                let seconds = progress.since.elapsed().as_secs();
                progress.write(stderr, lang, || {
                    words(
                        "正在读取（{n} 秒，Ctrl+C 停止）：{file}",
                        "reading ({n} s, Ctrl+C stops): {file}",
                    )
                    .with(vec![
                        ("n", i64::try_from(seconds).unwrap_or(0).into()),
                        ("file", name.as_str().into()),
                    ])
                });
            }
            progress.clear(stderr);
        });
        let done = work();
        drop(ended);
        done
    })
}

/// Works through inputs side by side and takes their results in order,
/// until `take` returns false or Ctrl+C stops the run.
///
/// Shows on a terminal how far it has come, once that takes a while. Returns Some(n) if
/// it was stopped after n inputs, and says so.
pub(super) fn through<R: Send + 'static>(
    inputs: impl Iterator<Item = Input>,
    work: impl Fn(Input) -> R + Send + Sync + 'static,
    io: &mut Io,
    lang: Lang,
    mut take: impl FnMut(R, &mut Io) -> bool,
) -> Option<usize> {
    let names = RefCell::new(VecDeque::new());
    let inputs = inputs.inspect(|input| names.borrow_mut().push_back(input.name()));
    let stop = (io.interrupts)();
    let mut progress = Progress::begin();
    let mut count = 0;
    in_order(inputs, work, |turn| {
        let goes_on = match turn {
            Turn::Waiting => {
                progress.say(io, lang, || waiting(count, &names.borrow()));
                true
            }
            Turn::Done(done) => {
                progress.clear(io.stderr);
                names.borrow_mut().pop_front();
                count += 1;
                take(done, io)
            }
        };
        goes_on && !io.is_closed() && !stop.load(Ordering::Relaxed)
    });
    progress.clear(io.stderr);
    if !stop.load(Ordering::Relaxed) {
        return None;
    }
    let what = words(
        "停止了（Ctrl+C）：看了 {n} 份，其余没有看",
        "stopped (Ctrl+C): {n} looked at, the others not",
    );
    io.tell(&what.with(vec![("n", count.into())]).text(lang));
    Some(count)
}

/// How far a run has come: files done, files met, the one that is waited for.
fn waiting(done: usize, names: &VecDeque<String>) -> Message {
    words(
        "看了 {n}/{all} 份（Ctrl+C 停止），正在读 {file}",
        "{n} of {all} done (Ctrl+C stops), reading {file}",
    )
    .with(vec![
        ("n", done.into()),
        ("all", (done + names.len()).into()),
        ("file", names.front().map_or("", String::as_str).into()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::words::Words;

    #[test]
    fn the_line_is_written_only_where_somebody_watches_and_then_taken_away() {
        for (is_watched, expected) in [(true, "\r3 of 9\x1b[K\r\x1b[K"), (false, "")] {
            let mut err = Vec::new();
            let mut io = Io {
                stdin: &mut std::io::empty(),
                stdout: &mut std::io::sink(),
                stderr: &mut err,
                env: &|_| None,
                is_terminal: true,
                is_watched,
                interrupts: &std::sync::Arc::default,
                trouble: None,
            };
            let mut progress = Progress::begin();
            progress.since = progress.since.checked_sub(PATIENCE).expect("a time before");
            for _ in 0..2 {
                progress.say(&mut io, Lang::En, || Words::same("3 of 9").into());
            }
            progress.clear(io.stderr);
            progress.clear(io.stderr);
            assert_eq!(meanwhile(&mut io, Lang::En, Path::new("x"), || 7), 7);
            assert_eq!(String::from_utf8_lossy(&err), expected);
        }
    }
}
