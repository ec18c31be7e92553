//! What an old report left in a new one: its year, another body, another form.
//!
//! **Never:** looks into 《》 or “”; takes a plan, a budget or a comparison for
//! residue.
//! Next: `sections`.

use std::ops::Range;

use super::context::Written;
use super::problem::{Problem, Site, quoted};
use super::prose::lexicon::Lexicon;
use super::prose::number::Unit;
use super::prose::{Paragraph, What, find, says};

use super::rule::{About, CUSTOM, FORM, Rule, Severity};
use crate::base::words::words;

pub(super) static R_YEAR: Rule = Rule {
    code: "R-YEAR",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("正文里有别的年份", "another year in the text"),
    says: &[words(
        "正文出现【{found}】，本报告是 {own}，是不是沿用旧稿",
        "\"{found}\" does not fit this report ({own})",
    )],
    next: words("改掉或写说明", "correct or explain it"),
    doc: words(
        "句首的年份应是报告年度；比较、预算决算、规划、文件名里的年份不算。",
        "A year that opens a statement is the report's; comparisons, budgets, plans and names of documents don't count.",
    ),
    about: About::Report,
};

pub(super) static R_BODY: Rule = Rule {
    code: "R-BODY",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("正文里有别的机关", "another body in the text"),
    says: &[words(
        "正文出现【{found}】，本报告是【{own}】，是不是沿用旧稿",
        "\"{found}\" does not fit this report ({own})",
    )],
    next: words("改掉或写说明", "correct or explain it"),
    doc: words(
        "同类机关、地名不同的，多半是从别处抄来的；书名号、引号里的不算。",
        "The name of a similar body elsewhere has probably been copied; names in 《》 and quotes don't count.",
    ),
    about: About::Report,
};

pub(super) static R_SELF: Rule = Rule {
    code: "R-SELF",
    severity: Severity::Warning,
    source: CUSTOM,
    title: words("自称与机关不符", "calls itself another kind of body"),
    says: &[words(
        "正文出现【{found}】，本报告是【{own}】，是不是沿用旧稿",
        "\"{found}\" does not fit this report ({own})",
    )],
    next: words("改掉或写说明", "correct or explain it"),
    doc: words(
        "局的报告里写【我镇】之类，多半是从别处抄来的。",
        "A bureau that writes 我镇 (our town) has probably copied it.",
    ),
    about: About::Report,
};

pub(super) static R_2019: Rule = Rule {
    code: "R-2019",
    severity: Severity::Info,
    source: FORM,
    title: words("2019 年格式的说法", "wording of the 2019 form"),
    says: &[words(
        "正文还有 2019 年格式的说法【{found}】",
        "Wording of the 2019 form: \"{found}\"",
    )],
    next: words("改成现行说法", "use the wording in force"),
    doc: words(
        "2021 年起格式里没有的项目，正文里也不该再写；一份报告只说一次。",
        "Items that the form dropped in 2021 need not be mentioned; said once per report.",
    ),
    about: About::Report,
};

/// Words that explain why a sentence names another year.
const COMPARED: &[&str] = &[
    "同比",
    "较",
    "比",
    "上年",
    "去年",
    "相比",
    "增长",
    "增加",
    "下降",
    "减少",
    "预算",
    "决算",
    "绩效",
    "结转",
    "规划",
    "计划",
    "以来",
    "起",
    "修订",
    "施行",
    "实施",
    "印发",
    "出台",
    "制定",
    "发布",
    "成立",
    "建成",
    "目标",
    "至今",
    "评估",
    "考核",
    "通报",
    "要点",
    "届",
    "会议",
    "改版",
    "上线",
    "持续",
    "连续",
    "首次",
    "年报",
    "年度报告",
    "工作报告",
    "审计",
    "财政",
    "项目",
    "遗留",
    "历年",
    "转入",
    "中止",
    "恢复",
    "第",
];

/// Words that speak of the year to come.
const AHEAD: &[&str] = &[
    "将",
    "下一步",
    "继续",
    "计划",
    "打算",
    "力争",
    "进一步",
    "结转",
    "顺延",
    "今后",
];

/// A year that is not the report's, said as if it were.
pub(super) fn year(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let Some(own) = written.head().year else {
        return;
    };
    let own_year = format!("{own}年");
    let form = written.form();
    for paragraph in written.paragraphs() {
        let key = form.section(paragraph.text).key;
        for (index, token) in paragraph.tokens.iter().enumerate() {
            let What::Year(found) = token.what else {
                continue;
            };
            if found == own || !(2000..2100).contains(&found) {
                continue;
            }
            let sentence = sentence_of(paragraph, index);
            let text = &paragraph.normalized[sentence.clone()];
            let before = &paragraph.normalized[sentence.start..token.start];
            let opens = before.is_empty()
                || before.len() <= 4 && says(before, &["截至", "截止", "在", "自", "从", "现将"])
                || matches!(before.last(), Some(',' | '、' | ';'))
                || says(&before[before.len().saturating_sub(2)..], &["截至", "截止"]);
            let next =
                &paragraph.normalized[token.after..paragraph.normalized.len().min(token.after + 4)];
            let dated = next.first().is_some_and(char::is_ascii_digit);
            // "2022年中止的1件" dates the thing, not what is reported of it.
            let piece =
                &paragraph.normalized[token.after..paragraph.normalized.len().min(token.after + 6)];
            let is_attribute = piece.first().is_some_and(|c| !"共全我本,、".contains(*c))
                && piece
                    .iter()
                    .take_while(|c| !",、。;:".contains(**c))
                    .any(|c| *c == '的');
            let allowed = is_attribute
                || says(text, COMPARED)
                || found == own + 1 && (key == "s5" || says(text, AHEAD) || dated)
                || found > own + 1
                || found + 4 < own
                || dated && !says(before, &["截至", "截止"]) && key != "preamble"
                || index > 0 && matches!(paragraph.tokens[index - 1].what, What::Year(_))
                || says(text, &[own_year.as_str()]);
            // A year is residue where it says what was counted, or until when.
            let counts = paragraph.tokens.iter().any(|token| {
                let inside = sentence.contains(&token.start);
                inside && matches!(token.what, What::Number(number) if number.unit != Unit::Bare)
            }) || says(text, &["截至", "截止", "全年", "本年"]);
            let allowed = allowed || !counts || says(text, &["今年"]);
            let named = key == "preamble"
                && found < own
                && says(text, &["年度报告", "年报", "统计期限", "统计期", "数据"])
                && !says(text, &["修订", "印发", "施行"]);
            if named || opens && !allowed {
                let range = paragraph.bytes(token.start..token.after);
                let args = vec![
                    ("found", format!("{found}年").into()),
                    ("own", format!("{own}年").into()),
                ];
                problems.push(Problem::new(rule, Site::Text(paragraph.text, range), args));
            }
        }
    }
}

fn sentence_of(paragraph: &Paragraph, index: usize) -> Range<usize> {
    paragraph
        .sentences()
        .into_iter()
        .find(|sentence| sentence.contains(&index))
        .map_or(0..paragraph.normalized.len(), |sentence| {
            paragraph.covered(&sentence)
        })
}

/// Levels of place, and of bodies that are named after one.
const LEVELS: &[&str] = &["省", "市", "区", "县", "旗", "镇", "乡", "街道"];

/// The last place in the name of a body, and what follows it: 西城区, 民政局.
fn place_of(body: &str) -> Option<(String, &'static str, String)> {
    let chars: Vec<char> = body.chars().filter(|c| !c.is_whitespace()).collect();
    (0..chars.len()).rev().find_map(|at| {
        let level = LEVELS
            .iter()
            .find(|level| super::prose::number::starts(&chars, at, level))?;
        let end = at + level.chars().count();
        let kind: String = chars[end..].iter().collect();
        let start = (0..at)
            .rev()
            .find(|before| "省市区县州旗镇乡".contains(chars[*before]) && at - before > 2)
            .map_or(0, |before| before + 1);
        let name: String = chars[start..at].iter().collect();
        let fits = (1..=6).contains(&name.chars().count()) && kind.chars().count() >= 2;
        fits.then_some((name, *level, kind))
    })
}

/// Characters that no name of a place holds, or that show where one begins.
const NO_NAME: &str = "我本各全该市省区县镇乡由与和及向在对经是的到为从请据并被让将按自以后前其他等同上下级两多个所有\u{1}，。、；：（）,;:()《》“”年月日";

/// The same kind of body of another place.
pub(super) fn body(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let own = &*written.body();
    let Some((name, level, kind)) = place_of(own) else {
        return;
    };
    let suffix = format!("{level}{kind}");
    for paragraph in written.paragraphs() {
        let text = &paragraph.normalized;
        let mut from = 0;
        while let Some(at) = find(&text[from..], &suffix) {
            let at = from + at;
            from = at + 1;
            let Some(start) = subject_before(text, at) else {
                continue;
            };
            let other: String = text[start..at].iter().collect();
            let same = name.contains(&other)
                || other.contains(&name)
                || other.ends_with(&short(&name))
                || own.contains(&other);
            if same || is_visited(text, start, at) {
                continue;
            }
            let range = paragraph.bytes(start..at + suffix.chars().count());
            let found = &written.text(paragraph.text)[range.clone()];
            let args = vec![
                ("found", quoted(found)),
                ("own", quoted(&written.head().body)),
            ];
            problems.push(Problem::new(rule, Site::Text(paragraph.text, range), args));
            break;
        }
    }
}

/// Where the name of a place before 县民政局 begins, if that stands as the subject:
/// first in its clause, or behind a city's name.
fn subject_before(text: &[char], at: usize) -> Option<usize> {
    /// Characters looked at: more than a name has.
    const LONGEST: usize = 6;
    /// Characters that the name of a place has.
    const NAME: std::ops::RangeInclusive<usize> = 2..=3;
    let is_of_name =
        |before: &usize| !NO_NAME.contains(text[*before]) && !text[*before].is_ascii_alphanumeric();
    let name = (at.saturating_sub(LONGEST)..at).rev();
    let start = name.take_while(is_of_name).last()?;
    let before = start.checked_sub(1).map_or('。', |before| text[before]);
    let is_subject = matches!(
        before,
        '。' | ',' | ';' | ':' | '!' | '?' | '、' | '市' | '州' | '盟' | '年'
    );
    (is_subject && NAME.contains(&(at - start))).then_some(start)
}

/// Whether a sentence says that one met the body, or handed something to it.
fn is_visited(text: &[char], start: usize, at: usize) -> bool {
    const WORDS: &[&str] = &[
        "借鉴", "考察", "交流", "联合", "会同", "转办", "移交", "协调",
    ];
    let sentence = &text[start.saturating_sub(30)..text.len().min(at + 30)];
    let before = start.checked_sub(1).map(|before| text[before]);
    says(sentence, WORDS) || matches!(before, Some('到' | '赴' | '向' | '与' | '由'))
}

fn short(name: &str) -> String {
    let count = name.chars().count();
    name.chars().skip(count.saturating_sub(2)).collect()
}

/// What a body calls itself, and words that only look so: 我局限.
const SELVES: &[(&str, &str, &str)] = &[
    ("局", "局", "限势面"),
    ("委", "委", "托派员"),
    ("厅", "厅", ""),
    ("镇", "镇", "静定"),
    ("乡", "乡", ""),
    ("街道", "街", ""),
    ("街", "街", ""),
    ("办", "办政街委", "理公事好结学复案法证件"),
    ("中心", "中心", ""),
    ("院", "院", ""),
    ("署", "署", ""),
    ("馆", "馆", ""),
    ("支队", "队", ""),
];

/// 我镇 in the report of a bureau.
pub(super) fn own_name(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    let body = &*written.body();
    if body.is_empty() {
        return;
    }
    for paragraph in written.paragraphs() {
        let text = &paragraph.normalized;
        let mut at = 0;
        while let Some(found) = find(&text[at..], "我") {
            let start = at + found;
            at = start + 1;
            let Some((word, of, not)) = SELVES
                .iter()
                .find(|(word, ..)| super::prose::number::starts(text, start + 1, word))
            else {
                continue;
            };
            let end = start + 1 + word.chars().count();
            let joined = text.get(end).is_some_and(|next| not.contains(*next))
                || start > 0 && matches!(text[start - 1], '自' | '忘');
            let fits = match *word {
                "中心" => body.contains("中心"),
                _ => body.contains(|c| of.contains(c)),
            };
            if fits || joined {
                continue;
            }
            let range = paragraph.bytes(start..end);
            let args = vec![
                (
                    "found",
                    quoted(&written.text(paragraph.text)[range.clone()]),
                ),
                ("own", quoted(&written.head().body)),
            ];
            problems.push(Problem::new(rule, Site::Text(paragraph.text, range), args));
            return;
        }
    }
}

/// Words that only the form of 2019 has.
const OF_2019: &[((), &str)] = &[(
    (),
    "对外公开总数量 本年新制作数量 本年新公开数量 新制作数量 上一年项目数量 \
     其他对外管理服务事项 采购项目数量 采购总金额 〔2019〕60号 [2019]60号 \
     行政机关主动公开政府信息 行政机关收到和处理政府信息公开申请 \
     因政府信息公开工作被申请行政复议、提起行政诉讼情况 因政府信息公开工作被申请行政复议和提起行政诉讼情况 \
     因政府信息公开工作被申请行政复议、行政诉讼情况 因政府信息公开工作被申请行政复议提起行政诉讼情况",
)];

/// Wording of the form before, one line a report.
pub(super) fn old_form(written: &Written, rule: &'static Rule, problems: &mut Vec<Problem>) {
    static LEXICON: Lexicon<()> = Lexicon::of(OF_2019);
    let form = written.form();
    if form.years.0 < 2021 {
        return;
    }
    for heading in written.headings() {
        let chars: Vec<char> = heading
            .text
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        if let (Some((at, (), len)), Some(text)) = (LEXICON.first(&chars), heading.section) {
            let found: String = chars[at..at + len].iter().collect();
            let site = Site::Section(text);
            problems.push(Problem::new(rule, site, vec![("found", quoted(&found))]));
            return;
        }
    }
    for paragraph in written.paragraphs() {
        let found = LEXICON.first(paragraph.chars()).filter(|(at, ..)| {
            // 没有因政府信息公开工作被申请…情况 is no name of a section.
            let before = &paragraph.chars()[at.saturating_sub(4)..*at];
            !says(before, &["没有", "未", "无"])
        });
        if let Some((at, (), len)) = found {
            let range = paragraph.bytes(at..at + len);
            let found = quoted(&written.text(paragraph.text)[range.clone()]);
            let site = Site::Text(paragraph.text, range);
            problems.push(Problem::new(rule, site, vec![("found", found)]));
            return;
        }
    }
}
