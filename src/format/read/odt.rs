//! Open document texts (ODT, also as one flat XML file).
//!
//! **Never:** reads deleted text, annotations or hidden text; follows a link.
//! Next: `read::tree` for what becomes of the document.

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::archive;
use crate::format::read::document::{self, About};
use crate::format::read::docx;
use crate::format::read::tree;
use crate::format::read::tree::{Builder, Role};
use crate::format::read::xml;
use crate::format::read::xml::{Tag, Then};
use crate::format::{Format, MAX_PACKED, Options, encoding, foreign_document};
use crate::model::{Draft, Seen};

/// The namespaces of its elements begin so.
const SPACE: &str = "urn:oasis:names:tc:opendocument:xmlns:";
/// Elements that hold nothing of the text as it is shown.
const UNSEEN: [&str; 14] = [
    "note",
    "hidden-text",
    "hidden-paragraph",
    "ruby-text",
    "sequence-decls",
    "index-source",
    "table-of-content-source",
    "annotation",
    "scripts",
    "forms",
    "meta",
    "settings",
    "master-styles",
    "styles",
];
/// Most spaces that one element stands for.
const MAX_SPACES: usize = 64;

/// Open document texts.
pub static ODT: Format = Format {
    marks: &[
        (b"PK\x03\x04", b"opendocument.text"),
        (b"<?xml", b"opendocument:xmlns:office"),
    ],
    ..foreign_document(
        "odt",
        words("OpenDocument 文本", "OpenDocument text"),
        &["odt", "ott", "fodt"],
        MAX_PACKED,
        read,
    )
};

/// Reads an ODT.
fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    let content = if bytes.starts_with(b"PK") {
        archive::content(bytes)?
    } else {
        bytes.to_vec()
    };
    let mut builder = Builder::new();
    let mut styles = Styles::default();
    xml::build(&encoding::xml(&content), &mut builder, |tag, builder| {
        enter(tag, builder, &mut styles)
    })?;
    let about = About {
        notes: [
            builder.struck.then(tree::struck),
            builder.faint.then(tree::faint),
            (!styles.changes.is_empty()).then(docx::changed),
        ]
        .into_iter()
        .flatten()
        .collect(),
        title: String::new(),
    };
    document::draft(&builder.finish(), about, options)
}

/// Styles of characters that are not to be read.
#[derive(Default)]
struct Styles {
    /// The style that is being described.
    last: String,
    struck: Vec<String>,
    hidden: Vec<String>,
    /// White, or of no size.
    faint: Vec<String>,
    /// Styles of boxes with a ground of their own, on which white is seen.
    dark: Vec<String>,
    /// The box that is being read has one.
    is_dark: bool,
    /// Tracked changes by their names; whether each deletes.
    changes: Vec<(String, bool)>,
}

impl Styles {
    /// Notes what a style, or a part of the one being described, says.
    fn describe(&mut self, tag: &Tag) -> Then {
        let says = |name: &str| tag.attr(name).unwrap_or_default();
        let ground = says("background-color");
        let has_ground = !matches!(ground.as_str(), "" | "transparent" | "#ffffff");
        match tag.name {
            "style" => {
                self.last = says("name");
                return Then::Inline;
            }
            "table-cell-properties" if has_ground => self.dark.push(self.last.clone()),
            "text-properties" => {
                if !matches!(says("text-line-through-style").as_str(), "" | "none") {
                    self.struck.push(self.last.clone());
                }
                if says("display") == "none" {
                    self.hidden.push(self.last.clone());
                }
                let is_white = says("color").eq_ignore_ascii_case("#ffffff");
                let is_tiny = matches!(says("font-size").as_str(), "0pt" | "1pt");
                if (is_white || is_tiny) && !has_ground {
                    self.faint.push(self.last.clone());
                }
            }
            _ => {}
        }
        Then::Skip
    }

    /// Whether nobody sees the text of an element: numbers in it are no values.
    fn hides(&self, tag: &Tag, builder: &Builder) -> bool {
        let style = tag.attr("style-name").unwrap_or_default();
        builder.in_field() && !self.is_dark && self.faint.contains(&style)
    }
}

fn enter(tag: &Tag, builder: &mut Builder, styles: &mut Styles) -> Then {
    let Some(space) = tag.space.strip_prefix(SPACE) else {
        return Then::Inline;
    };
    match (space, tag.name) {
        ("text:1.0" | "office:1.0", name) if UNSEEN.contains(&name) => Then::Skip,
        ("table:1.0", _) => enter_table(tag, builder, styles),
        ("text:1.0", _) => enter_text(tag, builder, styles),
        ("style:1.0", "style" | "text-properties" | "table-cell-properties") => {
            styles.describe(tag)
        }
        ("drawing:1.0", "image") => object(builder, Seen::Picture),
        ("drawing:1.0", "object" | "object-ole") => object(builder, Seen::Embedded),
        ("drawing:1.0", "text-box") => {
            builder.open(Role::Group);
            Then::Node
        }
        _ => Then::Inline,
    }
}

fn enter_table(tag: &Tag, builder: &mut Builder, styles: &mut Styles) -> Then {
    let role = match tag.name {
        "table" => Role::Table,
        "table-row" => Role::Row { after: 0 },
        "table-cell" => {
            let style = tag.attr("style-name").unwrap_or_default();
            styles.is_dark = styles.dark.contains(&style);
            // Boxes that a span covers are there, and say so.
            match tag.count("number-columns-repeated") {
                1 => Role::Field { cols: 1, rows: 1 },
                times => Role::Repeated { times },
            }
        }
        "covered-table-cell" => Role::Covered {
            cols: tag.count("number-columns-repeated"),
        },
        _ => return Then::Inline,
    };
    builder.open(role);
    Then::Node
}

fn enter_text(tag: &Tag, builder: &mut Builder, styles: &mut Styles) -> Then {
    match tag.name {
        "p" | "h" => {
            builder.end_line();
            if styles.hides(tag, builder) {
                Then::Faint
            } else {
                Then::Flow
            }
        }
        "span" => {
            let style = tag.attr("style-name").unwrap_or_default();
            let struck = styles.struck.contains(&style);
            builder.struck |= struck;
            if struck || styles.hidden.contains(&style) {
                Then::Skip
            } else if styles.hides(tag, builder) {
                Then::Faint
            } else {
                Then::Inline
            }
        }
        "s" => {
            let spaces = " ".repeat(tag.count("c").min(MAX_SPACES));
            builder.text(&spaces);
            Then::Skip
        }
        "tab" => {
            builder.text("\t");
            Then::Skip
        }
        "line-break" => {
            builder.end_line();
            Then::Skip
        }
        "changed-region" => {
            let name = tag.attr("id").unwrap_or_default();
            styles.changes.push((name, false));
            Then::Inline
        }
        // What is deleted stands here, or between its marks in the text.
        "deletion" => {
            if let Some((_, deletes)) = styles.changes.last_mut() {
                *deletes = true;
            }
            Then::Skip
        }
        "insertion" | "format-change" => Then::Skip,
        "change-start" | "change-end" => {
            let name = tag.attr("change-id").unwrap_or_default();
            if styles.changes.contains(&(name, true)) {
                builder.deleted = tag.name == "change-start";
            }
            Then::Skip
        }
        _ => Then::Inline,
    }
}

fn object(builder: &mut Builder, seen: Seen) -> Then {
    builder.object(seen);
    Then::Skip
}
