//! U1: a new report made from last year's, on the screen.

use std::path::PathBuf;

use gouji::check::Severity;
use gouji::form::current;
use gouji::model::{Document, HeadField, Report};
use gouji::tui::app::Overlay;
use gouji::tui::command::Command;
use gouji::tui::input::{Effect, FromRead, Last, Opened, Reply, Target};
use gouji::tui::report::{Page, from_last};

use crate::support::journey::Journey;
use crate::support::reports::{changed, old};

/// Last year's report: two cases go on, prose of every kind, nothing to complain of.
const LAST: &[&str] = &[
    "head.year=2023",
    "head.title=某县民政局2023年政府信息公开工作年度报告",
    "head.period=2023年1月1日至2023年12月31日",
    "t2.normative_documents.in_force=16",
    "t3.new_received.natural_person=3",
    "t3.new_received.total=3",
    "t3.granted_full.natural_person=1",
    "t3.granted_full.total=1",
    "t3.processed_total.natural_person=1",
    "t3.processed_total.total=1",
    "t3.carried_out.natural_person=2",
    "t3.carried_out.total=2",
    "text.preamble=依据《条例》（国令第711号）编制。数据统计期限自2023年1月1日起至2023年12月31日止。",
    "text.s1=（一）主动公开。2023年，我局贯彻党的二十届三中全会精神，及时发布。\\（二）依申请公开。2023年全局受理申请3件。\\（三）政府信息管理。先审查后公开。\\（四）平台建设。维护网站。\\（五）监督保障。7月召开会议。",
];

pub(crate) fn last_with(changes: &[&str]) -> Report {
    let all: Vec<&str> = LAST.iter().chain(changes).copied().collect();
    changed(&all).into_report()
}

const PATH: &str = "/home/wang/某县民政局2023.docx";

/// The start page, last year's file named there and read.
pub(crate) fn read(report: Report) -> Journey {
    let mut journey = Journey::start(super::start::facts());
    journey.keys("4");
    assert!(matches!(journey.effects.last(), Some(Effect::List(_))));
    journey.reply(super::files::listed("", &["某县民政局2023.docx"]));
    assert!(journey.shows("去年的报告:"), "{:#?}", journey.rows());
    journey.keys("Down Enter");
    assert!(
        matches!(journey.effects.last(), Some(Effect::ReadFrom(path)) if path.ends_with("某县民政局2023.docx"))
    );
    journey.reply(Reply::FromRead(Box::new(FromRead {
        last: Last {
            stamp: None,
            path: PathBuf::from(PATH),
            report,
        },
        notes: Vec::new(),
        native: true,
    })));
    journey
}

/// Opens what the last effect asks for, as the shell does.
fn open(journey: &mut Journey) {
    let Some(Effect::Open {
        target: Target::After(after),
        ..
    }) = journey.effects.last()
    else {
        unreachable!("{:?}", journey.effects.last());
    };
    let begun = from_last::begun(after, None);
    journey.reply(Reply::Opened(Box::new(begun)));
}

/// The new report.
pub(crate) fn begun(report: Report) -> Journey {
    let mut journey = read(report);
    if matches!(journey.app.overlay, Some(Overlay::Ask(_))) {
        journey.keys("1");
    }
    assert!(journey.shows("报告年度: 2024"), "{:#?}", journey.rows());
    journey.keys("Enter Enter");
    open(&mut journey);
    journey
}

/// A report beside its last year, as opened.
fn beside(report: Report, last: Report) -> Journey {
    let mut journey = Journey::start(super::start::facts());
    journey.reply(Reply::Opened(Box::new(Opened {
        last: Some(Last {
            stamp: None,
            path: PathBuf::from(PATH),
            report: last,
        }),
        ..Opened::of(
            Document::new(report),
            gouji::base::facts::FileFacts::default(),
            true,
        )
    })));
    journey
}

fn row(journey: &Journey, label: &str) -> String {
    let rows = journey.rows();
    let row = rows.iter().find(|row| row.starts_with(label));
    row.unwrap_or_else(|| unreachable!("{rows:#?}")).clone()
}

#[test]
fn a_seven_cells_are_carried_and_marked_and_b_no_other_number_is() {
    let last = last_with(&[]);
    let journey = begun(last.clone());
    let report = journey.screen().report();
    let form = report.form();
    let mut carried = 0;
    for cell in form.cells() {
        let path = form.path(cell);
        if let Some(col) = path.strip_prefix("t3.carried_in.") {
            let out = form.cell(&format!("t3.carried_out.{col}")).expect("a cell");
            assert_eq!(report.cell(cell), last.cell(out), "{path}");
            assert!(journey.screen().is_carried(cell), "{path}");
            carried += 1;
        } else {
            assert!(report.cell(cell).is_blank(), "{path}");
            assert!(!journey.screen().is_carried(cell), "{path}");
        }
    }
    assert_eq!(carried, 7);
    let row = row(&journey, "二 上年结转");
    assert_eq!(row.matches('<').count(), 7, "{row}");
    assert!(row.contains("2<"), "{row}");
    assert!(
        journey.notice().contains("带入上年结转 7 格"),
        "{}",
        journey.notice()
    );
    assert!(report.remarks().is_empty() && report.questions().is_empty());
}

#[test]
fn it_begins_in_keying_unsaved_and_is_in_the_journal_at_once() {
    let journey = begun(last_with(&[]));
    assert!(journey.screen().is_keying());
    assert!(journey.rows()[0].contains("录入") && journey.rows()[0].contains("未保存"));
    assert!(matches!(
        &journey.effects[..],
        [.., Effect::Journal { .. }, Effect::KeepLast(Some(at))] if at.path == std::path::Path::new(PATH)
    ));
    assert_eq!(journey.screen().document.done().len(), 1, "one step");
    let mut journey = journey;
    journey.keys("C-s");
    assert!(
        journey.shows("某县民政局2024.json"),
        "{:#?}",
        journey.rows()
    );
    journey.keys("Enter");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Save { last: Some(last), .. }) if last == &PathBuf::from(PATH)
    ));
}

#[test]
fn c_the_year_moves_in_the_head_and_what_a_new_year_makes_stale_is_listed() {
    let mut journey = begun(last_with(&[]));
    let head = |field| journey.screen().report().head().get(field);
    assert_eq!(
        head(HeadField::Title),
        "某县民政局2024年政府信息公开工作年度报告"
    );
    assert_eq!(head(HeadField::Period), "2024年1月1日至2024年12月31日");
    assert_eq!(head(HeadField::Year), "2024");
    assert!(
        journey.notice().contains("要重写 4 句"),
        "{}",
        journey.notice()
    );
    journey.keys("F10");
    journey.typed("ycxdjz");
    journey.keys("Enter");
    assert!(
        journey.shows("要重写的句子  还有 4 句"),
        "{:#?}",
        journey.rows()
    );
    for said in [
        "= 前言 [年度已改] 数据统计期限自2024年1月1日起",
        "? 一 [年份 会议 数] 2024年，我局贯彻党的二十届三中全会精神",
        "? 一 [年份 数] 2023年全局受理申请3件。",
        "? 一 [日期 会议 数] 7月召开会议。",
    ] {
        assert!(journey.shows(said), "{said}: {:#?}", journey.rows());
    }
    assert!(!journey.shows("国令第711号"), "{:#?}", journey.rows());
}

#[test]
fn a_sentence_is_ticked_off_as_it_is_changed_and_undo_brings_it_back() {
    let mut journey = begun(last_with(&[]));
    journey.keys("F10");
    journey.typed("ycxdjz");
    journey.keys("Enter Down Enter");
    assert!(journey.app.overlay.is_none());
    let s1 = current().text("s1").expect("a text");
    assert_eq!(journey.screen().page, Page::Text(s1));
    journey.typed("去");
    assert_eq!(journey.screen().untouched(), 3);
    journey.keys("F10");
    journey.typed("ycxdjz");
    journey.keys("Enter");
    assert!(journey.shows("还有 3 句"), "{:#?}", journey.rows());
    assert!(journey.shows("[已重写]"), "{:#?}", journey.rows());
    journey.keys("Down Enter");
    assert!(
        journey.notice().contains("已经改了"),
        "{}",
        journey.notice()
    );
    journey.keys("Esc C-z");
    assert_eq!(journey.screen().untouched(), 4);
}

#[test]
fn d_what_is_wrong_with_last_year_is_said_before_and_can_be_looked_at() {
    let wrong = || last_with(&["t3.carried_out.natural_person=1"]);
    let mut journey = read(wrong());
    assert!(
        journey.shows("去年的报告有 2 处错误"),
        "{:#?}",
        journey.rows()
    );
    journey.keys("2");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Open { target: Target::File(path), .. }) if path == &PathBuf::from(PATH)
    ));
    let mut journey = read(wrong());
    journey.keys("Esc");
    assert!(journey.app.overlay.is_none() && journey.app.report().is_none());
    let mut journey = read(wrong());
    journey.keys("1 Enter Enter");
    open(&mut journey);
    assert_eq!(journey.cell("t3.carried_in.natural_person"), "1");
    // Nothing wrong, nothing asked.
    let journey = read(last_with(&[
        "text.s1=（一）主动公开。及时。\\（二）依申请公开。依法。\\（三）政府信息管理。审查。\\（四）平台建设。维护。\\（五）监督保障。自查。",
    ]));
    assert!(
        matches!(journey.app.overlay, Some(Overlay::Begin(_))),
        "{:#?}",
        journey.rows()
    );
}

#[test]
fn e_changing_a_carried_number_asks_for_its_reason_when_the_cell_is_left() {
    let mut journey = begun(last_with(&[]));
    journey.keys("Down");
    assert_eq!(journey.cursor(), "t3.carried_in.natural_person");
    journey.typed("5");
    assert!(journey.app.overlay.is_none(), "not while it is typed");
    journey.keys("Enter");
    assert!(
        matches!(journey.app.overlay, Some(Overlay::Prompt(_))),
        "{:#?}",
        journey.rows()
    );
    assert!(
        journey.shows("上年结转") && journey.shows("理由"),
        "{:#?}",
        journey.rows()
    );
    journey.paste("去年漏报3件，已更正");
    journey.keys("Enter");
    let remarks = journey.screen().report().remarks().to_vec();
    // The total follows the number, and one reason is enough for both.
    assert_eq!(remarks.len(), 2);
    assert!(
        remarks
            .iter()
            .all(|remark| remark.rule == "X-CARRY" && remark.text == "去年漏报3件，已更正")
    );
    assert_eq!(remarks[0].site, "t3.carried_in.natural_person");
    let open = journey.problems(Severity::Warning);
    let settled = journey.screen().findings.problems.iter();
    let settled = settled.filter(|problem| problem.is_explained()).count();
    assert_eq!(settled, 2, "{open:?}");
    journey.keys("Up Down");
    assert!(journey.app.overlay.is_none(), "asked once");
}

#[test]
fn e_a_cell_edited_as_a_line_or_emptied_asks_when_it_is_left_too() {
    let mut journey = begun(last_with(&[]));
    journey.keys("Down F2 C-u");
    journey.typed("7");
    journey.keys("Enter");
    assert!(journey.app.overlay.is_none(), "still in the cell");
    journey.keys("Right");
    assert!(matches!(journey.app.overlay, Some(Overlay::Prompt(_))));
    // Numbers typed on are no reason, and nothing is settled by them.
    journey.typed("0⏎");
    assert!(journey.notice().contains("写理由"), "{}", journey.notice());
    assert!(journey.screen().report().remarks().is_empty());
    journey.keys("Esc");
    let mut journey = begun(last_with(&[]));
    journey.keys("Down Delete 4 Tab");
    assert!(matches!(journey.app.overlay, Some(Overlay::Prompt(_))));
    // In the pass over the totals nobody is asked.
    let mut journey = begun(last_with(&[]));
    journey.keys("F10 hdzj Enter");
    assert!(journey.screen().recount.is_some(), "{:#?}", journey.rows());
    journey.typed("5⏎6⏎");
    assert!(journey.app.overlay.is_none(), "{:#?}", journey.rows());
}

#[test]
fn whoever_looks_at_last_years_report_goes_on_from_it() {
    let mut journey = beside(last_with(&[]), last_with(&[]));
    journey.app.report_mut().expect("a report").file.path = Some("/home/wang/2023.json".into());
    journey.keys("F10 cqndbgxj Enter Enter");
    assert!(
        matches!(journey.effects.last(), Some(Effect::ReadFrom(path)) if path == &PathBuf::from("/home/wang/2023.json"))
    );
}

#[test]
fn without_a_reason_it_stays_a_reminder_and_nothing_is_asked_where_nothing_changed() {
    let mut journey = begun(last_with(&[]));
    journey.keys("Down");
    journey.typed("2");
    journey.keys("Enter");
    assert!(journey.app.overlay.is_none(), "the same number");
    journey.keys("Left");
    journey.typed("5");
    journey.keys("Esc Esc Right");
    assert!(journey.app.overlay.is_none(), "taken back");
    journey.keys("Left");
    journey.typed("5");
    journey.keys("Down");
    journey.keys("Esc");
    assert!(journey.app.overlay.is_none());
    assert!(journey.screen().report().remarks().is_empty());
    let warnings = journey.problems(Severity::Warning);
    assert!(
        warnings
            .iter()
            .any(|one| one == "X-CARRY t3.carried_in.natural_person"),
        "{warnings:?}"
    );
    let row = row(&journey, "二 上年结转");
    assert!(row.contains("5?") && row.contains("0<"), "{row}");
    // The fix brings last year's number back, and asks nothing.
    journey.keys("Up F6 Enter");
    assert_eq!(journey.cell("t3.carried_in.natural_person"), "2");
    journey.keys("Down");
    assert!(journey.app.overlay.is_none());
}

#[test]
fn the_sample_is_keyed_with_as_many_keys_as_ever() {
    let zero = last_with(&["t3.*=0"]);
    let mut journey = begun(zero);
    let keys = "7⏎1⏎⏎⏎⏎1++1+1++⏎⏎⏎⏎⏎1+++2+++1+2+++++++1+++++";
    assert_eq!(keys.chars().count(), 44);
    journey.typed(keys);
    assert!(journey.app.overlay.is_none());
    let (sample, mine) = (gouji::format::sample(), journey.screen().report());
    let form = mine.form();
    for cell in form
        .cells()
        .filter(|cell| form.path(*cell).starts_with("t3.") && !form.is_total(*cell))
    {
        assert_eq!(mine.cell(cell), sample.cell(cell), "{}", form.path(cell));
    }
}

#[test]
fn the_documents_due_are_shown_until_they_are_typed() {
    let mut journey = begun(last_with(&[]));
    let in_force = "t2.normative_documents.in_force";
    journey.keys("C-PageUp");
    let rows = || "行政规范性文件";
    assert!(
        row(&journey, rows()).contains("(16)"),
        "{:#?}",
        journey.rows()
    );
    journey.keys("Down");
    assert!(
        journey.cursor().starts_with("t2.normative_documents"),
        "{}",
        journey.cursor()
    );
    journey.typed("2⏎1⏎");
    assert_eq!(journey.cursor(), in_force);
    assert!(
        row(&journey, rows()).contains("(17)"),
        "{:#?}",
        journey.rows()
    );
    assert!(
        journey.shows("应为 17 = 16+2-1（去年有效16）"),
        "{:#?}",
        journey.rows()
    );
    assert_eq!(journey.cell(in_force), "", "it stays blank");
    journey.typed("17");
    assert!(
        !row(&journey, rows()).contains('('),
        "{:#?}",
        journey.rows()
    );
    assert!(!journey.shows("应为"));
}

#[test]
fn opened_again_beside_its_last_year_it_is_marked_the_same() {
    let first = begun(last_with(&[]));
    let journey = beside(first.screen().report().clone(), last_with(&[]));
    assert_eq!(row(&journey, "二 上年结转").matches('<').count(), 7);
    assert_eq!(journey.screen().untouched(), 4);
    assert!(journey.is_possible(Command::Rewrite));
    let alone = Journey::sample();
    assert!(!alone.is_possible(Command::Rewrite));
    assert!(!row(&alone, "二 上年结转").contains('<'));
}

#[test]
fn the_report_of_another_body_or_year_is_refused_with_a_way_out() {
    let mut journey = read(last_with(&[]));
    assert!(
        journey.shows("机关名称: 某县民政局"),
        "{:#?}",
        journey.rows()
    );
    journey.typed("某市财政局");
    journey.keys("Enter Enter");
    assert!(
        journey.notice().contains("不是【某市财政局】的，没有带入"),
        "{}",
        journey.notice()
    );
    journey.keys("Up C-u Down");
    journey.typed("2026");
    journey.keys("Enter");
    let said = journey.notice();
    assert!(
        said.contains("不是 2026 年的上一年") && said.contains("年度写 2024"),
        "{said}"
    );
    assert!(!matches!(journey.effects.last(), Some(Effect::Open { .. })));
    journey.keys("Esc");
    assert!(journey.app.overlay.is_none() && journey.app.report().is_none());
}

#[test]
fn unsaved_work_is_asked_for_before_another_report_is_begun() {
    let mut journey = Journey::sample();
    journey.keys("5 F10");
    journey.typed("cqndbgxj");
    journey.keys("Enter");
    journey.typed("a.json");
    journey.keys("Enter");
    assert!(matches!(journey.effects.last(), Some(Effect::ReadFrom(_))));
    assert!(journey.app.report().is_some(), "what is open stays");
    journey.reply(Reply::FromRead(Box::new(FromRead {
        last: Last {
            stamp: None,
            path: PathBuf::from("/home/wang/a.json"),
            report: last_with(&[]),
        },
        notes: Vec::new(),
        native: true,
    })));
    journey.keys("Enter Enter");
    assert!(journey.shows("没有保存"), "{:#?}", journey.rows());
}

#[test]
fn of_a_report_on_the_form_of_2019_the_rest_is_listed() {
    let last = old(&[
        "head.year=2020",
        "head.title=某县民政局2020年政府信息公开工作年度报告",
        "t2.rules.public_total=7",
        "t3.carried_out.total=4",
        "t3.carried_out.natural_person=4",
    ]);
    let mut journey = read(last.into_report());
    if matches!(journey.app.overlay, Some(Overlay::Ask(_))) {
        journey.keys("1");
    }
    journey.keys("Enter Enter");
    open(&mut journey);
    let report = journey.screen().report();
    assert_eq!(report.form(), current());
    assert_eq!(journey.cell("t3.carried_in.natural_person"), "4");
    assert!(
        journey.notice().contains("没有带入：F5"),
        "{}",
        journey.notice()
    );
    assert!(row(&journey, "二 上年结转").contains("4<"));
    journey.keys("F5");
    assert!(journey.shows("去年的报告："), "{:#?}", journey.rows());
}

/// This year's report, one sentence of which is still last year's.
pub(crate) fn nearly_done() -> Journey {
    beside(
        changed(&["text.s1=（一）主动公开。2024年，我局贯彻党的二十届三中全会精神，及时发布。\\（二）依申请公开。依法。\\（三）政府信息管理。先审查后公开。\\（四）平台建设。维护网站。\\（五）监督保障。自查。", "text.s6=收费通知的件数、总金额和实际收取的总金额都是0。", "t3.new_received.natural_person=1", "t3.new_received.total=1", "t3.granted_full.natural_person=1", "t3.granted_full.total=1", "t3.processed_total.natural_person=1", "t3.processed_total.total=1"]).into_report(),
        last_with(&["t3.new_received.natural_person=1", "t3.new_received.total=1", "t3.carried_out.natural_person=0", "t3.carried_out.total=0"]),
    )
}

/// The text of what the last export writes.
fn written(journey: &Journey) -> String {
    let Some(Effect::Export { files, .. }) = journey.effects.last() else {
        unreachable!("{:?}", journey.effects.last());
    };
    let page = files
        .iter()
        .find(|leaf| leaf.path.extension().is_some_and(|e| e == "html"));
    String::from_utf8(page.expect("a page").bytes.clone()).expect("text")
}

#[test]
fn what_is_still_last_years_is_said_at_export_and_marks_what_people_read() {
    let mut journey = nearly_done();
    assert_eq!(journey.screen().untouched(), 1);
    assert_eq!(journey.errors(), [""; 0]);
    journey.keys("F12");
    assert!(
        journey.shows("正文 1 句还是去年的，没有重写"),
        "{:#?}",
        journey.rows()
    );
    journey.keys("Enter");
    assert!(journey.shows("标【送审稿】写出"), "{:#?}", journey.rows());
    journey.keys("Esc Enter 1");
    assert!(written(&journey).contains("送审稿"));
    assert!(journey.shows("标了【送审稿】"), "{:#?}", journey.rows());
    // Who looked at them may say so.
    let mut journey = nearly_done();
    journey.keys("F12 Enter 2");
    assert!(!written(&journey).contains("送审稿"));
    assert!(journey.shows("看过了，没有标"), "{:#?}", journey.rows());
    // Written anew, nobody asks.
    let mut journey = nearly_done();
    journey.keys("F10");
    journey.typed("ycxdjz");
    journey.keys("Enter");
    journey.keys("Enter");
    journey.typed("今");
    assert_eq!(journey.screen().untouched(), 0);
    journey.keys("F12 Enter");
    assert!(!written(&journey).contains("送审稿"));
}
