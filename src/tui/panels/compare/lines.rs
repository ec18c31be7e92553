//! The page of two reports laid out for a width: what stands in which line, and where one
//! can stop.
//!
//! A row of a table takes a line for each year and one for what is between them; where its
//! columns do not fit, each of its cells takes a line of its own.
//!
//! **Never:** draws.
//! Next: `view`, which draws the lines in sight.

use std::ops::Range;

use super::entries::{Note, Pair, What};
use crate::base::width::shown;
use crate::base::words::{Arg, Lang, Message, Words, words};
use crate::check::Severity;
use crate::check::problem::cell_words;
use crate::form::{CellId, Form, Table};
use crate::model::Report;
use crate::paper::diff::{gap, name, sum};
use crate::tui::theme::Role;
use crate::tui::turn::Look;

/// Columns left of everything: the sign of what is chosen.
pub(super) const MARGIN: usize = 2;
/// Fewest columns of the label of a row.
const LABEL: usize = 12;
/// Most of them: most official labels fit.
const OFFICIAL: usize = 48;
/// Columns of the screen from which numbers have more room.
const WIDE: u16 = 120;

/// A line of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its entry, by its place.
    pub(super) entry: usize,
    pub(super) kind: Kind,
}

/// What a line holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The name of a part.
    Part,
    /// The heads of the columns of a table.
    Heads(usize),
    /// The numbers of a row.
    Numbers(Series),
    /// One cell of a row, with all that is between its years.
    Cell(usize),
    /// A piece of a wording: whose, its bytes, and whether it is its first line.
    Wording(Whose, Range<usize>, bool),
    /// Words with their role.
    Said(String, Role),
    /// Nothing.
    Blank,
}

/// Which numbers of a row stand in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Series {
    /// Both say the same.
    Same,
    /// Those that were.
    Old,
    /// Those that are.
    New,
    /// What is between them.
    Gap,
    /// What last year carried out, beside what this year carried in.
    Due,
}

/// Whose wording it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Both,
    Old,
    New,
}

/// Something that can be chosen: an entry, or one cell of it, and its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    pub(super) entry: usize,
    /// The column, where every cell is a stop of its own.
    pub(super) col: Option<usize>,
    pub(super) lines: Range<usize>,
}

/// Widths of a table in columns of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Widths {
    pub(super) label: usize,
    /// The name of the year.
    pub(super) tag: usize,
    pub(super) col: usize,
}

impl Widths {
    /// Widths of a table; None where its columns do not fit. Numbers of all tables begin in
    /// one column, where all fit.
    pub(super) fn of(form: &Form, table: usize, look: Look, tag: usize) -> Option<Self> {
        let own = |table: &Table| {
            let room = usize::from(look.size.0).checked_sub(MARGIN + tag + 1)?;
            let count = table.cols.len();
            let most = if count > 5 { 7 } else { 11 };
            let wide = if look.size.0 >= WIDE { most + 2 } else { most };
            let col = (room.checked_sub(LABEL)? / count).min(wide);
            let label = (room - count * col).min(OFFICIAL);
            (col >= 7 && label >= LABEL).then_some(Widths { label, tag, col })
        };
        let labels = form
            .tables
            .iter()
            .filter_map(own)
            .map(|widths| widths.label);
        let widths = own(&form.tables[table])?;
        let label = labels.min().unwrap_or(widths.label);
        Some(Widths { label, ..widths })
    }

    /// The column of the screen at which a column of the table begins.
    pub(super) fn start(self, col: usize) -> usize {
        MARGIN + self.label + self.tag + col * self.col
    }
}

/// The page, laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Laid {
    /// What it was laid out for.
    key: Key,
    pub(super) lines: Vec<Line>,
    pub(super) stops: Vec<Stop>,
}

/// What lines depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    cols: u16,
    lang: Lang,
    wide_ambiguous: bool,
    everything: bool,
}

impl Key {
    fn of(look: Look, everything: bool) -> Self {
        Key {
            cols: look.size.0,
            lang: look.lang,
            wide_ambiguous: look.ruler.wide_ambiguous,
            everything,
        }
    }
}

impl Laid {
    /// Whether it is laid out so.
    pub(super) fn fits(&self, look: Look, everything: bool) -> bool {
        self.key == Key::of(look, everything)
    }

    /// The page of a pair, with `tag` columns for the names of both.
    pub(super) fn of(pair: &Pair, look: Look, everything: bool, tag: usize) -> Self {
        let mut laid = Laid {
            key: Key::of(look, everything),
            lines: Vec::new(),
            stops: Vec::new(),
        };
        let mut table = None;
        for (at, entry) in pair.entries.iter().enumerate() {
            if !entry.is_changed && !everything {
                continue;
            }
            match &entry.what {
                What::Sum => laid.say(at, (&pair.sum(), Role::Plain), look),
                What::Part(_) => {
                    table = None;
                    laid.put(at, Kind::Blank);
                    laid.put(at, Kind::Part);
                }
                What::Row(index, row) => {
                    let widths = Widths::of(pair.form(), *index, look, tag);
                    if table.replace(*index) != Some(*index) && widths.is_some() {
                        laid.put(at, Kind::Heads(*index));
                    }
                    laid.row(pair, (at, *index, *row), widths.is_some(), look);
                }
                What::Sentence(_, _, words) | What::Other(_, words) => {
                    let from = laid.lines.len();
                    if let What::Other(place, _) = &entry.what {
                        let name = name(pair.form(), place).text(look.lang);
                        laid.put(at, Kind::Said(name, Role::Head));
                    }
                    if words.is_same() {
                        laid.wording(at, Whose::Both, &words.new, look);
                    } else {
                        laid.wording(at, Whose::Old, &words.old, look);
                        laid.wording(at, Whose::New, &words.new, look);
                    }
                    laid.stop(at, None, from);
                }
                What::Alone(said) => {
                    let from = laid.lines.len();
                    laid.say(at, (said, Role::ReminderText), look);
                    laid.stop(at, None, from);
                }
            }
        }
        laid
    }

    fn put(&mut self, entry: usize, kind: Kind) {
        self.lines.push(Line { entry, kind });
    }

    fn stop(&mut self, entry: usize, col: Option<usize>, from: usize) {
        let lines = from..self.lines.len();
        self.stops.push(Stop { entry, col, lines });
    }

    fn say(&mut self, entry: usize, (said, role): (&Message, Role), look: Look) {
        let said = shown(&said.text(look.lang)).into_owned();
        let cols = usize::from(look.size.0).saturating_sub(MARGIN + 1);
        for range in look.ruler.wrap(&said, cols.max(8)) {
            self.put(entry, Kind::Said(said[range].trim_start().to_owned(), role));
        }
    }

    fn wording(&mut self, entry: usize, whose: Whose, text: &str, look: Look) {
        let cols = usize::from(look.size.0).saturating_sub(MARGIN + 3);
        if text.is_empty() {
            return;
        }
        for (at, range) in look.ruler.wrap(text, cols.max(8)).into_iter().enumerate() {
            self.put(entry, Kind::Wording(whose, range, at == 0));
        }
    }

    /// A row of a table, as numbers under heads or cell by cell.
    fn row(&mut self, pair: &Pair, at: (usize, usize, usize), has_heads: bool, look: Look) {
        let (entry, table, row) = at;
        let cols = 0..pair.form().tables[table].cols.len();
        let cell = |col: usize| pair.form().tables[table].cell(row, col);
        let from = self.lines.len();
        let is_changed = cols.clone().any(|col| pair.is_changed(cell(col)));
        if has_heads {
            let series: &[Series] = match (is_changed, pair.has_due(table, row)) {
                (true, false) => &[Series::Old, Series::New, Series::Gap],
                (true, true) => &[Series::Old, Series::Due, Series::New, Series::Gap],
                (false, false) => &[Series::Same],
                (false, true) => &[Series::Due, Series::Same],
            };
            for series in series {
                self.put(entry, Kind::Numbers(*series));
            }
        } else {
            let everything = self.key.everything;
            for col in cols.filter(|col| everything || pair.is_stop(cell(*col))) {
                let from = self.lines.len();
                self.put(entry, Kind::Cell(col));
                for (said, role) in pair.said_of(cell(col)) {
                    self.say(entry, (&said, role), look);
                }
                self.stop(entry, Some(col), from);
            }
        }
        let notes: Vec<_> = pair.notes_of(table, row).collect();
        for note in notes.iter().filter(|note| has_heads || note.cell.is_none()) {
            let (said, role) = note.said();
            self.say(entry, (&said, role), look);
        }
        if has_heads {
            self.stop(entry, None, from);
        }
    }
}

impl Note {
    /// In words, with its sign, and the role it is drawn in.
    fn said(&self) -> (Message, Role) {
        let sign = if self.is_settled {
            ':'
        } else {
            self.severity.sign()
        };
        let said = words("{sign} {said}（{code}）", "{sign} {said} ({code})");
        let said = said.with(vec![
            ("sign", sign.to_string().into()),
            ("said", self.message.clone().into()),
            ("code", self.code.into()),
        ]);
        let role = match (self.is_settled, self.severity) {
            (true, _) | (_, Severity::Info) => Role::Head,
            (_, Severity::Warning) => Role::ReminderText,
            (_, Severity::Error) => Role::ErrorText,
        };
        (said, role)
    }
}

impl Pair {
    /// How much differs.
    pub(super) fn sum(&self) -> Message {
        if self.diff.is_equal() {
            return words("没有不同", "nothing differs").into();
        }
        sum(&self.diff)
    }

    /// What is said of a cell.
    fn said_of(&self, cell: CellId) -> Vec<(Message, Role)> {
        let notes = self.notes.iter().filter(|note| note.cell == Some(cell));
        notes.map(Note::said).collect()
    }

    /// Whether a row stands against what last year carried out.
    pub(super) fn has_due(&self, table: usize, row: usize) -> bool {
        self.is_year_before && self.form().row("t3", "carried_in") == Some((table, row))
    }

    /// The cell of last year that one carried in stands against.
    pub(super) fn due(&self, table: usize, col: usize) -> Option<CellId> {
        let (at, row) = self.form().row("t3", "carried_out")?;
        (at == table).then(|| self.form().tables[table].cell(row, col))
    }

    /// What stood in a cell and what stands there now; None where one does not say it.
    pub(super) fn values(&self, cell: CellId) -> [Option<String>; 2] {
        let [was, is] = self.knows(cell);
        let text = |report: &Report| report.cell(cell).text().into_owned();
        [was.then(|| text(&self.old)), is.then(|| text(&self.new))]
    }

    /// What is between both numbers of a cell, with its sign; `*` where one is none, empty
    /// where they are equal.
    pub(super) fn gap(&self, cell: CellId) -> String {
        let Some(changed) = self.change(cell) else {
            return String::new();
        };
        match gap(self.form(), cell, changed) {
            Some(gap) if gap.units > 0 => format!("+{gap}"),
            Some(gap) => gap.to_string(),
            None => "*".to_owned(),
        }
    }

    /// The sign beside a number: what the gravest note of its cell says, or that it is far.
    pub(super) fn sign(&self, cell: CellId) -> char {
        let notes = self.notes.iter().filter(|note| note.cell == Some(cell));
        let open = notes.clone().filter(|note| !note.is_settled);
        match open.map(|note| note.severity).max() {
            Some(severity) => severity.sign(),
            None if notes.count() > 0 => ':',
            None if self.diff.far.contains(&cell) => 'i',
            None => ' ',
        }
    }

    /// A cell in words, with all that is to be said of it.
    pub(super) fn told_of(&self, cell: CellId) -> Message {
        let [was, is] = self.values(cell);
        let or = |value: Option<String>| -> Arg {
            match value.as_deref() {
                None => words("没有读出来", "not read").into(),
                Some("") => words("(空)", "(blank)").into(),
                Some(text) => shown(text).as_ref().into(),
            }
        };
        let far = if self.diff.far.contains(&cell) {
            words("，变化大", ", far")
        } else {
            Words::default()
        };
        let gap = self.gap(cell);
        let args = vec![
            ("cell", cell_words(self.form(), cell).into()),
            ("was", or(was)),
            ("is", or(is)),
            ("gap", gap.as_str().into()),
            ("far", far.into()),
        ];
        if gap.is_empty() {
            words("{cell}：{is}，没有变", "{cell}: {is}, as it was").with(args)
        } else {
            words(
                "{cell}：{was} -> {is}（{gap}{far}）",
                "{cell}: {was} -> {is} ({gap}{far})",
            )
            .with(args)
        }
    }
}
