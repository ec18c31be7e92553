//! Suspects: the time of one table, judged alone and searched for readings.
//!
//! Goals: judged at most 1 us, searched at most 100 us in 99 of 100 tables.
//! Next: `tests/suspect_accuracy.rs` for the same cases and how often we are right.

use divan::{Bencher, black_box};
use gouji::check::suspect::find;

use support::slips::{Case, ERRORS, FAMILIES, Kind, Rng, case};

#[path = "../tests/support"]
mod support {
    #![allow(dead_code, reason = "each bench uses a part")]
    #![allow(clippy::unwrap_used, reason = "a bench that cannot go on stops")]
    pub(crate) mod slips;
}

fn main() {
    divan::main();
}

#[divan::bench]
fn judge_one_table(bencher: Bencher<'_, '_>) {
    let mut cases = Round::of(Kind::D2);
    bencher.bench_local(|| black_box(cases.next_case()).system.broken());
}

#[divan::bench(args = ERRORS)]
fn find_readings(bencher: Bencher<'_, '_>, kind: Kind) {
    let mut cases = Round::of(kind);
    bencher.bench_local(|| {
        let case = black_box(cases.next_case());
        find(&case.system, &case.evidence)
    });
}

#[divan::bench(args = [Kind::Clean, Kind::Blank])]
fn find_nothing(bencher: Bencher<'_, '_>, kind: Kind) {
    let mut cases = Round::of(kind);
    bencher.bench_local(|| {
        let case = black_box(cases.next_case());
        find(&case.system, &case.evidence)
    });
}

/// Cases handed out one after the other, for ever.
struct Round {
    cases: Vec<Case>,
    at: usize,
}

impl Round {
    /// Cases of one kind, a third of each family.
    fn of(kind: Kind) -> Self {
        let mut rng = Rng::new(7);
        Self {
            cases: (0..300)
                .map(|at| case(&mut rng, kind, FAMILIES[at % 3]))
                .collect(),
            at: 0,
        }
    }

    fn next_case(&mut self) -> &Case {
        self.at = (self.at + 1) % self.cases.len();
        &self.cases[self.at]
    }
}
