//! Floor 4: the disk. Files, previous versions, journals, locks, small state.
//!
//! Everything goes through one [`Store`]: it knows the folders, who is working
//! and how a report becomes text, and every step that touches the disk passes
//! its [`Disk`], so that a test can let each step fail once and see their order.
//!
//! **Never:** knows a rule, prints, or decides what the user should do.
//! Next: `file` for reading, `save` for writing, `journal` for what survives a crash;
//! `import`, `walk` and `parallel` for reports, folders and many of them.

#![expect(
    clippy::disallowed_methods,
    reason = "this floor is where the disk is touched"
)]

mod change;
pub mod config;
pub mod disk;
pub mod failure;
pub mod file;
pub mod folder;
pub mod import;
pub mod journal;
pub mod lock;
pub mod machine;
pub mod name;
pub mod parallel;
pub mod places;
pub mod recovery;
pub mod save;
pub mod versions;
pub mod walk;

use crate::base::moment::Moment;
use crate::format::{self, NATIVE, Options};
use crate::model::Report;

pub use disk::{Disk, Real, Step};
pub use file::{Opened, Seen};
pub use journal::Journal;
pub use lock::{Lock, Locking};
pub use machine::Who;
pub use name::Name;
pub use places::Places;
pub use recovery::{
    CellDifference, Differences, Found, Kept, Pending, Recovery, Stopped, differences,
};
pub use save::{Over, SaveFailure, Saved, Saving};

/// How a whole report becomes text and comes back: the native format.
#[derive(Clone, Copy, Debug)]
pub struct Codec {
    /// The text that `read` reads back as the same report.
    pub write: fn(&Report) -> String,
    /// The report in a text, if it is one.
    pub read: fn(&str) -> Option<Report>,
}

impl Codec {
    /// The native format.
    pub const NATIVE: Codec = Codec {
        write: format::native,
        read: |text| {
            let options = Options {
                format: Some(&NATIVE),
                ..Options::default()
            };
            let draft = format::read(text.as_bytes(), None, &options).ok()?;
            Some(draft.into_report())
        },
    };
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
    /// The store of this machine and user; it keeps reports in the native format.
    #[must_use]
    pub fn here() -> Self {
        Store::new(machine::places(), machine::who(), Codec::NATIVE)
    }

    /// A store in given places.
    #[must_use]
    pub fn new(places: Places, who: Who, codec: Codec) -> Self {
        Store {
            places,
            who,
            codec,
            disk: Box::new(Real),
            clock: machine::now,
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

/// A foreign text made printable, cut after so many characters.
fn plain(text: &str, chars: usize) -> String {
    let end = text.char_indices().nth(chars);
    crate::base::width::shown(&text[..end.map_or(text.len(), |(at, _)| at)]).into_owned()
}

/// A value of ours as one line of JSON, with its newline.
fn json_line(value: &impl serde::Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(value).expect("texts, numbers and lists are JSON");
    line.push(b'\n');
    line
}
