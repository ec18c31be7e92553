//! What is remembered of a roll-up in the list of its folder, under the key `rollup`.
//!
//! **Never:** drops a key of it that this version does not know.
//! Next: `summed`, which uses it; `list` for the file.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::List;
use super::list::{object, text};
use crate::check::rollup::{Adjustment, Policy};

const KEY: &str = "rollup";

/// What a person chose for the roll-up of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rolling {
    /// Where 现行有效 and 规章 come from.
    pub policy: Policy,
    /// The government's own report, below the folder; empty: there is none.
    pub own: String,
    /// The body whose report it becomes.
    pub body: String,
    /// What is added and taken off.
    pub adjustments: Vec<Adjustment>,
    /// Why units are counted although they have errors, by their names.
    pub reasons: BTreeMap<String, String>,
    /// The numbers that were seen last, by the paths of their cells.
    pub seen: BTreeMap<String, String>,
}

impl List {
    /// What is remembered of the roll-up.
    #[must_use]
    pub fn rolling(&self) -> Rolling {
        let Some(kept) = self.root.get(KEY).filter(|kept| kept.is_object()) else {
            return Rolling::default();
        };
        let all = kept.get("adjustments").and_then(Value::as_array);
        let adjustments = all.into_iter().flatten().filter_map(|line| {
            Some(Adjustment {
                cell: text(line, "cell"),
                by: line.get("by")?.as_i64()?,
                reason: text(line, "reason"),
                author: text(line, "author"),
            })
        });
        let map = |key: &str| {
            let map = kept.get(key).and_then(Value::as_object);
            let entries = map.into_iter().flatten();
            let text =
                |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
            entries.filter_map(text).collect()
        };
        Rolling {
            policy: Policy::by_key(&text(kept, "policy")).unwrap_or_default(),
            own: text(kept, "own"),
            body: text(kept, "body"),
            adjustments: adjustments.collect(),
            reasons: map("reasons"),
            seen: map("seen"),
        }
    }

    /// Keeps what was chosen for the roll-up.
    pub fn keep_rolling(&mut self, rolling: &Rolling) {
        let lines = rolling.adjustments.iter().map(|line| {
            json!({
                "cell": line.cell, "by": line.by, "reason": line.reason, "author": line.author,
            })
        });
        let map = |map: &BTreeMap<String, String>| {
            let entries = map.iter();
            let entries = entries.map(|(key, text)| (key.clone(), Value::String(text.clone())));
            Value::Object(entries.collect::<Map<_, _>>())
        };
        let kept = object(&mut self.root, KEY);
        for (key, value) in [
            ("policy", rolling.policy.key().into()),
            ("own", rolling.own.as_str().into()),
            ("body", rolling.body.as_str().into()),
            ("adjustments", Value::Array(lines.collect())),
            ("reasons", map(&rolling.reasons)),
            ("seen", map(&rolling.seen)),
        ] {
            kept.insert(key.to_owned(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_comes_back_and_unknown_keys_stay() {
        let text = r#"{"勾稽审核":1,"rollup":{"later":1,"policy":"other","adjustments":[{"cell":"a"},7]}}"#;
        let mut list = List::read(text.as_bytes()).expect("a list");
        assert_eq!(list.rolling(), Rolling::default());
        let rolling = Rolling {
            policy: Policy::Own,
            own: "县府办.json".to_owned(),
            body: "某县人民政府".to_owned(),
            adjustments: vec![Adjustment {
                cell: "t3.new_received.total".to_owned(),
                by: -1,
                reason: "重复受理".to_owned(),
                author: "张某".to_owned(),
            }],
            reasons: [("甲局".to_owned(), "县长批示".to_owned())].into(),
            seen: [("t3.new_received.total".to_owned(), "7".to_owned())].into(),
        };
        list.keep_rolling(&rolling);
        let again = List::read(list.text().as_bytes()).expect("a list");
        assert_eq!(again.rolling(), rolling);
        assert!(again.text().contains("later"));
    }
}
