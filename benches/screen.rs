//! Keys: what one costs from the key to the bytes of its frame.
//!
//! Goals: a digit at most 400 us of CPU with its journal, of which this is all
//! but the write to the disk and the waking up.

use divan::Bencher;
use gouji::tui::terminal::backend::Wire;
use gouji::tui::terminal::frames::Frames;
use gouji::tui::view::view;
use ratatui::layout::Size;

#[path = "../tests/support/frame.rs"]
#[allow(dead_code)]
mod frame;
#[path = "../tests/support/journey.rs"]
#[allow(dead_code)]
mod journey;

use journey::Journey;

const SIZE: Size = Size {
    width: 80,
    height: 24,
};

fn main() {
    divan::main();
}

/// Presses keys in turn, a frame after each.
fn pressed(bencher: Bencher, keys: &[&str]) {
    let mut journey = Journey::sample();
    journey.keys("Down Down");
    let mut frames = Frames::new(Wire::new(std::io::sink(), SIZE), SIZE);
    let mut turn = keys.iter().cycle();
    bencher.bench_local(|| {
        journey.keys(turn.next().expect("a cycle never ends"));
        journey.effects.clear();
        frames
            .draw(|strokes| view(&journey.app, strokes))
            .expect("a sink takes everything");
    });
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
