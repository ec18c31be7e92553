//! Problems of single cells, and of pieces that found no cell.
//!
//! **Never:** reads a number itself; the cell's codec did.
//! Next: `rules` for the words.

use crate::base::number::Beside;
use crate::base::words::{Arg, Words, words};
use crate::form::{CellId, Kind};
use crate::model::{Cell, Report, Seen, Unplaced};

use super::context::Check;
use super::problem::{Problem, Site, cell_words, quoted, table_words};
use super::rule::{About, CUSTOM, FORM, Rule, Severity};

pub(super) static CELL_RAW: Rule = Rule {
    code: "CELL-RAW",
    severity: Severity::Error,
    source: FORM,
    title: words("不是数", "not a number"),
    says: &[words(
        "{cell} 写的是【{raw}】，不是一个数",
        "{cell}: \"{raw}\" is not a number",
    )],
    next: words("按原稿重打", "type it again from the paper"),
    doc: words(
        "读不成一个数的内容原样保留，所在的勾稽暂不核对。",
        "What can't be read as one number is kept as typed; its sums stay open.",
    ),
    about: About::Report,
};

pub(super) static CELL_NEGATIVE: Rule = Rule {
    code: "CELL-NEGATIVE",
    severity: Severity::Error,
    source: FORM,
    title: words("负数", "below zero"),
    says: &[words(
        "{cell} 写的是 {raw}，件数不能是{what}",
        "{cell}: a count cannot be {what}, found {raw}",
    )],
    next: words("按原稿重打", "type it again from the paper"),
    doc: words(
        "件数不会小于 0；勾稽按写的数核对。",
        "A count is never below 0; sums use it as written.",
    ),
    about: About::Report,
};

pub(super) static CELL_FRACTION: Rule = Rule {
    code: "CELL-FRACTION",
    severity: Severity::Error,
    source: FORM,
    title: words("小数", "not whole"),
    says: &[words(
        "{cell} 写的是 {raw}，件数不能是{what}",
        "{cell}: a count cannot be {what}, found {raw}",
    )],
    next: words("按原稿重打", "type it again from the paper"),
    doc: words(
        "件数是整数；所在的勾稽暂不核对。",
        "A count is a whole number; until then its sums stay open.",
    ),
    about: About::Report,
};

pub(super) static CELL_WORDS: Rule = Rule {
    code: "CELL-WORDS",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("数字带着文字", "words beside a number"),
    says: &[words(
        "{cell} 写的是【{raw}】，按 {v} 计，请确认",
        "{cell}: \"{raw}\" read as {v}, please confirm",
    )],
    next: words("数字以外的话移到正文", "move the words into the text"),
    doc: words(
        "单位、括注等和数字写在一起的，按其中的数计，原文保留。",
        "A number with a unit or words counts as the number; its text is kept.",
    ),
    about: About::Report,
};

pub(super) static CELL_LETTER: Rule = Rule {
    code: "CELL-LETTER",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("字母当作数字", "letter for a digit"),
    says: &[words(
        "{cell} 写的是【{raw}】，字母当作数字读成 {v}，请确认",
        "{cell}: \"{raw}\" read as {v}, please confirm",
    )],
    next: words("按原稿重打", "type it again from the paper"),
    doc: words(
        "O 读作 0，l 读作 1，但要请人确认。",
        "O is read as 0 and l as 1, for a person to confirm.",
    ),
    about: About::Report,
};

pub(super) static CELL_NIL: Rule = Rule {
    code: "CELL-NIL",
    severity: Severity::Info,
    source: CUSTOM,
    title: words("不适用", "not applicable"),
    says: &[words(
        "{cell} 写的是【{raw}】，按 0 计",
        "{cell}: \"{raw}\" counts as 0",
    )],
    next: words("不适用的可以保留", "may stay where it does not apply"),
    doc: words(
        "/、-、—、_、无 都按 0 计，原样保留。",
        "/, -, —, _ and 无 count as 0 and are kept.",
    ),
    about: About::Report,
};

pub(super) static IN_TABLE: Rule = Rule {
    code: "IN-TABLE",
    severity: Severity::Error,
    source: CUSTOM,
    title: words("有一张表没有读出来", "a table that was not read"),
    says: &[words(
        "原文有{table}，没有读出来：{what}",
        "{table} stands in the source but was not read: {what}",
    )],
    next: words(
        "对照原文填上，或把表格复制过来粘贴",
        "type it in, or copy the table and paste it",
    ),
    doc: words(
        "原文的表是图片、嵌入的文件、网页框，或者读不出一个数：这不是没有填。填上一格就不再提。",
        "The table is a picture, an embedded file or a frame, or none of its numbers could be read: that is not \"not filled in\". Gone when one of its cells is typed.",
    ),
    about: About::Report,
};

pub(super) static IN_UNPLACED: Rule = Rule {
    code: "IN-UNPLACED",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("有内容没有找到位置", "pieces without a place"),
    says: &[words(
        "原文表格里有 {n} 处没有找到位置，如【{text}】",
        "{n} pieces of tables found no cell, e.g. \"{text}\"",
    )],
    next: words("看原文，手工填上", "look at the source and type them in"),
    doc: words(
        "读入时放不进任何一格的内容逐条列出，从不猜成数字。",
        "What the reader could not place is listed and never guessed into a number.",
    ),
    about: About::Report,
};

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
            Seen::Torn => words(
                "那里的文字被拆散，分不清哪个数是哪一格的",
                "its text is torn apart: which number belongs where is not clear",
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

/// Pieces of the source's tables that found no cell, but those of tables that were not
/// read at all.
pub(super) fn unplaced(check: &Check, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let mut pieces = check.report.unplaced_besides();
    if let Some(first) = pieces.next() {
        let count = pieces.count() + 1;
        problems.push(Problem::new(
            rule,
            Site::Source(first.place.to_string()),
            vec![("n", count.into()), ("text", quoted(&first.text))],
        ));
    }
}

/// The pieces of the source that a problem tells of.
#[must_use]
pub fn pieces<'a>(problem: &Problem, report: &'a Report) -> Vec<&'a Unplaced> {
    match problem.site {
        Site::Source(_) => report.unplaced_besides().collect(),
        Site::Table(prefix) if problem.rule.code == IN_TABLE.code => {
            report.unplaced_of(prefix).collect()
        }
        _ => Vec::new(),
    }
}
