//! Which report is last year's of another, by body and year.
//!
//! **Never:** guesses between two that fit.
//! Next: `base::body` for names, `carry` for a new report made from last year's.

use super::Report;
use crate::base::body::same_body;
use crate::base::words::{Message, words};

impl Report {
    /// Whether another report is of the same body and the year before; what either of
    /// them does not say of the year speaks against nothing.
    #[must_use]
    pub fn may_follow(&self, last: &Report) -> bool {
        let year = self.head().year.and_then(|year| year.checked_sub(1));
        let of_year = year.is_none() || last.head().year.is_none() || last.head().year == year;
        of_year && same_body(&self.head().body, &last.head().body)
    }

    /// What makes it doubtful that another report is last year's of this one.
    #[must_use]
    pub fn doubt_of(&self, last: &Report) -> Option<Message> {
        let (own, other) = (self.head(), last.head());
        if !own.body.is_empty() && !other.body.is_empty() && !same_body(&own.body, &other.body) {
            let said = words(
                "去年的报告是【{last}】的，这一份是【{own}】的",
                "last year's report is of \"{last}\", this one of \"{own}\"",
            );
            return Some(said.with(vec![
                ("last", other.body.as_str().into()),
                ("own", own.body.as_str().into()),
            ]));
        }
        let (year, before) = (own.year?, other.year?);
        (before.checked_add(1) != Some(year)).then(|| {
            let said = words(
                "去年的报告是 {last} 年的，这一份是 {own} 年的",
                "last year's report is for {last}, this one for {own}",
            );
            said.with(vec![
                ("last", i64::from(before).into()),
                ("own", i64::from(year).into()),
            ])
        })
    }
}
