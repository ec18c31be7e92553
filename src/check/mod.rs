//! Check: what is wrong with a report, and what would mend it.
//!
//! Never: does I/O, changes a report, decides how something is shown.
//! Next: `suspect` for which cell is probably wrong.

pub mod suspect;
