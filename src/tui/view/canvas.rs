//! Drawing text where it belongs, as wide as the terminal draws it.
//!
//! **Never:** lets a control character into a cell.
//! Next: `grid`, `lists`, which draw with it.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::base::width::{Ruler, shown};
use crate::tui::app::App;
use crate::tui::theme::{Role, Theme};

/// A buffer with the app's ruler and theme.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    ruler: Ruler,
    theme: Theme,
    last: Option<(u16, u16)>,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, app: &App) -> Self {
        Canvas {
            buffer,
            ruler: app.ruler,
            theme: app.theme,
            last: None,
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
        let mut at = x;
        for grapheme in shown(text).graphemes(true) {
            let width = u16::try_from(self.ruler.width(grapheme)).unwrap_or(u16::MAX);
            if width == 0 {
                continue;
            }
            if at.saturating_add(width) > right {
                break;
            }
            let cell = &mut self.buffer[(at, y)];
            cell.set_symbol(grapheme).set_style(style);
            let narrow = Ruler::default().width(grapheme);
            if narrow != usize::from(width)
                && let Some(width) = NonZeroU16::new(width)
            {
                cell.diff_option = CellDiffOption::ForcedWidth(width);
            }
            for covered in 1..width {
                self.buffer[(at + covered, y)].reset();
                self.buffer[(at + covered, y)].set_style(style);
            }
            at += width;
        }
        self.last = Some((at, y));
        at
    }

    /// Draws text exactly as wide as asked, filled with spaces.
    pub(super) fn fitted(&mut self, x: u16, y: u16, text: &str, cols: usize, style: Style) {
        let fitted = self.ruler.fit(&shown(text), cols);
        self.styled(x, y, &fitted, style);
    }

    /// A rule over the whole width.
    pub(super) fn rule(&mut self, y: u16) {
        let cols = usize::from(self.cols()).saturating_sub(1);
        self.text(0, y, &"-".repeat(cols), Role::Plain);
    }

    pub(super) fn theme(&self) -> Theme {
        self.theme
    }
}
