//! What was pasted into a report: one value, a block, a whole report.
//!
//! **Never:** writes what was not confirmed; lets a total follow.
//! Next: `panels::paste` for the preview of a block, `format::paste` for what a text is.

use super::origins::Pasted;
use super::{ReportScreen, TypedCell};
use crate::base::place::Place;
use crate::base::words::{Message, Words, words};
use crate::form::CellId;
use crate::format::paste::{self, Pasted as Read};
use crate::model::{Cell, Change, Draft, Note, Origin, Transaction};
use crate::tui::input::Effect;
use crate::tui::turn::{Cx, Question};

const LABEL: Words = words("粘贴", "paste");

/// A run that was taken for a paste, so that it can still be typed.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its keys: Enter as `\r`, Ctrl+J as `\n`.
    pub keys: String,
    /// What was being typed where it began.
    pub typing: Option<TypedCell>,
}

/// The text of a run, with one kind of newline.
pub(in crate::tui) fn pasted(keys: &str) -> String {
    keys.replace("\r\n", "\n").replace('\r', "\n")
}

/// One value, straight into its cell.
pub(in crate::tui) fn write_one(
    report: &mut ReportScreen,
    cx: &mut Cx<'_>,
    at: CellId,
    value: &str,
) {
    let content = Cell::read(value, report.form().kind(at));
    let step = Transaction::new(LABEL).cell(report.report(), at, content);
    let origin = Origin {
        place: Place::Line(1),
        raw: value.into(),
    };
    let changed = report.paste_step(step, vec![(at, origin)], Vec::new(), cx.effects);
    cx.say(if changed == 0 {
        words("粘贴：和原来一样", "pasted: the same as before")
    } else {
        words(
            "粘贴了 1 格；Ctrl+Z 撤销",
            "1 cell pasted; Ctrl+Z undoes it",
        )
    });
}

/// Says that too much was pasted.
pub(in crate::tui) fn too_long() -> Message {
    words(
        "粘贴的内容太长，最多 {n} KB，什么都没有改；可以存成文件再打开",
        "more than {n} KB were pasted, nothing was changed; save it to a file and open that",
    )
    .with(vec![("n", (paste::MAX_PASTE >> 10).into())])
}

/// What is asked of a whole report that was pasted.
pub(in crate::tui) fn question(report: &ReportScreen, text: String, draft: &Draft) -> Question {
    Question::Report {
        text,
        said: summary(draft),
        fits: draft.report().form() == report.form(),
    }
}

/// What is asked of it once more of its text has come; None if that is no report.
pub(in crate::tui) fn more_of_report(
    report: &ReportScreen,
    cx: &mut Cx<'_>,
    text: String,
) -> Option<Question> {
    let at = report.form().cells().next()?;
    match paste::read(&text, report.form(), at, None) {
        Read::Report(draft) => Some(question(report, text, &draft)),
        Read::TooLong => {
            cx.say(too_long());
            None
        }
        _ => None,
    }
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
pub(in crate::tui) fn replace(report: &mut ReportScreen, cx: &mut Cx<'_>, text: &str) {
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
    let changed = report.paste_step(step, origins, notes, cx.effects);
    let counts = report.findings.counts();
    cx.say(
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

impl ReportScreen {
    /// Applies what was pasted and keeps where it came from; how much changed.
    pub(in crate::tui) fn paste_step(
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
