//! U9: two reports side by side, key by key.

use std::path::PathBuf;

use gouji::base::facts::{FileFacts, Stamp};
use gouji::base::failure::Failure;
use gouji::base::words::{Lang, Words, words};
use gouji::check::profile::{Limit, THRESHOLDS};
use gouji::format;
use gouji::model::{Cell, Document, HeadField, Report, Transaction};
use gouji::tui::app::Overlay;
use gouji::tui::input::{Against, Effect, Input, Last, Opened, Other, Reply, StartFacts};

use crate::support::journey::Journey;

/// The report of a district on a year.
fn year(year: u16) -> Report {
    let path = format!(
        "{}/tests/data/years/district-{year}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(path).expect("the two years lie there");
    let draft = format::read(&bytes, None, &format::Options::default()).expect("a report");
    draft.into_report()
}

/// A report with cells and texts set.
pub(crate) fn set(report: Report, places: &[(&str, &str)]) -> Report {
    let form = report.form();
    let mut step = Transaction::new(Words::same("set"));
    for (place, value) in places {
        step = match (form.cell(place), form.text(place)) {
            (Some(cell), _) => step.cell(&report, cell, Cell::read(value, form.kind(cell))),
            (_, Some(text)) => step.splice(&report, text, 0..report.text(text).len(), value),
            _ => step.head(&report, HeadField::by_key(place).expect("a place"), value),
        };
    }
    let mut document = Document::new(report);
    document.apply(step).expect("fits");
    document.report().clone()
}

/// Last year's report.
fn before() -> Report {
    set(
        year(2023),
        &[
            (
                "s1",
                "（一）主动公开。全年公开政府信息128条。定期核对，及时更新。\n（二）依申请公开。全年收到申请41件，均按时答复。",
            ),
            ("s5", "公开的内容还不够细。明年加强学习，多听意见。"),
            ("s6", "收费通知的件数、总金额和实际收取的总金额均为0。"),
        ],
    )
}

/// This year's: two columns of 上年结转 are not what was carried out, and the stock of
/// documents does not follow.
fn now() -> Report {
    set(
        year(2024),
        &[
            ("body", "临河区人民政府"),
            ("t3.carried_in.natural_person", "2"),
            ("t2.normative_documents.in_force", "9"),
            (
                "s1",
                "（一）主动公开。全年公开政府信息306条，比上年增加178条。定期核对，及时更新。\n（二）依申请公开。全年收到申请47件，均按时答复。建立台账。",
            ),
            ("s5", "公开的内容还不够细。明年加强学习，多听意见。"),
            ("s6", "收费通知的件数、总金额和实际收取的总金额均为0。"),
        ],
    )
}

const LAST: &str = "/tmp/district-2023.json";

/// The later year on the screen, the one before known.
pub(crate) fn two_years() -> Journey {
    let mut journey = Journey::start(StartFacts::default());
    journey.reply(Reply::Opened(Box::new(Opened {
        last: Some(Last {
            stamp: None,
            path: PathBuf::from(LAST),
            report: before(),
        }),
        ..Opened::of(Document::new(now()), file(), true)
    })));
    journey
}

fn file() -> FileFacts {
    FileFacts {
        path: Some(PathBuf::from("/tmp/district-2024.json")),
        stamp: Some(Stamp {
            size: 1,
            seconds: 1,
            nanos: 0,
            inode: 1,
        }),
        ..FileFacts::default()
    }
}

/// What the shell answers once the other report was read.
pub(crate) fn read(against: Against, other: Report) -> Reply {
    Reply::Beside(Box::new(Other {
        against,
        read: Ok(other),
        is_changed: false,
    }))
}

/// The page of the two years, on a screen like another one's.
pub(crate) fn beside(like: &Journey) -> Journey {
    let mut journey = page();
    journey.app.look = like.app.look;
    journey
}

/// The page of the two years.
pub(crate) fn page() -> Journey {
    let mut journey = two_years();
    journey.reply(read(Against::Last(LAST.into()), before()));
    journey
}

#[test]
fn the_page_shows_both_years_and_only_what_differs_until_space() {
    let mut journey = page();
    let rows = journey.rows();
    assert!(rows[0].contains("对比 2023 -> 2024"), "{rows:#?}");
    assert!(rows[0].contains("district-2023.json"), "{rows:#?}");
    assert!(journey.shows("不同：31 格（变化大 2），3 句"), "{rows:#?}");
    let row = |rows: &[String], name: &str| -> Option<Vec<String>> {
        let at = rows.iter().position(|row| row.contains(name))?;
        let pieces = |row: &String| row.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(rows[at..].iter().take(3).map(pieces).collect())
    };
    let documents = row(&rows, "> 规范性文件").expect("it differs");
    assert_eq!(
        documents
            .iter()
            .map(|row| row.trim_end_matches(['█', ' ', '│', '|', '#']))
            .collect::<Vec<_>>(),
        ["> 规范性文件 2023 0 5 5", "2024 3 0 9?", "差 +3 -5 +4"]
    );
    assert!(!journey.shows("规章"), "it is as it was: {rows:#?}");
    journey.keys("Space");
    let rows = journey.rows();
    let rules = row(&rows, "规章").expect("everything is shown");
    assert!(rules[0].contains("= 0 0 0"), "{rules:?}");
    journey.keys("Space");
    assert!(!journey.shows("规章"));
}

/// Everything that the page says, from its top to its end.
fn whole(journey: &mut Journey) -> String {
    journey.keys("Home");
    let mut all = journey.rows().join("\n");
    for _ in 0..60 {
        journey.keys("PageDown");
        all.push_str(&journey.rows().join("\n"));
    }
    journey.keys("Home");
    all
}

#[test]
fn jumps_carried_numbers_and_documents_that_do_not_follow_are_marked() {
    let mut journey = page();
    let all = whole(&mut journey);
    assert!(all.contains("9487i"), "a jump by the limits of the profile");
    assert!(all.contains("2776 "), "no jump");
    assert!(
        all.contains(
            "? 【规范性文件】去年有效 5 + 制发 3 - 废止 0 = 8，今年写 9，差 1（X-NORMDOC）"
        )
    );
    assert!(all.contains("? 上年结转 自然人写 2，去年报告的结转下年是 0，差 2（X-CARRY）"));
    assert!(all.contains("四 结转下年"), "what it stands against");
    assert!(
        all.contains("五 问题改进") && all.contains("100% 逐字相同"),
        "{all}"
    );
    assert!(all.contains("3 句不同，38% 逐字相同"), "{all}");
}

#[test]
fn a_jump_is_what_the_limits_of_the_profile_say() {
    let mut journey = two_years();
    let limit = |(key, value)| Limit {
        threshold: THRESHOLDS
            .iter()
            .find(|one| one.key == key)
            .expect("a limit"),
        value,
        since: String::new(),
        reason: String::new(),
    };
    let limits = [("jump_times", 2), ("jump_least", 5)].map(limit).into();
    let report = journey.app.report_mut().expect("it is open");
    report.profile.limits = limits;
    journey.reply(read(Against::Last(LAST.into()), before()));
    let all = whole(&mut journey);
    assert!(all.contains("95i"), "95 is more than twice 21: {all}");
}

#[test]
fn f8_goes_from_difference_to_difference_and_says_where_they_end() {
    let mut journey = page();
    let told = |journey: &Journey| journey.rows()[20].trim().to_owned();
    assert_eq!(told(&journey), "表二 规范性文件/制发：0 -> 3（+3）");
    journey.keys("F8");
    assert_eq!(told(&journey), "表二 规范性文件/废止：5 -> 0（-5）");
    journey.keys("F8 F8");
    assert_eq!(
        told(&journey),
        "表二 行政许可/决定：550 -> 9487（+8937，变化大）"
    );
    journey.keys("C-p");
    assert_eq!(told(&journey), "表二 规范性文件/有效：5 -> 9（+4）");
    journey.keys("C-p C-p C-p");
    assert_eq!(journey.notice(), "前面没有不同了");
    for _ in 0..80 {
        journey.keys("F8");
    }
    assert_eq!(journey.notice(), "后面没有不同了");
    assert!(journey.shows("建立台账"), "{:#?}", journey.rows());
}

#[test]
fn the_chosen_thing_stays_in_sight_wherever_the_keys_lead() {
    for size in [(160, 50), (120, 30), (80, 23), (60, 20), (40, 12), (20, 5)] {
        let mut journey = page();
        journey.input(Input::Resize(size.0, size.1));
        for keys in [
            "Down",
            "Down",
            "Right",
            "PageDown",
            "F8",
            "F3",
            "Up",
            "Space",
            "PageDown",
            "End",
            "F8",
            "C-p",
            "PageUp",
            "Home",
            "C-PageDown",
            "C-PageUp",
        ] {
            journey.keys(keys);
            let rows = journey.rows();
            let chosen = rows.iter().filter(|row| row.starts_with('>')).count();
            assert_eq!(chosen, 1, "{keys} at {size:?}: {rows:#?}");
        }
    }
}

#[test]
fn enter_goes_to_the_cell_and_escape_comes_back_to_the_same_place() {
    let mut journey = page();
    journey.keys("F8 F8 F8");
    let before = journey.rows();
    journey.keys("Enter");
    assert!(journey.app.overlay.is_none());
    assert_eq!(journey.cursor(), "t2.licensing.decisions");
    assert_eq!(journey.notice(), "Esc 回到对比");
    journey.keys("Esc");
    assert!(matches!(journey.app.overlay, Some(Overlay::Compare(_))));
    assert_eq!(journey.rows(), before);
    journey.keys("Esc");
    assert!(journey.app.overlay.is_none());
    journey.keys("Esc");
    assert!(journey.app.menu, "the page is closed for good");
}

#[test]
fn what_is_opened_over_the_page_leads_back_to_it() {
    for keys in ["F1", "F10", "F5", "F12"] {
        let mut journey = page();
        journey.keys("F8 F8");
        let before = journey.rows();
        journey.keys(keys);
        let is_over = !matches!(journey.app.overlay, Some(Overlay::Compare(_)));
        assert!(is_over, "{keys}");
        journey.keys("Esc Esc");
        assert_eq!(journey.rows(), before, "{keys}");
    }
}

#[test]
fn a_window_that_narrows_keeps_the_chosen_sentence_whole_in_sight() {
    let mut journey = page();
    journey.keys("F3 F3 F3 F3");
    journey.input(Input::Resize(40, 12));
    let rows = journey.rows();
    let chosen = rows.iter().position(|row| row.starts_with("> - 全年公开"));
    assert!(chosen.is_some(), "{rows:#?}");
}

#[test]
fn what_is_corrected_at_the_cell_is_gone_from_the_page_when_one_comes_back() {
    let mut journey = page();
    journey.keys("F8 F8 Enter 8 Enter");
    assert_eq!(journey.cell("t2.normative_documents.in_force"), "8");
    journey.keys("Esc");
    let rows = journey.rows();
    assert!(
        rows.iter()
            .any(|row| row.contains("+3         -5         +3")),
        "{rows:#?}"
    );
    assert!(!journey.shows("X-NORMDOC"), "{rows:#?}");
}

#[test]
fn f6_takes_last_years_number_and_escape_leads_back() {
    let mut journey = page();
    while !journey.rows()[20].contains("上年结转/自然人") {
        journey.keys("F8");
        assert_ne!(journey.notice(), "后面没有不同了");
    }
    journey.keys("F6");
    assert!(
        matches!(journey.app.overlay, Some(Overlay::Fixes(_))),
        "{:#?}",
        journey.rows()
    );
    journey.keys("Enter");
    assert_eq!(journey.cell("t3.carried_in.natural_person"), "0");
    journey.keys("Esc");
    assert!(matches!(journey.app.overlay, Some(Overlay::Compare(_))));
    assert!(!whole(&mut journey).contains("X-CARRY"));
}

#[test]
fn enter_on_a_sentence_puts_the_caret_at_it() {
    let mut journey = page();
    for _ in 0..80 {
        journey.keys("F8");
    }
    journey.keys("C-p Enter");
    let screen = journey.screen();
    let text = screen.text_shown().expect("a text is shown");
    let at = screen.prose.carets[text.index()].at;
    assert!(screen.report().text(text)[at..].starts_with("全年收到申请47件"));
    journey.keys("Esc");
    assert!(matches!(journey.app.overlay, Some(Overlay::Compare(_))));
}

#[test]
fn what_changed_inside_a_sentence_is_bold_and_the_rest_is_not() {
    let mut journey = page();
    journey.app.look.theme = gouji::tui::theme::Theme::NONE;
    for _ in 0..80 {
        journey.keys("F8");
    }
    let (buffer, _) = journey.frame();
    let rows = journey.rows();
    let y = rows
        .iter()
        .position(|row| row.contains("+ 全年收到申请47件"))
        .expect("a row");
    let bold: String = (4..80)
        .map(|x| &buffer[(x, u16::try_from(y).expect("a row"))])
        .filter(|cell| cell.modifier.contains(ratatui::style::Modifier::BOLD))
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert_eq!(bold, "47");
}

#[test]
fn the_command_asks_with_what_and_takes_last_year_where_it_is_known() {
    let mut journey = two_years();
    journey.keys("F10");
    journey.paste("file.compare");
    journey.keys("Enter");
    assert!(
        journey.shows("1  去年的报告：/tmp/district-2023.json"),
        "{:#?}",
        journey.rows()
    );
    assert!(journey.shows("2  磁盘上的文件"), "{:#?}", journey.rows());
    assert!(journey.shows("3  以前的版本"), "{:#?}", journey.rows());
    journey.keys("1");
    let last = journey.effects.last();
    assert!(
        matches!(last, Some(Effect::Beside(Against::Last(path))) if path.ends_with("district-2023.json")),
        "{last:?}"
    );
    // Where nothing is known a file is asked for.
    let mut journey = Journey::sample();
    journey.keys("F10");
    journey.paste("file.compare");
    journey.keys("Enter");
    assert!(
        journey.shows("1  选一个文件：去年的报告"),
        "{:#?}",
        journey.rows()
    );
    journey.keys("1");
    journey.paste("/tmp/last.docx");
    journey.keys("Enter");
    let last = journey.effects.last();
    assert!(
        matches!(last, Some(Effect::Beside(Against::File(path))) if path.ends_with("last.docx")),
        "{last:?}"
    );
}

#[test]
fn last_years_file_that_changed_since_is_told_before_and_both_can_be_had() {
    let changed = || set(before(), &[("t2.licensing.decisions", "999")]);
    let mut journey = two_years();
    journey.reply(read(Against::Last(LAST.into()), changed()));
    assert!(
        journey.shows("去年的报告读入以后改过了"),
        "{:#?}",
        journey.rows()
    );
    journey.keys("1");
    assert!(whole(&mut journey).contains(" 999 "));
    let mut journey = two_years();
    journey.reply(read(Against::Last(LAST.into()), changed()));
    journey.keys("2");
    assert!(whole(&mut journey).contains(" 550 "));
    let mut journey = two_years();
    journey.reply(read(Against::Last(LAST.into()), changed()));
    journey.keys("Esc");
    assert!(journey.app.overlay.is_none() && journey.app.aside.is_none());
}

#[test]
fn last_years_file_that_is_gone_is_told_with_its_reason_and_what_was_read_stands() {
    let gone = || {
        let what = words("打不开", "cannot open");
        Reply::Beside(Box::new(Other {
            against: Against::Last(LAST.into()),
            read: Err(Failure::file(what.into()).because(words("没有这个文件。", "There is none."))),
            is_changed: false,
        }))
    };
    let mut journey = two_years();
    journey.reply(gone());
    assert!(journey.shows("没有这个文件"), "{:#?}", journey.rows());
    journey.keys("1");
    assert!(matches!(journey.app.overlay, Some(Overlay::Compare(_))));
    // Of a file that nobody read before there is nothing to show.
    let mut journey = Journey::sample();
    journey.reply(gone());
    assert!(matches!(journey.app.overlay, Some(Overlay::Failed(_))));
}

#[test]
fn the_file_on_the_disk_that_somebody_changed_is_told_before_it_is_compared() {
    let mut journey = two_years();
    journey.reply(Reply::Beside(Box::new(Other {
        against: Against::Disk("/tmp/district-2024.json".into()),
        read: Ok(set(now(), &[("t4.review.upheld", "77")])),
        is_changed: true,
    })));
    assert!(
        journey.shows("这个文件打开以后在别处被改过了"),
        "{:#?}",
        journey.rows()
    );
    journey.keys("1");
    let rows = journey.rows();
    assert!(
        rows[0].contains("磁盘上的 district-2024.json -> 屏幕上的"),
        "{rows:#?}"
    );
    assert!(journey.shows("磁盘") && journey.shows("77"), "{rows:#?}");
    let mut journey = two_years();
    journey.reply(read(Against::Disk("/tmp/district-2024.json".into()), now()));
    assert!(journey.shows("没有不同"), "{:#?}", journey.rows());
}

#[test]
fn a_report_of_another_body_or_of_a_year_farther_away_is_said() {
    let mut journey = two_years();
    let other = set(before(), &[("body", "水务局")]);
    journey.reply(read(Against::File("/tmp/x.json".into()), other));
    assert!(
        journey.notice().contains("两份不是同一个机关：水务局"),
        "{}",
        journey.notice()
    );
    let other = set(before(), &[("year", "2021")]);
    journey.reply(read(Against::File("/tmp/x.json".into()), other));
    assert!(
        journey.notice().contains("不是相邻的两年：2021"),
        "{}",
        journey.notice()
    );
    let named = set(before(), &[("body", "永安市临河区人民政府")]);
    journey.reply(read(Against::File("/tmp/x.json".into()), named));
    assert_eq!(journey.notice(), "", "one body by two of its names");
}

#[test]
fn a_report_on_the_form_of_2019_stands_beside_one_of_2021() {
    let path = format!(
        "{}/tests/data/years/office-2020.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(path).expect("it lies there");
    let old = format::read(&bytes, None, &format::Options::default()).expect("a report");
    let mut journey = two_years();
    journey.reply(read(
        Against::File("/tmp/office-2020.json".into()),
        old.into_report(),
    ));
    let all = whole(&mut journey);
    assert!(all.contains("没有比的"), "{all}");
}

#[test]
fn texts_of_64_kb_are_gone_through_to_their_end() {
    let long = |word: &str| {
        let sentences = (0..1500).map(|at| format!("第{at}件事{word}办结，均已公开。"));
        let text: String = sentences.collect();
        format!("{text}{}", word.repeat(5000))
    };
    let mut journey = Journey::on(Document::new(set(now(), &[("s1", &long("现"))])), true);
    journey.reply(read(
        Against::File("/tmp/x.json".into()),
        set(before(), &[("s1", &long("原"))]),
    ));
    journey.keys("End");
    let rows = journey.rows();
    assert!(rows.iter().any(|row| row.starts_with('>')), "{rows:#?}");
    journey.keys("Space PageUp PageUp C-p");
    assert!(journey.rows().iter().any(|row| row.starts_with('>')));
}

#[test]
fn the_page_speaks_english() {
    let mut journey = page();
    journey.app.look.lang = Lang::En;
    let rows = journey.rows();
    assert!(
        rows[0].contains("last year: district-2023.json"),
        "{rows:#?}"
    );
    assert!(
        rows.iter().any(|row| row.starts_with("Table 2 Proactive")),
        "{rows:#?}"
    );
}

#[test]
fn f7_explains_what_the_rules_of_two_years_find_and_the_page_says_so() {
    let mut journey = page();
    while !journey.rows()[20].contains("规范性文件/有效") {
        journey.keys("F8");
    }
    journey.keys("F7");
    assert!(journey.shows("出错说明"), "{:#?}", journey.rows());
    journey.typed("上年清理时更正过");
    journey.keys("Enter");
    assert_eq!(journey.screen().report().remarks().len(), 1);
    journey.keys("Esc");
    let rows = journey.rows();
    assert!(journey.shows(": 【规范性文件】去年有效 5"), "{rows:#?}");
    assert!(rows.iter().any(|row| row.contains("9:")), "{rows:#?}");
    let all = whole(&mut journey);
    assert!(
        all.contains("上年清理时更正过"),
        "it is a difference itself"
    );
}

#[test]
fn a_year_of_another_body_is_no_last_year_to_any_rule() {
    let mut journey = two_years();
    let other = set(before(), &[("body", "水务局")]);
    journey.reply(read(Against::File("/tmp/x.json".into()), other));
    let all = whole(&mut journey);
    assert!(!all.contains("X-CARRY") && !all.contains("X-NORMDOC"));
    assert!(all.contains("9487i"), "a jump is one all the same");
}
