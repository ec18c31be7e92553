//! Judging: identities alone, every rule on the sample, suspects included.
//!
//! Goals: identities at most 1 us, every rule of the tables and the head at most
//! 60 us on the sample.

use divan::{Bencher, black_box};
use gouji::check::readings::{Hints, suspects};
use gouji::check::{Blanks, Judged, alone};
use gouji::format::sample;

fn main() {
    divan::main();
}

#[divan::bench]
fn identities(bencher: Bencher) {
    let report = sample();
    bencher.bench(|| Judged::of(black_box(&report), Blanks::ZERO));
}

#[divan::bench]
fn every_rule(bencher: Bencher) {
    let report = sample();
    bencher.bench(|| alone(black_box(&report), Blanks::ZERO));
}

#[divan::bench]
fn readings(bencher: Bencher) {
    let report = sample();
    let hints = Hints::default();
    bencher.bench(|| suspects(black_box(&report), &hints));
}
