//! Floor 5: the command line. Arguments in, text out, an exit code back.
//!
//! Results go to `stdout`, everything else to `stderr`; all of the outside that
//! a subcommand sees is an [`Io`], so that a test can run it whole.
//!
//! **Never:** holds logic that a test cannot call; names a format, a rule or an
//! output that its table does not.
//! Next: [`SUBCOMMANDS`], `args` for how they are parsed.

#![expect(
    clippy::disallowed_methods,
    reason = "this floor reads arguments, environment and folders"
)]

use std::ffi::OsString;

use crate::base::words::{Words, words};

pub mod args;
mod check;
mod convert;
mod edit;
mod io;
mod lanes;
mod last;
mod list;
mod new;
mod papers;
mod progress;
mod publish;
pub mod settings;
mod source;
mod target;
mod walk;

pub use args::Given;
pub use io::Io;

/// Something the program can be asked to do.
pub struct Subcommand {
    /// Its name; empty for the editor, which needs none.
    pub name: &'static str,
    /// What it does.
    pub about: Words,
    /// What stands behind its name, in order.
    pub operands: &'static [Operand],
    /// Its options.
    pub options: &'static [&'static Opt],
    /// Does it.
    pub run: fn(&Given, &mut Io) -> Exit,
}

/// An argument without a dash.
pub struct Operand {
    /// Its name in usage lines.
    pub key: &'static str,
    /// What it is.
    pub about: Words,
    /// How many are wanted.
    pub times: Times,
}

/// How often an operand may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// Never or once.
    Maybe,
    /// Once.
    Once,
    /// As often as wanted, never too.
    Any,
    /// Once or more.
    Many,
}

/// An argument with two dashes.
pub struct Opt {
    /// Its name, without the dashes.
    pub name: &'static str,
    /// What its value is called; empty for a switch.
    pub value: &'static str,
    /// What it does.
    pub about: Words,
    /// The values it takes; None where any is.
    pub choices: Option<fn() -> Vec<&'static str>>,
}

impl Opt {
    /// How it is written, such as `--form KEY`.
    #[must_use]
    pub fn call(&self) -> String {
        format!("--{} {}", self.name, self.value)
            .trim_end()
            .to_owned()
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing to complain of.
    Clean,
    /// Problems were found.
    Problems,
    /// Something could not be done.
    Failed,
    /// Ctrl+C ended it early; what was done is printed.
    Stopped,
    /// The editor was ended from outside, with this code.
    Ended(u8),
}

impl Exit {
    /// Those that a script may meet, in the order of their codes.
    pub const ALL: [Exit; 4] = [Exit::Clean, Exit::Problems, Exit::Failed, Exit::Stopped];

    /// The code of the process.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Problems => 1,
            Exit::Failed => 2,
            Exit::Stopped => 130,
            Exit::Ended(code) => code,
        }
    }

    /// What the code says.
    #[must_use]
    pub const fn meaning(self) -> Words {
        match self {
            Exit::Clean => words(
                "没有达到 --fail-on 级别的问题，或已完成",
                "nothing at or above --fail-on, or done",
            ),
            Exit::Problems => words(
                "有达到 --fail-on 级别的问题",
                "something at or above --fail-on",
            ),
            Exit::Failed => words(
                "有文件读不了、写不了，或用法不对",
                "a file could not be read or written, or wrong usage",
            ),
            Exit::Stopped => words(
                "按 Ctrl+C 停止了，已核对的都已输出",
                "stopped by Ctrl+C; what was checked is printed",
            ),
            Exit::Ended(_) => words(
                "编辑器被外面结束（128 加信号）",
                "the editor was ended from outside (128 and the signal)",
            ),
        }
    }
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
        about: words("要打开的报告", "the report to open"),
        times: Times::Maybe,
    }],
    options: &[
        &args::SAMPLE,
        &args::FORM,
        &args::ENCODING,
        &args::PROFILE,
        &args::LANG,
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
            &args::OUTPUT,
            &args::FAIL_ON,
            &args::NO_REMARKS,
            &args::PROFILE,
            &args::EDITED,
            &args::LAST,
            &args::SIGNOFF,
            &args::RETURN,
            &args::FORCE,
            &args::SAMPLE,
            &args::FORM,
            &args::ENCODING,
            &args::LANG,
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
            &args::TO,
            &args::BOM,
            &args::FORCE,
            &args::FRAGMENT,
            &args::ZEROS,
            &args::PROFILE,
            &args::FORM,
            &args::ENCODING,
            &args::LANG,
        ],
        run: convert::run,
    },
    Subcommand {
        name: "new",
        about: words("新建一份空白报告", "write an empty report"),
        operands: &[Operand {
            key: "OUT",
            about: words("新文件；- 是标准输出", "the new file; - is standard output"),
            times: Times::Once,
        }],
        options: &[&args::YEAR, &args::BODY, &args::FORM, &args::LANG],
        run: new::run,
    },
    Subcommand {
        name: "schema",
        about: words(
            "以 JSON 列出格式：表、行列、单元格、勾稽；或 csv 的列、查询",
            "print a form as JSON: tables, lines, cells, sums; or how its csv is judged",
        ),
        operands: &[Operand {
            key: "KEY",
            about: words(
                "格式，如 2021；不写是现行的",
                "a form such as 2021; else the one in force",
            ),
            times: Times::Maybe,
        }],
        options: &[&args::SCHEMA_TO, &args::CONFIG, &args::PROFILE, &args::LANG],
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
        options: &[&args::RULES_OUTPUT, &args::LANG],
        run: list::rules,
    },
    Subcommand {
        name: "help",
        about: words("显示用法", "show how to use a subcommand"),
        operands: &[Operand {
            key: "COMMAND",
            about: words("子命令", "a subcommand"),
            times: Times::Maybe,
        }],
        options: &[&args::LANG],
        run: list::help,
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
    let lang = args::language(arguments, settings.lang, io);
    let exit = match args::parse(arguments, lang, settings) {
        Ok((subcommand, given)) => (subcommand.run)(&given, io),
        Err(args::Stop::Show(text)) => {
            io.print(text.as_bytes());
            Exit::Clean
        }
        Err(args::Stop::Wrong(failure)) => io.fail(&failure, lang),
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
