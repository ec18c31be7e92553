//! How boxes look, and what one takes.
//!
//! **Never:** knows what a box holds.
//! Next: `write`, which fills them.

use rust_xlsxwriter::{Format as Look, FormatAlign, FormatBorder};

use crate::base::width::{Ruler, is_unsafe};

/// Most UTF-16 units of a box.
pub(super) const LONGEST: usize = 32_767;
pub(super) const LINE: f64 = 16.0;
const HIGHEST: f64 = 400.0;
const RED: u32 = 0x00C0_0000;
const GREY: u32 = 0x00F2_F2F2;

/// How boxes look.
pub(super) struct Looks {
    pub(super) title: Look,
    pub(super) text: Look,
    pub(super) head: Look,
    pub(super) label: Look,
    pub(super) number: Look,
    pub(super) words: Look,
    pub(super) check: Look,
    pub(super) quiet: Look,
    pub(super) broken: Look,
}

impl Looks {
    pub(super) fn new() -> Self {
        let base = Look::new()
            .set_font_name("宋体")
            .set_align(FormatAlign::VerticalCenter);
        let wrapped = base.clone().set_text_wrap();
        let boxed = wrapped.clone().set_border(FormatBorder::Thin);
        let number = base.clone().set_align(FormatAlign::Right);
        let number = number.set_num_format("0").set_shrink();
        Looks {
            title: wrapped.clone().set_bold(),
            text: wrapped.clone().set_align(FormatAlign::Top),
            head: boxed
                .clone()
                .set_bold()
                .set_background_color(GREY)
                .set_align(FormatAlign::Center),
            label: boxed.clone(),
            number: number.clone().set_border(FormatBorder::Thin),
            words: boxed.set_align(FormatAlign::Right),
            check: number.set_border(FormatBorder::Dotted),
            quiet: base.set_font_color(0x0080_8080_u32).set_font_size(9),
            broken: Look::new()
                .set_bold()
                .set_font_color(0x00FF_FFFF_u32)
                .set_background_color(RED),
        }
    }
}

/// Text as a box holds it.
pub(super) fn plain(text: &str) -> String {
    let kept = |c: char| match c {
        '\n' => Some('\n'),
        '\t' | '\u{A0}' => Some(' '),
        c => (!is_unsafe(c) && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).then_some(c),
    };
    text.chars().filter_map(kept).collect()
}

/// Text in pieces that fit a box each; one piece at least.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut units = 0;
    for c in plain(text).chars() {
        if units + c.len_utf16() > LONGEST {
            pieces.push(String::new());
            units = 0;
        }
        units += c.len_utf16();
        pieces.last_mut().expect("begins with one").push(c);
    }
    pieces
}

pub(super) fn row_number(row: usize) -> u32 {
    u32::try_from(row).expect("a report has few rows")
}

pub(super) fn col_number(col: usize) -> u16 {
    u16::try_from(col).expect("a table has few columns")
}

/// How high a row is that holds a text in a column so wide.
pub(super) fn height(text: &str, width: f64) -> f64 {
    let ruler = Ruler {
        wide_ambiguous: true,
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "widths of texts are far below the limit"
    )]
    let lines = text
        .split('\n')
        .map(|line| (ruler.width(line) as f64 / (width - 1.0)).ceil().max(1.0));
    (lines.sum::<f64>() * LINE).min(HIGHEST)
}
