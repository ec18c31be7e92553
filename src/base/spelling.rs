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

/// A text with the traditional characters of official labels as simplified ones.
///
/// Only characters that stand for one other are told, and only those that a form prints.
#[must_use]
pub fn simplified(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.chars().all(|c| plain(c) == c) {
        return text;
    }
    text.chars().map(plain).collect()
}

/// One character of [`simplified`].
const fn plain(c: char) -> char {
    match c {
        '請' => '请',
        '檔' => '档',
        '數' => '数',
        '開' => '开',
        '會' => '会',
        '總' => '总',
        '計' => '计',
        '機' => '机',
        '關' => '关',
        '處' => '处',
        '業' => '业',
        '結' => '结',
        '轉' => '转',
        '報' => '报',
        '務' => '务',
        '屬' => '属',
        '國' => '国',
        '祕' => '秘',
        '規' => '规',
        '權' => '权',
        '護' => '护',
        '內' => '内',
        '過' => '过',
        '類' => '类',
        '執' => '执',
        '詢' => '询',
        '無' => '无',
        '沒' => '没',
        '現' => '现',
        '補' => '补',
        '後' => '后',
        '複' => '复',
        '舉' => '举',
        '訴' => '诉',
        '訪' => '访',
        '當' => '当',
        '確' => '确',
        '認' => '认',
        '獲' => '获',
        '費' => '费',
        '納' => '纳',
        '繳' => '缴',
        '審' => '审',
        '議' => '议',
        '維' => '维',
        '糾' => '纠',
        '組' => '组',
        '織' => '织',
        '構' => '构',
        '決' => '决',
        '廢' => '废',
        '製' => '制',
        '發' => '发',
        '單' => '单',
        '萬' => '万',
        '許' => '许',
        '罰' => '罚',
        '強' => '强',
        '動' => '动',
        '況' => '况',
        '問' => '问',
        '題' => '题',
        '進' => '进',
        '體' => '体',
        '條' => '条',
        '項' => '项',
        '據' => '据',
        '區' => '区',
        '續' => '续',
        '辦' => '办',
        '應' => '应',
        c => c,
    }
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
        let text = simplified("行政執法檔案、政府信息公開申請".into());
        assert_eq!(text, "行政执法档案、政府信息公开申请");
        assert!(matches!(
            simplified("三、申请 9 件".into()),
            Cow::Borrowed(_)
        ));
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
