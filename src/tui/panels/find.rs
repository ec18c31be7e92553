//! Finding and going: sections, rows, cells, fields, text; replacing in all texts.
//!
//! An empty line offers the next match of what was looked for last, then the
//! pages; a number of a section or any part of a name filters. Replacing lists every
//! match of the report, each to be taken or left.
//!
//! **Never:** replaces what is not listed as taken.
//! Next: `report::search` for the matches.

use std::ops::Range;

use crate::base::words::{Lang, Message, words};
use crate::check::problem::cell_words;
use crate::form::{CellId, Form, Line, Spot, TextId};
use crate::model::{Change, HeadField, Transaction};
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::keymap::Context;
use crate::tui::line_edit::{LineEdit, first_line};
use crate::tui::panel::Panel;
use crate::tui::picker::{self, Picker, one_row};
use crate::tui::report::head::{FIELDS, field_name};
use crate::tui::report::prose::MOST;
use crate::tui::report::search::{fold, matches};
use crate::tui::report::{Page, ReportScreen};
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next};

/// The panel.
#[derive(Clone, Debug)]
pub struct Find {
    /// What is looked for.
    pub line: LineEdit,
    /// What takes its place, once that was asked for.
    pub with: Option<LineEdit>,
    /// Where keys go while replacing.
    pub focus: Focus,
    /// Matches that are left as they are: their text and first byte.
    left: Vec<(TextId, usize)>,
    picker: Picker,
}

/// Where keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// What is looked for.
    Query,
    /// What takes its place.
    With,
    /// The list: a blank takes or leaves a match.
    List,
}

/// A line of the panel's list.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
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
    /// A match to be replaced, or left as it is.
    Match {
        /// Its text.
        text: TextId,
        /// Its bytes.
        range: Range<usize>,
        /// It is replaced.
        taken: bool,
    },
}

impl Find {
    /// With nothing looked for yet.
    pub(crate) fn new() -> Self {
        Find {
            line: LineEdit::new(""),
            with: None,
            focus: Focus::Query,
            left: Vec::new(),
            picker: Picker::default(),
        }
    }

    /// Whether what is found is to be replaced.
    fn is_replacing(&self) -> bool {
        self.focus != Focus::Query
    }

    /// The line that typing goes to.
    fn here(&mut self) -> &mut LineEdit {
        match &mut self.with {
            Some(with) if self.focus == Focus::With => with,
            _ => &mut self.line,
        }
    }

    fn insert(&mut self, text: &str, cx: &mut Cx<'_>) -> Next {
        cx.insert(self.here(), text);
        if self.focus == Focus::Query {
            self.begin_anew();
        }
        Next::Stay
    }

    /// Another thing is looked for.
    fn begin_anew(&mut self) {
        self.picker = Picker::default();
        self.left.clear();
    }

    /// Takes the chosen match, or leaves it.
    fn toggle(&mut self, report: &ReportScreen) {
        let chosen = self.found(report).into_iter().nth(self.picker.chosen);
        if let Some(Found::Match { text, range, taken }) = chosen {
            let at = (text, range.start);
            if taken {
                self.left.push(at);
            } else {
                self.left.retain(|left| *left != at);
            }
        }
    }

    /// Tab: from what is looked for to what takes its place, to the list, and back.
    fn turn(&mut self, report: &ReportScreen, cx: &mut Cx<'_>) {
        if report.refuses(cx) {
            return;
        }
        if self.line.text().is_empty() {
            cx.say(words("先写要找的文字", "type what to look for first"));
            return;
        }
        self.with.get_or_insert_with(|| LineEdit::new(""));
        self.focus = match self.focus {
            Focus::Query => Focus::With,
            Focus::With => Focus::List,
            Focus::List => Focus::Query,
        };
        if self.focus != Focus::List {
            self.picker = Picker::default();
        }
    }

    fn choose(&self, at: usize, report: &mut ReportScreen, cx: &mut Cx<'_>) -> Next {
        let found = self.found(report);
        if found.is_empty() {
            cx.say(words("没有找到", "nothing found"));
            return Next::Stay;
        }
        let query = self.line.text().to_owned();
        if !query.is_empty() {
            report.prose.sought.clone_from(&query);
        }
        if self.is_replacing() {
            let with = self.with.as_ref().map_or("", LineEdit::text);
            return if replace(report, cx, &found, with) {
                Next::Close
            } else {
                Next::Stay
            };
        }
        match found.into_iter().nth(at) {
            Some(found) => go(report, found),
            None => return Next::Stay,
        }
        Next::Close
    }

    /// What it lists.
    fn found(&self, report: &ReportScreen) -> Vec<Found> {
        if self.is_replacing() {
            return self.replaceable(report);
        }
        let query = fold(self.line.text().trim());
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
        let texts = texts(report, self.line.text().trim()).into_iter();
        // In a text, words of the text come first.
        if report.text_shown().is_some() {
            found.extend(texts.chain(fields).chain(cells));
        } else {
            found.extend(fields.chain(cells).chain(texts));
        }
        found
    }
}

/// Goes to what was found.
fn go(report: &mut ReportScreen, found: Found) {
    match found {
        Found::Page(page) => report.show(page),
        Found::Field(field) => report.go_to_field(field),
        Found::Cell(cell) => report.go_to(cell),
        Found::Text(text, range) | Found::Again(text, range) | Found::Match { text, range, .. } => {
            report.select(text, range);
        }
    }
}

impl Panel for Find {
    fn place(&self, _: Option<&ReportScreen>, _: Look) -> Place {
        Place::Side
    }

    fn context(&self) -> Context {
        Context::Prompt
    }

    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        use Command as C;
        let Some(report) = report else {
            return Next::Close;
        };
        let len = self.found(report).len();
        let last = len.saturating_sub(1);
        self.picker.chosen = self.picker.chosen.min(last);
        match command {
            C::Close => return Next::Close,
            C::Choose => return self.choose(self.picker.chosen, report, cx),
            C::Complete => self.turn(report, cx),
            C::Backspace | C::Clear | C::ClearLine => {
                self.here().edit(command);
                if self.focus == Focus::Query {
                    self.begin_anew();
                }
            }
            C::Paste => {
                if let Some(text) = cx.copied() {
                    return self.insert(first_line(&text), cx);
                }
            }
            C::Left | C::Right | C::RowStart | C::RowEnd => _ = self.here().edit(command),
            C::Find => _ = self.picker.command(C::Down, len, cx.look),
            C::Up | C::Down | C::PageUp | C::PageDown | C::First | C::Last => {
                self.picker.command(command, len, cx.look);
            }
            C::Help | C::Palette | C::CheckAll | C::NextProblem | C::PreviousProblem | C::Quit => {
                return Next::Run(command);
            }
            _ => {}
        }
        Next::Stay
    }

    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        if self.focus != Focus::List {
            return self.insert(c.encode_utf8(&mut [0; 4]), cx);
        }
        if let (' ' | '\u{3000}', Some(report)) = (c, report) {
            self.toggle(report);
        }
        Next::Stay
    }

    fn pasted(&mut self, text: &str, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        self.insert(first_line(text), cx)
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let Some(report) = report else {
            return (0, 0);
        };
        let lang = canvas.lang();
        let all = self.found(report);
        let (title, right) = if self.is_replacing() {
            (words("替换", "Replace"), counted(&all).text(lang))
        } else {
            (words("查找、前往", "Find and go"), String::new())
        };
        canvas.heading(title.get(lang), &right);
        let mut caret = line(canvas, 1, words("查找：", "Find: ").get(lang), &self.line);
        if let Some(with) = &self.with {
            let label = words("换成：", "Replace with: ").get(lang);
            let at = line(canvas, 2, label, with);
            if self.focus == Focus::With {
                caret = at;
            }
        }
        let lines = all
            .iter()
            .map(|found| picker::Line::new("", said(lang, report, found)));
        let rows = one_row(lines);
        let chosen = self.picker.chosen.min(rows.len().saturating_sub(1));
        let at = Picker::at(chosen).draw_rows(3, &rows, 0, canvas);
        if self.focus == Focus::List {
            caret = at;
        }
        if rows.is_empty() {
            let none = words("  没有找到", "  nothing found").get(lang);
            canvas.text(0, 3, none, Role::Dim);
        }
        canvas.foot(match self.focus {
            Focus::List => words(
                "空格键 取舍  回车 换打勾的  上下键 选  Tab 改要找的  Esc 关闭",
                "Space takes or leaves  Enter replaces those ticked  arrows choose  Esc closes",
            ),
            Focus::With => words(
                "回车 换打勾的  Tab 逐处取舍  Esc 关闭",
                "Enter replaces those ticked  Tab takes or leaves each  Esc closes",
            ),
            Focus::Query => words(
                "1-6 部分、行名、格（行 列）、文字  回车 去  Tab 替换  Esc 关闭",
                "1-6 section, row, cell (row column), text  Enter goes  Tab replaces  Esc closes",
            ),
        });
        caret
    }
}

/// Replaces the matches that are taken, in all texts, as one undo step; false if nothing
/// was changed.
fn replace(report: &mut ReportScreen, cx: &mut Cx<'_>, found: &[Found], with: &str) -> bool {
    if report.refuses(cx) {
        return false;
    }
    let mut step = Transaction::new(words("替换", "replace"));
    let (mut count, mut first) = (0, None);
    for text in report.form().texts() {
        let ranges: Vec<Range<usize>> = found.iter().filter_map(|it| taken(it, text)).collect();
        let removed: usize = ranges.iter().map(Range::len).sum();
        if report.report().text(text).len() - removed + with.len() * ranges.len() > MOST {
            cx.say(words(
                "有一部分会超过 1 MiB，没有换",
                "a section would exceed 1 MiB: nothing was replaced",
            ));
            return false;
        }
        if let Some(range) = ranges.first() {
            first = first.or(Some((text, range.start + with.len())));
            count += ranges.len();
            step = step.replace(report.report(), text, &ranges, with);
        }
    }
    let Some((text, at)) = first else {
        cx.say(words("没有打勾的", "none is ticked"));
        return false;
    };
    report.change(Change::Apply(step), cx.effects);
    report.go_to_text(text, at);
    let said = words("换了 {n} 处；Ctrl+Z 撤销", "{n} replaced; Ctrl+Z undoes it");
    cx.say(said.with(vec![("n", count.into())]));
    true
}

/// The bytes of a match in a text that is to be replaced.
fn taken(found: &Found, of: TextId) -> Option<Range<usize>> {
    match found {
        Found::Match {
            text,
            range,
            taken: true,
        } if *text == of => Some(range.clone()),
        _ => None,
    }
}

/// How many matches there are, and how many are to be replaced.
fn counted(found: &[Found]) -> Message {
    let taken = |found: &&Found| matches!(found, Found::Match { taken: true, .. });
    words("共 {n} 处，换 {m} 处", "{n} matches, {m} to be replaced").with(vec![
        ("n", found.len().into()),
        ("m", found.iter().filter(taken).count().into()),
    ])
}

impl Find {
    /// All matches of the report, each taken or left.
    fn replaceable(&self, report: &ReportScreen) -> Vec<Found> {
        let found = texts(report, self.line.text()).into_iter();
        let found = found.filter_map(|found| match found {
            Found::Text(text, range) => Some(Found::Match {
                taken: !self.left.contains(&(text, range.start)),
                text,
                range,
            }),
            _ => None,
        });
        found.collect()
    }
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
    const MOST_PLACES: usize = 3000;
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

/// A line being typed; answers with the place of its caret.
fn line(canvas: &mut Canvas, y: u16, label: &str, typed: &LineEdit) -> (u16, u16) {
    let x = canvas.text(0, y, label, Role::Here);
    (canvas.line_edit((x, y), typed), y)
}

fn said(lang: Lang, report: &ReportScreen, found: &Found) -> String {
    let form = report.form();
    match found {
        Found::Page(Page::Head) => words("报头", "Head of the report").get(lang).to_owned(),
        Found::Page(Page::Text(text)) => {
            let section = form.section(*text);
            let prose = if section.tables.is_empty() || section.ordinal.is_empty() {
                ""
            } else {
                words("：表前文字", ": text before the tables").get(lang)
            };
            format!("{}{prose}", section_said(lang, report, *text))
        }
        Found::Page(Page::Matrix(prefix)) => form
            .section_of(prefix)
            .map_or_else(String::new, |text| section_said(lang, report, text)),
        Found::Field(field) => {
            let name = field_name(*field).get(lang);
            let value = report.report().head().get(*field);
            words("报头 {name}：{value}", "Head, {name}: {value}")
                .with(vec![("name", name.into()), ("value", value.into())])
                .text(lang)
        }
        Found::Cell(cell) => {
            let value = report.report().cell(*cell).text();
            format!("{} = {value}", cell_words(form, *cell).text(lang))
        }
        Found::Text(text, range) => excerpt(lang, report, *text, range),
        Found::Again(text, range) => {
            let again = words("下一处  ", "next  ").get(lang);
            format!("{again}{}", excerpt(lang, report, *text, range))
        }
        Found::Match { text, range, taken } => {
            let sign = if *taken { "[x]" } else { "[ ]" };
            format!("{sign} {}", excerpt(lang, report, *text, range))
        }
    }
}

fn section_said(lang: Lang, report: &ReportScreen, text: TextId) -> String {
    let section = report.form().section(text);
    let name = section.name.get(lang);
    match (lang, section.key.strip_prefix('s')) {
        (Lang::Zh, Some(_)) => format!("{} {name}", section.ordinal),
        (Lang::En, Some(number)) => format!("{number} {name}"),
        (_, None) => name.to_owned(),
    }
}

/// The words around a match, on one line.
fn excerpt(lang: Lang, report: &ReportScreen, text: TextId, range: &Range<usize>) -> String {
    const BEFORE: usize = 12;
    const AFTER: usize = 40;
    let body = report.report().text(text);
    let start = body[..range.start]
        .char_indices()
        .rev()
        .take(BEFORE)
        .take_while(|(_, c)| *c != '\n')
        .last()
        .map_or(range.start, |(at, _)| at);
    let after: String = body[range.end..]
        .chars()
        .take(AFTER)
        .take_while(|c| *c != '\n')
        .collect();
    let section = report.form().section(text);
    let mark = match (lang, section.key.strip_prefix('s')) {
        (Lang::Zh, Some(_)) => section.ordinal,
        (Lang::En, Some(number)) => number,
        (_, None) => section.name.get(lang),
    };
    format!(
        "{mark}  {}【{}】{after}",
        &body[start..range.start],
        &body[range.clone()]
    )
}
