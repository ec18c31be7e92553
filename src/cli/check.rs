//! `gouji check`: reads reports, judges them, prints their problems.
//!
//! Files are read side by side and printed in the order of the arguments.
//!
//! **Never:** repeats a problem as a note.
//! Next: `paper` for what is printed, `source` for reading, `store::parallel` for many.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use glob::Pattern;

use crate::base::failure::Failure;
use crate::base::words::{Lang, Message, words};
use crate::check::readings::{Hints, Suspects, suspects};
use crate::check::rollup::{LeftOut, part};
use crate::check::{
    Beside, Blanks, Counts, Findings, Input as Judging, Part, Problem, Profile, RULES, Severity,
    Texts, check,
};
use crate::folder::{Asked, Summed};
use crate::form::{FORMS, Form};
use crate::format::NATIVE;
use crate::model::Report;
use crate::paper::{Checked, OUTPUTS, Output, Style, output};
use crate::store::folder::Folder;
use crate::store::import::How;
use crate::store::last::Last;
use crate::store::parallel;
use crate::store::walk::{Input, Walk};

use super::outputs::{Paper, Papers};
use super::progress;
use super::source::{self, Source, Trouble};
use super::{Exit, Given, Io, fix, options, units, watch};

/// Checks the files named, or says how to name some.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    if !given.has(&options::SAMPLE) && given.operand("FILE").is_none() {
        let what = words("没有写要核对的文件", "no file to check is named");
        let hint = words(
            "例如：gouji check 报告.json，或 gouji check --sample",
            "such as: gouji check report.json, or gouji check --sample",
        );
        return io.fail(&Failure::user(what.into()).hint(hint), given.lang);
    }
    let known = |path: &String| FORMS.iter().any(|form| form.cell(path).is_some());
    if let Some(unknown) = given.edited().iter().find(|path| !known(path)) {
        let what = words("没有这一格：{path}", "no such cell: {path}");
        let hint = words(
            "格的路径见 gouji schema",
            "gouji schema lists the paths of cells",
        );
        let failure = Failure::user(what.with(vec![("path", unknown.as_str().into())]));
        return io.fail(&failure.hint(hint), given.lang);
    }
    if given.has(&options::FIX) || given.has(&options::DIFF) {
        return fix::run(given, io);
    }
    let asked = given.value(&options::OUTPUT).and_then(output);
    files(given, asked.unwrap_or(&OUTPUTS[0]), given.fail_on(), io)
}

/// Checks what the arguments name; the worst exit of all files is the run's.
pub(super) fn files(
    given: &Given,
    output: &'static Output,
    fail_on: Option<Severity>,
    io: &mut Io,
) -> Exit {
    let job = match job(given, output, fail_on, io) {
        Ok(Some(job)) => Arc::new(job),
        Ok(None) => return Exit::Stopped,
        Err(failure) => return io.fail(&failure, given.lang),
    };
    if given.asks(&options::WATCH) {
        return watch::run(&job, given, io);
    }
    let inputs = job.inputs(given, given.has(&options::SAMPLE));
    let counts_only = given.asks(&options::STATISTICS);
    let mut statistics = Statistics::default();
    let mut worst = Exit::Clean;
    let mut made = Vec::new();
    let mut totals = Totals::default();
    let working = Arc::clone(&job);
    let stopped = progress::through(
        inputs,
        move |input| working.guarded(input),
        io,
        given.lang,
        |done: Done, io| {
            job.tell(&done, io);
            if counts_only {
                statistics.add(&done.broken);
            } else if !job.papers.takes_output() {
                io.print(&done.results);
            }
            made.extend(done.paper);
            totals.add(done.came);
            // Its line is shown, whatever the next file does.
            io.flush();
            worst = worst.max(done.exit);
            true
        },
    );
    if stopped.is_some() {
        return Exit::Stopped;
    }
    if counts_only {
        io.print(statistics.lines(given.lang));
    }
    let is_folder = |file: &OsStr| Path::new(file).is_dir();
    let has_totals = job.output.has_totals && !job.papers.takes_output() && !job.quiet;
    if has_totals && given.operands("FILE").any(is_folder) {
        io.print(totals.said().text(given.lang) + "\n");
    }
    worst.max(job.papers.write(made, given, io))
}

/// What the arguments ask of every file; None: it was stopped while the parts were read.
fn job(
    given: &Given,
    output: &'static Output,
    fail_on: Option<Severity>,
    io: &mut Io,
) -> Result<Option<Job>, Failure> {
    let profile = given.profile(io)?;
    let how = given.how();
    let last = given
        .asked(&options::LAST)
        .map(|path| Last::read(Path::new(path), &how))
        .transpose()?;
    let mut parts = None;
    if let Some(folder) = given.asked(&options::PARTS) {
        let named: Vec<&Path> = given.operands("FILE").map(Path::new).collect();
        let how = How {
            form: None,
            ..given.how()
        };
        parts = units::read(Path::new(folder), None, &named, (&how, &profile), given, io)?;
        if parts.is_none() {
            return Ok(None);
        }
    }
    let papers = Papers::of(given)?;
    let excluded = excluded(given)?;
    let is_piped = given.operands("FILE").any(|path| path == "-");
    Ok(Some(Job {
        how,
        last,
        parts,
        piped: is_piped.then(|| source::read_stream(io.stdin)),
        stdin_name: given.asked(&options::STDIN_NAME).map(str::to_owned),
        output,
        style: Style {
            lang: given.lang,
            colour: given.colour(io),
        },
        fail_on,
        profile,
        remarks: !given.asks(&options::NO_REMARKS),
        edited: given.edited(),
        papers,
        excluded,
        quiet: given.asks(&options::QUIET),
    }))
}

/// The patterns of what is left out of folders.
pub(super) fn excluded(given: &Given) -> Result<Vec<Pattern>, Failure> {
    let asked = given.asked(&options::EXCLUDE).unwrap_or_default();
    let patterns = asked.split(',').map(str::trim);
    let patterns = patterns.filter(|pattern| !pattern.is_empty());
    let read = |pattern: &str| {
        Pattern::new(pattern).map_err(|_| {
            let what = words("通配符写得不对：{glob}", "no pattern: {glob}");
            Failure::user(what.with(vec![("glob", pattern.into())]))
        })
    };
    patterns.map(read).collect()
}

/// How often each rule was broken.
#[derive(Default)]
struct Statistics(Vec<(&'static str, usize, usize)>);

impl Statistics {
    fn add(&mut self, broken: &[(&'static str, usize)]) {
        for (code, times) in broken {
            match self.0.iter_mut().find(|(known, ..)| known == code) {
                Some((_, all, files)) => (*all, *files) = (*all + times, *files + 1),
                None => self.0.push((code, *times, 1)),
            }
        }
    }

    /// The most frequent first: problems, files, rule, what it says.
    fn lines(mut self, lang: Lang) -> String {
        self.0.sort_by_key(|(code, all, _)| (Reverse(*all), *code));
        let line = |(code, all, files): (&str, usize, usize)| {
            let rule = RULES.iter().find(|entry| entry.code == code);
            let title = rule.map_or("", |entry| entry.rule.title.get(lang));
            let files = words("{n} 份", "{n} files").with(vec![("n", files.into())]);
            format!("{all:>6}  {:>9}  {code}  {title}\n", files.text(lang))
        };
        self.0.into_iter().map(line).collect()
    }
}

/// How often each rule is broken, what is settled left out.
fn broken(findings: &Findings) -> Vec<(&'static str, usize)> {
    let mut broken: Vec<(&str, usize)> = Vec::new();
    for problem in findings.problems.iter().filter(|it| !it.is_settled()) {
        match broken
            .iter_mut()
            .find(|(code, _)| *code == problem.rule.code)
        {
            Some((_, times)) => *times += 1,
            None => broken.push((problem.rule.code, 1)),
        }
    }
    broken
}

/// The units that a report sums, of its year.
fn summed(folder: &Folder, report: &Report) -> Summed {
    Summed::of(&Asked {
        folder: &folder.path,
        files: &folder.files,
        roster: folder.roster.as_ref(),
        list: &folder.list,
        year: report.head().year,
        reason: "",
        own: None,
    })
}

/// What came of one input.
#[derive(Clone, Copy)]
enum Came {
    /// It was judged.
    Judged(Counts),
    /// It could not be read.
    Failed,
    /// It is no report.
    LeftOut,
}

/// What came of all inputs.
#[derive(Default)]
struct Totals {
    files: usize,
    faulty: usize,
    warned: usize,
    failed: usize,
    left_out: usize,
    errors: usize,
    warnings: usize,
}

impl Totals {
    fn add(&mut self, came: Came) {
        match came {
            Came::Failed => self.failed += 1,
            Came::LeftOut => self.left_out += 1,
            Came::Judged(counts) => {
                self.files += 1;
                self.faulty += usize::from(counts.errors > 0);
                self.warned += usize::from(counts.errors == 0 && counts.warnings > 0);
                self.errors += counts.errors;
                self.warnings += counts.warnings;
            }
        }
    }

    fn said(&self) -> Message {
        words(
            "合计：核对 {n} 份，有错 {faulty}，只有提醒 {warned}；错误 {e}，提醒 {w}；读不了 {failed}，略过 {left}",
            "total: {n} judged, {faulty} with errors, {warned} with warnings only; {e} errors, {w} warnings; {failed} not read, {left} left out",
        )
        .with(vec![
            ("n", self.files.into()),
            ("faulty", self.faulty.into()),
            ("warned", self.warned.into()),
            ("e", self.errors.into()),
            ("w", self.warnings.into()),
            ("failed", self.failed.into()),
            ("left", self.left_out.into()),
        ])
    }
}

/// What a run asks of every file.
pub(super) struct Job {
    how: How,
    last: Option<Last>,
    /// The units that the reports sum.
    parts: Option<Folder>,
    piped: Option<Result<Vec<u8>, Failure>>,
    stdin_name: Option<String>,
    output: &'static Output,
    style: Style,
    fail_on: Option<Severity>,
    profile: Profile,
    remarks: bool,
    edited: Vec<String>,
    papers: Papers,
    excluded: Vec<Pattern>,
    /// Only problems and files that could not be read are told.
    quiet: bool,
}

/// The result of one file.
pub(super) struct Done {
    pub(super) results: String,
    paper: Option<Paper>,
    asides: Vec<String>,
    pub(super) exit: Exit,
    came: Came,
    /// How often each rule was broken in it.
    broken: Vec<(&'static str, usize)>,
}

impl Job {
    /// Tells what there is beside the problems of a file.
    pub(super) fn tell(&self, done: &Done, io: &mut Io) {
        let told = done.asides.iter();
        for aside in told.filter(|_| !self.quiet || done.exit == Exit::Failed) {
            io.tell(aside);
        }
    }

    /// What the arguments name, without what is left out.
    pub(super) fn inputs(&self, given: &Given, sample: bool) -> Walk {
        Walk::over(sample, given.operands("FILE")).without(self.excluded.clone())
    }

    /// One file; a panic on it is a failure of that file alone.
    pub(super) fn guarded(&self, input: Input) -> Done {
        let name = input.name();
        let judged = parallel::guarded(&name, || self.one(input));
        judged.unwrap_or_else(|failure| self.failed(&name, &failure))
    }

    fn one(&self, input: Input) -> Done {
        let name = input.name();
        let is_file = matches!(input, Input::Found(_));
        let read = match (&input, &self.stdin_name, &self.piped) {
            (Input::Stdin, Some(name), Some(Ok(bytes))) => {
                source::of_bytes(bytes, name.clone(), &self.how)
            }
            _ => source::of_input(input, self.piped.as_ref(), &self.how),
        };
        match read {
            Ok(source) => self.judge(&source),
            Err(Trouble::Stranger(name, why)) => self.stranger(&name, why, is_file),
            Err(Trouble::Failure(failure)) => self.failed(&name, &failure),
        }
    }

    /// What is known beside the cells of a report.
    fn hints(&self, form: &Form, findings: &Findings) -> Hints {
        let edited = self.edited.iter().filter_map(|path| form.cell(path));
        Hints::of(findings, edited.collect())
    }

    fn judge(&self, source: &Source) -> Done {
        let report = &source.report;
        let last = self.last.as_ref().map(|last| last.of(report));
        let (last, doubt) = match last.transpose() {
            Ok(found) => found.unwrap_or_default(),
            Err(failure) => return self.failed(&source.name, &failure),
        };
        let summed = self.parts.as_ref().map(|folder| summed(folder, report));
        let summed = summed.unwrap_or_default();
        let candidates = summed.candidates();
        let reports = candidates.iter().map(|one| part(one.report, report.form()));
        let reports: Vec<Cow<Report>> = reports.collect();
        let units = candidates.iter().zip(&reports);
        let units: Vec<Part> = units
            .map(|(one, report)| Part {
                name: &one.name,
                report,
            })
            .collect();
        let mut findings = check(&Judging {
            blanks: Blanks::of(report, source.format == &NATIVE),
            beside: Beside {
                last: last.map(|last| &last.report),
                parts: &units,
            },
            profile: &self.profile,
            ..Judging::of(report, &Texts::of(report))
        });
        if !self.remarks {
            findings.ignore_remarks();
        }
        let open = findings.problems.iter().filter(|p| !p.is_settled());
        let worst = open.map(Problem::severity).max();
        // What is not filled in is no error, and nothing to pass over either.
        let worst = worst.max((findings.missing > 0).then_some(Severity::Warning));
        let fails = self.fail_on.is_some_and(|level| worst >= Some(level));
        let mut results = String::new();
        let suspects = if self.output.is_whole || self.papers.wants_suspects() {
            suspects(report, &self.hints(report.form(), &findings))
        } else {
            Suspects::default()
        };
        let checked = Checked {
            file: &source.name,
            format: source.format.key,
            report,
            origins: &source.origins,
            findings: &findings,
            suspects: &suspects,
            notes: &source.notes,
            profile: &self.profile,
        };
        (self.output.write)(&checked, self.style, &mut results);
        let mut asides = if self.output.is_whole {
            Vec::new()
        } else {
            source.note_lines(self.style.lang)
        };
        if findings.missing > 0 && !self.output.is_whole {
            let said = words(
                "{file}: 还没有填完，缺 {n} 格",
                "{file}: not finished, {n} cells missing",
            )
            .with(vec![
                ("file", source.name.as_str().into()),
                ("n", findings.missing.into()),
            ]);
            asides.push(said.text(self.style.lang));
        }
        let out: Vec<Message> = summed.left_out.iter().map(LeftOut::said).collect();
        let beside = doubt.iter().chain(&findings.asides).chain(&out);
        asides
            .extend(beside.map(|said| format!("{}: {}", source.name, said.text(self.style.lang))));
        Done {
            results,
            paper: self.papers.made(&checked, self.style.lang),
            asides,
            broken: broken(&findings),
            exit: if fails { Exit::Problems } else { Exit::Clean },
            came: Came::Judged(findings.counts()),
        }
    }

    /// What stands for a file that was not read, where the output has it.
    fn object(&self, name: &str, failure: &Failure) -> String {
        let mut out = String::new();
        if let Some(write) = self.output.failed {
            write(name, failure, self.style, &mut out);
        }
        out
    }

    fn failed(&self, name: &str, failure: &Failure) -> Done {
        let lines = failure.text(self.style.lang);
        Done {
            results: self.object(name, failure),
            paper: None,
            asides: lines.lines().map(str::to_owned).collect(),
            exit: Exit::Failed,
            broken: Vec::new(),
            came: Came::Failed,
        }
    }

    /// Something in a folder that is no report: a line says so, and it is no error.
    fn stranger(&self, name: &str, why: Failure, is_file: bool) -> Done {
        let object = |why| self.object(name, why);
        Done {
            results: Some(&why)
                .filter(|_| is_file)
                .map_or_else(String::new, object),
            paper: None,
            asides: vec![source::left_out(name, why).text(self.style.lang)],
            exit: Exit::Clean,
            broken: Vec::new(),
            came: Came::LeftOut,
        }
    }
}
