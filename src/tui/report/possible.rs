//! What can be done with a report now, and why something can't.
//!
//! **Never:** does it.
//! Next: `tui::command` for what a command needs.

use super::{Page, ReportScreen};
use crate::base::facts::ReadOnly;
use crate::base::width::shown;
use crate::base::words::{Message, words};
use crate::tui::command::{Command, When, command_info};
use crate::tui::turn::Cx;

/// Why a report can't be changed, for the message line.
#[must_use]
pub(in crate::tui) fn read_only_words(reason: &ReadOnly) -> Message {
    match reason {
        ReadOnly::Permission => words(
            "只读：没有写这个文件的权限；可以另存到别处（Esc 0 4）",
            "read-only: no permission to write this file; save it elsewhere (Esc 0 4)",
        )
        .into(),
        ReadOnly::Locked { by, .. } if by.is_empty() => words(
            "只读：别人正在编辑它；可以另存副本（Esc 0 4）",
            "read-only: somebody else is editing it; save a copy (Esc 0 4)",
        )
        .into(),
        ReadOnly::Claimed { by, since } => words(
            "只读：锁文件说 {by} 从 {since} 起在编辑；可以另存副本（Esc 0 4）",
            "read-only: by its lock file {by} has been editing it since {since}; save a copy (Esc 0 4)",
        )
        .with(vec![
            ("by", shown(by).as_ref().into()),
            ("since", shown(since).as_ref().into()),
        ]),
        ReadOnly::Locked { by, since } => words(
            "只读：{by} 从 {since} 起正在编辑；可以另存副本（Esc 0 4）",
            "read-only: {by} has been editing it since {since}; save a copy (Esc 0 4)",
        )
        .with(vec![
            ("by", shown(by).as_ref().into()),
            ("since", shown(since).as_ref().into()),
        ]),
        ReadOnly::Asked => words(
            "只读：启动时写了 --read-only；可以另存副本（Esc 0 4）",
            "read-only: started with --read-only; save a copy (Esc 0 4)",
        )
        .into(),
        ReadOnly::Summed => words(
            "汇总的数由各单位相加：回车 选单位去改，F7 加调整行（写理由）",
            "a roll-up is the sum of its units: Enter chooses one to mend, F7 adjusts with a reason",
        )
        .into(),
        ReadOnly::UnknownKeys => words(
            "只读：文件里有这个版本不认识的内容；可以另存副本（Esc 0 4）",
            "read-only: the file holds what this version does not know; save a copy (Esc 0 4)",
        )
        .into(),
    }
}

/// Whether a command can be used now, with something to paste or without.
#[must_use]
pub fn is_possible(command: Command, report: Option<&ReportScreen>, has_copied: bool) -> bool {
    let when = command_info(command).when;
    let Some(report) = report else {
        return when == When::Always;
    };
    match when {
        When::Always | When::Report => true,
        When::Matrix => report.matrix().is_some(),
        When::Text => report.text_shown().is_some(),
        When::NoText => report.text_shown().is_none(),
        When::Body => report.page != Page::Head,
        When::TwoParts => {
            let tables = report.form().section(report.section()).tables;
            report.text_shown().is_none() || !tables.is_empty()
        }
        When::Totals => report.has_totals(),
        // A roll-up is adjusted where another report is explained.
        When::Problems => report.rolled.is_some() || !report.findings.problems.is_empty(),
        When::Last => report.last.is_some(),
        When::Remarks => !report.report().remarks().is_empty(),
        When::Done => !report.document.done().is_empty() || report.may_have_earlier(),
        When::Undone => !report.document.undone().is_empty(),
        When::Rolled => report.rolled.is_some(),
        When::Held => report.file.is_held(),
        When::Copied => has_copied && report.page != Page::Head,
        // The preview answers for its own.
        When::Preview => false,
    }
}

impl ReportScreen {
    /// Says why the report can't be changed; false if it can.
    pub(in crate::tui) fn refuses(&self, cx: &mut Cx<'_>) -> bool {
        if let Some(reason) = &self.file.read_only {
            cx.say(read_only_words(reason));
        }
        self.file.read_only.is_some()
    }
}
