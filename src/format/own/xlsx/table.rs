//! A table as the form prints it, with live sums beside and below it.
//!
//! **Never:** counts a cell otherwise than `model::Counted`.
//! Next: `form::printed` for the boxes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule,
    Formula, Worksheet, XlsxError,
};

use super::looks::{LINE, Looks, col_number, height, plain, row_number};
use super::{GAP, NOTE, places};
use crate::base::place::column_name;
use crate::form::printed::{Content, Printed};
use crate::form::{Along, CellId, Identities, Identity, Kind, Layout};
use crate::format::read::number_format::number_text;
use crate::model::{Cell, Counted, Report};

const UNREAD: &str = "读不出";
/// Twips of the form's grid to one digit of a column's width.
const TWIPS: f64 = 105.0;
const NARROWEST: f64 = 7.0;

fn address((row, col): (usize, usize)) -> String {
    format!("{}{}", column_name(col), row + 1)
}

/// What a box of a table holds.
enum Written {
    Nothing,
    /// A number, with its decimal places.
    Number(f64, usize),
    Text(String),
}

/// A cell as a number, if it is read back from that as the same cell.
fn written(cell: &Cell, kind: Kind) -> Written {
    let text = cell.text();
    if text.is_empty() {
        return Written::Nothing;
    }
    let number = match cell {
        Cell::Count(_) | Cell::Amount(_) => text.parse().ok(),
        _ => None,
    };
    match number {
        Some(number) if Cell::read(&number_text(number), kind) == *cell => {
            let places = text.split_once('.').map_or(0, |(_, places)| places.len());
            Written::Number(number, places)
        }
        _ => Written::Text(plain(&text)),
    }
}

/// A printed table on its way to a sheet.
pub(super) struct Table<'a> {
    report: &'a Report,
    identities: &'static Identities,
    counted: Counted,
    places: BTreeMap<CellId, (usize, usize)>,
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    print: &'a Printed,
}

impl<'a> Table<'a> {
    /// A printed table that goes to a sheet.
    pub(super) fn of(
        report: &'a Report,
        print: &'a Printed,
        sheet: &'a mut Worksheet,
        looks: &'a Looks,
    ) -> Self {
        Table {
            report,
            identities: report.form().identities(),
            // A blank box is 0 to a program of sheets.
            counted: Counted::of(report, |_, _| false),
            places: places(print),
            sheet,
            looks,
            print,
        }
    }

    pub(super) fn write(mut self) -> Result<(), XlsxError> {
        self.measure()?;
        for (row, boxes) in self.print.rows.iter().enumerate() {
            for one in boxes {
                let last = (row + one.rows - 1, one.at + one.cols - 1);
                let look = match one.content {
                    Content::Title(_) | Content::Head(_) => &self.looks.head,
                    Content::Label(_) => &self.looks.label,
                    Content::Cell(_) => &self.looks.number,
                };
                let text = match one.content {
                    Content::Title(text) | Content::Head(text) | Content::Label(text) => text,
                    Content::Cell(_) => "",
                };
                let (top, left) = (row_number(row), col_number(one.at));
                if last == (row, one.at) {
                    self.sheet.write_string_with_format(top, left, text, look)?;
                } else {
                    let (bottom, right) = (row_number(last.0), col_number(last.1));
                    self.sheet
                        .merge_range(top, left, bottom, right, text, look)?;
                }
                if let Content::Cell(cell) = one.content {
                    self.cell(cell)?;
                    self.validate(cell, last)?;
                }
            }
        }
        let below = self.checks()?;
        self.sheet.set_print_fit_to_pages(1, 1);
        if let Some(first) = self.places.values().next() {
            let heads = self.print.heads;
            self.sheet
                .set_freeze_panes(row_number(heads), col_number(first.1))?;
            if heads > 0 {
                self.sheet.set_repeat_rows(0, row_number(heads - 1))?;
            }
        }
        if below > self.print.rows.len() {
            self.sheet.write_string_with_format(
                row_number(below + 1),
                0,
                NOTE,
                &self.looks.quiet,
            )?;
        }
        Ok(())
    }

    /// Widths of columns as the form has them, heights as the labels want them.
    fn measure(&mut self) -> Result<(), XlsxError> {
        let width = |twips: &u16| (f64::from(*twips) / TWIPS).max(NARROWEST);
        let widths: Vec<f64> = self.print.grid.iter().map(width).collect();
        for (col, width) in widths.iter().enumerate() {
            self.sheet.set_column_width(col_number(col), *width)?;
        }
        for (row, boxes) in self.print.rows.iter().enumerate() {
            let mut high = LINE;
            for one in boxes.iter().filter(|one| one.rows == 1) {
                if let Content::Head(text) | Content::Label(text) = one.content {
                    let width = widths[one.at..one.at + one.cols].iter().sum();
                    high = high.max(height(text, width));
                }
            }
            self.sheet.set_row_height(row_number(row), high)?;
        }
        Ok(())
    }

    /// A number, a text, or the formula of a total that its parts add up to.
    fn cell(&mut self, cell: CellId) -> Result<(), XlsxError> {
        let form = self.report.form();
        let content = self.report.cell(cell);
        let (row, col) = self.places[&cell];
        let (row, col) = (row_number(row), col_number(col));
        let (number, places) = match written(content, form.kind(cell)) {
            Written::Nothing => return Ok(()),
            Written::Text(text) => {
                self.sheet
                    .write_string_with_format(row, col, text, &self.looks.words)?;
                return Ok(());
            }
            Written::Number(number, places) => (number, places),
        };
        if let (Cell::Count(count), Some(identity)) = (content, self.identities.total_of(cell)) {
            let parts = self.identities.parts(identity);
            if self.counted.sum(parts).value() == Some(*count) {
                let formula = Formula::new(self.sum(parts)).set_result(count.to_string());
                self.sheet
                    .write_formula_with_format(row, col, formula, &self.looks.number)?;
                return Ok(());
            }
        }
        let mut look = self.looks.number.clone();
        if places > 0 {
            look = look.set_num_format(format!("0.{}", "0".repeat(places)));
        }
        self.sheet
            .write_number_with_format(row, col, number, &look)?;
        Ok(())
    }

    /// What may be typed into a box.
    fn validate(&mut self, cell: CellId, last: (usize, usize)) -> Result<(), XlsxError> {
        let (rule, message) = match self.report.form().kind(cell) {
            Kind::Count => (
                DataValidation::new()
                    .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
                "这里填整数，不小于 0。没有发生的填 0，不适用的填 /。",
            ),
            Kind::Signed => (
                DataValidation::new()
                    .allow_whole_number(DataValidationRule::Between(-999_999_999, 999_999_999)),
                "这里填增减的整数：增加写正数，减少写负数。",
            ),
            Kind::Amount | Kind::Money => (
                DataValidation::new()
                    .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
                "这里填金额，不小于 0，可以有小数。",
            ),
        };
        // A mark such as "/" is allowed, so it warns and does not forbid.
        let rule = rule
            .set_error_title("不是要填的数")?
            .set_error_message(message)?
            .set_error_style(DataValidationErrorStyle::Warning);
        let (row, col) = self.places[&cell];
        self.sheet.add_data_validation(
            row_number(row),
            col_number(col),
            row_number(last.0),
            col_number(last.1),
            &rule,
        )?;
        Ok(())
    }

    /// The live lines of all identities; the first row that is free below.
    fn checks(&mut self) -> Result<usize, XlsxError> {
        let (form, identities) = (self.report.form(), self.identities);
        let (mut right, mut below) = (self.print.grid.len(), self.print.rows.len());
        for index in form.tables_of(self.print.prefix) {
            let table = &form.tables[index];
            for sum in table.sums {
                let has_total = sum.total.is_some();
                let lines = 1 + usize::from(has_total);
                let beside = sum.along == Along::Rows && table.layout == Layout::Matrix;
                let first = if beside { right } else { below };
                for (step, label) in [sum.running.zh, GAP].iter().take(lines).enumerate() {
                    self.label(table.layout, beside, first + step, label)?;
                }
                let all = identities.all().iter();
                for identity in all.filter(|one| one.table == index && one.rule == sum.rule) {
                    let anchor = self.places[&identities.anchor(identity)];
                    let at = |step: usize| {
                        if beside {
                            (anchor.0, first + step)
                        } else {
                            (first + step, anchor.1)
                        }
                    };
                    if table.layout == Layout::OneRow {
                        for (step, label) in [sum.running.zh, GAP].iter().take(lines).enumerate() {
                            let (row, col) = (row_number(first + step), col_number(anchor.1 - 1));
                            self.sheet.write_string_with_format(
                                row,
                                col,
                                *label,
                                &self.looks.quiet,
                            )?;
                        }
                    }
                    if has_total {
                        let parts = identities.parts(identity);
                        let sum = self.counted.sum(parts).value();
                        self.live(at(0), self.sum(parts), sum, parts)?;
                    }
                    self.gap(identity, at(lines - 1), anchor)?;
                }
                if beside {
                    right += lines;
                } else {
                    below += lines;
                }
            }
        }
        Ok(below)
    }

    /// The name of a line of results.
    fn label(
        &mut self,
        layout: Layout,
        beside: bool,
        line: usize,
        label: &str,
    ) -> Result<(), XlsxError> {
        let looks = self.looks;
        if beside {
            let (line, last) = (col_number(line), row_number(self.print.heads - 1));
            self.sheet.set_column_width(line, NARROWEST + 1.0)?;
            self.sheet
                .merge_range(0, line, last, line, label, &looks.head)?;
        } else if layout == Layout::Matrix {
            let cells = self.places.values().map(|(_, col)| *col);
            let first = cells.min().unwrap_or(1);
            let line = row_number(line);
            self.sheet
                .merge_range(line, 0, line, col_number(first - 1), label, &looks.label)?;
        }
        Ok(())
    }

    /// Left minus right, red beside its total while it is not 0.
    fn gap(
        &mut self,
        identity: &Identity,
        at: (usize, usize),
        anchor: (usize, usize),
    ) -> Result<(), XlsxError> {
        let (left, right) = (
            self.identities.left(identity),
            self.identities.right(identity),
        );
        let cells = [left, right].concat();
        let formula = format!("{}-({})", self.sum(left), self.sum(right));
        let value = |side| self.counted.sum(side).value();
        let sides = value(left).zip(value(right));
        let gap = sides.map(|(left, right)| left - right);
        self.live(at, formula, gap, &cells)?;
        let fixed = format!("${}${}", column_name(at.1), at.0 + 1);
        let rule = format!("=AND(ISNUMBER({fixed}),{fixed}<>0)");
        let red = ConditionalFormatFormula::new()
            .set_rule(rule.as_str())
            .set_format(self.looks.broken.clone())
            .set_multi_range(format!("{} {}", address(at), address(anchor)));
        let (row, col) = (row_number(at.0), col_number(at.1));
        self.sheet
            .add_conditional_format(row, col, row, col, &red)?;
        Ok(())
    }

    /// A formula with its result, unsaid while one of its cells is unreadable.
    fn live(
        &mut self,
        (row, col): (usize, usize),
        formula: String,
        result: Option<i64>,
        cells: &[CellId],
    ) -> Result<(), XlsxError> {
        let mut unreadable = Vec::new();
        self.unreadable(cells, &mut unreadable);
        let formula = if unreadable.is_empty() {
            formula
        } else {
            let guard = |cell: &CellId| {
                let at = address(self.places[cell]);
                format!("IF(ISNUMBER({at}),{at}<>INT({at}),ISTEXT({at}))")
            };
            let guards: Vec<String> = unreadable.iter().map(guard).collect();
            format!("IF(OR({}),\"{UNREAD}\",{formula})", guards.join(","))
        };
        let result = result.map_or_else(|| UNREAD.to_owned(), |result| result.to_string());
        self.sheet.write_formula_with_format(
            row_number(row),
            col_number(col),
            Formula::new(formula).set_result(result),
            &self.looks.check,
        )?;
        Ok(())
    }

    /// The unreadable cells among some, or among the parts that they stand for.
    fn unreadable(&self, cells: &[CellId], found: &mut Vec<CellId>) {
        for cell in cells {
            if let Some(parts) = self.report.stands_for(*cell) {
                self.unreadable(parts, found);
            } else if self.counted.cell(*cell).unreadable > 0 && !found.contains(cell) {
                found.push(*cell);
            }
        }
    }

    /// The sum of cells as a formula.
    fn sum(&self, cells: &[CellId]) -> String {
        let mut runs: Vec<[(usize, usize); 2]> = Vec::new();
        for cell in cells {
            let (row, col) = self.places[cell];
            let goes_on = runs.last_mut().filter(|[first, last]| {
                (first.0 == row && last.0 == row && last.1 + 1 == col)
                    || (first.1 == col && last.1 == col && last.0 + 1 == row)
            });
            match goes_on {
                Some([_, last]) => *last = (row, col),
                None => runs.push([(row, col); 2]),
            }
        }
        let run = |[first, last]: &[(usize, usize); 2]| {
            if first == last {
                address(*first)
            } else {
                format!("{}:{}", address(*first), address(*last))
            }
        };
        let runs: Vec<String> = runs.iter().map(run).collect();
        let mut formula = format!("SUM({})", runs.join(","));
        for cell in cells {
            let at = address(self.places[cell]);
            let content = self.report.cell(*cell);
            let added = if let Some(parts) = self.report.stands_for(*cell) {
                write!(formula, "+IF(ISBLANK({at}),{},0)", self.sum(parts))
            } else if let (Written::Text(_), Some(count)) = (
                written(content, self.report.form().kind(*cell)),
                content.count().filter(|count| *count != 0),
            ) {
                write!(formula, "+IF(ISTEXT({at}),{count},0)")
            } else {
                Ok(())
            };
            added.expect("a string takes all");
        }
        formula
    }
}
