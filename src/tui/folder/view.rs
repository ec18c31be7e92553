//! The picture of the folder page.
//!
//! **Never:** carries a state by colour alone: the sign stands before every unit.
//! Next: the module above for what is shown.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::{Filter, FolderPage};
use crate::base::path::shown_path;
use crate::base::width::{Ruler, shown};
use crate::base::words::{Lang, Message, Words, words};
use crate::check::Severity;
use crate::folder::{Standing, Unit, deadline, remarks, sums, totals};
use crate::tui::areas::Areas;
use crate::tui::canvas::Canvas;
use crate::tui::theme::Role;
use crate::tui::turn::Look;

/// Rows below the list: what is said of the chosen unit and the filter, then the keys.
fn foot(rows: u16) -> u16 {
    match rows {
        0..8 => 1,
        8..16 => 2,
        _ => 3,
    }
}

/// Rows that list units on a screen.
pub(super) fn rows_of(look: Look) -> usize {
    usize::from(
        look.size
            .1
            .saturating_sub(head(look.size) + foot(look.size.1)),
    )
}

/// Rows above the list: the title and, where there is room, the heads of the columns.
fn head((cols, rows): (u16, u16)) -> u16 {
    if cols < 40 || rows < 8 { 1 } else { 2 }
}

/// The columns of the list: widths, 0 where there is no room.
struct Columns {
    name: usize,
    year: usize,
    errors: usize,
    warnings: usize,
    sums: usize,
    state: usize,
}

impl Columns {
    fn of(cols: usize) -> Self {
        // The sign and a blank before; the scroll bar behind.
        let room = cols.saturating_sub(3);
        let [year, errors, warnings] = match cols {
            0..40 => [0, 4, 0],
            40..60 => [0, 5, 5],
            _ => [5, 6, 6],
        };
        let state = match cols {
            0..40 => 7,
            40..60 => 11,
            _ => 13,
        };
        let sums = match cols {
            0..60 => 0,
            60..80 => 14,
            80..110 => 22,
            _ => 26,
        };
        let taken = year + errors + warnings + sums + state;
        Columns {
            name: room.saturating_sub(taken),
            year,
            errors,
            warnings,
            sums,
            state,
        }
    }
}

/// A number at the right of its column.
fn right(ruler: Ruler, text: &str, width: usize) -> String {
    let blank = width.saturating_sub(ruler.width(text) + 1);
    format!("{}{text} ", " ".repeat(blank))
}

/// Text in a column, a blank behind it.
fn left(ruler: Ruler, text: &str, width: usize) -> String {
    ruler.fit(ruler.cut(text, width.saturating_sub(1)), width)
}

/// Draws the page; answers with the place of the cursor.
pub(in crate::tui) fn draw(page: &FolderPage, canvas: &mut Canvas<'_>) -> (u16, u16) {
    let size = (canvas.cols(), canvas.rows());
    let screen = canvas.area();
    title(page, canvas);
    let panel_area = Areas::of(size, None, (1, false), false).side;
    // The scroll bar of the list is the rule beside it.
    let cols = panel_area.map_or(size.0, |side| side.x);
    let foot = foot(size.1);
    let list = Rect {
        y: 1,
        width: cols,
        height: screen.height.saturating_sub(1 + foot),
        ..screen
    };
    if let Some(side) = panel_area {
        let beside = Rect {
            y: 1,
            height: list.height,
            ..side
        };
        let symbol = canvas.symbols().vertical;
        for y in beside.top()..beside.bottom() {
            canvas.text(beside.x.saturating_sub(1), y, symbol, Role::Dim);
        }
        panel(page, &mut canvas.within(beside));
    }
    let at = units(page, head(size) - 1, &mut canvas.within(list));
    let lang = canvas.lang();
    if foot >= 3 {
        let said = page
            .unit()
            .map(|(unit, standing)| said(page, unit, standing, lang));
        canvas.text(0, size.1 - 3, &said.unwrap_or_default(), Role::Plain);
    }
    if foot >= 2 {
        filter(page, size.1 - 2, canvas);
    }
    canvas.foot(if canvas.frame().menu {
        words(
            "1 帮助  2 合格  3 筛选  5 重查  9 退回意见  0 更多  Esc 关闭",
            "1 help  2 pass  3 filter  5 read again  9 note  0 more  Esc closes",
        )
    } else {
        words(
            "回车 打开  F9 退回意见  F2 合格  F3 筛选  F5 重查  F8 下一家有错  Ctrl+Z 撤销  F12 清单  Ctrl+Q 退出  F1 帮助",
            "Enter opens  F9 note  F2 passes  F3 filters  F5 reads again  F8 next faulty  Ctrl+Z undoes  F12 list  Ctrl+Q quits  F1 help",
        )
    });
    (at.0, at.1 + 1)
}

fn title(page: &FolderPage, canvas: &mut Canvas<'_>) {
    let (lang, ruler) = (canvas.lang(), canvas.ruler());
    let name = page.path.file_name().map_or_else(
        || Cow::from(shown_path(&page.path)),
        |name| Cow::from(shown(&name.to_string_lossy()).into_owned()),
    );
    let folder = words("文件夹 {name}", "Folder {name}").with(vec![("name", name.as_ref().into())]);
    let all = totals(&page.standings).text(lang);
    let right = match page.reading {
        Some((done, 0)) => words("正在读 {n}", "reading {n}").with(vec![("n", done.into())]),
        Some((done, all)) => words("正在读 {n}/{all}", "reading {n}/{all}")
            .with(vec![("n", done.into()), ("all", all.into())]),
        None => due(page),
    };
    let right = right.text(lang);
    let folder = folder.text(lang);
    let count = words("{n} 家", "{n} units").with(vec![("n", page.standings.len().into())]);
    let count = format!("{name} | {}", count.text(lang));
    let all = [
        format!("{folder} | {all}"),
        format!("{name} | {all}"),
        count,
    ];
    let width = usize::from(canvas.cols());
    // What is said at the right goes last: that it is being read, when it is due.
    let fits = |said: &&String| ruler.width(said) + ruler.width(&right) + 3 <= width;
    match all.iter().find(fits) {
        Some(said) => canvas.heading(said, &right),
        None => canvas.heading(ruler.cut(&all[2], width.saturating_sub(2)), ""),
    }
}

/// When most units are due, and how far that is.
fn due(page: &FolderPage) -> Message {
    let entries = page.roster.iter().flat_map(|roster| &roster.entries);
    let mut days: Vec<_> = entries.filter_map(|entry| entry.due).collect();
    days.sort_unstable();
    let count = |day| days.iter().filter(|other| **other == day).count();
    let most = days.iter().copied().max_by_key(|day| count(*day));
    let Some((day, today)) = most.zip(page.today) else {
        return words("", "").into();
    };
    words("截止 {day} {left}", "due {day}, {left}").with(vec![
        ("day", day.short().into()),
        ("left", deadline(today.until(day)).into()),
    ])
}

/// The list, under the heads of its columns; answers with the place of the cursor.
fn units(page: &FolderPage, heads: u16, canvas: &mut Canvas<'_>) -> (u16, u16) {
    let (lang, ruler) = (canvas.lang(), canvas.ruler());
    let columns = Columns::of(usize::from(canvas.cols()));
    if heads > 0 {
        let head = |words: Words| words.get(lang);
        let mut text = "  ".to_owned();
        text += &left(ruler, head(words("单位", "unit")), columns.name);
        for (width, words) in [
            (columns.year, words("年度", "year")),
            (columns.errors, words("错误", "err.")),
            (columns.warnings, words("提醒", "warn")),
        ] {
            if width > 0 {
                text += &right(ruler, head(words), width);
            }
        }
        if columns.sums > 0 {
            text += &left(ruler, head(words("各项之和", "sums")), columns.sums);
        }
        text += head(words("状态", "state"));
        canvas.text(0, 0, &text, Role::Head);
    }
    if page.listed.is_empty() {
        let said = match page.reading {
            Some(_) => words("正在读……", "reading ..."),
            None if page.units.units.is_empty() => {
                words("文件夹里没有报告", "there is no report in the folder")
            }
            None => words("没有这样的单位；Esc 看全部", "no such unit; Esc lists all"),
        };
        canvas.text(2, heads, said.get(lang), Role::Plain);
        return (0, heads);
    }
    let rows = usize::from(canvas.rows().saturating_sub(heads)).max(1);
    let first = first_of(page.chosen, page.listed.len(), rows);
    canvas.note_list(page.chosen, page.listed.len());
    let mut cursor = (0, heads);
    let shown = page.listed.iter().enumerate().skip(first).take(rows);
    for (y, (at, index)) in (heads..).zip(shown) {
        let is_here = at == page.chosen;
        if is_here {
            cursor = (0, y);
        }
        canvas.note_line(y, at, page.chosen);
        let (unit, standing) = (&page.units.units[*index], &page.standings[*index]);
        line(unit, standing, (y, is_here), &columns, canvas);
    }
    canvas.scroll_bar(usize::from(heads), (page.listed.len(), first, rows));
    cursor
}

/// The first line in view: the chosen one stays away from the edges.
fn first_of(chosen: usize, all: usize, rows: usize) -> usize {
    let middle = chosen.saturating_sub(rows / 2);
    middle.min(all.saturating_sub(rows))
}

fn role_of(sign: char) -> Role {
    match sign {
        '!' => Role::ErrorText,
        '?' => Role::ReminderText,
        '=' => Role::Right,
        '.' => Role::Dim,
        _ => Role::Plain,
    }
}

fn line(
    unit: &Unit,
    standing: &Standing,
    (y, is_here): (u16, bool),
    columns: &Columns,
    canvas: &mut Canvas<'_>,
) {
    let (lang, ruler) = (canvas.lang(), canvas.ruler());
    let sign = standing.sign(unit);
    let role = |role: Role| if is_here { Role::Selected } else { role };
    if is_here {
        let style = canvas.style(Role::Selected);
        canvas.fitted(
            0,
            y,
            "",
            usize::from(canvas.cols()).saturating_sub(1),
            style,
        );
    }
    let file = unit.shown();
    let counts = file
        .and_then(|file| file.counts())
        .filter(|_| !unit.is_doubled());
    let number = |n: Option<usize>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
    let loud = |n: Option<usize>, loud: Role| if n.unwrap_or(0) > 0 { loud } else { Role::Dim };
    let mut x = canvas.text(0, y, &format!("{sign} "), role(role_of(sign)));
    let plain = if sign == '.' { Role::Dim } else { Role::Plain };
    x = canvas.text(
        x,
        y,
        &left(ruler, &shown(&unit.name), columns.name),
        role(plain),
    );
    if columns.year > 0 {
        let year = file.and_then(|file| file.year());
        let wrong = if unit.is_of_other_year() {
            Role::ErrorText
        } else {
            plain
        };
        let year = year.map_or_else(|| "-".to_owned(), |year| year.to_string());
        x = canvas.text(x, y, &right(ruler, &year, columns.year), role(wrong));
    }
    let errors = counts.map(|counts| counts.errors);
    let warnings = counts.map(|counts| counts.warnings);
    if columns.errors > 0 {
        let text = right(ruler, &number(errors), columns.errors);
        x = canvas.text(x, y, &text, role(loud(errors, Role::ErrorText)));
    }
    if columns.warnings > 0 {
        let text = right(ruler, &number(warnings), columns.warnings);
        x = canvas.text(x, y, &text, role(loud(warnings, Role::ReminderText)));
    }
    if columns.sums > 0 {
        let said = shown(&sums(unit).text(lang)).into_owned();
        let quiet = if matches!(sign, '=' | '.' | ':') {
            Role::Dim
        } else {
            Role::Plain
        };
        x = canvas.text(x, y, &left(ruler, &said, columns.sums), role(quiet));
    }
    let state = state_of(standing, lang, columns.state >= 11);
    canvas.text(x, y, ruler.cut(&state, columns.state), role(plain));
}

/// The state, with how far a missing unit's deadline is away where there is room.
fn state_of(standing: &Standing, lang: Lang, has_room: bool) -> String {
    let state = standing.said().text(lang);

    match standing.left {
        Some(left) if has_room => format!("{state} {}", short_left(left, lang)),
        _ if has_room && standing.returns > 0 && standing.since.is_some() => {
            let times = words("退{n}次", "x{n}").with(vec![("n", standing.returns.into())]);
            format!("{state} {}", times.text(lang))
        }
        _ => state,
    }
}

fn short_left(left: i64, lang: Lang) -> String {
    let said = match left {
        0.. => words("剩{n}天", "{n}d left"),
        _ => words("迟{n}天", "{n}d late"),
    };
    said.with(vec![("n", left.abs().into())]).text(lang)
}

/// What is said of a unit, in one row.
fn said(page: &FolderPage, unit: &Unit, standing: &Standing, lang: Lang) -> String {
    let has_roster = page.roster.is_some();
    let all = remarks(unit, standing, &page.units, has_roster);
    let all: Vec<String> = all.iter().map(|said| said.text(lang)).collect();
    let between = words("；", "; ").get(lang);
    if all.is_empty() {
        let file = unit.shown().map(|file| {
            shown_path(std::path::Path::new(
                file.path.file_name().unwrap_or_default(),
            ))
        });
        return file.unwrap_or_default();
    }
    shown(&all.join(between)).into_owned()
}

fn filter(page: &FolderPage, y: u16, canvas: &mut Canvas<'_>) {
    let lang = canvas.lang();
    let said = words("筛选：{filter}", "listed: {filter}");
    let filter = said
        .with(vec![("filter", page.filter.name().into())])
        .text(lang);
    let others = Filter::ALL
        .into_iter()
        .filter(|other| *other != page.filter);
    let others: Vec<&str> = others.map(|other| other.name().get(lang)).collect();
    let x = canvas.text(0, y, &filter, Role::Here);
    let count = format!("{}/{}", page.listed.len(), page.units.units.len());
    let x = canvas.text(x + 1, y, &count, Role::Plain);
    if page.typed.is_empty() {
        let more = words(
            "（F3 换：{others}；打字按名字找）",
            " (F3: {others}; type to find a name)",
        );
        let more = more
            .with(vec![("others", others.join("/").into())])
            .text(lang);
        canvas.text(x + 1, y, &more, Role::Dim);
    } else {
        let typed = words("名字里有【{typed}】", "names with \"{typed}\"");
        let typed = typed
            .with(vec![("typed", page.typed.as_str().into())])
            .text(lang);
        canvas.text(x + 1, y, &typed, Role::Here);
    }
}

/// Beside the list: what is said of the chosen unit, and its problems.
fn panel(page: &FolderPage, canvas: &mut Canvas<'_>) {
    let (lang, ruler) = (canvas.lang(), canvas.ruler());
    let Some((unit, standing)) = page.unit() else {
        return;
    };
    canvas.heading(&shown(&unit.name), &standing.said().text(lang));
    let cols = usize::from(canvas.cols()).saturating_sub(1).max(8);
    let mut rows: Vec<(String, Role)> = Vec::new();
    let mut push = |text: &str, role: Role| {
        let text = shown(text).into_owned();
        let wrapped = ruler.wrap(&text, cols);
        rows.extend(
            wrapped
                .into_iter()
                .map(|range| (text[range].to_owned(), role)),
        );
    };
    for filed in &unit.files {
        let name = filed.file.path.file_name().unwrap_or_default();
        push(&name.to_string_lossy(), Role::Dim);
    }
    for said in remarks(unit, standing, &page.units, page.roster.is_some()) {
        push(&said.text(lang), Role::Here);
    }
    if let Some(content) = unit.shown().and_then(|file| file.read()) {
        let mut faults: Vec<_> = content.faults().collect();
        faults.sort_by_key(|problem| std::cmp::Reverse(problem.severity()));
        for problem in faults {
            let role = match problem.severity() {
                Severity::Error => Role::ErrorText,
                _ => Role::ReminderText,
            };
            let said = problem.message().text(lang);
            push(&format!("{} {said}", problem.severity().sign()), role);
        }
        if content.faults().next().is_none() {
            push(
                words("没有错误和提醒", "no errors, no warnings").get(lang),
                Role::Right,
            );
        }
    }
    let room = usize::from(canvas.rows().saturating_sub(1));
    let cut = rows.len() > room;
    let most = if cut { room.saturating_sub(1) } else { room };
    for (y, (text, role)) in (1..).zip(rows.iter().take(most)) {
        canvas.text(0, y, text, *role);
    }
    if cut {
        let more = words("还有 {n} 行，回车打开看", "{n} more rows: Enter opens it");
        let more = more.with(vec![("n", (rows.len() - most).into())]);
        canvas.text(0, canvas.rows() - 1, &more.text(lang), Role::Dim);
    }
}
