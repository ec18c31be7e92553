//! Two reports that grew out of one are made one again.
//!
//! **Never:** looks at how it is done.

#[path = "support/generated.rs"]
mod generated;
#[path = "support/reports.rs"]
mod reports;

use generated::reports as any_reports;
use gouji::form::{CellId, current};
use gouji::model::merge::{At, Merge, Side};
use gouji::model::{Document, Report};
use proptest::prelude::*;
use reports::changed;

fn of(changes: &[&str]) -> Report {
    changed(changes).into_report()
}

fn cell(path: &str) -> CellId {
    current().cell(path).expect("a path of the form")
}

/// What a merge makes of what is here, and that undoing it brings that back.
fn made(merge: &Merge, mine: &Report, sides: &[Side]) -> Report {
    let mut document = Document::new(mine.clone());
    document
        .apply(merge.step(sides))
        .expect("made for this report");
    let made = document.report().clone();
    assert!(document.done().len() <= 1, "one step");
    while document.undo().is_some() {}
    assert_eq!(document.report(), mine);
    made
}

const PATHS: [&str; 3] = [
    "t2.licensing.decisions",
    "t4.review.upheld",
    "t4.suit_direct.upheld",
];

#[test]
fn what_only_one_side_changed_is_taken_and_what_both_changed_is_asked() {
    let base = of(&["text.s1=甲。乙。丙。\\丁。"]);
    let mine = of(&[
        "text.s1=甲。我改的乙。丙。\\丁。",
        "t2.licensing.decisions=7",
        "t4.review.upheld=1",
        "head.contact=我",
    ]);
    let theirs = of(&[
        "text.s1=甲。乙。丙。\\丁了。又一句。",
        "t2.licensing.decisions=9",
        "t4.review.other=2",
        "head.contact=他",
    ]);
    let merge = Merge::of(&base, &mine, &theirs).expect("one form");
    let at: Vec<At> = merge.conflicts.iter().map(|one| one.at).collect();
    assert_eq!(
        at,
        [
            At::Head(gouji::model::HeadField::Contact),
            At::Cell(cell("t2.licensing.decisions"))
        ]
    );
    assert_eq!(
        (&*merge.conflicts[1].mine, &*merge.conflicts[1].theirs),
        ("7", "9")
    );
    assert_eq!((merge.taken.cells, merge.taken.others), (1, 1));
    let made = made(&merge, &mine, &[Side::Mine, Side::Theirs]);
    let text = current().text("s1").expect("a text");
    assert_eq!(made.text(text), "甲。我改的乙。丙。\n丁了。又一句。");
    assert_eq!(made.cell(cell("t2.licensing.decisions")).text(), "9");
    assert_eq!(made.cell(cell("t4.review.other")).text(), "2");
    assert_eq!(made.cell(cell("t4.review.upheld")).text(), "1");
    assert_eq!(made.head().contact.as_deref(), Some("我"));
}

#[test]
fn a_sentence_that_both_changed_is_one_conflict_and_the_rest_is_merged() {
    let base = of(&["text.s5=甲。乙。丙。丁。"]);
    let mine = of(&["text.s5=甲。乙一。丙。丁。"]);
    let theirs = of(&["text.s5=零。甲。乙二。丙。"]);
    let merge = Merge::of(&base, &mine, &theirs).expect("one form");
    let text = current().text("s5").expect("a text");
    assert_eq!(merge.conflicts.len(), 1);
    assert_eq!(merge.conflicts[0].at, At::Text(text, "甲。".len()));
    let whole = |side| made(&merge, &mine, &[side]).text(text).to_owned();
    assert_eq!(whole(Side::Mine), "零。甲。乙一。丙。");
    assert_eq!(whole(Side::Theirs), "零。甲。乙二。丙。");
}

#[test]
fn reports_on_two_forms_are_not_merged() {
    let old = reports::old(&[]).into_report();
    assert!(Merge::of(&old, &old, &of(&[])).is_none());
}

/// Changes of some cells and sentences of a report.
fn edits() -> impl Strategy<Value = Vec<(usize, u8)>> {
    prop::collection::vec((0_usize..6, 0_u8..3), 0..5)
}

fn edited(edits: &[(usize, u8)]) -> Report {
    let mut sentences = ["甲。", "乙。", "丙。"].map(str::to_owned);
    let mut changes = Vec::new();
    for (at, to) in edits {
        match at {
            at @ 0..3 => changes.push(format!("{}={to}", PATHS[*at])),
            at => sentences[at - 3] = format!("改{to}。"),
        }
    }
    changes.push(format!("text.s5={}", sentences.concat()));
    of(&changes.iter().map(String::as_str).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Nothing changed there: all stays as it is here. Nothing changed here: all becomes
    /// as it is there. The same on both sides is no conflict.
    #[test]
    fn one_side_alone_is_taken_whole(base in any_reports(), other in any_reports()) {
        let stays = Merge::of(&base, &other, &base).expect("one form");
        prop_assert!(stays.conflicts.is_empty());
        prop_assert!(stays.step(&[]).is_empty());
        let comes = Merge::of(&base, &base, &other).expect("one form");
        prop_assert!(comes.conflicts.is_empty());
        let made = made(&comes, &base, &[]);
        for id in current().cells() {
            prop_assert_eq!(made.cell(id).text(), other.cell(id).text());
        }
        for text in current().texts() {
            prop_assert_eq!(made.text(text), other.text(text));
        }
        prop_assert_eq!(made.head(), other.head());
        prop_assert_eq!(made.headings(), other.headings());
        prop_assert_eq!(made.remarks().len(), other.remarks().len());
        let same = Merge::of(&base, &other, &other).expect("one form");
        prop_assert!(same.conflicts.is_empty() && same.step(&[]).is_empty());
    }

    /// Every cell is as one side has it; where only one changed it, as that one has it.
    #[test]
    fn every_place_is_as_somebody_made_it(mine in edits(), theirs in edits(), sides in prop::collection::vec(any::<bool>(), 12)) {
        let base = edited(&[]);
        let (mine, theirs) = (edited(&mine), edited(&theirs));
        let merge = Merge::of(&base, &mine, &theirs).expect("one form");
        let sides: Vec<Side> = sides.iter().map(|mine| if *mine { Side::Mine } else { Side::Theirs }).collect();
        let made = made(&merge, &mine, &sides);
        for id in current().cells() {
            let [was, own, other, is] = [&base, &mine, &theirs, &made].map(|report| report.cell(id).text());
            if own == was {
                prop_assert_eq!(&is, &other);
            } else if other == was {
                prop_assert_eq!(&is, &own);
            } else {
                prop_assert!(is == own || is == other);
            }
        }
        let again = Merge::of(&base, &theirs, &mine).expect("one form");
        prop_assert_eq!(again.conflicts.len(), merge.conflicts.len());
    }
}
