//! Finding and going: sections, rows, cells, fields, text; replacing in a text.
//!
//! An empty line offers the next match of what was looked for last, then the
//! pages; a number of a section or any part of a name filters.
//!
//! **Never:** replaces what was not shown, or beyond the section shown.
//! Next: `view::find`, which draws it.

use std::ops::Range;

use crate::base::number::narrow;
use crate::base::words::words;
use crate::form::{CellId, Form, Line, Spot, TextId};
use crate::model::{Change, HeadField, Transaction};
use crate::tui::app::{App, Overlay};
use crate::tui::command::Command;
use crate::tui::input::Effect;
use crate::tui::line_edit::LineEdit;
use crate::tui::report::head::FIELDS;
use crate::tui::report::prose::{Hold, MOST};
use crate::tui::report::{Page, ReportScreen};

use super::line;

/// The panel.
#[derive(Clone, Debug)]
pub struct Find {
    /// What is looked for.
    pub line: LineEdit,
    /// What takes its place, once that was asked for.
    pub with: Option<LineEdit>,
    /// Typing goes to the second line.
    pub is_replacing: bool,
    /// The chosen line of the list.
    pub chosen: usize,
}

/// A line of the panel's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The next match of what was looked for last.
    Again(TextId, Range<usize>),
    /// A page.
    Page(Page),
    /// A field of the head.
    Field(HeadField),
    /// A cell; a row stands for its first one or that in the cursor's column.
    Cell(CellId),
    /// A place in a text.
    Text(TextId, Range<usize>),
    /// Replace this match.
    One(TextId, Range<usize>),
    /// Leave this match as it is.
    Skip(TextId, Range<usize>),
    /// Replace all matches of the section.
    All(TextId, usize),
}

/// Opens the panel.
pub(super) fn open(app: &mut App) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    app.overlay = Some(Overlay::Find(Box::new(Find {
        line: LineEdit::new(""),
        with: None,
        is_replacing: false,
        chosen: 0,
    })));
}

fn panel(app: &mut App) -> Option<&mut Find> {
    match &mut app.overlay {
        Some(Overlay::Find(find)) => Some(find),
        _ => None,
    }
}

impl Find {
    /// The line that typing goes to.
    pub(super) fn here(&mut self) -> &mut LineEdit {
        match &mut self.with {
            Some(with) if self.is_replacing => with,
            _ => &mut self.line,
        }
    }

    /// Something was typed into that line.
    pub(super) fn typed(&mut self) {
        if !self.is_replacing {
            self.chosen = 0;
        }
    }
}

/// A command while the panel is open; false if it is not for it.
pub(super) fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) -> bool {
    use Command as C;
    const PAGE: usize = 10;
    let len = found(app).len();
    let Some(find) = panel(app) else {
        return false;
    };
    let last = len.saturating_sub(1);
    let at = find.chosen.min(last);
    match command {
        C::Choose => choose(app, at, effects),
        C::Complete => return ask_for_replacement(app),
        C::Backspace | C::Clear | C::ClearLine => {
            find.here().edit(command);
            find.chosen = 0;
        }
        C::Paste => line::paste_copied(app),
        C::Left | C::Right | C::RowStart | C::RowEnd => _ = find.here().edit(command),
        C::Up => find.chosen = at.checked_sub(1).unwrap_or(last),
        C::Down | C::Find => find.chosen = if at == last { 0 } else { at + 1 },
        C::PageUp => find.chosen = at.saturating_sub(PAGE),
        C::PageDown => find.chosen = (at + PAGE).min(last),
        C::First => find.chosen = 0,
        C::Last => find.chosen = last,
        C::Help | C::Palette | C::CheckAll | C::NextProblem | C::PreviousProblem | C::Quit => {
            app.overlay = None;
            return false;
        }
        _ => {}
    }
    true
}

fn ask_for_replacement(app: &mut App) -> bool {
    if super::refuse_read_only(app) {
        return true;
    }
    let is_text = app.report().and_then(ReportScreen::text_shown).is_some();
    let Some(find) = panel(app) else {
        return true;
    };
    let why = if !is_text {
        words(
            "替换只在文字页里做：先到那一部分",
            "replacing works on a text page: go to the section first",
        )
    } else if find.line.text().is_empty() {
        words("先写要找的文字", "type what to look for first")
    } else {
        find.is_replacing = !find.is_replacing;
        find.with.get_or_insert_with(|| LineEdit::new(""));
        find.chosen = 0;
        return true;
    };
    app.notice = Some(why.into());
    true
}

fn choose(app: &mut App, at: usize, effects: &mut Vec<Effect>) {
    let Some(chosen) = found(app).into_iter().nth(at) else {
        app.notice = Some(words("没有找到", "nothing found").into());
        return;
    };
    let Some(find) = panel(app) else {
        return;
    };
    let query = find.line.text().to_owned();
    let with = find.with.as_ref().map_or("", LineEdit::text).to_owned();
    let Some(report) = app.report_mut() else {
        return;
    };
    if !query.is_empty() {
        report.prose.sought.clone_from(&query);
    }
    match chosen {
        Found::One(text, range) => {
            replace(app, text, &[range], &with, effects);
        }
        Found::Skip(text, range) => report.go_to_text(text, range.end),
        Found::All(text, _) => {
            let ranges = matches(report.report().text(text), &query);
            if replace(app, text, &ranges, &with, effects) {
                app.overlay = None;
            }
        }
        Found::Page(page) => {
            report.show(page);
            app.overlay = None;
        }
        Found::Field(field) => {
            report.go_to_field(field);
            app.overlay = None;
        }
        Found::Cell(cell) => {
            report.go_to(cell);
            app.overlay = None;
        }
        Found::Text(text, range) | Found::Again(text, range) => {
            report.select(text, range);
            app.overlay = None;
        }
    }
}

/// Replaces ranges of a text as one undo step; false if nothing was changed.
fn replace(
    app: &mut App,
    text: TextId,
    ranges: &[Range<usize>],
    with: &str,
    effects: &mut Vec<Effect>,
) -> bool {
    if super::refuse_read_only(app) {
        return false;
    }
    let Some(report) = app.report_mut() else {
        return false;
    };
    let removed: usize = ranges.iter().map(Range::len).sum();
    let len = report.report().text(text).len() - removed + with.len() * ranges.len();
    let Some(first) = ranges.first().map(|range| range.start) else {
        return false;
    };
    if len > MOST {
        app.notice = Some(
            words(
                "这一部分会超过 1 MiB，没有换",
                "this section would pass 1 MiB: nothing was replaced",
            )
            .into(),
        );
        return false;
    }
    let step = Transaction::new(words("替换", "replace"));
    let step = step.replace(report.report(), text, ranges, with);
    report.change(Change::Apply(step), effects);
    report.go_to_text(text, first + with.len());
    app.notice = Some(
        words("换了 {n} 处；Ctrl+Z 撤销", "{n} replaced; Ctrl+Z undoes it")
            .with(vec![("n", ranges.len().into())]),
    );
    true
}

/// Goes to the next or the previous match of what was looked for last.
pub(super) fn step(app: &mut App, forward: bool) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    match report.neighbour(forward) {
        Some((text, range)) => report.select(text, range),
        None if report.prose.sought.is_empty() => open(app),
        None => app.notice = Some(words("没有找到", "nothing found").into()),
    }
}

/// What the panel lists.
#[must_use]
pub(crate) fn found(app: &App) -> Vec<Found> {
    let (Some(report), Some(Overlay::Find(find))) = (app.report(), &app.overlay) else {
        return Vec::new();
    };
    if let (true, Some(text)) = (find.is_replacing, report.text_shown()) {
        return replacements(report, text, find.line.text());
    }
    let query = fold(find.line.text().trim());
    if query.is_empty() {
        let again = report.neighbour(true);
        return again
            .into_iter()
            .map(|(text, range)| Found::Again(text, range))
            .chain(report.pages().into_iter().map(Found::Page))
            .collect();
    }
    let mut found = sections(report, &query);
    let fields = FIELDS.iter().filter(|(field, name)| {
        let value = report.report().head().get(*field);
        [name.zh, name.en, field.key(), &value]
            .iter()
            .any(|text| fold(text).contains(&query))
    });
    let fields = fields.map(|(field, _)| Found::Field(*field));
    let cells = cells(report, &query).into_iter().map(Found::Cell);
    let texts = texts(report, find.line.text().trim()).into_iter();
    // In a text, words of the text come first.
    if report.text_shown().is_some() {
        found.extend(texts.chain(fields).chain(cells));
    } else {
        found.extend(fields.chain(cells).chain(texts));
    }
    found
}

/// What can be done with the match after the caret.
fn replacements(report: &ReportScreen, text: TextId, query: &str) -> Vec<Found> {
    let all = matches(report.report().text(text), query);
    let at = report.selection(text).start;
    let next = all.iter().find(|range| range.start >= at).or(all.first());
    next.map_or_else(Vec::new, |next| {
        vec![
            Found::One(text, next.clone()),
            Found::Skip(text, next.clone()),
            Found::All(text, all.len()),
        ]
    })
}

fn sections(report: &ReportScreen, query: &str) -> Vec<Found> {
    let form = report.form();
    report
        .pages()
        .into_iter()
        .filter(|page| {
            let text = match page {
                Page::Head => {
                    return ["报头", "head", "0"]
                        .iter()
                        .any(|name| name.contains(query));
                }
                Page::Text(text) => *text,
                Page::Matrix(prefix) => match form.section_of(prefix) {
                    Some(text) => text,
                    None => return false,
                },
            };
            let section = form.section(text);
            let number = section.key.strip_prefix('s').unwrap_or(section.key);
            number == query
                || (!section.ordinal.is_empty() && section.ordinal == query)
                || [section.name.zh, section.name.en, section.title, section.key]
                    .iter()
                    .any(|name| query.chars().count() > 1 && fold(name).contains(query))
        })
        .map(Found::Page)
        .collect()
}

/// Rows and cells by their names: one name, or a row's and a column's.
fn cells(report: &ReportScreen, query: &str) -> Vec<CellId> {
    const MOST_CELLS: usize = 60;
    let form: &'static Form = report.form();
    let (row_query, col_query) = query
        .split_once(['/', ' '])
        .map_or((query, ""), |(row, col)| (row.trim(), col.trim()));
    if row_query.chars().count() < 2 && row_query.is_ascii() {
        return Vec::new();
    }
    let here = report.cursor().map(|cell| form.spot(cell));
    let says = |line: &Line, group: &str, query: &str| {
        [
            line.name.zh,
            line.name.en,
            line.short.zh,
            line.short.en,
            line.key,
            line.label,
            group,
        ]
        .iter()
        .any(|text| fold(text).contains(query))
    };
    let mut found = Vec::new();
    for (index, table) in form.tables.iter().enumerate() {
        for (row, line) in table.rows.iter().enumerate() {
            let group = table
                .groups
                .iter()
                .find(|group| group.key == line.group)
                .map_or("", |group| group.label);
            if !says(line, group, row_query) {
                continue;
            }
            if col_query.is_empty() {
                let col = here.filter(|spot| spot.table == index).map_or(0, |s| s.col);
                found.push(form.at(Spot {
                    table: index,
                    row,
                    col,
                }));
                continue;
            }
            found.extend(
                table
                    .cols
                    .iter()
                    .enumerate()
                    .filter(|(_, line)| says(line, "", col_query))
                    .map(|(col, _)| table.cell(row, col)),
            );
        }
    }
    if query.contains('.') {
        found.extend(form.cells().filter(|cell| form.path(*cell).contains(query)));
    }
    found.truncate(MOST_CELLS);
    found
}

/// Matches in all texts, in the order of the report.
fn texts(report: &ReportScreen, query: &str) -> Vec<Found> {
    const MOST_PLACES: usize = 300;
    report
        .form()
        .texts()
        .flat_map(|text| {
            matches(report.report().text(text), query)
                .into_iter()
                .map(move |range| Found::Text(text, range))
        })
        .take(MOST_PLACES)
        .collect()
}

/// Letters small, digits and signs of full width as ASCII.
fn fold(text: &str) -> String {
    text.chars()
        .map(|c| narrow(c).to_ascii_lowercase())
        .collect()
}

/// The places of a text that read like the query, none overlapping.
pub(crate) fn matches(text: &str, query: &str) -> Vec<Range<usize>> {
    let wanted: Vec<char> = fold(query).chars().collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let letters: Vec<(usize, char)> = text
        .char_indices()
        .map(|(at, c)| (at, narrow(c).to_ascii_lowercase()))
        .collect();
    let end_of = |index: usize| letters.get(index).map_or(text.len(), |(at, _)| *at);
    let mut found = Vec::new();
    let mut at = 0;
    while at + wanted.len() <= letters.len() {
        let piece = letters[at..at + wanted.len()].iter().map(|(_, c)| c);
        if piece.eq(&wanted) {
            found.push(letters[at].0..end_of(at + wanted.len()));
            at += wanted.len();
        } else {
            at += 1;
        }
    }
    found
}

impl ReportScreen {
    /// The match of what was looked for last that follows or precedes the caret.
    fn neighbour(&self, forward: bool) -> Option<(TextId, Range<usize>)> {
        let all: Vec<(TextId, Range<usize>)> = self
            .form()
            .texts()
            .flat_map(|text| {
                matches(self.report().text(text), &self.prose.sought)
                    .into_iter()
                    .map(move |range| (text, range))
            })
            .collect();
        let section = self.section();
        let selected = self.text_shown().map_or(0..0, |text| self.selection(text));
        let found = if forward {
            all.iter()
                .find(|(text, range)| (*text, range.start) >= (section, selected.end))
                .or(all.first())
        } else {
            all.iter()
                .rev()
                .find(|(text, range)| (*text, range.end) <= (section, selected.start))
                .or(all.last())
        };
        found.cloned()
    }

    /// Selects a range of a text, the caret behind it.
    fn select(&mut self, text: TextId, range: Range<usize>) {
        self.go_to_text(text, range.end);
        self.prose.anchor = Some(Hold {
            at: range.start,
            is_sticky: false,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn matches_do_not_care_for_width_or_case_and_never_overlap() {
        let text = "受理９件，WeChat受理9件";
        assert_eq!(matches(text, "受理9件"), [0..12, 21..31]);
        assert_eq!(matches(text, "wechat").first(), Some(&(15..21)));
        assert_eq!(matches("aaa", "aa").len(), 1);
        assert!(matches(text, "").is_empty());
    }
}
