//! The page of two reports, drawn: a title, what the top line belongs to, the lines in
//! sight, and the chosen cell in words.
//!
//! **Never:** lays out a line that is not in sight.
//! Next: `lines` for what stands in them.

use super::Compare;
use std::ops::Range;

use ratatui::style::Style;

use super::entries::{Part, What};
use super::lines::{Kind, Laid, Line, MARGIN, Series, Whose, Widths};
use crate::base::width::shown;
use crate::base::words::{Message, Words, words};
use crate::check::problem::table_words;
use crate::form::{CellId, TextId};
use crate::tui::canvas::Canvas;
use crate::tui::report::layout;
use crate::tui::theme::Role;

/// Rows from which the top line is said what it belongs to, and the chosen cell in words.
const ROOMY: u16 = 9;

/// Rows of an area that hold lines.
pub(super) fn page(rows: u16) -> usize {
    let others = if rows >= ROOMY { 3 } else { 1 };
    usize::from(rows.saturating_sub(others)).max(1)
}

pub(super) fn draw(compare: &Compare, canvas: &mut Canvas<'_>) -> (u16, u16) {
    let look = canvas.look();
    let laid = compare.laid(look);
    let page = page(canvas.rows());
    let top = compare.top_for(&laid, page);
    let is_roomy = canvas.rows() >= ROOMY;
    let right = if compare.everything {
        words("全部", "all")
    } else {
        words("只看不同", "differences")
    };
    canvas.heading(&compare.title().text(look.lang), right.get(look.lang));
    let chosen = compare.stop(&laid);
    let first = chosen.map(|at| laid.stops[at].lines.start);
    let mut cursor = (0, 1);
    let body = if is_roomy { 2 } else { 1 };
    if is_roomy {
        where_at(compare, &laid, top, canvas);
    }
    canvas.note_list(chosen.unwrap_or(0), laid.stops.len());
    for (y, (at, line)) in (body..).zip(laid.lines.iter().enumerate().skip(top).take(page)) {
        let stop = laid.stops.iter().position(|stop| stop.lines.contains(&at));
        if let (Some(stop), Some(chosen)) = (stop, chosen) {
            canvas.note_line(y, stop, chosen);
        }
        let is_chosen = stop.is_some() && stop == chosen;
        if is_chosen && (first == Some(at) || at == top) {
            canvas.text(0, y, ">", Role::Here);
            cursor = (0, y);
        }
        if let Some(x) = draw_line(compare, line, (y, is_chosen), canvas) {
            cursor = (x, y);
        }
    }
    canvas.scroll_bar(usize::from(body), (laid.lines.len(), top, page));
    if is_roomy {
        let y = canvas.rows() - 1;
        let room = usize::from(canvas.cols()).saturating_sub(1);
        if let Some(cell) = compare.cell() {
            let told = compare.pair.told_of(cell).text(look.lang);
            canvas.text(0, y, look.ruler.cut(&told, room), Role::Message);
        }
    }
    canvas.foot(words(
        "F8 下一处  空格键 不同/全部  回车 到那里  F6 修复  F7 说明  F1 帮助  F3 下一部分  Esc 返回",
        "F8 next  Space all or not  Enter goes there  F6 fix  F7 why  F1 help  F3 next part  Esc back",
    ));
    cursor
}

/// What the first line in sight belongs to: its part, the heads of its table.
fn where_at(compare: &Compare, laid: &Laid, top: usize, canvas: &mut Canvas<'_>) {
    let style = canvas.style(Role::Section);
    canvas.fitted(0, 1, "", usize::from(canvas.cols()), style);
    let Some(line) = laid.lines.get(top) else {
        return;
    };
    // A blank line stands before the part that it announces.
    let entry = laid.lines[top..]
        .iter()
        .take(2)
        .find(|line| line.kind != Kind::Blank);
    let entry = entry.map_or(line.entry, |line| line.entry);
    let entries = &compare.pair.entries[..=entry];
    let part = entries.iter().rev().find_map(|entry| match entry.what {
        What::Part(part) => Some(part),
        _ => None,
    });
    let said = match part {
        Some(part) => part_words(compare, part).text(canvas.lang()),
        None => shown(&compare.pair.new.head().body).into_owned(),
    };
    let ink = canvas.style(Role::PanelTitle);
    let table = match (&compare.pair.entries[entry].what, &line.kind) {
        (What::Row(table, _), Kind::Numbers(_) | Kind::Said(..)) => Some(*table),
        _ => None,
    };
    let heads = table.and_then(|table| Some((table, compare.widths(table, canvas.look())?)));
    let room = match heads {
        Some((_, widths)) => widths.start(0) - 2,
        None => usize::from(canvas.cols()).saturating_sub(2),
    };
    let said = canvas.ruler().cut(&said, room).to_owned();
    canvas.styled(1, 1, &said, ink);
    if let Some((table, widths)) = heads {
        draw_heads(compare, (table, widths), (1, ink), canvas);
    }
}

fn draw_heads(
    compare: &Compare,
    (table, widths): (usize, Widths),
    (y, style): (u16, Style),
    canvas: &mut Canvas<'_>,
) {
    for (at, col) in compare.pair.form().tables[table].cols.iter().enumerate() {
        let head = canvas
            .ruler()
            .cut(col.short.get(canvas.lang()), widths.col - 1);
        let head = head.to_owned();
        let blank = widths.col - 1 - canvas.ruler().width(&head);
        canvas.styled(column(widths.start(at) + blank), y, &head, style);
    }
}

fn column(x: usize) -> u16 {
    u16::try_from(x).unwrap_or(u16::MAX)
}

/// Draws a line; answers with the column of the chosen cell, where it stands in it.
fn draw_line(
    compare: &Compare,
    line: &Line,
    (y, is_chosen): (u16, bool),
    canvas: &mut Canvas<'_>,
) -> Option<u16> {
    let entry = &compare.pair.entries[line.entry];
    let look = canvas.look();
    match (&line.kind, &entry.what) {
        (Kind::Part, What::Part(part)) => {
            let said = part_words(compare, *part).text(look.lang);
            canvas.text(0, y, &said, Role::Here);
            let counted = counted(compare, *part).text(look.lang);
            let end = usize::from(canvas.cols()).saturating_sub(look.ruler.width(&counted) + 2);
            if end > look.ruler.width(&said) + 1 {
                canvas.text(column(end), y, &counted, Role::Head);
            }
            None
        }
        (Kind::Heads(table), _) => {
            let widths = compare.widths(*table, look)?;
            let style = canvas.style(Role::Head);
            draw_heads(compare, (*table, widths), (y, style), canvas);
            None
        }
        (Kind::Numbers(series), What::Row(table, row)) => {
            let at = (*table, *row);
            numbers(compare, at, *series, (y, is_chosen), canvas)
        }
        (Kind::Cell(col), What::Row(table, row)) => {
            let form = compare.pair.form();
            one_cell(compare, form.tables[*table].cell(*row, *col), y, canvas);
            None
        }
        (
            Kind::Wording(whose, range, is_first),
            What::Sentence(_, _, both) | What::Other(_, both),
        ) => {
            let (sign, text, inside) = match whose {
                Whose::Both => (" ", &both.new, &[][..]),
                Whose::Old => ("-", &both.old, &both.inside()[0][..]),
                Whose::New => ("+", &both.new, &both.inside()[1][..]),
            };
            let role = match whose {
                Whose::New => Role::Plain,
                Whose::Both | Whose::Old => Role::Head,
            };
            let x = column(MARGIN);
            if *is_first {
                canvas.text(x, y, sign, Role::Here);
            }
            spans((x + 2, y), (text, range.clone()), inside, role, canvas);
            None
        }
        (Kind::Said(said, role), _) => {
            canvas.text(column(MARGIN), y, said, *role);
            None
        }
        _ => None,
    }
}

/// Draws a piece of a text, what changed inside it bold.
fn spans(
    (x, y): (u16, u16),
    (text, piece): (&str, Range<usize>),
    inside: &[Range<usize>],
    role: Role,
    canvas: &mut Canvas<'_>,
) {
    let mut at = piece.start + (text[piece.clone()].len() - text[piece.clone()].trim_start().len());
    let mut x = x;
    for range in inside {
        let from = range.start.clamp(at, piece.end);
        let to = range.end.clamp(at, piece.end);
        x = canvas.text(x, y, &text[at..from], role);
        x = canvas.text(x, y, &text[from..to], Role::Here);
        at = to;
    }
    canvas.text(x, y, &text[at..piece.end], role);
}

/// The label of a row and its numbers of one series.
fn numbers(
    compare: &Compare,
    (table, row): (usize, usize),
    series: Series,
    (y, is_chosen): (u16, bool),
    canvas: &mut Canvas<'_>,
) -> Option<u16> {
    let look = canvas.look();
    let pair = &compare.pair;
    let form = pair.form();
    let widths = compare.widths(table, look)?;
    let label = |row: usize| {
        let label = layout::label(&form.tables[table], row, look, widths.label - 1);
        look.ruler.cut(&label, widths.label - 1).to_owned()
    };
    let is_leading = match series {
        Series::Old | Series::Same | Series::Due => true,
        Series::New => pair.has_due(table, row),
        Series::Gap => false,
    };
    let from = column(MARGIN);
    if is_leading {
        let role = if is_chosen { Role::Here } else { Role::Plain };
        let row = match (series, form.row("t3", "carried_out")) {
            (Series::Due, Some((_, row))) => row,
            _ => row,
        };
        canvas.text(from, y, &label(row), role);
    }
    let [old, new] = compare.tags();
    let tag = match series {
        Series::Same => "=",
        Series::Old | Series::Due => old.get(look.lang),
        Series::New => new.get(look.lang),
        Series::Gap => words("差", "diff").get(look.lang),
    };
    let tag = match (series, compare.years()) {
        (Series::Old | Series::Due, Some([old, _])) => old.to_string(),
        (Series::New, Some([_, new])) => new.to_string(),
        _ => tag.to_owned(),
    };
    canvas.text(column(MARGIN + widths.label), y, &tag, Role::Head);
    let mut found = None;
    for col in 0..form.tables[table].cols.len() {
        let cell = form.tables[table].cell(row, col);
        let x = column(widths.start(col));
        let is_here = is_chosen && compare.cell() == Some(cell);
        let (text, mark, role) = number_of(compare, (table, col), cell, series);
        let is_cursor = is_here && matches!(series, Series::New | Series::Same);
        let digits = widths.col - 1;
        let text = if look.ruler.width(&text) > digits {
            "#".repeat(digits)
        } else {
            text
        };
        let mut style = canvas.style(role);
        if is_cursor {
            style = canvas.style(Role::Cursor);
            found = Some(x + column(digits.saturating_sub(1)));
        }
        let before = is_cursor.then_some(style);
        canvas.number((x, y), (&text, mark), digits, (style, before));
    }
    found
}

/// What stands in one column of a series, its sign and its role.
fn number_of(
    compare: &Compare,
    (table, col): (usize, usize),
    cell: CellId,
    series: Series,
) -> (String, char, Role) {
    let pair = &compare.pair;
    let [was, is] = pair.values(cell);
    let unread = || "?".to_owned();
    let plain = |text: &str| {
        if matches!(text, "0" | "?") {
            Role::Dim
        } else {
            Role::Plain
        }
    };
    let sign = pair.sign(cell);
    let inked = |text: String, mark: char| {
        let role = match mark {
            '!' => Role::ErrorText,
            '?' => Role::ReminderText,
            _ if pair.is_changed(cell) => Role::Here,
            _ => plain(&text),
        };
        (text, mark, role)
    };
    match series {
        Series::Same | Series::New => inked(is.unwrap_or_else(unread), sign),
        Series::Old => {
            let text = was.unwrap_or_else(unread);
            let role = plain(&text);
            (text, ' ', role)
        }
        Series::Due => {
            let due = pair.due(table, col);
            let text = due.and_then(|due| pair.values(due)[0].clone());
            let text = text.unwrap_or_else(unread);
            let role = plain(&text);
            (text, ' ', role)
        }
        Series::Gap => {
            let mark = if pair.diff.far.contains(&cell) {
                'i'
            } else {
                ' '
            };
            (pair.gap(cell), mark, Role::Head)
        }
    }
}

/// One cell where its table does not fit: its label, both numbers, what is between them.
fn one_cell(compare: &Compare, cell: CellId, y: u16, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let pair = &compare.pair;
    let form = pair.form();
    let (row, col) = form.lines(cell);
    let [was, is] = pair.values(cell).map(|value| match value.as_deref() {
        None => "?".to_owned(),
        Some("") => words("空", "blank").get(look.lang).to_owned(),
        Some(text) => shown(text).into_owned(),
    });
    let gap = pair.gap(cell);
    let numbers = if gap.is_empty() {
        is
    } else {
        format!("{was} -> {is} {gap}{}", pair.sign(cell))
            .trim_end()
            .to_owned()
    };
    let names = format!("{} {}", row.name.get(look.lang), col.short.get(look.lang));
    let end = usize::from(canvas.cols()).saturating_sub(look.ruler.width(&numbers) + 2);
    let room = end.saturating_sub(MARGIN + 1);
    let names = look.ruler.cut(&names, room).to_owned();
    canvas.text(column(MARGIN), y, &names, Role::Plain);
    let role = match pair.sign(cell) {
        '!' => Role::ErrorText,
        '?' => Role::ReminderText,
        _ if pair.is_changed(cell) => Role::Here,
        _ => Role::Dim,
    };
    canvas.text(column(end.max(MARGIN)), y, &numbers, role);
}

/// The name of a part.
fn part_words(compare: &Compare, part: Part) -> Message {
    let form = compare.pair.form();
    let named = |said: Words, text: TextId| {
        let section = form.section(text);
        said.with(vec![
            ("table", table_words(form, section.tables).into()),
            ("ordinal", section.ordinal.into()),
            ("name", section.name.into()),
        ])
    };
    match part {
        Part::Tables(text) => named(words("{table} {name}", "{table} {name}"), text),
        Part::Text(text) => named(words("{ordinal} {name}", "{name}"), text),
        Part::Head => words("报头", "Head").into(),
        Part::Others => words("标题、说明、存疑", "Headings, explanations, questions").into(),
        Part::Alone => words("没有比的", "Not compared").into(),
    }
}

/// How much of a part differs.
fn counted(compare: &Compare, part: Part) -> Message {
    let pair = &compare.pair;
    match part {
        Part::Tables(text) => {
            let form = pair.form();
            let cells = form.tables_of(form.section(text).tables);
            let cells = cells.flat_map(|table| form.tables[table].cells());
            match cells.filter(|cell| pair.is_changed(*cell)).count() {
                0 => words("没有不同", "nothing differs").into(),
                n => words("{n} 格不同", "{n} cells differ").with(vec![("n", n.into())]),
            }
        }
        Part::Text(text) => {
            let share = pair.diff.same.iter().find(|(of, _)| *of == text);
            let percent = share.and_then(|(_, share)| share.percent());
            let said = match percent {
                Some(_) => words(
                    "{n} 句不同，{p}% 逐字相同",
                    "{n} sentences differ, {p}% word for word the same",
                ),
                None => words("{n} 句不同", "{n} sentences differ"),
            };
            let sentences = pair.entries.iter().filter(|entry| match entry.what {
                What::Sentence(of, ..) => of == text && entry.is_changed,
                _ => false,
            });
            said.with(vec![
                ("n", sentences.count().into()),
                ("p", percent.unwrap_or(0).into()),
            ])
        }
        Part::Head | Part::Others | Part::Alone => Words::default().into(),
    }
}
