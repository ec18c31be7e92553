//! What changed since the report was opened: cell by cell, sentence by sentence.
//!
//! **Never:** names a step: what was done and undone is no change.
//! Next: `model::Document` for the steps they are made from.

use crate::base::words::{Lang, Message, words};
use crate::check::diff::{Changed, Place, between};
use crate::form::TextId;
use crate::model::Document;
use crate::paper::diff::name;
use crate::tui::areas;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::counted;
use crate::tui::panel::{Panel, outside};
use crate::tui::picker::{Line, Picked, Picker, Row, wrapped};
use crate::tui::report::ReportScreen;
use crate::tui::turn::{Cx, Look, Next};

/// What changed since the report was opened.
#[derive(Clone, Debug)]
pub struct Changes {
    changes: Vec<Changed>,
    picker: Picker,
}

impl Changes {
    /// Of a report.
    pub(crate) fn of(document: &Document) -> Self {
        Changes {
            changes: changes(document),
            picker: Picker::default(),
        }
    }

    fn rows(&self, report: &ReportScreen, look: Look) -> Vec<Row> {
        let lines = if self.changes.is_empty() {
            let none = words("还没有改过什么", "nothing has been changed yet");
            vec![Line::new("", none.get(look.lang))]
        } else {
            let line = |changed| Line::new("", line(look.lang, report, changed));
            self.changes.iter().map(line).collect()
        };
        wrapped(lines, 0, 2, look)
    }

    fn go(&self, at: usize, report: Option<&mut ReportScreen>) -> Next {
        let Some(report) = report else {
            return Next::Close;
        };
        if let Some(changed) = self.changes.get(at) {
            report.go_to_place(&changed.place);
        }
        Next::Close
    }
}

impl Panel for Changes {
    fn place(&self, _: Option<&ReportScreen>, _: Look) -> areas::Place {
        areas::Place::Side
    }

    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        match self
            .picker
            .command(command, self.changes.len().max(1), cx.look)
        {
            Picked::Moved => Next::Stay,
            Picked::Chosen(at) => self.go(at, report),
            Picked::No => outside(command),
        }
    }

    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, _: &mut Cx<'_>) -> Next {
        match self.picker.typed(c, self.changes.len()) {
            Picked::Chosen(at) => self.go(at, report),
            Picked::Moved | Picked::No => Next::Stay,
        }
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let look = canvas.look();
        let title = words(
            "打开以来的改动：原来 -> 现在",
            "Changes since opening: before -> now",
        );
        let foot = words(
            "回车 到那里  上下键 移动  Esc 关闭",
            "Enter goes there  arrows move  Esc closes",
        );
        let rows = report.map_or_else(Vec::new, |report| self.rows(report, look));
        self.picker
            .draw((title.get(look.lang), foot), &rows, 0, canvas)
    }
}

/// What differs from the report as it was opened, in the order of the report.
#[must_use]
pub fn changes(document: &Document) -> Vec<Changed> {
    between(&document.opened(), document.report())
}

/// How much is not saved: cells and texts that differ, and the steps that made it so.
#[must_use]
pub(crate) fn unsaved(document: &Document) -> Message {
    let steps = document.unsaved_steps();
    let changes = between(&document.saved(), document.report());
    let cells = changes
        .iter()
        .filter(|change| matches!(change.place, Place::Cell(_)));
    let mut texts: Vec<TextId> = changes
        .iter()
        .filter_map(|change| match change.place {
            Place::Text(text, _) => Some(text),
            _ => None,
        })
        .collect();
    texts.dedup();
    counted(cells.count(), texts.len(), steps)
}

/// A change as a line.
fn line(lang: Lang, report: &ReportScreen, changed: &Changed) -> String {
    let or_blank = |text: &str| {
        if text.is_empty() {
            words("(空)", "(blank)").get(lang).to_owned()
        } else {
            text.to_owned()
        }
    };
    format!(
        "{}  {} -> {}",
        name(report.form(), &changed.place).text(lang),
        or_blank(&changed.old),
        or_blank(&changed.new)
    )
}
