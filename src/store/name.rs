//! Names of files: the same file by whatever links it is reached, as a digest, in JSON.
//!
//! **Never:** changes a digest: names of journals and versions are made of it.
//! Next: `places` for the files that are named so.

use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk;

/// What a journal belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// A report in a file, or one made from a file: its absolute path.
    Path(PathBuf),
    /// A report without a file.
    Unnamed(String),
}

impl Name {
    /// The name of a file, the same by whatever links it is reached, and the same
    /// when its folder is gone.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let target = follow(path);
        let target = std::path::absolute(&target).unwrap_or(target);
        let real = target.ancestors().skip(1).find_map(|folder| {
            let there = std::fs::canonicalize(folder).ok()?;
            Some(there.join(target.strip_prefix(folder).ok()?))
        });
        Name::Path(real.unwrap_or(target))
    }

    /// The name of files that belong to it, in the state folder.
    #[must_use]
    pub fn digest(&self) -> String {
        match self {
            Name::Path(path) => format!("{:032x}", fnv(path.as_os_str().as_bytes())),
            Name::Unnamed(id) => format!("unnamed-{id}"),
        }
    }
}

/// The file that a chain of symbolic links ends at.
pub(super) fn follow(path: &Path) -> PathBuf {
    let mut path = path.to_path_buf();
    for _ in 0..40 {
        match std::fs::read_link(&path) {
            Ok(target) => path = disk::folder_of(&path).join(target),
            Err(_) => break,
        }
    }
    path
}

/// FNV-1a in 128 bits: names of files must not change with a library.
pub(super) fn fnv(bytes: &[u8]) -> u128 {
    fnv_after(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, bytes)
}

/// The same of bytes that follow those of a known hash.
pub(super) fn fnv_after(hash: u128, bytes: &[u8]) -> u128 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

/// A path in a JSON file; bytes where it is no Unicode.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum PathText {
    Text(String),
    Bytes(Vec<u8>),
}

impl PathText {
    pub(super) fn of(path: &Path) -> Self {
        match path.to_str() {
            Some(text) => PathText::Text(text.to_owned()),
            None => PathText::Bytes(path.as_os_str().as_bytes().to_vec()),
        }
    }

    pub(super) fn path(self) -> PathBuf {
        match self {
            PathText::Text(text) => text.into(),
            PathText::Bytes(bytes) => std::ffi::OsStr::from_bytes(&bytes).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_fnv_1a() {
        assert_eq!(fnv(b""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(fnv(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
        assert_eq!(fnv(b"foobar"), 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
        assert_eq!(fnv_after(fnv(b"foo"), b"bar"), fnv(b"foobar"));
    }
}
