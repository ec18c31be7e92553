//! Generated blocks of the README equal the tables they are made from.
//!
//! A block stands between `<!-- NAME: made by tests/readme.rs -->` and
//! `<!-- /NAME -->`. `GOUJI_BLESS=1 cargo test --test readme` writes them anew.

#![allow(
    clippy::disallowed_methods,
    reason = "reads and, when asked, writes the README"
)]

use gouji::base::words::Lang;
use gouji::check::RULES;
use gouji::cli::{EDITOR, Exit, SUBCOMMANDS, usage};
use gouji::format::FORMATS;
use gouji::paper::OUTPUTS;
use gouji::tui::bindings::Keymap;
use gouji::tui::command::COMMANDS;
use gouji::tui::keymap::{KEYMAP, shown_key};
use gouji::tui::panels::help::is_alias;

type Make = fn() -> String;

/// Every block with what makes it; a new one is a line here and two comments there.
const BLOCKS: [(&str, Make); 7] = [
    ("screen", screen),
    ("subcommands", subcommands),
    ("exits", exits),
    ("outputs", outputs),
    ("formats", formats),
    ("rules", rules),
    ("keys", keys),
];

/// A table of Markdown.
fn table<const N: usize>(heads: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut out = line(&heads.map(str::to_owned));
    out += &line(&heads.map(|_| "---".to_owned()));
    for row in rows {
        out += &line(&row.map(|cell| cell.replace('|', "\\|")));
    }
    out
}

/// The screen of the sample, as its frame test holds it, without style marks.
fn screen() -> String {
    let frame = include_str!("data/frames/problem-80x23-zh.txt");
    let rows = frame.lines().filter(|line| {
        let marks = !line.is_empty() && line.chars().all(|c| " #RBud.".contains(c));
        !marks && !line.starts_with("cursor ")
    });
    let rows = rows.collect::<Vec<_>>().join("\n");
    format!("```text\n{rows}\n```\n")
}

fn subcommands() -> String {
    let all = std::iter::once(&EDITOR).chain(SUBCOMMANDS);
    let row = |subcommand: &gouji::cli::Subcommand| {
        let options: Vec<String> = subcommand
            .options
            .iter()
            .map(|opt| format!("`{}`", opt.call()))
            .collect();
        [
            format!("`{}`", usage(subcommand, Lang::En)),
            subcommand.about.en.to_owned(),
            subcommand.about.zh.to_owned(),
            options.join(" "),
        ]
    };
    table(["call", "does", "作用", "options"], all.map(row))
}

fn exits() -> String {
    let row = |exit: Exit| {
        let meaning = exit.meaning();
        [
            exit.code().to_string(),
            meaning.en.to_owned(),
            meaning.zh.to_owned(),
        ]
    };
    table(["code", "means", "含义"], Exit::ALL.into_iter().map(row))
}

fn outputs() -> String {
    let row = |output: &gouji::paper::Output| {
        let key = format!("`--output {}`", output.key);
        [key, output.about.en.to_owned(), output.about.zh.to_owned()]
    };
    table(["option", "prints", "输出"], OUTPUTS.iter().map(row))
}

fn formats() -> String {
    let yes = |can: bool| if can { "yes" } else { "no" }.to_owned();
    let row = |format: &&gouji::format::Format| {
        [
            format!("`{}`", format.key),
            format!("{} {}", format.name.zh, format.name.en),
            format.extensions.join(", "),
            yes(format.can_read()),
            yes(format.can_write()),
            format.carries.en.to_owned(),
        ]
    };
    table(
        ["key", "name", "endings", "read", "written", "carries"],
        FORMATS.iter().map(row),
    )
}

fn rules() -> String {
    let row = |rule: &gouji::check::Rule| {
        let severity = rule.severity.key().to_owned();
        let title = rule.title;
        [
            format!("`{}`", rule.code),
            severity,
            title.zh.to_owned(),
            title.en.to_owned(),
        ]
    };
    table(
        ["code", "severity", "名称", "flaw"],
        RULES.iter().map(|entry| row(entry)),
    )
}

/// The keys of every command, with the menu's digits behind them.
fn keys() -> String {
    let keymap = Keymap::default();
    let row = |info: &gouji::tui::command::CommandInfo| {
        let bound = keymap.keys_of(info.command);
        let mut keys: Vec<String> = bound
            .iter()
            .filter(|chord| !is_alias(chord))
            .map(|chord| shown_key(chord))
            .collect();
        let menu = bound.iter().find_map(|chord| {
            let number: u8 = chord.strip_prefix('F')?.parse().ok()?;
            (1..=10).contains(&number).then_some(number % 10)
        });
        keys.extend(menu.map(|digit| format!("Esc {digit}")));
        keys.extend(info.digit.map(|digit| format!("Esc 0 {digit}")));
        if keys.is_empty() {
            keys.push("Esc 0".to_owned());
        }
        [
            keys.iter()
                .map(|key| format!("`{key}`"))
                .collect::<Vec<_>>()
                .join(" "),
            info.title.en.to_owned(),
            info.title.zh.to_owned(),
            format!("`{}`", info.name),
        ]
    };
    table(["keys", "does", "作用", "name"], COMMANDS.iter().map(row))
}

#[test]
fn generated_blocks_equal_their_tables() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let found = std::fs::read_to_string(path).expect("the README");
    let mut wanted = found.clone();
    for (name, make) in BLOCKS {
        let (open, close) = (
            format!("<!-- {name}: made by tests/readme.rs -->\n"),
            format!("<!-- /{name} -->"),
        );
        let at = |text: &str| wanted.find(text).expect("both comments of every block");
        let range = at(&open) + open.len()..at(&close);
        wanted.replace_range(range, &make());
    }
    if found != wanted && std::env::var_os("GOUJI_BLESS").is_some() {
        std::fs::write(path, wanted).expect("written");
        return;
    }
    assert!(
        found == wanted,
        "README.md drifted: GOUJI_BLESS=1 cargo test --test readme"
    );
}

#[test]
fn the_keys_that_terminals_leave_over_are_keys() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).expect("the README");
    let (_, after) = readme.split_once("### Terminals").expect("its section");
    let (section, _) = after.split_once("\n## ").expect("the next section");
    let known: Vec<String> = KEYMAP
        .iter()
        .flat_map(|binding| binding.keys.split(' '))
        .map(shown_key)
        .collect();
    let mut found = 0;
    let ways = ["): `", " or `"].into_iter();
    for piece in ways.flat_map(|lead| section.split(lead).skip(1)) {
        let way = piece.split_once('`').map_or("", |(way, _)| way);
        if way != "Ins" && !way.starts_with("Esc ") {
            assert!(known.iter().any(|key| key == way), "{way}");
            found += 1;
        }
    }
    assert!(found > 3, "{found}");
}
