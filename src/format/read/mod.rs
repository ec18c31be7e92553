//! Readers: bytes of one kind of file to blocks, and so to a draft.
//!
//! **Never:** decide which cell a box is; that is the matcher's.
//! Next: `text` for the simplest, `assemble` for where all of them end.

pub(in crate::format) mod csv;
pub(in crate::format) mod docx;
pub(in crate::format) mod html;
pub(in crate::format) mod layout;
pub(in crate::format) mod mail;
pub(in crate::format) mod number_format;
pub(in crate::format) mod numbering;
pub(in crate::format) mod ods;
pub(in crate::format) mod odt;
pub(in crate::format) mod page;
pub(in crate::format) mod page_style;
pub(in crate::format) mod pdf;
pub(in crate::format) mod pdf_limit;
pub(in crate::format) mod ruled;
pub(in crate::format) mod text;
pub(in crate::format) mod torn;
pub(in crate::format) mod tree;
pub(in crate::format) mod workbook;
pub(in crate::format) mod xls;
pub(in crate::format) mod xlsx;
pub(in crate::format) mod xml;
