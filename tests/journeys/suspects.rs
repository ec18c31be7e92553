//! U4: what mends a broken total, previewed, applied, kept as a question.

use gouji::base::words::{Lang, Words, words};
use gouji::check::Severity;
use gouji::form::current;
use gouji::format::sample;
use gouji::model::{Document, Question, Transaction};

use crate::support::journey::Journey;

/// The cells that carry the mark of suspects.
fn marked(journey: &Journey) -> Vec<String> {
    let form = current();
    journey
        .screen()
        .suspect_cells()
        .into_iter()
        .map(|cell| form.path(cell))
        .collect()
}

#[test]
fn the_samples_six_readings_are_listed_previewed_applied_and_undone() {
    let mut journey = Journey::sample();
    journey.keys("F8 F6");
    let list = journey.rows().join("\n");
    assert!(list.contains("有 1 件应记商业企业、误记自然人"), "{list}");
    assert!(list.contains("请查台账"), "{list}");
    assert!(
        list.contains("改 4 格"),
        "the reading of four cells is a sentence: {list}"
    );
    let readings = journey
        .rows()
        .iter()
        .filter(|row| {
            row.contains("自然人") && row.contains("->") && row.contains("商业企业 0 -> 1")
        })
        .count();
    assert!(readings >= 6, "{list}");
    journey.keys("Down");
    let grid = journey.rows();
    assert!(grid[0].contains("错误 2 -> 0"), "{}", grid[0]);
    assert!(grid[2].contains("自然人 "), "red goes where it would go");
    assert_eq!(journey.errors().len(), 2, "a preview changes nothing");
    journey.keys("7");
    assert!(
        journey.rows()[0].contains("错误 2 -> 0"),
        "that of four cells"
    );
    assert_eq!(journey.errors().len(), 2, "a digit only shows");
    journey.keys("1 Enter");
    assert_eq!(journey.errors(), [""; 0]);
    assert!(
        journey.notice().contains("错误 2->0"),
        "{}",
        journey.notice()
    );
    journey.keys("C-z");
    assert_eq!(journey.errors().len(), 2);
}

#[test]
fn escape_leaves_everything_as_it_was() {
    let mut journey = Journey::sample();
    journey.keys("F8 F6 Down Down Esc");
    assert!(journey.app.overlay.is_none());
    assert_eq!(journey.cursor(), "t3.processed_total.natural_person");
    assert!(journey.effects.is_empty());
}

#[test]
fn the_cells_of_tied_readings_are_marked_beside_the_red() {
    let journey = Journey::sample();
    let marked = marked(&journey);
    assert!(
        marked.contains(&"t3.granted_full.natural_person".to_owned()),
        "{marked:?}"
    );
    let row = &journey.rows()[5];
    assert!(
        row.starts_with("(一)予以公开") && row.contains("1*") && row.contains("0*"),
        "{row}"
    );
}

#[test]
fn marks_wait_until_the_cursor_leaves_the_cell() {
    let mut journey = Journey::sample();
    journey.keys("5");
    assert!(marked(&journey).is_empty());
    journey.keys("Tab");
    assert!(!marked(&journey).is_empty());
}

/// The sample put right and its first section empty: everything holds, and no
/// sentence states a number that would speak against a reading.
fn whole() -> Journey {
    let mut document = Document::new(sample());
    let report = document.report().clone();
    let suspect =
        gouji::check::readings::suspects(&report, &gouji::check::readings::Hints::default());
    let first = suspect
        .all()
        .next()
        .expect("six readings")
        .transaction(&report);
    document.apply(first).expect("fits");
    let report = document.report();
    let text = report.form().text("s1").expect("section one");
    let end = report.text(text).len();
    let step = Transaction::new(Words::same("x")).splice(report, text, 0..end, "");
    document.apply(step).expect("fits");
    Journey::on(Document::new(document.report().clone()), false)
}

#[test]
fn a_part_changed_in_this_session_lets_its_totals_follow_first() {
    let mut journey = whole();
    journey.keys("8 Tab");
    let first = journey
        .screen()
        .suspects()
        .all()
        .next()
        .expect("a reading")
        .clone();
    assert_eq!(gouji::check::readings::slip_key(first.slip), "totals_stale");
    journey.keys("F6");
    let list = journey.rows().join("\n");
    assert!(
        list.contains("错误 2 -> 0") || list.contains("一 本年新收/自然人 是对的"),
        "what was typed: {list}"
    );
    journey.keys("Esc");
    let mut opened = Journey::on(journey.screen().document.clone(), false);
    opened.keys("F6");
    let list = opened.rows().join("\n");
    assert!(
        list.contains("8 -> 7"),
        "a file opened so puts the cell right first: {list}"
    );
}

#[test]
fn the_lines_of_a_finding_are_named_as_people_name_them() {
    let mut journey = Journey::sample();
    journey.keys("F6");
    let list = journey.rows().join("\n");
    assert!(list.contains("应记商业企业、误记自然人"), "{list}");
    assert!(!list.contains("t3."), "{list}");
}

#[test]
fn a_forced_blank_is_a_fill_and_never_a_suspect() {
    let mut journey = whole();
    journey.keys("Delete");
    assert_eq!(journey.screen().suspects().fills.len(), 1);
    assert_eq!(journey.screen().suspects().all().count(), 0);
    journey.keys("F6");
    let list = journey.rows().join("\n");
    assert!(list.contains("按勾稽应是 7"), "{list}");
}

#[test]
fn a_reading_is_kept_as_a_question_in_the_file() {
    let mut journey = Journey::sample();
    journey.keys("F8 F6 F9 Esc");
    let questions = journey.screen().report().questions().to_vec();
    assert_eq!(questions.len(), 1);
    assert!(questions[0].site.starts_with("t3."), "{questions:?}");
    journey.keys("F9");
    assert_eq!(
        journey.screen().report().questions().len(),
        2,
        "the problem itself too"
    );
    journey.keys("F9");
    assert_eq!(
        journey.screen().report().questions().len(),
        1,
        "asked twice is taken back"
    );
}

#[test]
fn a_problem_asked_about_in_one_language_is_taken_back_in_the_other() {
    let mut journey = Journey::sample();
    journey.keys("F8 F9");
    let fault = journey.screen().report().questions()[0].fault.clone();
    let fault = fault.expect("the problem it is about");
    assert_eq!(
        (fault.rule.as_str(), fault.numbers.as_slice()),
        ("T3-COLSUM", ["8", "7"].map(String::from).as_slice())
    );
    journey.app.look.lang = Lang::En;
    journey.keys("F9");
    assert!(journey.screen().report().questions().is_empty());
    // A question that an older gouji kept is known by its sentence, in either language.
    let site = "t3.natural_person".to_owned();
    let text = "表三 自然人列：各项结果相加 8，（七）总计写 7，少写 1".to_owned();
    let old = Question {
        site,
        fault: None,
        text,
    };
    let mut document = journey.screen().document.clone();
    let step = Transaction::new(words("问", "ask")).question(0, None, Some(old));
    document.apply(step).expect("made for this report");
    let mut journey = Journey::on(document, true);
    journey.app.look.lang = Lang::En;
    journey.keys("F8 F9");
    assert!(journey.screen().report().questions().is_empty());
}

#[test]
fn opposite_gaps_are_said_with_both_columns() {
    let journey = Journey::sample();
    assert_eq!(
        journey.problems(Severity::Info),
        ["S-ITEMS s1", "T3-MISCLASS t3.natural_person"]
    );
}
