//! The start page: what it offers, in what words, at every size.

use std::path::PathBuf;

use gouji::base::facts::{FileFacts, LeftAs};
use gouji::base::words::Lang;
use gouji::format::sample;
use gouji::model::Document;
use gouji::tui::command::Command;
use gouji::tui::input::{Effect, Input, Opened, Recent, Reply, StartFacts, Target};
use unicode_width::UnicodeWidthStr;

use crate::support::journey::Journey;

/// An unsaved report with errors, and one whose sums hold.
pub(crate) fn facts() -> StartFacts {
    let recent = |name: &str, when: &str, errors, unsaved| Recent {
        target: Target::File(PathBuf::from(format!("/dead/mount/{name}"))),
        name: name.to_owned(),
        when: when.to_owned(),
        left: Some(LeftAs {
            body: "北京市西城区民政局".to_owned(),
            errors,
            missing: 0,
        }),
        unsaved,
    };
    StartFacts {
        recent: vec![
            recent("民政局2025.json", "01-24 16:31", 2, Some(37)),
            recent("民政局2024.json", "01-12 09:05", 0, None),
            recent("民政局2023.json", "01-11 09:05", 0, None),
        ],
        year: Some(2025),
        body: "北京市西城区民政局".to_owned(),
    }
}

#[test]
fn recent_reports_stand_first_then_what_can_be_begun() {
    let mut journey = Journey::start(facts());
    let rows = journey.rows();
    let said = |row: &str| rows.iter().position(|there| there.trim_end() == row);
    let order = [
        "   最近",
        "   > 1  民政局2025.json    01-24 16:31    错误 2    未保存 37 处",
        "     2  民政局2024.json    01-12 09:05    相符",
        "   开始",
        "     3  空白新建（2021年格式）",
        "     4  从去年的报告新建",
        "     5  打开一份：Word、网页、表格、PDF、文本",
        "     6  打开一个文件夹：逐份核对、汇总",
        "     7  练习：样例报告里有 2 处不平，四步改好",
        "     8  English    9  这一行没有对齐请按 9：|一二三|123456|“二”|",
    ];
    let places = order.map(|row| {
        let place = said(row);
        assert!(place.is_some(), "{row}: {rows:#?}");
        place.expect("it is shown")
    });
    assert!(places.is_sorted(), "{places:?}");
    // The digit that stands before it opens it.
    journey.keys("2");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Open { target: Target::File(path), .. }) if path.ends_with("民政局2024.json")
    ));
    let mut journey = Journey::start(facts());
    journey.keys("Down Enter");
    assert!(matches!(journey.effects.last(), Some(Effect::Open { .. })));
}

#[test]
fn without_recent_reports_only_what_can_be_begun_is_offered() {
    let journey = Journey::start(StartFacts::default());
    assert!(!journey.shows("最近"));
    assert!(journey.shows("> 1  空白新建"));
}

#[test]
fn one_key_speaks_the_other_language() {
    let mut journey = Journey::start(facts());
    journey.keys("8");
    assert_eq!(journey.app.look.lang, Lang::En);
    assert!(journey.shows("8  中文界面"));
    for said in ["Lately", "2 errors", "37 unsaved", "adds up", "Begin"] {
        assert!(journey.shows(said), "{said}: {:#?}", journey.rows());
    }
    journey.keys("8");
    assert_eq!(journey.app.look.lang, Lang::Zh);
}

#[test]
fn invariant_the_page_stands_at_every_size_and_its_digits_work() {
    for lang in Lang::ALL {
        for size in [
            (160, 50),
            (80, 23),
            (60, 20),
            (60, 16),
            (40, 12),
            (30, 9),
            (20, 5),
        ] {
            for facts in [facts(), StartFacts::default()] {
                let mut journey = Journey::start(facts.clone());
                journey.app.look.lang = lang;
                journey.input(Input::Resize(size.0, size.1));
                for _ in 0..7 {
                    let rows = journey.rows();
                    let (_, (x, y)) = journey.frame();
                    assert!(x < size.0 && y < size.1 - 1, "{size:?}: {x},{y}");
                    assert!(
                        rows.iter().all(|row| row.width() <= usize::from(size.0)),
                        "{size:?}: {rows:#?}"
                    );
                    assert!(rows[usize::from(y)].contains('>'), "{size:?}: {rows:#?}");
                    journey.keys("Down");
                }
                let at = facts.recent.len().min(2) + 5;
                journey.keys(&at.to_string());
                assert!(
                    matches!(journey.effects.last(), Some(Effect::Open { .. })),
                    "{size:?}"
                );
            }
        }
    }
}

#[test]
fn nothing_that_matters_of_a_recent_report_is_cut_on_a_narrow_screen() {
    let mut journey = Journey::start(facts());
    journey.input(Input::Resize(40, 12));
    let rows = journey.rows();
    let row = rows.iter().find(|row| row.contains("> 1")).expect("a row");
    assert!(
        row.contains("2025.json") && row.contains("未保存 37 处"),
        "{rows:#?}"
    );
    // A text that has no room is said shorter, not cut.
    for said in ["PDF 等", "练习：改好样例里的 2 处", "|123456|“二”|"] {
        assert!(journey.shows(said), "{said}: {rows:#?}");
    }
}

fn saved_as(path: &str) -> FileFacts {
    FileFacts {
        path: Some(PathBuf::from(path)),
        stamp: Some(gouji::base::facts::Stamp {
            size: 1,
            seconds: 2,
            nanos: 3,
            inode: 4,
        }),
        ..FileFacts::default()
    }
}

fn remembered(journey: &Journey) -> Vec<LeftAs> {
    let left = |effect: &Effect| match effect {
        Effect::Remember { left, .. } => Some(left.clone()),
        _ => None,
    };
    journey.effects.iter().filter_map(left).collect()
}

#[test]
fn how_a_report_stands_is_remembered_when_it_is_saved_and_when_it_is_left() {
    let named = || {
        let mut journey = Journey::sample();
        let opened = Opened::of(Document::new(sample()), saved_as("/tmp/a.json"), true);
        journey.reply(Reply::Opened(Box::new(opened)));
        journey
    };
    let two = LeftAs {
        body: "北京市西城区民政局".to_owned(),
        errors: 2,
        missing: 0,
    };
    let mut journey = named();
    journey.keys("C-q");
    assert_eq!(remembered(&journey), std::slice::from_ref(&two));
    let mut journey = named();
    journey.keys("5 C-q 3");
    assert_eq!(remembered(&journey), [], "what was discarded says nothing");
    let mut journey = named();
    journey.keys("5 C-q 2");
    let kept = remembered(&journey);
    assert_eq!(kept.len(), 1);
    assert!(kept[0].errors > 2, "{kept:?}");
    let mut journey = named();
    journey.keys("5 C-z C-s");
    journey.reply(Reply::Saved {
        file: saved_as("/tmp/a.json"),
        doubts: Vec::new(),
    });
    assert_eq!(remembered(&journey), [two]);
    assert!(journey.is_possible(Command::Save));
}

/// The sample, opened from the start page to be practised on.
pub(crate) fn practice() -> Journey {
    let mut journey = Journey::start(StartFacts::default());
    journey.keys("5");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Open {
            target: Target::Practice,
            ..
        })
    ));
    journey.reply(Reply::Opened(Box::new(Opened {
        practises: true,
        ..Opened::of(Document::unsaved(sample()), FileFacts::default(), false)
    })));
    journey
}

#[test]
fn the_practice_leads_through_four_steps_and_hides_no_error() {
    for size in [(80, 23), (120, 30), (60, 20)] {
        let mut journey = practice();
        journey.input(Input::Resize(size.0, size.1));
        let step = |journey: &Journey, said: &str| {
            assert!(
                journey.shows(said),
                "{size:?} {said}: {:#?}",
                journey.rows()
            );
        };
        step(&journey, "练习 1/4：按 F8");
        step(&journey, "先按 Esc，再按 8");
        journey.keys("Right");
        step(&journey, "练习 1/4：按 F8");
        journey.keys("Esc 8");
        step(&journey, "各项结果相加 8，（七）总计写 7");
        step(&journey, "练习 2/4：按 F6");
        journey.keys("F6");
        step(&journey, "练习 3/4：上下键换一种改法");
        step(&journey, "错误 2 -> 0");
        journey.keys("Esc");
        step(&journey, "练习 2/4：按 F6");
        journey.keys("F6 Down Enter");
        step(&journey, "练习 4/4");
        assert_eq!(journey.errors(), Vec::<String>::new());
        journey.keys("C-z");
        step(&journey, "练习 2/4");
        journey.keys("C-y C-s Enter");
        journey.reply(Reply::Saved {
            file: saved_as("/tmp/练习.json"),
            doubts: Vec::new(),
        });
        step(&journey, "已保存");
        step(&journey, "练习完成");
    }
    let mut journey = practice();
    journey.app.look.lang = Lang::En;
    journey.keys("F8");
    assert!(journey.shows("Practice 2/4"), "{:#?}", journey.rows());
    let mut plain = Journey::sample();
    plain.keys("F8");
    assert!(!plain.shows("练习"), "only where one asked for it");
}
