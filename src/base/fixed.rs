//! Numbers of a sentence that are the same every year: of documents and articles that it
//! cites, of telephones and addresses, in words of Latin letters.
//!
//! **Never:** takes a number away that counts something.
//! Next: `sentence`, which looks at what is left.

use super::numeral;

/// Stands for a number that was taken out.
const OUT: char = '·';

/// Words after which a number is that of a line to call or of a place.
const BEFORE: [&str; 9] = [
    "电话",
    "传真",
    "邮编",
    "邮政编码",
    "热线",
    "手机",
    "座机",
    "信箱",
    "房间",
];

/// What a number before it counts.
const MEASURES: &str = "件次个条人期场份篇起项部类家户宗批天周倍成元名位册处例万亿千百年月日余多";

/// Words before which a number is the name of a line to call.
const LINES: [&str; 6] = ["热线", "平台", "政务服务", "便民", "专线", "网站"];

/// A sentence, its digits and signs narrow, without numbers that are the same every year:
/// in the place of each of their characters stands a point.
pub(super) fn without(sentence: &str) -> String {
    let mut text: Vec<char> = sentence.chars().collect();
    let mut at = 0;
    while at < text.len() {
        let end = [documents, articles, amended, calls, places, letters]
            .iter()
            .find_map(|found| found(&text, at));
        match end {
            Some(end) => {
                text[at..end].fill(OUT);
                at = end;
            }
            None => at += 1,
        }
    }
    text.into_iter().collect()
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || numeral::digit(c).is_some() || "十百千○".contains(c)
}

/// Behind all characters from here on that are so, if there is one.
fn run(text: &[char], at: usize, is: impl Fn(char) -> bool) -> Option<usize> {
    let length = text.get(at..)?.iter().take_while(|c| is(**c)).count();
    (length > 0).then_some(at + length)
}

fn stands(text: &[char], at: usize, word: &str) -> bool {
    let mut rest = text.get(at..).unwrap_or_default().iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

/// 第711号; 〔2021〕30号, and 第30号 behind such a year.
fn documents(text: &[char], at: usize) -> Option<usize> {
    let mut from = at;
    let is_dated = "〔[［【(（".contains(text[at]);
    if is_dated {
        let end = run(text, at + 1, |c| c.is_ascii_digit()).filter(|end| *end == at + 5)?;
        text.get(end).filter(|c| "〕]］】)）".contains(**c))?;
        from = end + 1;
    }
    let is_placed = text.get(from) == Some(&'第');
    if !is_dated && !is_placed {
        return None;
    }
    let end = run(text, from + usize::from(is_placed), is_numeral)?;
    (text.get(end) == Some(&'号')).then_some(end + 1)
}

/// 第五十条, 第三款, 第（二）项; but 第一个, 第二次 are counted.
fn articles(text: &[char], at: usize) -> Option<usize> {
    if text[at] != '第' {
        return None;
    }
    let is_open = text.get(at + 1).is_some_and(|c| "(（".contains(*c));
    let end = run(text, at + 1 + usize::from(is_open), is_numeral)?;
    let is_closed = is_open && text.get(end).is_some_and(|c| ")）".contains(*c));
    let end = end + usize::from(is_closed);
    let is_one = text.get(end).is_some_and(|c| "条款项章节编目".contains(*c));
    (is_open == is_closed && is_one).then_some(end + 1)
}

/// 2019年修订, 2019年4月3日修订.
fn amended(text: &[char], at: usize) -> Option<usize> {
    let number = |at| run(text, at, |c: char| c.is_ascii_digit());
    let year = number(at).filter(|end| *end == at + 4 && text.get(*end) == Some(&'年'))?;
    let day = number(year + 1)
        .filter(|end| text.get(*end) == Some(&'月'))
        .and_then(|month| number(month + 1))
        .filter(|end| text.get(*end) == Some(&'日'));
    let end = day.unwrap_or(year) + 1;
    let is_one = ["修订", "修正", "第一次修", "第二次修"];
    is_one
        .iter()
        .any(|word| stands(text, end, word))
        .then_some(end)
}

/// A telephone: seven digits and more that no measure follows, or fewer behind the word
/// for one, or before the name of a line.
fn calls(text: &[char], at: usize) -> Option<usize> {
    if !text[at].is_ascii_digit() || (at > 0 && text[at - 1].is_ascii_digit()) {
        return None;
    }
    let is_part = |c: char| c.is_ascii_digit() || "-—－".contains(c);
    let end = run(text, at, is_part)?;
    let digits = text[at..end].iter().filter(|c| c.is_ascii_digit()).count();
    let measured = text.get(end).is_some_and(|c| MEASURES.contains(*c));
    let is_long = digits >= 7 && !measured;
    let is_line = digits >= 4 && LINES.iter().any(|word| stands(text, end, word));
    let before = text[..at].iter().rev();
    let before = before.skip_while(|c| ":：为是()（）、 ".contains(**c) || **c == OUT);
    let before: Vec<char> = before.take(4).copied().collect();
    let told = BEFORE.iter().any(|word| {
        let mut letters = word.chars().rev();
        let count = word.chars().count();
        before.len() >= count
            && before
                .iter()
                .take(count)
                .all(|c| letters.next() == Some(*c))
    });
    (is_long || is_line || (told && !measured)).then_some(end)
}

/// A house in a street, a room in it.
fn places(text: &[char], at: usize) -> Option<usize> {
    let end = run(text, at, |c| c.is_ascii_digit())?;
    if at > 0 && text[at - 1].is_ascii_digit() {
        return None;
    }
    let unit = text.get(end)?;
    let in_street = at > 0 && "路街道巷弄村院".contains(text[at - 1]);
    let is_one = match unit {
        '号' => in_street || text.get(end + 1).is_some_and(|c| "楼院".contains(*c)),
        '室' => true,
        _ => false,
    };
    is_one.then_some(end + 1)
}

/// Digits in a word of Latin letters: an address of the web, 5G.
fn letters(text: &[char], at: usize) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "./:_@?=&-#".contains(c);
    if at > 0 && is_part(text[at - 1]) {
        return None;
    }
    let end = run(text, at, is_part)?;
    let has = |is: fn(&char) -> bool| text[at..end].iter().any(is);
    (has(char::is_ascii_alphabetic) && has(char::is_ascii_digit)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_year_are_taken_out() {
        for text in [
            "《中华人民共和国政府信息公开条例》(国令第711号)",
            "国办公开办函〔2021〕30号",
            "国办发[2016]8号",
            "依据第五十条第(三)项",
            "依据第50条第二款",
            "条例(2019年修订)",
            "电话:0000-00000000。",
            "联系电话(000)8000000",
            "邮编:100000",
            "12345热线、12345政务服务便民热线",
            "地址:解放路12号305室",
            "网址http://www.example.gov.cn/col/col1234/",
            "采用5G网络",
        ] {
            let left = without(text);
            assert!(!left.contains(|c: char| c.is_ascii_digit()), "{left}");
            assert!(!left.contains('五') && !left.contains('三'), "{left}");
            assert_eq!(left.chars().count(), text.chars().count());
        }
    }

    #[test]
    fn numbers_that_count_stay() {
        for text in [
            "受理21件",
            "收取12345678元",
            "点击量1234567次",
            "3月5号召开",
            "第一次会议",
            "第2次培训",
            "第一个",
            "2019年7月施行",
            "受理热线300件",
            "召开全会3号文件起草会",
            "(2021)年",
            "道路12条",
            "占比12.5%",
        ] {
            assert_eq!(without(text), text);
        }
    }
}
