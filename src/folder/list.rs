//! 勾稽审核.json: what a reviewer did with the units of a folder.
//!
//! ```text
//! { "勾稽审核": 1,
//!   "units": { "民政局": {
//!     "file": "民政局(改).docx",          which of two files counts
//!     "returned": [ { "at", "by", "file", "content", "problems": [ { "rule", "site", "numbers" } ] } ],
//!     "passed": { "at", "by", "file", "content", "reason" } } },
//!   "files": { "民政.docx": "民政局" } }  whose file it is; "" is nobody's of the roster
//! ```
//! It is kept as JSON, so that whatever another version wrote into it stays.
//!
//! **Never:** does I/O; drops a key that it does not know.
//! Next: `store::folder`, which reads, merges and keeps it.

use serde_json::{Map, Value, json};

use crate::check::ProblemId;

/// Name of the file.
pub const LIST: &str = "勾稽审核.json";
/// The key that tells the file, with the number of its layout.
const KEY: &str = "勾稽审核";
const VERSION: u64 = 1;

/// What is remembered of the units of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    pub(super) root: Map<String, Value>,
}

/// A report that was sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// When, as text.
    pub at: String,
    /// Who did it.
    pub by: String,
    /// The file that was sent back, below the folder.
    pub file: String,
    /// What its content was told by.
    pub content: String,
    /// What the note named.
    pub problems: Vec<ProblemId>,
}

/// A report that was passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// When, as text.
    pub at: String,
    /// Who did it.
    pub by: String,
    /// The file, below the folder.
    pub file: String,
    /// What its content was told by.
    pub content: String,
    /// Why, if there are errors in it; else empty.
    pub reason: String,
}

impl List {
    /// The list in the bytes of a file; None where they are no list of ours.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let root: Map<String, Value> = serde_json::from_slice(bytes).ok()?;
        root.contains_key(KEY).then_some(List { root })
    }

    /// The text of its file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut root = Map::new();
        let version = self.root.get(KEY).cloned();
        root.insert(KEY.to_owned(), version.unwrap_or_else(|| json!(VERSION)));
        let rest = self.root.iter().filter(|(key, _)| *key != KEY);
        root.extend(rest.map(|(key, value)| (key.clone(), value.clone())));
        let text = serde_json::to_string_pretty(&Value::Object(root));
        text.expect("texts, numbers and lists are JSON") + "\n"
    }

    /// Whether nothing is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.root.keys().all(|key| key == KEY)
    }

    fn unit(&self, unit: &str) -> Option<&Map<String, Value>> {
        self.root.get("units")?.get(unit)?.as_object()
    }

    /// The record of a unit, made if there is none.
    fn unit_mut(&mut self, unit: &str) -> &mut Map<String, Value> {
        object(object(&mut self.root, "units"), unit)
    }

    /// How often a unit's report was sent back, the last time last.
    #[must_use]
    pub fn returns(&self, unit: &str) -> Vec<Return> {
        let all = self.unit(unit).and_then(|unit| unit.get("returned"));
        let all = all.and_then(Value::as_array).into_iter().flatten();
        let problem = |value: &Value| {
            let numbers = value.get("numbers").and_then(Value::as_array);
            let numbers = numbers.into_iter().flatten().filter_map(Value::as_str);
            ProblemId {
                rule: text(value, "rule"),
                site: text(value, "site"),
                numbers: numbers.map(str::to_owned).collect(),
            }
        };
        all.map(|one| Return {
            at: text(one, "at"),
            by: text(one, "by"),
            file: text(one, "file"),
            content: text(one, "content"),
            problems: one
                .get("problems")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .map(problem)
                .collect(),
        })
        .collect()
    }

    /// Keeps that a unit's report was sent back.
    pub fn push_return(&mut self, unit: &str, one: &Return) {
        let problem =
            |id: &ProblemId| json!({ "rule": id.rule, "site": id.site, "numbers": id.numbers });
        let problems: Vec<Value> = one.problems.iter().map(problem).collect();
        let value = json!({
            "at": one.at, "by": one.by, "file": one.file, "content": one.content,
            "problems": problems,
        });
        let record = self.unit_mut(unit);
        match record.get_mut("returned") {
            Some(Value::Array(all)) => all.push(value),
            _ => _ = record.insert("returned".to_owned(), Value::Array(vec![value])),
        }
        record.remove("passed");
    }

    /// The pass of a unit.
    #[must_use]
    pub fn pass(&self, unit: &str) -> Option<Pass> {
        let passed = self
            .unit(unit)?
            .get("passed")
            .filter(|passed| passed.is_object())?;
        Some(Pass {
            at: text(passed, "at"),
            by: text(passed, "by"),
            file: text(passed, "file"),
            content: text(passed, "content"),
            reason: text(passed, "reason"),
        })
    }

    /// Keeps that a unit's report was passed, or that it was not after all.
    pub fn set_pass(&mut self, unit: &str, pass: Option<&Pass>) {
        let record = self.unit_mut(unit);
        match pass {
            None => _ = record.remove("passed"),
            Some(pass) => {
                let value = json!({
                    "at": pass.at, "by": pass.by, "file": pass.file,
                    "content": pass.content, "reason": pass.reason,
                });
                record.insert("passed".to_owned(), value);
            }
        }
    }

    /// The file that counts of the several of a unit, where somebody said so.
    #[must_use]
    pub fn chosen(&self, unit: &str) -> Option<&str> {
        self.unit(unit)?.get("file")?.as_str()
    }

    /// Keeps which file of a unit counts.
    pub fn choose(&mut self, unit: &str, file: &str) {
        let file = Value::String(file.to_owned());
        self.unit_mut(unit).insert("file".to_owned(), file);
    }

    /// Whose file it is, where somebody said so: the name of a unit, empty for nobody's.
    #[must_use]
    pub fn owner(&self, file: &str) -> Option<&str> {
        self.root.get("files")?.get(file)?.as_str()
    }

    /// Keeps whose file it is.
    pub fn assign(&mut self, file: &str, unit: &str) {
        let unit = Value::String(unit.to_owned());
        object(&mut self.root, "files").insert(file.to_owned(), unit);
    }

    /// What became of `self` and, since both were `base`, of `theirs`: what only one
    /// changed is taken from there; lists grow by what either added; where both changed
    /// one text, `self` counts.
    #[must_use]
    pub fn merged(&self, base: &List, theirs: &List) -> List {
        List {
            root: merged(&base.root, &self.root, &theirs.root),
        }
    }
}

pub(super) fn text(value: &Value, key: &str) -> String {
    let text = value.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

/// The object under a key; whatever else stands there is no object of ours.
pub(super) fn object<'a>(map: &'a mut Map<String, Value>, key: &str) -> &'a mut Map<String, Value> {
    let value = map.entry(key).or_insert_with(|| Value::Object(Map::new()));
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    value.as_object_mut().expect("it was just made one")
}

fn merged(
    base: &Map<String, Value>,
    ours: &Map<String, Value>,
    theirs: &Map<String, Value>,
) -> Map<String, Value> {
    let mut out = Map::new();
    let none = Map::new();
    let keys = theirs
        .keys()
        .chain(ours.keys().filter(|key| !theirs.contains_key(*key)));
    for key in keys {
        let (was, our, their) = (base.get(key), ours.get(key), theirs.get(key));
        let value = match (was, our, their) {
            _ if our == was => their.cloned(),
            _ if their == was => our.cloned(),
            (was, Some(Value::Object(our)), Some(Value::Object(their))) => {
                let was = was.and_then(Value::as_object).unwrap_or(&none);
                Some(Value::Object(merged(was, our, their)))
            }
            (was, Some(Value::Array(our)), Some(Value::Array(their))) => {
                let was = was.and_then(Value::as_array);
                let is_old = |item: &Value| was.is_some_and(|was| was.contains(item));
                // What either took out is gone, what either put in stays.
                let kept = their
                    .iter()
                    .filter(|item| !is_old(item) || our.contains(item));
                let added = our
                    .iter()
                    .filter(|item| !is_old(item) && !their.contains(item));
                Some(Value::Array(kept.chain(added).cloned().collect()))
            }
            // Taken out here as a whole, and something put into it there: that stays.
            (Some(Value::Object(was)), None, Some(Value::Object(their))) => {
                let left = merged(was, &none, their);
                (!left.is_empty()).then_some(Value::Object(left))
            }
            (Some(Value::Array(was)), None, Some(Value::Array(their))) => {
                let new = their.iter().filter(|item| !was.contains(item));
                let left: Vec<Value> = new.cloned().collect();
                (!left.is_empty()).then_some(Value::Array(left))
            }
            (_, our, _) => our.cloned(),
        };
        if let Some(value) = value {
            out.insert(key.clone(), value);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn returned(at: &str) -> Return {
        Return {
            at: at.to_owned(),
            by: "li".to_owned(),
            file: "a.docx".to_owned(),
            content: "0f".to_owned(),
            problems: vec![ProblemId {
                rule: "T3-COLSUM".to_owned(),
                site: "t3.natural".to_owned(),
                numbers: vec!["8".to_owned(), "7".to_owned()],
            }],
        }
    }

    #[test]
    fn what_is_kept_comes_back_and_unknown_keys_stay() {
        let text = r#"{"勾稽审核":2,"later":{"x":[1]},"units":{"甲":{"colour":"red"}}}"#;
        let mut list = List::read(text.as_bytes()).expect("a list");
        list.push_return("甲", &returned("1"));
        list.assign("b.docx", "");
        list.choose("乙", "c.docx");
        let again = List::read(list.text().as_bytes()).expect("a list");
        assert_eq!(again, list);
        assert_eq!(again.returns("甲"), [returned("1")]);
        assert_eq!(again.owner("b.docx"), Some(""));
        assert_eq!(again.chosen("乙"), Some("c.docx"));
        let written = again.text();
        for kept in [r#""勾稽审核": 2"#, "later", "colour"] {
            assert!(written.contains(kept), "{written}");
        }
        assert!(List::read(b"{}").is_none());
        assert!(List::read(b"[1]").is_none());
    }

    #[test]
    fn what_one_takes_back_takes_nothing_of_the_other_s_work() {
        let before = List::default();
        let mut after = before.clone();
        after.push_return("甲", &returned("1"));
        let mut now = after.clone();
        now.push_return("甲", &returned("2"));
        now.choose("甲", "b.docx");
        now.assign("c.docx", "乙");
        let undone = before.merged(&after, &now);
        let at: Vec<String> = undone.returns("甲").into_iter().map(|one| one.at).collect();
        assert_eq!(at, ["2"]);
        assert_eq!(undone.chosen("甲"), Some("b.docx"));
        assert_eq!(undone.owner("c.docx"), Some("乙"));
    }

    #[test]
    fn what_two_people_did_is_merged() {
        let mut base = List::default();
        base.push_return("甲", &returned("1"));
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        ours.push_return("甲", &returned("2"));
        theirs.push_return("甲", &returned("3"));
        theirs.assign("b.docx", "乙");
        ours.choose("乙", "c.docx");
        let merged = ours.merged(&base, &theirs);
        let at: Vec<String> = merged.returns("甲").into_iter().map(|one| one.at).collect();
        assert_eq!(at, ["1", "3", "2"]);
        assert_eq!(merged.owner("b.docx"), Some("乙"));
        assert_eq!(merged.chosen("乙"), Some("c.docx"));
    }
}
