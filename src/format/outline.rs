//! A document as a reader found it: paragraphs, headings, tables in order.
//!
//! **Never:** drops a paragraph; one that opens nothing is text.
//! Next: `matcher`, which makes a draft of it.

use crate::base::ordinal::{self, MarkKind};
use crate::base::place::Place;
use crate::form::TextId;
use crate::format::labels::Labels;
use crate::format::rectangle::Rectangle;
use crate::model::Seen;

/// A document in the order of reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outline {
    pub(super) pieces: Vec<Piece>,
    /// The source says which lines are prose: no row is looked for in them.
    pub(super) says_prose: bool,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it stands in the source.
    pub(super) place: Place,
    pub(super) what: What,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A paragraph.
    Text(String),
    /// A heading as printed, and the section it opens.
    Heading(Option<TextId>, String),
    /// The section begins here without any heading.
    Opens(TextId),
    /// A table.
    Table(Rectangle),
    /// Something in which a table may be shown, but cannot be read.
    Object(Seen),
}

/// A heading found among paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Index of its first paragraph.
    pub(super) at: usize,
    /// How many paragraphs it is broken over.
    pub(super) count: usize,
    /// The section it opens; None for one behind the last section.
    pub(super) section: Option<TextId>,
    /// Its words name the section; otherwise only its number does.
    pub(super) by_words: bool,
}

const LONGEST_HEADING: usize = 40;

/// The headings among paragraphs, in order. An empty string is a gap.
pub(super) fn headings(paragraphs: &[&str], labels: &Labels) -> Vec<Found> {
    let mut found = by_words(paragraphs, labels);
    by_number(paragraphs, labels, &mut found);
    behind_the_last(paragraphs, labels, &mut found);
    found
}

fn is_short(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= LONGEST_HEADING
        && !text.ends_with(['。', '；', ';', '，', ','])
}

fn by_words(paragraphs: &[&str], labels: &Labels) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut next = 0;
    while next < paragraphs.len() {
        let at = next;
        next += 1;
        let text = paragraphs[at];
        if !is_short(text) {
            continue;
        }
        let mut section = labels.section(text);
        let mut count = 1;
        if let Some(more) = paragraphs
            .get(at + 1)
            .filter(|more| section.is_none() && ordinal::mark(text).is_some() && is_short(more))
        {
            section = labels.section(&[text, more].concat());
            count = 1 + usize::from(section.is_some());
        }
        if section.is_some() {
            found.push(Found {
                at,
                count,
                section,
                by_words: true,
            });
            next = at + count;
        }
    }
    // A table of contents names the sections once more, with nothing between.
    let mut contents = vec![false; found.len()];
    for (index, this) in found.iter().enumerate() {
        let touches = |before: &Found, after: &Found| {
            paragraphs[before.at + before.count..after.at]
                .iter()
                .all(|text| text.is_empty())
        };
        let follows = found.get(index + 1).is_some_and(|next| touches(this, next));
        let ends = index > 0 && contents[index - 1] && touches(&found[index - 1], this);
        let mut later = found[index + 1..].iter();
        contents[index] = (follows || ends) && later.any(|later| later.section == this.section);
    }
    let mut contents = contents.into_iter();
    found.retain(|_| !contents.next().unwrap_or(false));
    found
}

/// Sections whose heading has other words but the right number at the right place.
fn by_number(paragraphs: &[&str], labels: &Labels, found: &mut Vec<Found>) {
    let form = labels.form;
    for section in form.texts() {
        let ordinal = form.section(section).ordinal;
        if ordinal.is_empty() || found.iter().any(|found| found.section == Some(section)) {
            continue;
        }
        let start = found
            .iter()
            .filter(|found| found.section < Some(section))
            .map(|found| found.at + found.count)
            .max()
            .unwrap_or(0);
        let end = found
            .iter()
            .filter(|found| found.section > Some(section))
            .map(|found| found.at)
            .min()
            .unwrap_or(paragraphs.len());
        let at = (start..end).find(|at| {
            let text = paragraphs[*at];
            let number = numbered(text, labels);
            is_short(text) && number.is_some() && number == ordinal::small(ordinal)
        });
        if let Some(at) = at {
            found.push(Found {
                at,
                count: 1,
                section: Some(section),
                by_words: false,
            });
            found.sort_by_key(|found| found.at);
        }
    }
}

fn numbered(text: &str, labels: &Labels) -> Option<usize> {
    ordinal::mark(text)
        .filter(|mark| matches!(mark.kind, MarkKind::Han | MarkKind::Part))
        .filter(|mark| !mark.rest.is_empty() && !labels.is_printed(text))
        .map(|mark| mark.number)
}

/// Headings with numbers that go on behind the form's last section.
fn behind_the_last(paragraphs: &[&str], labels: &Labels, found: &mut Vec<Found>) {
    let Some(last) = found
        .last()
        .filter(|found| found.section == labels.form.texts().last())
    else {
        return;
    };
    let mut number = labels.form.sections.len();
    for (at, text) in paragraphs.iter().enumerate().skip(last.at + last.count) {
        if is_short(text) && numbered(text, labels) == Some(number) {
            number += 1;
            found.push(Found {
                at,
                count: 1,
                section: None,
                by_words: false,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;

    fn keys(lines: &[&str]) -> Vec<(usize, &'static str)> {
        let labels = Labels::of(form::current());
        headings(lines, labels)
            .into_iter()
            .map(|found| {
                let key = found.section.map_or("-", |id| labels.form.section(id).key);
                (found.at, key)
            })
            .collect()
    }

    #[test]
    fn headings_are_found_by_words_then_by_number() {
        let lines = [
            "一、总体情况",
            "一、内部编号",
            "二、也是内部编号",
            "主动公开政府信息情况",
            "三、申请办理",
            "一、本年新收政府信息公开申请数量",
            "四、政府信息公开行政复议、行政",
            "诉讼情况",
            "六、其他需要报告的事项",
            "七、附件",
        ];
        assert_eq!(
            keys(&lines),
            [
                (0, "s1"),
                (3, "s2"),
                (4, "s3"),
                (6, "s4"),
                (8, "s6"),
                (9, "-")
            ]
        );
    }

    #[test]
    fn a_table_of_contents_is_not_taken_for_the_sections() {
        let lines = [
            "一、总体情况",
            "二、主动公开政府信息情况",
            "前言",
            "一、总体情况",
            "正文",
            "二、主动公开政府信息情况",
        ];
        assert_eq!(keys(&lines), [(3, "s1"), (5, "s2")]);
    }
}
