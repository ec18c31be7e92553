//! Saving the report, and exporting files.
//!
//! **Never:** writes over what the report was read from, or over what was not asked for.
//! Next: `store::save`, which writes.

use std::path::{Path, PathBuf};

use crate::base::facts::FileFacts;
use crate::base::words::words;
use crate::format;
use crate::model::Report;
use crate::store::file::{Since, is_same, missing_folder, since};
use crate::store::{self, Locking, Name, Over, SaveFailure};
use crate::tui::input::{Leaf, Outcome, Replacing, Reply};

use super::Session;
use super::paths::absolute;

/// Whether a report saved under a path would stand in the place of another one.
pub(super) fn is_over(other: &Path, path: &Path) -> bool {
    is_same(other, &absolute(path))
}

/// The answer where that is last year's.
pub(super) fn over_last(path: &Path) -> Reply {
    let why = words(
        "这就是去年的报告，不能写到它上面；换一个名字。",
        "It is last year's report itself and is not written over; give another name.",
    );
    Reply::Failed(store::failure::not_saved(&absolute(path), why.into()))
}

impl Session {
    pub(super) fn save(
        &mut self,
        path: &Path,
        source: Option<&Path>,
        report: &Report,
        replacing: Replacing,
        make_folder: bool,
    ) -> Reply {
        let path = absolute(path);
        if source.is_some_and(|source| is_same(source, &path)) {
            let why = words(
                "这就是读进来的原件，保存从不改写它。",
                "It is the file that was opened; saving never overwrites it.",
            );
            return Reply::Failed(store::failure::not_saved(&path, why.into()));
        }
        if missing_folder(&path).is_some() {
            if !make_folder {
                return Reply::NoFolder(path);
            }
            if let Err(failure) = self.store.make_folder_of(&path) {
                return Reply::Failed(failure);
            }
        }
        if let Replacing::Known(stamp) = replacing
            && since(&path, self.seen(stamp)) == Since::Gone
        {
            return Reply::Vanished(path);
        }
        let bytes = format::native(report).into_bytes();
        let locked = self.open.as_ref().and_then(|open| open.locked.as_ref());
        let is_locked = locked.is_some_and(|locked| Name::of(locked) == Name::of(&path));
        let mut lock = None;
        if !is_locked {
            match self.store.lock(&path) {
                Locking::Taken(taken) => lock = Some(taken),
                Locking::Held(by) => return Reply::Failed(store::lock::held(&path, &by)),
                Locking::Unknown(_) => {}
            }
        }
        let over = match replacing {
            Replacing::Nothing => Over::Nothing,
            Replacing::Known(stamp) => Over::Seen(self.seen(stamp)),
            Replacing::Anything => Over::Report,
        };
        let saved = match self.store.save(&path, &bytes, over) {
            Ok(saved) => saved,
            Err(SaveFailure::Exists(_)) => return Reply::Exists(path),
            Err(SaveFailure::ChangedOutside(_)) => return Reply::ChangedOutside(path),
            Err(SaveFailure::Failed(failure)) => return Reply::Failed(failure),
        };
        let mut doubts = saved.doubts;
        let file = FileFacts {
            path: Some(path.clone()),
            source: source.map(Path::to_owned),
            stamp: Some(saved.stamp),
            read_only: None,
        };
        if let Some(open) = &mut self.open {
            // Unconfirmed, a power cut may still take the file back: the journal stays.
            if saved.confirmed {
                doubts.extend(open.journal.saved(&self.store, &file, report).err());
            }
            open.content = Some(store::file::digest(&bytes));
            if !is_locked {
                open.locked = lock.is_some().then(|| path.clone());
                open.lock = lock;
            }
        }
        let _ = self.store.remember(&path);
        Reply::Saved { file, doubts }
    }

    /// Writes one exported file; what goes wrong stops no other.
    pub(super) fn export(&self, leaf: &Leaf, replace: bool) -> (PathBuf, Outcome) {
        let path = absolute(&leaf.path);
        let saved = if replace {
            let held = self.store.claim(&path);
            held.and_then(|_lock| self.store.save(&path, &leaf.bytes, Over::Report))
        } else {
            self.store.save(&path, &leaf.bytes, Over::Nothing)
        };
        let outcome = match saved {
            Ok(saved) => Outcome::Written {
                size: leaf.bytes.len(),
                doubts: saved.doubts,
            },
            Err(SaveFailure::Exists(_)) => Outcome::Exists,
            Err(refused) => Outcome::Failed(refused.failure().clone()),
        };
        (path, outcome)
    }
}
