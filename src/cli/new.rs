//! `gouji new`: an empty report.
//!
//! **Never:** writes over a file.
//! Next: `target` for how it is written.

use std::path::Path;

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::words;
use crate::form;
use crate::model::{Document, HeadField, Report, Transaction};

use super::target::Target;
use super::{Exit, Given, Io, options};

/// Writes an empty report under the form of its year.
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
    let of_year = || year.and_then(form::by_year).unwrap_or_else(form::current);
    let form = given.form().unwrap_or_else(of_year);
    let out = given.operand("OUT").expect("the parser asks for it");
    let target = Target::of_new(out)?;

    let year = year.map(|year| year.to_string()).unwrap_or_default();
    let title = match (body, year.as_str()) {
        ("", "") => String::new(),
        (body, "") => format!("{body}政府信息公开工作年度报告"),
        (body, year) => format!("{body}{year}年政府信息公开工作年度报告"),
    };
    let empty = Report::new(form);
    let head = Transaction::new(words("新建", "new report"))
        .head(&empty, HeadField::Title, &title)
        .head(&empty, HeadField::Body, body)
        .head(&empty, HeadField::Year, &year);
    let mut document = Document::new(empty);
    document.apply(head).expect("made for this report");
    target.write(document.report(), io, given.lang)?;
    if target.path() != Path::new(out) {
        let said = words("写到 {path}", "written to {path}");
        let said = said.with(vec![("path", shown_path(target.path()).into())]);
        io.tell(&said.text(given.lang));
    }
    Ok(())
}

/// A year of four digits.
fn year(text: &str) -> Result<u16, Failure> {
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
