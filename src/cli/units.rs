//! `gouji list`: the units of a folder, each with its state; and how all who speak of a
//! folder's units read it.
//!
//! **Never:** writes into the folder; decides which of its files count.
//! Next: `store::folder` for reading, `paper::listing` for what is printed,
//! `folder::Summed` for which count.

use std::path::Path;
use std::sync::Arc;

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::words;
use crate::check::Profile;
use crate::folder::{Standing, totals};
use crate::paper::listing::Listing;
use crate::store::file::is_same;
use crate::store::folder::{self, Folder, Found};
use crate::store::import::How;
use crate::store::walk::Input;
use crate::store::{Store, parallel};

use super::progress::through;
use super::{Exit, Given, Io, options};

/// Prints the units of a folder.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    list(given, io).unwrap_or_else(|failure| io.fail(&failure, given.lang))
}

fn list(given: &Given, io: &mut Io) -> Result<Exit, Failure> {
    let path = Path::new(given.operand("FOLDER").unwrap_or_default());
    let profile = given.profile(io)?;
    let named = given.value(&options::ROSTER).map(Path::new);
    let how = given.how();
    let Some(read) = read(path, named, &[], (&how, &profile), given, io)? else {
        return Ok(Exit::Stopped);
    };
    let found = read.units();
    let today = Some(Store::here().today());
    let standings: Vec<Standing> = found
        .units
        .iter()
        .map(|unit| Standing::of(unit, path, &read.list, today))
        .collect();
    let listing = Listing {
        folder: path,
        units: &found,
        standings: &standings,
        has_roster: read.roster.is_some(),
    };
    io.print(match given.value(&options::LIST_OUTPUT) {
        Some("csv") => listing.csv(given.lang),
        Some("json") => listing.json(given.lang),
        _ => listing.lines(given.lang) + &totals(&standings).text(given.lang) + "\n",
    });
    Ok(Exit::Clean)
}

/// Reads and judges the files of a folder but some; None: Ctrl+C ended it.
///
/// # Errors
/// There is no such folder, or its roster can't be read.
pub(super) fn read(
    path: &Path,
    roster: Option<&Path>,
    others: &[&Path],
    (how, profile): (&How, &Profile),
    given: &Given,
    io: &mut Io,
) -> Result<Option<Folder>, Failure> {
    if !path.is_dir() {
        let what = words("不是文件夹：{file}", "not a folder: {file}");
        let what = what.with(vec![("file", shown_path(path).into())]);
        let hint = words("单份报告用 gouji check", "gouji check takes single reports");
        return Err(Failure::file(what).hint(hint));
    }
    let kept = Store::here().list(path);
    let mut read = Folder {
        path: path.to_owned(),
        files: Vec::new(),
        roster: folder::roster(path, roster)?,
        list: kept.list,
        said: kept.said.into_iter().collect(),
    };
    let is_other = |input: &Input| {
        let Input::Found(path) = input else {
            return false;
        };
        others.iter().any(|other| is_same(path, other))
    };
    let (how, profile) = (how.clone(), profile.clone());
    let stopped = through(
        folder::candidates(path, roster).filter(|input| !is_other(input)),
        move |input| {
            let name = input.name();
            parallel::guarded(&name, || folder::read(input, &how, &profile))
        },
        io,
        given.lang,
        |found, io| {
            match found {
                Ok(Found::File(file)) => read.files.push(Arc::from(file)),
                Ok(Found::Said(said)) => read.said.push(said),
                Ok(Found::Same(_)) => {}
                Err(failure) => _ = io.fail(&failure, given.lang),
            }
            true
        },
    );
    for twice in read.roster.iter().flat_map(|roster| &roster.twice) {
        let message = words(
            "名单里写了两次：{name}",
            "twice on the list of units: {name}",
        );
        read.said
            .push(message.with(vec![("name", twice.as_str().into())]));
    }
    for said in &read.said {
        io.tell(&said.text(given.lang));
    }
    Ok(stopped.is_none().then_some(read))
}
