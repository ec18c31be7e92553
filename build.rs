//! How the program is linked.
//!
//! A program at a fixed address needs no table of relocations and no private copies of
//! the pages they touch: half a megabyte less, and a start a tenth faster. Libraries,
//! stack and heap are still placed at random. What unwinds a panic comes along in the
//! program: one library less to be found and mapped at each start.

#![expect(
    clippy::disallowed_methods,
    reason = "cargo tells the target by environment variables"
)]

use std::env::var;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |key: &str, value: &str| var(key).is_ok_and(|it| it.split(',').any(|it| it == value));
    let fits = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    // Linked statically, the linker is told of its address already.
    if fits && !is("CARGO_CFG_TARGET_FEATURE", "crt-static") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    if fits && var("HOST") == var("TARGET") && holds_unwinder() {
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
    if fits {
        // What only failures run lies apart from what every start runs.
        println!("cargo::rustc-link-arg-bins=-Wl,-z,keep-text-section-prefix");
    }
}

/// Whether the compiler that links has the unwinder as an archive.
fn holds_unwinder() -> bool {
    let asked = Command::new("cc")
        .arg("-print-file-name=libgcc_eh.a")
        .output();
    // One that is not there is answered with its bare name.
    asked.is_ok_and(|found| {
        let path = String::from_utf8_lossy(&found.stdout);
        Path::new(path.trim()).is_absolute()
    })
}
