//! Suspects on made-up slips: floors on every run, figures on request.
//!
//! Figures: `cargo test --release --test suspect -- --ignored --nocapture`.
//! Next: `support/slips.rs` for how tables and slips are drawn.

use std::time::{Duration, Instant};

use gouji::check::suspect::{Cell, find};


#[test]
#[ignore]
fn dbg_() {
    let only = std::env::var("KIND").unwrap();
    let kind = ERRORS.into_iter().chain([Kind::Blank]).find(|k| format!("{k:?}") == only).unwrap();
    let mut rng = Rng::new(9);
    let mut shown = 0;
    while shown < 12 {
        let case = case(&mut rng, kind, FAMILIES[std::env::var("FAM").unwrap().parse::<usize>().unwrap()]);
        let f = find(&case.system, &case.evidence);
        if kind == Kind::Blank {
            let fills: Vec<_> = f.fills.iter().map(|fill| (fill.cell, fill.to)).collect();
            if fills == case.truth && f.findings.is_empty() { continue; }
        } else if place(&case) == Some(0) { continue; }
        shown += 1;
        let rows = case.system.layout().rows().len();
        for r in 0..rows {
            for c in 0..case.system.layout().cols().len() {
                match case.system.value((r,c)).unwrap() { gouji::check::suspect::Value::Count(v) => print!("{v:6}"), _ => print!("     .") }
            }
            println!();
        }
        println!("truth {:?} place {:?}", case.truth, place(&case));
        println!("fills {:?}", f.fills.len());
        for f in &f.findings { println!("{:?}", f.broken); for r in f.readings.iter().take(4) { println!("  {:.2} {:?} {:?} {:?}", r.bits, r.slip, r.edits.iter().map(|e| (e.cell, e.from, e.to)).collect::<Vec<_>>(), r.events.iter().map(|e| e.mistake).collect::<Vec<_>>()); } }
    }
}

use support::slips::{Case, ERRORS, FAMILIES, HELD_OUT, Kind, Rng, case};

mod support {
    pub mod slips;
}

/// The place of the true repair in the list, from 0.
fn place(case: &Case) -> Option<usize> {
    let findings = find(&case.system, &case.evidence);
    let [finding] = &findings.findings[..] else { return None };
    finding.readings.iter().position(|reading| {
        let edits: Vec<(Cell, i64)> = reading.edits.iter().map(|edit| (edit.cell, edit.to)).collect();
        edits == case.truth
    })
}

#[test]
#[ignore = "figures, not a check"]
#[expect(clippy::print_stdout, reason = "figures are for the reader")]
fn figures() {
    let trials = std::env::var("TRIALS").map_or(10_000, |text| text.parse().unwrap());
    let seeds: u64 = std::env::var("SEEDS").map_or(3, |text| text.parse().unwrap());
    let mut times: Vec<Duration> = Vec::new();
    println!("{:10} {:9} first/third for each seed, slowest", "kind", "family");
    let only = std::env::var("KIND").unwrap_or_default();
    for kind in ERRORS {
        if !format!("{kind:?}").starts_with(&only) {
            continue;
        }
        for family in FAMILIES {
            print!("{:10} {:9}", format!("{kind:?}"), format!("{family:?}"));
            let mut own = Vec::new();
            for seed in 1..=seeds {
                let mut rng = Rng::new(seed);
                let (mut first, mut third) = (0, 0);
                for _ in 0..trials {
                    let case = case(&mut rng, kind, family);
                    let start = Instant::now();
                    let place = place(&case);
                    own.push(start.elapsed());
                    first += usize::from(place == Some(0));
                    third += usize::from(place.is_some_and(|place| place < 3));
                }
                let rate = |count: usize| format!("{:5.1}", 100.0 * f64::from(u32::try_from(count).unwrap()) / f64::from(u32::try_from(trials).unwrap()));
                print!("  {} /{}", rate(first), rate(third));
            }
            own.sort();
            println!("  p50 {:?} p99 {:?} max {:?}", own[own.len() / 2], own[own.len() * 99 / 100], own[own.len() - 1]);
            times.extend(own);
        }
    }
    times.sort();
    println!("all: p50 {:?} p99 {:?}", times[times.len() / 2], times[times.len() * 99 / 100]);
    for seed in 1..=10 {
        let (mut first, mut third, mut all) = (0, 0, 0);
        for (kind, cases) in HELD_OUT {
            let mut rng = Rng::new(seed * 1000);
            for number in 0..cases {
                let place = place(&case(&mut rng, kind, FAMILIES[number % 3]));
                first += usize::from(place == Some(0));
                third += usize::from(place.is_some_and(|place| place < 3));
                all += 1;
            }
        }
        println!("mix of {all}, seed {seed}: first {first}, in three {third}");
    }
    for kind in [Kind::Clean, Kind::Mute, Kind::Blank] {
        for family in FAMILIES {
            let mut rng = Rng::new(77);
            let wrong = (0..trials)
                .filter(|_| {
                    let case = case(&mut rng, kind, family);
                    let found = find(&case.system, &case.evidence);
                    let fills: Vec<_> = found.fills.iter().map(|fill| (fill.cell, fill.to)).collect();
                    !found.findings.is_empty() || fills != case.truth
                })
                .count();
            println!("{kind:?} {family:?}: {wrong} wrong of {trials}");
        }
    }
}
