//! The files behind names, folder by folder.
//!
//! **Never:** follows a link to a folder (so no loop can hold it), or opens a
//! file.
//! Next: `import`, which reads a file; `parallel` for many.

use std::ffi::OsStr;
use std::fs::DirEntry;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use glob::Pattern;

use super::machine;
use crate::base::moment::Moment;
use crate::base::path::shown_path;
use crate::format::{self, Format};

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
    /// What is left out of folders.
    excluded: Vec<Pattern>,
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
            excluded: Vec::new(),
        }
    }

    /// The same, without files of folders whose name, or the end of whose path, fits.
    #[must_use]
    pub fn without(self, excluded: Vec<Pattern>) -> Self {
        Walk { excluded, ..self }
    }

    fn leaves_out(&self, input: &Input) -> bool {
        let (Input::Found(path) | Input::Stranger(path)) = input else {
            return false;
        };
        let mut end = String::new();
        path.iter().rev().any(|part| {
            let part = part.to_string_lossy();
            end = if end.is_empty() {
                part.into_owned()
            } else {
                format!("{part}/{end}")
            };
            self.excluded.iter().any(|pattern| pattern.matches(&end))
        })
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

/// Most entries of a folder that are listed.
pub const LISTED: usize = 500;
/// Most entries of a folder that are looked at.
const LOOKED_AT: usize = 20_000;

/// What of a folder is listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Folders first, each lot in the order of names.
    pub entries: Vec<Entry>,
    /// There are more.
    pub is_cut: bool,
}

/// A folder, or a file that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// The format of a file, by its name; None: a folder.
    pub format: Option<&'static Format>,
    /// When it was last changed.
    pub changed: Option<Moment>,
}

/// Folders and files that can be read, whose names hold a text; capital letters are as
/// good as small ones.
///
/// # Errors
/// The folder can't be listed.
pub fn list(folder: &Path, text: &str) -> io::Result<Listed> {
    let text = text.to_lowercase();
    let mut looked_at = std::fs::read_dir(folder)?;
    let mut entries: Vec<(Entry, PathBuf)> = Vec::new();
    for entry in looked_at.by_ref().take(LOOKED_AT).flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if !name.to_lowercase().contains(&text) {
            continue;
        }
        let path = entry.path();
        let is_folder = match entry.file_type() {
            Ok(kind) if kind.is_symlink() => path.is_dir(),
            kind => kind.is_ok_and(|kind| kind.is_dir()),
        };
        let format = Path::new(&name)
            .extension()
            .and_then(|ending| format::by_extension(&ending.to_string_lossy()))
            .filter(|format| format.can_read() && !is_folder);
        if is_folder || format.is_some() {
            let changed = None;
            let entry = Entry {
                name,
                format,
                changed,
            };
            entries.push((entry, path));
        }
    }
    entries.sort_unstable_by(|(one, _), (other, _)| {
        let key = |entry: &Entry| (entry.format.is_some(), entry.name.clone());
        key(one).cmp(&key(other))
    });
    let is_cut = entries.len() > LISTED || looked_at.next().is_some();
    entries.truncate(LISTED);
    let dated = entries.into_iter().map(|(entry, path)| {
        let changed = std::fs::metadata(path).ok();
        Entry {
            changed: changed.map(|meta| machine::local(meta.mtime())),
            ..entry
        }
    });
    Ok(Listed {
        entries: dated.collect(),
        is_cut,
    })
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
        loop {
            let found = self.step();
            let bare = self.bare.take();
            let next = found.or_else(|| bare.map(Input::Bare))?;
            if !self.leaves_out(&next) {
                return Some(next);
            }
        }
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
    fn a_folder_is_listed_folders_first_and_only_what_can_be_read() {
        let folder = tempfile::TempDir::new().expect("a folder");
        for name in ["b.json", "A.docx", ".hidden.json", "c.exe", "d"] {
            std::fs::write(folder.path().join(name), "x").expect("written");
        }
        std::fs::create_dir(folder.path().join("z")).expect("made");
        let names = |text: &str| -> Vec<String> {
            let listed = list(folder.path(), text).expect("listed");
            assert!(!listed.is_cut);
            listed.entries.into_iter().map(|one| one.name).collect()
        };
        assert_eq!(names(""), ["z", ".hidden.json", "A.docx", "b.json"]);
        assert_eq!(names("a.d"), ["A.docx"]);
        assert_eq!(names("none"), Vec::<String>::new());
        assert!(list(&folder.path().join("none"), "").is_err());
        let listed = list(folder.path(), "b").expect("listed");
        assert!(listed.entries[0].changed.is_some());
    }

    #[test]
    fn a_large_folder_is_listed_in_part_and_what_is_typed_finds_the_rest() {
        let folder = tempfile::TempDir::new().expect("a folder");
        for at in 0..=LISTED {
            let path = folder.path().join(format!("{at:04}.json"));
            std::fs::write(path, "x").expect("written");
        }
        let all = list(folder.path(), "").expect("listed");
        assert_eq!((all.entries.len(), all.is_cut), (LISTED, true));
        let last = list(folder.path(), "500").expect("listed");
        assert_eq!((last.entries.len(), last.is_cut), (1, false));
    }
}
