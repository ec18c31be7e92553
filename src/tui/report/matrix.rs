//! Typing and moving in a matrix.
//!
//! Checking mode writes nothing but what is typed. Keying mode also turns
//! blanks that are passed into 0 and lets totals follow.
//!
//! **Never:** overwrites a filled cell with a 0, or lets a fix or a paste move a
//! total.
//! Next: `follow` for the totals, `grid` for the picture.

use std::path::Path;

use super::{Anchor, ReportScreen, TypedCell, follow, layout};
use crate::base::number::{MAX_DIGITS, MAX_PLACES, narrow};
use crate::base::path::shown_path;
use crate::base::words::{Arg, Message, Words, words};
use crate::check::problem::{cell_words, table_words};
use crate::check::{Typing, Verdict};
use crate::form::{CellId, Kind, Spot};
use crate::model::{Cell, Change, Op, Transaction};
use crate::tui::command::Command;
use crate::tui::input::Effect;
use crate::tui::line_edit::LineEdit;
use crate::tui::turn::{Cx, Next, Purpose};

/// What keying does by itself.
pub(in crate::tui) const KEYING: Words = words(
    "录入：空白按回车记 0，+ 本行余下补 0，总计自动算",
    "keying: Enter writes 0 into a blank, + fills the row, totals follow",
);

/// Runs a command in a matrix.
pub(in crate::tui) fn run(report: &mut ReportScreen, cx: &mut Cx<'_>, command: Command) -> Next {
    use Command as C;
    let rows = cx.look.size.1;
    let changes = matches!(
        command,
        C::EditCell | C::Clear | C::FillRow | C::Cut | C::Paste | C::ToggleKeying
    );
    if changes && report.refuses(cx) {
        return Next::Stay;
    }
    match command {
        C::Backspace => backspace(report, cx),
        C::Commit => commit(report, cx),
        C::FillRow => fill_row(report, cx),
        C::Copy | C::Cut => copy(report, cx, command == C::Cut),
        C::Paste => return cx.copied().map_or(Next::Stay, Next::Paste),
        C::PageUp | C::PageDown => page(report, cx, command == C::PageDown),
        C::EditCell => return edit_cell(report),
        C::ToggleKeying => toggle_keying(report, cx),
        C::Clear => clear(report, cx),
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
    Next::Stay
}

/// A character typed in a matrix.
pub(in crate::tui) fn typed(report: &mut ReportScreen, cx: &mut Cx<'_>, c: char) {
    let c = narrow(c);
    match c {
        c if matches!(c, '0'..='9' | '/') || takes(report, c) => {
            if !report.refuses(cx) {
                type_char(report, cx, c);
            }
        }
        _ if !c.is_ascii() && c.is_alphabetic() => {
            cx.say(words(
                "输入法在中文状态，按 Shift 切换",
                "the input method is in Chinese mode: press Shift",
            ));
        }
        _ => {
            cx.say(words(
                "这里只收数字；其他内容按 F2，命令按 Esc",
                "only digits here; F2 for other text, Esc for commands",
            ));
        }
    }
}

/// Whether a sign is part of the number here, whatever it is bound to: the point of
/// an amount, or what a signed count begins with.
pub(in crate::tui) fn takes(report: &ReportScreen, c: char) -> bool {
    let kind = report.cursor().map(|cell| report.form().kind(cell));
    match narrow(c) {
        '.' => kind.is_some_and(Kind::is_money),
        '+' | '-' => kind == Some(Kind::Signed) && report.typing.is_none(),
        _ => false,
    }
}

/// One typed character: the first replaces what the cell holds, later ones append.
fn type_char(report: &mut ReportScreen, cx: &mut Cx<'_>, c: char) {
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
            cx.say(words(
                "一个数只有一个小数点；后面的数字另起",
                "a number has one point; what follows begins anew",
            ));
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
        cx.say(
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
    report.write_typed(cursor, text, cx.effects);
}

/// Removes the last digit; from an empty cell goes back.
fn backspace(report: &mut ReportScreen, cx: &mut Cx<'_>) {
    if report.refuses(cx) {
        return;
    }
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
    report.write_typed(cursor, text, cx.effects);
}

/// Takes back what is being typed: the value before it, totals too.
pub(in crate::tui) fn take_back(report: &mut ReportScreen, cx: &mut Cx<'_>) {
    let Some(typed) = report.typing.take() else {
        return;
    };
    if report.document.done().len() > typed.steps_before {
        report.change(Change::TakeBack, cx.effects);
    }
    report.judge();
}

/// Enter: in keying mode a blank entry cell becomes 0; then the next entry cell.
fn commit(report: &mut ReportScreen, cx: &mut Cx<'_>) {
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
        report.change(Change::Apply(step), cx.effects);
    }
    report.leave_cell();
    report.anchor = None;
    let before = report.cursor();
    report.entry(true);
    if report.cursor() == before {
        cx.say(report.open_or_broken());
    }
}

/// `+`: blank entry cells from the cursor to the row's end become 0.
fn fill_row(report: &mut ReportScreen, cx: &mut Cx<'_>) {
    let Some(cursor) = report.cursor() else {
        return;
    };
    let form = report.form();
    if !report.is_keying() {
        cx.say(words(
            "核对时不自动补 0；Ctrl+U 换成录入",
            "checking writes no zeros; Ctrl+U switches to keying",
        ));
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
    report.change(Change::Apply(follow.transaction(label)), cx.effects);
    let rows: Vec<CellId> = report.entries();
    let next = rows.into_iter().find(|cell| {
        let there = form.spot(*cell);
        (there.table, there.row) > (spot.table, spot.row)
    });
    match next {
        Some(cell) => report.go_to(cell),
        None => cx.say(report.open_or_broken()),
    }
}

fn clear(report: &mut ReportScreen, cx: &mut Cx<'_>) {
    report.leave_cell();
    let cells: Vec<CellId> = report.selected().into_iter().flatten().collect();
    if let [cell] = cells[..] {
        report.changes_carried(cell);
    }
    report.anchor = None;
    let step = Transaction::fill(
        words("清空", "blank cells"),
        report.report(),
        &cells,
        &Cell::Blank,
    );
    report.change(Change::Apply(step), cx.effects);
}

fn copy(report: &mut ReportScreen, cx: &mut Cx<'_>, cut: bool) {
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
        clear(report, cx);
    } else {
        report.anchor = None;
    }
    *cx.clipboard = Some(text.clone());
    cx.say(words("复制了 {n} 格", "{n} cells copied").with(vec![("n", count.into())]));
    cx.effects.push(Effect::Copy(text));
}

/// Says where the copied cells are kept as well.
pub(in crate::tui) fn copied(cx: &mut Cx<'_>, path: &Path) {
    let copied = cx.clipboard.as_ref();
    let count = copied.map_or(0, |text| text.split(['\t', '\n']).count());
    let said = words(
        "复制了 {n} 格，也存在 {path}",
        "{n} cells copied, also kept in {path}",
    );
    cx.say(said.with(vec![("n", count.into()), ("path", shown_path(path).into())]));
}

fn edit_cell(report: &mut ReportScreen) -> Next {
    report.leave_cell();
    report.anchor = None;
    let Some(cursor) = report.cursor() else {
        return Next::Stay;
    };
    let text = report.report().cell(cursor).text().into_owned();
    Next::Type(Purpose::Cell(cursor), LineEdit::new(&text))
}

/// Writes what was typed for a cell as a line; totals follow as typed ones do.
pub(in crate::tui) fn write_line(
    report: &mut ReportScreen,
    cx: &mut Cx<'_>,
    cell: CellId,
    text: &str,
) {
    report.changes_carried(cell);
    let content = Cell::read(text, report.form().kind(cell));
    let label = typed_label(report, cell);
    let step = if report.is_keying() && report.recount.is_none() {
        follow::Follow::of(report)
            .write(cell, content)
            .transaction(label)
    } else {
        Transaction::new(label).cell(report.report(), cell, content)
    };
    report.change(Change::Apply(step), cx.effects);
}

fn toggle_keying(report: &mut ReportScreen, cx: &mut Cx<'_>) {
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
    cx.effects.push(Effect::KeepModes(report.keying.clone()));
    cx.say(if keying {
        words(
            "核对：只改您打的格，空白按 0 计，总计不自动改",
            "checking: only what is typed is written; blanks count as 0",
        )
    } else {
        KEYING
    });
}

/// A screenful up or down; past the edge, the neighbouring section.
fn page(report: &mut ReportScreen, cx: &mut Cx<'_>, down: bool) {
    let rows = cx.look.size.1;
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
        report.turn(cx, down);
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
    pub(in crate::tui) fn write_typed(
        &mut self,
        cell: CellId,
        text: String,
        effects: &mut Vec<Effect>,
    ) {
        self.changes_carried(cell);
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
        let verdicts = self.findings.judged.verdicts_of(form, prefix);
        let is_broken = |verdict: &&Verdict| matches!(verdict, Verdict::Broken { .. });
        let broken = verdicts.iter().filter(is_broken).count();
        let open = self.open_tables(prefix);
        let filled = vec![
            ("table", table_words(form, prefix).into()),
            ("open", Arg::List(words("、", ", "), open.clone())),
        ];
        match (blank, broken) {
            (0, 0) if !open.is_empty() => words(
                "{table}填完；还有{open}：PgDn",
                "{table} is filled in; still open: {open} (PgDn)",
            )
            .with(filled),
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

    /// The other tables that are being keyed, each with its blank cells.
    fn open_tables(&self, here: &str) -> Vec<Arg> {
        let form = self.form();
        let blank = |prefix: &&'static str| {
            let cells = form
                .tables_of(prefix)
                .flat_map(|table| form.tables[table].cells());
            let is_open =
                |cell: &CellId| !form.is_total(*cell) && self.report().cell(*cell).is_blank();
            cells.filter(is_open).count()
        };
        let others = form.prefixes().into_iter();
        others
            .filter(|prefix| *prefix != here && self.keying.contains(prefix))
            .map(|prefix| (prefix, blank(&prefix)))
            .filter(|(_, blank)| *blank > 0)
            .map(|(prefix, blank)| {
                words("{table} {n} 格", "{table} ({n} cells)")
                    .with(vec![
                        ("table", table_words(form, prefix).into()),
                        ("n", blank.into()),
                    ])
                    .into()
            })
            .collect()
    }

    /// Puts the cursor where an op happened.
    pub(in crate::tui) fn go_to_op(&mut self, op: Option<&Op>) {
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
