//! Draws a frame as SVG: its cells, their colours, characters of two columns.

use std::fmt::Write as _;

use gouji::tui::theme::Background;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Width and height of a cell, in pixels.
const CELL: (u16, u16) = (9, 20);
/// From the top of a cell to the line its letters stand on.
const BASE: u16 = 15;

/// The frame as a picture; the hardware cursor is a frame around its cell.
pub(crate) fn svg(buffer: &Buffer, cursor: (u16, u16), background: Background) -> String {
    let (text, back) = match background {
        Background::Light => ("#24292f", "#ffffff"),
        _ => ("#d7dbe0", "#0d1117"),
    };
    let (cols, rows) = (buffer.area.width, buffer.area.height);
    let (width, height) = (cols * CELL.0, rows * CELL.1);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"'DejaVu Sans Mono','Noto Sans Mono CJK SC','Noto Sans CJK SC',monospace\" \
         font-size=\"15\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"{back}\"/>\n"
    );
    for y in 0..rows {
        for run in runs(buffer, y) {
            let (fg, bg) = colours(&buffer[(run.x, y)], text, back);
            let (x, top) = (run.x * CELL.0, y * CELL.1);
            if bg != back {
                let w = run.columns * CELL.0;
                let h = CELL.1;
                writeln!(
                    out,
                    "<rect x=\"{x}\" y=\"{top}\" width=\"{w}\" height=\"{h}\" fill=\"{bg}\"/>"
                )
                .expect("a string takes it");
            }
            letters(&mut out, &run, &buffer[(run.x, y)], (x, top), &fg);
        }
    }
    let (x, y) = (cursor.0 * CELL.0, cursor.1 * CELL.1);
    writeln!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{text}\"/>\n</svg>",
        CELL.0, CELL.1
    )
    .expect("a string takes it");
    out
}

/// Neighbouring cells of one style: all narrow, or one wide character.
struct Run {
    x: u16,
    columns: u16,
    text: String,
}

fn runs(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        let symbol = cell.symbol();
        let columns = u16::try_from(symbol.width()).unwrap_or(1).max(1);
        let same = |run: &&mut Run| {
            let first = &buffer[(run.x, y)];
            let style = |cell: &Cell| (cell.fg, cell.bg, cell.modifier);
            columns == 1 && run.text.is_ascii() && symbol.is_ascii() && style(first) == style(cell)
        };
        match runs.last_mut().filter(same) {
            Some(run) => {
                run.text.push_str(symbol);
                run.columns += 1;
            }
            None => runs.push(Run {
                x,
                columns,
                text: symbol.to_owned(),
            }),
        }
        x += columns;
    }
    runs
}

fn letters(out: &mut String, run: &Run, cell: &Cell, (x, top): (u16, u16), fg: &str) {
    let text = run.text.trim_end();
    if text.is_empty() {
        return;
    }
    let blank = text.len() - text.trim_start().len();
    let x = x + u16::try_from(blank).unwrap_or(0) * CELL.0;
    let text = text.trim_start();
    let columns = u16::try_from(text.width()).unwrap_or(1);
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let text = text.replace(' ', "\u{a0}");
    let weight = if cell.modifier.contains(Modifier::BOLD) {
        " font-weight=\"bold\""
    } else {
        ""
    };
    let line = if cell.modifier.contains(Modifier::UNDERLINED) {
        " text-decoration=\"underline\""
    } else {
        ""
    };
    writeln!(
        out,
        "<text x=\"{x}\" y=\"{}\" textLength=\"{}\" fill=\"{fg}\"{weight}{line}>{text}</text>",
        top + BASE,
        columns * CELL.0
    )
    .expect("a string takes it");
}

/// The colours of a cell's letters and of what they stand on.
fn colours(cell: &Cell, text: &str, back: &str) -> (String, String) {
    let fg = named(cell.fg).unwrap_or_else(|| text.to_owned());
    let bg = named(cell.bg).unwrap_or_else(|| back.to_owned());
    if cell.modifier.contains(Modifier::REVERSED) {
        (bg, fg)
    } else {
        (fg, bg)
    }
}

/// A colour as a picture names it; None for the terminal's own.
fn named(colour: Color) -> Option<String> {
    let hex = |[r, g, b]: [u8; 3]| format!("#{r:02x}{g:02x}{b:02x}");
    Some(match colour {
        Color::White => hex([0xff, 0xff, 0xff]),
        Color::Red => hex([0xcd, 0x1f, 0x1f]),
        Color::Green => hex([0x0d, 0xbc, 0x79]),
        Color::Yellow => hex([0xcd, 0xcd, 0x00]),
        Color::Magenta => hex([0xbc, 0x3f, 0xbc]),
        Color::DarkGray => hex([0x7f, 0x7f, 0x7f]),
        Color::LightRed => hex([0xf1, 0x4c, 0x4c]),
        Color::LightMagenta => hex([0xd6, 0x70, 0xd6]),
        Color::Indexed(index @ 16..=231) => {
            let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            let n = index - 16;
            hex([level(n / 36), level(n / 6 % 6), level(n % 6)])
        }
        Color::Indexed(index @ 232..) => hex([8 + 10 * (index - 232); 3]),
        _ => return None,
    })
}
