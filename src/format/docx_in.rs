//! Word documents (DOCX), as Word shows them with all changes accepted.
//!
//! **Never:** reads text that is deleted, hidden or struck out; follows a link.
//! Next: `flow` for what becomes of the document; `numbering` for numbers that
//! Word sets by itself.

use super::archive::{Archive, damaged};
use super::flow::{self, About, Builder, Role};
use super::numbering::Numbering;
use super::xml::{self, Tag, Then};
use super::{Options, encoding};
use crate::base::failure::Failure;
use crate::base::words::{Words, words};
use crate::model::{Draft, Note};

/// The document itself; the relations that would say so are often lost.
pub(super) const DOCUMENT: &str = "word/document.xml";
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

const CHANGED: Words = words(
    "文档里有修订痕迹，按全部接受后的样子读",
    "the document holds tracked changes; it was read as if all were accepted",
);
const OTHER_PART: Words = words(
    "文档里嵌了另一个文件，嵌入的部分没有读",
    "another file is embedded in the document; that part was not read",
);

/// Reads a Word document.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    let mut archive = Archive::open(bytes)?;
    let document = archive.part(DOCUMENT)?.ok_or_else(damaged)?;
    let numbers = archive.part("word/numbering.xml")?;
    let styles = archive
        .part("word/styles.xml")?
        .filter(|_| numbers.is_some());
    let text = |part: Option<Vec<u8>>| part.map(|part| encoding::xml(&part).into_owned());
    let numbering = Numbering::of(text(numbers).as_deref(), text(styles).as_deref());
    let mut builder = Builder::new();
    let mut reading = Reading {
        numbering,
        ..Reading::default()
    };
    xml::build(&encoding::xml(&document), &mut builder, |tag, builder| {
        reading.enter(tag, builder)
    })?;
    let note = |what: Words| Note {
        place: String::new(),
        message: what.into(),
    };
    let mut notes = Vec::new();
    notes.extend(reading.changed.then(changed));
    notes.extend(reading.other_part.then(|| note(OTHER_PART)));
    notes.extend(builder.struck.then(flow::struck));
    let about = About {
        notes,
        title: String::new(),
    };
    flow::draft(&builder.finish(), about, options)
}

/// Says that tracked changes were taken as accepted.
pub(super) fn changed() -> Note {
    Note {
        place: String::new(),
        message: CHANGED.into(),
    }
}

/// How the text of a run is shown.
#[derive(Clone, Copy, Default)]
struct Run {
    hidden: bool,
    struck: bool,
    raised: bool,
}

#[derive(Default)]
struct Reading {
    numbering: Numbering,
    run: Option<Run>,
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
        if !WORD.contains(&tag.space) {
            return Then::Inline;
        }
        if self.row.is_some_and(|depth| tag.depth <= depth) {
            self.row = None;
        }
        match tag.name {
            "tbl" => open(builder, Role::Table),
            "tr" => open(builder, Role::Row),
            "tc" => open(builder, Role::Field { cols: 1, rows: 1 }),
            "txbxContent" => open(builder, Role::Group),
            "p" => {
                builder.end_line();
                (self.style, self.list, self.run) = (None, None, None);
                self.numbered = false;
                Then::Line
            }
            "trPr" => {
                self.row = Some(tag.depth);
                Then::Inline
            }
            "gridBefore" => {
                builder.open(Role::Covered {
                    cols: tag.count("val"),
                });
                Then::Node
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
            "altChunk" | "subDoc" => {
                self.other_part = true;
                Then::Skip
            }
            "sectPr" | "tblPr" | "tblGrid" | "instrText" | "delText" | "delInstrText"
            | "pPrChange" | "rPrChange" | "tblPrChange" | "tcPrChange" | "trPrChange" | "tabs"
            | "sdtPr" | "rt" | "numberingChange" => Then::Skip,
            _ => self.enter_paragraph(tag, builder),
        }
    }

    /// What stands within a paragraph: its number, runs, text.
    fn enter_paragraph(&mut self, tag: &Tag, builder: &mut Builder) -> Then {
        let on = || {
            !matches!(
                tag.attr("val").as_deref(),
                Some("0" | "false" | "off" | "none")
            )
        };
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
            "strike" | "dstrike" | "vanish" | "vertAlign" => {
                if let Some(run) = self.run.as_mut().filter(|_| on()) {
                    match tag.name {
                        "vanish" => run.hidden = true,
                        "vertAlign" => {
                            run.raised = tag.attr("val").as_deref() == Some("superscript");
                        }
                        _ => run.struck = true,
                    }
                }
                Then::Skip
            }
            "t" => {
                let run = self.run.unwrap_or_default();
                builder.struck |= run.struck;
                match run {
                    Run { struck: true, .. } | Run { hidden: true, .. } => Then::Skip,
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
