//! Chinese numerals: their digits and their values.
//!
//! **Never:** decides whether a numeral counts anything.
//! Next: `ordinal` for numbers of headings, `check::prose::number` for counts.

/// The value of a Chinese digit.
#[must_use]
pub const fn digit(c: char) -> Option<i64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The value of a Chinese numeral: 十 10, 一百二十 120, 三千零五 3005, 一万二 12000.
#[must_use]
pub fn value(word: &[char]) -> Option<i64> {
    let (mut total, mut section, mut last) = (0_i64, 0_i64, None);
    let mut last_unit = 1_i64;
    for (index, c) in word.iter().enumerate() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' => 10_000,
            '亿' => 100_000_000,
            c => {
                let value = digit(*c)?;
                if last.is_some_and(|last| last != 0) {
                    return None;
                }
                last = Some(value);
                if value == 0 {
                    last_unit = 10;
                }
                continue;
            }
        };
        if unit >= 10_000 {
            section += last.unwrap_or(0);
            total = total.checked_add(section.max(i64::from(index == 0)).checked_mul(unit)?)?;
            section = 0;
        } else {
            section += last.unwrap_or(i64::from(unit == 10)).checked_mul(unit)?;
        }
        last = None;
        last_unit = unit;
    }
    // A last last without a unit is the next lower place: 一万二 is 12000.
    let rest = last.map_or(0, |last| {
        if last_unit > 10 {
            last * (last_unit / 10)
        } else {
            last
        }
    });
    total.checked_add(section)?.checked_add(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_have_the_values_that_people_read() {
        for (text, wanted) in [
            ("十", Some(10)),
            ("二十一", Some(21)),
            ("一百零五", Some(105)),
            ("三千零五", Some(3005)),
            ("一万二", Some(12_000)),
            ("一二", None),
        ] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(value(&chars), wanted, "{text}");
        }
    }
}
