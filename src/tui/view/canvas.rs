//! Drawing text where it belongs, as wide as the terminal draws it.
//!
//! **Never:** lets a control character into a cell.
//! Next: `grid`, `lists`, which draw with it.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::style::Style;

use crate::base::width::{Glyph, Ruler, shown};
use crate::tui::app::App;
use crate::tui::theme::{Role, Theme};

/// A buffer with the app's ruler and theme.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    ruler: Ruler,
    theme: Theme,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, app: &App) -> Self {
        Canvas {
            buffer,
            ruler: app.ruler,
            theme: app.theme,
        }
    }

    pub(super) fn cols(&self) -> u16 {
        self.buffer.area.width
    }

    pub(super) fn rows(&self) -> u16 {
        self.buffer.area.height
    }

    pub(super) fn clear(&mut self) {
        self.buffer.reset();
    }

    pub(super) fn ruler(&self) -> Ruler {
        self.ruler
    }

    /// Draws one line of text; answers with the column after it.
    pub(super) fn text(&mut self, x: u16, y: u16, text: &str, role: Role) -> u16 {
        self.styled(x, y, text, self.theme.style(role))
    }

    /// Draws one line of text in a style of its own.
    pub(super) fn styled(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let (cols, rows) = (self.cols(), self.rows());
        if y >= rows {
            return x;
        }
        // The bottom-right cell scrolls some terminals.
        let right = if y + 1 == rows {
            cols.saturating_sub(1)
        } else {
            cols
        };
        let ruler = self.ruler;
        let row = self.row(y);
        let mut at = usize::from(x);
        for glyph in ruler.glyphs(&shown(text)).filter(|glyph| glyph.columns > 0) {
            let end = at + glyph.columns;
            if end > usize::from(right) {
                break;
            }
            let cell = &mut row[at];
            cell.set_symbol(glyph.text).set_style(style);
            if !glyph.is_plain {
                force_width(cell, glyph);
            }
            for covered in &mut row[at + 1..end] {
                covered.reset();
                covered.set_style(style);
            }
            at = end;
        }
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// Draws text exactly as wide as asked, filled with spaces.
    pub(super) fn fitted(&mut self, x: u16, y: u16, text: &str, cols: usize, style: Style) {
        let fitted = self.ruler.fit(&shown(text), cols);
        self.styled(x, y, &fitted, style);
    }

    /// A rule over the whole width.
    pub(super) fn rule(&mut self, y: u16) {
        if y >= self.rows() {
            return;
        }
        let style = self.theme.style(Role::Plain);
        let cols = usize::from(self.cols()).saturating_sub(1);
        for cell in &mut self.row(y)[..cols] {
            cell.set_symbol("-").set_style(style);
        }
    }

    /// Draws a number with its mark, right-aligned in so many columns.
    ///
    /// What stands left of it is drawn over only where the style shows on blanks.
    pub(super) fn number(
        &mut self,
        (x, y): (u16, u16),
        text: &str,
        mark: char,
        (columns, is_filled): (usize, bool),
        style: Style,
    ) {
        let text = self.ruler.cut(text, columns);
        let blank = columns - self.ruler.width(text);
        let mut from = x.saturating_add(u16::try_from(blank).unwrap_or(u16::MAX));
        if is_filled {
            self.styled(x, y, &" ".repeat(blank), style);
        }
        from = self.styled(from, y, text, style);
        if is_filled || mark != ' ' {
            self.styled(from, y, mark.encode_utf8(&mut [0; 4]), style);
        }
    }

    /// The cells of a row.
    fn row(&mut self, y: u16) -> &mut [Cell] {
        let cols = usize::from(self.cols());
        &mut self.buffer.content[usize::from(y) * cols..][..cols]
    }

    pub(super) fn theme(&self) -> Theme {
        self.theme
    }
}

/// Has the frames count a glyph as wide as this terminal draws it.
fn force_width(cell: &mut Cell, glyph: Glyph<'_>) {
    let usual = Ruler::default().width(glyph.text);
    if usual != glyph.columns
        && let Some(columns) = u16::try_from(glyph.columns).ok().and_then(NonZeroU16::new)
    {
        cell.diff_option = CellDiffOption::ForcedWidth(columns);
    }
}
