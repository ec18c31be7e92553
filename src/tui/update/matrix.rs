//! Typing and moving in a matrix.
//!
//! Checking mode writes nothing but what is typed. Keying mode also turns
//! blanks that are passed into 0 and lets totals follow.
//!
//! **Never:** overwrites a filled cell with a 0, or lets a fix or a paste move a
//! total.
//! Next: `follow` for the totals.

use std::path::Path;

use crate::base::number::{MAX_DIGITS, MAX_PLACES, narrow};
use crate::base::words::{Message, Words, words};
use crate::check::problem::cell_words;
use crate::check::{Typing, Verdict};
use crate::form::{CellId, Kind, Spot};
use crate::model::{Cell, Change, Op, Transaction};
use crate::tui::app::{App, Overlay};
use crate::tui::command::Command;
use crate::tui::input::Effect;
use crate::tui::line_edit::LineEdit;
use crate::tui::prompt::Prompt;
use crate::tui::report::layout;
use crate::tui::report::{Anchor, ReportScreen, TypedCell};
use crate::tui::turn::Purpose;

mod follow;

/// Runs a command in a matrix.
pub(super) fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) {
    use Command as C;
    let rows = app.look.size.1;
    let changes = matches!(
        command,
        C::EditCell | C::Clear | C::FillRow | C::Cut | C::Paste | C::ToggleKeying
    );
    if changes && super::refuse_read_only(app) {
        return;
    }
    match command {
        C::Backspace => return backspace(app, effects),
        C::Commit => return commit(app, effects),
        C::FillRow => return fill_row(app, effects),
        C::Copy | C::Cut => return copy(app, command == C::Cut, effects),
        C::Paste => {
            if let Some(text) = app.clipboard.clone() {
                super::paste::paste(app, &text, effects);
            } else {
                app.notice = Some(words("还没有复制过", "nothing was copied yet").into());
            }
            return;
        }
        C::PageUp | C::PageDown => return page(app, command == C::PageDown),
        _ => {}
    }
    let Some(report) = app.report_mut() else {
        return;
    };
    match command {
        C::EditCell => edit_cell(app),
        C::ToggleKeying => toggle_keying(app, effects),
        C::Clear => clear(app, effects),
        C::Anchor => {
            let cursor = report.cursor();
            report.leave_cell();
            report.anchor = match report.anchor {
                Some(Anchor { sticky: true, .. }) => None,
                _ => cursor.map(|cell| Anchor { cell, sticky: true }),
            };
        }
        C::NextEntry => report.entry(true),
        C::PreviousEntry => report.entry(false),
        C::Up => report.step(rows, -1, 0, false),
        C::Down => report.step(rows, 1, 0, false),
        C::Left => report.step(rows, 0, -1, false),
        C::Right => report.step(rows, 0, 1, false),
        C::SelectUp => report.step(rows, -1, 0, true),
        C::SelectDown => report.step(rows, 1, 0, true),
        C::SelectLeft => report.step(rows, 0, -1, true),
        C::SelectRight => report.step(rows, 0, 1, true),
        C::RowStart => report.step(rows, 0, isize::MIN, false),
        C::RowEnd => report.step(rows, 0, isize::MAX, false),
        C::First => report.step(rows, isize::MIN, isize::MIN, false),
        C::Last => report.step(rows, isize::MAX, isize::MAX, false),
        _ => {}
    }
}

/// A character typed in a matrix.
pub(super) fn on_char(app: &mut App, c: char, effects: &mut Vec<Effect>) {
    let c = narrow(c);
    match c {
        c if matches!(c, '0'..='9' | '/') || takes(app, c) => {
            if !super::refuse_read_only(app) {
                type_char(app, c, effects);
            }
        }
        _ if !c.is_ascii() && c.is_alphabetic() => {
            app.notice = Some(
                words(
                    "输入法在中文状态，按 Shift 切换",
                    "the input method is in Chinese mode: press Shift",
                )
                .into(),
            );
        }
        _ => {
            app.notice = Some(
                words(
                    "这里只收数字；其他内容按 F2，命令按 Esc",
                    "only digits here; F2 for other text, Esc for commands",
                )
                .into(),
            );
        }
    }
}

/// Whether a sign is part of the number here, whatever it is bound to: the point of
/// an amount, or what a signed count begins with.
pub(super) fn takes(app: &App, c: char) -> bool {
    let Some(report) = app.report() else {
        return false;
    };
    let kind = report.cursor().map(|cell| report.form().kind(cell));
    match narrow(c) {
        '.' => kind.is_some_and(Kind::is_money),
        '+' | '-' => kind == Some(Kind::Signed) && report.typing.is_none(),
        _ => false,
    }
}

/// One typed character: the first replaces what the cell holds, later ones append.
fn type_char(app: &mut App, c: char, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let Some(cursor) = report.cursor() else {
        return;
    };
    report.anchor = None;
    let mut text = match &report.typing {
        Some(typed) if c != '/' && typed.text != "/" => typed.text.clone(),
        _ => String::new(),
    };
    if c == '.' {
        if text.contains('.') {
            app.notice = Some(
                words(
                    "一个数只有一个小数点；后面的数字另起",
                    "a number has one point; what follows begins anew",
                )
                .into(),
            );
            return;
        }
        if text.is_empty() {
            text.push('0');
        }
    } else if text == "0" || text == "-0" {
        text.pop();
    }
    text.push(c);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = whole.chars().filter(char::is_ascii_digit).count();
    if digits > MAX_DIGITS || fraction.len() > MAX_PLACES {
        app.notice = Some(
            words(
                "最多 {n} 位；这一位没有记",
                "at most {n} digits; this one was not taken",
            )
            .with(vec![(
                "n",
                if digits > MAX_DIGITS {
                    MAX_DIGITS
                } else {
                    MAX_PLACES
                }
                .into(),
            )]),
        );
        return;
    }
    report.write_typed(cursor, text, effects);
}

/// Removes the last digit; from an empty cell goes back.
fn backspace(app: &mut App, effects: &mut Vec<Effect>) {
    if super::refuse_read_only(app) {
        return;
    }
    let Some(report) = app.report_mut() else {
        return;
    };
    let Some(cursor) = report.cursor() else {
        return;
    };
    let mut text = match &report.typing {
        Some(typed) => typed.text.clone(),
        None => report.report().cell(cursor).text().into_owned(),
    };
    if text.pop().is_none() {
        report.leave_cell();
        report.entry(false);
        return;
    }
    report.write_typed(cursor, text, effects);
}

/// Takes back what is being typed: the value before it, totals too.
pub(super) fn take_back(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let Some(typed) = report.typing.take() else {
        return;
    };
    if report.document.done().len() > typed.steps_before {
        report.change(Change::TakeBack, effects);
    }
    report.judge();
}

/// Enter: in keying mode a blank entry cell becomes 0; then the next entry cell.
fn commit(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let Some(cursor) = report.cursor() else {
        return;
    };
    let writes = report.is_keying()
        && report.report().cell(cursor).is_blank()
        && !report.form().is_total(cursor)
        && report.file.read_only.is_none();
    if writes {
        let joins = report.joins_typing();
        let step = follow::Follow::of(report)
            .write(cursor, zero(report, cursor))
            .transaction(typed_label(report, cursor))
            .joining(joins);
        report.change(Change::Apply(step), effects);
    }
    report.leave_cell();
    report.anchor = None;
    let before = report.cursor();
    report.entry(true);
    if report.cursor() == before {
        app.notice = Some(
            app.report()
                .map_or_else(|| Words::default().into(), ReportScreen::open_or_broken),
        );
    }
}

/// `+`: blank entry cells from the cursor to the row's end become 0.
fn fill_row(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let Some(cursor) = report.cursor() else {
        return;
    };
    let form = report.form();
    if !report.is_keying() {
        app.notice = Some(
            words(
                "核对时不自动补 0；Ctrl+U 换成录入",
                "checking writes no zeros; Ctrl+U switches to keying",
            )
            .into(),
        );
        return;
    }
    report.leave_cell();
    report.anchor = None;
    let spot = form.spot(cursor);
    let table = &form.tables[spot.table];
    let mut follow = follow::Follow::of(report);
    for col in spot.col..table.cols.len() {
        let cell = table.cell(spot.row, col);
        if report.report().cell(cell).is_blank() && !form.is_total(cell) {
            follow = follow.write(cell, zero(report, cell));
        }
    }
    let label = words("{row} 余下补 0", "fill {row} with 0")
        .with(vec![("row", table.rows[spot.row].name.into())]);
    report.change(Change::Apply(follow.transaction(label)), effects);
    let rows: Vec<CellId> = report.entries();
    let next = rows.into_iter().find(|cell| {
        let there = form.spot(*cell);
        (there.table, there.row) > (spot.table, spot.row)
    });
    match next {
        Some(cell) => report.go_to(cell),
        None => app.notice = Some(report.open_or_broken()),
    }
}

fn clear(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    let cells: Vec<CellId> = report.selected().into_iter().flatten().collect();
    report.anchor = None;
    let step = Transaction::fill(
        words("清空", "blank cells"),
        report.report(),
        &cells,
        &Cell::Blank,
    );
    report.change(Change::Apply(step), effects);
}

fn copy(app: &mut App, cut: bool, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    let cells = report.selected();
    let rows: Vec<String> = cells
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| report.report().cell(*cell).text().into_owned())
                .collect::<Vec<_>>()
                .join("\t")
        })
        .collect();
    let text = rows.join("\n");
    let count: usize = cells.iter().map(Vec::len).sum();
    if cut {
        clear(app, effects);
    } else {
        report.anchor = None;
    }
    app.clipboard = Some(text.clone());
    app.notice = Some(words("复制了 {n} 格", "{n} cells copied").with(vec![("n", count.into())]));
    effects.push(Effect::Copy(text));
}

/// Says where the copied cells are kept as well.
pub(super) fn copied(app: &mut App, path: &Path) {
    if app
        .report()
        .is_some_and(|report| report.text_shown().is_some())
    {
        return super::prose::copied(app, path);
    }
    let path = crate::base::path::shown_path(path);
    let count = app
        .clipboard
        .as_ref()
        .map_or(0, |text| text.split(['\t', '\n']).count());
    app.notice = Some(
        words(
            "复制了 {n} 格，也存在 {path}",
            "{n} cells copied, also kept in {path}",
        )
        .with(vec![("n", count.into()), ("path", path.into())]),
    );
}

fn edit_cell(app: &mut App) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    report.anchor = None;
    let Some(cursor) = report.cursor() else {
        return;
    };
    let text = report.report().cell(cursor).text().into_owned();
    app.overlay = Some(Overlay::Prompt(Prompt::new(
        Purpose::Cell(cursor),
        LineEdit::new(&text),
    )));
}

/// Writes what was typed for a cell as a line; totals follow as typed ones do.
pub(super) fn write_line(app: &mut App, cell: CellId, text: &str, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let content = Cell::read(text, report.form().kind(cell));
    let label = typed_label(report, cell);
    let step = if report.is_keying() && report.recount.is_none() {
        follow::Follow::of(report)
            .write(cell, content)
            .transaction(label)
    } else {
        Transaction::new(label).cell(report.report(), cell, content)
    };
    report.change(Change::Apply(step), effects);
}

fn toggle_keying(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    let Some((_, prefix)) = report.matrix() else {
        return;
    };
    let keying = report.is_keying();
    if keying {
        report.keying.retain(|key| *key != prefix);
    } else {
        report.keying.push(prefix);
    }
    let now = report.keying.clone();
    report.document.set_keying(&now);
    report.judge();
    effects.push(Effect::KeepModes(report.keying.clone()));
    app.notice = Some(if keying {
        words(
            "核对：只写打的数，空格按 0 计，总计按写的核对",
            "checking: only what is typed is written; blanks count as 0",
        )
        .into()
    } else {
        words(
            "录入：回车空格记 0，+ 补完一行，总计自动跟着",
            "keying: Enter writes 0 into a blank, + fills the row, totals follow",
        )
        .into()
    });
}

/// A screenful up or down; past the edge, the neighbouring section.
fn page(app: &mut App, down: bool) {
    let rows = app.look.size.1;
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    let Some(sheet) = layout::sheet(report, rows) else {
        return;
    };
    let Some(cursor) = report.cursor() else {
        return;
    };
    let spot = report.form().spot(cursor);
    let lines = sheet.rows();
    let at = lines
        .iter()
        .position(|line| *line == (spot.table, spot.row))
        .unwrap_or(0);
    let edge = if down { at + 1 == lines.len() } else { at == 0 };
    if edge {
        super::turn(app, down);
        return;
    }
    let by = isize::try_from(sheet.visible).unwrap_or(isize::MAX);
    report.step(rows, if down { by } else { -by }, 0, false);
}

fn zero(report: &ReportScreen, cell: CellId) -> Cell {
    Cell::of(0, report.form().kind(cell))
}

fn typed_label(report: &ReportScreen, cell: CellId) -> Message {
    words("填 {cell}", "type {cell}").with(vec![("cell", cell_words(report.form(), cell).into())])
}

impl ReportScreen {
    /// Whether the next write belongs to the step of the number being typed.
    fn joins_typing(&self) -> bool {
        self.typing
            .as_ref()
            .is_some_and(|typed| self.document.done().len() > typed.steps_before)
    }

    /// Writes the text typed so far into a cell, as one step with its totals.
    pub(super) fn write_typed(&mut self, cell: CellId, text: String, effects: &mut Vec<Effect>) {
        let kind = self.form().kind(cell);
        let written = text.trim_end_matches('.');
        let content = match written {
            "-" | "+" => Cell::Blank,
            written => Cell::read(written, kind),
        };
        let joins = self.joins_typing();
        let (steps_before, follows) = match &self.typing {
            Some(typed) => (typed.steps_before, typed.typing.follows.clone()),
            None => (
                self.document.done().len(),
                // Totals typed in the pass over them say what the paper says.
                if self.is_keying() && self.recount.is_none() {
                    follow::Follow::of(self).followers(cell)
                } else {
                    Vec::new()
                },
            ),
        };
        let step = follow::Follow::of(self)
            .write_with(cell, content, &follows)
            .transaction(typed_label(self, cell))
            .joining(joins);
        self.typing = Some(TypedCell {
            typing: Typing { cell, follows },
            text,
            steps_before,
        });
        self.change(Change::Apply(step), effects);
    }

    /// Entry cells of the matrix shown, in reading order.
    fn entries(&self) -> Vec<CellId> {
        let Some((_, prefix)) = self.matrix() else {
            return Vec::new();
        };
        let form = self.form();
        form.tables_of(prefix)
            .flat_map(|table| form.tables[table].cells())
            .filter(|cell| !form.is_total(*cell))
            .collect()
    }

    /// The next or the previous entry cell; stays at the end.
    fn entry(&mut self, forward: bool) {
        self.leave_cell();
        self.anchor = None;
        let Some(cursor) = self.cursor() else { return };
        let entries = self.entries();
        let next = if forward {
            entries.iter().find(|cell| **cell > cursor)
        } else {
            entries.iter().rev().find(|cell| **cell < cursor)
        };
        if let Some(next) = next {
            self.go_to(*next);
        }
    }

    /// Moves the cursor over rows and columns, stopping at the edges.
    fn step(&mut self, screen_rows: u16, down: isize, right: isize, select: bool) {
        self.leave_cell();
        let Some(cursor) = self.cursor() else { return };
        let Some(sheet) = layout::sheet(self, screen_rows) else {
            return;
        };
        match self.anchor {
            None if select => {
                self.anchor = Some(Anchor {
                    cell: cursor,
                    sticky: false,
                });
            }
            Some(Anchor { sticky: false, .. }) if !select => self.anchor = None,
            _ => {}
        }
        let form = self.form();
        let spot = form.spot(cursor);
        let rows = sheet.rows();
        let at = rows
            .iter()
            .position(|row| *row == (spot.table, spot.row))
            .unwrap_or(0);
        let (table, row) = rows[moved(at, down, rows.len())];
        let cols = form.tables[table].cols.len();
        let col = moved(spot.col.min(cols - 1), right, cols);
        self.go_to(form.at(Spot { table, row, col }));
    }

    /// What is open or broken in the matrix shown, for its end.
    fn open_or_broken(&self) -> Message {
        let Some((_, prefix)) = self.matrix() else {
            return Words::default().into();
        };
        let form = self.form();
        let blank = self
            .entries()
            .into_iter()
            .filter(|cell| self.report().cell(*cell).is_blank())
            .count();
        let identities = self.findings.judged.identities();
        let broken = identities
            .all()
            .iter()
            .zip(self.findings.judged.verdicts())
            .filter(|(identity, verdict)| {
                form.tables[identity.table].prefix == prefix
                    && matches!(verdict, Verdict::Broken { .. })
            })
            .count();
        match (blank, broken) {
            (0, 0) => words(
                "最后一格。全部填完，各项相符；可用 Esc 0【核对总计】对一遍原稿",
                "the last cell: all sums hold; Esc 0, \"check the totals\" holds the paper against them",
            )
            .into(),
            (0, n) => words(
                "最后一格。有 {n} 处不平：F8 到第一处",
                "the last cell: {n} sums are broken; F8 goes there",
            )
            .with(vec![("n", n.into())]),
            (m, 0) => words(
                "最后一格。还缺 {m} 格",
                "the last cell: {m} cells are still blank",
            )
            .with(vec![("m", m.into())]),
            (m, n) => words(
                "最后一格。还缺 {m} 格，有 {n} 处不平：F8 到第一处",
                "the last cell: {m} cells blank, {n} sums broken; F8 goes there",
            )
            .with(vec![("m", m.into()), ("n", n.into())]),
        }
    }

    /// Puts the cursor where an op happened.
    pub(super) fn go_to_op(&mut self, op: Option<&Op>) {
        match op {
            Some(Op::SetCell { cell, .. }) => self.go_to(*cell),
            Some(Op::SpliceText { text, at, .. }) => self.go_to_text(*text, *at),
            _ => {}
        }
    }
}

fn moved(at: usize, by: isize, len: usize) -> usize {
    at.saturating_add_signed(by).min(len - 1)
}
