//! Comments in a copy of somebody's own document.
//!
//! A Word document gets them at the sentences and boxes that they are about, a workbook
//! at its cells; what has no place of its own comes at the end of the document, or at
//! the first cell of the workbook. Every part that need not change stays as it is packed.
//!
//! **Never:** changes what the document says; breaks a signature or a protection; takes
//! away a comment that is there.
//! Next: `docx`, `xlsx` for where they go; `package` and `markup` for how.

mod docx;
mod find;
mod markup;
mod package;
mod xlsx;

use crate::base::comment::Comment;
use crate::base::failure::Failure;
use crate::base::words::{Words, words};
use crate::format::{DOCX, Format, Options, XLSX};

use markup::{Step, walk};
use package::Package;

/// Who wrote the comments.
const AUTHOR: &str = "gouji 勾稽";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Between comments that stand together.
const BETWEEN: &str = "\n\n";

/// A document with comments.
pub struct Annotated {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many comments stand where they belong.
    pub placed: usize,
    /// How many stand at the end, or at the first cell.
    pub apart: usize,
}

/// Whether comments can be written into documents of a format.
#[must_use]
pub fn takes_comments(format: &Format) -> bool {
    [&DOCX, &XLSX].contains(&format)
}

/// A copy of a document with comments; without any, the same bytes.
///
/// `options` are those that it was read with.
///
/// # Errors
/// Where the format takes none, or the document is signed, protected or in a dialect that
/// is not written.
pub fn annotate(
    bytes: &[u8],
    format: &'static Format,
    options: &Options,
    comments: &[Comment],
) -> Result<Annotated, Failure> {
    if !takes_comments(format) {
        let what = words(
            "{format}里写不进批注",
            "comments can't be written into a {format}",
        );
        let hint = words(
            "只有 docx 和 xlsx 可以；别的格式用 gouji check --return 写退回意见",
            "only docx and xlsx take them; for other formats write a return note: gouji check --return",
        );
        return Err(Failure::user(what.with(vec![("format", format.name.into())])).hint(hint));
    }
    if bytes.len() > format.limit {
        return Err(crate::format::archive::too_large());
    }
    let mut package = Package::open(bytes)?;
    let is_signature = |name: &String| name.to_ascii_lowercase().starts_with("_xmlsignatures/");
    if package.names().iter().any(is_signature) {
        return Err(refused(
            words(
                "文件有数字签名，写进批注签名就失效了，没有写",
                "the file is signed, and comments would break the signature: nothing was written",
            ),
            words(
                "请对方发没有签名的一份，或用 gouji check --return 写退回意见",
                "ask for a copy without a signature, or write a return note: gouji check --return",
            ),
        ));
    }
    let (placed, apart) = if format == &DOCX {
        docx::write(&mut package, bytes, options, comments)?
    } else {
        xlsx::write(&mut package, bytes, comments)?
    };
    let bytes = if comments.is_empty() {
        bytes.to_vec()
    } else {
        package.finish()?
    };
    Ok(Annotated {
        bytes,
        placed,
        apart,
    })
}

fn refused(what: Words, hint: Words) -> Failure {
    Failure::file(what.into()).hint(hint)
}

/// The failure of a document that may not be changed.
fn protected() -> Failure {
    refused(
        words(
            "文件设了保护，不许加批注，没有写",
            "the file is protected against comments: nothing was written",
        ),
        words(
            "在 Word、Excel 或 WPS 的【审阅】里取消保护，另存一份再试",
            "take the protection off (Review, in Word, Excel or WPS), save it and try again",
        ),
    )
}

/// Refuses the strict dialect of office documents, by the first element of a part.
fn not_strict(text: &str) -> Result<(), Failure> {
    let mut strict = false;
    walk(text, |step, _| {
        if let Step::Open(tag) = step {
            strict |= tag.depth == 0 && tag.space.starts_with("http://purl.oclc.org/ooxml/");
        }
        Ok(())
    })?;
    if !strict {
        return Ok(());
    }
    Err(refused(
        words(
            "文件是严格的 Open XML 格式，写不进批注",
            "the file is in the strict dialect of Open XML: comments can't be written into it",
        ),
        words(
            "用 Word 或 Excel 另存为普通的 docx、xlsx 再试",
            "save it in Word or Excel as an ordinary docx or xlsx and try again",
        ),
    ))
}

/// The texts of comments as one.
fn together(comments: &[&Comment]) -> String {
    let texts: Vec<&str> = comments.iter().map(|one| one.text.as_str()).collect();
    texts.join(BETWEEN)
}
