//! Web pages: saved whole, cut out, or written by Word; also inside an MHT.
//!
//! **Never:** follows an address; reads what a browser does not show.
//! Next: `read::dom` for the tree of elements, `read::document` for what becomes of it.

use html5ever::{LocalName, local_name};

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::read::document::{self, About};
use crate::format::read::dom::{NONE, Node, Page, What, parse, too_large};
use crate::format::read::mail;
use crate::format::read::page_style::{Look, Sheet};
use crate::format::read::tree::{self, Builder, Role};
use crate::format::{Format, MAX_BYTES, Options, PRINTED, decode, foreign_document, write};
use crate::model::Draft;

/// Web pages, saved or cut out.
pub static HTML: Format = Format {
    carries: PRINTED,
    is_text: true,
    write: Some(|report, how| Ok(write::html::write(report, how).into_bytes())),
    marks_drafts: true,
    ..foreign_document(
        "html",
        words("网页", "web page"),
        &["html", "htm", "mht", "mhtml"],
        MAX_BYTES,
        read,
    )
};

/// Reads a web page.
fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    let page = mail::page(bytes);
    let decoded = decode(page.as_deref().unwrap_or(bytes), options)?;
    let page = parse(&decoded.text)?;
    // Text around a cut-out table has its lines, not paragraphs.
    let marked = decoded.text.trim_start().starts_with('<');
    let mut builder = Builder::new();
    let title = page.walk(&mut builder, !marked);
    if builder.is_full() {
        return Err(too_large());
    }
    let mut notes = decoded.notes;
    notes.extend(builder.struck.then(tree::struck));
    notes.extend(builder.faint.then(tree::faint));
    document::draft(&builder.finish(), About { notes, title }, options)
}

/// Whether bytes without their zeros look like a page or a piece of one.
pub(in crate::format) fn is_page(start: &str) -> bool {
    const MARKS: [&str; 12] = [
        "<html",
        "<!doctype html",
        "<body",
        "<head",
        "<table",
        "<tr",
        "<td",
        "<p>",
        "<p ",
        "<div",
        "<meta",
        "<span",
    ];
    if start.starts_with("<?xml") {
        return start.contains("<html");
    }
    let marked = MARKS.iter().any(|mark| start.contains(mark));
    let opens = start.starts_with('<') && marked;
    opens || start.contains("<tr") && start.contains("<td") || mail::is_mht(start)
}

/// What an element does to the text in it.
enum Effect {
    Role(Role),
    /// A part of the page.
    Part,
    /// Lines end before and behind it.
    Block,
    Break,
    Raised,
    Struck,
    Title,
    Lines,
    Unseen,
    Inline,
}

fn effect(name: &LocalName, cols: u8, rows: u8) -> Effect {
    let (cols, rows) = (usize::from(cols), usize::from(rows));
    match &**name {
        "table" => Effect::Role(Role::Table),
        "tbody" | "thead" | "tfoot" => Effect::Role(Role::Group),
        "tr" => Effect::Role(Role::Row { after: 0 }),
        "td" | "th" => Effect::Role(Role::Field { cols, rows }),
        "div" | "section" | "article" | "main" | "aside" | "header" | "footer" | "ul" | "ol"
        | "dl" | "form" | "center" | "blockquote" | "body" | "fieldset" => Effect::Part,
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "dt" | "dd" | "caption"
        | "address" | "figure" | "hr" | "legend" | "label" => Effect::Block,
        "br" => Effect::Break,
        "sup" => Effect::Raised,
        "del" | "s" | "strike" => Effect::Struck,
        "title" => Effect::Title,
        "pre" | "textarea" | "xmp" | "plaintext" => Effect::Lines,
        "script" | "style" | "noscript" | "template" | "iframe" | "svg" | "math" | "nav"
        | "select" | "datalist" | "audio" | "video" | "object" | "noframes" | "rt" | "rp" => {
            Effect::Unseen
        }
        _ => Effect::Inline,
    }
}

impl Page {
    /// Tells a builder what the page shows; answers the page's own title.
    fn walk(&self, builder: &mut Builder, mut lines: bool) -> String {
        let looks = self.looks();
        let mut title = String::new();
        let mut at = 0;
        loop {
            let down = self.enter(at, builder, &mut lines, &mut title, &looks);
            let mut next = if down { self.node(at).first } else { NONE };
            if next == NONE && down {
                self.leave(at, builder, &mut lines);
            }
            while next == NONE {
                if at == 0 {
                    return title;
                }
                next = self.node(at).after;
                if next == NONE {
                    at = self.node(at).parent;
                    if at == NONE {
                        return title;
                    }
                    self.leave(at, builder, &mut lines);
                }
            }
            at = next;
        }
    }

    /// The style sheets of the page itself.
    fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::default();
        for node in &self.nodes {
            if let What::Element { name, .. } = &node.what
                && *name == local_name!("style")
                && let Some(What::Text(text)) =
                    self.nodes.get(node.first as usize).map(|node| &node.what)
            {
                sheet.add(text);
            }
        }
        sheet
    }

    /// How each node is shown by itself: its own style, else the page's.
    fn looks(&self) -> Vec<Look> {
        /// Elements above one that a selector may name; pages say no more.
        const ABOVE: usize = 16;
        let sheet = self.sheet();
        let above = |at: u32| {
            let at = self.node(at).parent;
            (at != NONE).then_some(at)
        };
        let element = |at: u32| match &self.node(at).what {
            What::Element { name, names, .. } => Some((&**name, names.as_deref())),
            _ => None,
        };
        let look = |(at, node): (usize, &Node)| {
            let What::Element {
                name, look, names, ..
            } = &node.what
            else {
                return Look::default();
            };
            let at = u32::try_from(at).unwrap_or(NONE);
            let ancestors = || std::iter::successors(above(at), |at| above(*at));
            let ancestors = || ancestors().take(ABOVE).filter_map(element);
            sheet.look(name, names.as_deref(), ancestors).under(*look)
        };
        self.nodes.iter().enumerate().map(look).collect()
    }

    /// Whether a text is white on a ground that nothing makes dark, or of no size.
    fn is_faint(&self, at: u32, looks: &[Look]) -> bool {
        /// Elements above a text that may give it its colour.
        const ABOVE: usize = 16;
        let mut white = None;
        let mut next = self.node(at).parent;
        for _ in 0..ABOVE {
            let Some(look) = looks.get(next as usize) else {
                break;
            };
            if look.tiny || look.ground {
                return look.tiny;
            }
            white = white.or(look.white);
            next = self.node(next).parent;
        }
        white == Some(true)
    }

    fn node(&self, at: u32) -> &Node {
        &self.nodes[at as usize]
    }

    /// Says the beginning of a node; false if what is in it is not shown.
    fn enter(
        &self,
        at: u32,
        builder: &mut Builder,
        lines: &mut bool,
        title: &mut String,
        looks: &[Look],
    ) -> bool {
        match &self.node(at).what {
            What::Other => at == 0,
            What::Text(text) if *lines => {
                let mut pieces = text.split(['\n', '\r']);
                if let Some(first) = pieces.next() {
                    builder.text(first);
                }
                for piece in pieces {
                    builder.end_line();
                    builder.text(piece);
                }
                true
            }
            What::Text(text) if builder.in_field() && self.is_faint(at, looks) => {
                builder.faintly(text);
                true
            }
            What::Text(text) => {
                builder.flowing(text);
                true
            }
            What::Element { .. } => {
                let look = looks[at as usize];
                builder.struck |= look.shown != Some(false) && look.struck;
                let is_seen = look.shown != Some(false) && !look.struck;
                is_seen && self.enter_element(at, builder, lines, title)
            }
        }
    }

    /// Says the beginning of an element that is seen; false if what is in it is not.
    fn enter_element(
        &self,
        at: u32,
        builder: &mut Builder,
        lines: &mut bool,
        title: &mut String,
    ) -> bool {
        let What::Element {
            name,
            cols,
            rows,
            object,
            ..
        } = &self.node(at).what
        else {
            return true;
        };
        if let Some(seen) = object {
            builder.object(*seen);
        }
        match effect(name, *cols, *rows) {
            Effect::Role(role) => builder.open(role),
            Effect::Part => builder.open(Role::Group),
            Effect::Block | Effect::Break => builder.end_line(),
            Effect::Raised if builder.in_field() => builder.text("（"),
            Effect::Lines => {
                builder.end_line();
                *lines = true;
            }
            Effect::Struck => {
                builder.struck = true;
                return false;
            }
            Effect::Title => {
                if let Some(Node {
                    what: What::Text(text),
                    ..
                }) = self.nodes.get(self.node(at).first as usize)
                {
                    title.push_str(text);
                }
                return false;
            }
            Effect::Unseen => return false,
            Effect::Raised | Effect::Inline => {}
        }
        true
    }

    fn leave(&self, at: u32, builder: &mut Builder, lines: &mut bool) {
        let What::Element {
            name, cols, rows, ..
        } = &self.node(at).what
        else {
            return;
        };
        match effect(name, *cols, *rows) {
            Effect::Role(_) | Effect::Part => builder.close(),
            Effect::Block => builder.end_line(),
            Effect::Raised if builder.in_field() => builder.text("）"),
            Effect::Lines => {
                builder.end_line();
                *lines = false;
            }
            _ => {}
        }
    }
}
