//! Readers: bytes of one kind of file to pieces, and so to a draft.
//!
//! ```text
//! text               ─ signs, rows, torn, surer          lines
//! html docx odt      ─ dom, xml ─ tree ─ document        nested documents
//! xlsx xls ods       ─ sheet ─ workbook                  sheets
//! pdf, layout        ─ page ─ grid ─ flow                pages
//! csv                                                    separated values
//! ```
//!
//! **Never:** decide which cell a box is; that is the matcher's.
//! Next: `text` for the simplest, `assemble` for where all of them end.

pub(in crate::format) mod csv;
mod document;
pub(in crate::format) mod docx;
mod dom;
mod flow;
mod grid;
pub(in crate::format) mod html;
mod layout;
mod mail;
pub(in crate::format) mod number_format;
mod numbering;
pub(in crate::format) mod ods;
pub(in crate::format) mod odt;
mod page;
mod page_style;
pub(in crate::format) mod pdf;
mod pdf_limit;
mod rows;
pub(in crate::format) mod sheet;
mod signs;
mod surer;
pub(in crate::format) mod text;
mod torn;
mod tree;
pub(in crate::format) mod workbook;
pub(in crate::format) mod xls;
pub(in crate::format) mod xlsx;
pub(in crate::format) mod xml;

use crate::base::failure::Failure;
use crate::format::{Options, own};
use crate::model::Draft;

/// Makes a draft of the sheets of a workbook, be it our own or anybody's.
fn of_sheets(sheets: Vec<sheet::Sheet>, options: &Options) -> Result<Draft, Failure> {
    match own::xlsx::read(&sheets, options) {
        Some(draft) => Ok(draft),
        None => workbook::tables(sheets, options),
    }
}
