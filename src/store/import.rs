//! A file becomes a draft with its facts: the one reader of both faces.
//!
//! **Never:** judges what it read, or locks a file.
//! Next: `file` for the bytes, `format` for what they mean.

use std::path::{Path, PathBuf};

use crate::base::facts::FileFacts;
use crate::base::failure::Failure;
use crate::form::Form;
use crate::format::{self, Format, MAX_FILE, NATIVE, Options};
use crate::model::Draft;

use super::failure::cannot_open;
use super::file;

/// A file that was read.
#[derive(Debug)]
pub struct Imported {
    /// Its name, as it was given.
    pub path: PathBuf,
    /// Its stamp, and whether it may be written.
    pub facts: FileFacts,
    /// What it was read as.
    pub format: &'static Format,
    /// What was read.
    pub draft: Draft,
    /// The digest of its bytes, if it is the editor's own file.
    pub content: Option<u128>,
    /// The digest of its bytes, whatever it is.
    pub digest: u128,
}

/// Reads a file, whatever its format. May take seconds.
///
/// # Errors
/// A [`Failure`] that names the file, the reason and a way out.
pub fn import(path: &Path, how: &How) -> Result<Imported, Failure> {
    let file::Opened { bytes, facts } = file::read(path, MAX_FILE as u64)?;
    let name = path.file_name().map(|name| name.to_string_lossy());
    let read = how.read(&bytes, name.as_deref());
    let (format, draft) = read.map_err(|failure| cannot_open(path, failure))?;
    let digest = file::digest(&bytes);
    Ok(Imported {
        path: path.to_owned(),
        facts,
        content: (format == &NATIVE).then_some(digest),
        digest,
        format,
        draft,
    })
}

/// What the user knows better than the bytes say.
#[derive(Clone, Debug, Default)]
pub struct How {
    /// The form it is read under.
    pub form: Option<&'static Form>,
    /// The encoding of its text.
    pub encoding: Option<String>,
    /// A report under another form is carried over to the one asked for.
    pub carries_over: bool,
}

impl How {
    /// The same, for a report that is to have the form asked for.
    #[must_use]
    pub fn carrying_over(self) -> Self {
        How {
            carries_over: true,
            ..self
        }
    }

    /// Reads bytes: their format by content and name, and their report.
    ///
    /// # Errors
    /// A [`Failure`] that says why they are no report.
    pub fn read(
        &self,
        bytes: &[u8],
        name: Option<&str>,
    ) -> Result<(&'static Format, Draft), Failure> {
        let format = format::sniff(bytes, name)?;
        let under = |form| {
            let options = Options {
                form,
                encoding: self.encoding.as_deref(),
                format: Some(format),
            };
            format::read(bytes, name, &options)
        };
        let read = under(self.form)?;
        if !self.carries_over || self.form.is_none() {
            return Ok((format, read));
        }
        // It may be under another form, or only look so: what reads with fewer
        // doubts counts.
        let doubts = |draft: &Draft| draft.notes.len() + draft.report().unplaced().len();
        let draft = match under(None) {
            Ok(own) if doubts(&own) < doubts(&read) => own,
            _ => read,
        };
        Ok((format, draft))
    }
}
