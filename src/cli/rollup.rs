//! `gouji rollup`: the reports of a folder added up into one.
//!
//! **Never:** writes over a file without `--force`; leaves a unit out without a word.
//! Next: `check::rollup`, which sums, `units` for what is read, `paper::rollup` for
//! what is told.

use std::path::Path;
use std::sync::Arc;

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::width::shown;
use crate::base::words::words;
use crate::check::Profile;
use crate::check::rollup::{Ask, Policy, Rollup, Why};
use crate::folder::{Asked, FileOf, Summed, named};
use crate::format::{Writing, XLSX};
use crate::model::Report;
use crate::paper::rollup as paper;
use crate::store;
use crate::store::folder::Found;
use crate::store::import::How;
use crate::store::walk::Input;

use super::new::year;
use super::source;
use super::target::Target;
use super::{Exit, Given, Io, options, units};

/// Reads the folder, sums it, writes the sum, tells its lists.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    roll_up(given, io).unwrap_or_else(|failure| io.fail(&failure, given.lang))
}

fn roll_up(given: &Given, io: &mut Io) -> Result<Exit, Failure> {
    let profile = given.profile(io)?;
    let operand = |key| given.operand(key).expect("the parser asks for it");
    let (folder, out) = (operand("FOLDER"), Path::new(operand("OUT")));
    let target = Target::of(operand("OUT"), given.format(), given.has(&options::FORCE))?;
    let year = given.value(&options::ROLLUP_YEAR).map(year).transpose()?;
    let own_file = given.value(&options::OWN).map(Path::new);
    let reason = given
        .value(&options::WITH_ERRORS)
        .unwrap_or_default()
        .trim();
    let roster = given.value(&options::ROSTER).map(Path::new);
    let others: Vec<&Path> = [Some(out), own_file].into_iter().flatten().collect();
    let how = How {
        form: None,
        ..given.how()
    };
    let reading = (&how, &profile);
    let Some(read) = units::read(Path::new(folder), roster, &others, reading, given, io)? else {
        return Ok(Exit::Stopped);
    };
    let rolling = read.list.rolling();
    let is_own = |file: &&Arc<FileOf>| named(&read.path, &file.path) == rolling.own;
    let own = match own_file {
        Some(path) => Some(Arc::new(own_report(path, &how, &profile)?)),
        None => read.files.iter().find(is_own).cloned(),
    };
    let policy = given.value(&options::POLICY).and_then(Policy::by_key);
    let policy = policy.unwrap_or(rolling.policy);
    if policy == Policy::Own && own.is_none() {
        let what = words(
            "--policy own 要有本级的报告",
            "--policy own needs the government's own report",
        );
        let hint = words("用 --own 写明是哪个文件", "name it with --own");
        return Err(Failure::user(what.into()).hint(hint));
    }
    let summed = Summed::of(&Asked {
        folder: &read.path,
        files: &read.files,
        roster: read.roster.as_ref(),
        list: &read.list,
        year: year.or_else(|| own.as_ref()?.year()),
        reason,
        own: own.as_ref().map(|own| own.path.as_path()),
    });
    let own_body = own.as_ref().map_or("", |own| own.body());
    let body = given.value(&options::ROLLUP_BODY).unwrap_or_default();
    let ask = Ask {
        form: given.form(),
        policy,
        ..summed.ask([body, &rolling.body, own_body], rolling.adjustments.clone())
    };
    let own = own
        .as_ref()
        .and_then(|own| own.candidate(&read.path, reason));
    let rollup = Rollup::of(ask, own, summed.candidates());
    if rollup.units.is_empty() {
        for line in paper::lists(&rollup) {
            io.tell(&line.text(given.lang));
        }
        let what = words(
            "没有一份报告可以计入，没有写",
            "no report can be counted; nothing was written",
        );
        return Err(Failure::file(what.into()));
    }
    let before = given.has(&options::FORCE).then(|| earlier(out)).flatten();
    let is_whole = is_whole(&rollup);
    let writing = Writing {
        is_draft: !is_whole,
        sheets: if target.format() == &XLSX {
            paper::sheets(&rollup, given.lang)
        } else {
            Vec::new()
        },
        ..Writing::default()
    };
    let is_output = out.as_os_str() == "-";
    target
        .written(writing)
        .write(&rollup.report, io, given.lang)?;
    tell(&rollup, before.as_ref(), is_output, given, io);
    if !is_output {
        let said = words("汇总写到 {path}", "the sum is written to {path}");
        let said = said.with(vec![("path", shown_path(out).into())]);
        io.tell(&said.text(given.lang));
    }
    Ok(if is_whole {
        Exit::Clean
    } else {
        Exit::Problems
    })
}

/// Tells the lists of a roll-up and what changed since the one before: as the result,
/// unless that is the report itself.
fn tell(rollup: &Rollup, before: Option<&Report>, is_output: bool, given: &Given, io: &mut Io) {
    let mut lines = paper::lists(rollup);
    let changes = before.into_iter();
    lines.extend(changes.flat_map(|before| paper::changes(rollup, before)));
    for line in lines {
        let line = line.text(given.lang);
        if is_output {
            io.tell(&line);
        } else {
            io.print(format!("{}\n", shown(&line)));
        }
    }
}

/// Whether all units are counted and all sums hold.
fn is_whole(rollup: &Rollup) -> bool {
    let mut out = rollup.left_out.iter();
    rollup.missing.is_empty()
        && out.all(|one| matches!(one.why, Why::Copy(_) | Why::Earlier(_)))
        && rollup.broken().is_empty()
}

/// The government's own report.
fn own_report(path: &Path, how: &How, profile: &Profile) -> Result<FileOf, Failure> {
    match store::folder::read(Input::Named(path.to_owned()), how, profile) {
        Found::File(file) => match file.content {
            Err(failure) => Err(failure),
            Ok(_) => Ok(*file),
        },
        Found::Said(said) => Err(Failure::file(said)),
        // Nothing was known of it before.
        Found::Same(_) => Err(Failure::file(words("没有读", "not read").into())),
    }
}

/// The roll-up that stands where this one goes.
fn earlier(out: &Path) -> Option<Report> {
    let read = source::of_file(out, shown_path(out), &How::default());
    read.ok().map(|source| source.report)
}
