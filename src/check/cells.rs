//! Problems of single cells, and of pieces that found no cell.
//!
//! **Never:** reads a number itself; the cell's codec did.
//! Next: `rules` for the words.

use crate::base::number::Beside;
use crate::base::words::{Arg, Words, words};
use crate::form::{CellId, Kind};
use crate::model::{Cell, Seen};

use super::Check;
use super::problem::{Problem, Site, cell_words, quoted, table_words};
use super::rules::Rule;

fn each(
    check: &Check,
    rule: &'static Rule,
    problems: &mut Vec<Problem>,
    finds: impl Fn(CellId, &Cell) -> Option<Vec<(&'static str, Arg)>>,
) {
    let form = check.report.form();
    for (cell, content) in form.cells().zip(check.report.cells()) {
        if matches!(content, Cell::Count(0..) | Cell::Blank) {
            continue;
        }
        if let Some(mut args) = finds(cell, content) {
            args.push(("cell", cell_words(form, cell).into()));
            args.push(("raw", quoted(&content.text())));
            problems.push(Problem::new(rule, Site::Cell(cell), args));
        }
    }
}

/// A text that is no number.
pub(super) fn raw(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    each(check, rule, problems, |_, content| {
        matches!(content, Cell::Raw(_)).then(Vec::new)
    });
}

/// A count below zero.
pub(super) fn negative(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    each(check, rule, problems, |cell, content| {
        let negative = content.value().is_some_and(|value| value.units < 0);
        (negative && form.kind(cell) != Kind::Signed).then(|| what(words("负数", "negative")))
    });
}

/// A count that is not whole.
pub(super) fn fraction(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    each(check, rule, problems, |cell, content| {
        let fraction = content
            .value()
            .is_some_and(|value| value.to_whole().is_none());
        (fraction && !form.kind(cell).is_money()).then(|| what(words("小数", "a fraction")))
    });
}

fn what(what: Words) -> Vec<(&'static str, Arg)> {
    vec![("what", what.into())]
}

/// A number with words or a unit.
pub(super) fn worded(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    noted(check, rule, Beside::Words, problems);
}

/// A letter read as a digit.
pub(super) fn lettered(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    noted(check, rule, Beside::Letter, problems);
}

fn noted(check: &Check, rule: &'static Rule, asked: Beside, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    each(check, rule, problems, |cell, content| match content {
        // Where the form gives no unit, a unit belongs to the number.
        Cell::Noted { .. } if asked == Beside::Words && form.kind(cell) == Kind::Money => None,
        Cell::Noted { value, beside, .. } if *beside == asked => {
            Some(vec![("v", value.to_string().into())])
        }
        _ => None,
    });
}

/// A mark that counts as 0.
pub(super) fn nil(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    each(check, rule, problems, |_, content| {
        matches!(content, Cell::Nil(_)).then(Vec::new)
    });
}

/// Tables that stand in the source and were not read.
pub(super) fn unread(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let form = check.report.form();
    for unread in check.report.unread() {
        let what = match unread.seen {
            Seen::Picture => words("那里是一张图片", "a picture stands there"),
            Seen::Embedded => words("那里嵌着另一个文件", "another file is embedded there"),
            Seen::Frame => words(
                "那里是另一个网页的框",
                "a frame with another page stands there",
            ),
            Seen::Attachment => words("那里只有附件的链接", "there is only a link to a file"),
            Seen::Rows => words(
                "那里有数，没有一个找到位置",
                "none of the numbers there found its cell",
            ),
        };
        let table = table_words(form, unread.prefix);
        let mut problem = Problem::new(
            rule,
            Site::Table(unread.prefix),
            vec![("table", table.into()), ("what", what.into())],
        );
        let mut tables = form.tables_of(unread.prefix);
        problem.cell = tables.next().map(|table| form.tables[table].cell(0, 0));
        problems.push(problem);
    }
}

/// Pieces of the source's tables that found no cell.
pub(super) fn unplaced(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let pieces = check.report.unplaced();
    if let Some(first) = pieces.first() {
        problems.push(Problem::new(
            rule,
            Site::Source(first.place.clone()),
            vec![("n", pieces.len().into()), ("text", quoted(&first.text))],
        ));
    }
}
