//! `gouji help`: how to call the program, its manual, the licences it stands under;
//! for those who package it, man pages and completions.
//!
//! **Never:** says of an option or a subcommand what its table does not.
//! Next: `plain` for how the manual is set, `parse` for the parser.

use clap::Command;

use crate::base::failure::Failure;
use crate::base::words::{Lang, Words, words};

use super::{Exit, Given, Io, SUBCOMMANDS, options, parse, subcommand};

mod plain;

/// Something to read that is no subcommand.
pub struct Topic {
    /// Its name behind `help`.
    pub name: &'static str,
    /// What it tells.
    pub about: Words,
    /// Its text.
    pub text: fn(Lang) -> String,
}

/// All of them, in the order of help.
pub static TOPICS: [Topic; 2] = [
    Topic {
        name: "manual",
        about: words("使用手册", "the manual"),
        text: |lang| plain::plain(MANUAL.get(lang)),
    },
    Topic {
        name: "licences",
        about: words(
            "许可证：本程序和它所用的库",
            "the licences of the program and of the libraries in it",
        ),
        text: licences,
    },
];

/// The manual, in Markdown.
const MANUAL: Words = words(
    include_str!("../manual/zh.md"),
    include_str!("../manual/en.md"),
);
/// The licences of all libraries in the program, made by `tests/licences.rs`.
const LIBRARIES: &str = include_str!("../manual/licences.txt");

/// Prints how to use the program or one of its subcommands, or a topic.
pub(super) fn help(given: &Given, io: &mut Io) -> Exit {
    let name = given.text("COMMAND");
    let mut root = parse::command(given.lang);
    if let Some(shell) = given.value(&options::COMPLETIONS) {
        return completions(root, shell, io);
    }
    root.build();
    let asked = match &name {
        None => Some(&mut root),
        // The parser knows the editor by the empty name too, as a subcommand without one.
        Some(name) if subcommand(name).is_some() => root.find_subcommand_mut(name),
        Some(_) => None,
    };
    if let Some(command) = asked {
        if given.has(&options::MAN) {
            io.print(man(command.clone(), given.lang));
        } else {
            io.print(command.render_help().to_string());
        }
        return Exit::Clean;
    }
    let name = name.unwrap_or_default();
    if let Some(topic) = TOPICS.iter().find(|topic| topic.name == name) {
        io.page((topic.text)(given.lang).as_bytes());
        return Exit::Clean;
    }
    let what = words("没有子命令 {name}", "there is no subcommand {name}");
    let failure = Failure::user(what.with(vec![("name", name.as_str().into())]));
    let known = SUBCOMMANDS.iter().map(|known| known.name);
    let known = known.chain(TOPICS.iter().map(|topic| topic.name));
    let list = words("全部见：gouji help", "all of them: gouji help");
    io.fail(&parse::meant(failure, &name, known).hint(list), given.lang)
}

fn licences(lang: Lang) -> String {
    let own = words(
        "gouji 采用 MIT 或 Apache-2.0 许可证，任选其一，全文如下。其后是程序所含各个库的许可证。",
        "gouji is licensed under MIT or Apache-2.0, at your option; both follow in full, \
         then the licences of the libraries in the program.",
    );
    let rule = "=".repeat(78);
    [
        own.get(lang),
        include_str!("../../LICENSE-MIT").trim_end(),
        include_str!("../../LICENSE-APACHE").trim_end(),
        LIBRARIES,
    ]
    .join(&format!("\n\n{rule}\n\n"))
}

/// The completions of a shell.
fn completions(mut root: Command, shell: &str, io: &mut Io) -> Exit {
    use clap_complete::Shell;
    let mut out = Vec::new();
    let shell = match shell {
        "zsh" => Shell::Zsh,
        "fish" => Shell::Fish,
        _ => Shell::Bash,
    };
    clap_complete::generate(shell, &mut root, "gouji", &mut out);
    io.print(out);
    Exit::Clean
}

/// A man page, with the headings of its language.
fn man(command: Command, lang: Lang) -> String {
    const HEADINGS: [(&str, Words); 6] = [
        ("NAME", words("名称", "NAME")),
        ("SYNOPSIS", words("用法", "SYNOPSIS")),
        ("DESCRIPTION", words("说明", "DESCRIPTION")),
        ("EXTRA", words("退出状态", "EXIT STATUS")),
        ("VERSION", words("版本", "VERSION")),
        ("COMMANDS", words("子命令", "COMMANDS")),
    ];
    let title = command.get_display_name().unwrap_or("gouji").to_owned();
    let page = clap_mangen::Man::new(command)
        .title(title)
        .source(concat!("gouji ", env!("CARGO_PKG_VERSION")))
        .manual(words("勾稽手册", "gouji manual").get(lang));
    let mut out = Vec::new();
    page.render(&mut out)
        .expect("memory takes what is written to it");
    let text = String::from_utf8(out).expect("made of text");
    let heading = |line: &str| {
        let name = line.strip_prefix(".SH ")?.trim_matches('"');
        let (_, heading) = HEADINGS.iter().find(|(known, _)| *known == name)?;
        Some(format!(".SH \"{}\"", heading.get(lang)))
    };
    let lines = text
        .lines()
        .map(|line| heading(line).unwrap_or_else(|| line.to_owned()));
    lines.fold(String::new(), |text, line| text + &line + "\n")
}
