//! The title of a report, and what it says: body and year.
//!
//! **Never:** makes up a body; a title without one leaves it empty.
//! Next: `text_in`, `text_out`.

use crate::base::spelling::compatible;

/// Most characters a title has.
const LONGEST: usize = 60;
/// Most lines a title is broken over.
const LINES: usize = 3;
/// What a title names.
const TOPICS: [&str; 3] = ["政府信息公开", "政务公开", "信息公开"];

/// A title found among the first lines of a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) at: usize,
    pub(super) count: usize,
    pub(super) text: String,
}

/// The title among these lines, which may be broken over some of them.
pub(super) fn find(lines: &[&str]) -> Option<Title> {
    let whole = |count: usize, complete: bool| {
        lines.windows(count).enumerate().find_map(|(at, lines)| {
            let joined = lines.concat();
            let text = joined.rsplit(" - ").next().unwrap_or_default().trim();
            let (body, year) = says(text);
            let fits = is_title(text)
                && lines.iter().all(|line| !line.is_empty())
                && (!complete || !body.is_empty() && year.is_some());
            fits.then(|| Title {
                at,
                count,
                text: text.to_owned(),
            })
        })
    };
    (1..=LINES)
        .find_map(|count| whole(count, true))
        .or_else(|| (1..=LINES).find_map(|count| whole(count, false)))
}

fn is_title(text: &str) -> bool {
    let text = text.trim_end_matches(['）', ')', '》']);
    (text.ends_with("报告") || text.ends_with("年报"))
        && text.chars().count() <= LONGEST
        && TOPICS.iter().any(|topic| text.contains(topic))
        && !text.contains(['。', '，', '；', '：', ':', ',', '>', '|'])
}

/// The body and the year that a title says; empty and None where it does not.
pub(super) fn says(title: &str) -> (String, Option<u16>) {
    let title: String = compatible(title).filter(|c| !c.is_whitespace()).collect();
    let topic = |text: &str| TOPICS.iter().filter_map(|topic| text.find(topic)).min();
    let Some((at, len, year)) = year_in(&title) else {
        let end = topic(&title).unwrap_or(0);
        return (body(&title[..end]), None);
    };
    let before = body(&title[..at]);
    if !before.is_empty() {
        return (before, Some(year));
    }
    // 2024年度某某局政府信息公开工作年度报告
    let after = title[at + len..].trim_start_matches('度');
    (body(&after[..topic(after).unwrap_or(0)]), Some(year))
}

/// A year with the 年 behind it: where it stands, its length, its number.
pub(super) fn year_in(text: &str) -> Option<(usize, usize, u16)> {
    text.match_indices('年').find_map(|(end, _)| {
        let start = text[..end]
            .char_indices()
            .rev()
            .nth(3)
            .map(|(start, _)| start)?;
        let digits: Option<String> = text[start..end]
            .chars()
            .map(
                |c| match "〇一二三四五六七八九".chars().position(|han| han == c) {
                    Some(digit) => char::from_digit(u32::try_from(digit).ok()?, 10),
                    None if c == '零' || c == '○' => Some('0'),
                    None => c.is_ascii_digit().then_some(c),
                },
            )
            .collect();
        let year = digits?
            .parse()
            .ok()
            .filter(|year| (1990..2100).contains(year))?;
        Some((start, end + '年'.len_utf8() - start, year))
    })
}

fn body(text: &str) -> String {
    let text = text.trim_start_matches("关于").trim_end_matches("关于");
    text.trim_matches(|c: char| !c.is_alphanumeric() && !"（）()".contains(c))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_its_body_and_year() {
        let cases = [
            (
                "北京市西城区民政局2024年政府信息公开工作年度报告",
                "北京市西城区民政局",
                Some(2024),
            ),
            (
                "北京市西城区民政局 2024 年政府信息公开工作年度报告",
                "北京市西城区民政局",
                Some(2024),
            ),
            (
                "2024年度某某市财政局政府信息公开工作年度报告",
                "某某市财政局",
                Some(2024),
            ),
            (
                "某县人民政府办公室二〇二三年政府信息公开年度报告",
                "某县人民政府办公室",
                Some(2023),
            ),
            ("关于2022年度政府信息公开情况的报告", "", Some(2022)),
            ("某市教育局政府信息公开工作年度报告", "某市教育局", None),
            ("政府信息公开工作年度报告格式模板", "", None),
        ];
        for (title, name, year) in cases {
            assert_eq!(says(title), (name.to_owned(), year), "{title}");
        }
    }

    #[test]
    fn a_title_is_found_over_its_lines() {
        let lines = [
            "索引号：1",
            "某市教育局2024年政府信息公开",
            "工作年度报告",
            "前言，报告",
        ];
        let title = find(&lines).expect("the title is there");
        assert_eq!((title.at, title.count), (1, 2));
        let lines = ["首页", "通知公告", "某局", "2024年政府信息公开工作年度报告"];
        assert_eq!(
            find(&lines).map(|title| (title.at, title.count)),
            Some((2, 2))
        );
        let lines = ["Page 8 - 某局2022年政府信息公开工作年度报告"];
        assert_eq!(
            find(&lines).map(|title| title.text),
            Some("某局2022年政府信息公开工作年度报告".to_owned())
        );
        assert_eq!(find(&["首页 > 信息公开年度报告", "本报告，略"]), None);
    }
}
