//! The matrix: heads, rows, live sums, message, keys, status.
//!
//! **Never:** computes a verdict; shows a state by colour alone.
//! Next: `layout` for the places.

use std::borrow::Cow;

use ratatui::style::{Modifier, Style};

use super::layout::{Sheet, SheetLine, Widths, row_sums, running, sheet};
use crate::base::width::Ruler;
use crate::base::words::{Lang, words};
use crate::check::{Severity, Site, Verdict};
use crate::form::{Along, CellId, Table};
use crate::tui::canvas::Canvas;
use crate::tui::theme::Role;
use crate::tui::turn::Look;

use super::{Preview, ReportScreen, status};

/// What a frame knows of the cells and lines before it draws one.
struct Known<'a> {
    look: Look,
    report: &'a ReportScreen,
    is_keying: bool,
    preview: Option<&'a Preview>,
    /// Cells with problems, and what stands there.
    told: Vec<(CellId, Severity, bool)>,
    broken: Vec<(usize, Along, usize)>,
    suspects: Vec<CellId>,
    selected: Vec<CellId>,
}

/// How a number stands in the grid.
struct Shown<'a> {
    text: Cow<'a, str>,
    mark: char,
    broken: bool,
    /// It is in the best reading, or in a preview.
    suspect: bool,
}

impl<'a> Known<'a> {
    fn at(look: Look, report: &'a ReportScreen) -> Self {
        let findings = &report.findings;
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
        let selection = report.anchor.map(|_| report.selected().concat());
        Known {
            look,
            report,
            is_keying: report.is_keying(),
            preview: report.preview.as_ref(),
            told: told.collect(),
            broken: broken.collect(),
            suspects: report.suspect_cells(),
            selected: selection.unwrap_or_default(),
        }
    }

    fn is_broken(&self, table: usize, along: Along, line: usize) -> bool {
        self.broken.contains(&(table, along, line))
    }

    /// How a cell is shown: its text, a mark behind it, whether it breaks.
    fn cell(&self, cell: CellId, digits: usize) -> Shown<'a> {
        let report = self.report;
        let content = report.report().cell(cell);
        let previewed = self
            .preview
            .and_then(|preview| preview.cells.iter().find(|(changed, _)| *changed == cell));
        let told = |wanted: &dyn Fn(Severity, bool) -> bool| {
            let mut told = self.told.iter();
            told.any(|(at, severity, settled)| *at == cell && wanted(*severity, *settled))
        };
        let broken = previewed.is_none() && told(&|severity, _| severity == Severity::Error);
        let text = previewed.map_or_else(|| content.text(), |(_, text)| text.as_str().into());
        let text = fitting(self.look.ruler, text, digits);
        let stated = self.is_keying
            && report
                .findings
                .judged
                .sum_of_parts(cell)
                .is_some_and(|sum| content.count().is_some_and(|n| n != sum));
        let suspect = self.suspects.contains(&cell);
        let mark = match () {
            () if previewed.is_some() => '=',
            () if broken => '!',
            () if suspect => '*',
            () if stated => '~',
            () if told(&|severity, settled| severity == Severity::Warning && !settled) => '?',
            () if told(&|severity, settled| severity < Severity::Error && settled) => ':',
            () => ' ',
        };
        Shown {
            text,
            mark,
            broken,
            suspect: suspect || previewed.is_some(),
        }
    }
}

/// Draws the matrix page; answers with the place of the cursor.
pub(in crate::tui) fn matrix(report: &ReportScreen, canvas: &mut Canvas<'_>) -> (u16, u16) {
    let rows = canvas.rows();
    let Some(sheet) = sheet(report, rows) else {
        return (0, 0);
    };
    let Some((index, prefix)) = report.matrix() else {
        return (0, 0);
    };
    status::title(report, canvas);
    let known = Known::at(canvas.look(), report);
    let mut cursor = (0, 0);
    for (y, line) in (1..).zip(sheet.shown(report.scrolls[index])) {
        match line {
            SheetLine::Heads(table) => heads(&known, canvas, table, y),
            SheetLine::Row(table, row) => {
                if let Some(at) = draw_row(&known, canvas, (table, row), y) {
                    cursor = at;
                }
            }
        }
    }
    more(canvas.look(), &sheet, report.scrolls[index], canvas);
    let bottom = rows.saturating_sub(6);
    canvas.rule(bottom);
    for (line, (table, sum)) in running(report.form(), prefix)
        .into_iter()
        .take(2)
        .enumerate()
    {
        let y = bottom + 1 + u16::try_from(line).unwrap_or(0);
        draw_running(
            canvas.look(),
            report,
            canvas,
            (table, sum.rule),
            sum.running.get(canvas.lang()),
            y,
        );
    }
    status::foot(report, canvas);
    place(canvas.look(), report, canvas);
    cursor
}

/// The status line: the column and the row's full label, where the cell came
/// from, the row, which problem this is.
///
/// The column stands first: then a step down rewrites the label alone.
fn place(look: Look, report: &ReportScreen, canvas: &mut Canvas) {
    let Some(cursor) = report.cursor() else {
        return;
    };
    let form = report.form();
    let spot = form.spot(cursor);
    let (row, col) = form.lines(cursor);
    let label = match look.lang {
        Lang::Zh => row.label,
        Lang::En => row.name.en,
    };
    let table = &form.tables[spot.table];
    let value = report.report().cell(cursor).text();
    let widths = Widths::of(table, usize::from(canvas.cols()));
    let mut left = format!("{} / ", col.name.get(look.lang));
    if canvas.ruler().width(&value) > widths.digits() {
        left = format!("{left}{value} / ");
    }
    left.push_str(label);
    let rows = words("行 {row}/{rows}", "row {row}/{rows}").with(vec![
        ("row", (spot.row + 1).into()),
        ("rows", table.rows.len().into()),
    ]);
    let cols = usize::from(canvas.cols()).saturating_sub(1);
    // At most half of the line is the source's.
    let origin = report.origin_brief(cursor).map(|origin| {
        let text = origin.text(look.lang);
        canvas.ruler().cut(&text, cols / 2).to_owned()
    });
    let mut parts: Vec<String> = nth_problem(look, report)
        .into_iter()
        .chain(origin)
        .collect();
    // The label needs the room more than the row's number does.
    if canvas.ruler().width(&parts.join("   ")) * 2 <= cols {
        parts.push(rows.text(look.lang));
    }
    let right = parts.join("   ");
    let y = canvas.rows().saturating_sub(1);
    let width = canvas.ruler().width(&right);
    let room = cols.saturating_sub(width + 2);
    let cut = canvas.ruler().cut(&left, room).to_owned();
    canvas.text(0, y, &cut, Role::Plain);
    let x = u16::try_from(cols - width.min(cols)).unwrap_or(0);
    canvas.text(x, y, &right, Role::Plain);
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
        .collect();
    let at = same.iter().position(|problem| *problem == here)?;
    Some(
        words("{what}第 {n} 处，共 {m} 处", "{what} {n} of {m}")
            .with(vec![
                ("what", here.severity().name().into()),
                ("n", (at + 1).into()),
                ("m", same.len().into()),
            ])
            .text(look.lang),
    )
}

/// Says that rows are hidden above or below.
fn more(look: Look, sheet: &Sheet, scroll: usize, canvas: &mut Canvas) {
    let above = scroll > 0;
    let below = scroll + sheet.visible < sheet.middle.len();
    let text = match (above, below) {
        (true, true) => words("上下还有", "more rows above and below"),
        (true, false) => words("上面还有", "more rows above"),
        (false, true) => words("下面还有", "more rows below"),
        (false, false) => return,
    };
    canvas.text(0, 1, text.get(look.lang), Role::Dim);
}

fn heads(known: &Known<'_>, canvas: &mut Canvas, index: usize, y: u16) {
    let (look, report) = (known.look, known.report);
    let form = report.form();
    let table = &form.tables[index];
    let widths = Widths::of(table, usize::from(canvas.cols()));
    let here = report.cursor().map(|cell| form.spot(cell));
    if !table.title.is_empty() {
        canvas.text(0, y, table.title, Role::Dim);
    }
    for (col, line) in table.cols.iter().enumerate() {
        let broken = known.is_broken(index, Along::Columns, col);
        let marked = here.is_some_and(|spot| spot.table == index && spot.col == col);
        let style = match (broken, marked) {
            (true, _) => canvas.theme().style(Role::Broken),
            (false, true) => canvas.theme().style(Role::HeadHere),
            (false, false) => canvas.theme().style(Role::Head),
        };
        let x = widths.start(col);
        let name = line.short.get(look.lang);
        let mark = if broken { '!' } else { ' ' };
        let at = (u16::try_from(x).unwrap_or(u16::MAX), y);
        canvas.number(at, name, mark, (widths.digits(), false), style);
    }
    if let Some(sum) = row_sums(table) {
        let text = sum.running.get(look.lang);
        let x = widths.start(table.cols.len()) + widths.digits();
        let at = x.saturating_sub(canvas.ruler().width(text));
        canvas.text(u16::try_from(at).unwrap_or(u16::MAX), y, text, Role::Dim);
    }
}

/// Draws a row of a table; answers with the cursor's place if it is in it.
fn draw_row(
    known: &Known<'_>,
    canvas: &mut Canvas,
    (index, row): (usize, usize),
    y: u16,
) -> Option<(u16, u16)> {
    let report = known.report;
    let form = report.form();
    let table = &form.tables[index];
    let widths = Widths::of(table, usize::from(canvas.cols()));
    let cursor = report.cursor();
    let here = cursor.map(|cell| form.spot(cell));
    let in_row = here.is_some_and(|spot| (spot.table, spot.row) == (index, row));
    let broken = known.is_broken(index, Along::Rows, row);
    let role = if broken { Role::Broken } else { Role::Head };
    let label = label(known.look, table, row, widths);
    let label = canvas.ruler().cut(&label, widths.label - 2);
    let end = canvas.text(0, y, label, role);
    if broken {
        canvas.text(end, y, "!", role);
    }
    // One plain sign marks the row: a colour would cost a dozen bytes at every step
    // down, marking the whole label a hundred.
    if in_row {
        let x = u16::try_from(widths.label - 1).unwrap_or(0);
        canvas.text(x, y, ">", Role::Plain);
    }
    let digits = widths.digits();
    let mut at = None;
    for col in 0..table.cols.len() {
        let cell = table.cell(row, col);
        let shown = known.cell(cell, digits);
        let is_cursor = cursor == Some(cell);
        let is_selected = known.selected.contains(&cell);
        let theme = canvas.theme();
        let style = match (is_cursor, shown.broken) {
            (true, true) => theme.broken_cursor(),
            (true, false) => theme.style(Role::Cursor),
            (false, true) => theme.style(Role::Broken),
            (false, false) if is_selected => theme.style(Role::Selected),
            (false, false) => theme.style(Role::Plain),
        };
        let style = match (shown.suspect, shown.broken || is_cursor) {
            (true, true) => style.add_modifier(Modifier::UNDERLINED),
            (true, false) => style.patch(theme.style(Role::Suspect)),
            (false, _) => style,
        };
        let x = u16::try_from(widths.start(col)).unwrap_or(u16::MAX);
        let room = (digits, is_cursor || is_selected);
        canvas.number((x, y), &shown.text, shown.mark, room, style);
        if is_cursor {
            let end = x + u16::try_from(digits).unwrap_or(0);
            let caret = if report.typing.is_some() {
                end
            } else {
                end - 1
            };
            at = Some((caret, y));
        }
    }
    if row_sums(table).is_some() {
        draw_row_sum(known, canvas, (index, row), widths, y);
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
    let report = known.report;
    let form = report.form();
    let table = &form.tables[index];
    let broken = known.is_broken(index, Along::Rows, row);
    let Some(total) = (0..table.cols.len())
        .map(|col| table.cell(row, col))
        .find(|cell| form.is_total(*cell))
    else {
        return;
    };
    if report.is_put_aside(total) {
        return;
    }
    if let Some(sum) = report.findings.judged.sum_of_parts(total) {
        let x = u16::try_from(widths.start(table.cols.len())).unwrap_or(u16::MAX);
        let mark = if broken { '!' } else { ' ' };
        let role = if broken { Role::Broken } else { Role::Dim };
        let style = canvas.theme().style(role);
        let room = (widths.digits(), false);
        let text = fitting(canvas.ruler(), sum.to_string().into(), widths.digits());
        canvas.number((x, y), &text, mark, room, style);
    }
}

/// The label of a row: short with its group, or official where there is room.
fn label(look: Look, table: &Table, row: usize, widths: Widths) -> Cow<'static, str> {
    let line = &table.rows[row];
    let official = widths.official && look.lang == Lang::Zh;
    if !official {
        return line.name.get(look.lang).into();
    }
    let group = table
        .groups
        .iter()
        .find(|group| group.key == line.group)
        .map_or("", |group| group.label);
    match group.split_once('）') {
        Some((mark, _)) if !mark.is_empty() => format!("{mark}）{}", line.label).into(),
        _ => line.label.into(),
    }
}

/// A live sum under the matrix.
fn draw_running(
    look: Look,
    report: &ReportScreen,
    canvas: &mut Canvas,
    (index, rule): (usize, &str),
    name: &str,
    y: u16,
) {
    let form = report.form();
    let table = &form.tables[index];
    let widths = Widths::of(table, usize::from(canvas.cols()));
    let judged = &report.findings.judged;
    let digits = widths.digits();
    let number = |value: i64| fitting(look.ruler, value.to_string().into(), digits).into_owned();
    // Where labels are narrow, the numbers come first.
    let room = widths.label - 1;
    let indent = if look.ruler.width(name) + 2 <= room {
        2
    } else {
        0
    };
    canvas.text(indent, y, look.ruler.cut(name, room), Role::Dim);
    for (identity, verdict) in judged.identities().all().iter().zip(judged.verdicts()) {
        if identity.table != index || identity.rule != rule {
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
        let (text, broken) = match verdict {
            _ if aside.any(|cell| report.is_put_aside(*cell)) => ("..".to_owned(), false),
            Verdict::Broken { .. } => (number(value), true),
            Verdict::Holds => (number(value), false),
            Verdict::Open { missing } => (open_words(look, *missing, widths), false),
        };
        let style: Style = canvas
            .theme()
            .style(if broken { Role::Broken } else { Role::Dim });
        let mark = if broken { '!' } else { ' ' };
        let x = u16::try_from(widths.start(identity.line)).unwrap_or(u16::MAX);
        canvas.number((x, y), &text, mark, (digits, false), style);
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
    let Some(cursor) = report.cursor() else {
        return (0, 0);
    };
    let form = report.form();
    let spot = form.spot(cursor);
    let table = &form.tables[spot.table];
    let (row, _) = form.lines(cursor);
    status::title(report, canvas);
    canvas.text(0, 1, row.name.get(canvas.lang()), Role::HeadHere);
    let rows = canvas.rows();
    let room = usize::from(rows.saturating_sub(3)).max(1);
    let first = spot.col.saturating_sub(room - 1);
    let known = Known::at(canvas.look(), report);
    let mut at = (0, 0);
    for (line, col) in (first..table.cols.len()).take(room).enumerate() {
        let y = 2 + u16::try_from(line).unwrap_or(0);
        if y + 1 >= rows {
            break;
        }
        let cell = table.cell(spot.row, col);
        let shown = known.cell(cell, 12);
        let style = match (cell == cursor, shown.broken) {
            (true, true) => canvas.theme().broken_cursor(),
            (true, false) => canvas.theme().style(Role::Cursor),
            (false, true) => canvas.theme().style(Role::Broken),
            (false, false) => canvas.theme().style(Role::Plain),
        };
        let x = canvas.text(0, y, table.cols[col].short.get(canvas.lang()), Role::Head) + 1;
        let end = canvas.styled(x.max(8), y, &format!("{}{}", shown.text, shown.mark), style);
        if cell == cursor {
            at = (end.saturating_sub(1), y);
        }
    }
    let y = rows.saturating_sub(1);
    if canvas.frame().menu {
        status::keys(report, canvas, y);
    } else {
        let (text, role) = status::message(canvas.frame(), report);
        canvas.text(0, y, &text, role);
    }
    at
}
