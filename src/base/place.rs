//! Places in a source: a line, a box of a table, a cell of a sheet.
//!
//! A place has one form for files, `table 3 row 5 column 2`, and one for people in
//! either language, 第3张表第5行第2列. Places that others wrote are parsed here, once.
//!
//! **Never:** a place in the language of the screen inside a file.
//! Next: `model::draft`, whose notes and origins hold places.

use std::fmt;

use super::words::{Arg, Words, words};

/// A place in a source. All numbers count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The whole source, or not known.
    #[default]
    Nowhere,
    /// A line of a text.
    Line(usize),
    /// A box of a line, where boxes stand in columns.
    LineBox {
        /// The line.
        line: usize,
        /// The column.
        col: usize,
    },
    /// A field of separated values; its column is named by letters.
    Field {
        /// The line.
        line: usize,
        /// The column.
        col: usize,
    },
    /// A paragraph of a document.
    Paragraph(usize),
    /// A box of a table of a document.
    Cell {
        /// The table.
        table: usize,
        /// The row.
        row: usize,
        /// The column.
        col: usize,
    },
    /// A page.
    Page(usize),
    /// A line of a page.
    PageLine {
        /// The page.
        page: usize,
        /// The line.
        line: usize,
    },
    /// A box of a table of a page.
    PageBox {
        /// The page.
        page: usize,
        /// The line.
        line: usize,
        /// The column.
        col: usize,
    },
    /// A sheet of a workbook.
    Sheet(String),
    /// A cell of a sheet; its column is named by letters.
    SheetCell {
        /// The name of the sheet.
        sheet: String,
        /// The row.
        row: usize,
        /// The column.
        col: usize,
    },
    /// A value of one of our own files, by its path.
    Value {
        /// The path, such as `t3.carried_in`.
        path: String,
        /// The line it stands on.
        line: usize,
    },
    /// Any other words, such as a path, or a place of a foreign program.
    Other(String),
}

/// A part of a place.
enum Part<'a> {
    Page(usize),
    Table(usize),
    Paragraph(usize),
    Line(usize),
    Row(usize),
    Col(usize),
    Letters(usize),
    Sheet(&'a str),
}

impl Place {
    /// Whether there is nothing to say of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Place::Nowhere
    }

    /// Whether it is a box in a column.
    #[must_use]
    pub fn has_column(&self) -> bool {
        use Place::{Cell, Field, LineBox, PageBox, SheetCell};
        matches!(
            self,
            LineBox { .. } | Field { .. } | Cell { .. } | PageBox { .. } | SheetCell { .. }
        )
    }

    /// Its parts from the largest; none if it is only words.
    fn parts(&self) -> Vec<Part<'_>> {
        match self {
            Place::Nowhere | Place::Value { .. } | Place::Other(_) => Vec::new(),
            Place::Line(line) => vec![Part::Line(*line)],
            Place::LineBox { line, col } => vec![Part::Line(*line), Part::Col(*col)],
            Place::Field { line, col } => vec![Part::Line(*line), Part::Letters(*col)],
            Place::Paragraph(paragraph) => vec![Part::Paragraph(*paragraph)],
            Place::Cell { table, row, col } => {
                vec![Part::Table(*table), Part::Row(*row), Part::Col(*col)]
            }
            Place::Page(page) => vec![Part::Page(*page)],
            Place::PageLine { page, line } => vec![Part::Page(*page), Part::Line(*line)],
            Place::PageBox { page, line, col } => {
                vec![Part::Page(*page), Part::Line(*line), Part::Col(*col)]
            }
            Place::Sheet(sheet) => vec![Part::Sheet(sheet)],
            Place::SheetCell { sheet, row, col } => {
                vec![Part::Sheet(sheet), Part::Row(*row), Part::Letters(*col)]
            }
        }
    }

    /// The place that a text is the file form of, if it is one of a reader's.
    fn parsed(text: &str) -> Option<Self> {
        let number = |text: &str| text.parse::<usize>().ok();
        if let Some((path, line)) = text
            .strip_suffix(')')
            .and_then(|all| all.split_once(" (line "))
        {
            let path = path.to_owned();
            return number(line).map(|line| Place::Value { path, line });
        }
        if let Some(named) = text.strip_prefix("sheet ") {
            // The name of a sheet may hold anything.
            let cell = named.rsplit_once(" row ").and_then(|(sheet, cell)| {
                let (row, col) = cell.split_once(" column ")?;
                Some(Place::SheetCell {
                    sheet: sheet.to_owned(),
                    row: number(row)?,
                    col: column_number(col)?,
                })
            });
            return cell.or_else(|| Some(Place::Sheet(named.to_owned())));
        }
        let words: Vec<&str> = text.split(' ').collect();
        Some(match words[..] {
            [""] => Place::Nowhere,
            ["line", line] => Place::Line(number(line)?),
            ["line", line, "column", col] => {
                let line = number(line)?;
                match number(col) {
                    Some(col) => Place::LineBox { line, col },
                    None => Place::Field {
                        line,
                        col: column_number(col)?,
                    },
                }
            }
            ["paragraph", paragraph] => Place::Paragraph(number(paragraph)?),
            ["table", table, "row", row, "column", col] => Place::Cell {
                table: number(table)?,
                row: number(row)?,
                col: number(col)?,
            },
            ["page", page] => Place::Page(number(page)?),
            ["page", page, "line", line] => Place::PageLine {
                page: number(page)?,
                line: number(line)?,
            },
            ["page", page, "line", line, "column", col] => Place::PageBox {
                page: number(page)?,
                line: number(line)?,
                col: number(col)?,
            },
            _ => return None,
        })
    }
}

/// The form for files.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Value { path, line } => return write!(f, "{path} (line {line})"),
            Place::Other(text) => return f.write_str(text),
            _ => {}
        }
        for (at, part) in self.parts().into_iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            match part {
                Part::Page(n) => write!(f, "page {n}")?,
                Part::Table(n) => write!(f, "table {n}")?,
                Part::Paragraph(n) => write!(f, "paragraph {n}")?,
                Part::Line(n) => write!(f, "line {n}")?,
                Part::Row(n) => write!(f, "row {n}")?,
                Part::Col(n) => write!(f, "column {n}")?,
                Part::Letters(n) => write!(f, "column {}", letters(n))?,
                Part::Sheet(name) => write!(f, "sheet {name}")?,
            }
        }
        Ok(())
    }
}

/// Reads the form for files; what no reader writes is kept to the letter.
impl From<String> for Place {
    fn from(text: String) -> Self {
        let parsed = Place::parsed(&text).filter(|place| place.to_string() == text);
        parsed.unwrap_or(Place::Other(text))
    }
}

impl From<&str> for Place {
    fn from(text: &str) -> Self {
        Place::from(text.to_owned())
    }
}

impl From<&Place> for Place {
    fn from(place: &Place) -> Self {
        place.clone()
    }
}

/// A place in words, for people.
#[must_use]
pub fn said(place: &Place) -> Arg {
    match place {
        // Our own files name the cell or the row, and the line it stands in.
        Place::Value { path, line } => {
            let said = words("{path}（第 {n} 行）", "{path} (line {n})");
            let args = vec![
                ("path", path.as_str().into()),
                ("n", line.to_string().into()),
            ];
            return said.with(args).into();
        }
        Place::Other(text) => return text.as_str().into(),
        _ => {}
    }
    let parts = place.parts();
    let is_one = parts.len() == 1;
    let parts = parts.into_iter().map(|part| {
        let (words, name): (Words, Arg) = match part {
            Part::Page(n) if is_one => (words("第 {n} 页", "page {n}"), n.to_string().into()),
            Part::Page(n) => (words("第{n}页", "page {n}"), n.to_string().into()),
            Part::Table(n) => (words("第{n}张表", "table {n}"), n.to_string().into()),
            Part::Paragraph(n) => (words("第 {n} 段", "paragraph {n}"), n.to_string().into()),
            Part::Line(n) if is_one => (words("第 {n} 行", "line {n}"), n.to_string().into()),
            Part::Line(n) => (words("第{n}行", "line {n}"), n.to_string().into()),
            Part::Row(n) => (words("第{n}行", "row {n}"), n.to_string().into()),
            Part::Col(n) => (words("第{n}列", "column {n}"), n.to_string().into()),
            Part::Letters(n) => (words("第{n}列", "column {n}"), letters(n).into()),
            Part::Sheet(name) => (words("工作表【{n}】", "sheet \"{n}\""), name.into()),
        };
        words.with(vec![("n", name)]).into()
    });
    Arg::List(words("", ", "), parts.collect())
}

/// The row that a box stands in: its column is left out, or 0.
#[must_use]
pub fn row_of(place: &Place) -> Place {
    let mut row = place.clone();
    match &mut row {
        Place::LineBox { line, .. } | Place::Field { line, .. } => row = Place::Line(*line),
        Place::PageBox { page, line, .. } => {
            row = Place::PageLine {
                page: *page,
                line: *line,
            };
        }
        Place::Cell { col, .. } | Place::SheetCell { col, .. } => *col = 0,
        _ => {}
    }
    row
}

/// The letters of a column counted from 0: A, Z, AA.
#[must_use]
pub fn column_name(col: usize) -> String {
    letters(col.saturating_add(1))
}

/// The letters of a column counted from 1.
fn letters(col: usize) -> String {
    let mut name = String::new();
    let mut left = col;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).expect("less than 26");
        name.insert(0, char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    name
}

/// The column, counted from 1, that letters name.
fn column_number(letters: &str) -> Option<usize> {
    let digit = |letter: u8| {
        letter
            .is_ascii_uppercase()
            .then(|| usize::from(letter - b'A') + 1)
    };
    letters.bytes().try_fold(0_usize, |col, letter| {
        col.checked_mul(26)?.checked_add(digit(letter)?)
    })
}

/// A place in the form for files is the same as a text.
impl PartialEq<str> for Place {
    fn eq(&self, text: &str) -> bool {
        let own: String = self.to_string();
        own.as_str() == text
    }
}

impl PartialEq<&str> for Place {
    fn eq(&self, text: &&str) -> bool {
        *self == **text
    }
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
                    .with(vec![("p", said(&Place::from(place)))])
                    .text(lang)
            };
            assert_eq!(text(Lang::Zh), zh);
            assert_eq!(text(Lang::En), en);
        }
    }

    #[test]
    fn every_text_comes_back_to_the_letter() {
        let places = [
            Place::LineBox { line: 3, col: 2 },
            Place::Field { line: 3, col: 28 },
            Place::PageBox {
                page: 2,
                line: 7,
                col: 3,
            },
            Place::SheetCell {
                sheet: "a row b".to_owned(),
                row: 5,
                col: 3,
            },
            Place::Value {
                path: "t3.carried_in".to_owned(),
                line: 9,
            },
            Place::Other("第3行".to_owned()),
        ];
        for place in places {
            assert_eq!(Place::from(place.to_string()), place);
        }
        for text in [
            "line 007",
            "line 1 column",
            "sheet x row 1 column a",
            "page 2 ",
            " (line x)",
            "line 1 column 0A",
            "column \u{fffd}",
        ] {
            assert_eq!(Place::from(text).to_string(), text);
        }
    }

    #[test]
    fn columns_are_named_as_sheets_name_them() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702].map(column_name).to_vec();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn the_boxes_of_a_row_share_their_row() {
        let row = |place: &str| row_of(&Place::from(place));
        assert_eq!(row("page 2 line 7 column 3"), "page 2 line 7");
        assert_eq!(row("line 84"), "line 84");
        assert_eq!(row("line 84 column C"), "line 84");
        assert_eq!(row("table 3 row 5 column 2"), row("table 3 row 5 column 1"));
        assert_ne!(row("table 3 row 5 column 2"), row("table 3 row 6 column 2"));
    }
}
