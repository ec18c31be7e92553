//! Word documents (DOCX), as Word shows them with all changes accepted.
//!
//! **Never:** reads text that is deleted, hidden or struck out; follows a link.
//! Next: `read::tree` for what becomes of the document; `read::numbering` for numbers that
//! Word sets by itself.

use std::collections::BTreeMap;

use crate::base::failure::Failure;
use crate::base::place::Place;
use crate::base::words::{Words, words};
use crate::format::archive::{Archive, damaged};
use crate::format::read::document::{self, About};
use crate::format::read::numbering::Numbering;
use crate::format::read::tree;
use crate::format::read::tree::{Builder, Role};
use crate::format::read::xml;
use crate::format::read::xml::{Tag, Then};
use crate::format::{Format, MAX_PACKED, Options, PRINTED, encoding, foreign_document, write};
use crate::model::{Draft, Note, Seen};

/// The document itself; the relations that would say so are often lost.
pub(in crate::format) const DOCUMENT: &str = "word/document.xml";
/// The namespaces of Word's elements, transitional and strict.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];
/// The namespaces of formulas, whose text counts.
const MATH: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
];
/// The namespace of alternatives: the first is what Word shows.
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// Elements of pictures, with their namespaces.
const PICTURES: [(&str, &str); 3] = [
    (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "blip",
    ),
    ("http://purl.oclc.org/ooxml/drawingml/main", "blip"),
    ("urn:schemas-microsoft-com:vml", "imagedata"),
];

const CHANGED: Words = words(
    "文档里有修订痕迹，按全部接受后的样子读",
    "the document holds tracked changes; it was read as if all were accepted",
);
const OTHER_PART: Words = words(
    "文档里嵌了另一个文件，嵌入的部分没有读",
    "another file is embedded in the document; that part was not read",
);

/// Word documents.
pub static DOCX: Format = Format {
    marks: &[(b"PK\x03\x04", b"word/document.xml")],
    carries: PRINTED,
    write: Some(write::docx::write),
    marks_drafts: true,
    ..foreign_document(
        "docx",
        words("Word 文档", "Word document"),
        &["docx", "docm", "dotx"],
        MAX_PACKED,
        read,
    )
};

/// Reads a Word document.
fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    let (reading, builder) = built(bytes)?;
    let note = |what: Words| Note {
        place: Place::Nowhere,
        message: what.into(),
    };
    let mut notes = Vec::new();
    notes.extend(reading.changed.then(changed));
    notes.extend(reading.other_part.then(|| note(OTHER_PART)));
    notes.extend(builder.struck.then(tree::struck));
    notes.extend(builder.faint.then(tree::faint));
    let about = About {
        notes,
        title: String::new(),
    };
    document::draft(&builder.finish(), about, options)
}

/// Where the boxes of the tables begin in the document's text, by their places.
pub(in crate::format) fn boxes(
    bytes: &[u8],
    options: &Options,
) -> Result<BTreeMap<Place, usize>, Failure> {
    let (_, builder) = built(bytes)?;
    Ok(document::boxes(&builder.finish(), options))
}

fn built(bytes: &[u8]) -> Result<(Reading, Builder), Failure> {
    let mut archive = Archive::open(bytes)?;
    let document = archive.part(DOCUMENT)?.ok_or_else(damaged)?;
    let numbers = archive.part("word/numbering.xml")?;
    let styles = archive.part("word/styles.xml")?;
    let text = |part: Option<Vec<u8>>| part.map(|part| encoding::xml(&part).into_owned());
    let (numbers, styles) = (text(numbers), text(styles));
    let of_numbers = styles.as_deref().filter(|_| numbers.is_some());
    let numbering = Numbering::of(numbers.as_deref(), of_numbers);
    let mut builder = Builder::new();
    let mut reading = Reading {
        numbering,
        styles: styles.map_or_else(Vec::new, |styles| looks(&styles)),
        ..Reading::default()
    };
    xml::build(&encoding::xml(&document), &mut builder, |tag, builder| {
        reading.enter(tag, builder)
    })?;
    Ok((reading, builder))
}

/// Says that tracked changes were taken as accepted.
pub(super) fn changed() -> Note {
    Note {
        place: Place::Nowhere,
        message: CHANGED.into(),
    }
}

/// How the text of a run is shown.
#[derive(Clone, Copy, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a property that the document sets by itself"
)]
struct Run {
    hidden: bool,
    struck: bool,
    raised: bool,
    /// White on nothing that is known to be dark, or too small to be seen.
    faint: bool,
}

/// The styles of characters that change how a text is shown, by their names.
fn looks(styles: &str) -> Vec<(String, Run)> {
    let mut found: Vec<(String, Run)> = Vec::new();
    if !["trike", "vanish"].iter().any(|look| styles.contains(look)) {
        return found;
    }
    // Styles up to where they are broken are better than none.
    let _ = xml::build(styles, &mut Builder::new(), |tag, _| {
        match tag.name {
            "style" => found.push((tag.attr("styleId").unwrap_or_default(), Run::default())),
            _ => {
                if let Some((_, run)) = found.last_mut() {
                    run.apply(tag);
                }
            }
        }
        Then::Inline
    });
    found.retain(|(_, run)| run.hidden || run.struck);
    found
}

impl Run {
    /// Takes a property of characters; false if it is none that counts here.
    fn apply(&mut self, tag: &Tag) -> bool {
        let val = tag.attr("val");
        let on = !matches!(val.as_deref(), Some("0" | "false" | "off" | "none"));
        match tag.name {
            "vanish" => self.hidden = on,
            "strike" | "dstrike" => self.struck = on,
            "vertAlign" => self.raised = val.as_deref() == Some("superscript"),
            "color" => {
                let white = val.is_some_and(|val| val.eq_ignore_ascii_case("ffffff"));
                self.faint = white && tag.attr("themeColor").is_none();
            }
            // Half points: nothing under one point is seen.
            "sz" => {
                let size = val.and_then(|val| val.parse::<u32>().ok());
                self.faint |= size.is_some_and(|size| size < 3);
            }
            _ => return false,
        }
        true
    }
}

#[derive(Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a property that the document sets by itself"
)]
struct Reading {
    numbering: Numbering,
    styles: Vec<(String, Run)>,
    run: Option<Run>,
    /// The box is shaded: white text is seen on it.
    is_shaded: bool,
    /// Depth of the properties of a row that are being read.
    row: Option<usize>,
    /// The style and the list of the paragraph, until its number is printed.
    style: Option<String>,
    list: Option<(Option<String>, Option<usize>)>,
    numbered: bool,
    changed: bool,
    other_part: bool,
}

impl Reading {
    fn enter(&mut self, tag: &Tag, builder: &mut Builder) -> Then {
        if MATH.contains(&tag.space) && tag.name == "t" {
            return Then::Text;
        }
        if tag.space == COMPATIBILITY && tag.name == "Fallback" {
            return Then::Skip;
        }
        if PICTURES.contains(&(tag.space, tag.name)) {
            builder.object(Seen::Picture);
            return Then::Skip;
        }
        if !WORD.contains(&tag.space) {
            return Then::Inline;
        }
        if self.row.is_some_and(|depth| tag.depth <= depth) {
            self.row = None;
        }
        match tag.name {
            "txbxContent" => open(builder, Role::Group),
            "p" => {
                builder.end_line();
                (self.style, self.list, self.run) = (None, None, None);
                self.numbered = false;
                Then::Line
            }
            "del" | "moveFrom" | "cellDel" => {
                self.changed = true;
                if self.row.is_some() || tag.name == "cellDel" {
                    builder.unsee();
                }
                Then::Skip
            }
            "ins" | "moveTo" => {
                self.changed = true;
                Then::Inline
            }
            "altChunk" | "subDoc" => {
                self.other_part = true;
                builder.object(Seen::Embedded);
                Then::Skip
            }
            "object" => {
                builder.object(Seen::Embedded);
                Then::Skip
            }
            "sectPr" | "tblPr" | "tblGrid" | "instrText" | "delText" | "delInstrText"
            | "pPrChange" | "rPrChange" | "tblPrChange" | "tcPrChange" | "trPrChange" | "tabs"
            | "sdtPr" | "rt" | "numberingChange" => Then::Skip,
            _ => self.enter_table(tag, builder),
        }
    }

    /// What makes a table: its rows, its boxes, what they say of their columns.
    fn enter_table(&mut self, tag: &Tag, builder: &mut Builder) -> Then {
        match tag.name {
            "tbl" => open(builder, Role::Table),
            "tr" => open(builder, Role::Row { after: 0 }),
            "tc" => {
                self.is_shaded = false;
                open(builder, Role::Field { cols: 1, rows: 1 })
            }
            "shd" => {
                let fill = tag.attr("fill").unwrap_or_default();
                self.is_shaded |= !matches!(fill.as_str(), "" | "auto" | "FFFFFF" | "ffffff");
                Then::Skip
            }
            "trPr" => {
                self.row = Some(tag.depth);
                Then::Inline
            }
            "gridAfter" => {
                builder.ends_early(tag.count("val"));
                Then::Skip
            }
            "gridBefore" => {
                builder.open(Role::Covered {
                    cols: tag.count("val"),
                });
                Then::Node
            }
            "gridSpan" => {
                builder.widen(tag.count("val"));
                Then::Skip
            }
            "vMerge" => {
                if tag.attr("val").as_deref() != Some("restart") {
                    builder.cover();
                }
                Then::Skip
            }
            _ => self.enter_paragraph(tag, builder),
        }
    }

    /// What stands within a paragraph: its number, runs, text.
    fn enter_paragraph(&mut self, tag: &Tag, builder: &mut Builder) -> Then {
        match tag.name {
            "pStyle" => {
                self.style = tag.attr("val");
                Then::Skip
            }
            "numId" | "ilvl" => {
                let list = self.list.get_or_insert_default();
                match tag.name {
                    "numId" => list.0 = tag.attr("val"),
                    _ => list.1 = tag.attr("val").and_then(|level| level.parse().ok()),
                }
                Then::Skip
            }
            "r" => {
                if !std::mem::replace(&mut self.numbered, true) {
                    let list = self.list.take().unwrap_or_default();
                    let label = self.numbering.next(self.style.as_deref(), list);
                    builder.text(&label);
                }
                self.run = Some(Run::default());
                Then::Inline
            }
            "rStyle" => {
                let named = tag.attr("val").unwrap_or_default();
                let style = self.styles.iter().find(|(style, _)| *style == named);
                if let (Some(run), Some((_, style))) = (self.run.as_mut(), style) {
                    run.hidden |= style.hidden;
                    run.struck |= style.struck;
                }
                Then::Skip
            }
            "strike" | "dstrike" | "vanish" | "vertAlign" | "color" | "sz" => {
                if let Some(run) = self.run.as_mut() {
                    run.apply(tag);
                }
                Then::Skip
            }
            "t" => {
                let run = self.run.unwrap_or_default();
                builder.struck |= run.struck;
                match run {
                    Run { struck: true, .. } | Run { hidden: true, .. } => Then::Skip,
                    Run { faint: true, .. } if builder.in_field() && !self.is_shaded => Then::Faint,
                    Run { raised: true, .. } if builder.in_field() => Then::Raised,
                    _ => Then::Text,
                }
            }
            "tab" | "ptab" if self.run.is_some() => say(builder, "\t"),
            "noBreakHyphen" => say(builder, "-"),
            "br" | "cr" => {
                builder.end_line();
                Then::Skip
            }
            _ => Then::Inline,
        }
    }
}

fn open(builder: &mut Builder, role: Role) -> Then {
    builder.open(role);
    Then::Node
}

fn say(builder: &mut Builder, text: &str) -> Then {
    builder.text(text);
    Then::Skip
}
