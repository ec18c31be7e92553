//! What changed since the report was opened: cell by cell, sentence by sentence.
//!
//! **Never:** names a step: what was done and undone is no change.
//! Next: `model::Document` for the steps they are made from.

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices_by_key};

use crate::base::words::{Lang, Message, Words, words};
use crate::check::problem::cell_words;
use crate::form::{CellId, TextId};
use crate::model::{Document, HeadField, Report};
use crate::tui::areas;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::counted;
use crate::tui::panel::{Panel, outside};
use crate::tui::picker::{Line, Picked, Picker, Row, wrapped};
use crate::tui::report::{Page, ReportScreen};
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
            let none = words("还没有改过什么", "nothing was changed yet");
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
        match self.changes.get(at).map(|changed| &changed.place) {
            Some(Place::Cell(cell)) => report.go_to(*cell),
            Some(Place::Head(field)) => report.go_to_field(*field),
            Some(Place::Text(text, at)) => report.go_to_text(*text, *at),
            Some(Place::Heading(Some(text))) => {
                let tables = report.form().section(*text).tables;
                report.show(if tables.is_empty() {
                    Page::Text(*text)
                } else {
                    Page::Matrix(tables)
                });
            }
            _ => {}
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

/// Something that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Where.
    pub place: Place,
    /// What stood there; empty where nothing did.
    pub old: String,
    /// What stands there now; empty where nothing does.
    pub new: String,
}

/// Where something changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A cell.
    Cell(CellId),
    /// A sentence: its text, and the byte at which it begins now.
    Text(TextId, usize),
    /// A field of the head.
    Head(HeadField),
    /// A heading.
    Heading(Option<TextId>),
    /// An explanation, by its rule and site.
    Remark(String),
    /// A question kept for the return note, by its site.
    Question(String),
}

/// Sentences beyond which those of two texts are paired in order.
const MOST_SENTENCES: usize = 5000;

/// What differs from the report as it was opened, in the order of the report.
#[must_use]
pub fn changes(document: &Document) -> Vec<Changed> {
    let mut opened = document.clone();
    while opened.undo().is_some() {}
    between(opened.report(), document.report())
}

/// How much is not saved: cells and texts that differ, and the steps that made it so.
#[must_use]
pub(crate) fn unsaved(document: &Document) -> Message {
    let steps = document.unsaved_steps();
    let mut saved = document.clone();
    for _ in 0..steps {
        saved.undo();
    }
    let changes = between(saved.report(), document.report());
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

fn between(old: &Report, new: &Report) -> Vec<Changed> {
    let form = new.form();
    let mut out = Vec::new();
    let mut put = |place, old: &str, new: &str| {
        out.push(Changed {
            place,
            old: old.to_owned(),
            new: new.to_owned(),
        });
    };
    for field in HeadField::ALL {
        let (before, now) = (old.head().get(field), new.head().get(field));
        if before != now {
            put(Place::Head(field), &before, &now);
        }
    }
    let texts = |report: &Report| -> Vec<(Option<TextId>, String)> {
        let headings = report.headings().iter();
        headings.map(|h| (h.section, h.text.clone())).collect()
    };
    listed(&texts(old), &texts(new), |at| Place::Heading(*at), &mut put);
    for text in form.texts() {
        for (at, before, now) in sentences(old.text(text), new.text(text)) {
            put(Place::Text(text, at), before, now);
        }
    }
    for cell in form.cells() {
        let (before, now) = (old.cell(cell).text(), new.cell(cell).text());
        if before != now {
            put(Place::Cell(cell), &before, &now);
        }
    }
    let remarks = |report: &Report| -> Vec<(String, String)> {
        let remarks = report.remarks().iter();
        remarks
            .map(|r| (format!("{} {}", r.rule, r.site), r.text.clone()))
            .collect()
    };
    listed(
        &remarks(old),
        &remarks(new),
        |at| Place::Remark(at.clone()),
        &mut put,
    );
    let questions = |report: &Report| -> Vec<(String, String)> {
        let questions = report.questions().iter();
        questions
            .map(|q| (q.site.clone(), q.text.clone()))
            .collect()
    };
    listed(
        &questions(old),
        &questions(new),
        |at| Place::Question(at.clone()),
        &mut put,
    );
    out
}

/// Named texts: those whose name is on both sides are held against each other.
fn listed<K: PartialEq>(
    old: &[(K, String)],
    new: &[(K, String)],
    place: impl Fn(&K) -> Place,
    put: &mut impl FnMut(Place, &str, &str),
) {
    for (key, now) in new {
        let before = old.iter().find(|(other, _)| other == key);
        let before = before.map_or("", |(_, text)| text);
        if before != now {
            put(place(key), before, now);
        }
    }
    for (key, before) in old {
        if !new.iter().any(|(other, _)| other == key) {
            put(place(key), before, "");
        }
    }
}

/// Sentences with the bytes at which they begin.
fn split(text: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    let mut out = Vec::new();
    for piece in text.split_inclusive(['。', '；', '！', '？', '\n']) {
        let clean = piece.trim();
        if !clean.is_empty() {
            let lead = piece.len() - piece.trim_start().len();
            out.push((start + lead, clean));
        }
        start += piece.len();
    }
    out
}

/// Sentences that differ: where they stand now, as they were, as they are.
fn sentences<'a>(old: &'a str, new: &'a str) -> Vec<(usize, &'a str, &'a str)> {
    let (old, new) = (split(old), split(new));
    let mut out = Vec::new();
    for step in steps(&old, &new) {
        let (_, gone, come) = step.as_tag_tuple();
        if step.tag() == DiffTag::Equal {
            continue;
        }
        // What went and what came between two kept sentences is paired in order.
        for at in 0..gone.len().max(come.len()) {
            let before = old[gone.clone()].get(at).map_or("", |(_, text)| text);
            let now = new[come.clone()].get(at);
            let place = now.or(new.get(come.end)).or(new.last());
            out.push((
                place.map_or(0, |(start, _)| *start),
                before,
                now.map_or("", |(_, text)| text),
            ));
        }
    }
    out
}

/// What leads from one list of sentences to another.
fn steps(old: &[(usize, &str)], new: &[(usize, &str)]) -> Vec<DiffOp> {
    if old.len().max(new.len()) > MOST_SENTENCES {
        return vec![DiffOp::Replace {
            old_index: 0,
            old_len: old.len(),
            new_index: 0,
            new_len: new.len(),
        }];
    }
    capture_diff_slices_by_key(Algorithm::Patience, old, new, |(_, text)| *text)
}

/// A change as a line.
fn line(lang: Lang, report: &ReportScreen, changed: &Changed) -> String {
    let form = report.form();
    let name: Message = match &changed.place {
        Place::Cell(cell) => cell_words(form, *cell),
        Place::Text(text, _) => form.section(*text).name.into(),
        Place::Head(field) => head_words(*field).into(),
        Place::Heading(section) => words("标题 {name}", "heading {name}").with(vec![(
            "name",
            section
                .map_or(Words::default(), |text| form.section(text).name)
                .into(),
        )]),
        Place::Remark(of) => {
            words("说明 {of}", "explanation {of}").with(vec![("of", of.as_str().into())])
        }
        Place::Question(of) => {
            words("退回意见 {of}", "question {of}").with(vec![("of", of.as_str().into())])
        }
    };
    let or_blank = |text: &str| {
        if text.is_empty() {
            words("(空)", "(blank)").get(lang).to_owned()
        } else {
            text.to_owned()
        }
    };
    format!(
        "{}  {} -> {}",
        name.text(lang),
        or_blank(&changed.old),
        or_blank(&changed.new)
    )
}

fn head_words(field: HeadField) -> Words {
    match field {
        HeadField::Title => words("标题", "title"),
        HeadField::Body => words("机关", "body"),
        HeadField::Year => words("年度", "year"),
        HeadField::Period => words("统计期限", "period"),
        HeadField::Basis => words("依据", "basis"),
        HeadField::Contact => words("联系方式", "contact"),
        HeadField::Published => words("发布日期", "published"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_held_against_each_other() {
        let old = "甲有 9 件。乙有 2 件。丙。\n丁。";
        let new = "甲有 8 件。乙有 2 件。新的一句。丙。\n丁。";
        assert_eq!(
            sentences(old, new),
            [
                (0, "甲有 9 件。", "甲有 8 件。"),
                (new.find("新").expect("there"), "", "新的一句。"),
            ]
        );
        assert_eq!(sentences("甲。乙。", "甲。"), [(0, "乙。", "")]);
        assert!(sentences("甲。", "甲。").is_empty());
        assert_eq!(sentences("", "甲。").len(), 1);
    }

    #[test]
    fn a_text_of_many_sentences_is_compared_in_bounded_time() {
        let numbered = |from: usize| {
            let sentences: Vec<String> = (from..from + 5000).map(|n| n.to_string()).collect();
            sentences.join("。")
        };
        let (old, new) = (numbered(0), numbered(1));
        assert!(!sentences(&old, &new).is_empty());
    }
}
