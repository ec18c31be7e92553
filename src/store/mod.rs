//! Floor 4: the disk. Files, previous versions, journals, locks, small state.
//!
//! Everything goes through one [`Store`]: it knows the folders, who is working
//! and how a report becomes text, and every step that touches the disk passes
//! its [`Disk`], so that a test can let each step fail once and see their order.
//!
//! **Never:** knows a rule, prints, or decides what the user should do.
//! Next: `file` for opening and saving, `journal` for what survives a crash.

#![expect(
    clippy::disallowed_methods,
    reason = "this floor is where the disk is touched"
)]

mod change;
pub mod config;
pub mod disk;
pub mod file;
pub mod here;
pub mod journal;
pub mod lock;
pub mod places;
pub mod recovery;

use std::path::Path;

use crate::base::moment::Moment;
use crate::base::width::is_unsafe;
use crate::model::Report;

pub use disk::{Disk, Real, Step};
pub use file::{Growing, Opened, SaveFailure, Saved};
pub use here::Who;
pub use journal::Journal;
pub use lock::{Lock, Locking};
pub use places::{Name, Places};
pub use recovery::{CellDifference, Differences, Pending, Recovery, Stopped, differences};

/// How a whole report becomes text and comes back: the native format.
#[derive(Clone, Copy, Debug)]
pub struct Codec {
    /// The text that `read` reads back as the same report.
    pub write: fn(&Report) -> String,
    /// The report in a text, if it is one.
    pub read: fn(&str) -> Option<Report>,
}

/// The disk, as the program uses it.
pub struct Store {
    /// Where things live.
    pub places: Places,
    /// Who is working.
    pub who: Who,
    codec: Codec,
    disk: Box<dyn Disk>,
    clock: fn() -> Moment,
}

impl Store {
    /// The store of this machine and user.
    #[must_use]
    pub fn here(codec: Codec) -> Self {
        Store::new(here::places(), here::who(), codec)
    }

    /// A store in given places.
    #[must_use]
    pub fn new(places: Places, who: Who, codec: Codec) -> Self {
        Store {
            places,
            who,
            codec,
            disk: Box::new(Real),
            clock: here::now,
        }
    }

    /// The same store with its steps going through another disk.
    #[must_use]
    pub fn on(mut self, disk: Box<dyn Disk>) -> Self {
        self.disk = disk;
        self
    }

    /// The same store with another clock.
    #[must_use]
    pub fn at(mut self, clock: fn() -> Moment) -> Self {
        self.clock = clock;
        self
    }

    fn disk(&self) -> &dyn Disk {
        self.disk.as_ref()
    }

    fn now(&self) -> Moment {
        (self.clock)()
    }
}

/// A path for people: without characters that could steer a terminal.
fn shown(path: &Path) -> String {
    plain(&path.to_string_lossy(), usize::MAX)
}

/// A text of strangers for people: printable, and not longer than asked.
fn plain(text: &str, chars: usize) -> String {
    text.chars()
        .take(chars)
        .map(|c| if is_unsafe(c) { '\u{FFFD}' } else { c })
        .collect()
}

/// A value of ours as one line of JSON, with its newline.
fn json_line(value: &impl serde::Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(value).expect("texts, numbers and lists are JSON");
    line.push(b'\n');
    line
}
