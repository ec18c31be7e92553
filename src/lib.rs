//! gouji (勾稽): a terminal editor and checker for annual reports on open government information.
pub mod base;
pub mod check;
pub mod cli;
pub mod form;
pub mod format;
pub mod model;
pub mod paper;
pub mod store;
pub mod tui;
