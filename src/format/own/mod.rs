//! Layouts that gouji itself writes and reads back: JSON, text, CSV, workbook.
//!
//! **Never:** guess: what is not as written is left to the readers of others.
//! Next: `json` for the editor's own file.

pub mod csv;
pub(in crate::format) mod json;
pub(in crate::format) mod text;
pub(in crate::format) mod xlsx;
