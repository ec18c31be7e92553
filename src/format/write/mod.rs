//! Writers of documents for people: Word, web page, and what both print.
//!
//! **Never:** hold a time, a user or a path: equal reports give equal bytes.
//! Next: `printout` for what is printed.

pub(in crate::format) mod docx;
pub(in crate::format) mod docx_pack;
pub(in crate::format) mod html;
pub(in crate::format) mod printout;
pub(in crate::format) mod sheet_text;
