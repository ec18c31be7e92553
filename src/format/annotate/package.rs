//! An office document as a package: parts, what relates them, what they are.
//!
//! **Never:** touches a part that is not set.
//! Next: `markup` for what stands in a part.

use super::markup::{Step, appended, escaped, walk};
use super::refused;
use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::archive::{Archive, damaged};

/// What office documents call the kinds of relations.
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
const TYPES: &str = "[Content_Types].xml";
/// Most relations of a part.
const MOST: usize = 70_000;

/// What a part calls another one.
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type: worksheet, comments.
    pub(super) kind: String,
    /// The whole name of the part.
    pub(super) target: String,
}

/// A document, and the parts of it that were written anew.
pub(super) struct Package<'a> {
    archive: Archive<'a>,
    names: Vec<String>,
    changed: Vec<(String, String)>,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Failure> {
        let archive = Archive::open(bytes)?;
        Ok(Package {
            names: archive.names(),
            archive,
            changed: Vec::new(),
        })
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The text of a part as it is now.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Failure> {
        let mut changed = self.changed.iter();
        if let Some((_, text)) = changed.find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return Ok(Some(text.clone()));
        }
        let Some(bytes) = self.archive.part(name)? else {
            return Ok(None);
        };
        // A mark at the beginning is no text.
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let text = std::str::from_utf8(bytes).map_err(|_| {
            refused(
                words(
                    "文件的内部文字不是 UTF-8，写不进批注",
                    "the parts of the file are not UTF-8: comments can't be written into them",
                ),
                words(
                    "用 Word、Excel 或 WPS 打开，另存一份再试",
                    "open it in Word, Excel or WPS, save it as a new file and try again",
                ),
            )
        })?;
        Ok(Some(text.to_owned()))
    }

    /// The text of a part that must be there.
    pub(super) fn needed(&mut self, name: &str) -> Result<String, Failure> {
        self.text(name)?.ok_or_else(damaged)
    }

    pub(super) fn set(&mut self, name: &str, text: String) {
        let mut changed = self.changed.iter_mut();
        match changed.find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, old)) => *old = text,
            None => self.changed.push((name.to_owned(), text)),
        }
    }

    /// A name that no part has: `before` and `after` with a number between.
    pub(super) fn free(&self, before: &str, after: &str) -> String {
        let mut names = (1..).map(|number: usize| format!("{before}{number}{after}"));
        let free = names.find(|name| !self.has(name));
        free.expect("numbers do not end")
    }

    /// Whether there is a part of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        let added = self.changed.iter().map(|(name, _)| name);
        let mut all = self.names.iter().chain(added);
        all.any(|known| known.eq_ignore_ascii_case(name))
    }

    /// What a part relates to within the document.
    pub(super) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, Failure> {
        let Some(text) = self.text(&relations_of(of))? else {
            return Ok(Vec::new());
        };
        let mut all = Vec::new();
        walk(&text, |step, _| {
            let Step::Open(tag) = step else { return Ok(()) };
            if tag.local != "Relationship" || all.len() == MOST {
                return Ok(());
            }
            let attr = |name| tag.attr(name).unwrap_or_default();
            if attr("TargetMode") != "External" {
                let kind = attr("Type");
                all.push(Relation {
                    id: attr("Id"),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolved(of, &attr("Target")),
                });
            }
            Ok(())
        })?;
        Ok(all)
    }

    /// Relates a part to another one; the name that it calls it by.
    pub(super) fn relate(&mut self, of: &str, kind: &str, target: &str) -> Result<String, Failure> {
        let part = relations_of(of);
        let text = self.text(&part)?.unwrap_or_else(|| EMPTY.to_owned());
        let mut ids = (1..).map(|number| format!("rIdGouji{number}"));
        let is_free = |id: &String| !text.contains(&format!("\"{id}\""));
        let id = ids.find(is_free).expect("numbers do not end");
        let target = relative(of, target);
        let text = appended(&text, "Relationships", |prefix| {
            format!(
                "<{prefix}Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>"
            )
        })?;
        self.set(&part, text);
        Ok(id)
    }

    /// Says what a part is.
    pub(super) fn is_a(&mut self, part: &str, kind: &str) -> Result<(), Failure> {
        let text = self.needed(TYPES)?;
        let part = escaped(part);
        let text = appended(&text, "Types", |prefix| {
            format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{kind}\"/>")
        })?;
        self.set(TYPES, text);
        Ok(())
    }

    /// Says what parts of an ending are, unless that is said.
    pub(super) fn are(&mut self, ending: &str, kind: &str) -> Result<(), Failure> {
        let text = self.needed(TYPES)?;
        let mut known = false;
        walk(&text, |step, _| {
            if let Step::Open(tag) = step
                && tag.local == "Default"
            {
                let is_it = |known: String| known.eq_ignore_ascii_case(ending);
                known |= tag.attr("Extension").is_some_and(is_it);
            }
            Ok(())
        })?;
        if !known {
            let text = appended(&text, "Types", |prefix| {
                format!("<{prefix}Default Extension=\"{ending}\" ContentType=\"{kind}\"/>")
            })?;
            self.set(TYPES, text);
        }
        Ok(())
    }

    /// The document with what was written anew.
    pub(super) fn finish(self) -> Result<Vec<u8>, Failure> {
        self.archive.with(&self.changed)
    }
}

/// The folder of a part, with its stroke, and its name there.
fn split(part: &str) -> (&str, &str) {
    part.rfind('/')
        .map_or(("", part), |at| part.split_at(at + 1))
}

/// The part that holds what a part relates to.
fn relations_of(part: &str) -> String {
    let (folder, name) = split(part);
    format!("{folder}_rels/{name}.rels")
}

/// The whole name of what a part calls a target.
fn resolved(of: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut folders: Vec<&str> = split(of).0.split('/').filter(|f| !f.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                folders.pop();
            }
            name => folders.push(name),
        }
    }
    folders.join("/")
}

/// What a part calls another one.
fn relative(of: &str, target: &str) -> String {
    let from: Vec<&str> = split(of).0.split('/').filter(|f| !f.is_empty()).collect();
    let to: Vec<&str> = target.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    up + &to[shared..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_call_each_other_by_the_way_between_their_folders() {
        for (of, target, called) in [
            ("word/document.xml", "word/comments.xml", "comments.xml"),
            (
                "xl/worksheets/sheet1.xml",
                "xl/comments1.xml",
                "../comments1.xml",
            ),
            (
                "xl/worksheets/sheet1.xml",
                "xl/drawings/vmlDrawing1.vml",
                "../drawings/vmlDrawing1.vml",
            ),
            ("book.xml", "xl/comments1.xml", "xl/comments1.xml"),
        ] {
            assert_eq!(relative(of, target), called);
            assert_eq!(resolved(of, called), target);
        }
        assert_eq!(
            resolved("xl/workbook.xml", "/xl/styles.xml"),
            "xl/styles.xml"
        );
    }
}
