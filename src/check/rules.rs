//! Every check the program makes, declared once.
//!
//! Problems, `gouji check`, `gouji rules`, the README and the tests are derived
//! from [`RULES`]. Codes are those of published pages: they never change.
//!
//! **Never:** a code or a sentence of a rule written anywhere else.
//! Next: `tables`, `cells`, `head` for the code behind them.

use crate::base::words::{Words, words};
use crate::model::Report;

use super::beside::{self, Beside};
use super::judge::Blanks;
use super::problem::{Fix, Problem};
use super::texts::Written;
use super::{Check, cells, customs, facts, fees, head, residue, sections, tables};

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// A person should look at it; an explanation settles it.
    Warning,
    /// The form itself forbids it.
    Error,
}

impl Severity {
    /// All of them, gravest first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

    /// Its name in output and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }

    /// Its name on the screen.
    #[must_use]
    pub const fn name(self) -> Words {
        match self {
            Severity::Error => words("错误", "error"),
            Severity::Warning => words("提醒", "warning"),
            Severity::Info => words("提示", "info"),
        }
    }

    /// The sign that carries it without colour.
    #[must_use]
    pub const fn sign(self) -> char {
        match self {
            Severity::Error => '!',
            Severity::Warning => '?',
            Severity::Info => 'i',
        }
    }

    /// The severity with this name.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.key() == key)
    }
}

/// How a rule is tested.
#[derive(Clone, Copy)]
pub enum Test {
    /// The form's sums that name its code.
    Identities,
    /// A function over what is written in words: its answer stays while that stays.
    Words(WordsFn),
    /// A function over the report.
    Code(TestFn),
    /// A function over the report and those beside it.
    Beside(BesideFn),
}

type WordsFn = fn(&Written, &'static Rule, &mut Vec<Problem>);
type TestFn = fn(&Check, &'static Rule, &mut Vec<Problem>);
type BesideFn = fn(&Check, &Beside, &'static Rule, &mut Vec<Problem>);
type FixFn = fn(&Report, &Problem, Blanks) -> Option<Fix>;

/// A declared check.
pub struct Rule {
    /// Its identifier.
    pub code: &'static str,
    /// How grave its problems are.
    pub severity: Severity,
    /// What it rests on.
    pub source: &'static str,
    /// The flaw it names.
    pub title: Words,
    /// Its sentences; most rules have one.
    pub says: &'static [Words],
    /// What to do next.
    pub next: Words,
    /// Why it is checked, and how.
    pub doc: Words,
    /// How it is tested.
    pub test: Test,
    /// What mends it, where the form itself says what that is.
    pub fix: Option<FixFn>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rule({})", self.code)
    }
}

/// The rule with this code, in any case of letters.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .find(|rule| rule.code.eq_ignore_ascii_case(code))
}

const FORM: &str = "国办公开办函〔2021〕30号";
const CORNER: &str = "国办公开办函〔2021〕30号 表三注：本列数据的勾稽关系";
const STATUTE: &str = "政府信息公开条例第五十条";
const CUSTOM: &str = "通行做法";

const NEXT_BLANK: Words = words(
    "没有发生的填 0，不适用的填 /；F6 补上",
    "write 0 for nothing and / for not applicable; F6 fills them",
);
const NEXT_TOTALS: Words = words("F6 按相加填上", "F6 writes the sums");
const NEXT_EMPTY: Words = words(
    "全年没有发生的，各格填 0；用录入方式（Ctrl+U）按 + 一行一行补 0",
    "if nothing happened all year, write 0s: keying mode (Ctrl+U) and + fill a row at a time",
);
const BLANK_SAYS: &[Words] = &[words(
    "{table}有 {n} 格空着：没有发生的填 0，不适用的填 /",
    "{n} blank cells in {table}: 0 for nothing, / for not applicable",
)];
const BLANK_DOC: Words = words(
    "空格不等于 0：读的人分不清是没有发生还是漏填。核对时按 0 计。",
    "A blank is not a zero: a reader can't tell nothing from forgotten. It is judged as 0.",
);
const EMPTY_SAYS: &[Words] = &[words("{table}还没有填", "{table} is not filled in yet")];
const EMPTY_DOC: Words = words(
    "整张表一个数也没有；填了任何一格，就改按逐格检查。",
    "The table holds no number at all; once one cell is filled, cells are checked one by one.",
);
const TOTALS_DOC: Words = words(
    "印出来的总计空着就等于没有声明总数；相关的勾稽按各格相加核对。",
    "A blank total claims nothing; identities read it as the sum of its parts.",
);

const FEES: &str = "国办函〔2020〕109号";
const NEXT_EITHER: Words = words(
    "先定哪边对，再改一边；F6 改正文",
    "decide which side is right; F6 changes the text",
);
const TEXT_SAYS: Words = words(
    "正文写{phrase} {n} 件，{with}是 {v}，差 {d}",
    "Text: {phrase} {n}, {with} is {v}, off by {d}",
);
const TEXT_SAYS_ROW: Words = words(
    "正文写{phrase} {n} 件，{k} 行合计 {v}，{n} 只是【{row}】",
    "Text says {phrase} {n}, {k} rows add to {v}; {n} is only \"{row}\"",
);
const SAID_BESIDE: Words = words(
    "正文写【{said}】，{with}是 {v}",
    "Text says \"{said}\", {with} is {v}",
);

/// A number of the prose against the tables: all such rules work alike.
const fn prose(
    code: &'static str,
    severity: Severity,
    title: Words,
    says: &'static [Words],
    next: Words,
    doc: Words,
) -> Rule {
    Rule {
        code,
        severity,
        source: CUSTOM,
        title,
        says,
        next,
        doc,
        test: Test::Code(facts::differing),
        fix: Some(facts::correct),
    }
}

/// The same without a fix: no one number of the text is the wrong one.
const fn unmended(
    code: &'static str,
    severity: Severity,
    title: Words,
    says: &'static [Words],
    next: Words,
    doc: Words,
) -> Rule {
    Rule {
        fix: None,
        ..prose(code, severity, title, says, next, doc)
    }
}

/// All rules, in the order of the report.
pub static RULES: &[Rule] = &[
    Rule {
        code: "H-YEAR",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("年份缺失或不一致", "year missing or contradicted"),
        says: &[
            words(
                "标题写 {a} 年，统计期限写 {b} 年",
                "The title says {a}, the period says {b}",
            ),
            words("没有找到年份", "No year found"),
            words(
                "标题写 {a} 年，报告年度是 {b} 年",
                "The title says {a}, the report is for {b}",
            ),
        ],
        next: words("改标题或年份", "correct the title or the year"),
        doc: words(
            "标题、统计期限和报告年度应当是同一年；沿用旧稿时最容易漏改。",
            "Title, period and year must agree; a copied report often keeps an old one.",
        ),
        test: Test::Words(head::year),
        fix: None,
    },
    Rule {
        code: "H-BODY",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("没有机关名称", "no name of the body"),
        says: &[words("没有找到机关名称", "No name of the body found")],
        next: words("在表头填写", "fill it in"),
        doc: words(
            "标题一般是【机关名称 + 年份 + 政府信息公开工作年度报告】。",
            "A title is usually the body, the year and the words for annual report.",
        ),
        test: Test::Words(head::body),
        fix: None,
    },
    Rule {
        code: "H-FORM",
        severity: Severity::Warning,
        source: FORM,
        title: words("格式不是当年的", "not the form in force"),
        says: &[
            words(
                "{year} 年应当用 {due}，这份用的是 {used}",
                "Reports for {year} use the {due}; this one uses the {used}",
            ),
            words(
                "表三的【{group}】只有一行有数，像是按旧格式印成了一行",
                "Only one row of \"{group}\" holds numbers, as if printed as one row like before",
            ),
        ],
        next: words(
            "按当年的格式重报；gouji convert --form 换格式",
            "report on the form in force; gouji convert --form changes it",
        ),
        doc: words(
            "2019、2020 年用 2019 年格式，2021 年起用 2021 年格式，其中（六）其他处理分三行填。",
            "2019 and 2020 use the form of 2019, later years that of 2021, which has three rows in (6).",
        ),
        test: Test::Code(head::form),
        fix: None,
    },
    Rule {
        code: "S-MISSING",
        severity: Severity::Warning,
        source: STATUTE,
        title: words("缺少一个部分", "section missing"),
        says: &[words(
            "没有第{k}部分【{title}】",
            "Section {k} is missing: \"{title}\"",
        )],
        next: words(
            "F6 补上标题，再写内容",
            "F6 adds the heading; then write it",
        ),
        doc: words(
            "格式规定年度报告由六个部分组成，次序固定。",
            "The form has six sections in a fixed order.",
        ),
        test: Test::Words(head::missing),
        fix: Some(head::add_heading),
    },
    Rule {
        code: "S-ORDER",
        severity: Severity::Warning,
        source: FORM,
        title: words("部分次序不对", "sections out of order"),
        says: &[words("第{k}部分的位置不对", "Section {k} is out of order")],
        next: words("按一到六的顺序排", "put the sections in order, 1 to 6"),
        doc: words(
            "六个部分的次序由格式规定；同一部分出现两次也算。",
            "The form fixes the order of the six sections; a section found twice counts too.",
        ),
        test: Test::Words(head::order),
        fix: None,
    },
    Rule {
        code: "S-HEADING",
        severity: Severity::Warning,
        source: FORM,
        title: words("标题序号缺失或不对", "heading without its number"),
        says: &[words(
            "第{k}部分标题{fault}【{no}】",
            "Heading {k} {fault} \"{no}\"",
        )],
        next: words("F6 补上", "F6 puts it"),
        doc: words(
            "标题保持原样读入，序号丢了或重新起算都会提醒。",
            "Headings are kept as found; a lost or restarted number is a warning.",
        ),
        test: Test::Words(head::heading),
        fix: Some(head::number_heading),
    },
    Rule {
        code: "T2-BLANK",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("表二有空格", "blank cells in table 2"),
        says: BLANK_SAYS,
        next: NEXT_BLANK,
        doc: BLANK_DOC,
        test: Test::Code(tables::blank),
        fix: Some(tables::fill_zeros),
    },
    Rule {
        code: "T2-EMPTY",
        severity: Severity::Warning,
        source: STATUTE,
        title: words("表二没有填", "table 2 not filled in"),
        says: EMPTY_SAYS,
        next: NEXT_EMPTY,
        doc: EMPTY_DOC,
        test: Test::Code(tables::empty),
        fix: None,
    },
    Rule {
        code: "T3-COLSUM",
        severity: Severity::Error,
        source: FORM,
        title: words("各项结果与总计不符", "results do not add up to the total"),
        says: &[words(
            "{table} {line}列：各项结果相加 {sum}，（七）总计写 {total}，{off} {d}",
            "{table} {line}: results add to {sum}, (7) says {total}, {d} {off}",
        )],
        next: words(
            "核对本列各项结果或（七）；F6 看建议",
            "check the results of this column, or (7); F6 suggests",
        ),
        doc: words(
            "每一列里，（一）到（六）各项结果相加应等于（七）总计。一列多、一列少同样的数，多半是一件归错了申请人类别。",
            "In every column the results (1) to (6) add up to (7). Equal and opposite gaps in two columns mostly mean a case counted under the wrong kind of applicant.",
        ),
        test: Test::Identities,
        fix: None,
    },
    Rule {
        code: "T3-BALANCE",
        severity: Severity::Error,
        source: CORNER,
        title: words("收办不平", "received and closed do not balance"),
        says: &[words(
            "{table} {line}列不平：一+二 = {left}，（七）+四 = {right}，差 {d}",
            "{table} {line}: 1+2 = {left} but (7)+4 = {right}, off by {d}",
        )],
        next: words(
            "先对新收、结转，再对总计",
            "check received and carried over first, then the total",
        ),
        doc: words(
            "表三印着的勾稽关系：第一项加第二项之和，等于第三项加第四项之和，每一列都要平。",
            "The identity printed in the form: items 1 and 2 equal items 3 and 4, in every column.",
        ),
        test: Test::Identities,
        fix: None,
    },
    Rule {
        code: "T3-ROWSUM",
        severity: Severity::Error,
        source: FORM,
        title: words(
            "六类申请人与总计不符",
            "applicants do not add up to the total",
        ),
        says: &[words(
            "{table}【{line}】行：六类申请人相加 {sum}，总计写 {total}，{off} {d}",
            "{table} row {line}: six kinds add to {sum}, total says {total}, {d} {off}",
        )],
        next: words("改一类或改总计", "correct one kind, or the total"),
        doc: words(
            "每一行里，自然人加五类法人或其他组织应等于总计。",
            "In every row natural persons and the five kinds of organisations add up to the total.",
        ),
        test: Test::Identities,
        fix: None,
    },
    Rule {
        code: "T3-MISCLASS",
        severity: Severity::Info,
        source: FORM,
        title: words(
            "可能归错了申请人类别",
            "maybe under the wrong kind of applicant",
        ),
        says: &[words(
            "可能有 {k} 件归错了列：{over}多 {k}，{under}少 {k}，疑在 {n} 行之一",
            "{k} case(s) may sit under the wrong kind: {over} has {k} too many, {under} {k} too few; one of {n} rows",
        )],
        next: words(
            "查台账中申请人是哪一类，程序判断不了",
            "look up the applicant's kind: the program can't tell",
        ),
        doc: words(
            "两列的各项结果一多一少、数目相同，而每一行都平，是一件归错类别的样子；和这两列的问题合看。",
            "Equal and opposite gaps in two columns while all rows hold look like cases under the wrong kind; read it with the two columns.",
        ),
        test: Test::Code(tables::misclass),
        fix: None,
    },
    Rule {
        code: "T3-TOTALS",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("表三总计空着", "blank totals in table 3"),
        says: &[words(
            "{table}有 {n} 个总计格空着，对应的勾稽按相加核对",
            "{n} totals of {table} are blank; their sums are used",
        )],
        next: NEXT_TOTALS,
        doc: TOTALS_DOC,
        test: Test::Code(tables::totals),
        fix: Some(tables::write_totals),
    },
    Rule {
        code: "T3-BLANK",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("表三有空格", "blank cells in table 3"),
        says: BLANK_SAYS,
        next: NEXT_BLANK,
        doc: BLANK_DOC,
        test: Test::Code(tables::blank),
        fix: Some(tables::fill_zeros),
    },
    Rule {
        code: "T3-EMPTY",
        severity: Severity::Warning,
        source: STATUTE,
        title: words("表三没有填", "table 3 not filled in"),
        says: EMPTY_SAYS,
        next: NEXT_EMPTY,
        doc: EMPTY_DOC,
        test: Test::Code(tables::empty),
        fix: None,
    },
    Rule {
        code: "T4-SUM",
        severity: Severity::Error,
        source: FORM,
        title: words("四种结果与总计不符", "outcomes do not add up to the total"),
        says: &[words(
            "{table} {line}：四种结果相加 {sum}，总计写 {total}，{off} {d}",
            "{table} {line}: four outcomes add to {sum}, total says {total}, {d} {off}",
        )],
        next: words(
            "当年未审结的计入尚未审结",
            "cases not decided in the year count as pending",
        ),
        doc: words(
            "维持、纠正、其他结果、尚未审结四种相加应等于总计。",
            "Upheld, corrected, other and pending add up to the total.",
        ),
        test: Test::Identities,
        fix: None,
    },
    Rule {
        code: "T4-TOTALS",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("表四总计空着", "blank totals in table 4"),
        says: &[words(
            "{table}有 {n} 个总计格空着",
            "{n} totals of {table} are blank",
        )],
        next: NEXT_TOTALS,
        doc: TOTALS_DOC,
        test: Test::Code(tables::totals),
        fix: Some(tables::write_totals),
    },
    Rule {
        code: "T4-BLANK",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("表四有空格", "blank cells in table 4"),
        says: BLANK_SAYS,
        next: NEXT_BLANK,
        doc: BLANK_DOC,
        test: Test::Code(tables::blank),
        fix: Some(tables::fill_zeros),
    },
    Rule {
        code: "T4-EMPTY",
        severity: Severity::Warning,
        source: STATUTE,
        title: words("表四没有填", "table 4 not filled in"),
        says: EMPTY_SAYS,
        next: NEXT_EMPTY,
        doc: EMPTY_DOC,
        test: Test::Code(tables::empty),
        fix: None,
    },
    Rule {
        code: "CELL-RAW",
        severity: Severity::Error,
        source: FORM,
        title: words("不是数", "not a number"),
        says: &[words(
            "{cell} 写的是【{raw}】，不是一个数",
            "{cell}: \"{raw}\" is not a number",
        )],
        next: words("按原稿重打", "type it again from the paper"),
        doc: words(
            "读不成一个数的内容原样保留，所在的勾稽暂不核对。",
            "What can't be read as one number is kept as typed; its sums stay open.",
        ),
        test: Test::Code(cells::raw),
        fix: None,
    },
    Rule {
        code: "CELL-NEGATIVE",
        severity: Severity::Error,
        source: FORM,
        title: words("负数", "below zero"),
        says: &[words(
            "{cell} 写的是 {raw}，件数不能是{what}",
            "{cell}: a count cannot be {what}, found {raw}",
        )],
        next: words("按原稿重打", "type it again from the paper"),
        doc: words(
            "件数不会小于 0；勾稽按写的数核对。",
            "A count is never below 0; sums use it as written.",
        ),
        test: Test::Code(cells::negative),
        fix: None,
    },
    Rule {
        code: "CELL-FRACTION",
        severity: Severity::Error,
        source: FORM,
        title: words("小数", "not whole"),
        says: &[words(
            "{cell} 写的是 {raw}，件数不能是{what}",
            "{cell}: a count cannot be {what}, found {raw}",
        )],
        next: words("按原稿重打", "type it again from the paper"),
        doc: words(
            "件数是整数；所在的勾稽暂不核对。",
            "A count is whole; its sums stay open.",
        ),
        test: Test::Code(cells::fraction),
        fix: None,
    },
    Rule {
        code: "CELL-WORDS",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("数字带着文字", "words beside a number"),
        says: &[words(
            "{cell} 写的是【{raw}】，按 {v} 计，请确认",
            "{cell}: \"{raw}\" read as {v}, please confirm",
        )],
        next: words("数字以外的话移到正文", "move the words into the text"),
        doc: words(
            "单位、括注等和数字写在一起的，按其中的数计，原文保留。",
            "A number with a unit or words counts as the number; its text is kept.",
        ),
        test: Test::Code(cells::worded),
        fix: None,
    },
    Rule {
        code: "CELL-LETTER",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("字母当作数字", "letter for a digit"),
        says: &[words(
            "{cell} 写的是【{raw}】，字母当作数字读成 {v}，请确认",
            "{cell}: \"{raw}\" read as {v}, please confirm",
        )],
        next: words("按原稿重打", "type it again from the paper"),
        doc: words(
            "O 读作 0，l 读作 1，但要请人确认。",
            "O is read as 0 and l as 1, for a person to confirm.",
        ),
        test: Test::Code(cells::lettered),
        fix: None,
    },
    Rule {
        code: "CELL-NIL",
        severity: Severity::Info,
        source: CUSTOM,
        title: words("不适用", "not applicable"),
        says: &[words(
            "{cell} 写的是【{raw}】，按 0 计",
            "{cell}: \"{raw}\" counts as 0",
        )],
        next: words("不适用的可以保留", "may stay where not applicable"),
        doc: words(
            "/、-、—、_、无 都按 0 计，原样保留。",
            "/, -, —, _ and 无 count as 0 and are kept.",
        ),
        test: Test::Code(cells::nil),
        fix: None,
    },
    Rule {
        code: "IN-TABLE",
        severity: Severity::Error,
        source: CUSTOM,
        title: words("有一张表没有读出来", "a table that was not read"),
        says: &[words(
            "原文有{table}，没有读出来：{what}",
            "{table} stands in the source but was not read: {what}",
        )],
        next: words(
            "对照原文填上，或把表格复制过来粘贴",
            "type it in, or copy the table and paste it",
        ),
        doc: words(
            "原文的表是图片、嵌入的文件、网页框，或者读不出一个数：这不是没有填。填上一格就不再提。",
            "The table is a picture, an embedded file or a frame, or none of its numbers could be read: that is not \"not filled in\". Gone when one of its cells is typed.",
        ),
        test: Test::Code(cells::unread),
        fix: None,
    },
    Rule {
        code: "IN-UNPLACED",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("有内容没有找到位置", "pieces without a place"),
        says: &[words(
            "原文表格里有 {n} 处没有找到位置，如【{text}】",
            "{n} pieces of tables found no cell, e.g. \"{text}\"",
        )],
        next: words("看原文，手工填上", "look at the source and type them in"),
        doc: words(
            "读入时放不进任何一格的内容逐条列出，从不猜成数字。",
            "What the reader could not place is listed and never guessed into a number.",
        ),
        test: Test::Code(cells::unplaced),
        fix: None,
    },
    Rule {
        code: "S-ITEMS",
        severity: Severity::Info,
        source: FORM,
        title: words("总体情况缺项", "items missing in section 1"),
        says: &[
            words(
                "总体情况缺【{missing}】，有【{extra}】",
                "Section 1 lacks {missing}, has {extra}",
            ),
            words("总体情况缺【{missing}】", "Section 1 lacks {missing}"),
        ],
        next: words("按五项写", "write the five items"),
        doc: words(
            "总体情况写主动公开、依申请公开、政府信息管理、平台建设、监督保障五项；有小标题的看小标题，没有的看正文。",
            "Section 1 covers five items; they are looked for in its headings, or in its words if it has none.",
        ),
        test: Test::Words(sections::items),
        fix: None,
    },
    Rule {
        code: "S-PARTS",
        severity: Severity::Info,
        source: CUSTOM,
        title: words("部分数与所列不符", "parts announced and listed differ"),
        says: &[words(
            "前言说由 {n} 部分组成，列出 {m} 个",
            "{n} parts announced, {m} listed",
        )],
        next: words("改前言", "correct the preamble"),
        doc: words(
            "前言说的部分数应与列出的名称一致；没有列出的，与各部分标题一致。",
            "The number of parts announced equals the names listed, or the headings where none are listed.",
        ),
        test: Test::Words(sections::parts),
        fix: None,
    },
    Rule {
        code: "S-LENGTH",
        severity: Severity::Info,
        source: CUSTOM,
        title: words("总体情况过长", "section 1 too long"),
        says: &[words(
            "总体情况 {n} 字，通行要求不超过 {max} 字",
            "Section 1 has {n} characters, at most {max} are usual",
        )],
        next: words("删减", "shorten it"),
        doc: words(
            "格式没有规定字数；不少地方要求总体情况在 1000 字以内，不计空白。2019 年格式的报告不看。",
            "The form sets no length; many places ask for at most 1,000 characters, spaces not counted. Reports on the form of 2019 are left alone.",
        ),
        test: Test::Code(sections::length),
        fix: None,
    },
    Rule {
        code: "S-EMPTY",
        severity: Severity::Warning,
        source: FORM,
        title: words("部分没有内容", "section next to empty"),
        says: &[
            words(
                "第{k}部分只写了【{text}】",
                "Section {k} says only \"{text}\"",
            ),
            words("第{k}部分没有内容", "Section {k} is empty"),
        ],
        next: words("写实际情况", "write what was the case"),
        doc: words(
            "第一、五、六部分没有内容，或只写【无】【略】，等于没有报告；五、六只是提示，还在录入的报告不说。",
            "Sections 1, 5 and 6 without text, or with next to nothing, report nothing; 5 and 6 are an info, and a report being keyed is left alone.",
        ),
        test: Test::Code(sections::empty),
        fix: None,
    },
    Rule {
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
        test: Test::Words(residue::year),
        fix: None,
    },
    Rule {
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
            "The same kind of body of another place was mostly copied; names in 《》 and quotes don't count.",
        ),
        test: Test::Words(residue::body),
        fix: None,
    },
    Rule {
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
            "A bureau that writes 我镇 mostly copied it.",
        ),
        test: Test::Words(residue::own_name),
        fix: None,
    },
    Rule {
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
            "Items that the form dropped in 2021 need no mention; said once a report.",
        ),
        test: Test::Words(residue::old_form),
        fix: None,
    },
    Rule {
        code: "R-BLANK",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("没有填的模板", "a template left unfilled"),
        says: &[words(
            "【{found}】像是没有填的模板",
            "\"{found}\" looks like a template left unfilled",
        )],
        next: words("填上数字，或删去", "put the number, or take it out"),
        doc: words(
            "模板里要人填的地方还在：XX件、____件、（ ）件、请根据实际情况填写。",
            "A place of the template that was to be filled in still stands there.",
        ),
        test: Test::Words(sections::leftovers),
        fix: None,
    },
    Rule {
        code: "R-GAP",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("漏写数字", "number left out"),
        says: &[words(
            "【{found}】前面少了数字",
            "A number is missing before \"{found}\"",
        )],
        next: words("补上数字", "put the number"),
        doc: words(
            "模板里留空的地方没有填：【公开条】【收到件】。",
            "A gap of the template was not filled in.",
        ),
        test: Test::Words(sections::gap),
        fix: None,
    },
    Rule {
        test: Test::Code(facts::of_received),
        ..prose(
            "N1",
            Severity::Warning,
            words("受理数对不上", "received differs from the table"),
            &[words(
                "正文写受理申请 {n} 件，表三新收 {a}、新收加结转 {b}，都对不上",
                "Text says {n} received, table {a} or {b}",
            )],
            NEXT_EITHER,
            words(
                "受理、收到的件数应等于表三新收，或新收加上年结转；两种口径都认。",
                "Received equals item 1 of table 3, or items 1 and 2; both readings are accepted.",
            ),
        )
    },
    Rule {
        test: Test::Code(facts::of_received),
        ..unmended(
            "N1-SCOPE",
            Severity::Info,
            words("受理数口径不同", "received of another scope"),
            &[words(
                "正文写{subject} {n} 件，表三新收 {a}，口径是否不同",
                "Text says {subject} {n}, table {a}: another scope?",
            )],
            words("写明口径", "say what is counted"),
            words(
                "正文只说其中一部分单位，件数比表三少；写明口径，读的人才不会误会。",
                "The text speaks of a part of the body only; say so.",
            ),
        )
    },
    prose(
        "N2",
        Severity::Warning,
        words("上年结转对不上", "carried in differs from the table"),
        &[TEXT_SAYS],
        NEXT_EITHER,
        words(
            "上年结转的件数应等于表三第二项。",
            "What was carried in equals item 2 of table 3.",
        ),
    ),
    prose(
        "N3",
        Severity::Warning,
        words("办结数对不上", "closed differs from the table"),
        &[TEXT_SAYS],
        NEXT_EITHER,
        words(
            "答复、办结的件数应等于表三（七）总计。",
            "What was answered or closed equals (7) of table 3.",
        ),
    ),
    prose(
        "N4",
        Severity::Warning,
        words("结转下年对不上", "carried out differs from the table"),
        &[TEXT_SAYS],
        NEXT_EITHER,
        words(
            "结转、顺延的件数应等于表三第四项。",
            "What is carried over equals item 4 of table 3.",
        ),
    ),
    prose(
        "N5",
        Severity::Warning,
        words(
            "予以公开、部分公开对不上",
            "granted: differs from the table",
        ),
        &[TEXT_SAYS, TEXT_SAYS_ROW],
        words(
            "是否只写了其中一行；F6 改正文",
            "only one of the rows? F6 changes the text",
        ),
        words(
            "正文的小计应等于表三这几行相加。",
            "A subtotal of the text equals the sum of its rows in table 3.",
        ),
    ),
    prose(
        "N6",
        Severity::Warning,
        words("不予公开对不上", "refused: differs from the table"),
        &[TEXT_SAYS, TEXT_SAYS_ROW],
        words(
            "是否只写了其中一行；F6 改正文",
            "only one of the rows? F6 changes the text",
        ),
        words(
            "正文的小计应等于表三这几行相加。",
            "A subtotal of the text equals the sum of its rows in table 3.",
        ),
    ),
    prose(
        "N7",
        Severity::Warning,
        words(
            "无法提供、不予处理、其他处理对不上",
            "unable, not processed, otherwise closed: differs from the table",
        ),
        &[TEXT_SAYS, TEXT_SAYS_ROW],
        words(
            "是否只写了其中一行；F6 改正文",
            "only one of the rows? F6 changes the text",
        ),
        words(
            "正文的小计应等于表三这几行相加。",
            "A subtotal of the text equals the sum of its rows in table 3.",
        ),
    ),
    prose(
        "N8",
        Severity::Warning,
        words("单项结果对不上", "a single outcome differs from the table"),
        &[TEXT_SAYS],
        NEXT_EITHER,
        words(
            "正文写到某一项结果的，应等于表三那一行。",
            "An outcome named in the text equals its row of table 3.",
        ),
    ),
    prose(
        "N9",
        Severity::Warning,
        words(
            "申请人类别对不上",
            "kind of applicant differs from the table",
        ),
        &[TEXT_SAYS],
        NEXT_EITHER,
        words(
            "自然人、法人或其他组织的件数应等于表三第一项相应的列，含结转的也认。",
            "Kinds of applicants equal their columns of item 1, with or without what was carried in.",
        ),
    ),
    Rule {
        test: Test::Code(facts::of_channels),
        ..unmended(
            "N10",
            Severity::Info,
            words("渠道相加对不上", "channels do not add up"),
            &[words(
                "正文各渠道相加 {n}，表三新收 {a}、办结 {p}",
                "Channels add to {n}, table {a} received, {p} closed",
            )],
            words("看是否漏了渠道", "was a channel left out?"),
            words(
                "网上、信函、当面等相加，应等于收到的或答复的。",
                "The ways requests came in add up to what came in or was answered.",
            ),
        )
    },
    prose(
        "N11",
        Severity::Warning,
        words("行政复议对不上", "reviews differ from the table"),
        &[SAID_BESIDE],
        words(
            "核对复议决定；F6 改正文",
            "check the decisions; F6 changes the text",
        ),
        words(
            "行政复议及其结果应等于表四；【均维持】是说都维持。",
            "Reviews and their outcomes equal table 4; 均维持 means all of them.",
        ),
    ),
    prose(
        "N12",
        Severity::Warning,
        words("行政诉讼对不上", "suits differ from the table"),
        &[SAID_BESIDE],
        words(
            "核对判决；F6 改正文",
            "check the judgments; F6 changes the text",
        ),
        words(
            "行政诉讼等于表四两类之和，也认其中一类。",
            "Suits equal both kinds of table 4 together, or one of them.",
        ),
    ),
    unmended(
        "N13",
        Severity::Warning,
        words("正文写没有复议诉讼", "text says no disputes"),
        &[SAID_BESIDE],
        words("核对复议、诉讼台账", "check the register of disputes"),
        words(
            "写没有发生行政复议、行政诉讼的，表四应是 0。",
            "Where the text says there were none, table 4 holds 0.",
        ),
    ),
    unmended(
        "N14",
        Severity::Warning,
        words("正文写没有申请", "text says no requests"),
        &[words(
            "正文写没有收到申请，表三新收 {v} 件",
            "Text says no requests, table {v}",
        )],
        words("先定哪边对，再改一边", "decide which side is right"),
        words(
            "写没有收到申请的，表三新收应是 0。",
            "Where the text says none came in, item 1 of table 3 is 0.",
        ),
    ),
    prose(
        "N15",
        Severity::Info,
        words("规范性文件对不上", "documents differ from the table"),
        &[words(
            "正文写{phrase} {n}，{with}是 {v}",
            "Text says {phrase} {n}, {with} is {v}",
        )],
        words(
            "口径不同的写说明；F6 改正文",
            "explain another scope; F6 changes the text",
        ),
        words(
            "制发、废止、现行有效的件数与表二比较；刊登、解读、备案的不算。",
            "Documents made, repealed, in force equal table 2; published or interpreted ones don't count.",
        ),
    ),
    prose(
        "N16",
        Severity::Info,
        words(
            "许可、处罚、收费对不上",
            "decisions or charges differ from the table",
        ),
        &[words(
            "正文写{phrase} {n}，{with}是 {v}",
            "Text says {phrase} {n}, {with} is {v}",
        )],
        words(
            "口径不同的写说明；F6 改正文",
            "explain another scope; F6 changes the text",
        ),
        words(
            "行政许可、行政处罚、行政强制、行政事业性收费与表二比较。",
            "Licences, penalties, coercion and charges equal table 2.",
        ),
    ),
    prose(
        "N18",
        Severity::Info,
        words("百分比不对", "wrong percentage"),
        &[words(
            "正文写占 {n}%，{with} 算出来是 {v}%",
            "Text says {n}%, {with} makes {v}%",
        )],
        words(
            "改百分比或件数；F6 改正文",
            "correct the share or the number; F6 changes the text",
        ),
        words(
            "件数后面的百分比按最近的总数重算，四舍五入和截尾都认。",
            "A share is computed anew from the nearest total; rounded and cut are both accepted.",
        ),
    ),
    prose(
        "N-SUM",
        Severity::Warning,
        words("各项结果与总数不符", "outcomes do not add up in the text"),
        &[words(
            "正文各项结果相加 {v}，前面写{phrase} {n}，差 {d}",
            "Outcomes named add to {v}, stated {phrase} {n}, off by {d}",
        )],
        words("看是否漏写一项", "was one left out?"),
        words(
            "正文自己列全的各项，相加应等于前面写的总数。",
            "Parts that the text lists in full add up to its own total.",
        ),
    ),
    prose(
        "N-PARTS",
        Severity::Info,
        words("分项与总数不符", "parts do not add up in the text"),
        &[words(
            "正文分项相加 {v}，前面写{phrase} {n}，差 {d}",
            "Parts add to {v}, stated {phrase} {n}, off by {d}",
        )],
        words("改分项或改总数", "correct a part or the total"),
        words(
            "【其中】后面的分项相加应等于总数；约数和【其中含】不算。",
            "Parts after 其中 add up to their total; rough numbers don't count.",
        ),
    ),
    unmended(
        "N22",
        Severity::Warning,
        words("写全部办结却有结转", "all closed, yet some carried over"),
        &[words(
            "正文写【{said}】，表三却有 {v} 件结转下年",
            "Text says \"{said}\", {v} carried over",
        )],
        words("改正文", "correct the text"),
        words(
            "写全部办结的，表三第四项应是 0；【均在法定期限内答复】不算。",
            "Where all are said to be closed, item 4 is 0; answered in time is another thing.",
        ),
    ),
    Rule {
        code: "X-CARRY",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words(
            "上年结转与去年的报告不符",
            "carried in differs from last year",
        ),
        says: &[words(
            "上年结转 {col}写 {v}，去年报告的结转下年是 {w}，差 {d}",
            "{col}: carried in {v}, last year carried out {w}",
        )],
        next: words(
            "F6 改成去年的数；去年更正过的按 F7 说明",
            "F6 takes last year's number; F7 explains a correction",
        ),
        doc: words(
            "今年的上年结转就是去年的结转下年，七列都应相同。",
            "What was carried in is what last year carried out, in all seven columns.",
        ),
        test: Test::Beside(beside::carry),
        fix: Some(beside::take),
    },
    Rule {
        code: "X-NORMDOC",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words(
            "现行有效与去年接不上",
            "in force does not follow from last year",
        ),
        says: &[words(
            "【{kind}】去年有效 {p} + 制发 {i} - 废止 {r} = {e}，今年写 {now}，差 {d}",
            "{kind}: {p}+{i}-{r} = {e}, report says {now}",
        )],
        next: words("清理、移交的写说明", "explain a review or a transfer"),
        doc: words(
            "去年现行有效，加上今年制发，减去今年废止，就是今年现行有效；清理、移交会不同。",
            "Last year's number in force, what was issued and what was repealed make this year's; reviews and transfers differ.",
        ),
        test: Test::Beside(beside::documents),
        fix: None,
    },
    Rule {
        code: "X-COPY",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("与去年完全相同", "the same as last year"),
        says: &[words(
            "表三、表四的 {n} 个非零数与去年完全相同，请核对",
            "All {n} non-zero figures equal last year's",
        )],
        next: words("确属相同的写说明", "explain it if it is so"),
        doc: words(
            "两年的申请和复议诉讼一个数也不差，多半是沿用了去年的表。",
            "Two years without any difference are mostly a copied table.",
        ),
        test: Test::Beside(beside::copy),
        fix: None,
    },
    Rule {
        code: "X-JUMP",
        severity: Severity::Info,
        source: CUSTOM,
        title: words("与去年相差很大", "far from last year"),
        says: &[words(
            "{cell}：去年 {p}，今年 {now}，变化大，请确认",
            "{cell}: {p} -> {now}",
        )],
        next: words("按台账确认", "confirm it by the records"),
        doc: words(
            "十倍以上或十分之一以下，而且相差 20 以上的格；总计随着其中一格变的不另说。",
            "Cells ten times or a tenth of last year's, and 20 or more apart; totals that follow a cell are not said again.",
        ),
        test: Test::Beside(beside::jump),
        fix: None,
    },
    Rule {
        code: "X-T4-PENDING",
        severity: Severity::Info,
        source: CUSTOM,
        title: words(
            "去年未审结的没有计入",
            "last year's pending cases are missing",
        ),
        says: &[words(
            "表四 {line}：去年尚未审结 {p} 件，今年总计只有 {now} 件",
            "Table 4 {line}: {p} pending last year, only {now} in all this year",
        )],
        next: words(
            "核对去年未审结的案件今年的结果",
            "look up what became of them",
        ),
        doc: words(
            "上年的案件今年审结的也计入今年；口径不同的写说明。",
            "Cases of last year that were decided this year count in it.",
        ),
        test: Test::Beside(beside::pending),
        fix: None,
    },
    Rule {
        code: "X-TEXT",
        severity: Severity::Info,
        source: CUSTOM,
        title: words(
            "与上年的比较对不上",
            "the comparison with last year differs",
        ),
        says: &[words(
            "正文写{phrase} {n}，{with}，去年的报告是 {v}",
            "Text: {phrase} {n}, {with}; last year's report has {v}",
        )],
        next: words("核对去年的数", "check last year's number"),
        doc: words(
            "正文里的比上年多几件、同比增长百分之几，按去年的报告重算；两种受理口径都认。",
            "More or fewer than last year, computed anew from its report; either way of counting is accepted.",
        ),
        test: Test::Code(facts::differing),
        fix: None,
    },
    Rule {
        code: "H-SUM",
        severity: Severity::Info,
        source: CUSTOM,
        title: words("与各部分相加不符", "differs from the sum of its parts"),
        says: &[words(
            "{cell}：{n} 份相加 {sum}，本报告写 {now}，差 {d}",
            "{cell}: the {n} parts add to {sum}, the report says {now}",
        )],
        next: words(
            "看是否漏了单位，或重复计算",
            "is a part missing, or counted twice?",
        ),
        doc: words(
            "汇总的报告每一格等于各单位相加；总计随着其中一格差的不另说。",
            "Every cell of a report that sums others is their sum; totals that follow a cell are not said again.",
        ),
        test: Test::Beside(beside::sums),
        fix: None,
    },
    Rule {
        code: "X-NORMDOC-MIN",
        severity: Severity::Warning,
        source: CUSTOM,
        title: words("现行有效少于制发", "fewer in force than made"),
        says: &[words(
            "【{kind}】本年制发 {i}、废止 {r}，现行有效却写 {now}",
            "{kind}: issued {i}, repealed {r}, in force only {now}",
        )],
        next: words("补现行有效件数", "correct the number in force"),
        doc: words(
            "当年制发的没有废止就仍然有效：现行有效加废止不会少于制发。",
            "What was made and not repealed is in force: in force and repealed are not less than made.",
        ),
        test: Test::Code(customs::stock),
        fix: None,
    },
    Rule {
        code: "C-RULES",
        severity: Severity::Info,
        source: CUSTOM,
        title: words("规章不该有数", "rules of a body that makes none"),
        says: &[words(
            "规章写了 {n} 件：县区部门和乡镇一般没有规章制定权，是不是填错行",
            "{n} rules: this kind of body normally makes none",
        )],
        next: words(
            "改填行政规范性文件或写说明",
            "move it to normative documents, or explain",
        ),
        doc: words(
            "规章由部委、省级和设区的市政府制定。",
            "Rules are made by ministries, provinces and cities with districts.",
        ),
        test: Test::Code(customs::rules),
        fix: None,
    },
    Rule {
        code: "C-YUAN",
        severity: Severity::Warning,
        source: FEES,
        title: words("收费像是按元填的", "charges look like yuan"),
        says: &[words(
            "行政事业性收费写 {wan} 万元，像是按元填的",
            "{wan} x10,000 yuan looks like yuan",
        )],
        next: words("核对单位", "check the unit"),
        doc: words(
            "表二的单位是万元；与第六部分写的元数相同，多半是没有换算。",
            "Table 2 is in units of 10,000 yuan; the same number as the yuan of section 6 was not converted.",
        ),
        test: Test::Code(fees::yuan),
        fix: None,
    },
    Rule {
        code: "C-ZERO",
        severity: Severity::Warning,
        source: CORNER,
        title: words("没有申请却有结果", "results without requests"),
        says: &[words(
            "全年没有申请，{col}列却有 {n} 件结果",
            "No requests, yet {n} results under {col}",
        )],
        next: words("先核对新收和结转", "check received and carried over first"),
        doc: words(
            "新收和上年结转都是 0，办理结果也应是 0。",
            "Where nothing came in and nothing was carried in, there are no results.",
        ),
        test: Test::Code(customs::results),
        fix: None,
    },
    Rule {
        code: "S-FEE",
        severity: Severity::Info,
        source: FEES,
        title: words("没有写全信息处理费", "fee not reported in full"),
        says: &[words(
            "六、没有写信息处理费的{missing}",
            "Section 6 does not state {missing}",
        )],
        next: words("没有收取的写 0", "write 0 where nothing was asked"),
        doc: words(
            "第六部分报告信息处理费：收费通知件数、总金额、实际收取的总金额。",
            "Section 6 reports the fee: notices, amount asked, amount received.",
        ),
        test: Test::Words(fees::missing),
        fix: None,
    },
    unmended(
        "N17",
        Severity::Warning,
        words("信息处理费自相矛盾", "fee contradicts itself"),
        &[words(
            "六、写信息处理费【{said}】，{with}是 {v}",
            "Section 6 says \"{said}\", against {with} {v}",
        )],
        words("核对收费通知", "check the notices"),
        words(
            "通知件数、通知金额、实际收取要说得通：没有通知就没有金额，收到的不超过通知的。",
            "Notices, amount asked and amount received must fit together.",
        ),
    ),
    unmended(
        "C-FEE-1",
        Severity::Warning,
        words("收费少于信息处理费", "charges below the fee"),
        &[words(
            "六、写收取信息处理费 {n} 元，表二收费 {v} 万元，比它少",
            "Section 6 collects {n} yuan, table 2 shows {v} x10,000",
        )],
        words("看单位是元还是万元", "yuan or 10,000 yuan?"),
        words(
            "信息处理费是行政事业性收费，计入表二。",
            "The fee is an administrative charge and counts in table 2.",
        ),
    ),
    unmended(
        "C-FEE-2",
        Severity::Warning,
        words("有逾期不缴费却没有通知", "fee unpaid without any notice"),
        &[words(
            "表三有 {v} 件逾期不缴费，六、却写收费通知 0 件",
            "{v} closed for unpaid fees, but section 6 says 0 notices",
        )],
        words("核对收费通知", "check the notices"),
        words(
            "逾期不缴费的，先要有收费通知。",
            "A fee not paid was asked for by a notice.",
        ),
    ),
    Rule {
        code: "C-FEE-3",
        severity: Severity::Info,
        source: FEES,
        title: words("没有写收费通知", "notices not mentioned"),
        says: &[words(
            "表三有 {n} 件逾期不缴费，六、没有写收费通知",
            "{n} closed for unpaid fees, section 6 says nothing of notices",
        )],
        next: words("写明收费通知件数", "state the number of notices"),
        doc: words(
            "逾期不缴费的，第六部分应写发出了多少件收费通知。",
            "Where fees were not paid, section 6 says how many notices were sent.",
        ),
        test: Test::Code(fees::silent),
        fix: None,
    },
];
