//! Reports made up at random, for properties.
//!
//! **Never:** a judgement; what is right stands in the tests.

#![allow(dead_code, reason = "every target uses its own part")]

use gouji::check::{Blanks, Judged};
use gouji::form::{Form, current};
use gouji::model::{Cell, Draft, Fault, HeadField, Question, Remark, Report};
use proptest::prelude::*;

pub(crate) fn texts() -> impl Strategy<Value = String> {
    // Words of reports, labels, marks, escapes: what could be taken for layout.
    let word = prop_oneof![
        Just("一、总体情况"),
        Just("规章"),
        Just("|"),
        Just("\\"),
        Just("〔s2〕"),
        Just("空"),
        Just("7"),
        Just("机关："),
        Just("2024年"),
        Just("（三）不予公开"),
        Just("\""),
        Just("，"),
        Just("a b"),
    ];
    prop::collection::vec(word, 1..6).prop_map(|words| words.concat())
}

pub(crate) fn paragraphs() -> impl Strategy<Value = String> {
    prop::collection::vec(texts(), 0..3).prop_map(|paragraphs| paragraphs.join("\n"))
}

pub(crate) fn cells() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        4 => (-20_i64..999_999_999_999).prop_map(|count| count.to_string()),
        1 => "[0-9]{1,6}\\.[0-9]{1,6}",
        2 => prop::sample::select(vec!["/", "-", "—", "_", "无", "9件", "1O", "空", "见附件", "a|b", "\\n", "1,2", "12345678901234"]).prop_map(str::to_owned),
    ]
}

prop_compose! {
    pub(crate) fn reports_of(form: &'static Form)(
        cells in prop::collection::vec(cells(), form.len()),
        texts in prop::collection::vec(paragraphs(), form.sections.len()),
        title in prop_oneof![Just(String::new()), Just("某局2023年政府信息公开工作年度报告".to_owned()), texts()],
        body in prop_oneof![Just("某局".to_owned()), Just(String::new())],
        year in prop::option::of(1000_u16..=9999),
        period in prop::option::of(texts()),
        headings in prop::collection::vec((prop::option::of(0_usize..7), prop_oneof![texts(), Just("二、主动公开政府信息情况".to_owned())]), 0..9),
        extra in prop::collection::vec((texts(), texts()), 0..3),
    ) -> Report {
        let mut draft = Draft::new(form);
        for (id, text) in form.cells().zip(&cells) {
            draft.set_cell(id, Cell::read(text, form.kind(id)), None);
        }
        for (id, text) in form.texts().zip(&texts) {
            draft.set_text(id, text);
        }
        draft.set_head(HeadField::Title, &title);
        draft.set_head(HeadField::Body, &body);
        draft.set_head(HeadField::Year, &year.map_or_else(String::new, |year| year.to_string()));
        draft.set_head(HeadField::Period, &period.unwrap_or_default());
        for (section, text) in &headings {
            draft.push_heading(section.and_then(|at| form.texts().nth(at)), text);
        }
        for (site, text) in extra {
            draft.push_unplaced_of(["", "t3"][text.len() % 2], site.clone(), text.clone());
            let fault = (text.len() % 2 == 0).then(|| Fault { rule: "T3-COLSUM".to_owned(), numbers: vec![text.clone()] });
            draft.push_question(Question { site: site.clone(), fault, text: text.clone() });
            draft.push_remark(Remark { rule: "T3-COLSUM".to_owned(), site, numbers: vec!["8".to_owned(), text.clone()], text, by: String::new() });
        }
        draft.into_report()
    }
}

/// A report under the form in force.
pub(crate) fn reports() -> impl Strategy<Value = Report> {
    reports_of(current())
}

/// Texts of boxes as tables have them: small numbers, marks, words, nothing.
fn figures() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => (0_i64..30).prop_map(|count| count.to_string()),
        2 => Just(String::new()),
        1 => prop::sample::select(vec!["/", "-3", "9件", "1O", "22（其中修订 16 件）", "2.0", "2.5", "无", "见附件"]).prop_map(str::to_owned),
    ]
}

/// What a total says: what its parts make, or nothing, or one too many, or anything.
#[derive(Clone, Copy, Debug)]
enum Says {
    Sum,
    Blank,
    Over,
    Other,
}

prop_compose! {
    /// A report whose totals are mostly right, with few odd boxes.
    pub(crate) fn tables_of(form: &'static Form)(
        odd in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        figures in prop::collection::vec(figures(), form.len()),
        says in prop::collection::vec(prop_oneof![
            20 => Just(Says::Sum), 2 => Just(Says::Blank), 2 => Just(Says::Over), 1 => Just(Says::Other),
        ], form.len()),
    ) -> Report {
        let mut draft = Draft::new(form);
        draft.set_head(HeadField::Body, "某局");
        draft.set_head(HeadField::Year, "2023");
        let odd: Vec<usize> = odd.iter().map(|at| at.index(form.len())).collect();
        for (id, text) in form.cells().zip(&figures) {
            let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
            let text = if plain || odd.contains(&id.index()) { text } else { "1" };
            draft.set_cell(id, Cell::read(text, form.kind(id)), None);
        }
        for total in form.identities().totals() {
            draft.set_cell(total.cell, Cell::Blank, None);
        }
        for total in form.identities().totals() {
            let at = total.cell.index();
            let sum = Judged::of(draft.report(), Blanks::ZERO).value(total.cell);
            let cell = match (says[at], sum) {
                (Says::Sum, Some(sum)) => Cell::Count(sum),
                (Says::Over, Some(sum)) => Cell::Count(sum + 1),
                (Says::Other, _) => Cell::read(&figures[at], form.kind(total.cell)),
                _ => Cell::Blank,
            };
            draft.set_cell(total.cell, cell, None);
        }
        draft.into_report()
    }
}
