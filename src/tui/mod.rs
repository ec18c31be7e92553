//! Floor 5: the screen, as `update` and `view` over one [`app::App`].
//!
//! `update` takes an input and answers with effects; `view` draws the whole
//! state. Only `terminal` touches the world: it reads keys, carries out effects
//! and writes frames.
//!
//! **Never:** I/O, clock or environment outside `terminal`; a widget that
//! changes the model.
//! Next: `command` and `keymap` for what a user can do, `update` for its bodies.

pub mod app;
mod areas;
pub mod bindings;
mod canvas;
pub mod command;
pub mod folder;
mod hit;
pub mod input;
pub mod keymap;
mod line_edit;
mod panel;
pub mod panels;
pub mod path_line;
mod picker;
pub mod prefs;
pub mod prompt;
pub mod report;
pub mod start;
pub mod terminal;
pub mod theme;
pub mod turn;
pub mod update;
pub mod view;
