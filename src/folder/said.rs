//! What is said of a unit beside its state: in one column, and whole.
//!
//! **Never:** says that sums hold where a table was not read or is not filled.
//! Next: `standing` for the state, `paper::listing` and the folder page, which show it.

use super::{Role, Standing, State, Unit, Units, broken};
use crate::base::failure::Failure;
use crate::base::path::shown_path;
use crate::base::words::{Arg, Message, Words, words};

/// Which sums of a unit break, or what stands in the way of saying so; short.
#[must_use]
pub fn sums(unit: &Unit) -> Message {
    if !unit.maybe.is_empty() {
        return words("是哪家的？", "whose is it?").into();
    }
    if unit.is_doubled() {
        let two = words("{n} 份，用哪份？", "{n} files: which?");
        return two.with(vec![("n", unit.files.len().into())]);
    }
    let Some(file) = unit.shown() else {
        return words("", "").into();
    };
    let content = match &file.content {
        Ok(content) => content,
        Err(failure) => return why(failure),
    };
    if unit.is_of_other_year() {
        return words("年度不对", "another year").into();
    }
    if content.is_torn() {
        return words("有表没读全", "tables not read").into();
    }
    if let Some(broken) = broken(content) {
        return broken;
    }
    if content.counts.missing > 0 {
        let missing = words("缺 {n} 格", "{n} cells missing");
        return missing.with(vec![("n", content.counts.missing.into())]);
    }
    words("平衡", "adds up").into()
}

/// Why a file could not be read: the reason alone, its name stands beside it.
fn why(failure: &Failure) -> Message {
    match &failure.why {
        Some(why) => (**why).clone(),
        None => failure.what.clone(),
    }
}

/// Everything that is to be said of a unit beside its problems.
#[must_use]
pub fn remarks(unit: &Unit, standing: &Standing, units: &Units, has_roster: bool) -> Vec<Message> {
    let mut said: Vec<Message> = Vec::new();
    if !unit.maybe.is_empty() {
        let names = unit
            .maybe
            .iter()
            .map(|name| Arg::from(name.as_str()))
            .collect();
        let may = words("可能是名单上的：{names}", "it may be: {names}");
        said.push(may.with(vec![("names", Arg::List(words("、", ", "), names))]));
    } else if unit.is_doubled() {
        let two = words(
            "有 {n} 份，没有说用哪一份：{files}",
            "{n} files, and nobody said which counts: {files}",
        );
        said.push(two.with(vec![
            ("n", unit.files.len().into()),
            ("files", files(unit, Role::Doubled)),
        ]));
    }
    if has_roster && unit.entry.is_none() && unit.maybe.is_empty() {
        said.push(words("不在名单上", "not on the list of units").into());
    }
    for (role, words) in [
        (
            Role::OtherYear,
            words("别的年度的：{files}", "of another year: {files}"),
        ),
        (
            Role::Same,
            words("另有同样内容的：{files}", "the very same: {files}"),
        ),
        (Role::Earlier, words("不用的：{files}", "not used: {files}")),
    ] {
        if unit.files.iter().any(|filed| filed.role == role) {
            said.push(words.with(vec![("files", files(unit, role))]));
        }
    }
    if let (true, Some(year), Some(its)) = (
        unit.is_of_other_year(),
        units.year,
        unit.shown().and_then(|file| file.year()),
    ) {
        let other = words(
            "是 {its} 年的，别家是 {year} 年",
            "it is of {its}, the others are of {year}",
        );
        said.push(other.with(vec![
            ("its", i64::from(its).into()),
            ("year", i64::from(year).into()),
        ]));
    }
    if let Some(left) = standing.left {
        said.push(deadline(left));
    }
    said.extend(standing.since.map(super::Since::said));
    if standing.changed {
        said.push(
            words(
                "判合格以后文件又变了",
                "its file changed since it was passed",
            )
            .into(),
        );
    }
    if !standing.reason.is_empty() {
        let with = words("带错误通过，理由：{why}", "passed with errors: {why}");
        said.push(with.with(vec![("why", standing.reason.as_str().into())]));
    }
    if let Some(Err(failure)) = unit.shown().map(|file| &file.content) {
        said.push(why(failure));
        said.extend(failure.hints.iter().cloned());
    }
    if let Some(entry) = unit
        .entry
        .as_ref()
        .filter(|entry| !entry.contact.is_empty())
    {
        let contact = words("联系：{who}", "contact: {who}");
        said.push(contact.with(vec![("who", entry.contact.as_str().into())]));
    }
    said
}

/// The names of the files of a unit with a role.
fn files(unit: &Unit, role: Role) -> Arg {
    let of_role = unit.files.iter().filter(|filed| filed.role == role);
    let names = of_role.map(|filed| {
        let name = filed.file.path.file_name().map(std::path::Path::new);
        Arg::from(name.map(shown_path).unwrap_or_default())
    });
    Arg::List(words("、", ", "), names.collect())
}

/// How far a deadline is away, or how long it is over.
#[must_use]
pub fn deadline(left: i64) -> Message {
    let (said, days): (Words, i64) = match left {
        0 => (words("今天截止", "due today"), 0),
        1.. => (words("剩 {n} 天", "{n} days left"), left),
        _ => (words("逾期 {n} 天", "{n} days late"), -left),
    };
    said.with(vec![("n", days.into())])
}

/// 60 份 合格 41 有错 12 读不全 3 未交 4: how many stand so, those that are none left out.
#[must_use]
pub fn totals(standings: &[Standing]) -> Message {
    let count = |state| standings.iter().filter(|one| one.state == state).count();
    let mut parts: Vec<Arg> = Vec::new();
    for state in State::ALL.into_iter().rev() {
        let n = count(state);
        if n > 0 {
            let part = words("{state} {n}", "{state} {n}");
            parts.push(
                part.with(vec![("state", state.name().into()), ("n", n.into())])
                    .into(),
            );
        }
    }
    words("{n} 家 {all}", "{n} units {all}").with(vec![
        ("n", standings.len().into()),
        ("all", Arg::List(words(" ", " "), parts)),
    ])
}
