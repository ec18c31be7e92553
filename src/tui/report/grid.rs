//! The matrix: heads, rows, groups with their subtotals, running sums, and the line of
//! the cell.
//!
//! **Never:** computes a verdict; shows a state by colour alone.
//! Next: `layout` for the places.

use std::borrow::Cow;

use ratatui::style::{Modifier, Style};

use super::layout::{LAST_YEAR, SheetLine, Widths, label, row_sums, running, sheet};
use crate::base::width::Ruler;
use crate::base::words::{Lang, Message, words};
use crate::check::{Findings, Severity, Site, Verdict};
use crate::form::{Along, CellId};
use crate::model::Report;
use crate::tui::canvas::Canvas;
use crate::tui::hit::Hit;
use crate::tui::theme::Role;
use crate::tui::turn::Look;

use super::ReportScreen;

/// What a frame knows of the cells and lines before it draws one.
struct Known<'a> {
    look: Look,
    screen: &'a ReportScreen,
    report: &'a Report,
    findings: &'a Findings,
    is_keying: bool,
    /// Cells that a fix on show would write.
    changed: &'a [CellId],
    /// Cells with problems, and what stands there.
    told: Vec<(CellId, Severity, bool)>,
    broken: Vec<(usize, Along, usize)>,
    suspects: Vec<CellId>,
    selected: Vec<CellId>,
    /// The widths of each table of the form, by the numbers that stand in it.
    widths: Vec<Widths>,
}

/// How a number stands in the grid.
struct Shown<'a> {
    text: Cow<'a, str>,
    mark: char,
    role: Role,
    /// It is in the best reading of what is broken.
    suspect: bool,
}

impl<'a> Known<'a> {
    fn at(look: Look, screen: &'a ReportScreen) -> Self {
        let findings = screen.seen_findings();
        let judged = &findings.judged;
        let told = findings.problems.iter().filter_map(|problem| {
            let severity = problem.severity();
            let is_told = severity == Severity::Error || matches!(problem.site, Site::Cell(_));
            Some((
                problem.cell.filter(|_| is_told)?,
                severity,
                problem.is_settled(),
            ))
        });
        let verdicts = judged.identities().all().iter().zip(judged.verdicts());
        let broken = verdicts
            .filter(|(_, verdict)| matches!(verdict, Verdict::Broken { .. }))
            .map(|(identity, _)| (identity.table, identity.along, identity.line));
        let selection = screen.anchor.map(|_| screen.selected().concat());
        let preview = screen.preview.as_ref();
        let report = screen.seen_report();
        let widths = screen.form().tables.iter().map(|table| {
            let longest = table.cells().map(|cell| report.cell(cell).text().len());
            Widths::of(
                table,
                look,
                longest.max().unwrap_or(0),
                screen.last.is_some(),
            )
        });
        Known {
            look,
            screen,
            report,
            widths: widths.collect(),
            findings,
            is_keying: screen.is_keying(),
            changed: preview.map_or(&[], |preview| &preview.cells),
            told: told.collect(),
            broken: broken.collect(),
            // What is on show is one reading: the others would be in its way.
            suspects: match preview {
                Some(_) => Vec::new(),
                None => screen.suspect_cells(),
            },
            selected: selection.unwrap_or_default(),
        }
    }

    /// The column whose numbers of last year stand beside a table: the cursor's, in other
    /// tables that of the totals.
    fn last_col(&self, index: usize) -> usize {
        let form = self.screen.form();
        let table = &form.tables[index];
        let here = self.screen.cursor().map(|cell| form.spot(cell));
        let here = here.filter(|spot| spot.table == index);
        let total = || (0..table.cols.len()).find(|col| form.is_total(table.cell(0, *col)));
        here.map(|spot| spot.col)
            .or_else(total)
            .unwrap_or(table.cols.len() - 1)
    }

    fn is_broken(&self, table: usize, along: Along, line: usize) -> bool {
        self.broken.contains(&(table, along, line))
    }

    /// Whether a cell of a roll-up is not as it was last seen.
    fn is_news(&self, cell: CellId) -> bool {
        let rolled = self.screen.rolled.as_deref();
        rolled.is_some_and(|rolled| rolled.changed.contains(&cell))
    }

    /// How a cell is shown: its text, a mark behind it, what it means.
    fn cell(&self, cell: CellId, digits: usize) -> Shown<'a> {
        let content = self.report.cell(cell);
        let told = |wanted: &dyn Fn(Severity, bool) -> bool| {
            let mut told = self.told.iter();
            told.any(|(at, severity, settled)| *at == cell && wanted(*severity, *settled))
        };
        let changed = self.changed.contains(&cell);
        let broken = told(&|severity, _| severity == Severity::Error);
        let reminder = told(&|severity, settled| severity == Severity::Warning && !settled);
        let due = self.screen.due(cell).map(|due| format!("({}", due.count()));
        let due = due.filter(|due| !changed && due.len() <= digits);
        let is_due = due.is_some();
        let text = due.map_or_else(|| content.text(), Cow::from);
        let text = fitting(self.look.ruler, text, digits);
        let judged = &self.findings.judged;
        let stated = self.is_keying
            && judged
                .sum_of_parts(cell)
                .is_some_and(|sum| content.count().is_some_and(|n| n != sum));
        let suspect = self.suspects.contains(&cell);
        let mark = match () {
            () if changed => '=',
            () if broken => '!',
            () if suspect || self.is_news(cell) => '*',
            () if stated => '~',
            () if self.screen.is_carried(cell) => '<',
            () if is_due => ')',
            () if reminder => '?',
            () if told(&|severity, settled| severity < Severity::Error && settled) => ':',
            () => ' ',
        };
        let role = match () {
            () if changed => Role::Changed,
            () if broken => Role::Error,
            () if reminder && !suspect => Role::ReminderText,
            () if is_due => Role::Dim,
            () if content.count() == Some(0) && !suspect => Role::Dim,
            () => Role::Plain,
        };
        Shown {
            text,
            mark,
            role,
            suspect,
        }
    }
}

/// Draws the matrix; answers with the place of the cursor.
pub(in crate::tui) fn matrix(report: &ReportScreen, canvas: &mut Canvas<'_>) -> (u16, u16) {
    let Some(sheet) = sheet(report, canvas.rows()) else {
        return (0, 0);
    };
    let Some((index, prefix)) = report.matrix() else {
        return (0, 0);
    };
    let known = Known::at(canvas.look(), report);
    let mut cursor = (0, 0);
    let mut y = 0;
    for line in sheet.shown(report.scrolls[index]) {
        match line {
            SheetLine::Heads(table) => heads(&known, canvas, table, y),
            SheetLine::Group(table, group) => draw_group(&known, canvas, (table, group), y),
            SheetLine::Row(table, row) => {
                if let Some(at) = draw_row(&known, canvas, (table, row), y) {
                    cursor = at;
                }
            }
        }
        y += 1;
    }
    for (table, sum) in running(report.form(), prefix).into_iter().take(sheet.sums) {
        let name = sum.running.get(canvas.lang());
        draw_running(&known, canvas, (table, sum.rule), name, y);
        y += 1;
    }
    let scrolled = (sheet.middle.len(), report.scrolls[index], sheet.visible);
    canvas.scroll_bar(sheet.top.len(), scrolled);
    cursor
}

/// The line of the cell: its full name and value, which problem this is, what it was
/// last year, where it came from, its row.
///
/// The column stands first, the row's number at the edge, and neither has a colour: a
/// step down rewrites little.
pub(in crate::tui) fn cell_line(report: &ReportScreen, canvas: &mut Canvas<'_>) {
    let Some(cursor) = report.cursor() else {
        return;
    };
    let look = canvas.look();
    let form = report.form();
    let (row, col) = form.lines(cursor);
    let selected = report.selected().concat();
    // What it holds is never cut off, its name is.
    let (name, held) = if report.anchor.is_some() && selected.len() > 1 {
        (selected_words(look.lang, report, &selected), String::new())
    } else {
        let label = match look.lang {
            Lang::Zh => row.label,
            Lang::En => row.name.en,
        };
        let value = |report: &Report| match report.cell(cursor) {
            cell if cell.is_blank() => words("（空）", "(blank)").get(look.lang).to_owned(),
            cell => cell.text().into_owned(),
        };
        let value_now = if report.is_put_aside(cursor) {
            "..".to_owned()
        } else {
            value(report.report())
        };
        let seen = value(report.seen_report());
        let arrow = if report.preview.is_some() && seen != value_now {
            format!(" -> {seen}")
        } else {
            String::new()
        };
        let due = report.due_words(cursor).map(|due| due.text(look.lang));
        let due = due.map(|due| format!("  {due}")).unwrap_or_default();
        let name = format!("{} / {label}", col.name.get(look.lang));
        (name, format!(" = {value_now}{arrow}{due}"))
    };
    let cols = usize::from(canvas.cols()).saturating_sub(2);
    let last = last_words(look.lang, report, cursor);
    // At most half of the line is the source's.
    let origin = report.origin_brief(cursor).map(|origin| {
        let text = origin.text(look.lang);
        canvas.ruler().cut(&text, cols / 2).to_owned()
    });
    let mut parts: Vec<String> = nth_problem(look, report)
        .into_iter()
        .chain(last)
        .chain(origin)
        .collect();
    // The label needs the room more than the row's number does.
    if canvas.ruler().width(&parts.join("   ")) * 2 <= cols {
        parts.push(row_of(report, cursor).text(look.lang));
    }
    let x = canvas.right(0, &parts.join("   "), Role::Plain);
    let room = usize::from(x).saturating_sub(3);
    let ruler = canvas.ruler();
    let name = ruler.cut(&name, room.saturating_sub(ruler.width(&held)));
    let said = ruler.cut(&format!("{name}{held}"), room).to_owned();
    canvas.text(1, 0, &said, Role::Plain);
}

/// What a cell was last year, where last year's report has it.
fn last_words(lang: Lang, report: &ReportScreen, cell: CellId) -> Option<String> {
    let value = report.last_value(cell)?;
    let said = words("去年 {n}", "last year {n}");
    Some(said.with(vec![("n", value.to_string().into())]).text(lang))
}

/// Which row of all the tables of the page a cell is in.
fn row_of(report: &ReportScreen, cell: CellId) -> Message {
    let form = report.form();
    let spot = form.spot(cell);
    let rows = |table: usize| form.tables[table].rows.len();
    let prefix = form.tables[spot.table].prefix;
    let before = form.tables_of(prefix).filter(|table| *table < spot.table);
    words("行 {row}/{rows}", "row {row}/{rows}").with(vec![
        (
            "row",
            (before.map(rows).sum::<usize>() + spot.row + 1).into(),
        ),
        (
            "rows",
            form.tables_of(prefix).map(rows).sum::<usize>().into(),
        ),
    ])
}

/// How many cells are selected, and their sum.
fn selected_words(lang: Lang, report: &ReportScreen, cells: &[CellId]) -> String {
    let counts: Option<Vec<i64>> = cells
        .iter()
        .map(|cell| match report.seen_report().cell(*cell) {
            cell if cell.is_blank() => Some(0),
            cell => cell.count(),
        })
        .collect();
    let said = match counts {
        Some(_) => words("选中 {n} 格  合计 {sum}", "{n} cells selected  sum {sum}"),
        None => words("选中 {n} 格", "{n} cells selected"),
    };
    let sum: i64 = counts.unwrap_or_default().iter().sum();
    let args = vec![("n", cells.len().into()), ("sum", sum.into())];
    said.with(args).text(lang)
}

/// Which problem of its severity the one at the cursor is.
fn nth_problem(look: Look, report: &ReportScreen) -> Option<String> {
    let here = report.problem_here()?;
    if here.cell != report.cursor() {
        return None;
    }
    let same: Vec<_> = report
        .findings
        .problems
        .iter()
        .filter(|problem| problem.severity() == here.severity())
        .filter(|problem| problem.is_beside() == here.is_beside())
        .collect();
    let at = same.iter().position(|problem| *problem == here)?;
    let what = if here.is_beside() {
        words("与去年不符", "unlike last year")
    } else {
        here.severity().name()
    };
    Some(
        words("{what} {n}/{m}", "{what} {n}/{m}")
            .with(vec![
                ("what", what.into()),
                ("n", (at + 1).into()),
                ("m", same.len().into()),
            ])
            .text(look.lang),
    )
}

fn heads(known: &Known<'_>, canvas: &mut Canvas, index: usize, y: u16) {
    let look = known.look;
    let form = known.screen.form();
    let table = &form.tables[index];
    let widths = known.widths[index];
    let here = known.screen.cursor().map(|cell| form.spot(cell));
    if !table.title.is_empty() {
        canvas.text(0, y, table.title, Role::Head);
    }
    for (col, line) in table.cols.iter().enumerate() {
        let broken = known.is_broken(index, Along::Columns, col);
        let marked = here.is_some_and(|spot| spot.table == index && spot.col == col);
        let role = match (broken, marked) {
            (true, _) => Role::Error,
            (false, true) => Role::Here,
            (false, false) => Role::Head,
        };
        let x = u16::try_from(widths.start(col)).unwrap_or(u16::MAX);
        let name = canvas
            .ruler()
            .cut(line.short.get(look.lang), widths.digits());
        let mark = if broken { '!' } else { ' ' };
        let style = (canvas.style(role), None);
        canvas.number((x, y), (name, mark), widths.digits(), style);
    }
    if let Some(sum) = row_sums(table) {
        let text = sum.running.get(look.lang);
        let x = widths.start(table.cols.len()) + widths.digits();
        let at = x.saturating_sub(canvas.ruler().width(text));
        canvas.text(u16::try_from(at).unwrap_or(u16::MAX), y, text, Role::Dim);
    }
    if let Some(x) = widths.last(table) {
        let short = table.cols[known.last_col(index)].short.get(look.lang);
        let whole = words("去年{col}", "Last {col}").with(vec![("col", short.into())]);
        let whole = whole.text(look.lang);
        let text = if canvas.ruler().width(&whole) <= usize::from(LAST_YEAR) {
            whole
        } else {
            words("去年", "Last year").get(look.lang).to_owned()
        };
        draw_last(canvas, (x, y), &text, Role::Head);
    }
}

/// Draws something in the column of last year.
fn draw_last(canvas: &mut Canvas, (x, y): (usize, u16), text: &str, role: Role) {
    let x = u16::try_from(x).unwrap_or(u16::MAX);
    let style = (canvas.style(role), None);
    canvas.number((x, y), (text, ' '), usize::from(LAST_YEAR), style);
}

/// Draws a row of a table; answers with the cursor's place if it is in it.
fn draw_row(
    known: &Known<'_>,
    canvas: &mut Canvas,
    (index, row): (usize, usize),
    y: u16,
) -> Option<(u16, u16)> {
    let form = known.screen.form();
    let table = &form.tables[index];
    let widths = known.widths[index];
    let cursor = known.screen.cursor();
    let here = cursor.map(|cell| form.spot(cell));
    let in_row = here.is_some_and(|spot| (spot.table, spot.row) == (index, row));
    let broken = known.is_broken(index, Along::Rows, row);
    let role = match (broken, in_row) {
        (true, _) => Role::Error,
        (false, true) => Role::Here,
        (false, false) => Role::Plain,
    };
    let room = widths.label - 2;
    let label = label(table, row, known.look, room);
    let label = canvas.ruler().cut(&label, room).to_owned();
    let end = canvas.text(0, y, &label, role);
    if broken {
        canvas.text(end, y, "!", role);
    }
    let digits = widths.digits();
    let mut at = None;
    for col in 0..table.cols.len() {
        let cell = table.cell(row, col);
        let shown = known.cell(cell, digits);
        let is_cursor = cursor == Some(cell);
        let is_selected = known.selected.contains(&cell);
        let is_loud = matches!(shown.role, Role::Error | Role::Changed);
        let before = match (is_cursor, is_selected) {
            (true, _) => Some(canvas.style(Role::Cursor)),
            (false, true) => Some(canvas.style(Role::Selected)),
            (false, false) => None,
        };
        let style = match before {
            Some(style) if !is_loud => style,
            _ if shown.suspect && !is_loud => canvas.style(Role::Suspect),
            _ => canvas.style(shown.role),
        };
        let style = if shown.suspect || (is_cursor && is_loud) {
            style.add_modifier(Modifier::UNDERLINED)
        } else {
            style
        };
        let x = u16::try_from(widths.start(col)).unwrap_or(u16::MAX);
        canvas.number((x, y), (&shown.text, shown.mark), digits, (style, before));
        let cols = u16::try_from(widths.col).unwrap_or(0);
        canvas.note((x, y), cols, Hit::Cell(cell));
        if is_cursor {
            let end = x + u16::try_from(digits).unwrap_or(0);
            let is_typed = known.screen.typing.is_some();
            at = Some((if is_typed { end } else { end - 1 }, y));
        }
    }
    if row_sums(table).is_some() {
        draw_row_sum(known, canvas, (index, row), widths, y);
    }
    let last = table.cell(row, known.last_col(index));
    if let (Some(x), Some(value)) = (widths.last(table), known.screen.last_value(last)) {
        let role = if value.units == 0 {
            Role::Dim
        } else {
            Role::Plain
        };
        let text = fitting(
            canvas.ruler(),
            value.to_string().into(),
            usize::from(LAST_YEAR),
        );
        draw_last(canvas, (x, y), &text, role);
    }
    at
}

/// The sum of a row's parts, beside it.
fn draw_row_sum(
    known: &Known<'_>,
    canvas: &mut Canvas,
    (index, row): (usize, usize),
    widths: Widths,
    y: u16,
) {
    let form = known.screen.form();
    let table = &form.tables[index];
    let broken = known.is_broken(index, Along::Rows, row);
    let total = (0..table.cols.len())
        .map(|col| table.cell(row, col))
        .find(|cell| form.is_total(*cell));
    let Some(total) = total.filter(|total| !known.screen.is_put_aside(*total)) else {
        return;
    };
    if let Some(sum) = known.findings.judged.sum_of_parts(total) {
        let x = u16::try_from(widths.start(table.cols.len())).unwrap_or(u16::MAX);
        let mark = if broken { '!' } else { ' ' };
        let role = if broken { Role::Error } else { Role::Dim };
        let style = (canvas.style(role), None);
        let text = fitting(canvas.ruler(), sum.to_string().into(), widths.digits());
        canvas.number((x, y), (&text, mark), widths.digits(), style);
    }
}

/// A group's own line: what its rows add up to, which prose states and no cell holds.
fn draw_group(known: &Known<'_>, canvas: &mut Canvas, (index, group): (usize, usize), y: u16) {
    let table = &known.screen.form().tables[index];
    let widths = known.widths[index];
    let group = &table.groups[group];
    let name = match known.look.lang {
        Lang::Zh => group.label,
        Lang::En => group.name.en,
    };
    let said = words("小计", "subtotal").get(known.look.lang);
    let room = widths.label - 2;
    let taken = canvas.ruler().width(said) + 2;
    let name = canvas
        .ruler()
        .cut(name, room.saturating_sub(taken))
        .to_owned();
    canvas.text(0, y, &format!("{name}  {said}"), Role::Dim);
    for col in 0..table.cols.len() {
        let rows = (0..table.rows.len()).filter(|row| table.rows[*row].group == group.key);
        let counts: Option<Vec<i64>> = rows
            .map(|row| match known.report.cell(table.cell(row, col)) {
                cell if cell.is_blank() && !known.is_keying => Some(0),
                cell => cell.count(),
            })
            .collect();
        let text = match counts {
            Some(counts) => counts.iter().sum::<i64>().to_string(),
            None => "..".to_owned(),
        };
        let text = fitting(known.look.ruler, text.into(), widths.digits());
        let x = u16::try_from(widths.start(col)).unwrap_or(u16::MAX);
        let style = (canvas.style(Role::Dim), None);
        canvas.number((x, y), (&text, ' '), widths.digits(), style);
    }
}

/// A live sum under the matrix.
fn draw_running(
    known: &Known<'_>,
    canvas: &mut Canvas,
    (index, code): (usize, &str),
    name: &str,
    y: u16,
) {
    let look = known.look;
    let widths = known.widths[index];
    let judged = &known.findings.judged;
    let digits = widths.digits();
    let number = |value: i64| fitting(look.ruler, value.to_string().into(), digits).into_owned();
    // Where labels are narrow, the numbers come first.
    let room = widths.label - 1;
    let indent = if look.ruler.width(name) + 2 <= room {
        2
    } else {
        0
    };
    canvas.text(indent, y, look.ruler.cut(name, room), Role::Head);
    for (identity, verdict) in judged.identities().all().iter().zip(judged.verdicts()) {
        if identity.table != index || identity.rule != code {
            continue;
        }
        let (left, right) = judged.sides(identity);
        let value = match identity.total {
            Some(crate::form::Side::Left) => right,
            Some(crate::form::Side::Right) => left,
            None => left - right,
        };
        let aside = judged.identities().left(identity).iter();
        let mut aside = aside.chain(judged.identities().right(identity));
        let quiet = if value == 0 { Role::Dim } else { Role::Head };
        let (said, role) = match verdict {
            _ if aside.any(|cell| known.screen.is_put_aside(*cell)) => ("..".to_owned(), Role::Dim),
            Verdict::Broken { .. } => (number(value), Role::Error),
            Verdict::Holds => (number(value), quiet),
            Verdict::Open { missing } => (open_words(look, *missing, widths), Role::Dim),
        };
        let mark = if role == Role::Error { '!' } else { ' ' };
        let x = u16::try_from(widths.start(identity.line)).unwrap_or(u16::MAX);
        let style: (Style, Option<Style>) = (canvas.style(role), None);
        canvas.number((x, y), (&said, mark), digits, style);
    }
}

/// A number, or signs that it is too long for its column: it is never cut.
fn fitting(ruler: Ruler, text: Cow<str>, digits: usize) -> Cow<str> {
    if ruler.width(&text) > digits {
        "#".repeat(digits).into()
    } else {
        text
    }
}

/// An open sum: how many cells are missing.
fn open_words(look: Look, missing: u32, widths: Widths) -> String {
    if missing == 0 {
        return "..".to_owned();
    }
    let text = words("缺{n}格", "-{n}")
        .with(vec![("n", i64::from(missing).into())])
        .text(look.lang);
    if look.ruler.width(&text) > widths.digits() {
        words("缺{n}", "-{n}")
            .with(vec![("n", i64::from(missing).into())])
            .text(look.lang)
    } else {
        text
    }
}

/// The small screen: one row of the table at a time, a column a line.
pub(in crate::tui) fn list(report: &ReportScreen, canvas: &mut Canvas<'_>) -> (u16, u16) {
    const NAME: u16 = 8;
    const NUMBER: usize = 12;
    let Some(cursor) = report.cursor() else {
        return (0, 0);
    };
    let form = report.form();
    let spot = form.spot(cursor);
    let table = &form.tables[spot.table];
    let (row, _) = form.lines(cursor);
    let rows = row_of(report, cursor).text(canvas.lang());
    let x = canvas.right(0, &rows, Role::Dim);
    let name = row.name.get(canvas.lang());
    let name = canvas.ruler().cut(name, usize::from(x.saturating_sub(1)));
    canvas.text(0, 0, name, Role::Here);
    let room = usize::from(canvas.rows().saturating_sub(1)).max(1);
    let first = (spot.col + 1).saturating_sub(room);
    let known = Known::at(canvas.look(), report);
    let mut at = (0, 0);
    for (y, col) in (1..).zip((first..table.cols.len()).take(room)) {
        let cell = table.cell(spot.row, col);
        let shown = known.cell(cell, NUMBER);
        let is_loud = matches!(shown.role, Role::Error | Role::Changed);
        let role = if cell == cursor && !is_loud {
            Role::Cursor
        } else {
            shown.role
        };
        let head = if cell == cursor {
            Role::Here
        } else {
            Role::Head
        };
        let x = canvas.text(0, y, table.cols[col].short.get(canvas.lang()), head) + 1;
        let text = format!("{}{}", shown.text, shown.mark);
        let end = canvas.styled(x.max(NAME), y, &text, canvas.style(role));
        canvas.note((0, y), canvas.cols(), Hit::Cell(cell));
        if cell == cursor {
            at = (end.saturating_sub(1), y);
            if let Some(last) = last_words(canvas.lang(), report, cell) {
                canvas.text(end + 2, y, &last, Role::Plain);
            }
        }
    }
    at
}
