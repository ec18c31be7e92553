//! The pen: colours and attributes of what is written next, and the sequences that
//! change it (SGR).
//!
//! Never: a sequence longer than the one that starts from plain.
//! Next: `writer`, which remembers the pen of the terminal.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Colours and attributes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// Attributes with the numbers that switch them on and off.
static ATTRIBUTES: &[(Modifier, u8, u8)] = &[
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl Pen {
    /// The terminal's own colours, no attribute.
    pub(super) const PLAIN: Pen = Pen {
        fg: Color::Reset,
        bg: Color::Reset,
        modifier: Modifier::empty(),
    };

    /// The pen that a cell is written with.
    pub(super) fn of(cell: &Cell) -> Self {
        Pen {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        }
    }

    /// Makes a cell look as written with this pen.
    pub(super) fn put_on(self, cell: &mut Cell) {
        (cell.fg, cell.bg, cell.modifier) = (self.fg, self.bg, self.modifier);
    }

    /// This pen on a blank, without what can't be seen there: a letter's colour and weight.
    pub(super) fn on_blank(self) -> Self {
        let seen = Modifier::UNDERLINED | Modifier::REVERSED | Modifier::CROSSED_OUT;
        if self.modifier.intersects(seen) {
            return self;
        }
        Pen {
            bg: self.bg,
            ..Pen::PLAIN
        }
    }

    /// The sequence that changes the terminal's pen to this one, by the shorter of two
    /// ways: from the pen that it has, if that is known, or from plain.
    pub(super) fn after(self, old: Option<Pen>) -> String {
        let anew = codes(Pen::PLAIN, self);
        // Without the first separator: nothing is made plain.
        let changed = old.map(|old| codes(old, self).split_off(1));
        let numbers = match changed {
            Some(changed) if changed.len() <= anew.len() => changed,
            _ => anew,
        };
        format!("\x1b[{numbers}m")
    }
}

/// The numbers that turn one pen into another, a separator before each.
fn codes(from: Pen, to: Pen) -> String {
    let mut numbers = Vec::new();
    let mut lit = from.modifier;
    for (attribute, _, off) in ATTRIBUTES {
        if lit.contains(*attribute) && !to.modifier.contains(*attribute) {
            numbers.push(*off);
            for (other, _, _) in ATTRIBUTES.iter().filter(|(_, _, shared)| shared == off) {
                lit.remove(*other);
            }
        }
    }
    for (attribute, on, _) in ATTRIBUTES {
        if to.modifier.contains(*attribute) && !lit.contains(*attribute) {
            numbers.push(*on);
        }
    }
    if from.fg != to.fg {
        numbers.extend(colour(to.fg, 30));
    }
    if from.bg != to.bg {
        numbers.extend(colour(to.bg, 40));
    }
    numbers.iter().fold(String::new(), |codes, number| {
        codes + ";" + &number.to_string()
    })
}

/// A colour's numbers; `base` is 30 for the letter, 40 for the background.
fn colour(colour: Color, base: u8) -> Vec<u8> {
    let number = match colour {
        Color::Indexed(index) => return vec![base + 8, 5, index],
        Color::Rgb(red, green, blue) => return vec![base + 8, 2, red, green, blue],
        Color::Reset => 9,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
    };
    vec![base + number]
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn the_pen_changes_the_shortest_way() {
        let pen = |style: Style| Pen::of(Cell::EMPTY.clone().set_style(style));
        for (from, to, way) in [
            (None, Style::new(), "\x1b[m"),
            (None, Style::new().reversed(), "\x1b[;7m"),
            (Some(Style::new().reversed()), Style::new(), "\x1b[m"),
            (Some(Style::new()), Style::new().bold().red(), "\x1b[1;31m"),
            (
                Some(Style::new().bold().red()),
                Style::new().red(),
                "\x1b[22m",
            ),
            (
                Some(Style::new().bold().dim()),
                Style::new().dim(),
                "\x1b[;2m",
            ),
            (
                Some(Style::new().reversed().on_red()),
                Style::new().on_red().underlined(),
                "\x1b[27;4m",
            ),
            (Some(Style::new().red()), Style::new().blue(), "\x1b[34m"),
            (Some(Style::new()), Style::new().white(), "\x1b[97m"),
            (Some(Style::new()), Style::new().on_dark_gray(), "\x1b[100m"),
            (
                Some(Style::new()),
                Style::new().fg(Color::Indexed(7)),
                "\x1b[38;5;7m",
            ),
            (
                Some(Style::new()),
                Style::new().bg(Color::Rgb(1, 2, 3)),
                "\x1b[48;2;1;2;3m",
            ),
        ] {
            assert_eq!(pen(to).after(from.map(pen)), way);
        }
    }
}
