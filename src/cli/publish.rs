//! How a report goes out: as a draft while it has errors, with its blanks
//! written out where that is asked, a workbook with its problems.
//!
//! **Never:** keeps back that a file is marked or that blanks became 0.
//! Next: `paper` for what is made, `target` for where it goes.

use crate::base::failure::Failure;
use crate::base::words::{Message, words};
use crate::check::readings::Suspects;
use crate::check::{Blanks, Input, Texts, check};
use crate::format::{Format, HTML, NATIVE, Writing};
use crate::model::Report;
use crate::paper::{Checked, problems, zeroed};

use super::source::Source;
use super::{Given, Io, options};

/// Whether what is asked for can be done in this format.
///
/// # Errors
/// Where a part of a web page is asked for in another format.
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
    Ok(())
}

/// The report with its blanks written out, and what is said of that.
pub(super) fn filled(given: &Given, source: &Source) -> Option<(Report, Message)> {
    if !given.has(&options::ZEROS) {
        return None;
    }
    let (filled, count) = zeroed(&source.report);
    let said = words(
        "{n} 个空格按 0 写了，空总计按各项之和",
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
    let how = Writing {
        is_draft: errors > 0,
        fragment,
        sheets: vec![problems::sheet(&checked, lang)],
        ..Writing::default()
    };
    if how.is_draft && format.marks_drafts {
        let said = words(
            "有 {n} 处错误，文件标为【送审稿】",
            "{n} errors: the file is marked as a draft (送审稿)",
        );
        io.tell(&said.with(vec![("n", errors.into())]).text(lang));
    }
    Ok((report, how))
}
