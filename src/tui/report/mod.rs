//! A report on the screen: its pages, its cursors, what was found in it.
//!
//! **Never:** knows what lies over the page, or another report.
//! Next: `layout` for where its cells stand, `prose` for its texts, `app` for the rest.

pub(in crate::tui) mod explain;
pub(in crate::tui) mod follow;
pub mod from_last;
pub(in crate::tui) mod grid;
pub(in crate::tui) mod head;
pub(in crate::tui) mod head_view;
pub(in crate::tui) mod last;
pub(crate) mod layout;
pub(in crate::tui) mod matrix;
mod mending;
mod merging;
pub mod origins;
pub mod pasting;
mod possible;
pub(in crate::tui) mod practice;
pub mod prose;
pub(in crate::tui) mod questions;
pub mod recount;
pub mod rolled;
pub(in crate::tui) mod search;
pub(in crate::tui) mod status;
pub(in crate::tui) mod text;
pub(in crate::tui) mod text_view;
pub(in crate::tui) mod way;
pub(in crate::tui) mod zeros;

use std::cell::OnceCell;

use crate::base::facts::FileFacts;
use crate::base::number::Decimal;
use crate::base::words::words;
use crate::check::readings::Suspects;
use crate::check::{
    Beside, Blanks, Findings, Input as Judging, Problem, Profile, Site, Texts, Typing, Verdict,
    check,
};
use crate::form::{CellId, Form, Spot, TextId};
use crate::format::Format;
use crate::model::{Change, Document, Note, Op, Origin, Report, Step};
use crate::tui::command::Command;
use crate::tui::input::{Effect, Last, Opened};
use crate::tui::keymap::Context;
use crate::tui::turn::{Cx, Look, Next};

pub use mending::Preview;
pub use possible::is_possible;
pub(in crate::tui) use possible::read_only_words;

use last::Link;
use origins::Pasted;
use prose::{Caret, Prose};
use recount::Recount;

/// A report on the screen.
#[derive(Debug)]
pub struct ReportScreen {
    /// The report and its history.
    pub document: Document,
    /// Its texts as they were read.
    pub texts: Texts,
    /// What was found in it.
    pub findings: Findings,
    /// What could mend its tables, once it was asked for.
    mending: OnceCell<Suspects>,
    /// What last year's report says about it, once it was asked for.
    from_last: OnceCell<from_last::FromLast>,
    /// A number carried over that was changed by hand: why is asked when it is left.
    asks_why: Option<CellId>,
    /// Cells changed by hand since their table was last whole.
    pub edited: Vec<CellId>,
    /// Its file.
    pub file: FileFacts,
    /// It came back where its file could not be read: no file holds it.
    pub rescued: bool,
    /// It was said that the oldest changes can't be undone any more.
    pub said_forgotten: bool,
    /// What the reader was unsure of.
    pub notes: Vec<Note>,
    /// Where each cell came from, if it was imported.
    pub origins: Vec<Option<Origin>>,
    /// The format it was read as, if it was imported.
    pub format: Option<&'static Format>,
    /// What was pasted into it, oldest first.
    pub pasted: Vec<Pasted>,
    /// Notes that were gone to.
    pub seen: Vec<Note>,
    /// The page shown.
    pub page: Page,
    /// The cursor of each table part, in the order of the form's prefixes.
    pub cursors: Vec<CellId>,
    /// First scrolled line of each matrix.
    pub scrolls: Vec<usize>,
    /// First row of the text page shown.
    pub text_scroll: usize,
    /// Carets, selection and rows of the texts; the chosen field of the head.
    pub prose: Prose,
    /// Prefixes of tables in keying mode.
    pub keying: Vec<&'static str>,
    /// The number being typed.
    pub typing: Option<TypedCell>,
    /// The other corner of the selection.
    pub anchor: Option<Anchor>,
    /// The problem last gone to: rule and site.
    pub visited: Option<(&'static str, Site)>,
    /// Last year's report, where it is known: it is judged beside it.
    pub last: Option<Last>,
    /// What its cells count there.
    last_values: Vec<Option<Decimal>>,
    /// Where it is.
    pub(in crate::tui) link: Link,
    /// What is known of steps that an earlier session left.
    pub earlier: Earlier,
    /// What it is judged under.
    pub profile: Profile,
    /// A fix that is shown, not applied.
    pub preview: Option<Preview>,
    /// The pass over the totals, while it lasts.
    pub recount: Option<Recount>,
    /// It is the sample, to be practised on.
    pub practises: bool,
    /// The name that was typed for a save that did not come about.
    pub typed_name: Option<String>,
    /// The report as its file was last read or written: what a merge begins from.
    pub base: Report,
    /// It is a roll-up, and these are its sources.
    pub rolled: Option<Box<rolled::Rolled>>,
    /// Who asked for the report to be let go.
    pub asked: Option<String>,
}

/// What is known of the steps of an earlier session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Nobody looked for them yet.
    Unknown,
    /// They were asked for once, and are among the others if there were any.
    Asked,
    /// There are none.
    None,
}

/// What a report is judged beside: its last year, where that is known.
fn beside(last: Option<&Last>) -> Beside<'_> {
    Beside {
        last: last.map(|last| &last.report),
        parts: &[],
    }
}

/// One of the pages of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The head of the report.
    Head,
    /// The prose of a section.
    Text(TextId),
    /// The tables under a prefix.
    Matrix(&'static str),
}

/// How a matrix stood before a key that may turn out to be pasted.
#[derive(Clone, Debug)]
pub struct Before {
    /// The cell under the cursor.
    pub cursor: CellId,
    /// The number being typed.
    pub typing: Option<TypedCell>,
    /// Steps in the history.
    pub steps: usize,
    /// Tables in keying mode.
    pub keying: Vec<&'static str>,
}

/// A number being typed.
#[derive(Clone, Debug)]
pub struct TypedCell {
    /// Cell and totals that follow it.
    pub typing: Typing,
    /// What was typed so far.
    pub text: String,
    /// Steps in the history before the first key.
    pub steps_before: usize,
}

/// The fixed corner of a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Its cell.
    pub cell: CellId,
    /// Plain arrows extend the selection too.
    pub sticky: bool,
}

impl ReportScreen {
    /// A report as it was opened, judged under a profile: on the matrix, cursor in
    /// the first entry cell.
    #[must_use]
    pub fn new(opened: Opened, profile: Profile) -> Self {
        let Opened {
            mut document,
            file,
            notes,
            origins,
            format,
            keying,
            native,
            practises,
            last,
            last_at,
            last_named,
            ..
        } = opened;
        let form = document.report().form();
        let prefixes = form.prefixes();
        let keying: Vec<_> = prefixes
            .iter()
            .copied()
            .filter(|prefix| {
                keying.iter().any(|key| key == prefix)
                    || document.report().keying().contains(prefix)
                    || (native && document.report().is_unfilled(prefix))
            })
            .collect();
        document.set_keying(&keying);
        let cursors = prefixes
            .iter()
            .map(|prefix| {
                let table = form.tables_of(prefix).next().expect("a prefix has a table");
                form.tables[table].cell(0, 0)
            })
            .collect();
        let page = prefixes
            .iter()
            .max_by_key(|prefix| {
                form.tables_of(prefix)
                    .map(|table| form.tables[table].len())
                    .sum::<usize>()
            })
            .map_or(
                Page::Text(form.texts().next().expect("a form has texts")),
                |prefix| Page::Matrix(prefix),
            );
        let texts = Texts::of(document.report());
        let report = document.report();
        let blanks = Blanks::keyed(form, keying.iter().copied());
        let findings = check(&Judging {
            blanks,
            beside: beside(last.as_ref()),
            profile: &profile,
            ..Judging::of(report, &texts)
        });
        ReportScreen {
            base: document.report().clone(),
            asked: None,
            rolled: None,
            rescued: false,
            said_forgotten: false,
            scrolls: vec![0; prefixes.len()],
            document,
            texts,
            findings,
            mending: OnceCell::new(),
            from_last: OnceCell::new(),
            asks_why: None,
            edited: Vec::new(),
            file,
            notes,
            origins,
            format,
            pasted: Vec::new(),
            seen: Vec::new(),
            page,
            cursors,
            text_scroll: 0,
            prose: Prose {
                carets: vec![Caret::default(); form.sections.len()],
                ..Prose::default()
            },
            keying,
            typing: None,
            anchor: None,
            visited: None,
            last_values: last::values(form, last.as_ref()),
            link: Link::of(last.as_ref(), last_at, last_named),
            last,
            earlier: Earlier::Unknown,
            profile,
            preview: None,
            recount: None,
            practises,
            typed_name: None,
        }
    }

    /// The report.
    #[must_use]
    pub fn report(&self) -> &Report {
        self.document.report()
    }

    /// Its form.
    #[must_use]
    pub fn form(&self) -> &'static Form {
        self.report().form()
    }

    /// Judges everything again.
    pub fn judge(&mut self) {
        let typing = self.typing.as_ref().map(|typed| &typed.typing);
        let report = self.document.report();
        self.texts.follow(report);
        self.findings = check(&Judging {
            blanks: self.blanks(),
            typing,
            beside: self.beside(),
            profile: &self.profile,
            ..Judging::of(report, &self.texts)
        });
        let form = self.form();
        let judged = &self.findings.judged;
        let is_whole =
            |cell: &CellId| {
                let table = form.spot(*cell).table;
                judged.identities().all().iter().zip(judged.verdicts()).all(
                    |(identity, verdict)| identity.table != table || *verdict == Verdict::Holds,
                )
            };
        self.edited.retain(|cell| !is_whole(cell));
        self.mending.take();
        self.from_last.take();
    }

    /// What it is judged beside.
    #[must_use]
    pub(in crate::tui) fn beside(&self) -> Beside<'_> {
        beside(self.last.as_ref())
    }

    /// In which tables blank cells are unknown.
    #[must_use]
    pub fn blanks(&self) -> Blanks {
        Blanks::keyed(self.form(), self.keying.iter().copied())
    }

    /// The prefix of the matrix shown, with its place among the prefixes.
    #[must_use]
    pub fn matrix(&self) -> Option<(usize, &'static str)> {
        match self.page {
            Page::Matrix(prefix) => self
                .form()
                .prefixes()
                .iter()
                .position(|candidate| *candidate == prefix)
                .map(|index| (index, prefix)),
            Page::Text(_) | Page::Head => None,
        }
    }

    /// The cell under the cursor.
    #[must_use]
    pub fn cursor(&self) -> Option<CellId> {
        self.matrix().map(|(index, _)| self.cursors[index])
    }

    /// Whether the matrix shown is in keying mode.
    #[must_use]
    pub fn is_keying(&self) -> bool {
        self.matrix()
            .is_some_and(|(_, prefix)| self.keying.contains(&prefix))
    }

    /// Whether the matrix shown has totals.
    #[must_use]
    pub fn has_totals(&self) -> bool {
        let form = self.form();
        self.matrix().is_some_and(|(_, prefix)| {
            form.tables_of(prefix)
                .flat_map(|table| form.tables[table].cells())
                .any(|cell| form.is_total(cell))
        })
    }

    /// Whether steps of an earlier session may lie before the first one known: nobody
    /// looked yet, and there is a file that they would have led to.
    #[must_use]
    pub fn may_have_earlier(&self) -> bool {
        let file = &self.file;
        self.earlier == Earlier::Unknown
            && self.recount.is_none()
            && self.document.forgotten() == 0
            && file.path.is_some()
            && file.stamp.is_some()
            && file.read_only.is_none()
    }

    /// All pages in order: the head, then each section's prose if it has any
    /// place for it, then its tables.
    #[must_use]
    pub fn pages(&self) -> Vec<Page> {
        let form = self.form();
        let mut pages = vec![Page::Head];
        for text in form.texts() {
            let section = form.section(text);
            let written = !self.report().text(text).is_empty();
            let prose = section.tables.is_empty() && !section.ordinal.is_empty();
            if prose || written || self.page == Page::Text(text) {
                pages.push(Page::Text(text));
            }
            if !section.tables.is_empty() {
                pages.push(Page::Matrix(section.tables));
            }
        }
        pages
    }

    /// The section of the page shown.
    #[must_use]
    pub fn section(&self) -> TextId {
        let form = self.form();
        match self.page {
            Page::Head => form.texts().next().expect("a form has texts"),
            Page::Text(text) => text,
            Page::Matrix(prefix) => form
                .section_of(prefix)
                .expect("every table is printed in a section"),
        }
    }

    /// The problem to speak of at the cursor: its own, else that of its lines.
    #[must_use]
    pub fn problem_here(&self) -> Option<&Problem> {
        let problems = &self.findings.problems;
        match (self.page, self.cursor()) {
            (_, Some(cursor)) => {
                // Its own before those of its lines, errors before the others.
                let own = |problem: &&Problem| problem.cell == Some(cursor);
                let touching = |problem: &&Problem| problem.touches(self.form(), cursor);
                let gravest = |problem: &&Problem| std::cmp::Reverse(problem.severity());
                problems
                    .iter()
                    .filter(own)
                    .min_by_key(gravest)
                    .or_else(|| problems.iter().filter(touching).min_by_key(gravest))
            }
            (Page::Text(text), None) => self.problem_in_text(text),
            (Page::Head, None) => self.problem_in_head(),
            (Page::Matrix(_), None) => None,
        }
    }

    /// The selected cells as a rectangle in one table: the cursor's alone
    /// without a selection.
    #[must_use]
    pub fn selected(&self) -> Vec<Vec<CellId>> {
        let Some(cursor) = self.cursor() else {
            return Vec::new();
        };
        let form = self.form();
        let here = form.spot(cursor);
        let there = self
            .anchor
            .map(|anchor| form.spot(anchor.cell))
            .filter(|spot| spot.table == here.table)
            .unwrap_or(here);
        let table = &form.tables[here.table];
        let rows = here.row.min(there.row)..=here.row.max(there.row);
        rows.map(|row| {
            (here.col.min(there.col)..=here.col.max(there.col))
                .map(|col| table.cell(row, col))
                .collect()
        })
        .collect()
    }
}

impl ReportScreen {
    /// Where keys on the page shown are looked up.
    #[must_use]
    pub fn context(&self) -> Context {
        match self.page {
            Page::Matrix(_) => Context::Matrix,
            Page::Text(_) => Context::Text,
            Page::Head => Context::Head,
        }
    }

    /// Runs a command that is the report's own.
    pub(in crate::tui) fn run(&mut self, cx: &mut Cx<'_>, command: Command) -> Next {
        use Command as C;
        match command {
            C::Question | C::NextProblem | C::PreviousProblem => {
                self.leave_cell();
                match command {
                    C::Question => questions::ask_about(self, cx, None),
                    _ => way::step(self, cx, command == C::NextProblem),
                }
            }
            C::Explain => return explain::ask(self, cx, None),
            C::DropRemarks => explain::drop_unused(self, cx),
            C::ZeroTable => return zeros::zero_table(self, cx),
            C::CheckTotals => recount::start(self, cx),
            C::Undo => {
                self.undo(cx, Change::Undo);
                recount::after_undo(self, cx);
            }
            C::Redo => self.undo(cx, Change::Redo),
            C::NextSection | C::PreviousSection if text::back(self) => {}
            C::NextSection | C::PreviousSection => self.turn(cx, command == C::NextSection),
            C::FindNext | C::FindPrevious => {
                return search::step(self, cx, command == C::FindNext);
            }
            C::HeadForm => {
                self.leave_cell();
                self.show(Page::Head);
            }
            C::OtherPart => text::other_part(self),
            C::Close => return self.close(cx),
            _ => match self.page {
                Page::Matrix(_) => return matrix::run(self, cx, command),
                Page::Text(_) => text::run(self, cx, command),
                Page::Head => return head::run(self, cx, command),
            },
        }
        Next::Stay
    }

    /// A character that is no command.
    pub(in crate::tui) fn typed(&mut self, cx: &mut Cx<'_>, c: char) -> Next {
        match self.page {
            Page::Matrix(_) if recount::refuses_typing(self, cx) => {}
            Page::Matrix(_) => matrix::typed(self, cx, c),
            Page::Text(_) => text::typed_char(self, cx, c),
            Page::Head => return head::typed(self, cx, c),
        }
        Next::Stay
    }

    /// Says where what was copied is kept as well.
    pub(in crate::tui) fn copied(&self, cx: &mut Cx<'_>, path: &std::path::Path) {
        match self.text_shown() {
            Some(_) => text::copied(cx, path),
            None => matrix::copied(cx, path),
        }
    }

    /// Esc: leaves what is typed, drops the selection, then shows the menu.
    fn close(&mut self, cx: &mut Cx<'_>) -> Next {
        if self.typing.is_some() {
            matrix::take_back(self, cx);
        } else if self.prose.fact.take().is_some()
            || self.prose.anchor.take().is_some()
            || self.anchor.take().is_some()
        {
            // The focus is back in the text, or the selection is dropped.
            return Next::Stay;
        }
        Next::Menu
    }

    /// Undoes the steps of an earlier session, if there are any: the one asked for.
    pub(in crate::tui) fn earlier(&mut self, cx: &mut Cx<'_>, steps: Vec<Step>) {
        if steps.is_empty() || !self.document.deepen(steps) {
            self.earlier = Earlier::None;
        }
        self.undo(cx, Change::Undo);
    }

    /// Undo or redo: the cursor returns to the first cell changed by hand.
    fn undo(&mut self, cx: &mut Cx<'_>, change: Change) {
        self.leave_cell();
        let step = match change {
            Change::Redo => self.document.undone().last(),
            _ => self.document.done().last(),
        };
        let Some(step) = step.cloned() else {
            if change == Change::Undo && self.may_have_earlier() {
                self.earlier = Earlier::Asked;
                cx.effects.push(Effect::Earlier);
                return;
            }
            cx.say(match change {
                Change::Redo => words("没有可以重做的了", "nothing to redo"),
                _ => words("没有可以撤销的了", "nothing to undo"),
            });
            return;
        };
        let said = match change {
            Change::Redo => words("重做：{step}", "redone: {step}"),
            _ => words("撤销：{step}", "undone: {step}"),
        };
        let undone = matches!(change, Change::Undo);
        self.change(change, cx.effects);
        self.go_to_step(&step.ops, undone);
        cx.say(said.with(vec![("step", step.label.into())]));
    }

    /// The next or the previous page.
    pub(in crate::tui) fn turn(&mut self, cx: &mut Cx<'_>, forward: bool) {
        self.leave_cell();
        let pages = self.pages();
        let at = pages.iter().position(|page| *page == self.page);
        let at = at.unwrap_or(0);
        let next = if forward {
            (at + 1).min(pages.len() - 1)
        } else {
            at.saturating_sub(1)
        };
        if next != at {
            self.show(pages[next]);
        } else if forward {
            cx.say(words("已经是最后一部分", "this is the last section"));
        } else {
            cx.say(words("已经是第一部分", "this is the first section"));
        }
    }

    /// Shows a section: its tables, else its text.
    pub(in crate::tui) fn show_section(&mut self, text: TextId) {
        self.leave_cell();
        let tables = self.form().section(text).tables;
        self.show(if tables.is_empty() {
            Page::Text(text)
        } else {
            Page::Matrix(tables)
        });
    }

    /// Scrolls by so many rows; a cursor that would be out of sight comes along.
    pub(in crate::tui) fn scroll(&mut self, look: Look, by: usize, down: bool) {
        let Some((index, _)) = self.matrix() else {
            return text::scroll(self, look, by, down);
        };
        let Some(sheet) = layout::sheet(self, look.size.1) else {
            return;
        };
        let form = self.form();
        self.scrolls[index] = sheet.scrolled(self.scrolls[index], by, down);
        let spot = form.spot(self.cursors[index]);
        if let Some((table, row)) = sheet.nearest(self.scrolls[index], spot.table, spot.row) {
            let col = spot.col.min(form.tables[table].cols.len() - 1);
            self.go_to(form.at(Spot { table, row, col }));
        }
    }

    /// Scrolls so that the cursor is visible.
    pub(in crate::tui) fn keep_in_view(&mut self, look: Look) {
        let Some((index, _)) = self.matrix() else {
            return text::keep_in_view(self, look);
        };
        if let Some(sheet) = layout::sheet(self, look.size.1) {
            let spot = self.form().spot(self.cursors[index]);
            self.scrolls[index] = sheet.scroll_to(self.scrolls[index], spot.table, spot.row);
        }
    }
}

impl ReportScreen {
    /// Changes the document, journals the change, judges again.
    pub(in crate::tui) fn change(&mut self, change: Change, effects: &mut Vec<Effect>) {
        let empty = matches!(&change, Change::Apply(step) if step.is_empty());
        // Commands refuse with a reason before; this holds for one that forgets to.
        let refused = self.file.read_only.is_some();
        if !empty
            && !refused
            && let Some(applied) = self.document.run(change.clone())
        {
            self.note_edited(&change, &applied.ops);
            effects.push(Effect::Journal {
                change,
                ran: applied.ops,
            });
        }
        self.judge();
    }

    /// Remembers which cells were changed by hand: a step's first one.
    fn note_edited(&mut self, change: &Change, ran: &[Op]) {
        let cell = |op: &Op| match op {
            Op::SetCell { cell, .. } => Some(*cell),
            _ => None,
        };
        let back = !matches!(change, Change::Apply(_) | Change::Redo);
        for cell in ran.iter().filter_map(cell) {
            self.edited.retain(|edited| *edited != cell);
        }
        if !back {
            self.edited.extend(ran.first().and_then(cell));
        }
    }

    /// Commits what is being typed: it is one step from now on.
    pub(in crate::tui) fn leave_cell(&mut self) {
        if self.typing.take().is_some() {
            self.judge();
        }
    }

    /// Shows a page from its top.
    pub(in crate::tui) fn show(&mut self, page: Page) {
        self.anchor = None;
        self.prose.anchor = None;
        self.prose.fact = None;
        self.prose.burst = None;
        self.text_scroll = 0;
        self.page = page;
    }

    /// Puts the cursor on a cell, on whatever page it is.
    pub(in crate::tui) fn go_to(&mut self, cell: crate::form::CellId) {
        let form = self.form();
        let prefix = form.tables[form.spot(cell).table].prefix;
        if self.page != Page::Matrix(prefix) {
            self.show(Page::Matrix(prefix));
        }
        if let Some((index, _)) = self.matrix() {
            self.cursors[index] = cell;
        }
    }
}
