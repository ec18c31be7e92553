//! One box of a table, and its one codec between text and value.
//!
//! **Never:** turns a text that is not plainly a number into one.
//! Next: `base::number` for what is plainly a number.

use std::borrow::Cow;

use crate::base::number::{self, Beside, Decimal, Typed};
use crate::form::Kind;

/// The content of a cell. Blank, zero, Nil and unreadable are four things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing written.
    #[default]
    Blank,
    /// A whole number.
    Count(i64),
    /// A number with decimal places, or money.
    Amount(Decimal),
    /// A mark for "not applicable": counts as 0.
    Nil(char),
    /// A number that came with words, a unit or a letter for a digit.
    Noted {
        /// What it counts as.
        value: Decimal,
        /// Its text as written.
        raw: Box<str>,
        /// What stands beside the number.
        beside: Beside,
    },
    /// A text that is no number.
    Raw(Box<str>),
}

const DIGITS: &str = "0123456789";

impl Cell {
    /// Reads the text of a cell that counts things of this kind.
    #[must_use]
    pub fn read(text: &str, kind: Kind) -> Self {
        let noted = |value, beside| Cell::Noted {
            value,
            raw: text.trim_matches(number::is_space).into(),
            beside,
        };
        match number::read(text) {
            Typed::Blank => Cell::Blank,
            Typed::Nil(mark) => Cell::Nil(mark),
            Typed::Plain(value) if !kind.is_money() && value.places == 0 => {
                Cell::Count(value.units)
            }
            Typed::Plain(value) => Cell::Amount(value),
            Typed::Noted(value, Beside::Words) if kind == Kind::Signed && signed_words(text) => {
                Cell::Count(value.units)
            }
            Typed::Noted(value, beside) => noted(value, beside),
            Typed::Raw => {
                let value = match kind {
                    Kind::Amount => number::yuan(text),
                    Kind::Money => number::in_yuan(text),
                    Kind::Count | Kind::Signed => None,
                };
                match value {
                    Some(value) => noted(value, Beside::Words),
                    None => Cell::Raw(text.trim_matches(number::is_space).into()),
                }
            }
        }
    }

    /// A number that a program wrote: a count, or an amount where money is asked.
    #[must_use]
    pub fn of(value: i64, kind: Kind) -> Self {
        match kind {
            Kind::Amount | Kind::Money => Cell::Amount(Decimal::whole(value)),
            Kind::Count | Kind::Signed => Cell::Count(value),
        }
    }

    /// The text that [`Cell::read`] reads back as the same cell.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Cell::Blank => Cow::Borrowed(""),
            // Most counts are one digit: they need no text of their own.
            Cell::Count(value) => match usize::try_from(*value)
                .ok()
                .and_then(|at| DIGITS.get(at..=at))
            {
                Some(digit) => Cow::Borrowed(digit),
                None => Cow::Owned(value.to_string()),
            },
            Cell::Amount(value) => Cow::Owned(value.to_string()),
            Cell::Nil(mark) => Cow::Owned(mark.to_string()),
            Cell::Noted { raw, .. } | Cell::Raw(raw) => Cow::Borrowed(raw),
        }
    }

    /// The number it counts as; None for blank and unreadable cells.
    #[must_use]
    pub fn value(&self) -> Option<Decimal> {
        match self {
            Cell::Blank | Cell::Raw(_) => None,
            Cell::Count(value) => Some(Decimal::whole(*value)),
            Cell::Amount(value) | Cell::Noted { value, .. } => Some(*value),
            Cell::Nil(_) => Some(Decimal::whole(0)),
        }
    }

    /// The whole number it counts as; None for blank, fractions and unreadable.
    #[must_use]
    pub fn count(&self) -> Option<i64> {
        match self {
            Cell::Count(value) => Some(*value),
            other => other.value().and_then(Decimal::to_whole),
        }
    }

    /// Whether nothing is written in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self, Cell::Blank)
    }
}

/// `减4` and `增4` are how a signed column is written, not words beside a number.
fn signed_words(text: &str) -> bool {
    let text = text.trim_matches(number::is_space);
    number::change(text)
        .is_some_and(|(_, rest)| rest.chars().all(|c| number::narrow(c).is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_read_back_from_its_text() {
        let texts = [
            "",
            "0",
            "12",
            "-3",
            "2.50",
            "/",
            "—",
            "无",
            "9件",
            "1O",
            "减4",
            "见附件",
            "1,2",
            "5000元",
        ];
        for kind in [Kind::Count, Kind::Signed, Kind::Amount, Kind::Money] {
            for text in texts {
                let cell = Cell::read(text, kind);
                assert_eq!(Cell::read(&cell.text(), kind), cell, "{text:?} as {kind:?}");
            }
        }
    }

    #[test]
    fn blank_zero_nil_and_unreadable_are_four_things() {
        let cells: Vec<Cell> = ["", "0", "/", "x"]
            .iter()
            .map(|text| Cell::read(text, Kind::Count))
            .collect();
        assert_eq!(
            cells,
            [
                Cell::Blank,
                Cell::Count(0),
                Cell::Nil('/'),
                Cell::Raw("x".into())
            ]
        );
        assert_eq!(
            cells.iter().map(Cell::count).collect::<Vec<_>>(),
            [None, Some(0), Some(0), None]
        );
    }

    #[test]
    fn a_fraction_is_no_count_and_yuan_become_ten_thousands() {
        assert_eq!(Cell::read("2.5", Kind::Count).count(), None);
        assert_eq!(Cell::read("2.0", Kind::Count).count(), Some(2));
        assert_eq!(
            Cell::read("251000元", Kind::Amount).value(),
            Some(Decimal {
                units: 251,
                places: 1
            })
        );
        assert_eq!(Cell::read("减4", Kind::Signed), Cell::Count(-4));
        let money = Cell::read("251000元", Kind::Money);
        assert_eq!(money.text(), "251000元");
        assert_eq!(money.value(), Some(Decimal::whole(251_000)));
    }
}
