//! Keys: what one costs from the key to the bytes of its frame.
//!
//! Goals: a digit at most 400 us of CPU with its journal, of which this is all
//! but the write to the disk and the waking up.

use divan::Bencher;

use support::journey::Journey;
use support::typist::Typist;

#[path = "../tests/support"]
mod support {
    #![allow(dead_code, reason = "each bench uses a part")]
    pub(crate) mod frame;
    pub(crate) mod journey;
    pub(crate) mod typist;
}

fn main() {
    divan::main();
}

/// Presses keys in turn, a frame after each.
fn pressed(bencher: Bencher, keys: &[&str]) {
    let mut typist = Typist::on(Journey::sample(), "Down Down");
    let mut turn = keys.iter().cycle();
    bencher.bench_local(|| typist.press(turn.next().expect("a cycle never ends")));
}

#[divan::bench]
fn arrow(bencher: Bencher) {
    pressed(bencher, &["Down", "Up"]);
}

#[divan::bench]
fn digit(bencher: Bencher) {
    pressed(bencher, &["5", "Backspace", "1", "Backspace"]);
}

#[divan::bench]
fn committed(bencher: Bencher) {
    pressed(bencher, &["5", "Enter", "C-z", "Up"]);
}
