//! The JSON Schemas that the program prints, held against what it writes.

#![allow(
    clippy::disallowed_methods,
    reason = "a test of whole runs touches the world"
)]

#[path = "support/home.rs"]
mod home;
#[path = "support/reports.rs"]
mod reports;

use gouji::cli::{Exit, SHAPES};
use gouji::format;
use home::home;
use reports::{changed, native};
use serde_json::{Value, json};

/// What is wrong with a value, by the words of JSON Schema that our schemas use; a word
/// that is not known here fails too, so that nothing goes unjudged.
fn faults(schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    let Some(words) = schema.as_object() else {
        return out.push(format!("{at}: {schema} is no schema"));
    };
    for (word, wanted) in words {
        let holds = match word.as_str() {
            "$schema" | "title" | "description" => true,
            "type" => {
                let wanted = wanted.as_array().cloned().unwrap_or(vec![wanted.clone()]);
                wanted.iter().any(|kind| is_of(kind, value))
            }
            "const" => value == wanted,
            "enum" => list(wanted).contains(value),
            "minimum" => value.as_f64() >= wanted.as_f64(),
            "minItems" => Some(list(value).len() as u64) >= wanted.as_u64(),
            "maxItems" => Some(list(value).len() as u64) <= wanted.as_u64(),
            "anyOf" => list(wanted).iter().any(|shape| {
                let mut found = Vec::new();
                faults(shape, value, at, &mut found);
                found.is_empty()
            }),
            "required" => list(wanted)
                .iter()
                .all(|key| value.get(key.as_str().unwrap_or_default()).is_some()),
            "properties" => {
                for (key, shape) in wanted.as_object().into_iter().flatten() {
                    if let Some(value) = value.get(key) {
                        faults(shape, value, &format!("{at}.{key}"), out);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = &schema["properties"];
                let mut keys = value.as_object().into_iter().flatten();
                *wanted == Value::Bool(false) && keys.all(|(key, _)| known.get(key).is_some())
            }
            "items" => {
                for (index, item) in list(value).iter().enumerate() {
                    faults(wanted, item, &format!("{at}[{index}]"), out);
                }
                true
            }
            "prefixItems" => {
                for (index, (shape, item)) in list(wanted).iter().zip(list(value)).enumerate() {
                    faults(shape, item, &format!("{at}[{index}]"), out);
                }
                true
            }
            _ => false,
        };
        if !holds {
            out.push(format!("{at}: {word} {wanted}"));
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    }
}

fn printed(name: &str) -> Value {
    let ran = home().run(&["schema", name]).expect_code(Exit::Clean);
    serde_json::from_str(&ran.out).expect("JSON")
}

fn hold(schema: &Value, text: &str) {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let mut found = Vec::new();
    faults(schema, &value, "", &mut found);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn each_shape_is_printed_by_its_name() {
    for shape in &SHAPES {
        let schema = printed(shape.name);
        assert_eq!(schema, (shape.schema)());
        assert!(schema["$schema"].is_string() && schema["title"].is_string());
    }
    home()
        .run(&["schema", "chek"])
        .expect_code(Exit::Failed)
        .says("check");
}

#[test]
fn the_files_of_reports_are_of_their_schema() {
    let schema = printed("report");
    let home = home();
    let old = [
        "new", "old.json", "--year", "2020", "--body", "某局", "--form", "2019",
    ];
    home.run(&old).expect_code(Exit::Clean);
    home.run(&["new", "new.json", "--year", "2024"])
        .expect_code(Exit::Clean);
    hold(&schema, &home.read("old.json"));
    hold(&schema, &home.read("new.json"));
    for file in [
        native(&format::sample()),
        native(changed(&["t4.review.upheld=1", "t3.new_received.total=/"]).report()),
    ] {
        hold(&schema, std::str::from_utf8(&file).expect("text"));
    }
    // A report with everything that a file may hold.
    let mut full: Value = serde_json::from_slice(&native(&format::sample())).expect("JSON");
    full["t3"]["denied_admin_query"] = json!([null, null, null, null, null, null, null]);
    for row in full["t2"].as_object_mut().expect("rows").values_mut() {
        *row = list(row).iter().map(|_| Value::Null).collect();
    }
    full["keying"] = json!(["t3"]);
    full["lost"] = json!(["t3.denied_admin_query"]);
    full["unread"] = json!([{"table": "t2", "seen": "picture", "place": "paragraph 12"}]);
    full["unplaced"] = json!([{"place": "line 84", "text": "x", "table": "t3"}]);
    full["remarks"] = json!([{"rule": "T3-COLSUM", "site": "t3.natural_person", "numbers": ["8", "7"], "text": "a", "by": "b"}]);
    full["questions"] = json!([{"site": "t3.natural_person", "text": "?"},
        {"site": "t3.natural_person", "rule": "T3-COLSUM", "numbers": ["8", "7"], "text": "?"}]);
    home.put("full.json", full.to_string());
    home.run(&["convert", "full.json", "again.json"])
        .expect_code(Exit::Clean);
    let again = home.read("again.json");
    for key in ["keying", "lost", "unread"] {
        assert!(again.contains(key), "{key} was not read: {again}");
    }
    hold(&schema, &again);
}

#[test]
fn what_check_prints_is_of_its_schema() {
    let schema = printed("check");
    let home = home();
    home.put(
        "broken.json",
        native(changed(&["t4.review.upheld=1"]).report()),
    );
    home.put(
        "words.txt",
        "某县民政局2024年政府信息公开工作年度报告\n一、总体情况\n全年收到申请12件。\n",
    );
    home.put(
        "profile.json",
        r#"{"rules":{"S-HEADING":{"level":"off","since":"2025-01-01","reason":"asked"}}}"#,
    );
    let mut explained: Value = serde_json::from_slice(&native(&format::sample())).expect("JSON");
    explained["remarks"] =
        json!([{"rule": "S-HEADING", "site": "s2", "numbers": [], "text": "a", "by": "b"}]);
    home.put("explained.json", explained.to_string());
    for arguments in [
        &["check", "--sample"][..],
        &["check", "--sample", "--profile", "profile.json"],
        &["check", "broken.json"],
        &["check", "words.txt"],
        &["check", "explained.json"],
    ] {
        let ran = home.run(&[arguments, &["--output", "json", "--fail-on", "never"]].concat());
        let ran = ran.expect_code(Exit::Clean);
        for line in ran.out.lines() {
            hold(&schema, line);
        }
    }
}

#[test]
fn the_list_of_a_folder_is_of_its_schema() {
    let schema = printed("list");
    let home = home();
    home.put("f/sample.json", native(&format::sample()));
    home.put(
        "f/broken.json",
        native(changed(&["t4.review.upheld=1"]).report()),
    );
    home.put("f/torn.json", "{\"gouji\":1,");
    home.put(
        "f/名单.csv",
        "单位,截止日期,联系人\n某局,2025-01-31,张\n北京市西城区民政局,,\n",
    );
    let ran = home
        .run(&["list", "f", "--output", "json"])
        .expect_code(Exit::Clean);
    assert!(ran.out.lines().count() > 1, "{}", ran.out);
    for line in ran.out.lines() {
        hold(&schema, line);
    }
    let checked = home.run(&["check", "f", "--output", "json"]);
    assert!(checked.out.contains("\"failed\""), "{}", checked.out);
    for line in checked.out.lines() {
        hold(&printed("check"), line);
    }
}

#[test]
fn a_value_of_another_shape_is_not_of_the_schema() {
    let schema = printed("report");
    let sample: Value = serde_json::from_slice(&native(&format::sample())).expect("JSON");
    let wrong: [(&str, Value); 4] = [
        ("gouji", json!(2)),
        ("form", json!("2030")),
        ("t3", json!({})),
        ("stranger", json!(1)),
    ];
    for (key, value) in wrong {
        let mut file = sample.clone();
        file[key] = value;
        let mut found = Vec::new();
        faults(&schema, &file, "", &mut found);
        assert!(!found.is_empty(), "{key}");
    }
}
