//! The terminal itself: bytes in, bytes out, modes on and off.
//!
//! Never: decides what a key means, or draws a widget.
//! Next: `shell` for the loop, `events` for what it waits for, `parser` for bytes to
//! events, `unmarked_paste` for pastes that a terminal does not mark, `screen` for frames,
//! `writer` for their bytes, `modes` for taking and giving back the terminal,
//! `width_probe` for what it is asked, `clipboard` for what it is handed.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where keys come from and frames go to"
)]

pub mod clipboard;
pub mod events;
pub mod modes;
pub mod parser;
pub mod screen;
mod session;
pub mod shell;
pub mod unmarked_paste;
pub mod width_probe;
pub mod writer;

pub use session::import;
pub use shell::{Setup, run};
