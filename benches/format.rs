//! Reading and writing one report in each format.

use divan::{Bencher, black_box};
use gouji::format::{self, Format, Options};

fn main() {
    divan::main();
}

const PASTED: &[u8] = include_bytes!("../tests/data/browser.txt");

fn read(bencher: Bencher, bytes: &[u8]) {
    bencher.bench(|| format::read(black_box(bytes), None, &Options::default()));
}

fn written(format: &Format) -> Vec<u8> {
    format::write(&format::sample(), format).expect("the format can be written")
}

#[divan::bench]
fn read_native(bencher: Bencher) {
    read(bencher, &written(&format::NATIVE));
}

#[divan::bench]
fn read_our_text(bencher: Bencher) {
    read(bencher, &written(&format::TEXT));
}

#[divan::bench]
fn read_pasted_text(bencher: Bencher) {
    read(bencher, PASTED);
}

#[divan::bench(args = [&format::NATIVE, &format::TEXT])]
fn write(bencher: Bencher, format: &Format) {
    let report = format::sample();
    bencher.bench(|| format::write(black_box(&report), format));
}
