//! The parts of a Word document around its body: styles, fonts, feet, package.
//!
//! **Never:** holds a time, a name, a path, a comment or a font: equal bodies
//! give equal bytes.
//! Next: `write::docx` for the body.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::marks::DRAFT_MARK;
use crate::format::write::docx::escape;

/// Sizes of a kind of document, in twips but for the half points of letters.
pub(super) struct Look {
    pub(super) title: usize,
    pub(super) text: usize,
    pub(super) cell: usize,
    /// Heights of a line of text and of a line in a table.
    pub(super) line: usize,
    pub(super) cell_line: usize,
    /// Margins at the top and at the bottom, and where the foot stands.
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) foot: usize,
}

impl Look {
    /// The height of its type area.
    pub(super) const fn height(&self) -> usize {
        16_838 - self.top - self.bottom
    }
}

/// The parts that are the same in every document, or but for what stands in `{}`.
const CONTENT_TYPES: &str = include_str!("docx/content-types.xml");
const PROPERTIES: &str = include_str!("docx/core.xml");
const PACKAGE: &str = include_str!("docx/package.rels.xml");
const DOCUMENT_RELATIONS: &str = include_str!("docx/document.rels.xml");
/// A quarter of a point less between characters of the text: 28 of them fill a line.
const STYLES: &str = include_str!("docx/styles.xml");
const SETTINGS: &str = include_str!("docx/settings.xml");
/// Fonts of official documents, which many machines lack, and what replaces
/// them: no more than 31 characters a list, as Word has it.
const FONTS: &str = include_str!("docx/fontTable.xml");
/// The page number of odd and of even pages, a character away from the edge.
const FOOTERS: [&str; 2] = [
    include_str!("docx/footer1.xml"),
    include_str!("docx/footer2.xml"),
];
const HEADER: &str = include_str!("docx/header.xml");

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A part beside the body: its file, its kind, its content.
type Part = (&'static str, &'static str, String);

/// Zips a document and its parts, always to the same bytes.
pub(super) fn pack(
    look: &Look,
    title: &str,
    body: &str,
    is_draft: bool,
) -> Result<Vec<u8>, Failure> {
    let mut parts: Vec<Part> = vec![
        ("styles", "styles", styles(look)),
        ("settings", "settings", SETTINGS.to_owned()),
        ("fontTable", "fontTable", FONTS.to_owned()),
        ("footer1", "footer", FOOTERS[0].to_owned()),
        ("footer2", "footer", FOOTERS[1].to_owned()),
    ];
    if is_draft {
        let mark = HEADER.replace("{mark}", DRAFT_MARK);
        parts.push(("header1", "header", mark.clone()));
        parts.push(("header2", "header", mark));
    }
    let mut types = String::new();
    let mut relations = String::new();
    let mut pages = String::new();
    for (at, (file, kind, _)) in parts.iter().enumerate() {
        let id = at + 1;
        let _ = write!(
            types,
            "<Override PartName=\"/word/{file}.xml\" ContentType=\"{TYPES}.{kind}+xml\"/>"
        );
        let _ = write!(
            relations,
            "<Relationship Id=\"rId{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{file}.xml\"/>"
        );
        let page = match *file {
            "footer1" | "header1" => "default",
            "footer2" | "header2" => "even",
            _ => continue,
        };
        let _ = write!(
            pages,
            "<w:{kind}Reference w:type=\"{page}\" r:id=\"rId{id}\"/>"
        );
    }
    let document = format!(
        "{DECLARATION}<w:document {WORD} xmlns:r=\"{RELATIONS}\"><w:body>\n{body}<w:sectPr>{pages}{}</w:sectPr></w:body></w:document>\n",
        page(look)
    );
    let mut files = vec![
        (
            "[Content_Types].xml".to_owned(),
            CONTENT_TYPES.replace("{parts}", &types),
        ),
        ("_rels/.rels".to_owned(), PACKAGE.to_owned()),
        ("docProps/core.xml".to_owned(), properties(title)),
        ("word/document.xml".to_owned(), document),
        (
            "word/_rels/document.xml.rels".to_owned(),
            DOCUMENT_RELATIONS.replace("{parts}", &relations),
        ),
    ];
    for (file, _, content) in parts {
        files.push((format!("word/{file}.xml"), content));
    }
    zipped(&files).map_err(|_| {
        Failure::file(words("文档太大，写不成 docx", "too large to be written as docx").into())
    })
}

/// What the document says of itself: its title and language, and nobody's name.
fn properties(title: &str) -> String {
    let mut text = String::new();
    escape(&mut text, title);
    PROPERTIES.replace("{title}", &text)
}

fn zipped(files: &[(String, String)]) -> std::io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A4, 28 mm free on the left and 26 mm on the right.
fn page(look: &Look) -> String {
    let Look {
        top, bottom, foot, ..
    } = look;
    format!(
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"{top}\" w:right=\"1474\" w:bottom=\"{bottom}\" w:left=\"1587\" w:header=\"1134\" w:footer=\"{foot}\" w:gutter=\"0\"/><w:cols w:space=\"425\"/>"
    )
}

/// All styles in the sizes of a look.
fn styles(look: &Look) -> String {
    // Both indents stand there: the characters count in Word and WPS, the twips elsewhere.
    let sizes = [
        ("{title}", look.title),
        ("{title-line}", look.title * 16),
        ("{text}", look.text),
        ("{indent}", look.text * 20),
        ("{line}", look.line),
        ("{cell}", look.cell),
        ("{cell-line}", look.cell_line),
    ];
    let mut styles = STYLES.to_owned();
    for (name, size) in sizes {
        styles = styles.replace(name, &size.to_string());
    }
    styles
}
