//! Drawing text where it belongs, as wide as the terminal draws it.
//!
//! A canvas is an area of ratatui's buffer; its places are counted from the corner of
//! the area.
//!
//! **Never:** knows what a report is; draws outside its area but for the key line.
//! Next: `areas` for the areas, `view`, which draws with it.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState, StatefulWidget, Widget};

use crate::base::failure::Failure;
use crate::base::width::{Glyph, Ruler, shown};
use crate::base::words::{Lang, Message, Words};
use crate::tui::hit::{Hit, Hits};
use crate::tui::keymap::Context;
use crate::tui::line_edit::LineEdit;
use crate::tui::prefs::Prefs;
use crate::tui::theme::{Role, Theme};
use crate::tui::turn::Look;

/// What is the same for a whole frame, besides what is drawn.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself")]
pub(crate) struct Frame<'a> {
    /// How the screen looks; its size is that of the area drawn in.
    pub(crate) look: Look,
    /// What the user set.
    pub(crate) prefs: &'a Prefs,
    /// What is said once.
    pub(crate) notice: Option<&'a Message>,
    /// The journal can't be written.
    pub(crate) journal_failure: Option<&'a Failure>,
    /// The menu of digits is shown.
    pub(crate) menu: bool,
    /// The user has not shown yet that he has F-keys, or knows Esc.
    pub(crate) hints_at_esc: bool,
    /// There is something to paste.
    pub(crate) has_copied: bool,
    /// Esc in the menu goes back to a folder.
    pub(crate) goes_back: bool,
    /// Where keys are looked up.
    pub(crate) context: Context,
}

/// What frames and scroll bars are drawn with.
pub(crate) struct Symbols {
    /// A rule between two columns, the track of a scroll bar.
    pub(crate) vertical: &'static str,
    /// The thumb of a scroll bar.
    pub(crate) thumb: &'static str,
    /// The frame of a window.
    pub(crate) border: border::Set<'static>,
}

/// Where box drawing characters are one cell wide.
static LINES: Symbols = Symbols {
    vertical: "│",
    thumb: "█",
    border: border::PLAIN,
};

/// Anywhere.
static ASCII: Symbols = Symbols {
    vertical: "|",
    thumb: "#",
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
};

/// An area of a buffer, and the frame that is drawn into it.
///
/// Never: lets a control or direction character into a cell.
pub(crate) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    hits: &'a mut Hits,
    area: Rect,
    frame: Frame<'a>,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, hits: &'a mut Hits, frame: Frame<'a>) -> Self {
        let area = buffer.area;
        Canvas {
            buffer,
            hits,
            area,
            frame,
        }
        .sized()
    }

    fn sized(mut self) -> Self {
        self.frame.look.size = (self.area.width, self.area.height);
        self
    }

    /// The part of the buffer in an area, counted from the corner of the screen.
    pub(super) fn within(&mut self, area: Rect) -> Canvas<'_> {
        Canvas {
            area: area.intersection(self.buffer.area),
            buffer: self.buffer,
            hits: self.hits,
            frame: self.frame,
        }
        .sized()
    }

    /// Notes what stands in so many columns of a row, for the mouse.
    pub(super) fn note(&mut self, (x, y): (u16, u16), cols: u16, hit: Hit) {
        let row = Rect::new(
            self.area.x.saturating_add(x),
            self.area.y.saturating_add(y),
            cols,
            1,
        );
        self.hits.note(row.intersection(self.area), hit);
    }

    /// Notes what the whole area is.
    pub(super) fn note_all(&mut self, hit: Hit) {
        self.hits.note(self.area, hit);
    }

    /// Notes a list in the whole area: which of its lines is chosen, and how many there are.
    pub(super) fn note_list(&mut self, chosen: usize, len: usize) {
        self.note_all(Hit::List {
            before: chosen,
            after: len.saturating_sub(chosen.saturating_add(1)),
        });
    }

    /// Notes a row of it, by the line that stands there.
    pub(super) fn note_line(&mut self, y: u16, line: usize, chosen: usize) {
        let by = line.cast_signed() - chosen.cast_signed();
        self.note((0, y), self.area.width, Hit::Line(by));
    }

    /// What was noted so far.
    pub(super) fn hits(&mut self) -> &mut Hits {
        self.hits
    }

    /// The whole screen.
    pub(super) fn screen(&self) -> Rect {
        self.buffer.area
    }

    /// Its area, counted from the corner of the screen.
    pub(super) fn area(&self) -> Rect {
        self.area
    }

    /// What is the same for the whole frame.
    pub(super) fn frame(&self) -> Frame<'a> {
        self.frame
    }

    pub(super) fn cols(&self) -> u16 {
        self.area.width
    }

    pub(super) fn rows(&self) -> u16 {
        self.area.height
    }

    /// How the screen looks, as large as the area.
    pub(super) fn look(&self) -> Look {
        self.frame.look
    }

    pub(super) fn lang(&self) -> Lang {
        self.frame.look.lang
    }

    pub(super) fn ruler(&self) -> Ruler {
        self.frame.look.ruler
    }

    pub(super) fn theme(&self) -> Theme {
        self.frame.look.theme
    }

    pub(super) fn style(&self, role: Role) -> Style {
        self.frame.look.theme.style(role)
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

    /// What frames and scroll bars are drawn with.
    pub(super) fn symbols(&self) -> &'static Symbols {
        if self.frame.look.has_lines {
            &LINES
        } else {
            &ASCII
        }
    }

    /// Renders a widget of ratatui into an area of the screen.
    pub(super) fn render(&mut self, widget: impl Widget, area: Rect) {
        widget.render(area.intersection(self.buffer.area), self.buffer);
    }

    /// Blanks the area, also the left half of a wide character that reaches into it.
    pub(super) fn clear(&mut self, role: Role) {
        self.note_all(Hit::Nothing);
        let style = self.style(role);
        let area = self.area;
        for y in area.top()..area.bottom() {
            if area.left() > 0 {
                let before = &mut self.buffer[(area.left() - 1, y)];
                if Ruler::default().width(before.symbol()) > 1 {
                    before.set_symbol(" ");
                    before.diff_option = CellDiffOption::None;
                }
            }
            for x in area.left()..area.right() {
                let cell = &mut self.buffer[(x, y)];
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// What the keys do, in the last row of the screen: pieces two blanks apart, each a
    /// key and what it does, as in `回车 采用  Esc 不改`. What stands in brackets is no key.
    pub(super) fn foot(&mut self, foot: Words) {
        let pieces: Vec<(&str, &str)> = foot
            .get(self.frame.look.lang)
            .split("  ")
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
            .map(|piece| match piece.split_once(' ') {
                Some(parts) if !piece.starts_with(['(', '（']) => parts,
                _ => (piece, ""),
            })
            .collect();
        self.keys(&pieces, 1);
    }

    /// The key line: pieces that do not fit are left out from the end, but for as many
    /// last ones.
    pub(super) fn keys(&mut self, pieces: &[(&str, &str)], fixed: usize) {
        let screen = self.buffer.area;
        let last = Rect {
            y: screen.bottom().saturating_sub(1),
            height: 1,
            ..screen
        };
        let mut line = self.within(last);
        line.clear(Role::Plain);
        let ruler = line.ruler();
        let width = |(key, what): &(&str, &str)| {
            let gap = usize::from(!what.is_empty());
            ruler.width(key) + gap + ruler.width(what)
        };
        let room = usize::from(last.width).saturating_sub(1);
        let (others, fixed) = pieces.split_at(pieces.len().saturating_sub(fixed));
        let kept: usize = fixed.iter().map(|piece| width(piece) + 2).sum();
        let mut left = (room + 2).saturating_sub(kept);
        let fit = |piece: &&(&str, &str)| match left.checked_sub(width(piece) + 2) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        };
        let shown: Vec<_> = others.iter().take_while(fit).collect();
        let mut x = 0;
        for piece in shown.into_iter().chain(fixed) {
            x = line.key(x, *piece) + 2;
        }
    }

    fn key(&mut self, x: u16, (key, what): (&str, &str)) -> u16 {
        if what.is_empty() {
            return self.text(x, 0, key, Role::Dim);
        }
        let x = self.text(x, 0, key, Role::Key);
        self.text(x + 1, 0, what, Role::Plain)
    }

    /// Draws one line of text; answers with the column after it.
    pub(super) fn text(&mut self, x: u16, y: u16, text: &str, role: Role) -> u16 {
        self.styled(x, y, text, self.frame.look.theme.style(role))
    }

    /// Draws one line of text in a style of its own.
    pub(super) fn styled(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let (area, screen) = (self.area, self.buffer.area);
        if y >= area.height {
            return x;
        }
        let y = area.y + y;
        // The bottom-right cell scrolls some terminals.
        let most = screen
            .right()
            .saturating_sub(u16::from(y + 1 == screen.bottom()));
        let right = area.right().min(most);
        let text = shown(text);
        let mut at = area.x.saturating_add(x);
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
        at - area.x
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

    /// A scroll bar at the right edge, from row `top` on: so many rows of `all` are in
    /// view, from `first` on. None where all of them are.
    pub(super) fn scroll_bar(&mut self, top: usize, (all, first, shown): (usize, usize, usize)) {
        let hidden = all.saturating_sub(shown);
        if hidden == 0 {
            return;
        }
        let rows = |count: usize| u16::try_from(count).unwrap_or(0);
        let beside = Rect {
            y: self.area.y + rows(top),
            height: rows(shown),
            ..self.area
        };
        let symbols = self.symbols();
        let bar = Scrollbar::new(ScrollbarOrientation::VerticalRight)
            .begin_symbol(None)
            .end_symbol(None)
            .track_symbol(Some(symbols.vertical))
            .thumb_symbol(symbols.thumb)
            .style(self.style(Role::Dim));
        let mut state = ScrollbarState::new(hidden + 1)
            .position(first)
            .viewport_content_length(shown);
        let beside = beside.intersection(self.area);
        StatefulWidget::render(bar, beside, self.buffer, &mut state);
    }

    /// Draws a number with its mark, right-aligned in so many columns.
    ///
    /// What stands left of it is drawn in its own style, where there is one.
    pub(super) fn number(
        &mut self,
        (x, y): (u16, u16),
        (text, mark): (&str, char),
        columns: usize,
        (style, before): (Style, Option<Style>),
    ) {
        let (text, width) = self.ruler().cut_measured(text, columns);
        let blank = columns - width;
        let from = x.saturating_add(u16::try_from(blank).unwrap_or(u16::MAX));
        if let Some(before) = before {
            self.styled(x, y, &" ".repeat(blank), before);
        }
        let end = self.styled(from, y, text, style);
        if before.is_some() || mark != ' ' {
            self.styled(end, y, mark.encode_utf8(&mut [0; 4]), style);
        }
    }

    /// The first line of a panel: what it is, and at the right how far down one is.
    pub(super) fn heading(&mut self, title: &str, right: &str) {
        let is_page = self.area.width == self.screen().width && self.area.y == 0;
        let role = if is_page { Role::Title } else { Role::Section };
        let style = self.style(role);
        self.fitted(0, 0, "", usize::from(self.cols()), style);
        let ink = self.style(if is_page {
            Role::Title
        } else {
            Role::PanelTitle
        });
        let width = u16::try_from(self.ruler().width(right)).unwrap_or(u16::MAX);
        let end = self.cols().saturating_sub(width.saturating_add(1));
        let title = self.ruler().cut(title, usize::from(end.saturating_sub(1)));
        self.styled(u16::from(is_page), 0, title, ink);
        self.styled(end, 0, right, style);
    }

    /// Draws a line that ends at the right edge of the area but one column.
    pub(super) fn right(&mut self, y: u16, text: &str, role: Role) -> u16 {
        let width = u16::try_from(self.ruler().width(text)).unwrap_or(u16::MAX);
        let x = self.cols().saturating_sub(width.saturating_add(1));
        self.text(x, y, text, role);
        x
    }
}
