//! Paths as a user types them.
//!
//! **Never:** makes a file or folder.
//! Next: `store::walk`, which lists folders.

use std::path::{Path, PathBuf};

use crate::base::moment::Moment;
use crate::store::failure::reason;
use crate::store::walk;
use crate::tui::input::{Entry, EntryKind, Listing};

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

/// What stands in the folder of a path as it was typed, of names that hold what was
/// typed behind its last slash. May take as long as the disk does.
pub(in crate::tui::terminal) fn listing(typed: String) -> Listing {
    let (folder, name) = match typed.rfind('/') {
        Some(at) => typed.split_at(at + 1),
        None => (".", typed.as_str()),
    };
    let listed = walk::list(&at_home(Path::new(folder)), name);
    let (listed, failed) = match listed {
        Ok(listed) => (listed, None),
        Err(error) => (walk::Listed::default(), Some(reason(&error))),
    };
    let entry = |entry: walk::Entry| Entry {
        name: entry.name,
        kind: entry.format.map_or(EntryKind::Folder, EntryKind::File),
        when: entry.changed.map(Moment::short).unwrap_or_default(),
    };
    Listing {
        entries: listed.entries.into_iter().map(entry).collect(),
        is_cut: listed.is_cut,
        failed,
        typed,
    }
}
