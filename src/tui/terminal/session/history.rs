//! What lies behind the report as it is: its versions, and the steps of earlier sessions.
//!
//! **Never:** tells of steps that do not lead to the file as it was read or written.
//! Next: `store::versions`, `store::history`.

use crate::base::failure::Failure;
use crate::model::Step;
use crate::store::import::Imported;
use crate::tui::input::{Against, Other, Reply, Version};

use super::{Kept, Session};

impl Session {
    /// The versions kept of the report that is open.
    pub(super) fn versions(&self) -> Vec<Version> {
        let open = self.open.as_ref();
        let versions = open.map(|open| self.store.versions(open.journal.name()));
        let shown = |version: crate::store::Version| Version {
            path: version.path,
            when: version.at.short(),
            by: version.by,
            size: version.size,
            report: version.report,
        };
        versions
            .unwrap_or_default()
            .into_iter()
            .map(shown)
            .collect()
    }

    /// The steps of earlier sessions that led to the report as it was opened.
    pub(super) fn earlier(&self) -> Option<Vec<Step>> {
        let open = self.open.as_ref()?;
        let kept = open.history.as_ref()?;
        let steps = self
            .store
            .history(&kept.name, kept.content, open.journal.form());
        let mut steps = steps?;
        steps.truncate(steps.len().checked_sub(kept.own)?);
        Some(steps)
    }

    /// Keeps the steps that led to the file as it was just saved. What can't be kept is
    /// not undone after the next opening, and that is all.
    pub(super) fn keep_history(&mut self, steps: Vec<Step>, goes_on: bool) {
        let own = steps.len();
        let earlier = self.earlier().filter(|_| goes_on).unwrap_or_default();
        let steps = [earlier, steps].concat();
        let Some(open) = &mut self.open else { return };
        let Some(content) = open.content else { return };
        let (name, form) = (open.journal.name().clone(), open.journal.form());
        let kept = self.store.keep_history(&name, content, form, &steps);
        open.history = kept.is_ok().then_some(Kept { name, content, own });
    }

    /// What was read, to be held against the report that is open.
    pub(in crate::tui::terminal) fn beside(
        &self,
        against: Against,
        read: Result<Imported, Failure>,
    ) -> Reply {
        let known = self.open.as_ref().and_then(|open| open.content);
        let now = read.as_ref().ok().and_then(|read| read.content);
        let is_own = matches!(against, Against::Disk(_));
        Reply::Beside(Box::new(Other {
            is_changed: is_own && known.is_some() && now != known,
            read: read.map(|read| read.draft.into_report()),
            against,
        }))
    }
}
