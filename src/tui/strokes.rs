//! A frame as strokes: what is drawn where, before it is cells.
//!
//! Most rows of a frame are drawn as they stood. Strokes tell that at the price
//! of their text; as cells they are painted only where a row is another.
//!
//! **Never:** lets a control or direction character into a cell.
//! Next: `view::canvas`, which draws them; `terminal::frames`, which paints.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::style::Style;

use crate::base::width::{Glyph, Ruler, plain_width, shown};

/// What is drawn on a screen of so many columns and rows.
#[derive(Clone, Debug, Default)]
pub struct Strokes {
    cols: u16,
    ruler: Ruler,
    rows: Vec<RowStrokes>,
}

/// What is drawn on one row, the last on top.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowStrokes {
    strokes: Vec<Stroke>,
    /// Their texts, one behind the other.
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stroke {
    x: u16,
    style: Style,
    /// Where its text ends.
    end: usize,
}

impl Strokes {
    /// A blank frame of a size.
    #[must_use]
    pub fn blank(cols: u16, rows: u16) -> Self {
        let mut this = Strokes::default();
        this.begin(cols, rows);
        this
    }

    /// Forgets what was drawn, for a frame of a size.
    pub fn begin(&mut self, cols: u16, rows: u16) {
        self.cols = cols;
        self.rows.truncate(usize::from(rows));
        for row in &mut self.rows {
            row.strokes.clear();
            row.text.clear();
        }
        self.rows
            .resize_with(usize::from(rows), RowStrokes::default);
    }

    /// Measures from here on as this terminal draws.
    pub fn set_ruler(&mut self, ruler: Ruler) {
        self.ruler = ruler;
    }

    /// How the texts are measured.
    #[must_use]
    pub fn ruler(&self) -> Ruler {
        self.ruler
    }

    /// Columns of the screen.
    #[must_use]
    pub fn cols(&self) -> u16 {
        self.cols
    }

    /// The rows of the screen, from the top.
    #[must_use]
    pub fn rows(&self) -> &[RowStrokes] {
        &self.rows
    }

    /// The rows, for who moves them.
    pub fn rows_mut(&mut self) -> &mut [RowStrokes] {
        &mut self.rows
    }

    /// Draws one line of text as far as it fits; answers with the column after it.
    pub fn draw(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let is_last = usize::from(y) + 1 == self.rows.len();
        // The bottom-right cell scrolls some terminals.
        let right = usize::from(self.cols) - usize::from(is_last && self.cols > 0);
        let Some(row) = self.rows.get_mut(usize::from(y)) else {
            return x;
        };
        let plain = plain_width(text);
        let text = match plain {
            Some(_) => text.into(),
            None => shown(text),
        };
        let mut at = usize::from(x);
        let mut len = text.len();
        match plain {
            Some(width) if at + width <= right => at += width,
            _ => {
                for glyph in self.ruler.glyphs(&text) {
                    if at + glyph.columns > right {
                        len = glyph.at;
                        break;
                    }
                    at += glyph.columns;
                }
            }
        }
        row.text.push_str(&text[..len]);
        let end = row.text.len();
        row.strokes.push(Stroke { x, style, end });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// Paints everything.
    pub fn paint(&self, buffer: &mut Buffer) {
        let cols = usize::from(self.cols).max(1);
        for (row, cells) in self.rows.iter().zip(buffer.content.chunks_mut(cols)) {
            row.paint(self.ruler, cells);
        }
    }
}

impl RowStrokes {
    /// Paints the row.
    pub fn paint(&self, ruler: Ruler, cells: &mut [Cell]) {
        cells.fill(Cell::EMPTY);
        let mut from = 0;
        for stroke in &self.strokes {
            let text = &self.text[from..stroke.end];
            from = stroke.end;
            let mut at = usize::from(stroke.x);
            for glyph in ruler.glyphs(text).filter(|glyph| glyph.columns > 0) {
                let end = at + glyph.columns;
                let Some([cell, covered @ ..]) = cells.get_mut(at..end) else {
                    break;
                };
                cell.set_symbol(glyph.text).set_style(stroke.style);
                if !glyph.is_plain {
                    force_width(cell, glyph);
                }
                for cell in covered {
                    cell.reset();
                    cell.set_style(stroke.style);
                }
                at = end;
            }
        }
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
