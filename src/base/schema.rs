//! JSON Schema, as much of it as our own shapes need.
//!
//! The schema of a shape stands beside the code that writes it: `format::own::json` for
//! the file of a report, `paper` for what is printed.
//!
//! **Never:** says that a key may be there which is never written.
//! Next: `cli::list`, which prints them.

use serde_json::{Map, Value, json};

/// A whole schema: its shape, with the draft it is written in and what it describes.
#[must_use]
pub fn document(title: &str, about: &str, shape: &Value) -> Value {
    let mut all = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": about,
    });
    if let (Some(all), Some(shape)) = (all.as_object_mut(), shape.as_object()) {
        all.extend(shape.clone());
    }
    all
}

/// Any text.
#[must_use]
pub fn text() -> Value {
    json!({"type": "string"})
}

/// A whole number.
#[must_use]
pub fn whole() -> Value {
    json!({"type": "integer"})
}

/// How many.
#[must_use]
pub fn count() -> Value {
    json!({"type": "integer", "minimum": 0})
}

/// One of these texts.
#[must_use]
pub fn one_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Value {
    json!({"enum": texts.into_iter().collect::<Vec<_>>()})
}

/// That, or null.
#[must_use]
pub fn maybe(shape: &Value) -> Value {
    json!({"anyOf": [shape, {"type": "null"}]})
}

/// A list of such.
#[must_use]
pub fn list(shape: &Value) -> Value {
    json!({"type": "array", "items": shape})
}

/// A list of exactly these, in order.
#[must_use]
pub fn row(shapes: &[Value]) -> Value {
    let count = shapes.len();
    json!({"type": "array", "prefixItems": shapes, "minItems": count, "maxItems": count})
}

/// An object with exactly these keys.
#[must_use]
pub fn object(keys: Vec<(&str, Value)>) -> Value {
    object_and(keys, Vec::new())
}

/// An object with these keys, and perhaps those.
#[must_use]
pub fn object_and(keys: Vec<(&str, Value)>, others: Vec<(&str, Value)>) -> Value {
    let required: Vec<&str> = keys.iter().map(|(key, _)| *key).collect();
    let all = keys.into_iter().chain(others);
    let properties: Map<String, Value> = all.map(|(key, of)| (key.to_owned(), of)).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}
