//! Suspects of a report: the tables of its form handed to `suspect`, and what
//! comes back said in words.
//!
//! **Never:** applies a reading, or finds one itself.
//! Next: `suspect` for the search, `paper::json` and `tui` for who shows it.

use crate::base::words::{Arg, Message, Words, words};
use crate::form::{Along, CellId, Form, Part, Side, Spot, Table};
use crate::model::{Cell, Report, Transaction};

use super::Findings;
use super::problem::{Site, cell_words};
use super::suspect::{
    self, Certainty, ColClass, Edit, Event, Evidence, Finding, Layout, Line, Mistake, Reach,
    Reading, RowClass, Shared, Slip, Stated, System, Value,
};

/// What is known beside the report's cells.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Cells changed by hand since their table was last whole.
    pub edited: Vec<CellId>,
    /// Numbers that the prose states: the value, and the sums it may be.
    pub stated: Vec<(i64, Vec<Vec<CellId>>)>,
}

impl Hints {
    /// What the prose states of the tables, and the cells changed by hand.
    ///
    /// Round numbers and shares say too little to weigh a reading.
    #[must_use]
    pub fn of(findings: &Findings, edited: Vec<CellId>) -> Self {
        let stated = findings
            .facts
            .iter()
            .filter(|fact| !fact.approximate && fact.agrees.is_some())
            .filter_map(|fact| {
                let cells = &fact.reading.as_ref()?.cells;
                let value = fact.value.to_whole()?;
                (!cells.is_empty()).then(|| (value, vec![cells.clone()]))
            })
            .collect();
        Hints { edited, stated }
    }
}

/// Everything that could mend a report's tables.
#[derive(Clone, Debug, Default)]
pub struct Suspects {
    /// One for each table, or block of a table, that is broken.
    pub findings: Vec<Broken>,
    /// Blank cells that the identities force, with their values.
    pub fills: Vec<(CellId, i64)>,
}

/// Broken lines that belong together, with what would mend them.
#[derive(Clone, Debug)]
pub struct Broken {
    /// Index of the table.
    pub table: usize,
    /// The broken lines.
    pub lines: Vec<(&'static str, Site)>,
    /// What would mend them, most likely first.
    pub suspects: Vec<Suspect>,
    /// How sure the first is.
    pub certainty: Certainty,
    /// Readings that agree on the lines.
    pub groups: Vec<Group>,
    /// A reading of more cells: less likely than those above, and offered after them.
    pub aside: Option<Suspect>,
    /// Whether these are all, in words where they are not.
    pub reach: Option<Message>,
}

/// Readings that agree on the lines and differ in the place.
#[derive(Clone, Debug)]
pub struct Group {
    /// What they agree on: `有 1 件应记商业企业、误记自然人，在下列 6 行之一`.
    pub said: Message,
    /// The rows or columns it may be in.
    pub places: Arg,
    /// The positions of the readings.
    pub readings: Vec<usize>,
}

impl Group {
    /// What they agree on, and all the places.
    #[must_use]
    pub fn whole(&self) -> Message {
        words("{said}：{places}", "{said}: {places}").with(vec![
            ("said", self.said.clone().into()),
            ("places", self.places.clone()),
        ])
    }
}

/// Cells that, changed, would mend what is broken.
#[derive(Clone, Debug)]
pub struct Suspect {
    /// The story in one word.
    pub slip: Slip,
    /// How surprising it is; differences are log-odds.
    pub bits: f64,
    /// Each cell with what stands there (None: blank) and what would mend it.
    pub edits: Vec<(CellId, Option<i64>, i64)>,
    /// The broken lines it makes whole: rule and site.
    pub clears: Vec<(&'static str, Site)>,
    /// What would change.
    pub change: Message,
    /// What may have happened.
    pub why: Message,
    /// Both, and how many broken sums it mends.
    pub text: Message,
}

impl Suspect {
    /// The step that makes the report read so.
    #[must_use]
    pub fn transaction(&self, report: &Report) -> Transaction {
        let label = words("采用建议：{what}", "take the suggestion: {what}")
            .with(vec![("what", self.text.clone().into())]);
        self.edits
            .iter()
            .fold(Transaction::new(label), |step, (cell, _, to)| {
                step.cell(report, *cell, Cell::Count(*to))
            })
    }
}

impl Suspects {
    /// All readings, the findings' first ones first.
    pub fn all(&self) -> impl Iterator<Item = &Suspect> {
        self.findings.iter().flat_map(|broken| &broken.suspects)
    }
}

/// Finds suspects and forced blanks in every table that has sums.
///
/// Blanks are unknown here whatever the mode of the table.
#[must_use]
pub fn suspects(report: &Report, hints: &Hints) -> Suspects {
    let form = report.form();
    let mut all = Suspects::default();
    for (index, table) in form.tables.iter().enumerate() {
        let Some(layout) = layout(table) else {
            continue;
        };
        let values: Vec<Value> = table
            .cells()
            .map(|cell| match report.cell(cell) {
                Cell::Blank => Value::Blank,
                content => content.count().map_or(Value::Unreadable, Value::Count),
            })
            .collect();
        let system = System::new(layout, &values).expect("one value a cell of the table");
        let evidence = evidence(form, index, hints);
        let found = suspect::find(&system, &evidence);
        let id = |(row, col): suspect::Cell| table.cell(row, col);
        all.fills
            .extend(found.fills.iter().map(|fill| (id(fill.cell), fill.to)));
        let told = Told { table, index };
        all.findings
            .extend(found.findings.iter().map(|finding| told.broken(finding)));
    }
    all
}

/// The classes of a table's lines, as its sums name them.
fn layout(table: &Table) -> Option<Layout> {
    let along = |along: Along| table.sums.iter().filter(move |sum| sum.along == along);
    let named = |parts: &[Part], key: &str, class: &str| {
        parts.iter().any(|part| match part {
            Part::Line(line) => *line == key,
            Part::Class(name) => *name == class,
        })
    };
    let rows_sum = along(Along::Rows).find(|sum| sum.total.is_some())?;
    let parts = match rows_sum.total {
        Some(Side::Left) => rows_sum.right,
        _ => rows_sum.left,
    };
    let cols = table
        .cols
        .iter()
        .map(|col| {
            if named(parts, col.key, col.class) {
                ColClass::Kind
            } else {
                ColClass::Total
            }
        })
        .collect();
    let items = along(Along::Columns).find(|sum| sum.total.is_some());
    let balance = along(Along::Columns).find(|sum| sum.total.is_none());
    let rows = table
        .rows
        .iter()
        .map(|row| match (items, balance) {
            (Some(items), _) if named(items.left, row.key, row.class) => RowClass::Item,
            (Some(items), _) if named(items.right, row.key, row.class) => RowClass::Total,
            (_, Some(balance)) if named(balance.left, row.key, row.class) => RowClass::In,
            (_, Some(_)) => RowClass::Out,
            _ => RowClass::Alone,
        })
        .collect();
    Layout::new(rows, cols)
}

fn evidence(form: &Form, index: usize, hints: &Hints) -> Evidence {
    let table = &form.tables[index];
    let here = |cell: &CellId| {
        let Spot { table, row, col } = form.spot(*cell);
        (table == index).then_some((row, col))
    };
    let rows: Vec<u32> = table.rows.iter().map(|row| row.usual).collect();
    let cols: Vec<u32> = table.cols.iter().map(|col| col.usual).collect();
    Evidence {
        edited: hints.edited.iter().filter_map(here).collect(),
        stated: hints
            .stated
            .iter()
            .map(|(value, sums)| Stated {
                value: *value,
                sums: sums
                    .iter()
                    .filter_map(|sum| sum.iter().map(here).collect::<Option<Vec<_>>>())
                    .collect(),
            })
            .filter(|stated| !stated.sums.is_empty())
            .collect(),
        usual: if rows.iter().any(|usual| *usual > 0) {
            rows
        } else {
            cols
        },
    }
}

/// Why the readings of a table are not all; None where they are.
fn reach_words(reach: Reach) -> Option<Words> {
    match reach {
        Reach::Complete => None,
        Reach::TooMany => Some(words(
            "不止三格有错，也不像一个原因：请逐项核对这些不平的行列",
            "more than three cells are wrong, and from no single cause: check these lines",
        )),
        Reach::Incomplete => Some(words(
            "这些行列还缺数，补齐之前说不出是哪一格错",
            "these lines lack numbers: too little is known to say which cell is wrong",
        )),
        Reach::GaveUp => Some(words(
            "可能的改法太多，没有全部列出",
            "there are too many ways to fix it; not all are listed",
        )),
    }
}

/// Puts what was found in a table into words.
#[derive(Clone, Copy)]
struct Told {
    table: &'static Table,
    index: usize,
}

impl Told {
    fn broken(self, finding: &Finding) -> Broken {
        let suspects = finding
            .readings
            .iter()
            .map(|reading| self.suspect(reading))
            .collect();
        let groups = finding.groups.iter().map(|group| self.group(group));
        Broken {
            table: self.index,
            lines: finding.broken.iter().map(|line| self.line(*line)).collect(),
            suspects,
            certainty: finding.certainty,
            groups: groups.collect(),
            aside: finding.aside.as_ref().map(|aside| self.suspect(aside)),
            reach: reach_words(finding.reach).map(Message::from),
        }
    }

    /// Cases that stand under another line than theirs, and where that may be.
    fn group(self, group: &suspect::Group) -> Group {
        let (lines, places) = match group.shared {
            Shared::Columns => (self.table.cols, self.table.rows),
            Shared::Rows => (self.table.rows, self.table.cols),
        };
        let names = group.places.iter();
        let names = names.map(|place| Arg::from(places[*place].name));
        let says = match group.shared {
            Shared::Columns => words(
                "有 {k} 件应记{to}、误记{from}，在下列 {n} 行之一",
                "{k} counted as {from} should be {to}, in one of these {n} rows",
            ),
            Shared::Rows => words(
                "有 {k} 件应记{to}、误记{from}，在下列 {n} 列之一",
                "{k} counted as {from} should be {to}, in one of these {n} columns",
            ),
        };
        Group {
            said: says.with(vec![
                ("k", group.units.into()),
                ("to", lines[group.to].name.into()),
                ("from", lines[group.from].name.into()),
                ("n", group.places.len().into()),
            ]),
            places: Arg::List(words("、", ", "), names.collect()),
            readings: group.readings.clone(),
        }
    }

    fn suspect(self, reading: &Reading) -> Suspect {
        let change = words("{edits}", "{edits}").with(vec![("edits", self.edits(&reading.edits))]);
        let why = self.why(reading);
        Suspect {
            slip: reading.slip,
            bits: reading.bits,
            edits: reading
                .edits
                .iter()
                .map(|edit| (self.id(edit.cell), edit.from, edit.to))
                .collect(),
            clears: reading.clears.iter().map(|line| self.line(*line)).collect(),
            text: words(
                "{edits}（{why}；解决 {n} 处）",
                "{edits} ({why}; fixes {n})",
            )
            .with(vec![
                ("edits", change.clone().into()),
                ("why", why.clone().into()),
                ("n", reading.clears.len().into()),
            ]),
            change,
            why,
        }
    }

    fn id(self, (row, col): suspect::Cell) -> CellId {
        self.table.cell(row, col)
    }

    /// The rule and site of a line of the solver.
    fn line(self, line: Line) -> (&'static str, Site) {
        let code = |along: Along, total: bool| {
            self.table
                .sums
                .iter()
                .find(|sum| sum.along == along && sum.total.is_some() == total)
                .map_or("", |sum| sum.rule)
        };
        let table = self.index;
        match line {
            Line::Row(row) => (code(Along::Rows, true), Site::Row { table, row }),
            Line::Balance(col) => (code(Along::Columns, false), Site::Column { table, col }),
            Line::Items(col) => (code(Along::Columns, true), Site::Column { table, col }),
        }
    }

    /// What may have happened.
    fn why(self, reading: &Reading) -> Message {
        match &reading.events[..] {
            [event] => self.event(event, &reading.edits),
            events => {
                let mut list: Vec<Arg> = Vec::new();
                for event in events {
                    // The same may have happened in several rows.
                    let said = Arg::from(self.event(event, &reading.edits));
                    if !list.contains(&said) {
                        list.push(said);
                    }
                }
                words("{list}", "{list}").with(vec![("list", Arg::List(words("；", "; "), list))])
            }
        }
    }

    /// The changes: those of one row share its name, and so do rows that change alike.
    fn edits(self, edits: &[Edit]) -> Arg {
        const MOST: usize = 5;
        let change = |edit: &Edit, name: Arg| -> Arg {
            let blank = || Arg::from(words("空", "blank"));
            let from = edit.from.map_or_else(blank, Arg::from);
            words("{name} {from} -> {to}", "{name} {from} -> {to}")
                .with(vec![("name", name), ("from", from), ("to", edit.to.into())])
                .into()
        };
        if let [edit] = edits {
            return change(edit, self.place(edit.cell.0, edit.cell.1));
        }
        let shown = &edits[..edits.len().min(MOST)];
        let mut rows: Vec<(Vec<Arg>, Vec<&Edit>)> = Vec::new();
        let alike = |a: &[&Edit], b: &[&Edit]| {
            let of = |edit: &Edit| (edit.cell.1, edit.from, edit.to);
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| of(a) == of(b))
        };
        for group in shown.chunk_by(|a, b| a.cell.0 == b.cell.0) {
            let name = Arg::from(self.table.rows[group[0].cell.0].name);
            let group: Vec<&Edit> = group.iter().collect();
            match rows.iter_mut().find(|(_, other)| alike(other, &group)) {
                Some((names, _)) => names.push(name),
                None => rows.push((vec![name], group)),
            }
        }
        let said = rows.into_iter().map(|(names, group)| -> Arg {
            let changes = group
                .iter()
                .map(|edit| change(edit, self.table.cols[edit.cell.1].name.into()));
            words("{rows}：{all}", "{rows}: {all}")
                .with(vec![
                    ("rows", Arg::List(words("、", ", "), names)),
                    ("all", Arg::List(words("，", ", "), changes.collect())),
                ])
                .into()
        });
        let mut list: Vec<Arg> = said.collect();
        if edits.len() > MOST {
            let all = words("等 {n} 格", "{n} cells in all");
            list.push(all.with(vec![("n", edits.len().into())]).into());
        }
        Arg::List(words("；", "; "), list)
    }

    fn place(self, row: usize, col: usize) -> Arg {
        words("{row}/{col}", "{row}/{col}")
            .with(vec![
                ("row", self.table.rows[row].name.into()),
                ("col", self.table.cols[col].name.into()),
            ])
            .into()
    }

    fn event(self, event: &Event, edits: &[Edit]) -> Message {
        let name = |index: usize| -> Arg {
            event
                .cells
                .get(index)
                .map_or_else(|| Arg::from(""), |(row, col)| self.place(*row, *col))
        };
        match event.slip {
            Slip::Keying | Slip::Table4 | Slip::Several => event
                .mistake
                .map_or(words("这一格填错", "this cell is wrong"), mistake)
                .into(),
            Slip::Exchanged => words("两格的数对调了", "the two numbers are exchanged").into(),
            Slip::Misfiled => self.misfiled(event, edits),
            Slip::Shifted => {
                words("整段错开了一格", "a run of numbers is shifted by one place").into()
            }
            Slip::TotalsNotFilled => {
                words("总计没有按各格重新算", "the totals were not recomputed").into()
            }
            Slip::TotalsStale if event.cells.len() <= edits.len() => words(
                "各格是对的，{n} 个总计没有跟着改",
                "the cells are right, {n} totals did not follow",
            )
            .with(vec![("n", event.cells.len().into())]),
            Slip::TotalsStale => words(
                "{cell} 是对的，{n} 格没有跟着改",
                "{cell} is right, {n} cells did not follow",
            )
            .with(vec![
                ("cell", name(0)),
                ("n", event.cells.len().saturating_sub(1).into()),
            ]),
            Slip::Split => words("一个数拆在两格里", "one number stands in two cells").into(),
        }
    }

    fn misfiled(self, event: &Event, edits: &[Edit]) -> Message {
        let of = |cell: &suspect::Cell| edits.iter().find(|edit| edit.cell == *cell);
        let gain = |edit: &Edit| edit.to - edit.from.unwrap_or(0);
        let changed: Vec<&Edit> = event.cells.iter().filter_map(of).collect();
        let more = changed.iter().find(|edit| gain(edit) > 0);
        let less = changed.iter().find(|edit| gain(edit) < 0);
        let (Some(more), Some(less)) = (more, less) else {
            return words("归错了格", "counted in the wrong cell").into();
        };
        let one_row = more.cell.0 == less.cell.0;
        let line = |edit: &Edit| -> Arg {
            if one_row {
                self.table.cols[edit.cell.1].name.into()
            } else {
                self.table.rows[edit.cell.0].name.into()
            }
        };
        words(
            "{k} 件应在 {to} 而不在 {from}",
            "{k} belong to {to}, not to {from}",
        )
        .with(vec![
            ("k", gain(more).into()),
            ("to", line(more)),
            ("from", line(less)),
        ])
    }
}

/// How a number was mistyped, in words.
fn mistake(mistake: Mistake) -> Words {
    match mistake {
        Mistake::TotalLeftAtZero => words("总计没有填", "the total was left at 0"),
        Mistake::Sign => words("多了负号", "a minus sign too many"),
        Mistake::Transposed => words("相邻两位颠倒", "two digits exchanged"),
        Mistake::Dropped => words("漏打一位", "a digit missing"),
        Mistake::Doubled => words("数字重复", "a digit doubled"),
        Mistake::Inserted => words("多打一位", "a digit too many"),
        Mistake::NeighbourKey => words("按到旁边的键", "a neighbouring key"),
        Mistake::LookAlike => words("相像的数字看错", "digits that look alike"),
        Mistake::OtherDigit => words("一位打错", "one digit wrong"),
        Mistake::LeftAtZero => words("没有填", "left at 0"),
        Mistake::Miscounted => words("少数或多数了", "miscounted"),
        Mistake::Other => words("填错", "wrong"),
    }
}

/// The name of a slip in output.
#[must_use]
pub const fn slip_key(slip: Slip) -> &'static str {
    match slip {
        Slip::Keying => "keying",
        Slip::Exchanged => "exchanged",
        Slip::Misfiled => "misfiled",
        Slip::Shifted => "shifted",
        Slip::TotalsNotFilled => "totals_not_filled",
        Slip::TotalsStale => "totals_stale",
        Slip::Split => "split",
        Slip::Table4 => "table4",
        Slip::Several => "several",
    }
}

/// How sure a first reading is, in words.
#[must_use]
pub const fn certainty_words(certainty: Certainty) -> Words {
    match certainty {
        Certainty::NearlyCertain => words("几乎确定", "nearly certain"),
        Certainty::Likely => words("可能", "likely"),
        Certainty::OneOf => words("以下之一", "one of these"),
    }
}

/// A forced blank in words.
#[must_use]
pub fn fill_words(form: &Form, cell: CellId, to: i64) -> Message {
    words(
        "{cell} 空着，按勾稽应是 {to}",
        "{cell} is blank; the sums leave only {to}",
    )
    .with(vec![
        ("cell", cell_words(form, cell).into()),
        ("to", to.into()),
    ])
}
