#![allow(warnings)]
//! Numbers in sentences: what must be found, what must stay silent, what is tied.
//!
//! Sentences of our own. Where the project's shared samples are beside the
//! crate, they are measured too; nothing fails without them.

#[path = "support/reports.rs"]
mod reports;

use std::path::{Path, PathBuf};

use gouji::base::words::Lang;
use gouji::check::{Blanks, Fact, Findings, check};
use gouji::form::current;
use gouji::format::{self, Options};
use gouji::model::Report;
use proptest::prelude::*;
use reports::changed;

/// A year of requests that balances: 47 new, 12 carried in, 56 closed, 3 carried
/// out; five reviews, three suits.
const YEAR: &[&str] = &[
    "t3.new_received=39 6 0 0 2 0 47",
    "t3.carried_in=12 0 0 0 0 0 12",
    "t3.granted_full=9 1 0 0 0 0 10",
    "t3.granted_partial=6 0 0 0 0 0 6",
    "t3.denied_third_party=0 1 0 0 0 0 1",
    "t3.denied_internal_affairs=3 0 0 0 0 0 3",
    "t3.denied_deliberative=2 0 0 0 0 0 2",
    "t3.denied_admin_query=4 0 0 0 0 0 4",
    "t3.unable_not_held=12 2 0 0 1 0 15",
    "t3.unable_must_create=4 0 0 0 0 0 4",
    "t3.unable_unclear=1 0 0 0 0 0 1",
    "t3.unprocessed_petition=3 0 0 0 0 0 3",
    "t3.unprocessed_duplicate=1 0 0 0 0 0 1",
    "t3.other_not_corrected=1 1 0 0 0 0 2",
    "t3.other_misc=2 1 0 0 1 0 4",
    "t3.processed_total=48 6 0 0 2 0 56",
    "t3.carried_out=3 0 0 0 0 0 3",
    "t4.review=3 1 0 1 5",
    "t4.suit_direct=1 0 0 1 2",
    "t4.suit_after_review=1 0 0 0 1",
    "t2.normative_documents=4 2 21",
    "t2.licensing=1180",
    "t2.penalty=37",
    "t2.coercion=2",
    "t2.admin_fees=12.5",
];

/// The clean report with whole rows, `prefix.row=values`, and one text.
fn report(rows: &[&str], key: &str, text: &str) -> Report {
    let form = current();
    let mut changes = vec![format!("text.{key}={text}")];
    for row in rows {
        let (path, values) = row.split_once('=').expect("row=values");
        let cells = form.cells().map(|cell| form.path(cell));
        let cells: Vec<_> = cells
            .filter(|cell| cell.starts_with(&format!("{path}.")))
            .collect();
        let values: Vec<&str> = values.split(' ').collect();
        assert_eq!(cells.len(), values.len(), "{row}");
        changes.extend(
            cells
                .iter()
                .zip(values)
                .map(|(cell, value)| format!("{cell}={value}")),
        );
    }
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    changed(&changes).into_report()
}

fn judge(report: &Report) -> Findings {
    check(report, Blanks::ZERO, None)
}

/// Findings that need no sentence.
const ABOUT_CELLS: [&str; 2] = ["C-RULES", "C-ZERO"];

/// Findings that a sentence can cause.
fn alarms(findings: &Findings) -> Vec<String> {
    let of_text = |code: &str| {
        ["N", "R", "C"].contains(
            &code
                .split('-')
                .next()
                .unwrap_or("")
                .trim_end_matches(char::is_numeric),
        )
    };
    findings
        .problems
        .iter()
        .filter(|problem| of_text(problem.rule.code) && !ABOUT_CELLS.contains(&problem.rule.code))
        .map(|problem| format!("{} {}", problem.rule.code, problem.message().text(Lang::Zh)))
        .collect()
}

fn codes(findings: &Findings) -> Vec<String> {
    let first = |line: String| line.split(' ').next().unwrap_or("").to_owned();
    alarms(findings).into_iter().map(first).collect()
}

/// `rule value site agrees`, one a tied fact.
fn tied(findings: &Findings, report: &Report) -> Vec<String> {
    let line = |fact: &Fact| {
        let entry = fact.entry(report);
        let agrees = if entry.agrees? { "agrees" } else { "differs" };
        let site = entry.site.unwrap_or_default();
        Some(format!("{} {} {site} {agrees}", entry.rule?, entry.value))
    };
    findings.facts.iter().filter_map(line).collect()
}


#[test]
fn probe() {
    let heading = "（二）依申请公开\\";
    let only: Option<String> = std::env::var("ONLY").ok();
    for (rows, file) in [(YEAR, "/tmp/i4/true.txt"), (&[][..], "/tmp/i4/nothing.txt"), (YEAR, "/tmp/i4/false.txt")] {
        let Ok(lines) = std::fs::read_to_string(file) else { continue };
        for line in lines.lines() {
            let (key, text) = line.split_once('|').unwrap_or(("s1", line));
            if only.as_ref().is_some_and(|o| !line.contains(o.as_str())) { continue; }
            let r = report(rows, key, text);
            let f = judge(&r);
            let s = r.form().text(key).unwrap();
            let facts: Vec<String> = f.facts.iter().filter(|x| x.text == s).map(|x| { let e = x.entry(&r);
                format!("{}{}{}", &r.text(s)[x.range.clone()], match e.agrees { Some(true) => "=", Some(false) => "≠", None => "?" }, if let Some(rule)=e.rule { format!("{}@{}", rule, e.site.unwrap_or_default()) } else { String::new() }) }).collect();
            let ruler = gouji::base::width::Ruler::default();
            for lang in Lang::ALL {
                for x in f.facts.iter() { let w = x.words(&r).text(lang); if ruler.width(&w) > 77 { println!("WIDE {} {w}", ruler.width(&w)); } }
                for x in f.problems.iter() { let w = x.message().text(lang); if ruler.width(&w) > 78 { println!("WIDEP {} {w}", ruler.width(&w)); } }
            }
            let a = alarms(&f);
            let b = alarms(&judge(&report(rows, key, &format!("{heading}{text}"))));
            println!("{}{} {}\n      {}", if a.is_empty() && b.is_empty() {"  "} else {"!!"}, key, text, facts.join("  "));
            for x in &a { println!("    A {x}"); }
            if a != b { for x in &b { println!("    H {x}"); } }
        }
    }
}
