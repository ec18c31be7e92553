//! Many inputs side by side, their results in the order of the inputs.
//!
//! Only a bounded number of results ever waits, so memory stays flat.
//!
//! **Never:** lets one input stop the others.
//! Next: `check` and `convert`, which work through files with it.

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::sync_channel;
use std::thread;

use crate::base::failure::{Blame, Failure};
use crate::base::words::words;

/// Results that may wait on each reading thread.
const WAITING: usize = 64;

/// Works on one input; a panic on it is a failure of that input alone.
pub(super) fn guarded<R>(name: &str, work: impl FnOnce() -> R) -> Result<R, Failure> {
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

/// Works on items side by side and takes the results in the items' order.
///
/// Every thread has its own lane, and item n runs on lane n modulo their
/// number: the oldest result is always the next of a known lane. No more than
/// [`WAITING`] items are on a lane, so nothing blocks and nothing grows.
/// Stops early when `take` answers false.
pub(super) fn in_order<T: Send, R: Send>(
    items: impl Iterator<Item = T>,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> bool,
) {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let (lanes, results): (Vec<_>, Vec<_>) = (0..threads)
            .map(|_| {
                let (lane, items) = sync_channel(WAITING);
                let (done, results) = sync_channel(WAITING);
                let work = &work;
                scope.spawn(move || items.into_iter().all(|item| done.send(work(item)).is_ok()));
                (lane, results)
            })
            .unzip();
        let (mut sent, mut taken) = (0, 0);
        let mut next = |taken: &mut usize| {
            let result = results[*taken % threads].recv();
            *taken += 1;
            take(result.expect("a lane answers every item"))
        };
        for item in items {
            if sent - taken == WAITING * threads && !next(&mut taken) {
                return;
            }
            lanes[sent % threads]
                .send(item)
                .expect("a lane lives as long as this scope");
            sent += 1;
        }
        drop(lanes);
        while taken < sent && next(&mut taken) {}
    });
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
            |square| {
                seen.push(square);
                true
            },
        );
        assert_eq!(seen, (0..1000).map(|n| n * n).collect::<Vec<_>>());
        let mut count = 0;
        in_order(
            0..1_000_000,
            |n: u64| n,
            |_| {
                count += 1;
                count < 10
            },
        );
        assert_eq!(count, 10);
    }
}
