//! What a rule may look at: a report, what was judged of it, what stands beside it.
//!
//! **Never:** a rule.
//! Next: `rules`, whose functions are given these.

use std::borrow::Cow;

use crate::base::spelling::simplified;
use crate::form::{Form, TextId};
use crate::model::{Head, Heading, Report};

use super::fact::{Fact, Tables};
use super::judge::{Blanks, Judged, Typing};
use super::profile::{self, Profile};
use super::prose::Paragraph;
use super::texts::Texts;

/// What stands beside a report.
#[derive(Clone, Copy, Default)]
pub struct Beside<'a> {
    /// Last year's report of the same body.
    pub last: Option<&'a Report>,
    /// The reports that this one sums.
    pub parts: &'a [Part<'a>],
}

/// A report that another one sums.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The report.
    pub report: &'a Report,
}

/// A report to be judged, and what it is judged beside.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its texts as they were read.
    pub texts: &'a Texts,
    /// What its blank cells count as.
    pub blanks: Blanks,
    /// The cell whose number is not finished yet: identities that its next digits
    /// may still fulfil are left open.
    pub typing: Option<&'a Typing>,
    /// Reports that it is compared with.
    pub beside: Beside<'a>,
    /// How grave its problems are taken.
    pub profile: &'a Profile,
}

impl<'a> Input<'a> {
    /// A finished report by itself, judged as usual.
    #[must_use]
    pub fn of(report: &'a Report, texts: &'a Texts) -> Self {
        Input {
            report,
            texts,
            blanks: Blanks::ZERO,
            typing: None,
            beside: Beside::default(),
            profile: &profile::USUAL,
        }
    }
}

/// What a rule's code may look at.
pub struct Check<'a> {
    pub(super) report: &'a Report,
    pub(super) judged: &'a Judged,
    pub(super) blanks: Blanks,
    pub(super) facts: &'a [Fact],
    pub(super) profile: &'a Profile,
}

impl Check<'_> {
    /// The value of a threshold.
    pub(super) fn limit(&self, threshold: &profile::Threshold) -> i64 {
        self.profile.limit(threshold)
    }

    pub(super) fn tables(&self) -> Tables<'_> {
        Tables {
            report: self.report,
            judged: self.judged,
        }
    }
}

/// A report as far as it is written in words: no cell can be seen from here.
pub struct Written<'a> {
    pub(super) report: &'a Report,
    pub(super) texts: &'a Texts,
}

impl<'a> Written<'a> {
    pub(super) fn form(&self) -> &'static Form {
        self.report.form()
    }

    pub(super) fn head(&self) -> &'a Head {
        self.report.head()
    }

    pub(super) fn headings(&self) -> &'a [Heading] {
        self.report.headings()
    }

    /// A text as it is written: what is shown of it.
    pub(super) fn text(&self, text: TextId) -> &'a str {
        self.report.text(text)
    }

    /// A text in simplified characters, each where it is written: what is judged.
    pub(super) fn plain(&self, text: TextId) -> Cow<'a, str> {
        simplified(self.text(text))
    }

    /// The name of the body in simplified characters.
    pub(super) fn body(&self) -> Cow<'a, str> {
        simplified(&*self.head().body)
    }

    /// Every paragraph, in order.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = &'a Paragraph> {
        self.texts.passages().map(|passage| &passage.paragraph)
    }
}
