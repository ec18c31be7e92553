//! The reports of a folder as units of a whole, read while that is shown.
//!
//! **Never:** decides which of them counts.
//! Next: `store::folder` for the reading, `folder::Summed` for which count.

use std::path::Path;
use std::sync::Arc;

use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::words;
use crate::check::Profile;
use crate::store::Store;
use crate::store::file::is_same;
use crate::store::folder::{self, Folder, Found};
use crate::store::import::How;
use crate::store::walk::Input;

use super::progress::through;
use super::{Given, Io};

/// Reads and judges the files of a folder but some; None: Ctrl+C ended it.
///
/// # Errors
/// There is no such folder, or its roster can't be read.
pub(super) fn read(
    path: &Path,
    roster: Option<&Path>,
    others: &[&Path],
    profile: &Profile,
    given: &Given,
    io: &mut Io,
) -> Result<Option<Folder>, Failure> {
    if !path.is_dir() {
        let what = words("不是文件夹：{path}", "no folder: {path}");
        let args = vec![("path", shown_path(path).into())];
        return Err(Failure::user(what.with(args)));
    }
    let kept = Store::here().list(path);
    let mut read = Folder {
        path: path.to_owned(),
        files: Vec::new(),
        roster: folder::roster(path, roster)?,
        list: kept.list,
        said: kept.said.into_iter().collect(),
    };
    let how = How {
        form: None,
        ..given.how()
    };
    let is_other = |input: &Input| {
        let Input::Found(path) = input else {
            return false;
        };
        others.iter().any(|other| is_same(path, other))
    };
    let profile = profile.clone();
    let stopped = through(
        folder::candidates(path, roster).filter(|input| !is_other(input)),
        move |input| folder::read(input, &how, &profile),
        io,
        given.lang,
        |found, _| {
            match found {
                Found::File(file) => read.files.push(Arc::new(file)),
                Found::Said(said) => read.said.push(said),
            }
            true
        },
    );
    for said in &read.said {
        io.tell(&said.text(given.lang));
    }
    Ok(stopped.is_none().then_some(read))
}
