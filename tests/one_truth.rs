//! One truth: the screen, the list, the papers and the command line count the same.

#[path = "support/reports.rs"]
mod reports;

use gouji::base::words::Lang;
use gouji::check::readings::Suspects;
use gouji::check::{Blanks, Counts, Input, Profile, Texts, Verdict, check};
use gouji::form::current;
use gouji::format::{self, Options};
use gouji::model::{Document, Report};
use gouji::paper::return_note::note;
use gouji::paper::signoff::sheet;
use gouji::paper::{Checked, Style, output};
use support::journey::Journey;

mod support {
    #![allow(dead_code, reason = "each test uses a part")]
    pub(crate) mod frame;
    pub(crate) mod journey;
}

/// What a file of ours with this content says to `gouji check`.
fn papers(report: &Report) -> (Counts, String, String, String) {
    let bytes = format::native(report).into_bytes();
    let read = format::read(&bytes, Some("r.json"), &Options::default()).expect("our own file");
    let report = read.into_report();
    let texts = Texts::of(&report);
    let findings = check(&Input {
        blanks: Blanks::of(&report, true),
        ..Input::of(&report, &texts)
    });
    let profile = Profile::default();
    let checked = Checked {
        file: "r.json",
        format: "json",
        report: &report,
        origins: &[],
        findings: &findings,
        suspects: &Suspects::default(),
        notes: &[],
        profile: &profile,
    };
    let mut full = String::new();
    (output("full").expect("an output").write)(&checked, Style::default(), &mut full);
    let sheet = format!("{:?}", sheet(&checked, Lang::Zh));
    (findings.counts(), full, sheet, note(&checked, Lang::Zh))
}

/// The screen, after F5.
fn screens(journey: &mut Journey) -> (String, String, Counts) {
    let title = journey.rows().join("\n");
    let counts = journey.app.report().expect("a report").findings.counts();
    journey.keys("F5");
    let list = journey.rows().join("\n");
    journey.keys("Esc");
    (title, list, counts)
}

#[test]
fn a_blank_report_is_undecided_and_unfilled_on_every_face() {
    let mut journey = Journey::new_report();
    let (title, list, counts) = screens(&mut journey);
    let report = journey.app.report().expect("a report").report().clone();
    let (held, full, sheet, note) = papers(&report);
    assert_eq!(counts, held);
    assert_eq!(
        (counts.errors, counts.warnings, counts.missing),
        (0, 2, 166)
    );
    assert!(
        title.contains("缺 166 格") && list.contains("缺 166 格"),
        "{title}{list}"
    );
    assert!(
        full.contains("缺 166 格") && sheet.contains("缺 166 格"),
        "{full}{sheet}"
    );
    assert!(note.contains("提醒 2 处；缺 166 格"), "{note}");
    assert!(full.contains("表三勾稽 39 项，平 0") && list.contains("平 0 项，未定 39 项"));
    assert!(!full.contains("没有发现问题"));
}

#[test]
fn keying_is_kept_in_the_file_and_judged_by_everyone() {
    let mut journey = Journey::new_report();
    journey.keys("9 Enter");
    let (_, _, counts) = screens(&mut journey);
    let report = journey.app.report().expect("a report").report().clone();
    assert!(report.keying().contains(&"t3"));
    let native = format::native(&report);
    assert!(
        native.contains("\"keying\":[\"t2\",\"t3\",\"t4\"]"),
        "{native}"
    );
    assert_eq!(counts, papers(&report).0);
    // Toggled off, the file says nothing of it; that alone is no change.
    let mut journey = Journey::on(Document::new(report), true);
    journey.keys("C-u");
    let screen = journey.app.report().expect("a report");
    assert!(!screen.document.is_modified());
    assert!(!format::native(screen.report()).contains("\"t3\"]"));
}

#[test]
fn a_table_that_is_not_filled_holds_nothing() {
    let report = Report::new(current());
    let texts = Texts::of(&report);
    let findings = check(&Input::of(&report, &texts));
    let open = |verdict: &Verdict| matches!(verdict, Verdict::Open { .. });
    assert!(findings.judged.verdicts().iter().all(open));
    let codes: Vec<&str> = findings
        .problems
        .iter()
        .map(|problem| problem.rule.code)
        .collect();
    for code in ["T2-EMPTY", "T3-EMPTY", "T4-EMPTY", "S-EMPTY"] {
        assert!(codes.contains(&code), "{code} {codes:?}");
    }
}

#[test]
fn a_number_that_agrees_with_its_cell_is_never_offered_to_be_changed() {
    let text = "text.s5=政府信息公开申请办结9件，结果为：予以公开5件、部分公开3件。";
    let closed = [
        "granted_full",
        "granted_partial",
        "unable_not_held",
        "new_received",
        "processed_total",
    ];
    let values = [5, 3, 1, 9, 9];
    let mut changes = vec![text.to_owned()];
    for (row, value) in closed.iter().zip(values) {
        changes.push(format!("t3.{row}.natural_person={value}"));
        changes.push(format!("t3.{row}.total={value}"));
    }
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    let report = reports::changed(&changes).into_report();
    let texts = Texts::of(&report);
    let findings = check(&Input::of(&report, &texts));
    let sum = findings
        .problems
        .iter()
        .find(|problem| problem.rule.code == "N-SUM");
    let sum = sum.expect("the list of results lacks one");
    assert!(sum.fixes(&report, Blanks::ZERO).is_empty());
}
