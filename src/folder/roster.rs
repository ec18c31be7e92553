//! 名单: the units that are to send a report.
//!
//! ```text
//! 单位,其他名称,截止,联系人
//! 民政局,县民政局、社会救助局,2025-01-31,张三 8001
//! ```
//! One unit a line. With a head the columns are known by their names; without one the
//! first field is the name, a day is the deadline, digits of a telephone are the contact,
//! and whatever else stands there are other names.
//!
//! **Never:** takes a head for a unit; drops a unit because two have one name.
//! Next: `matching`, which finds the unit of a file.

use std::path::PathBuf;

use super::Day;
use crate::base::failure::Failure;
use crate::base::words::words;

/// Names of the roster in a folder, the first one that is there counts.
pub const ROSTERS: [&str; 3] = ["名单.csv", "名单.xlsx", "名单.txt"];

/// Most units of a roster.
const MOST: usize = 10_000;
/// Most bytes of a name.
const LONGEST: usize = 300;

/// The units that are to send a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// Where it was read.
    pub path: PathBuf,
    /// A unit each, in the order of the lines.
    pub entries: Vec<Entry>,
    /// The names that stand in it more than once.
    pub twice: Vec<String>,
}

/// A unit of the roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// What else it is called.
    pub others: Vec<String>,
    /// When its report is due.
    pub due: Option<Day>,
    /// Whom to ask.
    pub contact: String,
}

impl Entry {
    /// Its name and its other ones.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.others.iter().map(String::as_str))
    }
}

/// What a column of a roster holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Others,
    Due,
    Contact,
    Nothing,
}

impl Column {
    /// The column under this head.
    fn under(head: &str) -> Option<Self> {
        let head: String = head.chars().filter(|c| !c.is_whitespace()).collect();
        let head = head.to_lowercase();
        let is = |words: &[&str]| words.iter().any(|word| head.contains(word));
        // 报送单位联系人 is no unit, 其他名称 no name.
        if head.chars().count() > 12 {
            return None;
        }
        Some(if is(&["联系", "电话", "经办", "contact", "phone"]) {
            Column::Contact
        } else if is(&["其他", "别名", "简称", "曾用", "又名", "other", "alias"]) {
            Column::Others
        } else if is(&["截止", "期限", "时限", "due", "deadline"]) {
            Column::Due
        } else if [
            "单位",
            "单位名称",
            "机关",
            "机关名称",
            "名称",
            "报送单位",
            "部门",
            "name",
            "unit",
            "body",
        ]
        .contains(&head.as_str())
        {
            Column::Name
        } else if ["序号", "编号", "no", "no.", "备注"].contains(&head.as_str()) {
            Column::Nothing
        } else {
            return None;
        })
    }
}

impl Roster {
    /// The roster in the rows of a file.
    ///
    /// # Errors
    /// A [`Failure`] if there is no name in it, or more units than a county has.
    pub fn of(path: PathBuf, rows: &[Vec<String>]) -> Result<Self, Failure> {
        let head = rows.iter().take(3).position(|row| {
            let columns = row.iter().map(|field| Column::under(field));
            columns.flatten().any(|column| column == Column::Name)
        });
        let columns: Vec<Column> = head.map_or_else(Vec::new, |at| {
            let under = |field: &String| Column::under(field).unwrap_or(Column::Nothing);
            rows[at].iter().map(under).collect()
        });
        let mut entries: Vec<Entry> = Vec::new();
        let mut twice = Vec::new();
        let mut due_of_all = None;
        for row in rows.iter().skip(head.map_or(0, |at| at + 1)) {
            let entry = if columns.is_empty() {
                by_content(row)
            } else {
                by_columns(row, &columns)
            };
            if ["截止", "截止日期", "期限"].contains(&entry.name.trim_matches([':', '：']))
            {
                due_of_all = entry.due.or(due_of_all);
                continue;
            }
            if entry.name.is_empty() {
                continue;
            }
            if entries.len() == MOST {
                let what = words(
                    "名单太长，最多 {n} 家",
                    "the list is too long: at most {n} units",
                );
                return Err(Failure::file(what.with(vec![("n", MOST.into())])));
            }
            if entries.iter().any(|other| other.name == entry.name) {
                twice.push(entry.name);
                continue;
            }
            entries.push(entry);
        }
        if entries.is_empty() {
            let what = words("名单里没有单位", "there is no unit in the list");
            return Err(Failure::file(what.into()).hint(words(
                "一行写一家单位的名称",
                "write the name of one unit a line",
            )));
        }
        for entry in &mut entries {
            entry.due = entry.due.or(due_of_all);
        }
        Ok(Roster {
            path,
            entries,
            twice,
        })
    }

    /// The unit of this name.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

/// A name as it is kept: without blanks at its ends, not longer than any name.
fn name(text: &str) -> String {
    let text = crate::base::width::shown(text.trim()).trim().to_owned();
    let end = text
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| *at > LONGEST);
    text[..end.unwrap_or(text.len())].to_owned()
}

/// The names in a field.
fn names(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(['、', '/', ';', '；', '|', '，', ',', '\n'])
        .map(name)
        .filter(|name| !name.is_empty())
}

fn by_columns(row: &[String], columns: &[Column]) -> Entry {
    let mut entry = Entry::default();
    for (field, column) in row.iter().zip(columns) {
        match column {
            Column::Name if entry.name.is_empty() => entry.name = name(field),
            Column::Name | Column::Others => entry.others.extend(names(field)),
            Column::Due => entry.due = entry.due.or(Day::read(field)),
            Column::Contact => contact(&mut entry, field),
            Column::Nothing => {}
        }
    }
    entry
}

fn by_content(row: &[String]) -> Entry {
    let mut entry = Entry::default();
    for field in row
        .iter()
        .map(|field| field.trim())
        .filter(|field| !field.is_empty())
    {
        let digits = field.chars().filter(char::is_ascii_digit).count();
        if let Some(day) = Day::read(field) {
            entry.due = Some(day);
        } else if entry.name.is_empty() {
            let is_number = digits > 0 && field.trim_end_matches(['.', '、']).len() == digits;
            if is_number {
                continue;
            }
            // A line of a text may begin with its number, and end in its deadline.
            let rest = field.trim_start_matches(|c: char| c.is_ascii_digit());
            let rest = rest.trim_start_matches(['.', '、', '．', ' ', '\u{3000}']);
            let mut pieces = rest.split_whitespace();
            let first = pieces.next().unwrap_or_default();
            entry.name = name(first);
            pieces.for_each(|piece| put(&mut entry, piece));
        } else {
            put(&mut entry, field);
        }
    }
    entry
}

/// What stands behind the name of a unit.
fn put(entry: &mut Entry, field: &str) {
    let digits = field.chars().filter(char::is_ascii_digit).count();
    if let Some(day) = Day::read(field) {
        entry.due = Some(day);
    } else if digits >= 4 {
        contact(entry, field);
    } else {
        entry.others.extend(names(field));
    }
}

fn contact(entry: &mut Entry, field: &str) {
    let field = name(field);
    if !entry.contact.is_empty() && !field.is_empty() {
        entry.contact.push(' ');
    }
    entry.contact.push_str(&field);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Roster {
        let rows = crate::format::rows(text.as_bytes(), None).expect("rows");
        Roster::of(PathBuf::new(), &rows).expect("a roster")
    }

    #[test]
    fn a_roster_is_read_with_and_without_a_head() {
        let text = "序号,报送单位,其他名称,截止日期,联系人\n1,民政局,县民政局、低保中心,2025-01-31,张 8001\n2,财政局,,,\n";
        let with = of(text);
        assert_eq!(with.entries[0].name, "民政局");
        assert_eq!(with.entries[0].others, ["县民政局", "低保中心"]);
        assert_eq!(with.entries[0].due, Day::read("2025-01-31"));
        assert_eq!(with.entries[0].contact, "张 8001");
        assert_eq!(with.entries[1].name, "财政局");
        let plain = of("截止：,2025-02-01\n1.民政局\n2.财政局 2025-01-31\n财政局\n");
        assert_eq!(plain.entries.len(), 2);
        assert_eq!(plain.twice, ["财政局"]);
        assert_eq!(plain.entries[0].due, Day::read("2025-02-01"));
        assert_eq!(plain.entries[1].due, Day::read("2025-01-31"));
        assert!(Roster::of(PathBuf::new(), &[]).is_err());
    }
}
