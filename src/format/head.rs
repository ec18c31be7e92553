//! The title of a report, and what it says: body and year.
//!
//! **Never:** makes up a body; a title without one leaves it empty.
//! Next: `read::text`, `own::text`.

use crate::base::number::is_space;
use crate::base::spelling::{compatible, simplified};

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

/// The title among these lines, which may be broken over some of them; one behind the
/// name of a field of the page only where no other is.
pub(super) fn find(lines: &[&str]) -> Option<Title> {
    let whole = |count: usize, complete: bool, is_field: bool| {
        lines.windows(count).enumerate().find_map(|(at, lines)| {
            let joined = lines.concat();
            let text = joined.rsplit(" - ").next().unwrap_or_default().trim();
            let field = behind_its_name(text);
            let text = field.unwrap_or(text);
            let (body, year) = says(text);
            let fits = is_title(text)
                && field.is_some() == is_field
                && lines.iter().all(|line| !line.is_empty())
                && (!complete || !body.is_empty() && year.is_some());
            fits.then(|| Title {
                at,
                count,
                text: text.to_owned(),
            })
        })
    };
    [(true, false), (true, true), (false, false), (false, true)]
        .into_iter()
        .find_map(|(complete, is_field)| {
            (1..=LINES).find_map(|count| whole(count, complete, is_field))
        })
}

/// What stands behind the name of a field of a page: `标 题 某局2024年…年度报告`.
fn behind_its_name(text: &str) -> Option<&str> {
    const NAMES: [&str; 4] = ["标题", "名称", "信息名称", "文件名称"];
    let (at, _) = text.rmatch_indices(is_space).next()?;
    let name: String = text[..at].chars().filter(|c| !is_space(*c)).collect();
    let is_name = NAMES.contains(&&*simplified(name));
    is_name.then(|| text[at..].trim_start_matches(is_space))
}

/// The title of a report that stands in a sentence: 现公布某局2024年…年度报告。
pub(super) fn said_in(text: &str) -> Option<String> {
    /// What such a sentence says before the title.
    const BEFORE: [&str; 6] = ["现将", "公布", "发布", "编制", "本报告为", "本报告是"];
    let plain = simplified(text);
    let stops = |c: char| "。，；：、,;:《》（）()“”\n".contains(c);
    let mut next = 0;
    plain.split_inclusive(stops).find_map(|piece| {
        let from = next;
        next += piece.len();
        let piece = piece.trim_end_matches(stops);
        let end = piece.ends_with("年度报告").then_some(piece.len())?;
        let behind = |word: &&str| Some(piece[..end].rfind(*word)? + word.len());
        let start = BEFORE.iter().filter_map(behind).max();
        let title = text[from + start.unwrap_or(0)..from + end].trim_matches(is_space);
        let (body, year) = says(title);
        let is_whole = body.chars().count() > 2 && year.is_some();
        (is_whole && is_title(title)).then(|| title.to_owned())
    })
}

/// Whether a title is of a year of school: such a report has another form.
pub(super) fn is_of_school(title: &str) -> bool {
    simplified(title).contains("学年")
}

fn is_title(text: &str) -> bool {
    let text = simplified(text);
    let text = text.trim_end_matches(['）', ')', '》']);
    (text.ends_with("报告") || text.ends_with("年报"))
        && text.chars().count() <= LONGEST
        && TOPICS.iter().any(|topic| text.contains(topic))
        && !text.contains(['。', '，', '；', '：', ':', ',', '>', '|'])
}

/// The body and the year that a title says; empty and None where it does not.
pub(super) fn says(title: &str) -> (String, Option<u16>) {
    let title: String = compatible(title)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    // Every character stands where it stands in the title.
    let plain = simplified(&*title);
    let topic = |text: &str| TOPICS.iter().filter_map(|topic| text.find(topic)).min();
    let Some((at, len, year)) = year_in(&plain) else {
        let end = topic(&plain).unwrap_or(0);
        return (body(&title[..end]), None);
    };
    // 某某局政府信息公开工作2024年度报告
    let before = body(&title[..topic(&plain).unwrap_or(at).min(at)]);
    if !before.is_empty() {
        return (before, Some(year));
    }
    // 2024年度某某局政府信息公开工作年度报告
    let after = plain[at + len..].trim_start_matches('度');
    let start = plain.len() - after.len();
    let end = start + topic(after).unwrap_or(0);
    (body(&title[start..end]), Some(year))
}

/// A year with the 年 behind it: where it stands, its length, its number. A year of
/// school, 2022-2023学年, has the number of its end.
pub(super) fn year_in(text: &str) -> Option<(usize, usize, u16)> {
    let at_school = text.find("学年").and_then(|end| {
        let start = text[..end].rfind(|c: char| !c.is_ascii_digit() && !"-—－至~".contains(c));
        let start = start.map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
        let last = text.get(end.checked_sub(4)?..end)?;
        let year = last
            .parse()
            .ok()
            .filter(|year| (1990..2100).contains(year))?;
        Some((start, end + "学年".len() - start, year))
    });
    at_school.or_else(|| year_of_calendar(text))
}

fn year_of_calendar(text: &str) -> Option<(usize, usize, u16)> {
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
            (
                "某区教育局政府信息公开工作2024年度报告",
                "某区教育局",
                Some(2024),
            ),
            (
                "某某大学2022-2023学年度信息公开工作报告",
                "某某大学",
                Some(2023),
            ),
            (
                "某縣財政局2024年政府信息公開工作年度報告",
                "某縣財政局",
                Some(2024),
            ),
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
        // The title itself stands below the page's fields; else its field tells it.
        let title = "某县政府办2022年度政府信息公开工作年度报告";
        let field = format!("标   题 {title}");
        let text = |lines: &[&str]| find(lines).map(|title| (title.at, title.text));
        assert_eq!(text(&[&field, title]), Some((1, title.to_owned())));
        assert_eq!(text(&[&field, "正文"]), Some((0, title.to_owned())));
        let said = "依照规定，现公布某省人民政府办公厅2023年政府信息公开工作年度报告。全文";
        assert_eq!(
            said_in(said).as_deref(),
            Some("某省人民政府办公厅2023年政府信息公开工作年度报告")
        );
        assert_eq!(said_in("按照要求编制本年度报告，2023年"), None);
    }
}
