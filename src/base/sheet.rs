//! A sheet of paper as plain data: headings, paragraphs, tables.
//!
//! `paper` makes sheets, `format` writes them as documents; neither knows the
//! other.
//!
//! **Never:** knows a report, a rule or a format.
//! Next: `paper` for who fills one.

/// A sheet: a title and what stands below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its title, also the name of its tab in a workbook.
    pub title: String,
    /// What stands on it, from the top.
    pub blocks: Vec<Block>,
}

/// A piece of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Rows of boxes, the heads first.
    Table(Vec<Vec<String>>),
}
