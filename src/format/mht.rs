//! Web pages saved as one file (MHT): the first page among its parts.
//!
//! **Never:** fetches a part that lies elsewhere.
//! Next: `html_in`, which reads the page.

use memchr::memmem;

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

/// The bytes of the first page; None if the file is no such parcel.
pub(super) fn page(bytes: &[u8]) -> Option<Vec<u8>> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    if !is_mht(start.trim_start()) {
        return None;
    }
    let mut rest = bytes;
    loop {
        // The head of each part ends with an empty line.
        let (head, behind) = head(rest)?;
        let head = String::from_utf8_lossy(head).to_lowercase();
        rest = behind;
        if !head.contains("text/html") || head.contains("multipart/related") {
            continue;
        }
        let end = memmem::find(rest, b"\n--").unwrap_or(rest.len());
        let body = &rest[..end];
        return Some(if head.contains("quoted-printable") {
            quoted_printable(body)
        } else if head.contains("base64") {
            base64(body)
        } else {
            body.to_vec()
        });
    }
}

/// What stands before the next empty line, and what behind it.
fn head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (at, len) = match (
        memmem::find(bytes, b"\r\n\r\n"),
        memmem::find(bytes, b"\n\n"),
    ) {
        (Some(a), Some(b)) if b < a => (b, 2),
        (Some(a), _) => (a, 4),
        (None, Some(b)) => (b, 2),
        (None, None) => return None,
    };
    Some((&bytes[..at], &bytes[at + len..]))
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| (*byte as char).to_digit(16));
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        at += 1;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        if let (Some(high), Some(low)) = (digit(body.get(at)), digit(body.get(at + 1))) {
            out.extend(u8::try_from(high * 16 + low));
            at += 2;
        } else if body[at..].starts_with(b"\r\n") {
            at += 2;
        } else if body[at..].starts_with(b"\n") {
            at += 1;
        } else {
            out.push(byte);
        }
    }
    out
}

fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in body {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(digit);
        count += 1;
        if count == 4 {
            out.extend_from_slice(&bits.to_be_bytes()[1..]);
            (bits, count) = (0, 0);
        }
    }
    match count {
        2 => out.push(bits.to_be_bytes()[3] >> 4 | bits.to_be_bytes()[2] << 4),
        3 => out.extend_from_slice(&(bits << 6).to_be_bytes()[1..3]),
        _ => {}
    }
    out
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
        assert_eq!(page(b"<html>"), None);
    }
}
