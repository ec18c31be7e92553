//! Every check the program makes, declared once.
//!
//! Problems, `gouji check`, `gouji rules`, the README and the tests are derived
//! from [`RULES`]. Codes are those of published pages: they never change.
//!
//! **Never:** a code or a sentence of a rule written anywhere else.
//! Next: `tables`, `cells`, `head` for the code behind them.

use crate::base::words::{Words, words};
use crate::model::Report;

use super::problem::{Fix, Problem};
use super::{Check, cells, head, tables};

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
    /// A function over the report.
    Code(TestFn),
}

type TestFn = fn(&Check, &'static Rule, &mut Vec<Problem>);
type FixFn = fn(&Report, &Problem) -> Option<Fix>;

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
        test: Test::Code(head::year),
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
        test: Test::Code(head::body),
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
        test: Test::Code(head::missing),
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
        test: Test::Code(head::order),
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
        test: Test::Code(head::heading),
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
];
