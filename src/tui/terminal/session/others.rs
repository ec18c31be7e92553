//! What others do with the report that is open: their saves, their requests.
//!
//! **Never:** takes over what they wrote before the report on the screen has it.
//! Next: `store::lock` for who holds a report, `model::merge` for what is made of two.

use std::path::Path;

use crate::base::facts::Stamp;
use crate::base::failure::Failure;
use crate::base::words::words;
use crate::store::file::{Since, since};
use crate::store::import::{How, Imported, import};
use crate::tui::input::{Reply, Theirs};

use super::Session;

impl Session {
    /// The file of the report as somebody else left it.
    pub(super) fn theirs(&self, path: &Path) -> Reply {
        match self.read_theirs(path) {
            Ok(theirs) => Reply::Theirs(Box::new(theirs)),
            Err(failure) => Reply::Failed(failure),
        }
    }

    fn read_theirs(&self, path: &Path) -> Result<Theirs, Failure> {
        let how = How {
            form: self.form,
            ..How::default()
        };
        let Imported {
            facts,
            content,
            draft,
            ..
        } = import(path, &how)?;
        if draft.unknown_keys {
            let what = words(
                "文件里有这个版本不认识的内容，不能合并",
                "the file holds what this version does not know and is not merged",
            );
            return Err(Failure::file(what.into()));
        }
        Ok(Theirs {
            file: facts,
            content,
            report: draft.into_report(),
        })
    }

    /// The same where it is not as it was; a file that is being written is looked at the
    /// next time.
    pub(super) fn follow(&self, path: &Path, stamp: Stamp) -> Option<Reply> {
        if since(path, self.seen(stamp)) != Since::Other {
            return None;
        }
        let theirs = self.read_theirs(path).ok()?;
        Some(Reply::Theirs(Box::new(theirs)))
    }

    /// What somebody else left in the file is part of the report on the screen now.
    pub(super) fn adopted(&mut self, content: Option<u128>) {
        if let Some(open) = &mut self.open {
            open.content = content;
        }
    }

    pub(super) fn ask_to_let_go(&self, path: &Path) -> Reply {
        match self.store.ask_to_let_go(path) {
            Ok(()) => Reply::Said(
                words(
                    "已经留话请他让出；他保存、切换窗口或再动键盘时会看到",
                    "a request was left; it will be seen at the next save, key or change of window",
                )
                .into(),
            ),
            Err(failure) => Reply::Failed(failure),
        }
    }

    /// Whether somebody asks for the report to be let go.
    pub(in crate::tui::terminal) fn asked(&self) -> Option<Reply> {
        let lock = self.open.as_ref()?.lock.as_ref()?;
        let asker = self.store.asked(lock)?;
        Some(Reply::Asked {
            by: asker.by,
            at: asker.at,
        })
    }
}
