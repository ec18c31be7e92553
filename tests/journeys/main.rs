//! What users do, key by key, over `update` and `view`, without a terminal.

#![allow(clippy::disallowed_methods, reason = "tests touch the world")]

#[path = "../support"]
mod support {
    #[path = "county.rs"]
    pub(crate) mod county;
    #[path = "frame.rs"]
    pub(crate) mod frame;
    #[path = "journey.rs"]
    pub(crate) mod journey;
    #[path = "picture.rs"]
    pub(crate) mod picture;
    #[path = "reports.rs"]
    pub(crate) mod reports;
}

mod compare;
mod explain;
mod export;
mod files;
mod folder;
mod frames;
mod from_last;
mod last;
mod lists;
mod matrix;
mod mouse;
mod paste;
mod pictures;
mod prose;
mod reading;
mod rollup;
mod runs;
mod sizes;
mod start;
mod suspects;
mod totals;
mod two_people;
mod versions;
