//! Numbers as officials type them: `１２`, `1,234`, `9件`, `/`, `1O`.
//!
//! **Never:** guesses: a text that is not plainly one number is [`Typed::Raw`].
//! Next: `model::cell` for the cell that keeps what was read.

use super::spelling::{compatible, simple};

/// Most digits a count may have; longer ones are no counts of anything here.
pub const MAX_DIGITS: usize = 12;
/// Most digits after the point of an amount.
pub const MAX_PLACES: usize = 6;

/// An exact decimal: `units` counts the last decimal place.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decimal {
    /// The number without its point.
    pub units: i64,
    /// Digits after the point.
    pub places: u8,
}

impl Decimal {
    /// A whole number.
    #[must_use]
    pub const fn whole(units: i64) -> Self {
        Decimal { units, places: 0 }
    }

    /// The value in millionths, the finest step an amount has.
    #[must_use]
    pub fn millionths(self) -> i128 {
        i128::from(self.units) * 10_i128.pow(6 - u32::from(self.places))
    }

    /// The value as a whole number, unless it has a fraction.
    #[must_use]
    pub fn to_whole(self) -> Option<i64> {
        let one = 10_i64.pow(u32::from(self.places));
        (self.units % one == 0).then_some(self.units / one)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.millionths() == other.millionths()
    }
}

impl Eq for Decimal {}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.places == 0 {
            return write!(f, "{}", self.units);
        }
        let one = 10_u64.pow(u32::from(self.places));
        let units = self.units.unsigned_abs();
        let sign = if self.units < 0 { "-" } else { "" };
        let places = usize::from(self.places);
        write!(f, "{sign}{}.{:0places$}", units / one, units % one)
    }
}

/// Why a number is kept with the text it came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// A unit or other words stand beside it.
    Words,
    /// A letter stands for a digit.
    Letter,
}

/// What a text in a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Nothing but space.
    Blank,
    /// A number and nothing else.
    Plain(Decimal),
    /// A mark for "not applicable".
    Nil(char),
    /// A number with something beside it.
    Noted(Decimal, Beside),
    /// Not plainly one number.
    Raw,
}

/// The marks that stand for "nothing to report".
pub const NIL: [char; 5] = ['/', '-', '—', '_', '无'];

const UNITS: [&str; 14] = [
    "件次", "人次", "件", "份", "个", "条", "项", "次", "宗", "篇", "万元", "元", "部", "起",
];
const BEFORE: [&str; 6] = ["合计", "共计", "约", "共", "计", "总计"];

/// Whether a character counts as space in a cell.
#[must_use]
#[inline]
pub fn is_space(c: char) -> bool {
    // No character behind the ideographic space takes room without ink but one.
    match c {
        '\u{3001}'.. => c == '\u{FEFF}',
        _ => c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{00AD}'),
    }
}

/// Full-width digits, signs and points as ASCII, typographic minus as `-`.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '＋' | '－' | '．' | '，' | '／' | '＿' | '（' | '）' | 'Ｏ' | 'ｏ' => {
            char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
        }
        '\u{2212}' => '-',
        c => c,
    }
}

/// Reads the text of one cell.
#[must_use]
pub fn read(text: &str) -> Typed {
    at_sight(text).unwrap_or_else(|| closely(text))
}

fn closely(text: &str) -> Typed {
    if text.chars().any(is_mark) {
        return Typed::Raw;
    }
    let text: String = compatible(text.trim_matches(is_space))
        .chars()
        .map(|c| simple(None, narrow(c)))
        .filter(|c| !matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{00AD}'))
        .collect();
    let text = text.trim_matches(is_space);
    if text.is_empty() {
        return Typed::Blank;
    }
    if let Some(mark) = nil(text) {
        return Typed::Nil(mark);
    }
    if let Some(number) = plain(text) {
        return Typed::Plain(number);
    }
    if let Some(number) = lettered(text) {
        return Typed::Noted(number, Beside::Letter);
    }
    worded(text).map_or(Typed::Raw, |number| Typed::Noted(number, Beside::Words))
}

/// What most cells hold needs no second look: nothing, a few digits, a name.
fn at_sight(text: &str) -> Option<Typed> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    match text.len() {
        0 => return Some(Typed::Blank),
        1..=MAX_DIGITS if digits => return text.parse().ok().map(Decimal::whole).map(Typed::Plain),
        _ => {}
    }
    // Of Han characters, two stand for nothing.
    let is_name = |c| matches!(c, '\u{4E00}'..='\u{9FFF}') && !matches!(c, '无' | '零');
    let ends_unit = |c| UNITS.iter().any(|unit| unit.ends_with(c));
    // No number ends so, whatever stands before it.
    let ends_words = |c| matches!(c, '。' | '；' | '：') || is_name(c) && !ends_unit(c);
    if text.ends_with(ends_words) {
        return Some(Typed::Raw);
    }
    let is_sign = |c| matches!(c, '（' | '）' | '、' | '，' | '。' | '“' | '”');
    let mut letters = text.chars();
    (letters.all(|c| is_name(c) || is_sign(c)) && text.contains(is_name)).then_some(Typed::Raw)
}

/// A raised, circled or bracketed number: a mark beside a number, or none.
fn is_mark(c: char) -> bool {
    // Nearly all letters here are Han: they need no table.
    let is_letter = matches!(c, '\0'..='\x7F' | '\u{4E00}'..='\u{9FFF}');
    !is_letter && c.is_numeric() && !matches!(c, '０'..='９' | '〇')
}

fn nil(text: &str) -> Option<char> {
    let mark = match text.chars().next()? {
        '―' | '─' | '–' | 'ー' => '—',
        '无' if text == "无" => return Some('无'),
        c => c,
    };
    let repeated = text.chars().count() <= 4
        && text
            .chars()
            .all(|c| c == mark || (mark == '—' && matches!(c, '―' | '─' | '–' | 'ー')));
    (repeated && mark != '无' && NIL.contains(&mark)).then_some(mark)
}

/// A number with sign, grouped digits and point, and nothing else.
fn plain(text: &str) -> Option<Decimal> {
    let (negative, digits) = match text.chars().next()? {
        '-' => (true, &text[1..]),
        '+' => (false, &text[1..]),
        _ => (false, text),
    };
    let digits = digits.trim_start_matches(is_space);
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return None,
        None => (digits, ""),
    };
    let whole = ungrouped(whole)?;
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || fraction.len() > MAX_PLACES {
        return None;
    }
    if whole.trim_start_matches('0').len() > MAX_DIGITS {
        return None;
    }
    let units: i64 = format!("{whole}{fraction}").parse().ok()?;
    Some(Decimal {
        units: if negative { -units } else { units },
        places: u8::try_from(fraction.len()).expect("at most six places"),
    })
}

/// Digits without their group separators: `1,234`, `13 612`; None if torn otherwise.
fn ungrouped(whole: &str) -> Option<String> {
    if whole.is_empty() || !whole.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let separator = whole.chars().find(|c| !c.is_ascii_digit());
    let Some(separator) = separator else {
        return Some(whole.to_owned());
    };
    if separator != ',' && !is_space(separator) {
        return None;
    }
    let groups: Vec<&str> = whole.split(separator).collect();
    let grouped = groups[0].len() <= 3
        && groups[1..].iter().all(|group| group.len() == 3)
        && groups
            .iter()
            .all(|group| group.bytes().all(|b| b.is_ascii_digit()));
    grouped.then(|| groups.concat())
}

/// Whether a text is several whole numbers kept apart by spaces, which can be no
/// one number with its thousands apart.
#[must_use]
pub fn are_several(text: &str) -> bool {
    text.contains(' ')
        && text.bytes().all(|b| b.is_ascii_digit() || b == b' ')
        && read(text) == Typed::Raw
}

/// Whether a text is nothing but digits and units.
#[must_use]
pub fn are_counts(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_digit() || UNITS.iter().any(|unit| unit.contains(c)))
}

/// Whether a text is a unit and nothing else.
#[must_use]
pub fn is_unit(text: &str) -> bool {
    UNITS.contains(&text)
}

/// A number in which O stands for 0, or l and I for 1; `〇` and `零` for nothing.
fn lettered(text: &str) -> Option<Decimal> {
    let digit = |c| match c {
        'O' | 'o' | '〇' | '零' => Some('0'),
        'l' | 'I' | '|' => Some('1'),
        c => c.is_ascii_digit().then_some(c),
    };
    let digits: String = text.chars().map(digit).collect::<Option<_>>()?;
    (digits != text).then(|| plain(&digits)).flatten()
}

/// A number with a unit, a word before it, or words in brackets behind it.
fn worded(text: &str) -> Option<Decimal> {
    let mut text = text;
    let mut negative = false;
    for word in BEFORE {
        if let Some(rest) = text.strip_prefix(word) {
            text = rest.trim_start_matches(is_space);
            break;
        }
    }
    if let Some((less, rest)) = change(text) {
        negative = less;
        text = rest;
    }
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '+' | '-')))
        .unwrap_or(text.len());
    let number = plain(&text[..end])?;
    let mut rest = text[end..].trim_start_matches(is_space);
    let mut yuan = false;
    if let Some(unit) = UNITS.iter().find(|unit| rest.starts_with(**unit)) {
        yuan = *unit == "元";
        rest = rest[unit.len()..].trim_start_matches(is_space);
    }
    let bracketed = rest.starts_with('(') && rest.ends_with(')');
    if !(rest.is_empty() || bracketed) || yuan {
        // yuan in a column of 万元 is another number: the caller asks `yuan`.
        return None;
    }
    let units = if negative {
        -number.units
    } else {
        number.units
    };
    Some(Decimal { units, ..number })
}

/// Whether a text begins with a word for less (or for more), and what is behind it.
#[must_use]
pub fn change(text: &str) -> Option<(bool, &str)> {
    const WORDS: [(&str, bool); 5] = [
        ("减少", true),
        ("减", true),
        ("增加", false),
        ("新增", false),
        ("增", false),
    ];
    WORDS.iter().find_map(|(word, less)| {
        let rest = text.strip_prefix(word)?;
        Some((*less, rest.trim_start_matches(is_space)))
    })
}

/// The number of a text in yuan, such as `251000元`, in yuan.
#[must_use]
pub fn in_yuan(text: &str) -> Option<Decimal> {
    let text = text.trim_matches(is_space);
    if !text.ends_with('元') {
        return None;
    }
    let text: String = compatible(text).chars().map(narrow).collect();
    plain(text.strip_suffix('元')?.trim_end_matches(is_space))
}

/// The amount in 万元 of a text in yuan, such as `251000元`.
#[must_use]
pub fn yuan(text: &str) -> Option<Decimal> {
    let number = in_yuan(text)?;
    let mut units = number.units;
    let mut places = number.places + 4;
    while places > 0 && units % 10 == 0 {
        units /= 10;
        places -= 1;
    }
    (usize::from(places) <= MAX_PLACES).then_some(Decimal { units, places })
}

/// What a number with a doubtful separator may mean: `1,2` is 12, 1.2 or 1200
/// cut short; `1.234` is 1234 or 1.234. None where nothing is in doubt.
///
/// `money` is asked where decimal places belong; a count has none.
#[must_use]
pub fn doubts(text: &str, money: bool) -> Vec<String> {
    let text: String = compatible(text.trim_matches(is_space))
        .chars()
        .map(narrow)
        .collect();
    let typed = read(&text);
    if let Typed::Plain(number) = typed {
        let thousands = number.places == 3 && (1..1000).contains(&(number.units / 1000));
        let stray = !money && number.places > 0 && number.to_whole().is_none();
        if !thousands && !stray {
            return Vec::new();
        }
    } else if typed != Typed::Raw {
        return Vec::new();
    }
    let Some(separator) = text.chars().find(|c| !c.is_ascii_digit()) else {
        return Vec::new();
    };
    let groups: Vec<&str> = text.split(separator).collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let separates = matches!(separator, ',' | '.' | '、' | '\'' | ';') || is_space(separator);
    let joined = groups.concat();
    if !separates || groups.len() < 2 || !groups.iter().all(digits) || joined.len() > MAX_DIGITS {
        return Vec::new();
    }
    let mut found = vec![plainly(&joined)];
    if let [whole, part] = groups[..] {
        if separator == ',' && part.len() < 3 && whole.len() <= 3 && !whole.starts_with('0') {
            found.insert(0, format!("{whole}{part:0<3}"));
        }
        if !is_space(separator) && part.len() <= MAX_PLACES {
            found.push(format!("{}.{part}", plainly(whole)));
        }
    }
    found
}

/// The two numbers that may have run together with a separator between them.
#[must_use]
pub fn halves(text: &str) -> Option<(String, String)> {
    let text: String = compatible(text.trim_matches(is_space))
        .chars()
        .map(narrow)
        .collect();
    let (left, right) =
        text.split_once(|c: char| matches!(c, ',' | '.' | '、' | ';') || is_space(c))?;
    let right = right.trim_start_matches(is_space);
    let digits = |half: &str| !half.is_empty() && half.bytes().all(|b| b.is_ascii_digit());
    (digits(left) && digits(right)).then(|| (left.to_owned(), right.to_owned()))
}

/// Digits without leading zeros.
fn plainly(digits: &str) -> String {
    let bare = digits.trim_start_matches('0');
    if bare.is_empty() { "0" } else { bare }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dec(units: i64, places: u8) -> Decimal {
        Decimal { units, places }
    }

    #[test]
    fn numbers_are_read_as_officials_type_them() {
        let cases = [
            ("", Typed::Blank),
            (" \u{a0}\u{3000}\t", Typed::Blank),
            ("0", Typed::Plain(dec(0, 0))),
            (" 12 ", Typed::Plain(dec(12, 0))),
            ("１２", Typed::Plain(dec(12, 0))),
            ("1,234", Typed::Plain(dec(1234, 0))),
            ("1，234，567", Typed::Plain(dec(1_234_567, 0))),
            ("13 612", Typed::Plain(dec(13_612, 0))),
            ("2.02", Typed::Plain(dec(202, 2))),
            ("2．00", Typed::Plain(dec(200, 2))),
            ("-1", Typed::Plain(dec(-1, 0))),
            ("－３", Typed::Plain(dec(-3, 0))),
            ("+2", Typed::Plain(dec(2, 0))),
            ("/", Typed::Nil('/')),
            ("／", Typed::Nil('/')),
            ("-", Typed::Nil('-')),
            ("——", Typed::Nil('—')),
            ("_", Typed::Nil('_')),
            ("无", Typed::Nil('无')),
            ("9件", Typed::Noted(dec(9, 0), Beside::Words)),
            ("0 件", Typed::Noted(dec(0, 0), Beside::Words)),
            ("2.02万元", Typed::Noted(dec(202, 2), Beside::Words)),
            (
                "22（其中修订 16 件）",
                Typed::Noted(dec(22, 0), Beside::Words),
            ),
            ("减4", Typed::Noted(dec(-4, 0), Beside::Words)),
            ("减少 4", Typed::Noted(dec(-4, 0), Beside::Words)),
            ("增加4项", Typed::Noted(dec(4, 0), Beside::Words)),
            ("13\u{a0}612", Typed::Plain(dec(13_612, 0))),
            ("9②", Typed::Raw),
            ("9²", Typed::Raw),
            ("①", Typed::Raw),
            ("½", Typed::Raw),
            ("共9件", Typed::Noted(dec(9, 0), Beside::Words)),
            ("O", Typed::Noted(dec(0, 0), Beside::Letter)),
            ("1O", Typed::Noted(dec(10, 0), Beside::Letter)),
            ("l2", Typed::Noted(dec(12, 0), Beside::Letter)),
            ("零", Typed::Noted(dec(0, 0), Beside::Letter)),
            ("1,2", Typed::Raw),
            ("12 3", Typed::Raw),
            ("9、8", Typed::Raw),
            ("7-8", Typed::Raw),
            ("9.", Typed::Raw),
            (".5", Typed::Raw),
            ("2024年", Typed::Raw),
            ("约", Typed::Raw),
            ("5000元", Typed::Raw),
            ("1234567890123", Typed::Raw),
            ("999999999999", Typed::Plain(dec(999_999_999_999, 0))),
            ("1.1234567", Typed::Raw),
        ];
        for (text, typed) in cases {
            assert_eq!(read(text), typed, "{text:?}");
        }
    }

    #[test]
    fn decimals_keep_their_places_and_compare_by_value() {
        assert_eq!(dec(20, 1), dec(2, 0));
        assert_eq!(dec(200, 2).to_string(), "2.00");
        assert_eq!(dec(-5, 2).to_string(), "-0.05");
        assert_eq!(dec(25, 1).to_whole(), None);
        assert_eq!(dec(30, 1).to_whole(), Some(3));
    }

    #[test]
    fn numbers_side_by_side_are_told_from_thousands() {
        assert!(are_several("56 280 119 43"));
        assert!(!are_several("13 612"));
        assert!(!are_several("13612"));
        assert!(!are_several("3 件"));
    }

    #[test]
    fn yuan_become_ten_thousands_only_when_asked() {
        assert_eq!(yuan("251000元"), Some(dec(251, 1)));
        assert_eq!(yuan("52.15 元"), Some(dec(5215, 6)));
        assert_eq!(yuan("2.02万元"), None);
        assert_eq!(yuan("0.001元"), None);
    }

    proptest! {
        #[test]
        fn what_is_seen_at_sight_is_what_a_close_look_finds(
            text in "[0-9]{0,3}[约共增 １1,.O〇零无—/（(）)。；：、“①國万元件次项宗密]{0,5}"
        ) {
            if let Some(typed) = at_sight(&text) {
                prop_assert_eq!(typed, closely(&text));
            }
        }
    }

    #[test]
    fn doubtful_separators_have_their_readings_and_plain_numbers_none() {
        let cases: &[(&str, bool, &[&str])] = &[
            ("1,2", false, &["1200", "12", "1.2"]),
            ("1，2", false, &["1200", "12", "1.2"]),
            ("12、34", false, &["1234", "12.34"]),
            ("1.234", false, &["1234", "1.234"]),
            ("1.234", true, &["1234", "1.234"]),
            ("1.5", false, &["15", "1.5"]),
            ("1.5", true, &[]),
            ("2.02", true, &[]),
            ("0.125", true, &[]),
            ("0.125", false, &["125", "0.125"]),
            ("1.234.567", false, &["1234567"]),
            ("12 3", false, &["123"]),
            ("1,234", false, &[]),
            ("13 612", false, &[]),
            ("3.0", false, &[]),
            ("12", false, &[]),
            ("9件", false, &[]),
            ("/", false, &[]),
            ("7-8", false, &[]),
            ("", false, &[]),
            ("国家秘密", false, &[]),
            ("1,2345678901234", false, &[]),
        ];
        for (text, money, readings) in cases {
            assert_eq!(doubts(text, *money), *readings, "{text}");
        }
        assert_eq!(halves("1,2"), Some(("1".to_owned(), "2".to_owned())));
        assert_eq!(halves("1,234"), Some(("1".to_owned(), "234".to_owned())));
        assert_eq!(halves("1"), None);
        assert_eq!(halves("1,2,3"), None);
    }
}
