//! `gouji check --fix`: mends what is certain; `--diff` shows it and writes nothing.
//!
//! Certain are values that the sums leave no choice of, and headings that the form fixes.
//! A blank never becomes 0: whether nothing happened is known by people only.
//!
//! **Never:** takes a reading; changes a file that is not ours.
//! Next: `held` for the file, `check::readings` for what the sums force.

use std::path::Path;

use crate::base::failure::Failure;
use crate::base::width::shown;
use crate::base::words::{Message, words};
use crate::check::readings::{Hints, fill_words, suspects};
use crate::check::{Blanks, Fix, Input, Profile, Sure, Texts, check};
use crate::model::{Cell, Op, Report, Transaction};
use crate::store::walk::{Input as Found, Walk};

use super::check::excluded;
use super::held::Held;
use super::source::{self, left_out};
use super::{Exit, Given, Io, options};

/// Mends the files that are named, each by itself; the worst exit is the run's.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    let profile = match given.profile(io) {
        Ok(profile) => profile,
        Err(failure) => return io.fail(&failure, given.lang),
    };
    let mut worst = Exit::Clean;
    let excluded = match excluded(given) {
        Ok(excluded) => excluded,
        Err(failure) => return io.fail(&failure, given.lang),
    };
    for input in Walk::over(false, given.operands("FILE")).without(excluded) {
        let name = input.name();
        let exit = match input {
            Found::Named(path) => one(&path, &name, &profile, given, io),
            // Of a folder only our own files are meant.
            Found::Found(path) if path.extension().is_some_and(|ending| ending == "json") => {
                one(&path, &name, &profile, given, io)
            }
            Found::Found(_) | Found::Stranger(_) => continue,
            Found::Closed(path, error) => Err(source::closed(&path, &error)),
            Found::Bare(_) | Found::Stdin | Found::Sample => {
                let why = words("只改勾稽自己的 .json", "only gouji's own .json files");
                io.tell(&left_out(&name, Failure::user(why.into())).text(given.lang));
                continue;
            }
        };
        worst = worst.max(exit.unwrap_or_else(|failure| io.fail(&failure, given.lang)));
    }
    worst
}

fn one(
    path: &Path,
    name: &str,
    profile: &Profile,
    given: &Given,
    io: &mut Io,
) -> Result<Exit, Failure> {
    let mut held = Held::take(path, &given.how())?;
    let mut done = 0_usize;
    // A step leaves fewer blanks, or fewer headings to mend: this many are never reached.
    let most = held.report().cells().len() + held.report().form().sections.len();
    while done < most
        && let Some((title, step)) = certain(held.report(), profile)
    {
        done += 1;
        io.print(format!("{name}: {}\n", shown(&title.text(given.lang))));
        held.apply(step);
    }
    let only_shown = given.asks(&options::DIFF);
    let said = match (done, only_shown) {
        (0, _) => words(
            "{file}: 没有一定该改的",
            "{file}: nothing is certain to need fixing",
        ),
        (_, true) => words(
            "{file}: 会改 {n} 处，没有写",
            "{file}: {n} changes, not written",
        ),
        _ => words("{file}: 改了 {n} 处", "{file}: {n} changes"),
    };
    if done > 0 && !only_shown {
        held.write(io, given.lang)?;
    }
    let said = said.with(vec![("file", name.into()), ("n", done.into())]);
    io.tell(&said.text(given.lang));
    Ok(if done > 0 && only_shown {
        Exit::Problems
    } else {
        Exit::Clean
    })
}

/// The first thing that is certain: what the form settles, else what the sums force.
fn certain(report: &Report, profile: &Profile) -> Option<(Message, Transaction)> {
    let blanks = Blanks::of(report, true);
    let texts = Texts::of(report);
    let findings = check(&Input {
        blanks,
        profile,
        ..Input::of(report, &texts)
    });
    let open = findings.problems.iter().filter(|it| !it.is_settled());
    let mut fixes = open.flat_map(|problem| problem.fixes(report, blanks));
    let is_certain = |fix: &Fix| fix.sure == Sure::Certain && !writes_zero(report, fix);
    if let Some(fix) = fixes.find(is_certain) {
        return Some((fix.title, fix.transaction));
    }
    let fills = suspects(report, &Hints::of(&findings, Vec::new())).fills;
    let (cell, to) = fills.into_iter().find(|(_, to)| *to != 0)?;
    let label = words("补上能算出来的", "fill what the sums force");
    let step = Transaction::new(label).cell(report, cell, Cell::Count(to));
    Some((fill_words(report.form(), cell, to), step))
}

/// Whether a fix makes a blank cell 0.
fn writes_zero(report: &Report, fix: &Fix) -> bool {
    fix.transaction.ops.iter().any(|op| match op {
        Op::SetCell { cell, to, .. } => {
            report.cell(*cell).is_blank() && to.count() == Some(0) && !report.form().is_total(*cell)
        }
        _ => false,
    })
}
