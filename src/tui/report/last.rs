//! Last year's report beside the one on the screen: what its cells count, and what is to
//! be said of it.
//!
//! **Never:** reads a file; takes one that nobody asked for.
//! Next: `check::beside` for the rules, `update::last` for how one is chosen.

use std::path::PathBuf;

use crate::base::failure::Failure;
use crate::base::number::Decimal;
use crate::base::width::shown;
use crate::base::words::{Message, words};
use crate::check::last_values;
use crate::form::{CellId, Form};
use crate::tui::input::{Last, LastAt, OfReport, WantedLast, WhyLast};

use super::ReportScreen;

/// Where last year's report is, and what became of reading it.
#[derive(Debug, Default)]
pub(in crate::tui) struct Link {
    /// Where it is; it may not be read yet, or its disk be gone.
    pub(in crate::tui) at: Option<LastAt>,
    /// It is being read.
    pub(in crate::tui) wanted: Option<WantedLast>,
    /// What came of reading it, which waits until nothing lies over the page: the list of
    /// problems may not change under a panel that speaks of one, and no question may be
    /// lost.
    pub(in crate::tui) arrived: Option<(WhyLast, Result<Box<Last>, Failure>)>,
}

impl Link {
    /// As a report was opened.
    pub(super) fn of(last: Option<&Last>, kept: Option<LastAt>, named: Option<PathBuf>) -> Self {
        let known = last.map(|last| LastAt {
            path: last.path.clone(),
            doubted: false,
        });
        let wanted = match (&known, &kept) {
            (None, Some(at)) => Some(WantedLast {
                path: at.path.clone(),
                why: WhyLast::Kept {
                    doubted: at.doubted,
                },
            }),
            _ => None,
        };
        let why = WhyLast::Named;
        let named = named.map(|path| WantedLast { path, why });
        Link {
            at: known.or(kept),
            wanted: named.or(wanted),
            arrived: None,
        }
    }
}

/// What the cells of a form count in last year's report.
pub(super) fn values(form: &'static Form, last: Option<&Last>) -> Vec<Option<Decimal>> {
    last.map_or_else(Vec::new, |last| last_values(form, &last.report))
}

impl ReportScreen {
    /// Takes last year's report, or takes it away, and judges again.
    pub(in crate::tui) fn set_last(&mut self, last: Option<Last>) {
        self.last_values = values(self.form(), last.as_ref());
        self.last = last;
        self.judge();
    }

    /// What a cell counts in last year's report, where it has that cell.
    pub(in crate::tui) fn last_value(&self, cell: CellId) -> Option<Decimal> {
        *self.last_values.get(cell.index())?
    }

    /// What is needed to find last year's report of this one.
    pub(in crate::tui) fn as_asked(&self) -> Box<OfReport> {
        let own = self.file.path.iter().chain(&self.file.source);
        Box::new(OfReport {
            report: self.report().clone(),
            own: own.cloned().collect(),
        })
    }

    /// The folder that it lies in.
    pub(in crate::tui) fn folder(&self) -> PathBuf {
        let path = self.file.path.as_ref().or(self.file.source.as_ref());
        let folder = path.and_then(|path| path.parent());
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        folder.map_or_else(|| ".".into(), PathBuf::from)
    }

    /// What differs from it, in words.
    pub(in crate::tui) fn last_differs(&self) -> Message {
        let beside = self.findings.counts().beside;
        if beside == 0 {
            return words("没有不符", "nothing differs").into();
        }
        words("与去年不符 {n} 处", "{n} differ from last year").with(vec![("n", beside.into())])
    }

    /// What the list of problems says of it: which it is and what of it was not compared,
    /// or that there is none and how one is chosen.
    pub(in crate::tui) fn last_words(&self) -> Vec<Message> {
        let Some(last) = &self.last else {
            let said = match &self.link.at {
                Some(at) => {
                    let name = at.path.file_name().unwrap_or_default().to_string_lossy();
                    words(
                        "未核对：去年的报告没有读到（{file}）；F10 里选【去年的报告】",
                        "not checked: last year's report was not read ({file}); choose it in F10",
                    )
                    .with(vec![("file", shown(&name).as_ref().into())])
                }
                None => words(
                    "未核对：没有去年的报告；F10 里选【去年的报告】",
                    "not checked: no report of last year; choose it in F10",
                )
                .into(),
            };
            return vec![said];
        };
        let said = words("去年：{name}，{differs}", "last year: {name}, {differs}").with(vec![
            ("name", name_of(last).into()),
            ("differs", self.last_differs().into()),
        ]);
        let doubt = self.report().doubt_of(&last.report);
        let asides = self.findings.asides.iter().cloned();
        std::iter::once(said).chain(doubt).chain(asides).collect()
    }
}

/// A report of last year by its year and its file.
pub(in crate::tui) fn name_of(last: &Last) -> String {
    let file = last.path.file_name().unwrap_or_default().to_string_lossy();
    let file = shown(&file);
    match last.report.head().year {
        Some(year) => format!("{year} {file}"),
        None => file.into_owned(),
    }
}
