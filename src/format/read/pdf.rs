//! Pages with a layer of text.
//!
//! Boxes come from ruling lines; a table that goes on over a page is one; rows
//! cut by the end of a page are joined; where no lines are, numbers side by side
//! are a row. What a page shows as a picture is said to be one.
//!
//! **Never:** takes a character that could not be decoded for nothing.
//! Next: `read::page` for lines and boxes, `assemble` for what becomes of them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use pdfboss_core::{Document, Error, Object};
use pdfboss_text::{FontCache, ReadingOrder, TextSpan};
use unicode_normalization::UnicodeNormalization;

use crate::base::failure::Failure;
use crate::base::ordinal;
use crate::base::words::{Words, words};
use crate::form::FORMS;
use crate::format::archive::{damaged, locked};
use crate::format::labels::Labels;
use crate::format::marks::clean;
use crate::format::matcher::is_value;
use crate::format::outline::{Piece, What};
use crate::format::read::page::{Block, Cell, Glyph, Line, Page, Pages, Part, Table};
use crate::format::read::pdf_limit;
use crate::format::read::ruled::{Rule, snapped};
use crate::format::rectangle::{Rectangle, Row, Slot};
use crate::format::{Options, assemble, encoding};
use crate::model::{Draft, Note, Seen};

/// Most pages of a report that are read.
const MAX_PAGES: usize = 300;
/// Most bytes of what a page draws; those of reports draw some hundred thousand.
const MAX_CONTENT: usize = 2 << 20;
/// How far edges of a table that goes on may differ.
const EDGE: f32 = 3.0;

const PICTURE: Words = words(
    "第 {page} 页是图片，没有文字，没有读",
    "page {page} is a picture without text and was not read",
);
const RECOGNISED: Words = words(
    "第 {page} 页是扫描的图片，文字是机器识别的，请逐格核对",
    "page {page} is a scan; its text was recognised by a machine: check every cell",
);
const LOST: Words = words(
    "第 {page} 页有 {count} 处内容读不出来，可能缺字缺数，请核对",
    "{count} pieces of page {page} could not be read; text may be missing: please check",
);
const NO_PAGE: Words = words(
    "第 {page} 页读不出来，文件可能已损坏",
    "page {page} could not be read; the file may be damaged",
);
const FEWER_PAGES: Words = words(
    "文件说有 {said} 页，只找到 {found} 页，可能没有下载完整",
    "the file claims {said} pages, {found} were found: perhaps it is not wholly downloaded",
);
const TOO_MANY: Words = words("只读了前 {max} 页", "only the first {max} pages were read");
const TURNED: Words = words(
    "第 {page} 页有 {count} 个转了方向的字没有读，请核对",
    "{count} characters of page {page} that are turned were not read: please check",
);

/// Reads a PDF.
pub(in crate::format) fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    let book = Book::open(bytes)?;
    let mut notes = Vec::new();
    let note = |page: usize, words: Words, count: usize| Note {
        place: format!("page {page}"),
        message: words.with(vec![("page", page.into()), ("count", count.into())]),
    };
    let said = book.document.page_count();
    let found = book.count();
    if said > found {
        notes.push(Note {
            place: "page 1".to_owned(),
            message: FEWER_PAGES.with(vec![("said", said.into()), ("found", found.into())]),
        });
    }
    if found > MAX_PAGES {
        notes.push(Note {
            place: format!("page {MAX_PAGES}"),
            message: TOO_MANY.with(vec![("max", MAX_PAGES.into())]),
        });
    }
    let mut flow = Flow::default();
    let (mut pictures, mut written, mut unknown) = (0, 0, 0);
    for index in 0..found.min(MAX_PAGES) {
        let no = index + 1;
        let Some(page) = book.page(index) else {
            notes.push(note(no, NO_PAGE, 0));
            continue;
        };
        if page.glyphs.is_empty() && page.has_pictures {
            pictures += 1;
            notes.push(note(no, PICTURE, 0));
            flow.picture(no);
        }
        if page.is_recognised {
            notes.push(note(no, RECOGNISED, 0));
        }
        if page.lost > 0 {
            notes.push(note(no, LOST, page.lost));
        }
        let turned = book.turned.take();
        if turned > 0 {
            notes.push(note(no, TURNED, turned));
        }
        for glyph in &page.glyphs {
            written += 1;
            unknown += usize::from(matches!(glyph.char, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}'));
        }
        flow.page(no, page.blocks());
    }
    let pieces = flow.finish();
    if pieces
        .iter()
        .all(|piece| matches!(piece.what, What::Object(_)))
    {
        return Err(no_text(pictures > 0));
    }
    if unknown * 2 > written {
        return Err(unknown_text());
    }
    assemble::draft(pieces, notes, options)
}

fn no_text(is_scan: bool) -> Failure {
    let what = if is_scan {
        words(
            "这份 PDF 是扫描的图片，里面没有文字",
            "this PDF is a scan: pictures without text",
        )
    } else {
        words("这份 PDF 里没有文字", "there is no text in this PDF")
    };
    Failure::file(what.into()).hint(words(
        "向原单位要 Word 版或网页版；或用 gouji new 新建，对照着录入",
        "ask for the Word file or the web page, or start with gouji new and key it in",
    ))
}

fn unknown_text() -> Failure {
    Failure::file(
        words(
            "这份 PDF 没有说明它的字体是什么字，读出来的都不是字",
            "this PDF does not say which characters its fonts show; its text cannot be read",
        )
        .into(),
    )
    .hint(words(
        "用阅读器打开，打印成新的 PDF 再读；或向原单位要 Word 版",
        "open it in a reader and print it to a new PDF, or ask for the Word file",
    ))
}

// ---- the crate that reads the file

struct Book {
    document: Document,
    fonts: FontCache,
    /// Characters of the last page that stand in another direction.
    turned: RefCell<usize>,
}

impl Book {
    fn open(bytes: &[u8]) -> Result<Self, Failure> {
        pdf_limit::measure(bytes)?;
        let document = Document::load(bytes.to_vec()).map_err(|error| match error {
            Error::Encrypted => locked(),
            _ => damaged(),
        })?;
        Ok(Book {
            document,
            fonts: FontCache::default(),
            turned: RefCell::default(),
        })
    }

    /// Whether what a page draws is too much, or names a picture or one stream
    /// over and over.
    fn draws_too_much(&self, contents: Option<&Object>) -> bool {
        let resolved = |object: &Object| self.document.resolve(object).ok();
        let contents = contents.and_then(resolved);
        let list = contents.as_ref().and_then(Object::as_array);
        let pieces = list.unwrap_or(contents.as_slice());
        let mut left = MAX_CONTENT;
        pieces.iter().any(|piece| {
            let piece = resolved(piece);
            let Some(stream) = piece.as_ref().and_then(Object::as_stream) else {
                return false;
            };
            if stream.dict.get_name("Subtype").is_some() {
                return true;
            }
            let drawn = self
                .document
                .stream_data(stream)
                .map_or(0, |data| data.len());
            // An empty piece costs time too.
            match left.checked_sub(drawn + 1) {
                Some(rest) => left = rest,
                None => return true,
            }
            false
        })
    }
}

impl Pages for Book {
    fn count(&self) -> usize {
        self.document.flattened_page_count()
    }

    fn page(&self, index: usize) -> Option<Page> {
        let source = self.document.page(index).ok()?;
        if self.draws_too_much(source.dict().get("Contents")) {
            return None;
        }
        let (spans, rulings, report) = pdfboss_text::extract_spans_and_rulings_reporting_cached(
            &self.document,
            &source,
            &self.fonts,
            ReadingOrder::Content,
        )
        .ok()?;
        let pictures = || pdfboss_text::placed_images(&self.document, &source);
        let visible = spans
            .iter()
            .any(|span| !span.invisible && !span.text.trim().is_empty());
        let seen = || spans.iter().filter(|span| span.invisible != visible);
        let turn = direction(seen());
        let mut page = Page {
            lost: report.skipped.len(),
            is_recognised: !visible && !spans.is_empty(),
            has_pictures: pictures().is_ok_and(|pictures| !pictures.is_empty()),
            ..Page::default()
        };
        let mut turned = 0;
        for span in seen() {
            if span.rotate == turn {
                glyphs(span, &mut page.glyphs);
            } else {
                turned += span.text.chars().filter(|c| c.is_alphanumeric()).count();
            }
        }
        self.turned.replace(turned);
        page.rules.extend(rulings.iter().filter_map(|ruling| {
            let (x0, y0) = upright(turn, ruling.start.x, ruling.start.y);
            let (x1, y1) = upright(turn, ruling.end.x, ruling.end.y);
            let is_across = (x1 - x0).abs() >= (y1 - y0).abs();
            let (at, other, from, to) = if is_across {
                (y0, y1, x0, x1)
            } else {
                (x0, x1, y0, y1)
            };
            let straight = (at - other).abs() <= 1.0;
            straight.then_some(Rule {
                is_across,
                at: f32::midpoint(at, other),
                from: from.min(to),
                to: from.max(to),
            })
        }));
        Some(page)
    }
}

/// The direction in which most of the text stands.
fn direction<'a>(spans: impl Iterator<Item = &'a TextSpan>) -> i32 {
    let mut counts = [0; 4];
    for span in spans {
        let quarter = usize::try_from(span.rotate.rem_euclid(360) / 90).unwrap_or(0);
        counts[quarter] += span.text.chars().count();
    }
    let most = (0..4).max_by_key(|quarter| (counts[*quarter], 4 - quarter));
    i32::try_from(most.unwrap_or(0)).unwrap_or(0) * 90
}

/// A point of a page as it is seen when the page is turned upright.
fn upright(turn: i32, x: f32, y: f32) -> (f32, f32) {
    match turn {
        90 => (y, -x),
        180 => (-x, -y),
        270 => (-y, x),
        _ => (x, y),
    }
}

/// The characters of a span, each where it stands.
fn glyphs(span: &TextSpan, into: &mut Vec<Glyph>) {
    let count = span.text.chars().count();
    let (x, y) = upright(span.rotate, span.x, span.y);
    let (end, _) = upright(span.rotate, span.end_x, span.end_y);
    // Spans of letters and digits tell no places: a character is as wide as
    // half a Chinese one.
    let weight = |c: char| if c.is_ascii() { 1.0 } else { 2.0 };
    let whole: f32 = span.text.chars().map(weight).sum();
    let known = (span.rotate == 0 && span.glyph_x.len() == count && !span.vertical)
        .then_some(&span.glyph_x);
    let mut at = x;
    for (index, char) in span.text.chars().enumerate() {
        // Programs write radicals where the character looks the same.
        let char = match char {
            '\u{2E80}'..='\u{2FDF}' => char.nfkc().next().unwrap_or(char),
            char => char,
        };
        let step = (end - x) * weight(char) / whole;
        let (left, right) = match known {
            Some(places) => {
                let next = places
                    .get(index + 1)
                    .copied()
                    .filter(|next| *next > places[index]);
                (
                    places[index],
                    next.unwrap_or(end.min(places[index] + span.size)),
                )
            }
            None => (at, at + step),
        };
        at += step;
        let glyph = Glyph {
            char,
            left,
            right,
            y,
            size: span.size.abs(),
        };
        let sound = [left, right, y, glyph.size]
            .iter()
            .all(|value| value.is_finite());
        if sound && !char.is_control() {
            into.push(glyph);
        }
    }
}

// ---- the document

/// Blocks of pages to pieces in the order of reading.
#[derive(Default)]
pub(in crate::format) struct Flow {
    /// It is text laid out as pages: lines are counted from its beginning.
    is_text: bool,
    pieces: Vec<Piece>,
    /// The table that may go on, with its rows' pages.
    table: Option<(Table, Vec<usize>)>,
    /// Lines of text that may go on, with their page.
    lines: Vec<(usize, Line)>,
}

impl Flow {
    /// For text that is laid out as pages are.
    pub(in crate::format) fn of_text() -> Self {
        Flow {
            is_text: true,
            ..Flow::default()
        }
    }

    /// A page that is a picture: what stands on it is not read.
    fn picture(&mut self, no: usize) {
        self.end_table();
        self.end_lines();
        self.pieces.push(Piece {
            place: format!("page {no}"),
            what: What::Object(Seen::Picture),
        });
    }

    pub(in crate::format) fn page(&mut self, no: usize, mut blocks: Vec<Block>) {
        blocks.retain(|block| !matches!(block, Block::Line(line) if line.parts.is_empty()));
        let is_number = |block: &Block| matches!(block, Block::Line(line) if is_page_number(line));
        if blocks.last().is_some_and(is_number) {
            blocks.pop();
        }
        if blocks.first().is_some_and(is_number) {
            blocks.remove(0);
        }
        for block in blocks {
            match block {
                Block::Line(line) => {
                    self.end_table();
                    self.lines.push((no, line));
                }
                Block::Table(table) => {
                    self.end_lines();
                    self.table(no, table);
                }
            }
        }
    }

    /// Joins a table to the one before if it stands in the same edges.
    fn table(&mut self, no: usize, mut table: Table) {
        let same = self.table.as_ref().is_some_and(|(last, pages)| {
            let ends = |a: Option<&f32>, b: Option<&f32>| {
                a.zip(b).is_some_and(|(a, b)| (a - b).abs() <= EDGE)
            };
            pages.last().is_some_and(|page| page + 1 == no)
                && ends(last.edges.first(), table.edges.first())
                && ends(last.edges.last(), table.edges.last())
        });
        if !same {
            self.end_table();
        }
        let (whole, pages) = self.table.get_or_insert_default();
        if let (Some(last), Some(first)) = (whole.rows.last_mut(), table.rows.first())
            && let Some(joined) = joined(last, first)
        {
            *last = joined;
            table.rows.remove(0);
        }
        pages.extend(vec![no; table.rows.len()]);
        whole.rows.append(&mut table.rows);
        whole.edges.append(&mut table.edges);
    }

    fn end_table(&mut self) {
        let Some((table, pages)) = self.table.take() else {
            return;
        };
        let edges = snapped(table.edges);
        let rows = table.rows.into_iter().zip(pages).map(|(row, page)| {
            let slots = row.into_iter().map(|cell| {
                let col = edges.partition_point(|edge| *edge < cell.left - EDGE);
                Slot {
                    span: 1,
                    col,
                    place: format!("page {page} line {} column {}", cell.line, col + 1),
                    text: clean(&cell.text).into_owned(),
                }
            });
            Row {
                slots: slots.collect(),
            }
        });
        let table = Rectangle {
            rows: rows.collect(),
        };
        self.pieces.push(Piece::table(table));
    }

    /// Makes paragraphs, and rows of numbers, of the lines so far.
    fn end_lines(&mut self) {
        let mut lines = std::mem::take(&mut self.lines);
        for (_, line) in &mut lines {
            line.parts = line
                .parts
                .iter()
                .flat_map(|part| part.cut(is_piece))
                .collect();
        }
        let lines = unbroken(labelled(&lines));
        let full = margins(&lines);
        let of_table = of_tables(&lines);
        let mut rows: Vec<(usize, Line)> = Vec::new();
        let mut last: Option<Line> = None;
        for ((page, line), of_table) in lines.into_iter().zip(of_table) {
            if of_table {
                last = None;
                rows.push((page, line));
                continue;
            }
            self.end_rows(&mut rows);
            let text = clean(&line.text()).into_owned();
            let goes_on = last
                .as_ref()
                .is_some_and(|last| goes_on(last, &line, &text, full));
            match self.pieces.last_mut() {
                Some(piece) if goes_on => piece.join(&text),
                _ => self.pieces.push(Piece::text(self.place(page, &line), text)),
            }
            last = Some(line);
        }
        self.end_rows(&mut rows);
    }

    /// Where a line stands.
    fn place(&self, page: usize, line: &Line) -> String {
        if self.is_text {
            encoding::place(line.no)
        } else {
            format!("page {page} line {}", line.no)
        }
    }

    /// Makes a table of lines of numbers: columns stand where the rows of a page
    /// have them.
    fn end_rows(&mut self, lines: &mut Vec<(usize, Line)>) {
        let lines = std::mem::take(lines);
        let start = lines.iter().map(|(_, line)| line.parts.len()).max();
        let Some(start) = start else { return };
        let mut known: BTreeMap<(usize, Option<usize>), Vec<Span>> = BTreeMap::new();
        let mut columns_in = |page: usize, count: Option<usize>| -> Vec<Span> {
            // Pages of a PDF have their columns in the same places.
            let page = if self.is_text { page } else { 0 };
            if let Some(columns) = known.get(&(page, count)) {
                return columns.clone();
            }
            let of_page: Vec<&Line> = lines
                .iter()
                .filter(|(other, _)| !self.is_text || *other == page)
                .map(|(_, line)| line)
                .collect();
            let lacking = lacking(&lines, count).filter(|_| self.is_text);
            let columns = columns(&of_page, count, lacking, self.is_text);
            known.insert((page, count), columns.clone());
            columns
        };
        let rows = lines.iter().enumerate().map(|(at, (page, line))| {
            let place = |col: usize| format!("{} column {}", self.place(*page, line), col + 1);
            let found = values(line);
            let labels = &line.parts[..line.parts.len() - found.len()];
            let label = |(col, part): (usize, &Part)| Slot {
                span: 1,
                col,
                text: clean(&part.text).into_owned(),
                place: place(col),
            };
            let value = |(col, part): (usize, Option<&Part>)| Slot {
                span: 1,
                col: start + col,
                text: part
                    .map(|part| clean(&part.text).into_owned())
                    .unwrap_or_default(),
                place: place(start + col),
            };
            let mut slots: Vec<Slot> = labels.iter().enumerate().map(label).collect();
            let count = columns_of(labels);
            let columns = (count.is_some() || labels.is_empty())
                .then(|| columns_in(*page, count))
                .filter(|columns| !columns.is_empty())
                .filter(|_| !found.is_empty() || is_blank_row(&lines, at))
                .and_then(|columns| under(&columns, found));
            match columns {
                Some(columns) => slots.extend(columns.into_iter().enumerate().map(value)),
                None => slots.extend(found.iter().map(Some).enumerate().map(value)),
            }
            Row { slots }
        });
        let rows = rows.collect();
        self.pieces.push(Piece::table(Rectangle { rows }));
    }

    pub(in crate::format) fn finish(mut self) -> Vec<Piece> {
        self.end_table();
        self.end_lines();
        self.pieces
    }
}

/// Whether a line at the edge of a page only counts pages.
fn is_page_number(line: &Line) -> bool {
    let text: String = line.parts.iter().map(|part| part.text.as_str()).collect();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = text.trim_matches(|c: char| "-—–―─·•第页共/ofOF".contains(c));
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let other = bare
        .chars()
        .filter(|c| !c.is_ascii_digit() && !"/第页共，,".contains(*c))
        .count();
    (1..=6).contains(&digits) && other == 0
}

/// A row that the end of a page cut in two: together its pieces are a label.
fn joined(above: &[Cell], below: &[Cell]) -> Option<Vec<Cell>> {
    let beside = |cell: &Cell| {
        let mut below = below.iter();
        below.find(|other| (other.left - cell.left).abs() <= EDGE)
    };
    let label = above.iter().position(|cell| {
        beside(cell).is_some_and(|other| {
            !cell.text.is_empty()
                && !other.text.is_empty()
                && !is_value(&cell.text)
                && !is_label(&other.text)
                && is_label(&[cell.text.as_str(), &other.text].concat())
        })
    })?;
    // No box behind the label may have something on both pages.
    let both = |cell: &Cell| {
        !cell.text.is_empty() && beside(cell).is_some_and(|other| !other.text.is_empty())
    };
    if above[label + 1..].iter().any(both) {
        return None;
    }
    let mut row = above.to_vec();
    for cell in &mut row {
        let other = beside(cell)
            .map(|other| other.text.as_str())
            .unwrap_or_default();
        cell.text.push_str(other);
    }
    Some(row)
}

/// The parts at the end of a line that are values.
fn values(line: &Line) -> &[Part] {
    &line.parts[line.parts.len() - values_of(line)..]
}

/// How many columns the row has that the last of some labels names, if the forms
/// agree about it.
fn columns_of(labels: &[Part]) -> Option<usize> {
    let label = &labels.last().filter(|part| is_label(&part.text))?.text;
    let mut counts = FORMS.iter().filter_map(|form| {
        let (at, _) = Labels::of(form).row(label)?;
        Some(form.tables[at.table].cols.len())
    });
    let first = counts.next()?;
    counts.all(|count| count == first).then_some(first)
}

/// Whether a piece of a line may be one of a table's: a value, or printed.
fn is_piece(text: &str) -> bool {
    let mut forms = FORMS.iter().map(|form| Labels::of(form));
    is_value(text) || text.chars().count() > 1 && forms.any(|labels| labels.is_printed(text))
}

/// Whether a line is the label of a row and nothing else, and no numbers without
/// a label stand beside it that may be its own.
fn is_blank_row(lines: &[(usize, Line)], at: usize) -> bool {
    let (page, line) = &lines[at];
    let is_label = line.parts.last().is_some_and(|part| {
        let mut forms = FORMS.iter().map(|form| Labels::of(form));
        forms.any(|labels| labels.whole(&part.text).is_some())
    });
    let beside = [at.checked_sub(1), at.checked_add(1)];
    let mut beside = beside.into_iter().flatten().filter_map(|at| lines.get(at));
    let nameless = |(other, line): &(usize, Line)| {
        other == page && !line.parts.is_empty() && values_of(line) == line.parts.len()
    };
    is_label && !beside.any(nameless)
}

/// Where a column stands, from left to right; nowhere if its head is not there.
type Span = Option<(f32, f32)>;

/// A column that stands around a middle.
fn around(middle: f32) -> (f32, f32) {
    (middle - EDGE, middle + EDGE)
}

/// The values of a row under the columns, if each stands under one of its own.
fn under<'a>(columns: &[Span], row: &'a [Part]) -> Option<Vec<Option<&'a Part>>> {
    let mut placed = vec![None; columns.len()];
    let mut free = 0;
    for part in row {
        let over =
            |span: &Span| span.is_some_and(|(from, to)| part.left <= to && from <= part.right);
        let mut found = (0..columns.len()).filter(|col| over(&columns[*col]));
        let col = found.next().filter(|col| *col >= free)?;
        if found.next().is_some() {
            return None;
        }
        free = col + 1;
        placed[col] = Some(part);
    }
    Some(placed)
}

/// The columns of some lines: as many as the rows with such labels have, or as a
/// table of one row has. None where they are not known.
fn columns(
    lines: &[&Line],
    count: Option<usize>,
    lacking: Option<usize>,
    is_text: bool,
) -> Vec<Span> {
    let rows = lines.iter().filter(|line| {
        let labels = &line.parts[..line.parts.len() - values_of(line)];
        columns_of(labels) == count && (count.is_some() || labels.is_empty())
    });
    let rows: Vec<&[Part]> = rows.map(|line| values(line)).collect();
    // A program that lays out text moves heads away from what they stand over.
    let heads = if is_text {
        Vec::new()
    } else {
        heads(lines, count)
    };
    let fits = |columns: &[Span]| {
        let mut rows = rows.iter();
        rows.all(|row| row.is_empty() || under(columns, row).is_some())
    };
    match count {
        _ if !heads.is_empty() && fits(&heads) => heads,
        Some(count) => {
            let mut spans = spans(&rows, count - usize::from(lacking.is_some()));
            if spans.is_empty() {
                let centres = centres(&rows, is_text);
                spans = centres.into_iter().map(around).map(Some).collect();
            }
            if let (Some(lacking), true) = (lacking, spans.len() + 1 == count) {
                spans.insert(lacking, None);
            }
            if spans.len() == count {
                spans
            } else {
                Vec::new()
            }
        }
        None => Vec::new(),
    }
}

/// The one column whose head is not there, if all others are.
fn lacking(lines: &[(usize, Line)], count: Option<usize>) -> Option<usize> {
    let lines = lines.iter().map(|(_, line)| line);
    let parts = lines
        .filter(|line| values_of(line) == 0)
        .flat_map(|line| &line.parts);
    let parts: Vec<&Part> = parts.collect();
    FORMS
        .iter()
        .map(|form| Labels::of(form))
        .find_map(|labels| {
            (0..labels.form.tables.len()).find_map(|table| {
                let cols = labels.form.tables[table].cols.len();
                if Some(cols) != count || cols <= 2 {
                    return None;
                }
                let col = |part: &&Part| labels.begins_col(&part.text, table);
                let named: Vec<usize> = parts.iter().filter_map(col).collect();
                let mut unnamed = (0..cols).filter(|col| !named.contains(col));
                let one = unnamed.next()?;
                unnamed.next().is_none().then_some(one)
            })
        })
}

/// The columns that whole rows show, if nearly all rows are whole and no value
/// stands over two of them.
fn spans(rows: &[&[Part]], count: usize) -> Vec<Span> {
    /// Least whole rows that show a column.
    const LEAST: usize = 3;
    let whole: Vec<&&[Part]> = rows.iter().filter(|row| row.len() == count).collect();
    let written = rows.iter().filter(|row| !row.is_empty()).count();
    if whole.len() < LEAST || whole.len() * 4 < written * 3 {
        return Vec::new();
    }
    let edge = |col: usize| {
        let parts = whole.iter().map(|row| &row[col]);
        let left = parts.clone().map(|part| part.left).fold(f32::MAX, f32::min);
        (left, parts.map(|part| part.right).fold(f32::MIN, f32::max))
    };
    let spans: Vec<(f32, f32)> = (0..count).map(edge).collect();
    let apart = spans.windows(2).all(|pair| pair[0].1 < pair[1].0);
    if !apart {
        return Vec::new();
    }
    spans.into_iter().map(Some).collect()
}

/// Where the heads of a table stand, if they stand there in order. One may lack.
fn heads(lines: &[&Line], count: Option<usize>) -> Vec<Span> {
    let parts = || {
        let lines = lines.iter().filter(|line| values_of(line) == 0);
        lines.flat_map(|line| &line.parts)
    };
    let middle = |part: &Part| f32::midpoint(part.left, part.right);
    let of_table = |labels: &'static Labels, table: usize| {
        let cols = labels.form.tables[table].cols.len();
        let wanted: Vec<usize> = match (count, labels.is_one_row(table)) {
            (Some(count), false) if count == cols => (0..cols).collect(),
            (None, true) => (0..labels.form.tables[table].len())
                .map(|at| at % cols)
                .collect(),
            _ => return None,
        };
        let mut found: Vec<(Span, f32, usize)> = parts()
            .filter_map(|part| {
                let at = middle(part);
                Some((Some(around(at)), at, labels.begins_col(&part.text, table)?))
            })
            .collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1));
        // The heads of another page stand in the same places.
        found.dedup_by(|a, b| a.2 == b.2 && (a.1 - b.1).abs() <= EDGE);
        if count.is_some() && found.len() + 1 == wanted.len() {
            let lacking = (0..found.len()).find(|at| found[*at].2 != wanted[*at]);
            let lacking = lacking.unwrap_or(found.len());
            found.insert(lacking, (None, 0.0, wanted[lacking]));
        }
        let cols = found.iter().map(|(.., col)| *col);
        cols.eq(wanted)
            .then(|| found.iter().map(|(span, ..)| *span).collect())
    };
    let forms = FORMS.iter().map(|form| Labels::of(form));
    let mut all = forms.flat_map(|labels| {
        let tables = 0..labels.form.tables.len();
        tables.filter_map(move |table| of_table(labels, table))
    });
    all.next().unwrap_or_default()
}

/// The middles of the columns in which the values of some rows stand: those of
/// whole rows, else of all rows. None where a value stands beside them all.
///
/// A program that lays out text moves what has no room: there whole rows must
/// tell, and every row must end where they end.
fn centres(rows: &[&[Part]], is_text: bool) -> Vec<f32> {
    /// Least rows that show a column where no row is whole.
    const LEAST: usize = 2;
    let middle = |part: &Part| f32::midpoint(part.left, part.right);
    let most = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let mut spans: Vec<(f32, f32)> = rows
        .iter()
        .flat_map(|row| row.iter().map(|part| (part.left, part.right)))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<(f32, f32, usize)> = Vec::new();
    for (left, right) in spans {
        match columns.last_mut() {
            Some(last) if left <= last.1 => {
                last.1 = last.1.max(right);
                last.2 += 1;
            }
            _ => columns.push((left, right, 1)),
        }
    }
    let shown = columns.iter().all(|(.., rows)| *rows >= LEAST);
    let centres: Vec<f32> = if columns.len() > most && shown && !is_text {
        let middle = |(left, right, _): &(f32, f32, usize)| f32::midpoint(*left, *right);
        columns.iter().map(middle).collect()
    } else {
        let whole: Vec<&&[Part]> = rows.iter().filter(|row| row.len() == most).collect();
        // Few rows on a page: the number is exact.
        #[expect(clippy::cast_precision_loss, reason = "some dozens of rows")]
        let count = whole.len() as f32;
        let sum = |col: usize| whole.iter().map(|row| middle(&row[col])).sum::<f32>();
        (0..most).map(|col| sum(col) / count).collect()
    };
    let ends = |columns: Vec<Option<&Part>>| !is_text || columns.last().is_none_or(Option::is_some);
    let columns: Vec<Span> = centres.iter().copied().map(around).map(Some).collect();
    let fits = rows
        .iter()
        .all(|row| row.is_empty() || under(&columns, row).is_some_and(ends));
    if fits { centres } else { Vec::new() }
}

/// Which lines belong to tables: rows, heads, and pieces of labels beside them.
fn of_tables(lines: &[(usize, Line)]) -> Vec<bool> {
    let mut of_table: Vec<bool> = lines
        .iter()
        .map(|(_, line)| is_row(line) || is_heads(line))
        .collect();
    let scrap: Vec<bool> = lines.iter().map(|(_, line)| is_scrap(line)).collect();
    for at in 1..lines.len() {
        of_table[at] |= scrap[at] && of_table[at - 1];
    }
    for at in (1..lines.len()).rev() {
        of_table[at - 1] |= scrap[at - 1] && of_table[at];
    }
    of_table
}

/// Whether all that stands on a line are pieces of what a form prints.
fn is_scrap(line: &Line) -> bool {
    let printed = |part: &Part| {
        let mut forms = FORMS.iter().map(|form| Labels::of(form));
        forms.any(|labels| labels.is_printed(&part.text) && labels.section(&part.text).is_none())
    };
    !line.parts.is_empty() && line.parts.iter().all(printed)
}

/// How many parts at the end of a line are values.
fn values_of(line: &Line) -> usize {
    line.parts
        .iter()
        .rev()
        .take_while(|part| is_value(&part.text))
        .count()
}

/// Whether a form prints this, whole.
fn is_label(text: &str) -> bool {
    FORMS.iter().any(|form| Labels::of(form).is_label(text))
}

/// Whether a line holds numbers side by side, or a label and its number.
fn is_row(line: &Line) -> bool {
    let values = values_of(line);
    let labels = &line.parts[..line.parts.len() - values];
    let is_short =
        |part: &Part| part.text.chars().count() <= LONGEST_LABEL && !part.text.contains('。');
    let known = labels.last().is_some_and(|part| is_label(&part.text));
    (values >= LEAST_VALUES || values > 0 && known)
        && labels.len() <= 3
        && labels.iter().all(is_short)
}

/// Longest label, with that of its group.
const LONGEST_LABEL: usize = 80;
/// Whether a line is heads of columns side by side.
fn is_heads(line: &Line) -> bool {
    line.parts.len() > 1 && line.parts.iter().all(|part| is_label(&part.text))
}

/// Numbers side by side that make a row without a label.
pub(in crate::format) const LEAST_VALUES: usize = 3;
/// Most lines that a label is broken over, above and below its numbers.
const BROKEN: usize = 6;

/// Lines in which labels broken over lines stand whole beside their numbers.
fn labelled(lines: &[(usize, Line)]) -> Vec<(usize, Line)> {
    let mut used = vec![false; lines.len()];
    let mut out: Vec<Option<(usize, Line)>> = lines.iter().cloned().map(Some).collect();
    for at in 0..lines.len() {
        let (page, line) = &lines[at];
        let labels = line.parts.len() - values_of(line);
        let own = labels.checked_sub(1).map(|last| &line.parts[last]);
        if labels == line.parts.len() || own.is_some_and(|own| is_label(&own.text)) {
            continue;
        }
        // A line beside it adds what stands over or under the label's own piece.
        let said = |index: usize| {
            let mut parts = lines[index].1.parts.iter().rev();
            let part = match own {
                Some(own) => parts.find(|part| part.left < own.right && own.left < part.right),
                None => parts.next(),
            };
            part.map_or("", |part| part.text.as_str())
        };
        let is_free = |index: &usize| {
            let (other, line) = &lines[*index];
            other == page && !used[*index] && values_of(line) == 0 && line.parts.len() <= 3
        };
        let above = (0..at).rev().take(BROKEN).take_while(is_free).count();
        let below = (at + 1..lines.len())
            .take(BROKEN)
            .take_while(is_free)
            .count();
        let spans = (0..=above).flat_map(|above| (0..=below).map(move |below| (above, below)));
        let found = spans.map(|(above, below)| (at - above, at + below));
        let found = found.filter(|(from, to)| from < to).find_map(|(from, to)| {
            let pieces = (from..=to).map(|index| match own {
                _ if index != at => said(index),
                Some(own) => own.text.as_str(),
                None => "",
            });
            let label = pieces.collect::<Vec<_>>().concat();
            is_label(&label).then_some((from, to, label))
        });
        let Some((from, to, label)) = found else {
            continue;
        };
        for index in (from..=to).filter(|index| *index != at) {
            used[index] = true;
            out[index] = None;
        }
        let mut whole = line.clone();
        match labels.checked_sub(1) {
            Some(last) => whole.parts[last].text = label,
            None => whole.parts.insert(
                0,
                Part {
                    text: label,
                    ..Part::default()
                },
            ),
        }
        out[at] = Some((*page, whole));
    }
    out.into_iter().flatten().collect()
}

/// Lines in which a number that goes on below is read with what is there: as
/// none. Such a line has no label and fewer values than the row above it.
fn unbroken(lines: Vec<(usize, Line)>) -> Vec<(usize, Line)> {
    let mut out: Vec<(usize, Line)> = Vec::new();
    for (page, line) in lines {
        let below = values(&line);
        let above = out.last_mut().filter(|(other, above)| {
            *other == page
                && above.no + 1 == line.no
                && values_of(above) > below.len()
                && values_of(above) < above.parts.len()
                && !below.is_empty()
                && below.len() == line.parts.len()
        });
        let over = |part: &Part, above: &Line| {
            let meets = |over: &Part| over.left < part.right && part.left < over.right;
            (above.parts.len() - values_of(above)..above.parts.len())
                .find(|at| meets(&above.parts[*at]))
        };
        match above {
            Some((_, above)) if below.iter().all(|part| over(part, above).is_some()) => {
                for part in below {
                    if let Some(at) = over(part, above) {
                        above.parts[at].text.push_str("  ");
                        above.parts[at].text.push_str(&part.text);
                    }
                }
            }
            _ => out.push((page, line)),
        }
    }
    out
}

/// Left and right edge of the text that runs on.
fn margins(lines: &[(usize, Line)]) -> (f32, f32) {
    const LONG: usize = 15;
    let is_text = |line: &Line| {
        line.parts
            .iter()
            .any(|part| part.text.chars().count() >= LONG)
    };
    let text = || {
        lines
            .iter()
            .map(|(_, line)| line)
            .filter(|line| is_text(line) && !is_row(line))
    };
    (
        text().map(|line| line.left).fold(f32::MAX, f32::min),
        text().map(|line| line.right).fold(f32::MIN, f32::max),
    )
}

/// Whether a line goes on with the paragraph of the one before.
fn goes_on(last: &Line, line: &Line, text: &str, (left, right): (f32, f32)) -> bool {
    let full = last.right >= right - 2.0 * last.size;
    let indented = line.left > left + 1.2 * line.size;
    let ended = last
        .parts
        .last()
        .is_some_and(|part| part.text.ends_with('。'));
    let is_heading = |text: &str| {
        let mut forms = FORMS.iter().map(|form| Labels::of(form));
        forms.any(|labels| labels.section(text).is_some())
    };
    let parted = ended && ordinal::mark(text).is_some()
        || is_heading(text)
        || is_heading(&clean(&last.text()));
    full && !indented && !parted
}
