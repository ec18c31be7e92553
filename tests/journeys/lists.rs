//! Lists, the palette, the help, the fixes.

use gouji::check::Severity;
use gouji::form::current;
use gouji::model::{Document, Report};
use gouji::tui::bindings::Keymap;
use gouji::tui::command::{COMMANDS, Command, CommandInfo};
use gouji::tui::input::Effect;

use crate::support::journey::Journey;

#[test]
fn the_problem_list_goes_to_the_cell() {
    let mut journey = Journey::sample();
    journey.keys("F5");
    let rows = journey.rows();
    assert!(
        rows[12].contains("错误 2") && rows[12].contains("提醒 1"),
        "{}",
        rows[0]
    );
    assert!(
        rows[13].contains("! 表三 自然人列：各项结果相加 8，（七）总计写 7，少写 1"),
        "{}",
        rows[13]
    );
    assert!(
        rows[15].contains("? 第二部分标题少了序号【二、】"),
        "{}",
        rows[15]
    );
    journey.keys("Down Enter");
    assert_eq!(journey.cursor(), "t3.processed_total.org_business");
}

#[test]
fn a_lost_heading_number_is_put_back_by_its_fix() {
    let mut journey = Journey::sample();
    journey.keys("C-PageUp F6");
    assert!(
        journey.shows("二、主动公开政府信息情况"),
        "{:?}",
        journey.rows()
    );
    journey.keys("Enter");
    assert_eq!(journey.problems(Severity::Warning), [""; 0]);
    journey.keys("C-z");
    assert_eq!(journey.problems(Severity::Warning), ["S-HEADING s2"]);
}

#[test]
fn blank_cells_and_totals_are_filled_by_their_fixes() {
    let mut journey = Journey::sample();
    journey.keys("S-Right Delete End Delete F6");
    let offered = journey.rows().join("\n");
    assert!(
        offered.contains("2 个空白格补 0") && offered.contains("1 个总计按相加填上"),
        "{offered}"
    );
    journey.keys("Esc");
    assert_eq!(journey.cell("t3.new_received.total"), "");
}

#[test]
fn fixes_never_make_totals_follow() {
    let mut journey = Journey::new_report();
    journey.keys("7+ C-u F6");
    let rows = journey.rows();
    let zeros = rows
        .iter()
        .position(|row| row.contains("空白格补 0"))
        .expect("offered");
    for _ in 2..zeros {
        journey.keys("Down");
    }
    journey.keys("Enter");
    assert_eq!(journey.cell("t3.carried_in.natural_person"), "0");
    assert_eq!(journey.cell("t3.carried_in.total"), "");
}

#[test]
fn the_palette_filters_and_its_digits_choose() {
    let mut journey = Journey::sample();
    journey.keys("F10");
    journey.typed("cx");
    assert!(!journey.shows("撤销"), "undo is not possible yet");
    journey.keys("Esc 5 F10");
    journey.typed("cx");
    assert!(journey.shows("撤销"), "{}", journey.rows()[2]);
    journey.keys("Enter");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "7");
    journey.keys("Esc 0 8");
    assert_eq!(journey.cursor(), "t3.processed_total.natural_person");
}

#[test]
fn the_help_lists_every_command_with_its_keys() {
    let mut journey = Journey::sample();
    journey.keys("F1");
    let mut seen = String::new();
    for _ in 0..COMMANDS.len() + 20 {
        seen.push_str(&journey.rows().join("\n"));
        journey.keys("Down");
    }
    for info in COMMANDS {
        assert!(seen.contains(info.title.zh), "{}", info.title.zh);
    }
    journey.keys("Esc");
    assert!(journey.app.overlay.is_none());
}

#[test]
fn invariant_every_command_is_reachable_without_letter_or_f_key() {
    for info in COMMANDS {
        assert!(is_reachable(info), "{}", info.name);
    }
    let mut journey = Journey::sample();
    journey.keys("Esc 0");
    for _ in 0..60 {
        if journey
            .rows()
            .iter()
            .any(|row| row.contains("> ") && row.contains("换成英文界面"))
        {
            break;
        }
        journey.keys("Down");
    }
    journey.keys("Enter");
    assert!(journey.shows("checking"), "{}", journey.rows()[0]);
}

#[test]
fn an_empty_report_says_so_once_a_table() {
    let journey = Journey::on(Document::new(Report::new(current())), false);
    assert_eq!(
        journey.problems(Severity::Warning),
        [
            "H-YEAR head.year",
            "H-BODY head.body",
            "S-EMPTY s1",
            "T2-EMPTY t2",
            "T3-EMPTY t3",
            "T4-EMPTY t4"
        ]
    );
    let keying = Journey::new_report();
    assert_eq!(
        keying.problems(Severity::Warning),
        ["H-YEAR head.year", "H-BODY head.body"]
    );
}

#[test]
fn the_start_page_offers_what_works() {
    let mut journey = Journey::start(gouji::tui::input::StartFacts::default());
    let page = journey.rows().join("\n");
    for offered in [
        "空白新建",
        "从去年的报告新建",
        "打开一份",
        "打开一个文件夹",
        "练习",
        "对齐",
    ] {
        assert!(page.contains(offered), "{offered}: {page}");
    }
    journey.keys("Down Down Down Down Enter");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Open {
            target: gouji::tui::input::Target::Practice,
            ..
        })
    ));
    journey.keys("9");
    assert!(journey.app.look.ruler.wide_ambiguous);
    journey.keys("0");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Quit { keep: false })
    ));
}

#[test]
fn what_is_not_there_is_not_offered() {
    let journey = Journey::sample();
    assert!(!journey.is_possible(Command::Undo));
    assert!(!journey.is_possible(Command::OtherPane), "no text is shown");
}

/// Whether a command has a way that needs neither a letter nor an F-key.
fn is_reachable(info: &CommandInfo) -> bool {
    let keymap = Keymap::default();
    let is_plain = |chord: &&str| {
        let letter = chord.chars().count() == 1 && chord.starts_with(char::is_alphabetic);
        let f_key = chord.starts_with('F') && chord.len() > 1;
        // The menu of Esc has a digit for each of the first ten.
        let digit = f_key && chord[1..].parse::<u8>().is_ok_and(|number| number <= 10);
        digit || !(letter || f_key)
    };
    info.listed || keymap.keys_of(info.command).iter().any(is_plain)
}
