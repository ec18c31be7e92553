//! What a file is: decided by its bytes, never by its name alone.
//!
//! A file that nothing here reads is named, with the way out.
//!
//! **Never:** reads a report.
//! Next: `FORMATS` in the module above.

use crate::base::failure::Failure;
use crate::base::words::{Words, words};
use crate::format::{CSV, FORMATS, Format, HTML, NATIVE, TEXT, archive, own, read};

/// A kind of file that is not read.
struct Kind {
    /// What its bytes begin with.
    magic: &'static [u8],
    /// What else stands among its first or last bytes, or empty.
    holds: &'static [u8],
    name: Words,
    /// The way out.
    hint: Words,
}

const AS_TEXT: Words = words(
    "用原来的程序打开，全选、复制，粘贴到 gouji 里",
    "open it in its own program, select all, copy, and paste into gouji",
);
const AS_DOCX: Words = words(
    "用 Word 或 WPS 另存为 docx 再打开；或全选、复制，粘贴到 gouji 里",
    "save it as docx in Word or WPS and open that; or select all, copy, and paste into gouji",
);
const UNLOCK: Words = words(
    "用原来的程序打开，取消密码，另存一份再打开",
    "open it in its own program, take the password off, and save it again",
);
const AS_PDF: Words = words(
    "用阅读器打开，全选、复制，粘贴到 gouji 里；扫描件只能对照着录入",
    "open it in a reader, select all, copy, and paste into gouji; a scan can only be keyed in",
);
const BY_HAND: Words = words(
    "图片里的数只能对照着录入：用 gouji new 新建",
    "numbers in a picture can only be keyed in: start with gouji new",
);
const UNPACK: Words = words(
    "先解压，再打开里面的文件",
    "unpack it first, then open the file inside",
);

const fn foreign(magic: &'static [u8], holds: &'static [u8], name: Words, hint: Words) -> Kind {
    Kind {
        magic,
        holds,
        name,
        hint,
    }
}

/// Kinds that hold what a format is known by: they are looked for first.
const AHEAD: &[Kind] = &[
    foreign(
        b"\xD0\xCF\x11\xE0",
        b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
        words("设了密码的办公文档", "an office document with a password"),
        UNLOCK,
    ),
    foreign(
        b"\xD0\xCF\x11\xE0",
        b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
        words(
            "旧版 Word 或 WPS 文档（doc、wps）",
            "an old Word or WPS document (doc, wps)",
        ),
        AS_DOCX,
    ),
];

/// Kinds that are looked for where no format is found; the first match counts.
const BEHIND: &[Kind] = &[
    foreign(
        b"PK\x03\x04",
        b"opendocument",
        words("OpenDocument 文档", "an OpenDocument file"),
        AS_TEXT,
    ),
    foreign(
        b"PK\x03\x04",
        b"OFD.xml",
        words("OFD 版式文件", "an OFD document"),
        AS_PDF,
    ),
    foreign(
        b"PK\x03\x04",
        b"",
        words(
            "压缩包（zip）或新版办公文档",
            "a zip archive or office document",
        ),
        UNPACK,
    ),
    foreign(
        b"\xD0\xCF\x11\xE0",
        b"",
        words(
            "旧版办公文档（doc、xls、wps、et）",
            "an old office document (doc, xls, wps, et)",
        ),
        AS_TEXT,
    ),
    foreign(
        b"{\\rtf",
        b"",
        words("RTF 文档", "an RTF document"),
        AS_DOCX,
    ),
    foreign(
        b"\x89PNG",
        b"",
        words("图片（PNG）", "a picture (PNG)"),
        BY_HAND,
    ),
    foreign(
        b"\xFF\xD8\xFF",
        b"",
        words("图片（JPEG）", "a picture (JPEG)"),
        BY_HAND,
    ),
    foreign(
        b"GIF8",
        b"",
        words("图片（GIF）", "a picture (GIF)"),
        BY_HAND,
    ),
    foreign(
        b"BM",
        b"\0\0",
        words("图片（BMP）", "a picture (BMP)"),
        BY_HAND,
    ),
    foreign(
        b"II*\0",
        b"",
        words("图片（TIFF）", "a picture (TIFF)"),
        BY_HAND,
    ),
    foreign(
        b"MM\0*",
        b"",
        words("图片（TIFF）", "a picture (TIFF)"),
        BY_HAND,
    ),
    foreign(
        b"\x1F\x8B",
        b"",
        words("压缩包（gzip）", "a gzip archive"),
        UNPACK,
    ),
    foreign(
        b"7z\xBC\xAF",
        b"",
        words("压缩包（7z）", "a 7z archive"),
        UNPACK,
    ),
    foreign(
        b"Rar!",
        b"",
        words("压缩包（rar）", "a rar archive"),
        UNPACK,
    ),
    foreign(b"<?xml", b"", words("XML 文件", "an XML file"), AS_TEXT),
];

/// How far from both ends of a file inner marks are looked for:
/// a zip names its parts at its end.
const SNIFFED: usize = 256 << 10;
/// How far into a text the marks of a page are looked for.
const MARKED: usize = 8 << 10;

/// Whether a web page or a saved one begins so.
fn is_page(start: &[u8]) -> bool {
    // The one has tags, the other says its type.
    if !start.iter().any(|byte| matches!(byte, b'<' | b'/')) {
        return false;
    }
    // Without the zeros, UTF-16 shows its ASCII.
    let text = start.iter().filter(|byte| **byte != 0);
    let text: Vec<u8> = text.map(u8::to_ascii_lowercase).collect();
    let text = String::from_utf8_lossy(&text);
    read::html::is_page(text.trim_start_matches(|c: char| c == '\u{FFFD}' || c.is_whitespace()))
}

/// The format of bytes, told from what they are.
///
/// `name` is the file's name, where it has one; it only decides what the bytes
/// leave open.
///
/// # Errors
/// Says what the bytes are when nothing here reads them, and the way out.
pub fn sniff(bytes: &[u8], name: Option<&str>) -> Result<&'static Format, Failure> {
    if bytes.starts_with(own::json::START)
        || own::json::WIDE_STARTS.contains(&&bytes[..bytes.len().min(4)])
    {
        return Ok(&NATIVE);
    }
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = start.trim_ascii_start();
    let holds = |mark: &[u8]| {
        let (head, tail) = if start.len() > 2 * SNIFFED {
            (&start[..SNIFFED], &start[start.len() - SNIFFED..])
        } else {
            (start, &[][..])
        };
        let in_it = |bytes: &[u8]| bytes.windows(mark.len()).any(|piece| piece == mark);
        mark.is_empty() || in_it(head) || in_it(tail)
    };
    let begins = |magic: &[u8]| {
        let head = start.get(..magic.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(magic))
    };
    if is_page(&start[..start.len().min(MARKED)]) {
        return Ok(&HTML);
    }
    let is = |kind: &&Kind| begins(kind.magic) && holds(kind.holds);
    let is_of = |format: &&&Format| {
        let mut marks = format.marks.iter();
        marks.any(|(magic, inner)| begins(magic) && holds(inner))
    };
    let ahead = AHEAD.iter().find(is);
    if let (None, Some(format)) = (ahead, FORMATS.iter().find(is_of)) {
        return Ok(format);
    }
    if let Some(kind) = ahead.or_else(|| BEHIND.iter().find(is)) {
        if begins(b"PK\x03\x04") && archive::is_cut(start) {
            return Err(archive::cut());
        }
        let what = words("{kind}，本程序不读", "it is {kind}, which is not read");
        return Err(Failure::file(what.with(vec![("kind", kind.name.into())])).hint(kind.hint));
    }
    if start.is_empty() {
        return Err(
            Failure::file(words("文件是空的", "the file is empty").into()).hint(words(
                "用 gouji new 新建一份报告",
                "start a report with gouji new",
            )),
        );
    }
    let extension = name.and_then(|name| name.rsplit_once('.'));
    let is_json = extension.is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("json"));
    if start[0] == b'{' || (is_json && start[0] == b'[') {
        return Ok(&NATIVE);
    }
    let extension = extension.map_or("", |(_, extension)| extension);
    if read::csv::is_separated(start, CSV.extensions.contains(&extension)) {
        return Ok(&CSV);
    }
    Ok(&TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::words::Lang;

    #[test]
    fn foreign_bytes_are_named_with_a_way_out_in_both_languages() {
        let cases: [(&[u8], &str); 6] = [
            (b"PK\x03\x04....PK\x05\x06", "zip"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1", "doc"),
            (
                b"\xD0\xCF\x11\xE0..W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
                "WPS",
            ),
            (b"{\\rtf1", "RTF"),
            (b"\x89PNG\r\n", "PNG"),
            (b"<?xml version=\"1.0\"?><data/>", "XML"),
        ];
        for (bytes, name) in cases {
            let failure = sniff(bytes, Some("report.txt")).expect_err(name);
            for lang in Lang::ALL {
                assert!(failure.what.text(lang).contains(name), "{failure:?}");
                assert!(!failure.hints.is_empty());
            }
        }
    }

    #[test]
    fn formats_are_told_from_their_bytes() {
        let page: Vec<u8> = "<html><body>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let cases: [(&[u8], &str); 8] = [
            (b"PK\x03\x04....word/document.xml", "docx"),
            (
                b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text",
                "odt",
            ),
            (b"\n <HTML><body>", "html"),
            (&page, "html"),
            (b"<?xml version=\"1.0\"?><html>", "html"),
            (b"text <table><tr><td>1</td></tr></table>", "html"),
            (
                b"MIME-Version: 1.0\nContent-Type: multipart/related\n",
                "html",
            ),
            (b"1 < 2 and 3 > 2", "text"),
        ];
        for (bytes, key) in cases {
            assert_eq!(sniff(bytes, None).expect(key).key, key);
        }
    }
}
