//! Files that a user writes for the program: settings and profiles.
//!
//! **Never:** writes one, or knows what is in it.
//! Next: `cli::settings`, which reads their content.

use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use super::disk::{self, Real};

/// Longest file of settings that is read.
const LONGEST: u64 = 256 * 1024;

/// The bytes of a file of settings; None where there is none.
///
/// # Errors
/// What the system says, or that the file is too large to be meant.
pub fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match disk::open(&Real, path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !file.metadata()?.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(Some(bytes))
}
