//! U12: saving, leaving, coming back.

use std::path::PathBuf;

use gouji::base::facts::{FileFacts, ReadOnly, Stamp};
use gouji::base::failure::Failure;
use gouji::base::words::{Lang, Words, words};
use gouji::form::current;
use gouji::format::{by_extension, sample};
use gouji::model::{Cell, Document, MOST_BYTES, Op, Step, Transaction};
use gouji::tui::input::{
    Effect, Entry, EntryKind, Listing, Opened, Recovery, Replacing, Reply, Standing, Target,
};

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
        journey.shows("北京市西城区民政局2024.json"),
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
    assert!(journey.shows("已经有这个文件"), "{}", journey.rows()[0]);
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
    assert!(journey.shows("/tmp/民政局.json"), "{}", journey.rows()[20]);
}

/// The list of a folder, as the shell gives it; a slash ends a folder.
pub(crate) fn listed(typed: &str, names: &[&str]) -> Reply {
    let entry = |name: &&str| {
        let kind = match name.strip_suffix('/') {
            Some(_) => EntryKind::Folder,
            None => EntryKind::File(
                by_extension(name.rsplit('.').next().unwrap_or("")).expect("a format"),
            ),
        };
        Entry {
            name: name.trim_end_matches('/').to_owned(),
            kind,
            when: "01-24 16:31".to_owned(),
        }
    };
    Reply::Listed(Listing {
        typed: typed.to_owned(),
        entries: names.iter().map(entry).collect(),
        is_cut: false,
        failed: None,
    })
}

fn last_opened(journey: &Journey) -> Option<PathBuf> {
    match journey.effects.last() {
        Some(Effect::Open {
            target: Target::File(path),
            ..
        }) => Some(path.clone()),
        _ => None,
    }
}

#[test]
fn a_name_is_completed() {
    let mut journey = named();
    journey.keys("C-o");
    assert!(matches!(journey.effects.last(), Some(Effect::List(typed)) if typed.is_empty()));
    journey.typed("a");
    journey.keys("Tab");
    // The disk was slow: the name is completed once its answer is there.
    journey.reply(listed("", &["ab1.json", "ab2.json", "b.json"]));
    let page = journey.rows().join("\n");
    assert!(page.contains("打开: ab"), "{page}");
    assert!(
        page.contains("ab1.json") && page.contains("ab2.json"),
        "{page}"
    );
    assert!(!page.contains(" b.json"), "filtered as one types: {page}");
    journey.typed("1.json");
    journey.keys("Enter");
    assert_eq!(last_opened(&journey), Some("ab1.json".into()));
}

#[test]
fn the_files_of_the_folder_are_listed_chosen_and_gone_into() {
    let mut journey = named();
    journey.keys("C-o");
    assert!(journey.shows("正在列出"), "nothing is waited for");
    journey.reply(listed("", &["归档/", "民政局2024.docx", "水务局.json"]));
    let page = journey.rows();
    let row = page.iter().find(|row| row.contains("民政局2024.docx"));
    let row = row.expect("listed");
    assert!(row.contains("Word") && row.contains("01-24 16:31"), "{row}");
    assert!(page.iter().any(|row| row.contains("归档/")), "{page:#?}");
    // An answer to something else is none.
    journey.reply(listed("/else/", &["x.json"]));
    assert!(!journey.shows("x.json"));
    // A folder is gone into, and its list is asked for.
    journey.keys("Down Enter");
    assert!(matches!(journey.effects.last(), Some(Effect::List(typed)) if typed == "归档/"));
    assert!(journey.shows("打开: 归档/"));
    journey.reply(listed("归档/", &["a.json", "民政.json"]));
    journey.typed("政");
    assert!(journey.shows("民政.json") && !journey.shows("a.json"));
    journey.keys("Down Enter");
    assert_eq!(last_opened(&journey), Some("归档/民政.json".into()));
    // Up from the line is the last file; down from the last file the line.
    let mut journey = named();
    journey.keys("C-o");
    journey.reply(listed("", &["a.json", "b.json"]));
    journey.keys("Up Enter");
    assert_eq!(last_opened(&journey), Some("b.json".into()));
    let mut journey = named();
    journey.keys("C-o");
    journey.reply(listed("", &["a.json"]));
    journey.keys("Down Down");
    journey.typed("a.json");
    journey.keys("Home Delete End Enter");
    assert_eq!(last_opened(&journey), Some(".json".into()));
}

#[test]
fn a_name_for_saving_is_seen_beside_what_is_there_already() {
    let mut journey = Journey::sample();
    let file = FileFacts {
        source: Some(PathBuf::from("/tmp/民政局.txt")),
        ..FileFacts::default()
    };
    journey.reply(opened(file, None));
    journey.keys("C-s");
    assert!(matches!(journey.effects.last(), Some(Effect::List(typed)) if typed == "/tmp/"));
    journey.reply(listed("/tmp/", &["民政局.txt", "水务局.json"]));
    assert!(journey.shows("水务局.json"), "a suggestion filters nothing");
    journey.keys("Right Backspace");
    assert!(!journey.shows("水务局.json"), "what is typed does");
}

#[test]
fn reports_open_lately_are_offered_before_a_name_is_typed() {
    let mut facts = super::start::facts();
    facts.recent[2].target = Target::Unnamed("unnamed-1".into());
    facts.recent[2].unsaved = Some(4);
    let mut journey = Journey::start(facts);
    journey.keys("5");
    journey.reply(listed("", &["a.json"]));
    let page = journey.rows().join("\n");
    assert!(
        page.contains("民政局2023.json") && page.contains("未保存 4 处"),
        "{page}"
    );
    journey.keys("Down Down Down Enter");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Open { target: Target::Unnamed(id), .. }) if id == "unnamed-1"
    ));
    let mut journey = Journey::start(super::start::facts());
    journey.keys("5");
    journey.reply(listed("", &["a.json"]));
    journey.typed("a");
    assert!(!journey.shows("民政局2023.json"));
}

#[test]
fn how_reports_stood_at_the_start_is_not_told_once_one_is_open() {
    let mut journey = Journey::start(super::start::facts());
    journey.reply(opened(facts("/dead/mount/民政局2025.json"), None));
    journey.keys("C-o");
    let page = journey.rows().join("\n");
    assert!(page.contains("民政局2025.json"), "{page}");
    assert!(
        page.contains("最近") && !page.contains("未保存 37"),
        "{page}"
    );
}

#[test]
fn a_large_folder_is_asked_again_for_what_is_typed() {
    let mut journey = named();
    journey.keys("C-o");
    let cut = |typed: &str, names: &[&str]| match listed(typed, names) {
        Reply::Listed(listing) => Reply::Listed(Listing {
            is_cut: true,
            ..listing
        }),
        other => other,
    };
    journey.reply(cut("", &["a.json", "b.json"]));
    assert!(journey.shows("只列出一部分"));
    journey.typed("z");
    assert!(matches!(journey.effects.last(), Some(Effect::List(typed)) if typed == "z"));
    journey.reply(listed("z", &["z1.json", "z2.json"]));
    let asked = |journey: &Journey| {
        let lists = journey.effects.iter();
        lists
            .filter(|effect| matches!(effect, Effect::List(_)))
            .count()
    };
    let before = asked(&journey);
    journey.typed("2");
    assert_eq!(asked(&journey), before, "all that fit are there");
    journey.keys("Down Enter");
    assert_eq!(last_opened(&journey), Some("z2.json".into()));
    let mut journey = named();
    journey.keys("C-o");
    journey.reply(cut("", &["a.json"]));
    journey.typed("z");
    journey.reply(listed("z", &["z.json"]));
    journey.keys("Backspace");
    assert!(
        matches!(journey.effects.last(), Some(Effect::List(typed)) if typed.is_empty()),
        "the whole folder again"
    );
}

#[test]
fn a_new_report_asks_for_its_body_and_its_year() {
    let mut journey = Journey::start(super::start::facts());
    journey.keys("3");
    let page = journey.rows().join("\n");
    assert!(page.contains("机关名称: 北京市西城区民政局"), "{page}");
    assert!(page.contains("报告年度: 2025"), "last year: {page}");
    journey.typed("水务局");
    journey.keys("Enter");
    journey.typed("24");
    journey.keys("Enter");
    assert!(
        journey.notice().contains("四位数字"),
        "{}",
        journey.notice()
    );
    journey.keys("C-u");
    journey.typed("２０２４");
    journey.keys("Enter");
    let Some(Effect::Open {
        target: Target::New(head),
        ..
    }) = journey.effects.last()
    else {
        unreachable!("{:?}", journey.effects.last());
    };
    let head = head.clone();
    journey.reply(Reply::Opened(Box::new(Opened::empty(current(), &head))));
    assert!(
        journey.rows()[0].contains("水务局 2024"),
        "{}",
        journey.rows()[0]
    );
    assert!(
        matches!(journey.effects.last(), Some(Effect::Journal { .. })),
        "what was typed is in the journal"
    );
    assert_eq!(journey.cursor(), "t3.new_received.natural_person");
    // From here on the table is keyed as ever.
    journey.typed("7⏎1⏎⏎⏎⏎1++1+1++⏎⏎⏎⏎⏎1+++2+++1+2+++++++1+++++");
    assert_eq!(journey.cell("t3.processed_total.total"), "9");
    journey.keys("C-q");
    assert!(journey.shows("没有保存"));
    // One step: undone, the report is empty.
    let mut journey = Journey::start(super::start::facts());
    journey.keys("3 Esc");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Open { target: Target::New(head), .. }) if head.is_empty()
    ));
    // The first key replaces what is proposed, and an arrow keeps it.
    let mut journey = Journey::start(super::start::facts());
    journey.keys("3 End Backspace Enter Enter");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Open { target: Target::New(head), .. })
            if head[0].1 == "北京市西城区民政" && head[1].1 == "2025"
    ));
}

#[test]
fn a_new_report_leaves_no_unsaved_work_behind_unasked() {
    let mut journey = named();
    journey.keys("5 F10");
    journey.paste("file.new");
    journey.keys("Enter");
    assert!(journey.shows("新建报告"), "{:#?}", journey.rows());
    journey.keys("Enter Enter");
    assert!(journey.shows("没有保存"), "{:#?}", journey.rows());
    assert!(
        !journey
            .effects
            .iter()
            .any(|e| matches!(e, Effect::Open { .. }))
    );
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
        journey.shows("没有保存：1 格改动（1 步）"),
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
    assert!(journey.shows("disk full"));
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
    assert!(journey.shows("在别处被改过"), "{}", journey.rows()[0]);
    journey.keys("3");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Save {
            replacing: Replacing::Anything,
            ..
        })
    ));
}

pub(super) fn recovery() -> Recovery {
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
        standing: Standing::AsItWas,
        kept: None,
        cut_short: false,
        left: false,
        is_version: false,
    }
}

/// A report of a session that did not end well.
pub(crate) fn killed(journey: &mut Journey) {
    journey.reply(opened(facts("/tmp/a.json"), Some(recovery())));
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
fn the_page_of_what_comes_back_names_the_file_the_version_kept_and_what_differs() {
    let missing = words("没有这个文件或文件夹。", "There is no such file or folder.");
    let cases: [(Standing, &[&str]); 4] = [
        (
            Standing::Unread(missing.into()),
            &[
                "这个文件现在打不开",
                "原因    没有这个文件或文件夹",
                "1  恢复全部",
                "2  退出",
            ],
        ),
        (
            Standing::Another,
            &["现在是另一份报告", "2  不恢复", "3  退出"],
        ),
        (
            Standing::Differs { cells: 3, texts: 1 },
            &["后来又被改过 3 格、1 段文字", "2  不恢复", "3  退出"],
        ),
        (
            Standing::Differs { cells: 0, texts: 0 },
            &["标题或说明不同"],
        ),
    ];
    let long = format!("/home/{}/水务局2024.json", "很深的文件夹/".repeat(9));
    for (standing, said) in cases {
        let mut journey = Journey::sample();
        let mut left = recovery();
        left.standing = standing.clone();
        left.file = facts(&long);
        left.kept = Some("/home/u/.local/state/gouji/versions/0a/20240124-0000.json".into());
        journey.reply(opened(facts(&long), Some(left)));
        let page = journey.rows().join("\n");
        let both = [
            "文件    ...",
            "/水务局2024.json",
            "留的旧版 /home/u",
            "20240124-0000.json",
        ];
        for said in said.iter().chain(&both) {
            assert!(page.contains(said), "{said}: {page}");
        }
        journey.keys("1");
        assert!(matches!(journey.effects.last(), Some(Effect::Recovered)));
        assert_eq!(journey.cell("t3.carried_in.org_other"), "8");
    }
    // A file that is as it was needs no more words.
    let mut journey = Journey::sample();
    journey.reply(opened(facts("/tmp/a.json"), Some(recovery())));
    assert!(!journey.rows().join("\n").contains("留的旧版"));
}

#[test]
fn what_no_file_holds_is_not_left_unasked() {
    let why = words("没有这个文件或文件夹。", "There is no such file or folder.");
    let version = || Recovery {
        document: Document::unsaved(sample()),
        file: FileFacts {
            path: Some("/tmp/a.json".into()),
            ..FileFacts::default()
        },
        steps: 0,
        cells: Vec::new(),
        by: String::new(),
        standing: Standing::Unread(why.into()),
        kept: Some("/tmp/state/20240124-163107-0000.json".into()),
        is_version: true,
        ..recovery()
    };
    let mut journey = Journey::new_report();
    journey.reply(opened(facts("/tmp/a.json"), Some(version())));
    let page = journey.rows().join("\n");
    for said in [
        "打不开  a.json",
        "留有一份旧版",
        "1  打开留的旧版",
        "2  退出",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    journey.keys("1");
    assert_eq!(journey.cell("t3.carried_in.org_other"), "0");
    assert!(
        journey.notice().contains("还没有保存"),
        "{}",
        journey.notice()
    );
    journey.keys("C-q");
    assert!(journey.shows("没有保存"), "{}", journey.rows()[0]);
    // Looking at the page and leaving leaves nothing behind.
    journey.reply(opened(facts("/tmp/a.json"), Some(version())));
    journey.keys("2");
    assert!(matches!(
        journey.effects.last(),
        Some(Effect::Quit { keep: false })
    ));
}

#[test]
fn an_undone_step_of_the_file_is_a_change_too() {
    let mut journey = named();
    journey.keys("5 C-s");
    journey.reply(Reply::Saved {
        file: facts("/tmp/a.json"),
        doubts: Vec::new(),
    });
    journey.keys("C-z C-q");
    assert!(journey.shows("没有保存"), "{}", journey.rows()[0]);
}

#[test]
fn it_is_said_once_when_the_earliest_changes_can_no_longer_be_undone() {
    let mut document = Document::new(sample());
    let text = current().texts().next().expect("a text");
    let step_costs = size_of::<Step>() + size_of::<Op>();
    // The first step holds the sample's own words as well.
    let own = document.report().text(text).len();
    let all = (MOST_BYTES - 4 * step_costs - own) / 4;
    for words in [
        "x".repeat(all),
        String::new(),
        "y".repeat(all),
        String::new(),
    ] {
        let old = document.report().text(text).len();
        let step = Transaction::new(Words::same("x"));
        let step = step.splice(document.report(), text, 0..old, &words);
        document.apply(step).expect("fits");
    }
    assert_eq!(document.forgotten(), 0, "there is just room");
    let mut journey = Journey::sample();
    let reply = Opened::of(document, facts("/tmp/a.json"), true);
    journey.reply(Reply::Opened(Box::new(reply)));
    let said = |journey: &Journey| journey.notice().contains("最早的已经不能撤销");
    assert!(!said(&journey));
    journey.keys("5");
    assert!(said(&journey), "{}", journey.notice());
    journey.keys("Tab 6");
    assert!(!said(&journey), "once");
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
        recovery: Some(Recovery {
            standing: Standing::Another,
            ..recovery()
        }),
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
    assert!(journey.shows("恢复日志"), "{}", journey.rows()[20]);
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
    assert!(journey.shows("只读"));
    journey.keys("C-s");
    assert!(journey.shows("另存为"), "{}", journey.rows()[20]);
}

#[test]
fn a_proposed_name_hides_nothing_and_fits_every_disk() {
    let long = "局".repeat(90);
    for (body, proposed) in [
        ("", "报告.json"),
        ("...", "报告.json"),
        ("民政局\u{202E}nosj.\u{200B}", "民政局nosj.json"),
        ("甲/乙:丙?", "甲乙丙.json"),
        (long.as_str(), "局.json"),
    ] {
        let mut draft = gouji::model::Draft::new(current());
        draft.set_head(gouji::model::HeadField::Body, body);
        let mut journey = Journey::on(Document::unsaved(draft.into_report()), true);
        journey.keys("C-s Enter");
        let Some(Effect::Save { path, .. }) = journey.effects.last() else {
            unreachable!("a save, not {:?}", journey.effects.last())
        };
        let name = path.to_string_lossy();
        assert!(name.ends_with(proposed), "{body:?}: {name}");
        assert!(name.len() <= 255 && !name.starts_with('.'), "{name}");
    }
}

/// Ctrl+S, a name in the place of the proposed one, Enter.
fn save_as(journey: &mut Journey, name: &str) {
    journey.keys("C-s");
    let proposed = "Backspace ".repeat(80);
    journey.keys(&proposed);
    journey.typed(name);
    journey.keys("Enter");
}

fn last_saved(journey: &Journey) -> Option<(String, Replacing)> {
    match journey.effects.last() {
        Some(Effect::Save {
            path, replacing, ..
        }) => Some((path.display().to_string(), *replacing)),
        _ => None,
    }
}

#[test]
fn the_editors_own_file_ends_in_json() {
    for (name, file) in [
        ("报告", "报告.json"),
        ("报告.", "报告.json"),
        ("报告. . ", "报告.json"),
        ("报告.JSON", "报告.JSON"),
        ("报告.docx.json", "报告.docx.json"),
        (".报告", ".报告.json"),
        ("/tmp/a.b/报告", "/tmp/a.b/报告.json"),
    ] {
        let mut journey = Journey::sample();
        save_as(&mut journey, name);
        let saved = (file.to_owned(), Replacing::Nothing);
        assert_eq!(last_saved(&journey), Some(saved), "{name}");
    }
}

#[test]
fn the_ending_of_another_format_leads_to_its_export() {
    for (name, format, file) in [
        ("报告.docx", "Word 文档", "报告.docx"),
        ("/tmp/x/报告.XLSX", "Excel 工作簿", "/tmp/x/报告.xlsx"),
        ("报告.html", "网页", "报告.html"),
        ("报告.csv", "CSV 表格", "报告.csv"),
        ("报告.txt", "纯文本", "报告.txt"),
        ("报告.docm", "Word 文档", "报告.docx"),
    ] {
        let mut journey = Journey::sample();
        save_as(&mut journey, name);
        let page = journey.rows().join("\n");
        assert!(
            page.contains(&format!("{format}请用导出：Enter")),
            "{name}: {page}"
        );
        assert_eq!(page.matches("[x]").count(), 1, "{page}");
        assert_eq!(last_saved(&journey), None, "nothing is saved");
        journey.keys("Enter");
        let Some(Effect::Export { files, replace }) = journey.effects.last() else {
            unreachable!("an export, not {:?}", journey.effects.last());
        };
        assert!(!replace && files.len() == 1);
        assert!(files[0].path.ends_with(file), "{:?}", files[0].path);
    }
}

#[test]
fn an_ending_that_nothing_is_written_in_is_refused_and_json_proposed() {
    for (name, said, proposed) in [
        ("报告.pdf", "PDF只能读，不能写", "报告.json"),
        ("报告.xls", "旧版 Excel 工作簿只能读，不能写", "报告.json"),
        ("报告.xyz", "没有 .xyz 这种格式", "报告.json"),
        ("民政局2024.1", "没有 .1 这种格式", "民政局2024.1.json"),
        (".json", "没有写文件名", "报告.json"),
        (".docx", "没有写文件名", "报告.json"),
        ("新/", "没有写文件名", "新/报告.json"),
        ("..", "没有写文件名", "报告.json"),
    ] {
        let mut journey = Journey::sample();
        save_as(&mut journey, name);
        let page = journey.rows().join("\n");
        assert!(page.contains(said), "{name}: {page}");
        assert_eq!(last_saved(&journey), None, "{name}");
        journey.keys("Enter");
        let saved = (proposed.to_owned(), Replacing::Nothing);
        assert_eq!(last_saved(&journey), Some(saved), "{name}");
    }
}

#[test]
fn a_report_of_ours_under_another_name_is_saved_in_place() {
    let mut journey = Journey::sample();
    journey.reply(opened(facts("/tmp/报告.txt"), None));
    journey.keys("5 C-s");
    let there = ("/tmp/报告.txt".to_owned(), Replacing::Known(STAMP));
    assert_eq!(last_saved(&journey), Some(there.clone()));
    journey.effects.clear();
    // Typed under "save as" it is the same file.
    journey.keys("Esc 0 4 Enter");
    assert_eq!(last_saved(&journey), Some(there));
}

#[test]
fn what_was_opened_in_another_format_is_not_saved_over() {
    let mut journey = Journey::sample();
    let file = FileFacts {
        source: Some(PathBuf::from("/tmp/民政局.docx")),
        ..FileFacts::default()
    };
    journey.reply(Reply::Opened(Box::new(Opened {
        format: Some(&gouji::format::DOCX),
        ..Opened::of(Document::unsaved(sample()), file, false)
    })));
    journey.keys("C-s");
    let page = journey.rows().join("\n");
    assert!(page.contains("打开的是Word 文档，保存不会改写它"), "{page}");
    assert!(page.contains("/tmp/民政局.json"), "{page}");
    journey.keys("Enter");
    let Some(Effect::Save { source, .. }) = journey.effects.last() else {
        unreachable!("a save, not {:?}", journey.effects.last());
    };
    assert_eq!(
        source.as_deref(),
        Some(std::path::Path::new("/tmp/民政局.docx"))
    );
}

#[test]
fn a_text_named_json_is_not_proposed_to_be_saved_over() {
    let mut journey = Journey::sample();
    let file = FileFacts {
        source: Some(PathBuf::from("/tmp/民政局.json")),
        ..FileFacts::default()
    };
    journey.reply(opened(file, None));
    journey.keys("C-s Enter");
    let saved = ("/tmp/民政局-1.json".to_owned(), Replacing::Nothing);
    assert_eq!(last_saved(&journey), Some(saved));
}

#[test]
fn a_folder_that_is_not_there_is_offered_and_the_typed_path_kept() {
    let mut journey = Journey::sample();
    save_as(&mut journey, "新/报告");
    journey.reply(Reply::NoFolder("/home/新/报告.json".into()));
    let page = journey.rows().join("\n");
    assert!(page.contains("没有这个文件夹：/home/新"), "{page}");
    journey.keys("2");
    let page = journey.rows().join("\n");
    assert!(page.contains("新/报告.json"), "{page}");
    journey.keys("Enter");
    journey.reply(Reply::NoFolder("/home/新/报告.json".into()));
    journey.keys("1");
    let Some(Effect::Save {
        path, make_folder, ..
    }) = journey.effects.last()
    else {
        unreachable!("a save, not {:?}", journey.effects.last());
    };
    assert!(*make_folder && path.ends_with("新/报告.json"));
    // The disk refused: what was typed is there again.
    journey.reply(Reply::Failed(Failure::file(Words::same("x").into())));
    journey.keys("Esc C-s");
    assert!(journey.rows().join("\n").contains("新/报告.json"));
}

#[test]
fn a_file_that_vanished_is_written_again_only_when_asked_for() {
    let mut journey = named();
    journey.keys("5 C-s");
    journey.reply(Reply::Vanished("/tmp/a.json".into()));
    let page = journey.rows().join("\n");
    assert!(page.contains("这个文件不见了"), "{page}");
    journey.keys("1");
    let again = ("/tmp/a.json".to_owned(), Replacing::Nothing);
    assert_eq!(last_saved(&journey), Some(again));
}

fn held(read_only: ReadOnly) -> FileFacts {
    FileFacts {
        read_only: Some(read_only),
        ..facts("/tmp/a.json")
    }
}

#[test]
fn a_report_that_somebody_else_edits_is_copied_or_taken_over_once_it_is_free() {
    let mut journey = Journey::sample();
    let by = || ("li@host".to_owned(), "01-24 16:31".to_owned());
    let (name, since) = by();
    journey.reply(opened(held(ReadOnly::Locked { by: name, since }), None));
    journey.keys("C-s");
    assert!(
        matches!(journey.effects.last(), Some(Effect::AskLock(path)) if path.ends_with("a.json"))
    );
    let page = journey.rows().join("\n");
    assert!(page.contains("/tmp/a-副本.json"), "{page}");
    journey.reply(Reply::LockFree("/tmp/a.json".into()));
    let page = journey.rows().join("\n");
    assert!(page.contains("li@host 不再编辑它了"), "{page}");
    assert!(page.contains("先留一份旧版"), "{page}");
    assert!(!page.contains("替换"), "{page}");
    journey.keys("2");
    assert!(
        matches!(journey.effects.last(), Some(Effect::TakeOver(path)) if path.ends_with("a.json"))
    );

    // A lock file of another machine may be that of a living session: asked at once.
    let (name, since) = by();
    journey.reply(opened(held(ReadOnly::Claimed { by: name, since }), None));
    let page = journey.rows().join("\n");
    assert!(page.contains("从这台机器看不出他还在不在"), "{page}");
    journey.effects.clear();
    journey.keys("Enter");
    assert!(journey.effects.is_empty(), "only read");
    journey.keys("5");
    assert!(journey.notice().contains("li@host"), "{}", journey.notice());
}

#[test]
fn what_was_asked_for_is_said_first() {
    let mut journey = named();
    journey.keys("5 C-s");
    let saved = |doubts| Reply::Saved {
        file: facts("/tmp/a.json"),
        doubts,
    };
    journey.reply(saved(Vec::new()));
    let small = Failure::file(Words::same("没有记下：modes").into());
    journey.reply(Reply::NotKept(small));
    let notice = journey.notice();
    assert!(
        notice.starts_with("已保存：/tmp/a.json；没有记下"),
        "{notice}"
    );
    journey.keys("6 C-s");
    journey.reply(saved(vec![Failure::file(
        Words::same("旧版没有留下").into(),
    )]));
    assert!(
        journey.shows("已保存：/tmp/a.json。但旧版没有留下"),
        "{:#?}",
        journey.rows()
    );
}

#[test]
fn steps_and_cells_are_told_apart_and_what_was_left_is_no_crash() {
    let mut journey = Journey::sample();
    let mut many = recovery();
    let cells = current().cells().take(175);
    many.cells = cells.map(|cell| (cell, "0".into(), "8".into())).collect();
    journey.reply(opened(facts("/tmp/a.json"), Some(many.clone())));
    let page = journey.rows().join("\n");
    assert!(page.contains("没有保存：175 格改动（1 步）"), "{page}");
    assert!(page.contains("没有正常结束"), "{page}");
    many.left = true;
    many.texts = vec!["s1"];
    many.standing = Standing::Differs { cells: 1, texts: 0 };
    journey.reply(opened(facts("/tmp/a.json"), Some(many)));
    let page = journey.rows().join("\n");
    assert!(page.contains("上次留着以后继续的改动  a.json"), "{page}");
    assert!(!page.contains("没有正常结束"), "{page}");
    assert!(page.contains("175 格、1 段文字改动（1 步）"), "{page}");
    journey.keys("Enter");
    assert!(
        journey
            .notice()
            .contains("恢复了 175 格、1 段文字改动（1 步）")
    );
}

#[test]
fn what_was_left_for_later_opens_at_once_and_is_said_to_be_unsaved() {
    for (lang, said) in Lang::ALL.into_iter().zip([
        "接着上次：175 格改动（1 步），还没有保存",
        "carrying on from last time: 175 cells changed (1 step), not saved yet",
    ]) {
        let mut journey = Journey::sample();
        journey.app.look.lang = lang;
        let mut left = recovery();
        left.left = true;
        let cells = current().cells().take(175);
        left.cells = cells.map(|cell| (cell, "0".into(), "8".into())).collect();
        journey.reply(opened(facts("/tmp/a.json"), Some(left)));
        assert!(journey.app.overlay.is_none(), "nothing is asked");
        assert!(matches!(journey.effects.last(), Some(Effect::Recovered)));
        assert_eq!(journey.cell("t3.carried_in.org_other"), "8");
        assert!(journey.screen().document.is_modified());
        assert!(journey.notice().contains(said), "{}", journey.notice());
        // It goes on as unsaved work does.
        journey.keys("C-q");
        assert!(journey.app.overlay.is_some(), "unsaved work asks");
    }
    // A part that can't be read, or a file that is another one now, is asked about.
    for spoil in [
        |left: &mut Recovery| left.cut_short = true,
        |left: &mut Recovery| left.standing = Standing::Another,
    ] {
        let mut journey = Journey::sample();
        let mut left = recovery();
        left.left = true;
        spoil(&mut left);
        journey.reply(opened(facts("/tmp/a.json"), Some(left)));
        assert!(journey.app.overlay.is_some());
    }
}

#[test]
fn a_suggestion_is_drawn_selected_and_replaced_by_the_first_key() {
    use ratatui::style::Modifier;
    let mut journey = Journey::sample();
    journey.app.look.theme = gouji::tui::theme::Theme::NONE;
    journey.keys("5 C-s");
    let (buffer, (x, y)) = journey.frame();
    assert!(
        buffer[(x - 1, y)].modifier.contains(Modifier::REVERSED),
        "selected without colour"
    );
    journey.typed("/work/x");
    let row = journey.rows()[usize::from(y)].clone();
    assert!(row.contains(": /work/x "), "{row}");
    assert!(
        !journey.frame().0[(x - 1, y)]
            .modifier
            .contains(Modifier::REVERSED)
    );
    for keys in ["Home", "End", "Left"] {
        let mut journey = Journey::sample();
        journey.keys("5 C-s").keys(keys);
        journey.typed("x");
        let row = journey.rows()[usize::from(y)].clone();
        assert!(
            row.contains("json") || row.contains("jsoxn"),
            "{keys} keeps it: {row}"
        );
        journey.keys("C-u");
        journey.typed("f");
        let row = journey.rows()[usize::from(y)].clone();
        assert!(row.contains(": f "), "Ctrl+U clears: {row}");
    }
}

#[test]
fn a_notice_never_hides_that_changes_are_not_in_the_journal() {
    let mut journey = Journey::sample();
    journey.reply(Reply::JournalFailed(Failure::file(
        gouji::base::words::words("磁盘满了", "the disk is full").into(),
    )));
    let shown = |journey: &Journey| {
        let rows = journey.rows();
        rows.iter().any(|row| row.contains("没有记进"))
    };
    assert!(shown(&journey));
    journey.keys("a");
    assert!(
        !journey.notice().is_empty() && shown(&journey),
        "{:#?}",
        journey.rows()
    );
    assert!(journey.rows().join("\n").contains("这里只收数字"));
    journey.keys("Right");
    assert!(journey.notice().is_empty() && shown(&journey));
}
