//! 核对总计: the totals of the paper typed against the computed ones.

use gouji::tui::input::Effect;

use crate::support::journey::Journey;

/// The sample's table 3 keyed in, its totals computed.
fn keyed() -> Journey {
    let mut journey = Journey::new_report();
    journey.typed("7⏎1⏎⏎⏎⏎1++1+1++⏎⏎⏎⏎⏎1+++2+++1+2+++++++1+++++");
    assert_eq!(journey.cell("t3.processed_total.natural_person"), "8");
    journey
}

fn start(journey: &mut Journey) {
    journey.keys("F10");
    journey.typed("hdzj");
    journey.keys("Enter");
}

#[test]
fn the_pass_hides_what_was_computed_and_finds_what_the_paper_says_otherwise() {
    let mut journey = keyed();
    let steps = journey.screen().document.done().len();
    start(&mut journey);
    assert!(
        journey.notice().contains("31 个总计"),
        "{}",
        journey.notice()
    );
    assert_eq!(journey.cursor(), "t3.new_received.total");
    let page = journey.rows().join("\n");
    let sums = journey.rows()[18].clone();
    assert!(sums.contains("..") && !sums.contains('8'), "{page}");
    assert_eq!(journey.screen().document.done().len(), steps + 1);
    // 25 rows: 总计 of each, and the six of （七） before its own.
    journey.typed("9⏎0⏎1⏎1⏎0⏎1⏎0⏎0⏎2⏎0⏎0⏎1⏎2⏎0⏎0⏎0⏎0⏎0⏎0⏎1⏎0⏎0⏎0⏎");
    assert_eq!(journey.cursor(), "t3.processed_total.natural_person");
    // The slip that was there before; no total typed so far adds to it.
    assert_eq!(
        journey.errors(),
        ["T3-BALANCE t3.natural_person", "T3-BALANCE t3.org_business"]
    );
    journey.typed("7⏎1⏎0⏎0⏎0⏎1⏎9⏎0⏎");
    assert!(
        journey.notice().contains("2 个不同，0 个没有打"),
        "{}",
        journey.notice()
    );
    let errors = journey.errors();
    assert!(
        errors.contains(&"T3-COLSUM t3.natural_person".to_owned())
            && errors.contains(&"T3-COLSUM t3.org_business".to_owned()),
        "{errors:?}"
    );
    assert!(journey.rows().join("\n").contains("7!"));
    journey.keys("Esc");
    assert!(journey.shows("2 个与算出来的不同"), "{}", journey.rows()[0]);
    journey.keys("1");
    assert!(journey.screen().recount.is_none());
    assert_eq!(journey.cell("t3.processed_total.natural_person"), "7");
}

#[test]
fn leaving_brings_the_computed_totals_back_and_undo_the_typed_ones() {
    let mut journey = keyed();
    start(&mut journey);
    journey.typed("8⏎");
    journey.keys("Esc 2");
    assert_eq!(journey.cell("t3.new_received.total"), "9");
    assert_eq!(journey.cell("t3.processed_total.total"), "9");
    assert!(
        journey.notice().contains("恢复了算出来的"),
        "{}",
        journey.notice()
    );
    journey.keys("C-z");
    assert_eq!(journey.cell("t3.new_received.total"), "8");
    assert_eq!(journey.cell("t3.processed_total.total"), "");
}

#[test]
fn totals_that_agree_are_left_without_a_question() {
    let mut journey = keyed();
    start(&mut journey);
    journey.typed("9⏎");
    journey.keys("Esc");
    assert!(journey.app.overlay.is_none());
    assert!(
        journey.notice().contains("30 个没有打的恢复了"),
        "{}",
        journey.notice()
    );
    assert_eq!(journey.cell("t3.carried_in.total"), "0");
}

#[test]
fn only_totals_are_typed_in_the_pass_and_they_move_no_other() {
    let mut journey = keyed();
    start(&mut journey);
    journey.keys("Left 5");
    assert!(
        journey.notice().contains("只打总计"),
        "{}",
        journey.notice()
    );
    assert_eq!(journey.cell("t3.new_received.org_other"), "1");
    journey.keys("+ C-u");
    assert!(journey.screen().is_keying());
    journey.keys("C-End Left Left Up 3");
    assert_eq!(journey.cell("t3.processed_total.org_legal_service"), "3");
    assert_eq!(journey.cell("t3.processed_total.total"), "");
}

#[test]
fn undoing_past_its_beginning_ends_the_pass_with_every_total_in_place() {
    let mut journey = keyed();
    start(&mut journey);
    journey.typed("8⏎");
    journey.keys("C-z C-z");
    assert!(journey.screen().recount.is_none());
    assert_eq!(journey.cell("t3.new_received.total"), "9");
    assert!(journey.notice().contains("撤销了"), "{}", journey.notice());
}

#[test]
fn a_save_in_the_middle_never_writes_blank_totals() {
    let mut journey = keyed();
    start(&mut journey);
    journey.typed("8⏎");
    journey.keys("C-s Enter");
    let Some(Effect::Save { report, .. }) = journey.effects.last() else {
        unreachable!("a save");
    };
    let text = |path: &str| {
        let cell = gouji::form::current().cell(path).expect("path");
        report.cell(cell).text().into_owned()
    };
    assert_eq!(text("t3.new_received.total"), "8", "what was typed stays");
    assert_eq!(text("t3.processed_total.total"), "9");
}

#[test]
fn nothing_goes_out_with_blank_totals_from_any_page() {
    for keys in ["C-s", "C-PageDown C-s", "F12", "C-PageDown F12", "F1 C-q"] {
        let mut journey = keyed();
        start(&mut journey);
        journey.typed("8⏎");
        journey.keys(keys);
        assert!(journey.screen().recount.is_none(), "{keys}");
        assert_eq!(journey.cell("t3.new_received.total"), "8", "{keys}");
        assert_eq!(journey.cell("t3.processed_total.total"), "9", "{keys}");
    }
}

#[test]
fn a_table_without_totals_has_no_pass() {
    let mut journey = Journey::sample();
    journey.keys("C-PageUp");
    assert!(!journey.is_possible(gouji::tui::command::Command::CheckTotals));
}
