//! Steps behind a save: what led to a report as its file holds it, so that undo goes on
//! after the file was closed and opened again.
//!
//! A save writes the file of steps anew, the oldest left out from [`HISTORY`] on; of all
//! reports together the latest [`HISTORIES`] are kept. It names the bytes that the steps
//! lead to: of any other file they are no history. A file that is foreign or damaged, in
//! whatever way, is no history either, and nobody is told.
//!
//! **Never:** part of a report, an export or a print; waited for: a power cut may take it.
//! Next: `change` for the lines, `model::Document::deepen`, which tries the steps first.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::failure::Failure;
use crate::form::Form;
use crate::model::{Change, MOST_KEPT, Step as Done, Transaction};

use super::disk;
use super::{Name, Store, change, json_line};

/// Most bytes of the steps kept of one report: 4 MiB, some weeks of typing.
pub const HISTORY: usize = MOST_KEPT;
/// Most bytes of the steps of all reports: 64 MiB; beyond, the oldest files go.
pub const HISTORIES: u64 = 64 << 20;

const VERSION: u32 = 1;

/// Line 1.
#[derive(Serialize, Deserialize)]
struct Header {
    gouji_history: u32,
    /// The digest of the bytes that the steps lead to.
    content: String,
    form: String,
}

impl Store {
    /// Keeps the steps that led to a file with this content.
    ///
    /// # Errors
    /// A [`Failure`] if the state folder can't be written; nothing is lost but undo.
    pub fn keep_history(
        &self,
        name: &Name,
        content: u128,
        form: &'static Form,
        steps: &[Done],
    ) -> Result<(), Failure> {
        let header = Header {
            gouji_history: VERSION,
            content: format!("{content:032x}"),
            form: form.key.to_owned(),
        };
        let line = |step: &Done| {
            let step = Transaction {
                label: step.label.clone(),
                ops: step.ops.clone(),
                joins: false,
            };
            change::write(form, &Change::Apply(step), &[])
        };
        // The latest ones first, as many as there is room for.
        let mut left = HISTORY;
        let fits = |line: &Vec<u8>| match left.checked_sub(line.len()) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        };
        let mut lines: Vec<Vec<u8>> = steps.iter().rev().map(line).take_while(fits).collect();
        lines.push(json_line(&header));
        lines.reverse();
        let path = self.put(self.places.history_of(name), &lines.concat())?;
        self.prune_histories(&path);
        Ok(())
    }

    /// The steps that led to a file with this content, the oldest first; None where
    /// nothing fit for it is kept.
    #[must_use]
    pub fn history(&self, name: &Name, content: u128, form: &'static Form) -> Option<Vec<Done>> {
        // The header comes on top of the steps.
        let bytes = self.small(&self.places.history_of(name)?, HISTORY as u64 + 4096);
        let bytes = bytes.ok()?;
        let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
        let header: Header = serde_json::from_slice(lines.next()?).ok()?;
        let is_ours = header.gouji_history == VERSION
            && header.content == format!("{content:032x}")
            && header.form == form.key;
        let step = |line| match change::read(form, line)?.change {
            Change::Apply(Transaction { label, ops, .. }) => Some(Done { label, ops }),
            _ => None,
        };
        lines.map(step).collect::<Option<_>>().filter(|_| is_ours)
    }

    /// Removes the oldest files of steps where all are too many, never the one just kept.
    fn prune_histories(&self, kept: &Path) {
        let folder = std::fs::read_dir(disk::folder_of(kept));
        let mut others: Vec<(i64, u64, PathBuf)> = folder
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let meta = entry.metadata().ok()?;
                Some((meta.mtime(), meta.len(), entry.path()))
            })
            .collect();
        others.sort_by(|one, other| other.cmp(one));
        let mut all = 0;
        for (_, size, path) in others {
            all += size;
            if all > HISTORIES && path != kept {
                // A file too many is no harm.
                let _ = disk::remove(self.disk(), &path);
            }
        }
    }
}
