//! Two reports side by side: last year's, a version, a file, beside the one on the screen.
//!
//! What differs is found once, when the page opens; a frame draws the lines in sight. The
//! page stands aside while one goes to a place of the report, and Esc brings it back.
//!
//! **Never:** changes the report, or anything of the other one.
//! Next: `entries` for what is told, `lines` for the page, `view` for how it looks.

mod entries;
mod lines;
mod view;

use std::cell::{Ref, RefCell};
use std::path::Path;

use crate::base::body::same_body;
use crate::base::path::shown_path;
use crate::base::words::{Arg, Message, Words, words};
use crate::check::diff::Place;
use crate::form::{CellId, TextId};
use crate::model::Report;
use crate::tui::areas;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::Against;
use crate::tui::keymap::Context;
use crate::tui::panel::{Panel, outside};
use crate::tui::report::ReportScreen;
use crate::tui::turn::{Cx, Look, Next};

use entries::{Pair, What};
use lines::{Laid, Widths};

/// Columns of the names of the two, of what is between them, and a blank.
const TAG: usize = 5;

/// Two reports side by side.
#[derive(Debug)]
pub struct Compare {
    /// What the report is held against.
    pub against: Against,
    /// The other report.
    other: Report,
    pair: Pair,
    /// What is equal is shown as well.
    everything: bool,
    /// The chosen entry, and the column in it.
    at: (usize, usize),
    /// First line in sight.
    top: usize,
    laid: RefCell<Option<Laid>>,
}

impl Compare {
    /// The report on the screen beside another one, at the first difference.
    pub(crate) fn of(report: &ReportScreen, against: Against, other: Report) -> Self {
        let pair = Pair::of(&other, report.report(), &report.profile);
        let mut compare = Compare {
            against,
            other,
            pair,
            everything: false,
            at: (0, 0),
            top: 0,
            laid: RefCell::default(),
        };
        let first = compare.differences().next();
        compare.at = first.unwrap_or((0, 0));
        compare
    }

    /// The same page once the report has changed: at the same place, as far as it is there.
    pub(crate) fn again(mut self, report: &ReportScreen) -> Self {
        if report.report() == &self.pair.new {
            return self;
        }
        let pair = Pair::of(&self.other, report.report(), &report.profile);
        let place = |what: &What| match what {
            What::Row(table, row) => Some((0, *table, *row)),
            What::Sentence(text, at, _) => Some((1, text.index(), *at)),
            _ => None,
        };
        let here = self.pair.entries.get(self.at.0);
        let here = here.and_then(|entry| place(&entry.what));
        let found = pair.entries.iter().position(|entry| {
            let is_after = |there| here.is_some_and(|here| there >= here);
            place(&entry.what).is_some_and(is_after) && entry.is_changed
        });
        self.at.0 = found.unwrap_or(0);
        self.pair = pair;
        self.laid = RefCell::default();
        self
    }

    /// What it says that the user should know before: another body, other years.
    pub(crate) fn caution(&self) -> Option<Message> {
        let heads = [&self.other, &self.pair.new].map(Report::head);
        let [old, new] = heads.map(|head| head.body.as_str());
        if !old.is_empty() && !new.is_empty() && !same_body(old, new) {
            let said = words(
                "两份不是同一个机关：{old}，{new}",
                "they are of two bodies: {old}, {new}",
            );
            return Some(said.with(vec![("old", old.into()), ("new", new.into())]));
        }
        match self.years() {
            Some([old, new]) if old.checked_add(1) != Some(new) => {
                let said = words(
                    "两份不是相邻的两年：{old}，{new}",
                    "they are not of two years in a row: {old}, {new}",
                );
                let year = |year: u16| i64::from(year).into();
                Some(said.with(vec![("old", year(old)), ("new", year(new))]))
            }
            _ => None,
        }
    }

    fn title(&self) -> Message {
        let path = |path: &Path| -> Arg {
            let name = path.file_name().map_or(path, Path::new);
            shown_path(name).into()
        };
        let years = self.years().map(|[old, new]| {
            words("{old} -> {new}", "{old} -> {new}").with(vec![
                ("old", old.to_string().into()),
                ("new", new.to_string().into()),
            ])
        });
        let years = years.unwrap_or_else(|| Words::default().into());
        let (said, file) = match &self.against {
            Against::Last(file) => (
                words(
                    "对比 {years}  去年：{file}",
                    "Compare {years}  last year: {file}",
                ),
                path(file),
            ),
            Against::Disk(file) => (
                words(
                    "对比  磁盘上的 {file} -> 屏幕上的",
                    "Compare  {file} on the disk -> on the screen",
                ),
                path(file),
            ),
            Against::Version(_, when) => (
                words(
                    "对比  {file} 的版本 -> 现在",
                    "Compare  the version of {file} -> now",
                ),
                when.as_str().into(),
            ),
            Against::File(file) => (
                words("对比 {years}  {file}", "Compare {years}  {file}"),
                path(file),
            ),
        };
        said.with(vec![("years", years.into()), ("file", file)])
    }

    /// The years of both, where they differ.
    fn years(&self) -> Option<[u16; 2]> {
        let years = [self.other.head().year?, self.pair.new.head().year?];
        (years[0] != years[1]).then_some(years)
    }

    /// What the two are called in a narrow column, where years do not tell them apart.
    fn tags(&self) -> [Words; 2] {
        match self.against {
            Against::Version(..) => [words("旧版", "then"), words("现在", "now")],
            Against::Disk(_) => [words("磁盘", "disk"), words("屏幕", "here")],
            Against::Last(_) | Against::File(_) => [words("那份", "that"), words("这份", "this")],
        }
    }

    fn widths(&self, table: usize, look: Look) -> Option<Widths> {
        Widths::of(self.pair.form(), table, look, TAG)
    }

    /// The page for a width, laid out once.
    fn laid(&self, look: Look) -> Ref<'_, Laid> {
        let fits = |laid: &Laid| laid.fits(look, self.everything);
        if !self.laid.borrow().as_ref().is_some_and(fits) {
            let laid = Laid::of(&self.pair, look, self.everything, TAG);
            self.laid.replace(Some(laid));
        }
        Ref::map(self.laid.borrow(), |laid| {
            laid.as_ref().expect("laid out just now")
        })
    }

    /// The chosen cell, where it is one.
    fn cell(&self) -> Option<CellId> {
        match self.pair.entries.get(self.at.0)?.what {
            What::Row(table, row) => {
                let table = &self.pair.form().tables[table];
                Some(table.cell(row, self.at.1.min(table.cols.len() - 1)))
            }
            _ => None,
        }
    }

    /// The chosen stop of a page.
    fn stop(&self, laid: &Laid) -> Option<usize> {
        let (entry, col) = self.at;
        let is_here = |stop: &lines::Stop| (stop.entry, stop.col.unwrap_or(col)) >= (entry, col);
        let last = laid.stops.len().checked_sub(1)?;
        Some(laid.stops.iter().position(is_here).unwrap_or(last))
    }

    /// The first line in sight of a page with so many, so that the chosen stop is.
    fn top_for(&self, laid: &Laid, page: usize) -> usize {
        let most = laid.lines.len().saturating_sub(page);
        let top = self.top.min(most);
        let Some(stop) = self.stop(laid).map(|at| &laid.stops[at].lines) else {
            return top;
        };
        let room = stop.len().min(page);
        if stop.start < top && (stop.end <= top || stop.len() <= page) {
            stop.start
        } else if stop.start >= top + page || (stop.start > top && stop.end > top + page) {
            (stop.start + room).saturating_sub(page)
        } else {
            top
        }
    }

    /// Everything that differs: entries, in rows the columns.
    fn differences(&self) -> impl DoubleEndedIterator<Item = (usize, usize)> {
        let form = self.pair.form();
        let entries = self.pair.entries.iter().enumerate();
        entries
            .filter(|(_, entry)| entry.is_changed)
            .flat_map(move |(at, entry)| {
                let cols: Vec<usize> = match entry.what {
                    What::Sum | What::Part(_) => Vec::new(),
                    What::Row(table, row) => {
                        let table = &form.tables[table];
                        let cols = 0..table.cols.len();
                        let cols = cols.filter(|col| self.pair.is_stop(table.cell(row, *col)));
                        cols.collect()
                    }
                    _ => vec![0],
                };
                cols.into_iter().map(move |col| (at, col))
            })
    }

    fn step(&mut self, forth: bool, cx: &mut Cx<'_>) {
        let found = if forth {
            self.differences().find(|at| *at > self.at)
        } else {
            self.differences().rev().find(|at| *at < self.at)
        };
        match found {
            Some(at) => self.at = at,
            None if forth => cx.say(words("后面没有不同了", "nothing differs below")),
            None => cx.say(words("前面没有不同了", "nothing differs above")),
        }
    }

    /// Goes to the next part that has something in it, or to the one before.
    fn turn(&mut self, forth: bool, look: Look) {
        let laid = self.laid(look);
        let parts: Vec<usize> = self
            .pair
            .entries
            .iter()
            .enumerate()
            .filter_map(|(at, entry)| matches!(entry.what, What::Part(_)).then_some(at))
            .collect();
        let part = |at: usize| parts.iter().rev().find(|part| **part <= at).copied();
        let here = part(self.at.0);
        let mut stops = laid.stops.iter();
        let found = if forth {
            stops.find(|stop| part(stop.entry) > here)
        } else {
            let before = laid.stops.iter().rev().find(|stop| part(stop.entry) < here);
            let first = before.and_then(|stop| part(stop.entry));
            stops.find(|stop| part(stop.entry) == first && first.is_some())
        };
        let found = found.map(|stop| (stop.entry, stop.col.unwrap_or(0), stop.lines.start));
        drop(laid);
        if let Some((entry, col, line)) = found {
            self.at = (entry, col);
            self.top = line.saturating_sub(2);
        }
    }

    /// Moves by so many stops.
    fn arrow(&mut self, by: isize, look: Look) {
        let laid = self.laid(look);
        let Some(at) = self.stop(&laid) else { return };
        let last = laid.stops.len() - 1;
        let to = at.saturating_add_signed(by).min(last);
        let stop = &laid.stops[to];
        let at = (stop.entry, stop.col.unwrap_or(self.at.1));
        drop(laid);
        self.at = at;
    }

    /// Scrolls by a screenful; the chosen stop comes along.
    fn page(&mut self, down: bool, look: Look) {
        let page = view::page(look.size.1);
        let laid = self.laid(look);
        let most = laid.lines.len().saturating_sub(page);
        let top = self.top_for(&laid, page);
        let top = if down {
            (top + page).min(most)
        } else {
            top.saturating_sub(page)
        };
        let seen = top..top + page;
        let is_seen = |stop: &&lines::Stop| seen.contains(&stop.lines.start);
        let found = match (down, top) {
            // At the end one stands at the last, at the start at the first.
            (true, top) if top == most => laid.stops.last(),
            (false, 0) => laid.stops.first(),
            _ => laid.stops.iter().find(is_seen),
        };
        let col = self.at.1;
        let found = found.map(|stop| (stop.entry, stop.col.unwrap_or(col)));
        drop(laid);
        self.top = top;
        if let Some(at) = found {
            self.at = at;
        }
    }

    fn sideways(&mut self, right: bool) {
        let What::Row(table, _) = self.pair.entries[self.at.0].what else {
            return;
        };
        let last = self.pair.form().tables[table].cols.len() - 1;
        let col = self.at.1.min(last);
        self.at.1 = if right {
            (col + 1).min(last)
        } else {
            col.saturating_sub(1)
        };
    }

    /// Puts the cursor of the report where the chosen thing stands; false where it stands
    /// nowhere.
    fn go(&self, report: &mut ReportScreen) -> bool {
        let own = report.form();
        let text = |text: TextId| own.text(self.pair.form().section(text).key);
        if let Some(cell) = self.cell() {
            let cell = own.cell(&self.pair.form().path(cell));
            return cell.map(|cell| report.go_to(cell)).is_some();
        }
        match self.pair.entries.get(self.at.0).map(|entry| &entry.what) {
            Some(What::Sentence(id, at, _)) => match text(*id) {
                Some(id) => {
                    let length = report.report().text(id).floor_char_boundary(*at);
                    report.go_to_text(id, length);
                    true
                }
                None => false,
            },
            Some(What::Other(Place::Heading(Some(id)), _)) => match text(*id) {
                Some(id) => report.go_to_place(&Place::Heading(Some(id))),
                None => false,
            },
            Some(What::Other(place, _)) => report.go_to_place(place),
            _ => false,
        }
    }

    /// Stands aside for a place of the report, and for a command there.
    fn aside(
        &self,
        command: Option<Command>,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        let went = report.is_some_and(|report| self.go(report));
        if !went && command.is_none() {
            cx.say(words(
                "这一处在报告里没有位置",
                "it has no place in the report",
            ));
            return Next::Stay;
        }
        if command.is_none() {
            cx.say(words("Esc 回到对比", "Esc goes back to the comparison"));
        }
        Next::Aside(command)
    }
}

impl Panel for Compare {
    fn context(&self) -> Context {
        Context::Page
    }

    fn place(&self, _: Option<&ReportScreen>, _: Look) -> areas::Place {
        areas::Place::Page
    }

    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        let look = cx.look;
        match command {
            Command::NextProblem => self.step(true, cx),
            Command::PreviousProblem => self.step(false, cx),
            Command::Find | Command::NextSection => self.turn(true, look),
            Command::PreviousSection => self.turn(false, look),
            Command::Up => self.arrow(-1, look),
            Command::Down => self.arrow(1, look),
            Command::First | Command::RowStart => self.arrow(isize::MIN / 2, look),
            Command::Last | Command::RowEnd => self.arrow(isize::MAX / 2, look),
            Command::Left => self.sideways(false),
            Command::Right => self.sideways(true),
            Command::PageUp => self.page(false, look),
            Command::PageDown => self.page(true, look),
            Command::Choose => return self.aside(None, report, cx),
            Command::Fix | Command::Explain | Command::Basis => {
                return self.aside(Some(command), report, cx);
            }
            command => {
                return match outside(command) {
                    Next::Run(command) => Next::Aside(Some(command)),
                    next => next,
                };
            }
        }
        let page = view::page(look.size.1);
        let top = {
            let laid = self.laid(look);
            self.top_for(&laid, page)
        };
        self.top = top;
        Next::Stay
    }

    fn typed(&mut self, c: char, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        if matches!(c, ' ' | '\u{3000}') {
            self.everything = !self.everything;
            cx.say(if self.everything {
                words("全部都列出来了", "everything is shown")
            } else {
                words("只看不同的", "only what differs is shown")
            });
        }
        Next::Stay
    }

    fn draw(&self, _: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        view::draw(self, canvas)
    }
}
