//! U11 and U16: what is published, the check sheet, the return note.

use std::path::PathBuf;

use gouji::base::facts::FileFacts;
use gouji::base::failure::Failure;
use gouji::base::words::{Lang, words};
use gouji::form::current;
use gouji::format::{self, FORMATS, NATIVE, Options, sample};
use gouji::model::{Cell, Document, HeadField, Report, Transaction};
use gouji::tui::app::Overlay;
use gouji::tui::input::{Effect, Leaf, Opened, Outcome, Reply};
use gouji::tui::panels::export::{Stage, What};

use crate::support::journey::Journey;

/// The sample with a changed head or cells, opened from a file.
fn opened(change: impl Fn(Transaction, &Report) -> Transaction, file: FileFacts) -> Journey {
    let mut document = Document::new(sample());
    let step = change(Transaction::new(words("改", "change")), document.report());
    document.apply(step).expect("made for the sample");
    let mut journey = Journey::sample();
    journey.reply(Reply::Opened(Box::new(Opened {
        document: Document::new(document.report().clone()),
        file,
        notes: Vec::new(),
        origins: Vec::new(),
        keying: Vec::new(),
        recovery: None,
        native: true,
        begins: None,
        practises: false,
        last: None,
        last_at: None,
        last_named: None,
        format: None,
    })));
    journey
}

fn named(path: &str) -> FileFacts {
    FileFacts {
        path: Some(PathBuf::from(path)),
        ..FileFacts::default()
    }
}

/// Marks everything that can be written, and nothing twice.
fn mark_all(journey: &mut Journey) {
    let Some(Overlay::Export(export)) = &mut journey.app.overlay else {
        unreachable!("the export screen")
    };
    for item in &mut export.items {
        item.is_wanted = true;
    }
}

/// The files asked for last, and whether they may replace others.
fn files(journey: &Journey) -> (&[Leaf], bool) {
    let found = journey
        .effects
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::Export { files, replace } => Some((files.as_slice(), *replace)),
            _ => None,
        });
    found.expect("an export")
}

/// Answers an export: one file written, one full disk, the rest written.
pub(crate) fn answer(journey: &mut Journey) {
    let outcome = |at: usize, leaf: &Leaf| match at {
        1 => Outcome::Failed(
            Failure::file(words("没有保存：a", "not saved: a").into())
                .because(words(
                    "磁盘满了。文件没有被改动。",
                    "The disk is full. The file is unchanged.",
                ))
                .hint(words(
                    "腾出空间再保存，或另存到别的磁盘。",
                    "Make room and save again, or save to another disk.",
                )),
        ),
        _ => Outcome::Written {
            size: 1000 + leaf.path.as_os_str().len(),
            doubts: Vec::new(),
        },
    };
    let name = |leaf: &Leaf| leaf.path.file_name().map(PathBuf::from).unwrap_or_default();
    let place = |leaf: &Leaf| PathBuf::from("/home/wang/报送").join(name(leaf));
    let (files, _) = files(journey);
    let outcomes = files
        .iter()
        .enumerate()
        .map(|(at, leaf)| (place(leaf), outcome(at, leaf)))
        .collect();
    journey.reply(Reply::Exported(outcomes));
}

fn page(journey: &Journey) -> String {
    journey.rows().join("\n")
}

#[test]
fn u11_everything_is_written_after_a_checklist_and_named_with_its_size() {
    let mut journey = opened(|step, _| step, named("/tmp/报送/民政局2024.json"));
    journey.keys("F12");
    let page_before = page(&journey);
    for said in [
        "错误 2 处",
        "送审稿",
        "提醒 1 处",
        "没有空白格",
        "/tmp/报送",
        "民政局2024",
    ] {
        assert!(page_before.contains(said), "{said}: {page_before}");
    }
    mark_all(&mut journey);
    journey.keys("Enter");
    let (files, replace) = files(&journey);
    assert!(!replace, "nothing is replaced unasked");
    let paths: Vec<String> = files
        .iter()
        .map(|leaf| leaf.path.display().to_string())
        .collect();
    for format in FORMATS.iter().filter(|format| format.can_write()) {
        let path = format!("/tmp/报送/民政局2024.{}", format.extensions[0]);
        assert_eq!(paths.contains(&path), *format != &NATIVE, "{path}");
    }
    assert!(
        paths.contains(&"/tmp/报送/民政局2024-核验单.txt".to_owned()),
        "{paths:?}"
    );
    assert!(
        paths.contains(&"/tmp/报送/民政局2024-退回意见.txt".to_owned()),
        "{paths:?}"
    );
    let unique: std::collections::HashSet<_> = paths.iter().collect();
    assert_eq!(
        unique.len(),
        paths.len(),
        "no file is written twice: {paths:?}"
    );
    let outcomes = files
        .iter()
        .map(|leaf| {
            let size = leaf.bytes.len();
            (
                leaf.path.clone(),
                Outcome::Written {
                    size,
                    doubts: Vec::new(),
                },
            )
        })
        .collect();
    let size = files[0].bytes.len();
    journey.reply(Reply::Exported(outcomes));
    journey.reply(Reply::Copied(PathBuf::from("/tmp/state/copied")));
    let after = page(&journey);
    for said in [
        "标了【送审稿】",
        "民政局2024.txt",
        &format!("{size} 字节"),
        "/tmp/state/copied",
    ] {
        assert!(after.contains(said), "{said}: {after}");
    }
    journey.keys("Enter");
    assert!(journey.app.overlay.is_none());
    assert!(
        !journey.screen().document.is_modified(),
        "the report is as it was"
    );
}

#[test]
fn what_is_exported_reads_back_with_the_same_cells() {
    let mut journey = opened(|step, _| step, named("/tmp/a.json"));
    journey.keys("C-e");
    mark_all(&mut journey);
    let Some(Overlay::Export(export)) = &journey.app.overlay else {
        unreachable!("the export screen")
    };
    let whats: Vec<What> = export.items.iter().map(|item| item.what).collect();
    journey.keys("Enter");
    let (files, _) = files(&journey);
    assert_eq!(files.len(), whats.len());
    for (leaf, what) in files.iter().zip(whats) {
        if let What::Report(format) = what {
            let name = leaf.path.display().to_string();
            let options = Options {
                format: Some(format),
                ..Options::default()
            };
            let draft = format::read(&leaf.bytes, Some(&name), &options).expect("it is a report");
            assert_eq!(draft.report().cells(), sample().cells(), "{name}");
        }
    }
}

#[test]
fn a_clean_report_is_not_marked() {
    let mut journey = opened(
        |step, report| {
            // The one case that stands under the wrong kind of applicant.
            let cell = |path| current().cell(path).expect("path");
            step.cell(
                report,
                cell("t3.granted_full.natural_person"),
                Cell::Count(0),
            )
            .cell(report, cell("t3.granted_full.org_business"), Cell::Count(1))
        },
        named("/tmp/a.json"),
    );
    journey.keys("F12");
    assert!(page(&journey).contains("没有错误"), "{}", page(&journey));
    journey.keys("Enter");
    assert!(!page(&journey).contains("送审稿"));
    let (files, _) = files(&journey);
    let text = String::from_utf8_lossy(&files[0].bytes);
    assert!(!text.contains("送审稿"), "{text}");
}

#[test]
fn blanks_are_asked_about_once_and_the_report_stays_as_it_is() {
    let blank = |step: Transaction, report: &Report| {
        let cell = |path| current().cell(path).expect("path");
        step.cell(report, cell("t2.rules.issued"), Cell::Blank)
            .cell(report, cell("t3.new_received.total"), Cell::Blank)
    };
    for (answer, said, text) in [
        ("1", "2 个空白格留空", "空"),
        ("2", "2 个空白格按 0 写了", "0"),
    ] {
        let mut journey = opened(blank, named("/tmp/a.json"));
        journey.keys("F12");
        assert!(page(&journey).contains("空白格 2 处"), "{}", page(&journey));
        journey.keys("Enter");
        assert!(
            page(&journey).contains("有 2 个空白格"),
            "{}",
            page(&journey)
        );
        assert!(
            !journey
                .effects
                .iter()
                .any(|e| matches!(e, Effect::Export { .. }))
        );
        journey.keys(answer);
        assert!(page(&journey).contains(said), "{}", page(&journey));
        let (files, _) = files(&journey);
        let options = Options::default();
        let draft = format::read(&files[0].bytes, None, &options).expect("a report");
        let cell = |path| {
            draft
                .report()
                .cell(current().cell(path).expect("path"))
                .clone()
        };
        let written = cell("t2.rules.issued");
        assert_eq!(written.is_blank(), text == "空", "{written:?}");
        let total = cell("t3.new_received.total");
        assert_eq!(total.count(), (text == "0").then_some(9), "the sum, not 0");
        assert_eq!(journey.cell("t2.rules.issued"), "");
    }
    let mut journey = opened(blank, named("/tmp/a.json"));
    journey.keys("F12 Enter Esc");
    let Some(Overlay::Export(export)) = &journey.app.overlay else {
        unreachable!("back at the choice")
    };
    assert!(matches!(export.stage, Stage::Choose));
}

#[test]
fn a_file_that_exists_is_asked_about_once_and_the_others_are_written() {
    let failure = Failure::file(words("没有保存：/x", "not saved: /x").into())
        .because(words("磁盘满了。", "The disk is full."))
        .hint(words("腾出空间。", "Make room."));
    for (answer, replaces) in [("1", true), ("2", false), ("Esc", false)] {
        let mut journey = opened(|step, _| step, named("/tmp/a.json"));
        journey.keys("F12");
        mark_all(&mut journey);
        journey.keys("Enter");
        let written = Outcome::Written {
            size: 7,
            doubts: Vec::new(),
        };
        let mut outcomes: Vec<(PathBuf, Outcome)> = files(&journey)
            .0
            .iter()
            .map(|leaf| (leaf.path.clone(), written.clone()))
            .collect();
        outcomes[0].1 = Outcome::Exists;
        outcomes[1].1 = Outcome::Failed(failure.clone());
        let exists = outcomes[0].0.clone();
        let before = journey.effects.len();
        journey.reply(Reply::Exported(outcomes));
        assert!(page(&journey).contains("已经有了"), "{}", page(&journey));
        journey.keys(answer);
        if replaces {
            let (again, replace) = files(&journey);
            assert!(replace && again.len() == 1);
            assert_eq!(again[0].path, exists);
            journey.reply(Reply::Exported(vec![(exists.clone(), written)]));
            assert!(!page(&journey).contains("已经有了"));
        } else {
            assert_eq!(journey.effects.len(), before, "nothing more is written");
            assert!(
                page(&journey).contains("没有写，已经有了"),
                "{}",
                page(&journey)
            );
        }
        assert!(page(&journey).contains("磁盘满了"), "{}", page(&journey));
        assert!(page(&journey).contains("7 字节"), "{}", page(&journey));
    }
}

#[test]
fn enter_on_the_folder_goes_to_the_formats_and_the_next_one_writes() {
    let mut journey = Journey::sample();
    journey.keys("F12 0");
    journey.typed("/srv");
    journey.keys("Enter");
    let before = journey.effects.len();
    journey.keys("Enter");
    let Some(Effect::Export { files, .. }) = journey.effects[before..].last() else {
        unreachable!("the second Enter writes: {:?}", journey.effects.last());
    };
    assert!(files[0].path.starts_with("/srv"), "{files:?}");
}

#[test]
fn the_folder_can_be_changed_without_letters_or_f_keys() {
    let mut journey = Journey::sample();
    journey.keys("Esc 0 2 0 End");
    journey.paste("srv/up");
    journey.keys("Tab");
    assert!(matches!(journey.effects.last(), Some(Effect::List(typed)) if typed == "./srv/"));
    journey.reply(super::files::listed(
        "./srv/",
        &["upload/", "other/", "up.txt"],
    ));
    journey.keys("Enter");
    assert!(
        page(&journey).contains("./srv/upload/"),
        "{}",
        page(&journey)
    );
    journey.keys("Home Enter");
    let (files, _) = files(&journey);
    assert!(files[0].path.starts_with("./srv/upload"), "{files:?}");
}

#[test]
fn nothing_chosen_writes_nothing() {
    let mut journey = Journey::sample();
    journey.keys("F12");
    let Some(Overlay::Export(export)) = &mut journey.app.overlay else {
        unreachable!("the export screen")
    };
    for item in &mut export.items {
        item.is_wanted = false;
    }
    journey.keys("Enter");
    assert!(
        journey.notice().contains("还没有勾选"),
        "{}",
        journey.notice()
    );
    assert!(
        !journey
            .effects
            .iter()
            .any(|e| matches!(e, Effect::Export { .. }))
    );
    journey.keys("Down Up");
    journey.typed(" ");
    journey.keys("Enter");
    assert_eq!(files(&journey).0.len(), 1);
}

#[test]
fn the_file_that_was_read_is_never_the_file_that_is_written() {
    let file = FileFacts {
        source: Some(PathBuf::from("/tmp/民政局.txt")),
        ..FileFacts::default()
    };
    let mut journey = opened(|step, _| step, file);
    journey.keys("F12");
    mark_all(&mut journey);
    journey.keys("Enter");
    let paths: Vec<_> = files(&journey)
        .0
        .iter()
        .map(|leaf| leaf.path.clone())
        .collect();
    assert!(
        !paths.contains(&PathBuf::from("/tmp/民政局.txt")),
        "{paths:?}"
    );
    assert!(
        paths.contains(&PathBuf::from("/tmp/民政局-1.txt")),
        "{paths:?}"
    );
}

#[test]
fn a_title_never_steers_a_name_a_note_or_the_screen() {
    let title = "../../etc/\u{202e}gpj\u{1b}[31m：".to_owned() + &"长".repeat(300);
    let mut journey = opened(
        |step, report| {
            step.head(report, HeadField::Title, &title).head(
                report,
                HeadField::Body,
                "局\u{202e}\u{1b}]0;x\u{7}",
            )
        },
        FileFacts::default(),
    );
    journey.keys("F12");
    mark_all(&mut journey);
    let unsafe_in = |text: &str| {
        text.chars()
            .any(|c| c != '\n' && gouji::base::width::is_unsafe(c))
    };
    assert!(!unsafe_in(&page(&journey)), "{}", page(&journey));
    journey.keys("Enter");
    for leaf in files(&journey).0 {
        let name = leaf.path.display().to_string();
        assert!(
            leaf.path.parent() == Some(std::path::Path::new(".")),
            "{name}"
        );
        assert!(!unsafe_in(&name) && name.len() < 255, "{name}");
        if name.contains("核验单.txt") || name.contains("退回意见") {
            let text = String::from_utf8(leaf.bytes.clone()).expect("UTF-8");
            assert!(!unsafe_in(&text), "{text}");
        }
    }
}

#[test]
fn u16_the_check_sheet_is_one_command() {
    let mut journey = Journey::sample();
    journey.keys("F10");
    journey.typed("hyd");
    journey.keys("Enter Enter");
    let (files, _) = files(&journey);
    let names: Vec<String> = files
        .iter()
        .map(|leaf| leaf.path.display().to_string())
        .collect();
    assert!(
        names.iter().all(|name| name.contains("-核验单.")),
        "{names:?}"
    );
    let text = String::from_utf8(files[0].bytes.clone()).expect("text first");
    for said in [
        "北京市西城区民政局",
        "T3-COLSUM",
        "受理政府信息公开申请9件",
        "填报人 ____",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn the_return_note_is_shown_copied_and_holds_the_questions() {
    let mut journey = Journey::sample();
    // On a problem, in the list of problems, and on a reading.
    journey.keys("F5 End Home Down F9");
    assert!(
        journey.notice().contains("记为待核实"),
        "{}",
        journey.notice()
    );
    journey.keys("Esc F6 F9 Esc");
    assert_eq!(journey.screen().report().questions().len(), 2);
    journey.keys("F10");
    journey.typed("thyj");
    journey.keys("Enter");
    let Some(Effect::Copy(note)) = journey.effects.last() else {
        unreachable!("a copy, not {:?}", journey.effects.last())
    };
    let reading = &journey.screen().report().questions()[1].text;
    for said in [
        "退回意见：北京市西城区民政局 2024",
        "少写 1",
        "怎么改：",
        "请核实：",
        reading,
    ] {
        assert!(note.contains(said), "{said}: {note}");
    }
    assert!(!note.contains("F6") && !note.contains("T3-"), "{note}");
    journey.reply(Reply::Copied(PathBuf::from("/tmp/state/copied")));
    assert!(
        journey.notice().contains("/tmp/state/copied"),
        "{}",
        journey.notice()
    );
    assert!(
        page(&journey).contains("退回意见：北京市西城区民政局"),
        "{}",
        page(&journey)
    );
}

#[test]
fn published_files_hold_no_remark_question_user_path_or_log() {
    let mut journey = opened(|step, _| step, named("/tmp/SECRETPLACE/a.json"));
    journey.app.prefs.user = "SECRETUSER".to_owned();
    journey.keys("F8 F9 F7");
    journey.typed("SECRETREASON");
    journey.keys("Enter F12");
    mark_all(&mut journey);
    let Some(Overlay::Export(export)) = &journey.app.overlay else {
        unreachable!("the export screen")
    };
    let whats: Vec<What> = export.items.iter().map(|item| item.what).collect();
    journey.keys("Enter");
    for (leaf, what) in files(&journey).0.iter().zip(whats) {
        if matches!(what, What::Report(_) | What::Fragment) {
            let holds = |secret: &str| {
                leaf.bytes
                    .windows(secret.len())
                    .any(|piece| piece == secret.as_bytes())
            };
            for secret in ["SECRETPLACE", "SECRETUSER", "SECRETREASON"] {
                assert!(!holds(secret), "{secret} in {:?}", leaf.path);
            }
        }
    }
}

#[test]
fn equal_reports_give_equal_files() {
    let exported = || {
        let mut journey = opened(|step, _| step, named("/tmp/a.json"));
        journey.app.look.lang = Lang::En;
        journey.keys("F12");
        mark_all(&mut journey);
        journey.keys("Enter");
        files(&journey).0.to_vec()
    };
    assert_eq!(exported(), exported());
}
