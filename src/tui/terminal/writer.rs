//! Cells to bytes: as few as can be, in one write a frame.
//!
//! Pen, place and visibility of the cursor are remembered between frames, so a frame
//! without a change costs nothing. After a glyph whose width terminals do
//! not agree on the place counts as unknown: a wrong guess never shifts a row.
//!
//! Never: asks the terminal anything, or lets a control or direction character through.
//! Next: `modes` for what is written around the frames.

use std::io::{self, Write};
use std::ops::Range;

use ratatui::buffer::{Cell, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthChar;

use super::pen::Pen;
use crate::base::width::{is_unsafe, plain_columns, plain_width};

/// A terminal at the other end of `W`.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    size: Size,
    frame: Vec<u8>,
    pen: Option<Pen>,
    at: Option<Position>,
    is_shown: bool,
}

impl<W: Write> Writer<W> {
    /// Pen and place are not known yet: the first frame sets both.
    pub fn new(out: W, size: Size) -> Self {
        Self {
            out,
            size,
            frame: Vec::new(),
            pen: None,
            at: None,
            is_shown: false,
        }
    }

    /// Notes the terminal's new size.
    pub fn set_size(&mut self, size: Size) {
        self.size = size;
        self.at = None;
    }

    /// Forgets what the terminal looks like, after somebody else wrote to it.
    pub fn forget(&mut self) {
        (self.pen, self.at, self.is_shown) = (None, None, false);
    }

    /// Adds bytes to the next write, such as a clipboard. They may move cursor and pen only
    /// while both are unknown: before the first frame, and after [`Writer::forget`].
    pub fn queue(&mut self, bytes: &[u8]) {
        self.frame.extend_from_slice(bytes);
    }

    /// Moves the rows of a region up (`by` above 0) or down; blank rows follow.
    pub(super) fn scroll(&mut self, region: Range<usize>, by: isize) {
        // Some terminals fill the new rows with the pen's background.
        self.take(Pen::PLAIN);
        let (top, bottom) = (region.start + 1, region.end);
        self.frame
            .extend_from_slice(format!("\x1b[{top};{bottom}r").as_bytes());
        let (line, step): (usize, &[u8]) = if by > 0 {
            (bottom, b"\n")
        } else {
            (top, b"\x1bM")
        };
        self.frame
            .extend_from_slice(format!("\x1b[{line}H").as_bytes());
        self.frame.extend(step.repeat(by.unsigned_abs()));
        self.frame.extend_from_slice(b"\x1b[r");
        self.at = None;
    }

    /// Moves the cursor by the shortest way known.
    fn go(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        let there = match (to.y + 1, to.x + 1) {
            (1, 1) => "\x1b[H".to_owned(),
            (row, 1) => format!("\x1b[{row}H"),
            (1, col) => format!("\x1b[;{col}H"),
            (row, col) => format!("\x1b[{row};{col}H"),
        };
        let way = match self.at {
            None => there,
            Some(from) => {
                let down = steps("\n", 'B', to.y.saturating_sub(from.y));
                let up = steps("", 'A', from.y.saturating_sub(to.y));
                let right = steps("", 'C', to.x.saturating_sub(from.x));
                let left = steps("\x08", 'D', from.x.saturating_sub(to.x));
                let across = format!("{down}{up}{right}{left}");
                let anew = format!("{down}{up}\r{}", steps("", 'C', to.x));
                shorter(shorter(across, anew), there)
            }
        };
        self.frame.extend_from_slice(way.as_bytes());
        self.at = Some(to);
    }

    /// Changes the pen.
    fn take(&mut self, pen: Pen) {
        if self.pen == Some(pen) {
            return;
        }
        self.frame.extend_from_slice(pen.after(self.pen).as_bytes());
        self.pen = Some(pen);
    }

    /// The same for a blank: another pen serves as well if it looks no different there.
    fn take_for_blank(&mut self, pen: Pen) {
        if self.pen.map(Pen::on_blank) != Some(pen) {
            self.take(pen);
        }
    }

    fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        let width = columns(cell);
        let end = x.saturating_add(width);
        let is_corner = y + 1 == self.size.height && end >= self.size.width;
        if x >= self.size.width || y >= self.size.height || width == 0 || is_corner {
            // The corner scrolls some terminals, and what has no width has no place.
            return;
        }
        self.go(Position { x, y });
        if cell.symbol() == " " {
            self.take_for_blank(Pen::of(cell));
        } else {
            self.take(Pen::of(cell));
        }
        if end > self.size.width {
            self.frame.push(b' ');
        } else if cell.symbol().chars().any(is_unsafe) {
            self.frame
                .extend(std::iter::repeat_n(b'?', usize::from(width)));
        } else {
            self.frame.extend_from_slice(cell.symbol().as_bytes());
        }
        let is_known = end < self.size.width && is_certain(cell.symbol());
        self.at = is_known.then_some(Position { x: end, y });
    }

    /// Erases from here to the end of the row.
    fn erase(&mut self, x: u16, y: u16) {
        self.go(Position { x, y });
        self.take_for_blank(Pen::PLAIN);
        self.frame.extend_from_slice(b"\x1b[K");
    }

    /// Draws cells, in the order of the screen.
    pub(super) fn draw<'a>(&mut self, content: impl Iterator<Item = (u16, u16, &'a Cell)>) {
        let mut content = content.peekable();
        let mut blanks = Vec::new();
        while let Some((x, y, cell)) = content.next() {
            if !is_blank(cell) {
                self.put(x, y, cell);
                continue;
            }
            blanks.push((x, y, cell));
            let mut next = x + 1;
            while let Some(more) =
                content.next_if(|(x, row, cell)| (*x, *row) == (next, y) && is_blank(cell))
            {
                blanks.push(more);
                next += 1;
            }
            if next >= self.size.width && blanks.len() > b"\x1b[K".len() {
                self.erase(x, y);
                blanks.clear();
            }
            for (x, y, cell) in blanks.drain(..) {
                self.put(x, y, cell);
            }
        }
    }

    /// Shows the cursor at a place, or at the edge where that lies outside.
    pub(super) fn show_cursor(&mut self, Position { x, y }: Position) {
        self.go(Position {
            x: x.min(self.size.width.saturating_sub(1)),
            y: y.min(self.size.height.saturating_sub(1)),
        });
        if !self.is_shown {
            self.frame.extend_from_slice(b"\x1b[?25h");
            self.is_shown = true;
        }
    }

    /// Makes the whole screen blank.
    pub(super) fn clear(&mut self) {
        self.take(Pen::PLAIN);
        self.frame.extend_from_slice(b"\x1b[2J");
    }

    /// Writes the frame in one piece, and nothing if nothing changed.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        let written = self.out.write_all(&self.frame);
        self.frame.clear();
        written.and_then(|()| self.out.flush())
    }
}

/// Marks columns of a row that a wide glyph covers, so that the next frame sees them
/// change.
///
/// A blank is kept where the second half of a glyph is, and a real blank there is then
/// taken for nothing new, while the terminal shows half a glyph's remains. An empty
/// symbol differs from a blank.
///
/// Invariant: what the terminal shows is what the cells say, in text and style.
pub fn heal(row: &mut [Cell]) {
    let mut x = 0;
    while x < row.len() {
        let width = usize::from(columns(&row[x]));
        if width == 0 || row.len() - x < width {
            row[x].set_symbol(" ");
        }
        if row[x].symbol() == " " {
            Pen::of(&row[x]).on_blank().put_on(&mut row[x]);
        }
        let end = (x + width.max(1)).min(row.len());
        for covered in &mut row[x + 1..end] {
            covered.set_symbol("");
        }
        x = end;
    }
}

/// The columns a cell takes; a covered one none.
fn columns(cell: &Cell) -> u16 {
    match cell.symbol().len() {
        // A control character of one byte too: `?` is written for it.
        1 => 1,
        _ => match plain_width(cell.symbol()).and_then(|width| width.try_into().ok()) {
            Some(columns) if matches!(cell.diff_option, CellDiffOption::None) => columns,
            _ => cell.cell_width(),
        },
    }
}

/// A blank without a colour of its own.
pub(super) fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && Pen::of(cell) == Pen::PLAIN
}

/// Whether a cell can be written right behind another one, with the same pen and without a
/// place of its own.
pub(super) fn is_written_alike(cell: &Cell, before: &Cell) -> bool {
    let pen = Pen::of(before);
    let is_pen = Pen::of(cell) == pen || cell.symbol() == " " && Pen::of(cell) == pen.on_blank();
    is_pen && (cell.symbol().is_empty() || is_certain(cell.symbol()))
}

/// Every terminal moves on by the same number of columns after this.
fn is_certain(symbol: &str) -> bool {
    let mut letters = symbol.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if plain_columns(letter).is_some() => true,
        (Some(letter), None) => {
            let is_emoji = ('\u{1f000}'..'\u{20000}').contains(&letter);
            letter.is_ascii() || (letter.width() == letter.width_cjk() && !is_emoji)
        }
        _ => false,
    }
}

/// `count` steps of the cursor: `single` repeated, or one sequence ending with `last`.
fn steps(single: &str, last: char, count: u16) -> String {
    let sequence = match count {
        0 => return String::new(),
        1 => format!("\x1b[{last}"),
        _ => format!("\x1b[{count}{last}"),
    };
    if single.is_empty() {
        return sequence;
    }
    shorter(sequence, single.repeat(count.into()))
}

/// The shorter of two; the first one if they are equal.
fn shorter(one: String, other: String) -> String {
    if other.len() < one.len() { other } else { one }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};

    use super::*;
    use crate::tui::terminal::screen::Screen;

    /// Counts writes and keeps the bytes.
    #[derive(Default)]
    struct Tape {
        bytes: Vec<u8>,
        writes: usize,
    }

    impl Write for &mut Tape {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.bytes.extend_from_slice(bytes);
            self.writes += 1;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What is drawn into one frame, over the last one or on a blank screen.
    type Strokes = (bool, Vec<(u16, u16, &'static str, usize)>);

    const WIDTH: u16 = 30;
    const HEIGHT: u16 = 6;
    const CORNER: (u16, u16) = (WIDTH - 1, HEIGHT - 1);

    /// Never bold and dim at once: the model terminal has one or the other.
    fn styles() -> [Style; 8] {
        [
            Style::new(),
            Style::new().reversed(),
            Style::new().underlined().bold().not_dim(),
            Style::new().on_blue(),
            Style::new().red().dim().not_bold(),
            Style::new().fg(Color::Indexed(200)).italic(),
            Style::new().bg(Color::Rgb(1, 2, 3)).light_green(),
            Style::new().italic().reversed(),
        ]
    }

    fn strokes() -> impl Strategy<Value = Vec<Strokes>> {
        let texts = prop::sample::select(vec![
            "中",
            "文字",
            "表格：0",
            "a",
            "12",
            "     7!",
            "e\u{301}x",
            "“二”",
            "a中b",
            " ",
            "          ",
            "                              ",
            "（七）总计",
            "——",
        ]);
        let stroke = (0..WIDTH, 0..HEIGHT, texts, 0..styles().len());
        let frame = (
            prop::bool::weighted(0.2),
            prop::collection::vec(stroke, 0..10),
        );
        prop::collection::vec(frame, 12)
    }

    fn paint(buffer: &mut Buffer, strokes: &[(u16, u16, &'static str, usize)]) {
        for (x, y, text, style) in strokes {
            buffer.set_string(*x, *y, text, styles()[*style]);
        }
        buffer[CORNER].reset();
        let before = (CORNER.0 - 1, CORNER.1);
        if columns(&buffer[before]) > 1 {
            buffer[before].reset();
        }
    }

    fn vt_colour(colour: Color) -> vt100::Color {
        match colour {
            Color::Red => vt100::Color::Idx(1),
            Color::Blue => vt100::Color::Idx(4),
            Color::LightGreen => vt100::Color::Idx(10),
            Color::Indexed(index) => vt100::Color::Idx(index),
            Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
            _ => vt100::Color::Default,
        }
    }

    /// Texts and styles where the terminal shows something else than the buffer says.
    fn wrong(screen: &vt100::Screen, buffer: &Buffer) -> Vec<String> {
        let mut wrong = Vec::new();
        for y in 0..buffer.area.height {
            let mut x = 0;
            while x < buffer.area.width {
                let cell = &buffer[(x, y)];
                let Some(shown) = screen.cell(y, x) else {
                    break;
                };
                let text = if shown.has_contents() {
                    shown.contents()
                } else {
                    " "
                };
                if text != cell.symbol() {
                    wrong.push(format!("{x},{y}: {text:?} for {:?}", cell.symbol()));
                }
                let has = |attribute| cell.modifier.contains(attribute);
                let is_lined = has(Modifier::UNDERLINED) || has(Modifier::REVERSED);
                // The colour and weight of a letter are not seen on a blank.
                let letter = shown.fgcolor() == vt_colour(cell.fg)
                    && shown.bold() == has(Modifier::BOLD)
                    && shown.dim() == has(Modifier::DIM)
                    && shown.italic() == has(Modifier::ITALIC);
                let same = shown.bgcolor() == vt_colour(cell.bg)
                    && shown.underline() == has(Modifier::UNDERLINED)
                    && shown.inverse() == has(Modifier::REVERSED)
                    && (letter || cell.symbol() == " " && !is_lined);
                if !same {
                    wrong.push(format!("{x},{y}: style of {:?}", cell.symbol()));
                }
                x += columns(cell).max(1);
            }
        }
        wrong
    }

    fn vt(width: u16, height: u16) -> vt100::Parser {
        let side = |length| NonZeroU16::new(length).expect("a screen has rows and columns");
        vt100::Parser::new(side(height), side(width), 0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn invariant_what_the_terminal_shows_is_what_the_buffer_says(frames in strokes()) {
            let mut tape = Tape::default();
            let mut vt = vt(WIDTH, HEIGHT);
            let mut canvas = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
            let mut screen = Screen::new(&mut tape, Size::new(WIDTH, HEIGHT));
            for (is_fresh, strokes) in &frames {
                if *is_fresh {
                    canvas.reset();
                }
                paint(&mut canvas, strokes);
                screen
                    .draw(|buffer| {
                        buffer.merge(&canvas);
                        Position::ORIGIN
                    })
                    .expect("a tape takes everything");
                let mut shown = canvas.clone();
                shown.content.chunks_mut(WIDTH.into()).for_each(heal);
                let out = &mut *screen.writer().out;
                vt.process(&out.bytes);
                out.bytes.clear();
                prop_assert_eq!(wrong(vt.screen(), &shown), Vec::<String>::new());
            }
        }
    }

    fn screen(tape: &mut Tape, width: u16, height: u16) -> Screen<&mut Tape> {
        Screen::new(tape, Size::new(width, height))
    }

    /// Bytes and writes of one frame.
    fn draw(
        screen: &mut Screen<&mut Tape>,
        cursor: (u16, u16),
        paint: impl Fn(&mut Buffer),
    ) -> (String, usize) {
        screen
            .draw(|buffer| {
                paint(buffer);
                cursor.into()
            })
            .expect("a tape takes everything");
        let tape = std::mem::take(&mut *screen.writer().out);
        (
            String::from_utf8(tape.bytes).expect("only UTF-8"),
            tape.writes,
        )
    }

    /// A table as in the matrix: 20 rows and 7 columns, both heads of the cell marked.
    fn table(buffer: &mut Buffer, row: u16, col: u16) {
        let marks = [Style::new(), Style::new().reversed()];
        let mark = |marked| marks[usize::from(marked)];
        for (at, head) in (0..).zip(["自然人", "企业", "科研", "公益", "法律", "其他", "总计"])
        {
            buffer.set_string(17 + 9 * at, 1, head, mark(at == col));
        }
        for y in 0..20 {
            buffer.set_string(0, 2 + y, "(三)5 内部事务", mark(y == row));
            for x in 0..7 {
                let cell = mark((x, y) == (col, row));
                buffer.set_string(15 + 9 * x, 2 + y, format!("{:>8} ", x * y), cell);
            }
        }
        buffer.set_string(0, 23, format!("行 {row}  列 {col}"), Style::new());
    }

    #[test]
    fn an_arrow_key_costs_less_than_130_bytes_and_an_idle_frame_nothing() {
        let mut tape = Tape::default();
        let mut screen = screen(&mut tape, 80, 24);
        let mut frame = |row, col| {
            draw(&mut screen, (15 + 9 * col, 2 + row), |buffer| {
                table(buffer, row, col);
            })
        };
        let (bytes, writes) = frame(5, 2);
        assert!(bytes.len() < 1800, "first frame: {}", bytes.len());
        assert_eq!(writes, 1);
        assert_eq!(frame(5, 2), (String::new(), 0));
        for (row, col) in [(5, 3), (6, 3), (5, 3), (5, 2), (5, 1), (4, 1)] {
            let (bytes, writes) = frame(row, col);
            assert!(bytes.len() <= 130, "{}: {bytes:?}", bytes.len());
            assert_eq!(writes, 1);
            assert_eq!(frame(row, col), (String::new(), 0));
        }
    }

    #[test]
    fn a_healed_frame_costs_nothing_twice() {
        let mut tape = Tape::default();
        let mut screen = screen(&mut tape, 40, 3);
        let mut frame = |text: &str| {
            draw(&mut screen, (0, 0), |buffer| {
                buffer.set_string(0, 1, text, Style::new().reversed());
            })
        };
        for text in ["自然人列：各项相加", " 自然人列：各项相加", "1自然", ""] {
            assert_ne!(frame(text).0, "");
            assert_eq!(frame(text), (String::new(), 0));
        }
    }

    #[test]
    fn the_cursor_goes_the_shortest_way() {
        let place = |x, y| Position { x, y };
        for (from, to, way) in [
            (place(3, 3), place(3, 3), ""),
            (place(3, 3), place(4, 3), "\x1b[C"),
            (place(3, 3), place(9, 3), "\x1b[6C"),
            (place(3, 3), place(2, 3), "\x08"),
            (place(3, 3), place(0, 3), "\r"),
            (place(33, 3), place(23, 3), "\x1b[10D"),
            (place(33, 3), place(1, 3), "\r\x1b[C"),
            (place(3, 3), place(3, 4), "\n"),
            (place(3, 3), place(0, 4), "\n\r"),
            (place(3, 3), place(3, 8), "\x1b[5B"),
            (place(3, 3), place(3, 2), "\x1b[A"),
            (place(60, 13), place(20, 3), "\x1b[4;21H"),
            (place(60, 13), place(0, 0), "\x1b[H"),
            (place(60, 13), place(5, 0), "\x1b[;6H"),
            (place(60, 13), place(0, 3), "\x1b[4H"),
        ] {
            let mut writer = Writer::new(Vec::new(), Size::new(80, 24));
            writer.at = Some(from);
            writer.go(to);
            assert_eq!(String::from_utf8_lossy(&writer.frame), way);
        }
    }

    #[test]
    fn after_an_ambiguous_glyph_the_cursor_is_placed() {
        let mut tape = Tape::default();
        let mut screen = screen(&mut tape, 20, 2);
        let (bytes, _) = draw(&mut screen, (0, 0), |buffer| {
            buffer.set_string(0, 0, "a“二”b", Style::new());
        });
        assert_eq!(
            bytes,
            "\x1b[m\x1b[2J\x1b[Ha“\x1b[;3H二”\x1b[;6Hb\r\x1b[?25h"
        );
    }

    #[test]
    fn an_ambiguous_glyph_can_be_given_two_columns() {
        let mut tape = Tape::default();
        let mut screen = screen(&mut tape, 20, 2);
        let (bytes, _) = draw(&mut screen, (0, 0), |buffer| {
            let two = NonZeroU16::new(2).expect("two");
            buffer[(0, 0)]
                .set_symbol("“")
                .set_diff_option(CellDiffOption::ForcedWidth(two));
            buffer.set_string(2, 0, "b", Style::new());
        });
        assert_eq!(bytes, "\x1b[m\x1b[2J\x1b[H“\x1b[;3Hb\r\x1b[?25h");
    }

    #[test]
    fn control_and_direction_characters_do_not_get_through() {
        let mut writer = Writer::new(Vec::new(), Size::new(80, 24));
        for symbol in [
            "\x1b",
            "\u{9b}",
            "\r\n",
            "a\u{202e}",
            "中\u{2066}",
            "\u{7f}",
        ] {
            let mut cell = Cell::EMPTY;
            cell.set_symbol(symbol);
            writer.draw([(3, 3, &cell)].into_iter());
            writer.flush().expect("a vector takes everything");
            let bytes = String::from_utf8_lossy(&std::mem::take(&mut writer.out)).into_owned();
            assert!(bytes.contains('?'), "{symbol:?}: {bytes:?}");
            let rest = bytes.replace("\x1b[4;4H", "").replace("\x1b[m", "");
            assert!(!rest.chars().any(is_unsafe), "{symbol:?}: {bytes:?}");
            writer.forget();
        }
    }

    #[test]
    fn the_corner_is_never_written() {
        for (x, symbol) in [(19, "x"), (18, "中"), (19, "中")] {
            let mut writer = Writer::new(Vec::new(), Size::new(20, 2));
            let mut cell = Cell::EMPTY;
            cell.set_symbol(symbol);
            writer.draw([(x, 1, &cell)].into_iter());
            assert_eq!(writer.frame, b"");
            writer.draw([(x, 0, &cell)].into_iter());
            assert_ne!(writer.frame, b"");
            assert_eq!(writer.at, None);
        }
    }

    #[test]
    fn a_row_that_became_blank_is_erased_in_one_go() {
        let mut tape = Tape::default();
        let mut screen = screen(&mut tape, 40, 3);
        let mut frame = |text: &str| {
            draw(&mut screen, (0, 0), |buffer| {
                buffer.set_string(0, 1, text, Style::new());
            })
            .0
        };
        frame(&"9".repeat(40));
        assert_eq!(frame("9"), "\n\x1b[C\x1b[K\x1b[H");
    }

    #[test]
    fn a_resize_clears_once_and_asks_nothing() {
        let mut tape = Tape::default();
        let mut screen = screen(&mut tape, 40, 3);
        let text = |buffer: &mut Buffer| buffer.set_string(0, 0, "中", Style::new());
        draw(&mut screen, (0, 0), text);
        screen.resize(Size::new(30, 3));
        let (bytes, writes) = draw(&mut screen, (0, 0), text);
        assert_eq!((bytes.as_str(), writes), ("\x1b[2J\x1b[H中\r", 1));
    }

    #[test]
    fn a_frame_of_any_size_is_drawn() {
        for (width, height) in [(0, 0), (1, 1), (2, 1), (1, 9), (3, 2)] {
            let mut tape = Tape::default();
            let mut screen = screen(&mut tape, width, height);
            draw(&mut screen, (7, 7), |buffer| {
                let area = buffer.area;
                buffer.set_style(area, Style::new().reversed());
                for cell in &mut buffer.content {
                    cell.set_symbol("中");
                }
            });
        }
    }
}
