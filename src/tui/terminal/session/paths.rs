//! Paths as a user types them.
//!
//! **Never:** makes a file or folder.

use std::path::{Path, PathBuf};

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
    let Ok(entries) = std::fs::read_dir(place) else {
        return Vec::new();
    };
    let mut found: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let file = entry.file_name().into_string().ok()?;
            let hidden = file.starts_with('.') && !name.starts_with('.');
            if hidden || !file.starts_with(name) {
                return None;
            }
            let slash = if entry.path().is_dir() { "/" } else { "" };
            Some(format!("{folder}{file}{slash}"))
        })
        .collect();
    found.sort();
    found.truncate(COMPLETIONS);
    found
}
