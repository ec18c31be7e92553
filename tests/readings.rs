//! Suspects of whole reports: the sample's six readings, and what they mend.

use gouji::base::words::{Lang, Words};
use gouji::check::problem::Site;
use gouji::check::readings::{Hints, suspects};
use gouji::check::{Blanks, alone};
use gouji::format::sample;
use gouji::model::{Cell, Document, Transaction};

#[test]
fn the_samples_six_readings_stand_in_the_order_of_the_specification() {
    let report = sample();
    let found = suspects(&report, &Hints::default());
    assert_eq!(found.findings.len(), 1);
    let broken = &found.findings[0];
    let form = report.form();
    let rows: Vec<&str> = broken
        .suspects
        .iter()
        .map(|suspect| form.lines(suspect.edits[0].0).0.key)
        .collect();
    assert_eq!(
        rows,
        [
            "granted_full",
            "granted_partial",
            "denied_admin_query",
            "unprocessed_reconfirm",
            "denied_internal_affairs",
            "unable_not_held",
        ]
    );
    let bits: Vec<String> = broken
        .suspects
        .iter()
        .map(|suspect| format!("{:.1}", suspect.bits))
        .collect();
    assert_eq!(bits, ["13.7", "13.7", "13.7", "13.7", "15.2", "15.2"]);
    assert_eq!(
        broken.suspects[0].clears,
        [
            ("T3-COLSUM", Site::Column { table: 4, col: 0 }),
            ("T3-COLSUM", Site::Column { table: 4, col: 1 }),
        ]
    );
    assert!(
        broken.aside.is_some(),
        "the reading of four cells is a sentence"
    );
    assert!(found.fills.is_empty());
    let said = broken.groups[0].said.text(Lang::Zh);
    assert!(
        said.starts_with("有 1 件应记商业企业、误记自然人"),
        "{said}"
    );
}

#[test]
fn every_reading_of_the_sample_mends_it_and_says_so() {
    let report = sample();
    for suspect in suspects(&report, &Hints::default()).all() {
        let mut document = Document::new(report.clone());
        document
            .apply(suspect.transaction(&report))
            .expect("a reading fits its report");
        let counts = alone(document.report(), Blanks::ZERO).counts();
        assert_eq!(counts.errors, 0, "{}", suspect.text.text(Lang::Zh));
        for lang in Lang::ALL {
            let text = suspect.text.text(lang);
            assert!(!text.contains('{'), "{text}");
        }
    }
}

#[test]
fn a_number_that_the_prose_states_raises_the_reading_that_makes_it_true() {
    let form = sample().form();
    let mut document = Document::new(sample());
    let text = form.text("s1").expect("section one");
    let step = [
        "t3.granted_full.natural_person",
        "t3.granted_full.org_business",
    ]
    .into_iter()
    .zip([0, 1])
    .fold(Transaction::new(Words::same("x")), |step, (path, value)| {
        let cell = form.cell(path).expect("path");
        step.cell(document.report(), cell, Cell::Count(value))
    });
    document.apply(step).expect("fits");
    // 复议 total 0 beside 维持 1: either may be wrong, until a sentence says one.
    let total = form.cell("t4.review.total").expect("path");
    let end = document.report().text(text).len();
    let step = Transaction::new(Words::same("x"))
        .cell(document.report(), total, Cell::Count(0))
        .splice(
            document.report(),
            text,
            end..end,
            "\n全年因政府信息公开被申请行政复议0件。",
        );
    document.apply(step).expect("fits");
    let report = document.report();
    let silent = suspects(report, &Hints::default());
    assert_eq!(silent.findings[0].suspects[0].edits[0].0, total);
    let findings = alone(report, Blanks::ZERO);
    let told = suspects(report, &Hints::of(&findings, Vec::new()));
    let upheld = form.cell("t4.review.upheld").expect("path");
    assert_eq!(told.findings[0].suspects[0].edits, [(upheld, Some(1), 0)]);
}
