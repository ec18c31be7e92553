//! Markup of a part, with the bytes that each piece of it takes, and edits of it.
//!
//! **Never:** writes anew what it need not touch; recurses.
//! Next: `docx`, `xlsx`, which say what to put where.

use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use crate::base::failure::Failure;
use crate::format::archive::{damaged, too_large};
use crate::format::read::xml::attribute;

/// Deepest nesting of elements.
const MAX_DEPTH: usize = 256;

/// A step through a part, with the bytes that it takes.
pub(super) enum Step<'a> {
    Open(Tag<'a>),
    /// Characters as they stand there; false for those that are written otherwise.
    Text(&'a str, bool),
    /// The last open element ends.
    Close,
}

/// An element at its beginning.
pub(super) struct Tag<'a> {
    pub(super) space: &'a str,
    /// Its name, and with its prefix.
    pub(super) local: &'a str,
    pub(super) name: &'a str,
    /// How many elements it stands in.
    pub(super) depth: usize,
    /// It is written without an end of its own.
    pub(super) is_empty: bool,
    start: &'a BytesStart<'a>,
}

impl Tag<'_> {
    /// The value of an attribute, whatever its prefix.
    pub(super) fn attr(&self, name: &str) -> Option<String> {
        attribute(self.start, name)
    }

    /// Whether an attribute says yes.
    pub(super) fn says(&self, name: &str) -> bool {
        self.attr(name)
            .is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
    }

    /// What stands before its name, with the colon.
    pub(super) fn prefix(&self) -> &str {
        self.name.strip_suffix(self.local).unwrap_or_default()
    }
}

/// Steps through a part; every element that opens is closed.
pub(super) fn walk(
    text: &str,
    mut step: impl FnMut(Step, Range<usize>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut reader = NsReader::from_str(text);
    let position =
        |reader: &NsReader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
    let mut depth = 0_usize;
    loop {
        let from = position(&reader);
        let (space, event) = reader.read_resolved_event().map_err(|_| damaged())?;
        let space = match space {
            ResolveResult::Bound(space) => space.into_inner().to_owned(),
            _ => String::new(),
        };
        let to = position(&reader);
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                let is_empty = matches!(event, Event::Empty(_));
                let tag = Tag {
                    space: &space,
                    local: start.local_name().into_inner(),
                    name: start.name().into_inner(),
                    depth,
                    is_empty,
                    start,
                };
                step(Step::Open(tag), from..to)?;
                if is_empty {
                    step(Step::Close, to..to)?;
                    continue;
                }
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(too_large());
                }
            }
            Event::End(_) => {
                depth = depth.checked_sub(1).ok_or_else(damaged)?;
                step(Step::Close, from..to)?;
            }
            Event::Text(_) => step(Step::Text(&text[from..to], true), from..to)?,
            Event::CData(chars) => step(Step::Text(&chars.xml10_content(), false), from..to)?,
            Event::GeneralRef(name) => {
                let char = name.resolve_char_ref().ok().flatten();
                let known = quick_xml::escape::resolve_predefined_entity(&name);
                let char = char.map(String::from).or(known.map(str::to_owned));
                step(
                    Step::Text(char.as_deref().unwrap_or("\u{FFFD}"), false),
                    from..to,
                )?;
            }
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
}

/// Text as markup holds it; what XML forbids is left out.
pub(super) fn escaped(text: &str) -> String {
    let allowed =
        |c: &char| !matches!(c, '\u{FFFE}' | '\u{FFFF}') && (*c >= ' ' || matches!(c, '\n' | '\t'));
    let text: String = text.chars().filter(allowed).collect();
    quick_xml::escape::escape(text).into_owned()
}

/// A change of a part: bytes and what stands there instead. Of those at one place the
/// lower order stands first.
pub(super) struct Edit {
    pub(super) at: Range<usize>,
    pub(super) order: u8,
    pub(super) text: String,
}

/// A part with changes, none of which overlap.
pub(super) fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.at.start, edit.order));
    let mut out = String::with_capacity(text.len() + edits.len() * 128);
    let mut done = 0;
    for edit in edits {
        out.push_str(&text[done..edit.at.start]);
        out.push_str(&edit.text);
        done = edit.at.end;
    }
    out.push_str(&text[done..]);
    out
}

/// A change that adds content at the end of an element, which may be written without
/// an end of its own.
pub(super) fn at_end(
    open: &Range<usize>,
    name: &str,
    is_empty: bool,
    close: usize,
    content: &str,
) -> Edit {
    if is_empty {
        return Edit {
            at: open.end - "/>".len()..open.end,
            order: 0,
            text: format!(">{content}</{name}>"),
        };
    }
    Edit {
        at: close..close,
        order: 0,
        text: content.to_owned(),
    }
}

/// A part with content added at the end of the first element of a name; what is
/// added is made with the prefix of that element.
pub(super) fn appended(
    text: &str,
    local: &str,
    content: impl Fn(&str) -> String,
) -> Result<String, Failure> {
    let mut found: Option<(Range<usize>, String, String, bool, usize)> = None;
    let mut close = None;
    let mut depth = 0_usize;
    walk(text, |step, at| {
        match step {
            Step::Open(tag) => {
                if tag.local == local && found.is_none() {
                    let (name, prefix) = (tag.name.to_owned(), tag.prefix().to_owned());
                    found = Some((at, name, prefix, tag.is_empty, depth));
                }
                depth += 1;
            }
            Step::Close => {
                depth -= 1;
                if found.as_ref().is_some_and(|found| found.4 == depth) && close.is_none() {
                    close = Some(at.start);
                }
            }
            Step::Text(..) => {}
        }
        Ok(())
    })?;
    let (Some((open, name, prefix, is_empty, _)), Some(close)) = (found, close) else {
        return Err(damaged());
    };
    let edit = at_end(&open, &name, is_empty, close, &content(&prefix));
    Ok(edited(text, vec![edit]))
}
