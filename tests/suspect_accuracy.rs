//! Suspects on made-up slips: floors on every run.
//!
//! Next: `support/slips.rs` for how tables and slips are drawn,
//! `benches/accuracy.rs` for the figures.

use gouji::check::suspect::{Findings, find};

use support::slips::{FAMILIES, HELD_OUT, Kind, Rng, case, places, within};

mod support {
    #![allow(dead_code, reason = "each test uses a part")]
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
    pub(crate) mod slips;
}

#[test]
fn most_first_readings_are_true() {
    let third: Vec<_> = HELD_OUT
        .iter()
        .map(|&(kind, cases)| (kind, cases / 2))
        .collect();
    let places = places(2026, &third);
    assert!(places.len() >= 300);
    let single = |kind| matches!(kind, Kind::S1 | Kind::S1t | Kind::StaleSeen);
    assert!(
        places
            .iter()
            .all(|&(kind, place)| !single(kind) || place == Some(0))
    );
    let within = |most: usize| within(&places, most);
    // A little below the goals of 87.1 and 98.5 in 100.
    assert!(
        within(1) * 1000 >= places.len() * 860,
        "{} of {} first",
        within(1),
        places.len()
    );
    assert!(
        within(3) * 1000 >= places.len() * 965,
        "{} of {} in three",
        within(3),
        places.len()
    );
}

#[test]
fn consistent_tables_are_silent() {
    let mut rng = Rng::new(36);
    for kind in [Kind::Clean, Kind::Mute] {
        for family in FAMILIES {
            for _ in 0..30 {
                let case = case(&mut rng, kind, family);
                assert!(case.truth.is_empty());
                assert_eq!(find(&case.system, &case.evidence), Findings::default());
            }
        }
    }
}

#[test]
fn forced_blanks_are_filled_and_no_others() {
    let mut rng = Rng::new(45);
    for family in FAMILIES {
        for _ in 0..60 {
            let case = case(&mut rng, Kind::Blank, family);
            let found = find(&case.system, &case.evidence);
            let fills: Vec<_> = found
                .fills
                .iter()
                .map(|fill| (fill.cell, fill.to))
                .collect();
            assert_eq!((fills, found.findings), (case.truth, Vec::new()));
        }
    }
}
