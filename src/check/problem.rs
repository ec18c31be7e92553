//! What is reported: a rule, a place, arguments; text is made when shown.
//!
//! **Never:** holds finished text; decides a severity (the rule does).
//! Next: `rules` for the declarations, `paper` and `tui` for who shows it.

use crate::base::number::Decimal;
use crate::base::width::{Ruler, shown};
use crate::base::words::{Arg, Lang, Message, Words, words};
use crate::form::{Along, CellId, Form, Identity, Spot, TextId};
use crate::model::{HeadField, Remark, Report, Transaction};

use super::rule::{About, Rule, Severity};

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Site {
    /// One cell.
    Cell(CellId),
    /// One column of a table.
    Column {
        /// Index of the table.
        table: usize,
        /// Index of the column.
        col: usize,
    },
    /// One row of a table.
    Row {
        /// Index of the table.
        table: usize,
        /// Index of the row.
        row: usize,
    },
    /// The tables under a prefix, as a whole.
    Table(&'static str),
    /// A field of the head.
    Head(HeadField),
    /// A section: its heading, or its being there at all.
    Section(TextId),
    /// Bytes of a text.
    Text(TextId, std::ops::Range<usize>),
    /// A place in the source that was read.
    Source(String),
}

impl Site {
    /// The line an identity holds in.
    #[must_use]
    pub fn of(identity: &Identity) -> Self {
        match identity.along {
            Along::Columns => Site::Column {
                table: identity.table,
                col: identity.line,
            },
            Along::Rows => Site::Row {
                table: identity.table,
                row: identity.line,
            },
        }
    }

    /// Its path, the same in every language.
    #[must_use]
    pub fn path(&self, form: &Form) -> String {
        match self {
            Site::Cell(cell) => form.path(*cell),
            Site::Column { table, col } => {
                let table = &form.tables[*table];
                format!("{}.{}", table.prefix, table.cols[*col].key)
            }
            Site::Row { table, row } => {
                let table = &form.tables[*table];
                format!("{}.{}", table.prefix, table.rows[*row].key)
            }
            Site::Table(prefix) => (*prefix).to_owned(),
            Site::Head(field) => format!("head.{}", field.key()),
            Site::Section(text) => form.section(*text).key.to_owned(),
            Site::Text(text, range) => {
                format!("{}:{}-{}", form.section(*text).key, range.start, range.end)
            }
            Site::Source(place) => {
                format!("source:{}", place.strip_prefix("line ").unwrap_or(place))
            }
        }
    }

    /// The section of the report it is in; None for the head and the source.
    #[must_use]
    pub fn section(&self, form: &Form) -> Option<TextId> {
        let of_table = |table: usize| form.section_of(form.tables[table].prefix);
        match self {
            Site::Cell(cell) => of_table(form.spot(*cell).table),
            Site::Column { table, .. } | Site::Row { table, .. } => of_table(*table),
            Site::Table(prefix) => form.section_of(prefix),
            Site::Section(text) | Site::Text(text, _) => Some(*text),
            Site::Head(_) | Site::Source(_) => None,
        }
    }
}

/// An explanation of a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Its place among the report's explanations.
    pub at: usize,
    /// Its numbers are those it was written for.
    pub stands: bool,
}

/// One thing found.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The rule it comes from.
    pub rule: &'static Rule,
    /// Where it is.
    pub site: Site,
    /// The cell to go to, where there is one.
    pub cell: Option<CellId>,
    /// Which of the rule's sentences says it.
    pub says: usize,
    /// Arguments of that sentence.
    pub args: Vec<(&'static str, Arg)>,
    /// How many problems before it say the same.
    pub(super) again: usize,
    /// Both sides of an identity.
    pub sides: Option<(i64, i64)>,
    /// What a number of the text should be, where that number is the wrong one.
    pub(super) correction: Option<Decimal>,
    /// It follows from other problems of its table.
    pub implied: bool,
    /// How grave it is: the rule says so, or the profile.
    pub severity: Severity,
    /// Why it may stand, if somebody wrote that.
    pub explanation: Option<Explanation>,
}

const AGAIN: Words = words("{said}（第 {n} 处）", "{said} (place {n})");

impl PartialEq for Problem {
    fn eq(&self, other: &Self) -> bool {
        self.rule.code == other.rule.code
            && self.site == other.site
            && self.says == other.says
            && self.args == other.args
            && self.again == other.again
            && self.sides == other.sides
            && self.implied == other.implied
            && self.severity == other.severity
            && self.explanation == other.explanation
    }
}

impl Problem {
    /// A problem at a site, with the rule's first sentence.
    #[must_use]
    pub fn new(rule: &'static Rule, site: Site, args: Vec<(&'static str, Arg)>) -> Self {
        let cell = match &site {
            Site::Cell(cell) => Some(*cell),
            _ => None,
        };
        Problem {
            rule,
            site,
            cell,
            says: 0,
            args,
            again: 0,
            sides: None,
            correction: None,
            implied: false,
            severity: rule.severity,
            explanation: None,
        }
    }

    /// The same, said with another sentence of the rule.
    #[must_use]
    pub fn said(mut self, says: usize) -> Self {
        self.says = says;
        self
    }

    /// The number that an argument of its sentence is.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        self.args.iter().find_map(|(key, arg)| match arg {
            Arg::Number(number) if *key == name => Some(*number),
            _ => None,
        })
    }

    /// Whether it says that another report differs.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        self.rule.about == About::Other
    }

    /// Its sentence; where problems before it say the same, with its number among them.
    #[must_use]
    pub fn message(&self) -> Message {
        let said = self.rule.says[self.says].with(self.args.clone());
        if self.again == 0 {
            return said;
        }
        AGAIN.with(vec![("said", said.into()), ("n", (self.again + 1).into())])
    }

    /// Appends its sentence in a language.
    pub fn say(&self, lang: Lang, out: &mut String) {
        if self.again > 0 {
            out.push_str(&self.message().text(lang));
            return;
        }
        self.rule.says[self.says].fill(&self.args, lang, out);
    }

    /// How grave it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether an explanation stands whose numbers are still the same.
    #[must_use]
    pub fn is_explained(&self) -> bool {
        self.explanation.as_ref().is_some_and(|found| found.stands)
    }

    /// Whether it was explained for other numbers than it has now.
    #[must_use]
    pub fn is_reopened(&self) -> bool {
        self.explanation.as_ref().is_some_and(|found| !found.stands)
    }

    /// Whether nobody needs to look at it any more: an explained reminder.
    ///
    /// Invariant: an error is never settled by an explanation.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.is_explained() && self.severity < Severity::Error
    }

    /// The explanation in the report it was found in.
    #[must_use]
    pub fn remark<'a>(&self, report: &'a Report) -> Option<&'a Remark> {
        report.remarks().get(self.explanation.as_ref()?.at)
    }

    /// Whether its sides move with a cell.
    #[must_use]
    pub fn touches(&self, form: &'static Form, cell: CellId) -> bool {
        let identities = form.identities();
        self.cell == Some(cell)
            || identities.touching(cell).any(|number| {
                let identity = &identities.all()[number];
                identity.rule == self.rule.code && Site::of(identity) == self.site
            })
    }
}

/// How sure a fix is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sure {
    /// The form itself says so.
    Certain,
    /// A reading that only the files behind the report can confirm.
    Guess,
}

/// A titled transaction that mends a problem.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What it does.
    pub title: Message,
    /// How sure it is.
    pub sure: Sure,
    /// The change.
    pub transaction: Transaction,
}

/// Problems by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// What the form forbids.
    pub errors: usize,
    /// What a person should look at.
    pub warnings: usize,
    /// What is worth knowing.
    pub infos: usize,
    /// Explained reminders, which count nowhere else.
    pub settled: usize,
    /// What follows from other problems of its table, which counts nowhere else.
    pub implied: usize,
    /// Where another report differs, which counts nowhere else.
    pub beside: usize,
    /// Blank cells of tables that are still being keyed.
    pub missing: usize,
}

impl Counts {
    /// Counts some problems.
    #[must_use]
    pub fn of<'a>(problems: impl IntoIterator<Item = &'a Problem>) -> Self {
        let mut counts = Counts::default();
        for problem in problems {
            let count = match problem.severity() {
                _ if problem.is_settled() => &mut counts.settled,
                _ if problem.implied => &mut counts.implied,
                _ if problem.is_beside() => &mut counts.beside,
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Info => &mut counts.infos,
            };
            *count += 1;
        }
        counts
    }

    /// Whether there is nothing that a person need look at or fill in.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.errors + self.warnings + self.implied + self.beside + self.missing == 0
    }

    /// Blanks to fill, and what is counted apart, each behind `between`; mostly
    /// nothing: `；缺 5 格；另有 1 处由此引起`.
    #[must_use]
    pub fn apart(&self, between: Words) -> Message {
        let parts = [
            (self.missing, words("缺 {n} 格", "{n} cells missing")),
            (
                self.implied,
                words("另有 {n} 处由此引起", "{n} more follow from these"),
            ),
            (
                self.beside,
                words("另与去年不符 {n} 处", "{n} more differ from last year"),
            ),
            (
                self.settled,
                words("另有 {n} 处已说明", "{n} more explained"),
            ),
        ];
        let said = parts.into_iter().filter(|(n, _)| *n > 0);
        let said = said.flat_map(|(n, said)| {
            let part = said.with(vec![("n", n.into())]);
            [between.into(), part.into()]
        });
        let list = Arg::List(Words::default(), said.collect());
        words("{all}", "{all}").with(vec![("all", list)])
    }
}

/// Puts problems into the form's order, consequences after their causes.
pub(super) fn sort(form: &'static Form, problems: &mut [Problem]) {
    let place = |problem: &Problem| match (&problem.site, problem.cell) {
        (Site::Text(_, range), _) => (1, range.start),
        (_, Some(cell)) => (2, cell.index()),
        (Site::Source(_), None) => (3, 0),
        _ => (0, 0),
    };
    problems.sort_by_key(|problem| {
        (
            problem
                .site
                .section(form)
                .map_or(0, |text| 1 + text.index()),
            problem.implied,
            place(problem),
        )
    });
}

/// Numbers problems that say the same, so that no two sentences are alike.
pub(super) fn tell_apart(problems: &mut [Problem]) {
    for at in 1..problems.len() {
        let (before, rest) = problems.split_at_mut(at);
        let this = &mut rest[0];
        let is_said = |other: &&Problem| {
            let is_kin = other.rule.code == this.rule.code && other.says == this.says;
            is_kin && other.args == this.args
        };
        this.again = before.iter().filter(is_said).count();
    }
}

/// The number of a table in the report: 表三, Table 3.
#[must_use]
pub fn table_words(form: &Form, prefix: &str) -> Message {
    let section = form.section_of(prefix).map(|text| form.section(text));
    let ordinal = section.map_or("", |section| section.ordinal);
    let number = prefix.trim_start_matches('t');
    words("表{zh}", "Table {en}").with(vec![("zh", ordinal.into()), ("en", number.into())])
}

/// A row or a column in words: 自然人列; any other place as its path.
#[must_use]
pub fn line_words(form: &Form, site: &Site) -> Message {
    let (said, name): (_, Arg) = match site {
        Site::Column { table, col } => {
            let col = &form.tables[*table].cols[*col];
            (words("{name}列", "column {name}"), col.name.into())
        }
        Site::Row { table, row } => {
            let row = &form.tables[*table].rows[*row];
            (words("{name}行", "row {name}"), row.name.into())
        }
        other => (words("{name}", "{name}"), other.path(form).into()),
    };
    said.with(vec![("name", name)])
}

/// A cell in words: 表三 (三)5 三类内部事务/自然人.
#[must_use]
pub fn cell_words(form: &Form, cell: CellId) -> Message {
    let Spot { table, .. } = form.spot(cell);
    let (row, col) = form.lines(cell);
    words("{table} {row}/{col}", "{table} {row}/{col}").with(vec![
        ("table", table_words(form, form.tables[table].prefix).into()),
        ("row", row.name.into()),
        ("col", col.name.into()),
    ])
}

/// Most columns of a text of a file in a sentence.
const COLUMNS: usize = 24;

/// The end of a text of a file as an argument. The end of a statement holds what it
/// says.
#[must_use]
pub(super) fn quoted_end(text: &str) -> Arg {
    Arg::from(Ruler::default().cut_front(&shown(text), COLUMNS))
}

/// Text of a file as an argument: one line, no control characters, cut.
#[must_use]
pub fn quoted(text: &str) -> Arg {
    let ruler = Ruler::default();
    let clean = shown(text);
    let cut = ruler.cut(&clean, COLUMNS);
    if cut.len() == clean.len() {
        Arg::from(cut)
    } else {
        Arg::from(format!("{}...", ruler.cut(cut, COLUMNS - 3)))
    }
}
