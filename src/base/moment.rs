//! A point in time with the local offset, as text.
//!
//! **Never:** asks the clock or the environment.
//! Next: `store::machine`, which does.

/// A point in time and the offset of the clock on the wall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Seconds since 1970, UTC.
    pub seconds: i64,
    /// Seconds that local time is ahead of UTC.
    pub offset: i32,
}

impl Moment {
    /// `2024-01-24 16:31:07`, local time.
    #[must_use]
    pub fn full(self) -> String {
        let [year, month, day, hour, minute, second] = self.parts();
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }

    /// `01-24 16:31`, local time.
    #[must_use]
    pub fn short(self) -> String {
        let [_, month, day, hour, minute, _] = self.parts();
        format!("{month:02}-{day:02} {hour:02}:{minute:02}")
    }

    /// `20240124-163107`, local time, for names of files.
    #[must_use]
    pub fn compact(self) -> String {
        let [year, month, day, hour, minute, second] = self.parts();
        format!("{year:04}{month:02}{day:02}-{hour:02}{minute:02}{second:02}")
    }

    /// Year, month and day, local time.
    #[must_use]
    pub fn date(self) -> [i64; 3] {
        let [year, month, day, ..] = self.parts();
        [year, month, day]
    }

    /// Year, month, day, hour, minute, second of local time.
    fn parts(self) -> [i64; 6] {
        // A file may say anything; the years 0 to 9999 are all we print.
        let local = (self.seconds.saturating_add(i64::from(self.offset)))
            .clamp(-62_167_219_200, 253_402_300_799);
        let (days, rest) = (local.div_euclid(86_400), local.rem_euclid(86_400));
        // Days since 0000-03-01: leap days come last in such a year.
        let shifted = days + 719_468;
        let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2) % 12 + 1;
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        [year, month, day, rest / 3_600, rest / 60 % 60, rest % 60]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_dates_on_the_wall() {
        let at = |seconds, offset| Moment { seconds, offset }.full();
        assert_eq!(at(0, 0), "1970-01-01 00:00:00");
        assert_eq!(at(0, 8 * 3600), "1970-01-01 08:00:00");
        assert_eq!(at(1_709_164_799, 0), "2024-02-28 23:59:59");
        assert_eq!(at(1_709_164_800, 0), "2024-02-29 00:00:00");
        assert_eq!(at(1_735_660_799, 0), "2024-12-31 15:59:59");
        assert_eq!(at(-1, 0), "1969-12-31 23:59:59");
        assert_eq!(at(i64::MAX, i32::MAX), "9999-12-31 23:59:59");
        assert_eq!(at(i64::MIN, 0), "0000-01-01 00:00:00");
        let moment = Moment {
            seconds: 1_706_085_067,
            offset: 28_800,
        };
        assert_eq!(moment.short(), "01-24 16:31");
        assert_eq!(moment.compact(), "20240124-163107");
    }
}
