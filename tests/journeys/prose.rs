//! Texts: typing, moving, selecting, undoing, marks, and the way to the cell.

use std::cell::Cell;
use std::io::Write;

use gouji::check::Severity;
use gouji::form::{TextId, current};
use gouji::model::{Change, Document, Draft, Op};
use gouji::tui::input::{Effect, Input};
use gouji::tui::report::Page;
use gouji::tui::terminal::screen::Screen;
use gouji::tui::theme::Theme;
use gouji::tui::view::view;
use proptest::prelude::*;
use ratatui::layout::Size;
use ratatui::style::Modifier;

use crate::support::journey::Journey;

fn text(key: &str) -> TextId {
    current().text(key).expect("a section of the form")
}

/// On section 一 that holds this text.
fn on(body: &str) -> Journey {
    let mut draft = Draft::new(current());
    draft.set_text(text("s1"), body);
    let mut journey = Journey::on(Document::new(draft.into_report()), false);
    journey.keys("F3 1 Enter");
    assert_eq!(journey.screen().page, Page::Text(text("s1")));
    journey
}

fn body(journey: &Journey) -> String {
    journey.screen().report().text(text("s1")).to_owned()
}

fn caret(journey: &Journey) -> (u16, u16) {
    journey.frame().1
}

/// On the sample's section 一, where 9 requests are made 8: the caret behind it.
pub(super) fn contradict(journey: &mut Journey) {
    journey.keys("F3");
    journey.typed("申请9件");
    journey.keys("Enter");
    journey.typed("申请8件");
}

/// What is underlined in a row of the screen.
fn underlined(journey: &Journey, y: u16) -> String {
    let (buffer, _) = journey.frame();
    (0..buffer.area.width)
        .filter(|x| buffer[(*x, y)].modifier.contains(Modifier::UNDERLINED))
        .map(|x| buffer[(x, y)].symbol().trim().to_owned())
        .collect()
}

/// The row of the screen that holds this.
fn row_of(journey: &Journey, said: &str) -> u16 {
    let found = journey.rows().iter().position(|row| row.contains(said));
    u16::try_from(found.expect("it is shown")).expect("a row")
}

#[test]
fn the_caret_stands_behind_every_character_of_wrapped_chinese_text() {
    let mut journey = on("");
    assert_eq!(caret(&journey), (2, 3));
    // 38 characters of two columns fill the row of 77; a full row keeps its
    // caret until the next character begins a new one.
    for count in 1..=38_u16 {
        journey.typed("字");
        assert_eq!(caret(&journey), (2 + 2 * count, 3));
    }
    journey.typed("字");
    assert_eq!(caret(&journey), (4, 4));
    // A closing mark takes the character before it along.
    journey.keys("Backspace");
    assert_eq!(caret(&journey), (78, 3));
    journey.typed("，");
    assert_eq!(caret(&journey), (6, 4));
    let rows = journey.rows();
    assert!(rows[4].trim_start().starts_with("字，"), "{}", rows[4]);
    journey.keys("Up");
    assert_eq!(caret(&journey), (6, 3));
    journey.keys("End");
    assert_eq!(caret(&journey), (76, 3), "behind the last of 37");
    journey.keys("Right");
    assert_eq!(
        caret(&journey),
        (4, 4),
        "over one character into the next row"
    );
    journey.keys("Home");
    assert_eq!(caret(&journey), (2, 4));
    journey.keys("C-Home");
    assert_eq!(caret(&journey), (2, 3));
    journey.keys("C-End");
    assert_eq!(caret(&journey), (6, 4));
}

#[test]
fn up_and_down_keep_the_column_over_rows_of_other_widths() {
    let mut journey = on("一二三四五六\na\n一b二三四五");
    journey.keys("Right Right Right Right");
    assert_eq!(caret(&journey), (10, 3));
    journey.keys("Down");
    assert_eq!(caret(&journey), (3, 4));
    journey.keys("Down");
    assert_eq!(caret(&journey), (9, 5), "never inside a wide character");
    journey.keys("Up Up");
    assert_eq!(caret(&journey), (10, 3));
}

#[test]
fn the_caret_follows_the_terminal_on_ambiguous_characters() {
    let mut journey = on("“三”");
    journey.keys("End");
    assert_eq!(caret(&journey), (6, 3));
    journey.input(Input::WideAmbiguous(true));
    assert_eq!(caret(&journey), (8, 3));
}

#[test]
fn a_burst_is_one_step_and_ends_at_a_stop_a_paragraph_a_jump_and_a_command() {
    let mut journey = on("");
    let steps = |journey: &Journey| journey.screen().document.done().len();
    journey.typed("受理9件");
    assert_eq!(steps(&journey), 1);
    journey.keys("Backspace");
    journey.typed("项");
    assert_eq!(
        steps(&journey),
        1,
        "mending what was just typed belongs to it"
    );
    journey.typed("。");
    assert_eq!(steps(&journey), 1);
    journey.typed("办结；");
    assert_eq!(steps(&journey), 2);
    journey.typed("甲⏎");
    assert_eq!(steps(&journey), 3);
    journey.typed("乙");
    assert_eq!(steps(&journey), 4);
    journey.keys("Left");
    journey.typed("丙");
    assert_eq!(steps(&journey), 5);
    journey.keys("C-End F1 Esc");
    journey.typed("丁");
    assert_eq!(steps(&journey), 6);
    journey.keys("Backspace Backspace Backspace");
    assert_eq!(steps(&journey), 7, "removing goes beyond what was typed");
    assert_eq!(body(&journey), "受理9项。办结；甲\n");
    for _ in 0..7 {
        journey.keys("C-z");
    }
    assert_eq!(body(&journey), "");
    assert!(!journey.screen().document.is_modified());
}

#[test]
fn undo_goes_to_where_it_happened_and_redo_again() {
    let mut journey = on("第一段\n第二段");
    journey.keys("Down End");
    journey.typed("完");
    journey.keys("F3 3 Enter");
    assert!(journey.screen().matrix().is_some());
    journey.typed("5");
    journey.keys("C-z");
    journey.keys("F3 5 Enter");
    journey.keys("C-z");
    assert_eq!(journey.screen().page, Page::Text(text("s1")));
    assert_eq!(body(&journey), "第一段\n第二段");
    assert_eq!(caret(&journey), (8, 4));
    assert!(
        journey.notice().contains("撤销：输入文字"),
        "{}",
        journey.notice()
    );
    journey.keys("C-Home C-y");
    assert_eq!(body(&journey), "第一段\n第二段完");
    assert_eq!(caret(&journey), (10, 4));
}

#[test]
fn selections_copy_cut_and_are_typed_over() {
    let mut journey = on("全年受理9件，办结8件");
    journey.keys("Right Right S-Right S-Right");
    let (buffer, _) = journey.frame();
    let reversed: String = (0..80)
        .filter(|x| buffer[(*x, 3)].modifier.contains(Modifier::REVERSED))
        .map(|x| buffer[(x, 3)].symbol().trim().to_owned())
        .collect();
    assert_eq!(reversed, "受理");
    assert!(journey.shows("选中 2 字"));
    journey.keys("C-c");
    assert!(matches!(journey.effects.last(), Some(Effect::Copy(text)) if text == "受理"));
    journey.keys("Home Ins End".replace("Ins", "Insert").as_str());
    journey.keys("C-x");
    assert_eq!(body(&journey), "");
    journey.keys("C-v");
    assert_eq!(body(&journey), "全年受理9件，办结8件");
    journey.keys("S-Left S-Left");
    journey.typed("7");
    assert_eq!(body(&journey), "全年受理9件，办结7");
    journey.keys("C-z");
    assert_eq!(body(&journey), "全年受理9件，办结8件");
    journey.keys("S-Left Esc");
    assert!(journey.screen().selection(text("s1")).is_empty());
    assert!(!journey.app.menu, "the first Esc drops the selection");
    journey.keys("Esc");
    assert!(journey.app.menu);
}

#[test]
fn a_plain_arrow_leaves_a_selection_at_its_end() {
    let mut journey = on("全年受理9件");
    journey.keys("Right S-Right S-Right Left");
    assert_eq!(caret(&journey), (4, 3));
    journey.keys("S-Right S-Right Right");
    assert_eq!(caret(&journey), (8, 3));
    assert!(journey.screen().selection(text("s1")).is_empty());
    journey.keys("Right");
    assert_eq!(caret(&journey), (10, 3));
}

#[test]
fn a_paste_of_paragraphs_is_one_step_without_controls() {
    let mut journey = on("前后");
    journey.keys("Right");
    journey.paste("一\r\n二\u{1b}[31m\r三\u{0}\t１㎡");
    assert_eq!(body(&journey), "前一\n二[31m\n三 １㎡后");
    assert_eq!(journey.screen().document.done().len(), 1);
    journey.keys("C-z");
    assert_eq!(body(&journey), "前后");
}

#[test]
fn a_paste_beyond_a_mebibyte_is_refused_and_nothing_is_lost() {
    let mut journey = on("原文");
    journey.paste(&"字".repeat(5 << 20 >> 1));
    assert_eq!(body(&journey), "原文");
    assert!(journey.notice().contains("1 MiB"), "{}", journey.notice());
    journey.paste(&"字".repeat(300_000));
    assert_eq!(body(&journey).chars().count(), 300_002);
    journey.typed("后");
    journey.keys("C-Home Down PageDown Up End Backspace C-End");
    let (_, (x, y)) = journey.frame();
    assert!(x < 80 && y < 20);
}

#[test]
fn strange_text_is_edited_without_harm_and_kept_as_it_is() {
    let strange = "e\u{301}👨\u{200d}👩\u{200d}👧שלום\u{202e}x\u{200b}\u{301}🇨🇳ａ㎡";
    let mut journey = on(&format!("{strange}\n{}", "长".repeat(100_000)));
    for keys in ["Right", "S-Right", "Down", "End", "Home", "Up", "Left"] {
        for _ in 0..30 {
            journey.keys(keys);
            let (buffer, _) = journey.frame();
            assert!(
                buffer
                    .content()
                    .iter()
                    .all(|cell| { !cell.symbol().contains(['\u{202e}', '\u{200b}', '\u{1b}']) })
            );
        }
    }
    journey.keys("C-End");
    journey.typed("完");
    assert!(body(&journey).starts_with(strange));
    journey.keys("C-z");
    assert!(!journey.screen().document.is_modified());
    let mut journey = on("a👨\u{200d}👩\u{200d}👧e\u{301}");
    journey.keys("End Backspace Backspace");
    assert_eq!(body(&journey), "a");
}

#[test]
fn full_width_and_signs_stay_as_typed_and_commands_never_take_letters() {
    let mut journey = on("");
    journey.typed("１２＋*/+-.q 。");
    assert_eq!(body(&journey), "１２＋*/+-.q 。");
}

#[test]
fn a_read_only_report_says_why() {
    let mut journey = on("文");
    journey.app.report_mut().expect("open").file.read_only =
        Some(gouji::base::facts::ReadOnly::UnknownKeys);
    for keys in ["x", "Enter", "Backspace", "Delete", "C-x"] {
        journey.keys(keys);
        assert!(journey.notice().contains("只读"), "{keys}");
    }
    journey.paste("贴");
    assert_eq!(body(&journey), "文");
}

#[test]
fn every_key_is_journalled_as_a_small_splice() {
    let mut journey = on("很长的正文");
    journey.keys("End");
    journey.effects.clear();
    journey.typed("字");
    let lines: Vec<_> = journey.effects.iter().collect();
    let [Effect::Journal { change, ran }] = lines[..] else {
        unreachable!("one journal line: {lines:?}");
    };
    assert!(matches!(change, Change::Apply(step) if !step.joins));
    assert!(
        matches!(&ran[..], [Op::SpliceText { at: 15, removed, inserted, .. }]
        if removed.is_empty() && inserted == "字")
    );
}

#[test]
fn pages_turn_past_the_edges_and_the_count_stands_below() {
    let mut journey = on("一段\n二段");
    assert!(journey.shows("第 1 段    4/1000 字"));
    journey.keys("PageDown");
    assert_eq!(caret(&journey).1, 4, "first to the last row");
    journey.keys("PageDown");
    assert!(journey.screen().matrix().is_some(), "then section 2");
    journey.keys("C-PageUp");
    assert_eq!(caret(&journey).1, 4, "the caret is where it was");
    journey.keys("PageUp PageUp");
    assert_eq!(journey.screen().page, Page::Head);
}

#[test]
fn u10_a_wrong_number_is_underlined_while_it_is_typed_and_leads_to_the_cell_and_back() {
    let mut journey = Journey::sample();
    contradict(&mut journey);
    assert_eq!(journey.screen().page, Page::Text(text("s1")));
    let y = row_of(&journey, "申请8件");
    for theme in [Theme::default(), Theme::NONE] {
        journey.app.look.theme = theme;
        assert_eq!(underlined(&journey, y), "8件");
        assert_eq!(journey.frame().0[(0, y)].symbol(), "?");
    }
    let said = journey.rows()[21].clone();
    assert!(
        said.contains("正文写受理申请 8 件") && said.contains("新收 9"),
        "{said}"
    );
    journey.keys("Tab");
    let (_, (x, line)) = journey.frame();
    assert_eq!(x, 0);
    let rows = journey.rows();
    assert!(rows[usize::from(line)].starts_with("? "), "{rows:?}");
    journey.keys("Enter");
    assert_eq!(journey.cursor(), "t3.new_received.total");
    assert!(
        journey.notice().contains("Ctrl+PgUp"),
        "{}",
        journey.notice()
    );
    journey.typed("8");
    journey.keys("C-PageUp");
    assert_eq!(journey.screen().page, Page::Text(text("s1")));
    assert_eq!(journey.frame().1.1, y);
    assert_eq!(underlined(&journey, y), "", "the cell says 8 as well");
}

#[test]
fn u10_f6_mends_the_number_of_the_text_and_never_the_cell() {
    let mut journey = Journey::sample();
    contradict(&mut journey);
    journey.keys("Tab F6");
    let page = journey.rows().join("\n");
    assert!(page.contains("把正文里的 8 改成 9"), "{page}");
    journey.keys("Enter");
    assert!(body(&journey).contains("申请9件"));
    assert_eq!(journey.cell("t3.new_received.total"), "9");
    journey.keys("C-z");
    assert!(body(&journey).contains("申请8件"), "one step");
}

#[test]
fn the_fact_list_has_contradictions_then_what_agrees_then_what_is_not_tied() {
    let mut journey = Journey::sample();
    contradict(&mut journey);
    journey.keys("Tab");
    let mut signs = String::new();
    let mut seen = Vec::new();
    for _ in 0..40 {
        let (_, (_, y)) = journey.frame();
        let row = journey.rows()[usize::from(y)].clone();
        if seen.last() != Some(&row) {
            signs.push_str(&row[..1]);
            seen.push(row);
        }
        journey.keys("Down");
    }
    assert!(signs.starts_with("?="), "{seen:#?}");
    assert!(
        signs
            .trim_start_matches('?')
            .trim_start_matches('=')
            .chars()
            .all(|c| c == '-')
    );
    assert!(signs.ends_with('-'), "{seen:#?}");
    let agrees = "= 35件建议提案：与14+21 = 35 一致";
    assert!(
        seen.iter().any(|row| row.contains("14+21")),
        "{agrees}: {seen:#?}"
    );
    let shown = |journey: &Journey| journey.rows().join("\n");
    assert!(
        shown(&journey).contains("不符1 未对照5"),
        "{}",
        shown(&journey)
    );
    // Enter at a number that nothing ties goes into the text.
    journey.keys("Enter");
    assert_eq!(journey.screen().page, Page::Text(text("s1")));
    assert!(journey.screen().prose.fact.is_none());
}

#[test]
fn a_comparison_with_last_year_is_said_with_both_readings() {
    let mut journey = Journey::sample();
    let table = "Esc Esc 5 Tab";
    journey.keys(table);
    journey.keys("F3");
    journey.typed("上年结转 自然人⏎3");
    journey.keys("F3");
    journey.typed("申请9件");
    journey.keys("Enter");
    journey.typed("申请9件，比上年多4件");
    let page = journey.rows().join("\n");
    journey.keys("Tab End");
    let page = format!("{page}\n{}", journey.rows().join("\n"));
    assert!(page.contains("没有去年的报告"), "{page}");
    assert!(page.contains("-4="), "{page}");
}

#[test]
fn f8_stops_at_places_in_texts_in_their_order() {
    let mut journey = on("共公开条，公开信息篇。");
    journey.keys("F8");
    assert_eq!(caret(&journey), (4, 3));
    journey.keys("F8");
    assert_eq!(caret(&journey), (16, 3));
    journey.keys("C-p");
    assert_eq!(caret(&journey), (4, 3));
}

#[test]
fn text_before_a_table_is_written_where_there_was_none() {
    let mut journey = Journey::sample();
    assert_eq!(journey.cursor(), "t3.new_received.natural_person");
    journey.keys("Esc 0");
    journey.typed("bqwz⏎");
    assert_eq!(journey.screen().page, Page::Text(text("s3")));
    journey.typed("说明");
    journey.keys("C-PageDown");
    assert!(journey.screen().matrix().is_some());
    journey.keys("C-PageUp");
    assert_eq!(journey.screen().page, Page::Text(text("s3")));
    journey.keys("C-z");
    assert_eq!(journey.screen().report().text(text("s3")), "");
    journey.keys("C-PageDown C-PageUp C-PageUp");
    assert_ne!(
        journey.screen().page,
        Page::Text(text("s3")),
        "gone when empty"
    );
}

#[test]
fn find_goes_to_sections_rows_cells_fields_and_text() {
    let mut journey = Journey::sample();
    journey.keys("F3");
    journey.typed("4⏎");
    assert_eq!(journey.cursor(), "t4.review.upheld");
    journey.keys("C-f");
    journey.typed("部分公开⏎");
    assert_eq!(journey.cursor(), "t3.granted_partial.natural_person");
    journey.keys("Esc 3");
    journey.typed("予以公开 总计⏎");
    assert_eq!(journey.cursor(), "t3.granted_full.total");
    journey.keys("F3");
    journey.typed("t3.carried_out.org_business⏎");
    assert_eq!(journey.cursor(), "t3.carried_out.org_business");
    journey.keys("F3");
    journey.typed("统计期⏎");
    assert_eq!(journey.screen().page, Page::Head);
    journey.keys("F3");
    journey.typed("550");
    assert_eq!(caret(&journey), (9, 13));
    journey.keys("Enter");
    let screen = journey.screen();
    let range = screen.selection(text("s1"));
    assert_eq!(&screen.report().text(text("s1"))[range], "550");
}

#[test]
fn matches_are_walked_and_replaced_in_the_whole_report() {
    let mut journey = on("甲件乙件丙件");
    journey.keys("F3");
    journey.typed("件⏎");
    assert_eq!(journey.screen().selection(text("s1")), 3..6);
    journey.keys("F3 Enter");
    assert_eq!(journey.screen().selection(text("s1")), 9..12);
    // In the whole report: every match is listed, to be taken or left.
    journey.keys("F3 6 Enter");
    journey.typed("丁件");
    journey.keys("F3");
    journey.typed("件");
    journey.keys("Tab");
    journey.typed("项");
    assert!(journey.shows("换成：项"), "{}", journey.rows()[1]);
    assert!(journey.shows("共 4 处，换 4 处"));
    journey.keys("Tab Down Space");
    assert!(journey.shows("共 4 处，换 3 处"), "{:#?}", journey.rows());
    assert_eq!(body(&journey), "甲件乙件丙件", "listing changes nothing");
    journey.keys("Enter");
    assert_eq!(body(&journey), "甲项乙件丙项");
    assert_eq!(journey.screen().report().text(text("s6")), "丁项");
    assert!(journey.app.overlay.is_none());
    journey.keys("C-z");
    assert_eq!(body(&journey), "甲件乙件丙件", "one step");
    assert_eq!(journey.screen().report().text(text("s6")), "丁件");
}

#[test]
fn the_head_is_a_form_of_lines() {
    let mut journey = Journey::new_report();
    journey.keys("F8");
    assert_eq!(journey.screen().page, Page::Head);
    let first = journey.rows();
    assert!(
        first.iter().any(|row| row.starts_with("? 机关名称")),
        "{first:?}"
    );
    journey.keys("C-Home");
    journey.typed("某局⏎");
    assert_eq!(journey.screen().report().head().body, "某局");
    journey.keys("Down");
    journey.typed("24⏎");
    assert!(journey.notice().contains("四位"), "{}", journey.notice());
    assert!(journey.app.overlay.is_some(), "what was typed stays");
    journey.keys("Esc F2");
    journey.typed("２０２４年⏎");
    assert_eq!(journey.screen().report().head().year, Some(2024));
    assert!(
        journey
            .problems(Severity::Warning)
            .iter()
            .all(|p| !p.starts_with("H-"))
    );
    journey.keys("Down Enter");
    journey.paste("某局2024年报");
    journey.keys("Enter C-z C-z");
    assert_eq!(journey.screen().report().head().year, None);
    assert_eq!(journey.screen().prose.field, 1);
    journey.keys("C-PageDown C-PageUp");
    assert_eq!(journey.screen().page, Page::Head);
}

#[test]
fn prompts_keep_the_cursor_behind_what_was_typed() {
    let mut journey = Journey::sample();
    journey.keys("F2");
    let (x, y) = caret(&journey);
    journey.typed("三");
    assert_eq!(caret(&journey), (x + 2, y));
    journey.keys("Esc C-o");
    let (x, y) = caret(&journey);
    journey.typed("报告a");
    assert_eq!(caret(&journey), (x + 5, y));
    journey.keys("Esc F10");
    let (x, y) = caret(&journey);
    journey.typed("换");
    assert_eq!(caret(&journey), (x + 2, y));
}

/// Counts what is written to it.
struct Meter<'a>(&'a Cell<usize>);

impl Write for Meter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Bytes that keys send to an 80x24 terminal, one frame for all of them.
fn bytes_of(journey: &mut Journey, keys: &str) -> usize {
    let meter = Cell::new(0);
    journey.input(Input::Resize(80, 24));
    let size = Size::new(80, 24);
    let mut screen = Screen::new(Meter(&meter), size);
    let mut draw = |journey: &Journey| {
        let drawn = screen.draw(|buffer| view(&journey.app, buffer));
        drawn.expect("a meter takes everything");
        meter.replace(0)
    };
    draw(journey);
    journey.keys(keys);
    draw(journey)
}

#[test]
fn a_typed_character_costs_at_most_300_bytes() {
    let mut journey = Journey::sample();
    journey.keys("F3 1 Enter C-End x");
    for typed in ["字", "，", "9", "Backspace", "Left"] {
        let bytes = bytes_of(&mut journey, typed);
        assert!(bytes <= 300, "{typed}: {bytes}");
    }
    journey.keys("C-Home Down End");
    let bytes = bytes_of(&mut journey, "字");
    assert!(bytes <= 300, "at the end of a paragraph: {bytes}");
}

fn keys() -> impl Strategy<Value = Vec<String>> {
    let command = prop::sample::select(vec![
        "Left",
        "Right",
        "Up",
        "Down",
        "Home",
        "End",
        "C-Home",
        "C-End",
        "PageUp",
        "PageDown",
        "S-Left",
        "S-Right",
        "S-Up",
        "S-Down",
        "Insert",
        "Delete",
        "Backspace",
        "Enter",
        "C-c",
        "C-x",
        "C-v",
        "C-z",
        "C-y",
        "Esc",
    ]);
    let typed = "[中，。；a1“\u{301}\u{200d}👩é]{1,3}";
    prop::collection::vec(prop_oneof![command.prop_map(str::to_owned), typed], 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn invariant_undoing_everything_restores_the_text_and_redoing_repeats_it(keys in keys()) {
        let start = "第一段，12件。\n\n第二“段”👨\u{200d}👩\n完";
        let mut journey = on(start);
        for key in &keys {
            journey.app.menu = false;
            journey.keys(key);
            let (buffer, (x, y)) = journey.frame();
            prop_assert!(x < buffer.area.width && y < buffer.area.height);
        }
        journey.app.overlay = None;
        let after = journey.screen().report().clone();
        let steps = journey.screen().document.done().len();
        for _ in 0..steps {
            journey.keys("C-z");
        }
        prop_assert_eq!(journey.screen().report().text(text("s1")), start);
        prop_assert!(!journey.screen().document.is_modified());
        for _ in 0..steps {
            journey.keys("C-y");
        }
        prop_assert_eq!(journey.screen().report(), &after);
    }
}
