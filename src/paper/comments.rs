//! Problems as comments in the sender's own document.
//!
//! ```text
//! 错误：表三 自然人列：各项结果相加 8，（七）总计写 7，少写 1
//! 怎么改：核对本列各项结果或（七）
//! ```
//! **Never:** names a file, a key or a command: the sender may not have the program.
//! Next: `format::annotate`, which writes them; `return_note` for one text of all.

use crate::base::comment::{About, Comment};
use crate::base::place::Place;
use crate::base::sentence::sentences;
use crate::base::width::shown;
use crate::base::words::Lang;
use crate::check::{Problem, Site};
use crate::form::{CellId, TextId};
use crate::model::HeadField;

use super::{Checked, LIKELY, faults, likely, said};

/// A comment on everything that somebody should mend, then one on what could have happened.
#[must_use]
pub fn comments(checked: &Checked, lang: Lang) -> Vec<Comment> {
    let mut all: Vec<Comment> = faults(checked)
        .map(|problem| {
            let (said, next) = said(problem, lang);
            Comment {
                about: about(problem, checked),
                text: lines([said].into_iter().chain(next)),
            }
        })
        .collect();
    let likely = likely(checked, lang);
    if !likely.is_empty() {
        let likely = likely.iter().map(|said| format!("- {said}"));
        all.push(Comment {
            about: About::Source,
            text: lines([LIKELY.get(lang).to_owned()].into_iter().chain(likely)),
        });
    }
    all
}

/// Lines as one text, safe to print.
fn lines(lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.map(|line| shown(&line).into_owned()).collect();
    lines.join("\n")
}

/// Where the sender looks for a problem.
fn about(problem: &Problem, checked: &Checked) -> About {
    let (form, report) = (checked.report.form(), checked.report);
    let first = |mut cells: Box<dyn Iterator<Item = CellId>>| {
        cells.find_map(|cell| place_of(checked, cell))
    };
    let place = match &problem.site {
        Site::Text(id, range) => return sentence(checked, *id, range.start),
        Site::Head(field) => {
            let title = report.head().get(HeadField::Title);
            let text = match field {
                HeadField::Title | HeadField::Body | HeadField::Year => title,
                field => report.head().get(*field),
            };
            return of_text(text);
        }
        Site::Section(id) => {
            let mut headings = report.headings().iter();
            let heading = headings.find(|heading| heading.section == Some(*id));
            return of_text(heading.map_or_else(String::new, |heading| heading.text.clone()));
        }
        Site::Source(place) => Some(Place::from(place.clone())),
        Site::Cell(cell) => place_of(checked, *cell),
        Site::Column { table, col } => {
            let (table, col) = (&form.tables[*table], *col);
            let rows = 0..table.rows.len();
            first(Box::new(rows.map(move |row| table.cell(row, col))))
        }
        Site::Row { table, row } => {
            let (table, row) = (&form.tables[*table], *row);
            let cols = 0..table.cols.len();
            first(Box::new(cols.map(move |col| table.cell(row, col))))
        }
        Site::Table(prefix) => {
            let prefix = *prefix;
            let of_table =
                move |cell: &CellId| form.tables[form.spot(*cell).table].prefix == prefix;
            first(Box::new(form.cells().filter(of_table)))
        }
    };
    let goes_to = problem.cell.and_then(|cell| place_of(checked, cell));
    goes_to.or(place).map_or(About::Source, About::Place)
}

fn place_of(checked: &Checked, cell: CellId) -> Option<Place> {
    let origin = checked.origins.get(cell.index())?.as_ref()?;
    Some(origin.place.clone())
}

fn of_text(text: String) -> About {
    if text.is_empty() {
        return About::Source;
    }
    About::Text { text, nth: 0 }
}

/// The sentence at a byte of a section's text, and how many equal ones stand before it.
fn sentence(checked: &Checked, id: TextId, at: usize) -> About {
    let report = checked.report;
    let text = report.text(id);
    let mut around = sentences(text).filter(|(from, _)| *from <= at);
    let Some((from, sentence)) = around.by_ref().last() else {
        return About::Source;
    };
    let before = report.form().texts().take_while(|other| *other != id);
    let before = before.map(|other| report.text(other).matches(sentence).count());
    About::Text {
        text: sentence.to_owned(),
        nth: before.sum::<usize>() + text[..from].matches(sentence).count(),
    }
}
