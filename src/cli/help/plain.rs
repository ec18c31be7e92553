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
const BEFORE_LAST: usize = 44;

/// A text in Markdown, for a terminal.
pub(super) fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("<!--") {
            // A comment may go on over lines.
            let mut last = line;
            while !last.contains("-->") {
                let Some(next) = lines.next() else { break };
                last = next;
            }
        } else if line.starts_with("```") {
            for code in lines.by_ref().take_while(|line| !line.starts_with("```")) {
                push(&mut out, &format!("    {code}"));
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

/// Words without the marks that only a page shows.
fn words_of(text: &str) -> String {
    text.replace("**", "").replace('`', "")
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
        push(out, &format!("{}{}", ruler.fit(lead, margin), &text[row]));
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
    // The heads are said once, then each row stands as its first cell and the rest.
    for row in &rows {
        let (first, rest) = row.split_first().expect("a row has a cell");
        paragraph(out, "", first);
        for cell in rest.iter().filter(|cell| !cell.is_empty()) {
            paragraph(out, "    ", cell);
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
    fn a_long_item_goes_on_under_its_words() {
        let text = plain(&format!("- {}\n", "字".repeat(60)));
        assert!(
            text.lines()
                .nth(1)
                .is_some_and(|line| line.starts_with("  字")),
            "{text}"
        );
        assert!(
            text.lines().all(|line| line.chars().count() <= 39),
            "{text}"
        );
    }
}
