//! What the words of a report say by themselves: read once, and tied to cells at
//! every key.
//!
//! Reading a text costs far more than comparing its numbers with the cells, and it
//! depends on the text alone. A caller that judges at every key keeps a [`Texts`]. The
//! problems of rules that look at words only are kept with it: such a rule sees a
//! `Written` and no cell.
//!
//! **Never:** looks at a cell.
//! Next: `prose` for the reading, `facts` for the tying.

use std::cell::OnceCell;
use std::ops::Range;

use crate::form::{Form, TextId};
use crate::model::{Head, Heading, Report};

use super::problem::Problem;
use super::prose::bind::bind;
use super::prose::bound::Bound;
use super::prose::claim::claims;
use super::prose::clause::{Gate, Own};
use super::prose::fee::{self, Statement};
use super::prose::{Paragraph, heading, pieces};

/// The texts of a report as they were read.
#[derive(Default)]
pub struct Texts {
    /// What they were read under.
    of: Option<(&'static Form, Own)>,
    read: Vec<Text>,
    /// What stands around them.
    head: Head,
    headings: Vec<Heading>,
    /// What the rules of words say of all this, once they were asked.
    problems: OnceCell<Vec<Problem>>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Texts({})", self.passages().count())
    }
}

/// Most bytes of a text that are judged: a section of a report has some ten thousand.
const LONGEST: usize = 150_000;

/// What is judged of a text: all of it, or whole lines of a very long one.
pub(super) fn judged(content: &str) -> &str {
    let end = content.floor_char_boundary(LONGEST);
    if end == content.len() {
        return content;
    }
    let line = content[..end].rfind('\n').filter(|line| *line > end / 2);
    &content[..line.unwrap_or(end)]
}

/// One text.
#[derive(Default)]
struct Text {
    source: String,
    passages: Vec<Passage>,
}

/// A paragraph and what it says.
pub(super) struct Passage {
    /// Where it stands in its text.
    range: Range<usize>,
    /// The paragraph.
    pub(super) paragraph: Paragraph,
    /// What its numbers and claims are about.
    pub(super) said: Vec<Bound>,
    /// What it says of the fee.
    pub(super) fees: Vec<Statement>,
}

impl Texts {
    /// The texts of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let mut this = Texts::default();
        this.follow(report);
        this
    }

    /// Reads again what is not as it was: of a text, only its changed paragraphs.
    pub fn follow(&mut self, report: &Report) {
        let form = report.form();
        let own = Own::of(&report.head().body, report.head().year);
        if self.of.as_ref() != Some(&(form, own.clone())) {
            self.of = Some((form, own.clone()));
            self.read.clear();
        }
        if self.head != *report.head() || self.headings != report.headings() {
            self.head = report.head().clone();
            self.headings = report.headings().to_vec();
            self.problems.take();
        }
        self.read.resize_with(form.sections.len(), Text::default);
        for id in form.texts() {
            let content = judged(report.text(id));
            let text = &mut self.read[id.index()];
            if text.source != content {
                text.passages = text.again(form, &own, id, content);
                content.clone_into(&mut text.source);
                self.problems.take();
            }
        }
    }

    /// Every paragraph, in order.
    pub(super) fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.read.iter().flat_map(|text| &text.passages)
    }

    /// What the rules of words find in these texts: made once, kept while they stay.
    pub(super) fn problems(&self, make: impl FnOnce() -> Vec<Problem>) -> &[Problem] {
        self.problems.get_or_init(make)
    }
}

impl Text {
    /// The passages of `content`: those at both ends that are as they were, moved
    /// to where they stand now, and the others read.
    fn again(&mut self, form: &'static Form, own: &Own, id: TextId, content: &str) -> Vec<Passage> {
        let mut before: Vec<Option<Passage>> = std::mem::take(&mut self.passages)
            .into_iter()
            .map(Some)
            .collect();
        let ranges = pieces(content);
        let count = ranges.len();
        let mut topic = String::new();
        let mut passages = Vec::with_capacity(count);
        for (index, range) in ranges.into_iter().enumerate() {
            if let Some(heading) = heading(&content[range.clone()]) {
                topic = heading;
            }
            let is_same = |passage: &Passage| {
                passage.paragraph.topic == topic
                    && self.source[passage.range.clone()] == content[range.clone()]
            };
            let from_end = (before.len() + index).checked_sub(count);
            let kept = [Some(index), from_end]
                .into_iter()
                .flatten()
                .find_map(|at| {
                    let passage = before.get_mut(at)?;
                    passage
                        .as_ref()
                        .is_some_and(is_same)
                        .then(|| passage.take())?
                });
            if let Some(kept) = kept {
                passages.push(kept.at(range));
                continue;
            }
            let paragraph = Paragraph::read(form, id, content, range.clone(), &topic);
            let gate = Gate::of(&paragraph, own);
            let mut said = bind(&paragraph, own, &gate);
            said.extend(claims(&paragraph, &gate, &said));
            passages.push(Passage {
                fees: fee::statements(&paragraph, form.section(id).key == "s6"),
                range,
                paragraph,
                said,
            });
        }
        passages
    }
}

impl Passage {
    /// The same passage at another place of its text.
    fn at(mut self, range: Range<usize>) -> Self {
        self.paragraph.move_to(range.start);
        self.range = range;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::current;
    use crate::model::{Draft, HeadField};
    use proptest::prelude::*;

    fn report(text: &str) -> Report {
        let mut draft = Draft::new(current());
        let one = current().text("s1").expect("a section of the form");
        for paragraph in text.lines() {
            draft.push_text(one, paragraph);
        }
        draft.into_report()
    }

    /// Everything that is known of the texts, places included.
    fn told(texts: &Texts) -> Vec<String> {
        let passages = texts.passages();
        passages
            .map(|passage| {
                let places = passage.paragraph.tokens.iter();
                let places: Vec<_> = places
                    .map(|token| passage.paragraph.bytes(token.start..token.after))
                    .collect();
                format!(
                    "{:?} {} {:?} {places:?}",
                    passage.range, passage.paragraph.topic, passage.said
                )
            })
            .collect()
    }

    fn lines() -> impl Strategy<Value = Vec<&'static str>> {
        let line = prop_oneof![
            Just("（一）依申请公开情况"),
            Just("（二）主动公开"),
            Just("受理申请9件，答复8件。"),
            Just("未收取信息处理费。"),
            Just("上年结转3件，其中予以公开1件、不予公开2件。"),
            Just("　　发布信息12条。"),
            Just(""),
        ];
        prop::collection::vec(line, 0..9)
    }

    /// A year, a body, headings and text, each of few kinds, so that reports are often
    /// alike in all but one.
    fn whole() -> impl Strategy<Value = Report> {
        let year = prop_oneof![Just("2024"), Just("2023"), Just("")];
        let body = prop_oneof![Just("甲市乙区民政局"), Just("丙镇人民政府"), Just("")];
        let heading = prop_oneof![
            Just((0, "一、总体情况")),
            Just((1, "主动公开")),
            Just((4, "五、问题"))
        ];
        let headings = prop::collection::vec(heading, 0..3);
        let line = prop_oneof![
            Just("我局在2022年收到件。"),
            Just("本年共4部分组成："),
            Just("")
        ];
        let text = prop::collection::vec(line, 0..3);
        (year, body, headings, text).prop_map(|(year, body, headings, text)| {
            let mut draft = Draft::new(current());
            draft.set_head(HeadField::Year, year);
            draft.set_head(HeadField::Body, body);
            let texts: Vec<TextId> = current().texts().collect();
            for (section, heading) in headings {
                draft.push_heading(texts.get(section + 1).copied(), heading);
            }
            for line in text {
                draft.push_text(texts[1], line);
            }
            draft.into_report()
        })
    }

    proptest! {
        #[test]
        fn invariant_problems_of_words_follow_whatever_is_written(reports in prop::collection::vec(whole(), 1..5)) {
            let mut followed = Texts::default();
            for report in &reports {
                followed.follow(report);
                let fresh = Texts::of(report);
                prop_assert_eq!(
                    format!("{:?}", super::super::of_words(report, &followed)),
                    format!("{:?}", super::super::of_words(report, &fresh))
                );
            }
        }

        #[test]
        fn invariant_texts_that_follow_equal_texts_read_anew(before in lines(), after in lines()) {
            let mut followed = Texts::of(&report(&before.join("\n")));
            let now = report(&after.join("\n"));
            followed.follow(&now);
            prop_assert_eq!(told(&followed), told(&Texts::of(&now)));
        }

        #[test]
        fn invariant_an_edit_in_the_middle_reads_as_the_whole(before in lines(), at in 0..9_usize, word in "[件9（一）。，公开申请\n]{0,6}") {
            let mut after: Vec<String> = before.iter().map(ToString::to_string).collect();
            if let Some(line) = after.get_mut(at) {
                line.push_str(&word);
            }
            let mut followed = Texts::of(&report(&before.join("\n")));
            let now = report(&after.join("\n"));
            followed.follow(&now);
            prop_assert_eq!(told(&followed), told(&Texts::of(&now)));
        }
    }
}
