//! What lies behind a report: the versions that saving kept, and the steps of an earlier
//! session.

use std::path::PathBuf;

use gouji::base::facts::{FileFacts, ReadOnly, Stamp};
use gouji::base::words::Words;
use gouji::format;
use gouji::model::{Change, Document, Report, Step, Transaction};
use gouji::tui::app::Overlay;
use gouji::tui::command::Command;
use gouji::tui::input::{Against, Effect, Opened, Reply, Version};

use super::compare::set;
use crate::support::journey::Journey;

fn file() -> FileFacts {
    FileFacts {
        path: Some(PathBuf::from("/tmp/民政局2024.json")),
        stamp: Some(Stamp {
            size: 1,
            seconds: 1,
            nanos: 0,
            inode: 1,
        }),
        ..FileFacts::default()
    }
}

/// The sample, opened from a file of its own.
fn opened() -> Journey {
    let mut journey = Journey::sample();
    let document = Document::new(format::sample());
    journey.reply(Reply::Opened(Box::new(Opened::of(document, file(), true))));
    journey
}

fn version(when: &str, by: &str, report: Option<Report>) -> Version {
    Version {
        path: PathBuf::from(format!("/state/versions/{when}.json")),
        when: when.to_owned(),
        by: by.to_owned(),
        size: 10_500,
        report,
    }
}

fn earlier() -> Report {
    let places = [
        ("t3.new_received.natural_person", "6"),
        ("s1", "改写之前的一段。"),
        ("body", "西城区民政局（旧名）"),
    ];
    set(format::sample(), &places)
}

/// The list of three: a good one, one without who, one that is damaged.
pub(crate) fn list(journey: &mut Journey) {
    journey.reply(Reply::Versions(vec![
        version("01-24 16:02", "wang@办公机3", Some(earlier())),
        version("01-23 09:00", "", Some(format::sample())),
        version("01-20 08:00", "li@b", None),
    ]));
}

#[test]
fn versions_are_listed_with_when_by_whom_errors_and_size_and_a_damaged_one_says_so() {
    let mut journey = opened();
    journey.keys("F10");
    journey.paste("file.versions");
    journey.keys("Enter");
    assert!(matches!(journey.effects.last(), Some(Effect::Versions)));
    list(&mut journey);
    let rows = journey.rows();
    for said in [
        "1  01-24 16:02 换下  wang@办公机3  错误 ",
        "2  01-23 09:00 换下  不知道是谁  错误 2 提醒 1  11 KB",
        "3  01-20 08:00 换下  li@b  读不出来  11 KB",
    ] {
        assert!(
            rows.iter().any(|row| row.contains(said)),
            "{said}: {rows:#?}"
        );
    }
    journey.keys("3");
    assert!(
        journey.notice().contains("读不出来"),
        "{}",
        journey.notice()
    );
    assert!(matches!(journey.app.overlay, Some(Overlay::Versions(_))));
    let mut journey = opened();
    journey.reply(Reply::Versions(Vec::new()));
    assert!(journey.shows("还没有"), "{:#?}", journey.rows());
}

#[test]
fn enter_shows_a_version_beside_the_report() {
    let mut journey = opened();
    list(&mut journey);
    journey.keys("Enter");
    let Some(Overlay::Compare(page)) = &journey.app.overlay else {
        unreachable!("{:?}", journey.app.overlay)
    };
    assert!(matches!(page.against, Against::Version(..)));
    let rows = journey.rows();
    assert!(rows[0].contains("01-24 16:02 的版本 -> 现在"), "{rows:#?}");
    assert!(journey.shows("旧版") && journey.shows("现在"), "{rows:#?}");
    assert!(
        !journey.shows("X-CARRY"),
        "one year is not judged beside itself"
    );
}

#[test]
fn a_version_comes_back_as_one_step_that_is_undone_and_not_written_until_saved() {
    let mut journey = opened();
    let before = journey.screen().report().clone();
    let errors = journey.errors();
    list(&mut journey);
    journey.keys("F6");
    assert_eq!(journey.screen().report(), &earlier());
    assert_eq!(journey.screen().document.done().len(), 1);
    assert!(
        journey.notice().contains("取回了 01-24 16:02"),
        "{}",
        journey.notice()
    );
    assert!(
        journey
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Journal { .. }))
    );
    assert!(
        !journey
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Save { .. }))
    );
    journey.keys("C-z");
    assert_eq!(journey.screen().report(), &before);
    assert_eq!(journey.errors(), errors);
    // One that says the same changes nothing.
    list(&mut journey);
    journey.keys("Down F6");
    assert!(journey.notice().contains("一样"), "{}", journey.notice());
    assert!(journey.screen().document.done().is_empty());
    // One that is damaged changes nothing either.
    list(&mut journey);
    journey.keys("Up F6");
    assert!(
        journey.notice().contains("读不出来"),
        "{}",
        journey.notice()
    );
}

#[test]
fn explanations_and_questions_come_back_with_a_version() {
    let mut journey = opened();
    journey.keys("F8 F7");
    journey.typed("已核");
    journey.keys("Enter F8 F9");
    assert_eq!(journey.screen().report().remarks().len(), 1);
    let with = journey.screen().report().clone();
    assert!(!with.questions().is_empty());
    list(&mut journey);
    journey.keys("F6");
    assert_eq!(journey.screen().report(), &earlier());
    journey.keys("C-z");
    assert_eq!(journey.screen().report(), &with);
}

#[test]
fn a_report_that_is_only_read_takes_no_version_back() {
    let mut journey = Journey::sample();
    let file = FileFacts {
        read_only: Some(ReadOnly::Permission),
        ..file()
    };
    let document = Document::new(format::sample());
    journey.reply(Reply::Opened(Box::new(Opened::of(document, file, true))));
    list(&mut journey);
    journey.keys("F6");
    assert!(journey.notice().contains("只读"), "{}", journey.notice());
    assert_eq!(journey.screen().report(), &format::sample());
}

// ---- steps of an earlier session

/// Steps that led to the sample, and what it was before each of them.
fn history() -> (Vec<Step>, Vec<Report>) {
    let mut report = format::sample();
    let mut steps = Vec::new();
    let mut states = vec![report.clone()];
    for (place, value) in [
        ("t3.new_received.natural_person", "6"),
        ("s1", "以前的文字。"),
        ("t3.new_received.total", "3"),
    ] {
        let before = set(report.clone(), &[(place, value)]);
        let step = Transaction::new(Words::same("x")).becoming(&before, &report);
        steps.insert(
            0,
            Step {
                label: step.label,
                ops: step.ops,
            },
        );
        report = before;
        states.push(report.clone());
    }
    (steps, states)
}

#[test]
fn undo_after_opening_goes_behind_it_exactly_and_redo_comes_back() {
    let mut journey = opened();
    let errors = journey.errors();
    let (steps, states) = history();
    assert!(journey.is_possible(Command::Undo));
    journey.keys("C-z");
    assert!(matches!(journey.effects.last(), Some(Effect::Earlier)));
    assert!(!journey.screen().document.is_modified());
    journey.reply(Reply::Earlier(steps));
    assert!(journey.notice().contains("撤销"), "{}", journey.notice());
    assert_eq!(journey.screen().report(), &states[1]);
    assert!(
        journey.screen().document.is_modified(),
        "the file holds something else"
    );
    for state in &states[2..] {
        journey.keys("C-z");
        assert_eq!(journey.screen().report(), state);
        let fresh = Journey::on(Document::new(state.clone()), true);
        assert_eq!(
            journey.errors(),
            fresh.errors(),
            "judged as if it were opened so"
        );
    }
    journey.keys("C-z");
    assert!(
        journey.notice().contains("没有可以撤销的了"),
        "{}",
        journey.notice()
    );
    assert!(!journey.is_possible(Command::Undo));
    journey.keys("C-y C-y C-y");
    assert_eq!(journey.screen().report(), &states[0]);
    assert_eq!(journey.errors(), errors);
    assert!(!journey.screen().document.is_modified(), "as it was saved");
    // Each undo is in the journal, with the ops that ran.
    let undone = journey.effects.iter().filter(
        |effect| matches!(effect, Effect::Journal { change: Change::Undo, ran } if !ran.is_empty()),
    );
    assert_eq!(undone.count(), 3);
}

#[test]
fn steps_of_this_session_are_undone_first_and_asked_for_once() {
    let mut journey = opened();
    let (steps, states) = history();
    journey.keys("5 Tab C-z");
    assert_eq!(journey.screen().report(), &states[0]);
    assert!(
        !journey
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Earlier))
    );
    journey.keys("C-z");
    journey.reply(Reply::Earlier(steps));
    assert_eq!(journey.screen().report(), &states[1]);
    journey.keys("C-z C-z C-z C-z");
    let asked = journey
        .effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Earlier));
    assert_eq!(asked.count(), 1);
    // What changed since opening is told from the opening, not from before it.
    journey.keys("C-y C-y C-y F10");
    journey.paste("edit.changes");
    journey.keys("Enter");
    assert!(journey.shows("还没有改过什么"), "{:#?}", journey.rows());
}

#[test]
fn a_foreign_history_is_ignored_and_nothing_is_harmed() {
    let (steps, _) = history();
    // It leads to another report.
    let mut journey = opened();
    let other = set(format::sample(), &[("t3.new_received.total", "77")]);
    journey.reply(Reply::Opened(Box::new(Opened::of(
        Document::new(other.clone()),
        file(),
        true,
    ))));
    journey.keys("C-z");
    journey.reply(Reply::Earlier(steps));
    assert!(
        journey.notice().contains("没有可以撤销的了"),
        "{}",
        journey.notice()
    );
    assert_eq!(journey.screen().report(), &other);
    assert!(!journey.screen().document.is_modified());
    // There is none.
    let mut journey = opened();
    journey.keys("C-z");
    journey.reply(Reply::Earlier(Vec::new()));
    assert!(
        journey.notice().contains("没有可以撤销的了"),
        "{}",
        journey.notice()
    );
    // A report of no file has none to ask for.
    let mut journey = Journey::sample();
    journey.keys("C-z");
    assert!(
        !journey
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Earlier))
    );
}

#[test]
fn a_save_keeps_the_steps_that_led_to_it() {
    let mut journey = opened();
    journey.keys("5 Tab 6 Tab C-s");
    journey.reply(Reply::Saved {
        file: file(),
        doubts: Vec::new(),
    });
    let kept = journey.effects.iter().find_map(|effect| match effect {
        Effect::KeepHistory { steps, goes_on } => Some((steps.len(), *goes_on)),
        _ => None,
    });
    assert_eq!(kept, Some((2, true)));
    // Once those before are among them, they are kept as they are.
    let mut journey = opened();
    let (steps, _) = history();
    journey.keys("C-z");
    journey.reply(Reply::Earlier(steps));
    journey.keys("C-s");
    journey.reply(Reply::Saved {
        file: file(),
        doubts: Vec::new(),
    });
    let kept = journey.effects.iter().find_map(|effect| match effect {
        Effect::KeepHistory { steps, goes_on } => Some((steps.len(), *goes_on)),
        _ => None,
    });
    assert_eq!(kept, Some((2, false)));
}

#[test]
fn leaving_after_an_undo_behind_the_opening_counts_what_is_not_saved() {
    let mut journey = opened();
    let (steps, _) = history();
    journey.keys("C-z");
    journey.reply(Reply::Earlier(steps));
    journey.keys("C-q");
    assert!(
        journey.shows("没有保存：1 格改动（1 步）"),
        "{:#?}",
        journey.rows()
    );
}
