//! Text of strangers in one spelling: compatibility form (Unicode NFKC).
//!
//! **Never:** drops or adds anything beyond what that form does.
//! Next: `folded`, which keeps the way back as well.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// A text in compatibility form.
#[must_use]
pub fn compatible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| settled(c) == Some(c)) {
        return text.into();
    }
    match text.chars().map(settled).collect::<Option<String>>() {
        Some(text) => text.into(),
        None => text.nfkc().collect(),
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
/// point.
#[must_use]
pub fn letters(text: &str) -> Cow<'_, str> {
    // Nearly all are Han, of which the library knows only by a search.
    let is_letter = |c: &char| HAN.contains(c) || c.is_alphanumeric();
    if text.chars().all(|c| settled(c) == Some(c) && is_letter(&c)) {
        return text.into();
    }
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        let Some(c) = settled(c) else {
            return text.nfkc().filter(is_letter).collect();
        };
        if is_letter(&c) {
            letters.push(c);
        }
    }
    letters.into()
}

/// Traditional characters, each with the simplified one it stands for behind it; those
/// that are simplified ones too, in other words, are left out. After `OpenCC`.
const PAIRS: &str = include_str!("traditional.txt");
const HAN: RangeInclusive<char> = '\u{4E00}'..='\u{9FFF}';

/// What each Han character is in simplified writing.
static SIMPLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut simple: Vec<char> = HAN.collect();
    let mut chars = PAIRS.chars().filter(|c| *c != '\n');
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        simple[from as usize - *HAN.start() as usize] = to;
    }
    simple
});

/// The simplified character for one that stands behind `before`.
///
/// Invariant: it is as many bytes long.
#[must_use]
pub fn simple(before: Option<char>, c: char) -> char {
    // 覆 is a simplified character, but none that stands behind these.
    if c == '覆' && before.is_some_and(|before| "答回反批函".contains(before)) {
        return '复';
    }
    if !HAN.contains(&c) {
        return c;
    }
    SIMPLE[c as usize - *HAN.start() as usize]
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
        }
    }

    proptest! {
        #[test]
        fn any_text_is_put_into_the_form_as_unicode_says(text in "[a1 　１Ａ（），。—“‘々〇一中国䷀龿é㎡ﬁ①e\u{301}\u{3099}か\u{FEFF}]{0,12}") {
            let expected: String = text.nfkc().collect();
            prop_assert_eq!(compatible(&text), expected.as_str());
            let expected: String = expected.chars().filter(|c| c.is_alphanumeric()).collect();
            prop_assert_eq!(letters(&text), expected);
        }
    }
}
