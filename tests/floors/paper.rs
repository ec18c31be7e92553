//! Floor `paper`: compiles with nothing but what it may name.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "half a program, compiled for its names"
)]

#[path = "../../src/base/mod.rs"]
mod base;
#[path = "../../src/check/mod.rs"]
mod check;
#[path = "../../src/folder/mod.rs"]
mod folder;
#[path = "../../src/form/mod.rs"]
mod form;
#[path = "../../src/format/mod.rs"]
mod format;
#[path = "../../src/model/mod.rs"]
mod model;
#[path = "../../src/paper/mod.rs"]
mod paper;

fn main() {}
