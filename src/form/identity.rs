//! The sums of a form, expanded to identities over its cells.
//!
//! **Never:** knows a value: what a report makes of an identity is `check::judge`.
//! Next: `check::judge`, `check::suspect`.

use super::{Along, CellId, Form, Line, Part, Side, Spot, Sum, Table};

/// One sum in one column or row: the left cells add up to the right cells.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    /// Code of its rule.
    pub rule: &'static str,
    /// Index of its table.
    pub table: usize,
    /// Whether `line` is a column or a row.
    pub along: Along,
    /// Index of the column or row it holds in.
    pub line: usize,
    /// The side that is one printed total.
    pub total: Option<Side>,
    /// It follows from the other identities of its table.
    pub dependent: bool,
    start: u16,
    middle: u16,
    end: u16,
}

/// A printed total and how it is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// The total's cell.
    pub cell: CellId,
    /// Index of the identity whose parts it adds up.
    pub identity: usize,
}

/// All identities of a form.
#[derive(Debug)]
pub struct Identities {
    all: Vec<Identity>,
    terms: Vec<CellId>,
    totals: Vec<Total>,
    total_of: Vec<Option<u16>>,
}

impl Identities {
    /// Expands the sums of a form, in the order of tables, sums and lines.
    #[must_use]
    pub(super) fn of(form: &Form) -> Self {
        let mut this = Identities {
            all: Vec::new(),
            terms: Vec::new(),
            totals: Vec::new(),
            total_of: vec![None; form.len()],
        };
        for (index, table) in form.tables.iter().enumerate() {
            for sum in table.sums {
                let lines = match sum.along {
                    Along::Columns => table.cols.len(),
                    Along::Rows => table.rows.len(),
                };
                let sides = [side(table, sum, sum.left), side(table, sum, sum.right)];
                for line in 0..lines {
                    this.push(index, table, sum, &sides, line);
                }
            }
        }
        this.find_totals();
        this.mark_dependent(form);
        this
    }

    fn push(
        &mut self,
        index: usize,
        table: &Table,
        sum: &Sum,
        sides: &[Vec<usize>; 2],
        line: usize,
    ) {
        let [start, middle, end] = [&[][..], &sides[0], &sides[1]].map(|side| {
            self.terms.extend(side.iter().map(|across| match sum.along {
                Along::Columns => table.cell(*across, line),
                Along::Rows => table.cell(line, *across),
            }));
            u16::try_from(self.terms.len()).expect("few terms")
        });
        self.all.push(Identity {
            rule: sum.rule,
            table: index,
            along: sum.along,
            line,
            total: sum.total,
            dependent: false,
            start,
            middle,
            end,
        });
    }

    /// Totals in an order in which each comes after the totals it adds up.
    ///
    /// The corner is the total of its row and of its column: it follows its row.
    fn find_totals(&mut self) {
        for along in [Along::Rows, Along::Columns] {
            for number in 0..self.all.len() {
                let identity = self.all[number];
                let Some(cell) = self.total_cell(&identity) else {
                    continue;
                };
                if identity.along == along && self.total_of[cell.index()].is_none() {
                    self.total_of[cell.index()] = Some(u16::try_from(number).expect("few"));
                    self.totals.push(Total {
                        cell,
                        identity: number,
                    });
                }
            }
        }
        let compound = |total: &Total| {
            self.parts(&self.all[total.identity])
                .iter()
                .any(|part| self.total_of[part.index()].is_some())
        };
        let mut order: Vec<(bool, Total)> = self.totals.iter().map(|t| (compound(t), *t)).collect();
        order.sort_by_key(|(compound, _)| *compound);
        self.totals = order.into_iter().map(|(_, total)| total).collect();
    }

    /// The column sums of a column that is itself a total follow from the rest.
    fn mark_dependent(&mut self, form: &Form) {
        for number in 0..self.all.len() {
            let identity = self.all[number];
            if identity.along == Along::Rows {
                continue;
            }
            let table = &form.tables[identity.table];
            self.all[number].dependent = self.all.iter().any(|other| {
                other.table == identity.table
                    && other.along == Along::Rows
                    && other.line == 0
                    && self.total_cell(other) == Some(table.cell(0, identity.line))
            });
        }
    }

    /// All identities, in the form's order.
    #[must_use]
    pub fn all(&self) -> &[Identity] {
        &self.all
    }

    /// Cells on the left.
    #[must_use]
    pub fn left(&self, identity: &Identity) -> &[CellId] {
        &self.terms[usize::from(identity.start)..usize::from(identity.middle)]
    }

    /// Cells on the right.
    #[must_use]
    pub fn right(&self, identity: &Identity) -> &[CellId] {
        &self.terms[usize::from(identity.middle)..usize::from(identity.end)]
    }

    /// The cells that its total adds up; empty without a printed total.
    #[must_use]
    pub fn parts(&self, identity: &Identity) -> &[CellId] {
        match identity.total {
            Some(Side::Left) => self.right(identity),
            Some(Side::Right) => self.left(identity),
            None => &[],
        }
    }

    /// The cell of the printed total.
    #[must_use]
    pub fn total_cell(&self, identity: &Identity) -> Option<CellId> {
        match identity.total {
            Some(Side::Left) => self.left(identity).first().copied(),
            Some(Side::Right) => self.right(identity).first().copied(),
            None => None,
        }
    }

    /// The cell where a person looks for the identity: its total, or a last sum.
    #[must_use]
    pub fn anchor(&self, identity: &Identity) -> CellId {
        self.total_cell(identity)
            .unwrap_or_else(|| self.right(identity)[0])
    }

    /// All printed totals, parts before what is made of them.
    #[must_use]
    pub fn totals(&self) -> &[Total] {
        &self.totals
    }

    /// The identity whose parts a total adds up; None for other cells.
    #[must_use]
    pub fn total_of(&self, cell: CellId) -> Option<&Identity> {
        self.total_of[cell.index()].map(|number| &self.all[usize::from(number)])
    }

    /// Indices of the identities that a cell is part of.
    pub fn touching(&self, cell: CellId) -> impl Iterator<Item = usize> + '_ {
        let all = self.all.iter().enumerate();
        let touching = all.filter(move |(_, identity)| {
            self.left(identity).contains(&cell) || self.right(identity).contains(&cell)
        });
        touching.map(|(number, _)| number)
    }
}

/// The rows or columns that stand on a side of a sum.
fn side(table: &Table, sum: &Sum, parts: &[Part]) -> Vec<usize> {
    let lines = match sum.along {
        Along::Columns => table.rows,
        Along::Rows => table.cols,
    };
    let named = |line: &Line| {
        parts.iter().any(|part| match part {
            Part::Line(key) => *key == line.key,
            Part::Class(class) => *class == line.class,
        })
    };
    let lines = lines.iter().enumerate();
    lines
        .filter(|(_, line)| named(line))
        .map(|(across, _)| across)
        .collect()
}

impl Identity {
    /// The one of two identities whose line stands later.
    #[must_use]
    pub fn max_line<'a>(&'a self, other: &'a Identity) -> &'a Identity {
        if other.line > self.line { other } else { self }
    }

    /// The spot of one of its cells, given the index across its line.
    #[must_use]
    pub fn spot(&self, across: usize) -> Spot {
        match self.along {
            Along::Columns => Spot {
                table: self.table,
                row: across,
                col: self.line,
            },
            Along::Rows => Spot {
                table: self.table,
                row: self.line,
                col: across,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::form::current;

    #[test]
    fn the_form_in_force_has_42_identities_over_200_cells() {
        let form = current();
        let identities = form.identities();
        let count = |rule| identities.all().iter().filter(|i| i.rule == rule).count();
        assert_eq!(form.len(), 200);
        assert_eq!(identities.all().len(), 42);
        assert_eq!(count("T3-COLSUM"), 7);
        assert_eq!(count("T3-BALANCE"), 7);
        assert_eq!(count("T3-ROWSUM"), 25);
        assert_eq!(count("T4-SUM"), 3);
    }

    #[test]
    fn totals_come_after_their_parts_and_the_corner_follows_its_row() {
        let form = current();
        let identities = form.identities();
        assert_eq!(identities.totals().len(), 34);
        let position = |path: &str| {
            let cell = form.cell(path).expect("path of the form");
            identities
                .totals()
                .iter()
                .position(|total| total.cell == cell)
        };
        let corner = position("t3.processed_total.total");
        assert!(corner > position("t3.processed_total.natural_person"));
        let cell = form
            .cell("t3.processed_total.total")
            .expect("path of the form");
        assert_eq!(identities.total_of(cell).map(|i| i.rule), Some("T3-ROWSUM"));
    }

    #[test]
    fn the_two_column_sums_of_the_total_column_are_dependent() {
        let form = current();
        let dependent: Vec<_> = form
            .identities()
            .all()
            .iter()
            .filter(|identity| identity.dependent)
            .map(|identity| (identity.rule, identity.line))
            .collect();
        assert_eq!(dependent, [("T3-COLSUM", 6), ("T3-BALANCE", 6)]);
    }
}
