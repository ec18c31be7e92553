//! Places in a source: readers write `table 3 row 5 column 2`, people read
//! 第3张表第5行第2列.
//!
//! **Never:** a place in the language of the screen inside a file.
//! Next: `model::draft`, whose notes and origins hold places.

use super::words::{Arg, Words, words};

/// Parts of a place: by themselves, and among others, where room is short.
const PARTS: [(&str, Words, Words); 6] = [
    (
        "page",
        words("第 {n} 页", "page {n}"),
        words("第{n}页", "page {n}"),
    ),
    (
        "table",
        words("第 {n} 张表", "table {n}"),
        words("第{n}张表", "table {n}"),
    ),
    (
        "paragraph",
        words("第 {n} 段", "paragraph {n}"),
        words("第{n}段", "paragraph {n}"),
    ),
    (
        "line",
        words("第 {n} 行", "line {n}"),
        words("第{n}行", "line {n}"),
    ),
    (
        "row",
        words("第 {n} 行", "row {n}"),
        words("第{n}行", "row {n}"),
    ),
    (
        "column",
        words("第 {n} 列", "column {n}"),
        words("第{n}列", "column {n}"),
    ),
];

/// A place in words; one that no reader writes stays as it is.
#[must_use]
pub fn said(place: &str) -> Arg {
    // Our own files name the cell or the row, and the line it stands in.
    if let Some((path, line)) = place
        .strip_suffix(')')
        .and_then(|all| all.split_once(" (line "))
    {
        let said = words("{path}（第 {n} 行）", "{path} (line {n})");
        return said
            .with(vec![("path", path.into()), ("n", line.into())])
            .into();
    }
    let mut parts = Vec::new();
    let mut rest = place;
    if let Some(named) = place.strip_prefix("sheet ") {
        // The name of a sheet may hold anything.
        let end = named.rfind(" row ").unwrap_or(named.len());
        let sheet = words("工作表【{n}】", "sheet \"{n}\"");
        parts.push(sheet.with(vec![("n", named[..end].into())]).into());
        rest = named[end..].trim_start();
    }
    let is_one = parts.is_empty() && rest.split(' ').count() == 2;
    let mut pieces = rest.split(' ');
    while let Some(kind) = pieces.next().filter(|kind| !kind.is_empty()) {
        let part = PARTS.iter().find(|(key, ..)| *key == kind);
        let (Some((_, alone, among)), Some(number)) = (part, pieces.next()) else {
            return place.into();
        };
        let said = if is_one { alone } else { among };
        parts.push(said.with(vec![("n", number.into())]).into());
    }
    Arg::List(words("", ", "), parts)
}

/// A place without its column: what the boxes of one row share.
#[must_use]
pub fn row_of(place: &str) -> &str {
    place.rfind(" column ").map_or(place, |at| &place[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::words::Lang;

    #[test]
    fn places_are_said_in_both_languages() {
        let cases = [
            ("line 84", "第 84 行", "line 84"),
            (
                "table 3 row 5 column 2",
                "第3张表第5行第2列",
                "table 3, row 5, column 2",
            ),
            ("page 2 line 7", "第2页第7行", "page 2, line 7"),
            (
                "sheet a row b row 5 column C",
                "工作表【a row b】第5行第C列",
                "sheet \"a row b\", row 5, column C",
            ),
            ("head.year", "head.year", "head.year"),
            (
                "t3.carried_in (line 9)",
                "t3.carried_in（第 9 行）",
                "t3.carried_in (line 9)",
            ),
            ("", "", ""),
        ];
        for (place, zh, en) in cases {
            let text = |lang| {
                words("{p}", "{p}")
                    .with(vec![("p", said(place))])
                    .text(lang)
            };
            assert_eq!(text(Lang::Zh), zh);
            assert_eq!(text(Lang::En), en);
        }
        assert_eq!(row_of("page 2 line 7 column 3"), "page 2 line 7");
        assert_eq!(row_of("line 84"), "line 84");
    }
}
