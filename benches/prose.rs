//! Prose: the time of one character typed at the end of a paragraph, with all
//! rules and the frame on its way to an 80x24 terminal.
//!
//! Goals: at most 1 ms in the sample's section 一, 6 ms in 20,000 characters.
//! Next: `tui::prose`, which wraps again only the rows that can differ.

use divan::Bencher;
use gouji::form::current;
use gouji::format;
use gouji::model::{Document, Draft, Report};

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

/// Sentences like those of section 一, so many paragraphs of so many characters.
fn long(paragraphs: usize, characters: usize) -> Report {
    let sentence = "2024年共受理政府信息公开申请9件，其中予以公开1件，全部依法按期答复。";
    let paragraph: String = sentence.chars().cycle().take(characters).collect();
    let mut draft = Draft::new(current());
    let text = current().text("s1").expect("a section of the form");
    for _ in 0..paragraphs {
        draft.push_text(text, &paragraph);
    }
    draft.into_report()
}

fn type_one(bencher: Bencher<'_, '_>, report: impl Fn() -> Report, keys: &str) {
    bencher
        .with_inputs(|| Typist::on(Journey::on(Document::new(report()), false), keys))
        .bench_local_values(|mut typist| {
            typist.press("字");
            typist
        });
}

#[divan::bench]
fn sample_end_of_a_paragraph(bencher: Bencher<'_, '_>) {
    type_one(bencher, format::sample, "F3 1 Enter Down End");
}

#[divan::bench(args = [(4, 500), (1, 20_000), (40, 500), (1, 100_000)])]
fn long_end_of_the_text(bencher: Bencher<'_, '_>, (paragraphs, characters): (usize, usize)) {
    type_one(bencher, || long(paragraphs, characters), "F3 1 Enter C-End");
}

#[divan::bench(args = [(4, 500), (1, 20_000), (40, 500), (1, 100_000)])]
fn long_start_of_the_text(bencher: Bencher<'_, '_>, (paragraphs, characters): (usize, usize)) {
    type_one(
        bencher,
        || long(paragraphs, characters),
        "F3 1 Enter C-Home",
    );
}
