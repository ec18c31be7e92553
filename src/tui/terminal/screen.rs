//! What the terminal shows, and how it becomes the next frame.
//!
//! It does what ratatui's `Terminal` does, and one thing more: rows that only moved up
//! or down are moved by the terminal. A step down past the edge of the matrix is then
//! some two hundred bytes, not eight hundred.
//!
//! **Never:** asks the terminal anything; writes twice for one frame.
//! Next: `writer` for bytes.

use std::io::{self, Write};
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};

use super::writer::{Writer, heal, is_blank, is_written_alike};

/// Fewest rows for which a move is worth its bytes.
const FEWEST: usize = 4;
/// Most rows by which a block may have moved.
const FARTHEST: usize = 12;

/// A terminal with the frame that it shows.
#[derive(Debug)]
pub struct Screen<W> {
    writer: Writer<W>,
    /// The cells that it shows; None if they are not known.
    shown: Option<Buffer>,
    /// The cells of the frame being drawn.
    next: Buffer,
}

/// Rows that moved: `rows` of the new frame were `by` rows below.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Moved {
    rows: Range<usize>,
    by: isize,
}

impl<W: Write> Screen<W> {
    /// Nothing is shown yet: the first frame clears and draws everything.
    pub fn new(out: W, size: Size) -> Self {
        Screen {
            writer: Writer::new(out, size),
            shown: None,
            next: Buffer::empty(Rect::from((Position::ORIGIN, size))),
        }
    }

    /// The way to the terminal, for bytes that go out with the next frame.
    pub fn writer(&mut self) -> &mut Writer<W> {
        &mut self.writer
    }

    /// Takes the terminal's new size; the next frame draws everything.
    pub fn resize(&mut self, size: Size) {
        self.writer.set_size(size);
        self.next = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        self.shown = None;
    }

    /// Forgets what is shown, after another program wrote to the terminal.
    pub fn forget(&mut self) {
        self.writer.forget();
        self.shown = None;
    }

    /// Draws one frame; `render` returns the place of the cursor.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, render: impl FnOnce(&mut Buffer) -> Position) -> io::Result<()> {
        self.next.reset();
        let cursor = render(&mut self.next);
        let width = usize::from(self.next.area.width).max(1);
        self.next.content.chunks_mut(width).for_each(heal);
        let mut shown = self.shown.take().unwrap_or_else(|| {
            self.writer.clear();
            Buffer::empty(self.next.area)
        });
        let mut changed = changed(&shown, &self.next);
        if let Some(moved) = moved(&shown, &self.next, &changed) {
            let region = shift(&mut shown, &moved);
            self.writer.scroll(region, moved.by);
            changed = self::changed(&shown, &self.next);
        }
        for y in changed {
            let at = u16::try_from(y).unwrap_or(u16::MAX);
            let next = row(&self.next, y);
            let mut stale: Vec<bool> = row(&shown, y)
                .iter()
                .zip(next)
                .map(|(shown, next)| shown != next)
                .collect();
            bridge(next, &mut stale);
            to_the_end(next, &mut stale);
            let cells = (0..).zip(next).zip(stale);
            self.writer.draw(
                cells
                    .filter(|(_, is_stale)| *is_stale)
                    .map(|((x, cell), _)| (x, at, cell)),
            );
        }
        self.writer.show_cursor(cursor);
        self.writer.flush()?;
        self.shown = Some(std::mem::replace(&mut self.next, shown));
        Ok(())
    }
}

fn row(buffer: &Buffer, y: usize) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    &buffer.content[y * width..(y + 1) * width]
}

/// Takes along what stands between two changes where that is no more bytes than the way
/// over it: a step over one column costs three.
fn bridge(row: &[Cell], stale: &mut [bool]) {
    let changes: Vec<usize> = (0..stale.len()).filter(|x| stale[*x]).collect();
    for pair in changes.windows(2) {
        let gap = pair[0] + 1..pair[1];
        let cells = &row[gap.clone()];
        let way = match gap.len() {
            1 => "\x1b[C".len(),
            2..10 => "\x1b[2C".len(),
            _ => continue,
        };
        let bytes: usize = cells.iter().map(|cell| cell.symbol().len()).sum();
        if bytes <= way
            && cells
                .iter()
                .all(|cell| is_written_alike(cell, &row[pair[0]]))
        {
            stale[gap].fill(true);
        }
    }
}

/// Takes along the blanks at the end of a row where some of them are new: one sequence
/// erases them all.
fn to_the_end(row: &[Cell], stale: &mut [bool]) {
    let blanks = row.iter().rev().take_while(|cell| is_blank(cell)).count();
    let tail = &mut stale[row.len() - blanks..];
    if let Some(first) = tail.iter().position(|is_stale| *is_stale) {
        tail[first..].fill(true);
    }
}

/// Which rows differ.
fn changed(shown: &Buffer, next: &Buffer) -> Vec<usize> {
    let rows = 0..usize::from(next.area.height);
    rows.filter(|y| row(shown, *y) != row(next, *y)).collect()
}

/// The block of rows that is best moved by the terminal: what then still differs in it
/// is written into it. None where hardly anything moved.
fn moved(shown: &Buffer, next: &Buffer, changed: &[usize]) -> Option<Moved> {
    let rows = usize::from(next.area.height);
    if changed.len() <= FEWEST {
        return None;
    }
    let stale: Vec<usize> = (0..rows)
        .map(|y| differing(row(shown, y), row(next, y)))
        .collect();
    let mut best: Option<(usize, Moved)> = None;
    for distance in 1..=FARTHEST.min(rows) {
        for by in [distance.cast_signed(), -distance.cast_signed()] {
            let from = |y: usize| y.checked_add_signed(by).filter(|from| *from < rows);
            let is_moved =
                |y: &&usize| from(**y).is_some_and(|at| row(next, **y) == row(shown, at));
            // The rows that changed rule out most distances.
            if changed.iter().filter(is_moved).count() < FEWEST {
                continue;
            }
            // The run of rows in which most cells are spared.
            let (mut start, mut spared) = (0, 0_isize);
            for (y, stale) in stale.iter().enumerate() {
                let still = from(y).map(|at| differing(row(shown, at), row(next, y)));
                let Some(still) = still else {
                    (start, spared) = (y + 1, 0);
                    continue;
                };
                spared += stale.cast_signed() - still.cast_signed();
                if spared <= 0 {
                    (start, spared) = (y + 1, 0);
                } else if best
                    .as_ref()
                    .is_none_or(|(most, _)| spared.unsigned_abs() > *most)
                {
                    let rows = start..y + 1;
                    best = Some((spared.unsigned_abs(), Moved { rows, by }));
                }
            }
        }
    }
    best.map(|(_, moved)| moved)
}

/// How many cells of two rows differ.
fn differing(one: &[Cell], other: &[Cell]) -> usize {
    one.iter()
        .zip(other)
        .filter(|(one, other)| one != other)
        .count()
}

/// Moves rows as the terminal will; returns the region that changes.
fn shift(shown: &mut Buffer, moved: &Moved) -> Range<usize> {
    let distance = moved.by.unsigned_abs();
    let region = if moved.by > 0 {
        moved.rows.start..moved.rows.end + distance
    } else {
        moved.rows.start - distance..moved.rows.end
    };
    let width = usize::from(shown.area.width);
    let cells = &mut shown.content[region.start * width..region.end * width];
    let blank = if moved.by > 0 {
        cells.rotate_left(distance * width);
        cells.len() - distance * width..cells.len()
    } else {
        cells.rotate_right(distance * width);
        0..distance * width
    };
    cells[blank].fill(Cell::EMPTY);
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

    fn draw(buffer: &mut Buffer, page: &Page) -> Position {
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
        Position::ORIGIN
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
            let mut screen = Screen::new(&mut tape, size());
            for page in &pages {
                screen
                    .draw(|buffer| draw(buffer, page))
                    .expect("a tape takes everything");
            }
            drop(screen);
            let side = |n| std::num::NonZeroU16::new(n).expect("not 0");
            let mut vt = vt100::Parser::new(side(ROWS), side(COLS), 0);
            vt.process(&tape.0);
            let mut expected = Buffer::empty(Rect::new(0, 0, COLS, ROWS));
            draw(&mut expected, pages.last().expect("a page"));
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

    /// Bytes written for some frames.
    fn bytes(offsets: &[usize], paint: impl Fn(&mut Buffer, usize)) -> usize {
        let mut tape = Tape::default();
        let mut screen = Screen::new(&mut tape, size());
        for offset in offsets {
            screen
                .draw(|buffer| {
                    paint(buffer, *offset);
                    Position::ORIGIN
                })
                .expect("a tape takes everything");
        }
        drop(screen);
        tape.0.len()
    }

    #[test]
    fn a_list_that_scrolls_is_moved_not_written_again() {
        let list = |buffer: &mut Buffer, offset| {
            let page = Page {
                offset,
                chosen: 99,
                head: 0,
            };
            draw(buffer, &page);
        };
        let step = bytes(&[0, 1], list) - bytes(&[0], list);
        assert!(step < 60, "{step}");
    }

    #[test]
    fn rows_move_although_what_stands_beside_them_does_not() {
        let list = |buffer: &mut Buffer, offset| {
            let page = Page {
                offset,
                chosen: offset + 5,
                head: 0,
            };
            draw(buffer, &page);
            for y in 1..ROWS - 1 {
                let is_thumb = (4 + offset..8 + offset).contains(&usize::from(y));
                buffer.set_string(28, y, if is_thumb { "#" } else { "|" }, Style::new());
            }
        };
        let step = bytes(&[0, 1], list) - bytes(&[0], list);
        assert!(step < 100, "{step}");
    }
}
