//! Files become units: by the roster where there is one, else by the body that each names.
//!
//! **Never:** merges two files of one unit, or takes a file for a unit that may be
//! another's: it is asked, and the list remembers the answer.
//! Next: `matching` for names, `standing` for how a unit stands.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::matching::{Names, Whose, short};
use super::{Content, Entry, FileOf, List, Roster, named};
use crate::base::body::same_body;

/// A unit: one that is expected, or one that a file names.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its name: as the roster has it, else as its file says, else that of the file.
    pub name: String,
    /// Its line of the roster; None: it stands in none.
    pub entry: Option<Entry>,
    /// Its files, the one that counts first.
    pub files: Vec<Filed>,
    /// Units that its file may be of: it is to be asked whose it is.
    pub maybe: Vec<String>,
}

/// A file of a unit.
#[derive(Clone, Debug)]
pub struct Filed {
    /// The file.
    pub file: Arc<FileOf>,
    /// What it is among the files of its unit.
    pub role: Role,
}

/// What a file is among those of its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Its numbers are the unit's.
    Counts,
    /// Another one says the very same.
    Same,
    /// It was sent back, and another one came for it.
    Earlier,
    /// It is of another year than the others.
    OtherYear,
    /// There are two, and nobody said which one counts.
    Doubled,
}

/// The units of a folder.
#[derive(Clone, Debug, Default)]
pub struct Units {
    /// The year that most files are of.
    pub year: Option<u16>,
    /// In the order of the roster, then as the files come.
    pub units: Vec<Unit>,
}

impl Unit {
    /// The file whose numbers are the unit's; None: there is none, or it is open which.
    #[must_use]
    pub fn file(&self) -> Option<&Arc<FileOf>> {
        let counts = self.files.iter().find(|filed| filed.role == Role::Counts);
        counts.map(|filed| &filed.file)
    }

    /// What stands for the unit on a page: the file that counts, else the first one.
    #[must_use]
    pub fn shown(&self) -> Option<&Arc<FileOf>> {
        let first = || self.files.first().map(|filed| &filed.file);
        self.file().or_else(first)
    }

    /// The report that counts.
    #[must_use]
    pub fn content(&self) -> Option<&Content> {
        self.file()?.read()
    }

    /// Whether several of its files could count.
    #[must_use]
    pub fn is_doubled(&self) -> bool {
        self.files.iter().any(|filed| filed.role == Role::Doubled)
    }

    /// Whether it has files, all of another year.
    #[must_use]
    pub fn is_of_other_year(&self) -> bool {
        self.files
            .first()
            .is_some_and(|filed| filed.role == Role::OtherYear)
    }

    /// Whether a roster is known and it does not stand in it.
    #[must_use]
    pub fn is_unexpected(&self, roster: Option<&Roster>) -> bool {
        roster.is_some() && self.entry.is_none()
    }
}

/// Makes units of the files of a folder.
#[must_use]
pub fn units(folder: &Path, files: &[Arc<FileOf>], roster: Option<&Roster>, list: &List) -> Units {
    let year = year_of_most(files);
    let mut units: Vec<Unit> = Vec::new();
    let mut strangers = Vec::new();
    if let Some(roster) = roster {
        units.extend(roster.entries.iter().map(|entry| Unit {
            name: entry.name.clone(),
            entry: Some(entry.clone()),
            files: Vec::new(),
            maybe: Vec::new(),
        }));
        let names = Names::of(roster);
        let mut likely: BTreeMap<usize, Vec<&Arc<FileOf>>> = BTreeMap::new();
        let mut asked: Vec<(&Arc<FileOf>, Vec<usize>)> = Vec::new();
        // Whom a file's own words made the unit's, not an answer.
        let mut own: Vec<&Arc<FileOf>> = Vec::new();
        for file in files {
            let whose = match list.owner(&named(folder, &file.path)) {
                Some("") => Whose::Nobody,
                Some(name) => match roster.entries.iter().position(|entry| entry.name == name) {
                    Some(at) => Whose::Sure(at),
                    None => names.whose(file),
                },
                None => {
                    own.push(file);
                    names.whose(file)
                }
            };
            match whose {
                Whose::Sure(at) => units[at].files.push(filed(file)),
                Whose::Likely(at) => likely.entry(at).or_default().push(file),
                Whose::Maybe(all) => asked.push((file, all)),
                Whose::Nobody => strangers.push(file),
            }
        }
        // The end of a name may be two bodies': then it is neither's until it is asked.
        for (at, files) in likely {
            let bodies = files.iter().map(|file| file.body());
            let is_own = |filed: &&Filed| own.iter().any(|file| Arc::ptr_eq(file, &filed.file));
            let sure = units[at].files.iter().filter(is_own);
            let sure = sure.map(|filed| filed.file.body());
            let mut all = bodies.chain(sure);
            let first = all.next().unwrap_or_default();
            let are_one = all.all(|body| same_body(&short(first), &short(body)) || body.is_empty());
            if are_one {
                units[at].files.extend(files.into_iter().map(filed));
            } else {
                asked.extend(files.into_iter().map(|file| (file, vec![at])));
            }
        }
        units.extend(asked.into_iter().map(|(file, all)| {
            let maybe = all.into_iter().map(|at| roster.entries[at].name.clone());
            Unit {
                maybe: maybe.collect(),
                ..alone(file)
            }
        }));
    } else {
        strangers.extend(files);
    }
    by_body(strangers, &mut units);
    for unit in &mut units {
        if unit.maybe.is_empty() {
            roles(unit, year, folder, list);
        }
    }
    Units { year, units }
}

fn filed(file: &Arc<FileOf>) -> Filed {
    Filed {
        file: Arc::clone(file),
        role: Role::Counts,
    }
}

/// A unit that is known by one file alone.
fn alone(file: &Arc<FileOf>) -> Unit {
    let name = match file.body() {
        "" => file.stem(),
        body => body.to_owned(),
    };
    Unit {
        name: crate::base::width::shown(&name).into_owned(),
        entry: None,
        files: vec![filed(file)],
        maybe: Vec::new(),
    }
}

/// Units of files that stand in no roster: those of one body together.
fn by_body(files: Vec<&Arc<FileOf>>, units: &mut Vec<Unit>) {
    let mut known: HashMap<String, usize> = HashMap::new();
    for file in files {
        let body = short(file.body());
        if let Some(at) = known.get(&body).filter(|_| !body.is_empty()) {
            units[*at].files.push(filed(file));
            continue;
        }
        if !body.is_empty() {
            known.insert(body, units.len());
        }
        units.push(alone(file));
    }
}

fn year_of_most(files: &[Arc<FileOf>]) -> Option<u16> {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for year in files.iter().filter_map(|file| file.year()) {
        *counts.entry(year).or_default() += 1;
    }
    // Of as many, the later year.
    counts
        .into_iter()
        .max_by_key(|(year, count)| (*count, *year))
        .map(|(year, _)| year)
}

/// Says what each file of a unit is, the one that counts first.
fn roles(unit: &mut Unit, year: Option<u16>, folder: &Path, list: &List) {
    let is_other =
        |file: &FileOf| matches!((file.year(), year), (Some(its), Some(year)) if its != year);
    for filed in &mut unit.files {
        if is_other(&filed.file) {
            filed.role = Role::OtherYear;
        }
    }
    let open: Vec<usize> = (0..unit.files.len())
        .filter(|at| unit.files[*at].role == Role::Counts)
        .collect();
    if open.len() > 1 {
        let name = |at: &usize| named(folder, &unit.files[*at].file.path);
        let counts = chosen(unit, &open, &name, list);
        for at in &open {
            unit.files[*at].role = match counts {
                None => Role::Doubled,
                Some((counts, _)) if counts == *at => Role::Counts,
                Some((_, role)) => role,
            };
        }
    }
    let rank = |role| match role {
        Role::Counts => 0,
        Role::Doubled => 1,
        Role::Same | Role::Earlier => 2,
        Role::OtherYear => 3,
    };
    unit.files.sort_by_key(|filed| rank(filed.role));
}

/// Which of several files counts, and what the others are then.
fn chosen(
    unit: &Unit,
    open: &[usize],
    name: &dyn Fn(&usize) -> String,
    list: &List,
) -> Option<(usize, Role)> {
    let said = list.chosen(&unit.name);
    if let Some(at) = open.iter().find(|at| Some(name(at).as_str()) == said) {
        return Some((*at, Role::Earlier));
    }
    // One of two was sent back and is as it was: the other one came for it.
    if let ([one, other], Some(last)) = (open, list.returns(&unit.name).last()) {
        let is_old =
            |at: &usize| name(at) == last.file && unit.files[*at].file.mark == last.content;
        match (is_old(one), is_old(other)) {
            (true, false) => return Some((*other, Role::Earlier)),
            (false, true) => return Some((*one, Role::Earlier)),
            _ => {}
        }
    }
    let reports: Option<Vec<_>> = open
        .iter()
        .map(|at| Some(&unit.files[*at].file.read()?.report))
        .collect();
    let reports = reports?;
    let first = reports.first()?;
    let says_the_same = |one: &&&crate::model::Report| {
        one.form() == first.form()
            && one.cells() == first.cells()
            && first
                .form()
                .texts()
                .all(|text| one.text(text) == first.text(text))
    };
    reports
        .iter()
        .all(|one| says_the_same(&one))
        .then_some((open[0], Role::Same))
}
