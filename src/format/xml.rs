//! XML of office documents to a tree of lines and tables.
//!
//! **Never:** expands an entity that the document declares; recurses.
//! Next: `docx_in`, `odt_in` for what elements mean.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

use super::archive::{damaged, too_large};
use super::flow::Builder;
use crate::base::failure::Failure;

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
    start: &'a BytesStart<'a>,
}

impl Tag<'_> {
    /// The value of an attribute, whatever its prefix.
    pub(super) fn attr(&self, name: &str) -> Option<String> {
        let mut attrs = self.start.attributes();
        let mut attrs = attrs.with_checks(false).flatten();
        let attr = attrs.find(|attr| attr.key.local_name().as_ref() == name)?;
        let value = attr.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }

    /// The number in an attribute, 1 if there is none.
    pub(super) fn count(&self, name: &str) -> usize {
        let value = self.attr(name);
        value
            .and_then(|value| value.trim().parse().ok())
            .unwrap_or(1)
    }
}

/// Reads a document; `enter` says what each element is.
pub(super) fn build(
    text: &str,
    builder: &mut Builder,
    mut enter: impl FnMut(&Tag, &mut Builder) -> Then,
) -> Result<(), Failure> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Then> = Vec::new();
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| damaged())?;
        let how = open.iter().rev().find(|then| **then != Then::Inline);
        match event {
            Event::Start(start) => {
                let space = match &space {
                    ResolveResult::Bound(space) => space.as_ref(),
                    _ => "",
                };
                let tag = Tag {
                    space,
                    name: start.local_name().into_inner(),
                    depth: open.len(),
                    start: &start,
                };
                let then = enter(&tag, builder);
                if then == Then::Skip {
                    reader.read_to_end(start.name()).map_err(|_| damaged())?;
                    continue;
                }
                if then == Then::Raised {
                    builder.text("（");
                }
                open.push(then);
                if open.len() > MAX_DEPTH || builder.is_full() {
                    return Err(too_large());
                }
            }
            Event::End(_) => match open.pop() {
                Some(Then::Node) => builder.close(),
                Some(Then::Line | Then::Flow) => builder.end_line(),
                Some(Then::Raised) => builder.text("）"),
                _ => {}
            },
            Event::Text(text) => say(&text.xml10_content(), how, builder),
            Event::CData(text) => say(&text.xml10_content(), how, builder),
            Event::GeneralRef(name) => {
                let char = name.resolve_char_ref().ok().flatten();
                match (char, resolve_predefined_entity(&name)) {
                    (Some(char), _) => say(char.encode_utf8(&mut [0; 4]), how, builder),
                    (None, Some(text)) => say(text, how, builder),
                    (None, None) => say("\u{FFFD}", how, builder),
                }
            }
            Event::Eof if open.is_empty() => return Ok(()),
            // Cut off in the middle: half a document must not pass for a whole one.
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
}

fn say(text: &str, how: Option<&Then>, builder: &mut Builder) {
    match how {
        Some(Then::Text | Then::Raised) => builder.text(text),
        Some(Then::Flow) => builder.flowing(text),
        Some(Then::Faint) => builder.faintly(text),
        _ => {}
    }
}
