//! The preview of a paste over the whole screen.
//!
//! ```text
//! 粘贴预览 | 收到 26 行 x 8 列                       表三 识别到 24/25 行
//! how rows were matched, what is missing, what was unsure
//! > [x] row        values                                       changes
//!         【1,2】读成：  1 1200   2 12   3 1.2   4 不写               ?
//! notice
//! errors before and after, cells changed and kept
//! keys
//! ```
//!
//! **Never:** decides what a paste would do; `paste` does.
//! Next: `paste`.

use ratatui::layout::Rect;

use super::{Line, Preview};
use crate::base::place;
use crate::base::width::shown;
use crate::base::words::{Arg, Message, Words, words};
use crate::check::problem::table_words;
use crate::form::Table;
use crate::format::paste::By;
use crate::tui::canvas::Canvas;
use crate::tui::picker::{Picker, Row};
use crate::tui::report::ReportScreen;
use crate::tui::theme::Role;
use crate::tui::turn::Look;

/// Most notes of the matcher shown over the rows.
const MOST_NOTES: usize = 3;
/// Columns of a row's sign and box.
const SIGN: usize = 4;
/// Columns of what a row would change.
const STATE: usize = 12;

/// Draws the preview; answers with the place of the cursor.
pub(super) fn draw(
    preview: &Preview,
    report: &ReportScreen,
    canvas: &mut Canvas<'_>,
) -> (u16, u16) {
    let look = canvas.look();
    let cols = usize::from(canvas.cols()).saturating_sub(1);
    title(look, report, preview, canvas);
    let mut y = 1;
    for (text, role) in above(look, report, preview) {
        for range in canvas.ruler().wrap(&text, cols).into_iter().take(2) {
            canvas.text(0, y, &text[range], role);
            y += 1;
        }
    }
    let rows = canvas.rows();
    let area = canvas.area();
    let mut list = canvas.within(Rect {
        height: rows.saturating_sub(1),
        ..area
    });
    let lines = list_rows(look, report, preview, cols.saturating_sub(1));
    let cursor = Picker::at(preview.chosen()).draw_rows(y, &lines, 0, &mut list);
    let (before, after) = preview.errors;
    let role = if after > before {
        Role::ErrorText
    } else {
        Role::Plain
    };
    let sums = sums(preview).text(look.lang);
    canvas.text(0, rows.saturating_sub(1), &sums, role);
    canvas.foot(foot(preview));
    cursor
}

fn title(look: Look, report: &ReportScreen, preview: &Preview, canvas: &mut Canvas) {
    let (rows, cols) = preview.block.size;
    let left = words(
        "粘贴预览 | 收到 {rows} 行 x {cols} 列",
        "Paste preview | {rows} rows x {cols} columns received",
    )
    .with(vec![("rows", rows.into()), ("cols", cols.into())])
    .text(look.lang);
    let form = report.form();
    let mut tables: Vec<(&str, usize, usize)> = Vec::new();
    for (table, count) in preview.block.found() {
        let data = &form.tables[table];
        match tables
            .last_mut()
            .filter(|(prefix, ..)| *prefix == data.prefix)
        {
            Some((_, found, all)) => {
                *found += count;
                *all += data.rows.len();
            }
            None => tables.push((data.prefix, count, data.rows.len())),
        }
    }
    let found: Vec<Arg> = tables
        .into_iter()
        .map(|(prefix, found, all)| {
            words(
                "{table} 识别到 {found}/{all} 行",
                "{table}: {found} of {all} rows",
            )
            .with(vec![
                ("table", table_words(form, prefix).into()),
                ("found", found.into()),
                ("all", all.into()),
            ])
            .into()
        })
        .collect();
    let right = words("{found}", "{found}")
        .with(vec![("found", Arg::List(words("，", ", "), found))])
        .text(look.lang);
    canvas.heading(&left, &right);
}

/// How rows were matched, what is missing, what was unsure.
fn above(look: Look, report: &ReportScreen, preview: &Preview) -> Vec<(String, Role)> {
    let block = &preview.block;
    let form = report.form();
    let how = match block.by {
        By::Labels => words(
            "认出的行按行名对应，不靠位置。",
            "Rows are matched by their labels, not by position. ",
        ),
        By::Order => words(
            "没有行名的行：行数合得上，按官方顺序对应。",
            "Rows without labels fit by their number; taken in the form's order. ",
        ),
        By::Place if block.turns && block.across => words(
            "没有行名，一行一个数：从光标处横着放（Tab 改成竖着放）。",
            "No labels, one number a line: laid along rows from the cursor (Tab: down a column). ",
        ),
        By::Place if block.turns => words(
            "没有行名，一行一个数：从光标处竖着放（Tab 改成横着放）。",
            "No labels, one number a line: laid down the column (Tab: along rows). ",
        ),
        By::Place => words(
            "没有行名：从光标处按位置放，请核对。",
            "No labels: placed by position from the cursor; please check. ",
        ),
    };
    let name = |(table, row): &(usize, usize)| Arg::from(form.tables[*table].rows[*row].name);
    let missing = match block.missing.len() {
        0 => words("", "").into(),
        n => words(
            "缺 {n} 行：{rows}（保持原样）。",
            "Missing {n}: {rows} (left as they are).",
        )
        .with(vec![
            ("n", n.into()),
            (
                "rows",
                Arg::List(words("、", ", "), block.missing.iter().map(name).collect()),
            ),
        ]),
    };
    let unasked = words(
        "像是粘贴来的。空格键 看预览，Esc 不要，+ 当作按键打进去。",
        "This looks pasted. Space: preview it, Esc: drop it, +: type it as keys.",
    );
    let line = words("{how}{missing}", "{how}{missing}")
        .with(vec![("how", how.into()), ("missing", missing.into())])
        .text(look.lang);
    let mut lines = vec![(line, Role::Plain)];
    if preview.run.is_some() {
        lines.insert(0, (unasked.get(look.lang).to_owned(), Role::ReminderText));
    }
    let said = words("? {place}：{what}", "? {place}: {what}");
    for note in block.notes.iter().take(MOST_NOTES) {
        let text = said.with(vec![
            ("place", place::said(&note.place)),
            ("what", note.message.clone().into()),
        ]);
        lines.push((text.text(look.lang), Role::ReminderText));
    }
    let more = block.notes.len().saturating_sub(MOST_NOTES);
    if more > 0 {
        let text = words(
            "? 另有 {n} 条，写入后看 F5",
            "? {n} more, in F5 once written",
        )
        .with(vec![("n", more.into())]);
        lines.push((text.text(look.lang), Role::ReminderText));
    }
    lines
}

/// The lines of the list: before the rows of a table its column heads.
fn list_rows(look: Look, report: &ReportScreen, preview: &Preview, cols: usize) -> Vec<Row> {
    let form = report.form();
    let mut rows = Vec::new();
    let of = |index| Widths::of(look, report, preview, index, cols);
    let widths: Vec<Widths> = (0..form.tables.len()).map(of).collect();
    let mut before = None;
    for (at, line) in preview.lines().into_iter().enumerate() {
        if let Line::Row(row) = line {
            let table = preview.block.rows[row].table;
            if before.replace(table) != Some(table) {
                let heads = heads(look, &form.tables[table], &widths[table]);
                rows.push(Row::new(heads, Role::Head, None));
            }
        }
        let (text, role) = line_text(look, report, preview, line, &widths);
        let text = look.ruler.cut(&shown(&text), cols).to_owned();
        rows.push(Row::new(text, role, Some(at)));
    }
    rows
}

fn line_text(
    look: Look,
    report: &ReportScreen,
    preview: &Preview,
    line: Line,
    widths: &[Widths],
) -> (String, Role) {
    match line {
        Line::Row(row) => {
            let is_same = preview.changes[row] == 0;
            let role = if is_same { Role::Dim } else { Role::Plain };
            (row_text(look, report, preview, row, widths), role)
        }
        Line::Doubt(row, doubt) => (doubt_text(look, preview, row, doubt), Role::ReminderText),
        Line::Unplaced(at) => {
            let (place, text) = &preview.block.unplaced[at];
            let said = words(
                "    没有放入 {place}：{text}",
                "    not placed, {place}: {text}",
            );
            let said = said.with(vec![
                ("place", place::said(place)),
                ("text", shown(text).as_ref().into()),
            ]);
            (said.text(look.lang), Role::ReminderText)
        }
    }
}

/// Columns of the preview of a table: each as wide as its longest number, so that every
/// digit is seen; the name of the row has the rest.
struct Widths {
    name: usize,
    values: Vec<usize>,
}

impl Widths {
    fn of(look: Look, report: &ReportScreen, preview: &Preview, index: usize, cols: usize) -> Self {
        const LEAST: usize = 5;
        let form = report.form();
        let table = &form.tables[index];
        let room = cols.saturating_sub(SIGN + STATE);
        let width = |col: usize| {
            let rows = preview.block.rows.iter();
            let values = rows.flat_map(|row| &row.values);
            let values = values.filter(|value| {
                let spot = form.spot(value.cell);
                (spot.table, spot.col) == (index, col)
            });
            let widest = values.map(|value| look.ruler.width(&value.text)).max();
            let head = look.ruler.width(table.cols[col].short.get(look.lang));
            widest.unwrap_or(0).max(head).max(LEAST - 1) + 1
        };
        let values: Vec<usize> = (0..table.cols.len()).map(width).collect();
        let name = room.saturating_sub(values.iter().sum());
        Widths { name, values }
    }
}

/// The heads over the values.
fn heads(look: Look, table: &Table, widths: &Widths) -> String {
    let mut text = " ".repeat(SIGN + widths.name);
    for (col, width) in table.cols.iter().zip(&widths.values) {
        text.push_str(&look.ruler.fit_right(col.short.get(look.lang), *width));
    }
    text
}

/// A row: whether it is taken, its name, its values, what it would change.
fn row_text(
    look: Look,
    report: &ReportScreen,
    preview: &Preview,
    row: usize,
    widths: &[Widths],
) -> String {
    let found = &preview.block.rows[row];
    let table = &report.form().tables[found.table];
    let ruler = look.ruler;
    let widths = &widths[found.table];
    let texts = preview.block.texts(row, &preview.choice);
    let taken = preview.choice.taken[row];
    let mut text = String::from(if taken { "[x] " } else { "[ ] " });
    text.push_str(&ruler.fit(table.rows[found.row].name.get(look.lang), widths.name));
    for (col, width) in widths.values.iter().enumerate() {
        let cell = table.cell(found.row, col);
        let value = found.values.iter().position(|value| value.cell == cell);
        let said = match value.map(|at| (texts[at].as_deref(), &found.values[at].text)) {
            None => String::new(),
            Some((Some(""), _)) => words("空", "--").get(look.lang).to_owned(),
            Some((Some(text), _)) => text.to_owned(),
            Some((None, raw)) => raw.clone(),
        };
        text.push_str(&ruler.fit_right(&said, *width));
    }
    text.push_str("  ");
    text.push_str(&state(preview, row).text(look.lang));
    text
}

/// What becomes of a row.
fn state(preview: &Preview, row: usize) -> Message {
    let open = preview.choice.answers[row].iter().any(Option::is_none);
    match preview.changes[row] {
        _ if !preview.choice.taken[row] => words("不写", "left out").into(),
        _ if open => words("?", "?").into(),
        0 => words("相同", "same").into(),
        n => words("改 {n} 格", "changes {n}").with(vec![("n", n.into())]),
    }
}

/// The readings of a doubt, the chosen one in brackets.
fn doubt_text(look: Look, preview: &Preview, row: usize, doubt: usize) -> String {
    let asked = &preview.block.rows[row].doubts[doubt];
    let answer = preview.choice.answers[row][doubt];
    let two = words("{a} 和 {b} 两格", "{a} and {b}, two cells");
    let none = words("不写", "none").get(look.lang).to_owned();
    let readings = asked.readings.iter().map(|reading| match &reading[..] {
        [a, b] => two
            .with(vec![("a", a.as_str().into()), ("b", b.as_str().into())])
            .text(look.lang),
        _ => reading.concat(),
    });
    let readings: Vec<String> = readings
        .chain([none])
        .enumerate()
        .map(|(at, reading)| {
            if answer == Some(at) {
                format!("[{} {reading}]", at + 1)
            } else {
                format!(" {} {reading} ", at + 1)
            }
        })
        .collect();
    let open = if answer.is_none() { "  ?" } else { "" };
    words(
        "      【{text}】读成哪个：{readings}{open}",
        "      \"{text}\" is which: {readings}{open}",
    )
    .with(vec![
        ("text", crate::check::problem::quoted(&asked.text)),
        ("readings", readings.join(" ").into()),
        ("open", open.into()),
    ])
    .text(look.lang)
}

/// Errors before and after, what changes and what stays.
fn sums(preview: &Preview) -> Message {
    let (before, after) = preview.errors;
    let open = preview.choice.open_count();
    let out = preview.block.unplaced.len();
    let with = |said: Words, n: usize| match n {
        0 => Message::from(words("", "")),
        n => said.with(vec![("n", n.into())]),
    };
    words(
        "粘贴后：错误 {before} -> {after}    将改 {n} 格，保留 {kept} 格{open}{out}",
        "After: errors {before} -> {after}    {n} cells change, {kept} stay{open}{out}",
    )
    .with(vec![
        ("before", before.into()),
        ("after", after.into()),
        ("n", preview.changed().into()),
        ("kept", preview.kept.into()),
        (
            "open",
            with(words("，{n} 处待定", ", {n} to decide"), open).into(),
        ),
        (
            "out",
            with(words("，{n} 处没有放入", ", {n} not placed"), out).into(),
        ),
    ])
}

fn foot(preview: &Preview) -> Words {
    match (preview.line(), preview.choice.zeros) {
        _ if preview.run.is_some() => words(
            "空格键 看预览  Esc 不要  + 当作按键",
            "Space previews it  Esc drops it  + types it as keys",
        ),
        (Some(Line::Doubt(..)), _) => words(
            "空格键 换读法  数字 选读法  回车 写入（可一次撤销）  Esc 不粘贴",
            "Space reads it otherwise  digit chooses  Enter writes (one undo)  Esc pastes nothing",
        ),
        (_, false) => words(
            "回车 写入（可一次撤销）  空格键 逐行取舍  F3 空白按0  Esc 不粘贴",
            "Enter writes (one undo)  Space takes or leaves  F3 blanks as 0  Esc pastes nothing",
        ),
        (_, true) => words(
            "回车 写入（可一次撤销）  空格键 逐行取舍  F3 保持空白  Esc 不粘贴",
            "Enter writes (one undo)  Space takes or leaves  F3 keeps blanks  Esc no paste",
        ),
    }
}
