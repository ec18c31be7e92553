//! Typing and moving in a text.
//!
//! A burst of typing is one undo step. It ends where the caret jumps, at a new
//! paragraph, behind 。 or ；, at a save, and at any other command.
//!
//! **Never:** changes a text but by a splice; stores a control character.
//! Next: `prose` for rows and carets, `text_view` for the picture.

use std::ops::Range;

use super::prose::{self, Burst, Caret, FACTS, FactLine, Hold, MOST};
use super::{Page, ReportScreen};
use crate::base::width::is_unsafe;
use crate::base::words::{Message, words};
use crate::check::Site;
use crate::form::TextId;
use crate::model::{Change, Op, Transaction};
use crate::tui::command::Command;
use crate::tui::input::Effect;
use crate::tui::turn::{Cx, Look};

/// Ends the burst of typing unless the command goes on with it.
pub(in crate::tui) fn before_command(report: &mut ReportScreen, command: Command) {
    use Command as C;
    if !matches!(command, C::Backspace | C::Clear | C::Paragraph) {
        report.prose.burst = None;
    }
}

/// Runs a command on a text page.
pub(in crate::tui) fn run(report: &mut ReportScreen, cx: &mut Cx<'_>, command: Command) {
    use Command as C;
    let Some(text) = report.text_shown() else {
        return;
    };
    if in_facts(report, cx, command) {
        return;
    }
    match command {
        C::Paragraph => insert(report, cx, "\n"),
        C::Backspace => remove(report, cx, false),
        C::Clear => remove(report, cx, true),
        C::Copy | C::Cut => copy(report, cx, command == C::Cut),
        C::Paste => {
            if let Some(copied) = cx.copied() {
                paste(report, cx, &copied);
            }
        }
        C::Anchor => {
            let at = report.caret(text).at;
            report.prose.anchor = match report.prose.anchor {
                Some(Hold {
                    is_sticky: true, ..
                }) => None,
                _ => Some(Hold {
                    at,
                    is_sticky: true,
                }),
            };
        }
        C::OtherPane if report.fact_lines(text).is_empty() => cx.say(words(
            "这一部分没有要对照的数",
            "no numbers to compare in this section",
        )),
        C::OtherPane => {
            report.prose.fact = Some(0);
            report.prose.anchor = None;
            show_fact(report, text);
        }
        _ => travel(report, cx, command),
    }
}

/// Commands while the focus is in the fact list; false if they are the text's.
fn in_facts(report: &mut ReportScreen, cx: &mut Cx<'_>, command: Command) -> bool {
    use Command as C;
    let Some(text) = report.text_shown() else {
        return false;
    };
    let lines = report.fact_lines(text);
    let Some(at) = report.prose.fact.filter(|_| !lines.is_empty()) else {
        report.prose.fact = None;
        return false;
    };
    let last = lines.len() - 1;
    let at = at.min(last);
    report.prose.fact = Some(match command {
        C::Up => at.saturating_sub(1),
        C::Down => (at + 1).min(last),
        C::PageUp => at.saturating_sub(FACTS),
        C::PageDown => (at + FACTS).min(last),
        C::First | C::RowStart => 0,
        C::Last | C::RowEnd => last,
        C::OtherPane => {
            report.prose.fact = None;
            return true;
        }
        C::Paragraph => {
            let line = lines[at];
            let said = line.said(report.report());
            let Some(cell) = line.cell() else {
                report.prose.fact = None;
                return true;
            };
            report.prose.fact = None;
            report.go_to(cell);
            report.prose.back = Some(text);
            cx.say(
                words("Ctrl+PgUp 回原文。{said}", "Ctrl+PgUp goes back. {said}")
                    .with(vec![("said", said.into())]),
            );
            return true;
        }
        _ => {
            report.prose.fact = None;
            return false;
        }
    });
    show_fact(report, text);
    true
}

/// The caret stands where the chosen fact does.
fn show_fact(report: &mut ReportScreen, text: TextId) {
    let lines = report.fact_lines(text);
    let line = report.prose.fact.and_then(|at| lines.get(at).copied());
    if let Some(at) = line.map(FactLine::start) {
        report.put_caret(text, at);
    }
}

/// Goes back to the text that a jump to a cell came from.
pub(in crate::tui) fn back(report: &mut ReportScreen) -> bool {
    let Some(text) = report.prose.back.take() else {
        return false;
    };
    if report.matrix().is_none() {
        return false;
    }
    report.leave_cell();
    report.show(Page::Text(text));
    true
}

fn travel(report: &mut ReportScreen, cx: &mut Cx<'_>, command: Command) {
    use Command as C;
    let look = cx.look;
    let Some(text) = report.text_shown() else {
        return;
    };
    lay(report, text, cx.look);
    let selects = matches!(
        command,
        C::SelectUp | C::SelectDown | C::SelectLeft | C::SelectRight
    );
    let caret = report.caret(text);
    let layout = &report.prose.layout;
    let body = layout.text();
    let last = layout.rows().len().saturating_sub(1);
    let (row, column) = layout.place(caret);
    let goal = report.prose.goal.unwrap_or(column);
    let (room, _) = prose::split(look, report.fact_lines(text).len());
    let at = |at| Caret {
        at,
        is_behind: false,
    };
    // A plain arrow leaves a selection at the end it points to.
    let selected = report.selection(text);
    let leaves = !selected.is_empty() && report.prose.anchor.is_some_and(|hold| !hold.is_sticky);
    let (to, keeps) = match command {
        C::Left if leaves => (at(selected.start), None),
        C::Right if leaves => (at(selected.end), None),
        C::Left | C::SelectLeft => (at(prose::before(body, caret.at)), None),
        C::Right | C::SelectRight => (at(prose::after(body, caret.at)), None),
        C::Up | C::SelectUp if row == 0 => (caret, Some(goal)),
        C::Down | C::SelectDown if row == last => (caret, Some(goal)),
        C::Up | C::SelectUp => (layout.caret_at(row - 1, goal), Some(goal)),
        C::Down | C::SelectDown => (layout.caret_at(row + 1, goal), Some(goal)),
        C::RowStart => (layout.caret_at(row, 0), None),
        C::RowEnd => (layout.caret_at(row, usize::MAX), None),
        C::First => (at(0), None),
        C::Last => (at(body.len()), None),
        C::PageUp if row == 0 => return report.turn(cx, false),
        C::PageDown if row == last => return report.turn(cx, true),
        C::PageUp => (layout.caret_at(row.saturating_sub(room), goal), Some(goal)),
        C::PageDown => (layout.caret_at((row + room).min(last), goal), Some(goal)),
        _ => return,
    };
    let scrolled = match command {
        C::PageUp => report.text_scroll.saturating_sub(room),
        C::PageDown => (report.text_scroll + room).min(last),
        _ => report.text_scroll,
    };
    report.text_scroll = scrolled;
    match report.prose.anchor {
        None if selects => {
            report.prose.anchor = Some(Hold {
                at: caret.at,
                is_sticky: false,
            });
        }
        Some(Hold {
            is_sticky: false, ..
        }) if !selects => report.prose.anchor = None,
        _ => {}
    }
    report.prose.carets[text.index()] = to;
    report.prose.goal = keeps;
}

/// A character typed on a text page.
pub(in crate::tui) fn typed_char(report: &mut ReportScreen, cx: &mut Cx<'_>, c: char) {
    if is_unsafe(c) {
        return;
    }
    report.prose.fact = None;
    insert(report, cx, c.encode_utf8(&mut [0; 4]));
}

/// Many characters typed at once: one change, part of the typing that goes on.
pub(in crate::tui) fn typed(report: &mut ReportScreen, cx: &mut Cx<'_>, text: &str) {
    report.prose.fact = None;
    let clean = prose::clean(text);
    if !clean.is_empty() {
        insert(report, cx, &clean);
    }
}

/// Types at the caret, in place of what is selected.
fn insert(report: &mut ReportScreen, cx: &mut Cx<'_>, typed: &str) {
    if report.refuses(cx) {
        return;
    }
    let Some(text) = report.text_shown() else {
        return;
    };
    let range = report.selection(text);
    if !fits(report, text, &range, typed) {
        cx.say(too_long());
        return;
    }
    let steps = report.document.done().len();
    let goes_on = report.prose.burst.filter(|burst| {
        range.is_empty()
            && burst.text == text
            && burst.steps == steps
            && burst.to == range.start
            && !burst.removes
    });
    let label = words("输入文字（{section}）", "typing in {section}")
        .with(vec![("section", section_words(report, text))]);
    let start = range.start;
    report.splice(text, range, typed, label, goes_on.is_some(), cx.effects);
    let ends = matches!(typed, "\n" | "。" | "；");
    report.prose.burst = (!ends).then(|| Burst {
        text,
        steps: report.document.done().len(),
        from: goes_on.map_or(start, |burst| burst.from),
        to: start + typed.len(),
        removes: false,
    });
}

/// Backspace or Delete: what is selected, else one character.
fn remove(report: &mut ReportScreen, cx: &mut Cx<'_>, ahead: bool) {
    if report.refuses(cx) {
        return;
    }
    let Some(text) = report.text_shown() else {
        return;
    };
    report.prose.fact = None;
    let body = report.report().text(text);
    let selected = report.selection(text);
    let range = match (selected.is_empty(), ahead) {
        (false, _) => selected.clone(),
        (true, true) => selected.start..prose::after(body, selected.start),
        (true, false) => prose::before(body, selected.start)..selected.start,
    };
    if range.is_empty() {
        return;
    }
    let steps = report.document.done().len();
    // Removing what was just typed belongs to the typing; what was there
    // before is a step of its own.
    let goes_on = report.prose.burst.filter(|burst| {
        selected.is_empty()
            && burst.text == text
            && burst.steps == steps
            && burst.to == selected.start
            && (burst.removes || (!ahead && range.start >= burst.from))
    });
    let label = words("删去文字（{section}）", "removing in {section}")
        .with(vec![("section", section_words(report, text))]);
    let start = range.start;
    report.splice(text, range, "", label, goes_on.is_some(), cx.effects);
    report.prose.burst = Some(Burst {
        text,
        steps: report.document.done().len(),
        from: goes_on.map_or(start, |burst| burst.from.min(start)),
        to: start,
        removes: goes_on.is_none_or(|burst| burst.removes),
    });
}

fn fits(report: &ReportScreen, text: TextId, range: &Range<usize>, typed: &str) -> bool {
    report.report().text(text).len() - range.len() + typed.len() <= MOST
}

fn too_long() -> Message {
    words(
        "这一部分会超过 1 MiB，没有收；原来的文字都在",
        "this section would exceed 1 MiB: nothing was taken in, the text is unchanged",
    )
    .into()
}

/// Pasted text goes in as one undo step.
pub(in crate::tui) fn paste(report: &mut ReportScreen, cx: &mut Cx<'_>, text: &str) {
    if report.refuses(cx) {
        return;
    }
    let pasted = prose::clean(text);
    let Some(text) = report.text_shown() else {
        return;
    };
    report.prose.fact = None;
    report.prose.burst = None;
    let range = report.selection(text);
    if !fits(report, text, &range, &pasted) {
        cx.say(too_long());
        return;
    }
    if pasted.is_empty() {
        return;
    }
    report.splice(
        text,
        range,
        &pasted,
        words("粘贴", "paste").into(),
        false,
        cx.effects,
    );
    let count = prose::characters(&pasted);
    cx.say(
        words(
            "粘贴了 {n} 字；Ctrl+Z 撤销",
            "{n} characters pasted; Ctrl+Z undoes it",
        )
        .with(vec![("n", count.into())]),
    );
}

fn copy(report: &mut ReportScreen, cx: &mut Cx<'_>, cut: bool) {
    if cut && report.refuses(cx) {
        return;
    }
    let Some(text) = report.text_shown() else {
        return;
    };
    let range = report.selection(text);
    if range.is_empty() {
        cx.say(words(
            "先选中文字：Shift+方向键，或按 Ins 再移动",
            "select first: Shift+arrows, or Ins and then move",
        ));
        return;
    }
    let copied = report.report().text(text)[range.clone()].to_owned();
    if cut {
        let label = words("剪切", "cut").into();
        report.splice(text, range, "", label, false, cx.effects);
    }
    report.prose.anchor = None;
    let count = prose::characters(&copied);
    let said = words("复制了 {n} 字", "{n} characters copied");
    cx.say(said.with(vec![("n", count.into())]));
    *cx.clipboard = Some(copied.clone());
    cx.effects.push(Effect::Copy(copied));
}

/// Says where the copied text is kept as well.
pub(in crate::tui) fn copied(cx: &mut Cx<'_>, path: &std::path::Path) {
    let count = cx.clipboard.as_deref().map_or(0, prose::characters);
    cx.say(
        words(
            "复制了 {n} 字，也存在 {path}",
            "{n} characters copied, also kept in {path}",
        )
        .with(vec![
            ("n", count.into()),
            ("path", crate::base::path::shown_path(path).into()),
        ]),
    );
}

fn section_words(report: &ReportScreen, text: TextId) -> crate::base::words::Arg {
    report.form().section(text).name.into()
}

/// The text before the tables of the section, or its tables again.
pub(in crate::tui) fn other_part(report: &mut ReportScreen) {
    report.leave_cell();
    let form = report.form();
    let section = report.section();
    let tables = form.section(section).tables;
    let to = match report.page {
        Page::Text(_) if tables.is_empty() => return,
        Page::Text(_) => Page::Matrix(tables),
        Page::Matrix(_) | Page::Head => Page::Text(section),
    };
    report.show(to);
}

/// Wraps the text shown for the screen as it is now.
fn lay(report: &mut ReportScreen, text: TextId, look: Look) {
    let cols = prose::text_cols(look.size.0);
    let content = report.document.report().text(text);
    report.prose.layout.lay(content, look.ruler, cols);
}

/// Scrolls so that the caret is visible.
pub(in crate::tui) fn keep_in_view(report: &mut ReportScreen, look: Look) {
    let Some(text) = report.text_shown() else {
        return;
    };
    lay(report, text, look);
    let (room, _) = prose::split(look, report.fact_lines(text).len());
    let (row, _) = report.prose.layout.place(report.caret(text));
    let most = report.prose.layout.rows().len().saturating_sub(room);
    let lowest = (row + 1).saturating_sub(room);
    report.text_scroll = report.text_scroll.min(most).clamp(lowest, row.max(lowest));
}

/// Scrolls by so many rows; a caret that would be out of sight comes along.
pub(in crate::tui) fn scroll(report: &mut ReportScreen, look: Look, by: usize, down: bool) {
    let Some(text) = report.text_shown() else {
        return;
    };
    report.prose.burst = None;
    lay(report, text, look);
    let (room, _) = prose::split(look, report.fact_lines(text).len());
    let layout = &report.prose.layout;
    let (row, column) = layout.place(report.caret(text));
    let most = layout.rows().len().saturating_sub(room);
    let first = if down {
        (report.text_scroll + by).min(most)
    } else {
        report.text_scroll.saturating_sub(by)
    };
    let to = row.clamp(first, (first + room).saturating_sub(1).max(first));
    let goal = report.prose.goal.unwrap_or(column);
    let caret = layout.caret_at(to, goal);
    report.text_scroll = first;
    if to != row {
        report.prose.anchor = None;
        report.prose.carets[text.index()] = caret;
        report.prose.goal = Some(goal);
    }
}

impl ReportScreen {
    /// Chooses a number of the text shown in its list.
    pub(in crate::tui) fn choose_fact(&mut self, at: usize) {
        if let Some(text) = self.text_shown() {
            self.prose.fact = Some(at);
            self.prose.anchor = None;
            show_fact(self, text);
        }
    }

    /// Puts the caret into a row, as near to a column as it can stand.
    pub(in crate::tui) fn go_to_row(&mut self, row: usize, column: usize) {
        if let Some(text) = self.text_shown() {
            let caret = self.prose.layout.caret_at(row, column);
            self.prose.carets[text.index()] = caret;
            self.prose.anchor = None;
            self.prose.fact = None;
        }
    }

    /// Replaces bytes of a text and puts the caret behind what is new.
    pub(in crate::tui) fn splice(
        &mut self,
        text: TextId,
        range: Range<usize>,
        inserted: &str,
        label: Message,
        joins: bool,
        effects: &mut Vec<Effect>,
    ) {
        let at = range.start + inserted.len();
        let step = Transaction::new(label)
            .splice(self.report(), text, range, inserted)
            .joining(joins);
        self.change(Change::Apply(step), effects);
        self.prose.anchor = None;
        self.put_caret(text, at);
    }

    /// Puts the caret of a text.
    pub(in crate::tui) fn put_caret(&mut self, text: TextId, at: usize) {
        self.prose.goal = None;
        if let Some(caret) = self.prose.carets.get_mut(text.index()) {
            *caret = Caret {
                at,
                is_behind: false,
            };
        }
    }

    /// Shows a text with the caret at a place.
    pub(in crate::tui) fn go_to_text(&mut self, text: TextId, at: usize) {
        if self.page != Page::Text(text) {
            self.show(Page::Text(text));
        }
        self.prose.anchor = None;
        self.put_caret(text, at);
    }

    /// Goes to a site in a text or in the head; false if it is elsewhere.
    pub(in crate::tui) fn go_to_prose(&mut self, site: &Site) -> bool {
        match site {
            Site::Text(text, range) => self.go_to_text(*text, range.start),
            Site::Head(field) => self.go_to_field(*field),
            _ => return false,
        }
        true
    }

    /// Puts the caret or the cursor where a step was undone or done again.
    pub(in crate::tui) fn go_to_step(&mut self, ops: &[Op], undone: bool) {
        match (ops.first(), ops.last()) {
            (
                Some(Op::SpliceText {
                    text, at, removed, ..
                }),
                _,
            ) if undone => self.go_to_text(*text, at + removed.len()),
            (
                _,
                Some(Op::SpliceText {
                    text, at, inserted, ..
                }),
            ) => self.go_to_text(*text, at + inserted.len()),
            (Some(Op::SetHead { field, .. }), _) => self.go_to_field(*field),
            (Some(Op::SetHeading { from, to, .. }), _) => {
                let section = from.as_ref().or(to.as_ref()).and_then(|h| h.section);
                if let Some(text) = section {
                    let tables = self.form().section(text).tables;
                    self.show(if tables.is_empty() {
                        Page::Text(text)
                    } else {
                        Page::Matrix(tables)
                    });
                }
            }
            (first, _) => self.go_to_op(first),
        }
    }
}
