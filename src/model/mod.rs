//! Floor 2: one report, and the only door to change it.
//!
//! A [`Report`] is content under a form. Readers build one through [`Draft`];
//! afterwards only [`Document::apply`], [`Document::undo`], [`Document::redo`]
//! and [`Document::take_back`] change it, each by [`Op`]s that can be inverted.
//!
//! **Never:** knows a rule's code beyond carrying it, the time, a language, or serde.
//! Next: `check` for judging, `format` for files.

mod carry;
mod cell;
mod counted;
mod document;
mod draft;
mod history;
mod last;
pub mod merge;
mod op;
mod remap;
mod report;
mod transaction;

pub use carry::{Carried, NotLast, Rewrite};
pub use cell::Cell;
pub use counted::{Counted, Tally};
pub use document::{Applied, Document, Misfit};
pub use draft::{Draft, Note, Origin};
pub use history::{MOST_BYTES, MOST_KEPT, Step};
pub use op::Op;
pub use remap::Remapped;
pub use report::{
    Fault, Head, HeadField, Heading, Question, Remark, Report, Seen, Unplaced, Unread,
};
pub use transaction::{Change, Transaction};
