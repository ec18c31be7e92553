//! XML of office documents to a tree of lines and tables.
//!
//! **Never:** expands an entity that the document declares; recurses.
//! Next: `read::docx`, `read::odt` for what elements mean.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

use crate::base::failure::Failure;
use crate::format::archive::{damaged, too_large};
use crate::format::read::tree::Builder;

/// Deepest nesting of elements.
const MAX_DEPTH: usize = 256;

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// Nothing in it counts.
    Skip,
    /// It is transparent.
    Inline,
    /// It opened a node, which ends with it.
    Node,
    /// A line ends with it.
    Line,
    /// Its text counts as it is.
    Text,
    /// Its text counts, raised: a mark behind a number must not join it.
    Raised,
    /// Its text counts unless it is a number: nobody sees it.
    Faint,
    /// Its text counts, with any white space as one space; a line ends with it.
    Flow,
}

/// An element at its beginning.
pub(super) struct Tag<'a> {
    /// Its namespace, or empty.
    pub(super) space: &'a str,
    pub(super) name: &'a str,
    /// How many elements it stands in.
    pub(super) depth: usize,
    /// The byte of the text at which it begins.
    pub(super) at: usize,
    start: &'a BytesStart<'a>,
}

impl Tag<'_> {
    /// The value of an attribute, whatever its prefix.
    pub(super) fn attr(&self, name: &str) -> Option<String> {
        attribute(self.start, name)
    }

    /// The number in an attribute, 1 if there is none.
    pub(super) fn count(&self, name: &str) -> usize {
        let value = self.attr(name);
        value
            .and_then(|value| value.trim().parse().ok())
            .unwrap_or(1)
    }
}

/// The value of an attribute of an element, whatever its prefix.
pub(in crate::format) fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let mut attrs = start.attributes();
    let mut attrs = attrs.with_checks(false).flatten();
    let attr = attrs.find(|attr| attr.key.local_name().as_ref() == name)?;
    let value = attr.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

/// A step through a document.
pub(super) enum Step<'a> {
    Open(&'a Tag<'a>),
    Text(&'a str),
    /// An element of this name ends.
    Close(&'a str),
}

/// Steps through a document; every element that opens is closed.
pub(super) fn walk(
    text: &str,
    mut step: impl FnMut(Step) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let (space, event) = reader.read_resolved_event().map_err(|_| damaged())?;
        match event {
            Event::Start(start) => {
                let space = match &space {
                    ResolveResult::Bound(space) => space.as_ref(),
                    _ => "",
                };
                step(Step::Open(&Tag {
                    space,
                    name: start.local_name().into_inner(),
                    depth,
                    at,
                    start: &start,
                }))?;
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(too_large());
                }
            }
            Event::End(end) => {
                depth -= 1;
                step(Step::Close(end.local_name().into_inner()))?;
            }
            Event::Text(text) => step(Step::Text(&text.xml10_content()))?,
            Event::CData(text) => step(Step::Text(&text.xml10_content()))?,
            Event::GeneralRef(name) => {
                let char = name.resolve_char_ref().ok().flatten();
                match (char, resolve_predefined_entity(&name)) {
                    (Some(char), _) => step(Step::Text(char.encode_utf8(&mut [0; 4]))),
                    (None, Some(text)) => step(Step::Text(text)),
                    (None, None) => step(Step::Text("\u{FFFD}")),
                }?;
            }
            Event::Eof if depth == 0 => return Ok(()),
            // Cut off in the middle: half a document must not pass for a whole one.
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
}

/// Reads a document; `enter` says what each element is.
pub(super) fn build(
    text: &str,
    builder: &mut Builder,
    mut enter: impl FnMut(&Tag, &mut Builder) -> Then,
) -> Result<(), Failure> {
    let mut open: Vec<Then> = Vec::new();
    walk(text, |step| {
        match step {
            // Nothing in what is skipped is asked about.
            Step::Open(_) if open.last() == Some(&Then::Skip) => open.push(Then::Skip),
            Step::Open(tag) => {
                builder.at = tag.at;
                let then = enter(tag, builder);
                if then == Then::Raised {
                    builder.text("（");
                }
                open.push(then);
                if builder.is_full() {
                    return Err(too_large());
                }
            }
            Step::Close(_) => match open.pop() {
                Some(Then::Node) => builder.close(),
                Some(Then::Line | Then::Flow) => builder.end_line(),
                Some(Then::Raised) => builder.text("）"),
                _ => {}
            },
            Step::Text(text) => match open.iter().rev().find(|then| **then != Then::Inline) {
                Some(Then::Text | Then::Raised) => builder.text(text),
                Some(Then::Flow) => builder.flowing(text),
                Some(Then::Faint) => builder.faintly(text),
                _ => {}
            },
        }
        Ok(())
    })
}
