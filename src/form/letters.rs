//! The letters of what a form's tables print.
//!
//! **Never:** says which line is a row's or a column's: `format::labels` does.
//! Next: `printed` for where they stand.

use super::Table;
use crate::base::ordinal;
use crate::base::spelling::letters;

/// What tables print and the other spellings met, one a line of letters, with a line's
/// end before the first; a row's label stands there once more without its number.
pub(super) fn of(tables: &[Table]) -> String {
    let mut out = String::from("\n");
    let mut line = |text: &str| {
        out.push_str(&letters(text));
        out.push('\n');
    };
    for table in tables {
        for group in table.groups {
            line(group.label);
            group.also.iter().for_each(|also| line(also));
        }
        for row in table.rows {
            for label in [&row.label].into_iter().chain(row.also) {
                line(label);
                line(ordinal::mark(label).map_or(*label, |mark| mark.rest));
            }
        }
        for col in table.cols {
            line(col.label);
            col.also.iter().for_each(|also| line(also));
        }
        line(table.title);
        table.printed.iter().for_each(|text| line(text));
    }
    out
}
