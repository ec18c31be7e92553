//! Sentences that nobody tuned on: how many true ones alarm, how many
//! contradictions are found.
//!
//! The sentences were written before the rules were looked at. One half, drawn by a
//! hash of the id, is looked at in totals only: its sentences are never printed.
//! `cargo test --test prose_unseen -- --nocapture` prints the figures,
//! and what is wrong in the other half.

#![allow(
    clippy::disallowed_methods,
    reason = "reads a sample beside the project"
)]

#[path = "support/sentences.rs"]
mod sentences;

use sentences::{Held, figures, read};

const UNSEEN: &str = include_str!("data/prose-unseen.jsonl");

#[test]
fn true_sentences_are_silent_and_most_contradictions_are_found() {
    let all = read(UNSEEN);
    for half in ["seen", "kept"] {
        let own: Vec<&Held> = all.iter().filter(|held| held.half == half).collect();
        let figures = figures(&own, half == "seen");
        // At most 1 in 100 raises a warning; at least 70 in 100 are found.
        assert!(
            figures.alarms * 100 <= figures.of_true,
            "{half}: {figures:?}"
        );
        assert!(
            figures.found * 100 >= figures.of_false * 70,
            "{half}: {figures:?}"
        );
    }
}

#[test]
fn the_examples_of_others_hold() {
    let examples = "../shared/samples/untried/prose-examples.jsonl";
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(examples);
    // The samples lie beside the project, not in it.
    let Ok(lines) = std::fs::read_to_string(path) else {
        return;
    };
    let all = read(&lines);
    let figures = figures(&all.iter().collect::<Vec<_>>(), true);
    assert_eq!((figures.alarms, figures.infos), (0, 0), "{figures:?}");
    assert_eq!(figures.found, figures.of_false, "{figures:?}");
}
