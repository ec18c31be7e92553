//! Comments in a workbook, at its cells, as Excel has kept them since 1997.
//!
//! ```text
//! xl/commentsN.xml              what they say: one a cell
//! xl/drawings/vmlDrawingN.vml   the box of each, hidden
//! xl/worksheets/sheetN.xml      legacyDrawing names the boxes
//! ```
//! A cell that has a comment keeps it; ours stands behind it. One of the newer kind with
//! answers can't be added to: then ours goes to the first cell.
//!
//! **Never:** touches a cell.
//! Next: `read::xlsx`, whose places are looked up.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use super::find::{counts, find};
use super::markup::{Edit, Step, appended, at_end, edited, escaped, walk};
use super::package::Package;
use super::{AUTHOR, BETWEEN, DECLARATION, not_strict, protected, together};
use crate::base::comment::{About, Comment};
use crate::base::failure::Failure;
use crate::base::place::{Place, column_name};
use crate::base::width::Ruler;
use crate::format::archive::{Archive, damaged};
use crate::format::read::sheet::Sheet;
use crate::format::read::xlsx::{place, sheets};

/// A cell by its row and column, and what is said of it.
type Said<'a> = ((usize, usize), &'a str);

const BOOK: &str = "xl/workbook.xml";
const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/// Most UTF-16 units of a comment that Excel shows.
const LONGEST: usize = 32_000;
/// What stands behind the boxes of comments in a worksheet.
const BEHIND: [&str; 10] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
    "legacyDrawing",
];

/// Writes comments; how many stand where they belong, and how many at the first cell.
pub(super) fn write(
    package: &mut Package,
    bytes: &[u8],
    comments: &[Comment],
) -> Result<(usize, usize), Failure> {
    let book = package.needed(BOOK)?;
    not_strict(&book)?;
    may_write(&book)?;
    let sheets = sheets(&mut Archive::open(bytes)?)?;
    let pages: Vec<Page> = pages(package, &sheets)?;
    let finder = Finder::of(&sheets);
    let mut at: BTreeMap<(usize, (usize, usize)), Vec<&Comment>> = BTreeMap::new();
    let mut apart = Vec::new();
    for comment in comments {
        let found = match &comment.about {
            About::Source => None,
            About::Place(place) => cell(&sheets, place),
            About::Text { text, nth } => finder.find(text, *nth),
        };
        match found.filter(|(sheet, cell)| !pages[*sheet].answered.contains(cell)) {
            Some(found) => at.entry(found).or_default().push(comment),
            None => apart.push(comment),
        }
    }
    let texts = at
        .into_iter()
        .map(|(at, comments)| (at, together(&comments)));
    let mut texts: BTreeMap<(usize, (usize, usize)), String> = texts.collect();
    if !apart.is_empty() {
        let shown = sheets.iter().position(|sheet| !sheet.hidden);
        let sheet = shown.unwrap_or(0);
        let page = pages.get(sheet).ok_or_else(damaged)?;
        let mut cells = (0..).map(|col| (0, col));
        let cell = cells.find(|cell| !page.answered.contains(cell));
        let text = texts.entry((sheet, cell.unwrap_or_default())).or_default();
        let own = std::mem::take(text);
        *text = together(&apart);
        if !own.is_empty() {
            *text = [own.as_str(), text].join(BETWEEN);
        }
    }
    for (number, page) in pages.iter().enumerate() {
        let own = texts.range((number, (0, 0))..(number + 1, (0, 0)));
        let own: Vec<Said> = own.map(|((_, at), text)| (*at, text.as_str())).collect();
        if !own.is_empty() {
            page.write(package, number, &own)?;
        }
    }
    Ok((comments.len() - apart.len(), apart.len()))
}

/// Refuses a workbook that only opens for writing with a password.
fn may_write(book: &str) -> Result<(), Failure> {
    let mut forbidden = false;
    walk(book, |step, _| {
        if let Step::Open(tag) = step
            && tag.local == "fileSharing"
        {
            let names = ["reservationPassword", "hashValue"];
            forbidden |= names.iter().any(|name| tag.attr(name).is_some());
        }
        Ok(())
    })?;
    if forbidden { Err(protected()) } else { Ok(()) }
}

/// The cell of a place.
fn cell(sheets: &[Sheet], place: &Place) -> Option<(usize, (usize, usize))> {
    let Place::SheetCell { sheet, row, col } = place else {
        return None;
    };
    let number = sheets.iter().position(|one| one.name == *sheet)?;
    Some((number, (row.checked_sub(1)?, col.checked_sub(1)?)))
}

/// Cells with texts, in the order of reading.
struct Finder {
    cells: Vec<(usize, (usize, usize))>,
    texts: Vec<String>,
}

impl Finder {
    fn of(sheets: &[Sheet]) -> Self {
        let shown = sheets.iter().enumerate().filter(|(_, sheet)| !sheet.hidden);
        let cells = shown.flat_map(|(number, sheet)| {
            let cells = sheet.cells.iter();
            cells.map(move |(at, text)| ((number, *at), text))
        });
        let (cells, texts) = cells
            .map(|(at, text)| {
                let text: String = text.chars().filter(|c| counts(*c)).collect();
                (at, text)
            })
            .unzip();
        Finder { cells, texts }
    }

    fn find(&self, text: &str, nth: usize) -> Option<(usize, (usize, usize))> {
        find(&self.texts, text, nth).map(|(at, _)| self.cells[at])
    }
}

/// A worksheet as a part.
struct Page {
    part: String,
    /// The parts of its comments and of their boxes.
    comments: Option<String>,
    boxes: Option<String>,
    /// Cells whose comments are of the newer kind.
    answered: BTreeSet<(usize, usize)>,
}

/// The worksheets, in the order in which their reader has them.
fn pages(package: &mut Package, sheets: &[Sheet]) -> Result<Vec<Page>, Failure> {
    let book = package.needed(BOOK)?;
    let relations = package.relations(BOOK)?;
    let mut parts = Vec::new();
    walk(&book, |step, _| {
        let Step::Open(tag) = step else { return Ok(()) };
        if tag.local == "sheet" {
            let id = tag.attr("id").unwrap_or_default();
            let relation = relations.iter().find(|one| one.id == id);
            let relation = relation.filter(|one| one.kind == "worksheet");
            parts.extend(relation.map(|one| one.target.clone()));
        }
        Ok(())
    })?;
    parts.truncate(sheets.len());
    if parts.len() < sheets.len() {
        return Err(damaged());
    }
    let mut pages = Vec::new();
    for part in parts {
        let relations = package.relations(&part)?;
        let of = |kind: &str| {
            let relation = relations.iter().find(|one| one.kind == kind);
            relation.map(|one| one.target.clone())
        };
        let comments = of("comments");
        let answered = match &comments {
            Some(name) => answered(&package.needed(name)?)?,
            None => BTreeSet::new(),
        };
        pages.push(Page {
            comments,
            boxes: of("vmlDrawing"),
            answered,
            part,
        });
    }
    Ok(pages)
}

/// The cells whose comments only stand for those of the newer kind: their author says so.
fn answered(text: &str) -> Result<BTreeSet<(usize, usize)>, Failure> {
    let (mut authors, mut cells) = (Vec::<String>::new(), BTreeSet::new());
    let mut in_author = false;
    walk(text, |step, _| {
        match step {
            Step::Open(tag) if tag.local == "author" => {
                in_author = true;
                authors.push(String::new());
            }
            Step::Open(tag) if tag.local == "comment" => {
                let number = tag.attr("authorId").and_then(|id| id.parse::<usize>().ok());
                let author = number.and_then(|number| authors.get(number));
                if author.is_some_and(|author| author.starts_with("tc=")) {
                    let name = tag.attr("ref").unwrap_or_default();
                    cells.extend(place(&name));
                }
            }
            Step::Text(text, _) if in_author => {
                if let Some(author) = authors.last_mut() {
                    author.push_str(text);
                }
            }
            Step::Close => in_author = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(cells)
}

fn name_of((row, col): (usize, usize)) -> String {
    format!("{}{}", column_name(col), row + 1)
}

impl Page {
    fn write(
        &self,
        package: &mut Package,
        number: usize,
        comments: &[Said],
    ) -> Result<(), Failure> {
        let text = package.needed(&self.part)?;
        let place = Drawing::of(&text)?;
        let new = self.write_texts(package, comments)?;
        match &self.boxes {
            Some(part) if place.is_named => {
                let old = package.needed(part)?;
                package.set(part, boxes_with(&old, &place, &new)?);
            }
            // A picture of a head or foot may have boxes of its own.
            _ if place.is_named => return Err(damaged()),
            _ => {
                let part = package.free("xl/drawings/vmlDrawing", ".vml");
                package.set(&part, boxes(number, &place, &new));
                package.are("vml", DRAWING)?;
                let id = package.relate(&self.part, "vmlDrawing", &part)?;
                package.set(&self.part, place.named(&text, &id));
            }
        }
        Ok(())
    }

    /// Writes what comments say; those for which there is no box yet.
    fn write_texts<'a>(
        &self,
        package: &mut Package,
        comments: &[Said<'a>],
    ) -> Result<Vec<Said<'a>>, Failure> {
        let (part, mut text) = if let Some(part) = &self.comments {
            (part.clone(), package.needed(part)?)
        } else {
            let part = package.free("xl/comments", ".xml");
            package.relate(&self.part, "comments", &part)?;
            package.is_a(&part, COMMENTS)?;
            let text = format!(
                "{DECLARATION}<comments xmlns=\"{MAIN}\"><authors></authors><commentList></commentList></comments>"
            );
            (part, text)
        };
        let (author, known) = authored(&text)?;
        let author = match author {
            Ok(number) => number,
            Err(next) => {
                text = appended(&text, "authors", |prefix| {
                    format!("<{prefix}author>{AUTHOR}</{prefix}author>")
                })?;
                next
            }
        };
        let (old, new): (Vec<_>, Vec<_>) = comments.iter().partition(|(at, _)| known.contains(at));
        text = longer(&text, &old)?;
        text = appended(&text, "commentList", |prefix| {
            let mut all = String::new();
            for (at, said) in &new {
                let _ = write!(
                    all,
                    "<{prefix}comment ref=\"{}\" authorId=\"{author}\"><{prefix}text>{}</{prefix}text></{prefix}comment>",
                    name_of(*at),
                    run(prefix, said)
                );
            }
            all
        })?;
        package.set(&part, text);
        Ok(new)
    }
}

/// The number of our author, or the one that it would have; the cells that have comments.
#[expect(clippy::type_complexity, reason = "two answers of one pass")]
fn authored(text: &str) -> Result<(Result<usize, usize>, BTreeSet<(usize, usize)>), Failure> {
    let (mut count, mut ours, mut in_author) = (0, None, false);
    let mut cells = BTreeSet::new();
    walk(text, |step, _| {
        match step {
            Step::Open(tag) if tag.local == "author" => {
                count += 1;
                in_author = true;
            }
            Step::Open(tag) if tag.local == "comment" => {
                let name = tag.attr("ref").unwrap_or_default();
                cells.extend(place(&name));
            }
            Step::Text(AUTHOR, _) if in_author => ours = Some(count - 1),
            Step::Close => in_author = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok((ours.ok_or(count), cells))
}

/// A text in the letters of comments; what is too long is cut.
fn run(prefix: &str, text: &str) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= LONGEST
    };
    let text: String = text.chars().take_while(fits).collect();
    format!(
        "<{prefix}r><{prefix}rPr><{prefix}sz val=\"9\"/><{prefix}color indexed=\"81\"/><{prefix}rFont val=\"宋体\"/><{prefix}family val=\"3\"/></{prefix}rPr><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
        escaped(&text)
    )
}

/// Comments that are there with ours behind them.
fn longer(text: &str, comments: &[Said]) -> Result<String, Failure> {
    let mut edits = Vec::new();
    let mut said: Option<&str> = None;
    let mut open: Option<(usize, Range<usize>, String, String, bool)> = None;
    let mut depth = 0_usize;
    walk(text, |step, at| {
        match step {
            Step::Open(tag) => {
                if tag.local == "comment" {
                    let name = tag.attr("ref").unwrap_or_default();
                    let cell = place(&name);
                    let ours = comments.iter().find(|(at, _)| Some(*at) == cell);
                    said = ours.map(|(_, text)| *text);
                } else if tag.local == "text" && said.is_some() && open.is_none() {
                    let (name, prefix) = (tag.name.to_owned(), tag.prefix().to_owned());
                    open = Some((depth, at, name, prefix, tag.is_empty));
                }
                depth += 1;
            }
            Step::Close => {
                depth -= 1;
                if open.as_ref().is_some_and(|open| open.0 == depth)
                    && let (Some((_, range, name, prefix, is_empty)), Some(said)) =
                        (open.take(), said.take())
                {
                    let said = run(&prefix, &[BETWEEN, said].concat());
                    edits.push(at_end(&range, &name, is_empty, at.start, &said));
                }
            }
            Step::Text(..) => {}
        }
        Ok(())
    })?;
    Ok(edited(text, edits))
}

/// Where a worksheet names its boxes, and how large its columns and rows are.
struct Drawing {
    is_named: bool,
    at: usize,
    prefix: String,
    cols: Sizes,
    rows: Sizes,
}

/// Sizes of columns or rows in pixels: the usual one, and others by first and last.
struct Sizes {
    usual: f64,
    others: Vec<(usize, usize, f64)>,
}

impl Sizes {
    /// Keeps sizes that an element states, in the unit it states them in.
    fn push(
        &mut self,
        first: Option<String>,
        last: Option<String>,
        size: Option<String>,
        unit: f64,
    ) {
        const MOST: usize = 10_000;
        let number = |text: Option<String>| text.and_then(|text| text.parse::<usize>().ok());
        let size = size.and_then(|size| size.parse::<f64>().ok());
        if let (Some(first), Some(last), Some(size)) = (number(first), number(last), size)
            && self.others.len() < MOST
        {
            self.others.push((first, last, size * unit));
        }
    }

    /// The one in which so many pixels from the beginning of one end, and how far into it.
    fn end(&self, from: usize, pixels: f64) -> (usize, f64) {
        const MOST: usize = 200;
        let mut left = pixels;
        for at in from..from + MOST {
            let mut others = self.others.iter();
            let own = others.find(|(first, last, _)| (*first..=*last).contains(&(at + 1)));
            let size = own.map_or(self.usual, |(_, _, size)| *size);
            if left < size {
                return (at, left);
            }
            left -= size;
        }
        (from + MOST, 0.0)
    }
}

impl Drawing {
    /// Refuses a sheet that is protected against comments.
    fn of(text: &str) -> Result<Self, Failure> {
        let mut found = Drawing {
            is_named: false,
            at: text.len(),
            prefix: String::new(),
            cols: Sizes {
                usual: 64.0,
                others: Vec::new(),
            },
            rows: Sizes {
                usual: 20.0,
                others: Vec::new(),
            },
        };
        let mut behind = None;
        let mut forbidden = false;
        let mut open = 0_usize;
        walk(text, |step, at| {
            match step {
                Step::Open(tag) => {
                    match tag.depth {
                        0 => tag.prefix().clone_into(&mut found.prefix),
                        1 if BEHIND.contains(&tag.local) => {
                            found.is_named |= tag.local == "legacyDrawing";
                            behind.get_or_insert(at.start);
                        }
                        1 if tag.local == "sheetProtection" => {
                            forbidden |= tag.says("sheet") && tag.says("objects");
                        }
                        2 if tag.local == "col" => {
                            let (first, last) = (tag.attr("min"), tag.attr("max"));
                            found.cols.push(first, last, tag.attr("width"), DIGIT);
                        }
                        2 if tag.local == "row" => {
                            let number = tag.attr("r");
                            let height = tag.attr("ht");
                            found.rows.push(number.clone(), number, height, POINT);
                        }
                        _ => {}
                    }
                    open += 1;
                }
                Step::Close => {
                    open -= 1;
                    if open == 0 {
                        found.at = at.start;
                    }
                }
                Step::Text(..) => {}
            }
            Ok(())
        })?;
        if forbidden {
            return Err(protected());
        }
        found.at = behind.unwrap_or(found.at);
        Ok(found)
    }

    /// The worksheet, naming its boxes.
    fn named(&self, text: &str, id: &str) -> String {
        let prefix = &self.prefix;
        let edit = Edit {
            at: self.at..self.at,
            order: 0,
            text: format!("<{prefix}legacyDrawing xmlns:r=\"{OFFICE}\" r:id=\"{id}\"/>"),
        };
        edited(text, vec![edit])
    }
}

/// Pixels of a digit of a column's width, and of a point of a row's height.
const DIGIT: f64 = 7.0;
const POINT: f64 = 4.0 / 3.0;
const SHAPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
/// Numbers of shapes that a sheet has.
const BLOCK: usize = 1024;

/// Boxes of a sheet that has none.
fn boxes(sheet: usize, place: &Drawing, comments: &[Said]) -> String {
    let block = sheet + 1;
    let mut out = format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout>{SHAPE}"
    );
    shapes(&mut out, block * BLOCK + 1, place, comments);
    out.push_str("</xml>");
    out
}

/// Boxes with more of them.
fn boxes_with(old: &str, place: &Drawing, comments: &[Said]) -> Result<String, Failure> {
    const SHAPE_ID: &str = "_x0000_s";
    let end = old.rfind("</xml>").ok_or_else(damaged)?;
    let numbers = old.match_indices(SHAPE_ID).filter_map(|(at, _)| {
        let rest = &old[at + SHAPE_ID.len()..];
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        rest[..digits]
            .parse::<usize>()
            .ok()
            .filter(|n| *n < 1 << 30)
    });
    let next = numbers.max().unwrap_or(BLOCK) + 1;
    let mut added = String::new();
    if !old.contains("_x0000_t202\"") {
        added.push_str(SHAPE);
    }
    shapes(&mut added, next, place, comments);
    // The names may be bound to other prefixes, or to none.
    let bound = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";
    if !["xmlns:v=", "xmlns:o=", "xmlns:x="]
        .iter()
        .all(|name| old.contains(name))
    {
        added = added.replace("<v:shape ", &format!("<v:shape {bound} "));
        added = added.replace("<v:shapetype ", &format!("<v:shapetype {bound} "));
    }
    Ok([&old[..end], &added, &old[end..]].concat())
}

/// A box for each comment, beside its cell and about as high as its text.
fn shapes(out: &mut String, first: usize, place: &Drawing, comments: &[Said]) {
    /// Columns of a line, and the pixels that they take.
    const WIDTH: (usize, f64) = (36, 256.0);
    const LINE: f64 = 16.0;
    const MOST_LINES: usize = 30;
    const BESIDE: f64 = 15.0;
    let ruler = Ruler {
        wide_ambiguous: true,
    };
    for (at, ((row, col), text)) in comments.iter().enumerate() {
        let lines = text.lines();
        let lines = lines.map(|line| ruler.width(line).div_ceil(WIDTH.0).max(1));
        let lines = u8::try_from((lines.sum::<usize>() + 1).min(MOST_LINES)).unwrap_or(u8::MAX);
        let height = f64::from(lines) * LINE;
        let left = col + 1;
        let right = place.cols.end(left, BESIDE + WIDTH.1);
        let bottom = place.rows.end(*row, height);
        let _ = write!(
            out,
            "<v:shape id=\"_x0000_s{}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;width:192pt;height:{:.0}pt;z-index:{};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, {BESIDE}, {row}, 0, {}, {:.0}, {}, {:.0}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>",
            first + at,
            height / POINT,
            at + 1,
            right.0,
            right.1,
            bottom.0,
            bottom.1,
        );
    }
}
