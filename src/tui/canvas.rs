//! Drawing text where it belongs, as wide as the terminal draws it.
//!
//! **Never:** knows what a report is.
//! Next: `view`, which draws with it; `terminal::screen`, which shows it.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::style::Style;

use crate::base::failure::Failure;
use crate::base::width::{Glyph, Ruler, shown};
use crate::base::words::{Lang, Message, Words};
use crate::tui::keymap::Context;
use crate::tui::line_edit::LineEdit;
use crate::tui::prefs::Prefs;
use crate::tui::theme::{Role, Theme};
use crate::tui::turn::Look;

/// What is the same for a whole frame, besides what is drawn.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'a> {
    /// How the screen looks.
    pub(crate) look: Look,
    /// What the user set.
    pub(crate) prefs: &'a Prefs,
    /// What is said once.
    pub(crate) notice: Option<&'a Message>,
    /// The journal can't be written.
    pub(crate) journal_failure: Option<&'a Failure>,
    /// The menu of digits is shown.
    pub(crate) menu: bool,
    /// There is something to paste.
    pub(crate) has_copied: bool,
    /// Where keys are looked up.
    pub(crate) context: Context,
}

/// A buffer, and the frame that is drawn into it.
///
/// Never: lets a control or direction character into a cell.
pub(crate) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    frame: Frame<'a>,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, frame: Frame<'a>) -> Self {
        Canvas { buffer, frame }
    }

    /// What is the same for the whole frame.
    pub(super) fn frame(&self) -> Frame<'a> {
        self.frame
    }

    pub(super) fn cols(&self) -> u16 {
        self.buffer.area.width
    }

    pub(super) fn rows(&self) -> u16 {
        self.buffer.area.height
    }

    /// How the screen looks.
    pub(super) fn look(&self) -> Look {
        self.frame.look
    }

    pub(super) fn lang(&self) -> Lang {
        self.frame.look.lang
    }

    pub(super) fn ruler(&self) -> Ruler {
        self.frame.look.ruler
    }

    /// What the user set.
    pub(super) fn prefs(&self) -> &'a Prefs {
        self.frame.prefs
    }

    /// Whether there is something to paste.
    pub(super) fn has_copied(&self) -> bool {
        self.frame.has_copied
    }

    /// What is said once.
    pub(super) fn notice(&self) -> Option<String> {
        self.frame
            .notice
            .map(|notice| notice.text(self.frame.look.lang))
    }

    /// Draws what is said once, and what the keys do, into the last two rows; answers
    /// with the last one.
    pub(super) fn foot(&mut self, foot: Words) -> u16 {
        let y = self.rows().saturating_sub(1);
        if let Some(notice) = self.frame.notice {
            let text = notice.text(self.frame.look.lang);
            self.text(0, y.saturating_sub(1), &text, Role::Message);
        }
        self.text(0, y, foot.get(self.frame.look.lang), Role::Dim);
        y
    }

    /// Draws one line of text; answers with the column after it.
    pub(super) fn text(&mut self, x: u16, y: u16, text: &str, role: Role) -> u16 {
        self.styled(x, y, text, self.frame.look.theme.style(role))
    }

    /// Draws one line of text in a style of its own.
    pub(super) fn styled(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.height {
            return x;
        }
        // The bottom-right cell scrolls some terminals.
        let right = area.width.saturating_sub(u16::from(y + 1 == area.height));
        let text = shown(text);
        let mut at = x;
        for glyph in self.frame.look.ruler.glyphs(&text) {
            let columns = u16::try_from(glyph.columns).unwrap_or(u16::MAX);
            let end = at.saturating_add(columns);
            if end > right {
                break;
            }
            if columns > 0 {
                self.put((at, y), glyph, style);
            }
            at = end;
        }
        at
    }

    /// Puts one glyph into the cells that it covers.
    fn put(&mut self, (x, y): (u16, u16), glyph: Glyph<'_>, style: Style) {
        let columns = u16::try_from(glyph.columns).unwrap_or(u16::MAX);
        for covered in x + 1..x + columns {
            let cell = &mut self.buffer[(covered, y)];
            cell.reset();
            cell.set_style(style);
        }
        let is_usual = glyph.is_plain || Ruler::default().width(glyph.text) == glyph.columns;
        let cell = &mut self.buffer[(x, y)];
        cell.set_symbol(glyph.text).set_style(style);
        // What the terminal draws wider or narrower than usual is counted as it draws.
        cell.diff_option = match NonZeroU16::new(columns) {
            Some(columns) if !is_usual => CellDiffOption::ForcedWidth(columns),
            _ => CellDiffOption::None,
        };
    }

    /// Draws text exactly as wide as asked, filled with spaces.
    pub(super) fn fitted(&mut self, x: u16, y: u16, text: &str, cols: usize, style: Style) {
        let fitted = self.ruler().fit(&shown(text), cols);
        self.styled(x, y, &fitted, style);
    }

    /// Draws a line being typed from a place to the end of the row; answers with the
    /// column of its caret, which stays visible: of a long line the start is cut off.
    pub(super) fn line_edit(&mut self, (x, y): (u16, u16), line: &LineEdit) -> u16 {
        let room = usize::from(self.cols().saturating_sub(x + 2));
        let ruler = self.ruler();
        let before = line.before_caret();
        let mut used: usize = 0;
        let glyphs: Vec<_> = ruler.glyphs(before).collect();
        let from = glyphs.iter().rev().find(|glyph| {
            used += ruler.drawn_glyph(**glyph);
            used > room
        });
        let from = from.map_or(0, |glyph| glyph.at + glyph.text.len());
        let role = if line.is_selected() {
            Role::Selected
        } else {
            Role::Plain
        };
        let text = ruler.cut(&line.text()[from..], room + 1).to_owned();
        self.text(x, y, &shown(&text), role);
        x + u16::try_from(ruler.drawn(&before[from..])).unwrap_or(0)
    }

    /// A rule over the whole width.
    pub(super) fn rule(&mut self, y: u16) {
        let cols = usize::from(self.cols()).saturating_sub(1);
        self.text(0, y, &"-".repeat(cols), Role::Plain);
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
        let (text, width) = self.ruler().cut_measured(text, columns);
        let blank = columns - width;
        let mut from = x.saturating_add(u16::try_from(blank).unwrap_or(u16::MAX));
        if is_filled {
            self.styled(x, y, &" ".repeat(blank), style);
        }
        from = self.styled(from, y, text, style);
        if is_filled || mark != ' ' {
            self.styled(from, y, mark.encode_utf8(&mut [0; 4]), style);
        }
    }

    pub(super) fn theme(&self) -> Theme {
        self.frame.look.theme
    }
}
