//! `gouji list`: the units of a folder, each with its state.
//!
//! **Never:** writes into the folder.
//! Next: `store::folder` for reading, `paper::listing` for what is printed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::words;
use crate::folder::{FileOf, Standing, totals, units};
use crate::paper::listing::Listing;
use crate::store::folder::{self, Found};
use crate::store::{Store, parallel};

use super::{Exit, Given, Io, options, progress};

/// Prints the units of a folder.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    let path = PathBuf::from(given.operand("FOLDER").unwrap_or_default());
    if !path.is_dir() {
        let what = words("不是文件夹：{file}", "not a folder: {file}");
        let what = what.with(vec![("file", shown_path(&path).into())]);
        let hint = words("单份报告用 gouji check", "gouji check takes single reports");
        return io.fail(&Failure::file(what).hint(hint), given.lang);
    }
    let profile = match given.profile(io) {
        Ok(profile) => profile,
        Err(failure) => return io.fail(&failure, given.lang),
    };
    let named = given.value(&options::ROSTER).map(Path::new);
    let roster = match folder::roster(&path, named) {
        Ok(roster) => roster,
        Err(failure) => return io.fail(&failure, given.lang),
    };
    let store = Store::here();
    let kept = store.list(&path);
    let mut said: Vec<_> = kept.said.into_iter().collect();
    let mut files: Vec<Arc<FileOf>> = Vec::new();
    let how = given.how();
    let stopped = progress::through(
        folder::candidates(&path, named),
        move |input| {
            let name = input.name();
            parallel::guarded(&name, || folder::read(input, &how, &profile))
        },
        io,
        given.lang,
        |found, io| {
            match found {
                Ok(Found::File(file)) => files.push(Arc::from(file)),
                Ok(Found::Said(message)) => said.push(message),
                Ok(Found::Same(_)) => {}
                Err(failure) => io.tell(&failure.text(given.lang)),
            }
            true
        },
    );
    if stopped.is_some() {
        return Exit::Stopped;
    }
    for twice in roster.iter().flat_map(|roster| &roster.twice) {
        let message = words(
            "名单里写了两次：{name}",
            "twice on the list of units: {name}",
        );
        said.push(message.with(vec![("name", twice.as_str().into())]));
    }
    for message in said {
        io.tell(&message.text(given.lang));
    }
    let found = units(&path, &files, roster.as_ref(), &kept.list);
    let today = Some(store.today());
    let standings: Vec<Standing> = found
        .units
        .iter()
        .map(|unit| Standing::of(unit, &path, &kept.list, today))
        .collect();
    let listing = Listing {
        folder: &path,
        units: &found,
        standings: &standings,
        has_roster: roster.is_some(),
    };
    let text = match given.value(&options::LIST_OUTPUT) {
        Some("csv") => listing.csv(given.lang),
        Some("json") => listing.json(given.lang),
        _ => listing.lines(given.lang) + &totals(&standings).text(given.lang) + "\n",
    };
    io.print(text);
    Exit::Clean
}
