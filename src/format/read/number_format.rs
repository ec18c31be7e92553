//! How a sheet shows a number: the codes of its cells, such as `0!.0,"万元"`.
//!
//! **Never:** guesses at a code it does not know: the number stands as it is.
//! Next: `read::xlsx`, `read::xls`, whose styles name the codes.

use crate::base::moment::Moment;

/// Most characters of a code that is followed.
const MAX_CODE: usize = 255;

/// The codes that have a number and are not written in a file.
pub(in crate::format) fn built_in(number: u16) -> &'static str {
    match number {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => "yyyy/m/d",
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => "h:mm",
        49 => "@",
        _ => "",
    }
}

/// A number as a sheet shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::format) struct Shown {
    /// Its text, without a unit that changes nothing.
    pub(in crate::format) text: String,
    /// The number behind it has more digits.
    pub(in crate::format) is_rounded: bool,
}

impl From<String> for Shown {
    fn from(text: String) -> Self {
        Shown {
            text,
            is_rounded: false,
        }
    }
}

/// How a sheet shows a number. `since_1904`: days are counted from 1904.
pub(in crate::format) fn shown(value: f64, code: &str, since_1904: bool) -> Shown {
    let plain = || number_text(value).into();
    if code.is_empty() || code.len() > MAX_CODE {
        return plain();
    }
    let sections = sections(code);
    let Some(section) = chosen(&sections, value) else {
        return plain();
    };
    match section.kind() {
        Kind::Plain => plain(),
        Kind::Date => date(value, since_1904).map_or_else(plain, Shown::from),
        // A zero is a zero, whatever stands for it.
        Kind::Words if number_text(value) == "0" => plain(),
        Kind::Words => section.words().into(),
        Kind::Digits => {
            let mut shown = section.digits(value.abs());
            // A colour or brackets may stand for the sign.
            if value < 0.0 && shown.text.contains(|c: char| matches!(c, '1'..='9')) {
                shown.text.insert(0, '-');
            }
            shown
        }
    }
}

/// The text of a number: 15 digits that count.
pub(in crate::format) fn number_text(value: f64) -> String {
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    format!("{rounded}")
}

/// A part of a code.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// A place for a digit; a nought stands there if there is none.
    Digit(char),
    Point,
    /// A comma: between digits groups, behind them a thousandth.
    Comma,
    Percent,
    /// Words that are shown as they are.
    Words(String),
    /// A part of a date or a time.
    Date,
    /// The number as it is.
    General,
    /// What is not followed here.
    Unknown,
}

fn is_digit(part: &Part) -> bool {
    matches!(part, Part::Digit(_))
}

/// A code for some numbers.
#[derive(Default)]
struct Section {
    /// The numbers it is for, if it says so.
    when: Option<(String, f64)>,
    parts: Vec<Part>,
}

enum Kind {
    Plain,
    Date,
    Words,
    Digits,
}

fn sections(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut rest = code;
    while !rest.is_empty() {
        let (mark, behind) = mark(rest);
        rest = behind;
        let section = sections.last_mut().expect("there is always a section");
        match mark {
            Mark::Part(part) => section.parts.push(part),
            Mark::When(when) => section.when = Some(when),
            Mark::Ends => sections.push(Section::default()),
            Mark::Nothing => {}
        }
    }
    sections
}

/// What stands first in a code.
enum Mark {
    When((String, f64)),
    Part(Part),
    /// Another section begins.
    Ends,
    Nothing,
}

/// What stands first in a code, and what is behind it.
fn mark(code: &str) -> (Mark, &str) {
    let general = ["General", "G/通用格式"];
    let general = general.into_iter().find_map(|name| code.strip_prefix(name));
    if let Some(rest) = general {
        return (Mark::Part(Part::General), rest);
    }
    let mut chars = code.chars();
    let Some(c) = chars.next() else {
        return (Mark::Nothing, "");
    };
    let rest = chars.as_str();
    let to = |end: char| rest.split_once(end).unwrap_or((rest, ""));
    let one = || rest.split_at(rest.chars().next().map_or(0, char::len_utf8));
    let words = |(words, rest): (&str, _)| (Mark::Part(Part::Words(words.to_owned())), rest);
    let part = match c {
        ';' => return (Mark::Ends, rest),
        '"' => return words(to('"')),
        '\\' | '!' => return words(one()),
        // As wide as a character, and filled with one: nothing to read.
        '_' | '*' => return (Mark::Nothing, one().1),
        '[' => {
            let (text, rest) = to(']');
            return (bracket(text), rest);
        }
        '0' | '#' | '?' => Part::Digit(c),
        '.' => Part::Point,
        ',' => Part::Comma,
        '%' | '％' => Part::Percent,
        'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'a' | 'A' => Part::Date,
        'E' | 'e' | '/' | '@' => Part::Unknown,
        c => Part::Words(c.to_string()),
    };
    (Mark::Part(part), rest)
}

fn bracket(text: &str) -> Mark {
    let is_sign = |c: char| matches!(c, '<' | '>' | '=');
    let sign: String = text.chars().take_while(|c| is_sign(*c)).collect();
    if !sign.is_empty() {
        let than = text[sign.len()..].trim().parse();
        return than.map_or(Mark::Part(Part::Unknown), |than| Mark::When((sign, than)));
    }
    if let Some(currency) = text.strip_prefix('$') {
        let sign = currency.split('-').next().unwrap_or("");
        return Mark::Part(Part::Words(sign.to_owned()));
    }
    // Hours beyond a day; digits of another script; a colour.
    match text.to_ascii_lowercase().as_str() {
        "h" | "hh" | "m" | "mm" | "s" | "ss" => Mark::Part(Part::Date),
        text if text.starts_with("dbnum") => Mark::Part(Part::Unknown),
        _ => Mark::Nothing,
    }
}

/// The section for a number.
fn chosen(sections: &[Section], value: f64) -> Option<&Section> {
    if sections.iter().any(|section| section.when.is_some()) {
        let fits = |section: &&Section| {
            let Some((sign, than)) = &section.when else {
                return true;
            };
            match sign.as_str() {
                "<" => value < *than,
                "<=" => value <= *than,
                ">" => value > *than,
                ">=" => value >= *than,
                "<>" => value.total_cmp(than).is_ne(),
                _ => value.total_cmp(than).is_eq(),
            }
        };
        return sections.iter().find(fits);
    }
    let own = match value {
        value if value < 0.0 => sections.get(1),
        0.0 => sections.get(2),
        _ => None,
    };
    own.or(sections.first())
}

impl Section {
    fn kind(&self) -> Kind {
        let has = |part: &Part| self.parts.contains(part);
        match () {
            () if has(&Part::General) => Kind::Plain,
            () if has(&Part::Date) => Kind::Date,
            () if has(&Part::Unknown) => Kind::Plain,
            () if self.parts.iter().any(is_digit) => Kind::Digits,
            () => Kind::Words,
        }
    }

    fn words(&self) -> String {
        let words = self.parts.iter().filter_map(|part| match part {
            Part::Words(words) => Some(words.as_str()),
            _ => None,
        });
        words.collect()
    }

    /// Where the point stands.
    fn point(&self) -> Option<usize> {
        self.parts.iter().position(|part| *part == Part::Point)
    }

    /// Where the last digit stands.
    fn last(&self) -> usize {
        self.parts.iter().rposition(is_digit).unwrap_or(0)
    }

    /// How often a number is shown divided by a thousand.
    fn thousandths(&self) -> usize {
        let last = self.last();
        // Commas behind the last digit before the point, or behind all.
        let commas = |end: usize| {
            let before = self.parts[..end].iter().rev();
            before.take_while(|part| **part == Part::Comma).count()
        };
        let behind_all = self.parts[last..].iter();
        let before_point = self.point().filter(|point| *point < last);
        behind_all.filter(|part| **part == Part::Comma).count() + before_point.map_or(0, commas)
    }

    /// A number as large as it is shown, with as many digits behind the point, and
    /// whether that is another number.
    fn rounded(&self, value: f64) -> (String, bool) {
        let mut scaled = value;
        for _ in 0..self.thousandths() {
            scaled /= 1000.0;
        }
        for _ in self.parts.iter().filter(|part| **part == Part::Percent) {
            scaled *= 100.0;
        }
        let behind = self.point().map_or(0, |at| {
            let places = self.parts[at..].iter().filter(|part| is_digit(part));
            places.count()
        });
        // Half is rounded up, as sheets do, once the digits that do not count are gone.
        let exact: f64 = format!("{scaled:.14e}").parse().unwrap_or(scaled);
        let nudged = exact * (1.0 + 4.0 * f64::EPSILON);
        let text = format!("{nudged:.behind$}");
        let is_rounded = text
            .parse()
            .is_ok_and(|shown: f64| (shown - exact).abs() > 1e-9 * exact.max(1.0));
        (text, is_rounded)
    }

    /// A number without its sign, digit by digit.
    fn digits(&self, value: f64) -> Shown {
        let (text, is_rounded) = self.rounded(value);
        let (mut out, words) = self.laid(&text);
        // Places that need no digit leave the noughts behind the point away.
        let optional = self.parts.iter().rev().find(|part| is_digit(part));
        if out.contains('.') && optional != Some(&Part::Digit('0')) && self.point().is_some() {
            out.truncate(out.trim_end_matches('0').len());
        }
        out.truncate(out.trim_end_matches('.').len());
        if out.is_empty() || out.starts_with('.') {
            out.insert(0, '0');
        }
        // A unit that changes nothing is left out.
        if words.contains(['万', '亿', '千', '百', '%']) || self.thousandths() > 0 {
            out.push_str(words.trim_end());
        }
        Shown {
            text: out,
            is_rounded,
        }
    }

    /// The digits of a number in their places, and the words behind them.
    fn laid(&self, text: &str) -> (String, String) {
        let (last, point) = (self.last(), self.point());
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let whole = if whole == "0" { "" } else { whole };
        let before = self.parts[..point.unwrap_or(self.parts.len())].iter();
        let mut left = before.filter(|part| is_digit(part)).count();
        let mut digits = whole.chars();
        let mut fraction = fraction.chars();
        let (mut out, mut words) = (String::new(), String::new());
        let mut seen = false;
        for (at, part) in self.parts.iter().enumerate() {
            match part {
                Part::Digit(kind) if point.is_none_or(|point| at < point) => {
                    out.push_str(&std::mem::take(&mut words));
                    // The first place takes all digits that have no place.
                    let has = whole.len();
                    let take = if seen || has <= left {
                        usize::from(has >= left)
                    } else {
                        has - left + 1
                    };
                    seen = true;
                    left -= 1;
                    match (take, kind) {
                        (0, '0') => out.push('0'),
                        (0, _) => {}
                        (take, _) => out.extend(digits.by_ref().take(take)),
                    }
                }
                Part::Digit(_) => out.extend(fraction.next()),
                Part::Point => out.push('.'),
                Part::Percent => words.push('%'),
                Part::Words(more) if at < last && seen => out.push_str(more),
                Part::Words(more) if at > last => words.push_str(more),
                _ => {}
            }
        }
        (out, words)
    }
}

/// A day as people write it; None if it is no day that counts.
fn date(value: f64, since_1904: bool) -> Option<String> {
    const LAST: f64 = 2_958_465.0;
    if !(0.0..=LAST).contains(&value) {
        return None;
    }
    let days: i64 = format!("{:.0}", value.floor()).parse().ok()?;
    // The first day is 1 January 1900, and 29 February 1900 is counted.
    let days = match days {
        days if since_1904 => days + 1462 - 25569,
        days if days < 60 => days + 1 - 25569,
        days => days - 25569,
    };
    let seconds = days * 86_400;
    let [year, month, day] = Moment { seconds, offset: 0 }.date();
    Some(format!("{year}年{month}月{day}日"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_a_sheet_shows() {
        let texts = [0.1 + 0.2, 7.0, 2.02, -1.0, 1e-7, 123_456_789.25].map(number_text);
        assert_eq!(
            texts,
            ["0.3", "7", "2.02", "-1", "0.0000001", "123456789.25"]
        );
    }

    #[test]
    fn codes_are_followed_as_sheets_follow_them() {
        let cases = [
            (12.0, "0\"件\"", "12"),
            (1234.0, "#,##0", "1234"),
            (125_000.0, "0!.0,\"万元\"", "12.5万元"),
            (1_250_000.0, "0.0,,\"百万\"", "1.3百万"),
            (3.999_999_999_999_999_6, "0", "4"),
            (2.5, "0", "3"),
            (0.5, "0.00", "0.50"),
            (12.345, "0.00", "12.35"),
            (0.25, "0%", "25%"),
            (7.0, "000", "007"),
            (0.0, "#,##0", "0"),
            (0.0, "0;-0;;@", "0"),
            (5.0, ";;;", ""),
            (-5.0, "0", "-5"),
            (-5.0, "0;(0)", "-5"),
            (-5.0, "0_ ;[Red]\\-0\\ ", "-5"),
            (125_000.0, "[>=10000]0!.0,\"万\";0", "12.5万"),
            (12.0, "[>=10000]0!.0,\"万\";0", "12"),
            (9.0, "General\"件\"", "9"),
            (9.0, "G/通用格式", "9"),
            (9.0, "@", "9"),
            (9.0, "[DBNum1]0", "9"),
            (57.0, "0.00E+00", "57"),
            (0.0, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", "0"),
            (
                1234.5,
                "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
                "1234.50",
            ),
            (3.15, "0.##", "3.15"),
            (3.0, "0.##", "3"),
            (45_322.0, "yyyy\"年\"m\"月\"d\"日\"", "2024年1月31日"),
            (1.0, "yyyy-mm-dd", "1900年1月1日"),
            (61.0, "[$-804]m/d/yy", "1900年3月1日"),
        ];
        for (value, code, text) in cases {
            assert_eq!(shown(value, code, false).text, text, "{value} {code}");
        }
        assert_eq!(shown(43_860.0, "yyyy", true).text, "2024年1月31日");
        assert!(shown(2.5, "0", false).is_rounded);
        assert!(!shown(0.1 + 0.2, "0.0", false).is_rounded);
    }
}
