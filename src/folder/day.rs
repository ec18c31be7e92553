//! A day, as a roster writes it.
//!
//! **Never:** asks the clock.
//! Next: `roster`, whose deadlines are days.

use crate::base::moment::Moment;
use crate::base::number::narrow;

/// A day of the calendar, comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: i64,
    month: i64,
    of_month: i64,
}

impl Day {
    /// The day of a point in time, on the wall.
    #[must_use]
    pub fn of(moment: Moment) -> Self {
        let [year, month, day] = moment.date();
        Day {
            year,
            month,
            of_month: day,
        }
    }

    /// A day as written: 2025-01-31, 2025/1/31, 2025.1.31, 2025年1月31日, 20250131.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().map(narrow).collect();
        // A workbook may add the time of the day.
        let text = text.split_whitespace().next().unwrap_or_default();
        let parts: Vec<&str> = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .collect();
        let marks = text.chars().filter(|c| !c.is_ascii_digit());
        if marks.clone().any(|c| !"-/.年月日".contains(c)) {
            return None;
        }
        let number = |text: &str| text.parse::<i64>().ok();
        let (year, month, day) = match parts[..] {
            [year, month, day] if year.len() == 4 => (number(year)?, number(month)?, number(day)?),
            [all] if all.len() == 8 => {
                (number(&all[..4])?, number(&all[4..6])?, number(&all[6..])?)
            }
            _ => return None,
        };
        let is_day =
            (1900..=2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        is_day.then_some(Day {
            year,
            month,
            of_month: day,
        })
    }

    /// `01-31`.
    #[must_use]
    pub fn short(self) -> String {
        format!("{:02}-{:02}", self.month, self.of_month)
    }

    /// `2025-01-31`.
    #[must_use]
    pub fn full(self) -> String {
        format!("{:04}-{}", self.year, self.short())
    }

    /// Days from this one to another; negative if that one is earlier.
    #[must_use]
    pub fn until(self, other: Self) -> i64 {
        other.number() - self.number()
    }

    /// Days since the first of March of the year 0.
    fn number(self) -> i64 {
        // The year begins in March, so that the leap day is its last one.
        let (year, month) = if self.month > 2 {
            (self.year, self.month - 3)
        } else {
            (self.year - 1, self.month + 9)
        };
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + self.of_month
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in [
            "2025-01-31",
            "2025/1/31",
            "2025年1月31日",
            "20250131",
            "２０２５.1.31",
            "2025-01-31 00:00:00",
        ] {
            assert_eq!(
                Day::read(text).map(Day::full).as_deref(),
                Some("2025-01-31"),
                "{text}"
            );
        }
        for text in [
            "",
            "01-31",
            "13800000000",
            "民政局",
            "2025-13-01",
            "2025-01",
        ] {
            assert_eq!(Day::read(text), None, "{text}");
        }
        let day = |text| Day::read(text).expect("a day");
        assert_eq!(day("2025-01-26").until(day("2025-01-31")), 5);
        assert_eq!(day("2024-02-28").until(day("2024-03-01")), 2);
        assert_eq!(day("2025-01-02").until(day("2024-12-31")), -2);
    }
}
