//! A web page as html5ever makes it: the tree that a browser would make of any bytes.
//!
//! It is kept flat, in one vector, so that nothing recurses when it is dropped.
//!
//! **Never:** decides what an element does to the text in it.
//! Next: `read::html`, which walks it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, ParseOpts, QualName, local_name, ns, parse_document};

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::guard::ASK_AGAIN;
use crate::format::read::page_style::{Look, Names, is_white};
use crate::format::read::tree::MAX_SPAN;
use crate::model::Seen;

/// Bytes given to the parser between two looks at its limits.
const PIECE: usize = 8192;
/// Deepest nesting; real pages stay under 60, and the parser is quadratic in it.
const MAX_DEPTH: usize = 500;
/// Most nodes of a page.
const MAX_NODES: usize = 600_000;

pub(super) fn too_large() -> Failure {
    Failure::file(
        words(
            "网页太复杂（元素过多或嵌套过深），没有读",
            "the page is too complex (too many or too deeply nested elements)",
        )
        .into(),
    )
    .hint(words(
        "在浏览器里只选报告正文，复制，粘贴到文本文件里再打开",
        "select just the report in a browser, copy, and paste it into a text file",
    ))
    .hint(ASK_AGAIN)
}

pub(super) fn parse(text: &str) -> Result<Page, Failure> {
    let mut parser = parse_document(Sink::default(), ParseOpts::default());
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
        parser.process(StrTendril::from(piece));
        let sink = &parser.tokenizer.sink.sink;
        if sink.depth.get() > MAX_DEPTH || sink.nodes.borrow().len() > MAX_NODES {
            return Err(too_large());
        }
        rest = behind;
    }
    Ok(parser.finish())
}

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// A node and its neighbours.
pub(super) struct Node {
    pub(super) parent: u32,
    pub(super) before: u32,
    pub(super) after: u32,
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) what: What,
}

pub(super) enum What {
    /// The document, a comment, contents of templates.
    Other,
    Text(StrTendril),
    Element {
        name: LocalName,
        cols: u8,
        rows: u8,
        look: Look,
        /// Its names for style sheets, where it has any.
        names: Option<Box<Names>>,
        /// What stands there besides text.
        object: Option<Seen>,
    },
}

/// The parser's hold on a node: its index and name.
#[derive(Debug)]
struct Held {
    at: u32,
    name: QualName,
}

/// A finished page.
pub(super) struct Page {
    pub(super) nodes: Vec<Node>,
}

/// What the parser builds a page in.
struct Sink {
    pub(super) nodes: RefCell<Vec<Node>>,
    document: Rc<Held>,
    /// What templates contain; nobody sees it.
    unseen: Rc<Held>,
    depth: Cell<usize>,
}

fn nameless(at: u32) -> Rc<Held> {
    let name = QualName::new(None, ns!(), local_name!(""));
    Rc::new(Held { at, name })
}

impl Default for Sink {
    fn default() -> Self {
        let sink = Sink {
            nodes: RefCell::default(),
            document: nameless(0),
            unseen: nameless(1),
            depth: Cell::new(0),
        };
        sink.add(What::Other);
        sink.add(What::Other);
        sink
    }
}

impl Sink {
    fn add(&self, what: What) -> u32 {
        let mut nodes = self.nodes.borrow_mut();
        let at = u32::try_from(nodes.len()).unwrap_or(NONE);
        nodes.push(Node {
            parent: NONE,
            before: NONE,
            after: NONE,
            first: NONE,
            last: NONE,
            what,
        });
        at
    }

    /// Hangs a child under a parent, in front of a sibling or at the end.
    fn hang(&self, parent: u32, before: u32, child: NodeOrText<Rc<Held>>) {
        let child = match child {
            NodeOrText::AppendNode(node) => {
                self.unhang(node.at);
                node.at
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let last = match before {
                    NONE => nodes[parent as usize].last,
                    before => nodes[before as usize].before,
                };
                if let Some(Node {
                    what: What::Text(above),
                    ..
                }) = nodes.get_mut(last as usize)
                {
                    above.push_tendril(&text);
                    return;
                }
                drop(nodes);
                self.add(What::Text(text))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        let last = match before {
            NONE => nodes[parent as usize].last,
            before => nodes[before as usize].before,
        };
        let node = &mut nodes[child as usize];
        (node.parent, node.before, node.after) = (parent, last, before);
        match last {
            NONE => nodes[parent as usize].first = child,
            last => nodes[last as usize].after = child,
        }
        match before {
            NONE => nodes[parent as usize].last = child,
            before => nodes[before as usize].before = child,
        }
        let mut depth = 0;
        let mut above = parent;
        while above != NONE {
            depth += 1;
            above = nodes[above as usize].parent;
        }
        self.depth.set(self.depth.get().max(depth));
    }

    fn unhang(&self, at: u32) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[at as usize];
        let (parent, before, after) = (node.parent, node.before, node.after);
        (node.parent, node.before, node.after) = (NONE, NONE, NONE);
        if parent == NONE {
            return;
        }
        match before {
            NONE => nodes[parent as usize].first = after,
            before => nodes[before as usize].after = after,
        }
        match after {
            NONE => nodes[parent as usize].last = before,
            after => nodes[after as usize].before = before,
        }
    }
}

impl TreeSink for Sink {
    type Handle = Rc<Held>;
    type Output = Page;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Page {
        Page {
            nodes: self.nodes.into_inner(),
        }
    }

    fn parse_error(&self, _: std::borrow::Cow<'static, str>) {}

    fn get_document(&self) -> Rc<Held> {
        Rc::clone(&self.document)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Held>) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Rc<Held> {
        let attr = |wanted: &LocalName| attrs.iter().find(|attr| attr.name.local == *wanted);
        let span = |wanted: &LocalName| {
            let value = attr(wanted).map_or("1", |attr| attr.value.trim());
            let digits = value.bytes().take_while(u8::is_ascii_digit).count();
            // More digits than fit are more than enough; 0 is "to the end".
            match value[..digits].parse::<usize>() {
                Ok(0) | Err(_) if digits > 0 => MAX_SPAN,
                Ok(span) => span.min(MAX_SPAN),
                Err(_) => 1,
            }
        };
        let span = |wanted| u8::try_from(span(wanted)).unwrap_or(1);
        let value = |wanted: &LocalName| attr(wanted).map_or("", |attr| &*attr.value);
        let mut look = Look::of(value(&local_name!("style")));
        if attr(&local_name!("hidden")).is_some() {
            look.shown = look.shown.or(Some(false));
        }
        if attr(&local_name!("bgcolor")).is_some() {
            look.ground = true;
        }
        if name.local == local_name!("font") && is_white(value(&local_name!("color"))) {
            look.white = Some(true);
        }
        let (id, classes) = (value(&local_name!("id")), value(&local_name!("class")));
        let names =
            (!id.is_empty() || !classes.is_empty()).then(|| Box::new(Names::of(id, classes)));
        let at = self.add(What::Element {
            name: name.local.clone(),
            cols: span(&local_name!("colspan")),
            rows: span(&local_name!("rowspan")),
            look,
            names,
            object: object(&name.local, &value),
        });
        // A page to fill in shows its numbers in fields.
        let shows = attr(&local_name!("type"))
            .is_none_or(|kind| matches!(&*kind.value, "text" | "number" | ""));
        if name.local == local_name!("input")
            && shows
            && let Some(value) = attr(&local_name!("value"))
        {
            self.hang(at, NONE, NodeOrText::AppendText(value.value.clone()));
        }
        Rc::new(Held { at, name })
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Held> {
        nameless(self.add(What::Other))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Held> {
        nameless(self.add(What::Other))
    }

    fn append(&self, parent: &Rc<Held>, child: NodeOrText<Rc<Held>>) {
        self.hang(parent.at, NONE, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Rc<Held>,
        above: &Rc<Held>,
        child: NodeOrText<Rc<Held>>,
    ) {
        let parent = self.nodes.borrow()[element.at as usize].parent;
        match parent {
            NONE => self.hang(above.at, NONE, child),
            _ => self.append_before_sibling(element, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, _: &Rc<Held>) -> Rc<Held> {
        Rc::clone(&self.unseen)
    }

    fn same_node(&self, x: &Rc<Held>, y: &Rc<Held>) -> bool {
        x.at == y.at
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Rc<Held>, child: NodeOrText<Rc<Held>>) {
        if let NodeOrText::AppendNode(node) = &child {
            self.unhang(node.at);
        }
        let parent = self.nodes.borrow()[sibling.at as usize].parent;
        if parent != NONE {
            self.hang(parent, sibling.at, child);
        }
    }

    fn add_attrs_if_missing(&self, _: &Rc<Held>, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Rc<Held>) {
        self.unhang(target.at);
    }

    fn reparent_children(&self, node: &Rc<Held>, parent: &Rc<Held>) {
        loop {
            let first = self.nodes.borrow()[node.at as usize].first;
            if first == NONE {
                return;
            }
            self.hang(parent.at, NONE, NodeOrText::AppendNode(nameless(first)));
        }
    }
}

/// What stands in an element besides text, in which a table may be shown.
fn object<'a>(name: &LocalName, value: &impl Fn(&LocalName) -> &'a str) -> Option<Seen> {
    /// Endings of files that hold documents.
    const FILES: [&str; 12] = [
        ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".et", ".wps", ".ofd", ".zip", ".rar", ".jpg",
        ".png",
    ];
    /// Least width and height, in dots, of a picture that may show a table.
    const LEAST: u32 = 64;
    let large = |side: &LocalName| {
        let side = value(side).trim().trim_end_matches("px").parse::<u32>();
        side.map_or(true, |side| side >= LEAST)
    };
    match &**name {
        "img" if large(&local_name!("width")) && large(&local_name!("height")) => {
            Some(Seen::Picture)
        }
        "canvas" => Some(Seen::Picture),
        "iframe" | "frame" | "embed" | "object" => Some(Seen::Frame),
        "a" => {
            let target = value(&local_name!("href")).to_ascii_lowercase();
            let path = target.split(['?', '#']).next().unwrap_or_default();
            let is_file = FILES.iter().any(|ending| path.ends_with(ending));
            is_file.then_some(Seen::Attachment)
        }
        _ => None,
    }
}
