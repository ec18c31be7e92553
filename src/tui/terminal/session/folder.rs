//! A folder of reports on the side of the disk: what is read of it, its list.
//!
//! **Never:** writes a file of a unit.
//! Next: `store::folder`; `terminal::folder`, which reads on threads.

use std::path::{Path, PathBuf};

use super::Session;
use super::paths::absolute;
use crate::base::facts::Stamp;
use crate::check::Profile;
use crate::store::import::How;
use crate::tui::input::{FolderReply, FolderWork, KeptList};
use crate::tui::terminal::folder::Wanted;

/// Whether a path that a user wrote leads to a folder.
pub(in crate::tui::terminal) fn is_folder(path: &Path) -> bool {
    absolute(path).is_dir()
}

/// A path that a user wrote, whole, its `~` and points resolved.
pub(in crate::tui::terminal) fn whole(path: &Path) -> PathBuf {
    let path = absolute(path);
    // `.` has no name to show.
    std::fs::canonicalize(&path).unwrap_or(path)
}

impl Session {
    /// What a thread needs to read a folder.
    pub(in crate::tui::terminal) fn wanted(
        &self,
        path: PathBuf,
        roster: Option<PathBuf>,
        known: Vec<(PathBuf, Stamp)>,
        profile: Profile,
    ) -> Wanted {
        Wanted {
            kept: self.store.list(&path),
            today: self.store.today(),
            how: How {
                form: self.form,
                encoding: self.encoding.clone(),
                carries_over: false,
            },
            path,
            roster,
            known,
            profile,
        }
    }

    /// Keeps a change of the list of a folder.
    pub(super) fn keep_list(&self, work: FolderWork) -> Option<FolderReply> {
        let FolderWork::Keep { path, base, change } = work else {
            return None;
        };
        let by = self.store.who.address();
        let list = change.on(&base, &self.store.now_text(), &by);
        let kept = self.store.keep_list(&path, &base, &list);
        Some(FolderReply::Kept(kept.map(|kept| KeptList {
            list: kept.list,
            own: list,
            said: kept.said,
        })))
    }
}
