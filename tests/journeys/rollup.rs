//! U8: a county rolled up on the screen, each number with its sources.

use gouji::format::{self, Options};
use gouji::tui::input::Input;

use super::folder::Desk;
use crate::support::county::{bytes, report};
use crate::support::reports::native;

/// Requests of persons that were all granted.
fn granted(count: usize) -> Vec<String> {
    let cells = ["new_received", "granted_full", "processed_total"];
    let paths = cells
        .iter()
        .flat_map(|row| ["natural_person", "total"].map(|col| format!("t3.{row}.{col}={count}")));
    paths.collect()
}

fn unit(name: &str, count: usize, more: &[&str]) -> Vec<u8> {
    let granted = granted(count);
    let all: Vec<&str> = granted
        .iter()
        .map(String::as_str)
        .chain(more.iter().copied())
        .collect();
    native(&report(name, 2024, &all))
}

/// Three units, one that is missing, one with an error, one of last year.
pub(crate) fn small() -> Desk {
    Desk::on(|folder| {
        let put =
            |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).expect("written");
        put(
            "名单.txt",
            "民政局\n财政局\n教育局\n司法局\n水务局\n档案局\n".as_bytes(),
        );
        put(
            "民政局.json",
            &unit("民政局", 61, &["t2.normative_documents.in_force=5"]),
        );
        let words = report(
            "财政局",
            2024,
            &granted(48).iter().map(String::as_str).collect::<Vec<_>>(),
        );
        put("财政局.docx", &bytes(&words, "docx"));
        put(
            "教育局.json",
            &unit("教育局", 22, &["t2.normative_documents.in_force=3"]),
        );
        put(
            "司法局.json",
            &unit("司法局", 1, &["t3.new_received.total=4"]),
        );
        put("水务局.json", &native(&report("水务局", 2023, &[])));
    })
}

fn shows(desk: &Desk, said: &[&str]) {
    for said in said {
        assert!(desk.journey.shows(said), "{said}: {:#?}", desk.rows());
    }
}

const NEW: &str = "t3.new_received.natural_person";

#[test]
fn f6_sums_the_units_and_the_panel_tells_where_the_cell_under_the_cursor_came_from() {
    let mut desk = small();
    desk.journey.input(Input::Resize(160, 50));
    desk.keys("F6");
    assert!(desk.rows()[0].contains("汇总"), "{}", desk.rows()[0]);
    shows(
        &desk,
        &[
            "3 个单位",
            "未报 1",
            "未计 2",
            "= 131，来自 3 个单位",
            "61  民政局",
            "48  财政局",
            "22  教育局",
            "财政局.docx  第2张表第4行第",
            "未报送（计 0）：档案局",
            "没有计入：司法局 司法局.json，有",
            "没有计入：水务局 水务局.json，是 2023 年的报告",
            "规章和现行有效件数是各单位相加",
        ],
    );
    assert_eq!(desk.journey.cell(NEW), "131");
    assert_eq!(desk.journey.cell("t2.normative_documents.in_force"), "8");
    let rows = desk.rows().join("\n");
    let at = |name: &str| rows.find(name).expect("there");
    assert!(at("61  民政局") < at("48  财政局") && at("48  财政局") < at("22  教育局"));
    // It is read: a digit changes nothing and says why.
    desk.keys("7");
    assert_eq!(desk.journey.cell(NEW), "131");
    assert!(
        desk.journey.notice().contains("各单位相加"),
        "{}",
        desk.journey.notice()
    );
    // The panel follows the cursor.
    desk.keys("Down");
    shows(&desk, &["= 0，来自 0 个单位"]);
    desk.keys("Esc Esc Esc");
    assert!(desk.is_on_page());
}

#[test]
fn enter_opens_a_unit_at_the_cell_and_what_changed_there_is_marked_on_return() {
    let mut desk = small();
    desk.keys("F6 Enter Down");
    shows(&desk, &["选单位", "回车 打开它的这一格"]);
    desk.keys("Enter");
    assert_eq!(desk.journey.screen().report().head().body, "清河县财政局");
    assert_eq!(desk.journey.cursor(), NEW);
    desk.keys("Esc Esc 3");
    assert_eq!(desk.journey.cell(NEW), "131");
    desk.keys("Enter Enter");
    assert_eq!(desk.journey.screen().report().head().body, "清河县民政局");
    desk.put(
        "民政局.json",
        unit("民政局", 60, &["t2.normative_documents.in_force=5"]),
    );
    desk.keys("Esc Esc");
    assert_eq!(desk.journey.cell(NEW), "130");
    assert_eq!(desk.journey.cursor(), NEW);
    let rolled = desk.journey.screen().rolled.as_deref().expect("a roll-up");
    assert_eq!(rolled.changed.len(), 6, "the cells of that unit alone");
    let row = desk
        .rows()
        .iter()
        .find(|row| row.contains("一 本年新收"))
        .expect("a row")
        .clone();
    assert!(row.contains("130*"), "{row}");
}

#[test]
fn f7_adjusts_with_a_reason_that_is_kept_with_its_author() {
    let mut desk = small();
    desk.keys("F6 F7");
    shows(&desk, &["调整 表三 一 本年新收/自然人"]);
    desk.journey.typed("-1");
    desk.keys("Enter");
    assert!(
        desk.journey.notice().contains("没有写理由"),
        "{}",
        desk.journey.notice()
    );
    desk.journey.typed(" 两单位重复受理");
    desk.keys("Enter");
    assert_eq!(desk.journey.cell(NEW), "130");
    let kept = desk.list().rolling().adjustments;
    assert_eq!((kept[0].cell.as_str(), kept[0].by), (NEW, -1));
    assert_eq!(kept[0].reason, "两单位重复受理");
    assert!(kept[0].author.starts_with("li@here"), "{kept:?}");
    // A line for one cell breaks its sums, and the page says whose doing that is.
    desk.journey.input(Input::Resize(160, 50));
    shows(&desk, &["-1  冲减", "来自 冲"]);
    desk.keys("F7");
    desk.journey.typed("0");
    desk.keys("Enter");
    assert_eq!(desk.journey.cell(NEW), "131");
    assert!(desk.list().rolling().adjustments.is_empty());
    // What was done can be undone, one by one.
    desk.keys("C-z");
    assert_eq!(desk.journey.cell(NEW), "130");
    desk.keys("C-z");
    assert_eq!(desk.journey.cell(NEW), "131");
}

#[test]
fn a_unit_with_errors_that_was_passed_with_a_reason_counts_and_is_named() {
    let mut desk = small();
    desk.on_unit("司法局").keys("F2");
    desk.journey.typed("县长批示先报");
    desk.keys("Enter").keys("C-u F6");
    assert_eq!(desk.journey.cell(NEW), "132");
    assert!(
        desk.journey.notice().contains("汇总不平 "),
        "{}",
        desk.journey.notice()
    );
    desk.journey.input(Input::Resize(160, 50));
    shows(
        &desk,
        &[
            "4 个单位",
            "带理由计入：县长批示先报",
            "来自 司法局 +",
            "汇总不平",
        ],
    );
}

#[test]
fn the_own_report_is_counted_and_may_state_what_is_in_force() {
    let mut desk = small();
    desk.on_unit("民政局").keys("F7");
    assert!(desk.list().rolling().own.ends_with("民政局.json"));
    desk.keys("C-u F6");
    assert_eq!(desk.journey.cell("t2.normative_documents.in_force"), "8");
    desk.keys("F10");
    desk.journey.typed("规章和现行有效");
    desk.keys("Enter");
    assert_eq!(desk.journey.cell("t2.normative_documents.in_force"), "5");
    assert_eq!(desk.journey.cell(NEW), "131");
    desk.journey.input(Input::Resize(160, 50));
    shows(&desk, &["取自本级报告"]);
}

#[test]
fn f12_writes_the_report_with_its_sources_beside_the_folder_and_then_only_news_is_marked() {
    let mut desk = small();
    desk.keys("F6 C-Home")
        .keys("PageUp PageUp PageUp PageUp PageUp PageUp");
    while !desk.journey.shows("机关") {
        desk.keys("C-PageUp");
    }
    desk.keys("Down Enter");
    desk.journey.typed("清河县人民政府");
    desk.keys("Enter");
    assert_eq!(desk.list().rolling().body, "清河县人民政府");
    desk.keys("F12").keys("Enter");
    let folder = desk.path();
    let beside = folder.parent().expect("a folder");
    let path = beside.join("清河县人民政府2024年政府信息公开工作年度报告.xlsx");
    let written = std::fs::read(&path).expect("written beside the folder");
    let draft = format::read(&written, None, &Options::default()).expect("a report");
    let cell = gouji::form::current().cell(NEW).expect("a path");
    assert_eq!(draft.report().cell(cell).text(), "131");
    let seen = desk.list().rolling().seen;
    assert_eq!(seen.get(NEW).map(String::as_str), Some("131"));
    desk.keys("Esc").keys("Esc Esc Esc Esc");
    assert!(desk.is_on_page());
    desk.put(
        "教育局.json",
        unit("教育局", 23, &["t2.normative_documents.in_force=3"]),
    );
    desk.keys("F5").keys("F6");
    let rolled = desk.journey.screen().rolled.as_deref().expect("a roll-up");
    assert_eq!(rolled.changed.len(), 6);
}
