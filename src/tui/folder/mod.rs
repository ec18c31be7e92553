//! The folder page: the units that send a report, one line each, and what is done with them.
//!
//! ```text
//! 文件夹 报送 | 49 家 合格 41 待退回 2                    截止 01-31 剩 5 天
//!   单位             年度  错误  提醒  各项之和        状态
//! ! 财政局           2024     5     0  恒等式 3列      已退回 1 次
//! ```
//! The shell reads the files on threads and hands them over as they come; the page stays
//! what it is while a report opened from it is on the screen.
//!
//! **Never:** reads or writes a file; changes the list before the disk has it.
//! Next: `view` for the picture, `crate::folder` for units and states.

pub(in crate::tui) mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::command::Command;
use super::input::{Effect, FolderReply, FolderWork, Target};
use super::line_edit::LineEdit;
use super::prefs::Prefs;
use super::report::rolled::Rolled;
use super::turn::{Cx, Next, Purpose, Question};
use crate::base::width::shown;
use crate::base::words::{Lang, Message, Words, words};
use crate::check::readings::{Hints, suspects};
use crate::check::{Blanks, Input as Judging, Texts, check};
use crate::folder::{
    Change, Content, Day, FileOf, List, Rolling, Roster, Standing, State, Unit, Units, named, units,
};
use crate::format::NATIVE;
use crate::paper::listing::order;
use crate::paper::{Checked, return_note};

/// Which units are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those with something wrong.
    Faulty,
    /// Those without a file.
    Missing,
    /// Those that somebody has to look at.
    ToReview,
}

impl Filter {
    const ALL: [Filter; 4] = [
        Filter::All,
        Filter::Faulty,
        Filter::Missing,
        Filter::ToReview,
    ];

    fn next(self) -> Self {
        let at = Self::ALL.iter().position(|one| *one == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    const fn name(self) -> Words {
        match self {
            Filter::All => words("全部", "all"),
            Filter::Faulty => words("有错", "faulty"),
            Filter::Missing => words("未交", "not sent"),
            Filter::ToReview => words("待复核", "to review"),
        }
    }

    fn takes(self, unit: &Unit, standing: &Standing) -> bool {
        match self {
            Filter::All => true,
            Filter::Faulty => matches!(standing.sign(unit), '!' | '?'),
            Filter::Missing => standing.state == State::Missing,
            Filter::ToReview => standing.state == State::ToReview,
        }
    }
}

/// A unit as the cursor knows it: its name, and its first file where two have one name.
type Key = (String, Option<PathBuf>);

/// A folder on the screen.
#[derive(Debug)]
pub struct FolderPage {
    /// Where it is.
    pub path: PathBuf,
    /// The roster that was named, if one was.
    given: Option<PathBuf>,
    /// What was read, by path.
    files: BTreeMap<PathBuf, Arc<FileOf>>,
    /// What was met since the reading began.
    met: BTreeSet<PathBuf>,
    roster: Option<Roster>,
    list: List,
    today: Option<Day>,
    /// What is to be said of the folder as a whole.
    said: Vec<Message>,
    units: Units,
    standings: Vec<Standing>,
    /// The units in the order of the page.
    order: Vec<usize>,
    /// Those that the filter leaves.
    listed: Vec<usize>,
    /// The chosen line among them.
    chosen: usize,
    /// A key was pressed: until then the first line is the chosen one, whatever comes.
    is_used: bool,
    /// How many files are read, of how many; None: nothing is read now.
    reading: Option<(usize, usize)>,
    filter: Filter,
    typed: String,
    /// What was done, oldest first.
    done: Vec<Done>,
    /// What is being kept.
    keeping: Option<Keeping>,
}

/// Something that was done, to be taken back.
#[derive(Debug)]
struct Done {
    what: Message,
    before: List,
    after: List,
}

/// Something that is not on the disk yet.
#[derive(Debug)]
enum Keeping {
    /// It is done: what is said of it then, and the list before.
    Do(Message, List),
    /// It is taken back.
    Undo(Done),
}

impl FolderPage {
    /// A folder that is not read yet.
    pub(crate) fn new(path: PathBuf, given: Option<PathBuf>) -> Self {
        FolderPage {
            path,
            given,
            files: BTreeMap::new(),
            met: BTreeSet::new(),
            roster: None,
            list: List::default(),
            today: None,
            said: Vec::new(),
            units: Units::default(),
            standings: Vec::new(),
            order: Vec::new(),
            listed: Vec::new(),
            chosen: 0,
            is_used: false,
            reading: None,
            filter: Filter::All,
            typed: String::new(),
            done: Vec::new(),
            keeping: None,
        }
    }

    /// Asks for what changed since it was read.
    pub(crate) fn read(&mut self, prefs: &Prefs, effects: &mut Vec<Effect>) {
        let stamps = self.files.values();
        let known = stamps.filter_map(|file| Some((file.path.clone(), file.stamp?)));
        self.met.clear();
        self.reading = Some((0, 0));
        effects.push(Effect::Folder(FolderWork::Read {
            path: self.path.clone(),
            roster: self.given.clone(),
            known: known.collect(),
            profile: Box::new(prefs.profile.clone()),
        }));
    }

    /// The unit under the cursor.
    fn unit(&self) -> Option<(&Unit, &Standing)> {
        let at = *self.listed.get(self.chosen)?;
        Some((self.units.units.get(at)?, self.standings.get(at)?))
    }

    fn key(&self) -> Option<Key> {
        let (unit, _) = self.unit()?;
        let file = unit.files.first().map(|filed| filed.file.path.clone());
        Some((unit.name.clone(), file))
    }

    /// Makes units of what is known, the cursor staying on its unit.
    fn refresh(&mut self) {
        let key = self.key().filter(|_| self.is_used);
        let files: Vec<Arc<FileOf>> = self.files.values().cloned().collect();
        self.units = units(&self.path, &files, self.roster.as_ref(), &self.list);
        let standing = |unit| Standing::of(unit, &self.path, &self.list, self.today);
        self.standings = self.units.units.iter().map(standing).collect();
        self.order = order(&self.units, &self.standings);
        self.relist(key.as_ref());
    }

    /// Lists what the filter leaves, the cursor on a unit.
    fn relist(&mut self, key: Option<&Key>) {
        let typed = self.typed.to_lowercase();
        let is_listed = |at: &usize| {
            let (unit, standing) = (&self.units.units[*at], &self.standings[*at]);
            let is_named = || {
                let files = unit.files.iter().map(|filed| filed.file.stem());
                let mut names = files.chain([unit.name.clone()]);
                names.any(|name| name.to_lowercase().contains(&typed))
            };
            self.filter.takes(unit, standing) && (typed.is_empty() || is_named())
        };
        self.listed = self.order.iter().copied().filter(is_listed).collect();
        let find = |same: &dyn Fn(&Unit) -> bool| {
            self.listed
                .iter()
                .position(|at| same(&self.units.units[*at]))
        };
        let found = key.and_then(|(name, file)| {
            let first = |unit: &Unit| unit.files.first().map(|filed| filed.file.path.clone());
            find(&|unit| unit.name == *name && first(unit) == *file)
                .or_else(|| find(&|unit| unit.name == *name))
                .or_else(|| {
                    find(&|unit| {
                        file.is_some()
                            && unit
                                .files
                                .iter()
                                .any(|filed| Some(&filed.file.path) == file.as_ref())
                    })
                })
        });
        let last = self.listed.len().saturating_sub(1);
        self.chosen = found.unwrap_or(self.chosen).min(last);
    }

    /// What the shell found.
    pub(crate) fn reply(&mut self, reply: FolderReply, notice: &mut Option<Message>) {
        match reply {
            FolderReply::Opened(_) => {}
            FolderReply::Begun {
                roster,
                list,
                said,
                today,
                count,
            } => {
                self.said = said;
                match roster {
                    Ok(roster) => self.roster = roster,
                    Err(failure) => self.said.push(failure.what),
                }
                let twice = self.roster.iter().flat_map(|roster| &roster.twice);
                let twice = twice.map(|name| {
                    words(
                        "名单里写了两次：{name}",
                        "twice on the list of units: {name}",
                    )
                    .with(vec![("name", name.as_str().into())])
                });
                self.said.extend(twice);
                self.list = list;
                self.today = Some(today);
                self.reading = Some((0, count));
                self.refresh();
            }
            FolderReply::Files {
                files,
                same,
                said,
                ended,
            } => {
                if let Some((done, _)) = &mut self.reading {
                    *done += files.len() + same.len() + said.len();
                }
                self.met.extend(same);
                self.said.extend(said);
                for file in files {
                    self.met.insert(file.path.clone());
                    self.files.insert(file.path.clone(), Arc::new(file));
                }
                if ended {
                    self.reading = None;
                    let met = std::mem::take(&mut self.met);
                    self.files.retain(|path, _| met.contains(path));
                }
                self.refresh();
                if let Some(said) = self.said.first().filter(|_| ended && notice.is_none()) {
                    *notice = Some(match self.said.len() {
                        1 => said.clone(),
                        n => words("{said}（还有 {n} 条，F4 看全部）", "{said} ({n} more: F4)")
                            .with(vec![("said", said.clone().into()), ("n", (n - 1).into())]),
                    });
                }
            }
            FolderReply::Kept(kept) => match (kept, self.keeping.take()) {
                (Ok(kept), keeping) => {
                    self.list = kept.list;
                    let what = match keeping {
                        Some(Keeping::Do(what, before)) => {
                            self.done.push(Done {
                                what: what.clone(),
                                before,
                                after: kept.own,
                            });
                            Some(what)
                        }
                        Some(Keeping::Undo(done)) => Some(undone(&done.what)),
                        None => None,
                    };
                    *notice = kept.said.or(what);
                    self.refresh();
                }
                // The list is as it was; what was to be taken back can still be.
                (Err(failure), keeping) => {
                    if let Some(Keeping::Undo(done)) = keeping {
                        self.done.push(done);
                    }
                    *notice = Some(failure.what);
                }
            },
        }
    }

    /// A command.
    pub(crate) fn command(&mut self, command: Command, cx: &mut Cx<'_>) -> Next {
        let rows = view::rows_of(cx.look).max(1);
        let last = self.listed.len().saturating_sub(1);
        self.is_used = true;
        match command {
            Command::Up => self.chosen = self.chosen.checked_sub(1).unwrap_or(last),
            Command::Down if self.chosen >= last => self.chosen = 0,
            Command::Down => self.chosen += 1,
            Command::PageUp => self.chosen = self.chosen.saturating_sub(rows),
            Command::PageDown => self.chosen = (self.chosen + rows).min(last),
            Command::First | Command::RowStart => self.chosen = 0,
            Command::Last | Command::RowEnd => self.chosen = last,
            Command::NextProblem => self.next_faulty(cx),
            Command::Find => {
                let key = self.key();
                self.filter = self.filter.next();
                self.relist(key.as_ref());
            }
            Command::Backspace | Command::ClearLine => {
                let key = self.key();
                if command == Command::ClearLine {
                    self.typed.clear();
                } else {
                    self.typed.pop();
                }
                self.relist(key.as_ref());
            }
            Command::CheckAll => self.read(cx.prefs, cx.effects),
            Command::Choose => return self.open(),
            Command::Question | Command::ReturnNote => return self.note(cx),
            Command::PassUnit => return self.pass(cx),
            Command::Undo => self.undo(cx),
            Command::Basis => {
                if let Some(said) = self.said.first() {
                    let all = self.said.iter().map(|said| said.text(cx.look.lang));
                    let all: Vec<String> = all.collect();
                    if all.len() == 1 {
                        cx.say(said.clone());
                    } else {
                        return Next::Note(all.join("\n"), None);
                    }
                } else {
                    cx.say(words(
                        "这个文件夹没有别的要说的",
                        "there is nothing else to say about this folder",
                    ));
                }
            }
            Command::Export => self.export(cx),
            Command::Close if !self.typed.is_empty() || self.filter != Filter::All => {
                let key = self.key();
                self.typed.clear();
                self.filter = Filter::All;
                self.relist(key.as_ref());
            }
            Command::RollUp => return Next::RollUp,
            Command::OwnReport => self.own(cx),
            Command::Close => return Next::Menu,
            _ => {}
        }
        Next::Stay
    }

    /// A character: the units whose names hold what is typed are listed.
    pub(crate) fn type_in(&mut self, text: &str) {
        const MOST: usize = 40;
        let key = self.key();
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        if self.typed.chars().count() + text.chars().count() <= MOST {
            self.typed.push_str(&shown(&text));
        }
        self.relist(key.as_ref());
    }

    fn next_faulty(&mut self, cx: &mut Cx<'_>) {
        let is_faulty =
            |at: &usize| Filter::Faulty.takes(&self.units.units[*at], &self.standings[*at]);
        let all = self.listed.len();
        let next = (1..=all).map(|by| (self.chosen + by) % all);
        match next.into_iter().find(|at| is_faulty(&self.listed[*at])) {
            Some(at) => self.chosen = at,
            None => cx.say(words(
                "列出的单位都没有错",
                "no unit that is listed is faulty",
            )),
        }
    }

    /// Enter: the report of the unit, or the question that stands before it.
    fn open(&mut self) -> Next {
        let Some((unit, _)) = self.unit() else {
            return Next::Stay;
        };
        if !unit.maybe.is_empty() {
            let file = unit
                .files
                .first()
                .map(|filed| named(&self.path, &filed.file.path));
            return Next::Ask(Question::Whose {
                file: file.unwrap_or_default(),
                body: unit.name.clone(),
                units: unit.maybe.clone(),
            });
        }
        if unit.is_doubled() {
            let files = unit
                .files
                .iter()
                .map(|filed| named(&self.path, &filed.file.path));
            return Next::Ask(Question::Which {
                unit: unit.name.clone(),
                files: files.collect(),
            });
        }
        match unit.shown() {
            Some(file) => Next::Open(Target::File(file.path.clone())),
            None => Next::Stay,
        }
    }

    /// Opens a file of the folder by its name in the list.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The unit under the cursor whose report can be passed or sent back; why not is said.
    fn actable(&self, cx: &mut Cx<'_>) -> Option<(&Unit, &Standing, &Arc<FileOf>)> {
        let (unit, standing) = self.unit()?;
        if !unit.maybe.is_empty() || unit.is_doubled() {
            cx.say(words(
                "先按回车说清是哪一份",
                "first say which file it is: Enter",
            ));
            return None;
        }
        let Some(file) = unit.shown() else {
            cx.say(words("这家还没有报送", "nothing was sent by this unit yet"));
            return None;
        };
        Some((unit, standing, file))
    }

    fn note(&mut self, cx: &mut Cx<'_>) -> Next {
        let lang = cx.look.lang;
        let Some((unit, standing, file)) = self.actable(cx) else {
            return Next::Stay;
        };
        let name = shown(&unit.name).into_owned();
        let text = match &file.content {
            Ok(content) => note(content, cx.prefs, lang),
            Err(failure) => unread_note(&name, &failure.text(lang), lang),
        };
        let times = standing.returns + 1;
        cx.effects.push(Effect::Copy(text.clone()));
        Next::Note(text, Some((name, times)))
    }

    /// Keeps that the unit under the cursor was sent its note.
    pub(crate) fn send_back(&mut self, unit: &str, effects: &mut Vec<Effect>) {
        let Some((found, standing)) = self.unit().filter(|(found, _)| found.name == unit) else {
            return;
        };
        let Some(file) = found.shown() else { return };
        let said = words(
            "{unit}：已退回 {n} 次；Ctrl+Z 撤销",
            "{unit}: returned {n} times; Ctrl+Z undoes it",
        )
        .with(vec![
            ("unit", unit.into()),
            ("n", (standing.returns + 1).into()),
        ]);
        let change = Change::Return {
            unit: unit.to_owned(),
            file: named(&self.path, &file.path),
            content: file.mark.clone(),
            problems: file.read().map(Content::fault_ids).unwrap_or_default(),
        };
        self.keep(change, said, effects);
    }

    fn pass(&mut self, cx: &mut Cx<'_>) -> Next {
        let Some((unit, standing, file)) = self.actable(cx) else {
            return Next::Stay;
        };
        let name = unit.name.clone();
        if standing.state == State::Passed {
            let said = words(
                "{unit}：收回合格；Ctrl+Z 撤销",
                "{unit}: not passed after all; Ctrl+Z undoes it",
            );
            let said = said.with(vec![("unit", name.as_str().into())]);
            self.keep(Change::Unpass(name), said, cx.effects);
            return Next::Stay;
        }
        let Some(content) = file.read() else {
            cx.say(words(
                "读不了的文件不能判合格",
                "a file that can't be read is not passed",
            ));
            return Next::Stay;
        };
        let is_plain = content.counts.errors + content.counts.missing == 0
            && !content.is_torn()
            && !unit.is_of_other_year();
        if !is_plain {
            return Next::Type(Purpose::PassReason, LineEdit::new(""));
        }
        self.pass_with(String::new(), cx.effects);
        Next::Stay
    }

    /// Keeps that the unit under the cursor passed, with the reason where errors stand.
    pub(crate) fn pass_with(&mut self, reason: String, effects: &mut Vec<Effect>) {
        let Some((unit, _)) = self.unit() else { return };
        let Some(file) = unit.shown() else { return };
        let said = words(
            "{unit}：合格；Ctrl+Z 撤销",
            "{unit}: passed; Ctrl+Z undoes it",
        );
        let said = said.with(vec![("unit", unit.name.as_str().into())]);
        let change = Change::Pass {
            unit: unit.name.clone(),
            file: named(&self.path, &file.path),
            content: file.mark.clone(),
            reason,
        };
        self.keep(change, said, effects);
    }

    /// Keeps whose file it is.
    pub(crate) fn assign(&mut self, file: &str, unit: &str, effects: &mut Vec<Effect>) {
        let said = match unit {
            "" => words(
                "{file}：记为不在名单上；Ctrl+Z 撤销",
                "{file}: of none on the list; Ctrl+Z undoes it",
            ),
            _ => words(
                "{file}：记为{unit}的；Ctrl+Z 撤销",
                "{file}: of {unit}; Ctrl+Z undoes it",
            ),
        };
        let said = said.with(vec![("file", file.into()), ("unit", unit.into())]);
        let (file, unit) = (file.to_owned(), unit.to_owned());
        self.keep(Change::Assign { file, unit }, said, effects);
    }

    /// Keeps which file of a unit counts.
    pub(crate) fn choose_file(&mut self, unit: &str, file: &str, effects: &mut Vec<Effect>) {
        let said = words(
            "{unit}：用 {file}；Ctrl+Z 撤销",
            "{unit}: {file} counts; Ctrl+Z undoes it",
        );
        let said = said.with(vec![("unit", unit.into()), ("file", file.into())]);
        let (unit, file) = (unit.to_owned(), file.to_owned());
        self.keep(Change::Choose { unit, file }, said, effects);
    }

    fn undo(&mut self, cx: &mut Cx<'_>) {
        let Some(done) = self.done.pop() else {
            cx.say(words("没有可以撤销的", "nothing to undo"));
            return;
        };
        let change = Change::Undo {
            before: Box::new(done.before.clone()),
            after: Box::new(done.after.clone()),
        };
        self.keeping = Some(Keeping::Undo(done));
        self.ask_to_keep(change, cx.effects);
    }

    fn keep(&mut self, change: Change, said: Message, effects: &mut Vec<Effect>) {
        self.keeping = Some(Keeping::Do(said, self.list.clone()));
        self.ask_to_keep(change, effects);
    }

    fn ask_to_keep(&self, change: Change, effects: &mut Vec<Effect>) {
        effects.push(Effect::Folder(FolderWork::Keep {
            path: self.path.clone(),
            base: Box::new(self.list.clone()),
            change,
        }));
    }

    /// Whether its files are being read.
    pub(crate) fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// The folder rolled up, as far as it is read.
    #[must_use]
    pub fn rolled(&self) -> Rolled {
        let files: Vec<Arc<FileOf>> = self.files.values().cloned().collect();
        Rolled::of(&self.path, &files, self.roster.as_ref(), &self.list)
    }

    /// Keeps that the report of the unit under the cursor is the government's own, or that
    /// it is not after all.
    fn own(&mut self, cx: &mut Cx<'_>) {
        let Some((unit, _, file)) = self.actable(cx) else {
            return;
        };
        let file = named(&self.path, &file.path);
        let mut rolling = self.list.rolling();
        let said = if rolling.own == file {
            rolling.own.clear();
            words(
                "{unit}：不再是本级的报告；Ctrl+Z 撤销",
                "{unit}: not the government's own after all; Ctrl+Z undoes it",
            )
        } else {
            rolling.own = file;
            words(
                "{unit}：汇总时是本级机关自己的报告；Ctrl+Z 撤销",
                "{unit}: the government's own report in the roll-up; Ctrl+Z undoes it",
            )
        };
        let said = said.with(vec![("unit", unit.name.as_str().into())]);
        self.keep(Change::Roll(rolling), said, cx.effects);
    }

    /// Keeps what was chosen for the roll-up.
    pub(crate) fn keep_rolling(
        &mut self,
        rolling: Rolling,
        said: Message,
        effects: &mut Vec<Effect>,
    ) {
        self.keep(Change::Roll(rolling), said, effects);
    }

    /// Writes the list of units beside the files: a table of its own, never one of theirs.
    fn export(&self, cx: &mut Cx<'_>) {
        let listing = crate::paper::listing::Listing {
            folder: &self.path,
            units: &self.units,
            standings: &self.standings,
            has_roster: self.roster.is_some(),
        };
        let text = format!("\u{feff}{}", listing.csv(cx.look.lang));
        cx.effects.push(Effect::Export {
            files: vec![super::input::Leaf {
                path: self.path.join("勾稽审核-清单.csv"),
                bytes: text.into_bytes(),
            }],
            replace: true,
        });
    }
}

/// What is said of a change that was taken back.
fn undone(what: &Message) -> Message {
    words("撤销了（{what}）", "undone ({what})").with(vec![("what", what.clone().into())])
}

/// The return note of a report.
fn note(content: &Content, prefs: &Prefs, lang: Lang) -> String {
    let report = &content.report;
    let findings = check(&Judging {
        blanks: Blanks::of(report, content.format == &NATIVE),
        profile: &prefs.profile,
        ..Judging::of(report, &Texts::of(report))
    });
    let suspects = suspects(report, &Hints::of(&findings, Vec::new()));
    let checked = Checked {
        file: "",
        format: content.format.key,
        report,
        origins: &content.origins,
        findings: &findings,
        suspects: &suspects,
        notes: &content.notes,
        profile: &prefs.profile,
    };
    return_note::note(&checked, lang)
}

/// The note on a file that could not be read.
fn unread_note(unit: &str, failure: &str, lang: Lang) -> String {
    let title = words("退回意见：{unit}", "Return note: {unit}");
    let title = title.with(vec![("unit", unit.into())]).text(lang);
    let said = words(
        "报送的文件读不出来，请换一种格式重报。",
        "The file that was sent cannot be read. Please send it in another format.",
    );
    let mut lines = failure.lines();
    // The name of the file is of no use to who has it under another one.
    lines.next();
    let why: Vec<&str> = lines.collect();
    format!("{title}\n{}\n{}\n", said.get(lang), why.join("\n"))
}
