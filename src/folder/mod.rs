//! Floor 4: the reports of one folder as units: who sent which file, and how it stands.
//!
//! ```text
//! files ─ FileOf ─┐
//! 名单 ── Roster ─┼─ units ─ Unit ─ Standing
//! 勾稽审核.json ─ List ─┘
//! ```
//! All of it is plain data; `store::folder` reads files, roster and list off the disk and
//! keeps the list.
//!
//! **Never:** does I/O; merges what is not certain; writes a unit's file.
//! Next: `unit` for how files find their unit, `list` for what is remembered.

mod change;
mod day;
mod file;
mod list;
mod matching;
mod rolling;
mod roster;
mod said;
mod standing;
mod summed;
mod unit;

pub use change::Change;
pub use day::Day;
pub use file::{Content, FileOf, named};
pub use list::{LIST, List, Pass, Return};
pub use rolling::Rolling;
pub use roster::{Entry, ROSTERS, Roster};
pub use said::{deadline, remarks, sums, totals};
pub use standing::{Since, Standing, State, broken};
pub use summed::{Asked, Summed};
pub use unit::{Filed, Role, Unit, Units, units};
