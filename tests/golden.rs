//! What every fixture and sample is read as, as text that can be compared.
//!
//! ```text
//! GOUJI_GOLDEN=before cargo test --test golden -- --ignored
//! (change a reader)
//! GOUJI_GOLDEN=after cargo test --test golden -- --ignored
//! diff -r before after
//! ```
//! `verdicts` does the same with what `gouji check --output json` prints: freeze it,
//! change a rule, and name each line that changed in the commit.
//!
//! Fixtures are those below `tests/data`; samples lie in `../shared/samples`, if
//! that folder is there, or in the folder that `GOUJI_SAMPLES` names.

#![allow(
    clippy::disallowed_methods,
    reason = "a tool that reads fixtures and writes dumps"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use gouji::base::words::Lang;
use gouji::format::{self, Options};
use gouji::model::{Draft, HeadField};

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        // A file that ends the program would end the dump: those have their own test.
        if path.ends_with("broken") {
            continue;
        }
        if path.is_dir() {
            files(&path, into);
        } else {
            into.push(path);
        }
    }
}

/// A draft as text, a fact a line.
fn text(draft: &Draft) -> String {
    let mut out = String::new();
    let report = draft.report();
    let form = report.form();
    let _ = writeln!(out, "form {}", form.key);
    for field in HeadField::ALL {
        let _ = writeln!(out, "head.{} {:?}", field.key(), report.head().get(field));
    }
    for heading in report.headings() {
        let key = heading.section.map_or("-", |id| form.section(id).key);
        let _ = writeln!(out, "heading {key} {:?}", heading.text);
    }
    for table in form.tables {
        for id in table.cells() {
            let origin = draft.origins[id.index()].as_ref();
            let from = origin.map_or(String::new(), |of| {
                format!(" {:?} {:?}", of.place.to_string(), of.raw)
            });
            let _ = writeln!(out, "{} {:?}{from}", form.path(id), report.cell(id));
        }
    }
    for id in form.texts() {
        let _ = writeln!(out, "text {} {:?}", form.section(id).key, report.text(id));
    }
    for note in &draft.notes {
        let words = note.message.words.en;
        let _ = writeln!(
            out,
            "note {:?} {words:?} {:?}",
            note.place.to_string(),
            note.message.args
        );
    }
    for piece in report.unplaced() {
        let _ = writeln!(
            out,
            "unplaced {:?} {:?}",
            piece.place.to_string(),
            piece.text
        );
    }
    let mut lost: Vec<String> = draft
        .report()
        .lost()
        .map(|(table, row)| {
            let table = &form.tables[table];
            format!("lost {}.{}", table.prefix, table.rows[row].key)
        })
        .collect();
    lost.sort();
    for line in lost {
        let _ = writeln!(out, "{line}");
    }
    for unread in report.unread() {
        let (prefix, seen) = (unread.prefix, unread.seen.key());
        let _ = writeln!(out, "unread {prefix} {seen} {:?}", unread.place.to_string());
    }
    let _ = writeln!(
        out,
        "recognised {} unknown_keys {}",
        draft.recognised, draft.unknown_keys
    );
    out
}

/// Writes what `dumped` gives for every fixture and sample.
fn dump_all(ending: &str, dumped: impl Fn(&Path) -> String) {
    let target = std::env::var_os("GOUJI_GOLDEN").expect("GOUJI_GOLDEN names a folder");
    let crate_dir = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let samples = std::env::var_os("GOUJI_SAMPLES").map(PathBuf::from);
    let samples = samples.unwrap_or_else(|| crate_dir.join("../shared/samples"));
    for (name, root) in [("data", crate_dir.join("tests/data")), ("samples", samples)] {
        let mut all = Vec::new();
        files(&root, &mut all);
        let folder = PathBuf::from(&target).join(name);
        std::fs::create_dir_all(&folder).expect("a folder that can be made");
        for path in all {
            let inner = path.strip_prefix(&root).expect("a file below its root");
            let inner = inner.to_string_lossy().replace('/', "+");
            std::fs::write(folder.join(inner + ending), dumped(&path))
                .expect("a folder to write in");
        }
    }
}

#[test]
#[ignore = "a tool: writes a dump into the folder that GOUJI_GOLDEN names"]
fn dump() {
    dump_all(".txt", |path| {
        let bytes = std::fs::read(path).expect("a file that was listed");
        let file = path.file_name().expect("a name").to_string_lossy();
        match format::read(&bytes, Some(&file), &Options::default()) {
            Ok(draft) => text(&draft),
            Err(failure) => format!("refused: {}\n", failure.text(Lang::En)),
        }
    });
}

#[test]
#[ignore = "a tool: writes a dump into the folder that GOUJI_GOLDEN names"]
fn verdicts() {
    dump_all(".json", |path| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"));
        // The name alone is printed: a dump is the same wherever the files lie.
        program.current_dir(path.parent().expect("a file in a folder"));
        program.args(["check", "--output", "json"]);
        program.arg(path.file_name().expect("a name"));
        let answer = program.output().expect("the program runs");
        let (out, code) = (
            String::from_utf8_lossy(&answer.stdout),
            answer.status.code(),
        );
        // A problem a line: a diff names what changed.
        let lines = out.replace("},{", "},\n{");
        let refused = String::from_utf8_lossy(&answer.stderr);
        format!("exit {code:?}\n{lines}{refused}")
    });
}
