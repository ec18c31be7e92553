//! Markdown as a terminal shows it: the little of it that the manual is written in.
//!
//! Paragraphs and items of lists are set to [`COLUMNS`], headings stand out by what
//! stands under or around them, a table is set in columns where it fits and one row
//! under the other where it does not. Comments and fences go, code stays as it is.
//!
//! **Never:** loses a word of the text.
//! Next: `base::width` for how lines are broken.

use crate::base::width::Ruler;

/// How wide the manual is set: 80 columns, and the last one free for the terminal.
const COLUMNS: usize = 78;
/// How wide the columns of a table before its last may be together.
const BEFORE_LAST: usize = 54;

/// A text in Markdown, for a terminal.
pub(super) fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let markdown = without_comments(markdown);
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            // A screen is as wide as the terminal: it stands at the edge.
            let margin = if kind == "text" { "" } else { "    " };
            for code in lines.by_ref().take_while(|line| !line.starts_with("```")) {
                push(&mut out, &format!("{margin}{code}"));
            }
        } else if line.starts_with('|') {
            let mut rows = vec![cells(line)];
            while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                rows.push(cells(row));
            }
            table(&mut out, rows);
        } else if let Some(heading) = line.strip_prefix("# ") {
            let rule = "=".repeat(Ruler::default().width(heading));
            push(&mut out, heading);
            push(&mut out, &rule);
        } else if let Some(heading) = line.strip_prefix("## ") {
            let rule = "-".repeat(Ruler::default().width(heading));
            push(&mut out, heading);
            push(&mut out, &rule);
        } else if let Some(heading) = line.strip_prefix("### ") {
            push(&mut out, &format!("- {heading} -"));
        } else if let Some((lead, item)) = item(line) {
            paragraph(&mut out, lead, item);
        } else {
            paragraph(&mut out, "", line);
        }
    }
    out
}

/// A text without its comments, and without the lines that held nothing else.
fn without_comments(markdown: &str) -> String {
    let (mut out, mut rest) = (String::new(), markdown);
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        let after = after.split_once("-->").map_or("", |(_, after)| after);
        let is_alone = out.is_empty() || out.ends_with('\n');
        let line_end = after.strip_prefix('\n').filter(|_| is_alone);
        rest = line_end.unwrap_or(after);
    }
    out + rest
}

/// Ends a line; two blank ones never follow each other.
fn push(out: &mut String, line: &str) {
    if line.is_empty() && (out.is_empty() || out.ends_with("\n\n")) {
        return;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

/// The mark of an item, and its text.
fn item(line: &str) -> Option<(&str, &str)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match line.get(digits..)? {
        rest if digits > 0 && rest.starts_with(". ") => digits + 2,
        _ if line.starts_with("- ") => 2,
        _ => return None,
    };
    Some(line.split_at(mark))
}

/// Words without the marks that only a page shows; a sign alone, such as `+`, keeps its.
fn words_of(text: &str) -> String {
    let text = text.replace("**", "");
    let pieces = text.split('`').enumerate().map(|(index, piece)| {
        let is_sign = index % 2 == 1 && !piece.contains(char::is_alphanumeric);
        if is_sign {
            format!("`{piece}`")
        } else {
            piece.to_owned()
        }
    });
    pieces.collect()
}

/// A paragraph broken into lines, all but the first as far in as its mark is wide.
fn paragraph(out: &mut String, lead: &str, text: &str) {
    let (ruler, text) = (Ruler::default(), words_of(text));
    let margin = ruler.width(lead);
    if text.is_empty() {
        return push(out, "");
    }
    for (index, row) in ruler.wrap(&text, COLUMNS - margin).into_iter().enumerate() {
        let lead = if index == 0 { lead } else { "" };
        let words = if index == 0 {
            &text[row]
        } else {
            text[row].trim_start()
        };
        push(out, &format!("{}{words}", ruler.fit(lead, margin)));
    }
}

/// The cells of a row of a table.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches('|');
    let line = line.strip_suffix('|').unwrap_or(line);
    let bar = '\u{1}';
    let line = line.replace("\\|", &bar.to_string());
    let cells = line.split('|').map(|cell| words_of(cell.trim()));
    cells.map(|cell| cell.replace(bar, "|")).collect()
}

/// A table, its first row being the heads and its second the rule.
fn table(out: &mut String, mut rows: Vec<Vec<String>>) {
    let ruler = Ruler::default();
    if rows.len() > 1 {
        rows.remove(1);
    }
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widest = |col: usize| {
        let widths = rows.iter().filter_map(|row| row.get(col));
        widths
            .map(|cell| ruler.width(cell))
            .max()
            .unwrap_or_default()
            + 2
    };
    let widths: Vec<usize> = (0..count.saturating_sub(1)).map(widest).collect();
    if widths.iter().sum::<usize>() <= BEFORE_LAST {
        for row in &rows {
            let before: Vec<String> = std::iter::zip(row, &widths)
                .map(|(cell, width)| ruler.fit(cell, *width))
                .collect();
            let last = row.get(widths.len()).map_or("", String::as_str);
            paragraph(
                out,
                &before.concat(),
                if last.is_empty() { " " } else { last },
            );
        }
        return;
    }
    // Too wide: each row stands by itself, every cell behind its head.
    let (heads, rows) = rows.split_first().expect("a table has heads");
    for row in rows {
        let mut cells = std::iter::zip(heads, row);
        if let Some((_, first)) = cells.next() {
            paragraph(out, "", first);
        }
        for (head, cell) in cells.filter(|(_, cell)| !cell.is_empty()) {
            paragraph(out, "    ", &format!("{head}: {cell}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_the_manual_is_written_in_reads_as_text() {
        let text = plain(
            "# 手册\n\n<!-- a: made -->\n## One `x`\n\n- **F8**: next\n1. first\n\n\
             ```sh\ngouji check a.json\n```\n\n| a | b |\n| --- | --- |\n| `k` | v \\| w |\n",
        );
        let wanted = "手册\n====\n\nOne `x`\n-------\n\n- F8: next\n1. first\n\n    gouji check a.json\n\n\
                      a  b\nk  v | w\n";
        assert_eq!(text, wanted);
    }

    #[test]
    fn a_table_that_is_too_wide_says_each_row_by_itself() {
        let wide = "字".repeat(30);
        let text = plain(&format!(
            "| a | b | c |\n| --- | --- | --- |\n| {wide} | v | w |\n"
        ));
        assert_eq!(text, format!("{wide}\n    b: v\n    c: w\n"));
    }

    #[test]
    fn a_long_item_goes_on_under_its_words() {
        let text = plain(&format!("- {}\n", "字".repeat(60)));
        assert!(
            text.lines()
                .nth(1)
                .is_some_and(|line| line.starts_with("  字")),
            "{text}"
        );
        assert!(
            text.lines().all(|line| line.chars().count() <= 40),
            "{text}"
        );
    }
}
