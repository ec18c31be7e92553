//! Text of strangers in one spelling: compatibility form (Unicode NFKC).
//!
//! **Never:** drops or adds anything beyond what that form does.
//! Next: `folded`, which keeps the way back as well.

use std::borrow::Cow;
use std::str::Chars;

use unicode_normalization::{Recompositions, UnicodeNormalization};

/// The characters of a text in compatibility form.
#[must_use]
pub fn compatible(text: &str) -> Compatible<'_> {
    if text.chars().all(|c| settled(c).is_some()) {
        Compatible::Settled(text.chars())
    } else {
        Compatible::Any(Box::new(text.nfkc()))
    }
}

/// What [`compatible`] goes through.
pub enum Compatible<'a> {
    /// Every character is put into the form by itself.
    Settled(Chars<'a>),
    /// Some depend on what stands beside them.
    Any(Box<Recompositions<Chars<'a>>>),
}

impl Iterator for Compatible<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Compatible::Settled(chars) => chars.next().and_then(settled),
            Compatible::Any(chars) => chars.next(),
        }
    }
}

/// The form of a character that has one whatever stands beside it, if no table is
/// needed to know it: nearly all of what reports hold.
#[inline]
#[must_use]
pub fn settled(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7F}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{3001}'..='\u{3011}'
        | '\u{2014}'
        | '\u{2018}'..='\u{2019}'
        | '\u{201C}'..='\u{201D}' => Some(c),
        '\u{A0}' | '\u{3000}' => Some(' '),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0),
        _ => None,
    }
}

/// The letters and digits of a text in compatibility form: no space, bracket, quote or
/// point. Nothing is copied where they stand side by side in the text.
#[must_use]
pub fn letters(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut letters = Cow::Borrowed("");
    // Han characters and ASCII letters stay what they are: most of a text is runs of them.
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        let kept = match bytes[at] {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => 1,
            0xE5..=0xE9 => 3,
            0xE4 if bytes[at + 1] >= 0xB8 => 3,
            _ => 0,
        };
        at += kept;
        if kept > 0 {
            continue;
        }
        letters += &text[from..at];
        let odd = text[at..].chars().next().unwrap_or_default();
        let Some(letter) = settled(odd) else {
            return compatible(text).filter(|c| c.is_alphanumeric()).collect();
        };
        if !is_sign(letter) && letter.is_alphanumeric() {
            letters.to_mut().push(letter);
        }
        at += odd.len_utf8();
        from = at;
    }
    letters += &text[from..];
    letters
}

/// Traditional characters, each with the simplified one it stands for behind it; those
/// that are simplified ones too, in other words, are left out. After `OpenCC`.
const PAIRS: &str = include_str!("traditional.txt");
/// The first Han character, and how many there are from it on.
const HAN: (u32, usize) = ('\u{4E00}' as u32, 0x5200);

/// What each Han character is in simplified writing; 0: what it is.
static SIMPLE: [u16; HAN.1] = {
    let mut simple = [0; HAN.1];
    let pairs = PAIRS.as_bytes();
    let mut at = 0;
    while at < pairs.len() {
        if pairs[at] == b'\n' {
            at += 1;
            continue;
        }
        let (from, len) = char_at(pairs, at);
        let (to, more) = char_at(pairs, at + len);
        simple[(from as u32 - HAN.0) as usize] = to as u16;
        at += len + more;
    }
    simple
};

/// The simplified character for one that stands behind `before`.
///
/// Invariant: it is as many bytes long.
#[must_use]
pub fn simple(before: Option<char>, c: char) -> char {
    // 覆 is a simplified character, but none that stands behind these.
    if c == '覆' && before.is_some_and(|before| "答回反批函".contains(before)) {
        return '复';
    }
    let at = (c as u32).checked_sub(HAN.0);
    let at = at.and_then(|at| SIMPLE.get(at as usize).copied());
    at.filter(|simple| *simple != 0)
        .and_then(|simple| char::from_u32(u32::from(simple)))
        .unwrap_or(c)
}

/// A text with simplified characters for the traditional ones.
///
/// Invariant: every character stands where it stood.
#[must_use]
pub fn simplified<'a>(text: impl Into<Cow<'a, str>>) -> Cow<'a, str> {
    let text = text.into();
    let simple = |text: &str| {
        let mut before = None;
        let chars = text.chars().map(|c| {
            let simple = simple(before, c);
            before = Some(simple);
            simple
        });
        chars.collect::<String>()
    };
    if text
        .chars()
        .any(|c| c == '覆' || self::simple(None, c) != c)
    {
        return Cow::Owned(simple(&text));
    }
    text
}

/// The character at a place of a text, and its bytes; for tables that are laid out when
/// the program is built.
#[must_use]
pub const fn char_at(text: &[u8], at: usize) -> (char, usize) {
    const fn low(text: &[u8], at: usize) -> u32 {
        (text[at] & 0x3F) as u32
    }
    let head = text[at] as u32;
    assert!(head < 0xF0, "a character of no common writing");
    let (code, len) = match head {
        0..0x80 => (head, 1),
        0x80..0xE0 => ((head & 0x1F) << 6 | low(text, at + 1), 2),
        _ => (
            (head & 0xF) << 12 | low(text, at + 1) << 6 | low(text, at + 2),
            3,
        ),
    };
    let c = char::from_u32(code).expect("text is made of characters");
    (c, len)
}

/// Whether a character is known to be no letter without a look at a table.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3011}' | '\u{2014}'..='\u{201D}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn traditional_characters_become_the_simplified_ones() {
        let text = simplified("行政執法檔案、政府信息公開申請，予以答覆，覆蓋全區");
        assert_eq!(text, "行政执法档案、政府信息公开申请，予以答复，覆盖全区");
        assert!(matches!(simplified("三、申请 9 件"), Cow::Borrowed(_)));
        let chars = PAIRS.chars().filter(|c| *c != '\n').collect::<Vec<_>>();
        let (pairs, rest) = chars.as_chunks::<2>();
        assert!(rest.is_empty() && pairs.is_sorted());
        for [from, to] in pairs {
            assert_eq!(simple(None, *from), *to);
            assert_eq!(simple(None, *to), *to, "{to} is simplified");
            assert_eq!(from.len_utf8(), to.len_utf8());
        }
    }

    #[test]
    fn settled_characters_are_put_into_the_form_as_unicode_says() {
        let all = ('\0'..=char::MAX).filter_map(|c| Some((c, settled(c)?)));
        for (c, form) in all {
            assert_eq!(c.nfkc().collect::<String>(), form.to_string(), "{c:?}");
            assert!(!(is_sign(form) && form.is_alphanumeric()), "{form:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_put_into_the_form_as_unicode_says(text in "[a1 　１Ａ（），。—“‘々〇一中国䷀龿é㎡ﬁ①e\u{301}\u{3099}か\u{FEFF}]{0,12}") {
            let expected: String = text.nfkc().collect();
            prop_assert_eq!(compatible(&text).collect::<String>(), expected.as_str());
            let expected: String = expected.chars().filter(|c| c.is_alphanumeric()).collect();
            prop_assert_eq!(letters(&text), expected);
        }
    }
}
