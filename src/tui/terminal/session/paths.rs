//! Paths as a user types them.
//!
//! **Never:** makes a file or folder.
//! Next: `store::walk`, which lists folders.

use std::path::{Path, PathBuf};

use crate::store::walk;

/// A path as the user wrote it, from the root on.
pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(at_home(path)).unwrap_or_else(|_| path.to_owned())
}

/// `~` at the start of a path is the user's home.
fn at_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), directories::BaseDirs::new()) {
        (Ok(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => path.to_owned(),
    }
}

/// Most paths offered to complete a name.
const COMPLETIONS: usize = 50;

/// Paths that begin with a text, folders with a slash at their end.
pub(super) fn completions(start: &str) -> Vec<String> {
    let (folder, name) = match start.rsplit_once('/') {
        Some((folder, name)) => (format!("{folder}/"), name),
        None => (String::new(), start),
    };
    let place = if folder.is_empty() {
        PathBuf::from(".")
    } else {
        at_home(Path::new(&folder))
    };
    let mut found = walk::completions(&place, name);
    found.truncate(COMPLETIONS);
    let whole = |name| format!("{folder}{name}");
    found.into_iter().map(whole).collect()
}
