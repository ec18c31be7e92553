//! Floor 0: words, widths, numbers as typed, failures. Knows no form.
//!
//! **Never:** names a cell, a rule or a report; touches the outside world.
//! Next: `form` for the official layouts.

pub mod body;
pub mod comment;
pub mod facts;
pub mod failure;
mod fixed;
pub mod folded;
pub mod moment;
pub mod number;
pub mod numeral;
pub mod ordinal;
pub mod path;
pub mod place;
pub mod schema;
pub mod sentence;
pub mod sheet;
pub mod spelling;
pub mod width;
pub mod words;
pub mod year;
