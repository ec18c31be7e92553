//! Where the number of a cell of a roll-up comes from: the units, largest first, with file,
//! place and state; lines of adjustment; units that are missing or not counted.
//!
//! It tells of the cell under the cursor and leaves the keys to the page, until a unit is to
//! be chosen.
//!
//! **Never:** leaves out a unit that counts something.
//! Next: `check::rollup` for the sources, `report::rolled` for the page.

use crate::base::place;
use crate::base::width::shown;
use crate::base::words::{Arg, Lang, Message, Words, words};
use crate::check::problem::cell_words;
use crate::check::rollup::{LeftOut, Source, Unit};
use crate::form::CellId;
use crate::paper::rollup::{broken_words, state};
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::Target;
use crate::tui::panel::{Panel, outside};
use crate::tui::picker::{Line, Picked, Picker, Row, wrapped};
use crate::tui::report::ReportScreen;
use crate::tui::report::rolled::Rolled;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next};

/// The sources of the cell under the cursor.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The list in which a unit is chosen; None: the keys are the page's.
    choosing: Option<Picker>,
}

impl Sources {
    /// With the keys, on the largest source.
    pub(crate) fn choosing() -> Self {
        Sources {
            choosing: Some(Picker::default()),
        }
    }

    fn open(at: usize, report: &ReportScreen, cx: &mut Cx<'_>) -> Next {
        let rolled = report.rolled.as_deref().zip(report.cursor());
        let Some((rolled, cell)) = rolled else {
            return Next::Stay;
        };
        match rolled.rollup.sources(cell).get(at) {
            Some(Source::Unit(unit, _)) => match rolled.files.get(&unit.name) {
                Some(path) => Next::Open(Target::File(path.clone())),
                None => Next::Stay,
            },
            Some(Source::Adjustment(_)) => {
                cx.say(words(
                    "这是调整行：F7 再加一行，写 0 就删去这一格的",
                    "an adjustment: F7 adds another one, 0 removes those of the cell",
                ));
                Next::Stay
            }
            None => Next::Stay,
        }
    }
}

/// How many sources the cell under the cursor has.
fn count(report: Option<&ReportScreen>) -> usize {
    let rolled = report.and_then(|report| report.rolled.as_deref().zip(report.cursor()));
    rolled.map_or(0, |(rolled, cell)| rolled.rollup.sources(cell).len())
}

impl Panel for Sources {
    fn place(&self, _: Option<&ReportScreen>, _: Look) -> Place {
        Place::Side
    }

    fn has_keys(&self) -> bool {
        self.choosing.is_some()
    }

    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        let Some(picker) = &mut self.choosing else {
            return Next::Close;
        };
        if command == Command::Close {
            self.choosing = None;
            return Next::Stay;
        }
        match picker.command(command, count(report.as_deref()), cx.look) {
            Picked::Moved => Next::Stay,
            Picked::Chosen(at) => report.map_or(Next::Stay, |report| Self::open(at, report, cx)),
            Picked::No => outside(command),
        }
    }

    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let Some(picker) = self.choosing else {
            return Next::Stay;
        };
        match picker.typed(c, count(report.as_deref())) {
            Picked::Chosen(at) => report.map_or(Next::Stay, |report| Self::open(at, report, cx)),
            Picked::Moved | Picked::No => Next::Stay,
        }
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let look = canvas.look();
        let rolled = report.and_then(|report| Some((report, report.rolled.as_deref()?)));
        let Some((report, rolled)) = rolled else {
            return (0, 0);
        };
        let rows = rows(report, rolled, look);
        let title = words("来源", "Sources").get(look.lang);
        let Some(picker) = self.choosing else {
            Picker::default().draw_lines(title, &rows, 0, canvas);
            return (0, 1);
        };
        let foot = words(
            "上下键 选单位  回车 打开它的这一格  Esc 回表格",
            "arrows choose a unit  Enter opens it at this cell  Esc goes back",
        );
        picker.draw((title, foot), &rows, 0, canvas)
    }
}

fn dim(text: String) -> Line {
    Line {
        role: Role::Dim,
        ..Line::new("", text)
    }
}

/// Rows of lines that are not chosen.
fn told(lines: Vec<Line>, look: Look) -> impl Iterator<Item = Row> {
    let rows = wrapped(lines, 0, 2, look).into_iter();
    rows.map(|row| Row { line: None, ..row })
}

fn rows(report: &ReportScreen, rolled: &Rolled, look: Look) -> Vec<Row> {
    let lang = look.lang;
    let mut rows: Vec<Row> = Vec::new();
    if let Some(cell) = report.cursor() {
        of_cell(rolled, cell, look, &mut rows);
    }
    let mut others: Vec<Message> = Vec::new();
    if !rolled.rollup.missing.is_empty() {
        let names = rolled
            .rollup
            .missing
            .iter()
            .map(|name| name.as_str().into());
        let said = words(
            "未报送（计 0）：{names}",
            "No report (counted as 0): {names}",
        );
        let names = Arg::List(words("、", ", "), names.collect());
        others.push(said.with(vec![("names", names)]));
    }
    others.extend(rolled.rollup.left_out.iter().map(LeftOut::said));
    others.push(rolled.rollup.policy.said().into());
    let others = others
        .iter()
        .map(|said| dim(shown(&said.text(lang)).into_owned()));
    rows.extend(told(others.collect(), look));
    rows
}

fn of_cell(rolled: &Rolled, cell: CellId, look: Look, rows: &mut Vec<Row>) {
    let lang = look.lang;
    let rollup = &rolled.rollup;
    let form = rollup.report.form();
    let sources = rollup.sources(cell);
    let units = sources.iter().filter(|one| matches!(one, Source::Unit(..)));
    let head = words(
        "{cell} = {sum}，来自 {n} 个单位",
        "{cell} = {sum}, from {n} units",
    );
    let head = head.with(vec![
        ("cell", cell_words(form, cell).into()),
        ("sum", rollup.report.cell(cell).text().into_owned().into()),
        ("n", units.count().into()),
    ]);
    rows.extend(told(vec![Line::head(head.text(lang))], look));
    if rolled.changed.contains(&cell) {
        let said = words("* 和上次看到的不同", "* not as it was last seen");
        rows.extend(told(vec![Line::new("", said.get(lang))], look));
    }
    let all = rollup.broken();
    let broken = all.iter().map(|broken| Line {
        role: Role::ErrorText,
        ..Line::new("", broken_words(rollup, broken).text(lang))
    });
    rows.extend(told(broken.collect(), look));
    for (at, source) in sources.iter().enumerate() {
        let these = wrapped(entry(source, cell, lang), 0, 2, look);
        rows.extend(these.into_iter().map(|row| Row {
            line: Some(at),
            ..row
        }));
    }
    let rest = rollup.units.len().saturating_sub(sources.len());
    if rest > 0 {
        let said = words("其余 {n} 个单位是 0", "{n} other units count 0");
        let said = said.with(vec![("n", rest.into())]).text(lang);
        rows.extend(told(vec![dim(said)], look));
    }
}

/// A source: what it is called and counts, then where that stands and its state.
fn entry(source: &Source, cell: CellId, lang: Lang) -> Vec<Line> {
    match source {
        Source::Unit(unit, value) => {
            let unsaid: Words = words("没有写出", "not stated");
            let value =
                value.map_or_else(|| unsaid.get(lang).to_owned(), |value| value.to_string());
            let name = shown(&unit.name);
            let mark = if unit.errors > 0 { " !" } else { "" };
            let own = if unit.is_own {
                words("（本级）", " (own)").get(lang)
            } else {
                ""
            };
            vec![
                Line::new("", format!("{value}  {name}{own}{mark}")),
                dim(beside(unit, cell, lang)),
            ]
        }
        Source::Adjustment(line) => vec![
            Line {
                role: Role::ReminderText,
                ..Line::new("", format!("{:+}  {}", line.by, line.name().get(lang)))
            },
            dim(shown(&format!("  {}  {}", line.reason, line.author)).into_owned()),
        ],
    }
}

/// The file of a unit, the place in it, and how the unit stands.
fn beside(unit: &Unit, cell: CellId, lang: Lang) -> String {
    let place = words("{place}", "{place}");
    let at = unit.origin(cell).map(|origin| {
        let place = place.with(vec![("place", place::said(&origin.place))]);
        place.text(lang)
    });
    let parts = [Some(unit.file.clone()), at, Some(state(unit).text(lang))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    shown(&parts.join("  ")).into_owned()
}
