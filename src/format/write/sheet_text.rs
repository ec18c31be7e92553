//! A sheet of paper as text: 79 columns, Chinese characters two wide.
//!
//! ```text
//!                                     核验单
//!
//! 一段话
//!
//! 【勾稽】
//! +----------------------------------+------+
//! | 关系                             | 共   |
//! +----------------------------------+------+
//! | 表三每列：各项之和 = （七）总计  | 7    |
//! +----------------------------------+------+
//! ```
//! **Never:** lets a control or direction character through.
//! Next: `base::sheet` for what is on one.

use crate::base::sheet::{Block, Sheet};
use crate::base::width::{Ruler, shown};

/// Columns of a line.
const COLUMNS: usize = 79;
/// Columns that a box keeps however many stand beside it.
const NARROWEST: usize = 4;

const RULER: Ruler = Ruler {
    wide_ambiguous: false,
};

/// The text of a sheet; every line is ended.
pub(in crate::format) fn write(sheet: &Sheet) -> String {
    let title = shown(&sheet.title);
    let mut out = String::new();
    for range in RULER.wrap(&title, COLUMNS) {
        let indent = (COLUMNS - RULER.width(&title[range.clone()])) / 2;
        push(
            &mut out,
            &format!("{}{}", " ".repeat(indent), &title[range]),
        );
    }
    let mut after_heading = false;
    for block in &sheet.blocks {
        if !after_heading {
            out.push('\n');
        }
        after_heading = matches!(block, Block::Heading(_));
        match block {
            Block::Heading(text) => wrapped(&mut out, &format!("【{text}】")),
            Block::Paragraph(text) => wrapped(&mut out, text),
            Block::Table(rows) => table(&mut out, rows),
        }
    }
    out
}

fn push(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}

fn wrapped(out: &mut String, text: &str) {
    let text = shown(text);
    for range in RULER.wrap(&text, COLUMNS) {
        push(out, text[range].trim_start());
    }
}

fn table(out: &mut String, rows: &[Vec<String>]) {
    let rows: Vec<Vec<_>> = rows
        .iter()
        .map(|row| row.iter().map(|text| shown(text)).collect())
        .collect();
    let cols = rows.iter().map(Vec::len).max().unwrap_or(0);
    if cols == 0 {
        return;
    }
    let widths = widths(cols, |col| {
        let texts = rows.iter().filter_map(|row| row.get(col));
        texts.map(|text| RULER.width(text)).max().unwrap_or(0)
    });
    let rule: String = widths.iter().fold("+".to_owned(), |rule, width| {
        rule + &"-".repeat(width + 2) + "+"
    });
    push(out, &rule);
    for (index, row) in rows.iter().enumerate() {
        let pieces: Vec<Vec<&str>> = (0..cols)
            .map(|col| {
                let text = row.get(col).map_or("", |text| text.as_ref());
                let ranges = RULER.wrap(text, widths[col]);
                ranges
                    .into_iter()
                    .map(|range| text[range].trim_start())
                    .collect()
            })
            .collect();
        let lines = pieces.iter().map(Vec::len).max().unwrap_or(1);
        for at in 0..lines {
            let boxes = widths.iter().zip(&pieces).map(|(width, pieces)| {
                RULER.fit(pieces.get(at).copied().unwrap_or_default(), *width)
            });
            let line = boxes.fold("|".to_owned(), |line, text| line + " " + &text + " |");
            push(out, &line);
        }
        if index == 0 || index + 1 == rows.len() {
            push(out, &rule);
        }
    }
}

/// What each column takes: as much as its longest text, the widest ones less
/// until the line is full.
fn widths(cols: usize, longest: impl Fn(usize) -> usize) -> Vec<usize> {
    let room = COLUMNS.saturating_sub(3 * cols + 1);
    let mut widths: Vec<usize> = (0..cols)
        .map(|col| longest(col).clamp(NARROWEST, room.max(NARROWEST)))
        .collect();
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter_mut().max().expect("a table has columns");
        if *widest <= NARROWEST {
            break;
        }
        *widest -= 1;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::width::is_unsafe;

    fn sheet() -> Sheet {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        Sheet {
            title: "核验单\u{202e}\u{1b}[31m".to_owned(),
            blocks: vec![
                Block::Heading("一、勾稽".to_owned()),
                Block::Table(vec![
                    row(["关系", "共", "平"]),
                    row(["各项之和 = （七）总计", "7", "5"]),
                    row([&"很长".repeat(200), &"宽".repeat(80), "\t1\n2"]),
                ]),
                Block::Paragraph("段落".repeat(60)),
                Block::Table(Vec::new()),
            ],
        }
    }

    #[test]
    fn lines_are_no_wider_than_a_page_and_hold_everything() {
        let text = write(&sheet());
        for line in text.lines() {
            assert!(RULER.width(line) <= COLUMNS, "{line}");
            assert_eq!(line, line.trim_end());
        }
        assert_eq!(text.matches("很长").count(), 200);
        let joined: String = text.lines().collect();
        assert_eq!(joined.matches("段落").count(), 60);
        assert!(text.starts_with(&" ".repeat(30)), "{text}");
    }

    #[test]
    fn boxes_stand_in_one_column_each() {
        let text = write(&sheet());
        let ends = text.lines().filter(|line| line.starts_with('|'));
        for line in ends {
            assert_eq!(RULER.width(line), COLUMNS, "{line}");
        }
    }

    #[test]
    fn invariant_no_control_or_direction_character_gets_through() {
        let text = write(&sheet());
        assert!(!text.replace('\n', "").contains(is_unsafe), "{text}");
    }

    #[test]
    fn many_columns_never_run_away() {
        let row: Vec<String> = (0..40).map(|at| format!("column {at}")).collect();
        let text = write(&Sheet {
            title: String::new(),
            blocks: vec![Block::Table(vec![row.clone(), row])],
        });
        assert!(text.lines().count() < 40);
    }
}
