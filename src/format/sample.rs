//! The report that the program carries with it.
//!
//! Figures as 北京市西城区民政局 published them for 2024, wrong in two columns
//! of table 三; the form's labels; sentences of our own that say the same facts.
//!
//! **Never:** corrects a figure; the two errors are what the sample shows.
//! Next: `sample.json` itself.

use crate::format::{Options, own};
use crate::model::Report;

const SOURCE: &str = include_str!("sample.json");

/// The embedded report.
///
/// # Panics
/// If the embedded file is damaged, which a test excludes.
#[must_use]
pub fn sample() -> Report {
    own::json::read(SOURCE.as_bytes(), &Options::default())
        .expect("the embedded report is a native file")
        .into_report()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_report_is_written_as_it_is_read() {
        let draft = own::json::read(SOURCE.as_bytes(), &Options::default()).expect("native");
        assert_eq!(draft.notes, []);
        assert_eq!(own::json::write(draft.report()), SOURCE);
    }
}
