//! Numbers as prose writes them: `1,234`, `３件`, `十二件`, `1.2万`, `140余次`.
//!
//! **Never:** takes a year, a date, a document's number, a clause or a mark of
//! a list for a count.
//! Next: `phrase` for the words around them.

use crate::base::number::{Decimal, MAX_DIGITS, MAX_PLACES};
use crate::base::numeral;

use super::lexicon::Lexicon;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Requests, cases, documents.
    Case,
    /// Pieces of information, which no table counts.
    Piece,
    /// Anything else.
    Other,
    /// Yuan.
    Yuan,
    /// Ten thousand yuan.
    WanYuan,
    /// Per cent.
    Percent,
    /// No unit at all.
    Bare,
}

/// A number with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Number {
    /// Its value, in the unit.
    pub(in crate::check) value: Decimal,
    /// What it counts.
    pub(in crate::check) unit: Unit,
    /// The unit as written.
    pub(in crate::check) name: &'static str,
    /// Said with 余, 多, 约 and the like.
    pub(in crate::check) approximate: bool,
}

impl Number {
    /// Whether its unit counts requests, disputes or decisions.
    pub(in crate::check) fn counts_cases(&self) -> bool {
        self.unit == Unit::Case || matches!(self.name, "条" | "项" | "个")
    }

    /// Its value as a whole number.
    pub(in crate::check) fn whole(&self) -> Option<i64> {
        self.value.to_whole()
    }
}

/// What stands at a place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Found {
    /// A number; where its digits end and where its unit ends.
    Number(Number, usize, usize),
    /// A year, and where it ends.
    Year(u16, usize),
    /// Digits that count nothing, and where they end.
    Nothing(usize),
}

/// Units; the longest that fits counts.
const UNITS: &[(Unit, &str)] = &[
    (Unit::WanYuan, "万元"),
    (Unit::Yuan, "元"),
    (Unit::Percent, "个百分点"),
    (Unit::Percent, "%"),
    (Unit::Case, "件次"),
    (Unit::Case, "件"),
    (Unit::Case, "份"),
    (Unit::Case, "宗"),
    (Unit::Case, "起"),
    (Unit::Case, "例"),
    (Unit::Piece, "条"),
    (Unit::Piece, "篇"),
    (Unit::Piece, "则"),
    (Unit::Other, "人次"),
    (Unit::Other, "人"),
    (Unit::Other, "次"),
    (Unit::Other, "个"),
    (Unit::Other, "项"),
    (Unit::Other, "期"),
    (Unit::Other, "场"),
    (Unit::Other, "部"),
    (Unit::Other, "家"),
    (Unit::Other, "户"),
    (Unit::Other, "名"),
    (Unit::Other, "类"),
];

static LEXICON: Lexicon<Unit> = Lexicon::of(UNITS);

/// Characters after digits that make them no count.
const NO_COUNT: &[char] = &[
    '年', '月', '日', '号', '时', '点', '秒', '岁', '级', '版', '届', '楼', '室', '大', '〕', ']',
    '#', '+', '/', '_', '@', '度', '款', '章', '天',
];

/// Characters that make a word with the numeral behind them: 统一, 逐一, 第三.
const NO_NUMERAL_AFTER: &[char] = &[
    '第', '统', '唯', '之', '同', '逐', '每', '任', '某', '万', '另', '周', '初', '高', '其',
];

pub(in crate::check) fn starts(text: &[char], at: usize, word: &str) -> bool {
    let mut rest = text[at..].iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

/// The characters that a number may begin with.
pub(in crate::check) const STARTS: &str =
    "0 1 2 3 4 5 6 7 8 9 零 〇 一 二 两 三 四 五 六 七 八 九 十 百";

/// Reads what begins at `at`; None where no number does.
pub(in crate::check) fn read(text: &[char], at: usize) -> Option<Found> {
    match text[at] {
        '0'..='9' => Some(ascii(text, at)),
        c if c != ' ' && STARTS.contains(c) => han(text, at),
        _ => None,
    }
}

fn run(text: &[char], at: usize) -> usize {
    at + text[at..].iter().take_while(|c| c.is_ascii_digit()).count()
}

fn ascii(text: &[char], at: usize) -> Found {
    let get = |at: usize| text.get(at).copied().unwrap_or('\0');
    let mut end = run(text, at);
    let first = end;
    while get(end) == ',' && first - at <= 3 && run(text, end + 1) == end + 4 {
        end += 4;
    }
    let grouped = end > first;
    let mut places = 0;
    if get(end) == '.' && get(end + 1).is_ascii_digit() {
        let stop = run(text, end + 1);
        places = stop - end - 1;
        end = stop;
    }
    let next = get(end);
    if next == '年' && first - at == 4 && !grouped && places == 0 {
        let year: String = text[at..end].iter().collect();
        return Found::Year(year.parse().unwrap_or(0), end + 1);
    }
    if is_ranged(text, at, end) || is_listed(text, at, end) || is_named(text, at, end) {
        let mut stop = end;
        while joins(get(stop)) && get(stop + 1).is_ascii_digit() {
            stop = run(text, stop + 1);
        }
        return Found::Nothing(stop.max(end));
    }
    let digits: String = text[at..end]
        .iter()
        .filter(|c| c.is_ascii_digit())
        .collect();
    if digits.len() > MAX_DIGITS || places > MAX_PLACES {
        return Found::Nothing(end);
    }
    let value = Decimal {
        units: digits.parse().unwrap_or(0),
        places: u8::try_from(places).unwrap_or(0),
    };
    finish(text, at, end, value)
}

/// The character before a place, and the one at it; NUL where there is none.
fn around(text: &[char], at: usize, end: usize) -> (char, char) {
    let before = at.checked_sub(1).map_or('\0', |at| text[at]);
    (before, text.get(end).copied().unwrap_or('\0'))
}

fn joins(c: char) -> bool {
    matches!(c, '-' | '—' | '~' | '–' | ':' | '.' | '/')
}

/// 2021-2025, 1-6月, 0517-87290606, 10:30, V2.0, 1.2.3, 3至5.
fn is_ranged(text: &[char], at: usize, end: usize) -> bool {
    let (before, next) = around(text, at, end);
    let is_followed = text.get(end + 1).is_some_and(char::is_ascii_digit);
    is_followed && (joins(next) || matches!(next, '至' | '到'))
        || joins(before) && at >= 2 && text[at - 2].is_ascii_alphanumeric()
}

/// 1. and (1) at the head of an item.
fn is_listed(text: &[char], at: usize, end: usize) -> bool {
    let (before, next) = around(text, at, end);
    let is_short = run(text, at) - at <= 2 && !text[at..end].contains(&'.');
    is_short && (matches!(next, '.' | '、') && opens(before) || next == ')' && before == '(')
}

/// 〔2021〕30号, 第3条, V2: a part of a name.
fn is_named(text: &[char], at: usize, end: usize) -> bool {
    let (before, next) = around(text, at, end);
    let get = |at: usize| text.get(at).copied().unwrap_or('\0');
    // 30号2 and 文号12 are names; 公众号620条 ends a word.
    let is_numbered = before == '号' && at >= 2 && {
        let c = text[at - 2];
        c.is_ascii_digit() || matches!(c, '文' | '编' | '案' | '字' | '证' | '单' | '序')
    };
    matches!(before, '第' | '〔' | '[' | '/' | '_')
        || is_numbered
        || before.is_ascii_alphabetic()
        || next.is_ascii_alphabetic()
        || NO_COUNT.contains(&next)
        || next == '分' && get(end + 1) != '别'
        || next == '条' && get(end + 1) == '例'
}

/// Whether a mark of a list may follow.
fn opens(c: char) -> bool {
    matches!(c, '\0' | '。' | ';' | ':' | ',' | '!' | '?')
}

/// Multiplier, approximation and unit behind the digits.
fn finish(text: &[char], start: usize, digits: usize, mut value: Decimal) -> Found {
    let get = |at: usize| text.get(at).copied().unwrap_or('\0');
    let mut end = digits;
    let mut approximate = before_is_about(text, start);
    for (han, power) in [('万', 4), ('亿', 8)] {
        if get(end) == han && get(end + 1) != '元' {
            let grown = value.units.checked_mul(10_i64.pow(power));
            let Some(units) = grown else {
                return Found::Nothing(end);
            };
            value.units = units;
            end += 1;
        }
    }
    let digits = end;
    if matches!(get(end), '余' | '多') {
        approximate = true;
        end += 1;
    }
    if get(end) == '万' && get(end + 1) != '元' {
        return Found::Nothing(end + 1);
    }
    let (&(unit, name), len) = LEXICON
        .longest_line(&text[end..])
        .unwrap_or((&(Unit::Bare, ""), 0));
    if unit == Unit::Bare && (approximate || !ends(get(end))) {
        return Found::Nothing(end);
    }
    end += len;
    // 20个工作日, 3个月, 5个百分点.
    if name == "个"
        && !ends(get(end))
        && matches!(get(end), '工' | '月' | '小' | '自' | '百' | '季' | '学')
    {
        return Found::Nothing(end);
    }
    approximate |= matches!(get(end), '余' | '多') || starts(text, end, "以上");
    let number = Number {
        value,
        unit,
        name,
        approximate,
    };
    Found::Number(number, digits, end)
}

fn ends(c: char) -> bool {
    matches!(c, '\0' | ',' | '。' | ';' | '、' | ')' | '(' | '和' | '及')
}

fn before_is_about(text: &[char], at: usize) -> bool {
    matches!(
        text[..at],
        [.., '约' | '近' | '逾' | '超' | '上']
            | [.., '超', '过']
            | [.., '不', '足']
            | [.., '至', '少']
    )
}

fn han(text: &[char], at: usize) -> Option<Found> {
    let get = |at: usize| text.get(at).copied().unwrap_or('\0');
    let is_numeral =
        |c: char| numeral::digit(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '亿');
    let mut end = at + text[at..].iter().take_while(|c| is_numeral(**c)).count();
    if get(end) == '元' && text[end - 1] == '万' {
        end -= 1;
    }
    let word = &text[at..end];
    let before = at.checked_sub(1).map_or('\0', |at| text[at]);
    if get(end) == '年' && word.len() == 4 {
        let mut digits = word.iter().map(|c| numeral::digit(*c));
        let year = digits.try_fold(0, |year, digit| Some(year * 10 + digit?))?;
        return Some(Found::Year(u16::try_from(year).ok()?, end + 1));
    }
    if NO_NUMERAL_AFTER.contains(&before) || before.is_ascii_digit() {
        return Some(Found::Nothing(end));
    }
    let Some(value) = numeral::value(word) else {
        return Some(Found::Nothing(end));
    };
    match finish(text, at, end, Decimal::whole(value)) {
        // 一个, 三项, 两类 are words far more often than counts; 一件事 is one.
        Found::Number(number, _, stop)
            if matches!(number.unit, Unit::Bare | Unit::Other | Unit::Percent)
                || starts(text, stop, "事") && !starts(text, stop, "事项")
                || number.name == "起" && word == ['一'] =>
        {
            Some(Found::Nothing(end))
        }
        found => Some(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<(String, Unit, bool)> {
        let chars: Vec<char> = text.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            match read(&chars, at) {
                Some(Found::Number(number, ..)) => {
                    return Some((number.value.to_string(), number.unit, number.approximate));
                }
                Some(Found::Year(_, end) | Found::Nothing(end)) => at = end.max(at + 1),
                None => at += 1,
            }
        }
        None
    }

    #[test]
    fn counts_are_read_in_every_spelling() {
        let cases = [
            ("共9件", "9", Unit::Case, false),
            ("1,234件", "1234", Unit::Case, false),
            ("分别为12,135件", "12135", Unit::Case, false),
            ("十二件", "12", Unit::Case, false),
            ("二十件", "20", Unit::Case, false),
            ("一百零五件", "105", Unit::Case, false),
            ("三千零五件", "3005", Unit::Case, false),
            ("两件", "2", Unit::Case, false),
            ("一万二件", "12000", Unit::Case, false),
            ("1.2万条", "12000.0", Unit::Piece, false),
            ("5500余条", "5500", Unit::Piece, true),
            ("约30件", "30", Unit::Case, true),
            ("十余件", "10", Unit::Case, true),
            ("96171.6万元", "96171.6", Unit::WanYuan, false),
            ("占4.34%", "4.34", Unit::Percent, false),
            ("部分公开67,占", "67", Unit::Bare, false),
            ("零件", "0", Unit::Case, false),
        ];
        for (text, value, unit, approximate) in cases {
            assert_eq!(
                first(text),
                Some((value.to_owned(), unit, approximate)),
                "{text}"
            );
        }
    }

    #[test]
    fn what_counts_nothing_is_no_number() {
        for text in [
            "2024年",
            "二〇二四年",
            "1月1日至12月31日",
            "〔2021〕30号",
            "第五十条",
            "第3条",
            "1.总体情况",
            "(1)总体",
            "0517-87290606",
            "10:30",
            "2021-2025年",
            "1-6月",
            "V2.0",
            "一网通办",
            "三审三校",
            "一件事",
            "统一",
            "二十大",
            "1234567890123件",
            "12345政务服务热线",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
