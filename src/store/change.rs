//! A change as one line of JSON, cells by path and text.
//!
//! An undo or redo also says which ops ran: a journal starts at a save, and an
//! undo may go back behind it, where the replaying document has no history.
//!
//! **Never:** a cell by number: forms may be renumbered, paths stay.
//! Next: `journal`, which keeps the lines, `recovery`, which replays them.

use serde::{Deserialize, Serialize};

use super::json_line;
use crate::base::words::{Lang, Message, Words, words};
use crate::form::Form;
use crate::model::{
    Cell, Change, Document, Fault, HeadField, Heading, Op, Question, Remark, Step, Transaction,
};

/// A change and the ops that ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) change: Change,
    pub(super) ran: Vec<Op>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Do {
        zh: String,
        en: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        joins: bool,
        ops: Vec<Written>,
    },
    Undo(Vec<Written>),
    Redo(Vec<Written>),
    TakeBack(Vec<Written>),
}

/// An op: what, where, before, after.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Written {
    Cell(String, String, String),
    Text(String, usize, String, String),
    Head(String, String, String),
    Heading(usize, Option<HeadingText>, Option<HeadingText>),
    Remark(usize, Option<RemarkText>, Option<RemarkText>),
    Question(usize, Option<QuestionText>, Option<QuestionText>),
}

#[derive(Serialize, Deserialize)]
struct HeadingText(Option<String>, String);

#[derive(Serialize, Deserialize)]
struct RemarkText {
    rule: String,
    site: String,
    numbers: Vec<String>,
    text: String,
    by: String,
}

#[derive(Serialize, Deserialize)]
struct QuestionText {
    site: String,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fault: Option<FaultText>,
}

/// The rule and the numbers of a problem.
#[derive(Serialize, Deserialize)]
struct FaultText(String, Vec<String>);

/// The line that says that a session ended here and left its changes for later.
pub(super) const LEFT: &[u8] = b"{\"left\":true}\n";

/// The line of a change, with its newline.
pub(super) fn write(form: &'static Form, change: &Change, ran: &[Op]) -> Vec<u8> {
    let ops = |ops: &[Op]| ops.iter().map(|op| written(form, op)).collect();
    let line = match change {
        Change::Apply(transaction) => Line::Do {
            zh: transaction.label.text(Lang::Zh),
            en: transaction.label.text(Lang::En),
            joins: transaction.joins,
            ops: ops(&transaction.ops),
        },
        Change::Undo => Line::Undo(ops(ran)),
        Change::Redo => Line::Redo(ops(ran)),
        Change::TakeBack => Line::TakeBack(ops(ran)),
    };
    json_line(&line)
}

/// The change in a line; None where it says nothing this form knows.
pub(super) fn read(form: &'static Form, line: &[u8]) -> Option<Record> {
    let ops = |written: Vec<Written>| -> Option<Vec<Op>> {
        written.into_iter().map(|one| op(form, one)).collect()
    };
    Some(match serde_json::from_slice(line).ok()? {
        Line::Do {
            zh,
            en,
            joins,
            ops: written,
        } => Record {
            change: Change::Apply(Transaction {
                label: label(&zh, &en),
                ops: ops(written)?,
                joins,
            }),
            ran: Vec::new(),
        },
        Line::Undo(ran) => Record {
            change: Change::Undo,
            ran: ops(ran)?,
        },
        Line::Redo(ran) => Record {
            change: Change::Redo,
            ran: ops(ran)?,
        },
        Line::TakeBack(ran) => Record {
            change: Change::TakeBack,
            ran: ops(ran)?,
        },
    })
}

/// Does a recorded change again; false where it does not fit.
///
/// The ops that ran lead, the history follows: where the step undone or redone
/// lies before line 1 its ops become a step of their own, and going back over
/// that one again leaves the report as unmodified as it was.
pub(super) fn replay(document: &mut Document, record: Record) -> bool {
    let Record { change, ran } = record;
    let last = |step: &Step| {
        step.ops
            .iter()
            .rev()
            .cloned()
            .map(Op::inverse)
            .eq(ran.iter().cloned())
    };
    let back = document.done().last().is_some_and(last);
    let forth = document.undone().last().is_some_and(|step| step.ops == ran);
    let (change, label) = match change {
        Change::Apply(_) => return document.run(change).is_some(),
        Change::Redo if forth => (Some(Change::Redo), REDO),
        Change::Redo => (back.then_some(Change::Undo), REDO),
        change if back => (Some(change), UNDO),
        _ => (forth.then_some(Change::Redo), UNDO),
    };
    match change {
        Some(change) => document.run(change).is_some(),
        None => document
            .apply(Transaction {
                ops: ran,
                ..Transaction::new(label)
            })
            .is_ok(),
    }
}

const UNDO: Words = words("撤销", "undo");
const REDO: Words = words("重做", "redo");

/// A label whose words were known to the program that wrote it.
fn label(zh: &str, en: &str) -> Message {
    Words {
        zh: "{zh}",
        en: "{en}",
    }
    .with(vec![("zh", zh.into()), ("en", en.into())])
}

fn written(form: &'static Form, op: &Op) -> Written {
    match op {
        Op::SetCell { cell, from, to } => Written::Cell(
            form.path(*cell),
            from.text().into_owned(),
            to.text().into_owned(),
        ),
        Op::SpliceText {
            text,
            at,
            removed,
            inserted,
        } => Written::Text(
            form.section(*text).key.to_owned(),
            *at,
            removed.clone(),
            inserted.clone(),
        ),
        Op::SetHead { field, from, to } => {
            Written::Head(field.key().to_owned(), from.clone(), to.clone())
        }
        Op::SetHeading { at, from, to } => {
            let text = |heading: &Heading| {
                let section = heading
                    .section
                    .map(|text| form.section(text).key.to_owned());
                HeadingText(section, heading.text.clone())
            };
            Written::Heading(*at, from.as_ref().map(text), to.as_ref().map(text))
        }
        Op::SetRemark { at, from, to } => {
            let text = |remark: &Remark| RemarkText {
                rule: remark.rule.clone(),
                site: remark.site.clone(),
                numbers: remark.numbers.clone(),
                text: remark.text.clone(),
                by: remark.by.clone(),
            };
            Written::Remark(*at, from.as_ref().map(text), to.as_ref().map(text))
        }
        Op::SetQuestion { at, from, to } => {
            let text = |question: &Question| QuestionText {
                site: question.site.clone(),
                text: question.text.clone(),
                fault: question
                    .fault
                    .as_ref()
                    .map(|fault| FaultText(fault.rule.clone(), fault.numbers.clone())),
            };
            Written::Question(*at, from.as_ref().map(text), to.as_ref().map(text))
        }
    }
}

fn op(form: &'static Form, written: Written) -> Option<Op> {
    Some(match written {
        Written::Cell(path, from, to) => {
            let cell = form.cell(&path)?;
            let kind = form.kind(cell);
            Op::SetCell {
                cell,
                from: Cell::read(&from, kind),
                to: Cell::read(&to, kind),
            }
        }
        Written::Text(text, at, removed, inserted) => Op::SpliceText {
            text: form.text(&text)?,
            at,
            removed,
            inserted,
        },
        Written::Head(field, from, to) => Op::SetHead {
            field: HeadField::by_key(&field)?,
            from,
            to,
        },
        Written::Heading(at, from, to) => {
            let heading = |HeadingText(section, text)| {
                let section = match section {
                    Some(key) => Some(form.text(&key)?),
                    None => None,
                };
                Some(Heading { section, text })
            };
            Op::SetHeading {
                at,
                from: each(from, heading).ok()?,
                to: each(to, heading).ok()?,
            }
        }
        Written::Remark(at, from, to) => {
            let remark = |remark: RemarkText| Remark {
                rule: remark.rule,
                site: remark.site,
                numbers: remark.numbers,
                text: remark.text,
                by: remark.by,
            };
            Op::SetRemark {
                at,
                from: from.map(remark),
                to: to.map(remark),
            }
        }
        Written::Question(at, from, to) => {
            let question = |question: QuestionText| Question {
                site: question.site,
                fault: question
                    .fault
                    .map(|FaultText(rule, numbers)| Fault { rule, numbers }),
                text: question.text,
            };
            Op::SetQuestion {
                at,
                from: from.map(question),
                to: to.map(question),
            }
        }
    })
}

/// Whether an item is there or not, it must be readable.
fn each<T, U>(item: Option<T>, read: impl Fn(T) -> Option<U>) -> Result<Option<U>, ()> {
    item.map(|item| read(item).ok_or(())).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::current;

    #[test]
    fn a_question_of_the_first_version_names_no_problem() {
        let line = r#"{"do":{"zh":"问","en":"ask","ops":[{"question":[0,null,{"site":"t3","text":"核对"}]}]}}"#;
        let record = read(current(), line.as_bytes()).expect("a line of a journal");
        let Change::Apply(step) = record.change else {
            unreachable!("a step")
        };
        let old = Question {
            site: "t3".to_owned(),
            fault: None,
            text: "核对".to_owned(),
        };
        let asked = Op::SetQuestion {
            at: 0,
            from: None,
            to: Some(old),
        };
        assert_eq!(step.ops, [asked]);
    }
}
