//! What is packed: everything the program is built of, everything it installs.

#![allow(clippy::disallowed_methods, reason = "asks cargo what would be packed")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let ran = Command::new(cargo)
        .args(arguments)
        .arg("--offline")
        .current_dir(ROOT)
        .output()
        .expect("cargo");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    String::from_utf8(ran.stdout).expect("text")
}

fn manifest() -> Value {
    let said = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    let all: Value = serde_json::from_str(&said).expect("JSON");
    all["packages"][0].clone()
}

#[test]
fn the_crate_holds_all_that_it_is_built_of_and_no_more() {
    let packed = cargo(&["package", "--list", "--allow-dirty"]);
    let packed: Vec<&str> = packed.lines().collect();
    for file in [
        "Cargo.lock",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "README.md",
        "src/main.rs",
        "src/manual/zh.md",
        "src/manual/en.md",
        "src/manual/licences.txt",
        "tests/data/pictures/fix-dark.svg",
    ] {
        assert!(packed.contains(&file), "{file}");
    }
    let known = [
        "src/",
        "tests/",
        "benches/",
        "Cargo.",
        ".cargo_vcs_info",
        "LICENSE-",
    ];
    let known = |file: &&&str| known.iter().any(|start| file.starts_with(start));
    let rest: Vec<&&str> = packed.iter().filter(|file| !known(file)).collect();
    assert_eq!(rest, [&"README.md", &"clippy.toml"]);
}

#[test]
fn the_manifest_says_what_a_registry_asks_for() {
    let manifest = manifest();
    for key in ["description", "license", "readme", "rust_version"] {
        assert!(manifest[key].is_string(), "{key}");
    }
    let lists = ["keywords", "categories", "authors"];
    for key in lists {
        let list = manifest[key].as_array().expect("a list");
        assert!((1..=5).contains(&list.len()), "{key}");
    }
    let binstall = &manifest["metadata"]["binstall"];
    assert!(
        binstall["pkg-url"]
            .as_str()
            .is_some_and(|url| url.contains("{ target }"))
    );
}

#[test]
fn every_file_of_the_debian_package_is_here_or_made_by_the_script() {
    let script = std::fs::read_to_string(format!("{ROOT}/.ci/package")).expect("the script");
    let manifest = manifest();
    let assets = manifest["metadata"]["deb"]["assets"]
        .as_array()
        .expect("assets");
    let mut found = Vec::new();
    for asset in assets {
        let from = asset[0].as_str().expect("a file");
        let made = from.strip_prefix("target/package/");
        let name = made.map(|made| made.trim_end_matches("/*.1"));
        let is_made = match (made, name) {
            (Some(made), Some(name)) if made.ends_with("*.1") => script.contains(name),
            (_, Some(name)) => script.contains(&format!("/{name}\"")),
            _ => from == "target/release/gouji" || Path::new(ROOT).join(from).is_file(),
        };
        assert!(is_made, "{from}");
        assert!(asset[1].as_str().is_some_and(|to| to.starts_with("usr/")));
        found.push(from);
    }
    for needed in [
        "target/release/gouji",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "src/manual/zh.md",
    ] {
        assert!(found.contains(&needed), "{needed}");
    }
}
