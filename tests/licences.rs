//! The licences of everything that is built: each crate may be used by anyone, and the
//! texts of those in the program are the ones that `gouji help licences` shows.
//!
//! `GOUJI_BLESS=1 cargo test --test licences` writes `src/manual/licences.txt` anew.
//! Nothing is asked of a network: cargo tells what lies on this machine.

#![allow(
    clippy::disallowed_methods,
    reason = "asks cargo, reads the sources of crates and, when asked, writes their licences"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Licences under which anyone may use a crate in any program, by their SPDX names.
const FREE: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates under another licence that we take all the same, each with its reason.
///
/// `directories` brings it: the licence binds changes to its own files, of which there
/// are none, and its text is in the list.
const NAMED: [(&str, &str); 1] = [("option-ext", "MPL-2.0")];

/// What cargo knows of the crates that are built on this kind of machine.
fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let version = Command::new("rustc").arg("-vV").output().expect("rustc");
    let version = String::from_utf8(version.stdout).expect("text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let ran = Command::new(cargo)
        .args(["metadata", "--offline", "--locked", "--format-version", "1"])
        .args(["--filter-platform", host.expect("rustc names its machine")])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    serde_json::from_slice(&ran.stdout).expect("JSON")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Whether a choice among licences, such as `(MIT OR Apache-2.0) AND ISC`, can be met
/// by free ones alone.
fn is_free(licence: &str) -> bool {
    let licence = licence.replace('/', " OR ");
    let licence = licence.trim();
    if FREE.contains(&licence) {
        return true;
    }
    for (word, is_choice) in [(" AND ", false), (" OR ", true)] {
        let parts = split(licence, word);
        if parts.len() > 1 {
            let mut parts = parts.into_iter();
            return if is_choice {
                parts.any(is_free)
            } else {
                parts.all(is_free)
            };
        }
    }
    let inside = licence.strip_prefix('(').and_then(|l| l.strip_suffix(')'));
    inside.is_some_and(is_free)
}

/// Pieces of an expression between words that stand in no bracket.
fn split<'a>(licence: &'a str, word: &str) -> Vec<&'a str> {
    let (mut pieces, mut from, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, byte) in licence.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ if depth == 0 && at >= from && licence[at..].starts_with(word) => {
                pieces.push(&licence[from..at]);
                from = at + word.len();
            }
            _ => {}
        }
    }
    pieces.push(&licence[from..]);
    pieces
}

#[test]
fn an_expression_of_licences_is_read_as_it_is_meant() {
    for free in [
        "MIT",
        "MIT/Apache-2.0",
        "(MIT OR GPL-3.0) AND ISC",
        "Zlib OR MPL-2.0",
    ] {
        assert!(is_free(free), "{free}");
    }
    for not in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT OR ISC) AND MPL-2.0",
        "MITX",
    ] {
        assert!(!is_free(not), "{not}");
    }
}

#[test]
fn every_crate_that_is_built_may_be_used_by_anyone() {
    let metadata = metadata();
    // Only what is built here: a lock may name crates of other machines.
    let built = list(&metadata["resolve"]["nodes"]);
    let built: BTreeSet<&str> = built.iter().map(|node| text(node, "id")).collect();
    assert!(built.len() > 50, "{}", built.len());
    let packages = list(&metadata["packages"]).iter();
    let strange: Vec<String> = packages
        .filter(|package| built.contains(text(package, "id")))
        .filter(|package| !is_free(text(package, "license")))
        .filter(|package| !NAMED.contains(&(text(package, "name"), text(package, "license"))))
        .map(|package| format!("{}: {:?}", text(package, "name"), text(package, "license")))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}

/// The crates that are in the program: no helper of tests or of builds.
fn in_the_program(metadata: &Value) -> BTreeSet<&str> {
    let nodes = list(&metadata["resolve"]["nodes"]);
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|node| (text(node, "id"), node)).collect();
    let mut found = BTreeSet::new();
    let mut open = vec![text(&metadata["resolve"], "root")];
    while let Some(id) = open.pop() {
        for edge in list(&nodes[id]["deps"]) {
            let kinds = list(&edge["dep_kinds"]);
            if kinds.iter().any(|kind| kind["kind"].is_null()) && found.insert(text(edge, "pkg")) {
                open.push(text(edge, "pkg"));
            }
        }
    }
    found
}

/// The text under which we use a crate: of a choice the shortest, else all it brings.
fn licence_text(package: &Value) -> String {
    let folder = Path::new(text(package, "manifest_path"))
        .parent()
        .expect("a folder");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the sources of a crate")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| {
            let name = name.to_ascii_uppercase();
            ["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE"]
                .iter()
                .any(|start| name.starts_with(start))
        })
        .filter(|name| folder.join(name).is_file())
        .collect();
    names.sort();
    let is_choice = !text(package, "license").contains(" AND ");
    let of_mit = names
        .iter()
        .find(|name| name.to_ascii_uppercase().contains("MIT"));
    if let Some(mit) = of_mit.filter(|_| is_choice).cloned() {
        names.retain(|name| *name == mit || name.to_ascii_uppercase().starts_with("NOTICE"));
    }
    let read = |name: &String| {
        let text = fs::read(folder.join(name)).expect("a licence");
        let text = String::from_utf8_lossy(&text)
            .replace('\r', "")
            .replace('\t', "    ");
        let lines = text.trim_matches('\n').lines().map(str::trim_end);
        lines.collect::<Vec<_>>().join("\n")
    };
    names.iter().map(read).collect::<Vec<_>>().join("\n\n")
}

/// All crates in the program, those with the same text together.
fn listed(metadata: &Value) -> String {
    let within = in_the_program(metadata);
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in list(&metadata["packages"]) {
        if !within.contains(text(package, "id")) {
            continue;
        }
        let licence = text(package, "license");
        let name = format!(
            "{} {} ({licence})",
            text(package, "name"),
            text(package, "version")
        );
        groups.entry(licence_text(package)).or_default().push(name);
    }
    let mut groups: Vec<(Vec<String>, String)> = groups
        .into_iter()
        .map(|(text, mut names)| {
            names.sort();
            (names, text)
        })
        .collect();
    groups.sort();
    let rule = "-".repeat(78);
    groups.iter().fold(String::new(), |out, (names, text)| {
        let text = if text.is_empty() {
            "The crate brings no text of its licence; its name stands above."
        } else {
            text
        };
        format!("{out}{}\n\n{text}\n\n{rule}\n\n", names.join("\n"))
    })
}

#[test]
fn the_licences_of_all_libraries_in_the_program_are_listed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/manual/licences.txt");
    let wanted = listed(&metadata());
    if std::env::var_os("GOUJI_BLESS").is_some() {
        fs::write(path, &wanted).expect("written");
    }
    let found = fs::read_to_string(path).expect("the licences");
    assert!(
        found == wanted,
        "licences.txt drifted: GOUJI_BLESS=1 cargo test --test licences"
    );
    assert!(found.contains("\nserde ") && !found.contains("\nproptest "));
}

#[test]
fn our_own_licences_are_the_official_texts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("a licence");
    assert!(read("LICENSE-MIT").contains("Permission is hereby granted, free of charge"));
    let apache = read("LICENSE-APACHE");
    assert!(apache.contains("Version 2.0, January 2004"));
    assert!(apache.contains("END OF TERMS AND CONDITIONS"));
}
