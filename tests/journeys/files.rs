//! U12: saving, leaving, coming back.

use std::path::PathBuf;

use gouji::base::facts::{FileFacts, ReadOnly, Stamp};
use gouji::base::failure::Failure;
use gouji::base::words::Words;
use gouji::form::current;
use gouji::format::sample;
use gouji::model::{Cell, Document, Transaction};
use gouji::tui::input::{Effect, Opened, Recovery, Replacing, Reply, Target};

use crate::support::journey::Journey;

const STAMP: Stamp = Stamp {
    size: 1,
    seconds: 2,
    nanos: 3,
    inode: 4,
};

fn facts(path: &str) -> FileFacts {
    FileFacts {
        path: Some(PathBuf::from(path)),
        stamp: Some(STAMP),
        ..FileFacts::default()
    }
}

fn opened(file: FileFacts, recovery: Option<Recovery>) -> Reply {
    Reply::Opened(Box::new(Opened {
        recovery,
        ..Opened::of(Document::new(sample()), file, true)
    }))
}

fn named() -> Journey {
    let mut journey = Journey::sample();
    journey.reply(opened(facts("/tmp/a.json"), None));
    journey
}

#[test]
fn a_named_report_is_saved_over_the_state_it_was_read_in() {
    let mut journey = named();
    journey.keys("5 C-s");
    let Some(Effect::Save {
        path, replacing, ..
    }) = journey.effects.last()
    else {
        unreachable!("a save, not {:?}", journey.effects.last())
    };
    assert_eq!(path, &PathBuf::from("/tmp/a.json"));
    assert_eq!(*replacing, Replacing::Known(STAMP));
    assert!(journey.screen().document.is_modified());
    journey.reply(Reply::Saved {
        file: facts("/tmp/a.json"),
        doubts: Vec::new(),
    });
    assert!(!journey.screen().document.is_modified());
    assert!(journey.rows()[0].contains("已保存"));
    journey.keys("C-q");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Quit { keep: false })
    ));
}

#[test]
fn an_unnamed_report_asks_for_a_name_and_never_overwrites_unasked() {
    let mut journey = Journey::sample();
    journey.keys("5 C-s");
    assert!(
        journey.rows()[20].contains("北京市西城区民政局2024.json"),
        "{}",
        journey.rows()[20]
    );
    journey.keys("Enter");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Save {
            replacing: Replacing::Nothing,
            ..
        })
    ));
    journey.reply(Reply::Exists(PathBuf::from("x.json")));
    assert!(
        journey.rows()[0].contains("已经有这个文件"),
        "{}",
        journey.rows()[0]
    );
    journey.keys("3");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Save {
            replacing: Replacing::Anything,
            ..
        })
    ));
}

#[test]
fn an_imported_report_is_saved_beside_its_source() {
    let mut journey = Journey::sample();
    let file = FileFacts {
        source: Some(PathBuf::from("/tmp/民政局.txt")),
        ..FileFacts::default()
    };
    journey.reply(opened(file, None));
    journey.keys("C-s");
    assert!(
        journey.rows()[20].contains("/tmp/民政局.json"),
        "{}",
        journey.rows()[20]
    );
}

#[test]
fn a_name_is_completed() {
    let mut journey = named();
    journey.keys("C-o");
    journey.typed("a");
    journey.keys("Tab");
    assert!(matches!(journey.effects.last(), Some(Effect::Complete(start)) if start == "a"));
    journey.reply(Reply::Completions(vec![
        "ab1.json".into(),
        "ab2.json".into(),
    ]));
    assert!(journey.rows()[20].contains("ab"), "{}", journey.rows()[20]);
    assert!(
        journey.rows()[21].contains("ab1.json  ab2.json"),
        "{}",
        journey.rows()[21]
    );
    journey.typed("1.json");
    journey.keys("Enter");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Open { target: Target::File(path), .. }) if path.as_os_str() == "ab1.json"
    ));
}

#[test]
fn leaving_with_changes_asks_once() {
    let mut journey = named();
    journey.keys("C-q");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Quit { keep: false })
    ));
    journey.keys("5 C-q");
    assert!(
        journey.rows()[0].contains("1 处改动没有保存"),
        "{}",
        journey.rows()[0]
    );
    journey.keys("Esc");
    assert!(journey.app.overlay.is_none());
    assert_eq!(journey.cell("t3.new_received.natural_person"), "5");
    journey.keys("C-q 2");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Quit { keep: true })
    ));
    journey.keys("C-q 1");
    assert!(matches!(journey.effects.last(), Some(Effect::Save { .. })));
    journey.reply(Reply::Saved {
        file: facts("/tmp/a.json"),
        doubts: Vec::new(),
    });
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Quit { keep: false })
    ));
}

#[test]
fn a_save_that_fails_stops_leaving_and_loses_nothing() {
    let mut journey = named();
    journey.keys("5 C-q 1");
    journey.reply(Reply::Failed(Failure::file(
        Words::same("disk full").into(),
    )));
    assert!(journey.rows()[0].contains("disk full"));
    journey.keys("Esc");
    assert_eq!(journey.cell("t3.new_received.natural_person"), "5");
    journey.reply(Reply::Saved {
        file: facts("/tmp/a.json"),
        doubts: Vec::new(),
    });
    let left = |effect: &Effect| matches!(effect, Effect::Quit { .. });
    assert!(
        !journey.effects.iter().any(left),
        "it does not quit later by itself"
    );
}

#[test]
fn a_table_half_keyed_is_in_keying_mode_after_a_save() {
    let mut journey = Journey::new_report();
    journey.reply(opened(facts("/tmp/a.json"), None));
    journey.keys("C-u 5 C-s");
    journey.reply(Reply::Saved {
        file: facts("/tmp/a.json"),
        doubts: Vec::new(),
    });
    let Some(Effect::KeepModes(keying)) = journey.effects.last() else {
        unreachable!("kept, not {:?}", journey.effects.last());
    };
    assert_eq!(keying, &["t3"]);
}

#[test]
fn a_file_changed_outside_is_not_overwritten_unasked() {
    let mut journey = named();
    journey.keys("5 C-s");
    journey.reply(Reply::ChangedOutside(PathBuf::from("/tmp/a.json")));
    assert!(
        journey.rows()[0].contains("在别处被改过"),
        "{}",
        journey.rows()[0]
    );
    journey.keys("2");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Save {
            replacing: Replacing::Anything,
            ..
        })
    ));
}

fn recovery() -> Recovery {
    let mut document = Document::new(sample());
    let cell = current().cell("t3.carried_in.org_other").expect("path");
    let step = Transaction::new(Words::same("x")).cell(document.report(), cell, Cell::Count(8));
    document.apply(step).expect("fits");
    Recovery {
        document,
        file: facts("/tmp/a.json"),
        steps: 1,
        cells: vec![(cell, "0".into(), "8".into())],
        texts: Vec::new(),
        since: "01-24 16:02".into(),
        by: "wang@office".into(),
        file_differs: false,
        cut_short: false,
    }
}

#[test]
fn enter_brings_back_what_a_killed_session_left() {
    let mut journey = Journey::sample();
    journey.reply(opened(facts("/tmp/a.json"), Some(recovery())));
    let page = journey.rows().join("\n");
    for said in [
        "没有正常结束的编辑  a.json",
        "01-24 16:02",
        "wang@office",
        "0 -> 8",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    journey.keys("Esc 5");
    assert!(journey.app.overlay.is_some(), "it waits for an answer");
    journey.keys("Enter");
    assert!(matches!(journey.effects.last(), Some(Effect::Recovered)));
    assert_eq!(
        journey.cursor(),
        "t3.carried_in.org_other",
        "where the last change was"
    );
    assert_eq!(journey.cell("t3.carried_in.org_other"), "8");
    assert!(journey.screen().document.is_modified());
    journey.keys("C-z");
    assert_eq!(journey.cell("t3.carried_in.org_other"), "0");
}

#[test]
fn all_that_would_come_back_can_be_looked_through() {
    let mut journey = Journey::sample();
    let mut many = recovery();
    let cells = current().cells().take(40);
    many.cells = cells.map(|cell| (cell, "0".into(), "8".into())).collect();
    many.texts = vec!["s1"];
    journey.reply(opened(facts("/tmp/a.json"), Some(many)));
    let page = journey.rows();
    let shown = |page: &[String]| page.iter().filter(|row| row.contains("0 -> 8")).count();
    assert_eq!(shown(&page), 12, "{page:#?}");
    assert_eq!(page[21].trim(), "", "{page:#?}");
    assert!(page[22].contains("PgDn"), "{page:#?}");
    assert!(page[9].contains("规章/制发"), "{page:#?}");
    journey.keys("PageDown PageDown PageDown PageDown");
    let last = journey.rows();
    assert_eq!(shown(&last), 11, "{last:#?}");
    assert!(last[20].contains("总体情况  文字有改动"), "{last:#?}");
    journey.keys("PageUp PageUp PageUp PageUp");
    assert_eq!(journey.rows(), page);
    journey.keys("Down Enter");
    assert!(matches!(journey.effects.last(), Some(Effect::DropRecovery)));
}

#[test]
fn what_comes_back_under_another_form_has_its_own_screen() {
    let mut journey = Journey::sample();
    let old = gouji::form::by_key("2019").expect("a form");
    let mut draft = gouji::model::Draft::new(old);
    draft.push_lost(0, 0);
    let document = Document::new(draft.into_report());
    let reply = Reply::Opened(Box::new(Opened {
        recovery: Some(recovery()),
        ..Opened::of(document, facts("/tmp/a.json"), true)
    }));
    journey.reply(reply);
    journey.keys("Enter");
    assert_eq!(journey.screen().form(), current());
    assert_eq!(journey.screen().report().lost().count(), 0);
    assert_eq!(journey.cell("t3.carried_in.org_other"), "8");
    journey.keys("C-PageDown 9");
    assert_eq!(journey.cell(&journey.cursor()), "9", "where it is typed");
    assert!(journey.cursor().starts_with("t4."), "{}", journey.cursor());
}

#[test]
fn changes_can_be_left_or_kept_elsewhere() {
    let mut journey = Journey::sample();
    journey.reply(opened(facts("/tmp/a.json"), Some(recovery())));
    journey.keys("2");
    assert!(matches!(journey.effects.last(), Some(Effect::DropRecovery)));
    assert_eq!(journey.cell("t3.carried_in.org_other"), "0");
    journey.reply(opened(facts("/tmp/a.json"), Some(recovery())));
    journey.keys("3");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Quit { keep: true })
    ));
}

#[test]
fn what_is_to_be_discarded_stays_unsaved_until_it_is_gone() {
    let mut journey = named();
    journey.keys("5 Tab C-o");
    journey.typed("no.json");
    journey.keys("Enter 3");
    let Some(Effect::Open { keep: false, .. }) = journey.effects.last() else {
        unreachable!("it is opened, not {:?}", journey.effects.last());
    };
    let failed = Failure::file(Words::same("no such file").into());
    journey.reply(Reply::Failed(failed));
    journey.keys("Esc");
    assert!(journey.screen().document.is_modified());
    journey.keys("C-q");
    assert!(journey.app.overlay.is_some(), "it asks before it leaves");
}

#[test]
fn a_save_that_was_given_up_at_its_name_leaves_nothing_behind() {
    let mut journey = Journey::new_report();
    journey.keys("5 C-q 1");
    assert!(journey.app.after_save.is_some());
    journey.keys("Esc C-s");
    journey.typed("z");
    journey.keys("Enter");
    journey.reply(Reply::Saved {
        file: facts("/tmp/z.json"),
        doubts: Vec::new(),
    });
    let left = |effect: &Effect| matches!(effect, Effect::Quit { .. });
    assert!(!journey.effects.iter().any(left), "{:?}", journey.effects);
}

#[test]
fn every_change_is_journalled_before_the_next_frame() {
    let mut journey = named();
    journey.keys("5 6 Tab C-z C-y");
    let journalled = journey
        .effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Journal { .. }))
        .count();
    assert_eq!(journalled, 4);
}

#[test]
fn a_journal_that_cannot_be_written_is_said_before_the_next_edit() {
    let mut journey = named();
    journey.keys("5 Tab");
    journey.reply(Reply::JournalFailed(Failure::file(
        Words::same("disk full").into(),
    )));
    journey.keys("Tab");
    assert!(
        journey.rows()[20].contains("恢复日志"),
        "{}",
        journey.rows()[20]
    );
}

#[test]
fn read_only_says_why_and_takes_no_change() {
    let mut journey = Journey::sample();
    let file = FileFacts {
        read_only: Some(ReadOnly::Locked {
            by: "li@host".into(),
            since: "16:31".into(),
        }),
        ..facts("/tmp/a.json")
    };
    journey.reply(opened(file, None));
    for key in ["5", "Delete", "F2", "C-x", "Backspace", "/", "+", "."] {
        journey.keys(key);
        assert!(
            journey.notice().contains("li@host"),
            "{key}: {}",
            journey.notice()
        );
    }
    journey.paste("5\n6");
    assert!(
        !journey
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Journal { .. }))
    );
    assert!(journey.rows()[0].contains("只读"));
    journey.keys("C-s");
    assert!(
        journey.rows()[20].contains("另存为"),
        "{}",
        journey.rows()[20]
    );
}
