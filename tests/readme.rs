//! README and manual say what is so: generated blocks equal the tables they are made
//! from, both languages have the same chapters, every command works as it is written.
//!
//! A block stands between `<!-- NAME: made by tests/readme.rs -->` and
//! `<!-- /NAME -->`. `GOUJI_BLESS=1 cargo test --test readme` writes them anew.

#![allow(
    clippy::disallowed_methods,
    reason = "reads and, when asked, writes README and manual"
)]

mod support;

use std::path::Path;
use std::process::{Command, Stdio};

use gouji::base::words::Lang;
use gouji::check::RULES;
use gouji::cli::options::is_hidden;
use gouji::cli::{EDITOR, Exit, Opt, SUBCOMMANDS, Subcommand, usage};
use gouji::format::FORMATS;
use gouji::paper::OUTPUTS;
use gouji::tui::bindings::Keymap;
use gouji::tui::command::COMMANDS;
use gouji::tui::keymap::{KEYMAP, shown_key};
use gouji::tui::panels::help::is_alias;
use portable_pty::CommandBuilder;
use support::pty::Pty;

type Make = fn(Lang) -> String;

/// Every block of the manual with what makes it; a new one is a line here and two
/// comments in each language.
const BLOCKS: [(&str, Make); 8] = [
    ("screen", screen),
    ("subcommands", subcommands),
    ("options", options),
    ("exits", exits),
    ("outputs", outputs),
    ("formats", formats),
    ("rules", rules),
    ("keys", keys),
];

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn manual_path(lang: Lang) -> String {
    format!("{ROOT}/src/manual/{}.md", lang.key())
}

fn manual(lang: Lang) -> String {
    std::fs::read_to_string(manual_path(lang)).expect("the manual")
}

/// A word of a table's head.
fn head(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    gouji::base::words::words(zh, en).get(lang)
}

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
fn screen(lang: Lang) -> String {
    let path = format!("{ROOT}/tests/data/frames/problem-80x23-{}.txt", lang.key());
    let frame = std::fs::read_to_string(path).expect("a frame");
    let rows = frame.lines().filter(|line| {
        let marks = !line.is_empty() && line.chars().all(|c| " #RBud.".contains(c));
        !marks && !line.starts_with("cursor ")
    });
    let rows = rows.collect::<Vec<_>>().join("\n");
    format!("```text\n{rows}\n```\n")
}

fn all() -> impl Iterator<Item = &'static Subcommand> {
    std::iter::once(&EDITOR).chain(SUBCOMMANDS)
}

fn subcommands(lang: Lang) -> String {
    let row = |subcommand: &Subcommand| {
        [
            format!("`{}`", usage(subcommand, lang)),
            subcommand.about.get(lang).to_owned(),
        ]
    };
    let heads = [head(lang, "写法", "call"), head(lang, "作用", "does")];
    table(heads, all().map(row))
}

/// Every option once, with those who take it; one of the same name that does something
/// else is a row of its own.
fn options(lang: Lang) -> String {
    let mut found: Vec<(&Opt, Vec<String>)> = Vec::new();
    for subcommand in all() {
        let name = match subcommand.name {
            "" => "gouji".to_owned(),
            name => name.to_owned(),
        };
        for opt in subcommand.options.iter().filter(|opt| !is_hidden(opt)) {
            match found
                .iter_mut()
                .find(|(known, _)| std::ptr::eq(*known, *opt))
            {
                Some((_, takers)) => takers.push(name.clone()),
                None => found.push((opt, vec![name.clone()])),
            }
        }
    }
    let row = |(opt, takers): (&Opt, Vec<String>)| {
        let choices = opt.choices.map(|choices| choices().join(" "));
        let choices = choices.map_or(String::new(), |choices| format!(" [{choices}]"));
        [
            format!("`{}`", opt.call()),
            takers.join(" "),
            format!("{}{choices}", opt.about.get(lang)),
        ]
    };
    let heads = [
        head(lang, "选项", "option"),
        head(lang, "用于", "taken by"),
        head(lang, "作用", "does"),
    ];
    table(heads, found.into_iter().map(row))
}

fn exits(lang: Lang) -> String {
    let row = |exit: Exit| {
        let meaning = exit.meaning().get(lang).to_owned();
        [exit.code().to_string(), meaning]
    };
    let heads = [head(lang, "退出码", "code"), head(lang, "含义", "means")];
    table(heads, Exit::ALL.into_iter().map(row))
}

fn outputs(lang: Lang) -> String {
    let row = |output: &gouji::paper::Output| {
        let key = format!("`--output {}`", output.key);
        [key, output.about.get(lang).to_owned()]
    };
    let heads = [head(lang, "选项", "option"), head(lang, "输出", "prints")];
    table(heads, OUTPUTS.iter().map(row))
}

fn formats(lang: Lang) -> String {
    let row = |format: &&gouji::format::Format| {
        let can = match (format.can_read(), format.can_write()) {
            (true, true) => head(lang, "能读能写", "read, written"),
            (true, false) => head(lang, "只读", "read"),
            _ => head(lang, "只写", "written"),
        };
        [
            format!("`{}`", format.key),
            format.name.get(lang).to_owned(),
            format.extensions.join(", "),
            can.to_owned(),
            format.carries.get(lang).to_owned(),
        ]
    };
    let heads = [
        head(lang, "键", "key"),
        head(lang, "名称", "name"),
        head(lang, "扩展名", "endings"),
        head(lang, "读写", "can be"),
        head(lang, "装得下什么", "carries"),
    ];
    table(heads, FORMATS.iter().map(row))
}

fn rules(lang: Lang) -> String {
    let row = |rule: &gouji::check::Rule| {
        [
            format!("`{}`", rule.code),
            rule.severity.key().to_owned(),
            rule.title.get(lang).to_owned(),
        ]
    };
    let heads = [
        head(lang, "规则", "code"),
        head(lang, "级别", "severity"),
        head(lang, "说的是什么", "flaw"),
    ];
    table(heads, RULES.iter().map(|entry| row(entry)))
}

/// The keys of every command, with the menu's digits behind them.
fn keys(lang: Lang) -> String {
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
                .join(" / "),
            format!("`{}`", info.name),
            info.title.get(lang).to_owned(),
        ]
    };
    let heads = [
        head(lang, "按键", "keys"),
        head(lang, "命令名", "name"),
        head(lang, "作用", "does"),
    ];
    table(heads, COMMANDS.iter().map(row))
}

#[test]
fn generated_blocks_equal_their_tables() {
    for lang in Lang::ALL {
        let found = manual(lang);
        let mut wanted = found.clone();
        for (name, make) in BLOCKS {
            let (open, close) = (
                format!("<!-- {name}: made by tests/readme.rs -->\n"),
                format!("<!-- /{name} -->"),
            );
            let at = |text: &str| wanted.find(text).expect("both comments of every block");
            let range = at(&open) + open.len()..at(&close);
            wanted.replace_range(range, &make(lang));
        }
        if found != wanted && std::env::var_os("GOUJI_BLESS").is_some() {
            std::fs::write(manual_path(lang), wanted).expect("written");
            continue;
        }
        assert!(
            found == wanted,
            "the manual drifted: GOUJI_BLESS=1 cargo test --test readme"
        );
    }
}

#[test]
fn the_manual_has_the_same_chapters_in_both_languages() {
    let shape = |lang: Lang| -> Vec<String> {
        let text = manual(lang);
        let headings = text.lines().filter(|line| line.starts_with("## "));
        let numbers = headings.map(|line| line.split_whitespace().nth(1).unwrap_or_default());
        numbers.map(str::to_owned).collect()
    };
    let chapters = shape(Lang::Zh);
    assert!(chapters.len() > 15, "{chapters:?}");
    assert_eq!(chapters, shape(Lang::En));
    for (index, number) in chapters.iter().enumerate() {
        assert_eq!(*number, format!("{}.", index + 1));
    }
}

#[test]
fn the_keys_that_terminals_leave_over_are_keys() {
    let known: Vec<String> = KEYMAP
        .iter()
        .flat_map(|binding| binding.keys.split(' '))
        .map(shown_key)
        .collect();
    for lang in Lang::ALL {
        let text = manual(lang);
        let (_, after) = text.split_once("<!-- terminals -->").expect("their table");
        let (rows, _) = after.split_once("<!-- /terminals -->").expect("its end");
        let cells = rows.lines().filter_map(|row| row.split('|').nth(2));
        let mut found = 0;
        // Between two marks of code stands a key: the one lost, or the one to use instead.
        for key in cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)) {
            if key != "Ins" && !key.starts_with("Esc ") {
                assert!(known.iter().any(|known| known == key), "{key}");
                found += 1;
            }
        }
        assert!(found > 15, "{found}");
    }
}

fn readme() -> String {
    std::fs::read_to_string(format!("{ROOT}/README.md")).expect("the README")
}

/// The commands of a page, in order, as they are written.
fn commands(page: &str) -> Vec<String> {
    let blocks = page.split("```sh\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap_or_default());
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

/// A start of the program in a terminal, in a folder.
fn in_terminal(folder: &Path, arguments: &[&str]) -> Pty {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_gouji"));
    command.env_clear();
    command.env("HOME", folder);
    command.env("LANG", "zh_CN.UTF-8");
    command.cwd(folder);
    command.args(arguments);
    Pty::start(command, 80, 24)
}

/// Whether a command line opens the editor.
fn opens_the_editor(arguments: &[&str]) -> bool {
    arguments
        .first()
        .is_none_or(|first| SUBCOMMANDS.iter().all(|known| known.name != *first))
}

/// Runs every command that calls the program, in order, in one empty folder: what a
/// command names is there because one before it made it.
fn run_all(page: &str) -> usize {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path();
    let mut ran = 0;
    for line in commands(page) {
        let called = ["gouji ", "cargo run --release -- "];
        let Some(rest) = called.iter().find_map(|call| line.strip_prefix(call)) else {
            continue;
        };
        ran += 1;
        let arguments: Vec<&str> = rest.split_whitespace().collect();
        if opens_the_editor(&arguments) {
            let mut pty = in_terminal(folder, &arguments);
            pty.wait_for("三 申请");
            pty.send("\x11");
            assert!(pty.end().0.success(), "{line}");
            continue;
        }
        let done = Command::new(env!("CARGO_BIN_EXE_gouji"))
            .args(&arguments)
            .env_clear()
            .env("HOME", folder)
            .current_dir(folder)
            .stdin(Stdio::null())
            .output()
            .expect("the program");
        // 1 is no failure of diff: the two reports differ.
        let may = i32::from(arguments[0] == "diff");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(
            done.status.code().is_some_and(|code| code <= may),
            "{line}: {said}"
        );
    }
    ran
}

#[test]
fn every_command_of_the_readme_works_as_it_is_written() {
    let ran = run_all(&readme());
    assert!(ran > 10, "{ran}");
}

#[test]
fn every_other_command_of_the_readme_is_one_of_this_folder() {
    for line in commands(&readme()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_ours = match words[..] {
            // The program is the only thing that is installed or built.
            ["gouji", ..]
            | ["cargo", "run", ..]
            | ["cargo", "test" | "bench"]
            | ["cargo", "install", "--path", ".", "--locked"] => true,
            ["GOUJI_BLESS=1", "cargo", "test", ..] => {
                let targets = words[3..].chunks(2);
                targets.into_iter().all(|pair| {
                    let path = format!("{ROOT}/tests/{}", pair[1]);
                    pair[0] == "--test"
                        && (Path::new(&format!("{path}.rs")).is_file() || Path::new(&path).is_dir())
                })
            }
            [name, ..] if name.starts_with(".ci/") => Path::new(ROOT).join(name).is_file(),
            _ => {
                line.starts_with("RUSTFLAGS='-C target-feature=+crt-static' cargo build --release")
            }
        };
        assert!(is_ours, "{line}");
    }
}

#[test]
fn the_minute_of_the_readme_ends_with_a_report_that_adds_up() {
    let home = tempfile::tempdir().expect("a folder");
    let mut pty = in_terminal(home.path(), &["--sample"]);
    pty.wait_for("错误 2");
    pty.send("\x1b[19~");
    pty.wait_for("各项结果相加 8");
    pty.send("\x1b[17~");
    pty.wait_for("错误 2 -> 0");
    pty.send("\r");
    pty.wait_for("错误 0");
    pty.send("\x13");
    pty.wait_for(".json");
    pty.send("\r");
    pty.wait_for("已保存");
    pty.send("\x11");
    assert!(pty.end().0.success());
    let saved = std::fs::read_dir(home.path()).expect("a folder");
    let saved: Vec<String> = saved
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "json"))
        .collect();
    assert_eq!(saved.len(), 1, "{saved:?}");
    let checked = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["check", &saved[0]])
        .env_clear()
        .env("HOME", home.path())
        .current_dir(home.path())
        .output()
        .expect("the program");
    assert!(checked.status.success(), "{checked:?}");
}

#[test]
fn the_readme_is_short_and_what_it_links_to_is_there() {
    let readme = readme();
    assert!(readme.lines().count() <= 150);
    let links = readme.split("](").skip(1);
    let links: Vec<&str> = links.filter_map(|link| link.split(')').next()).collect();
    for link in &links {
        let is_there = link.starts_with("https://") || Path::new(ROOT).join(link).exists();
        assert!(is_there, "{link}");
    }
    assert!(links.len() > 10, "{links:?}");
    let manifest = std::fs::read_to_string(format!("{ROOT}/Cargo.toml")).expect("a manifest");
    let rust = manifest
        .split("rust-version = \"")
        .nth(1)
        .expect("a version");
    let rust = rust.split('"').next().unwrap_or_default();
    assert!(readme.contains(&format!("Rust {rust}")), "{rust}");
    let last = readme.lines().rfind(|line| line.starts_with("## "));
    assert_eq!(last, Some("## Changes"));
}

/// Calls of the program that a page writes: lines of code, and code in a sentence. What
/// stands behind a comment `check:` is not claimed yet: up to the next heading, or to the
/// next chapter where it names the whole one.
fn calls(page: &str) -> Vec<String> {
    let mut found = commands(page);
    // The start of the heading that ends what is not claimed.
    let (mut unclaimed, mut is_code) = (None, false);
    for line in page.lines() {
        if let Some(what) = line.strip_prefix("<!-- check:") {
            unclaimed = Some(if what.contains("whole chapter") {
                "## "
            } else {
                "##"
            });
        } else if unclaimed.is_some_and(|end| line.starts_with(end)) {
            unclaimed = None;
        }
        let is_claimed = unclaimed.is_none();
        is_code ^= line.starts_with("```");
        if is_claimed && !is_code && !line.starts_with('|') {
            found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found.retain(|call| call.starts_with("gouji ") && !call.contains('['));
    found
}

#[test]
fn every_call_in_the_manual_is_one_that_the_program_understands() {
    for lang in Lang::ALL {
        let calls = calls(&manual(lang));
        assert!(calls.len() > 15, "{calls:?}");
        for call in calls {
            // What a shell does with a result is not for the program.
            let call = call.split(" > ").next().unwrap_or_default();
            let parsed = gouji::cli::command(lang).try_get_matches_from(call.split_whitespace());
            let is_bare = call.contains("子命令") || call.contains("COMMAND");
            let kind = parsed.err().map(|error| error.kind());
            let is_help = kind == Some(clap::error::ErrorKind::DisplayHelp);
            // Without its operands a command is only named.
            let is_named = kind == Some(clap::error::ErrorKind::MissingRequiredArgument);
            assert!(
                kind.is_none() || is_bare || is_help || is_named,
                "{call}: {kind:?}"
            );
        }
    }
}
