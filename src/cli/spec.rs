//! What a subcommand is declared with: operands, options, exit codes.
//!
//! **Never:** knows how arguments are parsed, or which options there are.
//! Next: `options` for the options, `SUBCOMMANDS` in `cli` for who takes them.

use crate::base::words::{Words, words};

/// An argument without a dash.
pub struct Operand {
    /// Its name in usage lines.
    pub key: &'static str,
    /// What it is.
    pub about: Words,
    /// How many are wanted.
    pub times: Times,
}

/// How often an operand may be given.
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
                "没有达到 --fail-on 级别的问题，两份报告相同，或已完成",
                "nothing at or above --fail-on, equal reports, or done",
            ),
            Exit::Problems => words(
                "有达到 --fail-on 级别的问题，或两份报告不同",
                "something at or above --fail-on, or reports that differ",
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
