//! Floor `tui` but its terminal: compiles with nothing but what it may name.

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
    pub mod app;
    mod areas;
    pub mod bindings;
    mod canvas;
    pub mod command;
    pub mod folder;
    mod hit;
    pub mod input;
    pub mod keymap;
    pub(crate) mod line_edit;
    mod panel;
    pub mod panels;
    pub mod path_line;
    mod picker;
    pub mod prefs;
    pub mod prompt;
    pub mod report;
    pub mod start;
    pub mod theme;
    pub mod turn;
    pub mod update;
    pub mod view;
}

fn main() {}
