//! A folder of strangers' reports: its files read and judged side by side, its roster,
//! and the one file that is written there.
//!
//! **Never:** writes a file of a unit; loses a list that is damaged: it is kept aside.
//! Next: `folder` for what is made of it, `walk` and `parallel` for the files.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::facts::Stamp;
use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Message, words};
use crate::check::Profile;
use crate::folder::{Content, Day, FileOf, LIST, List, ROSTERS, Roster, Units, units};
use crate::format::{MAX_BYTES, MAX_FILE};

use super::file::{self, digest};
use super::import::{How, import};
use super::parallel::{self, Turn};
use super::walk::{Input, Walk};
use super::{Over, SaveFailure, Store};

/// Most bytes of a list.
const LARGEST: u64 = 16 << 20;
/// Most files of a folder that are read; the others are said.
pub const MOST: usize = 20_000;

/// A folder that was read whole.
#[derive(Debug, Default)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// Its files, in the order of their names.
    pub files: Vec<Arc<FileOf>>,
    /// The units that are expected, if that is known.
    pub roster: Option<Roster>,
    /// What is remembered.
    pub list: List,
    /// What could not be listed, and the like.
    pub said: Vec<Message>,
}

impl Folder {
    /// Its units.
    #[must_use]
    pub fn units(&self) -> Units {
        units(&self.path, &self.files, self.roster.as_ref(), &self.list)
    }
}

/// The list of a folder as it was read.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// What is remembered.
    pub list: List,
    /// What is said of it: that it was damaged and where it is kept.
    pub said: Option<Message>,
}

/// What is found in a folder.
#[derive(Debug)]
pub enum Found {
    /// A file, read and judged.
    File(Box<FileOf>),
    /// A file that looks as it was known, and was not read again.
    Same(PathBuf),
    /// Something else that is worth a sentence.
    Said(Message),
}

/// The files of a folder that may be a unit's, and sentences on what else stands there;
/// the list, the roster and locks are none.
pub fn candidates(folder: &Path, roster: Option<&Path>) -> impl Iterator<Item = Input> + use<> {
    let walk = Walk::over(false, std::iter::once(folder.as_os_str()));
    let folder = folder.to_owned();
    let roster = roster.map(Path::to_owned);
    let is_ours = move |path: &Path| {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        let in_folder = path.parent() == Some(&folder);
        let is_ending = |ending: &str| path.extension().is_some_and(|its| its == ending);
        (in_folder && (name.starts_with("勾稽审核") || ROSTERS.contains(&&*name)))
            || is_ending("lock")
            || roster.as_deref().is_some_and(|roster| file::is_same(roster, path))
            // What an office program leaves beside a document that is open.
            || name.starts_with("~$")
    };
    walk.filter(move |input| match input {
        Input::Found(path) => !is_ours(path),
        Input::Bare(_) => false,
        _ => true,
    })
    .take(MOST)
}

/// Reads and judges a file; a panic on it is a failure of that file alone.
#[must_use]
pub fn read(input: Input, how: &How, profile: &Profile) -> Found {
    let name = input.name();
    match input {
        Input::Found(path) | Input::Named(path) => {
            Found::File(Box::new(file_of(path, how, profile)))
        }
        Input::Closed(_, error) => Found::Said(
            words(
                "读不了文件夹：{file}，{why}",
                "cannot read the folder {file}: {why}",
            )
            .with(vec![
                ("file", name.into()),
                ("why", super::failure::reason(&error).into()),
            ]),
        ),
        _ => Found::Said(
            words(
                "略过：{file}，不是文件，或是文件夹的链接",
                "left out: {file}, no file, or a link to a folder",
            )
            .with(vec![("file", name.into())]),
        ),
    }
}

fn file_of(path: PathBuf, how: &How, profile: &Profile) -> FileOf {
    let name = shown_path(&path);
    let stamp = file::look(&path);
    let read = parallel::guarded(&name, || {
        import(&path, how).map(|read| {
            let mark = format!("{:032x}", read.digest);
            let stamp = read.facts.stamp;
            (stamp, mark, Content::of(read.format, read.draft, profile))
        })
    });
    match read.and_then(|read| read) {
        Ok((stamp, mark, content)) => FileOf {
            path,
            stamp,
            mark,
            content: Ok(content),
        },
        Err(failure) => {
            let bytes = file::bytes(&path, MAX_FILE as u64);
            FileOf {
                mark: bytes.map_or_else(
                    |_| String::new(),
                    |bytes| format!("{:032x}", digest(&bytes)),
                ),
                path,
                stamp,
                content: Err(failure),
            }
        }
    }
}

/// Files that were read before, as they looked.
pub type Known = HashMap<PathBuf, Option<Stamp>>;

/// Reads and judges the files of a folder side by side, in the order of their names; it
/// stops early if `take` returns false.
pub fn through(
    folder: &Path,
    roster: Option<&Path>,
    how: &How,
    profile: &Profile,
    known: Known,
    take: impl FnMut(Turn<Found>) -> bool,
) {
    let (how, profile) = (how.clone(), profile.clone());
    let work = move |input| match input {
        Input::Found(path) if known.get(&path).copied() == file::look(&path).map(Some) => {
            Found::Same(path)
        }
        input => read(input, &how, &profile),
    };
    parallel::in_order(candidates(folder, roster), work, take);
}

/// The roster that was named, else the one that lies in the folder.
///
/// # Errors
/// A [`Failure`] if it can't be read or holds no unit.
pub fn roster(folder: &Path, given: Option<&Path>) -> Result<Option<Roster>, Failure> {
    let here = ROSTERS.map(|name| folder.join(name));
    let path = match given {
        Some(given) => given.to_owned(),
        None => match here.into_iter().find(|path| path.is_file()) {
            Some(path) => path,
            None => return Ok(None),
        },
    };
    let bytes = file::bytes(&path, MAX_BYTES as u64)?;
    let name = path.file_name().map(|name| name.to_string_lossy());
    let rows = crate::format::rows(&bytes, name.as_deref());
    let roster = rows.and_then(|rows| Roster::of(path.clone(), &rows));
    roster.map(Some).map_err(|failure| {
        let what = words(
            "名单读不了：{file}",
            "the list of units cannot be read: {file}",
        );
        let what = what.with(vec![("file", shown_path(&path).into())]);
        Failure {
            why: Some(Box::new(failure.what)),
            what,
            ..failure
        }
    })
}

impl Store {
    /// Reads a folder whole: its files, its roster, its list.
    ///
    /// # Errors
    /// A [`Failure`] if the roster can't be read.
    pub fn folder(
        &self,
        folder: &Path,
        given: Option<&Path>,
        how: &How,
        profile: &Profile,
    ) -> Result<Folder, Failure> {
        let roster = roster(folder, given)?;
        let kept = self.list(folder);
        let mut read = Folder {
            path: folder.to_owned(),
            files: Vec::new(),
            roster,
            list: kept.list,
            said: kept.said.into_iter().collect(),
        };
        through(folder, given, how, profile, Known::new(), |turn| {
            match turn {
                Turn::Done(Found::File(file)) => read.files.push(Arc::from(file)),
                Turn::Done(Found::Said(said)) => read.said.push(said),
                Turn::Done(Found::Same(_)) | Turn::Waiting => {}
            }
            true
        });
        Ok(read)
    }

    /// Today, by the clock on the wall.
    #[must_use]
    pub fn today(&self) -> Day {
        Day::of(self.now())
    }

    /// The clock on the wall, as text.
    #[must_use]
    pub fn now_text(&self) -> String {
        self.now().full()
    }

    /// The list of a folder; one that is damaged says so, and is kept aside once another
    /// is written.
    #[must_use]
    pub fn list(&self, folder: &Path) -> Kept {
        let path = folder.join(LIST);
        if file::look(&path).is_none() {
            return Kept::default();
        }
        let read = file::read_on(self.disk(), &path, LARGEST);
        let why = match read.map(|read| List::read(&read.bytes)) {
            Ok(Some(list)) => return Kept { list, said: None },
            Ok(None) => None,
            Err(failure) => Some(failure.what),
        };
        let said = words(
            "{file} 坏了或不是本程序写的：原样留着，从头记起{why}",
            "{file} is damaged or not ours: it is kept aside, and a new one begun{why}",
        );
        let why = why.map_or(Message::from(words("", "")), |why| {
            words("（{why}）", " ({why})").with(vec![("why", why.into())])
        });
        Kept {
            list: List::default(),
            said: Some(said.with(vec![("file", LIST.into()), ("why", why.into())])),
        }
    }

    /// Keeps a list: what somebody else wrote since `base` was read stays; answers with
    /// the list as it is now, and with what is said of one kept aside.
    ///
    /// # Errors
    /// A [`Failure`] if the folder can't be written or is full; the old list is as it was.
    pub fn keep_list(&self, folder: &Path, base: &List, list: &List) -> Result<Kept, Failure> {
        let path = folder.join(LIST);
        let lock = self.wait_for(&path)?;
        let there = self.list(folder);
        let mut said = None;
        let over = if file::look(&path).is_none() {
            Over::Nothing
        } else {
            if there.said.is_some() {
                said = Some(self.put_aside(&path)?);
            }
            Over::Paper
        };
        let merged = if there.said.is_some() {
            list.clone()
        } else {
            list.merged(base, &there.list)
        };
        let over = if said.is_some() { Over::Nothing } else { over };
        let kept = self.save(&path, merged.text().as_bytes(), over);
        drop(lock);
        match kept {
            Ok(_) => Ok(Kept { list: merged, said }),
            Err(failure) => Err(failure.failure().clone()),
        }
    }

    /// The lock of the list: whoever else writes it is done in a moment.
    fn wait_for(&self, path: &Path) -> Result<Option<super::Lock>, Failure> {
        const TURNS: usize = 50;
        for turn in 0.. {
            match self.lock(path) {
                super::Locking::Taken(lock) => return Ok(Some(lock)),
                super::Locking::Unknown(_) => return Ok(None),
                super::Locking::Held(by) if turn == TURNS => {
                    return Err(super::lock::held(path, &by));
                }
                super::Locking::Held(_) => {
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
            }
        }
        Ok(None)
    }

    /// Gives a damaged list another name, beside it.
    fn put_aside(&self, path: &Path) -> Result<Message, Failure> {
        let aside = path.with_file_name(format!("勾稽审核.{}.坏.json", self.now().compact()));
        self.disk()
            .step(super::Step::Rename, &aside)
            .and_then(|()| std::fs::rename(path, &aside))
            .map_err(|error| super::failure::not_saved(path, super::failure::reason(&error)))?;
        let said = words(
            "原来的 {file} 读不懂，改名为 {aside}，重新记起",
            "{file} could not be read: it is now {aside}, and a new one was begun",
        );
        let name = |path: &Path| {
            path.file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
        };
        Ok(said.with(vec![
            ("file", name(path).into()),
            ("aside", name(&aside).into()),
        ]))
    }
}

impl From<SaveFailure> for Failure {
    fn from(failure: SaveFailure) -> Self {
        failure.failure().clone()
    }
}
