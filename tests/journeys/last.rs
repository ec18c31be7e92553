//! U9: last year's report beside the one on the screen.

use std::path::{Path, PathBuf};

use gouji::base::facts::{FileFacts, Stamp};
use gouji::base::failure::Failure;
use gouji::base::words::{Lang, words};
use gouji::check::Severity;
use gouji::model::{Document, Report};
use gouji::tui::app::Overlay;
use gouji::tui::input::{Effect, Input, Last, LastAt, LastFound, Opened, ProposedLast, Reply};
use unicode_width::UnicodeWidthStr;

use crate::support::journey::Journey;
use crate::support::reports::{changed, old};

const STAMP: Stamp = Stamp {
    size: 1,
    seconds: 2,
    nanos: 3,
    inode: 4,
};

/// Last year: two cases go on, five documents are in force.
const LAST: &[&str] = &[
    "head.year=2023",
    "t2.normative_documents.in_force=5",
    "t3.new_received.natural_person=12",
    "t3.new_received.total=12",
    "t3.granted_full.natural_person=10",
    "t3.granted_full.total=10",
    "t3.processed_total.natural_person=10",
    "t3.processed_total.total=10",
    "t3.carried_out.natural_person=2",
    "t3.carried_out.total=2",
];

/// This year: neither the two cases nor the five documents are to be found.
const NOW: &[&str] = &[
    "t2.normative_documents.issued=1",
    "t2.normative_documents.in_force=1",
    "t3.new_received.natural_person=3",
    "t3.new_received.total=3",
    "t3.granted_full.natural_person=3",
    "t3.granted_full.total=3",
    "t3.processed_total.natural_person=3",
    "t3.processed_total.total=3",
];

fn last_report(changes: &[&str]) -> Report {
    changed(&[LAST, changes].concat()).into_report()
}

fn last_of(report: Report) -> Last {
    Last {
        path: "/tmp/民政局2023.json".into(),
        stamp: Some(STAMP),
        report,
    }
}

fn file() -> FileFacts {
    FileFacts {
        path: Some(PathBuf::from("/tmp/a.json")),
        stamp: Some(STAMP),
        ..FileFacts::default()
    }
}

/// As this year's report is opened.
fn now() -> Opened {
    Opened::of(Document::new(changed(NOW).into_report()), file(), false)
}

fn on(opened: Opened) -> Journey {
    let mut journey = Journey::sample();
    journey.effects.clear();
    journey.reply(Reply::Opened(Box::new(opened)));
    journey
}

/// Beside last year's, as it was known at once.
pub(super) fn beside() -> Journey {
    on(Opened {
        last: Some(last_of(last_report(&[]))),
        ..now()
    })
}

/// The path of the last request to read.
fn asked(journey: &Journey) -> &Path {
    let asked = journey
        .effects
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::ReadLast { path, .. } => Some(path),
            _ => None,
        });
    asked.expect("it is to be read")
}

fn read(journey: &mut Journey, read: Result<Option<Last>, Failure>) {
    let path = asked(journey).to_owned();
    let read = read.map(|last| last.map(Box::new));
    journey.reply(Reply::LastRead { path, read });
}

fn kept(journey: &Journey) -> Option<&Option<LastAt>> {
    journey
        .effects
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::KeepLast(at) => Some(at),
            _ => None,
        })
}

fn codes(journey: &Journey) -> Vec<String> {
    let all = journey.problems(Severity::Warning);
    all.into_iter().filter(|it| it.starts_with("X-")).collect()
}

const BROKEN: [&str; 3] = [
    "X-NORMDOC t2.normative_documents.in_force",
    "X-CARRY t3.carried_in.natural_person",
    "X-CARRY t3.carried_in.total",
];

fn unread() -> Failure {
    let what = words("打不开：民政局2023.json", "cannot open: 2023.json");
    Failure::file(what.into()).because(words("没有这个文件。", "There is no such file."))
}

#[test]
fn the_report_that_was_named_is_read_once_this_one_stands_and_is_kept() {
    let named = PathBuf::from("/tmp/民政局2023.json");
    let mut journey = on(Opened {
        last_named: Some(named.clone()),
        ..now()
    });
    assert_eq!(asked(&journey), named);
    assert!(codes(&journey).is_empty());
    assert!(journey.shows("某县民政局 2024"), "{:?}", journey.rows());
    read(&mut journey, Ok(Some(last_of(last_report(&[])))));
    assert_eq!(codes(&journey), BROKEN);
    let said = journey.notice();
    assert!(
        said.contains("去年：2023 民政局2023.json，与去年不符 3 处"),
        "{said}"
    );
    assert_eq!(
        kept(&journey),
        Some(&Some(LastAt {
            path: named,
            doubted: false
        }))
    );
    assert!(
        !journey.screen().document.is_modified(),
        "the report is as it was"
    );
    assert!(
        journey
            .effects
            .iter()
            .all(|it| !matches!(it, Effect::Journal { .. }))
    );
    journey.keys("F5");
    assert!(journey.shows("另与去年不符 3 处"), "{:#?}", journey.rows());
    journey.keys("End");
    assert!(
        journey.shows("去年：2023 民政局2023.json，与去年不符 3 处"),
        "{:#?}",
        journey.rows()
    );
    assert!(!journey.shows("没有去年的报告"));
}

#[test]
fn without_last_year_the_list_names_the_way_to_it() {
    let mut journey = on(now());
    assert!(
        !journey
            .effects
            .iter()
            .any(|it| matches!(it, Effect::ReadLast { .. } | Effect::FindLast { .. }))
    );
    journey.keys("F5 End");
    assert!(journey.shows("未核对：没有去年的报告；F10 里选【去年的报告】"));
}

#[test]
fn what_was_known_is_known_again_and_a_disk_that_is_gone_costs_one_sentence() {
    let at = LastAt {
        path: "/mnt/gone/民政局2023.json".into(),
        doubted: false,
    };
    let mut journey = on(Opened {
        last_at: Some(at.clone()),
        ..now()
    });
    assert_eq!(asked(&journey), at.path);
    // Until it answers, if ever, everything works.
    journey.keys("F5 End");
    assert!(journey.shows("去年的报告没有读到"), "{:#?}", journey.rows());
    journey.keys("Esc 5 Enter C-z");
    read(&mut journey, Err(unread()));
    assert!(journey.app.overlay.is_none());
    let said = journey.notice();
    assert!(
        said.contains("没有和去年比") && said.contains("打不开"),
        "{said}"
    );
    assert!(codes(&journey).is_empty());
    // It is not forgotten: the disk may be there the next time.
    journey.keys("C-s");
    journey.reply(Reply::Saved {
        file: file(),
        doubts: Vec::new(),
    });
    assert_eq!(kept(&journey), Some(&Some(at)));
}

#[test]
fn what_was_known_is_taken_again_quietly_where_nothing_differs() {
    let mut journey = on(Opened {
        last_at: Some(LastAt {
            path: "/tmp/民政局2023.json".into(),
            doubted: false,
        }),
        ..now()
    });
    let before = journey.notice();
    let quiet = changed(&["head.year=2023", "t3.new_received.natural_person=1"]);
    read(&mut journey, Ok(Some(last_of(quiet.into_report()))));
    assert_eq!(journey.notice(), before);
    assert_eq!(kept(&journey), None, "nothing new is to be kept");
    let mut journey = on(Opened {
        last_at: Some(LastAt {
            path: "/tmp/民政局2023.json".into(),
            doubted: false,
        }),
        ..now()
    });
    read(&mut journey, Ok(Some(last_of(last_report(&[])))));
    let said = journey.notice();
    assert!(said.contains("没有错误和提醒；与去年不符 3 处"), "{said}");
}

fn proposed(names: &[&str]) -> LastFound {
    LastFound {
        folder: "/tmp".into(),
        found: names
            .iter()
            .map(|name| ProposedLast {
                path: Path::new("/tmp").join(name),
                body: "乙市某县民政局".into(),
                year: Some(2023),
            })
            .collect(),
        is_cut: false,
        failed: None,
    }
}

/// What fits in the folder of this year's report.
pub(super) fn proposals() -> Reply {
    Reply::LastFound(proposed(&["民政局2023.json", "民政局2023终稿.docx"]))
}

/// Many reports that fit, in the folder of a report without a file.
pub(super) fn many() -> Reply {
    let names: Vec<String> = (0..40).map(|at| format!("某局2023-{at}.json")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Reply::LastFound(LastFound {
        folder: ".".into(),
        is_cut: true,
        ..proposed(&names)
    })
}

/// The question about a report of another body.
pub(super) fn doubted(journey: &mut Journey) {
    journey.keys("F10");
    journey.paste("report.last_year");
    journey.keys("Enter");
    journey.reply(many());
    journey.keys("Enter");
    let other = last_of(last_report(&["head.body=某省某市某县农业农村和水利局"]));
    read(journey, Ok(Some(other)));
}

fn choosing() -> Journey {
    let mut journey = on(now());
    journey.keys("F10");
    journey.paste("qndbg");
    journey.keys("Enter");
    journey
}

#[test]
fn the_picker_proposes_what_fits_in_the_folder_and_takes_nothing_by_itself() {
    let mut journey = choosing();
    let Some(Effect::FindLast { folder, of }) = journey.effects.last() else {
        unreachable!("it looks, not {:?}", journey.effects.last());
    };
    assert_eq!(folder, Path::new("/tmp"));
    assert_eq!(of.own, [PathBuf::from("/tmp/a.json")]);
    assert!(journey.shows("正在同一个文件夹里找"));
    let mut found = proposed(&["2023.json", "2023终稿.docx"]);
    found.folder = "/other".into();
    journey.reply(Reply::LastFound(found));
    assert!(
        journey.shows("正在同一个文件夹里找"),
        "an answer to another question"
    );
    journey.reply(Reply::LastFound(proposed(&["2023.json", "2023终稿.docx"])));
    assert!(journey.shows("几份都对得上"), "{:#?}", journey.rows());
    assert!(
        journey.shows("1  2023.json  2023 乙市某县民政局"),
        "{:#?}",
        journey.rows()
    );
    assert!(journey.shows("3  另一个文件"));
    journey.keys("Esc");
    assert!(journey.app.overlay.is_none() && journey.screen().last.is_none());

    let mut journey = choosing();
    journey.reply(Reply::LastFound(proposed(&["2023.json"])));
    assert!(
        journey.screen().last.is_none(),
        "one alone is not taken either"
    );
    assert!(matches!(journey.app.overlay, Some(Overlay::LastYear(_))));
    journey.keys("Enter");
    assert_eq!(asked(&journey), Path::new("/tmp/2023.json"));
    read(&mut journey, Ok(Some(last_of(last_report(&[])))));
    assert_eq!(codes(&journey), BROKEN);
}

#[test]
fn nothing_found_is_said_and_another_file_is_typed() {
    let mut journey = choosing();
    journey.reply(Reply::LastFound(proposed(&[])));
    assert!(
        journey.shows("这个文件夹里没有找到【某县民政局】2023 年的报告"),
        "{:#?}",
        journey.rows()
    );
    journey.keys("1");
    assert!(matches!(journey.effects.last(), Some(Effect::List(folder)) if folder == "/tmp/"));
    assert!(journey.shows("去年的报告: /tmp/"), "{:#?}", journey.rows());
    journey.typed("x");
    journey.keys("C-u");
    journey.paste("~/旧/2023.docx");
    journey.keys("Enter");
    assert_eq!(asked(&journey), Path::new("~/旧/2023.docx"));
    // One that can't be read: why, and a way out; nothing is taken over.
    let path = PathBuf::from("~/旧/2023.docx");
    journey.reply(Reply::LastRead {
        path,
        read: Err(unread()),
    });
    assert!(journey.shows("没有这个文件"), "{:#?}", journey.rows());
    journey.keys("Esc");
    assert!(journey.screen().last.is_none() && kept(&journey).is_none());
}

#[test]
fn it_is_forgotten_on_demand() {
    let mut journey = beside();
    assert_eq!(codes(&journey), BROKEN);
    journey.keys("F10");
    journey.paste("qndbg");
    journey.keys("Enter");
    journey.reply(Reply::LastFound(proposed(&["民政局2023.json"])));
    assert!(journey.shows("（正在比的）"), "{:#?}", journey.rows());
    journey.keys("3");
    assert!(codes(&journey).is_empty() && journey.screen().last.is_none());
    assert_eq!(kept(&journey), Some(&None));
}

#[test]
fn another_body_or_year_is_asked_about_and_not_taken_by_itself() {
    for (changes, said) in [
        (
            &["head.body=乙县财政局"][..],
            "去年的报告是【乙县财政局】的",
        ),
        (&["head.year=2021"], "2021 年的"),
        (&["head.year=2024"], "去年的报告是 2024 年的"),
    ] {
        let mut journey = choosing();
        journey.reply(Reply::LastFound(proposed(&["2023.json"])));
        journey.keys("Enter");
        let odd = || Ok(Some(last_of(last_report(changes))));
        read(&mut journey, odd());
        assert!(journey.shows(said), "{:#?}", journey.rows());
        assert!(journey.screen().last.is_none());
        // The first answer, and so Enter, leaves it; so does Esc.
        for keys in ["Enter", "Esc"] {
            journey.keys(keys);
            assert!(journey.app.overlay.is_none() && journey.screen().last.is_none());
            assert_eq!(kept(&journey), None);
            journey.keys("F10");
            journey.paste("qndbg");
            journey.keys("Enter");
            journey.reply(Reply::LastFound(proposed(&["2023.json"])));
            journey.keys("Enter");
            read(&mut journey, odd());
        }
        journey.keys("2");
        read(&mut journey, odd());
        assert!(journey.screen().last.is_some(), "{said}");
        let Some(Some(at)) = kept(&journey) else {
            unreachable!("it is kept");
        };
        assert!(at.doubted);
        journey.keys("F5 End");
        assert!(
            journey.shows(said),
            "the list goes on saying it: {:#?}",
            journey.rows()
        );
    }
}

#[test]
fn what_was_known_and_became_another_body_s_is_not_taken() {
    let at = |doubted| LastAt {
        path: "/tmp/民政局2023.json".into(),
        doubted,
    };
    let other = || last_of(last_report(&["head.body=乙县财政局"]));
    for (doubted, is_taken) in [(false, false), (true, true)] {
        let mut journey = on(Opened {
            last_at: Some(at(doubted)),
            ..now()
        });
        read(&mut journey, Ok(Some(other())));
        assert_eq!(journey.screen().last.is_some(), is_taken);
        assert!(journey.app.overlay.is_none());
        let said = journey.notice();
        assert_eq!(
            said.contains("去年的报告是【乙县财政局】的"),
            !is_taken,
            "{said}"
        );
    }
}

#[test]
fn the_cell_line_says_what_a_cell_was_last_year() {
    let mut journey = beside();
    let said = journey.notice();
    assert!(said.contains("没有错误和提醒；与去年不符 3 处"), "{said}");
    journey.input(Input::Resize(80, 23));
    let line = journey.rows()[20].clone();
    assert!(
        line.contains("自然人 / 一、本年新收") && line.contains("去年 12"),
        "{line}"
    );
    journey.keys("Right");
    assert!(
        journey.rows()[20].contains("去年 0"),
        "{:#?}",
        journey.rows()
    );
    journey.input(Input::Resize(40, 12));
    assert!(journey.shows("企业    0   去年 0"), "{:#?}", journey.rows());
    journey.input(Input::Resize(80, 23));
    journey.keys("F4");
    assert!(
        journey.shows("0（2023 民政局2023.json）"),
        "{:#?}",
        journey.rows()
    );
    // Without last year nothing is said of it.
    assert!(!on(now()).rows()[20].contains("去年"));
}

#[test]
fn a_form_of_2019_is_shown_where_its_cells_are_the_same() {
    let last = old(&[
        "t2.licensing.decisions=7",
        "t2.normative_documents.published=4",
        "t3.new_received.natural_person=12",
        "t3.new_received.total=12",
    ]);
    let mut journey = on(Opened {
        last: Some(Last {
            report: last.into_report(),
            ..last_of(last_report(&[]))
        }),
        ..now()
    });
    journey.input(Input::Resize(80, 23));
    assert!(
        journey.rows()[20].contains("去年 12"),
        "{:#?}",
        journey.rows()
    );
    journey.keys("F3 2 Enter C-PageDown C-PageUp");
    // Documents in force had no cell then: nothing is said of them.
    journey.keys("C-Home End");
    assert_eq!(journey.cursor(), "t2.rules.in_force");
    assert!(
        !journey.rows()[20].contains("去年"),
        "{:#?}",
        journey.rows()
    );
    journey.keys("F5 End");
    assert!(journey.shows("去年的报告用的是"), "{:#?}", journey.rows());
}

/// The head of last year's column, where it stands.
fn column(journey: &Journey) -> bool {
    journey.rows()[2].contains("去年")
}

#[test]
fn from_130_columns_last_year_has_a_column_and_a_window_that_grows_only_adds() {
    for (pages, lang) in ["C-PageUp", "Down", "C-PageDown"]
        .into_iter()
        .flat_map(|pages| Lang::ALL.map(|lang| (pages, lang)))
    {
        let mut before = (0, 0);
        for cols in 120..=260 {
            let mut journey = beside();
            journey.app.look.lang = lang;
            journey.input(Input::Resize(cols, 30));
            journey.keys(pages).keys("C-Home");
            let rows = journey.rows();
            let has_column = rows[2].contains("去年") || rows[2].contains("Last ");
            assert_eq!(has_column, cols >= 130, "{cols}: {}", rows[2]);
            // The first number stands behind the labels, whose table has columns of one
            // width; the panel is right of the rule.
            let (_, (labels, _)) = journey.frame();
            let labels = if pages == "Down" { labels } else { 0 };
            let table = rows[2].split(['|', '│']).next().expect("a rule").width();
            let panel = usize::from(cols) - table;
            assert!(
                labels >= before.0 && panel >= before.1,
                "{pages} {cols}: {before:?} {labels} {panel} {rows:#?}"
            );
            before = (labels, panel);
        }
    }
    let mut journey = beside();
    journey.input(Input::Resize(100, 30));
    assert!(!column(&journey), "narrower only the cell line has it");
    let mut journey = on(now());
    journey.input(Input::Resize(160, 50));
    assert!(!column(&journey));
}

#[test]
fn the_column_is_that_of_the_cursor_or_of_the_totals() {
    let mut journey = beside();
    journey.input(Input::Resize(130, 30));
    let received = |journey: &Journey| journey.rows()[3].clone();
    assert!(
        journey.rows()[2].contains("去年自然人"),
        "{:#?}",
        journey.rows()
    );
    let number = |row: &str| {
        let table = row
            .split(['|', '│', '#'])
            .next()
            .expect("a table")
            .trim_end()
            .to_owned();
        table.rsplit(' ').next().expect("a number").to_owned()
    };
    assert_eq!(number(&received(&journey)), "12");
    journey.keys("Right");
    assert!(journey.rows()[2].contains("去年企业"));
    assert_eq!(number(&received(&journey)), "0");
    journey.keys("End");
    assert!(journey.rows()[2].contains("去年总计"));
    assert_eq!(number(&received(&journey)), "12");
    // Table 2 has others beside the cursor's.
    journey.keys("C-PageUp");
    journey.app.look.lang = Lang::En;
    assert!(
        journey.rows().iter().any(|row| row.contains("Last")),
        "{:#?}",
        journey.rows()
    );
}

#[test]
fn what_breaks_against_last_year_is_marked_visited_mended_and_explained() {
    let mut journey = beside();
    // From the last of them on the way begins anew.
    journey.keys("F8 F8 F8");
    assert_eq!(journey.cursor(), "t2.normative_documents.in_force");
    assert!(journey.shows("1?"), "{:#?}", journey.rows());
    assert!(journey.shows("去年有效 5 + 制发 1 - 废止 0 = 6，今年写 1，差 5"));
    journey.keys("F8");
    assert_eq!(journey.cursor(), "t3.carried_in.natural_person");
    assert!(journey.shows("0?"), "{:#?}", journey.rows());
    assert!(journey.shows("F6 看建议"), "{:#?}", journey.rows());
    assert!(journey.shows("与去年不符 2/3"), "{:#?}", journey.rows());
    journey.keys("F6");
    assert!(
        journey.shows("按上年结转改") && journey.shows("按去年的报告"),
        "{:#?}",
        journey.rows()
    );
    // Shown, judged beside last year.
    journey.input(Input::Resize(120, 30));
    assert!(journey.shows("与去年不符 3 -> 1"), "{:#?}", journey.rows());
    journey.input(Input::Resize(80, 23));
    assert!(journey.shows("2="), "{:#?}", journey.rows());
    // All seven columns at once, so that no sum breaks by it; or one cell.
    assert!(
        journey.shows("1 按上年结转改：2 格一次改"),
        "{:#?}",
        journey.rows()
    );
    assert!(journey.shows("2 按上年结转改：表三 二 上年结转/自然人 改成 2"));
    journey.keys("Enter");
    assert_eq!(journey.cell("t3.carried_in.natural_person"), "2");
    assert_eq!(journey.cell("t3.carried_in.total"), "2");
    assert_eq!(codes(&journey), BROKEN[..1]);
    journey.keys("C-z");
    assert_eq!(journey.cell("t3.carried_in.natural_person"), "0");
    assert_eq!(codes(&journey), BROKEN);
    journey.keys("F7");
    journey.typed("去年更正过");
    journey.keys("Enter");
    let remarks = journey.screen().report().remarks();
    // The total that is off by the same difference is explained with it.
    assert_eq!(remarks.len(), 2, "it is kept in the report");
    assert!(journey.shows("0:"), "{:#?}", journey.rows());
    assert_eq!(journey.screen().findings.counts().beside, 1);
    assert_eq!(journey.screen().findings.counts().settled, 2);
}

#[test]
fn while_a_panel_speaks_of_a_problem_the_list_does_not_change() {
    let mut journey = on(Opened {
        last_at: Some(LastAt {
            path: "/tmp/民政局2023.json".into(),
            doubted: false,
        }),
        ..now()
    });
    journey.keys("5 F8 F7");
    let before = journey.screen().findings.problems.len();
    journey.typed("原稿");
    read(&mut journey, Ok(Some(last_of(last_report(&[])))));
    assert_eq!(journey.screen().findings.problems.len(), before);
    journey.keys("Enter");
    let found = &journey.screen().findings.problems;
    let explained: Vec<&str> = found
        .iter()
        .filter(|problem| problem.is_explained())
        .map(|problem| problem.rule.code)
        .collect();
    assert!(
        explained.len() == 1 && explained[0].starts_with("T3-"),
        "{explained:?}"
    );
    assert_eq!(codes(&journey), BROKEN);
}

#[test]
fn a_question_that_stands_is_not_lost_to_a_file_that_can_t_be_read() {
    let mut journey = on(Opened {
        last_named: Some("/tmp/民政局2023.json".into()),
        recovery: Some(super::files::recovery()),
        ..now()
    });
    assert!(matches!(journey.app.overlay, Some(Overlay::Recover(_))));
    read(&mut journey, Err(unread()));
    assert!(matches!(journey.app.overlay, Some(Overlay::Recover(_))));
    journey.keys("Enter");
    assert!(journey.shows("没有这个文件"), "{:#?}", journey.rows());
}

#[test]
fn a_changed_file_of_last_year_is_noticed_and_read_again() {
    let mut journey = beside();
    let looks = |journey: &Journey| {
        let looked = journey.effects.iter();
        looked
            .filter(
                |it| matches!(it, Effect::ReadLast { unless: Some(seen), .. } if *seen == STAMP),
            )
            .count()
    };
    journey.input(Input::Focus);
    assert_eq!(looks(&journey), 1);
    // No second thread waits for a disk that does not answer.
    journey.input(Input::Focus);
    assert_eq!(looks(&journey), 1);
    let before = journey.notice();
    read(&mut journey, Ok(None));
    assert_eq!((journey.notice(), codes(&journey).len()), (before, 3));
    journey.input(Input::Focus);
    assert_eq!(looks(&journey), 2);
    read(
        &mut journey,
        Ok(Some(last_of(last_report(&[
            "t2.normative_documents.in_force=0",
        ])))),
    );
    assert_eq!(codes(&journey), BROKEN[1..]);
    assert!(
        journey.notice().contains("重新读了"),
        "{}",
        journey.notice()
    );
    // Gone: what was read still stands beside it, and it is said once.
    journey.input(Input::Focus);
    read(&mut journey, Err(unread()));
    assert_eq!(codes(&journey), BROKEN[1..]);
    assert!(
        journey.notice().contains("先前读到的"),
        "{}",
        journey.notice()
    );
    let asked = looks(&journey);
    journey.input(Input::Focus);
    assert_eq!(looks(&journey), asked);
    // Another body's now: asked about.
    let mut journey = beside();
    journey.input(Input::Focus);
    read(
        &mut journey,
        Ok(Some(last_of(last_report(&["head.body=乙县财政局"])))),
    );
    assert!(journey.shows("不用它"), "{:#?}", journey.rows());
    journey.keys("Esc");
    assert_eq!(codes(&journey), BROKEN);
}

#[test]
fn an_answer_for_a_report_that_was_left_is_dropped() {
    let mut journey = on(Opened {
        last_at: Some(LastAt {
            path: "/tmp/民政局2023.json".into(),
            doubted: false,
        }),
        ..now()
    });
    let path = asked(&journey).to_owned();
    journey.reply(Reply::Opened(Box::new(now())));
    let last = Box::new(last_of(last_report(&[])));
    journey.reply(Reply::LastRead {
        path,
        read: Ok(Some(last)),
    });
    assert!(journey.screen().last.is_none() && codes(&journey).is_empty());
}

#[test]
fn what_is_left_unsaved_and_unnamed_knows_it_as_well() {
    let mut journey = on(Opened {
        file: FileFacts::default(),
        last: Some(last_of(last_report(&[]))),
        ..now()
    });
    journey.keys("5 C-q 2");
    let quit = journey.effects.len();
    assert!(matches!(
        journey.effects[quit - 2..],
        [Effect::KeepLast(Some(_)), Effect::Quit { keep: true }]
    ));
}
