//! The files behind names, folder by folder.
//!
//! **Never:** follows a link to a folder (so no loop can hold it), or opens a
//! file.
//! Next: `import`, which reads a file; `parallel` for many.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::base::path::shown_path;

/// Folders inside folders beyond this are told and left.
const DEEPEST: usize = 40;

/// Something to read.
#[derive(Debug)]
pub enum Input {
    /// What is piped in.
    Stdin,
    /// The report in the program.
    Sample,
    /// A file that was named.
    Named(PathBuf),
    /// A file found in a folder.
    Found(PathBuf),
    /// Something in a folder that is no file to read.
    Stranger(PathBuf),
    /// A folder that could not be listed.
    Closed(PathBuf, std::io::Error),
    /// A folder that was named and has nothing to read.
    Bare(PathBuf),
}

/// Walks names in their order, and folders in the order of names.
#[derive(Debug)]
pub struct Walk {
    /// What is still to come, the next one last.
    waiting: Vec<Waiting>,
    sample: bool,
    /// The folder that was named last, as long as nothing is found in it.
    bare: Option<PathBuf>,
}

#[derive(Debug)]
struct Waiting {
    path: PathBuf,
    /// Folders it was found in; 0: it was named.
    depth: usize,
    /// Its folder says that it is a file, so it need not be asked.
    is_file: bool,
}

impl Walk {
    /// A walk over arguments, `-` being standard input.
    pub fn over<'a>(sample: bool, arguments: impl Iterator<Item = &'a OsStr>) -> Self {
        let named = |path| Waiting {
            path: PathBuf::from(path),
            depth: 0,
            is_file: false,
        };
        let mut waiting: Vec<_> = arguments.map(named).collect();
        waiting.reverse();
        Walk {
            waiting,
            sample,
            bare: None,
        }
    }

    /// Puts what a folder holds before everything else that waits.
    fn enter(&mut self, folder: &Path, depth: usize) -> std::io::Result<()> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if !is_hidden(&entry.file_name()) {
                found.push(Waiting {
                    path: entry.path(),
                    depth: depth + 1,
                    is_file: entry.file_type().is_ok_and(|kind| kind.is_file()),
                });
            }
        }
        found.sort_unstable_by(|a, b| b.path.file_name().cmp(&a.path.file_name()));
        self.waiting.extend(found);
        Ok(())
    }

    /// The next one, as long as no folder that was named turns out to be bare.
    fn step(&mut self) -> Option<Input> {
        while let Some(Waiting {
            path,
            depth,
            is_file,
        }) = self
            .waiting
            .pop_if(|next| next.depth > 0 || self.bare.is_none())
        {
            if depth == 0 && path.as_os_str() == "-" {
                return Some(Input::Stdin);
            }
            if is_file {
                return Some(Input::Found(path));
            }
            if path.is_dir() && (depth == 0 || !path.is_symlink()) {
                if depth >= DEEPEST {
                    return Some(Input::Stranger(path));
                }
                if let Err(error) = self.enter(&path, depth) {
                    return Some(Input::Closed(path, error));
                }
                if depth == 0 {
                    self.bare = Some(path);
                }
                continue;
            }
            return Some(match depth {
                0 => Input::Named(path),
                _ if path.is_file() => Input::Found(path),
                _ => Input::Stranger(path),
            });
        }
        None
    }
}

/// Names that begin with a dot are not meant for people.
fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().first() == Some(&b'.')
}

impl Iterator for Walk {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        if std::mem::take(&mut self.sample) {
            return Some(Input::Sample);
        }
        let found = self.step();
        let bare = self.bare.take();
        found.or_else(|| bare.map(Input::Bare))
    }
}

impl Input {
    /// Whether it was found in a folder and is this very file.
    #[must_use]
    pub fn is_found_as(&self, path: &Path) -> bool {
        let Input::Found(found) = self else {
            return false;
        };
        let same = || Some(found.canonicalize().ok()? == path.canonicalize().ok()?);
        found.file_name() == path.file_name() && same() == Some(true)
    }

    /// What it is called in output.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Input::Stdin => "-".to_owned(),
            Input::Sample => "sample".to_owned(),
            Input::Named(path)
            | Input::Found(path)
            | Input::Stranger(path)
            | Input::Closed(path, _)
            | Input::Bare(path) => shown_path(path),
        }
    }
}
