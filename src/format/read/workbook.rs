//! Sheets to a draft: one table a sheet.
//!
//! **Never:** mixes two sheets that say the same cells.
//! Next: `read::sheet` for one of them; `assemble`.

use std::collections::BTreeSet;

use crate::base::failure::Failure;
use crate::base::place::Place;
use crate::base::words::{Words, words};
pub(in crate::format) use crate::format::read::sheet::Sheet;
use crate::format::rectangle::{MAX_BOXES, Rectangle, too_many};
use crate::format::{Options, assemble, no_report};
use crate::model::{Cell, Draft, Note};

const HIDDEN: Words = words(
    "工作表【{sheet}】是隐藏的，没有读",
    "the hidden sheet \"{sheet}\" was not read",
);
const CHOSEN: Words = words(
    "几张工作表填的是同样的格：只读了【{sheet}】，没有读【{others}】",
    "several sheets fill the same cells: only \"{sheet}\" was read, not \"{others}\"",
);

/// A sheet that is read.
struct Part {
    name: String,
    table: Rectangle,
    notes: Vec<Note>,
}

/// Makes a draft of the tables on sheets.
pub(in crate::format) fn tables(sheets: Vec<Sheet>, options: &Options) -> Result<Draft, Failure> {
    let mut notes = Vec::new();
    let all_hidden = sheets.iter().all(|sheet| sheet.hidden);
    let mut parts = Vec::new();
    let mut boxes = 0;
    let mut lacking = BTreeSet::new();
    for mut sheet in sheets {
        if sheet.cells.is_empty() && sheet.asides.is_empty() {
            continue;
        }
        if sheet.hidden && !all_hidden {
            notes.push(Note {
                place: Place::Sheet(sheet.name.clone()),
                message: HIDDEN.with(vec![("sheet", sheet.name.as_str().into())]),
            });
            continue;
        }
        boxes += sheet.boxes();
        if boxes > MAX_BOXES {
            return Err(too_many());
        }
        lacking.extend(
            sheet
                .formulas
                .iter()
                .map(|(row, col)| sheet.place(*row, *col)),
        );
        let table = sheet.table();
        parts.push(Part {
            notes: sheet.notes().collect(),
            name: sheet.name,
            table,
        });
    }
    if parts.is_empty() {
        return Err(no_report());
    }
    let parts = chosen(parts, &mut notes, options);
    let mut tables = Vec::new();
    for part in parts {
        notes.extend(part.notes);
        tables.push(part.table);
    }
    let mut draft = assemble::of_tables(tables, notes, options)?;
    open_formulas(&mut draft, &lacking);
    Ok(draft)
}

/// A formula without a result: a total is blank, for its parts tell it; any other cell
/// holds what is no number, so that nobody takes it for zero.
fn open_formulas(draft: &mut Draft, lacking: &BTreeSet<Place>) {
    let form = draft.report().form();
    for id in form.cells() {
        let Some(origin) = draft.origins[id.index()].clone() else {
            continue;
        };
        if !lacking.contains(&origin.place) {
            continue;
        }
        let cell = if form.is_total(id) {
            Cell::Blank
        } else {
            Cell::Raw(NO_RESULT.into())
        };
        draft.set_cell(id, cell, Some(origin));
    }
}

/// What stands in a cell whose formula has no result.
const NO_RESULT: &str = "=?";

/// What a sheet says, read by itself.
struct Said {
    year: Option<u16>,
    body: String,
    /// The cells that it fills.
    paths: BTreeSet<String>,
}

impl Said {
    fn by(part: &Part, options: &Options) -> Option<Self> {
        let draft = assemble::of_tables(vec![part.table.clone()], Vec::new(), options).ok()?;
        let form = draft.report().form();
        let filled = form
            .cells()
            .filter(|id| draft.origins[id.index()].is_some());
        let paths: BTreeSet<String> = filled.map(|id| form.path(id)).collect();
        let head = draft.report().head();
        (!paths.is_empty()).then(|| Said {
            year: head.year.or_else(|| year_in(&part.name)),
            body: head.body.clone(),
            paths,
        })
    }

    fn contradicts(&self, other: &Said) -> bool {
        let years = self.year.zip(other.year).is_some_and(|(a, b)| a != b);
        let named = !self.body.is_empty() && !other.body.is_empty();
        years || named && self.body != other.body || !self.paths.is_disjoint(&other.paths)
    }
}

/// A year that a sheet is named after.
fn year_in(name: &str) -> Option<u16> {
    let mut runs = name.split(|c: char| !c.is_ascii_digit());
    let year: u16 = runs.find(|run| run.len() == 4)?.parse().ok()?;
    (2000..2100).contains(&year).then_some(year)
}

/// The sheets that are one report: of those that say the same cells, or name another
/// year or body, the latest and fullest.
fn chosen(parts: Vec<Part>, notes: &mut Vec<Note>, options: &Options) -> Vec<Part> {
    if parts.len() < 2 {
        return parts;
    }
    let said: Vec<Option<Said>> = parts.iter().map(|part| Said::by(part, options)).collect();
    let mut order: Vec<(usize, &Said)> = said
        .iter()
        .enumerate()
        .filter_map(|(at, said)| Some((at, said.as_ref()?)))
        .collect();
    order.sort_by_key(|(_, said)| std::cmp::Reverse((said.year, said.paths.len())));
    let mut kept: Vec<(usize, &Said)> = Vec::new();
    let mut left: Vec<usize> = Vec::new();
    for (at, said) in order {
        if kept.iter().any(|(_, before)| said.contradicts(before)) {
            left.push(at);
        } else {
            kept.push((at, said));
        }
    }
    if left.is_empty() {
        return parts;
    }
    left.sort_unstable();
    let names = |of: &mut dyn Iterator<Item = usize>| {
        of.map(|at| parts[at].name.as_str())
            .collect::<Vec<_>>()
            .join("】【")
    };
    kept.sort_by_key(|(at, _)| *at);
    let read = names(&mut kept.iter().map(|(at, _)| *at));
    let others = names(&mut left.iter().copied());
    notes.push(Note {
        place: Place::Sheet(parts[left[0]].name.clone()),
        message: CHOSEN.with(vec![("sheet", read.into()), ("others", others.into())]),
    });
    let parts = parts.into_iter().enumerate();
    let parts = parts.filter(|(at, _)| !left.contains(at));
    parts.map(|(_, part)| part).collect()
}
