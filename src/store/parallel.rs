//! Many inputs side by side, their results in the order of the inputs.
//!
//! Only a bounded number of results ever waits, so memory stays flat.
//!
//! **Never:** lets one input stop the others; prints.
//! Next: `walk` for the inputs, `import` for reading one.

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, sync_channel};
use std::thread;
use std::time::Duration;

use crate::base::failure::{Blame, Failure};
use crate::base::words::words;

/// How often a caller hears that the next result is not there yet.
pub const TICK: Duration = Duration::from_millis(100);
/// How long results may pile up while many items are in work: much less than a thread
/// takes to run out of items.
const PAUSE: Duration = Duration::from_millis(1);
/// Results that may wait on each reading thread.
const WAITING: usize = 64;

/// Works on one input; a panic on it is a failure of that input alone.
///
/// # Errors
/// A [`Failure`] of the program if the work panicked.
pub fn guarded<R>(name: &str, work: impl FnOnce() -> R) -> Result<R, Failure> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let what = words(
            "{file}：程序在读这份文件时出错了",
            "{file}: the program failed on this file",
        );
        Failure {
            blame: Blame::Bug,
            ..Failure::file(what.with(vec![("file", name.into())]))
        }
    })
}

/// What a caller gets while the work goes on.
#[derive(Debug)]
pub enum Turn<R> {
    /// The next result in the items' order.
    Done(R),
    /// The next result is not there yet.
    Waiting,
}

/// Works on items side by side and takes the results in the items' order.
///
/// Every thread has a queue of its own, and item n goes to queue n modulo their number,
/// so that it is known which queue gives the next result. A queue holds at most
/// [`WAITING`] items, so that nothing blocks and nothing grows. The work stops early if
/// `take` returns false: results that are there are still taken, and threads at work are
/// abandoned.
pub fn in_order<T: Send + 'static, R: Send + 'static>(
    items: impl Iterator<Item = T>,
    work: impl Fn(T) -> R + Send + Sync + 'static,
    mut take: impl FnMut(Turn<R>) -> bool,
) {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let work = Arc::new(work);
    let (queues, results): (Vec<_>, Vec<_>) = (0..threads)
        .map(|_| {
            let (queue, items) = sync_channel(WAITING);
            let (done, results) = sync_channel(WAITING);
            let work = Arc::clone(&work);
            thread::spawn(move || items.into_iter().all(|item| done.send(work(item)).is_ok()));
            (queue, results)
        })
        .unzip();
    let (mut sent, mut taken) = (0, 0);
    let mut next = |sent: usize, taken: &mut usize| loop {
        match wait(&results[*taken % threads], sent - *taken) {
            Ok(result) => {
                *taken += 1;
                return take(Turn::Done(result));
            }
            Err(RecvTimeoutError::Timeout) if take(Turn::Waiting) => {}
            // The thread is gone, and gives no more results.
            Err(_) => return false,
        }
    };
    let mut goes_on = true;
    for item in items {
        goes_on = sent - taken < WAITING * threads || next(sent, &mut taken);
        if !goes_on || queues[sent % threads].send(item).is_err() {
            break;
        }
        sent += 1;
    }
    drop(queues);
    while goes_on && taken < sent {
        goes_on = next(sent, &mut taken);
    }
    if !goes_on {
        for at in taken..sent {
            if let Ok(result) = results[at % threads].try_recv() {
                take(Turn::Done(result));
            }
        }
    }
}

/// Waits for the next result of a queue, with so many items in work on all of them.
///
/// While there is enough to do the wait is a sleep: waking up for every single result
/// costs more than reading a small file.
fn wait<R>(queue: &Receiver<R>, under_way: usize) -> Result<R, RecvTimeoutError> {
    if under_way < WAITING {
        return queue.recv_timeout(TICK);
    }
    for _ in 0..TICK.as_millis() / PAUSE.as_millis() {
        match queue.try_recv() {
            Ok(result) => return Ok(result),
            Err(TryRecvError::Disconnected) => return Err(RecvTimeoutError::Disconnected),
            Err(TryRecvError::Empty) => thread::sleep(PAUSE),
        }
    }
    Err(RecvTimeoutError::Timeout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_a_false_answer_stops_the_work() {
        let mut seen = Vec::new();
        in_order(
            0..1000,
            |n: u64| n * n,
            |turn| {
                if let Turn::Done(square) = turn {
                    seen.push(square);
                }
                true
            },
        );
        assert_eq!(seen, (0..1000).map(|n| n * n).collect::<Vec<_>>());
        let mut count = 0;
        in_order(
            0..1_000_000,
            |n: u64| n,
            |turn| {
                count += usize::from(matches!(turn, Turn::Done(_)));
                count < 10
            },
        );
        let most = 10 + 2 * WAITING * thread::available_parallelism().map_or(1, NonZero::get);
        assert!((10..=most).contains(&count), "{count}");
    }
}
