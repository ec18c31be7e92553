//! Two people at one report: what the other one saved is shown or merged, and asked for.

use std::path::PathBuf;

use gouji::base::facts::{FileFacts, ReadOnly, Stamp};
use gouji::form::current;
use gouji::model::{Document, Report};
use gouji::tui::app::Overlay;
use gouji::tui::command::Command;
use gouji::tui::input::{Effect, Input, Opened, Replacing, Reply, Theirs};
use gouji::tui::update::run;

use crate::support::journey::Journey;
use crate::support::reports::changed;

const PATH: &str = "/tmp/a.json";

fn stamp(size: u64) -> Stamp {
    Stamp {
        size,
        seconds: 0,
        nanos: 0,
        inode: 1,
    }
}

fn facts(size: u64) -> FileFacts {
    FileFacts {
        path: Some(PathBuf::from(PATH)),
        stamp: Some(stamp(size)),
        ..FileFacts::default()
    }
}

fn of(changes: &[&str]) -> Report {
    let mut all = vec!["text.s5=甲。乙。丙。"];
    all.extend(changes);
    changed(&all).into_report()
}

fn on(report: Report, file: FileFacts) -> Journey {
    let mut journey = Journey::new_report();
    let opened = Opened::of(Document::new(report), file, true);
    journey.reply(Reply::Opened(Box::new(opened)));
    journey.effects.clear();
    journey
}

fn theirs(changes: &[&str]) -> Reply {
    Reply::Theirs(Box::new(Theirs {
        report: of(changes),
        file: facts(2),
        content: Some(7),
    }))
}

fn text(journey: &Journey) -> String {
    let text = current().text("s5").expect("a text");
    journey.screen().report().text(text).to_owned()
}

/// Wants to save what the other one changed meanwhile, and chooses to merge.
fn merging(mine: &str) -> Journey {
    let mut journey = on(of(&[]), facts(1));
    journey.keys(mine);
    journey.keys("C-s");
    journey.reply(Reply::ChangedOutside(PathBuf::from(PATH)));
    assert!(journey.shows("合并两边的改动"));
    journey.keys("1");
    assert!(
        matches!(journey.effects.last(), Some(Effect::ReadTheirs(path)) if path.ends_with("a.json"))
    );
    journey
}

#[test]
fn what_only_one_side_changed_is_merged_in_one_step_and_saved_over_what_was_read() {
    let mut journey = merging("7");
    let mine = journey.cell("t3.new_received.natural_person");
    assert_eq!(mine, "7");
    journey.reply(theirs(&[
        "t2.licensing.decisions=4",
        "text.s5=甲。乙改了。丙。",
    ]));
    assert!(journey.app.overlay.is_none());
    assert!(
        journey.notice().contains("取了别处改的 1 格"),
        "{}",
        journey.notice()
    );
    assert_eq!(journey.cell("t2.licensing.decisions"), "4");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "7");
    assert_eq!(text(&journey), "甲。乙改了。丙。");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Adopted(Some(7)))
    ));
    assert!(journey.screen().document.is_modified());
    journey.keys("C-s");
    let Some(Effect::Save { replacing, .. }) = journey.effects.last() else {
        unreachable!("a save, not {:?}", journey.effects.last());
    };
    assert_eq!(*replacing, Replacing::Known(stamp(2)));
    journey.keys("C-z");
    assert_eq!(journey.cell("t2.licensing.decisions"), "0");
    assert_eq!(
        journey.cell("t3.new_received.natural_person"),
        "7",
        "mine stays"
    );
    assert_eq!(text(&journey), "甲。乙。丙。");
}

/// A panel of what both changed: a cell, a field of the head, a sentence.
pub(crate) fn clash(journey: &mut Journey) {
    let (lang, size) = (journey.app.look.lang, journey.app.look.size);
    *journey = on(of(&["head.contact=电话", "text.s5=甲。"]), facts(1));
    journey.app.report_mut().expect("open").base = of(&["text.s5=零。"]);
    journey.app.look.lang = lang;
    journey.input(Input::Resize(size.0, size.1));
    journey.keys("7");
    journey.reply(theirs(&[
        "t3.new_received.natural_person=9",
        "head.contact=很长的联系方式，写在一行里放不下，要换到下一行",
        "text.s5=乙。",
    ]));
}

#[test]
fn what_both_changed_is_asked_and_nothing_is_taken_before_all_is_chosen() {
    let mut journey = merging("7");
    journey.reply(theirs(&[
        "t3.new_received.natural_person=9",
        "t2.licensing.decisions=4",
    ]));
    assert!(matches!(journey.app.overlay, Some(Overlay::Merge(_))));
    for said in ["两边都改了的地方", "我的 7", "他的 9"] {
        assert!(journey.shows(said), "{said}: {:#?}", journey.rows());
    }
    journey.keys("Enter");
    assert!(
        journey.notice().contains("还有没选的"),
        "{}",
        journey.notice()
    );
    assert_eq!(journey.cell("t2.licensing.decisions"), "0");
    journey.keys("Right Enter");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "9");
    assert_eq!(journey.cell("t2.licensing.decisions"), "4");
    journey.keys("C-z");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "7");
    assert_eq!(journey.cell("t2.licensing.decisions"), "0");
}

#[test]
fn esc_merges_nothing_and_the_file_stays_unknown() {
    let mut journey = merging("7");
    journey.reply(theirs(&["t3.new_received.natural_person=9"]));
    journey.effects.clear();
    journey.keys("Left Esc");
    assert!(journey.app.overlay.is_none());
    assert_eq!(journey.cell("t3.new_received.natural_person"), "7");
    journey.keys("C-s");
    let Some(Effect::Save { replacing, .. }) = journey.effects.last() else {
        unreachable!("a save, not {:?}", journey.effects.last());
    };
    assert_eq!(*replacing, Replacing::Known(stamp(1)));
}

#[test]
fn a_merge_that_gives_what_the_file_holds_is_saved() {
    let mut journey = merging("7 C-z");
    let theirs = theirs(&["t2.licensing.decisions=4"]);
    journey.reply(theirs);
    assert_eq!(journey.cell("t2.licensing.decisions"), "4");
    assert!(!journey.screen().document.is_modified());
}

fn read_only() -> Journey {
    let file = FileFacts {
        read_only: Some(ReadOnly::Locked {
            by: "wang@host".to_owned(),
            since: "01-24 16:31".to_owned(),
        }),
        ..facts(1)
    };
    on(of(&[]), file)
}

#[test]
fn a_read_only_window_looks_and_shows_what_the_other_saved() {
    let mut journey = read_only();
    journey.keys("Down Down");
    let cursor = journey.cursor();
    journey.input(Input::Look);
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Follow { stamp: seen, .. }) if *seen == stamp(1)
    ));
    journey.reply(theirs(&["t2.licensing.decisions=4"]));
    assert!(
        journey.notice().contains("已经刷新：1 处不同"),
        "{}",
        journey.notice()
    );
    assert_eq!(journey.cell("t2.licensing.decisions"), "4");
    assert_eq!(journey.cursor(), cursor);
    assert_eq!(journey.screen().file.stamp, Some(stamp(2)));
    assert!(!journey.screen().document.is_modified());
    // A report of one's own is not looked at.
    let mut own = on(of(&[]), facts(1));
    own.input(Input::Look);
    assert!(own.effects.is_empty());
}

#[test]
fn who_waits_asks_and_who_holds_it_sees_a_line_that_stays() {
    let mut waiting = read_only();
    assert!(waiting.is_possible(Command::LetGo));
    run(&mut waiting.app, Command::LetGo, &mut waiting.effects);
    assert!(
        matches!(waiting.effects.last(), Some(Effect::AskToLetGo(path)) if path.ends_with("a.json"))
    );
    let mut holding = on(of(&[]), facts(1));
    assert!(!holding.is_possible(Command::LetGo));
    holding.reply(Reply::Asked {
        by: "li@host".to_owned(),
        at: "01-24 16:40".to_owned(),
    });
    assert!(holding.notice().contains("li@host 在 01-24 16:40 请您让出"));
    holding.keys("Down Down");
    assert!(
        holding.rows()[0].contains("有人请您让出"),
        "{}",
        holding.rows()[0]
    );
}
