//! How often the first reading of a slip is the true one, and how long it takes.
//!
//! `TRIALS`, `SEEDS` and `KIND` narrow the figures: `KIND=S1 cargo bench --bench
//! accuracy`. Floors are held by `tests/suspect_accuracy.rs`.

#![expect(clippy::print_stdout, reason = "figures are for the reader")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

use std::time::{Duration, Instant};

use support::slips::{ERRORS, FAMILIES, HELD_OUT, Rng, case, place, places, within};

#[path = "../tests/support"]
mod support {
    #![allow(dead_code, reason = "each bench uses a part")]
    #![allow(clippy::unwrap_used, reason = "a bench that cannot go on stops")]
    pub(crate) mod slips;
}

/// A share in per cent.
fn share(part: usize, of: usize) -> f64 {
    let float = |count: usize| f64::from(u32::try_from(count).unwrap());
    100.0 * float(part) / float(of)
}

#[expect(
    clippy::disallowed_methods,
    reason = "measures time, takes its size from outside"
)]
fn main() {
    let number =
        |name: &str, usual| std::env::var(name).map_or(usual, |text| text.parse().unwrap());
    let (trials, seeds) = (number("TRIALS", 10_000), number("SEEDS", 3));
    let wanted = std::env::var("KIND").unwrap_or_default();
    let mut times: Vec<Duration> = Vec::new();
    println!("kind, family: first / in three for each seed; time");
    for kind in ERRORS
        .into_iter()
        .filter(|kind| format!("{kind:?}").starts_with(&wanted))
    {
        for family in FAMILIES {
            print!("{:10} {:9}", format!("{kind:?}"), format!("{family:?}"));
            let mut own = Vec::new();
            for seed in 1..=seeds {
                let mut rng = Rng::new(u64::try_from(seed).unwrap());
                let (mut first, mut third) = (0, 0);
                for _ in 0..trials {
                    let case = case(&mut rng, kind, family);
                    let start = Instant::now();
                    let place = place(&case);
                    own.push(start.elapsed());
                    first += usize::from(place == Some(0));
                    third += usize::from(place.is_some_and(|place| place < 3));
                }
                print!(
                    "  {:5.1} /{:5.1}",
                    share(first, trials),
                    share(third, trials)
                );
            }
            own.sort();
            println!(
                "  p50 {:?} p99 {:?}",
                own[own.len() / 2],
                own[own.len() * 99 / 100]
            );
            times.extend(own);
        }
    }
    times.sort();
    println!(
        "all: p50 {:?} p99 {:?}",
        times[times.len() / 2],
        times[times.len() * 99 / 100]
    );
    for seed in 1..=10 {
        let places = places(seed * 1000, &HELD_OUT);
        println!(
            "mix of {}, seed {seed}: first {}, in three {}",
            places.len(),
            within(&places, 1),
            within(&places, 3)
        );
    }
}
