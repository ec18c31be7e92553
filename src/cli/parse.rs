//! Reads the arguments of a run: the parser and its help are made from the tables.
//!
//! **Never:** an English sentence of the parser's own in front of a reader of
//! Chinese: its errors are said again from their kind.
//! Next: `options` and `SUBCOMMANDS`, the tables.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::failure::Failure;
use crate::base::words::{Lang, Message, Words, words};
use crate::check::Profile;
use crate::check::Severity;
use crate::form;
use crate::format::{self, Format, NATIVE};
use crate::store::import::How;
use crate::store::machine::STATE_VARIABLE;

use super::options::{
    ALWAYS, COLOR, EDITED, ENCODING, FAIL_ON, FORM, NATIVE_NAME, NEVER, PROFILE, QUIET, TO,
};
use super::settings::{CONFIG_VARIABLE, Settings};
use super::spec::{Exit, Operand, Opt, Times};
use super::{EDITOR, Io, SUBCOMMANDS, Subcommand, TOPICS, locale, subcommand};

/// The arguments of one run, read.
#[derive(Clone)]
pub struct Given {
    /// The language of messages.
    pub lang: Lang,
    /// What the configuration says.
    pub settings: Settings,
    matches: ArgMatches,
}

impl Given {
    /// Whether a switch was given.
    #[must_use]
    pub fn has(&self, opt: &Opt) -> bool {
        self.matches.get_flag(opt.name)
    }

    /// Whether a switch was given, to a subcommand that may not know it.
    #[must_use]
    pub fn asks(&self, opt: &Opt) -> bool {
        self.matches
            .try_get_one::<bool>(opt.name)
            .is_ok_and(|given| given == Some(&true))
    }

    /// The value of an option.
    #[must_use]
    pub fn value(&self, opt: &Opt) -> Option<&str> {
        self.matches.get_one::<String>(opt.name).map(String::as_str)
    }

    /// The value of an option, from a subcommand that may not know it.
    #[must_use]
    pub fn asked(&self, opt: &Opt) -> Option<&str> {
        let value = self.matches.try_get_one::<String>(opt.name).ok()?;
        value.map(String::as_str)
    }

    /// The file of the profile that was asked for.
    #[must_use]
    pub fn profile_file(&self) -> Option<&Path> {
        self.value(&PROFILE).map(Path::new)
    }

    /// The profile of the run; notes on it are printed beside the results.
    ///
    /// # Errors
    /// A [`Failure`] if a profile was named that can't be read at all.
    pub fn profile(&self, io: &mut Io) -> Result<Profile, Failure> {
        let read = self.settings.profile(self.profile_file())?;
        for note in self.settings.notes.iter().chain(&read.notes) {
            io.tell(&note.text(self.lang));
        }
        Ok(read.profile)
    }

    /// An operand that is given once at most.
    #[must_use]
    pub fn operand(&self, key: &str) -> Option<&OsStr> {
        self.operands(key).next()
    }

    /// An operand as text to show.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<String> {
        self.operand(key)
            .map(|text| text.to_string_lossy().into_owned())
    }

    /// An operand that may be given often.
    pub fn operands(&self, key: &str) -> impl Iterator<Item = &OsStr> {
        self.matches
            .get_many::<OsString>(key)
            .into_iter()
            .flatten()
            .map(OsString::as_os_str)
    }

    /// The paths of cells that were changed.
    #[must_use]
    pub fn edited(&self) -> Vec<String> {
        // The editor has no such option and checks without a terminal all the same.
        self.asked(&EDITED)
            .map(|paths| {
                paths
                    .split(',')
                    .map(|path| path.trim().to_owned())
                    .collect()
            })
            .unwrap_or_default()
    }

    /// The form asked for.
    #[must_use]
    pub fn form(&self) -> Option<&'static form::Form> {
        self.value(&FORM).and_then(form::by_key)
    }

    /// Whether results are coloured.
    #[must_use]
    pub fn colour(&self, io: &Io) -> bool {
        match self.asked(&COLOR) {
            Some(ALWAYS) => true,
            Some(NEVER) => false,
            _ => io.colour(),
        }
    }

    /// What is known of the files better than their bytes say.
    #[must_use]
    pub fn how(&self) -> How {
        How {
            form: self.form(),
            encoding: self.value(&ENCODING).map(str::to_owned),
            carries_over: false,
        }
    }

    /// The format asked for.
    #[must_use]
    pub fn format(&self) -> Option<&'static Format> {
        match self.value(&TO)? {
            NATIVE_NAME => Some(&NATIVE),
            key => format::by_key(key),
        }
    }

    /// The severity from which on a run fails; None: it never does.
    #[must_use]
    pub fn fail_on(&self) -> Option<Severity> {
        let asked = self.value(&FAIL_ON).unwrap_or(Severity::Error.key());
        Severity::ALL.into_iter().find(|level| level.key() == asked)
    }
}

/// Why nothing is run.
pub(super) enum Stop {
    /// Help or the version was asked for.
    Show(String),
    /// The arguments are not usable.
    Wrong(Failure),
}

/// The language of a run: `--lang`, the configuration, the locale, Chinese.
#[must_use]
pub(super) fn language(arguments: &[OsString], configured: Option<Lang>, io: &Io) -> Lang {
    let mut texts = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(text) = texts.next() {
        let value = match text.strip_prefix("--lang") {
            Some("") => texts.next().and_then(|value| Lang::read(&value)),
            Some(rest) => rest.strip_prefix('=').and_then(Lang::read),
            None => None,
        };
        if let Some(lang) = value {
            return lang;
        }
        if text == "--" {
            break;
        }
    }
    configured
        .or_else(|| Lang::read(&locale("LC_MESSAGES", io)?))
        .unwrap_or_default()
}

/// Reads the arguments.
///
/// # Errors
/// [`Stop::Show`] for help and version, [`Stop::Wrong`] for wrong usage.
pub(super) fn parse(
    arguments: &[OsString],
    lang: Lang,
    settings: Settings,
) -> Result<(&'static Subcommand, Given), Stop> {
    let names = std::iter::once(OsString::from("gouji")).chain(arguments.iter().cloned());
    let matches = match command(lang).try_get_matches_from(names) {
        Ok(matches) => matches,
        Err(error) => return Err(stop(&error, arguments)),
    };
    let (chosen, matches) = match matches.subcommand() {
        Some((name, matches)) => (
            subcommand(name).expect("the parser knows our subcommands only"),
            matches.clone(),
        ),
        None => (&EDITOR, matches),
    };
    let given = Given {
        lang,
        settings,
        matches,
    };
    Ok((chosen, given))
}

/// The parser, made from the tables.
#[must_use]
pub fn command(lang: Lang) -> Command {
    let mut root = build(Command::new("gouji"), &EDITOR, lang)
        .bin_name("gouji")
        .version(env!("CARGO_PKG_VERSION"))
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version)
                .help(words("显示版本", "print the version").get(lang))
                .help_heading(OPTIONS.get(lang)),
        )
        .subcommand_value_name(COMMAND.get(lang))
        .subcommand_help_heading(words("子命令", "Commands").get(lang))
        .override_usage(format!(
            "{}\n      gouji {} ...",
            usage(&EDITOR, lang),
            COMMAND.get(lang)
        ))
        .after_help(format!("{}\n\n{}", exits(lang), read_on(lang)));
    // The parser learns what a subcommand takes only when it is called.
    let details: fn(Command) -> Command = match lang {
        Lang::Zh => |command| detailed(command, Lang::Zh),
        Lang::En => |command| detailed(command, Lang::En),
    };
    for known in SUBCOMMANDS {
        let known = Command::new(known.name).about(known.about.get(lang));
        root = root.subcommand(known.defer(details));
    }
    root
}

fn detailed(command: Command, lang: Lang) -> Command {
    let known = subcommand(command.get_name()).expect("the parser knows our subcommands only");
    build(command, known, lang)
}

/// What else there is to read.
fn read_on(lang: Lang) -> String {
    let label = words("另见：", "Read on:").get(lang);
    TOPICS.iter().fold(label.to_owned(), |text, topic| {
        format!(
            "{text}\n  gouji help {}  {}",
            topic.name,
            topic.about.get(lang)
        )
    })
}

/// How to call the editor, as a line with its label.
#[must_use]
pub(super) fn usage_line(lang: Lang) -> String {
    format!("{}{}", USAGE.get(lang), usage(&EDITOR, lang))
}

/// How a subcommand is called.
#[must_use]
pub fn usage(subcommand: &Subcommand, lang: Lang) -> String {
    let mut parts = vec!["gouji".to_owned()];
    if !subcommand.name.is_empty() {
        parts.push(subcommand.name.to_owned());
    }
    parts.push(format!("[{}]", OPTIONS.get(lang)));
    parts.extend(
        subcommand
            .operands
            .iter()
            .map(|operand| match operand.times {
                Times::Maybe => format!("[{}]", operand.key),
                Times::Once => operand.key.to_owned(),
                Times::Any => format!("[{}...]", operand.key),
                Times::Many => format!("{}...", operand.key),
            }),
    );
    parts.join(" ")
}

const USAGE: Words = words("用法：", "Usage: ");
const COMMAND: Words = words("子命令", "COMMAND");
const OPTIONS: Words = words("选项", "Options");
const OPERANDS: Words = words("参数", "Arguments");

fn build(command: Command, subcommand: &'static Subcommand, lang: Lang) -> Command {
    let label = USAGE.get(lang);
    let mut command = command
        .about(subcommand.about.get(lang))
        .help_template(format!(
            "{{about}}\n\n{label}{{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .override_usage(usage(subcommand, lang));
    for (place, operand) in subcommand.operands.iter().enumerate() {
        command = command.arg(of_operand(operand, lang).display_order(place));
    }
    command = command.arg(
        Arg::new("help")
            .long("help")
            .short('h')
            .action(ArgAction::Help)
            .help(words("显示这份用法", "show this help").get(lang))
            .help_heading(OPTIONS.get(lang)),
    );
    for opt in subcommand.options {
        command = command.arg(of_option(opt, lang));
    }
    command
}

fn of_operand(operand: &'static Operand, lang: Lang) -> Arg {
    let arg = Arg::new(operand.key)
        .value_name(operand.key)
        .value_parser(clap::value_parser!(OsString))
        .help(operand.about.get(lang))
        .help_heading(OPERANDS.get(lang));
    match operand.times {
        Times::Maybe => arg,
        Times::Once => arg.required(true),
        Times::Any => arg.num_args(0..),
        Times::Many => arg.num_args(1..).required(true),
    }
}

fn of_option(opt: &'static Opt, lang: Lang) -> Arg {
    let choices = opt.choices.map(|choices| choices()).unwrap_or_default();
    let mut help = opt.about.get(lang).to_owned();
    if !choices.is_empty() {
        let label = words("可以是", "one of").get(lang);
        help = format!("{help} [{label} {}]", choices.join(" "));
    }
    let arg = Arg::new(opt.name)
        .long(opt.name)
        .help(help)
        .hide(super::options::is_hidden(opt))
        .help_heading(OPTIONS.get(lang));
    // The one letter that scripts know.
    let arg = if opt.name == QUIET.name {
        arg.short('q')
    } else {
        arg
    };
    if opt.value.is_empty() {
        return arg.action(ArgAction::SetTrue);
    }
    let arg = arg.value_name(opt.value).hide_possible_values(true);
    if choices.is_empty() {
        arg
    } else {
        arg.value_parser(PossibleValuesParser::new(choices))
    }
}

/// The environment variables that the program looks at, each with what it does.
pub static VARIABLES: [(&str, Words); 4] = [
    (
        CONFIG_VARIABLE,
        words("设置文件夹", "the folder of the settings"),
    ),
    (
        STATE_VARIABLE,
        words(
            "状态文件夹：恢复日志、以前的版本",
            "the folder of state: recovery journals, earlier versions",
        ),
    ),
    ("NO_COLOR", words("不用颜色", "no colours")),
    (
        "LANG",
        words(
            "界面语言、字符编码（LC_ALL、LC_MESSAGES、LC_CTYPE 也看）",
            "language and encoding (LC_ALL, LC_MESSAGES and LC_CTYPE count too)",
        ),
    ),
];

/// What stands under the options: exit codes, variables.
fn exits(lang: Lang) -> String {
    let label = words("退出码：", "Exit codes:").get(lang);
    let exits = Exit::ALL.iter().fold(label.to_owned(), |text, exit| {
        format!("{text}\n  {}  {}", exit.code(), exit.meaning().get(lang))
    });
    let label = words("环境变量：", "Variables:").get(lang);
    VARIABLES
        .iter()
        .fold(format!("{exits}\n\n{label}"), |text, (name, what)| {
            format!("{text}\n  {name:<16}  {}", what.get(lang))
        })
}

fn stop(error: &clap::Error, arguments: &[OsString]) -> Stop {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            Stop::Show(format!("{}\n", error.to_string().trim_end()))
        }
        kind => Stop::Wrong(wrong(error, kind, arguments).hint(see_help(arguments))),
    }
}

/// Where to read on: the help of the subcommand, if it is one.
fn see_help(arguments: &[OsString]) -> Message {
    let name = first_operand(arguments).filter(|name| subcommand(name).is_some());
    let call = name.map_or("gouji --help".to_owned(), |name| {
        format!("gouji {name} --help")
    });
    words("用法见：{call}", "see: {call}").with(vec![("call", call.into())])
}

fn first_operand(arguments: &[OsString]) -> Option<&str> {
    arguments
        .iter()
        .filter_map(|argument| argument.to_str())
        .find(|argument| !argument.starts_with('-'))
}

/// A usage error in our own words.
fn wrong(error: &clap::Error, kind: ErrorKind, arguments: &[OsString]) -> Failure {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let invalid = context(ContextKind::InvalidArg);
    // The editor's own report is no mistyped subcommand.
    let is_file = |name: &str| Path::new(name).exists() || name.contains(['.', '/']);
    let of_editor = first_operand(arguments).is_some_and(is_file);
    if of_editor && kind == ErrorKind::UnknownArgument && !invalid.starts_with('-') {
        let what = words(
            "编辑器一次打开一份报告，多了 {arg}",
            "the editor opens one report at a time; {arg} is one too many",
        );
        let hint = words(
            "对比两份：gouji diff A B；核对许多份：gouji check A B",
            "to compare two: gouji diff A B; to check many: gouji check A B",
        );
        let what = what.with(vec![("arg", invalid.into())]);
        return Failure::user(what).hint(hint);
    }
    // Behind a mistyped subcommand its operands are what the parser complains of.
    if let Some(name) = first_operand(arguments).filter(|name| subcommand(name).is_none())
        && !of_editor
        && matches!(
            kind,
            ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand | ErrorKind::ArgumentConflict
        )
        && arguments.len() > 1
    {
        let failure = Failure::user(
            words("没有子命令 {name}", "there is no subcommand {name}")
                .with(vec![("name", name.into())]),
        );
        return meant(failure, name, SUBCOMMANDS.iter().map(|known| known.name));
    }
    let args = |text: String| vec![("arg", text.into())];
    match kind {
        ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand => {
            let failure = Failure::user(
                words("不认识 {arg}", "{arg} is not known").with(args(invalid.clone())),
            );
            match context(ContextKind::SuggestedArg) {
                near if near.is_empty() => failure,
                near => failure.hint(did_you_mean(&near)),
            }
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = context(ContextKind::InvalidValue);
            let what = if value.is_empty() {
                words("{arg} 后面要有一个值", "{arg} needs a value")
            } else {
                words("{arg} 不能是 {value}", "{arg} can't be {value}")
            };
            let failure =
                Failure::user(what.with(vec![("arg", invalid.into()), ("value", value.into())]));
            match context(ContextKind::ValidValue) {
                valid if valid.is_empty() => failure,
                valid => failure.hint(
                    words("可以是：{valid}", "one of: {valid}").with(vec![("valid", valid.into())]),
                ),
            }
        }
        ErrorKind::ArgumentConflict => Failure::user(
            words("{arg} 只能写一次", "{arg} may be given only once").with(args(invalid)),
        ),
        ErrorKind::MissingRequiredArgument => {
            Failure::user(words("还缺 {arg}", "{arg} is missing").with(args(invalid)))
        }
        ErrorKind::TooManyValues => {
            Failure::user(words("{arg} 不带值", "{arg} takes no value").with(args(invalid)))
        }
        ErrorKind::InvalidUtf8 => Failure::user(
            words("参数里有不能识别的字节", "an argument is not text in UTF-8").into(),
        ),
        _ => Failure::user(words("参数不对", "the arguments can't be used").into()),
    }
}

/// A failure with the nearest of the names that are known, if one is near.
#[must_use]
pub(super) fn meant(
    failure: Failure,
    typed: &str,
    known: impl Iterator<Item = &'static str>,
) -> Failure {
    match nearest(typed, known) {
        Some(name) => failure.hint(did_you_mean(name)),
        None => failure,
    }
}

/// The known name that a typed one is a slip of.
fn nearest(typed: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    const FAR: usize = 3;
    let typed = typed.to_ascii_lowercase();
    known
        .map(|name| {
            (
                strsim::levenshtein(&typed, &name.to_ascii_lowercase()),
                name,
            )
        })
        .filter(|(far, name)| *far < FAR.min(name.len()))
        .min()
        .map(|(_, name)| name)
}

/// The failure of a word that is neither a file nor a subcommand but nearly one.
#[must_use]
pub(super) fn mistyped(name: &str) -> Option<Failure> {
    let near = nearest(name, SUBCOMMANDS.iter().map(|known| known.name))?;
    let what = words(
        "没有文件 {name}，也没有这个子命令",
        "there is no file {name}, and no such subcommand",
    );
    Some(Failure::user(what.with(vec![("name", name.into())])).hint(did_you_mean(near)))
}

fn did_you_mean(name: &str) -> Message {
    words("是不是 {name}", "did you mean {name}").with(vec![("name", name.into())])
}
