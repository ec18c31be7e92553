//! `gouji set FILE CELL=VALUE...`: writes cells and fields of the head.
//!
//! **Never:** lets totals follow, or guesses what a value means: it is read as typed.
//! Next: `held` for the file, `form` for the paths of cells.

use std::path::Path;

use crate::base::failure::Failure;
use crate::base::width::shown;
use crate::base::words::{Arg, Message, words};
use crate::check::problem::cell_words;
use crate::check::{Blanks, Counts, Input, Texts, check};
use crate::form::{CellId, Form};
use crate::model::{Cell, HeadField, Report, Transaction};

use super::held::Held;
use super::{Exit, Given, Io};

/// Where a value goes.
enum Place {
    Cell(CellId),
    Head(HeadField),
}

/// Writes what is given, all of it or nothing.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    match set(given, io) {
        Ok(()) => Exit::Clean,
        Err(failure) => io.fail(&failure, given.lang),
    }
}

fn set(given: &Given, io: &mut Io) -> Result<(), Failure> {
    let file = given.operand("FILE").expect("the parser asks for it");
    let mut held = Held::take(Path::new(file), &given.how())?;
    let form = held.report().form();
    let mut values = Vec::new();
    for assignment in given.operands("CELL=VALUE") {
        values.push(read(&assignment.to_string_lossy(), form)?);
    }
    let profile = given.profile(io)?;
    let counts = |report: &Report| {
        let texts = Texts::of(report);
        check(&Input {
            blanks: Blanks::of(report, true),
            profile: &profile,
            ..Input::of(report, &texts)
        })
        .counts()
    };
    let before = counts(held.report());
    let mut lines = Vec::new();
    for (place, value) in values {
        let (name, old) = match place {
            Place::Cell(cell) => {
                let name = cell_words(form, cell).text(given.lang);
                (name, held.report().cell(cell).text().into_owned())
            }
            Place::Head(field) => {
                let old = held.report().head().get(field);
                (format!("head.{}", field.key()), old)
            }
        };
        let step = Transaction::new(words("gouji set", "gouji set"));
        held.apply(match place {
            Place::Cell(cell) => {
                let content = Cell::read(&value, form.kind(cell));
                step.cell(held.report(), cell, content)
            }
            Place::Head(field) => step.head(held.report(), field, &value),
        });
        let blank = |text: &str| match text {
            "" => words("(空)", "(blank)").get(given.lang).to_owned(),
            text => text.to_owned(),
        };
        lines.push(format!("{name}  {} -> {}", blank(&old), blank(&value)));
    }
    let after = counts(held.report());
    if held.is_changed() {
        held.write(io, given.lang)?;
    }
    for line in lines {
        io.print(format!("{}\n", shown(&line)));
    }
    io.tell(&said(before, after).text(given.lang));
    Ok(())
}

/// What became of the problems.
fn said(before: Counts, after: Counts) -> Message {
    let pair = |before: usize, after: usize| -> Arg {
        words("{a} -> {b}", "{a} -> {b}")
            .with(vec![("a", before.into()), ("b", after.into())])
            .into()
    };
    words("错误 {e}，提醒 {w}", "errors {e}, warnings {w}").with(vec![
        ("e", pair(before.errors, after.errors)),
        ("w", pair(before.warnings, after.warnings)),
    ])
}

/// One assignment: `t3.new_received.natural_person=7`, `head.year=2024`.
fn read(text: &str, form: &'static Form) -> Result<(Place, String), Failure> {
    let Some((path, value)) = text.split_once('=') else {
        let what = words("{text} 里没有等号", "there is no = in {text}");
        let hint = words(
            "写成 格=值，如 t3.new_received.natural_person=7；值空着就是清空",
            "write CELL=VALUE, such as t3.new_received.natural_person=7; no value empties it",
        );
        return Err(Failure::user(what.with(vec![("text", text.into())])).hint(hint));
    };
    let (path, value) = (path.trim(), value.trim());
    let head = path.strip_prefix("head.").and_then(HeadField::by_key);
    let place = head
        .map(Place::Head)
        .or_else(|| form.cell(path).map(Place::Cell));
    let Some(place) = place else {
        let what = words("没有这一格：{path}", "no such cell: {path}");
        let hint = words(
            "格的路径见 gouji schema；报头是 head.title head.body head.year 等",
            "gouji schema lists the paths of cells; the head is head.title, head.body, head.year and so on",
        );
        return Err(Failure::user(what.with(vec![("path", path.into())])).hint(hint));
    };
    if let (Place::Head(HeadField::Year), false) = (
        &place,
        value.is_empty() || value.len() == 4 && value.parse::<u16>().is_ok_and(|year| year >= 1000),
    ) {
        let what = words("年份不能是 {year}", "{year} is no year");
        return Err(Failure::user(what.with(vec![("year", value.into())])));
    }
    if let Place::Cell(cell) = place {
        let content = Cell::read(value, form.kind(cell));
        if content.value().is_none() && !content.is_blank() {
            let what = words(
                "{value} 不是这一格能填的数：{path}",
                "{value} is no number for {path}",
            );
            let hint = words(
                "填整数；没有发生的填 0，不适用的填 /",
                "a whole number; 0 for nothing, / for not applicable",
            );
            let args = vec![("value", value.into()), ("path", path.into())];
            return Err(Failure::user(what.with(args)).hint(hint));
        }
    }
    Ok((place, value.to_owned()))
}
