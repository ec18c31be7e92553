//! A report whose file somebody else wrote: merged with it, or shown anew.
//!
//! **Never:** writes the file.
//! Next: `model::merge` for what is made of two, `panels::merge` for what is asked.

use crate::base::words::{Arg, Message, words};
use crate::check::diff::between;
use crate::model::merge::{Merge, Side, Taken};
use crate::model::{Change, Document};
use crate::tui::input::{Effect, Theirs};

use super::ReportScreen;

impl ReportScreen {
    /// Shows what somebody else wrote; answers with what is said of it.
    pub(in crate::tui) fn refresh(&mut self, theirs: Theirs, effects: &mut Vec<Effect>) -> Message {
        let changed = between(self.report(), &theirs.report).len();
        self.document = Document::new(theirs.report.clone());
        self.base = theirs.report;
        self.file.stamp = theirs.file.stamp;
        effects.push(Effect::Adopted(theirs.content));
        self.judge();
        let said = words(
            "他保存了，这里已经刷新：{n} 处不同",
            "the other person saved: this is how it stands now, {n} places differ",
        );
        said.with(vec![("n", changed.into())])
    }

    /// The report on the screen merged with what somebody else wrote; None where they are
    /// on different forms.
    pub(in crate::tui) fn merge_with(&self, theirs: &Theirs) -> Option<Merge> {
        Merge::of(&self.base, self.report(), &theirs.report)
    }

    /// Takes over a merge, a side for each conflict; answers with what is said of it.
    pub(in crate::tui) fn take_merge(
        &mut self,
        merge: &Merge,
        sides: &[Side],
        theirs: Theirs,
        effects: &mut Vec<Effect>,
    ) -> Message {
        self.change(Change::Apply(merge.step(sides)), effects);
        if *self.report() == theirs.report {
            self.document.mark_saved();
        } else {
            // The file holds what stood at no step here.
            self.document.forget_saved();
        }
        self.base = theirs.report;
        self.file.stamp = theirs.file.stamp;
        effects.push(Effect::Adopted(theirs.content));
        let Taken { cells, others } = merge.taken;
        let asked: Arg = sides.len().into();
        let said = words(
            "合并了：取了别处改的 {cells} 格、文字等 {others} 处，问过 {asked} 处；Ctrl+S 保存，Ctrl+Z 撤销",
            "merged: {cells} cells and {others} other places taken, {asked} asked; Ctrl+S saves, Ctrl+Z undoes",
        );
        said.with(vec![
            ("cells", cells.into()),
            ("others", others.into()),
            ("asked", asked),
        ])
    }
}
