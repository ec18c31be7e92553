//! What goes out of the program besides its results: check sheets and return notes of
//! `check`; of `convert` the report itself, marked as a draft while it has errors, its
//! blanks written out where that is asked, a workbook that is a draft with its problems.
//!
//! **Never:** writes over a file without `--force`; mixes lines for scripts into a sheet
//! that goes to the output; keeps back that a file is marked or that blanks became 0.
//! Next: `paper` for what they say, `target` for where they go.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::sheet::Sheet;
use crate::base::words::{Lang, Message, Words, words};
use crate::check::readings::Suspects;
use crate::check::{Blanks, Input, Texts, check};
use crate::format::{self, Format, HTML, NATIVE, Writing};
use crate::model::Report;
use crate::paper::{Checked, problems, return_note, signoff, zeroed};
use crate::store::last::Last;

use super::source::Source;
use super::target::{paper, put};
use super::{Exit, Given, Io, options};

/// The line between the notes of two reports.
const BETWEEN: &str = "\n--------------------------------\n\n";

/// What was asked for, and where it goes.
pub(super) struct Papers {
    signoff: Option<(PathBuf, &'static Format)>,
    note: Option<PathBuf>,
}

/// What one report gave.
pub(super) struct Paper {
    sheet: Option<Sheet>,
    note: Option<String>,
}

impl Papers {
    /// What the arguments ask for.
    ///
    /// # Errors
    /// Where the name of the check sheet says no format that sheets have.
    pub(super) fn of(given: &Given) -> Result<Self, Failure> {
        let path = |opt| given.asked(opt).map(PathBuf::from);
        let format = |path: PathBuf| format_of(&path).map(|format| (path, format));
        Ok(Papers {
            signoff: path(&options::SIGNOFF).map(format).transpose()?,
            note: path(&options::RETURN),
        })
    }

    /// Whether what could mend the tables is wanted.
    pub(super) fn wants_suspects(&self) -> bool {
        self.note.is_some()
    }

    /// Whether the output is theirs, and nothing else goes there.
    pub(super) fn takes_output(&self) -> bool {
        let signoff = self.signoff.iter().map(|(path, _)| path);
        signoff.chain(&self.note).any(|path| is_output(path))
    }

    /// What one report gives, where anything was asked for.
    pub(super) fn made(&self, checked: &Checked, lang: Lang) -> Option<Paper> {
        let sheet = self.signoff.as_ref().map(|_| signoff::sheet(checked, lang));
        let note = self.note.as_ref().map(|_| return_note::note(checked, lang));
        (sheet.is_some() || note.is_some()).then_some(Paper { sheet, note })
    }

    /// Writes what all reports gave.
    pub(super) fn write(&self, papers: Vec<Paper>, given: &Given, io: &mut Io) -> Exit {
        let (mut sheets, mut notes) = (Vec::new(), Vec::new());
        for paper in papers {
            sheets.extend(paper.sheet);
            notes.extend(paper.note);
        }
        let signed = self.signoff.as_ref().filter(|_| !sheets.is_empty());
        let signed = signed.map(|(path, format)| {
            let bytes = one(&sheets).and_then(|sheet| format::write_sheet(sheet, format));
            (path, signoff::NAME, bytes)
        });
        let of_note = self.note.as_ref().filter(|_| !notes.is_empty());
        let of_note = of_note.map(|path| {
            let text = notes.join(BETWEEN);
            (path, return_note::NAME, Ok(text.into_bytes()))
        });
        let mut worst = Exit::Clean;
        for (path, name, bytes) in signed.into_iter().chain(of_note) {
            let over = paper(given.has(&options::FORCE));
            match bytes.and_then(|bytes| put(path, &bytes, over, io, given.lang)) {
                Ok(()) => say_written(path, name, given, io),
                Err(failure) => worst = io.fail(&failure, given.lang),
            }
        }
        worst
    }
}

fn say_written(path: &Path, name: Words, given: &Given, io: &mut Io) {
    if is_output(path) {
        return;
    }
    let said = words("{name}写到 {path}", "{name} written to {path}").with(vec![
        ("name", name.into()),
        ("path", shown_path(path).into()),
    ]);
    io.tell(&said.text(given.lang));
}

fn is_output(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The only sheet: one is signed for one report.
fn one(sheets: &[Sheet]) -> Result<&Sheet, Failure> {
    if let [sheet] = sheets {
        Ok(sheet)
    } else {
        let what = words(
            "核验单一次写一份报告的，这里有 {n} 份",
            "a check sheet is for one report; {n} were given",
        );
        let hint = words("一份一份地写", "write them one by one");
        Err(Failure::user(what.with(vec![("n", sheets.len().into())])).hint(hint))
    }
}

/// The format that a sheet of this name has; text on the output.
fn format_of(path: &Path) -> Result<&'static Format, Failure> {
    let mut formats = format::of_sheets();
    if is_output(path) {
        return Ok(formats.next().expect("sheets are written as text"));
    }
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    let is_its = |format: &&Format| {
        let first = format.extensions.first();
        first.is_some_and(|first| first.eq_ignore_ascii_case(extension))
    };
    formats.find(is_its).ok_or_else(|| {
        let what = words(
            "核验单不能写成 {file}",
            "a check sheet is not written as {file}",
        );
        let hint = words("扩展名可以是：{endings}", "its ending may be: {endings}");
        let endings: Vec<String> = format::of_sheets()
            .filter_map(|format| format.extensions.first())
            .map(|ending| format!(".{ending}"))
            .collect();
        Failure::user(what.with(vec![("file", shown_path(path).into())]))
            .hint(hint.with(vec![("endings", endings.join(" ").into())]))
    })
}

/// Whether what is asked for can be done in this format.
///
/// # Errors
/// Where a part of a web page is asked for in another format, or a draft's mark where
/// there is none.
pub(super) fn fits(given: &Given, format: &'static Format) -> Result<(), Failure> {
    if given.has(&options::FRAGMENT) && format != &HTML {
        let what = words(
            "--fragment 只用于网页，不用于{format}",
            "--fragment is for web pages, not for a {format}",
        );
        return Err(Failure::user(
            what.with(vec![("format", format.name.into())]),
        ));
    }
    if given.value(&options::DRAFT_OF).is_some() && !format.marks_drafts {
        let what = words(
            "--last 只用于给人看的文件，不用于{format}",
            "--last is for what people read, not for a {format}",
        );
        return Err(Failure::user(
            what.with(vec![("format", format.name.into())]),
        ));
    }
    Ok(())
}

/// The report with its blanks written out, and what is said of that.
pub(super) fn filled(given: &Given, source: &Source) -> Option<(Report, Message)> {
    if !given.has(&options::ZEROS) {
        return None;
    }
    let (filled, count) = zeroed(&source.report);
    let said = words(
        "{n} 个空白格按 0 写了，空总计按各项之和",
        "{n} blank cells are written as 0, blank totals as their sums",
    );
    Some((filled, said.with(vec![("n", count.into())])))
}

/// What no other file than the editor's own takes along, if the report has any.
pub(super) fn left_behind(report: &Report, format: &'static Format) -> Option<Message> {
    let parts = [
        report.remarks().len(),
        report.questions().len(),
        report.unplaced().len(),
    ];
    if format == &NATIVE || parts == [0; 3] {
        return None;
    }
    let said = words(
        "{format}里没有这些：说明 {n} 处，疑问 {k} 处，没有找到位置的内容 {m} 处；要留着就保存成 json",
        "not in a {format}: explanations {n}, questions {k}, unplaced pieces {m}; json keeps them",
    );
    Some(said.with(vec![
        ("format", format.name.into()),
        ("n", parts[0].into()),
        ("k", parts[1].into()),
        ("m", parts[2].into()),
    ]))
}

/// How many characters that steer a terminal are left out of what is written.
pub(super) fn steering(report: &Report) -> Option<Message> {
    let said = words(
        "去掉了 {n} 个控制字符或改变文字方向的字符",
        "{n} control or direction characters were left out",
    );
    let count = report.printable().1;
    (count > 0).then(|| said.with(vec![("n", count.into())]))
}

/// The report as it goes out, and how it is written.
///
/// # Errors
/// Where the profile can't be read.
pub(super) fn prepared(
    given: &Given,
    source: &Source,
    format: &'static Format,
    io: &mut Io,
) -> Result<(Report, Writing), Failure> {
    let lang = given.lang;
    let fragment = given.has(&options::FRAGMENT);
    let profile = given.profile(io)?;
    let mut report = source.report.clone();
    if let Some((filled, said)) = filled(given, source) {
        report = filled;
        io.tell(&said.text(lang));
    }
    let findings = check(&Input {
        blanks: Blanks::of(&report, source.format == &NATIVE),
        profile: &profile,
        ..Input::of(&report, &Texts::of(&report))
    });
    let checked = Checked {
        file: &source.name,
        format: source.format.key,
        report: &report,
        origins: &source.origins,
        findings: &findings,
        suspects: &Suspects::default(),
        notes: &source.notes,
        profile: &profile,
    };
    if let Some(said) = steering(&report).filter(|_| format != &NATIVE) {
        io.tell(&said.text(lang));
    }
    let errors = findings.counts().errors;
    let untouched = untouched(given, source, format, io)?;
    let is_draft = errors > 0 || untouched > 0;
    // What is published bears no problems.
    let found = is_draft.then(|| problems::sheet(&checked, lang));
    let how = Writing {
        is_draft,
        fragment,
        sheets: found.into_iter().collect(),
        ..Writing::default()
    };
    for (count, said) in [
        (
            errors,
            words(
                "有 {n} 处错误，文件标为【送审稿】",
                "{n} errors: the file is marked as a draft (送审稿)",
            ),
        ),
        (
            untouched,
            words(
                "正文有 {n} 句还是去年的，没有重写，文件标为【送审稿】",
                "sentences of last year not written anew: {n}; the file is marked as a draft (送审稿)",
            ),
        ),
    ] {
        if count > 0 && format.marks_drafts {
            io.tell(&said.with(vec![("n", count.into())]).text(lang));
        }
    }
    Ok((report, how))
}

/// How many sentences of last year's report stand in a report and were to be written anew.
fn untouched(
    given: &Given,
    source: &Source,
    format: &'static Format,
    io: &mut Io,
) -> Result<usize, Failure> {
    let Some(path) = given
        .value(&options::DRAFT_OF)
        .filter(|_| format.marks_drafts)
    else {
        return Ok(0);
    };
    let last = Last::read(Path::new(path), &given.how())?;
    let (last, said) = last.of(&source.report)?;
    if let Some(said) = said {
        io.tell(&said.text(given.lang));
    }
    let again = last.map(|last| source.report.rewrite_after(&last.report));
    let again = again.unwrap_or_default().into_iter();
    Ok(again
        .filter(|again| again.is_open_in(&source.report))
        .count())
}
