//! What the export screen holds: what can be written, what is wanted, where it
//! goes and what came of it.
//!
//! The editor's own file is not among it: that one is saved, and keeps what is
//! not for publication.
//!
//! **Never:** touches a disk; names a format that `format` does not; writes over a file
//! without asking.
//! Next: `view` for how it looks.

mod view;

use std::path::{Path, PathBuf};

use crate::base::failure::Failure;
use crate::base::number::narrow;
use crate::base::path::{file_name, file_stem};
use crate::base::sheet::Sheet;
use crate::base::words::{Lang, Message, Words, words};
use crate::check::{Blanks, Counts, Findings, Input, Texts, check};
use crate::format::{self, CSV, DOCX, FORMATS, Format, HTML, NATIVE, TEXT, Writing, XLSX};
use crate::model::Report;
use crate::paper::{Checked, blanks, problems, return_note, rollup, signoff, zeroed};
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::{Effect, Leaf, Listing, Outcome};
use crate::tui::keymap::Context;
use crate::tui::panel::{Panel, outside};
use crate::tui::path_line::{Meant, PathLine};
use crate::tui::picker::{Picked, Picker};
use crate::tui::report::ReportScreen;
use crate::tui::turn::{Cx, Look, Next};

/// Most bytes of a title that become the name of a file: 60 Chinese characters.
const LONGEST: usize = 180;

/// The export screen.
#[derive(Debug)]
pub struct Export {
    /// What can be written, and whether it is wanted.
    pub items: Vec<Item>,
    /// The chosen line of the stage.
    picker: Picker,
    /// The folder that files go to.
    pub folder: String,
    /// The name of the files, without what each of them adds.
    pub stem: String,
    /// Whether blanks are written as 0; None while nobody was asked.
    pub zeros: Option<bool>,
    /// Whether sentences that are still last year's make it a draft; None while nobody was
    /// asked.
    pub marks: Option<bool>,
    /// What the report is like.
    pub state: State,
    /// How far it is.
    pub stage: Stage,
    /// What became of each file.
    pub done: Vec<Done>,
    /// Blanks that were written as 0 or as sums.
    pub filled: usize,
    /// Where the copied note is kept.
    pub copied: Option<PathBuf>,
    /// Files that an answer is waited for, by their places in `done`.
    pub(in crate::tui) waiting: Vec<usize>,
}

/// Something that can be written.
#[derive(Debug)]
pub struct Item {
    /// What it is.
    pub what: What,
    /// Whether it is wanted.
    pub is_wanted: bool,
}

/// What can be written of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The report.
    Report(&'static Format),
    /// What goes into the editor of a web site.
    Fragment,
    /// The check sheet.
    Sheet(&'static Format),
    /// The return note.
    Note,
}

/// What the checklist says of a report.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// Its problems.
    pub counts: Counts,
    /// Explained problems, errors among them.
    pub explained: usize,
    /// Blank cells.
    pub blanks: usize,
    /// Sentences that are still last year's and were to be written anew.
    pub untouched: usize,
}

/// How far an export is.
#[derive(Debug)]
pub enum Stage {
    /// What is wanted is chosen.
    Choose,
    /// The folder is typed.
    Folder(Box<PathLine>),
    /// It is asked whether blanks become 0.
    Blanks,
    /// It is asked whether sentences of last year's make it a draft.
    Untouched,
    /// It is asked whether files may be replaced.
    Exists,
    /// It is told what was written.
    Done,
}

/// A file of an export.
#[derive(Debug)]
pub struct Done {
    /// Where it goes; its full path once that is known.
    pub path: PathBuf,
    /// What it holds, while it is not written.
    pub(in crate::tui) bytes: Vec<u8>,
    /// What became of it.
    pub outcome: Option<Outcome>,
}

/// Everything that can be written, documents first.
fn all() -> Vec<What> {
    let mut all = Vec::new();
    for format in FORMATS.iter().filter(|format| format.can_write()) {
        if *format != &NATIVE {
            all.push(What::Report(format));
        }
        if *format == &HTML {
            all.push(What::Fragment);
        }
    }
    all.extend(format::of_sheets().map(What::Sheet));
    all.push(What::Note);
    all
}

impl What {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> Message {
        match self {
            What::Report(format) => format.name.into(),
            What::Fragment => {
                words("网页片段，贴进网站后台", "part of a page, for an editor").into()
            }
            What::Sheet(format) => words("{name}（{format}）", "{name} ({format})").with(vec![
                ("name", signoff::NAME.into()),
                ("format", format.name.into()),
            ]),
            What::Note => words("{name}，也复制", "{name}, copied too")
                .with(vec![("name", return_note::NAME.into())]),
        }
    }

    /// What the name of its file adds to that of the report.
    #[must_use]
    pub fn ending(self, lang: Lang) -> String {
        let added = |name: Words| format!("-{}", name.get(lang).replace(' ', "-"));
        let (added, format) = match self {
            What::Report(format) => (String::new(), format),
            What::Fragment => (added(words("片段", "fragment")), &HTML),
            What::Sheet(format) => (added(signoff::NAME), format),
            What::Note => (added(return_note::NAME), &TEXT),
        };
        let extension = format.extensions.first().copied().unwrap_or_default();
        format!("{added}.{extension}")
    }

    /// Whether it holds the cells of the report.
    fn is_report(self) -> bool {
        matches!(self, What::Report(_) | What::Fragment)
    }

    /// Whether it is marked while the report is a draft.
    fn marks_drafts(self) -> bool {
        match self {
            What::Report(format) => format.marks_drafts,
            What::Fragment => HTML.marks_drafts,
            What::Sheet(_) | What::Note => false,
        }
    }
}

impl Export {
    /// The screen on what is handed in and what is posted, or on the check sheet alone.
    pub(crate) fn for_command(report: &ReportScreen, command: Command) -> Self {
        // Plain text while neither document is written.
        let documents = [&DOCX, &HTML].into_iter();
        let documents: Vec<_> = documents.filter(|format| format.can_write()).collect();
        Export::new(report, |what| match (command, what) {
            (Command::CheckSheet, What::Sheet(_)) => true,
            (Command::CheckSheet, _) => false,
            // The workbook alone holds the sources.
            (_, What::Report(format)) if report.rolled.is_some() => {
                format == &XLSX || format == &NATIVE
            }
            (_, What::Report(format)) if documents.is_empty() => format == &TEXT,
            (_, What::Report(format)) => documents.contains(&format),
            _ => false,
        })
    }

    /// The screen on one format, and on the path that was typed for it.
    pub(crate) fn for_path(report: &ReportScreen, format: &'static Format, path: &Path) -> Self {
        let mut export = Export::new(report, |what| what == What::Report(format));
        export.name(path);
        export
    }

    /// The chosen line of the stage.
    #[must_use]
    pub fn chosen(&self) -> usize {
        self.picker.chosen
    }

    /// The screen as it opens; `wanted` says what is chosen at first.
    pub(in crate::tui) fn new(report: &ReportScreen, wanted: impl Fn(What) -> bool) -> Self {
        let findings = findings(report, report.report());
        let items = all().into_iter().map(|what| Item {
            what,
            is_wanted: wanted(what),
        });
        let items: Vec<Item> = items.collect();
        Export {
            picker: Picker::at(items.iter().position(|item| item.is_wanted).unwrap_or(0)),
            items,
            folder: folder(report),
            stem: stem(report),
            zeros: None,
            marks: None,
            state: State {
                counts: findings.counts(),
                explained: findings
                    .problems
                    .iter()
                    .filter(|p| p.is_explained())
                    .count(),
                blanks: blanks(report.report()),
                untouched: report.untouched(),
            },
            stage: Stage::Choose,
            done: Vec::new(),
            filled: 0,
            copied: None,
            waiting: Vec::new(),
        }
    }

    /// The files get the name and the folder of this path, as far as it has them.
    pub(in crate::tui) fn name(&mut self, path: &Path) {
        if let Some(folder) = path.parent().filter(|at| !at.as_os_str().is_empty()) {
            self.folder = folder.display().to_string();
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let stem = file_stem(&name, usize::MAX);
        if !stem.is_empty() {
            self.stem = stem;
        }
    }

    /// What its question may be answered with.
    #[must_use]
    pub(in crate::tui) fn answers(&self) -> &'static [Words] {
        const BLANKS: &[Words] = &[
            words("留空，照原样写", "leave them blank, as they are"),
            words(
                "按 0 写，空总计按各项之和写（报告本身不变）",
                "write 0, and sums into blank totals (the report stays as it is)",
            ),
            words("返回", "back"),
        ];
        const EXISTS: &[Words] = &[
            words("替换它们", "replace them"),
            words("不写这些", "leave them as they are"),
        ];
        const UNTOUCHED: &[Words] = &[
            words("标【送审稿】写出", "mark the files as drafts (送审稿)"),
            words(
                "都看过了，今年仍然这样写：不标",
                "I looked at them all, and they hold this year too: no mark",
            ),
            words("返回，先重写", "back, to write them anew first"),
        ];
        match self.stage {
            Stage::Blanks => BLANKS,
            Stage::Untouched => UNTOUCHED,
            Stage::Exists => EXISTS,
            Stage::Choose | Stage::Folder(_) | Stage::Done => &[],
        }
    }

    /// Whether a line is being typed.
    #[must_use]
    pub fn types(&self) -> bool {
        matches!(self.stage, Stage::Folder(_))
    }

    /// Whether what is wanted has blank cells to speak of.
    pub(in crate::tui) fn must_ask(&self) -> bool {
        let mut wanted = self.items.iter().filter(|item| item.is_wanted);
        self.zeros.is_none() && self.state.blanks > 0 && wanted.any(|item| item.what.is_report())
    }

    /// Whether what is wanted has sentences of last year to speak of, and nothing else
    /// makes it a draft.
    fn must_ask_of_untouched(&self) -> bool {
        let mut wanted = self.items.iter().filter(|item| item.is_wanted);
        let is_open = self.marks.is_none() && self.state.untouched > 0;
        is_open && self.state.counts.errors == 0 && wanted.any(|item| item.what.marks_drafts())
    }

    /// Whether sentences of last year make it a draft.
    pub(in crate::tui) fn is_untouched(&self) -> bool {
        self.state.untouched > 0 && self.marks != Some(false)
    }

    /// Makes everything that is wanted; answers with the files to be written.
    pub(in crate::tui) fn make(&mut self, report: &ReportScreen, lang: Lang) -> Vec<Leaf> {
        let (content, filled) = match self.zeros {
            Some(true) => zeroed(report.report()),
            _ => (report.report().clone(), 0),
        };
        self.filled = filled;
        let findings = findings(report, &content);
        let checked = report.checked(&content, &findings);
        let is_draft = findings.counts().errors > 0 || self.is_untouched();
        // What is published bears no problems.
        let found = is_draft.then(|| problems::sheet(&checked, lang));
        let mut sheets: Vec<Sheet> = found.into_iter().collect();
        if let Some(rolled) = report.rolled.as_deref() {
            sheets.extend(rollup::sheets(&rolled.rollup, lang));
        }
        let wanted = self.items.iter().filter(|item| item.is_wanted);
        let done = wanted.map(|item| {
            let path = self.path(report, item.what, lang);
            match bytes(item.what, &checked, (is_draft, &sheets), lang) {
                Ok(bytes) => Done {
                    path,
                    bytes,
                    outcome: None,
                },
                Err(failure) => Done {
                    path,
                    bytes: Vec::new(),
                    outcome: Some(Outcome::Failed(failure)),
                },
            }
        });
        self.done = done.collect();
        self.waiting_for(|done| done.outcome.is_none())
    }

    /// The files of which this is true, to be written; their answers are waited
    /// for.
    pub(in crate::tui) fn waiting_for(&mut self, which: impl Fn(&Done) -> bool) -> Vec<Leaf> {
        let done = self.done.iter().enumerate();
        self.waiting = done
            .filter(|(_, done)| which(done))
            .map(|(at, _)| at)
            .collect();
        let leaf = |at: &usize| Leaf {
            path: self.done[*at].path.clone(),
            bytes: self.done[*at].bytes.clone(),
        };
        self.waiting.iter().map(leaf).collect()
    }

    /// Where a file goes; never over what the report was read from.
    fn path(&self, report: &ReportScreen, what: What, lang: Lang) -> PathBuf {
        let named = |added: &str| {
            let ending = format!("{added}{}", what.ending(lang));
            Path::new(&self.folder).join(file_name(&self.stem, &ending))
        };
        let file = &report.file;
        let path = named("");
        let is_read = [&file.source, &file.path]
            .into_iter()
            .flatten()
            .any(|read| *read == path);
        if is_read { named("-1") } else { path }
    }
}

impl Export {
    fn at_first(&mut self, stage: Stage) {
        self.stage = stage;
        self.picker = Picker::default();
    }

    fn type_folder(&mut self, effects: &mut Vec<Effect>) {
        self.picker.chosen = self.items.len();
        // What stands in it is listed, not what stands beside it.
        let folder = format!("{}/", self.folder.trim_end_matches('/'));
        let mut line = PathLine::folder(&folder);
        line.ask(effects);
        self.stage = Stage::Folder(Box::new(line));
    }

    /// Takes the list of a folder.
    pub(in crate::tui) fn listed(&mut self, listing: Listing, effects: &mut Vec<Effect>) {
        if let Stage::Folder(line) = &mut self.stage {
            line.listed(listing, effects);
        }
    }

    /// What became of the files; asks once for all that exist already.
    pub(in crate::tui) fn exported(&mut self, outcomes: Vec<(PathBuf, Outcome)>) {
        let waiting = std::mem::take(&mut self.waiting);
        for (at, (path, outcome)) in waiting.into_iter().zip(outcomes) {
            let done = &mut self.done[at];
            done.path = path;
            done.outcome = Some(outcome);
        }
        let exists = |done: &Done| done.outcome == Some(Outcome::Exists);
        self.at_first(if self.done.iter().any(exists) {
            Stage::Exists
        } else {
            Stage::Done
        });
    }

    /// How many places the cursor of this stage has.
    fn len(&self, look: Look) -> usize {
        match self.stage {
            Stage::Choose | Stage::Folder(_) => self.items.len() + 1,
            Stage::Blanks | Stage::Untouched | Stage::Exists => self.answers().len(),
            Stage::Done => view::positions(look, self),
        }
    }

    /// A command while the folder is typed.
    fn in_folder(&mut self, command: Command, cx: &mut Cx<'_>) -> Next {
        let Stage::Folder(line) = &mut self.stage else {
            return Next::Stay;
        };
        match line.command(command, cx) {
            Meant::Path(folder) => {
                let folder = folder.trim();
                if !folder.is_empty() {
                    folder.clone_into(&mut self.folder);
                }
                // On to the formats: the next Enter writes.
                self.at_first(Stage::Choose);
            }
            Meant::Other => self.stage = Stage::Choose,
            Meant::Stay | Meant::Target(_) => {}
        }
        Next::Stay
    }

    /// Enter, or the digit of an answer.
    fn choose(&mut self, at: usize, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        match (&self.stage, at) {
            (Stage::Choose, at) if at == self.items.len() => self.type_folder(cx.effects),
            (Stage::Choose, _) => self.start(report, cx),
            (Stage::Blanks, 0 | 1) => {
                self.zeros = Some(at == 1);
                self.start(report, cx);
            }
            (Stage::Untouched, 0 | 1) => {
                self.marks = Some(at == 0);
                self.start(report, cx);
            }
            (Stage::Blanks | Stage::Untouched, _) => self.at_first(Stage::Choose),
            (Stage::Exists, 0) => {
                let files = self.waiting_for(|done| done.outcome == Some(Outcome::Exists));
                self.at_first(Stage::Done);
                cx.effects.push(Effect::Export {
                    files,
                    replace: true,
                });
            }
            (Stage::Exists, _) => self.at_first(Stage::Done),
            (Stage::Folder(_), _) => {}
            (Stage::Done, _) => return Next::Close,
        }
        Next::Stay
    }

    /// Writes what is wanted; asks first what becomes of blanks, and of sentences that are
    /// still last year's.
    fn start(&mut self, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) {
        let Some(report) = report else { return };
        let mut wanted = self.items.iter().filter(|item| item.is_wanted);
        if wanted.clone().next().is_none() {
            cx.say(words("还没有勾选要写的", "nothing is chosen yet"));
        } else if self.must_ask() {
            self.at_first(Stage::Blanks);
        } else if self.must_ask_of_untouched() {
            self.at_first(Stage::Untouched);
        } else {
            if wanted.any(|item| item.what == What::Note) {
                cx.effects.push(Effect::Copy(note(report, cx.look.lang)));
            }
            cx.effects.push(Effect::Export {
                files: self.make(report, cx.look.lang),
                replace: false,
            });
            self.at_first(Stage::Done);
        }
    }

    /// A character while what is wanted is chosen.
    fn mark(&mut self, c: char, effects: &mut Vec<Effect>) {
        let number = narrow(c).to_digit(10).map(|number| number as usize);
        let is_space = matches!(c, ' ' | '\u{3000}');
        let folder = self.items.len();
        if number == Some(0) || (is_space && self.picker.chosen == folder) {
            return self.type_folder(effects);
        }
        let chosen = is_space.then_some(self.picker.chosen);
        let at = number.map(|number| number - 1).or(chosen);
        if let Some((at, item)) = at.and_then(|at| Some((at, self.items.get_mut(at)?))) {
            item.is_wanted = !item.is_wanted;
            self.picker.chosen = at;
        }
    }
}

impl Panel for Export {
    fn context(&self) -> Context {
        if self.types() {
            Context::Prompt
        } else {
            Context::List
        }
    }

    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        if self.types() {
            return self.in_folder(command, cx);
        }
        let len = self.len(cx.look);
        match (self.picker.command(command, len, cx.look), &self.stage) {
            (Picked::Chosen(at), _) => return self.choose(at, report, cx),
            (Picked::No, Stage::Choose | Stage::Done) => return outside(command),
            (Picked::No, Stage::Blanks | Stage::Untouched) if command == Command::Close => {
                self.at_first(Stage::Choose);
            }
            (Picked::No, Stage::Exists) if command == Command::Close => {
                self.at_first(Stage::Done);
            }
            (Picked::Moved | Picked::No, _) => {}
        }
        Next::Stay
    }

    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        match &mut self.stage {
            Stage::Folder(line) => line.insert(c.encode_utf8(&mut [0; 4]), cx),
            Stage::Choose => self.mark(c, cx.effects),
            Stage::Blanks | Stage::Untouched | Stage::Exists => {
                if let Some(number @ 1..) = narrow(c).to_digit(10) {
                    return self.choose(number as usize - 1, report, cx);
                }
            }
            Stage::Done => {}
        }
        Next::Stay
    }

    fn pasted(&mut self, text: &str, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        if let Stage::Folder(line) = &mut self.stage {
            line.insert(text, cx);
        }
        Next::Stay
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        view::draw(self, report, canvas)
    }
}

/// The problems of a finished report: blanks count as 0, as for `gouji check`.
fn findings(report: &ReportScreen, content: &Report) -> Findings {
    check(&Input {
        blanks: Blanks::keyed(content.form(), report.keying.iter().copied()),
        beside: report.beside(),
        profile: &report.profile,
        ..Input::of(content, &Texts::of(content))
    })
}

fn bytes(
    what: What,
    checked: &Checked,
    (is_draft, sheets): (bool, &[Sheet]),
    lang: Lang,
) -> Result<Vec<u8>, Failure> {
    let report = |format: &'static Format, fragment: bool| {
        let how = Writing {
            is_draft,
            fragment,
            // The screen writes for people, whose Excel asks for the mark.
            bom: format == &CSV,
            sheets: sheets.to_vec(),
        };
        format::write(checked.report, format, &how)
    };
    match what {
        What::Report(format) => report(format, false),
        What::Fragment => report(&HTML, true),
        What::Sheet(format) => format::write_sheet(&signoff::sheet(checked, lang), format),
        What::Note => Ok(return_note::note(checked, lang).into_bytes()),
    }
}

/// The return note of a report.
#[must_use]
pub(in crate::tui) fn note(report: &ReportScreen, lang: Lang) -> String {
    let findings = findings(report, report.report());
    let checked = report.checked(report.report(), &findings);
    return_note::note(&checked, lang)
}

/// The folder of the report's file, or of what it was read from.
fn folder(report: &ReportScreen) -> String {
    // In the folder itself the sum would be one of its units' files.
    let rolled = report.rolled.as_deref();
    if let Some(beside) = rolled.and_then(|rolled| rolled.folder.parent()) {
        return beside.display().to_string();
    }
    let file = report.file.path.as_ref().or(report.file.source.as_ref());
    let folder = file
        .and_then(|path| path.parent())
        .map(|path| path.display().to_string());
    folder
        .filter(|folder| !folder.is_empty())
        .unwrap_or_else(|| ".".to_owned())
}

/// The name of the report's file without its ending, else its title.
fn stem(report: &ReportScreen) -> String {
    let file = report.file.path.as_ref().or(report.file.source.as_ref());
    let named = file.and_then(|path| path.file_stem());
    let head = report.report().head();
    let of_body = || {
        let year = head.year.map(|year| year.to_string()).unwrap_or_default();
        format!("{}{year}", head.body)
    };
    let named = named.map(|name| file_stem(&name.to_string_lossy(), usize::MAX));
    let rolled = report.rolled.as_deref();
    let of_folder = rolled.and_then(|rolled| rolled.folder.file_name());
    let of_folder = of_folder.map(|name| format!("{}汇总", name.to_string_lossy()));
    if let Some(name) = of_folder.filter(|_| head.body.is_empty()) {
        return file_stem(&name, LONGEST);
    }
    let texts = [head.title.clone(), of_body(), "报告".to_owned()];
    let texts = texts.iter().map(|text| file_stem(text, LONGEST));
    let mut stems = named.into_iter().chain(texts);
    stems.find(|name| !name.is_empty()).unwrap_or_default()
}

impl ReportScreen {
    /// Its content as judged, for who prints it.
    fn checked<'a>(&'a self, content: &'a Report, findings: &'a Findings) -> Checked<'a> {
        Checked {
            file: "",
            format: NATIVE.key,
            report: content,
            origins: &self.origins,
            findings,
            suspects: self.suspects(),
            notes: &self.notes,
            profile: &self.profile,
        }
    }
}
