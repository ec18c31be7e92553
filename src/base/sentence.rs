//! Sentences of a text, and what in them a new year makes stale.
//!
//! **Never:** changes a text; judges whether what a sentence says is right.
//! Next: `year`, which moves the phrases that are the same every year.

use super::fixed;
use super::number::narrow;
use super::numeral;
use super::words::{Words, words};

/// The sentences of a text with the bytes at which they begin; without the blanks
/// around them, and none that is empty.
pub fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let pieces = text.split_inclusive(['。', '；', '！', '？', '\n']);
    pieces
        .scan(0, |start, piece| {
            let at = *start + piece.len() - piece.trim_start().len();
            *start += piece.len();
            Some((at, piece.trim()))
        })
        .filter(|(_, sentence)| !sentence.is_empty())
}

/// Why a sentence has to be written anew every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stale {
    /// It names a year, or compares with the one before.
    Year,
    /// It names a day or a month.
    Date,
    /// It names a meeting.
    Meeting,
    /// It counts something.
    Number,
}

impl Stale {
    /// All of them, in the order in which they are told.
    pub const ALL: [Stale; 4] = [Stale::Year, Stale::Date, Stale::Meeting, Stale::Number];

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> Words {
        match self {
            Stale::Year => words("年份", "year"),
            Stale::Date => words("日期", "date"),
            Stale::Meeting => words("会议", "meeting"),
            Stale::Number => words("数", "number"),
        }
    }
}

/// What in a sentence a new year makes stale; a number that counts paragraphs is none,
/// and none of a law, an article, a telephone.
#[must_use]
pub fn stale(sentence: &str) -> Vec<Stale> {
    let plain: String = sentence.chars().map(narrow).collect();
    let plain = fixed::without(without_ordinal(plain.trim()));
    let chars: Vec<char> = plain.chars().collect();
    let says = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let before = |unit: char, most: usize| {
        let units = (0..chars.len()).filter(|at| chars[*at] == unit);
        units
            .map(|at| run(&chars[..at]))
            .find(|run| (1..=most).contains(run))
    };
    let found = |stale: &Stale| match stale {
        Stale::Year => says(&["去年", "上年", "同比", "往年"]) || years(&chars).next().is_some(),
        Stale::Date => before('月', 3).is_some() || before('日', 3).is_some(),
        Stale::Meeting => says(&[
            "会议",
            "全会",
            "大会",
            "两会",
            "例会",
            "座谈会",
            "推进会",
            "部署会",
            "培训会",
            "调度会",
        ]),
        Stale::Number => counts(&chars),
    };
    Stale::ALL.into_iter().filter(found).collect()
}

/// How many digits stand at the end, Arabic or Chinese, blanks between them and the end
/// left out.
fn run(chars: &[char]) -> usize {
    let back = chars.iter().rev().skip_while(|c| **c == ' ');
    back.take_while(|c| is_digit(**c) || **c == '十').count()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || c == '○' || numeral::digit(c).is_some()
}

/// Four digits before 年.
fn years(chars: &[char]) -> impl Iterator<Item = usize> {
    let marks = (0..chars.len()).filter(|at| chars[*at] == '年');
    marks.filter(|at| run(&chars[..*at]) >= 4)
}

/// Whether something is counted: any Arabic digit, or a numeral with a measure behind it.
fn counts(chars: &[char]) -> bool {
    const MEASURES: &str = "件次个条人期场份篇起项部类家户宗批天周倍成元名位册份处期例";
    const UNITS: &str = "十百千万亿";
    if chars.iter().any(char::is_ascii_digit) {
        return true;
    }
    let text: String = chars.iter().collect();
    if text.contains("百分之") {
        return true;
    }
    let is_numeral = |c: char| numeral::digit(c).is_some() || UNITS.contains(c);
    (0..chars.len()).any(|at| {
        let length = chars[..at]
            .iter()
            .rev()
            .take_while(|c| is_numeral(**c))
            .count();
        let start = at - length;
        // 一个, 一项 count nothing; 第二次 is a place in a row, and a number all the same.
        let is_one =
            length == 1 && chars[start] == '一' && (start == 0 || chars[start - 1] != '第');
        let digits = chars[start..at]
            .iter()
            .any(|c| numeral::digit(*c).is_some() || *c == '十');
        MEASURES.contains(chars[at]) && length > 0 && digits && !is_one
    })
}

/// A sentence without the number of its paragraph: `1.`, `（2）`, `3、`.
fn without_ordinal(sentence: &str) -> &str {
    let open = sentence.strip_prefix(['(', '（']);
    let rest = open.unwrap_or(sentence);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[digits..];
    let behind = match open {
        Some(_) => after.strip_prefix([')', '）']),
        None => after.strip_prefix(['.', '、', ')', '．', '）']),
    };
    match behind {
        Some(behind)
            if (1..3).contains(&digits) && !behind.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            behind
        }
        _ => sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_sentences_and_their_places() {
        let text = " 甲。乙；\n\n丙";
        let found: Vec<_> = sentences(text).collect();
        assert_eq!(found, [(1, "甲。"), (7, "乙；"), (15, "丙")]);
        assert!(
            found
                .iter()
                .all(|(at, sentence)| text[*at..].starts_with(sentence))
        );
    }

    #[test]
    fn what_goes_stale_is_told_by_its_kind() {
        use Stale::{Date, Meeting, Number, Year};
        for (sentence, wanted) in [
            ("2023年，我局受理21件。", vec![Year, Number]),
            ("二〇二三年共三次。", vec![Year, Number]),
            ("比去年有所下降。", vec![Year]),
            ("二十届三中全会于7月召开。", vec![Date, Meeting, Number]),
            ("十二月召开。", vec![Date]),
            ("召开局务会议。", vec![Meeting]),
            ("公开２１条。", vec![Number]),
            ("收费百分之三。", vec![Number]),
            ("开展两次培训。", vec![Number]),
            ("落实“三审三校”制度。", vec![]),
            ("一是加强学习，建立一项制度。", vec![]),
            ("（一）主动公开情况。", vec![]),
            ("1.主动公开。", vec![]),
            ("（2）及时发布。", vec![]),
            ("千方百计提升，万家满意。", vec![]),
            ("依据《政府信息公开条例》（国令第711号）编制。", vec![]),
            ("按照国办公开办函〔2021〕30号的格式。", vec![]),
            ("根据条例第五十条第（三）项。", vec![]),
            ("联系电话：０００-００００００００。", vec![]),
            ("依据国令第711号公开21条。", vec![Number]),
            ("根据第五十条，12月3日公布。", vec![Date, Number]),
            ("拨打12345热线300次。", vec![Number]),
            ("根据2024年印发的〔2024〕3号文件。", vec![Year, Number]),
            ("每日核对，按月通报。", vec![]),
        ] {
            assert_eq!(stale(sentence), wanted, "{sentence}");
        }
    }
}
