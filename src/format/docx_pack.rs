//! The parts of a Word document around its body: styles, fonts, feet, package.
//!
//! **Never:** holds a time, a name, a path, a comment or a font: equal bodies
//! give equal bytes.
//! Next: `docx_out` for the body.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::printout::DRAFT_MARK;
use crate::base::failure::Failure;
use crate::base::words::words;

/// Sizes of a kind of document, in twips but for the half points of letters.
pub(super) struct Look {
    pub(super) title: usize,
    pub(super) text: usize,
    pub(super) cell: usize,
    /// Heights of a line of text and of a line in a table.
    pub(super) line: usize,
    pub(super) cell_line: usize,
    /// Margins at the top and at the bottom, and where the foot stands.
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) foot: usize,
}

impl Look {
    /// The height of its type area.
    pub(super) const fn height(&self) -> usize {
        16_838 - self.top - self.bottom
    }
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A part that the document names: its file, its kind, its root, what is in it.
type Related = (&'static str, &'static str, &'static str, String);

/// Zips a document and its parts, always to the same bytes.
pub(super) fn pack(look: &Look, body: &str, is_draft: bool) -> Result<Vec<u8>, Failure> {
    let mut related: Vec<Related> = vec![
        ("styles", "styles", "styles", styles(look)),
        ("settings", "settings", "settings", SETTINGS.to_owned()),
        ("fontTable", "fontTable", "fonts", fonts()),
        ("footer1", "footer", "ftr", foot("right")),
        ("footer2", "footer", "ftr", foot("left")),
    ];
    if is_draft {
        related.push(("header1", "header", "hdr", mark()));
        related.push(("header2", "header", "hdr", mark()));
    }
    let mut types = String::new();
    let mut relations = String::new();
    let mut pages = String::new();
    for (at, (file, kind, ..)) in related.iter().enumerate() {
        let id = at + 1;
        let _ = write!(
            types,
            "<Override PartName=\"/word/{file}.xml\" ContentType=\"{TYPES}.{kind}+xml\"/>"
        );
        let _ = write!(
            relations,
            "<Relationship Id=\"rId{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{file}.xml\"/>"
        );
        let page = match *file {
            "footer1" | "header1" => "default",
            "footer2" | "header2" => "even",
            _ => continue,
        };
        let _ = write!(
            pages,
            "<w:{kind}Reference w:type=\"{page}\" r:id=\"rId{id}\"/>"
        );
    }
    let document = format!(
        "{DECLARATION}<w:document {WORD} xmlns:r=\"{RELATIONS}\"><w:body>\n{body}<w:sectPr>{pages}{}</w:sectPr></w:body></w:document>\n",
        page(look)
    );
    let mut files = vec![
        (
            "[Content_Types].xml".to_owned(),
            format!(
                "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{TYPES}.document.main+xml\"/>{types}</Types>\n"
            ),
        ),
        (
            "_rels/.rels".to_owned(),
            relationships(&format!(
                "<Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/>"
            )),
        ),
        ("word/document.xml".to_owned(), document),
        (
            "word/_rels/document.xml.rels".to_owned(),
            relationships(&relations),
        ),
    ];
    for (file, _, root, content) in related {
        files.push((
            format!("word/{file}.xml"),
            format!("{DECLARATION}<w:{root} {WORD}>{content}</w:{root}>\n"),
        ));
    }
    zipped(&files).map_err(|_| {
        Failure::file(words("文档太大，写不成 docx", "too large to be written as docx").into())
    })
}

fn relationships(all: &str) -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>\n"
    )
}

fn zipped(files: &[(String, String)]) -> std::io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A4, 28 mm free on the left and 26 mm on the right.
fn page(look: &Look) -> String {
    let Look {
        top, bottom, foot, ..
    } = look;
    format!(
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"{top}\" w:right=\"1474\" w:bottom=\"{bottom}\" w:left=\"1587\" w:header=\"1134\" w:footer=\"{foot}\" w:gutter=\"0\"/><w:cols w:space=\"425\"/>"
    )
}

const SETTINGS: &str = "<w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>";

/// The page number of odd or even pages, a character away from the edge.
fn foot(side: &str) -> String {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let (begin, separate, end) = (field("begin"), field("separate"), field("end"));
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind w:{side}=\"280\"/><w:jc w:val=\"{side}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r>{begin}<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{separate}<w:r><w:t>1</w:t></w:r>{end}<w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p>"
    )
}

fn mark() -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r><w:t>{DRAFT_MARK}</w:t></w:r></w:p>"
    )
}

/// Fonts of official documents, which many machines lack, and what replaces
/// them: no more than 31 characters, as Word has it.
const FONTS: [(&str, &str); 6] = [
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S,华文中宋,宋体"),
    ("仿宋_GB2312", "FangSong_GB2312,仿宋,FangSong"),
    ("楷体_GB2312", "KaiTi_GB2312,楷体,KaiTi"),
    ("黑体", "SimHei"),
    ("宋体", "SimSun"),
    ("Times New Roman", ""),
];

fn fonts() -> String {
    let font = |(name, others): (&str, &str)| {
        let (charset, family) = if others.is_empty() {
            ("00", "roman")
        } else {
            ("86", "auto")
        };
        let others = match others {
            "" => String::new(),
            others => format!("<w:altName w:val=\"{others}\"/>"),
        };
        format!(
            "<w:font w:name=\"{name}\">{others}<w:charset w:val=\"{charset}\"/><w:family w:val=\"{family}\"/><w:pitch w:val=\"variable\"/></w:font>"
        )
    };
    FONTS.into_iter().map(font).collect()
}

/// All styles: their names, paragraphs, fonts and half points.
fn styles(look: &Look) -> String {
    let Look {
        title,
        text,
        cell: small,
        line,
        cell_line,
        ..
    } = *look;
    let flat = "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>";
    let exactly = |twips: usize| format!("<w:spacing w:line=\"{twips}\" w:lineRule=\"exact\"/>");
    let cell = |side: &str| {
        let lines = exactly(cell_line);
        format!("<w:snapToGrid w:val=\"0\"/>{lines}{flat}<w:jc w:val=\"{side}\"/>")
    };
    let heading = |level: usize| format!("<w:keepNext/><w:outlineLvl w:val=\"{level}\"/>");
    let edge = |side: &str| {
        format!("<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>{flat}<w:jc w:val=\"{side}\"/>")
    };
    // Both indents: the characters count in Word and WPS, the twips elsewhere.
    let normal = format!(
        "<w:widowControl w:val=\"0\"/>{}<w:ind w:firstLineChars=\"200\" w:firstLine=\"{}\"/><w:jc w:val=\"both\"/>",
        exactly(line),
        text * 20
    );
    let centred = format!(
        "<w:keepLines/><w:spacing w:after=\"{line}\" w:line=\"{}\" w:lineRule=\"exact\"/>{flat}<w:jc w:val=\"center\"/>",
        title * 16
    );
    let spacer = format!("<w:snapToGrid w:val=\"0\"/>{}{flat}", exactly(20));
    let all = [
        ("Normal", "Normal", normal, "仿宋_GB2312", text),
        ("Title", "Title", centred, "方正小标宋简体", title),
        ("Heading1", "heading 1", heading(0), "黑体", text),
        ("Heading2", "heading 2", heading(1), "楷体_GB2312", text),
        ("Minor", "Minor heading", String::new(), "楷体_GB2312", text),
        ("Cell", "Table number", cell("center"), "宋体", small),
        ("CellText", "Table text", cell("left"), "宋体", small),
        ("CellHead", "Table head", cell("center"), "黑体", small),
        ("Spacer", "Spacer", spacer, "宋体", 2),
        ("Header", "header", edge("right"), "黑体", 32),
        ("Footer", "footer", edge("center"), "宋体", 28),
    ];
    let own = all.into_iter().map(|(id, name, paragraph, font, half)| {
        // A quarter of a point less between characters: 28 of them fill a line.
        let between = if half == text { "-5" } else { "0" };
        let run = format!(
            "{}<w:spacing w:val=\"{between}\"/>{}",
            faces(if id == "Footer" { font } else { LATIN }, font),
            size(half)
        );
        style(id, name, &paragraph, &run)
    });
    format!(
        "<w:docDefaults><w:rPrDefault><w:rPr>{}{}<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{}",
        faces(LATIN, "仿宋_GB2312"),
        size(text),
        own.collect::<String>()
    )
}

const LATIN: &str = "Times New Roman";

fn faces(latin: &str, east: &str) -> String {
    format!(
        "<w:rFonts w:hint=\"eastAsia\" w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{east}\" w:cs=\"{LATIN}\"/>"
    )
}

fn size(half: usize) -> String {
    format!("<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>")
}

/// A style and its properties of paragraph and run.
fn style(id: &str, name: &str, paragraph: &str, run: &str) -> String {
    const BASED: &str = "<w:basedOn w:val=\"Normal\"/>";
    let (kind, own, base) = match id {
        "Normal" => ("paragraph", " w:default=\"1\"", ""),
        "Minor" => ("character", " w:customStyle=\"1\"", ""),
        "Cell" | "CellText" | "CellHead" | "Spacer" => ("paragraph", " w:customStyle=\"1\"", BASED),
        _ => ("paragraph", "", BASED),
    };
    let wrapped = |name: &str, all: &str| match all {
        "" => String::new(),
        all => format!("<w:{name}>{all}</w:{name}>"),
    };
    let (paragraph, run) = (wrapped("pPr", paragraph), wrapped("rPr", run));
    format!(
        "<w:style w:type=\"{kind}\"{own} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{base}<w:qFormat/>{paragraph}{run}</w:style>"
    )
}
