//! U2, U3: typing, moving, totals, undo in a matrix (SCREEN section 3).

use gouji::base::words::Words;
use gouji::check::{Blanks, Severity, alone};
use gouji::form::{Kind, current};
use gouji::format::sample;
use gouji::model::{Cell, Document, Report, Transaction};
use gouji::tui::input::{Effect, Input};

use crate::support::journey::Journey;

/// The sample's table 三 from a paper tally, as SCREEN section 3 keys it.
const TALLY: &str = "7⏎1⏎⏎⏎⏎1++1+1++⏎⏎⏎⏎⏎1+++2+++1+2+++++++1+++++";

#[test]
fn the_samples_table_is_keyed_in_44_keys_and_turns_red_at_the_39th() {
    let mut journey = Journey::new_report();
    assert_eq!(TALLY.chars().count(), 44);
    for (index, key) in TALLY.chars().enumerate() {
        journey.typed(&key.to_string());
        let red = match index + 1 {
            1..=38 => vec![],
            39..=43 => vec!["T3-BALANCE t3.natural_person"],
            _ => vec!["T3-BALANCE t3.natural_person", "T3-BALANCE t3.org_business"],
        };
        assert_eq!(journey.errors(), red, "after key {}", index + 1);
    }
    let sample = sample();
    let form = current();
    for cell in form
        .cells()
        .filter(|cell| form.path(*cell).starts_with("t3."))
    {
        let path = form.path(cell);
        let keyed = journey.screen().report().cell(cell);
        if !form.is_total(cell) {
            assert_eq!(keyed, sample.cell(cell), "{path}");
        }
        assert!(!keyed.is_blank(), "{path}");
    }
    let totals: Vec<String> = form.tables[4]
        .cols
        .iter()
        .map(|col| journey.cell(&format!("t3.processed_total.{}", col.key)))
        .collect();
    assert_eq!(totals, ["8", "0", "0", "0", "0", "1", "9"]);
    assert_eq!(
        journey.cursor(),
        "t3.carried_out.natural_person",
        "it stays"
    );
    assert!(
        journey.notice().contains("2 处不平"),
        "{}",
        journey.notice()
    );
}

/// The sample with the misfiled result put right: every sum holds.
fn correct() -> Report {
    let mut document = Document::new(sample());
    let step = [("natural_person", 0), ("org_business", 1)]
        .into_iter()
        .fold(Transaction::new(Words::same("x")), |step, (col, value)| {
            let cell = current()
                .cell(&format!("t3.granted_full.{col}"))
                .expect("path");
            step.cell(document.report(), cell, Cell::Count(value))
        });
    document.apply(step).expect("fits");
    assert_eq!(alone(document.report(), Blanks::ZERO).counts().errors, 0);
    document.report().clone()
}

/// A table with many digits: every number of the correct one times 137.
fn large() -> Report {
    let mut document = Document::new(correct());
    let form = current();
    let step = form
        .cells()
        .filter(|cell| form.path(*cell).starts_with('t'))
        .fold(Transaction::new(Words::same("x")), |step, cell| {
            let value = document.report().cell(cell).count().expect("a number");
            step.cell(
                document.report(),
                cell,
                Cell::of(value * 137, form.kind(cell)),
            )
        });
    document.apply(step).expect("fits");
    document.report().clone()
}

#[test]
fn a_correct_report_is_never_red_whatever_the_order_of_keying() {
    let form = current();
    for report in [correct(), large()] {
        let rows: Vec<_> = form
            .cells()
            .filter(|cell| form.path(*cell).starts_with("t3."))
            .collect();
        let entries: Vec<_> = rows
            .iter()
            .copied()
            .filter(|cell| !form.is_total(*cell))
            .collect();
        let mut columns = rows.clone();
        columns.sort_by_key(|cell| (form.spot(*cell).col, form.spot(*cell).row));
        let mut backwards = rows.clone();
        backwards.reverse();
        let mut totals_first = rows.clone();
        totals_first.sort_by_key(|cell| !form.is_total(*cell));
        for order in [rows, entries, columns, backwards, totals_first] {
            let mut journey = Journey::new_report();
            for cell in order {
                let path = form.path(cell);
                go_to(&mut journey, &path);
                for digit in report.cell(cell).text().chars() {
                    journey.typed(&digit.to_string());
                    assert_eq!(journey.errors(), [""; 0], "typing {digit} in {path}");
                }
            }
            assert_eq!(journey.errors(), [""; 0]);
        }
    }
}

/// Moves the cursor with the arrow keys.
fn go_to(journey: &mut Journey, path: &str) {
    let form = current();
    let there = form.spot(form.cell(path).expect("path"));
    journey.keys("C-Home");
    for _ in 0..there.row {
        journey.keys("Down");
    }
    for _ in 0..there.col {
        journey.keys("Right");
    }
    assert_eq!(journey.cursor(), path);
}

#[test]
fn red_grows_at_the_first_digit_and_undo_takes_it_back() {
    let mut journey = Journey::sample();
    let start = ["T3-COLSUM t3.natural_person", "T3-COLSUM t3.org_business"];
    assert_eq!(journey.errors(), start);
    assert_eq!(journey.problems(Severity::Warning), ["S-HEADING s2"]);
    journey.keys("8");
    assert_eq!(
        journey.errors(),
        [
            "T3-ROWSUM t3.new_received",
            "T3-COLSUM t3.natural_person",
            "T3-BALANCE t3.natural_person",
            "T3-COLSUM t3.org_business",
        ]
    );
    journey.keys("C-z");
    assert_eq!(journey.errors(), start);
    assert_eq!(journey.cell("t3.new_received.natural_person"), "7");
    journey.keys("C-y");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "8");
}

#[test]
fn arrows_stop_on_every_cell_and_never_write() {
    let mut journey = Journey::new_report();
    for _ in 0..30 {
        journey.keys("Down Right");
    }
    assert_eq!(journey.cursor(), "t3.carried_out.total");
    journey.keys("Home");
    assert_eq!(journey.cursor(), "t3.carried_out.natural_person");
    journey.keys("C-Home End");
    assert_eq!(journey.cursor(), "t3.new_received.total");
    journey.keys("C-End C-Home");
    assert_eq!(journey.cursor(), "t3.new_received.natural_person");
    assert!(journey.effects.is_empty());
}

#[test]
fn tab_walks_entry_cells_over_rows_and_never_writes() {
    let mut journey = Journey::new_report();
    journey.keys("Tab Tab Tab Tab Tab");
    assert_eq!(journey.cursor(), "t3.new_received.org_other");
    journey.keys("Tab");
    assert_eq!(journey.cursor(), "t3.carried_in.natural_person");
    journey.keys("S-Tab -");
    assert_eq!(journey.cursor(), "t3.new_received.org_legal_service");
    journey.keys("Backspace");
    assert_eq!(journey.cursor(), "t3.new_received.org_public_welfare");
    assert!(journey.effects.is_empty());
}

#[test]
fn pages_turn_past_the_edge() {
    let mut journey = Journey::sample();
    journey.keys("PageDown PageDown PageDown PageDown");
    assert_eq!(journey.cursor(), "t4.review.upheld");
    journey.keys("C-PageUp");
    assert_eq!(
        journey.screen().matrix().map(|(_, prefix)| prefix),
        Some("t3")
    );
}

#[test]
fn the_first_digit_replaces_and_later_ones_append() {
    let mut journey = Journey::sample();
    let path = "t3.new_received.natural_person";
    journey.keys("12");
    assert_eq!(journey.cell(path), "12");
    journey.keys("Right Left 3");
    assert_eq!(journey.cell(path), "3");
    journey.keys("Right Left 05");
    assert_eq!(journey.cell(path), "5", "a leading zero is replaced");
    journey.keys("Right Left １２");
    assert_eq!(journey.cell(path), "12", "full-width digits count");
    journey.keys("Right Left 1234567890123");
    assert_eq!(journey.cell(path), "123456789012");
    assert!(journey.notice().contains("12 位"), "{}", journey.notice());
}

#[test]
fn backspace_removes_digits_fresh_or_not_and_leaves_blank() {
    let mut journey = Journey::sample();
    let path = "t3.new_received.natural_person";
    journey.keys("123 Backspace");
    assert_eq!(journey.cell(path), "12");
    journey.keys("Right Left Backspace");
    assert_eq!(journey.cell(path), "1");
    journey.keys("Backspace");
    assert_eq!(journey.cell(path), "");
    journey.keys("C-z C-z");
    assert_eq!(journey.cell(path), "7");
}

#[test]
fn nil_is_typed_with_a_slash() {
    let mut journey = Journey::sample();
    journey.keys("/");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "/");
    assert!(
        journey
            .problems(Severity::Info)
            .contains(&"CELL-NIL t3.new_received.natural_person".to_owned())
    );
    journey.keys("4");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "4");
}

#[test]
fn han_text_in_a_matrix_says_how_to_switch_the_input_method() {
    let mut journey = Journey::sample();
    journey.typed("中");
    assert_eq!(journey.notice(), "输入法在中文状态，按 Shift 切换");
    assert!(journey.effects.is_empty());
}

#[test]
fn escape_while_typing_brings_the_value_back_without_a_step_and_opens_the_menu() {
    let mut journey = Journey::sample();
    journey.keys("5 6 Esc");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "7");
    assert!(journey.screen().document.done().is_empty());
    assert!(journey.app.menu);
    journey.keys("8");
    assert_eq!(
        journey.cursor(),
        "t3.processed_total.natural_person",
        "Esc 8 is F8"
    );
    assert_eq!(journey.cell("t3.processed_total.natural_person"), "7");
    journey.keys("Esc Esc");
    assert!(!journey.app.menu);
}

#[test]
fn escape_in_keying_takes_totals_back_too() {
    let mut journey = Journey::new_report();
    journey.typed("7⏎1⏎⏎⏎⏎1");
    assert_eq!(journey.cell("t3.new_received.total"), "9");
    journey.keys("Esc");
    assert_eq!(journey.cell("t3.new_received.org_other"), "");
    assert_eq!(journey.cell("t3.new_received.total"), "");
}

#[test]
fn enter_in_checking_writes_nothing() {
    let mut journey = Journey::on(Document::new(Report::new(current())), false);
    journey.keys("Enter Enter C-j");
    assert_eq!(journey.cursor(), "t3.new_received.org_public_welfare");
    assert!(journey.effects.is_empty());
    journey.keys("+");
    assert!(journey.notice().contains("Ctrl+U"), "{}", journey.notice());
}

#[test]
fn plus_fills_blank_entries_to_the_rows_end_and_never_overwrites() {
    let mut journey = Journey::new_report();
    journey.keys("Right Right 5 Home +");
    let row: Vec<String> = current().tables[4]
        .cols
        .iter()
        .map(|col| journey.cell(&format!("t3.new_received.{}", col.key)))
        .collect();
    assert_eq!(row, ["0", "0", "5", "0", "0", "0", "5"]);
    assert_eq!(journey.cursor(), "t3.carried_in.natural_person");
    journey.keys("C-z");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "");
    assert_eq!(journey.cell("t3.new_received.org_research"), "5");
    assert_eq!(journey.cell("t3.new_received.total"), "");
    journey.keys(".");
    assert_eq!(
        journey.cell("t3.new_received.total"),
        "5",
        "`.` is what survives PuTTY"
    );
}

#[test]
fn a_stated_total_is_judged_while_it_differs_and_follows_once_it_agrees() {
    let mut journey = Journey::new_report();
    journey.keys("7+");
    assert_eq!(journey.cell("t3.new_received.total"), "7");
    journey.keys("C-Home End 9");
    assert_eq!(journey.errors(), ["T3-ROWSUM t3.new_received"]);
    assert!(journey.shows("9!"), "{}", journey.rows()[2]);
    journey.keys("Home 8");
    assert_eq!(
        journey.cell("t3.new_received.total"),
        "9",
        "a stated total stays"
    );
    journey.keys("Backspace 9 Tab");
    assert_eq!(journey.errors(), [""; 0]);
    journey.keys("2");
    assert_eq!(
        journey.cell("t3.new_received.total"),
        "11",
        "it follows again"
    );
}

#[test]
fn a_total_does_not_take_a_passing_agreement_for_a_promise() {
    let mut journey = Journey::new_report();
    journey.keys("7+ C-Home End 1");
    journey.keys("Home 12");
    assert_eq!(journey.cell("t3.new_received.total"), "1");
}

#[test]
fn in_checking_totals_stay_as_printed() {
    let mut journey = Journey::sample();
    journey.keys("9");
    assert_eq!(journey.cell("t3.new_received.total"), "9");
    assert_eq!(journey.cell("t3.processed_total.natural_person"), "7");
}

#[test]
fn a_rectangle_is_copied_cut_and_pasted_by_position() {
    let mut journey = Journey::sample();
    journey.keys("S-Right S-Down C-c");
    assert_eq!(journey.app.clipboard.as_deref(), Some("7\t1\n0\t0"));
    assert!(matches!(journey.effects.last(), Some(Effect::Copy(text)) if text == "7\t1\n0\t0"));
    journey.keys("C-Home Down Down C-v Enter");
    assert_eq!(journey.cell("t3.granted_full.natural_person"), "7");
    assert_eq!(journey.cell("t3.granted_partial.org_business"), "0");
    assert_eq!(
        journey.cell("t3.granted_full.total"),
        "1",
        "a paste moves no total"
    );
    journey.keys("C-z");
    assert_eq!(journey.cell("t3.granted_full.natural_person"), "1");
    journey.keys("C-Home Insert Right C-x");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "");
    assert_eq!(journey.cell("t3.new_received.org_business"), "");
    journey.keys("C-z");
    assert_eq!(journey.cell("t3.new_received.org_business"), "1");
}

#[test]
fn a_newline_in_a_paste_is_never_enter() {
    let mut journey = Journey::new_report();
    journey.paste("3\n4\n");
    assert!(journey.screen().document.done().is_empty(), "shown first");
    journey.keys("Enter");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "3");
    assert_eq!(journey.cell("t3.carried_in.natural_person"), "4");
    assert_eq!(journey.cursor(), "t3.new_received.natural_person");
    assert_eq!(journey.screen().document.done().len(), 1);
    journey.paste("没有数");
    assert_eq!(journey.screen().document.done().len(), 1);
    assert!(journey.notice().contains("没有数"), "{}", journey.notice());
}

#[test]
fn delete_blanks_the_selection_as_one_step() {
    let mut journey = Journey::sample();
    journey.keys("S-Right S-Right Delete");
    assert_eq!(journey.cell("t3.new_received.org_research"), "");
    assert_eq!(journey.screen().document.done().len(), 1);
    journey.keys("C-z");
    assert_eq!(journey.cell("t3.new_received.org_research"), "0");
    assert_eq!(journey.cursor(), "t3.new_received.natural_person");
}

#[test]
fn one_cell_typed_is_one_step_with_the_totals_that_followed() {
    let mut journey = Journey::new_report();
    journey.keys("123 Tab 4+");
    assert_eq!(journey.cell("t3.new_received.total"), "127");
    assert_eq!(journey.screen().document.done().len(), 3);
    journey.keys("C-z");
    assert_eq!(journey.cell("t3.new_received.total"), "");
    assert_eq!(journey.cell("t3.new_received.org_business"), "4");
    journey.keys("C-z C-z");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "");
    assert!(journey.notice().contains("撤销"), "{}", journey.notice());
}

#[test]
fn a_cell_is_edited_as_a_line_with_any_text() {
    let mut journey = Journey::sample();
    journey.keys("F2 Backspace");
    journey.typed("22（其中 1 件）");
    journey.keys("Enter");
    assert_eq!(
        journey.cell("t3.new_received.natural_person"),
        "22（其中 1 件）"
    );
    assert!(
        journey
            .problems(Severity::Warning)
            .contains(&"CELL-WORDS t3.new_received.natural_person".to_owned())
    );
    journey.keys("F2 9 Esc");
    assert_eq!(
        journey.cell("t3.new_received.natural_person"),
        "22（其中 1 件）"
    );
}

#[test]
fn amounts_take_a_point_and_keep_their_places() {
    let mut journey = Journey::sample();
    journey.keys("C-PageUp C-End");
    assert_eq!(journey.cursor(), "t2.admin_fees.amount_wan_yuan");
    journey.keys("2 . 5 0");
    assert_eq!(journey.cell("t2.admin_fees.amount_wan_yuan"), "2.50");
    journey.keys("C-z");
    assert_eq!(journey.cell("t2.admin_fees.amount_wan_yuan"), "0");
}

#[test]
fn keying_mode_leaves_blanks_unknown_and_checking_calls_them_zero() {
    let mut journey = Journey::new_report();
    journey.keys("7 Tab");
    assert_eq!(journey.errors(), [""; 0]);
    assert!(journey.rows()[0].contains("录入"), "{}", journey.rows()[0]);
    journey.keys("C-u");
    assert_eq!(
        journey.errors(),
        ["T3-BALANCE t3.natural_person", "T3-BALANCE t3.total"]
    );
    assert!(journey.rows()[0].contains("核对"), "{}", journey.rows()[0]);
    assert!(
        journey
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::KeepModes(keying) if !keying.contains(&"t3")))
    );
    journey.keys("*");
    assert_eq!(journey.errors(), [""; 0]);
}

#[test]
fn f8_walks_through_the_problems_across_sections_and_back() {
    let mut journey = Journey::sample();
    journey.keys("F8");
    assert_eq!(journey.cursor(), "t3.processed_total.natural_person");
    assert!(journey.shows("少写 1"), "{}", journey.rows()[20]);
    journey.keys("C-g");
    assert_eq!(journey.cursor(), "t3.processed_total.org_business");
    journey.keys("F8");
    assert_eq!(
        journey.screen().matrix().map(|(_, prefix)| prefix),
        Some("t2")
    );
    assert!(
        journey.notice().contains("少了序号"),
        "{}",
        journey.notice()
    );
    journey.keys("C-p");
    assert_eq!(journey.cursor(), "t3.processed_total.org_business");
}

#[test]
fn the_matrix_survives_every_size() {
    for (cols, rows) in [
        (1, 1),
        (5, 3),
        (20, 5),
        (30, 8),
        (59, 15),
        (60, 16),
        (80, 23),
        (121, 40),
        (140, 40),
        (200, 60),
    ] {
        let mut journey = Journey::sample();
        journey.input(Input::Resize(cols, rows));
        for key in [
            "Down", "F8", "F5", "Esc", "F1", "Esc", "F10", "Esc", "F2", "Esc", "PageDown",
            "C-PageUp",
        ] {
            journey.keys(key);
            let (buffer, cursor) = journey.frame();
            assert!(
                cursor.0 < cols && cursor.1 < rows,
                "{cols}x{rows} after {key}"
            );
            assert_eq!(buffer.area.width, cols);
        }
    }
}

#[test]
fn amounts_and_signs_have_their_kinds() {
    assert_eq!(
        current().kind(
            current()
                .cell("t2.admin_fees.amount_wan_yuan")
                .expect("path")
        ),
        Kind::Amount
    );
}

/// A report under the form of 2019, whose table 2 has signed columns.
fn of_2019(read_only: bool) -> Journey {
    let form = gouji::form::by_key("2019").expect("a form");
    let mut journey = Journey::on(Document::unsaved(Report::new(form)), true);
    let change = form.cell("t2.licensing.change").expect("a path");
    let report = journey.app.report_mut().expect("open");
    report.page = gouji::tui::report::Page::Matrix("t2");
    let (index, _) = report.matrix().expect("a matrix");
    report.cursors[index] = change;
    if read_only {
        report.file.read_only = Some(gouji::base::facts::ReadOnly::UnknownKeys);
    }
    journey
}

#[test]
fn a_sign_begins_a_signed_count_and_nothing_else_is_a_sign() {
    let here = |journey: &Journey| {
        let screen = journey.screen();
        let cell = screen.cursor().expect("in a matrix");
        let text = screen.report().cell(cell).text().into_owned();
        (screen.form().path(cell), text)
    };
    let change = |text: &str| ("t2.licensing.change".to_owned(), text.to_owned());
    let mut journey = of_2019(false);
    journey.keys("- 2");
    assert_eq!(here(&journey), change("-2"));
    journey.keys("S-Tab");
    assert_ne!(here(&journey), change("-2"), "Shift+Tab moves");
    journey.keys("Tab");
    assert_eq!(here(&journey), change("-2"));
    let mut journey = of_2019(true);
    for key in ["-", "+", "3"] {
        journey.keys(key);
        assert!(
            journey.notice().contains("只读"),
            "{key}: {}",
            journey.notice()
        );
        assert_eq!(here(&journey), change(""));
    }
}

#[test]
fn a_plus_fills_no_amount_that_is_written_and_a_point_is_its_point() {
    let fees = "t2.admin_fees.amount_wan_yuan";
    let mut journey = Journey::new_report();
    journey.keys("C-PageUp C-End");
    assert_eq!(journey.cursor(), fees);
    journey.keys("12.5 +");
    assert_eq!(journey.cell(fees), "12.5");
    journey.keys("C-End + C-u +");
    assert_eq!(journey.cell(fees), "12.5");
    assert!(
        journey.notice().contains("不自动补 0"),
        "{}",
        journey.notice()
    );
    journey.keys("Delete + C-u +");
    assert_eq!(journey.cell(fees), "0", "in keying a blank becomes 0");
    journey.keys("C-End . 5");
    assert_eq!(journey.cell(fees), "0.5");
}

#[test]
fn at_a_broken_total_its_error_is_said_before_what_the_text_says() {
    let mut journey = Journey::sample();
    journey.keys("End 6 Left Right");
    let page = journey.rows();
    assert!(page[21].contains("T3-ROWSUM"), "{page:#?}");
}

#[test]
fn a_refused_key_ends_the_typing_so_that_nothing_joins_behind_it() {
    for refused in [".", "+", "a", "国", ",", "Space", "F11", "A-x"] {
        let mut journey = Journey::sample();
        journey.keys("5").keys(refused).keys("1");
        assert_eq!(
            journey.cell("t3.new_received.natural_person"),
            "1",
            "{refused}"
        );
    }
    // A second point of an amount.
    let mut journey = Journey::sample();
    let fees = current().cell("t2.charges.amount").or_else(|| {
        current()
            .cells()
            .find(|cell| current().kind(*cell).is_money())
    });
    let path = current().path(fees.expect("an amount"));
    journey.keys("C-PageUp C-End");
    assert_eq!(
        journey.cursor(),
        path,
        "the amount is the last cell of table 2"
    );
    journey.typed("1.2.3");
    assert_eq!(journey.cell(&path), "3");
    // Of a number too long every further digit is refused, so none joins or begins anew.
    let mut journey = Journey::sample();
    journey.typed("12345678901234");
    assert_eq!(
        journey.cell("t3.new_received.natural_person"),
        "123456789012"
    );
    // What is no refusal goes on: drawing anew, a digit.
    let mut journey = Journey::sample();
    journey.keys("5 C-l 1");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "51");
    // The pass over the totals.
    let mut journey = Journey::sample();
    journey.keys("F10");
    journey.paste("table.recount");
    journey.keys("Enter 5 . 1");
    assert_eq!(journey.cell("t3.new_received.total"), "1");
}
