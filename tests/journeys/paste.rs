//! U5: a block pasted from a spreadsheet, a web page, another terminal.

use gouji::base::words::Lang;
use gouji::form::{Line, current};
use gouji::tui::app::Overlay;
use gouji::tui::input::{Effect, Input, StartFacts, Target};
use gouji::tui::panels::ask::Ask;
use gouji::tui::turn::Question;

use crate::support::journey::Journey;

/// A block with a doubt, a row that changes, one that does not, one too many.
pub(super) const BLOCK: &str =
    "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计
1.属于国家秘密\t0\t0\t0\t0\t0\t0\t0
2.其他法律行政法规禁止公开\t0\t0\t0\t0\t0\t1\t1
1.本机关不掌握相关政府信息\t2\t1\t0\t0\t0\t0\t3
1.信访举报投诉类申请\t1,2\t0\t0\t0\t0\t0\t1,2
某项别的\t5\t5";

/// Rows of table 3 with the sample's values, as a spreadsheet copies them.
fn rows(journey: &Journey, wanted: impl Fn(&Line) -> bool) -> Vec<String> {
    let form = current();
    let table = form.tables.iter().find(|table| table.prefix == "t3");
    let table = table.expect("a form has table 3");
    let lines = table.rows.iter().enumerate();
    lines
        .filter(|(_, line)| wanted(line))
        .map(|(row, line)| {
            let cells = (0..table.cols.len()).map(|col| table.cell(row, col));
            let report = journey.screen().report();
            let texts: Vec<_> = cells.map(|cell| report.cell(cell).text()).collect();
            format!("{}\t{}", line.label, texts.join("\t"))
        })
        .collect()
}

fn has(journey: &Journey, text: &str) {
    let rows = journey.rows();
    assert!(
        rows.iter().any(|row| row.contains(text)),
        "{text}: {rows:#?}"
    );
}

#[test]
fn u5_a_block_from_a_spreadsheet_is_shown_then_written_as_one_step() {
    let mut journey = Journey::sample();
    let mut lines = rows(&journey, |line| line.key != "other_misc");
    let head = "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计";
    lines.insert(0, head.to_owned());
    lines[1] = lines[1].replace("\t7\t1\t", "\t8\t0\t");
    let not_held = "1.本机关不掌握相关政府信息\t2\t1\t0\t0\t0\t0\t3";
    let at = lines
        .iter()
        .position(|line| line.starts_with("1.本机关不掌握"));
    lines[at.expect("a row of the form")] = not_held.to_owned();
    let before = journey.screen().report().clone();
    journey
        .keys("Down Down")
        .paste(&(lines.join("\r\n") + "\r\n"));
    assert_eq!(journey.screen().report(), &before, "nothing is written yet");
    has(&journey, "粘贴预览 | 收到 25 行 x 8 列");
    has(&journey, "表三 识别到 24/25 行");
    has(&journey, "缺 1 行：(六)3 其他（保持原样）");
    has(&journey, "粘贴后：错误 2 -> 3    将改 4 格，保留 171 格");
    has(&journey, "相同");
    has(&journey, "改 2 格");
    journey.keys("Enter");
    assert!(journey.app.overlay.is_none());
    assert_eq!(journey.cell("t3.new_received.natural_person"), "8");
    assert_eq!(journey.cell("t3.unable_not_held.org_business"), "1");
    assert_eq!(
        journey.cell("t3.processed_total.total"),
        "9",
        "a total never follows from a paste"
    );
    assert!(
        journey.notice().contains("改了 4 格"),
        "{}",
        journey.notice()
    );
    assert_eq!(journey.screen().document.done().len(), 1);
    assert!(matches!(
        journey
            .effects
            .iter()
            .rev()
            .find(|e| !matches!(e, Effect::CheckStamp { .. })),
        Some(Effect::Journal { .. })
    ));
    // The cell knows where it came from, until the step is taken back.
    let cell = current()
        .cell("t3.unable_not_held.org_business")
        .expect("a cell");
    assert_eq!(
        journey
            .screen()
            .origin(cell)
            .map(|(origin, _)| &*origin.raw),
        Some("1")
    );
    journey.keys("C-z");
    assert_eq!(
        journey.screen().report(),
        &before,
        "one undo takes all of it back"
    );
    assert_eq!(journey.screen().origin(cell), None);
    journey.keys("C-y");
    assert!(journey.screen().origin(cell).is_some());
}

#[test]
fn escape_pastes_nothing_and_space_leaves_a_row_out() {
    let mut journey = Journey::sample();
    let text = "1.属于国家秘密\t5\t0\t0\t0\t0\t0\t5\n2.重复申请\t4\t0\t0\t0\t0\t0\t4";
    journey.paste(text).keys("Esc");
    assert!(journey.app.overlay.is_none());
    assert!(!journey.app.menu, "Esc closed the preview and nothing else");
    assert!(journey.screen().document.done().is_empty());
    journey.paste(text).keys("Space");
    has(&journey, "> [ ] (三)1 国家秘密");
    has(&journey, "不写");
    journey.keys("Enter");
    assert_eq!(journey.cell("t3.denied_state_secret.natural_person"), "0");
    assert_eq!(journey.cell("t3.unprocessed_duplicate.natural_person"), "4");
}

#[test]
fn a_doubtful_number_is_asked_and_enter_waits_for_the_answer() {
    let mut journey = Journey::sample();
    let text =
        "1.属于国家秘密\t0\t0\t0\t0\t0\t0\t0\n1.信访举报投诉类申请\t1,2\t0\t0\t0\t0\t0\t1.234";
    journey.paste(text);
    has(
        &journey,
        ">       【1,2】读成哪个： 1 1200   2 12   3 1.2   4 不写   ?",
    );
    has(&journey, "2 处待定");
    journey.keys("Enter");
    assert!(
        journey.notice().contains("还有 2 处"),
        "{}",
        journey.notice()
    );
    assert!(journey.screen().document.done().is_empty());
    journey.keys("Space");
    has(&journey, "[1 1200]");
    journey.keys("Space");
    has(&journey, "[2 12]");
    journey.keys("Enter");
    has(&journey, ">       【1.234】读成哪个");
    journey.keys("3");
    has(&journey, "[3 不写]");
    journey.keys("Enter");
    assert_eq!(journey.cell("t3.unprocessed_petition.natural_person"), "12");
    assert_eq!(
        journey.cell("t3.unprocessed_petition.total"),
        "0",
        "left as it was"
    );
    let cell = current()
        .cell("t3.unprocessed_petition.natural_person")
        .expect("a cell");
    let raw = journey
        .screen()
        .origin(cell)
        .map(|(origin, _)| origin.raw.clone());
    assert_eq!(raw.as_deref(), Some("1,2"), "what stood there is kept");
}

#[test]
fn a_number_short_of_a_column_may_be_two() {
    let mut journey = Journey::sample();
    journey.paste("1.信访举报投诉类申请 1,2 0 0 0 0 3\n2.重复申请 0 0 0 0 0 0 0");
    has(&journey, "【1,2】读成哪个： 1 1 和 2 两格   2 不写   ?");
    journey.keys("1 Enter");
    assert_eq!(journey.cell("t3.unprocessed_petition.org_business"), "2");
    assert_eq!(journey.cell("t3.unprocessed_petition.total"), "3");
}

#[test]
fn blanks_are_kept_or_become_zeros() {
    let mut journey = Journey::new_report();
    let text = "1.属于国家秘密\t5\t\t\t\t\t\t5";
    journey.paste(text);
    has(&journey, "将改 2 格");
    journey.keys("F3");
    has(&journey, "将改 7 格");
    journey.keys("F3 C-f Enter");
    assert_eq!(journey.cell("t3.denied_state_secret.org_other"), "0");
}

#[test]
fn a_plain_rectangle_goes_by_place_and_a_column_turns() {
    let mut journey = Journey::sample();
    journey.paste("3\n4\n5\n6\n7\n8\n33");
    has(&journey, "横着放（Tab 改成竖着放）");
    journey.keys("Tab");
    has(&journey, "竖着放（Tab 改成横着放）");
    journey.keys("Enter");
    assert_eq!(journey.cell("t3.carried_in.natural_person"), "4");
    journey.keys("C-z").paste("3\t4\n5\t6");
    has(&journey, "没有行名：从光标处按位置放");
    journey.keys("Enter");
    assert_eq!(journey.cell("t3.carried_in.org_business"), "6");
}

#[test]
fn one_number_goes_straight_in_and_words_do_not() {
    let mut journey = Journey::sample();
    journey.paste("１２\n");
    assert!(journey.app.overlay.is_none());
    assert_eq!(journey.cell("t3.new_received.natural_person"), "12");
    journey.paste("没有数");
    assert!(journey.notice().contains("没有数"), "{}", journey.notice());
    assert_eq!(journey.screen().document.done().len(), 1);
    journey.paste("1,2");
    assert!(matches!(journey.app.overlay, Some(Overlay::Paste(_))));
}

#[test]
fn the_rest_of_a_slow_paste_goes_on_with_it() {
    let mut journey = Journey::sample();
    journey.paste("1.属于国家秘密\t5\t0\t0\t0");
    journey.paste("\t0\t0\t5\n2.重复申请\t4\t0\t0\t0\t0\t0\t4");
    has(&journey, "收到 2 行 x 8 列");
    journey
        .keys("Down")
        .paste("1.属于国家秘密\t6\t0\t0\t0\t0\t0\t6");
    has(&journey, "收到 1 行 x 8 列");
}

#[test]
fn a_whole_report_takes_the_place_of_this_one_or_opens() {
    let text = include_str!("../data/browser.txt");
    let mut journey = Journey::new_report();
    let before = journey.screen().report().clone();
    journey.paste(text);
    has(&journey, "粘贴的是整份报告：北京市西城区民政局 2024");
    assert!(matches!(
        journey.app.overlay,
        Some(Overlay::Ask(Ask {
            question: Question::Report { fits: true, .. },
            ..
        }))
    ));
    journey.keys("1");
    assert_eq!(journey.screen().report().head().year, Some(2024));
    assert_eq!(journey.cell("t3.processed_total.natural_person"), "7");
    let s1 = current().text("s1").expect("section 1");
    assert!(journey.screen().report().text(s1).len() > 1000);
    assert_eq!(journey.screen().document.done().len(), 1);
    journey.keys("C-z");
    assert_eq!(journey.screen().report(), &before);
    journey.paste(text).keys("2");
    let opens = journey.effects.iter().any(|effect| {
        matches!(effect, Effect::Open { target: Target::Pasted(pasted), .. } if pasted == text)
    });
    assert!(opens, "{:?}", journey.effects.last());
    let mut start = Journey::start(StartFacts::default());
    start.paste("1\t2");
    assert!(start.notice().contains("整份"), "{}", start.notice());
    start.paste(text);
    assert!(matches!(
        start.effects.last(),
        Some(Effect::Open {
            target: Target::Pasted(_),
            ..
        })
    ));
}

#[test]
fn the_preview_fits_every_size_in_both_languages() {
    for lang in Lang::ALL {
        for (cols, rows) in [(80, 23), (60, 16), (40, 12), (20, 5), (140, 40)] {
            let mut journey = Journey::sample();
            journey.app.look.lang = lang;
            let mut lines = self::rows(&journey, |_| true);
            lines[3] = lines[3].replace("\t0\t", "\t1,2\t");
            lines.push("某项\t5\t5".to_owned());
            journey.input(Input::Resize(cols, rows));
            journey.paste(&lines.join("\n"));
            for key in ["Down", "PageDown", "Space", "End", "F3", "Up", "Home"] {
                journey.keys(key);
                assert_eq!(journey.rows().len(), usize::from(rows));
            }
        }
    }
}
