//! Word documents (DOCX) in the layout of official documents.
//!
//! ```text
//! A4, type area 156 x 225 mm, lines of 28 characters, exactly 28 points each
//! title        方正小标宋 2号, centred
//! headings     一、 黑体 · （一） 楷体
//! text         仿宋 3号, two characters indented
//! tables       宋体 五号, widths scaled to the type area, merged as the form is
//! foot         — 1 —, right on odd pages, left on even ones
//! ```
//! A tall table gets a page of its own, its rows as high as fill it. What is
//! not final bears 送审稿 at the head of every page.
//!
//! **Never:** writes a character that XML forbids or that turns the direction of
//! reading; says a length that is not in twips.
//! Next: `write::printout` for what is printed, `write::docx_pack` for styles and parts,
//! `read::docx`, which reads it back.

use std::fmt::Write as _;

use crate::base::failure::Failure;
use crate::base::sheet::{Block, Sheet};
use crate::base::width::Ruler;
use crate::form::printed::{Content, Printed, PrintedBox};
use crate::format::marks::clean;
use crate::format::write::docx_pack::{Look, pack};
use crate::format::write::printout;
use crate::format::write::printout::{Item, Part};
use crate::format::{Writing, head};
use crate::model::Report;

/// Width of the type area, in twips: 210 - 28 - 26 mm.
const WIDTH: usize = 8845;
/// Width of half a character of 五号.
const CELL_HALF: usize = 105;
/// Blank space on both sides of a box together.
const CELL_SIDES: usize = 114;
/// How wide a digit is, in hundredths of its size: half of it in the fonts of official
/// documents, but more in those that other machines have instead.
const DIGIT: usize = 65;
/// Least letters of a number, in half points.
const LEAST_CELL: usize = 8;
/// Letters of numbers, in half points, that are still read with ease.
const EASY_CELL: usize = 15;
/// Characters of a line that columns keep: of labels, of labels beside them, of heads.
const KEPT: (usize, usize, usize) = (8, 3, 2);
/// Least, usual and most height of a row beside its lines.
const PAD: (usize, usize, usize) = (20, 110, 160);
/// What is left free of a page, so that a table never just misses it.
const SLACK: usize = 200;
/// Columns of the indent of a paragraph.
const INDENT: usize = 4;
/// Space above and below a heading that has tables there.
const APART: (usize, usize) = (120, 60);
/// Most characters of a title on one line.
const TITLE_LINE: usize = 40;

const RULER: Ruler = Ruler {
    wide_ambiguous: true,
};

/// Margins of 37 and 35 mm; the page number 7 mm below the type area.
const REPORT: Look = Look {
    title: 44,
    text: 32,
    cell: 21,
    line: 560,
    cell_line: 280,
    top: 2098,
    bottom: 1984,
    foot: 1304,
};
/// Small enough for the longest check sheet on one page.
const SHEET: Look = Look {
    title: 32,
    text: 21,
    cell: 19,
    line: 320,
    cell_line: 215,
    top: 1134,
    bottom: 1134,
    foot: 567,
};

/// A report as a document.
pub(in crate::format) fn write(report: &Report, how: &Writing) -> Result<Vec<u8>, Failure> {
    let mut body = Body::new(&REPORT);
    let parts = printout::parts(report);
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Title(text) => body.paragraph("Title", "", &title_lines(text)),
            Part::Heading(text) => {
                let below = &parts[at + 1..];
                let over_table = matches!(below.first(), Some(Part::Table(..)));
                body.heading(text, own_page(below, report), over_table);
            }
            Part::Paragraph(text) => body.text(text),
            Part::Stated(text) => body.paragraph("Normal", "", &[text]),
            Part::Table(_, printed) => body.table(&Table::of(printed, report)),
        }
    }
    pack(
        &REPORT,
        printout::title(&parts),
        &body.finish(),
        how.is_draft,
    )
}

/// A sheet as a document of its own.
pub(in crate::format) fn sheet(sheet: &Sheet) -> Result<Vec<u8>, Failure> {
    let tables = sheet.blocks.iter().map(|block| match block {
        Block::Table(rows) => Some(Table::plain(rows)),
        _ => None,
    });
    let tables: Vec<Option<Table>> = tables.collect();
    let mut body = Body::new(&SHEET);
    body.fill(sheet, &tables);
    body.paragraph("Title", "", &[&clean(&sheet.title)]);
    for (at, (block, table)) in sheet.blocks.iter().zip(&tables).enumerate() {
        match (block, table) {
            (Block::Heading(text), _) => {
                let over_table = matches!(tables.get(at + 1), Some(Some(_)));
                body.heading(&clean(text), false, over_table);
            }
            (Block::Paragraph(text), _) => body.text(&clean(text)),
            (_, Some(table)) => body.table(table),
            (_, None) => {}
        }
    }
    pack(&SHEET, &clean(&sheet.title), &body.finish(), false)
}

/// Whether a heading begins a page: the table below it fits only on one of its
/// own, with what stands between.
fn own_page(below: &[Part], report: &Report) -> bool {
    let mut used = REPORT.line;
    for part in below {
        match part {
            Part::Paragraph(text) => used += text_height(text, &REPORT),
            Part::Table(_, printed) => {
                let table = Table::of(printed, report);
                return table.is_tall() && table.least() + used + SLACK <= REPORT.height();
            }
            _ => return false,
        }
    }
    false
}

/// About how high a paragraph is.
fn text_height(text: &str, look: &Look) -> usize {
    // Characters stand a little closer than their size.
    let columns = WIDTH * 2 / (look.text * 10 - 5);
    (RULER.width(text) + INDENT).div_ceil(columns) * look.line
}

/// Widths of columns with texts so many columns wide; where not all of them
/// fit, the short ones get what they need.
fn shared(texts: &[usize]) -> Vec<usize> {
    const SHORT: usize = 18;
    let needed = |text: usize| (text + 2) * CELL_HALF + CELL_SIDES;
    let grid = |all: Vec<usize>, total: usize| {
        let all = all
            .into_iter()
            .map(|width| u16::try_from(width).unwrap_or(u16::MAX));
        printout::scaled(&all.collect::<Vec<_>>(), total)
    };
    let all: Vec<usize> = texts.iter().copied().map(needed).collect();
    let (short, long): (Vec<usize>, Vec<usize>) =
        all.iter().partition(|width| **width <= needed(SHORT));
    let short: usize = short.iter().sum();
    if all.iter().sum::<usize>() <= WIDTH || short * 2 > WIDTH {
        return grid(all, WIDTH);
    }
    let mut long = grid(long, WIDTH - short).into_iter();
    let width = |width: usize| {
        let is_short = width <= needed(SHORT);
        let long = if is_short { None } else { long.next() };
        long.unwrap_or(width)
    };
    all.into_iter().map(width).collect()
}

/// A title in lines that end where its words do, if it needs more than one and
/// is known for the same title when read again.
fn title_lines(title: &str) -> Vec<&str> {
    let whole = vec![title];
    if RULER.width(title) <= TITLE_LINE {
        return whole;
    }
    let (body, _) = head::says(title);
    let behind = |word: &str| title.find(word).map(|at| at + word.len());
    let ends = [body.as_str(), "年度", "年"].map(|word| behind(word).filter(|_| !word.is_empty()));
    let halves = ends.into_iter().flatten().map(|at| title.split_at(at));
    let longer = |(first, second): &(&str, &str)| RULER.width(first).max(RULER.width(second));
    let best = halves.min_by_key(longer);
    let Some((first, second)) = best.filter(|halves| longer(halves) <= TITLE_LINE) else {
        return whole;
    };
    let lines = vec![first, second];
    match head::find(&lines) {
        Some(found) if found.text == title => lines,
        _ => whole,
    }
}

// ---- tables

/// The widths of a printed table's columns at which no number breaks, with the size of
/// its numbers: from the usual size down, all at which that is possible.
///
/// Columns are as wide as the form's, but for what long numbers take from the others.
fn fitting(printed: &Printed, report: &Report) -> Vec<(usize, Vec<usize>)> {
    let official = printout::scaled(printed.grid, WIDTH);
    let boxes = |col: usize| {
        let all = printed.rows.iter().flatten();
        all.filter(move |one| one.at == col && one.cols == 1)
    };
    let kept = |one: &PrintedBox| match one.content {
        Content::Label(_) if one.rows == 1 => KEPT.0,
        Content::Label(_) => KEPT.1,
        _ => KEPT.2,
    };
    let floor = |col: usize| {
        let kept = boxes(col).map(kept).max().unwrap_or(KEPT.2);
        official[col].min(kept * 2 * CELL_HALF + CELL_SIDES)
    };
    let digits = |col: usize| {
        let numbers = boxes(col).filter(|one| matches!(one.content, Content::Cell(_)));
        let longest = numbers.map(|one| unbroken(&printout::text_of(one.content, report)));
        longest.max().unwrap_or(0)
    };
    let columns: Vec<(usize, usize)> = (0..official.len())
        .map(|col| (floor(col), digits(col)))
        .collect();
    let sizes = (LEAST_CELL..=REPORT.cell).rev();
    let fits = sizes.filter_map(|size| {
        let needed = columns.iter().map(|(floor, digits)| {
            let number = (digits * size * DIGIT).div_ceil(10) + CELL_SIDES;
            (*floor).max(if *digits > 0 { number } else { 0 })
        });
        let needed: Vec<usize> = needed.collect();
        let fits = needed.iter().sum::<usize>() <= WIDTH;
        fits.then(|| (size, widened(&official, &needed)))
    });
    fits.collect()
}

/// The most characters of a text between which no line ends.
fn unbroken(text: &str) -> usize {
    let words = text.split(|c: char| !c.is_ascii_graphic());
    words.map(str::len).max().unwrap_or(0)
}

/// Widths that are as large as needed; what that takes comes from those that have more.
fn widened(widths: &[usize], needed: &[usize]) -> Vec<usize> {
    let mut out: Vec<usize> = widths.iter().zip(needed).map(|(a, b)| *a.max(b)).collect();
    let free = |out: &[usize], col: usize| out[col] - needed[col];
    let all: usize = (0..out.len()).map(|col| free(&out, col)).sum();
    let taken = out.iter().sum::<usize>() - widths.iter().sum::<usize>();
    let mut left = taken;
    for col in 0..out.len() {
        let less = (free(&out, col) * taken).div_ceil(all.max(1));
        let less = less.min(left).min(free(&out, col));
        out[col] -= less;
        left -= less;
    }
    out
}

/// A box of a table: where it stands, what it spans, how it looks.
struct Field {
    at: usize,
    cols: usize,
    rows: usize,
    text: String,
    is_number: bool,
    /// Style of its paragraph.
    style: &'static str,
    shaded: bool,
}

/// A table ready for print.
struct Table {
    widths: Vec<usize>,
    heads: usize,
    rows: Vec<Vec<Field>>,
    /// The letters of its numbers in half points, where those of all boxes are too large.
    number: Option<usize>,
    /// It may ask for a page of its own.
    official: bool,
}

impl Table {
    /// A table of the form: on one page if its numbers can be set so, and in the largest
    /// letters in which none of them breaks.
    fn of(printed: &Printed, report: &Report) -> Self {
        let sizes = fitting(printed, report);
        let mut tables = sizes.into_iter().map(|(size, widths)| {
            let number = (size < REPORT.cell).then_some(size);
            Self::set(printed, report, widths, number)
        });
        let Some(largest) = tables.next() else {
            let widths = printout::scaled(printed.grid, WIDTH);
            return Self::set(printed, report, widths, Some(LEAST_CELL));
        };
        let fits = |table: &Table| table.least() + REPORT.line + SLACK <= REPORT.height();
        if fits(&largest) {
            return largest;
        }
        let mut easy = tables.take_while(|table| table.number >= Some(EASY_CELL));
        easy.find(fits).unwrap_or(largest)
    }

    fn set(printed: &Printed, report: &Report, widths: Vec<usize>, number: Option<usize>) -> Self {
        let field = |from: &PrintedBox| Field {
            at: from.at,
            cols: from.cols,
            rows: from.rows,
            text: printout::text_of(from.content, report),
            is_number: matches!(from.content, Content::Cell(_)),
            style: if printout::is_left(from, printed) {
                "CellText"
            } else {
                "Cell"
            },
            shaded: matches!(from.content, Content::Title(_)),
        };
        let rows = printed.rows.iter();
        Table {
            widths,
            number,
            heads: printed.heads,
            rows: rows.map(|row| row.iter().map(field).collect()).collect(),
            official: true,
        }
    }

    /// A table of texts; its columns are as wide as what stands in them asks,
    /// short texts in the middle.
    fn plain(rows: &[Vec<String>]) -> Self {
        const WIDEST: usize = 60;
        const SHORT: usize = 10;
        let cols = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let width = |col: usize| {
            let texts = rows.iter().filter_map(|row| row.get(col));
            let widest = texts.map(|text| RULER.width(text)).max().unwrap_or(0);
            widest.clamp(4, WIDEST)
        };
        let texts: Vec<usize> = (0..cols).map(width).collect();
        let field = |row: usize, col: usize| Field {
            at: col,
            cols: 1,
            rows: 1,
            text: rows[row]
                .get(col)
                .map_or_else(String::new, |text| clean(text).into_owned()),
            is_number: false,
            style: match row {
                0 => "CellHead",
                _ if texts[col] <= SHORT => "Cell",
                _ => "CellText",
            },
            shaded: row == 0,
        };
        let row = |row: usize| (0..cols).map(|col| field(row, col)).collect();
        Table {
            widths: shared(&texts),
            number: None,
            heads: 1,
            rows: (0..rows.len()).map(row).collect(),
            official: false,
        }
    }

    fn width(&self, field: &Field) -> usize {
        self.widths[field.at..field.at + field.cols].iter().sum()
    }

    /// How many lines the boxes of a row need that stand in it alone; a row of
    /// nothing on a sheet is there to be written into.
    fn lines(&self, row: &[Field]) -> usize {
        const BY_HAND: usize = 3;
        if !self.official && row.iter().all(|field| field.text.is_empty()) {
            return BY_HAND;
        }
        // A number is set so that it stands on one line.
        let breaks = |field: &&Field| !field.is_number || unbroken(&field.text) < field.text.len();
        let alone = row.iter().filter(|field| field.rows == 1);
        let alone = alone.filter(breaks);
        let lines = alone.map(|field| {
            let columns = self.width(field).saturating_sub(CELL_SIDES) / CELL_HALF;
            RULER.width(&field.text).div_ceil((columns / 2 * 2).max(2))
        });
        lines.max().unwrap_or(0).max(1)
    }

    fn all_lines(&self) -> usize {
        self.rows.iter().map(|row| self.lines(row)).sum()
    }

    /// The height it needs.
    fn least(&self) -> usize {
        self.all_lines() * REPORT.cell_line + self.rows.len() * PAD.0
    }

    /// Whether it is worth a page: it has heads to repeat and takes more than
    /// half of one.
    fn is_tall(&self) -> bool {
        self.official && self.heads > 0 && self.least() > REPORT.height() / 2
    }
}

// ---- the document

/// What stands in the document's body.
struct Body {
    look: &'static Look,
    xml: String,
    /// Height of a row beside its lines where no page is to be filled.
    pad: usize,
    /// What is left of the page that began with the last heading.
    left: Option<usize>,
    /// A table was the last thing written.
    behind_table: bool,
}

impl Body {
    fn new(look: &'static Look) -> Self {
        Body {
            look,
            xml: String::new(),
            pad: PAD.1,
            left: None,
            behind_table: false,
        }
    }

    /// Makes the rows of a sheet's tables as high as its page allows.
    fn fill(&mut self, sheet: &Sheet, tables: &[Option<Table>]) {
        let look = self.look;
        let text = |block: &Block| match block {
            Block::Heading(_) => look.line + APART.0 + APART.1,
            Block::Paragraph(text) => text_height(text, look),
            Block::Table(_) => 0,
        };
        let texts: usize = sheet.blocks.iter().map(text).sum();
        let tables = || tables.iter().flatten();
        let lines: usize = tables().map(Table::all_lines).sum();
        let rows: usize = tables().map(|table| table.rows.len()).sum();
        let used = look.title * 16 + look.line + texts + lines * look.cell_line + SLACK;
        let spare = look.height().saturating_sub(used);
        self.pad = (spare / rows.max(1)).clamp(PAD.0, PAD.1);
    }

    /// The whole of it; Word wants a paragraph at the end.
    fn finish(mut self) -> String {
        if self.behind_table {
            self.spacer(false);
        }
        self.xml
    }

    /// A paragraph in a style, its lines broken.
    fn paragraph(&mut self, style: &str, properties: &str, lines: &[&str]) {
        let mut runs = String::new();
        for (at, line) in lines.iter().enumerate() {
            let broken = if at > 0 { "<w:r><w:br/></w:r>" } else { "" };
            runs.push_str(broken);
            run(&mut runs, "", line);
        }
        self.close(style, properties, &runs);
    }

    fn close(&mut self, style: &str, properties: &str, runs: &str) {
        let style = match style {
            "Normal" => String::new(),
            style => format!("<w:pStyle w:val=\"{style}\"/>"),
        };
        let all = style + properties;
        self.xml.push_str("<w:p>");
        if !all.is_empty() {
            let _ = write!(self.xml, "<w:pPr>{all}</w:pPr>");
        }
        self.xml.push_str(runs);
        self.xml.push_str("</w:p>\n");
        self.behind_table = false;
    }

    /// A heading, a little away from the tables above and below it.
    fn heading(&mut self, text: &str, begins_page: bool, over_table: bool) {
        let begins = if begins_page {
            "<w:pageBreakBefore/>"
        } else {
            ""
        };
        let before = if self.behind_table && !begins_page {
            APART.0
        } else {
            0
        };
        let after = if over_table { APART.1 } else { 0 };
        let properties = format!("{begins}<w:spacing w:before=\"{before}\" w:after=\"{after}\"/>");
        self.paragraph("Heading1", &properties, &[text]);
        self.left = begins_page.then_some(self.look.height() - self.look.line);
    }

    /// A paragraph of text; one that begins with （一） is a heading or opens
    /// with one.
    fn text(&mut self, text: &str) {
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(text_height(text, self.look));
        }
        match printout::item(text) {
            None => self.paragraph("Normal", "", &[text]),
            Some(Item::Heading) => self.paragraph("Heading2", "", &[text]),
            Some(Item::Opens(end)) => {
                let (first, rest) = text.split_at(end);
                let mut runs = String::new();
                run(
                    &mut runs,
                    "<w:rPr><w:rStyle w:val=\"Minor\"/></w:rPr>",
                    first,
                );
                if !rest.is_empty() {
                    run(&mut runs, "", rest);
                }
                self.close("Normal", "", &runs);
            }
        }
    }

    /// A paragraph that shows nothing: tables without one between become one.
    fn spacer(&mut self, begins_page: bool) {
        let begins = if begins_page {
            "<w:pageBreakBefore/>"
        } else {
            ""
        };
        self.close("Spacer", begins, "");
    }

    fn table(&mut self, table: &Table) {
        if table.rows.is_empty() {
            return;
        }
        if self.behind_table {
            self.spacer(false);
        }
        let (height, line) = (self.look.height(), self.look.cell_line);
        let mut left = self.left.take().map(|left| left.saturating_sub(SLACK));
        if left.is_none() && table.is_tall() && table.least() + 2 * SLACK <= height {
            self.spacer(true);
            left = Some(height - 2 * SLACK);
        }
        let spare = left.and_then(|left| left.checked_sub(table.all_lines() * line));
        let pad = spare.map_or(self.pad, |spare| {
            (spare / table.rows.len()).clamp(PAD.0, PAD.2)
        });
        table_start(&mut self.xml, table);
        // Rows hold on to the next one while the table fits on a page.
        let whole = table.all_lines() * line + table.rows.len() * pad <= height;
        let out = &mut self.xml;
        // Boxes that go on below their first row, and the row behind their last.
        let mut open: Vec<(usize, &Field)> = Vec::new();
        for (at, row) in table.rows.iter().enumerate() {
            let height = table.lines(row) * line + pad;
            let _ = write!(
                out,
                "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"{height}\" w:hRule=\"atLeast\"/>"
            );
            out.push_str(if at < table.heads {
                "<w:tblHeader/>"
            } else {
                ""
            });
            out.push_str("</w:trPr>");
            // A tall table has a page of its own: held together as a whole it would leave
            // its heading alone on that page, where another program sets it higher.
            let heads = at < table.heads;
            let keeps = at + 1 < table.rows.len() && (whole && !table.is_tall() || heads);
            let mut col = 0;
            while col < table.widths.len() {
                let (field, goes_on) = match row.iter().find(|field| field.at == col) {
                    Some(field) => (field, false),
                    None => match open.iter().find(|(_, field)| field.at == col) {
                        Some((_, field)) => (*field, true),
                        None => break,
                    },
                };
                cell(out, table, field, goes_on, keeps);
                col += field.cols;
            }
            open.extend(row.iter().map(|field| (at + field.rows, field)));
            open.retain(|(end, _)| *end > at + 1);
            out.push_str("</w:tr>\n");
        }
        out.push_str("</w:tbl>\n");
        self.behind_table = true;
    }
}

/// How a table looks, and the widths of its columns.
fn table_start(out: &mut String, table: &Table) {
    let _ = write!(
        out,
        "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>"
    );
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(
            out,
            "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"
        );
    }
    out.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>");
    for width in &table.widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>\n");
}

fn cell(out: &mut String, table: &Table, field: &Field, goes_on: bool, keeps: bool) {
    let _ = write!(
        out,
        "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>",
        table.width(field)
    );
    if field.cols > 1 {
        let _ = write!(out, "<w:gridSpan w:val=\"{}\"/>", field.cols);
    }
    out.push_str(match (field.rows > 1, goes_on) {
        (false, _) => "",
        (true, false) => "<w:vMerge w:val=\"restart\"/>",
        (true, true) => "<w:vMerge/>",
    });
    if field.shaded {
        out.push_str("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"C6D9F1\"/>");
    }
    let keeps = if keeps { "<w:keepNext/>" } else { "" };
    let _ = write!(
        out,
        "<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{}\"/>{keeps}</w:pPr>",
        field.style
    );
    if !goes_on && !field.text.is_empty() {
        let size = table.number.filter(|_| field.is_number);
        let look = size.map_or_else(String::new, |size| {
            format!("<w:rPr><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>")
        });
        run(out, &look, &field.text);
    }
    out.push_str("</w:p></w:tc>");
}

/// A run of text.
fn run(out: &mut String, properties: &str, text: &str) {
    let _ = write!(out, "<w:r>{properties}<w:t xml:space=\"preserve\">");
    escape(out, text);
    out.push_str("</w:t></w:r>");
}

pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
}
