//! One JSON object a file and line, with the keys that scripts depend on.
//!
//! **Never:** renames, drops or reorders a key; a new one goes to the end.
//! Next: `lines`, `full`.

use serde::Serialize;
use serde_json::{Value, json};

use crate::base::failure::Failure;
use crate::base::schema::{self, count, document, maybe, one_of, text, whole};
use crate::base::width::escaped;
use crate::base::words::Message;
use crate::check::readings::{Suspect, slip_key};
use crate::check::{Findings, Problem, ProblemId, Severity};
use crate::form::{FORMS, Form};

use super::{Checked, Style};

#[derive(Serialize)]
struct Object<'a> {
    file: &'a str,
    format: &'static str,
    form: &'static str,
    body: Option<&'a str>,
    year: Option<u16>,
    problems: Vec<Entry>,
    suspects: Vec<Suspected>,
    fills: Vec<Filled>,
    notes: Vec<Remarked>,
    explained: Vec<Explained<'a>>,
    silenced: Vec<Silenced<'a>>,
    facts: Vec<Stated>,
    counts: Counted,
}

/// How many of each kind, as every face counts them.
#[derive(Serialize)]
struct Counted {
    errors: usize,
    warnings: usize,
    infos: usize,
    explained: usize,
    implied: usize,
    last_year: usize,
    missing: usize,
}

/// A number in a sentence, and what it was held against.
#[derive(Serialize)]
struct Stated {
    rule: Option<&'static str>,
    text: String,
    value: serde_json::Number,
    site: Option<String>,
    agrees: Option<bool>,
}

#[derive(Serialize)]
struct Entry {
    code: &'static str,
    severity: &'static str,
    site: String,
    message: String,
    left: Option<i64>,
    right: Option<i64>,
    gap: Option<i64>,
    numbers: Vec<String>,
}

#[derive(Serialize)]
struct Suspected {
    slip: &'static str,
    bits: f64,
    edits: Vec<Edited>,
    clears: Vec<String>,
    text: String,
}

#[derive(Serialize)]
struct Edited {
    cell: String,
    from: Option<i64>,
    to: i64,
}

#[derive(Serialize)]
struct Filled {
    cell: String,
    to: i64,
}

#[derive(Serialize)]
struct Remarked {
    place: String,
    message: String,
}

/// A problem with the reason why it may stand; the problem itself stays listed.
#[derive(Serialize)]
struct Explained<'a> {
    code: &'static str,
    site: String,
    text: &'a str,
    by: &'a str,
}

#[derive(Serialize)]
struct Silenced<'a> {
    code: &'static str,
    site: String,
    message: String,
    since: &'a str,
    reason: &'a str,
}

/// Appends the object and ends the line.
pub(super) fn write(checked: &Checked, style: Style, out: &mut String) {
    let form = checked.report.form();
    let head = checked.report.head();
    let body = head.body.as_str();
    out.push_str(&one_line(&Object {
        file: checked.file,
        format: checked.format,
        form: form.key,
        body: (!body.is_empty()).then_some(body),
        year: head.year,
        problems: entries(checked, style),
        suspects: checked
            .suspects
            .all()
            .map(|suspect| suspected(suspect, form, style))
            .collect(),
        fills: checked
            .suspects
            .fills
            .iter()
            .map(|(cell, to)| Filled {
                cell: form.path(*cell),
                to: *to,
            })
            .collect(),
        notes: checked
            .notes
            .iter()
            .map(|note| Remarked {
                place: note.place.to_string(),
                message: note.message.text(style.lang),
            })
            .collect(),
        explained: explained(checked),
        silenced: silenced(checked, style),
        facts: checked
            .findings
            .facts
            .iter()
            .map(|fact| stated(&fact.entry(checked.report)))
            .collect(),
        counts: counted(checked.findings),
    }));
    out.push('\n');
}

/// A file that could not be read.
#[derive(Serialize)]
struct Unread<'a> {
    file: &'a str,
    failed: String,
    why: Option<String>,
    hints: Vec<String>,
}

/// Appends the object of a file that could not be read, and ends the line.
pub(super) fn failed(file: &str, failure: &Failure, style: Style, out: &mut String) {
    let said = |message: &Message| message.text(style.lang);
    out.push_str(&one_line(&Unread {
        file,
        failed: said(&failure.what),
        why: failure.why.as_deref().map(said),
        hints: failure.hints.iter().map(said).collect(),
    }));
    out.push('\n');
}

fn counted(findings: &Findings) -> Counted {
    let counts = findings.counts();
    Counted {
        errors: counts.errors,
        warnings: counts.warnings,
        infos: counts.infos,
        explained: counts.settled,
        implied: counts.implied,
        last_year: counts.beside,
        missing: counts.missing,
    }
}

fn stated(entry: &crate::check::Entry) -> Stated {
    let value = entry.value;
    // A decimal of at most six places is exact enough as JSON has it.
    let number = match value.to_whole() {
        Some(whole) => whole.into(),
        None => serde_json::from_str(&value.to_string()).unwrap_or_else(|_| 0.into()),
    };
    Stated {
        rule: entry.rule,
        text: entry.text.clone(),
        value: number,
        site: entry.site.clone(),
        agrees: entry.agrees,
    }
}

fn explained<'a>(checked: &Checked<'a>) -> Vec<Explained<'a>> {
    let form = checked.report.form();
    let explained = |problem: &Problem| {
        let remark = problem.remark(checked.report)?;
        problem.is_explained().then(|| Explained {
            code: problem.rule.code,
            site: problem.site.path(form),
            text: &remark.text,
            by: &remark.by,
        })
    };
    let problems = &checked.findings.problems;
    problems.iter().filter_map(explained).collect()
}

fn silenced<'a>(checked: &Checked<'a>, style: Style) -> Vec<Silenced<'a>> {
    let form = checked.report.form();
    let silenced = |problem: &Problem| {
        let level = checked.profile.level(problem.rule)?;
        Some(Silenced {
            code: problem.rule.code,
            site: problem.site.path(form),
            message: problem.message().text(style.lang),
            since: &level.since,
            reason: &level.reason,
        })
    };
    let problems = &checked.findings.silenced;
    problems.iter().filter_map(silenced).collect()
}

fn suspected(suspect: &Suspect, form: &'static Form, style: Style) -> Suspected {
    Suspected {
        slip: slip_key(suspect.slip),
        // A tenth of a bit is finer than any price is known.
        bits: (suspect.bits * 100.0).round() / 100.0,
        edits: suspect
            .edits
            .iter()
            .map(|(cell, from, to)| Edited {
                cell: form.path(*cell),
                from: *from,
                to: *to,
            })
            .collect(),
        clears: suspect
            .clears
            .iter()
            .map(|(code, site)| format!("{code} {}", site.path(form)))
            .collect(),
        text: suspect.text.text(style.lang),
    }
}

fn entries(checked: &Checked, style: Style) -> Vec<Entry> {
    let entry = |problem: &Problem| {
        let ProblemId { site, numbers, .. } = ProblemId::of(checked.report, problem);
        Entry {
            code: problem.rule.code,
            severity: problem.severity().key(),
            site,
            message: problem.message().text(style.lang),
            left: problem.sides.map(|(left, _)| left),
            right: problem.sides.map(|(_, right)| right),
            gap: problem.sides.map(|(left, right)| left - right),
            numbers,
        }
    };
    let problems = &checked.findings.problems;
    problems.iter().map(entry).collect()
}

/// The JSON Schema of the object.
#[must_use]
pub fn schema() -> Value {
    let (shape, keys) = (schema::list, schema::object);
    let severity = || one_of(Severity::ALL.map(Severity::key));
    let numbers = || shape(&text());
    let problem = keys(vec![
        ("code", text()),
        ("severity", severity()),
        ("site", text()),
        ("message", text()),
        ("left", maybe(&whole())),
        ("right", maybe(&whole())),
        ("gap", maybe(&whole())),
        ("numbers", numbers()),
    ]);
    let edit = keys(vec![
        ("cell", text()),
        ("from", maybe(&whole())),
        ("to", whole()),
    ]);
    let suspect = keys(vec![
        ("slip", text()),
        ("bits", json!({"type": "number"})),
        ("edits", shape(&edit)),
        ("clears", numbers()),
        ("text", text()),
    ]);
    let explained = keys(vec![
        ("code", text()),
        ("site", text()),
        ("text", text()),
        ("by", text()),
    ]);
    let silenced = keys(vec![
        ("code", text()),
        ("site", text()),
        ("message", text()),
        ("since", text()),
        ("reason", text()),
    ]);
    let fact = keys(vec![
        ("rule", maybe(&text())),
        ("text", text()),
        ("value", json!({"type": "number"})),
        ("site", maybe(&text())),
        ("agrees", json!({"type": ["boolean", "null"]})),
    ]);
    let counts = [
        "errors",
        "warnings",
        "infos",
        "explained",
        "implied",
        "last_year",
        "missing",
    ];
    let object = keys(vec![
        ("file", text()),
        ("format", text()),
        ("form", one_of(FORMS.iter().map(|form| form.key))),
        ("body", maybe(&text())),
        ("year", maybe(&count())),
        ("problems", shape(&problem)),
        ("suspects", shape(&suspect)),
        (
            "fills",
            shape(&keys(vec![("cell", text()), ("to", whole())])),
        ),
        (
            "notes",
            shape(&keys(vec![("place", text()), ("message", text())])),
        ),
        ("explained", shape(&explained)),
        ("silenced", shape(&silenced)),
        ("facts", shape(&fact)),
        ("counts", keys(counts.map(|key| (key, count())).to_vec())),
    ]);
    let failed = keys(vec![
        ("file", text()),
        ("failed", text()),
        ("why", maybe(&text())),
        ("hints", numbers()),
    ]);
    document(
        "gouji check --output json",
        "One object for each file, on a line of its own; another for one that could not be read.",
        &json!({"anyOf": [object, failed]}),
    )
}

/// A value as JSON on one line, without a character that a terminal would obey.
#[must_use]
pub fn one_line(value: &impl Serialize) -> String {
    escaped(serde_json::to_string(value).expect("our own shapes have string keys"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::width::is_unsafe;

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_reads_back() {
        let dirty = "a\u{1b}[31m\u{7f}\u{9b}\u{202e}\u{e0041}\n\"";
        let line = one_line(&dirty);
        assert!(!line.contains(is_unsafe));
        let back: String = serde_json::from_str(&line).expect("JSON");
        assert_eq!(back, dirty);
    }
}
