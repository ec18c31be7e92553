//! Comments in a Word document, at sentences, headings and boxes of tables.
//!
//! A sentence within a run cuts it in two of the same look; nothing else moves.
//!
//! **Never:** sets a comment into a text box, a footnote or deleted text, where Word
//! takes none.
//! Next: `read::docx`, whose places are looked up.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::find::{counts, find};
use super::markup::{Edit, Step, appended, at_end, edited, escaped, walk};
use super::package::Package;
use super::{AUTHOR, DECLARATION, not_strict, protected, together};
use crate::base::comment::{About, Comment};
use crate::base::failure::Failure;
use crate::format::Options;
use crate::format::archive::damaged;
use crate::format::read::docx::{DOCUMENT, boxes};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const COMMENTS: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
/// What the part of comments is called, where nothing is called so.
const PART: &str = "word/comments.xml";
const INITIALS: &str = "勾";
/// A comment in letters of its own: the paragraphs of a report are large and indented.
const LOOK: &str = "<w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:left=\"0\" w:right=\"0\" w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"left\"/></w:pPr>";
const LETTERS: &str =
    "<w:rPr><w:rFonts w:eastAsia=\"宋体\"/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>";

/// Writes comments; how many stand where they belong, and how many at the end.
pub(super) fn write(
    package: &mut Package,
    bytes: &[u8],
    options: &Options,
    comments: &[Comment],
) -> Result<(usize, usize), Failure> {
    let text = package.needed(DOCUMENT)?;
    not_strict(&text)?;
    may_comment(package)?;
    let page = Page::of(&text)?;
    let boxes = boxes(bytes, options)?;
    let mut at: BTreeMap<(usize, usize, usize), Vec<&Comment>> = BTreeMap::new();
    let mut apart = Vec::new();
    for comment in comments {
        let found = match &comment.about {
            About::Source => None,
            About::Place(place) => boxes.get(place).and_then(|at| page.in_box(*at)),
            About::Text { text, nth } => page.find(text, *nth),
        };
        match found {
            Some((paragraph, letters)) => {
                let key = (paragraph, letters.start, letters.end);
                at.entry(key).or_default().push(comment);
            }
            None => apart.push(comment),
        }
    }
    let mut notes = Notes::of(package, &text)?;
    let mut marks = Marks::new(&page);
    for ((paragraph, from, to), comments) in at {
        let id = notes.push(&together(&comments));
        marks.set(paragraph, from..to, id);
    }
    if !apart.is_empty() {
        let last = page.last().ok_or_else(damaged)?;
        let id = notes.push(&together(&apart));
        marks.set(last, 0..0, id);
    }
    package.set(DOCUMENT, marks.written());
    notes.write(package)?;
    Ok((comments.len() - apart.len(), apart.len()))
}

/// Refuses a document whose settings forbid comments.
fn may_comment(package: &mut Package) -> Result<(), Failure> {
    let relations = package.relations(DOCUMENT)?;
    let settings = relations
        .iter()
        .find(|relation| relation.kind == "settings");
    let name = settings.map_or("word/settings.xml", |settings| settings.target.as_str());
    let Some(text) = package.text(name)? else {
        return Ok(());
    };
    let mut forbidden = false;
    walk(&text, |step, _| {
        let Step::Open(tag) = step else { return Ok(()) };
        let attr = |name| tag.attr(name).unwrap_or_default();
        forbidden |= match tag.local {
            "documentProtection" => {
                let forbids = !matches!(
                    attr("edit").as_str(),
                    "comments" | "trackedChanges" | "none" | ""
                );
                tag.says("enforcement") && forbids
            }
            // A password for writing; that reading is recommended forbids nothing.
            "writeProtection" => ["hash", "hashValue"]
                .iter()
                .any(|name| !attr(name).is_empty()),
            _ => false,
        };
        Ok(())
    })?;
    if forbidden { Err(protected()) } else { Ok(()) }
}

/// A character of a paragraph that counts.
struct Letter {
    at: Range<usize>,
    run: usize,
    /// The run can be cut before it.
    cut: bool,
}

struct Run {
    at: Range<usize>,
    name: String,
    /// The element that holds its text.
    text: String,
    properties: Option<Range<usize>>,
}

struct Paragraph {
    open: Range<usize>,
    name: String,
    is_empty: bool,
    depth: usize,
    /// Where its content begins, behind what it says of itself, and where it ends.
    begins: usize,
    ends: usize,
    in_box: bool,
    letters: Vec<Letter>,
}

/// The paragraphs of a document that take comments, with their characters.
struct Page<'a> {
    source: &'a str,
    paragraphs: Vec<Paragraph>,
    runs: Vec<Run>,
    /// The boxes of tables.
    boxes: Vec<Range<usize>>,
    texts: Vec<String>,
}

/// Elements in which no comment can stand, or whose text is not read.
const CLOSED: [&str; 7] = [
    "del",
    "moveFrom",
    "Fallback",
    "txbxContent",
    "rt",
    "object",
    "sectPr",
];

impl<'a> Page<'a> {
    fn of(text: &'a str) -> Result<Self, Failure> {
        let mut reading = Reading {
            page: Page {
                source: text,
                paragraphs: Vec::new(),
                runs: Vec::new(),
                boxes: Vec::new(),
                texts: Vec::new(),
            },
            open: Vec::new(),
            boxes: Vec::new(),
            closed: None,
            paragraph: None,
            run: None,
        };
        walk(text, |step, at| {
            match step {
                Step::Open(tag) => {
                    let (local, name) = (tag.local, tag.name);
                    reading.open(local, name, tag.prefix(), tag.is_empty, at);
                }
                Step::Text(text, plain) => reading.text(text, plain, at),
                Step::Close => reading.close(&at),
            }
            Ok(())
        })?;
        Ok(reading.page)
    }

    /// All of the first paragraph in a box.
    fn in_box(&self, at: usize) -> Option<(usize, Range<usize>)> {
        let within = self.boxes.iter().find(|all| all.start == at)?;
        let is_in = |paragraph: &Paragraph| within.contains(&paragraph.open.start);
        Some((self.paragraphs.iter().position(is_in)?, 0..0))
    }

    fn find(&self, text: &str, nth: usize) -> Option<(usize, Range<usize>)> {
        find(&self.texts, text, nth)
    }

    /// The last paragraph, outside of tables if there is one.
    fn last(&self) -> Option<usize> {
        let outside = self.paragraphs.iter().rposition(|one| !one.in_box);
        outside.or(self.paragraphs.len().checked_sub(1))
    }
}

struct Reading<'a> {
    page: Page<'a>,
    /// The names of the elements that are open.
    open: Vec<String>,
    /// The boxes that are open, by their number.
    boxes: Vec<(usize, usize)>,
    /// How deep the element stands in which nothing counts.
    closed: Option<usize>,
    paragraph: Option<usize>,
    /// How deep the run stands.
    run: Option<usize>,
}

impl Reading<'_> {
    fn open(&mut self, local: &str, name: &str, prefix: &str, is_empty: bool, at: Range<usize>) {
        let depth = self.open.len();
        self.open.push(local.to_owned());
        if self.closed.is_some() {
            return;
        }
        if CLOSED.contains(&local) {
            self.closed = Some(depth);
            return;
        }
        match local {
            "tc" => {
                self.boxes.push((depth, self.page.boxes.len()));
                self.page.boxes.push(at);
            }
            "p" if self.paragraph.is_none() => {
                self.paragraph = Some(self.page.paragraphs.len());
                self.page.texts.push(String::new());
                self.page.paragraphs.push(Paragraph {
                    name: name.to_owned(),
                    is_empty,
                    depth,
                    begins: at.end,
                    ends: at.end,
                    open: at,
                    in_box: !self.boxes.is_empty(),
                    letters: Vec::new(),
                });
            }
            "r" if self.paragraph.is_some() && self.run.is_none() => {
                self.run = Some(depth);
                self.page.runs.push(Run {
                    at,
                    name: name.to_owned(),
                    text: format!("{prefix}t"),
                    properties: None,
                });
            }
            "rPr" if self.run.is_some_and(|run| run + 1 == depth) => {
                if let Some(run) = self.page.runs.last_mut() {
                    run.properties = Some(at);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, plain: bool, at: Range<usize>) {
        let (Some(paragraph), Some(depth), None) = (self.paragraph, self.run, self.closed) else {
            return;
        };
        if self.open.last().is_none_or(|name| name != "t") {
            return;
        }
        // Only what stands in the run itself can be cut.
        let own = self.open.len() == depth + 2 && plain;
        let run = self.page.runs.len() - 1;
        // A space at the edge of a text may be lost.
        let mut solid = false;
        for (offset, c) in text.char_indices() {
            let from = at.start + offset;
            let (at, cut) = if plain {
                (
                    from..from + c.len_utf8(),
                    own && solid && !c.is_whitespace(),
                )
            } else {
                (at.clone(), false)
            };
            solid = !c.is_whitespace();
            if counts(c) {
                self.page.texts[paragraph].push(c);
                let letters = &mut self.page.paragraphs[paragraph].letters;
                letters.push(Letter { at, run, cut });
            }
        }
    }

    fn close(&mut self, at: &Range<usize>) {
        let Some(name) = self.open.pop() else { return };
        let depth = self.open.len();
        if let Some(closed) = self.closed {
            if closed == depth {
                self.closed = None;
            }
            return;
        }
        match name.as_str() {
            "tc" if self.boxes.last().is_some_and(|(open, _)| *open == depth) => {
                if let Some((_, number)) = self.boxes.pop() {
                    self.page.boxes[number].end = at.end;
                }
            }
            "rPr" if self.run.is_some_and(|run| run + 1 == depth) => {
                let run = self.page.runs.last_mut();
                if let Some(properties) = run.and_then(|run| run.properties.as_mut()) {
                    properties.end = at.end;
                }
            }
            "r" if self.run == Some(depth) => {
                self.run = None;
                if let Some(run) = self.page.runs.last_mut() {
                    run.at.end = at.end;
                }
            }
            "p" | "pPr" => {
                let Some(number) = self.paragraph else { return };
                let paragraph = &mut self.page.paragraphs[number];
                if name == "p" && paragraph.depth == depth {
                    paragraph.ends = at.start;
                    self.paragraph = None;
                } else if name == "pPr" && paragraph.depth + 1 == depth {
                    paragraph.begins = at.end;
                }
            }
            _ => {}
        }
    }
}

/// The marks of comments in the document.
struct Marks<'a> {
    page: &'a Page<'a>,
    edits: Vec<Edit>,
    /// What goes into paragraphs that are written without an end of their own.
    empty: BTreeMap<usize, String>,
}

impl<'a> Marks<'a> {
    fn new(page: &'a Page<'a>) -> Self {
        Marks {
            page,
            edits: Vec::new(),
            empty: BTreeMap::new(),
        }
    }

    /// Marks characters of a paragraph, or all of it where there are none.
    fn set(&mut self, paragraph: usize, letters: Range<usize>, id: u64) {
        let start = format!("<w:commentRangeStart xmlns:w=\"{WORD}\" w:id=\"{id}\"/>");
        let end = format!(
            "<w:commentRangeEnd xmlns:w=\"{WORD}\" w:id=\"{id}\"/><w:r xmlns:w=\"{WORD}\"><w:commentReference w:id=\"{id}\"/></w:r>"
        );
        let one = &self.page.paragraphs[paragraph];
        if one.is_empty {
            let content = self.empty.entry(paragraph).or_default();
            content.push_str(&start);
            content.push_str(&end);
            return;
        }
        let (first, last) = if letters.is_empty() {
            ((one.begins, None), (one.ends, None))
        } else {
            let (letters, all) = (&one.letters[letters.clone()], letters);
            (
                self.before(one, all.start, letters),
                self.behind(one, all.end, letters),
            )
        };
        self.edit(first, 1, &start);
        self.edit(last, 0, &end);
    }

    /// Where a mark before a character stands, and the run that it cuts.
    fn before(&self, one: &Paragraph, at: usize, letters: &[Letter]) -> (usize, Option<usize>) {
        let letter = &letters[0];
        let run = letter.run;
        let is_first = at == 0 || one.letters[at - 1].run != run;
        if letter.cut && !is_first {
            return (letter.at.start, Some(run));
        }
        (self.page.runs[run].at.start, None)
    }

    fn behind(&self, one: &Paragraph, end: usize, letters: &[Letter]) -> (usize, Option<usize>) {
        let run = letters.last().map_or(0, |letter| letter.run);
        match one.letters.get(end) {
            Some(next) if next.run == run && next.cut => (next.at.start, Some(run)),
            _ => (self.page.runs[run].at.end, None),
        }
    }

    fn edit(&mut self, (at, cuts): (usize, Option<usize>), order: u8, mark: &str) {
        let text = match cuts {
            None => mark.to_owned(),
            Some(run) => {
                let Run {
                    name,
                    text,
                    properties,
                    ..
                } = &self.page.runs[run];
                let again = properties.clone().map_or("", |at| &self.page.source[at]);
                format!("</{text}></{name}>{mark}<{name}>{again}<{text} xml:space=\"preserve\">")
            }
        };
        self.edits.push(Edit {
            at: at..at,
            order,
            text,
        });
    }

    /// The document with its marks.
    fn written(mut self) -> String {
        for (paragraph, content) in &self.empty {
            let one = &self.page.paragraphs[*paragraph];
            let edit = at_end(&one.open, &one.name, true, one.ends, content);
            self.edits.push(edit);
        }
        edited(self.page.source, self.edits)
    }
}

/// The part of comments.
struct Notes {
    part: String,
    /// What it was; None where there was none.
    old: Option<String>,
    next: u64,
    added: String,
}

impl Notes {
    fn of(package: &mut Package, document: &str) -> Result<Self, Failure> {
        let relations = package.relations(DOCUMENT)?;
        let known = relations.into_iter().find(|one| one.kind == "comments");
        let old = match &known {
            Some(known) => Some(package.needed(&known.target)?),
            None => None,
        };
        let mut next = 0;
        for text in old.iter().map(String::as_str).chain([document]) {
            walk(text, |step, _| {
                if let Step::Open(tag) = step
                    && tag.local.starts_with("comment")
                    && let Some(id) = tag.attr("id").and_then(|id| id.trim().parse::<u32>().ok())
                {
                    next = next.max(u64::from(id) + 1);
                }
                Ok(())
            })?;
        }
        Ok(Notes {
            part: match known {
                Some(known) => known.target,
                None if package.has(PART) => package.free("word/comments", ".xml"),
                None => PART.to_owned(),
            },
            old,
            next,
            added: String::new(),
        })
    }

    /// Adds a comment, a line a paragraph; its number.
    fn push(&mut self, text: &str) -> u64 {
        let id = self.next;
        self.next += 1;
        let _ = write!(
            self.added,
            "<w:comment xmlns:w=\"{WORD}\" w:id=\"{id}\" w:author=\"{AUTHOR}\" w:initials=\"{INITIALS}\">"
        );
        for (at, line) in text.lines().enumerate() {
            let mark = if at == 0 {
                "<w:r><w:annotationRef/></w:r>"
            } else {
                ""
            };
            let line = escaped(line);
            let _ = write!(
                self.added,
                "<w:p>{LOOK}{mark}<w:r>{LETTERS}<w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>"
            );
        }
        self.added.push_str("</w:comment>");
        id
    }

    fn write(self, package: &mut Package) -> Result<(), Failure> {
        if self.added.is_empty() {
            return Ok(());
        }
        let added = &self.added;
        let text = if let Some(old) = &self.old {
            appended(old, "comments", |_| added.clone())?
        } else {
            package.relate(DOCUMENT, "comments", &self.part)?;
            package.is_a(&self.part, COMMENTS)?;
            format!("{DECLARATION}<w:comments xmlns:w=\"{WORD}\">{added}</w:comments>\n")
        };
        package.set(&self.part, text);
        Ok(())
    }
}
