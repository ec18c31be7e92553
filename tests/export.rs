//! Reports as documents and pages: what is in them, whether Word would open
//! them, and whether they read back to the last cell.
//!
//! `GOUJI_BLESS=1 cargo test --test export` writes `tests/data/golden` anew.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read fixtures and samples from the disk"
)]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use gouji::base::sheet::{Block, Sheet};
use gouji::form::printed::{Content, Printed, printed};
use gouji::form::{FORMS, Form, current};
use gouji::format::{self, Format, Options, Writing};
use gouji::model::{Cell, Draft, HeadField, Report};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

const WRITTEN: [&Format; 2] = [&format::DOCX, &format::HTML];

fn written(report: &Report, format: &Format, how: &Writing) -> Vec<u8> {
    format::write(report, format, how).expect("it can be written")
}

fn read(bytes: &[u8]) -> Draft {
    format::read(bytes, None, &Options::default()).expect("a report")
}

fn fragment() -> Writing {
    Writing {
        fragment: true,
        ..Writing::default()
    }
}

fn draft_mark() -> Writing {
    Writing {
        is_draft: true,
        ..Writing::default()
    }
}

fn page(report: &Report, how: &Writing) -> String {
    String::from_utf8(written(report, &format::HTML, how)).expect("UTF-8")
}

// ---- markup as a tree

/// An element, its attributes by name, what is in it.
#[derive(Debug, Default)]
struct Node {
    name: String,
    attrs: BTreeMap<String, String>,
    children: Vec<Node>,
    text: String,
}

impl Node {
    /// Parses markup; anything that is not well-formed fails.
    fn of(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let mut open = vec![Node::default()];
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(start) => {
                    let attrs = start.attributes().map(|attr| {
                        let attr = attr.expect("an attribute, each once");
                        let version = quick_xml::XmlVersion::Implicit1_0;
                        let value = attr.normalized_value(version).expect("a value");
                        (attr.key.as_ref().to_owned(), value.into_owned())
                    });
                    open.push(Node {
                        name: start.name().as_ref().to_owned(),
                        attrs: attrs.collect(),
                        ..Node::default()
                    });
                }
                Event::End(_) => {
                    let node = open.pop().expect("an open element");
                    open.last_mut().expect("the document").children.push(node);
                }
                Event::Text(text) => {
                    let text = text.xml10_content();
                    assert!(!text.chars().any(is_forbidden), "{text:?}");
                    if open.len() > 1 {
                        open.last_mut().expect("the document").text += &text;
                    }
                }
                Event::GeneralRef(name) => {
                    let char = name.resolve_char_ref().expect("a reference");
                    let named = quick_xml::escape::resolve_predefined_entity(&name);
                    let text = char.map(String::from).or(named.map(str::to_owned));
                    open.last_mut().expect("the document").text += &text.expect("a character");
                }
                Event::Eof => break,
                Event::Decl(_) => {}
                other => panic_on(&format!("{other:?}")),
            }
        }
        assert_eq!(open.len(), 1, "every element is closed");
        open.pop().expect("the document")
    }

    /// All elements with this name, in order.
    fn all<'a>(&'a self, name: &str) -> Vec<&'a Node> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            if node.name == name {
                found.push(node);
            }
            open.extend(node.children.iter().rev());
        }
        found
    }

    fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.get(name).map(String::as_str)
    }

    fn number(&self, name: &str) -> usize {
        let value = self.attr(name).expect("the attribute");
        value.parse().expect("a number")
    }

    /// The value of a child that is only a value.
    fn value(&self, child: &str) -> Option<&str> {
        self.child(child).and_then(|child| child.attr("w:val"))
    }

    fn all_text(&self) -> String {
        let children = self.children.iter().map(Node::all_text);
        self.text.clone() + &children.collect::<String>()
    }
}

/// Fails with what was met.
fn panic_on(what: &str) {
    assert!(what.is_empty(), "{what}");
}

fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
        || matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The parts of a package.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut parts = BTreeMap::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("UTF-8");
        let time = part.last_modified().map(|time| time.to_string());
        assert_eq!(time, Some(zip::DateTime::default().to_string()));
        parts.insert(part.name().expect("a name").into_owned(), text);
    }
    parts
}

// ---- what Word is strict about

/// The order in which the schema has the children of an element.
const ORDERS: [(&str, &str); 9] = [
    (
        "w:pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    ),
    (
        "w:rPr",
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    ),
    (
        "w:tblPr",
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    ),
    (
        "w:tcPr",
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    ),
    (
        "w:sectPr",
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    ),
    (
        "w:tblBorders",
        "top left start bottom right end insideH insideV",
    ),
    (
        "w:style",
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
    ),
    (
        "w:settings",
        "writeProtection view zoom removePersonalInformation removeDateAndTime mirrorMargins defaultTabStop evenAndOddHeaders characterSpacingControl compat rsids",
    ),
    (
        "w:font",
        "altName panose1 charset family notTrueType pitch sig",
    ),
];

/// Fails where the children of an element stand in another order, or where one
/// stands that the schema does not know.
fn ordered(root: &Node, file: &str) {
    for (name, order) in ORDERS {
        for node in root.all(name) {
            let places = node.children.iter().map(|child| {
                let local = child.name.trim_start_matches("w:");
                let place = order.split(' ').position(|known| known == local);
                // References to headers and footers may come in any order.
                let place = place.map(|at| if name == "w:sectPr" && at == 0 { 1 } else { at });
                assert!(place.is_some(), "{file}: {} in {name}", child.name);
                place
            });
            let places: Vec<_> = places.collect();
            assert!(places.is_sorted(), "{file}: order in {name}: {node:?}");
        }
    }
}

/// Fails where Word would ask for repair; answers the document.
fn sound(bytes: &[u8]) -> Node {
    let parts = parts(bytes);
    let trees: BTreeMap<&str, Node> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), Node::of(text)))
        .collect();
    // Every part has a type, every type a part, every relation a target.
    let types = &trees["[Content_Types].xml"];
    let overrides: Vec<&str> = types
        .all("Override")
        .iter()
        .map(|node| &node.attrs["PartName"][1..])
        .collect();
    for name in parts.keys() {
        let known = name.contains("_rels/") || name == "[Content_Types].xml";
        assert!(known || overrides.contains(&name.as_str()), "{name}");
    }
    assert!(overrides.iter().all(|name| parts.contains_key(*name)));
    let mut ids = Vec::new();
    for (file, base) in [
        ("_rels/.rels", ""),
        ("word/_rels/document.xml.rels", "word/"),
    ] {
        for relation in trees[file].all("Relationship") {
            let target = format!("{base}{}", relation.attrs["Target"]);
            assert!(parts.contains_key(&target), "{target}");
            if !base.is_empty() {
                ids.push(relation.attrs["Id"].as_str());
            }
        }
    }
    // What it says of itself is its title and language: no user, no time.
    let properties = trees["docProps/core.xml"].all("cp:coreProperties");
    let said = properties[0].children.iter().map(|node| node.name.as_str());
    assert_eq!(said.collect::<Vec<_>>(), ["dc:title", "dc:language"]);
    assert!(!parts.contains_key("docProps/app.xml"));
    let styles = &trees["word/styles.xml"];
    let known: Vec<&str> = styles
        .all("w:style")
        .iter()
        .map(|style| style.attrs["w:styleId"].as_str())
        .collect();
    for (file, tree) in &trees {
        ordered(tree, file);
        for name in ["w:pStyle", "w:rStyle", "w:basedOn"] {
            for style in tree.all(name) {
                assert!(known.contains(&style.attrs["w:val"].as_str()), "{style:?}");
            }
        }
        for node in tree
            .all("w:headerReference")
            .iter()
            .chain(&tree.all("w:footerReference"))
        {
            assert!(ids.contains(&node.attrs["r:id"].as_str()));
        }
        for (name, must) in [("w:tbl", "w:tblGrid"), ("w:tr", "w:tc"), ("w:tc", "w:p")] {
            assert!(tree.all(name).iter().all(|node| node.child(must).is_some()));
        }
    }
    let mut trees = trees;
    let document = trees.remove("word/document.xml").expect("the document");
    let body = document.all("w:body")[0];
    let kinds: Vec<&str> = body
        .children
        .iter()
        .map(|node| node.name.as_str())
        .collect();
    assert_eq!(kinds[kinds.len() - 1], "w:sectPr");
    assert_eq!(
        kinds[kinds.len() - 2],
        "w:p",
        "a paragraph ends the document"
    );
    assert!(!kinds.windows(2).any(|two| two == ["w:tbl", "w:tbl"]));
    for table in body.named("w:tbl") {
        grid(table);
    }
    document
}

/// A box of a table: column, columns, rows, text.
type Field = (usize, usize, usize, String);

/// The boxes of a table of Word by row; fails where grid, widths and spans do
/// not agree.
fn grid(table: &Node) -> Vec<Vec<Field>> {
    let grid = table.child("w:tblGrid").expect("a grid");
    let widths: Vec<usize> = grid
        .named("w:gridCol")
        .map(|col| col.number("w:w"))
        .collect();
    assert_eq!(widths.iter().sum::<usize>(), 8845);
    let total = table.child("w:tblPr").and_then(|all| all.child("w:tblW"));
    assert_eq!(total.map(|width| width.number("w:w")), Some(8845));
    let mut rows: Vec<Vec<Field>> = Vec::new();
    for (at, row) in table.named("w:tr").enumerate() {
        let mut col = 0;
        let mut fields = Vec::new();
        for cell in row.named("w:tc") {
            let all = cell.child("w:tcPr").expect("properties");
            let span: usize = all
                .value("w:gridSpan")
                .map_or(1, |span| span.parse().expect("a span"));
            let width: usize = widths[col..col + span].iter().sum();
            assert_eq!(
                all.child("w:tcW").map(|width| width.number("w:w")),
                Some(width)
            );
            match all.child("w:vMerge").map(|merge| merge.attr("w:val")) {
                Some(None) => {
                    assert_eq!(cell.all_text(), "", "a covered box is empty");
                    let above = rows[..at].iter_mut().flatten().rev();
                    let mut above = above.filter(|field| field.0 == col && field.1 == span);
                    above.next().expect("a box above").2 += 1;
                }
                _ => fields.push((col, span, 1, cell.all_text())),
            }
            col += span;
        }
        assert_eq!(col, widths.len(), "the spans of row {at} fill the grid");
        rows.push(fields);
    }
    rows
}

/// The boxes of a form's table as they must be.
fn wanted(table: &Printed, report: &Report) -> Vec<Vec<Field>> {
    let field = |from: &gouji::form::printed::PrintedBox| {
        let text = match from.content {
            Content::Title(text) | Content::Head(text) | Content::Label(text) => text.to_owned(),
            Content::Cell(cell) => report.cell(cell).text().into_owned(),
        };
        (from.at, from.cols, from.rows, text)
    };
    let rows = table.rows.iter();
    rows.map(|row| row.iter().map(field).collect()).collect()
}

/// A report under a form in which every cell is another number.
fn counted(form: &'static Form) -> Report {
    let mut draft = Draft::new(form);
    for cell in form.cells() {
        let number = i64::try_from(cell.index()).expect("few cells");
        draft.set_cell(cell, Cell::of(number, form.kind(cell)), None);
    }
    let title = format!("某局{}年政府信息公开工作年度报告", form.years.0);
    draft.set_head(HeadField::Title, &title);
    draft.into_report()
}

#[test]
fn documents_are_sound_and_merged_as_the_form_is() {
    for form in FORMS {
        let report = counted(form);
        for how in [Writing::default(), draft_mark()] {
            let document = sound(&written(&report, &format::DOCX, &how));
            let tables = document.all("w:tbl");
            let forms = printed(form);
            assert_eq!(tables.len(), forms.len());
            for (table, official) in tables.iter().zip(&forms) {
                assert_eq!(grid(table), wanted(official, &report));
                let heads = table
                    .named("w:tr")
                    .filter(|row| !row.all("w:tblHeader").is_empty());
                assert_eq!(heads.count(), official.heads);
            }
        }
    }
}

#[test]
fn documents_have_the_official_layout() {
    let bytes = written(&format::sample(), &format::DOCX, &Writing::default());
    let parts = parts(&bytes);
    let document = sound(&bytes);
    let margins = document.all("w:pgMar")[0];
    let sides = ["w:top", "w:bottom", "w:left", "w:right"];
    // In twips: 37, 35, 28 and 26 mm.
    assert_eq!(
        sides.map(|side| margins.number(side)),
        [2098, 1984, 1587, 1474]
    );
    let styles = Node::of(&parts["word/styles.xml"]);
    let style = |id: &str| {
        let all = styles.all("w:style");
        let style = all.into_iter().find(|style| style.attrs["w:styleId"] == id);
        style.expect("a style")
    };
    let size = |id: &str| {
        style(id)
            .child("w:rPr")
            .and_then(|all| all.value("w:sz"))
            .map(str::to_owned)
    };
    let face = |id: &str| style(id).all("w:rFonts")[0].attrs["w:eastAsia"].clone();
    assert_eq!(
        (size("Title").as_deref(), face("Title").as_str()),
        (Some("44"), "方正小标宋简体")
    );
    assert_eq!(
        (face("Heading1").as_str(), face("Heading2").as_str()),
        ("黑体", "楷体_GB2312")
    );
    assert_eq!(
        (size("Cell").as_deref(), size("Footer").as_deref()),
        (Some("21"), Some("28"))
    );
    let normal = style("Normal");
    assert_eq!(normal.all("w:spacing")[0].attrs["w:line"], "560");
    assert_eq!(normal.all("w:spacing")[0].attrs["w:lineRule"], "exact");
    assert_eq!(normal.all("w:ind")[0].attrs["w:firstLineChars"], "200");
    let defaults = &styles.all("w:docDefaults")[0];
    assert_eq!(
        defaults.all("w:rFonts")[0].attrs["w:eastAsia"],
        "仿宋_GB2312"
    );
    assert_eq!(defaults.all("w:sz")[0].attrs["w:val"], "32");
    for (file, side) in [("word/footer1.xml", "right"), ("word/footer2.xml", "left")] {
        let foot = Node::of(&parts[file]);
        assert_eq!(foot.all("w:jc")[0].attrs["w:val"], side);
        assert_eq!(foot.all_text(), "—  PAGE 1 —");
    }
    let in_style = |id: &str| {
        let paragraphs = document.all("w:p").into_iter();
        let of =
            |node: &&Node| node.child("w:pPr").and_then(|all| all.value("w:pStyle")) == Some(id);
        paragraphs
            .filter(of)
            .map(Node::all_text)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        in_style("Title"),
        ["北京市西城区民政局2024年政府信息公开工作年度报告"]
    );
    assert_eq!(in_style("Heading1").len(), 6);
    assert_eq!(in_style("Heading2").len(), 5, "（一） to （五）");
    let mut draft = Draft::new(current());
    let text = "（一）主动公开。及时发布。\n（二）全年公开9件，其中网站8件。";
    draft.set_text(current().text("s1").expect("a text"), text);
    let document = sound(&written(
        &draft.into_report(),
        &format::DOCX,
        &Writing::default(),
    ));
    let minor = document
        .all("w:r")
        .into_iter()
        .filter(|run| !run.all("w:rStyle").is_empty());
    let minor: Vec<String> = minor.map(Node::all_text).collect();
    assert_eq!(
        minor,
        ["（一）主动公开。"],
        "a heading may open a paragraph"
    );
}

/// Heights of a table's rows in twips, and whether its heading begins a page.
fn heights(document: &Node, table: usize) -> (usize, bool) {
    let body = document.all("w:body")[0];
    let tables: Vec<usize> = (0..body.children.len())
        .filter(|at| body.children[*at].name == "w:tbl")
        .collect();
    let at = tables[table];
    let rows = body.children[at].all("w:trHeight");
    let sum = rows.iter().map(|row| row.number("w:val")).sum();
    let begins = body.children[..at].iter().rev();
    let mut begins = begins.take_while(|node| node.name == "w:p");
    (
        sum,
        begins.any(|node| !node.all("w:pageBreakBefore").is_empty()),
    )
}

#[test]
fn the_table_of_requests_fills_one_page_where_it_can() {
    const PAGE: usize = 16_838 - 2098 - 1984;
    for form in FORMS {
        let report = counted(form);
        let document = sound(&written(&report, &format::DOCX, &Writing::default()));
        let (height, begins) = heights(&document, 1);
        assert!(begins && height + 560 <= PAGE, "{form:?} {height}");
        assert!(height > PAGE * 4 / 5, "{form:?} {height}");
    }
    // Text before it: the table begins a page, not its heading.
    let mut draft = Draft::new(current());
    draft.set_text(
        current().text("s3").expect("a text"),
        &"收到申请。".repeat(60),
    );
    let document = sound(&written(
        &draft.into_report(),
        &format::DOCX,
        &Writing::default(),
    ));
    assert!(heights(&document, 1).1);
    // Cells that are too long for a page: it runs over, its heads repeated.
    let mut draft = Draft::new(current());
    for cell in current().cells() {
        draft.set_cell(cell, Cell::Raw("见附件说明".repeat(6).into()), None);
    }
    let document = sound(&written(
        &draft.into_report(),
        &format::DOCX,
        &Writing::default(),
    ));
    assert!(!heights(&document, 1).1);
}

/// A report whose numbers all have so many digits.
fn long(form: &'static Form, digits: u32) -> Report {
    let mut draft = Draft::new(form);
    for cell in form.cells() {
        draft.set_cell(
            cell,
            Cell::of(10_i64.pow(digits) - 1, form.kind(cell)),
            None,
        );
    }
    draft.into_report()
}

#[test]
fn no_number_of_up_to_eight_digits_is_wider_than_its_box() {
    // Digits of the fonts that machines without Times New Roman have are wider.
    const DIGIT: f64 = 0.64;
    const SIDES: usize = 114;
    for form in FORMS {
        for digits in 1..=8 {
            let report = long(form, digits);
            let document = sound(&written(&report, &format::DOCX, &Writing::default()));
            let mut numbers = 0;
            for cell in document.all("w:tc") {
                let text = cell.all_text();
                if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
                    continue;
                }
                numbers += 1;
                let width = cell.all("w:tcW")[0].number("w:w") - SIDES;
                let sizes = cell.all("w:sz");
                let size = sizes.first().map_or(21, |size| size.number("w:val"));
                let size = u32::try_from(size * text.len()).expect("small");
                let width = f64::from(u32::try_from(width).expect("small"));
                assert!(
                    f64::from(size) * 10.0 * DIGIT <= width,
                    "{form:?}: {text} in {width}"
                );
            }
            assert!(
                numbers >= 200 || form.cells().count() == numbers,
                "{numbers}"
            );
            if digits <= 5 {
                let (height, begins) = heights(&document, 1);
                assert!(begins && height < 12_756, "{form:?} {digits}: {height}");
            }
        }
    }
}

#[test]
fn a_table_with_a_page_of_its_own_holds_only_its_heads_together() {
    let document = sound(&written(
        &format::sample(),
        &format::DOCX,
        &Writing::default(),
    ));
    let kept = |table: &Node| {
        let rows = table.all("w:tr").into_iter();
        rows.filter(|row| !row.all("w:keepNext").is_empty()).count()
    };
    let tables = document.all("w:tbl");
    let kept: Vec<usize> = tables.into_iter().map(kept).collect();
    // A table of half a page or less stays whole: all rows but the last hold on.
    assert_eq!(kept, [13, 3, 3]);
}

#[test]
fn documents_say_their_title_and_language_and_nobodys_name() {
    let title = "北京市西城区民政局2024年政府信息公开工作年度报告";
    let sample = format::sample();
    let parts = parts(&written(&sample, &format::DOCX, &Writing::default()));
    let core = Node::of(&parts["docProps/core.xml"]);
    assert_eq!(core.all("dc:title")[0].all_text(), title);
    assert_eq!(core.all("dc:language")[0].all_text(), "zh-CN");
    for name in ["dc:creator", "cp:lastModifiedBy", "dcterms:created"] {
        assert!(core.all(name).is_empty(), "{name}");
    }
    let page = page(&sample, &Writing::default());
    assert!(page.contains("<html lang=\"zh-CN\">"));
    assert!(page.contains(&format!("<title>{title}</title>")));
    let empty = Draft::new(current()).into_report();
    let untitled = self::page(&empty, &Writing::default());
    assert!(untitled.contains("<title>年报（没有标题）</title>"));
    assert_eq!(read(untitled.as_bytes()).report().head().title, "");
}

#[test]
fn items_of_a_page_are_headings() {
    let body = page(&format::sample(), &fragment());
    let page = Node::of(&format!("<body>{}</body>", body.replace("<br>", "<br/>")));
    let of =
        |name: &str| -> Vec<String> { page.all(name).into_iter().map(Node::all_text).collect() };
    assert_eq!((of("h1").len(), of("h2").len()), (1, 6));
    let items = of("h3");
    assert_eq!(items.len(), 5, "{items:?}");
    assert!(items[0].starts_with("（一）"), "{items:?}");
}

#[test]
fn every_number_of_a_page_names_its_heads_and_labels() {
    for form in FORMS {
        let body = page(&counted(form), &fragment());
        let page = Node::of(&format!("<body>{body}</body>"));
        let mut known: BTreeMap<&str, String> = BTreeMap::new();
        for head in page.all("th") {
            let id = head.attr("id").expect("a head has a name");
            assert!(known.insert(id, head.all_text()).is_none(), "{id} twice");
        }
        let mut said: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for cell in page.all("td") {
            let heads = cell.attr("headers").expect("a number has heads").split(' ');
            let heads = heads.map(|id| known[id].as_str()).collect();
            said.insert(cell.all_text(), heads);
        }
        let of = |path: &str| {
            let cell = form.cell(path).expect("a cell");
            said[&cell.index().to_string()].clone()
        };
        assert_eq!(said.len(), form.cells().count(), "{form:?}");
        assert_eq!(
            of("t3.new_received.natural_person")[..2],
            ["申请人情况", "自然人"]
        );
        assert_eq!(
            of("t3.denied_other_law.org_legal_service")[1],
            "法人或其他组织"
        );
        assert_eq!(
            of("t3.denied_other_law.org_legal_service")[3],
            "三、本年度办理结果"
        );
        assert_eq!(of("t3.denied_other_law.org_legal_service").len(), 6);
    }
    let body = page(&counted(current()), &fragment());
    assert!(
        body.contains("headers=\"t2-r5c1 t2-r6c2 t2-r7c1\""),
        "{body}"
    );
    assert!(
        body.contains("headers=\"t4-r1c6 t4-r2c11 t4-r3c15\""),
        "{body}"
    );
}

#[test]
fn what_is_not_final_says_so_on_paper_and_nowhere_else() {
    let sample = format::sample();
    let marked = parts(&written(&sample, &format::DOCX, &draft_mark()));
    for header in ["word/header1.xml", "word/header2.xml"] {
        assert_eq!(Node::of(&marked[header]).all_text(), "送审稿");
    }
    let plain = parts(&written(&sample, &format::DOCX, &Writing::default()));
    assert!(!plain.values().any(|part| part.contains("送审稿")));
    assert!(page(&sample, &draft_mark()).contains(">送审稿</p>"));
    assert!(!page(&sample, &Writing::default()).contains("送审稿"));
    let mut untitled = Draft::new(current());
    untitled.set_text(current().text("s1").expect("a text"), "正文。");
    for report in [&sample, untitled.report()] {
        for format in WRITTEN {
            let back = read(&written(report, format, &draft_mark()));
            assert_eq!(
                back.report(),
                read(&written(report, format, &Writing::default())).report()
            );
        }
    }
}

// ---- sheets

#[test]
fn a_sheet_is_a_sound_document_of_its_own() {
    let texts = |texts: [&str; 3]| texts.map(str::to_owned).to_vec();
    let table = Block::Table(vec![
        texts(["勾稽关系", "成立", "不成立"]),
        texts(["表三列合计", "5", "2 <&>"]),
    ]);
    let sheet = Sheet {
        title: "核验单".to_owned(),
        blocks: vec![
            Block::Heading("一、勾稽".to_owned()),
            table.clone(),
            table,
            Block::Paragraph("签字：\u{202e}\u{7}".to_owned()),
            Block::Table(vec![vec!["只有一格".to_owned()]]),
            Block::Table(Vec::new()),
        ],
    };
    let bytes = format::write_sheet(&sheet, &format::DOCX).expect("written");
    assert_eq!(
        bytes,
        format::write_sheet(&sheet, &format::DOCX).expect("written")
    );
    let document = sound(&bytes);
    assert!(document.all_text().contains("核验单"));
    assert!(document.all_text().contains("2 <&>"));
    assert_eq!(document.all("w:tbl").len(), 3);
    sound(&format::write_sheet(&Sheet::default(), &format::DOCX).expect("written"));
}

#[test]
fn a_full_sheet_fits_on_its_page() {
    // As many rows as a check sheet has at most, its headings and signatures.
    let table = |rows: usize| {
        Block::Table(vec![
            vec!["规则".to_owned(), "问题".to_owned()];
            rows + 1
        ])
    };
    let mut blocks = vec![table(1)];
    for rows in [5, 10, 6, 12] {
        blocks.extend([Block::Heading("勾稽关系".to_owned()), table(rows)]);
    }
    blocks.extend(
        [
            "计数",
            "另有",
            "另有",
            "签名",
            "填报人",
            "核对人",
            "负责人",
            "盖章",
        ]
        .map(|text| Block::Paragraph(text.to_owned())),
    );
    let sheet = Sheet {
        title: "核验单".to_owned(),
        blocks,
    };
    let bytes = format::write_sheet(&sheet, &format::DOCX).expect("written");
    let document = sound(&bytes);
    let margins = document.all("w:pgMar")[0];
    let page = 16_838 - margins.number("w:top") - margins.number("w:bottom");
    let styles = Node::of(&parts(&bytes)["word/styles.xml"]);
    let lines = |id: &str| {
        let all = styles.all("w:style");
        let style = all.into_iter().find(|style| style.attrs["w:styleId"] == id);
        style.expect("a style").all("w:spacing")[0].number("w:line")
    };
    let rows: usize = document
        .all("w:trHeight")
        .iter()
        .map(|row| row.number("w:val"))
        .sum();
    let apart: usize = 4 * (120 + 60);
    let used = rows + apart + 12 * lines("Normal") + lines("Title") + lines("Normal");
    assert!(used <= page, "{used} of {page}");
    assert!(
        used > page * 9 / 10,
        "rows are as high as the page allows: {used} of {page}"
    );
}

// ---- pages

#[test]
fn pages_hold_nothing_that_an_editor_would_drop() {
    const NAMES: [&str; 10] = [
        "h1", "h2", "h3", "p", "strong", "table", "caption", "tbody", "tr", "td",
    ];
    for form in FORMS {
        let report = counted(form);
        let root = Node::of(&format!("<x>{}</x>", page(&report, &fragment())));
        let mut open: Vec<&Node> = root.children[0].children.iter().collect();
        while let Some(node) = open.pop() {
            assert!(
                NAMES.contains(&node.name.as_str()) || node.name == "th",
                "{node:?}"
            );
            assert!(node.attr("class").is_none());
            assert_eq!(node.attr("id").is_some(), node.name == "th", "{node:?}");
            let style = node.attr("style").unwrap_or_default();
            assert!(!style.contains(['"', '\'', '%', '(']), "{style}");
            if matches!(node.name.as_str(), "td" | "th") {
                assert!(style.contains("border:1px solid #000"));
                let width = node.number("width");
                assert!(style.contains(&format!("width:{width}px")));
            }
            open.extend(&node.children);
        }
        let tables = root.all("table");
        assert!(tables.iter().all(|table| table.attr("border") == Some("1")));
        for (table, official) in tables.iter().zip(printed(form)) {
            assert!(
                table
                    .child("caption")
                    .is_some_and(|caption| caption.text.starts_with('表'))
            );
            assert_eq!(
                spans(table, official.grid.len()),
                wanted(&official, &report)
            );
            let heads = table.all("th").into_iter();
            assert!(heads.clone().all(|head| head.attr("scope").is_some()));
            assert!(heads.count() >= official.heads);
        }
        let whole = page(&report, &Writing::default());
        assert!(whole.contains("<meta charset=\"utf-8\">") && whole.contains("<title>某局"));
        assert!(whole.contains(&page(&report, &fragment())));
    }
}

/// The boxes of a table of a page by row, set down as a browser does.
fn spans(table: &Node, width: usize) -> Vec<Vec<Field>> {
    let span = |cell: &Node, name: &str| {
        cell.attr(name)
            .map_or(1, |span| span.parse().expect("a span"))
    };
    let mut held = vec![0_usize; width];
    let mut rows = Vec::new();
    for row in table.all("tr") {
        let mut fields = Vec::new();
        for cell in &row.children {
            let (cols, down) = (span(cell, "colspan"), span(cell, "rowspan"));
            let at = held
                .iter()
                .position(|rows| *rows == 0)
                .expect("a free column");
            held[at..at + cols].fill(down);
            fields.push((at, cols, down, cell.all_text()));
        }
        assert!(held.iter().all(|rows| *rows > 0), "a row fills its grid");
        for rows in &mut held {
            *rows -= 1;
        }
        rows.push(fields);
    }
    rows
}

// ---- bad input

#[test]
fn any_text_gives_a_sound_file_that_shows_it() {
    let form = current();
    let long = "很长的一段话，没有尽头".repeat(9100);
    let nasty = "]]> <script>alert('1')</script> \"&amp;\" a  b\u{202e}\u{7}\u{FFFE}\u{1b}[31m。";
    let mut draft = Draft::new(form);
    draft.set_head(HeadField::Title, &"很长的标题<b>&".repeat(30));
    draft.set_head(HeadField::Contact, nasty);
    draft.push_heading(form.text("s1"), nasty);
    draft.set_text(form.text("s1").expect("a text"), &[nasty, &long].join("\n"));
    for (at, cell) in form.cells().enumerate() {
        let texts = [nasty, "0.123456", "9件", "/", ""];
        draft.set_cell(
            cell,
            Cell::read(texts[at % texts.len()], form.kind(cell)),
            None,
        );
    }
    let report = draft.into_report();
    let shown = "]]> <script>alert('1')</script> \"&amp;\" a  b[31m。";
    for how in [Writing::default(), draft_mark()] {
        let document = sound(&written(&report, &format::DOCX, &how));
        let paragraphs: Vec<String> = document
            .all("w:p")
            .into_iter()
            .map(Node::all_text)
            .collect();
        assert!(paragraphs.iter().any(|text| text == shown));
        assert!(paragraphs.contains(&long));
        let whole = page(&report, &how);
        assert!(!whole.contains("<script") && !whole.contains('\u{202e}'));
    }
    let root = Node::of(&format!("<x>{}</x>", page(&report, &fragment())));
    let same = |node: &&Node| node.text.replace('\u{A0}', " ") == shown;
    assert!(root.all("p").iter().any(same) && root.all("h2").iter().any(same));
    assert!(root.all("td").iter().any(same));
    for format in WRITTEN {
        let back = read(&written(&report, format, &Writing::default()));
        assert_eq!(back.report().cells().len(), report.cells().len());
    }
}

#[test]
fn an_empty_report_is_the_blank_form() {
    for form in FORMS {
        let report = Report::new(form);
        for format in WRITTEN {
            let back = read(&written(&report, format, &Writing::default()));
            assert_eq!(back.report(), &report, "{}", format.key);
            assert_eq!(back.report().form(), *form);
        }
    }
}

// ---- round trips

fn same_content(back: &Report, report: &Report) -> Result<(), TestCaseError> {
    let form = report.form();
    prop_assert_eq!(back.form(), form);
    for cell in form.cells() {
        prop_assert_eq!(back.cell(cell), report.cell(cell), "{}", form.path(cell));
    }
    prop_assert_eq!(back.head(), report.head());
    for text in form.texts() {
        prop_assert_eq!(back.text(text), report.text(text));
    }
    prop_assert_eq!(back.unplaced(), []);
    Ok(())
}

fn sentences() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "根据《中华人民共和国政府信息公开条例》",
        "主动公开信息",
        "收到申请9件",
        "（一）主动公开",
        "（1）网站",
        "1.",
        "其中",
        "总计",
        "\\",
        "|",
        "〔s2〕",
        "“三公”",
        "<b>",
        "&amp;",
        "]]>",
        "'",
        "\"",
        "a  b",
        "2.5万元",
        "规章",
        "本年度",
        "　",
        "，",
        "一、总体情况",
        "100%",
        "——",
        "：",
    ]);
    prop::collection::vec(piece, 2..9).prop_map(|pieces| {
        let text = pieces.concat() + "。";
        text.trim_matches(|c: char| c.is_whitespace()).to_owned()
    })
}

fn paragraphs() -> impl Strategy<Value = String> {
    prop::collection::vec(sentences(), 0..4).prop_map(|paragraphs| paragraphs.join("\n"))
}

fn cells() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => Just(String::new()),
        8 => (0_i64..3000).prop_map(|count| count.to_string()),
        1 => (-20_i64..999_999_999_999).prop_map(|count| count.to_string()),
        1 => "[0-9]{1,6}\\.[0-9]{1,6}",
        1 => prop::sample::select(vec![
            "/", "-", "—", "_", "无", "9件", "1O", "空", "见附件", "a|b", "<i>1</i>", "1,2", "12345678901234", "总计", "规章",
        ]).prop_map(str::to_owned),
    ]
}

/// A heading of each section as some office writes it, or none.
fn headings() -> impl Strategy<Value = Vec<Option<usize>>> {
    prop::collection::vec(
        prop_oneof![1 => Just(None), 5 => (0_usize..3).prop_map(Some)],
        7,
    )
}

prop_compose! {
    fn reports()(
        at in 0..FORMS.len(),
        cells in prop::collection::vec(cells(), 200),
        texts in prop::collection::vec(paragraphs(), 7),
        body in prop::sample::select(vec!["某局", "北京市西城区民政局", "某县（某区）人民政府办公室"]),
        year in 2019_u16..=2030,
        fields in prop::collection::vec(prop::option::of(sentences()), 4),
        headings in headings(),
    ) -> Report {
        let form = FORMS[at];
        let mut draft = Draft::new(form);
        for (id, text) in form.cells().zip(&cells) {
            draft.set_cell(id, Cell::read(text, form.kind(id)), None);
        }
        for (id, text) in form.texts().zip(&texts) {
            draft.set_text(id, text);
        }
        draft.set_head(HeadField::Title, &format!("{body}{year}年政府信息公开工作年度报告"));
        draft.set_head(HeadField::Body, body);
        draft.set_head(HeadField::Year, &year.to_string());
        let named = [HeadField::Period, HeadField::Basis, HeadField::Contact, HeadField::Published];
        for (field, text) in named.into_iter().zip(&fields) {
            draft.set_head(field, text.as_deref().unwrap_or_default());
        }
        for (id, heading) in form.texts().zip(&headings).skip(1) {
            let section = form.section(id);
            let Some(which) = heading else { continue };
            let title = section.also.get(*which).unwrap_or(&section.title);
            draft.push_heading(Some(id), &format!("{}、{title}", section.ordinal));
        }
        draft.into_report()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn invariant_documents_and_pages_read_back_what_they_declare(report in reports(), is_draft: bool, fragment: bool) {
        let how = Writing { is_draft, fragment, ..Writing::default() };
        for format in WRITTEN {
            let bytes = written(&report, format, &how);
            same_content(read(&bytes).report(), &report)?;
        }
    }
}

#[test]
fn equal_reports_give_equal_bytes() {
    for format in WRITTEN {
        let bytes = || written(&format::sample(), format, &Writing::default());
        assert!(bytes() == bytes());
    }
}

#[test]
fn shared_samples_written_read_back_the_same() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let folders = ["real", "shapes", "damaged", "prose"].map(|name| root.join(name));
    let files = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok());
    for path in files.flatten().flatten().map(|entry| entry.path()) {
        let is_truth = path.extension().is_some_and(|ending| ending == "json");
        let bytes = std::fs::read(&path).expect("a sample");
        let Ok(draft) = format::read(&bytes, path.to_str(), &Options::default()) else {
            continue;
        };
        if is_truth {
            continue;
        }
        let report = draft.into_report();
        for format in WRITTEN {
            let bytes = written(&report, format, &Writing::default());
            let back = read(&bytes);
            let same = same_content(back.report(), &report);
            assert!(
                same.is_ok(),
                "{} as {}: {same:?}",
                path.display(),
                format.key
            );
            assert!(
                written(back.report(), format, &Writing::default()) == bytes,
                "{}",
                path.display()
            );
        }
    }
}

// ---- golden files

fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/golden")
        .join(name);
    if std::env::var_os("GOUJI_BLESS").is_some() {
        std::fs::write(&path, found).expect("written");
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "{name}: GOUJI_BLESS=1 writes it anew");
}

#[test]
fn the_sample_is_written_as_it_was() {
    let sample = format::sample();
    golden("sample-fragment.html", &page(&sample, &fragment()));
    let document = written(&sample, &format::DOCX, &Writing::default());
    golden(
        "sample-document.xml",
        &parts(&document)["word/document.xml"],
    );
}
