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

/// Rows that must move together to be worth it.
const FEWEST: usize = 4;
/// How far a block is looked for.
const FARTHEST: usize = 12;

/// A terminal with the frame that stands on it.
#[derive(Debug)]
pub struct Frames<W> {
    wire: Wire<W>,
    size: Size,
    stands: Option<Buffer>,
    next: Buffer,
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
            next: Buffer::default(),
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
    pub fn draw(&mut self, render: impl FnOnce(&mut Buffer) -> (u16, u16)) -> io::Result<()> {
        let area = Rect::new(0, 0, self.size.width, self.size.height);
        self.next.resize(area);
        self.next.reset();
        let (x, y) = render(&mut self.next);
        heal(&mut self.next);
        let mut stands = if let Some(stands) = self.stands.take() {
            stands
        } else {
            self.wire.clear()?;
            Buffer::empty(area)
        };
        let mut changed = changed(&stands, &self.next);
        if let Some(moved) = moved(&stands, &self.next, &changed) {
            let region = shift(&mut stands, &moved);
            self.wire.scroll(region, moved.by);
            changed = self::changed(&stands, &self.next);
        }
        // Most rows of most frames stand already: only the others are compared
        // cell by cell.
        let (stands_now, next) = (&stands, &self.next);
        let rows = (0..area.height)
            .zip(changed)
            .filter(|(_, changed)| *changed);
        let cells = rows.flat_map(|(y, _)| {
            let pairs = row(stands_now, y.into()).iter().zip(row(next, y.into()));
            (0..)
                .zip(pairs)
                .filter(|(_, (stands, next))| !is_same(stands, next))
                .map(move |(x, (_, next))| (x, y, next))
        });
        self.wire.draw(cells)?;
        self.wire.set_cursor_position(Position { x, y })?;
        self.wire.show_cursor()?;
        self.wire.flush()?;
        self.stands = Some(std::mem::replace(&mut self.next, stands));
        Ok(())
    }
}

fn row(buffer: &Buffer, y: usize) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    &buffer.content[y * width..(y + 1) * width]
}

/// Two cells look the same; `==` said in fewer steps, as it runs for every cell.
fn is_same(one: &Cell, other: &Cell) -> bool {
    let (a, b) = (one.symbol().as_bytes(), other.symbol().as_bytes());
    let is_text = match (a, b) {
        ([a], [b]) => a == b,
        _ => a == b,
    };
    is_text
        && one.modifier == other.modifier
        && one.fg == other.fg
        && one.bg == other.bg
        && one.diff_option == other.diff_option
}

fn is_same_row(one: &[Cell], other: &[Cell]) -> bool {
    one.iter()
        .zip(other)
        .all(|(one, other)| is_same(one, other))
}

/// Which rows differ.
fn changed(stands: &Buffer, next: &Buffer) -> Vec<bool> {
    let rows = usize::from(next.area.height);
    (0..rows)
        .map(|y| !is_same_row(row(stands, y), row(next, y)))
        .collect()
}

/// The largest block of rows that only moved, if it is worth moving.
fn moved(stands: &Buffer, next: &Buffer, differs: &[bool]) -> Option<Moved> {
    let rows = usize::from(next.area.height);
    let mut best: Option<(usize, Moved)> = None;
    if differs.iter().filter(|differs| **differs).count() <= FEWEST {
        return None;
    }
    for distance in 1..=FARTHEST.min(rows) {
        for by in [distance.cast_signed(), -distance.cast_signed()] {
            let from = |y: usize| y.checked_add_signed(by).filter(|from| *from < rows);
            let mut y = 0;
            while y < rows {
                let start = y;
                while y < rows
                    && from(y).is_some_and(|from| is_same_row(row(next, y), row(stands, from)))
                {
                    y += 1;
                }
                let gain = differs[start..y].iter().filter(|differs| **differs).count();
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
fn shift(stands: &mut Buffer, moved: &Moved) -> Range<usize> {
    let distance = moved.by.unsigned_abs();
    let region = if moved.by > 0 {
        moved.rows.start..moved.rows.end + distance
    } else {
        moved.rows.start - distance..moved.rows.end
    };
    let width = usize::from(stands.area.width);
    let cells = &mut stands.content[region.start * width..region.end * width];
    let blank = if moved.by > 0 {
        cells.rotate_left(distance * width);
        cells.len() - distance * width..cells.len()
    } else {
        cells.rotate_right(distance * width);
        0..distance * width
    };
    for cell in &mut cells[blank] {
        cell.reset();
    }
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

    fn paint(buffer: &mut Buffer, page: &Page) {
        const LABELS: [&str; 7] = [
            "一 本年新收",
            "(三)1 国家秘密",
            "x",
            "",
            "（七）总计“",
            "abc 中 d",
            "é",
        ];
        buffer.set_string(0, 0, ["头", "head", "题头"][page.head], Style::new());
        for y in 1..ROWS - 1 {
            let line = page.offset + usize::from(y);
            let style = if line == page.chosen {
                Style::new().add_modifier(Modifier::REVERSED)
            } else {
                Style::new()
            };
            buffer.set_string(0, y, LABELS[line % LABELS.len()], style);
            buffer.set_string(20, y, line.to_string(), style);
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
                    .draw(|buffer| {
                        paint(buffer, page);
                        (0, 0)
                    })
                    .expect("a tape takes everything");
            }
            drop(frames);
            let side = |n| std::num::NonZeroU16::new(n).expect("not 0");
            let mut vt = vt100::Parser::new(side(ROWS), side(COLS), 0);
            vt.process(&tape.0);
            let mut expected = Buffer::empty(Rect::new(0, 0, COLS, ROWS));
            paint(&mut expected, pages.last().expect("a page"));
            heal(&mut expected);
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
                .draw(|buffer| {
                    paint(buffer, &page(offset));
                    (0, 0)
                })
                .expect("a tape takes everything");
        }
        let first = {
            let mut tape = Tape::default();
            let mut frames = Frames::new(Wire::new(&mut tape, size()), size());
            frames
                .draw(|buffer| {
                    paint(buffer, &page(0));
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
