//! Reads a drawn frame: the one width-aware reader of the tests.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// The rows of a frame as text, without spaces at their ends.
pub(crate) fn rows(buffer: &Buffer) -> Vec<String> {
    (0..buffer.area.height)
        .map(|y| {
            let mut row = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                row.push_str(symbol);
                x += u16::try_from(symbol.width()).unwrap_or(1).max(1);
            }
            row.trim_end().to_owned()
        })
        .collect()
}

/// The rows, with a line of marks under each row that has styled cells.
///
/// `#` broken (reverse and bold), `R` reverse, `B` bold, `u` underlined, `d` dim,
/// `.` a colour alone.
pub(crate) fn marked(buffer: &Buffer) -> String {
    let mut out = String::new();
    for (y, row) in rows(buffer).iter().enumerate() {
        out.push_str(row);
        out.push('\n');
        let y = u16::try_from(y).expect("a screen is small");
        let marks: String = (0..buffer.area.width)
            .map(|x| {
                let cell = &buffer[(x, y)];
                let has = |modifier| cell.modifier.contains(modifier);
                match () {
                    () if has(Modifier::REVERSED) && has(Modifier::BOLD) => '#',
                    () if has(Modifier::REVERSED) => 'R',
                    () if has(Modifier::BOLD) => 'B',
                    () if has(Modifier::UNDERLINED) => 'u',
                    () if has(Modifier::DIM) => 'd',
                    () if cell.fg != Color::Reset => '.',
                    () => ' ',
                }
            })
            .collect();
        if !marks.trim().is_empty() {
            out.push_str(marks.trim_end());
            out.push('\n');
        }
    }
    out
}
