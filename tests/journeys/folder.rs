//! U7: a county's reports on the folder page, from first opening to the second round.

use std::fs;
use std::path::{Path, PathBuf};

use gouji::base::facts::FileFacts;
use gouji::base::moment::Moment;
use gouji::base::words::Lang;
use gouji::check::Profile;
use gouji::folder::{LIST, List};
use gouji::model::Document;
use gouji::store::folder::{self, Found, Known};
use gouji::store::import::{How, import};
use gouji::store::parallel::Turn;
use gouji::store::{Codec, Places, Store, Who};
use gouji::tui::app::Screen;
use gouji::tui::input::{
    Effect, FolderReply, FolderWork, Input, KeptList, Opened, Outcome, Reply, StartFacts, Target,
};
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

use crate::support::county::{self, UNITS, bytes, first_round, report};
use crate::support::journey::Journey;

/// 2025-01-26: five days before most are due.
fn clock() -> Moment {
    Moment {
        seconds: 1_737_849_600,
        offset: 28_800,
    }
}

/// A reviewer at a screen, with the disk behind it.
pub(crate) struct Desk {
    pub(crate) journey: Journey,
    folder: TempDir,
    store: Store,
    /// Files read since the page came on the screen.
    read: usize,
    copied: Vec<String>,
}

impl Desk {
    /// On the page of a folder that `fill` made.
    pub(crate) fn on(fill: impl FnOnce(&Path)) -> Self {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("2024报送");
        fs::create_dir(&path).expect("made");
        fill(&path);
        let places = Places {
            state: Some(folder.path().join("state")),
            config: None,
        };
        let who = Who {
            user: "li".to_owned(),
            host: "here".to_owned(),
            pid: 1,
        };
        let mut desk = Desk {
            journey: Journey::start(StartFacts::default()),
            store: Store::new(places, who, Codec::NATIVE).at(clock),
            folder,
            read: 0,
            copied: Vec::new(),
        };
        let path = desk.path();
        desk.journey.reply(Reply::Folder(FolderReply::Opened(path)));
        desk.settle();
        desk
    }

    pub(crate) fn county() -> Self {
        Desk::on(first_round)
    }

    /// The same with a file whose unit is not certain.
    pub(crate) fn doubtful() -> Self {
        Desk::on(|folder| {
            first_round(folder);
            let named = report("民政局", 2024, &["head.body=清河县财务局"]);
            fs::write(folder.join("x.json"), bytes(&named, "json")).expect("written");
        })
    }

    /// On a small folder: a faulty unit, one with two files, one that is not certain, one
    /// that sent nothing.
    pub(crate) fn few() -> Self {
        Desk::on(|folder| {
            let put = |name: &str, unit: &str, changes: &[&str]| {
                let bytes = bytes(&report(unit, 2024, changes), "json");
                fs::write(folder.join(name), bytes).expect("written");
            };
            let roster = "教育局\n公安局\n财政局\n档案局,,2025-01-31\n";
            fs::write(folder.join("名单.csv"), roster).expect("written");
            put("教育局.json", "教育局", &["t4.review.upheld=1"]);
            put("公安局.json", "公安局", &[]);
            put("公安局2.json", "公安局", &["t2.rules.issued=1"]);
            put("x.json", "民政局", &["head.body=清河县财务局"]);
        })
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("2024报送")
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), bytes).expect("written");
    }

    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        self.journey.keys(keys);
        self.settle();
        self
    }

    /// Puts the cursor on the first unit that a name finds.
    pub(crate) fn on_unit(&mut self, name: &str) -> &mut Self {
        self.journey.keys("C-u");
        self.journey.typed(name);
        self
    }

    /// Carries out what the screen asked for, as the shell does.
    fn settle(&mut self) {
        while !self.journey.effects.is_empty() {
            for effect in std::mem::take(&mut self.journey.effects) {
                let replies = self.carry_out(effect);
                for reply in replies {
                    self.journey.reply(reply);
                }
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Vec<Reply> {
        match effect {
            Effect::Folder(FolderWork::Read {
                path,
                roster,
                known,
                profile,
            }) => {
                let kept = self.store.list(&path);
                let begun = FolderReply::Begun {
                    roster: folder::roster(&path, roster.as_deref()),
                    list: kept.list,
                    said: kept.said.into_iter().collect(),
                    today: self.store.today(),
                    count: folder::candidates(&path, None).count(),
                };
                let known: Known = known
                    .into_iter()
                    .map(|(path, stamp)| (path, Some(stamp)))
                    .collect();
                let (mut files, mut same, mut said) = (Vec::new(), Vec::new(), Vec::new());
                folder::through(&path, None, &How::default(), &profile, known, |turn| {
                    match turn {
                        Turn::Done(Found::File(file)) => files.push(*file),
                        Turn::Done(Found::Same(path)) => same.push(path),
                        Turn::Done(Found::Said(one)) => said.push(one),
                        Turn::Waiting => {}
                    }
                    true
                });
                self.read = files.len();
                let lot = FolderReply::Files {
                    files,
                    same,
                    said,
                    ended: true,
                };
                vec![Reply::Folder(begun), Reply::Folder(lot)]
            }
            Effect::Folder(FolderWork::Keep { path, base, change }) => {
                let list = change.on(&base, &self.store.now_text(), "li@here");
                let kept = self.store.keep_list(&path, &base, &list);
                vec![Reply::Folder(FolderReply::Kept(kept.map(|kept| {
                    KeptList {
                        list: kept.list,
                        own: list,
                        said: kept.said,
                    }
                })))]
            }
            Effect::Open {
                target: Target::Folder(path),
                ..
            } => {
                vec![Reply::Folder(FolderReply::Opened(path))]
            }
            Effect::Open {
                target: Target::File(path),
                ..
            } => match import(&path, &How::default()) {
                Ok(read) => {
                    let native = read.content.is_some();
                    let file = FileFacts {
                        path: native.then_some(path),
                        ..read.facts
                    };
                    let opened = Opened::of(Document::new(read.draft.into_report()), file, native);
                    vec![Reply::Opened(Box::new(opened))]
                }
                Err(failure) => vec![Reply::Failed(failure)],
            },
            Effect::Copy(text) => {
                self.copied.push(text);
                Vec::new()
            }
            Effect::Export { files, .. } => {
                let outcomes = files.into_iter().map(|leaf| {
                    fs::write(&leaf.path, &leaf.bytes).expect("written");
                    (
                        leaf.path,
                        Outcome::Written {
                            size: leaf.bytes.len(),
                            doubts: Vec::new(),
                        },
                    )
                });
                vec![Reply::Exported(outcomes.collect())]
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn list(&self) -> List {
        self.store.list(&self.path()).list
    }

    pub(crate) fn rows(&self) -> Vec<String> {
        self.journey.rows()
    }

    /// The row of a unit.
    fn row(&self, unit: &str) -> String {
        let rows = self.rows();
        let found = rows.iter().find(|row| row.contains(unit));
        found
            .unwrap_or_else(|| unreachable!("{unit} is on the screen: {rows:#?}"))
            .clone()
    }

    pub(crate) fn is_on_page(&self) -> bool {
        matches!(self.journey.app.screen, Screen::Folder(_))
    }
}

#[test]
fn the_page_lists_every_unit_faulty_ones_first_with_sign_year_counts_sums_state() {
    let mut desk = Desk::county();
    let rows = desk.rows();
    assert!(
        rows[0].contains("2024报送") && rows[0].contains("49 家"),
        "{}",
        rows[0]
    );
    assert!(rows[0].contains("截止 01-31 剩 5 天"), "{}", rows[0]);
    assert!(rows[1].contains("单位") && rows[1].contains("各项之和"));
    assert!(rows[2].starts_with('!'), "{}", rows[2]);
    for (unit, sign, said) in [
        ("教育局", '!', "表四 1项"),
        ("水务局", '!', "年度不对"),
        ("公安局", '!', "2 份，用哪份"),
        ("审计局", '?', "读不全"),
        ("商务局", '=', "待复核"),
        ("档案局", '.', "未报送 剩5天"),
    ] {
        desk.on_unit(unit);
        let row = desk.row(unit);
        assert!(row.starts_with(sign) && row.contains(said), "{row}");
    }
    desk.on_unit("水务局");
    assert!(desk.row("水务局").contains("2023"));
    // Nothing but the list is ever written, and that only when something was done.
    assert!(!desk.path().join(LIST).exists());
}

#[test]
fn f3_turns_the_filters_and_typing_finds_a_name() {
    let mut desk = Desk::county();
    let counts = |desk: &Desk| {
        let rows = desk.rows();
        rows.iter().find_map(|row| {
            row.split_once("/49")
                .map(|(before, _)| before.rsplit(' ').next().unwrap_or_default().to_owned())
        })
    };
    assert_eq!(counts(&desk).as_deref(), Some("49"));
    desk.keys("F3");
    assert!(desk.journey.shows("筛选：有错"));
    assert_eq!(counts(&desk).as_deref(), Some("9"));
    desk.keys("F3");
    assert!(desk.journey.shows("筛选：未交"));
    assert_eq!(counts(&desk).as_deref(), Some("2"));
    desk.keys("F3");
    assert!(desk.journey.shows("筛选：待复核"));
    assert_eq!(counts(&desk).as_deref(), Some("38"));
    desk.keys("Esc");
    assert_eq!(counts(&desk).as_deref(), Some("49"));
    desk.on_unit("镇");
    assert_eq!(counts(&desk).as_deref(), Some("7"));
    desk.keys("Backspace");
    assert_eq!(counts(&desk).as_deref(), Some("49"));
}

#[test]
fn enter_opens_at_the_first_problem_and_esc_goes_back_to_the_same_line() {
    let mut desk = Desk::county();
    desk.keys("Down Down Down");
    let before = desk.rows();
    let here = |desk: &Desk| desk.journey.frame().1;
    let cursor = here(&desk);
    desk.keys("Enter");
    assert!(!desk.is_on_page());
    let screen = desk.journey.screen();
    assert!(screen.visited.is_some(), "the cursor is at a problem");
    desk.keys("Esc");
    assert!(
        desk.journey.shows("Esc 回文件夹"),
        "{:?}",
        desk.rows().last()
    );
    desk.keys("Esc");
    assert!(desk.is_on_page());
    assert_eq!(here(&desk), cursor);
    assert_eq!(desk.rows(), before);
    assert_eq!(desk.read, 0, "nothing changed, nothing is read again");
    // `Esc 8` is still F8 in a report that a folder opened.
    desk.keys("Enter Esc 8");
    assert!(!desk.is_on_page());
    // What is not saved is asked about, as in quitting.
    desk.keys("C-PageDown C-PageUp F8");
    desk.journey.typed("7");
    desk.keys("Esc Esc Esc Esc");
    if !desk.is_on_page() {
        assert!(desk.journey.shows("没有保存"), "{:#?}", desk.rows());
        desk.keys("3");
    }
    assert!(desk.is_on_page());
}

#[test]
fn a_changed_file_is_read_again_on_return_and_with_f5_and_no_other() {
    let mut desk = Desk::county();
    desk.on_unit("教育局");
    let ending = county::ending(
        UNITS
            .iter()
            .position(|unit| *unit == "教育局")
            .expect("a unit"),
    );
    desk.put(
        &format!("教育局.{ending}"),
        bytes(&report("教育局", 2024, &[]), ending),
    );
    desk.keys("F5");
    assert_eq!(desk.read, 1);
    assert!(
        desk.row("教育局").contains("待复核"),
        "{}",
        desk.row("教育局")
    );
    fs::remove_file(desk.path().join(format!("教育局.{ending}"))).expect("removed");
    desk.keys("F5");
    assert!(desk.row("教育局").contains("未报送"));
}

#[test]
fn f9_shows_the_note_copies_it_and_asks_before_it_is_returned() {
    let mut desk = Desk::county();
    desk.on_unit("教育局").keys("F9");
    assert!(desk.journey.shows("退回意见"));
    assert_eq!(desk.copied.len(), 1);
    assert!(
        desk.copied[0].contains("清河县教育局") && desk.copied[0].contains("怎么改"),
        "{}",
        desk.copied[0]
    );
    desk.keys("Esc");
    assert!(desk.list().is_empty(), "Esc notes nothing");
    desk.keys("F9 Enter");
    assert!(desk.journey.shows("记为已退回（第 1 次）"));
    assert!(desk.list().is_empty(), "it is asked first");
    desk.keys("1");
    assert_eq!(desk.list().returns("教育局").len(), 1);
    assert!(desk.row("教育局").contains("已退回 1 次"));
    // One step back, and forth again.
    desk.keys("C-z");
    assert!(desk.list().returns("教育局").is_empty());
    assert!(desk.row("教育局").contains("待退回"));
    desk.keys("F9 Enter 1");
    // The second round: the fault is mended, another one made.
    let ending = county::ending(
        UNITS
            .iter()
            .position(|unit| *unit == "教育局")
            .expect("a unit"),
    );
    let second = report("教育局", 2024, &["t4.suit_direct.upheld=1"]);
    desk.put(&format!("教育局.{ending}"), bytes(&second, ending));
    desk.keys("F5");
    assert!(
        desk.journey.shows("比上次退回：已改 1，未改 0，新错 1"),
        "{:#?}",
        desk.rows()
    );
    assert!(desk.row("教育局").contains("待退回"));
    desk.keys("F9 Enter");
    assert!(desk.journey.shows("第 2 次"));
    desk.keys("1");
    assert!(desk.row("教育局").contains("已退回 2 次"));
}

#[test]
fn a_unit_without_error_passes_and_one_with_errors_only_with_a_reason() {
    let mut desk = Desk::county();
    desk.on_unit("商务局").keys("F2");
    assert!(desk.row("商务局").contains("合格"));
    assert_eq!(
        desk.list()
            .pass("商务局")
            .map(|pass| (pass.by, pass.reason)),
        Some(("li@here".to_owned(), String::new()))
    );
    desk.keys("F2");
    assert!(desk.row("商务局").contains("待复核"));
    desk.keys("C-z");
    assert!(desk.row("商务局").contains("合格"));
    desk.keys("C-z C-z C-z");
    assert!(desk.row("商务局").contains("待复核"));
    desk.on_unit("教育局").keys("F2 Enter");
    assert!(desk.list().pass("教育局").is_none(), "no reason, no pass");
    desk.journey.typed("复议机关已更正");
    desk.keys("Enter");
    let row = desk.row("教育局");
    assert!(row.starts_with(':') && row.contains("合格"), "{row}");
    assert_eq!(
        desk.list()
            .pass("教育局")
            .map(|pass| pass.reason)
            .as_deref(),
        Some("复议机关已更正")
    );
    // A missing one, or one of two files, is not.
    desk.on_unit("档案局").keys("F2");
    assert!(desk.journey.notice().contains("没有报送"));
    desk.on_unit("公安局").keys("F2");
    assert!(desk.journey.notice().contains("哪一份"));
}

#[test]
fn which_of_two_files_and_whose_file_are_asked_once() {
    let mut desk = Desk::doubtful();
    desk.on_unit("公安局").keys("Enter");
    assert!(desk.journey.shows("用哪一份"));
    desk.keys("1");
    assert!(
        desk.row("公安局").contains("待复核"),
        "{}",
        desk.row("公安局")
    );
    assert_eq!(desk.list().chosen("公安局"), Some("公安局.docx"));
    desk.on_unit("财务局");
    assert!(desk.row("清河县财务局").starts_with('?'));
    desk.keys("Enter");
    assert!(desk.journey.shows("是哪家的"));
    desk.keys("1");
    assert_eq!(desk.list().owner("x.json"), Some("财政局"));
    // Two of them now: never merged silently.
    desk.on_unit("财政局");
    assert!(
        desk.row("财政局").contains("2 份，用哪份"),
        "{:#?}",
        desk.rows()
    );
    desk.keys("C-z");
    assert_eq!(desk.list().owner("x.json"), None);
}

#[test]
fn the_panel_tells_the_problems_of_the_unit_from_120_columns() {
    let mut desk = Desk::county();
    desk.journey.input(Input::Resize(120, 30));
    desk.on_unit("教育局");
    let rows = desk.rows();
    assert!(
        rows.iter().any(|row| row.contains("| ! 表四")
            || row.contains("│! 表四")
            || row.contains("! 表四 行政复议")),
        "{rows:#?}"
    );
    desk.on_unit("审计局");
    assert!(desk.journey.shows("审计局2024.pdf"));
}

#[test]
fn the_list_of_units_is_written_beside_them_and_is_none_of_theirs() {
    let mut desk = Desk::county();
    desk.keys("F12");
    assert!(desk.journey.notice().contains("勾稽审核-清单.csv"));
    let text = fs::read_to_string(desk.path().join("勾稽审核-清单.csv")).expect("written");
    assert_eq!(text.lines().count(), 50);
    desk.keys("F5");
    assert_eq!(desk.read, 0);
}

#[test]
fn another_person_s_work_comes_in_and_a_damaged_list_is_said() {
    let mut desk = Desk::county();
    let path = desk.path();
    let base = desk.list();
    let mut other = base.clone();
    other.choose("公安局", "公安局.html");
    desk.store.keep_list(&path, &base, &other).expect("kept");
    desk.on_unit("商务局").keys("F2");
    desk.on_unit("公安局");
    assert!(
        desk.row("公安局").contains("待复核"),
        "{}",
        desk.row("公安局")
    );
    // Taking one's own step back takes nothing of the other's.
    desk.keys("C-z");
    assert_eq!(desk.list().chosen("公安局"), Some("公安局.html"));
    assert!(desk.list().pass("商务局").is_none());
    desk.put(LIST, "{");
    desk.keys("F5");
    assert!(
        desk.journey.notice().contains("坏了"),
        "{}",
        desk.journey.notice()
    );
}

#[test]
fn the_start_page_and_open_lead_to_a_folder() {
    let mut journey = Journey::start(StartFacts::default());
    assert!(journey.shows("打开一个文件夹：逐份核对、汇总"));
    journey.keys("4");
    journey.typed("/tmp/报送");
    journey.keys("Enter");
    let opens = |effect: &Effect| matches!(effect, Effect::Open { target: Target::Folder(path), .. } if path.ends_with("报送"));
    assert!(journey.effects.iter().any(opens), "{:?}", journey.effects);
}

#[test]
fn files_come_in_lots_and_the_page_answers_meanwhile() {
    let mut journey = Journey::start(StartFacts::default());
    let folder = TempDir::new().expect("a folder");
    journey.reply(Reply::Folder(FolderReply::Opened(folder.path().to_owned())));
    assert!(journey.shows("正在读"));
    let path = folder.path().join("a.json");
    fs::write(&path, bytes(&report("民政局", 2024, &[]), "json")).expect("written");
    let store = Store::new(
        Places {
            state: None,
            config: None,
        },
        Who {
            user: String::new(),
            host: String::new(),
            pid: 1,
        },
        Codec::NATIVE,
    );
    journey.reply(Reply::Folder(FolderReply::Begun {
        roster: Ok(None),
        list: List::default(),
        said: Vec::new(),
        today: store.today(),
        count: 7,
    }));
    assert!(journey.shows("正在读 0/7"));
    let Found::File(file) = folder::read(
        gouji::store::walk::Input::Found(path),
        &How::default(),
        &Profile::default(),
    ) else {
        unreachable!("a file")
    };
    journey.reply(Reply::Folder(FolderReply::Files {
        files: vec![*file],
        same: Vec::new(),
        said: Vec::new(),
        ended: false,
    }));
    assert!(journey.shows("正在读 1/7") && journey.shows("清河县民政局"));
    // Until a key is pressed the cursor is on the first line, whoever comes before it.
    let path = folder.path().join("b.json");
    let broken = report("财政局", 2024, &["t3.new_received.total=7"]);
    fs::write(&path, bytes(&broken, "json")).expect("written");
    let found = gouji::store::walk::Input::Found(path);
    let Found::File(file) = folder::read(found, &How::default(), &Profile::default()) else {
        unreachable!("a file")
    };
    journey.reply(Reply::Folder(FolderReply::Files {
        files: vec![*file],
        same: Vec::new(),
        said: Vec::new(),
        ended: false,
    }));
    let (_, (_, y)) = journey.frame();
    assert!(journey.rows()[usize::from(y)].contains("清河县财政局"));
    journey.keys("F1");
    assert!(journey.app.overlay.is_some());
}

#[test]
fn invariant_the_page_stands_at_every_size_in_both_languages() {
    let mut desk = Desk::few();
    for lang in Lang::ALL {
        desk.journey.app.look.lang = lang;
        for size in [
            (160, 50),
            (120, 30),
            (100, 30),
            (80, 23),
            (60, 20),
            (60, 16),
            (40, 12),
            (20, 5),
            (19, 4),
            (1, 1),
        ] {
            desk.journey.input(Input::Resize(size.0, size.1));
            for keys in ["Down", "PageDown", "End", "Up", "Home", "F3", "Esc"] {
                desk.journey.keys(keys);
                let (buffer, (x, y)) = desk.journey.frame();
                assert!(x < size.0 && y < size.1, "{size:?}: {x},{y}");
                let rows = crate::support::frame::rows(&buffer);
                let fits = |row: &String| row.width() <= usize::from(size.0);
                assert!(rows.iter().all(fits), "{size:?}: {rows:#?}");
                let last = rows.last().map_or(0, |row| row.width());
                assert!(last < usize::from(size.0).max(2), "{size:?}: {rows:#?}");
                if size.0 >= 20 && size.1 >= 5 && keys != "F3" {
                    let row = &rows[usize::from(y)];
                    assert!(
                        row.starts_with(['!', '?', '=', '.', ':']),
                        "{size:?}: {row}"
                    );
                }
            }
        }
    }
}
