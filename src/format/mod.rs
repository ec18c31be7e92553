//! Floor 3: bytes to a draft, a report to bytes.
//!
//! `kind` decides the format by content, never by name alone. The readers of foreign
//! files end in pieces of an `outline` (paragraphs, headings, tables of strings) in
//! the order of reading. `assemble` finds the title and the sections among them, and
//! one `matcher` holds the tables against a form.
//!
//! ```text
//! bytes ─ kind ─ read/<format> ─ pieces ─ assemble ─ matcher ─ Draft
//!                own/<layout>  ──────────────────────────────── Draft
//! ```
//!
//! **Never:** opens a file; knows a rule; puts a number into a cell that the
//! source does not plainly say is that cell's without a note.
//! Next: [`FORMATS`] for the table, `own::json` for the editor's own file.

use crate::base::failure::Failure;
use crate::base::sheet::Sheet;
use crate::base::words::{Words, words};
use crate::form::Form;
use crate::model::{Draft, Report};

mod annotate;
mod archive;
mod assemble;
mod encoding;
mod guard;
mod head;
mod kind;
mod labels;
mod marks;
mod matcher;
mod outline;
pub mod own;
pub mod paste;
mod read;
mod rectangle;
mod rows;
mod sample;
mod split;
mod write;

pub use annotate::{Annotated, annotate, takes_comments};
pub use guard::READER;
pub use kind::sniff;
pub use own::json::schema as native_schema;
pub use read::csv::CSV;
pub use read::docx::DOCX;
pub use read::html::HTML;
pub use read::ods::ODS;
pub use read::odt::ODT;
pub use read::pdf::PDF;
pub use read::text::TEXT;
pub use read::xls::XLS;
pub use read::xlsx::XLSX;
pub use rows::rows;
pub use sample::sample;

/// Most bytes of a text, a page or JSON that is read.
pub const MAX_BYTES: usize = 8 << 20;
/// Most bytes of an office document, whose pictures are not read.
const MAX_PACKED: usize = 64 << 20;
/// Most bytes of a file that is certainly read at once.
const AT_ONCE: usize = 256 << 10;
/// Most bytes of any file that is read; each format has its own limit.
pub const MAX_FILE: usize = MAX_PACKED;
/// Most bytes of an old workbook, which is not packed.
const MAX_OLD: usize = 16 << 20;
/// Most bytes of a PDF.
const MAX_PDF: usize = 32 << 20;

type Mark = (&'static [u8], &'static [u8]);
type Reader = fn(&[u8], &Options) -> Result<Draft, Failure>;
type Writer = fn(&Report, &Writing) -> Result<Vec<u8>, Failure>;

/// A format of files.
pub struct Format {
    /// Its name on the command line.
    pub key: &'static str,
    /// Its name for people.
    pub name: Words,
    /// Endings of file names, the first one for new files.
    pub extensions: &'static [&'static str],
    /// What of a report survives being written and read again.
    pub carries: Words,
    /// Most bytes of a file that is read.
    limit: usize,
    /// Its bytes go through a parser that is not ours: it runs contained, as
    /// every large file does.
    contained: bool,
    /// Its bytes are text in an encoding that a caller may name.
    is_text: bool,
    /// What its bytes begin with, each with what else stands among its first or last
    /// bytes, or nothing.
    marks: &'static [Mark],
    read: Option<Reader>,
    write: Option<Writer>,
    /// A draft is marked 送审稿 in it; data carry no mark.
    pub marks_drafts: bool,
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Format({})", self.key)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Format {}

impl Format {
    /// Whether files of it can be read.
    #[must_use]
    pub fn can_read(&self) -> bool {
        self.read.is_some()
    }

    /// Whether files of it can be written.
    #[must_use]
    pub fn can_write(&self) -> bool {
        self.write.is_some()
    }
}

/// The editor's own file.
pub static NATIVE: Format = Format {
    key: "json",
    name: words("勾稽 JSON", "gouji JSON"),
    extensions: &["json"],
    carries: words("全部", "everything"),
    limit: MAX_BYTES,
    contained: false,
    is_text: false,
    marks: &[],
    read: Some(own::json::read),
    write: Some(|report, _| Ok(native(report).into_bytes())),
    marks_drafts: false,
};

const fn foreign_document(
    key: &'static str,
    name: Words,
    extensions: &'static [&'static str],
    limit: usize,
    read: Reader,
) -> Format {
    Format {
        key,
        name,
        extensions,
        carries: words("只读取", "read only"),
        limit,
        contained: true,
        is_text: false,
        marks: &[],
        read: Some(read),
        write: None,
        marks_drafts: false,
    }
}

/// What documents for people carry.
const PRINTED: Words = words(
    "表格、标题、机关、年度等表头、各部分标题和正文，标题和各部分标题须是年报的写法才认得出；不含说明、疑问和未放入的内容；正文中的空段落、首尾空格和控制字符不保留",
    "cells, head, headings and texts, title and headings being known by their wording; no explanations, questions or unplaced pieces; empty paragraphs, spaces at ends and control characters are dropped",
);

/// All formats, the editor's own first.
pub static FORMATS: &[&Format] = &[
    &NATIVE, &TEXT, &HTML, &DOCX, &ODT, &XLSX, &XLS, &ODS, &CSV, &PDF,
];

/// The format with this key.
#[must_use]
pub fn by_key(key: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.key == key).copied()
}

/// The format that files with this ending have.
#[must_use]
pub fn by_extension(extension: &str) -> Option<&'static Format> {
    let extension = extension.to_ascii_lowercase();
    FORMATS
        .iter()
        .find(|format| format.extensions.contains(&extension.as_str()))
        .copied()
}

/// What the caller knows better than the bytes say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The form it is written under.
    pub form: Option<&'static Form>,
    /// The name of its character encoding.
    pub encoding: Option<&'a str>,
    /// Its format.
    pub format: Option<&'static Format>,
}

/// Reads bytes of any format.
///
/// # Errors
/// Says what the bytes are, when they hold nothing of an annual report.
pub fn read(bytes: &[u8], name: Option<&str>, options: &Options) -> Result<Draft, Failure> {
    let format = match options.format {
        Some(format) => format,
        None => sniff(bytes, name)?,
    };
    if bytes.len() > format.limit {
        let what = words(
            "文件有 {size} MiB，{format} 最多读 {max} MiB",
            "the file has {size} MiB; at most {max} MiB of a {format} are read",
        );
        let args = vec![
            ("size", bytes.len().div_ceil(1 << 20).into()),
            ("format", format.name.into()),
            ("max", (format.limit >> 20).into()),
        ];
        return Err(Failure::file(what.with(args)).hint(words(
            "一份年报只有几十 KB，请确认选对了文件",
            "an annual report has a few dozen KB: is it the right file?",
        )));
    }
    let Some(read) = format.read else {
        let what = words("{format}只能写，不能读", "{format} can only be written");
        return Err(Failure::user(
            what.with(vec![("format", format.name.into())]),
        ));
    };
    let Some(name) = options.encoding else {
        return read_with(read, format, bytes, options);
    };
    named(name)?;
    if format.is_text {
        // Read wrongly, nothing of a report is in any file.
        return read_with(read, format, bytes, options).map_err(|failure| {
            let hint = words(
                "编码是按 --encoding {name} 读的，去掉它再试",
                "it was read with --encoding {name}: try again without it",
            );
            failure.hint(hint.with(vec![("name", name.into())]))
        });
    }
    let mut draft = read_with(read, format, bytes, options)?;
    let note = words(
        "没有用 --encoding {name}：{format}自带编码",
        "--encoding {name} was not used: the encoding of {format} files is known",
    );
    let args = vec![("format", format.name.into()), ("name", name.into())];
    draft.note("", note.with(args));
    Ok(draft)
}

/// Runs a reader, contained where the bytes are large or the parser not ours.
fn read_with(
    read: Reader,
    format: &Format,
    bytes: &[u8],
    options: &Options,
) -> Result<Draft, Failure> {
    if !format.contained && bytes.len() <= AT_ONCE {
        return read(bytes, options);
    }
    let (bytes, encoding) = (bytes.to_vec(), options.encoding.map(str::to_owned));
    let (form, format) = (options.form, options.format);
    guard::contained(move || {
        let options = Options {
            form,
            encoding: encoding.as_deref(),
            format,
        };
        read(&bytes, &options)
    })
}

/// A report as the editor's own file.
#[must_use]
pub fn native(report: &Report) -> String {
    own::json::write(report)
}

/// How a report is written.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// It is not final: documents for people are marked 送审稿.
    pub is_draft: bool,
    /// Only what goes into the body of a web page.
    pub fragment: bool,
    /// A byte order mark in front, which Excel wants for UTF-8.
    pub bom: bool,
    /// What a workbook holds beside the report, a sheet each.
    pub sheets: Vec<Sheet>,
}

/// Writes a report.
///
/// Invariant: equal reports give equal bytes.
///
/// # Errors
/// If the format is only read, or cannot hold what the report holds.
pub fn write(report: &Report, format: &Format, how: &Writing) -> Result<Vec<u8>, Failure> {
    let Some(write) = format.write else {
        let what = words("{format}只能读，不能写", "{format} can only be read");
        return Err(Failure::user(
            what.with(vec![("format", format.name.into())]),
        ));
    };
    if format == &NATIVE {
        return write(report, how);
    }
    write(&report.printable().0, how)
}

type SheetWriter = fn(&Sheet) -> Result<Vec<u8>, Failure>;

/// The formats that a sheet of paper is written in, text first.
static SHEETS: &[(&Format, SheetWriter)] = &[
    (&TEXT, |sheet| {
        Ok(write::sheet_text::write(sheet).into_bytes())
    }),
    (&DOCX, write::docx::sheet),
];

/// The formats that a sheet of paper can be written in, text first.
pub fn of_sheets() -> impl Iterator<Item = &'static Format> {
    SHEETS.iter().map(|(format, _)| *format)
}

/// Writes a sheet of paper as a document.
///
/// Invariant: equal sheets give equal bytes.
///
/// # Errors
/// If sheets are not written in this format.
pub fn write_sheet(sheet: &Sheet, format: &Format) -> Result<Vec<u8>, Failure> {
    let known = SHEETS.iter().find(|(known, _)| *known == format);
    let Some((_, write)) = known else {
        let what = words(
            "这种单子不能写成{format}",
            "a sheet is not written as a {format}",
        );
        return Err(Failure::user(
            what.with(vec![("format", format.name.into())]),
        ));
    };
    write(sheet)
}

/// The encoding of this name.
fn named(name: &str) -> Result<&'static encoding_rs::Encoding, Failure> {
    encoding::by_name(name).ok_or_else(|| {
        let what = words("不认识编码【{name}】", "unknown encoding \"{name}\"");
        Failure::user(what.with(vec![("name", name.into())])).hint(words(
            "可用 utf-8、gb18030、gbk、utf-16le、utf-16be、big5",
            "try utf-8, gb18030, gbk, utf-16le, utf-16be, big5",
        ))
    })
}

/// The text of bytes in whatever encoding, with the notes that came of it.
fn decode<'a>(bytes: &'a [u8], options: &Options) -> Result<encoding::Decoded<'a>, Failure> {
    let forced = options.encoding.map(named).transpose()?;
    Ok(encoding::decode(bytes, forced))
}

/// The failure of a file in which nothing of an annual report was found.
fn no_report() -> Failure {
    Failure::file(
        words(
            "里面没有政府信息公开工作年度报告的内容",
            "nothing of an annual report on open government information was found in it",
        )
        .into(),
    )
    .hint(words(
        "请确认选对了文件；复制网页时要把表格一起选上",
        "is it the right file? When copying a web page, select its tables too",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_marked_where_the_format_says_so() {
        let draft = Writing {
            is_draft: true,
            ..Writing::default()
        };
        for format in FORMATS.iter().filter(|format| format.can_write()) {
            let written = |how| write(&sample(), format, how).expect("it can be written");
            let differs = written(&draft) != written(&Writing::default());
            assert_eq!(differs, format.marks_drafts, "{format:?}");
        }
    }

    #[test]
    fn formats_have_unique_keys_and_endings() {
        for format in FORMATS {
            assert_eq!(by_key(format.key), Some(*format));
            for extension in format.extensions {
                assert_eq!(by_extension(extension), Some(*format));
            }
        }
    }
}
