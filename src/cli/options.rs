//! The options, each declared once: the parser, help and manual read them here.
//!
//! **Never:** does what an option asks for.
//! Next: `parse`, which reads them from the arguments.

use crate::base::words::{Lang, words};
use crate::check::Severity;
use crate::check::rollup::Policy;
use crate::{form, format, paper};

use super::spec::Opt;

/// `--lang`
pub static LANG: Opt = Opt {
    name: "lang",
    value: "LANG",
    about: words("界面语言", "language of messages"),
    choices: Some(|| Lang::ALL.map(Lang::key).to_vec()),
};
/// `--sample`
pub static SAMPLE: Opt = Opt {
    name: "sample",
    value: "",
    about: words(
        "用程序自带的样例报告",
        "use the sample report in the program",
    ),
    choices: None,
};
/// `--form`
pub static FORM: Opt = Opt {
    name: "form",
    value: "KEY",
    about: words(
        "报告的格式；不写就看文件或年度",
        "the form of the report; else its file or year says",
    ),
    choices: Some(|| form::FORMS.iter().map(|form| form.key).collect()),
};
/// `--encoding`
pub static ENCODING: Opt = Opt {
    name: "encoding",
    value: "NAME",
    about: words(
        "文字编码，如 gb18030",
        "encoding of the text, such as gb18030",
    ),
    choices: None,
};
/// `--output` of check
pub static OUTPUT: Opt = Opt {
    name: "output",
    value: "KIND",
    about: words("怎样列出", "how to print"),
    choices: Some(|| paper::OUTPUTS.iter().map(|output| output.key).collect()),
};
/// `--output` of list
pub static LIST_OUTPUT: Opt = Opt {
    name: "output",
    value: "KIND",
    about: words(
        "列成表格（lines）、csv，或每家一行 JSON",
        "a table (lines), csv, or a JSON object a unit and line",
    ),
    choices: Some(|| paper::listing::KINDS.to_vec()),
};
/// `--roster`
pub static ROSTER: Opt = Opt {
    name: "roster",
    value: "FILE",
    about: words(
        "应报送的单位，一行一家；不写就用文件夹里的 名单.csv、.xlsx、.txt",
        "the units that are expected, one a line; else 名单.csv, .xlsx or .txt in the folder",
    ),
    choices: None,
};
/// `--watch`
pub static WATCH: Opt = Opt {
    name: "watch",
    value: "",
    about: words(
        "文件有变就再核对那一份，直到按 Ctrl+C",
        "judge a file again whenever it changes, until Ctrl+C",
    ),
    choices: None,
};
/// `--fail-on`
pub static FAIL_ON: Opt = Opt {
    name: "fail-on",
    value: "LEVEL",
    about: words(
        "有这一级以上的问题时返回 1（默认 error）",
        "exit 1 from this severity on (default error)",
    ),
    choices: Some(levels),
};
/// `--edited`
pub static EDITED: Opt = Opt {
    name: "edited",
    value: "PATH[,PATH]",
    about: words(
        "表格上次各项相符之后改过的格：据此判断哪一格错",
        "cells changed since the table was last whole: evidence for suspects",
    ),
    choices: None,
};
/// `--to`
pub static TO: Opt = Opt {
    name: "to",
    value: "FORMAT",
    about: words(
        "新文件的格式，不写就看扩展名",
        "format of the new file; else its extension says",
    ),
    choices: Some(targets),
};
/// `--bom`
pub static BOM: Opt = Opt {
    name: "bom",
    value: "",
    about: words(
        "csv 以字节顺序标记开头，Excel 才认得出 UTF-8",
        "begin csv with a byte order mark, by which Excel knows UTF-8",
    ),
    choices: None,
};
/// `--to` of schema
pub static SCHEMA_TO: Opt = Opt {
    name: "to",
    value: "KIND",
    about: words(
        "不列格式，列 csv 的各列（json）或对它核对勾稽的查询（sql）",
        "instead of the form: the columns of csv (json), or a query that judges it (sql)",
    ),
    choices: Some(|| vec!["json", "sql"]),
};
/// `--force`
pub static FORCE: Opt = Opt {
    name: "force",
    value: "",
    about: words("文件已存在也写", "overwrite a file that exists"),
    choices: None,
};
/// `--year`
pub static YEAR: Opt = Opt {
    name: "year",
    value: "YEAR",
    about: words(
        "报告年度；有 --from 时不写就是去年的下一年",
        "the year reported on; with --from the one after last year's",
    ),
    choices: None,
};
/// `--from`
pub static FROM: Opt = Opt {
    name: "from",
    value: "LAST",
    about: words(
        "从去年的报告来：带入上年结转，正文作草稿，列出要重写的句子",
        "make it from last year's report: what was carried over, its texts as drafts",
    ),
    choices: None,
};
/// `--body`
pub static BODY: Opt = Opt {
    name: "body",
    value: "NAME",
    about: words("机关名称", "the body that reports"),
    choices: None,
};
/// `--output` of diff
pub static DIFF_OUTPUT: Opt = Opt {
    name: "output",
    value: "KIND",
    about: words("怎样列出", "how to print"),
    choices: Some(|| {
        let outputs = paper::diff::OUTPUTS.iter();
        outputs.map(|output| output.key).collect()
    }),
};
/// `--output` of rules
pub static RULES_OUTPUT: Opt = Opt {
    name: "output",
    value: "KIND",
    about: words("怎样列出", "how to print"),
    choices: Some(|| vec!["text", "json"]),
};

/// `--no-remarks`
pub static NO_REMARKS: Opt = Opt {
    name: "no-remarks",
    value: "",
    about: words(
        "不看出错说明，说明过的也照样算",
        "ignore explanations: what is explained counts all the same",
    ),
    choices: None,
};
/// `--color`
pub static COLOR: Opt = Opt {
    name: "color",
    value: "WHEN",
    about: words(
        "结果里的颜色（默认 auto：终端上才有，NO_COLOR 时没有）",
        "colours in results (default auto: on a terminal, unless NO_COLOR is set)",
    ),
    choices: Some(|| vec![AUTO, ALWAYS, NEVER]),
};
/// `--quiet`
pub static QUIET: Opt = Opt {
    name: "quiet",
    value: "",
    about: words(
        "（-q）只列问题和读不了的文件，别的话不说",
        "(-q) only problems and files that could not be read, nothing else",
    ),
    choices: None,
};
/// `--statistics`
pub static STATISTICS: Opt = Opt {
    name: "statistics",
    value: "",
    about: words(
        "不逐处列出，只列每条规则有几处、几份",
        "instead of each problem, how often each rule was broken and in how many files",
    ),
    choices: None,
};
/// `--stdin-name`
pub static STDIN_NAME: Opt = Opt {
    name: "stdin-name",
    value: "NAME",
    about: words(
        "标准输入的文件名：结果里用它，格式也看它的扩展名",
        "the name of standard input: for results, and its ending for the format",
    ),
    choices: None,
};
/// `--exclude`
pub static EXCLUDE: Opt = Opt {
    name: "exclude",
    value: "GLOB[,GLOB]",
    about: words(
        "文件夹里略过这些：文件名或路径，* 和 ? 是通配符，如 *副本*,旧/*",
        "leave out of folders: names or paths with * and ?, such as *copy*,old/*",
    ),
    choices: None,
};
/// `--read-only`
pub static READ_ONLY: Opt = Opt {
    name: "read-only",
    value: "",
    about: words(
        "只看不改：不占用文件，别人照样可以编辑",
        "only look at it: the file is not locked, others may edit it",
    ),
    choices: None,
};
/// `--fix`
pub static FIX: Opt = Opt {
    name: "fix",
    value: "",
    about: words(
        "改好一定该改的：勾稽只容得下一个数的空格、标题；不把空白改成 0；只改勾稽自己的 .json",
        "mend what is certain: blanks with one possible number, headings; never 0 for a blank; only gouji's own .json files",
    ),
    choices: None,
};
/// `--diff`
pub static DIFF: Opt = Opt {
    name: "diff",
    value: "",
    about: words(
        "只列出 --fix 会改什么，不写；有要改的返回 1",
        "list what --fix would change and write nothing; exit 1 if it would",
    ),
    choices: None,
};
/// `--last`
pub static LAST: Opt = Opt {
    name: "last",
    value: "LAST",
    about: words(
        "和去年的报告比：一个文件，或去年报告的文件夹（按机关名称找）",
        "compare with last year's report: a file, or a folder of them (found by the body's name)",
    ),
    choices: None,
};
/// `--parts`
pub static PARTS: Opt = Opt {
    name: "parts",
    value: "FOLDER",
    about: words(
        "各单位报告的文件夹：说出哪些格不等于它们相加",
        "the folder of the units' reports: say which cells are not their sum",
    ),
    choices: None,
};
/// `--own`
pub static OWN: Opt = Opt {
    name: "own",
    value: "FILE",
    about: words(
        "本级机关自己的报告，一并计入",
        "the report of the government's own office, counted too",
    ),
    choices: None,
};
/// `--policy`
pub static POLICY: Opt = Opt {
    name: "policy",
    value: "KIND",
    about: words(
        "规章和现行有效件数：各单位相加（sum，默认），或取自 --own 的报告（own）",
        "rules and documents in force: the sum (default), or those of --own",
    ),
    choices: Some(|| Policy::ALL.map(Policy::key).to_vec()),
};
/// `--with-errors`
pub static WITH_ERRORS: Opt = Opt {
    name: "with-errors",
    value: "REASON",
    about: words(
        "有错误、没填完或没读全的也计入，理由写进结果；不写就不计入，列出来",
        "count reports with errors too, for this reason, which is recorded; else they are listed",
    ),
    choices: None,
};
/// `--body` of rollup
pub static ROLLUP_BODY: Opt = Opt {
    name: "body",
    value: "NAME",
    about: words(
        "汇总报告的机关；不写就是 --own 的机关",
        "the body of the sum; else that of --own",
    ),
    choices: None,
};
/// `--year` of rollup
pub static ROLLUP_YEAR: Opt = Opt {
    name: "year",
    value: "YEAR",
    about: words(
        "汇总哪一年；不写就看 --own，再看多数报告",
        "the year that is summed; else that of --own, or of most reports",
    ),
    choices: None,
};
/// `--last` of convert
pub static DRAFT_OF: Opt = Opt {
    name: "last",
    value: "LAST",
    about: words(
        "去年的报告：正文里还照它没有重写的句子，和错误一样使文件标【送审稿】",
        "last year's report: its sentences not written anew make the file a draft, as errors do",
    ),
    choices: None,
};
/// `--profile`
pub static PROFILE: Opt = Opt {
    name: "profile",
    value: "FILE",
    about: words(
        "各条规则的级别和限值；不写就用配置文件夹里的 profile.json",
        "severities and limits; else profile.json in the config folder",
    ),
    choices: None,
};
/// `--config` of schema
pub static CONFIG: Opt = Opt {
    name: "config",
    value: "",
    about: words(
        "列出实际生效的设置：语言、配色、按键、级别",
        "print the settings in effect: language, theme, keys, severities",
    ),
    choices: None,
};

/// `--signoff`
pub static SIGNOFF: Opt = Opt {
    name: "signoff",
    value: "FILE",
    about: words(
        "把核验单写到这个文件，扩展名定格式；- 是标准输出",
        "write the check sheet here, as its ending says; - is standard output",
    ),
    choices: None,
};
/// `--return`
pub static RETURN: Opt = Opt {
    name: "return",
    value: "FILE",
    about: words(
        "把退回意见写到这个文本文件，每份报告一段；- 是标准输出",
        "write the return note of each report to this text file; - is standard output",
    ),
    choices: None,
};
/// `--fragment`
pub static FRAGMENT: Opt = Opt {
    name: "fragment",
    value: "",
    about: words(
        "网页只写正文部分，贴进网站后台用",
        "of a web page only what goes into the editor of a site",
    ),
    choices: None,
};
/// `--zeros`
pub static ZEROS: Opt = Opt {
    name: "zeros",
    value: "",
    about: words(
        "空白格按 0 写，空总计按各项之和写",
        "write blanks as 0, and blank totals as their sums",
    ),
    choices: None,
};

/// The level that no problem reaches; no colours.
pub(super) const NEVER: &str = "never";
/// Colours where they are seen.
const AUTO: &str = "auto";
/// Colours whatever the output is.
pub(super) const ALWAYS: &str = "always";

fn levels() -> Vec<&'static str> {
    let mut levels = Severity::ALL.map(Severity::key).to_vec();
    levels.push(NEVER);
    levels
}

/// Another name of the native format.
pub(super) const NATIVE_NAME: &str = "native";

fn targets() -> Vec<&'static str> {
    let mut names = writable();
    names.push(NATIVE_NAME);
    names
}

/// Keys of the formats that can be written.
pub(super) fn writable() -> Vec<&'static str> {
    let written = format::FORMATS.iter().filter(|format| format.can_write());
    written.map(|format| format.key).collect()
}

/// `--man` of help
pub static MAN: Opt = Opt {
    name: "man",
    value: "",
    about: words("输出 man 手册页", "print a man page"),
    choices: None,
};
/// `--completions` of help
pub static COMPLETIONS: Opt = Opt {
    name: "completions",
    value: "SHELL",
    about: words("输出命令行补全", "print the completions of a shell"),
    choices: Some(|| vec!["bash", "zsh", "fish"]),
};

/// Whether help and manual pass an option over: it is for those who package the program.
#[must_use]
pub fn is_hidden(opt: &Opt) -> bool {
    let hidden = [&MAN, &COMPLETIONS];
    hidden.into_iter().any(|known| std::ptr::eq(known, opt))
}
