//! Pages with a layer of text.
//!
//! Each page becomes characters and ruling lines where they stand. What a page shows
//! as a picture is said to be one.
//!
//! **Never:** takes a character that could not be decoded for nothing.
//! Next: `read::page` for lines, `read::grid` for boxes, `read::flow` for what becomes
//! of them.

use pdfboss_core::{Document, Error, Object};
use pdfboss_text::{FontCache, ReadingOrder, TextSpan};
use unicode_normalization::UnicodeNormalization;

use crate::base::failure::Failure;
use crate::base::place::Place;
use crate::base::words::{Message, Words, words};
use crate::format::archive::{damaged, locked};
use crate::format::labels::Labels;
use crate::format::outline::What;
use crate::format::read::flow;
use crate::format::read::grid::{Block, Source, by_lines};
use crate::format::read::page::{Glyph, Page, Rule};
use crate::format::read::pdf_limit;
use crate::format::{Format, MAX_PDF, Options, assemble, foreign_document};
use crate::model::{Draft, Note};

/// Most pages of a report that are read.
const MAX_PAGES: usize = 300;
/// Most bytes of what a page draws; those of reports draw some hundred thousand.
const MAX_CONTENT: usize = 2 << 20;
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
    "the file claims {said} pages, {found} were found: perhaps the download is incomplete",
);
const TOO_MANY: Words = words("只读了前 {max} 页", "only the first {max} pages were read");
const TURNED: Words = words(
    "第 {page} 页有 {count} 个转了方向的字没有读，请核对",
    "{count} characters of page {page} that are turned were not read: please check",
);

/// Pages with a layer of text.
pub static PDF: Format = Format {
    marks: &[(b"%PDF", b"")],
    ..foreign_document("pdf", words("PDF", "PDF"), &["pdf"], MAX_PDF, read)
};

/// Reads a PDF.
fn read(bytes: &[u8], options: &Options) -> Result<Draft, Failure> {
    let book = Book::open(bytes)?;
    let found = book.count();
    let mut notes = counted(book.document.page_count(), found);
    let mut pages: Vec<Vec<Block>> = Vec::new();
    let (mut pictures, mut written, mut unknown) = (0, 0, 0);
    for index in 0..found.min(MAX_PAGES) {
        let no = index + 1;
        let Some(page) = book.page(index) else {
            notes.push(note(no, NO_PAGE, 0));
            continue;
        };
        let mut blocks = Vec::new();
        if page.glyphs.is_empty() && page.has_pictures {
            pictures += 1;
            notes.push(note(no, PICTURE, 0));
            blocks.push(Block::Picture(no));
        }
        notes.extend(doubts(no, &page));
        for glyph in &page.glyphs {
            written += 1;
            unknown += usize::from(matches!(glyph.char, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}'));
        }
        blocks.extend(by_lines::blocks(page));
        pages.push(blocks);
    }
    let texts = flow::texts(&pages);
    let labels = Labels::told(options, texts.iter().map(|text| &**text));
    let pieces = flow::pieces(pages, Source::Pages, labels);
    if pieces
        .iter()
        .all(|piece| matches!(piece.what, What::Object(_)))
    {
        return Err(no_text(pictures > 0));
    }
    if unknown * 2 > written {
        return Err(unknown_text());
    }
    assemble::draft(pieces, notes, labels)
}

/// What is to be said of the pages that a file says it has and those that it has.
fn counted(said: usize, found: usize) -> Vec<Note> {
    let note = |page: usize, message: Message| Note {
        place: Place::Page(page),
        message,
    };
    let fewer = FEWER_PAGES.with(vec![("said", said.into()), ("found", found.into())]);
    let too_many = TOO_MANY.with(vec![("max", MAX_PAGES.into())]);
    let fewer = (said > found).then(|| note(1, fewer));
    let too_many = (found > MAX_PAGES).then(|| note(MAX_PAGES, too_many));
    fewer.into_iter().chain(too_many).collect()
}

fn note(page: usize, words: Words, count: usize) -> Note {
    Note {
        place: Place::Page(page),
        message: words.with(vec![("page", page.into()), ("count", count.into())]),
    }
}

/// What must be checked on a page that was read.
fn doubts(no: usize, page: &Page) -> impl Iterator<Item = Note> {
    let all = [
        (RECOGNISED, usize::from(page.is_recognised)),
        (LOST, page.lost),
        (TURNED, page.turned),
    ];
    let said = all.into_iter().filter(|(_, count)| *count > 0);
    said.map(move |(words, count)| note(no, words, count))
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

struct Book {
    document: Document,
    fonts: FontCache,
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

    /// How many pages can be reached.
    fn count(&self) -> usize {
        self.document.flattened_page_count()
    }

    /// A page, upright; None if it cannot be read at all.
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
            no: index + 1,
            lost: report.skipped.len(),
            is_recognised: !visible && !spans.is_empty(),
            has_pictures: pictures().is_ok_and(|pictures| !pictures.is_empty()),
            ..Page::default()
        };
        for span in seen() {
            if span.rotate == turn {
                glyphs(span, &mut page.glyphs);
            } else {
                page.turned += span.text.chars().filter(|c| c.is_alphanumeric()).count();
            }
        }
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
