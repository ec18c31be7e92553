//! The files behind names, folder by folder.
//!
//! **Never:** follows a link to a folder (so no loop can hold it), or opens a
//! file.
//! Next: `import`, which reads a file; `parallel` for many.

use std::ffi::OsStr;
use std::fs::DirEntry;
use std::path::{Path, PathBuf};

use crate::base::path::shown_path;

/// Folders nested deeper than this are reported and not entered.
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
        let entries = entries(folder)?.into_iter().rev();
        let shown = entries.filter(|entry| !is_hidden(&entry.file_name()));
        self.waiting.extend(shown.map(|entry| Waiting {
            path: entry.path(),
            depth: depth + 1,
            is_file: entry.file_type().is_ok_and(|kind| kind.is_file()),
        }));
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

/// What a folder holds, in the order of names.
fn entries(folder: &Path) -> std::io::Result<Vec<DirEntry>> {
    let mut entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_unstable_by_key(DirEntry::file_name);
    Ok(entries)
}

/// Names in a folder that begin with a text, in their order, folders with a slash at
/// their end. Hidden ones are left out unless the text begins with a dot.
#[must_use]
pub fn completions(folder: &Path, start: &str) -> Vec<String> {
    let entries = entries(folder).unwrap_or_default().into_iter();
    let complete = |entry: DirEntry| {
        let name = entry.file_name();
        let is_shown = start.starts_with('.') || !is_hidden(&name);
        let name = name
            .into_string()
            .ok()
            .filter(|name| is_shown && name.starts_with(start))?;
        let slash = if entry.path().is_dir() { "/" } else { "" };
        Some(format!("{name}{slash}"))
    };
    let mut found: Vec<String> = entries.filter_map(complete).collect();
    found.sort_unstable();
    found
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_completed_folders_with_a_slash_hidden_ones_only_if_asked_for() {
        let folder = tempfile::TempDir::new().expect("a folder");
        for name in ["a.json", "b.json", ".hidden"] {
            std::fs::write(folder.path().join(name), "x").expect("written");
        }
        std::fs::create_dir(folder.path().join("archive")).expect("made");
        let complete = |start| completions(folder.path(), start);
        assert_eq!(complete(""), ["a.json", "archive/", "b.json"]);
        assert_eq!(complete("a"), ["a.json", "archive/"]);
        assert_eq!(complete("."), [".hidden"]);
        assert_eq!(complete("x"), Vec::<String>::new());
        assert_eq!(
            completions(&folder.path().join("none"), ""),
            Vec::<String>::new()
        );
    }
}
