//! What several tests and benches share.

#![allow(dead_code, reason = "each test uses a part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

pub(crate) mod slips;
