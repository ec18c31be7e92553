//! The terminal itself: bytes in, bytes out, modes on and off.
//!
//! Never: decides what a key means, or draws a widget.
//! Next: `shell` for the loop, `session` for the report on the side of the disk.
//! In: `events` for what is waited for, `parser` and `dialects` for bytes to events,
//! `unmarked_paste` for pastes that a terminal does not mark. Out: `screen` for frames,
//! `writer` and `pen` for their bytes, `modes` for taking and giving back the terminal,
//! `width_probe` for what it is asked, `clipboard` for what it is handed.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where keys come from and frames go to"
)]

pub mod clipboard;
mod dialects;
pub mod events;
mod folder;
pub mod modes;
pub mod parser;
mod pen;
mod reading;
pub mod screen;
mod session;
pub mod shell;
pub mod unmarked_paste;
pub mod width_probe;
pub mod writer;

pub use session::import;
pub use shell::{Setup, run};
