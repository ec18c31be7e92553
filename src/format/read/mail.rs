//! Web pages saved as one file (MHT): the first page among its parts.
//!
//! **Never:** fetches a part that lies elsewhere.
//! Next: `read::html`, which reads the page.

use mailparse::ParsedMail;
use memchr::memmem;

/// Most parts that may hold parts of their own: they are read one within the other.
const MAX_NESTED: usize = 32;

/// Whether a file begins as mail does and says that it has parts of a page.
pub(super) fn is_mht(start: &str) -> bool {
    let headed = [
        "mime-version:",
        "from:",
        "content-type:",
        "snapshot-content-location:",
    ];
    headed.iter().any(|head| start.starts_with(head)) && start.contains("multipart/related")
}

/// The bytes of the first page; None if the file is no page saved with its parts.
pub(super) fn page(bytes: &[u8]) -> Option<Vec<u8>> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    if !is_mht(start.trim_start()) {
        return None;
    }
    let nested = memmem::find_iter(bytes, b"multipart/").count();
    if nested > MAX_NESTED {
        return None;
    }
    let mail = mailparse::parse_mail(bytes.trim_ascii_start()).ok()?;
    let is_page = |part: &&ParsedMail| part.ctype.mimetype == "text/html";
    let page = mail.parts().find(is_page)?;
    page.get_body_raw().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_found_in_its_wrapping() {
        let page_of = |coding: &str, body: &str| {
            let text = format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {coding}\r\n\r\n{body}\r\n--x--\r\n"
            );
            page(text.as_bytes()).map(|page| String::from_utf8_lossy(&page).trim().to_owned())
        };
        let wanted = Some("<p>规章 a=b</p>".to_owned());
        assert_eq!(
            page_of("quoted-printable", "<p>=E8=A7=84=E7=\r\n=AB=A0 a=3Db</p>"),
            wanted
        );
        assert_eq!(page_of("base64", "PHA+6KeE56ug\r\nIGE9YjwvcD4="), wanted);
        assert_eq!(page_of("8bit", "<p>规章 a=b</p>"), wanted);
        let word = "<style>\r\n<!--\r\n@page {}\r\n-->\r\n</style><p>a</p>";
        assert_eq!(page_of("8bit", word), Some(word.to_owned()));
        assert_eq!(page(b"<html>"), None);
    }
}
