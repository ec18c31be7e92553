//! Floor 5: the command line. Arguments in, text out, an exit code back.
//!
//! Results go to `stdout`, everything else to `stderr`; all of the outside that
//! a subcommand sees is an [`Io`], so that a test can run it whole.
//!
//! **Never:** holds logic that a test cannot call; names a format, a rule or an
//! output that its table does not.
//! Next: [`SUBCOMMANDS`], `parse` for how arguments are read.

#![expect(
    clippy::disallowed_methods,
    reason = "this floor reads arguments, environment and folders"
)]

use std::ffi::OsString;

use crate::base::words::{Words, words};

mod annotate;
mod check;
mod convert;
mod diff;
mod edit;
mod fix;
mod held;
mod help;
mod io;
mod list;
mod new;
pub mod options;
mod outputs;
mod parse;
mod progress;
mod rollup;
mod set;
pub mod settings;
mod source;
mod spec;
mod target;
mod units;
mod watch;

pub use help::{TOPICS, Topic};
pub use io::Io;
pub use list::{SHAPES, Shape};
pub use parse::{Given, VARIABLES, command, usage};
pub use spec::{Exit, Operand, Opt, Times};

/// Something the program can be asked to do.
pub struct Subcommand {
    /// Its name; empty for the editor, which needs none.
    pub name: &'static str,
    /// What it does.
    pub about: Words,
    /// Its operands, in order.
    pub operands: &'static [Operand],
    /// Its options.
    pub options: &'static [&'static Opt],
    /// Does it.
    pub run: fn(&Given, &mut Io) -> Exit,
}

/// The editor: what the program does when no subcommand is named.
pub static EDITOR: Subcommand = Subcommand {
    name: "",
    about: words(
        "核对和编辑政府信息公开工作年度报告",
        "check and edit annual reports on open government information",
    ),
    operands: &[Operand {
        key: "FILE",
        about: words(
            "要打开的报告，或各单位报送的文件夹",
            "the report to open, or the folder with the reports of all units",
        ),
        times: Times::Maybe,
    }],
    options: &[
        &options::SAMPLE,
        &options::READ_ONLY,
        &options::LAST,
        &options::ROSTER,
        &options::FORM,
        &options::ENCODING,
        &options::PROFILE,
        &options::LANG,
    ],
    run: edit::run,
};

/// All subcommands, in the order of help.
pub static SUBCOMMANDS: &[Subcommand] = &[
    Subcommand {
        name: "check",
        about: words(
            "核对报告，逐处列出问题",
            "check reports and list their problems",
        ),
        operands: &[Operand {
            key: "FILE",
            about: words(
                "报告或文件夹；- 是标准输入",
                "reports or folders; - is standard input",
            ),
            times: Times::Any,
        }],
        options: &[
            &options::OUTPUT,
            &options::FAIL_ON,
            &options::STATISTICS,
            &options::QUIET,
            &options::COLOR,
            &options::EXCLUDE,
            &options::STDIN_NAME,
            &options::NO_REMARKS,
            &options::FIX,
            &options::DIFF,
            &options::PROFILE,
            &options::EDITED,
            &options::LAST,
            &options::PARTS,
            &options::SIGNOFF,
            &options::RETURN,
            &options::FORCE,
            &options::WATCH,
            &options::SAMPLE,
            &options::FORM,
            &options::ENCODING,
            &options::LANG,
        ],
        run: check::run,
    },
    Subcommand {
        name: "convert",
        about: words(
            "换一种格式另存；csv 可以装许多份",
            "write a report in another format; csv takes many",
        ),
        operands: &[
            Operand {
                key: "IN",
                about: words(
                    "报告；- 是标准输入；写成 csv 时也可以是许多份、文件夹",
                    "the report; - is standard input; for csv also many, and folders",
                ),
                times: Times::Many,
            },
            Operand {
                key: "OUT",
                about: words("新文件；- 是标准输出", "the new file; - is standard output"),
                times: Times::Once,
            },
        ],
        options: &[
            &options::TO,
            &options::BOM,
            &options::FORCE,
            &options::FRAGMENT,
            &options::ZEROS,
            &options::DRAFT_OF,
            &options::PROFILE,
            &options::FORM,
            &options::ENCODING,
            &options::LANG,
        ],
        run: convert::run,
    },
    Subcommand {
        name: "annotate",
        about: words(
            "把问题写成批注，放进送来的 docx 或 xlsx 的副本",
            "write the problems as comments into a copy of the docx or xlsx that was sent",
        ),
        operands: &[
            Operand {
                key: "IN",
                about: words(
                    "送来的 docx 或 xlsx；- 是标准输入",
                    "the docx or xlsx that was sent; - is standard input",
                ),
                times: Times::Once,
            },
            Operand {
                key: "OUT",
                about: words(
                    "带批注的副本；- 是标准输出",
                    "the copy with comments; - is standard output",
                ),
                times: Times::Once,
            },
        ],
        options: &[
            &options::FORCE,
            &options::LAST,
            &options::PROFILE,
            &options::FORM,
            &options::ENCODING,
            &options::LANG,
        ],
        run: annotate::run,
    },
    Subcommand {
        name: "diff",
        about: words(
            "两份报告对照：不同的格、句子、标题",
            "compare two reports: cells, sentences, headings that differ",
        ),
        operands: &[
            Operand {
                key: "OLD",
                about: words(
                    "前一份：去年的，或改之前的；- 是标准输入",
                    "the older one: last year's, or as it was; - is standard input",
                ),
                times: Times::Once,
            },
            Operand {
                key: "NEW",
                about: words("后一份", "the newer one"),
                times: Times::Once,
            },
        ],
        options: &[
            &options::DIFF_OUTPUT,
            &options::PROFILE,
            &options::FORM,
            &options::ENCODING,
            &options::LANG,
        ],
        run: diff::run,
    },
    Subcommand {
        name: "new",
        about: words(
            "新建一份报告：空白的，或从去年的报告来",
            "write a new report: empty, or from last year's",
        ),
        operands: &[Operand {
            key: "OUT",
            about: words("新文件；- 是标准输出", "the new file; - is standard output"),
            times: Times::Once,
        }],
        options: &[
            &options::FROM,
            &options::YEAR,
            &options::BODY,
            &options::FORCE,
            &options::FORM,
            &options::ENCODING,
            &options::PROFILE,
            &options::LANG,
        ],
        run: new::run,
    },
    Subcommand {
        name: "set",
        about: words(
            "不开编辑器改格、改报头；只改勾稽自己的 .json",
            "change cells and the head without the editor, in gouji's own .json files",
        ),
        operands: &[
            Operand {
                key: "FILE",
                about: words("报告", "the report"),
                times: Times::Once,
            },
            Operand {
                key: "CELL=VALUE",
                about: words(
                    "格的路径和新的值，如 t3.new_received.natural_person=7；报头如 head.year=2024",
                    "a cell and its new value, such as t3.new_received.natural_person=7; of the head head.year=2024",
                ),
                times: Times::Many,
            },
        ],
        options: &[
            &options::PROFILE,
            &options::FORM,
            &options::ENCODING,
            &options::LANG,
        ],
        run: set::run,
    },
    Subcommand {
        name: "rollup",
        about: words(
            "把一个文件夹的报告汇总成一份，每格都有来源",
            "add up the reports of a folder, each cell with its sources",
        ),
        operands: &[
            Operand {
                key: "FOLDER",
                about: words("各单位报告的文件夹", "the folder of the units' reports"),
                times: Times::Once,
            },
            Operand {
                key: "OUT",
                about: words(
                    "汇总的报告，扩展名定格式；xlsx 带【来源】和【单位】两张表；- 是标准输出",
                    "the sum, as its ending says; xlsx has sheets of sources and units; - is standard output",
                ),
                times: Times::Once,
            },
        ],
        options: &[
            &options::ROSTER,
            &options::OWN,
            &options::POLICY,
            &options::WITH_ERRORS,
            &options::ROLLUP_BODY,
            &options::ROLLUP_YEAR,
            &options::TO,
            &options::FORCE,
            &options::FORM,
            &options::ENCODING,
            &options::PROFILE,
            &options::LANG,
        ],
        run: rollup::run,
    },
    Subcommand {
        name: "list",
        about: words(
            "列出一个文件夹里各单位的状态",
            "list the units of a folder, each with its state",
        ),
        operands: &[Operand {
            key: "FOLDER",
            about: words(
                "各单位报送的文件夹",
                "the folder that holds the reports of all units",
            ),
            times: Times::Once,
        }],
        options: &[
            &options::ROSTER,
            &options::LIST_OUTPUT,
            &options::PROFILE,
            &options::FORM,
            &options::ENCODING,
            &options::LANG,
        ],
        run: units::run,
    },
    Subcommand {
        name: "schema",
        about: words(
            "以 JSON 列出格式、csv 的列和查询、JSON Schema",
            "print a form as JSON, how its csv is judged, a JSON Schema",
        ),
        operands: &[Operand {
            key: "KEY",
            about: words(
                "格式，如 2021，不写是现行的；report 报告文件、check 核对结果、list 单位清单的 JSON Schema",
                "a form such as 2021, else the one in force; report, check, list: the JSON Schema of a report's file, of what check and list print",
            ),
            times: Times::Maybe,
        }],
        options: &[
            &options::SCHEMA_TO,
            &options::CONFIG,
            &options::PROFILE,
            &options::LANG,
        ],
        run: list::schema,
    },
    Subcommand {
        name: "rules",
        about: words("列出规则，或解释其中一条", "list the rules, or explain one"),
        operands: &[Operand {
            key: "CODE",
            about: words("规则，如 T3-COLSUM", "a rule such as T3-COLSUM"),
            times: Times::Maybe,
        }],
        options: &[&options::RULES_OUTPUT, &options::LANG],
        run: list::rules,
    },
    Subcommand {
        name: "help",
        about: words(
            "显示用法、手册（manual）、许可证（licences）",
            "show how to use a subcommand, the manual, the licences",
        ),
        operands: &[Operand {
            key: "COMMAND",
            about: words(
                "子命令；或 manual 手册，licences 许可证",
                "a subcommand; or manual, or licences",
            ),
            times: Times::Maybe,
        }],
        options: &[&options::MAN, &options::COMPLETIONS, &options::LANG],
        run: help::help,
    },
];

/// The subcommand with this name.
#[must_use]
pub fn subcommand(name: &str) -> Option<&'static Subcommand> {
    SUBCOMMANDS
        .iter()
        .find(|subcommand| subcommand.name == name)
}

/// Runs the program on its arguments, the program's own name left out.
///
/// A reader of the output that has gone away is no error.
pub fn run(arguments: &[OsString], io: &mut Io) -> u8 {
    let settings = settings::read(io);
    let lang = parse::language(arguments, settings.lang, io);
    let exit = match parse::parse(arguments, lang, settings) {
        Ok((subcommand, given)) => (subcommand.run)(&given, io),
        Err(parse::Stop::Show(text)) => {
            io.print(text.as_bytes());
            Exit::Clean
        }
        Err(parse::Stop::Wrong(failure)) => io.fail(&failure, lang),
    };
    io.close(exit, lang).code()
}

/// The locale of one category: the first of its variables that is set decides.
fn locale(category: &str, io: &Io) -> Option<String> {
    ["LC_ALL", category, "LANG"]
        .into_iter()
        .find(|name| io.is_set(name))
        .and_then(|name| (io.env)(name))
}
