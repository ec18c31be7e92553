//! Floor `tui::report`: compiles without the panels and all that lies over a report.

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
#[path = "../../src/tui"]
mod tui {
    pub mod bindings;
    mod canvas;
    pub mod command;
    mod hit;
    pub mod input;
    pub mod keymap;
    pub(crate) mod line_edit;
    mod picker;
    pub mod prefs;
    pub mod report;
    pub mod theme;
    pub mod turn;
}

fn main() {}
