//! A roll-up on the screen: a report that nobody types, with the sources of its cells.
//!
//! **Never:** writes a file; changes a number but by a line of adjustment with its reason.
//! Next: `check::rollup`, which sums, `panels::sources` for what is shown of a cell.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::facts::{FileFacts, ReadOnly};
use crate::base::number::{self, Typed};
use crate::base::words::{Message, words};
use crate::check::Profile;
use crate::check::rollup::{Adjustment, Ask, Rollup};
use crate::folder::{Asked, FileOf, List, Rolling, Roster, Summed};
use crate::form::CellId;
use crate::model::Document;
use crate::tui::input::Opened;

use super::ReportScreen;

/// A folder rolled up.
#[derive(Clone, Debug)]
pub struct Rolled {
    /// The sum and its sources.
    pub rollup: Rollup,
    /// The folder.
    pub folder: PathBuf,
    /// The files of the counted units, by the names of these.
    pub files: BTreeMap<String, PathBuf>,
    /// Cells that are not as they were last seen.
    pub changed: Vec<CellId>,
    /// What was chosen for it.
    pub rolling: Rolling,
}

impl Rolled {
    /// Rolls up the files of a folder, as its roster and its list have them.
    #[must_use]
    pub fn of(folder: &Path, files: &[Arc<FileOf>], roster: Option<&Roster>, list: &List) -> Self {
        let rolling = list.rolling();
        let own = (!rolling.own.is_empty()).then(|| folder.join(&rolling.own));
        let own = files.iter().find(|file| Some(&file.path) == own.as_ref());
        let summed = Summed::of(&Asked {
            folder,
            files,
            roster,
            list,
            year: own.and_then(|own| own.year()),
            reason: "",
            own: own.map(|own| own.path.as_path()),
        });
        let own_body = own.map_or("", |own| own.body());
        let ask = Ask {
            policy: rolling.policy,
            ..summed.ask([&rolling.body, own_body, ""], rolling.adjustments.clone())
        };
        let reason = rolling.reasons.get(own_body).map_or("", String::as_str);
        let own_report = own.and_then(|own| own.candidate(folder, reason));
        let rollup = Rollup::of(ask, own_report, summed.candidates());
        let path = |unit: &str| summed.file(unit).map(|file| file.path.clone());
        let units = rollup.units.iter();
        let files = units.filter_map(|unit| {
            let of_own = || own.filter(|_| unit.is_own).map(|own| own.path.clone());
            Some((unit.name.clone(), of_own().or_else(|| path(&unit.name))?))
        });
        let files = files.collect();
        let form = rollup.report.form();
        let is_other = |cell: &CellId| {
            let seen = rolling.seen.get(&form.path(*cell));
            seen.is_some_and(|seen| *seen != rollup.report.cell(*cell).text())
        };
        Rolled {
            changed: form.cells().filter(is_other).collect(),
            folder: folder.to_owned(),
            files,
            rolling,
            rollup,
        }
    }

    /// Marks what differs from the roll-up that stood here before too.
    pub(in crate::tui) fn since(&mut self, before: &Rolled) {
        let mut changed = self.rollup.changed_since(&before.rollup.report);
        changed.extend(&self.changed);
        changed.extend(&before.changed);
        changed.sort_unstable();
        changed.dedup();
        self.changed = changed;
    }

    /// What was chosen, with the numbers of now as those that were seen.
    #[must_use]
    pub fn seen(&self) -> Rolling {
        let report = &self.rollup.report;
        let form = report.form();
        let number = |cell: CellId| (form.path(cell), report.cell(cell).text().into_owned());
        Rolling {
            seen: form.cells().map(number).collect(),
            ..self.rolling.clone()
        }
    }

    /// What was chosen, with a line for a cell: a number with its sign, then the reason; 0
    /// takes its lines away.
    ///
    /// # Errors
    /// Why what was typed is no such line.
    pub fn adjusted(&self, cell: CellId, typed: &str) -> Result<Rolling, Message> {
        let path = self.rollup.report.form().path(cell);
        let typed = typed.trim();
        let is_reason = |c: char| !(c.is_numeric() || "+-－＋−".contains(c));
        let (number, reason) = typed.split_at(typed.find(is_reason).unwrap_or(typed.len()));
        let reason = reason.trim();
        let plain: String = number.trim().chars().map(number::narrow).collect();
        let by = match number::read(plain.strip_prefix('+').unwrap_or(&plain)) {
            Typed::Plain(value) => value.to_whole(),
            _ => None,
        };
        let mut rolling = self.rolling.clone();
        match by {
            None => Err(words(
                "先写数，再写理由：冲减写 -1 重复受理，补计写 1 漏报",
                "a number, then the reason: -1 counted twice, or 1 left out",
            )
            .into()),
            Some(0) => {
                rolling.adjustments.retain(|line| line.cell != path);
                Ok(rolling)
            }
            Some(_) if !reason.chars().any(char::is_alphabetic) => {
                Err(words("没有写理由，没有记下", "no reason was given: not kept").into())
            }
            Some(by) => {
                rolling.adjustments.push(Adjustment {
                    cell: path,
                    by,
                    reason: reason.to_owned(),
                    author: String::new(),
                });
                Ok(rolling)
            }
        }
    }
}

impl ReportScreen {
    /// A roll-up, to be read and adjusted.
    #[must_use]
    pub fn rolled_up(rolled: Rolled, profile: Profile) -> Self {
        let file = FileFacts {
            read_only: Some(ReadOnly::Summed),
            ..FileFacts::default()
        };
        let document = Document::new(rolled.rollup.report.clone());
        let mut screen = ReportScreen::new(Opened::of(document, file, false), profile);
        screen.rolled = Some(Box::new(rolled));
        screen
    }
}
