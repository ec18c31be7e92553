//! Pasting into a matrix: one number goes straight in, more is shown first.
//!
//! **Never:** writes what was not confirmed; lets a total follow; reads a doubtful
//! number in a way that nobody chose.
//! Next: `tui::paste` for the preview, `format::paste` for what a text is.

use super::unmarked::{pasted, play};
use super::{files, recount};
use crate::base::number::narrow;
use crate::base::words::{Message, Words, words};
use crate::form::CellId;
use crate::format::paste::{self, Block, Pasted as Read};
use crate::model::{Cell, Change, Draft, Note, Origin, Transaction};
use crate::tui::app::{App, Overlay};
use crate::tui::command::Command;
use crate::tui::input::{Effect, Target};
use crate::tui::panels::ask::Ask;
use crate::tui::paste::{Line, Preview, Run};
use crate::tui::report::ReportScreen;
use crate::tui::report::origins::Pasted;
use crate::tui::turn::Question;

const LABEL: Words = words("粘贴", "paste");

/// Text pasted into the matrix shown.
pub(super) fn paste(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    place(app, text, None, effects);
}

/// A run of keys in the matrix shown that looks pasted.
pub(super) fn unmarked(app: &mut App, run: Run, effects: &mut Vec<Effect>) {
    let text = pasted(&run.keys);
    place(app, &text, Some(run), effects);
}

fn place(app: &mut App, text: &str, run: Option<Run>, effects: &mut Vec<Effect>) {
    if super::refuse_read_only(app) {
        return;
    }
    let Some(report) = app.report_mut() else {
        return;
    };
    report.leave_cell();
    let Some(at) = report
        .selected()
        .first()
        .and_then(|row| row.first().copied())
    else {
        return;
    };
    report.anchor = None;
    let put_aside = report.recount_here().is_some();
    match (paste::read(text, report.form(), at, None), run) {
        (Read::Nothing, Some(run)) => play(app, run, effects),
        (Read::Nothing, None) => {
            app.notice = Some(
                words(
                    "粘贴的内容里没有数，什么都没有改",
                    "no number in what was pasted; nothing was changed",
                )
                .into(),
            );
        }
        (Read::TooLong, _) => app.notice = Some(too_long()),
        // The pass over the totals takes one total at a time.
        (Read::One(_), _) if put_aside && !report.form().is_total(at) => recount::refuse(app),
        (Read::Block(_) | Read::Report(_), _) if put_aside => recount::refuse(app),
        (Read::One(value), _) => write_one(app, at, &value, effects),
        (Read::Block(found), run) => show(app, text.to_owned(), at, found, run),
        (Read::Report(draft), _) => ask(app, text.to_owned(), &draft),
    }
}

/// One value, straight into its cell.
fn write_one(app: &mut App, at: CellId, value: &str, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let content = Cell::read(value, report.form().kind(at));
    let step = Transaction::new(LABEL).cell(report.report(), at, content);
    let origin = Origin {
        place: "line 1".to_owned(),
        raw: value.into(),
    };
    let changed = report.paste_step(step, vec![(at, origin)], Vec::new(), effects);
    app.notice = Some(if changed == 0 {
        words("粘贴：和原来一样", "pasted: the same as before").into()
    } else {
        words(
            "粘贴了 1 格；Ctrl+Z 撤销",
            "1 cell pasted; Ctrl+Z undoes it",
        )
        .into()
    });
}

fn too_long() -> Message {
    words(
        "粘贴的内容太长，最多 {n} KB，什么都没有改；可以存成文件再打开",
        "more than {n} KB were pasted, nothing was changed; save it to a file and open that",
    )
    .with(vec![("n", (paste::MAX_PASTE >> 10).into())])
}

fn show(app: &mut App, text: String, at: CellId, found: Block, run: Option<Run>) {
    if let Some(report) = app.report() {
        let mut preview = Preview::new(report, text, at, found);
        preview.run = run;
        app.overlay = Some(Overlay::Paste(Box::new(preview)));
    }
}

/// Text pasted while a preview is shown: the rest of a slow paste, or another one.
pub(super) fn again(app: &mut App, more: &str, effects: &mut Vec<Effect>) {
    let Some(Overlay::Paste(preview)) = &mut app.overlay else {
        return;
    };
    let at = preview.at;
    let mut run = preview.run.take();
    let text = match &mut run {
        Some(run) => {
            run.keys.push_str(more);
            pasted(&run.keys)
        }
        None if preview.untouched => format!("{}{more}", preview.text),
        None => more.to_owned(),
    };
    let Some(report) = app.report() else { return };
    match (paste::read(&text, report.form(), at, None), run) {
        (Read::Block(found), run) => show(app, text, at, found, run),
        (Read::Report(draft), _) => ask(app, text, &draft),
        (_, Some(run)) => play(app, run, effects),
        (Read::TooLong, None) => app.notice = Some(too_long()),
        (Read::One(_) | Read::Nothing, None) => {}
    }
}

/// Text pasted while it is asked what becomes of a pasted report: the rest of it.
pub(super) fn rest_of_report(app: &mut App, more: &str) {
    let Some(Overlay::Ask(Ask {
        question: Question::Report { text, .. },
        ..
    })) = &app.overlay
    else {
        return;
    };
    let text = format!("{text}{more}");
    let Some(report) = app.report() else { return };
    let Some(at) = report.form().cells().next() else {
        return;
    };
    match paste::read(&text, report.form(), at, None) {
        Read::Report(draft) => ask(app, text, &draft),
        Read::TooLong => app.notice = Some(too_long()),
        _ => {}
    }
}

/// A key while a preview is shown that nobody asked for; false if somebody did. What is
/// no answer goes on with what came, for it may be typed.
fn in_unasked(app: &mut App, key: Option<char>, effects: &mut Vec<Effect>) -> bool {
    let Some(Overlay::Paste(preview)) = &mut app.overlay else {
        return false;
    };
    let Some(run) = &mut preview.run else {
        return false;
    };
    match key {
        Some(' ' | '\u{3000}') => preview.run = None,
        Some('+' | '＋') => {
            let run = run.clone();
            play(app, run, effects);
        }
        Some(key) => again(app, key.encode_utf8(&mut [0; 4]), effects),
        None => {
            app.notice = Some(
                words(
                    "先定这是不是粘贴的：空格键、Esc 或 +",
                    "first say whether this was pasted: Space, Esc or +",
                )
                .into(),
            );
        }
    }
    true
}

/// A command while the preview is shown.
pub(super) fn run(app: &mut App, command: Command, effects: &mut Vec<Effect>) {
    use Command as C;
    let key = match command {
        C::Choose => Some('\r'),
        C::PasteTurn => Some('\t'),
        _ => None,
    };
    if command != C::Close && in_unasked(app, key, effects) {
        return;
    }
    if command == C::Quit {
        app.notice = Some(
            words(
                "先定粘贴：回车 写入，Esc 不粘贴；然后退出",
                "first the paste: Enter writes it, Esc drops it; then quit",
            )
            .into(),
        );
        return;
    }
    let rows = usize::from(app.look.size.1.saturating_sub(8)).max(1);
    let Some(Overlay::Paste(mut preview)) = app.overlay.take() else {
        return;
    };
    let Some(report) = app.report() else { return };
    preview.untouched = false;
    let len = preview.lines().len();
    match command {
        C::Close => {
            app.notice =
                Some(words("没有粘贴，什么都没有改", "not pasted; nothing was changed").into());
            return;
        }
        C::Choose => return write(app, preview, effects),
        C::Up => {
            let above = preview.chosen.checked_sub(1);
            preview.chosen = above.unwrap_or(len.saturating_sub(1));
        }
        C::Down => preview.chosen = (preview.chosen + 1) % len.max(1),
        C::PageUp => preview.chosen = preview.chosen.saturating_sub(rows),
        C::PageDown => preview.chosen = (preview.chosen + rows).min(len.saturating_sub(1)),
        C::First | C::RowStart => preview.chosen = 0,
        C::Last | C::RowEnd => preview.chosen = len.saturating_sub(1),
        C::Right => preview.next_reading(true),
        C::Left => preview.next_reading(false),
        C::PasteBlanks => preview.choice.zeros = !preview.choice.zeros,
        C::PasteTurn if preview.block.turns => {
            let across = Some(!preview.block.across);
            if let Read::Block(found) =
                paste::read(&preview.text, report.form(), preview.at, across)
            {
                let zeros = preview.choice.zeros;
                *preview = Preview::new(report, preview.text.clone(), preview.at, found);
                preview.choice.zeros = zeros;
                preview.untouched = false;
            }
        }
        _ => {}
    }
    preview.weigh(report);
    app.overlay = Some(Overlay::Paste(preview));
}

/// A character while the preview is shown.
pub(super) fn on_char(app: &mut App, c: char, effects: &mut Vec<Effect>) {
    if in_unasked(app, Some(c), effects) {
        return;
    }
    let c = narrow(c);
    let Some(Overlay::Paste(mut preview)) = app.overlay.take() else {
        return;
    };
    let Some(report) = app.report() else { return };
    preview.untouched = false;
    match (preview.line(), c.to_digit(10)) {
        (Some(Line::Row(row)), _) if matches!(c, ' ' | '\u{3000}') => {
            preview.choice.taken[row] = !preview.choice.taken[row];
        }
        (Some(Line::Doubt(..)), _) if matches!(c, ' ' | '\u{3000}') => preview.next_reading(true),
        (Some(Line::Doubt(row, doubt)), Some(digit @ 1..)) => {
            let last = preview.block.rows[row].doubts[doubt].readings.len();
            let reading = digit as usize - 1;
            if reading <= last {
                preview.choice.answers[row][doubt] = Some(reading);
            }
        }
        _ => {}
    }
    preview.weigh(report);
    app.overlay = Some(Overlay::Paste(preview));
}

impl Preview {
    /// Another reading of the doubt under the cursor.
    fn next_reading(&mut self, forward: bool) {
        let Some(Line::Doubt(row, doubt)) = self.line() else {
            return;
        };
        let count = self.block.rows[row].doubts[doubt].readings.len() + 1;
        let answer = &mut self.choice.answers[row][doubt];
        *answer = Some(match (*answer, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        });
    }
}

/// Enter: writes everything as one step, unless something is still to be asked.
fn write(app: &mut App, mut preview: Box<Preview>, effects: &mut Vec<Effect>) {
    if preview.seek_open() {
        app.notice = Some(
            words(
                "还有 {n} 处要先定读法：空格换，数字选，不写也可以",
                "{n} numbers to decide first: Space or a digit chooses a reading, or none",
            )
            .with(vec![("n", preview.choice.open_count().into())]),
        );
        app.overlay = Some(Overlay::Paste(preview));
        return;
    }
    let Some(report) = app.report_mut() else {
        return;
    };
    let (step, origins) = preview.step(report);
    let notes = preview.block.notes.clone();
    let unread = preview.block.cells(report.form(), &preview.choice);
    let unread = unread
        .iter()
        .filter(|(_, cell, _)| matches!(cell, Cell::Raw(_)));
    let unread = unread.count();
    let changed = report.paste_step(step, origins, notes, effects);
    let out = preview.block.unplaced.len();
    let counts = vec![
        ("n", changed.into()),
        ("raw", unread.into()),
        ("out", out.into()),
    ];
    app.notice = Some(match (changed, unread + out) {
        (0, 0) => words(
            "粘贴：和原来一样，什么都没有改",
            "pasted: the same as before",
        )
        .into(),
        (_, 0) => words(
            "粘贴：改了 {n} 格；Ctrl+Z 撤销",
            "pasted: {n} cells changed; Ctrl+Z undoes",
        )
        .with(counts),
        _ => words(
            "粘贴：改了 {n} 格，{raw} 处不是数，{out} 处没有用上；Ctrl+Z 撤销",
            "pasted: {n} cells changed, {raw} are no numbers, {out} found no cell; Ctrl+Z undoes",
        )
        .with(counts),
    });
}

/// A whole report was pasted: what to do with it is the user's to say.
fn ask(app: &mut App, text: String, draft: &Draft) {
    let Some(report) = app.report() else { return };
    let fits = draft.report().form() == report.form();
    app.overlay = Some(Overlay::Ask(Ask::new(Question::Report {
        text,
        said: summary(draft),
        fits,
    })));
}

/// Whose report it is and how much of it was read.
fn summary(draft: &Draft) -> Message {
    let head = draft.report().head();
    let year = head
        .year
        .map_or_else(String::new, |year| format!(" {year}"));
    let cells = draft.origins.iter().flatten().count();
    words(
        "粘贴的是整份报告：{body}{year}（{form}），{cells} 格有数，{n} 处不确定",
        "a whole report was pasted: {body}{year} ({form}), {cells} cells, {n} unsure",
    )
    .with(vec![
        ("body", head.body.as_str().into()),
        ("year", year.into()),
        ("form", draft.report().form().name.into()),
        ("cells", cells.into()),
        (
            "n",
            (draft.notes.len() + draft.report().unplaced().len()).into(),
        ),
    ])
}

/// Puts a pasted report in the place of the one on the screen, as one step.
pub(super) fn replace(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    let Some(report) = app.report_mut() else {
        return;
    };
    let Some(at) = report.form().cells().next() else {
        return;
    };
    let Read::Report(draft) = paste::read(text, report.form(), at, None) else {
        return;
    };
    let form = report.form();
    let mut notes = draft.notes.clone();
    notes.extend(draft.report().unplaced().iter().map(|piece| {
        Note {
            place: piece.place.clone(),
            message: words("没有找到位置：【{text}】", "found no place: \"{text}\"")
                .with(vec![("text", crate::check::problem::quoted(&piece.text))]),
        }
    }));
    let origins = form.cells().zip(draft.origins.iter().cloned());
    let origins = origins.filter_map(|(cell, origin)| Some((cell, origin?)));
    let origins: Vec<(CellId, Origin)> = origins.collect();
    let step = Transaction::new(words("粘贴整份报告", "paste a whole report"))
        .turning(report.report(), draft.report());
    let changed = report.paste_step(step, origins, notes, effects);
    let counts = report.findings.counts();
    app.notice = Some(
        words(
            "换成了粘贴的报告，改了 {n} 处；错误 {e} 提醒 {w}；Ctrl+Z 一次撤销",
            "now the pasted report, {n} changes; errors {e}, warnings {w}; one Ctrl+Z undoes",
        )
        .with(vec![
            ("n", changed.into()),
            ("e", counts.errors.into()),
            ("w", counts.warnings.into()),
        ]),
    );
}

/// Text pasted on the start page: a whole report opens.
pub(super) fn at_start(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    let form = crate::form::current();
    let at = form.cells().next();
    match at.map(|at| paste::read(text, form, at, None)) {
        Some(Read::Report(_)) => {
            files::go(app, Some(Target::Pasted(text.to_owned())), false, effects);
        }
        Some(Read::TooLong) => app.notice = Some(too_long()),
        _ => {
            app.notice = Some(
                words(
                    "粘贴的不是整份年度报告；只有一张表时，先新建或打开一份再粘贴",
                    "not a whole report; to paste a table, start or open a report first",
                )
                .into(),
            );
        }
    }
}

impl ReportScreen {
    /// Applies what was pasted and keeps where it came from; how much changed.
    fn paste_step(
        &mut self,
        step: Transaction,
        origins: Vec<(CellId, Origin)>,
        notes: Vec<Note>,
        effects: &mut Vec<Effect>,
    ) -> usize {
        let ops = step.ops.clone();
        if ops.is_empty() {
            return 0;
        }
        let changed = ops.len();
        self.change(Change::Apply(step), effects);
        let at = self.document.done().len() - 1;
        self.pasted.retain(|pasted| pasted.at < at);
        self.pasted.push(Pasted {
            at,
            ops,
            origins,
            notes,
        });
        changed
    }
}
