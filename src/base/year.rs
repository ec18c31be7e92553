//! The year of a report in the phrases that are the same every year.
//!
//! Moved are the statistical period, the name of the report itself, and the year that
//! opens a sentence. Every other year stays: nobody but the author knows whether it moves.
//!
//! **Never:** changes a number that is no year.
//! Next: `sentence` for what the author has to look at.

use super::number::narrow;
use super::sentence::sentences;

/// How the report calls itself behind its year.
const NAMES: [&str; 6] = [
    "政府信息公开工作年度报告",
    "政府信息公开年度报告",
    "政府信息公开工作报告",
    "政务公开工作年度报告",
    "信息公开工作年度报告",
    "信息公开年度报告",
];

/// Most characters between the year and that name, such as the name of the body.
const BETWEEN: usize = 40;

/// A text of a report on one year as that of another: only phrases that are the same in
/// every report are moved.
#[must_use]
pub fn advanced(text: &str, from: u16, to: u16) -> String {
    let text = Text::of(text);
    let (starts, known) = (text.starts(), spellings(from));
    text.moved(from, to, |text, year| {
        let phrase = text.phrase(year, &starts, &known);
        phrase.map(|(years, _)| years).unwrap_or_default()
    })
}

/// The same text with points in the place of those phrases, each as long as its phrase:
/// what a new year may make stale is in the rest of it.
#[must_use]
pub fn besides_moved(text: &str, from: u16) -> String {
    let text = Text::of(text);
    let (starts, known) = (text.starts(), spellings(from));
    let mut chars = text.chars.clone();
    for at in 0..chars.len() {
        let phrase = text.year(at, &known);
        let phrase = phrase.and_then(|year| text.phrase(year, &starts, &known));
        if let Some((_, end)) = phrase {
            chars[at..end].fill('·');
        }
    }
    chars.into_iter().collect()
}

/// A title or a period with every mention of the year moved.
#[must_use]
pub fn replaced(text: &str, from: u16, to: u16) -> String {
    Text::of(text).moved(from, to, |_, year| vec![year])
}

/// Whether a text names a year.
#[must_use]
pub fn names(text: &str, year: u16) -> bool {
    let (text, year) = (Text::of(text), spellings(year));
    (0..text.plain.len()).any(|at| text.year(at, &year).is_some())
}

/// A year as it stands in a text, by characters.
#[derive(Clone, Copy, Debug)]
struct Found {
    start: usize,
    /// Which spelling.
    spelling: usize,
    /// Behind 年.
    behind: usize,
}

/// A text by its characters.
struct Text<'a> {
    whole: &'a str,
    chars: Vec<char>,
    /// The same with narrow digits and signs.
    plain: Vec<char>,
}

/// The spellings of a year, each of four characters, in one order.
type Spellings = [Vec<char>; 5];

fn spellings(year: u16) -> Spellings {
    let of = |digits: [char; 10]| -> Vec<char> {
        let text = year.to_string();
        let digit = |c: char| c.to_digit(10).map(|at| digits[at as usize]);
        text.chars().filter_map(digit).collect()
    };
    let chinese = |zero| [zero, '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    [
        of(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']),
        of(['０', '１', '２', '３', '４', '５', '６', '７', '８', '９']),
        of(chinese('〇')),
        of(chinese('○')),
        of(chinese('零')),
    ]
}

impl<'a> Text<'a> {
    fn of(text: &'a str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let plain = chars.iter().copied().map(narrow).collect();
        Text {
            whole: text,
            chars,
            plain,
        }
    }

    /// The characters at which sentences begin.
    fn starts(&self) -> Vec<usize> {
        let mut bytes = sentences(self.whole).map(|(at, _)| at).peekable();
        let places = self.whole.char_indices().enumerate();
        let at_start =
            places.filter_map(|(index, (byte, _))| bytes.next_if_eq(&byte).map(|_| index));
        at_start.collect()
    }

    /// A year that begins here, with 年 behind it.
    fn year(&self, at: usize, spellings: &Spellings) -> Option<Found> {
        let mut all = spellings.iter();
        let spelling = all.position(|digits| self.chars[at..].starts_with(digits))?;
        let is_longer = at > 0 && self.plain[at - 1].is_ascii_digit();
        let mark = self.past_blanks(at + spellings[spelling].len());
        let is_year = self.plain.get(mark) == Some(&'年') && !is_longer;
        is_year.then_some(Found {
            start: at,
            spelling,
            behind: mark + 1,
        })
    }

    fn past_blanks(&self, mut at: usize) -> usize {
        while self
            .plain
            .get(at)
            .is_some_and(|c| *c == ' ' || *c == '\u{3000}')
        {
            at += 1;
        }
        at
    }

    /// Behind these characters, blanks before them left out.
    fn past(&self, at: usize, wanted: &str) -> Option<usize> {
        wanted.chars().try_fold(at, |at, c| {
            let at = self.past_blanks(at);
            (self.plain.get(at) == Some(&c)).then_some(at + 1)
        })
    }

    /// Behind 度, if it stands there.
    fn degree(&self, at: usize) -> usize {
        self.past(at, "度").unwrap_or(at)
    }

    fn is_stop(&self, at: usize) -> bool {
        matches!(self.plain.get(at), Some(',' | '，'))
    }

    /// The phrase of every report that a year begins: the years in it, and where it ends.
    fn phrase(
        &self,
        year: Found,
        starts: &[usize],
        known: &Spellings,
    ) -> Option<(Vec<Found>, usize)> {
        let behind = year.behind;
        if let Some((further, end)) = self.period(behind, known) {
            return Some((std::iter::once(year).chain(further).collect(), end));
        }
        let opens = starts.binary_search(&year.start).is_ok() && self.is_stop(self.degree(behind));
        (opens || self.names(behind)).then(|| (vec![year], self.degree(behind)))
    }

    /// Whether the days of a whole year stand behind its 年: the further mentions of the
    /// year in them, and where they end.
    fn period(&self, at: usize, year: &Spellings) -> Option<(Vec<Found>, usize)> {
        const LINKS: &str = "起至到止—－–-~～─日期";
        let first = |at| {
            self.past(at, "1月1日")
                .or_else(|| self.past(at, "01月01日"))
        };
        let mut at = first(at)?;
        while self
            .plain
            .get(at)
            .is_some_and(|c| LINKS.contains(*c) || *c == ' ')
        {
            at += 1;
        }
        let second = if at < self.plain.len() {
            self.year(at, year)
        } else {
            None
        };
        let at = second.map_or(at, |second| second.behind);
        let end = self.past(at, "12月31日")?;
        Some((second.into_iter().collect(), end))
    }

    /// Whether the report is named behind the 年 of its year.
    fn names(&self, at: usize) -> bool {
        let rest = self.plain[at..].iter().filter(|c| **c != ' ');
        let is_end = |c: char| "，。；：、,;:！？（）《\n年".contains(c);
        let clause: String = rest.copied().take(BETWEEN + 12).collect();
        // The name itself holds a 年.
        let named = NAMES.iter().filter_map(|name| clause.find(name)).min();
        named.is_some_and(|end| !clause[..end].contains(is_end))
    }

    /// The text with those years moved that are chosen at each mention.
    fn moved(&self, from: u16, to: u16, choose: impl Fn(&Self, Found) -> Vec<Found>) -> String {
        let (known, spelled) = (spellings(from), spellings(to));
        let mut chars = self.chars.clone();
        for at in 0..chars.len() {
            let Some(year) = self.year(at, &known) else {
                continue;
            };
            for chosen in choose(self, year) {
                let digits = &spelled[chosen.spelling];
                for (place, digit) in chars[chosen.start..].iter_mut().zip(digits) {
                    *place = *digit;
                }
            }
        }
        chars.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_phrases_of_every_year_are_moved() {
        for (text, wanted) in [
            (
                "数据统计期限自2023年1月1日起至2023年12月31日止。",
                "数据统计期限自2024年1月1日起至2024年12月31日止。",
            ),
            ("（2023年1月1日-12月31日）", "（2024年1月1日-12月31日）"),
            (
                "２０２３年 1 月 1 日 至 12月31日",
                "２０２４年 1 月 1 日 至 12月31日",
            ),
            (
                "现公布2023年度政府信息公开工作年度报告。",
                "现公布2024年度政府信息公开工作年度报告。",
            ),
            (
                "现公布2023年某县民政局政府信息公开年度报告。",
                "现公布2024年某县民政局政府信息公开年度报告。",
            ),
            (
                "2023年，我局公开。2023年度，我局。\n 2023年,又",
                "2024年，我局公开。2024年度，我局。\n 2024年,又",
            ),
            ("二〇二三年，我局公开。", "二〇二四年，我局公开。"),
            // Nobody knows whether these move.
            ("2023年全区受理21件。", "2023年全区受理21件。"),
            ("我局2023年，受理。", "我局2023年，受理。"),
            ("截至2023年12月31日，", "截至2023年12月31日，"),
            ("2023年1月1日施行。", "2023年1月1日施行。"),
            ("2022年，2024年，12023年，", "2022年，2024年，12023年，"),
            (
                "2023年7月召开，现公布政府信息公开工作年度报告。",
                "2023年7月召开，现公布政府信息公开工作年度报告。",
            ),
            ("党的二十届三中全会以来。", "党的二十届三中全会以来。"),
        ] {
            assert_eq!(advanced(text, 2023, 2024), wanted);
        }
    }

    #[test]
    fn what_moves_by_itself_is_told_from_the_rest() {
        for (text, rest) in [
            ("期限自2023年1月1日起至2023年12月31日止。", "期限自·止。"),
            (
                "现公布2023年度政府信息公开年度报告。",
                "现公布·政府信息公开年度报告。",
            ),
            (
                "2023年，受理3件。\n2022年，无。",
                "·，受理3件。\n2022年，无。",
            ),
            ("2023年受理3件。", "2023年受理3件。"),
        ] {
            let found = besides_moved(text, 2023);
            assert_eq!(found.chars().count(), text.chars().count());
            let mut found = found;
            while found.contains("··") {
                found = found.replace("··", "·");
            }
            assert_eq!(found, rest);
        }
    }

    #[test]
    fn a_title_moves_as_a_whole_and_lengths_stay() {
        assert_eq!(
            replaced("某局2023年（2022年起）", 2023, 2024),
            "某局2024年（2022年起）"
        );
        assert_eq!(replaced("二○一九年", 2019, 2020), "二○二○年");
        assert!(names("2023 年", 2023) && !names("2023", 2023));
    }
}
