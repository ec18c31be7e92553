//! Open document texts (ODT, also as one flat XML file).
//!
//! **Never:** reads deleted text, annotations or hidden text; follows a link.
//! Next: `read::tree` for what becomes of the document.

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::archive::{Archive, damaged, locked};
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
        let mut archive = Archive::open(bytes)?;
        let manifest = archive.part("META-INF/manifest.xml")?.unwrap_or_default();
        if manifest
            .windows(15)
            .any(|piece| piece == b"encryption-data")
        {
            return Err(locked());
        }
        archive.part("content.xml")?.ok_or_else(damaged)?
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
    /// Tracked changes by their names; whether each deletes.
    changes: Vec<(String, bool)>,
}

fn enter(tag: &Tag, builder: &mut Builder, styles: &mut Styles) -> Then {
    let Some(space) = tag.space.strip_prefix(SPACE) else {
        return Then::Inline;
    };
    match (space, tag.name) {
        ("table:1.0", "table") => {
            builder.open(Role::Table);
            Then::Node
        }
        ("table:1.0", "table-row") => {
            builder.open(Role::Row { after: 0 });
            Then::Node
        }
        ("table:1.0", "table-cell") => {
            // Boxes that a span covers are there, and say so.
            builder.open(match tag.count("number-columns-repeated") {
                1 => Role::Field { cols: 1, rows: 1 },
                times => Role::Repeated { times },
            });
            Then::Node
        }
        ("table:1.0", "covered-table-cell") => {
            builder.open(Role::Covered {
                cols: tag.count("number-columns-repeated"),
            });
            Then::Node
        }
        ("text:1.0", "p" | "h") => {
            builder.end_line();
            Then::Flow
        }
        ("text:1.0", "span") => {
            let style = tag.attr("style-name").unwrap_or_default();
            let struck = styles.struck.contains(&style);
            builder.struck |= struck;
            if struck || styles.hidden.contains(&style) {
                Then::Skip
            } else {
                Then::Inline
            }
        }
        ("style:1.0", "style") => {
            styles.last = tag.attr("name").unwrap_or_default();
            Then::Inline
        }
        ("style:1.0", "text-properties") => {
            let line = tag.attr("text-line-through-style").unwrap_or_default();
            if !matches!(line.as_str(), "" | "none") {
                styles.struck.push(styles.last.clone());
            }
            if tag.attr("display").as_deref() == Some("none") {
                styles.hidden.push(styles.last.clone());
            }
            Then::Skip
        }
        ("text:1.0", "s") => {
            let spaces = " ".repeat(tag.count("c").min(MAX_SPACES));
            builder.text(&spaces);
            Then::Skip
        }
        ("text:1.0", "tab") => {
            builder.text("\t");
            Then::Skip
        }
        ("text:1.0", "line-break") => {
            builder.end_line();
            Then::Skip
        }
        ("drawing:1.0", "image") => object(builder, Seen::Picture),
        ("drawing:1.0", "object" | "object-ole") => object(builder, Seen::Embedded),
        ("drawing:1.0", "text-box") => {
            builder.open(Role::Group);
            Then::Node
        }
        ("text:1.0", "tracked-changes") => Then::Inline,
        ("text:1.0", "changed-region") => {
            let name = tag.attr("id").unwrap_or_default();
            styles.changes.push((name, false));
            Then::Inline
        }
        // What is deleted stands here, or between its marks in the text.
        ("text:1.0", "deletion") => {
            if let Some((_, deletes)) = styles.changes.last_mut() {
                *deletes = true;
            }
            Then::Skip
        }
        ("text:1.0", "insertion" | "format-change") => Then::Skip,
        ("text:1.0", "change-start" | "change-end") => {
            let name = tag.attr("change-id").unwrap_or_default();
            if styles.changes.contains(&(name, true)) {
                builder.deleted = tag.name == "change-start";
            }
            Then::Skip
        }
        ("text:1.0" | "office:1.0", name) if UNSEEN.contains(&name) => Then::Skip,
        _ => Then::Inline,
    }
}

fn object(builder: &mut Builder, seen: Seen) -> Then {
    builder.object(seen);
    Then::Skip
}
