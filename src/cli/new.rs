//! `gouji new`: an empty report, or one made from last year's.
//!
//! **Never:** writes over a file; takes over anything of a report that can't be last year's.
//! Next: `target` for how it is written, `model`'s `Carried` for what comes along.

use std::path::Path;

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::width::shown;
use crate::base::words::{Arg, words};
use crate::check::readings::Suspects;
use crate::check::{Blanks, Input, Severity, Texts, check};
use crate::form::{self, Form};
use crate::format::NATIVE;
use crate::model::{Carried, Document, HeadField, NotLast, Report, Rewrite, Transaction};
use crate::paper::{Checked, OUTPUTS, Style, note_line};
use crate::store::file::is_same;
use crate::store::import::How;

use super::diff::read;
use super::source::Source;
use super::target::Target;
use super::{Exit, Given, Io, options};

/// Writes a new report under the form of its year.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    match write(given, io) {
        Ok(()) => Exit::Clean,
        Err(failure) => io.fail(&failure, given.lang),
    }
}

fn write(given: &Given, io: &mut Io) -> Result<(), Failure> {
    let year = given.value(&options::YEAR).map(year).transpose()?;
    let body = given
        .value(&options::BODY)
        .map(str::trim)
        .unwrap_or_default();
    let out = given.operand("OUT").expect("the parser asks for it");
    let target = Target::of_new(out, given.has(&options::FORCE))?;
    match given.value(&options::FROM) {
        Some(from) => from_last(Path::new(from), year, body, &target, given, io)?,
        None => target.write(&empty(year, body, given), io, given.lang)?,
    }
    if target.path() != Path::new(out) {
        let said = words("写到 {path}", "written to {path}");
        let said = said.with(vec![("path", shown_path(target.path()).into())]);
        io.tell(&said.text(given.lang));
    }
    Ok(())
}

/// The form asked for, else that of the year, else the one in force.
fn form(given: &Given, year: Option<u16>) -> &'static Form {
    let of_year = || year.and_then(form::by_year).unwrap_or_else(form::current);
    given.form().unwrap_or_else(of_year)
}

fn empty(year: Option<u16>, body: &str, given: &Given) -> Report {
    let empty = Report::new(form(given, year));
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    let title = match (body, year.as_str()) {
        ("", "") => String::new(),
        (body, "") => format!("{body}政府信息公开工作年度报告"),
        (body, year) => format!("{body}{year}年政府信息公开工作年度报告"),
    };
    let head = Transaction::new(words("新建", "new report"))
        .head(&empty, HeadField::Title, &title)
        .head(&empty, HeadField::Body, body)
        .head(&empty, HeadField::Year, &year);
    let mut document = Document::new(empty);
    document.apply(head).expect("made for this report");
    document.report().clone()
}

/// Writes the report made from last year's, and lists what has to be written anew.
fn from_last(
    path: &Path,
    year: Option<u16>,
    body: &str,
    target: &Target,
    given: &Given,
    io: &mut Io,
) -> Result<(), Failure> {
    let name = shown_path(path);
    if name != "-" && is_same(path, target.path()) {
        let what = words(
            "不能写到去年的报告上：{file}",
            "that is last year's report itself: {file}",
        );
        let hint = words("新的写另一个文件名", "give the new one another name");
        let what = what.with(vec![("file", name.into())]);
        return Err(Failure::user(what).hint(hint));
    }
    let how = How {
        form: None,
        ..given.how()
    };
    let last = read(path.as_os_str(), &how, given, io)?;
    let years = last.report.years_into(year, body);
    let years = years.map_err(|why| refused(&why, &last.name))?;
    for note in last.note_lines(given.lang) {
        io.tell(&note);
    }
    tell_problems(&last, given, io)?;
    let form = form(given, Some(years.1));
    let carried = last.report.carried_into(form, years, body);
    target.write(&carried.report, io, given.lang)?;
    tell(&carried, &last, given, io);
    Ok(())
}

/// A report that can't be last year's, with the way out on the command line.
fn refused(why: &NotLast, name: &str) -> Failure {
    let hint = match why {
        NotLast::NoYear => words(
            "写上新报告的年度，如 --year 2024",
            "name the year of the new report, such as --year 2024",
        )
        .into(),
        NotLast::Year { last, year } => words(
            "换 {before} 年的报告，或写 --year {next}",
            "name the report on {before}, or write --year {next}",
        )
        .with(vec![
            ("before", (i64::from(*year) - 1).into()),
            ("next", (i64::from(*last) + 1).into()),
        ]),
        NotLast::Body { .. } => words(
            "换本机关去年的报告；机关改了名的，先不写 --body，新建以后再改",
            "name the report of the same body; where it was renamed leave --body out and change it later",
        )
        .into(),
    };
    Failure::user(why.what(name)).hint(hint)
}

/// Tells what is wrong with last year's report, before anything is taken from it.
fn tell_problems(last: &Source, given: &Given, io: &mut Io) -> Result<(), Failure> {
    let report = &last.report;
    let profile = given.profile(io)?;
    let mut findings = check(&Input {
        blanks: Blanks::of(report, last.format == &NATIVE),
        profile: &profile,
        ..Input::of(report, &Texts::of(report))
    });
    findings
        .problems
        .retain(|problem| !problem.is_settled() && problem.severity() >= Severity::Warning);
    let counts = findings.counts();
    if findings.problems.is_empty() {
        return Ok(());
    }
    let said = words(
        "去年的报告有 {e} 处错误、{w} 处提醒，照样带入，请先看一看：",
        "last year's report has {e} errors and {w} warnings; it is taken over as it is, look at them first:",
    );
    let said = said.with(vec![
        ("e", counts.errors.into()),
        ("w", counts.warnings.into()),
    ]);
    io.tell(&said.text(given.lang));
    let mut lines = String::new();
    let checked = Checked {
        file: &last.name,
        format: last.format.key,
        report,
        origins: &last.origins,
        findings: &findings,
        suspects: &Suspects::default(),
        notes: &last.notes,
        profile: &profile,
    };
    let style = Style {
        lang: given.lang,
        colour: false,
    };
    (OUTPUTS[0].write)(&checked, style, &mut lines);
    for line in lines.lines() {
        io.tell(line);
    }
    Ok(())
}

/// Tells what was taken over and what was not, and lists the sentences to write anew:
/// as the result, unless that is the report itself.
fn tell(carried: &Carried, last: &Source, given: &Given, io: &mut Io) {
    let form = carried.report.form();
    for note in &carried.notes {
        io.tell(&format!("{}: {}", last.name, note_line(note, given.lang)));
    }
    let drafts = form
        .texts()
        .filter(|text| !carried.report.text(*text).is_empty());
    let drafts: Vec<Arg> = drafts.map(|text| form.section(text).name.into()).collect();
    let said = if drafts.is_empty() {
        words(
            "带入上年结转 {n} 格；别的数没有带入。去年没有正文",
            "{n} cells carried in, no other number; last year's report has no text",
        )
    } else {
        words(
            "带入上年结转 {n} 格；别的数没有带入。正文草稿：{drafts}",
            "{n} cells carried in, no other number; drafts: {drafts}",
        )
    };
    let said = said.with(vec![
        ("n", carried.cells.len().into()),
        ("drafts", Arg::List(words("、", ", "), drafts)),
    ]);
    io.tell(&said.text(given.lang));
    let head = match carried.rewrite.len() {
        0 => words("没有要重写的句子", "no sentence to write anew"),
        1 => words("要重写的句子 1 句：", "1 sentence to write anew:"),
        _ => words("要重写的句子 {n} 句：", "{n} sentences to write anew:"),
    };
    let head = head.with(vec![("n", carried.rewrite.len().into())]);
    let mut lines = vec![head.text(given.lang)];
    lines.extend(carried.rewrite.iter().map(|again| line(again, form, given)));
    let is_output = given.operand("OUT").is_some_and(|out| out == "-");
    for line in lines {
        if is_output {
            io.tell(&line);
        } else {
            io.print(format!("{}\n", shown(&line)));
        }
    }
}

/// A sentence to write anew, with its section and why.
fn line(again: &Rewrite, form: &'static Form, given: &Given) -> String {
    let why: Vec<Arg> = again.why.iter().map(|why| why.name().into()).collect();
    let said = words(
        "{section} [{why}] {sentence}",
        "{section} [{why}] {sentence}",
    );
    let said = said.with(vec![
        ("section", form.section(again.text).key.into()),
        ("why", Arg::List(words(" ", " "), why)),
        ("sentence", again.sentence.as_str().into()),
    ]);
    said.text(given.lang)
}

/// A year of four digits.
pub(super) fn year(text: &str) -> Result<u16, Failure> {
    let year = text
        .parse()
        .ok()
        .filter(|year| (1000..=9999).contains(year));
    year.ok_or_else(|| {
        let what = words("年份不能是 {year}", "{year} is no year");
        Failure::user(what.with(vec![("year", text.into())])).hint(words(
            "写四位数字，如 --year 2024",
            "four digits, such as --year 2024",
        ))
    })
}
