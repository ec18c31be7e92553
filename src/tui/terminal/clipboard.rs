//! Copied text handed to the terminal's clipboard (OSC 52).
//!
//! Never: a byte of the text outside its base64; more than a terminal takes.
//! Next: `cli::settings::takes_copies` for where it is known to work.

/// Longest text that is handed over; terminals cut or drop longer ones.
pub const LONGEST: usize = 72 * 1024;

/// What sets the clipboard to a text; None where the text is too long.
#[must_use]
pub fn sequence(text: &str) -> Option<Vec<u8>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut bytes = b"\x1b]52;c;".to_vec();
    base64(text.as_bytes(), &mut bytes);
    bytes.extend_from_slice(b"\x07");
    Some(bytes)
}

fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for three in bytes.chunks(3) {
        let group = three
            .iter()
            .fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
        let group = group << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = (group >> (18 - 6 * place) & 63) as usize;
            out.push(if place <= three.len() {
                DIGITS[digit]
            } else {
                b'='
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> String {
        let mut out = Vec::new();
        base64(text.as_bytes(), &mut out);
        String::from_utf8(out).expect("ASCII")
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, wanted) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
            ("一\t二", "5LiACeS6jA=="),
        ] {
            assert_eq!(encoded(text), wanted);
        }
    }

    #[test]
    fn invariant_no_control_of_the_text_stands_outside_the_base64() {
        let bytes = sequence("\x1b]0;x\x07\x1b[2J\r\n\u{9b}").expect("short");
        let inner = &bytes[7..bytes.len() - 1];
        assert!(bytes.starts_with(b"\x1b]52;c;") && bytes.ends_with(b"\x07"));
        assert!(
            inner
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(b))
        );
    }

    #[test]
    fn a_text_too_long_is_not_handed_over() {
        assert!(sequence(&"x".repeat(LONGEST)).is_some());
        assert!(sequence(&"x".repeat(LONGEST + 1)).is_none());
    }
}
