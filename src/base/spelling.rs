//! Text of strangers in one spelling: compatibility form (Unicode NFKC).
//!
//! **Never:** drops or adds anything beyond what that form does.
//! Next: `folded`, which keeps the way back as well.

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn settled_characters_are_put_into_the_form_as_unicode_says() {
        let all = ('\0'..=char::MAX).filter_map(|c| Some((c, settled(c)?)));
        for (c, form) in all {
            assert_eq!(c.nfkc().collect::<String>(), form.to_string(), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_put_into_the_form_as_unicode_says(text in "[a1 　１Ａ（），。—“中国é㎡ﬁ①e\u{301}\u{3099}か\u{FEFF}]{0,12}") {
            let expected: String = text.nfkc().collect();
            prop_assert_eq!(compatible(&text).collect::<String>(), expected);
        }
    }
}
