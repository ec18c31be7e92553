//! Identities against cells: holds, broken, or open.
//!
//! **Never:** formats text, knows a language, or changes a report.
//! Next: `model::Counted` for what a cell counts as, `tables` for the problems made of it.

use crate::form::{Along, CellId, Form, Identities, Identity};
use crate::model::{Cell, Counted, Report};

/// In which tables a blank entry cell is unknown; in the others it is 0, but in
/// rows and tables that the report itself says were not found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blanks {
    tables: u32,
    /// Blank is 0 even in a table that holds nothing at all.
    filled: bool,
}

impl Blanks {
    /// Blank cells count as 0 everywhere: how a finished file is judged.
    ///
    /// A section whose tables hold nothing at all is not finished: there they are
    /// unknown all the same.
    pub const ZERO: Blanks = Blanks {
        tables: 0,
        filled: false,
    };

    /// Blank cells count as 0 even there: what is written if somebody says so.
    pub const FILLED: Blanks = Blanks {
        tables: 0,
        filled: true,
    };

    /// Blank cells are unknown everywhere.
    pub const UNKNOWN: Blanks = Blanks {
        tables: u32::MAX,
        filled: false,
    };

    /// How the blanks of a report are judged: unknown in the tables being keyed. A
    /// table that holds nothing in a file of our own is about to be keyed.
    #[must_use]
    pub fn of(report: &Report, native: bool) -> Self {
        let unfilled = report.unfilled().into_iter().filter(|_| native);
        let prefixes = report.keying().iter().copied().chain(unfilled);
        Self::keyed(report.form(), prefixes)
    }

    /// Blank cells are unknown in the tables of these prefixes.
    #[must_use]
    pub fn keyed(form: &'static Form, prefixes: impl IntoIterator<Item = &'static str>) -> Self {
        let tables = prefixes
            .into_iter()
            .flat_map(|prefix| form.tables_of(prefix));
        tables.fold(Blanks::ZERO, Blanks::unknown_in)
    }

    /// The same, with blank cells unknown in one more table.
    #[must_use]
    pub const fn unknown_in(self, table: usize) -> Self {
        Blanks {
            tables: self.tables | 1 << table,
            ..self
        }
    }

    /// Whether blank cells of a table are unknown.
    #[must_use]
    pub const fn are_unknown(self, table: usize) -> bool {
        self.tables >> table & 1 == 1
    }
}

/// What judging an identity says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both sides are known and equal.
    Holds,
    /// The sides can't be equal any more.
    Broken {
        /// Left minus right, of what is known.
        by: i64,
    },
    /// Cells are unknown or unreadable.
    Open {
        /// Blank cells on the line.
        missing: u32,
    },
}

/// A number being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typing {
    /// The cell it is typed into.
    pub cell: CellId,
    /// The totals that follow it.
    pub follows: Vec<CellId>,
}

/// All identities of a report's form, judged.
#[derive(Clone, Debug)]
pub struct Judged {
    identities: &'static Identities,
    counted: Counted,
    verdicts: Vec<Verdict>,
}

impl Judged {
    /// Judges every identity of a report.
    #[must_use]
    pub fn of(report: &Report, blanks: Blanks) -> Self {
        let identities = report.form().identities();
        let mut this = Judged {
            identities,
            counted: counted(report, blanks),
            verdicts: Vec::with_capacity(identities.all().len()),
        };
        for identity in identities.all() {
            let verdict = this.verdict_on(identity, report.cells());
            this.verdicts.push(verdict);
        }
        this
    }

    fn verdict_on(&self, identity: &Identity, cells: &[Cell]) -> Verdict {
        let left = self.counted.sum(self.identities.left(identity));
        let right = self.counted.sum(self.identities.right(identity));
        let by = left.sum - right.sum;
        if left.is_known() && right.is_known() {
            return if by == 0 {
                Verdict::Holds
            } else {
                Verdict::Broken { by }
            };
        }
        let claims = self
            .identities
            .total_cell(identity)
            .is_none_or(|total| !cells[total.index()].is_blank());
        let missing = if claims {
            left.unknown + right.unknown
        } else {
            left.unknown.max(right.unknown)
        };
        let is_readable = left.unreadable == 0 && right.unreadable == 0;
        // Unknown cells can only add to their side.
        let too_much = right.unknown == 0 && by > 0 || left.unknown == 0 && by < 0;
        if is_readable && too_much {
            Verdict::Broken { by }
        } else {
            Verdict::Open { missing }
        }
    }

    /// Leaves open what a number being typed may still fulfil.
    ///
    /// A broken identity is neutral while its gap moves with the typed cell and
    /// either, with all cells known, the digits are a proper prefix of the number
    /// needed, or, with cells unknown, more digits would lessen the gap.
    pub fn leave_open(&mut self, report: &Report, typing: &Typing) {
        let Some(value) = report.cell(typing.cell).count() else {
            return;
        };
        for number in 0..self.verdicts.len() {
            let Verdict::Broken { by } = self.verdicts[number] else {
                continue;
            };
            let identity = &self.identities.all()[number];
            let left = moving(report, typing, self.identities.left(identity));
            let right = moving(report, typing, self.identities.right(identity));
            let step = left - right;
            if step == 0 {
                continue;
            }
            let sides = [
                self.identities.left(identity),
                self.identities.right(identity),
            ];
            let missing = sides.map(|side| self.counted.sum(side).unknown);
            let missing = missing.iter().sum();
            let open = if missing == 0 {
                by % step == 0 && is_proper_prefix(value, value - by / step)
            } else {
                step.signum() != by.signum()
            };
            if open {
                self.verdicts[number] = Verdict::Open { missing };
            }
        }
    }

    /// The identities, in the order of [`Judged::verdicts`].
    #[must_use]
    pub fn identities(&self) -> &'static Identities {
        self.identities
    }

    /// One verdict an identity.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// The verdicts on the tables under a prefix of the form judged.
    #[must_use]
    pub fn verdicts_of(&self, form: &Form, prefix: &str) -> Vec<Verdict> {
        let all = self.identities.all().iter().zip(&self.verdicts);
        all.filter(|(identity, _)| form.tables[identity.table].prefix == prefix)
            .map(|(_, verdict)| *verdict)
            .collect()
    }

    /// What is known of both sides of an identity.
    #[must_use]
    pub fn sides(&self, identity: &Identity) -> (i64, i64) {
        (
            self.counted.sum(self.identities.left(identity)).sum,
            self.counted.sum(self.identities.right(identity)).sum,
        )
    }

    /// What a cell counts as; None where something of it is unknown.
    #[must_use]
    pub fn value(&self, cell: CellId) -> Option<i64> {
        self.counted.cell(cell).value()
    }

    /// What the parts of a total add up to; None where something of it is unknown.
    #[must_use]
    pub fn sum_of_parts(&self, total: CellId) -> Option<i64> {
        let identity = self.identities.total_of(total)?;
        self.counted.sum(self.identities.parts(identity)).value()
    }

    /// The verdict on the identity of a rule in a column or row of a table.
    #[must_use]
    pub fn verdict(&self, rule: &str, table: usize, along: Along, line: usize) -> Option<Verdict> {
        let number = self.identities.all().iter().position(|identity| {
            identity.rule == rule
                && identity.table == table
                && identity.along == along
                && identity.line == line
        })?;
        Some(self.verdicts[number])
    }
}

/// How many of the cells grow by one when the typed cell does.
fn moving(report: &Report, typing: &Typing, cells: &[CellId]) -> i64 {
    cells
        .iter()
        .map(|cell| {
            if *cell == typing.cell || typing.follows.contains(cell) {
                return 1;
            }
            let parts = report.stands_for(*cell);
            parts.map_or(0, |parts| moving(report, typing, parts))
        })
        .sum()
}

/// What cells count as where these blanks are unknown; those of tables and rows that
/// were not found are in any case.
fn counted(report: &Report, blanks: Blanks) -> Counted {
    let is_unknown = |table: usize| {
        let prefix = report.form().tables[table].prefix;
        blanks.are_unknown(table)
            || report.unread().any(|unread| unread.prefix == prefix)
            || !blanks.filled && report.is_unfilled(prefix)
    };
    let tables = 0..report.form().tables.len();
    let tables: Vec<bool> = tables.map(is_unknown).collect();
    let lost: Vec<(usize, usize)> = report.lost().collect();
    Counted::of(report, |table, row| {
        tables[table] || lost.contains(&(table, row))
    })
}

fn is_proper_prefix(typed: i64, needed: i64) -> bool {
    if typed < 0 || needed < 0 {
        return false;
    }
    let (typed, needed) = (typed.to_string(), needed.to_string());
    needed.len() > typed.len() && needed.starts_with(&typed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::words::Words;
    use crate::form::{Kind, current};
    use crate::model::{Document, Draft, Transaction};

    fn report(cells: &[(&str, &str)]) -> Report {
        let mut document = Document::new(Report::new(current()));
        let mut step = Transaction::new(Words::same("x"));
        for (path, text) in cells {
            let cell = current().cell(path).expect("path of the form");
            step = step.cell(document.report(), cell, Cell::read(text, Kind::Count));
        }
        document.apply(step).expect("fits an empty report");
        document.report().clone()
    }

    fn verdict(cells: &[(&str, &str)], blanks: Blanks, rule: &str, line: usize) -> Verdict {
        let along = if rule == "T3-ROWSUM" {
            Along::Rows
        } else {
            Along::Columns
        };
        Judged::of(&report(cells), blanks)
            .verdict(rule, 4, along, line)
            .expect("identity of the form")
    }

    #[test]
    fn a_blank_total_is_the_sum_of_its_parts() {
        let cells = [
            ("t3.new_received.natural_person", "3"),
            ("t3.granted_full.natural_person", "2"),
        ];
        let balance = |blanks| verdict(&cells, blanks, "T3-BALANCE", 0);
        assert_eq!(balance(Blanks::ZERO), Verdict::Broken { by: 1 });
        assert_eq!(balance(Blanks::UNKNOWN), Verdict::Open { missing: 22 });
        assert_eq!(
            verdict(&cells, Blanks::ZERO, "T3-COLSUM", 0),
            Verdict::Holds
        );
    }

    #[test]
    fn a_complete_side_below_the_known_other_is_broken_already() {
        let cells = [
            ("t3.new_received.natural_person", "1"),
            ("t3.carried_in.natural_person", "0"),
            ("t3.granted_full.natural_person", "2"),
        ];
        assert_eq!(
            verdict(&cells, Blanks::UNKNOWN, "T3-BALANCE", 0),
            Verdict::Broken { by: -1 }
        );
    }

    #[test]
    fn a_row_whose_numbers_were_not_found_leaves_its_lines_open() {
        let cells = [
            ("t3.new_received.natural_person", "3"),
            ("t3.processed_total.natural_person", "3"),
            ("t3.granted_partial.natural_person", "1"),
        ];
        let blank = |rule| verdict(&cells, Blanks::ZERO, rule, 0);
        assert_eq!(blank("T3-COLSUM"), Verdict::Broken { by: -2 });
        let judged = |filled: &[(&str, &str)]| {
            let mut draft = Draft::new(current());
            draft.push_lost(4, 2);
            for (path, text) in cells.iter().chain(filled) {
                let id = current().cell(path).expect("path of the form");
                draft.set_cell(id, Cell::read(text, current().kind(id)), None);
            }
            Judged::of(draft.report(), Blanks::ZERO)
        };
        let verdict = |rule, filled| judged(filled).verdict(rule, 4, Along::Columns, 0);
        assert_eq!(
            verdict("T3-COLSUM", &[]),
            Some(Verdict::Open { missing: 1 })
        );
        assert_eq!(
            verdict("T3-BALANCE", &[]),
            Some(Verdict::Holds),
            "the row is on no line of it"
        );
        let filled = [("t3.granted_full.org_other", "0")];
        assert_eq!(
            verdict("T3-COLSUM", &filled),
            Some(Verdict::Broken { by: -2 }),
            "a row that was typed is not lost"
        );
    }

    #[test]
    fn an_unreadable_cell_leaves_its_lines_open() {
        let cells = [
            ("t3.new_received.natural_person", "见附件"),
            ("t3.new_received.total", "9"),
        ];
        assert_eq!(
            verdict(&cells, Blanks::ZERO, "T3-ROWSUM", 0),
            Verdict::Open { missing: 0 }
        );
    }

    #[test]
    fn the_corner_follows_its_row_and_its_column_is_the_check() {
        let cells = [
            ("t3.granted_full.natural_person", "8"),
            ("t3.granted_full.total", "8"),
            ("t3.processed_total.natural_person", "9"),
        ];
        assert_eq!(
            verdict(&cells, Blanks::ZERO, "T3-COLSUM", 6),
            Verdict::Broken { by: -1 }
        );
    }

    #[test]
    fn a_proper_prefix_of_the_number_needed_is_not_broken_yet() {
        let cells = [
            ("t3.new_received.natural_person", "1"),
            ("t3.new_received.total", "12"),
        ];
        let report = report(&cells);
        let typing = Typing {
            cell: current()
                .cell("t3.new_received.natural_person")
                .expect("path"),
            follows: Vec::new(),
        };
        let mut judged = Judged::of(&report, Blanks::ZERO);
        let row = |judged: &Judged| judged.verdict("T3-ROWSUM", 4, Along::Rows, 0);
        assert_eq!(row(&judged), Some(Verdict::Broken { by: -11 }));
        judged.leave_open(&report, &typing);
        assert_eq!(row(&judged), Some(Verdict::Open { missing: 0 }));
    }
}
