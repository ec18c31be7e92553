//! Frames: what is drawn next against what stands, and the difference written.
//!
//! It does what ratatui's `Terminal` does, and one thing more: where a block of
//! rows only moved up or down, the terminal is told to move them. A step down
//! past the edge of the matrix is then some two hundred bytes, not eight
//! hundred.
//!
//! **Never:** asks the terminal anything; writes twice for one frame.
//! Next: `backend` for bytes.

use std::io::{self, Write};
use std::ops::Range;

use ratatui::backend::Backend as _;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};

use super::backend::{Wire, heal};
use crate::tui::strokes::{RowStrokes, Strokes};

/// Rows that must move together to be worth it.
const FEWEST: usize = 4;
/// How far a block is looked for.
const FARTHEST: usize = 12;

/// A terminal with the frame that stands on it.
#[derive(Debug)]
pub struct Frames<W> {
    wire: Wire<W>,
    size: Size,
    /// The cells that stand, and the strokes that made them.
    stands: Option<(Buffer, Strokes)>,
    next: Strokes,
    /// Where a row is painted that is not as it stands.
    painted: Vec<Cell>,
}

/// Rows that moved: `rows` of the new frame stood `by` rows below.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Moved {
    rows: Range<usize>,
    by: isize,
}

impl<W: Write> Frames<W> {
    /// Nothing stands yet: the first frame clears and draws everything.
    pub fn new(wire: Wire<W>, size: Size) -> Self {
        Frames {
            wire,
            size,
            stands: None,
            next: Strokes::default(),
            painted: Vec::new(),
        }
    }

    /// The way to the terminal, for bytes that go out with the next frame.
    pub fn wire(&mut self) -> &mut Wire<W> {
        &mut self.wire
    }

    /// Takes the terminal's new size; the next frame draws everything.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.wire.set_size(size);
        self.stands = None;
    }

    /// Forgets what stands, after somebody else wrote to the terminal.
    pub fn forget(&mut self) {
        self.wire.forget();
        self.stands = None;
    }

    /// Draws one frame; `render` answers with the place of the cursor.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, render: impl FnOnce(&mut Strokes) -> (u16, u16)) -> io::Result<()> {
        let Size { width, height } = self.size;
        let area = Rect::new(0, 0, width, height);
        self.next.begin(width, height);
        let (x, y) = render(&mut self.next);
        let (mut cells, mut strokes) = if let Some(stands) = self.stands.take() {
            stands
        } else {
            self.wire.clear()?;
            let mut blank = Strokes::blank(width, height);
            blank.set_ruler(self.next.ruler());
            (Buffer::empty(area), blank)
        };
        let next = self.next.rows();
        let mut changed = changed(&strokes, &self.next);
        if let Some(moved) = moved(strokes.rows(), next, &changed) {
            let region = shift(&mut cells, strokes.rows_mut(), &moved);
            self.wire.scroll(region, moved.by);
            changed = self::changed(&strokes, &self.next);
        }
        self.painted.resize(usize::from(width), Cell::EMPTY);
        for y in changed {
            next[y].paint(self.next.ruler(), &mut self.painted);
            heal(&mut self.painted);
            let stand = row_mut(&mut cells, y);
            let at = u16::try_from(y).unwrap_or(u16::MAX);
            let pairs = (0..).zip(stand.iter().zip(&self.painted));
            let differing = pairs.filter(|(_, (stands, next))| stands != next);
            self.wire
                .draw(differing.map(|(x, (_, next))| (x, at, next)))?;
            stand.swap_with_slice(&mut self.painted);
        }
        self.wire.set_cursor_position(Position { x, y })?;
        self.wire.show_cursor()?;
        self.wire.flush()?;
        self.stands = Some((cells, std::mem::replace(&mut self.next, strokes)));
        Ok(())
    }
}

fn row_mut(buffer: &mut Buffer, y: usize) -> &mut [Cell] {
    let width = usize::from(buffer.area.width);
    &mut buffer.content[y * width..(y + 1) * width]
}

/// Which rows differ.
fn changed(stands: &Strokes, next: &Strokes) -> Vec<usize> {
    let measured = stands.ruler() == next.ruler();
    let rows = stands.rows().iter().zip(next.rows()).enumerate();
    rows.filter(|(_, (stands, next))| !measured || stands != next)
        .map(|(y, _)| y)
        .collect()
}

/// The largest block of rows that only moved, if it is worth moving.
fn moved(stands: &[RowStrokes], next: &[RowStrokes], changed: &[usize]) -> Option<Moved> {
    let rows = next.len();
    let mut best: Option<(usize, Moved)> = None;
    if changed.len() <= FEWEST {
        return None;
    }
    for distance in 1..=FARTHEST.min(rows) {
        for by in [distance.cast_signed(), -distance.cast_signed()] {
            let from = |y: usize| y.checked_add_signed(by).filter(|from| *from < rows);
            let is_moved = |y: usize| from(y).is_some_and(|from| next[y] == stands[from]);
            // Most distances are told by the rows that changed alone.
            if changed.iter().filter(|y| is_moved(**y)).count() < FEWEST {
                continue;
            }
            let mut y = 0;
            while y < rows {
                let start = y;
                while y < rows && is_moved(y) {
                    y += 1;
                }
                let gain = changed
                    .iter()
                    .filter(|row| (start..y).contains(row))
                    .count();
                if gain >= FEWEST && best.as_ref().is_none_or(|(most, _)| gain > *most) {
                    let rows = start..y;
                    best = Some((gain, Moved { rows, by }));
                }
                y += 1;
            }
        }
    }
    best.map(|(_, moved)| moved)
}

/// Moves the rows of what stands, as the terminal will; answers with the region.
fn shift(cells: &mut Buffer, strokes: &mut [RowStrokes], moved: &Moved) -> Range<usize> {
    let distance = moved.by.unsigned_abs();
    let region = if moved.by > 0 {
        moved.rows.start..moved.rows.end + distance
    } else {
        moved.rows.start - distance..moved.rows.end
    };
    let width = usize::from(cells.area.width);
    let cells = &mut cells.content[region.start * width..region.end * width];
    let strokes = &mut strokes[region.clone()];
    let blank = if moved.by > 0 {
        cells.rotate_left(distance * width);
        strokes.rotate_left(distance);
        strokes.len() - distance..strokes.len()
    } else {
        cells.rotate_right(distance * width);
        strokes.rotate_right(distance);
        0..distance
    };
    cells[blank.start * width..blank.end * width].fill(Cell::EMPTY);
    strokes[blank].fill(RowStrokes::default());
    region
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::{Modifier, Style};

    const COLS: u16 = 30;
    const ROWS: u16 = 14;

    /// What a frame holds: lines of a list from an offset, a chosen one, a head.
    #[derive(Clone, Debug)]
    struct Page {
        offset: usize,
        chosen: usize,
        head: usize,
    }

    fn pages() -> impl Strategy<Value = Vec<Page>> {
        let page = (0..20_usize, 0..20_usize, 0..3_usize).prop_map(|(offset, chosen, head)| Page {
            offset,
            chosen,
            head,
        });
        proptest::collection::vec(page, 1..20)
    }

    fn draw(strokes: &mut Strokes, page: &Page) {
        const LABELS: [&str; 7] = [
            "一 本年新收",
            "(三)1 国家秘密",
            "x",
            "",
            "（七）总计“",
            "abc 中 d",
            "é",
        ];
        strokes.draw(0, 0, ["头", "head", "题头"][page.head], Style::new());
        for y in 1..ROWS - 1 {
            let line = page.offset + usize::from(y);
            let style = if line == page.chosen {
                Style::new().add_modifier(Modifier::REVERSED)
            } else {
                Style::new()
            };
            strokes.draw(0, y, LABELS[line % LABELS.len()], style);
            strokes.draw(20, y, &line.to_string(), style);
        }
    }

    #[derive(Default)]
    struct Tape(Vec<u8>);

    impl Write for &mut Tape {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn size() -> Size {
        Size::new(COLS, ROWS)
    }

    proptest! {
        #[test]
        fn what_stands_is_what_was_drawn_whatever_moved(pages in pages()) {
            let mut tape = Tape::default();
            let mut frames = Frames::new(Wire::new(&mut tape, size()), size());
            for page in &pages {
                frames
                    .draw(|strokes| {
                        draw(strokes, page);
                        (0, 0)
                    })
                    .expect("a tape takes everything");
            }
            drop(frames);
            let side = |n| std::num::NonZeroU16::new(n).expect("not 0");
            let mut vt = vt100::Parser::new(side(ROWS), side(COLS), 0);
            vt.process(&tape.0);
            let mut expected = Buffer::empty(Rect::new(0, 0, COLS, ROWS));
            let mut strokes = Strokes::blank(COLS, ROWS);
            draw(&mut strokes, pages.last().expect("a page"));
            strokes.paint(&mut expected);
            expected.content.chunks_mut(COLS.into()).for_each(heal);
            for y in 0..ROWS {
                for x in 0..COLS {
                    let cell = vt.screen().cell(y, x).expect("inside");
                    let wanted = &expected[(x, y)];
                    let text = match cell.contents() {
                        "" if cell.is_wide_continuation() => "",
                        "" => " ",
                        text => text,
                    };
                    prop_assert_eq!(text, wanted.symbol(), "{},{}", x, y);
                    let reversed = wanted.modifier.contains(Modifier::REVERSED);
                    if !wanted.symbol().is_empty() {
                        prop_assert_eq!(cell.inverse(), reversed, "{},{}", x, y);
                    }
                }
            }
        }
    }

    #[test]
    fn a_list_that_scrolls_is_moved_not_written_again() {
        let mut tape = Tape::default();
        let page = |offset| Page {
            offset,
            chosen: 99,
            head: 0,
        };
        let mut frames = Frames::new(Wire::new(&mut tape, size()), size());
        for offset in [0, 1] {
            frames
                .draw(|strokes| {
                    draw(strokes, &page(offset));
                    (0, 0)
                })
                .expect("a tape takes everything");
        }
        let first = {
            let mut tape = Tape::default();
            let mut frames = Frames::new(Wire::new(&mut tape, size()), size());
            frames
                .draw(|strokes| {
                    draw(strokes, &page(0));
                    (0, 0)
                })
                .expect("a tape takes everything");
            drop(frames);
            tape.0.len()
        };
        drop(frames);
        assert!(tape.0.len() - first < 60, "{}", tape.0.len() - first);
    }
}
