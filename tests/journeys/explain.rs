//! U4, U14: explanations, the basis of a cell, the profile, my changes.

use std::path::PathBuf;

use gouji::base::facts::FileFacts;
use gouji::base::words::Lang;
use gouji::check::profile::Level;
use gouji::check::{Profile, Severity, rule};
use gouji::form::current;
use gouji::format::{self, NATIVE, Options};
use gouji::model::{Document, Report};
use gouji::tui::app::Overlay;
use gouji::tui::input::{Effect, Input, Opened, Reply, StartFacts};

use crate::support::journey::Journey;

const WHY: &str = "原稿如此，明年改";

/// The report as it comes back from its native file.
fn reopened(report: &Report) -> Report {
    let bytes = format::native(report).into_bytes();
    let options = Options {
        format: Some(&NATIVE),
        ..Options::default()
    };
    format::read(&bytes, None, &options)
        .expect("our own file")
        .into_report()
}

fn journey() -> Journey {
    let mut journey = Journey::sample();
    journey.app.prefs.user = "wang".into();
    journey
}

fn explain(journey: &mut Journey, keys: &str) {
    journey.keys(keys);
    journey.typed(WHY);
    journey.keys("Enter");
}

#[test]
fn an_explained_reminder_counts_no_more_and_comes_back_explained() {
    let mut journey = journey();
    journey.keys("F8 F8 F8");
    assert!(
        journey.notice().contains("少了序号"),
        "{}",
        journey.notice()
    );
    explain(&mut journey, "F7");
    assert!(
        journey.notice().contains("说明记下了"),
        "{}",
        journey.notice()
    );
    let remark = &journey.screen().report().remarks()[0];
    assert_eq!(
        (
            remark.rule.as_str(),
            remark.site.as_str(),
            remark.by.as_str()
        ),
        ("S-HEADING", "s2", "wang")
    );
    assert_eq!(remark.numbers, ["主动公开政府信息情况"]);
    assert_eq!(journey.screen().findings.counts().warnings, 0);
    assert_eq!(journey.screen().findings.counts().settled, 1);
    assert!(journey.shows("提醒 0"), "{}", journey.rows()[0]);
    journey.keys("F8 F8 F8 F8");
    assert!(!journey.notice().contains("少了序号"), "F8 passes it by");
    journey.keys("F5");
    let page = journey.rows().join("\n");
    let apart = page.find("已说明：").expect("a block of its own");
    assert!(page[apart..].contains("少了序号"), "{page}");
    assert!(
        page[apart..].contains(&format!("说明：{WHY}（wang）")),
        "{page}"
    );

    let back = reopened(journey.screen().report());
    let journey = Journey::on(Document::new(back), true);
    assert_eq!(journey.screen().findings.counts().settled, 1);
}

#[test]
fn an_error_is_shown_as_explained_and_counts_all_the_same_until_its_numbers_change() {
    let mut journey = journey();
    journey.keys("F8");
    explain(&mut journey, "Esc 7");
    let remark = &journey.screen().report().remarks()[0];
    assert_eq!(remark.site, "t3.natural_person");
    assert_eq!(remark.numbers, ["8", "7"], "both sides of the identity");
    assert_eq!(journey.screen().findings.counts().errors, 2);
    journey.keys("Right Left");
    assert!(journey.shows("已说明"), "{}", journey.rows()[20]);

    let back = reopened(journey.screen().report());
    let mut journey = Journey::on(Document::new(back), true);
    journey.keys("F8");
    assert!(journey.shows("已说明"), "{}", journey.rows()[20]);
    journey.keys("6");
    assert!(journey.shows("原说明的数变了"), "{}", journey.rows()[20]);
    journey.keys("Tab F5");
    let page = journey.rows().join("\n");
    assert!(page.contains("原说明（数变了，请再看）"), "{page}");
    journey.keys("Esc C-z");
    let problems = &journey.screen().findings.problems;
    assert!(
        problems.iter().any(gouji::check::Problem::is_explained),
        "the number is back, and the explanation stands"
    );
}

#[test]
fn an_explanation_is_changed_removed_and_undone() {
    let mut journey = journey();
    journey.keys("F8");
    explain(&mut journey, "F7");
    journey.keys("F7");
    assert!(journey.shows(WHY), "the old text stands there");
    journey.typed("。另见台账");
    journey.keys("Enter");
    assert_eq!(
        journey.screen().report().remarks()[0].text,
        format!("{WHY}。另见台账")
    );
    journey.keys("F7");
    for _ in 0..20 {
        journey.keys("Backspace");
    }
    journey.keys("Enter");
    assert!(journey.screen().report().remarks().is_empty());
    journey.keys("C-z C-z");
    assert_eq!(journey.screen().report().remarks()[0].text, WHY);
    journey.keys("F7 Esc");
    assert_eq!(journey.screen().report().remarks()[0].text, WHY);
    journey.keys("C-z");
    assert!(journey.screen().report().remarks().is_empty());
}

#[test]
fn the_list_explains_the_chosen_problem_and_tells_its_basis() {
    let mut journey = journey();
    journey.keys("F5 Down");
    explain(&mut journey, "F7");
    assert_eq!(
        journey.screen().report().remarks()[0].site,
        "t3.org_business"
    );
    journey.keys("F5 Down Down F4");
    let page = journey.rows().join("\n");
    assert!(
        page.contains("S-HEADING") && page.contains("下一步"),
        "{page}"
    );
}

#[test]
fn an_explanation_whose_problem_is_gone_is_told_and_can_be_removed() {
    let mut journey = journey();
    journey.keys("F8");
    explain(&mut journey, "F7");
    journey.keys("8 F5");
    journey.keys("C-End");
    let page = journey.rows().join("\n");
    assert!(page.contains("1 条说明，所说的问题已经没有了"), "{page}");
    journey.keys("Esc F10");
    journey.typed("sqybzdsm");
    journey.keys("Enter");
    assert!(journey.screen().report().remarks().is_empty());
}

#[test]
fn a_read_only_report_is_not_explained() {
    let mut journey = Journey::sample();
    let file = FileFacts {
        path: Some(PathBuf::from("/tmp/a.json")),
        read_only: Some(gouji::base::facts::ReadOnly::Permission),
        ..FileFacts::default()
    };
    let opened = Opened::of(Document::new(format::sample()), file, true);
    journey.reply(Reply::Opened(Box::new(opened)));
    journey.keys("F8 F7");
    assert!(journey.app.overlay.is_none());
    assert!(journey.notice().contains("只读"), "{}", journey.notice());
}

#[test]
fn the_basis_of_a_cell_names_it_counts_it_and_writes_its_sums_out() {
    let mut journey = journey();
    journey.keys("5 Tab S-Tab F4 F4");
    let mut seen = String::new();
    for _ in 0..30 {
        seen.push_str(&journey.rows().join("\n"));
        journey.keys("Down");
    }
    for said in [
        "一、本年新收政府信息公开申请数量",
        "1 月 1 日至 12 月 31 日收到的",
        "一 本年新收 5 + 二 上年结转 0 = 5",
        "自然人 5 + 企业 1",
        "T3-BALANCE",
        "表三注：本列数据的勾稽关系",
        "7 -> 5",
    ] {
        assert!(seen.contains(said), "{said}: {seen}");
    }
    for (lang, said) in [(Lang::Zh, "另 15 项是 0"), (Lang::En, "15 more are 0")] {
        journey.app.look.lang = lang;
        journey.keys("Esc C-z C-Home F8 F4 F4");
        let mut seen = String::new();
        for _ in 0..30 {
            seen.push_str(&journey.rows().join("\n"));
            journey.keys("Down");
        }
        assert!(seen.contains(said), "{said}: {seen}");
    }
}

#[test]
fn what_a_profile_silences_is_still_listed() {
    let level = |code: &str, severity| Level {
        rule: rule(code).expect("a rule"),
        severity,
        since: "2025-01-01".into(),
        reason: "市里统一格式".into(),
    };
    let mut journey = Journey::start(StartFacts::default());
    journey.app.prefs.profile = Profile {
        levels: vec![
            level("S-HEADING", None),
            level("T3-COLSUM", Some(Severity::Warning)),
        ],
        limits: Vec::new(),
    };
    journey.reply(Reply::Opened(Box::new(Opened::of(
        Document::unsaved(format::sample()),
        FileFacts::default(),
        false,
    ))));
    assert!(journey.errors().is_empty());
    assert_eq!(journey.problems(Severity::Warning).len(), 2);
    journey.keys("F5");
    let page = journey.rows().join("\n");
    for said in ["按配置不再提醒", "少了序号", "2025-01-01  市里统一格式"] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn my_changes_are_listed_and_gone_to() {
    let mut journey = journey();
    journey.keys("F10");
    journey.typed("dkyldgd");
    journey.keys("Enter");
    assert!(journey.shows("还没有改过"), "{:?}", journey.rows());
    journey.keys("Esc 5 Tab 6 F6 Esc C-End 3");
    journey.keys("F10");
    journey.typed("dkyldgd");
    journey.keys("Enter");
    let rows = &journey.rows()[13..];
    assert!(rows[0].contains("自然人  7 -> 5"), "{rows:?}");
    assert!(rows[1].contains("商业企业  1 -> 6"), "{rows:?}");
    assert!(rows[2].contains("四 结转下年"), "{rows:?}");
    journey.keys("Down Enter");
    assert_eq!(journey.cursor(), "t3.new_received.org_business");
    journey.keys("C-z C-z C-z F10");
    journey.typed("dkyldgd");
    journey.keys("Enter");
    assert!(journey.shows("还没有改过"), "undone is unchanged");
}

#[test]
fn a_whole_table_becomes_0_as_one_step() {
    let mut journey = Journey::new_report();
    journey.keys("F10");
    journey.typed("zbt");
    journey.keys("Enter");
    let t3 = &current().tables[4];
    let all = |journey: &Journey, text: &str| {
        t3.cells()
            .all(|cell| journey.screen().report().cell(cell).text() == text)
    };
    assert!(all(&journey, "0"));
    assert_eq!(journey.screen().document.done().len(), 1);
    journey.keys("C-z");
    assert!(all(&journey, ""));
    journey.keys("5 Tab F10");
    journey.typed("zbt");
    journey.keys("Enter");
    assert!(journey.shows("已有 1 格填了"), "{}", journey.rows()[0]);
    journey.keys("1");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "5");
    assert_eq!(journey.cell("t3.new_received.total"), "5");
    assert_eq!(journey.cell("t3.carried_out.org_other"), "0");
    assert_eq!(journey.cell("t3.processed_total.total"), "0");
    journey.keys("C-z F10");
    journey.typed("zbt");
    journey.keys("Enter 2");
    assert!(all(&journey, "0"));
}

#[test]
fn copied_cells_go_to_the_file_and_the_shell() {
    let mut journey = Journey::sample();
    journey.keys("C-c");
    assert!(matches!(journey.effects.last(), Some(Effect::Copy(text)) if text == "7"));
    journey.reply(Reply::Copied(PathBuf::from("/s/copied.tsv")));
    assert!(
        journey.notice().contains("/s/copied.tsv"),
        "{}",
        journey.notice()
    );
}

#[test]
fn a_users_width_wins_over_the_terminals_answer() {
    let mut journey = Journey::sample();
    journey.app.prefs.wide_ambiguous = Some(false);
    journey.input(Input::WideAmbiguous(true));
    assert!(!journey.app.look.ruler.wide_ambiguous);
}

#[test]
fn a_theme_is_chosen_from_its_list() {
    let mut journey = Journey::sample();
    journey.keys("F10");
    journey.typed("hps");
    journey.keys("Enter 4");
    assert_eq!(journey.app.look.theme, gouji::tui::theme::Theme::NONE);
    assert!(!matches!(journey.app.overlay, Some(Overlay::Themes(_))));
    assert!(journey.notice().contains("黑白"), "{}", journey.notice());
}
