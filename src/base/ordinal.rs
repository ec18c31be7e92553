//! Chinese numerals and the marks that stand before headings.
//!
//! **Never:** decides which section a heading opens; that is the reader's.
//! Next: `format::outline`, `check::head`.

use super::numeral;

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A small number in Chinese numerals, as headings count: 1 一, 10 十, 21 二十一.
///
/// Numbers from 100 on are written in ASCII digits; no heading needs them.
#[must_use]
pub fn numeral(number: usize) -> String {
    match number {
        0..=9 => DIGITS[number].to_string(),
        10..=99 => {
            let mut out = String::new();
            if number >= 20 {
                out.push(DIGITS[number / 10]);
            }
            out.push('十');
            if !number.is_multiple_of(10) {
                out.push(DIGITS[number % 10]);
            }
            out
        }
        _ => number.to_string(),
    }
}

/// The value of a small Chinese numeral (up to 99), as headings count.
#[must_use]
pub fn small(text: &str) -> Option<usize> {
    let digit = |c: char| numeral::digit(c).and_then(|value| usize::try_from(value).ok());
    let mut chars = text.chars();
    match (chars.next()?, chars.next(), chars.next(), chars.next()) {
        ('十', None, ..) => Some(10),
        ('十', Some(ones), None, _) => digit(ones).filter(|&n| n > 0).map(|n| 10 + n),
        (one, None, ..) => digit(one),
        (tens, Some('十'), None, _) => digit(tens).filter(|&n| n > 1).map(|n| n * 10),
        (tens, Some('十'), Some(ones), None) => {
            Some(digit(tens).filter(|&n| n > 1)? * 10 + digit(ones).filter(|&n| n > 0)?)
        }
        _ => None,
    }
}

/// The kind of mark that numbers a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// `一、`
    Han,
    /// `（一）` or `(一)`
    HanBrackets,
    /// `1.` or `1、`
    Digit,
    /// `（1）`
    DigitBrackets,
    /// `第一部分`
    Part,
}

/// A mark found at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark<'a> {
    /// How it is written.
    pub kind: MarkKind,
    /// The number it says.
    pub number: usize,
    /// The text after it, trimmed.
    pub rest: &'a str,
}

/// Where the sign stands that ends a mark without brackets: behind three
/// characters at most, and spaces.
fn stop(line: &str) -> Option<usize> {
    const LONGEST: usize = 3;
    for (count, (at, c)) in line.char_indices().enumerate() {
        if matches!(c, '、' | '.' | '．' | '，') {
            return Some(at);
        }
        if count >= LONGEST && !c.is_whitespace() {
            return None;
        }
    }
    None
}

/// The numbering mark at the start of a line, if there is one.
#[must_use]
pub fn mark(line: &str) -> Option<Mark<'_>> {
    let line = line.trim();
    let found = |kind, number: Option<usize>, rest: &'_ str| {
        number.map(|number| (kind, number, rest.len()))
    };
    let (kind, number, rest) = if let Some(inner) = line.strip_prefix(['（', '(']) {
        let close = inner.find(['）', ')'])?;
        let rest = inner[close..].trim_start_matches(['）', ')']);
        let inside = inner[..close].trim();
        found(MarkKind::HanBrackets, small(inside), rest)
            .or_else(|| found(MarkKind::DigitBrackets, inside.parse().ok(), rest))?
    } else if let Some(inner) = line.strip_prefix('第') {
        let end = inner.find("部分")?;
        found(
            MarkKind::Part,
            small(&inner[..end]),
            &inner[end + "部分".len()..],
        )?
    } else if let Some(end) = stop(line) {
        let stop = line[end..].chars().next().map_or(1, char::len_utf8);
        let (inside, rest) = (line[..end].trim(), &line[end + stop..]);
        let comma = line[end..].starts_with('，');
        found(MarkKind::Han, small(inside), rest).or_else(|| {
            let digits = inside.len() <= 2 && !comma;
            let decimal = rest.starts_with(|c: char| c.is_ascii_digit());
            (digits && !decimal)
                .then(|| found(MarkKind::Digit, inside.parse().ok(), rest))
                .flatten()
        })?
    } else {
        return None;
    };
    Some(Mark {
        kind,
        number,
        rest: line[line.len() - rest..].trim_start_matches([' ', '\u{3000}', '、', '：', ':']),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_and_their_values_agree() {
        for number in 1..=99 {
            assert_eq!(small(&numeral(number)), Some(number), "{number}");
        }
        assert_eq!(small("十十"), None);
        assert_eq!(small("件"), None);
        assert_eq!(small(""), None);
    }

    #[test]
    fn marks_of_headings_are_told_apart() {
        let cases = [
            ("一、总体情况", MarkKind::Han, 1, "总体情况"),
            (" 十二、其他", MarkKind::Han, 12, "其他"),
            ("（三）不予公开", MarkKind::HanBrackets, 3, "不予公开"),
            ("(四) 无法提供", MarkKind::HanBrackets, 4, "无法提供"),
            ("1.属于国家秘密", MarkKind::Digit, 1, "属于国家秘密"),
            ("2、其他", MarkKind::Digit, 2, "其他"),
            ("（1）受理", MarkKind::DigitBrackets, 1, "受理"),
            ("第五部分 存在问题", MarkKind::Part, 5, "存在问题"),
        ];
        for (line, kind, number, rest) in cases {
            assert_eq!(mark(line), Some(Mark { kind, number, rest }), "{line}");
        }
    }

    #[test]
    fn what_is_no_mark_is_left_alone() {
        for line in [
            "2.02",
            "第二十条第（一）项",
            "2024年，",
            "（其中",
            "规章",
            "",
            "12,345",
        ] {
            assert_eq!(mark(line), None, "{line}");
        }
    }
}
