//! The script of the manual, run as it is written.

#![allow(clippy::disallowed_methods, reason = "runs a script in a folder")]

#[path = "support/reports.rs"]
mod reports;

use std::path::Path;
use std::process::Command;

use gouji::base::words::Lang;
use gouji::format::{self, DOCX, Format, Writing, XLSX};
use gouji::model::Report;
use reports::clean;

/// The script of a manual: the only block of shell that begins with a line `#!`.
fn script(lang: Lang) -> String {
    let path = format!(
        "{}/src/manual/{}.md",
        env!("CARGO_MANIFEST_DIR"),
        lang.key()
    );
    let manual = std::fs::read_to_string(path).expect("the manual");
    let from = manual.find("```sh\n#!/bin/sh\n").expect("a script") + "```sh\n".len();
    let to = from + manual[from..].find("```").expect("its end");
    manual[from..to].to_owned()
}

fn put(folder: &Path, name: &str, report: &Report, format: &'static Format) {
    let bytes = format::write(report, format, &Writing::default()).expect("written");
    std::fs::write(folder.join(name), bytes).expect("written");
}

/// Runs the script on the folder, with the program on the path.
fn run(lang: Lang, home: &Path, folder: &Path) -> i32 {
    let file = home.join("review.sh");
    std::fs::write(&file, script(lang)).expect("written");
    let program = Path::new(env!("CARGO_BIN_EXE_gouji"));
    let programs = program.parent().expect("a folder").display().to_string();
    let ended = Command::new("sh")
        .arg(&file)
        .arg(folder)
        .env_clear()
        .env("HOME", home)
        .env("LANG", "zh_CN.UTF-8")
        .env("PATH", format!("{programs}:/usr/bin:/bin"))
        .output()
        .expect("a shell");
    ended.status.code().expect("a code")
}

#[test]
fn the_script_of_the_manual_reviews_a_folder_and_exits_rightly() {
    for lang in Lang::ALL {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("reports");
        std::fs::create_dir(&folder).expect("made");
        put(&folder, "a.docx", clean().report(), &DOCX);
        assert_eq!(run(lang, home.path(), &folder), 0, "{lang:?}");
        assert!(!folder.join("退回/a.docx").exists());
        put(&folder, "b.docx", &format::sample(), &DOCX);
        put(&folder, "c.xlsx", &format::sample(), &XLSX);
        // Twice: what it wrote is not taken for reports.
        for _ in 0..2 {
            assert_eq!(run(lang, home.path(), &folder), 1, "{lang:?}");
        }
        let read = |name: &str| {
            let text = std::fs::read_to_string(folder.join("退回").join(name));
            text.expect("a text")
        };
        let problems = read("问题.txt");
        assert!(problems.contains("b.docx: error T3-COLSUM"), "{problems}");
        assert!(!problems.contains("退回/"), "{problems}");
        assert!(read("意见.txt").contains("自然人列"));
        for name in ["b.docx", "c.xlsx"] {
            let bytes = std::fs::read(folder.join("退回").join(name)).expect("a copy");
            let draft = format::read(&bytes, Some(name), &format::Options::default());
            assert_eq!(
                draft.expect("a report").report().cells(),
                format::sample().cells()
            );
        }
    }
}
