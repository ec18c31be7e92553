//! Everything that lies over the page, a file each: its state, its keys, its picture.
//!
//! **Never:** one panel names another.
//! Next: `panel` for what they have in common.

pub mod against;
pub mod ask;
pub mod basis;
pub mod begin;
pub mod changes;
pub mod compare;
pub mod export;
pub mod failed;
pub mod find;
pub mod fixes;
pub mod help;
pub mod last_year;
pub mod merge;
pub mod note;
pub mod palette;
pub mod paste;
pub mod problems;
pub mod reading;
pub mod recover;
pub mod rewrite;
pub mod sources;
pub mod themes;
pub mod versions;
