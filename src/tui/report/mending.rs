//! What would mend a report: likely readings of what is broken, and a fix on show.
//!
//! **Never:** applies a fix.
//! Next: `panels::fixes`, which lists and applies them.

use super::ReportScreen;
use crate::base::words::Message;
use crate::check::readings::{Broken, Hints, Suspects, suspects};
use crate::check::{Findings, Problem};
use crate::form::CellId;
use crate::model::Report;

/// A fix that is shown, judged, and not applied.
#[derive(Clone, Debug)]
pub struct Preview {
    /// What it would do.
    pub title: Message,
    /// The report as it would be.
    pub report: Report,
    /// What would be found in it.
    pub findings: Findings,
    /// Cells that it would write.
    pub cells: Vec<CellId>,
    /// Where the cursor was before.
    pub back: Option<CellId>,
}

impl ReportScreen {
    /// The report as it is shown: as a fix on show would make it.
    #[must_use]
    pub fn seen_report(&self) -> &Report {
        self.preview
            .as_ref()
            .map_or_else(|| self.report(), |preview| &preview.report)
    }

    /// What is found in the report as it is shown.
    #[must_use]
    pub fn seen_findings(&self) -> &Findings {
        self.preview
            .as_ref()
            .map_or(&self.findings, |preview| &preview.findings)
    }

    /// Ends the show of a fix; where the cursor was before it.
    pub(in crate::tui) fn hide_preview(&mut self) -> Option<CellId> {
        self.preview.take()?.back
    }

    /// Whether something is known that would mend a problem.
    #[must_use]
    pub(in crate::tui) fn can_fix(&self, problem: &Problem) -> bool {
        let is_read = |broken: &Broken| {
            !broken.suspects.is_empty()
                && broken.lines.iter().any(|(_, site)| *site == problem.site)
        };
        !problem.fixes(self.report(), self.blanks()).is_empty()
            || self.suspects().findings.iter().any(is_read)
    }

    /// What could mend its tables: looked for when first asked for after a change,
    /// as nothing of it is shown while a number is being typed.
    pub fn suspects(&self) -> &Suspects {
        self.mending.get_or_init(|| {
            let hints = Hints::of(&self.findings, self.edited.clone());
            suspects(self.document.report(), &hints)
        })
    }

    /// Cells of the best reading of each finding: of all its tied readings where
    /// only the line is certain. None while a number is being typed.
    #[must_use]
    pub fn suspect_cells(&self) -> Vec<CellId> {
        if self.typing.is_some() {
            return Vec::new();
        }
        let mut cells = Vec::new();
        for broken in &self.suspects().findings {
            let group = broken.groups.iter();
            let group = group.filter(|group| group.readings.contains(&0));
            let tied = group.flat_map(|group| group.readings.iter().copied());
            // Readings that are as likely as the first are marked as it is.
            let best = broken.suspects.first().map_or(0.0, |suspect| suspect.bits);
            let is_as_likely = |at: &usize| (broken.suspects[*at].bits - best).abs() < 1e-9;
            let equal = (0..broken.suspects.len()).filter(is_as_likely);
            let readings: Vec<usize> = equal.chain(tied).collect();
            for suspect in readings.iter().filter_map(|at| broken.suspects.get(*at)) {
                cells.extend(suspect.edits.iter().map(|(cell, ..)| *cell));
            }
        }
        cells
    }
}
