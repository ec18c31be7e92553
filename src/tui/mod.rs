//! The screen: what a person sees and types.
//!
//! Never: touches disk, clock or environment outside `terminal`.
//! Next: `terminal` for the part that talks to the world.

pub mod terminal;
