//! `gouji diff`: two reports side by side.
//!
//! **Never:** judges a report; compares a file with itself.
//! Next: `check::diff`, which compares, `paper::diff` for what is printed.

use std::ffi::OsStr;
use std::path::Path;

use crate::base::body::same_body;
use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Message, words};
use crate::check::diff::Diff;
use crate::model::Report;
use crate::paper::diff::{Diffed, OUTPUTS, Side};
use crate::store::file::is_same;
use crate::store::import::How;

use super::progress::meanwhile;
use super::source::{self, Source, Trouble};
use super::{Exit, Given, Io, options};

/// Compares the two files named.
pub(super) fn run(given: &Given, io: &mut Io) -> Exit {
    compare(given, io).unwrap_or_else(|failure| io.fail(&failure, given.lang))
}

fn compare(given: &Given, io: &mut Io) -> Result<Exit, Failure> {
    let profile = given.profile(io)?;
    let [old, new] = ["OLD", "NEW"].map(|key| given.operand(key).expect("the parser asks for it"));
    if is_same(Path::new(old), Path::new(new)) {
        let what = words("两边是同一个文件：{file}", "both are the same file: {file}");
        let args = vec![("file", shown_path(Path::new(new)).into())];
        let hint = words(
            "写两个文件，前一份在前：gouji diff 2023.json 2024.json",
            "name two, the older first: gouji diff 2023.json 2024.json",
        );
        return Err(Failure::user(what.with(args)).hint(hint));
    }
    let how = given.how();
    let (old, new) = (read(old, &how, given, io)?, read(new, &how, given, io)?);
    for source in [&old, &new] {
        for note in source.note_lines(given.lang) {
            io.tell(&note);
        }
    }
    if let Some(doubt) = doubt(&old.report, &new.report) {
        io.tell(&doubt.text(given.lang));
    }
    let diff = Diff::of(&old.report, &new.report, &profile);
    let asked = given.value(&options::DIFF_OUTPUT);
    let output = OUTPUTS.iter().find(|output| Some(output.key) == asked);
    let mut results = String::new();
    let diffed = Diffed {
        old: side(&old),
        new: side(&new),
        diff: &diff,
    };
    (output.unwrap_or(&OUTPUTS[0]).write)(&diffed, given.lang, &mut results);
    io.print(results);
    Ok(if diff.is_equal() {
        Exit::Clean
    } else {
        Exit::Problems
    })
}

fn side(source: &Source) -> Side<'_> {
    Side {
        file: &source.name,
        format: source.format.key,
        report: &source.report,
    }
}

/// The report in a file that was named, or in what is piped in.
pub(super) fn read(path: &OsStr, how: &How, given: &Given, io: &mut Io) -> Result<Source, Failure> {
    let path = Path::new(path);
    let name = shown_path(path);
    let read = if name == "-" {
        source::of_bytes(&source::read_stream(io.stdin)?, name, how)
    } else {
        meanwhile(io, given.lang, path, || source::of_file(path, name, how))
    };
    read.map_err(Trouble::into_failure)
}

/// What makes it doubtful that the right files were named.
fn doubt(old: &Report, new: &Report) -> Option<Message> {
    let (one, other) = (old.head(), new.head());
    if !one.body.is_empty() && !other.body.is_empty() && !same_body(&one.body, &other.body) {
        let said = words(
            "两份报告不是同一个机关的：【{old}】和【{new}】；选错了就换一份",
            "these are reports of two bodies, \"{old}\" and \"{new}\": is it the right file?",
        );
        return Some(said.with(vec![
            ("old", one.body.as_str().into()),
            ("new", other.body.as_str().into()),
        ]));
    }
    let (before, now) = (one.year?, other.year?);
    (before > now).then(|| {
        let said = words(
            "前一份是 {old} 年的，后一份是 {new} 年的；要看后来变了什么，把两份换个次序",
            "the first is for {old}, the second for {new}: swap them to see what changed since",
        );
        said.with(vec![
            ("old", i64::from(before).into()),
            ("new", i64::from(now).into()),
        ])
    })
}
