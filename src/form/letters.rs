//! The letters of what a form's tables print, laid out when the program is built.
//!
//! **Never:** differs from [`base::spelling::letters`] of the labels (a test holds it).
//! Next: `printed` for where they stand; `format::labels`, which looks them up.
//!
//! [`base::spelling::letters`]: crate::base::spelling::letters

use super::{Group, Line, Table};
use crate::base::spelling::char_at;

/// The letters of tables, as [`Form::letters`](super::Form::letters) says.
pub(super) const fn laid<const N: usize>(tables: &[Table]) -> [u8; N] {
    let mut out = [0; N];
    assert!(lay(tables, &mut out) == N);
    out
}

/// Bytes that they take.
pub(super) const fn size(tables: &[Table]) -> usize {
    lay(tables, &mut [])
}

/// What is laid, as text.
pub(super) const fn text(laid: &[u8]) -> &str {
    let Ok(text) = str::from_utf8(laid) else {
        unreachable!() // whole characters are laid
    };
    text
}

/// Puts the letters of tables into `out`, as far as it reaches; says how far they do.
const fn lay(tables: &[Table], out: &mut [u8]) -> usize {
    let mut at = put(out, 0, b'\n');
    let mut table = 0;
    while table < tables.len() {
        let Table {
            rows,
            cols,
            groups,
            title,
            printed,
            ..
        } = &tables[table];
        let mut group = 0;
        while group < groups.len() {
            let Group { label, also, .. } = &groups[group];
            at = spellings(label, also, false, out, at);
            group += 1;
        }
        let mut row = 0;
        while row < rows.len() {
            let Line { label, also, .. } = &rows[row];
            at = spellings(label, also, true, out, at);
            row += 1;
        }
        let mut col = 0;
        while col < cols.len() {
            let Line { label, also, .. } = &cols[col];
            at = spellings(label, also, false, out, at);
            col += 1;
        }
        at = spellings(title, printed, false, out, at);
        table += 1;
    }
    at
}

/// The lines of a label and of what stands beside it, each once more without its number
/// if they may have one.
const fn spellings(
    label: &str,
    also: &[&str],
    numbered: bool,
    out: &mut [u8],
    mut at: usize,
) -> usize {
    let mut spelling = 0;
    while spelling <= also.len() {
        let text = match spelling {
            0 => label,
            _ => also[spelling - 1],
        };
        at = line(text, 0, out, at);
        if numbered {
            at = line(text, number(text.as_bytes()), out, at);
        }
        spelling += 1;
    }
    at
}

/// Bytes of the number of a row: `（一）`, `一、`, `1.`; 0 where it has none.
const fn number(label: &[u8]) -> usize {
    const LONGEST: usize = 3;
    let (mut at, mut count) = (0, 0);
    while at < label.len() && count < LONGEST {
        let (c, len) = char_at(label, at);
        at += len;
        count += 1;
        if matches!(c, '）' | '、' | '.') {
            return at;
        }
    }
    0
}

/// One line of letters, from a place of a label on.
const fn line(label: &str, from: usize, out: &mut [u8], mut at: usize) -> usize {
    let label = label.as_bytes();
    let mut place = from;
    while place < label.len() {
        let (c, len) = char_at(label, place);
        let end = place + len;
        let is_letter = match c {
            '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
            '\u{4E00}'..='\u{9FFF}' => true,
            '（' | '）' | '〔' | '〕' | '“' | '”' | '，' | '、' | '。' | '：' | '；' => {
                false
            }
            _ => unreachable!(), // or say here what it is
        };
        while is_letter && place < end {
            at = put(out, at, label[place]);
            place += 1;
        }
        place = end;
    }
    put(out, at, b'\n')
}

const fn put(out: &mut [u8], at: usize, byte: u8) -> usize {
    if at < out.len() {
        out[at] = byte;
    }
    at + 1
}

#[cfg(test)]
mod tests {
    use crate::base::{ordinal, spelling::letters};
    use crate::form::FORMS;

    #[test]
    fn they_are_those_of_the_labels() {
        for form in FORMS {
            let mut laid = form.letters().lines().skip(1);
            let mut next = |text: &str| assert_eq!(laid.next(), Some(&*letters(text)), "{text}");
            for table in form.tables {
                for group in table.groups {
                    [&group.label]
                        .into_iter()
                        .chain(group.also)
                        .for_each(|label| next(label));
                }
                for line in table.rows {
                    for label in [&line.label].into_iter().chain(line.also) {
                        next(label);
                        next(ordinal::mark(label).map_or(label, |mark| mark.rest));
                    }
                }
                for line in table.cols {
                    [&line.label]
                        .into_iter()
                        .chain(line.also)
                        .for_each(|label| next(label));
                }
                next(table.title);
                table.printed.iter().for_each(|text| next(text));
            }
            assert_eq!(laid.next(), None, "{form:?}");
        }
    }
}
