//! The lead through the sample: what to press next, until it is mended and saved.
//!
//! What is said follows from how the report stands, so it is right whatever was pressed.
//!
//! **Never:** presses anything; hides what else is to be said.
//! Next: `status`, whose message line says it.

use super::ReportScreen;
use crate::base::words::{Words, words};

const GO: Words = words(
    "练习 1/4：按 F8 到第一处不平；没有 F 键：先按 Esc，再按 8",
    "Practice 1/4: F8 goes to a broken sum (or Esc, then 8)",
);
const LOOK: Words = words(
    "练习 2/4：按 F6 看可以怎么改；没有 F 键：Esc 再按 6",
    "Practice 2/4: F6 shows how to fix it (or Esc, then 6)",
);
const TAKE: Words = words(
    "练习 3/4：上下键换一种改法，回车采用",
    "Practice 3/4: arrows show each way, Enter takes one",
);
const KEEP: Words = words(
    "练习 4/4：都平了。按 Ctrl+S 存一份",
    "Practice 4/4: it all adds up. Ctrl+S saves a copy",
);
const DONE: Words = words(
    "练习完成。按 Ctrl+O 打开自己的报告",
    "Practice done. Ctrl+O opens a report of your own",
);

impl ReportScreen {
    /// What to do next in the practice; None where this is none.
    pub(in crate::tui) fn lead(&self) -> Option<Words> {
        let is_saved = self.file.path.is_some() && !self.document.is_modified();
        self.practises.then(|| {
            if self.preview.is_some() {
                TAKE
            } else if self.findings.counts().errors == 0 {
                if is_saved { DONE } else { KEEP }
            } else if self.visited.is_some() {
                LOOK
            } else {
                GO
            }
        })
    }
}
