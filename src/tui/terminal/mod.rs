//! The terminal itself: bytes in, bytes out, modes on and off.
//!
//! Never: decides what a key means, or draws a widget.
//! Next: `keys` for bytes to events, `burst` for pastes of terminals that do not mark
//! them, `inbox` for all that is waited for, `screen` for frames, `writer` for their bytes, `modes` for taking and
//! giving back the terminal, `probe` for what it is asked.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where keys come from and frames go to"
)]

pub mod burst;
pub mod copies;
pub mod inbox;
pub mod keys;
pub mod modes;
pub mod probe;
pub mod screen;
mod session;
pub mod shell;
pub mod writer;

pub use session::import;
pub use shell::{Setup, run};
