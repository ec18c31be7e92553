//! Two readings of one text: which is taken.
//!
//! **Never:** mixes them.
//! Next: `read::text`, which reads by words and by columns.

use std::cmp::Ordering;

use crate::base::words::{Words, words};
use crate::model::Draft;

const DISPUTED: Words = words(
    "这段文字有两种读法，{count} 格的数不同（如【{one}】和【{other}】），分不清哪种对，取了第一种，请核对",
    "the text can be read in two ways that differ in {count} cells (such as \"{one}\" and \"{other}\"); which is right is not clear: the first was taken, please check",
);

/// Of two readings of one text the one with fewer doubts; the first of equal ones,
/// with a note where their numbers differ.
pub(super) fn surer(mut first: Draft, second: Draft) -> Draft {
    match doubts(&first).cmp(&doubts(&second)) {
        Ordering::Less => return first,
        Ordering::Greater => return second,
        Ordering::Equal => {}
    }
    let cells = first.report().cells().iter().zip(second.report().cells());
    let mut differing = cells.enumerate().filter(|(_, (one, other))| one != other);
    if let Some((at, (one, other))) = differing.next() {
        let args = vec![
            ("count", (differing.count() + 1).into()),
            ("one", one.text().into_owned().into()),
            ("other", other.text().into_owned().into()),
        ];
        let place = first.origins[at]
            .as_ref()
            .map(|origin| origin.place.clone());
        first.note(place.unwrap_or_default(), DISPUTED.with(args));
    }
    first
}

/// How much of the tables of a draft is not where it belongs.
fn doubts(draft: &Draft) -> usize {
    let report = draft.report();
    let blank = report.cells().iter().filter(|cell| cell.is_blank()).count();
    report.unplaced().len() + report.lost().count() + blank + draft.notes.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::place::Place;
    use crate::base::words::Lang;
    use crate::form;
    use crate::model::{Cell, Origin};

    /// A draft with these numbers in its first cells.
    fn draft(numbers: &[&str]) -> Draft {
        let mut draft = Draft::new(form::current());
        for (id, number) in form::current().cells().zip(numbers) {
            let cell = Cell::read(number, form::current().kind(id));
            let origin = Origin {
                place: Place::Line(3),
                raw: (*number).into(),
            };
            draft.set_cell(id, cell, Some(origin));
        }
        draft
    }

    #[test]
    fn two_readings_that_differ_with_equal_doubts_are_noted() {
        let numbers = |draft: &Draft| draft.report().cells()[0].count();
        let said = |draft: &Draft| {
            let notes = draft.notes.iter();
            notes
                .map(|note| (note.place.clone(), note.message.text(Lang::En)))
                .collect::<Vec<_>>()
        };
        let one = surer(draft(&["7", "8", "9"]), draft(&["7", "9", "8"]));
        assert_eq!(numbers(&one), Some(7));
        let notes = said(&one);
        assert_eq!(notes.len(), 1, "{notes:?}");
        let (place, note) = &notes[0];
        assert_eq!(*place, "line 3");
        assert!(
            note.contains("2 cells") && note.contains("\"8\" and \"9\""),
            "{note}"
        );
        assert_eq!(said(&surer(draft(&["7"]), draft(&["7"]))), []);
        // Fewer doubts tell: the second has one more number.
        let other = surer(draft(&["7"]), draft(&["8", "9"]));
        assert_eq!(numbers(&other), Some(8));
        assert_eq!(said(&other), []);
    }
}
