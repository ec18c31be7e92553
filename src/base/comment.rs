//! Comments: texts about places of a source.
//!
//! **Never:** knows a format, or what is wrong at a place.
//! Next: `paper::comments`, which makes them; `format::annotate`, which writes them.

use super::place::Place;

/// A text and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// What it is about.
    pub about: About,
    /// Its lines.
    pub text: String,
}

/// What a comment is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The whole source, or nothing that can be found in it.
    Source,
    /// A place of the source.
    Place(Place),
    /// A text of the source.
    Text {
        /// The text, or a sentence of it.
        text: String,
        /// How many of the same stand before it.
        nth: usize,
    },
}
